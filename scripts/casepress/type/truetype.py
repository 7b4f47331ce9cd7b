"""TrueType: a small face of our own as a file, always the same bytes."""

import io
from collections.abc import Mapping, Sequence
from typing import Any


def font_file(
    family: str, em: int, names: Sequence[str], codes: Mapping[int, str], widths: Mapping[str, tuple[int, int]], line: tuple[int, int],
    outlines: Mapping[str, Any] = {},
) -> bytes:  # fmt: skip
    """A face of glyphs by their names, in order. `codes` says which shows a character, `widths` how wide each is and where it begins,
    `line` how far lines reach above and below (the latter negative), all in units of which `em` make one. A glyph without an outline of
    fontTools shows nothing."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    ascent, descent = line
    made = FontBuilder(em, isTTF=True)
    made.setupGlyphOrder(list(names))
    made.setupCharacterMap(dict(codes))
    made.setupGlyf({name: outlines.get(name) or TTGlyphPen(None).glyph() for name in names})
    made.setupHorizontalMetrics(dict(widths))
    made.setupHorizontalHeader(ascent=ascent, descent=descent)
    made.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family})
    made.setupOS2(sTypoAscender=ascent, sTypoDescender=descent, usWinAscent=max(0, ascent), usWinDescent=max(0, -descent))
    made.setupPost()
    made.updateHead(created=0, modified=0)
    made.font.recalcTimestamp = False
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
