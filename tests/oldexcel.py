"""Old .xls files out of records ([MS-XLS]): texts, numbers, hidden rows, columns and sheets, merged areas, in their container ([MS-CFB])."""

import struct

from badparts import compound


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def text(value: str, wide: str = "<H") -> bytes:
    """A text with its length before it."""
    return struct.pack(wide, len(value)) + b"\1" + value.encode("utf-16-le")


def sheet(rows: list[list], hidden_rows: set[int], hidden_columns: set[int], merged: tuple[int, int, int, int] | None) -> bytes:
    """The records of a sheet; numbers of rows and columns from 0."""
    wide = max(map(len, rows), default=0)
    out = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    out += b"".join(record(0x7D, struct.pack("<HHHHHH", column, column, 2000, 15, 1, 0)) for column in hidden_columns)
    out += record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, wide, 0))
    for y, row in enumerate(rows):
        out += record(0x208, struct.pack("<HHHHHHI", y, 0, len(row), 300, 0, 0, 0x100 | 0x20 * (y in hidden_rows)))
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if isinstance(value, str):
                out += record(0x204, struct.pack("<HHH", y, x, 15) + text(value))
            elif value is not None:
                out += record(0x203, struct.pack("<HHHd", y, x, 15, value))
    if merged:
        out += record(0xE5, struct.pack("<HHHHH", 1, *merged))
    return out + record(0xA)


def workbook(sheets: dict[str, tuple[bytes, bool]], password: bool = False) -> bytes:
    """An .xls of sheets by name: (records, whether it is hidden)."""
    head = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + record(0x42, struct.pack("<H", 1200))
    head += record(0x2F, bytes(6)) if password else b""
    lists = [(hidden, text(name, "<B")) for name, (_, hidden) in sheets.items()]
    at = len(head) + sum(4 + 6 + len(name) for _, name in lists) + 4
    listed = b""
    for (hidden, name), (records, _) in zip(lists, sheets.values(), strict=True):
        listed += record(0x85, struct.pack("<IBB", at, int(hidden), 0) + name)
        at += len(records)
    stream = head + listed + record(0xA) + b"".join(records for records, _ in sheets.values())
    assert len(stream) <= 4096
    made = compound("Workbook")
    return made[:-4096] + stream.ljust(4096, b"\0")
