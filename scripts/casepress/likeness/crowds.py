"""Crowds: texts that have most of their grams in common with many others: copies of one text by the dozen, a form left as it was.

No pair tells of them, for what stands in many texts counts for no pair. They are found by bands of least hashes (min-wise hashing):
texts of which four fifths are the same have a band in common almost surely, unrelated ones hardly ever; each text is held against
the one before it in a band, so that thousands of copies take a time in proportion to their number.
"""

from collections.abc import Iterable, Sequence

import numpy as np

_BANDS, _ROWS = 12, 3
_EQUAL = 9  # of the 36 least hashes; of texts that share three fifths half are equal
NEAR = 0.6
"""What part of a text is common where it may belong to a crowd, and what part of the shorter one it then shares with its neighbour."""
_MOST = 50  # crowds, the largest, that a text without neighbours is held against


def links(samples: Sequence[np.ndarray], dense: np.ndarray) -> list[tuple[int, int]]:
    """Pairs of texts among `dense` (places in `samples`) that are near, so many that each crowd hangs together by them."""
    places = [int(at) for at in dense]
    least = _least([samples[at] for at in places])
    last: dict[tuple[int, bytes], int] = {}
    found: dict[tuple[int, int], None] = {}
    for nth, at in enumerate(places):
        for band in range(_BANDS):
            row = band, least[nth, band].tobytes()
            before = last.get(row)
            last[row] = nth
            if before is None or (places[before], at) in found or np.count_nonzero(least[before] == least[nth]) < _EQUAL:
                continue
            if _are_near(samples[places[before]], samples[at]):
                found[places[before], at] = None
    alone = sorted({*places} - {at for pair in found for at in pair})
    made = sorted(joined(found), key=lambda members: (-len(members), members))[:_MOST]
    for at in alone:  # one in some hundreds has no band in common with any
        near = next((members[0] for members in made if _are_near(samples[members[0]], samples[at])), None)
        if near is not None:
            found[near, at] = None
    return list(found)


def joined(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """What hangs together by pairs, each list sorted."""
    above: dict[int, int] = {}

    def root(at: int) -> int:
        while above.setdefault(at, at) != at:
            above[at] = at = above[above[at]]
        return at

    for one, other in pairs:
        above[root(other)] = root(one)
    found: dict[int, list[int]] = {}
    for at in above:
        found.setdefault(root(at), []).append(at)
    return [sorted(members) for members in found.values()]


def _least(samples: Sequence[np.ndarray]) -> np.ndarray:
    """Of each text the least of its hashes under each of some orders: texts × bands × rows (uint64)."""
    if not samples:
        return np.empty((0, _BANDS, _ROWS), np.uint64)
    every = np.concatenate(samples)
    every ^= every >> np.uint64(31)
    starts = np.cumsum([0, *(len(sample) for sample in samples[:-1])])
    odd = [np.uint64((0x9E3779B97F4A7C15 * (2 * nth + 1)) % (1 << 64) | 1) for nth in range(_BANDS * _ROWS)]
    return np.stack([np.minimum.reduceat(every * each, starts) for each in odd], 1).reshape(len(samples), _BANDS, _ROWS)


def _are_near(one: np.ndarray, other: np.ndarray) -> bool:
    shared = np.count_nonzero(np.isin(one, other, assume_unique=True))
    return shared >= NEAR * min(len(one), len(other))
