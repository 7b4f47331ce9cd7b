"""HTML tables: a table that Word or a web page has left in a body, read to our own elements, merged cells included.

Flows in: the lines from `<table` to `</table>`. Flows out: a table of ours. Of all that HTML can say only cells, their
spans, line ends, bold, italics, raised and lowered figures, links and pictures are taken; the words of the rest stay.
"""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from casepress.markup import parsing

MOST = 128 * 1024  # characters of a table
MOST_COLUMNS = 60
_DEEPEST = 30  # elements within each other
_BEGINS = re.compile(r"\s{0,8}(?:<(?!table)[a-z][^<>]{0,200}>\s{0,8}){0,6}<table[\s>]", re.IGNORECASE)
_KEPT = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "sub": "sub", "sup": "sup", "code": "code", "a": "a", "img": "img"}
_KEPT_ATTRIBUTES = {"a": ("href", "title"), "img": ("src", "alt", "title")}
_LINES = frozenset("p div li h1 h2 h3 h4 h5 h6 ul ol blockquote pre tr".split())
# All but what ends by itself, or holds nothing.
_NESTING = re.compile(r"<(/?)(?!(?:p|li|tr|t[dh]|thead|tbody|tfoot|table|col|br|hr|img|input|o:p|d[dt]|option)\b)[a-zA-Z]")
_DROPPED = frozenset("script style head title template colgroup col".split())

Text = Callable[[str], str]


def begins(text: str) -> bool:
    """Whether a table in HTML begins on this line, with nothing but other tags before it."""
    return "<" in text and _BEGINS.match(text) is not None


def _is_tangled(html: str) -> bool:
    """Whether more elements stand in each other than any table needs; the time to read them grows with the square of that."""
    depth = 0
    for match in _NESTING.finditer(html):
        depth = max(0, depth + (-1 if match[1] else 1))
        if depth > _DEEPEST:
            return True
    return False


def read(html: str, text: Text) -> tuple[Element | None, str, str]:
    """The table of some HTML, its caption and the words that stand around it; no table where it has no cell or is too tangled.

    `text` makes a text of the tree from words that are to be shown as they are.
    """
    if _is_tangled(html):
        return None, "", ""
    document = parsing.document(html)
    source = document.find(".//table")
    body = document.find("body")
    if source is None or body is None:
        return None, "", ""
    parts = [part for part in source if part.tag in ("thead", "tbody", "tfoot")]
    rows = [(part.tag, [cell for cell in row if cell.tag in ("td", "th")]) for part in parts for row in part if row.tag == "tr"]
    filled = [(tag, cells) for tag, cells in rows if cells]
    table = _table([cells for _, cells in filled], sum(tag == "thead" for tag, _ in filled))
    for element in table.iter() if table is not None else ():
        element.text, element.tail = text(element.text or ""), text(element.tail or "")
    caption = source.find("caption")
    title = " ".join("".join(caption.itertext() if caption is not None else ()).split())
    return table, title, " ".join("".join(_outside(body, source)).split())


def _table(grid: list[list[Element]], heads: int) -> Element | None:
    if not grid:
        return None
    heads = heads or _head_rows(grid)
    table, filled = Element("table"), [0] * MOST_COLUMNS  # for each column, the rows that cells from above still fill
    for nth, cells in enumerate(grid):
        if nth in (0, heads):
            body = SubElement(table, "thead" if nth < heads else "tbody")
        row, at = SubElement(body, "tr"), 0
        left = (heads if nth < heads else len(grid)) - nth
        for cell in cells:
            while at < MOST_COLUMNS and filled[at]:
                at += 1
            columns, down = _span(cell, "colspan", MOST_COLUMNS), _span(cell, "rowspan", left)
            if at + columns > MOST_COLUMNS:
                return None
            new = SubElement(row, "th" if nth < heads or cell.tag == "th" else "td")
            new.attrib.update({name: str(n) for name, n in (("colspan", columns), ("rowspan", down)) if n > 1})
            _fill(new, cell)
            filled[at : at + columns] = [down] * columns
            at += columns
        filled = [max(0, n - 1) for n in filled]
    return table


def _head_rows(grid: list[list[Element]]) -> int:
    """How many rows the head has where the source does not say: the first, and those that its cells reach into.

    None where they reach into all rows, or where the first row has a head of its own (th) beside other cells.
    """
    reach = max(_span(cell, "rowspan", len(grid)) for cell in grid[0])
    return reach if reach < len(grid) and len({cell.tag for cell in grid[0]}) == 1 else 0


def _span(cell: Element, name: str, most: int) -> int:
    value = cell.get(name, "").strip()[:4]
    return max(1, min(int(value) if value.isascii() and value.isdigit() else 1, most))


def _fill(new: Element, source: Element) -> None:
    """The words of a cell, one block of it to a line."""
    _take(new, source, 0)
    while len(new) and new[-1].tag == "br" and not (new[-1].tail or "").strip():
        new.remove(new[-1])


def _take(new: Element, source: Element, depth: int) -> None:
    _say(new, source.text)
    for child in source:
        tag = child.tag if isinstance(child.tag, str) and depth < _DEEPEST else ""
        if tag == "br":
            SubElement(new, "br")
        elif tag in _KEPT:
            attributes = {name: child.get(name, "") for name in _KEPT_ATTRIBUTES.get(tag, ()) if child.get(name)}
            _take(SubElement(new, _KEPT[tag], attributes), child, depth + 1)
        elif tag and tag not in _DROPPED:
            _take(new, child, depth + 1)
            if tag in _LINES:
                SubElement(new, "br")
            elif tag in ("td", "th"):
                _say(new, " ")
        elif depth == _DEEPEST and isinstance(child.tag, str):
            _say(new, "".join(child.itertext()))
        _say(new, child.tail)


def _say(new: Element, words: str | None) -> None:
    """Adds words at the end of an element, runs of spaces as one."""
    if not words:
        return
    words = re.sub(r"\s+", " ", words)
    if len(new):
        before = new[-1].tail or ""
        new[-1].tail = before + (words if before or new[-1].tag != "br" else words.lstrip())
    else:
        new.text = (new.text or "") + (words if new.text else words.lstrip())


def _outside(element: Element, table: Element):
    for child in (element, *element):
        if child is element:
            yield element.text or ""
        elif child is not table:
            yield from _outside(child, table) if isinstance(child.tag, str) else ()
            yield child.tail or ""
        else:
            yield child.tail or ""
