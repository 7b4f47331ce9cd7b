"""Ahead: text runs ahead of a picture that does not fit on its page any more, and the picture follows at the top of the next; so it does
of a turned table, which has pages of its own as a plate has.

In: the elements of a piece, and what makes pages of them. Out: the same elements, some of them elsewhere, some pictures smaller. A picture stays in its section, in the order of the pictures, and where the text points at it with “如下图：” or “上图”.
Heights are in CSS px, as WeasyPrint has them.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element

from casepress.book.measures import Profile
from casepress.press import figures
from casepress.press.patches.pages import Sheet, sheet

_PX = 96 / 72
_WHITE = 2.5  # so many lines may stay empty at a page's foot
_MOST_MOVES = 3  # of one picture
_RUN = 4  # so many cases in a piece are laid out one by one
# Of its height, to which a picture that cannot move may shrink: alone; together with others of its page; where nothing else helps
_LITTLE, _LEAST, _AT_LAST = 0.8, 0.6, 0.5
_TEXT = frozenset(("p", "ul", "ol", "blockquote", "pre", "dl"))

Chains = Mapping[Element, Sequence[Element]]  # what each picture stands in, from outside to inside


class _Spot(NamedTuple):
    """Where a picture might stand instead: before the child `at` of its parent, `top` px below the top of a page `high` px high."""

    at: int
    top: float
    high: float


def arrange(root: Element, render: Callable[[], Sequence], profile: Profile, edition: str) -> bool:
    """Lay out the elements of a piece until no page ends too early; whether what was laid out last is the whole piece as it is now.

    Short cases that run on are laid out one by one, each below where the last one ended: a run of hundreds costs each its own pages.
    """
    if not figures.units(root) or any(figures.has(each, figures.COLUMNS) for each in root.iter("div")):
        return False  # nothing to arrange; in columns pictures stay where they were written
    body = next(root.iter("body"), root)
    everything = list(body)
    cases = [child for child in everything if child.tag == "article"]
    if len(cases) < _RUN:
        _settle(root, render, profile, edition)
        return True
    begin, top, before = 0.0, 0.0, []
    for case in cases:
        if not any(each.get("class") == "note" for one in before for each in one.iter()):
            before, begin = [], top  # else it is laid out again, for its notes take room from this one
        body[:] = [Element("div", {"class": "case", "style": f"height: {begin:.3f}px"}), *before, case]
        last = _settle(root, render, profile, edition)
        begin, before = top, [case]
        top = max(0.0, min(last.blocks[case][1], last.foot) - last.top)
    body[:] = everything
    return False


def _settle(root: Element, render: Callable[[], Sequence], profile: Profile, edition: str) -> Sheet:
    """Lay out and mend in turn; how the last page is filled then."""
    moved: Counter = Counter()
    while True:
        sheets = [sheet(page) for page in render()]
        if not _mended(root, sheets, profile, edition, moved):
            return sheets[-1]


def _mended(root: Element, sheets: Sequence[Sheet], profile: Profile, edition: str, moved: Counter) -> bool:
    """Find the first page that ends too early because the next one begins with a picture, and mend it if that can be done.

    `moved` counts how often each picture was moved.
    """
    chains = dict(figures.units(root))
    for here, after in pairwise(sheets):
        if here.foot - here.filled < _WHITE * profile.pitch * _PX:
            continue
        unit = next(
            (each for each in chains if each in after.blocks and after.blocks[each][0] < after.top + 1 and each not in here.blocks), None
        )
        if unit is not None and moved[unit] < _MOST_MOVES:
            moved[unit] += 1
            if _mend(unit, chains, here, sheets, profile, edition):
                return True
            moved[unit] = _MOST_MOVES
    return False


def _mend(unit: Element, chains: Chains, here: Sheet, sheets: Sequence[Sheet], profile: Profile, edition: str) -> bool:
    """Move a picture, or make it smaller, so that the page before it is full."""
    parent, line = chains[unit][-1], profile.pitch * _PX
    children = list(parent)
    at = children.index(unit)
    end = next((n for n in range(at, len(children)) if not figures.is_unit(children[n])), len(children))
    group, behind = children[at:end], children[end] if end < len(children) else None
    is_plate = figures.has(unit, "plate") or figures.has(unit, figures.TURNED)
    before = children[at - 1] if at else None
    top = here.blocks[before][1] if before is not None and before in here.blocks else here.filled
    stays = _Spot(at, top - here.top, here.foot - here.top)
    height = _height(unit, sheets)
    is_last = behind is not None and (behind.get("class") or "").startswith("case-")
    if is_last and len(group) == 1:
        height += _height(behind, sheets)  # where the case comes from stands with it

    def is_good(spot: _Spot) -> bool:
        return spot.high - spot.top < _WHITE * line or (not is_plate and spot.top + height <= spot.high + 1)

    def shrunk(units: Sequence[Element], spot: _Spot, least: float) -> bool:
        lacking = round(height / line) - int((spot.high - spot.top + 1) / line)
        return not is_plate and _shrink(units, lacking, least, chains, profile, edition)

    ahead = list(_forward(children, at, end, stays, sheets, profile, is_plate))
    back = list(_backward(children, at, here))
    whole = [each for each in chains if each in here.blocks and _height(each, sheets) == _height(each, [here])]
    for spot in ahead:
        if is_good(spot):
            return _move(parent, group, spot.at)
    if shrunk([unit], stays, _LITTLE) or shrunk([*whole, unit], stays, _LITTLE if is_last else _LEAST):
        return True
    for spot in ahead:
        if shrunk([unit], spot, _LEAST):
            return _move(parent, group, spot.at)
    for spot in back:
        if is_good(spot) or shrunk([unit], spot, _LITTLE):
            return _move(parent, group, spot.at)
    if not is_last and (shrunk([unit], stays, _AT_LAST) or shrunk([*whole, unit], stays, _AT_LAST)):
        return True
    best = min((stays, *ahead, *(back if is_plate else ())), key=lambda spot: spot.high - spot.top)
    return stays.top + line < best.top and _move(parent, group, best.at)


def _forward(
    children: Sequence[Element], at: int, end: int, stays: _Spot, sheets: Sequence[Sheet], profile: Profile, is_plate: bool
) -> Iterator[_Spot]:
    """The spots behind each block of text that follows in the section, as far as the next page's foot; a plate may leave its section."""
    if at and _introduces(children[at - 1]):
        return
    whole = profile.lines * profile.pitch * _PX
    top, high = stays.top, stays.high
    for n in range(end, len(children)):
        block = children[n]
        is_heading = _is_heading(block)
        if is_heading and not is_plate or not is_heading and (not _is_text(block) or figures.points_back(block)):
            return
        top += _height(block, sheets)
        if top > high + 1:
            if high != stays.high or (_is_table(block) or block.tag == "pre"):
                return
            top, high = top - high, whole
        if not is_heading:
            yield _Spot(n + 1, top, high)


def _backward(children: Sequence[Element], at: int, here: Sheet) -> Iterator[_Spot]:
    """The spots before each block of text that begins on the page, but for the first one of the section."""
    for n in range(at - 1, 0, -1):
        block, before = children[n], children[n - 1]
        if (
            block.tag not in _TEXT
            or _is_heading(block)
            or _introduces(block)
            or block not in here.blocks
            or here.blocks[block][0] < here.top + 1
        ):
            return
        if _is_heading(before) or _introduces(before):
            continue
        yield _Spot(n, here.blocks[block][0] - here.top, here.foot - here.top)


def _shrink(units: Sequence[Element], lacking: int, least: float, chains: Chains, profile: Profile, edition: str) -> bool:
    """Make units together so many lines smaller, but none smaller than a part of its height."""
    shapes = {unit: shape for unit in units if not figures.is_large(unit) and (shape := figures.shape(unit, chains[unit], profile))}
    lines = {unit: int(unit.get("data-lines", shape.lines)) for unit, shape in shapes.items()}
    if units[-1] not in shapes or lacking <= 0:
        return False
    for _ in range(lacking):
        largest = max(lines, key=lambda unit: lines[unit] / shapes[unit].lines)
        lines[largest] -= 1
    if any(lines[unit] < least * shapes[unit].lines for unit in lines):
        return False
    for unit, high in lines.items():
        unit.set("data-lines", str(high))
        figures.dress(unit, figures.shape(unit, chains[unit], profile, high + shapes[unit].beneath + 1), profile, edition)
    return True


def _move(parent: Element, group: Sequence[Element], at: int) -> bool:
    """Put elements that follow one another before what is the child `at` of their parent now."""
    behind = list(parent)[at:]
    rest = [child for child in parent if child not in group]
    place = next((n for n, child in enumerate(rest) if behind and child is behind[0]), len(rest))
    parent[:] = [*rest[:place], *group, *rest[place:]]
    figures.part_from_tables(parent)
    return True


def _height(element: Element, sheets: Sequence[Sheet]) -> float:
    return sum(bottom - top for each in sheets if element in each.blocks for top, bottom in [each.blocks[element]])


def _is_heading(element: Element) -> bool:
    """Whether a section begins with an element; a line that is all bold is a heading as well."""
    if element.tag == "p":
        return len(element) == 1 and element[0].tag == "strong" and not (element.text or "").strip() and not (element[0].tail or "").strip()
    return element.tag in figures.HEADINGS or figures.has(element, "run-in")


def _is_text(element: Element) -> bool:
    """Whether an element is a block that may stand before a picture as well as behind it."""
    return element.tag in _TEXT or _is_table(element)


def _is_table(element: Element) -> bool:
    return element.tag == "table" or figures.has(element, "tabled")


def _introduces(element: Element) -> bool:
    """Whether an element says that a picture follows at once, 如下图：."""
    return "".join(element.itertext()).rstrip().endswith(("：", ":"))
