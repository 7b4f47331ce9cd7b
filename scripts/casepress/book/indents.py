"""Indents: how far lists and quotations are set in, so that however deep they stand in each other their text has a line.

The widths are those of theme/print/case.css. Flows in: the tree of a fragment and the profile.
"""

from xml.etree.ElementTree import Element

from casepress.book.measures import Profile

_LISTS = frozenset(("ul", "ol"))
_MOST = 0.6  # of the measure; what stands deeper is set in no further (the class `flush`)


def indent(parent: Element, child: Element, profile: Profile) -> tuple[float, float]:
    """How far in pt an element is set in from the left and from the right of what it stands in."""
    if child.tag == "blockquote":
        return (0.0, 0.0) if _is_flush(child) else (profile.body * 2, profile.body * 2)
    if child.tag not in _LISTS or _is_flush(child):
        return (0.0, 0.0)
    return (profile.body * (2 if parent.tag == "li" else 3), 0.0)


def settle_indents(body: Element, profile: Profile) -> None:
    """Mark the lists and quotations that would leave too little of the measure to their text."""
    waiting = [(body, 0.0)]
    while waiting:
        parent, taken = waiting.pop()
        for child in parent:
            more = sum(indent(parent, child, profile))
            if more and taken + more > profile.measure * _MOST:
                child.set("class", f"{child.get('class', '')} flush".strip())
                more = 0.0
            waiting.append((child, taken + more))


def _is_flush(element: Element) -> bool:
    return "flush" in element.get("class", "").split()
