"""Heads: the running heads of a piece, which the binder lays over its pages when it knows on which side they lie.

In the HTML an element says with `data-left` and `data-right` which head the pages have that it stands on; what says nothing
leaves the head of that side to the book.
"""

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement

SIDES = ("left", "right")
Head = tuple[str, str]  # a side and the words there


def furnish(root: Element) -> tuple[Head, ...]:
    """Put each head of a piece on a sheet of its own behind its pages, in the order in which they are named; each once."""
    found = dict.fromkeys((side, words) for item in root.iter() for side in SIDES if (words := item.get(f"data-{side}")) and item.get("id"))
    body = next((item for item in root.iter("body")), root)
    for side, words in found:
        SubElement(body, "div", {"class": f"running running-{side}", "data-head": words})
    return tuple(found)


def heads(root: Element, anchors: Mapping[str, int], length: int) -> tuple[Mapping[str, str], ...]:
    """The heads of each page by side: of what begins first on it, or else of what began last before it.

    `anchors` gives the page on which each id begins. A side of which nothing is said is not there.
    """
    begins: Sequence[list[dict[str, str]]] = [[] for _ in range(length)]
    for item in root.iter():
        said = {side: words for side in SIDES if (words := item.get(f"data-{side}"))}
        if said and item.get("id") in anchors:
            begins[anchors[item.get("id")]].append(said)
    found, last = [], {}
    for here in begins:
        found.append(here[0] if here else last)
        last = here[-1] if here else last
    return tuple(found)
