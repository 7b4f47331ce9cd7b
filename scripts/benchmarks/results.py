"""What was measured, as values, and as `bench.json`: the one source of the printed report, the README's table and its picture.

`bench.json` is an object: `schema` (1), `made` (day), `commit`, `machine`, `versions`, `units`, `figures`, `missing`,
`search`. A figure is what one tool needed for one task; what was not measured stands in `missing` with its reason.
"""

import json
import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

SCHEMA = 1
UNITS = {
    "cases": "number of full cases of 2,400 characters; of the sample, its own",
    "wall": "seconds from start to end of the whole process; of several runs the median",
    "processor": "seconds of all its processes on all cores",
    "memory": "MB (10^6 bytes): Pss of all its processes together at the highest moment seen",
    "size": "MB (10^6 bytes) of what was written",
    "pages": "pages of the book",
    "load": "the machine's load before the start, average of a minute",
    "others": "cores that worked for other processes in the meantime",
    "runs": "how many times it was run; of book-selected, how many books, and the other figures are those of one on average",
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """What a tool needed for a task with so many cases; units in `UNITS`, None for what was not measured of it."""

    task: str
    tool: str
    cases: int
    wall: float
    processor: float | None = None
    memory: float | None = None
    size: float | None = None
    pages: int | None = None
    load: float | None = None
    others: float | None = None
    runs: int = 1


@dataclass(frozen=True)
class Missing:
    """A task that was not measured, and why."""

    task: str
    tool: str
    cases: int
    why: str


@dataclass(frozen=True)
class Found:
    """How an engine answers: recall and precision as shares, bytes and milliseconds of a query (median, 95th percentile)."""

    tool: str
    way: str
    cases: int
    recall: float
    precision: float
    bytes: tuple[int, int] | None
    milliseconds: tuple[float, float]


@dataclass(frozen=True)
class Run:
    """All of one run."""

    made: str
    commit: str
    machine: dict[str, str | float]
    versions: dict[str, str]
    figures: tuple[Figure, ...] = ()
    missing: tuple[Missing, ...] = ()
    search: tuple[Found, ...] = ()
    schema: int = SCHEMA
    units: dict[str, str] = field(default_factory=lambda: dict(UNITS))

    def figure(self, task: str, tool: str, cases: int) -> Figure | None:
        """The figure of a task; None where it was not measured."""
        return next((f for f in self.figures if (f.task, f.tool, f.cases) == (task, tool, cases)), None)

    def sizes(self, task: str = "", tool: str = "") -> tuple[int, ...]:
        """The numbers of cases with which anything was measured, or a task of a tool."""
        return tuple(sorted({f.cases for f in self.figures if f.task in (task or f.task,) and f.tool in (tool or f.tool,)}))


def exponent(few: Figure, many: Figure) -> float:
    """How wall time grows with the number of cases: time ~ cases ** exponent."""
    return math.log(many.wall / few.wall) / math.log(many.cases / few.cases)


def growth(run: Run, task: str, tool: str) -> float | None:
    """The exponent from 100 to 1,000 cases; where these were not measured, from the smallest number to the largest."""
    sizes = run.sizes(task, tool)
    if len(sizes) < 2:
        return None
    ends = (100, 1000) if {100, 1000} <= set(sizes) else (sizes[0], sizes[-1])
    few, many = (run.figure(task, tool, cases) for cases in ends)
    return exponent(few, many)


def exponents(run: Run) -> list[dict[str, str | float]]:
    """Every exponent of a run."""
    found = []
    for task, tool in dict.fromkeys((f.task, f.tool) for f in run.figures):
        if (value := growth(run, task, tool)) is not None:
            found.append({"task": task, "tool": tool, "exponent": round(value, 3)})
    return found


def write(run: Run, path: Path, more: Iterable[tuple[str, object]] = ()) -> None:
    """Write a run as JSON, seconds and shares with three decimals, and whatever is worked out from it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = {**asdict(run), "exponents": exponents(run), **dict(more)}
    path.write_text(json.dumps(_rounded(data), ensure_ascii=False, indent=1) + "\n", "utf-8")


def read(path: Path) -> Run:
    """A run from its JSON. Raises ValueError where it is of another schema."""
    data = json.loads(path.read_text("utf-8"))
    if data["schema"] != SCHEMA:
        raise ValueError(f"{path.name}: schema {data['schema']}, not {SCHEMA}")
    lists = {name: tuple(kind(**each) for each in data[name]) for name, kind in (("figures", Figure), ("missing", Missing))}
    search = tuple(
        Found(**{name: tuple(value) if isinstance(value, list) else value for name, value in each.items()}) for each in data["search"]
    )
    known = {name: data[name] for name in ("made", "commit", "machine", "versions", "schema", "units")}
    return Run(**known, **lists, search=search)


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, list | tuple) else value
