"""Kept: pages of the last site that MkDocs would make the same again are left out of a build, and put in place after it.

A record in the store says under which key a page was made, and the sum of what came out. A page stays where both hold:
its key is what it would be made of now, and the last site's file has that sum. So a file that was damaged or edited by
hand is made anew, and it does not matter which build left it, or whether that one ended well.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from casepress.collection.writing import link
from casepress.facts.store import Store, key
from casepress.site.recipe import FINISHED

_KIND = "pages"
_HEADER = 64 * 1024  # bytes within which a page of ours has its header


@dataclass(frozen=True)
class Last:
    """The folder of the last site, and by each page's path in it the key it was made under and the sum of its bytes."""

    folder: Path
    made: Mapping[str, tuple[str, str]]


def last(store: Store, name: str, folder: Path) -> Last:
    """The last site in a folder, as the record of that name tells it; nothing where there is none."""
    try:
        said = json.loads(store.get(_KIND, name) or b"{}")
        return Last(folder, {path: (made, sum_) for path, (made, sum_) in said.items()})
    except (ValueError, TypeError, AttributeError, RecursionError):
        return Last(folder, {})


def set_aside(site: Last) -> Last:
    """Put the pages of a site out of the way of MkDocs, which empties its folder before it builds."""
    aside = site.folder.with_name(f".{site.folder.name}.old")
    with suppress(OSError):
        shutil.rmtree(aside, ignore_errors=True)
        for path in site.made:
            (aside / path).parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):
                os.replace(site.folder / path, aside / path)
    return Last(aside, site.made)


def keys(recipe: str, files: Iterable) -> dict[str, str]:
    """The key of each of these pages by its path in the site; of pages that people wrote there is none. Raises OSError."""
    found = {}
    for file in files:
        source = file.content_bytes
        if FINISHED.match(source[:_HEADER].decode("utf-8", "replace")):
            found[file.dest_uri] = key((recipe, file.src_uri, file.dest_uri, file.url, source))
    return found


def same(site: Last, wanted: Mapping[str, str]) -> frozenset[str]:
    """The pages of the last site that are what would be made again, by their path in it."""
    return frozenset(path for path, name in wanted.items() if path in site.made and site.made[path] == (name, _sum(site.folder / path)))


def put(site: Last, pages: Iterable[str], target: Path) -> None:
    """Put pages of the last site into the new one: as links where the disk can, for nothing writes into them. Raises OSError."""
    for path in pages:
        link(site.folder / path, target / path)


def remember(store: Store, name: str, site: Last, wanted: Mapping[str, str], stayed: Iterable[str], target: Path) -> None:
    """Write down under which key each page was made, and what came out."""
    stayed = frozenset(stayed)
    made = {path: (under, site.made[path][1] if path in stayed else _sum(target / path)) for path, under in wanted.items()}
    made = {path: (under, sum_) for path, (under, sum_) in made.items() if sum_}  # an empty page is not written
    store.put(_KIND, name, json.dumps(made, separators=(",", ":")).encode())


def _sum(path: Path) -> str:
    """The sum of a file's bytes; an empty text, which no record has, for what is no file."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if not path.is_symlink() else ""
    except OSError:
        return ""
