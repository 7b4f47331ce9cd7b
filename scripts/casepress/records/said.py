"""Said: the values of a case in words as they stand in a table or on a form, so that an import reads the same values from them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from casepress.collection.ordering import ordered
from casepress.collection.standing import NOTE, STANDING
from casepress.values.cases import Case, Collection
from casepress.values.fields import POSTED_MARK, TERMS, Field, Kind, Place

# What no list of a bureau has: files, documents with several facts, what only concerns how a book is set, and why an award is not shown.
_UNLISTED_KINDS = frozenset((Kind.PICTURES, Kind.FILES, Kind.SOURCE))
_UNLISTED = frozenset(("form", "short_title", STANDING, NOTE))
_SHORT_NAMES = frozenset(("school", "subtitle", "authors"))
Private = Mapping[str, Mapping[str, str]]  # a case's id -> its private values by the field's name


def said(case: Case, field: Field, private: Private | None = None) -> str:
    """The values of a field, parted by 、; a place with all that is above it. Of a private field what `private` has."""
    if field.private:
        return (private or {}).get(case.id, {}).get(field.name, "")
    if field.name == "title":
        return case.title
    return "、".join(map(word, case.all(field.name)))


def word(value: object) -> str:
    """One value: a place with all that is above it, an award without the mark that it is being posted, which a list says by its name."""
    return value.full_name if isinstance(value, Place) else str(value).removesuffix(POSTED_MARK)


def with_withheld(collection: Collection) -> Collection:
    """A collection with the cases that are not published yet: a bureau's own lists have them, in their order."""
    return replace(collection, cases=ordered((*collection.cases, *collection.withheld), collection.order, collection.fields))


def listed(collection: Collection, cases: Iterable[Case], private: Private | None = None) -> tuple[Field, ...]:
    """The fields that a list of some cases shows, in the order of collection.yml: those that a case fills or must fill.

    Private ones are among them where `private` has values.
    """
    cases = tuple(cases)
    return tuple(
        field
        for field in collection.fields
        if is_listed(field)
        and (field.name == "title" or any(said(case, field, private) for case in cases) or (field.required and not field.private))
    )


def is_listed(field: Field) -> bool:
    """Whether a list may have a column for a field: what follows from others, files and matters of print have none."""
    return not field.derived and field.kind not in _UNLISTED_KINDS and field.name not in _UNLISTED


def most(field: Field) -> int:
    """How wide the column of a field may become, in half characters."""
    if field.name == "title":
        return 46
    if field.kind in TERMS:
        return 16
    if field.kind is Kind.TEXT and not field.facet and field.name not in _SHORT_NAMES and not field.private:
        return 48  # sentences, as 摘要
    return 24
