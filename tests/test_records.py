"""Lists of cases: on a terminal, as workbooks and as CSV; what is private only where it is asked for, nothing that a spreadsheet obeys."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from casepress import importing
from casepress.collection import project
from casepress.collection.manuscript import read_manuscript
from casepress.records import commas, excel, tables
from casepress.records.lists import KINDS
from casepress.records.tables import Column, Row, Table
from conftest import Ran, run, write_files

SETTINGS = """title: 柳湾案例库
publisher: 柳湾教育局
date: 2021年3月
places:
  - {name: 西海岸新区, parent: 青岛市}
fields:
  stage: {choices: [小学, 初中]}
  theme: {choices: [课后服务, 作业管理, 手机管理、读物管理]}
  award: {open: yes}
  tutors: {label: 指导教师, kind: people, many: yes}
  contact: {label: 联系人, private: yes}
  phone: {label: 联系电话, private: yes}
  code: {label: 学校代码}
"""
CASE = """---
标题: {title}
地区: {region}
单位: {school}
学段: {stage}
主题: {theme}
批次: {batch}
{more}
---

正文。
"""
NASTY = ("=1+1", "+86", "-", "@SUM(A1)", "＝1", "0012", "'x", "1e5", "http://example.com", "\u200b", "a\tb")


def case(title: str, more: str = "", **values: str) -> str:
    usual = {"region": "山东省青岛市西海岸新区", "school": "0012", "stage": "[小学, 初中]", "theme": "课后服务", "batch": "第一批"}
    return CASE.format(title=title, more=more, **{**usual, **values})


@pytest.fixture
def folder(make: Callable[..., Path]) -> Path:
    """A collection of four cases, three with awards, one with private values beside it."""
    return make(
        {
            "b.md": case('"=1+1"', "获奖等次: 二等奖\n撰写人: [顾安（执笔）, 许诺]\n指导教师: 顾安\n学校代码: '0012'\n摘要: '+86 的电话'"),
            "a.md": case(
                "放学以后去哪里：一所乡村小学的课后服务怎样从一间教室办到整个村子",
                "获奖等次: 一等奖",
                batch="第二批",
                stage="小学",
                region="江苏省常州市",
            ),
            "c.md": case(
                "没有获奖的案例", "撰写人: 柳青青", theme="[课后服务, 手机管理、读物管理, 作业管理]", region="江苏省", school="海滨学校"
            ),
            "d/d.md": case("又一个", "获奖等次: 一等奖\n撰写人: [甲乙, 丙丁]", region="江苏省常州市武进区", school="'@学校'"),
            ".private/b.yml": '联系人: "=柳叶"\n联系电话: "013800519500"\n身份证: "1"\n',
            ".private/d.yml": "联系人: 别人\n",
        },
        SETTINGS,
    )


def exported(folder: Path, *words: object) -> Ran:
    ran = run("-C", folder, "export", *words)
    assert ran.code == 0, ran.words
    return ran


def sheet(path: Path) -> list[list]:
    """The values of a workbook's only sheet, row by row."""
    (only,) = openpyxl.load_workbook(path).worksheets
    return [[cell.value for cell in row] for row in only.iter_rows()]


def test_the_list_is_readable_on_a_terminal(folder):
    """No line is wider than 80 columns, 汉字 counted as two; ids, batches and prizes are whole, the columns stand below one another."""
    ran = run("-C", folder, "list")
    lines = ran.out.splitlines()

    assert ran.code == 0 and len(lines) == 5 and "共 4 个案例" in ran.err
    assert all(tables.width(line) <= 80 for line in lines) and "…" in ran.out
    heads = [tables.width(lines[0][: lines[0].index(word)]) for word in ("标题", "批次", "获奖等次", "单位")]
    for line in lines[1:]:
        at = tables.width(line[: line.index("第")])
        assert at == heads[1], line
    assert [line.split()[0] for line in lines[1:]] == ["d-d", "b", "c", "a"]
    assert len(run("-C", folder, "list", "--only", "award=一等奖", "--only", "batch=第一批").out.splitlines()) == 2
    assert run("-C", folder, "list", "--only", "award=四等奖").code == 2


def test_the_list_for_programs(folder):
    """JSON has each case with its id, file and values by field, CSV a row a case; nothing private is in either."""
    found = json.loads(run("-C", folder, "list", "--format", "json").out)
    rows = list(csv.reader(io.StringIO(run("-C", folder, "list", "--format", "csv").out.removeprefix("\ufeff"))))

    assert [each["id"] for each in found] == ["d-d", "b", "c", "a"] and found[1]["path"] == "cases/b.md"
    assert found[1]["values"]["region"] == ["山东省青岛市西海岸新区"] and found[1]["values"]["authors"] == ["顾安（执笔）", "许诺"]
    assert rows[0][:3] == ["编号", "文件", "标题"] and rows[2][2] == "'=1+1" and len(rows) == 5
    assert "柳叶" not in f"{found}{rows}" and "联系人" not in f"{found}{rows}"


def test_a_cell_of_a_workbook_is_a_text(tmp_path):
    """What looks like a formula, a number or an address stands in a cell as it is, as text; the same table makes the same bytes."""
    table = Table("试", (Column("序号", True), Column("值")), tuple(Row((str(n), word)) for n, word in enumerate(NASTY, 1)), "标题", "下面")
    data = excel.workbook(table, "2026年3月")
    (tmp_path / "x.xlsx").write_bytes(data)
    (made,) = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets

    cells = [made.cell(row, 2) for row in range(4, 4 + len(NASTY))]
    assert [cell.value for cell in cells] == list(NASTY) and {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    assert excel.workbook(table, "2026年3月") == data


def test_a_workbook_can_be_printed_at_once(folder):
    """A4 across, as wide as the page, the title over all columns, the head frozen and on each page, borders, Chinese faces, nobody's name."""
    exported(folder, "汇总表")
    book = openpyxl.load_workbook(folder / "build" / "records" / "汇总表.xlsx")
    (made,) = book.worksheets

    assert made.page_setup.orientation == "landscape" and made.page_setup.paperSize == 9 and made.page_setup.fitToHeight == 0
    assert made.sheet_properties.pageSetUpPr.fitToPage and made.freeze_panes == "A4" and made.print_title_rows == "$3:$3"
    assert made["A1"].value == "柳湾案例汇总表" and made["A2"].value == "柳湾教育局　　2021年3月　　共 4 个案例"
    assert {str(area) for area in made.merged_cells.ranges} == {"A1:L1", "A2:L2"}
    assert made["B4"].border.left.style == "thin" and made["B4"].font.name == "仿宋" and made["A1"].font.name == "宋体"
    labels = ["序号", "标题", "地区", "单位", "学段", "主题", "批次", "获奖等次", "撰写人", "摘要", "指导教师", "学校代码"]
    assert [cell.value for cell in made[3]] == labels, "those that a case fills, in the order of the fields"
    assert not book.properties.creator and not book.properties.lastModifiedBy and book.properties.created.year == 2021
    assert (
        exported(folder, "汇总表", "--only", "batch=第一批")
        and sheet(folder / "build" / "records" / "汇总表.xlsx")[0][0] == "柳湾案例（第一批）汇总表"
    )


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_summary_is_imported_as_it_was(ending, folder, tmp_path):
    """A 汇总表 that is read back by an import gives the same values, private ones included; from CSV as well, but for what was made harmless."""
    target = tmp_path / f"汇总表.{ending}"
    exported(folder, "summary", "-o", target, "--with-private")
    place = project.find(folder)
    before = read_manuscript(place)[0].collection

    made = importing.arrive(place, [target])
    again = place.root.with_name("again")
    (again / "cases").mkdir(parents=True)
    (again / "cases" / "collection.yml").write_text(SETTINGS, "utf-8")
    importing.settle(project.find(again), importing.arrive(project.find(again), [target]))
    after = read_manuscript(project.find(again))[0].collection

    assert len(made.arrivals) == len(after.cases) == 4
    by_title = {one.title.lstrip("'"): one for one in after.cases}
    shown = [field.name for field in before.fields if field.name not in ("form", "title")]
    for one in before.cases:
        for name in shown:
            values = [str(value).lstrip("'") for value in by_title[one.title].all(name)]
            assert values == [str(value) for value in one.all(name)], (one.id, name)
    if ending == "xlsx":
        (kept,) = [arrival.file.private for arrival in made.arrivals if arrival.file.private]
        assert kept == {"联系人": "=柳叶", "联系电话": "013800519500"}


def test_private_values_are_written_where_they_are_asked_for(folder):
    """Without --with-private no file has them; with it they stand in 汇总表 and 证书 alone, which only their owner may read, and it is said."""
    records = folder / "build" / "records"
    ran = exported(folder, "汇总表", "获奖名单", "公示名单", "证书")
    assert "不公开" not in ran.out and not any("柳叶" in f"{sheet(path)}" or "联系人" in f"{sheet(path)}" for path in records.glob("*.xlsx"))

    ran = exported(folder, "汇总表", "获奖名单", "公示名单", "证书", "--with-private")

    modes = {path.name: path.stat().st_mode & 0o777 for path in records.iterdir()}
    has = {path.name for path in records.glob("*.xlsx") if "=柳叶" in f"{sheet(path)}"}
    assert has == {"汇总表.xlsx", "证书.xlsx"} and {modes[name] for name in has} == {0o600} and modes["公示名单.xlsx"] != 0o600
    assert ran.out.count("有不公开的内容，只有您能读") == 2 and "“身份证”不是案例库里不公开的字段" in ran.err
    assert "别人" not in f"{sheet(records / '汇总表.xlsx')}", "the private values of another case of the same file name"
    (folder / "build" / "current" / "site").mkdir(parents=True)
    (folder / "build" / "site").symlink_to("current/site")
    for where in ("build/site/x.xlsx", "build/site", "build/current/x.xlsx", "content/x.csv", "build/books"):
        assert "要发布的" in run("-C", folder, "export", "汇总表", "-o", folder / where).err
    assert "没有写进不公开的内容" in exported(folder, "公示名单", "--with-private").out


def test_winners_stand_as_in_the_book(folder):
    """获奖名单 has the prizes, numbers, columns and words of the book's own list, in its order."""
    from casepress import flow
    from casepress.book.book import book_of

    write_files(
        folder / "cases", {"e.md": case("同省的", "获奖等次: 一等奖", region="江苏省南京市玄武区"), "f.md": case("邻省的", "获奖等次: 一等奖")}
    )
    exported(folder, "获奖名单")
    collection = flow.sound_collection(project.find(folder), books=False)[0].collection
    book = book_of(collection, collection.book)
    rows = sheet(folder / "build" / "records" / "获奖名单.xlsx")[2:]

    wanted = []
    for prize in book.winners:
        wanted.append(f"{prize.title}　{len(prize.lines)} 个")
        wanted += [(n, each.title, each.text("school"), "".join(place), each.text("authors")) for n, (each, place) in enumerate(prize.lines, 1)]
    assert rows[0] == ["序号", *(field.label for field in book.winners_columns)] == ["序号", "标题", "单位", "地区", "撰写人"]
    assert [row[3] for row in rows[2:5]] == ["江苏省南京市玄武区", "常州市武进区", "山东省青岛市西海岸新区"], "a province is not said twice"
    assert [row[0] if row[1] is None else tuple(cell or "" for cell in row) for row in rows[1:]] == wanted
    assert [row[0] for row in rows[1:] if row[1] is None] == ["第一批　一等奖　3 个", "第一批　二等奖　1 个", "第二批　一等奖　1 个"]


def test_awards_on_their_way(folder):
    """A batch that is posted and not published yet: its cases stand in 汇总表 and 公示名单 with their awards, in no list of winners; nobody
    gets a certificate for an award that is only posted."""
    rules = "rules:\n  第一批: {stage: 公示, posted: {from: 2024-05-06}, publish: no}\n  第二批: {stage: 公示, posted: {from: 2024-05-06}}\n"
    (folder / "cases" / "collection.yml").write_text(SETTINGS + rules, "utf-8")
    exported(folder, "汇总表", "公示名单", "获奖名单")
    notice, winners, summary = (sheet(folder / "build" / "records" / f"{name}.xlsx") for name in ("公示名单", "获奖名单", "汇总表"))

    assert [row[-1] for row in notice[3:]] == ["一等奖", "二等奖", "一等奖"] and "公示中" not in f"{summary}" and len(summary) == 3 + 4
    assert "获奖说明" not in summary[2] and [row[0] for row in winners[3:]] == ["一等奖（公示中）　1 个", 1]
    ran = run("-C", folder, "list")
    assert len(ran.out.splitlines()) == 5 and "一等奖（公示中）" in ran.out
    assert "这些等次还在公示" in run("-C", folder, "export", "证书").err


def test_a_notice_is_one_list(folder):
    """公示名单 counts all winners through, with batch and award beside them, in the order of the winners; CSV has them too, harmless."""
    exported(folder, "notice", "winners", "--format", "csv")
    records = folder / "build" / "records"
    text = (records / "公示名单.csv").read_bytes()
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))

    assert text.startswith(b"\xef\xbb\xbf") and rows[0] == ["序号", "标题", "单位", "地区", "撰写人", "批次", "获奖等次"]
    assert [row[0] for row in rows[1:]] == ["1", "2", "3"] and [row[1] for row in rows[1:3]] == ["又一个", "'=1+1"] and rows[1][2] == "'@学校"
    winners = list(csv.reader(io.StringIO((records / "获奖名单.csv").read_text("utf-8-sig"))))
    assert winners[0][0] == "奖项" and [row[0] for row in winners[1:]] == ["第一批　一等奖", "第一批　二等奖", "第二批　一等奖"]


def test_certificates_are_one_for_each_person(folder):
    """The head of 证书 is its first row, as programs that fill certificates want it; a row a person, told apart by what they did, or a row a case."""
    assert "有 1 个案例没有写是谁的" in exported(folder, "证书").out
    rows = sheet(folder / "build" / "records" / "证书.xlsx")

    assert rows[0][:4] == ["序号", "姓名", "身份", "标题"] and rows[0][-2:] == ["颁发单位", "日期"]
    assert [row[1:4] for row in rows[1:]] == [
        ["甲乙", "撰写人", "又一个"],
        ["丙丁", "撰写人", "又一个"],
        ["顾安", "执笔", "=1+1"],
        ["许诺", "撰写人", "=1+1"],
        [None, None, "放学以后去哪里：一所乡村小学的课后服务怎样从一间教室办到整个村子"],
    ]
    exported(folder, "certificates", "--per", "case")
    rows = sheet(folder / "build" / "records" / "证书.xlsx")
    assert "姓名" not in rows[0] and rows[2][rows[0].index("撰写人")] == "顾安（执笔）、许诺" and len(rows) == 4


@pytest.mark.parametrize("word", ["=1+1", "+86", "-", "@x", "\t1", "\r1", "＝1", "－1"])
def test_csv_is_not_obeyed(word):
    """What a spreadsheet takes for a formula has ' before it."""
    ((cell,),) = csv.reader(io.StringIO(commas.written([[word]]).decode("utf-8-sig"), newline=""))
    assert cell == f"'{word}"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "请写上要哪一种"),
        (("名册",), "没有“名册”这一种"),
        (("汇总表", "证书", "-o", "x.xlsx"), "2 种放不进一个文件"),
        (("汇总表", "-o", "x.docx"), "要以 .xlsx 结尾"),
        (("汇总表", "--format", "csv", "-o", "x.xlsx"), "要以 .csv 结尾"),
        (("汇总表", "--form", "x.docx"), "--form 只用于申报表"),
        (("申报表", "--form", "x.docx"), "没有 x.docx 这个文件"),
        (("证书", "--only", "award=九等奖"), "没有获奖等次是“九等奖”的案例"),
    ],
)
def test_what_is_not_understood_is_said(words, said, folder):
    """What cannot be exported as it was asked for is said in Chinese with the cure, and exits 2."""
    ran = run("-C", folder, "export", *words)
    assert ran.code == 2 and said in ran.err, ran.words


def test_nothing_is_overwritten_and_nobody_wins_nothing(folder, make):
    """A record never replaces a file of another kind, and a list of winners without winners is not made."""
    (folder / "x.xlsx").write_text("我的笔记")
    ran = run("-C", folder, "export", "汇总表", "-o", folder / "x.xlsx")
    assert ran.code == 1 and "不会覆盖它" in ran.err and (folder / "x.xlsx").read_text() == "我的笔记"
    bare = make({"a.md": case("甲")}, SETTINGS, name="bare")
    assert "没有一个案例填写了“获奖等次”" in run("-C", bare, "export", "获奖名单").err
    assert run("-C", bare, "export", "公示名单").code == 0


def test_every_kind_has_two_names():
    """Each kind of list is asked for in Chinese or in English."""
    assert {kind.name: kind.english for kind in KINDS} == {
        "汇总表": "summary",
        "获奖名单": "winners",
        "公示名单": "notice",
        "证书": "certificates",
    }
    assert all(re.fullmatch("[a-z]+", kind.english) for kind in KINDS)
