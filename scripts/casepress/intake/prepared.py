"""Prepared: a Word document made plain before mammoth reads it.

What nobody sees goes (deleted, moved away, hidden, comments' marks, field codes, contents lists, requests of controls); what is
struck out goes and is told; what is seen but said in an odd way is said plainly: every way of ticking a box becomes ☑ or ☐, automatic
numbers are written out, headings get Word's own styles by their outline level, one branch of AlternateContent stays, text boxes stand
behind their paragraph. Source: ECMA-376 part 1 (WordprocessingML), [MS-DOCX] 2.6 for w14.
"""

import posixpath
import re
from dataclasses import dataclass

from lxml import etree

from casepress.intake import aside, numbering, packages, pointing, styles
from casepress.intake.glyphs import BOX, TICK, TICKS, of_nobody, said_by, sign
from casepress.intake.leftover import quoted
from casepress.intake.wordxml import MC, W14, M, V, W, drop, on, run_of, say, unwrap, val, whole

_GONE = (
    f"{W}del", f"{W}moveFrom", f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference", f"{W}annotationRef", f"{W}proofErr",
    f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}object", f"{W}delText", f"{W}delInstrText", f"{W}altChunk", f"{W}lastRenderedPageBreak",
    f"{W}permStart", f"{W}permEnd", f"{W}rPrChange", f"{W}pPrChange", f"{W}tblPrChange", f"{W}trPrChange", f"{W}tcPrChange", f"{W}sectPrChange",
    f"{MC}Fallback",
)  # fmt: skip
_BESIDE = ("styles", "numbering", "footnotes", "endnotes")  # what the main part leads to, by whatever name
_WRAPS = (f"{W}ins", f"{W}moveTo", f"{W}smartTag", f"{W}customXml", f"{W}sdtContent", f"{W}dir", f"{W}bdo")
_SEEN = (f"{W}t", f"{W}sym", f"{W}drawing", f"{W}pict", f"{W}footnoteReference", f"{W}endnoteReference")
_UNKNOWN = re.compile("[!-\xff\uf021-\uf0ff]")  # what a font of symbols shows otherwise


def prepared(package: packages.Package) -> tuple[bytes, tuple[str, ...]]:
    """A plain .docx for mammoth, and remarks on what was left out, as sentences. In the place of a picture stands the name of its
    part, so that nothing large is copied. Raises packages.Refused."""
    folder = posixpath.dirname(package.main)
    parts = {name: part for name, part in package.parts.items() if not name.startswith(("docProps/", "customXml/"))}
    parts = {name: _loosened(part) if name.endswith((".xml", ".rels")) else name.encode() for name, part in parts.items()}
    called = {kind: next(iter(packages.related(parts, package.main, kind)), f"{folder}/{kind}.xml") for kind in _BESIDE}
    known = styles.read(parts.get(called["styles"]))
    numbers = numbering.read(parts.get(called["numbering"]))
    remarks: list[str] = []
    lost = 0
    for name in (package.main, called["footnotes"], called["endnotes"]):
        if name in parts:
            root = packages.tree(parts[name])
            if name == package.main and root.find(f"{W}body") is None:
                raise packages.Refused("damaged", "这个文件坏了，里面没有正文", "请向学校再要一次")
            if name == package.main:
                remarks += aside.of_package(parts, name, root)
            lost += len(pointing.tidy(root, parts, name, called))
            _Part(root, known, numbers, remarks).make_plain()
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if lost and not any(remark.kind == "picture-too-big" for remark in package.left_out):  # which was taken away, and told
        remarks.append(f"有 {lost} 幅图片没有收，它不在文件里，或者是 SVG 图，请打开原件，把它另存为 JPG 或 PNG 放进去")
    parts[called["styles"]] = styles.PLAIN
    return packages.packed(parts), tuple(dict.fromkeys(remarks))


def _loosened(part: bytes) -> bytes:
    """A part in the names of the transitional kind, whichever it was saved in."""
    if b"purl.oclc.org" not in part:
        return part
    for strict, usual in (
        (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
        (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
        (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    ):
        part = part.replace(strict, usual)
    return part


@dataclass
class _Field:
    """A field that is open: the run that begins it, its data, its code, and whether it has a result."""

    begin: etree._Element
    data: etree._Element | None
    code: str = ""
    in_result: bool = False
    has_result: bool = False

    @property
    def is_away(self) -> bool:
        """Whether its result is what Word makes itself, such as a list of contents."""
        return bool(re.match(r"\s*(TOC|PAGE|NUMPAGES|INDEX)\b", self.code))


def _code(text: str) -> int:
    """The number of a character in hexadecimal, 0 where it is none."""
    return int(text, 16) if re.fullmatch("[0-9A-Fa-f]{1,5}", text) else 0


class _Part:
    """The tree of a part while it is made plain."""

    def __init__(self, root, known: styles.Styles, numbers: numbering.Numbers, remarks: list[str]) -> None:
        self.root, self.known, self.numbers, self.remarks = root, known, numbers, remarks
        self.listed: tuple[etree._Element | None, dict[int, str]] = (None, {})  # the last item of a list, the lists that stand there

    def make_plain(self) -> None:
        for span in self.root.iter(f"{W}gridSpan"):
            span.set(f"{W}val", str(max(1, whole(val(span), 1, 63))))
        for row in list(self.root.iter(f"{W}tr")):
            if row.find(f"{W}trPr/{W}del") is not None:
                drop(row)
        for control in list(self.root.iter(f"{W}sdt")):
            self._control(control)
        for choice in list(self.root.iter(f"{MC}AlternateContent")):
            kept = choice.find(f"{MC}Choice")
            unwrap(choice, kept if kept is not None else choice.find(f"{MC}Fallback"))
        self.remarks += aside.of_tree(self.root)
        for name in _GONE:
            for element in list(self.root.iter(name)):
                if element.getparent() is not None and element.getparent().tag not in (f"{W}rPr", f"{W}trPr"):
                    drop(element)
        for name in _WRAPS:
            for element in list(self.root.iter(name)):
                unwrap(element, element)
        for ruby in list(self.root.iter(f"{W}ruby")):
            unwrap(ruby, ruby.find(f"{W}rubyBase"))
        self._fields()
        self._struck_out()
        for run in list(self.root.iter(f"{W}r")):
            self._run(run)
        self._equations()
        for paragraph in list(self.root.iter(f"{W}p")):
            self._paragraph(paragraph)
        for paragraph in list(self.root.iter(f"{W}p")):
            self._boxes(paragraph)

    def _control(self, control) -> None:
        """A control becomes its content: a box its tick, a request for words nothing, a list made by Word nothing."""
        about, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
        gallery = about.find(f".//{W}docPartGallery") if about is not None else None
        if gallery is not None and "Contents" in val(gallery):
            drop(control)
            return
        box = about.find(f"{W14}checkbox") if about is not None else None
        if box is not None and content is not None:
            ticked = box.find(f"{W14}checked")
            text = TICK if ticked is not None and ticked.get(f"{W14}val", "1") in ("1", "true", "on") else BOX
            texts = [run for run in content.iter(f"{W}r")]
            for run in texts[1:]:
                drop(run)
            if texts:
                say(texts[0], text)
            else:
                holder = next(content.iter(f"{W}p"), content)
                holder.append(run_of(text))
        elif content is not None:
            asks = about is not None and on(about.find(f"{W}showingPlcHdr"))
            for run in list(content.iter(f"{W}r")):
                if asks or self.known.run_name(run).casefold() in ("placeholder text", "占位符文本"):
                    drop(run)
        unwrap(control, content)

    def _fields(self) -> None:
        """Codes of fields go and their results stay; boxes and marks that only a code says become characters."""
        for simple in list(self.root.iter(f"{W}fldSimple")):
            said = said_by(simple.get(f"{W}instr", ""), None, any(text.text for text in simple.iter(f"{W}t")))
            if said is not None:
                simple.insert(0, run_of(said))
            if re.match(r"\s*(TOC|PAGE|NUMPAGES)\b", simple.get(f"{W}instr", "")):
                drop(simple)
            else:
                unwrap(simple, simple)
        open_fields: list[_Field] = []
        aways = 0  # of those that are open, as many have results that are not kept
        for run in list(self.root.iter(f"{W}r")):
            away = aways > 0
            for child in list(run):
                kind = child.get(f"{W}fldCharType") if child.tag == f"{W}fldChar" else ""
                if kind == "begin":
                    open_fields.append(_Field(run, child.find(f"{W}ffData")))
                elif kind == "separate" and open_fields:
                    open_fields[-1].in_result = True
                elif kind == "end" and open_fields:
                    ended = open_fields.pop()
                    aways -= ended.is_away
                    said = said_by(ended.code, ended.data, ended.has_result)
                    if said is not None:
                        ended.begin.addnext(run_of(said))
                elif child.tag == f"{W}instrText" and open_fields and not open_fields[-1].in_result:
                    aways -= open_fields[-1].is_away
                    open_fields[-1].code += child.text or ""
                    aways += open_fields[-1].is_away
                elif child.tag == f"{W}t" and open_fields and open_fields[-1].in_result:
                    open_fields[-1].has_result |= bool(child.text)
                if kind or child.tag == f"{W}instrText":
                    run.remove(child)
            if away and open_fields:
                drop(run)

    def _struck_out(self) -> None:
        """Words that somebody has struck out are taken back; a paragraph of nothing else has no number either."""
        struck, before = [], None
        for run in [run for run in self.root.iter(f"{W}r") if self.known.has(run, "strike", "dstrike")]:
            words = "" if self.known.has(run, "vanish") else "".join(text.text or "" for text in run.iter(f"{W}t"))
            goes_on = before is not None and before.getnext() is run
            struck, before = [*struck[:-1], struck[-1] + words] if goes_on else [*struck, words], run
            for child in [child for child in run if child.tag in (f"{W}t", f"{W}tab", f"{W}sym")]:
                run.remove(child)
            paragraph = next(run.iterancestors(f"{W}p"), None)
            if paragraph is not None and next(paragraph.iter(*_SEEN), None) is None and (about := paragraph.find(f"{W}pPr")) is not None:
                paragraph.remove(about)
        if words := " ".join(filter(str.strip, struck)):
            self.remarks.append(f"划掉的字“{quoted(words)}”没有收，要用的请对照原件，补进案例")

    def _run(self, run) -> None:
        """A run without what is hidden; letters and symbols of fonts of boxes become boxes."""
        if run.getparent() is None:
            return
        if self.known.has(run, "vanish"):
            drop(run)
            return
        for name, plain in ((f"{W}cr", f"{W}br"), (f"{W}ptab", f"{W}tab")):
            for element in run.iter(name):
                element.tag = plain
        for symbol in list(run.iter(f"{W}sym")):
            said = sign(symbol.get(f"{W}font", ""), _code(symbol.get(f"{W}char", "")))
            text = etree.Element(f"{W}t")
            text.text = said or "\ufffd"
            if said is None:
                self._unknown(symbol.get(f"{W}font", ""))
            run.replace(symbol, text)
        font = self.known.font(run).casefold()
        for text in run.iter(f"{W}t"):
            if font in TICKS:
                text.text = "".join(sign(font, ord(letter)) or _UNKNOWN.sub("\ufffd", letter) for letter in text.text or "")
                if "\ufffd" in text.text:
                    self._unknown(self.known.font(run))
            elif re.search("[\uf000-\uf0ff]", text.text or ""):
                text.text = "".join(of_nobody(letter) or letter for letter in text.text)

    def _unknown(self, font: str) -> None:
        self.remarks.append(f"有一个符号认不出来（字体 {font[:20]}），请看原件补上")

    def _paragraph(self, paragraph) -> None:
        """A paragraph with Word's own style of its level, its automatic number written out where Markdown has no such list."""
        level = self.known.level(paragraph)
        about = paragraph.find(f"{W}pPr")
        if self.known.is_contents(paragraph):
            drop(paragraph)
            return
        numbered = self.known.number(paragraph)
        caption = self.known.name(paragraph).casefold() in ("caption", "题注")
        kept = None
        if numbered:
            said, kept = self.numbers.next(*numbered, is_heading=level is not None, goes_on=self._goes_on(paragraph, *numbered))
            if kept and next(paragraph.iter(*_SEEN), None) is not None:
                self.listed = (paragraph, {depth: key for depth, key in self.listed[1].items() if depth < kept[1]} | {kept[1]: kept[0]})
            if said:
                run = run_of(said)
                (about.addnext(run) if about is not None else paragraph.insert(0, run))
        if about is not None:
            paragraph.remove(about)
        name = f"Heading{min(level, 5) + 1}" if level is not None else "Caption" if caption else ""
        made = etree.Element(f"{W}pPr")
        if name:
            etree.SubElement(made, f"{W}pStyle").set(f"{W}val", name)
        if kept and level is None:
            number = etree.SubElement(made, f"{W}numPr")
            etree.SubElement(number, f"{W}ilvl").set(f"{W}val", str(kept[1]))
            etree.SubElement(number, f"{W}numId").set(f"{W}val", kept[0])
        if len(made):
            paragraph.insert(0, made)

    def _goes_on(self, paragraph, key: str, depth: int) -> bool:
        """Whether a list stands right before a paragraph, at its depth; an empty paragraph parts none, and is none."""
        if next(paragraph.iter(*_SEEN), None) is None:
            return True
        before = paragraph.getprevious()
        while before is not None and before.tag == f"{W}p" and next(before.iter(*_SEEN), None) is None:
            before = before.getprevious()
        if before is None or before is not self.listed[0]:
            self.listed = (None, {})
        return self.listed[1].get(depth) == key

    def _equations(self) -> None:
        """Equations as a line of their letters, and told."""
        for equation in list(self.root.iter(f"{M}oMath")):
            text = "".join(letter.text or "" for letter in equation.iter(f"{M}t"))
            equation.getparent().replace(equation, run_of(text))
            self.remarks.append(f"公式“{quoted(text)}”只取了字，上下标和分数线没有了，请对照原件")

    def _boxes(self, paragraph) -> None:
        """The blocks of text boxes, and the words of WordArt, behind the paragraph that they hang on."""
        after = paragraph
        for words in [art.get("string") for art in paragraph.iter(f"{V}textpath") if (art.get("string") or "").strip()]:
            made = etree.Element(f"{W}p")
            made.append(run_of(words))
            after.addnext(made)
            after = made
        for box in [box for box in paragraph.iter(f"{W}txbxContent") if next(box.iterancestors(f"{W}p"), None) is paragraph]:
            holder = next(iter(box.iterancestors(f"{W}drawing", f"{W}pict")), None)
            for block in list(box):
                after.addnext(block)
                after = block
            if holder is not None:
                drop(holder)
