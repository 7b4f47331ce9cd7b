"""Builders: processes that have loaded everything and built nothing, and copy themselves for each build.

So each build is as if the command were run anew, in a fraction of its time: nothing of it is known to the next one but what it
left on the disk. Two builders may differ in whatever must not matter: the seed of hashes, the time zone, the folder they stand in.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# What a build loads while it is at work, and one that is copied would load again each time.
_LOADED = ("casepress.press.laying", "casepress.press.assembling", "casepress.press.covers", "casepress.press.pdfx", "pymdownx.slugs")


@dataclass(frozen=True)
class Outcome:
    """What a build came to: every file below `build/` by the sum of its bytes, what it said, and whether it stopped.

    `crash` is a traceback, where there must be none.
    """

    files: Mapping[str, str]
    problems: tuple[str, ...]
    stopped: bool
    crash: str = ""


class Builder:
    """Builds folders one after the other, each in a process of its own; a build is begun, and its outcome asked for."""

    def __init__(self, home: Path, **variables: str) -> None:
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "NO_MKDOCS_2_WARNING": "true", **variables}
        home.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            [sys.executable, __file__], cwd=home, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def begin(self, folder: Path, **variables: str) -> None:
        self._process.stdin.write(json.dumps([str(folder), variables]) + "\n")
        self._process.stdin.flush()

    def outcome(self) -> Outcome:
        said = json.loads(self._process.stdout.readline())
        return Outcome(said["files"], tuple(said["problems"]), said["stopped"], said["crash"])

    def close(self) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


def _build(folder: Path) -> dict:
    """Build a folder as the command does, and say what it came to."""
    import traceback

    from casepress import flow
    from casepress.collection import project
    from casepress.values.problems import Failed, NotUnderstood, Stopped
    from conftest import manifest

    problems, crash, stopped = (), "", True
    try:
        problems = flow.build(project.find(folder)).problems
        stopped = False
    except Stopped as reason:
        problems = reason.problems
    except (Failed, NotUnderstood) as reason:
        problems = (reason, *getattr(reason, "problems", ()))
    except BaseException:
        crash = traceback.format_exc()
    files = manifest(*(folder / "build" / part for part in ("books", "site", "stage")))
    return {"files": files, "problems": [*map(str, problems)], "stopped": stopped, "crash": crash}


def _warm_up() -> None:
    """Load what a build loads, and have MkDocs compile its templates, with a site of another collection."""
    import importlib
    import tempfile

    from casepress import flow, scaffold
    from casepress.collection import project
    from casepress.press.patches import known

    for name in _LOADED:
        importlib.import_module(name)
    known.guarded()
    with tempfile.TemporaryDirectory(prefix="casepress-") as home:
        flow.build(project.find(scaffold.new_collection(Path(home) / "warm")), books=False)


def _serve() -> None:
    """Build each folder that a line of the standard input names, and write a line about it."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a build prints is no answer
    _warm_up()
    for line in sys.stdin:
        if child := os.fork():
            os.waitpid(child, 0)
            continue
        folder, variables = json.loads(line)
        os.environ.update(variables)
        try:
            out.write(json.dumps(_build(Path(folder))) + "\n")
            out.flush()
        finally:
            os._exit(0)


if __name__ == "__main__":
    _serve()
