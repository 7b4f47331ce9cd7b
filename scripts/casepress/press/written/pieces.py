"""Pieces: what is laid out by itself, as it is kept: facts that a book asks for, and parts that are bound.

A piece is plain bytes: its facts as JSON, then the texts of its objects, then their streams. It knows no book: not its page
numbers, not the side on which it lies, not the faces' files.
"""

import json
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from casepress.facts.store import Store
from casepress.press.written.parts import Drawn, Part, Parts, Pattern
from casepress.press.written.sheets import Face, Placed, Sheet
from casepress.values.losses import Loss
from casepress.values.problems import Failed


class Gone(Failed):
    """What was laid out is not kept any more; the message is a Chinese sentence."""


@dataclass(frozen=True)
class Facts:
    """What a book must know of a piece to put it in its place.

    `sheets` are its pages, `anchors` gives the index of the page on which each id begins, `ends` that of the last page on which
    what bears the id has a line. `heads` are the running heads of each page by side, `running` those that the piece brings, as
    (side, words). `leads` are the ids that its links lead to. `messages` are what WeasyPrint said and what the proof found lost,
    `general` what is said of all pieces alike, of the faces and the stylesheet.
    """

    sheets: tuple[Sheet, ...]
    anchors: Mapping[str, int]
    ends: Mapping[str, int]
    heads: tuple[Mapping[str, str], ...]
    running: tuple[tuple[str, str], ...]
    leads: tuple[str, ...]
    pictures: tuple[Placed, ...]
    messages: tuple[Loss | str, ...]
    general: tuple[Loss | str, ...] = ()

    @property
    def length(self) -> int:
        """The number of its pages."""
        return len(self.sheets) - len(self.running)


@dataclass(frozen=True)
class Piece:
    """A piece as a book has it: its facts, and its bytes where they are kept, or where that was not possible, here."""

    facts: Facts
    key: str
    store: Store
    held: bytes | None = None

    @property
    def length(self) -> int:
        """The number of its pages."""
        return self.facts.length

    @property
    def data(self) -> bytes:
        """Its bytes. Raises Gone where somebody took them away."""
        data = self.held if self.held is not None else self.store.get("piece", self.key)
        if data is None:
            raise Gone("排好的版面在装订以前不见了（缓存被清除了），请再运行一次")
        return data


Faces = Sequence[Sequence[Face]]
_QUICK = 1  # zlib's level for what no book holds as it is here
_HEAD = struct.Struct(">III")  # the lengths of the facts, the faces and what the pages show


def packed(facts: Facts, faces: Faces, parts: Parts) -> bytes:
    """A piece as bytes: the same for the same piece. `faces` are those of its pages, then those of each running head."""
    said = {
        "sheets": [_plain(sheet) for sheet in facts.sheets],
        "anchors": dict(facts.anchors),
        "ends": dict(facts.ends),
        "heads": [dict(each) for each in facts.heads],
        "running": facts.running,
        "leads": facts.leads,
        "pictures": [_plain(each) for each in facts.pictures],
        "messages": _said(facts.messages),
        "general": _said(facts.general),
    }
    drawn = [
        [d.content, d.left, {kind: _text(pattern) for kind, pattern in d.resources.items()}, d.links, d.marks, d.colored, d.figures]
        for d in parts.drawn
    ]
    body = [parts.pages, drawn, parts.kids, parts.linked, parts.outside]
    shown = [[_face(face) for face in each] for each in faces]
    sections = [zlib.compress(json.dumps(each, ensure_ascii=False, separators=(",", ":")).encode(), _QUICK) for each in (said, shown, body)]
    return b"".join((_HEAD.pack(*map(len, sections)), *sections, packed_parts(parts.parts)))


def head_of(data: bytes) -> bytes:
    """The first bytes of a piece, which tell its facts and nothing else."""
    return data[: _HEAD.size + _HEAD.unpack_from(data)[0]]


def facts_of(data: bytes) -> Facts:
    """The facts of a piece, from all its bytes or the first of them (`head_of`)."""
    said = _section(data, 0)
    return Facts(
        tuple(_sheet(values) for values in said["sheets"]),
        said["anchors"],
        said["ends"],
        tuple(said["heads"]),
        tuple((side, words) for side, words in said["running"]),
        tuple(said["leads"]),
        tuple(Placed(*values) for values in said["pictures"]),
        *(tuple(Loss(*each) if isinstance(each, list) else each for each in said[name]) for name in ("messages", "general")),
    )


def faces_of(data: bytes) -> Faces:
    """The faces of a piece: those of its pages, then those of each running head that it brings."""
    return tuple(tuple(_face_of(values) for values in each) for each in _section(data, 1))


def parts_of(data: bytes) -> Parts:
    """The parts of a piece."""
    pages, drawn, kids, linked, outside = _section(data, 2)
    shown = tuple(
        Drawn(
            content,
            left,
            {kind: Pattern(t.encode("latin-1"), tuple(p)) for kind, (t, p) in resources.items()},
            _placed(links),
            tuple(marks),
            colored,
            _placed(figures),
        )
        for content, left, resources, links, marks, colored, figures in drawn
    )
    return Parts(pages, parts_from(data[_HEAD.size + sum(_HEAD.unpack_from(data)) :]), shown, tuple(kids), tuple(linked), tuple(outside))


def exchanged_parts(data: bytes, parts: Sequence[Part]) -> bytes:
    """The bytes of a piece with other objects, as many as it has."""
    return data[: _HEAD.size + sum(_HEAD.unpack_from(data))] + packed_parts(parts)


def packed_parts(parts: Sequence[Part]) -> bytes:
    """Objects as bytes."""
    sizes = [-1 if part.stream is None else len(part.stream) for part in parts]
    head = zlib.compress(json.dumps([[[*_text(p.pattern), p.sum] for p in parts], sizes], separators=(",", ":")).encode(), _QUICK)
    return b"".join((len(head).to_bytes(4, "big"), head, *(p.stream for p in parts if p.stream is not None)))


def parts_from(data: bytes) -> tuple[Part, ...]:
    """Objects from bytes."""
    at = 4 + int.from_bytes(data[:4], "big")
    texts, sizes = json.loads(zlib.decompress(data[4:at]))
    parts = []
    for (text, places, known), size in zip(texts, sizes, strict=True):
        stream = None if size < 0 else data[at : at + size]
        at += max(size, 0)
        parts.append(Part(Pattern(text.encode("latin-1"), tuple(places)), stream, known))
    return tuple(parts)


def _section(data: bytes, nth: int):
    """What one of the three sections of a piece says."""
    lengths = _HEAD.unpack_from(data)
    at = _HEAD.size + sum(lengths[:nth])
    return json.loads(zlib.decompress(data[at : at + lengths[nth]]))


def _placed(found: list) -> tuple[tuple[int, tuple[float, float, float, float]], ...]:
    return tuple((number, tuple(sides)) for number, sides in found)


def _text(pattern: Pattern) -> tuple[str, tuple[int, ...]]:
    return pattern.text.decode("latin-1"), pattern.places


def _plain(value) -> list:
    """The fields of a value in their order."""
    return [getattr(value, field.name) for field in fields(value)]


def _said(messages: Sequence[Loss | str]) -> list:
    return [_plain(each) if isinstance(each, Loss) else each for each in messages]


def _sheet(values: list) -> Sheet:
    *measures, faces, number, left, starts, bookmarks = values
    places = {name: (x, y) for name, (x, y) in starts.items()}
    return Sheet(*measures, tuple(faces), number, left, places, tuple((level, title, x, y) for level, title, x, y in bookmarks))


def _face(face: Face) -> list:
    """A face with its glyphs as three lists."""
    *measures, glyphs = _plain(face)
    return [*measures, list(glyphs), [text for text, _ in glyphs.values()], [width for _, width in glyphs.values()]]


def _face_of(values: list) -> Face:
    *measures, glyphs, texts, widths = values
    return Face(*measures, dict(zip(glyphs, zip(texts, widths, strict=True), strict=True)))
