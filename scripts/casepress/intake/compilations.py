"""Compilations: a pasted notice or an old compilation, split into its numbered cases; half-width marks between 汉字 mended and told."""

import re
from collections import Counter
from dataclasses import dataclass

from casepress.facts.characters import CLOSERS, FULL_OF, HAN, OPENING
from casepress.facts.places import Gazetteer

_NUMBERED = (
    re.compile(r"^[\s　]*(?P<number>[一二三四五六七八九十百]{1,4})[、.．][\s　]*(?P<rest>\S.*)$"),
    re.compile(
        r"^[\s　]*(?:案例|第)[\s　]*(?P<number>[一二三四五六七八九十百]{1,4}|[0-9]{1,3})[\s　]*(?:个|篇|号)?[：:、.．\s　]+(?P<rest>\S.*)$"
    ),
    re.compile(r"^[\s　]*(?P<number>[0-9]{1,3})[、.．][\s　]*(?P<rest>\S.*)$"),
)
_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")}
# A half-width mark that stands between Chinese: behind a 汉字 or one of its marks, and before one, a mark, a blank or the end.
_MEND = re.compile(
    rf"(?<=[{HAN}{CLOSERS}、])([,;:!?])(?:[ \t]+(?=[{HAN}{OPENING}0-9A-Za-z])|(?=[{HAN}{OPENING}0-9A-Za-z\s]|$))"
    rf"|(?<=[0-9A-Za-z%])([,;:!?])[ \t]*(?=[{HAN}{OPENING}])"
)
_BRACKETS = re.compile(rf"\(([^()\n]*[{HAN}][^()\n]*)\)")
_SHORTEST = 2  # cases that make a series
_LEAST = 100  # characters that half of its bodies have at least; a numbered list of demands has less
# What stands in no name of a unit: 浙江省强化义务教育学校教学管理 names none.
_VERBS = "化施推探狠督索建立制开展加促用利教"


@dataclass(frozen=True)
class Piece:
    """A case of a compilation: its number, title and body (paragraphs), and the line that it begins in, from 1."""

    number: int
    title: str
    body: tuple[str, ...]
    line: int


def pieces(text: str) -> list[Piece]:
    """The numbered cases of a text, the longest row of numbers that counts 1, 2, 3 …; none where there is no such row.

    A title ends at the first full stop of its line, or is the line where the text stands below.
    """
    lines = text.splitlines()
    best: list[tuple[int, str]] = []
    for pattern in _NUMBERED:
        run: list[tuple[int, str]] = []
        for at, line in enumerate(lines):
            found = pattern.match(line)
            if not found:
                continue
            number = _number(found["number"])
            if number == len(run) + 1:
                run.append((at, found["rest"]))
            elif number == 1 and len(run) > len(best):
                best, run = run, [(at, found["rest"])]
        if len(run) > len(best):
            best = run
    if len(best) < _SHORTEST:
        return []
    out = []
    for number, (at, rest) in enumerate(best, 1):
        end = best[number][0] if number < len(best) else _end(lines, at, [place for place, _ in best])
        title, stop, first = rest.partition("。")
        if len(title) > 80 or not stop:
            title, first = (rest, "") if len(rest) <= 80 else (rest[:40], rest)
        body = [paragraph.strip(" \t　") for paragraph in (first, *lines[at + 1 : end])]
        out.append(Piece(number, re.sub(r"\s+", " ", title).strip(), tuple(filter(None, body)), at + 1))
    lengths = sorted(sum(map(len, piece.body)) for piece in out)
    return out if lengths[len(lengths) // 2] >= _LEAST else []


def numbered(line: str) -> int:
    """The number that a line begins with as those of cases do in 汉字, 一、 or 案例一; 0 where it begins with none."""
    found = next(filter(None, (pattern.match(line) for pattern in _NUMBERED[:2])), None)
    return _number(found["number"]) if found else 0


def _end(lines: list[str], at: int, starts: list[int]) -> int:
    """Where the last case ends: behind its paragraph where the others are single paragraphs, else at the end."""
    single = all(not any(line.strip() for line in lines[start + 1 : after]) for start, after in zip(starts, starts[1:], strict=False))
    return at + 1 if single else len(lines)


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    hundreds, _, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    return (
        (_DIGITS.get(hundreds, 1) * 100 if "百" in text else 0) + (_DIGITS.get(tens, 1 if ten else 0) * 10 if ten else 0) + _DIGITS.get(ones, 0)
    )


def mended(text: str) -> tuple[str, Counter]:
    """A text with full-width marks between 汉字, and how many of each were mended."""
    counted: Counter = Counter()

    def full(found: re.Match) -> str:
        mark = found[1] or found[2]
        counted[mark] += 1
        return FULL_OF[mark]

    def brackets(found: re.Match) -> str:
        counted["()"] += 1
        return f"（{found[1]}）"

    text = _BRACKETS.sub(brackets, _MEND.sub(full, text))
    parts = text.split('"')
    if len(parts) % 2 and len(parts) > 1 and re.search(f"[{HAN}]", text):
        counted['""'] += len(parts) // 2
        text = "".join(part + ("“" if at % 2 == 0 else "”") * (at + 1 < len(parts)) for at, part in enumerate(parts))
    return text, counted


def place_of(title: str, places: Gazetteer) -> tuple[str, str]:
    """The place that a title begins with, as written, and the unit that follows it; both may be empty."""
    for size in range(min(24, len(title)), 1, -1):
        word = title[:size]
        if len(places.resolve(word)) == 1 and re.search(r"[省市区县旗州盟]$|自治区$|内蒙古$|宁夏$|新疆$|西藏$|广西$", word):
            rest = title[size:]
            unit = re.match(
                rf"(?:(?![{_VERBS}])(?:[{HAN}]|[0-9](?=[0-9]?(?:小学|中学|学校|幼儿园)))){{1,14}}?(?:小学|中学|学校|幼儿园|学院)", rest
            )
            return word, word + unit[0] if unit else word
    return "", ""
