"""Setting: the boxes of a laid-out line moved and widened to what its row of characters says.

Lengths are in CSS px. In: a laid-out line box and its paragraph; out: the same boxes, moved and widened.
"""

from array import array
from collections.abc import Iterator
from operator import add

from weasyprint.formatting_structure import boxes

from casepress.press.lines.paragraphs import Paragraph
from casepress.press.lines.rows import Row, fill
from casepress.press.patches.glyphs import SetLayout
from casepress.press.patches.shaping import THING, leaves, place_of


def set_line(line, paragraph: Paragraph, extra: float) -> None:
    """Make a line longer by so much than its boxes say, whatever its text measures."""
    found = list(leaves(line))
    row = _row(found, paragraph)
    told = sum(box.width for box, _ in found if place_of(box))
    fill(row, extra + told - sum(row.advances) - sum(row.lead))
    _move(line, iter(_edges(found, row, paragraph)), 0.0)


def _row(found: list[tuple[boxes.Box, str]], paragraph: Paragraph) -> Row:
    text, columns = "", [array("d") for _ in range(5)]
    for box, part in found:
        place = place_of(box)
        if place:
            text += part
            for column, name in zip(columns, ("advances", "shifts", "left", "right", "lead"), strict=True):
                column.extend(getattr(paragraph, name)[place.start : place.start + len(part)])
        else:
            part = part if part == THING else part[-1:]
            text += part
            for column in columns:
                column.extend([0.0] * len(part))
    row = Row(text, *columns)
    if text:
        first = next((place for place in (place_of(box) for box, _ in found) if place), None)
        if first and first.start == paragraph.start and first.start:
            row.advances[0] -= row.left[0]
            row.shifts[0] -= row.left[0]
        row.left[0] = row.lead[0] = 0.0
        row.advances[-1] -= row.right[-1]
        row.right[-1] = 0.0
    return row


def _edges(found: list[tuple[boxes.Box, str]], row: Row, paragraph: Paragraph) -> Iterator[tuple[float, float]]:
    """Set each text box; how far the left and the right edge of each leaf must move."""
    at, moved = 0, 0.0
    for box, part in found:
        size = len(part) if place_of(box) or part == THING else len(part[-1:])
        # A gap between two leaves belongs to neither: it must not widen an underline or a background.
        left = moved = moved + (row.lead[at] if size else 0.0)
        place = place_of(box)
        if size and place:
            inner = [*row.lead[at + 1 : at + size], 0.0]
            advances = array("d", map(add, row.advances[at : at + size], inner))
            leaf, start = paragraph.leaf(place.start), place.start
            box.pango_layout = SetLayout(leaf, start, part, box.style, advances, row.shifts[at : at + size], max(inner))
            moved += sum(advances) - box.width
        at += size
        yield left, moved


def _move(box, edges: Iterator[tuple[float, float]], at: float) -> tuple[float, float]:
    """Move a box with all that stands in it; `at` is how far its left neighbour's right edge moved."""
    if isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        inner = []
        for child in box.children:
            if child.is_in_normal_flow():
                inner.append(_move(child, edges, inner[-1][1] if inner else at))
        left, right = (inner[0][0], inner[-1][1]) if inner else (at, at)
    else:
        left, right = next(edges)
        if not isinstance(box, boxes.TextBox):
            box.translate(left, 0)
            return left, right
    box.position_x += left
    box.width += right - left
    return left, right
