"""Notes: those that a text calls stand behind their first mark, for the press to set them at the foot of that page.

Flows in: the tree of a fragment. What comes of it is the same tree; every note's words are still there.
"""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement

# Where the press cannot set a note at the foot of the page for certain: a table's head comes again on every page.
_NO_FOOT = frozenset(("table", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"))
_LINE = frozenset("span br code em strong del a img sup sub".split())


def put_at_the_foot(body: Element, most: int) -> None:
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
