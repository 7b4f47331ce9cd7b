"""Postings: where every pair of characters stands, as numbers in lists, and lists as short ASCII files.

Flows in: a long array of UTF-16 code units, and what a file may hold. Flows out: `Lists`, whose shards can be read
here as in a browser (`theme/scripts/search/bits.js`). With `symbols` all that imports numpy.

A key (32 bits) is mixed by `mix`, which no two keys share a result of; its high bits say in which shard it is, so that
no directory is needed. A shard is a stream of bits, written 13 at a time as two of 91 printable ASCII characters:

    24  how many keys there are
    32  how long the unary part is, in bits
        unary: gaps of keys (quotients) | lengths of counts less one | gaps of values (quotients), list after list
        fixed: gaps of keys (remainders) | counts less their first bit | list after list: remainder and tag of each value

Gaps are Rice coded (Golomb 1966, Rice 1979); the parameter follows from the count, so it is not stored.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, log2

import numpy as np

from casepress.search.symbols import ascii_of, bits_of

ZONES = 4
Values = np.ndarray  # ascending whole numbers


def units(text: str) -> np.ndarray:
    """The UTF-16 code units of a text."""
    return np.frombuffer(utf16(text), np.uint16)


def utf16(text: str) -> bytes:
    """A text as its UTF-16 code units are written."""
    return text.encode("utf-16-le")


def mix(keys: np.ndarray) -> np.ndarray:
    """Keys (uint32) well stirred; a permutation of 32 bits."""
    mixed = keys * np.uint32(0x9E3779B1)
    mixed ^= mixed >> np.uint32(16)
    return mixed * np.uint32(0x85EBCA6B)


def parameter(universe: int, count: int) -> int:
    """The Rice parameter of so many values below a bound: about the binary logarithm of the mean gap's median."""
    return max(1, int(universe * log(2) / count)).bit_length() - 1


@dataclass(frozen=True)
class Lists:
    """Lists of ascending values by mixed key, ready to be written.

    `keys` ascends and `counts` goes with it; `values` and `tags` hold list after list. Values are below `universe`,
    tags take `tag_bits` bits. `large` marks lists that stand alone in a file; the others are in 2**`bits` shards.
    """

    keys: np.ndarray
    counts: np.ndarray
    values: np.ndarray
    tags: np.ndarray | None
    universe: int
    tag_bits: int
    large: np.ndarray
    bits: int

    def shards(self) -> Iterator[tuple[int, str]]:
        """Each shard's number and its text."""
        ends = np.cumsum(self.counts)
        numbers = self.keys >> np.uint32(32 - self.bits) if self.bits else np.zeros_like(self.keys)
        edges = np.searchsorted(numbers, np.arange((1 << self.bits) + 1))
        for number in range(1 << self.bits):
            lists = np.arange(edges[number], edges[number + 1])
            yield number, self._shard(lists[~self.large[lists]], ends, 32 - self.bits)

    def alone(self) -> Iterator[tuple[int, str]]:
        """Each large list's mixed key and its text."""
        ends = np.cumsum(self.counts)
        for at in np.flatnonzero(self.large):
            yield int(self.keys[at]), self._shard(np.array([at]), ends, 32)

    def written(self) -> "Written":
        """All of it as texts."""
        return Written(tuple(shard for _, shard in self.shards()), dict(self.alone()), self.bits)

    def _shard(self, lists: np.ndarray, ends: np.ndarray, key_bits: int) -> str:
        keys, counts = self.keys[lists].astype(np.int64), self.counts[lists]
        keys &= (1 << key_bits) - 1
        elements = np.arange(ends[lists[0]] - counts[0], ends[lists[-1]]) if len(lists) else lists
        if len(elements) > counts.sum():  # a large list stands between
            elements = elements[np.repeat(~self.large[lists[0] : lists[-1] + 1], self.counts[lists[0] : lists[-1] + 1])]
        values = self.values[elements].astype(np.int64)
        gaps = np.diff(values, prepend=0) - 1
        gaps[np.cumsum(counts) - counts] = values[np.cumsum(counts) - counts]
        low = np.repeat(_parameters(self.universe, counts), counts)
        key_low = parameter(1 << key_bits, max(1, len(keys)))
        key_gaps = np.diff(keys, prepend=-1) - 1
        lengths = _bit_length(counts)
        ones = np.concatenate((key_gaps >> key_low, lengths - 1, gaps >> low)) + 1
        unary = np.zeros(int(ones.sum()), np.uint8)
        unary[np.cumsum(ones) - 1] = 1
        remainders = gaps & ((1 << low) - 1)
        if self.tags is not None:
            remainders = remainders << self.tag_bits | self.tags[elements]
        fixed = _bits(
            np.concatenate((key_gaps & ((1 << key_low) - 1), counts - (1 << (lengths - 1)), remainders)),
            np.concatenate((np.full(len(keys), key_low), lengths - 1, low + self.tag_bits)),
        )
        head = _bits(np.array([len(keys), len(unary)]), np.array([24, 32]))
        return ascii_of(np.concatenate((head, unary, fixed)))


@dataclass(frozen=True)
class Written:
    """Lists as the texts of their files: the shards in their order, and each large list by its mixed key."""

    shards: tuple[str, ...]
    alone: Mapping[int, str]
    bits: int


def both(text: bytes, lengths: Sequence[int], target: int) -> tuple[Written, Written]:
    """The written `pairs` and `singles` of a text in UTF-16; `lengths` holds the units of each zone, case after case."""
    units = np.frombuffer(text, np.uint16)
    return pairs(units, target).written(), singles(units, lengths, target).written()


def lists(keys: np.ndarray, values: np.ndarray, universe: int, target: int, tags: np.ndarray | None = None, tag_bits: int = 0) -> Lists:
    """Lists from mixed keys and their values, both in the order of the keys and then of the values.

    Shards are made to hold about `target` bytes; a list of more than four times that stands alone.
    """
    if not len(keys):
        none = np.zeros(0, np.int64)
        return Lists(keys, none, values, tags, universe, tag_bits, none.astype(bool), 0)
    starts = np.flatnonzero(np.diff(keys, prepend=~keys[:1]))
    counts = np.diff(starts, append=len(keys))
    low = _parameters(universe, counts)
    gaps = np.diff(values, prepend=values[:1])
    gaps[starts] = values[starts]
    gaps >>= np.repeat(low.astype(gaps.dtype), counts)
    sizes = np.add.reduceat(gaps, starts, dtype=np.int64) + counts * (1 + low + tag_bits)
    large = sizes * 2 / 13 > 4 * target
    total = (sizes[~large].sum() + 16 * (~large).sum()) * 2 // 13
    bits = min(16, max(0, round(log2(max(total, 1) / target))))
    return Lists(keys[starts], counts, values, tags, universe, tag_bits, large, bits)


def pairs(text: np.ndarray, target: int) -> Lists:
    """Where each pair of neighbouring units stands; a pair with a 0 in it is none. Values are positions in the text."""
    at = np.flatnonzero((text[:-1] != 0) & (text[1:] != 0)).view(np.uint64)
    keys = text[:-1].astype(np.uint32)
    keys <<= np.uint32(16)
    keys |= text[1:]
    mixed, positions = _sorted(mix(keys)[at], at)
    return lists(mixed, positions, len(text), target)


def singles(text: np.ndarray, lengths: Sequence[int], target: int) -> Lists:
    """In which cases each unit stands. Values are numbers of cases.

    `lengths` holds the units of each zone, case after case. A tag is the best zone (2 bits) and the binary logarithm of
    how often the unit is there, at most 3 (2 bits).
    """
    sizes = np.asarray(lengths, np.int64).reshape(-1, ZONES)
    ends = np.cumsum(sizes).reshape(-1, ZONES)
    at = np.flatnonzero(text).astype(np.uint32)
    order = np.argsort(text[at], kind="stable")  # numbers of 16 bits are sorted by counting
    position = at[order]
    unit = text[position]
    case = np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes.sum(axis=1))[position]
    first = np.flatnonzero((np.diff(unit, prepend=~unit[:1]) != 0) | (np.diff(case, prepend=case[:1]) != 0))
    often = np.diff(first, append=len(unit))
    unit, case, position = unit[first], case[first], position[first]
    zone = (position[:, None] >= ends[case]).sum(axis=1)
    tags = zone << 2 | np.minimum(_bit_length(often) - 1, 3)
    keys = mix(unit << np.uint32(16))
    order = np.argsort(keys, kind="stable")
    return lists(keys[order], case[order], len(sizes), target, tags[order], 4)


def _sorted(keys: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Keys and values (below 2**32), sorted by both."""
    rows = keys.astype(np.uint64)
    rows <<= np.uint64(32)
    rows |= values
    rows.sort()
    keys = (rows >> np.uint64(32)).astype(np.uint32)
    return keys, rows.astype(np.uint32)


def cover(term: str) -> list[tuple[int, int]]:
    """The mixed keys of the fewest pairs that cover a term of two units or more, each with its offset in the term."""
    written = units(term).astype(np.uint32)
    offsets = np.unique(np.append(np.arange(0, len(written) - 1, 2), len(written) - 2))
    mixed = mix(written[offsets] << np.uint32(16) | written[offsets + 1])
    return list(zip(mixed.tolist(), offsets.tolist(), strict=True))


def meet(found: Sequence[tuple[Values, int]], start: int, end: int) -> bool:
    """Whether ascending values, each less its offset, have one in common from a start up to an end."""
    places: set[int] | None = None
    for values, offset in found:
        first, last = values.searchsorted((start, end))
        here = (values[first:last] - offset).tolist()  # few, for they stand in one case
        places = set(here) if places is None else places.intersection(here)
    return bool(places)


class Shard:
    """A shard read back from its text: `find` gives the values of a mixed key."""

    def __init__(self, text: str, universe: int, key_bits: int, tag_bits: int = 0) -> None:
        bits = bits_of(text)
        count, unary = (int(n) for n in _numbers(bits, np.array([24, 32])))
        at = 56 + unary
        quotients = np.diff(np.flatnonzero(bits[56:at]), prepend=-1) - 1
        key_low = parameter(1 << key_bits, max(1, count))
        low = _numbers(bits[at:], np.full(count, key_low))
        self.keys = np.cumsum((quotients[:count] << key_low | low) + 1) - 1
        at += count * key_low
        lengths = quotients[count : 2 * count]
        self.counts = _numbers(bits[at:], lengths) | 1 << lengths
        self._low = _parameters(universe, self.counts)
        self._fixed = at + int(lengths.sum()) + np.cumsum(np.append(0, self.counts * (self._low + tag_bits)))
        self._first = 2 * count + np.cumsum(np.append(0, self.counts))
        self._bits, self._quotients, self._tag_bits, self._mask = bits, quotients, tag_bits, (1 << key_bits) - 1

    def find(self, key: int) -> np.ndarray:
        """The values of a mixed key, ascending; empty where it is not there."""
        at = int(np.searchsorted(self.keys, key & self._mask))
        if at == len(self.keys) or self.keys[at] != key & self._mask:
            return np.zeros(0, np.int64)
        low, count = self._low[at], self.counts[at]
        remainders = _numbers(self._bits[self._fixed[at] :], np.full(count, low + self._tag_bits)) >> self._tag_bits
        return np.cumsum((self._quotients[self._first[at] : self._first[at + 1]] << low | remainders) + 1) - 1


def packed(numbers: Sequence[int] | np.ndarray, width: int) -> str:
    """Numbers below 2**width as text, each in so many bits."""
    numbers = np.asarray(numbers, np.int64)
    return ascii_of(_bits(numbers, np.full(len(numbers), width)))


def packed_rice(numbers: Sequence[int] | np.ndarray, low: int) -> str:
    """Numbers as text, Rice coded with a given parameter: all quotients in unary, then all remainders."""
    numbers = np.asarray(numbers, np.int64)
    ones = (numbers >> low) + 1
    unary = np.zeros(int(ones.sum()), np.uint8)
    unary[np.cumsum(ones) - 1] = 1
    return ascii_of(np.concatenate((unary, _bits(numbers & ((1 << low) - 1), np.full(len(numbers), low)))))


def unpacked_rice(text: str, low: int, count: int) -> list[int]:
    """So many numbers that `packed_rice` wrote with a parameter."""
    bits = bits_of(text)
    ones = np.flatnonzero(bits)[:count]
    end = int(ones[-1]) + 1 if count else 0
    return (np.diff(ones, prepend=-1) - 1 << low | _numbers(bits[end:], np.full(count, low))).tolist()


def _parameters(universe: int, counts: np.ndarray) -> np.ndarray:
    return _bit_length(np.maximum(1, (universe * log(2) / counts).astype(np.int64))) - 1


def _bit_length(numbers: np.ndarray) -> np.ndarray:
    return np.frexp(numbers)[1].astype(np.int64)


def _bits(numbers: np.ndarray, widths: np.ndarray) -> np.ndarray:
    """Numbers as an array of bits, each in its own width, the highest bit first."""
    ends = np.repeat(np.cumsum(widths), widths)
    return (np.repeat(numbers, widths) >> (ends - np.arange(len(ends)) - 1) & 1).astype(np.uint8)


def _numbers(bits: np.ndarray, widths: np.ndarray) -> np.ndarray:
    """The numbers that stand at the beginning of an array of bits, each in its own width."""
    ends = np.cumsum(widths)
    total = int(ends[-1]) if len(ends) else 0
    worth = bits[:total].astype(np.int64) << (np.repeat(ends, widths) - np.arange(total) - 1)
    sums = np.append(0, np.cumsum(worth))
    return sums[ends] - sums[ends - widths]
