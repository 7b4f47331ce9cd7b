"""Tables: what WeasyPrint 70 must be told about tables that are broken, smaller, or turned.

Inside `tables_on_pages()`

- a block `div.turned` ends where its `max-height` does, not at the page's foot, and goes on on the next page; its style
  gives it the width of the page's height and turns it a quarter to the left. Heads and numbers of pages stay;
- a table that is broken before a row that must not stand alone ends below its last row (WeasyPrint leaves the room of
  the rows that it took away, and sets the lower rule beneath it);
- a table of smaller lines (`data-line`, the distance of the text's lines in pt) ends so that the text behind it stands
  on the lines of the page again.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from weasyprint.anchors import rectangle_aabb
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block
from weasyprint.matrix import Matrix

_PX = 96 / 72


@contextmanager
def tables_on_pages() -> Iterator[None]:
    """Lay out tables so that they stand well: `with tables_on_pages(): document = HTML(…).render(…)`.

    It changes WeasyPrint for the whole process and may be nested; WeasyPrint is as it was afterwards.
    """
    before = {name: getattr(block, name) for name in ("block_level_layout", "table_layout")}

    def block_level_layout(context, box, bottom_space, *others, **named):
        if not _is_turned(box):
            return before["block_level_layout"](context, box, bottom_space, *others, **named)
        foot = context.page_bottom
        context.page_bottom = box.position_y + box.style["max_height"].value
        try:
            return before["block_level_layout"](context, box, 0, *others, **named)
        finally:
            context.page_bottom = foot

    def table_layout(context, table, bottom_space, skip_stack, wrapper, *others):
        laid, resume_at, *rest = before["table_layout"](context, table, bottom_space, skip_stack, wrapper, *others)
        if laid is not None and resume_at:
            _end_below_last_row(laid)
        elif laid is not None and (line := laid.element is not None and laid.element.get("data-line")):
            laid.margin_bottom = -(laid.margin_height() + wrapper.margin_bottom) % (float(line) * _PX)
        return laid, resume_at, *rest

    if before["table_layout"].__module__ != __name__:  # nested: once is enough
        block.block_level_layout, block.table_layout = block_level_layout, table_layout
    try:
        yield
    finally:
        for name, function in before.items():
            setattr(block, name, function)


def _is_turned(box) -> bool:
    return isinstance(box, boxes.BlockBox) and box.element_tag == "div" and box.element.get("class") == "turned"


def _end_below_last_row(table) -> None:
    group = table.children[-1]
    if group.is_header or group.is_footer or not group.children:
        return
    empty = group.position_y + group.height - max(row.position_y + row.height for row in group.children)
    if empty > 0:
        group.height -= empty
        table.height -= empty


def on_paper(box, matrix: Matrix | None = None) -> Iterator[tuple[boxes.Box, tuple[float, float, float, float]]]:
    """The words and pictures in a box, each with its place on the page after turning: left, top, right, bottom in CSS px."""
    own = getattr(box, "transformation_matrix", None)
    if own:
        matrix = own @ matrix if matrix else own
    if isinstance(box, (boxes.TextBox, boxes.ReplacedBox)):
        yield box, rectangle_aabb(matrix, box.position_x, box.position_y, box.width, box.height)
    for child in box.children:
        if isinstance(child, boxes.Box):
            yield from on_paper(child, matrix)
