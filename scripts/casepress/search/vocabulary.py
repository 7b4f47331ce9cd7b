"""Vocabulary: the words that a search may have meant, and how their characters sound, for a query that finds nothing.

Flows in: a collection, and the values and names of its facets. Flows out: `search/words.js`, which is loaded only where
words are sought by their sound or with one character changed (`theme/scripts/search/near.js`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from casepress.facts.folding import fold
from casepress.facts.slugs import syllables
from casepress.values.cases import Collection

MOST = 24_000  # characters of words: the weightiest first
_TWICE = 2  # headings that stand in as many cases


def vocabulary(collection: Collection, values: Iterable[str]) -> tuple[list[str], str]:
    """The words, folded, values before headings and titles, and `pinyin 字字` for each syllable of their characters.

    A character stands under each of the sounds that it may have.
    """
    headings = Counter(heading.text for case in collection.cases for heading in case.body.headings)
    titles = [case.title for case in collection.cases]
    common = [heading for heading, count in headings.most_common() if count >= _TWICE]
    rare = [heading for heading, count in headings.items() if count < _TWICE]
    found: dict[str, None] = {}
    room = MOST
    for word in map(fold, dict.fromkeys((*values, *common, *titles, *rare))):
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
