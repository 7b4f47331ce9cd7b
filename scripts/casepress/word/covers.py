"""Covers: the front of a book as the first page of its document: title, band, seal or slip, and the bureau's own picture.

The measures are those of theme/print/cover.css, whose lengths follow the width of the paper.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from casepress.book.book import Book
from casepress.book.measures import Profile
from casepress.facts.titles import balanced
from casepress.word.boxes import Box, row
from casepress.word.looks import Look, twips
from casepress.word.paragraphs import Paragraph
from casepress.word.styles import Style, cover_unit
from casepress.word.xml import w

_SIDE = 0.1  # of the paper's width is free on either side
_TOP = 36.0  # pt: the margins above and below


@dataclass
class _Cover:
    """A cover while it is put together; `y` is how far down its next thing stands."""

    profile: Profile
    styles: Mapping[str, Style]
    ground: str
    blocks: list[Element]
    y: float = _TOP

    def line(self, words: str, style: str, at: float = 0, align: str = "") -> None:
        """A line at a height in pt, or directly below."""
        air = max(0.0, at - self.y) if at else 0.0
        if self.ground and air:  # the ground of a line would fill what is empty above it
            self.gap(air)
            air = 0.0
        shape = [w("shd", {"val": "clear", "color": "auto", "fill": self.ground})] if self.ground and words else []
        shape.append(w("spacing", {"before": twips(air)}))
        shape += [w("jc", {"val": align})] if align else []
        made = Paragraph(style, tuple(shape))
        made.text(words)
        self.blocks.append(made.element())
        self.y += air + self.styles[style].line

    def gap(self, height: float) -> None:
        """Nothing, so high."""
        self.blocks.append(w("p", None, w("pPr", None, w("spacing", {"before": 0, "after": 0, "line": twips(height), "lineRule": "exact"}))))
        self.y += height

    def box(self, found: Element, height: float, at: float) -> None:
        """A box at a height; what is empty above it pushes it down."""
        if at - self.y > 1:
            self.gap(at - self.y)
        self.blocks.append(found)
        self.y += height


def edges(profile: Profile) -> tuple[float, float, float, float]:
    """The margins of a cover in pt: above, at the right, below, at the left."""
    side = profile.width * _SIDE
    return _TOP, side, _TOP, side


def cover(book: Book, profile: Profile, styles: Mapping[str, Style], inks: Mapping[str, str], picture: Element | None) -> list[Element]:
    """The blocks of the front; `picture` is a run that shows the bureau's own behind it."""
    u, height = cover_unit(profile), profile.height
    made = _Cover(profile, styles, inks["ground"] if picture is not None else "", [])
    width = profile.width * (1 - 2 * _SIDE)
    kind = book.settings.cover
    if picture is not None:
        made.blocks.append(w("p", None, w("pPr", None, w("spacing", {"line": 20, "lineRule": "exact"})), picture))
        made.y += 1
    foot = [words for words in (book.publisher, book.date) if words]
    if kind == "slip":
        _slip(made, book, width, inks)
    else:
        lines = balanced(book.title, 10)
        for nth, words in enumerate(lines):
            made.line(words, "CoverTitle", at=height * (0.19 if len(lines) < 4 else 0.14) if not nth else 0)
        for nth, words in enumerate(_pieces(book.subtitle)):
            made.line(words, "CoverSubtitle", at=made.y + 16 * u if not nth else 0)
        if kind == "seal":
            _seal(made, 0.57 if len(lines) < 4 else 0.62, u, inks)
        elif kind == "band" and picture is None:
            band = Box(profile.width, [_thin()], fill=inks["vermilion"])
            made.box(row([band], height=20 * u, indent=-profile.width * _SIDE), 20 * u, height * 0.6)
    for nth, words in enumerate(foot):
        at = max(made.y, height * 0.91 - len(foot) * styles["CoverFoot"].line) if not nth else 0
        made.line(words, "CoverFoot", at=at, align="right" if kind == "slip" else "")
    return made.blocks or [w("p", None, w("pPr"))]


def _slip(made: _Cover, book: Book, width: float, inks: Mapping[str, str]) -> None:
    """The title from top to bottom in a frame, the subtitle beside it."""
    lines = balanced(book.title, 14)
    high = made.profile.height * 0.56
    size = min(46 * cover_unit(made.profile), 0.9 * high / (1.1 * max(map(len, lines))))
    column = size * 1.6
    frame = Box(column * len(lines), [_upright(words, size, column) for words in lines], border=inks["vermilion"], fill="FFFFFF", upright=True)
    beside = [_plain(words, "CoverSubtitle", "right", made.ground) for words in book.subtitle.split(" · ") if words] or [_thin()]
    made.box(row([frame, Box(width - frame.width, beside, at="top")], height=high), high, made.profile.height * 0.09)


def _seal(made: _Cover, at: float, u: float, inks: Mapping[str, str]) -> None:
    side = 96 * u
    words = []
    for text in ("案例", "汇编"):
        line = Paragraph("CoverTitle", (w("spacing", {"line": twips(37 * u), "lineRule": "exact"}),))
        line.text(text, Look(size=round(62 * u) / 2, color=inks["ground"]))
        words.append(line.element())
    box = Box(side, words, at="center", fill=inks["vermilion"])
    made.box(row([box], height=side, align="center"), side, made.profile.height * at)


def _upright(words: str, size: float, column: float) -> Element:
    made = Paragraph("CoverTitle", (w("spacing", {"line": twips(column), "lineRule": "exact"}),))
    made.text(words, Look(size=round(size * 2) / 2))
    return made.element()


def _plain(words: str, style: str, align: str, ground: str) -> Element:
    shape = [w("shd", {"val": "clear", "color": "auto", "fill": ground})] if ground else []
    made = Paragraph(style, (*shape, w("jc", {"val": align})))
    made.text(words)
    return made.element()


def _thin() -> Element:
    return w("p", None, w("pPr", None, w("spacing", {"line": 20, "lineRule": "exact"})))


def _pieces(subtitle: str) -> Iterator[str]:
    """A subtitle on one line, or where it is long on one for each of its pieces."""
    if subtitle:
        yield from [subtitle] if len(subtitle) <= 24 else subtitle.split(" · ")
