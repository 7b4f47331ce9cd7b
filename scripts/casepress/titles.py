"""Titles and their numbers as Chinese sets them: balanced lines, 第十二篇, names spaced to three characters.

Text in, text out; the standard library only.
"""

import re
from math import ceil

_NUMERALS = "〇一二三四五六七八九"

# No line of a title begins with these marks or ends with those (CLREQ 3.1.3), nor breaks inside a number or a word.
_NOT_FIRST, _NOT_LAST = "，。、；：！？）》〉】」』”’·—…~～％%),.;:!?]}", "（《〈【「『“‘—…([{"
_WHOLE = re.compile(r"[0-9A-Za-z]+(?:[.,:/+~&'’–-][0-9A-Za-z]+)*|[—…]+")
_PAIRS = ("《》", "“”", "（）")


def balanced(title: str, most: float = 14) -> tuple[str, ...]:
    """A title in as few lines of at most `most` ems as it takes, all of nearly the same length.

    A line grows beyond that where no break is allowed. Names in 《》 and “” stay whole where they can.
    """
    costs = _break_costs(title)
    ideal = _ems(title) / max(1, ceil(_ems(title) / most))
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(title) + 1):
        choices, length = [], 0.0
        for start in range(end - 1, -1, -1):
            length += _ems(title[start])
            if choices and length > 2 * most:
                break
            cost, lines = best[start]
            cost += (length - ideal) ** 2 + 100 * max(0.0, length - most) + costs[end]
            choices.append((cost, (*lines, title[start:end])))
        best.append(min(choices))
    return best[-1][1] or (title,)


def _ems(text: str) -> float:
    """About the width of a text: two Latin letters are as wide as one Chinese character."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _break_costs(text: str) -> list[float]:
    """How bad it is to end a line before each place of a text, from its beginning to its end."""
    costs = [0.0] * (len(text) + 1)
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        if after in _NOT_FIRST or before in _NOT_LAST:
            costs[at] = 10_000
        elif before.isdigit() or after.isdigit() or after == " ":
            costs[at] = 8  # a figure stands with its unit, a space at the end of its line
        elif any(text[:at].count(left) > text[:at].count(right) for left, right in _PAIRS):
            costs[at] = 12
    for whole in _WHOLE.finditer(text):
        costs[whole.start() + 1 : whole.end()] = [10_000] * (len(whole[0]) - 1)
    return costs


def chinese_numeral(number: int) -> str:
    """1 -> 一, 12 -> 十二, 20 -> 二十; for numbers from 1 to 99."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return head + (_NUMERALS[ones] if ones or not tens else "")


def spaced(name: str) -> str:
    """A name of two characters spread over three, as lists of names have it: 张三 -> 张　三."""
    return f"{name[0]}　{name[1]}" if len(name) == 2 and not name.isascii() else name
