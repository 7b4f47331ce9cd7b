"""What casepress promises of its speed: each a figure, or its ratio to another one of the same run, and a limit."""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.results import Run, growth


@dataclass(frozen=True)
class Measure:
    """A value of a figure: wall seconds, memory or size in MB, or the exponent of growth."""

    task: str
    tool: str = "casepress"
    cases: int = 1000  # 0: whatever number it was measured with
    what: str = "wall"

    def of(self, run: Run) -> float | None:
        """The value in a run; None where it was not measured."""
        if self.what == "exponent":
            return growth(run, self.task, self.tool)
        sizes = (self.cases,) if self.cases else run.sizes(self.task, self.tool)
        found = run.figure(self.task, self.tool, sizes[0]) if sizes else None
        return None if found is None else getattr(found, self.what)


@dataclass(frozen=True)
class Target:
    """A promise: a measure, divided by another where there is one, is at most `limit` of `unit`."""

    name: str
    of: Measure
    limit: float
    unit: str
    by: Measure | None = None

    def value(self, run: Run) -> float | None:
        """What a run says; None where it was not measured."""
        found, whole = self.of.of(run), self.by.of(run) if self.by else 1.0
        return None if found is None or whole is None else found / whole


_COLD = Measure("book-cold")
TARGETS = (
    Target("book of 1,000, cold", _COLD, 0.3, "of WeasyPrint's time", Measure("book-cold", "weasyprint")),
    Target("book of 1,000, memory", Measure("book-cold", what="memory"), 1500, "MB"),
    Target("book of 1,000, file", Measure("book-cold", what="size"), 15, "MB"),
    Target("book of 100, cold", Measure("book-cold", cases=100), 0.8, "of WeasyPrint's time", Measure("book-cold", "weasyprint", 100)),
    Target("book, growth from 100 to 1,000", Measure("book-cold", what="exponent"), 1.05, "as exponent"),
    Target("book of 1,000, one case changed", Measure("book-changed"), 6, "s"),
    Target("the same", Measure("book-changed"), 0.6, "of Typst's full run", Measure("book-cold", "typst")),
    Target("book of 1,000, nothing changed", Measure("book-unchanged"), 4, "s"),
    Target("a further selected book of 1,000", Measure("book-selected"), 0.1, "of the first one's time", _COLD),
    Target("the sample's build, one case changed", Measure("sample-changed", cases=0), 6, "s"),
    Target("site of 1,000, cold", Measure("site-cold"), 12, "s"),
    Target("site of 1,000, one case changed", Measure("site-changed"), 3, "s"),
    Target("a change seen under serve, of 1,000", Measure("serve-changed"), 2, "s"),
    Target("a query in the list of 1,000", Measure("list-query"), 0.15, "s"),
    Target("a tick in the list of 1,000", Measure("list-tick"), 0.15, "s"),
    Target("check of 1,000, one case changed", Measure("check-changed"), 1.5, "s"),
    Target("likeness of 1,000", Measure("likeness-cold"), 5, "s"),
    Target("likeness of 10,000", Measure("likeness-cold", cases=10_000), 20, "s"),
    Target("likeness of 10,000, memory", Measure("likeness-cold", cases=10_000, what="memory"), 1200, "MB"),
    Target("casepress --version", Measure("version", cases=0), 0.25, "s"),
    Target("site of 10,000", Measure("site-cold", cases=10_000), 150, "s"),
    Target("site of 10,000, memory", Measure("site-cold", cases=10_000, what="memory"), 2000, "MB"),
    Target("book of 10,000", Measure("book-cold", cases=10_000), 900, "s"),
    Target("book of 10,000, memory", Measure("book-cold", cases=10_000, what="memory"), 2000, "MB"),
)


def judged(run: Run) -> Iterator[tuple[Target, float]]:
    """Every promise that a run has figures for, with its value."""
    for target in TARGETS:
        if (value := target.value(run)) is not None:
            yield target, value


def records(run: Run) -> list[dict[str, str | float | bool]]:
    """The same for `bench.json`."""
    return [
        {"name": target.name, "value": round(value, 3), "limit": target.limit, "unit": target.unit, "met": value <= target.limit}
        for target, value in judged(run)
    ]
