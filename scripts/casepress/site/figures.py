"""Figures: the page 数据, on which every number of the collection leads to its cases on the list.

Flows in: views. Flows out: what its template draws (theme/pages/data.html): charts, and the addresses of their cases.
"""

import math
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from casepress.collection import charts
from casepress.collection.views import View
from casepress.values.cases import Collection

PATH = "by/index.md"
TITLE = "数据"
_OWN_WORDS = ("q", "sort", "view")  # of the list's own in its address (theme/scripts/search-box/links.js)
_EMS = 9.5  # characters of a label beside its bar


def about(collection: Collection) -> str:
    """What the page says of itself to those who have not opened it."""
    labels = "、".join(field.label for field in collection.facets[:6])
    return f"{collection.title}的 {len(collection.cases)} 个案例按{labels}各有多少，每个数字都通向那些案例。"


def values(views: Mapping[str, View]) -> dict[str, object]:
    """What the template is given."""
    found = charts.charts(views.values())
    tiles = tuple(sheet for view in views.values() if (sheet := charts.tiles(view)) is not None)
    return {
        "charts": found, "tiles": tiles, "heat": charts.heat(views),
        "most_bars": charts.MOST, "strengths": charts.STRENGTHS, "short": charts.short, "fitted": fitted, "ticks": ticks, "asked": asked,
    }  # fmt: skip


def asked(root: str, *pairs: tuple[str, Iterable[str]]) -> str:
    """The address of the list of cases with filters set: fields, each with its values."""
    words = [(f"f.{name}" if name in _OWN_WORDS else name, key) for name, keys in pairs for key in keys]
    return f"{root}cases/index.html?{urlencode(words)}"


def fitted(label: str) -> str:
    """A label as far as it has room; the whole stands in its title and in the table."""
    room, shown = _EMS, ""
    for character in label:
        room -= 0.55 if character.isascii() else 1
        if room < 0:
            return f"{shown[:-1]}…"
        shown += character
    return label


def ticks(most: int) -> tuple[int, ...]:
    """Round numbers along an axis from zero to the most, three or four of them."""
    step = 10 ** math.floor(math.log10(max(1, most)))
    step = next((each for each in (step / 5, step / 2, step, step * 2) if most / each <= 4), step * 5)
    step = max(1, math.ceil(step))
    return tuple(range(0, most + 1, step))
