"""Tabled: a table with what belongs to it, its title above, sources and notes below, as one block of the page.

Flows in: a table in its tree, ready for paper. What comes of it is the same tree: the block of class `tabled`, or `turned`
for one that stands on pages of its own; above the heads of a table that may be broken, a row that says 续表 where it goes on
(press/patches/tables.py shows it there alone).
"""

import re
from xml.etree.ElementTree import Element, SubElement

from casepress.book.measures import Profile

_NUMBER = re.compile("\\s*表[0-9一二三四五六七八九十.．–-]+")


def bind(parent: Element, table: Element, profile: Profile, columns: int, is_long: bool, is_turned: bool, before: float) -> None:
    """Put a table and what belongs to it into a block of its own; `before` is how far in pt its parent is set in."""
    at = list(parent).index(table)
    is_alone = not (table.tail or "").strip()
    first = at
    while first and parent[first - 1].get("class") in ("table-unit", "table-title") and parent[first].get("class") != "table-title":
        first -= 1
    last = at + 1
    while is_alone and last < len(parent) and parent[last].get("class") == "table-note":
        last += 1
    held = parent[first:last]
    if is_long or is_turned:
        _say_where_it_goes_on(table, "".join(held[0].itertext()) if held[0].get("class") == "table-title" else "", columns)
    block = Element("div", {"class": "turned" if is_turned else "tabled long" if is_long else "tabled", "data-line": f"{profile.pitch:g}"})
    if is_turned and before:
        block.set("style", f"margin-left: -{before:g}pt")
    if not is_turned:
        _part_from_above(parent, first, block)
    block.tail, held[-1].tail = held[-1].tail, ""
    block.extend(held)
    parent[first:last] = [block]


def may_go_on(block: Element) -> None:
    """Let the table of a block be broken over pages after all."""
    table, title = block.find("table"), block.find("p[@class='table-title']")
    block.set("class", f"{block.get('class')} long")
    table.set("class", f"{table.get('class', '')} long".strip())
    _say_where_it_goes_on(table, "".join(title.itertext()) if title is not None else "", len(table.findall("colgroup/col")))


def _part_from_above(parent: Element, first: int, block: Element) -> None:
    """Half a line stands above a table, but not at a page's top: it belongs to what stands above. Where that is no element, to the block."""
    above = parent[first - 1] if first else None
    if above is not None and not (above.tail or "").strip():
        above.set("class", f"{above.get('class', '')} above-table".strip())
    elif above is not None or (parent.text or "").strip():
        block.set("class", f"{block.get('class')} below-words")


def _say_where_it_goes_on(table: Element, title: str, columns: int) -> None:
    head = table.find("thead")
    if head is None:
        head = Element("thead")
        table.insert(1 if len(table) and table[0].tag == "colgroup" else 0, head)
    row = Element("tr", {"class": "continued"})
    number = _NUMBER.match(title)
    # The words are the stylesheet's: the text has them nowhere.
    SubElement(row, "td", {"data-said": f"续{number[0].strip()}" if number else "续表"} | ({"colspan": str(columns)} if columns > 1 else {}))
    head.insert(0, row)
