"""Dividers: how the page before a part names its cases: one below the other, in two columns, or only how many there are."""

from collections.abc import Sequence
from math import ceil

from casepress.book.measures import Profile

_HEAD = 6  # lines that the part's number and name take, with the air above the list
_ONE, _TWO = 20, 48  # so many titles at most stand in one column, or in two
_SMALL = 0.8  # type and lines of two columns, as theme/print/front.css has them


def listing(titles: Sequence[str], profile: Profile, note: str = "") -> str:
    """`list`, `many` (in two columns) or `count`: the first in which the titles stand on the page with certainty."""
    room = profile.lines - _HEAD - ceil(len(note) / profile.characters)
    if len(titles) <= _ONE and _lines(titles, profile.measure / (profile.body * 0.9)) <= room:
        return "list"
    column = profile.measure / (2 * profile.body * _SMALL) - 2  # less the gap and what further lines are set in
    lines = _lines(titles, column)
    if len(titles) <= _TWO and (lines / 2 + max(ceil(len(title) / column) for title in titles)) * _SMALL <= room:
        return "many"
    return "count"


def _lines(titles: Sequence[str], characters: float) -> int:
    return sum(ceil(len(title) / characters) for title in titles)
