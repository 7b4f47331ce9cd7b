"""Films: what a phone writes into one beside pictures and sound, taken out: the place, the day, the device (ISO/IEC 14496-12).

Boxes of metadata become free space of the same length, so that nothing that points into the file has to change.
"""

import struct
from collections.abc import Iterator

_WITHIN = frozenset((b"moov", b"trak", b"mdia", b"minf", b"moof", b"traf"))
_SAYS = frozenset((b"udta", b"meta", b"uuid"))
_DATED = frozenset((b"mvhd", b"tkhd", b"mdhd"))  # creation and change stand first in them
_FREE = b"free"


def without_metadata(data: bytes) -> bytes:
    """An MP4 without what it says of its making; the same length. What is no row of boxes stays as it is."""
    whole, made, at = memoryview(data), [], 0
    for kind, start, begin, end in _boxes(data, 0, len(data)):
        if kind in _SAYS:
            made += (whole[at : start + 4], _FREE, whole[start + 8 : begin], bytes(end - begin))
            at = end
        elif kind in _DATED and end - begin >= 20:
            size = 16 if data[begin] == 1 else 8
            made += (whole[at : begin + 4], bytes(size))
            at = begin + 4 + size
    return b"".join((*made, whole[at:])) if made else data


def _boxes(data: bytes, at: int, end: int, depth: int = 0) -> Iterator[tuple[bytes, int, int, int]]:
    """Boxes by kind, where they start, where their content begins and ends; those within others behind these."""
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, at)
        begin = at + 8
        if size == 1 and at + 16 <= end:
            (size,) = struct.unpack_from(">Q", data, begin)
            begin += 8
        stop = end if size == 0 else at + size
        if stop > end or stop < begin:
            return
        yield kind, at, begin, stop
        if kind in _WITHIN and depth < 8:
            yield from _boxes(data, begin, stop, depth + 1)
        at = stop
