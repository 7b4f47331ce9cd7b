"""Showing: lines drawn from the glyphs that their paragraph was measured with, without shaping them again.

A text box that was set keeps its paragraph's glyphs (patches/glyphs.py). They are written as WeasyPrint writes what it
shapes: the same glyphs at the same places, their widths and meanings told to the font alike. What has no plain glyphs, or is
underlined, cut off or coloured by its font, goes WeasyPrint's way. Lengths are in CSS px.
"""

import sys
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil, floor

from weasyprint import draw
from weasyprint.draw import text as drawing
from weasyprint.matrix import Matrix
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, pango

from casepress.press.patches.glyphs import SetLayout
from casepress.press.patches.known import Ours, replaced


@contextmanager
def shown_as_measured() -> Iterator[None]:
    """Write PDFs from the glyphs that were measured: `with shown_as_measured(): document.write_pdf()`.

    Raises known.UnknownWeasyPrint.
    """
    with replaced(Ours(draw, "draw_text", _short), Ours(drawing, "draw_first_line", _direct)):
        yield


def _short(ask):
    """WeasyPrint's `draw_text`, which asks for no shaping where the glyphs are known."""

    def draw_text(stream, box, offset_x, text_overflow="clip", block_ellipsis="none"):
        layout, style = box.pango_layout, box.style
        if (
            getattr(layout, "glyphs", None) is None
            or text_overflow == "ellipsis"
            or block_ellipsis != "none"
            or style["visibility"] != "visible"
            or style["text_decoration_line"] != "none"
            or not box.text.strip()
            or not _is_plain(stream, layout)
        ):
            ask(stream, box, offset_x, text_overflow, block_ellipsis)
            return
        stream.set_color(style["color"])
        stream.begin_text()
        drawing.draw_first_line(stream, box, text_overflow, block_ellipsis, Matrix(d=-1, e=box.position_x, f=box.position_y + box.baseline))
        stream.end_text()

    return draw_text


def _direct(ask):
    """WeasyPrint's `draw_first_line`, of the glyphs that are known where none were shaped."""

    def draw_first_line(stream, box, text_overflow, block_ellipsis, matrix):
        layout = box.pango_layout
        if "layout" in vars(layout):
            return ask(stream, box, text_overflow, block_ellipsis, matrix)
        stream.set_text_matrix(*matrix.values)
        _show(stream, layout, box.style["font_size"])
        return []

    return draw_first_line


def _is_plain(stream, layout: SetLayout) -> bool:
    """Whether all fonts of a text are outlines of one colour."""
    fonts = [_font(stream, font)[0] for _, _, font in _runs(layout)]
    return not any(font.bitmap or font.png or font.svg or font.colr for font in fonts)


def _runs(layout: SetLayout) -> Iterator[tuple[int, int, object]]:
    """The stretches of one font in a text: where each begins and ends, counted from the text's start."""
    at, last = 0, len(layout.advances)
    for end, font in layout.glyphs.runs:
        end = min(end - layout.first, last)
        if end > at:
            yield at, end, font
            at = end


def _font(stream, font) -> tuple:
    """The stream's font for one of Pango's, and its size."""
    known = vars(stream).setdefault("_casepress_fonts", {})
    if font not in known:
        known[font] = stream.add_font(font)
    return known[font]


def _show(stream, layout: SetLayout, pixels: float) -> None:
    """Write the glyphs of a text, each as long as it was set.

    A PDF holds kerning in whole thousandths of the font size, cut off, not rounded. So widths are chosen that survive the
    cutting, and what one glyph is short of, the next changed one gets.
    """
    first, texts = layout.first, layout.text
    numbers = layout.glyphs.numbers[first : first + len(texts)]
    units = layout.glyphs.widths[first : first + len(texts)]
    codes = _codes(numbers)
    size = int(pixels * TO_UNITS)
    shown: list[str] = []
    wanted = written = 0.0
    before, open_at = None, 0
    for at, end, pango_font in _runs(layout):
        font, font_size = _font(stream, pango_font)
        if font is not before:
            if open_at < at:
                shown.append(f"<{codes[4 * open_at : 4 * at]}>")
            if shown:
                stream.show_text("".join(shown))
            shown, open_at, before = [], at, font
            stream.set_font_size(font.hash, font_size)
        widths = font.widths
        for nth in range(at, end):
            number, width = numbers[nth], units[nth]
            natural = width * 1000 / size
            length, offset = layout.advances[nth] * 1000 / pixels, 0.0
            shift = layout.shifts[nth]
            wanted += length
            if shift:
                shift = shift * 1000 / pixels
                moved = floor(shift * pixels + 0.001) if shift < 0 else round(shift * pixels)
                shift, offset = moved / pixels, moved / font_size
                if moved:
                    shown.append(f"<{codes[4 * open_at : 4 * nth]}>{-offset}")
                    open_at = nth
            if not -1 <= length - natural <= 1 and length > 0:
                kerning = round(natural + shift - (wanted - written))
                exact = (natural + shift - kerning) * size / 1000
                width = ceil(exact) - 1 if kerning > 0 else floor(exact) + 1
                written += shift + round(natural) - kerning
            else:
                written += round(natural)
            if number not in widths:
                _learn(stream, font, font_size, pango_font, number, texts[nth])
            kerning = int(widths[number] + offset - width * 1000 * FROM_UNITS / font_size)
            if kerning:
                shown.append(f"<{codes[4 * open_at : 4 * nth + 4]}>{kerning}")
                open_at = nth + 1
    if open_at < len(texts):
        shown.append(f"<{codes[4 * open_at :]}>")
    stream.show_text("".join(shown))


def _codes(numbers: array) -> str:
    """Glyph numbers as a PDF writes them, four digits each."""
    short = array("H", numbers)
    if sys.byteorder == "little":
        short.byteswap()
    return short.tobytes().hex()


def _learn(stream, font, font_size: float, pango_font, number: int, text: str) -> None:
    """Tell a font what one of its glyphs means, and how wide it is."""
    font.to_unicode.setdefault(number, text)
    pango.pango_font_get_glyph_extents(pango_font, number, stream.ink_rect, stream.logical_rect)
    font.widths[number] = round(stream.logical_rect.width * 1000 * FROM_UNITS / font_size)
