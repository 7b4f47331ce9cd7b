"""Vertical lines: a text cut into what stands below each other on a spine or a title slip.

A Chinese character stands upright, a mark takes its vertical form (CLREQ 3.1.4), one or two digits stand side by side
in one square, and longer words of Latin letters or digits lie on their side.
"""

import re
from dataclasses import dataclass

from casepress.facts.characters import VERTICAL

_RUN = re.compile(r"[!-~]+(?: [!-~]+)*|\s+|.", re.DOTALL)
_FORMS = str.maketrans(VERTICAL)


@dataclass(frozen=True)
class Sign:
    """One step of a vertical line: its text, whether it lies on its side, and its length in ems."""

    text: str
    lies: bool
    length: float


def upright(text: str) -> tuple[Sign, ...]:
    """The signs of a text from top to bottom; white becomes half an em of nothing, doubled dashes and dots stay so."""
    found = []
    for run in _RUN.findall(text):
        if not run.strip():
            found.append(Sign("", False, 0.5))
        elif not run.isascii():
            found.append(Sign(run.translate(_FORMS), False, 1.0))
        elif len(run) <= 2:
            found.append(Sign(run, False, 1.0))
        else:
            found.append(Sign(run, True, round(0.52 * len(run) + 0.1, 2)))
    return tuple(found)


def length(text: str) -> float:
    """How long a vertical line is, in ems."""
    return sum(sign.length for sign in upright(text))
