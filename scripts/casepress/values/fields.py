"""Fields: the named, typed things that a case may carry, and the values they take.

A field is declared in `cases/collection.yml`; its kind says how a value is read, sorted and shown.
Nothing here reads a file: `settings` turns declarations into these values, `reading` fills cases with them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from casepress.values.personal import Minors


class Kind(StrEnum):
    """What sort of value a field takes."""

    TEXT = "text"  # any words
    PEOPLE = "people"  # names, each with a role where one is given
    PLACE = "place"  # a node of the tree of provinces, cities and counties
    CHOICE = "choice"  # a term of a vocabulary, with aliases
    ORDINAL = "ordinal"  # a term that sorts by the numbers in it: 第四批 = 4
    RANK = "rank"  # a term that sorts by its weight: 特等奖 before 一等奖
    DATE = "date"  # a date as written
    PICTURES = "pictures"  # files beside the case, with their words
    FILES = "files"  # documents and films beside the case
    LINK = "link"  # an address
    SOURCE = "source"  # the document that a case was taken from


TERMS = frozenset({Kind.CHOICE, Kind.ORDINAL, Kind.RANK})


@dataclass(frozen=True)
class Choice:
    """One entry of a field's vocabulary.

    `limit` is the longest body in 字 that the choice allows (a batch's rule), 0 for none.
    """

    label: str
    slug: str = ""
    aliases: tuple[str, ...] = ()
    note: str = ""
    limit: int = 0


@dataclass(frozen=True)
class Field:
    """One declared field: how it is called, read, kept and shown.

    `private` values never leave the reader; a `facet` gets index pages; `many` allows several values; `indexed` ones
    stand in the book's index; `schema` is the schema.org property; `choices` are the known terms, and where the field
    is `closed` no other is accepted; `limit` is the longest body in 字 where a choice names none. The values of a
    `derived` field are not written by editors: they follow from those of the field that it names, as `meanings` has it.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = False
    private: bool = False
    facet: bool = False
    many: bool = False
    indexed: bool = False
    schema: str = ""
    aliases: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    closed: bool = False
    limit: int = 0
    derived: str = ""
    meanings: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}), compare=False)  # word -> slugs

    @property
    def names(self) -> tuple[str, ...]:
        """Every word that a header may use for this field."""
        return (self.name, self.label, *self.aliases)


@dataclass(frozen=True)
class Term:
    """A value of a choice, an ordinal or a rank: `slug` for addresses, `label` for people, `order` for sorting."""

    slug: str
    label: str
    order: tuple[int, ...] = ()
    aliases: tuple[str, ...] = ()
    note: str = ""
    limit: int = 0

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True)
class Place:
    """A node of the tree of places (GB/T 2260, and the nodes that a collection declares).

    `code` is six digits, or an ASCII word for a node without one; `path` and `codes` run from the province down and
    end with the place itself, and so do `aliases`, the other names that a collection declares for each, if it does.
    """

    code: str
    name: str
    path: tuple[str, ...]
    codes: tuple[str, ...]
    aliases: tuple[tuple[str, ...], ...] = ()

    @property
    def label(self) -> str:
        return " › ".join(self.path)

    @property
    def full_name(self) -> str:
        return "".join(self.path)

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True)
class Person:
    """Somebody named with consent as an author, with the role that the header gives."""

    name: str
    role: str = ""

    def __str__(self) -> str:
        return f"{self.name}（{self.role}）" if self.role else self.name


@dataclass(frozen=True)
class Picture:
    """A picture beside a case. `file` is relative to the collection's folder, `name` is the file's name when published.

    `minors` is what is known of pupils in it, which nobody shows.
    """

    file: str
    name: str
    alt: str
    caption: str = ""
    credit: str = ""
    minors: Minors | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Enclosure:
    """A document or film that goes with a case. `file` is relative to the collection's folder, `name` is the file's name when
    published, `poster_name` that of the picture that stands for a film, if there is one."""

    file: str
    name: str
    title: str
    poster: str = ""
    poster_name: str = ""

    @property
    def kind(self) -> str:
        return self.name.rpartition(".")[2]

    @property
    def is_film(self) -> bool:
        return self.kind in ("mp4", "webm")

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True)
class Source:
    """The document that a case was taken from; what is not known is empty."""

    title: str = ""
    issuer: str = ""
    number: str = ""
    date: str = ""
    url: str = ""

    def __str__(self) -> str:
        title = f"《{self.title}》" if self.title else ""
        return "，".join(part for part in (title, self.issuer, self.number, self.date) if part)


_DIGITS = dict(zip("〇零一二三四五六七八九两壹贰叁肆伍陆柒捌玖", (0, 0, *range(1, 10), 2, *range(1, 10)), strict=True))
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
FIRST = re.compile("首(?=[批届期])")
# A longer row of figures is no number that counts something, and Python refuses to read thousands of them as one.
NUMBER = re.compile(f"[0-9]{{1,18}}|[{''.join((*_DIGITS, *_UNITS))}]{{1,18}}")


def number(text: str) -> int:
    """The number that Arabic or Chinese numerals write: 12, 十二, 壹拾贰, 一百零三, 二〇二四.

    Raises ValueError for anything else.
    """
    if text.isascii() and text.isdigit():
        return int(text)
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        raise ValueError(text)
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = digit = 0
    for c in text:
        if c in _UNITS:
            total += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            digit = _DIGITS[c]
    return total + digit


def ordinal(text: str) -> tuple[int, ...]:
    """How a batch sorts: by the numbers in it, those without a year first.

    第四批 is (0, 4), 2024年第三季度 is (1, 2024, 3), 2021-2022学年度 is (1, 2021, 2022); with no number, (2,).
    """
    text = FIRST.sub("1", text).replace("上半年", "1").replace("下半年", "2").replace("上学期", "1").replace("下学期", "2")
    numbers = tuple(number(match) for match in NUMBER.findall(text))
    if not numbers:
        return (2,)
    return (1 if any(1900 <= n < 2200 for n in numbers) else 0, *numbers)


_RANKS = (
    ("特等奖", "特等", "特别奖"),
    ("1等奖", "1等", "金奖"),
    ("2等奖", "2等", "银奖"),
    ("3等奖", "3等", "铜奖"),
    ("优秀奖", "优秀", "优胜奖", "鼓励奖"),
    ("入围奖", "入围", "入选"),
)


def rank(text: str) -> tuple[int, ...]:
    """How an award sorts: 特等奖 (0,) before 一等奖, 1等奖 and 壹等奖 (1,) and so on; what is no prize (典型案例) comes last."""
    text = NUMBER.sub(lambda match: str(number(match[0])), text)
    for weight, words in enumerate(_RANKS):
        if text in words:
            return (weight,)
    return (len(_RANKS),)


POSTED_MARK = "（公示中）"  # behind an award that is posted and not yet announced


def is_prize(term: Term) -> bool:
    """Whether an award is a prize; 典型案例 and 优秀案例 are designations."""
    label = term.label.removesuffix(POSTED_MARK)
    return label.endswith("奖") or rank(label) < (len(_RANKS),)


_NATURAL = re.compile(r"([0-9]+)")


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key that counts: case-2 before case-10."""
    return tuple((0, int(p), "") if p.isascii() and p.isdigit() else (1, 0, p) for p in _NATURAL.split(text) if p)
