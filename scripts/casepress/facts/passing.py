"""Passing: temporary folders that are taken away even where the process that made them was killed: the next one that looks does it.

A folder holds a file that is locked as long as its process, or a copy of it, lives; the system itself frees the lock of a dead one.
Where files cannot be locked so (Windows), and of folders without the file, age alone tells.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

_BEGINNING, _HELD = "casepress-", ".held"
_DAY = 24 * 3600  # seconds


class Folder(tempfile.TemporaryDirectory):
    """A temporary folder of ours, as `tempfile.TemporaryDirectory`."""

    def __init__(self) -> None:
        super().__init__(prefix=_BEGINNING, ignore_cleanup_errors=True)
        self._file = held(Path(self.name))


@contextmanager
def within() -> Iterator[None]:
    """In the block, temporary files of others, who leave them where they are killed, are made in a folder of ours."""
    with Folder() as name:
        before, tempfile.tempdir = tempfile.tempdir, name
        try:
            yield
        finally:
            tempfile.tempdir = before


def made() -> Path:
    """A folder that its user takes away; it is to be `held`."""
    return Path(tempfile.mkdtemp(prefix=_BEGINNING))


def held(folder: Path) -> IO | None:
    """Say that somebody is using a folder, for as long as what is returned is not closed. Raises OSError."""
    if fcntl is None:
        return None
    new = folder / f"{_HELD}.new"
    file = new.open("wb")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # a disk on which nothing can be locked: age tells
        file.close()
        new.unlink()
        return None
    new.rename(folder / _HELD)  # locked before anybody can find it
    return file


def clear() -> int:
    """Take away the folders of processes that were killed, and say how many they were. Those of other users stay."""
    number, user = 0, os.getuid() if hasattr(os, "getuid") else None
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            with suppress(OSError):
                if entry.name.startswith(_BEGINNING) and entry.is_dir(follow_symlinks=False):
                    stat = entry.stat(follow_symlinks=False)
                    if user in (None, stat.st_uid) and _is_left(Path(entry.path), stat.st_mtime):
                        shutil.rmtree(entry.path, ignore_errors=True)
                        number += 1
    return number


def _is_left(folder: Path, made_at: float) -> bool:
    if fcntl is None or not (folder / _HELD).is_file():
        return made_at < time.time() - _DAY
    with (folder / _HELD).open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True
