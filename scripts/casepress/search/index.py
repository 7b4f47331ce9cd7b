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
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from casepress.facts import cores
from casepress.facts.folding import clean, fold
from casepress.facts.slugs import sound
from casepress.facts.titles import phrases
from casepress.search import aside, postings
from casepress.search.alphabet import alphabet
from casepress.search.facets import FIELD, PIECE, facet, values_of
from casepress.search.searchable import ID, zones
from casepress.search.vocabulary import spoken, vocabulary
from casepress.values.cases import Case, Collection

FORMAT = 4  # changes with what the files mean
SHARD = 8 * 1024  # bytes that a shard should have; a query loads one for every two characters
GROUP = 2400  # units of text that fill a group of cases
STEPS = (8, 16, 8, 32)  # what the length of each zone is a multiple of, in units
COPIED = 4000  # cases up to which a copy of the process, with all that it holds of them, is no burden
LARGE = 96 * 1024  # bytes from which a facet is only loaded where it is asked for

_UNSUGGESTED = frozenset(("title", "summary", "source", ID))  # what is no value that several cases may have

# What stands between the parts of a group of cases, besides those of facets: cleaned text holds none of these.
_CARD, _CASE, _ZONE = "\2", "\3", "\4"


def index_files(collection: Collection) -> Iterator[tuple[str, bytes]]:
    """The files of the index by their path in the site. The same collection always gives the same bytes."""
    return begin(collection)()


def begin(collection: Collection, helper: aside.Helper = aside.HERE) -> Callable[[], Iterator[tuple[str, bytes]]]:
    """Begin to make an index; what is given back makes the rest of it and gives its files, as `index_files` does."""
    if helper.give and len(collection.cases) <= COPIED and cores.usable() > 1:
        told = cores.begun(partial(_told_aside, collection, helper), partial(_told_alone, collection, helper))
        return partial(_files, told, partial(_lists_aside, collection, helper))
    cases, *given = _folded(collection)
    return partial(_files, partial(_told, collection, cases, given[0]), helper.lists(*given, SHARD))


def _folded(collection: Collection) -> "tuple[list[_Indexed], bytes, list[int]]":
    """The cases, all their zones as one text, and the length of each."""
    cases = [_indexed(collection, case) for case in collection.cases]
    return cases, postings.utf16("".join(zone for case in cases for zone in case.folded)), [each for case in cases for each in case.lengths]


def _told_aside(collection: Collection, helper: aside.Helper) -> "_Told":
    """What a copy of this process makes, with the helper at work meanwhile."""
    cases, *given = _folded(collection)
    with suppress(OSError):  # who waits for the lists notices
        helper.give(*given, SHARD)
    return _told(collection, cases, given[0])


def _told_alone(collection: Collection, helper: aside.Helper) -> "_Told":
    """The same where that copy was killed: nobody knows what it had given."""
    helper.stop()
    cases, *given = _folded(collection)
    return replace(_told(collection, cases, given[0]), lists=postings.both(*given, SHARD))


def _lists_aside(collection: Collection, helper: aside.Helper) -> aside.Lists:
    try:
        return helper.got()
    except (EOFError, OSError):
        return postings.both(*_folded(collection)[1:], SHARD)


@dataclass(frozen=True)
class _Told:
    """What the index says besides its long lists: the files, the version that all of them bear, and most of the base; the lists, if they are
    there already."""

    version: str
    files: list[tuple[str, bytes]]
    base: dict[str, object]
    lists: aside.Lists | None = None


def _file(version: str, name: str, *data: object) -> tuple[str, bytes]:
    said = ",".join(json.dumps(each, ensure_ascii=True, separators=(",", ":")) for each in (name, version, *data))
    return f"search/{name}.js", f"casepress.take({said})\n".encode("ascii")


def _files(told: Callable[[], _Told], lists: Callable[[], aside.Lists]) -> Iterator[tuple[str, bytes]]:
    known = told()
    yield from known.files
    pairs, singles = known.lists or lists()
    for kind, large, written in (("p", "l", pairs), ("u", "v", singles)):
        for number, shard in enumerate(written.shards):
            yield _file(known.version, f"{kind}-{number:x}", shard)
        for key, shard in written.alone.items():
            yield _file(known.version, f"{large}-{key:08x}", shard)
    lists = {"pairs": pairs.bits, "singles": singles.bits, "alone": [[f"{key:08x}" for key in written.alone] for written in (pairs, singles)]}
    yield _file(known.version, "base", known.base | lists)


def _told(collection: Collection, cases: "Sequence[_Indexed]", text: bytes) -> _Told:
    groups = list(_groups([case.length for case in cases]))
    documents = [_CASE.join(cases[at].document for at in group) for group in groups]
    facets = {f.name: facet(collection, f) for f in collection.facets}
    titles = PIECE.join(f"{case.id}{FIELD}{shown.title}" for case, shown in zip(collection.cases, cases, strict=True))
    values = PIECE.join(_said(cases))
    words, sounds = vocabulary(collection, values_of(facets.values()))
    letters = alphabet((*documents, titles, values, sounds, PIECE.join(words), *(words for facet in facets.values() for words in facet.words)))
    version = _version(text, *(d.encode() for d in documents), repr((facets, words, sounds, spoken())).encode())
    files = [_file(version, f"d-{number}", letters.write(document)) for number, document in enumerate(documents)]
    fields = []
    for f in (f for f in collection.fields if not f.private):
        entry: dict[str, object] = {"name": f.name, "label": f.label}
        if f.name in facets:
            files.append(_file(version, f"f-{f.name}", *facets[f.name].data(letters)))
            entry |= {"facet": True, "kind": f.kind.value, "large": len(files[-1][1]) > LARGE}
        fields.append(entry)
    fields.append({"name": ID, "label": "编号"})
    order = sorted(range(len(cases)), key=lambda at: (sound(cases[at].title), cases[at].title, at))
    files += (
        *(_file(version, name, letters.write(said)) for name, said in (("titles", titles), ("values", values))),
        _file(version, "order", postings.packed(order, len(cases).bit_length())),
        _file(version, "words", letters.write(PIECE.join(words)), letters.write(sounds), *spoken()),
    )
    base = {
        "format": FORMAT,
        "cases": len(cases),
        "units": len(text) // 2,
        "group": GROUP,
        "alphabet": [[len(tier), *_rice([b - a - 1 for a, b in zip((-1, *tier), tier, strict=False)])] for tier in letters.points],
        "steps": STEPS,
        "lengths": [
            _rice([length // step for length in zone])
            for step, zone in zip(STEPS, zip(*(case.lengths for case in cases), strict=True), strict=bool(cases))
        ],
        "fields": fields,
    }
    return _Told(version, files, base)


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
    shown = [[f"{FIELD}{chr(32 + numbers[name])}{words}" if name else words for name, words, _ in pieces] for pieces in found]
    title = found[0][0][1] if found[0] else case.id
    card = (case.id, title, *(clean(case.text(f.name)) for f in collection.facets))
    folded = tuple(_filled([words for *_, words in pieces], step) for pieces, step in zip(found, STEPS, strict=True))
    lengths = tuple(len(zone.encode("utf-16-le")) // 2 for zone in folded)
    values = tuple(
        words[1:] for (name, *_), words in zip((*found[0], *found[1]), (*shown[0], *shown[1]), strict=True) if name not in _UNSUGGESTED
    )
    pieces = _lengths(phrases(title, case.place.path if case.place else ()))
    return _Indexed(title, values, folded, lengths, _CARD.join((*card, pieces, _ZONE.join(map(PIECE.join, shown)))))


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
