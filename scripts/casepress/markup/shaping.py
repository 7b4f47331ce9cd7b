"""Shaping: how a tree that is read is to look: lines closed up, pictures as figures, heads of columns that say so."""

import re
from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from casepress.facts import captions
from casepress.facts.apostrophes import narrow
from casepress.facts.characters import CLOSE, FULL_WIDTH, VARIATIONS
from casepress.markup.spans import END
from casepress.markup.tracing import BLOCKS, CELLS, text_of

_CHINESE = re.compile(f"[{CLOSE}{VARIATIONS}]")
_FULL_WIDTH = frozenset(FULL_WIDTH)
_LINE_END = re.compile(f"(?<![ \u3000{END}])[ \u3000{END}]*\n[ \u3000\n{END}]*")


def close_lines(root: Element) -> None:
    """A line end between Chinese characters or beside a full-width mark is no space (CSS Text 4, 4.1.3)."""
    for edge, group in groupby(_slots(root), key=lambda slot: slot is None):
        slots = [] if edge else list(group)
        texts = [getattr(element, name) or "" for element, name in slots]
        if not any("\n" in text for text in texts):
            continue

        def close(match: re.Match) -> str:
            start, end = match.span()
            before, after = match.string[max(start - 1, 0) : start], match.string[end : end + 1]
            space = before and after and not {before, after} & _FULL_WIDTH
            space = space and not (_CHINESE.match(before) and _CHINESE.match(after))
            return END * match[0].count(END) + (" " if space else "")

        closed = _LINE_END.sub(close, END.join(texts)).split(END)
        for (element, name), text in zip(slots, closed, strict=True):
            setattr(element, name, text)


def narrow_apostrophes(root: Element) -> None:
    """The apostrophes of Latin words are as narrow as their letters (facts/apostrophes.py); code stays as it is."""
    for element, name in filter(None, _slots(root)):
        if "’" in (text := getattr(element, name) or ""):
            setattr(element, name, narrow(text))


def _slots(element: Element) -> Iterator[tuple[Element, str] | None]:
    """Where the text of a tree stands, in its order, with None wherever a line is surely broken or ended."""
    if element.tag == "code":
        return
    yield element, "text"
    for child in element:
        edge = child.tag in BLOCKS or child.tag in CELLS or child.tag in ("br", "img", "code")
        if edge:
            yield None
        if child.tag != "sup":
            yield from _slots(child)
        if edge:
            yield None
        yield child, "tail"


def shape(root: Element) -> None:
    """Pictures that stand alone become figures; linked pictures stand before their link; heads of columns say so.

    A link around a picture has no words, for which neither PDF/UA (7.18.5) nor a reader's ear has any use.
    """
    rows = {row for body in root.iter("tbody") for row in body}
    for parent in list(root.iter()):
        for at, child in reversed(list(enumerate(parent))):
            pictures = list(child.iter("img")) if child.tag in ("a", "p") else []
            if child.tag in BLOCKS and not (child.tail or "").strip():
                child.tail = "\n"
            if parent.tag == "pre":
                child.text = child.text.rstrip("\n") + "\n"
            elif child.tag in CELLS:
                if align := child.attrib.pop("align", ""):
                    child.set("class", f"align-{align}")
                if child.tag == "th" and "".join(child.itertext()).strip():
                    child.set("scope", "row" if parent in rows else "col")
                else:
                    child.tag = "td"
            elif pictures and child.tag == "a":
                words = " ".join(text_of(child).split()) or pictures[0].get("alt") or child.get("href", "")
                child[:], child.text = [], words
                parent[at:at] = [_alone(picture) for picture in pictures]
            elif pictures and all(each.tag == "img" and not (each.tail or "").strip() for each in child):
                if not (child.text or "").strip():
                    parent[at : at + 1] = [_figure(picture) for picture in pictures]
    for parent in root.iter():
        for child in parent:
            if child.tag == "img" and parent.tag != "figure":
                child.tail = captions.beside(child.get("alt", ""), child.get("title", "")) + (child.tail or "")


def _alone(picture: Element) -> Element:
    picture.tail = ""
    return picture


def _figure(picture: Element) -> Element:
    figure = Element("figure")
    figure.tail = "\n"
    if hint := picture.attrib.pop("hint", ""):
        figure.set("class", hint)
    if called := picture.attrib.pop("called", ""):
        figure.set("called", called)
    caption = captions.caption(picture.get("alt", ""), picture.attrib.pop("title", ""))
    figure.append(_alone(picture))
    if caption:
        SubElement(figure, "figcaption").text = caption
    return figure
