"""Titled: the title above a table and the lines below it, which people write as paragraphs, found and numbered.

Flows in: the tree of a text. Flows out: the same tree, those paragraphs with a class: `table-title` for 表 1　各年级课时 or
表：各年级课时 right above a table, `table-unit` for 单位：人 between both, `table-note` for 来源：…, 注：… and their like right
below it. Titles without a number get the next one of their text; what an author has numbered stays and is counted from.
"""

import re
from itertools import takewhile
from xml.etree.ElementTree import Element

from casepress.facts.characters import PAUSES
from casepress.markup.foreign import HINTED
from casepress.markup.tracing import text_of

_MOST = 60  # characters of a title
_GAP = "[\\s\u3000]"
# 表1　…, 表 1-2：…, 表一 …; a number is followed by a gap or a mark, else it is a sentence: 表1说明了……
NUMBERED = re.compile(
    f"{_GAP}*表{_GAP}*(?P<number>[0-9]{{1,3}}(?:[-–.．][0-9]{{1,3}})?|[一二三四五六七八九十]{{1,3}})(?:{_GAP}*[：:、．.]{_GAP}*(?=\\S)|{_GAP}+(?=\\S)|{_GAP}*$)"
)
_PLAIN = re.compile(f"{_GAP}*表{_GAP}*[：:]{_GAP}*(?=\\S)")
_SENTENCE = re.compile(f"[。！？]|；|[{PAUSES}:,]$")
_MEASURE = "[十百千万亿]*(?:元|人次?|个|所|名|课时|节|分钟|小时|学时|时|分|次|%|％|厘?米|平方米|公里|千克|公斤|吨|册|台|套|份|周|天|日|年|月|件|项|篇|户|辆|本|张|门|班)"
_UNIT = re.compile(f"{_GAP}*(?:计量)?单位{_GAP}*[：:]{_GAP}*{_MEASURE}(?:[、，,/／]{_MEASURE})*")  # 单位：示例小学 is none
_BELOW = re.compile(f"{_GAP}*(?:(?:资料|数据|图表|表格)?来源|出处|注{_GAP}*[0-9一二三四五]{{0,2}}|附注|备注|说明|表注){_GAP}*[：:]")


def take_names(root: Element) -> None:
    """The names of tables, 表：各年级课时 {#课时}, taken out of titles that stand right above a table, or above its unit."""
    for parent in root.iter():
        for at, child in enumerate(parent) if parent.find("table") is not None else ():
            if child.tag == "p" and any(each.tag == "table" for each in parent[at + 1 : at + 3]):
                for each in child.iter():
                    for slot in ("text", "tail") if each is not child else ("text",):
                        if found := HINTED.search(words := getattr(each, slot) or ""):
                            child.set("called", found[2] or "")
                            setattr(each, slot, HINTED.sub("", words))


def mark(root: Element) -> None:
    """Give the titles of tables and the lines below them their classes, and the titles their numbers."""
    last = 0
    for parent in root.iter():
        for at, table in enumerate(parent) if parent.find("table") is not None else ():
            if table.tag != "table":
                continue
            above = _above(parent, at)
            if above is not None and _UNIT.fullmatch(text_of(above).strip()):
                above.set("class", "table-unit")
                above = _above(parent, at - 1)
            if above is not None and (above.get("class") == "table-title" or _is_title(above)):
                last = _count(above, last)
                above.set("class", "table-title")
            if not (table.tail or "").strip():
                for below in takewhile(_is_below, parent[at + 1 :]):
                    below.set("class", "table-note")


def _above(parent: Element, at: int) -> Element | None:
    """The paragraph right above a child."""
    above = parent[at - 1] if at else None
    return above if above is not None and above.tag == "p" and not (above.tail or "").strip() else None


def _is_title(paragraph: Element) -> bool:
    words = text_of(paragraph).strip()
    begun = NUMBERED.match(words) or _PLAIN.match(words)
    return bool(begun) and len(words) <= _MOST and not _SENTENCE.search(words) and "\n" not in words


def _is_below(paragraph: Element) -> bool:
    return paragraph.tag == "p" and bool(_BELOW.match(text_of(paragraph).lstrip("\n")))


def _count(title: Element, last: int) -> int:
    """Write a title with its number, and say which one it was."""
    first = title
    while not (first.text or "").strip() and len(first) and first[0].tag in ("strong", "em", "span"):
        first = first[0]  # **表 1　各年级课时**
    words = first.text or ""
    own = NUMBERED.match(words)
    if own:
        number = own["number"]
        last = int(number) if number.isdecimal() else last
    else:
        last += 1
        number = str(last)
    plain = own or _PLAIN.match(words)
    first.text = (
        f"表{number}　{words[plain.end() :] if plain else words.lstrip()}" if not own or own.end() < len(words) or len(first) else f"表{number}"
    )
    return last
