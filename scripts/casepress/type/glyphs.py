"""Glyphs: what a face can really show: its characters, its Chinese marks that are not as they must be, how dark it is.

Each is a pure function of one face of one file. Only the tables that answer are read, and fontTools is told nothing of
glyph names: the characters of a face of 65,000 glyphs take some 50 ms, once for a file (`judged`).
"""

import re
import struct
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from casepress.facts.characters import FULL_WIDTH, HAN, QUOTES
from casepress.facts.store import Store
from casepress.type.fontfiles import FontFile, NotAFont, broken, installed, read_face
from casepress.type.judged import judged

if TYPE_CHECKING:  # fontTools is loaded for a font that is not known yet
    from fontTools.pens.basePen import BasePen
    from fontTools.ttLib import TTFont

# One em wide in Chinese (CLREQ 3.1.2); Latin type draws them narrow.
_WIDE = QUOTES + "—…" + FULL_WIDTH
_MIDDLE = "·"  # 间隔号: half an em at least
_HAN = re.compile(f"[{HAN}]+")
_CMAPS = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))  # the widest first


def having(wanted: frozenset[str]) -> dict[str, str]:
    """For each of some characters the family of an installed face that has it and may be embedded, where there is one.

    Every face is read for it: this is for telling people what to do, not for setting a book.
    """
    found: dict[str, str] = {}
    read: set[Path] = set()
    for each in installed() if wanted else ():
        if each.path not in read and wanted - found.keys():
            read.add(each.path)
            with suppress(NotAFont, OSError):
                face = read_face(each.path, each.index)
                has = frozenset() if face.obstacle else characters(face)
                found.update({character: face.family for character in wanted - found.keys() if ord(character) in has})
    return found


def characters(face: FontFile) -> frozenset[int]:
    """The code points that a face has a glyph of its own for. Raises NotAFont."""
    return _characters(face.path, face.index, face.path.stat().st_mtime_ns, face.store)


def unfit(face: FontFile) -> frozenset[str]:
    """The Chinese marks that a face has, but too narrow or not in their place. Raises NotAFont."""
    return _unfit(face.path, face.index, face.path.stat().st_mtime_ns, face.store)


def darkness(face: FontFile) -> float:
    """How much of their em squares some common characters fill with ink, in parts of 1; 1 where that cannot be told."""
    return _darkness(face.path, face.index, face.path.stat().st_mtime_ns, face.store)


@lru_cache(maxsize=64)
def _characters(path: Path, index: int, changed: int, store: Store) -> frozenset[int]:
    rows = judged(path, index, store, "characters", _rows)
    return frozenset(chain.from_iterable(range(first, last + 1) for first, last in zip(rows[::2], rows[1::2], strict=True)))


def _rows(path: Path, index: int) -> tuple[int, ...]:
    """The characters of a face, as the first and the last of each row without a gap."""
    glyphs = _glyphs(path, index, path.stat().st_mtime_ns)
    # Some fonts show one and the same box for many characters instead of leaving them out.
    shared = Counter(glyphs[ord(c)] for run in _HAN.findall("".join(map(chr, glyphs))) for c in run)
    boxes = {glyph for glyph, times in shared.items() if times > 16}
    shown = sorted(code for code, glyph in glyphs.items() if glyph and glyph not in boxes)
    rows: list[int] = []
    for code in shown:
        if rows and rows[-1] == code - 1:
            rows[-1] = code
        else:
            rows += (code, code)
    return tuple(rows)


@lru_cache(maxsize=64)
def _glyphs(path: Path, index: int, changed: int) -> Mapping[int, int]:
    """The glyph number of each code point, as the face's best table says."""
    from fontTools.ttLib import TTFont, newTable

    try:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            table = newTable("cmap")
            table.decompile(font.reader["cmap"], _Numbers())
            best = next((found for kind in _CMAPS if (found := table.getcmap(*kind))), None)
            return MappingProxyType(dict(best.cmap) if best else {})
    except broken() as reason:
        raise NotAFont("字体文件不完整或已损坏") from reason


class _Numbers:
    """Stands in for a font where fontTools asks for glyph names: a glyph's name is its number."""

    lazy = True

    def getGlyphName(self, number: int) -> int:
        return number

    def getGlyphNameMany(self, numbers: Iterable[int]) -> list[int]:
        return list(numbers)


@lru_cache(maxsize=64)
def _unfit(path: Path, index: int, changed: int, store: Store) -> frozenset[str]:
    return frozenset(judged(path, index, store, "unfit", _misfits))


def _misfits(path: Path, index: int) -> tuple[str, ...]:
    from fontTools.ttLib import TTFont

    glyphs = _glyphs(path, index, path.stat().st_mtime_ns)
    try:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            has = [mark for mark in _WIDE + _MIDDLE if ord(mark) in glyphs]
            return tuple(mark for mark in has if not _fits(font, mark, glyphs[ord(mark)]))
    except broken():
        return ()  # outlines that cannot be judged here are left to the layout


def _fits(font: "TTFont", mark: str, glyph: int) -> bool:
    """Whether a mark is as wide as Chinese wants it, and its ink stands where it must."""
    em, count = font["head"].unitsPerEm, font["hhea"].numberOfHMetrics
    advance = struct.unpack_from(">H", font.reader["hmtx"], 4 * min(glyph, count - 1))[0] / em
    if advance < (0.45 if mark == _MIDDLE else 0.8):
        return False
    if mark not in "—…" + _MIDDLE:
        return True
    left, low, right, high = (edge / em for edge in _ink(font, glyph))
    if mark == "—":  # —— is one stroke; a dash shorter than an em has a glyph that joins two of them
        return advance < 0.95 or (left < 0.04 and right > 0.96)
    if mark == "…":  # six dots stand evenly
        return right - left > 0.7 * advance
    return 0.3 < (low + high) / 2 < 0.46  # 间隔号 stands in the middle of a character


def _ink(font: "TTFont", glyph: int) -> tuple[float, float, float, float]:
    """The bounds of a glyph's outline, in the font's units; zeros where it has none."""
    if "glyf" in font:
        wide = font["head"].indexToLocFormat
        start, end = struct.unpack_from(">LL" if wide else ">HH", font.reader["loca"], glyph * (4 if wide else 2))
        return struct.unpack_from(">hhhh", font.reader["glyf"], start * (1 if wide else 2) + 2) if end > start else (0, 0, 0, 0)
    from fontTools.pens.boundsPen import BoundsPen

    pen = BoundsPen(None)
    _draw(font, glyph, pen)
    return pen.bounds or (0, 0, 0, 0)


def _draw(font: "TTFont", glyph: int, pen: "BasePen") -> None:
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
def _darkness(path: Path, index: int, changed: int, store: Store) -> float:
    return judged(path, index, store, "darkness", _ink_share)


def _ink_share(path: Path, index: int) -> float:
    from fontTools.pens.areaPen import AreaPen
    from fontTools.ttLib import TTFont

    glyphs = _glyphs(path, index, path.stat().st_mtime_ns)
    numbers = [glyphs[ord(character)] for character in "中国书事永" if ord(character) in glyphs]
    areas = []
    try:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            for number in numbers:
                pen = AreaPen(None)
                _draw(font, number, pen)
                areas.append(abs(pen.value) / font["head"].unitsPerEm ** 2)
    except broken():
        return 1.0
    return sum(areas) / len(areas) if areas else 1.0
