"""Titles: a title in a few lines of nearly the same length, broken where Chinese may and words seem to end.

Flows in: a title. Flows out: its lines. There is no dictionary here: single characters and `data/title-words.txt`, a
short list of the words that titles of education cases are made of, say where a break would hurt; else length decides.
Who wrote the title may say where its lines end, by a `｜` that is shown nowhere.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from math import ceil

from casepress.facts.borne import stem
from casepress.facts.characters import CLOSING, NOT_FIRST, NOT_LAST, OPENING, PAIRS, PAUSES
from casepress.facts.heard import heard

_NUMERALS = "〇一二三四五六七八九"

_PIECE = 6  # characters of a title that stay together on a screen, at most

MARK = "｜"  # ends a line of a title in print
# No line of a title begins with these marks or ends with those, nor breaks inside a number or a word; dots stand in the
# middle of a line, dashes in it or at its end.
_NOT_FIRST, _NOT_LAST = NOT_FIRST + "—…~%),.;:!?]}", NOT_LAST + "…([{"
_WHOLE = re.compile(r"[0-9A-Za-z]+(?:(?:[.,:/+~&'’–-]|(?<=\d)—(?=\d))[0-9A-Za-z]+)*|[—…]+")
# Where words mostly begin and end, as far as single characters say so without a dictionary: a line ends well behind the
# first and before the second kind; the third belongs to the character before it, the fourth to the one behind.
_ENDS, _BEGINS = CLOSING + "的与和及或暨之— ", OPENING + "在从向对把让以为用助促—"
_TRAILS, _LEADS = "的地得了着们等与和及或之化性制度式型率者员级县区市省", "第各每不无非一二三四五六七八九十两几多新老大小全"


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    """Words in which a title does not break, by their first character."""
    text = files("casepress").joinpath("data/title-words.txt").read_text("utf-8")
    words = [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]
    return {first: tuple(word for word in words if word[0] == first) for first in {word[0] for word in words}}


def written(title: str) -> tuple[str, tuple[str, ...]]:
    """A title as it is shown everywhere, without its marks, and its parts that begin new lines in print: none where it has no mark."""
    parts = tuple(part for each in title.split(MARK) if (part := each.strip()))
    if MARK not in title:
        return title, ()
    shown = re.sub(rf"(?<=[!-~])\s*(?:{MARK}\s*)+(?=[!-~])|\s+(?:{MARK}\s*)+|(?:{MARK}\s*)*{MARK}\s+", " ", title)
    shown = shown.replace(MARK, "").strip()
    return (shown, parts if len(parts) > 1 else ()) if shown else (title, ())


def shortened(title: str, most: float) -> str:
    """A title that takes at most `most` ems: itself, or its beginning up to where a phrase ends, and …"""
    ems = _broad(title)
    if sum(ems) <= most:
        return title
    costs = _break_costs(title)
    reach = [0.0]
    for em in ems:
        reach.append(reach[-1] + em)
    ends = [at for at in range(1, len(title)) if reach[at] <= most - 1]
    best = min(ends or [1], key=lambda at: (costs[at] + (most - 1 - reach[at]) ** 2 / 4, -at))
    return title[:best].rstrip(OPENING + PAUSES + " —…,.:;") + "…"


def balanced(title: str, most: float = 14, whole: Sequence[str] = ()) -> tuple[str, ...]:
    """A title in as few lines of at most `most` ems as it takes, all of nearly the same length.

    A line grows beyond that where no break is allowed: also not inside what is to stay `whole`, in the order of the title, where
    a line holds it. Names in 《》 and “” stay whole where they can.
    """
    ems = _ems(title)
    if sum(ems) <= most:
        return (title,)
    costs = _break_costs(title)
    at = 0
    for each in whole:
        at = title.index(each, at)
        if sum(ems[at : at + len(each)]) <= most:
            costs[at + 1 : at + len(each)] = [10_000] * (len(each) - 1)
        at += len(each)
    ideal = sum(ems) / max(1, ceil(sum(ems) / most))
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(title) + 1):
        found, length = None, 0.0
        for start in range(end - 1, -1, -1):
            length += ems[start]
            if found and length > 2 * most:
                break
            cost, lines = best[start]
            cost += (length - ideal) ** 2 + 100 * max(0.0, length - most) + costs[end]
            if not found or cost <= found[0]:
                choice = cost, (*lines, title[start:end])
                found = min(found, choice) if found else choice
        best.append(found)
    return best[-1][1] or (title,)


@lru_cache(1 << 14)
def phrases(title: str, places: tuple[str, ...] = ()) -> tuple[str, ...]:
    """A title in pieces of a few characters, between which a screen may end a line; names of `places` in it stay whole.

    A browser keeps the pieces whole, so no line has one or two characters, and no word is broken, whatever its width.
    """
    return tuple(heard("phrases", "\0".join((title, *places)), lambda _: list(_phrases(title, places))))


def _phrases(title: str, places: tuple[str, ...]) -> tuple[str, ...]:
    names = sorted({name for place in places for name in (place, stem(place))}, key=len, reverse=True)
    return balanced(title, _PIECE, re.findall("|".join(map(re.escape, names)), title) if names else ())


def _ems(text: str) -> list[float]:
    return [0.5 if character.isascii() else 1.0 for character in text]


def _broad(text: str) -> list[float]:
    """What characters take at most, in whatever face: what must stand on one line. Latin words stand a little apart from 汉字."""
    widths = []
    for at, character in enumerate(text):
        wide = 0.75 if character.isupper() else 0.6 if character.isalnum() else 0.5
        beside = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
        seam = 0.125 * sum(not each.isascii() and each.isalnum() for each in beside) if character.isalnum() else 0.0
        widths.append(wide + seam if character.isascii() else 1.0)
    return widths


def _break_costs(text: str) -> list[float]:
    """How bad it is to end a line before each place of a text, from its beginning to its end."""
    costs = [0.0] * (len(text) + 1)
    pairs = [(left, right) for left, right in PAIRS.items() if left in text]
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        if after in _NOT_FIRST or before in _NOT_LAST:
            costs[at] = 10_000
        elif after in "的与和":
            costs[at] = 200
        else:
            costs[at] = 0 if before in _ENDS else 3 if after in _BEGINS else 9
            costs[at] += 12 * (after in _TRAILS or (before in _LEADS and before not in _ENDS))
            # A figure stands with its unit, a space at the end of its line, and names in marks stay whole
            costs[at] += 12 * (before.isdigit() or after.isdigit() or after == " ")
            costs[at] += 12 * any(text[:at].count(left) > text[:at].count(right) for left, right in pairs)
    by_first = _words()
    for word in (word for first in set(text) if first in by_first for word in by_first[first]):
        start = text.find(word)
        while start >= 0:
            for at in range(start + 1, start + len(word)):
                costs[at] += 36
            start = text.find(word, start + len(word))
    for whole in _WHOLE.finditer(text):
        costs[whole.start() + 1 : whole.end()] = [10_000] * (len(whole[0]) - 1)
    return costs


def chinese_numeral(number: int) -> str:
    """1 -> 一, 12 -> 十二, 20 -> 二十; from 100 on, which no book of this kind should need, the figures."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return head + (_NUMERALS[ones] if ones or not tens else "")


def spaced(name: str) -> str:
    """A name of two characters spread over three, as lists of names have it: 张三 -> 张　三."""
    return f"{name[0]}　{name[1]}" if len(name) == 2 and not name.isascii() else name
