"""Embedding: each face of a book once, with the glyphs that all its pieces show together.

Flows in: the faces of pieces, in the order in which they are bound. Flows out: for each a font as the PDF has it. What was
made of a face and of glyphs is kept.
"""

import io
import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from functools import lru_cache
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING

import pikepdf

from casepress.facts.maker import maker
from casepress.facts.store import Store, key
from casepress.press import made_of
from casepress.press.written.parts import Part
from casepress.press.written.pieces import packed_parts, parts_from
from casepress.press.written.sheets import Face
from casepress.type.engines import engines

if TYPE_CHECKING:  # it loads WeasyPrint
    from casepress.press.patches.subsets import Whole


class Shown:
    """The faces of a book while its pieces are gathered: a glyph means what it meant where it was shown first."""

    def __init__(self) -> None:
        self.faces: dict[str, Face] = {}

    def add(self, faces: Iterable[Face]) -> None:
        """Take the faces of a piece in."""
        for face in faces:
            if face.name in self.faces:
                known = self.faces[face.name].glyphs
                known.update({glyph: face.glyphs[glyph] for glyph in face.glyphs.keys() - known.keys()})
            else:
                self.faces[face.name] = replace(face, glyphs=dict(face.glyphs))


def embedded(face: Face, store: Store) -> tuple[Part, ...]:
    """A face as objects of a PDF, its font the first of them. Raises OSError where its file is not there any more."""
    face = replace(face, glyphs=dict(sorted(face.glyphs.items())))
    file = made_of.sum_of_source(face.file, store)
    name = key((maker("weasyprint", "fonttools", "pydyf", "pikepdf"), *engines(), file, json.dumps(asdict(face))))
    kept = store.get("face", name)
    if kept is None:
        kept = packed_parts(_made(face, file))
        store.put("face", name, kept)
    return parts_from(kept)


def _made(face: Face, sum_: str) -> tuple[Part, ...]:
    from casepress.press.dismantling import taken
    from casepress.press.fonts import tagged
    from casepress.press.patches.subsets import holding

    with pikepdf.open(io.BytesIO(holding(face, _whole(face.file, face.index, sum_)))) as pdf:
        tagged(pdf)
        return taken(pdf, [pdf.Root.Face])


@lru_cache(maxsize=64)
def _whole(file: str, index: int, sum_: str) -> "Whole":
    """A font file, opened once as long as it is the same by its sum."""
    from casepress.press.patches.subsets import Whole

    if made_of.is_made(file):
        return Whole(made_of.data(file), index)
    with open(file, "rb") as opened:
        return Whole(mmap(opened.fileno(), 0, access=ACCESS_READ), index)
