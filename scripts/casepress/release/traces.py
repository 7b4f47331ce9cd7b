"""Traces: what tells of the machine on which a release was made: paths of its folders, its user's name, its own name.

Flows in: the folder of a collection. Flows out: what to look for, and what of it stands in the bytes of a file.
"""

import getpass
import re
import socket
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Names that many machines have, and that are words.
_COMMON = frozenset(
    "admin administrator build casepress debian default docker guest home localhost notebook office public root runner school "
    "server service student teacher test ubuntu user users vagrant windows www-data".split()
)
_SHORTEST = 5  # characters of a name that is looked for: shorter ones are words, or parts of them


@dataclass(frozen=True)
class Traces:
    """What to look for, in bytes: paths as they stand, names only where they stand by themselves."""

    paths: tuple[bytes, ...]
    names: tuple[bytes, ...]

    def found(self, data: bytes) -> Iterator[str]:
        """What of it stands in some bytes."""
        yield from (each.decode("utf-8", "replace") for each in self.paths if each in data)
        for each in self.names:
            if each in data and re.search(rb"(?<![0-9A-Za-z])%b(?![0-9A-Za-z])" % re.escape(each), data):
                yield each.decode("utf-8", "replace")


def traces(root: Path) -> Traces:
    """What tells of this machine; `root` is the folder of the collection."""
    paths = {root.absolute(), root.resolve(), Path.home(), Path(sys.prefix), Path(__file__).resolve().parents[2]}
    said = {str(path) for path in paths if len(path.parts) > 1} | {f"{tempfile.gettempdir()}/casepress-"}
    said |= {path.replace("\\", "/") for path in said}
    # What stands within another is found with it; the end of a folder's name is where it ends
    ends = {f"{path}/" if len(Path(path).parts) < 3 and not path.endswith("-") else path for path in said}
    return Traces(tuple(sorted(each.encode("utf-8", "surrogateescape") for each in ends)), tuple(sorted(_names())))


def _names() -> Iterator[bytes]:
    for ask in (getpass.getuser, lambda: socket.gethostname().partition(".")[0]):
        try:
            name = ask()
        except (OSError, KeyError, ImportError):  # a process without a user's entry
            continue
        if len(name) >= _SHORTEST and name.lower() not in _COMMON:
            yield name.encode("utf-8", "surrogateescape")
