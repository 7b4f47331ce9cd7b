"""Figures: pictures as high as whole lines, so that the text behind them stands on the lines of the page again.

In: the HTML of a piece and the bytes of its pictures. Out: the same HTML, its figures with a height in pt.
"""

import re
from collections.abc import Mapping
from math import ceil

from casepress.book.profiles import Profile
from casepress.facts import pictures

PIXELS = 96  # at least so many of the picture's pixels stand in an inch, as CSS has it
_IN_FIGURE = re.compile(r'<figure><img src="asset:([^"]+)"')


def names(html: str) -> tuple[str, ...]:
    """The pictures that stand in figures."""
    return tuple(dict.fromkeys(_IN_FIGURE.findall(html)))


def in_whole_lines(html: str, data: Mapping[str, bytes], profile: Profile) -> str:
    """Give each figure's picture a box of whole lines; as wide as the measure,
    but at most half as high as the page, and not larger than its pixels allow."""

    def with_height(match: re.Match) -> str:
        if match[1] not in data:
            return match[0]
        width, height = pictures.size(data[match[1]])
        at_most = min(height * 72 / PIXELS, profile.measure * height / width)
        lines = min(max(1, ceil(at_most / profile.pitch - 0.1)), profile.lines // 2)
        return match[0].replace("<img", f'<img style="height: {lines * profile.pitch:g}pt"')

    return _IN_FIGURE.sub(with_height, html)
