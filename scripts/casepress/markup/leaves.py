"""Leaves: the blocks of a body that hold no other blocks: paragraphs, tables, code, notes, definitions.

Flows in: lines. Flows out: elements whose texts are still to be read within their lines, every line with the mark of its
number; remarks on what was meant otherwise than it is written.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from casepress.facts.characters import BULLETS, DASHES, HAN, ORNAMENTS, STOPS
from casepress.markup import doubtful, html_tables, rows, shapes
from casepress.markup.rows import Line
from casepress.markup.shapes import Item
from casepress.markup.spans import END, LINE, MARK, Found, Plain, meant

_MAX_CELLS = 20_000  # of tables
_AHEAD = 40  # lines in which the next item of a list is sought that proves it one
_MOST_TRIES = 20  # at HTML tables that do not end

NOTE = re.compile(r" {0,3}\[\^([^\[\]]{1,200})\][:：] *")
_DEFINITION = re.compile(r"\[([^\[\]^][^\[\]]*)\]: *(<[^<>\s]*>|[^\s<>]\S*)(?: +(\"[^\"]*\"|'[^']*'|\([^()]*\)))?")
_LABEL = re.compile(r"\[([^\[\]\n]{1,200})\](?!:)")
_CODE_LIKE = re.compile(r"[{}\[\];=<>$\\|&#]|\(\)|^ *(?:def|class|import|from|return|if|for|while|print|pip|npm|git|sudo|cd)\b")
_MEANING = re.compile(r" {0,3}[:：] {1,4}(?=\S)")  # of the word on the line above
_BLANK = re.compile(r"(?:&(?:nbsp|emsp|ensp|#160|#12288|#xa0|#x3000);|\s)+", re.IGNORECASE)
_DRAWN = frozenset(("mermaid", "plantuml", "flow", "flowchart", "sequence", "echarts", "math", "latex", "katex", "mindmap", "dot", "graphviz"))
_WORDS = re.compile(f"[{HAN}{STOPS}]")
_STARTS = frozenset("#＃-*_+>＞`~<[" + BULLETS + ORNAMENTS + DASHES)


@dataclass
class Read:
    """What a text holds besides its tree: addresses by their labels, the lines of notes by their names, what was not read."""

    found: Found = field(default_factory=Found)
    definitions: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: dict[str, list[Line]] = field(default_factory=dict)
    unread: list[int] = field(default_factory=list)
    labels: frozenset[str] = frozenset()
    cells_left: int = _MAX_CELLS
    tries_left: int = _MOST_TRIES


def key(label: str) -> str:
    """A label as it is compared."""
    return " ".join(label.lower().split())


def labels(text: str) -> frozenset[str]:
    """What stands in brackets in a text, and may therefore ask for a definition."""
    return frozenset(map(key, _LABEL.findall(text))) if "]:" in text else frozenset()


def leaf(lines: Sequence[Line], read: Read) -> str:
    """The text of some lines, each behind its mark, as it was meant."""
    rows_ = []
    for nth, (number, text) in enumerate(lines):
        if nth + 1 < len(lines):
            ending = "  " if text.endswith("  ") or (len(text) - len(text.rstrip("\\"))) % 2 else ""
            text = (text[:-1] if text.endswith("\\") and ending else text).strip() + ending
        else:
            text = text.strip()
        if not nth and text[:1] == "&" and (blank := _BLANK.match(text)):
            text = text[blank.end() :]  # an indent that another program has made of spaces
        rows_.append(f"{LINE}{number}{END}{text.replace(chr(9), ' ')}")
    return meant("\n".join(rows_), read.found)


def starts(lines: Sequence[Line], at: int, read: Read) -> bool:
    """Whether a line that follows a text at once is no part of its paragraph."""
    text = lines[at][1]
    bare = text.lstrip(" \t")
    if not bare or bare[0] not in _STARTS and not bare[0].isdigit() and "|" not in bare and "｜" not in bare and "\t" not in bare:
        return not bare
    if shapes.heading(text) or shapes.rule(text) or shapes.fence(text) or bare[0] in ">＞" or html_tables.begins(text):
        return True
    item = shapes.item(text)
    if item and item.words and (item.kind == "*" or item.number == 1):
        return True
    if bare[0] == "[" and (NOTE.match(text) or "]:" in bare and defines(text, read, False)):
        return True
    return bool(near_list(lines, at) or rows.begins(lines, at))


def paragraph(parent: Element, lines: Sequence[Line], at: int, read: Read) -> int:
    """A paragraph, or the heading that a line of = or - makes of a single short line."""
    end = at + 1
    while end < len(lines) and lines[end][1].strip() and not shapes.begins_paragraph(lines[end - 1][1], lines[end][1]):
        if starts(lines, end, read) or shapes.underline(lines[end][1]) == 1:
            break
        if end == at + 1 and shapes.heads(lines[at][1]):
            words = lines[at][1].strip().strip("*_")
            read.found.remark(lines[at][0], f"“{words}”像是小标题，没有写井号，会排成一段文字", f"如果是小标题，请写成 ## {words}，下面空一行")
            break
        end += 1
    level = shapes.underline(lines[end][1]) if end < len(lines) else 0
    alone = end == at + 1 and (at == 0 or not lines[at - 1][1].strip() or shapes.heading(lines[at - 1][1]))
    if level and alone and shapes.is_title(lines[at][1]) and lines[at][1].lstrip()[:1] not in "!！":
        SubElement(parent, f"h{level}").text = leaf(lines[at:end], read)
        return end + 1
    if at + 1 < end and _MEANING.match(lines[at + 1][1]) and shapes.is_title(lines[at][1]):
        return _meanings(parent, lines, at, end, read)
    doubtful.tell(lines[at:end], read.found)
    text = leaf(lines[at:end], read)
    if MARK.sub("", text).strip():  # else nothing but &nbsp;
        SubElement(parent, "p").text = text
    if level == 1:
        SubElement(parent, "hr")
        return end + 1
    return end


def _meanings(parent: Element, lines: Sequence[Line], at: int, end: int, read: Read) -> int:
    """A word and what it means, 课后服务⏎: 放学以后的活动, in one paragraph; each further meaning has its own."""
    number, word = lines[at]
    cure = f"请写成 **{word.strip()}**：释义，写在一行里"
    read.found.remark(number, f"“{word.strip()[:20]}”和下面冒号开头的释义，已排成一段", cure)
    starts_ = [nth for nth in range(at + 1, end) if _MEANING.match(lines[nth][1])]
    for begin, stop in zip(starts_, [*starts_[1:], end], strict=True):
        bare = [(line, _MEANING.sub("", text, count=1)) for line, text in lines[begin:stop]]
        element = SubElement(parent, "p")
        if begin == at + 1:
            SubElement(element, "strong").text = leaf([(number, word)], read)
            element[0].tail = f"：{leaf(bare, read)}"
        else:
            element.text = leaf(bare, read)
    return end


def near_list(lines: Sequence[Line], at: int) -> Item | None:
    """The first item of a list whose marks lack their space, where a second one proves it."""
    first = shapes.near_item(lines[at][1])
    if first is None:
        return None
    for _, text in lines[at + 1 : at + 1 + (_AHEAD if first.kind == "、" else 1)]:
        if not text.strip():
            return None
        if shapes.follows(first, shapes.near_item(text)):
            return first
    return None


def fenced(parent: Element, lines: Sequence[Line], at: int, read: Read) -> int:
    number, text = lines[at]
    marks, info = shapes.fence(text)
    within, end = shapes.indent(text), at + 1
    while end < len(lines) and not shapes.closes(lines[end][1], marks):
        end += 1
    if end == len(lines):
        read.found.remark(number, f"从这里开始的代码没有结束，下面的文字都当成了代码（{marks}）", f"请在代码的下面另起一行写 {marks}")
    if info.split(" ")[0].lower() in _DRAWN:
        read.found.remark(number, f"{info.split(' ')[0]} 画的图或公式不会画出来，会照代码原样印", "请把它做成图片，或改用文字")
    words = [info] if _WORDS.search(info) else []  # the name of a language says nothing to readers; a sentence does
    code(parent, [*words, *(text[min(within, shapes.indent(text)) :] for _, text in lines[at + 1 : end])])
    return min(end + 1, len(lines))


def code(parent: Element, lines: Sequence[str]) -> None:
    """Lines as they stand."""
    text = "\n".join(lines).expandtabs(4).replace("&", "&amp;")
    SubElement(SubElement(parent, "pre"), "code").text = Plain(text)


def indented_code(parent: Element, lines: Sequence[Line], at: int) -> int:
    """Lines four spaces in are code where they look it and hold no Chinese; else people mean a paragraph. 0 where it is none."""
    end, last = at, at
    while end < len(lines):
        text = lines[end][1]
        if text.strip():
            if shapes.indent(text) < 4 or _WORDS.search(text):
                break
            last = end + 1
        elif last == at or not _is_code(lines[at:last]):
            break
        end += 1
    if not _is_code(lines[at:last]) or end == last < len(lines) and lines[end][1].strip() and shapes.indent(lines[end][1]) >= 4:
        return 0
    code(parent, [text[4:] for _, text in lines[at:last]])
    return last


def _is_code(lines: Sequence[Line]) -> bool:
    return any(_CODE_LIKE.search(text) for _, text in lines[:20]) and lines[0][1].lstrip()[:1] not in "[!|"


def verbatim(parent: Element, lines: Sequence[Line], at: int, end: int, read: Read) -> int:
    read.unread.append(lines[at][0])
    code(parent, [text for _, text in lines[at:end]])
    return end


def note(parent: Element, lines: Sequence[Line], at: int, match: re.Match, read: Read) -> int:
    """A note's lines: those that follow at once, and behind empty lines those that are four spaces in."""
    name = match[1]
    if name in read.notes:
        read.found.remark(lines[at][0], f"脚注 [^{name}] 的注文写了两次，这一条会照原样印出", "请删去一条，或换一个编号", "notes_are_written")
        SubElement(parent, "p").text = leaf([(lines[at][0], f"\\{lines[at][1].strip()}")], read)
        return at + 1
    inner = [(lines[at][0], lines[at][1][match.end() :])]
    end = at + 1
    while end < len(lines):
        number, text = lines[end]
        if text.strip():
            if not inner[-1][1].strip() and shapes.indent(text) < 4 or NOTE.match(text) or shapes.heading(text):
                break
            inner.append((number, text[min(4, shapes.indent(text)) :]))
        else:
            inner.append((number, ""))
        end += 1
    while inner and not inner[-1][1].strip():
        inner.pop()
        end -= 1
    if not inner:
        read.found.remark(lines[at][0], f"脚注 [^{name}] 没有注文", f"请写成 [^{name}]: 注文", "notes_are_written")
        SubElement(parent, "p").text = leaf([(lines[at][0], f"\\{lines[at][1].strip()}")], read)
        return at + 1
    read.notes[name] = inner
    return end


def defines(text: str, read: Read, keep: bool = True) -> bool:
    """Whether a line gives the address of a label that is asked for; what only looks so is a text."""
    match = _DEFINITION.fullmatch(text.strip())
    label = key(match[1]) if match else ""
    if not match or label not in read.labels or label in read.definitions:
        return False
    if keep:
        read.definitions[label] = match[2].strip("<>"), (match[3] or "  ")[1:-1].strip()
    return True
