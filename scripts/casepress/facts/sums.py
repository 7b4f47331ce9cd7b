"""Sums: the sum of a file's bytes, computed once as long as the file is the same by its size and its time."""

import hashlib
from functools import lru_cache
from pathlib import Path

from casepress.facts.store import Store, key


def file_sum(path: Path, store: Store) -> str:
    """The SHA-256 of a file, as hexadecimal digits. Raises OSError."""
    stat = path.stat()
    return _sum(path, stat.st_size, stat.st_mtime_ns, store)


@lru_cache(maxsize=256)
def _sum(path: Path, size: int, time: int, store: Store) -> str:
    name = key((str(path), str(size), str(time)))
    known = store.get("file", name)
    if known is not None:
        return known.decode()
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    store.put("file", name, found.encode())
    return found
