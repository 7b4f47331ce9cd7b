"""The store: what was made once and is used again, as plain bytes under a key of all that shaped it.

Entries stand in a folder by kind and key. Each is written whole or not at all, so two builds may share a folder, and
carries a sum of its own bytes: what is damaged, or was never ours, is not there. Nothing of it is ever run or unpickled.
"""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LIMIT = 2 * 1024**3  # bytes; the pieces of a thousand full cases take about 60 MB
_MAGIC = b"casepress store 1\n"
_MOST = 1000  # small things that a process remembers
_learnt: dict[tuple[str, str], bytes] = {}
_DAY = 24 * 60 * 60
_ENTRY = re.compile("([0-9a-f]{2})/\\1[0-9a-f]{62}")


def key(parts: Iterable[bytes | str]) -> str:
    """A name for what these parts shape, in the order given: 64 hexadecimal digits. No two lists of parts have the same."""
    sum_ = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        sum_.update(b"%d:" % len(data) + data)
    return sum_.hexdigest()


@dataclass(frozen=True)
class Store:
    """A folder of entries; without a folder nothing is kept. `limit` is in bytes, for all kinds together."""

    folder: Path | None
    limit: int = LIMIT

    def get(self, kind: str, name: str) -> bytes | None:
        """The bytes of an entry; None where there is none, or where it is not what was put there."""
        if self.folder is None:
            return None
        path = self._path(kind, name)
        try:
            data = path.read_bytes()
            if path.stat().st_mtime < time.time() - _DAY:
                os.utime(path)  # it is in use: those unused for longest go first
        except OSError:
            return None
        head = len(_MAGIC) + 32
        if data[: len(_MAGIC)] != _MAGIC or data[len(_MAGIC) : head] != _sum(kind, name, memoryview(data)[head:]):
            return None
        return data[head:]

    def put(self, kind: str, name: str, data: bytes) -> bool:
        """Keep bytes, and say whether they are kept. A full or read-only disk keeps nothing and stops nobody."""
        if self.folder is None:
            return False
        path = self._path(kind, name)
        draft = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(prefix=f".{os.getpid()}.", suffix=".new", dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(_MAGIC + _sum(kind, name, data))
                file.write(data)  # a book of thousands of cases is not copied
            os.replace(draft, path)
            return True
        except BaseException as reason:
            if draft:
                with suppress(OSError):
                    os.unlink(draft)
            if not isinstance(reason, OSError):
                raise
            return False

    def known(self, kind: str, name: str) -> bytes | None:
        """The same of small things that hang on no collection: what this process read or learnt for another folder is kept in this one as well."""
        data = self.get(kind, name)
        if data is not None:
            _remember(kind, name, data)
        elif (data := _learnt.get((kind, name))) is not None:
            self.put(kind, name, data)
        return data

    def learn(self, kind: str, name: str, data: bytes) -> None:
        """Keep bytes here, and as long as this process lives for whatever other folder will ask for them (`known`)."""
        self.put(kind, name, data)
        _remember(kind, name, data)

    def trim(self) -> None:
        """Remove drafts that a killed build left and, above the limit, what was unused for longest, down to four fifths of it."""
        if self.folder is None:
            return
        found = []
        for entry in self._files():
            with suppress(OSError):  # another build may be at work here
                stat = entry.stat(follow_symlinks=False)
                if not entry.name.startswith("."):
                    found.append((stat.st_mtime_ns, stat.st_size, entry.path))
                elif _is_left(entry.name, stat.st_mtime):
                    os.unlink(entry.path)
        total = sum(size for _, size, _ in found)
        if total <= self.limit:
            return
        for _, size, path in sorted(found):
            if total <= self.limit * 4 // 5:
                break
            with suppress(OSError):
                os.unlink(path)
                total -= size

    def clear(self) -> int:
        """Remove all entries, and the folders that are empty then; say how many bytes that were. Raises OSError.

        What else lies in the folder stays: it may be one of the user's choice.
        """
        total, folders = 0, set()
        for path in (Path(entry.path) for entry in self._files()) if self.folder is not None and self.folder.is_dir() else ():
            if _ENTRY.fullmatch("/".join(path.parts[-2:])) or path.name.startswith(".") and path.name.endswith(".new"):
                total += path.stat().st_size
                path.unlink()
                folders.update(path.parents[:3])
        for folder in sorted(folders, key=lambda folder: -len(folder.parts)):
            with suppress(OSError):  # not empty
                folder.rmdir()
        return total

    def _path(self, kind: str, name: str) -> Path:
        return self.folder / kind / name[:2] / name

    def _files(self) -> Iterator[os.DirEntry]:
        found = (entry for kind in _entries(self.folder) for part in _entries(kind.path) for entry in _entries(part.path))
        return (entry for entry in found if entry.is_file(follow_symlinks=False))


NOTHING = Store(None)  # keeps nothing


def _is_left(draft: str, made_at: float) -> bool:
    """Whether nobody writes a draft any more: its name tells the process, its age where that one may be of another machine. Where this errs,
    one entry is not kept."""
    process = draft.split(".")[1]
    if os.name == "posix" and process.isdigit():
        try:
            os.kill(int(process), 0)
        except ProcessLookupError:
            return True
        except OSError:  # somebody else's
            pass
    return made_at < time.time() - _DAY


def _remember(kind: str, name: str, data: bytes) -> None:
    if len(_learnt) < _MOST:
        _learnt[kind, name] = data


def _entries(folder: Path | str) -> list[os.DirEntry]:
    """What stands in a folder; nothing where it is none."""
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


def _sum(kind: str, name: str, data: bytes | memoryview) -> bytes:
    """The sum of an entry: of its bytes and of where it belongs, so that none can stand in another's place."""
    sum_ = hashlib.sha256(f"{kind}/{name}\n".encode())
    sum_.update(data)
    return sum_.digest()
