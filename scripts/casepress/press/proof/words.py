"""Words: whether the words, pictures and notes of a piece are on its pages, and its links lead somewhere."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from xml.etree.ElementTree import Element

from casepress.facts.characters import IGNORABLE
from casepress.press.patches.pages import Shown

_UNSEEN = re.compile(f"[\\s{IGNORABLE}]")  # spaces are set anew, marks without a shape are not shown
_ALIGNED = 20_000  # characters; to align twice as many takes four times as long
_TITLES = ("case-title", "piece-title", "case-body")


def lost(piece: Element, things: Iterable[Shown], anchors: set[str]) -> Iterator[str]:
    """What of a piece's words, pictures, notes and links is not among the things on its pages, a sentence each."""
    things = list(things)
    parts = [_UNSEEN.sub("", "".join(part)) for part in _said(piece)]
    shown = _UNSEEN.sub("", "".join(thing.text for thing in things if thing.kind == "text" and not thing.is_generated))
    drawn = {
        thing.element
        for thing in things
        if thing.kind == "picture" and thing.area.right > thing.area.left and thing.area.bottom > thing.area.top
    }
    said = "".join(parts)
    missing = 0 if _stand_in(parts, shown) else (Counter(said) - Counter(shown)).total()
    if missing:
        yield f"有 {missing} 个字没有排出来：{short(_missing(said, shown))}"
    for element in piece.iter():
        name, target = element.get("id", ""), element.get("href", "")
        if element.tag == "img" and element not in drawn:
            yield f"图片“{short(element.get('alt') or element.get('src', ''))}”没有排出来"
        elif name and name not in anchors:
            yield f"{'脚注' if 'note' in name or 'ref' in name else '链接要去的地方'} {name} 没有排出来"
        across = target.startswith(("#case-", "#part-")) or element.get("class") == "across"  # the binder sees to those
        if element.tag == "a" and target.startswith("#") and not across and target[1:] not in anchors:
            yield f"链接“{short(''.join(element.itertext()))}”没有着落"


def _stand_in(parts: Iterable[str], shown: str) -> bool:
    """Whether each part stands in a text whole, behind the one before it; then no character of them is missing."""
    at = 0
    for part in parts:
        found = shown.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def _missing(said: str, shown: str) -> str:
    """The characters that are not shown, as they stand in the text; of a long one only which they are, for to align it takes long."""
    if len(said) > _ALIGNED:
        return "".join((Counter(said) - Counter(shown)).elements())
    pieces = SequenceMatcher(None, said, shown, autojunk=False).get_opcodes()
    return "".join(said[start:end] for what, start, end, *_ in pieces if what in ("delete", "replace"))


def _said(element: Element) -> Iterator[Iterator[str]]:
    """A case's own words: its title, its body, its captions. Of its header a profile may leave things out."""
    if (element.get("class") or "").split(" ")[0] in _TITLES or element.tag == "figcaption":
        yield _words(element)
    else:
        for child in element:
            yield from _said(child)


def _words(element: Element) -> Iterator[str]:
    """The text of an element; the marks of footnotes and the ways back are set by the stylesheet."""
    if not (element.get("class") or "").startswith("footnote-"):
        yield element.text or ""
        for child in element:
            yield from _words(child)
            yield child.tail or ""


def short(text: str) -> str:
    """A text cut for a message."""
    return text if len(text) <= 24 else f"{text[:23]}…"
