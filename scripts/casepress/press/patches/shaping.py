"""Shaping: what each character of a paragraph measures, asked of Pango, once for all its lines.

In: a line box before layout; out: its `Paragraph` (press/lines/paragraphs.py), which every text box in it knows by its
`place`. Lengths are in CSS px.
"""

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango
from weasyprint.text.line_break import Layout, get_log_attrs, line_size

from casepress.press.lines import marks
from casepress.press.lines.paragraphs import Paragraph, Shaped, paragraph
from casepress.press.patches.glyphs import Glyphs, Leaf

ffi.cdef("gpointer g_object_ref (gpointer object);")  # WeasyPrint does not need it

THING = "\u2e80"  # what stands in a line and is no text counts as an ideograph
_HALF = 0.48  # ems that must be blank on one side of a mark that is to be halved: some faces' ？ is a little wider
_GLYPH = ffi.sizeof("PangoGlyphInfo")
_NO_GLYPH = 0x10000  # and above: what is not there, or shows nothing
_LINE_BREAK = 1  # the first bit of a PangoLogAttr, which is one word


class Place(NamedTuple):
    """Where in a paragraph the text of a text box begins."""

    paragraph: Paragraph
    start: int


def paragraph_of(line) -> Paragraph | None:
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
            shaped.leaves[start] = _measure(box, shaped, start)
            placed.append((box, start))
        if wraps in ("nowrap", "pre"):
            closed.update(range(start + 1, start + len(part)))
    attributes = memoryview(ffi.buffer(get_log_attrs(text, line.style["lang"]))).cast("I")
    ends = [place for place, attribute in enumerate(attributes) if attribute & _LINE_BREAK]
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


def _measure(box, made: Shaped, start: int) -> Leaf:
    """Shape a text box and write down what its characters measure."""
    company = marks.COMPANY if marks.ALONE.fullmatch(box.text) else ""
    layout, rest, fonts = _ruler(box.style)
    layout.set_text(box.text + company)
    line, _ = layout.get_first_line()
    at, whole = start, len(box.text.encode())
    numbers, units, runs = array("I"), array("i"), []
    is_plain = not company and box.style["letter_spacing"] == "normal" and not box.style["word_spacing"]
    run = line.runs
    while run:
        item, glyphs = run.data.item, run.data.glyphs
        count = glyphs.num_glyphs
        values = memoryview(ffi.buffer(glyphs.glyphs, count * _GLYPH)).cast("i")
        step = len(values) // count
        clusters = ffi.unpack(glyphs.log_clusters, count)
        if count == item.num_chars == len(set(clusters)) and item.offset + item.length <= whole:
            starts, at = range(at, at + count), at + count  # a glyph for each character, in their order
            if is_plain:
                numbers.extend(values[0::step])
                units.extend(values[1::step])
                runs.append((len(units), _held(item.analysis.font, fonts)))
                is_plain = not any(values[2::step]) and not any(values[3::step])
        else:
            is_plain = False
            starts, at = _starts(box.text, start, [item.offset + cluster for cluster in clusters], whole), at + item.num_chars
        _write(made, starts, values[1::step], glyphs, item.analysis.font, box.style["font_size"])
        run = run.next
    _, height = line_size(line, box.style)
    if box.style["letter_spacing"] != "normal":
        made.advances[start + len(box.text) - 1] += box.style["letter_spacing"] / 2
        made.advances[start] += box.style["letter_spacing"] / 2
    is_plain = is_plain and max(numbers, default=0) < _NO_GLYPH
    return Leaf(start, rest, height, Glyphs(numbers, units, runs) if is_plain else None)


def _held(font, fonts: dict):
    """A font of Pango's that stays as long as `fonts`."""
    if font not in fonts:
        fonts[font] = ffi.gc(gobject.g_object_ref(font), gobject.g_object_unref)
    return font


def _ruler(style) -> tuple[Layout, dict, dict]:
    """A layout that shapes texts of a style, one after the other, what a layout of it is at rest, and the fonts that it met."""
    known = vars(style).get("ruler")
    if known is None:
        layout = Layout(style)
        known = layout, {name: value for name, value in vars(layout).items() if name not in ("layout", "language", "style")}, {}
        if not style["word_spacing"]:  # else each space has a width of its own, which would stay behind
            style.ruler = known
    return known


def _starts(text: str, start: int, begins: list[int], whole: int) -> list[int]:
    """The place of the first character of each glyph's cluster, as many as stand in the text."""
    places, reached = {}, 0
    for at, letter in enumerate(text, start):
        places[reached] = at
        reached += len(letter.encode())
    return [places[begin] for begin in begins if begin < whole]


def _write(made: Shaped, starts: Sequence[int], widths: memoryview, glyphs, font, size: float) -> None:
    """Write down the glyphs of a run; a cluster's width goes to its first character."""
    ink = ffi.new("PangoRectangle *")
    text, advances = made.text, made.advances
    for index, (at, units) in enumerate(zip(starts, widths, strict=False)):
        width = units * FROM_UNITS
        advances[at] += width
        if text[at] in marks.HALVABLE and width > 0.9 * size:
            pango.pango_font_get_glyph_extents(font, glyphs.glyphs[index].glyph, ink, ffi.NULL)
            if ink.x * FROM_UNITS >= _HALF * size:
                made.left[at] = size / 2
            elif (ink.x + ink.width) * FROM_UNITS <= (1 - _HALF) * size:
                made.right[at] = size / 2
