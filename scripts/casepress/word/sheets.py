"""Sheets: the pages of a stretch of the document: paper, margins, columns, page numbers and running heads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from xml.etree.ElementTree import Element

from casepress.book.measures import Profile
from casepress.word.looks import twips, whole_twips
from casepress.word.package import Relations
from casepress.word.paging import Page
from casepress.word.paragraphs import Paragraph
from casepress.word.xml import child, part, w

Edges = tuple[float, float, float, float]  # margins in pt: above, at the right, below, at the left


@dataclass(frozen=True)
class Stretch:
    """Pages that are alike: whether they begin on a right-hand one, or `goes_on` in the middle of one; what stands over left-hand and
    right-hand ones (`field` asks for it by a style); whether their numbers show, in which numerals they are, and whether they
    count from 1; how many columns they have; margins other than the profile's."""

    recto: bool = False
    goes_on: bool = False
    left: str = ""
    right: str = ""
    field: str = ""
    numbered: bool = True
    roman: bool = False
    first: bool = False
    turned: bool = False
    columns: int = 1
    edges: Edges | None = None


class Sheets:
    """The stretches of one document, and the heads and feet that they share."""

    def __init__(self, profile: Profile, relations: Relations, parts: dict[str, bytes]) -> None:
        self._profile, self._relations, self._parts = profile, relations, parts
        self._known: dict[bytes, str] = {}
        self._shapes: list[tuple[Element, Stretch]] = []

    def put(self, body: Element, blocks: list[Element], stretch: Stretch, turned: str) -> None:
        """Put blocks into the body as a stretch; those that are turned stand on pages of their own between."""
        waiting: list[Element] = []
        for block in blocks:
            if block.tag != f"w:{turned}":
                waiting.append(block)
                continue
            if waiting:
                self._close(body, waiting, stretch)
                stretch, waiting = _next(stretch), []
            self._close(body, list(block), replace(stretch, turned=True, goes_on=False))
            stretch = _next(stretch)
        if waiting:
            self._close(body, waiting, stretch)

    def finish(self, body: Element, firsts: Sequence[Page]) -> None:
        """The last stretch's pages stand behind the whole body. A stretch's first page has no head; its number is on the side
        of the page that it probably is, one of `firsts`."""
        if len(body) and (shape := child(body[-1], "pPr", "sectPr")) is not None:
            child(body[-1], "pPr").remove(shape)
            body.append(shape)
        for (shape, stretch), page in zip(self._shapes, firsts, strict=True):
            if self._profile.heads and not stretch.goes_on and not stretch.turned and (stretch.left or stretch.right):
                empty = w("hdr", None, Paragraph("Header").element())
                foot = _foot(self._profile, stretch, page.number % 2 == 0)
                shape.insert(2, w("headerReference", {"type": "first", "r:id": self._part("header", empty)}))
                shape.insert(5, w("footerReference", {"type": "first", "r:id": self._part("footer", foot)}))
                shape.insert(list(shape).index(child(shape, "docGrid")), w("titlePg"))

    def _close(self, body: Element, blocks: list[Element], stretch: Stretch) -> None:
        if blocks[-1].tag != "w:p":
            blocks = [*blocks, w("p", None, w("pPr", None, w("spacing", {"line": 20, "lineRule": "exact"})))]
        shape = self._shape(stretch)
        self._shapes.append((shape, stretch))
        child(blocks[-1], "pPr").append(shape)
        body.extend(blocks)

    def _shape(self, stretch: Stretch) -> Element:
        profile = self._profile
        found = w("sectPr")
        for kind, even in (("default", False), ("even", True)):
            found.append(w("headerReference", {"type": kind, "r:id": self._part("header", _head(profile, stretch, even))}))
        for kind, even in (("default", False), ("even", True)):
            found.append(w("footerReference", {"type": kind, "r:id": self._part("footer", _foot(profile, stretch, even))}))
        found.append(w("type", {"val": "continuous" if stretch.goes_on else "oddPage" if stretch.recto else "nextPage"}))
        wide, high = twips(profile.width), twips(profile.height)
        above, below, inner, outer = map(whole_twips, (profile.above, profile.below, profile.inner, profile.outer))
        head, foot = max(0, twips(profile.above - profile.pitch * 1.9)), max(0, int((profile.below - profile.pitch * 2.4) * 20))
        if stretch.turned:
            found.append(w("pgSz", {"w": high, "h": wide, "orient": "landscape"}))
            edges = {"top": inner, "right": above, "bottom": outer, "left": below}
        else:
            found.append(w("pgSz", {"w": wide, "h": high}))
            edges = {"top": above, "right": outer, "bottom": below, "left": inner}
        if stretch.edges:
            edges, head, foot = dict(zip(edges, map(twips, stretch.edges), strict=True)), 0, 0
        found.append(w("pgMar", edges | {"header": head, "footer": foot, "gutter": 0}))
        numbers = {"fmt": "lowerRoman" if stretch.roman else "decimal"} | ({"start": 1} if stretch.first else {})
        found.append(w("pgNumType", numbers))
        if stretch.columns > 1:
            found.append(w("cols", {"num": stretch.columns, "space": twips(2 * profile.body)}))
        found.append(w("docGrid", {"type": "lines", "linePitch": ceil(profile.pitch * 20) - 1}))  # LibreOffice rounds up, and loses a line
        return found

    def _part(self, kind: str, root: Element) -> str:
        """The name under which the document leads to a head or foot."""
        data = part(root)
        name = self._known.get(data)
        if name is None:
            name = self._known[data] = f"{kind}{sum(known.startswith(kind) for known in self._known.values()) + 1}.xml"
            self._parts[f"word/{name}"] = data
        return self._relations.to(kind, name)


def _next(stretch: Stretch) -> Stretch:
    """What goes on behind a page that is turned."""
    return replace(stretch, recto=False, first=False, goes_on=False)


def _head(profile: Profile, stretch: Stretch, even: bool) -> Element:
    words = stretch.left if even else stretch.right
    made = Paragraph("Header", () if even else (w("jc", {"val": "right"}),))
    if profile.heads and words:
        if stretch.field and not even:
            made.field(f"STYLEREF {stretch.field}", words)
        else:
            made.text(words)
    return w("hdr", None, made.element())


def _foot(profile: Profile, stretch: Stretch, even: bool) -> Element:
    """The page number: between dashes or plain, in the middle or a character in from the outer edge."""
    numbers = profile.numbers
    if numbers.place == "centre":
        shape = [w("jc", {"val": "center"})]
    else:
        side = "left" if even else "right"
        shape = [w("ind", {f"{side}Chars": 100, side: twips(numbers.size)}), w("jc", {"val": side})]
    made = Paragraph("Footer", tuple(shape))
    if stretch.numbered:
        made.text("— " if numbers.style == "dashes" else "")
        made.field("PAGE", "i" if stretch.roman else "1")
        made.text(" —" if numbers.style == "dashes" else "")
    return w("ftr", None, made.element())


def settings_part() -> bytes:
    """The part `settings.xml`: pages that mirror each other, marks of Chinese text that are squeezed, notes that count from 1 in each
    stretch (LibreOffice 7.4 understands that only where it is said of the whole document)."""
    root = w("settings", None, w("zoom", {"percent": 100}), w("mirrorMargins"), w("defaultTabStop", {"val": 420}), w("evenAndOddHeaders"))
    root.append(w("characterSpacingControl", {"val": "compressPunctuation"}))
    root.append(w("footnotePr", None, w("numRestart", {"val": "eachSect"}), w("footnote", {"id": -1}), w("footnote", {"id": 0})))
    known = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": 15}
    root.append(w("compat", None, w("compatSetting", known)))
    root.append(w("themeFontLang", {"val": "en-US", "eastAsia": "zh-CN"}))
    return part(root)
