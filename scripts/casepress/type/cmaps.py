"""Cmaps: the characters that a face shows, from the one table that says so (OpenType, cmap).

Wide tables (format 12) are read as they stand, row by row; the others are left to fontTools, which is told nothing of glyph
names.
"""

import re
import struct
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from casepress.facts.characters import HAN
from casepress.type.fontfiles import NotAFont, broken

_HAN = re.compile(f"[{HAN}]+")
_CMAPS = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))  # the widest first
_BOX = 16  # more Chinese characters than these with one glyph are an empty box


def rows(path: Path, index: int) -> tuple[int, ...]:
    """The characters of a face, as the first and the last of each row without a gap. Raises NotAFont, OSError."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            table = font.reader["cmap"]
        groups = _groups(table)
        if groups is not None and max(Counter(chain.from_iterable(map(_glyphs, groups))).values(), default=0) <= _BOX:
            return _joined((first + (not glyph), last) for first, last, glyph in groups)
        return _joined((code, code) for code in _shown(_table(table)))
    except broken() as reason:
        raise NotAFont("字体文件不完整或已损坏") from reason


def _groups(table: bytes) -> Sequence[tuple[int, int, int]] | None:
    """The rows (first character, last one, glyph of the first) of the best part of a table; None where it is not of format 12."""
    kinds = {(kind, of): at for kind, of, at in struct.iter_unpack(">HHL", table[4 : 4 + 8 * struct.unpack_from(">H", table, 2)[0]])}
    at = next((kinds[kind] for kind in _CMAPS if kind in kinds), None)
    if at is None or struct.unpack_from(">H", table, at)[0] != 12:
        return None
    start = at + 16
    groups = list(struct.iter_unpack(">LLL", table[start : start + 12 * struct.unpack_from(">L", table, at + 12)[0]]))
    ends = [-1, *chain.from_iterable(group[:2] for group in groups)]
    return groups if ends == sorted(ends) and ends[-1] <= 0x10FFFF else None


def _glyphs(group: tuple[int, int, int]) -> range:
    first, last, glyph = group
    return range(glyph, glyph + last - first + 1)


def _joined(found: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Rows in their order, joined where one follows the other without a gap."""
    joined: list[int] = [-9]
    for first, last in found:
        if last < first:
            continue
        if joined[-1] == first - 1:
            joined[-1] = last
        else:
            joined += (first, last)
    return tuple(joined[1:])


def _table(data: bytes) -> Mapping[int, int]:
    """The glyph number of each code point, as the best part of a table says."""
    from fontTools.ttLib import newTable

    table = newTable("cmap")
    table.decompile(data, _Numbers())
    best = next((found for kind in _CMAPS if (found := table.getcmap(*kind))), None)
    return best.cmap if best else {}


def _shown(glyphs: Mapping[int, int]) -> list[int]:
    """The code points that are shown. Some fonts show one and the same box for many characters instead of leaving them out."""
    shared = Counter(glyphs[ord(c)] for run in _HAN.findall("".join(map(chr, glyphs))) for c in run)
    boxes = {glyph for glyph, times in shared.items() if times > _BOX}
    return sorted(code for code, glyph in glyphs.items() if glyph and glyph not in boxes)


class _Numbers:
    """Stands in for a font where fontTools asks for glyph names: a glyph's name is its number."""

    lazy = True

    def getGlyphName(self, number: int) -> int:
        return number

    def getGlyphNameMany(self, numbers: Iterable[int]) -> list[int]:
        return list(numbers)
