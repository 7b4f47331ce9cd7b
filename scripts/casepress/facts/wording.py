"""Wording: when two ways of writing are certainly one word, which of them is shown, and which words are near each other.

Width, case, spaces, the marks around a word and a full stop behind it never part two words; in what counts (batches and
awards) neither does the way in which a number is written: 第4批, 第四批, 一等奖, 壹等奖, 1等奖.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from casepress.facts.characters import DASHES, HAN, IGNORABLE, LINKING, MIDDLE, PAIRS, SEPARATING
from casepress.values.fields import FIRST, NUMBER, number

_AROUND = PAIRS | {"[": "]", "(": ")", "{": "}", '"': '"', "'": "'"}
_BEHIND = SEPARATING + "。．."
_DASHES = str.maketrans(dict.fromkeys(DASHES + LINKING + "~至", "-"))
_SPACE_IN_HAN = re.compile(f"(?<=[{HAN}{MIDDLE}]) (?=[{HAN}{MIDDLE}])")
_UNSEEN = re.compile(f"[{IGNORABLE}]")
_LONGEST = 60  # characters of words that are compared with each other


def plain(text: str) -> str:
    """A word as it is compared: NFKC, lower case, without spaces, the marks around it and the full stop behind it."""
    word = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    while True:
        shorter = word.rstrip(_BEHIND)
        if len(shorter) > 2 and (end := _AROUND.get(shorter[0])) and shorter.find(end, 1) == len(shorter) - 1:
            shorter = shorter[1:-1]
        if shorter == word or not shorter:
            return word
        word = shorter


def counted(text: str) -> str:
    """A word that counts (批次, 等次) as it is compared: numbers in figures, 第 before and 次 behind them left out."""
    word = NUMBER.sub(_figure, FIRST.sub("1", plain(text).translate(_DASHES)))
    return re.sub(r"第(?=\d)", "", word).replace("批次", "批").replace("学年度", "学年")


def _figure(match: re.Match[str]) -> str:
    return str(number(match[0]))


def tidy(text: str) -> str:
    """A word as it is shown: one space for any white space, and no full stop or comma at its end."""
    text = " ".join(text.split())
    return text.rstrip(SEPARATING + "。") or text


def name(text: str) -> str:
    """A person's name as it is shown: no spaces between its characters (张　三)."""
    return _SPACE_IN_HAN.sub("", " ".join(text.split()))


def says_something(text: str) -> bool:
    """Whether a text has a letter, a figure or a sign that a reader sees; spaces and marks alone are no name."""
    return any(unicodedata.category(c)[0] in "LNS" and not _UNSEEN.match(c) for c in text)


def usual(spellings: Iterable[str]) -> str:
    """The spelling that is shown of those that are one word: the most usual one, of equals the first."""
    return Counter(spellings).most_common(1)[0][0]


def nearest(word: str, words: Iterable[str]) -> str:
    """The known word that somebody who wrote `word` most likely meant: a letter or two away; empty where none is near."""
    wanted = plain(word)[:_LONGEST]
    near = ((_steps(wanted, plain(known)[:_LONGEST], _few(wanted)), known) for known in words)
    return min(((steps, nth, known) for nth, (steps, known) in enumerate(near) if steps <= _few(wanted)), default=(0, 0, ""))[2]


def offer(word: str, words: Iterable[str], shown: Iterable[str] = ()) -> str:
    """What to write for an unknown word: the nearest known one, or where none is near those `shown`, or all."""
    words = tuple(words)
    guess = nearest(word, words)
    return f"是不是想写 {guess}" if guess else f"可用的有：{'、'.join(shown or words)}"


def _few(word: str) -> int:
    """How many letters of a word may be wrong: one of three to five, two of six to eight; of a Chinese word also one of two."""
    return max(int(len(word) > 1 and not word.isascii()), min(3, len(word) // 3))


def _steps(one: str, other: str, most: int) -> int:
    """The least number of letters put in, left out, changed, or changed about with the next; `most` + 1 for more than `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [], list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                least = min(least, last[j - 2] + 1)
            row.append(least)
        if min(row) > most:
            return most + 1
    return row[-1]
