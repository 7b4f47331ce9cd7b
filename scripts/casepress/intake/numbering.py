"""Numbering: the numbers that Word writes by itself, counted and said, for headings and for lists that Markdown cannot count."""

from dataclasses import dataclass, field

from casepress.intake import packages
from casepress.intake.glyphs import BOX, TICK, sign
from casepress.intake.wordxml import W, val, whole

_CHINESE = "零一二三四五六七八九"


@dataclass
class Level:
    """A level of a list: where it starts, how it counts, its text with %1 … %9 for the numbers, and its font."""

    start: int = 1
    kind: str = "decimal"
    text: str = "%1."
    font: str = ""


@dataclass
class Numbers:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # numId → depth → level
    counts: dict[str, list[int]] = field(default_factory=dict)

    def next(self, key: str, depth: int, is_heading: bool, goes_on: bool = True) -> tuple[str, tuple[str, int] | None]:
        """Count on in a list: the number as text, "" where Markdown's own list says it; and the list and depth to stand in. Where
        nothing of the list stands before, it does not go on, and Markdown would count from 1 again."""
        levels = self.levels.get(key, {})
        level = levels.get(depth, Level())
        counts = self.counts.setdefault(key, [0] * 10)
        counts[depth] = counts[depth] + 1 if counts[depth] else level.start
        counts[depth + 1 :] = [0] * (9 - depth)
        if level.kind == "bullet" and level.text and (box := sign(level.font, ord(level.text[0]))) in (TICK, BOX):
            return box, None  # a list of boxes is a question, and its marks are the answers
        if level.kind in ("bullet", "none"):
            return "", None if is_heading or level.kind == "none" else (key, depth)
        is_counted = goes_on or counts[depth] == 1
        if (
            not is_heading
            and is_counted
            and level.kind == "decimal"
            and level.text.strip() in (f"%{depth + 1}.", f"%{depth + 1}、", f"%{depth + 1}")
        ):
            return "", (key, depth)
        text = level.text
        for at in range(9):
            other = levels.get(at, Level())
            text = text.replace(f"%{at + 1}", said(counts[at] or other.start, other.kind))
        return text, None


def said(number: int, kind: str) -> str:
    """A number as a list says it (ECMA-376, 17.18.59)."""
    if kind.startswith(("chinese", "ideograph", "japanese", "taiwanese")) and kind != "ideographEnclosedCircle":
        return _chinese(number)
    if kind in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese", "ideographEnclosedCircle") and number <= 20:
        return chr(0x2460 + number - 1)
    if kind in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if kind == "upperLetter" else letter.lower()
    if kind in ("upperRoman", "lowerRoman"):
        roman = "".join(_roman(number))
        return roman if kind == "upperRoman" else roman.lower()
    return f"{number:02}" if kind == "decimalZero" else str(number)


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number >= 100:
        return "".join(_CHINESE[int(digit)] for digit in str(number)).replace("零", "〇")
    return ("" if not tens else "十" if tens == 1 else f"{_CHINESE[tens]}十") + (_CHINESE[ones] if ones or not tens else "")


def _roman(number: int):
    for value, letters in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):  # fmt: skip
        yield letters * (number // value)
        number %= value


def _font(level) -> str:
    fonts = level.find(f"{W}rPr/{W}rFonts")
    return (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "") if fonts is not None else ""


def read(part: bytes | None) -> Numbers:
    """The lists of `word/numbering.xml`."""
    if part is None:
        return Numbers()
    root = packages.tree(part)
    kinds = {}
    for kind in root.iter(f"{W}abstractNum"):
        kinds[kind.get(f"{W}abstractNumId")] = {
            whole(level.get(f"{W}ilvl"), 0, 8): Level(
                whole(val(level.find(f"{W}start")), 1, 32767),
                val(level.find(f"{W}numFmt")) or "decimal",
                val(level.find(f"{W}lvlText")),
                _font(level),
            )
            for level in kind.iter(f"{W}lvl")
        }
    return Numbers({number.get(f"{W}numId"): kinds.get(val(number.find(f"{W}abstractNumId")), {}) for number in root.iter(f"{W}num")})
