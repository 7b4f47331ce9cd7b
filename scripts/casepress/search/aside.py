"""Aside: the long lists of an index made by a process of its own, while this one makes the pages.

Flows in: a text in UTF-16, and the lengths of its cases' zones. Flows out: its lists, the same bytes wherever they are made.
"""

import multiprocessing
import signal
import threading
from array import array
from collections.abc import Callable
from contextlib import suppress

from casepress.search import postings

MANY = 400  # cases from which a process is worth its start
Lists = tuple[postings.Written, postings.Written]
Maker = Callable[[bytes, list[int], int], Callable[[], Lists]]


def here(text: bytes, lengths: list[int], target: int) -> Callable[[], Lists]:
    """The maker of lists in this process, when they are asked for. `lengths` and `target` are as in `postings.both`."""
    return lambda: postings.both(text, lengths, target)


def ready() -> Maker:
    """A process that waits for one text: a maker that begins at once, and gives back what waits for the lists.

    Where it cannot be had, or is killed, they are made in this one. When nobody asks any more, it ends.
    """
    mine, its = multiprocessing.get_context("spawn").Pipe()
    try:
        process = multiprocessing.get_context("spawn").Process(target=_work, args=(its,), daemon=True)
        process.start()
    except (OSError, RuntimeError):  # as in a program that cannot be loaded twice
        return here
    finally:
        its.close()

    def begin(text: bytes, lengths: list[int], target: int) -> Callable[[], Lists]:
        parts = text, array("q", lengths).tobytes(), str(target).encode()
        threading.Thread(target=_give, args=(mine, parts), daemon=True).start()

        def lists() -> Lists:
            try:
                return mine.recv()
            except (EOFError, OSError):
                return postings.both(text, lengths, target)
            finally:
                mine.close()
                process.join()

        return lists

    return begin


def _give(connection, parts: tuple[bytes, ...]) -> None:
    with suppress(OSError):  # it ended; who waits for it notices
        for part in parts:
            connection.send_bytes(part)


def _work(connection) -> None:
    """The other process. Ctrl+C is for the first one; when that is gone, so is what this one waits for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        text, lengths = connection.recv_bytes(), array("q")
        lengths.frombytes(connection.recv_bytes())
        connection.send(postings.both(text, lengths.tolist(), int(connection.recv_bytes())))
