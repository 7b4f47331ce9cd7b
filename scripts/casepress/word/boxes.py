"""Boxes: cells that only say where things stand: side by side, in a frame, on a coloured ground."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from casepress.word.looks import twips
from casepress.word.xml import w

_EDGES = ("top", "left", "bottom", "right")


@dataclass(frozen=True)
class Box:
    """A cell: its width in pt, its paragraphs, and where in it they stand: `top`, `center` or `bottom`; the colours of its frame and
    its ground, as RRGGBB; whether its lines run from top to bottom."""

    width: float
    blocks: Sequence[Element]
    at: str = "center"
    border: str = ""
    fill: str = ""
    upright: bool = False

    def element(self) -> Element:
        shape = w("tcPr", None, w("tcW", {"w": twips(self.width), "type": "dxa"}))
        if self.border:
            line = {"val": "double", "sz": 6, "space": 0, "color": self.border}
            shape.append(w("tcBorders", None, *(w(side, line) for side in _EDGES)))
        if self.fill:
            shape.append(w("shd", {"val": "clear", "color": "auto", "fill": self.fill}))
        if self.upright:
            shape.append(w("textDirection", {"val": "tbRl"}))
        shape.append(w("vAlign", {"val": self.at}))
        return w("tc", None, shape, *self.blocks)


def row(boxes: Sequence[Box], height: float = 0, align: str = "left", indent: float = 0) -> Element:
    """Boxes side by side, exactly so high where a height is said."""
    widths = [box.width for box in boxes]
    edges = w("tblCellMar", None, *(w(side, {"w": 0, "type": "dxa"}) for side in ("left", "right")))
    shape = w("tblPr", None, w("tblW", {"w": twips(sum(widths)), "type": "dxa"}), w("jc", {"val": align}))
    shape.extend((w("tblInd", {"w": twips(indent), "type": "dxa"}), w("tblLayout", {"type": "fixed"}), edges))
    high = [w("trHeight", {"val": twips(height), "hRule": "exact"})] if height else []
    grid = w("tblGrid", None, *(w("gridCol", {"w": twips(width)}) for width in widths))
    return w("tbl", None, shape, grid, w("tr", None, w("trPr", None, w("cantSplit"), *high), *(box.element() for box in boxes)))
