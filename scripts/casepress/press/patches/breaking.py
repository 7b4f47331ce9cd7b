"""Breaking: WeasyPrint's lines of Chinese, ended and filled as Chinese is.

WeasyPrint fills a justified line at its spaces only, and Pango knows nothing of some Chinese rules for the ends of
lines. Inside `chinese_lines()` some functions of its line layout are ours:

- `get_next_linebox` measures a paragraph before its first line (patches/shaping.py), and `split_text_box` ends lines
  where the paragraph says that Chinese lines may end; `can_break_text` judges the seams between boxes alike.
- `justify_line` squeezes what is too long, and shares what is missing among all gaps beside a Chinese character. What
  each character of a text box then measures is kept on the box (`SetLayout`) and done to the shaped glyphs when the
  box is drawn.
- `strut` hangs all faces of one size and line height alike.

Text without Chinese is left to WeasyPrint. In: boxes that are being laid out; out: the same boxes, moved.
"""

from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from operator import add

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, preferred

from casepress.press.lines import marks
from casepress.press.lines.paragraphs import Paragraph
from casepress.press.patches import straight
from casepress.press.patches.glyphs import SetLayout
from casepress.press.patches.known import Ours, replaced
from casepress.press.patches.setting import set_line
from casepress.press.patches.shaping import Place, ends_of, leaves, paragraph_of, place_of

BASELINE = 0.38  # ems below the middle of a line: an ideograph's em box ends 0.12 em below the baseline and stands in the middle
_WIDER = 0.25  # ems that a space of a line without Chinese grows at most: to half an em
_BEGIN = 24  # so many characters hold the first word of almost every text, and the next
_FAR, _NARROW = 500, 16  # so many characters hold the first line of every text, and so many to an em that of a long one
_TRIES = 4  # so many times less is asked for, where a cut word comes out longer than its line
_UNDER = 0.01  # px that a line to be filled is short of the measure: WeasyPrint fills no full line


@contextmanager
def chinese_lines() -> Iterator[None]:
    """Lay out Chinese as Chinese for the duration: `with chinese_lines(): document = HTML(…).render(…)`.

    Writing the document may happen outside. May be nested. Raises known.UnknownWeasyPrint.
    """
    with replaced(
        Ours(inline, "get_next_linebox", _measuring),
        Ours(inline, "split_text_box", _splitting),
        Ours(inline, "split_first_line", _steady),
        Ours(inline, "can_break_text", _breaking),
        Ours(inline, "text_align", _aligning),
        Ours(inline, "justify_line", _filling),
        Ours(inline, "strut", _hanging),
        Ours(preferred, "split_first_line", _apart),
    ):
        yield


def _measuring(ask):
    """WeasyPrint's `get_next_linebox`, but the paragraph is measured before, and knows where the line begins."""

    def get_next_linebox(context, linebox, position_y, bottom_space, skip_stack, containing_block, *others):
        if "paragraph" not in vars(linebox):
            linebox.paragraph = paragraph_of(linebox)
            linebox.is_straight = linebox.paragraph is not None and straight.is_straight(linebox)
            linebox.is_prepared = False
        paragraph = linebox.paragraph
        if paragraph is not None:
            reached, stop = vars(linebox).pop("reached", (None, 0))
            if skip_stack and skip_stack is reached and not paragraph.text[stop].isspace():
                begin, paragraph.start = skip_stack, stop  # where the line before ended
            else:
                begin = inline.skip_first_whitespace(linebox, skip_stack)
                paragraph.start = _start(linebox, begin)
            paragraph.edge, paragraph.debt = None, 0.0
            if linebox.is_straight and begin != "continue" and not context.excluded_shapes and others[-2:] == (None, None):
                if not linebox.is_prepared:
                    straight.prepare(linebox, containing_block)
                    linebox.is_prepared = True
                found = straight.next_line(linebox, paragraph, position_y, begin, containing_block)
                if found:
                    return found
        linebox.is_prepared = False  # WeasyPrint resolves the boxes anew
        line, resume_at = ask(context, linebox, position_y, bottom_space, skip_stack, containing_block, *others)
        if line is not None:
            # A line that is done needs its paragraph no more: pages are kept long, paragraphs are large.
            vars(line).pop("paragraph", None)
            for box, _ in leaves(line):
                vars(box).pop("place", None)
        return line, resume_at

    return get_next_linebox


def _start(box, skip_stack) -> int:
    """Where in the paragraph a line begins, the end of the text if behind it."""
    while skip_stack and not isinstance(box, boxes.TextBox) and skip_stack != "continue":
        ((index, skip_stack),) = skip_stack.items()
        box = box.children[index]
    skip = next(iter(skip_stack)) if isinstance(skip_stack, dict) else 0
    first = next((leaf for leaf, _ in leaves(box) if place_of(leaf)), None)
    if first is None:
        return 0
    return first.place.start + (len(first.text.encode()[:skip].decode()) if first is box else 0)


def _splitting(ask):
    """WeasyPrint's `split_text_box`, but a line with Chinese ends where Chinese lines may end."""

    def split_text_box(context, box, available_width, skip, is_line_start=True):
        place = place_of(box)
        if place is None:
            return ask(context, box, available_width, skip, is_line_start)
        paragraph = place.paragraph
        skip = skip or 0
        start = place.start + len(box.text.encode()[:skip].decode())
        end = place.start + len(box.text)
        if start == end:
            return None, None, False
        stop = end
        if available_width is not None:
            right = box.position_x + available_width
            paragraph.edge = right if paragraph.edge is None else paragraph.edge
            whole = right >= paragraph.edge - 0.001  # not when WeasyPrint looks for an earlier break
            stop = paragraph.line_end(start, end, available_width + 0.001, whole and _is_justified(box))
            if stop is None and start == paragraph.start and whole:
                stop = paragraph.forced_end(start, end, available_width + 0.001)
            if stop is None and start == paragraph.start:
                found = ask(context, box, available_width, skip, is_line_start)
                if found[0] is not None:
                    found[0].place = None
                return found
            stop = stop or paragraph.next_break(start, end)
        fits = available_width is None or paragraph.length(start, end, False) <= available_width + 0.001
        seen = end if fits and stop == end else paragraph.visible(start, stop)
        new_box = None
        if seen > start:
            new_box = _shaped(box, paragraph, start, seen, ends=stop < end)
            if available_width is not None and new_box.width > available_width + 0.001 and whole:
                if paragraph.line_end(start, end, available_width + 0.001, _is_justified(box)) == stop:
                    paragraph.debt += new_box.width - available_width + _UNDER
                    new_box.width = available_width - _UNDER
        return new_box, skip + len(paragraph.text[start:stop].encode()) if stop < end else None, False

    return split_text_box


def _is_justified(box) -> bool:
    return box.style["text_align_all"] == "justify"


def _shaped(box, paragraph: Paragraph, start: int, end: int, ends: bool) -> boxes.TextBox:
    """A text box of part of a paragraph, as WeasyPrint's `split_text_box` makes them."""
    leaf = paragraph.leaf(start)
    new_box = box.copy_with_text(paragraph.text[start:end])
    new_box.place = Place(paragraph, start)
    inner = paragraph.lead[start + 1 : end]
    advances = array("d", map(add, paragraph.advances[start:end], [*inner, 0.0]))
    shifts = paragraph.shifts[start:end]
    if start == paragraph.start:
        lead = -paragraph.left[start] if start else 0.0
    else:
        lead = paragraph.lead[start]
    advances[0] += lead
    shifts[0] += lead
    if ends:
        advances[-1] -= paragraph.right[end - 1]
    new_box.pango_layout = SetLayout(leaf, start, new_box.text, box.style, advances, shifts, max(inner, default=0.0))
    new_box.width = sum(advances)
    line_height, baseline = inline.strut(box.style)
    new_box.height = leaf.height
    new_box.margin_top = new_box.margin_bottom = (line_height - leaf.height) / 2
    new_box.baseline = baseline
    return new_box


def _breaking(ask):
    """WeasyPrint's `can_break_text`, which also judges the seam between two boxes by the two letters there."""

    def can_break_text(text, lang):
        if text and len(text) == 2 and marks.CHINESE.search(text):
            if marks.CLOSED.match(text, 1) or marks.CLOSED_SEAM.match(text, 1):
                return False
            if marks.OPEN.match(text, 1):
                return True
        return ask(text, lang)

    return can_break_text


def _apart(ask):
    """`split_first_line` for the widths of tables and the like: Chinese and Latin need the gaps between them, and the narrowest width of
    a long text, word by word, does not shape all of it for each of its words."""

    def split_first_line(text, style, context, max_width, *others, **named):
        begin = _beginning(text, style, **named) if max_width == 0 and len(text) > 2 * _BEGIN else text
        layout, length, resume_at, width, height, baseline = ask(begin, style, context, max_width, *others, **named)
        part = text.encode()[:length].decode()
        if marks.CHINESE.search(part):
            width += len(marks.SEAM.findall(part)) * marks.SEAM_GAP * style["font_size"]
        return layout, length, resume_at, width, height, baseline

    return split_first_line


def _beginning(text: str, style, is_line_start: bool = True, **_) -> str:
    """As much of a text as its first word hangs on, where that can be told: two words and some letters, or a word that is broken anywhere."""
    begin = text[:_BEGIN]
    if (
        style["white_space"] in ("nowrap", "pre")
        or "\u00ad" in text
        or style["hyphens"] == "auto"
        or begin[-1].isspace()
        or not marks.CHINESE.search(text[: _BEGIN // 2])
    ):
        return text
    is_broken = is_line_start and style["overflow_wrap"] == "anywhere"
    return begin if is_broken or sum(ends_of(begin, style["lang"])[1 : _BEGIN * 3 // 4]) > 1 else text


def _steady(ask):
    """`split_first_line`, but every text hangs where the face asked for hangs, whatever face stands in for it.

    WeasyPrint centres a text by the tallest of its own faces; one borrowed quote would push its line apart. Nor does it shape all
    of a word that no line holds again for each of its lines.
    """

    def split_first_line(text, style, context, max_width, *others, **named):
        begin = _reachable(text, style, max_width)
        *found, height, _ = ask(begin, style, context, max_width, *others, **named)
        if begin is not text and found[2] is None:  # it was all on one line
            *found, height, _ = ask(text, style, context, max_width, *others, **named)
        room = max_width
        for _ in range(_TRIES if room and style["overflow_wrap"] != "normal" else 0):
            if found[2] is None or found[3] <= max_width + _UNDER:
                break
            room -= found[3] - max_width  # letters that join are wider where a word is cut than within it (Arabic)
            *found, height, _ = ask(begin, style, context, max(room, 0), *others, **named)
        line_height, baseline = inline.strut(style)
        return *found, height, baseline - (line_height - height) / 2

    return split_first_line


def _reachable(text: str, style, room: float | None) -> str:
    """As much of a text as its first line hangs on, and several times as much, where its words are broken if they must be."""
    if room is None or len(text) <= _FAR or style["overflow_wrap"] == "normal" or style["white_space"] in ("nowrap", "pre"):
        return text
    if not style["font_size"] or style["hyphens"] == "auto" or "\u00ad" in text:
        return text
    far = max(_FAR, _NARROW * room / style["font_size"])
    return text if far >= len(text) else text[: int(far)]


def _hanging(ask):
    """WeasyPrint's `strut`, but the faces of Chinese pages stand on one baseline, whatever their own measures say."""

    def strut(style):
        key = style["font_size"], style["line_height"]
        known = vars(style).get("strut")
        if known is None or known[0] != key:  # a style is asked once for each of its boxes, and its key is long
            line_height, baseline = ask(style)
            if style["line_height"] != "normal" and (style["lang"] or "").startswith("zh"):
                baseline = line_height / 2 + BASELINE * style["font_size"]
            known = style.strut = key, (line_height, baseline)
        return known[1]

    return strut


# Filling a line


def _aligning(ask):
    """WeasyPrint's `text_align`, but the last line of a paragraph is squeezed too if it must be."""

    def text_align(context, line, available_width, last):
        paragraph = vars(line).get("paragraph")
        if last and paragraph is not None and paragraph.debt and line.width < available_width:
            inline.justify_line(context, line, available_width - line.width)
            return 0
        return ask(context, line, available_width, last)

    return text_align


def _filling(ask):
    """WeasyPrint's `justify_line`, but lines with Chinese are squeezed, or open at all their gaps alike; one without is not torn apart."""

    def justify_line(context, line, extra_width):
        paragraph = vars(line).get("paragraph")
        if paragraph is None:
            spaces = inline.count_expandable_spaces(line)
            if spaces and extra_width / spaces > _WIDER * line.style["font_size"]:
                return None  # it stays short
            return ask(context, line, extra_width)
        set_line(line, paragraph, extra_width)

    return justify_line
