"""What is printed of a run: a line for every figure as it comes, then the promises and what was not measured."""

from collections.abc import Iterator

from benchmarks.results import Figure, Found, Missing, Run, exponents
from benchmarks.targets import judged

_COLUMNS = (
    ("task", 15),
    ("tool", 11),
    ("cases", 7),
    ("wall s", 10),
    ("processor", 10),
    ("Pss MB", 9),
    ("MB", 8),
    ("pages", 7),
    ("load", 6),
    ("others", 7),
)


def head() -> str:
    """The names of the columns."""
    return "".join(name.ljust(width) if nth < 2 else name.rjust(width) for nth, (name, width) in enumerate(_COLUMNS))


def line(each: Figure | Missing) -> str:
    """One figure as a line, or why there is none."""
    if isinstance(each, Missing):
        return f"{each.task:<15}{each.tool:<11}{each.cases or '':>7}  not measured: {each.why.splitlines()[-1]}"
    numbers = (
        (each.wall, ".2f"), (each.processor, ".2f"), (each.memory, ".0f"), (each.size, ".2f"), (each.pages, "d"),
        (each.load, ".1f"), (each.others, ".1f"),
    )  # fmt: skip
    cells = ["" if value is None else format(value, form) for value, form in numbers]
    row = zip((each.task, each.tool, str(each.cases or ""), *cells), _COLUMNS, strict=True)
    return "".join(cell.ljust(width) if nth < 2 else cell.rjust(width) for nth, (cell, (_, width)) in enumerate(row))


def answer(each: Found) -> str:
    """How an engine answers, as a line."""
    size = f", {each.bytes[0] / 1000:.0f} KB a query (95 %: {each.bytes[1] / 1000:.0f})" if each.bytes else ""
    times = f"{each.milliseconds[0]:.0f} ms (95 %: {each.milliseconds[1]:.0f})"
    return f"{each.tool}, {each.way}, {each.cases} cases: recall {each.recall:.3f}, precision {each.precision:.3f}{size}, {times}"


def summary(run: Run) -> Iterator[str]:
    """The exponents, the promises, and what stays unknown."""
    for each in exponents(run):
        yield f"{each['task']:<15}{each['tool']:<11}grows with exponent {each['exponent']:.2f}"
    yield ""
    for target, value in judged(run):
        number = f"{value:.2f}" if value < 100 else f"{value:,.0f}"
        yield f"{'yes' if value <= target.limit else 'NO ':<5}{target.name:<42}{number:>8}, at most {target.limit:g} {target.unit}"
    for each in run.missing:
        yield f"not measured: {each.task}, {each.tool}, {each.cases} cases: {each.why}"
