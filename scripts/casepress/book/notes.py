"""Notes: each stands behind its first mark, for the press to set it at the foot of that page, or under the table that calls it.

Flows in: the tree of a fragment. What comes of it is the same tree; every note's words are still there.
"""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement

_LINE = frozenset("span br code em strong del a img sup sub".split())
_BLOCKS = frozenset("p ul ol li blockquote pre div".split())  # that a note can hold as lines of its own


def put_in_place(body: Element, behind: bool = False) -> None:
    """Each note stands behind its first mark, for the press to float to the foot of that page; where a table calls it
    first, under that table, for a table goes over pages with its head again and again.

    They are counted in the order in which they are called. Notes that hold tables or pictures stay behind the case; so do
    notes that nothing calls, or only another note. With `behind` all but those of tables do: two columns have no foot of their own.
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
    below: dict[Element, tuple[Element, list[Element]]] = {}
    for parent, mark, table, around in _marks(body):
        name = _called(mark)
        note = kept.get(name)
        if note is None or (behind and table is None) or any(each.tag not in _LINE for each in note.iter()):
            continue
        del kept[name]
        if table is not None:
            below.setdefault(table, (around, []))[1].append(note)
        else:
            note.tail, mark.tail = mark.tail, ""
            parent.insert(list(parent).index(mark) + 1, note)
    for table, (around, notes) in below.items():
        _put_under(table, around, notes)
    body.remove(area)
    if kept:
        _put_behind(body, kept)


def _called(mark: Element) -> str:
    """The note that a mark calls, or nothing where this is no mark of a note."""
    link = mark[0] if len(mark) else mark
    return link.get("href", "").removeprefix("#") if link.get("class") == "footnote-ref" else ""


def _note(item: Element, number: int) -> Element:
    """A note as one element of a line: its number, its words, further paragraphs and items as lines of their own."""
    note = Element("span", {"class": "note", "id": item.get("id", "")})
    SubElement(note, "span", {"class": "note-mark"}).text = str(number)
    for nth, child in enumerate(list(item)):
        _drop_ways_back(child)
        _flatten(child, is_first=not nth)
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


def _flatten(block: Element, is_first: bool = False) -> None:
    """Blocks of a note become elements of a line, for it stands in a paragraph; what else it may hold stays."""
    if any(each.tag not in _LINE and each.tag not in _BLOCKS for each in block.iter()):
        return
    for listed in block.iter("ol"):
        number = int(listed.get("start", "1"))
        for item in listed.findall("li"):
            number = int(item.get("value", number))
            item.set("data-mark", f"{number}.")
            number += 1
    for each in list(block.iter()):
        if each.tag in _BLOCKS:
            if each.tag == "li" and not (each.text or "").strip() and len(each) and each[0].tag == "p":
                each[0].tag = "span"  # it stands beside the mark
            marks = {"data-mark": each.get("data-mark", "•")} if each.tag == "li" else {}
            name = "note-item" if marks else "" if is_first and each is block and each.tag == "p" else "note-more"
            each.tag, each.attrib = "span", ({"class": name} if name else {}) | marks
            each.text, each.tail = (words if words and words.strip() else "" for words in (each.text, each.tail))


def _marks(
    element: Element, table: Element | None = None, around: Element | None = None
) -> Iterator[tuple[Element, Element, Element | None, Element | None]]:
    """The marks of notes in their order: parent and mark; the outermost table that it or whose title calls it, and what that stands in."""
    children = list(element)
    for at, child in enumerate(children, 1):
        if child.tag == "sup" and _called(child):
            yield element, child, table, around
        elif child.get("class") not in ("footnote", "note"):
            titled = (each for each in children[at:] if each.get("class") != "table-unit")
            own = next(titled, None) if child.get("class") == "table-title" else child
            is_outermost = table is None and own is not None and own.tag == "table"
            yield from _marks(child, own if is_outermost else table, element if is_outermost else around)


def _put_under(table: Element, around: Element, notes: list[Element]) -> None:
    """The notes of a table stand under it, and under the lines that belong to it already."""
    at = list(around).index(table) + 1
    while at < len(around) and around[at].get("class") == "table-note":
        at += 1
    for note in notes:
        line = Element("p", {"class": "table-note", "id": note.attrib.pop("id")})
        note.set("class", "note-below")
        line.append(note)
        around.insert(at, line)
        at += 1


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
