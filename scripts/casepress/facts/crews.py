"""Crews: processes that load what jobs need while this one goes on with its own work, and then do the jobs side by side.

The leader of a crew is a copy of this process that loads; its workers are copies of the leader, with all that it has loaded,
each for some hundred jobs or one that makes it large, then a fresh one takes its place, so that none grows: what it was asked waits in
its pipe meanwhile.
With this process all of them end, however it ends.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from casepress.facts import cores, limits, passing
from casepress.facts.budgets import Limit, Over
from casepress.facts.leading import lead

J, R = TypeVar("J"), TypeVar("R")
_AHEAD = 64  # jobs that are done before the one that is waited for
_DRAWN = 500  # jobs that wait for the leader
_AT_ONCE = 2  # jobs that a worker has: the one that it does, and the next
_PATIENCE = 2  # seconds for the leader to see its workers end, so that the system counts their work as this process's


def nothing(*_: object) -> None:
    """What is to be loaded where all is there."""


class Lost(Exception):
    """A process of a crew ended before its jobs were done."""


class Crew:
    """Processes for jobs: none before `begin` or the first jobs, and none where this process may not be copied; it does them itself
    then. `load` is what the leader loads at once. For one thread.
    """

    def __init__(self, load: Callable[[], object] = nothing) -> None:
        self._load = load
        self._is_tried = False
        self._leader = None
        self._pipes: list[Connection] = []
        self._given: tuple = ()  # what the workers know that is common to their jobs
        self._told: tuple | None = None  # what the leader is still loading
        self._serial = 0
        self._asked: dict[int, Connection] = {}
        self._wanted: set[int] = set()
        self._found: dict[int, tuple[bool, Any]] = {}

    @property
    def is_there(self) -> bool:
        """Whether somebody has begun."""
        return self._leader is not None

    def begin(self) -> bool:
        """See that there is a leader, and say whether there is one."""
        number = 1 if self._is_tried else cores.usable()
        self._is_tried = True
        if number > 1:
            context = get_context("fork")
            self._folder = passing.Folder()
            mine, its = zip(*(context.Pipe() for _ in range(number + 1)), strict=True)
            self._control, *self._pipes = mine
            given = (os.getpid(), self._load, self._folder.name, mine, its, limits.board(number))
            self._leader = context.Process(target=lead, args=given)
            with cores.unheard():
                self._leader.start()
            for pipe in its:
                pipe.close()
        return self.is_there

    def end(self) -> None:
        """End all processes, whatever they do."""
        if self._leader is None:
            return
        self._leader.terminate()
        self._leader.join(_PATIENCE)
        self._leader.kill()
        self._leader.join()
        for pipe in (self._control, *self._pipes):
            with suppress(EOFError, OSError), pipe:
                while True:  # until nobody has its other end any more
                    pipe.recv_bytes()
        self._leader.close()
        self._leader = None
        self._folder.cleanup()

    def done(
        self,
        work: Callable[..., R],
        jobs: Iterable[J],
        common: tuple = (),
        ready: Callable[..., object] = nothing,
        meanwhile: Callable[[], object] = nothing,
        limit: Callable[[J], Limit | None] = nothing,
    ) -> Iterator[R | Over]:
        """What `work` makes of what is common to all jobs and of each job, in the order of the jobs; a job is asked for when
        somebody is free for it. A worker is held to the `limit` of a job; in the place of what took more, or whose worker was
        killed, stands Over. The leader calls `ready` with what is common, to load it, before the workers are made; the
        very same is not given to them twice. `meanwhile` takes a short step of this process's
        own work, while it would wait, and says whether there was one.

        All of it is pickled. Raises what `ready` and `work` raise, and Lost.
        """
        waiting = iter(jobs)
        for first in waiting:
            waiting = _with(first, waiting)
            break
        else:
            return
        if self.begin():
            waiting = self._drawn(waiting, common, ready)
        if self._leader and self._know(common, ready):
            yield from self._shared_out(work, waiting, meanwhile, limit)
        else:
            do = work if limit is nothing else partial(limits.here, work)
            yield from (do(*common, job) for job in waiting)

    def tell(self, common: tuple, ready: Callable[..., object]) -> bool:
        """Let the leader load what is common to jobs that are still to come, if there is one, and say so; `done` waits for it."""
        if self._leader is None:
            return False
        if self._told is not common:
            self._listen()
            if self._given and self._given[0] is common:
                return False
            while self._asked:  # others' jobs
                self._hear()
            with _noticed():
                self._control.send((common, ready))
            self._told = common
        return True

    def _drawn(self, jobs: Iterator[J], common: tuple, ready: Callable) -> Iterator[J]:
        """The same jobs, of which some are asked for while the leader loads."""
        drawn: list[J] = []
        if self.tell(common, ready):
            while self._told and len(drawn) < _DRAWN and not self._control.poll():
                try:
                    drawn.append(next(jobs))
                except StopIteration:
                    break
        return chain(drawn, jobs)

    def _listen(self) -> None:
        """Hear whether what the leader was told is loaded."""
        if self._told is None:
            return
        common, self._told = self._told, None
        with _noticed():
            is_well, found = self._control.recv()
        if not is_well:
            raise found
        self._given = (common, found)

    def _know(self, common: tuple, ready: Callable) -> bool:
        """See that the workers know what is common, and say whether there are any."""
        if self.tell(common, ready):
            self._listen()
        return self._given[1]

    def _shared_out(self, work: Callable, jobs: Iterator, meanwhile: Callable[[], object], limit: Callable) -> Iterator:
        order: list[int] = []
        most: dict[int, Limit | None] = {}
        try:
            while True:
                while jobs and len(order) < _AHEAD and (pipe := self._free()):
                    try:
                        job = next(jobs)
                    except StopIteration:
                        jobs = None
                        break
                    order.append(serial := self._ask(pipe, work, job, held := limit(job)))
                    most[serial] = held
                if not order and not jobs:
                    return
                if order and order[0] in self._found:
                    serial = order.pop(0)
                    (is_well, result), held = self._found.pop(serial), most.pop(serial)
                    if isinstance(result, Over):
                        result = result.within(held)
                    elif not is_well:
                        raise result
                    yield result
                else:  # also where all are still at jobs that nobody wants any more
                    self._hear(meanwhile)
        finally:  # where nobody asks for the rest any more
            self._wanted.difference_update(order)
            for serial in order:
                self._found.pop(serial, None)

    def _free(self) -> Connection | None:
        """Who has the fewest jobs, if he may have one more."""
        has = list(self._asked.values())
        pipe = min(self._pipes, key=has.count)
        return pipe if has.count(pipe) < _AT_ONCE else None

    def _ask(self, pipe: Connection, work: Callable, job: object, limit: Limit | None) -> int:
        self._serial += 1
        with _noticed():
            pipe.send((self._serial, work, job, limit))
        self._asked[self._serial] = pipe
        self._wanted.add(self._serial)
        return self._serial

    def _hear(self, meanwhile: Callable[[], object] = nothing) -> None:
        """Wait until somebody is done with a job, and take steps until then."""
        pipes = [self._control, *self._pipes]
        while not wait(pipes, 0) and meanwhile():
            pass
        with _noticed():
            for pipe in wait(pipes):
                serial, is_well, result = pipe.recv()
                del self._asked[serial]
                if serial in self._wanted:
                    self._wanted.remove(serial)
                    self._found[serial] = (is_well, result)


def _with(first: J, others: Iterator[J]) -> Iterator[J]:
    yield first
    yield from others


@contextmanager
def _noticed() -> Iterator[None]:
    """What a pipe raises in the block whose other end is gone, as Lost."""
    try:
        yield
    except (EOFError, ConnectionError) as reason:
        raise Lost from reason
