"""Turning: wide tables on pages of their own, turned a quarter to the left, so that their head stands at the left edge.

WeasyPrint turns what it has laid out, but knows no page whose text runs along its long side. Inside `turned_blocks()` a
block `div.turned` ends where its `max-height` does, not at the page's foot, and goes on on the next page; its stylesheet
gives its width and turns it. Running heads and page numbers stay where they are.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from weasyprint.anchors import rectangle_aabb
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block
from weasyprint.matrix import Matrix


@contextmanager
def turned_blocks() -> Iterator[None]:
    """Lay out turned blocks: `with turned_blocks(): document = HTML(…).render(…)`.

    It changes WeasyPrint for the whole process and may be nested; WeasyPrint is as it was afterwards.
    """
    before = block.block_level_layout

    def block_level_layout(context, box, bottom_space, *others, **named):
        if not _is_turned(box):
            return before(context, box, bottom_space, *others, **named)
        foot = context.page_bottom
        context.page_bottom = box.position_y + box.style["max_height"].value
        try:
            return before(context, box, 0, *others, **named)
        finally:
            context.page_bottom = foot

    block.block_level_layout = block_level_layout
    try:
        yield
    finally:
        block.block_level_layout = before


def _is_turned(box) -> bool:
    return isinstance(box, boxes.BlockBox) and box.element_tag == "div" and box.element.get("class") == "turned"


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
