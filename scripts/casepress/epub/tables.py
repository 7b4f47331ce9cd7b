"""Tables: those of a page made ready for a screen of any width: columns as wide as their words ask, in a frame that scrolls.

Flows in: the tree of a page, its headings. What comes of it is the same tree; no word is added or lost.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from casepress.book.decimals import pad_decimals
from casepress.book.fitting import Cell, Grid, grid_of, width
from casepress.book.tables import settle_heads

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MANY = 5  # columns from which a table is set closer
_FLAT = 7  # lines that a cell has at most, as far as its column may grow
_LEAST, _MOST = 4.0, 14.0  # ems that a column of long text gets for that
_WORD = 12  # signs of a Latin word that stays whole
_PADDING = 1.0  # ems on both sides of a cell, about
_NARROW = 12.0  # ems that every screen has room for, also in large type
_SHOWN = 30  # characters of a heading that names a table


def settle_tables(page: Element) -> None:
    """Every table of a page in its frame. What may be wider than a screen scrolls, can be reached by the keyboard, and has a name."""
    heading, seen = "", 0
    for parent, element in list(_walk(page)):
        if element.tag in HEADINGS:
            heading = " ".join("".join(element.itertext()).split())[:_SHOWN]
        elif element.tag == "table":
            seen += 1
            settle_heads(element)
            grid = grid_of(element)
            pad_decimals(grid, "decimal")
            if grid.columns >= _MANY:
                element.set("class", "many")
            frame = Element("div", {"class": "table"})
            if sum(_widened(grid)) + grid.columns * _PADDING > _NARROW:
                name = f"表格 {seen}" + (f"：{heading}" if heading else "")
                frame.attrib |= {"role": "region", "aria-label": f"{name}，可左右滚动", "tabindex": "0"}
            frame.tail, element.tail = element.tail, ""
            parent[list(parent).index(element)] = frame
            frame.append(element)


def _widened(grid: Grid) -> Iterator[float]:
    """Give each column the width that its words ask for, said by one of its cells. In em, without padding.

    A browser would make the columns of a wide table as narrow as one character before it lets it scroll.
    """
    for x in range(grid.columns):
        own = [cell for cell in grid.cells if cell.x == x and cell.columns == 1]
        least = max(map(_least, own), default=0.0)
        if own and least:
            own[0].element.set("style", f"min-width: {least:.1f}em")
        yield least


def _least(cell: Cell) -> float:
    return cell.least(min(_MOST, max(_LEAST, sum(map(width, cell.lines)) / _FLAT)), _WORD)


def _walk(element: Element, inside: bool = False) -> Iterator[tuple[Element, Element]]:
    """Elements in the order of reading, each with what it stands in; a table within a table belongs to that."""
    for child in element:
        if not (inside and child.tag == "table"):
            yield element, child
        yield from _walk(child, inside or child.tag == "table")
