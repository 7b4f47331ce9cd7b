"""Straight: lines of text with simple marks, set straight from what their paragraph measures.

A paragraph whose lines hold nothing but text, and marks that add nothing to it (strong, em, links, notes' marks, sup,
sub), needs no trial of its boxes: its lines are found by adding, and the boxes of each line are made once, where they
stand. What is odd (pictures, floats, frames, kept line ends, a word longer than its line) goes WeasyPrint's way.

In: a line box and the place where the next line begins; out: the line as WeasyPrint's `get_next_linebox` gives it, or
None where it has to be asked. Lengths are in CSS px.
"""

from array import array
from dataclasses import dataclass, field
from operator import add

from weasyprint.css import AnonymousStyle
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from casepress.press.lines.paragraphs import Paragraph
from casepress.press.lines.rows import Row, fill
from casepress.press.patches.glyphs import SetLayout
from casepress.press.patches.shaping import leaves, place_of

_SIDES = ("left", "right", "top", "bottom")
_NOTHING = 0.001  # px by which a line may be too long: WeasyPrint and Pango round
# What WeasyPrint resolves of a text box's style: a box that nobody named has none of it.
_PLAIN = {f"{what}_{side}": 0 for what in ("margin", "padding") for side in _SIDES} | {f"border_{side}_width": 0 for side in _SIDES}
_COLUMNS = ("advances", "shifts", "left", "right", "lead")


@dataclass
class _Cut:
    """A line while its boxes are made: where in the paragraph it begins, where the next one does, and where what is seen
    of it ends; `row` holds its characters, `at` and `x` tell how far it has come. `is_filled`: gaps between boxes belong
    to neither, else to the later one.
    """

    paragraph: Paragraph
    start: int
    stop: int
    seen: int
    row: Row
    is_filled: bool
    at: int
    x: float
    is_first: bool = True
    has_marks: bool = field(default=False)


def is_straight(line) -> bool:
    """Whether the lines of a measured paragraph can be set straight."""
    style = line.style
    return style["white_space"] in ("normal", "nowrap") and style["text_align_all"] != "match-parent" and all(map(_is_simple, line.children))


def _is_simple(box) -> bool:
    if type(box) is boxes.TextBox:
        return not box.text or place_of(box) is not None
    style = box.style
    return (
        type(box) is boxes.InlineBox
        and not box.is_leader
        and box.is_in_normal_flow()
        and style["position"] == "static"
        and style["direction"] == "ltr"
        and style["vertical_align"] not in ("top", "bottom", "middle", "text-top", "text-bottom")
        and not any(style[f"border_{side}_width"] for side in _SIDES)
        and not any(getattr(style[f"{what}_{side}"], "value", 1) for what in ("margin", "padding") for side in _SIDES)
        and all(map(_is_simple, box.children))
    )


def prepare(box, containing_block) -> None:
    """Give all boxes of a paragraph what each of its lines takes over: lengths of their style, and the height of their lines."""
    for child in box.children:
        if not isinstance(child, boxes.TextBox):
            inline.resolve_percentages(child, containing_block)
            inline._adjust_line_height(child)
            prepare(child, containing_block)
        elif child.text:
            if type(child.style) is AnonymousStyle:
                vars(child).update(_PLAIN)
            else:
                inline.resolve_percentages(child, containing_block)
            leaf = child.place.paragraph.leaf(child.place.start)
            line_height, child.baseline = inline.strut(child.style)
            child.height = leaf.height
            child.margin_top = child.margin_bottom = (line_height - leaf.height) / 2


def next_line(linebox, paragraph: Paragraph, position_y: float, skip_stack, containing_block):
    """The next line and where the one after it begins, as WeasyPrint says it; None where a word is longer than the line."""
    linebox.position_x = containing_block.content_box_x() + linebox.margin_left
    linebox.position_y = position_y
    width, start, length = containing_block.width, paragraph.start, len(paragraph.text)
    room = width - linebox.text_indent
    stop = paragraph.line_end(start, length, room + _NOTHING, paragraph.is_flush)
    if stop is None:
        return None
    seen = paragraph.visible(start, stop)
    if seen == start:
        return None
    is_last = stop == length
    align = linebox.style["text_align_last"] if is_last and linebox.style["text_align_last"] != "auto" else linebox.style["text_align_all"]
    row, is_filled = _row(paragraph, start, seen, stop), False
    missing = room - sum(row.advances) - sum(row.lead)
    if align == "justify" or missing < -_NOTHING:
        is_filled, missing = True, missing + row.right[-1]
        row.advances[-1] -= row.right[-1]
        row.right[-1] = 0.0
        fill(row, missing, paragraph.gaps_between(start, seen))
    cut = _Cut(paragraph, start, stop, seen, row, is_filled, start, linebox.position_x + linebox.text_indent)
    line, resume_at = _part(linebox, skip_stack, cut)
    vars(line).pop("paragraph", None)
    vars(line).pop("reached", None)
    line.width = cut.x - linebox.position_x
    linebox.width = line.width
    _place(line, cut, position_y)
    linebox.height = line.height
    if not is_filled and (offset := _offset(align, width - line.width)) > 0:
        line.translate(offset, 0)
    linebox.reached = resume_at, stop
    return line, resume_at


def _row(paragraph: Paragraph, start: int, seen: int, stop: int) -> Row:
    """The characters of a line. Its first mark has lost what it loses there, and its last one, if lines follow."""
    row = Row(paragraph.text[start:seen], *(getattr(paragraph, name)[start:seen] for name in _COLUMNS))
    if start:
        row.advances[0] -= row.left[0]
        row.shifts[0] -= row.left[0]
    row.left[0] = row.lead[0] = 0.0
    if stop < len(paragraph.text):
        row.advances[-1] -= row.right[-1]
        row.right[-1] = 0.0
    return row


def _offset(align: str, missing: float) -> float:
    """How far a line that is not filled stands from the left edge."""
    if align == "center":
        return missing / 2
    return missing if align in ("right", "end") else 0.0


def _part(box, skip_stack, cut: _Cut):
    """The part of a line box or an inline box that stands on the line, and where the next line goes on in it."""
    new = box.copy()
    first, inside = next(iter(skip_stack.items())) if skip_stack else (0, None)
    children, resume_at = [], None
    new.children = children
    for index, child in enumerate(box.children[first:] if first else box.children, first):
        if isinstance(child, boxes.TextBox):
            if not child.text:
                continue
            end = child.place.start + len(child.text)
            if cut.at == cut.stop:
                resume_at = {index: None}
                break
            made = _text(child, min(end, cut.seen), cut) if cut.at < cut.seen else None
            cut.at = min(end, cut.stop)
            if made is not None:
                children.append(made)
            if end > cut.stop:
                resume_at = {index: {len(child.text[: cut.stop - child.place.start].encode()): None}}
                break
        else:
            if cut.at == cut.stop and any(text for _, text in leaves(child)):
                resume_at = {index: None}
                break
            cut.has_marks = True
            made, inner = _part(child, inside if index == first else None, cut)
            children.append(made)
            if inner:
                resume_at = {index: inner}
                break
    if not isinstance(box, boxes.LineBox):
        left = children[0].position_x if children else cut.x
        right = children[-1].position_x + children[-1].width if children else left
        new.position_x, new.width = left, right - left
    return new, resume_at


def _text(box, end: int, cut: _Cut):
    """The part of a text box that stands on the line, from where the line has come to."""
    paragraph, row = cut.paragraph, cut.row
    start, first = cut.at, cut.at - cut.start
    last = end - cut.start
    new = box.copy()
    vars(new).pop("place", None)
    new.text = row.text[first:last]
    inner = row.lead[first + 1 : last]
    advances, shifts = row.advances[first:last], row.shifts[first:last]
    widest = max(inner, default=0.0)
    if widest:
        inner.append(0.0)
        advances = array("d", map(add, advances, inner))
    lead = row.lead[first]
    if lead:
        if cut.is_filled:
            cut.x += lead
        else:
            advances[0] += lead
            shifts[0] += lead
    leaf = paragraph.leaf(start)
    new.pango_layout = SetLayout(leaf, start, new.text, box.style, advances, shifts, widest)
    new.position_x = cut.x
    new.width = sum(advances)
    cut.x += new.width
    return new


def _place(line, cut: _Cut, position_y: float) -> None:
    """Set the boxes of a line on its baseline, and the line below the one before it."""
    inline._adjust_line_height(line)
    if cut.has_marks:
        bottom, top = inline.line_box_verticality(line)
    else:
        top = -line.baseline
        bottom = top + line.height + line.margin_top + line.margin_bottom
        for child in line.children:
            child.position_y = -child.baseline
            top = min(top, child.position_y)
            bottom = max(bottom, child.position_y + child.height + child.margin_top + child.margin_bottom)
    line.baseline = -top
    line.height = bottom - top
    line.margin_top = line.margin_bottom = 0
    for child in line.children:
        child.translate(0, position_y - top)
    line.position_y = position_y
