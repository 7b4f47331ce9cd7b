"""Sections: whether a case has those that its call asks for, however their headings are numbered and whatever near word they use.

`data/sections.txt` says which words are near: one group a line, 做法 举措 措施 …; the names and aliases of a call go before.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from casepress.facts import wording
from casepress.facts.characters import ENDS, PAUSES
from casepress.values.cases import Case
from casepress.values.rules import Section

_TABLE = Path(__file__).parents[1] / "data" / "sections.txt"
_NUMERAL = "[0-9０-９一二三四五六七八九十]{1,3}"
_NUMBER = re.compile(
    rf"^\s*(?:第{_NUMERAL}(?:部分|章|节|篇)|之?{_NUMERAL}\s*[{PAUSES}{ENDS}.,:]|[（(]\s*{_NUMERAL}\s*[）)]|{_NUMERAL}\s*[）)]|[①-⑩])[\s{PAUSES}{ENDS}.:]*"
)
_BEHIND = re.compile(r"[（(][^（）()]*[）)]\s*$")
_SHORT = 24  # characters of a line that may be a heading which nobody marked, or of the words before a colon


def missing(case: Case, wanted: Sequence[Section]) -> tuple[Section, ...]:
    """Those of the wanted sections that a case has not."""
    said = tuple(dict.fromkeys(map(_plain, _headings(case))))
    return tuple(section for section in wanted if not any(word in heading for word in _words(section) for heading in said))


def _headings(case: Case) -> Iterator[str]:
    for heading in case.body.headings:
        yield heading.text
    for _, words in case.body.lines:
        line = words.strip()
        numbered = _NUMBER.match(line)
        before = re.split("[：:。]" if numbered else "[：:]", line, maxsplit=1)[0]
        if len(before) <= _SHORT and (numbered or before != line or not line.endswith(("。", "；", "，"))):
            yield before


def _plain(heading: str) -> str:
    while (shorter := _NUMBER.sub("", heading)) != heading:
        heading = shorter
    return wording.plain(_BEHIND.sub("", heading) or heading)


@lru_cache(maxsize=256)
def _words(section: Section) -> tuple[str, ...]:
    """Every word one of which the heading of a section holds: its name, its aliases, and what is near the name's last word that is known."""
    name = _plain(section.name)
    near = [(name.rfind(word), group) for group in _groups() for word in group if word in name]
    group = max(near, key=lambda each: each[0])[1] if near and not section.aliases else ()
    return tuple(dict.fromkeys((name, *map(_plain, section.aliases), *group)))


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in _TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#"))
