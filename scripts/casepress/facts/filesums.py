"""File sums: what was found out about a file's bytes, without reading them again where the file is the one that was read."""

import hashlib
import time
from collections.abc import Callable
from os import stat_result
from pathlib import Path

from casepress.facts.store import Store, key

_RESTED = 2 * 10**9  # ns; a file that was changed since may be changed again within one tick of its clock


def remembered(path: Path, store: Store, kind: str, made: str, find: Callable[[], str]) -> str:
    """What `find` finds in a file, as `made` finds it; the file is known again by path, size, times and place on the disk.

    Without a store it is remembered as long as this process lives. Raises OSError, and what `find` raises: that is not remembered.
    """
    stat = path.stat()
    name = _name(path, stat, made)
    if (found := store.known(kind, name)) is not None:
        return found.decode()
    text = find()
    if _name(path, path.stat(), made) == name and time.time_ns() - max(stat.st_mtime_ns, stat.st_ctime_ns) > _RESTED:
        store.learn(kind, name, text.encode())
    return text


def is_remembered(path: Path, store: Store, kind: str, made: str) -> bool:
    """Whether this was found out about a file before. Raises OSError."""
    return store.known(kind, _name(path, path.stat(), made)) is not None


def sum_of(path: Path, store: Store) -> str:
    """The SHA-256 of a file, in hexadecimal. Raises OSError."""
    return remembered(path, store, "sum", "", lambda: _sum(path))


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stamp(stat: stat_result) -> str:
    """What tells a file from another one and from itself before it was changed, as far as a system says it without reading it."""
    return f"{stat.st_dev} {stat.st_ino} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}"


def _name(path: Path, stat: stat_result, made: str) -> str:
    return key((made, str(path.absolute()).encode("utf-8", "surrogateescape"), stamp(stat)))
