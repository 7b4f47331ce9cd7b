"""Word: the .docx of a book, read back by python-docx and LibreOffice, and what `compare` says of a draft that came back."""

import io
import os
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt

from casepress import flow, workshop
from casepress.book.book import Book, back, front, sections, whole_book
from casepress.book.composing import Composer, Pages
from casepress.book.measures import Type
from casepress.book.profiles import read_profile
from casepress.collection import project
from casepress.markup import parsing
from casepress.values.cases import Collection
from casepress.word.comparing import Compared, compare, listed
from casepress.word.document import make_word
from casepress.word.looks import FACES, half_points, twips
from casepress.word.names import bookmark
from casepress.word.reading import NotADraft, read_draft
from conftest import ROOT, case_text
from test_editions import jpeg, png

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SETTINGS = """title: “双减”案例
publisher: 试排组
date: 2026年11月
address: https://example.org/cases
book: {title: “双减”案例汇编, parts: theme, winners: yes}
"""
BODY = """开头一段，有[网站](https://example.org/a)、[另一个案例](b.md#做法)、**粗字**、H~2~O 和注[^1]，再一次[^1]。

![灰色的图](grey.png "图题在此")

### 三级的标题

- 第一项；

    - 里面的一层；

3. 从三起
4. 是四

| 层次 | 时间 |
| --- | ---: |
| 基础 | 15分钟 |

<table><tr><th>甲</th><th>乙</th><th>丙</th></tr><tr><td rowspan="2">竖着合并</td><td colspan="2">横着合并</td></tr>
<tr><td>一格</td><td>二格</td></tr></table>

> 引文也在这里。

最后一段在这里。

[^1]: 注文有[链接](https://example.org/note)。
"""


@dataclass(frozen=True)
class Made:
    """A book's document, and what it was made from."""

    data: bytes
    book: Book
    composer: Composer
    collection: Collection
    folder: Path

    def xml(self, name: str) -> ElementTree.Element:
        with zipfile.ZipFile(io.BytesIO(self.data)) as file:
            return ElementTree.fromstring(file.read(name))


def made_of(folder: Path, profile: str = "") -> Made:
    place = project.find(folder)
    collection, problems = flow.check_project(place)
    assert collection is not None, problems
    press = workshop.press_of(place, collection, profile)
    composer, book = replace(press.composer, edition="word"), whole_book(collection)
    return Made(make_word(book, composer, press.assets), book, composer, collection, folder)


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("word")
    (folder / "cases").mkdir()
    photos = "photos: [{file: wide.jpg, alt: 课堂, caption: 课堂一角}, {file: clear.png, alt: 标志}]\n获奖等次: 一等奖\n---"
    files = {
        "collection.yml": SETTINGS,
        "a.md": case_text("作业设计的实践", theme="作业管理", body=BODY).replace("digest", "full").replace("---\n\n##", f"{photos}\n\n##"),
        "b.md": case_text("课后服务一校一案"),
        "wide.jpg": jpeg("#b03020"),
        "grey.png": png("RGB"),
        "clear.png": png("RGBA"),
    }
    for name, content in files.items():
        (folder / "cases" / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@pytest.fixture(scope="module")
def made(world) -> Made:
    return made_of(world)


@pytest.fixture(scope="module")
def sample() -> Made:
    return made_of(ROOT)


def bare(text: str) -> str:
    return "".join(text.split())


def words_of_the_book(made: Made) -> str:
    """The words of the HTML that the PDF is made of, in their order; numbers of pages left out, as summaries of digests are."""

    class Nothing(dict):
        def __missing__(self, key):
            return ""

    class Ranges(dict):
        def __missing__(self, key):
            self[key] = (3 * len(self) + 1,) * 2
            return self[key]

    composer, book, found = made.composer, made.book, []

    def tell(element, quiet=False):
        names = element.get("class", "").split()
        if element.tag in ("style", "head") or (quiet and "case-summary" in names):
            return
        is_number = element.tag == "a" and "#" in element.get("href", "") and element.text and (element.text.isdigit())
        if element.text and not is_number:
            found.append(element.text)
        for child in element:
            tell(child, quiet or "digest" in names)
            found.append(child.tail or "")

    pages = Pages(Nothing(), Ranges())
    htmls = [composer.piece(book, piece, pages) for piece in front(book)]
    htmls += [composer.section(book, section) for section in sections(book, composer.profile.opening)]
    htmls += [composer.piece(book, piece, pages) for piece in back(book)]
    for html in htmls:
        tell(parsing.document(html))
    return bare("".join(found))


def han(text: str) -> Counter:
    return Counter(re.findall(r"[\u4e00-\u9fff]", text))


def said(data: bytes) -> str:
    return bare("".join(each.text for each in read_draft(data, "x.docx").paragraphs))


def soffice_pdf(data: bytes, folder: Path) -> str:
    """The words of the PDF that LibreOffice makes of a document. Where CI=true it must be there; else such tests are skipped."""
    if not shutil.which("soffice"):
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail("没有 LibreOffice，Word 版能不能打开没有检查")
        pytest.skip("未检查：没有 LibreOffice")
    (folder / "book.docx").write_bytes(data)
    home = f"-env:UserInstallation=file://{folder}/home"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "book.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return subprocess.run(["pdftotext", folder / "book.pdf", "-"], check=True, capture_output=True, text=True).stdout


# What it says


def test_the_words_of_the_sample_are_the_books(sample):
    """Every word of the sample's book is in its Word edition, in its order, and no other word is."""
    wanted, got = words_of_the_book(sample), said(sample.data)
    assert han(wanted) == han(got)
    assert [*re.findall(r"[\u4e00-\u9fff，。、；：？！“”《》（）]", wanted)] == [*re.findall(r"[\u4e00-\u9fff，。、；：？！“”《》（）]", got)]


def test_the_words_of_a_world_with_everything_are_the_books(made):
    """Notes, tables, captions and lists lose no word."""
    assert han(words_of_the_book(made)) == han(said(made.data))


@pytest.mark.parametrize("name", ["sample", "made"])
def test_libreoffice_opens_it_with_every_word(name, request, tmp_path):
    """LibreOffice shows each word of the document as often as it stands there; heads come on top."""
    data = request.getfixturevalue(name).data
    shown = soffice_pdf(data, tmp_path)
    missing = han(said(data)) - han(shown)
    assert not missing


def test_the_same_book_has_the_same_bytes(made, world):
    """A document made again is the same to the byte; it bears the book's date and no other."""
    assert made_of(world).data == made.data
    with zipfile.ZipFile(io.BytesIO(made.data)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    props = docx.Document(io.BytesIO(made.data)).core_properties
    assert (props.created.year, props.created.month, props.title) == (2026, 11, "“双减”案例汇编")


# How it looks


@pytest.mark.parametrize("name", ["big16", "gongwen", "ningxia", "zhuzhou", "a4", "std16"])
def test_styles_are_as_the_profile_says(name, world):
    """python-docx reads each style back with the face, size, weight and lines of the profile, and the page with its measures."""
    profile = read_profile(name, [ROOT / "theme" / "print"])
    document = docx.Document(io.BytesIO(made_of(world, name).data))
    kinds: dict[str, Type] = {
        "Normal": profile.text, "Heading 1": profile.title, "Heading 2": profile.title, "Heading 3": profile.heading(1),
        "Heading 4": profile.heading(2), "Heading 5": profile.heading(3), "短篇案例标题": profile.digest, "Subtitle": profile.subtitle,
        "Quote": profile.quotation, "Caption": profile.caption, "表格文字": profile.table, "footnote text": profile.note,
    }  # fmt: skip
    for style, kind in kinds.items():
        got = document.styles[style]
        fonts = got.element.rPr.rFonts
        assert (got.font.name, fonts.get(qn("w:eastAsia"))) == (FACES[kind.face][0],) * 2, style
        assert got.font.size == Pt(half_points(kind.size) / 2), style
        assert bool(got.font.bold) == (kind.bold and kind.face != "biaosong"), style
        assert got.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY, style
    body = document.styles["Body Text"]
    assert body.paragraph_format.line_spacing.pt == pytest.approx(profile.pitch, abs=0.05)
    assert body.element.pPr.ind.get(qn("w:firstLineChars")) == "200"
    page = document.sections[0]
    for got, wanted in ((page.page_width, profile.width), (page.page_height, profile.height), (page.left_margin, profile.inner),
                        (page.top_margin, profile.above)):  # fmt: skip
        assert got.pt == pytest.approx(wanted, abs=0.05)
    assert page.page_width.pt - page.left_margin.pt - page.right_margin.pt >= profile.measure - 0.06  # a line holds its characters
    assert page.page_height.pt - page.top_margin.pt - page.bottom_margin.pt >= profile.lines * profile.pitch - 0.06


def test_headings_are_headings(made):
    """Parts, cases and their headings are Heading 1, 2 and so on, each with its level in the outline."""
    document = docx.Document(io.BytesIO(made.data))
    found = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith(("Heading", "短篇案例标题"))]
    assert ("Heading 2", "作业设计的实践") in found and ("短篇案例标题", "课后服务一校一案") in found
    assert any(name == "Heading 1" and text.startswith("第一篇") for name, text in found)
    assert ("Heading 3", "做法") in found and ("Heading 4", "三级的标题") in found
    levels = {name: document.styles[name].element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) for name, _ in found}
    assert all(levels[f"Heading {n}"] == str(n - 1) for n in (1, 2, 3, 4)) and levels["短篇案例标题"] == "1"


def test_contents_are_a_field_with_its_entries(made):
    """The contents are one TOC field that holds a line for each case, with a field for its page; it ends before its section does."""
    root = made.xml("word/document.xml")
    codes = [each.text for each in root.iter(f"{W}instrText")]
    assert sum(code.strip().startswith("TOC ") for code in codes) == 1
    assert f" PAGEREF {bookmark('case-a')} \\h " in codes
    names = {each.get(f"{W}name") for each in root.iter(f"{W}bookmarkStart")}
    assert {code.split()[1] for code in codes if "PAGEREF" in code} <= names
    kinds = Counter(each.get(f"{W}fldCharType") for each in root.iter(f"{W}fldChar"))
    assert kinds["begin"] == kinds["separate"] == kinds["end"]
    lines = [p.text for p in docx.Document(io.BytesIO(made.data)).paragraphs if p.style.name.startswith("toc ")]
    assert any("作业设计的实践" in line for line in lines)


def test_pages_have_numbers_and_heads(made):
    """What stands before the cases has roman numbers, the rest arabic ones from 1; heads name the part and, by a field, the case."""
    document = docx.Document(io.BytesIO(made.data))
    kinds = [
        (s._sectPr.find(qn("w:pgNumType")).get(qn("w:fmt")), s._sectPr.find(qn("w:pgNumType")).get(qn("w:start"))) for s in document.sections
    ]
    first = next(nth for nth, kind in enumerate(kinds) if kind[0] == "decimal")
    assert kinds[0] == ("lowerRoman", "1") and kinds[first] == ("decimal", "1") and {k for k, _ in kinds[first:]} == {"decimal"}
    assert document.settings.odd_and_even_pages_header_footer
    heads = [s.header._element for s in document.sections]
    assert any("STYLEREF 2" in "".join(e.itertext()) and "作业设计的实践" in "".join(e.itertext()) for e in heads)
    assert any(s.even_page_header.paragraphs[0].text == "作业管理" for s in document.sections)
    assert any("PAGE" in "".join(s.footer._element.itertext()) for s in document.sections)


def test_every_bookmark_and_relation_leads_somewhere(made):
    """Links within lead to bookmarks that are there once, others outwards; ids of bookmarks are distinct; names are Word's."""
    root = made.xml("word/document.xml")
    marks = [each.get(f"{W}name") for each in root.iter(f"{W}bookmarkStart")]
    ids = [each.get(f"{W}id") for each in root.iter(f"{W}bookmarkStart")]
    assert len(set(marks)) == len(marks) and len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", mark) for mark in marks)
    anchors = {each.get(f"{W}anchor") for each in root.iter(f"{W}hyperlink")} - {None}
    assert bookmark("b-h1") in anchors and anchors <= set(marks)
    relations = made.xml("word/_rels/document.xml.rels")
    assert "https://example.org/a" in {each.get("Target") for each in relations if each.get("TargetMode") == "External"}
    assert "https://example.org/note" in {each.get("Target") for each in made.xml("word/_rels/footnotes.xml.rels")}


def test_names_of_bookmarks_are_distinct():
    """Ids that differ have bookmarks that differ, however long they are and whatever signs they have."""
    ids = ["case-a-b", "case-a_b", "case-" + "x" * 60, "case-" + "x" * 61, "1-h1", "案例", "案列", "case-A-b"]
    assert len({bookmark(each) for each in ids}) == len(ids) and all(len(bookmark(each)) <= 40 for each in ids)


def test_notes_are_footnotes(made):
    """A note is a footnote of Word with its words; a second mark leads to it."""
    notes = made.xml("word/footnotes.xml")
    (note,) = [each for each in notes if each.get(f"{W}type") is None]
    assert "注文有链接" in "".join(each.text for each in note.iter(f"{W}t"))
    calls = list(made.xml("word/document.xml").iter(f"{W}footnoteReference"))
    assert [each.get(f"{W}id") for each in calls] == [note.get(f"{W}id")]


def test_tables_have_heads_and_joined_cells(made):
    """The row of heads comes again on each page; cells are joined as in the source, and each row fills the grid."""
    tables = docx.Document(io.BytesIO(made.data)).tables
    joined = next(table for table in tables if table.cell(0, 0).text == "甲")
    assert joined.cell(1, 0)._tc is joined.cell(2, 0)._tc and joined.cell(1, 1)._tc is joined.cell(1, 2)._tc
    assert joined.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    for table in tables:
        columns = len(table._tbl.tblGrid.findall(qn("w:gridCol")))
        for row in table._tbl.tr_lst:
            spans = (cell.tcPr.find(qn("w:gridSpan")) for cell in row.tc_lst)
            assert sum(1 if span is None else int(span.get(qn("w:val"))) for span in spans) == columns
            assert all(cell[-1].tag == qn("w:p") for cell in row.tc_lst)


def test_pictures_have_words_and_their_printed_size(made):
    """Each picture has its alternative text and stands within the measure."""
    shapes = docx.Document(io.BytesIO(made.data)).inline_shapes
    alts = [shape._inline.docPr.get("descr") for shape in shapes]
    assert {"灰色的图", "课堂", "标志"} <= set(alts) and any(alt.startswith("二维码：https://example.org/") for alt in alts)
    assert all(0 < shape.width.pt <= made.composer.profile.measure + 0.1 for shape in shapes)
    wide = next(shape for shape in shapes if shape._inline.docPr.get("descr") == "课堂")
    assert wide.width / wide.height == pytest.approx(2400 / 700, rel=0.01)


def test_numbers_of_lists_are_text(made):
    """Lists count from where their author does, and their numbers are written out."""
    texts = [p.text for p in docx.Document(io.BytesIO(made.data)).paragraphs]
    assert {"3.\t从三起", "4.\t是四", "•\t第一项；", "–\t里面的一层；"} <= set(texts)


# What comes back


def changed(made: Made, change) -> Compared:
    document = docx.Document(io.BytesIO(made.data))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return compare(read_draft(out.getvalue(), "x.docx"), read_draft(made.data, "now"), made.collection)


def paragraph(document, text: str):
    return next(p for p in document.paragraphs if text in p.text)


def line_of(made: Made, text: str, file: str = "a.md") -> int:
    lines = (made.folder / "cases" / file).read_text("utf-8").splitlines()
    return next(nth for nth, line in enumerate(lines, 1) if text in line)


def test_an_unchanged_draft_has_no_changes(made):
    """What another program saved without a change differs in nothing, and every case is found."""
    found = changed(made, lambda document: None)
    assert found.changes == () and set(found.found) == {"case-a", "case-b"}


def test_changed_added_and_removed_paragraphs_are_told_apart(made):
    """Each with its case's file and line, as it was and as it is."""

    def change(document):
        paragraph(document, "最后一段").runs[0].text = "最后一段不在这里。"
        paragraph(document, "课后服务，写得很短")._p.getparent().remove(paragraph(document, "课后服务，写得很短")._p)
        paragraph(document, "最后一段").insert_paragraph_before("领导添的一段话。", "Body Text")

    found = {(c.path, c.old, c.new): c.line for c in changed(made, change).changes}
    assert found[("cases/a.md", "最后一段在这里。", "最后一段不在这里。")] == line_of(made, "最后一段")
    assert ("cases/a.md", "", "领导添的一段话。") in found
    gone = next(key for key in found if key[0] == "cases/b.md")
    assert gone[1].startswith("这一段说明") and not gone[2] and found[gone] == line_of(made, "这一段说明", "b.md")
    assert len(found) == 3


def test_tracked_changes_are_accepted(made):
    """What was inserted is there, what was struck out is not, and a struck end of a paragraph joins it with the next."""

    def change(document):
        p = paragraph(document, "最后一段")._p
        kept = p.r_lst[0]
        struck = p.makeelement(qn("w:del"), {})
        kept.addprevious(struck)
        struck.append(kept)
        kept.t_lst[0].tag = qn("w:delText")
        added = p.makeelement(qn("w:ins"), {})
        struck.addnext(added)
        run = added.makeelement(qn("w:r"), {})
        text = run.makeelement(qn("w:t"), {})
        text.text = "末一段在这里。"
        run.append(text)
        added.append(run)

    (only,) = changed(made, change).changes
    assert (only.old, only.new) == ("最后一段在这里。", "末一段在这里。")


def test_comments_are_listed_apart(made):
    """A comment is listed with who wrote it and beside which paragraph; it is no change."""

    def change(document):
        document.add_comment(paragraph(document, "最后一段").runs, text="这里请核实", author="王局长", initials="王")

    (only,) = changed(made, change).changes
    assert (only.comment, only.new, only.old) == ("王局长", "这里请核实", "最后一段在这里。")
    assert "批注（王局长）: 这里请核实" in "\n".join(listed(Compared((only,), ()))) and only.line == line_of(made, "最后一段")


def test_without_bookmarks_headings_tell_the_cases_apart(made):
    """A program may lose bookmarks: then a heading with the title of a case begins it."""

    def change(document):
        for mark in [*document.element.iter(qn("w:bookmarkStart")), *document.element.iter(qn("w:bookmarkEnd"))]:
            if mark.get(qn("w:name"), "").startswith("case_") or mark.tag.endswith("End"):
                mark.getparent().remove(mark)
        paragraph(document, "最后一段").runs[0].text = "最后一段改了。"

    found = changed(made, change)
    assert set(found.found) == {"case-a", "case-b"}
    assert ("最后一段在这里。", "最后一段改了。") in {(c.old, c.new) for c in found.changes}


@pytest.mark.parametrize(
    "data, words",
    [
        (b"", "不是完好的"),
        (b"%PDF-1.7 no document", "不是完好的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", ".doc"),
    ],
)
def test_a_foreign_file_has_one_clear_message(data, words):
    """What is no document of Word is refused in one sentence."""
    with pytest.raises(NotADraft, match=re.escape(words)):
        read_draft(data, "稿.docx")


def test_a_damaged_file_has_one_clear_message(made):
    """So is one that is cut short, one without its text, one whose text is no XML, and one that names entities."""

    def repacked(text: bytes | None) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            file.writestr("[Content_Types].xml", b"<Types/>")
            if text is not None:
                file.writestr("word/document.xml", text)
        return out.getvalue()

    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    for data in (made.data[: len(made.data) // 2], repacked(None), repacked(b"<w:document"), repacked(bomb)):
        with pytest.raises(NotADraft, match="Word 文档"):
            read_draft(data, "稿.docx")


# The commands


def test_the_site_offers_it_beside_the_pdf(world):
    """`editions: [screen, word]` writes both; the home page leads to both; one of an older text is not offered."""
    settings = world / "cases" / "collection.yml"
    settings.write_text(SETTINGS.replace("parts: theme", "parts: theme, editions: [screen, word]"), "utf-8")
    shutil.copy(ROOT / "mkdocs.yml", world)
    (world / "theme" / "site").mkdir(parents=True, exist_ok=True)
    (world / "content").mkdir(exist_ok=True)
    for name in ("index.md", "guide.md", "about.md"):
        shutil.copy(ROOT / "content" / name, world / "content")
    place = project.find(world)
    flow.build(place)
    home = (place.site / "index.html").read_text("utf-8")
    assert 'href="books/book.docx"' in home and 'href="books/book.pdf"' in home
    assert (place.site / "books" / "book.docx").read_bytes() == (place.books / "book.docx").read_bytes()
    (place.books / "book.docx").write_bytes(b"PK other")
    flow.build(place, books=False)
    assert "book.docx" not in (place.site / "index.html").read_text("utf-8")
    settings.write_text(SETTINGS, "utf-8")


# The house


def test_modules_are_small():
    """No module of the room is longer than 300 lines."""
    for path in (ROOT / "scripts" / "casepress" / "word").glob("*.py"):
        assert len(path.read_text("utf-8").splitlines()) <= 300, path.name


def test_widths_are_whole_twips():
    """Lengths are Word's own units."""
    assert (twips(10.5), half_points(15.79), half_points(10.5), half_points(9.03)) == (210, 32, 21, 18)
