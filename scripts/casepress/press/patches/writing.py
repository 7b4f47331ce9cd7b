"""Writing: a laid-out document as a PDF that knows no book: no faces, no page numbers, the same wherever it is bound.

Faces are named and what they show is noted; the binder embeds each once. Links may lead to what other documents hold.
What stands at the outer edge is written twice, as it stands on a right-hand and on a left-hand page.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace

import pydyf
from tinycss2.color5 import D50, D65
from weasyprint import Document
from weasyprint.document import Page
from weasyprint.matrix import Matrix
from weasyprint.pdf import _use_references, fonts, stream
from weasyprint.pdf.anchors import add_links
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import get_pango_font_hb_face

from casepress.press.patches.drawing import drawn_bold, readable
from casepress.press.patches.fontconfig import FontConfiguration, standing
from casepress.press.patches.known import Ours, UnknownWeasyPrint, replaced
from casepress.press.patches.pages import mirrored
from casepress.press.patches.showing import shown_as_measured
from casepress.press.patches.trees import Tags
from casepress.press.written.sheets import Face, Sheet

_SCALE = 0.75  # pt in a CSS px
_FAR = 70_000  # CSS px: nothing stands there, so the place of each mirrored box is found again in what is drawn


@dataclass(frozen=True)
class Paper:
    """A document as it was written: a PDF without faces, its sheets, the ids that its links lead to.

    `faces` are those of its pages and, one by one, those of each sheet of furniture behind them. `links` gives the place that each
    tagged link has among them, from 0, `sides` where each is clicked, in pt, `figures` the page and the sides of each element of a figure: these are not in the PDF,
    for they hang on the book.
    """

    pdf: pydyf.PDF
    sheets: tuple[Sheet, ...]
    faces: tuple[tuple[Face, ...], ...]
    leads: tuple[str, ...]
    links: Mapping[int, int]
    sides: Mapping[int, tuple[float, float, float, float]]
    figures: Mapping[int, tuple[int, tuple[float, float, float, float]]]

    def objects(self) -> Iterator[tuple[int, bytes, bytes | None]]:
        """Each object's number and text, and of a stream its bytes, as it was drawn or as its filter has it."""
        for item in self.pdf.objects:
            if isinstance(item, pydyf.Stream | pydyf.Dictionary | pydyf.Array):
                yield item.number, *self.object(item.number)

    def object(self, number: int) -> tuple[bytes, bytes | None]:
        """The text of an object, and of a stream its bytes, as it was drawn or as its filter has it."""
        item = self.pdf.objects[number]
        if isinstance(item, pydyf.Stream):
            return pydyf.Dictionary(item.extra).data, b"\n".join(map(pydyf._to_bytes, item.stream))
        return item.data, None

    @property
    def data(self) -> bytes:
        """The PDF as a file, not compressed."""
        out = io.BytesIO()
        self.pdf.write(out, "1.7", None, False)
        return out.getvalue()


def written(document: Document, plain: int = 0, tagged: bool = True) -> Paper:
    """A document's pages as a PDF; the last `plain` ones are furniture, without tags and links. Raises known.UnknownWeasyPrint."""
    writer, number = Writer(document.font_config, tagged), len(document.pages) - plain
    writer.add(document.pages[:number])
    writer.add(document.pages[number:], plain=True)
    return writer.paper(document.metadata.lang)


def _no_file(ask):
    """WeasyPrint's reading of a whole font file, which a document that embeds none does not need."""
    return lambda face, *others: ask(face, *others) if others else b""


class _Fonts:
    """The fonts of a configuration as WeasyPrint makes them, each once for all documents that are set in it, and where each stands."""

    def __init__(self, told: FontConfiguration) -> None:
        self._told, self._made = told, vars(told).setdefault("_casepress_made", {})

    def make(self, ask):
        """WeasyPrint's `Font`, of which a document gets a copy that shows nothing yet."""

        def font(pango_font, description, font_size):
            key = pango.pango_font_description_hash(description), font_size
            if key not in self._made:
                made = self._made[key] = ask(pango_font, description, font_size)
                made.standing, made.measured = standing(pango_font, self._told), {}
            own = copy(self._made[key])
            own.hb_font, own.hb_face = pango.pango_font_get_hb_font(pango_font), get_pango_font_hb_face(pango_font)
            own.widths, own.to_unicode, own.missing = {}, {}, {}
            return own

        return font


class _Shown(dict):
    """The fonts of one page: those of the document that it asks for."""

    def __init__(self, everywhere: dict) -> None:
        super().__init__()
        self._everywhere = everywhere

    def __contains__(self, key: object) -> bool:
        if not super().__contains__(key) and key in self._everywhere:
            super().__setitem__(key, self._everywhere[key])
        return super().__contains__(key)

    def __setitem__(self, key, font) -> None:
        self._everywhere[key] = font
        super().__setitem__(key, font)


class _Pdf(pydyf.PDF):
    """A PDF that lists its pages anew only where one was added: each element of its tags asks for them."""

    _listed: tuple[bytes, ...] = ()

    @property
    def page_references(self) -> tuple[bytes, ...]:
        if len(self._listed) != self.pages["Count"]:
            self._listed = super().page_references
        return self._listed


class Writer:
    """A PDF while its pages are drawn one by one; it keeps none of them."""

    def __init__(self, told: FontConfiguration, tagged: bool) -> None:
        self._told, self._fonts = told, _Fonts(told)
        self._pdf, self._images, self._streams = _Pdf(), {}, []
        self._tags = Tags(self._pdf) if tagged else None
        self._sheets: list[Sheet] = []
        self._shown: list[dict] = [{}]
        self._moved: list[list[float]] = []
        self._known: set[str] = set()
        self._leads: dict[str, None] = {}
        self._named: dict[str, pydyf.Dictionary] = {}

    def add(self, pages: Iterable[Page], plain: bool = False) -> None:
        """Draw further pages; `plain` ones are furniture, and stand behind all others. Raises known.UnknownWeasyPrint."""
        with (
            replaced(Ours(fonts, "get_hb_object_data", _no_file), Ours(stream, "Font", self._fonts.make)),
            shown_as_measured(),
            drawn_bold(),
            readable(),
        ):
            for page in pages:
                if plain:
                    self._shown.append({})
                self._sheets.append(self._sheet(page, len(self._sheets), self._shown[-1], self._tags is not None and not plain, not plain))
                if self._tags and not plain:
                    self._tags.add(page, self._streams[-1])

    def paper(self, lang: str | None) -> Paper:
        """All that was drawn; `lang` is the language of the document."""
        if self._tags:
            self._tags.finish(lang)
        made = [self._left(sheet) for sheet in self._sheets]
        return Paper(
            self._pdf,
            tuple(made),
            tuple(tuple(_faces(each.values())) for each in self._shown),
            tuple(self._leads),
            _links(self._pdf),
            _sides(self._pdf),
            _figures(self._pdf),
        )

    def _sheet(self, page, number: int, everywhere: dict, tagged: bool, linked: bool) -> Sheet:
        shown, tags = _Shown(everywhere), {} if tagged else None
        resources = pydyf.Dictionary({name: pydyf.Dictionary() for name in ("ExtGState", "XObject", "Pattern", "Shading", "ColorSpace")})
        left, top = (-_SCALE * page.bleed[side] for side in ("left", "top"))
        right, bottom = _SCALE * (page.width + page.bleed["right"]), _SCALE * (page.height + page.bleed["bottom"])
        area = tuple(side / _SCALE for side in (left, top, right, bottom))
        drawn = stream.Stream(shown, area, resources, self._images, tags, {}, None, compress=False)
        drawn.transform(d=-1, f=page.height * _SCALE)
        self._pdf.add_object(drawn)
        self._streams.append(drawn)
        leaf = pydyf.Dictionary({"Type": "/Page", "Parent": self._pdf.pages.reference, "MediaBox": pydyf.Array([left, top, right, bottom])})
        leaf |= {"Contents": drawn.reference, "Resources": resources}
        self._pdf.add_page(leaf)
        matrix, begins, bookmarks = Matrix(_SCALE, 0, 0, -_SCALE, 0, page.height * _SCALE), {}, ()
        if linked:
            links = [link for link in page.links if link[0] in ("internal", "external")]
            self._leads |= {target: None for kind, target, _, _ in links if kind == "internal"}
            begins = {name: matrix.transform_point(*place[:2]) for name, place in page.anchors.items() if name not in self._known}
            self._known |= begins.keys()
            add_links((links, ()), matrix, self._pdf, leaf, [], tags)
            bookmarks = tuple((level, label, *matrix.transform_point(*place)) for level, label, place, _ in page.bookmarks)
        moved = mirrored(page)
        for nth, (box, _) in enumerate(moved):
            box.transformation_matrix = Matrix(e=_FAR + nth)
        self._moved.append([by for _, by in moved])
        page.paint(drawn, _SCALE)
        drawn.stream = [b"\n".join(item if isinstance(item, bytes) else pydyf._to_bytes(item) for item in drawn.stream)]
        if b"/lab-d" in drawn.stream[0]:
            resources["ColorSpace"] = _lab()
        names = sorted({font.hash for font in shown.values()})
        resources["Font"] = pydyf.Dictionary({name: self._stands_for(name).reference for name in names})
        _use_references(self._pdf, resources, self._images, {})
        box = page._page_box
        shift = (box.margin_right - box.margin_left) * _SCALE
        size = (page.width * _SCALE, page.height * _SCALE, page.bleed["left"] * _SCALE)
        return Sheet(*size, shift, tuple(names), number, None, begins, bookmarks)

    def _stands_for(self, name: str) -> pydyf.Dictionary:
        """An object in the place of a face, one for each."""
        if name not in self._named:
            self._named[name] = pydyf.Dictionary({"Type": "/Font", "Name": f"/{name}"})
            self._pdf.add_object(self._named[name])
        return self._named[name]

    def _left(self, sheet: Sheet) -> Sheet:
        """The sheet with what is mirrored in its place, and a further page of the PDF for the left-hand side."""
        drawn, moved = self._streams[sheet.number], self._moved[sheet.number]
        if not moved:
            return sheet
        left = pydyf.Stream([_moved(drawn.stream[0], moved)])
        drawn.stream = [_moved(drawn.stream[0], [0.0] * len(moved))]
        self._pdf.add_object(left)
        right = self._pdf.objects[int(self._pdf.page_references[sheet.number].split()[0])]
        self._pdf.add_page(pydyf.Dictionary({**right, "Contents": left.reference, "Annots": pydyf.Array()}))
        return replace(sheet, left=self._pdf.pages["Count"] - 1)


def _links(pdf: pydyf.PDF) -> dict[int, int]:
    """The number that each tagged link has among its document's, from 0; it is taken off the link itself."""
    tagged = [item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and "StructParent" in item]
    return {item.number: nth for nth, item in enumerate(sorted(tagged, key=lambda item: item.pop("StructParent")))}


def _sides(pdf: pydyf.PDF) -> dict[int, tuple[float, float, float, float]]:
    """Where each link is clicked, in pt; it is taken off the link itself, for it moves with its page."""
    links = [item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and item.get("Subtype") == "/Link"]
    return {item.number: tuple(round(float(side), 3) for side in item.pop("Rect")) for item in links}


def _figures(pdf: pydyf.PDF) -> dict[int, tuple[int, tuple[float, float, float, float]]]:
    """For each element of a figure its page, from 0, and where it stands, in pt from the lower left corner.

    WeasyPrint says it in CSS px from the upper one; it is taken off the element, for it moves with its page.
    """
    pages = {reference: nth for nth, reference in enumerate(pdf.page_references)}
    found = {}
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("S") == "/Figure" and "A" in item:
            left, top, right, bottom = (_SCALE * side for side in item.pop("A")["BBox"])
            sheet = pdf.objects[int(item["Pg"].split()[0])]["MediaBox"]
            height = sheet[1] + sheet[3]  # of the trimmed page: the bleed is below 0 and above it
            found[item.number] = pages[item["Pg"]], tuple(round(side, 3) for side in (left, height - bottom, right, height - top))
    return found


def _moved(data: bytes, by: Sequence[float]) -> bytes:
    """What is drawn, each mirrored box moved to the right by so many px."""
    for nth, distance in enumerate(by):
        before, after = (b"\n1 0 0 1 %s 0 cm\n" % pydyf._to_bytes(float(place)) for place in (_FAR + nth, distance))
        if before not in data:
            raise UnknownWeasyPrint("WeasyPrint 画转过的文字的办法和这里知道的不一样，请把这句话交给技术人员")
        data = data.replace(before, after)
    return data


def _lab() -> pydyf.Dictionary:
    """The colour spaces that WeasyPrint names where a stylesheet says lab() and the like."""
    spaces = {"lab-d50": D50, "lab-d65": D65}
    return pydyf.Dictionary(
        {
            name: pydyf.Array(("/Lab", pydyf.Dictionary({"WhitePoint": pydyf.Array(white), "Range": pydyf.Array((-125, 125, -125, 125))})))
            for name, white in spaces.items()
        }
    )


def _faces(fonts_shown: Iterable) -> Iterator[Face]:
    """The faces of a document by name; WeasyPrint may have several fonts for one."""
    together: dict[str, list] = {}
    for font in fonts_shown:
        together.setdefault(font.hash, []).append(font)
    for name, same in sorted(together.items()):
        font = same[0]
        glyphs = {glyph: (text, each.widths.get(glyph, 0)) for each in same for glyph, text in each.to_unicode.items()}
        base = font.name.decode("latin-1").rpartition("+")[2]
        measures = (font.weight, int(font.style), font.font_size, font.ascent, font.descent, font.flags)
        yield Face(name, font.family, base, font.standing, font.index, *measures, dict(font.variations), glyphs)
