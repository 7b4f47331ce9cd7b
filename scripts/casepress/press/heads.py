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


def heads(root: Element, pages: Sequence[Sequence[str]]) -> tuple[Mapping[str, str], ...]:
    """The heads of each page by side: of what stands first on it, or of what stood last before it.

    `pages` are the ids of what stands on each, in order. What has `data-heads="beginning"` counts only where it begins. A side of
    which nothing is said is not there.
    """
    said = {item.get("id"): item for item in root.iter() if item.get("id") and any(item.get(f"data-{side}") for side in SIDES)}
    found, last, known = [], {}, set()
    for ids in pages:
        here = [said[name] for name in ids if name in said and (name not in known or said[name].get("data-heads") != "beginning")]
        known.update(ids)
        words = [{side: words for side in SIDES if (words := item.get(f"data-{side}"))} for item in here]
        found.append(words[0] if words else last)
        last = words[-1] if words else last
    return tuple(found)
