"""Glyphs: the characters that letters of fonts of symbols show, and what fields say by their code alone.

Source: the glyphs of Microsoft's Wingdings, Wingdings 2, Webdings and Adobe's Symbol; ECMA-376 part 1, 17.16 (fields).
"""

import re

from casepress.facts.characters import CHECKS, CROSSES, FILLED
from casepress.intake.wordxml import W, on, val

TICK, BOX = "☑", "☐"
# R and £ under Wingdings are what forms have whose font was changed by hand.
TICKS = {"wingdings": {0xFE, 0xFD, 0xFC, 0x52}, "wingdings 2": {0x52, 0x53, 0x54, 0x51, 0x50, 0xA2}, "webdings": {0x61, 0x72}}
BOXES = {"wingdings": {0xA8, 0x6F, 0x71, 0x72, 0xA3}, "wingdings 2": {0xA3, 0x30, 0x2A}, "webdings": {0x63}}
_SHOWN = {
    "wingdings": {0x6C: "●", 0x6E: "■", 0xA1: "○", 0xA4: "◉", 0x75: "◆", 0x76: "❖", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓",
                  0xFB: "✗", 0x28: "☎", 0x2A: "✉", 0x9E: "·", 0x9F: "•"}
    | {0x80 + n: "⓪①②③④⑤⑥⑦⑧⑨⑩"[n] for n in range(11)} | {0x8C + n: "❶❷❸❹❺❻❼❽❾❿"[n] for n in range(10)},
    "wingdings 2": {0x4F: "✗", 0x97: "●", 0xA1: "■", 0x99: "○"},
    "webdings": {0x67: "■", 0x6E: "●"},
    "symbol": {0xD6: "√", 0xB4: "×", 0xB7: "•", 0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB0: "°", 0xAE: "→", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞", 0x7E: "~"}
    | dict(zip((*range(0x41, 0x5B), *range(0x61, 0x7B)), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
}  # fmt: skip
_PROMPT = re.compile(r"单击|点击|请(?:输入|选择|填写)|[Cc]lick")


def sign(font: str, code: int) -> str | None:
    """The character for a letter of a font of symbols: ☑, ☐, another one that shows itself, or None."""
    private = 0xF000 <= code <= 0xF0FF
    font = font.casefold()
    if private and font not in _SHOWN:
        return of_nobody(chr(code))
    if font not in _SHOWN:
        return chr(code) if code >= 0x20 and not 0xE000 <= code <= 0xF8FF else None
    code = code & 0xFF if private else code
    if code in TICKS.get(font, ()):
        return TICK
    if code in BOXES.get(font, ()):
        return BOX
    return _SHOWN[font].get(code) or (chr(code) if font == "symbol" and 0x20 <= code < 0x3B else None)


def of_nobody(letter: str) -> str | None:
    """The character for a letter of private use that was typed in a font which is no font of symbols: a box, or None."""
    code = ord(letter) & 0xFF if 0xF000 <= ord(letter) <= 0xF0FF else 0
    found = {code} & (TICKS["wingdings"] | TICKS["wingdings 2"]) and TICK or {code} & (BOXES["wingdings"] | BOXES["wingdings 2"]) and BOX
    return found or None


def said_by(code: str, data, has_result: bool = False) -> str | None:
    """What a field says by its code or its data alone: a box, a chosen entry, a mark drawn over a box, a symbol; None for other fields."""
    box = data.find(f"{W}checkBox") if data is not None else None
    if box is not None or re.match(r"\s*FORMCHECKBOX", code):
        if box is None:
            return BOX
        checked, usual = box.find(f"{W}checked"), box.find(f"{W}default")
        return TICK if (on(checked) if checked is not None else on(usual)) else BOX
    if has_result:
        return None
    if data is not None and (drop := data.find(f"{W}ddList")) is not None:
        entries = [val(entry) for entry in drop.findall(f"{W}listEntry")]
        result = drop.find(f"{W}result") if drop.find(f"{W}result") is not None else drop.find(f"{W}default")
        at = int(val(result)) if re.fullmatch("[0-9]{1,4}", val(result)) else 0
        return entries[at] if at < len(entries) and not re.match(r"请|[—–-]*$", entries[at].strip()) else ""
    if found := re.match(r"\s*MACROBUTTON\s+\S+\s+(.*)", code, re.IGNORECASE | re.DOTALL):
        return "" if _PROMPT.search(found[1]) else found[1].strip()
    if found := re.match(r"\s*SYMBOL\s+(0x[0-9a-fA-F]+|\d+)", code, re.IGNORECASE):
        font = re.search(r'\\f\s*"?([^"\\]+)"?', code)
        return sign(font[1].strip() if font else "", int(found[1], 0))
    return _drawn(code) if re.match(r"\s*EQ\b", code, re.IGNORECASE) else None


def _drawn(code: str) -> str:
    """What an EQ field shows: ☑ for a mark over or in a box, a fraction with its line, else its letters."""
    words = re.sub(r"^\s*EQ\b", "", code, flags=re.IGNORECASE)
    fraction = re.search(r"\\f\s*\(([^()]*)[,，;]([^()]*)\)", words)
    if fraction:
        return f"{fraction[1].strip()}/{fraction[2].strip()}"
    letters = re.sub(r"\\[a-zA-Z]+(?:\s*-?\d+)?|[\\(),，;\s]", "", words)
    if set(letters) & set(CHECKS + FILLED + CROSSES) and (re.search(r"[□☐○]", letters) or re.search(r"\\[ox]", words, re.IGNORECASE)):
        return TICK
    return re.sub("[□☐○]", "", letters) or letters
