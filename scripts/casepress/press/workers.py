"""Workers: jobs done side by side by processes, their results in the order of the jobs.

On Linux workers are copies of this process, with all that it has loaded, for some hundred jobs and then anew, so that none
grows (facts/cores.py). WeasyPrint is changed for a whole process while it works (patches/known.py), so threads are of no use here.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import TypeVar

from casepress.facts import cores
from casepress.values.problems import Failed

J, R = TypeVar("J"), TypeVar("R")
_FEW = 3  # so many jobs are done sooner than workers are there
_AHEAD = 64  # jobs that wait at an executor of others
_ROUND = 150  # jobs of a worker, then a fresh one takes its place


class WorkerLost(Failed):
    """A process that worked for this one ended before its job was done; the message is a Chinese sentence."""


def done(
    work: Callable[[J], R], jobs: Iterable[J], executor: Executor | None = None, ready: Callable[[], object] = lambda: None
) -> Iterator[R]:
    """The results of jobs, in their order; a job is asked for when somebody is free for it. Raises what a job raises, and WorkerLost.

    An executor that is given does them all, wherever its workers are. Without one this machine's cores do; `ready` is called
    here before they begin, to load what all of them need.
    """
    waiting = iter(jobs)
    if executor:
        yield from _in_order(work, waiting, executor, _AHEAD)
        return
    first = list(islice(waiting, _FEW))
    waiting = chain(first, waiting)
    if len(first) < _FEW or cores.usable() < 2:
        yield from map(work, waiting)
        return
    ready()
    number = cores.usable()  # what was loaded may have threads
    if number < 2:
        yield from map(work, waiting)
        return
    while part := list(islice(waiting, 1)):
        with cores.copies(number) as pool:
            yield from _in_order(work, chain(part, islice(waiting, _ROUND * number - 1)), pool, 4 * number)


def _in_order(work: Callable[[J], R], jobs: Iterable[J], executor: Executor, ahead: int) -> Iterator[R]:
    """Results in order, with no more than so many jobs ahead of the one that is waited for."""
    waiting: deque[Future] = deque()
    try:
        for job in jobs:
            waiting.append(executor.submit(work, job))
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as reason:
        raise WorkerLost("一个帮忙排版的进程中途停了（多半是内存不够），这次没有做成，请关掉别的程序再运行一次") from reason
    finally:
        for each in waiting:
            each.cancel()
