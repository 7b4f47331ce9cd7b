"""Vocabulary: what other programs call our fields: the schema.org property that a field declares, and the Dublin Core element for it.

Private fields are in none of what is given here.
"""

from collections.abc import Iterator

from casepress.facts.moments import calendar
from casepress.values.cases import Case, Collection
from casepress.values.fields import Field, Person, Place, Source

# schema.org -> one of the fifteen elements of Dublin Core (ISO 15836-1)
_ELEMENTS = {
    "headline": "title",
    "name": "title",
    "alternativeHeadline": "title",
    "author": "creator",
    "creator": "creator",
    "sourceOrganization": "contributor",
    "contributor": "contributor",
    "about": "subject",
    "keywords": "subject",
    "abstract": "description",
    "description": "description",
    "spatialCoverage": "coverage",
    "isPartOf": "relation",
    "isBasedOn": "source",
    "datePublished": "date",
    "dateCreated": "date",
}


def element(field: Field) -> str:
    """The Dublin Core element of a field; empty where there is none."""
    return _ELEMENTS.get(field.schema, "")


def plain(value: object) -> str:
    """A value in words, without what only this house knows: a place with all that is above it, a person without the role."""
    if isinstance(value, Place):
        return value.full_name
    return value.name if isinstance(value, Person) else str(value)


def elements(collection: Collection, case: Case) -> Iterator[tuple[str, str]]:
    """A case as Dublin Core: each element that has a value, with it, in the order of the fields."""
    yield "title", case.title
    for field in collection.fields:
        name = element(field)
        if name and not field.private and field.name != "title":
            for value in case.all(field.name):
                yield name, plain(value)
                if isinstance(value, Source) and value.url:
                    yield name, value.url
    if collection.publisher:
        yield "publisher", collection.publisher
    if day := calendar(collection.date):
        yield "date", day
    yield "type", "Text"
    yield "format", "text/html"
    yield "language", collection.language
    yield "identifier", case.id
