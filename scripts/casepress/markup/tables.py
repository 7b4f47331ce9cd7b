"""Tables: lines that are one, with bars, with tabs or in HTML, put into the tree.

Flows in: lines. Flows out: the element of the table, the end of its lines, and remarks.
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from casepress.markup import html_tables, rows
from casepress.markup.leaves import Read, leaf, verbatim
from casepress.markup.rows import Line
from casepress.markup.spans import END, LINE, Plain


def table(parent: Element, lines: Sequence[Line], at: int, kind: str, read: Read) -> int:
    end = _end(lines, at, kind)
    found = [
        (number, text.strip().split("\t") if kind == "tabs" else rows.cells(text))
        for number, text in lines[at:end] if text.strip()
    ]  # fmt: skip
    if kind == "dashes":
        align = rows.aligns(lines[at + 1][1]) or []
        found.pop(1)
        align += [""] * (len(found[0][1]) - len(align))
    else:
        align = [""] * max(len(row) for _, row in found)
        where = "各行用制表符隔开" if kind == "tabs" else "表格少了第二行的横线"
        read.found.remark(
            lines[at][0], f"{where}，已照表格排，第一行当作表头", f"请在第一行下面加一行 {'| --- ' * min(len(align), 4)}|，各格之间写 |"
        )
    _tell_uneven(found, len(align), read)
    if len(found) * len(align) > read.cells_left:
        return verbatim(parent, lines, at, end, read)
    read.cells_left -= len(found) * len(align)
    parent.append(rows.build(found, align, lambda number, words: leaf([(number, words)], read)))
    return end


def _end(lines: Sequence[Line], at: int, kind: str) -> int:
    """Where a table's rows end. Converters put empty lines between them: closed rows of one width are one table all the same."""
    end, width = at + 1, 0
    while end < len(lines):
        text = lines[end][1]
        if text.strip():
            if not rows.is_row(text, kind):
                break
            end += 1
        elif kind == "dashes" and end + 1 < len(lines) and rows.is_closed(lines[end + 1][1]) and not rows.begins(lines, end + 1):
            width = width or len(rows.cells(lines[at][1]))
            if len(rows.cells(lines[end + 1][1])) != width:
                break
            end += 2
        else:
            break
    return end


def _tell_uneven(found: Sequence[tuple[int, list[str]]], width: int, read: Read) -> None:
    longer = [number for number, row in found if len(row) > width]
    if longer:
        many = f"（{len(longer)} 行，最早在这一行）" if len(longer) > 1 else ""
        what = f"这一行的格数比表头多{many}，多出来的并在最后一格里"
        read.found.remark(longer[0], what, "请检查是不是多写了 |，或给表头补上一格；文字里的 | 写成 \\|")


def html_table(parent: Element, lines: Sequence[Line], at: int, read: Read) -> int:
    """A table written in HTML, to the line that ends it; 0 where nothing does."""
    opened, end, size = 0, at, 0
    if not read.tries_left:
        return 0
    while end < len(lines) and size <= html_tables.MOST:
        text = lines[end][1].lower()
        opened += text.count("<table") - text.count("</table")
        size, end = size + len(text) + 1, end + 1
        if opened <= 0:
            break
    if opened > 0 or size > html_tables.MOST:
        read.tries_left -= 1
        return 0
    text = "\n".join(line for _, line in lines[at:end])
    table, title, around = html_tables.read(text, lambda words: Plain(words.replace("&", "&amp;")))
    size = sum(len(row) for row in table.iter("tr")) if table is not None else 0
    if table is None or size > read.cells_left:
        return 0
    read.cells_left -= size
    for cell in table.iter():
        if cell.tag in ("td", "th"):
            cell.text = Plain(f"{LINE}{lines[at][0]}{END}{cell.text or ''}")
    if title:
        SubElement(parent, "p", {"class": "table-title"}).text = leaf([(lines[at][0], title)], read)
    parent.append(table)
    if around:
        SubElement(parent, "p").text = leaf([(lines[end - 1][0], around)], read)
    return end
