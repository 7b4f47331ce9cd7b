"""Against: all that is alike in a collection, and in the documents of folders that are not published, former batches above all.

Flows in: a project, files and folders. Flows out: `Compared`, of which the report of `likeness` is made (`side_by_side`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casepress.collection import project
from casepress.collection.project import SETTINGS, Project
from casepress.collection.settings import Settings, read_settings
from casepress.collection.settled import may_be_settled
from casepress.facts.store import NOTHING, Store
from casepress.intake import labels, receiving
from casepress.likeness.judging import Judged, judged
from casepress.likeness.keeping import knowns
from casepress.likeness.texts import DOCUMENTS, Text, body, unmet
from casepress.lookalikes import files, filling, home
from casepress.values.cases import Settled
from casepress.values.problems import Level, Problem, Stopped, has_errors
from casepress.values.progress import Progress, unwatched


@dataclass(frozen=True)
class Compared:
    """What `likeness` found in a collection of this title: what is alike, verdicts that no pair answers to, how many cases and other texts there were, the problems
    of files that were not compared."""

    title: str
    judged: Judged
    unmet: tuple[tuple[Text, Settled], ...]
    cases: int
    outside: int
    problems: tuple[Problem, ...]


def compared(place: Project, against: Sequence[Path] = (), progress: Progress = unwatched) -> Compared:
    """All that is alike among the cases, and between them and the documents of folders that are not published.

    The files are compared as they are written; only of those that are like others the header is read. Raises Stopped.
    """
    settings, problems = read_settings(project.read(place, SETTINGS))
    if settings is None or has_errors(problems):
        raise Stopped(problems)
    written = files(place, settings)
    filled = filling(place, settings, written)
    texts = [Text(name, body(text)) for name, text in written.items()]
    outside, said = _documents(place, settings, against, progress)
    known = [*knowns(texts, Store(place.cache), f"{home(place)}/files"), *knowns(outside, NOTHING, "")]
    alike = judged([*texts, *outside], known, filled=filled, progress=progress)
    judges = [filled(text) for text in texts if may_be_settled(written[text.name])]
    pairs = [(match.earlier, match.later) for match in alike.matches]
    pairs += [(one, other) for crowd in alike.crowds for other in crowd.texts for one in judges if one.name in crowd.names]
    return Compared(settings.title, alike, tuple(unmet(judges, pairs)), len(texts), len(outside), tuple(said))


def _documents(place: Project, settings: Settings, against: Sequence[Path], progress: Progress) -> tuple[list[Text], list[Problem]]:
    """The texts of the documents below some folders, and why others could not be read. Sheets, pictures and videos hold no case,
    and the collection's own cases are no others."""
    found = [(path, name) for path, name in receiving.files_of(against) if path.suffix.casefold() in DOCUMENTS]
    found = [(path, name) for path, name in found if not path.resolve().is_relative_to(place.cases)]
    if not found:
        return [], []
    received = receiving.receive(found, labels.labels(settings.fields), settings.places, _counted(progress, len(found)))
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
