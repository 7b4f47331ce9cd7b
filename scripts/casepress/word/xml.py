"""XML: elements of WordprocessingML and its kin, and the bytes of a part; the same elements give the same bytes."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, tostring

from casepress.facts.characters import NOT_IN_XML

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
_UNSAYABLE = re.compile(f"[{NOT_IN_XML}]")


def w(name: str, attributes: Mapping[str, object] | None = None, *children: Element) -> Element:
    """An element of WordprocessingML; attributes without a prefix of their own are its own too."""
    made = Element(f"w:{name}", {key if ":" in key else f"w:{key}": str(value) for key, value in (attributes or {}).items()})
    made.extend(children)
    return made


def child(element: Element, *path: str) -> Element | None:
    """What stands in an element under these names, one in the other."""
    found: Element | None = element
    for name in path:
        found = None if found is None else next((each for each in found if each.tag == f"w:{name}"), None)
    return found


def plain(name: str, attributes: Mapping[str, object] | None = None, *children: Element, text: str = "") -> Element:
    """An element under its full name."""
    made = Element(name, {key: str(value) for key, value in (attributes or {}).items()})
    made.extend(children)
    made.text = sayable(text) or None
    return made


def words(text: str) -> Element:
    """Text of a run, its spaces kept."""
    made = w("t", {"xml:space": "preserve"})
    made.text = sayable(text)
    return made


def sayable(text: str) -> str:
    """A text without the signs that no XML can hold; a replacement character stands in their place."""
    return _UNSAYABLE.sub("\ufffd", text)


def part(root: Element) -> bytes:
    """A part of the file, with the prefixes of WordprocessingML declared."""
    if root.tag.startswith("w:"):
        for prefix, address in SPACES.items():
            root.set(f"xmlns:{prefix}", address)
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + tostring(root, "utf-8", xml_declaration=False)
