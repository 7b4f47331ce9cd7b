"""Publishing: a folder is made beside the old one and swapped in whole, or not at all (decision 10 in CONTRIBUTING.md)."""

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from casepress.collection.writing import undisturbed, write
from casepress.facts import passing
from casepress.values.problems import Failed

__all__ = ["Busy", "NoFolder", "NotPutBack", "alone", "fresh", "put_right", "write"]

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
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
        lock.release()


@contextmanager
def fresh(*targets: Path, exchange: Exchange | None = None, rename: Rename = os.rename) -> Iterator[tuple[Path, ...]]:
    """New empty folders beside the targets, which replace them, all or none, when the block ends well.

    When it fails, or when one of them cannot be put into its place, all targets are as they were. What an earlier, killed
    build left behind is put right before. Call it inside `alone`. `exchange` swaps two paths in one step, or says that it
    cannot. Raises NotPutBack, OSError.
    """
    exchange = exchange or _exchange
    put_right(*targets, rename=rename)
    with ExitStack() as stack:
        try:
            for target in targets:
                _new(target).mkdir()
            yield tuple(map(_new, targets))
            stack.enter_context(undisturbed())
            _swap_all(targets, exchange, rename)
        finally:
            for target in targets:
                for leftover in (_new(target), _old(target)) if os.path.lexists(target) else (_new(target),):
                    _remove(leftover)


def put_right(*targets: Path, rename: Rename = os.rename) -> None:
    """Remove what a killed build left beside these folders or, where it had already taken the old one away, put that back.

    Call it inside `alone`. Raises OSError.
    """
    for target in targets:
        target.parent.mkdir(parents=True, exist_ok=True)
        if not os.path.lexists(target) and _old(target).exists():
            rename(_old(target), target)
        for leftover in (_new(target), _old(target)):
            _remove(leftover)


def _swap_all(targets: Iterable[Path], exchange: Exchange, rename: Rename) -> None:
    swapped: list[tuple[Path, bool]] = []
    try:
        for target in targets:
            swapped.append((target, _swap(target, exchange, rename)))
    except BaseException:
        for target, at_once in reversed(swapped):
            _swap_back(target, at_once, exchange, rename)
        raise


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


def _swap(target: Path, exchange: Exchange, rename: Rename) -> bool:
    """Put the new folder where the target is. On Linux in one step (True); elsewhere in two, with the old one kept until the end."""
    if os.path.lexists(target):
        if exchange(_new(target), target):
            return True
        rename(target, _old(target))
    try:
        rename(_new(target), target)
    except OSError:
        _put_back(target, rename)
        raise
    return False


def _swap_back(target: Path, at_once: bool, exchange: Exchange, rename: Rename) -> None:
    """Undo a swap that went well, because another one did not."""
    if at_once:
        exchange(_new(target), target)
    else:
        rename(target, _new(target))
        _put_back(target, rename)


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
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0
