"""Cores: the same work on many things, on as many cores as may be used, with the results in their order."""

import ctypes
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from multiprocessing import current_process, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TypeVar

Part = TypeVar("Part")
Result = TypeVar("Result")
MANY = 200  # small parts of work that are worth a copy of the process
_MOST = 8  # processes; more only wait for the one that takes what they bring
_SELDOM = (1_000_000, 20, 100)  # looking for garbage: what is laid out is alive until it is written
_DIE_WITH_PARENT = 1  # prctl(2), PR_SET_PDEATHSIG


def usable() -> int:
    """How many processes may work: one where copies of this one cannot be made safely.

    A copy of a process with threads may wait for ever for what a thread held, and only Linux copies in a moment.
    """
    if sys.platform != "linux" or threading.active_count() > 1 or current_process().daemon:  # which may have no children
        return 1
    try:
        threads = len(os.listdir("/proc/self/task"))
    except OSError:
        return 1
    return 1 if threads > 1 else min(len(os.sched_getaffinity(0)), _MOST)


def spread(work: Callable[[Part], Result], parts: Sequence[Part], processes: int) -> Iterator[Result]:
    """What work makes of each part, in their order; with one process here and now. Raises what work raises.

    `work`, parts and results are pickled. Where a process is killed, the rest is done here.
    """
    done = 0
    if processes > 1 and len(parts) > 1:
        with suppress(BrokenProcessPool), copies(min(processes, len(parts))) as pool:
            for result in pool.map(work, parts):
                done += 1
                yield result
    yield from map(work, parts[done:])


def divided(work: Callable[[Sequence[Part]], Result], parts: Sequence[Part], many: int = MANY) -> list[Result]:
    """What work makes of shares of the parts: of the first here, of each other one in a copy of this process that ends with it.

    There are copies from so `many` parts on. Only results are pickled. Every share takes one part in turn; where a copy is killed, its share is
    done here. Raises what work raises.
    """
    number = usable() if len(parts) >= many else 1
    first, *others = [parts[nth::number] for nth in range(number)]
    with ExitStack() as stack:
        asked = [stack.enter_context(aside(partial(work, share))) for share in others if share]
        return [work(first), *(result() for result in asked)]


@contextmanager
def aside(work: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """A copy of this process that does some work; gives what waits for what it makes. It does not outlive the block.

    Only where `usable` says that copies may be made. Only the result is pickled; where the copy is killed, the work is done here.
    What waits raises what work raises.
    """
    process, result = _begun(work, work)
    try:
        yield result
    finally:
        process.kill()
        process.join()
        process.close()


def begun(work: Callable[[], Result], instead: Callable[[], Result]) -> Callable[[], Result]:
    """As `aside`, for work whose result is waited for once, and which ends with this process at the latest. Where the copy is killed, `instead`
    is done here."""
    process, result = _begun(work, instead)

    def wait() -> Result:
        try:
            return result()
        finally:
            process.join()
            process.close()

    return wait


def _begun(work: Callable[[], Result], instead: Callable[[], Result]) -> tuple[BaseProcess, Callable[[], Result]]:
    context = get_context("fork")
    mine, its = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(os.getpid(), its, work), daemon=True)
    with unheard():
        process.start()
    its.close()

    def result() -> Result:
        try:
            with mine:
                is_well, found = mine.recv()
        except (EOFError, OSError):
            return instead()
        if not is_well:
            raise found
        return found

    return process, result


def _answer(parent: int, pipe: Connection, work: Callable) -> None:
    begin(parent)
    try:
        said = (True, work())
    except Exception as reason:  # the process that asked raises it
        said = (False, reason)
    pipe.send(said)


@contextmanager
def copies(number: int) -> Iterator[Executor]:
    """So many copies of this process that work for it, with all that it has loaded; only where `usable` says that they may be made."""
    pool = ProcessPoolExecutor(number, get_context("fork"), begin, (os.getpid(),))
    try:
        with unheard():  # a process that is being copied cannot answer it
            pool.submit(int).result()  # the first job makes them all
        yield pool
    finally:  # also of Ctrl+C, which the processes do not hear
        pool.shutdown(cancel_futures=True)


@contextmanager
def unheard() -> Iterator[None]:
    """Ctrl+C in the block is heard at its end."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin(parent: int) -> None:
    """What a copy does first: Ctrl+C is answered by the process that shares the work out; with it all others end, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what it was copied with stays
    gc.set_threshold(*_SELDOM)
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
