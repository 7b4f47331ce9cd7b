"""Publishing: a folder is made beside the old one and swapped in whole, or not at all (design, decision 13)."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no advisory locks of this kind; there the check for a second build is left out
    fcntl = None  # type: ignore[assignment]

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


class Busy(Exception):
    """Another build works in the same folder; the message is a Chinese sentence."""


@contextmanager
def alone(build: Path) -> Iterator[None]:
    """Hold a build folder for one process. Raises Busy where another holds it."""
    build.mkdir(parents=True, exist_ok=True)
    with open(build / ".lock", "w", encoding="utf-8") as lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as reason:
                raise Busy(f"另一个 casepress 正在 {build} 里工作，请等它结束再试") from reason
        yield


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(data)
    draft.replace(path)


@contextmanager
def fresh(*targets: Path) -> Iterator[tuple[Path, ...]]:
    """New empty folders beside the targets, which replace them when the block ends well.

    When it fails, the targets stay as they were. What an earlier, killed build left behind is removed or, where it had
    already taken the old folder away, put back. Call it inside `alone`.
    """
    for target in targets:
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() and _old(target).exists():
            _old(target).rename(target)
        for leftover in (_new(target), _old(target)):
            _remove(leftover)
    try:
        for target in targets:
            _new(target).mkdir()
        yield tuple(map(_new, targets))
        for target in targets:
            _swap(_new(target), target)
    finally:
        for target in targets:
            for leftover in (_new(target), _old(target)) if target.exists() else (_new(target),):
                _remove(leftover)


def _remove(path: Path) -> None:
    """Take away a folder, or what stood in its place."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)


def _new(target: Path) -> Path:
    return target.with_name(f".{target.name}.new")


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _swap(new: Path, target: Path) -> None:
    """Put `new` where `target` is. On Linux in one step; elsewhere in two, with the old one kept until the end."""
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        target.rename(_old(target))
        new.rename(target)


def _exchange(one: Path, other: Path) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0
