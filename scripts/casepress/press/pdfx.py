"""PDF/X-4 (ISO 15930-7): what a PDF for a print shop has around its pages, and what it says of its inks.

Around the bleed come crop marks, register marks, marks of folds and a line that says what the page is; none touches another.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from casepress.book.measures import MM
from casepress.press import conditions
from casepress.press.inks import ColorProfile
from casepress.press.joining import File, array_of, reference, text
from casepress.press.numbers import Letters

BLEED = 3 * MM
SLUG = 12 * MM  # from the trimmed edge to the edge of the sheet: the bleed, and room for the marks
_OFFSET, _LENGTH = 3.5 * MM, 5 * MM  # where a crop mark begins, outside the bleed, and how long it is
_CROSS, _HALF = 7.5 * MM, 2 * MM  # where a register cross stands, and half its width
_SIZE, _INSET, _CLEAR = 6, 3 * MM, 2 * MM  # of the line: its type, how far from a cut or fold it begins, and from a cross it ends
# The colour of marks that every plate must show (ISO 32000-1, 8.6.6.4)
PLATES = "CasepressAll"
ALL_PLATES = b"[/Separation/All/DeviceCMYK<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[1 1 1 1]/N 1>>]"


def boxes(width: float, height: float) -> dict[str, bytes]:
    """The trimmed page from 0, around it the bleed, around that the sheet (ISO 32000-1, 14.11.2)."""
    around = {"TrimBox": 0.0, "BleedBox": BLEED, "MediaBox": SLUG}
    return {name: array_of((-by, -by, width + by, height + by)) for name, by in around.items()}


class Folds(NamedTuple):
    """Where a sheet is folded, in pt: upright folds by their distance from the left edge, level ones from the lower edge."""

    upright: tuple[float, ...] = ()
    level: tuple[float, ...] = ()


FLAT = Folds()


def slug(letters: Letters, title: str, words: Sequence[str], width: float, folds: Folds = FLAT) -> str:
    """The line beside a sheet of which there are letters: a book's title and what the sheet is; a title that is too long is cut."""
    behind = _known(letters, "".join(f"　{word}" for word in words))
    start, end = _widest(width, folds.upright)
    room = (end - start) / 2 - _HALF - _CLEAR - _INSET
    left = room - letters.width(behind, _SIZE)
    return _cut(letters, _known(letters, title), left) + behind if left > _SIZE else _cut(letters, behind.lstrip("　"), room)


def _known(letters: Letters, words: str) -> str:
    words = "".join(c if c in letters.glyphs else " " for c in words)
    return "".join(c for c in words if c in letters.glyphs)


def _cut(letters: Letters, title: str, room: float) -> str:
    """As much of a title as a width has room for."""
    if letters.width(title, _SIZE) <= room:
        return title
    sign = "…" if "…" in letters.glyphs else ""
    while title and letters.width(title + sign, _SIZE) > room:
        title = title[:-1]
    return title + sign


def marks(width: float, height: float, words: str, letters: Letters, colored: bool, folds: Folds) -> str:
    """Marks outside the bleed: at the corners where to cut, in the middle of the widest panels where plates meet, dashed where to fold.

    `words` are those of `slug`; `colored` pages name ALL_PLATES as PLATES.
    """
    lines, dashes = [], []
    across, (start, end) = _middle(height, folds.level), _widest(width, folds.upright)
    for edge, sign in ((0, -1), (width, 1)):
        begin, stop = edge + sign * _OFFSET, edge + sign * (_OFFSET + _LENGTH)
        lines += [(begin, y, stop, y) for y in (0, height)]
        dashes += [(begin, y, stop, y) for y in folds.level]
        lines += _cross(edge + sign * _CROSS, across)
    for edge, sign in ((0, -1), (height, 1)):
        begin, stop = edge + sign * _OFFSET, edge + sign * (_OFFSET + _LENGTH)
        lines += [(x, begin, x, stop) for x in (0, width)]
        dashes += [(x, begin, x, stop) for x in folds.upright]
        lines += _cross((start + end) / 2, edge + sign * _CROSS)
    paint = f"/{PLATES} CS 1 SCN" if colored else "0 0 0 1 K"
    dashed = f" [2 1.5] 0 d {_drawn(dashes)} S" if dashes else ""
    shown = f"BT /{letters.face.name} {_SIZE} Tf {letters.shown(words, start + _INSET, -11 * MM, _SIZE)} ET"
    return f"q 0.25 w {paint} {_drawn(lines)} S{dashed} Q q 0 0 0 1 k {shown} Q"


def _drawn(lines: Iterable[tuple[float, float, float, float]]) -> str:
    return " ".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l" for a, b, c, d in lines)


def _cross(x: float, y: float) -> list[tuple[float, float, float, float]]:
    return [(x - _HALF, y, x + _HALF, y), (x, y - _HALF, x, y + _HALF)]


def _widest(length: float, folds: Iterable[float]) -> tuple[float, float]:
    """The first of the widest panels between folds: where it begins and ends."""
    edges = (0.0, *sorted(folds), length)
    return max(pairwise(edges), key=lambda panel: round(panel[1] - panel[0], 2))


def _middle(length: float, folds: Iterable[float]) -> float:
    return sum(_widest(length, folds)) / 2


def intent(file: File, profile: ColorProfile) -> bytes:
    """What the inks are meant for (ISO 32000-1, 14.11.5): the condition as the ICC registers it, or else the profile's own name."""
    data = file.add_stream(profile.data, b"<</N 4/Alternate/DeviceCMYK>>", packed=True)
    condition = conditions.of_profile(profile.name)
    registered = condition.registered if condition else ""
    names = (registered or profile.name, condition.name if condition else profile.name, profile.name)
    said = b"/OutputConditionIdentifier %b/OutputCondition %b/Info %b" % tuple(map(text, names))
    if registered:
        said += b"/RegistryName %b" % text(conditions.REGISTRY)
    return b"[<</Type/OutputIntent/S/GTS_PDFX%b/DestOutputProfile %b>>]" % (said, reference(data))
