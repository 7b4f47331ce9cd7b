"""Quoted: the line of a quotation that says where it comes from, as people write it: the last one, behind a dash.

Flows in: the lines of a quotation. Flows out: the same lines with that one by itself; `attributed` marks it in the tree.
"""

import re

from casepress.facts.characters import BLANKS, DASHES, STOPS
from casepress.markup.rows import Line

_MOST = 60  # characters
DASH = re.compile(f"[{BLANKS}]*(?:[-{DASHES}][{BLANKS}]?){{1,3}}[{BLANKS}]*(?=[^-\\s\\d{BLANKS}{DASHES}])")
_WRITTEN = re.compile(f"[{BLANKS}]*(?:[{DASHES}]|--)")  # a single hyphen may begin an item, and is no dash in a text
_SENTENCE = re.compile(f"[{STOPS}，；：]$")


def part(lines: list[Line]) -> list[Line]:
    """The lines of a quotation, with an empty one before its last if that says where it comes from and text stands right above it."""
    at = next((n for n in reversed(range(len(lines))) if lines[n][1].strip()), 0)
    above = lines[at - 1][1] if at else ""
    if not above.strip() or _WRITTEN.match(above) or not says_source(lines[at][1]):
        return lines
    return [*lines[:at], (lines[at][0], ""), *lines[at:]]


def says_source(text: str) -> bool:
    """Whether a line says where a quotation comes from: a dash, and words that are no sentence."""
    words = text.strip()
    found = DASH.match(words)
    return bool(found and _WRITTEN.match(words)) and len(words) <= _MOST and not _SENTENCE.search(words)
