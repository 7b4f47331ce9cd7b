"""Showing: lines drawn from the glyphs that their paragraph was measured with, without shaping them again.

A text box that was set keeps its paragraph's glyphs (patches/glyphs.py). They are written as WeasyPrint writes what it
shapes: the same glyphs at the same places, their widths and meanings told to the font alike. What has no plain glyphs, or is
underlined, cut off or coloured by its font, goes WeasyPrint's way. Lengths are in CSS px.
"""

import sys
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from math import ceil, floor
from typing import NamedTuple

import pydyf
from weasyprint import draw, stacking
from weasyprint.css import AnonymousStyle
from weasyprint.draw import border
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.matrix import Matrix
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, pango

from casepress.press.patches.drawing import STROKES
from casepress.press.patches.glyphs import SetLayout
from casepress.press.patches.known import Ours, replaced


class Run(NamedTuple):
    """A stretch of one font in a text: where it begins and ends, counted from the text's start, Pango's font and the stream's, its size,
    whether it is outlines of one colour, whether it is stroked to be bold.
    """

    at: int
    end: int
    pango_font: object
    font: object
    size: float
    is_plain: bool
    is_stroked: bool


Runs = Sequence[Run]


@contextmanager
def shown_as_measured() -> Iterator[None]:
    """Write PDFs from the glyphs that were measured: `with shown_as_measured(): document.write_pdf()`.

    Raises known.UnknownWeasyPrint.
    """
    with replaced(
        Ours(draw, "draw_inline_level", _lines),
        Ours(draw, "draw_text", _short),
        Ours(drawing, "draw_first_line", _direct),
        Ours(stacking, "_dispatch_children", _bare),
        Ours(border, "draw_outline", _outlined),
    ):
        yield


def _bare(ask):
    """WeasyPrint's `_dispatch_children`, which leaves a line of text as it is instead of taking it apart and copying it."""

    def _dispatch_children(box, *others):
        return box if _is_line(box) else ask(box, *others)

    return _dispatch_children


def _outlined(ask):
    """WeasyPrint's `draw_outline`, which looks for none around what stands in a line of text."""

    def draw_outline(stream, box):
        if not _is_line(box):
            ask(stream, box)

    return draw_outline


def _is_line(box) -> bool:
    """Whether a box is a line that holds text alone: the style of neither says more than what is inherited."""
    return type(box) is boxes.LineBox and all(type(child) is boxes.TextBox and type(child.style) is AnonymousStyle for child in box.children)


def _lines(ask):
    """WeasyPrint's `draw_inline_level`, which writes the texts of a line without asking each for borders and the like that no line has."""

    def draw_inline_level(stream, page, box, offset_x=0, text_overflow="clip", block_ellipsis="none"):
        if type(box) is not boxes.LineBox or type(box.style) is not AnonymousStyle or box.background is not None:
            return ask(stream, page, box, offset_x, text_overflow, block_ellipsis)
        if box.text_overflow != "clip" or box.block_ellipsis != "none":
            return ask(stream, page, box, offset_x, text_overflow, block_ellipsis)
        for child in box.children:
            if type(child) is boxes.TextBox and (runs := _known(stream, child)):
                _text(stream, child, runs)
            elif isinstance(child, boxes.TextBox):
                with stream.marked(child, "Span"):
                    draw.draw_text(stream, child, offset_x + child.position_x - box.position_x, "clip", "none")
            else:
                along = 0 if isinstance(child, stacking.StackingContext) else child.position_x - box.position_x
                draw.draw_inline_level(stream, page, child, offset_x + along, "clip", "none")
        return None

    return draw_inline_level


def _text(stream, box, runs: Runs) -> None:
    """Write a text box whose glyphs are known, as `draw_text` does and what was laid around `draw_first_line` (patches/drawing.py)."""
    layout, style, tags, out = box.pango_layout, box.style, stream._tags, stream.stream
    if tags is not None:
        out.append(b"/Span\n<</MCID %d>>\nBDC" % len(tags))
        tags[box] = {"tag": "Span", "mcid": len(tags)}
    stream.set_color(style["color"])
    stream.begin_text()
    if any(run.is_stroked for run in runs):
        drawing.draw_first_line(stream, box, "clip", "none", Matrix(d=-1, e=box.position_x, f=box.position_y + box.baseline))
    else:
        if layout.is_wide:
            words = pydyf.String(layout.text).data if layout.text.isascii() else f"<feff{layout.text.encode('utf-16-be').hex()}>".encode()
            out.append(b"/Span\n<</ActualText %b>>\nBDC" % words)
        out.append(f"1 0 0 -1 {_number(box.position_x)} {_number(box.position_y + box.baseline)} Tm".encode())
        _show(stream, layout, style["font_size"], runs)
        if layout.is_wide:
            out.append(b"EMC")
    stream.end_text()
    if tags is not None:
        out.append(b"EMC")


def _short(ask):
    """WeasyPrint's `draw_text`, which asks for no shaping where the glyphs are known."""

    def draw_text(stream, box, offset_x, text_overflow="clip", block_ellipsis="none"):
        if text_overflow == "ellipsis" or block_ellipsis != "none" or not _known(stream, box):
            ask(stream, box, offset_x, text_overflow, block_ellipsis)
            return
        stream.set_color(box.style["color"])
        stream.begin_text()
        drawing.draw_first_line(stream, box, text_overflow, block_ellipsis, Matrix(d=-1, e=box.position_x, f=box.position_y + box.baseline))
        stream.end_text()

    return draw_text


def _known(stream, box) -> Runs:
    """The stretches of a text that can be drawn from its glyphs; none where it cannot."""
    layout, style = box.pango_layout, box.style
    if getattr(layout, "glyphs", None) is None or style["visibility"] != "visible" or style["text_decoration_line"] != "none":
        return ()
    runs = _runs(stream, layout) if box.text.strip() else ()
    return runs if all(run.is_plain for run in runs) else ()


def _direct(ask):
    """WeasyPrint's `draw_first_line`, of the glyphs that are known where none were shaped."""

    def draw_first_line(stream, box, text_overflow, block_ellipsis, matrix):
        layout = box.pango_layout
        if "layout" in vars(layout):
            return ask(stream, box, text_overflow, block_ellipsis, matrix)
        stream.set_text_matrix(*matrix.values)
        _show(stream, layout, box.style["font_size"], _runs(stream, layout))
        return []

    return draw_first_line


def _runs(stream, layout: SetLayout) -> Runs:
    """The stretches of one font in a text."""
    runs, last = layout.glyphs.runs, len(layout.advances)
    fonts = vars(stream).setdefault("_casepress_fonts", {})
    found, at = [], 0
    for end, pango_font in runs:
        end = min(end - layout.first, last)
        if end > at:
            if pango_font not in fonts:
                font, size = stream.add_font(pango_font)
                is_plain = not (font.bitmap or font.png or font.svg or font.colr)
                fonts[pango_font] = pango_font, font, size, is_plain, font.family.endswith(tuple(STROKES))
            found.append(Run(at, end, *fonts[pango_font]))
            at = end
    return found


def _show(stream, layout: SetLayout, pixels: float, runs: Runs) -> None:
    """Write the glyphs of a text, each as long as it was set.

    A PDF holds kerning in whole thousandths of the font size, cut off, not rounded. So widths are chosen that survive the
    cutting, and what one glyph is short of, the next changed one gets.
    """
    first, texts, advances, shifts = layout.first, layout.text, layout.advances, layout.shifts
    numbers = layout.glyphs.numbers[first : first + len(texts)]
    units = layout.glyphs.widths[first : first + len(texts)]
    codes = _codes(numbers)
    size = int(pixels * TO_UNITS)
    shown: list[str] = []
    wanted = written = 0.0
    before, before_units, open_at = None, None, 0
    is_stroked = any(run.is_stroked for run in runs)
    for at, end, pango_font, font, font_size, *_ in runs:
        if font is not before:
            if open_at < at:
                shown.append(f"<{codes[4 * open_at : 4 * at]}>")
            if shown:
                stream.stream.append(f"[{''.join(shown)}] TJ".encode())
            shown, open_at, before = [], at, font
            if is_stroked:
                stream.set_font_size(font.hash, font_size)
            elif stream._current_font != (font.hash, font_size):  # as the stream's own does: no stroke begins or ends (patches/drawing.py)
                stream._current_font = font.hash, font_size
                pydyf.Stream.set_font_size(stream, font.hash, font_size)
        widths, told = font.widths, None
        known = map(widths.get, numbers[at:end])
        for nth, width, wide, advance, shift in zip(range(at, end), units[at:end], known, advances[at:end], shifts[at:end], strict=True):
            if wide is None:
                wide = _learn(stream, font, font_size, pango_font, numbers[nth], texts[nth])
            if width != before_units or wide != told:
                before_units, told = width, wide
                natural, rounded, plain, kernings = _measure(width, told, pixels, font_size)
            length = advance * 1000 / pixels
            wanted += length
            if shift:
                moved = shift * 1000 / pixels * pixels
                moved = floor(moved + 0.001) if shift < 0 else round(moved)
                shift, offset = moved / pixels, moved / font_size
                if moved:
                    shown.append(f"<{codes[4 * open_at : 4 * nth]}>{-offset}")
                    open_at = nth
                if not -1 <= length - natural <= 1 and length > 0:
                    kerning = round(natural + shift - (wanted - written))
                    written += shift + rounded - kerning
                    kerning = _kerning(natural + shift, kerning, told + offset, size, font_size)
                else:
                    written += rounded
                    kerning = int(told + offset - width * 1000 * FROM_UNITS / font_size)
            elif -1 <= length - natural <= 1 or length <= 0:
                written += rounded
                kerning = plain
            else:
                kerning = round(natural - (wanted - written))
                written += rounded - kerning
                if kerning in kernings:
                    kerning = kernings[kerning]
                else:
                    kernings[kerning] = kerning = _kerning(natural, kerning, told, size, font_size)
            if kerning:
                shown.append(f"<{codes[4 * open_at : 4 * nth + 4]}>{kerning}")
                open_at = nth + 1
    if open_at < len(texts):
        shown.append(f"<{codes[4 * open_at :]}>")
    stream.stream.append(f"[{''.join(shown)}] TJ".encode())


@lru_cache(maxsize=4096)
def _measure(units: int, told: int, pixels: float, font_size: float) -> tuple[float, int, int, dict[int, int]]:
    """Of the glyphs that are so many of Pango's units wide, and as the font was told: their width in thousandths, as it is and rounded;
    what is written behind one that is as long as it is; and what by the kerning that one needs, as far as it was asked for.
    """
    natural = units * 1000 / int(pixels * TO_UNITS)
    return natural, round(natural), int(told - units * 1000 * FROM_UNITS / font_size), {}


def _kerning(natural: float, kerning: int, told: float, size: int, font_size: float) -> int:
    """What is written behind a glyph so that the kerning survives the cutting."""
    exact = (natural - kerning) * size / 1000
    width = ceil(exact) - 1 if kerning > 0 else floor(exact) + 1
    return int(told - width * 1000 * FROM_UNITS / font_size)


def _number(length: float) -> str:
    """A length as WeasyPrint's writer puts it into a PDF."""
    return f"{int(length)}" if length == int(length) else f"{length:f}".rstrip("0")


def _codes(numbers: array) -> str:
    """Glyph numbers as a PDF writes them, four digits each."""
    short = array("H", numbers)
    if sys.byteorder == "little":
        short.byteswap()
    return short.tobytes().hex()


def _learn(stream, font, font_size: float, pango_font, number: int, text: str) -> int:
    """Tell a font what one of its glyphs means, and how wide it is, in thousandths."""
    font.to_unicode.setdefault(number, text)
    measured = vars(font).setdefault("measured", {})
    if (number, font_size) not in measured:
        pango.pango_font_get_glyph_extents(pango_font, number, stream.ink_rect, stream.logical_rect)
        measured[number, font_size] = round(stream.logical_rect.width * 1000 * FROM_UNITS / font_size)
    font.widths[number] = width = measured[number, font_size]
    return width
