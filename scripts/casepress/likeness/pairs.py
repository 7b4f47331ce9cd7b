"""Pairs: which of many texts share so much that one is likely to come from the other.

Two texts are alike where the shorter has a fifth of its grams in common with the other, and eighty of them at least. What
stands in more than twenty texts is a phrase of the trade (“深入贯彻落实……”) and counts for nobody.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

CONTAINED, SHARED, COMMON = 0.2, 80, 20
_SHARES = 16
"""The grams are gone through in so many shares, by their first bits, so that memory is bounded by one of them."""


@dataclass(frozen=True)
class Pair:
    """Two texts, by their places in the sequence (`first` < `second`): how many grams they share, and what part that is of the
    shorter one's grams (0 to 1)."""

    first: int
    second: int
    shared: int
    contained: float


def pairs(texts: Sequence[np.ndarray], contained: float = CONTAINED, least: int = SHARED, common: int = COMMON) -> list[Pair]:
    """The pairs of texts that are alike, the most alike first. Each text is its sorted grams (`grams.grams`)."""
    number = len(texts)
    found: dict[int, int] = {}
    for keys, counts in _counted(texts, common):
        for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
            found[key] = found.get(key, 0) + count
    alike = []
    for key, shared in found.items():
        first, second = divmod(key, number)
        part = shared / max(1, min(len(texts[first]), len(texts[second])))
        if shared >= least and part >= contained:
            alike.append(Pair(first, second, shared, min(1.0, part)))
    return sorted(alike, key=lambda pair: (-pair.contained, pair.first, pair.second))


def common_grams(texts: Sequence[np.ndarray], common: int = COMMON) -> np.ndarray:
    """The grams (sorted) that stand in more than `common` of the texts."""
    kept = [np.empty(0, np.uint64)]
    for share in range(_SHARES):
        every = np.sort(np.concatenate([_share(text, share) for text in texts] or [np.empty(0, np.uint64)]))
        values, counts = np.unique(every, return_counts=True)
        kept.append(values[counts > common])
    return np.concatenate(kept)


def _share(text: np.ndarray, share: int) -> np.ndarray:
    """The grams of a text within one of the shares; they are sorted, so it is a stretch."""
    step = (1 << 64) // _SHARES
    start = np.searchsorted(text, np.uint64(share * step))
    end = len(text) if share == _SHARES - 1 else np.searchsorted(text, np.uint64((share + 1) * step))
    return text[start:end]


def _counted(texts: Sequence[np.ndarray], common: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """For each share of the grams: keys of pairs (first × number + second), and how many grams of the share they have in common."""
    number = len(texts)
    for share in range(_SHARES):
        parts = [_share(text, share) for text in texts]
        if not parts:
            return
        every = np.concatenate(parts)
        owners = np.repeat(np.arange(number, dtype=np.int64), [len(part) for part in parts])
        order = np.argsort(every, kind="stable")  # stable: owners stay in their order, so first < second
        every, owners = every[order], owners[order]
        starts = np.flatnonzero(np.r_[True, every[1:] != every[:-1]]) if len(every) else np.empty(0, np.int64)
        lengths = np.diff(np.r_[starts, len(every)])
        runs = (lengths > 1) & (lengths <= common)
        inside = np.repeat(runs, lengths)
        owners, ends = owners[inside], np.repeat(np.cumsum(lengths[runs]), lengths[runs])
        at = np.arange(len(owners))
        keys = []
        for step in range(1, common):
            firsts = at[at + step < ends]
            if not len(firsts):
                break
            keys.append(owners[firsts] * number + owners[firsts + step])
        if keys:
            yield np.unique(np.concatenate(keys), return_counts=True)
