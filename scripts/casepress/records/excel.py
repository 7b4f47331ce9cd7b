"""Excel: a table as a workbook that can be printed at once. The one door to XlsxWriter.

Every cell is written as a text, so that nothing in a case is obeyed (=1+1, +86) and no zero is lost. The same table makes the same
bytes: no clock is asked, and nobody is named as its author.
"""

import io
import math
from datetime import datetime

from casepress.facts.moments import moment
from casepress.records.tables import Column, Table, width

_TITLE, _BODY = "宋体", "仿宋"
_LINE = 16.5  # pt from line to line in 11 pt
_ROOM, _NARROW = 165, 16  # half characters: of a page at four fifths of its size; that a column keeps
_LONGEST = 32_767  # characters that a cell takes
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", ""))


def workbook(table: Table, date: str = "") -> bytes:
    """The bytes of an .xlsx file; `date` is the collection's own, for its properties."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": table.title or table.name, "author": "", "created": datetime.strptime(moment(date), "%Y-%m-%dT%H:%M:%SZ")})
    sheet = book.add_worksheet(table.name.translate(_FORBIDDEN)[:31])
    usual = {"font_name": _BODY, "font_size": 11, "valign": "vcenter", "text_wrap": True}
    title = book.add_format({"font_name": _TITLE, "font_size": 18, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True})
    under = book.add_format({"font_name": _BODY, "font_size": 11, "align": "right", "valign": "vcenter"})
    head = book.add_format({**usual, "font_name": _TITLE, "bold": True, "align": "center", "border": 1, "bg_color": "#EEEEEE"})
    text = book.add_format({**usual, "border": 1, "num_format": "@"})
    number = book.add_format({**usual, "border": 1, "align": "center"})
    band = book.add_format({**usual, "font_name": _TITLE, "bold": True, "border": 1, "align": "left"})
    last = len(table.columns) - 1
    widths = _widths(table)
    for at, wide in enumerate(widths):
        sheet.set_column(at, at, wide)
    top = 0
    for words, form, size in ((table.title, title, 18), (table.under, under, 11)):
        if words:
            lines = math.ceil(width(words) * size / 11 / max(1, sum(widths)))
            sheet.set_row(top, (size * 1.7) * lines if form is title else 20)
            _across(sheet, top, last, words, form)
            top += 1
    sheet.set_row(top, _LINE * max(_lines(column.label, wide) for column, wide in zip(table.columns, widths, strict=True)) + 8)
    for at, column in enumerate(table.columns):
        sheet.write_string(top, at, column.label, head)
    for nth, row in enumerate(table.rows, top + 1):
        if row.band:
            sheet.set_row(nth, _LINE + 6)
            _across(sheet, nth, last, row.band, band)
            continue
        sheet.set_row(nth, min(409, _LINE * max(_lines(cell, wide) for cell, wide in zip(row.cells, widths, strict=True)) + 5))
        for at, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
            if column.counts:
                sheet.write_number(nth, at, int(cell), number)
            elif cell:
                sheet.write_string(nth, at, cell[:_LONGEST], text)
            else:
                sheet.write_blank(nth, at, None, text)
    end = top + len(table.rows)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{_letters(last)}{end + 1}"})
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.print_area(0, 0, max(end, top), last)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer('&C&"宋体"&9第 &P 页，共 &N 页')
    book.close()
    return out.getvalue()


def _across(sheet, row: int, last: int, words: str, form) -> None:
    """A text over all columns."""
    if last:
        sheet.merge_range(row, 0, row, last, "", form)
    sheet.write_string(row, 0, words, form)


def _widths(table: Table) -> list[float]:
    """How wide the columns are; where they would be printed very small, the widest give way and have more lines."""
    widths = [_wide(table, at, column) for at, column in enumerate(table.columns)]
    while sum(widths) > _ROOM and max(widths) > _NARROW:
        widths[widths.index(max(widths))] -= 1
    return widths


def _wide(table: Table, at: int, column: Column) -> float:
    """How wide a column is, in Excel's half characters: as wide as its longest text, within bounds."""
    longest = max((width(line) for row in table.rows if not row.band for line in row.cells[at].split("\n")), default=0)
    return min(max(longest, width(column.label)), max(column.most, 6)) + 2


def _lines(text: str, wide: float) -> int:
    """How many lines a text takes in a column."""
    return sum(max(1, math.ceil(width(line) * 1.06 / max(2, wide - 1))) for line in text.split("\n"))


def _letters(column: int) -> str:
    """The letters of a column from 0: 0 is A, 26 is AA."""
    out, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out
