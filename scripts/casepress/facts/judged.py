"""Judged: what was looked at and found sound, known again by the sum of its bytes from one run to the next."""

from dataclasses import dataclass, field

from casepress.facts.store import Store

SIZE = 16  # bytes of a sum


@dataclass
class Judged:
    """The sums of what was sound before, and of what is now; kept in a store under a kind and a name, some `most` of them at least."""

    store: Store
    kind: str
    name: str
    most: int
    now: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        kept = self.store.get(self.kind, self.name) or b""
        self.before = frozenset(kept[at : at + SIZE] for at in range(0, len(kept), SIZE))

    def is_known(self, sum_: bytes) -> bool:
        """Whether something was found sound, in an earlier run or in this one; what was stays known."""
        if sum_ in self.before:
            self.now.add(sum_)
        return sum_ in self.now

    def add(self, sum_: bytes) -> None:
        """Something is sound."""
        self.now.add(sum_)

    def keep(self) -> None:
        """Keep the sums, those of earlier runs no longer than there is room."""
        sums = self.now | self.before if len(self.before) < self.most else self.now
        if sums != self.before:
            self.store.put(self.kind, self.name, b"".join(sorted(sums)))
