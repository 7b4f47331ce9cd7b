"""Ruler: how many lines a paragraph will have and how high they are, from the measures of its style, without laying it out.

Flows in: paragraphs and tables of a document, its styles and notes. Flows out: `Block`s.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element

from casepress.word.looks import whole_twips
from casepress.word.styles import Style
from casepress.word.xml import child

_EMU = 12700  # of a point
_WIDE = frozenset("WFA")
_NARROW = 0.5  # of its size is a letter wide
_SLACK = 0.1  # pt by which a line may be too long, for twips are whole
_CELL = 7.0  # pt that stay free at the sides of a cell


@dataclass
class Block:
    """A paragraph or row: the heights in pt of its lines with their notes, air above and below, and what begins in it."""

    lines: list[float]
    notes: list[float]
    before: float = 0
    after: float = 0
    whole: bool = False
    tied: bool = False  # to what follows
    marks: list[str] = field(default_factory=list)
    repeats: float = 0  # the height of heads that come again above it


class Ruler:
    """Measures what stands in one document."""

    def __init__(self, styles: Sequence[Style], notes: Sequence[Element]) -> None:
        self._styles = {style.id: style for style in styles}
        self._notes = notes

    def height(self, elements: Sequence[Element], width: float) -> float:
        """How high things are below each other, in pt, in a column of a width."""
        return sum(block.before + sum(block.lines) + sum(block.notes) + block.after for block in self.blocks(elements, width))

    def blocks(self, elements: Sequence[Element], width: float) -> Iterator[Block]:
        for element in elements:
            if element.tag == "w:p":
                yield self._paragraph(element, width)
            elif element.tag == "w:tbl":
                yield from self._rows(element)

    def _rows(self, table: Element) -> Iterator[Block]:
        heads = 0.0
        for row in table:
            if row.tag != "w:tr":
                continue
            high, marks = 0.0, []
            for cell in (each for each in row if each.tag == "w:tc"):
                width = int(child(cell, "tcPr", "tcW").get("w:w")) / 20 - _CELL
                inside = list(self.blocks(list(cell), width))
                marks += [mark for block in inside for mark in block.marks]
                if child(cell, "tcPr", "vMerge") is None:
                    high = max(high, sum(block.before + sum(block.lines) + block.after for block in inside))
            given = child(row, "trPr", "trHeight")
            high = int(given.get("w:val")) / 20 if given is not None else max(high, 1.0) + 0.5
            is_head = child(row, "trPr", "tblHeader") is not None
            yield Block([high], [0.0], whole=True, tied=is_head, marks=marks, repeats=0 if is_head else heads)
            heads += high if is_head else 0

    def _paragraph(self, element: Element, width: float) -> Block:
        style = self._styles.get(_val(element, "pStyle"), self._styles["Normal"])
        air, edges = child(element, "pPr", "spacing"), child(element, "pPr", "ind")
        line = _pt(air, "line", whole_twips(style.line) / 20)
        size = style.type.size
        left, right = (_pt(edges, side, getattr(style, side) * size) for side in ("left", "right"))
        first = style.first * size if edges is None else _pt(edges, "firstLine", 0) - _pt(edges, "hanging", 0)
        ems, notes, high, lines = first, {}, 0.0, 1
        room = max(size, width - left - right)
        for node in element.iter():
            if node.tag == "w:rPr":
                size = int(given.get("w:val")) / 2 if (given := child(node, "sz")) is not None else style.type.size
            elif node.tag == "w:t":
                for sign in node.text or "":
                    wide = size * (1 if east_asian_width(sign) in _WIDE else _NARROW)
                    if ems + wide > room + _SLACK:
                        lines, ems = lines + 1, 0
                    ems += wide
            elif node.tag == "w:br":
                lines, ems = lines + 1, 0
            elif node.tag == "wp:extent":
                high = max(high, int(node.get("cy")) / _EMU)
            elif node.tag == "w:footnoteReference":
                notes[lines - 1] = notes.get(lines - 1, 0) + self._note(int(node.get("w:id")), width)
        heights = [max(line, high), *[line] * (lines - 1)]
        before, after = _pt(air, "before", style.before), _pt(air, "after", style.after)
        marks = [node.get("w:name", "") for node in element.iter("w:bookmarkStart")]
        tied = style.whole or child(element, "pPr", "keepNext") is not None
        return Block(heights, [notes.get(n, 0.0) for n in range(lines)], before, after, style.whole, tied, marks)

    def _note(self, number: int, width: float) -> float:
        blocks = [self._paragraph(each, width) for each in self._notes[number - 1] if each.tag == "w:p"]
        return sum(sum(block.lines) for block in blocks)


def _val(element: Element, name: str) -> str:
    found = child(element, "pPr", name)
    return "" if found is None else found.get("w:val", "")


def _pt(element: Element | None, name: str, otherwise: float) -> float:
    said = None if element is None else element.get(f"w:{name}")
    return otherwise if said is None else int(said) / 20
