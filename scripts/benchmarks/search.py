"""Search, ours and Pagefind's, side by side: the index of both, and how they answer.

Cases are generated with the words of a Chinese dictionary in their frequencies, so that pairs of characters are as
various as in real text.
"""

import random
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

import generate_cases
from benchmarks import peers, worlds
from benchmarks.asking import ALL_OURS, ALL_THEIRS, OURS, THEIRS, Engine, answers, as_it_stands, costs, middle, quality, queries, served
from benchmarks.measuring import cost
from benchmarks.results import Figure, Found
from benchmarks.serving import CHROMIUM
from benchmarks.steps import Step, figure
from casepress import flow
from casepress.collection import project
from casepress.facts.folding import fold
from casepress.search.searchable import zones
from casepress.site.bundles import bundles
from casepress.values.cases import Collection

EXACT, PAIRS = 500, 100  # queries for recall and precision
TIMED = 100  # queries that are timed, each in a fresh browser context
_PAGE = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>页</title><link rel="icon" href="data:,">'


def indexes(folder: Path, cases: int) -> Iterator[Step]:
    """Both indexes, each by one process: ours reads the cases, writes the index and proves it; Pagefind reads pages of HTML."""
    yield Step("search-index", "casepress", cases, lambda: _index(folder, cases))
    yield Step("search-index", "pagefind", cases, lambda: _pagefind(folder, cases))


def _source(folder: Path, cases: int) -> Path:
    """The collection, made when it is first asked for. Raises Absent."""
    source = folder / "collection"
    if not source.exists():
        dictionary = next(peers.packages("jieba").rglob("jieba/dict.txt"))
        worlds.generated(source, cases, generate_cases.vocabulary(dictionary))
    return source


def _index(folder: Path, cases: int) -> Figure:
    source, ours = _source(folder, cases), folder / "casepress"
    variables = {"CASEPRESS_CACHE": str(folder / "cache")}
    spent = cost([sys.executable, "-m", "benchmarks.indexing", source, ours], folder, variables)
    made = figure("search-index", "casepress", cases, [spent], ours / "search")
    scripts = bundles(*(project.find(source).themes(part) for part in ("scripts", "styles")))["assets/search.js"]
    (ours / "assets").mkdir()
    (ours / "assets" / "search.js").write_bytes(scripts)
    (ours / "cases").mkdir()
    (ours / "cases" / "page.html").write_text(f'{_PAGE}<script src="../assets/search.js"></script>', "utf-8")
    return made


def _pagefind(folder: Path, cases: int) -> Figure:
    source, theirs = _source(folder, cases), folder / "pagefind"
    binary = peers.packages("pagefind") / "pagefind_bin_extended" / "pagefind_extended"
    write_pages(_collection(source), theirs)
    spent = cost([binary, "--site", theirs, "--quiet"], folder)
    return figure("search-index", "pagefind", cases, [spent], theirs / "pagefind")


def _collection(source: Path) -> Collection:
    collection, _ = flow.check_project(project.find(source))
    assert collection is not None
    return collection


def write_pages(collection: Collection, site: Path) -> None:
    """Each case as a plain page for Pagefind, with all that may be found of it."""
    (site / "cases").mkdir(parents=True)
    for case in collection.cases:
        title, *pieces = (words for zone in zones(collection, case) for _, words in zone)
        body = "".join(f"<p>{escape(words)}</p>\n" for words in pieces)
        page = f"{_PAGE}<main data-pagefind-body><h1>{escape(title)}</h1>\n{body}</main></html>"
        (site / "cases" / f"{case.id}.html").write_text(page, "utf-8")
    (site / "page.html").write_text(_PAGE, "utf-8")


def found(folder: Path, cases: int) -> list[Found]:
    """How every engine whose index was made answers. Raises Absent."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as reason:
        raise peers.Absent("Playwright is not installed") from reason
    if not CHROMIUM.exists():
        raise peers.Absent(f"{CHROMIUM} is not there")
    engines = [
        Engine("casepress", Path("cases/page.html"), folder / "casepress", OURS, ALL_OURS),
        Engine("pagefind", Path("page.html"), folder / "pagefind", THEIRS, ALL_THEIRS),
    ]
    engines = [engine for engine in engines if (engine.site / engine.page).exists()]
    if not engines:
        raise peers.Absent("there is no index")
    asked, true, timed = _questions(_collection(folder / "collection"), cases)
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        for engine in engines:
            with served(engine.site) as server:
                http = f"http://127.0.0.1:{server.server_address[1]}/{engine.page.as_posix()}"
                address = {"http": http, "file": (engine.site / engine.page).as_uri()}
                for way in ("http", "file") if engine.one == OURS else ("http",):
                    some = slice(None) if engine.one == OURS else slice(0, None, max(1, cases // 200))
                    shares = quality(answers(browser, address[way], engine.all, asked[some]), true[some])
                    times, sizes = costs(browser, address[way], engine.one, timed, lambda server=server: server.sent)
                    rows.append(Found(engine.name, way, cases, *shares, middle(sizes) if way == "http" else None, middle(times)))
        browser.close()
    return rows


def _questions(collection: Collection, seed: int) -> tuple[list[str], list[set[int]], list[str]]:
    """Queries, the numbers of the cases that each must find, and queries for their times."""
    chance = random.Random(seed)
    raw = [words for case in collection.cases for zone in zones(collection, case) for _, words in zone]
    scanned = {int(case.id[4:]): "\0".join(fold(words) for zone in zones(collection, case) for _, words in zone) for case in collection.cases}
    asked = [(words,) for words in queries(raw, chance, EXACT, 1)]
    asked += zip(queries(raw, chance, PAIRS, 1), queries(raw, chance, PAIRS, 1), strict=True)
    true = [{id_ for id_, text in scanned.items() if all(fold(words) in text for words in some)} for some in asked]
    return [" ".join(map(as_it_stands, some)) for some in asked], true, list(map(as_it_stands, queries(raw, chance, TIMED, 2)))
