"""Stripping: a picture within a document, without what it says beside its pixels: the place, the day, the device, remarks.

Flows in: the bytes of a JPEG, PNG, WebP or GIF. Flows out: the same picture; no pixel is decoded, nothing that shows is changed. A picture
that is published by itself is made anew by `developing` instead.
"""

import re
import struct
from collections.abc import Iterator

# Of a JPEG's segments these say something (ISO/IEC 10918-1, B.1.1.3): applications' own, and comments. What stays shows: JFIF's density,
# colour profiles (in APP2), and how Adobe's inks are meant (APP14).
_SAYS, _DRAWN, _END = frozenset((*range(0xE1, 0xF0), 0xFE)) - {0xEE}, 0xDA, 0xD9
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # in what is drawn
_PROFILE = b"ICC_PROFILE\0"
_CHUNKS = frozenset((b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"))  # of a PNG (ISO/IEC 15948, 11.3.3)
_WEBP = {b"EXIF": 0x08, b"XMP ": 0x04}  # by their bits in VP8X (RFC 9649, 2.7)
_REMARKS = re.compile(rb"\x21(?:\xfe|\xff\x0bXMP DataXMP)")


def stripped(data: bytes) -> bytes:
    """A picture without metadata; what is none of the four kinds, or not in order, as it is."""
    for head, way in ((b"\xff\xd8\xff", _jpeg), (b"\x89PNG\r\n\x1a\n", _png), (b"RIFF", _webp), (b"GIF8", _gif)):
        if data.startswith(head):
            return b"".join(way(memoryview(data)))
    return data


def _jpeg(data: memoryview) -> Iterator[bytes | memoryview]:
    """Segment by segment, and nothing behind the end: there a phone keeps further pictures, each with a head of its own (CIPA DC-007)."""
    at = 2
    yield data[:at]
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != _END:
        kind, (size,) = data[at + 1], struct.unpack_from(">H", data, at + 2)
        end = at + 1 if kind == 0xFF else at + 2 + max(size, 2)  # a marker may be filled up
        if kind == _DRAWN and (found := _MARKER.search(data, end)):
            end = found.start()
        if kind != 0xFF and (kind not in _SAYS or kind == 0xE2 and _is_profile(data[at + 4 : end])):
            yield data[at:end]
        at = end
    yield data[at : at + 2] if bytes(data[at : at + 2]) == b"\xff\xd9" else data[at:]


def _is_profile(data: memoryview) -> bool:
    return bytes(data[: len(_PROFILE)]) == _PROFILE


def _png(data: memoryview) -> Iterator[bytes | memoryview]:
    at = 8
    yield data[:at]
    while at + 12 <= len(data):
        (size,) = struct.unpack_from(">I", data, at)
        kind, end = bytes(data[at + 4 : at + 8]), at + 12 + size
        if kind not in _CHUNKS:
            yield data[at:end]
        at = end
        if kind == b"IEND":
            return
    yield data[at:]


def _webp(data: memoryview) -> Iterator[bytes | memoryview]:
    if bytes(data[8:12]) != b"WEBP":
        yield data
        return
    at, made = 12, []
    while at + 8 <= len(data):
        kind, (size,) = bytes(data[at : at + 4]), struct.unpack_from("<I", data, at + 4)
        end = at + 8 + size + size % 2
        if kind == b"VP8X" and at + 8 < len(data):
            made.append(bytes([*data[at : at + 8], data[at + 8] & ~sum(_WEBP.values()), *data[at + 9 : end]]))
        elif kind not in _WEBP:
            made.append(bytes(data[at:end]))
        at = end
    whole = b"".join(made)
    yield b"RIFF" + struct.pack("<I", 4 + len(whole)) + b"WEBP" + whole


def _gif(data: memoryview) -> Iterator[bytes | memoryview]:
    at = 13 + (3 << (data[10] & 7) + 1 if len(data) > 13 and data[10] & 0x80 else 0)
    yield data[:at]
    while at < len(data):
        begun, kind = at, data[at]
        if kind == 0x21:
            at += 2
        elif kind == 0x2C and at + 10 < len(data):
            at += 11 + (3 << (data[at + 9] & 7) + 1 if data[at + 9] & 0x80 else 0)
        else:
            break
        while at < len(data) and data[at]:  # blocks, each with its length, up to an empty one
            at += 1 + data[at]
        at += 1
        if not _REMARKS.match(data[begun : begun + 14]):
            yield data[begun:at]
    yield data[at:]
