"""Spots: where a picture or a table might stand instead, so that its page is full.

In: the children of an element, and the pages that they made. Out: `Spot` values. Heights are in CSS px, as WeasyPrint has them.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from casepress.book.measures import Profile
from casepress.press import figures
from casepress.press.patches.pages import Sheet

PX = 96 / 72
_TEXT = frozenset(("p", "ul", "ol", "blockquote", "pre", "dl"))
_ON_TO_A_TABLE = re.compile("下表|下[面列](?:这|的)?[一两]?[张个]?表|如下")
_BACK_TO_A_TABLE = re.compile("上表|[上前]面(?:这|的|那|两)?[一两]?[张个]?表|以上(?:各|两)?[张个]?表")


class Spot(NamedTuple):
    """Where something might stand instead: before the child `at` of its parent, `top` px below the top of a page `high` px high."""

    at: int
    top: float
    high: float


def forward(
    children: Sequence[Element], at: int, end: int, stays: Spot, sheets: Sequence[Sheet], profile: Profile, may_leave: bool = False
) -> Iterator[Spot]:
    """The spots behind each block of text that follows in the section, as far as the next page's foot; what may leave its section
    goes on behind its end. No table passes another one.
    """
    if at and introduces(children[at - 1]):
        return
    is_table, has_picture = any(map(_is_table, children[at:end])), any(map(figures.is_unit, children[at:end]))
    whole = profile.lines * profile.pitch * PX
    top, high = stays.top, stays.high
    for n in range(end, len(children)):
        block = children[n]
        is_head = is_heading(block)
        if is_head and not may_leave or not is_head and (not _is_text(block) or _points_back(block, is_table, has_picture)):
            return
        if is_table and _is_table(block):
            return
        top += height_of(block, sheets)
        if top > high + 1:
            if high != stays.high or (_is_table(block) or block.tag == "pre"):
                return
            top, high = top - high, whole
        if not is_head:
            yield Spot(n + 1, top, high)


def backward(children: Sequence[Element], at: int, here: Sheet, heading: bool = False) -> Iterator[Spot]:
    """The spots before each block of text that begins on the page, but for the first one of the section; with `heading` this one alone."""
    for n in range(at - 1, 0, -1):
        block, before = children[n], children[n - 1]
        if block.tag not in _TEXT or is_heading(block) or introduces(block) or block not in here.blocks or here.blocks[block][0] < here.top + 1:
            return
        if introduces(before) or is_heading(before) != heading:
            continue
        yield Spot(n, here.blocks[block][0] - here.top, here.foot - here.top)


def move(parent: Element, group: Sequence[Element], at: int) -> bool:
    """Put elements that follow one another before what is the child `at` of their parent now."""
    behind = list(parent)[at:]
    rest = [child for child in parent if child not in group]
    place = next((n for n, child in enumerate(rest) if behind and child is behind[0]), len(rest))
    parent[:] = [*rest[:place], *group, *rest[place:]]
    figures.part_from_tables(parent)
    return True


def height_of(element: Element, sheets: Sequence[Sheet]) -> float:
    """How high an element is on all its pages."""
    return sum(bottom - top for each in sheets if element in each.blocks for top, bottom in [each.blocks[element]])


def is_heading(element: Element) -> bool:
    """Whether a section begins with an element; a line that is all bold is a heading as well."""
    if element.tag == "p":
        return len(element) == 1 and element[0].tag == "strong" and not (element.text or "").strip() and not (element[0].tail or "").strip()
    return element.tag in figures.HEADINGS or figures.has(element, "run-in")


def introduces(element: Element) -> bool:
    """Whether an element says that something follows at once, 如下图：."""
    return "".join(element.itertext()).rstrip().endswith(("：", ":"))


def points_on(element: Element) -> bool:
    """Whether a text speaks of a table below it."""
    return _ON_TO_A_TABLE.search("".join(element.itertext())) is not None


def _points_back(block: Element, to_table: bool, to_picture: bool) -> bool:
    words = "".join(block.itertext())
    return to_table and _BACK_TO_A_TABLE.search(words) is not None or to_picture and figures.points_back(block)


def _is_text(element: Element) -> bool:
    """Whether an element is a block that may stand before a picture as well as behind it."""
    return element.tag in _TEXT or _is_table(element)


def _is_table(element: Element) -> bool:
    return element.tag == "table" or figures.has(element, "tabled")
