"""Books: cases chosen from a collection, divided into parts, and the HTML of what is laid out as one piece.

Flows in: a collection, a selection, templates. Flows out: a `Book`, its `Section`s, and their HTML. Nothing here knows
a page number; the press finds them and hands them to the contents.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil

from jinja2 import Environment

from casepress.fields import Kind, is_prize
from casepress.model import BookSettings, Case, Collection
from casepress.profiles import Profile
from casepress.templates import render
from casepress.vertical import upright
from casepress.views import select, view

_NUMERALS = "〇一二三四五六七八九"


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
class Book:
    """Cases bound together, each in exactly one part. A book of one part has no divider pages."""

    title: str
    subtitle: str
    publisher: str
    date: str
    language: str
    settings: BookSettings
    parts: tuple[Part, ...]

    @property
    def cases(self) -> tuple[Case, ...]:
        return tuple(case for part in self.parts for case in part.cases)

    @property
    def is_divided(self) -> bool:
        return len(self.parts) > 1

    def outline(self) -> tuple[tuple[int, str], ...]:
        """The bookmarks that the bound book must have below its front matter: (depth from 0, title)."""
        found = []
        for part in self.parts:
            if self.is_divided:
                found.append((0, f"{part.ordinal}　{part.title}"))
            found.extend((1 if self.is_divided else 0, case.title) for case in part.cases)
        return tuple(found)

    def __str__(self) -> str:
        return "".join(f"{'  ' * depth}{title}\n" for depth, title in ((0, self.title), *((d + 1, t) for d, t in self.outline())))


@dataclass(frozen=True)
class Section:
    """What is laid out by itself: a divider page, one full case, or a run of digest cases.

    `recto` sections begin on a right-hand page.
    """

    part: Part
    cases: tuple[Case, ...] = ()
    recto: bool = False

    @property
    def is_divider(self) -> bool:
        return not self.cases


def chinese_numeral(number: int) -> str:
    """1 -> 一, 12 -> 十二, 20 -> 二十; for numbers from 1 to 99."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return head + (_NUMERALS[ones] if ones or not tens else "")


def whole_book(collection: Collection) -> Book:
    """All cases of a collection, divided by the field that its settings name."""
    return book_of(collection, collection.book)


def selected_book(collection: Collection, only: Iterable[str]) -> Book:
    """The cases that a selection means, with the selection as its subtitle. Raises views.UnknownSelection."""
    only = tuple(only)
    words = " · ".join(dict.fromkeys(word.replace("＝", "=").partition("=")[2].strip() for word in only))
    return book_of(collection, replace(collection.book, only=only, subtitle=words or collection.book.subtitle))


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
        if divider.kind is Kind.ORDINAL:
            groups.reverse()  # the newest first on the site, the oldest first in a book
        for group in groups:
            fresh = tuple(case for case in group.cases if case.id not in placed)
            placed.update(case.id for case in fresh)
            if fresh:
                parts.append(Part(len(parts) + 1, group.slug, group.label, fresh, group.note))
    rest = tuple(case for case in cases if case.id not in placed)
    if rest:
        parts.append(Part(len(parts) + 1, "rest", "其他" if parts else collection.title, rest))
    return Book(
        settings.title or f"{collection.title}汇编",
        settings.subtitle,
        collection.publisher,
        collection.date,
        collection.language,
        settings,
        tuple(parts),
    )


def sections(book: Book) -> tuple[Section, ...]:
    """The book's body in order: before each part its divider, then full cases one by one and digest cases in runs."""
    found: list[Section] = []
    for part in book.parts:
        if book.is_divided:
            found.append(Section(part, recto=True))
        for is_digest, run in groupby(part.cases, key=lambda case: case.is_digest):
            cases = tuple(run)
            after_divider = bool(found) and found[-1].is_divider
            for piece in (cases,) if is_digest else tuple((case,) for case in cases):
                found.append(Section(part, piece, recto=after_divider or not found))
                after_divider = False
    return tuple(found)


@dataclass(frozen=True)
class Composer:
    """Turns a book's pieces into HTML with the templates of `theme/print`, one profile, and the inks of one edition.

    The edition is `screen` or `print`. `cover_picture` names the asset that is the bureau's own cover, where it has one.
    """

    env: Environment
    profile: Profile
    edition: str = "screen"
    cover_picture: str = ""

    def section(self, book: Book, section: Section, side: str = "right") -> str:
        """A section's HTML; `side` says whether its first page is a `left` or a `right` one."""
        template = "divider.html" if section.is_divider else "cases.html"
        inside = {case.id for case in book.cases}
        bodies = {case.id: _body(case, inside) for case in section.cases}
        return self._render(template, book, section=section, side=side, bodies=bodies, alone=False)

    def case(self, book: Book, case: Case) -> str:
        """One case as a document of its own."""
        section = Section(book.parts[0], (case,))
        return self._render("cases.html", book, section=section, side="right", bodies={case.id: _body(case, {case.id})}, alone=True)

    def cover(self, book: Book, **values: object) -> str:
        """The cover page, or with a `spread` (press.covers) the whole sheet for the press."""
        return self._render(f"cover-{book.settings.cover}.html", book, side="right", cover_picture=self.cover_picture, upright=upright, **values)

    def contents(self, book: Book, pages: Mapping[str, int]) -> str:
        """The contents; `pages` gives the printed number of the page on which each case begins, by its id."""
        return self._render("contents.html", book, side="right", pages=pages)

    def blank(self, book: Book) -> str:
        return self._render("blank.html", book, side="right")

    def numerals(self, book: Book) -> str:
        """One page that shows every character of a page number, in the face that page numbers have."""
        return self._render("numerals.html", book, side="right")

    def _render(self, template: str, book: Book, **values: object) -> str:
        return render(self.env, template, book=book, profile=self.profile, edition=self.edition, is_prize=is_prize, balanced=balanced, **values)


# No line of a title begins with these marks or ends with those (CLREQ 3.1.3), nor breaks inside a number or a word.
_NOT_FIRST, _NOT_LAST = "，。、；：！？）》〉】」』”’·—…~～％%),.;:!?]}", "（《〈【「『“‘—…([{"
_WHOLE = re.compile(r"[0-9A-Za-z]+(?:[.,:/+~&'’–-][0-9A-Za-z]+)*|[—…]+")
_PAIRS = ("《》", "“”", "（）")


def balanced(title: str, most: float = 14) -> tuple[str, ...]:
    """A title in as few lines of at most `most` ems as it takes, all of nearly the same length.

    A line grows beyond that where no break is allowed. Names in 《》 and “” stay whole where they can.
    """
    costs = _break_costs(title)
    ideal = _ems(title) / max(1, ceil(_ems(title) / most))
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(title) + 1):
        choices, length = [], 0.0
        for start in range(end - 1, -1, -1):
            length += _ems(title[start])
            if choices and length > 2 * most:
                break
            cost, lines = best[start]
            cost += (length - ideal) ** 2 + 100 * max(0.0, length - most) + costs[end]
            choices.append((cost, (*lines, title[start:end])))
        best.append(min(choices))
    return best[-1][1] or (title,)


def _ems(text: str) -> float:
    """About the width of a text: two Latin letters are as wide as one Chinese character."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _break_costs(text: str) -> list[float]:
    """How bad it is to end a line before each place of a text, from its beginning to its end."""
    costs = [0.0] * (len(text) + 1)
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        if after in _NOT_FIRST or before in _NOT_LAST:
            costs[at] = 10_000
        elif before.isdigit() or after.isdigit() or after == " ":
            costs[at] = 8  # a figure stands with its unit, a space at the end of its line
        elif any(text[:at].count(left) > text[:at].count(right) for left, right in _PAIRS):
            costs[at] = 12
    for whole in _WHOLE.finditer(text):
        costs[whole.start() + 1 : whole.end()] = [10_000] * (len(whole[0]) - 1)
    return costs


def _body(case: Case, inside: set[str]) -> str:
    """The case's fragment with the book's addresses: a case that is not bound with it cannot be a link."""
    pieces = case.body.html.replace(' alt=""', ' alt="没有说明的图片"').split('href="case:')  # a tagged PDF needs words
    out = pieces[0]
    for piece in pieces[1:]:
        target, rest = piece.split('"', 1)
        out += f'href="#case-{target}"{rest}' if target in inside else f'class="elsewhere"{rest}'
    return out


