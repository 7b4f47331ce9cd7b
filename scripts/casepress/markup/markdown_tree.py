"""Markdown read to a tree, in a bounded time: the one door to Python-Markdown for submitted text.

Flows in: Markdown that nobody has looked at. Flows out: an element tree in which HTML of the source is text, every line
with its mark; what was too tangled to be read stands in the tree as it was written.
`blocks` makes the tree; Python-Markdown reads what stands within its lines. It needs quadratic time for some inputs and
loses words of others; both are kept from it here.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import unescape
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    LINK_RE,
    ImageInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    SimpleTagInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, AtomicString

from casepress.facts.characters import HAN, UNFIT
from casepress.markup import foreign, leaves, notes, shapes
from casepress.markup.blocks import blocks
from casepress.markup.leaves import Read
from casepress.markup.spans import END, LINE, MARK, Plain
from casepress.values.cases import Remark

# Bounds under which a text is read within about two seconds; far above what a case needs.
MAX_CHARACTERS = 512 * 1024
MAX_LINES = 20_000
MAX_NOTES = 2_000  # [^ marks, which are those of notes and those that call them
_MAX_MARKS = 500_000_000  # see _weight

_UNFIT = re.compile(f"[{UNFIT}\x0b-\r\x85]")  # an entity may write what decoding has taken away

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
# Without one of these no pattern of ours or of Python-Markdown's finds anything.
_BEGINS = re.compile(r"[`*_~^\\$<>!\[\]&\x02\x03]|  \n|https?://|www\.")
_LEFT = re.compile(r"(?<!\*)\*{2,3}(?!\*)|~~|!\[|\]\(|\]（|^```")  # in a text that is read: marks that did not work

_S = f"[\\s{LINE}{END}]"  # a mark of ours stands where a line begins
# In the order of their reading. Chinese has no spaces about a word, so the kind of its neighbours decides nothing.
_TAGS = (
    ("del", r"(?<!~)(~~)(?![\s~])([^~]+?)(?<!\s)~~(?!~)"),
    ("sub", r"(?<=[A-Za-z)\]])(~)([0-9A-Za-z+-]{1,6})~(?!~)"),
    ("sup", rf"(?<=[0-9A-Za-z)\]{HAN}])(\^)([0-9A-Za-z+-]{{1,6}})\^"),
    ("strong", rf"(\*\*)(?!{_S})(.+?)(?<!{_S})\1(?!\*)"),
    ("strong", rf"(?<!\w)(__)(?!{_S}|_)(.+?)(?<!{_S})(?<!_)\1(?!\w)"),
    ("strong", rf"(\*\*) {{0,3}}(?=[^*]{{0,200}}[{HAN}])([^*\n]{{1,200}}?) {{0,3}}\*\*(?!\*)"),  # **加粗 **文字
    ("em", rf"(?<![0-9A-Za-z])(\*)(?!{_S}|\*)([^*]+?)(?<!{_S})\1"),  # 3*4*5 is a product
    ("em", rf"(?<!\w)(_)(?!{_S}|_)([^_]+?)(?<!{_S})\1(?!\w)"),
)
_NOTE = r"\[\^([^\]]{1,200})\]"
_BREAK = r"<[bB][rR] {0,3}/?>"
_HTML = r"<(su[bp]|SU[BP])>([^<>\n]{1,200})</\1>"
# An address ends before what no address holds, and before the mark of a sentence.
_BARE = r"(?<![0-9A-Za-z@/.])(?:https?://|www\.(?=[A-Za-z0-9-]{1,60}\.))[!#-;=?-Z_a-z~\[\]]{1,2000}"


@dataclass(frozen=True)
class Tree:
    """A text's tree, its remarks, and the first lines of what was not read."""

    root: Element
    remarks: tuple[Remark, ...] = ()
    unread: tuple[int, ...] = ()


def renderer() -> Markdown:
    """A Markdown reader for many texts in one thread; costs 0.2 ms to make."""
    md = Markdown()
    md.ESCAPED_CHARS = list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")  # CommonMark 2.4
    for name in ("html", "entity", "em_strong", "em_strong2"):  # entities stay in the tree; 3.11 loses the end of `*a**b*c`
        md.inlinePatterns.deregister(name, strict=False)
    for priority, (tag, pattern) in enumerate(_TAGS):
        md.inlinePatterns.register(SimpleTagInlineProcessor(pattern, tag), f"{tag}{priority}", 60 - priority)
    md.inlinePatterns.register(_Note(_NOTE, md), "notes", 175)
    md.inlinePatterns.register(_Formula(foreign.FORMULA, md), "formula", 185)
    md.inlinePatterns.register(_Link(LINK_RE, md), "link", 160)
    md.inlinePatterns.register(_Picture(IMAGE_LINK_RE, md), "image_link", 150)
    md.inlinePatterns.register(_Bare(_BARE, md), "bare", 105)
    md.inlinePatterns.register(_Break(_BREAK, md), "br", 95)
    md.inlinePatterns.register(_Html(_HTML, md), "sub", 94)
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
    """A picture, with the hint on its size and the name that stand behind it."""

    def handleMatch(self, m: re.Match, data: str) -> tuple[Element | None, int | None, int | None]:
        element, start, end = super().handleMatch(m, data)
        if element is not None and (hint := foreign.HINTED.match(data, end)):
            element.attrib.update({name: value for name, value in zip(("hint", "called"), hint.groups(), strict=True) if value})
            end = hint.end()
        return element, start, end


class _Note(InlineProcessor):
    """The mark of a note that is written; what only looks like one stays as it is."""

    names: Collection[str] = ()

    def handleMatch(self, m: re.Match, data: str) -> tuple[Element | None, int | None, int | None]:
        if m[1] not in self.names:
            return None, None, None
        mark = Element("sup", {"note": m[1]})
        SubElement(mark, "a", {"href": "", "class": "footnote-ref"})
        return mark, m.start(), m.end()


class _Break(InlineProcessor):
    def handleMatch(self, m: re.Match, data: str) -> tuple[Element, int, int]:
        return Element("br"), m.start(), m.end()


class _Html(InlineProcessor):
    """Lowered and raised figures."""

    def handleMatch(self, m: re.Match, data: str) -> tuple[Element, int, int]:
        element = Element(m[1].lower())
        element.text = m[2]
        return element, m.start(), m.end()


class _Formula(InlineProcessor):
    """Mathematics keeps its stars and lines."""

    def handleMatch(self, m: re.Match, data: str) -> tuple[Element | None, int | None, int | None]:
        if not foreign.is_formula(m[0]):
            return None, None, None
        element = Element("span")
        element.text = AtomicString(m[0].replace("&", "&amp;"))
        return element, m.start(), m.end()


class _Bare(InlineProcessor):
    """An address that stands in a text is a link."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match, data: str) -> tuple[Element, int, int]:
        address = m[0].rstrip(".,:;!?'*_~")
        while address[-1:] in (")", "]") and address.count(address[-1]) > address.count({")": "(", "]": "["}[address[-1]]):
            address = address[:-1].rstrip(".,:;!?'*_~")
        element = Element("a", {"href": address if address.startswith("http") else f"http://{address}"})
        element.text = AtomicString(address)
        return element, m.start(), m.start() + len(address)


class _Guard(Treeprocessor):
    """Keeps from the reading of marks within a line what is to be shown as it is, or would take it too long."""

    def run(self, root: Element) -> None:
        left, self.refused = _MAX_MARKS, set()  # of what is refused, the first lines of the first few
        for element in root.iter():
            for slot in ("text", "tail"):
                text = getattr(element, slot)
                if not text or isinstance(text, AtomicString):
                    continue
                weight = 0 if isinstance(text, Plain) else _weight(text)
                if weight > left and len(self.refused) < 20:
                    self.refused.update(map(int, MARK.findall(text)[:1]))
                if weight > left or isinstance(text, Plain):
                    setattr(element, slot, AtomicString(text if isinstance(text, Plain) else text.replace("&", "&amp;")))
                elif not _BEGINS.search(text):
                    setattr(element, slot, AtomicString(text))  # nine tenths of all lines: there is nothing to read within them
                left -= weight if weight <= left else 0


def _weight(text: str) -> int:
    """The worst that Python-Markdown may need for a text, in about 0.65 ns: an open bracket is sought to the end."""
    brackets, ticks, others = text.count("["), sum(map(text.count, "`*_~")), sum(map(text.count, "\\<\n$"))
    return len(text) * (200 * brackets + 50 * ticks + others) + 15_000 * (brackets + ticks + others)


def read_tree(markdown: str, md: Markdown) -> Tree:
    """The tree of a text; every line begins with its mark, and the notes stand last."""
    text = _UNFIT.sub("", markdown.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > MAX_CHARACTERS or text.count("\n") > MAX_LINES or text.count("[^") > MAX_NOTES:
        return _as_it_stands(text)
    lines = [(number, _expanded(line) if line.strip() else "") for number, line in enumerate(text.split("\n"), 1)]
    root, read = Element("div"), Read(labels=leaves.labels(text))
    blocks(root, lines, read)
    notes.append(root, read)
    md.reset()
    md.references.update(read.definitions)
    md.inlinePatterns["notes"].names = read.notes
    try:
        for name in ("guard", "inline"):
            md.treeprocessors[name].run(root)
        _tell_left(root, read)
        md.treeprocessors["unescape"].run(root)
    except Exception:  # Python-Markdown raises this and that on odd input; no case may stop all others
        return _as_it_stands(text)
    return Tree(root, read.found.all(), tuple(sorted({*read.unread, *md.treeprocessors["guard"].refused})))


def _expanded(line: str) -> str:
    """A line whose indent is spaces; the tabs between its words stay."""
    line = shapes.without_indent(line)
    bare = line.lstrip(" \t")
    return line[: len(line) - len(bare)].expandtabs(4) + bare.rstrip("\t")


def said(text: str) -> str:
    """What a text of the tree says: placeholders and entities resolved, unfit characters gone."""
    if "\x02" in text:
        text = text.replace(AMP_SUBSTITUTE, "&")
    if "&" in text:
        text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    return _UNFIT.sub("", text)


def _as_it_stands(text: str) -> Tree:
    root = Element("div")
    SubElement(SubElement(root, "pre"), "code").text = text.replace("&", "&amp;")
    return Tree(root, (), (1,))


def _tell_left(root: Element, read: Read) -> None:
    """Marks that are still to be seen were meant to do something."""
    line = 1
    for element, text in _texts(root):
        if element.tag != "code" and not isinstance(text, AtomicString):
            for match in _LEFT.finditer(text):
                before = MARK.findall(text[: match.start()]) if LINE in text else ()
                cure = "请检查它前后的括号、星号是否成对，中间有没有多余的空格"
                read.found.remark(int(before[-1]) if before else line, f"“{match[0]}”没有起作用，会按原样显示", cure)
                break
        marks = MARK.findall(text) if LINE in text else ()
        line = int(marks[-1]) if marks else line


def _texts(element: Element) -> Iterator[tuple[Element, str]]:
    """Every text of a tree in its order, with the element that it stands in."""
    if element.text:
        yield element, element.text
    for child in element:
        yield from _texts(child)
        if child.tail:
            yield element, child.tail
