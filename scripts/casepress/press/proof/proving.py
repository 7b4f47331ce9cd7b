"""Proving: the elements of each case and each text held against the pages that were made of them.

Flows in: the HTML that was laid out and its pages. Flows out: a `Loss` for whatever is not there, or not where it should be.
"""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from casepress.press.patches.pages import shown, type_area
from casepress.press.proof import numbering, places, words
from casepress.values.losses import Loss

# What is looked at: the element, how its id begins, and whose it is.
_KINDS = (("article", "case-", "case"), ("section", "text-", "text"))


def losses(root: Element, pages: Sequence, anchors: set[str]) -> Iterator[Loss]:
    """What of each case and each text is not on the pages: words, pictures, notes, targets of links, the numbers of lists;
    and what reaches over the type area. `anchors` are the ids that the pages have.
    """
    pieces = {
        element: (kind, element.get("id").removeprefix(begin))
        for tag, begin, kind in _KINDS
        for element in root.iter(tag)
        if (element.get("id") or "").startswith(begin)
    }
    if not pieces:
        return
    owner = {element: piece for piece in pieces for element in piece.iter()}
    found = {piece: [] for piece in pieces}
    for page in pages:
        area = type_area(page)
        for thing in shown(page):
            if thing.element in owner:
                found[owner[thing.element]].append((thing, area))
    for piece, (kind, name) in pieces.items():
        things = [thing for thing, _ in found[piece]]
        for what in (*words.lost(piece, things, anchors), *numbering.lost(piece, things), *places.outside(piece, found[piece])):
            yield Loss(kind, name, what)
