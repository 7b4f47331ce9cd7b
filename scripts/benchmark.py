"""What things cost, as figures of one run: `bash scripts/bench [site|book] [NUMBER]`.

Absolute times are of one noisy machine; the ratios within a run are what matters, so every figure stands beside one
for bare MkDocs with Material, taken in the same run.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tests"))  # the reader of PDFs

import generate_cases
from casepress import flow, scaffold
from casepress.book.book import whole_book
from casepress.collection import project
from casepress.site import website
from linework import linework


def timed(work: Callable[[], object]) -> tuple[object, float]:
    """What a work gives, and the seconds it took."""
    start = time.perf_counter()
    found = work()
    return found, time.perf_counter() - start


def collection(folder: Path, number: int) -> project.Project:
    """A collection made with `casepress new`, filled with generated cases."""
    scaffold.new_collection(folder, "基准")
    generate_cases.fill(folder / "cases", number)
    return project.find(folder)


def bench_site(folder: Path, number: int) -> None:
    place = collection(folder / "collection", number)
    (found, problems), read = timed(lambda: flow.check_project(place))
    staged, stage = timed(lambda: flow.stage(place))
    _, again = timed(lambda: flow.stage(place))
    target = folder / "site"
    target.mkdir()
    said, build = timed(lambda: website.build_site(place, staged, target))
    bare = bare_mkdocs(folder / "bare", number)
    print(f"cases {len(found.cases)}, problems {len(problems)}, MkDocs warnings {len(said)}")
    for name, seconds in (
        ("read and check", read),
        ("read, check and stage", stage),
        ("the same with nothing changed", again),
        ("MkDocs builds the site", build),
        ("bare MkDocs + Material, as many pages", bare),
    ):
        row(name, seconds, number, bare)
    size = sum(f.stat().st_size for f in target.rglob("*") if f.is_file())
    print(f"site {size / 1e6:.1f} MB, {size / number / 1000:.1f} kB a case; {memory()}")


def bare_mkdocs(folder: Path, number: int) -> float:
    """Seconds that MkDocs with Material needs for as many pages of one heading and 2,500 characters, no plugin."""
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text("site_name: bare\ntheme: {name: material, font: false}\nplugins: []\nnav: [index.md]\n")
    (folder / "docs" / "index.md").write_text("# bare\n")
    for n in range(number):
        (folder / "docs" / f"p{n}.md").write_text(f"# p{n}\n\n" + "一二三四五六七八九十" * 250 + "\n")
    os.environ["NO_MKDOCS_2_WARNING"] = "true"
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    config = load_config(config_file=str(folder / "mkdocs.yml"))
    return timed(lambda: build(config))[1]


def bench_book(folder: Path, number: int) -> None:
    place = collection(folder / "collection", number)
    found, _ = flow.check_project(place)
    press = flow.press_of(place, found)
    book = whole_book(found)
    made, seconds = timed(lambda: press.make_book(book))
    print(f"cases {number}, pages {made.pages}, {len(made.pdf) / 1e6:.1f} MB")
    row("layout and binding", seconds, number, seconds)
    print(f"{seconds / made.pages * 1000:.1f} ms a page; {memory()}")
    (folder / "book.pdf").write_bytes(made.pdf)
    print(linework(press, book, folder / "book.pdf"))


def row(name: str, seconds: float, number: int, unit: float) -> None:
    print(f"{name:<40}{seconds:8.2f} s {seconds / number * 1000:8.2f} ms a case {seconds / unit:8.2f} × bare")


def memory() -> str:
    return f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", nargs="?", choices=["site", "book"], default="site")
    parser.add_argument("number", nargs="?", type=int, default=0)
    arguments = parser.parse_args()
    bench, default = {"site": (bench_site, 1000), "book": (bench_book, 100)}[arguments.what]
    with tempfile.TemporaryDirectory() as folder:
        bench(Path(folder), arguments.number or default)


if __name__ == "__main__":
    sys.exit(main())
