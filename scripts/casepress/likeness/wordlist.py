"""Wordlist: which words of a list stand in a text, whole and beyond doubt.

At each place the longest word of the list is looked for. Where two words overlap (身体 and 体育 in 身体育人) neither is taken, nor is
one within a longer one, so what is found is a word there and never a fragment of others. All texts are looked through at
once, as arrays: 1,000 texts of 2,500 characters in a third of a second.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np

from casepress.facts.characters import EVERYDAY, SET_OFF_BEFORE, SET_OFF_BEHIND

_FIRST, _LAST = map(ord, (EVERYDAY[0], EVERYDAY[-1]))
_BASE, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xFF51AFD7ED558CCD)
_BITS = 20
_AT_ONCE = 1 << 20  # characters
_SHORTEST, _LONGEST = 3, 6  # characters of what is a word because it stands by itself
# What begins or ends no name of a thing: 有体育, 教学中, 教师等.
_NOT_FIRST = frozenset("的了和与及或在等是为对将把被从向以并而也都就还这那其各每使让给由至到即又更不没可能会要有无如若因但所该且之于按据")
_NOT_LAST = frozenset(
    "的了和与及或在等是为对将把被从向以并而也都就还这那其各每使让给由至到即又更不可能会要有中上下里内外间时后前们着过之于所者个"
)


@dataclass(frozen=True)
class Words:
    """A list of words: their text, whether each names something, and how general it is (0 to 1, from the commonest on)."""

    words: tuple[str, ...]
    names: np.ndarray  # bool
    rare: np.ndarray  # float64: 1 of what few texts have, less of what all texts are full of
    lengths: tuple[tuple[int, np.ndarray, np.ndarray], ...]  # of each length the hashes, sorted (uint64), and their words (int64)
    slots: np.ndarray  # bool, by the first bits of a hash: whether there may be such a word


@cache
def _listed() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of data/words.txt that name something, and those that only say where words end, each from the commonest on."""
    lines = files("casepress").joinpath("data", "words.txt").read_text("utf-8").split()
    return tuple(line for line in lines if line[0] != "-"), tuple(line[1:] for line in lines if line[0] == "-")


def words(own: Iterable[str] = (), places: Iterable[str] = ()) -> Words:
    """The list that comes with casepress, and words of a collection's own, which name something and are as rare as can be;
    names of `places` only say where words end."""
    naming, others = _listed()
    bounds = dict.fromkeys(word for word in places if len(word) > 1 and _is_han(word))
    added = [word for word in dict.fromkeys(own) if len(word) > 1 and _is_han(word) and word not in bounds]
    known = frozenset((*added, *bounds))
    kept = [word for word in naming if word not in known]
    every = (*added, *kept, *bounds, *(word for word in others if word not in known))
    names = np.arange(len(every)) < len(added) + len(kept)
    rare = np.ones(len(every))
    rank = np.arange(len(kept))
    rare[len(added) : len(added) + len(kept)] = np.clip(0.5 + rank / 8000, 0, 1)
    of_length: dict[int, list[int]] = {}
    for number, word in enumerate(every):
        of_length.setdefault(len(word), []).append(number)
    lengths, slots = [], np.zeros(1 << _BITS, bool)
    for length, numbers in sorted(of_length.items()):
        signs = _codes("".join([every[number] for number in numbers])).reshape(-1, length)
        sums = signs[:, 0]
        for at in range(1, length):
            sums = sums * _BASE + signs[:, at]
        order = np.argsort(sums, kind="stable")
        lengths.append((length, sums[order], np.array(numbers, np.int64)[order]))
        slots[_slot(sums)] = True
    return Words(every, names, rare, tuple(lengths), slots)


def standing(texts: Sequence[str]) -> list[frozenset[str]]:
    """Of each text the words that stand by themselves in it, between marks: in a list of things, in quotes, as a title."""
    return [words for some in _some(texts) for words in _standing(some)]


def counted(texts: Sequence[str], known: Words) -> list[tuple[np.ndarray, np.ndarray]]:
    """Of each text the words that name something (numbers in the list, rising), and how often each stands there."""
    return [each for some in _some(texts) for each in _counted(some, known)]


def written(texts: Sequence[str]) -> list[str]:
    """All words of the list that stand in some texts, those too that name nothing in particular; those of more texts first."""
    known = _language()
    numbers = [numbers for numbers, _ in counted(texts, known)]
    counts = np.bincount(np.concatenate([np.zeros(0, np.int64), *numbers]), minlength=len(known.words))
    order = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
    return [known.words[number] for number in order.tolist()]


@cache
def _language() -> Words:
    known = words()
    return replace(known, names=np.ones(len(known.words), bool))


def _some(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in runs that are looked through at once, for memory."""
    begin = room = 0
    for place, text in enumerate(texts):
        room += len(text)
        if room > _AT_ONCE and place > begin:
            yield texts[begin:place]
            begin, room = place, len(text)
    yield texts[begin:]


def _standing(texts: Sequence[str]) -> list[frozenset[str]]:
    found: list[set[str]] = [set() for _ in texts]
    joined, starts = _joined(texts)
    signs = _codes(joined)
    marks = np.flatnonzero((signs < _FIRST) | (signs > _LAST))
    gaps, kinds = np.diff(marks), signs[marks]
    alone = (
        (gaps > _SHORTEST) & (gaps <= _LONGEST + 1) & np.isin(kinds[:-1], _codes(SET_OFF_BEFORE)) & np.isin(kinds[1:], _codes(SET_OFF_BEHIND))
    )
    places = marks[:-1][alone]
    for at, gap, owner in zip(places.tolist(), gaps[alone].tolist(), np.searchsorted(starts, places, "right").tolist(), strict=True):
        word = joined[at + 1 : at + gap]
        if word[0] not in _NOT_FIRST and word[-1] not in _NOT_LAST:
            found[owner - 1].add(word)
    return list(map(frozenset, found))


def _counted(texts: Sequence[str], known: Words) -> list[tuple[np.ndarray, np.ndarray]]:
    joined, starts = _joined(texts)
    signs = _codes(joined)
    places = np.arange(len(signs))
    marks = np.where((signs < _FIRST) | (signs > _LAST), places, len(signs))
    left = np.minimum.accumulate(marks[::-1])[::-1] - places  # characters up to the next mark; each text ends with one
    long, number = np.zeros(len(signs), np.int64), np.zeros(len(signs), np.int64)
    places, reached, sums = places[left > 1], 1, signs[left > 1]
    for length, hashes, numbers in known.lengths:
        while reached < length:
            on = left[places] > reached
            places = places[on]
            sums = sums[on] * _BASE + signs[places + reached]
            reached += 1
        may = np.flatnonzero(known.slots[_slot(sums)])
        at = np.minimum(np.searchsorted(hashes, sums[may]), len(hashes) - 1)
        there = hashes[at] == sums[may]
        long[places[may[there]]] = length
        number[places[may[there]]] = numbers[at[there]]
    begins = np.flatnonzero(long)
    if not len(begins):
        return [(np.zeros(0, np.int64), np.zeros(0, np.int64)) for _ in texts]
    ends = begins + long[begins]
    reach = np.maximum.accumulate(ends)
    sound = np.concatenate(([True], reach[:-1] <= begins[1:])) & (reach[np.searchsorted(begins, ends) - 1] <= ends)
    sound &= known.names[number[begins]]
    of = np.searchsorted(starts, begins[sound], "right") - 1
    keys, counts = np.unique(of * len(known.words) + number[begins[sound]], return_counts=True)
    cuts = np.searchsorted(keys, np.arange(len(texts) + 1) * len(known.words))
    return [(keys[a:b] % len(known.words), counts[a:b]) for a, b in zip(cuts[:-1], cuts[1:], strict=True)]


def _joined(texts: Sequence[str]) -> tuple[str, np.ndarray]:
    """The texts as one, each ended by a line's end, and where each begins."""
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)])[:-1]
    return "".join(f"{text}\n" for text in texts), starts


def _codes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)


def _slot(sums: np.ndarray) -> np.ndarray:
    return (sums * _MIX) >> np.uint64(64 - _BITS)


def _is_han(word: str) -> bool:
    return all(EVERYDAY[0] <= sign <= EVERYDAY[-1] for sign in word)
