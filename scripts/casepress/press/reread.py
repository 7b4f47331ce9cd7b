"""Reread: the text that a PDF of ours shows, page by page, read back from its bytes, and what its bookmarks and facts say.

Each glyph stands for what its face's ToUnicode says (ISO 32000-1, 9.10.3); glyphs in a line stand beside each other. A page whose content
was read before, in whatever file, is not read again.
"""

import hashlib
import io
import re
import struct
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Dictionary, Name, Stream

Known = Callable[[bytes], bool]
_DRAWN = re.compile(
    rb"/([^\s/<>\[\]()]+) [0-9.]+ Tf|([-0-9.]+) Tm|\[((?:<[0-9a-fA-F]*>|[-0-9. ]+)*)\] ?TJ|<([0-9a-fA-F]+)> ?Tj|/([^\s/<>\[\]()]+) Do|/ActualText ?<(?:feff|FEFF)([0-9a-fA-F]*)>"
)
_HEX = re.compile(rb"<([0-9a-fA-F]*)>")
_CHARS = re.compile(r"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>(?: <([0-9a-fA-F]+)>)?")


def texts(data: bytes, is_known: Known = lambda sum_: False) -> Iterator[tuple[str, str, bytes]]:
    """What a PDF shows: where (第 12 页, 书签), its words, and the sum of what was read, by which it `is_known` another time."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        faces: dict[tuple[int, int], dict[int, str]] = {}
        for nth, page in enumerate(pdf.pages, 1):
            contents = page.Contents if isinstance(page.get("/Contents"), pikepdf.Array) else [page.Contents] if "/Contents" in page else []
            for content in contents:
                raw = content.read_raw_bytes()
                sum_ = hashlib.sha256(raw).digest()[:16]
                if not is_known(sum_):
                    yield f"第 {nth} 页", "\n".join(_words(content, page.get("/Resources", Dictionary()), faces)), sum_
        said = "\n".join((*_titles(pdf), *(str(value) for value in pdf.docinfo.values())))
        sum_ = hashlib.sha256(said.encode()).digest()[:16]
        if not is_known(sum_):
            yield "书签和文件信息", said, sum_


def _words(content: Stream, resources: Dictionary, faces: dict, depth: int = 0) -> Iterator[str]:
    """The words of a content, a line of them each; forms that it shows are read as they come."""
    table: dict[int, str] = {}
    line, height = [], b""
    for name, at, row, single, form, actual in _DRAWN.findall(content.read_bytes()):
        if name:
            font = resources.get("/Font", Dictionary()).get("/" + name.decode("latin-1"))
            table = _table(font, faces) if font is not None else {}
        elif at:
            if at != height:
                yield "".join(line)
                line, height = [], at
        elif row or single:
            codes = bytes.fromhex((b"".join(_HEX.findall(row)) if row else single).decode("ascii"))
            line += [table.get(code, "") for code in struct.unpack(f">{len(codes) // 2}H", codes[: len(codes) // 2 * 2])]
        elif actual:
            yield bytes.fromhex(actual.decode("ascii")).decode("utf-16-be", "replace")
        elif form and depth < 4:
            item = resources.get("/XObject", Dictionary()).get("/" + form.decode("latin-1"))
            if item is not None and item.get("/Subtype") == Name.Form:
                yield from _words(item, item.get("/Resources", resources), faces, depth + 1)
    yield "".join(line)


def _table(font: Dictionary, faces: dict) -> dict[int, str]:
    """What each glyph of a font stands for."""
    key = font.objgen
    if key not in faces or key == (0, 0):
        found: dict[int, str] = {}
        source = font.ToUnicode.read_bytes().decode("latin-1") if "/ToUnicode" in font else ""
        for block in re.findall(r"beginbf(?:char|range)(.*?)endbf", source, re.DOTALL):
            for first, second, third in _CHARS.findall(block):
                if third:
                    for step, code in enumerate(range(int(first, 16), int(second, 16) + 1)):
                        found[code] = chr(int(third, 16) + step)
                else:
                    found[int(first, 16)] = bytes.fromhex(second).decode("utf-16-be", "replace")
        faces[key] = found
    return faces[key]


def _titles(pdf: pikepdf.Pdf) -> Iterator[str]:
    def below(item: Dictionary | None) -> Iterator[str]:
        while item is not None:
            yield str(item.get("/Title", ""))
            yield from below(item.get("/First"))
            item = item.get("/Next")

    if "/Outlines" in pdf.Root:
        yield from below(pdf.Root.Outlines.get("/First"))
