"""A step of the benchmark: one task of one tool, and how its processes become a figure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from benchmarks.measuring import Cost, Failed, cost
from benchmarks.peers import Absent
from benchmarks.results import Figure, Missing
from benchmarks.worlds import megabytes

AGAIN = 30  # seconds: what is quicker than this is measured again, and the median taken
LARGEST = 1000  # cases; above, a peer that sets the whole book as one document takes hours and all memory


@dataclass(frozen=True)
class Step:
    """One task of one tool with so many cases. `work` does it; a generator of steps goes on when it is done."""

    task: str
    tool: str
    cases: int
    work: Callable[[], Figure]


def done(step: Step) -> Figure | Missing:
    """The figure of a step, or why there is none."""
    try:
        return step.work()
    except (Absent, Failed) as reason:
        return Missing(step.task, step.tool, step.cases, str(reason))


def figure(task: str, tool: str, cases: int, costs: Sequence[Cost], made: Path | None = None) -> Figure:
    """The figure of one task: of several runs, the one whose wall time is the median."""
    one = sorted(costs, key=lambda each: each.wall)[len(costs) // 2]
    size = None if made is None else megabytes(made)
    pages = None
    if made is not None and made.suffix == ".pdf":
        with pikepdf.open(made) as pdf:
            pages = len(pdf.pages)
    return Figure(task, tool, cases, one.wall, one.processor, one.memory, size, pages, one.load, one.others, len(costs))


def mean(task: str, tool: str, cases: int, costs: Sequence[Cost]) -> Figure:
    """The figure of one of many on average; its memory is that of the one that needed most."""
    count = len(costs)
    wall, processor = (sum(getattr(each, name) for each in costs) / count for name in ("wall", "processor"))
    memory = max((each.memory for each in costs if each.memory is not None), default=None)
    return Figure(task, tool, cases, wall, processor, memory, load=costs[0].load, others=_mean(each.others for each in costs), runs=count)


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def repeated(work: Callable[[int], Cost], most: int = 3) -> list[Cost]:
    """What a work costs, done again while all of it stays quick; it is told how many times it was done before."""
    costs: list[Cost] = []
    while len(costs) < most and sum(each.wall for each in costs) < AGAIN:
        costs.append(work(len(costs)))
    return costs


def plain(
    task: str,
    tool: str,
    cases: int,
    command: Callable[[], Sequence[object]],
    folder: Path,
    made: Path | None,
    variables: Mapping[str, str] | None = None,
) -> Step:
    """A step that runs one command once. The command is asked for when the step is done, for a peer may be absent."""
    return Step(task, tool, cases, lambda: figure(task, tool, cases, [cost(command(), folder, variables)], made))


def refused(task: str, tool: str, cases: int) -> Step:
    """A step that is not taken: the peer is not asked for so many cases."""

    def work() -> Figure:
        raise Absent(f"not asked for more than {LARGEST:,} cases")

    return Step(task, tool, cases, work)
