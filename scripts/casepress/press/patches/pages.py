"""Pages: what stands on a laid-out page and where, read from WeasyPrint's boxes as plain values.

Lengths are in CSS px from the top left corner of the page, after turning (`transform`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

_ASCENT, _DESCENT = 0.88, 0.12  # of an ideograph's em box, from the baseline


@dataclass(frozen=True)
class Area:
    """A rectangle on a page."""

    left: float
    top: float
    right: float
    bottom: float

    def beyond(self, other: "Area") -> tuple[float, float, float, float]:
        """How far it reaches over the left, top, right and bottom edge of another; negative where it does not."""
        return other.left - self.left, other.top - self.top, self.right - other.right, self.bottom - other.bottom


@dataclass(frozen=True)
class Shown:
    """One thing on a page.

    `kind` is text, mark (of a list's item), item (the item itself), picture, cell or rule; `element` is where it stands in
    the HTML. `text` are the words of a text or a mark, `em` their size. `is_generated` is what only the stylesheet says,
    `style` the way in which an item is counted.
    """

    kind: str
    element: Element
    area: Area
    text: str = ""
    em: float = 0.0
    is_generated: bool = False
    style: object = None


@dataclass(frozen=True)
class Bitmap:
    """A picture of pixels on a page: its `src`, its size in pixels, and how many CSS px of paper a pixel takes."""

    source: str
    width: int
    height: int
    scale: float


def bitmaps(page) -> Iterator[Bitmap]:
    """Every picture of pixels on a page at its drawn size; object-fit is followed, and drawings have no pixels."""
    for box in _structure(page._page_box):
        picture = getattr(box, "replacement", None)
        if box.element is None or picture is None or not hasattr(picture, "image_data"):
            continue
        scales = (box.width / picture.width, box.height / picture.height)
        scale = min(scales) if box.style["object_fit"] in ("contain", "scale-down") else max(scales)
        yield Bitmap(box.element.get("src", ""), picture.width, picture.height, scale)


@dataclass(frozen=True)
class Sheet:
    """How far a page is filled: its text stands from `top` to `filled`, and might go on to `foot`, where its notes begin.

    `blocks` gives the top and the bottom of each element's box there, with its margins.
    """

    top: float
    filled: float
    foot: float
    blocks: Mapping[Element, tuple[float, float]]


@dataclass(frozen=True)
class Worded:
    """A line of text: the element whose line it is, how long its words are and how much room they have."""

    element: Element
    length: float
    room: float


def worded(page) -> Iterator[Worded]:
    """The lines of text of a page, in their order."""
    for box in _structure(page._page_box):
        if not isinstance(box, boxes.BlockContainerBox) or box.element is None or "::" in (box.element_tag or ""):
            continue
        for line in box.children:
            inner = [child for child in line.children if child.is_in_normal_flow()] if isinstance(line, boxes.LineBox) else ()
            if inner:
                yield Worded(box.element, inner[-1].position_x + inner[-1].margin_width() - box.content_box_x(), box.width)


def sheet(page) -> Sheet:
    """How far a page is filled, and where the blocks of its text stand."""
    area = type_area(page)
    filled, foot, blocks = area.top, area.bottom, {}
    for child in page._page_box.children:
        if isinstance(child, boxes.FootnoteAreaBox):
            foot = child.position_y if child.children else foot
        elif not isinstance(child, boxes.MarginBox):
            for box in _structure(child):
                if isinstance(box, boxes.BlockLevelBox) and box.element is not None and box.element not in blocks:
                    blocks[box.element] = box.position_y, box.position_y + box.margin_height()
                if isinstance(box, (boxes.LineBox, boxes.ReplacedBox)):
                    filled = max(filled, box.position_y + (box.height if isinstance(box, boxes.LineBox) else box.margin_height()))
    return Sheet(area.top, filled, foot, blocks)


def type_area(page) -> Area:
    """The area inside a page's margins."""
    box = page._page_box
    return _area(box.content_box_x(), box.content_box_y(), box.width, box.height, None)


def shown(page) -> Iterator[Shown]:
    """What stands on a page, in the order in which it is drawn; running heads and page numbers are left out."""
    for child in page._page_box.children:
        if not isinstance(child, boxes.MarginBox):
            yield from _shown(child, None, False)


def mirrored(page) -> list[tuple[boxes.Box, float]]:
    """The boxes that stand at the other edge of their row on a left-hand page, each with how far to the right it goes then.

    They are the inline blocks of class `mirrored` in a block of class `mirrors`.
    """
    found, seen = [], set()
    for row in _structure(page._page_box, boxes.LineBox):
        if row.element is None or "mirrors" not in row.element.get("class", "").split() or row.element in seen:
            continue
        seen.add(row.element)  # blocks without a name in it bear its element as well
        twice = 2 * row.padding_box_x() + row.padding_width()
        for box in row.descendants():
            if isinstance(box, boxes.InlineBlockBox) and "mirrored" in box.element.get("class", "").split():
                found.append((box, twice - 2 * box.border_box_x() - box.border_width()))
    return found


def _structure(box, but: type = boxes.TextBox) -> Iterator[boxes.Box]:
    """A box and its descendants as they follow one another, but for those of a kind; what is positioned by itself is not entered."""
    waiting = [box]
    while waiting:
        box = waiting.pop()
        yield box
        if isinstance(box, boxes.Box):
            waiting += [child for child in reversed(box.children) if type(child) is not but]


def _shown(box, matrix, in_mark: bool) -> Iterator[Shown]:
    own = getattr(box, "transformation_matrix", None)
    if own:
        matrix = own @ matrix if matrix else own
    in_mark = in_mark or (box.element_tag or "").endswith("li::marker")
    element, outer = box.element, None
    if element is None:
        pass
    elif isinstance(box, boxes.TextBox):
        size = box.style["font_size"]
        # The em boxes of a line, not the boxes of its faces, some of which are half a line higher than what they draw
        area = _area(box.position_x, box.position_y + box.baseline - _ASCENT * size, box.width, (_ASCENT + _DESCENT) * size, matrix)
        pseudo = (box.element_tag or "").partition("::")[2]
        yield Shown("mark" if in_mark else "text", element, area, box.text, size, pseudo not in ("", "first-letter", "first-line"))
    elif isinstance(box, boxes.ReplacedBox):
        kind = "mark" if in_mark else "picture"
        yield Shown(kind, element, _area(box.content_box_x(), box.content_box_y(), box.width, box.height, matrix))
    elif isinstance(box, boxes.TableCellBox):
        outer = "cell"
    elif box.element_tag == "hr":
        outer = "rule"
    elif box.element_tag == "li" and isinstance(box, boxes.BlockBox):
        outer = "item"
    if outer:
        area = _area(box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height(), matrix)
        yield Shown(outer, element, area, style=box.style["list_style_type"])
    for child in getattr(box, "children", ()):
        yield from _shown(getattr(child, "_box", child), matrix, in_mark)  # a placeholder holds what is positioned by itself


def _area(x: float, y: float, width: float, height: float, matrix) -> Area:
    """The rectangle around one that is moved by a matrix, if there is one: of what is turned all boxes are asked for."""
    if not matrix:
        return Area(x, y, x + width, y + height)
    (a, b, _), (c, d, _), (e, f, _) = matrix
    corners = (x, y), (x + width, y), (x, y + height), (x + width, y + height)
    across, down = [right * a + under * c + e for right, under in corners], [right * b + under * d + f for right, under in corners]
    return Area(min(across), min(down), max(across), max(down))
