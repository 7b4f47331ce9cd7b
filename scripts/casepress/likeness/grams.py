"""Grams: a text as the set of its runs of eight characters, each a hash.

What a copyist changes is made even first: NFKC and lower case, every number is one and the same sign however long it is, marks
and white space are out. Eight characters are longer than almost all words and shorter than the stretches that are copied.
Of the grams one in four is kept, chosen by its hash and so the same one in every text: what two texts share is measured by
that sample to a few hundredths, in a quarter of the memory.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from casepress.facts.characters import EVERYDAY

LONG = 8
EVERY = 4
"""One gram of so many is kept; a power of two."""
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_FIRST, _LAST = EVERYDAY[0], EVERYDAY[-1]
_NUMBER = ord("0")
_DIGEST = 16


@dataclass(frozen=True)
class Evened:
    """A text as it is compared: the signs that count (code points, uint32), and where in the text each begins and ends (int64)."""

    signs: np.ndarray
    places: np.ndarray
    ends: np.ndarray


@dataclass(frozen=True)
class Known:
    """What is kept of a text: a digest of its signs, equal only for texts that say the same, and its sampled grams (uint64, sorted)."""

    digest: bytes
    sample: np.ndarray


@dataclass(frozen=True)
class Phrases:
    """Sampled grams that are common phrases, sorted, without the last bits of their hashes (`low`)."""

    grams: np.ndarray
    low: np.uint64 = np.uint64(0)

    def among(self, found: np.ndarray) -> np.ndarray:
        """Which of some hashes are common phrases (bool)."""
        return np.isin(found & ~self.low, self.grams) & sampled(found)


def evened(text: str) -> Evened:
    """The letters and numbers of a text, made even."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    strange = (codes < ord(_FIRST)) | (codes > ord(_LAST))  # all but the 汉字 of every day, which stand for themselves
    kinds = np.unique(codes[strange])
    means = [_means(code) for code in kinds.tolist()]
    lengths, flat = np.array([len(each) for each in means], np.int64), np.array([sign for each in means for sign in each], np.uint32)
    counts = np.ones(len(codes), np.int64)
    which = np.searchsorted(kinds, codes[strange])
    counts[strange] = lengths[which] if len(kinds) else 0
    places = np.repeat(np.arange(len(codes)), counts)
    signs = codes[places]
    begins = np.zeros(len(codes), np.int64)
    begins[strange] = (np.cumsum(lengths) - lengths)[which] if len(kinds) else 0
    within = np.arange(len(places)) - (np.cumsum(counts) - counts)[places]
    odd = strange[places]
    signs[odd] = flat[(begins[places] + within)[odd]]
    numbers = signs == _NUMBER
    first = np.flatnonzero(~(numbers & np.r_[False, numbers[:-1]])) if len(signs) else np.empty(0, np.int64)
    last = np.r_[first[1:], len(signs)] - 1 if len(first) else first
    return Evened(signs[first], places[first], places[last] + 1)


@lru_cache(maxsize=4096)
def _means(code: int) -> tuple[int, ...]:
    """The signs that count of a character, as code points."""
    if 0xD800 <= code <= 0xDFFF:
        return ()
    signs = unicodedata.normalize("NFKC", chr(code)).lower()
    return tuple(_NUMBER if sign.isnumeric() and not _FIRST <= sign <= _LAST else ord(sign) for sign in signs if sign.isalnum())


def hashes(even: Evened) -> np.ndarray:
    """The hash (uint64) of each run of eight signs, in the order of the text; empty for shorter texts."""
    signs = even.signs.astype(np.uint64)
    count = len(signs) - LONG + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    made = np.zeros(count, np.uint64)
    for at in range(LONG):
        made *= _BASE
        made += signs[at : at + count]
    made ^= made >> np.uint64(33)
    made *= _MIX
    return made ^ (made >> np.uint64(29))


def sampled(found: np.ndarray) -> np.ndarray:
    """Which of some hashes are kept (bool)."""
    return (found & np.uint64(EVERY - 1)) == 0


def known(text: str) -> Known:
    """What is kept of a text."""
    even = evened(text)
    found = hashes(even)
    return Known(hashlib.blake2b(even.signs.tobytes(), digest_size=_DIGEST).digest(), np.unique(found[sampled(found)]))
