"""XML: trees written as well-formed XML, which is what reading programs ask of every document of an EPUB.

Flows in: a tree, as the parser of HTML or our own hands made it. Flows out: bytes in UTF-8.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from casepress.facts.characters import NOT_IN_XML

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
_FORBIDDEN = re.compile(f"[{NOT_IN_XML}]")  # a reader sees that something was there
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_VALUE = _TEXT | str.maketrans({'"': "&quot;", "\t": "&#9;", "\n": "&#10;"})
# Elements of HTML without content: only they may be closed at once, or what reads XHTML as HTML goes wrong.
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


def xml(root: Element) -> bytes:
    """A document of ours: every element without content is closed at once."""
    return _document("".join(_written(root, None)))


def xhtml(root: Element) -> bytes:
    """The tree of an HTML page as XHTML (EPUB 3.3, 6.1): in its namespace, `epub:type` in that of EPUB, every `lang` said twice."""
    root.attrib = {"xmlns": XHTML, "xmlns:epub": OPS} | {name: value for name, value in root.items() if not name.startswith("xmlns")}
    for element in root.iter():
        if isinstance(element.tag, str) and (language := element.get("lang")):
            element.set("xml:lang", language)
    return _document("<!DOCTYPE html>\n" + "".join(_written(root, _VOID)))


def _document(text: str) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _written(element: Element, void: frozenset[str] | None) -> Iterator[str]:
    if isinstance(element.tag, str):  # else it is a comment, which no reader sees
        values = "".join(f' {name}="{_escaped(value, _VALUE)}"' for name, value in element.items())
        if len(element) or element.text or (void is not None and element.tag not in void):
            yield f"<{element.tag}{values}>"
            yield _escaped(element.text or "", _TEXT)
            for child in element:
                yield from _written(child, void)
                yield _escaped(child.tail or "", _TEXT)
            yield f"</{element.tag}>"
        else:
            yield f"<{element.tag}{values}/>"


def _escaped(text: str, table: dict[int, str]) -> str:
    return _FORBIDDEN.sub("\ufffd", text).translate(table)
