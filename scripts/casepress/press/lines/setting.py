"""Setting: make a line of Chinese as long as the measure, and draw its characters as long as they were set.

Lengths are in CSS px. In: a laid-out line box and its paragraph; out: the same boxes, moved and widened.
"""

from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil, floor
from typing import NamedTuple

import pydyf
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import TO_UNITS, pango
from weasyprint.text.line_break import Layout

from casepress.press.lines import marks
from casepress.press.lines.paragraphs import THING, Paragraph, leaves, place_of

_WORD = 0.09  # ems; readers take a wider gap for a space, pdftotext from 0.1 on


@contextmanager
def readable() -> Iterator[None]:
    """Write PDFs that say what the text of wide gaps is: `with readable(): document.write_pdf()`.

    Readers guess spaces from gaps. Where one is so wide that they would, the text is said beside it (ActualText, ISO
    32000-1, 14.9.4); elsewhere the glyphs alone give it.
    """
    before = drawing.draw_first_line

    def draw_first_line(stream, textbox, *others):
        layout = textbox.pango_layout
        if not getattr(layout, "is_wide", False):
            return before(stream, textbox, *others)
        stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(layout.text)}))
        try:
            return before(stream, textbox, *others)
        finally:
            stream.end_marked_content()

    drawing.draw_first_line = draw_first_line
    try:
        yield
    finally:
        drawing.draw_first_line = before


class SetLayout(Layout):
    """A text box's Pango layout whose characters are drawn as long as they were laid out.

    `advances` are of each character, `shifts` how far its glyph is moved, `widest` the widest gap, all in CSS px.
    """

    def __init__(self, layout: dict, text: str, size: float, advances: array, shifts: array, widest: float):
        # A layout at rest holds plain values only: taking them over saves making a Pango layout that nobody reads.
        vars(self).update(layout)
        self.text, self.advances, self.shifts = text, advances, shifts
        self.is_wide = widest > _WORD * size

    def reactivate(self, style):
        text = self.text
        super().reactivate(style)
        if marks.ALONE.fullmatch(text):
            self.set_text(text + marks.COMPANY, justify=True)
            self.text = text
        # Drawing sets this too; doing it first keeps the line, and so the widths, that are changed here.
        pango.pango_layout_set_single_paragraph_mode(self.layout, True)
        self._set()

    def _set(self):
        # The PDF holds advances in whole thousandths of the font size, cut off, not rounded. So widths are chosen
        # that survive the cutting, and what one glyph is short of, the next changed one gets.
        pixels = self.style["font_size"]
        size = int(pixels * TO_UNITS)
        wanted = written = 0.0
        at = reached = 0
        line, _ = self.get_first_line()
        run = line.runs
        while run:
            item, glyphs = run.data.item, run.data.glyphs
            for index in range(glyphs.num_glyphs):
                if at == len(self.advances):  # company, or the space that WeasyPrint adds to one alone
                    glyphs.glyphs[index].glyph, glyphs.glyphs[index].geometry.width = pango.PANGO_GLYPH_EMPTY, 0
                    continue
                last = index + 1 == glyphs.num_glyphs
                end = item.offset + (item.length if last else glyphs.log_clusters[index + 1])
                geometry = glyphs.glyphs[index].geometry
                natural = geometry.width * 1000 / size
                before = wanted
                shift = 0.0
                while reached < end and at < len(self.advances):
                    wanted += self.advances[at] * 1000 / pixels
                    shift += self.shifts[at] * 1000 / pixels
                    reached += len(self.text[at].encode())
                    at += 1
                if shift:
                    units = floor(shift * pixels + 0.001) if shift < 0 else round(shift * pixels)
                    geometry.x_offset += units
                    shift = units / pixels
                if abs(wanted - before - natural) > 1 and wanted > before:
                    kerning = round(natural + shift - (wanted - written))
                    width = (natural + shift - kerning) * size / 1000
                    geometry.width = ceil(width) - 1 if kerning > 0 else floor(width) + 1
                    written += shift + round(natural) - kerning
                else:
                    written += round(natural)
            run = run.next


class Row(NamedTuple):
    """The characters of one line with what each measures, as in a `Paragraph`; a thing has no length of its own."""

    text: str
    advances: array
    shifts: array
    left: array
    right: array
    lead: array


def set_line(line, paragraph: Paragraph, extra: float) -> None:
    """Make a line longer by so much than its boxes say, whatever its text measures."""
    found = list(leaves(line))
    row = _row(found, paragraph)
    told = sum(box.width for box, _ in found if place_of(box))
    _fill(row, extra + told - sum(row.advances) - sum(row.lead))
    _move(line, iter(_edges(found, row)), 0.0)


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


def _fill(row: Row, missing: float) -> None:
    """Squeeze marks in their order (CLREQ 3.2), or open all gaps to one width; those that are wider stay as they are."""
    if missing >= 0:
        gaps = sorted((match.start() for match in marks.GAP.finditer(row.text)), key=row.lead.__getitem__)
        level = 0.0
        for count, gap in enumerate(gaps, 1):
            missing += row.lead[gap]
            level = missing / count
            if count == len(gaps) or level <= row.lead[gaps[count]]:
                break
        for gap in gaps:
            row.lead[gap] = max(row.lead[gap], level)
        return
    for kind in marks.YIELDING:
        some = [at for at, letter in enumerate(row.text) if letter in kind]
        can = sum(row.left[at] + row.right[at] for at in some)
        part = min(1.0, -missing / can) if can else 0.0
        for at in some:
            row.advances[at] -= part * (row.left[at] + row.right[at])
            row.shifts[at] -= part * row.left[at]
        missing += part * can
        if missing > -1e-6:
            return


def _edges(found: list[tuple[boxes.Box, str]], row: Row) -> Iterator[tuple[float, float]]:
    """Set each text box; how far the left and the right edge of each leaf must move."""
    at, moved = 0, 0.0
    for box, part in found:
        size = len(part) if place_of(box) or part == THING else len(part[-1:])
        # A gap between two leaves belongs to neither: it must not widen an underline or a background.
        left = moved = moved + (row.lead[at] if size else 0.0)
        if size and place_of(box):
            inner = [*row.lead[at + 1 : at + size], 0.0]
            advances = array("d", map(float.__add__, row.advances[at : at + size], inner))
            box.pango_layout = SetLayout(vars(box.pango_layout), part, box.style["font_size"], advances, row.shifts[at : at + size], max(inner))
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
