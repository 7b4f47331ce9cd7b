"""Refusals: what is told of a file that is not read, and of what was left out of one that is, with a kind in one word for each."""

from typing import NamedTuple


class Refused(Exception):
    """A file that is not read: its kind in one word, what is wrong and the cure, Chinese sentences without their full stop."""

    def __init__(self, kind: str, what: str, cure: str) -> None:
        super().__init__(what)
        self.kind, self.what, self.cure = kind, what, cure

    def __reduce__(self):
        """As it goes from one process to another."""
        return type(self), (self.kind, self.what, self.cure)


class Remark(NamedTuple):
    """Something of a file that was not taken, or not as it stands there."""

    kind: str
    what: str
    cure: str = "请看原件，改好以后再收一次；也可以直接在 cases 里改"
