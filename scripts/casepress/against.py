"""Against: all that is alike in a collection, and in the documents of folders that are not published, former batches above all.

Flows in: a project, files and folders. Flows out: `Compared`, of which the report of `likeness` is made (`side_by_side`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casepress.collection import project
from casepress.collection.manuscript import read_manuscript
from casepress.collection.project import SETTINGS, Project
from casepress.collection.settings import read_settings
from casepress.facts.store import NOTHING, Store
from casepress.intake import labels, receiving
from casepress.likeness.judging import Judged, judged
from casepress.likeness.keeping import knowns
from casepress.likeness.texts import DOCUMENTS, Text, means, unmet
from casepress.lookalikes import home, texts_of
from casepress.values.cases import Collection, Settled
from casepress.values.problems import Level, Problem, Stopped, has_errors, in_order, warning
from casepress.values.progress import Progress, unwatched


@dataclass(frozen=True)
class Compared:
    """What `likeness` found: what is alike, verdicts that no pair answers to, how many cases and other texts there were, the problems
    of files that were not compared."""

    collection: Collection
    judged: Judged
    unmet: tuple[tuple[Text, Settled], ...]
    cases: int
    outside: int
    problems: tuple[Problem, ...]


def compared(place: Project, against: Sequence[Path] = (), progress: Progress = unwatched) -> Compared:
    """All that is alike among the cases, and between them and the documents of folders that are not published. Raises Stopped."""
    manuscript, problems = read_manuscript(place)
    if manuscript is None:
        raise Stopped(in_order(problems))
    collection = manuscript.collection
    left_out = set(project.case_files(place)[0]) - {case.path for case in collection.cases}
    said = [
        warning(name, 0, "这个案例的表头有错误，没有拿来比", "请先运行 casepress check，改好再比", "files_are_read")
        for name in sorted(left_out)
    ]
    outside, found = _documents(place, against, progress)
    texts = texts_of(collection.cases)
    known = [*knowns(texts, Store(place.cache), home(place)), *knowns(outside, NOTHING, "")]
    every = [*texts, *outside]
    alike = judged(every, known, progress=progress)
    pairs = [(match.earlier, match.later) for match in alike.matches]
    pairs += [
        (one, other) for one in texts for each in one.settled for crowd in alike.crowds for other in crowd.texts if means(other, each.other)
    ]
    return Compared(collection, alike, tuple(unmet(texts, pairs)), len(texts), len(outside), (*said, *found))


def _documents(place: Project, against: Sequence[Path], progress: Progress) -> tuple[list[Text], list[Problem]]:
    """The texts of the documents below some folders, and why others could not be read. Sheets, pictures and videos hold no case."""
    files = [(path, name) for path, name in receiving.files_of(against) if path.suffix.casefold() in DOCUMENTS]
    if not files:
        return [], []
    settings, problems = read_settings(project.read(place, SETTINGS))
    if settings is None or has_errors(problems):
        raise Stopped(problems)
    received = receiving.receive(files, labels.labels(settings.fields), settings.places, _counted(progress, len(files)))
    texts = []
    for each in received.submissions:
        values = {name: "、".join(each.values.get(name, ())) for name in ("title", "school", "batch", "award")}
        texts.append(Text(each.source, each.body, values["title"], "", values["school"], values["batch"], values["award"], is_case=False))
    said = [replace(each, level=Level.WARNING) for each in received.problems if each.level is Level.ERROR]
    return texts, [replace(each, what=f"没有拿来比：{each.what}") for each in said]


def _counted(progress: Progress, number: int) -> Callable[[int, int], None]:
    """A progress that is asked for the next item, as one that is told how many are done."""
    items = iter(progress("读旧材料", range(number)))

    def told(done: int, every: int) -> None:
        next(items, None)

    return told
