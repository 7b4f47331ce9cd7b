"""What of a document or film is let out: at the edges of every bound, each part that stops it or is left out, and what is said of it."""

import io
import os
import re
import zipfile

import pytest

import movies
import test_let_out
from casepress.collection import enclosed, project
from casepress.facts import enclosures, officeparts
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Wrong
from casepress.values.fields import Field

PDF = test_let_out.pdf()
BAD, _ = test_let_out.REFUSED["opened"]
MB = 1024 * 1024
AGAIN = "请用 Office 或 WPS 打开，另存为 .{}"


def package(*names: str, **parts: bytes) -> bytes:
    """A zip with these parts; those of `names` say x."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, data in {**dict.fromkeys(names, b"x"), **parts}.items():
            file.writestr(name, data)
    return made.getvalue()


def office(kind: str, *names: str, **parts: bytes) -> bytes:
    return package(officeparts.TYPES, f"{enclosures.OFFICE[kind]}a.xml", *names, **parts)


def nested(depth: int) -> bytes:
    """A document in which others stand, one in the other."""
    inner = {"word/embeddings/a.docx": nested(depth - 1)} if depth else {}
    return office("docx", **inner)


def refused(data: bytes, kind: str) -> tuple[str, str]:
    """Why a file is not published, and the cure; empty where it is."""
    try:
        enclosures.published(data, kind)
    except enclosures.NotEnclosed as reason:
        return str(reason), reason.cure
    return "", ""


MACROS = "里面有宏，会在别人电脑上自己运行"
ACTS = ("里面有脚本", test_let_out.AGAIN)
OUT = ("里面有部件要通到文件外面去，不安全", "请不要用它，问问这个文件是哪里来的")
PARTLY = ("不完整，或者已经坏了", "请用剪辑软件另存为 MP4（H.264）")
BROKEN = "打不开：加了密码，或者坏了"


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (PDF, "pdf", ("", "")), (b"x" + PDF, "pdf", ("", "")), (b" " * 1019 + PDF, "pdf", ("", "")),
        (b" " * 1020 + PDF, "pdf", ("不是 PDF 文件", "请打开看看，另存为 PDF")),
        (movies.FILM, "mp4", ("", "")), (movies.FILM[:-4], "mp4", PARTLY), (movies.HEAD, "mp4", PARTLY), (b"000ftyp", "mp4", ("不是 MP4 视频", "请用剪辑软件另存为 MP4（H.264）")), (movies.webm(), "webm", ("", "")), (movies.webm()[:-1], "webm", PARTLY),
        (b" \x1aE\xdf\xa3", "webm", ("不是 WEBM 视频", "请用剪辑软件另存为 MP4（H.264）")),
        (office("docx"), "docx", ("", "")), (office("xlsx"), "xlsx", ("", "")), (office("pptx"), "pptx", ("", "")),
        (office("docx"), "pptx", ("不是真正的 .pptx 文件", AGAIN.format("pptx"))), (package("word/a.xml"), "docx", ("不是真正的 .docx 文件", AGAIN.format("docx"))),
        (package(officeparts.TYPES), "docx", ("不是真正的 .docx 文件", AGAIN.format("docx"))), (b"PK", "docx", (BROKEN, AGAIN.format("docx"))),
        *((office("docx", **{officeparts.TYPES: b"<a " + word}), "docx", (MACROS, "请另存为不带宏的 .docx")) for word in (b"macroEnabled", b"vbaProject")),
        *((office("docx", name), "docx", OUT) for name in ("/etc/a.xml", "word/../../a.xml", "../a.xml", "\\a.xml")),
        (office("docx", "word/a..b.xml", "word/b/"), "docx", ("", "")),
        (nested(2), "docx", ("", "")),
        (nested(3), "docx", (f"{'里面嵌着的 .docx 文件' * 2}里面一层套一层地嵌着文件", "请把嵌入的文件换成图片")),
        (office("docx", "word/embeddings/a.xlsx"), "docx", (f"里面嵌着的 .xlsx 文件{BROKEN}", AGAIN.format("xlsx"))),
    ],
)  # fmt: skip
def test_files_are_let_out_or_refused(data, kind, reason):
    """What runs, names somebody, leads out or is not what it says is refused in whole sentences; what is near it is not."""
    assert refused(data, kind) == reason


def test_large_files_are_refused(monkeypatch):
    """By their bytes, their parts, and what they come to unpacked: at each bound, and told in megabytes."""
    bounds = (enclosures.MOST_BYTES, enclosures.MOST_FILM, enclosures.MOST_UNPACKED, enclosures.MOST_PARTS)
    assert bounds == (50 * MB, 300 * MB, 400 * MB, 5000)
    cure = "请换成小一些的，或放到别处，在正文里写网址"
    monkeypatch.setattr(enclosures, "MOST_BYTES", 2 * MB)
    monkeypatch.setattr(enclosures, "MOST_FILM", 3 * MB)
    for head, kind, most in ((b"", "pdf", 2), (movies.FILM + b"\0\0\0\0free", "mp4", 3)):
        assert cure not in refused(head + bytes(most * MB - len(head)), kind)
        assert refused(head + bytes(most * MB - len(head) + 1), kind) == (f"有 {most} MB，最多 {most} MB", cure)
        assert refused(head + bytes(4 * MB), kind) == (f"有 4 MB，最多 {most} MB", cure)
    large = ("展开来太大，不像一份文档", AGAIN.format("docx"))
    names = [f"word/{nth}" for nth in range(4998)]
    assert (refused(office("docx", *names), "docx"), refused(office("docx", *names, "b", "c/"), "docx")) == (("", ""), large)
    monkeypatch.setattr(enclosures, "MOST_UNPACKED", 100)
    assert refused(office("docx", **{"word/b": b"x" * 98}), "docx") == ("", "")
    assert refused(office("docx", **{"word/b": b"x" * 99}), "docx") == large


def test_films_of_phones_lose_what_they_say():
    """A film is published without place and names, at the same length; one that has none stays as it is."""
    film = movies.FILM + movies.box(b"udta", b"Wang")
    assert enclosures.published(film, "mp4") == film.replace(b"udtaWang", b"free\0\0\0\0")
    made = enclosures.published(film := movies.webm(said=b"Wang"), "webm")
    assert len(made) == len(film) and b"Wang" not in made and enclosures.published(made, "webm") == made


def test_published_names_tell_kind_and_size():
    """Sixteen figures of a sum, the bytes that are published, the ending; sizes are read from such names alone."""
    name, size = enclosures.published_name(PDF, "pdf"), len(enclosures.published(PDF, "pdf"))
    assert re.fullmatch(rf"[0-9a-f]{{16}}-{size}\.pdf", name) and enclosures.published_name(PDF + b"\n", "pdf") != name
    assert enclosures.size_of(name) == size and enclosures.size_of(f"x{name}") == enclosures.size_of("a.pdf") == 0
    assert [enclosures.ending(each) for each in ("a.PDF", "a.b.docx", "a", "", ".md", "a.")] == ["pdf", "docx", "", "", "md", ""]


def test_properties_are_emptied_whatever_their_letters():
    """Who wrote a document, in what and for whom, is gone; all else is as it was, and in its order."""
    parts = {"docProps/core.xml": b"Wang", "DOCPROPS/App.xml": b"Wang", "docProps/custom.xml": b"Wang", "word/b.xml": b"Li"}
    with zipfile.ZipFile(io.BytesIO(enclosures.published(office("docx", "word/c/", **parts), "docx"))) as made:
        assert made.namelist() == [officeparts.TYPES, "word/a.xml", *parts] and made.read("word/b.xml") == b"Li"
        assert not any(b"Wang" in made.read(name) for name in parts) and made.read("docProps/core.xml").endswith(b'core-properties"/>')
        assert {each.date_time for each in made.infolist()} == {(1980, 1, 1, 0, 0, 0)} and {each.compress_type for each in made.infolist()} == {
            8
        }


@pytest.mark.parametrize(
    ("words", "names"),
    {
        "有宏": "word/vbaProject.bin vbaData.xml xl/macrosheets/s.xml xl/xlmacro1 a/attachedToolbars.bin wllib/x word/wllibs/x",
        "有 ActiveX 控件": "word/activeX/a.xml activeX1.bin x/activex.xml",
        "嵌着可能带宏的文件": "x/embeddings/a.docm embeddings/a.xlsb embeddings/a.xls embeddings/a.doc x/embeddings/a.ppt",
        "有嵌入的对象": "oleObject1 word/oleObject1.bin embeddings/a.pdf embeddings/.exe",
        "有一个不知道做什么用的部件": "a.bin x/a.exe a.dll a.js a.vbs a.bat a.cmd a.scr a.hta a.jar a.msi a.ps1",
        "": """word/a.xml embeddings/a.xlsx x/embeddings/a.DOCX embeddings/a.pptx customProperty1.bin xl/printerSettings1.bin xl/printerSettings/a.bin
            docProps/thumbnail.exe word/fonts/a.odttf a.binx activex1.txt vba/project.xml""",
    }.items(),
)
def test_parts_that_stop_a_document(words, names):
    """Each kind by its name, in any folder and any letters; the first that fits is named, whatever may be stands before it."""
    for name in names.split():
        for each in (name, name.upper()):
            found = officeparts.stopping(["word/a.xml", "xl/printerSettings1.bin", each, "b.exe"])
            assert found and (each if words else "b.exe") == found[0] and found[1].startswith(words), (each, found)
    assert officeparts.stopping(["word/a.xml"]) is officeparts.stopping([]) is None
    assert [officeparts.within(name) for name in ("x/embeddings/A.XLSX", "embeddings/a.docx", "a.docx", "embeddings/a/b.pptx", "embeddings/a.pdf")] == [
        "xlsx", "docx", "", "", "",
    ]  # fmt: skip


def relation(id_: str, target: str, more: str = "", end: str = "/>") -> str:
    return f'<Relationship Id="{id_}" Target="{target}"{more}{end}'


def test_what_is_left_out_takes_its_relations_along():
    """What a printer was told and the picture of the first page: of relations, types and tags only those that lead there are gone."""
    sheet, printer, relations = "xl/worksheets/s1.xml", "xl/printerSettings/p1.bin", "xl/worksheets/_rels/s1.xml.rels"
    gone = [
        relation("rId7", "../printerSettings/p1.bin"),
        relation("r8", "/xl/printerSettings/P1.bin", "", "></Relationship>"),
        relation("r9", "../printer&#83;ettings/p1.bin"),
    ]
    stay = [
        relation("r1", "../a.xml"),
        relation("r2", "../printerSettings/p1.bin", ' TargetMode="External"'),
        relation("r3", "printerSettings/p1.bin"),
        "<Relationships x='../printerSettings/p1.bin'>",
    ]
    parts = {
        officeparts.TYPES: b"<Override PartName='/xl/printerSettings/p1.bin' a='b'/><Override PartName='/xl/a.xml'/><Override a='/docProps/thumbnail.jpeg'/>",
        sheet: b'<pageSetup a="1" r:id="rId7" b="2"/><pageSetup r:id="r1"/><pageSetup x:id=\'r8\'/><x:printerSettings r:id="rId7"/><printerSettings r:id="r1"/><printerSettings id="r8"/>',
        relations: "".join((stay[0], gone[0], stay[1], gone[1], stay[2], gone[2], stay[3])).encode(),
        "xl/other.xml": b'<printerSettings r:id="rId7"/>',
        "xl/_rels/printerSettings1.xml.rels": b"",
        "_rels/.rels": (relation("rId1", "docProps/thumbnail.jpeg") + relation("rId2", "docProps/thumbnails.jpeg.xml") + relation("rId3", "xl/w.xml")).encode(),
        printer: b"HP",
        "docProps/thumbnail.jpeg": b"x",
    }  # fmt: skip
    leaving = officeparts.Leaving(parts, parts.__getitem__)
    assert leaving.out == {printer, "docProps/thumbnail.jpeg"}
    assert {name: leaving.part(name, data).decode() for name, data in parts.items() if name not in leaving.out} == {
        officeparts.TYPES: "<Override PartName='/xl/a.xml'/><Override a='/docProps/thumbnail.jpeg'/>",
        sheet: '<pageSetup a="1" b="2"/><pageSetup r:id="r1"/><pageSetup/><printerSettings r:id="r1"/><printerSettings id="r8"/>',
        relations: "".join(stay),
        "xl/other.xml": '<printerSettings r:id="rId7"/>',
        "xl/_rels/printerSettings1.xml.rels": "",
        "_rels/.rels": relation("rId2", "docProps/thumbnails.jpeg.xml") + relation("rId3", "xl/w.xml"),
    }
    del parts[printer], parts["docProps/thumbnail.jpeg"]
    nothing = officeparts.Leaving(parts, parts.__getitem__)
    assert not nothing.out and all(nothing.part(name, data) == data for name, data in parts.items())


@pytest.mark.parametrize(
    ("kind", "parts", "told"),
    [
        *(("docx", {f"word/{name}.xml": b""}, ("批注",)) for name in ("comments", "commentsExtended", "threadedComments/t1", "Comment", "threadedcomment1")),
        ("docx", {"word/mycomments.xml": b"", "comments.xml": b"", "word/comments.xml.rels": b""}, ()), ("xlsx", {"xl/comments1.xml": b""}, ("批注",)),
        ("docx", {"WORD/Document.xml": b"<w:ins >"}, ("修订痕迹",)), ("docx", {"word/document.xml": b"<w:del a>"}, ("修订痕迹",)), ("docx", {"word/document.xml": b"<w:delText>"}, ()),
        ("pptx", {"ppt/notesSlides/n.xml": b""}, ("演讲者备注",)), ("pptx", {"ppt/x/notesslides/n.xml": b""}, ()),
        ("xlsx", {"xl/workbook.xml": b'<s state="hidden"'}, ("隐藏的工作表",)), ("xlsx", {"xl/workbook.xml": b'<s state="shown"'}, ()),
        ("docx", {"xl/workbook.xml": b'state="hidden"', "word/b/comments/a.xml": b""}, ("批注",)), ("xlsx", {"word/document.xml": b"<w:ins >"}, ()),
        ("docx", {"word/document.xml": b"<w:ins >", "word/comments.xml": b"", "ppt/notesSlides/a": b""}, ("批注", "修订痕迹", "演讲者备注")),
    ],
)  # fmt: skip
def test_what_people_may_not_know_is_told(kind, parts, told):
    """Comments, tracked changes, notes, hidden sheets: each of its kind of document, in any letters, in their order; nothing of a PDF."""
    assert enclosures.remarks(package(**parts), kind) == told and enclosures.remarks(b"", "pdf") == ()


@pytest.fixture
def place(tmp_path, monkeypatch) -> project.Project:
    monkeypatch.setenv("CASEPRESS_CACHE", str(tmp_path / "cache"))
    (tmp_path / "甲/cases/校/d.pdf").mkdir(parents=True)
    files = {
        "a.pdf": PDF,
        "bad.pdf": BAD,
        "校/b.docx": office("docx", "word/comments.xml"),
        "v.mp4": movies.FILM,
        "../mkdocs.pdf": PDF,
        "collection.yml": b"",
    }
    for name, data in files.items():
        (tmp_path / "甲/cases" / name).write_bytes(data)
    os.symlink(__file__, tmp_path / "甲/cases/out.pdf")
    return project.find(tmp_path / "甲")


def test_a_case_brings_files_along(place):
    """By a path from where the case stands; each that cannot be taken with its reason, its line and the cure."""

    def asked(target: str, path: str = "cases/x.md") -> str:
        try:
            return " ".join(enclosed.enclosed_file(place, path, Node(7, target), target))
        except Wrong as wrong:
            assert (wrong.node.line, wrong.check) == (7, "enclosures_are_sound")
            return f"{wrong.what}|{wrong.cure}"

    name = enclosures.published_name(PDF, "pdf")
    assert (asked("a.pdf"), asked("../a.pdf", "cases/校/x.md")) == (f"cases/a.pdf {name}", f"cases/a.pdf {name}")
    there, beside, kinds = (
        "请检查文件名（大小写也要一致），并把它放在这个文件旁边",
        "请把它放在这个文件旁边，再写它的文件名",
        "可以用 docx、xlsx、pptx、pdf、mp4、webm；别的请另存为其中一种",
    )
    web = "网上的文件请在正文里写成链接；要收进来的，请存下来，放在案例旁边"
    assert {target: asked(target) for target in ("A.pdf", "校/d.pdf", "out.pdf", "../mkdocs.pdf", "/a.pdf", "//a/b.pdf", "https://a/b.pdf", "a.exe", "a.xlsm", "a.m", "a.pdm", "bad.pdf")} == {
        "A.pdf": "找不到附件“A.pdf”，旁边的“a.pdf”和它只有大小写不同|请把两个名字改成一样的，最好都用半角、小写的", "校/d.pdf": f"找不到附件“校/d.pdf”|{there}", "out.pdf": f"找不到附件“out.pdf”|{there}",
        "../mkdocs.pdf": f"附件“../mkdocs.pdf”在案例库的文件夹之外|{beside}", "/a.pdf": f"附件“/a.pdf”在案例库的文件夹之外|{beside}",
        "//a/b.pdf": f"附件“//a/b.pdf”在别处|{web}", "https://a/b.pdf": f"附件“https://a/b.pdf”在别处|{web}",
        "a.exe": f"附件“a.exe”不能用，不收这种文件|{kinds}", "a.xlsm": f"附件“a.xlsm”不能用，不收这种文件|{kinds}，带宏的请另存为不带宏的",
        "a.m": f"附件“a.m”不能用，不收这种文件|{kinds}", "a.pdm": f"附件“a.pdm”不能用，不收这种文件|{kinds}", "bad.pdf": f"附件“bad.pdf”不能用：{ACTS[0]}|{ACTS[1]}",
    }  # fmt: skip


def test_a_link_may_mean_a_file(place):
    """In a case, where such a file lies there; else it is a link as any other."""
    ask = enclosed.linked_file
    assert ask(place, "cases/x.md", Node(1, ""), "a.pdf") == ("cases/a.pdf", enclosures.published_name(PDF, "pdf"))
    for path, target in (
        ("content/x.md", "../cases/a.pdf"),
        ("cases/x.md", "b.md"),
        ("cases/x.md", "no.pdf"),
        ("cases/x.md", "../mkdocs.pdf"),
        ("cases/x.md", "校/d.pdf"),
    ):
        assert ask(place, path, Node(1, ""), target) is None
    with pytest.raises(Wrong, match="脚本"):
        ask(place, "cases/x.md", Node(1, ""), "bad.pdf")


def test_a_header_names_files(place):
    """A path, or what it is called and the picture of a film besides; what others may not know they publish is told on its line."""
    field = Field("files", "附件")

    def entry(**said: str) -> Node:
        return Node(3, {name: Node(3, value) for name, value in said.items()})

    def find(node: Node, target: str) -> tuple[str, str]:
        return target.removeprefix(enclosed.MARK).replace("t.", "cases/t."), f"<{target}>"

    def files(node: Node) -> list:
        return list(enclosed.files(field, node, place, "cases/x.md", find))

    (found,) = files(Node(3, "cases/v.mp4"))
    assert (found.file, found.name, found.title) == ("cases/v.mp4", "<enclosed:cases/v.mp4>", "v")
    (told, found) = files(Node(3, "cases/校/b.docx"))
    assert (told.path, told.line, told.what) == ("cases/x.md", 3, "附件“b.docx”里有批注，会一起公开") and found.title == "b"
    with pytest.raises(Wrong, match="没有写是哪个文件"):
        files(Node(3, ""))
