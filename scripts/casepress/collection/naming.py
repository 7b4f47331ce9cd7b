"""Naming: which words mean a value of a field, for the search of the site."""

from collections.abc import Sequence

from casepress.facts.folding import fold
from casepress.facts.places import _spoken_names
from casepress.values.fields import Field, Kind, Person, Place, Term


def spellings(field: Field, values: Sequence[object]) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """For each value the plain words that mean it, and those that mean it where the first kind means nothing.

    Only places have the second kind, what people say for their official names.
    """
    found = []
    for value in values:
        words = (value.label, *value.aliases) if isinstance(value, Term) else (str(value), getattr(value, "name", str(value)))
        if isinstance(value, Place):
            words = (value.name,)
        spoken = _spoken_names(value.name) if field.kind is Kind.PLACE and not isinstance(value, Person) else ()
        found.append((tuple(dict.fromkeys(fold(word).replace(" ", "") for word in words)), tuple(map(fold, spoken))))
    return tuple(found)
