"""Figures: how large pictures stand in a book, so that the text behind them stands on the lines of the page again.

In: the elements of a piece. Out: the same, each picture with its size, and asked for with no more pixels than it needs there.
"""

from math import ceil
from xml.etree.ElementTree import Element

from casepress.book.measures import Profile
from casepress.facts import pictures

LEAST = 150  # so many of a picture's pixels at least stand in an inch: a small one is not blown up
DPI = {"screen": 240, "print": 350}  # and so many at most: finer ones, which nobody sees, only make the file large
_LINES = 12  # the height of a picture in a line of text or a cell, as theme/print/case.css has it


def settle(root: Element, profile: Profile, edition: str) -> None:
    """Give each figure's picture a box of whole lines, and ask for every picture in the size that it has on paper.

    A figure is as wide as the measure, but at most half as high as the page, and not larger than its pixels allow.
    What is asked for is `asset:NAME@WIDTHxHEIGHT`, the most pixels that the edition shows; see `layout.AssetFetcher`.
    """
    in_figures = {picture for figure in root.iter("figure") for picture in figure.iter("img")}
    for picture in root.iter("img"):
        name = picture.get("src", "").removeprefix("asset:")
        if not (size := pictures.size_of(name)):
            continue  # a drawing, or the picture of a cover, which fills it
        if picture in in_figures:
            width, lines = _figure(size, profile)
            box, style = (width, width * size[1] / size[0]), f"width: {width:.2f}pt; height: {lines * profile.pitch:g}pt"
        else:
            box, style = (profile.measure, _LINES * profile.pitch), f"image-resolution: {LEAST}dpi"
        most = "x".join(str(ceil(side / 72 * DPI[edition])) for side in box)
        picture.set("src", f"asset:{name}@{most}")
        picture.set("style", style)


def asked(source: str) -> str:
    """The name of the picture that an address asks for, in whatever size; empty where it is no asset."""
    return source.removeprefix("asset:").partition("@")[0] if source.startswith("asset:") else ""


def _figure(size: tuple[int, int], profile: Profile) -> tuple[float, int]:
    """How wide a figure's picture stands, in pt, and how many lines are its."""
    width, height = size
    at_most = min(height * 72 / LEAST, profile.measure * height / width)
    lines = min(max(1, ceil(at_most / profile.pitch - 0.1)), profile.lines // 2)
    return min(at_most, lines * profile.pitch) * width / height, lines
