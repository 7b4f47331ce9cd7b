"""Renditions: in which sizes a picture stands on the website, and what a page says of it.

Flows in: the published name of a picture, which tells its size. Flows out: names of files and the attributes of an `<img>`.
"""

from dataclasses import dataclass

from casepress.facts.pictures import size_of

WIDTHS = (480, 960, 1600)  # of a phone, of a phone's dense screen and a desk's, of a desk's dense screen
# How wide a picture stands at most: the column of a case's text, or nearly all of a narrow screen.
_SIZES = "(max-width: 720px) 94vw, 680px"


@dataclass(frozen=True)
class Rendition:
    """A picture in one size: its file's name in the site's `pictures/`, and its width and height in pixels."""

    name: str
    width: int
    height: int


def renditions(name: str) -> tuple[Rendition, ...]:
    """The sizes in which a picture is published on the site, from narrow to wide; never more pixels than it has."""
    width, height = size_of(name) or (0, 0)
    if not width:
        return (Rendition(name, 0, 0),)
    widest = min(width, WIDTHS[-1])
    widths = [*(each for each in WIDTHS if each * 1.25 < widest), widest]  # a little smaller is not worth a file
    stem, suffix = name[:16], name.rpartition(".")[2]
    sizes = [(each, max(1, round(height * each / width))) for each in widths]
    return tuple(Rendition(f"{stem}-{w}x{h}.{suffix}", w, h) for w, h in sizes)


# How many times as wide as high pictures are, in hundredths, as far as the style sheet tells them apart (theme/styles/body.css).
SHAPES = (50, 56, 60, 67, 71, 75, 80, 90, 100, 110, 120, 125, 133, 141, 150, 160, 170, 178, 190, 200, 220)


def shape(width: str, height: str) -> str:
    """The class of a picture of this size that stands in a row: the nearest of SHAPES; empty where the size is not known."""
    if not (width.isdecimal() and height.isdecimal() and int(height)):
        return ""
    ratio = int(width) / int(height) * 100
    return f"cp-shape-{min(SHAPES, key=lambda each: abs(each - ratio) / each)}"


def attributes(name: str, root: str) -> dict[str, str]:
    """What an `<img>` of the site says of a picture besides its words; `root` leads from the page to the site's root.

    The largest rendition is `src`, for what knows no other; its width and height keep the place free while it loads.
    """
    every = renditions(name)
    largest, folder = every[-1], f"{root}pictures/"
    found = {"src": folder + largest.name}
    if len(every) > 1:
        found |= {"srcset": ", ".join(f"{folder}{each.name} {each.width}w" for each in every), "sizes": _SIZES}
    if largest.width:
        found |= {"width": str(largest.width), "height": str(largest.height)}
    return found | {"loading": "lazy", "decoding": "async"}
