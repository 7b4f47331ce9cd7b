"""Tables: what WeasyPrint must be told about tables that are broken, smaller, or turned.

Inside `tables_on_pages()`

- a block `div.turned` ends where its `max-height` does, not at the page's foot, and goes on on the next page; its style
  gives it the width of the page's height and turns it a quarter to the left. Heads and numbers of pages stay, notes of
  pages before go by it;
- a block `div.tabled` ends so that the text behind it stands on the lines of the page again (`data-line`, their distance
  in pt), with half a line of air at least;
- the first row of a table's head, `tr.continued`, is shown where the table goes on, in place of its upper rule, and not
  where it begins;
- a table that is broken ends below its last row (WeasyPrint leaves the room of rows that it took away, and sets the lower
  rule beneath it), also where what follows takes rows to the next page; there is room for the lower rule, and no other
  rule stands on it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block

from casepress.press.patches.known import Ours, replaced
from casepress.press.patches.notes import put_off

_PX = 96 / 72
_AIR = 0.4  # of a line below a table, at least


@contextmanager
def tables_on_pages() -> Iterator[None]:
    """Lay out tables so that they stand well: `with tables_on_pages(): document = HTML(…).render(…)`. Raises known.UnknownWeasyPrint."""
    with replaced(
        Ours(block, "block_level_layout", _standing), Ours(block, "table_layout", _going_on), Ours(block, "find_earlier_page_break", _parting)
    ):
        yield


def _standing(ask):
    """WeasyPrint's `block_level_layout`, in which a turned block has a foot of its own, and one with a table ends on a line of the text."""

    def block_level_layout(context, box, bottom_space, *others, **named):
        kind = _kind(box) if box.element_tag == "div" else ""
        if kind == "turned":
            put_off(context)
            foot = context.page_bottom
            context.page_bottom = box.position_y + box.style["max_height"].value
            try:
                return ask(context, box, 0, *others, **named)
            finally:
                context.page_bottom = foot
        found = ask(context, box, bottom_space, *others, **named)
        if kind == "tabled" and found[0] is not None and found[1] is None:
            _end_on_a_line(context, found[0], bottom_space)
        return found

    return block_level_layout


def _kind(box) -> str:
    """What a block that holds a table is, `tabled` or `turned`."""
    return box.element.get("class", "").split(" ")[0] if isinstance(box, boxes.BlockBox) else ""


def _end_on_a_line(context, laid, bottom_space: float) -> None:
    line = float(laid.element.get("data-line")) * _PX
    end = laid.border_box_y() + laid.border_height()
    air = -(end - context.current_footnote_area.page.content_box_y()) % line
    air += line if air < line * _AIR else 0
    laid.margin_bottom = max(0.0, min(air, context.page_bottom - bottom_space - end))


def _going_on(ask):
    """WeasyPrint's `table_layout`, in which a table says where it goes on, and ends where its last row does."""

    def table_layout(context, table, bottom_space, skip_stack, *others):
        says = table.children and table.children[0].is_header and _says_so(table.children[0])
        if says and skip_stack:
            table.border_top_width = 0
        elif says:
            head = table.children[0]
            table = table.copy_with_children([head.copy_with_children(head.children[1:]), *table.children[1:]])
        laid, resume_at, *rest = ask(context, table, bottom_space + table.border_bottom_width, skip_stack, *others)
        if laid is not None and says and not laid.children[0].children:
            laid.children = laid.children[1:]  # a head that said nothing else
        if laid is not None:
            _end_below_last_row(laid)
        return laid, resume_at, *rest

    return table_layout


def _says_so(head) -> bool:
    row = head.children[0].element if head.children else None
    return row is not None and row.get("class", "") == "continued"


def _parting(ask):
    """WeasyPrint's `find_earlier_page_break`, in which a table ends below the rows that are left to it."""

    def find_earlier_page_break(*given):
        found = ask(*given)
        if found and found[0] and isinstance(found[0][-1], boxes.TableBox):
            _end_below_last_row(found[0][-1])
        return found

    return find_earlier_page_break


def _end_below_last_row(table) -> None:
    group = table.children[-1] if table.children else None
    if group is None or group.is_header or group.is_footer or not group.children:
        return
    end = max(row.position_y + row.height for row in group.children)
    for row in group.children:
        for cell in row.children:
            if cell.position_y + cell.border_height() > end - 1:
                cell.border_bottom_width = 0  # the table's own rule stands there
    empty = group.position_y + group.height - end
    if empty > 0:
        group.height -= empty
        table.height -= empty
