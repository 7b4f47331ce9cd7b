"""Chinese lines: teach WeasyPrint 70 to break and to fill lines of Chinese.

WeasyPrint fills a justified line at its spaces only, and Pango knows nothing of some Chinese rules for the ends of
lines. Inside `chinese_lines()` three functions of its line layout are ours:

- `justify_line` shares the missing width among all gaps beside a Chinese character. What each text box has to open is
  kept on the box (`SpreadLayout`) and done to the shaped glyphs when the box is drawn: no character is added, nothing
  is shaped twice, and drawing needs no context.
- `split_first_line` and `can_break_text` ask Pango first, then keep the prohibitions of CLREQ ("basic"
  level) without exception, and allow what Pango denies: a break outside of Chinese quotation marks.

Text without Chinese is left to WeasyPrint. In: boxes that are being laid out; out: the same boxes, moved.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate

import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.ffi import TO_UNITS, pango
from weasyprint.text.line_break import Layout, get_log_attrs, strut

KNOWN_MAJOR = 70

IDEOGRAPHS = "\u2e80-\u2fdf\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
# Characters one em wide: also kana, the marks of the CJK blocks and full-width marks, but not full-width digits and
# letters, which hold together as their narrow kin do.
WIDE = IDEOGRAPHS + "\u3000-\u312f\u31a0-\u31bf\u3200-\u33ff\ufe30-\ufe4f！-／：-＠［-｀｛-･￠-￦"
OPENING = "“‘（《〈【「『〔［｛〖"
CLOSING = "，。、；：！？．）》〉】」』〕］｝〗”’"
MARKS = "\u0300-\u036f\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef\u200d"
INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"  # Pango gives them no glyph that could carry a width

CHINESE = re.compile(f"[{WIDE}]")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff]")

# Places that open when a line is filled: behind a space as in WeasyPrint, else on either side of a wide character.
# Dashes, ellipses and quotes are not wide, so —— and …… stay whole.
GAP = re.compile(
    rf"""(?<=[ \u00a0])(?=.)
    | (?<![ \u00a0{INVISIBLE}]) (?: (?<=[{WIDE}])(?=[^ \u00a0{MARKS}]) | (?<=.)(?=[{WIDE}]) )
      (?! [{MARKS}] | (?<=[！？])[！？] | (?<=[\d.])％ | (?<=￥)\d )""",
    re.VERBOSE | re.DOTALL,
)
# Places where no line ends, whatever Pango says; a space between does not help.
CLOSED = re.compile(
    rf"""(?=[{CLOSING}％·・‧～〜]) | (?<=[{OPENING}]) | (?<=[{OPENING}]\ )
    | (?<=—)(?=—) | (?<=…)(?=…) | (?<!—)(?=—(?!—))
    | (?<=[０-９])(?=[０-９])""",
    re.VERBOSE,
)
# Places where a line may end, whatever Pango says: quotes beside Chinese, and addresses before a number.
OPEN = re.compile(
    rf"""(?<=[{IDEOGRAPHS}{CLOSING}])(?=[{IDEOGRAPHS}{OPENING}])
    | (?<=[a-zA-Z~_-]/)(?=\d) | (?<=\w[?&=\#])(?=\w)""",
    re.VERBOSE,
)
# What must not be the last line alone (孤字不成行): one character, with or without its closing marks.
ORPHAN = re.compile(rf"[{IDEOGRAPHS}][{CLOSING}…—]*\s*")


@contextmanager
def chinese_lines() -> Iterator[None]:
    """Lay out Chinese as Chinese for the duration: `with chinese_lines(): document = HTML(…).render(…)`.

    Writing the document may happen outside. May be nested; WeasyPrint is as it was afterwards, also after an error.
    It changes WeasyPrint for the whole process, so side by side layout belongs in processes, not threads.
    Raises RuntimeError, in Chinese, where WeasyPrint is not of the major version this module knows.
    """
    if weasyprint.__version__.split(".")[0] != str(KNOWN_MAJOR):
        raise RuntimeError(
            f"排版中文行需要 WeasyPrint {KNOWN_MAJOR}.x，这里装的是 {weasyprint.__version__}。"
            f"请安装合适的版本：pip install 'weasyprint=={KNOWN_MAJOR}.*'。"
        )
    before = {name: getattr(inline, name) for name in ("justify_line", "split_first_line", "can_break_text", "strut")}
    inline.justify_line = _filling(before["justify_line"])
    inline.split_first_line = _steady(_splitting(before["split_first_line"]))
    inline.can_break_text = _breaking(before["can_break_text"])
    inline.strut = level
    try:
        yield
    finally:
        for name, function in before.items():
            setattr(inline, name, function)


# Filling a line


class SpreadLayout(Layout):
    """A text box's Pango layout that opens gaps between its glyphs when it is drawn.

    `gaps` are offsets into the UTF-8 text, ascending, each behind a whole character; `extra` is in CSS px.
    """

    def __init__(self, layout: Layout, text: str, gaps: list[int], extra: float):
        # A layout at rest holds plain values only: taking them over saves making a Pango layout that nobody reads.
        vars(self).update(vars(layout))
        self.text, self.gaps, self.extra = text, gaps, extra

    def reactivate(self, style):
        super().reactivate(style)
        # Drawing sets this too; doing it first keeps the line, and so the widths, that are changed here.
        pango.pango_layout_set_single_paragraph_mode(self.layout, True)
        self._open_gaps()

    def _open_gaps(self):
        # The PDF holds advances in whole thousandths of the font size, cut off, not rounded. So widths are chosen
        # that survive the cutting, and what one glyph is short of, the next gap gets.
        size = int(self.style["font_size"] * TO_UNITS)
        wanted = written = opened = 0
        line, _ = self.get_first_line()
        run = line.runs
        while run:
            item, glyphs = run.data.item, run.data.glyphs
            for index in range(glyphs.num_glyphs):
                last = index + 1 == glyphs.num_glyphs
                end = item.offset + (item.length if last else glyphs.log_clusters[index + 1])
                geometry = glyphs.glyphs[index].geometry
                wanted += geometry.width * 1000 / size
                reached = bisect_right(self.gaps, end)
                if reached > opened:
                    wanted += (reached - opened) * self.extra * TO_UNITS * 1000 / size
                    opened = reached
                    advance = round(wanted - written)
                    geometry.width = advance * size // 1000 + 1
                else:
                    advance = round(geometry.width * 1000 / size)
                written += advance
            run = run.next


def _filling(fill):
    """WeasyPrint's `justify_line`, but lines with Chinese open at all their gaps alike."""

    def justify_line(context, line, extra_width):
        leaves = list(_leaves(line))
        text = "".join(part for _, part in leaves)
        if line.style["direction"] != "ltr" or not CHINESE.search(text) or RIGHT_TO_LEFT.search(text):
            return fill(context, line, extra_width)
        gaps = [match.start() for match in GAP.finditer(text)]
        if gaps:
            extra = extra_width / len(gaps)
            _move(line, iter(_spread(leaves, gaps, extra)), 0)

    return justify_line


def _leaves(box) -> Iterator[tuple[boxes.Box, str]]:
    """The text boxes and other things that stand in a line, each with its text; a thing counts as an ideograph."""
    if isinstance(box, boxes.TextBox):
        yield box, box.text
    elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _leaves(child)
    else:
        yield box, "\u2e80"


def _spread(leaves, gaps: list[int], extra: float) -> list[tuple[float, float]]:
    """Give each text box its gaps; return how far the left and the right edge of each leaf must move, in px."""
    edges = []
    starts = accumulate((len(text) for _, text in leaves), initial=0)
    for (box, text), start in zip(leaves, starts, strict=False):
        # A gap between two leaves belongs to neither: it must not widen an underline or a background.
        first, last = bisect_right(gaps, start), bisect_right(gaps, start + len(text) - 1)
        edges.append((first * extra, max(first, last) * extra))
        if last > first:
            offsets = [len(text[: gap - start].encode()) for gap in gaps[first:last]]
            box.pango_layout = SpreadLayout(box.pango_layout, text, offsets, extra)
    return edges


def _move(box, edges: Iterator[tuple[float, float]], at: float) -> tuple[float, float]:
    """Move a box with all that stands in it; `at` is how far its left neighbour's right edge moved."""
    if isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        inner = []
        for child in box.children:
            if child.is_in_normal_flow():
                inner.append(_move(child, edges, inner[-1][1] if inner else at))
        left, right = (inner[0][0], inner[-1][1]) if inner else (at, at)
    else:
        left, right = next(edges)
        if not isinstance(box, boxes.TextBox):
            box.translate(left, 0)
            return left, right
    box.position_x += left
    box.width += right - left
    return left, right


# Breaking a line


def _breaking(ask):
    """WeasyPrint's `can_break_text`, which also judges the seam between two boxes by the two letters there."""

    def can_break_text(text, lang):
        if text and len(text) == 2 and CHINESE.search(text):
            if CLOSED.match(text, 1):
                return False
            if OPEN.match(text, 1):
                return True
        return ask(text, lang)

    return can_break_text


def _splitting(split):
    """WeasyPrint's `split_first_line`, but a line with Chinese ends where Chinese lines may end."""

    def split_first_line(text, style, context, max_width, justification_spacing, is_line_start=True, minimum=False):
        def whole(part, width):
            return split(part, style, context, width, justification_spacing, is_line_start, minimum)

        found = whole(text, max_width)
        _, _, resume_at, width, _, _ = found
        if max_width is None or resume_at is None or not CHINESE.search(text):
            return found
        end = len(text.encode()[:resume_at].decode())
        if style["white_space"] not in ("normal", "pre-line") or text[end - 1] in "\n\t\f\u0085\u2028\u2029":
            return found

        best = end
        for place in _farther(text, end, (max_width - width) / style["font_size"]):
            longer = whole(text[:place].rstrip(" "), max_width)
            if longer[2] is None and longer[3] <= max_width:
                best = place
                break
        else:
            if CLOSED.match(text, end):
                best = _other(text, end, style["lang"])
        if ORPHAN.fullmatch(text, best):
            earlier = _earlier(text, best, style["lang"])
            # Not at the price of a line torn apart, as where a long address stands before.
            best = earlier if earlier and best - earlier <= 4 else best
        if best == end:
            return found
        head = text[:best]
        layout, length, _, *metrics = whole(head.rstrip(" ") or head, None)
        layout.max_width = found[0].max_width  # drawing an ellipsis asks for it
        return layout, length, len(head.encode()) if best < len(text) else None, *metrics

    return split_first_line


def level(style) -> tuple[float, float]:
    """The height of a line and its baseline below its top, in px: the em box of a character stands in the line's middle.

    WeasyPrint takes the ascent and descent that a face declares, which differ from face to face, so that lines of 楷体
    stood 0.09 em higher than lines of 宋体. An ideograph's em box ends 0.12 em below the baseline in all of them.
    """
    line_height, baseline = strut(style)
    return (line_height, baseline) if style["line_height"] == "normal" else (line_height, line_height / 2 + 0.38 * style["font_size"])


def _steady(split):
    """`split_first_line`, but every text hangs where its line does, whatever face stands in for the one asked for.

    WeasyPrint centres a text by the tallest of its own faces; one borrowed quote would push its line apart.
    """

    def split_first_line(text, style, context, *others, **named):
        *found, height, _ = split(text, style, context, *others, **named)
        line_height, baseline = level(style)
        return *found, height, baseline - (line_height - height) / 2

    return split_first_line


def _farther(text: str, end: int, room: float) -> list[int]:
    """Places behind `end` that Pango denied and that may fit into `room` ems, farthest first."""
    places = []
    for place in range(end + 1, len(text)):
        room -= 1 if re.match(f"[{IDEOGRAPHS}]", text[place - 1]) else 0.2
        if room < -0.01:
            break
        if OPEN.match(text, place) and not CLOSED.match(text, place):
            places.append(place)
    return places[::-1]


def _other(text: str, end: int, lang: str) -> int:
    """The nearest place before `end` where a line may end; failing that the next behind it, or the text's end."""
    if earlier := _earlier(text, end, lang):
        return earlier
    attributes = get_log_attrs(text, lang)
    return next((place for place in range(end + 1, len(text)) if _allowed(text, place, attributes)), len(text))


def _earlier(text: str, end: int, lang: str) -> int:
    """The nearest place before `end` where a line may end, 0 if there is none."""
    attributes = get_log_attrs(text[: end + 1], lang)
    return next((place for place in range(end - 1, 0, -1) if _allowed(text, place, attributes)), 0)


def _allowed(text: str, place: int, attributes) -> bool:
    return not CLOSED.match(text, place) and bool(attributes[place].is_line_break or OPEN.match(text, place))
