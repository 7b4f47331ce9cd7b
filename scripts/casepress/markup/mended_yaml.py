"""Mended YAML: what is wrong with a line of a header, said for someone who has never heard of YAML, and how it should be.

Flows in: the lines of an entry, and the mistake that PyYAML found in it. Flows out: a problem, or the line mended.
"""

import json
import re
from collections.abc import Iterable
from itertools import islice

import yaml

from casepress.values.problems import Problem, error

FORMED = "headers_are_well_formed"
MAX_DEPTH = 6  # lists and maps within each other; collection.yml needs 6: fields, a field, choices, a choice, aliases
_CLOSING = {"[": "]", "{": "}"}
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ENTRY = re.compile(r"(\s*(?:- +)?)([^\s:：#\"'\[\]{}&*!|>%@`,][^:：]{0,40}?)[ \t]*([:：])(.*)")
_ITEM = re.compile(r"(\s*- +)(.+)")


def explained(lines: list[str], path: str, first_line: int, mistake: Exception | None, at: int | None = None) -> Problem:
    """What is wrong with an entry, said for someone who has never heard of YAML."""
    spots: Iterable[int] = range(len(lines)) if at is None else (at,)
    if isinstance(mistake, yaml.MarkedYAMLError):
        if mistake.problem == "too deep":
            line = first_line + mistake.problem_mark.line
            return error(path, line, f"列表和小项套了不止 {MAX_DEPTH} 层", "请减少层次", FORMED)
        marks = [mistake.problem_mark]
        if re.search("simple key|quoted", mistake.context or ""):
            marks.insert(0, mistake.context_mark)
        spots = [min(mark.line, len(lines) - 1) for mark in marks if mark]
    spots = [spot for spot in spots if lines[spot].strip()] or [0]
    for spot in spots:
        if hint := _hint(lines[spot]):
            return error(path, first_line + spot, *hint, FORMED)
    cure = "请一行一项写成“名称: 内容”，冒号用半角，后面空一格；内容里有特殊符号时加上引号"
    return error(path, first_line + spots[0], "这一行不是“名称: 内容”的形式", cure, FORMED)


def _hint(line: str) -> tuple[str, str] | None:
    """What is wrong and how to mend it, where one line shows it."""
    if re.match(r" *\t", line):
        return "行首的缩进用了制表符（Tab）", "请把 Tab 换成两个空格"
    if line.rstrip() in ("---", "...") or line.startswith("%YAML"):
        return f"这里多了一行 {line.strip()[:20]}", "请删去这一行"
    if not (match := _ENTRY.fullmatch(line)):
        return None
    indent, key, colon, rest = match.groups()
    better = short(mended(line))
    if colon == "：":
        return f"“{key}”后面的冒号是全角的", f"冒号要用半角，后面空一格，改成：{better}"
    if rest[:1].isspace() and rest[0] not in " \t":
        return f"“{key}”的冒号后面是全角空格", f"请换成一个半角空格，改成：{better}"
    if rest and not rest[0].isspace():
        return f"“{key}”的冒号后面没有空格", f"请空一格，改成：{better}"
    value = rest.strip()
    if not quoted_line(line):
        return ("这一行前面的空格和上下行对不齐", "请让同一级的各项左端对齐") if indent else None
    if value[0] == '"' and value[-1] == '"' and "\\" in value[1:-1]:
        return "双引号里的反斜线（\\）写得不对", "请删去反斜线，或把每个反斜线写成两个"
    if value[0] in "[{" and value.count(value[0]) > value.count(_CLOSING[value[0]]):
        closing = _CLOSING[value[0]]
        return f"内容以 {value[0]} 开头，却没有配上 {closing}", f"请在这一项的末尾补上 {closing}；它是文字的一部分的，请给整个内容加上引号"
    if value[0] in "\"'":
        what = "引号没有成对，或引号外面还有字"
    elif value[0] not in "[]{}&*!|>%@`?-,#" and re.search(r": |:$", value):
        what = "内容里有半角冒号加空格，读到那里就断了"
    else:
        what = f"内容以 {value[0]} 开头，会被当作 YAML 的记号"
    return what, f"请给内容加上引号，改成：{better}"


def mended(line: str) -> str:
    """The line with a half-width colon, a space after it, and quotes where its content needs them."""
    match = _ENTRY.fullmatch(line)
    return quoted_line(line) or (f"{match[1]}{match[2]}: {match[4].strip()}" if match else line)


def quoted_line(line: str) -> str:
    """The same line with its content in quotes, or an empty text where it needs none."""
    match = _ENTRY.fullmatch(line)
    lead, value = (f"{match[1]}{match[2]}: ", match[4].strip()) if match else ("", "")
    if not match and (item := _ITEM.fullmatch(line)):
        lead, value = item[1], item[2].strip()
    if not value:
        return ""
    try:
        events = [e for e in islice(yaml.parse(f"- {value}", Loader=LOADER), 200) if isinstance(e, yaml.NodeEvent)]
        marked = any(e.anchor or getattr(e, "tag", None) for e in events)
        whole = any(getattr(events[1], name, "") for name in ("flow_style", "style"))
        whole = whole or getattr(events[1], "value", None) == value
        if whole and not marked:
            return ""
    except yaml.YAMLError:
        pass
    if value[0] in "\"'" and value.count(value[0]) == 1:
        value = value[1:]
    return lead + (f"'{value}'" if '"' in value and "'" not in value else json.dumps(value, ensure_ascii=False))


def short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
