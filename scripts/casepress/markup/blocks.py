"""Blocks: the lines of a body to a tree of headings, paragraphs, lists, tables and code, each read once.

Flows in: lines. Flows out: elements whose texts are still to be read within their lines, every line with the mark of its
number; definitions and notes; remarks. The rules are CommonMark 0.31's, except where it takes for code or for one
paragraph what Chinese writers mean as paragraphs, lists and headings. The time is linear in the text for each level.
"""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from casepress.markup import foreign, html_tables, leaves, quoted, rows, shapes, tables
from casepress.markup.leaves import Read
from casepress.markup.rows import Line
from casepress.markup.shapes import Item

MAX_DEPTH = 20  # lists and quotes within each other

_LEAD = re.compile(r"(?:>|[-*+](?= )|[0-9]{1,9}[.)](?= )) *")


def blocks(parent: Element, lines: Sequence[Line], read: Read, depth: int = 0) -> bool:
    """Puts the blocks of some lines into an element; whether an empty line stands between two of them."""
    at, loose, gap = 0, False, False
    while at < len(lines):
        if not lines[at][1].strip():
            at, gap = at + 1, True
            continue
        before = len(parent)
        at = _block(parent, lines, at, read, depth)
        loose = loose or (gap and 0 < before < len(parent))
        gap = not lines[at - 1][1].strip()
    return loose


def _block(parent: Element, lines: Sequence[Line], at: int, read: Read, depth: int) -> int:
    """Reads the block that begins at a line; where the next one begins."""
    number, text = lines[at]
    if depth > MAX_DEPTH:
        return leaves.verbatim(parent, lines, at, len(lines), read)
    if shapes.fence(text):
        return leaves.fenced(parent, lines, at, read)
    if depth == 0 and len(text) > MAX_DEPTH and _tangled(text):
        return leaves.verbatim(parent, lines, at, _end_of_chunk(lines, at), read)
    if found := shapes.heading(text):
        level, words, spaced = found
        if not spaced:
            read.found.remark(number, f"“{text.strip()[:20]}”的井号后面少了空格，已当作小标题", f"请写成 {'#' * level} {words[:20]}")
        SubElement(parent, f"h{level}").text = leaves.leaf([(number, words)], read)
        return at + 1
    if shapes.rule(text) or shapes.underline(text) == 1 and len(text.strip()) > 2:
        _tell_rule(parent, lines, at, read, depth)
        SubElement(parent, "hr")
        return at + 1
    if text.lstrip(" ")[:1] in (">", "＞"):
        return _quote(parent, lines, at, read, depth)
    if html_tables.begins(text) and (end := tables.html_table(parent, lines, at, read)):
        return end
    if (first := shapes.item(text)) and shapes.indent(text) < 8:
        return _list(parent, lines, at, first, read, depth)
    if near := leaves.near_list(lines, at):
        return _marked_list(parent, lines, at, near, read, depth)
    if kind := rows.begins(lines, at):
        return tables.table(parent, lines, at, kind, read)
    if match := leaves.NOTE.match(text):
        return leaves.note(parent, lines, at, match, read)
    if leaves.defines(text, read):
        return at + 1
    if shapes.indent(text) >= 4 and (end := leaves.indented_code(parent, lines, at)):
        return end
    return leaves.paragraph(parent, lines, at, read)


def _tell_rule(parent: Element, lines: Sequence[Line], at: int, read: Read, depth: int) -> None:
    """A line of dashes may have been meant as the beginning of a second header, or as the head of a table without bars."""
    if depth == 0 and not len(parent) and (end := shapes.header([text for _, text in lines[at + 1 : at + 40]])):
        read.found.remark(lines[at][0], f"这里又有一份表头（{end} 行），会排成正文", "请删去它；要用的，写进文件开头的表头")
    if shapes.ruled(lines[at][1]) and at and lines[at - 1][1].strip():
        cure = "请写成 | 甲 | 乙 |，第二行是 | --- | --- |"
        read.found.remark(lines[at - 1][0], "这里像是用空格对齐的表格，没有成形，会排成一段文字", cure)


def _end_of_chunk(lines: Sequence[Line], at: int) -> int:
    return next((end for end in range(at, len(lines)) if not lines[end][1].strip()), len(lines))


def _tangled(text: str) -> bool:
    """Whether a line opens too many lists and quotes at once."""
    at, level = 0, 0
    text = text.lstrip(" ")
    while (match := _LEAD.match(text, at)) and level <= MAX_DEPTH:
        at, level = match.end(), level + 1
    return level > MAX_DEPTH


def _quote(parent: Element, lines: Sequence[Line], at: int, read: Read, depth: int) -> int:
    inner: list[Line] = []
    while at < len(lines):
        number, text = lines[at]
        bare = text.lstrip(" ")
        if bare[:1] in (">", "＞") and bare:
            inner.append((number, bare[2:] if bare[1:2] == " " else bare[1:]))
        elif not bare.strip() or leaves.starts(lines, at, read) or not inner[-1][1].strip() or shapes.heading(inner[-1][1]):
            break
        else:
            inner.append((number, text))
        at += 1
    quote = SubElement(parent, "blockquote")
    if title := foreign.callout(inner[0][1]):
        read.found.remark(inner[0][0], f"“{inner[0][1].strip()[:30]}”：提示框会排成引用，第一行是 {title}", f"请写成 > {title}，下面一行写 >")
        SubElement(quote, "p").text = leaves.leaf([(inner[0][0], title)], read)
        inner = inner[1:]
    blocks(quote, quoted.part(inner), read, depth + 1)
    return at


# Lists


def _list(parent: Element, lines: Sequence[Line], at: int, first: Item, read: Read, depth: int) -> int:
    """A list: its items, each with what is indented below it, until something else stands at its edge."""
    items: list[tuple[Item, int, list[Line]]] = []
    item: Item | None = first
    edge, loose = shapes.indent(lines[at][1]), False
    while item is not None:
        number = lines[at][0]
        inner, end = _inner(lines, at, item, read)
        items.append((item, number, inner))
        at = end
        following = next((n for n in range(end, len(lines)) if lines[n][1].strip()), len(lines))
        item = shapes.item(lines[following][1]) if following < len(lines) else None
        if item and (item.kind != first.kind or not edge - 1 <= shapes.indent(lines[following][1]) < items[-1][0].offset + 2):
            item = None
        if item:
            loose = loose or following > end
            at = following
    _build_list(parent, items, loose, read, depth)
    return at


def _inner(lines: Sequence[Line], at: int, item: Item, read: Read) -> tuple[list[Line], int]:
    """The lines of an item without its indent, and where they end. Lines of a paragraph may be less indented (CommonMark 5.2)."""
    inner, end, gap, marks = [(lines[at][0], shapes.task(item.words))], at + 1, 0, ""
    edge = shapes.indent(lines[at][1])
    if opened := shapes.fence(item.words):
        marks = opened[0]
    last = end
    while end < len(lines):
        number, text = lines[end]
        if not text.strip():
            inner.append((number, ""))
            gap, end = gap + 1, end + 1
            if gap > 1 and not item.words and len(inner) == gap + 1:
                break  # an item that begins with two empty lines is empty
            continue
        within = shapes.indent(text)
        if within < item.offset and not marks:
            other = shapes.item(text)
            nested = within >= edge + 2 and (other is None or other.kind != item.kind)
            if not nested and (gap or other or leaves.starts(lines, end, read) or not _is_text(inner[-1][1])):
                break
        elif within < item.offset:
            break
        text = text[min(within, item.offset) :]
        if marks:
            marks = "" if shapes.closes(text, marks) else marks
        elif opened := shapes.fence(text):
            marks = opened[0]
        inner.append((number, text))
        gap, end = 0, end + 1
        last = end
    return inner[: last - at], last


def _is_text(text: str) -> bool:
    """Whether a line can go on in the next one."""
    return bool(text.strip()) and not shapes.heading(text) and not shapes.rule(text)


def _build_list(parent: Element, items: list[tuple[Item, int, list[Line]]], loose: bool, read: Read, depth: int) -> None:
    first = items[0][0]
    element = SubElement(parent, "ol" if first.kind in (".", ")", "、") else "ul")
    for _, _, inner in items:
        loose = blocks(SubElement(element, "li"), inner, read, depth + 1) or loose
    if not loose:
        for each in element:
            if len(each) and each[0].tag == "p":
                each.text = each[0].text
                each.remove(each[0])
    if element.tag == "ol":
        _number(element, [(item.number, line) for item, line, _ in items], read)


def _number(element: Element, numbers: list[tuple[int, int]], read: Read) -> None:
    """Keeps the author's numbers; 1. 1. 1. is the usual way to leave the counting to Markdown."""
    if numbers[0][0] != 1:
        element.set("start", str(numbers[0][0]))
    if len({number for number, _ in numbers}) == 1:
        return
    told = False
    for each, (before, _), (number, line) in zip(list(element)[1:], numbers, numbers[1:], strict=False):
        if number != before + 1:
            each.set("value", str(number))
            if not told:
                read.found.remark(
                    line, f"列表的编号从 {before} 跳到了 {number}，会照写的印", f"如果是笔误，请改成 {before + 1}", "numbers_go_on"
                )
            told = True


def _marked_list(parent: Element, lines: Sequence[Line], at: int, first: Item, read: Read, depth: int) -> int:
    """A list such as 1、甲⏎2、乙; it ends with an empty line."""
    items = [(first, lines[at][0], [(lines[at][0], first.words)])]
    at += 1
    while at < len(lines) and lines[at][1].strip():
        following = shapes.near_item(lines[at][1])
        if shapes.follows(items[-1][0], following):
            items.append((following, lines[at][0], [(lines[at][0], following.words)]))
        elif following is None and not leaves.starts(lines, at, read) and not shapes.begins_paragraph(lines[at - 1][1], lines[at][1]):
            items[-1][2].append(lines[at])
        else:
            break
        at += 1
    _build_list(parent, items, False, read, depth)
    return at
