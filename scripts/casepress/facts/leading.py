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

from casepress.facts import cores, limits
from casepress.facts.budgets import Over

_ROUND = 150  # jobs of a worker, then a fresh one takes its place
_GROWN = 200_000_000  # bytes that a job may leave a worker larger by; else it is not kept for the next


def lead(parent: int, load: Callable, folder: str, others: tuple, pipes: tuple, board: memoryview) -> None:
    """The leader, until it is told to end. Where a worker did not end well it answers in its place, for the job that it was at; it ends,
    and the others with it, where it was at none."""
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
                _make(workers, pipe, pipes, common, board)
            continue
        for each in ended:
            process, pipe = workers.pop(each)
            process.join()
            if process.exitcode:
                serial = board[pipes.index(pipe)]
                if serial <= 0:  # half a job or half an answer may be in its pipe
                    os._exit(1)
                pipe.send((serial, False, limits.over(process.exitcode)))
            _make(workers, pipe, pipes, common, board)


def _make(workers: dict, pipe: Connection, pipes: list[Connection], common: tuple, board: memoryview) -> None:
    others, place = [other for other in pipes if other is not pipe], pipes.index(pipe)
    board[place] = 0
    process = get_context("fork").Process(target=_work, args=(os.getpid(), pipe, others, common, board[place : place + 1]))
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


def _work(parent: int, pipe: Connection, others: list[Connection], common: tuple, at: memoryview) -> None:
    """A worker. It says which job it is `at`: its number, less than 0 while the answer goes out, and 0 between jobs."""
    cores.begin(parent)
    for other in others:
        other.close()
    begun = _size()
    with suppress(EOFError, ConnectionError):  # the first process is gone
        for _ in range(_ROUND):
            at[0], work, job, limit = pipe.recv()
            try:
                with limits.held(limit):
                    answer = (at[0], True, work(*common, job))
            except Exception as reason:
                answer = (at[0], False, reason if isinstance(reason, Over) else _travelling(reason))
            at[0] = -at[0]
            pipe.send(answer)
            at[0] = 0
            if isinstance(answer[2], Over) or _size() - begun > _GROWN:
                return


def _size() -> int:
    """The bytes of memory that this process has, with what it shares."""
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _travelling(reason: Exception) -> Exception:
    """An exception with the way that it came, for another process."""
    reason.add_note(format_exc())
    return reason
