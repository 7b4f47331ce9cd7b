"""What is enclosed with a case, on the site: its pictures large, by mouse, keyboard and finger; documents to fetch and films to play."""

import base64
import io
import re
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from casepress import flow, scaffold
from casepress.collection import project
from casepress.facts import enclosures
from casepress.intake import pages
from casepress.values.problems import Stopped
from conftest import SETTINGS, case_text, write_files


def photo(width: int, height: int, seed: int) -> bytes:
    """A picture of one colour and this size."""
    data = io.BytesIO()
    Image.new("RGB", (width, height), (40 * seed, 120, 90)).save(data, "PNG")
    return data.getvalue()


def headed(text: str, lines: str) -> str:
    """A case with further lines in its header."""
    return text.replace("---\n", f"---\n{lines}\n", 1)


def office(kind: str = "xlsx", words: str = "课时 12", **further: bytes) -> bytes:
    """A document of Office as small as can be, with its author's name in its properties."""
    folder, main = {"docx": ("word", "document"), "xlsx": ("xl", "workbook"), "pptx": ("ppt", "presentation")}[kind]
    parts = {"[Content_Types].xml": b"<Types/>", f"{folder}/{main}.xml": f"<w>{words}</w>".encode()}
    parts |= {"docProps/core.xml": "<c><dc:creator>王小明</dc:creator></c>".encode(), "docProps/thumbnail.jpeg": b"\xff\xd8"}
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name, part in {**parts, **{name.replace("__", "/"): part for name, part in further.items()}}.items():
            package.writestr(name, part)
    return data.getvalue()


def nested(depth: int) -> bytes:
    """A document with a document within, and so on, so many deep."""
    inner = office("docx")
    for _ in range(depth):
        inner = office("docx", **{"word__embeddings__a.docx": inner})
    return inner


def pdf(words: str) -> bytes:
    """A PDF of one page as another program writes it: its letters stand there as they are."""
    shown = f"BT /F 12 Tf 20 100 Td ({words}) Tj ET"
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(shown)}>>stream\n{shown}\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )  # fmt: skip
    body = "".join(f"{nth} 0 obj{each}endobj\n" for nth, each in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R>>\n%%EOF\n".encode()


PDF = pdf("Plan")
# Two grey pictures of 16 × 16 points, one a second.
FILM = base64.b64decode(
    "AAAAIGZ0eXBpc29tAAACAGlzb21pc28yYXZjMW1wNDEAAAMxbW9vdgAAAGxtdmhkAAAAAAAAAAAAAAAAAAAD6AAAB9AAAQAAAQAAAAAAAAAAAAAAAAEAAAAA"
    "AAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAgAAAlt0cmFrAAAAXHRraGQAAAADAAAAAAAAAAAAAAAB"
    "AAAAAAAAB9AAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAABAAAAAABAAAAAQAAAAAAAkZWR0cwAAABxlbHN0AAAAAAAA"
    "AAEAAAfQAAAAAAABAAAAAAHTbWRpYQAAACBtZGhkAAAAAAAAAAAAAAAAAABAAAAAgABVxAAAAAAALWhkbHIAAAAAAAAAAHZpZGUAAAAAAAAAAAAAAABWaWRl"
    "b0hhbmRsZXIAAAABfm1pbmYAAAAUdm1oZAAAAAEAAAAAAAAAAAAAACRkaW5mAAAAHGRyZWYAAAAAAAAAAQAAAAx1cmwgAAAAAQAAAT5zdGJsAAAAvnN0c2QA"
    "AAAAAAAAAQAAAK5hdmMxAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAABAAEABIAAAASAAAAAAAAAABFUxhdmM1OS4zNy4xMDAgbGlieDI2NAAAAAAAAAAAAAAA"
    "GP//AAAANGF2Y0MBZAAK/+EAF2dkAAqs2V7ARAAAAwAEAAADAAg8SJZYAQAGaOvjyyLA/fj4AAAAABBwYXNwAAAAAQAAAAEAAAAUYnRydAAAAAAAAAB4AAAA"
    "eAAAABhzdHRzAAAAAAAAAAEAAAACAABAAAAAABRzdHNzAAAAAAAAAAEAAAABAAAAHHN0c2MAAAAAAAAAAQAAAAEAAAACAAAAAQAAABxzdHN6AAAAAAAAAAAA"
    "AAACAAAAEgAAAAwAAAAUc3RjbwAAAAAAAAABAAADYQAAAGJ1ZHRhAAAAWm1ldGEAAAAAAAAAIWhkbHIAAAAAAAAAAG1kaXJhcHBsAAAAAAAAAAAAAAAALWls"
    "c3QAAAAlqXRvbwAAAB1kYXRhAAAAAQAAAABMYXZmNTkuMjcuMTAwAAAACGZyZWUAAAAmbWRhdAAAAA5liIQAFv/+99M/zK1+WQAAAAhBmiFsQV/+8A=="
)
BODY = '甲甲甲甲。\n\n![操场](1.png "操场全景")\n\n乙乙乙乙。\n\n![](2.png)\n\n丙丙丙丙，见[附表](课表.xlsx)。'
FILES = {
    "collection.yml": SETTINGS,
    "1.png": photo(1300, 700, 1),
    "2.png": photo(300, 900, 2),
    "3.png": photo(640, 480, 3),
    "a.md": headed(
        case_text("甲", body=BODY),
        "photos: [{file: 3.png, alt: 教室}]\n附件: [课表.xlsx, {file: plan.pdf, title: 实施方案}, {file: 大课间.mp4, title: 大课间, poster: 1.png}]",
    ),
    "课表.xlsx": office(),
    "plan.pdf": PDF,
    "大课间.mp4": FILM,
    "b.md": case_text("乙"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("enclosed") / "collection"
    scaffold.new_collection(folder)
    (folder / "cases" / "example.md").unlink()
    (folder / "content" / "guide.md").write_text("# 手册\n", "utf-8")
    write_files(folder / "cases", FILES)
    return flow.build(project.find(folder), books=False).site


@pytest.fixture
def page(site, windows):
    window = windows("desk", viewport={"width": 1280, "height": 800}, locale="zh-CN")
    window.page.goto(f"{site.as_uri()}/cases/a.html")
    yield window.page
    assert window.taken()[1] == []


def test_a_picture_is_a_link_to_its_large_rendition(site):
    """Without scripts each picture leads to itself in its largest size, which is there; one without words says what the link does."""
    html = (site / "cases" / "a.html").read_text("utf-8")
    links = re.findall(r'<a class="cp-large" href="\.\./(pictures/[^"]+)"([^>]*)>\s*<img', html)
    assert [Image.open(site / name).size for name, _ in links] == [(1300, 700), (300, 900), (640, 480)]
    assert [bool(words) for _, words in links] == [False, True, False]
    assert "assets/lightbox.js" in html and "assets/lightbox.js" not in (site / "cases" / "b.html").read_text("utf-8")


def test_pictures_are_looked_at_by_keyboard(page):
    """Enter opens a picture, arrows lead to the others and stop at the ends, Escape closes, and the focus is where one left off."""
    links = page.locator("a.cp-large")
    links.first.focus()
    page.keyboard.press("Enter")
    shown = page.locator(".cp-lightbox[open] img")
    assert shown.get_attribute("alt") == "操场" and "操场全景" in page.inner_text(".cp-lightbox figcaption")
    assert page.inner_text(".cp-lightbox-nth") == "第 1 张，共 3 张"
    for key, alt in (("ArrowLeft", "操场"), ("ArrowRight", ""), ("ArrowRight", "教室"), ("ArrowRight", "教室")):
        page.keyboard.press(key)
        assert shown.get_attribute("alt") == alt
    page.keyboard.press("Escape")
    assert page.locator(".cp-lightbox[open]").count() == 0
    assert links.nth(2).evaluate("each => each === document.activeElement")


def test_a_picture_fits_and_is_seen_in_its_own_size(page):
    """All of a tall picture is seen at once; a click shows it in its own size, another all of it again."""
    page.locator("a.cp-large").nth(1).click()
    shown = page.locator(".cp-lightbox[open] img")
    page.wait_for_function("document.querySelector('.cp-lightbox img').complete")
    box = shown.bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= 800 and abs(box["height"] / box["width"] - 3) < 0.05
    shown.click(position={"x": 5, "y": 5})
    assert shown.bounding_box()["height"] == 900
    shown.click(position={"x": 5, "y": 5})
    assert shown.bounding_box()["height"] < 800
    page.get_by_role("button", name="关闭").click()


def test_a_swipe_leads_on(site, windows):
    """A finger drawn to the left shows the next picture, to the right the one before; along the page it does nothing."""
    page = windows("phone", viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True).page
    page.goto(f"{site.as_uri()}/cases/a.html")
    page.locator("a.cp-large").first.tap()
    draw = """([x, y]) => { const on = document.querySelector('.cp-lightbox figure');
        const touch = (x, y) => new Touch({identifier: 1, target: on, clientX: x, clientY: y});
        on.dispatchEvent(new TouchEvent('touchstart', {touches: [touch(200, 300)], changedTouches: [touch(200, 300)]}));
        on.dispatchEvent(new TouchEvent('touchend', {touches: [], changedTouches: [touch(200 + x, 300 + y)]})); }"""
    for way, words in (([-120, 5], "第 2 张"), ([-20, 0], "第 2 张"), ([80, 200], "第 2 张"), ([120, 0], "第 1 张")):
        page.evaluate(draw, way)
        assert words in page.inner_text(".cp-lightbox-nth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_documents_are_listed_with_kind_and_size(site):
    """Each has an ASCII name, its title, its kind and its size, and is there; a link in the text leads to the same file."""
    html = (site / "cases" / "a.html").read_text("utf-8")
    found = re.findall(r'<a class="cp-download" href="\.\./(cases/files/([0-9a-f]{16})-(\d+)\.(\w+))" download="([^"]+)">', html)
    assert [(kind, called) for _, _, _, kind, called in found] == [("xlsx", "课表.xlsx"), ("pdf", "实施方案.pdf")]
    for name, _, size, _, _ in found:
        assert (site / name).stat().st_size == int(size)
    assert "XLSX，1 KB" in html and f'<a href="../{found[0][0]}">附表</a>' in html
    assert (site / found[1][0]).read_bytes() == enclosures.published(PDF, "pdf")


def test_a_document_says_nothing_of_who_wrote_it(site):
    """Its properties are empty where it is published, all else is as it was."""
    (path,) = (site / "cases" / "files").glob("*.xlsx")
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None and "docProps/thumbnail.jpeg" not in package.namelist()
        assert "王小明" not in "".join(package.read(name).decode() for name in package.namelist())
        assert "课时 12" in package.read("xl/workbook.xml").decode()


def test_a_book_names_what_goes_with_a_case(site, tmp_path):
    """At the end of the case the book says what there is on its page, with its kind."""
    flow.bind(project.find(site.parents[1]), (), tmp_path / "a.pdf")
    words = re.sub(r"\s", "", "".join(said for _, said in pages.said((tmp_path / "a.pdf").read_bytes())))
    assert "附件（在本案例的网页上）：课表（XLSX）、实施方案（PDF）、大课间（视频）" in words


def test_a_film_is_played_where_it_stands(page):
    """It has a player that loads nothing by itself, the picture that stands for it, and its name."""
    film = page.locator(".cp-film video")
    assert [film.get_attribute(name) for name in ("preload", "controls", "aria-label")] == ["none", "", "大课间"]
    assert "/pictures/" in film.evaluate("each => each.poster") and film.evaluate(
        "each => each.currentSrc || each.firstElementChild.src"
    ).endswith(".mp4")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("where", ["server", "disk"])
def test_a_film_plays(site, page, web, where):
    """What the pages may load lets it play, from a server and from a disk: the browser learns how long and how large it is."""
    page.goto(f"{web(site) if where == 'server' else site.as_uri()}/cases/a.html")
    page.evaluate("document.querySelector('.cp-film video').preload = 'metadata'")
    page.wait_for_function("document.querySelector('.cp-film video').readyState >= 1")
    assert page.locator(".cp-film video").evaluate("each => [each.duration, each.videoWidth, each.error]") == [2, 16, None]


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (office("docx", **{"word__vbaProject.bin": b"x"}), "docx", "宏"),
        (office("xlsx"), "docx", "不是真正的"),
        (b"PK\x03\x04 half", "xlsx", "打不开"),
        (PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(x)>>"), "pdf", "脚本"),
        (b"MZ" + bytes(60), "pdf", "不是 PDF"),
        (PDF + bytes(enclosures.MOST_BYTES), "pdf", "MB，最多"),
        (office("docx", **{"[Content_Types].xml": b"<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>"}), "docx", "宏"),
        (nested(3), "docx", "一层套一层"),
        (b"RIFF....AVI ", "mp4", "不是 MP4"),
    ],
)
def test_what_is_private_or_runs_by_itself_is_refused(data, kind, words):
    """Macros, scripts, what is no such file: the reason is said."""
    with pytest.raises(enclosures.NotEnclosed, match=words):
        enclosures.published_name(data, kind)


@pytest.mark.parametrize(
    ("data", "kind", "told"),
    [
        (office("docx"), "docx", ()),
        (office("docx", word__comments=b"<c/>"), "docx", ()),
        (office("docx", **{"word__commentsExtended.xml": b"<c/>"}), "docx", ("批注",)),
        (office("xlsx", **{"xl__threadedComments__threadedComment1.xml": b"<c/>"}), "xlsx", ("批注",)),
        (office("docx", **{"word__document.xml": b'<w:document><w:ins w:id="1"/></w:document>'}), "docx", ("修订痕迹",)),
        (office("docx", **{"word__document.xml": b"<w:document><w:instrText/></w:document>"}), "docx", ()),
        (office("pptx", **{"ppt__notesSlides__notesSlide1.xml": b"<p/>"}), "pptx", ("演讲者备注",)),
        (office("xlsx", **{"xl__workbook.xml": b'<sheet name="a" state="veryHidden"/>'}), "xlsx", ("隐藏的工作表",)),
        (office("xlsx", **{"xl__workbook.xml": b'<sheet name="a" state="visible"/>'}), "xlsx", ()),
        (PDF, "pdf", ()),
    ],
)
def test_what_people_may_not_know_they_publish_is_told(data, kind, told):
    """Comments, tracked changes, a speaker's notes, hidden sheets: each by its name, and nothing where there is none."""
    assert enclosures.remarks(data, kind) == told


def test_a_case_is_told_what_is_wrong_with_its_files(make):
    """Each file that cannot be taken is an error of its line; comments and hidden sheets are told."""
    lines = "附件: [没有.pdf, 宏.xlsm, 好.docx]"
    good = office("docx", **{"word__comments.xml": b"<c/>"})
    folder = make({"a.md": headed(case_text("甲"), lines), "好.docx": good, "宏.xlsm": b"PK"})
    problems = [each for each in flow.check_project(project.find(folder))[1] if each.check == "enclosures_are_sound"]
    assert [(each.line, each.level.value) for each in problems] == [(2, "error"), (2, "error"), (2, "warning")]
    for each, words in zip(problems, ("找不到附件", "不带宏", "批注"), strict=True):
        assert words in each.what + each.cure


def test_personal_data_in_a_document_stops_the_site(make):
    """Telephone numbers in a sheet and in somebody's PDF are found in what was built, and nothing is swapped in. So is a PDF that nobody can
    read; check says the same before."""
    files = {"表.xlsx": office(words="电话 13912345678"), "书.pdf": pdf("13887654321")}
    folder = make({"a.md": headed(case_text("甲"), "附件: [表.xlsx, 书.pdf]"), **files}, site=True)
    told = [each for each in flow.check_project(project.find(folder))[1] if each.check == "nothing_private"]
    with pytest.raises(Stopped) as stopped:
        flow.build(project.find(folder), books=False)
    problems = [each for each in stopped.value.problems if each.check == "nothing_private"]
    assert sorted((each.path, each.what.partition(" ")[2][:3]) for each in problems if "附件" in each.what) == [
        ("cases/书.pdf", "1 页"), ("cases/表.xlsx", "里有手"),
    ]  # fmt: skip
    assert [each.path for each in told] == ["cases/书.pdf", "cases/表.xlsx"] and all("附件" in each.what for each in told)

    write_files(folder / "cases", {"a.md": headed(case_text("甲"), "附件: [坏.pdf]"), "坏.pdf": b"%PDF-1.4\nbroken"})
    (told,) = [str(each) for each in flow.check_project(project.find(folder))[1] if "坏" in each.what]
    assert told.startswith("cases/a.md:2: 错误: 附件“坏.pdf”不能用：打不开，多半坏了")
    with pytest.raises(Stopped, match="打不开，多半坏了"):
        flow.build(project.find(folder), books=False)


def test_a_changed_document_is_published_anew(make):
    """What is kept of a case knows its files: one that was changed has a new name, one that went away is an error."""
    folder = make({"a.md": headed(case_text("甲"), "附件: 表.xlsx"), "表.xlsx": office()})
    place = project.find(folder)
    before = flow.check_project(place)[0].enclosed
    (folder / "cases" / "表.xlsx").write_bytes(office(words="另一张"))
    assert before and flow.check_project(place)[0].enclosed.keys().isdisjoint(before)
    (folder / "cases" / "表.xlsx").unlink()
    assert any("找不到附件" in each.what for each in flow.check_project(place)[1])


RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PRINTER = f'<Relationship Id="rId7" Type="{RELATION}/printerSettings" Target="../printerSettings/printerSettings1.bin"/>'


def workbook(**further: bytes) -> bytes:
    """A workbook as Excel saves it after it was printed: what the printer was told, a picture of its first page, and further parts."""
    from xlsxwriter import Workbook

    data = io.BytesIO()
    with Workbook(data) as book:
        sheet = book.add_worksheet("课表")
        sheet.write(0, 0, "课时")
        sheet.set_landscape()
        sheet.write_url(1, 0, "https://example.org/")
    with zipfile.ZipFile(data) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet, relations = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
    parts[sheet] = parts[sheet].replace(b"<pageSetup ", b'<pageSetup r:id="rId7" ')
    assert b"rId7" in parts[sheet]
    parts[relations] = parts[relations].replace(b"</Relationships>", PRINTER.encode() + b"</Relationships>")
    thumbnail = b'<Relationship Id="rId9" Type="http://x/metadata/thumbnail" Target="docProps/thumbnail.wmf"/></Relationships>'
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Relationships>", thumbnail)
    types = b'<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"/>'
    over = b'<Override PartName="/xl/printerSettings/printerSettings1.bin" ContentType="a/b"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"<Default ", types + b"<Default ", 1).replace(b"</Types>", over)
    parts |= {"xl/printerSettings/printerSettings1.bin": "\\\\王小明的电脑\\HP".encode("utf-16-le"), "docProps/thumbnail.wmf": b"x"}
    parts |= {name.replace("__", "/"): part for name, part in further.items()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return made.getvalue()


def test_a_workbook_that_was_printed_is_taken():
    """What its printer was told is left out, with all that leads to it; the rest is a sound workbook, and its link is there."""
    from openpyxl import load_workbook

    made = enclosures.published(workbook(xl__customProperty1=b"a", customXml__item1=b"<a/>"), "xlsx")
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        names = package.namelist()
        whole = b"".join(package.read(name) for name in names)
    assert not any("printerSettings" in name or "thumbnail" in name for name in names) and "customXml/item1" in names
    assert b"printerSettings1" not in whole and b"rId7" not in whole and b"thumbnail" not in whole
    sheet = load_workbook(io.BytesIO(made)).active
    assert sheet["A1"].value == "课时" and sheet["A2"].hyperlink.target == "https://example.org/"
    assert sheet.page_setup.orientation == "landscape"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("xl/vbaProject.bin", "宏"),
        ("xl/macrosheets/sheet1.xml", "宏"),
        ("xl/activeX/activeX1.xml", "ActiveX 控件"),
        ("xl/activeX/activeX1.bin", "ActiveX 控件"),
        ("xl/embeddings/oleObject1.bin", "嵌入的对象"),
        ("xl/embeddings/Microsoft_Excel_Macro-Enabled_Worksheet.xlsm", "可能带宏"),
        ("xl/embeddings/Microsoft_Excel_97-2003_Worksheet.xls", "可能带宏"),
        ("xl/embeddings/a.pdf", "嵌入的对象"),
        ("xl/unknown.bin", "不知道做什么用"),
        ("xl/embeddings/a.docx", "嵌着的 .docx 文件打不开"),
    ],
)
def test_what_runs_is_refused_in_clear_words(name, words):
    """Macros, controls, objects: each is named with its part, and what to do."""
    with pytest.raises(enclosures.NotEnclosed, match=re.escape(words)) as refused:
        enclosures.published(workbook(**{name.replace("/", "__"): b"x"}), "xlsx")
    assert name in str(refused.value) or "嵌着的" in str(refused.value)


def test_what_programs_write_beside_is_taken():
    """Fonts within a document, its own XML, the numbers of a chart, which lose their author as well: no reason to refuse a file."""
    inner = office("xlsx")
    parts = {"word/fonts/font1.odttf": b"x", "customXml/item1.xml": b"<a/>", "word/media/hdphoto1.wdp": b"x"}
    parts |= {"word/embeddings/Microsoft_Excel_Sheet1.xlsx": inner, "word/printerSettings1.bin": b"x"}
    made = enclosures.published(office("docx", **{name.replace("/", "__"): part for name, part in parts.items()}), "docx")
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert set(parts) - {"word/printerSettings1.bin"} <= set(package.namelist()) and "word/printerSettings1.bin" not in package.namelist()
        within = package.read("word/embeddings/Microsoft_Excel_Sheet1.xlsx")
    assert "王小明".encode() not in b"".join(
        zipfile.ZipFile(io.BytesIO(within)).read(name) for name in zipfile.ZipFile(io.BytesIO(within)).namelist()
    )
