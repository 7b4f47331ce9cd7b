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
REPORT = "-press.txt"  # behind a book's name: what the print shop of its printed edition is told


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
class Paper:
    """The paper of a book's pages as a mill states it: its name, its weight in g/m² (克重) and its bulk in cm³/g (松厚度).

    What is not said is empty or 0.
    """

    name: str = ""
    weight: float = 0.0
    bulk: float = 0.0


@dataclass(frozen=True)
class Binding:
    """How a book is bound, `soft` (平装) or `hard` (精装). Lengths in mm; 0 is not said, or not there.

    `cover` is the thickness of the paper around a soft book, `flap` the width of each of its flaps (勒口). `board` is the thickness of
    the boards (纸板) of a hard one, `square` how far they stand over the pages (飘口), `groove` the gap beside the spine's board (书槽),
    `turn_in` what is folded around the boards' edges (包边).
    """

    style: str = "soft"
    cover: float = 0.0
    flap: float = 0.0
    board: float = 0.0
    square: float = 0.0
    groove: float = 0.0
    turn_in: float = 0.0

    @property
    def is_hard(self) -> bool:
        return self.style == "hard"


@dataclass(frozen=True)
class BookSettings:
    """How a book is wanted: `book` of collection.yml says it for all of them, each entry of `books` for one more.

    `name` is its file name, ASCII; `only` the selection of cases, as `field=value`. `parts` names the field that
    divides it; empty leaves it undivided. `dividers` is how a part opens, with a `page` of its own or `run-on`, with a band above its first
    case; empty is as the length of parts suggests. `opening` is where full cases begin, `right` or `any`; empty is as the profile says. `indexes` and
    `winners` (获奖名单) are made of fields, and so is `data`, how many cases have which value. `digests` is in how many columns digests stand, 1 or 2. `calliper` is the thickness of one leaf of its `paper` in mm, `binding` how
    it is bound, `signature` of how many pages its printed sheets are folded (0: not said). `color_profile` is the print shop's ICC file
    in `theme/print`, or the name of a printing condition (FOGRA39). `counted` is what its imprint says of its length (字数): `layout`,
    `text`, or both. `omit` names the pieces that it is without. `texts` are the names of those
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
    data: bool = False
    committee: tuple[Role, ...] = ()
    editions: tuple[str, ...] = ("screen",)
    calliper: float = 0.1
    paper: Paper = Paper()
    binding: Binding = Binding()
    signature: int = 0
    color_profile: str = ""
    counted: tuple[str, ...] = ("layout",)
    omit: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
