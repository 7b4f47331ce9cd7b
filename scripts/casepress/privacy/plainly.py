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
    for first, last in ((0xFF01, 0xFFEE), (0x1D7CE, 0x1D7FF), (0x2460, 0x24FF), (0x2070, 0x209C))
    for at in range(first, last + 1)
    if len(made := unicodedata.normalize("NFKC", chr(at))) == 1 and made != chr(at)
}
_TABLE = {**_FORMS, **_SPACES, **_DASHES}
_ODD = re.compile(
    rf"(?P<unseen>[{IGNORABLE}]+)|(?P<escape>\\(?=[!-/:-@\[-`{{-~\n]))|(?P<entity>&(?:#[0-9]{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z]{{2,8}});)"
    r"|(?P<broken>(?<=[0-9])[ ]*(?:<br ?/?>[ ]*\n?|\n)[ >]*(?=[0-9])(?![0-9]{1,3}[.、)](?![0-9])))"
    r"|(?P<label>(?<=:)[ ]*\n[ ]*(?=[^\s|#]))"
    r"|(?P<tag></?(?:b|strong|em|i|u|s|span|font|sub|sup|mark|code)(?: [^<>]*)?>)|(?P<cell>(?:</?(?:td|th)(?: [^<>]*)?>)+)"
)
_EMPHASIS = re.compile(
    r"(?<![*\\])(\*{1,3})(?![\s*])([^*\n]{1,200}?)(?<![\s\\*])\1(?!\*)|(?<![_\\0-9A-Za-z])(__)(?![\s_])([^\n]{1,200}?)(?<!\s)__(?![0-9A-Za-z_])"
)
_FIGURES = re.compile("[0-9]*[Xx]?")


@dataclass(frozen=True)
class Span:
    """A stretch of a plain text that is personal data of a kind."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Plain:
    """A text made plain, in stretches: where each begins in it and in the text as it was, and how long it was there."""

    text: str
    begins: tuple[int, ...]
    stretches: tuple[tuple[int, int, bool], ...]  # from, to in the text as it was; whether sign stands for sign

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the plain text stands in the text as it was."""
        return self._at(start)[0], self._at(end - 1)[1]

    def _at(self, place: int) -> tuple[int, int]:
        nth = bisect_right(self.begins, place) - 1
        first, last, is_same = self.stretches[nth]
        if not is_same:
            return first, last
        return first + place - self.begins[nth], first + place - self.begins[nth] + 1


def plain(text: str, start: int = 0) -> Plain:
    """A text with each character in its usual form, dashes as `-`, white space within a line as blanks, and without what nobody sees.

    `start` is where the text begins in that which it is a part of. A number that goes on in the next line is one again.
    """
    formed = text.translate(_TABLE)
    out: list[str] = []
    begins: list[int] = []
    stretches: list[tuple[int, int, bool]] = []
    length = at = 0

    def put(words: str, first: int, last: int, is_same: bool) -> None:
        nonlocal length
        if words:
            out.append(words)
            begins.append(length)
            stretches.append((start + first, start + last, is_same))
            length += len(words)

    for first, last, words in _changes(formed):
        if first < at:
            continue
        put(formed[at:first], at, first, True)
        put(words, first, last, False)
        at = last
    put(formed[at:], at, len(formed), True)
    return Plain("".join(out), tuple(begins), tuple(stretches))


def _changes(text: str) -> list[tuple[int, int, str]]:
    """What is left out of a text or stands otherwise in the plain one: from, to, what stands there; in their order."""
    found = [(match.start(), match.end(), _instead(text, match)) for match in _ODD.finditer(text)]
    if "*" in text or "__" in text:
        found += _marks(text)
    return sorted(found)


def _marks(text: str) -> Iterator[tuple[int, int, str]]:
    """The marks of emphasis, which stand in pairs; stars that hide a part of a number do not."""
    for match in _EMPHASIS.finditer(text):
        size = len(match[1] or match[3])
        yield match.start(), match.start() + size, ""
        yield match.end() - size, match.end(), ""


def _instead(text: str, match: re.Match) -> str:
    kind = match.lastgroup
    if kind == "entity":
        made = unescape(match[0])
        return made.translate(_TABLE) if made != match[0] else match[0]
    if kind == "broken":
        begin = match.start()
        while begin and "0" <= text[begin - 1] <= "9":
            begin -= 1
        return "" if _is_one(text[begin : match.start()], _FIGURES.match(text, match.end())[0]) else " "
    return " " if kind in ("label", "cell") else ""


def _is_one(before: str, behind: str) -> bool:
    """Whether two rows of figures at a line's end and at the next one's beginning may be one number of a person."""
    together = len(before) + len(behind)
    return (together == 11 and "13" <= before[:2].ljust(2, "9") <= "19") or (15 <= together <= 19 and max(len(before), len(behind)) < 15)
