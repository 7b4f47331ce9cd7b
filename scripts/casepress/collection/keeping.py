"""Keeping: what was read of the cases, from one run to the next, as plain data in a few files.

Flows in: a project and what was read. Flows out: the same, in a later run, as far as it was made by the same code. A file
for each case would take longer to open than to read; of these a change writes one.
"""

import gc
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from zlib import crc32

from casepress.collection.bodies import Reader
from casepress.collection.drafts import Read, read_of
from casepress.collection.project import Project
from casepress.facts.store import key
from casepress.values.plain import NotPlain, packed, unpacked

_KIND = "cases"
_FILES = 32


def kept(place: Project, reader: Reader) -> dict[str, Read]:
    """What was read of the cases, by the names of their files."""
    found: dict[str, Read] = {}
    if reader.known:
        return dict(reader.known)
    if reader.store.folder is None:
        return found
    with _all_is_wanted():
        for number in range(_FILES):
            data = reader.store.get(_KIND, _name(place, reader, number))
            try:
                found.update((read.name, read) for read in map(read_of, unpacked(data) if data else ()))
            except (NotPlain, TypeError, ValueError):
                continue
    return found


@contextmanager
def _all_is_wanted() -> Iterator[None]:
    """Python looks for garbage whenever much is made; here nothing is, and the looks would cost a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def keep(place: Project, reader: Reader, before: Mapping[str, Read], now: Iterable[Read]) -> None:
    """Keep what was read now; `before` is what was kept until now."""
    now = [read for read in now if read.key]
    if reader.known is not None:
        reader.known.clear()
        reader.known.update((read.name, read) for read in now)
    if reader.store.folder is None:
        return
    old, new = _parted(before.values()), _parted(now)
    for number in range(_FILES):
        if [*map(id, old[number])] != [*map(id, new[number])]:
            reader.store.put(_KIND, _name(place, reader, number), packed(tuple(read.parts for read in new[number])))


def _parted(reads: Iterable[Read]) -> dict[int, list[Read]]:
    """In the order of their names, by the number of the file in which they are kept."""
    found: dict[int, list[Read]] = defaultdict(list)
    for read in sorted(reads, key=lambda read: read.name):
        found[crc32(read.name.encode("utf-8", "surrogateescape")) % _FILES].append(read)
    return found


def _name(place: Project, reader: Reader, number: int) -> str:
    """Several collections may share a folder; one that is moved with its folder keeps what it has."""
    try:
        home = os.path.relpath(place.root, reader.store.folder or place.root)
    except ValueError:  # on another drive
        home = str(place.root)
    return key((reader.made, home, str(number)))
