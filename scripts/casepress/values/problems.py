"""Problems: something a person should mend, with where it is, what it is and how to mend it.

Every step that reads or checks returns its problems as values; only the command line prints them.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a problem weighs: an error stops a build, a warning does not (unless strict)."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def label(self) -> str:
        return "错误" if self is Level.ERROR else "警告"


# What moves the cursor of a terminal, breaks a line, or turns the text behind it round.
MOVING = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Problem:
    """One thing to mend.

    `path` is relative to the collection's folder, with `/`; `line` counts from 1, and 0 means the file as a whole.
    `what` and `cure` are Chinese sentences without their full stop; `check` names the truth that is hurt, `kind` in one word
    what is wrong where one truth is hurt in several ways.
    """

    path: str
    line: int
    level: Level
    what: str
    cure: str
    check: str = ""
    kind: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return harmless(f"{where}: {self.level.label}: {self.what}。{self.cure}。")

    def as_record(self) -> dict[str, str | int]:
        """The problem as plain values, for `--format json`."""
        return {name: value for name, value in asdict(self).items() if value or name != "kind"}


def harmless(words: str) -> str:
    """Words for a line of a terminal, in which a file's name may move no cursor, begin no line and turn no text round."""
    return MOVING.sub("\ufffd", words)


class Failed(Exception):
    """Something cannot be made as things are; the message is a Chinese sentence without its full stop.

    `problems` say where, if it is for what a file says.
    """

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        self.problems = tuple(problems)
        super().__init__(message)


class NotUnderstood(Exception):
    """What was asked for is not there; the message is a Chinese sentence without its full stop."""


class Stopped(Exception):
    """Problems that keep a collection from being built."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self):
        """As it goes from one process to another."""
        return type(self), (self.problems,)


def error(path: str, line: int, what: str, cure: str, check: str = "", kind: str = "") -> Problem:
    return Problem(path, line, Level.ERROR, what, cure, check, kind)


def warning(path: str, line: int, what: str, cure: str, check: str = "", kind: str = "") -> Problem:
    return Problem(path, line, Level.WARNING, what, cure, check, kind)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems in file order: by path, then line, errors before warnings, each once."""
    return tuple(sorted(set(problems), key=lambda p: (p.path, p.line, p.level, p.what, p.cure)))


def has_errors(problems: Iterable[Problem], strict: bool = False) -> bool:
    """Whether the problems stop a build; `strict` makes warnings count too."""
    return any(strict or p.level is Level.ERROR for p in problems)
