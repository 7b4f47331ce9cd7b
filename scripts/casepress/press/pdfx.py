"""PDF/X-4 (ISO 15930-7): what a PDF for a print shop has around its pages, and what it says of its inks.

Around the bleed come crop marks, register marks and a line that says what the page is.
"""

from collections.abc import Sequence

from casepress.book.measures import MM
from casepress.press.inks import ColorProfile
from casepress.press.joining import File, array_of, reference, text
from casepress.press.numbers import Letters

BLEED = 3 * MM
SLUG = 12 * MM  # from the trimmed edge to the edge of the sheet: the bleed, and room for the marks
_OFFSET, _LENGTH = 3.5 * MM, 5 * MM  # where a crop mark begins, outside the bleed, and how long it is
_CROSS, _HALF = 7.5 * MM, 2 * MM  # where a register cross stands, and half its width
# The colour of marks that every plate must show (ISO 32000-1, 8.6.6.4)
PLATES = "CasepressAll"
ALL_PLATES = b"[/Separation/All/DeviceCMYK<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[1 1 1 1]/N 1>>]"


def boxes(width: float, height: float) -> dict[str, bytes]:
    """The trimmed page from 0, around it the bleed, around that the sheet (ISO 32000-1, 14.11.2)."""
    around = {"TrimBox": 0.0, "BleedBox": BLEED, "MediaBox": SLUG}
    return {name: array_of((-by, -by, width + by, height + by)) for name, by in around.items()}


def slug(letters: Letters, words: str, is_colored: bool) -> str:
    """The words beside a page of which there are letters, and what inks it has."""
    words = "".join(c if c in letters.glyphs else " " for c in words + ("　CMYK" if is_colored else "　K"))
    return "".join(c for c in words if c in letters.glyphs)


def marks(width: float, height: float, words: str, letters: Letters, colored: bool, folds: Sequence[float]) -> str:
    """Marks outside the bleed: at the corners where to cut, in the middles where plates meet, above and below where to fold.

    `folds` are the distances of folds from the left edge in pt; `colored` pages name ALL_PLATES as PLATES.
    """
    lines, middle = [], (width / 2, height / 2)
    for edge, sign in ((0, -1), (width, 1)):
        for y in (0, height):
            lines.append((edge + sign * _OFFSET, y, edge + sign * (_OFFSET + _LENGTH), y))
        lines += _cross(edge + sign * _CROSS, middle[1])
    for edge, sign in ((0, -1), (height, 1)):
        for x in (0, width, *folds):
            lines.append((x, edge + sign * _OFFSET, x, edge + sign * (_OFFSET + _LENGTH)))
        lines += _cross(middle[0] if not folds else folds[0] / 2, edge + sign * _CROSS)
    paint = f"/{PLATES} CS 1 SCN" if colored else "0 0 0 1 K"
    drawn = " ".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l" for a, b, c, d in lines)
    shown = f"BT /{letters.face.name} 6 Tf {letters.shown(words, 3 * MM, -11 * MM, 6)} ET"
    return f"q 0.25 w {paint} {drawn} S Q q 0 0 0 1 k {shown} Q"


def _cross(x: float, y: float) -> list[tuple[float, float, float, float]]:
    return [(x - _HALF, y, x + _HALF, y), (x, y - _HALF, x, y + _HALF)]


def intent(file: File, profile: ColorProfile) -> bytes:
    """What the inks are meant for (ISO 32000-1, 14.11.5)."""
    data = file.add_stream(profile.data, b"<</N 4/Alternate/DeviceCMYK>>", packed=True)
    words = text(profile.name)
    said = b"/OutputConditionIdentifier %b/OutputCondition %b/Info %b" % (words, words, words)
    return b"[<</Type/OutputIntent/S/GTS_PDFX%b/DestOutputProfile %b>>]" % (said, reference(data))
