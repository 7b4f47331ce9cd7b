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
    end = at + 1
    while end < len(lines) and lines[end][1].strip() and rows.is_row(lines[end][1], kind):
        end += 1
    found = [(number, text.strip().split("\t") if kind == "tabs" else rows.cells(text)) for number, text in lines[at:end]]
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
    if len(found) * len(align) > read.cells_left:
        return verbatim(parent, lines, at, end, read)
    read.cells_left -= len(found) * len(align)
    parent.append(rows.build(found, align, lambda number, words: leaf([(number, words)], read)))
    return end


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
    table, around = html_tables.read(text, lambda words: Plain(words.replace("&", "&amp;")))
    size = sum(len(row) for row in table.iter("tr")) if table is not None else 0
    if table is None or size > read.cells_left:
        return 0
    read.cells_left -= size
    for cell in table.iter():
        if cell.tag in ("td", "th"):
            cell.text = Plain(f"{LINE}{lines[at][0]}{END}{cell.text or ''}")
    parent.append(table)
    if around:
        SubElement(parent, "p").text = leaf([(lines[end - 1][0], around)], read)
    return end
