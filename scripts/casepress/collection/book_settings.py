"""Book settings: what `book`, `books`, `publication` and `imprint` of collection.yml say.

Flows in: YAML nodes and the collection's fields. Flows out: a `Shelf`: the whole book, and wishes for further ones,
which `selections` makes out once the cases are known.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from casepress.collection.entries import Entries
from casepress.collection.imprint import PUBLICATIONS, rules
from casepress.facts import slugs
from casepress.facts.characters import SEPARATING
from casepress.facts.wording import nearest
from casepress.markup.frontmatter import Node
from casepress.values.cases import EDITIONS, BookSettings, Imprint, Role
from casepress.values.fields import TERMS, Field, Kind

_OWN = (
    "title", "subtitle", "parts", "profile", "cover", "opening", "indexes", "winners", "committee", "editions", "calliper",
    "color_profile", "omit",
)  # fmt: skip
_FURTHER = ("name", "only", "by", *_OWN)
_NAMES = re.compile(f"[{SEPARATING}]")
# What a book may be without, by the name of its piece: what else there is appears only where it is given.
OMITTED = {"half-title": "扉页", "imprint": "版权页", "contents": "目录", "covers": "封面"}
_UNDIVIDED = ("no", "none", "off", "无", "不分")
# Fields and kinds of fields that no index is made of: contents and cases show them.
_NO_INDEX = frozenset(("title", "subtitle", "summary", Kind.PICTURES, Kind.LINK, Kind.SOURCE))
# A file name that another file of the same book has: NAME-print.pdf, NAME-cover.pdf.
TAKEN = re.compile(r"book|.*-(?:print|cover)")


@dataclass(frozen=True)
class Wish:
    """One entry of `books`: a book, or with `by` one for each value of that field.

    `said` are the entries that it gives itself; the rest of `settings` is inherited.
    """

    settings: BookSettings
    by: str = ""
    said: frozenset[str] = frozenset()
    line: int = 0


@dataclass(frozen=True)
class Shelf:
    """The settings of the book of all cases, and the wishes for further ones."""

    book: BookSettings = BookSettings()
    wishes: tuple[Wish, ...] = ()


def read_shelf(reader: Entries, book: Node | None, books: Node | None, fields: tuple[Field, ...]) -> tuple[Shelf, dict[str, int]]:
    """The shelf, and the lines of the entries of `book` by `book.title` and the like."""
    given = reader.known(book, _OWN, "book 的设置")
    whole = _settings(reader, given, BookSettings(), fields)
    lines = {f"book.{name}": node.line for name, node in given.items()}
    wishes = []
    if books is not None and books.value != "":
        if isinstance(books.value, tuple):
            wishes = [wish for item in books.value if (wish := _wish(reader, item, whole, fields))]
        else:
            reader.report(books, "books 应当是一个列表", "请一行一本：- {name: first-prizes, only: [award=一等奖]}，或 - {by: batch}")
    return Shelf(whole, tuple(wishes)), lines


def _wish(reader: Entries, node: Node, whole: BookSettings, fields: tuple[Field, ...]) -> Wish | None:
    given = reader.known(node, _FURTHER, "books 的一项")
    if not given:
        if node.value in ("", {}):
            reader.report(node, "books 里有一项是空的", "请写 name 和 only，或写 by")
        return None
    settings = _settings(reader, given, whole, fields)
    only, by = reader.texts(given.get("only"), "only"), reader.text(given.get("by"), "by")
    name = reader.text(given.get("name"), "name")
    if name and (not slugs.is_id(name) or TAKEN.fullmatch(name)):
        cure = f"请只用小写英文字母、数字和 -，例如 {slugs.slug(name).removesuffix('-print').removesuffix('-cover') or 'first-prizes'}"
        if TAKEN.fullmatch(name):
            cure = "请换一个名字：book 是全书，-print 和 -cover 结尾的留给印刷版和封面"
        reader.report(given["name"], f"books 里的 name“{name}”不能用作文件名", cure)
        name = ""
    if by:
        found = next((f for f in fields if by in f.names), None)
        fit = [f for f in fields if not f.private and (f.kind in {*TERMS, Kind.PLACE} or f.facet)]
        if found not in fit:
            known = [word for f in fit for word in f.names]
            cure = f"是不是想写 {guess}" if (guess := nearest(by, known)) else f"可用的有：{'、'.join(f.name for f in fit)}"
            reader.report(given["by"], f"books 里的 by 写了“{by}”，不能按它分册", cure)
            return None
        by = found.name
    if by and "subtitle" in given:
        reader.report(given["subtitle"], "写了 by 的一项不能写 subtitle，每一册的副题就是它的那个值", "请删去 subtitle")
    if not by and not only and not name:
        reader.report(
            node, "books 里的一项没有说要哪些案例，也没有名字", "请写 name 和 only，例如 {name: first-prizes, only: [award=一等奖]}，或写 by"
        )
        return None
    return Wish(replace(settings, name=name, only=only), by, frozenset(given), node.line)


def _settings(reader: Entries, given: Mapping[str, Node], usual: BookSettings, fields: tuple[Field, ...]) -> BookSettings:
    """What the entries say, over what is usual."""
    said: dict[str, object] = {
        name: word for name in ("title", "subtitle", "profile", "cover", "color_profile") if (word := reader.text(given.get(name), name))
    }
    if "parts" in given:
        said["parts"] = _divider(reader, given["parts"], usual.parts, fields)
    if "indexes" in given and given["indexes"].value != "":
        said["indexes"] = _indexes(reader, given["indexes"], fields)
    if "winners" in given:
        said["winners"] = reader.flag(given["winners"], "winners")
    if "committee" in given:
        said["committee"] = _committee(reader, given["committee"])
    if "editions" in given:
        words = {reader.one_of(item, "editions", EDITIONS) for item in _items(given["editions"])}
        said["editions"] = tuple(word for word in EDITIONS if word in words) or usual.editions
    if "omit" in given:
        said["omit"] = _omitted(reader, given["omit"])
    said["opening"] = reader.one_of(given.get("opening"), "opening", ("right", "any"), usual.opening)
    said["calliper"] = reader.number(given.get("calliper"), "calliper", 0.02, 1, usual.calliper)
    return replace(usual, **said)


def _items(node: Node) -> tuple[Node, ...]:
    return node.value if isinstance(node.value, tuple) else (node,)


def _omitted(reader: Entries, node: Node) -> tuple[str, ...]:
    names = {word: name for name, label in OMITTED.items() for word in (name, label)}
    found = {names[word] for item in _items(node) if (word := reader.one_of(item, "omit", tuple(names)))}
    return tuple(name for name in OMITTED if name in found)


def _divider(reader: Entries, node: Node, usual: str, fields: tuple[Field, ...]) -> str:
    word = reader.text(node, "parts")
    if word in _UNDIVIDED:
        return ""
    fit = [f for f in fields if not f.private and f.kind in {*TERMS, Kind.PLACE}]
    found = next((f for f in fit if word in f.names), None)
    if found is None:
        guess = nearest(word, (f.name for f in fit)) or nearest(word, (f.label for f in fit)) or "theme"
        reader.report(node, f"book 的 parts 写了“{word}”，没有这个字段", f"请写一个字段名，例如 {guess}")
        return usual
    return found.name


def _indexes(reader: Entries, node: Node, fields: tuple[Field, ...]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    fit = [f for f in fields if not f.private and f.name not in _NO_INDEX and f.kind not in _NO_INDEX]
    for item in _items(node):
        word = reader.text(item, "indexes")
        field = next((f for f in fit if word in f.names), None)
        if field is not None:
            found[field.name] = None
        elif word:
            guess = nearest(word, [name for f in fit for name in f.names])
            cure = f"是不是想写 {guess}" if guess else "请写字段名，例如 school、authors、region、theme"
            is_field = any(word in f.names for f in fields if not f.private)
            reader.report(item, f"indexes 写了“{word}”，{'不能按它做索引' if is_field else '没有这个字段'}", cure)
    return tuple(found)


def _committee(reader: Entries, node: Node) -> tuple[Role, ...]:
    """The editorial board: `主编: [甲, 乙]`, line by line, or a list of `{title: 主编, people: [甲, 乙]}`."""
    roles: list[Role] = []
    for item in _items(node):
        if not isinstance(item.value, Mapping):
            if item.value != "":
                reader.report(item, "committee 应当一行一个职务", "请写成 主编: [姓名甲, 姓名乙]")
            continue
        words = item.value
        title = words.get("title") or words.get("role")
        pairs = [(reader.text(title, "title"), words.get("people"))] if title else list(words.items())
        for name, people in pairs:
            names = tuple(word for text in reader.texts(people, name) for each in _NAMES.split(text) if (word := each.strip()))
            if name and names:
                roles.append(Role(name, names))
            else:
                reader.report(people or item, f"committee 里的“{name}”没有姓名", "请写成 主编: [姓名甲, 姓名乙]")
    return tuple(roles)


def read_imprint(reader: Entries, publication: Node | None, node: Node | None) -> tuple[Imprint, dict[str, int]]:
    """How the books are published, with the facts of the imprint page, and the lines of these by `imprint.isbn`."""
    kind = reader.one_of(publication, "publication", PUBLICATIONS, "web-only")
    items = rules().items
    given = reader.known(node, tuple(name for item in items for name in item.names), "imprint ", [item.label for item in items])
    facts: dict[str, str] = {}
    lines: dict[str, int] = {"imprint": node.line} if node is not None else {}
    for word, entry in given.items():
        name = next(item.name for item in items if word in item.names)
        if name in facts:
            reader.report(entry, f"imprint 里的“{word}”写了两次", "请只留一个")
        elif value := reader.text(entry, word):
            facts[name], lines[f"imprint.{name}"] = value, entry.line
    return Imprint(kind, MappingProxyType(facts)), lines
