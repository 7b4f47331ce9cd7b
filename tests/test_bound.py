"""选编 as one PDF, bound in the browser of the PDFs of cases: from a server and from a disk, its numbers, links and letters read back."""

import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from casepress import flow
from casepress.collection import project
from casepress.site import compilations
from conftest import ROOT

CHOSEN = ("moe-3-05", "sd-2-06", "moe-3-02")


@pytest.fixture(scope="module")
def titles(sample) -> dict[str, str]:
    return {case.id: case.title for case in flow.check_project(project.find(sample))[0].cases}


@pytest.fixture(params=["server", "disk"])
def home(request, sample, web) -> str:
    site = sample / "build" / "site"
    return web(site) if request.param == "server" else site.as_uri()


def press(page, site: Path, home: str) -> None:
    """Press the button; from a disk show the folder as well."""
    page.get_by_role("button", name="装成一个 PDF").click()
    if home.startswith("file:"):
        page.locator(".cp-binding input").set_input_files(site / "books/cases")


def words(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture
def bound(sample, home, windows, tmp_path):
    """A volume of three cases, the last of which is gone from the site: its PDF and what the page said."""
    page = windows(home, locale="zh-CN", accept_downloads=True).page
    page.goto(f"{home}/compile.html#title=老师选编&sub=参考材料&cases={','.join(CHOSEN)},gone-1")
    assert page.locator("script[src*=pdf-lib]").count() == 0, "nothing of it is loaded before it is asked for"
    with page.expect_download(timeout=60_000) as download:
        press(page, sample / "build/site", home)
    download.value.save_as(tmp_path / "bound.pdf")
    assert download.value.suggested_filename == "老师选编.pdf"
    return tmp_path / "bound.pdf", page.locator(".cp-binding").inner_text()


def test_cases_become_one_volume(bound, titles, sample):
    """Cover, contents, cases in the order chosen; the numbers of the contents, on the pages, in labels and bookmarks are the same ones."""
    path, said = bound
    assert "装订好了" in said and "gone-1（没有 PDF）" in said and "画上去" not in said
    if qpdf := shutil.which("qpdf"):
        assert subprocess.run([qpdf, "--check", path], capture_output=True, check=False).returncode == 0
    lengths = [len(pikepdf.open(sample / f"build/books/cases/{each}.pdf").pages) for each in CHOSEN]
    with pypdfium2.PdfDocument(path) as book:
        pages = [words(sheet.get_textpage().get_text_range()) for sheet in book]
        labels = [book.get_page_label(nth) for nth in range(len(book))]
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in book.get_toc()]
    begins = [2 + sum(lengths[:nth]) for nth in range(len(lengths))]
    assert len(pages) == 2 + sum(lengths) and labels[:3] == ["封面", "i", "1"] and labels[begins[2]] == str(begins[2] - 1)
    assert pages[0].startswith("老师选编参考材料") and "共3个案例" in pages[0]
    assert marks == [("目录", 1), *((titles[each], at) for each, at in zip(CHOSEN, begins, strict=True))]
    for each, at in zip(CHOSEN, begins, strict=True):
        assert words(titles[each]) in pages[at]
        assert re.search(rf"{re.escape(words(titles[each]))}\D*{at - 1}(?:\D|$)", pages[1]), pages[1]
    assert all(f"—{nth}—" in pages[1 + nth] for nth in range(1, len(pages) - 1))
    with pikepdf.open(path) as pdf:
        assert (
            str(pdf.docinfo["/Title"]) == "老师选编" and str(pdf.Root.Lang) == "zh-CN" and str(pdf.docinfo["/Author"]) == "casepress 示例编写组"
        )
        for page in list(pdf.pages)[2:]:
            over = [each for each in (stream.read_bytes() for stream in page.obj.Contents) if each.startswith(b"Q ")]
            assert len(over) == 1 and re.fullmatch(rb"Q /Artifact BMC q BT (?:(?!BT ).)+ ET Q EMC", over[0]), (
                f"the case's own number is gone: {over}"
            )
        targets = [pdf.pages.index(pikepdf.Page(note.Dest[0])) for note in pdf.pages[1].obj.Annots]
        assert targets == begins
        for sheet in pdf.pages:
            for font in sheet.obj.Resources.get("/Font", {}).values():
                assert "/ToUnicode" in font and any(name in font.DescendantFonts[0].FontDescriptor for name in ("/FontFile3", "/FontFile2"))


def test_what_has_no_letters_is_drawn_and_told(sample, web, windows, tmp_path):
    """A reader's words with characters that the site has no letters for stand on the cover as a picture that says them."""
    home = web(sample / "build/site")
    page = windows(home, locale="zh-CN", accept_downloads=True).page
    page.goto(f"{home}/compile.html#title=㐂选编&cases={CHOSEN[0]}")
    with page.expect_download(timeout=60_000) as download:
        press(page, sample / "build/site", home)
    download.value.save_as(tmp_path / "a.pdf")
    assert "那一行是画上去的：㐂选编" in page.locator(".cp-binding").inner_text()
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        content = b"".join(stream.read_bytes() for stream in pdf.pages[0].Contents)
        assert "㐂选编".encode("utf-16-be").hex().upper().encode() in content and len(pdf.pages[0].get_images()) == 1


def test_a_case_without_its_file_is_named_and_the_others_are_bound(sample, windows):
    """From a disk, of a folder in which a PDF is missing, or is another one, the case is named; with none at all nothing is saved."""
    home, folder = (sample / "build/site").as_uri(), sample.parent / "some"
    folder.mkdir()
    shutil.copy(sample / f"build/books/cases/{CHOSEN[0]}.pdf", folder)
    with pikepdf.new() as other:
        other.add_blank_page()
        other.save(folder / f"{CHOSEN[1]}.pdf")
    page = windows(home, locale="zh-CN", accept_downloads=True).page
    page.goto(f"{home}/compile.html#title=选编&cases={','.join(CHOSEN)}")
    page.get_by_role("button", name="装成一个 PDF").click()
    with page.expect_download(timeout=60_000) as download:
        page.locator(".cp-binding input").set_input_files(folder)
    with pikepdf.open(download.value.path()) as pdf:
        sheets = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Page"]
        assert len(sheets) == len(pdf.pages), "nothing of the other file is in it"
    said = page.locator(".cp-binding").inner_text()
    assert "有 2 个案例没有装进去" in said and "不是这个网站排的 PDF" in said and "不在选中的文件夹里" in said
    page.get_by_role("button", name="装成一个 PDF").click()
    (folder / "empty").mkdir()
    (folder / "empty/x.pdf").write_bytes(b"")
    page.locator(".cp-binding input").set_input_files(folder / "empty")
    page.locator(".cp-binding", has_text="没有装成").wait_for()


def test_who_stops_gets_no_file(sample, web, windows):
    """What is being done is in sight; pressed at any time, 停下 ends it, and no file comes."""
    home = web(sample / "build/site")
    page = windows(home, locale="zh-CN", accept_downloads=True).page
    saved = []
    page.on("download", lambda download: saved.append(download))
    page.goto(f"{home}/compile.html#title=选编&cases={','.join(CHOSEN)}")
    held = []
    page.route("**/books/cases/*.pdf", lambda route: held.append(route))
    page.set_viewport_size({"width": 1280, "height": 480})
    page.get_by_role("button", name="装成一个 PDF").evaluate("button => { scrollTo(0, 0); button.click(); }")
    page.get_by_text("正在装订第 1 个").wait_for()
    box = page.locator(".cp-binding").bounding_box()
    assert box["y"] + box["height"] <= 480, "what is done is in sight, however long the list above it"
    page.get_by_role("button", name="停下").click()
    held[0].continue_()
    page.locator(".cp-binding", has_text="停下了，没有存文件").wait_for()
    assert saved == []


def test_without_pdfs_there_is_nothing_of_it(tmp_path, sample):
    """A site without PDFs of cases has neither the library nor the letters; letters that are not those of books.json are not handed out."""
    from casepress import offers

    collection = flow.check_project(project.find(sample))[0]
    books = tmp_path / "books"
    shutil.copytree(sample / "build/books", books)
    assert offers.offered(collection, books)[0].letters
    (books / "letters.bin").write_bytes(b"%PDF-1.7")
    assert offers.offered(collection, books)[0].letters == b""
    shutil.rmtree(books / "cases")
    assert offers.offered(collection, books)[0].letters == b""


def test_every_title_has_its_letters(sample):
    """Each role of the letters' PDF has every character that a cover or contents may show, in one face or several."""
    collection = flow.check_project(project.find(sample))[0]
    with pypdfium2.PdfDocument(sample / "build/books/letters.bin") as pdf:
        said = [set(words(sheet.get_textpage().get_text_range())) for sheet in pdf]
    wanted = set(words(compilations.characters(collection)))
    assert len(said) == 2 and all(wanted <= each for each in said), [wanted - each for each in said]


def test_the_library_is_the_one_that_is_named():
    """The library stands whole in one file with its licence, without a map to its sources."""
    text = (ROOT / "theme/scripts/vendor/pdf-lib.js").read_text("utf-8")
    assert text.startswith("/*!\n@cantoo/pdf-lib 2.11.1") and "MIT License" in text[:200] and "sourceMappingURL" not in text
    assert "@cantoo/pdf-lib 2.11.1" in (ROOT / "CONTRIBUTING.md").read_text("utf-8")
