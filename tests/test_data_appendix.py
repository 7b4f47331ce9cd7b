"""案例数据, an appendix of a book where it is wanted: the numbers of its cases in tables, read back from every edition."""

import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

import verapdf
from casepress import flow
from casepress.book.book import book_of
from casepress.collection import project
from casepress.collection.project import Project
from conftest import case_text, write_files

SETTINGS = """title: 小案例库
book: {data: 是, parts: no, indexes: [], profile: std16}
fields:
  theme: {label: 主题, kind: choice, many: yes, facet: yes, choices: [作业管理, 课后服务, 家校共育]}
  region: {label: 地区, kind: place, facet: yes}
  batch: {label: 批次, kind: ordinal, facet: yes}
"""
CASES = {
    f"{name}.md": case_text(name, region=region, theme=theme, batch="2024年第一批")
    for name, region, theme in (
        ("甲", "山东省青岛市", "作业管理"),
        ("乙", "山东省烟台市", "[作业管理, 课后服务]"),
        ("丙", "江苏省", "作业管理"),
    )
}


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Project:
    folder = tmp_path_factory.mktemp("data")
    write_files(folder / "cases", {"collection.yml": SETTINGS, **CASES})
    return project.find(folder)


def bound(place: Project, name: str, edition: str) -> Path:
    flow.bind(place, (), place.root / name, edition=edition)
    return place.root / name


def words(pdf: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, text=True).stdout


def test_the_numbers_stand_in_the_book(place):
    """In contents and bookmarks; each value has its row with how many and which share, also the one without a case; two fields against
    each other; a field of one value is no table. The tables are tagged as such, and the PDF is PDF/UA."""
    pdf = bound(place, "a.pdf", "screen")
    said = words(pdf)
    rows = [re.sub(r"\s+", " ", line).strip() for line in said.splitlines()]
    assert "附录 案例数据" in rows[: len(rows) // 2] or any(re.match(r"附录 ?案例数据", row) for row in rows)
    for row in ("作业管理 3 100.0%", "课后服务 1 33.3%", "家校共育 0 0.0%", "山东省 2 66.7%", "江苏省 1 33.3%", "山东省 2 1 –", "江苏省 1 – –"):
        assert row in rows, row
    assert "按批次" not in said and "地区与主题" in said
    with pikepdf.open(pdf) as document:
        with document.open_outline() as outline:
            assert [item.title for item in outline.root][-1] == "附录　案例数据"
        tags = [str(each.get("/S")) for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each and "/P" in each]
    assert tags.count("/Table") == 3 and tags.count("/TH") > 10
    assert verapdf.judge([pdf])[pdf] == []


def test_on_paper_all_is_black(place):
    """The bars and the shades of the printed edition are on the black plate alone: its report says so of all pages."""
    bound(place, "b.pdf", "print")
    assert "单色（黑）" in (place.root / "b-press.txt").read_text("utf-8") and "家校共育" in words(place.root / "b.pdf")


def test_other_editions_have_the_tables(place):
    """Word and EPUB have the same numbers in tables."""
    with zipfile.ZipFile(bound(place, "a.docx", "word")) as document:
        text = re.sub("<[^>]+>", "|", document.read("word/document.xml").decode())
    assert "案例数据" in text and re.search(r"课后服务\|+1\|+33.3%", text)
    with zipfile.ZipFile(bound(place, "a.epub", "epub")) as book:
        text = re.sub(r"(?:<[^>]+>|\s)+", "|", next(book.read(name).decode() for name in book.namelist() if name.endswith("data.xhtml")))
    assert "案例数据" in text and "|课后服务|1|33.3%|" in text


def test_it_stands_there_only_where_it_is_wanted(place):
    """Without the setting, and of cases in which nothing differs, there is none; the setting is yes or no."""
    collection, _ = flow.check_project(place)
    assert "案例数据" in str(book_of(collection, collection.book))
    assert "案例数据" not in str(book_of(collection, replace(collection.book, data=False)))
    alone = replace(collection.book, only=("region=江苏省",))
    assert "案例数据" not in str(book_of(collection, alone))
    (place.root / "cases" / "collection.yml").write_text(SETTINGS.replace("data: 是", "data: 也许"), "utf-8")
    problems = flow.check_project(place)[1]
    assert any("data" in problem.what and "也许" in problem.what for problem in problems)
