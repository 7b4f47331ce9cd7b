"""Ticks: which of a row of words is ticked, whether the boxes stand before the words or behind them."""

import re
from collections.abc import Sequence

_MARK = re.compile(r"[（(\[［【]?[ 　]*([☑☒√✓✔■●▣◉✅xX×]|☐|□|○|◯|▢)?[ 　]*[）)\]］】]|[☑☒√✓✔■●▣◉✅]|[☐□○◯▢]")
_TICKS = frozenset("☑☒√✓✔■●▣◉✅xX×")


def ticked(text: str, choices: Sequence[str]) -> list[str] | None:
    """The choices that are ticked in a text, in their order there; None where it has no boxes at all.

    A mark belongs to the word behind it where the first thing of the line is a mark, else to the word before it. A mark
    without any box beside it, typed at one word, belongs to the word that it touches.
    """
    found: list[str] = []
    seen = False
    before = None
    for line in re.split(r"[\n\t]", text):
        things = list(_things(line, choices))
        if not any(kind == "mark" for kind, _, _ in things):
            continue
        seen = True
        if before is None or things[0][0] != things[-1][0]:
            before = things[0][0] == "mark"
        words = [(at, word) for at, (kind, word, _) in enumerate(things) if kind == "word"]
        for at, word in words:
            near = things[at - 1] if before and at else things[at + 1] if not before and at + 1 < len(things) else None
            if near is not None and near[0] == "mark" and near[1] == "on" and word not in found:
                found.append(word)
    return found if seen else None


def _things(line: str, choices: Sequence[str]):
    """Marks (on or off) and words of a line in their order; marks that touch one another are one, on where one of them is."""
    words = sorted(choices, key=len, reverse=True)
    at, last = 0, None
    while at < len(line):
        word = next((word for word in words if line.startswith(word, at)), None)
        if word:
            if last:
                yield last
                last = None
            yield "word", word, at
            at += len(word)
            continue
        mark = _MARK.match(line, at)
        if mark:
            on = any(letter in _TICKS for letter in mark[0])
            last = ("mark", "on" if on or (last and last[1] == "on") else "off", at)
            at = mark.end()
            continue
        at += 1
    if last:
        yield last
