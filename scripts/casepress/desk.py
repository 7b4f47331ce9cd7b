"""Desk: while a collection is served, the book's pages of the case at hand as pictures, laid out when somebody looks at them.

Flows in: a project, and the id of a case. Flows out: its pages, or why there are none. A process of its own reads and lays out, begun
with the first look, so that serving goes on meanwhile whatever it meets; it keeps what it has read and loaded for the next look.
"""

import io
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from traceback import print_exc

from casepress.collection import project
from casepress.collection.bodies import Reader
from casepress.facts.store import Store
from casepress.values.problems import Failed, NotUnderstood, Stopped, has_errors
from casepress.values.reasons import in_chinese

_SCALE = 1.6  # pixels to a point: a page of A4 is 950 wide
_PATIENCE = 120  # seconds for the pages of one case
_LOST = "排版的进程中途停了，请改一下案例再看；一直这样，请运行 casepress book 看看它怎么说"


@dataclass(frozen=True)
class Sheets:
    """The pages of a case as PNGs, or, where there are none, why, in Chinese sentences."""

    pictures: tuple[bytes, ...] = ()
    said: tuple[str, ...] = ()


class Desk:
    """Asks for pages; for many threads, one after the other."""

    def __init__(self, place: project.Project) -> None:
        self._root, self._lock, self._process = place.root, Lock(), None
        self._pipe: Connection | None = None

    def sheets(self, case: str) -> Sheets:
        """The pages of a case, from its files as they are now."""
        with self._lock:
            if self._process is None or not self._process.is_alive():
                self._begin()
            try:
                self._pipe.send(case)
                if self._pipe.poll(_PATIENCE):
                    return self._pipe.recv()
            except (EOFError, OSError):
                pass
            self._end()
            return Sheets(said=(_LOST,))

    def end(self) -> None:
        """End the process, whatever it does."""
        with self._lock:
            self._end()

    def _begin(self) -> None:
        self._end()
        context = get_context("spawn")  # this process has threads, and is not copied
        self._pipe, its = context.Pipe()
        self._process = context.Process(target=_work, args=(its, self._root), daemon=True)
        self._process.start()
        its.close()

    def _end(self) -> None:
        if self._process is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
        self._process = self._pipe = None


def _work(pipe: Connection, root: Path) -> None:
    """What the process does: pages until nobody asks any more."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    place = project.find(root)
    reader = Reader(Store(place.cache), {})
    with suppress(EOFError, OSError):
        while True:
            pipe.send(_sheets(place, reader, pipe.recv()))


def _sheets(place: project.Project, reader: Reader, wanted: str) -> Sheets:
    from casepress import editions, flow, takedown
    from casepress.book.book import book_in
    from casepress.facts.heard import kept

    try:
        with takedown.heeded(place) as source, kept(reader.store):
            manuscript, problems = flow.read(place, reader=reader, source=source)
            case = next((each for each in (manuscript.collection.cases if manuscript else ()) if each.id == wanted), None)
            about = [each for each in problems if case is None or each.path == case.path]
            if case is None or has_errors(about):
                return Sheets(said=_words(about) or (f"没有编号是 {wanted} 的案例",))
            collection = manuscript.collection
            bench = editions.Bench(place, collection)
            book = book_in(collection, collection.book, "screen")
            _, made = next(iter(bench.press(collection.book.profile).make_cases(book, [case])))
            return Sheets(_pictures(made.pdf), _words(editions.spoken(made.messages, collection, case.path)))
    except Stopped as reason:
        return Sheets(said=_words(reason.problems))
    except OSError as reason:
        return Sheets(said=(in_chinese(reason),))
    except (Failed, NotUnderstood) as reason:
        return Sheets(said=(str(reason),))
    except Exception as reason:  # of a library; the way it came is said where casepress was started
        print_exc()
        return Sheets(said=(f"排版出错：{reason}，请把终端里的话交给技术人员",))


def _words(problems: Sequence) -> tuple[str, ...]:
    return tuple(str(each).removeprefix(": ") for each in problems)


def _pictures(pdf: bytes) -> tuple[bytes, ...]:
    """The pages of a PDF as PNGs."""
    import pypdfium2

    found = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        data = io.BytesIO()
        page.render(scale=_SCALE).to_pil().save(data, "PNG", compress_level=1)
        found.append(data.getvalue())
    document.close()
    return tuple(found)
