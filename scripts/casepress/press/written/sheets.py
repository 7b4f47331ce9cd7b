"""Sheets: what is known of a page and of a face once a document is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Face:
    """A face as a document shows it: what WeasyPrint says of it, where it stands, and each glyph with its text and its width in
    thousandths of the size.

    `name` is that of its resource; `file` is empty for the one that casepress makes itself. Two documents that show the same
    face name it the same.
    """

    name: str
    family: str
    base: str
    file: str
    index: int
    weight: int
    style: int
    size: float
    ascent: int
    descent: int
    flags: int
    variations: Mapping[str, float] = field(default_factory=dict)
    glyphs: Mapping[int, tuple[str, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A page as it was written: its size and bleed in pt, how far it is shifted on a left-hand page, the faces that it shows.

    `starts` gives for each id that begins here its place in pt from the lower left corner, `bookmarks` (level, title, x, y).
    `number`, `left` are the pages of the PDF that show it on a right-hand and, where it is drawn otherwise there, on a left-hand page.
    """

    width: float
    height: float
    bleed: float
    shift: float
    faces: tuple[str, ...]
    number: int
    left: int | None = None
    starts: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    bookmarks: tuple[tuple[int, str, float, float], ...] = ()


@dataclass(frozen=True)
class Placed:
    """A picture on a page: its name among the assets, its size in pixels, its pixels to an inch of paper, and the index of the page in its piece."""

    name: str
    width: int
    height: int
    dpi: float
    page: int = 0
