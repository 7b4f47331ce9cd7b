"""Fitting: how a table is brought into the type area: the widths of its columns, its type, and whether it is turned.

It is arithmetic on the text, in ems of the table's type, so that `check` and the press come to the same before anything
is laid out. Flows in: a table's element and the room that it has. Flows out: a `Fit`, or None where no way leads in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import ceil
from xml.etree.ElementTree import Element

# The least size of type, in pt. A 汉字 of 7 pt is 2.5 mm high: at 40 cm, where a book is held, that is 21 minutes of arc;
# below some 20 dense characters are no longer told apart at a glance. 小六, the least 字号 of running text, is 6.5.
FLOOR = 7.0
_STEP = 0.5
_PADDING, _NARROW = 0.5, 0.25  # ems on either side of a cell
_AIR = 0.2  # ems above and below its lines, about (Profile.table_air)
_USUAL, _LEAST, _TIGHT = 3.4, 4.0, 2.0  # ems of Chinese that a line of a cell holds at least: usually; narrowed; at the worst
_WORD, _PIECE = 24, 12  # signs of a word that is kept whole: usually, at the worst
_MOST = 400  # columns that are counted; no page holds half as many
_HEAD = 8  # characters of a head that stays on one line
_PICTURE = 5.0  # ems that a picture in a cell is wide at least
_SEAM = 0.13  # ems where Chinese and Latin meet (press/lines/marks.py)
_LATIN = re.compile(r"[!-~\u00a1-\u024f]+[^\s!-~\u00a1-\u024f]?")
_WIDTHS = {  # of signs in em, in the faces of books, rather wide
    **dict.fromkeys("0123456789", 0.57),
    **dict.fromkeys("|!'`.,:; \u00a0", 0.36),
    **dict.fromkeys("fijltI()[]{}/-", 0.42),
    **dict.fromkeys("mwMW@%&\u2014", 1.0),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ#$+<=>~_", 0.75),
}


@dataclass(frozen=True)
class Cell:
    """A cell in the grid of its table: where it begins, how far it reaches, and the words of each of its lines."""

    element: Element
    x: int
    y: int
    columns: int
    rows: int

    @cached_property
    def lines(self) -> tuple[str, ...]:
        return tuple(" ".join(line.split()) for line in "".join(_words(self.element)).split("\n"))

    @cached_property
    def pictures(self) -> int:
        return sum(1 for _ in self.element.iter("img"))

    @cached_property
    def natural(self) -> float:
        """The length in em of its longest line."""
        return max(_PICTURE * bool(self.pictures), *map(width, self.lines))

    @cached_property
    def latin(self) -> tuple[tuple[int, float, float], ...]:
        """How many signs each of its Latin words has, how long it is in em, and how long its beginning is, where it may be broken."""
        words = (match[0] for line in self.lines for match in _LATIN.finditer(line))
        return tuple((len(each), width(each), width(each[:8])) for each in words)

    def least(self, chinese: float, word: int) -> float:
        """The width in em that it needs where words up to a length stay whole."""
        pieces = (whole if signs <= word else begin for signs, whole, begin in self.latin)
        return max(min(self.natural, chinese), _PICTURE * bool(self.pictures), max(pieces, default=0.0))

    def height(self, room: float) -> int:
        """How many lines it has about, in a column so many ems wide."""
        return self.pictures * 12 + sum(max(1, ceil(width(line) / max(room, 1.0))) for line in self.lines)


@dataclass(frozen=True)
class Grid:
    """A table as a grid: its rows, its cells, the number of its columns; the first `heads` rows are heads of columns."""

    rows: tuple[Element, ...]
    cells: tuple[Cell, ...]
    columns: int
    heads: int

    @cached_property
    def narrowest(self) -> tuple[Cell, ...]:
        """Its cells, those of few columns first."""
        return tuple(sorted(self.cells, key=lambda cell: cell.columns))


@dataclass(frozen=True)
class Fit:
    """How a table is set: `size` of type and distance of lines in pt, `padding` of cells in em, the `shares` of its width
    that its columns get, whether it stands on pages of its own, turned, whether its heads stay on one line; words of
    more than `word` signs may be broken anywhere. `heights` are the rows' in pt, about."""

    size: float
    leading: float
    padding: float
    shares: tuple[float, ...]
    turned: bool
    whole: bool
    word: int
    heights: tuple[float, ...]


def grid_of(table: Element) -> Grid:
    """Where each cell of a table stands."""
    rows = tuple(table.iter("tr"))
    heads = sum(1 for head in table.findall("thead") for _ in head.iter("tr"))
    cells: list[Cell] = []
    taken: dict[tuple[int, int], bool] = {}
    for y, row in enumerate(rows):
        last = heads if y < heads else len(rows)  # no cell reaches out of the heads
        x = 0
        for element in row:
            while (x, y) in taken:
                x += 1
            if x >= _MOST:
                break
            columns, down = _number(element, "colspan"), min(_number(element, "rowspan"), last - y)
            cells.append(Cell(element, x, y, columns, down))
            taken.update({(x + dx, y + dy): True for dx in range(columns) for dy in range(down)})
            x += columns
    return Grid(rows, tuple(cells), max((cell.x + cell.columns for cell in cells), default=0), heads)


def fit(grid: Grid, size: float, pitch: float, room: float, height: float) -> Fit | None:
    """How a table fits into `room`, in this order: as it is; with narrower cells; in smaller type down to FLOOR; turned,
    on pages that are `height` long; turned and smaller. `size` and `pitch` are those of lines of usual tables; all lengths in pt."""
    if grid.columns >= _MOST or grid.columns * 2 * _NARROW * min(size, FLOOR) > max(room, height):
        return None
    sizes = [size, *(size - _STEP * n for n in range(1, ceil((size - FLOOR) / _STEP))), FLOOR] if size > FLOOR else [size]
    whole = _heads_stay_whole(grid, size, room)
    ways = (
        (_Way(_PADDING, _USUAL, _WORD, False, whole), sizes[:1]),
        (_Way(_NARROW, _LEAST, _WORD, False), sizes),
        (_Way(_PADDING, _LEAST, _WORD, True), sizes[:1]),
        (_Way(_NARROW, _LEAST, _WORD, True), sizes),
        (_Way(_NARROW, _TIGHT, _PIECE, True), sizes[-1:]),
    )
    for way, tried in ways:
        least, most = _needs(grid, way)
        own = height if way.turned else room
        if found := next((each for each in tried if sum(least) * each <= own), None):
            return _set(grid, way, found, pitch * found / size, _shared(least, most, own / found))
    return None


def squeezed(grid: Grid, size: float, pitch: float) -> Fit:
    """How a table is set that stands where its room is not known, or fits nowhere: its words may be broken."""
    way = _Way(_NARROW, 0.0, 0, False)
    return _set(grid, way, size, pitch, _needs(grid, way)[1])


def width(text: str) -> float:
    """The length of a text in em, rather too long than too short; Chinese and Latin stand a little apart."""
    length, before = 0.0, text[:1] < "\u0250"
    for sign in text:
        latin = sign < "\u0250"
        length += (_WIDTHS.get(sign, 0.62) if latin else 1.0) + _SEAM * (latin is not before)
        before = latin
    return length


@dataclass(frozen=True)
class _Way:
    """A way to set a table: the padding of its cells and the Chinese that a line of one holds at least, in em, the longest
    word that is kept whole, whether it is turned, whether its heads stay on one line."""

    padding: float
    chinese: float
    word: int
    turned: bool
    whole: bool = False

    @property
    def usual(self) -> bool:
        return self.padding == _PADDING and not self.turned


def _needs(grid: Grid, way: _Way) -> tuple[list[float], list[float]]:
    """What each column needs at least, and what it would fill, in em with the padding of its cells."""
    least, most = [0.0] * grid.columns, [0.0] * grid.columns
    for cell in grid.narrowest:
        needs = max(cell.least(way.chinese, way.word), way.chinese * way.usual)
        if way.whole and cell.y < grid.heads:
            needs = max(needs, cell.natural)
        if cell.columns == 1:
            at, more = cell.x, 2 * way.padding
            least[at] += max(0.0, needs + more - least[at])
            most[at] += max(0.0, max(needs, cell.natural) + more - most[at])
            continue
        own = range(cell.x, cell.x + cell.columns)
        for lengths, length in ((least, needs), (most, max(needs, cell.natural))):
            short = (length + 2 * way.padding - sum(lengths[x] for x in own)) / cell.columns
            if short > 0:
                for x in own:
                    lengths[x] += short
    return least, most


def _set(grid: Grid, way: _Way, size: float, leading: float, widths: Sequence[float]) -> Fit:
    reach = list(accumulate(widths, initial=0.0))
    lines = [1] * len(grid.rows)
    for cell in grid.cells:
        own = cell.height(reach[cell.x + cell.columns] - reach[cell.x] - 2 * way.padding)
        lines[cell.y] = max(lines[cell.y], ceil(own / cell.rows))
    shares = tuple(each / (reach[-1] or 1.0) for each in widths)
    return Fit(size, leading, way.padding, shares, way.turned, way.whole, way.word, tuple(leading * each + 2 * _AIR * size for each in lines))


def _shared(least: Sequence[float], most: Sequence[float], room: float) -> list[float]:
    """Widths that fill the room: by what the columns hold; short ones stand on one line where long ones are left with enough."""
    if sum(most) <= room:
        return [each * room / (sum(most) or 1.0) for each in most]
    least, total = list(least), sum(least)
    for x in sorted(range(len(most)), key=most.__getitem__):
        more = most[x] - least[x]
        if most[x] <= room / 3 and total + more <= room * 0.7:
            least[x], total = most[x], total + more
    part = (room - total) / (sum(most) - total)
    return [few + (many - few) * part for few, many in zip(least, most, strict=True)]


def _heads_stay_whole(grid: Grid, size: float, room: float) -> bool:
    """Short heads of columns stay on one line where a row of them leaves room: 书中的批次 is not broken for its width."""
    if any(cell.pictures for cell in grid.cells if cell.y < grid.heads):
        return False
    lengths = [[len("".join(cell.itertext())) for cell in row] for row in grid.rows[: grid.heads]]
    return bool(lengths) and all(max(row, default=0) <= _HEAD and sum(n + 1 for n in row) * size <= room * 0.8 for row in lengths)


def _words(element: Element) -> Iterator[str]:
    """The text of a cell; a new line where one surely begins."""
    block = element.tag in ("p", "li", "br", "div", "pre", "tr", "figure", "figcaption")
    is_mark = element.get("class") == "footnote-ref"  # the stylesheet puts it in brackets
    yield "\n" * block + "[" * is_mark
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""
    yield "]" * is_mark
    yield "\n" * (block and element.tag != "br")


def _number(element: Element, name: str) -> int:
    value = element.get(name, "1")
    return min(1000, max(1, int(value))) if value.isdecimal() else 1
