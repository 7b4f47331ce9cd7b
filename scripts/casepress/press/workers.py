"""Workers: jobs done side by side by processes, their results in the order of the jobs.

On Linux they are a crew (facts/crews.py), elsewhere this process. WeasyPrint is changed for a whole process while it works
(patches/known.py), so threads are of no use here.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from typing import TypeVar

from casepress.facts.budgets import Limit, Over
from casepress.facts.crews import Crew, Lost, nothing
from casepress.values.problems import Failed

J, R = TypeVar("J"), TypeVar("R")
Hands = Executor | Crew | None
_FEW = 3  # so many jobs are done sooner than workers are there
_AHEAD = 64  # jobs that wait at an executor of others


class WorkerLost(Failed):
    """A process that worked for this one ended before its job was done; the message is a Chinese sentence."""


@contextmanager
def at_hand(executor: Executor | None = None) -> Iterator[Executor | Crew]:
    """Those who do the jobs of the block: an executor that is given, or a crew of this machine, which ends with the block."""
    if executor:
        yield executor
        return
    crew = Crew(_load)
    try:
        yield crew
    finally:
        crew.end()


def done(
    work: Callable[..., R],
    jobs: Iterable[J],
    hands: Hands = None,
    common: tuple = (),
    ready: Callable[..., object] = nothing,
    meanwhile: Callable[[], object] = nothing,
    limit: Callable[[J], Limit | None] = nothing,
) -> Iterator[R | Over]:
    """What `work` makes of what is common and of each job, in their order; a job is asked for when somebody is free for it.

    Whoever is given does them all: an executor, wherever its workers are, or a crew. Without both a crew is there for many jobs.
    `ready` is called with what is common before the workers of a crew begin; `meanwhile` and `limit` are as in `Crew.done`; only a crew
    holds to limits. Raises what a job raises, and WorkerLost.
    """
    if isinstance(hands, Executor):
        yield from _in_order(partial(work, *common), jobs, hands)
        return
    waiting = iter(jobs)
    if hands is None:
        first = list(islice(waiting, _FEW))
        waiting = chain(first, waiting)
        if len(first) < _FEW:
            yield from map(partial(work, *common), waiting)
            return
    crew = hands or Crew(_load)
    try:
        for found in crew.done(work, waiting, common, ready, meanwhile, limit):
            if isinstance(found, Over) and limit is nothing:
                raise _lost() from found
            yield found
    except Lost as reason:
        raise _lost() from reason
    finally:
        if hands is None:
            crew.end()


def _in_order(work: Callable[[J], R], jobs: Iterable[J], executor: Executor) -> Iterator[R]:
    """Results in order, with no more than so many jobs ahead of the one that is waited for."""
    waiting: deque[Future] = deque()
    try:
        for job in jobs:
            waiting.append(executor.submit(work, job))
            if len(waiting) >= _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as reason:
        raise _lost() from reason
    finally:
        for each in waiting:
            each.cancel()


def _lost() -> WorkerLost:
    return WorkerLost("一个帮忙排版的进程中途停了（多半是内存不够），这次没有做成，请关掉别的程序再运行一次")


def _load() -> None:
    """What every piece is laid out with."""
    import casepress.press.laying  # noqa: F401
