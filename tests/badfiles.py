"""Files that are broken, hostile or not what their names say: BAD by name, each with the problem that a clerk should be told."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import badtexts as texts
from badparts import bomb, compound, deep, member, old_excel, picture_bomb, sheets, slow_bomb, with_names
from wordlayouts import plain
from wordparts import SPACES, p, package
from wordplants import png


@dataclass(frozen=True)
class Bad:
    """A bad file.

    make gives its bytes; name is what it is called. kind is the one problem to be told (see KINDS), `none` where there is nothing to tell.
    comes_in: whether the case (the form of `wordcase`) or the rows in it come in all the same.
    """

    name: str
    make: Callable[[], bytes]
    kind: str
    comes_in: bool = False


KINDS = {
    "damaged": "The file is cut off or broken: ask for it again.",
    "encrypted": "It has a password: open it, take the password off, save it anew.",
    "renamed": "It is another kind of file than its name says: say which, and what to do with it.",
    "old-format": "It is a .doc or .xls under a new name: save it as .docx or .xlsx.",
    "too-big": "Unpacked it is bigger than any form can be.",
    "too-many": "It holds more parts than any form can have.",
    "too-deep": "Its tables stand within one another deeper than can be read.",
    "doctype": "It declares entities, which no Word or Excel writes: do not open it, ask where it comes from.",
    "path": "It holds parts whose names lead out of the file.",
    "double": "It holds a part twice, so that programs read different things.",
    "outside": "Something in it lies elsewhere (a picture, a template) and was not fetched.",
    "lock-file": "Word's own note that somebody has the file open: nothing in it, close Word.",
    "empty": "There is nothing in it: ask for it again.",
    "no-sheet": "It has no sheet.",
    "not-a-document": "A zip, but with no document of Word or Excel in it.",
    "picture-too-big": "A picture has more points than can be read.",
    "picture-damaged": "A picture is cut off.",
    "none": "Nothing is wrong with it.",
}


def form() -> bytes:
    """The good form."""
    return package(plain())


def linked(*links: tuple[str, str, str, bool], body: str = "") -> Callable[[], bytes]:
    """The good form with relations to elsewhere."""
    return lambda: package(plain() + body, links=list(links))


def document(text: str | bytes) -> Callable[[], bytes]:
    """The good form with another word/document.xml."""
    return lambda: member(form(), "word/document.xml", text)


def whole(text: str) -> str:
    """word/document.xml around blocks that are no longer well formed or that declare too much."""
    names = " ".join(f'xmlns:{key}="{uri}"' for key, uri in SPACES.items())
    return f"<w:document {names}><w:body>{text}</w:body></w:document>"


def sums(data: bytes) -> bytes:
    """The good form with a byte of its compressed text changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.getinfo("word/document.xml").header_offset + 30 + len("word/document.xml") + 40
    return data[:start] + bytes([data[start] ^ 0x55]) + data[start + 1 :]


OUTSIDE = '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="u"><pic:pic><pic:blipFill><a:blip r:link="away"/></pic:blipFill></pic:pic>'
OUTSIDE += "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"

BAD: dict[str, Bad] = {
    "truncated": Bad("申报表1.docx", lambda: form()[: len(form()) * 2 // 3], "damaged"),
    "first-bytes": Bad("申报表2.docx", lambda: form()[:30], "damaged"),
    "wrong-sum": Bad("申报表3.docx", lambda: sums(form()), "damaged"),
    "half-xml": Bad("申报表4.docx", document(whole("<w:p>")), "damaged"),
    "no-main-part": Bad("申报表5.docx", lambda: member(form(), "word/document.xml", None), "damaged"),
    "noise": Bad("申报表6.docx", lambda: bytes((n * 7919 + n // 13) % 256 for n in range(4000)), "damaged"),
    "encrypted": Bad("加密.docx", lambda: compound("EncryptionInfo", "EncryptedPackage"), "encrypted"),
    "encrypted-sheet": Bad("加密.xlsx", lambda: compound("EncryptionInfo", "EncryptedPackage"), "encrypted"),
    "encrypted-member": Bad("加密2.docx", lambda: with_names(["word/document.xml"], flags=1), "encrypted"),
    "doc-as-docx": Bad("旧格式.docx", lambda: compound("WordDocument", "1Table"), "old-format"),
    "xls-as-xlsx": Bad("旧格式.xlsx", old_excel, "old-format"),
    "pdf-as-docx": Bad("扫描.docx", lambda: texts.PDF, "renamed"),
    "jpg-as-docx": Bad("照片改名.docx", lambda: texts.JPG, "renamed"),
    "rtf-as-docx": Bad("富文本.docx", lambda: texts.RTF, "renamed"),
    "html-as-docx": Bad("网页.docx", lambda: texts.HTML.encode(), "renamed"),
    "html-as-xlsx": Bad("导出.xlsx", lambda: texts.HTML.encode("gb18030"), "renamed"),
    "csv-as-xlsx": Bad("汇总表1.xlsx", lambda: texts.CSV.encode("gb18030"), "renamed"),
    "docx-as-xlsx": Bad("汇总表2.xlsx", form, "renamed"),
    "xlsx-as-docx": Bad("申报表7.docx", lambda: sheets(texts.ROWS), "renamed"),
    "zip-as-docx": Bad("材料.docx", lambda: with_names(["案例/正文.txt", "案例/照片.jpg"]), "not-a-document"),
    "png-as-jpg": Bad("照片1.jpg", png, "none", True),
    "bomb": Bad("炸弹.docx", lambda: bomb(2**30), "too-big"),
    "bomb-that-lies": Bad("炸弹2.docx", lambda: bomb(2**30, says=4000), "damaged"),
    "bomb-beside": Bad("炸弹3.docx", lambda: bomb(2**30, "word/media/image1.png", form()), "too-big"),
    "bomb-of-parts": Bad("炸弹4.docx", lambda: slow_bomb(form(), 40, 2**25), "too-big"),
    "bomb-sheet": Bad("炸弹.xlsx", lambda: bomb(2**30, "xl/sharedStrings.xml", sheets(texts.ROWS)), "too-big"),
    "many-parts": Bad("零件.docx", lambda: with_names([f"word/p{n}.xml" for n in range(20000)], form()), "too-many"),
    "nested-tables": Bad("套表.docx", lambda: package(deep("<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>", 3000)), "too-deep"),
    "nested-controls": Bad("套控件.docx", lambda: package(deep("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 3000)), "too-deep"),
    "entities": Bad("实体.docx", document(texts.LAUGHS.replace("BODY", whole(p("X").replace("X", "&i;")))), "doctype"),
    "entity-of-a-file": Bad("实体2.docx", document(texts.FILE.replace("BODY", whole(p("X").replace("X", "&i;")))), "doctype"),
    "entities-utf16": Bad("实体3.docx", lambda: document(texts.utf16(texts.LAUGHS.replace("BODY", whole("<w:p/>"))))(), "doctype"),
    "entities-sheet": Bad(
        "实体.xlsx", lambda: member(sheets(texts.ROWS), "xl/workbook.xml", texts.LAUGHS.replace("BODY", "<x>&i;</x>")), "doctype"
    ),
    "doctype-in-styles": Bad("实体4.docx", lambda: member(form(), "word/styles.xml", texts.FILE.replace("BODY", "<x>&i;</x>")), "doctype"),
    "picture-elsewhere": Bad("外链1.docx", linked(("away", "image", "http://example.com/a.png", True), body=p(OUTSIDE)), "outside", True),
    "picture-of-the-disk": Bad("外链2.docx", linked(("away", "image", "file:///etc/passwd", True), body=p(OUTSIDE)), "outside", True),
    "template-elsewhere": Bad("外链3.docx", linked(("t", "attachedTemplate", "http://example.com/a.dotm", True)), "outside", True),
    "chunk-elsewhere": Bad(
        "外链4.docx", linked(("c", "aFChunk", "\\\\server\\share\\a.docx", True), body='<w:altChunk r:id="c"/>'), "outside", True
    ),
    "link-of-text": Bad("链接.docx", linked(("h", "hyperlink", "http://example.com/", True)), "none", True),
    "names-up": Bad("路径1.docx", lambda: with_names(["../../../tmp/casepress-evil.xml"], form()), "path"),
    "names-root": Bad("路径2.docx", lambda: with_names(["/tmp/casepress-evil.xml"], form()), "path"),
    "names-windows": Bad("路径3.docx", lambda: with_names(["..\\..\\evil.xml", "C:\\evil.xml"], form()), "path"),
    "names-twice": Bad("路径4.docx", lambda: with_names(["word/document.xml"], form()), "double"),
    "names-link": Bad("路径5.docx", lambda: with_names(["word/media/image1.png"], form(), mode=0o120777, content=b"/etc/passwd"), "path"),
    "target-up": Bad("路径6.docx", linked(("i", "image", "../../../../etc/passwd", False)), "outside", True),
    "lock-file": Bad("~$申报表.docx", lambda: b"\x06clerk\x20" + bytes(155), "lock-file"),
    "lock-file-sheet": Bad("~$汇总表.xlsx", lambda: b"\x06clerk\x20" + bytes(158), "lock-file"),
    "lock-file-of-office": Bad(".~lock.申报表.docx#", lambda: b",clerk,host,27.11.2026 10:00,file:///x;", "lock-file"),
    "empty": Bad("空.docx", lambda: b"", "empty"),
    "empty-sheet-file": Bad("空.xlsx", lambda: b"", "empty"),
    "empty-document": Bad("空白.docx", lambda: package(p("")), "empty"),
    "empty-rows": Bad("空表.xlsx", lambda: sheets([]), "empty"),
    "zeros": Bad("全零.docx", lambda: bytes(4096), "damaged"),
    "no-sheet": Bad("无表.xlsx", lambda: sheets(None), "no-sheet"),
    "far-cell": Bad("远格.xlsx", lambda: sheets(texts.ROWS, {"XFD1048576": "远"}), "none", True),
    "beyond-cell": Bad("界外.xlsx", lambda: sheets(texts.ROWS, {"F" + "7" * 44: "远"}), "damaged"),
    "far-style": Bad("远式.xlsx", lambda: sheets(texts.ROWS, {"XFD1048576": None}, size="A1:XFD1048576"), "none", True),
    "picture-bomb": Bad("照片2.png", lambda: picture_bomb(60000, 60000), "picture-too-big"),
    "picture-bomb-inside": Bad(
        "照片.docx",
        lambda: package(
            plain(), links=[("i", "image", "media/image1.png", False)], media={"word/media/image1.png": picture_bomb(60000, 60000)}
        ),
        "picture-too-big",
        True,
    ),
    "picture-half": Bad("照片3.png", lambda: png()[:-40], "picture-damaged"),
}


def write(key: str, folder: Path) -> Path:
    """A bad file on disk."""
    path = folder / BAD[key].name
    path.write_bytes(BAD[key].make())
    return path


def huge(folder: Path, size: int = 200 * 2**20) -> Path:
    """A file of 200 MB that takes no room: one hole; too-big before it is read."""
    path = folder / "大文件.docx"
    with path.open("wb") as file:
        file.write(form())
        file.truncate(size)
    return path
