"""Parts: a written document taken apart, to be put into any PDF, whatever numbers its objects have there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Pattern(NamedTuple):
    """A text of a PDF with a place `%d` for each number; `places` says which: of an own object (from 0), or, below 0, what
    `Parts.outside` names, -1 the first."""

    text: bytes
    places: tuple[int, ...] = ()


class Part(NamedTuple):
    """An object: its text, and of a stream its bytes as they stand in the file, with a sum where the same may come again."""

    pattern: Pattern
    stream: bytes | None = None
    sum: str = ""


@dataclass(frozen=True)
class Drawn:
    """What a page shows: the numbers of its content (on a left-hand page too, where that is another), its resources by kind,
    its links as (number, sides in pt), and for each marked piece of its content the element that holds it. `colored` needs more
    than black. `figures` are the elements of pictures, with their sides.
    """

    content: int
    left: int
    resources: Mapping[str, Pattern]
    links: tuple[tuple[int, tuple[float, float, float, float]], ...] = ()
    marks: tuple[int, ...] = ()
    colored: bool = False
    figures: tuple[tuple[int, tuple[float, float, float, float]], ...] = ()


@dataclass(frozen=True)
class Parts:
    """A document in parts. Its first objects are its own pages, which the binder writes, so they have no part.

    `drawn` are its pages and, behind them, its running heads. `kids` are the elements below the document's, `linked` for each link
    the element that holds it. `outside` are the names of what stands elsewhere: the document's element, faces, numbers of links.
    """

    pages: int
    parts: tuple[Part, ...]
    drawn: tuple[Drawn, ...]
    kids: tuple[int, ...]
    linked: tuple[int, ...]
    outside: tuple[str, ...]
