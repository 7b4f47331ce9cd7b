"""Titles of tables and the lines below them: written as paragraphs, found, numbered, and the same in site and book."""

import re

import pytest

from casepress.book.printed import printed_text
from casepress.book.profiles import read_profile
from casepress.markup.prose import render
from casepress.site.frames import framed
from conftest import ROOT, case_text, run

TABLE = "| 年级 | 课时 |\n| --- | --- |\n| 一年级 | 2 |"
TITLE = re.compile(r'<p class="table-title"(?: id="x-tab[0-9]+")?>(.*?)</p>')
BELOW = re.compile(r'<p class="table-note">(.*?)</p>')


def html(markdown: str) -> str:
    return render(markdown, "x-", {}).html


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("表 1　各年级课时", "表1　各年级课时"),
        ("表1 各年级课时", "表1　各年级课时"),
        ("表：各年级课时", "表1　各年级课时"),
        ("表: 各年级课时", "表1　各年级课时"),
        ("表 3：各年级课时", "表3　各年级课时"),
        ("表3．各年级课时", "表3　各年级课时"),
        ("表 2-1　各年级课时", "表2-1　各年级课时"),
        ("表一　各年级课时", "表一　各年级课时"),
        ("表 1", "表1"),
        ("**表 1**　各年级课时", "<strong>表1</strong>　各年级课时"),
        ("**表 1　各年级课时**", "<strong>表1　各年级课时</strong>"),
        ("表 1　各年级课时[^1]", '表1　各年级课时<sup id="x-ref1"><a class="footnote-ref" href="#x-note1">1</a></sup>'),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_title_is_a_paragraph_above(written, shown, gap):
    """However a title is written, with or without an empty line below it, it is one, with its number."""
    found = TITLE.findall(html(f"文。\n\n{written}{gap}{TABLE}\n\n[^1]: 注"))
    assert [re.sub(r' (class|href|id)="[^"]*"', "", each) for each in found] == [re.sub(r' (class|href|id)="[^"]*"', "", shown)]


@pytest.mark.parametrize("written", ["表1说明了课时的安排。", "表 1 是各年级的课时。", "如表 1 所示：", "表格如下", "表：甲；表：乙", f"表 1　{'字' * 80}", "表 1　甲：", "列表：甲"])  # fmt: skip
def test_a_sentence_is_no_title(written):
    """A paragraph that speaks of a table stays a paragraph."""
    assert "table-title" not in html(f"{written}\n\n{TABLE}")
    assert "table-title" not in html("表 1　各年级课时\n\n文。\n\n" + TABLE), "it stands right above"


def test_titles_are_counted_through_a_text():
    """What has no number gets the next one; an author's own stays and is counted from; what is said of it stays as it is written."""
    written = ["表：甲", "表 5　乙", "表：丙", "表一　丁", "表：戊"]
    read = render("见表 5。\n\n" + "\n\n".join(f"{each}\n\n{TABLE}" for each in written), "x-", {})
    assert TITLE.findall(read.html) == ["表1　甲", "表5　乙", "表6　丙", "表一　丁", "表7　戊"]
    assert "见表 5。" in read.text and "表6 丙" in read.text


@pytest.mark.parametrize(
    "written", ["来源：教育局。", "资料来源：教育局", "数据来源: 教育局", "注：只算校内。", "注 1：甲", "出处：年鉴", "说明：乙"]
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_what_belongs_to_a_table_stands_below(written, gap):
    """Sources and notes right below a table belong to it, one or several; below a paragraph they are paragraphs."""
    assert BELOW.findall(html(f"{TABLE}{gap}{written}\n\n文。")) == [written]
    assert BELOW.findall(html(f"{TABLE}{gap}{written}\n\n注：丙\n\n文。\n\n来源：丁")) == [written, "注：丙"]
    assert BELOW.findall(html(f"文。\n\n{written}")) == []


@pytest.mark.parametrize(
    ("written", "is_unit"), [("单位：人", True), ("单位：万元、人次", True), ("计量单位: %", True), ("单位：示例小学", False)]
)
def test_units_stand_between_title_and_table(written, is_unit):
    """A line that says in what a table counts belongs to it; one that names a school is a paragraph."""
    read = html(f"表：经费\n\n{written}\n\n{TABLE}")
    assert (f'<p class="table-unit">{written}</p>' in read) == is_unit == bool(TITLE.findall(read))
    assert f'<p class="table-unit">{written}</p>' in html(f"{written}\n{TABLE}") or not is_unit


@pytest.mark.parametrize(
    ("written", "line"),
    [(["表 1　甲", "表 1　乙"], 5), (["表：甲", "表：乙", "表 2　丙"], 10), (["表 1　甲", "表：乙"], 0), (["表 1-1　甲", "表 1-2　乙"], 0)],
)
def test_a_number_stands_for_one_table(make, written, line):
    """Two tables with one number are told, at the line that writes it last."""
    folder = make({"a.md": case_text("甲", body="\n".join(f"{each}\n{TABLE}\n" for each in written))})
    told = run("-C", folder, "check").words
    first = (folder / "cases" / "a.md").read_text("utf-8").split("\n").index(written[0]) + 1
    assert (f"a.md:{first + line}: 警告: 有 2 个表的号都是“表" in told) == bool(line), told


def test_an_html_table_brings_its_title():
    """The caption of a table in HTML stands above it, with a number."""
    read = html("<table><caption>各年级课时</caption><tr><th>年级</th></tr><tr><td>一</td></tr></table>\n\n来源：甲")
    assert TITLE.findall(read) == ["表1　各年级课时"] and BELOW.findall(read) == ["来源：甲"]
    assert read.index("table-title") < read.index("<table") < read.index("table-note")


def test_site_and_book_say_the_same():
    """Both show the title above and the source below with the same words; the frame on the site is named after the title."""
    read = html(f"## 做法\n\n表：各年级课时\n\n{TABLE}\n\n来源：甲")
    site, book = framed(read), printed_text(read, read_profile("big16", [ROOT / "theme" / "print"]), set())
    for each in (site, book):
        assert TITLE.findall(each) == ["表1　各年级课时"] and BELOW.findall(each) == ["来源：甲"]
    assert 'aria-label="表格：表1 各年级课时，可左右滚动"' in site
    assert re.search(r'<div class="tabled".*table-title.*<table.*table-note.*</div>', book, re.DOTALL)
