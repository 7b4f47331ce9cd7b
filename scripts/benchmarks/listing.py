"""How soon the page of all cases shows an answer: to words that are written into it, and to a filter that is ticked.

From the event that a reader causes to the second frame after it was drawn, in one page that was open before; the first
answer of each kind, which fetches what the later ones find there, counts like the others.
"""

import os
import random
import statistics
from collections.abc import Sequence
from pathlib import Path

from benchmarks import peers, worlds
from benchmarks.asking import queries, served
from benchmarks.measuring import Failed
from benchmarks.results import Figure
from benchmarks.serving import CHROMIUM

TIMES = 6
_READY = "document.querySelector('.cp-facets input') && document.querySelectorAll('.cp-hits [data-case]').length === 50"
# Seconds from an event to what it has the page draw, as it is seen.
_SEEN = """act => new Promise(done => {
    const hits = document.querySelector('.cp-hits'), start = performance.now();
    const watch = new MutationObserver(() => {
        watch.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => done((performance.now() - start) / 1000)));
    });
    watch.observe(hits, {childList: true, subtree: true});
    if (typeof act === 'number') return document.querySelectorAll('.cp-facets input[type=checkbox]')[act].click();
    const box = document.querySelector('.cp-query input');
    box.focus();
    box.value = act;
    box.dispatchEvent(new InputEvent('input', {bubbles: true, data: act, inputType: 'insertText'}));
})"""


def queried(site: Path, collection: Path, cases: int) -> Figure:
    """Words of four and more characters that a case has, each as an input method gives it. Raises Absent, Failed."""
    texts = ["".join(words for _, words in case.body) for case in worlds.texts(collection)]
    return _figure("list-query", site, cases, queries(texts, random.Random(cases), TIMES, 4))


def ticked(site: Path, cases: int) -> Figure:
    """The first filters, one more with each tick. Raises Absent, Failed."""
    return _figure("list-tick", site, cases, range(TIMES))


def _figure(task: str, site: Path, cases: int, acts: Sequence[str | int]) -> Figure:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as reason:
        raise peers.Absent("Playwright is not installed") from reason
    if not CHROMIUM.exists():
        raise peers.Absent(f"{CHROMIUM} is not there")
    load = os.getloadavg()[0]
    try:
        with served(site) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
            page = browser.new_page(bypass_csp=True)
            page.goto(f"http://127.0.0.1:{server.server_address[1]}/cases/index.html")
            page.wait_for_function(_READY)
            times = []
            for act in acts:
                times.append(page.evaluate(_SEEN, act))
                page.wait_for_function("!document.querySelector('.cp-coming')")
            browser.close()
    except Error as reason:
        raise Failed(str(reason)) from reason
    return Figure(task, "casepress", cases, statistics.median(times), load=load, runs=TIMES)
