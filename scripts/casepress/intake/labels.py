"""Labels: the words by which a form asks for a field, however they are spaced, matched to the labels and aliases of a collection."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from casepress.values.fields import Field

_HINT = re.compile(r"[（(][^（）()]*[）)]$")


def even(text: str) -> str:
    """A label as it is compared: no white space, no colon behind it, no hint in brackets."""
    text = re.sub(r"[\s　]+", "", text).rstrip("：:*＊")
    while _HINT.search(text) and _HINT.sub("", text):
        text = _HINT.sub("", text).rstrip("：:")
    return text


@dataclass(frozen=True)
class Labels:
    """The fields of a collection by the words that ask for them. `tails` are those that only together with the label before
    them ask for one: 电话 behind 联系人."""

    fields: dict[str, Field]
    tails: frozenset[str]

    def match(self, text: str, before: Iterable[str] = ()) -> Field | None:
        """The field that a text asks for; `before` are the labels that stand before it, the nearest first."""
        word = even(text)
        if not word or len(word) > 20:
            return None
        for label in before:
            if (field := self.fields.get(even(label) + word)) is not None:
                return field
        return self.fields.get(word)

    @property
    def pattern(self) -> re.Pattern:
        """Finds `label：` in a line, whatever blanks are within the label."""
        words = sorted({*self.fields, *self.tails}, key=len, reverse=True)
        spaced = "|".join(r"[ \t　]*".join(map(re.escape, word)) for word in words)
        return re.compile(rf"(?:^|(?<=[\s　。；;，,、]))({spaced})(?:[（(][^（）()\n]{{0,20}}[）)])?[ \t　]*[：:]")


def labels(fields: Iterable[Field]) -> Labels:
    """The labels of fields: their names, labels and aliases."""
    known: dict[str, Field] = {}
    for field in fields:
        for name in field.names:
            known.setdefault(even(name), field)
    tails = {word[len(other) :] for word in known for other in known if word != other and word.startswith(other) and len(word) > len(other)}
    return Labels(known, frozenset(tail for tail in tails if len(tail) > 1))
