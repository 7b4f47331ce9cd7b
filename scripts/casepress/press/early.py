"""Early: a page that ends early though no picture is in the way: a table does not fit, or a heading with the lines that stand with it.

In: the elements of a piece and the pages that they made. Out: the same elements: text runs ahead of a table, a short table may be broken
after all, or pictures on the page are a few lines smaller, so that what comes begins on it. Heights are in CSS px, as WeasyPrint has them.
"""

from collections.abc import Callable, Sequence
from math import ceil
from xml.etree.ElementTree import Element

from casepress.book.measures import Profile
from casepress.book.tabled import may_go_on
from casepress.press import figures
from casepress.press.patches.pages import Sheet
from casepress.press.spots import PX, Spot, backward, forward, height_of, is_heading, move, points_on

_BROKEN = 4  # rows that a table has at least that may be broken
_NOTE = 1.45  # of its size, the distance of a note's lines, as theme/print/case.css has it


def first_of(after: Sheet, here: Sheet) -> Element | None:
    """What begins on top of a page; None where something goes on there."""
    return next((element for element, (top, _) in after.blocks.items() if top < after.top + 1 and element not in here.blocks), None)


def table_of(first: Element, parent: Element) -> Element | None:
    """The table that is in the way: what begins on the next page, or what follows a heading there."""
    children = list(parent)
    at = children.index(first)
    if is_heading(first) and at + 1 < len(children):
        first = children[at + 1]
    return first if figures.has(first, "tabled") else None


def mend_table(table: Element, parent: Element, here: Sheet, sheets: Sequence[Sheet], profile: Profile, white: float) -> bool:
    """Let text run ahead of a table, or have it broken where that helps nothing and more stays empty than `white`."""
    children, line = list(parent), profile.pitch * PX
    at = children.index(table)
    before = children[at - 1] if at else None
    top, room = here.filled - here.top, here.foot - here.filled
    if before is not None and is_heading(before) and before not in here.blocks:
        top += height_of(before, sheets)
    stays = Spot(at, top, here.foot - here.top)
    spots = list(forward(children, at, at + 1, stays, sheets, profile))
    height = height_of(table, sheets)
    for spot in spots:
        if spot.high - spot.top < 2 * line or spot.top + height <= spot.high + 1:
            return move(parent, [table], spot.at)
    best = min((stays, *spots), key=lambda spot: spot.high - spot.top)
    if stays.top + line < best.top and stays.high - best.top <= white:
        return move(parent, [table], best.at)
    if room > white and (spot := next((each for each in backward(children, at, here) if each.top + height <= each.high + 1), None)):
        if not any(points_on(each) for each in children[spot.at : at]):
            return move(parent, [table], spot.at)
    if room > white and not figures.has(table, "long") and len(table.findall("table/tbody/tr")) >= _BROKEN:
        may_go_on(table)
        return True
    return stays.top + line < best.top and move(parent, [table], best.at)


def lacking(first: Element, parent: Element, here: Sheet, sheets: Sequence[Sheet], profile: Profile) -> int | None:
    """How many lines more the page would need, so that what is on top of the next one might begin on it; None where nobody knows."""
    children = list(parent)
    needed = _needed(children[children.index(first) :], sheets, profile)
    return None if needed is None else max(1, ceil((needed - (here.foot - here.filled)) / (profile.pitch * PX) - 0.01))


def _needed(blocks: Sequence[Element], sheets: Sequence[Sheet], profile: Profile) -> float | None:
    first, *others = blocks
    high, line = height_of(first, sheets), profile.pitch * PX
    if is_heading(first):
        more = _needed(others, sheets, profile) if others else 0.0
        return None if more is None else high + _notes(first, profile) + more
    if figures.has(first, "tabled"):
        table, title = first.find("table"), first.find("p[@class='table-title']")
        if not figures.has(first, "long") or table is None:
            return high
        rows, heads = len(table.findall(".//tr")) or 1, len(table.findall("thead/tr"))
        above = height_of(title, sheets) if title is not None else 0.0
        return above + height_of(table, sheets) * min(1.0, (heads + 1) / (rows - 1 or 1))  # 续表 is a row as well
    if first.tag in ("ul", "ol", "blockquote") and len(first):
        return _needed(list(first), sheets, profile)
    if first.tag not in ("p", "li"):
        return None
    return high + _notes(first, profile) if high < 3.5 * line else 2 * line


def _notes(element: Element, profile: Profile) -> float:
    """About how high the notes of an element are."""
    size, held = profile.note.size, profile.measure / profile.note.size - 2
    words = ["".join(each.itertext()) for each in element.iter() if each.get("class") == "note"]
    return sum(ceil(len(each) / held) for each in words) * size * _NOTE * PX


class Trials:
    """Pictures that were made smaller so that something might stand on their page, and how they were before, in case it does not help."""

    def __init__(self, dress: Callable[[Element, str | None], None]) -> None:
        self._dress = dress
        self._before: dict[Element, dict[Element, str | None]] = {}

    def note(self, what: Element, units: Sequence[Element]) -> None:
        """Remember how pictures are, before they are made smaller for something."""
        self._before.setdefault(what, {unit: unit.get("data-lines") for unit in units})

    def give_up(self, what: Element) -> bool:
        """Make them as they were; whether there were any."""
        units = self._before.pop(what, {})
        for unit, lines in units.items():
            self._dress(unit, lines)
        return bool(units)
