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

WORTH = 1 << 20  # bytes of text from which a process is worth its start, which takes a fifth of a second
Lists = tuple[postings.Written, postings.Written]


def begin(text: bytes, lengths: list[int], target: int, worth: int = WORTH) -> Callable[[], Lists]:
    """Begin to make the lists; what is given back waits for them. A process that cannot be had or ends costs only time."""
    if len(text) < worth:
        return lambda: postings.both(text, lengths, target)
    here, there = multiprocessing.get_context("spawn").Pipe()
    try:
        process = multiprocessing.get_context("spawn").Process(target=_work, args=(there, target), daemon=True)
        process.start()
    except (OSError, RuntimeError):  # as in a program that cannot be loaded twice
        return lambda: postings.both(text, lengths, target)
    finally:
        there.close()
    giving = threading.Thread(target=_give, args=(here, text, array("q", lengths).tobytes()), daemon=True)
    giving.start()

    def lists() -> Lists:
        try:
            return here.recv()
        except (EOFError, OSError):
            return postings.both(text, lengths, target)
        finally:
            here.close()
            process.join()

    return lists


def _give(connection, *parts: bytes) -> None:
    with suppress(OSError):  # it ended; who waits for it notices
        for part in parts:
            connection.send_bytes(part)


def _work(connection, target: int) -> None:
    """The other process. Ctrl+C is for the first one; when that is gone, so is what this one waits for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        text, lengths = connection.recv_bytes(), array("q")
        lengths.frombytes(connection.recv_bytes())
        connection.send(postings.both(text, lengths.tolist(), target))
