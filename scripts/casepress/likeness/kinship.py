"""Kinship: which texts are about the same things, by the telling words that they share and by values that they have in common.

A word tells the more, the fewer texts have it, and the less it is one of those that all texts are full of. Of each text its most
telling words are taken, so that ten thousand texts need some seconds and little memory. Ties go to what follows in order,
so that every text is somebody's neighbour.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

_MOST = 40  # words of a text that tell of it
_HAVE = 400  # texts that have a word, at most; and a third of them all, in small collections
_FEW = 5
_COPY, _ENOUGH = 0.8, 6  # two texts that share so much of so many words are copies
_LOOK = (12, 60, 240)  # of how many others the copies are left out before they are taken after all
_VALUE = 0.3  # what the rarest value in common weighs beside a text that says the same, which is 1
_LEAST = 0.02
_FINE = 10_000


@dataclass(frozen=True)
class Kin:
    """Another text, by its place in the row, and the words that both have, the most telling first."""

    place: int
    words: tuple[int, ...]


def kin(
    counted: Sequence[tuple[np.ndarray, np.ndarray]], rare: np.ndarray, values: Sequence[Sequence[int]], most: int
) -> Iterator[tuple[Kin, ...]]:
    """Of each text in turn those most like it. `counted` has its words and how often each stands there, `rare` how telling each
    word is anywhere, `values` the values of each text as numbers from 0 on, those of one field that say the same once."""
    many = len(counted)
    if not many:
        return
    owners = np.repeat(np.arange(many), [len(numbers) for numbers, _ in counted])
    numbers = np.concatenate([numbers for numbers, _ in counted]) if many else np.zeros(0, np.int64)
    counts = np.concatenate([counts for _, counts in counted])
    have = np.bincount(numbers, minlength=len(rare))
    most_have = min(_HAVE, max(_FEW, many // 3))
    # In halves of doublings: one text more or less seldom changes what a word weighs.
    weighs = np.round(2 * np.log2(many / np.maximum(have, 1))) / 2 * rare
    weights = weighs[numbers] * (1 + np.log(counts))
    telling = (have[numbers] > 1) & (have[numbers] <= most_have) & (weights > 0)
    owners, numbers, weights = owners[telling], numbers[telling], weights[telling]
    order = np.lexsort((numbers, -weights, owners))
    owners, numbers, weights = owners[order], numbers[order], weights[order]
    firsts = np.searchsorted(owners, np.arange(many + 1))
    taken = np.arange(len(owners)) - firsts[owners] < _MOST
    owners, numbers, weights = owners[taken], numbers[taken], weights[taken]
    norms = np.sqrt(np.bincount(owners, weights**2, minlength=many))
    shares = weights / norms[owners]
    cuts = np.searchsorted(owners, np.arange(many + 1))
    by_word = np.argsort(numbers, kind="stable")
    texts, parts = owners[by_word], shares[by_word]
    spans = np.searchsorted(numbers[by_word], np.arange(len(rare) + 1))
    of_value = _by_value(values)
    place = np.arange(many)
    sets = [frozenset(numbers[a:b].tolist()) for a, b in zip(cuts[:-1], cuts[1:], strict=True)]
    for here in range(many):
        a, b = cuts[here], cuts[here + 1]
        mine, share = numbers[a:b].tolist(), shares[a:b]
        likeness = np.zeros(many)
        if mine:
            rows = [slice(spans[number], spans[number + 1]) for number in mine]
            sizes = [row.stop - row.start for row in rows]
            likeness = np.bincount(
                np.concatenate([texts[row] for row in rows]), np.concatenate([parts[row] for row in rows]) * np.repeat(share, sizes), many
            )
        for value in values[here]:
            if 1 < len(of_value[value]) <= many / 2:
                likeness[of_value[value]] += _VALUE * (math.log(many / len(of_value[value])) / math.log(many)) ** 2
        fine = np.round(likeness * _FINE).astype(np.int64)
        fine[here] = 0
        yield tuple(Kin(there, tuple(number for number in mine if number in sets[there])) for there in _chosen(here, fine, place, sets, most))


def _by_value(values: Sequence[Sequence[int]]) -> list[np.ndarray]:
    found: list[list[int]] = [[] for _ in range(1 + max((value for each in values for value in each), default=-1))]
    for place, each in enumerate(values):
        for value in each:
            found[value].append(place)
    return [np.array(places, np.int64) for places in found]


def _chosen(here: int, fine: np.ndarray, place: np.ndarray, sets: Sequence[frozenset[int]], most: int) -> list[int]:
    """The likest, without copies of this one or of each other as long as there are others."""
    many = len(fine)
    keys = fine * many + (many - 1 - (place - here) % many)
    found: list[int] = []
    copies: list[int] = []
    for look in _LOOK:
        best = np.argpartition(keys, -look)[-look:] if look < many else place
        ranked = [there for there in best[np.argsort(-keys[best])].tolist() if fine[there] >= _LEAST * _FINE]
        found, copies = [], []
        for there in ranked:
            if any(_is_copy(sets[there], sets[other]) for other in (here, *found)):
                copies.append(there)
            else:
                found.append(there)
            if len(found) == most:
                return found
        if len(ranked) < look:
            break
    return (found + copies)[:most]


def _is_copy(one: frozenset[int], other: frozenset[int]) -> bool:
    return min(len(one), len(other)) >= _ENOUGH and len(one & other) >= _COPY * max(len(one), len(other))
