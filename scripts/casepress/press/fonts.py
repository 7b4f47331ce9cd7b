"""Fonts: small subsets of the faces that a PDF holds, and bold where it must be drawn.

Inside `small_subsets()` a PDF holds of an OpenType face only the glyphs that it shows; WeasyPrint alone keeps an entry
for every glyph before the last one.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from fontTools.ttLib import TTFont
from weasyprint.pdf import fonts
from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset

from casepress.press.families import drawn_bold

# What only setting type needs: the PDF says where each glyph stands.
_SETTING = (b"BASE", b"DSIG", b"GPOS", b"GSUB", b"JSTF", b"VORG", b"vhea", b"vmtx")


@contextmanager
def small_subsets() -> Iterator[None]:
    """Write PDFs whose OpenType faces hold no empty places: `with small_subsets(): document.write_pdf()`.

    The codes in the PDF stay what they are, glyph numbers of the whole face: a CID-keyed face names its glyphs by
    them, however few are left (ISO 32000-1, 9.7.4.2). Other faces are left to WeasyPrint. Faces without a bold of
    their own are drawn bold (`families.drawn_bold`).
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
        with drawn_bold():
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
