"""Covers: back, spine and front of a book as one sheet for the press, and the bureau's own picture on it.

The composition is the same template that makes the cover of the screen's edition. Flows in: a book and the number of
pages between its covers. Flows out: a PDF/X-4 of one page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from casepress.book import colophon
from casepress.book.book import Book
from casepress.book.measures import MM, Profile
from casepress.collection.imprint import isbn_is_true
from casepress.facts import pictures
from casepress.facts.moments import moment
from casepress.facts.vertical import length
from casepress.press.binding import bind
from casepress.press.leaves import Leaf
from casepress.press.making import Made, Press
from casepress.press.pdfx import BLEED, Folds
from casepress.press.saying import About
from casepress.press.sharpness import SHARP
from casepress.values.books import Binding
from casepress.values.problems import Problem, warning

_SOFT = Binding()
_LEAST = 5 * MM  # a narrower spine bears no text: it would slip around the edge
# EAN-13 (ISO/IEC 15420): the seven modules of a digit left of the middle, and which of the six are mirrored.
_DIGITS = "0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011".split()
_PARITY = "OOOOOO OOEOEE OOEEOE OOEEEO OEOOEE OEEOOE OEEEOO OEOEOE OEOEEO OEEOEO".split()


@dataclass(frozen=True)
class Spread:
    """The sheet of a cover, lengths in pt: from left to right flap or turn-in, back, spine, front, and again flap or turn-in.

    `face` × `high` are front and back from the spine to the fore-edge, with the `groove` of a hard cover; `around` is the turn-in on all
    sides, `flap` the width of each flap. `text` and `small` are the sizes of what stands on the spine, 0 without text; each of `bars` is
    the place and the width of a bar of the barcode in modules of 0.33 mm.
    """

    spine: float
    text: float
    small: float
    bars: tuple[tuple[int, int], ...]
    face: float
    high: float
    flap: float = 0.0
    around: float = 0.0
    groove: float = 0.0

    @property
    def back(self) -> float:
        """Where the back begins."""
        return self.around + self.flap

    @property
    def front(self) -> float:
        """Where the front begins, at the spine."""
        return self.back + self.face + self.spine

    @property
    def width(self) -> float:
        return self.front + self.face + self.back

    @property
    def height(self) -> float:
        return self.high + 2 * self.around

    @property
    def folds(self) -> Folds:
        """At the flaps, on both sides of the spine, and for a hard cover at the edges of its boards."""
        ends = (self.back, self.width - self.back) if self.back else ()
        joints = (self.back + self.face, self.front)
        edges = (joints[0] - self.groove, joints[1] + self.groove) if self.groove else ()
        return Folds(tuple(sorted((*ends, *joints, *edges))), (self.around, self.height - self.around) if self.around else ())


def spine_width(pages: int, calliper: float) -> float:
    """How thick a book is, in pt: its leaves, each `calliper` mm."""
    return ceil(pages / 2) * calliper * MM


def spread(book: Book, pages: int, profile: Profile) -> Spread:
    """The measures of a book's cover with so many pages between its halves.

    The spine of a soft cover is as wide as the pages are thick and the cover's paper twice; that of a hard one as the pages and both
    boards. A board with its groove is as wide as a page, a board's thickness and the square (飘口); so the trade reckons them.
    """
    binding = book.settings.binding
    width = spine_width(pages, book.settings.calliper) + 2 * (binding.board if binding.is_hard else binding.cover) * MM
    face, high = _face(profile, binding)
    most = min(0.58 * width, 18.0) if width >= _LEAST else 0.0
    text = min(most, 0.48 * profile.height / (1.1 * length(book.title)))  # from 9 % to 57 % of the height
    foot = colophon.press(book.imprint) or book.publisher
    small = min(0.86 * text, 0.27 * profile.height / (1.1 * max(1.0, length(foot))))
    code = book.imprint.facts.get("isbn", "") if book.imprint.publication == "isbn" else ""
    lengths = (face, high, *(side * MM for side in (binding.flap, binding.turn_in, binding.groove)))
    return Spread(width, text, small, barcode(code), *lengths)


def _face(profile: Profile, binding: Binding) -> tuple[float, float]:
    """The width and the height of the front of a cover, from the spine to the fore-edge."""
    return profile.width + (binding.board + binding.square) * MM, profile.height + 2 * binding.square * MM


def make_cover(press: Press, book: Book, pages: int) -> Made:
    """The cover of a book for the press; `pages` is the number of pages between its halves.

    Raises what `binding.bind` raises.
    """
    composer, how = press.composer, book.settings.binding
    sheet = spread(book, pages, composer.profile)
    piece = press.piece(composer.cover(book, spread=sheet), composer.qr_codes(book))
    label = f"{'精装' if how.is_hard else '封面'}　书脊 {sheet.spine / MM:.1f} mm"
    lengths = {"勒口": how.flap, "纸板": how.board, "包边": how.turn_in}
    label += "".join(f"　{name} {length:g} mm" for name, length in lengths.items() if length)
    about = About(book.title, book.publisher, book.language, book.subtitle, (), moment(book.date))
    pdf, lost = bind([Leaf(piece, 0, label, False)], press.finish(book), about, (), sheet.folds)
    return Made(pdf, piece.length, tuple(dict.fromkeys((*piece.facts.messages, *lost))), piece.facts.pictures)


def picture_is_large(path: str, data: bytes, profile: Profile, binding: Binding = _SOFT) -> Iterator[Problem]:
    """The picture of the cover fills the front with what is folded in and the bleed at 300 dpi. Raises pictures.NotAPicture."""
    width, height = pictures.size(data)
    face, high = _face(profile, binding)
    sides = (face + binding.turn_in * MM + 2 * BLEED, high + 2 * (binding.turn_in * MM + BLEED))
    least = tuple(ceil(side / 72 * SHARP) for side in sides)
    if width < least[0] or height < least[1]:
        what = f"封面图片有 {width}×{height} 像素，印出来不够清楚"
        yield warning(path, 0, what, f"请换成至少 {least[0]}×{least[1]} 像素的图片", "pictures_are_sharp")


def barcode(code: str) -> tuple[tuple[int, int], ...]:
    """The bars of an ISBN of 13 digits as EAN-13, as (place, width) in modules; none where the number is not one."""
    if not isbn_is_true(code):
        return ()
    digits = [int(c) for c in code if c.isdigit()]
    left = "".join(_DIGITS[d] if side == "O" else _swapped(_DIGITS[d])[::-1] for d, side in zip(digits[1:7], _PARITY[digits[0]], strict=True))
    right = "".join(_swapped(_DIGITS[digit]) for digit in digits[7:])
    modules, bars, at = f"101{left}01010{right}101", [], 0
    for run in modules.replace("01", "0 1").replace("10", "1 0").split():
        if run[0] == "1":
            bars.append((at, len(run)))
        at += len(run)
    return tuple(bars)


def _swapped(modules: str) -> str:
    return modules.translate(str.maketrans("01", "10"))
