"""Captions: what must be read beside a picture, wherever its author wrote it.

The approval number of a map (地图管理条例, 15) and the name of who made a picture (著作权法, 10) are for every reader; in an
alternative text only those would learn of them who cannot see the picture.
"""

import re

from casepress.facts.characters import ENDS, OPENING, PAIRS

_END = ENDS + "，；,;!?\n"
_MADE = "摄影|拍摄|摄|图源|图片来源|照片来源|供图|制图|绘图|绘制|图片提供|照片提供|版权"
_READ = re.compile(
    f"审图号[^{_END}]{{1,60}}"
    f"|(?:{_MADE})(?:者|人|单位|方)?[ 　]?[：:][^{_END}]{{1,60}}"
    f"|[©Ⓒ][^{_END}]{{1,60}}"
    f"|(?<![^{_END}、（( 　])[^{_END}、（()） 　]{{2,12}}[ 　]?(?:摄|供图)(?=[{_END}）)]|$)"
)
_OPENING, _CLOSING = OPENING + "([", "".join(PAIRS.values()) + ")]"
_BLANK = re.compile(r"\s+")


def caption(words: str, title: str, credit: str = "") -> str:
    """The caption of a picture that has one below it: its title, and what of its alternative text must be read.

    Without a title an alternative text that must be read is the caption, as a whole. What `credit` says is there already.
    """
    wanted = must_be_read(words, f"{title} {credit}")
    if not wanted:
        return title
    return f"{title}（{'，'.join(wanted)}）" if title else words


def beside(words: str, title: str) -> str:
    """What is printed right behind a picture that has no caption, as one in a line of text or a cell."""
    wanted = must_be_read(f"{words}；{title}")
    return f"（{'，'.join(wanted)}）" if wanted else ""


def must_be_read(words: str, shown: str = "") -> tuple[str, ...]:
    """The parts of a picture's words that every reader must see and that `shown` does not say."""
    there = _BLANK.sub("", shown)
    found = dict.fromkeys(_whole(match[0]) for match in _READ.finditer(words))
    return tuple(part for part in found if _BLANK.sub("", part) not in there)


def _whole(part: str) -> str:
    """A part without the bracket that closes what was opened before it."""
    part = part.strip()
    while part and part[-1] in _CLOSING and sum(part.count(mark) for mark in _CLOSING) > sum(part.count(mark) for mark in _OPENING):
        part = part[:-1].rstrip()
    return part
