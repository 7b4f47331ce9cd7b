"""Judged: what was found out about a face of a font file, kept under the sum of the file's bytes: a file is judged once."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from casepress.facts.filesums import sum_of
from casepress.facts.maker import maker
from casepress.facts.store import Store, key
from casepress.values.plain import NotPlain, packed, unpacked

_KIND = "face"


def judged(path: Path, index: int, store: Store, what: str, find: Callable[[Path, int], Any]) -> Any:
    """What `find` finds of a face, a plain value (`values.plain`); from the store where it was found before.

    Raises OSError, and what `find` raises: that is not kept.
    """
    if store.folder is None:
        return find(path, index)
    sum_ = sum_of(path, store)
    name = key((maker("fonttools", "pillow"), sum_, path.stem, str(index), what))  # a font without a name is called as its file
    data = store.known(_KIND, name)
    if data is not None:
        try:
            return _value(data)
        except NotPlain:
            pass
    found = find(path, index)
    if sum_of(path, store) == sum_:
        store.learn(_KIND, name, packed(found))
    return found


@lru_cache(maxsize=256)
def _value(data: bytes) -> Any:
    """What bytes say, read once in a process: each folder keeps the same of the same face."""
    return unpacked(data)
