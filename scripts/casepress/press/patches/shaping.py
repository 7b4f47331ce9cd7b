"""Shaping: what each character of a paragraph measures, asked of Pango, once for all its lines, and for all trials of a page.

In: a line box before layout; out: its `Paragraph` (press/lines/paragraphs.py), which every text box in it knows by its
`place`. Lengths are in CSS px.
"""

import sys
from array import array
from collections.abc import Iterator
from copy import copy
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
_VALUES = _GLYPH // ffi.sizeof("int")  # number, width, two offsets, and more
_NO_GLYPH = 0x10000  # and above: what is not there, or shows nothing
_ATTRIBUTE = ffi.sizeof("PangoLogAttr")  # one word, of which the first bit says that a line may end
_FIRST_BYTE = 0 if sys.byteorder == "little" else _ATTRIBUTE - 1
_LINE_BREAKS = bytes(value & 1 for value in range(256))
_KEPT = 6000  # so many characters are kept of each style: those of a case, which is laid out again when its pictures or its end need it


class Place(NamedTuple):
    """Where in a paragraph the text of a text box begins."""

    paragraph: Paragraph
    start: int


class _Measured(dict):
    """The paragraphs that were measured in the lines of a style, by the texts and the styles in them, each with the places of its text
    boxes, and those styles, so that their ids are nobody else's. All is let go of where it would be too much.
    """

    size = 0

    def keep(self, key: tuple, made: Paragraph, places: list[int | None], styles: list) -> None:
        if len(made.text) > _KEPT:
            return
        if self.size + len(made.text) > _KEPT:
            self.clear()
            self.size = 0
        self[key] = made, places, styles
        self.size += len(made.text)


def paragraph_of(line) -> Paragraph | None:
    """What stands in a line box, measured; None where its lines are not ours. Each of its text boxes gets its `place`."""
    found = list(leaves(line))
    text = "".join(part for _, part in found)
    if line.style["direction"] != "ltr" or not marks.CHINESE.search(text) or marks.RIGHT_TO_LEFT.search(text):
        return None
    if any(mark in text for mark in "\u00ad\t"):
        return None
    measured = vars(line.style).setdefault("measured", _Measured())
    key = tuple((id(box.style) if isinstance(box, boxes.TextBox) else -box.style["font_size"], part) for box, part in found)
    if key not in measured:
        made = _measured(found, text, line.style)
        places = [place and place.start for place in (vars(box).get("place") for box, _ in found)]
        measured.keep(key, made, places, [box.style for box, _ in found])
        return made
    known, places, _ = measured[key]
    made = copy(known)  # where its lines stand is its own
    for (box, part), start in zip(found, places, strict=True):
        if isinstance(box, boxes.TextBox) and part:
            box.place = None if start is None else Place(made, start)
    return made


def _measured(found: list[tuple[boxes.Box, str]], text: str, style) -> Paragraph:
    """Measure the leaves of a line box of a style; each text box gets its `place`."""
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
    ends = (_ends_of_shaped(placed[0][0], text, style["lang"]) if len(placed) == 1 else b"") or ends_of(text, style["lang"])
    made = paragraph(shaped, ends, closed, is_flush=style["text_align_all"] == "justify")
    for box, start in placed:
        box.place = Place(made, start)
    return made


def ends_of(text: str, lang: str | None) -> bytes:
    """Of each place in a text whether a line may end there by the rules of Unicode, as 1 or 0."""
    return bytes(ffi.buffer(get_log_attrs(text, lang)))[_FIRST_BYTE::_ATTRIBUTE].translate(_LINE_BREAKS)


def _ends_of_shaped(box, text: str, lang: str | None) -> bytes:
    """The same of a text that was shaped last, and alone, which then was asked already; nothing where it was not, or is odd."""
    ruler = _ruler(box.style)
    if ruler.is_spaced or box.style["lang"] != lang or not text.isprintable():
        return b""
    size = ffi.new("int *")
    attributes = pango.pango_layout_get_log_attrs_readonly(ruler.layout.layout, size)
    if size[0] != len(text) + 1:  # there was more, or company
        return b""
    return bytes(ffi.buffer(attributes, size[0] * _ATTRIBUTE))[_FIRST_BYTE::_ATTRIBUTE].translate(_LINE_BREAKS)


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
    ruler = _ruler(box.style)
    layout = ruler.layout
    if ruler.is_spaced:
        layout.set_text(box.text + company)
    else:  # what else WeasyPrint sets with a text is for lines that Pango breaks
        data = (box.text + company).encode()
        pango.pango_layout_set_text(layout.layout, data, len(data))
    line, _ = layout.get_first_line()
    at, whole = start, len(box.text.encode())
    numbers, widths, runs = array("i"), array("i"), []
    is_plain = not company and not ruler.is_spaced
    run = line.runs
    while run:
        item, glyphs = run.data.item, run.data.glyphs
        count, font = glyphs.num_glyphs, item.analysis.font
        values = array("i", bytes(ffi.buffer(glyphs.glyphs, count * _GLYPH)))
        clusters = ffi.unpack(glyphs.log_clusters, count)
        found, units = values[0::_VALUES], values[1::_VALUES]
        if count == item.num_chars == len(set(clusters)) and item.offset + item.length <= whole:
            # a glyph for each character, in their order
            made.advances[at : at + count] = array("d", map(FROM_UNITS.__mul__, units))
            blanks = ruler.blanks(font)
            for match in marks.HALVED.finditer(made.text, at, at + count):
                place = match.start()
                _halve(made, place, units[place - at] * FROM_UNITS, found[place - at], blanks)
            at += count
            if is_plain:
                numbers.extend(found)
                widths.extend(units)
                runs.append((len(widths), ruler.held(font)))
                is_plain = max(found) < _NO_GLYPH and not any(values[2::_VALUES]) and not any(values[3::_VALUES])
        else:
            is_plain = False
            starts, at = _starts(box.text, start, [item.offset + cluster for cluster in clusters], whole), at + item.num_chars
            for place, number, width in zip(starts, found, units, strict=False):
                made.advances[place] += width * FROM_UNITS  # a cluster's width goes to its first character
                if made.text[place] in marks.HALVABLE:
                    _halve(made, place, width * FROM_UNITS, number, ruler.blanks(font))
        run = run.next
    _, height = line_size(line, box.style)
    if box.style["letter_spacing"] != "normal":
        made.advances[start + len(box.text) - 1] += box.style["letter_spacing"] / 2
        made.advances[start] += box.style["letter_spacing"] / 2
    return Leaf(start, ruler.rest, height, Glyphs(numbers, widths, runs) if is_plain else None)


class _Ruler:
    """A layout that shapes texts of a style, one after the other, what a layout of it is at rest, and the fonts that it met.

    `is_spaced`: letters or words have spaces between them.
    """

    def __init__(self, style) -> None:
        self.layout = Layout(style)
        self.rest = {name: value for name, value in vars(self.layout).items() if name not in ("layout", "language", "style")}
        self.is_spaced = style["letter_spacing"] != "normal" or bool(style["word_spacing"])
        self._size, self._fonts, self._blanks = style["font_size"], {}, {}

    def held(self, font):
        """A font of Pango's that stays as long as the ruler."""
        if font not in self._fonts:
            self._fonts[font] = ffi.gc(gobject.g_object_ref(font), gobject.g_object_unref)
        return font

    def blanks(self, font) -> "_Blanks":
        """On which side half an em is blank, of each glyph of a font."""
        if font not in self._blanks:
            self._blanks[font] = _Blanks(self.held(font), self._size)
        return self._blanks[font]


class _Blanks(dict):
    """The side on which half an em of a glyph is blank, if one is; looked up once."""

    def __init__(self, font, size: float) -> None:
        self._font, self._size = font, size

    def __missing__(self, glyph: int) -> str:
        ink, size = ffi.new("PangoRectangle *"), self._size
        pango.pango_font_get_glyph_extents(self._font, glyph, ink, ffi.NULL)
        is_left, is_right = ink.x * FROM_UNITS >= _HALF * size, (ink.x + ink.width) * FROM_UNITS <= (1 - _HALF) * size
        self[glyph] = side = "left" if is_left else "right" if is_right else ""
        return side


def _halve(made: Shaped, place: int, width: float, glyph: int, blanks: _Blanks) -> None:
    """Write down which half of a mark is blank."""
    size = made.sizes[place]
    if width > 0.9 * size and (side := blanks[glyph]):
        getattr(made, side)[place] = size / 2


def _ruler(style) -> _Ruler:
    """The ruler of a style."""
    known = vars(style).get("ruler")
    if known is None:
        known = _Ruler(style)
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
