"""Shaping: what each character of a paragraph measures, asked of Pango, once for all its lines.

In: a line box before layout; out: its `Paragraph` (press/lines/paragraphs.py), which every text box in it knows by its
`place`. Lengths are in CSS px.
"""

from array import array
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import create_layout, get_log_attrs, line_size

from casepress.press.lines import marks
from casepress.press.lines.paragraphs import Paragraph, Shaped, paragraph

THING = "\u2e80"  # what stands in a line and is no text counts as an ideograph
_HALF = 0.48  # ems that must be blank on one side of a mark that is to be halved: some faces' ？ is a little wider
_GLYPH = ffi.sizeof("PangoGlyphInfo")


class Place(NamedTuple):
    """Where in a paragraph the text of a text box begins."""

    paragraph: Paragraph
    start: int


class Leaf(NamedTuple):
    """How a text box was shaped: its layout at rest, and the height of its line."""

    layout: dict
    height: float


def paragraph_of(context, line) -> Paragraph | None:
    """Measure what stands in a line box; None where its lines are not ours. Each of its text boxes gets its `place`."""
    found = list(leaves(line))
    text = "".join(part for _, part in found)
    if line.style["direction"] != "ltr" or not marks.CHINESE.search(text) or marks.RIGHT_TO_LEFT.search(text):
        return None
    if any(mark in text for mark in "\u00ad\t"):
        return None
    starts = list(accumulate((len(part) for _, part in found), initial=0))
    sizes = [size for box, part in found for size in [box.style["font_size"]] * len(part)]
    shaped = Shaped(text, *(array("d", bytes(8 * len(text))) for _ in range(3)), sizes, {})
    placed: list[tuple[boxes.Box, int]] = []
    closed: set[int] = set()
    for (box, part), start in zip(found, starts, strict=False):
        if not isinstance(box, boxes.TextBox) or not part:
            continue
        box.place = None
        wraps = box.style["white_space"]
        if wraps in ("normal", "nowrap") and box.style["font_size"] and "\n" not in part:
            shaped.leaves[start] = _measure(context, box, shaped, start)
            placed.append((box, start))
        if wraps in ("nowrap", "pre"):
            closed.update(range(start + 1, start + len(part)))
    attributes = get_log_attrs(text, line.style["lang"])
    ends = {place for place in range(1, len(text)) if attributes[place].is_line_break}
    made = paragraph(shaped, ends, closed, is_flush=line.style["text_align_all"] == "justify")
    for box, start in placed:
        box.place = Place(made, start)
    return made


def leaves(box) -> Iterator[tuple[boxes.Box, str]]:
    """The text boxes and other things that stand in a line, each with its text."""
    if isinstance(box, boxes.TextBox):
        yield box, box.text
    elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from leaves(child)
    else:
        yield box, THING


def place_of(box) -> Place | None:
    """The place of a text box, if its text is still what stands there."""
    place = vars(box).get("place")
    return place if place and place.paragraph.text.startswith(box.text, place.start) else None


def _measure(context, box, made: Shaped, start: int) -> Leaf:
    """Shape a text box and write down what its characters measure."""
    company = marks.COMPANY if marks.ALONE.fullmatch(box.text) else ""
    layout = create_layout(box.text + company, box.style, context, None, 0)
    line, _ = layout.get_first_line()
    size = box.style["font_size"]
    ink = ffi.new("PangoRectangle *")
    at, reached, whole = start, 0, len(box.text.encode())
    text = made.text
    run = line.runs
    while run:
        item, glyphs = run.data.item, run.data.glyphs
        count, offset, font = glyphs.num_glyphs, item.offset, item.analysis.font
        clusters = ffi.unpack(glyphs.log_clusters, count)
        values = memoryview(ffi.buffer(glyphs.glyphs, count * _GLYPH)).cast("i")
        step = len(values) // count
        for index in range(count):
            cluster = clusters[index]
            begins = offset + cluster
            if begins >= whole:
                break
            # A cluster's width goes to its first character.
            while reached < begins:
                reached += len(text[at].encode())
                at += 1
            width = values[index * step + 1] * FROM_UNITS
            made.advances[at] += width
            if width > 0.9 * size and marks.HALVED.match(text, at):
                pango.pango_font_get_glyph_extents(font, glyphs.glyphs[index].glyph, ink, ffi.NULL)
                if ink.x * FROM_UNITS >= _HALF * size:
                    made.left[at] = size / 2
                elif (ink.x + ink.width) * FROM_UNITS <= (1 - _HALF) * size:
                    made.right[at] = size / 2
        run = run.next
    _, height = line_size(line, box.style)
    if box.style["letter_spacing"] != "normal":
        made.advances[start + len(box.text) - 1] += box.style["letter_spacing"] / 2
        made.advances[start] += box.style["letter_spacing"] / 2
    layout.deactivate()
    return Leaf(vars(layout), height)
