"""Lookalikes: cases that are like one another, and what comes in that is like what is there.

Flows in: a collection, the arrivals of an import. Flows out: problems for `check` and `import`. What is found is for a person
to judge: they are warnings, and nothing is left out or refused for them. The report of all is made `against`.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path

from casepress.collection import project
from casepress.collection.headers import read_draft
from casepress.collection.project import Project
from casepress.collection.settings import Settings
from casepress.collection.settled import line_for
from casepress.collection.taken import parted
from casepress.collection.typed import Context, arriving
from casepress.facts import wording
from casepress.facts.maker import maker
from casepress.facts.store import NOTHING, Store, key
from casepress.likeness import saying
from casepress.likeness.texts import DOCUMENTS, Text, body, means
from casepress.markup import decoding
from casepress.values.cases import Case, Collection
from casepress.values.plain import NotPlain, packed, unpacked
from casepress.values.problems import Problem, warning

# What compares brings numpy, a tenth of a second of loading: the functions below import it where they use it.
_CHECK, _KIND = "cases_are_sent_once", "lookalikes"
_MEASURED = 60
"""So many of the most alike pairs are measured on their texts where a warning is all that is wanted."""
_MOST_TOLD = 3  # pairs told of one text that comes in
_LOOK = "请对照看看是不是重复提交"
_SILENCE = "看过没有问题的，在表头里加一行 {line}，把理由写上"


def texts_of(cases: Iterable[Case]) -> list[Text]:
    """The cases as texts, in the order of their files."""
    return [_text(case.path, case.markdown, case) for case in sorted(cases, key=lambda case: case.path)]


def check(place: Project, collection: Collection) -> tuple[Problem, ...]:
    """A warning for each pair and each crowd of cases that nobody has settled, and for each verdict that names no case.

    It is kept what they came to: while no text is another one, nothing is compared, and numpy is not loaded.
    """
    texts, store = texts_of(collection.cases), Store(place.cache)
    told = tuple(_verdicts_name_cases(texts))
    if len(texts) < 2:
        return told
    facts = ((text.name, text.markdown, text.title, text.id, text.batch, text.award, repr((text.order, text.settled))) for text in texts)
    name = key((maker(), *chain.from_iterable(facts)))
    if (data := store.get(_KIND, name)) is not None:
        with suppress(NotPlain):
            return (*told, *unpacked(data))
    found = tuple(_alike(place, texts, store))
    store.put(_KIND, name, packed(found))
    return (*told, *found)


def _alike(place: Project, texts: Sequence[Text], store: Store) -> Iterator[Problem]:
    from casepress.likeness.judging import judged
    from casepress.likeness.keeping import knowns

    found = judged(texts, knowns(texts, store, home(place)), most=_MEASURED)
    for match in found.open:
        what = "；".join(filter(None, (f"和 {saying.called(match.earlier)}{saying.share(match)}", saying.entered_before(match))))
        cure = f"{_LOOK}（casepress likeness 会列出相同的话）；{_SILENCE.format(line=line_for(match.earlier.known_by))}"
        yield warning(match.later.name, 1, what, cure, _CHECK)
    for crowd in found.crowds:
        first, *others = crowd.texts
        what = f"和另外 {len(others)} 篇{'文字一字不差' if crowd.is_same else '的大部分文字相同'}：{saying.names(others)}"
        cure = f"{_LOOK}，或者是不是表格没有填；看过没有问题的，在另外几个的表头里各加一行 {line_for(first.known_by)}，把理由写上"
        yield warning(first.name, 1, what, cure, _CHECK)


def _verdicts_name_cases(texts: Sequence[Text]) -> Iterator[Problem]:
    """A verdict names another case, or a file of another folder."""
    for text in texts:
        for each in text.settled:
            if Path(each.other).suffix.casefold() in DOCUMENTS or any(means(other, each.other) for other in texts if other is not text):
                continue
            guess = wording.nearest(each.other, (other.id for other in texts if other is not text))
            cure = f"是不是想写 {guess}" if guess else "请写对方的编号、文件名或标题；对方已经删去的，请删去这一项"
            yield warning(text.name, each.line, f"查重说明里的“{each.other[:60]}”不是别的案例", cure, _CHECK)


def coming(place: Project, settings: Settings, arrivals: Sequence[tuple[str, str, str]]) -> list[Problem]:
    """A warning for each text that comes in and is like one that is there, or like another that comes in.

    Each arrival is the file that it would become, the text of that file, and where it came from: what the problem names.
    """
    from casepress.likeness.judging import judged
    from casepress.likeness.keeping import knowns

    sources, new = {path: source for path, _, source in arrivals}, {path: text for path, text, _ in arrivals}
    there = files(place, settings)
    whole = {**new, **there}  # of one that is there already, the file with its verdicts
    arrived, old = (
        [Text(name, body(text)) for name, text in some] for some in (new.items(), (each for each in there.items() if each[0] not in new))
    )
    known = [*knowns(arrived, NOTHING, ""), *knowns(old, Store(place.cache), f"{home(place)}/files")]
    found = judged([*arrived, *old], known, lambda one, other: one.name in new or other.name in new, filling(place, settings, whole), _MEASURED)
    out: list[Problem] = []
    told: dict[str, int] = {}
    for match in found.open:
        one, other = match.earlier, match.later
        later, earlier = (one, other) if one.name in new and other.name not in new else (other, one)
        told[later.name] = told.get(later.name, 0) + 1
        if told[later.name] > _MOST_TOLD:
            continue
        both = replace(match, earlier=earlier, later=later)
        name = f"一起收到的 {sources[earlier.name]} " if earlier.name in new else f"已有的 {saying.called(earlier)}"
        what = "；".join(filter(None, (f"和{name}{saying.share(both)}", saying.entered_before(both))))
        out.append(warning(sources[later.name], 0, what, f"{_LOOK}；{_SILENCE.format(line=line_for(earlier.known_by))}", _CHECK, "alike"))
    out += [
        warning(sources[name], 0, f"还和另外 {number - _MOST_TOLD} 个案例相像", "收进来以后，运行 casepress likeness 看全部", _CHECK, "alike")
        for name, number in told.items()
        if number > _MOST_TOLD
    ]
    for crowd in found.crowds:
        first = next(text for text in crowd.texts if text.name in new)
        others = [replace(text, name=sources.get(text.name, text.name)) for text in crowd.texts if text is not first]
        what = f"和另外 {len(others)} 篇{'文字一字不差' if crowd.is_same else '的大部分文字相同'}：{saying.names(others)}"
        out.append(warning(sources[first.name], 0, what, f"{_LOOK}，或者是不是表格没有填", _CHECK, "alike"))
    return out


def files(place: Project, settings: Settings) -> dict[str, str]:
    """The files of all cases as they are written, by name, but for those that were taken down; what cannot be read is left out, and is
    told when it is read."""
    found = {}
    for name in parted(place, project.case_files(place)[0], settings.privacy.taken_down)[0]:
        with suppress(OSError):
            found[name] = decoding.decode(project.read(place, name), name)[0]
    return found


def filling(place: Project, settings: Settings, written: Mapping[str, str]) -> Callable[[Text], Text]:
    """A function that gives a text what the header of its file says; a header is read only where it is asked for."""

    @cache
    def filled(text: Text) -> Text:
        if text.name not in written:
            return text
        draft = read_draft(Context(text.name, place, settings, arriving(place, text.name)), written[text.name], ())[0]
        if draft is None:
            return text
        batch, award, unit = ("、".join(map(str, draft.values.get(name, ()))) for name in ("batch", "award", "school"))
        order = tuple((term.order, term.label) for term in draft.values.get("batch", ())[:1])
        return replace(text, title=draft.title, id=draft.id, unit=unit, batch=batch, award=award, order=order, settled=draft.settled)

    return filled


def home(place: Project) -> str:
    """What tells collections apart that share a store; one that is moved with its store stays the same."""
    try:
        return os.path.relpath(place.root, place.cache)
    except ValueError:  # on another drive
        return str(place.root)


def _text(name: str, markdown: str, case: Case) -> Text:
    batch = ((case.batch.order, case.batch.label),) if case.batch else ()
    return Text(name, markdown, case.title, case.id, case.text("school"), case.text("batch"), case.text("award"), batch, case.settled)
