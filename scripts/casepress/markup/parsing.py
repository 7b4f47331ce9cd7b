"""Parsing: the tree of some HTML, by the parser that WeasyPrint brings. The only module that imports tinyhtml5.

It takes a short text for the name of a file and looks for it on the disk, so it is never given a text, only a stream.
"""

from io import StringIO
from xml.etree.ElementTree import Element

import tinyhtml5

from casepress.markup import wellformed


def document(html: str) -> Element:
    """The tree of a page, or of a fragment in the page that HTML puts around it. Every text has one; nothing is opened."""
    found = wellformed.document(html)
    return tinyhtml5.parse(StringIO(html), namespace_html_elements=False) if found is None else found


def fragment(html: str) -> Element:
    """The `body` in which the elements of a fragment stand."""
    return document(f"<!doctype html><body>{html}").find("body")
