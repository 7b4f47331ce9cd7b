"""Document: a whole book as the bytes of a .docx, its pieces in the order of the book.

Flows in: a `Book`, the `Composer` that gives its HTML, the table of pictures. Flows out: the bytes, the same for the same book.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from types import MappingProxyType
from xml.etree.ElementTree import Element

from casepress.book.book import Book, Piece, Section, back, front, sections
from casepress.book.composing import Composer, Pages
from casepress.facts import codes
from casepress.facts.moments import moment
from casepress.markup import parsing
from casepress.word import covers, styles
from casepress.word.blocks import TURNED, Walk, Where
from casepress.word.gathering import Assets, Gathered
from casepress.word.inline import Line, classes, separate
from casepress.word.looks import twips
from casepress.word.names import bookmark
from casepress.word.package import packed
from casepress.word.paging import Page, Paging
from casepress.word.paragraphs import begun, ended
from casepress.word.ruler import Ruler
from casepress.word.sheets import Sheets, Stretch, settings_part
from casepress.word.tables import table
from casepress.word.xml import child, part, w

_INKS = ("ink", "soft", "quiet", "seal", "gold", "vermilion", "ground")
_FEW = 12  # lines of an index that need no second column
_SPARE = 3  # lines that stay free below what stands low
_LOW = frozenset(("divider", "imprint"))  # what stands at the foot of its page


class _Numbers(dict):
    """No page number, whatever id is asked for: they are known when all is written."""

    def __missing__(self, key: str) -> str:
        return ""


class _Ranges(dict):
    """Pages of cases: those that begin on one page are named once, all others by themselves, for their numbers are asked for
    one by one; so that none is beside the next, all are twice as far from each other."""

    def __init__(self, begins: Mapping[str, Page]) -> None:
        self._begins = begins

    def __missing__(self, key: str) -> tuple[int, int]:
        page = self._begins.get(bookmark(f"case-{key}"))
        self[key] = (2 * page.number if page else -2 * len(self),) * 2
        return self[key]


@dataclass(frozen=True)
class _Writing:
    """One document while it is written."""

    book: Book
    composer: Composer
    gathered: Gathered
    sheets: Sheets
    walk: Walk
    body: Element
    ruler: Ruler

    def cover(self, looks: Mapping[str, styles.Style]) -> None:
        """The front of the book, on a page by itself."""
        profile, own = self.composer.profile, self.composer.cover_picture
        picture = self.gathered.cover(own, profile.width, profile.height) if own else None
        blocks = covers.cover(self.book, profile, looks, self.gathered.inks, picture)
        self.sheets.put(self.body, blocks, Stretch(numbered=False, edges=covers.edges(profile)), TURNED)

    def html(self, html: str, stretch: Stretch) -> None:
        """Put the HTML of a piece or section behind what there is; each of its sections has heads of its own."""
        roots = [each for each in parsing.document(html).find("body") if each.tag in ("section", "article")]
        groups = list(_groups(roots))
        for nth, group in enumerate(groups):
            head = group[0]
            right, field = head.get("data-right", ""), ""
            if head.tag == "article":
                is_digest = "digest" in classes(head)
                field = '"短篇案例标题"' if is_digest else str(2 if self.book.is_divided else 1)
                right = right if len(roots) == 1 else stretch.left  # one title would stand over all of them where no field is reckoned
            goes_on = head.tag == "article" and nth > 0
            own = Stretch(stretch.recto and not nth, goes_on, stretch.left or head.get("data-left", ""), right, field, stretch.numbered,
                          stretch.roman, stretch.first and not nth)  # fmt: skip
            blocks = [block for each in group for block in self._blocks(each)]
            _tie(blocks)
            if _LOW.intersection(classes(head)):
                self._put_low(blocks)
            for columns, some in _in_columns(blocks):
                self.sheets.put(self.body, some, replace(own, columns=columns), TURNED)
                own = replace(own, recto=False, first=False, goes_on=True)

    def _put_low(self, blocks: list[Element]) -> None:
        """Put blocks at the foot of their page, with some lines to spare: another program's lines may be longer."""
        profile = self.composer.profile
        air = (profile.lines - _SPARE) * profile.pitch - self.ruler.height(blocks, profile.measure)
        if air > 0:
            shape = child(blocks[0], "pPr")
            at = next((n for n, each in enumerate(shape) if each.tag in ("w:ind", "w:jc")), len(shape))
            shape.insert(at, w("spacing", {"before": twips(air)}))

    def _blocks(self, root: Element) -> Iterator[Element]:
        # Word sets the notes of tables at the foot of the page as well: it counts all of them by itself.
        area = [*root.iterfind(".//div[@class='footnote']/ol/li"), *root.iterfind(".//p[@class='table-note'][@id]")]
        line = Line(self.gathered, self.gathered.relations, behind={item.get("id", ""): item for item in area}, written=self.walk.note)
        level = 3 if self.book.is_divided else 2
        if "contents" not in classes(root):
            style = "Imprint" if "imprint" in classes(root) else "BodyText"
            yield from self.walk.block(root, Where(line, style, first=level, divided=self.book.is_divided))
            return
        blocks = list(self.walk.block(root, Where(line, "TOC1", contents=True, divided=self.book.is_divided)))
        entries = [block for block in blocks if child(block, "pPr", "pStyle").get("w:val") != "TOCHeading"]
        if entries:
            entries[0][1:1] = begun(f'TOC \\o "1-{2 if self.book.is_divided else 1}" \\h \\z \\u')
            entries[-1].append(ended())
            blocks.append(separate("TOC1"))  # in LibreOffice a foot that is read within the field shows no number
        yield from blocks


def make_word(book: Book, composer: Composer, assets: Assets) -> bytes:
    """The whole book; `composer` gives its HTML, `assets` its pictures."""
    profile = composer.profile
    inks = _inks(composer)
    gathered = Gathered(profile, {**assets, **_codes(book)}, inks)
    looks = styles.styles(profile, inks, book.is_divided)
    body = w("body")
    sheets = Sheets(profile, gathered.relations, gathered.parts)
    for kind in ("styles", "settings", "fontTable", "numbering", "footnotes"):
        gathered.relations.to(kind, f"{kind}.xml")
    ruler = Ruler(looks, gathered.notes)
    writing = _Writing(book, composer, gathered, sheets, Walk(table), body, ruler)
    if "covers" not in book.settings.omit:
        writing.cover({style.id: style for style in looks})
    for nth, piece in enumerate(front(book)):
        writing.html(_piece(composer, book, piece), Stretch(piece.recto, numbered=piece.numbered, roman=True, first=not nth))
    for nth, section in enumerate(sections(book, profile.opening)):
        stretch = Stretch(section.recto, left=_head(book, section), numbered=not section.is_divider, first=not nth)
        writing.html(composer.section(book, section), stretch)
    begins = Paging(body, ruler).pages
    for piece in back(book):
        writing.html(_piece(composer, book, piece, begins), Stretch(piece.recto, numbered=piece.numbered))
    paging = Paging(body, ruler)
    for name, said in gathered.numbers:
        said.text = str(paging.pages.get(name, ""))
    sheets.finish(body, paging.firsts)
    parts = {
        "word/document.xml": part(w("document", None, body)),
        "word/styles.xml": styles.styles_part(profile, looks),
        "word/settings.xml": settings_part(),
        "word/fontTable.xml": styles.fonts_part(),
        "word/numbering.xml": gathered.numbering.part(),
        "word/footnotes.xml": gathered.notes_part(),
        **gathered.parts,
        "word/_rels/document.xml.rels": gathered.relations.part(),
    }
    if gathered.note_relations:
        parts["word/_rels/footnotes.xml.rels"] = gathered.note_relations.part()
    day = moment(book.date)
    about = {"dc:title": book.title, "dc:subject": book.subtitle, "dc:creator": book.publisher, "cp:category": profile.name}
    return packed(parts, about | {"dc:language": book.language, "dcterms:created": day, "dcterms:modified": day})


def _tie(blocks: list[Element]) -> None:
    """Where a case comes from does not stand on a page without the case."""
    for above, below in pairwise(blocks):
        style = child(below, "pPr", "pStyle")
        if style is not None and style.get("w:val") == "Source" and (shape := child(above, "pPr")) is not None:
            shape.insert(child(above, "pPr", "pStyle") is not None, w("keepNext"))


def _groups(roots: list[Element]) -> Iterator[list[Element]]:
    """What stands in a stretch: each section by itself; cases of a run together, as long as only one of them has notes."""
    group: list[Element] = []
    noted = False
    for root in roots:
        notes = any("footnote-ref" in classes(mark) for mark in root.iter("a"))
        if group and (root.tag != "article" or group[0].tag != "article" or (notes and noted)):
            yield group
            group, noted = [], False
        group.append(root)
        noted = noted or notes
    if group:
        yield group


def _in_columns(blocks: list[Element]) -> Iterator[tuple[int, list[Element]]]:
    """The entries of an index stand in two columns, all else and an index of a few lines in one."""
    if len(blocks) < _FEW:
        yield 1, blocks
        return

    def columns(block: Element) -> int:
        style = child(block, "pPr", "pStyle")
        return 2 if style is not None and style.get("w:val", "").startswith("Index") else 1

    number = 1
    for number, some in groupby(blocks, columns):
        yield number, list(some)
    if number > 1:  # columns are balanced where something goes on below them
        yield 1, [separate("Normal")]


def _piece(composer: Composer, book: Book, piece: Piece, begins: Mapping[str, Page] = MappingProxyType({})) -> str:
    """The HTML of a piece; `begins` are the pages on which cases begin, by their bookmarks."""
    return composer.piece(book, piece, Pages(_Numbers(), _Ranges(begins)))


def _head(book: Book, section: Section) -> str:
    """The running head of left-hand pages."""
    return "" if section.is_divider else section.part.title if book.is_divided else book.title


def _inks(composer: Composer) -> dict[str, str]:
    """The colours of the theme, as RRGGBB."""
    found = composer.env.get_template("inks.html").make_module({"edition": composer.edition})
    return {name: getattr(found, name, "#000").removeprefix("#").upper().rjust(6, "0")[:6] for name in _INKS}


def _codes(book: Book) -> Assets:
    """The QR codes as pictures that Word shows."""
    if not book.address:
        return {}
    cases: Mapping[str, str] = {f"qr-{case.id}.svg": case.id for case in book.cases} | {"qr.svg": ""}
    return {name: lambda case=case: codes.png(codes.address(book.address, case)) for name, case in cases.items()}
