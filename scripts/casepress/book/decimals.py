"""Decimals: columns of numbers, set so that their decimal points stand below one another.

Flows in: a table's grid. What comes of it: each number of such a column stands in two boxes of one width through the column,
what is before its point and what is behind.
"""

import re
from xml.etree.ElementTree import SubElement

from casepress.book.fitting import Cell, Grid, width

_NUMBER = re.compile(r"([-+−–]?[0-9]+(?:[,，][0-9]{3})*)((?:\.[0-9]+)?\s?(?:%|％|‰)?)")
_NONE = re.compile("[-—–/／…无]*")  # says that there is no number


def align_decimals(grid: Grid) -> None:
    """Set the numbers of each column in which all cells are numbers, of several lengths, by their decimal points."""
    columns: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        if cell.y >= grid.heads and cell.columns == 1 and cell.element.tag == "td":
            columns.setdefault(cell.x, []).append(cell)
    for cells in columns.values():
        said = [(cell, (cell.element.text or "").strip()) for cell in cells]
        if any(len(cell.element) or not (_NUMBER.fullmatch(words) or _NONE.fullmatch(words)) for cell, words in said):
            continue
        numbers = [(cell, found) for cell, words in said if (found := _NUMBER.fullmatch(words))]
        if len(numbers) > 1 and len({(len(found[1]), len(found[2])) for _, found in numbers}) > 1:
            _align(numbers)


def _align(numbers: list[tuple[Cell, re.Match]]) -> None:
    before, behind = (max(width(found[part]) for _, found in numbers) for part in (1, 2))
    for cell, found in numbers:
        cell.element.text = ""
        SubElement(cell.element, "span", {"class": "whole-part", "style": f"width: {before:.2f}em"}).text = found[1]
        if behind:
            SubElement(cell.element, "span", {"class": "decimal-part", "style": f"width: {behind:.2f}em"}).text = found[2]
