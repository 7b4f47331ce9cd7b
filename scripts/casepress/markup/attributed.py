"""Attributed: the paragraph of a quotation that says where it comes from, marked in the tree of a text.

Flows in: the tree of a text. Flows out: the same tree, that paragraph with the class `quote-source`; it begins with ——, whichever
dashes were written (—, --, －－, ――).
"""

from xml.etree.ElementTree import Element, SubElement

from casepress.markup.quoted import DASH, says_source
from casepress.markup.tracing import text_of


def mark(root: Element) -> None:
    """Give the sources of quotations their class and their dash."""
    for quote in root.iter("blockquote"):
        last = quote[-1] if len(quote) else None
        if last is None or last.tag != "p" or (last.tail or "").strip():
            continue
        last = _parted(quote, last)
        if len(quote) > 1 and says_source(text_of(last)):
            first = last
            while not (first.text or "").strip() and len(first) and first[0].tag in ("strong", "em", "span", "a"):
                first = first[0]
            if found := DASH.match(first.text or ""):
                first.text = f"——{first.text[found.end() :]}"
                last.set("class", "quote-source")


def _parted(quote: Element, last: Element) -> Element:
    """The last paragraph of a quotation; what stands behind its last <br> becomes one if that says where it comes from."""
    children = list(last)
    at = next((n for n in reversed(range(len(children))) if children[n].tag == "br"), None)
    if at is None:
        return last
    behind = Element("p")
    behind.text, behind[:] = children[at].tail, children[at + 1 :]
    if not says_source(text_of(behind)):
        return last
    last[:] = children[:at]
    made = SubElement(quote, "p")
    made.text, made[:] = behind.text, behind[:]
    return made
