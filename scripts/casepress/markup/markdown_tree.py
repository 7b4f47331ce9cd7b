"""Markdown read to a tree, in a bounded time: the one door to Python-Markdown for submitted text.

Flows in: Markdown that nobody has looked at. Flows out: an element tree in which HTML of the source is text, and the
lines of what was too tangled to be read and stands in the tree as it was written.
Python-Markdown needs quadratic time for some inputs and loses words of others; both are kept from it here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

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

# Bounds under which Python-Markdown answers within about two seconds; far above what a case needs.
MAX_CHARACTERS = 512 * 1024
MAX_LINES = 20_000
MAX_NOTES = 200  # [^ marks
MAX_DEPTH = 20  # lists and quotes within each other
_MAX_ROWS = 30_000_000  # lines of a block times its characters, in all: what its block parser reads again and again
_MAX_CELLS = 20_000  # of tables
_MAX_MARKS = 500_000_000  # see _weight

# Control characters, surrogates, noncharacters of the first plane, and what turns the direction of text.
UNFIT = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")

# Marks of our own, unfit for any text and therefore free: where a link stands, and where a block was taken out.
LINE, END = "\x0e", "\x0f"
MARK = re.compile(f"{LINE}([0-9]+){END}")

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")

_PREFIX = re.compile(r"(?: *(?:>|[-*+](?= )|\d+\.(?= )))* *")
_LEAD = re.compile(r">|[-*+](?= )|\d+\.(?= )")
_DEFINITION = re.compile(r" {0,3}\[([^\[\]^][^\[\]]*)\]: *(?:<[^<>\s]*>|[^\s<>]\S*)(?: +(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))? *")
_NOTE = re.compile(r" {0,3}\[\^([^\[\]]*)\]:")
_OPEN_NOTE = re.compile(r"\[\^(?![^\]]*\])")  # Python-Markdown would look for its end on other lines
_LABEL = re.compile(r"\[([^\[\]\n]{1,200})\](?!:)")
_OPENING = re.compile(r"!?\[(?!\^)|<(?=[A-Za-z][A-Za-z0-9+.-]*:|[^<> !]+@)")
_NOT_TEXT = re.compile(r" {4}| {0,3}(?:[>|]|[-*+] |\d+\. |\[\^)")
_LIST = re.compile(r" {0,3}(?:[-*+]|1\.) +\S")


# In the order of their reading. Chinese has no spaces about a word, so the kind of its neighbours decides nothing.
_EMPHASIS = (
    ("strong", r"(\*\*)(?!\s)(.+?)(?<!\s)\1(?!\*)"),
    ("strong", r"(?<!\w)(__)(?!\s)(.+?)(?<!\s)\1(?!\w)"),
    ("em", r"(?<![0-9A-Za-z])(\*)(?![\s*])([^*]+?)(?<!\s)\1"),  # 3*4*5 is a product
    ("em", r"(?<!\w)(_)(?![\s_])([^_]+?)(?<!\s)\1(?!\w)"),
)


def renderer() -> Markdown:
    """A Markdown reader for many calls of `render` and `references` in one thread; costs 0.2 ms to make."""
    notes = FootnoteExtension(BACKLINK_TITLE="回到正文中的注 {}", USE_DEFINITION_ORDER=False, PLACE_MARKER=f"{LINE}notes{END}")
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
                weight = _weight(MARK.sub("", text))  # the same for `render` and `references`
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


def read_tree(markdown: str, md: Markdown, marked: bool = False) -> tuple[Element, tuple[int, ...]]:
    """The tree of a text as Python-Markdown reads it, and the lines of what it was kept from reading.

    `marked` puts the number of its line before every link and picture.
    """
    text = UNFIT.sub("", markdown.replace("\r\n", "\n").replace("\r", "\n")).expandtabs(md.tab_length)
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


def said(text: str) -> str:
    """What a text of the tree says: placeholders and entities resolved, unfit characters gone."""
    if "\x02" in text:
        for placeholder, real in ((FN_BACKLINK_TEXT, "↩"), (NBSP_PLACEHOLDER, "\u00a0"), (AMP_SUBSTITUTE, "&")):
            text = text.replace(placeholder, real)
    if "&" in text:
        text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    return UNFIT.sub("", text)


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
        mark = f"{LINE}block{numbers[0]}{END}"
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
            lines[number] = line = _OPEN_NOTE.sub(f"[{END}^", line)
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
        lines[number] = line[:keep] + line[keep:].replace("]:", f"]{END}:")
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
            return match[0] if skip else f"{LINE}{number + 1}{END}{match[0]}"

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
