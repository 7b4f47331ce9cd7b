"""Searchable: what search may find of a case, in zones from the weightiest to the least.

Private fields are not in a collection, so they cannot be here.
"""

from collections.abc import Iterator

from casepress.facts.folding import clean
from casepress.values.cases import Case, Collection
from casepress.values.fields import Field, Kind, Person, Place, Term

ZONES = ("title", "fields", "headings", "body")

_TITLE = ("title", "subtitle")
ID = "id"  # under this name a case's id stands among its fields, as 编号
_NOT_FACTS = frozenset((*_TITLE, "form", "photos", "video"))
_FACTS = frozenset(Kind) - {Kind.PICTURES, Kind.FILES, Kind.LINK}

Piece = tuple[str, str]  # the field's name, or nothing for headings and body; and its words as they are shown


def zones(collection: Collection, case: Case) -> tuple[tuple[Piece, ...], ...]:
    """The pieces of each zone, cleaned, none empty; a body keeps its lines. A search never finds what begins in one piece and ends in another.

    Fields say their values, then the id, with the source and the summary last; a place says its full name, a choice its
    aliases as well.
    """
    facts = [f for f in collection.fields if not f.private and f.name not in _NOT_FACTS and f.kind in _FACTS]
    facts.sort(key=lambda f: (f.kind is Kind.SOURCE) + 2 * (f.name == "summary"))
    found: tuple[list[Piece], ...] = (
        [("title", case.title), *((name, str(value)) for name in _TITLE[1:] for value in case.all(name))],
        [(f.name, words) for f in facts for value in case.all(f.name) if not _is_said(case, f, value) for words in _words(f, value)],
        [("", heading.text) for heading in case.body.headings],
        [("", case.body.text), *(("photos", words) for photo in case.pictures for words in (photo.caption, photo.credit))],
    )
    found[1].insert(len(found[1]) - len(case.all("summary")), (ID, case.id))
    return tuple(tuple((name, shown) for name, words in pieces if (shown := _shown(words))) for pieces in found)


def _shown(words: str) -> str:
    """Words cleaned, line by line: for search a line's end is a space, an excerpt parts there."""
    return clean(words) if "\n" not in words else "\n".join(filter(None, map(clean, words.split("\n"))))


def _is_said(case: Case, field: Field, value: object) -> bool:
    """Whether a term of the common vocabulary is the case's own word as well."""
    return bool(field.derived) and str(value) in map(str, case.all(field.derived))


def _words(field: Field, value: object) -> Iterator[str]:
    if isinstance(value, Place):
        yield value.full_name
    elif isinstance(value, Term):
        yield value.label
        if field.kind is Kind.CHOICE:
            yield from value.aliases
    elif isinstance(value, Person):
        yield str(value)
    else:
        yield str(value)
