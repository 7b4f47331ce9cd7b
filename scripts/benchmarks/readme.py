"""Writes a run into the READMEs: the table between two marks, the picture beside the others, and the figures they are drawn from."""

import re
from pathlib import Path

from benchmarks import plot, results
from benchmarks.labels import words
from benchmarks.results import Run
from benchmarks.table import table
from benchmarks.worlds import ROOT

LAST = Path(__file__).parent / "last.json"  # what the READMEs show
DOCUMENTS = {"README.md": "en", "README.zh-CN.md": "zh"}
PICTURES = {"en": "theme/pictures/bench.svg", "zh": "theme/pictures/bench.zh-CN.svg"}
_BLOCK = re.compile(r"(<!-- bench -->\n).*?(<!-- /bench -->)", re.DOTALL)


def block(run: Run, language: str) -> str:
    """What stands between the marks."""
    return f"![{words('picture', language)}]({PICTURES[language]})\n\n{table(run, language)}"


def filled(text: str, run: Run, language: str) -> str:
    """A document with a run between its marks. Raises ValueError where it has none."""
    if not _BLOCK.search(text):
        raise ValueError("the document has no <!-- bench --> … <!-- /bench -->")
    return _BLOCK.sub(lambda found: found[1] + block(run, language) + found[2], text)


def draw(run: Run, source: Path) -> None:
    """Fill both READMEs, draw both pictures, and keep the figures with them."""
    if source.resolve() != LAST.resolve():
        LAST.write_bytes(source.read_bytes())
    run = results.read(LAST)
    for language, name in PICTURES.items():
        (ROOT / name).write_text(plot.plot(run, language), "utf-8")
    for name, language in DOCUMENTS.items():
        path = ROOT / name
        path.write_text(filled(path.read_text("utf-8"), run, language), "utf-8")
        print(name)
