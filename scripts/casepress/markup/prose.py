"""Prose: submitted Markdown to one safe HTML fragment, the same for website and book.

Flows in: Markdown that nobody has looked at. Flows out: a `Fragment`, or the links and pictures with their lines.
The only module that imports nh3. Three layers, each of which would do alone: HTML in the source is not
obeyed but shows as text; this module decides what every link, picture and id becomes; nh3 lets through a short list.
What is too tangled to be read as Markdown in a bounded time shows as it stands. Nothing that was written is lost.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement, tostring

import nh3

from casepress.markup.markdown_tree import END, MARK, Markdown, read_tree, renderer, said
from casepress.values.cases import Fragment, Heading, Reference

_WIDE = "\u2e80-\u2fff\u3001-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003fffd“”‘’…—·"
_VARIANT = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_CHINESE = re.compile(f"[{_WIDE}{_VARIANT}]")
_FULL_WIDTH = frozenset("、。，：；！？（）〈〉《》「」『』【】〔〕．")
_COUNTED = re.compile(f"[{_WIDE}]|[^\\s{_WIDE}{_VARIANT}]+")

_LINE_END = re.compile(f"(?<![ \u3000{END}])[ \u3000{END}]*\n[ \u3000\n{END}]*")
_OURS = re.compile(r"(?:case|asset):", re.IGNORECASE)
_BLOCKS = frozenset("div p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table thead tbody tr figure figcaption hr".split())
_CELLS = frozenset(("td", "th"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TAGS = _BLOCKS | _CELLS | frozenset("br code em strong a img sup".split())
_LINK = re.compile(
    r"#[A-Za-z0-9_.-]+|(?:case|asset):[A-Za-z0-9_.#-]+"
    r"|(?i:https?)://[^\s/\\?#@]+(?:[/?#][^\s\\]*)?|(?i:mailto):[^\s\\@]+@[^\s\\@]+"
)
_PICTURE = re.compile(r"asset:[A-Za-z0-9_.-]+")
_KEPT = {"href": _LINK, "src": _PICTURE, "id": re.compile(r"[A-Za-z0-9_.-]+"), "start": re.compile(r"\d{1,4}")}


@dataclass(frozen=True)
class Draft:
    """A text that is read and whose links are not settled: `references` is every link and picture, by their lines."""

    markdown: str
    references: tuple[Reference, ...]


def read(markdown: str, md: Markdown | None = None) -> Draft:
    """The one reading of a text; where its references lead is then said to `settle`, once."""
    return Draft(markdown, references(markdown, md))


def settle(draft: Draft, prefix: str, targets: Mapping[str, str], md: Markdown | None = None) -> Fragment:
    """The fragment of a text. Every id in it begins with `prefix` (ASCII), so that fragments can share a page.

    `targets` maps a link's or picture's target as written to `case:<id>`, `asset:<name>` or a web address. Other
    web and mail addresses and `#heading` stay; every other link becomes its words, every other picture its
    alternative text in brackets. Pictures come from `asset:` only, for no page asks another host for anything.
    """
    root, unread = read_tree(draft.markdown, md or renderer())
    for element in root.iter():
        element.text, element.tail = said(element.text or ""), said(element.tail or "")
        for name, value in element.items():
            element.set(name, said(value))
    _close_lines(root)
    headings = tuple(_headings(root, prefix))
    _name_notes(root, prefix)
    _settle_pictures(root, targets)
    _settle_links(root, targets, headings, prefix)
    _shape(root)
    text = "\n".join(filter(None, (" ".join(line.split()) for line in _text(root).split("\n"))))
    html = "".join(tostring(element, "unicode", "html") for element in root)
    return Fragment(_clean(html).strip(), headings, text, unread, draft.references)


def render(markdown: str, prefix: str, targets: Mapping[str, str], md: Markdown | None = None) -> Fragment:
    """Reads a text and settles its links."""
    return settle(read(markdown, md), prefix, targets, md)


def references(markdown: str, md: Markdown | None = None) -> tuple[Reference, ...]:
    """Every link and picture that `render` would see, in the order of their lines; none in code."""
    if "[" not in markdown and "<" not in markdown:
        return ()
    root, _ = read_tree(markdown, md or renderer(), marked=True)
    found: list[Reference] = []
    _find(root, 1, found)
    return tuple(sorted(found, key=lambda reference: reference.line))


def places(headings: tuple[Heading, ...], prefix: str) -> dict[str, str]:
    """The ids of headings by what a link `#…` may call them: their words, or h1, h2 in the order of the text."""
    named = {heading.text: heading.id for heading in reversed(headings)}
    return named | {heading.id.removeprefix(prefix): heading.id for heading in headings}


def count_characters(text: str) -> int:
    """The length in 字 as word processors count: a Chinese character or mark is one, a run of anything else is one."""
    return len(_COUNTED.findall(text))


def _close_lines(root: Element) -> None:
    """A line end between Chinese characters or beside a full-width mark is no space (CSS Text 4, 4.1.3)."""
    for edge, group in groupby(_slots(root), key=lambda slot: slot is None):
        slots = [] if edge else list(group)
        texts = [getattr(element, name) or "" for element, name in slots]
        if not any("\n" in text for text in texts):
            continue

        def close(match: re.Match) -> str:
            start, end = match.span()
            before, after = match.string[max(start - 1, 0) : start], match.string[end : end + 1]
            space = before and after and not {before, after} & _FULL_WIDTH
            space = space and not (_CHINESE.match(before) and _CHINESE.match(after))
            return END * match[0].count(END) + (" " if space else "")

        closed = _LINE_END.sub(close, END.join(texts)).split(END)
        for (element, name), text in zip(slots, closed, strict=True):
            setattr(element, name, text)


def _slots(element: Element) -> Iterator[tuple[Element, str] | None]:
    """Where the text of a tree stands, in its order, with None wherever a line is surely broken or ended."""
    if element.tag == "code":
        return
    yield element, "text"
    for child in element:
        edge = child.tag in _BLOCKS or child.tag in _CELLS or child.tag in ("br", "img", "code")
        if edge:
            yield None
        if child.tag != "sup":
            yield from _slots(child)
        if edge:
            yield None
        yield child, "tail"


def _headings(root: Element, prefix: str) -> Iterator[Heading]:
    number = 0
    for element in root.iter():
        if element.tag not in _HEADINGS:
            continue
        words = " ".join(_text(element).split())
        if not words and element.find(".//img") is None:
            element.tag = "span"  # nothing would be left of it but an empty line in the contents
            continue
        number += 1
        element.set("id", f"{prefix}h{number}")
        yield Heading(int(element.tag[1]), words, f"{prefix}h{number}")


def _name_notes(root: Element, prefix: str) -> None:
    """Footnotes and their marks are counted in the order of the text, whatever the author called them."""
    names: dict[str | None, str] = {}
    counts = {"sup": 0, "li": 0}
    for element in root.iter():
        if element.tag in counts and (old := element.get("id")):
            counts[element.tag] += 1
            names[f"#{old}"] = f"{prefix}{'ref' if element.tag == 'sup' else 'note'}{counts[element.tag]}"
            element.set("id", names[f"#{old}"])
    for link in root.iter("a"):
        if not link.get("class"):
            continue
        if name := names.get(link.get("href")):
            link.set("href", f"#{name}")
        else:
            link.tag, link.text = "span", ""  # the way back from a note that the text never mentions


def _settle_pictures(root: Element, targets: Mapping[str, str]) -> None:
    for picture in list(root.iter("img")):
        target, words, title = (" ".join(picture.get(name, "").split()) for name in ("src", "alt", "title"))
        picture.attrib.clear()
        address = "" if _OURS.match(target) else targets.get(target, "")
        if _PICTURE.fullmatch(address):
            picture.attrib.update({"src": address, "alt": words} | ({"title": title} if title else {}))
        else:
            picture.tag, picture.text = "span", (f"〔图片：{words}〕" if words else "〔图片〕") + title


def _settle_links(root: Element, targets: Mapping[str, str], headings: tuple[Heading, ...], prefix: str) -> None:
    known = places(headings, prefix)
    for link in root.iter("a"):
        if link.get("class"):
            continue
        target, title = " ".join(link.get("href", "").split()), link.get("title", "")
        link.attrib.clear()
        if target.startswith("#") and target not in targets:
            address = f"#{known.get(unquote(target[1:]).strip(), '')}"
        else:
            address = "" if _OURS.match(target) else targets.get(target, target)
        if not _text(link).strip() and link.find(".//img") is None:
            link.text = target
        if not _LINK.fullmatch(address):
            link.tag, link.tail = "span", (f"（{title}）" if title else "") + (link.tail or "")
            continue
        link.attrib.update({"href": address} | ({"title": title} if title else {}))
        if address[:4].lower() == "http":
            link.set("rel", "noopener")


def _shape(root: Element) -> None:
    """Pictures that stand alone become figures; linked pictures stand before their link; heads of columns say so.

    A link around a picture has no words, for which neither PDF/UA (7.18.5) nor a reader's ear has any use.
    """
    for parent in list(root.iter()):
        for at, child in reversed(list(enumerate(parent))):
            pictures = list(child.iter("img")) if child.tag in ("a", "p") else []
            if child.tag in _BLOCKS and not (child.tail or "").strip():
                child.tail = "\n"
            if parent.tag == "pre":
                child.text = child.text.rstrip("\n") + "\n"
            elif child.tag in _CELLS:
                if align := child.attrib.pop("align", ""):
                    child.set("class", f"align-{align}")
                if child.tag == "th" and "".join(child.itertext()).strip():
                    child.set("scope", "col")
                else:
                    child.tag = "td"
            elif pictures and child.tag == "a":
                words = " ".join(_text(child).split()) or pictures[0].get("alt") or child.get("href", "")
                child[:], child.text = [], words
                parent[at:at] = [_alone(picture) for picture in pictures]
            elif pictures and all(each.tag == "img" and not (each.tail or "").strip() for each in child):
                if not (child.text or "").strip():
                    parent[at : at + 1] = [_figure(picture) for picture in pictures]


def _alone(picture: Element) -> Element:
    picture.tail = ""
    return picture


def _figure(picture: Element) -> Element:
    figure = Element("figure")
    figure.tail = "\n"
    caption = picture.attrib.pop("title", "")
    figure.append(_alone(picture))
    if caption:
        SubElement(figure, "figcaption").text = caption
    return figure


def _text(element: Element) -> str:
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    """The words of a tree; blocks stand on lines of their own, marks of footnotes are left out."""
    if element.get("class", "").startswith("footnote-"):
        return
    block = element.tag in _BLOCKS or element.tag == "br"
    if block:
        yield "\n"
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    if block or element.tag in _CELLS:
        yield "\n" if block else " "


def _find(element: Element, line: int, found: list[Reference]) -> int:
    line = _last_mark(element.text, line)
    for child in element:
        if child.tag in ("a", "img") and not child.get("class"):
            link = child.tag == "a"
            target = child.get("href" if link else "src", "")
            words = _text(child) if link else child.get("alt", "")
            texts = (target, words, child.get("title", ""))
            target, words, title = (" ".join(said(MARK.sub("", text)).split()) for text in texts)
            found.append(Reference("link" if link else "picture", target, words, line, title))
        line = _last_mark(child.tail, _find(child, line, found))
    return line


def _last_mark(text: str | None, line: int) -> int:
    marks = MARK.findall(text or "")
    return int(marks[-1]) if marks else line


def _clean(html: str) -> str:
    """The last layer: what is not on the list does not pass, whoever put it there."""
    notes = {"footnote-ref", "footnote-backref"}
    align = {"align-left", "align-center", "align-right"}
    return nh3.Cleaner(
        tags=set(_TAGS),
        attributes={"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}
        | {tag: {"id"} for tag in ("li", "sup", *_HEADINGS)},
        tag_attribute_values={"a": {"rel": {"noopener"}}, "th": {"scope": {"col"}}},
        allowed_classes={"div": {"footnote"}, "a": notes, "th": align, "td": align},
        attribute_filter=lambda tag, name, value: value if name not in _KEPT or _KEPT[name].fullmatch(value) else None,
        url_schemes={"http", "https", "mailto", "case", "asset"},
        link_rel=None,
    ).clean(html)
