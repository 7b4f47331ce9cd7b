"""Java: validators that are written in it, asked in a process of their own, once for many files."""

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest


def asked(program: str, files: Iterable[Path], lacking: list[str], words: str, seconds: float | None = None) -> Mapping[Path, list[str]]:
    """What a program, which prints it as JSON by file, says of each of these files, in so many seconds at most.

    Where something is `lacking`, the test that asks is skipped with these words, and fails if CI=true: never is that a pass.
    """
    files = tuple(files)
    if lacking:
        words = words.format("、".join(lacking))
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(words)
        pytest.skip(words)
    done = subprocess.run([sys.executable, program, *map(str, files)], capture_output=True, timeout=seconds, check=False)
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout.decode().splitlines()[-1])
    assert len(found) == len(files)
    return {file: found[str(file)] for file in files}


def lacking(*modules: str) -> list[str]:
    """Which of these modules are not installed, JPype among them; Java, where all else is there."""
    found = [name for name in ("jpype", *modules) if importlib.util.find_spec(name) is None]
    if not found:
        import jpype

        try:
            jpype.getDefaultJVMPath()
        except jpype.JVMNotFoundException:
            found.append("Java")
    return found
