"""Passages: where two texts say the same, as stretches of the texts as they were written."""

from dataclasses import dataclass

import numpy as np

from casepress.likeness import grams


@dataclass(frozen=True)
class Passage:
    """A stretch that two texts share: where it begins and ends in the first and in the second, in characters."""

    first: tuple[int, int]
    second: tuple[int, int]


def passages(first: str, second: str, common: np.ndarray | None = None) -> tuple[Passage, ...]:
    """The stretches of the first text that stand in the second, in the first's order; each as long as it goes.

    Where the second text says it more than once, the first place that goes on is meant. Grams in `common` (sorted) begin none.
    """
    left, right = grams.evened(first), grams.evened(second)
    ones, others = grams.hashes(left), grams.hashes(right)
    where: dict[int, int] = {}
    for at in range(len(others) - 1, -1, -1):
        where[int(others[at])] = at
    usual = np.isin(ones, common) if common is not None and len(common) else np.zeros(len(ones), bool)
    found, at = [], 0
    while at < len(ones):
        there = where.get(int(ones[at]))
        if there is None or usual[at]:
            at += 1
            continue
        length = grams.LONG
        while at + length < len(left.signs) and there + length < len(right.signs) and left.signs[at + length] == right.signs[there + length]:
            length += 1
        found.append(
            Passage(
                (int(left.places[at]), int(left.places[at + length - 1]) + 1),
                (int(right.places[there]), int(right.places[there + length - 1]) + 1),
            )
        )
        at += length
    return tuple(found)
