"""Shapes: what a single line of a body is meant to be: a heading, a rule, an item of a list, a fence.

CommonMark's shapes, and those that people write who know Markdown by hearsay: full-width marks, a forgotten space,
the bullets and numbers that word processors leave behind. Every pattern here takes a time linear in the line.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from casepress.facts.characters import BLANKS, BULLETS, DASHES, ENCLOSED, ENDS, HAN, ORNAMENTS, PAIRS, SIGNS, STOPS, VARIATIONS

SENTENCE_ENDS = STOPS + "…,;:!?"
_CLOSED = ENDS + "；：…:;!?)" + "".join(PAIRS.values())
_LONGEST_TITLE = 40  # characters; a heading that nobody marked for certain is no longer
_NUMERALS = "一二三四五六七八九十"

_HASHES = re.compile(r"[#＃]{1,6}(?![#＃])")
_FENCE = re.compile(r"(`{3,}|~{3,})(.*)")
_ITEM = re.compile(rf"(?:[-*+－–{BULLETS}]|([0-9]{{1,6}}|#(?=\.))([.)]))(?=[{BLANKS}]|$)")
_NEAR_NUMBER = re.compile(rf"([0-9]{{1,3}})(?:[、．]|\.(?=[^\s.0-9]))[{BLANKS}]{{0,4}}(?=\S)")
_NEAR_BULLET = re.compile(rf"[-*+{DASHES}](?=[^\x00-\x7f\s{DASHES}])|[{BULLETS}{ORNAMENTS}](?=[{BLANKS}]{{0,4}}[^\s{VARIATIONS}])")
_NUMBERED = re.compile(
    f"([{_NUMERALS}]{{1,3}})、|[（(]([{_NUMERALS}]{{1,3}})[)）]|[（(]([0-9]{{1,2}})[)）]|([0-9]{{1,2}})[)）]"
    f"|([{ENCLOSED}]|[A-Za-z](?=[.．、)）]))|第([{_NUMERALS}]{{1,3}})[，、：步]"
    rf"|([0-9]{{7,20}})[.)、]|[\[［【]([0-9]{{1,3}})[\]］】](?![(（])|([0-9]{{1,3}})(?=[ \u3000][{HAN}])|[（(]([a-z])[)）]|([0-9])\ufe0f?\u20e3"
)
_SIGNS = frozenset(SIGNS + "√")
_ROMAN = re.compile(r"([ivxIVX]{1,6})[.．、)）]")
# Two lines that begin alike are two paragraphs: time and place, question and answer, hours, days, years, clauses, boxes.
_ALIKE = (
    re.compile(rf"[^\s{STOPS}:“”（(0-9](?:[ \u3000]{{0,4}}[^\s{STOPS}:“”（(]){{0,7}}(?:（[^（）]{{1,10}}）)?[：:](?!//)"),
    re.compile(r"[0-9]{1,2}[:：][0-9]{2}"),
    re.compile(r"[0-9]{4}(?:年|[./-][0-9]{1,2})"),
    re.compile(f"第 ?[{_NUMERALS}0-9]{{1,4}} ?[{HAN}]"),
    re.compile(r"(?:周|星期|礼拜)[一二三四五六日天]"),
    re.compile(r"[(（\[][ \u3000√xX✓]{0,3}[)）\]](?![(（])"),
    re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){1,5}[.、．]?[ \u3000]?(?=[^0-9.%％\s])"),
)
_CLAUSE = re.compile(f"第[{_NUMERALS}百零〇0-9]{{1,6}}[条章节款课]")
_KEY = re.compile(f"[a-zA-Z_{HAN}][\\w-]{{0,20}} ?[:：](?: |$)")
_TASK = re.compile(rf"\[([ xX])\](?=[{BLANKS}{HAN}])[{BLANKS}]*")


@dataclass(frozen=True)
class Item:
    """The beginning of an item: `kind` tells lists apart, `number` is the author's, `offset` where its words begin."""

    kind: str  # "*", or for numbers what stands behind them: ".", ")"
    number: int
    offset: int
    words: str


def indent(text: str) -> int:
    """The spaces before a line's first mark."""
    return len(text) - len(text.lstrip(" "))


def heading(text: str) -> tuple[int, str, bool] | None:
    """A heading's level, its words, and whether a space follows the # as it should. Without one, a sentence is no heading."""
    bare = text.lstrip(" ")
    match = _HASHES.match(bare)
    if not match or len(text) - len(bare) > 3:
        return None
    level, rest = match.end(), bare[match.end() :]
    words = _without_closing(rest)
    if not rest or rest[0] in BLANKS:
        return level, words, True
    certain = (
        is_title(words) and " #" not in words and words[0] not in "!/.:" and rest[-1] not in "#＃" and not (level == 1 and words[0].isdigit())
    )
    return (level, words, False) if certain else None


def _without_closing(words: str) -> str:
    words = words.strip()
    kept = words.rstrip("#＃")
    return kept.rstrip() if not kept or kept[-1] in BLANKS else words


def is_title(text: str) -> bool:
    """Whether words are short and closed by no mark of a sentence, as titles are."""
    text = text.strip()
    return 0 < len(text) <= _LONGEST_TITLE and text[-1] not in SENTENCE_ENDS and "。" not in text and "|" not in text


def underline(text: str) -> int:
    """The level of a heading that this line may underline: 1 for ===, 2 for ---, else 0."""
    bare = text.strip()
    return (1 if bare[0] == "=" else 2) if len(bare) >= 2 and indent(text) < 4 and bare.strip(bare[0]) == "" and bare[0] in "=-" else 0


def rule(text: str) -> bool:
    """Three or more of -, *, _ and nothing else but spaces; full-width dashes too."""
    bare = "".join(text.split())
    return len(bare) >= 3 and bare[0] in "-*_－—" and bare.strip(bare[0]) == "" and indent(text) < 4


def ruled(text: str) -> bool:
    """Two or more runs of dashes with spaces between them: what stands under the head of a table without bars."""
    runs = text.split()
    return len(runs) > 1 and all(len(run) > 1 and not run.strip("-") for run in runs)


def header(lines: Sequence[str]) -> int:
    """How many lines a header has that begins here, behind a line of dashes; 0 where none does."""
    end = next((nth for nth, text in enumerate(lines) if text.strip() in ("---", "...")), 0)
    keyed = sum(_KEY.match(text) is not None for text in lines[:end])
    return end if keyed and all(_KEY.match(text) or text[:1] in " -#" for text in lines[:end]) else 0


def fence(text: str) -> tuple[str, str] | None:
    """The marks that open a block of code, and what stands behind them."""
    match = _FENCE.match(text.lstrip(" "))
    return (match[1], match[2].strip()) if match and not ("`" in match[1] and "`" in match[2]) else None


def closes(text: str, marks: str) -> bool:
    """Whether a line ends the code that `marks` began."""
    bare = text.strip()
    return len(bare) >= len(marks) and bare.strip(marks[0]) == ""


def item(text: str) -> Item | None:
    """The item of a list that a line begins, as Markdown has it, or with a bullet of a word processor."""
    bare = text.lstrip(" ")
    match = _ITEM.match(bare)
    if not match or rule(text):
        return None
    words = bare[match.end() :].lstrip(BLANKS)
    if words:
        gap = len(bare[: len(bare) - len(words)].expandtabs(4)) - match.end()
        offset = len(text) - len(bare) + match.end() + (gap if 0 < gap <= 4 else 1)
    else:
        offset = len(text) - len(bare) + match.end() + 1
    return Item(match[2] or "*", 1 if match[1] == "#" else int(match[1] or 0), offset, words)


def near_item(text: str) -> Item | None:
    """What an item looks like whose space is forgotten, or whose number has a Chinese mark. Alone it proves nothing."""
    bare = text.lstrip(" ")
    if match := _NEAR_NUMBER.match(bare):
        return Item("、", int(match[1]), 0, bare[match.end() :])
    if (match := _NEAR_BULLET.match(bare)) and not (match[0] == "*" and bare.count("*") > 1):
        return Item(match[0], 0, 0, bare[1:].lstrip(BLANKS))
    return None


def follows(first: Item, second: Item | None) -> bool:
    """Whether one near item continues the list of another."""
    return second is not None and second.kind == first.kind and (second.kind != "、" or second.number == first.number + 1)


def numbered(text: str) -> tuple[int, int] | None:
    """The kind and the number of a mark that stays as it is written: 一、 （一） （1） 1） ① 第一，"""
    match = _NUMBERED.match(text.strip(BLANKS)[:24])
    if not match:
        return None
    kind = match.lastindex or 0
    word = match[kind]
    if kind in (5, 10):
        return kind, ord(word)
    if word.isascii():
        return kind, int(word)
    ten, _, one = word.partition("十") if "十" in word else ("零", "", word)
    return kind, (_NUMERALS.find(ten) + 1 if ten not in ("", "零") else int(ten == "")) * 10 + _NUMERALS.find(one or "〇") + 1


def begins_paragraph(before: str, text: str) -> bool:
    """Whether a line that follows another at once begins a paragraph of its own: by its indent, or by its number."""
    if text.startswith(("\u3000\u3000", "\u00a0\u00a0")):
        return True
    closed = before.rstrip(" *_")[-1:] in _CLOSED
    if indent(text) >= 4 and closed:
        return True
    bare, last = text.strip(BLANKS).lstrip("*_"), before.strip(BLANKS).lstrip("*_")  # **一、**甲
    mark, before_it = numbered(bare), numbered(last)
    if _is_sign(bare) and _is_sign(last) or any(shape.match(bare) and shape.match(last) for shape in _ALIKE):
        return True
    if bare[:1] == "—" and (closed or last[:1] == "—") or _CLAUSE.match(bare) and (closed or _CLAUSE.match(last)):
        return True
    if (number := _roman(bare)) and number > 1 and number == _roman(last) + 1:
        return True
    if mark is None:
        return False
    follows_it = before_it is not None and before_it[0] == mark[0] and before_it[1] + 1 == mark[1]
    return follows_it or closed and mark[0] not in (9, 10)


def _is_sign(text: str) -> bool:
    """Whether a line begins with a sign that stands for a bullet: ✓ ★ 👉."""
    return text[:1] in _SIGNS or text[:1] > "\u2190" and unicodedata.category(text[0]) in ("So", "Sm") and not _NUMBERED.match(text[:1])


def _roman(text: str) -> int:
    """The number that a line begins with in Roman letters; 0 where there is none."""
    match = _ROMAN.match(text)
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in match[1].lower()] if match else []
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def heads(text: str) -> bool:
    """Whether a line is most likely a heading that lacks its #: 一、背景."""
    bare = text.strip().strip("*_")
    mark = numbered(bare)
    return mark is not None and mark[0] in (1, 2) and is_title(bare) and len(bare) <= 24


def without_indent(text: str) -> str:
    """A line without the two ideographic spaces that begin a paragraph, where it is an item or a heading."""
    bare = text.lstrip(BLANKS)
    return bare if text[:1] in "\u3000\u00a0" and (item(bare) or bare[:1] in "#＃" and heading(bare)) else text


def task(words: str) -> str:
    """An item's words with the box or the tick that `[ ]` and `[x]` draw; every Chinese face has both."""
    match = _TASK.match(words)
    return f"{'□' if match[1] == ' ' else '√'} {words[match.end() :]}" if match else words
