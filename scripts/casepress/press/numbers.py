"""Page numbers: the face that they are set in, and where a profile wants them.

No piece knows a page's number; the binder writes it. It is marked as an artifact, as page furniture must be in a tagged PDF
(ISO 14289-1, 7.1).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from casepress.book.measures import MM, Profile
from casepress.facts.numerals import ON_PAGES
from casepress.press.written.pieces import Piece, faces_of
from casepress.press.written.sheets import Face
from casepress.values.problems import Failed

_BLACK = {"screen": "0 0 0 rg", "print": "0 0 0 1 k"}


class NoNumerals(Failed):
    """The font of the page numbers lacks their characters; the message is a Chinese sentence."""


@dataclass(frozen=True)
class Letters:
    """A face with which the binder itself writes, and for each character its glyph and its width in thousandths of the size."""

    face: Face
    glyphs: Mapping[str, tuple[int, float]]

    @classmethod
    def of(cls, face: Face) -> "Letters":
        """All characters that a face shows."""
        return cls(face, {text: (glyph, width) for glyph, (text, width) in face.glyphs.items() if len(text) == 1})

    def width(self, text: str, size: float) -> float:
        """The length of a text in pt."""
        return sum(self.glyphs[c][1] for c in text) * size / 1000

    def shown(self, text: str, x: float, y: float, size: float) -> str:
        """The operators that show a text from a point on, inside BT and ET, where the font is set."""
        return f"1 0 0 1 {x:.3f} {y:.3f} Tm <{''.join(f'{self.glyphs[c][0]:04x}' for c in text)}> Tj"

    def used(self, text: str) -> Face:
        """The face with the glyphs of a text alone."""
        wanted = {self.glyphs[c][0] for c in text}
        return replace(self.face, glyphs={glyph: what for glyph, what in self.face.glyphs.items() if glyph in wanted})


def numerals(piece: Piece) -> Letters:
    """The face of page numbers, from a piece that shows their characters. Raises NoNumerals."""
    for letters in map(Letters.of, faces_of(piece.data)[0]):
        if set(ON_PAGES) <= letters.glyphs.keys():
            return letters
    raise NoNumerals("页码的字体里缺少数字")


def widest(piece: Piece) -> Letters:
    """Of the faces beside that of the numbers, the one with the most characters: for the words outside the page."""
    return max((Letters.of(face) for face in faces_of(piece.data)[0]), key=lambda letters: len(letters.glyphs))


def stamp(letters: Letters, profile: Profile, label: str, is_right: bool, edition: str) -> str:
    """The operators that print a page's number below its text area as the profile has it: “— 12 —” one character in, its dashes
    7 mm below the feet of the last line's characters (GB/T 9704-2012, 7.5), or plain, or in the middle of the measure.
    """
    size = profile.numbers.size
    words = spoken(profile, label)
    width = sum(letters.width(word, size) for word in words) + size / 2 * (len(words) - 1)
    left = profile.inner if is_right else profile.outer
    inset = (profile.measure - width) / 2 if profile.numbers.place == "centre" else size
    x = left + profile.measure - inset - width if is_right else left + inset
    y = profile.below + (profile.pitch - profile.body) / 2 - 7 * MM - size * 0.28  # a dash stands so high
    shown = []
    for word in words:
        shown.append(letters.shown(word, x, y, size))
        x += letters.width(word, size) + size / 2
    return f"{_BLACK[edition]} BT /{letters.face.name} {size:g} Tf {' '.join(shown)} ET"


def spoken(profile: Profile, label: str) -> list[str]:
    """The words of a page number."""
    return ["—", label, "—"] if profile.numbers.style == "dashes" else [label]
