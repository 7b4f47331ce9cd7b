"""Proving: the elements of each case and each text held against the pages that were made of them.

Flows in: the HTML that was laid out and its pages. Flows out: a `Loss` for whatever is not there, or not where it should be.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from casepress.press.patches.pages import shown, type_area
from casepress.press.proof import numbering, places, words
from casepress.values.losses import Loss

# What is looked at: the element, how its id begins, and whose it is.
_KINDS = (("article", "case-", "case"), ("section", "text-", "text"))


class Proof:
    """The cases and texts of a piece, and what of them stands on the pages that were seen."""

    def __init__(self, root: Element) -> None:
        self._pieces = {
            element: (kind, element.get("id").removeprefix(begin))
            for tag, begin, kind in _KINDS
            for element in root.iter(tag)
            if (element.get("id") or "").startswith(begin)
        }
        self._owner = {element: piece for piece in self._pieces for element in piece.iter()}
        self._found: dict[Element, list] = {piece: [] for piece in self._pieces}

    def see(self, page) -> None:
        """See what stands on the next page."""
        if self._pieces:
            area = type_area(page)
            for thing in shown(page):
                if thing.element in self._owner:
                    self._found[self._owner[thing.element]].append((thing, area))

    def losses(self, anchors: set[str]) -> Iterator[Loss]:
        """What of each case and each text is not on the pages: words, pictures, notes, targets of links, the numbers of lists;
        and what reaches over the type area. `anchors` are the ids that the pages have.
        """
        for piece, (kind, name) in self._pieces.items():
            things = [thing for thing, _ in self._found[piece]]
            for what in (*words.lost(piece, things, anchors), *numbering.lost(piece, things), *places.outside(piece, self._found[piece])):
                yield Loss(kind, name, what)
