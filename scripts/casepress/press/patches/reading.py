"""Reading: what WeasyPrint reads of a page before and beside its layout, read with less work.

Its tree is made by our own reader where the page is well-formed (markup/wellformed.py), by WeasyPrint's parser where not; a
page that says nothing of itself is not searched for metadata. In and out: as WeasyPrint's functions have it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import weasyprint
from weasyprint import document

from casepress.markup import parsing
from casepress.press.patches.known import Ours, replaced


@contextmanager
def read_quickly() -> Iterator[None]:
    """Read pages with less work for the duration: `with read_quickly(): document = HTML(string=…).render(…)`.

    Raises known.UnknownWeasyPrint.
    """
    with replaced(Ours(weasyprint.HTML, "__init__", _reading), Ours(document, "get_html_metadata", _untold)):
        yield


def _reading(ask):
    """WeasyPrint's `HTML.__init__`, but a text that brings its fetcher goes to our parser, which asks WeasyPrint's where it must."""

    def __init__(self, *given, string=None, url_fetcher=None, media_type="print", **named):
        if given or named or url_fetcher is None or not isinstance(string, str):
            ask(self, *given, string=string, url_fetcher=url_fetcher, media_type=media_type, **named)
            return
        tree = parsing.document(string)
        self.base_url, self.url_fetcher, self.media_type = weasyprint._find_base_url(tree, None), url_fetcher, media_type
        self.wrapper_element = weasyprint.cssselect2.ElementWrapper.from_html_root(tree, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    return __init__


def _untold(ask):
    """WeasyPrint's `get_html_metadata`, which looks through the page by selectors: what has no title, links or named metas says none."""

    def get_html_metadata(html):
        root = html.etree_element
        if any(each.tag in ("title", "link") or (each.tag == "meta" and each.get("name")) for each in root.iter()):
            return ask(html)
        nothing = dict.fromkeys(("title", "description", "generator", "created", "modified"))
        return {**nothing, "keywords": [], "authors": [], "attachments": [], "custom": {}, "lang": root.get("lang")}

    return get_html_metadata
