"""What is measured of casepress and its peers: book, site, check, the sample, the start. Each function yields steps.

Every command is a process of its own. What casepress keeps between them stands in a folder that is named here and was
empty before the first one: `cold` is the first, `changed` follows a sentence more in one case, `unchanged` nothing.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import bare_sites, documents, listing, peers, serving, worlds
from benchmarks.measuring import cost
from benchmarks.results import Figure
from benchmarks.steps import LARGEST, Step, figure, mean, plain, refused, repeated

_TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"


def book(folder: Path, cases: int) -> Iterator[Step]:
    """The whole book cold, with one case changed and with none, selected books beside it; then its peers."""
    collection, target = worlds.generated(folder / "collection", cases), folder / "book.pdf"
    variables = {"CASEPRESS_CACHE": str(folder / "cache")}
    command = [peers.program("casepress"), "-C", collection, "book", "-o", target]
    texts = worlds.texts(collection)
    yield plain("book-cold", "casepress", cases, lambda: command, folder, target, variables)
    yield _again("book-changed", cases, command, folder, target, variables, lambda nth: worlds.change(collection, f"改了第{nth + 1}次。"))
    yield _again("book-unchanged", cases, command, folder, target, variables, lambda nth: None)
    if cases <= LARGEST:
        yield Step("book-selected", "casepress", cases, lambda: _selected(folder, cases, collection, variables))
        documents.write_html(texts, folder / "book.html")
        documents.write_typst(texts, folder / "book.typ")
        made = folder / "weasyprint.pdf"
        yield plain("book-cold", "weasyprint", cases, lambda: [peers.program("weasyprint"), "-q", "book.html", made], folder, made)
        made = folder / "typst.pdf"
        yield Step("book-cold", "typst", cases, lambda: _typst(folder, cases, made))
    else:
        yield refused("book-cold", "weasyprint", cases)
        yield refused("book-cold", "typst", cases)


def _selected(folder: Path, cases: int, collection: Path, variables: dict[str, str]) -> Figure:
    costs = []
    for only in worlds.selections(collection):
        target = folder / f"{worlds.named(only)}.pdf"
        costs.append(cost([peers.program("casepress"), "-C", collection, "book", "--only", only, "-o", target], folder, variables))
    return mean("book-selected", "casepress", cases, costs)


def _typst(folder: Path, cases: int, made: Path) -> Figure:
    variables = {"PYTHONPATH": str(peers.packages("typst"))}
    spent = repeated(lambda nth: cost([sys.executable, "-S", "-c", _TYPST, folder / "book.typ", made], folder, variables))
    return figure("book-cold", "typst", cases, spent, made)


def _again(
    task: str, cases: int, command: list, folder: Path, made: Path | None, variables: dict[str, str], before: Callable[[int], object]
) -> Step:
    """The same command again, each time after something has been done to the collection."""

    def work(nth: int):
        before(nth)
        return cost(command, folder, variables)

    return Step(task, "casepress", cases, lambda: figure(task, "casepress", cases, repeated(work), made))


def site(folder: Path, cases: int) -> Iterator[Step]:
    """The site cold, with one case changed, how its list answers, and under `serve`; then the barest sites of MkDocs and Hugo; then `check`."""
    collection = worlds.generated(folder / "collection", cases)
    variables = {"CASEPRESS_CACHE": str(folder / "cache")}
    command, target = [peers.program("casepress"), "-C", collection, "site"], collection / "build" / "site"
    texts = worlds.texts(collection)
    yield plain("site-cold", "casepress", cases, lambda: command, folder, target, variables)
    yield _again("site-changed", cases, command, folder, target, variables, lambda nth: worlds.change(collection, f"改了第{nth + 1}次。"))
    yield Step("list-query", "casepress", cases, lambda: listing.queried(target, collection, cases))
    yield Step("list-tick", "casepress", cases, lambda: listing.ticked(target, cases))
    yield Step("serve-changed", "casepress", cases, lambda: serving.seen(collection, cases, variables))
    bare, made = folder / "mkdocs", folder / "mkdocs" / "site"
    bare_sites.write_mkdocs(texts, bare)
    yield plain("site-cold", "mkdocs", cases, lambda: [peers.program("mkdocs"), "build", "-q"], bare, made, {"NO_MKDOCS_2_WARNING": "true"})
    bare_sites.write_hugo(texts, folder / "hugo")
    made = folder / "hugo" / "public"
    yield plain("site-cold", "hugo", cases, lambda: [peers.program("hugo"), "--quiet"], folder / "hugo", made)


def check(folder: Path, cases: int) -> Iterator[Step]:
    """`check` with nothing kept, and after one changed case."""
    collection = worlds.generated(folder / "collection", cases)
    variables = {"CASEPRESS_CACHE": str(folder / "cache")}
    command = [peers.program("casepress"), "-C", collection, "check"]
    yield Step("check-cold", "casepress", cases, lambda: figure("check-cold", "casepress", cases, [cost(command, folder, variables)]))
    yield _again("check-changed", cases, command, folder, None, variables, lambda nth: worlds.change(collection, f"改了第{nth + 1}次。"))


def likeness(folder: Path, cases: int) -> Iterator[Step]:
    """`likeness` among cases of which some are copies, with nothing kept, and after one changed case."""
    collection = worlds.planted(folder / "collection", cases)
    variables = {"CASEPRESS_CACHE": str(folder / "cache")}
    command, made = [peers.program("casepress"), "-C", collection, "likeness"], collection / "build" / "likeness.html"
    yield plain("likeness-cold", "casepress", cases, lambda: command, folder, made, variables)
    yield _again("likeness-changed", cases, command, folder, made, variables, lambda nth: worlds.change(collection, f"改了第{nth + 1}次。"))


def sample(folder: Path) -> Iterator[Step]:
    """This repository's own collection: six books, a PDF of each case and the site; then again with one case changed."""
    collection = worlds.sample(folder / "collection")
    cases = len(worlds.case_files(collection))
    variables = {"CASEPRESS_CACHE": str(folder / "cache")}
    command = [peers.program("casepress"), "-C", collection, "build"]
    yield plain("sample-cold", "casepress", cases, lambda: command, folder, None, variables)
    yield _again("sample-changed", cases, command, folder, None, variables, lambda nth: worlds.change(collection, f"改了第{nth + 1}次。"))


def start(folder: Path) -> Iterator[Step]:
    """`casepress --version`."""
    command = [peers.program("casepress"), "--version"]
    yield Step("version", "casepress", 0, lambda: figure("version", "casepress", 0, repeated(lambda nth: cost(command, folder), 9)))
