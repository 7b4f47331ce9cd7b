"""Tables: what WeasyPrint must be told about tables that are broken, smaller, or turned.

Inside `tables_on_pages()`

- a block `div.turned` ends where its `max-height` does, not at the page's foot, and goes on on the next page; its style
  gives it the width of the page's height and turns it a quarter to the left. Heads and numbers of pages stay;
- a table that is broken before a row that must not stand alone ends below its last row (WeasyPrint leaves the room of
  the rows that it took away, and sets the lower rule beneath it), also where what follows takes rows to the next page;
- a table of smaller lines (`data-line`, the distance of the text's lines in pt) ends so that the text behind it stands
  on the lines of the page again.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block

from casepress.press.patches.known import Ours, replaced

_PX = 96 / 72


@contextmanager
def tables_on_pages() -> Iterator[None]:
    """Lay out tables so that they stand well: `with tables_on_pages(): document = HTML(…).render(…)`. Raises known.UnknownWeasyPrint."""
    with replaced(
        Ours(block, "block_level_layout", _turning), Ours(block, "table_layout", _ending), Ours(block, "find_earlier_page_break", _parting)
    ):
        yield


def _turning(ask):
    """WeasyPrint's `block_level_layout`, in which a turned block has a foot of its own."""

    def block_level_layout(context, box, bottom_space, *others, **named):
        if not _is_turned(box):
            return ask(context, box, bottom_space, *others, **named)
        foot = context.page_bottom
        context.page_bottom = box.position_y + box.style["max_height"].value
        try:
            return ask(context, box, 0, *others, **named)
        finally:
            context.page_bottom = foot

    return block_level_layout


def _is_turned(box) -> bool:
    return isinstance(box, boxes.BlockBox) and box.element_tag == "div" and "turned" in box.element.get("class", "").split()


def _ending(ask):
    """WeasyPrint's `table_layout`, in which a table ends where its last row does, or on a line of the text."""

    def table_layout(context, table, bottom_space, skip_stack, wrapper, *others):
        laid, resume_at, *rest = ask(context, table, bottom_space, skip_stack, wrapper, *others)
        if laid is not None and resume_at:
            _end_below_last_row(laid)
        elif laid is not None and (line := laid.element is not None and laid.element.get("data-line")):
            laid.margin_bottom = -(laid.margin_height() + wrapper.margin_bottom) % (float(line) * _PX)
        return laid, resume_at, *rest

    return table_layout


def _parting(ask):
    """WeasyPrint's `find_earlier_page_break`, in which a table ends below the rows that are left to it."""

    def find_earlier_page_break(*given):
        found = ask(*given)
        if found and found[0] and isinstance(found[0][-1], boxes.TableBox):
            _end_below_last_row(found[0][-1])
        return found

    return find_earlier_page_break


def _end_below_last_row(table) -> None:
    group = table.children[-1]
    if group.is_header or group.is_footer or not group.children:
        return
    empty = group.position_y + group.height - max(row.position_y + row.height for row in group.children)
    if empty > 0:
        group.height -= empty
        table.height -= empty
