"""Rules: what a call for cases asks of a batch and of its units, where the batch stands, and what a collection says of the check of its texts."""

from dataclasses import dataclass
from datetime import date, timedelta

# From 申报 to 公布 a whole batch goes together; 异议 and 撤销 are said of single cases.
ENTERED, POSTED, ANNOUNCED, OBJECTED, REVOKED = "申报", "公示", "公布", "异议", "撤销"
STAGES = (ENTERED, POSTED, ANNOUNCED)
STATES = (*STAGES, OBJECTED, REVOKED)


@dataclass(frozen=True)
class Span:
    """From so many to so many; 0 for no bound on that side."""

    least: int = 0
    most: int = 0

    def __str__(self) -> str:
        if self.least and self.most:
            return f"{self.least} 到 {self.most}" if self.least != self.most else f"{self.least}"
        return f"最多 {self.most}" if self.most else f"至少 {self.least}" if self.least else "不限"

    def __bool__(self) -> bool:
        return bool(self.least or self.most)


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both of them in it."""

    first: date
    last: date

    def meets(self, other: "Period") -> bool:
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        first, last = (f"{day.year}年{day.month}月{day.day}日" for day in (self.first, self.last))
        return first if first == last else f"{first}至{last}"


@dataclass(frozen=True)
class Section:
    """A section that a case must have: its name, and other words that its heading may have."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Video:
    """What a video must be: `container` and `codec` in lower case (mp4, h264), pixels, frames per second, `bitrate` in Mb/s, `minutes` at most; empty or 0
    where the call does not say. `versions` are those that are asked for (完整版, 无字版)."""

    container: str = ""
    codec: str = ""
    width: int = 0
    height: int = 0
    fps: float = 0
    bitrate: float = 0
    minutes: float = 0
    versions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quota:
    """How many cases and themes one sender may send. `level` is the level of places that is counted, or to which a unit's place must
    belong: 1 province, 2 city, 3 county, 0 any; `expected` are the places, by code and name, that must all send."""

    cases: Span = Span()
    themes: Span = Span()
    level: int = 0
    expected: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Rules:
    """What a call says of one batch, or where `batch` is empty of every batch that says nothing of its own.

    `names` are the ways of writing the batch, `written` is the one under which the rules stand; `field` is the one whose dates the `period` is of, `arrived` that of the day on which a case came in. Without
    `publish` the cases of the batch are checked and stand neither on the site nor in books.
    """

    batch: str = ""
    names: tuple[str, ...] = ()
    written: str = ""
    length: Span = Span()
    sections: tuple[Section, ...] = ()
    unit: Quota = Quota()
    region: Quota = Quota()
    themes: tuple[str, ...] = ()
    period: Period | None = None
    field: str = ""
    deadline: date | None = None
    arrived: str = ""
    video: Video | None = None
    stage: str = ANNOUNCED
    publish: bool = True
    posted: date | None = None
    days: int = 0

    @property
    def posting(self) -> Period | None:
        """The days of the 公示, where they are said."""
        return Period(self.posted, self.posted + timedelta(max(self.days, 1) - 1)) if self.posted else None


@dataclass(frozen=True)
class Entry:
    """One wrong word, the right one, why, and the sound words that hold it."""

    wrong: str
    right: str
    why: str = ""
    sound: tuple[str, ...] = ()

    @property
    def is_quoted(self) -> bool:
        """Whether nothing but its quotes is missing."""
        return self.right == f"“{self.wrong}”"


@dataclass(frozen=True)
class Wishes:
    """What a collection says of the check of its texts: words that stay as they are, terms of its own, checks that are left out."""

    allowed: tuple[str, ...] = ()
    terms: tuple[Entry, ...] = ()
    left_out: frozenset[str] = frozenset()
