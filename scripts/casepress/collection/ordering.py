"""Ordering: in which order cases stand, on the site and in books alike.

Flows in: cases and what collection.yml says after `order:`. Flows out: the cases in their reading order.
"""

from collections.abc import Iterable

from casepress.facts.slugs import sound
from casepress.facts.wording import offer
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Typer, items
from casepress.values.cases import Case
from casepress.values.fields import TERMS, Field, Kind, natural

Order = tuple[tuple[str, bool], ...]  # names of fields, and whether each begins at its end
USUAL: Order = (("batch", False), ("award", False), ("id", False))
_ID = ("id", "编号")


def read_order(typer: Typer, node: Node | None, fields: Iterable[Field]) -> Order:
    """The order that an entry asks for: names or labels of fields, each with - before it where it is to begin at its end."""
    fit = [f for f in fields if not f.private and f.kind not in (Kind.PICTURES, Kind.FILES, Kind.LINK, Kind.SOURCE)]
    found: dict[str, bool] = {}
    for item in items(node):
        word = typer.text(item, "order")
        plain = word.lstrip("-－— ")
        name = "id" if plain in _ID else next((f.name for f in fit if plain in f.names), "")
        if name:
            found.setdefault(name, plain != word)
        elif word:
            cure = offer(plain, [name for f in fit for name in f.names], [f.name for f in fit])
            typer.report(item, f"order 写了“{word}”，没有这个字段", cure)
    return tuple(found.items()) or USUAL


def ordered(cases: Iterable[Case], order: Order, fields: Iterable[Field]) -> tuple[Case, ...]:
    """Cases in an order; of equals, batches come from the first on, prizes from the highest on, then ids as one counts them.

    Who has no value stands behind all who have one, whatever the direction.
    """
    kinds = {f.name: f.kind for f in fields}
    found = list(cases)
    for name, turned in reversed((*order, *(each for each in USUAL if each[0] not in dict(order)))):
        has = {True: [], False: []}
        for case in found:
            has[name in ("id", "title") or bool(case.all(name))].append(case)
        has[True].sort(key=lambda case, name=name: _key(case, name, kinds.get(name)), reverse=turned)
        found = has[True] + has[False]
    return tuple(found)


def _key(case: Case, name: str, kind: Kind | None) -> tuple:
    if name == "id":
        return natural(case.id)
    value = case.title if name == "title" else case.one(name)
    if kind in TERMS:
        return value.order, sound(value.label), value.slug
    if kind is Kind.PLACE:
        return value.codes
    return sound(getattr(value, "name", str(value)), kind is Kind.PEOPLE)
