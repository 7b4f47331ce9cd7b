"""Numbering: whether each item of a list has its mark on the page, and a counted one the number that its author wrote.

The number is reckoned from the HTML alone (HTML, 4.4.5: `start`, `value`, `reversed`); how it is written, the stylesheet says.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from casepress.facts.characters import HAN
from casepress.facts.numerals import roman
from casepress.facts.titles import chinese_numeral
from casepress.press.patches.pages import Shown
from casepress.press.proof.words import short


def lost(piece: Element, things: Iterable[Shown]) -> Iterator[str]:
    """A sentence for each list whose marks are missing or say other numbers than the HTML."""
    marks: dict[Element, str] = {}
    unmarked = set()
    for thing in things:
        if thing.kind == "mark":
            marks[thing.element] = marks.get(thing.element, "") + (thing.text or "•")
        elif thing.kind == "item" and thing.style == "none":
            unmarked.add(thing.element)
    for items in _lists(piece):
        wrong = [(item, number) for item, number in items if not _says(marks.get(item, ""), number, item in unmarked)]
        if wrong:
            item, number = wrong[0]
            here = f"“{short(''.join(item.itertext()).strip())}”"
            found = marks.get(item, "").strip()
            if number is None:
                yield f"列表里{here}前面没有排出圆点"
            else:
                yield f"列表里{here}的编号应当是 {number}，排出来的是{f'“{found}”' if found else '空的'}"


def _lists(piece: Element) -> Iterator[list[tuple[Element, int | None]]]:
    """The items of each list with their numbers; None in a list that is not counted. Notes have marks of their own kind."""
    for element in _outside_notes(piece):
        if element.tag in ("ol", "ul"):
            yield list(_numbered(element))


def _outside_notes(element: Element) -> Iterator[Element]:
    if not (element.get("class") or "").startswith("footnote"):
        yield element
        for child in element:
            yield from _outside_notes(child)


def _numbered(element: Element) -> Iterator[tuple[Element, int | None]]:
    items = [child for child in element if child.tag == "li"]
    step = -1 if "reversed" in element.attrib else 1
    number = _whole(element.get("start"), 1 if step > 0 else len(items))
    for item in items:
        number = _whole(item.get("value"), number)
        yield item, number if element.tag == "ol" else None
        number += step


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\s*[+-]?\d{1,9}\s*", text) else otherwise


def _says(mark: str, number: int | None, unmarked: bool) -> bool:
    """Whether a mark is there and says a number, in figures of whatever kind, in 汉字, or in letters."""
    if number is None:
        return unmarked or bool(mark.strip())
    plain = unicodedata.normalize("NFKC", mark)  # ① is 1
    figures = re.search(r"-?\d+", plain)
    if figures:
        return int(figures[0]) == number
    letters = re.sub(f"[^0-9a-z{HAN}]", "", plain.lower())
    return letters in (chinese_numeral(number), roman(number), chr(96 + number) if 0 < number < 27 else "")
