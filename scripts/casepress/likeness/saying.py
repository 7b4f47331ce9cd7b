"""Saying: how much two texts share, in words that a clerk understands."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casepress.likeness.texts import Text

if TYPE_CHECKING:  # they bring numpy
    from casepress.likeness.judging import Crowd, Match

_TENTHS = "零一二三四五六七八九"


def share(match: "Match") -> str:
    """What part of the shorter text the other has as well: 约七成的字相同."""
    if match.is_same:
        return "文字一字不差"
    tenths = round(match.part * 10)
    if tenths in (5, 10):
        return "约一半的字相同" if tenths == 5 else "几乎全部文字相同"
    return f"约{_TENTHS[tenths]}成的字相同"


def percent(match: "Match") -> str:
    return f"{min(100, round(match.part * 100))}%"


def counted(match: "Match") -> str:
    """The same as a full sentence, with numbers."""
    if match.is_same:
        return "两篇的文字一字不差。"
    which = "后一篇" if match.shorter is match.later else "前一篇"
    number = f"（{match.characters:,} 字）" if match.characters else ""
    return f"{which}较短，它的字有 {percent(match)}{number}在另一篇里也有。"


def entered_before(match: "Match") -> str:
    """Of a text that won in another batch: that it may not enter again; else nothing."""
    earlier, later = match.earlier, match.later
    if earlier.award and earlier.batch != later.batch:
        return f"那一篇{earlier.won}，获过奖的不能再报"
    return ""


def called(text: Text) -> str:
    """A text by its file and title, with its batch and award."""
    return f"{text.called}（{text.honours}）" if text.honours else text.called if text.title else f"{text.name} "


def crowd(each: "Crowd") -> str:
    """How many texts are the same, and some of them."""
    how = "文字一字不差" if each.is_same else "大部分文字相同"
    return f"{len(each.texts)} 篇的{how}：{names(each.texts)}"


def names(texts: Sequence[Text], most: int = 3) -> str:
    """Some of many texts, those that won first."""
    shown = sorted(texts, key=lambda text: not text.award)[:most]
    some = "、".join(f"{text.name}（{text.honours}）" if text.award else text.name for text in shown)
    return f"{some} 等" if len(texts) > most else some
