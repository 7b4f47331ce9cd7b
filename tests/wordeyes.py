"""What a reader of Word sees in a .docx, by a walk of its own over the raw XML: the oracle for what an import must give back or name.

Nothing of casepress is asked, and no library but the standard one. Not seen: what is deleted, moved away or hidden, the codes of
fields, comments' marks, grey requests of controls, cells that are merged into another. Not read: what Word works out itself (lists of
contents, numbers of pages, automatic numbers).
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

AWAY = {
    "del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr", "Fallback", "rt",
    "rubyPr", "ffData", "fallback", "docPr", "nvPicPr", "proofErr", "altChunk", "oMathParaPr", "ctrlPr",
}  # fmt: skip
BESIDE = {"header": "页眉", "footer": "页脚", "comments": "批注"}
MADE = re.compile(r"\s*(?:TOC|PAGE|NUMPAGES|INDEX)\b")
NOTES = {"footnotes": "footnote", "endnotes": "endnote"}


@dataclass(frozen=True)
class Seen:
    """A paragraph: its letters, which part of the file it stands in, and the words of the cells left of it, above it and before it."""

    text: str
    where: str = "document"
    beside: tuple[str, ...] = ()


def local(element) -> str:
    return element.tag.rpartition("}")[2]


def value(element, name: str = "val") -> str | None:
    if element is None:
        return None
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), None)


def child(element, *path: str):
    for name in path:
        element = next((one for one in element if local(one) == name), None) if element is not None else None
    return element


def is_on(element) -> bool:
    return element is not None and (value(element) or "1") not in ("0", "false", "off")


class Word:
    """A package that is being looked at."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        (self.main,) = (target for kind, target in self.related("") if kind == "officeDocument")
        styles = next((target for kind, target in self.related(self.main) if kind == "styles"), "")
        self.styles = {value(one, "styleId"): one for one in ElementTree.fromstring(self.parts[styles])} if styles in self.parts else {}

    def related(self, name: str) -> list[tuple[str, str]]:
        """The kinds and the parts of what a part is related to within the file."""
        folder, file = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        rows = [one for one in ElementTree.fromstring(self.parts[rels])] if rels in self.parts else []
        return [
            (row.get("Type").rpartition("/")[2], posixpath.normpath(posixpath.join("/" + folder, row.get("Target"))).lstrip("/"))
            for row in rows
            if row.get("TargetMode") != "External"
        ]

    def seen(self) -> list[Seen]:
        """All that is seen, paragraph by paragraph."""
        out = list(self._blocks(ElementTree.fromstring(self.parts[self.main]), "document", ()))
        referred = {(local(one), value(one, "id")) for one in ElementTree.fromstring(self.parts[self.main]).iter() if "Reference" in local(one)}
        for kind, name in self.related(self.main):
            if kind in NOTES:
                for note in ElementTree.fromstring(self.parts[name]):
                    if (f"{NOTES[kind]}Reference", value(note, "id")) in referred:
                        out += self._blocks(note, kind, ())
            elif kind in BESIDE:
                out += self._blocks(ElementTree.fromstring(self.parts[name]), BESIDE[kind], ())
            elif kind in ("chart", "diagramData"):
                letters = "".join(one.text or "" for one in ElementTree.fromstring(self.parts[name]).iter() if local(one) in ("t", "v"))
                out.append(Seen(letters, "图表"))
        return [one for one in out if one.text.strip()]

    def _blocks(self, parent, where: str, beside: tuple[str, ...]) -> Iterator[Seen]:
        for element in parent:
            name = local(element)
            if name in AWAY or name == "sdt" and self._asks(element):
                continue
            if name == "p":
                if not self._is_made(element):
                    yield Seen("".join(self._letters(element)), where, beside)
                for box in self._boxes(element):
                    yield from self._blocks(box, where, beside)
            elif name == "tbl":
                yield from self._table(element, where, beside)
            elif name == "AlternateContent":
                kept = child(element, "Choice")
                yield from self._blocks(kept if kept is not None else child(element, "Fallback"), where, beside)
            else:
                yield from self._blocks(element, where, beside)

    def _table(self, table, where: str, beside: tuple[str, ...]) -> Iterator[Seen]:
        above: dict[int, str] = {}
        for row in self._inner(table, "tr"):
            if child(row, "trPr", "del") is not None:
                continue
            left, column = list(beside), 0
            for cell in self._inner(row, "tc"):
                merged = [child(cell, "tcPr", name) for name in ("vMerge", "hMerge")]
                span = child(cell, "tcPr", "gridSpan")
                if not any(one is not None and value(one) in (None, "continue") for one in merged):
                    near = (*left, above.get(column, ""))
                    made = list(self._blocks(cell, where, near))
                    yield from made
                    words = "".join(one.text for one in made)
                    left.append(words)
                    above[column] = words
                else:
                    left.append(above.get(column, ""))
                column += int(value(span)) if span is not None else 1

    def _inner(self, parent, wanted: str) -> Iterator:
        """The rows of a table or the cells of a row, whatever is wrapped around them."""
        for element in parent:
            if local(element) == wanted:
                yield element
            elif local(element) not in AWAY and local(element) not in ("tbl", "tr", "tc", "p"):
                yield from self._inner(element, wanted)

    def _boxes(self, parent) -> Iterator:
        """The contents of the text boxes that hang on a paragraph, not those within them."""
        for element in parent:
            if local(element) == "txbxContent":
                yield element
            elif local(element) == "AlternateContent":
                kept = child(element, "Choice")
                yield from self._boxes(kept if kept is not None else child(element, "Fallback"))
            elif local(element) not in AWAY:
                yield from self._boxes(element)

    def _letters(self, paragraph) -> Iterator[str]:
        """The letters of a paragraph; of its fields their results, or what a code shows that has none."""
        open_fields: list[list] = []  # of each its code, whether its result has begun, and its chosen entry
        style = value(one) if (one := child(paragraph, "pPr", "pStyle")) is not None else None

        def walk(parent, run_props) -> Iterator[str]:
            for element in parent:
                name = local(element)
                if name == "fldChar" and value(element, "fldCharType") == "begin":
                    open_fields.append(["", False, child(element, "ffData", "ddList")])
                elif name == "fldChar" and value(element, "fldCharType") == "separate":
                    open_fields[-1][1] = True
                elif name == "fldChar" and open_fields:
                    code, _, listed = open_fields.pop()
                    yield from drawn(code)
                    if listed is not None and child(listed, "result") is not None:
                        yield value([one for one in listed if local(one) == "listEntry"][int(value(child(listed, "result")))])
                elif name == "instrText" and open_fields:
                    open_fields[-1][0] += element.text or ""
                elif name == "fldSimple" and MADE.match(value(element, "instr")):
                    continue
                elif name == "fldSimple":
                    yield from drawn(value(element, "instr"))
                    yield from walk(element, run_props)
                elif name in AWAY or name == "txbxContent" or name == "sdt" and self._asks(element):
                    continue
                elif name == "AlternateContent":
                    kept = child(element, "Choice")
                    yield from walk(kept if kept is not None else child(element, "Fallback"), run_props)
                elif name == "r":
                    if not self._is_hidden(child(element, "rPr"), style):
                        yield from walk(element, child(element, "rPr"))
                elif name == "t" and not any(MADE.match(code) for code, *_ in open_fields):
                    yield self._plain(element.text or "", run_props)
                elif name in ("tab", "br", "cr", "ptab"):
                    yield "\n" if name != "tab" else "\t"
                elif name == "noBreakHyphen":
                    yield "-"
                elif name == "textpath":
                    yield value(element, "string") or ""
                elif name == "sym":
                    yield "\n"  # a box or another sign of a font: the tests of glyphs look at them
                else:
                    yield from walk(element, run_props)

        def drawn(code: str) -> Iterator[str]:
            if fraction := re.match(r"\s*EQ\s*\\f\s*\((.*?),(.*?)\)", code, re.IGNORECASE):
                yield f"{fraction[1]}/{fraction[2]}"
                return
            if re.match(r"\s*EQ\b", code, re.IGNORECASE):
                yield "\n" + re.sub(r"^\s*EQ|\\[a-z]+(?:\s*-?\d+)?|[\\(),;\s□☐○]", "\n", code, flags=re.IGNORECASE) + "\n"
            if found := re.match(r"\s*MACROBUTTON\s+\S+(.*)", code):
                yield found[1]

        return walk(paragraph, None)

    def _plain(self, text: str, props) -> str:
        """A text without the letters that a font of signs shows as boxes."""
        fonts = [child(props, "rFonts")] if props is not None else []
        chosen = value(one) if props is not None and (one := child(props, "rStyle")) is not None else None
        if chosen in self.styles:
            fonts.append(child(self.styles[chosen], "rPr", "rFonts"))
        named = " ".join(" ".join(font.attrib.values()) for font in fonts if font is not None)
        return "\n" if re.search("ding|Symbol", named) else text

    def _is_hidden(self, props, style: str | None) -> bool:
        said = child(props, "vanish") if props is not None else None
        if said is not None:
            return is_on(said)
        named = value(one) if props is not None and (one := child(props, "rStyle")) is not None else None
        return self._style_hides(named) or self._style_hides(style)

    def _style_hides(self, name: str | None) -> bool:
        met = set()
        while name in self.styles and name not in met:
            met.add(name)
            if (said := child(self.styles[name], "rPr", "vanish")) is not None:
                return is_on(said)
            name = value(based) if (based := child(self.styles[name], "basedOn")) is not None else None
        return False

    def _is_made(self, paragraph) -> bool:
        """Whether a paragraph is a line of a list of contents."""
        style = value(one) if (one := child(paragraph, "pPr", "pStyle")) is not None else None
        named = value(child(self.styles[style], "name")) if style in self.styles else ""
        return (named or "").lower().startswith("toc ")

    def _asks(self, control) -> bool:
        """Whether a control holds only what asks for words, a box, or a list of contents."""
        about = child(control, "sdtPr")
        if about is None:
            return False
        if child(about, "checkbox") is not None or is_on(child(about, "showingPlcHdr")):
            return True
        gallery = next((one for one in about.iter() if local(one) == "docPartGallery"), None)
        if gallery is not None and "Contents" in value(gallery):
            return True
        runs = [one for one in control.iter() if local(one) == "r"]
        styles = {value(one) for run in runs if (one := child(run, "rPr", "rStyle")) is not None}
        return (
            bool(runs)
            and all(value(child(self.styles[name], "name")) == "Placeholder Text" for name in styles)
            and bool(styles & set(self.styles))
        )


def seen(data: bytes) -> list[Seen]:
    """What a reader sees in a .docx."""
    return Word(data).seen()
