"""Columns: two columns filled and balanced by the lines that were laid out, not by trial of heights.

WeasyPrint lays out each page of columns twice, and where they end again and again, a little higher each time. Inside
`columns_by_lines()` both columns are laid out once; where all fits, the lines of the first say how high they may stand
balanced, and the lowest height is found by halving. Columns with anything odd in them are left to WeasyPrint.
"""

from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, percent

from casepress.press.patches.known import Ours, replaced

_ROUNDING = 1e-6  # px


@contextmanager
def columns_by_lines() -> Iterator[None]:
    """Lay out two columns in linear time: `with columns_by_lines(): document = HTML(…).render(…)`. Raises known.UnknownWeasyPrint."""
    with replaced(Ours(block, "columns_layout", _counting)):
        yield


class _Filled(NamedTuple):
    """Columns as they were laid out; where the text goes on behind them; what was said of the next page; what is positioned by itself."""

    columns: list
    resume_at: object
    next_page: object
    absolute: list
    fixed: list

    @property
    def height(self) -> float:
        """The height of the highest one."""
        return max(column.margin_height() for column in self.columns)


def _counting(ask):
    """WeasyPrint's `columns_layout`, for two columns that hold plain blocks."""

    def columns_layout(context, box, bottom_space, skip_stack, containing_block, page_is_empty, absolute, fixed, margins, *styles):
        if not _is_plain(context, box):
            return ask(context, box, bottom_space, skip_stack, containing_block, page_is_empty, absolute, fixed, margins, *styles)
        box = box.copy_with_children(box.children)
        box.position_y += block.collapse_margin(margins)
        block.block_level_width(box, containing_block)
        room = context.page_bottom - box.content_box_y() - bottom_space

        def fill(heights: tuple[float, float], on_empty: bool) -> _Filled | None:
            return _fill(context, box, containing_block, skip_stack, heights, on_empty, styles)

        context.in_column = True
        try:
            found = fill((room, room), page_is_empty)
            if found and found.resume_at is None:
                found = _balanced(found, box.content_box_y(), room, fill)
        finally:
            context.in_column = False
        if found is None:
            return None, (0, None), {"break": "any", "page": None}, [], False
        absolute += found.absolute
        fixed += found.fixed
        box.height = min(room, found.height)
        box.children = found.columns
        for column in box.children:
            column.height = found.height
        return box, found.resume_at, found.next_page, [], False

    return columns_layout


def _is_plain(context, box) -> bool:
    style = box.style
    return (
        bool(box.children)
        and (style["column_count"], style["column_width"], style["column_fill"]) == (2, "auto", "balance")
        and style["height"] == "auto"
        and style["direction"] == "ltr"
        and style["position"] == "static"
        and style["min_height"] == "auto"
        and not (context.excluded_shapes or context.footnotes or context.current_page_footnotes)
        and all(child.is_in_normal_flow() and child.style["column_span"] != "all" for child in box.children)
    )


def _fill(context, box, containing_block, skip_stack, heights, on_empty: bool, styles) -> _Filled | None:
    """Both columns in the heights that they may have, the second one only where it is needed; None where nothing fits."""
    gap = box.style["font_size"] if box.style["column_gap"] == "normal" else percent.percentage(box.style["column_gap"], box.style, box.width)
    width = max(0, box.width - gap) / 2
    filled = _Filled([], None, None, [], [])
    for number, height in enumerate(heights):
        column = box.anonymous_from(box, children=box.children)
        percent.resolve_percentages(column, containing_block)
        column.is_column, column.width = True, width
        column.position_x, column.position_y = box.content_box_x() + number * (width + gap), box.content_box_y()
        under = context.page_bottom - column.position_y - height
        made, skip_stack, next_page, *_ = block.block_box_layout(
            context, column, under, skip_stack, containing_block, on_empty, filled.absolute, filled.fixed, None, *styles, False, None
        )
        if made is None:
            return None
        filled.columns.append(made)
        filled = filled._replace(resume_at=skip_stack, next_page=next_page)
        if skip_stack is None:
            break
    return filled


def _balanced(full: _Filled, top: float, room: float, fill) -> _Filled:
    """The columns as low as they can be, the first one no shorter than need be; as they are where nothing lower holds all.

    What is laid out last is what stays: marks of lists, which are set when the page is done, know one place only.
    """
    heights = sorted({bottom - top + _ROUNDING for bottom in _bottoms(full.columns[0])})
    # What is broken is as high as it might have been: its last line says how much stands in it.
    half = (max(heights, default=0) + sum(column.margin_height() for column in full.columns[1:])) / 2
    best, last, as_high = full, (room, room), (room, room)

    def holds(at: int, second: float) -> bool:
        nonlocal best, last, as_high
        last = heights[at], min(second, room)
        found = fill(last, False)
        fits = found is not None and found.resume_at is None
        if fits and (second == heights[at] or found.height < best.height - _ROUNDING):
            best, as_high = found, last
        return fits

    first = bisect_left(heights, half)
    lowest = bisect_left(range(first, len(heights)), True, key=lambda at: holds(at, heights[at])) + first
    # The one before it may do too, if the second column is a little longer than the first.
    if 0 < lowest <= len(heights):
        holds(lowest - 1, room)
    return best if last == as_high else fill(as_high, best is full) or best


def _bottoms(box) -> Iterator[float]:
    """Where the lines in a box end."""
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.LineBox):
            yield child.position_y + child.height
        elif child.is_in_normal_flow():
            yield from _bottoms(child)
