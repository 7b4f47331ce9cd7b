"""Search, ours and Pagefind's, side by side: `bash scripts/bench search [NUMBER …] [--without-pagefind]`.

Cases are generated with the words of a Chinese dictionary in their frequencies, so that pairs of characters are as
various as in real text. Truth is a plain scan for a substring. Every query for the bytes and times is asked by a fresh
browser with nothing in its cache; Pagefind is used as shipped, and the texts of its first ten results are loaded, as
its own interface does. The dictionary (jieba, MIT) and Pagefind (MIT) are installed into a temporary folder and not
shipped; installing them needs a package index.
"""

import argparse
import functools
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import generate_cases
from casepress import flow, scaffold
from casepress.collection import project
from casepress.facts.folding import fold
from casepress.search import index, proving
from casepress.search.searchable import zones
from casepress.site.bundles import bundles
from casepress.values.cases import Collection

CHROMIUM = "/usr/bin/chromium"
WANTED = ("jieba==0.42.1", "pagefind_bin_extended==1.5.2")
EXACT, PAIRS = 500, 100  # queries for recall and precision
TIMED = 100  # queries that are timed, each in a fresh browser context
PAGE = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>页</title><link rel="icon" href="data:,">'
OURS = """async query => {
    const start = performance.now();
    const found = await casepress.search(query);
    return [performance.now() - start, found.total];
}"""
THEIRS = """async query => {
    const start = performance.now();
    const pagefind = await import('./pagefind/pagefind.js');
    const found = await pagefind.search(query);
    await Promise.all(found.results.slice(0, 10).map(result => result.data()));
    return [performance.now() - start, found.results.length];
}"""
ALL_OURS = """async queries => {
    const found = [];
    for (const query of queries) {
        const result = await casepress.search(query, {limit: Infinity, facets: false});
        if (result.total !== result.hits.length) throw new Error(query);
        found.push(result.hits.map(hit => +hit.id.slice(4)));
    }
    return JSON.stringify(found);
}"""
ALL_THEIRS = """async queries => {
    const pagefind = await import('./pagefind/pagefind.js');
    const found = [];
    for (const query of queries) {
        const result = await pagefind.search(query);
        found.push(await Promise.all(result.results.map(async each => +(await each.data()).url.match(/gen-([0-9]+)/)[1])));
    }
    return JSON.stringify(found);
}"""


@dataclass(frozen=True)
class Engine:
    """A site with a search, and the scripts that ask it for one answer and for all."""

    name: str
    page: Path  # below its site's folder
    site: Path
    one: str
    all: str


def build_index(folder: Path, site: Path) -> dict[str, float]:
    """Write and prove the index of a collection; seconds and MB, of this process. For a process of its own."""
    collection, _ = flow.check_project(project.find(folder))
    assert collection is not None
    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    (site / "search").mkdir(parents=True)
    sizes: dict[str, int] = {}
    for name, data in index.index_files(collection):
        (site / name).write_bytes(data)
        kind = re.sub(r"(-.*)?\.js$", "", name.removeprefix("search/"))
        sizes[kind] = sizes.get(kind, 0) + len(data)
    built, after = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    proving.check_index(collection, lambda name: (site / name).read_bytes())
    proven = time.perf_counter()
    text = sum(len(words.encode()) for case in collection.cases for zone in zones(collection, case) for _, words in zone)
    return {
        "build": built - start,
        "processor": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "proof": proven - built,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "text": text,
        "documents": sizes.pop("d"),
        "index": sum(sizes.values()),
        "files": len(list((site / "search").iterdir())),
    }


def write_pages(collection: Collection, site: Path) -> None:
    """Each case as a plain page for Pagefind, with all that may be found of it."""
    (site / "cases").mkdir(parents=True)
    for case in collection.cases:
        title, *pieces = (words for zone in zones(collection, case) for _, words in zone)
        body = "".join(f"<p>{escape(words)}</p>\n" for words in pieces)
        page = f"{PAGE}<main data-pagefind-body><h1>{escape(title)}</h1>\n{body}</main></html>"
        (site / "cases" / f"{case.id}.html").write_text(page, "utf-8")
    (site / "page.html").write_text(PAGE, "utf-8")


def run_pagefind(site: Path, packages: Path) -> dict[str, float]:
    """Let Pagefind index a site; seconds, MB at its peak, bytes and files of what it wrote."""
    start = time.perf_counter()
    binary = packages / "pagefind_bin_extended" / "pagefind_extended"
    done = subprocess.Popen([binary, "--site", site, "--quiet"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(done.pid, 0)
    built = time.perf_counter()
    assert status == 0
    files = [path for path in (site / "pagefind").rglob("*") if path.is_file()]
    fragments = sum(path.stat().st_size for path in files if "fragment" in path.parts)
    return {
        "build": built - start,
        "memory": used.ru_maxrss / 1024,
        "documents": fragments,
        "index": sum(path.stat().st_size for path in files) - fragments,
        "files": len(files),
    }


def queries(texts: Sequence[str], chance: random.Random, count: int, least: int) -> list[str]:
    """Random substrings of so many to twelve characters; every fourth has a digit, a Latin letter or a sign in it."""
    found = []
    while len(found) < count:
        text = chance.choice(texts)
        at = chance.randrange(len(text))
        if len(found) % 4 == 0:
            odd = [m.start() for m in re.finditer(r"[0-9A-Za-z+%“”，。、：]", text)]
            at = chance.choice(odd) if odd else at
        length = chance.randint(least, 12)
        start = max(0, at - chance.randrange(length))
        words = text[start : start + length].strip()
        if len(words) >= least and '"' not in words and not re.search(r"\s", words):
            found.append(words)
    return found


class _Counting(SimpleHTTPRequestHandler):
    """A plain server of files that counts the bytes of bodies; nothing is compressed.

    It sends small answers at once, as servers for the web do; left alone, Python's waits 40 ms for an acknowledgement
    between the head and the body of each.
    """

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *words: object) -> None:
        pass

    def copyfile(self, source, outputfile) -> None:
        data = source.read()
        self.server.sent += len(data)
        outputfile.write(data)


@contextmanager
def served(folder: Path) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Counting, directory=str(folder)))
    server.sent = 0
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def answers(browser, address: str, script: str, asked: Sequence[str]) -> list[set[int]]:
    """What one page finds for each query, in portions, so that no answer is too long for the browser's door."""
    page = browser.new_page()
    page.set_default_timeout(0)
    page.goto(address)
    found = []
    for at in range(0, len(asked), 20):
        found += map(set, json.loads(page.evaluate(script, asked[at : at + 20])))
    page.close()
    return found


def quality(found: Sequence[set[int]], true: Sequence[set[int]]) -> tuple[float, float]:
    """Recall and precision, each the mean of the queries'."""
    recall = statistics.mean(len(f & t) / len(t) if t else 1.0 for f, t in zip(found, true, strict=True))
    precision = statistics.mean(len(f & t) / len(f) if f else 1.0 for f, t in zip(found, true, strict=True))
    return recall, precision


def costs(browser, address: str, script: str, asked: Sequence[str], sent: Callable[[], int]) -> tuple[list[float], list[int]]:
    """Milliseconds and bytes of each query, each in a browser context that has seen nothing but the page itself."""
    times, sizes = [], []
    for query in asked:
        context = browser.new_context()
        page = context.new_page()
        page.goto(address)
        before = sent()
        times.append(page.evaluate(script, query)[0])
        sizes.append(sent() - before)
        context.close()
    return times, sizes


def middle(values: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    ordered = sorted(values)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def row(*cells: object) -> None:
    widths = (24, 10, 10, 9, 9, 9, 9)
    print("".join(str(cell).ljust(width) for cell, width in zip(cells, widths, strict=False)), flush=True)


def bench(folder: Path, number: int, packages: Path, pagefind: bool) -> None:
    """All figures for so many cases."""
    from playwright.sync_api import sync_playwright

    source, ours, theirs = folder / "collection", folder / "ours", folder / "pagefind"
    scaffold.new_collection(source, "基准")
    for example in (source / "cases").glob("*.md"):
        example.unlink()
    generate_cases.fill(source / "cases", number, known=generate_cases.vocabulary(next(packages.rglob("jieba/dict.txt"))))
    done = subprocess.run([sys.executable, __file__, "--index", source, ours], check=True, capture_output=True)
    made = json.loads(done.stdout)
    (ours / "assets").mkdir()
    (ours / "assets" / "search.js").write_bytes(
        bundles(*(project.find(source).themes(part) for part in ("scripts", "styles")))["assets/search.js"]
    )
    (ours / "cases").mkdir()
    (ours / "cases" / "page.html").write_text(f'{PAGE}<script src="../assets/search.js"></script>', "utf-8")
    collection, _ = flow.check_project(project.find(source))
    assert collection is not None
    engines = [Engine("casepress", Path("cases/page.html"), ours, OURS, ALL_OURS)]
    indexed = {"casepress": made}
    if pagefind:
        write_pages(collection, theirs)
        indexed["Pagefind 1.5.2"] = run_pagefind(theirs, packages)
        engines.append(Engine("Pagefind 1.5.2", Path("page.html"), theirs, THEIRS, ALL_THEIRS))
    print(f"\n{number} cases, {made['text'] / 1e6:.2f} MB of text")
    row("", "build s", "peak MB", "index MB", "of text", "texts MB", "files")
    for name, each in indexed.items():
        index, documents = each["index"], each["documents"]
        row(
            name,
            f"{each['build']:.1f}",
            f"{each['memory']:.0f}",
            f"{index / 1e6:.2f}",
            f"{index / made['text']:.2f}",
            f"{documents / 1e6:.2f}",
            each["files"],
        )
    row("  its proof", f"{made['proof']:.1f}")
    row("  processor", f"{made['processor']:.1f}")

    chance = random.Random(number)
    raw = [words for case in collection.cases for zone in zones(collection, case) for _, words in zone]
    scanned = {int(case.id[4:]): "\0".join(fold(words) for zone in zones(collection, case) for _, words in zone) for case in collection.cases}
    del collection
    asked = queries(raw, chance, EXACT, 1)
    asked += [" ".join(pair) for pair in zip(queries(raw, chance, PAIRS, 1), queries(raw, chance, PAIRS, 1), strict=True)]
    true = [{id_ for id_, text in scanned.items() if all(term in text for term in fold(query).split())} for query in asked]
    timed = queries(raw, chance, TIMED, 2)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        row("", "recall", "precision", "KB", "95 %", "ms", "95 %")
        for engine in engines:
            with served(engine.site) as server:
                http = f"http://127.0.0.1:{server.server_address[1]}/{engine.page.as_posix()}"
                address = {"http": http, "file": (engine.site / engine.page).as_uri()}
                for way in ("http", "file") if engine.one == OURS else ("http",):
                    some = slice(None) if engine.one == OURS else slice(0, None, max(1, number // 200))
                    recall, precision = quality(answers(browser, address[way], engine.all, asked[some]), true[some])
                    times, sizes = costs(browser, address[way], engine.one, timed, lambda server=server: server.sent)
                    kilobytes = [f"{n / 1000:.0f}" if way == "http" else "" for n in middle(sizes)]
                    milliseconds = [f"{n:.0f}" for n in middle(times)]
                    row(f"{engine.name}, {way}", f"{recall:.3f}", f"{precision:.3f}", *kilobytes, *milliseconds)
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("numbers", nargs="*", type=int, default=[100, 1000, 10_000])
    parser.add_argument("--without-pagefind", action="store_true")
    parser.add_argument("--index", nargs=2, type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.index:
        print(json.dumps(build_index(*arguments.index)))
        return
    with tempfile.TemporaryDirectory() as folder:
        packages = Path(folder) / "packages"
        wanted = WANTED[:1] if arguments.without_pagefind else WANTED
        install = [sys.executable, "-m", "pip", "install", "-qq", "--no-deps", "--target", packages, *wanted]
        subprocess.run(install, check=True)
        for number in arguments.numbers:
            bench(Path(folder) / str(number), number, packages, not arguments.without_pagefind)


if __name__ == "__main__":
    main()
