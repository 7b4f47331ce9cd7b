"""Printed: what the fragment of a case becomes in a book: notes at the foot of the page, tables that fit, lists with their
numbers, headings run in.

Flows in: a `Case`, the profile, the ids of what is bound with it. Flows out: a `Printed`. Every word of the
fragment is still there, in the order of its reading; a note's words stand where it is first called.
"""

import re
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element, tostring

from casepress.book import notes
from casepress.book.indents import settle_indents
from casepress.book.measures import Profile
from casepress.book.tables import misfits, set_tables
from casepress.facts.maker import maker
from casepress.facts.store import NOTHING, Store, key
from casepress.markup import parsing
from casepress.markup.counted import photos
from casepress.values.cases import Case
from casepress.values.fields import Picture
from casepress.values.plain import NotPlain, packed, unpacked

_KIND = "printed"
_LEADS = re.compile(r'href="(case|text|page):([^"#]*)')

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_RUN_IN = _HEADINGS[2:]


@dataclass(frozen=True)
class Printed:
    """A case's body as HTML for the book, and its photos with their captions as printed and their ids."""

    html: str
    photos: tuple[tuple[Picture, str, str], ...] = ()


def printed(case: Case, profile: Profile, inside: frozenset[str] | set[str], store: Store = NOTHING, notes_behind: bool = False) -> Printed:
    """A case as a book sets it; `inside` are the ids, `case-ID` and `text-NAME`, that its links may lead to.

    With `notes_behind` its notes stand behind it, not at the foot of pages. What was set before is in the store, as long as its fragment,
    the profile and where its links lead are the same.
    """

    def set_now() -> tuple:
        body = _set(case.body.html, profile, inside, notes_behind)
        if case.is_digest:
            _run_headings_in(body, profile.characters / 2)
        return (_written(body),)

    leads = sorted({name for kind, rest in _LEADS.findall(case.body.html) if (name := f"{kind}-{rest}") in inside})
    (html,) = _kept(store, ("printed", case.body.html, repr(profile), f"{case.is_digest} {notes_behind}", *leads), set_now)
    return Printed(html, photos(case))


def printed_text(html: str, profile: Profile, inside: frozenset[str] | set[str]) -> str:
    """The fragment of a text of the book itself (前言, 附录, 后记) as a book sets it."""
    return _written(_set(html, profile, inside))


def wide_tables(html: str, profile: Profile, store: Store = NOTHING) -> tuple[tuple[str, ...], ...]:
    """The tables of a fragment that fit on no page of a profile: of each, the words of the cells in its first row.

    What was found before is in the store.
    """

    def found() -> tuple[tuple[str, ...], ...]:
        body = parsing.fragment(html)
        settle_indents(body, profile)
        first = (table.find(".//tr") for table in misfits(body, profile))
        return tuple(tuple(" ".join("".join(cell.itertext()).split()) for cell in row) for row in first if row is not None)

    return _kept(store, ("wide tables", html, repr(profile)), found)


def _kept(store: Store, parts: Iterable[str], find: Callable[[], tuple]) -> tuple:
    """What `find` makes of these parts, a plain value, from the store where it was made before."""
    name = key((maker("tinyhtml5"), *parts))
    if (data := store.get(_KIND, name)) is not None:
        with suppress(NotPlain, zlib.error):
            return unpacked(zlib.decompress(data))
    found = find()
    if store.folder is not None:
        store.put(_KIND, name, zlib.compress(packed(found), 1))
    return found


def _set(html: str, profile: Profile, inside: frozenset[str] | set[str], notes_behind: bool = False) -> Element:
    body = parsing.fragment(html)
    _settle_links(body, inside)
    notes.put_in_place(body, notes_behind)
    settle_indents(body, profile)
    set_tables(body, profile)
    _keep_numbers(body)
    _hold_lists(body)
    return body


def _hold_lists(body: Element) -> None:
    """A line that says what follows, 做法如下：, stands with the list; another text before it may be left on the page before."""
    for parent in body.iter():
        for before, after in pairwise(parent):
            if before.tag == "p" and after.tag in ("ul", "ol") and "".join(before.itertext()).rstrip().endswith(("：", ":")):
                before.set("class", f"{before.get('class', '')} introducing".strip())


def _written(body: Element) -> str:
    for picture in body.iter("img"):
        picture.set("alt", picture.get("alt") or "没有说明的图片")  # a tagged PDF wants words, and the editor was warned
    return tostring(body, "unicode", "html").removeprefix("<body>").removesuffix("</body>").strip()


def _settle_links(body: Element, inside: frozenset[str] | set[str]) -> None:
    """Links between cases and texts lead to their place in the book; to what is not bound with this one no link can lead."""
    for link in body.iter("a"):
        kind, _, rest = link.get("href", "").partition(":")
        name, _, heading = rest.partition("#")
        if kind not in ("case", "text", "page"):
            continue
        if f"{kind}-{name}" in inside:
            link.set("href", f"#{heading or f'{kind}-{name}'}")
            if heading or kind != "case":
                link.set("class", "across")  # what it leads to may stand in another piece of the book
        else:
            del link.attrib["href"]
            link.set("class", "elsewhere")


# Lists


def _keep_numbers(body: Element) -> None:
    """Lists count from where their author does: WeasyPrint obeys `start` and `value` in its own stylesheet only."""
    for listed in body.iter("ol"):
        number = widest = int(listed.get("start", "1")) - 1
        styles = [f"counter-reset: list-item {number}"] if number else []
        for item in listed.findall("li"):
            number += 1
            if value := item.get("value"):
                number = int(value)
                item.set("style", f"counter-set: list-item {number}; counter-increment: none")
            widest = max(widest, number)
        if widest > 9999:
            styles.append(f"padding-left: {len(str(widest)) * 0.6 + 0.8:.1f}em")  # else its numbers stand before the type area
        if styles:
            listed.set("style", "; ".join(styles))


# Headings


def _run_headings_in(body: Element, most: float) -> None:
    """同行标题 (CLREQ 4.1.3): a short heading of the third level or below stands in the first line of its paragraph."""
    for at, (heading, paragraph) in reversed(list(enumerate(zip(list(body), list(body)[1:], strict=False)))):
        if heading.tag in _RUN_IN and paragraph.tag == "p" and len("".join(heading.itertext())) <= most:
            block = Element("div", {"class": "run-in above-table" if "above-table" in paragraph.get("class", "") else "run-in"})
            block.extend((heading, paragraph))
            heading.tail, block.tail, paragraph.tail = "", paragraph.tail, ""
            body[at : at + 2] = [block]
