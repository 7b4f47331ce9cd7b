"""Codebook: what each field of the collection means, from collection.yml, as the rows of a page."""

from collections.abc import Iterator
from dataclasses import dataclass

from casepress.collection import vocabulary
from casepress.values.cases import Collection
from casepress.values.fields import Field, Kind

PATH, TITLE = "data/codebook.md", "数据与字段说明"
_KINDS = {
    Kind.TEXT: "文字",
    Kind.PEOPLE: "人名",
    Kind.PLACE: "地区",
    Kind.CHOICE: "选项",
    Kind.ORDINAL: "批次",
    Kind.RANK: "等次",
    Kind.DATE: "日期",
    Kind.PICTURES: "照片",
    Kind.FILES: "附件",
    Kind.LINK: "网址",
    Kind.SOURCE: "文件",
}


@dataclass(frozen=True)
class Entry:
    """A field: its name for programs and for people, its kind, what may be written, what others call it, how many cases fill it, and whether
    it has an index page."""

    key: str
    label: str
    kind: str
    choices: tuple[str, ...]
    is_closed: bool
    schema: str
    dublin_core: str
    filled: int
    has_index: bool


def rows(collection: Collection) -> tuple[Entry, ...]:
    """The public fields, in the order of collection.yml."""
    return tuple(_rows(collection))


def about(collection: Collection) -> str:
    """What the page is about."""
    return f"{collection.title}的数据：{len(collection.cases)} 个案例，JSON、CSV、Excel 表格各一份，和每个字段的说明。"


def choices(collection: Collection, field: Field) -> tuple[str, ...]:
    """What a field may say, as declared; of an open one what its cases say in the order of that."""
    used = {str(value) for case in collection.cases for value in case.all(field.name)} if field.choices and not field.closed else set()
    return tuple(choice.label for choice in field.choices if field.closed or choice.label in used)


def _rows(collection: Collection) -> Iterator[Entry]:
    for field in collection.fields:
        if field.private:
            continue
        filled = len(collection.cases) if field.name == "title" else sum(bool(case.all(field.name)) for case in collection.cases)
        kind = f"{_KINDS[field.kind]}{'，可有多个' if field.many else ''}{'，必填' if field.required else ''}"
        said = choices(collection, field)
        yield Entry(field.name, field.label, kind, said, field.closed, field.schema, vocabulary.element(field), filled, field.facet)
