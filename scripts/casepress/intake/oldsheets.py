"""Old sheets: the cells of an .xls, and of WPS's .et, which is one. The one door to calamine, which one odd file ends: only in a process of its own."""

import io
import struct

from casepress.intake import guises
from casepress.intake.cells import MOST_CELLS, Sheet
from casepress.intake.refusals import Refused

_AGAIN = "请用 Excel 或 WPS 打开它，另存为 .xlsx，再收一次"
_FREE, _SHORT = 0xFFFFFFFA, 4096  # from here on a sector's number is a mark; smaller streams lie elsewhere ([MS-CFB] 2.1, 2.6.3)
_BOF, _EOF, _ROW, _COLUMNS, _PASSWORD = (0x809, 0x409, 0x209, 0x9), 0xA, (0x208, 0x8), 0x7D, 0x2F


def read(data: bytes) -> list[Sheet]:
    """The sheets of a file. Raises Refused."""
    import python_calamine

    if guises.guise(data) != "old":
        raise guises.told(data, "sheet")
    unseen = _unseen(_stream(data))
    if unseen is None or "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused("encrypted", "这个表格加了密码", "请打开它，去掉密码，另存为 .xlsx，再收一次")
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = [(about, book.get_sheet_by_name(about.name)) for about in book.sheets_metadata]
    except Exception as reason:  # calamine has an exception for each of its parts, and no common one
        raise Refused("damaged", "这个旧格式的表格坏了，读不出来", f"{_AGAIN}；打不开的，请向学校再要一次") from reason
    out = []
    for number, (about, cells) in enumerate(found):
        sheet = Sheet(about.name)
        out.append(sheet)
        if cells.height * cells.width > MOST_CELLS:
            raise Refused("too-big", "这个表格大得不像一份汇总表", _AGAIN)
        if about.visible != python_calamine.SheetVisibleEnum.Visible:
            if cells.height:
                sheet.tell_all_hidden()
            continue
        rows, columns = unseen[number] if number < len(unseen) else (set(), set())
        told_rows, told_columns = set(), set()
        for y, row in enumerate(cells.to_python(skip_empty_area=False), 1):
            for x, value in enumerate(row, 1):
                if value in ("", None):
                    continue
                if y in rows:
                    told_rows.add(y)
                elif x in columns:
                    told_columns.add(x)
                else:
                    sheet.put(y, x, value)
        sheet.merged = [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in cells.merged_cell_ranges or ()]
        sheet.tell_hidden(told_rows, told_columns)
    return out


def _stream(data: bytes) -> bytes:
    """The stream Workbook of a container ([MS-CFB]); empty where it has none or is broken."""
    try:
        size = 1 << struct.unpack_from("<H", data, 30)[0]
        count, first = struct.unpack_from("<I", data, 44)[0], struct.unpack_from("<I", data, 48)[0]
        tables = [number for number in struct.unpack_from("<109I", data, 76) if number < _FREE][:count]

        def sector(number: int) -> bytes:
            return data[(number + 1) * size : (number + 2) * size]

        chain = [number for table in tables for number in struct.unpack(f"<{size // 4}I", sector(table))]

        def whole(number: int) -> bytes:
            pieces = []
            while number < len(chain) and len(pieces) <= len(chain):
                pieces.append(sector(number))
                number = chain[number]
            return b"".join(pieces)

        directory = whole(first)
        for at in range(0, len(directory) - 127, 128):
            length = struct.unpack_from("<H", directory, at + 64)[0]
            name = directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
            start, long = struct.unpack_from("<II", directory, at + 116)
            if name in ("Workbook", "Book") and long >= _SHORT:
                return whole(start)[:long]
    except (struct.error, IndexError):
        pass
    return b""


def _unseen(stream: bytes) -> list[tuple[set[int], set[int]]] | None:
    """The hidden rows and columns, from 1, of each sheet in its order ([MS-XLS] 2.4: Row, ColInfo); None where there is a password."""
    out: list[tuple[set[int], set[int]]] = []
    at, depth, began = 0, 0, False
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind in _BOF:
            depth += 1
            if depth == 1 and began:
                out.append((set(), set()))
            began = True
        elif kind == _EOF:
            depth -= 1
        elif kind == _PASSWORD and not out:
            return None
        elif out and depth == 1 and kind in _ROW and length >= 16:
            row, flags = struct.unpack_from("<H", body)[0], struct.unpack_from("<H", body, 12)[0]
            if flags & 0x20:
                out[-1][0].add(row + 1)
        elif out and depth == 1 and kind == _COLUMNS and length >= 10:
            first, last, _, _, flags = struct.unpack_from("<5H", body)
            if flags & 1:
                out[-1][1].update(range(first + 1, min(last, 255) + 2))
    return out
