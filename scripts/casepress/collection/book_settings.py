"""Book settings: what `book`, `books`, `publication` and `imprint` of collection.yml say.

Flows in: YAML nodes and the collection's fields. Flows out: a `Shelf`: the whole book, and wishes for further ones,
which `selections` makes out once the cases are known.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from casepress.collection.imprint import PUBLICATIONS, rules
from casepress.collection.printshop import OWN as PRINTING
from casepress.collection.printshop import read_printing
from casepress.facts import slugs
from casepress.facts.characters import SEPARATING
from casepress.facts.wording import nearest, offer
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Typer, is_said, items
from casepress.values.books import EDITIONS, BookSettings, Imprint, Role
from casepress.values.fields import TERMS, Field, Kind

_OWN = (
    "title", "subtitle", "parts", "profile", "cover", "opening", "indexes", "winners", "data", "committee", "editions",
    "color_profile", "omit", "texts", "digests", *PRINTING,
)  # fmt: skip
_FURTHER = ("name", "only", "by", *_OWN)
_NAMES = re.compile(f"[{SEPARATING}]")
# What a book may be without, by the name of its piece: what else there is appears only where it is given.
OMITTED = {"half-title": "扉页", "imprint": "版权页", "contents": "目录", "covers": "封面", "cases": "案例"}
_UNDIVIDED = ("no", "none", "off", "无", "不分")
# Fields and kinds of fields that no index is made of: contents and cases show them.
_NO_INDEX = frozenset(("title", "subtitle", "short_title", "summary", Kind.PICTURES, Kind.FILES, Kind.LINK, Kind.SOURCE))
# A file name that another file of the same book has: NAME-print.pdf, NAME-cover.pdf, NAME-press.txt.
TAKEN = re.compile(r"book|.*-(?:print|cover|press)")


@dataclass(frozen=True)
class Wish:
    """One entry of `books`: a book, or with `by` one for each value of that field.

    `said` are the entries that it gives itself, with the line of each; the rest of `settings` is inherited.
    """

    settings: BookSettings
    by: str = ""
    said: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    line: int = 0


@dataclass(frozen=True)
class Shelf:
    """The settings of the book of all cases, and the wishes for further ones."""

    book: BookSettings = BookSettings()
    wishes: tuple[Wish, ...] = ()


def read_shelf(typer: Typer, book: Node | None, books: Node | None, fields: tuple[Field, ...]) -> Shelf:
    """The book of all cases and what `books` wishes for."""
    given = typer.known(book, _OWN, "book 的设置")
    whole = _settings(typer, given, BookSettings(), fields)
    listed = typer.listed(books, "books", "请一行一本：- {name: first-prizes, only: [award=一等奖]}，或 - {by: batch}")
    return Shelf(whole, tuple(wish for item in listed if (wish := _wish(typer, item, whole, fields))))


def _wish(typer: Typer, node: Node, whole: BookSettings, fields: tuple[Field, ...]) -> Wish | None:
    given = typer.known(node, _FURTHER, "books 的一项")
    if not given:
        if node.value in ("", {}):
            typer.report(node, "books 里有一项是空的", "请写 name 和 only，或写 by")
        return None
    settings = _settings(typer, given, whole, fields)
    only, by = typer.texts(given.get("only"), "only"), typer.text(given.get("by"), "by")
    name = typer.text(given.get("name"), "name")
    if name and (not slugs.is_id(name) or TAKEN.fullmatch(name)):
        cure = f"请只用小写英文字母、数字和 -，例如 {slugs.slug(name).removesuffix('-print').removesuffix('-cover').removesuffix('-press') or 'first-prizes'}"
        if TAKEN.fullmatch(name):
            cure = "请换一个名字：book 是全书，-print、-cover 和 -press 结尾的留给印刷版、封面和印前说明"
        typer.report(given["name"], f"books 里的 name“{name}”不能用作文件名", cure)
        name = ""
    if by:
        found = next((f for f in fields if by in f.names), None)
        fit = [f for f in fields if not f.private and (f.kind in {*TERMS, Kind.PLACE} or f.facet)]
        if found not in fit:
            known = [word for f in fit for word in f.names]
            typer.report(given["by"], f"books 里的 by 写了“{by}”，不能按它分册", offer(by, known, [f.name for f in fit]))
            return None
        by = found.name
    if by and "subtitle" in given:
        typer.report(given["subtitle"], "写了 by 的一项不能写 subtitle，每一册的副题就是它的那个值", "请删去 subtitle")
    if not by and not only and not name:
        typer.report(
            node, "books 里的一项没有说要哪些案例，也没有名字", "请写 name 和 only，例如 {name: first-prizes, only: [award=一等奖]}，或写 by"
        )
        return None
    return Wish(replace(settings, name=name, only=only), by, {name: entry.line for name, entry in given.items()}, node.line)


def _settings(typer: Typer, given: Mapping[str, Node], usual: BookSettings, fields: tuple[Field, ...]) -> BookSettings:
    """What the entries say, over what is usual."""
    said: dict[str, object] = {
        name: word for name in ("title", "subtitle", "profile", "cover", "color_profile") if (word := typer.text(given.get(name), name))
    }
    if "parts" in given:
        how = given["parts"]
        if isinstance(how.value, Mapping):
            entries = typer.known(how, ("by", "opening"), "parts")
            said["dividers"] = typer.one_of(entries.get("opening"), "parts 的 opening", ("page", "run-on"), usual.dividers)
            how = entries.get("by")
        if is_said(how):
            said["parts"] = _divider(typer, how, usual.parts, fields)
    if "digests" in given:
        said["digests"] = _columns(typer, given["digests"], usual.digests)
    if is_said(given.get("indexes")):
        said["indexes"] = _indexes(typer, given["indexes"], fields)
    if "winners" in given:
        said["winners"] = typer.flag(given["winners"], "winners")
    if "data" in given:
        said["data"] = typer.flag(given["data"], "data")
    if "committee" in given:
        said["committee"] = _committee(typer, given["committee"])
    if "editions" in given:
        if given["editions"].value == ():
            typer.report(given["editions"], "editions 是空的，没有说做哪几种", f"请写 {'、'.join(EDITIONS)} 中的几种，或删去这一项")
        words = {typer.one_of(item, "editions", EDITIONS) for item in items(given["editions"])}
        said["editions"] = tuple(word for word in EDITIONS if word in words) or usual.editions
    if "omit" in given:
        said["omit"] = _omitted(typer, given["omit"])
        said["winners"] = said.get("winners", usual.winners) or "cases" in said["omit"]  # what is left is the list to be posted
    if is_said(given.get("texts")):
        said["texts"] = tuple(dict.fromkeys(word.removesuffix(".md") for word in typer.texts(given["texts"], "texts")))
    said["opening"] = typer.one_of(given.get("opening"), "opening", ("right", "any"), usual.opening)
    return replace(usual, **said, **read_printing(typer, given, usual))


def _columns(typer: Typer, node: Node, usual: int) -> int:
    """In how many columns digests stand: `digests: {columns: 2}`."""
    entries = typer.known(node, ("columns",), "digests")
    return int(typer.one_of(entries.get("columns"), "digests 的 columns", ("1", "2"), str(usual)))


def _omitted(typer: Typer, node: Node) -> tuple[str, ...]:
    names = {word: name for name, label in OMITTED.items() for word in (name, label)}
    found = {names[word] for item in items(node) if (word := typer.one_of(item, "omit", tuple(names)))}
    return tuple(name for name in OMITTED if name in found)


def _divider(typer: Typer, node: Node, usual: str, fields: tuple[Field, ...]) -> str:
    word = typer.text(node, "parts")
    if not word:  # what is no word has been told
        return usual
    if word in _UNDIVIDED:
        return ""
    fit = [f for f in fields if not f.private and f.kind in {*TERMS, Kind.PLACE}]
    found = next((f for f in fit if word in f.names), None)
    if found is None:
        guess = nearest(word, (f.name for f in fit)) or nearest(word, (f.label for f in fit)) or "theme"
        typer.report(node, f"book 的 parts 写了“{word}”，没有这个字段", f"请写一个字段名，例如 {guess}")
        return usual
    return found.name


def _indexes(typer: Typer, node: Node, fields: tuple[Field, ...]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    fit = [f for f in fields if not f.private and f.name not in _NO_INDEX and f.kind not in _NO_INDEX]
    for item in items(node):
        word = typer.text(item, "indexes")
        field = next((f for f in fit if word in f.names), None)
        if field is not None:
            found[field.name] = None
        elif word:
            cure = offer(word, [name for f in fit for name in f.names], [f.name for f in fit])
            is_field = any(word in f.names for f in fields if not f.private)
            typer.report(item, f"indexes 写了“{word}”，{'不能按它做索引' if is_field else '没有这个字段'}", cure)
    return tuple(found)


def _committee(typer: Typer, node: Node) -> tuple[Role, ...]:
    """The editorial board: `主编: [甲, 乙]`, line by line, or a list of `{title: 主编, people: [甲, 乙]}`."""
    roles: list[Role] = []
    for item in items(node):
        if not isinstance(item.value, Mapping):
            if item.value != "":
                typer.report(item, "committee 应当一行一个职务", "请写成 主编: [姓名甲, 姓名乙]")
            continue
        words = item.value
        title = words.get("title") or words.get("role")
        pairs = [(typer.text(title, "title"), words.get("people"))] if title else list(words.items())
        for name, people in pairs:
            names = tuple(word for text in typer.texts(people, name) for each in _NAMES.split(text) if (word := each.strip()))
            if name and names:
                roles.append(Role(name, names))
            else:
                typer.report(people or item, f"committee 里的“{name}”没有姓名", "请写成 主编: [姓名甲, 姓名乙]")
    return tuple(roles)


def _block(typer: Typer, node: Node, word: str) -> str:
    """A fact that may have several lines, each made even."""
    lines = node.value.splitlines() if isinstance(node.value, str) else ()
    if len(lines) < 2:
        return typer.text(node, word)
    return "\n".join(filter(None, (typer.text(replace(node, value=line), word) for line in lines)))


def read_imprint(typer: Typer, publication: Node | None, node: Node | None) -> tuple[Imprint, dict[tuple[str, str], int]]:
    """How the books are published, with the facts of the imprint page, and the line of each of these."""
    kind = typer.one_of(publication, "publication", PUBLICATIONS, "web-only")
    known = rules().items
    given = typer.known(node, (name for item in known for name in item.names), "imprint", [item.label for item in known])
    facts: dict[str, str] = {}
    lines: dict[tuple[str, str], int] = {}
    words: dict[str, str] = {}
    for word, entry in given.items():
        name = next(item.name for item in known if word in item.names)
        if name in words:
            typer.report(entry, f"imprint 里的“{words[name]}”和“{word}”是同一项", "请只留一个")
        elif value := _block(typer, entry, word) if name == "cip" else typer.text(entry, word):
            facts[name], lines["imprint", name] = value, entry.line
        words.setdefault(name, word)
    return Imprint(kind, MappingProxyType(facts)), lines
