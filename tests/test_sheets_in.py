"""Sheets come in as a clerk sees them: .xlsx, .xls and .csv, with what is hidden told and not read, and what Excel lost told."""

import datetime
import io
import re
import time
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from badparts import member
from casepress import importing
from casepress.collection import project
from casepress.intake import sheets
from casepress.intake.refusals import Refused
from conftest import write_files
from oldexcel import sheet, workbook
from sheeteyes import SHEETS
from wholeness import lost_of_sheet
from wordcase import COLLECTION
from wordparts import zipped

HEAD = ["案例名称", "学校", "学段", "联系人", "联系人电话"]
ROW = ["放学以后去哪里", "青禾县柳湾小学", "小学", "顾安", "0519—80000000"]


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book(*rows: list, title: str = "汇总表") -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    return made


@pytest.fixture
def arrive(make):
    """A function that imports files by name and gives the values of each case and what is told, as (kind, what)."""

    def arrived(files: dict[str, bytes]):
        folder = make({}, COLLECTION)
        write_files(folder, {f"in/{name}": data for name, data in files.items()})
        made = importing.arrive(project.find(folder), [folder / "in"])
        return [one.submission.values for one in made.arrivals], [(problem.kind, problem.what) for problem in made.problems], made

    return arrived


def test_a_plain_sheet_is_a_case_a_row(arrive):
    """Values by their columns, wherever they stand; private ones are apart."""
    values, told, made = arrive({"汇总表.xlsx": saved(book(["“双减”案例汇总表"], [None], HEAD, ROW, [*ROW[:1], "甲小学", "初中", None, None]))})
    assert [one["school"] for one in values] == [("青禾县柳湾小学",), ("甲小学",)] and not told
    assert values[0]["contact-phone"] == ("0519—80000000",)
    assert "顾安" not in made.arrivals[0].file.text and made.arrivals[0].submission.places["title"] == "工作表“汇总表”A4"


def test_what_is_hidden_is_told_and_not_read(arrive):
    """Rows, columns, sheets, comments, cells that show nothing."""
    made = book(HEAD, ROW, ["藏起来的案例", "隐小学", "小学", "隐人", "1"], ["第三个", "丙小学", "小学", "明人", "2"])
    made.active.row_dimensions[3].hidden = True
    made.active.column_dimensions["E"].hidden = True
    made.active["A2"].comment = Comment("批注之语", "作者之名")
    made.active["B4"].number_format = ";;;"
    other = made.create_sheet("底稿")
    other.append(HEAD)
    other.append(["底稿里的案例", "底小学", "小学", "底人", "3"])
    other.sheet_state = "veryHidden"
    values, told, whole = arrive({"汇总表.xlsx": saved(made)})
    assert [one["title"][0] for one in values] == ["放学以后去哪里", "第三个"]
    assert all("contact-phone" not in one for one in values) and "school" not in values[1]
    said = " ".join(what for kind, what in told if kind == "hidden")
    assert all(word in said for word in ("第 3 行", "E 列", "工作表“底稿”", "B4"))
    everything = str(whole)
    assert not any(word in everything for word in ("藏起来", "隐小学", "底小学", "批注之语", "作者之名"))


def test_heads_of_two_rows_and_merged_cells(arrive):
    """联系人 over 姓名 and 电话; a unit merged over its cases."""
    made = book(
        ["附件2"],
        ["案例名称", "学校", "联系人", None],
        [None, None, "姓名", "电话"],
        ["甲案", "柳湾小学", "顾安", "1"],
        ["乙案", None, "许诺", "2"],
    )
    for area in ("A1:D1", "A2:A3", "B2:B3", "C2:D2", "B4:B5"):
        made.active.merge_cells(area)
    values, told, _ = arrive({"汇总表.xlsx": saved(made)})
    assert [(one["title"], one["school"], one["contact"], one["contact-phone"]) for one in values] == [
        (("甲案",), ("柳湾小学",), ("顾安",), ("1",)),
        (("乙案",), ("柳湾小学",), ("许诺",), ("2",)),
    ]
    assert not told


def test_numbers_as_people_wrote_them(arrive):
    """Leading zeros by text and by format, long numbers that lost digits, dates, shares; errors and formulas without a value."""
    made = book([*HEAD, "撰写人", "备注"], [*ROW[:3], "甲", 110101199003070011, "乙", None])
    sheet = made.active
    sheet["A3"], sheet["B3"], sheet["E3"] = "乙案", datetime.date(2026, 11, 27), 519
    sheet["E3"].number_format = "00000000"
    sheet["A4"], sheet["B4"], sheet["D4"] = "丙案", datetime.date(2026, 11, 1), 0.85
    sheet["B4"].number_format, sheet["D4"].number_format = 'yyyy"年"m"月"', "0%"
    sheet["A5"], sheet["E5"], sheet["B5"] = "丁案", "0519", "#REF!"
    sheet["A6"], sheet["B6"] = "戊案", "=A5"
    values, told, _ = arrive({"汇总表.xlsx": saved(made)})
    assert [one["contact-phone"][0] for one in values if "contact-phone" in one][1:] == ["00000519", "0519"]
    assert [one.get("school", ("",))[0] for one in values] == ["青禾县柳湾小学", "2026-11-27", "2026年11月", "", ""]
    assert values[2]["contact"] == ("85%",)
    said = {kind: what for kind, what in told}
    assert "E2" in said["lost-digits"] and "B5" in said["error-value"] and "B6" in said["formula"]


def test_notes_under_the_table_are_no_cases(arrive):
    """注：…, 填表人, 合计 and the like."""
    notes = [["注：1.联系人电话请填手机"], ["2.本表一式两份"], ["填表人：", "某某", None, "审核人："], ["合计", None, "2"]]
    values, _, _ = arrive({"汇总表.xlsx": saved(book(HEAD, ROW, ["乙案", "甲小学", "初中", "许诺", "1"], [None], *notes))})
    assert [one["title"][0] for one in values] == ["放学以后去哪里", "乙案"]


def test_wide_areas_cost_nothing(arrive):
    """Merged, formatted and validated to the last cell of a sheet, and a drawing that is broken: only cells that are stored count."""
    data = saved(book(HEAD, ROW))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    more = '<mergeCells><mergeCell ref="A9:XFD1048576"/></mergeCells><dataValidations count="1"><dataValidation sqref="A1:XFD1048576"/></dataValidations>'
    text = text.replace("<sheetData>", '<cols><col min="6" max="16384" width="9" hidden="1"/></cols><sheetData>', 1)
    text = text.replace(
        "</sheetData>", f'</sheetData>{more}<drawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="x"/>'
    )
    within = f'<c r="ZZ9"><worksheet>{more}</worksheet></c>'  # where none may be, and a library takes it
    for each in (text, text.replace("</row>", f"{within}</row>", 1), text.replace("</sheetData>", f"{more}</sheetData>", 1)):
        values, told, _ = arrive({"汇总表.xlsx": member(data, "xl/worksheets/sheet1.xml", each)})
        assert len(values) == 1 and not told


def test_a_sheet_with_broken_styles_is_read(arrive):
    """Web systems write styles over which openpyxl stumbles."""
    data = member(saved(book(HEAD, ROW)), "xl/styles.xml", '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fills count="1"><fill/></fills><cellXfs count="1"><xf fillId="9"/></cellXfs></styleSheet>')  # fmt: skip
    assert len(arrive({"汇总表.xlsx": data})[0]) == 1


def test_a_sheet_that_a_book_lists_again_and_again_is_read_once(arrive):
    """Its rows are cases once, and one message names the others and their number, in a moment."""
    listed = "".join(f'<sheet name="又{n}" sheetId="{n + 2}" r:id="rId1"/>' for n in range(3000))
    data = saved(book(HEAD, ROW))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("xl/workbook.xml").decode()
    assert 'r:id="rId1"' in text
    text = re.sub("(?<=<sheets>)(.*?)(?=</sheets>)", lambda found: found[1] + listed, text).replace(
        "<sheets>", '<sheets xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    )
    start = time.process_time()
    read = sheets.read(member(data, "xl/workbook.xml", text), "a.xlsx")
    assert time.process_time() - start < 2
    assert [(sheet.name, [remark.what for _, remark in sheet.remarks]) for sheet in read] == [
        ("汇总表", [f"工作表{'、'.join(f'“又{n}”' for n in range(10))}等 3000 张和它是同一张，只读了一次"])
    ]
    values, told, _ = arrive({"汇总表.xlsx": member(data, "xl/workbook.xml", text)})
    assert len(values) == len(told) == 1


def test_of_what_is_wrong_alike_twenty_are_told_and_the_rest_counted(arrive):
    """Of 45 cells and 30 sheets that are wrong in one way each, twenty each are told one by one, the rest in a sentence behind them."""
    made = book([*HEAD, "甲"], [*ROW, "#REF!"], *[["乙案", "乙校", "小学", "", "", "#REF!"]] * 44)
    for n in range(30):
        made.create_sheet(f"散{n}")["B2"] = "散的字"
    _, told, _ = arrive({"汇总表.xlsx": saved(made)})
    wrong, heads = ([what for kind, what in told if kind == name] for name in ("error-value", "no-head"))
    assert len(wrong) == len(heads) == 21 and "F21" in wrong[19] and "散19" in heads[19]
    assert (wrong[20], heads[20]) == tuple(f"和上面 20 处同类的，还有 {n} 处，没有一一列出" for n in (25, 10))


def test_what_stands_over_the_cells_is_told_whatever_its_part_is_called(arrive):
    """Comments and words of shapes are known by what they are, not by the names of their files."""
    made = book(HEAD, ROW)
    made.active["A2"].comment = Comment("批注之语", "人")
    with zipfile.ZipFile(io.BytesIO(saved(made))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    (comments,) = [name for name in parts if "comments/comment" in name]
    drawn = '<x:wsDr xmlns:x="x" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:t>框里的字</a:t></x:wsDr>'
    parts = {"xl/别处/话.xml" if name == comments else name: part for name, part in parts.items()} | {"xl/别处/图.xml": drawn}
    _, told, _ = arrive({"汇总表.xlsx": zipped(parts)})
    assert [what.partition("：")[2] for _, what in told] == ["1 条批注没有收", "图形和图表里的字“框里的字”没有收"]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("parting", [",", ";", "\t"])
def test_csv_in_every_coding(coding, parting):
    """Titles above, quotation marks, ="0519", empty lines."""
    text = f'“双减”案例汇总表\r\n{parting.join(HEAD)}\r\n{parting.join(ROW[:4])}{parting}="0519"\r\n\r\n"甲{parting}乙"{parting}丙小学\r\n'
    (read,) = sheets.read(text.encode(coding), "汇总表.csv")
    assert read.cells[2, 5] == "联系人电话" and read.cells[3, 5] == "0519" and read.cells[5, 1] == f"甲{parting}乙"


@pytest.mark.parametrize(
    ("data", "kind"), [(b"\xff\xfe\x00\xd8\x00\xd8", "damaged"), (b"\x81" * 9, "damaged"), (b"\r\n,,\r\n", "empty"), (b"PK\x03\x04", "renamed")]
)
def test_csv_that_is_none(data, kind):
    """What cannot be read as a table of text is told, never guessed."""
    with pytest.raises(Refused) as refused:
        sheets.read(data, "汇总表.csv")
    assert refused.value.kind == kind


def test_csv_tells_digits_that_excel_lost():
    """A long number that was saved as 1.10101E+17."""
    (read,) = sheets.read("案例名称,证件\n甲,1.10101E+17\n".encode(), "a.csv")
    assert [(place, remark.kind) for place, remark in read.remarks] == [("B2", "lost-digits")]


@pytest.fixture
def old_sheet() -> bytes:
    """An .xls with hidden parts and a merged title."""
    rows = [["附件2"], HEAD, ROW, ["藏起来的案例", "隐小学", "小学", "隐人", "1"], ["乙案", "甲小学", "初中", "许诺", 13800519500]]
    return workbook({"汇总表": (sheet(rows, {3}, {3}, (0, 0, 0, 4)), False), "底稿": (sheet([["底稿之语"]], set(), set(), None), True)})


@pytest.mark.parametrize("name", ["汇总表.xls", "汇总表.et"])
def test_an_old_sheet_is_read_without_what_is_hidden(arrive, old_sheet, name):
    """.xls, and .et of WPS, which is the same: rows, columns and sheets that are hidden are told."""
    values, told, whole = arrive({name: old_sheet})
    assert [(one["title"][0], "contact" in one) for one in values] == [("放学以后去哪里", False), ("乙案", False)]
    assert values[1]["contact-phone"] == ("13800519500",)
    said = " ".join(what for kind, what in told if kind == "hidden")
    assert all(word in said for word in ("第 4 行", "D 列", "底稿"))
    assert not any(word in str(whole) for word in ("隐小学", "底稿之语", "藏起来"))


def test_a_broken_old_sheet_is_told(arrive, old_sheet):
    """Whatever it does to calamine, the sheet beside it comes in; one with a password is told as that."""
    locked = workbook({"汇总表": (sheet([HEAD, ROW], set(), set(), None), False)}, password=True)
    files = {"坏1.xls": old_sheet[:600], "坏2.xls": old_sheet[:1700], "锁.xls": locked, "好.xlsx": saved(book(HEAD, ROW))}
    values, told, _ = arrive(files)
    assert len(values) == 1 and [kind for kind, _ in told] == ["damaged", "damaged", "encrypted"]


@pytest.fixture(scope="module")
def shapes(tmp_path_factory):
    """All shapes of sheets imported at once: by name the bytes, the cases, and what is told."""
    folder = tmp_path_factory.mktemp("shapes")
    data = {name: build() for name, build in SHEETS.items()}
    write_files(folder, {"cases/collection.yml": COLLECTION} | {f"in/{name}.xlsx": each for name, each in data.items()})
    made = importing.arrive(project.find(folder), [folder / "in"])
    arrivals = {name: [one for one in made.arrivals if one.submission.source == f"in/{name}.xlsx"] for name in SHEETS}
    return {name: (each, arrivals[name], [one.what for one in made.problems if one.path == f"in/{name}.xlsx"]) for name, each in data.items()}


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_that_is_seen_is_lost_in_silence(shapes, name):
    """Every cell that is seen, a comment and a text box stand in a case or apart, or a message names them or their column."""
    data, arrivals, told = shapes[name]
    assert arrivals and not lost_of_sheet(data, arrivals, told), told
    assert lost_of_sheet(data, [], [])
