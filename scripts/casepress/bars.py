"""Bars: how far a command is, on a terminal; nothing elsewhere."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

import click

from casepress.values.progress import Item


def bar(label: str, items: Sequence[Item]) -> Iterable[Item]:
    """The items, with a bar on a terminal that says how many are done."""
    return _shown(label, items) if sys.stderr.isatty() else items


def _shown(label: str, items: Sequence[Item]) -> Iterator[Item]:
    with click.progressbar(items, label=label, file=sys.stderr, show_pos=True) as shown:
        yield from shown


@contextmanager
def counting(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal for a work that says how far it is, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done, all: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr, show_pos=True) as shown:

        def told(done: int, all: int) -> None:
            shown.length = max(all, 1)
            shown.update(done - shown.pos)

        yield told
