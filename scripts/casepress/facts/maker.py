"""The maker: which casepress this is, to the byte, for the keys of what it made.

A version alone does not tell two states of a checkout apart.
"""

import os
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

from casepress.facts.store import key

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def maker(*libraries: str) -> str:
    """A sum of casepress' own code and data, of Python, and of the versions of these libraries, read once in a process."""
    return key((f"Python {sys.version}", *(f"{name} {version(name)}" for name in libraries), _own(_PACKAGE)))


@cache
def _own(package: Path) -> str:
    parts: list[bytes | str] = []
    for folder, below, names in os.walk(package):
        below[:] = sorted(set(below) - {"__pycache__", "shipped"})
        for path in (Path(folder, name) for name in sorted(names)):
            if path.is_file():
                parts += (path.relative_to(package).as_posix(), path.read_bytes())
    return key(parts)
