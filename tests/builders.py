"""Builders: processes that have loaded everything and built nothing, and copy themselves for each build.

So each build is as if the command were run anew, in a fraction of its time: nothing of it is known to the next one but what it
left on the disk. Two builders may differ in whatever must not matter: the seed of hashes, the time zone, the folder they stand in.
"""

import functools
import gc
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Outcome:
    """What a build came to: every file below `build/` by the sum of its bytes, what it said, and whether it stopped.

    `crash` is a traceback, where there must be none.
    """

    files: Mapping[str, str]
    problems: tuple[str, ...]
    stopped: bool
    crash: str = ""


@dataclass(frozen=True)
class How:
    """In which surroundings a folder is built: what new files may be read by whom, where one stands, in which time zone, on how many cores."""

    umask: int = 0o022
    cwd: str = ""
    zone: str = ""
    cores: int = 0

    def settle(self) -> None:
        """Let this process be in them."""
        os.umask(self.umask)
        if self.cwd:
            os.chdir(self.cwd)
        if self.zone:
            os.environ["TZ"] = self.zone
            time.tzset()
        if self.cores and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: self.cores])


def another_day() -> dict[str, str]:
    """What a program needs in its environment so that its clock goes 400 days ahead; nothing where Debian's libfaketime is not there."""
    found = os.environ.get("LIBFAKETIME") or next(iter(sorted(glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1"))), "")
    return {"LD_PRELOAD": found, "FAKETIME": "+400d", "NO_FAKE_STAT": "1"} if found else {}


class Builder:
    """Builds folders one after the other, each in a process of its own; a build is begun, and its outcome asked for."""

    def __init__(self, folder: Path, **variables: str) -> None:
        """A process that stands in a folder, builds it, and forgets it, with these variables in its environment."""
        self._first: Outcome | None = None
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "NO_MKDOCS_2_WARNING": "true", **variables}
        self._process = subprocess.Popen(
            [sys.executable, __file__, folder],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def begin(self, folder: Path, first: str = "", alone: bool = False, how: How = How()) -> None:
        """Build a folder; `site` or `books` may be built before all is. `alone` it does all with one core, and asks no workers."""
        self._process.stdin.write(json.dumps([str(folder), first, alone, asdict(how)]) + "\n")
        self._process.stdin.flush()

    def first(self) -> Outcome:
        """What the folder came to that it built before all others."""
        if self._first is None:
            self._first = self._said()
        return self._first

    def outcome(self) -> Outcome:
        """What the earliest build that was not asked for yet came to."""
        self.first()
        return self._said()

    def _said(self) -> Outcome:
        said = json.loads(self._process.stdout.readline())
        return Outcome(said["files"], tuple(said["problems"]), said["stopped"], said["crash"])

    def close(self) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


def _build(folder: Path, first: str = "") -> dict:
    """Build a folder as the command does, and say what it came to."""
    import traceback

    from casepress import flow
    from casepress.collection import project
    from casepress.values.problems import Failed, NotUnderstood, Stopped
    from conftest import manifest

    problems, crash, stopped = (), "", True
    try:
        if first:
            with suppress(Stopped, Failed):
                flow.build(project.find(folder), site=first == "site", books=first == "books")
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


@contextmanager
def alone_here() -> Iterator[None]:
    """In the block this process has a thread, and so makes no copies of itself (facts/cores)."""
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()


def _warm_up(folder: Path) -> dict:
    """Load what a build loads, with a build of another folder, say what that came to, and forget all of that one but templates and stylesheets by their text.

    What stays hangs on no collection: facts, the sum of our code, and that WeasyPrint is the one that we know.
    """
    from casepress.markup.templates import compiled
    from casepress.press.layout import read_once
    from casepress.press.patches import known

    with alone_here():  # so that it is this process that learns
        outcome = _build(folder)
    assert not outcome["stopped"], outcome
    stays = (compiled, known._guard, read_once)
    for each in gc.get_objects():
        ours = type(each) is functools._lru_cache_wrapper and each.__module__.startswith("casepress.")
        if ours and not each.__module__.startswith("casepress.facts.") and each not in stays:
            each.cache_clear()
    gc.collect()
    gc.freeze()  # what is copied is not looked at again
    return outcome


def _serve() -> None:
    """Build each folder that a line of the standard input names, and write a line about it."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a build prints is no answer
    out.write(json.dumps(_warm_up(Path(sys.argv[1]))) + "\n")
    out.flush()
    for line in sys.stdin:
        place = tempfile.mkdtemp()
        if child := os.fork():
            os.waitpid(child, 0)
            shutil.rmtree(place, ignore_errors=True)
            continue
        tempfile.tempdir = place  # nothing is taken away where a process ends so
        folder, first, alone, how = json.loads(line)
        try:
            How(**how).settle()
            with alone_here() if alone else nullcontext():
                out.write(json.dumps(_build(Path(folder), first)) + "\n")
            out.flush()
        finally:
            os._exit(0)


if __name__ == "__main__":
    _serve()
