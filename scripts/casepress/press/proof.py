"""Proof: whether all that the HTML of a case or a text holds stands on the pages that were made of it.

Flows in: the elements that were to be laid out and the pages that came of them. Flows out: a sentence for each loss,
which `owner_of` takes apart again: the pages' messages are sentences, as WeasyPrint's are.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

from casepress.press.tables import on_paper

_SENTENCE = re.compile(r"((?:案例|文字) [a-z0-9-]+)：(.+)")
# What is looked at: the element, how its id begins, and what it is called.
_KINDS = (("article", "case-", "案例"), ("section", "text-", "文字"))
# Spaces are set anew, marks without a shape are not shown.
_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
# How far in CSS px something may reach over the paper's edge by rounding.
_ROUNDING = 1


def owner_of(message: str) -> tuple[str, str]:
    """What a message of ours is about (`案例 ID` or `文字 NAME`), and what is lost of it; empty for every other message."""
    match = _SENTENCE.fullmatch(message)
    return (match[1], match[2]) if match else ("", "")


def losses(root: Element, pages: Sequence, anchors: set[str]) -> Iterator[str]:
    """What of each case and each text is not on the pages: words, pictures, notes, targets of links.

    Words and pictures that reach over the edge of the paper are lost as well.
    """
    articles = {
        element: f"{word} {element.get('id').removeprefix(begin)}"
        for tag, begin, word in _KINDS
        for element in root.iter(tag)
        if (element.get("id") or "").startswith(begin)
    }
    if not articles:
        return
    owner = {element: article for article in articles for element in article.iter()}
    shown: dict[Element, list[str]] = defaultdict(list)
    drawn: set[Element] = set()
    outside: dict[Element, list[str]] = defaultdict(list)
    for page in pages:
        for box, (left, top, right, bottom) in on_paper(page._page_box):
            article = owner.get(box.element)
            if article is None:
                continue
            if isinstance(box, boxes.TextBox):
                shown[article].append(box.text)
                words = box.text.strip()
            else:
                words = box.element.get("alt", "")
                if box.width > 0 and box.height > 0:
                    drawn.add(box.element)
            over = max(right - page.width, bottom - page.height, -left, -top) > _ROUNDING
            if words and over:
                outside[article].append(words)
    for article, name in articles.items():
        for loss in _lost(article, "".join(shown[article]), drawn, anchors):
            yield f"{name}：{loss}"
        if outside[article]:
            yield f"{name}：“{_short(''.join(outside[article]))}”伸到纸外去了"


def _lost(article: Element, shown: str, drawn: set[Element], anchors: set[str]) -> Iterator[str]:
    said, shown = _UNSEEN.sub("", "".join(_said(article))), _UNSEEN.sub("", shown)
    missing = (Counter(said) - Counter(shown)).total()
    if missing:
        pieces = SequenceMatcher(None, said, shown, autojunk=False).get_opcodes()
        yield f"有 {missing} 个字没有排出来：{_short(''.join(said[start:end] for what, start, end, *_ in pieces if what in ('delete', 'replace')))}"
    for element in article.iter():
        name, target = element.get("id", ""), element.get("href", "")
        if element.tag == "img" and element not in drawn:
            yield f"图片“{_short(element.get('alt') or element.get('src', ''))}”没有排出来"
        elif name and name not in anchors:
            yield f"{'脚注' if 'note' in name or 'ref' in name else '链接要去的地方'} {name} 没有排出来"
        if element.tag == "a" and target.startswith("#") and not target.startswith(("#case-", "#part-")) and target[1:] not in anchors:
            yield f"链接“{_short(''.join(element.itertext()))}”没有着落"


def _said(element: Element) -> Iterator[str]:
    """A case's own words: its title, its body, its captions. Of its header a profile may leave things out."""
    if (element.get("class") or "").split(" ")[0] in ("case-title", "piece-title", "case-body") or element.tag == "figcaption":
        yield from _words(element)
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


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23]}…"
