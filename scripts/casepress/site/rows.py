"""Rows: pictures of a text that follow one another, side by side as in books, as far as the width of a screen lets them.

Flows in: the tree of a text whose pictures say how large they are. What comes of it is the same tree: such pictures in a row (`cp-row`),
in which each has a class for its shape, so that the style sheet makes them equally high.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from casepress.facts.renditions import shape

_PANORAMA = 2.2  # so many times as wide as high, a picture stands by itself (press/figures.py)
_SMALL = 400  # pixels; a picture that is not wider stands by itself, for it is not blown up
_ALONE = frozenset(("full", "plate"))


def gather(body: Element) -> None:
    """Put figures that follow one another into rows."""
    for parent in list(body.iter()):
        for run in list(_runs(parent)) if parent.find("figure") is not None else ():
            at, row = list(parent).index(run[0]), Element("div", {"class": "cp-row"})
            row.tail, run[-1].tail = run[-1].tail, None
            for figure in run:
                picture = figure.find("img")
                figure.set("class", f"{figure.get('class', '')} {shape(picture.get('width'), picture.get('height'))}".strip())
                parent.remove(figure)
                row.append(figure)
            parent.insert(at, row)


def _runs(parent: Element) -> Iterator[list[Element]]:
    run: list[Element] = []
    for child in parent:
        if not _may_stand_beside(child) or (run and (run[-1].tail or "").strip()):
            if len(run) > 1:
                yield run
            run = []
        if _may_stand_beside(child):
            run.append(child)
    if len(run) > 1:
        yield run


def _may_stand_beside(child: Element) -> bool:
    picture = child.find("img") if child.tag == "figure" and child.get("class") not in _ALONE else None
    said = (picture.get("width", ""), picture.get("height", "")) if picture is not None else ("", "")
    return all(each.isdecimal() and int(each) for each in said) and _SMALL < int(said[0]) <= int(said[1]) * _PANORAMA
