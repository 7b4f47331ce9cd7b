"""Sparing: work of WeasyPrint's that is not done where its outcome is known before.

Lengths without percentages are those of the style; what fits is not asked how narrow it could be; a page that has no margin
boxes makes none; a box without background looks for none; what neither floats nor is positioned is in the flow. In and out:
as WeasyPrint's functions have it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from weasyprint import layout
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes
from weasyprint.layout import background, block, inline, page, preferred

from casepress.press.patches.known import Ours, replaced

_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"{what}_{side}" for what in ("margin", "padding") for side in _SIDES),
    *(f"{least}{way}" for way in ("width", "height") for least in ("", "min_", "max_")),
)
_RESOLVED = (*_LENGTHS, *(f"border_{side}_width" for side in _SIDES))
_CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
_BARE = dict.fromkeys(_CORNERS, (0, 0)) | {"background": None}
_PLACES = ("left", "center", "right", "left-corner", "right-corner")
_MARGINS = (*(f"@{side}-{at}" for side in ("top", "bottom") for at in _PLACES),)
_MARGINS += (*(f"@{side}-{at}" for side in ("left", "right") for at in ("top", "middle", "bottom")),)


@contextmanager
def spared() -> Iterator[None]:
    """Lay out without needless work for the duration. Raises known.UnknownWeasyPrint."""
    with replaced(
        Ours(block, "resolve_percentages", _resolving),
        Ours(inline, "resolve_percentages", _resolving),
        Ours(page, "resolve_percentages", _resolving),
        Ours(inline, "shrink_to_fit", _fitting),
        Ours(layout, "make_margin_boxes", _without_margins),
        Ours(background, "layout_box_backgrounds", _bare),
        Ours(boxes.Box, "is_in_normal_flow", _flowing),
    ):
        yield


def _resolving(ask):
    """WeasyPrint's `resolve_percentages`: what a style says without percentages is the same for all its boxes."""

    def resolve_percentages(box, containing_block):
        style = box.style
        known = vars(style).get("resolved")
        if known:
            vars(box).update(known)
            return
        ask(box, containing_block)
        if known is None:
            is_one = style["border_collapse"] != "collapse" and not isinstance(box, boxes.PageBox)
            is_fixed = is_one and all(_is_fixed(style[name]) for name in _LENGTHS)
            style.resolved = {name: getattr(box, name) for name in _RESOLVED} if is_fixed else {}

    return resolve_percentages


def _is_fixed(length) -> bool:
    return length == "auto" or getattr(length, "unit", None) == "px"


def _fitting(ask):
    """WeasyPrint's `shrink_to_fit`: what fits as it is takes the room that it needs."""

    def shrink_to_fit(context, box, available_content_width):
        widest = preferred.max_content_width(context, box, outer=False)
        return widest if widest <= available_content_width else ask(context, box, available_content_width)

    return shrink_to_fit


def _without_margins(ask):
    """WeasyPrint's `make_margin_boxes`, but for pages that have some."""

    def make_margin_boxes(context, made, state):
        styles = (context.style_for(made.page_type, name) for name in _MARGINS)
        if all(style is None or style["content"] in ("normal", "inhibit", "none") for style in styles):
            return iter(())
        return ask(context, made, state)

    return make_margin_boxes


def _bare(ask):
    """WeasyPrint's `layout_box_backgrounds`, but for boxes that have one, or borders of pictures or with round corners."""

    def layout_box_backgrounds(made, box, get_image_from_uri, layout_children=True, style=None):
        if style is not None or box is made or not _is_bare(box.style):
            ask(made, box, get_image_from_uri, layout_children, style)
            return
        vars(getattr(box, "_box", box)).update(_BARE)  # a placeholder holds what is positioned by itself
        if layout_children:
            for child in box.all_children():
                layout_box_backgrounds(made, child, get_image_from_uri)

    return layout_box_backgrounds


def _flowing(ask):
    """WeasyPrint's `is_in_normal_flow`, which asks five questions where two values of the style say all of almost every box."""

    def is_in_normal_flow(self):
        style = self.style
        return (style["float"] == "none" and style["position"] in ("static", "relative")) or ask(self)

    return is_in_normal_flow


def _is_bare(style) -> bool:
    known = vars(style).get("is_bare")
    if known is None:
        is_plain = style["border_image_source"][0] == style["mask_border_source"][0] == "none" and not style["box_shadow"]
        is_clear = all(kind == "none" for kind, _ in style["background_image"]) and get_color(style, "background_color").alpha == 0
        known = style.is_bare = is_plain and is_clear and all((0, "px") in style[corner] for corner in _CORNERS)
    return known
