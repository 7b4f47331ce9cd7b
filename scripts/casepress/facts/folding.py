"""Folding: how text is made comparable for search, the same here and in `theme/scripts/search/folding.js`.

NFKC, lower case, ß as ss and ς as σ, runs of white space as one space, none at the ends. What no reader sees and no
writer means (control characters, surrogates, noncharacters, marks that turn the direction of text) is left out. Quotes of every
kind are one, double or single; traditional forms and variants of characters are the one of `data/variants.txt`, one for one.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from casepress.facts.characters import QUOTED, STOPS, UNFIT, WITHIN_QUOTES

_SHORT = 40  # characters
_UNFIT = re.compile(f"[{UNFIT}]")
# What NFKC makes of the signs that Chinese text is full of; without them most texts need no normalizing, which is slow.
_QUOTES = (*((mark, '"') for mark in QUOTED), *((mark, "'") for mark in WITHIN_QUOTES))
_SIGNS = tuple((sign, plain) for sign in STOPS + "（）…" if (plain := unicodedata.normalize("NFKC", sign)) != sign)


def clean(text: str) -> str:
    """A text as it is shown: unfit characters gone, every run of white space one space, none at the ends."""
    return " ".join(_UNFIT.sub("", text).split())


def fold(text: str) -> str:
    """A text as it is compared. Folding twice changes nothing."""
    return _short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    text = clean(text)
    for sign, plain in _SIGNS:
        text = text.replace(sign, plain)
    text = unicodedata.normalize("NFKC", text).lower().replace("ß", "ss").replace("ς", "σ")
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    if text.isascii():
        return text
    for mark, plain in _QUOTES:
        if mark in text:
            text = text.replace(mark, plain)
    variants, table = _variants()
    return text if variants.isdisjoint(set(text)) else text.translate(table)


_short = lru_cache(1 << 15)(_fold)  # values of fields, which many cases share


@cache
def _variants() -> tuple[frozenset[str], dict[int, str]]:
    """Traditional forms and variants of characters, and what stands for each."""
    words = (Path(__file__).parents[1] / "data" / "variants.txt").read_text("utf-8").split()
    table = {ord(other): word[0] for word in words for other in word[1:]}
    return frozenset(map(chr, table)), table
