"""Queries to a search in a real browser: what it finds of what is there, and what an answer costs.

Truth is a plain scan for a substring. Every query for the bytes and times is asked by a fresh browser with nothing in
its cache; Pagefind is used as shipped, and the texts of its first ten results are loaded, as its own interface does.
"""

import functools
import json
import random
import re
import statistics
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

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


def queries(texts: Sequence[str], chance: random.Random, count: int, least: int) -> list[str]:
    """Random substrings of so many to twelve characters; every fourth has a digit, a Latin letter or a sign in it. None has quotation
    marks: those of a query say what is to be found as it stands."""
    found = []
    while len(found) < count:
        text = chance.choice(texts)
        at = chance.randrange(len(text))
        if len(found) % 4 == 0:
            odd = [m.start() for m in re.finditer(r"[0-9A-Za-z+%，。、：]", text)]
            at = chance.choice(odd) if odd else at
        length = chance.randint(least, 12)
        start = max(0, at - chance.randrange(length))
        words = text[start : start + length].strip()
        if len(words) >= least and not re.search(r"[\s\"'“”‘’「」『』＂＇]", words):
            found.append(words)
    return found


def as_it_stands(words: str) -> str:
    """A query for these words as they stand, also where a mark in them would part two words."""
    return f'"{words}"' if re.search(r"[，、；。！？,;]", words) else words


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
