"""The same case as a manuscript without a form: its headings in every way that Word and WPS make them, and what else a text holds."""

from wordcase import EXPECTED, EXTRA, NUMBERS, SECTIONS
from wordparts import field, p, package, part, ps, r, style, tbl, tr
from wordplants import picture, png

SUB = "特色做法与经验"  # the section that has a heading of the second level before its last paragraph
WPS = (
    style("1", "heading 1", "a", '<w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr>')
    + style("2", "heading 2", "a", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
    + style("3", "heading 3", "a", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
)
CHAIN = (
    style("Heading1", "heading 1", "a", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
    + style("af3", "正文一级标题", "Heading1", "<w:rPr><w:b/></w:rPr>")
    + style("af4", "我的标题", "af3")
    + style("af5", "我的小标题", "af4", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
    + style("af6", "像标题的正文", "af4", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>')
)


def level(number: int, kind: str, text: str) -> str:
    """A level of automatic numbering."""
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'


NUMBERING = part(
    "numbering",
    f'<w:abstractNum w:abstractNumId="0">{level(0, "chineseCountingThousand", "%1、")}{level(1, "chineseCounting", "（%2）")}'
    f'{level(2, "decimal", "%3.")}</w:abstractNum><w:abstractNum w:abstractNumId="1">{level(0, "bullet", "")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "decimal", "%1.")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>',
)
NUMBERED = {"numbering.xml": ("numbering", NUMBERING)}


def numbered(key: int, depth: int = 0) -> str:
    """Paragraph properties that put a paragraph into an automatic list."""
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{key}"/></w:numPr>'


def manuscript(upper, lower, before: str = "", behind: str = "") -> str:
    """Title, the line of school and writers, sections; upper and lower make headings out of (number, words)."""
    who = f"{EXPECTED['学校']}　{'　'.join(EXPECTED['撰写人'])}"
    body = [
        p(r(EXPECTED["案例名称"], '<w:b/><w:sz w:val="44"/>'), props='<w:jc w:val="center"/>'),
        p(who, props='<w:jc w:val="center"/>'),
        before,
    ]
    for number, (name, texts) in zip(NUMBERS, SECTIONS.items(), strict=True):
        texts, last = (texts[:-1], texts[-1:]) if name == SUB else (texts, [])
        body.append(upper(number, name) + ps(texts) + (lower("一", EXTRA["subheading"]) + ps(last) if last else ""))
    return "".join(body) + behind


def styled(key: str, typed: bool = True):
    """Headings of a style, their numbers typed or not."""
    pair = {"1": "{}、", "2": "（{}）"}
    return lambda number, words: p((pair.get(key, "{}、").format(number) if typed else "") + words, style=key)


def direct(depth: int):
    """Headings by an outline level of their own, without a style."""
    mark = ("{}、", "（{}）")[depth]
    return lambda number, words: p(mark.format(number) + words, props=f'<w:outlineLvl w:val="{depth}"/>')


def typed(number: str, words: str) -> str:
    """A heading that is one by its number and bold type alone."""
    return p(r(f"{number}、{words}", "<w:b/>"))


def listed(depth: int):
    """Headings whose numbers Word writes."""
    return lambda number, words: p(words, style=str(depth + 1), props=numbered(1, depth))


def by_style() -> bytes:
    """Numbers that belong to the style, not to the paragraph."""
    own = WPS.replace('<w:keepNext/><w:outlineLvl w:val="0"/>', f'<w:keepNext/>{numbered(1)}<w:outlineLvl w:val="0"/>')
    return package(manuscript(styled("1", False), styled("2")), own, NUMBERED)


def notes(kind: str, text: str) -> tuple[str, str]:
    """The part of footnotes or endnotes, with Word's two separators before the one note."""
    tag = kind.removesuffix("s")
    lines = "".join(
        f'<w:{tag} w:type="{name}" w:id="{key}">{p("")}</w:{tag}>' for key, name in ((-1, "separator"), (0, "continuationSeparator"))
    )
    return kind, part(kind, f'{lines}<w:{tag} w:id="1">{p(f"<w:r><w:{tag}Ref/></w:r>", " " + text)}</w:{tag}>')


def full() -> bytes:
    """All that EXTRA names: notes at the foot and at the end, a list, a table, a picture with its caption."""
    behind = (
        "".join(p(text, props=numbered(2)) for text in EXTRA["list"])
        + tbl(*(tr(*row) for row in EXTRA["table"]), columns=2)
        + p(picture())
        + p("图", field(" SEQ 图 \\* ARABIC ", r("1")), EXTRA["caption"].removeprefix("图1"), style="cap")
    )
    body = manuscript(styled("1"), styled("2"), behind=behind)
    for kind, text in (("footnote", SECTIONS["案例背景"][1]), ("endnote", SECTIONS[SUB][2])):
        assert body.count(p(text)) == 1
        body = body.replace(p(text), p(text, f'<w:r><w:{kind}Reference w:id="1"/></w:r>'))
    parts = {f"{kind}s.xml": notes(f"{kind}s", EXTRA[kind]) for kind in ("footnote", "endnote")}
    links, media = [("pic", "image", "media/image1.png", False)], {"word/media/image1.png": png()}
    return package(body, WPS + style("cap", "caption"), parts | NUMBERED, links, media)


MANUSCRIPTS = {
    "wps-styles": lambda: package(manuscript(styled("1"), styled("2")), WPS),
    "style-chain": lambda: package(manuscript(styled("af4"), lambda n, words: p(f"（{n}）{words}", style="af5")), CHAIN),
    "outline-levels": lambda: package(manuscript(direct(0), direct(1))),
    "typed-headings": lambda: package(manuscript(typed, lambda n, words: p(r(f"（{n}）{words}", "<w:b/>")))),
    "automatic-numbers": lambda: package(manuscript(listed(0), listed(1)), WPS, NUMBERED),
    "numbers-of-styles": by_style,
    "full": full,
}
