"""Publishing: a release is made beside the last one and takes its place whole, or not at all (decision 10 in CONTRIBUTING.md).

All that is published together stands in one folder, `build/current`; `build/site` and its like are links into it, which stay.
"""

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable, Container, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from casepress.collection.project import Project
from casepress.collection.writing import clone, undisturbed, write
from casepress.facts import passing
from casepress.release.manifest import FILE, PARTS
from casepress.values.problems import Failed

__all__ = ["Busy", "NoFolder", "NotPutBack", "alone", "fresh", "put_right", "undisturbed", "write"]

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_RELEASED = (*PARTS, FILE)
_MENDABLE = (errno.EACCES, errno.EDQUOT, errno.EIO, errno.ENOSPC, errno.EROFS)  # why no link is made where there might be one
Exchange = Callable[[Path, Path], bool]
Rename = Callable[[Path, Path], object]


class Busy(Failed):
    """Another casepress works in the same folder; the message is a Chinese sentence."""


class NoFolder(Failed):
    """What stands in the place of the build folder is none; the message is a Chinese sentence."""


class NotPutBack(Failed):
    """A folder could be put neither into its place nor back; the message is a Chinese sentence that says where it is."""


@contextmanager
def alone(build: Path, wait: float = 0) -> Iterator[None]:
    """Hold a build folder for one process; `wait` is for how many seconds at most others are waited for, -1 without end.

    The system itself lets go of it when a process ends, however it ends. Raises Busy where another holds it, NoFolder, OSError.
    """
    from filelock import FileLock, Timeout

    try:
        build.mkdir(parents=True, exist_ok=True)
    except FileExistsError as reason:
        what = "是一个链接，它指向的文件夹不在" if build.is_symlink() else "是一个文件"
        raise NoFolder(f"{build} {what}，没有地方放做出来的东西，请移开或改正它") from reason
    lock = FileLock(build / ".lock")
    try:
        lock.acquire(timeout=wait)
    except Timeout as reason:
        raise Busy(f"另一个 casepress 正在 {build} 里工作，请等它结束再试") from reason
    try:
        passing.clear()
        yield
    finally:
        passing.clear()  # again: the copies of a killed process live a moment longer
        lock.release()


@contextmanager
def fresh(place: Project, parts: Container[str], exchange: Exchange | None = None, rename: Rename = os.rename) -> Iterator[Path]:
    """A folder for the next release, which takes the last one's place in one step when the block ends well.

    Its `parts` are empty folders, the others those of the last release. When the block fails, or when the folder cannot be put into its
    place, all is as it was. Call it inside `alone`, after `put_right`. `exchange` swaps two paths in one step, or says that it cannot.
    Raises NotPutBack, OSError.
    """
    exchange, current, new = exchange or _exchange, place.current, _new(place.current)
    with ExitStack() as stack:
        try:
            new.mkdir()
            for part in PARTS:
                if part in parts:
                    (new / part).mkdir()
                elif (current / part).is_dir():
                    clone(current / part, new / part)
            yield new
            stack.enter_context(undisturbed())
            for name in _RELEASED:
                if (new / name).exists():
                    _point(place, name, exchange, rename)
            _swap(current, exchange, rename)
        finally:
            _clear(current)
            _mend_links(place, exchange, rename)


def put_right(place: Project, exchange: Exchange | None = None, rename: Rename = os.rename) -> None:
    """Remove what a killed build left and, where it had taken something away, put that back.

    What stands in a link's place (the folders of an older casepress, of MkDocs alone, of a copy of the collection) becomes a part of the
    release, and nobody sees a difference. Call it inside `alone`. Raises NotPutBack, OSError.
    """
    exchange = exchange or _exchange
    for path in (place.current, *(place.build / name for name in _RELEASED)):
        if not os.path.lexists(path) and not (place.current / path.name).exists() and _old(path).exists():
            rename(_old(path), path)
        _clear(path)
    if strange := [name for name in _RELEASED if _is_strange(place, name)]:
        try:
            _new(place.current).mkdir()
            for name in _RELEASED:
                if (there := place.build / name if name in strange else place.current / name).exists():
                    clone(there, _new(place.current) / name)
            _swap(place.current, exchange, rename)
        finally:
            _clear(place.current)
        for name in strange:
            _point(place, name, exchange, rename)
    _mend_links(place, exchange, rename)


def _mend_links(place: Project, exchange: Exchange, rename: Rename) -> None:
    """Make the links that are missing, and take away those that lead nowhere."""
    for name in _RELEASED:
        if not (place.current / name).exists():
            if _is_ours(place, name):
                (place.build / name).unlink()
        elif not os.path.lexists(place.build / name):
            _point(place, name, exchange, rename)


def _is_ours(place: Project, name: str) -> bool:
    path = place.build / name
    return path.is_symlink() and os.readlink(path) == os.path.join(place.current.name, name)


def _is_strange(place: Project, name: str) -> bool:
    """Whether what stands in a link's place is another folder of site or books, or another manifest."""
    path = place.build / name
    return not _is_ours(place, name) and (path.is_dir() if name in PARTS else path.is_file())


def _point(place: Project, name: str, exchange: Exchange, rename: Rename) -> None:
    """Let a name in `build` lead into the release, whatever stands there; where the system makes no links, take that away."""
    path = place.build / name
    if _is_ours(place, name):
        return
    try:
        _new(path).symlink_to(os.path.join(place.current.name, name), target_is_directory=name in PARTS)
    except OSError as reason:
        if reason.errno in _MENDABLE:
            raise
        if os.path.lexists(path):
            rename(path, _old(path))  # so that a kill leaves no half of it under its name
            _remove(_old(path))
    else:
        _swap(path, exchange, rename)
        _clear(path)


def _clear(path: Path) -> None:
    """Take away what is left beside a path; the old one only where there is a new one."""
    for leftover in (_new(path), _old(path)) if os.path.lexists(path) else (_new(path),):
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


def _swap(target: Path, exchange: Exchange, rename: Rename) -> None:
    """Put what is new where the target is. On Linux in one step; elsewhere in two, with the old one kept until the end."""
    if os.path.lexists(target):
        if exchange(_new(target), target):
            return
        rename(target, _old(target))
    try:
        rename(_new(target), target)
    except OSError:
        _put_back(target, rename)
        raise


def _put_back(target: Path, rename: Rename) -> None:
    if not os.path.lexists(_old(target)):  # there was none
        return
    try:
        rename(_old(target), target)
    except OSError as reason:
        what = f"新的 {target.name} 放不到位，上一次的也放不回去（{reason.strerror or reason}），它现在叫 {_old(target)}"
        raise NotPutBack(f"{what}。请关掉正在用 {target} 的程序，再运行一次；或者自己把它改名为 {target.name}") from reason


def _exchange(one: Path, other: Path) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return False
    return not renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
