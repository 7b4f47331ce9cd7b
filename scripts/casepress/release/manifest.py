"""The manifest of a release: every file of site and books with its sum, so that a copy on a server can be held against it.

Flows in: folders. Flows out: `release.json`, the same bytes for the same files, and what differs in a copy.
"""

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from casepress.values.problems import Failed

FILE, FORMAT = "release.json", 1
PARTS = ("site", "books")
_AT_ONCE = 1 << 20  # bytes
_PACKED = ".gz"  # what a server keeps beside a file to send it sooner


class NoManifest(Failed):
    """There is none, or it is none of ours; the message is a Chinese sentence."""


@dataclass(frozen=True)
class Manifest:
    """What was released: its title, and by their paths (site/index.html) the SHA-256 of all files in hexadecimal."""

    title: str
    files: Mapping[str, str]

    @property
    def sum(self) -> str:
        """One sum for all of it: two releases of the same files have the same."""
        return hashlib.sha256("".join(f"{sum_}  {path}\n" for path, sum_ in sorted(self.files.items())).encode()).hexdigest()

    def written(self) -> bytes:
        """Its file, which also says how many files of each kind there are."""
        kinds = Counter(name.rpartition(".")[2] for name in self.files)
        said = {"format": FORMAT, "title": self.title, "sha256": self.sum, "kinds": dict(sorted(kinds.items())), "files": dict(self.files)}
        return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


@dataclass(frozen=True)
class Differences:
    """In what a copy differs from the release, by paths in the copy; `part` is what it is a copy of: site, books, or nothing for both."""

    part: str
    same: int
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.missing or self.added)


def sums_of(folder: Path) -> dict[str, str]:
    """The SHA-256 of the files below a folder, by their paths in it. Raises OSError."""
    return {name: _sum(path) for name, path in files_below(folder)}


def read(path: Path) -> Manifest:
    """Raises NoManifest, OSError."""
    try:
        said = json.loads(path.read_bytes())
        found = Manifest(str(said["title"]), {str(name): str(sum_) for name, sum_ in said["files"].items()})
    except FileNotFoundError as reason:
        raise NoManifest(f"没有 {path}，不知道发布的是什么，请先运行 casepress build") from reason
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as reason:
        raise NoManifest(f"{path} 不是 casepress build 写的，或者坏了，请再运行一次 casepress build") from reason
    if said.get("format") != FORMAT or said.get("sha256") != found.sum:
        raise NoManifest(f"{path} 被人改过，或者是别的版本写的，不能用它核对，请再运行一次 casepress build")
    return found


def compared(manifest: Manifest, copy: Path) -> Differences:
    """In what a folder differs from the release, or from the part of it that it is a copy of. Raises NoManifest, OSError."""
    part = _part(manifest, copy)
    wanted = {
        name.removeprefix(f"{part}/") if part else name: sum_
        for name, sum_ in manifest.files.items()
        if not part or name.startswith(f"{part}/")
    }
    if part:
        there = dict(files_below(copy))
    else:  # both may be links, as in `build`
        there = {f"{name}/{below}": path for name in PARTS for below, path in files_below(copy / name)}
        wanted = {name: sum_ for name, sum_ in wanted.items() if (copy / name.partition("/")[0]).is_dir()}
    changed = [name for name, path in there.items() if name in wanted and _sum(path) != wanted[name]]
    added = [name for name, path in there.items() if name not in wanted and not _is_packed(path, wanted.get(name.removesuffix(_PACKED), ""))]
    missing = [name for name in wanted if name not in there]
    same = sum(name in there for name in wanted) - len(changed)
    return Differences(part, same, tuple(sorted(changed)), tuple(sorted(missing)), tuple(sorted(added)))


def files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files below a folder by their paths in it; a link is one, wherever it leads."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            yield from ((f"{path.name}/{name}", each) for name, each in files_below(path))
        else:
            yield path.name, path


def _part(manifest: Manifest, copy: Path) -> str:
    """Of which part a folder is a copy: the one of which it has the most files, where all of it stands in one folder nothing."""
    if not copy.is_dir():
        raise NoManifest(f"没有 {copy} 这个文件夹")
    held = {"": sum((copy / name).is_file() for name in manifest.files)}
    for part in PARTS:
        held[part] = sum((copy / name.removeprefix(f"{part}/")).is_file() for name in manifest.files if name.startswith(f"{part}/"))
    if not any(held.values()):
        raise NoManifest(f"{copy} 里没有一个文件是这次发布的，请看看是不是写错了文件夹")
    return max(held, key=lambda part: held[part])


def _sum(path: Path) -> str:
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_packed(path: Path, sum_: str) -> bool:
    """Whether a file is another one of the release, packed for sending."""
    if not sum_ or path.suffix != _PACKED:
        return False
    unpacker, found = zlib.decompressobj(zlib.MAX_WBITS | 16), hashlib.sha256()
    try:
        with path.open("rb") as file:
            while data := file.read(_AT_ONCE):
                while data:  # a little at a time, however much it may be
                    found.update(unpacker.decompress(data, _AT_ONCE))
                    data = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return unpacker.eof and found.hexdigest() == sum_
