"""Selections: the further books that collection.yml wishes for, made out for the cases that there are."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from casepress.collection.book_settings import TAKEN, Shelf, Wish
from casepress.collection.project import SETTINGS
from casepress.collection.views import UnknownSelection, select, selecting_field, selection_words, view
from casepress.facts import slugs
from casepress.values.books import BookSettings
from casepress.values.cases import Collection
from casepress.values.problems import Problem, error

_CHECK = "books_can_be_made"
MOST = 300  # further books, far more than anybody binds at once


def books(collection: Collection, shelf: Shelf) -> tuple[tuple[BookSettings, ...], dict[tuple[str, ...], int], tuple[Problem, ...]]:
    """Every further book in the order of collection.yml, the lines of it and of what it says itself, and what is wrong.

    A book that no case belongs to, or that has another one's name, is left out and reported.
    """
    found: dict[str, BookSettings] = {}
    lines: dict[tuple[str, ...], int] = {}
    problems: list[Problem] = []
    for wish in shelf.wishes:
        try:
            for book in _books(collection, wish, shelf.book):
                if TAKEN.fullmatch(book.name):
                    book = replace(book, name=f"{book.name}-1")
                if book.name in found:
                    what = f"有两本书都叫 {book.name}（第 {lines['books', book.name]} 行也有）"
                    problems.append(error(SETTINGS, wish.line, what, "请给其中一本写一个不同的 name", _CHECK))
                elif len(found) == MOST:
                    cure = "请少列几项，或把 by 换成值少一些的字段；还要别的，用 casepress book 一本一本地做"
                    problems.append(error(SETTINGS, wish.line, f"books 里的书到这里超过 {MOST} 本", cure, _CHECK))
                    return tuple(found.values()), lines, tuple(problems)
                else:
                    found[book.name], lines["books", book.name] = book, wish.line
                    lines |= {("books", book.name, name): line for name, line in wish.said.items()}
        except UnknownSelection as reason:
            problems.append(error(SETTINGS, wish.line, f"books 里的这一本选不出案例：{reason}", "请改 only", _CHECK))
    return tuple(found.values()), lines, tuple(problems)


def selected(collection: Collection, only: Iterable[str]) -> BookSettings:
    """The settings of the book of a selection, made like the whole one. Raises UnknownSelection."""
    settings = replace(collection.book, only=tuple(only), subtitle=selection_words(only))
    return _divided(collection, settings, Wish(settings))


def _books(collection: Collection, wish: Wish, whole: BookSettings) -> Iterator[BookSettings]:
    settings = wish.settings
    cases = select(collection, settings.only) if settings.only else collection.cases
    if not wish.by:
        words = selection_words(settings.only)
        subtitle = settings.subtitle if "subtitle" in wish.said else words or whole.subtitle
        name = settings.name or slugs.slug("-".join(only.replace("=", "-") for only in settings.only)) or "selection"
        yield _divided(collection, replace(settings, name=name, subtitle=subtitle), wish)
        return
    field = collection.by_field[wish.by]
    groups = view(replace(collection, cases=cases), field).groups
    if not groups:
        raise UnknownSelection(f"没有案例填写{field.label}")
    for group in groups:
        # the label is what people read; where it means other cases as well, the address says it
        only = (*settings.only, f"{field.name}={group.label}")
        if select(collection, only) != group.cases:
            only = (*settings.only, f"{field.name}={group.slug}")
        whole_name = f"{settings.name or field.name}-{group.slug}"
        name = slugs.slug(whole_name) if len(whole_name) <= slugs.LONGEST else slugs.hashed(whole_name, whole_name)
        yield _divided(collection, replace(settings, name=name, only=only, subtitle=selection_words(only) or group.label), wish)


def _divided(collection: Collection, book: BookSettings, wish: Wish) -> BookSettings:
    """The book, undivided where all its cases share the one value by which it would be divided."""
    fields = [selecting_field(collection, only) for only in book.only]
    alike = sum(field is not None and field.name == book.parts for field in fields) == 1
    return replace(book, parts="") if alike and "parts" not in wish.said else book
