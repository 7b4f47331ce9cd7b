"""Paragraphs: the words of a text's lines put together again as one reads them, each with the kind of block that it is.

Flows in: the words of each line (`Fragment.lines`) and the text as it is written. Flows out: `Paragraph` values in their order.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

TEXT, ITEM, QUOTE, OTHER = "text", "item", "quote", "other"
_KINDS = re.compile(
    r"[ \t]{0,12}(?:(?P<other>\#|\||\[\^|!\[|<|={3,}|```|~~~|[表图注][：:0-9 　]|来源[：:]|单位[：:]|资料来源)|(?P<quote>>)|(?P<item>[-*+•][ \t　]|[①-⑳]|[0-9]{1,3}[.)、．）][ \t]?))"
)


@dataclass(frozen=True)
class Paragraph:
    """The lines of a paragraph, each with its number and its words; `kind` is text, item (of a list), quote or other (heading, table, note)."""

    lines: tuple[tuple[int, str], ...]
    kind: str = TEXT

    @property
    def text(self) -> str:
        return "".join(words for _, words in self.lines)

    def line_at(self, place: int) -> int:
        """The number of the line on which a character of the text stands."""
        for number, words in self.lines:
            if place < len(words):
                return number
            place -= len(words)
        return self.lines[-1][0]


def paragraphs(lines: Sequence[tuple[int, str]], source: str) -> Iterator[Paragraph]:
    """A line belongs to the paragraph before it where nothing stands between them and it begins no block of its own."""
    written = source.split("\n")
    own: list[tuple[int, str]] = []
    kind = OTHER
    for number, words in lines:
        match = _KINDS.match(written[number - 1]) if number <= len(written) else None
        found = (match.lastgroup if match else "") or TEXT
        goes_on = own and number == own[-1][0] + 1 and (found == TEXT and kind != OTHER or found == kind == QUOTE)
        if not goes_on and own:
            yield Paragraph(tuple(own), kind)
            own = []
        if not own:
            kind = found
        own.append((number, words))
    if own:
        yield Paragraph(tuple(own), kind)
