"""Lists: the tables that a bureau makes of its cases, each of the fields of collection.yml by their labels.

Who won what stands in the order and the words of the book's list of winners, which is the one reader of that order.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from casepress.book.book import Book, book_of
from casepress.collection.selections import selected
from casepress.records.said import Private, listed, most, said, with_withheld
from casepress.records.tables import Column, Row, Table
from casepress.values.cases import Case, Collection
from casepress.values.fields import POSTED_MARK, Field, Kind, Person
from casepress.values.problems import Failed

_NUMBER = Column("序号", counts=True, most=6)


@dataclass(frozen=True)
class Wanted:
    """What a list is made of: the collection, the selection as `field=value`, private values where they are asked for, and whether
    certificates are one for each person."""

    collection: Collection
    only: tuple[str, ...] = ()
    private: Private | None = None
    by_person: bool = True

    @cached_property
    def book(self) -> Book:
        """The book of the selection, as it is published. Raises UnknownSelection."""
        return _book(self.collection, self.only)

    @cached_property
    def whole(self) -> Book:
        """The same with the cases that are not published yet. Raises UnknownSelection."""
        return _book(with_withheld(self.collection), self.only)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The cases in their reading order, those among them that are not published yet. Raises UnknownSelection."""
        chosen = {case.id for case in self.whole.cases}
        return tuple(case for case in with_withheld(self.collection).cases if case.id in chosen)


def _book(collection: Collection, only: tuple[str, ...]) -> Book:
    return book_of(collection, selected(collection, only) if only else collection.book)


def summary(wanted: Wanted) -> Table:
    """汇总表: a row a case, a column a field."""
    cases = wanted.cases
    fields = listed(wanted.collection, cases, wanted.private)
    columns = (_NUMBER, *(Column(field.label, most=most(field)) for field in fields))
    rows = (Row((str(n), *(said(case, field, wanted.private) for field in fields))) for n, case in enumerate(cases, 1))
    return _table("汇总表", wanted, cases, columns, rows, any(field.private for field in fields))


def winners(wanted: Wanted) -> Table:
    """获奖名单 as the book has it: prize by prize, each counted from one. Raises Failed where nobody has an award."""
    book = wanted.book
    prizes = book.winners
    if not prizes:
        raise _nobody(wanted)
    fields = book.winners_columns
    rows: list[Row] = []
    for prize in prizes:
        rows.append(Row(band=f"{prize.title}　{len(prize.lines)} 个"))
        for n, (case, place) in enumerate(prize.lines, 1):
            rows.append(Row((str(n), *("".join(place) if field.name == "region" else said(case, field) for field in fields))))
    columns = (_NUMBER, *(Column(field.label, most=most(field)) for field in fields))
    return _table("获奖名单", wanted, [case for prize in prizes for case, _ in prize.lines], columns, rows)


def notice(wanted: Wanted) -> Table:
    """公示名单: the winners in one row of numbers with their awards beside them; before there are awards, all cases. What is not
    published yet is posted as well."""
    cases = [case for prize in wanted.whole.winners for case, _ in prize.lines] or list(wanted.cases)
    known = {field.name: field for field in wanted.collection.fields if not field.private}
    names = ("title", "school", "region", "authors", "batch", "award")
    several = len({case.text("batch") for case in cases}) > 1
    fields = [known[n] for n in names if n in known and any(said(case, known[n]) for case in cases) and (n != "batch" or several)]
    columns = (_NUMBER, *(Column(field.label, most=most(field)) for field in fields))
    rows = (Row((str(n), *(said(case, field) for field in fields))) for n, case in enumerate(cases, 1))
    return _table("公示名单", wanted, cases, columns, rows)


def certificates(wanted: Wanted) -> Table:
    """证书: what certificates are filled with, the head in the first line: a row for each person of a case that has an award, or for
    each case; awards that are only posted are not yet given; who stands in several fields or has a role is told apart. Raises Failed where nobody has an award."""
    cases = [case for prize in wanted.book.winners for case, _ in prize.lines if not case.award.label.endswith(POSTED_MARK)]
    if not cases:
        posted = "这些等次还在公示，没有公布，先不做证书；公示期满，请把 rules 里的 stage 改成 公布"
        raise Failed(posted) if wanted.book.winners else _nobody(wanted)
    collection = wanted.collection
    people = [
        field for field in collection.fields if field.kind is Kind.PEOPLE and not field.private and any(case.all(field.name) for case in cases)
    ]
    fields = [
        field for field in listed(collection, cases, wanted.private) if _is_certified(field) and not (wanted.by_person and field in people)
    ]
    marked = len(people) > 1 or any(person.role for case in cases for field in people for person in case.all(field.name))
    head = [_NUMBER, *([Column("姓名"), *([Column("身份")] if marked else [])] if wanted.by_person else [])]
    facts = [(label, text) for label, text in (("颁发单位", collection.publisher), ("日期", collection.date)) if text]
    columns = (*head, *(Column(field.label, most=most(field)) for field in fields), *(Column(label) for label, _ in facts))
    rows: list[Row] = []
    for case in cases:
        rest = (*(said(case, field, wanted.private) for field in fields), *(text for _, text in facts))
        names = _people(case, people) if wanted.by_person else [()]
        for name in names:
            rows.append(Row((str(len(rows) + 1), *(name if marked or not wanted.by_person else name[:1]), *rest)))
    nameless = sum(not _people(case, people)[0][0] for case in cases) if wanted.by_person else 0
    remark = f"有 {nameless} 个案例没有写是谁的，姓名空着，请补上" if nameless else ""
    return Table("证书", columns, tuple(rows), is_private=any(field.private for field in fields), remark=remark)


@dataclass(frozen=True)
class ListKind:
    """A kind of list: its Chinese and its English name, and what makes it."""

    name: str
    english: str
    make: Callable[[Wanted], Table]


KINDS = (
    ListKind("汇总表", "summary", summary),
    ListKind("获奖名单", "winners", winners),
    ListKind("公示名单", "notice", notice),
    ListKind("证书", "certificates", certificates),
)


def _people(case: Case, people: Iterable[Field]) -> list[tuple[str, str]]:
    """Who gets a certificate for a case, and as what; a case without names has one nameless row, so that none is forgotten."""
    found: dict[str, str] = {}
    for field in people:
        for person in case.all(field.name):
            name, role = (person.name, person.role) if isinstance(person, Person) else (str(person), "")
            found.setdefault(name, role or field.label)
    return list(found.items()) or [("", "")]


def _is_certified(field: Field) -> bool:
    """Whether a certificate may say a field: short facts do, sentences do not."""
    return field.name in ("title", "award", "batch") or field.private or most(field) <= 24 and field.kind is not Kind.LINK


def _table(name: str, wanted: Wanted, cases: Iterable[Case], columns: Iterable[Column], rows: Iterable[Row], is_private: bool = False) -> Table:
    """A list with its title: the collection's name and batch, and who made it when below."""
    collection = wanted.collection
    batches = {case.text("batch") for case in cases}
    batch = batches.pop() if len(batches) == 1 else ""
    title = f"{collection.title.removesuffix('库')}{f'（{batch}）' if batch and batch not in collection.title else ''}{name}"
    table = Table(name, tuple(columns), tuple(rows), title, is_private=is_private)
    under = "　　".join(filter(None, (collection.publisher, collection.date, f"共 {table.count} 个案例")))
    return Table(name, table.columns, table.rows, title, under, is_private)


def _nobody(wanted: Wanted) -> Failed:
    field = wanted.collection.by_field.get("award")
    return Failed(f"没有一个案例填写了“{field.label if field else '获奖等次'}”，做不出名单，请在案例的表头里补上")
