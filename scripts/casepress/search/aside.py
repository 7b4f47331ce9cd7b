"""Aside: the long work of an index done by a process of its own, while this one makes the pages: its lists, then its proof.

Flows in: a text in UTF-16 and the lengths of its cases' zones; later what is wanted of the files. Flows out: the lists,
the same bytes wherever they are made; and nothing, or IndexIncomplete.
"""

import multiprocessing
import signal
import threading
from array import array
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from casepress.search import postings, proving

MANY = 400  # cases from which a process is worth its start
Lists = tuple[postings.Written, postings.Written]


@dataclass(frozen=True)
class Helper:
    """Who does both, each once: what begins, and gives back what waits for the end.

    `lists` takes what `postings.both` takes, `proof` what `proving.check` takes, files by their path.
    A process of its own has `give` as well, by which a copy of this process may give what `lists` takes, and `got`, which waits for the lists
    that were made of it; they raise EOFError or OSError where it is gone. `stop` ends it: what is asked of it then is done here.
    """

    lists: Callable[[bytes, list[int], int], Callable[[], Lists]]
    proof: Callable[[proving.Wanted, Mapping[str, bytes]], Callable[[], None]]
    give: Callable[[bytes, list[int], int], None] | None = None
    got: Callable[[], Lists] | None = None
    stop: Callable[[], None] | None = None


def _prove(wanted: proving.Wanted, files: Mapping[str, bytes]) -> None:
    proving.check(wanted, files.__getitem__)


# Who does it in this process, when it is asked for.
HERE = Helper(lambda text, lengths, target: partial(postings.both, text, lengths, target), lambda wanted, files: partial(_prove, wanted, files))


def ready() -> Helper:
    """A process that waits for the work. Where it cannot be had, or is killed, this one does it. When nobody asks any more, it ends."""
    mine, its = multiprocessing.get_context("spawn").Pipe()
    try:
        process = multiprocessing.get_context("spawn").Process(target=_work, args=(its,), daemon=True)
        process.start()
    except (OSError, RuntimeError):  # as in a program that cannot be loaded twice
        return HERE
    finally:
        its.close()

    def lists(text: bytes, lengths: list[int], target: int) -> Callable[[], Lists]:
        given = _give(mine, text, array("q", lengths).tobytes(), target)

        def wait() -> Lists:
            with suppress(EOFError, OSError):
                return _got(mine, given)
            return postings.both(text, lengths, target)

        return wait

    def proof(wanted: proving.Wanted, files: Mapping[str, bytes]) -> Callable[[], None]:
        given = _give(mine, wanted, dict(files))

        def wait() -> None:
            try:
                what = _got(mine, given)
            except (EOFError, OSError):
                _prove(wanted, files)
                return
            finally:
                mine.close()
                process.join()
            if what is not None:
                raise what

        return wait

    def give(text: bytes, lengths: list[int], target: int) -> None:
        mine.send((text, array("q", lengths).tobytes(), target))

    def stop() -> None:
        process.kill()
        mine.close()

    return Helper(lists, proof, give, mine.recv, stop)


def _give(connection, *parts: object) -> threading.Thread:
    """Send something without waiting until it is taken."""

    def send() -> None:
        with suppress(OSError):  # it ended; who waits for it notices
            connection.send(parts)

    given = threading.Thread(target=send, daemon=True)
    given.start()
    return given


def _got(connection, given: threading.Thread) -> object:
    given.join()
    return connection.recv()


def _work(connection) -> None:
    """The other process. Ctrl+C is for the first one; when that is gone, so is what this one waits for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        text, packed, target = connection.recv()
        lengths = array("q")
        lengths.frombytes(packed)
        connection.send(postings.both(text, lengths.tolist(), target))
        del text, lengths
        connection.send(_said(*connection.recv()))


def _said(wanted: proving.Wanted, files: Mapping[str, bytes]) -> Exception | None:
    try:
        _prove(wanted, files)
    except Exception as reason:  # the other process raises it
        return reason
    return None
