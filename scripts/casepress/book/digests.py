"""Digests: which cases of a run stand in two columns, and whether a profile has room for them.

Flows in: the cases of a section, how they are set in a column, the profile. Flows out: the cases in groups, in their order; one
with a table that fits no column upright stands over both, and all do where columns would be too narrow.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from casepress.book.measures import Profile
from casepress.book.printed import Printed, printed, wide_tables
from casepress.collection.project import SETTINGS
from casepress.facts.store import NOTHING, Store
from casepress.values.books import BookSettings
from casepress.values.cases import Case, Collection
from casepress.values.problems import Problem, warning

NARROWEST = 15  # characters of a line: in shorter ones the gaps that fill them up would be too wide


@dataclass(frozen=True)
class Group:
    """Cases that follow one another, each with its body; in two `columns` or over the whole measure."""

    columns: bool
    cases: tuple[Case, ...]


def grouped(
    cases: Iterable[Case], profile: Profile, inside: frozenset[str] | set[str], columns: int = 1, store: Store = NOTHING
) -> tuple[tuple[Group, ...], dict[str, Printed]]:
    """The cases of a section in groups, and how each is set, by its id; `inside` is as `printed` has it."""
    bodies: dict[str, Printed] = {}
    columns = columns if profile.column.characters >= NARROWEST else 1

    def stands_in_column(case: Case) -> bool:
        if columns > 1 and case.is_digest and not wide_tables(case.body.html, profile.column, store):
            bodies[case.id] = printed(case, profile.column, inside, store, notes_behind=True)
            if 'class="turned' not in bodies[case.id].html:
                return True
        bodies[case.id] = printed(case, profile, inside, store)
        return False

    def found() -> Iterator[Group]:
        for is_narrow, some in groupby(cases, key=stands_in_column):
            yield Group(is_narrow, tuple(some))

    return tuple(found()), bodies


def columns_find_room(collection: Collection, profiles: Mapping[str, Profile]) -> Iterator[Problem]:
    """The lines of two columns are not too short in any of a collection's books, whose profiles are given by their names."""
    for book in collection.all_books:
        if book.profile in profiles:
            yield from columns_fit(collection, book, profiles[book.profile])


def columns_fit(collection: Collection, book: BookSettings, profile: Profile) -> Iterator[Problem]:
    """The lines of two columns are not too short in a book that is set in a profile."""
    if book.digests > 1 and (room := profile.column.characters) < NARROWEST:
        what = f"版式 {profile.name} 每行 {profile.characters} 个字，分两栏每栏只有 {room} 个字，太窄，短文仍排一栏"
        cure = "请删去 digests，或换一个每行 32 个字以上的版式"
        yield warning(SETTINGS, collection.line_of(book, "digests"), what, cure, "columns_find_room")
