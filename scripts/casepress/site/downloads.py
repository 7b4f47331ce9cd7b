"""Downloads: the books that the site offers, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Download:
    """A PDF on offer: its path in the site, its size in bytes, its number of pages; `word` and `epub` are the same book, which have none.
    A book of some cases has a subtitle and the selection that it was made by."""

    path: str
    title: str
    bytes: int
    pages: int
    subtitle: str = ""
    only: tuple[str, ...] = ()
    word: "Download | None" = None
    epub: "Download | None" = None


@dataclass(frozen=True)
class Downloads:
    """The PDFs that stand ready: the whole book, a PDF of each case by its id, and the books of some cases; `letters` is the PDF of
    which readers take the letters for what they bind themselves."""

    book: Download | None = None
    cases: Mapping[str, Download] = field(default_factory=dict)
    books: tuple[Download, ...] = ()
    letters: bytes = b""
