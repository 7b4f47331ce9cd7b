"""Raised: figures above and below the line that a face lacks, drawn from its own: ⁶ of its 6, ₂ of its 2.

Few Chinese faces have all of them; of 10⁻⁶ and x¹⁰ each sign would come from another face, of another size. A face that has not
all raised figures (or not all lowered ones) has none for us: they are made of its own, in one size, and with stems as strong as those of
the text. Every one is a glyph of its own with its own meaning, so texts are read as they were written.
"""

import gc
from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from casepress.facts.characters import LOWERED, RAISED
from casepress.facts.filesums import stamp
from casepress.facts.store import Store
from casepress.type import glyphs
from casepress.type.fontfiles import FontFile, NotAFont
from casepress.type.judged import judged
from casepress.type.truetype import font_file

_ABOVE = dict(zip(RAISED, "0123456789+−=()ni", strict=True))
_BELOW = dict(zip(LOWERED, "0123456789+−=()aeoxhklmnpst", strict=True))
_CORE = 12  # of each, the first that a face must have: the figures, plus and minus
_SIZE = 0.6  # of the figures of the line
_TOP, _FOOT = 1.06, -0.2  # where raised ones end and lowered ones begin, in heights of a figure from the base line
REGULAR, BOLD = 16, 30  # what a stem gains, in thousandths of an em, for it was made small with all else
_INSTEAD = {"−": "–-"}


def made(face: FontFile) -> frozenset[str]:
    """The characters that are made of a face's own. None where it has all, or lacks the figures that they would be made of."""
    has = glyphs.characters(face)
    if not all(ord(figure) in has for figure in "0123456789"):
        return frozenset()
    wanted = (signs for signs in (_ABOVE, _BELOW) if any(ord(sign) not in has for sign in tuple(signs)[:_CORE]))
    return frozenset(sign for signs in wanted for sign, source in signs.items() if _source(source, has))


def drawn(path: Path, index: int, gain: int, store: Store) -> bytes:
    """A TrueType file of the characters that `made` names of any face, drawn from one of a file, their stems stronger by `gain`
    thousandths of an em; always the same bytes. Raises NotAFont, OSError."""
    return _kept(path, index, gain, stamp(path.stat()), store)


@lru_cache(maxsize=32)
def _kept(path: Path, index: int, gain: int, stamped: str, store: Store) -> bytes:
    return b64decode(judged(path, index, store, f"raised {gain}", partial(_written, gain=gain)))


def _written(path: Path, index: int, gain: int) -> str:
    return b64encode(_drawn(path, index, gain)).decode()


def _source(character: str, has: Collection[int]) -> str:
    """The character of a face that one is drawn from; empty where there is none."""
    return next((each for each in (character, *_INSTEAD.get(character, "")) if ord(each) in has), "")


@dataclass(frozen=True)
class _Signs:
    """What figures are drawn from: the outline and the width of each, in units of an em of the face, as they are before they are made small."""

    em: int
    high: float  # of a figure
    line: tuple[int, int]  # how far a line reaches above the base line and below it
    is_quadratic: bool
    space: int
    drawn: Mapping[str, tuple[tuple, float]]  # what a pen does for each character, and how wide it is


@lru_cache(maxsize=32)
def _signs(path: Path, index: int, stamped: str) -> _Signs:
    """The figures of a face, read once for all strengths. Raises NotAFont, OSError."""
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.ttLib import TTFont

    from casepress.type.fontfiles import broken

    try:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            cmap, shapes, em = font.getBestCmap(), font.getGlyphSet(), font["head"].unitsPerEm
            bounds = BoundsPen(shapes)
            shapes[cmap[ord("0")]].draw(bounds)
            drawn = {}
            for source in {_source(sign, cmap.keys()) for sign in (*_ABOVE.values(), *_BELOW.values())} - {""}:
                lines, glyph = DecomposingRecordingPen(shapes), shapes[cmap[ord(source)]]
                glyph.draw(lines)
                drawn[source] = (tuple(lines.value), glyph.width)
            space = round(shapes[cmap[0x20]].width) if 0x20 in cmap else em // 4
            return _Signs(em, bounds.bounds[3], (font["hhea"].ascent, font["hhea"].descent), "glyf" in font, space, drawn)
    except broken() as reason:
        raise NotAFont("这款字体的数字画不出来") from reason
    finally:
        gc.collect(0)  # the tables of a face know each other: 50 MB of each


def _drawn(path: Path, index: int, gain: int) -> bytes:
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.recordingPen import RecordingPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    from casepress.type.fontfiles import broken

    found = _signs(path, index, stamp(path.stat()))
    em, added = found.em, found.em * gain / 1000
    try:
        names = [".notdef", "space"]  # Pango takes a space from the face of what stands before it
        outlines, codes = {}, dict.fromkeys((0x20, 0xA0), "space")
        widths = {name: (found.space, 0) for name in names}
        for signs, shift in ((_ABOVE, found.high * (_TOP - _SIZE)), (_BELOW, found.high * _FOOT)):
            for sign, wanted in signs.items():
                source = _source(wanted, frozenset(map(ord, found.drawn)))
                if not source:
                    continue
                name, pen, lines = f"u{ord(sign):04X}", TTGlyphPen(None), RecordingPen()
                lines.value, width = found.drawn[source]
                lines.replay(TransformPen(Cu2QuPen(pen, em / 1000, reverse_direction=not found.is_quadratic), (_SIZE, 0, 0, _SIZE, 0, shift)))
                names.append(name)
                outlines[name], codes[ord(sign)] = _stronger(pen.glyph(), added), name
                widths[name] = round(width * _SIZE + added), 0
        for name, outline in outlines.items():
            with suppress(AttributeError):
                outline.recalcBounds(None)
                widths[name] = widths[name][0], outline.xMin
        return font_file("casepress-raised", em, names, codes, widths, found.line, outlines)
    except broken() as reason:
        raise NotAFont("这款字体的数字画不出来") from reason


def _stronger(outline, gain: float):
    """An outline whose stems have gained so much: each of its points moved out by half of it, the whole to the right as much."""
    start, points = 0, outline.coordinates
    for end in outline.endPtsOfContours:
        own = [complex(*point) for point in points[start : end + 1]]
        places = [each for nth, each in enumerate(own) if each != own[nth - 1]]
        moved = {}
        for nth, place in enumerate(places):
            before, behind = place - places[nth - 1], places[(nth + 1) % len(places)] - place
            before, behind = before / abs(before), behind / abs(behind)
            along = 1 + (before * behind.conjugate()).real
            moved[place] = (before + behind) * 1j * gain / 2 / along if along > 0.3 else (before + behind) * 1j * gain / 2
        for nth, place in enumerate(own, start):
            found = place + moved.get(place, 0) + gain / 2
            points[nth] = round(found.real), round(found.imag)
        start = end + 1
    return outline
