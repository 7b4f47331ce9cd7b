"""Books: cases chosen from a collection, divided into parts, and the pieces of which a book is made, in order.

Flows in: a collection and the settings of a book. Flows out: a `Book`, the `Section`s of its cases, and the `Piece`s
before and behind them. `composing` makes HTML of them.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from os.path import commonprefix

from casepress.book import colophon
from casepress.book.counted import TITLE, Data, counted
from casepress.book.indexes import Index, indexes
from casepress.collection.imprint import on_screen
from casepress.collection.texts import introduces, texts_of
from casepress.collection.views import select, view
from casepress.facts.slugs import distinct
from casepress.facts.titles import chinese_numeral
from casepress.values.books import BookSettings, Imprint
from casepress.values.cases import Case, Collection, Text
from casepress.values.fields import Field, Kind

_SHORT = 1.5  # cases on average: a part that is shorter needs no leaf of its own
# The columns of the list of winners (获奖名单), in order, behind the number; those that no winner fills are left out.
WINNERS = ("title", "school", "region", "authors")


@dataclass(frozen=True)
class Part:
    """A divided section of the book (篇); `number` counts from 1, `slug` is unique in the book."""

    number: int
    slug: str
    title: str
    cases: tuple[Case, ...]
    note: str = ""

    @property
    def ordinal(self) -> str:
        return f"第{chinese_numeral(self.number)}篇"


@dataclass(frozen=True)
class Prize:
    """One prize of the list of winners: what it is called, and its cases, each with the steps of its place that are shown."""

    title: str
    lines: tuple[tuple[Case, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Book:
    """Cases bound together, each in exactly one part. A book of one part has no divider pages."""

    title: str
    subtitle: str
    publisher: str
    date: str
    language: str
    settings: BookSettings
    parts: tuple[Part, ...]
    address: str = ""
    imprint: Imprint = Imprint()
    fields: tuple[Field, ...] = ()
    texts: tuple[Text, ...] = ()

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        return tuple(case for part in self.parts for case in part.cases)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all that links may lead to in the book."""
        cases = (f"case-{case.id}" for case in self.cases) if self.shows_cases else ()
        return frozenset((*cases, *(f"text-{text.name}" for text in self.texts)))

    @property
    def shows_cases(self) -> bool:
        """Whether the cases stand in it; without them it is a list of winners to be posted (公示), with the words of the notice."""
        return "cases" not in self.settings.omit

    @property
    def is_divided(self) -> bool:
        return len(self.parts) > 1 and self.shows_cases

    @property
    def runs_on(self) -> bool:
        """Whether parts open with a band above their first case: so where most have a single one, unless the settings say."""
        short = len(self.cases) < _SHORT * len(self.parts)
        return self.is_divided and (self.settings.dividers == "run-on" or (not self.settings.dividers and short))

    @cached_property
    def indexes(self) -> tuple[Index, ...]:
        return indexes(self.cases, self.fields, self.settings.indexes) if self.shows_cases else ()

    @cached_property
    def winners(self) -> tuple[Prize, ...]:
        """The cases that have an award, by batch and award, each prize by place and then in reading order; where all are of one batch
        it is not said. Of their places what all have in common is left out, and a province that stands in the line above."""
        cases = [case for case in self.cases if case.award]
        same = commonprefix([case.place.path for case in cases if case.place]) if all(case.place for case in cases) else ()
        batches = {case.batch.slug if case.batch else "" for case in cases}
        found: dict[tuple, list[Case]] = {}
        for case in sorted(cases, key=lambda case: (case.batch.order if case.batch else (), case.award.order)):
            found.setdefault((case.batch if len(batches) > 1 else None, case.award), []).append(case)
        prizes = []
        for (batch, award), own in found.items():
            lines, above = [], ""
            for case in sorted(own, key=lambda case: case.place.codes if case.place else ("~",)):
                path = case.place.path[min(len(same), len(case.place.path) - 1) :] if case.place else ()
                several = case.all("region")[1:]
                lines.append(
                    (case, path[1:] if len(path) > 1 and path[0] == above else path + tuple(f"、{each.full_name}" for each in several))
                )
                above = path[0] if path and not several else ""
            prizes.append(Prize("　".join(str(term) for term in (batch, award) if term), tuple(lines)))
        return tuple(prizes)

    @cached_property
    def data(self) -> Data:
        """How many of its cases have which value of the fields that the site can be browsed by."""
        return counted(self.cases, self.fields)

    @property
    def winners_columns(self) -> tuple[Field, ...]:
        known = {field.name: field for field in self.fields if not field.private}
        cases = [case for prize in self.winners for case, _ in prize.lines]
        return tuple(known[n] for n in WINNERS if n in known and (n == "title" or any(case.all(n) for case in cases)))

    def outline(self) -> tuple[tuple[int, str], ...]:
        """The bookmarks that the bound book must have: (depth from 0, title)."""
        found = [(0, title) for piece in front(self) for _, title in piece.titles]
        for part in self.parts if self.shows_cases else ():
            if self.is_divided:
                found.append((0, f"{part.ordinal}　{part.title}"))
            found.extend((1 if self.is_divided else 0, case.title) for case in part.cases)
        found.extend((0, title) for piece in back(self) for _, title in piece.titles)
        return tuple(found)

    def __str__(self) -> str:
        return "".join(f"{'  ' * depth}{title}\n" for depth, title in ((0, self.title), *((d + 1, t) for d, t in self.outline())))


@dataclass(frozen=True)
class Section:
    """What is laid out by itself: a divider page, the text that introduces a part (篇首语), one full case, or a run of digest cases.

    `recto` sections begin on a right-hand page; one with a `band` says above its first case which part begins there.
    """

    part: Part
    cases: tuple[Case, ...] = ()
    recto: bool = False
    text: Text | None = None
    band: bool = False

    @property
    def is_divider(self) -> bool:
        return not self.cases and not self.text


@dataclass(frozen=True)
class Piece:
    """What stands before or behind the cases, laid out by itself: the template that sets it, and its titles.

    `titles` are the ids at which it begins, each with its name in bookmarks and contents; most have one. A `recto`
    piece begins on a right-hand page; `numbered` pages show their numbers; the contents name what is `listed`.
    """

    template: str
    titles: tuple[tuple[str, str], ...]
    text: Text | None = None
    recto: bool = True
    numbered: bool = True
    listed: bool = True


def front(book: Book) -> tuple[Piece, ...]:
    """What stands before the cases: 扉页, the imprint on its back, 编委会, 序 and 前言, 目录."""
    pieces = [
        Piece("half-title", (("half-title", "扉页"),), numbered=False, listed=False),
        Piece("imprint", (("imprint", colophon.title(book.imprint)),), recto=False, numbered=False, listed=False),
    ]
    if book.settings.committee:
        pieces.append(Piece("committee", (("committee", "编委会"),)))
    if book.shows_cases:
        pieces.extend(_text_piece(text) for text in book.texts if text.place == "front")
        pieces.append(Piece("contents", (("contents", "目录"),), listed=False))
    return tuple(piece for piece in pieces if piece.template not in book.settings.omit)


def back(book: Book) -> tuple[Piece, ...]:
    """What stands behind the cases: 附录, the last of which are 获奖名单 and 案例数据, then 索引 and 后记.

    Where there are no cases the words of the notice come first, on the page that is number 1.
    """
    if not book.shows_cases:
        words = tuple(_text_piece(text) for text in book.texts if text.place == "front")
        return (*words, Piece("winners", (("winners", "获奖名单"),), recto=not words))
    texts = [text for text in book.texts if text.place == "appendix"]
    named: list[tuple[str, Text | None, str]] = [("text", text, text.title) for text in texts]
    if book.settings.winners and book.winners:
        named.append(("winners", None, "获奖名单"))
    if book.settings.data and book.data.is_there:
        named.append(("data", None, TITLE))
    pieces = []
    for number, (template, text, title) in enumerate(named, 1):
        ordinal = f"附录{chinese_numeral(number)}" if len(named) > 1 else "附录"
        anchor = f"text-{text.name}" if text else template
        pieces.append(Piece(template, ((anchor, f"{ordinal}　{title}"),), text, recto=number == 1))
    if found := book.indexes:
        pieces.append(Piece("indexes", tuple((f"index-{index.name}", index.title) for index in found), recto=False))
    pieces.extend(_text_piece(text) for text in book.texts if text.place == "back")
    return tuple(pieces)


def introductions(book: Book, part: Part) -> tuple[Piece, ...]:
    """What stands behind the divider of a part (篇首语); neither contents nor bookmarks name it."""
    texts = (text for text in book.texts if introduces(text, part.title, part.slug))
    return tuple(replace(_text_piece(text), recto=False, listed=False) for text in texts)


def _text_piece(text: Text) -> Piece:
    return Piece("text", ((f"text-{text.name}", text.title),), text)


def whole_book(collection: Collection) -> Book:
    """All cases of a collection, divided by the field that its settings name."""
    return book_of(collection, collection.book)


def book_of(collection: Collection, settings: BookSettings) -> Book:
    """The book that its settings want: the cases they select, divided by the field they name.

    Raises views.UnknownSelection.
    """
    cases = select(collection, settings.only) if settings.only else collection.cases
    divider = collection.by_field.get(settings.parts)
    chosen, parts = replace(collection, cases=cases), []
    placed: set[str] = set()
    if divider is not None:
        found = view(chosen, divider)
        groups = list(found.groups)
        if (divider.kind is Kind.ORDINAL) != ((divider.name, True) in collection.order):
            groups.reverse()  # the newest first on the site, the oldest first in a book, unless it is to stand the other way round
        for group in groups:
            fresh = tuple(case for case in group.cases if case.id not in placed)
            placed.update(case.id for case in fresh)
            if fresh:
                parts.append(Part(len(parts) + 1, group.slug, group.label, fresh, group.note))
    rest = tuple(case for case in cases if case.id not in placed)
    if rest:
        slug = distinct(["rest"], {part.slug for part in parts})["rest"]
        parts.append(Part(len(parts) + 1, slug, "其他" if parts else collection.title, rest))
    return Book(
        collection.title_of(settings),
        settings.subtitle,
        collection.publisher,
        collection.date,
        collection.language,
        settings,
        tuple(parts),
        collection.address,
        collection.imprint,
        collection.fields,
        texts_of(collection.texts, settings.texts),
    )


def book_in(collection: Collection, settings: BookSettings, edition: str) -> Book:
    """A book as an edition of it says it: only on paper is it an internal print. Raises views.UnknownSelection."""
    if edition != "print":
        collection = replace(collection, imprint=on_screen(collection.imprint))
    return book_of(collection, settings)


def sections(book: Book, opening: str = "any") -> tuple[Section, ...]:
    """The book's body in order: before each part its divider, then full cases one by one and digest cases in runs.

    Full cases begin on a right-hand page where the settings say so, or else `opening`, as the profile has it.
    """
    found: list[Section] = []
    opening = book.settings.opening or opening
    for part in book.parts if book.shows_cases else ():
        band = book.runs_on and not introductions(book, part)
        if book.is_divided and not band:
            found.append(Section(part, recto=True))
            found.extend(Section(part, text=piece.text) for piece in introductions(book, part))
        for is_digest, run in groupby(part.cases, key=lambda case: case.is_digest):
            cases = tuple(run)
            for piece in (cases,) if is_digest else tuple((case,) for case in cases):
                after_divider = bool(found) and not found[-1].cases
                opens_right = opening == "right" and not is_digest
                found.append(Section(part, piece, recto=after_divider or opens_right or not found, band=band))
                band = False
    return tuple(found)
