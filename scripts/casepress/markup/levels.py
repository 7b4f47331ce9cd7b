"""Levels: which level each heading of a text has below the title of its page or file, so that none is left out between two."""

from collections.abc import Iterable, Iterator

_DEEPEST = 6


def below_a_title(levels: Iterable[int]) -> Iterator[int]:
    """The level for each that was written: from 2 on, at most one below the heading that it stands under."""
    above: list[int] = []
    for level in levels:
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        yield min(len(above) + 1, _DEEPEST)
