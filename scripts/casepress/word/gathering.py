"""Gathering: what a document collects while it is written: its pictures, its notes, and numbers that are given once."""

from collections.abc import Callable, Mapping
from math import ceil
from xml.etree.ElementTree import Element

from casepress.book.measures import Profile
from casepress.facts import developing, pictures
from casepress.word.looks import Look
from casepress.word.names import bookmark
from casepress.word.numbering import Numbering
from casepress.word.package import Relations, picture_kind
from casepress.word.paragraphs import run
from casepress.word.xml import part, plain, w

Assets = Mapping[str, Callable[..., bytes]]
DPI = 240  # so many of a picture's pixels at most stand in an inch
_LEAST = 150  # and so many at least: a small picture is not blown up
_EMU = 12700  # of a point
_LINES = 12  # the most lines that a picture within a line of text is high
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


class Gathered:
    """What belongs to the whole document. `relations` are those of its text, `note_relations` those of its notes."""

    def __init__(self, profile: Profile, assets: Assets, inks: Mapping[str, str]) -> None:
        self.profile, self.inks = profile, inks
        self.relations, self.note_relations = Relations(), Relations()
        self.parts: dict[str, bytes] = {}
        self.numbering = Numbering()
        self.numbers: list[tuple[str, Element]] = []  # bookmarks, and where their pages are said
        self.notes: list[Element] = []
        self._assets = assets
        self._media: dict[tuple[str, str], str] = {}
        self._drawings = 0
        self._marked: set[str] = set()

    def marks(self, anchor: str) -> tuple[Element, ...]:
        """A bookmark at an id; none where there was one already."""
        name = bookmark(anchor)
        if name in self._marked:
            return ()
        self._marked.add(name)
        number = len(self._marked)
        return w("bookmarkStart", {"id": number, "name": name}), w("bookmarkEnd", {"id": number})

    def call(self, paragraphs: list[Element]) -> Element:
        """A note and the mark that calls it. The program that shows them counts, so that a note which somebody adds is counted too."""
        id_ = len(self.notes) + 1
        self.notes.append(w("footnote", {"id": id_}, *paragraphs))
        return run(Look(style="FootnoteReference"), w("footnoteReference", {"id": id_}))

    def is_marked(self, anchor: str) -> bool:
        """Whether there is a bookmark at an id already."""
        return bookmark(anchor) in self._marked

    def picture(self, source: str, alt: str, relations: Relations, alone: bool, width: float = 0) -> Element | None:
        """A picture as a run, in the size in which the book prints it: `alone` as a figure, or within a line; a drawing, as
        a QR code, has the width that is given. None where there is no such picture."""
        name = source.removeprefix("asset:")
        give = self._assets.get(name)
        if give is None:
            return None
        pixels = pictures.size_of(name) or (1, 1)
        wide, high = (width, width) if width else self._size(pixels, alone)
        data = give(tuple(ceil(side / 72 * DPI) for side in (wide, high))) if not width else give()
        if not picture_kind(data):
            data = developing.as_png(data)
        at = self._media.setdefault((name, f"{wide:.2f}"), f"media/picture{len(self._media) + 1}.{picture_kind(data)}")
        self.parts[f"word/{at}"] = data
        self._drawings += 1
        return run(Look(), _drawing(self._drawings, relations.to("image", at), wide, high, alt))

    def cover(self, source: str, width: float, height: float) -> Element | None:
        """The bureau's own picture behind a whole page of these measures in pt, cut to its shape; None where there is none."""
        give = self._assets.get(source)
        if give is None:
            return None
        pixels = (ceil(width / 72 * DPI), ceil(height / 72 * DPI))
        data = give(tuple(2 * side for side in pixels))
        wide, high = pictures.size(data)
        data = data if picture_kind(data) else developing.as_png(data)
        at = f"media/cover.{picture_kind(data)}"
        self.parts[f"word/{at}"] = data
        self._drawings += 1
        too_wide, too_high = max(0.0, 1 - width * high / height / wide), max(0.0, 1 - height * wide / width / high)
        cut = (too_wide / 2, too_high / 2)
        return run(Look(), _drawing(self._drawings, self.relations.to("image", at), width, height, "封面图片", cut, behind=True))

    def notes_part(self) -> bytes:
        """The part `footnotes.xml`."""
        rules = (("separator", -1), ("continuationSeparator", 0))
        lines = [w("footnote", {"type": kind, "id": n}, w("p", None, w("r", None, w(kind)))) for kind, n in rules]
        return part(w("footnotes", None, *lines, *self.notes))

    def _size(self, pixels: tuple[int, int], alone: bool) -> tuple[float, float]:
        profile = self.profile
        width, height = pixels
        most = profile.pitch * (profile.lines // 2 if alone else _LINES)
        scale = min(72 / _LEAST, profile.measure / width, most / height)
        return width * scale, height * scale


def _drawing(
    number: int, relation: str, width: float, height: float, alt: str, cut: tuple[float, float] = (0, 0), behind: bool = False
) -> Element:
    """A picture in a line, or `behind` the page from its corner; `cut` is what is lost of it on each side and above and below."""
    size = {"cx": round(width * _EMU), "cy": round(height * _EMU)}
    name = f"图片 {number}"
    wide, high = (round(part * 100_000) for part in cut)
    crop = [plain("a:srcRect", {"l": wide, "t": high, "r": wide, "b": high})] if wide or high else []
    fill = plain("pic:blipFill", None, plain("a:blip", {"r:embed": relation}), *crop, plain("a:stretch", None, plain("a:fillRect")))
    frame = plain("a:xfrm", None, plain("a:off", {"x": 0, "y": 0}), plain("a:ext", size))
    form = plain("pic:spPr", None, frame, plain("a:prstGeom", {"prst": "rect"}, plain("a:avLst")))
    about = plain("pic:nvPicPr", None, plain("pic:cNvPr", {"id": number, "name": name, "descr": alt}), plain("pic:cNvPicPr"))
    picture = plain("a:graphicData", {"uri": _PICTURE}, plain("pic:pic", None, about, fill, form))
    said = plain("wp:docPr", {"id": number, "name": name, "descr": alt})
    rest = (said, plain("wp:cNvGraphicFramePr", None, plain("a:graphicFrameLocks", {"noChangeAspect": 1})), plain("a:graphic", None, picture))
    apart = {"distT": 0, "distB": 0, "distL": 0, "distR": 0}
    if not behind:
        return w("drawing", None, plain("wp:inline", apart, plain("wp:extent", size), *rest))
    places = [plain(f"wp:position{side}", {"relativeFrom": "page"}, plain("wp:posOffset", text="0")) for side in "HV"]
    how = {"simplePos": 0, "relativeHeight": 1, "behindDoc": 1, "locked": 0, "layoutInCell": 0, "allowOverlap": 1}
    start = (plain("wp:simplePos", {"x": 0, "y": 0}), *places, plain("wp:extent", size), plain("wp:wrapNone"))
    return w("drawing", None, plain("wp:anchor", apart | how, *start, *rest))
