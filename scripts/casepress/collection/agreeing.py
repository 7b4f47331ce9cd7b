"""Agreeing: what can only be said of a value once all headers are read: how it is spelt, its address, what follows from it.

Flows in: the values of every case by field. Flows out: the same, each value in its most usual spelling, with a slug that
no other value of the field has; the values of derived fields (a common vocabulary beside a bureau's own words); and a
problem for each pair of values that may be one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from casepress.collection.project import SETTINGS
from casepress.collection.typed import term_of
from casepress.collection.words import alike, names, numbered
from casepress.facts import slugs, wording
from casepress.values.fields import TERMS, Field, Kind, Place, Term, ordinal, rank
from casepress.values.lines import Lines
from casepress.values.problems import Problem, warning

Values = Mapping[str, tuple]


@dataclass(frozen=True)
class Origin:
    """Where the values of a case were written: its path, and the line of each field."""

    path: str
    lines: Lines


def agreed(
    values: Sequence[Values], fields: Iterable[Field], origins: Sequence[Origin], lines: Lines, known: Iterable[str] = ()
) -> tuple[list[dict[str, tuple]], tuple[Problem, ...]]:
    """The values of each case, as all cases together have them; `lines` are those of collection.yml, `known` all codes of places."""
    found, problems = [dict(each) for each in values], []
    for field in fields:
        if field.private:
            continue
        if field.derived:
            problems += _derive(field, found, lines)
        elif field.kind is Kind.PLACE:
            _change(found, field, _places_apart(_all(found, field), frozenset(known)))
        elif field.kind in TERMS:
            change = _spelt(field, _all(found, field))
            problems += _near(field, found, origins, change)
            _change(found, field, change)
        elif field.facet and field.kind is Kind.TEXT:
            _change(found, field, _one_text(_all(found, field)))
    return found, tuple(problems)


def _all(cases: Iterable[Values], field: Field) -> list:
    return [value for case in cases for value in case.get(field.name, ())]


def _change(cases: Iterable[dict[str, tuple]], field: Field, change: Callable[[object], object]) -> None:
    for case in cases:
        if field.name in case:
            case[field.name] = tuple(dict.fromkeys(map(change, case[field.name])))


def _one_text(texts: list[str]) -> Callable[[str], str]:
    spelt: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        spelt[wording.plain(text)].append(text)
    shown = {key: wording.usual(words) for key, words in spelt.items()}
    return lambda text: shown[wording.plain(text)]


def _spelt(field: Field, terms: list[Term]) -> Callable[[Term], Term]:
    """What a term becomes: the one of its most usual spelling. Those that collection.yml lists stay as they are."""
    same, listed = alike(field), {choice.label for choice in field.choices}
    spelt: dict[str, list[str]] = defaultdict(list)
    for term in terms:
        if term.label not in listed:
            spelt[same(term.label)].append(term.label)
    joined = {key: key for key in spelt}
    if field.kind is Kind.ORDINAL:  # 4 is 第四批 where that is the only batch with this number and no other
        batches = {same(choice.label) for choice in field.choices} | set(spelt)
        joined = {key: numbered(key, field, batches) or key for key in spelt}
    choices = {same(choice.label): nth for nth, choice in enumerate(field.choices)}
    words: dict[str, list[str]] = defaultdict(list)
    for key, labels in spelt.items():
        words[joined[key]] += [label for label in labels if joined[key] == key] or [""]
    shown = {key: wording.usual(filter(None, labels)) for key, labels in words.items() if any(labels)}
    addresses = slugs.distinct(shown.values(), {choice.slug for choice in field.choices})
    made: dict[str, Term] = {}
    for key in spelt:
        target = joined[key]
        if target in shown:
            label = shown[target]
            others = dict.fromkeys(label for one, labels in spelt.items() if joined[one] == target for label in labels)
            others.pop(label)
            order = {Kind.CHOICE: (len(field.choices),), Kind.ORDINAL: ordinal(label), Kind.RANK: rank(label)}[field.kind]
            made[key] = Term(addresses[label], label, order, tuple(others), limit=field.limit)
        else:
            made[key] = term_of(field, choices[target])
    return lambda term: term if term.label in listed else made[same(term.label)]


def _near(field: Field, cases: Sequence[Values], origins: Sequence[Origin], change: Callable[[Term], Term]) -> Iterable[Problem]:
    """A warning for values that sound alike or differ in how a number is written; those that are listed were meant so."""
    listed = {choice.label for choice in field.choices}
    first: dict[str, tuple[Term, Origin]] = {}
    uses: dict[str, int] = defaultdict(int)
    for case, origin in zip(cases, origins, strict=True):
        for term in map(change, case.get(field.name, ())):
            first.setdefault(term.label, (term, origin))
            uses[term.label] += 1
    sounds: dict[str, list[str]] = defaultdict(list)
    for label in first:
        sounds[slugs.named(wording.counted(label))].append(label)
    for labels in sounds.values():
        usual = max(labels, key=lambda label: (label in listed, uses[label]))
        for label in labels:
            if label not in (usual, *listed):
                origin = first[label][1]
                cure = f"如果是同一个，请写成一样的；如果不是，请在 {SETTINGS} 的 choices 里列出它们，不再提示"
                yield warning(
                    origin.path,
                    origin.lines.at(field.name),
                    f"“{field.label}”里有“{label}”，别处写的是“{usual}”",
                    cure,
                    "values_are_spelt_alike",
                )


def _places_apart(places: list[Place], known: frozenset[str]) -> Callable[[Place], Place]:
    """Places that no table knows have codes of their own, whatever they sound like."""
    addresses = slugs.distinct({place.name for place in places if place.code not in known}, known)
    addresses = {name: slugs.hashed(name) if address.isdigit() else address for name, address in addresses.items()}  # digits are official
    return lambda place: place if place.code in known else replace(place, code=addresses[place.name], codes=(addresses[place.name],))


def _derive(field: Field, cases: Iterable[dict[str, tuple]], lines: Lines) -> Iterable[Problem]:
    """Fill a derived field from the words of the one that it names. What the vocabulary does not know is told once."""
    meanings = {wording.plain(word): found for word, found in field.meanings.items()}
    places = {choice.slug: nth for nth, choice in enumerate(field.choices)}
    unknown: dict[str, None] = {}
    for case in cases:
        found: dict[int, None] = {}
        for value in case.get(field.derived, ()):
            of_value = next((meanings[key] for word in names(value) if (key := wording.plain(word)) in meanings), ())
            found.update(dict.fromkeys(places[slug] for slug in of_value if slug in places))
            if not of_value:
                unknown[str(value)] = None
        if found:
            case[field.name] = tuple(term_of(field, nth) for nth in found)
    if unknown:
        shown = "、".join(list(unknown)[:10]) + ("等" if len(unknown) > 10 else "")
        cure = f"请在字段 {field.name} 的 choices 里把它们列为某一项的 aliases，例如 {{label: {field.choices[0].label if field.choices else '名称'}, aliases: [{next(iter(unknown))}]}}"
        yield warning(
            SETTINGS, lines.at("fields", field.name), f"“{field.label}”认不得：{shown}，这些案例不在其中", cure, "values_are_declared"
        )
