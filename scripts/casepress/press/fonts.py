"""Fonts: what a finished PDF says of the faces that it holds, and how bare it holds them."""

import hashlib
import io

from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Name, Pdf


def tagged(pdf: Pdf) -> None:
    """Fonts as a PDF wants them: OpenType ones become bare, and each subset has a tag of its own (ISO 32000-1, 9.6.4).

    WeasyPrint tags a face by its name; but the page numbers of a book bring a second subset of a face along. A tag is made of
    what it stands for, so the same subset has the same one whenever it is written.
    """
    whole = []
    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/FontDescriptor" in item:
            descriptor = item.FontDescriptor
            file = next((descriptor[key] for key in ("/FontFile3", "/FontFile2", "/FontFile") if key in descriptor), None)
            if file is None:
                continue
            if file.get("/Subtype") == Name.OpenType and item.get("/Subtype") == Name.CIDFontType0:
                file.write(_bare(file.read_bytes()))
                file.Subtype = Name.CIDFontType0C
            plain = str(descriptor.FontName).lstrip("/").rpartition("+")[2]
            item.BaseFont = descriptor.FontName = Name(f"/{_tag(plain, file.read_bytes())}+{plain}")
        elif isinstance(item, Dictionary) and item.get("/Subtype") == Name.Type0:
            whole.append(item)
    for font in whole:
        font.BaseFont = font.DescendantFonts[0].BaseFont


def _tag(name: str, program: bytes) -> str:
    """Six capital letters for a subset of a face."""
    return "".join(chr(65 + byte % 26) for byte in hashlib.sha256(name.encode() + b"\0" + program).digest()[:6])


def _bare(data: bytes) -> bytes:
    """An OpenType font's glyphs alone, its table `CFF `: smaller, and what every PDF reader since 1.3 knows (ISO 32000-1, 9.9)."""
    return TTFont(io.BytesIO(data)).reader["CFF "]
