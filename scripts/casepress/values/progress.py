"""Progress: how a long work shows how far it has come."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Progress(Protocol):
    """Yields the items of a sequence one by one, and shows beside a label how many of them are done."""

    def __call__(self, label: str, items: Sequence[Item]) -> Iterable[Item]: ...


def unwatched(label: str, items: Sequence[Item]) -> Iterable[Item]:
    """No progress shown."""
    return items
