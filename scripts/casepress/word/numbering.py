"""Numbering: lists that Word itself counts, so that an item which somebody adds gets its number."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from casepress.word.xml import part, w

# 1. and below it (1), then ①, as theme/print/case.css has it; dots, and below them dashes.
_COUNTED = (("decimal", "%{}."), ("decimal", "(%{})"), ("decimalEnclosedCircle", "%{}"))
_DOTTED = (("bullet", "•"), ("bullet", "–"))
_KINDS = (_COUNTED, _DOTTED)
LEVELS = 9  # that a list of Word has


class Numbering:
    """The lists of one document, each with the number that its first item has."""

    def __init__(self) -> None:
        self._lists: list[tuple[bool, int, int]] = []

    def begun(self, ordered: bool, level: int, start: int) -> int:
        """The number of a list of a level from 0, whose items count from `start`; all lists with dots are one."""
        entry = (ordered, min(level, LEVELS - 1) if ordered else 0, start if ordered else 1)
        if not ordered and entry in self._lists:
            return self._lists.index(entry) + 1
        self._lists.append(entry)
        return len(self._lists)

    def part(self) -> bytes:
        """The part `numbering.xml`."""
        return part(w("numbering", None, *(_kind(nth, kind) for nth, kind in enumerate(_KINDS)), *self._all()))

    def _all(self) -> Iterator[Element]:
        for nth, (ordered, level, start) in enumerate(self._lists, 1):
            found = w("num", {"numId": nth}, w("abstractNumId", {"val": 0 if ordered else 1}))
            if ordered:
                found.append(w("lvlOverride", {"ilvl": level}, w("startOverride", {"val": start})))
            yield found


def item(number: int, level: int) -> Element:
    """What makes a paragraph an item of a list."""
    return w("numPr", None, w("ilvl", {"val": min(level, LEVELS - 1)}), w("numId", {"val": number}))


def _kind(nth: int, kind: tuple[tuple[str, str], ...]) -> Element:
    found = w("abstractNum", {"abstractNumId": nth}, w("multiLevelType", {"val": "multilevel"}))
    for level in range(LEVELS):
        form, text = kind[min(level, len(kind) - 1)]
        shape = (w("start", {"val": 1}), w("numFmt", {"val": form}), w("suff", {"val": "tab"}), w("lvlText", {"val": text.format(level + 1)}))
        found.append(w("lvl", {"ilvl": level}, *shape, w("lvlJc", {"val": "left"})))
    return found
