"""Drafts: the cases of all files as far as each stands by itself: its header, and its body before its links are settled.

Flows in: the names of the files. Flows out: for each, in their order, what `headers.read_draft` says of it, and its body.
A file whose bytes are the same, under the same collection.yml, comes from the store. Many new ones are read on all cores.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache, partial

from casepress.collection import project
from casepress.collection.bodies import Body, Reader
from casepress.collection.headers import Draft, Unknown, read_draft
from casepress.collection.project import Project
from casepress.collection.settings import Settings, read_settings
from casepress.collection.typed import Context, picture_file
from casepress.facts import cores
from casepress.facts.store import Store, key
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Wrong
from casepress.values.plain import NotPlain, packed, unpacked
from casepress.values.problems import Problem

_KIND = "header"
_MANY = 100  # from so many new cases on other processes pay for their start
_AT_ONCE = 25  # a process is handed so many; Ctrl+C waits for them
_PARTS = tuple(part.name for part in fields(Draft))

File = tuple[str, bytes | None]  # its name and what is in it; None where it cannot be read


@dataclass(frozen=True)
class Read:
    """What one file came to: a draft with its body, or None where it cannot be a case."""

    draft: Draft | None
    unknown: tuple[Unknown, ...]
    problems: tuple[Problem, ...]
    body: Body | None


def read_drafts(place: Project, source: bytes, settings: Settings, names: Sequence[str], reader: Reader) -> tuple[Read, ...]:
    """What the files of these names hold; `source` is the collection.yml that says these settings."""
    found: list[Read | None] = []
    new: list[File] = []
    for name in names:
        try:
            data = project.read(place, name)
        except OSError:  # it is said when it is read
            data = None
        kept = _kept(place, name, data, source, reader)
        found.append(kept)
        if kept is None:
            new.append((name, data))
    made = _made(place, source, settings, new, reader)
    return tuple(each or next(made) for each in found)


def _made(place: Project, source: bytes, settings: Settings, new: Sequence[File], reader: Reader) -> Iterator[Read]:
    processes = cores.usable() if len(new) >= _MANY else 1
    if processes == 1:
        for file in new:
            plain, body = _fresh(place, source, settings, reader, file)
            yield _read(unpacked(plain), body)
        return
    parts = [new[at : at + _AT_ONCE] for at in range(0, len(new), _AT_ONCE)]
    for some in cores.spread(partial(_some, place, source, reader.store), parts, processes):
        yield from (_read(unpacked(plain), body) for plain, body in some)


def _some(place: Project, source: bytes, store: Store, files: Sequence[File]) -> list[tuple[bytes, Body | None]]:
    """The work of another process, which makes settings and reader for itself, once."""
    settings, reader = _tools(source, store)
    return [_fresh(place, source, settings, reader, file) for file in files]


@lru_cache(maxsize=1)
def _tools(source: bytes, store: Store) -> tuple[Settings, Reader]:
    return read_settings(source)[0], Reader(store)


def _fresh(place: Project, source: bytes, settings: Settings, reader: Reader, file: File) -> tuple[bytes, Body | None]:
    """A file that is read now: its header as plain data, and its body."""
    name, data = file
    asked: dict[str, tuple[str, str] | None] = {}

    def picture(node: Node, target: str) -> tuple[str, str]:
        asked[target] = None
        found = asked[target] = picture_file(place, name, node, target)
        return found

    text, said = project.read_text(place, name) if data is None else project.text_of(data, name)
    draft, unknown, problems = read_draft(Context(name, place, settings, picture), text, said)
    parts = draft and tuple(getattr(draft, part) for part in _PARTS)
    plain = packed((parts, tuple((each.word, each.path, each.line) for each in unknown), problems, asked))
    if data is not None and None not in asked.values():
        reader.store.put(_KIND, _name(name, data, source, reader), plain)
    return plain, draft and reader.read(draft.markdown, draft.prefix)


def _kept(place: Project, name: str, data: bytes | None, source: bytes, reader: Reader) -> Read | None:
    """A file that was read before and would be read the same; None where it was not."""
    plain = reader.store.get(_KIND, _name(name, data, source, reader)) if data is not None else None
    if plain is None:
        return None
    try:
        parts = unpacked(plain)
    except NotPlain:
        return None
    if not _are_there(place, name, parts[3]):
        return None
    found = _read(parts, None)
    return replace(found, body=reader.read(found.draft.markdown, found.draft.prefix)) if found.draft else found


def _are_there(place: Project, name: str, asked: Mapping[str, tuple[str, str]]) -> bool:
    """Whether the pictures of a header are still the same."""
    try:
        return all(picture_file(place, name, Node(0, target), target) == found for target, found in asked.items())
    except Wrong:
        return False


def _read(parts: tuple, body: Body | None) -> Read:
    draft, unknown, problems, _ = parts
    return Read(draft and Draft(*draft), tuple(Unknown(*each) for each in unknown), problems, body)


def _name(name: str, data: bytes, source: bytes, reader: Reader) -> str:
    return key((reader.made, source, name, data))
