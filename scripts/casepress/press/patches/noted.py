"""Noted: the lines of a paragraph that calls notes, put on a page one by one, each with its notes at the page's foot.

In: what WeasyPrint's `_linebox_layout` is given, and the foot of the page (press/patches/notes.py). Out: what it gives back.
"""

from collections import deque

from weasyprint.layout import block, inline

_BELOW_HEADING = 3  # lines of text that keep their room below a heading with a note
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def foot_of(context):
    """The foot of the page that is being laid out, with what is known of it (press/patches/notes.py)."""
    foot = context.current_footnote_area
    if "is_begun" not in vars(foot):
        foot.cut = foot.cut_for = foot.rest = None
        foot.is_begun = foot.is_closed = False
        foot.whole = context.page_bottom - foot.page.content_box_y()  # how high it may be at all
    return foot


class Noted:
    """What `_linebox_layout` is given, and how far it has come."""

    def __init__(
        self, context, box, index, child, done, page_is_empty, absolute, fixed, margins, bottom_space, y, skip_stack, letter, first, bottom
    ):
        self.context, self.box, self.index, self.done, self.page_is_empty = context, box, index, done, page_is_empty
        self.absolute, self.fixed, self.bottom_space, self.skip_stack, self.is_closed = absolute, fixed, bottom_space, skip_stack, bottom
        self.y = y + block.collapse_margin(margins) if margins else y
        self.lines = inline.iter_line_boxes(context, child, self.y, bottom_space, skip_stack, box, absolute, fixed, letter, first)
        self.ahead: deque = deque()
        self.orphans, self.widows = box.style["orphans"], box.style["widows"]
        self.called: list = []

    def laid_out(self):
        """As WeasyPrint has it: whether the box is given up, whether it ends here, where it goes on, where it has come to, its notes."""
        abort, stop, resume_at = False, False, None
        while self._following(1):
            line, resume_at = self.ahead.popleft()
            line.resume_at = resume_at
            fits = self._fits(line, resume_at)
            if not fits or not self._with_notes(line, resume_at):
                abort, stop, resume_at = block._break_line(
                    self.context, self.box, line, self.done, self._needed(), self.page_is_empty,
                    self.index, self.skip_stack, resume_at, self.absolute, self.fixed,
                )  # fmt: skip
                break
            self.done.append(line)
            self.y, self.skip_stack = line.position_y + line.height, resume_at
        for line, _ in self.ahead:
            block.remove_placeholders(self.context, line.children, self.absolute, self.fixed)
        if self.done:
            resume_at = {self.index: self.done[-1].resume_at}
        return abort, stop, resume_at, self.y, self.called

    def _following(self, most: int) -> int:
        """How many lines follow, as far as `most`."""
        while len(self.ahead) < most and (found := next(self.lines, None)):
            self.ahead.append(found)
        return min(len(self.ahead), most)

    def _needed(self) -> int:
        """How many lines the next page needs besides the one that goes there."""
        return max(0, self.widows - 1 - self._following(self.widows - 1))

    def _end(self, line, resume_at) -> float:
        """Where a line ends, with what is below the last one."""
        below = self.box.border_bottom_width + self.box.padding_bottom if self.is_closed or resume_at is None else 0
        return line.position_y + line.height + below

    @property
    def _is_first(self) -> bool:
        """Whether nothing stands on the page: what comes has to stay."""
        return not self.done and self.page_is_empty

    def _fits(self, line, resume_at) -> bool:
        if not self._is_first and self.context.overflows_page(self.bottom_space, self._end(line, resume_at)):
            return False
        if self.page_is_empty and self.context.overflows_page(self.bottom_space, line.position_y + line.height):
            line.translate(0, -self.box.margin_top)
            self.box.margin_top = 0
        return True

    def _with_notes(self, line, resume_at) -> bool:
        """Whether the notes of a line begin on the page, or have to wait for the next one because the line cannot."""
        for note in [each.footnote for each in line.descendants() if each.footnote in self.context.footnotes]:
            self.called.append(note)
            context, foot = self.context, foot_of(self.context)
            if foot.rest or context.reported_footnotes:
                context.footnotes.remove(note)
                context.reported_footnotes.append(note)
                if self._is_first or not self._can_break():
                    continue
                return False
            left_out = context.layout_footnote(note)
            if not left_out and not context.overflows_page(self.bottom_space, self._end(line, resume_at)):
                continue
            foot.cut, foot.cut_for = foot.position_y - self.bottom_space - self._held(line, resume_at), note
            left_out = context._update_footnote_area()
            if left_out:
                foot.cut = foot.cut_for = None
                context.report_footnote(note)
                if not self._is_first:
                    return False
        return True

    def _can_break(self) -> bool:
        """Whether the paragraph may be broken before the line that comes."""
        return len(self.done) - self.orphans >= self._needed()

    def _held(self, line, resume_at) -> float:
        """Where the last line ends that has to stand on the page with this one."""
        held = max(0, self.orphans - len(self.done) - 1)
        following = self._following(held + self.widows)
        if following - held < self.widows:
            held = following
        end = self._end(*(self.ahead[held - 1] if held else (line, resume_at)))
        return end + (_BELOW_HEADING * line.height if self.box.element_tag in _HEADINGS else 0)
