"""Turns: the pages of a document laid out a few at a time, each as WeasyPrint makes it, so that none need be kept when the next are made.

WeasyPrint lays out all pages of a document before it gives the first one away, and their boxes take ten times the room of what is
written of them. But a page asks of those before it only where they ended. What hangs on all pages cannot be known in turns: their
number, contents of margins, boxes that stand on every page. Such a document must be laid out whole.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from weasyprint import Document, document, layout
from weasyprint.document import Page
from weasyprint.formatting_structure import boxes

from casepress.press.patches.known import Ours, replaced

AT_ONCE = 12  # pages; a full case has fewer


class Whole(Exception):
    """A document is none that can be laid out in turns."""


class Turns:
    """A document that is still to be laid out; `render` makes it. To be asked where the functions of layout are ours. Raises known.UnknownWeasyPrint."""

    def __init__(self, render: Callable[[], Document]) -> None:
        begun: list[Iterator[Page]] = []
        with replaced(Ours(document, "layout_document", _put_off(begun))):
            self.document = render()
        (self._pages,) = begun

    def next(self) -> list[Page]:
        """The next pages; none behind the last. Raises Whole."""
        return list(islice(self._pages, AT_ONCE))


def _put_off(begun: list):
    """WeasyPrint's `layout_document`, which gives no page now."""

    def putting_off(ask):
        def layout_document(html, root_box, context, max_loops=8):
            begun.append(_pages(html, root_box, context))
            return ()

        return layout_document

    return putting_off


def _pages(html, root_box, context) -> Iterator[Page]:
    """The pages of a document as WeasyPrint's `layout_document` has them, each finished before the next is begun."""
    if context.target_collector.counter_lookup_items:
        raise Whole
    layout.initialize_page_maker(context, root_box)
    named: set[tuple] = set()
    for number, page in enumerate(layout.make_all_pages(context, root_box, html, []), 1):
        if page.fixed_boxes:
            raise Whole
        _name_once(page, named)
        text, *feet = page.children
        page.children = (text, *(foot for foot in feet if foot.children))
        if any(True for _ in layout.make_margin_boxes(context, page, context.page_maker[number][3])):
            raise Whole
        layout.layout_backgrounds(page, context.get_image_from_uri)
        _let_go(root_box, context.page_maker[number][0])
        yield Page(page)
    if any(state["content_changed"] or state["pages_wanted"] for *_, state in context.page_maker):
        raise Whole


def _name_once(page, named: set[tuple]) -> None:
    """Leave a bookmark to the first of the boxes of one element."""
    for box in page.descendants():
        if box.bookmark_label:
            pseudo = box.element_tag.rpartition("::")[2]
            name = box.element, pseudo if pseudo in ("before", "after") else ""
            if name in named:
                box.bookmark_label = ""
            named.add(name)


def _let_go(box, resume_at) -> None:
    """Empty the blocks before the place where a document goes on: they stand on pages, and nobody looks into them again."""
    while resume_at and type(box) is boxes.BlockBox:
        ((at, resume_at),) = resume_at.items()
        for done in box.children[vars(box).get("emptied", 0) : at]:
            if done.style["column_span"] == "all":  # WeasyPrint counts otherwise behind it
                return
            if type(done) is boxes.BlockBox and done.is_in_normal_flow():  # what floats may go on beside what follows
                done.children = []
        box.emptied = at
        box = box.children[at]
