"""Naming: which values some words mean, by one rule for headers, selections, addresses and the search of the site.

Flows in: a word that somebody wrote, and the values that there are. Flows out: the values that it means: none where it
is unknown, several where it is not clear. What `theme/site/assets/search.js` knows of names is `spellings`.
"""

from collections.abc import Callable, Iterable, Sequence

from casepress.facts import wording
from casepress.facts.places import gazetteer_of
from casepress.values.fields import Field, Kind, Person, Place, Term

COUNTING = frozenset({Kind.ORDINAL, Kind.RANK})


def alike(field: Field) -> Callable[[str], str]:
    """What makes two spellings of a field's values comparable: they are one word where it gives the same."""
    return wording.counted if field.kind in COUNTING else wording.plain


def names(value: object) -> tuple[str, ...]:
    """Every word that means a value, what is shown first; of a place those that it is called by itself."""
    if isinstance(value, Term):
        return (value.label, *value.aliases)
    if isinstance(value, Place):
        return (value.name, *(value.aliases[-1] if value.aliases else ()))
    return tuple(dict.fromkeys((str(value), value.name if isinstance(value, Person) else str(value))))


def meant(word: str, field: Field, values: Iterable[object]) -> tuple[object, ...]:
    """Those of some values of a field that a word means, with the places above them, if they are places.

    Terms are meant by slug, label and alias, places as in a header (`Gazetteer.resolve`), all others by what is shown.
    """
    there = tuple(dict.fromkeys(values))
    if field.kind is Kind.PLACE:
        return gazetteer_of(there).resolve(word)
    exact = tuple(value for value in there if word in (getattr(value, "slug", ""), str(value)))
    same, wanted = alike(field), alike(field)(word)
    return exact or tuple(value for value in there if wanted in map(same, names(value)))


def spellings(field: Field, values: Sequence[object]) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """For each value the plain words that mean it, and those that mean it where the first kind means nothing.

    Only places have the second kind, what people say for their official names. Words are as `wording.plain` makes them,
    without the separators of places; a number may be in figures.
    """
    if field.kind is Kind.PLACE:
        known = gazetteer_of(values)
        return tuple(tuple(tuple(map(wording.plain, forms)) for forms in known.names(place.code)) for place in values)
    found = []
    for value in values:
        words = [wording.plain(word) for word in names(value)]
        if field.kind in COUNTING:
            counted = [wording.counted(word) for word in names(value)]
            words += [*counted, *(f"第{word}" for word in counted if word[0].isdigit())]
        found.append((tuple(dict.fromkeys(words)), ()))
    return tuple(found)
