"""Confined: one process that does jobs on what strangers sent, one after another, under limits of time and memory.

It is made with the first job and does those that follow. Where it dies, is stopped or has grown, the next job finds a new one, so
what one file does to it no other file notices. On Linux the system counts its seconds and its memory; elsewhere it has a time by the
clock alone.
"""

import os
import signal
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from casepress.facts import cores
from casepress.facts.limits import clocked

SECONDS, ROOM = 8, 380 * 1024**2  # of its own work on one job; bytes more than it has when it begins
_PATIENCE = 6  # times its seconds by the clock: other programs want the cores as well
_GROWN = 200 * 1024**2  # bytes that it may have kept from its jobs


class Died(Exception):
    """A job that ended its process, or was ended: `kind` is slow, large or broken."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Confined:
    """A process that does `work(job, *common)`; all of it and what comes back is pickled. Used in a `with`; for one thread."""

    def __init__(self, work: Callable[..., Any], common: tuple = (), seconds: float = SECONDS, room: int = ROOM) -> None:
        self._work, self._common, self._seconds, self._room = work, common, seconds, room
        self._process = None
        self._pipe: Connection | None = None
        self.made = 0  # processes so far

    def __enter__(self) -> "Confined":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def ask(self, job: Any) -> Any:
        """What the work makes of a job. Raises Died; nothing that the work raises comes through but as that."""
        if self._process is None:
            self._begin()
        try:
            self._pipe.send(job)
            if not self._pipe.poll(self._seconds * _PATIENCE):
                self.end()
                raise Died("slow")
            kind, value, is_last = self._pipe.recv()
        except (EOFError, OSError) as reason:
            self._process.join()
            stopped = self._process.exitcode == -getattr(signal, "SIGPROF", 0)
            self.end()
            raise Died("slow" if stopped else "broken") from reason
        if is_last:
            self.end()
        if kind != "done":
            raise Died(kind)
        return value

    def end(self) -> None:
        """End the process, whatever it does."""
        if self._process is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._pipe = None

    def _begin(self) -> None:
        copied = cores.usable() > 1  # a copy has loaded all that this process has, but only some may be made
        context = get_context("fork" if copied else "spawn")
        self._pipe, its = context.Pipe()
        given = (its, self._pipe if copied else None, os.getpid(), self._work, self._common, self._seconds, self._room)
        process = context.Process(target=_serve, args=given, daemon=True)
        if copied:
            with cores.unheard():
                process.start()
        else:
            process.start()
        self._process = process  # one that could not be begun is none
        its.close()
        self.made += 1


def _serve(pipe: Connection, other: Connection | None, parent: int, work: Callable[..., Any], common: tuple, seconds: float, room: int) -> None:
    """What the process does: jobs until nobody has any more, or it has grown."""
    if other is not None:
        other.close()
    _limited(parent, room)
    before = _size()
    while True:
        try:
            job = pipe.recv()
        except (EOFError, OSError):
            return
        clocked(seconds)
        try:
            answer = ("done", work(job, *common))
        except MemoryError:
            answer = ("large", None)
        except Exception:  # what a library does not expect is the file's fault, whichever exception it becomes
            answer = ("broken", None)
        clocked(0)
        is_last = answer[0] == "large" or _size() - before > _GROWN
        try:
            pipe.send((*answer, is_last))
        except MemoryError:
            pipe.send(("large", None, True))
        if is_last:
            return


def _limited(parent: int, room: int) -> None:
    """Say nothing, write no file, hear no Ctrl+C, end with the parent, and take no more memory than there is room for."""
    warnings.simplefilter("ignore")
    with suppress(OSError):
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # what stood there may be a file, and none may grow
        for stream in (1, 2):
            os.dup2(sys.stdout.fileno(), stream)
    if sys.platform != "linux":
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return
    import resource

    cores.begin(parent)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    for what, most in ((resource.RLIMIT_AS, _size() + room), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        with suppress(OSError, ValueError):
            hard = resource.getrlimit(what)[1]
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _size() -> int:
    """The bytes of addresses that this process has, 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0
