"""Bodies: what the fragment of a case or a text becomes in an EPUB: links between files, notes that open beside their marks,
pictures with their captions, headings without gaps.

Flows in: a fragment's HTML and where its links lead. Flows out: HTML again, with every word of it in its order.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from casepress.epub.tables import HEADINGS
from casepress.epub.web import web_address
from casepress.markup import parsing
from casepress.markup.levels import below_a_title
from casepress.values.fields import Picture

NO_WORDS = "没有说明的图片"  # a picture is never silent; the editor was warned
PICTURES = "pictures/"
_ENDLESS = re.compile("[!-~]{24}")  # signs without a place to break, which leave a hole in the line before them


@dataclass(frozen=True)
class Body:
    """A body as HTML for an EPUB, its photos with their captions and ids, and the published names of all its pictures."""

    html: str
    photos: tuple[tuple[Picture, str, str], ...]


def body_of(html: str, addresses: Mapping[str, str], pictures: Mapping[str, str], photos: Sequence[tuple[Picture, str, str]] = ()) -> Body:
    """The body of one file, and the photos behind it (`markup.counted.photos`). `addresses` are those of `Chapters`, `pictures` the files of pictures by their published names."""
    body = parsing.fragment(html)
    _settle_notes(body)
    _settle_links(body, addresses, {id_ for _, _, id_ in photos})
    for picture in body.iter("img"):
        picture.set("src", pictures[picture.get("src", "").removeprefix("asset:")])
        picture.set("alt", picture.get("alt") or NO_WORDS)
    _close_gaps(body)
    for element in body.iter():
        if element.tag in ("a", "code") and _ENDLESS.search("".join(element.itertext())):
            element.set("class", "endless")
    return Body(tostring(body, "unicode", "html").removeprefix("<body>").removesuffix("</body>").strip(), tuple(photos))


# Links


def _settle_links(body: Element, addresses: Mapping[str, str], beside: set[str]) -> None:
    """Links lead to files of the book and to the web; what leads nowhere from here becomes its words."""
    here = {element.get("id") for element in body.iter()} - {None} | beside
    for parent in list(body.iter()):
        for link in [child for child in parent if child.tag == "a" and child.get("href")]:
            address = _address(link.get("href", ""), here, addresses)
            if address is None:
                link.tag, link.attrib = "span", {}
            elif address:
                link.set("href", address)
            else:  # an address of the web that no program can follow is still there to be read
                link.tail = (f"（{link.get('href')}）" if "".join(link.itertext()) != link.get("href") else "") + (link.tail or "")
                link.tag, link.attrib = "span", {}


def _address(target: str, here: set[str], addresses: Mapping[str, str]) -> str | None:
    if target.startswith("#"):
        return target if target[1:] in here else None
    kind, _, rest = target.partition(":")
    if kind not in ("case", "text", "page"):
        return web_address(target)
    name, _, heading = rest.partition("#")
    whole = addresses.get(f"{kind}-{name}")
    return whole and (addresses.get(heading) or whole)


# Notes


def _settle_notes(body: Element) -> None:
    """Marks and notes as reading programs know them: a tap on a mark opens its note, and the note leads back.

    Only a note that is called is an `aside`: programs show those where they are called, and nowhere else.
    """
    called: set[str] = set()
    times: dict[str, int] = {}
    for link in body.iter("a"):
        if link.get("class") == "footnote-ref":
            called.add(link.get("href", "").removeprefix("#"))
            link.attrib.update({"epub:type": "noteref", "role": "doc-noteref"})
        elif link.get("class") == "footnote-backref":
            link.set("role", "doc-backlink")
            if title := link.attrib.pop("title", ""):  # a voice reads a title behind the arrow, or not at all
                times[title] = times.get(title, 0) + 1
                link.set("aria-label", title if times[title] == 1 else f"{title}，第 {times[title]} 处")
    area = next((element for element in body if element.get("class") == "footnote"), None)
    if area is None:
        return
    items = area.findall("ol/li")
    area.tag, area[:], area.text = "div", [], ""
    area.attrib = {"class": "notes"}
    for number, item in enumerate(items, 1):
        note = SubElement(area, "aside" if item.get("id") in called else "div", {"class": "note", "id": item.get("id", f"note-{number}")})
        if note.tag == "aside":
            note.attrib |= {"epub:type": "footnote", "role": "doc-footnote", "aria-label": f"注 {number}"}
        note.text, note[:] = item.text, list(item)
        first = note[0] if len(note) and note[0].tag == "p" and not (item.text or "").strip() else None
        if first is None:
            first = Element("p")
            note.insert(0, first)
        mark = Element("span", {"class": "note-mark"})
        mark.text, mark.tail, first.text = str(number), f"\u3000{first.text or ''}", ""
        first.insert(0, mark)


# Headings


def _close_gaps(body: Element) -> None:
    """Headings stand below the title of their file, and none skips a level."""
    headings = [each for each in body.iter() if each.tag in HEADINGS]
    for heading, level in zip(headings, below_a_title(int(each.tag[1]) for each in headings), strict=True):
        heading.tag = f"h{level}"
