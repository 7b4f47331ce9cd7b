"""Layout: HTML of one piece to laid-out pages, with WeasyPrint.

WeasyPrint may open nothing by itself: its fetcher hands out what it is given a table of, and every other address stops
the build (design, decision 12).
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from xml.etree.ElementTree import Element

from weasyprint import CSS, HTML, Document
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Page
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from casepress.press.heads import Head, furnish, heads
from casepress.press.patches.breaking import chinese_lines
from casepress.press.patches.columns import columns_by_lines
from casepress.press.patches.feet import content_at_foot
from casepress.press.patches.fontconfig import FontConfiguration
from casepress.press.patches.leaders import leaders_at_once
from casepress.press.patches.notes import kept_notes
from casepress.press.patches.reading import read_quickly
from casepress.press.patches.sparing import spared
from casepress.press.patches.styles import kept_styles
from casepress.press.patches.tables import tables_on_pages
from casepress.press.patches.turns import Turns
from casepress.press.proof.proving import Proof
from casepress.press.speech import spoken
from casepress.values.losses import Loss
from casepress.values.problems import Failed, Stopped

Assets = Mapping[str, Callable[..., bytes]]


class Refused(Failed):
    """A document asked for something that is not in the table of assets; the message is a Chinese sentence."""


class _Asked(FatalURLFetchingError):
    """The same inside WeasyPrint, which swallows every ordinary exception: this is none, and must not become one."""


class _Lacking(FatalURLFetchingError):
    """As `_Asked`, for what cannot be made of an asset: problems stand in its `__cause__`."""


class AssetFetcher(URLFetcher):
    """Hands out `asset:NAME` from a table, and refuses every other address.

    `asset:NAME@WIDTHxHEIGHT` is the same in no more pixels than these, which what makes it is given as a pair.
    """

    _fail_on_errors = False  # all that WeasyPrint asks of one whose `fetch` is ours

    def __init__(self, assets: Assets) -> None:  # WeasyPrint's own makes what opens addresses, for each piece anew
        self._assets = assets

    def fetch(self, url, headers=None):
        name, _, size = url.removeprefix("asset:").partition("@")
        if not url.startswith("asset:") or name not in self._assets:
            raise _Asked(f"书稿要打开 {url}，但它不在案例库里")
        at_most = [tuple(map(int, size.split("x")))] if size else []
        try:
            return URLFetcherResponse(url, self._assets[name](*at_most))
        except Stopped as reason:
            raise _Lacking(url) from reason


@contextmanager
def refusing() -> Iterator[None]:
    """Say what WeasyPrint asked for in vain as a failure of our own. Raises Refused, Stopped."""
    try:
        yield
    except _Asked as reason:
        raise Refused(str(reason)) from reason
    except _Lacking as reason:
        raise reason.__cause__ from None


@dataclass(frozen=True)
class LaidOut:
    """Pages that stand ready to be written, or were taken away one by one. `anchors` gives the index of the page on which each id begins,
    `ends` that of the last page on which what bears the id has a line. `messages` are what WeasyPrint said, losses and remarks
    (press/speech.py), and what the proof found lost. `heads` are the running heads of each page (press/heads.py), `running` those
    that stand on sheets of their own behind the pages. `is_pictured`: it may have pictures of pixels.
    """

    document: Document
    anchors: Mapping[str, int]
    ends: Mapping[str, int]
    messages: tuple[Loss | str, ...] = ()
    heads: tuple[Mapping[str, str], ...] = ()
    running: tuple[Head, ...] = ()
    is_pictured: bool = True

    @property
    def pages(self) -> list[Page]:
        """The pages alone."""
        return self.document.pages[: self.length]

    @property
    def length(self) -> int:
        """The number of its pages."""
        return len(self.document.pages) - len(self.running)


@dataclass(frozen=True)
class Style:
    """A stylesheet that is read once for many documents, with the ways of counting that it declares."""

    css: CSS
    counters: CounterStyle
    messages: tuple[Loss | str, ...] = ()


def read_style(text: str, fonts: FontConfiguration) -> Style:
    """Read a stylesheet; its addresses are refused. One that brings no faces says the same with whatever fonts, and is read once."""
    if "@font-face" in text.lower():
        return _read(text, fonts)
    read = read_once(text)
    return replace(read, css=copy(read.css), counters=copy(read.counters))  # what is kept with one stays with its fonts


@lru_cache(maxsize=8)
def read_once(text: str) -> Style:
    """The same without fonts, for whoever makes a copy of it."""
    return _read(text, None)


def _read(text: str, fonts: FontConfiguration | None) -> Style:
    counters = CounterStyle()
    with spoken() as messages, refusing():
        css = CSS(string=text, font_config=fonts, counter_style=counters, url_fetcher=AssetFetcher({}), media_type="print")
    return Style(css, counters, tuple(dict.fromkeys(messages)))


@contextmanager
def _ours(messages: list[Loss | str]) -> Iterator[None]:
    """WeasyPrint as the press lays out with it; what it says comes to the messages. Raises Refused."""
    with (
        refusing(),
        spoken() as said,
        read_quickly(),
        chinese_lines(),
        leaders_at_once(),
        kept_notes(),
        kept_styles(),
        columns_by_lines(),
        content_at_foot(),
        tables_on_pages(),
        spared(),
    ):
        yield
    messages.extend(said)


def lay_out(
    html: str,
    assets: Assets,
    fonts: FontConfiguration,
    style: Style | None = None,
    dpi: int | None = None,
    settle: Callable[[Element], None] | None = None,
    headed: bool = False,
    arrange: Callable[[Element, Callable[[], list[Page]]], bool] | None = None,
    take: Callable[[Sequence[Page], bool], None] | None = None,
) -> LaidOut:
    """Lay out one document, in a style or as its own says, its pictures made no finer than `dpi`.

    `settle` changes its elements before; `headed` pages bring their running heads; `arrange` may change the elements while it looks at
    the pages that they make, and says whether the last of these are to stay. Who takes the pages gets them in turns, a few at a
    time, and at last, said so, those of the running heads; none is kept then. Raises Refused where it asks for what is not an asset,
    turns.Whole where pages cannot be taken in turns.
    """
    messages: list[Loss | str] = []
    document = turns = None
    with _ours(messages):
        source = HTML(string=html, url_fetcher=AssetFetcher(assets), media_type="print")
        if settle:
            settle(source.etree_element)
        running = furnish(source.etree_element) if headed else ()
        shared = {"stylesheets": [style.css], "counter_style": style.counters} if style else {}
        shared |= {"font_config": fonts, "dpi": dpi, "cache": {}}

        def render() -> list[Page]:
            nonlocal document
            document = source.render(**shared)
            return document.pages

        if not arrange or not arrange(source.etree_element, render):
            if take:
                turns = Turns(partial(source.render, **shared))
                document = turns.document
            else:
                render()
    seen = _Seen(source.etree_element)
    waiting: list[Page] = []  # those that may be of running heads
    for pages in _in_turns(turns, messages) if turns else [list(document.pages)]:
        waiting += pages
        body, waiting = waiting[: max(0, len(waiting) - len(running))], waiting[max(0, len(waiting) - len(running)) :]
        seen.add(body)
        if take:
            take(body, False)
        pages.clear()
        del body
    if take:
        take(waiting, True)
    messages.extend(seen.losses())
    found = heads(source.etree_element, seen.names) if headed else tuple({} for _ in seen.names)
    is_pictured = any("src" in element.attrib for element in source.etree_element.iter())
    return LaidOut(document, seen.anchors, seen.ends, tuple(dict.fromkeys(messages)), found, running, is_pictured)


def _in_turns(turns: Turns, messages: list[Loss | str]) -> Iterator[list[Page]]:
    """The pages of each turn; whoever gets them empties the list. Raises Refused, turns.Whole."""
    while True:
        with _ours(messages):
            pages = turns.next()
        if not pages:
            return
        yield pages
        gc.collect(0)  # boxes know each other: those of this turn, and what was made before the first, which stays, is looked at once


class _Seen:
    """What is known of pages that were seen one by one: which ids stand on each, and what stands there."""

    def __init__(self, root: Element) -> None:
        self.anchors: dict[str, int] = {}
        self.ends: dict[str, int] = {}
        self.names: list[tuple[str, ...]] = []
        self._proof = Proof(root)

    def add(self, pages: Sequence[Page]) -> None:
        """See the next pages."""
        for page in pages:
            for name in page.anchors:
                self.anchors.setdefault(name, len(self.names))  # what runs on over pages is named on each of them
                self.ends[name] = len(self.names)
            self.names.append(tuple(page.anchors))
            self._proof.see(page)

    def losses(self) -> Iterator[Loss]:
        """What the proof found lost."""
        return self._proof.losses(set(self.anchors))
