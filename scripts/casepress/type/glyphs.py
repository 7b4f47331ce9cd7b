"""Glyphs: what a face can really show: its characters, its Chinese marks that are not as they must be, how dark it is, how thick its strokes.

Each is a pure function of one face of one file, found out once (`judged`): its `cmaps` say what it has, its `outlines` how
it draws it.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import chain
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from casepress.facts.characters import FULL_WIDTH, QUOTES
from casepress.facts.filesums import stamp
from casepress.facts.store import Store
from casepress.type.cmaps import rows
from casepress.type.fontfiles import FontFile, NotAFont, installed, read_face
from casepress.type.judged import judged

if TYPE_CHECKING:  # what draws is loaded for a font that is not known yet
    from casepress.type.outlines import Outlines

# One em wide in Chinese (CLREQ 3.1.2); Latin type draws them narrow.
_WIDE = QUOTES + "—…" + FULL_WIDTH
_MIDDLE = "·"  # 间隔号: half an em at least
_COMMON = "中国书事永"
_UPRIGHT = "十中平干丰"


def having(wanted: frozenset[str]) -> dict[str, str]:
    """For each of some characters the family of an installed face that has it and may be embedded, where there is one.

    Every face is read for it: this is for telling people what to do, not for setting a book.
    """
    found: dict[str, str] = {}
    read: set[Path] = set()
    for each in installed() if wanted else ():
        if each.path not in read and wanted - found.keys():
            read.add(each.path)
            with suppress(NotAFont, OSError):
                face = read_face(each.path, each.index)
                has = frozenset() if face.obstacle else characters(face)
                found.update({character: face.family for character in wanted - found.keys() if ord(character) in has})
    return found


def characters(face: FontFile) -> frozenset[int]:
    """The code points that a face has a glyph of its own for. Raises NotAFont."""
    return _characters(face.path, face.index, stamp(face.path.stat()), face.store)


def unfit(face: FontFile) -> frozenset[str]:
    """The Chinese marks that a face has, but too narrow or not in their place. Raises NotAFont."""
    return _unfit(face.path, face.index, stamp(face.path.stat()), face.store)


def darkness(face: FontFile) -> float:
    """How much of their em squares some common characters fill with ink, in parts of 1; 1 where that cannot be told."""
    return _darkness(face.path, face.index, stamp(face.path.stat()), face.store)


def stem(face: FontFile) -> float:
    """How thick a face's upright strokes are, in em; 0 where that cannot be told."""
    return _stem(face.path, face.index, stamp(face.path.stat()), face.store)


@lru_cache(maxsize=64)
def _characters(path: Path, index: int, stamped: str, store: Store) -> frozenset[int]:
    return _within(judged(path, index, store, "characters", rows))


@lru_cache(maxsize=64)
def _within(found: tuple[int, ...]) -> frozenset[int]:
    """The code points of rows, each given as its first and its last one; whichever folder the rows were kept in, they are one set."""
    return frozenset(chain.from_iterable(range(first, last + 1) for first, last in zip(found[::2], found[1::2], strict=True)))


@lru_cache(maxsize=64)
def _unfit(path: Path, index: int, stamped: str, store: Store) -> frozenset[str]:
    def found(path: Path, index: int) -> tuple[str, ...]:
        has = _has(_WIDE + _MIDDLE, path, index, stamped, store)
        try:
            return _misfits(has, path, index)
        except OSError:
            return ()  # outlines that cannot be judged here are left to the layout

    return frozenset(judged(path, index, store, "unfit", found))


@lru_cache(maxsize=64)
def _darkness(path: Path, index: int, stamped: str, store: Store) -> float:
    return _measured("darkness", _COMMON, _ink_share, 1.0, path, index, stamped, store)


@lru_cache(maxsize=64)
def _stem(path: Path, index: int, stamped: str, store: Store) -> float:
    return _measured("stem", _UPRIGHT, _thickness, 0.0, path, index, stamped, store)


def _measured(
    what: str,
    wanted: str,
    measure: Callable[[Sequence[str], Path, int], float],
    unknown: float,
    path: Path,
    index: int,
    stamped: str,
    store: Store,
) -> float:
    """What is measured on the outlines of the wanted characters that a face has, kept as `what`; `unknown` where they cannot be drawn."""

    def found(path: Path, index: int) -> float:
        try:
            return measure(_has(wanted, path, index, stamped, store), path, index)
        except OSError:
            return unknown

    return judged(path, index, store, what, found)


def _has(wanted: str, path: Path, index: int, stamped: str, store: Store) -> Sequence[str]:
    """Those of some characters that a face has."""
    has = _characters(path, index, stamped, store)
    return [each for each in wanted if ord(each) in has]


def _misfits(marks: Sequence[str], path: Path, index: int) -> tuple[str, ...]:
    from casepress.type.outlines import Outlines

    drawn = Outlines(path, index)
    return tuple(mark for mark in marks if not _fits(drawn, mark))


def _fits(drawn: "Outlines", mark: str) -> bool:
    """Whether a mark is as wide as Chinese wants it, and its ink stands where it must."""
    advance = drawn.advance(mark)
    if advance < (0.45 if mark == _MIDDLE else 0.8):
        return False
    if mark not in "—…" + _MIDDLE:
        return True
    left, low, right, high = drawn.edges(mark)
    if mark == "—":  # —— is one stroke; a dash shorter than an em has a glyph that joins two of them
        return advance < 0.95 or (left < 0.04 and right > 0.96)
    if mark == "…":  # six dots stand evenly
        return right - left > 0.7 * advance
    return 0.3 < (low + high) / 2 < 0.46  # 间隔号 stands in the middle of a character


def _ink_share(characters: Sequence[str], path: Path, index: int) -> float:
    from casepress.type.outlines import Outlines

    drawn = Outlines(path, index)
    shares = [drawn.ink(character) for character in characters]
    return sum(shares) / len(shares) if shares else 1.0


def _thickness(characters: Sequence[str], path: Path, index: int) -> float:
    from casepress.type.outlines import Outlines

    drawn = Outlines(path, index)
    return median(drawn.stem(character) for character in characters) if characters else 0.0
