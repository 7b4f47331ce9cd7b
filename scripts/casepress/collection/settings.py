"""Settings: what `cases/collection.yml` declares, typed.

Flows in: the YAML of the standard fields and of the collection. Flows out: a `Settings` value and its problems.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from types import MappingProxyType

from casepress.collection.book_settings import Shelf, read_imprint, read_shelf
from casepress.collection.entries import PATH, Entries
from casepress.facts import slugs
from casepress.facts.places import DeclaredPlace, Gazetteer, gazetteer
from casepress.facts.taxonomies import aliases as taxonomy_aliases
from casepress.facts.taxonomies import taxonomy
from casepress.markup import decoding, frontmatter
from casepress.markup.frontmatter import Node
from casepress.values.cases import Imprint
from casepress.values.fields import TERMS, Choice, Field, Kind
from casepress.values.problems import Problem, error

# What an entry of collection.yml may hold, level by level.
_TOP = ("title", "subtitle", "publisher", "date", "language", "address", "publication", "imprint", "book", "books", "places", "fields")
_PLACE = ("name", "parent", "code", "slug", "aliases")
_FIELD = (
    "label", "kind", "required", "private", "facet", "many", "indexed", "schema", "aliases", "choices", "open", "taxonomy", "limit",
)  # fmt: skip
_CHOICE = ("label", "slug", "aliases", "note", "limit")
# Order, links, books and pictures count on the kind of these.
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\/]+(?:/[^\s<>\"'\\]*)?", re.IGNORECASE)
_LONGEST_ADDRESS = 200  # what a code of 22 mm still shows clearly, with the path of a case behind it
_KEPT_KINDS = frozenset(("title", "region", "theme", "batch", "award", "source", "photos", "video"))


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
        return next((f for f in self.fields if name in f.names), None)


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
    reader = _Reader()
    top = reader.known(node, _TOP, "设置")
    standard, _ = frontmatter.read_yaml(files("casepress").joinpath("data/fields.yml").read_text("utf-8"), "fields.yml")
    assert standard is not None and isinstance(standard.value, Mapping)
    words = {name: reader.text(top.get(name), name) for name in ("title", "subtitle", "publisher", "date", "address")}
    if not words["title"]:
        reader.report(node, "案例库没有名称", "请加一行 title: 案例库的名称")
    if words["address"] and not (_ADDRESS.fullmatch(words["address"]) and len(words["address"]) <= _LONGEST_ADDRESS):
        cure = f"请写 https:// 开头、{_LONGEST_ADDRESS} 个字符以内的网址，二维码和网址要印在书里；还没有网站就删去这一项"
        reader.report(top["address"], f"address 写了“{words['address'][:60]}”，不能用", cure)
        words["address"] = ""
    fields = reader.fields(standard.value["fields"], top.get("fields"))
    shelf, lines = read_shelf(reader, top.get("book"), top.get("books"), fields)
    imprint, found = read_imprint(reader, top.get("publication"), top.get("imprint"))
    settings = Settings(
        fields=fields,
        places=reader.places(top.get("places")),
        language=reader.text(top.get("language"), "language") or "zh-CN",
        shelf=shelf,
        imprint=imprint,
        lines=MappingProxyType({**{name: entry.line for name, entry in top.items()}, **lines, **found}),
        **{**words, "title": words["title"] or "案例库"},
    )
    return settings, (*problems, *reader.problems)


class _Reader(Entries):
    """Types the fields, their choices and the places of one collection.yml."""

    def fields(self, standard: Node, own: Node | None) -> tuple[Field, ...]:
        """The standard fields, changed and followed by the collection's own."""
        entries: dict[str, dict[str, Node]] = {}
        for node in (standard, own):
            if node is None or node.value == "":
                continue
            if not isinstance(node.value, Mapping):
                self.report(node, "fields 应当是“字段名: {label: 中文名, …}”的形式", "请参照编辑手册改写")
                continue
            for name, value in node.value.items():
                if not slugs.is_id(name):
                    self.report(value, f"字段名“{name}”不能用", "字段名请用小写英文字母，中文名写在 label 里")
                    continue
                declared = self.known(value, _FIELD, f"字段 {name} 的声明")
                entry = entries.setdefault(name, {})
                kinds = {self.text(given["kind"], "kind") for given in (entry, declared) if "kind" in given}
                if name in _KEPT_KINDS and len(kinds) > 1:
                    self.report(declared.pop("kind"), f"字段 {name} 的 kind 不能改", f"请写 kind: {entry['kind'].value}，或删去 kind")
                if "choices" in declared:
                    entry.pop("open", None)  # whoever lists the choices closes the list, unless they say otherwise
                entry.update(declared)
        fields = tuple(self.field(name, entry) for name, entry in entries.items())
        owners: dict[str, str] = {}
        for f in fields:
            for word in dict.fromkeys(f.names):
                if owners.setdefault(word, f.name) != f.name and own is not None:
                    self.report(own, f"字段 {owners[word]} 和 {f.name} 都叫“{word}”", "请给其中一个换个名称")
        return fields

    def field(self, name: str, entry: Mapping[str, Node]) -> Field:
        kind = Kind.TEXT
        if "kind" in entry:
            word = self.text(entry["kind"], "kind")
            if word in {known.value for known in Kind}:
                kind = Kind(word)
            else:
                self.report(entry["kind"], f"字段 {name} 的 kind 写了“{word}”", f"可用的有：{'、'.join(Kind)}")
        choices, closed = self.choices(entry, kind)
        return Field(
            name=name,
            label=self.text(entry.get("label"), "label") or name,
            kind=kind,
            schema=self.text(entry.get("schema"), "schema"),
            aliases=self.texts(entry.get("aliases"), "aliases"),
            choices=choices,
            closed=closed,
            limit=self.whole(entry.get("limit"), "limit"),
            **{flag: self.flag(entry.get(flag), flag) for flag in ("required", "private", "facet", "many", "indexed")},
        )

    def choices(self, entry: Mapping[str, Node], kind: Kind) -> tuple[tuple[Choice, ...], bool]:
        """A field's known terms: those it lists, or those of its taxonomies, with the aliases of the latter.

        The list is closed where choices are listed and not said to be open.
        """
        known: dict[str, Choice] = {}
        try:
            names = self.texts(entry.get("taxonomy"), "taxonomy")
            other = taxonomy_aliases(names)
            for theme in taxonomy("standard") if names else ():
                words = dict.fromkeys((*theme.aliases, *(word for word, slug in other.items() if slug == theme.slug)))
                words.pop(theme.label, None)
                known[theme.slug] = Choice(theme.label, theme.slug, tuple(words))
        except ValueError as reason:
            self.report(entry["taxonomy"], str(reason), "请改正 taxonomy")
        node = entry.get("choices")
        if node is None or node.value == "":
            return tuple(known.values()), False
        if not isinstance(node.value, tuple):
            self.report(node, "choices 应当是一个列表", "请写成 [甲, 乙]，或一行一个、以 - 开头")
            return tuple(known.values()), False
        if kind not in TERMS:
            self.report(node, f"只有 {'、'.join(sorted(TERMS))} 类的字段能有 choices", "请改 kind，或去掉 choices")
            return (), False
        listed = []
        for item in node.value:
            facts = {"label": item} if isinstance(item.value, str) else self.known(item, _CHOICE, "choices 的一项")
            label = self.text(facts.get("label"), "label")
            if not label:
                self.report(item, "choices 里有一项没有名称", "请加 label: 名称")
                continue
            same = next((c for c in known.values() if label == c.label or label in c.aliases), Choice(label))
            slug = self.text(facts.get("slug"), "slug") or same.slug or slugs.slug(label)
            if not slugs.is_id(slug):
                self.report(item, f"“{label}”的 slug“{slug}”不能用于网址", "请用小写英文字母、数字和 -")
                slug = slugs.slug(label)
            words = dict.fromkeys((*self.texts(facts.get("aliases"), "aliases"), same.label, *same.aliases))
            words.pop(label, None)
            listed.append(Choice(label, slug, tuple(words), self.text(facts.get("note"), "note"), self.whole(facts.get("limit"), "limit")))
        for twin in {c.slug for c in listed if sum(c.slug == d.slug for d in listed) > 1}:
            labels = "、".join(c.label for c in listed if c.slug == twin)
            self.report(node, f"{labels} 的网址都是 {twin}", "请给它们各写一个 slug")
        return tuple(listed), bool(listed) and not self.flag(entry.get("open"), "open")

    def places(self, node: Node | None) -> Gazetteer:
        """The standard table and the collection's own nodes."""
        known = gazetteer()
        if node is None or node.value == "":
            return known
        if not isinstance(node.value, tuple):
            self.report(node, "places 应当是一个列表", "请一行一个：- {name: 西海岸新区, parent: 青岛市}")
            return known
        for item in node.value:
            entry = self.known(item, _PLACE, "places 的一项")
            words = {name: self.text(entry.get(name), name) for name in ("name", "parent", "code", "slug")}
            words["slug"] = words["slug"] or slugs.slug(words["name"])
            try:
                known = known.declare(DeclaredPlace(**words, aliases=self.texts(entry.get("aliases"), "aliases")))
            except ValueError as reason:
                self.report(item, str(reason), "请写成 {name: 西海岸新区, parent: 青岛市}，上一级要能认出")
        return known
