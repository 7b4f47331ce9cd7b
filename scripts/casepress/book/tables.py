"""Tables: those of a fragment made ready for paper: heads told from rows, columns given their widths, rows that may break,
with what belongs to each (book/tabled.py).

Flows in: the tree of a fragment and the profile. What comes of it is the same tree; no word is added or lost.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from xml.etree.ElementTree import Element, SubElement

from casepress.book.decimals import align_decimals
from casepress.book.fitting import Fit, Grid, fit, grid_of, squeezed
from casepress.book.indents import indent
from casepress.book.measures import Profile
from casepress.book.tabled import bind

_WHOLE = 0.2  # of a page: a table that is not higher is not broken, for not much more than that is left white for it
_MANY = 12  # rows of a table that may always be broken
_TALL, _HIGH = 2.5, 6.5  # lines from which a row may stand alone on a page, and from which it may be broken


@dataclass(frozen=True)
class Placed:
    """A table in its tree: the element that it stands in, and how far in pt it is set in from either side. None stands in a cell
    of another one: `html_tables` takes only its words."""

    parent: Element
    table: Element
    before: float
    after: float


def set_tables(body: Element, profile: Profile) -> None:
    """Give every table of a fragment the shape in which it stands in the type area."""
    for placed in tuple(_tables(body, profile)):
        settle_heads(placed.table)
        _fill_rows(grid_of(placed.table))
        grid = grid_of(placed.table)
        if grid.columns:  # else nothing is left of it
            found = _fitted(placed, grid, profile) or squeezed(grid, profile.table.size, profile.table_pitch)
            _write(placed, grid, found, profile)


def misfits(body: Element, profile: Profile) -> tuple[Element, ...]:
    """The tables of a fragment that no way leads into the type area of a profile."""
    return tuple(each.table for each in _tables(body, profile) if not _fitted(each, grid_of(each.table), profile))


def _fitted(placed: Placed, grid: Grid, profile: Profile) -> Fit | None:
    room = profile.measure - placed.before - placed.after
    return fit(grid, profile.table.size, profile.table_pitch, room, profile.lines * profile.pitch)


def _tables(element: Element, profile: Profile, before: float = 0.0, after: float = 0.0) -> Iterator[Placed]:
    """The tables below an element in reading order."""
    for child in element:
        if child.tag == "table":
            yield Placed(element, child, before, after)
        left, right = indent(element, child, profile)
        yield from _tables(child, profile, before + left, after + right)


def settle_heads(table: Element) -> None:
    """A head without words is none; rows of heads alone that begin a table are its head. Where the corner is empty, the
    first cell of each row is the row's head. What stands at a table's foot stands there once."""
    for foot in table.findall("tfoot"):
        foot.tag = "tbody"
    for head in table.findall("thead"):
        if not _is_full(head):
            table.remove(head)
    body = table.find("tbody")
    if table.find("thead") is None and body is not None:
        rows = list(takewhile(lambda row: len(row) and all(cell.tag == "th" for cell in row), body))
        if rows and len(rows) < len(body):
            head = Element("thead")
            head.extend(rows)
            for row in rows:
                body.remove(row)
            table.insert(list(table).index(body), head)
    grid = grid_of(table)
    corner = next((cell for cell in grid.cells if not cell.x and not cell.y), None)
    if not grid.heads or corner is None or corner.rows < grid.heads or corner.columns > 1 or _is_full(corner.element):
        return
    first = [cell for cell in grid.cells if not cell.x and cell.y >= grid.heads]
    if all(_is_full(cell.element) and cell.columns == 1 for cell in first):
        for cell in first:
            cell.element.tag = "th"
            cell.element.set("scope", "row")


def _is_full(element: Element) -> bool:
    return bool("".join(element.itertext()).strip()) or element.find(".//img") is not None


def _fill_rows(grid: Grid) -> None:
    """Every row has a cell in each column (PDF/UA wants tables to be regular, ISO 14289-1, 7.5)."""
    held = [0] * len(grid.rows)
    for cell in grid.cells:
        for y in range(cell.y, cell.y + cell.rows):
            held[y] += cell.columns
        cell.element.attrib.pop("rowspan", None)
        if cell.rows > 1:
            cell.element.set("rowspan", str(cell.rows))
    for row, columns in zip(grid.rows, held, strict=True):
        for _ in range(grid.columns - columns):
            SubElement(row, "td")


def _write(placed: Placed, grid: Grid, found: Fit, profile: Profile) -> None:
    table, page = placed.table, profile.measure if found.turned else profile.lines * profile.pitch
    columns = Element("colgroup")
    for share in found.shares:
        SubElement(columns, "col", {"style": f"width: {share * 100:.4f}%"})
    table.insert(0, columns)
    classes = []
    if found.padding < 0.5:
        classes.append("narrow")
    if found.size != profile.table.size:
        table.set("style", f"font-size: {found.size:g}pt; line-height: {found.leading:.2f}pt")
    _open_high_cells(grid, found, page)
    is_long = len(grid.rows) - grid.heads >= _MANY or sum(found.heights) > page * _WHOLE
    if is_long:
        classes.append("long")
    if classes:
        table.set("class", " ".join(classes))
    heads = table.find("thead")
    if heads is not None and sum(found.heights[: grid.heads]) > page / 3:
        heads.tag = "tbody"  # so high a head is not said again on every page
        heads.set("class", "heads")
    for cell in grid.cells:
        if max(map(_longest, cell.lines), default=0) > found.word:
            _add_class(cell.element, "endless")
        if cell.y < grid.heads and cell.columns > 1 and "align-" not in cell.element.get("class", ""):
            _add_class(cell.element, "align-center")  # it stands over all that it heads
    for y, (row, height) in enumerate(zip(grid.rows, found.heights, strict=True)):
        if found.whole and y < grid.heads:
            _add_class(row, "whole")
        below = found.heights[y + 1 : y + 2] if y == grid.heads else ()  # nor is the first row held by a tall one
        if max((height, *below)) > found.leading * _TALL:
            _add_class(row, "tall")
        if height > min(found.leading * _HIGH, page / 4):
            _add_class(row, "high")
    align_decimals(grid)
    bind(placed.parent, table, profile, grid.columns, is_long, found.turned, placed.before)


def _open_high_cells(grid: Grid, found: Fit, page: float) -> None:
    """A cell over several rows keeps them together on a page; where they are too high for that, it is opened: its words
    stand in the first row, and below them are cells without a rule between."""
    held: dict[int, list[int]] = defaultdict(list)  # where the cells of each row begin
    for cell in grid.cells:
        held[cell.y].append(cell.x)
    for cell in grid.cells:
        if cell.rows == 1:
            continue
        if cell.y >= grid.heads and sum(found.heights[cell.y : cell.y + cell.rows]) > page / 2:
            del cell.element.attrib["rowspan"]
            _add_class(cell.element, "open")
            for y in range(cell.y + 1, cell.y + cell.rows):
                at = bisect_left(held[y], cell.x)
                held[y].insert(at, cell.x)
                below = Element("td", {"class": "open" if y < cell.y + cell.rows - 1 else "closing"})
                if cell.columns > 1:
                    below.set("colspan", str(cell.columns))
                grid.rows[y].insert(at, below)
        else:
            for y in range(cell.y, cell.y + cell.rows - 1):
                _add_class(grid.rows[y], "joined")


def _longest(line: str) -> int:
    """The length of the longest run of signs that has no natural break."""
    longest = run = 0
    for sign in line:
        run = run + 1 if "!" <= sign <= "~" else 0
        longest = max(longest, run)
    return longest


def _add_class(element: Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())
