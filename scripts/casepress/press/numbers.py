"""Page numbers: the font that they are stamped in, and where a profile wants them.

No piece knows a page's number; it is stamped on the finished file, as text of one small font. What is stamped is
marked as an artifact, as page furniture must be in a tagged PDF (ISO 14289-1, 7.1).
"""

import io
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Pdf

from casepress.book.measures import MM, Profile
from casepress.press.layout import LaidOut
from casepress.press.patches.subsets import small_subsets
from casepress.values.problems import Failed

DIGITS = "0123456789ivx—"
_BLACK = {"screen": "0 0 0 rg", "print": "0 0 0 1 k"}


class NoNumerals(Failed):
    """The font of the page numbers lacks their characters; the message is a Chinese sentence."""


@dataclass(frozen=True)
class Numerals:
    """A font that holds the characters of page numbers: its PDF, its name there, and each character's glyph and width.

    Widths are in thousandths of the font's size.
    """

    pdf: bytes
    font: str
    glyphs: dict[str, tuple[str, float]]

    def width(self, text: str, size: float) -> float:
        """The length of a text in pt."""
        return sum(self.glyphs[c][1] for c in text) * size / 1000

    def shown(self, text: str, x: float, y: float, size: float) -> str:
        """The operators that show a text from a point on, inside BT and ET."""
        return f"1 0 0 1 {x:.3f} {y:.3f} Tm <{''.join(self.glyphs[c][0] for c in text)}> Tj"


@dataclass(frozen=True)
class Letters:
    """A font of page numbers in the PDF in which it is to be shown: what it knows, and its object there."""

    font: Numerals
    face: pikepdf.Object

    @classmethod
    def of(cls, pdf: Pdf, source: Pdf, font: Numerals) -> "Letters":
        """A font taken over from its own PDF, which is open as `source`."""
        return cls(font, pdf.copy_foreign(source.pages[0].Resources.Font[font.font]))


def numerals(page: LaidOut) -> Numerals:
    """The page-number font from a page that shows its characters; glyph numbers are those of the whole font.

    Raises NoNumerals.
    """
    with small_subsets():
        data = page.document.write_pdf()
    with Pdf.open(io.BytesIO(data)) as pdf:
        for name, font in pdf.pages[0].Resources.Font.items():
            glyphs = _glyphs(font)
            if set(DIGITS) <= set(glyphs):
                return Numerals(data, name, glyphs)
    raise NoNumerals("页码的字体里缺少数字")


def stamp(page: pikepdf.Page, letters: Letters, profile: Profile, label: str, is_right: bool, edition: str) -> None:
    """Print a page's number below its text area as the profile has it: “— 12 —” one character in, its dashes 7 mm below
    the text (GB/T 9704-2012, 7.5), or plain, or in the middle of the measure.
    """
    font, size = letters.font, profile.numbers.size
    words = ["—", label, "—"] if profile.numbers.style == "dashes" else [label]
    width = sum(font.width(word, size) for word in words) + size / 2 * (len(words) - 1)
    left = profile.inner if is_right else profile.outer
    inset = (profile.measure - width) / 2 if profile.numbers.place == "centre" else size
    x = left + profile.measure - inset - width if is_right else left + inset
    y = profile.below - 7 * MM - size * 0.4
    shown = []
    for word in words:
        shown.append(font.shown(word, x, y, size))
        x += font.width(word, size) + size / 2
    add_font(page, letters.face)
    page.contents_add(b"q", prepend=True)  # WeasyPrint leaves its own coordinates behind
    text = f"BT /CasepressNumerals {size:g} Tf {' '.join(shown)} ET"
    page.contents_add(f"Q /Artifact <</Type /Pagination>> BDC q {_BLACK[edition]} {text} Q EMC".encode("ascii"))


def widest(font: Numerals) -> Numerals:
    """Of the fonts beside that of the numbers, the one with the most characters: for the words outside the page."""
    with Pdf.open(io.BytesIO(font.pdf)) as pdf:
        found = {name: _glyphs(face) for name, face in pdf.pages[0].Resources.Font.items()}
    name = max(sorted(found), key=lambda name: len(found[name]))
    return Numerals(font.pdf, name, found[name])


def add_font(page: pikepdf.Page, face: pikepdf.Object, name: str = "/CasepressNumerals") -> None:
    """Let a page know a font, without touching what it shares with others."""
    page.Resources = Dictionary(page.Resources)
    fonts = Dictionary(page.Resources.get("/Font", Dictionary()))
    fonts[name] = face
    page.Resources.Font = fonts


def _glyphs(font: pikepdf.Object) -> dict[str, tuple[str, float]]:
    """Each character that a font shows alone, with its glyph's number in hexadecimal figures and its width (9.10.3)."""
    widths, found = _widths(font.DescendantFonts[0]), {}
    for operands, operator in pikepdf.parse_content_stream(font.ToUnicode):
        if str(operator) == "endbfchar":
            for code, text in zip(operands[::2], operands[1::2], strict=True):
                glyph = int.from_bytes(bytes(code))
                found[bytes(text).decode("utf-16-be")] = (f"{glyph:04x}", widths.get(glyph, 1000.0))
    return found


def _widths(font: pikepdf.Object) -> dict[int, float]:
    """The W array of a CID font (ISO 32000-1, 9.7.4.3), both of its forms."""
    items, found, at = list(font.get("/W", [])), {}, 0
    while at < len(items):
        first, second = int(items[at]), items[at + 1]
        if isinstance(second, Array):
            found.update({first + n: float(width) for n, width in enumerate(second)})
            at += 2
        else:
            found.update({code: float(items[at + 2]) for code in range(first, int(second) + 1)})
            at += 3
    return found
