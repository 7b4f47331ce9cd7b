"""Leading: what the processes of a crew do. The leader loads what jobs need and makes the workers, copies of itself, anew as they end."""

import os
import signal
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from traceback import format_exc

from casepress.facts import cores

_ROUND = 150  # jobs of a worker, then a fresh one takes its place
_GROWN = 200_000_000  # bytes that a job may leave a worker larger by; else it is not kept for the next


def lead(parent: int, load: Callable, folder: str, others: tuple, pipes: tuple) -> None:
    """The leader, until it is told to end. It also ends where a worker did not end well, and the others with it."""
    cores.begin(parent)
    workers: dict[int, tuple] = {}
    signal.signal(signal.SIGTERM, partial(_end, os.getpid(), workers))
    tempfile.tempdir = folder  # which the first process takes away
    for pipe in others:
        pipe.close()
    with suppress(Exception):  # it is raised where what should be loaded is used
        load()
    control, *pipes = pipes
    while True:
        ended = wait([control, *workers])
        if control in ended:
            common, ready = control.recv()
            _end_all(workers)
            try:
                ready(*common)
            except Exception as reason:
                control.send((False, _travelling(reason)))
                continue
            number = min(len(pipes), cores.usable())  # what was loaded may have threads
            control.send((True, number > 1))
            for pipe in pipes if number > 1 else ():
                _make(workers, pipe, pipes, common)
            continue
        for each in ended:
            process, pipe = workers.pop(each)
            process.join()
            if process.exitcode:
                os._exit(1)
            _make(workers, pipe, pipes, common)


def _make(workers: dict, pipe: Connection, pipes: list[Connection], common: tuple) -> None:
    others = [other for other in pipes if other is not pipe]
    process = get_context("fork").Process(target=_work, args=(os.getpid(), pipe, others, common))
    process.start()
    workers[process.sentinel] = (process, pipe)


def _end_all(workers: dict) -> None:
    for process, _ in workers.values():
        process.kill()
        process.join()
    workers.clear()


def _end(leader: int, workers: dict, *_: object) -> None:
    if os.getpid() != leader:  # a copy of it: what it was at is not done
        os._exit(1)
    _end_all(workers)
    os._exit(0)


def _work(parent: int, pipe: Connection, others: list[Connection], common: tuple) -> None:
    cores.begin(parent)
    for other in others:
        other.close()
    begun = _size()
    with suppress(EOFError, ConnectionError):  # the first process is gone
        for _ in range(_ROUND):
            serial, work, job = pipe.recv()
            try:
                answer = (serial, True, work(*common, job))
            except Exception as reason:
                answer = (serial, False, _travelling(reason))
            pipe.send(answer)
            if _size() - begun > _GROWN:
                return


def _size() -> int:
    """The bytes of memory that this process has, with what it shares."""
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _travelling(reason: Exception) -> Exception:
    """An exception with the way that it came, for another process."""
    reason.add_note(format_exc())
    return reason
