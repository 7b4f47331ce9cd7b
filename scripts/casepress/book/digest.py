"""Digest: one short number for all that a PDF says, to tell whether it is still of the text that there is now.

Flows in: a book, or a book and one of its cases. Flows out: a hash, the same for the same words, pictures and settings on
every machine. Where in its file something stands, and what the theme makes of it, is not in it.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum

from casepress.book.book import Book, Part
from casepress.values.cases import Case, Fragment, Text
from casepress.values.fields import Picture

# What says where something was read, and not what it says.
_UNSEEN = {Case: {"path", "lines", "markdown", "body_line", "personal", "minors"}, Text: {"path", "source"}, Picture: {"file", "minors"}}


class Digests:
    """The digests of books and cases. What was summed up once is known for as long as it lives."""

    def __init__(self) -> None:
        # By the number of a value and what is asked of it; with the value itself, so that no other one gets its number.
        self._known: dict[tuple[str, int], tuple[object, str]] = {}

    def of_book(self, book: Book) -> str:
        """The digest of a book with all its cases and texts."""
        return self._once("book", book, lambda: _hash((self._frame(book), book.texts, [self._of_part(part) for part in book.parts])))

    def of_case(self, book: Book, case: Case) -> str:
        """The digest of a case that is printed by itself as the book has it."""
        return _hash((self._frame(book), self._of_case(case)))

    def _frame(self, book: Book) -> str:
        """What a book says beside its cases and texts."""
        return self._once("frame", book, lambda: _hash(replace(book, parts=(), texts=())))

    def _of_part(self, part: Part) -> str:
        return _hash((replace(part, cases=()), [*map(self._of_case, part.cases)]))

    def _of_case(self, case: Case) -> str:
        return self._once("case", case, lambda: _hash(case))

    def _once(self, what: str, value: object, find: Callable[[], str]) -> str:
        name = what, id(value)
        if name not in self._known:
            self._known[name] = value, find()
        return self._known[name][1]


def _hash(value: object) -> str:
    return hashlib.sha256(repr(_plain(value)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _plain(value: object) -> object:
    """A value as nested tuples whose order depends on nothing but what they hold."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fragment):
        return value.html
    if is_dataclass(value):
        seen = [f.name for f in fields(value) if f.name not in _UNSEEN.get(type(value), ())]
        return type(value).__name__, *((name, _plain(getattr(value, name))) for name in seen)
    if isinstance(value, Mapping):
        return tuple(sorted((str(key), repr(_plain(item))) for key, item in value.items()))
    if isinstance(value, (set, frozenset)):
        return tuple(sorted(repr(_plain(item)) for item in value))
    if isinstance(value, (tuple, list)):
        return tuple(_plain(item) for item in value)
    return value
