"""Font files: what they say of themselves, which are installed here, and what a face can really show.

Only the tables that answer are read, and fontTools is told nothing of glyph names: the characters of a face of 65,000
glyphs take some 50 ms, once a run.
"""

import re
import struct
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from fontTools.pens.areaPen import AreaPen
from fontTools.pens.basePen import BasePen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont, TTLibError, newTable

SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
# One em wide in Chinese (CLREQ 3.1.2); Latin type draws them narrow.
_WIDE = "‘’“”—…，。、；：？！（）《》"
_MIDDLE = "·"  # 间隔号: half an em at least
_NAMES = (1, 4, 6, 16)  # family, full name, PostScript name, typographic family
_CMAPS = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))  # the widest first
_RESTRICTED, _NO_SUBSETS, _BITMAPS = 0x2, 0x100, 0x200  # OpenType, OS/2, fsType
# What fontTools raises where a table is not as it must be.
_BROKEN = (TTLibError, KeyError, IndexError, AttributeError, TypeError, AssertionError, struct.error, EOFError, ValueError)


class NotAFont(Exception):
    """The file is no OpenType or TrueType font, or a broken one; the message is a Chinese sentence."""


@dataclass(frozen=True)
class FontFile:
    """One face in a file: `index` is its place in a collection (.ttc), `names` are `plain`, `weight` is 400 or 700 or so.

    `obstacle` is empty, or why a book cannot be set with it, in Chinese.
    """

    path: Path
    index: int
    family: str
    names: frozenset[str]
    weight: int = 400
    version: str = ""
    obstacle: str = ""


@dataclass(frozen=True)
class Installed:
    """A face that this machine has, with its `plain` names; nothing of its file has been read yet."""

    path: Path
    index: int
    names: frozenset[str]


def plain(name: str) -> str:
    """A name as it is compared: 方正小标宋_GBK = 方正小标宋-GBK, LXGW WenKai = LXGWWenKai."""
    return re.sub(r"[\s_-]+", "", name).casefold()


def read_faces(path: Path) -> tuple[FontFile, ...]:
    """The faces of a font file. Raises NotAFont, OSError."""
    with path.open("rb") as file:
        head = file.read(12)
    if len(head) < 12 or head[:4] not in (b"ttcf", b"OTTO", b"true", b"\0\1\0\0"):
        raise NotAFont("不是 TrueType 或 OpenType 字体")
    count = struct.unpack(">L", head[8:12])[0] if head[:4] == b"ttcf" else 1
    return tuple(read_face(path, index) for index in range(min(count, 64)))


def read_face(path: Path, index: int) -> FontFile:
    """One face of a font file. Raises NotAFont, OSError."""
    return _read_face(path, index, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _read_face(path: Path, index: int, changed: int) -> FontFile:
    try:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            table = font["name"]
            names = [record.toUnicode(errors="replace").strip("\0 ") for record in table.names if record.nameID in _NAMES]
            family = table.getBestFamilyName() or (names[0] if names else path.stem)
            version = re.search(r"\d+(?:\.\d+)+", table.getDebugName(5) or "")
            about = font["OS/2"]
            obstacle = _obstacle(about.fsType, font)
            weight = about.usWeightClass
    except _BROKEN as reason:
        raise NotAFont("字体文件不完整或已损坏") from reason
    return FontFile(path, index, family, frozenset(map(plain, names)), weight, version[0] if version else "", obstacle)


def _obstacle(rights: int, font: TTFont) -> str:
    # The lowest four bits exclude each other; where an old font sets several, the most generous holds.
    if rights & 0xF == _RESTRICTED:
        return "它的许可不准嵌入 PDF（fsType 为 2，受限）"
    if rights & _NO_SUBSETS:
        return "它的许可不准只嵌入用到的字（fsType 含 0x0100）"
    if rights & _BITMAPS or not {"CFF ", "glyf"} & set(font.keys()):
        return "它没有可以嵌入的轮廓"
    return "它是可变字体，请换成固定粗细的字体文件" if "fvar" in font else ""


def installed() -> tuple[Installed, ...]:
    """The faces that fontconfig knows and those beside this Python (where scripts/build puts some), in a stable order."""
    found = []
    parts = ("%{file}", "%{index}", "%{variable}", "%{slant}", "%{family}", "%{fullname}", "%{postscriptname}")
    try:
        listed = subprocess.run(["fc-list", "--format", "\t".join(parts) + "\n"], capture_output=True, check=False).stdout
    except OSError:
        listed = b""
    for line in listed.decode("utf-8", "replace").splitlines():
        file, index, variable, slant, *names = line.split("\t")
        if file.lower().endswith(SUFFIXES) and variable == "False" and slant == "0" and int(index) < 0x10000:
            words = frozenset(plain(name) for listed in names for name in listed.replace("\\", "").split(","))
            found.append(Installed(Path(file), int(index), words))
    known = {each.path for each in found}
    for path in font_paths(Path(sys.prefix) / "share" / "fonts"):
        with suppress(NotAFont):
            found += [Installed(path, face.index, face.names) for face in read_faces(path) if path not in known]
    return tuple(sorted(found, key=lambda each: (each.path, each.index)))


def font_paths(folder: Path) -> tuple[Path, ...]:
    """The font files of a folder, by name."""
    if not folder.is_dir():
        return ()
    return tuple(sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file()))


def others(folder: Path) -> tuple[Path, ...]:
    """What else lies in a folder of fonts, by name: fonts for the web, archives, folders; no texts about them."""
    if not folder.is_dir():
        return ()
    texts = (".md", ".txt", ".pdf", ".html", ".yml")
    return tuple(sorted(p for p in folder.iterdir() if p.suffix.lower() not in (*SUFFIXES, *texts) and not p.name.startswith((".", "LICENSE"))))


def characters(face: FontFile) -> frozenset[int]:
    """The code points that a face has a glyph of its own for. Raises NotAFont."""
    return _characters(face.path, face.index, face.path.stat().st_mtime_ns)


def unfit(face: FontFile) -> frozenset[str]:
    """The Chinese marks that a face has, but too narrow or not in their place. Raises NotAFont."""
    return _unfit(face.path, face.index, face.path.stat().st_mtime_ns)


def darkness(face: FontFile) -> float:
    """How much of their em squares some common characters fill with ink, in parts of 1; 1 where that cannot be told."""
    return _darkness(face.path, face.index, face.path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _characters(path: Path, index: int, changed: int) -> frozenset[int]:
    glyphs = _glyphs(path, index, changed)
    # Some fonts show one and the same box for many characters instead of leaving them out.
    shared = Counter(glyph for code, glyph in glyphs.items() if 0x3400 <= code <= 0x9FFF)
    boxes = {glyph for glyph, times in shared.items() if times > 16}
    return frozenset(code for code, glyph in glyphs.items() if glyph and glyph not in boxes)


@lru_cache(maxsize=64)
def _glyphs(path: Path, index: int, changed: int) -> Mapping[int, int]:
    """The glyph number of each code point, as the face's best table says."""
    try:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            table = newTable("cmap")
            table.decompile(font.reader["cmap"], _Numbers())
            best = next((found for kind in _CMAPS if (found := table.getcmap(*kind))), None)
            return MappingProxyType(dict(best.cmap) if best else {})
    except _BROKEN as reason:
        raise NotAFont("字体文件不完整或已损坏") from reason


class _Numbers:
    """Stands in for a font where fontTools asks for glyph names: a glyph's name is its number."""

    lazy = True

    def getGlyphName(self, number: int) -> int:
        return number

    def getGlyphNameMany(self, numbers: Iterable[int]) -> list[int]:
        return list(numbers)


@lru_cache(maxsize=64)
def _unfit(path: Path, index: int, changed: int) -> frozenset[str]:
    glyphs = _glyphs(path, index, changed)
    try:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            has = [mark for mark in _WIDE + _MIDDLE if ord(mark) in glyphs]
            return frozenset(mark for mark in has if not _fits(font, mark, glyphs[ord(mark)]))
    except _BROKEN:
        return frozenset()  # outlines that cannot be judged here are left to the layout


def _fits(font: TTFont, mark: str, glyph: int) -> bool:
    """Whether a mark is as wide as Chinese wants it, and its ink stands where it must."""
    em, count = font["head"].unitsPerEm, font["hhea"].numberOfHMetrics
    advance = struct.unpack_from(">H", font.reader["hmtx"], 4 * min(glyph, count - 1))[0] / em
    if advance < (0.45 if mark == _MIDDLE else 0.8):
        return False
    if mark not in "—…·":
        return True
    left, low, right, high = (edge / em for edge in _ink(font, glyph))
    if mark == "—":  # —— is one stroke; a dash shorter than an em has a glyph that joins two of them
        return advance < 0.95 or (left < 0.04 and right > 0.96)
    if mark == "…":  # six dots stand evenly
        return right - left > 0.7 * advance
    return 0.3 < (low + high) / 2 < 0.46  # 间隔号 stands in the middle of a character


def _ink(font: TTFont, glyph: int) -> tuple[float, float, float, float]:
    """The bounds of a glyph's outline, in the font's units; zeros where it has none."""
    if "glyf" in font:
        wide = font["head"].indexToLocFormat
        start, end = struct.unpack_from(">LL" if wide else ">HH", font.reader["loca"], glyph * (4 if wide else 2))
        return struct.unpack_from(">hhhh", font.reader["glyf"], start * (1 if wide else 2) + 2) if end > start else (0, 0, 0, 0)
    pen = BoundsPen(None)
    _draw(font, glyph, pen)
    return pen.bounds or (0, 0, 0, 0)


def _draw(font: TTFont, glyph: int, pen: BasePen) -> None:
    """Draw a glyph's outline by its number."""
    if "glyf" in font:
        pen.glyphSet = shapes = font.getGlyphSet()
        shapes[font.getGlyphName(glyph)].draw(pen)
        return
    top = font["CFF "].cff.topDictIndex[0]
    outline = top.CharStrings.charStringsIndex[glyph]
    if hasattr(top, "ROS"):
        outline.private = top.FDArray[top.FDSelect[glyph]].Private
    outline.draw(pen)


@lru_cache(maxsize=64)
def _darkness(path: Path, index: int, changed: int) -> float:
    glyphs = _glyphs(path, index, changed)
    numbers = [glyphs[ord(character)] for character in "中国书事永" if ord(character) in glyphs]
    areas = []
    try:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            for number in numbers:
                pen = AreaPen(None)
                _draw(font, number, pen)
                areas.append(abs(pen.value) / font["head"].unitsPerEm ** 2)
    except _BROKEN:
        return 1.0
    return sum(areas) / len(areas) if areas else 1.0
