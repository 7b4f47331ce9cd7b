"""Headers: what the beginning of a case's file says: its title, its id, its values.

Flows in: one file. Flows out: a `Draft`, names that no field has, and every problem of the header.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType

from casepress.collection.headline import fitting, title_line
from casepress.collection.settled import is_settled, read_settled
from casepress.collection.typed import Context, record, typed
from casepress.facts import slugs, titles, wording
from casepress.facts.heard import forgotten
from casepress.markup import frontmatter
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import is_said
from casepress.values.cases import Settled
from casepress.values.fields import Field
from casepress.values.lines import Lines
from casepress.values.personal import Minors
from casepress.values.problems import Problem, error, has_errors, warning

_ID = ("id", "编号")
_MINORS = "minors"  # a field that is private, of which the gate must know
# What other programs call our fields; read so where the header does not name the field itself.
_USUAL = {
    "author": "authors", "writer": "authors", "description": "summary", "abstract": "summary", "excerpt": "summary",
    "category": "theme", "categories": "theme", "topic": "theme", "topics": "theme", "location": "region", "organization": "school",
}  # fmt: skip


@dataclass(frozen=True)
class Draft:
    """A case whose header is read and whose body is not yet rendered; `title_parts` as in a `Case`."""

    id: str
    title: str
    path: str
    values: Mapping[str, tuple]
    lines: Lines
    markdown: str
    body_line: int
    title_parts: tuple[str, ...] = ()
    minors: Minors | None = None
    settled: tuple[Settled, ...] = ()

    @property
    def prefix(self) -> str:
        """What the ids in its body begin with."""
        return f"{self.id}-"


@dataclass(frozen=True)
class Unknown:
    """A name in a header that no field has."""

    word: str
    path: str
    line: int


def read_draft(
    context: Context, text: str | None, problems: tuple[Problem, ...]
) -> tuple[Draft | None, tuple[Unknown, ...], tuple[Problem, ...]]:
    """The case in a text of a file, None where it cannot be one; the unknown names in its header; what is wrong with it.

    Text and problems are those of `project.text_of`.
    """
    path = context.path
    if text is None:
        return None, (), problems
    entries, markdown, body_line, found = frontmatter.read_header(text, path)
    problems += found
    if has_errors(found) and not entries:
        return None, (), problems
    fields, unknown, found = _by_field(entries, context)
    problems += found
    minors, found = record(fields.pop(_MINORS)[1], context) if _MINORS in fields else (None, ())
    problems += found
    values, lines, told, found = _values(fields, context)
    problems += found
    title, markdown, found = _title(values, markdown, path, body_line)
    problems += found
    title, parts = titles.written(title)
    settled, found = read_settled(next((node for word, node in entries.items() if is_settled(word, context.settings)), None), path)
    problems += found
    id_, found = _id(next((node for word, node in entries.items() if wording.plain(word) in _ID), None), path)
    problems += found
    required = [f for f in context.settings.fields if f.required and not f.derived and f.name != "title" and f.name not in told]
    missing = [f"“{f.label}”（{f.name}）" for f in required] + ([] if title or "title" in told else ["“标题”（title）"])
    if missing:
        problems += (error(path, 1, f"缺少{'、'.join(missing)}", "请在文件开头的信息里补上，一行一项", "required_fields_are_there"),)
    if not title or id_ is None:
        return None, unknown, problems
    values.pop("title", None)
    return Draft(id_, title, path, values, lines, markdown, body_line, parts, minors, settled), unknown, problems


def unknown_names(found: Iterable[Unknown], fields: Iterable[Field]) -> Iterator[Problem]:
    """A warning for each name that no field has: in each file where it is a slip of the pen, else once for all files."""
    words = [name for f in fields if not f.derived for name in f.names]
    others: dict[str, list[Unknown]] = {}
    for each in found:
        what = f"没有叫“{each.word[:40]}”的字段，它的内容不会发布"
        if guess := wording.nearest(each.word, words):
            yield warning(each.path, each.line, what, f"是不是想写“{guess}”", "fields_are_declared")
        else:
            others.setdefault(each.word, []).append(each)
    for word, places in others.items():
        more = f"（共 {len(places)} 个文件这样写）" if len(places) > 1 else ""
        cure = "不要发布就不用管它；要发布，请改用已有的字段，或在 cases/collection.yml 的 fields 里加上它"
        yield warning(places[0].path, places[0].line, f"没有叫“{word[:40]}”的字段，它的内容不会发布{more}", cure, "fields_are_declared")


def _by_field(entries: Mapping[str, Node], context: Context) -> tuple[dict[str, tuple[Field, Node]], tuple[Unknown, ...], tuple[Problem, ...]]:
    """Each field that a header names, with its node."""
    found: dict[str, tuple[Field, Node]] = {}
    unknown: list[Unknown] = []
    problems: list[Problem] = []
    later: list[tuple[Field, str, Node]] = []
    for word, node in entries.items():
        if wording.plain(word) in _ID or is_settled(word, context.settings):
            continue
        field = context.settings.field_called(word)
        if field is None:
            usual = context.settings.field_called(_USUAL.get(wording.plain(word), ""))
            if usual is not None and not usual.private:
                later.append((usual, word, node))
            else:
                unknown.append(Unknown(word, context.path, node.line))
        elif field.derived:
            what, cure = f"“{field.label}”由“{field.derived}”自动得出，不用填写", "请删去这一项"
            problems.append(error(context.path, node.line, what, cure, "fields_are_declared"))
        elif field.name in found:
            line = found[field.name][1].line
            what = f"“{field.label}”写了两次（第 {line} 行也有）"
            problems.append(error(context.path, node.line, what, "请只留一个", "fields_are_given_once"))
        else:
            found[field.name] = (field, node)
    for field, word, node in later:
        if field.name in found:
            unknown.append(Unknown(word, context.path, node.line))
        else:
            found[field.name] = (field, node)
    return found, tuple(unknown), tuple(problems)


def _values(fields: Mapping[str, tuple[Field, Node]], context: Context) -> tuple[dict[str, tuple], Lines, frozenset[str], tuple[Problem, ...]]:
    """The values of a header by field, the line of each, and the fields of which something was said, right or wrong.

    A private field leaves only its line.
    """
    values: dict[str, tuple] = {}
    told: set[str] = set()
    problems: tuple[Problem, ...] = ()
    given = {name: each for name, each in fields.items() if each[1].value not in ("", ())}
    for name, (field, node) in given.items():
        with forgotten() if field.private else nullcontext():
            found_values, found = typed(field, node, context)
        problems += found
        if has_errors(found) or (found_values and not (field.private and name == "title")):
            told.add(name)
        if found_values and not field.private:
            values[name] = found_values
    lines = Lines(MappingProxyType({(name,): node.line for name, (_, node) in given.items()}), 1)
    return values, lines, frozenset(told), problems


def _title(values: Mapping[str, tuple], markdown: str, path: str, body_line: int) -> tuple[str, str, tuple[Problem, ...]]:
    """The header's title, or the `# ` line that the body begins with, which is then taken out of it."""
    title, rest = title_line(markdown)
    if values.get("title"):
        given = unicodedata.normalize("NFC", values["title"][0])
        is_again = wording.plain(titles.written(title)[0]) == wording.plain(titles.written(given)[0])
        return given, rest if is_again else markdown, ()
    if not wording.says_something(title):
        return "", markdown, ()
    title, problems = fitting(title, markdown, path, body_line)
    return unicodedata.normalize("NFC", title), rest, problems


def _id(node: Node | None, path: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The id that a header gives, or else one of the names of the file and of the folders below `cases/` in which it is."""
    name = PurePosixPath(path).with_suffix("").relative_to("cases").as_posix()
    if node is None or not is_said(node):
        if found := slugs.slug(name):
            return found, ()
        return None, (error(path, 0, f"文件名“{name}”里没有可以用作编号的字", "请在文件开头加一行 id: 英文编号", "ids_are_ascii"),)
    if isinstance(node.value, str) and slugs.is_id(node.value):
        return node.value, ()
    shown = node.value[:60] if isinstance(node.value, str) else "（列表）"
    guess = slugs.slug(shown) or "case-1"
    return None, (error(path, node.line, f"编号（id）“{shown}”不能用于网址", f"请只用小写英文字母、数字和 -，例如 {guess}", "ids_are_ascii"),)
