"""Seams: where the lines of a text may end on a screen, as far as browsers do not know it.

Flows in: the tree of a text. Flows out: the same, with a seam (`<wbr>`) where a line may end, and `cp-unbroken` around what no line
tears: 3—5, moe-3-01, 50 MB, --write. Code is parted behind / and _, so that it is not torn within a word, and may begin a line
with whatever mark it begins: between 。 and .docx browsers see no place for an end, and the line before stays half empty.
Headings that take two lines on a phone come in phrases, as titles do.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from xml.etree.ElementTree import Element

from casepress.facts.characters import BETWEEN_NUMBERS, OPENING
from casepress.facts.titles import phrases

_WHOLE = re.compile(
    rf"(?<![\w.-])(?:\d[\d.,]*[%％]?(?:[{BETWEEN_NUMBERS}]\d[\d.,]*[%％]?)+|\d[\d.,]* [A-Za-z]{{1,4}}(?![A-Za-z])"
    r"|[A-Za-z]{1,6}(?:-\d{1,6}){1,3}(?![\w-])|[A-Z]{2,6}-[A-Z]{1,6}(?![\w-]))",
    re.ASCII,
)
_IN_CODE = re.compile(
    r"(?<![\w-])(--?[A-Za-z][A-Za-z-]{0,20}|--+|[A-Za-z]{1,6}(?:-\d{1,6}){1,3}|[A-Za-z]{1,10}-[A-Za-z]{1,10}(?:\.[a-z]{2,4})?)(?![\w-])"
    r"|(?<=[\w.>])([/_=&]+)(?=[\w.<])"
)
_RUN = re.compile("[!-~]{16}")
_STUCK = ".,:;!?/)]}%"  # before these a browser ends no line
HEADING = 14  # characters of a heading that may not have room on a line of a phone
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_KEPT = frozenset(("pre", "svg", "script", "style", "math"))


def mark(body: Element) -> None:
    """Seams in a tree."""
    for element in list(_elements(body)):
        if element.tag == "code":
            _lay(element, _parted)
        elif element.tag in _HEADINGS and not len(element) and len(element.text or "") >= HEADING:
            element.set("class", f"{element.get('class', '')} cp-phrases".strip())
            _lay(element, _phrased)
        else:
            _free(element)
            _lay(element, _joined)


def _elements(element: Element) -> Iterator[Element]:
    yield element
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _KEPT:
            yield from _elements(child)


def _free(element: Element) -> None:
    """A seam before code that begins with a mark, unless an opening one stands before it."""
    before, children = element.text or "", []
    for child in element:
        if child.tag == "code" and (child.text or "").startswith(tuple(_STUCK)) and before and before[-1] not in OPENING:
            children.append(Element("wbr"))
        children.append(child)
        before = child.tail or ""
    if len(children) > len(element):
        element[:] = children


def _lay(element: Element, cut: Callable[[str], Iterable[str | Element]]) -> None:
    """The texts that stand in an element itself, cut."""
    pieces: list[str | Element] = list(cut(element.text or ""))
    for child in list(element):
        tail, child.tail = child.tail or "", None
        pieces += (child, *cut(tail))
    element.text, element[:] = None, [piece for piece in pieces if not isinstance(piece, str)]
    last = None
    for piece in pieces:
        if not isinstance(piece, str):
            last = piece
        elif last is None:
            element.text = (element.text or "") + piece
        else:
            last.tail = (last.tail or "") + piece


def _whole(words: str) -> Element:
    found = Element("span", {"class": "cp-unbroken"})
    found.text = words
    return found


def _joined(text: str) -> Iterable[str | Element]:
    end = 0
    for found in _WHOLE.finditer(text):
        yield from (text[end : found.start()], _whole(found[0]))
        end = found.end()
    yield text[end:]


def _phrased(text: str) -> Iterable[str | Element]:
    for nth, phrase in enumerate(phrases(text) if text else ()):
        yield from (Element("wbr"), phrase) if nth else (phrase,)


def _parted(text: str) -> Iterable[str | Element]:
    end = 0
    for found in _IN_CODE.finditer(text):
        if found[2] and not _RUN.search(text):
            continue  # short, it goes to the next line as a whole
        yield text[end : found.start()]
        yield from (_whole(found[1]),) if found[1] else (found[2], Element("wbr"))
        end = found.end()
    yield text[end:]
