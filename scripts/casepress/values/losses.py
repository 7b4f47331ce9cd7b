"""Losses: what of a case or of a text did not come to stand on paper, as a value that no one has to read back out of a sentence."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Loss:
    """One thing that is lost in print.

    `kind` says whose it is, `case` or `text`; `id` is the case's id or the text's name, and `what` a Chinese sentence
    without its full stop: what is lost (有 3 个字没有排出来：…).
    """

    kind: str
    id: str
    what: str
