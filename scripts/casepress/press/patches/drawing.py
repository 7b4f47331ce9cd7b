"""Drawing: text written so that readers find its words, and bold where no face is bold.

Both are for the time in which a PDF is written. Sizes are as WeasyPrint gives them, colours those of the text.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pydyf
from weasyprint.draw import text as drawing
from weasyprint.pdf.stream import Stream

from casepress.press.patches.glyphs import SetLayout, is_spaced
from casepress.press.patches.known import Ours, replaced

# What ends the family name of a face that is to be stroked, and what a stem gains by it in ems, half on either side: a
# face without a bold, and one whose bold is hardly darker (霞鹜文楷: 1.2 times).
STROKES = {" Emboldened": 0.03, " Bolder": 0.015}


@contextmanager
def readable() -> Iterator[None]:
    """Write PDFs that say what the text of wide gaps is: `with readable(): document.write_pdf()`.

    Readers guess spaces from gaps. Where one is so wide that they would, the text is said beside it (ActualText, ISO
    32000-1, 14.9.4); elsewhere the glyphs alone give it.
    """
    with replaced(Ours(drawing, "draw_first_line", _saying)):
        yield


@contextmanager
def drawn_bold() -> Iterator[None]:
    """Write PDFs in which the faces named with STROKES are bold: fill and stroke (ISO 32000-1, 9.3.6), both in the text's colour.

    Every text box leaves the way of drawing as it found it.
    """
    with replaced(Ours(Stream, "set_font_size", _stroking), Ours(drawing, "draw_first_line", _coloring)):
        yield


def _saying(ask):
    """WeasyPrint's `draw_first_line`, with the words of a text box with wide gaps said beside it."""

    def draw_first_line(stream, textbox, *others):
        if not _is_wide(textbox):
            return ask(stream, textbox, *others)
        stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(textbox.pango_layout.text)}))
        try:
            return ask(stream, textbox, *others)
        finally:
            stream.end_marked_content()

    return draw_first_line


def _is_wide(textbox) -> bool:
    """Whether gaps within a text box would be read as spaces: in a line that we set, or where its style sets the letters apart."""
    layout = textbox.pango_layout
    return layout.is_wide if isinstance(layout, SetLayout) else is_spaced(textbox.style, layout.text)


def _stroking(ask):
    """The stream's `set_font_size`, which also begins or ends the strokes of a face that is drawn bold."""

    def set_font_size(stream, font, size):
        ask(stream, font, size)
        family = next((f.family for f in stream._fonts.values() if f.hash == font), "")
        stroke = next((width for ending, width in STROKES.items() if family.endswith(ending)), 0)
        color = getattr(stream, "_casepress_color", None)
        if stroke and color is not None:
            stream.set_color(color, stroke=True)
            stream.set_line_width(round(size * stroke, 4))
            stream.set_line_join(1)
            stream.set_text_rendering(2)
            stream._casepress_stroked = True
        else:
            _fill_only(stream)

    return set_font_size


def _coloring(ask):
    """WeasyPrint's `draw_first_line`, in which strokes have the text's colour and none is left behind."""

    def draw_first_line(stream, textbox, *others):
        stream._casepress_color = textbox.style["color"]
        try:
            return ask(stream, textbox, *others)
        finally:
            _fill_only(stream)

    return draw_first_line


def _fill_only(stream: Stream) -> None:
    if getattr(stream, "_casepress_stroked", False):
        stream.set_text_rendering(0)
        stream.set_line_join(0)
        stream.set_line_width(1)
        stream._casepress_stroked = False
