"""Films as bytes: the boxes of an MP4 (ISO/IEC 14496-12) and the elements of a WebM (RFC 9559), written one by one."""

import struct

_SECONDS = struct.pack(">II", 3_700_000_000, 3_700_000_001)  # when it was made, and changed
HEAD = struct.pack(">I4s", 24, b"ftyp") + b"isom\0\0\2\0isommp41"
FILM = HEAD + struct.pack(">I4s", 8, b"moov")  # the least that is one


def box(kind: bytes, *inside: bytes) -> bytes:
    content = b"".join(inside)
    return struct.pack(">I4s", 8 + len(content), kind) + content


def _full(kind: bytes, *inside: bytes) -> bytes:
    return box(kind, bytes(4), *inside)


def track(handler: bytes, at: int, sizes: list[int], *more: bytes, said: bytes = b"") -> bytes:
    """A track whose samples stand in one chunk; `said` stands where cameras and programs write their names."""
    entry = box(b"avc1", bytes(42), said[:32].ljust(32, b"\0"), b"\0\x18\xff\xff") if handler == b"vide" else box(b"gpmd", bytes(8), said)
    tables = (
        _full(b"stsd", struct.pack(">I", 1), entry),
        _full(b"stsc", struct.pack(">IIII", 1, 1, len(sizes), 1)),
        _full(b"stsz", struct.pack(f">II{len(sizes)}I", 0, len(sizes), *sizes)),
        _full(b"stco", struct.pack(">II", 1, at)),
    )
    data = box(b"dinf", _full(b"dref", struct.pack(">I", 1), box(b"url ", b"\0\0\0\1")))
    media = (_full(b"mdhd", _SECONDS, bytes(12)), _full(b"hdlr", bytes(4), handler, bytes(12), said, b"\0"))
    return box(b"trak", _full(b"tkhd", _SECONDS, bytes(72)), box(b"mdia", *media, box(b"minf", data, box(b"stbl", *tables))), *more)


def mp4(*more: bytes, tracks: bytes | None = None, pixels: bytes = b"pixels", last: bytes = b"") -> bytes:
    """An MP4 with its pictures first, and `more` in its table of contents."""
    tracks = track(b"vide", len(HEAD) + 8, [len(pixels)]) if tracks is None else tracks
    return HEAD + box(b"mdat", pixels) + box(b"moov", _full(b"mvhd", _SECONDS, bytes(88)), tracks, *more) + last


def element(kind: int, *inside: bytes, is_open: bool = False) -> bytes:
    """An element of a WebM, or one whose size nobody knew yet."""
    content = b"".join(inside)
    size = b"\x01" + (b"\xff" * 7 if is_open else len(content).to_bytes(7, "big"))
    return kind.to_bytes((kind.bit_length() + 7) // 8, "big") + size + content


def webm(*more: bytes, said: bytes = b"", is_open: bool = False) -> bytes:
    """A WebM; `said` stands where programs and people write their names, as a browser records it with `is_open`."""
    facts = element(0x1549A966, element(0x2AD7B1, b"\x0f\x42\x40"), *(element(kind, said) for kind in (0x4D80, 0x5741, 0x7BA9, 0x4461)))
    tracks = element(0x1654AE6B, element(0xAE, element(0xD7, b"\1"), element(0x536E, said)))
    cluster = element(0x1F43B675, element(0xE7, b"\0"), element(0xA3, b"pixels"), is_open=is_open)
    return element(0x1A45DFA3, element(0x4282, b"webm")) + element(0x18538067, facts, tracks, *more, cluster, is_open=is_open)
