"""Comparing: what a draft says differently from the cases that there are now, paragraph by paragraph.

Flows in: a draft that came back, the document that would be written now, and the cases and texts. Flows out: `Change`s.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from casepress.values.cases import Case, Collection, Text
from casepress.word.names import bookmark
from casepress.word.reading import Draft, Said

_ALIKE = 0.4  # so much of two paragraphs at least is the same where one is the other, changed


@dataclass(frozen=True)
class Change:
    """One paragraph that differs: where it stands in the file of its case, what it was and what it is in the draft.

    `comment` is who wrote beside it, where this is no change but a comment.
    """

    path: str
    line: int
    title: str
    old: str
    new: str
    comment: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        if self.comment:
            return f"{where}: 批注（{self.comment}）: {self.new}" + (f"\n    在这一段：{self.old}" if self.old else "")
        if self.old and self.new:
            return f"{where}: 改动\n    原文：{self.old}\n    改为：{self.new}"
        return f"{where}: 删去\n    原文：{self.old}" if self.old else f"{where}: 增加\n    新增：{self.new}"


@dataclass(frozen=True)
class Compared:
    """What differs; the ids of the cases and texts that were found in the draft."""

    changes: tuple[Change, ...]
    found: tuple[str, ...]


@dataclass(frozen=True)
class _Owner:
    """A case or a text, to which paragraphs belong."""

    anchor: str
    title: str
    path: str
    lines: tuple[tuple[int, str], ...]
    first: int


def compare(draft: Draft, now: Draft, collection: Collection) -> Compared:
    """The changes of all cases and texts that stand in the draft, in its order."""
    owners = {bookmark(owner.anchor): owner for owner in _owners(collection)}
    old, new = _divided(now, owners), _divided(draft, owners)
    found = [name for name in new if name in old]
    changes = [change for name in found for change in _changes(owners[name], old[name], new[name], draft)]
    return Compared(tuple(changes), tuple(owners[name].anchor for name in found))


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


def _divided(draft: Draft, owners: Mapping[str, _Owner]) -> dict[str, list[Said]]:
    """The paragraphs of each case and text: from its bookmark, or a heading with its title, to where something else begins."""
    by_title = {_bare(owner.title): name for name, owner in owners.items()}
    marked = {mark for said in draft.paragraphs for mark in said.marks if mark in owners}
    found: dict[str, list[Said]] = {}
    current: list[Said] | None = None
    for said in draft.paragraphs:
        begun = next((mark for mark in said.marks if mark in owners), "")
        if not begun and said.is_heading and (name := by_title.get(_bare(said.text))) and name not in marked:
            begun = name
        if begun:
            current = found.setdefault(begun, [])
        elif any(mark.startswith(("part_", "index_", "winners", "contents", "committee", "imprint")) for mark in said.marks):
            current = None
        if current is not None and (_bare(said.text) or said.comments):
            current.append(said)
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
                yield Change(owner.path, at.get(nth, owner.first), owner.title, was, is_)
    for said in new:
        for id_ in said.comments:
            if comment := draft.comments.get(id_):
                yield Change(
                    owner.path,
                    _line(owner, _bare(said.text), owner.first),
                    owner.title,
                    _shown(said),
                    comment.text,
                    comment.author or "没有署名",
                )


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


def listed(compared: Compared) -> Iterable[str]:
    """What people read: the changes under the titles of their cases."""
    title = ""
    for change in compared.changes:
        if change.title != title:
            title = change.title
            yield f"《{title}》"
        yield f"  {change}"
