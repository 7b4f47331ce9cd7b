"""Receipts: what an import came to, for a clerk: a table on a terminal, and a page in HTML that stands beside the collection.

Flows in: what an import would make or has made. Flows out: lines, and the bytes of a page. Private values stand in neither.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate

from casepress.arrived import KEPT, NEW, OTHER, SAME, TWICE, Arrival, Imported
from casepress.collection.project import Project
from casepress.markup.templates import environment, render
from casepress.privacy.scanning import scan
from casepress.values.fields import Field
from casepress.values.problems import Problem

NAME = "收件报告.html"
MARK = b'<meta name="generator" content="casepress import">'
_STATES = {NEW: "新的", SAME: "已有", KEPT: "已有", OTHER: "不同", TWICE: "重复"}
_LONG = {
    NEW: "新的", SAME: "cases 里已有，一样", KEPT: "cases 里已有，您改过，不动它", OTHER: "cases 里已有，不一样，不动它", TWICE: "和另一个文件一模一样",
}  # fmt: skip
_COLUMNS = (4, 28, 16, 20, 7)  # columns of a terminal, with a space between them 79
_MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|<[^>]*>|\\(?=[\\`*_\[\]<>#|~=^$])|(?m:^[#>\-| ]+)|\*\*|\|")


def table(made: Imported) -> Iterator[str]:
    """The cases as lines of at most 79 columns: state, title, unit, file, how many things are to be looked at."""
    if made.arrivals:
        yield _row(("", "案例", "单位", "来自", "要看的"))
    for each in made.arrivals:
        doubts = f"{len(each.problems)} 处" if each.problems else ""
        yield _row((_STATES[each.state], _title(each), _unit(each), _end(each.submission.source, _COLUMNS[3]), doubts))


def summary(made: Imported, is_written: bool) -> str:
    """What came to what, in a sentence or two."""
    count = {state: sum(each.state == state for each in made.arrivals) for state in _STATES}
    words = [f"{count[NEW]} 个新的"] if count[NEW] else []
    words += [f"{count[SAME] + count[KEPT]} 个已有"] if count[SAME] + count[KEPT] else []
    words += [f"{count[OTHER]} 个和已有的不一样"] if count[OTHER] else []
    words += [f"{count[TWICE]} 个重复"] if count[TWICE] else []
    said = f"看了 {made.files} 个文件，{len(made.arrivals)} 个案例" + (f"：{'、'.join(words)}" if words else "") + "。"
    if is_written:
        said += f"写了 {made.written} 个。" if made.written else "没有要写的。"
        return said + (f"照片说明写进了 {len(made.worded)} 个案例。" if made.worded else "")
    said += f"照片说明会写进 {len(made.worded)} 个案例。" if made.worded else ""
    return said + ("还没有写任何东西；要写进 cases，请加 --write。" if count[NEW] or made.worded else "没有新的要写。")


def page(place: Project, made: Imported, is_written: bool) -> bytes:
    """The report as a page that needs nothing beside it."""
    fields = {each.name: each for each in made.settings.fields}
    mine = {id(problem) for each in made.arrivals for problem in each.problems}
    others: dict[str, list[Problem]] = {}
    for problem in made.problems:
        if id(problem) not in mine:
            others.setdefault(problem.path, []).append(problem)
    figures = (
        (made.files, "个文件"),
        (len(made.arrivals), "个案例"),
        (sum(each.state == NEW for each in made.arrivals), "个新的"),
        *(((old, "个已有"),) if (old := sum(each.state in (SAME, KEPT) for each in made.arrivals)) else ()),
        (len(made.problems), "处要看"),
        *(((made.unworded, "幅照片没有说明"),) if made.unworded else ()),
    )
    wrote = f"写进 cases 的有 {made.written} 个。" if made.written else "这一次没有新的要写进 cases。"
    lead = wrote if is_written else "这里列的是会做成什么；还没有写进 cases。"
    text = render(
        environment(place.themes("reports")),
        "import.html",
        title=made.settings.title,
        lead=lead,
        figures=figures,
        cases=[_case(each, fields) for each in made.arrivals],
        others=list(others.items()),
    )
    return text.encode()


def _case(each: Arrival, fields: dict[str, Field]) -> dict[str, object]:
    """What the page says of a case."""
    sent = each.submission
    values = []
    for name, field in fields.items():
        if name not in sent.values or name == "title":
            continue
        value = "（不公开，另存在 cases/.private）" if field.private else "、".join(sent.values[name])
        values.append((field.label, value, sent.places.get(name, "")))
    body = _MARKS.sub("", re.sub(r"\(picture:[^)]*\)", "()", sent.body))
    body = re.sub(r"\s+", " ", body).strip()
    start = body[:160] + ("……" if len(body) > 160 else "")
    for found in scan(start):
        start = start[: found.start] + "＊" * (found.end - found.start) + start[found.end :]
    return {
        "title": _title(each), "unit": _unit(each), "source": sent.source, "state": _LONG[each.state], "short": "" if each.state == NEW else _STATES[each.state], "problems": each.problems,
        "target": f"写进了 {each.path}" if each.is_written else f"文件是 {each.path}", "values": values,
        "characters": len(re.sub(r"\s", "", body)), "pictures": sum(map(bool, each.file.made)), "start": start,
    }  # fmt: skip


def _title(each: Arrival) -> str:
    return (each.submission.values.get("title") or ("（没有题目）",))[0]


def _unit(each: Arrival) -> str:
    return (each.submission.values.get("school") or ("",))[0]


def _wide(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 0 if unicodedata.combining(c) else 1 for c in text)


def _row(cells: tuple[str, ...]) -> str:
    return " ".join(_cut(text, width) for text, width in zip(cells, _COLUMNS, strict=True)).rstrip()


def _cut(text: str, width: int) -> str:
    """A text in exactly so many columns, what is too long cut."""
    text = "".join(c if c.isprintable() else " " for c in text)
    if _wide(text) > width:
        text = text[: _fitting(text, width - 2)] + "…"
    return text + " " * (width - _wide(text))


def _end(source: str, width: int) -> str:
    """A file by the end of its name, which tells more than its folder."""
    name = source.rpartition("/")[2]
    if _wide(name) <= width:
        return name
    return "…" + name[len(name) - _fitting(name[::-1], width - 2) :]


def _fitting(text: str, width: int) -> int:
    """How many characters of a text, which is wider, stand in so many columns."""
    return next(number for number, wide in enumerate(accumulate(map(_wide, text))) if wide > width)
