"""Prepared: a Word document made plain before mammoth reads it.

What nobody sees goes (deleted, moved away, hidden, comments' marks, field codes, contents lists, requests of controls); what
is seen but said in an odd way is said plainly: every way of ticking a box becomes ☑ or ☐, automatic numbers are written
out, headings get Word's own styles by their outline level, one branch of AlternateContent stays, text boxes stand behind
their paragraph. Source: ECMA-376 part 1 (WordprocessingML), [MS-DOCX] 2.6 for w14.
"""

import re
from collections.abc import Iterator

from lxml import etree

from casepress.intake import numbering, packages, styles
from casepress.intake.wordxml import MC, W14, M, W, on, val

TICK, BOX = "☑", "☐"
_MAIN = "word/document.xml"
_GONE = (
    f"{W}del", f"{W}moveFrom", f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference", f"{W}annotationRef", f"{W}proofErr",
    f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}object", f"{W}delText", f"{W}delInstrText", f"{W}altChunk", f"{W}lastRenderedPageBreak",
    f"{W}permStart", f"{W}permEnd", f"{W}rPrChange", f"{W}pPrChange", f"{W}tblPrChange", f"{W}trPrChange", f"{W}tcPrChange", f"{W}sectPrChange",
    f"{MC}Fallback",
)  # fmt: skip
_WRAPS = (f"{W}ins", f"{W}moveTo", f"{W}smartTag", f"{W}customXml", f"{W}sdtContent", f"{W}dir", f"{W}bdo")
# Which letters of a font of symbols are a ticked box, and an empty one (the glyphs of Microsoft's Wingdings and Wingdings 2;
# R and £ under Wingdings are what forms have whose font was changed by hand).
_TICKS = {"wingdings": {0xFE, 0xFD, 0xFC, 0x52}, "wingdings 2": {0x52, 0x53, 0x54, 0x51, 0x50, 0xA2}}
_BOXES = {"wingdings": {0xA8, 0x6F, 0x71, 0x72, 0xA3}, "wingdings 2": {0xA3, 0x30, 0x2A}}
_ENCLOSED = re.compile(r"\beq\s*\\o\s*(?:\\a[clr])?\s*\(\s*[□☐○■]?\s*[,，;]\s*([^)]*)\)", re.IGNORECASE)
_MARKS = "√✓✔☑■●×✗✕"


def prepared(package: packages.Package) -> tuple[bytes, tuple[str, ...]]:
    """A plain .docx for mammoth, and remarks on what was left out, as sentences. Raises packages.Refused."""
    parts = {name: part for name, part in package.parts.items() if not name.startswith(("docProps/", "customXml/"))}
    if _MAIN not in parts:
        raise packages.Refused("not-a-document", "这不是 Word 文档", "请向学校要 Word 文件")
    parts = {name: _loosened(part) if name.endswith((".xml", ".rels")) else part for name, part in parts.items()}
    known = styles.read(parts.get("word/styles.xml"))
    numbers = numbering.read(parts.get("word/numbering.xml"))
    remarks: list[str] = []
    for name in (_MAIN, "word/footnotes.xml", "word/endnotes.xml"):
        if name in parts:
            root = packages.tree(parts[name])
            _Part(root, known, numbers, remarks).make_plain()
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    parts["word/styles.xml"] = styles.PLAIN
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


class _Part:
    """The tree of a part while it is made plain."""

    def __init__(self, root, known: styles.Styles, numbers: numbering.Numbers, remarks: list[str]) -> None:
        self.root, self.known, self.numbers, self.remarks = root, known, numbers, remarks

    def make_plain(self) -> None:
        for row in list(self.root.iter(f"{W}tr")):
            if row.find(f"{W}trPr/{W}del") is not None:
                _drop(row)
        for control in list(self.root.iter(f"{W}sdt")):
            self._control(control)
        for choice in list(self.root.iter(f"{MC}AlternateContent")):
            kept = choice.find(f"{MC}Choice")
            _unwrap(choice, kept if kept is not None else choice.find(f"{MC}Fallback"))
        for name in _GONE:
            for element in list(self.root.iter(name)):
                if element.getparent() is not None and element.getparent().tag not in (f"{W}rPr", f"{W}trPr"):
                    _drop(element)
        for name in _WRAPS:
            for element in list(self.root.iter(name)):
                _unwrap(element, element)
        for ruby in list(self.root.iter(f"{W}ruby")):
            _unwrap(ruby, ruby.find(f"{W}rubyBase"))
        self._fields()
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
            _drop(control)
            return
        box = about.find(f"{W14}checkbox") if about is not None else None
        if box is not None and content is not None:
            ticked = box.find(f"{W14}checked")
            text = TICK if ticked is not None and ticked.get(f"{W14}val", "1") in ("1", "true", "on") else BOX
            texts = [run for run in content.iter(f"{W}r")]
            for run in texts[1:]:
                _drop(run)
            if texts:
                _say(texts[0], text)
        elif about is not None and on(about.find(f"{W}showingPlcHdr")) and content is not None:
            for run in list(content.iter(f"{W}r")):
                _drop(run)
        _unwrap(control, content)

    def _fields(self) -> None:
        """Codes of fields go and their results stay; boxes and marks that only a code says become characters."""
        for simple in list(self.root.iter(f"{W}fldSimple")):
            said = _said_by(simple.get(f"{W}instr", ""), None)
            if said is not None:
                simple.insert(0, _run(said))
            if re.match(r"\s*(TOC|PAGE|NUMPAGES)\b", simple.get(f"{W}instr", "")):
                _drop(simple)
            else:
                _unwrap(simple, simple)
        open_fields: list[list] = []  # [code, is in result, begin run, is dropped]
        for run in list(self.root.iter(f"{W}r")):
            mark = run.find(f"{W}fldChar")
            kind = mark.get(f"{W}fldCharType") if mark is not None else ""
            if kind == "begin":
                open_fields.append(["", False, run, mark.find(f".//{W}checkBox")])
            for code in run.findall(f"{W}instrText"):
                if open_fields and not open_fields[-1][1]:
                    open_fields[-1][0] += code.text or ""
                run.remove(code)
            if kind == "separate" and open_fields:
                open_fields[-1][1] = True
            if kind == "end" and open_fields:
                code, _, begin, box = open_fields.pop()
                said = _said_by(code, box)
                if said is not None:
                    begin.addnext(_run(said))
            elif not kind and open_fields and any(re.match(r"\s*(TOC|PAGE|NUMPAGES|INDEX)\b", field[0]) for field in open_fields):
                _drop(run)
            if mark is not None:
                run.remove(mark)

    def _run(self, run) -> None:
        """A run without what is hidden; letters and symbols of fonts of boxes become boxes."""
        if run.getparent() is None:
            return
        if self.known.is_hidden(run):
            _drop(run)
            return
        for symbol in list(run.iter(f"{W}sym")):
            sign = _sign(symbol.get(f"{W}font", ""), int(symbol.get(f"{W}char", "0") or "0", 16))
            text = etree.Element(f"{W}t")
            text.text = sign or "\ufffd"
            if sign is None:
                self.remarks.append(f"有一个符号认不出来（字体 {symbol.get(f'{W}font', '')[:20]}），请看原件补上")
            run.replace(symbol, text)
        font = self.known.font(run).casefold()
        if font in _TICKS:
            for text in run.iter(f"{W}t"):
                text.text = "".join(_sign(font, ord(letter)) or letter for letter in text.text or "")

    def _paragraph(self, paragraph) -> None:
        """A paragraph with Word's own style of its level, its automatic number written out where Markdown has no such list."""
        level = self.known.level(paragraph)
        about = paragraph.find(f"{W}pPr")
        if self.known.is_contents(paragraph):
            _drop(paragraph)
            return
        numbered = self.known.number(paragraph)
        caption = self.known.name(paragraph).casefold() in ("caption", "题注")
        kept = None
        if numbered:
            said, kept = self.numbers.next(*numbered, is_heading=level is not None)
            if said:
                run = _run(said)
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

    def _equations(self) -> None:
        """Equations as a line of their letters, and told."""
        for equation in list(self.root.iter(f"{M}oMath")):
            text = "".join(letter.text or "" for letter in equation.iter(f"{M}t"))
            equation.getparent().replace(equation, _run(text))
            self.remarks.append(f"公式“{text[:30]}”只取了字，上下标和分数线没有了，请对照原件")

    def _boxes(self, paragraph) -> None:
        """The blocks of text boxes behind the paragraph that they hang on."""
        after = paragraph
        for box in [box for box in paragraph.iter(f"{W}txbxContent") if next(box.iterancestors(f"{W}p"), None) is paragraph]:
            holder = next(iter(box.iterancestors(f"{W}drawing", f"{W}pict")), None)
            for block in list(box):
                after.addnext(block)
                after = block
            if holder is not None and not list(holder.iter(f"{W}txbxContent")) or holder is not None:
                _drop(holder)


def _sign(font: str, code: int) -> str | None:
    """The character for a letter of a font of symbols: ☑, ☐, another one that shows itself, or None."""
    code, font = code & 0xFF if 0xF000 <= code <= 0xF0FF else code, font.casefold()
    if code in _TICKS.get(font, ()):
        return TICK
    if code in _BOXES.get(font, ()):
        return BOX
    return chr(code) if font not in _TICKS and font != "symbol" and code >= 0x20 and not 0xE000 <= code <= 0xF8FF else None


def _said_by(code: str, box) -> str | None:
    """What a field says by its code alone: a box, or a mark drawn over one."""
    if box is not None or re.match(r"\s*FORMCHECKBOX", code):
        if box is None:
            return BOX
        checked, usual = box.find(f"{W}checked"), box.find(f"{W}default")
        return TICK if (on(checked) if checked is not None else on(usual)) else BOX
    found = _ENCLOSED.search(code)
    if found:
        return TICK if any(mark in found[1] for mark in _MARKS) else found[1]
    return None


def _run(text: str):
    run = etree.Element(f"{W}r")
    _say(run, text)
    return run


def _say(run, text: str) -> None:
    """Let a run say a text and nothing else."""
    for child in list(run):
        run.remove(child)
    made = etree.SubElement(run, f"{W}t")
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _drop(element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element, content) -> None:
    """Put the children of `content` in the place of an element."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    children: Iterator = iter(list(content) if content is not None else [])
    parent.remove(element)
    for step, child in enumerate(children):
        parent.insert(at + step, child)
