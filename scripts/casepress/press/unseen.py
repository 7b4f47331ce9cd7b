"""Unseen: a face whose characters take no room and show nothing: the skin tones that follow an emoji (Unicode, Emoji_Modifier).

In black there is no tone to show, and a face for it draws a box; so they stay in the text and are not seen.
"""

import io
from functools import cache

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from casepress.facts.characters import SKIN_TONES

FAMILY = "casepress-unseen"
CHARACTERS = tuple(map(ord, SKIN_TONES))


@cache
def face() -> bytes:
    """The face as a TrueType file, always the same bytes."""
    names = [".notdef", "space", *(f"u{code:X}" for code in CHARACTERS)]
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder(names)
    made.setupCharacterMap({0x20: "space", **{code: f"u{code:X}" for code in CHARACTERS}})
    made.setupGlyf({name: TTGlyphPen(None).glyph() for name in names})
    made.setupHorizontalMetrics({name: (250 if name == "space" else 0, 0) for name in names})
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": FAMILY, "styleName": "Regular", "psName": FAMILY})
    made.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    made.setupPost()
    made.updateHead(created=0, modified=0)
    made.font.recalcTimestamp = False
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
