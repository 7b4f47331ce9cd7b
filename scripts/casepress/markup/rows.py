"""Rows: lines that are a table, with bars or with tabs between their cells; split, and built into one.

Flows in: lines. Flows out: where a table stands, and its element. A table whose second line of dashes is missing is a
table, where every line says so.
"""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from casepress.facts.characters import BLANKS, DASHES
from casepress.markup import shapes

Line = tuple[int, str]

_DASHES = re.compile(r" *:?-+:? *")
_PLAIN = str.maketrans(f"｜：{DASHES}", "|:" + "-" * len(DASHES))
_ALIGN = {(True, False): "left", (False, True): "right", (True, True): "center"}


def cells(text: str) -> list[str]:
    """The cells of a row. A bar behind a backslash or in code parts nothing (GFM 4.10)."""
    text = text.strip(BLANKS)
    if text[:1] in ("|", "｜"):
        text = text[1:]
    marks, quoted = _quoted(text)
    found, start = [], 0
    for at in marks:
        if at and text[at - 1] == "\\" and (at < 2 or text[at - 2] != "\\"):
            continue
        if not quoted or not _inside(quoted, at):
            found.append(text[start:at])
            start = at + 1
    if text[start:].strip() or not found:
        found.append(text[start:])
    return [cell.replace("\\|", "|").strip(BLANKS) for cell in found]


def _quoted(text: str) -> tuple[list[int], list[tuple[int, int]]]:
    wide = "|" not in text
    marks = [match.start() for match in re.finditer("｜" if wide else r"\|", text)]
    return marks, code(text) if "`" in text else []


def _inside(spans: list[tuple[int, int]], at: int) -> bool:
    while spans and spans[0][1] <= at:
        spans.pop(0)
    return bool(spans) and spans[0][0] <= at


def code(text: str) -> list[tuple[int, int]]:
    """Where code stands within a text: from its opening ticks to behind the same number of ticks (CommonMark 6.1)."""
    runs = [(match.start(), match.end()) for match in re.finditer("`+", text)]
    following: dict[int, int] = {}
    ends: list[int | None] = [None] * len(runs)
    for nth in range(len(runs) - 1, -1, -1):
        start, end = runs[nth]
        ends[nth] = following.get(end - start)
        following[end - start] = nth
    spans, nth = [], 0
    while nth < len(runs):
        start, close = runs[nth][0], ends[nth]
        escaped = (len(text[max(0, start - 50) : start]) - len(text[max(0, start - 50) : start].rstrip("\\"))) % 2
        if close is None or escaped:
            nth += 1
        else:
            spans.append((start, runs[close][1]))
            nth = close + 1
    return spans


def has_bars(text: str) -> bool:
    """Whether a line is closed by bars on both sides, or parts cells with them."""
    return "|" in text or "｜" in text


def aligns(text: str) -> list[str] | None:
    """The alignment of each column, where a line is the one of dashes below a table's head."""
    if "-" not in (text := text.translate(_PLAIN)) or text.strip("|:-" + BLANKS):
        return None
    found = cells(text)
    if not all(map(_DASHES.fullmatch, found)):
        return None
    return [_ALIGN.get((cell[0] == ":", cell[-1] == ":"), "") for cell in found]


def begins(lines: Sequence[Line], at: int) -> str:
    """What kind of table begins at a line: with `dashes`, with `bars` only, with `tabs`, or none."""
    text = lines[at][1]
    if not (has_bars(text) or "\t" in text.strip()):
        return ""
    following = lines[at + 1][1] if at + 1 < len(lines) else ""
    if not following.strip() and is_closed(text) and at + 2 < len(lines) and aligns(lines[at + 2][1]) and is_closed(lines[at + 2][1]):
        following = lines[at + 2][1]
    if not following.strip():
        return ""
    if has_bars(text):
        if has_bars(following) and (found := aligns(following)) is not None and aligns(text) is None and (len(found) > 1 or is_closed(text)):
            return "dashes"
        if has_bars(following) and (is_closed(text) and is_closed(following) or _open_row(text, following)):
            width = len(cells(text))
            return "bars" if width > 1 and width == len(cells(following)) else ""
        return ""
    tabs = text.strip().count("\t")
    items = shapes.numbered(text) or shapes.near_item(text)
    return "tabs" if tabs and not items and tabs == following.strip().count("\t") else ""


def is_closed(text: str) -> bool:
    """Whether a line begins and ends with a bar."""
    text = text.strip(BLANKS)
    return len(text) > 1 and text[0] in "|｜" and text[-1] in "|｜"


def _open_row(text: str, following: str) -> bool:
    """Rows without outer bars need filled cells on both lines to be believed."""
    return all(map(all, (cells(text), cells(following)))) and "`" not in text and "![" not in text


def is_row(text: str, kind: str) -> bool:
    """Whether a line goes on with a table."""
    return "\t" in text.strip() if kind == "tabs" else has_bars(text)


def build(rows: Sequence[tuple[int, list[str]]], columns: Sequence[str], mark) -> Element:
    """The table of some rows, the first of them its head; what a row has beyond the last column stays in that column.

    `mark` makes the text of a cell from its line and its words.
    """
    table = Element("table")
    for nth, (number, row) in enumerate(rows):
        if nth < 2:
            body = SubElement(table, "tbody" if nth else "thead")
        if len(row) > len(columns):
            row = [*row[: len(columns) - 1], "|".join(row[len(columns) - 1 :])]
        line = SubElement(body, "tr")
        for at, align in enumerate(columns):
            cell = SubElement(line, "td" if nth else "th", {"align": align} if align else {})
            words = row[at] if at < len(row) else ""
            cell.text = mark(number, words) if words else ""
    return table
