"""Lines: in which line of its file a setting stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Lines:
    """The lines of a file's settings by their names from the top, as `("book", "title")`.

    `whole` stands for the file where nothing nearer is known: 0, or the line at which its settings begin.
    """

    known: Mapping[tuple[str, ...], int] = field(default_factory=lambda: MappingProxyType({}))
    whole: int = 0

    def __contains__(self, path: tuple[str, ...]) -> bool:
        """Whether the file itself says this setting."""
        return path in self.known

    def at(self, *path: str) -> int:
        """The line of a setting, or else of the nearest one in which it would stand."""
        return next((self.known[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.known), self.whole)

    def beside(self, further: Mapping[tuple[str, ...], int]) -> "Lines":
        """These lines and others, which go before."""
        return Lines(MappingProxyType({**self.known, **further}), self.whole)
