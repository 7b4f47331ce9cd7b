"""Reread: the text that a PDF of ours shows, page by page, read back from its bytes, and what its bookmarks and facts say.

Each glyph stands for what its face's ToUnicode says (ISO 32000-1, 9.10.3); glyphs in a line stand beside each other. A page whose content
was read before, in whatever file, is not read again.
"""

import hashlib
import io
import re
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

import pikepdf
from pikepdf import Dictionary, Name, Stream

Known = Callable[[bytes], bool]
Share = Callable[[Callable, Iterable, tuple, Callable], Iterator]
Wanted = Sequence[tuple[int, int, bytes]]  # pages from 0, places among their contents, sums
_ROUND = 64  # contents of a job
# What moves glyphs within a row, which is no part of its words.
_BETWEEN = re.compile(rb">[-0-9. ]*<(?=[0-9a-fA-F]*>)")
_DRAWN = re.compile(
    rb"/(?:ActualText ?<(?:feff|FEFF)([0-9a-fA-F]*)>|([^\s/<>\[\]()]+) (?:[0-9.]+ (Tf)|Do))|[\n ]([-0-9.]+) Tm|<([0-9a-fA-F]*)>[-0-9. \]]*T[jJ]"
)
_NEXT = 0xFFFF  # stands between lines: no face has so many glyphs (OpenType, maxp)
_CHARS = re.compile(r"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>(?: <([0-9a-fA-F]+)>)?")


def texts(data: bytes, is_known: Known = lambda sum_: False, share: Share | None = None) -> Iterator[tuple[str, str, bytes]]:
    """What a PDF shows: where (第 12 页, 书签), its words, and the sum of what was read, by which it `is_known` another time.

    Where many contents are to be read, `share` (`workers.done`) shares them out.
    """
    with _opened(data) as pdf:
        fresh: list[tuple[int, int, bytes]] = []
        before: dict[tuple[int, int], bool] = {}  # what stands on many pages
        for nth, page in enumerate(pdf.pages):
            for at, content in enumerate(_contents(page.obj)):
                if content.objgen not in before:
                    sum_ = hashlib.sha256(content.read_raw_bytes()).digest()[:16]
                    before[content.objgen] = is_known(sum_)
                    if not before[content.objgen]:
                        fresh.append((nth, at, sum_))
        rounds = [fresh[at : at + _ROUND] for at in range(0, len(fresh), _ROUND)]
        if share and len(rounds) > 4:
            read = share(_shared, rounds, (data,), _held)
        else:
            faces: dict[tuple[int, int], _Table] = {}
            read = (_read(pdf, each, faces) for each in rounds)
        for each, words in zip(rounds, read, strict=True):
            yield from ((f"第 {nth + 1} 页", said, sum_) for (nth, _, sum_), said in zip(each, words, strict=True))
        said = "\n".join((*_titles(pdf), *(str(value) for value in pdf.docinfo.values())))
        sum_ = hashlib.sha256(said.encode()).digest()[:16]
        if not is_known(sum_):
            yield "书签和文件信息", said, sum_


def _opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


@lru_cache(maxsize=1)
def _held(data: bytes) -> tuple[pikepdf.Pdf, dict]:
    """An open PDF and the faces that were read of it, for the jobs that are shared out: whoever does them is a copy of who opened it."""
    return _opened(data), {}


def _shared(data: bytes, wanted: Wanted) -> list[str]:
    pdf, faces = _held(data)
    return _read(pdf, wanted, faces)


def _read(pdf: pikepdf.Pdf, wanted: Wanted, faces: dict) -> list[str]:
    """The words of contents, each by its page and its place among that page's contents."""
    pages = {nth: pdf.pages[nth].obj for nth, _, _ in wanted}
    return ["".join(_words(_contents(pages[nth])[at], pages[nth].get("/Resources", Dictionary()), faces)) for nth, at, _ in wanted]


def _contents(page: Dictionary) -> list[Stream]:
    found = page.get("/Contents")
    return [] if found is None else list(found) if isinstance(found, pikepdf.Array) else [found]


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
