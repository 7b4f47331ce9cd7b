"""Side by side: the report of likeness as one HTML file: who is like whom, and where they say the same.

It stands in `build/`, is never published, and shows nothing but what a case says as well: numbers that are somebody's are masked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from casepress.against import Compared
from casepress.collection.project import Project
from casepress.collection.settled import line_for
from casepress.likeness import saying
from casepress.likeness.judging import Crowd, Match
from casepress.likeness.passages import Passage, Piece, shared
from casepress.likeness.texts import Text
from casepress.markup.templates import environment, render
from casepress.privacy.scanning import scan

_SHOWN = 200
"""Pairs that are shown with their passages; the others stand in the list."""
_LISTED = 30  # texts of a crowd
_PASSAGES, _LONGEST, _HEAD, _TAIL = 12, 240, 120, 60  # passages of a pair; characters of a piece, and what is shown of a longer one
Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Row:
    """A passage as it stands on the left and on the right: its pieces, each with its kind, and how many characters it has."""

    left: Words
    right: Words
    characters: int
    is_common: bool


@dataclass(frozen=True)
class Shown:
    """A pair with what is shown of it."""

    number: int
    match: Match
    rows: tuple[Row, ...]
    more: int

    @property
    def percent(self) -> str:
        return saying.percent(self.match)

    @property
    def counted(self) -> str:
        return saying.counted(self.match)

    @property
    def entered_before(self) -> str:
        return saying.entered_before(self.match)

    @property
    def line(self) -> str:
        """What a person pastes into the header of the later case."""
        return line_for(self.match.earlier.known_by)


def report(place: Project, compared: Compared) -> str:
    """The report as HTML."""
    shown = [_shown(number, match) for number, match in enumerate(compared.judged.open, 1)]
    values = {
        "title": compared.title,
        "cases": compared.cases,
        "outside": compared.outside,
        "pairs": shown,
        "crowds": [(crowd, [(text, _part(crowd, text)) for text in crowd.texts[:_LISTED]]) for crowd in compared.judged.crowds],
        "settled": [(match, match.settled) for match in compared.judged.matches if match.settled],
        "unmet": compared.unmet,
        "problems": compared.problems,
        "line_for": lambda text: line_for(text.known_by),
        "masked": lambda text: _masked([text])[0],
    }
    return render(environment(place.themes("reports")), "likeness.html", **values)


def _part(crowd: Crowd, text: Text) -> str:
    """How much of a text its crowd's first one has as well."""
    first = crowd.texts[0]
    return "" if crowd.is_same or text is first else f"{round(100 * shared(text.words, first.words).part)}%"


def _shown(number: int, match: Match) -> Shown:
    if match.shared is None or number > _SHOWN:
        return Shown(number, match, (), 0)
    is_turned = match.shorter is not match.earlier
    rows = [_row(passage, is_turned) for passage in match.shared.passages]
    longest = sorted(rows, key=lambda row: (row.is_common, -row.characters))[:_PASSAGES]
    kept = [row for row in rows if any(row is each for each in longest)]
    return Shown(number, match, tuple(kept), len(rows) - len(kept))


def _row(passage: Passage, is_turned: bool) -> Row:
    first, second = _masked([piece.first for piece in passage]), _masked([piece.second for piece in passage])
    pieces = [replace(piece, first=one, second=other) for piece, one, other in zip(passage, first, second, strict=True)]
    characters = sum(len(piece.first) for piece in passage if piece.kind == "same")
    left, right = (_shortened(pieces, which) for which in (("second", "first") if is_turned else ("first", "second")))
    return Row(left, right, characters, characters == 0)


def _masked(parts: Sequence[str]) -> list[str]:
    """The parts of a text with personal data in it covered, as long as before."""
    text = "".join(parts)
    for each in scan(text):
        text = f"{text[: each.start]}{each.masked}{text[each.end :]}"
    out, at = [], 0
    for part in parts:
        out.append(text[at : at + len(part)])
        at += len(part)
    return out


def _shortened(pieces: Sequence[Piece], which: str) -> Words:
    out = []
    for piece in pieces:
        words = getattr(piece, which).replace("\n\n", "\n")
        if piece.kind != "other" and len(words) > _LONGEST:
            out += [
                (piece.kind, words[:_HEAD]),
                ("left-out", f"……中间 {len(words) - _HEAD - _TAIL:,} 字也一样……"),
                (piece.kind, words[-_TAIL:]),
            ]
        elif words:
            out.append((piece.kind, words))
    return tuple(out)
