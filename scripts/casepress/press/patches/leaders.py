"""Leaders: the dots between a title and its page number, set as one text.

WeasyPrint makes a text box of each dot, and shapes, marks and draws every one, and it forgets that a line may be indented.
Inside `leaders_at_once()` the dots stand where they would, in one box whose text they all are. A leader that is no row of
one plain glyph goes WeasyPrint's way. Padding before a leader is the least room that it takes in a line: its dots stand there
too, so that no line ends with a blank where there was just no room for dots. Lengths are in CSS px.
"""

from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, leader
from weasyprint.text.ffi import ffi, gobject, pango
from weasyprint.text.line_break import Layout, line_size

from casepress.press.patches.glyphs import Glyphs, Leaf, SetLayout
from casepress.press.patches.known import Ours, replaced

_DRAWN = 0.001  # px that a glyph is moved by one of Pango's units, as WeasyPrint draws it
_NO_GLYPH = 0x10000  # and above: what is not there, or shows nothing
_ROUNDING = 1e-6  # px


class _Dot(NamedTuple):
    """How a dot is set and drawn: its pitch, the height of its line, its layout at rest, its glyph with the width that the font gives
    it, its font, and how far it is moved.
    """

    pitch: float
    height: float
    rest: dict
    glyph: int
    width: int
    font: object
    shift: float


@contextmanager
def leaders_at_once() -> Iterator[None]:
    """Set each leader as one text: `with leaders_at_once(): document = HTML(…).render(…)`. Raises known.UnknownWeasyPrint."""
    with replaced(Ours(inline, "handle_leader", _at_once)):
        yield


def _at_once(ask):
    """WeasyPrint's `handle_leader`, which sets all dots of a leader as one text."""

    def handle_leader(context, line, containing_block):
        index, box = leader.leader_index(line)
        if index is None:
            return
        dot = dot_of(box)
        if (
            dot is None
            or box.children[0].width <= 0
            or context.excluded_shapes
            or line.style["direction"] != "ltr"
            or not all(map(_flows, line.children))
        ):
            ask(context, line, containing_block)
            return
        last, (one,), right = line.children[-1], box.children, line.position_x + containing_block.width
        extra = right - last.position_x - last.margin_width()
        first = box.position_x - _room_before(line, index)
        places = _places(one.width, right, containing_block.width, first, box.position_x + extra + one.width)
        box.children = (_dots(one, dot, places),) if places else ()
        line.width = containing_block.width
        within = line
        while index is not None:
            for child in within.children[index[0] + 1 :]:
                child.translate(dx=extra)
            within = within.children[index[0]]
            within.width += extra
            index = index[1]

    return handle_leader


def _room_before(line, index) -> float:
    """The padding that a leader at `index` of a line has before it, in the box whose first child it is."""
    parent = line
    while index[1] is not None:
        parent, index = parent.children[index[0]], index[1]
    return parent.padding_left if parent is not line and index[0] == 0 else 0.0


def _flows(box) -> bool:
    return box.is_in_normal_flow()


def _places(pitch: float, right: float, width: float, first: float, end: float) -> list[float]:
    """Where dots stand, from the last one to the first: on a grid that begins at the right edge of the text, between `first` and `end`."""
    places, at = [], right
    for _ in range(int(width // pitch)):
        at -= pitch
        if at < first:
            break
        if at + pitch <= end + _ROUNDING:
            places.append(at)
    return places


def _dots(one: boxes.TextBox, dot: _Dot, places: list[float]) -> boxes.TextBox:
    """The box of all dots."""
    made, count = one.copy(), len(places)
    vars(made).pop("place", None)
    made.text, made.position_x, made.width = one.text * count, places[-1], one.width * count
    advances, shifts = array("d", [one.width]) * count, array("d", bytes(8 * count))
    advances[0] += dot.shift
    shifts[0] = dot.shift
    leaf = Leaf(0, dot.rest, one.height, Glyphs(array("i", [dot.glyph]) * count, array("i", [dot.width]) * count, [(count, dot.font)]))
    made.pango_layout = SetLayout(leaf, 0, made.text, one.style, advances, shifts, 0.0)
    return made


def dot_of(box) -> _Dot | None:
    """How the dots of a leader are drawn; None where they are no single plain glyph each."""
    one = box.children[0] if len(box.children) == 1 else None
    if type(one) is not boxes.TextBox or len(one.text) != 1:
        return None
    known = vars(one.style).get("dot")
    if known is None or known[0] != one.text:
        known = one.style.dot = one.text, _measured(one)
    return known[1]


def _measured(one: boxes.TextBox) -> _Dot | None:
    layout = Layout(one.style)
    layout.set_text(one.text)
    line, _ = layout.get_first_line()
    run = line.runs.data
    if line.runs.next or run.glyphs.num_glyphs != 1:
        return None
    info = run.glyphs.glyphs[0]
    if info.glyph >= _NO_GLYPH or info.geometry.y_offset:
        return None
    font = ffi.gc(gobject.g_object_ref(run.item.analysis.font), gobject.g_object_unref)
    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    pango.pango_font_get_glyph_extents(font, info.glyph, ink, logical)
    rest = {name: value for name, value in vars(layout).items() if name not in ("layout", "language", "style")}
    return _Dot(*line_size(line, one.style), rest, info.glyph, logical.width, font, info.geometry.x_offset * _DRAWN)
