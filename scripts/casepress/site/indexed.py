"""Indexed: the search index in a staged tree and in a site, as a folder of its own that is put there last.

MkDocs has nothing to do with it, and nothing takes longer to make: while MkDocs is at work the folder stands outside the
tree, and the index is made meanwhile. In the tree it is whole or not there. Of the last but one the files are written over,
once no site has them any more: where many were removed a moment ago ext4 makes a new file thirty times more slowly.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from casepress.collection.writing import link

FOLDER = "search"
_LAST = "base.js"  # who has it finds the others
_FEW = 5


def take_out(docs: Path) -> None:
    """Take the index of the last time out of a staged tree. Raises OSError."""
    if os.path.lexists(docs / FOLDER):
        _remove(_outside(docs))
        os.rename(docs / FOLDER, _outside(docs))


def put_back(docs: Path) -> None:
    """Put what was taken out where it was, if nothing came in its place. Raises OSError."""
    if _outside(docs).is_dir() and docs.is_dir() and not os.path.lexists(docs / FOLDER):
        os.rename(_outside(docs), docs / FOLDER)


@contextmanager
def returning(docs: Path) -> Iterator[None]:
    """Where the block fails, what was taken out of a tree goes back."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            put_back(docs)
        raise


def put_in(docs: Path, files: Mapping[str, bytes], proven: Callable[[], object] = lambda: None) -> None:
    """Put the index with these files (their names below the folder) into a staged tree; what is the same is not written again.

    `proven` waits until it is proven. Raises what that raises, and then nothing is in the tree; OSError.
    """
    outside = _outside(docs)
    spare = outside.with_name(f"{outside.name}.spare")
    same = _same(outside, files)
    if same != set(files) or set(os.listdir(outside)) != same:
        new = outside.with_name(f"{outside.name}.new")
        _remove(new)
        new.mkdir(parents=True)
        unused = _unused(spare)
        try:
            for name, data in files.items():
                if name in same:
                    link(outside / name, new / name)
                else:
                    if unused:
                        os.rename(unused.pop(), f"{new}/{name}")
                    with open(f"{new}/{name}", "wb") as file:
                        file.write(data)
            proven()
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        _remove(spare)
        if os.path.lexists(outside):
            os.rename(outside, spare)
        os.rename(new, outside)
    else:
        proven()
    _remove(docs / FOLDER)
    docs.mkdir(parents=True, exist_ok=True)
    os.rename(outside, docs / FOLDER)


def give(docs: Path, site: Path) -> None:
    """Put the index of a tree, or else the one that was taken out of it, into a site; no file is ever missing meanwhile. Raises OSError."""
    source = docs / FOLDER if (docs / FOLDER).is_dir() else _outside(docs)
    if not source.is_dir():
        return
    target = site / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    there, given = set(os.listdir(target)), os.listdir(source)
    for name in sorted(given, key=lambda name: name == _LAST):
        file, place = f"{source}/{name}", f"{target}/{name}"
        if name not in there:
            link(file, place)
        elif not os.path.samefile(file, place):  # a link to itself cannot be put over it
            link(file, f"{target}/.{name}.new")
            os.replace(f"{target}/.{name}.new", place)
    for name in there.difference(given):
        if name.endswith(".js"):
            os.unlink(target / name)


def _outside(docs: Path) -> Path:
    return docs.with_name(f".{docs.name}.{FOLDER}")


def _unused(folder: Path) -> list[str]:
    """The files of a folder that stand nowhere else."""
    try:
        with os.scandir(folder) as entries:
            return [each.path for each in entries if each.is_file(follow_symlinks=False) and each.stat(follow_symlinks=False).st_nlink == 1]
    except OSError:
        return []


def _same(folder: Path, files: Mapping[str, bytes]) -> set[str]:
    """The files that a folder holds already, byte for byte. All name one version: where the first few are others, all are."""
    found: set[str] = set()
    if not folder.is_symlink():
        for nth, (name, data) in enumerate(files.items()):
            if nth == _FEW and not found:
                break
            with suppress(OSError):
                if (folder / name).read_bytes() == data and not (folder / name).is_symlink():
                    found.add(name)
    return found


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
