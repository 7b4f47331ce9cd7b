"""Importing: what schools sent becomes cases of a collection, shown first and written when it is asked for; nothing is overwritten.

Flows in: files and folders of submissions, and a project. Flows out: case files beside `collection.yml`, what is private in
`cases/.private/`, which nothing that publishes reads, and the list of photos. `receipts` tells a clerk of it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from casepress import captioning, lookalikes
from casepress.arrived import KEPT, NEW, OTHER, SAME, TWICE, Arrival, Imported
from casepress.checking import arrivals, private
from casepress.collection import project
from casepress.collection.headers import read_draft
from casepress.collection.project import SETTINGS, Project
from casepress.collection.settings import Settings, read_settings
from casepress.collection.typed import Context, arriving
from casepress.collection.writing import write_all
from casepress.facts import cores
from casepress.facts.systems import same
from casepress.intake import casefiles, labels, naming, photos, receiving, there
from casepress.intake.submissions import Submission
from casepress.intake.there import Came, There
from casepress.markup.frontmatter import write_header
from casepress.values.problems import NotUnderstood, Problem, Stopped, has_errors, warning
from casepress.values.progress import Progress, unwatched

PRIVATE = there.FOLDER
_MANY = 12  # pictures from which other processes pay for their start
Files = list[tuple[Path, str]]  # files with the names that messages call them by


def arrive(
    place: Project,
    paths: Iterable[Path],
    progress: Callable[[int, int], None] = lambda done, all: None,
    watched: Progress = unwatched,
    given: Iterable[str] = (),
) -> Imported:
    """What these files and folders would become; nothing is written. `progress` hears of files, `watched` of cases.

    `given` are `字段=值` of all cases whose own files do not say it. Raises Stopped where collection.yml cannot be read,
    NotUnderstood where a given field is none of the collection.
    """
    data = project.read(place, SETTINGS)
    settings, problems = read_settings(data)
    if settings is None or has_errors(problems):
        raise Stopped(problems)
    said = _given(given, settings)
    files, lists, problems = _sorted_out(place, receiving.files_of(paths))
    received = receiving.receive(files, labels.labels(settings.fields), settings.places, progress)
    made = Imported(settings, there.read(place, settings), problems=[*problems, *received.problems], files=len(files) + len(lists))
    sums = [casefiles.sum_of(submission) for submission in received.submissions]
    names = _names(received.submissions, sums, made.there)
    for submission in received.submissions:  # behind the sums: the same file is the same, whatever is said of it
        submission.values = {**said, **submission.values}
    met: dict[tuple[str, str], Arrival] = {}
    ids = Counter(made.there.ids.values())
    for submission, sum_, name in watched("整理案例", list(zip(received.submissions, sums, names, strict=True))):
        arrival = met.get((_whose(submission), sum_))
        if arrival is not None:
            submission.warn(f"和 {arrival.submission.source} 一模一样，只收一次", "请看看是不是交了两次", "twice")
            arrival = replace(arrival, submission=submission, state=TWICE)
        else:
            arrival = met[_whose(submission), sum_] = _arrival(place, submission, sum_, name, made, ids)
            if arrival.state in (NEW, SAME, OTHER):
                _doubts(place, arrival, settings)
        arrival.problems = [replace(problem, path=submission.source) for problem in submission.problems]
        made.problems += arrival.problems
        made.arrivals.append(arrival)
    looked = [(each.submission.source, each.path, each.file.text) for each in made.arrivals if each.state in (NEW, SAME, OTHER)]
    found = (
        *arrivals.look(place, settings, looked),
        *lookalikes.coming(place, settings, [(path, text, source) for source, path, text in looked]),
    )
    for arrival in made.arrivals:
        arrival.problems += [problem for problem in found if problem.path == arrival.submission.source and arrival.state != TWICE]
    made.problems += found
    _told_of_twins(made)
    made.problems += captioning.videos_checked(settings.rules, received.videos, received.submissions)
    made.lists = captioning.lists(place, lists)
    captioning.foreseen(place, made)
    fresh = [each for each in made.arrivals if each.state == NEW]
    made.unworded = sum(not row.alt for each in fresh for row in photos.rows_of(each.name, each.file.text))
    return made


def _given(given: Iterable[str], settings: Settings) -> dict[str, tuple[str, ...]]:
    """The values by field that are said of all cases. Raises NotUnderstood."""
    out: dict[str, tuple[str, ...]] = {}
    for words in given:
        name, _, value = (part.strip() for part in words.partition("="))
        asked = settings.field_called(name)
        if asked is None or asked.derived or not value:
            shown = "、".join(each.label for each in settings.fields if not each.private and not each.derived)
            raise NotUnderstood(f"--set 写的“{words}”看不懂，请写成 字段=值，例如 --set 批次=第四批；案例库的字段有 {shown}")
        out[asked.name] = (*out.get(asked.name, ()), value)
    return out


def _sorted_out(place: Project, files: Files) -> tuple[Files, Files, list[Problem]]:
    """The files that may be submissions, and the lists of photos; what is the collection's own is told, and not read."""
    lists = [each for each in files if each[0].name == photos.NAME]
    rest, own = [], []
    for each in files:
        path, name = each
        inside = path.resolve().relative_to(place.root) if path.resolve().is_relative_to(place.root) else Path()
        if inside.parts[:1] in (("cases",), ("build",), ("content",), ("theme",), ("mkdocs.yml",), ("收件报告.html",)) and each not in lists:
            own.append(name)
        elif each not in lists and not any(part.startswith(".") for part in name.split("/")[:-1]):
            rest.append(each)
    what = f"{len(own)} 个文件是案例库自己的（{'、'.join(own[:3])}{' 等' if len(own) > 3 else ''}），没有收"
    cure = "请写明学校交来的文件在哪个文件夹，例如 casepress import 收件"
    return rest, lists, [warning(own[0], 0, what, cure, "files_are_read")] if own else []


def _names(submissions: Sequence[Submission], sums: Sequence[str], known: There) -> list[str]:
    """The name of each case: the one under which it came before, else that of a case of this title and unit, else a new one; what came
    twice has one name."""
    found: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    pairs = [(_whose(submission), sum_) for submission, sum_ in zip(submissions, sums, strict=True)]

    def take(pair: tuple[str, str], name: str) -> None:
        if pair not in found and same(name) not in taken:
            found[pair] = name
            taken.add(same(name))

    came = {(one.identity, one.sum): name for name, one in known.came.items()}
    for pair in pairs:
        if pair in came:
            take(pair, came[pair])
    for whose in ({name: one.identity for name, one in known.came.items()}, known.identities):
        by_identity: dict[str, list[str]] = {}
        for name, identity in sorted(whose.items(), key=lambda each: (len(each[0]), each[0])):  # in which order they were named
            by_identity.setdefault(identity, []).append(name)
        for pair in pairs:
            for name in by_identity.get(pair[0], ()):
                take(pair, name)
    for pair, submission in zip(pairs, submissions, strict=True):
        if pair not in found:
            title, unit = _first(submission, "title") or Path(submission.source).stem, _first(submission, "school")
            take(pair, naming.name_for(title, unit, lambda name: same(name) not in taken and not known.called(name)))
    return [found[pair] for pair in pairs]


def _whose(submission: Submission) -> str:
    return casefiles.identity(_first(submission, "title"), _first(submission, "school"))


def _first(submission: Submission, name: str) -> str:
    return (submission.values.get(name) or ("",))[0]


def _arrival(place: Project, submission: Submission, sum_: str, name: str, made: Imported, ids: Counter) -> Arrival:
    """A submission as a case of this name, held against what is there."""
    before, text = made.there.came.get(name), made.there.texts.get(name)
    identity = _whose(submission)
    is_known = before is not None and before.sum == sum_
    folder, _, short = name.rpartition("/")
    known = before.pictures if is_known and all(project.is_there(place, f"cases/{file}") for file in before.pictures if file) else ()
    own = made.there.ids.get(name, "")
    id_ = naming.id_for(short, lambda wanted: ids[wanted] <= (wanted == own))
    file = casefiles.case_file(submission, made.settings.fields, short, id_, [each.rpartition("/")[2] for each in known])
    ids[id_ or naming.slugs.slug(short)] += text is None
    pictures = tuple(f"{folder}/{each}" if folder and each else each for each in file.made)
    words = {row.file: row.words for row in photos.rows_of(name, file.text)}
    arrival = Arrival(submission, file, name, Came(identity, sum_, pictures, words))
    if text is None:
        renamed = next((other for other, whose in made.there.identities.items() if whose == identity and before is not None), None)
        if renamed is not None and is_known:
            arrival.name, arrival.was, arrival.state, arrival.came = renamed, name, KEPT, before
    elif text == file.text:
        arrival.state = SAME
    elif is_known:
        arrival.state, arrival.came = KEPT, before
    else:
        arrival.state = OTHER
    return arrival


def settle(place: Project, made: Imported, replaced: Iterable[str] = (), watched: Progress = unwatched) -> None:
    """Write what is new, and of what is there only the cases that are named. Raises OSError.

    A case, its pictures and its private values are there whole or not at all, also when Ctrl+C ends it.
    """
    named = {word.removeprefix("cases/").removesuffix(".md") for word in replaced}
    came = dict(made.there.came)
    wanted = []
    for arrival in made.arrivals:
        is_named = bool(named & {arrival.name, arrival.file.name})
        if arrival.was:
            _rename(place, arrival, came)
        if arrival.state == SAME:
            came[arrival.name] = arrival.came
        elif arrival.state == NEW or is_named and arrival.state in (OTHER, KEPT):
            wanted.append(arrival)
        elif arrival.state == OTHER:
            _tell(made, arrival, f"{arrival.path} 已经有了，而且不一样，没有动它", f"要用新的换掉它，请加 --replace {arrival.name}")
    pictures = [dict(arrival.file.pictures) for arrival in wanted]
    many = sum(map(len, pictures)) >= _MANY
    try:
        found = cores.spread(casefiles.developed, pictures, cores.usable() if many else 1)
        for arrival, (developed, lost) in zip(watched("写案例", wanted), found, strict=True):
            for name, reason, cure in lost:
                _tell(made, arrival, f"图片 {name} 没有收：{reason}", cure)
            _write(place, arrival, developed, [name for name, *_ in lost])
            came[arrival.name] = arrival.came
            made.written += 1
        came = captioning.settle(place, made, came)
    finally:
        there.remember(place, came)


def _rename(place: Project, arrival: Arrival, came: dict[str, Came]) -> None:
    """What is kept of a case goes by its new name: private values are found by it."""
    if arrival.was in came:
        came[arrival.name] = came.pop(arrival.was)
    old, new = (place.root / PRIVATE / f"{name}.yml" for name in (arrival.was, arrival.name))
    if old.is_file() and not new.exists():
        new.parent.mkdir(parents=True, exist_ok=True)
        old.rename(new)


def _tell(made: Imported, arrival: Arrival, what: str, cure: str) -> None:
    arrival.problems.append(warning(arrival.submission.source, 0, what, cure, "nothing_is_lost", "not-written"))
    made.problems.append(arrival.problems[-1])


def _write(place: Project, arrival: Arrival, pictures: Mapping[str, bytes], lost: Iterable[str]) -> None:
    """The files of a case, its text last; what is private is readable by its owner alone and out of git."""
    file, target = arrival.file, place.root / arrival.path
    text = file.text
    for name in lost:
        text = casefiles.without(text, name)
    files = {target.parent / name: data for name, data in pictures.items()}
    secret = place.root / PRIVATE / f"{arrival.name}.yml"
    if file.private:
        there.ready(place)
        files[secret] = write_header(file.private).strip("-\n").encode() + b"\n"
    write_all({**files, target: text.encode()}, {secret})
    arrival.is_written = True


def _doubts(place: Project, arrival: Arrival, settings: Settings) -> None:
    """What the collection's own reading says of a case that came in, and personal data in what would be published."""
    context = Context(arrival.path, place, settings, arriving(place, arrival.path))
    draft, _, problems = read_draft(context, arrival.file.text, ())
    for problem in problems:
        told = list(_of_the_form(arrival.submission, problem))  # which takes some of those that are there away
        arrival.submission.problems += told
    arrival.submission.problems += private.arriving(draft, arrival.file.text, settings, arrival.submission.source)


def _of_the_form(sent: Submission, problem: Problem) -> Iterator[Problem]:
    """A problem of a header in the words of the form; what the form leaves empty and must not is told once, as an error."""
    label = (re.match("“([^”]*)”", problem.what) or [""])[0]
    twice = [each for each in sent.problems if label and f"{label}只能选一个" in each.what]
    if problem.check != "required_fields_are_there":
        sent.problems = [each for each in sent.problems if each not in twice]
        yield from (replace(each, level=problem.level) for each in twice or (replace(problem, line=0),))
        return
    missing = re.findall("“([^”]*)”（", problem.what)
    empty = [each for each in sent.problems if any(f"“{label}”是空的" in each.what for label in missing)]
    sent.problems = [each for each in sent.problems if each not in empty]
    if len(empty) == len(missing):
        yield from (replace(each, level=problem.level, check=problem.check) for each in empty)
        return
    cure = "请看看表上是不是换了叫法（在 collection.yml 里写进那个字段的 aliases），或者收进来以后在案例的表头里补上"
    yield replace(problem, line=0, cure=cure)


def _told_of_twins(made: Imported) -> None:
    """Tell of cases of one title and one unit that say different things."""
    first: dict[str, Arrival] = {}
    for arrival in made.arrivals:
        other = first.setdefault(arrival.came.identity, arrival)
        if other is not arrival and arrival.state in (NEW, OTHER):
            what = f"题目和单位都和 {other.submission.source} 一样，文字、格式或图片有出入，收成了两个案例"
            found = warning(arrival.submission.source, 0, what, "请看看哪个是定稿，删去另一个", "titles_are_unique", "same-title")
            arrival.problems.append(found)
            made.problems.append(found)
