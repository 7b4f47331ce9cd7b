"""The model: cases, and the collection that holds them in reading order.

Values only. A private field's value is never stored here, so whatever is made from a collection is public.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape, unescape
from types import MappingProxyType
from typing import Any

from casepress.values.books import BookSettings, Imprint
from casepress.values.fields import Enclosure, Field, Picture, Place, Source, Term
from casepress.values.footers import Footer
from casepress.values.lines import Lines
from casepress.values.personal import Minors, Personal, Privacy
from casepress.values.rules import Rules, Wishes


@dataclass(frozen=True)
class Heading:
    """A heading of a case's body as it was written: its level, its words, its line; `id` is unique in the collection."""

    level: int
    text: str
    id: str
    line: int = 0


@dataclass(frozen=True)
class Reference:
    """A link or a picture of a body: its target as written, its words or alternative text, its line, and its caption."""

    kind: str  # "link" | "picture"
    target: str
    text: str
    line: int
    title: str = ""


@dataclass(frozen=True)
class Remark:
    """What a body was read as though it is not quite written so, or was not read: the line, what, and the cure."""

    line: int
    what: str
    cure: str
    check: str = "bodies_are_markdown"


@dataclass(frozen=True)
class Counted:
    """A figure or table of a text: its `label`, 图1 or 表2-1, empty for a picture that has a name and no caption; the `id` that links
    lead to; the words of its caption or title, and the name that its author gave it."""

    label: str
    id: str
    words: str = ""
    called: str = ""


@dataclass(frozen=True)
class Fragment:
    """A text as safe HTML, the same for website and book, and all that one reading of it found.

    `lines` are the words that stand on each line, code and addresses left out. `unread` are the lines of blocks with
    too many marks or levels to be read; they show as they stand. Every line is counted from 1 in the text itself.
    """

    html: str
    headings: tuple[Heading, ...] = ()
    text: str = ""
    unread: tuple[int, ...] = ()
    references: tuple[Reference, ...] = ()
    remarks: tuple[Remark, ...] = ()
    lines: tuple[tuple[int, str], ...] = ()
    pieces: tuple[str, ...] = ()  # the HTML cut at our own addresses: HTML, address, HTML, …
    counted: tuple[Counted, ...] = ()  # the figures, those of the photos behind it among them, and the tables that may be referred to

    def addressed(self, link: Callable[[str], str], picture: Callable[[str], Mapping[str, str]]) -> str:
        """The HTML as it stands in one place: `link` gives the address there of a `case:` or `page:` one (`text:` has none
        on a site), `picture` the attributes of the picture with a published name, `src` first."""
        found = list(self.pieces or (self.html,))
        for at in range(1, len(found), 2):
            kind, _, name = found[at].partition(":")
            if kind == "asset":
                first, *others = picture(name).items()
                found[at] = escape(first[1]) + "".join(f'" {key}="{escape(value)}' for key, value in others)
            else:
                found[at] = escape(link(unescape(found[at])))
        return "".join(found)

    @cached_property
    def pictures(self) -> frozenset[str]:
        """The published names of the pictures in it."""
        return frozenset(piece.removeprefix("asset:") for piece in self.pieces[1::2] if piece.startswith("asset:"))


@dataclass(frozen=True)
class Settled:
    """What a person has said of a case that is like another one: the other's id, file or title, why that is in order, and the line."""

    other: str
    reason: str
    line: int


@dataclass(frozen=True)
class Case:
    """One case. `values` maps a field's name to a tuple of its values, `lines` knows where the header gives them.

    `path` is relative to the collection's folder; `markdown` is the body as written, from line `body_line` on.
    `characters` counts the body in 字, `letters` are those that it is written with, as `letters` gives them. `title_parts`
    begin lines of the title in print, where the author said so. `personal` is what was found of people in all that is public of it, `minors`
    what its header says of pupils in its pictures; nobody shows either. `findings` is what the check of its text found, by the standard rules, `settled` which cases a
    person found to be others; neither is published.
    """

    id: str
    path: str
    title: str
    values: Mapping[str, tuple[Any, ...]]
    body: Fragment
    lines: Lines = Lines(whole=1)
    markdown: str = ""
    body_line: int = 1
    characters: int = 0
    letters: str = ""
    title_parts: tuple[str, ...] = ()
    personal: tuple[Personal, ...] = ()
    minors: Minors | None = None
    findings: tuple[Remark, ...] = ()
    settled: tuple[Settled, ...] = ()

    def all(self, name: str) -> tuple[Any, ...]:
        """Every value of a field, in the order of the header; empty where there is none."""
        return self.values.get(name, ())

    def one(self, name: str) -> Any:
        """The first value of a field, or None."""
        return next(iter(self.all(name)), None)

    def text(self, name: str) -> str:
        """The values of a field as words, joined by 、."""
        return "、".join(str(value) for value in self.all(name))

    @property
    def place(self) -> Place | None:
        return self.one("region")

    @property
    def batch(self) -> Term | None:
        return self.one("batch")

    @property
    def award(self) -> Term | None:
        return self.one("award")

    @property
    def source(self) -> Source | None:
        return self.one("source")

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return self.all("photos")

    @property
    def enclosed(self) -> tuple[Enclosure, ...]:
        """The documents and films that its header names."""
        return tuple(each for values in self.values.values() for each in values if isinstance(each, Enclosure))

    @property
    def is_digest(self) -> bool:
        """Digest cases run on in the book; full cases start a page."""
        return any("digest" in (form.slug, form.label, *form.aliases) for form in self.all("form"))


def letters(source: str, text: str) -> str:
    """Each character once of a text's source, and of the text where the source writes it as &#9745; and the like."""
    return "".join(sorted(set(source).union(c for c in set(text) if not c.isascii())))


@dataclass(frozen=True)
class Text:
    """A text of the book that is no case, from `content/book`.

    `name` is ASCII and unique; `signed` are the lines of its signature; `pictures` are as in a `Collection`; `source` is
    the whole file as it was written. `place` is where it stands: `front` (序, 前言), `appendix` (附录), `back` (后记), or behind the
    divider of the `part` that its file's name ends with (篇首语).
    """

    name: str
    path: str
    title: str
    body: Fragment
    signed: tuple[str, ...] = ()
    pictures: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    source: str = ""
    place: str = "appendix"


@dataclass(frozen=True)
class Collection:
    """The cases of one publication, in reading order, with its fields.

    `book` is the book of all cases, `books` are the further ones, `texts` the further texts of all of them. `lines` are
    those of collection.yml, with `("imprint", "isbn")` whatever the fact is called there, and `("books", NAME, "title")`.
    """

    title: str
    fields: tuple[Field, ...]
    cases: tuple[Case, ...]
    subtitle: str = ""
    publisher: str = ""
    date: str = ""
    language: str = "zh-CN"
    address: str = ""
    email: str = ""
    book: BookSettings = BookSettings()
    books: tuple[BookSettings, ...] = ()
    imprint: Imprint = Imprint()
    texts: tuple[Text, ...] = ()
    lines: Lines = Lines()
    pictures: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # published name -> file
    enclosed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # the same of documents and films
    order: tuple[tuple[str, bool], ...] = ()  # by which fields the cases stand, and whether each begins at its end
    privacy: Privacy = Privacy()
    rules: tuple[Rules, ...] = ()  # of its batches
    wishes: Wishes = Wishes()  # of the check of its texts
    footer: Footer = Footer()  # of the website's pages
    withheld: tuple[Case, ...] = ()  # those whose batch is not published yet: they are checked, and no product has them

    @cached_property
    def by_id(self) -> Mapping[str, Case]:
        return MappingProxyType({case.id: case for case in self.cases})

    @cached_property
    def by_field(self) -> Mapping[str, Field]:
        return MappingProxyType({f.name: f for f in self.fields})

    @property
    def facets(self) -> tuple[Field, ...]:
        """The fields that get index pages; a private field never does."""
        return tuple(f for f in self.fields if f.facet and not f.private)

    @property
    def all_books(self) -> tuple[BookSettings, ...]:
        """The book of all cases and the further ones."""
        return (self.book, *self.books)

    def line_of(self, book: BookSettings, setting: str) -> int:
        """The line of collection.yml that says a setting of one of its books: its own, or where it inherits it that of `book`."""
        own, whole = ("books", book.name, setting), ("book", setting)
        if own in self.lines or getattr(book, setting) != getattr(self.book, setting):
            return self.lines.at(*own)
        return self.lines.at("title") if setting == "title" and whole not in self.lines else self.lines.at(*whole)

    def title_of(self, book: BookSettings) -> str:
        """The title of one of its books: its own, or what the collection is called."""
        return book.title or f"{self.title}汇编"

    def __str__(self) -> str:
        """The collection as a tree that people and tests can read."""
        lines = [f"{self.title} ({len(self.cases)})"]
        for case in self.cases:
            lines.append(f"  {case.id}: {case.title}")
            for f in self.fields:
                if f.name != "title" and case.all(f.name):
                    lines.append(f"    {f.name}: {case.text(f.name)}")
            lines.extend(f"    {'#' * h.level} {h.text}" for h in case.body.headings)
        return "\n".join(lines) + "\n"
