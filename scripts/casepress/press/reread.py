"""Reread: the text that a PDF of ours shows, page by page, read back from its bytes, and what its bookmarks and facts say.

Each glyph stands for what its face's ToUnicode says (ISO 32000-1, 9.10.3); glyphs in a line stand beside each other. A page whose content
was read before, in whatever file, is not read again.
"""

import hashlib
import io
import re
import sys
from array import array
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Dictionary, Name, Stream

Known = Callable[[bytes], bool]
# What moves glyphs within a row, which is no part of its words.
_BETWEEN = re.compile(rb">[-0-9. ]*<(?=[0-9a-fA-F]*>)")
_DRAWN = re.compile(
    rb"/(?:ActualText ?<(?:feff|FEFF)([0-9a-fA-F]*)>|([^\s/<>\[\]()]+) (?:[0-9.]+ (Tf)|Do))|[\n ]([-0-9.]+) Tm|<([0-9a-fA-F]*)>[-0-9. \]]*T[jJ]"
)
_NEXT = 0xFFFF  # stands between lines: no face has so many glyphs (OpenType, maxp)
_CHARS = re.compile(r"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>(?: <([0-9a-fA-F]+)>)?")


def texts(data: bytes, is_known: Known = lambda sum_: False) -> Iterator[tuple[str, str, bytes]]:
    """What a PDF shows: where (第 12 页, 书签), its words, and the sum of what was read, by which it `is_known` another time."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        faces: dict[tuple[int, int], _Table] = {}
        for nth, page in enumerate(pdf.pages, 1):
            contents = page.Contents if isinstance(page.get("/Contents"), pikepdf.Array) else [page.Contents] if "/Contents" in page else []
            for content in contents:
                raw = content.read_raw_bytes()
                sum_ = hashlib.sha256(raw).digest()[:16]
                if not is_known(sum_):
                    yield f"第 {nth} 页", "".join(_words(content, page.get("/Resources", Dictionary()), faces)), sum_
        said = "\n".join((*_titles(pdf), *(str(value) for value in pdf.docinfo.values())))
        sum_ = hashlib.sha256(said.encode()).digest()[:16]
        if not is_known(sum_):
            yield "书签和文件信息", said, sum_


class _Table(dict):
    """What each glyph of a face stands for; of what is not in it nothing is said."""

    def __init__(self) -> None:
        super().__init__({_NEXT: "\n"})

    def __missing__(self, glyph: int) -> str:
        return ""

    def words(self, rows: list[bytes]) -> str:
        """What rows of glyphs say, each in four hexadecimal figures."""
        codes = array("H", bytes.fromhex(b"".join(rows).decode("ascii")))
        if sys.byteorder == "little":
            codes.byteswap()
        return "".join(map(self.__getitem__, codes))


def _words(content: Stream, resources: Dictionary, faces: dict, depth: int = 0) -> Iterator[str]:
    """The words of a content: its rows of glyphs, a line of them each, then what stands for them when they are read aloud or copied.

    Forms that it shows are read as they come.
    """
    table, fonts = _Table(), {}
    rows, spoken, height = [], [], b""
    for actual, name, is_face, at, row in _DRAWN.findall(_BETWEEN.sub(b"", content.read_bytes())):
        if row:
            rows.append(row if not len(row) % 4 else row[: -(len(row) % 4)])
        elif at:
            if at != height:
                rows.append(b"%04x" % _NEXT)
                height = at
        elif actual:
            spoken.append(actual)
        elif is_face:
            if name not in fonts:
                font = resources.get("/Font", Dictionary()).get("/" + name.decode("latin-1"))
                fonts[name] = _table(font, faces) if font is not None else _Table()
            if fonts[name] is not table:
                yield table.words(rows)
                table, rows = fonts[name], []
        elif name and depth < 4:
            item = resources.get("/XObject", Dictionary()).get("/" + name.decode("latin-1"))
            if item is not None and item.get("/Subtype") == Name.Form:
                yield table.words(rows)
                yield "\n" + "".join(_words(item, item.get("/Resources", resources), faces, depth + 1)) + "\n"
                rows = []
    yield table.words(rows)
    yield "\n" + bytes.fromhex(b"000a".join(spoken).decode("ascii")).decode("utf-16-be", "replace")


def _table(font: Dictionary, faces: dict) -> _Table:
    """What each glyph of a font stands for."""
    key = font.objgen
    if key not in faces or key == (0, 0):
        found = _Table()
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
