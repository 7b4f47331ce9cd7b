"""Furniture: what belongs to the book and is laid over a page: its running head, its number and, for the press, marks."""

from dataclasses import dataclass

from casepress.press import pdfx
from casepress.press.leaves import Finish, Leaf
from casepress.press.numbers import spoken, stamp
from casepress.press.written.sheets import Face

HEAD, PLATES = "CasepressHead", pdfx.PLATES  # names among a page's resources


@dataclass(frozen=True)
class Furniture:
    """Operators, the faces that they write with, and whether they name the colour of all plates."""

    content: str
    faces: tuple[Face, ...]
    plates: bool = False


def furniture(leaf: Leaf, is_left: bool, finish: Finish, headed: bool, title: str, colored: bool, folds: pdfx.Folds) -> Furniture:
    """What is laid over a page; `headed` ones have a running head, `title` is the book's, `colored` needs more than black."""
    over, faces = [], []
    if headed:
        shift = leaf.shift(is_left)
        over.append(f"q {f'1 0 0 1 {shift:.3f} 0 cm ' if shift else ''}/{HEAD} Do Q")
    if leaf.numbered:
        over.append(f"q {stamp(finish.numerals, finish.profile, leaf.label, not is_left, finish.edition)} Q")
        faces.append(finish.numerals.used("".join(spoken(finish.profile, leaf.label))))
    if finish.edition == "screen":
        return Furniture(f"/Artifact<</Type/Pagination>>BDC {' '.join(over)} EMC" if over else "", tuple(faces))
    what = (*leaf.label.split("　"), finish.profile.name, "CMYK" if colored else "K")
    words = pdfx.slug(finish.slugs, title, what, leaf.sheet.width, folds)
    over.append(pdfx.marks(leaf.sheet.width, leaf.sheet.height, words, finish.slugs, colored, folds))
    return Furniture(" ".join(over), (*faces, finish.slugs.used(words)), colored)
