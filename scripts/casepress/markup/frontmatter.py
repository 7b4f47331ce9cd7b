"""Front matter: a file's YAML header to plain strings that keep their lines.

Flows in: text. Flows out: text, nodes and body, with every problem found on the way; nothing raises.
With `mended_yaml`, which explains mistakes, the only module that imports yaml. Of YAML it takes maps, lists and scalars,
and a scalar is what was written: `no`, `0110` and `2024-02-30` stay text. Anchors, aliases, tags, merge keys and second
documents are refused.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from textwrap import dedent

import yaml

from casepress.facts.characters import CLOSE, DASHES
from casepress.markup.decoding import LINE_LIKE, fit
from casepress.markup.mended_yaml import FORMED, LOADER, MAX_DEPTH, explained, mended, quoted_line, short
from casepress.values.problems import Problem, error, warning

MAX_YAML = 64 * 1024  # bytes of a header or of collection.yml
MAX_ENTRIES = 200  # at the top of a malformed header; more is a body that lost its `---`

_CLEAN = "text_has_no_hidden_characters"
_FOLD = re.compile(f"(?<=[{CLOSE}]) (?=[{CLOSE}])")
_DASHES = re.compile(f"[-{DASHES} ]{{2,}}")
_PARENT = re.compile(r"([^\s:：#-][^:：#]*):\s*")
_BARE_KEY = re.compile(r"[a-z][a-z0-9_]*")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")  # by YAML 1.1, 5.1
Report = Callable[[Problem], None]


@dataclass(frozen=True)
class Node:
    """One entry: `line` is where it begins (its key, or its dash), `value` a text, a list or a map of entries.

    `pieces` are the lines of a text that was written on several and is not one that keeps them.
    """

    line: int
    value: "str | tuple[Node, ...] | Mapping[str, Node]"
    pieces: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Parts:
    """A file's header and body as text, each with the number of its first line."""

    header: str
    header_line: int
    body: str
    body_line: int


def has_header(text: str) -> bool:
    """Whether a text that may do without a header begins with one."""
    return text.lstrip("\ufeff").startswith("---")


def split(text: str, path: str) -> tuple[Parts, tuple[Problem, ...]]:
    """The header between two lines of `---`, and the body after it.

    Without a header all is body; without the second `---` the header ends at the first empty line or heading.
    """
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    cure = "请在第 1 行写 ---，下面一行一项写“title: 标题”等，再用一行 --- 结束"
    if lines[first].rstrip() != "---":
        what = "文件开头没有案例信息" if text.strip() else "文件是空的"
        if _DASHES.fullmatch(lines[first].strip()):
            what, cure = "案例信息开头的横线写得不对", "请改成正好三个半角减号 ---，前后不要有别的字符"
        return Parts("", first + 1, text, 1), (error(path, first + 1, what, cure, FORMED),)
    ends = (n for n, line in enumerate(lines) if n > first and line.rstrip() == "---")
    end, resume, problems = next(ends, 0), 1, ()
    if not end:
        breaks = (n for n, line in enumerate(lines) if n > first and (not line.strip() or line[0] == "#"))
        end, resume = next(breaks, len(lines)), 0
        cure = "请在案例信息的最后一项下面，另起一行写 ---"
        problems = (error(path, first + 1, "案例信息没有结束，找不到第二个 ---", cure, FORMED),)
    header, body = lines[first + 1 : end], lines[end + resume :]
    return Parts("\n".join(header), first + 2, "\n".join(body), end + resume + 1), problems


def read_header(text: str, path: str) -> tuple[Mapping[str, Node], str, int, tuple[Problem, ...]]:
    """The entries of a file's header, its body, the body's first line, and what is wrong with the header."""
    parts, problems = split(text, path)
    node, found = read_yaml(parts.header, path, parts.header_line)
    problems += found
    if node is None or not isinstance(node.value, Mapping):
        if not problems:
            cure = "请一行一项写成“名称: 内容”，例如 title: 标题"
            problems = (error(path, parts.header_line, "案例信息里没有“名称: 内容”", cure, FORMED),)
        return {}, parts.body, parts.body_line, problems
    return node.value, parts.body, parts.body_line, problems


def read_yaml(text: str, path: str, first_line: int = 1) -> tuple[Node | None, tuple[Problem, ...]]:
    """YAML as a tree of plain strings, and its problems; None where it holds nothing.

    Where it is malformed, every top-level entry is read by itself, so that one mistake hides no other.
    """
    if len(text.encode("utf-8", "replace")) > MAX_YAML:
        what = f"这一部分超过 {MAX_YAML // 1024} KB 的上限"
        return None, (error(path, first_line, what, "请检查 --- 的位置，正文要写在第二个 --- 下面", FORMED),)
    text = LINE_LIKE.sub(" ", text).replace("\r", " ")
    problems: list[Problem] = []
    node, mistake = _compose(text, path, first_line, problems.append)
    if mistake is None and (node is None or not isinstance(node.value, str)):
        return node, tuple(problems)
    problems.clear()
    return Node(first_line, _salvage(text, path, first_line, problems.append)), tuple(problems)


def write_header(values: Mapping[str, object]) -> str:
    """A header that YAML readers of any kind read back as the same values: texts, booleans, numbers, lists and maps."""
    lines = []
    for key, value in values.items():
        plain = json.dumps(value, ensure_ascii=False)
        name = key if _BARE_KEY.fullmatch(key) else json.dumps(key, ensure_ascii=False)
        lines.append(_UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", f"{name}: {plain}\n"))
    return f"---\n{''.join(lines)}---\n"


def _compose(text: str, path: str, first_line: int, report: Report) -> tuple[Node | None, Exception | None]:
    """The tree of one document, or the mistake that stopped it; lesser problems are reported on the way."""
    lines = text.split("\n")
    events = yaml.parse(text, Loader=LOADER)

    def refuse(event: yaml.Event, what: str) -> None:
        better = quoted_line(lines[event.start_mark.line])
        cure = f"请给内容加上引号，改成：{short(better)}" if better else "请改写成普通文字，必要时加上引号"
        report(error(path, first_line + event.start_mark.line, what, cure, FORMED))

    def build(event: yaml.Event, line: int, depth: int) -> Node:
        if getattr(event, "anchor", None) is not None:
            refuse(event, "内容以 & 或 * 开头，会被当作 YAML 的引用")
        if getattr(event, "tag", None) is not None:
            refuse(event, "内容以 ! 开头，会被当作 YAML 的标签")
        if isinstance(event, yaml.ScalarEvent):
            return Node(line, scalar(event), tuple(pieces(event.start_mark, event.end_mark)) if not event.style else ())
        if isinstance(event, yaml.AliasEvent):
            return Node(line, "")
        if depth > MAX_DEPTH:
            raise yaml.MarkedYAMLError(None, None, "too deep", event.start_mark)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(build(event, first_line + event.start_mark.line, depth + 1))
            return Node(line, tuple(items))
        entries: dict[str, Node] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            at = first_line + event.start_mark.line
            key = build(event, at, depth + 1).value
            value = build(next(events), at, depth + 1)
            if not isinstance(key, str) or key == "<<":
                refuse(event, "名称只能是一个词，不能是列表、小项或 <<")
            elif "：" in key:
                report(explained(lines, path, first_line, None, event.start_mark.line))
            else:
                _add(entries, key, value, path, report)
        return Node(line, entries)

    def pieces(start: yaml.Mark, end: yaml.Mark) -> Iterable[str]:
        if end.line > start.line:
            last = lines[end.line] if end.line < len(lines) else ""
            found = (lines[start.line][start.column :], *lines[start.line + 1 : end.line], last[: end.column])
            yield from filter(None, (text.strip() for text in found))

    def scalar(event: yaml.ScalarEvent) -> str:
        start, end = event.start_mark, event.end_mark
        value = event.value
        if event.style == '"' and fit(value) != value:
            signs = "、".join(f"U+{ord(sign):04X}" for sign in dict.fromkeys(value) if fit(sign) != sign)
            report(error(path, first_line + start.line, f"内容里用反斜线写了看不见的字符（{signs}）", "请删去它", _CLEAN))
            value = fit(value)
        rest = lines[end.line][end.column :] if end.line < len(lines) and not event.style else ""
        if lost := re.match(r"\s*(#.*)", rest):
            better = quoted_line(lines[end.line]) if start.line == end.line else ""
            cure = "如果它是内容的一部分，请给内容加上引号" + (f"，改成：{short(better)}" if better else "")
            report(warning(path, first_line + end.line, f"“{short(lost[1])}”会被当作注释，不会发布", cure, FORMED))
        # YAML folds a line end into a space, which Chinese does not want.
        if end.line > start.line and event.style != "|":
            for before, after in pairwise(line.strip() for line in lines[start.line : end.line + 1]):
                seam = f"{before[-1:]} {after[:1]}"
                value = value.replace(seam, _FOLD.sub("", seam))
        return value.rstrip("\n") if event.style in ("|", ">") else value

    node = None
    try:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None or event.version or event.tags:
                    raise yaml.MarkedYAMLError(None, None, "second document", event.start_mark)
            elif isinstance(event, yaml.NodeEvent):
                node = build(event, first_line + event.start_mark.line, 1)
    except (yaml.YAMLError, ValueError, RecursionError) as mistake:
        return None, mistake
    return node, None


def _salvage(text: str, path: str, first_line: int, report: Report, depth: int = 1) -> dict[str, Node]:
    """The entries of a malformed map, each read by itself: the sound ones, and as mended those that are reported."""
    lines = text.split("\n")
    starts = [n for n, line in enumerate(lines) if n == 0 or line[:1] not in ("", " ", "\t", "#", "-", "]", "}")]
    if len(starts) > MAX_ENTRIES:
        cure = "请检查第二个 --- 的位置，正文要写在它下面"
        report(error(path, first_line, f"这里有 {len(starts)} 行，不像一行一项的信息", cure, FORMED))
        return {}
    entries: dict[str, Node] = {}
    for start, end in pairwise([*starts, len(lines)]):
        line, piece = first_line + start, lines[start:end]
        node, mistake = _compose("\n".join(piece), path, line, report)
        wrong = mistake is not None or node is not None and not isinstance(node.value, Mapping)
        if wrong and depth < MAX_DEPTH and len(piece) > 1 and (name := _PARENT.fullmatch(piece[0])):
            found: list[Problem] = []
            below = _salvage(dedent("\n".join(piece[1:])), path, line + 1, found.append, depth + 1)
            _add(entries, name[1], Node(line, below), path, found.append)
            for problem in found or [explained(piece, path, line, mistake)]:
                report(problem)
            continue
        if wrong:
            report(explained(piece, path, line, mistake))
            node, _ = _compose(mended(piece[0]), path, line, lambda problem: None)
        if node is not None and isinstance(node.value, Mapping):
            for key, value in node.value.items():
                _add(entries, key, value, path, report)
    return entries


def _add(entries: dict[str, Node], key: str, value: Node, path: str, report: Report) -> None:
    if key in entries:
        what = f"“{key}”写了两次，第 {entries[key].line} 行已经有了"
        report(error(path, value.line, what, "请只留一个", FORMED))
    else:
        entries[key] = value
