"""How full the pages of a book are, and what stands on them, read back from its PDF.

Lengths are in pt from the page's left and top edge; a share is of the height of the type area.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from casepress.book.measures import Profile
from readback import Line, drawn_on, read_lines


@dataclass(frozen=True)
class Picture:
    """A picture on a page, counted from 1: its sides."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True)
class Book:
    """A book's lines and pictures, and the pages on which its bookmarks begin, in order."""

    lines: tuple[Line, ...]
    pictures: tuple[Picture, ...]
    begins: tuple[int, ...]


def read_book(path: Path) -> Book:
    """A bound book, read back."""
    with pikepdf.open(path) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        with pdf.open_outline() as outline:
            begins = sorted({pages[item.destination[0].objgen] for top in outline.root for item in (top, *top.children) if item.destination})
        return Book(tuple(read_lines(path)), tuple(_pictures(pdf)), tuple(begins))


def _pictures(pdf: pikepdf.Pdf) -> Iterator[Picture]:
    for number, page in enumerate(pdf.pages, 1):
        for name, matrix in drawn_on(page):
            if page.Resources.XObject[name].get("/Subtype") == pikepdf.Name.Image:
                bottom = float(page.mediabox[3]) - matrix.f
                yield Picture(number, matrix.e, bottom - abs(matrix.d), matrix.e + abs(matrix.a), bottom)


def white(book: Book, profile: Profile) -> dict[int, float]:
    """Of each page inside a case, behind which the case has text yet: the highest empty part of it, as a share."""
    top, high = profile.above, profile.lines * profile.pitch
    found = {}
    for first, last in zip(book.begins, (*book.begins[1:], 10**6), strict=True):
        lines = [line for line in book.lines if first <= line.page < last and top - 3 < line.y < top + high + profile.pitch / 2]
        text = [line.page for line in lines if abs(line.size - profile.body) < 0.1]
        for page in range(first, max(text, default=first)):
            sides = [(line.y - line.size, line.y) for line in lines if line.page == page]
            sides += [(each.top, each.bottom) for each in book.pictures if each.page == page]
            at, most = top, 0.0
            for begin, end in (*sorted(sides), (top + high, top + high)):
                most, at = max(most, begin - at), max(at, end)
            found[page] = most / high
    return found


def beyond(book: Book, profile: Profile) -> list[Picture | str]:
    """The pictures, and the lines of text, that stand over an edge of the type area by more than a point and a stop."""
    wide, most = profile.measure, profile.lines * profile.pitch
    found: list[Picture | str] = []
    for thing in book.pictures:
        lefts = (profile.inner, profile.outer)  # on right-hand and left-hand pages
        inside = any(left - 1 <= thing.left and thing.right <= left + wide + 1 for left in lefts)
        if not inside or thing.top < profile.above - 1 or thing.bottom > profile.above + most + 1:
            found.append(thing)
    for line in book.lines:
        if profile.above < line.y < profile.above + most and line.x1 - line.x0 > wide + line.size:
            found.append(line.text)
    return found
