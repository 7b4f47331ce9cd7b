"""Drafts: the cases of all files as far as each stands by itself: its header, and its body before its links are settled.

Flows in: the names of the files, and what an earlier run read. Flows out: a `Read` for each, in their order. A file whose
bytes are the same, under the same collection.yml, is not read again. New ones are read in copies of this process (`facts.watched`), on all
cores; what one file does to its copy no other notices.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType

from casepress.collection import project
from casepress.collection.bodies import Body, Reader
from casepress.collection.headers import Draft, Unknown, read_draft
from casepress.collection.project import Project
from casepress.collection.scanned import draft_scanned
from casepress.collection.settings import Settings
from casepress.collection.typed import Context, file_beside
from casepress.facts import cores, slugs
from casepress.facts.budgets import READING, Over, budget, problems
from casepress.facts.store import key
from casepress.facts.watched import watched
from casepress.markup.counted import captions_of
from casepress.markup.decoding import fits
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Wrong
from casepress.values.personal import Personal
from casepress.values.plain import packed, unpacked
from casepress.values.problems import Problem

_FEW = 100  # cases that one copy reads as soon as two
_BYTES = 3  # of a Chinese character in UTF-8
_DRAFT = tuple(part.name for part in fields(Draft))
_UNKNOWN = tuple(part.name for part in fields(Unknown))


@dataclass(frozen=True)
class Read:
    """What one file came to: a draft with its body, or None where it cannot be a case.

    `asked` are the pictures of its header as they are written, with what `file_beside` said of them; None where they
    are not there. `personal` is what is in it of people. `key` stands for all else that its header was read from; it is empty where it cannot be kept.
    """

    name: str
    key: str
    draft: Draft | None
    unknown: tuple[Unknown, ...] = ()
    problems: tuple[Problem, ...] = ()
    asked: Mapping[str, tuple[str, str] | None] = field(default_factory=lambda: MappingProxyType({}))
    body: Body | None = None
    personal: tuple[Personal, ...] = ()

    @property
    def parts(self) -> tuple:
        """All of it as a plain value (`values.plain`)."""
        draft = self.draft and tuple(getattr(self.draft, part) for part in _DRAFT)
        unknown = tuple(tuple(getattr(each, part) for part in _UNKNOWN) for each in self.unknown)
        return self.name, self.key, draft, unknown, self.problems, self.asked, self.body and self.body.parts, self.personal


def read_of(parts: tuple) -> Read:
    """The value that these are the parts of."""
    name, key_, draft, unknown, problems, asked, body, personal = parts
    return Read(name, key_, draft and Draft(*draft), tuple(Unknown(*each) for each in unknown), problems, asked, body and Body(*body), personal)


@dataclass(frozen=True)
class _File:
    """A file to be read, None where its bytes cannot be had; a body that is still `written` so, under this prefix, is known."""

    name: str
    data: bytes | None
    written: tuple[str, str] = ("", "")


def read_drafts(
    place: Project, source: bytes, settings: Settings, names: Sequence[str], reader: Reader, before: Mapping[str, Read]
) -> tuple[Read, ...]:
    """What the files of these names hold; `source` is the collection.yml that says these settings, `before` what was read of them once."""
    found: list[Read | None] = []
    new: list[_File] = []
    for name in names:
        try:
            data = project.read(place, name, fits)
        except OSError:  # it is said when it is read
            data = None
        old = before.get(name)
        if old and data is not None and old.key == _key(name, data, source) and _are_there(place, old):
            found.append(old)
        else:
            known = old is not None and old.draft is not None and old.body is not None
            new.append(_File(name, data, (old.draft.prefix, old.draft.markdown) if known else ("", "")))
            found.append(None)
    made = _made(place, source, settings, new, reader)
    return tuple(each or _with_body(next(made), before) for each in found)


def _with_body(read: Read, before: Mapping[str, Read]) -> Read:
    return replace(read, body=before[read.name].body) if read.draft and not read.body else read


def _made(place: Project, source: bytes, settings: Settings, new: Sequence[_File], reader: Reader) -> Iterator[Read]:
    def read(file: _File) -> tuple[bytes, Body | None]:
        """The work of a copy: headers as plain data, for they hold what cannot be pickled, and bodies."""
        read = _fresh(place, source, settings, reader, file)
        return packed(replace(read, body=None).parts), read.body

    if not new or cores.usable() == 1:
        yield from (_fresh(place, source, settings, reader, file) for file in new)
        return
    _load(reader)
    most = budget()
    number = 1 if len(new) < _FEW else cores.usable()
    for file, found in zip(new, watched(read, new, lambda file: most.limit(len(file.data or b"") // _BYTES), number), strict=True):
        if isinstance(found, Over):
            yield Read(file.name, "", None, problems=problems(file.name, READING, found))
        else:
            yield replace(read_of(unpacked(found[0])), body=found[1])


def _load(reader: Reader) -> None:
    """What reading makes or loads when it is first asked for, once for all copies."""
    import casepress.privacy.names
    import casepress.privacy.numbers  # noqa: F401

    slugs.load()
    reader.renderer  # noqa: B018


def _fresh(place: Project, source: bytes, settings: Settings, reader: Reader, file: _File) -> Read:
    """A file that is read now; without its body where that is known."""
    name, data = file.name, file.data
    asked: dict[str, tuple[str, str] | None] = {}

    def picture(node: Node, target: str) -> tuple[str, str]:
        asked[target] = None
        found = asked[target] = file_beside(place, name, node, target)
        return found

    text, said = project.read_text(place, name) if data is None else project.text_of(data, name)
    draft, unknown, problems = read_draft(Context(name, place, settings, picture), text, said)
    known = "" if data is None or None in asked.values() else _key(name, data, source)
    is_new = draft is not None and (draft.prefix, draft.markdown) != file.written
    return Read(
        name, known, draft, unknown, problems, asked, _body(reader, draft) if is_new else None, draft_scanned(draft, settings) if draft else ()
    )


def _body(reader: Reader, draft: Draft) -> Body:
    return reader.fresh(draft.markdown, draft.prefix, captions_of(draft.values.get("photos", ()), draft.markdown))


def _are_there(place: Project, read: Read) -> bool:
    """Whether the pictures of a header are still the same."""
    try:
        return all(file_beside(place, read.name, Node(0, target), target) == found for target, found in read.asked.items())
    except Wrong:
        return False


def _key(name: str, data: bytes, source: bytes) -> str:
    return key((name, data, source))
