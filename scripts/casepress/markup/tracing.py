"""Tracing: one walk through a tree that is read, which takes the marks of lines out of it and says what stands on them.

Flows in: a tree of `markdown_tree`. Flows out: its links and pictures with their lines, the words of every line; the
tree's texts have become what they say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from casepress.facts.characters import HAN
from casepress.markup.markdown_tree import said
from casepress.markup.spans import LINE, MARK
from casepress.values.cases import Reference, Remark

BLOCKS = frozenset("div p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table thead tbody tr figure figcaption hr".split())
CELLS = frozenset(("td", "th"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

_GAP = "[ \u00a0\u3000]"
# A word of two characters that somebody has spread, 姓　名; longer rows of single characters may be anything.
_SPREAD = re.compile(f"(?<![{HAN}])(?<![{HAN}]{_GAP})([{HAN}]){_GAP}{{1,4}}([{HAN}])(?!{_GAP}{{0,4}}[{HAN}])")
_PARTED = re.compile(f"[{HAN}]{_GAP}+(?=[{HAN}])")
# Behind the number of a clause or a day at the beginning of a line a space parts no word.
_BEGINNING = re.compile(
    rf"\s*(?:第{_GAP}?[0-9一二三四五六七八九十百零〇]{{1,6}}{_GAP}?[{HAN}]|(?:周|星期)[一二三四五六日天]"
    rf"|(?:[0-9]{{2,4}}年)?(?:[0-9]{{1,2}}月)?(?:[0-9]{{1,2}}日)?){_GAP}+"
)


@dataclass
class Trail:
    """What a walk has met so far, and the line where it is."""

    references: list[Reference] = field(default_factory=list)
    words: dict[int, list[str]] = field(default_factory=dict)
    line: int = 1
    parted: list[int] = field(default_factory=list)  # lines with spaces between Chinese characters

    def remarks(self) -> tuple[Remark, ...]:
        """One for all spaces that part Chinese words."""
        if not self.parted:
            return ()
        what = f"汉字之间有空格（{len(self.parted)} 处，最早在这一行），搜索连着写的词会找不到"
        return (Remark(min(self.parted), what, "请删去空格；并列的词，中间改用顿号“、”", "words_are_whole"),)

    def lines(self) -> tuple[tuple[int, str], ...]:
        """The words of each line that has any, an x in place of code, pictures and addresses."""
        return tuple((line, "".join(words)) for line, words in sorted(self.words.items()))


def trace(element: Element, trail: Trail) -> None:
    """Follows an element. A heading keeps its line as an attribute, for whoever names it."""
    silent = element.tag == "code"
    element.text = _passed(element.text, trail, silent or element.tag == "a" and element.text == element.get("href"), element.tag in HEADINGS)
    if element.tag in HEADINGS:
        element.set("line", str(trail.line))
    for child in element:
        line, place = trail.line, len(trail.references)
        if child.tag in ("a", "img") and not child.get("class"):
            for name, value in child.items():
                child.set(name, said(MARK.sub("", value)))
            trace(child, trail)
            trail.references.insert(place, _reference(child, line))
        else:
            trace(child, trail)
        if child.tag in CELLS or child.tag in ("br", "img"):
            trail.words.setdefault(trail.line, []).append("x" if child.tag == "img" else " ")
        child.tail = _passed(child.tail, trail, False)


def _passed(text: str | None, trail: Trail, silent: bool, titled: bool = False) -> str:
    """What a text says, its words noted at their lines; titles may have spaces, 第一章 总则."""
    if not text:
        return ""
    pieces = MARK.split(text) if LINE in text else [text]  # words, then a line and its words, and so on
    for nth, piece in enumerate(pieces):
        if nth % 2:
            trail.line = int(piece)
        elif piece:
            pieces[nth] = piece = said(piece)
            if not silent and _PARTED.search(piece):
                pieces[nth] = piece = drawn_together(piece)
                trail.parted += [] if titled else [trail.line] * _parted(piece)
            trail.words.setdefault(trail.line, []).append("x" if silent else piece)
    return "".join(pieces[::2])


def drawn_together(words: str) -> str:
    """Words of two characters without the space in them, 姓　名."""
    return _SPREAD.sub(r"\1\2", words)


def _parted(piece: str) -> int:
    """How many spaces part Chinese words in the words of a line."""
    match = _BEGINNING.match(piece)
    return len(_PARTED.findall(piece, match.end() if match else 0))


def _reference(element: Element, line: int) -> Reference:
    link = element.tag == "a"
    target, words = (element.get("href"), text_of(element)) if link else (element.get("src"), element.get("alt"))
    return Reference(
        "link" if link else "picture",
        *(" ".join((each or "").split()) for each in (target, words)),
        line,
        " ".join(element.get("title", "").split()),
    )


def text_of(element: Element) -> str:
    """The words of a tree."""
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    """The words of a tree; blocks stand on lines of their own, marks of footnotes are left out."""
    if element.get("class", "").startswith("footnote-"):
        return
    block = element.tag in BLOCKS or element.tag == "br"
    if block:
        yield "\n"
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    if block or element.tag in CELLS:
        yield "\n" if block else " "
