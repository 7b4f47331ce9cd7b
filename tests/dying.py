"""Dying: a program that runs `casepress` in processes of its own, each of which sends itself a signal at a named moment.

What a process does is told by Python's own audit events, so nothing of casepress is altered, and no moment is left to
chance. All is loaded once: the program waits on its standard input for what to run, and forks for it. Run it as

    python dying.py FIGURES      {"words": ["-C", "collection", "build"], "moment": "staging", "signal": 9}

and it answers with a line of JSON: the signal or the exit code (as `subprocess` counts), and what was said. It also tells
which files a command reads, whether it starts processes, and what it shows on a terminal.
"""

import contextlib
import gc
import hashlib
import io
import json
import os
import pty
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from builders import alone_here

# What must have happened, one after the other, before the signal is sent; the last is what the process is about to do.
SWAP = "swap"  # on Linux each swap asks for `renameat2`
MOMENTS = {
    "the lock is held": ("read cases/a.md",),
    "the next release begins": ("mkdir build/.current.new",),
    "the rest is taken over": ("link build/current/site/", "link build/current/site/"),
    "the book is set": ("write build/.current.new/books/.book.pdf.new",),
    "the book is made": ("rename build/.current.new/books/.book.pdf.new",),
    "a case is made": ("rename build/.current.new/books/cases/.a.pdf.new",),
    "the books are made": ("rename build/.current.new/books/.books.json.new",),
    "staging clears": ("remove build/stage/cases/",),
    "staging writes": ("rename build/stage/",),
    "staging has begun": ("rename build/stage/",) * 3,
    "MkDocs begins": ("write build/.current.new/site/",),
    "MkDocs writes": ("write build/.current.new/site/",) * 30,
    "MkDocs has written": ("clear build/.current.new/site/",),
    "all is made": ("write build/.current.new/.release.json.new",),
    "all is written down": ("rename build/.current.new/.release.json.new",),
    "before the switch": (SWAP,),
    "before cleaning": (SWAP, "clear build/.current.new"),
    "while cleaning": (SWAP, "clear build/.current.new", "remove "),
    "while cleaning the last": (SWAP, "clear build/.current.new", *("remove ",) * 40),
    "before the record": (SWAP, "write build/.compliance.json.new"),
}
MOMENTS_OF_NEW = {"a new collection begins": ("mkdir ",) * 2, "a new collection is filled": ("write ",) * 3}
# Where there is no `renameat2`, the folder is swapped in two steps; between them it is gone.
IN_TWO_STEPS = {
    "before the last release goes": ("rename build/current ",),
    "there is no release": ("rename build/.current.new ",),
    "before cleaning": ("rename build/.current.new ", "clear build/.current.old"),
    "while cleaning": ("rename build/.current.new ", "clear build/.current.old", "remove "),
}
# Folders where links should be, as an older casepress made them, become a release of their own before anything else.
TAKEN_OVER = {
    "they are copied": ("link build/site/", "link build/site/"),
    "they are a release": ("rename build/.current.new ",),
    "the first link is made": ("symlink ",),
    "the first link is put there": (SWAP,),
    "the second link is put there": (SWAP, SWAP),
    "the first folder is cleared": (SWAP, "clear build/.site.new", "remove "),
    "the last link is put there": (SWAP, SWAP, SWAP),
}
_VERBS = {
    "os.rename": "rename", "os.remove": "remove", "os.mkdir": "mkdir", "os.link": "link", "os.symlink": "symlink", "shutil.rmtree": "clear",
}  # fmt: skip


def told(event: str, args: tuple, root: str) -> str:
    """An audit event as `MOMENTS` tell it: a verb, a path from the collection's folder, and a space; else nothing."""
    if event == "ctypes.dlsym":
        return SWAP if args[1] == "renameat2" else ""
    if event == "open" and isinstance(args[0], str | bytes):
        verb = "write" if args[2] & (os.O_WRONLY | os.O_RDWR) else "read"
    elif event in _VERBS:
        verb = _VERBS[event]
    else:
        return ""
    return f"{verb} {os.fsdecode(args[0]).removeprefix(f'{root}/')} "


@dataclass
class Watch:
    """What listens to the audit events of a process: at the end of `steps` it calls `do`.

    In `two_steps` the system has no `renameat2`, and makes no links for the reason that `no_links` is. `look`, if given, is called before whatever alters a file.
    """

    root: str
    steps: list[str]
    do: Callable[[], object]
    two_steps: bool = False
    no_links: int = 0
    look: Callable[[], object] | None = None
    is_looking: bool = False

    def __call__(self, event: str, args: tuple) -> None:
        if self.is_looking or not (words := told(event, args, self.root)):
            return
        if self.look and not words.startswith("read"):
            self.is_looking = True
            self.look()
            self.is_looking = False
        if self.steps and words.startswith(self.steps[0]):
            self.steps.pop(0)
            if not self.steps:
                self.do()
        if words == SWAP and self.two_steps:
            raise OSError("no such symbol")
        if words.startswith("symlink current/") and self.no_links:
            raise OSError(self.no_links, "no link")


class Looking:
    """A reader who looks at what stands in `build` before every step, and keeps what was seen of the release and of the staged tree, by turns.

    A sight is the names of files, each with a hash of its bytes; drafts have hidden names.
    """

    def __init__(self, build: Path, into: Path) -> None:
        self.build, self.into, self.hashes, self.found = build, into, {}, {"release": [], "stage": []}

    def __call__(self) -> None:
        for name, sights in self.found.items():
            parts = ("site", "books") if name == "release" else (name,)
            sight = {path: sum_ for part in parts for path, sum_ in self._sight(f"{self.build}/{part}", part).items()}
            if sight not in sights[-1:]:
                sights.append(sight)
                self.into.write_text(json.dumps(self.found))

    def _sight(self, folder: str, name: str) -> dict[str, str]:
        found = {}
        with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
            for each in entries:
                if each.is_dir():
                    found |= self._sight(each.path, f"{name}/{each.name}")
                elif not each.name.startswith("."):
                    found[f"{name}/{each.name}"] = self._hash(each)
        return found

    def _hash(self, entry: os.DirEntry) -> str:
        said = entry.stat()
        key = entry.path, said.st_ino, said.st_size, said.st_mtime_ns
        if key not in self.hashes:
            self.hashes[key] = hashlib.sha256(Path(entry.path).read_bytes()).hexdigest()
        return self.hashes[key]


def _counting(into: Path) -> Callable[[], None]:
    """Count how often each file is opened to be read, by its real path, and how often `os.fork` is asked for; what writes the counts."""
    counts: Counter[str] = Counter()

    def seen(event: str, args: tuple) -> None:
        if event == "open" and isinstance(args[0], str | os.PathLike) and (args[1] is None or "r" in str(args[1])):
            counts[os.path.realpath(args[0])] += 1
        elif event == "os.fork":
            counts[event] += 1

    sys.addaudithook(seen)
    return lambda: into.write_text(json.dumps(counts))


def _obey(order: dict) -> None:
    from casepress import cli

    root = os.path.realpath(order["words"][1])
    os.environ.update(order.get("variables", {}))
    if "bytes" in order:  # no file may be longer: the system refuses it or, with a signal, kills
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL if order.get("signal") else signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["bytes"], order["bytes"]))
        sys.dont_write_bytecode = True  # Python leaves half a file of what it compiles, and every later process would stumble over it
    look = Looking(Path(root, "build"), Path(order["look"])) if "look" in order else None
    moments = IN_TWO_STEPS if order.get("two_steps") else TAKEN_OVER if order.get("is_old") else MOMENTS | MOMENTS_OF_NEW
    steps = list(moments[order["moment"]]) if "moment" in order else order.get("steps", [])
    two_steps, no_links = order.get("two_steps", False), order.get("no_links", 0)
    if steps or look or two_steps or no_links:
        sys.addaudithook(Watch(root, steps, lambda: os.kill(os.getpid(), order["signal"]), two_steps, no_links, look))
    write = _counting(Path(order["count"])) if "count" in order else lambda: None
    sys.argv = ["casepress", *order["words"]]
    try:
        cli.main()
    finally:
        write()


def _done(order: dict) -> int:
    """Do an order in this process; its exit code."""
    try:
        _obey(order)
    except SystemExit as end:
        return end.code or 0
    except BaseException:
        traceback.print_exc()
        return 70
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def _forked(order: dict) -> dict:
    """What became of an order that is done in a process of its own, and what it said into a file or on a terminal."""
    gc.freeze()  # what is there already is not copied for each
    with tempfile.TemporaryFile() as out, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        ours, theirs = pty.openpty() if order.get("terminal") else (-1, out.fileno())
        pids = []
        for _ in range(order.get("times", 1)):  # side by side
            pids.append(os.fork())
            if not pids[-1]:
                tempfile.tempdir = order.get("temp", place)  # who is killed leaves it as it is
                os.dup2(theirs, 1)
                os.dup2(theirs, 2)
                sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", buffering=1, closefd=False)
                os._exit(_done(order))
        if "after" in order:
            time.sleep(order["after"])
            os.kill(pids[0], signal.SIGKILL)
        if ours >= 0:
            os.close(theirs)
            with contextlib.suppress(OSError):  # the other end is closed
                while more := os.read(ours, 65536):
                    out.write(more)
            os.close(ours)
        codes = sorted(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids)
        out.seek(0)
        return {"code": codes if codes[1:] else codes[0], "said": out.read().decode()}


def _here(order: dict) -> dict:
    """What became of an order that is done in this process, so that all is loaded for those that follow."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out), alone_here():  # so that it is this process that learns
        return {"code": _done(order), "said": out.getvalue()}


class Mother:
    """The program below, spoken to from a test, with the folder in which faces that were drawn are kept."""

    def __init__(self, figures: Path) -> None:
        """A process that finds in a folder the figures that were drawn, and draws those that are not there."""
        self.process = subprocess.Popen([sys.executable, __file__, figures], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, *words: object, **order: object) -> tuple[int, str]:
        """Run `casepress` with these words; its exit code or signal (negative), of several `times` side by side all of them, and what it said."""
        self.process.stdin.write(json.dumps({"words": [*map(str, words)], **order}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        return answer["code"], answer["said"]

    def end(self) -> None:
        """Let it end."""
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()


if __name__ == "__main__":
    import casepress.shelf
    import casepress.site.website  # noqa: F401
    from pressed import learn_figures

    gc.set_threshold(1_000_000, 20, 100)
    learn_figures(Path(sys.argv[1]))
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(_here(order) if order.get("here") else _forked(order)), flush=True)
