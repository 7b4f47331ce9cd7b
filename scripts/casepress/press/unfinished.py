"""Unfinished: what is said of cases that were not laid out within their budget, while all others were, and are kept."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from casepress.book.book import Section
from casepress.facts.budgets import LAYING, Over, problems
from casepress.values.problems import Problem


def told(section: Section, over: Over, lay: Callable[[Iterable[Section]], Iterable[object]]) -> Iterator[Problem]:
    """Which case or text of a section it was: of several cases that stand together each is laid out alone."""
    some = [replace(section, cases=(case,)) for case in section.cases] if len(section.cases) > 1 else []
    alone = [(each, piece) for each, piece in zip(some, lay(some), strict=True) if isinstance(piece, Over)]
    for each, why in alone or [(section, over)]:
        for owner in each.cases or filter(None, [each.text]):
            yield from problems(owner.path, LAYING, why)
