"""Vocabulary: the words that a search may have meant, and how their characters sound, for a query that finds nothing.

Flows in: a collection, and the values and names of its facets. Flows out: `search/words.js`, which is loaded only where
words are sought by their sound, with one character changed, or in what was typed without spaces (`theme/scripts/search/near.js`,
`cutting.js`).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from casepress.facts.folding import fold
from casepress.facts.slugs import syllables
from casepress.likeness import wordlist
from casepress.values.cases import Collection

MOST = 24_000  # characters of words: the weightiest first
_COMMON = 8_000  # of these for words of the language that the cases write
_READ = 400_000  # characters in which such words are sought: titles and summaries of all cases, then bodies
_TWICE = 2  # headings that stand in as many cases
_QUOTED = re.compile("“([^“”]{2,8})”")  # what has a name of its own


def vocabulary(collection: Collection, values: Iterable[str]) -> tuple[list[str], str]:
    """The words, folded, values before headings, names in quotes, words of the language and titles, and `pinyin 字字` for each syllable of their characters.

    A character stands under each of the sounds that it may have.
    """
    headings = Counter(heading.text for case in collection.cases for heading in case.body.headings)
    titles = [case.title for case in collection.cases]
    common = [heading for heading, count in headings.most_common() if count >= _TWICE]
    rare = [heading for heading, count in headings.items() if count < _TWICE]
    quoted = [word for text in (*titles, *headings) for word in _QUOTED.findall(text)]
    found: dict[str, None] = {}
    room = MOST
    for word in map(fold, dict.fromkeys((*values, *common, *quoted, *_written(collection), *titles, *rare))):
        if len(word) < 2 or word in found:
            continue
        room -= len(word)
        if room < 0:
            break
        found[word] = None
    sounds: dict[str, set[str]] = defaultdict(set)
    for character in sorted(set().union(*found)):
        for syllable in syllables(character):
            sounds[syllable].add(character)
    return list(found), " ".join(f"{syllable} {''.join(sorted(characters))}" for syllable, characters in sorted(sounds.items()))


def spoken() -> tuple[str, str]:
    """What people say for the words of official texts, a line each; and how the commonest characters sound, in the order of GB/T 2312."""
    return "\n".join(_lines("sayings.txt")), " ".join(_lines("sounds.txt"))


@cache
def _lines(name: str) -> tuple[str, ...]:
    text = files("casepress").joinpath("data", name).read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and line[0] != "#")


def _written(collection: Collection) -> Iterator[str]:
    """Words of the language that stand whole in the cases, those of more cases first, up to so many characters."""
    texts = ["\n".join((case.title, *map(str, case.all("summary")))) for case in collection.cases]
    room = _READ - sum(map(len, texts))
    for at, case in enumerate(collection.cases):
        if room <= 0:
            break
        texts[at] += "\n" + case.body.text[:room]
        room -= len(case.body.text)
    left = _COMMON
    for word in wordlist.written(texts):
        left -= len(word)
        if left < 0:
            break
        yield word
