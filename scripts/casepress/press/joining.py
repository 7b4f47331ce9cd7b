"""Joining: a PDF written object by object, in the order in which they come, however many they are (ISO 32000-1, 7.5).

Small objects go packed into object streams, streams as they are; only where each object stands is remembered. pikepdf would
hold all objects of a book in memory, which a province's 34,000 pages do not allow.
"""

import hashlib
import io
import sys
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from operator import sub

_TOGETHER = 200  # objects in a stream
_BRANCH = 64  # kids of a node
_FREE, _PLAIN, _PACKED = 0, 1, 2  # the types of entries (table 18)


class File:
    """A PDF while it is written. Objects are numbered before they are put; every number must be put before `finish`."""

    def __init__(self, version: str) -> None:
        self._out = io.BytesIO()  # which gives away what it holds without a copy of it
        self._write(f"%PDF-{version}\n%âãÏÓ\n".encode("latin-1"))
        self._kinds, self._places, self._indexes = array("B", [_FREE]), array("Q", [0]), array("H", [65535])
        self._waiting: list[tuple[int, bytes]] = []

    def numbers(self, count: int = 1) -> int:
        """The first of so many new numbers."""
        first = len(self._kinds)
        self._kinds.extend([_FREE] * count)
        self._places.extend([0] * count)
        self._indexes.extend([0] * count)
        return first

    def put(self, number: int, text: bytes) -> None:
        """Write an object that is no stream."""
        self._waiting.append((number, text))
        if len(self._waiting) == _TOGETHER:
            self._pack()

    def add(self, text: bytes) -> int:
        """Write an object under a new number, which comes back."""
        number = self.numbers()
        self.put(number, text)
        return number

    def stream(self, number: int, text: bytes, data: bytes) -> None:
        """Write a stream; `text` is its dictionary without the length, `data` its bytes as the dictionary's filter has them."""
        self._kinds[number], self._places[number] = _PLAIN, self._out.tell()
        head = text.removesuffix(b">>") + b"/Length %d>>" % len(data)
        self._write(b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, head, data))

    def add_stream(self, data: bytes, text: bytes = b"<<>>", packed: bool = False) -> int:
        """Write a stream under a new number, which comes back; packed where that is asked for."""
        number = self.numbers()
        if packed:
            data, text = zlib.compress(data, 6), text.removesuffix(b">>") + b"/Filter/FlateDecode>>"
        self.stream(number, text, data)
        return number

    def tree(self, entries: Sequence[tuple[bytes, bytes]], kind: str) -> int:
        """A name tree or number tree (7.9.6, 7.9.7): `entries` are sorted pairs of key and value, `kind` is Names or Nums."""
        if len(entries) <= _BRANCH:
            return self.add(b"<</%b[%b]>>" % (kind.encode(), b" ".join(key + b" " + value for key, value in entries)))
        nodes = []
        for at in range(0, len(entries), _BRANCH):
            some = entries[at : at + _BRANCH]
            text = b" ".join(key + b" " + value for key, value in some)
            nodes.append((some[0][0], some[-1][0], self.add(b"<</Limits[%b %b]/%b[%b]>>" % (some[0][0], some[-1][0], kind.encode(), text))))
        while len(nodes) > _BRANCH:
            higher = []
            for at in range(0, len(nodes), _BRANCH):
                some = nodes[at : at + _BRANCH]
                text = b" ".join(b"%d 0 R" % number for _, _, number in some)
                higher.append((some[0][0], some[-1][1], self.add(b"<</Limits[%b %b]/Kids[%b]>>" % (some[0][0], some[-1][1], text))))
            nodes = higher
        return self.add(b"<</Kids[%b]>>" % b" ".join(b"%d 0 R" % number for _, _, number in nodes))

    def finish(self, root: int, info: int) -> bytes:
        """The whole file; its identity is a sum of its bytes, so the same file has the same one."""
        self._pack()
        number = self.numbers()
        at = self._places[number] = self._out.tell()
        self._kinds[number] = _PLAIN
        rows, width = self._rows()
        with self._out.getbuffer() as written:
            identity = hashlib.sha256(written).hexdigest()[:32].encode()
        text = (
            b"<</Type/XRef/Size %d/W[1 %d 2]/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]/DecodeParms<</Predictor 12/Columns %d>>/Filter/FlateDecode>>"
        )
        self.stream(number, text % (len(self._kinds), width, root, info, identity, identity, width + 3), zlib.compress(rows, 6))
        self._write(b"startxref\n%d\n%%%%EOF\n" % at)
        return self._out.getvalue()

    def _write(self, data: bytes) -> None:
        self._out.write(data)

    def _pack(self) -> None:
        """Write what waits as an object stream (7.5.7)."""
        if not self._waiting:
            return
        stream = self.numbers()
        at, heads = 0, []
        for index, (number, text) in enumerate(self._waiting):
            self._kinds[number], self._places[number], self._indexes[number] = _PACKED, stream, index
            heads.append(b"%d %d" % (number, at))
            at += len(text) + 1
        head = b" ".join(heads) + b"\n"
        data = head + b"\n".join(text for _, text in self._waiting)
        text = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode>>" % (len(self._waiting), len(head))
        self._waiting = []
        self.stream(stream, text, zlib.compress(data, 6))

    def _rows(self) -> tuple[bytes, int]:
        """The cross-reference table (7.5.8), each row as what differs from the one before, and the bytes that a place takes."""
        width = max(1, (max(self._places).bit_length() + 7) // 8)
        columns = [bytes(self._kinds), *_columns(self._places)[-width:], *_columns(self._indexes)]
        rows = bytearray(b"\2" * (len(columns) + 1) * len(self._kinds))
        for nth, column in enumerate(columns, 1):
            rows[nth :: len(columns) + 1] = bytes(map((255).__and__, map(sub, column, b"\0" + column[:-1])))
        return bytes(rows), width


def _columns(numbers: array) -> list[bytes]:
    """The first byte of each number, the second one, and so on, the highest first."""
    ordered = array(numbers.typecode, numbers)
    if sys.byteorder == "little":
        ordered.byteswap()
    data, size = ordered.tobytes(), numbers.itemsize
    return [data[nth::size] for nth in range(size)]


def text(words: str) -> bytes:
    """A text string (7.9.2.2)."""
    if words.isascii() and words.isprintable():
        return b"(" + words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode() + b")"
    return b"<feff" + words.encode("utf-16-be").hex().encode() + b">"


def number(value: float) -> bytes:
    """A number, to a thousandth."""
    words = f"{value:.3f}".rstrip("0").rstrip(".")
    return b"0" if words in ("", "-0") else words.encode()


def array_of(values: Iterable[float]) -> bytes:
    """An array of numbers."""
    return b"[" + b" ".join(map(number, values)) + b"]"


def dictionary(entries: Mapping[str, bytes]) -> bytes:
    """A dictionary of texts that are written already; what is empty is left out."""
    return b"<<" + b"".join(f"/{key} ".encode() + value for key, value in entries.items() if value) + b">>"


def reference(number: int) -> bytes:
    return b"%d 0 R" % number
