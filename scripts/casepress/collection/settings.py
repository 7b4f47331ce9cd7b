"""Settings: what `cases/collection.yml` declares, typed.

Flows in: the YAML of the standard fields and of the collection. Flows out: a `Settings` value and its problems.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from casepress.collection.book_settings import Shelf, read_imprint, read_shelf
from casepress.collection.declared import read_fields
from casepress.collection.entries import PATH, Entries
from casepress.facts import slugs, wording
from casepress.facts.places import DeclaredPlace, Gazetteer, gazetteer
from casepress.markup import decoding, frontmatter
from casepress.markup.frontmatter import Node
from casepress.values.cases import Imprint
from casepress.values.fields import Field
from casepress.values.problems import Problem, error

# What an entry of collection.yml may hold, level by level.
_TOP = ("title", "subtitle", "publisher", "date", "language", "address", "publication", "imprint", "book", "books", "places", "fields")
_PLACE = ("name", "parent", "code", "slug", "aliases")
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\/]+(?:/[^\s<>\"'\\]*)?", re.IGNORECASE)
_LONGEST_ADDRESS = 200  # what a code of 22 mm still shows clearly, with the path of a case behind it


@dataclass(frozen=True)
class Settings:
    """A collection's own words about itself, its fields in the order of declaration, its places, and its shelf of books.

    `lines` are those of `title`, `book.title`, `imprint.isbn` and the like.
    """

    title: str
    fields: tuple[Field, ...]
    places: Gazetteer
    subtitle: str = ""
    publisher: str = ""
    date: str = ""
    language: str = "zh-CN"
    address: str = ""
    shelf: Shelf = Shelf()
    imprint: Imprint = Imprint()
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def field_called(self, name: str) -> Field | None:
        """The field that a header means by a name or a Chinese label."""
        return self._by_word.get(wording.plain(name))

    @cached_property
    def _by_word(self) -> Mapping[str, Field]:
        return {wording.plain(word): f for f in reversed(self.fields) for word in f.names}


def read_settings(data: bytes) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings that the bytes of a collection.yml declare, over the standard fields.

    None where the file cannot be read at all; otherwise what is wrong is left out and reported.
    """
    text, problems = decoding.decode(data, PATH)
    node, found = frontmatter.read_yaml(text, PATH)
    problems += found
    if node is None:
        return None, problems or (error(PATH, 0, "文件是空的", "请加一行 title: 案例库的名称"),)
    if not isinstance(node.value, Mapping):
        return None, (*problems, error(PATH, node.line, "内容不是“名称: 值”的形式", "请参照编辑手册写成一行一项"))
    reader = Entries()
    top = reader.known(node, _TOP, "设置")
    words = {name: reader.text(top.get(name), name) for name in ("title", "subtitle", "publisher", "date")}
    words["address"] = reader.text(top.get("address"), "address", frontmatter.MAX_YAML)
    if not words["title"]:
        reader.report(node, "案例库没有名称", "请加一行 title: 案例库的名称")
    if words["address"] and not (_ADDRESS.fullmatch(words["address"]) and len(words["address"]) <= _LONGEST_ADDRESS):
        cure = f"请写 https:// 开头、{_LONGEST_ADDRESS} 个字符以内的网址，二维码和网址要印在书里；还没有网站就删去这一项"
        reader.report(top["address"], f"address 写了“{words['address'][:60]}”，不能用", cure)
        words["address"] = ""
    fields, placed = read_fields(reader, top.get("fields"))
    books = Entries("books_can_be_made")
    shelf, lines = read_shelf(books, top.get("book"), top.get("books"), fields)
    imprint, found = read_imprint(books, top.get("publication"), top.get("imprint"))
    settings = Settings(
        fields=fields,
        places=_places(reader, top.get("places")),
        language=reader.text(top.get("language"), "language") or "zh-CN",
        shelf=shelf,
        imprint=imprint,
        lines=MappingProxyType({**{name: entry.line for name, entry in top.items()}, **placed, **lines, **found}),
        **{**words, "title": words["title"] or "案例库"},
    )
    return settings, (*problems, *reader.problems, *books.problems)


def _places(reader: Entries, node: Node | None) -> Gazetteer:
    """The standard table and the collection's own nodes."""
    known = gazetteer()
    if node is None or node.value == "":
        return known
    if not isinstance(node.value, tuple):
        reader.report(node, "places 应当是一个列表", "请一行一个：- {name: 西海岸新区, parent: 青岛市}")
        return known
    for item in node.value:
        entry = reader.known(item, _PLACE, "places 的一项")
        words = {name: reader.text(entry.get(name), name) for name in ("name", "parent", "code", "slug")}
        words["slug"] = words["slug"] or slugs.slug(words["name"])
        try:
            known = known.declare(DeclaredPlace(**words, aliases=reader.texts(entry.get("aliases"), "aliases")))
        except ValueError as reason:
            reader.report(item, str(reason), "请写成 {name: 西海岸新区, parent: 青岛市}，上一级要能认出")
    return known
