"""Books: how the books of a collection are wanted, and what their imprint must state.

Values only; `collection.book_settings` reads them, `book` makes books by them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

CASES = "案例"  # where the cases stand among the texts of a book


@dataclass(frozen=True)
class FileKind:
    """A kind of file that a book may be: what people call it, how its name ends, and the bytes that it has `at` a place."""

    name: str
    suffix: str
    begins: bytes
    at: int = 0


_PDF = FileKind("PDF", ".pdf", b"%PDF-")
# The editions of a book: to read, for the print shop, to be marked, and for phones.
KINDS = {
    "screen": _PDF,
    "print": _PDF,
    "word": FileKind("Word 文档", ".docx", b"PK"),
    "epub": FileKind("EPUB", ".epub", b"mimetypeapplication/epub+zip", 30),
}
EDITIONS = tuple(KINDS)


@dataclass(frozen=True)
class Role:
    """One line of the editorial board (编委会): what its people do, and their names."""

    title: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class Imprint:
    """How a book is published, and the facts that its imprint page (版权页) must state.

    `publication` is `internal` (内部资料性出版物), `isbn` or `web-only`; `facts` are by their names in `imprint.yml`.
    """

    publication: str = "web-only"
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class BookSettings:
    """How a book is wanted: `book` of collection.yml says it for all of them, each entry of `books` for one more.

    `name` is its file name, ASCII; `only` the selection of cases, as `field=value`. `parts` names the field that
    divides it; empty leaves it undivided. `dividers` is how a part opens, with a `page` of its own or `run-on`, with a band above its first
    case; empty is as the length of parts suggests. `opening` is where full cases begin, `right` or `any`; empty is as the profile says. `indexes` and
    `winners` (获奖名单) are made of fields. `digests` is in how many columns digests stand, 1 or 2. `calliper` is the thickness of one leaf of its paper in mm, `color_profile`
    the name of the print shop's ICC file in `theme/print`. `omit` names the pieces that it is without. `texts` are the names of those
    that stand before and behind the cases, in their order, with `CASES` between them; without any it has all, in their usual order.
    """

    name: str = "book"
    title: str = ""
    subtitle: str = ""
    only: tuple[str, ...] = ()
    parts: str = "theme"
    dividers: str = ""
    digests: int = 1
    profile: str = "big16"
    cover: str = "band"
    opening: str = ""
    indexes: tuple[str, ...] = ("school", "authors", "region", "theme")
    winners: bool = False
    committee: tuple[Role, ...] = ()
    editions: tuple[str, ...] = ("screen",)
    calliper: float = 0.1
    color_profile: str = ""
    omit: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
