"""Figures: how large pictures stand in a book, and which of them side by side, so that the text behind them stands on lines.

In: the elements of a piece. Out: the same, each picture with its size, and asked for with no more pixels than it needs there.
A *unit* is a figure, or a row (`div.figures`) of two that are equally high.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil
from typing import NamedTuple
from xml.etree.ElementTree import Element

from casepress.book.indents import indent
from casepress.book.measures import Profile
from casepress.facts import pictures

LEAST = 150  # so many of a picture's pixels at least stand in an inch: a small one is not blown up
DPI = {"screen": 240, "print": 350}  # and so many at most: finer ones, which nobody sees, only make the file large
ROW = "figures"  # the class of a row
COLUMNS = "digest-columns"  # and of what stands in two columns
TURNED = "turned"  # and that of a table which stands on pages of its own (book/tabled.py)
_LINES = 12  # the height of a picture in a line of text or a cell, as theme/print/case.css has it
_GAP = 1  # characters between the two of a row
_PANORAMA = 2.2  # so many times as wide as high, a picture stands by itself
_NARROWEST = 0.3  # of the measure, for one of a row
_SHARED = 0.6  # of its height alone, that one of a row must keep beside the other
_ABOVE = "above-table"
_PIXEL = 0.3  # pt; a picture whose height was rounded to pixels is as wide as it should all the same
_LEAST_LINES = 3
_LEADING = 1.45  # of a caption's lines, in its size, as theme/print/case.css has it
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_POINTS_BACK = re.compile("上图|[上前]面(?:这|的|两|几)?[一两几]?[张幅]?(?:图|照片)|以上(?:各|两|几)?[张幅]?(?:图|照片)")
_MOST_CAPTION = 3  # lines of the text under one of a row


class Shape(NamedTuple):
    """How large a unit is: the widths of its pictures and their height, in pt, in a text so wide; how many lines they and their captions take."""

    room: float
    widths: tuple[float, ...]
    high: float
    lines: int
    beneath: int


def settle(root: Element, profile: Profile, edition: str) -> None:
    """Put pictures that follow one another side by side where they fit, and give every picture its size.

    What is asked for is `asset:NAME@WIDTHxHEIGHT`, the most pixels that the edition shows; see `layout.AssetFetcher`.
    """
    for parents in {id(parents[-1]): parents for _, parents in units(root)}.values():
        _pair(parents[-1], _room(parents, profile), profile)
        _behind_text(parents[-1])
        part_from_tables(parents[-1])
    placed = {picture for unit, _ in units(root) if not has(unit, TURNED) for picture in unit.iter("img")}
    for unit, parents in units(root):
        if made := shape(unit, parents, profile):
            dress(unit, made, profile, edition)
    for picture in root.iter("img"):
        name = asked(picture.get("src", ""))
        if picture not in placed and pictures.size_of(name):  # else a drawing, or the picture of a cover, which fills it
            _ask(picture, name, (profile.measure, _LINES * profile.pitch), edition)
            picture.set("style", f"image-resolution: {LEAST}dpi")


def units(root: Element) -> list[tuple[Element, Sequence[Element]]]:
    """Every unit, with the elements that it stands in from outside to inside; what stands in a cell is none."""

    def found(element: Element, parents: tuple[Element, ...]) -> Iterator[tuple[Element, Sequence[Element]]]:
        for child in element:
            if is_unit(child):
                yield child, (*parents, element)
            elif child.tag not in ("td", "th"):
                yield from found(child, (*parents, element))

    return list(found(root, ()))


def is_unit(element: Element) -> bool:
    """Whether an element is a figure, a row of them, or a table on pages of its own."""
    return element.tag == "figure" or has(element, ROW) or has(element, TURNED)


def has(element: Element, name: str) -> bool:
    """Whether an element is of a class."""
    return name in (element.get("class") or "").split()


def is_large(unit: Element) -> bool:
    """Whether an editor asked for more than half a page."""
    return has(unit, "full") or has(unit, "plate")


def part_from_tables(parent: Element) -> None:
    """Half a line stands above a table: it belongs to what stands above (book/tabled.py), whatever that is now."""
    for child, after in pairwise([*parent, Element("p")]):
        names = [name for name in (child.get("class") or "").split() if name != _ABOVE]
        names += [_ABOVE] if has(after, "tabled") and not has(after, "below-words") else []
        if names or child.get("class"):
            child.set("class", " ".join(names))


def asked(source: str) -> str:
    """The name of the picture that an address asks for, in whatever size; empty where it is no asset."""
    return source.removeprefix("asset:").partition("@")[0] if source.startswith("asset:") else ""


def shape(unit: Element, parents: Sequence[Element], profile: Profile, lines: int | None = None) -> Shape | None:
    """How large a unit's pictures stand, at most so many lines high without caption and air; None where no picture's size is known."""
    found = [pictures.size_of(asked(picture.get("src", ""))) for picture in unit.iter("img") if not has(unit, TURNED)]
    if not found or None in found:
        return None
    pitch = profile.pitch
    ratios = [width / height for width, height in found]
    room = _room(parents, profile) - (len(found) - 1) * _GAP * profile.body

    def beneath(high: float) -> int:
        widths = [room if len(found) == 1 else high * ratio for ratio in ratios]
        return max(_caption(figure, width, profile) for figure, width in zip(_figures(unit), widths, strict=True))

    high = min((room / 2 if has(unit, "half") else room) / sum(ratios), *(height * 72 / LEAST for _, height in found))
    most = profile.lines if is_large(unit) else profile.lines // 2
    high = min(high, max(_LEAST_LINES, most - beneath(high) - 1) * pitch)  # not less for captions that are longer below a narrower picture
    if lines is not None:
        high = min(high, lines * pitch)
    return Shape(room, tuple(high * ratio for ratio in ratios), high, max(1, ceil(high / pitch - 0.1)), beneath(high))


def dress(unit: Element, made: Shape, profile: Profile, edition: str) -> None:
    """Give a unit its size: it takes whole lines, with half a line of air above and below.

    The air below is a part of its height, for WeasyPrint counts the padding at the foot of a block twice where a page ends.
    """
    whole = (made.lines + made.beneath + 1) * profile.pitch
    is_plate = has(unit, "plate")
    free = profile.lines * profile.pitch if is_plate else whole
    above = round((free - made.high - made.beneath * profile.pitch) / 2, 2)
    below = 0 if is_plate else whole - above  # all in all exactly: a hundredth more, and it would not fit any more where it should
    is_row = unit.tag == "div"
    for figure, picture, width in zip(_figures(unit), unit.iter("img"), made.widths, strict=True):
        _ask(picture, asked(picture.get("src", "")), (width, made.high), edition)
        picture.set("style", f"width: {width:.4f}pt; height: {made.high + _PIXEL:.4f}pt")
        if is_row:  # together a little narrower than the measure
            gap = _GAP * profile.body - 0.05 if figure is unit[-1] else 0
            figure.set("style", f"width: {width:.4f}pt; margin-left: {gap:.2f}pt; min-height: {below:.2f}pt")
    unit.set("style", f"padding: {above:.2f}pt 0 0; min-height: {below:.2f}pt")


def _figures(unit: Element) -> list[Element]:
    return [unit] if unit.tag == "figure" else list(unit)


def _ask(picture: Element, name: str, box: tuple[float, float], edition: str) -> None:
    most = "x".join(str(ceil(side / 72 * DPI[edition])) for side in box)
    picture.set("src", f"asset:{name}@{most}")


def _pair(parent: Element, room: float, profile: Profile) -> None:
    """Make rows of the figures of an element that follow one another, two by two."""
    children = list(parent)
    at = 0
    while at + 1 < len(children):
        left, right = children[at : at + 2]
        if left.tag == right.tag == "figure" and not (left.tail or "").strip() and _are_pair(left, right, room, profile):
            row = Element("div", {"class": ROW})
            row.extend((left, right))
            for each in row:
                each.set("class", " ".join(name for name in (each.get("class") or "").split() if name != _ABOVE))
            row.tail, left.tail, right.tail = right.tail, "", ""
            children[at : at + 2] = [row]
        at += 1
    parent[:] = children


def _behind_text(parent: Element) -> None:
    """Put pictures that stand between a heading and the text of its section behind the first paragraph."""
    children = list(parent)
    for at, heading in enumerate(children):
        end = next((n for n in range(at + 1, len(children)) if not is_unit(children[n])), len(children))
        if heading.tag in HEADINGS and at + 1 < end < len(children) and children[end].tag == "p" and not points_back(children[end]):
            children[at + 1 : end + 1] = [children[end], *children[at + 1 : end]]
    parent[:] = children


def points_back(element: Element) -> bool:
    """Whether a text speaks of the picture above it."""
    return _POINTS_BACK.search("".join(element.itertext())) is not None


def _are_pair(left: Element, right: Element, room: float, profile: Profile) -> bool:
    """Whether two figures fit side by side: neither is asked to be large, nor becomes much smaller than it is alone."""
    if is_large(left) or is_large(right):
        return False
    sizes = [pictures.size_of(asked(each.get("src", ""))) for figure in (left, right) for each in figure.iter("img")]
    if len(sizes) != 2 or None in sizes:
        return False
    ratios = [width / height for width, height in sizes]
    whole = room - _GAP * profile.body
    high = whole / sum(ratios)
    own = [min(high, height * 72 / LEAST) for _, height in sizes]
    return (
        max(ratios) <= _PANORAMA
        and min(ratios) * high >= _NARROWEST * whole
        and min(own) >= max(_SHARED * max(own), _LEAST_LINES * profile.pitch)
        and all(_caption(each, min(own) * ratio, profile) <= _MOST_CAPTION for each, ratio in zip((left, right), ratios, strict=True))
    )


def _caption(figure: Element, width: float, profile: Profile) -> int:
    """How many lines of the text a figure's caption takes in a width: its own are closer together."""
    words = "".join(word for caption in figure.iter("figcaption") for word in caption.itertext()).strip()
    ems = sum(1 if unicodedata.east_asian_width(each) in "WFA" else 0.55 for each in words)
    held, leading = width / profile.caption.size, profile.caption.size * _LEADING
    lines = 1 if ems <= held else ceil(ems / max(held - 1, 1))
    return ceil((lines * leading + (profile.pitch - leading) / 2) / profile.pitch - 0.1) if words else 0


def _room(parents: Sequence[Element], profile: Profile) -> float:
    """How wide the text is that a unit stands in."""
    taken = sum(sum(indent(parent, child, profile)) for parent, child in zip(parents, parents[1:], strict=False))
    measure = profile.column.measure if any(has(each, COLUMNS) for each in parents) else profile.measure
    return max(measure - taken, measure / 3)
