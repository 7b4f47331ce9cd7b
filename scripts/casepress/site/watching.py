"""Watching: under `serve` an edit is noticed when it is written, not when MkDocs next looks.

MkDocs looks at all files every half second, which finds a change on any disk. Linux says by itself that a file was written,
moved or removed; what is watched is looked at then, and nothing but that look decides whether something changed. What the
system does not say, as of a disk in the network, is found as before.
"""

import sys
import threading
from contextlib import suppress

from watchdog import events
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingEmitter

_INTERVAL = 0.5  # seconds from one look to the next where nothing is said, as MkDocs has it
_BREATH = 0.02  # seconds in which what is written together is gathered to one look
_QUIET = 0.06  # seconds without a change after which MkDocs begins to build
# A file that is still being written is not looked at: it is half empty.
_SAID = (events.FileClosedEvent, events.FileMovedEvent, events.FileDeletedEvent, events.DirMovedEvent, events.DirDeletedEvent)


class _Looking(PollingEmitter):
    """Looks at a folder every so often, and when it is woken."""

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self._woken = threading.Event()

    def wake(self, event: events.FileSystemEvent) -> None:
        self._woken.set()

    def stop(self) -> None:
        super().stop()
        self._woken.set()

    def queue_events(self, timeout: float) -> None:
        is_woken = self._woken.wait(timeout)
        self._woken.clear()
        super().queue_events(_BREATH if is_woken else 0)  # which waits so long, then looks


class _Observer(BaseObserver):
    """Gives what it is scheduled for to whoever looks, and to the system, which wakes them."""

    def __init__(self, interval: float) -> None:
        from watchdog.observers.inotify import InotifyObserver  # it is Linux' own

        super().__init__(_Looking, timeout=interval)
        self._system = InotifyObserver()

    def schedule(self, event_handler, path, **options):
        watch = super().schedule(event_handler, path, **options)
        waking = events.FileSystemEventHandler()
        waking.on_any_event = next(each for each in self.emitters if each.watch == watch).wake
        with suppress(OSError):  # it watches as many folders as the system allows
            self._system.schedule(waking, path, recursive=options.get("recursive", False), event_filter=list(_SAID))
        return watch

    def on_thread_start(self) -> None:
        super().on_thread_start()
        with suppress(OSError):
            self._system.start()

    def on_thread_stop(self) -> None:
        super().on_thread_stop()
        if self._system.is_alive():
            self._system.stop()


def hasten(server, interval: float = _INTERVAL) -> None:
    """Let MkDocs' server, before it serves, notice edits at once where the system tells of them, and look every `interval` seconds."""
    if not sys.platform.startswith("linux"):
        return
    watched = list(server._watched_paths)
    for path in watched:
        server.unwatch(path)
    server.observer, server.build_delay = _Observer(interval), _QUIET
    for path in watched:
        server.watch(path)
