"""File sums: the hash of a file's bytes, without reading them again where the file is the one that was read."""

import hashlib
import time
from os import stat_result
from pathlib import Path

from casepress.facts.store import Store, key

_KIND = "sum"
_RESTED = 2 * 10**9  # ns; a file that was changed since may be changed again within one tick of its clock


def sum_of(path: Path, store: Store) -> str:
    """The SHA-256 of a file, in hexadecimal; it is known again by path, size, times and place on the disk. Raises OSError."""
    stat = path.stat()
    name = _name(path, stat)
    if (found := store.get(_KIND, name)) is not None:
        return found.decode()
    with path.open("rb") as file:
        made = hashlib.file_digest(file, "sha256").hexdigest()
    if _name(path, path.stat()) == name and time.time_ns() - max(stat.st_mtime_ns, stat.st_ctime_ns) > _RESTED:
        store.put(_KIND, name, made.encode())
    return made


def _name(path: Path, stat: stat_result) -> str:
    return key((str(path.absolute()), f"{stat.st_dev} {stat.st_ino} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}"))
