"""Hands: who lays out books, and whether they begin before it is known what there is to do.

Loading WeasyPrint takes as long as reading a hundred cases. Where a book was not made of the very same files before, workers load it
while cases are read.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress

from casepress.collection.project import Project
from casepress.facts.crews import Crew
from casepress.facts.maker import maker
from casepress.facts.store import Store, key
from casepress.facts.systems import files_below
from casepress.press import workers

_KIND = "made"


@contextmanager
def at_hand(place: Project, executor: Executor | None, *words: str) -> Iterator[workers.Hands]:
    """Who does the jobs of the block, which makes of a project what these words say."""
    store, name = Store(place.cache), _key(place, words)
    is_known = store.get(_KIND, name) is not None
    with workers.at_hand(executor) as hands:
        if isinstance(hands, Crew) and not is_known:
            hands.begin()
        yield hands
    if not is_known:
        store.put(_KIND, name, b"")


def _key(place: Project, words: tuple[str, ...]) -> str:
    """A key of all files by their sizes and times, without reading them; what it does not tell costs only time."""
    found = [maker(), str(place.root), *words]
    for folder in (place.cases, place.content, place.root / "theme"):
        for entry in files_below(folder):
            with suppress(OSError):  # it has just gone
                stat = entry.stat(follow_symlinks=False)
                found.append(f"{entry.path} {stat.st_size} {stat.st_mtime_ns}")
    return key(part.encode("utf-8", "surrogateescape") for part in found)
