"""Menu: the navigation of mkdocs.yml, with the index pages of fields that it does not name.

An editor who adds a field with `facet: yes` finds it in the navigation, behind the other fields, without writing it there a
second time. Where mkdocs.yml names none of these pages it is left as it is.
"""

from collections.abc import Iterable, Iterator
from html import escape

from casepress.values.cases import Collection

Entry = tuple[str, str]  # a label, which Material writes into HTML as it is, and the path of a page in the docs tree


def entries(collection: Collection) -> tuple[Entry, ...]:
    """The index pages of the fields that cases are chosen by, where some case has a value."""
    fields = (field for field in collection.facets if any(case.all(field.name) for case in collection.cases))
    return tuple((escape(field.label), f"by/{field.name}/index.md") for field in fields)


def completed(nav: object, found: Iterable[Entry]) -> object:
    """A navigation as MkDocs has it (a list of `{label: path}`, paths and sections) with what it lacks of the entries."""
    lacking = [{label: path} for label, path in found if path not in set(_paths(nav))]
    if not isinstance(nav, list):
        return nav
    at = max((nth for nth, item in enumerate(nav, 1) if any(_is_index(path) for path in _paths(item))), default=0)
    return [*nav[:at], *lacking, *nav[at:]] if at else nav


def _is_index(path: str) -> bool:
    return path.startswith("by/") and path.count("/") == 2


def _paths(item: object) -> Iterator[str]:
    if isinstance(item, str):
        yield item
    for inner in item if isinstance(item, list) else item.values() if isinstance(item, dict) else ():
        yield from _paths(inner)
