"""Facets: the values by which cases are filtered, as the search index hands them over.

Flows in: a collection and one of its fields. Flows out: its values in the order of their page, and which of them each case has.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from os.path import commonprefix

from casepress.collection.views import Group, view
from casepress.collection.words import words_of
from casepress.facts.folding import clean, fold
from casepress.facts.places import gazetteer_of
from casepress.search import postings
from casepress.search.alphabet import Alphabet
from casepress.values.cases import Case, Collection
from casepress.values.fields import TERMS, Field, Kind, Term

PIECE, FIELD = "\0", "\1"  # what stands between the parts of a file: cleaned text holds none of these


@dataclass(frozen=True)
class Facet:
    """A field's values in the order of its index page, trees from the root down, and the values of each case."""

    labels: tuple[str, ...]
    keys: tuple[str, ...]  # empty where the labels are their own keys
    names: tuple[str, ...]  # what else means a value; empty where nothing does
    depths: tuple[int, ...]  # empty where no value stands below another
    cases: tuple[tuple[int, ...], ...]

    @property
    def words(self) -> tuple[str, str, str]:
        return PIECE.join(self.labels), PIECE.join(_shortened(self.keys)), PIECE.join(self.names)

    def data(self, letters: Alphabet) -> tuple[object, ...]:
        """Labels, shortened keys, depths, whether a case may have several values, how wide a value is, values, names.

        Values are numbered from 1; 0 is none and, where there may be several, ends those of a case.
        """
        many = any(len(values) > 1 for values in self.cases)
        numbers = [n for values in self.cases for n in ([at + 1 for at in values] + [0] * (many or not values))]
        width = len(self.labels).bit_length()
        labels, keys, names = map(letters.write, self.words)
        return labels, keys, "".join(map(str, self.depths)), int(many), width, postings.packed(numbers, width), names


def values_of(facets: Iterable[Facet]) -> Iterator[str]:
    """All values of facets and their other names."""
    for facet in facets:
        yield from facet.labels
        for names in facet.names:
            yield from filter(None, names.split(FIELD))


def _shortened(words: Sequence[str]) -> Iterator[str]:
    """Words without the beginning that each shares with the one before it: a digit says how long that is, 9 at most."""
    for before, word in zip(("", *words), words, strict=False):
        shared = min(9, len(commonprefix((before, word))))
        yield f"{shared}{word[shared:]}"


def facet(collection: Collection, field: Field) -> Facet:
    found = list(view(collection, field).walk())
    values: dict[str, list[int]] = {case.id: [] for case in collection.cases}
    for at, (_, group) in enumerate(found):
        below = {case.id for lower in group.groups for case in lower.cases}
        for case in group.cases:
            if at not in values[case.id] and (case.id not in below or _stands(case, field, group)):
                values[case.id].append(at)
    tree = field.kind is Kind.PLACE
    labels = tuple(clean(group.label) or group.slug for _, group in found)
    keys = tuple(group.slug for _, group in found) if tree or field.kind in TERMS else ()
    names = _names(collection, field, [group.slug if keys else group.label for _, group in found], labels)
    depths = tuple(depth for depth, _ in found) if tree else ()
    return Facet(labels, keys, names, depths, tuple(tuple(v) for v in values.values()))


def _names(collection: Collection, field: Field, keys: Sequence[str], labels: Sequence[str]) -> tuple[str, ...]:
    """For each of a facet's values the other words that mean it, a place's own alone; empty where none has any."""
    values = [value for case in collection.cases for value in case.all(field.name)]
    if field.kind is Kind.PLACE:
        there: Mapping[str, object] = gazetteer_of(values).places
    else:
        there = {value.slug if isinstance(value, Term) else str(value): value for value in values}
    found = []
    for key, label in zip(keys, labels, strict=True):
        words = {word: fold(word) for word in map(clean, words_of(there[key]))}
        found.append(FIELD.join(word for word, folded in words.items() if folded not in ("", fold(label), key)))
    return tuple(found) if any(found) else ()


def _stands(case: Case, field: Field, group: Group) -> bool:
    """Whether a place is named by the case itself, not only a place below it."""
    return any(value.code == group.slug for value in case.all(field.name))
