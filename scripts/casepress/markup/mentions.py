"""Mentions: where a text speaks of a figure or a table by its number: 见图 1, 如表2所示, 图1、图2, 图 1—3.

Flows in: words, and the labels that there are. Flows out: where each stands and what it means. Only what is certain is taken: 代表
3 人, 附表 1 and 配图 3 张 are no mentions.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple
from unicodedata import normalize

from casepress.facts.characters import CLOSING, LINKING, OPENING, STOPS
from casepress.values.cases import Counted
from casepress.values.fields import number

# What may stand before one; after any other character 图 and 表 are the end of a word: 地图1, 代表3人, 《方案》表2.
_BEFORE = rf"(?<![^\s\u3000见如由从据照按在与和及或至到而是看对将把的了参同{STOPS}{OPENING}(\[—…{LINKING}~,;:])(?<!意见)"
# What is counted is no number of a figure: 图3张, 表2人; 所 is none of these in 如图1所示.
_COUNTS = r"(?![0-9])(?!\.[0-9])(?!\s?(?:[张幅个份篇套册本件页人名次项种条块副类家期天年月日户元%％万亿多余级班节组位场台门遍轮号米克公吨亩平]|所(?![示列见述反显表呈])))"
_NUMBER = r"[0-9０-９]{1,3}(?:[-–.．][0-9]{1,3})?"
_CHINESE = r"[一二三四五六七八九十]{1,3}"
_MENTION = re.compile(
    rf"{_BEFORE}(?P<kind>[图表])[ \u00a0\u3000]?(?P<number>{_NUMBER}){_COUNTS}"
    rf"|(?<=[见如据由从照按（(])(?P<kind2>[图表])(?P<number2>{_CHINESE})(?=所[示列见述]|可[见知以]|中|[{CLOSING}):和与及是为]|\Z)"
)
_FURTHER = re.compile(rf"(?P<between>[ ]?(?:[—–~～-]{{1,2}}|至|到|[、和及与])[ ]?)(?P<number>[0-9]{{1,3}}){_COUNTS}")
_RANGE = re.compile(r"[—–~～-]|至|到")


class Mention(NamedTuple):
    """Where words speak of a figure or table, its label as `labels` has it, and whether nothing else can be meant."""

    start: int
    end: int
    label: str
    is_sure: bool


def of(text: str, known: Collection[str]) -> Iterator[Mention]:
    """Every mention in a text; 图1-3 is 图1 to 图3 where there is no figure of that number."""
    for match in _MENTION.finditer(text):
        kind, said = match["kind"] or match["kind2"], match["number"] or match["number2"]
        start, end = match.span()
        label = key(f"{kind}{said}")
        first = re.match("[0-9０-９]+(?=[-–])", said)
        if label not in known and first and (single := key(f"{kind}{first[0]}")) in known:
            label, end = single, match.start("number") + first.end()
        yield Mention(start, end, label, True)
        while further := _FURTHER.match(text, end):
            end = further.end()
            yield Mention(further.start("number"), end, f"{kind}{int(further['number'])}", bool(_RANGE.search(further["between"])))


def labels(counted: Iterable[Counted]) -> dict[str, Counted]:
    """What is counted by its labels; of two with one label the first is meant."""
    found: dict[str, Counted] = {}
    for each in counted:
        if each.label:
            found.setdefault(key(each.label), each)
    return found


def key(label: str) -> str:
    """A label as it is compared: 图 １, 图一 and 图1 are one; empty for what is none."""
    words = "".join(normalize("NFKC", label).replace("–", "-").split())
    if words[:1] not in ("图", "表") or len(words) < 2:
        return ""
    try:
        return f"{words[0]}{number(words[1:])}"
    except ValueError:
        return words if words[1].isdecimal() else ""
