"""Sheets: the cells of .xlsx, .xls and .csv files as text, as a clerk sees them. The one door to openpyxl, calamine and csv.

Only cells that are stored are walked, so one at XFD1048576 costs nothing. Hidden rows, columns and sheets are told and not read,
comments are not read. What Excel has changed is told: a number of more than fifteen digits has lost the rest of them.
"""

import csv
import datetime
import io
import subprocess
import sys
from dataclasses import dataclass, field

from casepress.intake import packages
from casepress.intake.packages import Refused

_EXACT = 15  # digits that a number of a sheet keeps (IEEE 754 double)


@dataclass
class Sheet:
    """A sheet: its name, the text of its cells by (row, column) from 1, areas of merged cells, and remarks (place, what)."""

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # first row, first column, last row, last column
    remarks: list[tuple[str, str]] = field(default_factory=list)

    def rows(self) -> list[int]:
        return sorted({row for row, _ in self.cells})

    def place(self, row: int, column: int) -> str:
        """Where a cell is, as Excel says it: C7."""
        return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    out = ""
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def read(data: bytes, name: str) -> list[Sheet]:
    """The sheets of a file by the end of its name. Raises Refused."""
    ending = name.rpartition(".")[2].casefold()
    if ending == "csv":
        return [_csv(data)]
    if ending == "xls":
        return _old(data)
    return _new(data)


def _new(data: bytes) -> list[Sheet]:
    import openpyxl

    package = packages.opened(data)
    if "xl/workbook.xml" not in package.parts:
        raise Refused("renamed", "这不是 Excel 文件，只是扩展名像", "请向学校要 Excel 文件，或把扩展名改对")
    try:
        book = openpyxl.load_workbook(io.BytesIO(packages.packed(package.parts)), data_only=True, keep_links=False)
    except Exception as reason:  # openpyxl raises what its reader meets: KeyError, ValueError, TypeError, InvalidFileException
        raise Refused("damaged", "这个表格坏了，读不出来", "请用 Excel 或 WPS 打开，另存为 .xlsx，再收一次") from reason
    out = []
    for made in book.worksheets:
        sheet = Sheet(made.title)
        if made.sheet_state != "visible":
            if any(cell.value is not None for cell in made._cells.values()):
                sheet.remarks.append(("", f"工作表“{made.title}”是隐藏的，没有读"))
                out.append(sheet)
            continue
        hidden_rows = {row for row, about in made.row_dimensions.items() if about.hidden}
        hidden_columns: set[int] = set()
        for about in made.column_dimensions.values():
            if about.hidden:
                hidden_columns.update(
                    range(about.min or about.index and openpyxl.utils.column_index_from_string(about.index), (about.max or about.min or 1) + 1)
                )
        for (row, column), cell in sorted(made._cells.items()):
            if cell.value is None or row in hidden_rows or column in hidden_columns:
                continue
            text, remark = _said(cell.value, cell.number_format or "")
            if text:
                sheet.cells[row, column] = text
            if remark:
                sheet.remarks.append((sheet.place(row, column), remark))
        if unread := sorted(row for row in hidden_rows if any((row, column) in made._cells for column in range(1, 60))):
            sheet.remarks.append(("", f"第 {'、'.join(map(str, unread[:10]))} 行是隐藏的，没有读"))
        if hidden_columns and any(column in hidden_columns and cell.value is not None for (_, column), cell in made._cells.items()):
            sheet.remarks.append(("", f"{'、'.join(letters(column) for column in sorted(hidden_columns)[:10])} 列是隐藏的，没有读"))
        sheet.merged = [(area.min_row, area.min_col, area.max_row, area.max_col) for area in made.merged_cells.ranges]
        out.append(sheet)
    if not out:
        raise Refused("no-sheet", "这个文件里没有工作表", "请向学校再要一次")
    if not any(sheet.cells for sheet in out):
        raise Refused("empty", "这个表格是空的", "请向学校再要一次")
    return out


_CHILD = """
import io, json, sys
import python_calamine
book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
out = []
for about in book.sheets_metadata:
    sheet = book.get_sheet_by_name(about.name)
    rows = sheet.to_python(skip_empty_area=False) if sheet.height * sheet.width < 5_000_000 else []
    out.append([about.name, "Visible" in str(about.visible), [[value if isinstance(value, (str, int, float, bool)) else str(value) for value in row] for row in rows]])
print(json.dumps(out))
"""


def _old(data: bytes) -> list[Sheet]:
    """A sheet of Excel before 2007, read in a process of its own, for one odd file ends it."""
    import json

    try:
        done = subprocess.run([sys.executable, "-c", _CHILD], input=data, capture_output=True, timeout=30, check=True)
        made = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as reason:
        raise Refused("damaged", "这个旧格式的表格读不出来", "请用 Excel 或 WPS 打开，另存为 .xlsx，再收一次") from reason
    out = []
    for name, visible, rows in made:
        sheet = Sheet(name)
        if not visible:
            sheet.remarks.append(("", f"工作表“{name}”是隐藏的，没有读"))
        for y, row in enumerate(rows if visible else [], 1):
            for x, value in enumerate(row, 1):
                text, remark = _said(value, "")
                if text:
                    sheet.cells[y, x] = text
                if remark:
                    sheet.remarks.append((sheet.place(y, x), remark))
        out.append(sheet)
    if not any(sheet.cells for sheet in out):
        raise Refused("empty", "这个表格是空的", "请向学校再要一次")
    return out


def _csv(data: bytes) -> Sheet:
    text = None
    for coding in ("utf-16", "utf-8-sig", "gb18030") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(coding)
            break
        except UnicodeDecodeError:
            continue
    if text is None or "\0" in text:
        raise Refused("damaged", "这个文件的文字编码认不出来", "请用 Excel 打开，另存为 .xlsx，再收一次")
    first = text.split("\n", 1)[0]
    parting = max(",;\t，", key=first.count)
    sheet = Sheet("")
    for y, row in enumerate(csv.reader(io.StringIO(text), delimiter=parting), 1):
        for x, value in enumerate(row, 1):
            if value.strip():
                sheet.cells[y, x] = value.strip()
    if not sheet.cells:
        raise Refused("empty", "这个表格是空的", "请向学校再要一次")
    return sheet


def _said(value, shown: str) -> tuple[str, str]:
    """A cell's value as text, and what is to be told of it."""
    if isinstance(value, bool):
        return ("是" if value else "否"), ""
    if isinstance(value, datetime.datetime):
        return (value.date() if value.time() == datetime.time() else value).isoformat(sep=" ") if isinstance(
            value, datetime.datetime
        ) and value.time() != datetime.time() else value.date().isoformat(), ""
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat(), ""
    if isinstance(value, (int, float)):
        if isinstance(value, float) and not value.is_integer():
            return repr(value), ""
        text = str(int(value))
        zeros = len(shown) if shown and set(shown) == {"0"} else 0
        lost = len(text.lstrip("-")) > _EXACT
        return text.zfill(zeros), "这个数超过 15 位，后面的几位已经被 Excel 改成了 0，请对照原件" if lost else ""
    text = str(value).strip()
    if text.startswith("#") and text.rstrip("!?").isascii() and text.isupper():
        return "", f"这一格是错误值 {text}，没有读"
    return text, ""
