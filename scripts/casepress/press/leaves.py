"""Leaves: the pages of a book in their order, and in what they are bound."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from casepress.book.measures import Profile
from casepress.facts.store import Store
from casepress.press.inks import ColorProfile
from casepress.press.numbers import Letters
from casepress.press.written.parts import Part
from casepress.press.written.pieces import Piece
from casepress.press.written.sheets import Face, Placed, Sheet


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


@dataclass
class Stretch:
    """Leaves one behind the other while they are written, the first on the side that is said.

    `pages`, `nodes` and `kids` are the numbers of their objects, of the nodes above them, and of their elements.
    """

    leaves: Sequence[Leaf]
    is_left: bool
    pages: list[int] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)
    kids: list[int] = field(default_factory=list)

    def left(self, index: int) -> bool:
        """Whether a page lies on the left."""
        return self.is_left != bool(index % 2)

    def headed(self, index: int) -> tuple[str, str]:
        """The running head of a page: its side and its words, which may be none."""
        side = "left" if self.left(index) else "right"
        return side, self.leaves[index].head(side)


def pictures_on(leaves: Sequence[Leaf]) -> tuple[Placed, ...]:
    """The pictures of a book, each with the index of the leaf on which it stands."""
    shown = ((at, leaf, picture) for at, leaf in enumerate(leaves) for picture in leaf.piece.facts.pictures)
    return tuple(replace(picture, page=at) for at, leaf, picture in shown if picture.page == leaf.index)
