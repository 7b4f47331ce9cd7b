"""Runs: leaves that are counted in one way while a book is made; what stands on which page is known of what has been put there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from casepress.book.book import Book, Section
from casepress.book.book import Piece as Text
from casepress.facts.moments import moment
from casepress.press.binding import BindingFailed
from casepress.press.leaves import Finish, Leaf
from casepress.press.saying import About
from casepress.press.written.pieces import Piece
from casepress.values.cases import Case
from casepress.values.losses import Loss

_BESIDE = 2000  # cases whose contents and indexes take less than half a gigabyte together


class Run:
    """Leaves that are counted in one way, from 1 on a right-hand page, while they are gathered.

    `labels` gives the printed number of the page on which each id begins.
    """

    def __init__(self, blank: Piece, named: Callable[[int], str]) -> None:
        self._blank, self._named = blank, named
        self.leaves: list[Leaf] = []
        self.labels: dict[str, str] = {}
        self.messages: list[Loss | str] = []

    def open(self, recto: bool) -> None:
        """See that a piece which begins on a right-hand page can begin: insert a blank, which shows nothing."""
        if recto and len(self.leaves) % 2:
            self.add(self._blank, numbered=False)

    def lacking(self, before: int, signature: int) -> int:
        """How many pages are missing behind the last one, so that with so many before a book has whole leaves and whole signatures.

        A typesetter leaves blank pages at the end, where they tear nothing apart; the imprint stands on the back of the title page.
        """
        return -(before + len(self.leaves)) % (signature or 2)

    def fill(self, count: int) -> None:
        """Put blanks behind the last leaf."""
        for _ in range(count):
            self.add(self._blank, numbered=False)

    @property
    def shown(self) -> int:
        """How many pages there are that are not blank."""
        return sum(leaf.piece is not self._blank for leaf in self.leaves)

    def add(self, piece: Piece, numbered: bool, heads: Mapping[str, str] = MappingProxyType({}), level: int = 0) -> None:
        """Put a piece behind the others; `heads` and `level` are as a leaf has them."""
        for anchor, index in piece.facts.anchors.items():
            self.labels.setdefault(anchor, self._named(len(self.leaves) + index + 1))
        for index in range(piece.length):
            self.leaves.append(Leaf(piece, index, self._named(len(self.leaves) + 1), numbered, heads, level))
        self.messages.extend((*piece.facts.general, *piece.facts.messages))

    def replace(self, piece: Piece, anchor: str) -> None:
        """Put a piece, laid out anew, in the place of the one that has the same id and as many pages."""
        old = next(leaf.piece for leaf in self.leaves if anchor in leaf.piece.facts.anchors)
        if old.length != piece.length:
            raise BindingFailed("装订出错，编印信息的页数前后不一")
        self.leaves = [replace(leaf, piece=piece) if leaf.piece is old else leaf for leaf in self.leaves]


def guessed_numbers(behind: Sequence[Text], pages: int, ranges: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    """A number of a page for each title behind so many pages of cases: the first one is true, each of the others is the next.

    None where cases begin on so few pages that digits are missing among their numbers, and none for so many cases that contents and
    indexes, laid out side by side, would need too much memory.
    """
    if not behind or len(set("".join(str(first) for first, _ in ranges.values()))) < 10 or len(ranges) > _BESIDE:
        return {}
    first = pages + 1 + (behind[0].recto and pages % 2)
    return {anchor: str(first + nth) for nth, (anchor, _) in enumerate(title for piece in behind for title in piece.titles)}


def in_covers(leaves: Sequence[Leaf], cover: Piece, back: Piece, blank: Piece) -> list[Leaf]:
    """The book as one holds it: 封面 and 封底 outside, on a right-hand and a left-hand page, 封二 and 封三 blank."""
    for piece, name in ((cover, "封面"), (back, "封底")):
        if piece.length != 1:
            raise BindingFailed(f"{name}排了 {piece.length} 页，应当是一页，请把上面的文字写短一些")
    found = [Leaf(cover, 0, "封面", False), Leaf(blank, 0, "封二", False), *leaves]
    if len(found) % 2 == 0:
        found.append(Leaf(blank, 0, "封三", False))
    return [*found, Leaf(back, 0, "封底", False)]


def by_itself(book: Book, case: Case, piece: Piece, finish: Finish) -> tuple:
    """How a case is bound as a PDF of its own: what `bind` is given."""
    leaves = [Leaf(piece, index, str(index + 1), piece.length > 1) for index in range(piece.length)]
    keywords = tuple(filter(None, map(case.text, ("theme", "region", "batch"))))
    about = About(case.title, case.text("school"), book.language, case.text("summary"), keywords, moment(book.date))
    return leaves, finish, about, [(0, case.title)]


def head_of(book: Book, section: Section) -> str:
    """The running head of a section's left-hand pages."""
    return section.part.title if book.is_divided else book.title


def whole(piece: Text, laid: Piece) -> Piece:
    """A laid-out piece that begins where its titles say. Raises BindingFailed."""
    lost = [title for anchor, title in piece.titles if anchor not in laid.facts.anchors]
    if lost:
        raise BindingFailed(f"装订出错，{'、'.join(lost)}没有排出来")
    return laid
