"""Decimals: columns of numbers, set so that their decimal points stand below one another, on paper and on screens.

Flows in: a table's grid. What comes of it on paper: each number of such a column stands in two boxes of one width through the column,
what is before its point and what is behind. On screens, where only the browser knows how wide its figures are and where a number stays
one piece of text to be found, copied and read aloud: each cell says what it lacks on either side, which the stylesheet sets unseen.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import SubElement

from casepress.book.fitting import Cell, Grid, width
from casepress.facts.characters import DASHES

_NUMBER = re.compile(r"([-+−–]?[0-9]+(?:[,，][0-9]{3})*)((?:\.[0-9]+)?\s?(?:%|％|‰)?)")
_NONE = re.compile(f"[-{DASHES}/／…无]*")  # says that there is no number


class Number(NamedTuple):
    """A cell with a number: what stands before its decimal point, and the rest."""

    cell: Cell
    before: str
    behind: str


def columns(grid: Grid) -> Iterator[list[Number]]:
    """The numbers of each column in which all cells are numbers, of several lengths."""
    found: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        if cell.y >= grid.heads and cell.columns == 1 and cell.element.tag == "td":
            found.setdefault(cell.x, []).append(cell)
    for cells in found.values():
        said = [(cell, (cell.element.text or "").strip()) for cell in cells]
        if any(len(cell.element) or not (_NUMBER.fullmatch(words) or _NONE.fullmatch(words)) for cell, words in said):
            continue
        numbers = [Number(cell, *match.groups()) for cell, words in said if (match := _NUMBER.fullmatch(words))]
        if len(numbers) > 1 and len({(len(each.before), len(each.behind)) for each in numbers}) > 1:
            yield numbers


def align_decimals(grid: Grid) -> None:
    """Set the numbers of such columns in boxes."""
    for numbers in columns(grid):
        before, behind = max(width(each.before) for each in numbers), max(width(each.behind) for each in numbers)
        for each in numbers:
            each.cell.element.text = ""
            box = {"class": "whole-part", "style": f"width: {before:.2f}em"}
            SubElement(each.cell.element, "span", box).text = each.before
            if behind:
                box = {"class": "decimal-part", "style": f"width: {behind:.2f}em"}
                SubElement(each.cell.element, "span", box).text = each.behind


def pad_decimals(grid: Grid, name: str) -> None:
    """Give the cells of such columns this class, and say in `data-before` and `data-behind` what is to be set unseen beside them."""
    for numbers in columns(grid):
        for side in ("before", "behind"):
            written = [getattr(each, side) for each in numbers]
            kinds = list(dict.fromkeys(_kind(sign) for words in written for sign in words))
            most = {kind: max(_count(words, kind) for words in written) for kind in kinds}
            for each, words in zip(numbers, written, strict=True):
                if missing := "".join(kind * (most[kind] - _count(words, kind)) for kind in _in_order(kinds)):
                    each.cell.element.set(f"data-{side}", missing)
        for each in numbers:
            each.cell.element.set("class", f"{each.cell.element.get('class', '')} {name}".strip())


def _kind(sign: str) -> str:
    """What is as wide as a sign: any figure is."""
    return "0" if sign.isdigit() else sign


def _count(words: str, kind: str) -> int:
    return sum(_kind(sign) == kind for sign in words)


def _in_order(kinds: Sequence[str]) -> list[str]:
    return sorted(kinds, key=lambda kind: ("-+−–0,，. %％‰".find(kind), kind))
