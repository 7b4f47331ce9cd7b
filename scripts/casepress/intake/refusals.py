"""Refusals: what is told of a file that is not read, and of what was left out of one that is, with a kind in one word for each."""

from typing import NamedTuple

from casepress.values.reasons import why


class Refused(Exception):
    """A file that is not read: its kind in one word, what is wrong and the cure, Chinese sentences without their full stop."""

    def __init__(self, kind: str, what: str, cure: str) -> None:
        super().__init__(what)
        self.kind, self.what, self.cure = kind, what, cure

    def __reduce__(self):
        """As it goes from one process to another."""
        return type(self), (self.kind, self.what, self.cure)


def not_opened(reason: OSError) -> Refused:
    """What is told of a file that the system does not open."""
    return Refused("not-opened", f"文件打不开（{why(reason)}）", "请看看它是不是正被别的程序打开着，再收一次")


class Remark(NamedTuple):
    """Something of a file that was not taken, or not as it stands there."""

    kind: str
    what: str
    cure: str = "请看原件，改好以后再收一次；也可以直接在 cases 里改"
