"""Ahead: text runs ahead of a picture that does not fit on its page any more, and the picture follows at the top of the next; so it does
of a turned table, which has pages of its own as a plate has.

In: the elements of a piece, and what makes pages of them. Out: the same elements, some of them elsewhere, some pictures smaller. A picture stays
in its section, in the order of the pictures, and where the text points at it with “如下图：” or “上图”. What else ends a page early: `early`.
Heights are in CSS px, as WeasyPrint has them.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element

from casepress.book.measures import Profile
from casepress.press import early, figures
from casepress.press.patches.pages import Sheet, sheet
from casepress.press.spots import PX, Spot, backward, forward, height_of, move

_WHITE = 2.5  # so many lines may stay empty at a page's foot
_EMPTY = 0.12  # of a page's height, from which text runs ahead of a table
_BLANK = 0.17  # and from which pictures are made smaller, or tables broken, for what comes
_MOST_MOVES = 3  # of one picture
_RUN = 4  # so many cases in a piece are laid out one by one
# Of its height, to which a picture that cannot move may shrink: alone; together with others of its page; where nothing else helps
_LITTLE, _LEAST, _AT_LAST = 0.8, 0.6, 0.5

Chains = Mapping[Element, Sequence[Element]]  # what each picture stands in, from outside to inside


def arrange(root: Element, render: Callable[[], Sequence], profile: Profile, edition: str) -> bool:
    """Lay out the elements of a piece until no page ends too early; whether what was laid out last is the whole piece as it is now.

    Short cases that run on are laid out one by one, each below where the last one ended: a run of hundreds costs each its own pages.
    """
    if not (figures.units(root) or any(figures.has(each, "tabled") for each in root.iter())):
        return False
    if any(figures.has(each, figures.COLUMNS) for each in root.iter("div")):
        return False  # in columns pictures stay where they were written
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
        _, end = last.blocks.get(case, (0.0, 0.0))  # its last page may hold nothing but the rest of its notes
        top = max(0.0, min(end, last.foot) - last.top)
    body[:] = everything
    return False


def _settle(root: Element, render: Callable[[], Sequence], profile: Profile, edition: str) -> Sheet:
    """Lay out and mend in turn; how the last page is filled then."""
    moved: Counter = Counter()

    def dressed(unit: Element, lines: str | None) -> None:
        unit.attrib.pop("data-lines", None)
        _dress(unit, int(lines) if lines else None, dict(figures.units(root)), profile, edition)

    trials = early.Trials(dressed)
    while True:
        sheets = [sheet(page) for page in render()]
        if not _mended(root, sheets, profile, edition, moved, trials):
            return sheets[-1]


def _mended(root: Element, sheets: Sequence[Sheet], profile: Profile, edition: str, moved: Counter, trials: early.Trials) -> bool:
    """Find the first page that ends too early, and mend it if that can be done.

    `moved` counts how often each picture was moved, and how often something else was helped to the page before.
    """
    chains = dict(figures.units(root))
    for here, after in pairwise(sheets):
        if here.foot - here.filled < _WHITE * profile.pitch * PX:
            continue
        unit = next(
            (each for each in chains if each in after.blocks and after.blocks[each][0] < after.top + 1 and each not in here.blocks), None
        )
        if unit is None:
            if _helped(root, chains, here, after, sheets, profile, edition, moved, trials):
                return True
        elif moved[unit] < _MOST_MOVES:
            moved[unit] += 1
            if _mend(unit, chains, here, sheets, profile, edition):
                return True
            moved[unit] = _MOST_MOVES
    return False


def _helped(
    root: Element, chains: Chains, here: Sheet, after: Sheet, sheets: Sequence[Sheet], profile: Profile, edition: str,
    moved: Counter, trials: early.Trials,
) -> bool:  # fmt: skip
    """Bring what begins on the next page to this one: text instead of a table, or a heading with its lines, for smaller pictures."""
    first, white = early.first_of(after, here), here.foot - here.filled
    parent = next((each for each in root.iter() if first in list(each)), None)
    high = profile.lines * profile.pitch * PX
    if first is None or parent is None or parent.tag in ("tr", "tbody", "body") or white < _EMPTY * high:
        return False
    table = early.table_of(first, parent)
    if table is not None and moved[table] < _MOST_MOVES:
        moved[table] += 1
        if early.mend_table(table, parent, here, sheets, profile, _BLANK * high):
            return True
    whole = [each for each in chains if each in here.blocks and height_of(each, sheets) == height_of(each, [here])]
    lines = early.lacking(first, parent, here, sheets, profile)
    times = moved["room for", first]
    if white < _BLANK * high or lines is None or not whole or times > _MOST_MOVES:
        return False
    moved["room for", first] += 1
    trials.note(first, whole)
    if times < _MOST_MOVES and _shrink(whole, 1 if times else lines, _AT_LAST, chains, profile, edition):
        return True
    moved["room for", first] = _MOST_MOVES + 1  # nothing helps
    return trials.give_up(first)


def _mend(unit: Element, chains: Chains, here: Sheet, sheets: Sequence[Sheet], profile: Profile, edition: str) -> bool:
    """Move a picture, or make it smaller, so that the page before it is full."""
    parent, line = chains[unit][-1], profile.pitch * PX
    children = list(parent)
    at = children.index(unit)
    end = next((n for n in range(at, len(children)) if not figures.is_unit(children[n])), len(children))
    group, behind = children[at:end], children[end] if end < len(children) else None
    is_plate = figures.has(unit, "plate") or figures.has(unit, figures.TURNED)
    before = children[at - 1] if at else None
    top = here.blocks[before][1] if before is not None and before in here.blocks else here.filled
    stays = Spot(at, top - here.top, here.foot - here.top)
    height = height_of(unit, sheets)
    is_last = behind is not None and (behind.get("class") or "").startswith("case-")
    if is_last and len(group) == 1:
        height += height_of(behind, sheets)  # where the case comes from stands with it

    def is_good(spot: Spot) -> bool:
        return spot.high - spot.top < _WHITE * line or (not is_plate and spot.top + height <= spot.high + 1)

    def shrunk(units: Sequence[Element], spot: Spot, least: float) -> bool:
        lacking = round(height / line) - int((spot.high - spot.top + 1) / line)
        return not is_plate and _shrink(units, lacking, least, chains, profile, edition)

    ahead = list(forward(children, at, end, stays, sheets, profile, is_plate))
    back = list(backward(children, at, here))
    whole = [each for each in chains if each in here.blocks and height_of(each, sheets) == height_of(each, [here])]
    for spot in ahead:
        if is_good(spot):
            return move(parent, group, spot.at)
    if shrunk([unit], stays, _LITTLE) or shrunk([*whole, unit], stays, _LITTLE if is_last else _LEAST):
        return True
    for spot in ahead:
        if shrunk([unit], spot, _LEAST):
            return move(parent, group, spot.at)
    for spot in back:
        if is_good(spot) or shrunk([unit], spot, _LITTLE):
            return move(parent, group, spot.at)
    more = next((n for n in range(end, len(children)) if not (figures.is_unit(children[n]) or figures.has(children[n], "tabled"))), end)
    if more > end and not is_plate:  # a table follows, and waits as well
        for spot in forward(children, at, more, stays, sheets, profile):
            if spot.high - spot.top < _BLANK * profile.lines * line:
                return move(parent, children[at:more], spot.at)
    at_last = (([unit], _LEAST), ([*whole, unit], _LEAST), ([unit], _AT_LAST))
    for spot in backward(children, at, here, heading=True) if stays.high - stays.top > _BLANK * profile.lines * line and not is_plate else ():
        if is_good(spot) or any(shrunk(units, spot, least) for units, least in at_last):
            return move(parent, group, spot.at)
    if not is_last and (shrunk([unit], stays, _AT_LAST) or shrunk([*whole, unit], stays, _AT_LAST)):
        return True
    best = min((stays, *ahead, *(back if is_plate else ())), key=lambda spot: spot.high - spot.top)
    return stays.top + line < best.top and move(parent, group, best.at)


def _shrink(units: Sequence[Element], lacking: int, least: float, chains: Chains, profile: Profile, edition: str) -> bool:
    """Make units together so many lines smaller, with their captions, but none smaller than a part of its height."""
    shapes = {unit: shape for unit in units if not figures.is_large(unit) and (shape := figures.shape(unit, chains[unit], profile))}
    if units[-1] not in shapes or lacking <= 0:
        return False
    lines = {unit: int(unit.get("data-lines", shape.lines)) for unit, shape in shapes.items()}

    def taken() -> int:
        made = [figures.shape(unit, chains[unit], profile, lines=high) for unit, high in lines.items()]
        return sum(each.lines + each.beneath for each in made)

    goal = taken() - lacking
    while taken() > goal:  # captions below narrower pictures have more lines
        largest = max(lines, key=lambda unit: lines[unit] / shapes[unit].lines)
        lines[largest] -= 1
        if lines[largest] < max(least * shapes[largest].lines, 1):
            return False
    for unit, high in lines.items():
        _dress(unit, high, chains, profile, edition)
    return True


def _dress(unit: Element, lines: int | None, chains: Chains, profile: Profile, edition: str) -> None:
    """Make a picture so many lines high; None as high as it is by itself."""
    if lines is not None:
        unit.set("data-lines", str(lines))
    if made := figures.shape(unit, chains[unit], profile, lines=lines):  # a table on its side has none
        figures.dress(unit, made, profile, edition)
