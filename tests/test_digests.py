"""Digests in two columns, and the list of their codes: small books made and read back, line by line."""

import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

import verapdf
from casepress import flow
from casepress.book.book import whole_book
from casepress.collection import project
from conftest import BRIEF, case_text, run, write_files
from readback import Line
from test_typography import Sheets, bind, squeeze

TEXT = "这一段用来充满一栏，一行接一行，行行都要齐；写得长些，好让它从这一栏排到那一栏去。"
TABLE = "| 年级 | 活动 |\n| --- | --- |\n| 一年级 | 跳绳 |\n| 二年级 | 踢毽子 |\n"
WIDE = "|" + "|".join(f" 第{n}项指标名称 " for n in range(1, 8)) + "|\n" + "|---" * 7 + "|\n" + "| 很长的一句话写在这里 " * 7 + "|\n"
TWO = "{}, digests: {{columns: 2}}"
CASES = {
    f"c{n:02}.md": case_text(
        f"第{n:02}个摘编的标题写在这里要有两行那么长才好",
        school=f"第{n}小学",
        body=f"### 做法{n:02}在此不接排\n\n- 项{n:02}甲，{TEXT}\n- 项{n:02}乙\n\n"
        + f"{TEXT * (n % 5 + 2)}[^1]\n\n"
        + (TABLE if n % 4 == 1 else '![窗](p.png "图注")\n' if n % 4 == 3 else "## 成效在此不接排\n")
        + f"\n{TEXT * (n % 3 + 1 + 5 * (n == 12))}末{n:02}段。\n\n[^1]: 注{n:02}文。\n",
    )
    for n in range(1, 13)
}


@pytest.fixture(scope="module", params=["big16", "std16", "a4", "zhuzhou"])
def two(request, tmp_path_factory) -> Sheets:
    return bind(tmp_path_factory.mktemp("two"), CASES, TWO.format(request.param))[0]


def columns(sheets: Sheets, page: int) -> tuple[list[Line], list[Line]]:
    """The lines of both columns of a page, from top to bottom."""
    middle = sheets.left(page) + sheets.profile.measure / 2
    found = [line for line in sheets.body if line.page == page]
    left = [line for line in found if line.x0 < middle]
    return sorted(left, key=lambda line: line.y), sorted((line for line in found if line.x0 > middle), key=lambda line: line.y)


def pages(sheets: Sheets) -> range:
    return range(sheets.first, max(line.page for line in sheets.body) + 1)


def test_lines_of_two_columns_are_whole_and_stand_on_one_grid(two):
    """Full lines hold a whole number of characters and end at the edge of their column; lines of both stand on those of the page."""
    profile = two.profile
    narrow, base = profile.column, profile.top + 0.88 * profile.body
    assert 2 * narrow.characters + profile.gap == profile.characters
    flush = 0
    for page in pages(two):
        for nth, column in enumerate(columns(two, page)):
            start = two.left(page) + nth * (narrow.measure + profile.gap * profile.body)
            for line in column:
                assert start - 0.3 < line.x0 and line.x1 < start + narrow.measure + 0.3, line.text
                if line.size == pytest.approx(profile.body, abs=0.01) and not re.match(r"第\d+小学", line.text):
                    assert abs((line.y - base + 1) % profile.pitch - 1) < 0.05, line.text
                flush += abs(line.x1 - start - narrow.measure) < 0.3 and len(line.text) > 12
    assert flush > 60


def test_no_heading_ends_a_column(two):
    """Below a title or a heading stands text, in its own column."""
    for page in pages(two):
        for column in filter(None, columns(two, page)):
            last = squeeze(column[-1].text)
            assert not re.search("不接排$|标题写在|第\\d+小学", last), (page, last)


def test_columns_are_filled_and_balanced(two):
    """Both columns of a page are full but for what cannot be parted; at the end of the run they are equally high, within three lines."""
    profile = two.profile
    for page in pages(two)[:-1]:
        assert all(columns(two, page))
    left, right = columns(two, pages(two)[-1])
    assert right and abs(left[-1].y - right[-1].y) < 3.5 * profile.pitch


def test_all_is_there_in_its_order_once(two):
    """Cases stand in their order, down one column and then the other; marks stand beside their items, notes behind their case."""
    text = squeeze("".join(line.text for page in pages(two) for column in columns(two, page) for line in column))
    wanted = [
        f"{kind}{n:02}{end}" for n in range(1, 13) for kind, end in (("做法", "在"), ("项", "甲"), ("项", "乙"), ("末", "段"), ("注", "文"))
    ]
    assert re.findall("(?:做法|项|末|注)\\d\\d.", text) == wanted
    for page in pages(two):
        for column in columns(two, page):
            marks = [line for line in column if line.text.startswith("•")]
            items = [line for line in column if re.match("(?:• *)?项", line.text)]
            assert [round(line.y) for line in items] == [round(line.y) for line in marks]


def test_what_fits_no_column_stands_over_both(tmp_path):
    """A digest with a table that would have to be turned in a column has the whole measure; those around it stay in columns."""
    body = {"c05.md": case_text("宽表", body=f"前文前文前文。\n\n{WIDE}\n末尾。\n")}
    sheets, _ = bind(tmp_path, {**CASES, **body}, TWO.format("big16"))
    (page,) = {line.page for line in sheets.body if "第7项" in squeeze(line.text)} or {0}
    cells = [line for line in sheets.body if line.page == page and "指标" in line.text]
    assert max(line.x1 for line in cells) - min(line.x0 for line in cells) > sheets.profile.column.measure * 1.5
    assert columns(sheets, sheets.first)[1]


def test_two_columns_are_read_by_machines(two):
    """veraPDF finds nothing in what is set in columns."""
    assert verapdf.judge([two.pdf]) == {two.pdf: []}


def said(folder: Path, book: str) -> list[str]:
    place = project.find(write_files(folder, {"cases/collection.yml": f"title: 库\nbook: {book}\n", "cases/a.md": case_text("甲")}))
    return [str(problem) for problem in flow.check_project(place)[1]]


@pytest.mark.parametrize(
    ("book", "words"),
    [
        ("{digests: {columns: 2}}", ""),
        ("{digests: {columns: 3}}", "2: 错误: digests 的 columns 写了“3”。可用的有：1、2"),
        ("{digests: {colums: 2}}", "2: 错误: digests 里没有“colums”这一项。是不是想写 columns"),
        ("{digests: 2}", "digests 应当是“名称: 值”的形式"),
        ("{digests: {columns: 2}, profile: gongwen}", "2: 警告: 版式 gongwen 每行 28 个字，分两栏每栏只有 13 个字，太窄，短文仍排一栏"),
        ("{digests: {columns: 2}, profile: large}", "每栏只有 11 个字，太窄"),
    ],
)
def test_columns_are_asked_for_in_collection_yml(book, words, tmp_path):
    """`digests: {columns: 2}` is checked; where columns would be too narrow it is said, and they are not made."""
    found = said(tmp_path, book)
    assert [words in each for each in found] == ([True] if words else [])


def test_a_case_by_itself_has_one_column(tmp_path):
    """The PDF of one digest is set over its whole measure, whatever the book does."""
    settings = "title: 库\nbook: {digests: {columns: 2}}\n"
    place = project.find(write_files(tmp_path, {"cases/collection.yml": settings, "cases/a.md": case_text("甲", body=TEXT * 8)}))
    collection, _ = flow.check_project(place)
    press, book = flow.press_of(place, collection), whole_book(collection)
    ((_, made),) = press.make_cases(book, book.cases)
    (tmp_path / "a.pdf").write_bytes(made.pdf)
    lines = Sheets(tmp_path / "a.pdf", press.composer.profile).lines
    assert max(line.x1 - line.x0 for line in lines) == pytest.approx(press.composer.profile.measure, abs=0.3)


# Codes


ADDRESS = "https://example.org/anli"


@pytest.mark.parametrize("profile", ["big16", TWO.format("big16"), "gongwen", "large"])
def test_codes_of_digests_stand_in_one_list(profile, tmp_path):
    """Behind a run each digest has its code, name and address, two in a row; none stands under a digest; a full case keeps its own."""
    settings = f"title: 库\naddress: {ADDRESS}\nbook: {{profile: {profile}, parts: no}}\n"
    full = case_text("一个长的案例", body=TEXT * 3).replace("digest", "full")
    sheets, _ = bind(tmp_path, {"collection.yml": settings, **CASES, "z.md": full})
    start = next(line for line in sheets.body if squeeze(line.text) == "扫码看网页")
    span = ["-f", str(pages(sheets)[0]), "-l", str(pages(sheets)[-1])]
    subprocess.run(["pdftoppm", "-r", "200", "-gray", *span, sheets.pdf, tmp_path / "page"], check=True)
    found: dict[int, list[str]] = {}
    for file in tmp_path.glob("page-*.pgm"):
        codes = zxingcpp.read_barcodes(Image.open(file), formats=zxingcpp.BarcodeFormat.QRCode)
        found[int(file.stem.split("-")[1])] = [each.text for each in codes]
    assert sorted(found) == [*pages(sheets)]
    assert not any(found[page] for page in found if page < start.page)
    read = [each for page in found for each in found[page]]
    assert sorted(read) == [f"{ADDRESS}/cases/{name}.html" for name in (*(f"c{n:02}" for n in range(1, 13)), "z")]
    listed = squeeze("".join(line.text for line in sheets.body if (line.page, line.y) > (start.page, start.y)))
    names = re.findall("第(\\d\\d)个摘编的标题", listed)
    assert sorted(names) == [f"{n:02}" for n in range(1, 13)]
    rows = sorted(
        {
            (line.page, round(line.y))
            for line in sheets.body
            if re.match("第\\d\\d个摘编", line.text)
            and line.page >= start.page
            and line.size < 16
            and (line.page, line.y) > (start.page, start.y)
        }
    )
    assert len(rows) == 6
    assert all(below[0] != above[0] or below[1] - above[1] < 4.5 * sheets.profile.pitch for above, below in pairwise(rows))


def test_a_note_that_goes_on_behind_its_case_stops_no_book(tmp_path):
    """The last page of a case in a run may hold nothing but the rest of its note; those behind it are laid out all the same, and nothing is lost."""
    bodies = (f"好[^1]。\n\n[^1]: {'长注释写在这里。' * 300}\n", TABLE, "好。", "末。")
    cases = {f"{n}.md": case_text(f"第{n}个题", body=body) for n, body in enumerate(bodies)}
    folder = write_files(tmp_path, {"cases/collection.yml": BRIEF, **{f"cases/{name}": text for name, text in cases.items()}})
    ran = run("-C", folder, "book", "-o", tmp_path / "book.pdf")
    assert ran.code == 0 and "错误" not in ran.words, ran.words
