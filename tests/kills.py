"""Kills: builds are killed at every named moment and at random, while a reader reads the release all the time.

`bash scripts/kills` kills 300 of them, fills a disk up and takes the right to write away, and prints the table that stands in
SECURITY.md; `test_killed.py` does it with a few. It knows nothing of casepress but the paths that the guide promises.
"""

import contextlib
import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PARTS = ("site", "books")


@dataclass
class Reader:
    """Reads all files of site and books in `build`, again and again, and holds them against the manifest that stands there.

    `whole` counts the sights of a whole release, `turned` those during which it became another one (each file is then one of either),
    `gone` those that found nothing (where a system switches in two steps), `broken` says what was neither.
    """

    build: Path
    pause: float = 0.02
    whole: int = 0
    turned: int = 0
    gone: int = 0
    files: int = 0
    broken: list[str] = field(default_factory=list)

    def look(self) -> None:
        """Read all of it once."""
        before, found = self._manifest(), dict(self._found())
        after = self._manifest()
        self.files += len(found)
        if before == after and not before:
            self.gone += 1
        elif before == after:
            self.whole += 1
            wanted = before[1]
            self.broken += [f"{path}: {'is not there' if path not in found else 'is of no release'}" for path in wanted if found.get(path) != wanted[path]]
            self.broken += [f"{path}: is not in the manifest" for path in found if path not in wanted]
        else:
            self.turned += 1
            either = [each[1] for each in (before, after) if each]
            self.broken += [f"{path}: is of neither release" for path, sum_ in found.items() if all(each.get(path) != sum_ for each in either)]

    @contextmanager
    def reading(self) -> Iterator["Reader"]:
        """In the block it reads all the time."""
        end = threading.Event()

        def read() -> None:
            while not end.wait(self.pause):
                self.look()

        thread = threading.Thread(target=read)
        thread.start()
        try:
            yield self
        finally:
            end.set()
            thread.join()
            self.look()

    def _manifest(self) -> tuple[tuple[int, ...], dict[str, str]] | None:
        """Which manifest stands there, and what it names."""
        try:
            with (self.build / "release.json").open("rb") as file:
                said = os.fstat(file.fileno())
                return (said.st_ino, said.st_mtime_ns), json.loads(file.read())["files"]
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _found(self) -> Iterator[tuple[str, str]]:
        for part in PARTS:
            for folder, _, names in os.walk(self.build / part):
                for name in names:
                    path = os.path.join(folder, name)
                    with contextlib.suppress(FileNotFoundError, NotADirectoryError), open(path, "rb") as file:
                        yield os.path.relpath(path, self.build), hashlib.file_digest(file, "sha256").hexdigest()


def left(build: Path, temporary: Path | None = None) -> list[str]:
    """What a build should have taken away: drafts, folders that were taken out of the way, temporary folders."""
    found = [str(path.relative_to(build)) for ending in ("new", "old") for path in build.rglob(f".*.{ending}")]
    return sorted(found + [path.name for path in (temporary.iterdir() if temporary else ())])


@contextmanager
def small_disk(place: Path, size: str = "24m") -> Iterator[Callable[..., None]]:
    """A disk of its own on a folder; what it gives mounts it again with other words (`ro`). Raises PermissionError where one may not."""

    def mount(*words: str) -> None:
        ran = subprocess.run(["mount", *words], capture_output=True, text=True, check=False)
        if ran.returncode:
            raise PermissionError(ran.stderr.strip())

    mount("-t", "tmpfs", "-o", f"size={size}", "casepress", str(place))
    try:
        yield lambda word: mount("-o", f"remount,{word}", str(place))
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def filled(folder: Path, rest: int) -> Path:
    """A file that leaves only so many bytes of a disk."""
    path = folder / "ballast"
    said = os.statvfs(folder)
    with path.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, said.f_bavail * said.f_frsize - rest)
    return path
