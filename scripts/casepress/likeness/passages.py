"""Passages: where two texts say the same, as stretches of the texts as they were written, common phrases told apart."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from casepress.likeness import grams

_GAP = 12
"""Signs between two stretches that are still one passage: a name or a number that was changed."""


@dataclass(frozen=True)
class Piece:
    """A piece of a passage, as it stands in both texts: what is the `same`, what is `common` as well, and between them what is `other`."""

    kind: str
    first: str
    second: str


Passage = tuple[Piece, ...]


@dataclass(frozen=True)
class Shared:
    """What two texts share: passages in the order of the first; how many signs that is of the first's `length`, and how many
    grams, common phrases left out; and whether the two say the very same."""

    passages: tuple[Passage, ...]
    signs: int
    grams: int
    length: int
    is_same: bool

    @property
    def part(self) -> float:
        """The part of the first text's signs that stand in the second (0 to 1)."""
        return self.signs / max(1, self.length)

    @property
    def contained(self) -> float:
        """The same of its grams, which is less where the shared stretches are short."""
        return self.grams / max(1, self.length - grams.LONG + 1)


@dataclass(frozen=True)
class _Stretch:
    """Signs that follow each other in both texts: the first place in each, and how many."""

    at: int
    there: int
    length: int


def shared(first: str, second: str, common: grams.Phrases | None = None) -> Shared:
    """What a text shares with another; phrases in `common` do not count."""
    left, right = grams.evened(first), grams.evened(second)
    ones = grams.hashes(left)
    usual = _usual(ones, left, common)
    found = _stretches(left, right, ones, grams.hashes(right))
    counted = runs_of_eight = 0
    runs: list[list[tuple[str, int, int, int]]] = []  # of each passage: kind, places in both, length in the first
    before: _Stretch | None = None
    for stretch in found:
        pieces = _parted(usual[stretch.at : stretch.at + stretch.length])
        same = [end - start for kind, start, end in pieces if kind == "same"]
        counted += sum(same)
        runs_of_eight += sum(length - grams.LONG + 1 for length in same if length >= grams.LONG)
        goes_on = before is not None and 0 <= stretch.there - before.there - before.length <= _GAP
        goes_on = goes_on and stretch.at - before.at - before.length <= _GAP
        if not goes_on:
            runs.append([])
        elif stretch.at > before.at + before.length or stretch.there > before.there + before.length:
            runs[-1].append(("other", before.at + before.length, before.there + before.length, 0))
        runs[-1] += [(kind, stretch.at + start, stretch.there + start, end - start) for kind, start, end in pieces]
        before = stretch
    passages = tuple(_written(run, first, second, left, right) for run in runs)
    return Shared(passages, counted, runs_of_eight, len(left.signs), np.array_equal(left.signs, right.signs))


def _usual(ones: np.ndarray, even: grams.Evened, common: grams.Phrases | None) -> list[bool]:
    """Of each sign of a text whether it stands in a common phrase. One gram of four is known of, so what is left of a phrase up to
    the next mark belongs to it."""
    usual = np.zeros(len(even.signs), bool)
    if common is None or not len(common.grams):
        return usual.tolist()
    starts = np.flatnonzero(common.among(ones))
    for step in range(grams.LONG):
        usual[starts + step] = True
    begins = np.r_[True, even.places[1:] > even.ends[:-1]] if len(usual) else usual  # behind a mark, or the first
    edges = np.flatnonzero(usual[1:] != usual[:-1]) + 1
    for at in edges.tolist():
        if usual[at]:  # a phrase begins here
            before = next((to for to in range(at, max(-1, at - grams.LONG), -1) if begins[to]), at)
            usual[before:at] = True
        else:
            until = next((to for to in range(at, min(len(usual), at + grams.LONG)) if begins[to]), at)
            usual[at:until] = True
    return usual.tolist()


def _stretches(left: grams.Evened, right: grams.Evened, ones: np.ndarray, others: np.ndarray) -> list[_Stretch]:
    """The stretches of the first text that stand in the second, in the first's order, each as long as it goes.

    Where the second says it more than once, the place is meant that goes on where the last stretch ended, or else the first.
    """
    where: dict[int, list[int]] = {}
    for at, each in enumerate(others.tolist()):
        where.setdefault(each, []).append(at)
    mine, theirs = left.signs.tolist(), right.signs.tolist()
    found, at, expected = [], 0, 0
    keys = ones.tolist()
    while at < len(keys):
        places = where.get(keys[at])
        if places is None:
            at += 1
            continue
        there = next((place for place in places if 0 <= place - expected <= 4 * _GAP), places[0])
        length = grams.LONG
        while at + length < len(mine) and there + length < len(theirs) and mine[at + length] == theirs[there + length]:
            length += 1
        found.append(_Stretch(at, there, length))
        at, expected = at + length, there + length
    return found


def _parted(usual: list[bool]) -> list[tuple[str, int, int]]:
    """A stretch as runs of what is common and what is not; what is left of a common phrase at its edges belongs to it."""
    bounds = [0, *(at for at in range(1, len(usual)) if usual[at] != usual[at - 1]), len(usual)]
    runs = [(usual[start], start, end) for start, end in pairwise(bounds)]
    kinds = [is_usual or (len(runs) > 1 and end - start < grams.LONG) for is_usual, start, end in runs]
    out: list[tuple[str, int, int]] = []
    for is_usual, (_, start, end) in zip(kinds, runs, strict=True):
        kind = "common" if is_usual else "same"
        if out and out[-1][0] == kind:
            out[-1] = (kind, out[-1][1], end)
        else:
            out.append((kind, start, end))
    return out


def _written(run: list[tuple[str, int, int, int]], first: str, second: str, left: grams.Evened, right: grams.Evened) -> Passage:
    """A passage as it was written in both texts, with the marks between its pieces."""
    pieces = [
        Piece(kind, first[left.places[at] : left.places[to]], second[right.places[there] : right.places[until]])
        for (kind, at, there, _), (_, to, until, _) in pairwise(run)
    ]
    kind, at, there, length = run[-1]
    last = Piece(kind, first[left.places[at] : left.ends[at + length - 1]], second[right.places[there] : right.ends[there + length - 1]])
    return (*pieces, last)
