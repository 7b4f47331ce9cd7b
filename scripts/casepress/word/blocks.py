"""Blocks: paragraphs, lists, quotations, figures and tables of the book's HTML, one after the other, as Word has them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from casepress.word import numbering
from casepress.word.boxes import Box, row
from casepress.word.inline import Line, classes, put, separate
from casepress.word.looks import Look, twips
from casepress.word.paragraphs import Paragraph
from casepress.word.xml import w

TURNED = "turned"  # the tag of a block that stands on a page of its own, turned
_BLOCKS = frozenset(
    "address article aside blockquote details dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section"
    " summary table ul".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_STYLES = {
    "case-theme": "CaseTheme", "case-subtitle": "Subtitle", "case-unit": "CaseUnit", "case-summary": "CaseSummary", "case-source": "Source",
    "case-address": "Source", "half-title-title": "Title", "half-title-subtitle": "TitleSubtitle", "half-title-foot": "TitleFoot",
    "imprint-title": "ImprintTitle", "imprint-subtitle": "Imprint", "fact": "Imprint", "imprint-note": "Imprint", "piece-ordinal": "Ordinal",
    "signed": "Signed", "role": "Role", "divider-title": "Heading1", "divider-note": "PartNote", "divider-count": "PartList",
    "index-letter": "IndexLetter", "piece-title": "Heading1", "table-title": "TableTitle", "table-unit": "TableUnit", "table-note": "TableNote",
}  # fmt: skip
_IN_LISTS = frozenset(("ListText", "Quote", "Code", "BodyText", "TableText", "TableHead", "FootnoteText", "Notes"))
_HANG = 2  # characters of the text that a number and its gap have
_QR = 60.0  # pt: the least width of a code


@dataclass(frozen=True)
class Where:
    """Where blocks stand: the style of their paragraphs, how far in pt they are set in, in how many lists, the level of the
    case's own first heading, and what it stands in. `size` is that of type in pt where the style's is not meant."""

    line: Line
    style: str = "BodyText"
    left: float = 0
    right: float = 0
    lists: int = 0
    first: int = 2
    digest: bool = False
    contents: bool = False
    other: bool = False
    divided: bool = False
    size: float = 0
    align: str = ""
    turned: bool = False


class Walk:
    """Blocks of one document in their order; `waiting` are ids that the next paragraph gets, `marker` is what makes it an item
    of a list. `table` makes tables."""

    def __init__(self, table: Callable[[Element, "Where", "Walk"], Iterator[Element]]) -> None:
        self._table = table
        self.waiting: list[str] = []
        self.marker: Element | None = None

    def inside(self, element: Element, where: Where) -> Iterator[Element]:
        """The blocks of what an element holds; text between blocks is a paragraph of its own."""
        loose: Element | None = None
        if (element.text or "").strip():
            loose = Element("p")
            loose.text = element.text
        for child in element:
            if child.tag in _BLOCKS:
                if loose is not None:
                    yield from self.paragraph(loose, where)
                    loose = None
                yield from self.block(child, where)
                if (child.tail or "").strip():
                    loose = Element("p")
                    loose.text = child.tail
            else:
                loose = loose if loose is not None else Element("p")
                loose.append(child)
        if loose is not None:
            yield from self.paragraph(loose, where)

    def block(self, element: Element, where: Where) -> Iterator[Element]:
        names = classes(element)
        if "table-note" in names and element.get("id"):
            return  # a note, put with its mark
        if element.get("id"):
            self.waiting.append(element.get("id"))
        if element.tag == "article":
            where = replace(where, digest="digest" in names)
            element.find(".//h1").set("title", element.get("data-right", ""))
        if "contents-other" in names:
            where = replace(where, other=True)
        if where.digest and "case-summary" in names:
            return  # a digest in a book has no summary
        if element.tag == "table":
            yield from self._table(element, where, self)
        elif "turned" in names:
            yield w(TURNED, None, *self.inside(element, replace(where, turned=True)))
        elif "run-in" in names:
            yield from self._run_in(element, where)
        elif "case-end" in names:
            yield from self._end(element, where)
        elif "footnote" in names:
            yield from self._notes(element, where)
        elif element.tag in ("ul", "ol"):
            yield from self._list(element, where, names)
        elif element.tag == "blockquote":
            body = 0 if "flush" in names else where.line.gathered.profile.body * 2
            within = replace(where, style="Quote", line=replace(where.line, quoted=True), left=where.left + body, right=where.right + body)
            yield from self.inside(element, within)
        elif element.tag == "figure":
            yield from self._figure(element, where)
        elif element.tag == "hr":
            rule = Element("p")
            rule.text = "＊　＊　＊"
            yield from self.paragraph(rule, replace(where, style="Picture"))
        elif element.tag == "pre":
            yield from self.paragraph(element, replace(where, style="Code"), keep_space=True)
        elif element.tag in _HEADINGS or element.tag == "p" or "case-theme" in names:
            align = "left" if "divider-title" in names else "right" if "quote-source" in names else where.align
            yield from self.paragraph(element, replace(where, style=self._style(element, where, names), align=align))
        else:
            yield from self.inside(element, where)

    def paragraph(self, element: Element, where: Where, keep_space: bool = False, head: Element | None = None) -> Iterator[Element]:
        """One paragraph; `head` runs in before it."""
        shape = self._shape(where)
        if element.tag == "h2" and where.contents:  # a part stands apart from what is named before it
            shape = (w("contextualSpacing", {"val": 0}),)
        made = Paragraph(where.style, shape, keep_space)
        look = (
            Look(size=where.size)
            if where.size
            else Look(color=where.line.gathered.inks["seal"])
            if element.tag == "h2" and where.contents
            else Look()
        )
        if head is not None:
            put(head, made, where.line, Look(face="hei", bold=True))
            made.text("　")
        if "title" in element.attrib and element.tag == "h1":
            made.text(element.get("title"))
        else:
            put(element, made, where.line, look)
        if not made.is_empty:
            yield self._begun(made, where)

    def _begun(self, made: Paragraph, where: Where) -> Element:
        """A paragraph with the bookmarks of the ids that wait for it, and what makes it an item."""
        begun = made.element()
        if self.marker is not None:
            begun[0].insert(1, self.marker)
            self.marker = None
        begun[1:1] = [node for anchor in self.waiting for node in where.line.gathered.marks(anchor)]
        self.waiting.clear()
        return begun

    def _style(self, element: Element, where: Where, names: list[str]) -> str:
        """The id of the style of a paragraph or heading."""
        if where.contents:
            if "piece-title" in names:
                return "TOCHeading"
            return "TOC2" if "entry" in names and where.divided and not where.other else "TOC1"
        if "case-title" in names:
            return "DigestTitle" if where.digest else f"Heading{where.first - 1}"
        if "case-unit" in names and where.digest:
            return "DigestUnit"
        if "index-entry" in names:
            depth = next((int(name.removeprefix("depth-")) for name in names if name.startswith("depth-")), 0)
            return f"Index{min(depth, 4) + 1}"
        known = next((_STYLES[name] for name in names if name in _STYLES), "")
        if known:
            return known
        if element.tag in ("h1", "h2") and where.digest and where.style == "BodyText":
            return "DigestHeading"
        if element.tag in _HEADINGS and where.style == "BodyText":
            return f"Heading{min(max(_HEADINGS[element.tag] - 2, 0) + where.first, 9)}"
        return where.style

    def _shape(self, where: Where) -> tuple[Element, ...]:
        """What a paragraph has besides its style."""
        found = []
        body = where.line.gathered.profile.body
        if where.lists and where.style in _IN_LISTS:
            hang = self.marker is not None
            said = {"leftChars": 0, "left": twips(where.left), "rightChars": 0, "right": twips(where.right)}
            if hang:
                found.append(w("tabs", None, w("tab", {"val": "left", "pos": twips(where.left)})))
            said |= {"hangingChars": 0, "hanging": twips(_HANG * body)} if hang else {"firstLineChars": 0, "firstLine": 0}
            found.append(w("ind", said))
        elif where.style == "Quote" and where.left > _HANG * body:  # a quotation within another
            said = {"leftChars": 0, "left": twips(where.left), "rightChars": 0, "right": twips(where.right)}
            found.append(w("ind", said | {"firstLineChars": 200, "firstLine": twips(_HANG * body)}))
        if where.align:
            found.append(w("jc", {"val": where.align}))
        return tuple(found)

    def _list(self, element: Element, where: Where, names: list[str]) -> Iterator[Element]:
        """A list, which Word counts as the book does."""
        body = where.line.gathered.profile.body
        if "divider-list" in names:
            for item in element.findall("li"):
                yield from self.paragraph(item, replace(where, style="PartList"))
            return
        step = 0 if "flush" in names else body * (2 if where.lists else 3)
        ordered = element.tag == "ol"
        style = where.style if where.style in ("TableText", "TableHead") else "ListText"
        within = replace(where, style=style, left=where.left + step, lists=where.lists + 1)
        number, counting = int(element.get("start", "1")) - 1, 0
        for item in element:
            if item.tag != "li":
                yield from self.block(item, within) if item.tag in _BLOCKS else ()
                continue
            wanted = int(item.get("value") or number + 1)
            if not counting or wanted != number + 1:
                counting = where.line.gathered.numbering.begun(ordered, where.lists, wanted)
            number = wanted
            if item.get("id"):
                self.waiting.append(item.get("id"))
            self.marker = numbering.item(counting, where.lists)
            yield from self.inside(item, within)
            if self.marker is not None:  # an item without words
                yield from self.bare_marker(within)

    def bare_marker(self, where: Where) -> Iterator[Element]:
        """An item that does not begin with words."""
        yield self._begun(Paragraph(where.style, self._shape(where)), where)

    def _run_in(self, element: Element, where: Where) -> Iterator[Element]:
        head, text = element[0], element[1]
        if head.get("id"):
            self.waiting.append(head.get("id"))
        yield from self.paragraph(text, where, head=head)

    def _figure(self, element: Element, where: Where) -> Iterator[Element]:
        for child in element:
            if child.tag == "figcaption":
                yield from self.paragraph(child, replace(where, style="Caption"))
            elif child.tag == "img":
                made = Paragraph("Picture")
                drawn = where.line.gathered.picture(child.get("src", ""), child.get("alt", ""), where.line.relations, alone=True)
                made.node(drawn) if drawn is not None else made.text(f"〔图片：{child.get('alt', '')}〕")
                yield self._begun(made, where)
            else:
                yield from self.block(child, where) if child.tag in _BLOCKS else self.paragraph(child, where)

    def _end(self, element: Element, where: Where) -> Iterator[Element]:
        """Where a case comes from, and beside it the QR code of its page."""
        profile = where.line.gathered.profile
        code = next(each for each in element if "case-code" in classes(each))
        styles = dict(part.partition(":")[::2] for part in code.get("style", "").replace(" ", "").split(";"))
        width = max(_QR, float(styles.get("width", "0pt").removesuffix("pt")))
        picture = code.find("img")
        drawn = where.line.gathered.picture(picture.get("src", ""), picture.get("alt", ""), where.line.relations, True, width)
        beside = [block for each in element if each is not code for block in self.block(each, where)]
        made = Paragraph("Picture", (w("spacing", {"before": 0}), w("jc", {"val": "right"})))
        if drawn is not None:
            made.node(drawn)
        yield row([Box(profile.measure - width, beside or [separate("Source")], at="bottom"), Box(width, [made.element()])])
        yield separate("Source")

    def _notes(self, element: Element, where: Where) -> Iterator[Element]:
        """Notes that stand behind their case and that nothing calls; all others stand at the foot, however long they are."""
        left = [item for item in element.findall("ol/li") if item.get("id", "") in where.line.behind]
        if left:
            yield separate("Notes")
        for item in left:
            self.waiting.append(item.get("id", ""))
            yield from self.inside(item, replace(where, style="Notes"))

    def note(self, element: Element, line: Line) -> list[Element]:
        """The paragraphs of a note that the book puts behind its case."""
        found = list(Walk(self._table).inside(element, Where(line, "FootnoteText")))
        return found or [w("p", None, w("pPr", None, w("pStyle", {"val": "FootnoteText"})))]
