"""Heard: how words sound, as the dictionary of pinyin said before, so that it is loaded for new words only; and where titles are parted.

What is asked within `kept` is remembered in a store, for all collections alike; the same words always sound the same.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from casepress.facts.maker import maker
from casepress.facts.store import Store, key

Sound = TypeVar("Sound", str, list[str])
_KIND = "sounds"
_MOST = 200_000  # words; then it is begun anew
_known: ContextVar[dict[str, dict] | None] = ContextVar("known", default=None)


@contextmanager
def kept(store: Store) -> Iterator[None]:
    """In the block what words sound like is looked up in the store first; at its end new ones are kept there."""
    if store.folder is None or _known.get() is not None:
        yield
        return
    name = key((maker("pypinyin"),))
    known = _read(store.get(_KIND, name))
    before = _count(known)
    token = _known.set(known)
    try:
        yield
    finally:
        _known.reset(token)
        if _count(known) > before:
            store.put(_KIND, name, json.dumps(known, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))


@contextmanager
def forgotten() -> Iterator[None]:
    """In the block nothing is looked up or kept: what is private leaves no trace on the disk."""
    token = _known.set(None)
    try:
        yield
    finally:
        _known.reset(token)


def knows_nothing() -> bool:
    """Whether no word is known."""
    return not _known.get()


def heard(way: str, text: str, find: Callable[[str], Sound]) -> Sound:
    """What `find` says of a text, in one of the ways to say it; from what is known, where it was asked before."""
    known = _known.get()
    if known is None:
        return find(text)
    said = known.setdefault(way, {})
    if text not in said:
        said[text] = find(text)
    return said[text]


def _read(data: bytes | None) -> dict[str, dict]:
    known = json.loads(data.decode("utf-8", "surrogatepass")) if data else {}
    return known if _count(known) < _MOST else {}


def _count(known: dict[str, dict]) -> int:
    return sum(map(len, known.values()))
