"""Words: what may be written for a value, in selections, in addresses and to `casepress.search`."""

from casepress.facts.places import _spoken_names
from casepress.values.fields import Person, Place, Term


def words_of(value: object) -> tuple[str, ...]:
    """Every word that means a value by itself, the exact ones first: its address, what is shown, its other names.

    A place's words are its own; names of those above it may stand before them.
    """
    match value:
        case Term():
            words = (value.slug, value.label, *value.aliases)
        case Place():
            words = (value.code, value.name, *_spoken_names(value.name))
        case Person():
            words = (str(value), value.name)
        case _:
            words = (str(value),)
    return tuple(dict.fromkeys(words))
