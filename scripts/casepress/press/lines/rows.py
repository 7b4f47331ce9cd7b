"""Rows: one line of Chinese made as long as the measure, by squeezing its marks or opening its gaps (CLREQ 3.2).

Lengths are in CSS px.
"""

from array import array
from collections.abc import Iterable
from typing import NamedTuple

from casepress.press.lines import marks


class Row(NamedTuple):
    """The characters of one line with what each measures, as in a `Paragraph`; a thing has no length of its own."""

    text: str
    advances: array
    shifts: array
    left: array
    right: array
    lead: array


_TORN = 0.5  # ems; a line that lacks more in each gap, as before a long word, stays short; a space becomes no wider


def fill(row: Row, missing: float, gaps: Iterable[int] | None = None) -> None:
    """Squeeze marks in their order (CLREQ 3.2), or open all gaps to one width; those that are wider stay as they are.

    `gaps` are the places that open, where they are known.
    """
    if missing >= 0:
        if gaps is None:
            gaps = [match.start() for match in marks.GAP.finditer(row.text)]
        most = _TORN * max(row.advances)
        level = _level(row, missing, gaps)
        if " " in row.text:  # a space and its gap are one
            spaces = {gap: most - row.advances[gap - 1] for gap in gaps if row.text[gap - 1] == " "}
            if any(level > can for can in spaces.values()):
                for gap, can in spaces.items():
                    missing -= max(0.0, can - row.lead[gap])
                level = _level(row, missing, gaps := [gap for gap in gaps if gap not in spaces])
                if level > most:
                    return
                for gap, can in spaces.items():
                    row.lead[gap] = max(row.lead[gap], can)
        if level > most:
            return
        for gap in gaps:
            row.lead[gap] = max(row.lead[gap], level)
        return
    for kind in marks.YIELDING:
        some = [at for at, letter in enumerate(row.text) if letter in kind]
        can = sum(row.left[at] + row.right[at] for at in some)
        part = min(1.0, -missing / can) if can else 0.0
        for at in some:
            row.advances[at] -= part * (row.left[at] + row.right[at])
            row.shifts[at] -= part * row.left[at]
        missing += part * can
        if missing > -1e-6:
            return


def _level(row: Row, missing: float, gaps: Iterable[int]) -> float:
    """To what width gaps open that take up what is missing."""
    level, gaps = 0.0 if missing <= 0 else float("inf"), sorted(gaps, key=row.lead.__getitem__)
    for count, gap in enumerate(gaps, 1):
        missing += row.lead[gap]
        level = missing / count
        if count == len(gaps) or level <= row.lead[gaps[count]]:
            break
    return level
