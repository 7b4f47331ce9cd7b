"""Indexing: the search index of a staged collection, made and proven while its pages are made, or after them.

Flows in: a project and its collection. Flows out: the index in the staged tree and in the site, or `Stopped`.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from casepress import publishing
from casepress.collection.project import Project
from casepress.facts.systems import files_below
from casepress.values.cases import Collection
from casepress.values.problems import Stopped, error

if TYPE_CHECKING:
    from casepress.search.aside import Helper


def helper_of(place: Project) -> "Helper":
    """Who makes the long lists of the search index and proves it; in a large collection a process that starts while cases are read."""
    from casepress.search import aside

    return aside.ready() if sum(1 for each in files_below(place.cases) if each.name.endswith(".md")) >= aside.MANY else aside.HERE


def is_another(helper: "Helper | None") -> bool:
    """Whether there is one, and it is a process of its own, as in a large collection."""
    from casepress.search import aside

    return helper not in (None, aside.HERE)


def finish(
    place: Project,
    collection: Collection,
    helper: "Helper | None",
    begun: Callable[[], Iterator[tuple[str, bytes]]] | None,
    site: Path | None,
    wanted: Callable[[], bool] = lambda: True,
) -> bool:
    """Put the search index, once it is proven in its own bytes, into the staged tree and into a site, if there is one. Raises Stopped.

    It is given up, and False said, where it is not `wanted` any more before it is put there.
    """
    from casepress.search import index, proving
    from casepress.site import indexed

    helper = helper or helper_of(place)
    files, asked = {}, proving.wanted(collection)  # while others make the long lists
    for path, data in (begun or index.begin(collection, helper))():
        if not wanted():
            return False
        files[path] = data
    proven = helper.proof(asked, files)
    try:
        indexed.put_in(place.stage, {path.removeprefix(f"{indexed.FOLDER}/"): data for path, data in files.items()}, proven)
    except (proving.IndexIncomplete, KeyError) as reason:
        raise Stopped(
            [error("cases", 0, f"搜索用的数据没有做成：{reason}", "请把这个案例库和这句话交给技术人员", "every_case_is_found")]
        ) from reason
    if site is not None:
        indexed.give(place.stage, site)
    return True


def alone(place: Project, index: Callable[..., bool], *given: object) -> bool:
    """The same work where another casepress is not at work in the same folder any more."""
    with publishing.alone(place.build, wait=-1):
        return index(*given)
