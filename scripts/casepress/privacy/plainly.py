"""Plainly: a text as personal data is looked for in it, with the place of each of its characters in the text as it was.

Full-width figures, marks that nobody sees and the many dashes hide a number from a pattern, not from a reader.
"""

import unicodedata
from array import array
from dataclasses import dataclass

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－─━"), "-")
_UNSEEN = frozenset("\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
_SPACES = frozenset("\t\u00a0\u2002\u2003\u2007\u2009\u202f\u3000")


@dataclass(frozen=True)
class Plain:
    """A text made plain; `places` has for each of its characters where it came from, and the end of the text behind them."""

    text: str
    places: array

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the plain text stands in the text as it was."""
        return self.places[start], self.places[end - 1] + 1


def plain(text: str) -> Plain:
    """NFKC of each character, dashes as `-`, white space within a line as one blank each, what nobody sees left out."""
    if text.isascii():
        return Plain(text, array("L", range(len(text) + 1)))
    out, places = [], array("L")
    for at, sign in enumerate(text):
        if sign in _UNSEEN:
            continue
        if "\u4e00" <= sign <= "\u9fff" or sign < "\x80":
            made = sign
        elif sign in _SPACES:
            made = " "
        else:
            made = unicodedata.normalize("NFKC", sign.translate(_DASHES))
        out.append(made)
        places.extend([at] * len(made))
    places.append(len(text))
    return Plain("".join(out), places)
