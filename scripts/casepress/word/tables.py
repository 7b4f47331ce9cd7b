"""Tables: those of the book's HTML with their columns, heads that come again on each page, and cells that are joined."""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from casepress.book.fitting import Cell, grid_of
from casepress.word.blocks import Walk, Where
from casepress.word.inline import classes, separate
from casepress.word.looks import twips
from casepress.word.xml import w

_HEAVY, _LIGHT = 7, 4  # eighths of a point: the rules above and below, and those between
_SHARES = {"value": 2.4, "number": 0.7, "title": 3.2, "school": 2.1, "region": 1.8, "authors": 1.6}  # of the lists of winners and of numbers
_LEAST = 40.0  # pt that a table within a list has at least


def table(element: Element, where: Where, walk: Walk) -> Iterator[Element]:
    """A table, and behind it what keeps it apart from the next one."""
    for head in element.findall("thead"):
        for row in head.findall("tr[@class='continued']"):
            head.remove(row)  # Word repeats heads, and has no words for where it does
    grid = grid_of(element)
    profile = where.line.gathered.profile
    if not grid.columns:
        return
    if walk.waiting or walk.marker is not None:
        yield from _opening(where, walk)
    nested = where.style in ("TableText", "TableHead")
    room = profile.lines * profile.pitch if where.turned else max(_LEAST, profile.measure - where.left - where.right)
    widths = _widths(element, grid.columns, room)
    size = _size(element)
    made = w("tbl", None, _shape(where, nested, room), w("tblGrid", None, *(w("gridCol", {"w": twips(each)}) for each in widths)))
    at: dict[tuple[int, int], Cell] = {}
    for cell in grid.cells:
        for y in range(cell.y, cell.y + cell.rows):
            at[cell.x, y] = cell
    for y in range(len(grid.rows)):
        row = w("tr", None, w("trPr", None, w("cantSplit"), *([w("tblHeader")] if y < grid.heads else [])))
        x = 0
        while x < grid.columns:
            cell = at.get((x, y))
            columns = cell.columns if cell else 1
            is_head = y < grid.heads or (cell is not None and cell.element.tag == "th" and "heads" in classes(element))
            inside = replace(where, style="TableHead" if is_head else "TableText", left=0, right=0, lists=0, size=size, align="")
            row.append(_cell(cell, x, y, sum(widths[x : x + columns]), inside, walk))
            x += columns
        made.append(row)
    yield made
    if not nested:
        yield separate("TableText")


def _opening(where: Where, walk: Walk) -> Iterator[Element]:
    """A paragraph for a marker or the ids that stand before a table."""
    if walk.marker is not None:
        yield from walk.bare_marker(where)
        return
    made = separate("TableText")
    for anchor in walk.waiting:
        made.extend(where.line.gathered.marks(anchor))
    walk.waiting.clear()
    yield made


def _cell(cell: Cell | None, x: int, y: int, width: float, where: Where, walk: Walk) -> Element:
    shape = w("tcPr", None, w("tcW", {"w": twips(width), "type": "dxa"}))
    made = w("tc", None, shape)
    if cell is not None:
        if cell.columns > 1:
            shape.append(w("gridSpan", {"val": cell.columns}))
        if cell.rows > 1:
            shape.append(w("vMerge", {"val": "restart"} if y == cell.y else {}))
        names = classes(cell.element)
        if "open" in names:
            shape.append(w("tcBorders", None, w("bottom", {"val": "nil"})))
        if y == cell.y:
            align = "center" if "align-center" in names else "right" if "align-right" in names else ""
            made.extend(walk.inside(cell.element, replace(where, align=align)))
    if made[-1].tag != "w:p":
        made.append(w("p", None, w("pPr", None, w("pStyle", {"val": where.style}))))
    return made


def _shape(where: Where, nested: bool, room: float) -> Element:
    rules = {"top": _HEAVY, "bottom": _HEAVY, "insideH": _LIGHT}
    borders = w("tblBorders", None, *(w(side, {"val": "single", "sz": size, "space": 0, "color": "666666"}) for side, size in rules.items()))
    edges = w("tblCellMar", None, *(w(side, {"w": 70, "type": "dxa"}) for side in ("left", "right")))
    indent = w("tblInd", {"w": twips(0 if nested else where.left), "type": "dxa"})
    return w("tblPr", None, w("tblW", {"w": twips(room), "type": "dxa"}), indent, borders, w("tblLayout", {"type": "fixed"}), edges)


def _widths(element: Element, columns: int, room: float) -> list[float]:
    """How wide each column is in pt: the shares that the book gives them."""
    styles = [column.get("style", "") for column in element.findall("colgroup/col")]
    shares = [float(style.removeprefix("width:").strip().removesuffix("%")) for style in styles if style.startswith("width:")]
    if len(shares) != columns or not sum(shares):
        heads = [" ".join(classes(cell)) for cell in next(element.iter("tr"), ())]
        named = [next((share for name, share in _SHARES.items() if f"column-{name}" in head), 1.0) for head in heads]
        shares = named if len(named) == columns else [1.0] * columns
    return [room * share / sum(shares) for share in shares]


def _size(element: Element) -> float:
    """The size of type in pt that the book squeezes a table to; 0 where it is as usual."""
    styles = dict(part.partition(":")[::2] for part in element.get("style", "").replace(" ", "").split(";"))
    return float(styles.get("font-size", "0pt").removesuffix("pt"))
