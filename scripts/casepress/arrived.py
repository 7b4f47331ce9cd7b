"""Arrived: the cases that an import would make or has made, and all that is to be said of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from casepress.collection.settings import Settings
from casepress.intake.casefiles import CaseFile
from casepress.intake.submissions import Submission
from casepress.intake.there import Came, There
from casepress.values.problems import Problem

NEW, SAME, KEPT, OTHER, TWICE = "new", "same", "kept", "other", "twice"


@dataclass
class Arrival:
    """A case that came in: where from, its files, and whether it is new, there as it came, there and mended by somebody, another
    under that name, or in another file as well. `name` is its path below `cases/` without ending, `was` the one before somebody renamed it."""

    submission: Submission
    file: CaseFile
    name: str
    came: Came
    state: str = NEW
    is_written: bool = False
    was: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"cases/{self.name}.md"

    @property
    def is_wanted(self) -> bool:
        """Whether it would be written as things are."""
        return self.state == NEW


@dataclass
class Imported:
    """What an import would make or has made: cases, all problems in the order of their files, and how many files were looked at.

    `lists` are lists of photos that were filled in, `worded` the cases that get words from them, `unworded` how
    many pictures have none then; `there` is the collection before.
    """

    settings: Settings
    there: There
    arrivals: list[Arrival] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: int = 0
    written: int = 0
    lists: Sequence[tuple[str, bytes]] = ()
    worded: tuple[str, ...] = ()
    unworded: int = 0
