"""Arrivals: cases that only just came in, held against the rules of their batch and proofread before they are written.

Flows in: the texts of case files that an import would write. Flows out: the problems that `check` would tell of them, with the file that was sent.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from casepress.checking import calls
from casepress.checking.checks import lengths_keep_the_limit
from casepress.checking.texts import texts_are_proofread
from casepress.collection.bodies import Reader
from casepress.collection.headers import read_draft
from casepress.collection.project import Project
from casepress.collection.settings import Settings
from casepress.collection.typed import Context, arriving
from casepress.values.cases import Case, Collection
from casepress.values.problems import Problem


def look(place: Project, settings: Settings, files: Iterable[tuple[str, str, str]], today: date | None = None) -> list[Problem]:
    """The problems of files that came in, each given as its source, the path that it would have, and its text."""
    reader, cases, sources = Reader(), [], {}
    for source, path, text in files:
        draft = read_draft(Context(path, place, settings, arriving(place, path)), text, ())[0]
        if draft is None:
            continue
        body = reader.fresh(draft.markdown, draft.prefix)
        body = body if body.fragment else reader.settle(body, draft.markdown, draft.prefix, {})
        sources[path] = source
        cases.append(
            Case(
                draft.id,
                path,
                draft.title,
                draft.values,
                body.fragment,
                draft.lines,
                draft.markdown,
                draft.body_line,
                body.characters,
                findings=body.findings,
            )  # fmt: skip
        )
    collection = Collection(settings.title, settings.fields, tuple(cases), lines=settings.lines, rules=settings.rules, wishes=settings.wishes)
    found = (*lengths_keep_the_limit(collection), *calls.of_arrivals(collection, today), *texts_are_proofread(collection))
    return [_told(problem, sources) for problem in found]


def _told(problem: Problem, sources: dict[str, str]) -> Problem:
    """A problem in the words of what was sent: the line is that of the text which would be written."""
    if problem.path not in sources:
        return problem
    where = f"（收进来以后的第 {problem.line} 行）" if problem.line else ""
    return replace(problem, path=sources[problem.path], line=0, what=f"{problem.what}{where}")
