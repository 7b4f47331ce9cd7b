"""Glyphs: a text box whose characters are drawn as long as they were set.

Lengths are in CSS px. What is drawn is what was measured: no character is added, and drawing needs no context. A box that
has its paragraph's glyphs is drawn from these (patches/showing.py); another one is shaped again.
"""

from array import array
from math import ceil, floor
from typing import NamedTuple

from weasyprint.text.ffi import TO_UNITS, pango
from weasyprint.text.line_break import Layout

from casepress.press.lines import marks

_WORD = 0.09  # ems; readers take a wider gap for a space, pdftotext from 0.1 on
_SPACED = 0.07  # ems; of letters spaced by a style pdftotext takes the first gap for a space from 0.08 on


class Glyphs(NamedTuple):
    """The glyphs of a shaped text, one for each character: their numbers, and their widths in Pango's units.

    `runs` are the stretches of one font: where each ends, and the font.
    """

    numbers: array
    widths: array
    runs: list[tuple[int, object]]


class Leaf(NamedTuple):
    """How a text was shaped: where in its paragraph it begins, its layout at rest, the height of its line, and its glyphs, where they
    are so plain that they can be drawn as they are.
    """

    start: int
    layout: dict
    height: float
    glyphs: Glyphs | None


def is_spaced(style, text: str) -> bool:
    """Whether a style sets the letters of a text so far apart that readers take the gaps for spaces."""
    spacing = style["letter_spacing"]
    return spacing != "normal" and spacing > _SPACED * style["font_size"] and any(map(str.isalnum, text))


class SetLayout(Layout):
    """A text box's Pango layout whose characters are drawn as long as they were laid out.

    The text stands at `start` in the paragraph. `advances` are of each character, `shifts` how far its glyph is moved, `widest`
    the widest gap that was added between them, all in CSS px.
    """

    def __init__(self, leaf: Leaf, start: int, text: str, style, advances: array, shifts: array, widest: float):
        # A layout at rest holds plain values only: taking them over saves making a Pango layout that nobody reads.
        vars(self).update(leaf.layout)
        self.glyphs, self.first = leaf.glyphs, start - leaf.start
        self.text, self.advances, self.shifts = text, advances, shifts
        self.is_wide = widest > _WORD * style["font_size"] or is_spaced(style, text)

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
