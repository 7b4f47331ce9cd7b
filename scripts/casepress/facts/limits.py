"""Limits: how a job is held to what it may take, by the system itself, and which job a process was at when it ended.

Seconds are those of the processor: a machine that does much else at the same time ends nobody. Only on Linux, in copies of this process:
where its time is up, the copy ends, whatever library it is in.
"""

import errno
import mmap
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb
from typing import TypeVar

from casepress.facts.budgets import Limit, Over
from casepress.values.problems import Failed, NotUnderstood, Stopped

if sys.platform == "linux":
    import resource

Result = TypeVar("Result")


@contextmanager
def held(limit: Limit | None) -> Iterator[None]:
    """Hold what is done in the block to a limit. The process ends by SIGPROF where its time is up. Raises Over where there is no memory,
    where problems stopped the work, and of what nobody foresaw: all but what we raise ourselves, and what the disk says.
    """
    if limit is None or sys.platform != "linux":
        yield
        return
    soft, hard = before = resource.getrlimit(resource.RLIMIT_DATA)
    finite = [most for most in before if most != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min([_data() + limit.room, *finite]), hard))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    clocked(limit.seconds)
    try:
        yield
    except (MemoryError, SystemError) as reason:  # the second from libraries in C that do not say it
        raise Over("large") from reason
    except Stopped as reason:
        raise Over("told", problems=reason.problems) from reason
    except Exception as reason:
        if isinstance(reason, OSError) and reason.errno == errno.ENOMEM:
            raise Over("large") from reason
        if isinstance(reason, (Over, Failed, NotUnderstood, OSError)):
            raise
        raise Over("broken", said=_words(reason)) from reason
    finally:
        clocked(0)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def here(work: Callable[..., Result], *given: object) -> Result | Over:
    """What work makes of what it is given, in this process and without a limit; only what stops it makes an Over."""
    try:
        return work(*given)
    except Stopped as reason:
        return Over("told", problems=reason.problems)


def _words(reason: Exception) -> str:
    """What kind of exception it is, and where it was raised; what it says may be private."""
    at = extract_tb(reason.__traceback__)[-1]
    return f"{type(reason).__name__}，{'/'.join(Path(at.filename).parts[-2:])} 第 {at.lineno} 行"


def clocked(seconds: float) -> None:
    """Let the system end this process after so many seconds of its work; 0 takes that back."""
    if hasattr(signal, "ITIMER_PROF"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def over(code: int | None) -> Over:
    """Why a process ended that was at a job, by its exit code; a library in C that gets no memory ends it itself."""
    if sys.platform == "linux" and code in (-signal.SIGABRT, -signal.SIGTRAP):
        return Over("large")
    return Over("slow" if code == -getattr(signal, "SIGPROF", 0) else "killed")


def board(number: int) -> memoryview:
    """Numbers that this process shares with its copies, 0 at first: each says there which job it is at."""
    return memoryview(mmap.mmap(-1, 8 * number)).cast("q")


def _data() -> int:
    """The bytes of memory that are this process's own, as the system counts them for RLIMIT_DATA."""
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
