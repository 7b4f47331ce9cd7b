"""Compiling: the templates of a site turned into Python by a copy of this process, while this one reads the cases.

Flows in: a project. Flows out: what makes them known here, before the first page is made; what is wrong with one is said when a page
needs it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from casepress.collection.project import Project
from casepress.facts import cores
from casepress.values.problems import Failed

if TYPE_CHECKING:
    from casepress.markup.templates import Written


@contextmanager
def compiled_meanwhile(place: Project, is_wanted: bool) -> Iterator[Callable[[], None]]:
    """Begin, where that is wanted and a copy may be made; what is given makes known here what was made meanwhile."""
    if not is_wanted or cores.usable() == 1:
        yield lambda: None
        return
    from casepress.markup.templates import compiled

    with cores.aside(lambda: _turned(place)) as result:

        def know() -> None:
            for kind, written in result().items():
                compiled(kind).know(written)

        yield know


def _turned(place: Project) -> "dict[str, Written]":
    from casepress.markup.templates import compiled, environment
    from casepress.site import website

    pages = environment(place.themes("pages"))
    found = {"casepress": compiled("casepress").turned(pages, pages.list_templates(extensions=("html",)))}
    with suppress(Failed, OSError):
        found["mkdocs"] = compiled("mkdocs").turned(website.templates(place), ("main.html", "404.html"))
    return found
