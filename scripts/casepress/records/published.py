"""Published: the data of a site for other programs: the same rows as JSON, CSV and Excel, and the data package that describes them.

Only public fields are in it: what is private was never read (`collection.reading`), and is named nowhere here.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casepress.facts import codes
from casepress.facts.moments import moment
from casepress.records import commas, excel, listing
from casepress.records.said import is_listed, most, said
from casepress.records.tables import Column, Row, Table
from casepress.values.cases import Case, Collection
from casepress.values.fields import Field, Kind


@dataclass(frozen=True)
class Shown:
    """A column of the tables: its name for programs and for people, and the field that it shows; the address of a page has none."""

    name: str
    label: str
    field: Field | None = None


def columns(collection: Collection) -> tuple[Shown, ...]:
    """The columns of all tables: the id, each public field that some case fills, and the page."""
    shown = [
        f for f in collection.fields if not f.private and is_listed(f) and (f.name == "title" or any(c.all(f.name) for c in collection.cases))
    ]
    return (Shown("id", "编号"), *(Shown(field.name, field.label, field) for field in shown), Shown("url", "网址"))


def page(collection: Collection, case: Case) -> str:
    """The address of a case's page: whole where the collection has one, else as the site's first folder leads there."""
    return codes.address(collection.address, case.id) if collection.address else f"cases/{case.id}.html"


def rows(collection: Collection) -> list[tuple[str, ...]]:
    """A row a case, as texts, several values parted by 、."""
    fields = [column.field for column in columns(collection)[1:-1]]
    return [(case.id, *(said(case, field) for field in fields), page(collection, case)) for case in collection.cases]


def as_json(collection: Collection, found: Sequence[tuple[str, ...]]) -> bytes:
    """The collection with its columns, and each case a map by the columns' names; fields that may have several values are lists."""
    shown = columns(collection)
    cases = []
    for case, row in zip(collection.cases, found, strict=True):
        values: dict[str, object] = {}
        for column, words in zip(shown, row, strict=True):
            if words:
                is_many = column.field is not None and column.field.many
                values[column.name] = [listing.said_one(value) for value in case.all(column.name)] if is_many else words
        cases.append(values)
    head = {
        "title": collection.title,
        **({"publisher": collection.publisher} if collection.publisher else {}),
        **({"date": collection.date} if collection.date else {}),
        **({"address": collection.address} if collection.address else {}),
        "fields": [{"name": column.name, "label": column.label} for column in shown],
    }
    lines = ",\n".join(json.dumps(case, ensure_ascii=False, separators=(",", ":")) for case in cases)
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "cases": [\n{lines}\n]}}\n'.encode()


def as_csv(collection: Collection, found: Sequence[tuple[str, ...]]) -> bytes:
    """The rows under the columns' labels, in UTF-8 with its mark."""
    return commas.written([tuple(column.label for column in columns(collection)), *found])


def as_workbook(collection: Collection, found: Sequence[tuple[str, ...]]) -> bytes:
    """The rows as an .xlsx, its head in the first line."""
    shown = tuple(Column(column.label, most=most(column.field) if column.field else 30) for column in columns(collection))
    return excel.workbook(Table("案例", shown, tuple(map(Row, found))), collection.date)


def package(collection: Collection, files: Mapping[str, bytes]) -> bytes:
    """datapackage.json: a Frictionless tabular data package of the CSV; `files` are those that stand beside it."""
    fields = [_schema(column) for column in columns(collection)]
    resource = {
        "name": "cases",
        "path": "cases.csv",
        "profile": "tabular-data-resource",
        "title": collection.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(files["cases.csv"]),
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True, "header": True},
        "schema": {"fields": fields, "primaryKey": fields[0]["name"], "missingValues": [""]},
    }
    said = {
        "profile": "tabular-data-package",
        "name": "cases",
        "title": collection.title,
        **({"description": collection.subtitle} if collection.subtitle else {}),
        **({"homepage": collection.address} if collection.address else {}),
        **({"created": moment(collection.date)} if collection.date else {}),
        **({"contributors": [{"title": collection.publisher, "role": "publisher"}]} if collection.publisher else {}),
        "resources": [resource],
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _schema(column: Shown) -> dict[str, object]:
    """A column as a field of a table schema: under the label that heads it, with the words that it may say where it is closed."""
    field = column.field
    made: dict[str, object] = {"name": column.label, "title": column.name, "type": "string"}
    if field is None:
        return {**made, "constraints": {"required": True, "unique": True}}
    if field.schema:
        made["rdfType"] = f"https://schema.org/{field.schema}"
    limits: dict[str, object] = {"required": True} if field.required else {}
    if field.closed and not field.many and field.kind in (Kind.CHOICE, Kind.ORDINAL):
        limits["enum"] = [choice.label for choice in field.choices]
    return {**made, **({"constraints": limits} if limits else {})}


def published(collection: Collection) -> dict[str, bytes]:
    """The files of the folder `data/` but the workbook, by their names."""
    found = rows(collection)
    files = {"cases.csv": as_csv(collection, found)}
    files["cases.json"] = as_json(collection, found)
    files["datapackage.json"] = package(collection, files)
    return files
