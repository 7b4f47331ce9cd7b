"""Listing: in which order cases stand on the site's pages, and what the orders are called that a reader can choose.

Flows in: cases and the fields they are sorted by. Flows out: the same cases, the newest batch first; and the orders as pairs
of the word in an address (`sort=batch`) and the words that a reader sees. The script `cases` sorts by the same rule: cases
without a value come last, equals keep the order of reading.
"""

from collections.abc import Iterable
from types import MappingProxyType

from casepress.collection.views import Group, View
from casepress.values.cases import Case
from casepress.values.fields import Field, Kind

SHOWN = 50  # cases that stand on a page of a list at first; the script fetches as many at a time
FEW = 24  # cases of a value up to which its page shows all of them as cards, and nothing to choose by
_BATCH = "batch"
_NAMED = MappingProxyType({"award": "等次高的在前", "region": "按地区", "title": "按标题拼音"})


def newest_first(cases: Iterable[Case], batches: View | None) -> tuple[Case, ...]:
    """The cases by batch, the newest first, where batches are counted; else as they are."""
    if not batches or batches.field.kind is not Kind.ORDINAL:
        return tuple(cases)
    ranks = {group.slug: nth for nth, group in enumerate(batches.groups)}
    return tuple(sorted(cases, key=lambda case: min((ranks.get(term.slug, len(ranks)) for term in case.all(_BATCH)), default=len(ranks))))


def orders(fields: Iterable[Field]) -> tuple[tuple[str, str], ...]:
    """The orders of a list; the first, with no word, is the one that a reader finds where no words are looked for."""
    fields = tuple(fields)
    names = [field.name for field in fields]
    labels = {field.name: f"按{field.label}" for field in fields} | {name: words for name, words in _NAMED.items() if name in (*names, "title")}
    counted = any(field.name == _BATCH and field.kind is Kind.ORDINAL for field in fields)
    first = (("", "最新批次在前"), (_BATCH, "最新批次在前"), (f"-{_BATCH}", "最早批次在前")) if counted else (("", "按编排顺序"),)
    middle = [name for name in ("award", "region", "title") if name in labels]
    rest = [name for name in names if name not in middle and not (counted and name == _BATCH)]
    return (*first, *((name, labels[name]) for name in (*middle, *rest)), *((("reading", "按编排顺序"),) if counted else ()))


def latest(batches: View | None) -> Group | None:
    """The newest batch."""
    return batches.groups[0] if batches and batches.groups else None
