"""Word files out of strings: runs, paragraphs, tables, controls, and the zip around them. Nothing but the standard library."""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
NAMES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items()) + ' mc:Ignorable="w14"'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BASE = """<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/></w:style>"""


def r(text: str, props: str = "") -> str:
    """A run; \\n becomes a break and \\t a tab."""
    inner = "".join(
        {"\n": "<w:br/>", "\t": "<w:tab/>"}.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in split(text)
    )
    return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{inner}</w:r>"


def split(text: str) -> list[str]:
    """A text as pieces of which each is a break, a tab or neither."""
    return [piece for piece in text.replace("\n", "\0\n\0").replace("\t", "\0\t\0").split("\0") if piece]


def p(*runs: str, style: str = "", props: str = "") -> str:
    """A paragraph of runs; what does not begin with `<` becomes one."""
    head = (f'<w:pStyle w:val="{style}"/>' if style else "") + props
    return f"<w:p>{f'<w:pPr>{head}</w:pPr>' if head else ''}{''.join(x if x.startswith('<') else r(x) for x in runs if x)}</w:p>"


def ps(texts: list[str]) -> str:
    """A paragraph for each text."""
    return "".join(map(p, texts))


def tc(content: str, span: int = 1, merge: str = "", props: str = "") -> str:
    """A cell of blocks, over so many columns; merge: restart or continue, for cells merged downwards."""
    content = content if content.startswith("<w:p") or content.startswith(("<w:tbl", "<w:sdt")) else p(content)
    content += "<w:p/>" if content.endswith(("</w:tbl>",)) else ""  # Word wants a paragraph at the end
    width = f'<w:tcW w:w="{2200 * span}" w:type="dxa"/>' + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
    down = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merge]
    return f"<w:tc><w:tcPr>{width}{down}{props}</w:tcPr>{content}</w:tc>"


def tr(*cells: str, props: str = "") -> str:
    """A row of cells; what is no cell yet becomes one."""
    made = (cell if cell.startswith(("<w:tc", "<w:sdt", "<w:customXml")) else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{props}</w:trPr>' if props else ''}{''.join(made)}</w:tr>"


def tbl(*rows: str, columns: int = 4) -> str:
    """A table."""
    grid = '<w:gridCol w:w="2200"/>' * columns
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'


def control(content: str, props: str = "", empty: bool = False) -> str:
    """A content control around runs, blocks, cells or rows; empty: what is in it is the words that ask for something."""
    hint = "<w:showingPlcHdr/>" if empty else ""
    return f"<w:sdt><w:sdtPr>{props}{hint}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def field(code: str, result: str = "", data: str = "") -> str:
    """A field of the long kind: begin, code, separate, result, end."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r><w:r><w:instrText xml:space="preserve">{escape(code)}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def style(key: str, name: str, based: str = "a", props: str = "", kind: str = "paragraph") -> str:
    """A style: its id, the name that Word shows, the style below it, its properties as XML."""
    below = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}" w:styleId={quoteattr(key)}><w:name w:val={quoteattr(name)}/>{below}{props}</w:style>'


def part(tag: str, content: str) -> str:
    """The text of a part whose outermost element is w:tag."""
    return f"{XML}<w:{tag} {NAMES}>{content}</w:{tag}>"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip of named parts, always the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def relations(entries: list[tuple[str, str, str, bool]]) -> str:
    """A .rels part of (id, type, target, external)."""
    rows = "".join(
        f'<Relationship Id="{key}" Type="{kind if "://" in kind else OFFICE + kind}" Target={quoteattr(target)}'
        f"{' TargetMode=' + quoteattr('External') if external else ''}/>"
        for key, kind, target, external in entries
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}relationships">{rows}</Relationships>'


def package(body: str, styles: str = "", parts: dict[str, tuple[str, str]] | None = None, links: list | None = None, media=None) -> bytes:
    """A .docx.

    body: blocks as XML, or the whole of word/document.xml. parts: file name in word/ → (kind of relation, XML). links: further
    relations of the document as (id, type, target, external). media: path in the zip → bytes, related to by links.
    """
    parts, links = {"styles.xml": ("styles", part("styles", BASE + styles))} | (parts or {}), links or []
    own = [(f"p{n}", kind, name, False) for n, (name, (kind, _)) in enumerate(parts.items(), 1)]
    size = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    heads = "".join(f'<w:{kind}Reference w:type="default" r:id="{key}"/>' for key, kind, *_ in own if kind in ("header", "footer"))
    size = size.replace("<w:sectPr>", "<w:sectPr>" + heads)
    document = body if body.startswith("<?xml") else part("document", f"<w:body>{body}{size}</w:body>")
    types = "".join(f'<Override PartName="/word/{name}" ContentType="{WORD}{kind}+xml"/>' for name, (kind, _) in parts.items())
    return zipped(
        {
            "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" ContentType="application/vnd.openxml'
            'formats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" '
            'ContentType="image/png"/><Default Extension="bin" ContentType="application/octet-stream"/>'
            f'<Override PartName="/word/document.xml" ContentType="{WORD}document.main+xml"/>{types}</Types>',
            "_rels/.rels": relations(
                [("r1", "officeDocument", "word/document.xml", False)]
                + [(f"r{n}", kind, name, False) for n, (name, kind) in enumerate(PROPERTIES.items(), 2) if name in (media or {})]
            ),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": relations(own + links),
            **{f"word/{name}": content for name, (_, content) in parts.items()},
            **(media or {}),
        }
    )


PROPERTIES = {
    "docProps/core.xml": PACKAGE + "relationships/metadata/core-properties",
    "docProps/app.xml": "extended-properties",
    "docProps/custom.xml": "custom-properties",
}
