"""Settling: the bodies of cases with the targets of their links and pictures, each held to what it may take (`facts.budgets`).

Flows in: what was read of the cases, and where each leads. Flows out: a body for each, in their order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casepress.collection.bodies import Body, Reader
from casepress.collection.drafts import Read
from casepress.collection.leads import Leads
from casepress.facts import cores
from casepress.facts.budgets import Over, budget
from casepress.facts.watched import watched
from casepress.markup.counted import captions_of

_FEW = 100  # cases that one copy settles as soon as two


@dataclass(frozen=True)
class _Case:
    """A case with what its body is settled with."""

    read: Read
    targets: dict[str, str]
    photos: tuple[str, ...]

    @property
    def is_settled(self) -> bool:
        return self.read.body.is_settled(self.targets, self.photos)


def settled(reader: Reader, read: Sequence[Read], found: Sequence[Leads]) -> Iterator[Body | Over]:
    """The body of each case with its fragment, or Over. What was settled so before is not settled again."""
    cases = [
        _Case(each, leads.targets, captions_of(each.draft.values.get("photos", ()), each.draft.markdown))
        for each, leads in zip(read, found, strict=True)
    ]

    def settle(case: _Case) -> Body:
        draft = case.read.draft
        return replace(reader.settle(case.read.body, draft.markdown, draft.prefix, case.targets, case.photos), draft=None)

    new = [case for case in cases if not case.is_settled]
    most, number = budget(), cores.usable() if len(new) >= _FEW else 1
    made = watched(settle, new, lambda case: most.limit(len(case.read.draft.markdown)), number)
    for case in cases:
        yield case.read.body if case.is_settled else next(made)
