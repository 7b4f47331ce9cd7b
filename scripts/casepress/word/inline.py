"""Inline: what stands within a line of the book's HTML, as runs, links, notes and fields of a paragraph."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from casepress.word.gathering import Gathered
from casepress.word.looks import Look
from casepress.word.names import bookmark
from casepress.word.package import Relations
from casepress.word.paragraphs import Paragraph, run
from casepress.word.styles import half
from casepress.word.xml import w

_DIVIDER = 26.0  # pt: the size of a part's title on its own page
_OUTSIDE = ("http:", "https:", "mailto:", "tel:")
_OWN_LINE = frozenset(("note-more", "divider-name"))
_LINES_IN = frozenset(("half-title-foot", "signed"))  # each span stands on a line of its own
_GAP_BEFORE = frozenset(("case-batch", "role-name"))
_TAB_BEFORE = frozenset(("case-award", "entry-dots"))


@dataclass(frozen=True)
class Line:
    """Where text is put: what the document gathers, the relations of the part it stands in, and whether it quotes. `behind` are
    notes that the book puts behind its case, by their ids, until a mark calls them; `written` makes the paragraphs of one."""

    gathered: Gathered
    relations: Relations
    quoted: bool = False
    in_note: bool = False
    behind: dict[str, Element] = field(default_factory=dict)
    written: "Callable[[Element, Line], list[Element]] | None" = None


def classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def put(element: Element, into: Paragraph, line: Line, look: Look | None = None, link: tuple[str, str] = ("", "")) -> None:
    """All that an element holds, behind what a paragraph has."""
    look = look or Look()
    into.text(element.text or "", look, link)
    of_lines = bool(_LINES_IN.intersection(classes(element)))
    children = list(element)
    for nth, child in enumerate(children):
        after = children[nth + 1] if nth + 1 < len(children) else None
        if of_lines and nth:
            into.line_break()
        _put_one(child, after, into, line, look, link)
        into.text(child.tail or "", look, link)


def _put_one(child: Element, after: Element | None, into: Paragraph, line: Line, look: Look, link: tuple[str, str]) -> None:
    names = classes(child)
    if child.tag == "br":
        into.line_break()
    elif child.tag == "img":
        alt, source = child.get("alt", ""), child.get("src", "")
        drawn = line.gathered.picture(source, alt, line.relations, alone=False)
        into.has_drawing = into.has_drawing or drawn is not None
        into.node(drawn, link) if drawn is not None else into.text(f"〔图片：{alt}〕", look, link)
    elif child.tag == "sup" and len(child) and "footnote-ref" in classes(child[0]):
        _mark(child[0], after, into, line, look)
    elif "note" in names and not line.in_note:
        return  # it was put with its mark
    elif "entry-page" in names or (child.tag == "a" and into.style.startswith("Index")):
        name = bookmark(child.get("href", "").removeprefix("#"))
        line.gathered.numbers.append((name, into.field(f"PAGEREF {name} \\h", "", look)))
    elif child.tag == "a":
        put(child, into, line, *_linked(child, line, look, link, is_quiet=into.style.startswith("TOC")))
    else:
        if _TAB_BEFORE.intersection(names):
            into.tab()
        if _GAP_BEFORE.intersection(names) and not into.is_empty:
            into.text("　", look, link)
        if _OWN_LINE.intersection(names):
            into.line_break()
        if "note-mark" in names:
            if line.in_note:
                into.node(run(Look(style="FootnoteReference"), w("footnoteRef")))
                into.text(" ", look)
            else:
                into.text(f"[{''.join(child.itertext())}] ", look)
            return
        put(child, into, line, _look(child, names, look, line), link)
        if "fact-label" in names:
            into.tab()


def _mark(mark: Element, after: Element | None, into: Paragraph, line: Line, look: Look) -> None:
    """The mark of a note: the note itself where it is the first mark, or else the note's number again."""
    number, anchor = "".join(mark.itertext()), mark.get("href", "").removeprefix("#")
    found = after if after is not None and "note" in classes(after) else None
    if line.in_note or (found is None and anchor not in line.behind):
        raised = replace(look, vertical="superscript")
        if line.gathered.is_marked(anchor):
            into.field(f"NOTEREF {bookmark(anchor)} \\h", number, raised)
        else:
            into.text(number, raised)
        return
    within = Line(line.gathered, line.gathered.note_relations, in_note=True)
    if found is None:
        paragraphs = line.written(line.behind.pop(anchor), within)
    else:
        note = Paragraph("FootnoteText")
        put(found, note, within)
        paragraphs = [note.element()]
    start = line.gathered.marks(anchor)
    for node in start[:1]:
        into.node(node)
    into.node(line.gathered.call(paragraphs))
    for node in start[1:]:
        into.node(node)


def _linked(child: Element, line: Line, look: Look, link: tuple[str, str], is_quiet: bool) -> tuple[Look, tuple[str, str]]:
    target = child.get("href", "")
    if target.startswith("#"):
        return look, ("anchor", bookmark(target.removeprefix("#")))
    if target.lower().startswith(_OUTSIDE):
        return replace(look, style="" if is_quiet else "Hyperlink"), ("r:id", line.relations.to("hyperlink", target, outside=True))
    return look, link


def _look(child: Element, names: list[str], look: Look, line: Line) -> Look:
    inks = line.gathered.inks
    if child.tag in ("strong", "b"):
        return replace(look, bold=True)
    if child.tag == "em":
        return replace(look, face="song" if line.quoted else "kai")
    if child.tag in ("code", "kbd", "samp"):
        return replace(look, face="mono")
    if child.tag in ("sup", "sub"):
        return replace(look, vertical="superscript" if child.tag == "sup" else "subscript")
    if child.tag in ("del", "s"):
        return replace(look, struck=True)
    if "prize" in names or "prize-seal" in names:
        return replace(look, face="song", color=inks["gold"])
    if "designation" in names or "case-batch" in names or "entry-unit" in names:
        return replace(look, face="kai" if "entry-unit" in names else "", color=inks["quiet"])
    if "divider-ordinal" in names:
        return replace(look, face="kai", size=half(line.gathered.profile.body * 1.3), color=inks["seal"])
    if "divider-name" in names:
        return replace(look, size=_DIVIDER)
    return replace(look, face="hei") if "role-title" in names else look


def separate(kind: str) -> Element:
    """A paragraph that only keeps two things apart, as low as can be."""
    return w("p", None, w("pPr", None, w("pStyle", {"val": kind}), w("spacing", {"line": 20, "lineRule": "exact"})))
