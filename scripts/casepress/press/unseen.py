"""Unseen: a face whose characters take no room and show nothing: the skin tones that follow an emoji (Unicode, Emoji_Modifier).

In black there is no tone to show, and a face for it draws a box; so they stay in the text and are not seen.
"""

from functools import cache

from casepress.facts.characters import SKIN_TONES
from casepress.type.truetype import font_file

FAMILY = "casepress-unseen"
CHARACTERS = tuple(map(ord, SKIN_TONES))


@cache
def face() -> bytes:
    """The face as a TrueType file, always the same bytes."""
    names = [".notdef", "space", *(f"u{code:X}" for code in CHARACTERS)]
    codes = {0x20: "space", **{code: f"u{code:X}" for code in CHARACTERS}}
    return font_file(FAMILY, 1000, names, codes, {name: (250 if name == "space" else 0, 0) for name in names}, (800, -200))
