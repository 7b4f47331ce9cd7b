"""Prose: submitted Markdown to one safe HTML fragment, the same for website and book.

Flows in: Markdown that nobody has looked at. Flows out: a `Fragment`, or the links and pictures with their lines.
The only module that imports markdown and nh3. Three layers, each of which would do alone: HTML in the source is not
obeyed but shows as text; this module decides what every link, picture and id becomes; nh3 lets through a short list.
What is too tangled to be read as Markdown in a bounded time shows as it stands. Nothing that was written is lost.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import groupby
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement, tostring

import nh3
from markdown import Markdown
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER, FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension, TableProcessor
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    LINK_RE,
    ImageInlineProcessor,
    LinkInlineProcessor,
    SimpleTagInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, AtomicString

from casepress.model import Fragment, Heading

# Bounds under which Python-Markdown answers within about two seconds; far above what a case needs.
MAX_CHARACTERS = 512 * 1024
MAX_LINES = 20_000
MAX_NOTES = 200  # [^ marks
MAX_DEPTH = 20  # lists and quotes within each other
_MAX_ROWS = 30_000_000  # lines of a block times its characters, in all: what its block parser reads again and again
_MAX_CELLS = 20_000  # of tables
_MAX_MARKS = 500_000_000  # see _weight

_WIDE = "\u2e80-\u2fff\u3001-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003fffd“”‘’…—·"
_VARIANT = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_CHINESE = re.compile(f"[{_WIDE}{_VARIANT}]")
_FULL_WIDTH = frozenset("、。，：；！？（）〈〉《》「」『』【】〔〕．")
_COUNTED = re.compile(f"[{_WIDE}]|[^\\s{_WIDE}{_VARIANT}]+")
# Control characters, surrogates, noncharacters of the first plane, and what turns the direction of text.
_UNFIT = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")

# Marks of our own, unfit for any text and therefore free: where a link stands, and where a block was taken out.
_LINE, _END = "\x0e", "\x0f"
_MARK = re.compile(f"{_LINE}([0-9]+){_END}")

_PREFIX = re.compile(r"(?: *(?:>|[-*+](?= )|\d+\.(?= )))* *")
_LEAD = re.compile(r">|[-*+](?= )|\d+\.(?= )")
_DEFINITION = re.compile(
    r" {0,3}\[([^\[\]^][^\[\]]*)\]: *(?:<[^<>\s]*>|[^\s<>]\S*)(?: +(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))? *"
)
_NOTE = re.compile(r" {0,3}\[\^([^\[\]]*)\]:")
_OPEN_NOTE = re.compile(r"\[\^(?![^\]]*\])")  # Python-Markdown would look for its end on other lines
_LABEL = re.compile(r"\[([^\[\]\n]{1,200})\](?!:)")
_OPENING = re.compile(r"!?\[(?!\^)|<(?=[A-Za-z][A-Za-z0-9+.-]*:|[^<> !]+@)")
_NOT_TEXT = re.compile(r" {4}| {0,3}(?:[>|]|[-*+] |\d+\. |\[\^)")
_LINE_END = re.compile(f"(?<![ \u3000{_END}])[ \u3000{_END}]*\n[ \u3000\n{_END}]*")
_OURS = re.compile(r"(?:case|asset):", re.IGNORECASE)
_LIST = re.compile(r" {0,3}(?:[-*+]|1\.) +\S")

# In the order of their reading. Chinese has no spaces about a word, so the kind of its neighbours decides nothing.
_EMPHASIS = (
    ("strong", r"(\*\*)(?!\s)(.+?)(?<!\s)\1(?!\*)"),
    ("strong", r"(?<!\w)(__)(?!\s)(.+?)(?<!\s)\1(?!\w)"),
    ("em", r"(?<![0-9A-Za-z])(\*)(?![\s*])([^*]+?)(?<!\s)\1"),  # 3*4*5 is a product
    ("em", r"(?<!\w)(_)(?![\s_])([^_]+?)(?<!\s)\1(?!\w)"),
)

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
class Reference:
    """A link or a picture: its target as written, its words or alternative text, and its line from 1."""

    kind: str  # "link" | "picture"
    target: str
    text: str
    line: int


def renderer() -> Markdown:
    """A Markdown reader for many calls of `render` and `references` in one thread; costs 0.2 ms to make."""
    notes = FootnoteExtension(
        BACKLINK_TITLE="回到正文中的注 {}", USE_DEFINITION_ORDER=False, PLACE_MARKER=f"{_LINE}notes{_END}"
    )
    md = Markdown(extensions=[TableExtension(), notes, SaneListExtension()])
    md.parser.blockprocessors.register(_Table(md.parser, {"use_align_attribute": True}), "table", 75)
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    md.inlinePatterns.deregister("entity")  # without it entities stay in the tree, where we read them
    for name in ("em_strong", "em_strong2"):  # 3.11 loses the end of `*a**b*c`
        md.inlinePatterns.deregister(name, strict=False)
    for priority, (tag, pattern) in enumerate(_EMPHASIS):
        md.inlinePatterns.register(SimpleTagInlineProcessor(pattern, tag), f"{tag}{priority}", 60 - priority)
    md.inlinePatterns.register(_Link(LINK_RE, md), "link", 160)
    md.inlinePatterns.register(_Picture(IMAGE_LINK_RE, md), "image_link", 150)
    md.treeprocessors.deregister("prettify")
    md.treeprocessors.register(_Guard(md), "guard", 21)  # just before the marks within a line are read
    return md


def render(markdown: str, prefix: str, targets: Mapping[str, str], md: Markdown | None = None) -> Fragment:
    """The fragment of a body. Every id in it begins with `prefix` (ASCII), so that fragments can share a page.

    `targets` maps a link's or picture's target as written to `case:<id>`, `asset:<name>` or a web address. Other
    web and mail addresses and `#heading` stay; every other link becomes its words, every other picture its
    alternative text in brackets. Pictures come from `asset:` only, for no page asks another host for anything.
    """
    root, _ = _tree(markdown, md or renderer())
    for element in root.iter():
        element.text, element.tail = _real(element.text or ""), _real(element.tail or "")
        for name, value in element.items():
            element.set(name, _real(value))
    _close_lines(root)
    headings = tuple(_headings(root, prefix))
    _name_notes(root, prefix)
    _settle_pictures(root, targets)
    _settle_links(root, targets, headings, prefix)
    _shape(root)
    text = "\n".join(filter(None, (" ".join(line.split()) for line in _text(root).split("\n"))))
    html = "".join(tostring(element, "unicode", "html") for element in root)
    return Fragment(_clean(html).strip(), headings, text)


def references(markdown: str, md: Markdown | None = None) -> tuple[Reference, ...]:
    """Every link and picture that `render` would see, in the order of their lines; none in code."""
    if "[" not in markdown and "<" not in markdown:
        return ()
    root, _ = _tree(markdown, md or renderer(), marked=True)
    found: list[Reference] = []
    _find(root, 1, found)
    return tuple(sorted(found, key=lambda reference: reference.line))


def tangled(markdown: str, md: Markdown | None = None) -> tuple[int, ...]:
    """The lines from 1 of blocks with too many marks or levels to be read as Markdown; they show as they stand."""
    return _tree(markdown, md or renderer())[1]


def count_characters(text: str) -> int:
    """The length in 字 as word processors count: a Chinese character or mark is one, a run of anything else is one."""
    return len(_COUNTED.findall(text))


class _Sound:
    """Python-Markdown 3.11 takes all text up to the last character for the end of `[a](b'c(d`; we do not."""

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:
        href, title, end, handled = super().getLink(data, index)
        return href, title, end, handled and end > index


class _Link(_Sound, LinkInlineProcessor):
    pass


class _Picture(_Sound, ImageInlineProcessor):
    pass


class _Table(TableProcessor):
    """A table that keeps what a row has beyond its last column, in that column."""

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        cells, last = self._split_row(row), len(align) - 1
        if len(cells) > len(align):
            row = " " + "|".join([*cells[:last], r"\|".join(cells[last:])]) + " "
        super()._build_row(row, parent, align)


class _Guard(Treeprocessor):
    """Keeps from the reading of marks within a line what would take it too long."""

    def run(self, root: Element) -> None:
        left, self.refused = _MAX_MARKS, set()  # of what is refused, the first lines of the first few
        for element in root.iter():
            for slot in ("text", "tail"):
                text = getattr(element, slot)
                if not text or isinstance(text, AtomicString):
                    continue
                weight = _weight(_MARK.sub("", text))  # the same for `render` and `references`
                if weight <= left:
                    left -= weight
                else:
                    if len(self.refused) < 20:
                        self.refused.add(text.split("\n", 1)[0])
                    setattr(element, slot, AtomicString(text.replace("&", "&amp;")))


def _weight(text: str) -> int:
    """The worst that Python-Markdown may need for a text, in about 0.65 ns: an open bracket is sought to the end."""
    brackets, ticks, others = text.count("["), sum(map(text.count, "`*_")), sum(map(text.count, "\\<\n"))
    return len(text) * (200 * brackets + 50 * ticks + others) + 15_000 * (brackets + ticks + others)


def _tree(markdown: str, md: Markdown, marked: bool = False) -> tuple[Element, tuple[int, ...]]:
    """The tree of a text as Python-Markdown reads it, and the lines of what it was kept from reading.

    `marked` puts the number of its line before every link and picture.
    """
    text = _UNFIT.sub("", markdown.replace("\r\n", "\n").replace("\r", "\n")).expandtabs(md.tab_length)
    if len(text) > MAX_CHARACTERS or text.count("\n") > MAX_LINES or text.count("[^") > MAX_NOTES:
        return _as_it_stands(text), (1,)
    lines = [line if line.strip() else "" for line in text.split("\n")]
    taken = _take_out(lines)
    definitions = _settle_definitions(lines)
    if marked:
        _mark(lines, definitions)
    try:
        root = _parse(list(_with_gaps(lines, definitions)), md)
    except Exception:  # Python-Markdown raises this and that on odd input; no case may stop all others
        return _as_it_stands(text), (1,)
    for paragraph in root.iter("p"):
        if paragraph.text in taken:
            _verbatim(paragraph, taken[paragraph.text][1])
    refused = {text.count("\n", 0, text.find(first)) + 1 for first in md.treeprocessors["guard"].refused if not marked}
    return root, tuple(sorted({*refused, *(line for line, _ in taken.values())}))


def _parse(lines: list[str], md: Markdown) -> Element:
    md.reset()
    md.parser.state.clear()
    for step in md.preprocessors:
        lines = step.run(lines)
    root = md.parser.parseDocument(lines).getroot()
    for step in md.treeprocessors:
        changed = step.run(root)
        root = root if changed is None else changed
    return root


def _as_it_stands(text: str) -> Element:
    root = Element("div")
    _verbatim(SubElement(root, "pre"), text)
    return root


def _verbatim(element: Element, text: str) -> None:
    element.tag, element.text = "pre", ""
    SubElement(element, "code").text = text.replace("&", "&amp;")


def _real(text: str) -> str:
    """What a text of the tree says: placeholders and entities resolved, unfit characters gone."""
    if "\x02" in text:
        for placeholder, real in ((FN_BACKLINK_TEXT, "↩"), (NBSP_PLACEHOLDER, "\u00a0"), (AMP_SUBSTITUTE, "&")):
            text = text.replace(placeholder, real)
    if "&" in text:
        text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    return _UNFIT.sub("", text)


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
            return _END * match[0].count(_END) + (" " if space else "")

        closed = _LINE_END.sub(close, _END.join(texts)).split(_END)
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
    places = {heading.text: heading.id for heading in reversed(headings)}
    places |= {heading.id.removeprefix(prefix): heading.id for heading in headings}
    for link in root.iter("a"):
        if link.get("class"):
            continue
        target, title = " ".join(link.get("href", "").split()), link.get("title", "")
        link.attrib.clear()
        if target.startswith("#") and target not in targets:
            address = f"#{places.get(unquote(target[1:]).strip(), '')}"
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
            target, words = (" ".join(_real(_MARK.sub("", text)).split()) for text in (target, words))
            found.append(Reference("link" if link else "picture", target, words, line))
        line = _last_mark(child.tail, _find(child, line, found))
    return line


def _last_mark(text: str | None, line: int) -> int:
    marks = _MARK.findall(text or "")
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


def _take_out(lines: list[str]) -> dict[str, tuple[int, str]]:
    """Replaces blocks that would cost too much by a mark; gives the line and the text of each mark."""
    taken: dict[str, tuple[int, str]] = {}
    rows_left, cells_left = _MAX_ROWS, _MAX_CELLS
    for filled, group in groupby(range(len(lines)), key=lambda number: bool(lines[number])):
        if not filled:
            continue
        numbers = list(group)
        block = [lines[number] for number in numbers]
        rows, cells = len(block) * sum(map(len, block)), len(block) * max(line.count("|") for line in block)
        if max(map(_level, block)) <= MAX_DEPTH and rows <= rows_left and cells <= cells_left:
            rows_left, cells_left = rows_left - rows, cells_left - cells
            continue
        mark = f"{_LINE}block{numbers[0]}{_END}"
        taken[mark] = numbers[0] + 1, "\n".join(block)
        lines[numbers[0] : numbers[-1] + 1] = [mark] + [""] * (len(block) - 1)
    return taken


def _level(line: str) -> int:
    """How many lists, quotes and indents a line opens at once."""
    prefix = _PREFIX.match(line)[0]
    return len(_LEAD.findall(prefix)) + prefix.count(" ") // 4


def _settle_definitions(lines: list[str]) -> dict[int, str]:
    """The lines that define a link's address, with their labels. What only looks so is kept from vanishing."""
    definitions: dict[int, str] = {}
    seen: set[str] = set()
    used: set[str] | None = None
    for number, line in enumerate(lines):
        if "[^" in line:
            lines[number] = line = _OPEN_NOTE.sub(f"[{_END}^", line)
        if "]:" not in line:
            continue
        if used is None:
            others = "\n".join(line for line in lines if not _DEFINITION.fullmatch(line))
            used = set(map(_key, _LABEL.findall(others)))
        keep = 0
        if (match := _DEFINITION.fullmatch(line)) and (label := _key(match[1])) in used and label not in seen:
            definitions[number] = label
            seen.add(label)
            continue
        match = _NOTE.match(line)
        # Python-Markdown 3.11 cannot order a note without words.
        if match and f"^{match[1]}" not in seen and line[match.end() :].strip():
            seen.add(f"^{match[1]}")
            keep = match.end()
        lines[number] = line[:keep] + line[keep:].replace("]:", f"]{_END}:")
    return definitions


def _key(label: str) -> str:
    return " ".join(label.lower().split())


def _mark(lines: list[str], definitions: Mapping[int, str]) -> None:
    """Puts its line's number before everything that may open a link or a picture, but not before a label or address."""
    labels = {"", *definitions.values()}
    for number, line in enumerate(lines):
        brackets = line.count("[")
        if number in definitions or not (brackets or "<" in line) or brackets > 2000:  # so many will be refused
            continue
        closed = number > 0 and lines[number - 1].endswith("]")

        def mark(match: re.Match, number: int = number, closed: bool = closed) -> str:
            text, at = match.string, match.start()
            start = at
            while start and text[start - 1] == "\\":
                start -= 1
            before = text[max(at - 2, 0) : at]
            label = closed if not at else before.endswith("]") or before[:1] == "]" and before[1:].isspace()
            label = label and _key(text[at + 1 :].partition("]")[0]) in labels
            address = match[0] == "<" and before.strip()[-1:] == "("
            skip = (at - start) % 2 or address or match[0] == "[" and label
            return match[0] if skip else f"{_LINE}{number + 1}{_END}{match[0]}"

        lines[number] = _OPENING.sub(mark, line)


def _with_gaps(lines: list[str], definitions: Mapping[int, str]) -> Iterator[str]:
    """The lines, with an empty one before a list or an indented paragraph that follows a text at once.

    Elsewhere such a list is a list (CommonMark 0.31, 5.3), and two ideographic spaces begin a paragraph in Chinese.
    """
    kind = ""
    for number, line in enumerate(lines):
        if not line or line[0] == "#":
            kind = ""
        elif kind and line.startswith("\u3000\u3000"):
            yield ""
            kind = "text"
        elif kind == "text" and _LIST.match(line):
            yield ""
            kind = "other"
        elif not kind:
            kind = "other" if _NOT_TEXT.match(line) else "text"
        yield line
        if number in definitions:
            yield ""
            kind = ""
