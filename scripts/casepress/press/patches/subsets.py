"""Subsets: small subsets of the faces that a PDF holds, and bold where it must be drawn.

Inside `small_subsets()` a PDF holds of an OpenType face only the glyphs that it shows; WeasyPrint alone keeps an entry
for every glyph before the last one.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from fontTools.ttLib import TTFont
from weasyprint.pdf import fonts
from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset

from casepress.press.patches.drawing import drawn_bold
from casepress.press.patches.known import Ours, replaced

# What only setting type needs: the PDF says where each glyph stands.
_SETTING = (b"BASE", b"DSIG", b"GPOS", b"GSUB", b"JSTF", b"VORG", b"vhea", b"vmtx")


@contextmanager
def small_subsets() -> Iterator[None]:
    """Write PDFs whose OpenType faces hold no empty places: `with small_subsets(): document.write_pdf()`.

    The codes in the PDF stay what they are, glyph numbers of the whole face: a CID-keyed face names its glyphs, however
    few are left, and is found by those names (ISO 32000-1, 9.7.4.2), so each gets its number for a name. FandolFang
    has other names for its last glyphs, the dash of 3–4 among them. Other faces are left to WeasyPrint. Faces without a bold of
    their own are drawn bold (`drawn_bold`). Raises known.UnknownWeasyPrint.
    """
    with replaced(Ours(fonts.Font, "_harfbuzz_subset", _smaller)), drawn_bold():
        yield


def _smaller(ask):
    """A font's `_harfbuzz_subset`, small where the face allows it."""

    def small_subset(font, to_unicode, hinting):
        last = font.glyph_count - 1  # kept as well: where it has its own number for a name, so has every glyph before it
        data = b""
        if "CFF " in font.tables and not font.missing:
            glyphs = sorted({0, *to_unicode, last})
            data = _named_by_number(_subset(font.hb_face, glyphs, hinting), glyphs)
        if data:
            font.file_content = data
        else:
            ask(font, to_unicode, hinting)  # every glyph keeps its place, shown or empty
            if "CFF " in font.tables:
                font.file_content = _named_by_number(font.file_content, range(font.glyph_count)) or font.file_content

    return small_subset


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


def _named_by_number(data: bytes, glyphs: Sequence[int]) -> bytes:
    """A CID-keyed font whose glyphs have the numbers that they had in the whole face for names; else nothing.

    HarfBuzz may add glyphs to those asked for. Then only a face that is named so already will do.
    """
    if not data:
        return b""
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    table = font["CFF "].cff.topDictIndex[0]
    if not hasattr(table, "ROS"):
        return b""
    names = [".notdef", *(f"cid{number:05d}" for number in glyphs[1:])]
    if set(names) <= set(table.charset) and table.charset[-1] == names[-1] and table.charset[1:] == sorted(table.charset[1:]):
        return data
    if len(table.charset) != len(names):
        return b""
    places = table.CharStrings.charStrings
    table.CharStrings.charStrings = {new: places[old] for old, new in zip(table.charset, names, strict=True)}
    table.charset = names
    font.setGlyphOrder(names)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
