"""Staging: pages and files become an ordinary docs tree on disk, of which MkDocs or another generator makes the site.

The tree is rewritten only where it does not hold what it should, so that live reload stays calm, and leftovers are
removed. What a file holds is known by its bytes, never by its age or its size: a damaged one is made anew.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casepress.collection.writing import write
from casepress.facts import cores
from casepress.facts.budgets import MAKING, Limit, Over, budget, problems
from casepress.facts.watched import watched
from casepress.site.pages import Page
from casepress.values.problems import Problem, Stopped

_COPIED = 5000  # pages up to which a copy of all that is known is no burden
_FEW = 4  # files of the collection that one copy of the process makes pictures of as soon as two
Source = bytes | Path | Callable[[], bytes]
_Ways = Sequence[tuple[str, Callable[[], bytes]]]


def stage(folder: Path, pages: Iterable[Page], files: Mapping[str, Source], recipe: str = "") -> int:
    """Make a folder the docs tree of these pages and files (path in the tree -> what it holds, or how to get it).

    A way to get something is only gone where the tree has not what it gave before under this path by the same `recipe`,
    and a page only written where it has not the one of the same key: a record beside the folder says so by hash. Returns
    how many files were written. Raises OSError, and Stopped for all that could not be got.
    """
    record = folder.with_name(f".{folder.name}.json")
    said = _recorded(record, recipe)
    known, drawn, got, kept = said.get("files", {}), said.get("pages", {}), {}, {}
    pages = tuple(pages)
    _clear(folder, {*(page.path for page in pages), *files})
    written, todo = 0, []
    for page in pages:
        if page.key and drawn.get(page.path) == [page.key, _hash(_bytes(folder / page.path))]:
            kept[page.path] = drawn[page.path]
        else:
            todo.append(page)
    for made in _made(folder, todo):
        written += made.is_new
        if made.key:
            kept[made.path] = [made.key, made.sum]
    wanted: dict[str, list[tuple[str, Callable[[], bytes]]]] = {}
    for path, source in files.items():
        if not callable(source):
            written += _set(folder / path, source if isinstance(source, bytes) else source.read_bytes())
        elif path not in known or known[path] != (there := _hash(_bytes(folder / path))):
            wanted.setdefault(getattr(source, "file", path), []).append((path, source))
        else:
            got[path] = there
    for path, sum_, is_new in _got(folder, list(wanted.values())):
        written += is_new
        got[path] = sum_
    got = {path: got[path] for path in files if path in got}
    _set(record, json.dumps({"recipe": recipe, "files": got, "pages": kept}, indent=1).encode())
    return written


@dataclass(frozen=True)
class _Made:
    """A page that was written: its path, the sum of what it holds, whether that is new, and by which key it is known, if by any."""

    path: str
    sum: str
    is_new: bool
    key: str


def _made(folder: Path, pages: Sequence[Page]) -> Iterator[_Made]:
    """Write pages; many of them on all cores, when what they share was found for the first."""

    def write_all(some: Sequence[Page]) -> list[_Made]:
        return [_written(folder, page) for page in some]

    yield from write_all(pages[:1])
    for share in cores.divided(write_all, pages[1:]) if len(pages) <= _COPIED else [write_all(pages[1:])]:
        yield from share


def _got(folder: Path, wanted: Sequence[_Ways]) -> Iterator[tuple[str, str, bool]]:
    """Get files and write them, what is made of one file of the collection together: their paths, sums, and whether they are new. Raises
    Stopped with all that is wrong with any of them."""

    def get(ways: _Ways) -> list[tuple[str, str, bool]]:
        return [(path, _hash(data := source()), _set(folder / path, data)) for path, source in ways]

    def limit(ways: _Ways) -> Limit:
        return most.limit(0, getattr(ways[0][1], "pictures", 1))

    most = budget()
    found = watched(get, wanted, limit, cores.usable() if len(wanted) >= _FEW else 1)
    wrong: list[Problem] = []
    for ways, made in zip(wanted, found, strict=True):
        if isinstance(made, Over):
            wrong += problems(getattr(ways[0][1], "file", ways[0][0]), MAKING, made)
        else:
            yield from made
    if wrong:
        raise Stopped(wrong)


def _written(folder: Path, page: Page) -> _Made:
    data = page.text.encode()
    is_new = _set(folder / page.path, data)
    return _Made(page.path, _hash(data), is_new, page.key if page.is_shaped else "")


def _clear(folder: Path, kept: set[str]) -> None:
    """Take away what is not to be there, and every link, for what is written must not land where it leads."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    if folder.is_dir():
        _clear_below(folder, "", kept)


def _clear_below(folder: Path, name: str, kept: set[str]) -> bool:
    """Clear what is below a folder, of that name with `/` in the tree; whether it is empty now."""
    with os.scandir(folder) as entries:
        here = list(entries)
    left = len(here)
    for entry in here:
        if entry.is_dir(follow_symlinks=False):
            if _clear_below(Path(entry.path), f"{name}{entry.name}/", kept):
                os.rmdir(entry.path)
                left -= 1
        elif entry.is_symlink() or f"{name}{entry.name}" not in kept:
            os.unlink(entry.path)
            left -= 1
    return not left


def _recorded(record: Path, recipe: str) -> Mapping[str, Mapping]:
    """The hashes of what was got for each path by a recipe, and the keys and hashes of pages; empty where the record is not
    whole or of another recipe."""
    try:
        said = json.loads(_bytes(record) or b"")
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(said, dict) or said.get("recipe") != recipe:
        return {}
    return {name: part for name in ("files", "pages") if isinstance(part := said.get(name), dict)}


def _set(path: Path, data: bytes) -> bool:
    """See that a file holds these bytes; whether it had to be written."""
    if _bytes(path) == data:
        return False
    write(path, data)
    return True


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


def _hash(data: bytes | None) -> str:
    return "" if data is None else hashlib.sha256(data).hexdigest()
