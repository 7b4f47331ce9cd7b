"""Room: whether the tables of a collection find room in the type areas of its books, asked before anything is laid out.

Flows in: a collection, its profiles by name, and the source of its texts. Flows out: a problem for each table that no
way (book/fitting.py) leads into a page, in its file and line.
"""

from collections.abc import Iterator, Mapping, Sequence

from casepress.book.book import book_of
from casepress.book.fitting import FLOOR
from casepress.book.measures import Profile
from casepress.book.printed import wide_tables
from casepress.facts.store import NOTHING, Store
from casepress.values.cases import Case, Collection, Text
from casepress.values.problems import Problem, error


def tables_find_room(
    collection: Collection, profiles: Mapping[str, Profile], content: Mapping[str, bytes], store: Store = NOTHING
) -> Iterator[Problem]:
    """Every table fits the pages of each book that holds it; a case's own PDF is made in the profile of the whole book.

    `content` are the files of `content/`; what was found out of a fragment is in the store. Raises views.UnknownSelection.
    """
    for book in collection.all_books:
        if book.profile in profiles:
            cases = collection.cases if book == collection.book else book_of(collection, book).cases
            yield from tables_fit(cases, collection.texts, profiles[book.profile], content, store)


def tables_fit(
    cases: Sequence[Case], texts: Sequence[Text], profile: Profile, content: Mapping[str, bytes], store: Store = NOTHING
) -> Iterator[Problem]:
    """Every table of some cases and texts fits the pages of a profile."""
    for case in cases:
        yield from _wide(case.path, case.body.html, case.markdown.split("\n"), case.body_line, profile, store)
    for text in texts:
        source = content.get(text.path.removeprefix("content/"), b"").decode("utf-8", "replace")
        yield from _wide(text.path, text.body.html, source.split("\n"), 1, profile, store)


def _wide(path: str, html: str, source: Sequence[str], first: int, profile: Profile, store: Store) -> Iterator[Problem]:
    if "<table" not in html:
        return
    at = 0
    for words in wide_tables(html, profile, store):
        squeezed = [found for each in words if (found := "".join(each.split()))]
        lines = ("".join(line.split()) for line in source[at:])
        at = next((n for n, line in enumerate(lines, at) if squeezed and all(each in line for each in squeezed)), at)
        what = f"表格有 {len(words)} 列，字缩小到 {FLOOR:g} 磅、横过来单独占一页，仍比版式 {profile.name} 的版心宽"
        yield error(path, first + at, what, "请分成几个表格，或把行和列对调，或缩短里面的长词和网址", "tables_find_room")
        at += 1
