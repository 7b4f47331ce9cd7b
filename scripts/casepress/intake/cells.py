"""Cells: a sheet as the texts that a clerk sees in its cells, and what is to be told of what they held."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal

from casepress.intake.refusals import Remark

EXACT = 15  # digits that a number of a sheet keeps (IEEE 754 double)
MOST_CELLS, MOST_ROWS = 2_000_000, 20_000  # of a sheet
_SHOW = "要收的话，请在 Excel 里把这一格的格式改成“常规”，再收一次；不该交来的，请告诉学校"
_HIDDEN = "要收的话，请在 Excel 里取消隐藏，再收一次；不该交来的，请告诉学校"
_AS_TEXT = "请对照原件改正；以后请先把这一列设成文本格式再填"
_LOST = Remark("lost-digits", f"这个数超过 {EXACT} 位，后面的几位已经被 Excel 改成了 0", _AS_TEXT)
_SHORT = Remark("lost-digits", "这个长数字被 Excel 写成了科学记数法（例如 1.38E+10），后面的几位已经没有了", _AS_TEXT)
_RAISED = re.compile(r"[+-]?\d(?:\.\d+)?[Ee]\+(\d+)")


@dataclass
class Sheet:
    """A sheet: its name, the text of its cells by (row, column) from 1, areas of merged cells, and remarks with their places."""

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # first row, first column, last row, last column
    remarks: list[tuple[str, Remark]] = field(default_factory=list)

    def rows(self) -> list[int]:
        return sorted({row for row, _ in self.cells})

    def place(self, row: int, column: int) -> str:
        """Where a cell is, as Excel says it: C7."""
        return f"{letters(column)}{row}"

    def put(self, row: int, column: int, value: object, shown: str = "") -> None:
        """Take the value of a cell, and its number format."""
        text, remark = said(value, shown)
        if text:
            self.cells[row, column] = text
        if remark:
            self.remarks.append((self.place(row, column), remark))

    def tell_hidden(self, rows: Iterable[int], columns: Iterable[int]) -> None:
        """Tell the rows and columns that hold something and cannot be seen: they were not read."""
        for before, what, names in (("第 ", "行", [*map(str, sorted(rows))]), ("", "列", [*map(letters, sorted(columns))])):
            if names:
                more = f"等 {len(names)} {what}" if len(names) > 10 else ""
                self.remarks.append(("", Remark("hidden", f"{before}{'、'.join(names[:10])} {what}{more}是隐藏的，没有读", _HIDDEN)))

    def tell_all_hidden(self) -> None:
        """Tell that none of it can be seen, and none was read."""
        self.remarks.append(("", Remark("hidden", "整张工作表是隐藏的，没有读", _HIDDEN)))


def letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    out = ""
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def said(value: object, shown: str) -> tuple[str, Remark | None]:
    """A cell's value as people see it there, by its number format, and what is to be told of it."""
    if value is None or shown.replace('"', "") == ";;;":
        return "", Remark("hidden", "这一格的内容设成了不显示，没有读", _SHOW) if value not in (None, "") else None
    if isinstance(value, bool):
        return ("是" if value else "否"), None
    if isinstance(value, (datetime.date, datetime.time)):
        return _date(value, shown), None
    if isinstance(value, (int, float)):
        return _number(value, shown)
    text = str(value).replace("_x000D_", "").replace("\r", "").strip(" \t\n\u3000\xa0")
    if re.fullmatch(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)", text):
        return "", Remark("error-value", f"这一格是错误值 {text}，没有读", "请用 Excel 打开原件，把公式改对，再收一次")
    raised = _RAISED.fullmatch(text)
    return text, _SHORT if raised and int(raised[1]) >= 10 else None


def _date(value: datetime.date | datetime.time, shown: str) -> str:
    is_day = re.search("[yd年日]", shown, re.IGNORECASE) and not re.search("[hs时]", shown, re.IGNORECASE)  # whose hour nobody sees
    if isinstance(value, datetime.time) or isinstance(value, datetime.datetime) and value.time() != datetime.time() and not is_day:
        return value.isoformat(sep=" ", timespec="minutes") if isinstance(value, datetime.datetime) else value.isoformat("minutes")
    if "年" in shown:
        return f"{value.year}年{value.month}月" + (f"{value.day}日" if "日" in shown or "d" in shown.casefold() else "")
    return f"{value.year:04}-{value.month:02}-{value.day:02}"


def _number(value: float, shown: str) -> tuple[str, Remark | None]:
    if value != value or value in (float("inf"), float("-inf")):
        return "", None
    if shown.endswith("%"):
        places = len(shown.rstrip("%").partition(".")[2])
        return f"{(Decimal(repr(value)) * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, Context(999))}%", None
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.15g}", None
    text = str(int(value))
    zeros = len(shown) if shown and set(shown) == {"0"} else 0
    return "-" * (value < 0) + text.lstrip("-").zfill(zeros), _LOST if len(text.lstrip("-")) > EXACT else None
