"""Tables with merged heads, over pages and on their side: heads, titles, sources and running heads on every page, in every edition."""

import re
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

import epubs
import fullness
import verapdf
from conftest import BRIEF, run, write_files
from test_photos import profile

TEXT = "学校把课后服务安排成两段，前一段完成作业，后一段参加社团，全校一千二百名学生都能按自己的意愿选择课程，家长每学期评议一次。\n\n"
HEAD = (
    "---\nid: {id}\ntitle: {id}的案例\nregion: 江苏省\nschool: 示例小学\ntheme: 课后服务\nbatch: 第一批\nform: full\nsummary: 一句话。\n---\n\n"
)


def table(title: str, groups: int, rows: int) -> str:
    """A table whose head has two rows, the first of which stands over two columns each, and whose first column holds three rows together."""
    html = f"<table><caption>{title}</caption><tr><th rowspan=2>班级</th>"
    html += (
        "".join(f"<th colspan=2>第{n}周的活动</th>" for n in range(1, groups + 1))
        + "</tr><tr>"
        + "<th>上午的时段</th><th>人数合计</th>" * groups
        + "</tr>"
    )
    for row in range(rows):
        first = f"<td rowspan={min(3, rows - row)}>{row // 3 + 1}年级</td>" if row % 3 == 0 else ""
        html += f"<tr>{first}" + "".join(f"<td>书法与篆刻</td><td>{row * 7 + n}.{n}</td>" for n in range(groups)) + "</tr>"
    return f"{html}</table>\n\n来源：各班上报。\n\n注：人数按学期末统计。\n\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("turned") / "collection"
    files = {
        "collection.yml": BRIEF + "  parts: no\n",
        "a.md": HEAD.format(id="a") + f"## 大表\n\n{TEXT * 2}见表1。\n\n{table('每周活动', 9, 45)}{TEXT * 12}",
        "b.md": HEAD.format(id="b") + f"## 长表\n\n{TEXT * 2}见表1。\n\n{table('长的安排', 2, 90)}{TEXT * 2}",
    }
    write_files(folder / "cases", files)
    for edition, name in (("screen", "a.pdf"), ("word", "a.docx"), ("epub", "a.epub")):
        ran = run("-C", folder, "book", "--edition", edition, "-o", folder / name)
        assert ran.code == 0, ran.words
    return folder


@pytest.fixture(scope="module")
def pages(built) -> list[str]:
    """The words of each page."""
    words = subprocess.run(["pdftotext", "-raw", built / "a.pdf", "-"], capture_output=True, text=True, check=True).stdout
    return ["".join(page.split()) for page in words.split("\f")[:-1]]


@pytest.mark.parametrize(("title", "groups"), [("每周活动", 9), ("长的安排", 2)])
def test_both_rows_of_a_head_stand_on_every_page(pages, title, groups):
    """Turned or upright: the title on the first page, 续表 on all others, both rows of heads once on each, sources on the last one."""
    own = [page for page in pages if page.count("上午的时段") == groups]
    assert len(own) >= 3 and sum("书法与篆刻" in page for page in pages) == sum(page.count("上午的时段") > 0 for page in pages)
    for nth, page in enumerate(own):
        assert [page.count(f"第{n}周的活动") for n in range(1, groups + 1)] == [1] * groups and page.count("人数合计") == groups
        assert (f"表1{title}" in page) == (nth == 0) and ("续表1" in page) == (nth > 0)
        assert ("来源：各班上报。" in page) == ("注：人数按学期末统计。" in page) == (page is own[-1])


def test_every_row_is_there_once(pages):
    """Nothing is lost where a table goes on, and no group of rows is torn from its name."""
    words = "".join(pages)
    assert words.count("书法与篆刻") == 45 * 9 + 90 * 2
    for page in pages:
        found = re.findall(r"(\d+)年级", page)
        assert len(found) == len(set(found))


def test_turned_pages_have_running_heads_and_numbers(pages):
    for nth, page in enumerate(pages[1:], 2):
        if page.count("上午的时段") == 9:
            assert re.search(f"—{nth}—", page) and ("小案例库汇编" in page or "a的案例" in page), page


def test_text_runs_ahead_of_a_turned_table(built):
    """The page before it is full as long as its section has more text."""
    book, measures = fullness.read_book(built / "a.pdf"), profile("big16")
    white = fullness.white(book, measures)
    assert white[1] < 0.2, white


def test_the_screen_edition_keeps_pdf_ua(built):
    """Merged heads and names over several rows have their scopes; every row has all its cells (ISO 14289-1, 7.5)."""
    assert verapdf.judge([built / "a.pdf"]) == {built / "a.pdf": []}


def test_the_epub_is_sound(built):
    assert epubs.judge([built / "a.epub"]) == {built / "a.epub": []}
    with zipfile.ZipFile(built / "a.epub") as book:
        page = next(book.read(name).decode() for name in book.namelist() if name.endswith("case-b.xhtml"))
    head = re.search("<thead>.*?</thead>", page, re.DOTALL)[0]
    assert head.count("<tr>") == 2 and head.count('scope="col"') == head.count("<th ") == 7
    assert re.findall(r"(?:col|row)span=\"2\"", head) == ['rowspan="2"', 'colspan="2"', 'colspan="2"']


def test_word_says_both_rows_again_and_merges_cells(built):
    """Both rows of a head are heads of every page; merged cells are merged, each with its words once."""
    tables = [each for each in docx.Document(built / "a.docx").tables if "第1周的活动" in each.rows[0].cells[1].text]
    assert len(tables) == 2
    for each, groups in zip(tables, (9, 2), strict=True):
        headed = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in each.rows]
        assert headed[:3] == [True, True, False]
        first = each.rows[0].cells
        assert len(each.columns) == 1 + 2 * groups and first[0]._tc is each.rows[1].cells[0]._tc and first[1]._tc is first[2]._tc
        assert each.rows[2].cells[0]._tc is each.rows[4].cells[0]._tc and each.rows[2].cells[0].text == "1年级"
