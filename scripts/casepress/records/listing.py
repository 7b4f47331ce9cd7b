"""Listing: cases as lines on a terminal, and as records for programs. Private values are in none of them."""

from collections.abc import Iterable, Sequence

from casepress.records.said import is_listed, said
from casepress.records.tables import in_columns
from casepress.values.cases import Case, Collection
from casepress.values.fields import Field

_SHOWN = ("title", "batch", "award", "school")  # behind the id, as far as the collection has them


def lines(collection: Collection, cases: Sequence[Case], room: int) -> list[str]:
    """A head and a line a case, none wider than `room` columns of a terminal."""
    known = collection.by_field
    fields = [known[n] for n in _SHOWN if n in known and not known[n].private and (n == "title" or any(case.all(n) for case in cases))]
    head = ("编号", *(field.label for field in fields))
    return in_columns(
        [head, *((case.id, *(case.text("award") if field.name == "award" else said(case, field) for field in fields)) for case in cases)],
        room,
        1,
    )


def records(collection: Collection, cases: Iterable[Case]) -> list[dict[str, object]]:
    """Each case as plain values: its id, file and title, and the words of each field by the field's name."""
    fields = [field for field in collection.fields if not field.private and field.name != "title"]
    return [
        {
            "id": case.id,
            "path": case.path,
            "title": case.title,
            "values": {field.name: [said_one(value) for value in case.all(field.name)] for field in fields if case.all(field.name)},
        }
        for case in cases
    ]


def said_one(value: object) -> str:
    """One value in words: a place with all that is above it, a picture by its file."""
    return getattr(value, "full_name", None) or getattr(value, "file", None) or str(value)


def rows(collection: Collection, cases: Sequence[Case]) -> list[tuple[str, ...]]:
    """A head and a row a case for all fields that lists may show and some case fills."""
    fields: list[Field] = [
        f for f in collection.fields if not f.private and (is_listed(f) and (f.name == "title" or any(c.all(f.name) for c in cases)))
    ]
    head = ("编号", "文件", *(field.label for field in fields))
    return [head, *((case.id, case.path, *(said(case, field) for field in fields)) for case in cases)]
