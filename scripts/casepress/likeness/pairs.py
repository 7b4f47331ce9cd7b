"""Pairs: which of many texts share so much that one is likely to come from the other.

Two texts are alike where the shorter has a fifth of its grams in common with the other, and eighty of them at least; of short
texts half, and forty. What stands in more than twenty texts is a phrase of the trade (“深入贯彻落实……”) and counts for no pair; in
a small collection, what stands in a quarter of them. Texts that say the very same are one text in all this, however many they
are; what is near to many others is looked for apart (`crowds`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from casepress.likeness.crowds import NEAR, joined, links
from casepress.likeness.grams import EVERY, Known, Phrases

CONTAINED, SHARED, COMMON = 0.2, 80, 20
_FEWEST = 4
"""What stands in so many texts is no common phrase yet, however few texts there are."""
_SHARE = 500_000
"""About so many grams are gone through at once, by their first bits, so that memory is bounded."""
_AS_ONE, _CROWD = 0.7, 4
"""From so many texts on, each of which shares so much of the longer one with another, they are told as a group and not by pairs."""
_SHORTEST = 3
"""Sampled grams below which a text is none, about twenty characters: a title, a line."""


@dataclass(frozen=True)
class Pair:
    """Two texts, by their places in the sequence (`first` < `second`), and about what part of the shorter one they share (0 to 1)."""

    first: int
    second: int
    contained: float


@dataclass(frozen=True)
class Group:
    """Texts of which each is near to another one, by their places: four or more, or three that say the very same (`is_same`)."""

    members: tuple[int, ...]
    is_same: bool


@dataclass(frozen=True)
class Alike:
    """What is alike among some texts: pairs, the most alike first, groups by their first member, and the common phrases."""

    pairs: tuple[Pair, ...]
    groups: tuple[Group, ...]
    common: Phrases


def alike(texts: Sequence[Known], own: int | None = None, contained: float = CONTAINED, shared: int = SHARED) -> Alike:
    """What is alike among the texts; those from place `own` on are not compared with one another."""
    own = len(texts) if own is None else own
    classes = _classes(texts)
    firsts = [members[0] for members in classes]
    samples = [texts[at].sample for at in firsts]
    most = min(COMMON, max(_FEWEST, len(samples) // 4))
    lengths = np.array([len(sample) for sample in samples], np.int64)
    least = shared / EVERY
    keys, counts = np.empty(0, np.int64), np.empty(0, np.int64)
    common, crowded = [np.empty(0, np.uint64)], np.zeros(len(samples), np.int64)
    shares = 1 + int(lengths.sum()) // _SHARE
    low = np.uint64((1 << max(2, len(samples).bit_length())) - 1)  # these bits make room for a text's place; two of them say nothing
    for share, (values, runs, owners) in enumerate(_shares(samples, shares, low), 1):
        many = runs > most
        common.append(values[many])
        crowded += np.bincount(owners[np.repeat(many, runs)], minlength=len(samples))
        keys, counts = _added(keys, counts, *_together(runs, owners, most, len(samples)))
        needed = _needed(keys, lengths, contained, least) * share / shares
        kept = counts >= needed / 3 - 1  # what has so little yet will not come to it
        keys, counts = keys[kept], counts[kept]
    enough = counts >= _needed(keys, lengths, contained, least)
    keys, counts = keys[enough], counts[enough]
    near = keys[counts >= _AS_ONE * np.maximum(lengths[keys // len(samples)], lengths[keys % len(samples)])] if len(keys) else keys
    tied = [*links(samples, np.flatnonzero(crowded >= NEAR * lengths)), *(divmod(key, len(samples)) for key in near.tolist())]
    groups = _groups(classes, joined(tied), own)
    pairs = [Pair(members[0], members[1], 1.0) for members in classes if len(members) > 1 and members[0] < own]
    for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
        one, other = divmod(key, len(samples))
        first, second = sorted((firsts[one], firsts[other]))
        pairs.append(Pair(first, second, min(1.0, count / int(min(lengths[one], lengths[other])))))
    grouped = {member: number for number, group in enumerate(groups) for member in group.members}
    pairs = [pair for pair in pairs if pair.first < own and grouped.get(pair.first, -1) != grouped.get(pair.second, -2)]
    return Alike(
        tuple(sorted(pairs, key=lambda pair: (-pair.contained, pair.first, pair.second))), groups, Phrases(np.concatenate(common), low)
    )


def _classes(texts: Sequence[Known]) -> list[list[int]]:
    """The places of texts that say the same, together; what is too short is left out."""
    found: dict[bytes, list[int]] = {}
    for place, text in enumerate(texts):
        if len(text.sample) >= _SHORTEST:
            found.setdefault(text.digest, []).append(place)
    return list(found.values())


def _groups(classes: list[list[int]], crowds: list[list[int]], own: int) -> tuple[Group, ...]:
    """Groups of texts from those of classes; a group without a text of one's own is none."""
    crowded = [Group(tuple(sorted(place for at in crowd for place in classes[at])), False) for crowd in crowds]
    made = [group for group in crowded if len(group.members) >= _CROWD]
    taken = {place for group in made for place in group.members}
    made += [Group(tuple(members), True) for members in classes if len(members) > 2 and members[0] not in taken]
    return tuple(sorted((group for group in made if group.members[0] < own), key=lambda group: group.members))


def _needed(keys: np.ndarray, lengths: np.ndarray, contained: float, least: float) -> np.ndarray:
    """How many sampled grams each pair must share to be told; of short texts, where a sample says little, fewer."""
    if not len(keys):
        return np.empty(0)
    short = np.minimum(lengths[keys // len(lengths)], lengths[keys % len(lengths)])
    return np.minimum(np.maximum(least, contained * short), np.maximum(least / 2, 1.5 * contained * short))


def _shares(samples: Sequence[np.ndarray], shares: int, low: np.uint64) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """For each share of the grams: its different grams (sorted), in how many texts each stands, and in which, gram by gram."""
    every = np.concatenate([np.empty(0, np.uint64), *samples])
    every &= ~low
    every |= np.repeat(np.arange(len(samples), dtype=np.uint64), [len(sample) for sample in samples])
    every.sort()
    step = (1 << 64) // shares
    cuts = [0, *np.searchsorted(every, [np.uint64(share * step) for share in range(1, shares)]).tolist(), len(every)]
    for start, end in pairwise(cuts):
        values, owners = every[start:end] & ~low, (every[start:end] & low).astype(np.int64)
        starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]]) if len(values) else np.empty(0, np.int64)
        yield values[starts], np.diff(np.r_[starts, len(values)]), owners


def _together(runs: np.ndarray, owners: np.ndarray, most: int, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Keys of pairs (first × number + second), sorted, and how many of these grams each pair shares."""
    wanted = (runs > 1) & (runs <= most)
    owners, ends = owners[np.repeat(wanted, runs)], np.repeat(np.cumsum(runs[wanted]), runs[wanted])
    at, keys = np.arange(len(owners)), [np.empty(0, np.int64)]
    for step in range(1, most):
        firsts = at[at + step < ends]
        if not len(firsts):
            break
        keys.append(owners[firsts] * number + owners[firsts + step])
    return np.unique(np.concatenate(keys), return_counts=True)


def _added(keys: np.ndarray, counts: np.ndarray, more: np.ndarray, further: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Two lists of counted keys as one."""
    every, times = np.concatenate([keys, more]), np.concatenate([counts, further])
    order = np.argsort(every, kind="stable")
    every, times = every[order], times[order]
    starts = np.flatnonzero(np.r_[True, every[1:] != every[:-1]]) if len(every) else np.empty(0, np.int64)
    return every[starts], np.add.reduceat(times, starts) if len(starts) else times
