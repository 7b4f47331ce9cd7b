"""Search: the collection as files in which a browser finds every case that contains some words, and no other.

Flows in: a collection. Flows out: `search/….js`, classic scripts in ASCII that hand themselves to
`theme/scripts/search`, so that they can be read from a server, a sub-folder or a disk:

    base.js      what there is: fields, alphabet, lengths of cases; every other file belongs to its version
    p-*.js       where pairs of characters stand, by mixed key; l-*.js one long list alone
    u-*.js       in which cases single characters stand
    d-*.js       cases in groups: what a result shows, and the text that excerpts are cut from
    f-*.js       a facet: its values with their other names, and which of them each case has
    words.js     words that may have been meant, how their characters sound, and what people say for official words
    titles.js    every id and title, for long lists and suggestions; order.js their order by title
    values.js    every value that a field has, for suggestions

All cases in reading order are one long text of UTF-16 code units, zone after zone. Each piece ends with a 0, and each
zone is filled up with 0 to a round length, so that the lengths can be told in a few bits.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from os.path import commonprefix

from casepress.collection.views import Group, view
from casepress.collection.words import words_of
from casepress.facts.folding import clean, fold
from casepress.facts.places import gazetteer_of
from casepress.facts.slugs import sound
from casepress.facts.titles import phrases
from casepress.search import aside, postings
from casepress.search.alphabet import Alphabet, alphabet
from casepress.search.searchable import ID, zones
from casepress.search.vocabulary import spoken, vocabulary
from casepress.values.cases import Case, Collection
from casepress.values.fields import TERMS, Field, Kind, Term

FORMAT = 4  # changes with what the files mean
SHARD = 8 * 1024  # bytes that a shard should have; a query loads one for every two characters
GROUP = 2400  # units of text that fill a group of cases
STEPS = (8, 16, 8, 32)  # what the length of each zone is a multiple of, in units
LARGE = 96 * 1024  # bytes from which a facet is only loaded where it is asked for

_UNSUGGESTED = frozenset(("title", "summary", "source", ID))  # what is no value that several cases may have

# What stands between the parts of a group of cases: cleaned text holds none of these.
_PIECE, _FIELD, _CARD, _CASE, _ZONE = "\0", "\1", "\2", "\3", "\4"


def index_files(collection: Collection) -> Iterator[tuple[str, bytes]]:
    """The files of the index by their path in the site. The same collection always gives the same bytes."""
    return begin(collection)()


def begin(collection: Collection, helper: aside.Helper = aside.HERE) -> Callable[[], Iterator[tuple[str, bytes]]]:
    """Begin to make an index; what is given back makes the rest of it and gives its files, as `index_files` does."""
    cases = [_indexed(collection, case) for case in collection.cases]
    text = postings.utf16("".join(zone for case in cases for zone in case.folded))
    lists = helper.lists(text, [length for case in cases for length in case.lengths], SHARD)
    return partial(_files, collection, cases, text, lists)


def _files(collection: Collection, cases: "Sequence[_Indexed]", text: bytes, lists: Callable[[], aside.Lists]) -> Iterator[tuple[str, bytes]]:
    groups = list(_groups([case.length for case in cases]))
    documents = [_CASE.join(cases[at].document for at in group) for group in groups]
    facets = {f.name: _facet(collection, f) for f in collection.facets}
    titles = _PIECE.join(f"{case.id}{_FIELD}{shown.title}" for case, shown in zip(collection.cases, cases, strict=True))
    values = _PIECE.join(_said(cases))
    words, sounds = vocabulary(collection, _values(facets.values()))
    letters = alphabet((*documents, titles, values, sounds, _PIECE.join(words), *(words for facet in facets.values() for words in facet.words)))
    version = _version(text, *(d.encode() for d in documents), repr((facets, words, sounds, spoken())).encode())

    def file(name: str, *data: object) -> tuple[str, bytes]:
        said = ",".join(json.dumps(each, ensure_ascii=True, separators=(",", ":")) for each in (name, version, *data))
        return f"search/{name}.js", f"casepress.take({said})\n".encode("ascii")

    for number, document in enumerate(documents):
        yield file(f"d-{number}", letters.write(document))
    fields = []
    for f in (f for f in collection.fields if not f.private):
        entry: dict[str, object] = {"name": f.name, "label": f.label}
        if f.name in facets:
            path, data = file(f"f-{f.name}", *facets[f.name].data(letters))
            yield path, data
            entry |= {"facet": True, "kind": f.kind.value, "large": len(data) > LARGE}
        fields.append(entry)
    fields.append({"name": ID, "label": "编号"})
    yield file("titles", letters.write(titles))
    yield file("values", letters.write(values))
    order = sorted(range(len(cases)), key=lambda at: (sound(cases[at].title), cases[at].title, at))
    yield file("order", postings.packed(order, len(cases).bit_length()))
    yield file("words", letters.write(_PIECE.join(words)), letters.write(sounds), *spoken())
    pairs, singles = lists()
    for kind, large, written in (("p", "l", pairs), ("u", "v", singles)):
        for number, shard in enumerate(written.shards):
            yield file(f"{kind}-{number:x}", shard)
        for key, shard in written.alone.items():
            yield file(f"{large}-{key:08x}", shard)
    yield file(
        "base",
        {
            "format": FORMAT,
            "cases": len(cases),
            "units": len(text) // 2,
            "pairs": pairs.bits,
            "singles": singles.bits,
            "alone": [[f"{key:08x}" for key in written.alone] for written in (pairs, singles)],
            "group": GROUP,
            "alphabet": [[len(tier), *_rice([b - a - 1 for a, b in zip((-1, *tier), tier, strict=False)])] for tier in letters.points],
            "steps": STEPS,
            "lengths": [
                _rice([length // step for length in zone])
                for step, zone in zip(STEPS, zip(*(case.lengths for case in cases), strict=True), strict=bool(cases))
            ],
            "fields": fields,
        },
    )


@dataclass(frozen=True)
class _Indexed:
    """A case as search sees it: its folded zones, the length of each in units, and its part of a document."""

    title: str
    values: tuple[str, ...]  # with the number of their field before them
    folded: tuple[str, ...]
    lengths: tuple[int, ...]
    document: str

    @property
    def length(self) -> int:
        return sum(self.lengths)


def _indexed(collection: Collection, case: Case) -> _Indexed:
    numbers = {name: n for n, name in enumerate((*(f.name for f in collection.fields if not f.private), ID))}
    found = [[(name, shown, fold(shown)) for name, shown in pieces] for pieces in zones(collection, case)]
    found = [[piece for piece in pieces if piece[2]] for pieces in found]
    shown = [[f"{_FIELD}{chr(32 + numbers[name])}{words}" if name else words for name, words, _ in pieces] for pieces in found]
    title = found[0][0][1] if found[0] else case.id
    card = (case.id, title, *(clean(case.text(f.name)) for f in collection.facets))
    folded = tuple(_filled([words for *_, words in pieces], step) for pieces, step in zip(found, STEPS, strict=True))
    lengths = tuple(len(zone.encode("utf-16-le")) // 2 for zone in folded)
    values = tuple(
        words[1:] for (name, *_), words in zip((*found[0], *found[1]), (*shown[0], *shown[1]), strict=True) if name not in _UNSUGGESTED
    )
    pieces = _lengths(phrases(title, case.place.path if case.place else ()))
    return _Indexed(title, values, folded, lengths, _CARD.join((*card, pieces, _ZONE.join(map(_PIECE.join, shown)))))


def _said(cases: Iterable[_Indexed]) -> list[str]:
    """The values that fields have, each once, those of more cases first."""
    return [value for value, _ in Counter(value for case in cases for value in dict.fromkeys(case.values)).most_common()]


def _lengths(pieces: Sequence[str]) -> str:
    """How long the pieces of a title are in units of UTF-16, a character for each (0 is 48); nothing where one is too long to say."""
    found = [48 + len(piece.encode("utf-16-le")) // 2 for piece in pieces]
    return "".join(map(chr, found)) if max(found) < 127 else ""


def _filled(pieces: Sequence[str], step: int) -> str:
    """The pieces of a zone, each ended by a 0, filled up to a multiple of so many units."""
    text = "".join(f"{piece}\0" for piece in pieces)
    return text + "\0" * (-len(text.encode("utf-16-le")) // 2 % step)


def _groups(lengths: Sequence[int]) -> Iterator[range]:
    """Cases that follow each other and share a file: as many as fill GROUP, one where it is longer than that."""
    start = filled = 0
    for at, length in enumerate(lengths):
        if filled and filled + length > GROUP:
            yield range(start, at)
            start, filled = at, 0
        filled += length
    if filled:
        yield range(start, len(lengths))


def _rice(numbers: Sequence[int]) -> tuple[int, str]:
    """Numbers as a Rice parameter that suits them and their text."""
    low = postings.parameter(sum(numbers) + 1, max(1, len(numbers)))
    return low, postings.packed_rice(numbers, low)


def _version(*parts: bytes) -> str:
    found = hashlib.sha256(f"{FORMAT} {SHARD} {GROUP}".encode())
    for part in parts:
        found.update(hashlib.sha256(part).digest())
    return found.hexdigest()[:10]


@dataclass(frozen=True)
class _Facet:
    """A field's values in the order of its index page, trees from the root down, and the values of each case."""

    labels: tuple[str, ...]
    keys: tuple[str, ...]  # empty where the labels are their own keys
    names: tuple[str, ...]  # what else means a value; empty where nothing does
    depths: tuple[int, ...]  # empty where no value stands below another
    cases: tuple[tuple[int, ...], ...]

    @property
    def words(self) -> tuple[str, str, str]:
        return _PIECE.join(self.labels), _PIECE.join(_shortened(self.keys)), _PIECE.join(self.names)

    def data(self, letters: Alphabet) -> tuple[object, ...]:
        """Labels, shortened keys, depths, whether a case may have several values, how wide a value is, values, names.

        Values are numbered from 1; 0 is none and, where there may be several, ends those of a case.
        """
        many = any(len(values) > 1 for values in self.cases)
        numbers = [n for values in self.cases for n in ([at + 1 for at in values] + [0] * (many or not values))]
        width = len(self.labels).bit_length()
        labels, keys, names = map(letters.write, self.words)
        return labels, keys, "".join(map(str, self.depths)), int(many), width, postings.packed(numbers, width), names


def _values(facets: "Iterable[_Facet]") -> Iterator[str]:
    """All values of facets and their other names."""
    for facet in facets:
        yield from facet.labels
        for names in facet.names:
            yield from filter(None, names.split(_FIELD))


def _shortened(words: Sequence[str]) -> Iterator[str]:
    """Words without the beginning that each shares with the one before it: a digit says how long that is, 9 at most."""
    for before, word in zip(("", *words), words, strict=False):
        shared = min(9, len(commonprefix((before, word))))
        yield f"{shared}{word[shared:]}"


def _facet(collection: Collection, field: Field) -> _Facet:
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
    return _Facet(labels, keys, names, depths, tuple(tuple(v) for v in values.values()))


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
        found.append(_FIELD.join(word for word, folded in words.items() if folded not in ("", fold(label), key)))
    return tuple(found) if any(found) else ()


def _stands(case: Case, field: Field, group: Group) -> bool:
    """Whether a place is named by the case itself, not only a place below it."""
    return any(value.code == group.slug for value in case.all(field.name))
