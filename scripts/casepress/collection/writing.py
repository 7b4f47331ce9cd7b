"""Writing: a file whole or not at all, or several of them, whatever ends the process or fills the disk."""

import os
import shutil
import signal
import threading
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, with the folders above it. Raises OSError.

    It is written beside its place under a hidden name and then renamed; only a kill leaves that draft behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft(path)
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except BaseException as reason:
        draft.unlink(missing_ok=True)
        if isinstance(reason, OSError) and not reason.filename:  # a full disk does not say of which file
            reason.filename = str(path)
        raise


def write_all(files: Mapping[Path, bytes], private: Container[Path] = ()) -> None:
    """Write files all or none, in their order; those that are `private` for their owner's eyes alone. Raises OSError.

    All are written beside their places first, and put into them while Ctrl+C is let be.
    """
    drafts = {path: _draft(path) for path in files}
    before: dict[Path, bytes | None] = {}
    try:
        for path, draft in drafts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                draft.unlink(missing_ok=True)  # that of a killed process may be everybody's
                draft.touch(0o600 if path in private else 0o666)
                draft.write_bytes(files[path])
                before[path] = path.read_bytes() if path.exists() else None
            except OSError as reason:
                reason.filename = reason.filename or str(path)
                raise
        with undisturbed(later=True):
            done = []
            try:
                for path, draft in drafts.items():
                    draft.replace(path)
                    done.append(path)
            except OSError:
                for path in done:
                    path.unlink() if before[path] is None else write(path, before[path])
                raise
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def link(source: Path, target: Path) -> None:
    """Put a file into a second place without writing it again, where the disk can; else copy it. Raises OSError."""
    try:
        try:
            os.link(source, target)
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def clone(source: Path, target: Path) -> None:
    """Put a file, or a folder with all its files, into a second place, as `link` does. Raises OSError."""
    if not source.is_dir():
        link(source, target)
        return
    target.mkdir()
    with os.scandir(source) as entries:
        for entry in entries:
            (clone if entry.is_dir(follow_symlinks=False) else link)(Path(entry.path), target / entry.name)


@contextmanager
def undisturbed(later: bool = False) -> Iterator[None]:
    """Let Ctrl+C be: files are put into place in a moment, and then all is done; nobody shall hear that nothing was.

    It is heard `later`, behind the block, where other work follows.
    """
    if threading.current_thread() is not threading.main_thread():  # which alone hears of it
        yield
        return
    heard = []
    before = signal.signal(signal.SIGINT, lambda *_: heard.append(True))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
    if later and heard:
        raise KeyboardInterrupt


def _draft(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")
