"""Leaves: the pages of a book in their order, and in what they are bound."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from casepress.book.measures import Profile
from casepress.facts.store import Store
from casepress.press.inks import ColorProfile
from casepress.press.numbers import Letters
from casepress.press.written.parts import Part
from casepress.press.written.pieces import Piece
from casepress.press.written.sheets import Face, Sheet


@dataclass(frozen=True)
class Leaf:
    """One page of the book: where it comes from, the number that it counts as, and whether that is printed on it.

    `heads` are the running heads of sides of which the piece itself says nothing; `level` is added to its bookmarks' levels.
    """

    piece: Piece
    index: int
    label: str
    numbered: bool
    heads: Mapping[str, str] = field(default_factory=dict)
    level: int = 0

    @property
    def sheet(self) -> Sheet:
        """The page as it was written."""
        return self.piece.facts.sheets[self.index]

    def shift(self, is_left: bool) -> float:
        """How far to the right its content goes, in pt: margins are mirrored on a left-hand page."""
        return self.sheet.shift if is_left else 0.0

    def head(self, side: str) -> str:
        """The running head on a side; the page on which a piece begins has none."""
        return self.piece.facts.heads[self.index].get(side, self.heads.get(side, "")) if self.index else ""


@dataclass(frozen=True)
class Finish:
    """In what a book is bound: its measures, the face of its page numbers and of the words beside its pages, the heads of its
    parts, and for the press its inks. What is made of faces is kept in `store`; `faces` makes
    those of a book at once, where many hands do it."""

    profile: Profile
    numerals: Letters
    store: Store
    slugs: Letters | None = None
    heads: Piece | None = None
    color: ColorProfile | None = None
    faces: Callable[[Iterable[Face]], Iterable[tuple[Part, ...]]] | None = None

    @property
    def edition(self) -> str:
        """`print` or `screen`."""
        return "print" if self.color else "screen"
