"""Sheets, folders, photos and videos as the intake takes them. See `taken`."""

import contextlib
import datetime
import io
import re
import struct
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

from openpyxl.comments import Comment

from badparts import member, with_names
from badparts import sheets as plain
from casepress.facts.confined import Died
from casepress.intake import cells, oldsheets, photos, reading, receiving, sheets, summaries, videos
from casepress.intake.cells import Sheet
from casepress.intake.videos import Probe
from casepress.values.rules import Video
from conftest import picture, write_files
from oldexcel import record, sheet
from oldexcel import workbook as old
from taken import KNOWN, PLACES, long, refused, rows_of, submission, workbook
from wordparts import p, package

HEAD = ["案例名称", "学校", "学段", "联系人"]


def sheets_of(data: bytes, name: str = "a.xlsx"):
    return refused(
        lambda: [
            line
            for one in sheets.read(data, name)
            for line in (f"  {one.name} {one.cells} {one.merged}", *(f"    {place}：{remark}" for place, remark in one.remarks))
        ]
    )


def of_cells():
    """Values by their formats, columns by their letters."""
    values = [None, "", "a", True, False, 0, 1, -5, 2.0, 2.5, -0.125, 1e20, 123456789012345, 1234567890123456, -123456789012345, -1234567890123456, float("inf"), float("nan"), datetime.time(9, 5), datetime.date(926, 1, 2), datetime.datetime(2026, 1, 2, 3, 4, 59), datetime.datetime(2026, 1, 2)]  # fmt: skip
    for value in values:
        for shown in ("", "0", "000", "0%", "0.00%", ";;;", '";;;"', 'yyyy"年"m"月"', "yyyy年m月d日", "General", "0x"):
            yield f"{value!r} {shown!r} {cells.said(value, shown)}"
    for value, shown in ((0.125, "0%"), (0.285, "0%"), (1e300, "0.0%"), (datetime.datetime(2026, 1, 2, 3, 4), "yyyy/m/d h:mm"), (datetime.datetime(2026, 1, 2, 3, 4), "m月d日"), (-7, "0000")):  # fmt: skip
        yield f"{value!r} {shown!r} {cells.said(value, shown)}"[:120]
    for text in ("#REF!", "#N/A", "#甲", " 甲\u3000", "1.5E+9", "1.5E+10", "-1e+99", "1.5E+10x", "a_x000D_\rb"):
        yield f"{text!r} {cells.said(text, '')}"
    yield " ".join(map(cells.letters, (*range(1, 80), 701, 702, 703, 704, 728, 729, 16384)))
    yield " ".join(f"{name}={sheets._column(name)}" for name in ("A", "Z", "AA", "AZ", "BA", "XFD"))
    yield " ".join(f"{area}={sheets._area(area)}" for area in ("A1", "$B$2:C3", "A1:", "a1", "AAAA1", "B2:D"))
    made = Sheet("甲")
    made.put(2, 28, "x")
    made.put(1, 1, "#REF!")
    made.put(3, 1, "")
    yield f"{made} {made.rows()}"


def of_summaries():
    """Heads and rows wherever they stand, and what is in neither."""

    def filled(*rows, merged=()):
        made = Sheet("汇总表")
        for y, row in enumerate(rows, 1):
            for x, text in enumerate(row, 1):
                made.put(y, x, text)
        made.merged = list(merged)
        return made

    tables = {
        "plain": filled(["2026年案例汇总表"], ["序号", *HEAD, "职务"], ["1", "题", "甲", "小学", "李", "主任"], [], ["2", "题二", "乙"]),
        "two rows of head": filled(["案例名称", "联系人", "", "负责人"], ["", "姓名", "电话", "电话"], ["题", "李", "1", "2"], merged=[(1, 1, 2, 1), (1, 2, 1, 3)]),
        "head of one field": filled(["案例名称", "职务"], ["题", "x"]),
        "merged units": filled(HEAD, ["题一", "甲"], ["题二"], merged=[(2, 2, 3, 2)]),
        "twice the field": filled(["案例名称", "学校", "学校名称"], ["题", "甲", "乙"], ["题", "甲", "甲"]),
        "notes": filled(["通知的一句话"], HEAD, ["题", "甲"], ["注：填写全称"], ["另一句"], ["合计", "1"], ["填表人：李", "审核：", "x"], ["备注", "a", "b"], ["题二", "乙"]),
        "notes in brackets": filled(HEAD, ["（注）说明"], ["又一句"], ["联系人：李", "电话：1"]),
        "no column": filled(["", *HEAD], ["散", "题", "甲"], ["又散", "", ""], ["又散"], ["又散"]),
        "far head": filled(*[["x"]] * 29, HEAD, ["题", "甲"]),
        "too far": filled(*[["x"]] * 31, HEAD, ["题", "甲"]),
        "second row asks as much": filled(HEAD, HEAD, ["题", "甲"]),
        "empty merge": filled(HEAD, ["题", "甲"], ["题二"], merged=[(2, 3, 3, 4), (2, 2, 3, 2)]),
    }  # fmt: skip
    for name, one in tables.items():
        made = summaries.summary(one, KNOWN)
        yield name
        if made is not None:
            yield f"  unknown {made.unknown} twice {made.twice} left {made.left}"
            yield from (f"  {row.place} {row.values} {row.places}" for row in made.rows)
    for last in (10_000, 10_001):
        filled_ = summaries._filled(filled(["甲"], merged=[(1, 1, 2, last), (1, 5, 2, 9)]))
        yield f"merged to column {last}: {len(filled_)} cells, the last is {max(filled_)}"


def of_workbooks():
    """Workbooks as they are read: hidden parts, formulas, merged areas, what stands over the cells; tables of text; the messages."""

    def rows(*several):
        def fill(book):
            book.active.title = "汇总表"
            for row in several:
                book.active.append(list(row))

        return fill

    def hidden(book):
        rows(HEAD, ["题", "甲", "小学", "李"], *([f"藏{n}", "乙"] for n in range(11)), ["末", "丙"])(book)
        for row in range(3, 14):
            book.active.row_dimensions[row].hidden = True
        book.active.row_dimensions[14].height = 20
        book.active.column_dimensions["D"].hidden = True
        book.active.column_dimensions["C"].width = 9
        book.create_sheet("底稿")["A1"] = "x"
        book["底稿"].sheet_state = "hidden"
        book.create_sheet("空").sheet_state = "veryHidden"
        book.create_sheet("没有表头")["B2"] = "散的字"

    def more(book):
        rows(HEAD, ["题", "甲", "=1+1", "李"], ["题二", None], ["#REF!", "丙"])(book)
        for row in range(5, 27):
            book.active.cell(row, 3, "=A1")
        book.active.merge_cells("B2:B3")
        book.active["A2"].comment = Comment("批", "人")
        book.active["B2"].comment = Comment("批", "人")

    books = {"plain": workbook(rows(HEAD, ["题", "甲"])), "hidden": workbook(hidden), "more": workbook(more), "head alone": workbook(rows(HEAD)), "empty": workbook(rows()), "no head": workbook(rows(["a", "b"])), "unknown": workbook(rows([*HEAD, *(f"栏{n}" for n in range(21))], ["题", "甲"])), "left": workbook(rows(["通知一句"], HEAD, ["题", "甲"])), "no sheet": plain(None)}  # fmt: skip
    for name, data in books.items():
        yield name
        yield from sheets_of(data)
        yield from rows_of(data)
    drawn = '<xdr:wsDr xmlns:xdr="x" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:t>框里</a:t><a:t>的字</a:t></xdr:wsDr>'
    yield from sheets_of(with_names(["xl/drawings/drawing1.xml"], books["plain"], content=drawn.encode()))
    yield from sheets_of(member(books["plain"], "xl/worksheets/sheet1.xml", "<a/>")) + sheets_of(
        member(books["plain"], "xl/worksheets/sheet1.xml", None)
    )
    yield from sheets_of(books["plain"], "a.xls") + sheets_of(b"abc")
    with zipfile.ZipFile(io.BytesIO(books["plain"])) as archive:
        listed = archive.read("xl/workbook.xml").decode()
    first = re.search(r"<sheet [^>]*?/>", listed)[0]
    for count in (1, 10, 11):
        again = "".join(first.replace("汇总表", f"又{n}").replace('sheetId="1"', f'sheetId="{n + 2}"') for n in range(count))
        yield from sheets_of(member(books["plain"], "xl/workbook.xml", listed.replace(first, first + again)))
    texts = {"sep": "sep=;\n案例名称;学校\n题,1;甲", "tabs": "案例名称\t学校\n题\t甲,乙,丙", "bars": "案例名称|学校\n题|甲", "wide": "案例名称，学校\n题，甲", "quotes": '案例名称,学校\n"题,""一""\n二",="007"', "broken": 'a,b\n"x', "late commas": "a;b\n" * 20 + "a,b,c,d\n" * 60, "long cell": "a,b\n" + "x" * ((1 << 20) + 1) + ",1", "empty": ",,\n"}  # fmt: skip
    for name, text in texts.items():
        yield name
        yield from (line[:300] for line in sheets_of(text.encode(), "a.csv"))
        yield from (line[:300] for line in rows_of(text.encode(), "a.csv"))
    for count in (20_000, 20_001):
        yield f"{count} lines {[line[:40] for line in sheets_of(b'a' + bytes([10]) * (count - 1) + b'b', 'a.tsv')]}"
    for count in (5_000, 5_001):
        data = ("案例名称,学校\n" + "题,甲\n" * count).encode()
        yield f"{count} rows {[line[:60] for line in rows_of(data, 'a.csv')][-1]}"


def of_old():
    """Old sheets: hidden parts, merged areas, broken containers."""
    rows = [HEAD, *([f"题{n}", f"校{n}", "小学", "李"] for n in range(14))]
    data = old(
        {
            "汇总表": (sheet(rows, set(range(2, 13)), {1, 3}, (0, 1, 0, 2)), False),
            "底": (sheet([["x"]], set(), set(), None), True),
            "空": (sheet([], set(), set(), None), True),
        }
    )
    yield from sheets_of(data, "a.xls")
    yield from rows_of(data, "a.et")
    yield from sheets_of(old({"汇": (sheet([HEAD], set(), set(), None), False)}, password=True), "a.xls")
    for cut in (10, 40, 400, 511, 600, 1000, 1700, 3000, len(data) - 4000, len(data) - 1):
        yield f"cut {cut} {[line[:90] for line in sheets_of(data[:cut], 'a.xls')]} {oldsheets._stream(data[:cut])[:8].hex()} {len(oldsheets._stream(data[:cut]))}"
    stream = oldsheets._stream(data)
    yield f"{len(stream)} {stream[:40].hex()} {oldsheets._unseen(stream)}"
    for at, value in ((30, 8), (44, 0), (48, 5), (76, 9), (76, 0xFFFFFFFE)):
        changed = data[:at] + struct.pack("<I", value) + data[at + 4 :]
        yield f"{at} {value} {len(oldsheets._stream(changed))}"
    bof, eof = record(0x809, bytes(16)), record(0xA)
    row = lambda number, flags, size=16: record(0x208, struct.pack("<H10xHH", number, flags, 0)[:size].ljust(size, b"\0"))  # noqa: E731
    column = lambda first, last, flags: record(0x7D, struct.pack("<5H", first, last, 0, 0, flags))  # noqa: E731
    streams = {
        "none": b"", "globals alone": bof + eof, "one": bof + eof + bof + row(0, 0x20) + row(4, 0x21) + row(5, 0x10) + row(6, 0x40) + row(8, 1) + row(9, 0x1F) + row(10, 0xDF) + column(0, 2, 1) + column(5, 5, 0) + column(7, 7, 3) + column(250, 300, 1) + eof,
        "before a sheet": row(1, 0x20) + bof + row(2, 0x20) + eof, "inside a chart": bof + eof + bof + bof + row(3, 0x20) + column(3, 3, 1) + eof + row(4, 0x20) + eof, "two": bof + eof + bof + row(1, 0x20) + eof + bof + row(2, 0x20) + eof,
        "short": bof + eof + bof + row(1, 0x20, 14) + record(0x7D, bytes(8) + b"\1") + eof, "old kinds": record(0x409, bytes(6)) + eof + record(0x209, bytes(6)) + record(0x8, struct.pack("<H10xHH", 1, 0x20, 0)) + eof, "9": record(0x9, b"") + eof + bof + row(8, 0x20),
        "password": bof + record(0x2F, b"x") + eof, "password of a sheet": bof + eof + bof + record(0x2F, b"x") + row(1, 0x20) + eof, "cut": (bof + eof + bof + row(1, 0x20) + eof)[:-3], "tail": bof + eof + bof + row(1, 0x20) + b"\x08\x02\x10",
    }  # fmt: skip
    for name, one in streams.items():
        yield f"{name} {oldsheets._unseen(one)}"


def of_folders():
    """Files and folders that come in together: rows joined to documents, pictures to cases, and what is told of every file."""
    case = lambda title, unit="甲小学", more="": f"题目：{title}\n案例名称：{title}\n学校：{unit}\n{more}\n一、背景\n{long()}\n".encode()  # noqa: E731
    table = lambda *rows: ("案例名称,学校,学段,联系人\n" + "\n".join(rows)).encode()  # noqa: E731
    folders = {
        "joined": {"a.txt": case("甲的做法"), "b.txt": case("乙的做法", "乙小学", "联系人：李"), "表.csv": table("甲 的做法,甲小学,小学,王", "乙的做法,丙小学,,王", "乙的做法,乙小学,初中,", "丢了的做法,丁小学,,", ",戊小学,,")},
        "near": {"a.txt": case("放学以后的两个小时怎么过"), "表.csv": table("放学以后的二个小时怎样过,甲小学,,", "放学以后,甲小学,,", "完全不同的一件事,甲小学,,")},
        "rows alone": {"表.csv": table("甲的做法,甲小学,小学,王")},
        "not in the table": {"a.txt": case("甲"), "b.txt": case("乙"), "表.csv": table("甲,甲小学,,")},
        "pictures": {"甲/a.txt": case("甲的做法"), "甲/1.jpg": picture("JPEG"), "乙/b.txt": case("乙的做法", "乙小学"), "乙/c.txt": case("丙的做法", "丙小学"), "乙/2.png": picture(), "乙/乙的做法-3.png": picture(), "丙小学.png": picture(), "0.jpg": picture("JPEG"), "坏.png": b"x"},
        "others": {"~$a.docx": b"x", ".~lock.a": b"x", ".DS_Store": b"x", "Thumbs.db": b"x", "desktop.ini": b"x", "a.exe": b"x", "无": b"x", "空.docx": b"", "a.MP4": b"x", "a.zip": b"x", "f.docx": package(p("题+目") + p(long())), "空.txt": b" ", "像.txt": b"%PDF-", "老.doc": b"", "别.doc": b"text"},
    }  # fmt: skip
    for name, files in folders.items():
        with tempfile.TemporaryDirectory() as folder:
            write_files(Path(folder) / "in", files)
            steps: list[tuple[int, int]] = []
            made = receiving.receive(
                receiving.files_of([Path(folder) / "in"]), KNOWN, PLACES, lambda done, every, steps=steps: steps.append((done, every))
            )
            yield f"{name} {made.files} {steps[0]} {steps[-1]} {[name for _, name in made.videos]}"
            for one in made.submissions:
                yield from (line for line in submission(replace(one, body=one.body.replace(long(), "…"))) if line.strip())
            yield from (f"  {problem} [{problem.check} {problem.kind}]" for problem in made.problems)

    class Dead:
        def __init__(self, kind: str) -> None:
            self.kind = kind

        def ask(self, job):
            raise Died(self.kind)

    with contextlib.suppress(TypeError):
        for kind in reading._DIED:
            told = reading.Readers(Dead(kind)).read(None).refused
            yield f"{kind} {told.kind} {told.what} {told.cure}"


def of_photos():
    """The list of photos, and the way of its words into the cases."""
    text = '![](a.png)\n![旧](b.png "题")\n![\\*旧\\*](c.png)\n![x](https://e.cn/d.png)\n![](a.png "后")\n![](e.png)'
    rows = photos.rows_of("甲/案", text)
    yield from map(str, rows)
    yield from map(str, photos.rows_of("案", text)[:1])
    words = [
        replace(rows[0], alt="新[a]*", caption='说"甲"和"乙"'),
        replace(rows[1], alt="新", caption="新题"),
        replace(rows[2], alt="*旧*", caption="加"),
        photos.Row("甲/案", "甲/e.png"),
    ]
    for ours in ({}, {"甲/b.png": ("旧", "题")}, {"甲/b.png": ("旧", "x")}):
        yield str(photos.filled(text, words, ours))
    there = [photos.Row("甲", "1", "有"), photos.Row("甲", "2"), photos.Row("甲", "3", "旧", "旧题", "没有", "9")]
    for now in ([], [photos.Row("甲", "2", "新")], [photos.Row("甲", "3"), photos.Row("乙", "4", "四")], [photos.Row("甲", "3", "", "新题")]):
        yield str(photos.merged(there, now))
    data = photos.written(
        [photos.Row("甲/案", "甲/a.png", "是\n什么", " 题 ", "没有", "7"), photos.Row("乙", "b.png")], {"甲/a.png": picture(), "b.png": b"x"}
    )
    yield from map(str, photos.read(data, "照片说明.xlsx"))
    yield str([row.line for row in photos.read(data, "照片说明.xlsx")])
    yield str(photos.read("x\n\n缩略图,图片,案例,图注\n,cases/a.png,cases/甲.md,题\n,,乙,x\n,c.png,,x".encode(), "a.csv"))
    yield str(photos.read("案例,图注\n甲,x".encode(), "a.csv"))
    import openpyxl

    made = openpyxl.load_workbook(io.BytesIO(data))
    for one in made:
        yield f"{one.title} {one.freeze_panes} {[(key, value.width) for key, value in one.column_dimensions.items()]} {[value.height for value in one.row_dimensions.values()]}"
        yield from (
            f"  {cell.coordinate} {cell.value} {cell.font.name} {cell.font.sz} {cell.font.b} {cell.fill.fgColor.rgb} {cell.font.color is not None and cell.font.color.type == 'rgb' and cell.font.color.rgb} {cell.border.left.style} {cell.alignment.wrapText}"
            for row in one.iter_rows()
            for cell in row
        )
        yield f"  {[(anchor._from.row, anchor._from.col, anchor._from.colOff, anchor._from.rowOff, image.width, image.height) for image in one._images for anchor in [image.anchor]]} {[(str(rule.sqref), rule.formula1, rule.errorStyle) for rule in one.data_validations.dataValidation]}"


def of_videos():
    """What a video has other than its batch wants."""
    wanted = Video(container="mp4", codec="h264", width=1920, height=1080, fps=25, bitrate=20, minutes=5)
    good = Probe(("mov", "mp4"), "h264", 1920, 1080, 25.0, 20.0, 300.0)
    changes = [{}, {"fps": 25.05}, {"fps": 25.06}, {"fps": 24.95}, {"fps": 24.94}, {"bitrate": 17.0}, {"bitrate": 16.9}, {"bitrate": 23.0}, {"bitrate": 23.1}, {"seconds": 301.0}, {"seconds": 301.1}, {"seconds": 359.6}, {"seconds": 3601.0}, {"width": 1080, "height": 1080}, {"width": 1080, "height": 1081}, {"codec": ""}, {"codec": "hevc"}, {"codec": "vp9"}, {"formats": ("avi",)}, {"height": 720}]  # fmt: skip
    for change in changes:
        yield f"{change} {videos.faults(Path('a.mp4'), replace(good, **change), wanted)}"
    for kind in ("mov", "mkv", "avi", "wmv", "mp4", ""):
        for formats in (("mov", "mp4"), ("matroska",), ("asf",), ("avi",)):
            yield f"{kind} {formats} {videos.faults(Path(f'a.{kind}'), replace(good, formats=formats), Video(container=kind))} {videos.faults(Path('无'), good, Video(container=kind))}"
    for part in ({"width": 1920}, {"height": 1080}, {"minutes": 0.5}, {"codec": "H.264"}, {"fps": 29.97}, {"bitrate": 0.5}):
        yield f"{part} {videos.faults(Path('a.mp4'), good, Video(**part))}"
    yield " ".join(str(videos._ratio(text)) for text in ("25", "30000/1001", "0/0", "5/0", "50/2", "0"))
    yield " ".join(f"{videos._plain(number)}" for number in (25.0, 29.97, 0.5, 100.0, 1.005)) + " ".join(
        videos._name(name) for name in ("avc", "H.264", "h-265", "mpeg4", "wmv3", "vp9", "")
    )


AREAS = {
    "cells": of_cells,
    "summaries": of_summaries,
    "workbooks": of_workbooks,
    "old": of_old,
    "folders": of_folders,
    "photos": of_photos,
    "videos": of_videos,
}
