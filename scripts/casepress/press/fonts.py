"""Fonts: the faces that WeasyPrint does not have by itself, and small subsets of those that a PDF holds.

`faces()` gives a font configuration with 楷体 as Chinese wants it. Inside `small_subsets()` a PDF holds of an OpenType
face only the glyphs that it shows; WeasyPrint alone keeps an entry for every glyph before the last one.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fontTools.ttLib import TTFont
from weasyprint.pdf import fonts
from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

KAI = {"LXGWWenKai-Regular": 400, "LXGWWenKai-Bold": 700}  # faces by their PostScript names, with their weights
# 霞鹜文楷 draws these narrow, as Latin does; from the next family they come as wide as an ideograph (CLREQ 3.1.2).
NARROW = "‘’“”"
# What only setting type needs: the PDF says where each glyph stands.
_SETTING = (b"BASE", b"DSIG", b"GPOS", b"GSUB", b"JSTF", b"VORG", b"vhea", b"vmtx")


def faces() -> FontConfiguration:
    """The installed fonts and the family `Kai`: 霞鹜文楷 without its Latin quotes.

    Where 霞鹜文楷 is not installed, WeasyPrint warns, and the next family of the stylesheet stands in.
    """
    configuration = FontConfiguration()
    edges = [0, *(edge for mark in sorted(map(ord, NARROW)) for edge in (mark - 1, mark + 1)), 0x10FFFF]
    ranges = [_Range(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start <= end]
    installed = URLFetcher(allowed_protocols=("file",))  # opens what fontconfig names, and no address of a document
    for face, weight in KAI.items():
        rule = {"src": [("local", face)], "font_family": "Kai", "font_weight": weight, "unicode_range": ranges}
        configuration.add_font_face(rule, installed)
    return configuration


@dataclass(frozen=True)
class _Range:
    start: int
    end: int


@contextmanager
def small_subsets() -> Iterator[None]:
    """Write PDFs whose OpenType faces hold no empty places: `with small_subsets(): document.write_pdf()`.

    The codes in the PDF stay what they are, glyph numbers of the whole face: a CID-keyed face names its glyphs by
    them, however few are left (ISO 32000-1, 9.7.4.2). Other faces are left to WeasyPrint.
    """
    before = fonts.Font._harfbuzz_subset

    def subset(font, to_unicode, hinting):
        last = font.glyph_count - 1  # kept as well: see _is_named_by_number
        data = b""
        if "CFF " in font.tables and not font.missing:
            data = _subset(font.hb_face, sorted({*to_unicode, last}), hinting)
        if data and _is_named_by_number(data, last):
            font.file_content = data
        else:
            before(font, to_unicode, hinting)

    fonts.Font._harfbuzz_subset = subset
    try:
        yield
    finally:
        fonts.Font._harfbuzz_subset = before


def _subset(face, glyphs: list[int], hinting: bool) -> bytes:
    """An OpenType font with these glyphs of a face; empty where HarfBuzz cannot make it."""
    if harfbuzz_subset is None:
        return b""
    wanted = ffi.gc(harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy)
    _add(harfbuzz_subset.hb_subset_input_glyph_set(wanted), glyphs)
    dropped = harfbuzz_subset.hb_subset_input_set(wanted, harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG)
    _add(dropped, sorted(harfbuzz.hb_tag_from_string(name, -1) for name in _SETTING))
    flags = harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE | harfbuzz_subset.HB_SUBSET_FLAGS_NO_LAYOUT_CLOSURE
    if not hinting:
        flags |= harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING
    harfbuzz_subset.hb_subset_input_set_flags(wanted, flags)
    made = harfbuzz_subset.hb_subset_or_fail(face, wanted)
    if made == ffi.NULL:
        return b""
    return fonts.get_hb_object_data(ffi.gc(made, harfbuzz.hb_face_destroy)) or b""


def _add(target, numbers: list[int]) -> None:
    harfbuzz.hb_set_add_sorted_array(target, ffi.new(f"hb_codepoint_t[{len(numbers)}]", numbers), len(numbers))


def _is_named_by_number(data: bytes, last: int) -> bool:
    """Whether a CID-keyed font names each glyph by the number that it had in the whole face.

    The names ascend from 0; if the face's last glyph has its own number for a name, no name before it was left out.
    """
    table = TTFont(io.BytesIO(data))["CFF "].cff.topDictIndex[0]
    names = [int(name[3:]) for name in table.charset[1:]] if hasattr(table, "ROS") else []
    return bool(names) and names[-1] == last and names == sorted(names)


def bare(data: bytes) -> bytes:
    """An OpenType font's glyphs alone, its table `CFF `: what every PDF reader since 1.3 knows (ISO 32000-1, 9.9)."""
    return TTFont(io.BytesIO(data)).reader["CFF "]
