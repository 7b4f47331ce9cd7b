"""Document: a whole book as the bytes of a .docx, its pieces in the order of the book.

Flows in: a `Book`, the `Composer` that gives its HTML, the table of pictures. Flows out: the bytes, the same for the same book.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from casepress.book.book import Book, Piece, Section, back, front, sections
from casepress.book.composing import Composer, Pages
from casepress.facts import codes
from casepress.facts.moments import moment
from casepress.markup import parsing
from casepress.word import styles
from casepress.word.blocks import TURNED, Walk, Where
from casepress.word.gathering import Assets, Gathered
from casepress.word.inline import UNKNOWN, Line, classes, separate
from casepress.word.package import packed
from casepress.word.paragraphs import begun, ended
from casepress.word.sheets import Sheets, Stretch, settings_part
from casepress.word.tables import table
from casepress.word.xml import child, part, w

_INKS = ("ink", "soft", "quiet", "seal", "gold")
_CONTENTS = 'TOC \\o "1-2" \\h \\z'


class _Numbers(dict):
    """A page number for whatever id is asked for: the program that shows the document reckons them."""

    def __missing__(self, key: str) -> str:
        return UNKNOWN


class _Ranges(dict):
    """Pages of cases that no two are side by side, so that each is named by itself."""

    def __missing__(self, key: str) -> tuple[int, int]:
        self[key] = (3 * len(self) + 1,) * 2
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

    def html(self, html: str, roman: bool, first: bool, recto: bool, numbered: bool, left: str = "") -> None:
        """Put the HTML of a piece or section behind what there is; each of its sections has heads of its own."""
        roots = [each for each in parsing.document(html).find("body") if each.tag in ("section", "article")]
        groups = [roots] if roots and roots[0].tag == "article" else [[each] for each in roots]
        for nth, group in enumerate(groups):
            head = group[0]
            right, field = head.get("data-right", ""), ""
            if head.tag == "article":
                field = '"短篇案例标题"' if "digest" in classes(head) else str(2 if self.book.is_divided else 1)
            stretch = Stretch(recto and not nth, left or head.get("data-left", ""), right, field, numbered, roman, first and not nth)
            blocks = [block for each in group for block in self._blocks(each)]
            if blocks:
                self.sheets.put(self.body, blocks, stretch, TURNED)

    def _blocks(self, root: Element) -> Iterator[Element]:
        line = Line(self.gathered, self.gathered.relations)
        level = 3 if self.book.is_divided else 2
        if "contents" not in classes(root):
            style = "Imprint" if "imprint" in classes(root) else "BodyText"
            yield from self.walk.block(root, Where(line, style, first=level, divided=self.book.is_divided))
            return
        blocks = list(self.walk.block(root, Where(line, "TOC1", contents=True, divided=self.book.is_divided)))
        entries = [block for block in blocks if child(block, "pPr", "pStyle").get("w:val") != "TOCHeading"]
        if entries:
            entries[0][1:1] = begun(_CONTENTS)
            entries[-1].append(ended())
            blocks.append(separate("TOC1"))  # in LibreOffice a foot that is read within the field shows no number
        yield from blocks


def make_word(book: Book, composer: Composer, assets: Assets) -> bytes:
    """The whole book; `composer` gives its HTML, `assets` its pictures."""
    profile = composer.profile
    inks = _inks(composer)
    gathered = Gathered(profile, {**assets, **_codes(book)}, inks)
    body = w("body")
    sheets = Sheets(profile, gathered.relations, gathered.parts)
    for kind in ("styles", "settings", "fontTable", "footnotes"):
        gathered.relations.to(kind, f"{kind}.xml")
    writing = _Writing(book, composer, gathered, sheets, Walk(table), body)
    for nth, piece in enumerate(front(book)):
        writing.html(_piece(composer, book, piece), True, not nth, piece.recto, piece.numbered)
    for nth, section in enumerate(sections(book, profile.opening)):
        left = _head(book, section)
        writing.html(composer.section(book, section), False, not nth, section.recto, not section.is_divider, left)
    for piece in back(book):
        writing.html(_piece(composer, book, piece), False, False, piece.recto, piece.numbered)
    sheets.finish(body)
    parts = {
        "word/document.xml": part(w("document", None, body)),
        "word/styles.xml": styles.styles_part(profile, styles.styles(profile, inks, book.is_divided)),
        "word/settings.xml": settings_part(),
        "word/fontTable.xml": styles.fonts_part(),
        "word/footnotes.xml": gathered.notes_part(),
        **gathered.parts,
        "word/_rels/document.xml.rels": gathered.relations.part(),
    }
    if gathered.note_relations:
        parts["word/_rels/footnotes.xml.rels"] = gathered.note_relations.part()
    day = moment(book.date)
    about = {"dc:title": book.title, "dc:subject": book.subtitle, "dc:creator": book.publisher, "cp:category": profile.name}
    return packed(parts, about | {"dc:language": book.language, "dcterms:created": day, "dcterms:modified": day})


def _piece(composer: Composer, book: Book, piece: Piece) -> str:
    return composer.piece(book, piece, Pages(_Numbers(), _Ranges()))


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
