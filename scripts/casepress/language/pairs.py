"""Pairs: quotes, brackets and title marks that open and close, and stand within each other as GB/T 15834-2011 has it.

Outside “ ”, within them ‘ ’ (4.8.3.3); outside 《 》, within them 〈 〉 (4.15.3.3). A quotation of several paragraphs opens each of
them anew and is closed at its end (4.8.3.4).
"""

import re
from collections.abc import Sequence

from casepress.facts.characters import HAN, PAIRS
from casepress.language.paragraphs import OTHER, Paragraph
from casepress.values.cases import Remark

_HALVES = {"(": "（", ")": "）"}
_CLOSES = {end: begin for begin, end in PAIRS.items()}
_MARKS = re.compile(f"[{''.join(PAIRS)}{''.join(_CLOSES)}()]")
_STRAIGHT = re.compile(rf'(?<=[{HAN}])"|"(?=[{HAN}])')
# 1） a) （一 at the beginning of an item, and the apostrophe of Latin words: no halves of pairs.
_NUMBER = re.compile(rf"(?:^|[^{HAN}0-9A-Za-z])[0-9A-Za-z一二三四五六七八九十]{{1,3}}$")
_NAMES = {"“": "引号", "‘": "引号", "《": "书名号", "〈": "书名号"}
_DEEPEST = 20  # marks open at once; more are no nesting that anybody meant
PAIRED, NESTED = "marks_come_in_pairs", "marks_are_nested"


def look(paragraphs: Sequence[Paragraph]) -> list[Remark]:
    """At most one remark for the pairs of each paragraph, for one missing mark puts all behind it in doubt, and one for straight quotes."""
    found: list[Remark] = []
    followed, behind = [], ""
    for paragraph in reversed(paragraphs):
        followed.append(behind)
        behind = paragraph.text if paragraph.kind != OTHER else behind
    for paragraph, following in zip(paragraphs, reversed(followed), strict=True):
        text = paragraph.text
        if marks := list(_MARKS.finditer(text)):
            found += [Remark(paragraph.line_at(at), what, cure, check) for at, what, cure, check in _of(text, marks, following)]
        if '"' in text and (straight := _STRAIGHT.search(text)):
            cure = "请改成“”，前一半是“，后一半是”" + ("；另外，这一段里少了一半" if text.count('"') % 2 else "")
            found.append(Remark(paragraph.line_at(straight.start()), '中文里用了半角的引号 "', cure, "quotes_are_full_width"))
    return found


def _of(text: str, marks: Sequence[re.Match], following: str) -> list[tuple[int, str, str, str]]:
    """What is wrong with the pairs of a paragraph: where, what, cure, check. `following` is the paragraph behind it."""
    stack: list[tuple[str, int]] = []
    nested: list[tuple[int, str, str, str]] = []
    for match in marks:
        mark, at = match[0], match.start()
        if mark in "‘’" and _is_apostrophe(text, at):
            continue
        full = _HALVES.get(mark, mark)
        if full in PAIRS:
            nested += _within(text, full, at, [begin for begin, _ in stack])
            stack.append((mark, at))
            if len(stack) > _DEEPEST:
                break
            continue
        begin = _CLOSES[full]
        if stack and _HALVES.get(stack[-1][0], stack[-1][0]) == begin:
            opened, place = stack.pop()
            if (opened in _HALVES) != (mark in _HALVES) and re.search(f"[{HAN}]", text[place:at]):
                what = f"“{_shown(text, place, at + 1)}”的括号一边全角，一边半角"
                nested.append((place, what, "请改成（）", PAIRED))
        elif mark in "）)" and _NUMBER.search(text[max(0, at - 5) : at]):
            continue
        elif any(_HALVES.get(each, each) == begin for each, _ in stack):
            opened, place = stack[-1]
            what = f"“{opened}”还没有合上，外面的“{mark}”就先合上了（{_around(text, at)}）"
            return [(at, what, f"请在“{mark}”前面补上“{_end_of(opened)}”，或调换先后", PAIRED)]
        else:
            turned = "“" in text[at + 1 :] if mark == "”" else "‘" in text[at + 1 :] if mark == "’" else False
            more = "；也可能是前后两半打反了" if turned else ""
            return [(at, f"有“{mark}”，前面没有“{begin}”（{_around(text, at)}）", f"请在前面补上“{begin}”，或删去“{mark}”{more}", PAIRED)]
    if stack and stack[0][0] == "“" and len(stack) == 1 and following.lstrip("　 ").startswith("“"):
        stack = []
    if stack:
        mark, at = stack[0] if stack[0][0] == "“" and following.lstrip("　 ").startswith("“") and len(stack) > 1 else stack[-1]
        cure = f"请在它结束的地方补上“{_end_of(mark)}”"
        if mark == "“":
            cure += "；引文有几段的，每段开头都要有“，最后一段末尾才有”"
        return [(at, f"{_NAMES.get(mark, '括号')}“{mark}”没有合上（{_around(text, at)}）", cure, PAIRED)]
    return nested[:1]


def _within(text: str, mark: str, at: int, above: Sequence[str]) -> list[tuple[int, str, str, str]]:
    """What is wrong with a mark that opens within those above it."""
    inner = next((each for each in reversed(above) if each in "“‘"), "")
    if mark == "“" and inner == "“":
        return [(at, f"双引号里面又用了双引号（{_around(text, at)}）", "里面的请改成单引号‘’", NESTED)]
    if mark == "‘" and not inner:
        return [(at, f"单引号外面没有双引号（{_around(text, at)}）", "请改成双引号“”；单引号只用在双引号里面", NESTED)]
    if mark == "《" and above and above[-1] == "《":
        return [(at, f"书名号里面又用了书名号（{_around(text, at)}）", "里面的请改成单书名号〈〉", NESTED)]
    return []


def _is_apostrophe(text: str, at: int) -> bool:
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    return before.isascii() and before.isalnum() or behind.isascii() and behind.isalnum() and text[at] == "’"


def _end_of(mark: str) -> str:
    return PAIRS[_HALVES.get(mark, mark)]


def _around(text: str, at: int) -> str:
    return f"{'…' if at > 4 else ''}{text[max(0, at - 4) : at + 7].strip()}{'…' if at + 7 < len(text) else ''}"


def _shown(text: str, begin: int, end: int) -> str:
    return text[begin:end] if end - begin <= 12 else f"{text[begin : begin + 6]}…{text[end - 4 : end]}"
