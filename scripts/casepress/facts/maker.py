"""The maker: which casepress this is, to the byte, for the keys of what it made.

A version alone does not tell two states of a checkout apart.
"""

import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from casepress.facts.store import key

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def maker(*libraries: str) -> str:
    """A sum of casepress' own code and data, of Python, and of the versions of these libraries, read once in a process."""
    return key((f"Python {sys.version}", *(f"{name} {version(name)}" for name in libraries), *_own()))


def _own() -> Iterable[bytes | str]:
    for path in sorted(_PACKAGE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and "shipped" not in path.parts:
            yield path.relative_to(_PACKAGE).as_posix()
            yield path.read_bytes()
