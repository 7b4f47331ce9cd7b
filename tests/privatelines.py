"""The lines of `tests/privacy`, read: what a privacy gate should find in them, written before there was one."""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "privacy"
STOPS = {"mobile", "id-number", "bank-card"}
WARNS = {"landline", "e-mail", "qq", "wechat", "plate", "student-number", "student-name"}


@dataclass(frozen=True)
class Line:
    """A line, and the (kind, string) pairs that stand in it; none for a line that only tempts."""

    number: int
    text: str
    found: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Place:
    """Where a value stands in a notice: line and column count from 1, column and length in characters."""

    file: str
    line: int
    column: int
    length: int
    kind: str
    masked: str

    def value(self, notices: Path) -> str:
        """The value, out of the notice itself."""
        text = (notices / self.file).read_text("utf-8").split("\n")[self.line - 1]
        return text[self.column - 1 : self.column - 1 + self.length]


def rows(name: str) -> list[list[str]]:
    """The rows of a table behind its heading, with \\uXXXX made characters."""
    lines = (FOLDER / name).read_text("utf-8").removesuffix("\n").split("\n")[1:]
    return [[re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), cell) for cell in line.split("\t")] for line in lines]


def lines(name: str = "lines.tsv") -> list[Line]:
    """All lines of a table, numbered as in the file."""
    read = []
    for number, (kinds, strings, text, *_) in enumerate(rows(name), 2):
        pairs = () if kinds == "-" else tuple(zip(kinds.split(","), strings.split(" | "), strict=True))
        read.append(Line(number, text, pairs))
    return read


def places() -> list[Place]:
    """What stands in the notices."""
    return [Place(file, int(line), int(column), int(length), kind, masked) for file, line, column, length, kind, masked in rows("notices.tsv")]
