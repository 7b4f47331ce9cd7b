"""Taken: the files of cases that were taken down: they are not read at all, so that nothing of them is made or kept.

Flows in: the names of the files, and the ids that collection.yml takes down. Flows out: the files that stay, and those that do not.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath

from casepress.collection import project
from casepress.collection.links import Target
from casepress.collection.project import SETTINGS, Project
from casepress.facts import slugs
from casepress.markup import decoding
from casepress.values.personal import TakenDown
from casepress.values.problems import Problem, warning

_ENTRY = re.compile(r"^(id|编号|title|标题|案例名称|案例标题|题目|#)[ ]*[:： ][ ]*[\"'“]?(.*?)[\"'”]?[ ]*$", re.IGNORECASE | re.MULTILINE)
_HEAD = 64 * 1024  # bytes within which a header and the line of a title stand


@dataclass(frozen=True)
class Gone:
    """A file that is not read: its path, the id of its case, its title, and its text."""

    path: str
    id: str
    title: str
    text: str

    @property
    def target(self) -> Target:
        """What a link to it meant."""
        return Target(self.path, f"case:{self.id}", self.title)


def parted(place: Project, names: Sequence[str], taken: Sequence[TakenDown]) -> tuple[tuple[str, ...], tuple[Gone, ...]]:
    """The files that are read, and those of cases that were taken down."""
    if not taken:
        return tuple(names), ()
    ids = {each.id for each in taken}
    stay, gone = [], []
    for name in names:
        found = None
        with suppress(OSError):
            found = _gone(name, project.read(place, name, decoding.fits), ids)
        if found:
            gone.append(found)
        else:
            stay.append(name)
    return tuple(stay), tuple(gone)


def targets_of(gone: Iterable[Gone], taken: Iterable[TakenDown]) -> Iterator[Target]:
    """What links to cases that were taken down meant, whether their files are still there or not."""
    known = set()
    for each in gone:
        known.add(each.id)
        yield each.target
    for each in taken:
        if each.id not in known:
            yield Target(f"cases/{each.id}.md", f"case:{each.id}")


def ids_are_there(gone: Iterable[Gone], taken: Iterable[TakenDown]) -> Iterator[Problem]:
    """What was taken down was a case: an id that is written wrongly takes nothing down."""
    known = {each.id for each in gone}
    for each in taken:
        if each.id not in known:
            what, cure = f"takedown 里的“{each.id}”，没有一个案例是这个编号", "文件已经删去的，不用管它；文件还在的，请核对编号"
            yield warning(SETTINGS, each.line, what, cure, "what_is_taken_down_is_gone")


def _gone(name: str, data: bytes, ids: set[str]) -> Gone | None:
    head = decoding.decode(data[:_HEAD], name)[0]
    said: dict[str, str] = {}
    for word, value in _ENTRY.findall(head):
        said.setdefault("id" if word.lower() in ("id", "编号") else "title", value.strip())
    named = said.get("id") if slugs.is_id(said.get("id", "")) else ""
    own = named or slugs.slug(PurePosixPath(name).with_suffix("").relative_to("cases").as_posix())
    return Gone(name, own, said.get("title", ""), decoding.decode(data, name)[0]) if own in ids else None
