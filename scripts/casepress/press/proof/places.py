"""Places: whether what stands on the pages stands inside the type area, the page without its margins.

Words, pictures, cells of tables, rules and the marks of lists may reach over an edge by rounding only. A stop at a
line's end may hang outside by its own width (CLREQ 3.1.6, hanging of marks), and so may the white around a QR code.
"""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from casepress.facts.characters import STOPS
from casepress.press.patches.pages import Area, Shown
from casepress.press.proof.words import short

_ROUNDING = 1.0  # CSS px; half the width of a rule drawn on the edge of a table is less
_CODE = "case-code"  # the class of what holds a QR code (theme/print/case-end.html)
_QUIET = 4 / 29  # of its width is white on either side, at most: four modules of 29 (ISO/IEC 18004, version 1)
_SPACE = 0.65  # ems of a space of code, at most
_MILLIMETRE = 96 / 25.4
_EDGES = ("左边", "上边", "右边", "下边")


def outside(piece: Element, things: Iterable[tuple[Shown, Area]]) -> Iterator[str]:
    """A sentence for all that reaches over the type area: its words, and how far it reaches over which edge at most."""
    codes = {inner for element in piece.iter() if element.get("class") == _CODE for inner in element.iter()}
    over, most, edge = [], 0.0, ""
    for thing, area in things:
        if thing.kind == "item" or (thing.kind == "text" and not thing.text.strip()):  # a space that ends a line hangs and is not seen
            continue
        reach = list(thing.area.beyond(area))
        if thing.text.rstrip().endswith(tuple(STOPS)):
            reach[2] -= thing.em
        reach[2] -= _SPACE * thing.em * _spaces(thing.text)  # code keeps the spaces at which its lines end; nobody sees them
        if thing.element in codes:
            reach[2] -= _QUIET * (thing.area.right - thing.area.left)
        if max(reach) > _ROUNDING:
            over.append(_named(thing))
            if max(reach) > most:
                most, edge = max(reach), _EDGES[reach.index(max(reach))]
    if over:
        words = "".join(dict.fromkeys(filter(None, over)))
        yield f"{f'“{short(words)}”' if words else '有一条线或一个空格子'}伸出了版心，{edge}多出 {most / _MILLIMETRE:.1f} mm"


def _spaces(text: str) -> int:
    """How many spaces a line ends with; a tab is as wide as eight."""
    return len(text.expandtabs(8)) - len(text.rstrip(" \t").expandtabs(8))


def _named(thing: Shown) -> str:
    if thing.kind == "picture":
        return thing.element.get("alt") or ""
    return thing.text.strip() if thing.kind in ("text", "mark") else "".join(thing.element.itertext()).strip()
