"""How bad files are made without spending what they would cost to read: bombs out of repeated pieces, old files out of their headers."""

import io
import struct
import warnings
import zipfile
import zlib

from wordparts import NAMES, OFFICE, PACKAGE, XML, p, package, relations, zipped

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml."
MEGA = 2**20


def member(data: bytes, name: str, content: str | bytes | None) -> bytes:
    """A zip with another content of one part, or without that part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    parts.pop(name)
    return zipped(parts if content is None else parts | {name: content})


def deep(start: str, end: str, depth: int) -> str:
    """Elements within one another."""
    return start * depth + "<w:p/>" + end * depth


def with_names(names: list[str], data: bytes | None = None, flags: int = 0, mode: int = 0o644, content: bytes = b"x") -> bytes:
    """A zip, the given one or a new one, with further parts of these names; flags 1 says that they are encrypted."""
    out = io.BytesIO(data or b"")
    with zipfile.ZipFile(out, "a" if data else "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name that is there already is meant
        for name in names:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.filename, entry.external_attr, entry.create_system = name, mode << 16, 3
            archive.writestr(entry, content)
    made = out.getvalue()
    if flags:  # in the local headers and in the directory at the end
        made = made.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
            b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
        )
    return made


def deflated(size: int, byte: bytes, head: bytes = b"", foot: bytes = b"") -> bytes:
    """head, size times a byte, foot as one raw stream; a megabyte is compressed once and repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(byte * MEGA) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + piece * (size // MEGA) + packer.compress(byte * (size % MEGA) + foot) + packer.flush()


def raw(name: str, packed: bytes, size: int, at: int) -> tuple[bytes, bytes]:
    """A part as it stands in a zip, and its entry in the directory. Its sum is wrong: nobody should read so far."""
    label, common = name.encode(), struct.pack("<HHHHIIIHH", 0x800, 8, 0, 33, 0, len(packed), size, len(name.encode()), 0)
    local = b"PK\x03\x04" + struct.pack("<H", 20) + common + label + packed
    return local, b"PK\x01\x02" + struct.pack("<HH", 20, 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, at) + label


def appended(data: bytes | None, parts: list[tuple[str, bytes, int]]) -> bytes:
    """A zip with raw parts (name, stream, size as said) behind its own, in place of those of the same names."""
    if data:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name for name, *_ in parts}
            data = zipped({entry: archive.read(entry) for entry in archive.namelist() if entry not in names})
    else:
        data = zipped({})
    count, size, start = struct.unpack("<HII", data[-12:-2])
    body, entries = data[:start], data[start : start + size]
    for name, packed, said in parts:
        local, entry = raw(name, packed, said, len(body))
        body, entries, count = body + local, entries + entry, count + 1
    return body + entries + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(entries), len(body), 0)


def bomb(size: int, name: str = "word/document.xml", data: bytes | None = None, says: int | None = None) -> bytes:
    """A part that is `size` blanks between two tags and about a thousandth of that on disk; says: the size that the zip claims."""
    head, foot = f"{XML}<w:document {NAMES}><w:body>".encode(), b"</w:body></w:document>"
    packed = deflated(size, b" ", head, foot)
    return appended(data or package(p("")), [(name, packed, says or size + len(head) + len(foot))])


def slow_bomb(data: bytes, count: int, size: int) -> bytes:
    """Many parts of which none is too big, but all together are."""
    packed = deflated(size, b"\0")
    return appended(data, [(f"word/media/image{n}.png", packed, size) for n in range(count)])


def compound(*names: str) -> bytes:
    """An old container of Office (the header of .doc, .xls and of all files with a password) with streams of these names."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0, 0)
    )
    header += struct.pack("<I", free) * 108
    sectors = 2 + 8 * len(names)  # a table, a directory, 4,096 bytes for each stream
    chain = [fat, end]
    for number in range(len(names)):
        first = 2 + 8 * number
        chain += [*range(first + 1, first + 8), end]
    table = struct.pack(f"<{sectors}I", *chain) + struct.pack("<I", free) * (128 - sectors)
    entries = [entry("Root Entry", 5, free, 1, end, 0)]
    for number, name in enumerate(names):
        after = number + 2 if number + 1 < len(names) else free
        entries.append(entry(name, 2, after, free, 2 + 8 * number, 4096))
    entries += [entry("", 0, free, free, 0, 0)] * (4 - len(entries))
    return header + table + b"".join(entries) + bytes(4096 * len(names))


def entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    """An entry of the container's directory: 128 bytes."""
    label = (name + "\0").encode("utf-16le") if name else b""
    left = struct.pack("<III", 0xFFFFFFFF, right, child)
    return label.ljust(64, b"\0") + struct.pack("<HBB", len(label), kind, 1) + left + bytes(36) + struct.pack("<IQ", start, size)


def old_excel() -> bytes:
    """The container of an .xls."""
    return compound("Workbook")


def sheets(rows: list[list[str]] | None, far: dict[str, str | None] | None = None, size: str = "") -> bytes:
    """An .xlsx of one sheet 汇总表 with these rows; None: of no sheet. far: further cells by address, None for one without a value."""

    def cell(address: str, text: str | None) -> str:
        return f'<c r="{address}"/>' if text is None else f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'

    lines = [
        f'<row r="{n}">{"".join(cell(f"{chr(65 + c)}{n}", text) for c, text in enumerate(row))}</row>' for n, row in enumerate(rows or [], 1)
    ]
    lines += [f'<row r="{address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}">{cell(address, text)}</row>' for address, text in (far or {}).items()]
    extent = f'<dimension ref="{size}"/>' if size else ""
    listed = "" if rows is None else '<sheet name="汇总表" sheetId="1" r:id="s1"/>'
    book = f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE.rstrip("/")}"><sheets>{listed}</sheets></workbook>'
    names = {"xl/workbook.xml": "sheet", "xl/worksheets/sheet1.xml": "worksheet", "xl/sharedStrings.xml": "sharedStrings"}
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{TYPES}{kind}{".main" * (kind == "sheet")}+xml"/>' for name, kind in names.items()
    )
    parts = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" ContentType="application/vnd.openxml'
        f'formats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": relations([("r1", "officeDocument", "xl/workbook.xml", False)]),
        "xl/workbook.xml": XML + book,
        "xl/_rels/workbook.xml.rels": relations(
            [("s1", "worksheet", "worksheets/sheet1.xml", False), ("s2", "sharedStrings", "sharedStrings.xml", False)]
        ),
        "xl/worksheets/sheet1.xml": f'{XML}<worksheet xmlns="{SHEET}">{extent}<sheetData>{"".join(lines)}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'{XML}<sst xmlns="{SHEET}" count="0" uniqueCount="0"/>',
    }
    return zipped(parts)


def picture_bomb(width: int, height: int) -> bytes:
    """A black PNG of so many points, one bit each, whole and with right sums, a thousandth of its size on disk."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = height * (1 + (width + 7) // 8)
    stream = b"\x78\xda" + deflated(size, b"\0") + struct.pack(">I", (size % 65521) << 16 | 1)  # Adler-32 of zeros
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", stream) + chunk(b"IEND", b"")
