"""Judging: which texts a person should look at side by side, each pair measured on the texts themselves.

Flows in: texts, and what is kept of each. Flows out: matches, the most alike first, groups, and what a person has settled.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from casepress.likeness.grams import Known
from casepress.likeness.pairs import CONTAINED, SHARED, alike
from casepress.likeness.passages import Shared, shared
from casepress.likeness.texts import Text, means, verdict
from casepress.values.cases import Settled
from casepress.values.progress import Progress, unwatched

_SAYING = 40  # characters that a text has at least, if the same words of others are to mean anything
_SLACK = 0.75
"""The sample asks for so much of what the texts themselves must then have."""


@dataclass(frozen=True)
class Match:
    """Two texts that share much: the `earlier` one, and the `later` one that a message is about.

    `part` is the part of the shorter one's characters that the other has as well (0 to 1), `characters` how many these are.
    `shared` is read from the shorter text to the other; None where there were too many matches to look at each.
    """

    earlier: Text
    later: Text
    part: float
    characters: int
    shared: Shared | None = field(default=None, repr=False)
    settled: Settled | None = None

    @property
    def is_same(self) -> bool:
        return self.shared is not None and self.shared.is_same

    @property
    def shorter(self) -> Text:
        return self.earlier if _length(self.earlier) <= _length(self.later) else self.later


@dataclass(frozen=True)
class Crowd:
    """Texts that are nearly the same, or the very same; those that a person has settled are left out."""

    texts: tuple[Text, ...]
    is_same: bool

    @property
    def names(self) -> frozenset[str]:
        return frozenset(text.name for text in self.texts)


@dataclass(frozen=True)
class Judged:
    """What is alike: matches, the most alike first, those that are settled among them; and crowds."""

    matches: tuple[Match, ...] = ()
    crowds: tuple[Crowd, ...] = ()

    @property
    def open(self) -> tuple[Match, ...]:
        """The matches that nobody has settled."""
        return tuple(match for match in self.matches if match.settled is None)


def judged(
    texts: Sequence[Text],
    knowns: Sequence[Known],
    wanted: Callable[[Text, Text], bool] = lambda one, other: True,
    filled: Callable[[Text], Text] = lambda text: text,
    most: int = 1_000,
    progress: Progress = unwatched,
) -> Judged:
    """What is alike among texts. Those that are no cases stand last, and are not compared with one another.

    Of pairs that are `wanted` the `most` alike are measured on their texts, the others by their sample. What a text says of itself
    beyond its words may be `filled` in where it is like another.
    """
    own = sum(text.is_case for text in texts)
    found = alike(texts=knowns, own=own, contained=_SLACK * CONTAINED, shared=round(_SLACK * SHARED))
    matches = []
    pairs = [pair for pair in found.pairs if wanted(texts[pair.first], texts[pair.second])]
    for nth, pair in enumerate(progress("对照", pairs)):
        earlier, later = _ordered(filled(texts[pair.first]), filled(texts[pair.second]))
        if nth >= most:
            if pair.contained >= CONTAINED:
                matches.append(Match(earlier, later, pair.contained, 0, None, verdict(earlier, later)))
            continue
        short, long = sorted((earlier, later), key=_length) if _length(earlier) != _length(later) else (earlier, later)
        each = shared(short.words, long.words, found.common)
        if is_much(each.grams, each.contained):
            matches.append(Match(earlier, later, min(1.0, each.part), each.signs, each, verdict(earlier, later)))
    crowds = []
    for group in found.groups:
        if len(texts[group.members[0]].words) < _SAYING:
            continue
        members = [filled(texts[at]) for at in group.members]
        left = [one for one in members if not _is_settled(one, members)]
        if len(left) > 1 and any(wanted(left[0], other) or wanted(left[-1], other) for other in left[1:-1] or left[:1]):
            crowds.append(Crowd(tuple(left), group.is_same))
    return Judged(tuple(sorted(matches, key=lambda match: (-match.part, match.earlier.name, match.later.name))), tuple(crowds))


def _is_settled(one: Text, others: Sequence[Text]) -> bool:
    """Whether a text's own header settles it against one of a crowd."""
    return any(means(other, each.other) for each in one.settled for other in others if other is not one)


def is_much(grams: int, contained: float) -> bool:
    """Whether two texts share so much that a person should look: `grams` of them, which are the part `contained` of the shorter one."""
    return (grams >= SHARED and contained >= CONTAINED) or (grams >= SHARED / 2 and contained >= 0.5)


def _length(text: Text) -> int:
    return len(text.markdown)


def _ordered(one: Text, other: Text) -> tuple[Text, Text]:
    """The earlier and the later of two texts: what is not published first, then by batch, then by name."""
    return tuple(sorted((one, other), key=lambda text: (text.is_case, text.order, text.name)))
