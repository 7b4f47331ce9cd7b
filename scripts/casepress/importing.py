"""Importing: what schools sent becomes cases of a collection, shown first and written when it is asked for; nothing is overwritten.

Flows in: files and folders of submissions, and a project. Flows out: case files beside `collection.yml`, what is private in
`cases/.private/`, which nothing that publishes reads, and a report in HTML for the clerk.
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from casepress.checking import arrivals
from casepress.collection import project
from casepress.collection.headers import read_draft
from casepress.collection.project import SETTINGS, Project
from casepress.collection.settings import Settings, read_settings
from casepress.collection.typed import Context
from casepress.collection.writing import write
from casepress.intake import casefiles, labels, receiving
from casepress.intake.casefiles import CaseFile
from casepress.intake.submissions import Submission
from casepress.markup.frontmatter import write_header
from casepress.privacy.scanning import KINDS, STOPPING, scan
from casepress.values.problems import Problem, Stopped, error, has_errors, warning

PRIVATE = "cases/.private"


@dataclass
class Arrival:
    """A case that came in: where from, its files, and whether it is new, the same as is there, or another under that name."""

    submission: Submission
    file: CaseFile
    state: str = "new"  # new, same, other

    @property
    def path(self) -> str:
        return f"cases/{self.file.name}.md"


@dataclass
class Imported:
    """What an import would make or has made: cases, all problems in the order of their files, and how many files were looked at."""

    arrivals: list[Arrival] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: int = 0
    written: int = 0


def arrive(place: Project, paths: Iterable[Path], progress: Callable[[int, int], None] = lambda done, all: None) -> Imported:
    """What these files and folders would become; nothing is written. Raises Stopped where collection.yml cannot be read."""
    settings, problems = read_settings(project.read(place, SETTINGS))
    if settings is None or has_errors(problems):
        raise Stopped(problems)
    received = receiving.receive(receiving.files_of(paths), labels.labels(settings.fields), settings.places, progress)
    made = Imported(problems=list(received.problems), files=received.files)
    there = {Path(name).stem.casefold(): name for name in project.case_files(place)[0]}
    taken: set[str] = set()
    for submission in received.submissions:
        file = casefiles.case_file(submission, settings.fields, taken)
        arrival = Arrival(submission, file)
        kept = there.get(file.name.casefold())
        if kept is not None:
            arrival.state = "same" if project.read(place, kept) == file.text.encode() else "other"
        submission.problems += _headers(place, arrival, settings)
        submission.problems += _private(arrival)
        made.problems += [replace(problem, path=submission.source) for problem in submission.problems]
        made.arrivals.append(arrival)
    made.problems += arrivals.look(place, settings, ((each.submission.source, each.path, each.file.text) for each in made.arrivals))
    return made


def settle(place: Project, made: Imported, replaced: Iterable[str] = ()) -> None:
    """Write what is new, and of what is there only the cases that are named. Raises OSError; each file is there whole or not at all."""
    named = set(replaced)
    for arrival in made.arrivals:
        if arrival.state == "same":
            continue
        if arrival.state == "other" and arrival.file.name not in named and arrival.path not in named:
            what = f"{arrival.path} 已经有了，而且不一样，没有动它"
            made.problems.append(
                warning(arrival.submission.source, 0, what, f"要用新的换掉它，请加 --replace {arrival.file.name}", "nothing_is_lost")
            )
            continue
        for name, data in arrival.file.pictures.items():
            write(place.cases / name, data)
        if arrival.file.private:
            _keep_private(place, arrival.file)
        write(place.root / arrival.path, arrival.file.text.encode())
        made.written += 1


def _keep_private(place: Project, file: CaseFile) -> None:
    """The private values of a case, readable by their owner alone and out of git."""
    folder = place.root / PRIVATE
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        write(ignore, b"*\n")
    target = folder / f"{file.name}.yml"
    write(target, write_header(file.private).strip("-\n").encode() + b"\n")
    if os.name == "posix":
        target.chmod(0o600)


def _headers(place: Project, arrival: Arrival, settings: Settings) -> list[Problem]:
    """What the collection's own reading says of a case that came in, in the words of its source."""
    context = Context(arrival.path, place, settings, lambda node, name: (name, name))
    return list(read_draft(context, arrival.file.text, ())[2])


def _private(arrival: Arrival) -> list[Problem]:
    """Personal data in what would be published."""
    found = []
    for at, line in enumerate(arrival.file.text.splitlines(), 1):
        for each in scan(line):
            make = error if each.kind in STOPPING else warning
            found.append(
                make(
                    arrival.submission.source,
                    0,
                    f"正文里有{KINDS[each.kind]} {each.masked}（第 {at} 行）",
                    "请删去，或改成不认得出是谁的写法",
                    "nothing_private",
                )
            )
    return found
