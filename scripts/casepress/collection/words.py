"""Words: what may be written for a value, by one rule for headers, selections, addresses and `casepress.search`.

Flows in: a word that somebody wrote, and the values that there are. Flows out: the values that it means: none where it
is unknown, several where it is not clear. The browser has the words of `words_of` and the same rule (search/names.js).
"""

from collections.abc import Callable, Iterable

from casepress.facts import wording
from casepress.facts.places import gazetteer_of
from casepress.facts.spoken import spoken_names
from casepress.values.fields import Field, Kind, Person, Place, Term, ordinal

COUNTING = frozenset({Kind.ORDINAL, Kind.RANK})


def alike(field: Field) -> Callable[[str], str]:
    """What makes two spellings of a field's values comparable: they are one word where it gives the same."""
    return wording.counted if field.kind in COUNTING else wording.plain


def words_of(value: object) -> tuple[str, ...]:
    """Every word that means a value by itself, the exact ones first: its address, what is shown, its other names.

    A number may be in figures (第4批). A place's words are its own; names of those above it may stand before them.
    """
    words = names(value)
    if isinstance(value, Term):
        figures = [wording.counted(word) for word in words]
        words = (value.slug, *words, *(each for word in figures if word[:1].isdigit() for each in (word, f"第{word}")))
    elif isinstance(value, Place):
        words = (value.code, *words, *spoken_names(value.name))
    return tuple(dict.fromkeys(words))


def names(value: object) -> tuple[str, ...]:
    """Every word that means a value, what is shown first; of a place those that it is called by itself."""
    if isinstance(value, Term):
        return (value.label, *value.aliases)
    if isinstance(value, Place):
        return (value.name, *(value.aliases[-1] if value.aliases else ()))
    return tuple(dict.fromkeys((str(value), value.name if isinstance(value, Person) else str(value))))


def numbered(word: str, field: Field, labels: Iterable[str]) -> str:
    """The one of some labels that a bare number means, as 4 the batch 第四批; empty where none or several have this number."""
    number = wording.counted(word)
    if field.kind is not Kind.ORDINAL or not number.isdigit():
        return ""
    found = [label for label in labels if wording.counted(label) != number and ordinal(label) == ordinal(number)]
    return found[0] if len(found) == 1 else ""


def meant(word: str, field: Field, values: Iterable[object]) -> tuple[object, ...]:
    """Those of some values of a field that a word means, with the places above them, if they are places.

    Terms are meant by slug, label and alias, places as in a header (`Gazetteer.resolve`), all others by what is shown.
    """
    there = tuple(dict.fromkeys(values))
    if field.kind is Kind.PLACE:
        return gazetteer_of(there).resolve(word)
    exact = tuple(value for value in there if word in (getattr(value, "slug", ""), str(value)))
    same, wanted = alike(field), alike(field)(word)
    found = exact or tuple(value for value in there if wanted in map(same, names(value)))
    return found or tuple(value for value in there if str(value) == numbered(word, field, map(str, there)))
