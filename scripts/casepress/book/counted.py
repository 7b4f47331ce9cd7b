"""Counted: the numbers of a book's cases as an appendix: how many have which value of a field, and of two against each other.

Flows in: the cases of a book and its fields. Flows out: `Data`, which the template data.html sets in tables with bars.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from casepress.collection import charts
from casepress.collection.views import view
from casepress.values.cases import Case, Collection
from casepress.values.fields import Field

TITLE = "案例数据"
_LEAST = 2  # values with cases that a chart has: of a single one nothing can be seen


@dataclass(frozen=True)
class Data:
    """What is counted: a chart of each field, the table of two of them (None where nothing makes one), and how many cases there are."""

    charts: tuple[charts.Chart, ...]
    heat: charts.Heat | None
    cases: int

    @property
    def is_there(self) -> bool:
        return bool(self.charts)


def counted(cases: Sequence[Case], fields: Sequence[Field]) -> Data:
    """The numbers of these cases. A derived field that says what its source says is left out."""
    chosen = Collection("", tuple(fields), tuple(cases))
    views = {field.name: view(chosen, field) for field in chosen.facets}
    same = [
        name
        for name, found in views.items()
        if found.field.derived in views and _said(found.groups) == _said(views[found.field.derived].groups)
    ]
    found = charts.charts(each for name, each in views.items() if name not in same)
    heat = charts.heat(views)
    shown = tuple(chart for chart in found if sum(1 for bar in chart.bars if bar.count) >= _LEAST)
    return Data(shown, heat if heat and len(heat.rows) >= _LEAST else None, len(cases))


def _said(groups: Sequence) -> list[tuple[str, int]]:
    return [(group.label, len(group.cases)) for group in groups]
