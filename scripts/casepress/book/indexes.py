"""Indexes: where in a book each unit, person, place and theme is found, sorted by pinyin under its letters.

Flows in: the cases of a book and the fields that it is indexed by; then the pages of each case. Flows out: entries, and
the page numbers beside them. A line of an index is never made of a field that is private.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casepress.facts.slugs import sound
from casepress.values.cases import Case
from casepress.values.fields import Field, Kind


@dataclass(frozen=True)
class Entry:
    """A line of an index: its words, how deep it is indented, and the ids of the cases that it leads to."""

    words: str
    depth: int
    cases: tuple[str, ...]


@dataclass(frozen=True)
class Index:
    """One index: the field that it is made of, its title, and its entries under their letters."""

    name: str
    title: str
    letters: tuple[tuple[str, tuple[Entry, ...]], ...]


@dataclass(frozen=True)
class Span:
    """A number of an index: `3` or `12—14`, and the case that begins there."""

    words: str
    case: str


def indexes(cases: Sequence[Case], fields: Iterable[Field], names: Iterable[str]) -> tuple[Index, ...]:
    """The indexes by these fields, in this order; what is private or what no case has gives none."""
    known = {field.name: field for field in fields if not field.private}
    found = []
    for name in names:
        if name in known and any(case.all(name) for case in cases):
            found.append(Index(name, f"{known[name].label}索引", _letters(_lines(cases, known[name]), known[name])))
    return tuple(found)


def spans(cases: Iterable[str], pages: Mapping[str, tuple[int, int]]) -> tuple[Span, ...]:
    """The pages of some cases in ascending order (GB/T 15834: 一字线), as `3` or `12—14`; what overlaps or follows directly is one span."""
    merged: list[tuple[int, int, str]] = []
    for first, last, case in sorted((*pages[case], case) for case in cases):
        if merged and first <= merged[-1][1] + 1:
            start, end, leading = merged[-1]
            merged[-1] = (start, max(end, last), leading)
        else:
            merged.append((first, last, case))
    return tuple(Span(str(first) if first == last else f"{first}—{last}", case) for first, last, case in merged)


def _letters(lines: Iterable[tuple[Entry, ...]], field: Field) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """Entries, each with those below it, under the letters that they begin with; figures come first, under #."""
    groups: dict[str, list] = defaultdict(list)
    for entries in lines:
        letter, key = sound(entries[0].words, field.kind is Kind.PEOPLE)
        groups[letter].append((key, entries))
    return tuple(
        (letter, tuple(entry for _, entries in sorted(groups[letter], key=lambda pair: pair[0]) for entry in entries))
        for letter in sorted(groups)
    )


def _lines(cases: Sequence[Case], field: Field) -> Iterator[tuple[Entry, ...]]:
    if field.kind is Kind.PLACE:
        yield from _places(cases, field.name, (), 0)
        return
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for case in cases:
        for value in case.all(field.name):
            # People of one name at different schools are different people, as far as a book can know.
            apart = case.text("school") if field.kind is Kind.PEOPLE else ""
            found[getattr(value, "name", str(value)), apart].append(case.id)
    names = [name for name, _ in found]
    for (name, apart), ids in found.items():
        words = f"{name}（{apart}）" if apart and names.count(name) > 1 else name
        yield (Entry(words, 0, tuple(dict.fromkeys(ids))),)


def _places(cases: Sequence[Case], name: str, above: tuple[str, ...], depth: int) -> Iterator[tuple[Entry, ...]]:
    """The tree of places: a place leads to the cases that name no place within it; the lines below it lead to the rest.

    A place that has nothing but one place within it stands on one line with it: 江苏省常州市.
    """
    level = len(above)
    groups: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in cases:
        for place in dict.fromkeys(case.all(name)):
            if len(place.path) > level and place.codes[:level] == above:
                groups[place.codes[level], place.path[level]].append(case)
    found = []
    for (code, label), inside in groups.items():
        path = (*above, code)
        here = [case.id for case in inside if any(place.codes == path for place in case.all(name))]
        below = list(_places(inside, name, path, depth + 1))
        if not here and len(below) == 1:
            first, *rest = below[0]
            found.append((Entry(label + first.words, depth, first.cases), *(Entry(e.words, e.depth - 1, e.cases) for e in rest)))
        else:
            found.append((Entry(label, depth, tuple(dict.fromkeys(here))), *(entry for entries in below for entry in entries)))
    yield from sorted(found, key=lambda entries: sound(entries[0].words))
