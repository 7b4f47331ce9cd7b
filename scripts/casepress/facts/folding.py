"""Folding: how text is made comparable for search, the same here and in `theme/scripts/search/folding.js`.

NFKC, lower case, ß as ss and ς as σ, runs of white space as one space, none at the ends. What no reader sees and no
writer means (control characters, surrogates, noncharacters, marks that turn the direction of text) is left out.
"""

import re
import unicodedata

from casepress.facts.characters import STOPS, UNFIT

_UNFIT = re.compile(f"[{UNFIT}]")
# What NFKC makes of the signs that Chinese text is full of; without them most texts need no normalizing, which is slow.
_SIGNS = tuple((sign, plain) for sign in STOPS + "（）…" if (plain := unicodedata.normalize("NFKC", sign)) != sign)


def clean(text: str) -> str:
    """A text as it is shown: unfit characters gone, every run of white space one space, none at the ends."""
    return " ".join(_UNFIT.sub("", text).split())


def fold(text: str) -> str:
    """A text as it is compared. Folding twice changes nothing."""
    text = clean(text)
    for sign, plain in _SIGNS:
        text = text.replace(sign, plain)
    text = unicodedata.normalize("NFKC", text).lower().replace("ß", "ss").replace("ς", "σ")
    return " ".join(unicodedata.normalize("NFKC", text).split())
