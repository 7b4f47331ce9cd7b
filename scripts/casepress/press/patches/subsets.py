"""Subsets: a face as a PDF holds it, with the glyphs that it shows and no empty places for the others.

The codes in the PDF are glyph numbers of the whole face: a CID-keyed face names its glyphs, however few are left, and is
found by those names (ISO 32000-1, 9.7.4.2), so each gets its number for a name. FandolFang has other names for its last
glyphs, the dash of 3–4 among them. Other faces are left to WeasyPrint.
"""

import io
from collections.abc import Sequence
from mmap import mmap

import pydyf
from fontTools.ttLib import TTFont
from weasyprint.pdf import fonts
from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset

from casepress.press.patches.known import Ours, replaced
from casepress.press.written.sheets import Face

ffi.cdef(
    "hb_blob_t * hb_blob_create (const char *data, unsigned int length, int mode, void *user_data, void *destroy);"
    "hb_face_t * hb_face_create (hb_blob_t *blob, unsigned int index);"
)  # WeasyPrint does not need them

# What only setting type needs: the PDF says where each glyph stands.
_SETTING = (b"BASE", b"DSIG", b"GPOS", b"GSUB", b"JSTF", b"VORG", b"vhea", b"vmtx")


def holding(face: Face, whole: "Whole") -> bytes:
    """A PDF that holds a face with the glyphs that it shows, and nothing else; `/Face` in its catalog is the font.

    Raises known.UnknownWeasyPrint.
    """
    font = _revived(face, whole)
    pdf, out = pydyf.PDF(), io.BytesIO()
    with replaced(Ours(fonts.Font, "_harfbuzz_subset", _smaller)):
        found = fonts.build_fonts_dictionary(pdf, {0: font}, True, True, {"hinting": False, "pdf_version": "1.7"})
    pdf.catalog["Face"] = found[face.name]
    pdf.write(out, "1.7", None, True)
    return out.getvalue()


class Whole:
    """A font file as HarfBuzz reads it, from bytes or from what is mapped into memory; `index` is the face's in a collection."""

    def __init__(self, data: bytes | mmap, index: int) -> None:
        self.data = data
        blob = harfbuzz.hb_blob_create(ffi.from_buffer(data), len(data), 1, ffi.NULL, ffi.NULL)  # 1: it is only read
        self.face = ffi.gc(harfbuzz.hb_face_create(blob, index), harfbuzz.hb_face_destroy)
        harfbuzz.hb_blob_destroy(blob)


def _revived(face: Face, whole: Whole) -> fonts.Font:
    """A font of WeasyPrint's as it was when a document showed it, from its file."""
    font, own = fonts.Font.__new__(fonts.Font), whole.face
    font.hb_face, font.file_content, font.index = own, whole.data, face.index
    font.hash, font.name, font.family = face.name, f"/{face.name}+{face.base}".encode("latin-1"), face.family
    font.weight, font.style, font.font_size, font.variations = face.weight, face.style, face.size, dict(face.variations)
    font.ascent, font.descent, font.flags, font.italic_angle, font.stemv, font.stemh = face.ascent, face.descent, face.flags, 0, 80, 80
    font.tables = _tables(own)
    font.bitmap = {"EBDT", "EBLC"} <= set(font.tables) and not harfbuzz.hb_blob_get_length(_table(own, b"glyf"))
    font.upem, font.glyph_count = harfbuzz.hb_face_get_upem(own), harfbuzz.hb_face_get_glyph_count(own)
    font.png, font.svg = harfbuzz.hb_ot_color_has_png(own), harfbuzz.hb_ot_color_has_svg(own)
    font.colr = harfbuzz.hb_version_atleast(7, 0, 0) and (harfbuzz.hb_ot_color_has_paint(own) or harfbuzz.hb_ot_color_has_layers(own))
    font.missing, font.used_in_forms = {}, False
    font.to_unicode = {glyph: text for glyph, (text, _) in face.glyphs.items()}
    font.widths = {glyph: width for glyph, (_, width) in face.glyphs.items()}
    return font


def _tables(face) -> list[str]:
    count, tags, name = ffi.new("unsigned int *", 100), ffi.new("hb_tag_t[100]"), ffi.new("char[4]")
    harfbuzz.hb_face_get_table_tags(face, 0, count, tags)
    found = []
    for tag in tags[0 : count[0]]:
        harfbuzz.hb_tag_to_string(tag, name)
        found.append(ffi.unpack(name, 4).decode())
    return found


def _table(face, name: bytes):
    return ffi.gc(harfbuzz.hb_face_reference_table(face, harfbuzz.hb_tag_from_string(name, -1)), harfbuzz.hb_blob_destroy)


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
