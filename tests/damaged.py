"""DAMAGES: what one does to a PDF that keeps PDF/UA-1 so that it keeps one thing less, and the clause of ISO 14289-1 that veraPDF must name."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

Damage = Callable[[Pdf], None]


def elements(pdf: Pdf, kind: str) -> Iterator[Dictionary]:
    """The elements of the structure of a kind."""
    return (one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/S") == Name(f"/{kind}") and "/P" in one)


def first(pdf: Pdf, kind: str) -> Dictionary:
    return next(elements(pdf, kind))


def links(pdf: Pdf) -> Iterator[Dictionary]:
    return (note for page in pdf.pages for note in page.get("/Annots", ()) if note.Subtype == Name.Link)


def fonts(pdf: Pdf) -> Iterator[Dictionary]:
    return (one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/Type") == Name.Font and one.get("/Subtype") == Name.Type0)


def without(name: str) -> Damage:
    """The document without an entry of its root."""

    def damage(pdf: Pdf) -> None:
        del pdf.Root[f"/{name}"]

    return damage


def xmp(pattern: str) -> Damage:
    """Its metadata without what a pattern finds."""

    def damage(pdf: Pdf) -> None:
        text, count = re.subn(pattern, "", pdf.Root.Metadata.read_bytes().decode(), flags=re.DOTALL)
        assert count, pattern
        pdf.Root.Metadata.write(text.encode())

    return damage


def no_attributes(kind: str) -> Damage:
    def damage(pdf: Pdf) -> None:
        for one in elements(pdf, kind):
            del one["/A"]

    return damage


def lacking(kind: str, key: str) -> Damage:
    def damage(pdf: Pdf) -> None:
        for one in elements(pdf, kind):
            del one[f"/{key}"]

    return damage


def renamed(kind: str, other: str) -> Damage:
    def damage(pdf: Pdf) -> None:
        first(pdf, kind)["/S"] = Name(f"/{other}")

    return damage


def not_embedded(pdf: Pdf) -> None:
    about = next(fonts(pdf)).DescendantFonts[0].FontDescriptor
    for key in ("/FontFile2", "/FontFile3", "/FontFile"):
        if key in about:
            del about[key]


def no_text(pdf: Pdf) -> None:
    for font in fonts(pdf):
        del font["/ToUnicode"]


def no_map(pdf: Pdf) -> None:
    for font in fonts(pdf):
        inner = font.DescendantFonts[0]
        if "/CIDToGIDMap" in inner:
            del inner["/CIDToGIDMap"]


def no_words_of_links(pdf: Pdf) -> None:
    for link in links(pdf):
        if "/Contents" in link:
            del link["/Contents"]


def links_of_nothing(pdf: Pdf) -> None:
    for link in links(pdf):
        del link["/StructParent"]


def no_tabs(pdf: Pdf) -> None:
    for page in pdf.pages:
        if "/Tabs" in page:
            del page["/Tabs"]


def unmarked(pdf: Pdf) -> None:
    """A line drawn outside of all that is marked."""
    page = pdf.pages[0]
    page.contents_add(b"0 0 m 9 9 l S\n", prepend=False)


def suspects(pdf: Pdf) -> None:
    pdf.Root.MarkInfo["/Suspects"] = True


def title_not_shown(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences["/DisplayDocTitle"] = False


def nameless_layers(pdf: Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="层"))
    pdf.Root["/OCProperties"] = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=Array([layer])))


def attached(pdf: Pdf) -> None:
    file = pdf.make_indirect(pdf.make_stream(b"x", Type=Name.EmbeddedFile))
    spec = pdf.make_indirect(Dictionary(Type=Name.Filespec, EF=Dictionary(F=file)))
    pdf.Root["/Names"] = Dictionary(EmbeddedFiles=Dictionary(Names=Array(["x", spec])))


DAMAGES: dict[str, tuple[Damage, str]] = {
    "no title": (xmp(r"<(\w+:)?title\b[^>]*>.*?</\1?title>"), "7.1-9"),
    "title not shown": (title_not_shown, "7.1-10"),
    "no language": (without("Lang"), "7.2-"),
    "not said to be tagged": (without("MarkInfo"), "6.2-1"),
    "tags in doubt": (suspects, "7.1-4"),
    "no structure": (without("StructTreeRoot"), "7.1-11"),
    "head of a table without scope": (no_attributes("TH"), "7.5-1"),
    "picture without words": (lacking("Figure", "Alt"), "7.3-1"),
    "font not embedded": (not_embedded, "7.21.4.1-1"),
    "letters without meaning": (no_text, "7.21.7-1"),
    "glyphs without a map": (no_map, "7.21.3.2-1"),
    "heading left out": (renamed("H2", "H4"), "7.4.2-1"),
    "unknown element": (renamed("P", "Paragraph"), "7.1-5"),
    "link without words": (no_words_of_links, "7.18.5-2"),
    "link outside of the structure": (links_of_nothing, "7.18.5-1"),
    "no order of tabs": (no_tabs, "7.18.3-1"),
    "drawn outside of tags": (unmarked, "7.1-3"),
    "not said to be PDF/UA": (xmp(r"<(\w+):part\b[^>]*>1</\1:part>"), "5-1"),
    "layer without a name": (nameless_layers, "7.10-1"),
    "file without a name": (attached, "7.11-1"),
}


def damaged(path: Path, name: str, to: Path) -> None:
    """A copy of a PDF with one damage."""
    with pikepdf.open(path) as pdf:
        DAMAGES[name][0](pdf)
        pdf.save(to)
