"""The benchmark's command: `bash scripts/bench [book|site|check|likeness|sample|start|search …] [--cases 100 1000]`, `bash scripts/bench table`.

Absolute times are of one machine and what else it did; ratios within a run are what matters. Every figure is printed and
kept in `build/bench.json` as soon as it is there. `table` draws the README's table and picture from that file.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from benchmarks import peers, readme, report, results, search, targets, tasks, worlds
from benchmarks.measuring import Failed, cost
from benchmarks.results import Figure, Missing, Run
from benchmarks.steps import Step, done

GROWING: dict[str, Callable[[Path, int], Iterator[Step]]] = {
    "book": tasks.book, "site": tasks.site, "check": tasks.check, "likeness": tasks.likeness, "search": search.indexes,
}  # fmt: skip
FIXED: dict[str, Callable[[Path], Iterator[Step]]] = {"start": tasks.start, "sample": tasks.sample}
GROUPS = (*FIXED, *GROWING)


def bench(groups: list[str], sizes: list[int], without: list[str], target: Path) -> Run:
    """Measure what is asked for, print it, and write it to a file."""
    run = Run(date.today().isoformat(), _commit(), _machine(), {})
    print(report.head(), flush=True)
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        _warm(folder / "warm")
        for step in _steps(folder, groups, sizes):
            if step.tool not in without:
                run = _kept(run, done(step), target)
        for cases in sizes if "search" in groups else ():
            run = _asked(run, folder / f"search-{cases}", cases, target)
    for words in report.summary(run):
        print(words)
    return run


def _steps(folder: Path, groups: list[str], sizes: list[int]) -> Iterator[Step]:
    for group in groups:
        if group in FIXED:
            (folder / group).mkdir()
            yield from FIXED[group](folder / group)
    for cases in sizes:
        for group in groups:
            if group in GROWING:
                (folder / f"{group}-{cases}").mkdir()
                yield from GROWING[group](folder / f"{group}-{cases}", cases)


def _asked(run: Run, folder: Path, cases: int, target: Path) -> Run:
    try:
        rows = search.found(folder, cases)
    except peers.Absent as reason:
        return _kept(run, Missing("search", "casepress", cases, str(reason)), target)
    for row in rows:
        print(report.answer(row), flush=True)
    run = replace(run, search=(*run.search, *rows))
    _write(run, target)
    return run


def _kept(run: Run, each: Figure | Missing, target: Path) -> Run:
    print(report.line(each), flush=True)
    name = "figures" if isinstance(each, Figure) else "missing"
    run = replace(run, versions=peers.versions(), **{name: (*getattr(run, name), each)})
    _write(run, target)
    return run


def _write(run: Run, target: Path) -> None:
    results.write(run, target, {"targets": targets.records(run)}.items())


def _warm(folder: Path) -> None:
    """Build a small collection, so that every program has been read from the disk and compiled once."""
    folder.mkdir()
    collection = worlds.generated(folder / "collection", 2)
    for words in (("build",), ("check",)):
        try:
            cost([peers.program("casepress"), "-C", collection, *words], folder, {"CASEPRESS_CACHE": str(folder / "cache")})
        except Failed as reason:
            sys.exit(f"casepress {' '.join(words)}: {reason}")


def _commit() -> str:
    git = ["git", "-C", str(worlds.ROOT), "describe", "--always", "--dirty"]
    return subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip() or "unknown"


def _machine() -> dict[str, str | float]:
    found: dict[str, str | float] = {"cores": os.cpu_count() or 0, "python": platform.python_version(), "system": platform.system()}
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        found["memory"] = round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e6)  # MB
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="bash scripts/bench", description=__doc__.splitlines()[0])
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"{', '.join(GROUPS)}; all of them; or table")
    parser.add_argument("--cases", nargs="+", type=int, default=[100, 1000], metavar="NUMBER", help="100 1000; the book of 10000 takes long")
    parser.add_argument("--without", nargs="+", default=[], metavar="TOOL", help="tools that are not measured: weasyprint typst mkdocs …")
    parser.add_argument(
        "--file", type=Path, default=worlds.ROOT / "build" / "bench.json", help="where the figures are written, and read by table"
    )
    asked = parser.parse_args()
    if asked.groups == ["table"]:
        readme.draw(results.read(asked.file), asked.file)
        return
    if wrong := set(asked.groups) - set(GROUPS):
        parser.error(f"no such group: {', '.join(sorted(wrong))}")
    bench([group for group in GROUPS if group in (asked.groups or GROUPS)], sorted(asked.cases), asked.without, asked.file)
    print(f"\n{asked.file}")


if __name__ == "__main__":
    main()
