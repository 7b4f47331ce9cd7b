"""Paging: on which page things will stand, reckoned from the measures of the styles, without laying anything out.

Flows in: what a document's body holds, its styles and notes. Flows out: the page of each bookmark and of each section. Chinese
characters are as wide as they are high and lines have exact distances, so this is true to a page or so; Word, which knows best,
reckons anew when it prints.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from casepress.word.ruler import Block, Ruler
from casepress.word.xml import child

_SLACK = 0.1  # pt by which things may be too high, for twips are whole
_RULE = 12.0  # pt that the line above the notes takes


@dataclass(frozen=True)
class Page:
    """A page: its number, and whether it is a roman one."""

    number: int
    roman: bool = False

    def __str__(self) -> str:
        return roman(self.number) if self.roman else str(self.number)


def roman(number: int) -> str:
    """A number in small roman numerals."""
    found = ""
    for value, sign in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x")):
        found += sign * (number // value)
        number %= value
    return found + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number]


class Paging:
    """The pages of one document: `pages` of its bookmarks, `firsts` of its sections, in their order."""

    def __init__(self, body: Element, ruler: Ruler) -> None:
        self.pages: dict[str, Page] = {}
        self.firsts: list[Page] = []
        self._number, self._roman, self._y, self._top, self._left, self._foot = 0, False, 0.0, 0.0, 1, 0.0
        self._height = self._width = 0.0
        self._columns = 1
        for blocks, shape in _sections(body):
            self._begin(shape)
            self._fill(list(ruler.blocks(blocks, self._width)))
            if self._columns > 1:  # the columns of a section that ends are balanced
                used = (self._columns - self._left) * (self._height - self._top) + self._y - self._top
                self._y, self._left, self._columns = self._top + used / self._columns, 1, 1

    def _begin(self, shape: Element) -> None:
        size, edges, numbers = child(shape, "pgSz"), child(shape, "pgMar"), child(shape, "pgNumType")
        columns = child(shape, "cols")
        kind = child(shape, "type").get("w:val")
        self._height = (int(size.get("w:h")) - int(edges.get("w:top")) - int(edges.get("w:bottom"))) / 20
        self._width = (int(size.get("w:w")) - int(edges.get("w:left")) - int(edges.get("w:right"))) / 20
        self._columns = int(columns.get("w:num")) if columns is not None else 1
        if self._columns > 1:
            self._width = (self._width - int(columns.get("w:space")) / 20) / self._columns
        if kind != "continuous":
            self._number = int(numbers.get("w:start", self._number + 1))
            self._number += kind == "oddPage" and self._number % 2 == 0
            self._y = self._foot = 0
        self._roman = numbers.get("w:fmt") == "lowerRoman"
        self._top, self._left = self._y, self._columns
        self.firsts.append(Page(self._number, self._roman))

    def _fill(self, blocks: list[Block]) -> None:
        for nth, block in enumerate(blocks):
            need = block.before + self._least(block)
            end = nth
            while blocks[end].tied and end + 1 < len(blocks) and need < self._height:
                need += blocks[end].after + blocks[end + 1].before + self._least(blocks[end + 1])
                end += 1
            if self._y and self._y + need > self._room():
                self._turn()
            self._put(block)

    def _least(self, block: Block) -> float:
        """What of a block must stand together at least: all of it, or two of its lines; all of three."""
        count = len(block.lines) if block.whole or len(block.lines) < 4 else 2
        return sum(block.lines[:count]) + sum(block.notes[:count])

    def _put(self, block: Block) -> None:
        self._y += block.before if self._y > self._top or self._left == self._columns else 0
        begun = False
        for nth, line in enumerate(block.lines):
            above = block.notes[nth] + (_RULE if block.notes[nth] and not self._foot else 0)
            is_widow = nth == len(block.lines) - 2 > 1 and self._y + sum(block.lines[nth:]) + above > self._room()
            if self._y and (self._y + line + above > self._room() or is_widow):
                self._turn()
                self._y += block.repeats
            if not begun:
                self.pages.update((mark, Page(self._number, self._roman)) for mark in block.marks)
                begun = True
            self._y += line
            self._foot += above
        self._y += block.after

    def _room(self) -> float:
        return self._height - self._foot + _SLACK

    def _turn(self) -> None:
        """Go to the next column or page."""
        self._foot = 0
        if self._left > 1:
            self._left -= 1
            self._y = self._top
            return
        self._number, self._left, self._top, self._y = self._number + 1, self._columns, 0, 0


def _sections(body: Element) -> Iterator[tuple[list[Element], Element]]:
    waiting: list[Element] = []
    for block in body:
        if block.tag == "w:sectPr":
            yield waiting, block
            return
        waiting.append(block)
        if (shape := child(block, "pPr", "sectPr")) is not None:
            yield waiting, shape
            waiting = []
