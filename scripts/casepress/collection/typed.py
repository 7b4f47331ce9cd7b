"""Values: what a header says, typed once by the kind of its field.

Flows in: a field, the YAML node that a header gives for it, and what is known of the collection.
Flows out: a tuple of values, always, and the problems found on the way. Nothing is lost in silence: what cannot be
typed is reported.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from casepress.collection import project
from casepress.collection.entries import nearest
from casepress.collection.project import Project
from casepress.collection.settings import Settings
from casepress.facts import captions, pictures, slugs
from casepress.markup.frontmatter import Node
from casepress.values.fields import Choice, Field, Kind, Person, Picture, Place, Source, Term, ordinal, rank
from casepress.values.problems import Problem, error, warning

_SEPARATORS = re.compile(r"\s*[、，,；;]\s*")
_ROLE = re.compile(r"(.+?)\s*[（(](.+)[）)]")
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\]+", re.IGNORECASE)
_SOURCE = {"title": "标题", "issuer": "发文单位", "number": "文号", "date": "日期", "url": "网址"}
_PICTURE = {"file": "文件", "alt": "替代文字", "caption": "说明", "credit": "摄影"}


@dataclass(frozen=True)
class Context:
    """What typing a value needs to know: whose header it is, and the collection around it."""

    path: str
    project: Project
    settings: Settings


class Wrong(Exception):
    """A value that cannot be typed: the problem to report."""

    def __init__(self, node: Node, what: str, cure: str, check: str = "values_fit_their_field") -> None:
        super().__init__(what)
        self.node, self.what, self.cure, self.check = node, what, cure, check


def typed(field: Field, node: Node, context: Context) -> tuple[tuple, tuple[Problem, ...]]:
    """The values that a node gives a field, and its problems. An empty entry gives none of either."""
    values, problems = [], []
    items = node.value if isinstance(node.value, tuple) else (node,)
    if len(items) > 1 and not field.many:
        problems.append(
            error(context.path, node.line, f"“{field.label}”只能写一个，这里写了 {len(items)} 个", "请只留一个", "values_fit_their_field")
        )
        items = items[:1]
    for item in items:
        if item.value == "":
            continue
        try:
            for value in _READERS[field.kind](field, item, context):
                if isinstance(value, Problem):
                    problems.append(value)
                elif value not in values:
                    values.append(value)
        except Wrong as wrong:
            problems.append(error(context.path, wrong.node.line, wrong.what, wrong.cure, wrong.check))
    return tuple(values), tuple(problems)


def _words(field: Field, node: Node) -> str:
    if not isinstance(node.value, str):
        raise Wrong(node, f"“{field.label}”应当是一句话，这里写成了列表或小项", "请写在冒号后面同一行")
    return " ".join(node.value.split())


def _text(field: Field, node: Node, context: Context) -> Iterator[str]:
    yield _words(field, node)


def _people(field: Field, node: Node, context: Context) -> Iterator[Person]:
    if isinstance(node.value, Mapping):
        facts = _facts(field, node, {"name": "姓名", "role": "角色"})
        yield Person(facts.get("name", ""), facts.get("role", ""))
        return
    for word in _SEPARATORS.split(_words(field, node)):
        if match := _ROLE.fullmatch(word):
            yield Person(*match.groups())
        elif word:
            yield Person(word)


def _place(field: Field, node: Node, context: Context) -> Iterator[Place | Problem]:
    word = _words(field, node)
    found = context.settings.places.resolve(word)
    if len(found) > 1:
        shown = "、".join(f"{p.full_name}（{p.code}）" for p in found[:8])
        more = "等" if len(found) > 8 else ""
        raise Wrong(node, f"叫“{word}”的地方有 {len(found)} 个：{shown}{more}", "请写上它的上一级，或写行政区划代码", "places_are_clear")
    if found:
        yield found[0]
        return
    guesses = context.settings.places.suggestions(word)
    cure = f"是不是{'、'.join(guesses)}；" if guesses else ""
    yield warning(
        context.path,
        node.line,
        f"行政区划表里没有“{word}”",
        f"{cure}如果名称没错，请在 cases/collection.yml 的 places 里加上它和它的上一级",
        "places_are_known",
    )
    code = term_slug(word)
    yield Place(code, word, (word,), (code,))


def _terms(field: Field, node: Node, context: Context) -> Iterator[Term]:
    word = _words(field, node)
    known = {name: (place, choice) for place, choice in enumerate(field.choices) for name in (*choice.aliases, choice.label)}
    words = [word]
    if word not in known and field.many:
        words = [part for part in _SEPARATORS.split(word) if part]
    for part in words:
        if part in known:
            yield _term(field, *known[part])
        elif not field.closed:
            yield _term(field, len(field.choices), Choice(part, term_slug(part)))
        else:
            guess = nearest(part, known)
            labels = "、".join(c.label for c in field.choices)
            cure = f"是不是“{known[guess][1].label}”；可用的有：{labels}" if guess else f"可用的有：{labels}"
            raise Wrong(node, f"“{field.label}”里没有“{part}”这个选项", cure, "values_are_declared")


def _term(field: Field, place: int, choice: Choice) -> Term:
    order = {Kind.CHOICE: (place,), Kind.ORDINAL: ordinal(choice.label), Kind.RANK: rank(choice.label)}[field.kind]
    if field.kind is Kind.RANK and field.closed:
        order = (place,)
    return Term(choice.slug, choice.label, order, choice.aliases, choice.note, choice.limit or field.limit)


def term_slug(label: str) -> str:
    """A term's ASCII name: its pinyin, or a short hash where nothing in it can be written so."""
    return slugs.slug(label) or "x" + hashlib.sha256(label.encode()).hexdigest()[:8]


def _pictures(field: Field, node: Node, context: Context) -> Iterator[Picture]:
    facts = {"file": node.value} if isinstance(node.value, str) else _facts(field, node, _PICTURE)
    file, name = picture_file(context.project, context.path, node, facts.get("file", ""))
    alt, caption, credit = (facts.get(key, "") for key in ("alt", "caption", "credit"))
    yield Picture(file, name, alt, captions.caption(alt, caption, credit), credit)


def picture_file(place: Project, path: str, node: Node, target: str) -> tuple[str, str]:
    """The file that a case or text at `path` means by a picture's path, and its published name. Raises Wrong."""
    file = project.beside(path, target)
    try:
        if file is None:
            raise PermissionError(target)
        return file, pictures.published_name(project.read(place, file))
    except PermissionError:
        what, cure = f"图片“{target}”在案例库的文件夹之外", "请把图片放在这个文件旁边，再写它的文件名"
    except OSError:
        what, cure = f"找不到图片“{target}”", "请检查文件名（大小写也要一致），并把图片放在这个文件旁边"
    except pictures.NotAPicture as reason:
        what, cure = f"图片“{target}”不能用：{reason}", reason.cure
    raise Wrong(node, what, cure, "pictures_are_there")


def _link(field: Field, node: Node, context: Context) -> Iterator[str]:
    yield _address(node, _words(field, node), field.label)


def _address(node: Node, word: str, label: str) -> str:
    if not _ADDRESS.fullmatch(word):
        raise Wrong(node, f"“{label}”不是网址：{word}", "网址以 http:// 或 https:// 开头", "links_lead_somewhere")
    return word


def _source(field: Field, node: Node, context: Context) -> Iterator[Source]:
    if isinstance(node.value, str):
        yield Source(title=_bare(_words(field, node)))
        return
    facts = _facts(field, node, _SOURCE)
    if "title" in facts:
        facts["title"] = _bare(facts["title"])
    if facts.get("url"):
        _address(node, facts["url"], "来源的网址")
    yield Source(**facts)


def _bare(title: str) -> str:
    inner = title.removeprefix("《").removesuffix("》")
    return inner if title == f"《{inner}》" and "《" not in inner else title


def _facts(field: Field, node: Node, known: Mapping[str, str]) -> dict[str, str]:
    """The entries of a small mapping, by name or Chinese label."""
    if not isinstance(node.value, Mapping):
        raise Wrong(node, f"“{field.label}”写成了列表", f"请写成小项：{'、'.join(known)}")
    facts = {}
    for name, value in node.value.items():
        key = next((k for k, label in known.items() if name in (k, label)), None)
        if key is None:
            guess = nearest(name, (*known, *known.values()))
            raise Wrong(value, f"“{field.label}”里没有“{name}”这一项", f"是不是 {guess}" if guess else f"可用的有：{'、'.join(known)}")
        facts[key] = _words(field, value)
    return facts


_READERS: Mapping[Kind, Callable] = {
    Kind.TEXT: _text,
    Kind.DATE: _text,
    Kind.PEOPLE: _people,
    Kind.PLACE: _place,
    Kind.CHOICE: _terms,
    Kind.ORDINAL: _terms,
    Kind.RANK: _terms,
    Kind.PICTURES: _pictures,
    Kind.LINK: _link,
    Kind.SOURCE: _source,
}
