"""Feet: blocks whose content stands at their foot, as `align-content: end` says (CSS Box Alignment 3, 5.1.1).

WeasyPrint knows that of flex boxes, which it lays out several times. Inside `content_at_foot()` a block of a given height
is laid out once, and its content moved down where it is lower than the block; what is higher runs on as it would.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block

from casepress.press.patches.known import Ours, replaced


@contextmanager
def content_at_foot() -> Iterator[None]:
    """Lay out blocks with their content at the foot: `with content_at_foot(): document = HTML(…).render(…)`. Raises known.UnknownWeasyPrint."""
    with replaced(Ours(block, "block_container_layout", _lowering)):
        yield


def _lowering(ask):
    """WeasyPrint's `block_container_layout`, which moves the content of some blocks down."""

    def block_container_layout(context, box, bottom_space, skip_stack, *others, **named):
        found = ask(context, box, bottom_space, skip_stack, *others, **named)
        made, resume_at = found[:2]
        if type(made) is boxes.BlockBox and "end" in made.style["align_content"] and not (skip_stack or resume_at) and made.children:
            last = made.children[-1]
            free = made.content_box_y() + made.height - last.position_y - last.margin_height()
            if free > 0 and made.style["height"] != "auto":
                for child in made.children:
                    child.translate(0, free)
        return found

    return block_container_layout
