"""A document laid out for a test, as the PDF that a book would hold of it; and what a process may know before it lays out."""

from pathlib import Path

from casepress.collection import project
from casepress.facts.store import Store
from casepress.press import families, laying
from casepress.press.binding import bind
from casepress.press.layout import LaidOut
from casepress.press.leaves import Finish, Leaf
from casepress.press.recipes import Recipe
from casepress.press.saying import About
from casepress.press.written.pieces import Piece, facts_of
from casepress.type.faces import find_faces


def learn_figures(folder: Path) -> None:
    """Draw the raised figures of this machine's faces, so that the process and its copies know them, whatever folder they build in."""
    families.font_configuration(find_faces([project.shipped_folder("theme") / "print"], [], store=Store(folder))[0])


def bound(laid: LaidOut) -> bytes:
    """A document by itself as a PDF, through all that a piece of a book goes through."""
    data = laying.packed(laid, Recipe("", None, "", None, "screen", None))
    piece = Piece(facts_of(data), "", Store(None), data)
    leaves = [Leaf(piece, index, str(index + 1), False) for index in range(piece.length)]
    return bind(leaves, Finish(None, None, Store(None)), About("", "", "zh-CN"), [])[0]
