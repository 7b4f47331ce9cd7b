"""Films: MP4 (ISO/IEC 14496-12) and WebM (Matroska, RFC 9559) without what phones and cameras write beside pictures and sound.

Only what is needed to play stays. All else, also what nobody knows yet, becomes free space of the same length, so that nothing that points
into the file has to change: the place, the day, the device, names of people and programs, and tracks that are neither pictures nor sound,
in which drones and sports cameras write where they were from second to second.
"""

import struct
import sys
from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

_BROKEN = "不完整，或者已经坏了"
# What of a film is kept, by the box in which it is; "" is the file itself.
_KEPT = {
    b"": b"ftyp styp moov mdat moof mfra sidx ssix pdin",
    b"moov": b"mvhd trak mvex iods",
    b"trak": b"tkhd mdia edts",
    b"edts": b"elst",
    b"mdia": b"mdhd hdlr minf elng",
    b"minf": b"vmhd smhd nmhd hdlr dinf stbl",
    b"dinf": b"dref",
    b"stbl": b"stsd stts ctts cslg stss stps stsc stsz stz2 stco co64 sdtp stsh padb sbgp sgpd subs saiz saio",
    b"mvex": b"mehd trex leva",
    b"moof": b"mfhd traf",
    b"traf": b"tfhd tfdt trun sbgp sgpd subs saiz saio sdtp senc",
}
_KINDS = {box: frozenset(kinds.split()) for box, kinds in _KEPT.items()}
_DATED = frozenset((b"mvhd", b"tkhd", b"mdhd"))  # creation and change stand first in them
_SHOWN = (b"vide", b"soun")
_MOST_SAMPLES = 5_000_000
_CHUNKS = {b"stco": "I", b"co64": "Q"}
# Of WebM, by its kinds in hexadecimal: what is kept of a segment and of a cluster without a size, and of the facts; what of these must be
# there but may say nothing.
_SEGMENT, _INFO, _TRACKS, _TRACK, _CLUSTER, _VOID, _NAME = map(bytes.fromhex, "18538067 1549A966 1654AE6B AE 1F43B675 EC 536E".split())
_PARTS = {_INFO, _TRACKS, _CLUSTER, *map(bytes.fromhex, "114D9B74 1C53BB6B E7 A3 A0 A7 AB".split())}
_FACTS, _PROGRAMS = (frozenset(map(bytes.fromhex, kinds.split())) for kinds in ("2AD7B1 4489", "4D80 5741"))


class NotAFilm(Exception):
    """The bytes are no film, or not all of one; the message is the reason, a Chinese sentence."""


@dataclass
class Film:
    """What is written over a film's bytes, and where."""

    edits: list[tuple[int, bytes]] = field(default_factory=list)

    def write(self, at: int, new: bytes) -> None:
        if new:
            self.edits.append((at, new))

    def cleaned(self, data: bytes) -> bytes:
        """The film without what it says of its making; the same length."""
        whole, made, at = memoryview(data), [], 0
        for start, new in sorted(self.edits, key=lambda edit: edit[0]):
            if start + len(new) > at:
                new = new[max(0, at - start) :]
                made += (whole[at : max(start, at)], new)
                at = max(start, at) + len(new)
        return b"".join((*made, whole[at:])) if made else data


@dataclass(frozen=True)
class _Box:
    kind: bytes
    start: int
    begin: int
    stop: int


def mp4(data: bytes) -> Film:
    """What is to be written over an MP4. Raises NotAFilm where it is none, or where a part of it is missing."""
    film = Film()
    if data[4:8] != b"ftyp":
        raise NotAFilm("不是 MP4 视频")
    kinds = set()
    for box in _row(data, 0, len(data), film):
        kinds.add(box.kind)
        if _keeps(film, b"", box):
            _clean(data, film, box)
    if b"moov" not in kinds:
        raise NotAFilm(_BROKEN)
    return film


def _row(data: bytes, at: int, end: int, film: Film | None = None) -> Iterator[_Box]:
    """The boxes from one place to another. What is behind the last of a whole `film`, and is none, is written over. Raises NotAFilm."""
    seen = set()
    while at < end:
        size, kind = struct.unpack_from(">I4s", data, at) if at + 8 <= end else (0, b"")
        kind = kind if any(kind) else b""
        begin = at + 8
        if size == 1 and at + 16 <= end:
            (size,) = struct.unpack_from(">Q", data, begin)
            begin += 8
        stop = end if size == 0 and kind else at + size
        if stop > end or stop < begin or not kind:
            if film and b"moov" in seen and b"mdat" in seen and kind not in _KINDS[b""]:
                film.write(at, bytes(end - at))
                return
            if not film and not any(data[at:end]):  # the four zeros with which QuickTime ends some boxes
                return
            raise NotAFilm(_BROKEN)
        seen.add(kind)
        yield _Box(kind, at, begin, stop)
        at = stop


def _keeps(film: Film, within: bytes, box: _Box) -> bool:
    """Whether a box stays; else it is free space."""
    if box.kind in _KINDS[within]:
        return True
    film.write(box.start + 4, b"free")
    film.write(box.begin, bytes(box.stop - box.begin))
    return False


def _clean(data: bytes, film: Film, box: _Box, handler: bytes = b"") -> None:
    """Write over what a box says of its making, and what is in it says."""
    if box.kind == b"trak":
        handler = _handler(data, box)
        if handler not in _SHOWN:
            _without(data, film, box)
            return
    if box.kind in _DATED and box.stop - box.begin >= 20:
        film.write(box.begin + 4, bytes(16 if data[box.begin] == 1 else 8))
    elif box.kind == b"hdlr":
        film.write(box.begin + 24, bytes(max(0, box.stop - box.begin - 24)))
    elif box.kind == b"stsd" and handler == b"vide":
        for entry in _row(data, box.begin + 8, box.stop):
            film.write(entry.start + 50, bytes(max(0, min(32, entry.stop - entry.start - 50))))  # the name of the program
    elif box.kind == b"dref":
        for entry in _row(data, box.begin + 8, box.stop):
            if entry.stop - entry.begin > 4 and not data[entry.begin + 3] & 1:
                raise NotAFilm("不完整，画面在另一个文件里")
            film.write(entry.begin + 4, bytes(max(0, entry.stop - entry.begin - 4)))
    elif box.kind in _KINDS:
        for inner in _row(data, box.begin, box.stop):
            if _keeps(film, box.kind, inner):
                _clean(data, film, inner, handler)


def _within(data: bytes, box: _Box, *kinds: bytes) -> _Box | None:
    """The first box of these kinds, each within the one before it."""
    for kind in kinds:
        box = next((inner for inner in _row(data, box.begin, box.stop) if inner.kind == kind), None)
        if box is None:
            return None
    return box


def _handler(data: bytes, track: _Box) -> bytes:
    found = _within(data, track, b"mdia", b"hdlr")
    return data[found.begin + 8 : found.begin + 12] if found else b""


def _without(data: bytes, film: Film, track: _Box) -> None:
    """Take a track out, and what it says in the midst of pictures and sound."""
    film.write(track.start + 4, b"free")
    film.write(track.begin, bytes(track.stop - track.begin))
    table = _within(data, track, b"mdia", b"minf", b"stbl")
    inner = {box.kind: box for box in _row(data, table.begin, table.stop)} if table else {}
    offsets = next((_numbers(data, inner[kind], 4, form) for kind, form in _CHUNKS.items() if kind in inner), [])
    if not offsets:
        return
    if b"stsz" not in inner or b"stsc" not in inner:
        raise NotAFilm(_BROKEN)
    sizes = inner[b"stsz"].begin
    one, count = struct.unpack_from(">II", data, sizes + 4) if inner[b"stsz"].stop - sizes >= 12 else (0, 0)
    every = [] if one else _numbers(data, inner[b"stsz"], 8, "I")
    runs = _numbers(data, inner[b"stsc"], 4, "I", 3)
    if count > _MOST_SAMPLES or not runs:
        raise NotAFilm(_BROKEN)
    sample, run = 0, 0
    for nth, offset in enumerate(offsets, 1):
        while 3 * (run + 1) < len(runs) and runs[3 * (run + 1)] <= nth:
            run += 1
        last = min(sample + runs[3 * run + 1], count)
        length = one * (last - sample) if one else sum(every[sample:last])
        sample = last
        if offset > len(data):
            raise NotAFilm(_BROKEN)
        film.write(offset, bytes(min(length, len(data) - offset)))


def _numbers(data: bytes, box: _Box, at: int, form: str, each: int = 1) -> array:
    """The numbers of a table whose count stands so far behind its beginning. Raises NotAFilm."""
    begin = box.begin + at + 4
    count = struct.unpack_from(">I", data, begin - 4)[0] * each if begin <= box.stop else 0
    found = array(form if form == "Q" else "I")
    if count * found.itemsize > box.stop - begin or count > _MOST_SAMPLES:
        raise NotAFilm(_BROKEN)
    found.frombytes(data[begin : begin + count * found.itemsize])
    if sys.byteorder == "little":
        found.byteswap()
    return found


def webm(data: bytes) -> Film:
    """What is to be written over a WebM. Raises NotAFilm where it is none, or where a part of it is missing."""
    film = Film()
    if not data.startswith(b"\x1aE\xdf\xa3"):
        raise NotAFilm("不是 WEBM 视频")
    _, _, at = _element(data, 0, len(data))
    while at < len(data):
        kind, begin, stop = _element(data, at, len(data))
        if kind == _SEGMENT:
            _segment(data, film, begin, stop)
        else:
            _void(film, at, stop)
        at = stop
    return film


def _segment(data: bytes, film: Film, at: int, end: int) -> None:
    while at < end:
        kind, begin, stop = _element(data, at, end, is_open=True)
        if kind == _CLUSTER and stop == 0:  # a browser that records writes no size, for it knows none yet
            stop = begin
        elif stop == 0:
            raise NotAFilm(_BROKEN)
        elif kind in (_INFO, _TRACKS):
            for inner, first, inside, last in _elements(data, begin, stop):
                if inner in _PROGRAMS:
                    film.write(inside, bytes(last - inside))
                elif kind == _INFO and inner not in _FACTS or kind == _TRACKS and inner != _TRACK:
                    _void(film, first, last)
                elif inner == _TRACK:
                    for said, from_, _, to in _elements(data, inside, last):
                        if said == _NAME:
                            _void(film, from_, to)
        elif kind not in _PARTS:
            _void(film, at, stop)
        at = stop


def _elements(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    while at < end:
        kind, begin, stop = _element(data, at, end)
        yield kind, at, begin, stop
        at = stop


def _element(data: bytes, at: int, end: int, is_open: bool = False) -> tuple[bytes, int, int]:
    """An element: its kind, where its content begins and ends; one without a size ends where all ends, or at 0. Raises NotAFilm."""
    width = 9 - data[at].bit_length()
    head = at + width
    more = 9 - data[head].bit_length() if width <= 4 and head < end else 9
    begin = head + more
    if more > 8 or begin > end:
        raise NotAFilm(_BROKEN)
    size = int.from_bytes(data[head:begin], "big") & (1 << 7 * more) - 1
    if size == (1 << 7 * more) - 1:
        return data[at:head], begin, 0 if is_open else end
    if begin + size > end:
        raise NotAFilm(_BROKEN)
    return data[at:head], begin, begin + size


def _void(film: Film, at: int, stop: int) -> None:
    """Empty space instead of an element."""
    size = stop - at
    head = _VOID + bytes((0x80 | size - 2,)) if size < 128 else _VOID + b"\x01" + (size - 9).to_bytes(7, "big")
    film.write(at, head + bytes(size - len(head)))


READERS: Mapping[str, Callable[[bytes], Film]] = {"mp4": mp4, "webm": webm}
