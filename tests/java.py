"""Java: validators that are written in it, each asked in a process of its own, one for a whole run of tests.

A validator learns more with each file, and to begin takes longer than to judge ten of them.
"""

import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest
from filelock import FileLock

_SERVE, _OFTEN = "--serve", 1.0  # seconds between two looks whether the run of tests goes on


def asked(program: str, files: Iterable[Path], lacking: list[str], words: str, seconds: float | None = None) -> Mapping[Path, list[str]]:
    """What a program, whose `main` is ours, says of each of these files, in so many seconds at most.

    Whoever of the run's processes asks first begins it; it ends when the run does. Where something is `lacking`, the test that asks
    is skipped with these words, and fails if CI=true: never is that a pass.
    """
    if lacking:
        words = words.format("、".join(lacking))
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(words)
        pytest.skip(words)
    run = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    folder = Path(tempfile.gettempdir(), f"{Path(program).stem}-{run}")
    folder.mkdir(exist_ok=True)
    with FileLock(folder / "lock"):
        if not (folder / "socket").exists():
            _begin(program, folder, run)
    files = tuple(files)
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(seconds)
        line.connect(str(folder / "socket"))
        with line.makefile("rw", encoding="utf-8") as said:
            said.write(json.dumps([*map(str, files)]) + "\n")
            said.flush()
            answer = said.readline()
    assert answer, (folder / "log").read_text("utf-8")
    found = json.loads(answer)
    assert len(found) == len(files)
    return {file: found[str(file)] for file in files}


def _begin(program: str, folder: Path, run: int) -> None:
    """Begin a program that serves a folder's socket; who asks before it is ready waits."""
    with socket.socket(socket.AF_UNIX) as heard, (folder / "log").open("wb") as log:
        heard.bind(str(folder / "socket"))
        heard.listen()
        words = [sys.executable, program, _SERVE, str(heard.fileno()), str(folder), str(run)]
        subprocess.Popen(words, pass_fds=[heard.fileno()], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)


def main(begin: Callable[[], Callable[[str], list[str]]]) -> None:
    """Be such a program: `begin` starts Java and gives the function that judges a file. Files as arguments are judged at once."""
    judge = begin()
    if sys.argv[1] != _SERVE:
        print(json.dumps({file: judge(file) for file in sys.argv[1:]}, ensure_ascii=False))
        return
    with socket.socket(fileno=int(sys.argv[2])) as heard:
        heard.settimeout(_OFTEN)
        while _goes_on(int(sys.argv[4])):
            try:
                line, _ = heard.accept()
            except TimeoutError:
                continue
            with line, line.makefile("rw", encoding="utf-8") as said:
                line.settimeout(None)
                said.write(json.dumps({file: judge(file) for file in json.loads(said.readline())}) + "\n")
    shutil.rmtree(sys.argv[3], ignore_errors=True)


def _goes_on(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


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
