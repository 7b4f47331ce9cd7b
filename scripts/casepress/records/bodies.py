"""Bodies: the text of a case as paragraphs for a form: headings, paragraphs, items of lists and tables, in their order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from casepress.facts.titles import chinese_numeral
from casepress.markup.parsing import fragment
from casepress.values.cases import Case

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_INSIDE = frozenset(("ul", "ol", "blockquote", "figure", "div", "section", "dl"))
_SPACE = re.compile(r"[ \t\n]+")


@dataclass(frozen=True)
class Block:
    """A paragraph, or a table by its rows. `level` is that of a heading, from 1, and 0 for text; `number` is what is typed before it."""

    text: str = ""
    level: int = 0
    number: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def words(self) -> str:
        return self.number + self.text


@dataclass(frozen=True)
class Section:
    """What stands under a heading of the first level, whose words are `name`; before the first one it is empty."""

    name: str
    blocks: tuple[Block, ...]


def blocks(case: Case) -> tuple[Block, ...]:
    """The text of a case; its pictures are left out."""
    found = list(_blocks(fragment(case.body.html)))
    highest = min((block.level for block in found if block.level), default=1)
    out, counts = [], [0] * 7
    for block in found:
        if block.level:
            level = block.level - highest + 1
            counts[level] += 1
            counts[level + 1 :] = [0] * (6 - level)
            block = Block(block.text, level, _numbered(level, counts[level]))
        out.append(block)
    return tuple(out)


def sections(found: Sequence[Block]) -> tuple[Section, ...]:
    """The blocks by the headings of the first level that they stand under."""
    out: list[tuple[str, list[Block]]] = [("", [])]
    for block in found:
        if block.level == 1:
            out.append((block.text, []))
        else:
            out[-1][1].append(block)
    return tuple(Section(name, tuple(below)) for name, below in out if name or below)


def _numbered(level: int, count: int) -> str:
    """What official texts type before a heading: 一、 and （一）."""
    return {1: f"{chinese_numeral(count)}、", 2: f"（{chinese_numeral(count)}）", 3: f"{count}. "}.get(level, "")


def _blocks(parent: Element) -> Iterator[Block]:
    for at, element in enumerate(parent):
        if element.tag in _HEADINGS:
            yield Block(_words(element), _HEADINGS[element.tag])
        elif element.tag == "table":
            rows = tuple(tuple(_words(cell) for cell in row if cell.tag in ("td", "th")) for row in element.iter("tr"))
            if any(rows):
                yield Block(rows=rows)
        elif element.tag == "li":
            start = int(parent.get("start", "1")) if parent.get("start", "1").isdecimal() else 1
            own = " ".join(
                filter(None, (_SPACE.sub(" ", element.text or "").strip(), *(_words(each) for each in element if each.tag not in _INSIDE)))
            )
            yield Block(own, number=f"{start + at}. " if parent.tag == "ol" else "")
            yield from (block for each in element if each.tag in _INSIDE for block in _blocks([each]))
        elif element.tag in _INSIDE:
            yield from _blocks(element)
        elif words := _words(element):
            yield Block(words)


def _words(element: Element) -> str:
    """The words of an element, without those of its marks of notes."""
    return _SPACE.sub(" ", "".join(element.itertext())).strip()
