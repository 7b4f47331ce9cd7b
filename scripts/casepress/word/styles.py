"""Styles: what a profile says of each kind of text, as styles of Word under the names that people see there.

Flows in: a profile, the inks, and whether the book is divided. Flows out: `Style`s, and the part that holds them.
"""

from dataclasses import dataclass
from math import ceil
from xml.etree.ElementTree import Element

from casepress.book.measures import Profile, Type
from casepress.word.looks import FACES, half_points, properties, twips, whole_twips
from casepress.word.xml import part, w

_A4 = 595.28  # pt: the width of the paper on which covers are measured


@dataclass(frozen=True)
class Style:
    """A style of paragraphs: its id, its name, its type, the distance of its lines in pt (`exact` unless pictures stand in
    it), air above and below, indents in characters of its own size, sides as Word calls them, and its level in the outline from 0."""

    id: str
    name: str
    type: Type
    line: float
    based: str = "Normal"
    next: str = ""
    before: float = 0
    after: float = 0
    first: float = 0
    left: float = 0
    right: float = 0
    align: str = "both"
    outline: int | None = None
    color: str = ""
    exact: bool = True
    tab: tuple[str, float, str] | None = None  # its kind, where, and what leads to it
    whole: bool = False  # kept with what follows
    close: bool = False  # no air between two of them


def styles(profile: Profile, inks: dict[str, str], divided: bool) -> tuple[Style, ...]:
    """All styles of paragraphs of a book; in a divided one the parts are of the first level, and cases of the second."""
    body, pitch, text = profile.body, profile.pitch, profile.text
    small = min(body * 0.86, profile.note.size)

    def lines(size: float) -> float:
        return ceil(size / pitch / 0.9) * pitch

    title, cases, u = profile.title, 2 if divided else 1, cover_unit(profile)
    top = {"before": pitch, "after": pitch, "align": "center", "whole": True, "next": "BodyText"}
    leading = profile.leading(title.size)
    quiet, seal = inks["quiet"], inks["seal"]
    end = profile.measure
    levels = [Style(f"Heading{n}", f"heading {n}", title, leading, outline=n - 1, **top) for n in range(1, cases + 1)]
    for level in range(1, 10 - cases):
        kind = profile.heading(level)
        n = level + cases
        shape = {"left": 2 * body / kind.size, "align": "left", "outline": n - 1, "whole": True, "next": "BodyText"}
        air = {"before": pitch, "after": pitch * 0.5} if kind.size > body * 1.05 and level == 1 else {}
        levels.append(Style(f"Heading{n}", f"heading {n}", kind, lines(kind.size), **shape, **air))
    return (
        Style("Normal", "Normal", text, pitch, based=""),
        Style("BodyText", "Body Text", text, pitch, first=2),
        *levels,
        Style("DigestTitle", "短篇案例标题", profile.digest, lines(profile.digest.size), before=pitch, align="left",
              outline=cases - 1, whole=True, next="BodyText"),
        Style("DigestHeading", "短篇小标题", Type(profile.heading(1).face, body, profile.heading(1).bold), pitch, left=2, align="left",
              outline=cases, whole=True, next="BodyText"),
        Style("Subtitle", "Subtitle", profile.subtitle, lines(profile.subtitle.size), align="center"),
        Style("CaseTheme", "案例类别", Type("hei", body * 0.8), pitch, align="left", color=seal, tab=("right", end, "none"), whole=True),
        Style("CaseUnit", "案例单位", Type("kai", body), pitch, align="center", whole=True),
        Style("DigestUnit", "短篇案例单位", Type("kai", body), pitch, align="left", color=quiet, whole=True),
        Style("CaseSummary", "案例摘要", Type("kai", body), pitch, before=pitch, after=pitch, left=2, right=2),
        Style("ListText", "List Paragraph", text, pitch),
        Style("Quote", "Quote", profile.quotation, pitch, first=2, left=2 * body / profile.quotation.size, right=2 * body / profile.quotation.size),
        Style("Caption", "caption", profile.caption, pitch, align="center", after=pitch / 2),
        Style("Picture", "插图", text, pitch, align="center", before=pitch / 2, exact=False, whole=True),
        Style("TableText", "表格文字", profile.table, pitch, align="left"),
        Style("TableHead", "表头", Type("hei", profile.table.size, True), pitch, align="left", whole=True),
        Style("TableTitle", "表题", Type("hei", profile.table.size, True), pitch, align="center", before=pitch / 2, whole=True),
        Style("TableUnit", "表的单位", profile.note, pitch, align="right", whole=True),
        Style("TableNote", "表注", profile.note, pitch, align="left"),
        Style("FootnoteText", "footnote text", profile.note, profile.note.size * 1.45, first=-2, left=2),
        Style("Notes", "文后注", profile.note, pitch, first=-2, left=2),
        Style("Code", "代码", Type("mono", small), pitch, left=2, align="left"),
        Style("Source", "案例来源", Type(text.face, profile.note.size), pitch, align="left", before=pitch / 2, color=quiet),
        Style("Header", "header", Type("kai", body * 0.8), pitch, align="left", color=quiet, tab=("right", end, "none")),
        Style("Footer", "footer", Type("song", profile.numbers.size), pitch, align="left"),
        Style("TOC1", "toc 1", Type("hei", body, True) if divided else text, pitch, align="left", tab=("right", end, "middleDot"),
              before=pitch * 0.5 if divided else 0, left=0 if divided else 2, first=0 if divided else -2, close=True),
        Style("TOC2", "toc 2", text, pitch, align="left", left=2, first=-1, tab=("right", end, "middleDot")),
        Style("TOCHeading", "TOC Heading", title, leading, before=pitch, after=pitch, align="center"),
        Style("CoverTitle", "封面书名", Type("biaosong", half(35 * u)), 52 * u, align="center"),
        Style("CoverSubtitle", "封面副题", Type("kai", half(15.5 * u)), 26 * u, align="center"),
        Style("CoverFoot", "封面落款", Type("song", half(14 * u)), 26 * u, align="center"),
        Style("Title", "Title", Type(title.face, 28, title.bold), 44, before=pitch * profile.lines * 0.18, align="center"),
        Style("TitleSubtitle", "扉页副题", Type("kai", 14), 28, before=40, align="center"),
        Style("TitleFoot", "扉页落款", Type("song", 12), 26, before=pitch * profile.lines * 0.3, align="center"),
        Style("ImprintTitle", "版权页书名", Type(text.face, body * 1.1, True), pitch, before=pitch, align="left"),
        Style("Imprint", "版权页文字", Type(text.face, small), pitch, left=7, first=-7, align="left", tab=("left", small * 7, "none"), color=inks["soft"]),
        Style("Ordinal", "附录序号", Type("kai", body), pitch, align="center", color=seal, whole=True),
        Style("Signed", "落款", text, pitch, before=pitch, right=2, align="right"),
        Style("Role", "编委会", text, pitch, after=pitch, align="left"),
        Style("PartNote", "篇说明", text, pitch, color=quiet),
        Style("PartList", "篇目", Type(text.face, body * 0.9), pitch, color=inks["soft"], align="left"),
        Style("IndexLetter", "索引字母", Type("hei", body, True), pitch, before=pitch / 2, align="left", color=seal, whole=True),
        *(Style(f"Index{n}", f"index {n}", Type(text.face, small), max(small * 1.2, min(pitch * 0.85, small * 1.7)),
                left=n + 1, first=-2 if n == 1 else -1, align="left") for n in range(1, 6)),
    )  # fmt: skip


def cover_unit(profile: Profile) -> float:
    """By how much things on a cover are larger than on a page of 210 mm."""
    return profile.width / _A4


def half(size: float) -> float:
    """A size in whole half points, as Word has them."""
    return half_points(size) / 2


def styles_part(profile: Profile, found: tuple[Style, ...]) -> bytes:
    """The part `styles.xml`."""
    shape = w("pPr", None, w("widowControl"), w("snapToGrid", {"val": 0}))  # lines are exact; a grid would move them in LibreOffice
    usual = w("rPr", None, *properties(profile.text.face, None, "", profile.body), w("lang", {"val": "en-US", "eastAsia": "zh-CN"}))
    root = w("styles", None, w("docDefaults", None, w("rPrDefault", None, usual), w("pPrDefault", None, shape)))
    root.extend(_paragraph_style(style) for style in found)
    root.append(_characters("DefaultParagraphFont", "Default Paragraph Font", default=1))
    root.append(_characters("FootnoteReference", "footnote reference", w("vertAlign", {"val": "superscript"})))
    root.append(_characters("Hyperlink", "Hyperlink", w("color", {"val": "1F4E9E"}), w("u", {"val": "single"})))
    table = w("style", {"type": "table", "default": 1, "styleId": "TableNormal"}, w("name", {"val": "Normal Table"}))
    table.append(w("tblPr", None, w("tblInd", {"w": 0, "type": "dxa"})))
    root.append(table)
    return part(root)


def _paragraph_style(style: Style) -> Element:
    attributes = {"type": "paragraph"} | ({"default": 1} if style.id == "Normal" else {}) | {"styleId": style.id}
    made = w("style", attributes, w("name", {"val": style.name}))
    if style.based:
        made.append(w("basedOn", {"val": style.based}))
    if style.next:
        made.append(w("next", {"val": style.next}))
    made.append(w("qFormat"))
    shape = w("pPr")
    if style.whole:
        shape.extend((w("keepNext"), w("keepLines")))
    if style.tab:
        kind, at, leader = style.tab
        shape.append(w("tabs", None, w("tab", {"val": kind, "leader": leader, "pos": twips(at)})))
    rule = "exact" if style.exact else "atLeast"
    shape.append(w("spacing", {"before": twips(style.before), "after": twips(style.after), "line": whole_twips(style.line), "lineRule": rule}))
    shape.append(indents(style.type.size, style.left, style.right, style.first))
    shape.extend([w("contextualSpacing")] if style.close else [])
    shape.append(w("jc", {"val": style.align}))
    if style.outline is not None:
        shape.append(w("outlineLvl", {"val": style.outline}))
    kind = style.type
    heavy = kind.bold and kind.face != "biaosong"  # 小标宋 is heavy by nature
    made.extend((shape, w("rPr", None, *properties(kind.face, heavy, style.color, kind.size))))
    return made


def indents(size: float, left: float = 0, right: float = 0, first: float = 0) -> Element:
    """Indents that are given in characters, and beside them in lengths for programs that do not count characters."""
    said: dict[str, int] = {}
    for side, count in (("left", left), ("right", right)):
        said |= {f"{side}Chars": round(count * 100), side: twips(count * size)}
    name = "hanging" if first < 0 else "firstLine"
    said |= {f"{name}Chars": round(abs(first) * 100), name: twips(abs(first) * size)}
    return w("ind", said)


def _characters(id_: str, name: str, *found: Element, default: int = 0) -> Element:
    made = w("style", {"type": "character"} | ({"default": 1} if default else {}) | {"styleId": id_}, w("name", {"val": name}))
    if found:
        made.append(w("rPr", None, *found))
    return made


def fonts_part() -> bytes:
    """The part `fontTable.xml`: each face with its other name."""
    root = w("fonts")
    for name, other in FACES.values():
        root.append(w("font", {"name": name}, w("altName", {"val": other}), w("charset", {"val": "86"}), w("family", {"val": "auto"})))
    return part(root)
