"""Comparing: what a draft says differently from the cases that there are now, paragraph by paragraph.

Flows in: a draft that came back, the document that would be written now, and the cases and texts. Flows out: `Change`s.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from casepress.values.cases import Case, Collection, Text
from casepress.word.names import bookmark
from casepress.word.reading import Draft, Said

_ALIKE = 0.4  # so much of two paragraphs at least is the same where one is the other, changed
_OWNED = ("case_", "text_")
_OUTSIDE = ("part_", "index_", "winners", "data", "contents", "committee", "imprint", "half_title")


@dataclass(frozen=True)
class Change:
    """One paragraph that differs: where it stands in the file of its case, what it was and what it is in the draft.

    `reviser` is who changed it with tracked changes, where that is known. `comment` is who wrote beside it, where this is no change
    but a comment: `new` is what he wrote and `old` where.
    """

    path: str
    line: int
    title: str
    old: str
    new: str
    comment: str = ""
    reviser: str = ""


@dataclass(frozen=True)
class Compared:
    """What differs, the cases in the order of the draft; the ids of the cases and texts that were found in it; those that it
    once had and has no more, as (path, title)."""

    changes: tuple[Change, ...]
    found: tuple[str, ...]
    missing: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Owner:
    """A case or a text, to which paragraphs belong; one without a path is new in the draft, or none of them."""

    anchor: str
    title: str
    path: str = ""
    lines: tuple[tuple[int, str], ...] = ()
    first: int = 0


@dataclass
class _Divided:
    """The paragraphs of a document by the bookmarks of their owners; those of no owner; cases and texts that the collection has not."""

    owned: dict[str, list[Said]] = field(default_factory=dict)
    outside: list[Said] = field(default_factory=list)
    added: list[list[Said]] = field(default_factory=list)


def compare(draft: Draft, now: Draft, collection: Collection) -> Compared:
    """The changes of all cases and texts that stand in the draft, in its order; what it has besides, and what it has no more."""
    owners = {bookmark(owner.anchor): owner for owner in _owners(collection)}
    old, new = _divided(now, owners), _divided(draft, owners)
    found = [name for name in new.owned if name in old.owned]
    changes = [change for name in found for change in _changes(owners[name], old.owned[name], new.owned[name], draft)]
    for some in new.added:
        title = next((_shown(said) for said in some if said.is_heading), _shown(some[0])) if some else ""
        changes += _changes(_Owner("", title), (), some, draft)
    changes += _comments(_Owner("", ""), new.outside, draft)
    gone = [owners[name] for name in old.owned if name not in new.owned and name in draft.led_to]
    return Compared(tuple(changes), tuple(owners[name].anchor for name in found), tuple((owner.path, owner.title) for owner in gone))


def _owners(collection: Collection) -> Iterator[_Owner]:
    for case in collection.cases:
        yield _Owner(f"case-{case.id}", case.title, case.path, _lines(case), case.lines.whole or 1)
    for text in collection.texts:
        yield _Owner(f"text-{text.name}", text.title, text.path, _lines_of_text(text), 0)


def _lines(case: Case) -> tuple[tuple[int, str], ...]:
    """The words of a case's file with their lines: those of the header, and of the body."""
    header = [(case.lines.at(name), _bare(case.text(name))) for name in case.values]
    body = [(case.body_line + line - 1, _bare(words)) for line, words in case.body.lines]
    return ((case.lines.at("title"), _bare(case.title)), *sorted(header), *body)


def _lines_of_text(text: Text) -> tuple[tuple[int, str], ...]:
    """The words of a text's file, with their lines in it."""
    return tuple((number, _bare(line)) for number, line in enumerate(text.source.splitlines(), 1))


def _divided(draft: Draft, owners: Mapping[str, _Owner]) -> _Divided:
    """The paragraphs of each case and text: from its bookmark, or a heading with its title, to where something else begins."""
    by_title = {_bare(owner.title): name for name, owner in owners.items()}
    marked = {mark for said in draft.paragraphs for mark in said.marks if mark in owners}
    of_cases = _title_styles(draft, owners)
    found = _Divided()
    current, titled = found.outside, False
    for said in draft.paragraphs:
        begun = next((mark for mark in said.marks if mark in owners), "")
        if not begun and said.is_heading and (name := by_title.get(_bare(said.text))) and name not in marked:
            begun = name
        is_title = said.style in of_cases and bool(_bare(said.text))
        if begun:
            current, titled = found.owned.setdefault(begun, []), False
        elif any(mark.startswith(_OUTSIDE) for mark in said.marks):
            current = found.outside
        elif any(mark.startswith(_OWNED) for mark in said.marks) or (is_title and titled and current is not found.outside):
            found.added.append([])  # a second title in a case is that of another one
            current, titled = found.added[-1], False
        titled = titled or is_title
        if _bare(said.text) or said.comments:
            current.append(said)
    return found


def _title_styles(draft: Draft, owners: Mapping[str, _Owner]) -> set[str]:
    """The styles of the titles of cases: those of the first heading behind the bookmark of a case."""
    found, waits = set(), False
    for said in draft.paragraphs:
        waits = waits or any(mark in owners and mark.startswith("case_") for mark in said.marks)
        if waits and said.is_heading:
            found.add(said.style)
            waits = False
    return found


def _changes(owner: _Owner, old: Sequence[Said], new: Sequence[Said], draft: Draft) -> Iterator[Change]:
    before, after = [_bare(said.text) for said in old], [_bare(said.text) for said in new]
    line = owner.first
    at: dict[int, int] = {}
    for nth, words in enumerate(before):
        line = at[nth] = _line(owner, words, line)
    for kind, low, high, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            for left, right in _paired(before[low:high], after[start:end]):
                nth = low + left if left is not None else max(low - 1, 0)
                was, is_ = ("" if left is None else _shown(old[low + left])), ("" if right is None else _shown(new[start + right]))
                if not was and not is_:
                    continue
                who = draft.struck.get(_bare(was), "") if right is None else "、".join(dict.fromkeys(filter(None, new[start + right].revisers)))
                yield Change(owner.path, at.get(nth, owner.first), owner.title, was, is_, reviser=who)
    yield from _comments(owner, new, draft)


def _comments(owner: _Owner, paragraphs: Sequence[Said], draft: Draft) -> Iterator[Change]:
    for said in paragraphs:
        for number in said.comments:
            if comment := draft.comments.get(number):
                line = _line(owner, _bare(said.text), owner.first)
                yield Change(owner.path, line, owner.title, comment.on or _shown(said), comment.text, comment.author or "没有署名")


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Which of the new paragraphs each of the old ones became, in the order of the new; none is left out."""
    start = 0
    for left, words in enumerate(old):
        best = max(range(start, len(new)), key=lambda right: _likeness(words, new[right]), default=None)
        if best is None or _likeness(words, new[best]) < _ALIKE:
            yield left, None
            continue
        yield from ((None, right) for right in range(start, best))
        yield left, best
        start = best + 1
    yield from ((None, right) for right in range(start, len(new)))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _line(owner: _Owner, words: str, otherwise: int) -> int:
    """The line of the file that says these words, or the beginning of them; else that of what stands before."""
    if not words:
        return otherwise
    same = next((line for line, said in owner.lines if said == words), 0)
    parts = same or next((line for line, said in owner.lines if len(said) > 1 and (said in words or words in said)), 0)
    return parts or otherwise


def _bare(text: str) -> str:
    """Words without white space, which programs change as they like."""
    return "".join(text.split())


def _shown(said: Said) -> str:
    return " ".join(said.text.split())
