"""Plainly: a text as personal data is looked for in it, with the place of each of its characters in the text as it was.

Full-width figures, marks that nobody sees, the many dashes, and what Markdown and HTML need around a number (escapes, entities,
emphasis, a line that ends within it) hide it from a pattern, not from a reader.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from casepress.facts.characters import DASHES, IGNORABLE

_DASHES = dict.fromkeys(map(ord, DASHES + "﹣━"), "-")
_SPACES = dict.fromkeys(map(ord, "\t\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"), " ")
# What NFKC makes one sign of: full-width and half-width forms, figures of mathematics, and those in circles.
_FORMS = {
    at: made
    for first, last in ("\uff01\uffee", "\U0001d7ce\U0001d7ff", "\u2460\u24ff", "\u2070\u209c")
    for at in range(ord(first), ord(last) + 1)
    if len(made := unicodedata.normalize("NFKC", chr(at))) == 1
}
_TABLE = {**_FORMS, **_SPACES, **_DASHES}
_ODD = re.compile(
    rf"(?P<unseen>[{IGNORABLE}]+)|(?P<escape>\\(?=[!-/:-@\[-`{{-~\n]))|(?P<entity>&(?:#[0-9]{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z]{{2,8}});)"
    r"|(?P<broken>(?<=[0-9])[ ]*(?:<br ?/?>[ ]*\n?|\n)[ >]*(?=[0-9])(?![0-9]{1,3}[.、)](?![0-9])))"
    r"|(?P<label>(?<=:)[ ]*\n[ ]*(?=[^\s|#]))"
    r"|(?P<tag></?(?:b|strong|em|i|u|s|span|font|sub|sup|mark|code)(?: [^<>]*)?>)|(?P<cell>(?:</?(?:td|th)(?: [^<>]*)?>)+)"
)
_EMPHASIS = re.compile(
    r"(?<![*\\])(\*{1,3})(?![\s*])[^*\n]{1,200}?(?<![\s\\*])(\1)(?!\*)|(?<![_\\0-9A-Za-z])(__)(?![\s_])[^\n]{1,200}?(?<!\s)(__)(?![0-9A-Za-z_])"
)
_FIGURES = re.compile("[0-9]*[Xx]?")
# Figures at a line's end and at the next one's beginning that may be one number: a mobile phone's, or 15 to 19 with fewer than 15 in each line.
_ONE = re.compile(r"1[3-9\n][0-9Xx\n]{10}|(?=.{1,14}\n.{1,14}$)[0-9Xx\n]{16,20}")


@dataclass(frozen=True)
class Span:
    """A stretch of a plain text that is personal data of a kind."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Plain:
    """A text made plain, in stretches: where each begins in it, and from where to where it stood in the text as it was.

    Sign stands for sign in those that are as long as they were. So a long line costs what is changed in it.
    """

    text: str
    begins: tuple[int, ...]
    stretches: tuple[tuple[int, int], ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the plain text stands in the text as it was."""
        return self._at(start)[0], self._at(end - 1)[1]

    def _at(self, place: int) -> tuple[int, int]:
        nth = bisect_right(self.begins, place)
        begin, behind = self.begins[nth - 1], (*self.begins[nth : nth + 1], len(self.text))[0]
        first, last = self.stretches[nth - 1]
        return (first + place - begin, first + place - begin + 1) if last - first == behind - begin else (first, last)


def plain(text: str, start: int) -> Plain:
    """A text with each character in its usual form, dashes as `-`, white space within a line as blanks, and without what nobody sees.

    `start` is where the text begins in that which it is a part of. A number that goes on in the next line is one again.
    """
    formed = text.translate(_TABLE)
    words: list[str] = []
    begins: list[int] = []
    stretches: list[tuple[int, int]] = []
    length = at = 0
    for first, last, instead in (*_changes(formed), (len(formed), len(formed), "")):
        if first < at:
            continue
        for said, begin, end in ((formed[at:first], at, first), (instead, first, last)):
            if said:
                words.append(said)
                begins.append(length)
                stretches.append((start + begin, start + end))
                length += len(said)
        at = last
    return Plain("".join(words), tuple(begins), tuple(stretches))


def _changes(text: str) -> list[tuple[int, int, str]]:
    """What is left out of a text or stands otherwise in the plain one: from, to, what stands there; in their order."""
    found = [(match.start(), match.end(), _instead(text, match)) for match in _ODD.finditer(text)]
    if "*" in text or "__" in text:
        found += _marks(text)
    return sorted(found)


def _marks(text: str) -> Iterator[tuple[int, int, str]]:
    """The marks of emphasis, which stand in pairs; stars that hide a part of a number do not."""
    for match in _EMPHASIS.finditer(text):
        for mark in (match.lastindex - 1, match.lastindex):
            yield *match.span(mark), ""


def _instead(text: str, match: re.Match) -> str:
    kind = match.lastgroup
    if kind == "entity":
        return unescape(match[0]).translate(_TABLE)
    if kind == "broken":
        begin = match.start()
        while begin and text[begin - 1] in "0123456789":
            begin -= 1
        return "" if _ONE.fullmatch(text[begin : match.start()] + "\n" + _FIGURES.match(text, match.end())[0]) else " "
    return " " if kind in ("label", "cell") else ""
