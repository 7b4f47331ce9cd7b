"""Characters: traditional forms where the standard has a simplified one, digits and letters of full width, characters and marks typed twice.

通用语言文字法 (2000), 9 to 11; 通用规范汉字表 (2013); GB/T 15834-2011; GB/T 15835-2011. What stands in 《 》 is a title and may keep its forms.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from casepress.facts.characters import PAUSES
from casepress.language.paragraphs import Paragraph
from casepress.values.cases import Remark

_SHOWN = 30  # characters of a text in a message
_TABLE = Path(__file__).parents[1] / "data" / "traditional.txt"
_TITLES = re.compile("《[^《》]{1,60}》")
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
_MARKS = re.compile(f"[{PAUSES}。！？][{PAUSES}。]+")
# Characters that no sound text has twice in a row, save behind and before those that are named: 目的的, 为了了解, 存在在, 参与与.
_TWICE = {
    "的": ("目标中端有打", "确士"),
    "了": ("甚时", "解然结却断事无"),
    "是": ("于但凡要可若", "非"),
    "在": ("存现实所潜内外自健好旨", ""),
    "和": ("温平总共饱柔暖谐", "美气睦乐平谐解煦暖"),
    "与": ("参给赋授施赠", ""),
    "及": ("普涉波顾提触危论惠兼企遍推殃谈以", "时早第格其至"),
    "把": ("一两几火拖车", "关手握"),
    "被": ("棉", ""),
    "我": ("自", ""),
    "们": ("", ""),
    "这": ("", ""),
    "并": ("合", ""),
    "很": ("", ""),
    "但": ("不", ""),
    "而": ("", ""),
    "也": ("", ""),
}
_SINGLE = {
    char * 2: re.compile((f"(?<![{before}])" if before else "") + f"{char}{char}(?![{char}{behind}])")
    for char, (before, behind) in _TWICE.items()
}
# Words that nobody says twice; 学生学生活, 讨论讨论 and 一点一点 are sound.
_WORDS = "我们 他们 它们 进行 以及 通过 因此 但是 由于 同时 并且 可以 能够 根据 按照 为了 如果 虽然 所以 已经 成为 具有".split()
_ANY = re.compile(f"([{''.join(_TWICE)}])\\1")  # asked first: most texts have none
_DOUBLED = {word * 2: re.compile(word * 2) for word in _WORDS}


@lru_cache(maxsize=1)
def simplified() -> Mapping[str, str]:
    """The standard's character for each traditional one."""
    words = _TABLE.read_text("utf-8").split()
    return {old: word[0] for word in words for old in word[1:]}


@lru_cache(maxsize=1)
def _traditional() -> frozenset[str]:
    return frozenset(simplified())


def look(paragraphs: Sequence[Paragraph], text: str, every: frozenset[str]) -> list[Remark]:
    """What is wrong with the characters of paragraphs; `text` is all of them and `every` each once: these are asked first, for most have nothing."""
    found: list[Remark] = []
    old = not _traditional().isdisjoint(every)
    wide, marks = _WIDE.search(text), _MARKS.search(text)
    twice = [pattern for word, pattern in (*(_SINGLE.items() if _ANY.search(text) else ()), *_DOUBLED.items()) if word in text]
    if not (old or wide or twice or marks):
        return found
    for paragraph in paragraphs:
        if old:
            found += _old(paragraph)
        words = paragraph.text
        found += _wide(paragraph, words) if wide else ()
        found += _marks(paragraph, words) if marks else ()
        found += _twice(paragraph, words, twice)
    return found


def _old(paragraph: Paragraph) -> list[Remark]:
    found, table = [], _traditional()
    for number, words in paragraph.lines:
        if table.isdisjoint(words):
            continue
        shown = _TITLES.sub("", words)
        if chars := list(dict.fromkeys(char for char in shown if char in table)):
            right = "、".join(f"“{simplified()[char]}”" for char in chars[:8])
            what = f"有繁体字{'、'.join(f'“{char}”' for char in chars[:8])}{f'等 {len(chars)} 个' if len(chars) > 8 else ''}（{_near(shown, chars[0])}）"
            cure = f"请改成{right}；人名、地名和书名里要保留的，写进 collection.yml 的 proofreading"
            found.append(Remark(number, what, cure, "characters_are_simplified"))
    return found


def _wide(paragraph: Paragraph, words: str) -> list[Remark]:
    runs = list(_WIDE.finditer(words))
    if not runs:
        return []
    shown = _short(runs[0][0])
    cure = unicodedata.normalize("NFKC", shown)
    more = f"（这一段有 {len(runs)} 处）" if len(runs) > 1 else ""
    return [Remark(paragraph.line_at(runs[0].start()), f"“{shown}”是全角的{more}", f"请改成半角“{cure}”", "digits_are_half_width")]


def _marks(paragraph: Paragraph, words: str) -> list[Remark]:
    found = []
    for match in _MARKS.finditer(words):
        marks = match[0]
        if len(set(marks)) == 1 and marks[0] == "。" and len(marks) > 2:
            cure = "省略号请写成“……”"
        elif marks[0] in "！？":
            cure = f"请只留“{marks[0]}”"
        else:
            cure = f"请只留一个，例如“{marks[-1] if '。' in marks else marks[0]}”"
        found.append(Remark(paragraph.line_at(match.start()), f"标点重复了：“{_short(_near(words, marks))}”", cure, "marks_are_single"))
    return found


def _twice(paragraph: Paragraph, words: str, patterns: Sequence[re.Pattern]) -> list[Remark]:
    found = []
    for pattern in patterns:
        for match in pattern.finditer(words):
            what = f"“{match[0]}”像是多打了一遍（{_near(words, match[0], match.start())}）"
            cure = f"请只留“{match[0][: len(match[0]) // 2]}”"
            found.append(Remark(paragraph.line_at(match.start()), what, cure, "characters_are_not_doubled"))
    return found


def _short(words: str) -> str:
    """Words for a message, which one long run must not fill."""
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def _near(words: str, shown: str, at: int = -1) -> str:
    at = words.find(shown) if at < 0 else at
    return words[max(0, at - 4) : at + len(shown) + 4].strip()
