"""Texts: what takes part in the comparison, the words of a body, and how a person's verdict names another text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from casepress.facts import wording
from casepress.values.cases import Settled

# No bracket within brackets, no brace within braces: else each of a row of them is looked through to its end.
_LEADS = re.compile(r"!?\[([^\[\]\n]*)\](?:\([^()\n]*\)(?:\{[^{}\n]*\})?|\{[^{}\n]*\})|<[^<>\n]{1,200}>|\[\^[^\[\]\n]*\]:?")
_MARKS = re.compile(r"^(?:#{1,6} +|> ?|[-*+] +|\|)|\*\*|__|`|\\(?=[\W_])", re.MULTILINE)
_HEADER = re.compile(r"\A\ufeff?\s*---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
DOCUMENTS = {".docx", ".docm", ".doc", ".wps", ".rtf", ".odt", ".txt", ".md", ".pdf"}
"""Endings of files that hold a text."""


@dataclass(frozen=True)
class Text:
    """A text that takes part. `name` is what messages call it: the file of a case, or a file of another folder.

    `words` are those of the body. `batch`, `award` and `unit` are empty where they are not known. `settled` are the verdicts in
    its header, `is_case` is false of what is compared with and not published.
    """

    name: str
    markdown: str
    title: str = ""
    id: str = ""
    unit: str = ""
    batch: str = ""
    award: str = ""
    order: tuple = ()
    settled: tuple[Settled, ...] = ()
    is_case: bool = True

    @property
    def words(self) -> str:
        return words(self.markdown)

    @property
    def called(self) -> str:
        """Its name with its title, for messages."""
        return f"{self.name}《{self.title}》" if self.title else self.name

    @property
    def known_by(self) -> str:
        """What a verdict calls it by."""
        return self.id or self.title or self.name

    @property
    def honours(self) -> str:
        """The batch and the award that it has, in words; empty where it has none."""
        return "，".join(filter(None, (self.batch, self.award)))

    @property
    def won(self) -> str:
        """The same as part of a sentence."""
        return f"{self.batch}获{self.award}" if self.batch else f"获{self.award}"


def words(markdown: str) -> str:
    """The words of a body: addresses, tags and marks of Markdown left out, its lines kept."""
    return _MARKS.sub("", _LEADS.sub(lambda found: found[1] or "", markdown))


def body(text: str) -> str:
    """What stands behind the header of a case's file."""
    return _HEADER.sub("", text, count=1)


def means(text: Text, word: str) -> bool:
    """Whether a verdict that names `word` means this text: by its id, its title, its file with or without ending."""
    path = PurePosixPath(text.name)
    names = {text.id, text.title, text.name, path.name, path.stem, path.with_suffix("").as_posix()} - {""}
    return word in names or wording.plain(word) in {wording.plain(name) for name in names}


def verdict(one: Text, other: Text) -> Settled | None:
    """What a person said of two texts, in the header of either."""
    return next((each for text, against in ((one, other), (other, one)) for each in text.settled if means(against, each.other)), None)


def unmet(texts: Sequence[Text], told: Iterable[tuple[Text, Text]]) -> list[tuple[Text, Settled]]:
    """Verdicts that no pair of those `told` answers to."""
    met = {(one.name, each.other) for pair in told for one, other in (pair, pair[::-1]) for each in one.settled if means(other, each.other)}
    return [(text, each) for text in texts for each in text.settled if (text.name, each.other) not in met]
