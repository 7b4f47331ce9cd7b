"""Citing: how a case is cited, after GB/T 7714-2015 (4.6 electronic resources, 8.1 names): who, title [EB/OL], publisher, year, address.

The day of the citation and, without a declared address, the address itself are the reader's: a script adds them to what is copied.
"""

from casepress.facts import codes
from casepress.values.cases import Case, Collection

_NAMED = 3  # names that are told; of more 等 is said (8.1.2)


def cited(collection: Collection, case: Case) -> str:
    """The citation without the day of the citation; its address stands at the end where one is declared."""
    shown = [name for name in ("authors", "school") if name in collection.by_field and not collection.by_field[name].private]
    who = next((named for name in shown if (named := _named([str(each) for each in case.all(name)]))), "")
    publisher = ", ".join(filter(None, (collection.publisher, collection.date[:4])))
    title = f"{case.title}：{case.text('subtitle')}" if case.text("subtitle") else case.title
    parts = (who, f"{title}[EB/OL]", publisher or collection.title, codes.address(collection.address, case.id) if collection.address else "")
    return ". ".join(filter(None, parts)) + "."


def _named(names: list[str]) -> str:
    return ", ".join((*names[:_NAMED], "等")) if len(names) > _NAMED else ", ".join(names)
