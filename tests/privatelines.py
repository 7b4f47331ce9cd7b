"""The lines of `tests/privacy`, read: what a privacy gate should find in them, written before there was one."""

import html
import re
import unicodedata
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


@dataclass(frozen=True)
class Score:
    """Of a kind: how many strings were found, missed, and found where there are none."""

    found: int = 0
    missed: int = 0
    false: int = 0

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed)

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false)


def scores(name: str, scan) -> tuple[dict[str, Score], list[str]]:
    """What `scan` finds of a table, by kind, counted as the README says, and each miss and false alarm in words."""
    counts: dict[str, list[int]] = {kind: [0, 0, 0] for kind in STOPS | WARNS}
    said = []
    for line in lines(name):
        found = [(each.kind, each.text) for each in scan(line.text)]
        for kind, string in line.found:
            match = next((each for each in found if each[0] == kind and _covers(kind, each[1], string)), None)
            counts[kind][0 if match else 1] += 1
            if match:
                found.remove(match)
            else:
                said.append(f"{name}:{line.number} misses {kind} {string!r}")
        for kind, text in found:
            counts[kind][2] += 1
            said.append(f"{name}:{line.number} finds {kind} {text!r}")
    return {kind: Score(*each) for kind, each in counts.items()}, said


def _covers(kind: str, found: str, string: str) -> bool:
    """Label, brackets, +86 and extension are no matter, nor are one or two characters more behind a name."""
    found, string = _core(found), _core(string)
    if kind == "student-name":
        return found.startswith(string) and len(found) <= len(string) + 2
    return string in found or (kind == "landline" and len(found) >= 7 and string.startswith(found))


def _core(text: str) -> str:
    text = unicodedata.normalize("NFKC", html.unescape(text)).replace("\\", "")
    return re.sub(r"[^0-9A-Za-z\u3400-\u9fff@]", "", text).casefold()
