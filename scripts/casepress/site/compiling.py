"""Compiling: the templates of a site compiled by a copy of this process, while this one reads the cases.

Flows in: a project. Flows out: what makes them known here, before the first page is made; what is wrong with one is said when a page
needs it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from casepress.collection.project import Project
from casepress.facts import cores
from casepress.values.problems import Failed

_KINDS = ("casepress", "mkdocs")


@contextmanager
def compiled_meanwhile(place: Project, is_wanted: bool) -> Iterator[Callable[[], None]]:
    """Begin, where that is wanted and a copy may be made; what is given makes known here what was compiled meanwhile."""
    if not is_wanted or cores.usable() == 1:
        yield lambda: None
        return
    from casepress.markup.templates import compiled

    with cores.aside(lambda: _compiled(place)) as result:

        def know() -> None:
            for kind, told in zip(_KINDS, result(), strict=True):
                compiled(kind).hear(told)

        yield know


def _compiled(place: Project) -> tuple[bytes, ...]:
    from casepress.markup.templates import compile_all, compiled, environment
    from casepress.site import website

    compile_all(environment(place.themes("pages")))
    try:
        env = website.templates(place)
    except (Failed, OSError):
        pass
    else:
        env.bytecode_cache = compiled("mkdocs")
        compile_all(env, ("main.html", "404.html"))
    return tuple(compiled(kind).told() for kind in _KINDS)
