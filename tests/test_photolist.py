"""The list of photos: a clerk writes in Excel what pictures show, and it stands in the cases; what was typed there stays."""

import io
from pathlib import Path

import openpyxl
import pytest

from casepress.intake import photos
from conftest import manifest, picture, run, write_files
from test_importing import sent

SETTINGS = "title: 小\nfields:\n  minors: {label: 未成年人}\n"
LIST = "cases/照片说明.xlsx"
OTHER = "院子里的老人每周三来学校教编篮子，竹子是后山砍的，编好的篮子放在走廊上，谁家缺了就来拿，钱记在本子上，年底一起买球。"


@pytest.fixture
def folder(tmp_path) -> Path:
    """A collection with two cases that came in with three photos."""
    files = {
        "甲校/a.txt": sent("甲的做法"),
        "甲校/1.jpg": picture("JPEG"),
        "甲校/2.png": picture(),
        "乙校/b.txt": sent("乙的做法", body=OTHER),
        "乙校/3.jpg": picture("JPEG"),
    }
    write_files(tmp_path, {"cases/collection.yml": SETTINGS, **{f"收件/{name}": data for name, data in files.items()}})
    assert run("-C", tmp_path, "import", tmp_path / "收件", "--write").code == 0
    return tmp_path


def fill(folder: Path, *rows: tuple[str, ...]) -> None:
    """Write into the list as Excel does: what it shows, caption, pupils, consent."""
    book = openpyxl.load_workbook(folder / LIST)
    for cells, words in zip(book.active.iter_rows(min_row=2), rows, strict=False):
        for cell, word in zip(cells[3:], words, strict=False):
            cell.value = word
    book.save(folder / LIST)


def taken(folder: Path, *words: object):
    return run("-C", folder, "import", *(words or (folder / "收件",)), "--write")


def text(folder: Path, title: str) -> str:
    return (folder / "cases" / f"{title}.md").read_text("utf-8")


def test_the_list_asks_for_each_picture(folder):
    """Every picture has a row with its case, its file, a small picture of it, and a choice of answers; nothing in it is a formula."""
    book = openpyxl.load_workbook(folder / LIST)
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows[0] == list(photos.COLUMNS)
    assert [row[:2] for row in rows[1:]] == [["乙的做法", "乙的做法-1.jpg"], ["甲的做法", "甲的做法-1.jpg"], ["甲的做法", "甲的做法-2.png"]]
    assert len(book.active._images) == 3
    assert [each.formula1 for each in book.active.data_validations.dataValidation] == [f'"{",".join(photos.STUDENTS)}"']


@pytest.mark.parametrize("words", [(), (LIST,)], ids=["with the next import", "by its name"])
def test_what_is_filled_in_stands_in_the_cases(folder, words):
    """Words of the list come into the cases, marks of Markdown among them as words; again changes nothing; and `check` asks no more."""
    fill(folder, ("[院子]里的*篮子*", '他说"好"'), ("写字", "", "有，认不出是谁"), ("下棋", "第二幅", "有，监护人已书面同意", "同意-07"))
    ran = taken(folder, *(folder / word for word in words))

    assert "照片说明写进了 2 个案例" in ran.out and ran.err == ""
    assert '![［院子］里的\\*篮子\\*](乙的做法-1.jpg "他说“好”")' in text(folder, "乙的做法")
    assert "![写字](甲的做法-1.jpg)" in text(folder, "甲的做法") and '![下棋](甲的做法-2.png "第二幅")' in text(folder, "甲的做法")
    assert "未成年人: 已同意 同意-07" in text(folder, "甲的做法") and "未成年人" not in text(folder, "乙的做法")
    before = manifest(folder / "cases")
    taken(folder)
    taken(folder)
    assert manifest(folder / "cases") == before
    assert "没有替代文字" not in run("-C", folder, "check").words


def test_what_was_typed_by_hand_stays(folder):
    """Words that came from the list follow it when it changes; those that somebody typed into the case stay, and it is told with the row."""
    fill(folder, ("篮子", "图注"), ("写字",), ("下棋",))
    taken(folder)
    path = folder / "cases/甲的做法.md"
    path.write_text(path.read_text("utf-8").replace("写字", "手写的说明"), "utf-8")
    fill(folder, ("编篮子", "新图注"), ("表里的说明",), ("下象棋",))

    ran = taken(folder)

    assert '![编篮子](乙的做法-1.jpg "新图注")' in text(folder, "乙的做法")
    assert "![手写的说明](甲的做法-1.jpg)" in text(folder, "甲的做法") and "![下象棋](甲的做法-2.png)" in text(folder, "甲的做法")
    assert "cases/照片说明.xlsx: 警告: 第 3 行：甲的做法-1.jpg 在案例里已经写了别的说明，没有换" in ran.err
    assert taken(folder).err == ""  # the list says now what the case says


def test_rows_that_belong_nowhere_are_told(folder):
    """A row whose case or picture is not there, and pupils that can be recognised without consent, are told with the row; nothing is lost."""
    book = openpyxl.load_workbook(folder / LIST)
    book.active.append(["没有的案例", "x.jpg", None, "说明"])
    book.active.append(["甲的做法", "甲的做法-9.jpg", None, "说明"])
    book.active["D2"], book.active["F2"] = "说明", photos.STUDENTS[3]
    book.save(folder / LIST)

    told = run("-C", folder, "import", folder / "收件").err

    assert "第 5 行：没有叫“没有的案例”的案例" in told and "第 6 行：案例“甲的做法”里没有图片 甲的做法-9.jpg" in told
    assert "第 2 行：乙的做法-1.jpg 里的学生认得出，还没有同意" in told
    taken(folder)
    assert "![说明](乙的做法-1.jpg)" in text(folder, "乙的做法") and "未成年人" not in text(folder, "乙的做法")


def test_a_list_that_cannot_be_read_is_told(folder):
    """A broken list is a problem of its own; it is not written over, and the cases come in."""
    (folder / LIST).write_bytes(b"PK\x03\x04")
    write_files(folder / "收件", {"丙校/c.txt": sent("丙的做法"), "丙校/4.jpg": picture("JPEG")})
    ran = taken(folder)
    assert ran.code == 1 and "cases/照片说明.xlsx: 错误" in ran.err and (folder / LIST).read_bytes() == b"PK\x03\x04"
    assert "写了 1 个" in ran.out


def test_the_same_rows_give_the_same_bytes():
    """The list depends on its rows and pictures alone; words that look like formulas stay words."""
    rows, seen = [photos.Row("甲", "甲-1.jpg", "=1+1", "@x")], {"甲-1.jpg": picture("JPEG")}
    first = photos.written(rows, seen)
    assert first == photos.written(rows, seen)
    assert photos.read(first, photos.NAME) == rows
    assert openpyxl.load_workbook(io.BytesIO(first)).active["D2"].data_type == "s"
