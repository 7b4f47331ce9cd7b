"""Paragraphs: what each character of a paragraph measures, and where its next line ends.

A paragraph is shaped once, whatever inline boxes its text stands in; its lines are then found by adding. Adjacent
marks are squeezed over the seams of boxes, and a line may become shorter by what its marks can lose (先挤进，后推出).
Lengths are in CSS px. In: a line box before layout; out: a `Paragraph`, which every text box in it knows by its `place`.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import create_layout, get_log_attrs, line_size

from casepress.press.lines import marks

THING = "\u2e80"  # what stands in a line and is no text counts as an ideograph
_HALF = 0.48  # ems that must be blank on one side of a mark that is to be halved: some faces' ？ is a little wider
_EASY = 0.35  # the part of what its marks can lose that a line gives up without need
_LOOSE = 0.06  # ems in each gap; a line that would stand looser than this is squeezed as far as it goes
_GLYPH = ffi.sizeof("PangoGlyphInfo")
_TORN = 0.25  # ems; no line is made looser than this for the sake of the last one


class Place(NamedTuple):
    """Where in a paragraph the text of a text box begins."""

    paragraph: "Paragraph"
    start: int


class Leaf(NamedTuple):
    """How a text box was shaped: its layout at rest, and the height of its line."""

    layout: dict
    height: float


@dataclass
class Paragraph:
    """One value for each character: its advance, how far its glyph is moved, what it can still lose on either side,
    and the space before it that belongs to no box. `start`, `edge` and `debt` are of the line being laid out: where it
    begins, its right edge, and how much longer than told its text is so far. `is_flush`: its lines are justified.
    """

    text: str
    advances: array
    shifts: array
    left: array
    right: array
    lead: array
    leaves: dict[int, Leaf]
    breaks: list[int] = field(default_factory=list)
    reach: list[float] = field(default_factory=list)  # the length up to each place
    spare: list[float] = field(default_factory=list)  # what all marks up to each place can lose
    gaps: list[int] = field(default_factory=list)
    start: int = 0
    edge: float | None = None
    debt: float = 0.0
    is_flush: bool = True

    def leaf(self, start: int) -> Leaf:
        """The leaf that a place is in."""
        return self.leaves[max(at for at in self.leaves if at <= start)]

    def length(self, start: int, end: int, ends: bool) -> float:
        """The length of the text from start to end, on the line that begins at `self.start`."""
        length = self.reach[end] - self.reach[start]
        if start == self.start:
            length -= self.lead[start] + (self.left[start] if start else 0)
        return length - (self.right[end - 1] if ends and end > start else 0)

    def line_end(self, start: int, end: int, room: float, yielding: bool) -> int | None:
        """Where a line ends that has so much room left at `start`; `end` is where the text box ends.

        None where nothing fits; the text's end where all of it does.
        """
        places = self.breaks[bisect_right(self.breaks, start) : bisect_right(self.breaks, end)]
        if self.length(start, end, False) <= room:
            return self._with_company(start, end, end, room, yielding, places)
        natural = squeezed = None
        # Marks that end a line are short, so a place may fit although the one before it does not.
        near = bisect_right(self.reach, self.reach[start] + room) - 1
        far = bisect_right(self.reach, self.reach[near] + self.spare[end] - self.spare[self.start] + 99)
        for place in places[max(0, bisect_right(places, near) - 1) : bisect_right(places, far)]:
            over = self.length(start, self.visible(start, place), True) - room
            if over <= 0:
                natural = squeezed = place
            elif yielding and over <= self._spare(place) * (_EASY if self._stands(start, natural, room) else 1):
                squeezed = place
        return None if squeezed is None else self._with_company(start, squeezed, end, room, yielding, places)

    def _with_company(self, start: int, best: int, end: int, room: float, yielding: bool, places: list[int]) -> int:
        """The end that was found, or another one if it left a lone character to the last line."""
        stop = self.text.find("\n", best)
        stop = len(self.text) if stop < 0 else stop
        if best < stop and marks.ORPHAN.fullmatch(self.text, best, stop):
            if self.length(start, stop, True) - room <= (self._spare(stop) if yielding else 0):
                return min(stop, end)
            earlier = [place for place in places[bisect_left(places, best - 4) :] if place < best]
            # Not at the price of a line torn apart, as where a long address stands before.
            if earlier and (not self.is_flush or self._opened(start, earlier[-1], room) <= _TORN):
                return earlier[-1]
        return best

    def visible(self, start: int, end: int) -> int:
        """The end of a line without its spaces."""
        while end > start and self.text[end - 1] == " ":
            end -= 1
        return end

    def _spare(self, place: int) -> float:
        last = self.visible(self.start, place) - 1
        return self.spare[last] - self.spare[self.start] - self.left[self.start] - self.debt

    def _stands(self, start: int, place: int | None, room: float) -> bool:
        """Whether a line that ends here stands well without being squeezed."""
        return place is not None and self._opened(start, place, room) <= _LOOSE

    def _opened(self, start: int, place: int, room: float) -> float:
        """How many ems each gap opens when the line ends here; of the size of most of the line's characters."""
        count = bisect_left(self.gaps, place) - bisect_right(self.gaps, self.start)
        size = max(self.advances[self.start : place], default=0) or 1
        left = room - self.length(start, self.visible(start, place), True)
        return left / size / count if count > 0 else 9.0 * (left > 0)


def paragraph_of(context, line) -> Paragraph | None:
    """Measure what stands in a line box; None where its lines are not ours. Each of its text boxes gets its `place`."""
    found = list(leaves(line))
    text = "".join(part for _, part in found)
    if line.style["direction"] != "ltr" or not marks.CHINESE.search(text) or marks.RIGHT_TO_LEFT.search(text):
        return None
    if any(mark in text for mark in "\u00ad\t"):
        return None
    size = len(text)
    made = Paragraph(text, *(array("d", bytes(8 * size)) for _ in range(5)), {}, is_flush=line.style["text_align_all"] == "justify")
    closed = set()
    sizes = []
    for (box, part), start in zip(found, accumulate((len(part) for _, part in found), initial=0), strict=False):
        sizes += [box.style["font_size"]] * len(part)
        if not isinstance(box, boxes.TextBox) or not part:
            continue
        box.place = None
        wraps = box.style["white_space"]
        if wraps in ("normal", "nowrap") and box.style["font_size"] and "\n" not in part:
            _measure(context, box, made, start)
            box.place = Place(made, start)
        if wraps in ("nowrap", "pre"):
            closed.update(range(start + 1, start + len(part)))
    _squeeze(made, sizes)
    if line.style["text_align_all"] != "justify":
        # What shrinks to fit its text does not know of the seams between elements.
        for start in made.leaves:
            made.lead[start] = 0.0
    attributes = get_log_attrs(text, line.style["lang"])
    opened = {match.start() for match in marks.OPEN.finditer(text)}
    closed.update(match.start() for match in marks.CLOSED.finditer(text))
    made.breaks = [place for place in range(1, size) if place not in closed and (attributes[place].is_line_break or place in opened)] + [size]
    made.gaps = [match.start() for match in marks.GAP.finditer(text)]
    made.reach = list(accumulate(map(float.__add__, made.advances, made.lead), initial=0.0))
    made.spare = list(accumulate(map(float.__add__, made.left, made.right), initial=0.0))
    return made


def leaves(box) -> Iterator[tuple[boxes.Box, str]]:
    """The text boxes and other things that stand in a line, each with its text."""
    if isinstance(box, boxes.TextBox):
        yield box, box.text
    elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from leaves(child)
    else:
        yield box, THING


def place_of(box) -> Place | None:
    """The place of a text box, if its text is still what stands there."""
    place = vars(box).get("place")
    return place if place and place.paragraph.text.startswith(box.text, place.start) else None


def _measure(context, box, made: Paragraph, start: int) -> None:
    """Shape a text box and write down what its characters measure."""
    company = marks.COMPANY if marks.ALONE.fullmatch(box.text) else ""
    layout = create_layout(box.text + company, box.style, context, None, 0)
    line, _ = layout.get_first_line()
    size = box.style["font_size"]
    ink = ffi.new("PangoRectangle *")
    at, reached, whole = start, 0, len(box.text.encode())
    text = made.text
    run = line.runs
    while run:
        item, glyphs = run.data.item, run.data.glyphs
        count, offset, font = glyphs.num_glyphs, item.offset, item.analysis.font
        clusters = ffi.unpack(glyphs.log_clusters, count)
        values = memoryview(ffi.buffer(glyphs.glyphs, count * _GLYPH)).cast("i")
        step = len(values) // count
        for index in range(count):
            cluster = clusters[index]
            begins = offset + cluster
            if begins >= whole:
                break
            # A cluster's width goes to its first character.
            while reached < begins:
                reached += len(text[at].encode())
                at += 1
            width = values[index * step + 1] * FROM_UNITS
            made.advances[at] += width
            if width > 0.9 * size and marks.HALVED.match(text, at):
                pango.pango_font_get_glyph_extents(font, glyphs.glyphs[index].glyph, ink, ffi.NULL)
                if ink.x * FROM_UNITS >= _HALF * size:
                    made.left[at] = size / 2
                elif (ink.x + ink.width) * FROM_UNITS <= (1 - _HALF) * size:
                    made.right[at] = size / 2
        run = run.next
    _, height = line_size(line, box.style)
    if box.style["letter_spacing"] != "normal":
        made.advances[start + len(box.text) - 1] += box.style["letter_spacing"] / 2
        made.advances[start] += box.style["letter_spacing"] / 2
    layout.deactivate()
    made.leaves[start] = Leaf(vars(layout), height)


def _squeeze(made: Paragraph, sizes: list[float]) -> None:
    """Take from adjacent marks what they lose, and put Chinese and Latin apart."""
    text = made.text
    for match in re.finditer(f"(?={marks.HALVED.pattern}{{2}})", text):
        at = match.start()
        side = marks.squeezes(text[at], text[at + 1])
        if side < 0:
            made.advances[at] -= made.right[at]
            made.right[at] = 0
        elif side > 0:
            made.advances[at + 1] -= made.left[at + 1]
            made.shifts[at + 1] -= made.left[at + 1]
            made.left[at + 1] = 0
    for match in marks.SEAM.finditer(text):
        at = match.start()
        made.lead[at] = (marks.OUTER_SEAM_GAP if at in made.leaves else marks.SEAM_GAP) * sizes[at - 1]
    for match in marks.SPACE.finditer(text):
        made.advances[match.start()] = min(made.advances[match.start()], marks.SPACE_GAP * sizes[match.start()])
