"""Imprint: what may stand on an imprint page (版权页) for each kind of publication, from `data/imprint.yml`.

Nothing is checked here; `lawful` holds the rules against a collection.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from casepress.markup.frontmatter import MAX_YAML, Node
from casepress.markup.typed_nodes import Typer, read_map
from casepress.values.books import Imprint

PUBLICATIONS = {"internal": "内部资料", "isbn": "正式出版物", "web-only": "网上电子版"}


@dataclass(frozen=True)
class Item:
    """One fact of an imprint: its name, its printed label, other names for it, and the publications it belongs to."""

    name: str
    label: str
    aliases: tuple[str, ...]
    allowed: frozenset[str]
    required: frozenset[str]

    @property
    def names(self) -> tuple[str, ...]:
        """Every word that collection.yml may use for this fact."""
        return (self.name, self.label, *self.aliases)


@dataclass(frozen=True)
class Words:
    """Words that a publication must not use, where (`titles`, `imprint`, `texts`), and what to say of them."""

    publications: frozenset[str]
    where: frozenset[str]
    pattern: re.Pattern[str]
    what: str
    cure: str


@dataclass(frozen=True)
class Maps:
    """What makes the words of a picture those of a map, what does not, and what an approval number (审图号) is like."""

    words: re.Pattern[str]
    other: re.Pattern[str]
    number: re.Pattern[str]


@dataclass(frozen=True)
class Rules:
    """The rules of imprints, in the order in which a page prints the items."""

    items: tuple[Item, ...]
    words: tuple[Words, ...]
    maps: Maps


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The rules that casepress comes with."""
    top, typer, _ = read_map(files("casepress").joinpath("data/imprint.yml").read_bytes(), "imprint.yml")
    items = tuple(_item(typer, name, node.value) for name, node in top.value["items"].value.items())
    words = tuple(_words(typer, node.value) for node in top.value["words"].value)
    maps = top.value["maps"].value
    return Rules(items, words, Maps(*(_pattern(typer, maps[key], re.IGNORECASE) for key in ("words", "not", "number"))))


def _item(typer: Typer, name: str, facts: Mapping[str, Node]) -> Item:
    aliases, allowed, required = (typer.texts(facts.get(key), key) for key in ("aliases", "in", "required"))
    return Item(name, typer.text(facts["label"], "label"), aliases, frozenset(allowed), frozenset(required))


def _words(typer: Typer, facts: Mapping[str, Node]) -> Words:
    publications, where = (frozenset(typer.texts(facts[key], key)) for key in ("in", "where"))
    return Words(publications, where, _pattern(typer, facts["pattern"]), typer.text(facts["what"], "what"), typer.text(facts["cure"], "cure"))


def _pattern(typer: Typer, node: Node, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(typer.text(node, "pattern", MAX_YAML), flags)


def rows(imprint: Imprint, without: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """The facts of an imprint as (label, value) in the order in which they are printed."""
    left_out = set(without)
    return tuple((item.label, imprint.facts[item.name]) for item in rules().items if item.name in imprint.facts and item.name not in left_out)


def on_screen(imprint: Imprint) -> Imprint:
    """What the screen edition says: posted to the web, it never calls itself an internal print (办法第十五条)."""
    if imprint.publication != "internal":
        return imprint
    open_to_all = {item.name for item in rules().items if "web-only" in item.allowed}
    facts = {name: value for name, value in imprint.facts.items() if name in open_to_all}
    return replace(imprint, publication="web-only", facts=MappingProxyType(facts))


def isbn_is_true(text: str) -> bool:
    """Whether a text is an ISBN of 13 digits with the right last one (ISO 2108; GB/T 5795-2006)."""
    from stdnum import isbn

    return isbn.isbn_type(text.upper().removeprefix("ISBN").lstrip("：: ")) == "ISBN13"
