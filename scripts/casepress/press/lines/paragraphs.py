"""Paragraphs: what each character of a paragraph measures, and where its next line ends.

A paragraph is shaped once, whatever inline boxes its text stands in; its lines are then found by adding. Adjacent
marks are squeezed over the seams of boxes, and a line may become shorter by what its marks can lose (先挤进，后推出).
Lengths are in CSS px. In: what shaping found (`Shaped`); out: a `Paragraph`.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import accumulate, compress
from operator import add, sub

from casepress.press.lines import marks

_EASY = 0.35  # the part of what its marks can lose that a line gives up without need
_LOOSE = 0.06  # ems in each gap; a line that would stand looser than this is squeezed as far as it goes
_TORN = 0.25  # ems; no line is made looser than this for the sake of the last one


@dataclass(frozen=True)
class Shaped:
    """What shaping found about each character of a paragraph: its advance, what it can lose on either side, its font size.

    `leaves` tells how each text box was shaped, by the place where its text begins; only who shaped it reads that.
    """

    text: str
    advances: array
    left: array
    right: array
    sizes: list[float]
    leaves: Mapping[int, object]


@dataclass
class Paragraph:
    """One value for each character: its advance, how far its glyph is moved, what it can still lose on either side,
    and the space before it that belongs to no box. `starts` are the places where text boxes begin. `reach` is the length
    up to each place, `spare` what all marks up to there can lose, `held` what is left when they have, `most` the widest
    advance. `is_flush`: its lines are justified. `start`, `edge` and `debt` are of the line being laid out: where it begins,
    its right edge, and how much longer than told its text is.
    """

    text: str
    advances: array
    shifts: array
    left: array
    right: array
    lead: array
    leaves: Mapping[int, object]
    starts: list[int]
    breaks: list[int]
    reach: list[float]
    spare: list[float]
    held: list[float]
    gaps: list[int]
    most: float
    is_flush: bool
    start: int = 0
    edge: float | None = None
    debt: float = 0.0

    def leaf(self, start: int) -> object:
        """The leaf that a place is in."""
        return self.leaves[self.starts[bisect_right(self.starts, start) - 1]]

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
        breaks = self.breaks
        first, last = bisect_right(breaks, start), bisect_right(breaks, end)
        if self.length(start, end, False) <= room:
            return self._with_company(start, end, end, room, yielding, first, last)
        natural = squeezed = stands = None
        # Marks that end a line are short, so a place may fit although the one before it does not.
        near = bisect_right(breaks, bisect_right(self.reach, self.reach[start] + room) - 1, first, last)
        # No further than marks alone could yield, and a few characters for what is blank at the line's ends.
        far = bisect_right(self.held, self.reach[start] - self.spare[self.start] + room + 99) if yielding else 0
        far = max(far, bisect_right(self.reach, self.reach[start] + room + 99))
        reach, right, begin = self.reach, self.right, self.reach[start]
        head = self.lead[start] + (self.left[start] if start else 0) if start == self.start else 0
        for place in breaks[max(first, near - 1) : bisect_right(breaks, far, first, last)]:
            seen = self.visible(start, place)
            over = reach[seen] - begin - head - (right[seen - 1] if seen > start else 0) - room  # as `length` has it
            if over <= 0:
                natural = squeezed = place
                stands = None
            elif yielding:
                spare = self._spare(place)
                if over <= spare:
                    if over > spare * _EASY and stands is None:
                        stands = self._stands(start, natural, room)
                    if over <= spare * _EASY or not stands:
                        squeezed = place
                elif over - max(spare, 0.0) > reach[seen] - reach[seen - 1]:
                    break  # not even what stands before the last character fits, and no character loses more than it measures
        return None if squeezed is None else self._with_company(start, squeezed, end, room, yielding, first, last)

    def forced_end(self, start: int, end: int, room: float) -> int | None:
        """Where a word of Chinese ends its line that is longer than it, as a long name in a narrow cell: behind its ·, else between two
        汉字, and not so that one of them is left alone. None where neither can be."""
        far = bisect_right(self.reach, self.reach[start] + room + 99)  # as `line_end` has it
        fits = [place for place in range(start + 1, min(far, end)) if self.length(start, place, True) <= room]
        for cut in marks.BROKEN:
            places = [place for place in fits if cut.match(self.text, place) and not marks.ORPHAN.fullmatch(self.text, place, end)]
            if places:
                return places[-1]
        return None

    def _with_company(self, start: int, best: int, end: int, room: float, yielding: bool, first: int, last: int) -> int:
        """The end that was found, or another one if it left a lone character to the last line."""
        stop = self.text.find("\n", best)
        stop = len(self.text) if stop < 0 else stop
        if best < stop and marks.ORPHAN.fullmatch(self.text, best, stop):
            if self.length(start, stop, True) - room <= (self._spare(stop) if yielding else 0):
                return min(stop, end)
            earlier = [place for place in self.breaks[bisect_left(self.breaks, best - 8, first, last) : last] if place < best]
            # Not at the price of a line torn apart, as where a long address stands before.
            if earlier and (not self.is_flush or self._opened(start, earlier[-1], room) <= _TORN):
                return earlier[-1]
        return best

    def gaps_between(self, start: int, end: int) -> list[int]:
        """The places that open on a line from start to end, counted from its start."""
        return [gap - start for gap in self.gaps[bisect_right(self.gaps, start) : bisect_left(self.gaps, end)]]

    def next_break(self, start: int, end: int) -> int:
        """The first place behind `start` where a line may end, at most `end`."""
        return min(self.breaks[bisect_right(self.breaks, start)], end)

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
        wide = self.advances[self.start : place]
        size = (self.most if self.most in wide else max(wide, default=0)) or 1
        left = room - self.length(start, self.visible(start, place), True)
        return left / size / count if count > 0 else 9.0 * (left > 0)


def paragraph(shaped: Shaped, ends: bytes, closed: Collection[int], is_flush: bool) -> Paragraph:
    """The paragraph of a shaped text.

    `ends` says of each place whether lines may end there by the rules of Unicode, as 1 or 0, its end included; `closed` are
    those where the style allows none; the rules of Chinese are added here (press/lines/marks.py).
    """
    text = shaped.text
    advances, shifts, left, right, lead = _squeezed(shaped)
    if not is_flush:  # what shrinks to fit its text does not know of the seams between elements
        for start in shaped.leaves:
            lead[start] = 0.0
    gaps, open_too = marks.opened(text)
    can_end = bytearray((int.from_bytes(ends) | int.from_bytes(open_too)).to_bytes(len(ends)))
    for long in marks.LONG.finditer(text):
        for match in marks.JOINT.finditer(text, *long.span()):
            can_end[match.start()] = 1
    for place in (*marks.closed(text), *closed, 0):
        can_end[place] = 0
    can_end[-1] = 1
    breaks = list(compress(range(len(can_end)), can_end))
    reach = list(accumulate(map(add, advances, lead), initial=0.0))
    spare = list(accumulate(map(add, left, right), initial=0.0))
    held = list(map(sub, reach, spare))
    starts = sorted(shaped.leaves)
    most = max(advances, default=0.0)
    return Paragraph(text, advances, shifts, left, right, lead, shaped.leaves, starts, breaks, reach, spare, held, gaps, most, is_flush)


def _squeezed(shaped: Shaped) -> tuple[array, array, array, array, array]:
    """Advances, shifts, what is left to lose, and leads: adjacent marks have lost what they lose, Chinese and Latin stand apart."""
    text, advances, left, right = shaped.text, shaped.advances[:], shaped.left[:], shaped.right[:]
    shifts, lead = array("d", bytes(8 * len(text))), array("d", bytes(8 * len(text)))
    for at in marks.meeting(text):
        side = marks.squeezes(text[at], text[at + 1])
        if side < 0:
            advances[at] -= right[at]
            right[at] = 0
        elif side > 0:
            advances[at + 1] -= left[at + 1]
            shifts[at + 1] -= left[at + 1]
            left[at + 1] = 0
    for at in marks.seams(text):
        lead[at] = (marks.OUTER_SEAM_GAP if at in shaped.leaves else marks.SEAM_GAP) * shaped.sizes[at - 1]
    for at in (match.start() for match in marks.SPACE.finditer(text)) if " " in text else ():
        advances[at] = min(advances[at], marks.SPACE_GAP * shaped.sizes[at])
    return advances, shifts, left, right, lead
