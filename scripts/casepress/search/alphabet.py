"""Alphabet: text as printable ASCII, a frequent character in one symbol, others in two or three.

Half the size of UTF-8 for Chinese, and no server's or page's idea of a charset can spoil it. Read back by
`theme/scripts/search/base.js`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from casepress.search.symbols import spelled, spelling

SYMBOLS = "".join(chr(n) for n in range(35, 127) if n != 92)
# How many symbols stand for a character by themselves, and how many begin a pair; the rest begin three.
ONES, TWOS = 56, 27


@dataclass(frozen=True)
class Alphabet:
    """The code points that one symbol writes, those that two write and those that three write, and how each is written.

    Each tuple ascends: among characters that are written as long, it does not matter which is which.
    """

    points: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
    codes: Mapping[int, str]

    def write(self, text: str) -> str:
        """A text in symbols. Every character must be in the alphabet."""
        return spelled(text, self._spelling)

    @cached_property
    def _spelling(self) -> object:
        return spelling(self.codes, 3)


def alphabet(texts: Iterable[str]) -> Alphabet:
    """The alphabet of texts. Characters are counted in every eighth text, and known from all."""
    counts: Counter[str] = Counter()
    for number, text in enumerate(texts):
        counts.update(text if number % 8 == 0 else set(text))
    ranked = sorted(map(ord, counts), key=lambda point: (-counts[chr(point)], point))
    tiers = ranked[:ONES], ranked[ONES : ONES + TWOS * len(SYMBOLS)], ranked[ONES + TWOS * len(SYMBOLS) :]
    points = tuple(tuple(sorted(tier)) for tier in tiers)
    starts = (0, ONES, ONES + TWOS * len(SYMBOLS))
    codes = {point: _code(start + at) for start, tier in zip(starts, points, strict=True) for at, point in enumerate(tier)}
    return Alphabet(points, codes)


def _code(rank: int) -> str:
    base = len(SYMBOLS)
    if rank < ONES:
        return SYMBOLS[rank]
    rank -= ONES
    if rank < TWOS * base:
        return SYMBOLS[ONES + rank // base] + SYMBOLS[rank % base]
    rank -= TWOS * base
    return SYMBOLS[ONES + TWOS + rank // base**2] + SYMBOLS[rank // base % base] + SYMBOLS[rank % base]
