"""Values: what a header says, typed once by the kind of its field.

Flows in: a field, the YAML node that a header gives for it, and what is known of the collection.
Flows out: a tuple of values, always, and the problems found on the way. Nothing is lost in silence: what cannot be
typed is reported.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from casepress.collection import enclosed
from casepress.collection.given import LONGEST_TEXT, LONGEST_TITLE, MOST, facts, is_empty, parts, short, words
from casepress.collection.project import Project
from casepress.collection.settings import Settings
from casepress.collection.words import alike, numbered
from casepress.facts import captions, slugs, taxonomies, wording
from casepress.facts.apostrophes import narrow
from casepress.facts.characters import DASHES
from casepress.facts.places import LONGEST as LONGEST_PLACE
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import LONGEST, Wrong, items
from casepress.values.fields import Enclosure, Field, Kind, Person, Picture, Place, Source, Term, ordinal, rank
from casepress.values.personal import MINORS, Minors, minors
from casepress.values.problems import Problem, warning

_FITS = "values_fit_their_field"
_LOOSE = re.compile(r"[\s/|]+")
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\]+", re.IGNORECASE)
_SOURCE = {"title": "标题", "issuer": "发文单位", "number": "文号", "date": "日期", "url": "网址"}
_PICTURE = {"file": "文件", "alt": "替代文字", "caption": "说明", "credit": "摄影", "minors": "未成年人"}


@dataclass(frozen=True)
class Context:
    """What typing a value needs to know: whose header it is, and the collection around it."""

    path: str
    project: Project
    settings: Settings
    picture: Callable[[Node, str], tuple[str, str]]  # `enclosed.picture_file`, for this file


def typed(field: Field, node: Node, context: Context) -> tuple[tuple, tuple[Problem, ...]]:
    """The values that a node gives a field, and its problems. An empty entry gives none of either."""
    values, problems = [], []
    given = items(node)
    if len(given) > MOST:
        wrong = Wrong(node, f"“{field.label}”写了 {len(given)} 个，最多 {MOST} 个", f"请只留 {MOST} 个以内")
        return (), (wrong.problem(context.path, _FITS),)
    if len(given) > 1 and not field.many:
        wrong = Wrong(node, f"“{field.label}”只能写一个，这里写了 {len(given)} 个", "请只留一个")
        problems.append(wrong.problem(context.path, _FITS))
        given = given[:1]
    for item in given:
        if isinstance(item.value, str) and is_empty(field, item.value):
            if item.value.strip():
                what = f"“{field.label}”写了“{short(item.value.strip())}”，当作没有填写"
                problems.append(warning(context.path, item.line, what, "没有可填的，请把这一项整行删去", _FITS))
            continue
        try:
            for value in _READERS[field.kind](field, item, context):
                if isinstance(value, Problem):
                    problems.append(value)
                elif value not in values:
                    values.append(value)
        except Wrong as wrong:
            problems.append(wrong.problem(context.path, _FITS))
    return tuple(values), tuple(problems)


def _text(field: Field, node: Node, context: Context) -> Iterator[str]:
    if field.name in ("title", "subtitle", "short_title"):
        text = narrow(words(field, node, LONGEST_TITLE))
        yield text.lstrip(DASHES + "- ") if field.name == "subtitle" else text  # the book sets the dash before a subtitle
    elif field.facet or field.kind is Kind.DATE:
        yield wording.tidy(narrow(words(field, node)))
    else:
        yield narrow(words(field, node, LONGEST_TEXT))


def _people(field: Field, node: Node, context: Context) -> Iterator[Person | Problem]:
    if isinstance(node.value, Mapping):
        said = facts(field, node, {"name": "姓名", "role": "角色"})
        yield _person(field, node, said.get("name", ""), said.get("role", ""))
        return
    for word in (name for part in parts(field, node) for name in part.split("/") if name):
        name, role = word, ""
        if word[-1] in "）)" and (at := min(filter(lambda n: n >= 0, map(word.find, "（(")), default=-1)) >= 0:
            name, role = word[:at].strip(), word[at + 1 : -1].strip()
        person = _person(field, node, name, role)
        apart = person.name.split()
        if len(apart) > 1 and all(1 < len(part) < 5 and not part.isascii() for part in apart):
            what, cure = f"“{field.label}”里“{person.name}”当作一个姓名", f"如果是几个人，请用顿号隔开：{'、'.join(apart)}"
            yield warning(context.path, node.line, what, cure, _FITS)
        yield person


def _person(field: Field, node: Node, name: str, role: str) -> Person:
    parts = name.split()
    if min(map(len, parts), default=0) == 1 and sum(map(len, parts)) <= 4:
        name = wording.name(name)  # 张　三
    if not wording.says_something(name):
        raise Wrong(node, f"“{field.label}”里“{role or name}”没有姓名", "请写成 姓名（角色），或 {name: 姓名, role: 角色}")
    return Person(name, role)


def _place(field: Field, node: Node, context: Context) -> Iterator[Place | Problem]:
    word = wording.tidy(words(field, node, LONGEST_PLACE))
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
    code = slugs.named(word)
    yield Place(code, word, (word,), (code,))


def _terms(field: Field, node: Node, context: Context) -> Iterator[Term]:
    same = alike(field)
    known = {same(name): nth for nth, choice in enumerate(field.choices) for name in (choice.label, *choice.aliases)}
    word = wording.tidy(words(field, node, LONGEST_TEXT))
    every = [word]
    if same(word) not in known and field.many and word not in taxonomies.undivided():
        every = _whole(parts(field, node), lambda word: same(word) in known or word in taxonomies.undivided())
        if len(every) == 1 and all(same(part) in known for part in _LOOSE.split(word)):
            every = _LOOSE.split(word)  # 作业管理 评价改革, 小学/初中
    for part in map(wording.tidy, every):
        part = (numbered(part, field, (choice.label for choice in field.choices)) if same(part) not in known else "") or part
        if same(part) in known:
            yield term_of(field, known[same(part)])
        elif len(part) > LONGEST:
            raise Wrong(node, f"“{field.label}”里的一个值有 {len(part)} 个字，最多 {LONGEST} 个", "请写短一些")
        elif not field.closed:
            yield Term(slugs.named(part), part)
        else:
            labels = "、".join(c.label for c in field.choices)
            near = {name: choice.label for choice in field.choices for name in (choice.label, *choice.aliases)}
            guess = wording.nearest(part, near)
            cure = f"是不是“{near[guess]}”；可用的有：{labels}" if guess else f"可用的有：{labels}"
            raise Wrong(node, f"“{field.label}”里没有“{short(part)}”这个选项", cure, "values_are_declared")


def _whole(found: list[str], is_known: Callable[[str], bool]) -> list[str]:
    """The parts of a text, those that together are one known value as one: 手机管理、读物管理 is a theme."""
    out: list[str] = []
    at = 0
    while at < len(found):
        end = next((end for end in range(len(found), at + 1, -1) if is_known("、".join(found[at:end]))), at + 1)
        out.append("、".join(found[at:end]))
        at = end
    return out


def term_of(field: Field, place: int) -> Term:
    """The term of a field's choice, by its place in the list."""
    choice = field.choices[place]
    order = {Kind.CHOICE: (place,), Kind.ORDINAL: ordinal(choice.label), Kind.RANK: rank(choice.label)}[field.kind]
    if field.kind is Kind.RANK and field.closed:
        order = (place,)
    return Term(choice.slug, choice.label, order, choice.aliases, choice.note, choice.limit or field.limit)


def _pictures(field: Field, node: Node, context: Context) -> Iterator[Picture | Problem]:
    said = {"file": node.value} if isinstance(node.value, str) else facts(field, node, _PICTURE)
    if not said.get("file"):
        raise Wrong(
            node,
            f"“{field.label}”里有一张没有写是哪个文件",
            "请加上 file: 文件名，例如 {file: 操场.jpg, alt: 图里是什么}",
            "pictures_are_there",
        )
    file, name = context.picture(node, said["file"])
    alt, caption, credit = (said.get(key, "") for key in ("alt", "caption", "credit"))
    known = minors(said["minors"]) if said.get("minors") else None
    if said.get("minors") and known is None:
        yield _unknown(context, node, said["minors"])
    yield Picture(file, name, alt, captions.caption(alt, caption, credit), credit, known)


def record(node: Node, context: Context) -> tuple[Minors | None, tuple[Problem, ...]]:
    """What a header says of pupils in the pictures of its case."""
    word = node.value if isinstance(node.value, str) else "、".join(str(each.value) for each in items(node))
    known = minors(word)
    return known, (_unknown(context, node, word),) if known is None and word.strip() else ()


def _unknown(context: Context, node: Node, word: str) -> Problem:
    cure = f"请写 {'、'.join(MINORS.values())}（后面写同意编号）中的一个"
    return warning(context.path, node.line, f"“未成年人”一项写了“{short(word)}”，看不懂", cure, "minors_are_recorded")


def file_beside(place: Project, path: str, node: Node, target: str) -> tuple[str, str]:
    """As `enclosed.picture_file`, and as `enclosed_file` where the path is marked as one of those. Raises Wrong."""
    if target.startswith(enclosed.MARK):
        return enclosed.enclosed_file(place, path, node, target.removeprefix(enclosed.MARK))
    return enclosed.picture_file(place, path, node, target)


def arriving(place: Project, path: str) -> Callable[[Node, str], tuple[str, str]]:
    """How files are found for a case that comes in: its pictures come with it; of other files a form only says the names."""

    def find(node: Node, target: str) -> tuple[str, str]:
        return file_beside(place, path, node, target) if target.startswith(enclosed.MARK) else (target, target)

    return find


def _files(field: Field, node: Node, context: Context) -> Iterator[Enclosure | Problem]:
    return enclosed.files(field, node, context.project, context.path, context.picture)


def _link(field: Field, node: Node, context: Context) -> Iterator[str]:
    yield _address(node, words(field, node), field.label)


def _address(node: Node, word: str, label: str) -> str:
    if not _ADDRESS.fullmatch(word):
        raise Wrong(node, f"“{label}”不是网址：{word}", "网址以 http:// 或 https:// 开头", "links_lead_somewhere")
    return word


def _source(field: Field, node: Node, context: Context) -> Iterator[Source]:
    if isinstance(node.value, str):
        yield Source(title=_bare(words(field, node)))
        return
    said = facts(field, node, _SOURCE)
    if "title" in said:
        said["title"] = _bare(said["title"])
    if said.get("url"):
        _address(node, said["url"], "来源的网址")
    yield Source(**said)


def _bare(title: str) -> str:
    inner = title.removeprefix("《").removesuffix("》")
    return inner if title == f"《{inner}》" and "《" not in inner else title


_READERS: Mapping[Kind, Callable] = {
    Kind.TEXT: _text,
    Kind.DATE: _text,
    Kind.PEOPLE: _people,
    Kind.PLACE: _place,
    Kind.CHOICE: _terms,
    Kind.ORDINAL: _terms,
    Kind.RANK: _terms,
    Kind.PICTURES: _pictures,
    Kind.FILES: _files,
    Kind.LINK: _link,
    Kind.SOURCE: _source,
}
