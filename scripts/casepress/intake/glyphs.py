"""Glyphs: which letters of fonts of symbols, and which fields, are a box that is ticked or empty."""

import re

from casepress.intake.wordxml import W, on

TICK, BOX = "☑", "☐"
# Which letters of a font of symbols are a ticked box, and an empty one (the glyphs of Microsoft's Wingdings and Wingdings 2;
# R and £ under Wingdings are what forms have whose font was changed by hand).
TICKS = {"wingdings": {0xFE, 0xFD, 0xFC, 0x52}, "wingdings 2": {0x52, 0x53, 0x54, 0x51, 0x50, 0xA2}}
BOXES = {"wingdings": {0xA8, 0x6F, 0x71, 0x72, 0xA3}, "wingdings 2": {0xA3, 0x30, 0x2A}}
_ENCLOSED = re.compile(r"\beq\s*\\o\s*(?:\\a[clr])?\s*\(\s*[□☐○■]?\s*[,，;]\s*([^)]*)\)", re.IGNORECASE)
_MARKS = "√✓✔☑■●×✗✕"


def sign(font: str, code: int) -> str | None:
    """The character for a letter of a font of symbols: ☑, ☐, another one that shows itself, or None."""
    code, font = code & 0xFF if 0xF000 <= code <= 0xF0FF else code, font.casefold()
    if code in TICKS.get(font, ()):
        return TICK
    if code in BOXES.get(font, ()):
        return BOX
    return chr(code) if font not in TICKS and font != "symbol" and code >= 0x20 and not 0xE000 <= code <= 0xF8FF else None


def said_by(code: str, box) -> str | None:
    """What a field says by its code alone: a box, or a mark drawn over one."""
    if box is not None or re.match(r"\s*FORMCHECKBOX", code):
        if box is None:
            return BOX
        checked, usual = box.find(f"{W}checked"), box.find(f"{W}default")
        return TICK if (on(checked) if checked is not None else on(usual)) else BOX
    found = _ENCLOSED.search(code)
    if found:
        return TICK if any(mark in found[1] for mark in _MARKS) else found[1]
    return None
