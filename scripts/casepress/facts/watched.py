"""Watched: the same work on many things in copies of this process, each of them held to a limit: what one does to its copy no other notices.

The copies have all that this process has; only results are pickled. Which is next they take from a pipe, a number each, so nobody waits for
another one. Where a copy is ended, the thing that it was at is known, and a new copy goes on with the rest.
"""

import os
import struct
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from casepress.facts import cores, limits
from casepress.facts.budgets import Limit, Over

Part, Result = TypeVar("Part"), TypeVar("Result")
_NUMBER = struct.Struct("i")
_WAITING = 4000  # numbers in the pipe, which would not take many more
_STRIKES = 5  # copies that end before they begin with anything; then no more are made


def watched(work: Callable[[Part], Result], parts: Sequence[Part], limit: Callable[[Part], Limit], processes: int) -> Iterator[Result | Over]:
    """What so many copies make of the parts, in their order, or Over where one was not done.

    Where `cores.usable` says that no copies may be made all is done here, and only what stops a part makes an Over. Raises what work raises.
    """
    if not parts:
        return
    if cores.usable() == 1:
        yield from (limits.here(work, part) for part in parts)
        return
    processes = min(processes, len(parts))
    watch = _Watch(work, parts, limit, processes)
    try:
        for _ in range(processes):
            watch.begin()
        for nth in range(len(parts)):
            yield watch.result(nth)
    finally:
        watch.end()


class _Watch:
    """The copies, what they are at, and what they found."""

    def __init__(self, work: Callable, parts: Sequence, limit: Callable[[Any], Limit], processes: int) -> None:
        self._work, self._parts, self._limit = work, parts, limit
        self._board = limits.board(processes + len(parts) + _STRIKES)  # where each copy says what it is at
        self._copies: dict[Connection, tuple] = {}
        self._found: dict[int, tuple[bool, Any]] = {}
        self._missing, self._told, self._strikes, self._made = set(range(len(parts))), 0, 0, 0
        self._numbers, self._teller = os.pipe()
        for _ in range(_WAITING):
            self._tell()

    def begin(self) -> None:
        """One more copy."""
        context = get_context("fork")
        mine, its = context.Pipe(duplex=False)
        place = self._made
        process = context.Process(target=self._answer, args=(os.getpid(), its, place), daemon=True)
        with cores.unheard():
            process.start()
        its.close()
        self._copies[mine], self._made = (process, place), place + 1

    def result(self, nth: int) -> Any:
        """What was made of one part, waited for."""
        while nth not in self._found:
            for pipe in wait(list(self._copies)):
                self._hear(pipe)
        is_well, found = self._found.pop(nth)
        if isinstance(found, Over):
            return found.within(self._limit(self._parts[nth]))
        if not is_well:
            raise found
        return found

    def end(self) -> None:
        """End all copies, whatever they do."""
        for pipe, (process, _) in self._copies.items():
            process.kill()
            process.join()
            process.close()
            pipe.close()
        os.close(self._numbers)
        self._no_more()

    def _tell(self) -> None:
        if self._told < len(self._parts):
            os.write(self._teller, _NUMBER.pack(self._told))
            self._told += 1
            if self._told == len(self._parts):
                self._no_more()

    def _no_more(self) -> None:
        if self._teller is not None:
            os.close(self._teller)
            self._teller = None

    def _hear(self, pipe: Connection) -> None:
        try:
            nth, *found = pipe.recv()
        except (EOFError, OSError):
            self._ended(pipe)
            return
        self._take(nth, *found)

    def _take(self, nth: int, is_well: bool, found: Any) -> None:
        self._missing.discard(nth)
        self._found[nth] = (is_well, found)
        self._tell()

    def _ended(self, pipe: Connection) -> None:
        process, place = self._copies.pop(pipe)
        process.join()
        code, at = process.exitcode, self._board[place] - 1
        process.close()
        pipe.close()
        if not code:  # there was nothing left to begin with
            return
        if at in self._missing:
            self._take(at, True, limits.over(code))
        elif self._missing:
            self._strikes += 1
        if self._missing and self._strikes < _STRIKES:
            self.begin()
        elif not self._copies:
            for nth in sorted(self._missing):
                self._take(nth, True, Over("killed"))

    def _answer(self, parent: int, pipe: Connection, place: int) -> None:
        """What a copy does."""
        cores.begin(parent)
        self._no_more()
        while number := os.read(self._numbers, _NUMBER.size):
            (nth,) = _NUMBER.unpack(number)
            self._board[place] = nth + 1
            try:
                with limits.held(self._limit(self._parts[nth])):
                    answer = (nth, True, self._work(self._parts[nth]))
            except Over as reason:
                answer = (nth, True, reason)
            except Exception as reason:  # the process that asked raises it
                answer = (nth, False, reason)
            pipe.send(answer)
