"""Notes: the notes at a page's foot, none lost, each begun below its mark, long ones going on over the next pages.

WeasyPrint sets a note whole or not at all, moves notes to the next page where a paragraph's first line does not fit above
them, and forgets the notes of that very line. Inside `kept_notes()`

- the line goes to the next page instead: every note stays below its mark;
- a note that does not fit whole below its line is cut at the page's foot, by its own orphans and widows, and goes on at
  the foot of the next page, before all that is called there: notes never pass each other. Where none of it fits, the
  line goes to the next page;
- the lines that have to stand with the one that calls a note (orphans, widows, the text below a heading) keep their room;
- what goes on takes four fifths of a page at most, and all that its text leaves free; where the text is over, pages of its own.

What is known of the foot of a page stands on WeasyPrint's box of it, which is made anew for each page: `cut`, how high it
may be with its margins, in CSS px, None as high as it wants; `cut_for`, the note that was cut for it; `rest`, what goes on
on the next page: a copy of the note with the place `begins` where it does; `is_begun`, whether text stands above it;
`is_closed`, whether it takes nothing more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf

from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import LayoutContext, block, page

from casepress.press.patches.known import Ours, replaced
from casepress.press.patches.noted import Noted, foot_of

_MOST = 0.8  # of a page's height that notes of pages before take, as long as there is text


_SHEETS = "running"  # how pages are named that are none of the text (press/heads.py, theme/print/page.css)


@contextmanager
def kept_notes() -> Iterator[None]:
    """Lay out notes so that none is lost: `with kept_notes(): document = HTML(…).render(…)`. Raises known.UnknownWeasyPrint."""
    with replaced(
        Ours(block, "_linebox_layout", _keeping),
        Ours(page, "block_level_layout", _ending),
        Ours(LayoutContext, "_update_footnote_area", _updating),
        Ours(LayoutContext, "unlayout_footnote", _undoing),
    ):
        yield


def put_off(context) -> None:
    """Keep all notes of pages before from this page: it has no foot. To be asked before anything stands on it."""
    foot = foot_of(context)
    foot.is_closed = True
    if context.current_page_footnotes:
        context.reported_footnotes[:0] = context.current_page_footnotes
        context.current_page_footnotes = []
        foot.cut = None
        context._update_footnote_area()


# The foot


def _updating(ask):
    """WeasyPrint's `_update_footnote_area`, in which the foot may have a greatest height; whether it leaves out a whole note."""

    def _update_footnote_area(self):
        foot = foot_of(self)
        if foot.height != "auto" and not self.in_column:
            self.page_bottom += foot.margin_height()
        foot.children = self.current_page_footnotes
        if not foot.is_begun:
            foot.cut = foot.whole * _MOST
        laid, foot.rest, placed = _laid(self, foot, foot.children)
        foot.height = "auto" if laid is None else laid.height
        if laid is not None and not self.in_column:
            self.page_bottom -= laid.margin_height()
        return placed < len(foot.children)

    return _update_footnote_area


def _laid(context, foot, notes):
    """The foot with as many of the notes as it may hold; what goes on of the last one; how many have begun."""
    if not notes:
        return None, None, 0
    made = foot.copy_with_children([_prepared(note) for note in notes])
    begins = {0: notes[0].begins} if vars(notes[0]).get("begins") else None
    under = -inf if foot.cut is None else context.page_bottom - (foot.position_y + foot.cut)
    in_column, context.in_column = context.in_column, False
    laid, resume_at, *_ = block.block_level_layout(context, made, under, begins, foot.page, False)
    context.in_column = in_column
    if laid is None:
        return None, None, 0
    laid.height = max(child.position_y + child.margin_height() - child.margin_bottom for child in _blocks(laid)) - laid.content_box_y()
    if resume_at is None:
        return laid, None, len(notes)
    ((last, inner),) = resume_at.items()
    if inner is None:
        return laid, None, last
    rest = notes[last].copy()
    rest.begins = inner
    return laid, rest, last + 1


def _prepared(note):
    """A note's boxes as they are laid out; made once, also for what goes on."""
    if "prepared" not in vars(note):
        note.prepared = build.create_anonymous_boxes(note.deepcopy())
    return note.prepared


def _blocks(box) -> Iterator[boxes.Box]:
    """The lines in a box, and whatever else ends it. A block that goes on reaches to the page's foot, its lines do not."""
    for child in box.children:
        if isinstance(child, boxes.BlockContainerBox) and child.children:
            yield from _blocks(child)
        else:
            yield child


def _undoing(ask):
    """WeasyPrint's `unlayout_footnote`, with which the cut goes that was made for a note."""

    def unlayout_footnote(self, footnote):
        foot = foot_of(self)
        if foot.cut_for is footnote and footnote in self.current_page_footnotes:
            foot.cut = foot.cut_for = None
        ask(self, footnote)

    return unlayout_footnote


def _ending(ask):
    """WeasyPrint's `block_level_layout` of what a page consists of: its text, and last its foot."""

    def block_level_layout(context, box, *others, **named):
        foot = context.current_footnote_area
        if isinstance(box, boxes.FootnoteAreaBox):
            if not foot.children and not context.reported_footnotes:
                return ask(context, box, *others, **named)
            laid = _finish(context, foot_of(context))
            return (laid or ask(context, box, *others, **named)[0], None, None, [], False, None)
        if box.is_for_root_element:
            foot = foot_of(context)
            foot.is_begun = True
            if foot.rest is None:
                foot.cut = None
            next_page = context.page_maker[context.current_page - 1][1]
            if foot.children and (next_page["page"] or "").startswith(_SHEETS):
                bottom_space, skip_stack, *more = others
                laid = ask(context, _emptied(box, skip_stack), bottom_space, skip_stack, *more, **named)[0]
                foot.text_ends = laid
                return laid, skip_stack, next_page, [], False, None
            found = ask(context, box, *others, **named)
            if found[0] is not None:
                foot.text_ends = found[0]
            return found
        return ask(context, box, *others, **named)

    return block_level_layout


def _emptied(root, skip_stack):
    """The text of a page that has none, before the place where it goes on, as WeasyPrint makes one."""
    box = parent = root = root.deepcopy()
    while skip_stack and len(skip_stack) == 1:
        ((index, skip_stack),) = skip_stack.items()
        box, parent = box.children[index], box
    parent.children = []
    parent.force_fragmentation = True
    return root


def _finish(context, foot):
    """The foot of a page whose text is done: what waits takes what the text leaves free, the rest goes to the next page."""
    waiting = context.reported_footnotes
    notes = [*context.current_page_footnotes, *waiting]
    is_open = (foot.rest or waiting) and not foot.is_closed
    if is_open:
        foot.cut = max(foot.cut or 0.0, foot.position_y - _lowest(foot.text_ends, foot.page.content_box_y()))
        laid, rest, placed = _laid(context, foot, notes)
        is_open = placed >= len(context.current_page_footnotes)
    if not is_open:
        notes = context.current_page_footnotes
        laid, rest, placed = _laid(context, foot, notes)
        placed = len(notes) if placed < len(notes) else placed
        notes = [*notes, *waiting]
    context.reported_footnotes = [*([rest] if rest else []), *notes[placed:]]
    return laid


def _lowest(box, least: float) -> float:
    """Where the lowest line, picture or row below a box ends."""
    if isinstance(box, (boxes.LineBox, boxes.ReplacedBox, boxes.TableBox)) or not getattr(box, "children", ()):
        return max(least, box.position_y + box.margin_height())
    # What is positioned by itself, as marks of items are, has no place yet.
    return max((_lowest(child, least) for child in box.children if isinstance(child, boxes.Box)), default=least)


# The lines above it


def _keeping(ask):
    """WeasyPrint's `_linebox_layout`: a paragraph that calls notes is laid out by ours, the others are told of none to move away."""

    def linebox_layout(context, box, index, child, *others):
        *rest, max_lines = others
        if context.footnotes and max_lines is None and not isinstance(context, _Context) and _calls(context, child):
            return (*Noted(context, box, index, child, *rest).laid_out(), max_lines)
        return ask(context if isinstance(context, _Context) else _Context(context), box, index, child, *others)

    return linebox_layout


def _calls(context, child) -> bool:
    if "calls" not in vars(child):
        child.calls = any(each.footnote for each in child.descendants())
    return child.calls


class _Context:
    """WeasyPrint's context of a page, in which no note can be found that could be moved away; all else is the same."""

    current_page_footnotes = ()

    def __init__(self, context) -> None:
        object.__setattr__(self, "_context", context)

    def __getattr__(self, name):
        return getattr(self._context, name)

    def __setattr__(self, name, value) -> None:
        setattr(self._context, name, value)
