"""Printed: what the fragment of a case becomes in a book: notes at the foot of the page, pictures counted, headings run in.

Flows in: a `Case`, the profile, the ids of what is bound with it. Flows out: a `Printed`. Every word of the
fragment is still there, in the order of its reading; a note's words stand where it is first called.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement, TreeBuilder, tostring

from casepress.book.profiles import Profile
from casepress.values.cases import Case
from casepress.values.fields import Picture

_VOID = frozenset(("br", "hr", "img"))
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_RUN_IN = _HEADINGS[2:]
# Where the press cannot set a note at the foot of the page for certain: a table's head comes again on every page.
_NO_FOOT = frozenset(("table", "figcaption", *_HEADINGS))
_ENDLESS = re.compile(r"[!-~]{25}")
_COUNTED = re.compile(r"\s*图\s*([0-9０-９]{1,3})[\s：:、.．]*")


@dataclass(frozen=True)
class Printed:
    """A case's body as HTML for the book, and its photos with their captions as printed."""

    html: str
    photos: tuple[tuple[Picture, str], ...] = ()


def printed(case: Case, profile: Profile, inside: frozenset[str] | set[str]) -> Printed:
    """A case as a book sets it; `inside` are the ids, `case-ID` and `text-NAME`, that its links may lead to."""
    body = _set(case.body.html, profile, inside)
    photos = tuple(_count(body, case.pictures))
    if case.is_digest:
        _run_headings_in(body, profile.characters / 2)
    return Printed(_written(body), photos)


def printed_text(html: str, profile: Profile, inside: frozenset[str] | set[str]) -> str:
    """The fragment of a text of the book itself (前言, 附录, 后记) as a book sets it."""
    body = _set(html, profile, inside)
    tuple(_count(body, ()))
    return _written(body)


def _set(html: str, profile: Profile, inside: frozenset[str] | set[str]) -> Element:
    body = _read(html)
    _settle_links(body, inside)
    _put_notes_at_the_foot(body, profile.characters * profile.lines // 4)
    _keep_heads_whole(body, profile)
    _mark_endless_cells(body)
    return body


def _keep_heads_whole(body: Element, profile: Profile) -> None:
    """Short heads of columns stay on one line, where a row of them leaves room: 书中的批次 is not broken for its width."""
    for row in body.iterfind(".//thead/tr"):
        lengths = [len("".join(cell.itertext())) for cell in row]
        if max(lengths, default=0) <= 8 and sum(length + 1 for length in lengths) * profile.table.size <= profile.measure * 0.8:
            row.set("class", "whole")


def _written(body: Element) -> str:
    for picture in body.iter("img"):
        picture.set("alt", picture.get("alt") or "没有说明的图片")  # a tagged PDF wants words, and the editor was warned
    return "".join(tostring(element, "unicode", "html") for element in body).strip()


class _Reader(HTMLParser):
    """Reads what `prose` has written: HTML in which every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = TreeBuilder()
        self.tree.start("div", {})

    def handle_starttag(self, tag, attrs):
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self.tree.end(tag)

    def handle_endtag(self, tag):
        if tag not in _VOID:
            self.tree.end(tag)

    def handle_data(self, data):
        self.tree.data(data)


def _read(html: str) -> Element:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.tree.end("div")
    return reader.tree.close()


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


def _mark_endless_cells(body: Element) -> None:
    """A cell with a word that no column is as wide as, most often an address, may break it anywhere."""
    for cell in body.iter():
        if cell.tag in ("td", "th") and _ENDLESS.search("".join(cell.itertext())):
            cell.set("class", f"{cell.get('class', '')} endless".strip())


# Notes


def _put_notes_at_the_foot(body: Element, most: int) -> None:
    """Each note stands behind its first mark, for the press to float to the foot of that page.

    They are counted in the order in which they are called. Notes that are longer than `most` characters, hold more than paragraphs, or are called in tables and headings only,
    stay behind the case; so do notes that nothing calls.
    """
    area = next((element for element in body if element.get("class") == "footnote"), None)
    if area is None:
        return
    items = {item.get("id", ""): item for item in area.findall("ol/li")}
    names = list(dict.fromkeys([*(_called(mark) for mark in body.iter("sup")), *items]))
    kept = {name: _note(items[name], number) for number, name in enumerate((name for name in names if name in items), 1)}
    for mark in body.iter("sup"):
        if _called(mark) in kept:
            mark[0].text = kept[_called(mark)][0].text
    for parent, at, mark in _marks(body):
        name = _called(mark)
        note = kept.get(name)
        if note is None or len("".join(note.itertext())) > most or any(each.tag not in _LINE for each in note.iter()):
            continue
        del kept[name]
        note.tail, mark.tail = mark.tail, ""
        parent.insert(at + 1, note)
    body.remove(area)
    if kept:
        _put_behind(body, kept)


def _called(mark: Element) -> str:
    """The note that a mark calls, or nothing where this is no mark of a note."""
    link = mark[0] if len(mark) else mark
    return link.get("href", "").removeprefix("#") if link.get("class") == "footnote-ref" else ""


_LINE = frozenset("span br code em strong a img sup".split())


def _note(item: Element, number: int) -> Element:
    """A note as one element of a line: its number, its words, further paragraphs as lines of their own."""
    note = Element("span", {"class": "note", "id": item.get("id", "")})
    SubElement(note, "span", {"class": "note-mark"}).text = str(number)
    for nth, child in enumerate(list(item)):
        _drop_ways_back(child)
        if child.tag == "p":
            child.tag, child.attrib = "span", {"class": "note-more"} if nth else {}
        child.tail = ""
        if len(child) or child.text:
            note.append(child)
    if (item.text or "").strip():
        note[0].tail = item.text
    return note


def _drop_ways_back(element: Element) -> None:
    """On paper nobody goes back from a note by a click; the mark's own number says where it belongs."""
    ways = [child for child in element if child.get("class") == "footnote-backref"]
    for way in ways:
        element.remove(way)  # they come last, behind a space
    last = element[-1] if len(element) else None
    if last is None:
        element.text = (element.text or "").rstrip("\u00a0 \n")
    elif element.tag == "p":
        last.tail = (last.tail or "").rstrip("\u00a0 \n")


def _marks(element: Element) -> Iterator[tuple[Element, int, Element]]:
    """The marks of notes in running text, in its order: parent, place in it, mark. The parent may grow meanwhile."""
    for child in list(element):
        if child.tag == "sup" and _called(child):
            yield element, list(element).index(child), child
        elif child.tag not in _NO_FOOT and child.get("class") not in ("footnote", "note"):
            yield from _marks(child)


def _put_behind(body: Element, kept: Mapping[str, Element]) -> None:
    area = SubElement(body, "div", {"class": "footnote"})
    SubElement(area, "hr")
    listed = SubElement(area, "ol")
    for name, note in kept.items():
        item = SubElement(listed, "li", {"id": name})
        del note.attrib["id"]
        item.append(note)
        note.set("class", "note-behind")
        for block in note.iter():
            if block.tag == "span" and any(each.tag not in _LINE for each in block):
                block.tag = "div"


# Pictures


def _count(body: Element, photos: Iterable[Picture]) -> Iterator[tuple[Picture, str]]:
    """Captions get their numbers, 图1 … in each case, where they do not bring one along; photos follow the body's pictures."""
    last = 0

    def counted(caption: str) -> str:
        nonlocal last
        own = _COUNTED.match(caption)
        last = int(own[1]) if own else last + bool(caption.strip())
        words = caption[own.end() :] if own else caption.strip()
        return f"图{last}　{words}" if words else caption.strip()

    for caption in body.iter("figcaption"):
        caption.text = counted(caption.text or "")
    for photo in photos:
        yield photo, counted(photo.caption or photo.alt)


# Headings


def _run_headings_in(body: Element, most: float) -> None:
    """同行标题 (CLREQ 4.1.3): a short heading of the third level or below stands in the first line of its paragraph."""
    for at, (heading, paragraph) in reversed(list(enumerate(zip(list(body), list(body)[1:], strict=False)))):
        if heading.tag in _RUN_IN and paragraph.tag == "p" and len("".join(heading.itertext())) <= most:
            block = Element("div", {"class": "run-in"})
            block.extend((heading, paragraph))
            heading.tail, block.tail, paragraph.tail = "", paragraph.tail, ""
            body[at : at + 2] = [block]
