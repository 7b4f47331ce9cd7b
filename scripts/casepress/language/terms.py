"""Terms: words that are certainly wrong or that official texts write otherwise, and what to write, with the reason.

Flows in: `data/terms.csv` and the terms of a collection. Flows out: remarks. A line of the table is `wrong,right,why,sound`: wrong
spellings parted by |, the right one, its source, and longer words in which what looks wrong is sound (所做为). A right word in
quotes, “双减”, is one that always bears them.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from casepress.facts.characters import PAIRS
from casepress.language.paragraphs import Paragraph
from casepress.values.cases import Remark
from casepress.values.rules import Entry

TABLE = Path(__file__).parents[1] / "data" / "terms.csv"
RIGHT = "terms_are_right"
_OPENS, _ENDS = {*PAIRS, '"', "'"} - {"（"}, {*PAIRS.values(), '"', "'"} - {"）"}
_NAMED = re.compile("《[^《》]{1,60}》|“[^“”]{1,20}”")  # a title, and what is quoted as a name, 家校联动双减四个一


@lru_cache(maxsize=1)
def standard() -> tuple[tuple[frozenset[str], Entry], ...]:
    """The terms that come with casepress, each with its characters."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file)]
    return asked(
        Entry(wrong, row["right"], row["why"], tuple(filter(None, row["sound"].split("|"))))
        for row in rows
        for wrong in row["wrong"].split("|")
    )


def asked(entries: Iterable[Entry]) -> tuple[tuple[frozenset[str], Entry], ...]:
    """Terms as they are looked for: most texts lack one of a term's characters, which is seen faster."""
    return tuple((frozenset(entry.wrong), entry) for entry in entries)


def look(paragraphs: Sequence[Paragraph], text: str, every: frozenset[str], entries: Iterable[tuple[frozenset[str], Entry]]) -> list[Remark]:
    """The wrong terms in paragraphs, each once a paragraph; `text` is all of them and `every` each of its characters once."""
    found = []
    for characters, entry in entries:
        if not (characters <= every and entry.wrong in text):
            continue
        for paragraph in paragraphs:
            words = paragraph.text
            if entry.wrong in words and (places := list(_places(words, entry))):
                many = f"（这一段有 {len(places)} 处）" if len(places) > 1 else ""
                what = f"“{entry.wrong}”要加引号{many}" if entry.is_quoted else f"写了“{entry.wrong}”{many}"
                cure = f"请写成{entry.right}" if entry.is_quoted else f"请写成“{entry.right}”"
                found.append(Remark(paragraph.line_at(places[0]), what, f"{cure}{f'（{entry.why}）' if entry.why else ''}", RIGHT))
    return found


def _places(words: str, entry: Entry) -> Iterable[int]:
    sound = [(at.start(), at.end()) for each in entry.sound for at in re.finditer(re.escape(each), words)]
    sound += [at.span() for at in _NAMED.finditer(words)] if entry.is_quoted else []
    for match in re.finditer(re.escape(entry.wrong), words):
        begin, end = match.span()
        if any(first <= begin and end <= last for first, last in sound):
            continue
        if entry.is_quoted and (words[begin - 1 : begin] in _OPENS or words[end : end + 1] in _ENDS):
            continue
        yield begin
