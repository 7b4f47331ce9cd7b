"""Things that lie in Word files and must never come out of them, laid into the form of 001: each way by itself, and all at once."""

import struct
import zlib

from wordcase import EXPECTED, PLANTED, SECTIONS
from wordlayouts import plain
from wordparts import OFFICE, PACKAGE, PROPERTIES, SPACES, XML, control, field, p, package, part, r, style, tr

WHO = f'w:author="{PLANTED["author"]}" w:date="2026-11-01T08:00:00Z"'
FIRST, SECOND = SECTIONS["案例背景"]
HINT = style("hint", "Placeholder Text", "", '<w:rPr><w:color w:val="808080"/></w:rPr>', "character")


def cut(text: str) -> tuple[str, str]:
    """A text in two halves."""
    return text[: len(text) // 2], text[len(text) // 2 :]


def change(body: str, text: str, blocks: str) -> str:
    """The body with other blocks in place of the one paragraph of this text."""
    assert body.count(p(text)) == 1, text
    return body.replace(p(text), blocks)


def gone(text: str, number: int) -> str:
    """A deleted run."""
    return f'<w:del w:id="{number}" {WHO}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def tracked(body: str) -> str:
    """Deleted and inserted words, a deleted paragraph, a deleted row and an inserted one, changed properties."""
    head, tail = cut(FIRST)
    new = f'<w:ins w:id="12" {WHO}>{r(tail)}</w:ins>'
    mark = f'<w:rPr><w:del w:id="13" {WHO}/></w:rPr>'
    body = change(body, FIRST, p(r(head), gone(PLANTED["deleted"], 11), new) + p(gone(PLANTED["deleted-paragraph"], 14), props=mark))
    row = tr("备注", PLANTED["deleted-row"], "备注", PLANTED["deleted-row"], props=f'<w:del w:id="15" {WHO}/>')
    people = tr("负责人", EXPECTED["负责人"], "电话", EXPECTED["负责人电话"])
    made = people.replace("<w:tr>", f'<w:tr><w:trPr><w:ins w:id="16" {WHO}/></w:trPr>')
    assert body.count(people) == 1
    return body.replace(people, row + made)


def moved(body: str) -> str:
    """A paragraph moved: what was there stays in the file, other words with it."""
    old = f'<w:moveFrom w:id="21" {WHO}>{r(SECOND + PLANTED["moved-from"])}</w:moveFrom>'
    new = f'<w:moveTo w:id="22" {WHO}>{r(SECOND)}</w:moveTo>'
    start, end = f'<w:moveFromRangeStart w:id="23" {WHO} w:name="move1"/>', '<w:moveFromRangeEnd w:id="23"/>'
    to, done = f'<w:moveToRangeStart w:id="24" {WHO} w:name="move1"/>', '<w:moveToRangeEnd w:id="24"/>'
    return change(body, SECOND, p(to, new, done) + start + p(old) + end)


def hidden(body: str) -> str:
    """Hidden words: directly, by a style of characters, by a style below another of paragraphs; and one style taken back, which shows."""
    head, tail = cut(FIRST)
    seen = r(tail, '<w:rStyle w:val="away"/><w:vanish w:val="0"/>')
    blocks = p(r(head), r(PLANTED["hidden"], "<w:vanish/>"), seen, r(PLANTED["hidden-style"], '<w:rStyle w:val="away"/>'))
    return change(body, FIRST, blocks + p(PLANTED["hidden-paragraph-style"], style="awaytoo"))


HIDDEN = (
    style("away", "隐去", "", "<w:rPr><w:vanish/></w:rPr>", "character")
    + style("awaypara", "隐去段", "a", "<w:rPr><w:vanish/></w:rPr>")
    + style("awaytoo", "又隐去段", "awaypara")
)


def commented(body: str) -> str:
    """A comment on half a paragraph."""
    head, tail = cut(FIRST)
    mark = '<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    return change(body, FIRST, p(mark[0], r(head), mark[1], r(tail)))


COMMENTS = f'<w:comment w:id="0" w:initials="x" {WHO}>{p(PLANTED["comment"])}</w:comment>'


def listed(body: str) -> str:
    """A contents list made by Word before everything, in its control and as a bare field; a bookmark and a variable."""
    bare = field(' TOC \\o "1-3" \\h ', r(PLANTED["contents"] + "\t1"))
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
    inner = p("目录" + PLANTED["contents"], style="toc1") + p(bare, style="toc1")
    named = f'<w:bookmarkStart w:id="9" w:name="{PLANTED["bookmark"]}"/><w:bookmarkEnd w:id="9"/>'
    loose = p(f'<w:fldSimple w:instr=" DOCVARIABLE {PLANTED["field-code"]} ">{r("")}</w:fldSimple>', named)
    return control(inner, gallery) + p(bare, style="toc1") + loose + body


def picture(path: str = "pic") -> str:
    """A picture in a run, its description a path on somebody's disk."""
    alt = f'<wp:docPr id="3" name="图片 3" descr="{PLANTED["alt-file"]}"/>'
    look = f'<pic:nvPicPr><pic:cNvPr id="3" name="{PLANTED["alt-file"]}"/><pic:cNvPicPr/></pic:nvPicPr>'
    fill = f'<pic:blipFill><a:blip r:embed="{path}"/></pic:blipFill><pic:spPr/>'
    data = f'<a:graphicData uri="{SPACES["pic"]}"><pic:pic>{look}{fill}</pic:pic></a:graphicData>'
    inline = f'<wp:inline><wp:extent cx="900000" cy="600000"/>{alt}<a:graphic>{data}</a:graphic></wp:inline>'
    return f"<w:r><w:drawing>{inline}</w:drawing></w:r>"


def png(width: int = 60, height: int = 40, secret: str = PLANTED["property"]) -> bytes:
    """A small grey picture with a value in its text chunk."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    body = zlib.compress((b"\0" + b"\x99" * width) * height)
    text = b"XML:com.adobe.xmp\0\0\0\0\0" + secret.encode()
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"iTXt", text)
        + chunk(b"IDAT", body)
        + chunk(b"IEND", b"")
    )


def embedded(body: str) -> str:
    """An embedded object with its picture for old Word, an unknown choice with a fallback beside a known one."""
    made = '<w:object><v:shape style="width:9pt"/><o:OLEObject Type="Embed" ProgID="Package" r:id="ole"/></w:object>'
    second = f"<mc:AlternateContent><mc:Choice Requires='wps'>{r(SECOND)}</mc:Choice><mc:Fallback>{r(PLANTED['fallback'])}</mc:Fallback>"
    return change(body, SECOND, p(second + "</mc:AlternateContent>") + p(f"<w:r>{made}</w:r>", picture()))


DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/"
INFO = {
    "docProps/core.xml": f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}metadata/core-properties" {DC}><dc:title>{PLANTED["property"]}</dc:title>'
    f"<dc:creator>{PLANTED['author']}</dc:creator><cp:lastModifiedBy>{PLANTED['author']}</cp:lastModifiedBy></cp:coreProperties>",
    "docProps/app.xml": f'{XML}<Properties xmlns="{TYPES}extended-properties"><Manager>{PLANTED["author"]}</Manager></Properties>',
    "docProps/custom.xml": f'{XML}<Properties xmlns="{TYPES}custom-properties" xmlns:vt="{TYPES}docPropsVTypes"><property pid="2" name="手机" '
    f'fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}"><vt:lpwstr>{PLANTED["custom-property"]}</vt:lpwstr></property></Properties>',
}
assert set(INFO) == set(PROPERTIES)
OBJECT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + PLANTED["embedded"].encode("utf-16le") + PLANTED["embedded"].encode() + bytes(600)
MEDIA = {"word/media/image1.png": png(), "word/embeddings/oleObject1.bin": OBJECT}
LINKS = [("pic", "image", "media/image1.png", False), ("ole", OFFICE + "oleObject", "embeddings/oleObject1.bin", False)]
PARTS = {
    "comments.xml": ("comments", part("comments", COMMENTS)),
    "header1.xml": ("header", part("hdr", p(PLANTED["header"]))),
    "footer1.xml": ("footer", part("ftr", p(PLANTED["footer"], field(" PAGE ", r("1"))))),
    "settings.xml": (
        "settings",
        part("settings", f'<w:docVars><w:docVar w:name="电话" w:val="{PLANTED["variable"]}"/></w:docVars><w:trackRevisions/>'),
    ),
}
WAYS = {
    "tracked": lambda: package(tracked(plain())),
    "moved": lambda: package(moved(plain())),
    "hidden": lambda: package(hidden(plain()), HIDDEN),
    "commented": lambda: package(commented(plain()), parts={"comments.xml": PARTS["comments.xml"]}),
    "headers": lambda: package(plain(), parts={name: PARTS[name] for name in ("header1.xml", "footer1.xml", "settings.xml")}),
    "contents-list": lambda: package(listed(plain()), style("toc1", "toc 1")),
    "embedded": lambda: package(embedded(plain()), links=LINKS, media=MEDIA),
    "properties": lambda: package(plain(), media=INFO),
    "everything-planted": lambda: package(
        listed(embedded(hidden_last(tracked(plain())))),
        HIDDEN + HINT + style("toc1", "toc 1"),
        PARTS,
        LINKS,
        MEDIA | INFO,
    ),
}


def hidden_last(body: str) -> str:
    """Hidden words and a comment in the last section, where the others have left their paragraphs alone."""
    last = SECTIONS["成效与社会影响"][0]
    away = p(r(last), r(PLANTED["hidden"], "<w:vanish/>"), r(PLANTED["hidden-style"], '<w:rStyle w:val="away"/>'))
    note = '<w:r><w:commentReference w:id="0"/></w:r>'
    return change(body, last, away.replace("</w:p>", note + "</w:p>") + p(PLANTED["hidden-paragraph-style"], style="awaytoo"))
