"""Languages: words of a page that are surely of another language, marked so that a voice reads them as they are spoken.

What a script tells with certainty is marked, and English where its smallest words show it; everything else is left alone.
"""

import re
from collections.abc import Iterator
from itertools import chain
from xml.etree.ElementTree import Element

# Scripts that one language of today's print uses (Unicode, Scripts.txt): kana, hangul, Tibetan, Yi, Tai Le.
_SCRIPTS = {
    "ja": "\u3041-\u3096\u30a1-\u30fa",
    "ko": "\uac00-\ud7a3\u1100-\u11ff",
    "bo": "\u0f00-\u0fff",
    "ii": "\ua000-\ua4cf",
    "tdd": "\u1950-\u197f",
}
_ENGLISH = r"[A-Za-z][A-Za-z'’-]*(?:[,;:]? [A-Za-z0-9][A-Za-z0-9'’-]*){2,}[.!?]?"
_RUNS = re.compile(
    "|".join([*(f"(?P<{name}>[{signs}]+(?:[ ・ー\u0f0b]*[{signs}]+)*[ー]*)" for name, signs in _SCRIPTS.items()), f"(?P<en>{_ENGLISH})"])
)
_SMALL = frozenset("the of and is are to in for with on at by from my you we it this that our your not be".split())
_SILENT = frozenset(("code", "pre", "title", "style", "script"))


def mark_languages(root: Element) -> None:
    """Put what is surely of another language into a `span` that says so."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in _SILENT:
            continue
        children = list(element)
        texts = chain([element.text], [child.tail for child in children])
        pieces = [_cut(text or "") for text in texts]
        if not any(spans for _, spans in pieces):
            continue
        element.text, first = pieces[0]
        element[:] = first
        for child, (tail, spans) in zip(children, pieces[1:], strict=True):
            child.tail = tail
            element.extend((child, *spans))


def _cut(text: str) -> tuple[str, list[Element]]:
    """A text as what stands before its first foreign words, and these, each with what follows as its tail."""
    before, spans, end = text, [], 0
    for language, match in _foreign(text):
        if spans:
            spans[-1].tail = text[end : match.start()]
        else:
            before = text[: match.start()]
        span = Element("span", {"lang": language})
        span.text, end = match[0], match.end()
        spans.append(span)
    if spans:
        spans[-1].tail = text[end:]
    return before, spans


def _foreign(text: str) -> Iterator[tuple[str, re.Match]]:
    for match in _RUNS.finditer(text):
        language = match.lastgroup or ""
        if language != "en" or len(_SMALL & set(match[0].lower().split())) > 0:
            yield language, match
