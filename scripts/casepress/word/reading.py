"""Reading: the paragraphs of a .docx as they are when all its tracked changes are accepted, and the comments on them.

Flows in: the bytes of a file that anyone may have written or saved. Flows out: `Said`s. A file that is no such document, or
is damaged, gives one sentence.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from casepress.values.problems import Failed
from casepress.word.xml import SPACES

_MOST = 200 * 1024 * 1024  # bytes that a part may unpack to
_W = f"{{{SPACES['w']}}}"
_OLD = b"\xd0\xcf\x11\xe0"  # how files of Word before 2007 begin, and those under a password
_GONE = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "sectPr", "tblPr", "trPr", "tcPr"))
_BREAKS = frozenset(f"{_W}{name}" for name in ("br", "cr", "tab", "ptab"))
_HEADS = ("heading", "短篇案例标题")
_PAGEREF = re.compile(r"PAGEREF\s+(\w+)")
_TRACKED = frozenset(f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


class NotADraft(Failed):
    """The file is no document of Word that can be read."""


@dataclass
class Said:
    """A paragraph: its words, the name of its style, the bookmarks that begin in it, the numbers of its comments, and who made
    tracked changes in it."""

    text: str = ""
    style: str = ""
    marks: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    revisers: list[str] = field(default_factory=list)

    @property
    def is_heading(self) -> bool:
        return self.style.lower().startswith(_HEADS)


@dataclass(frozen=True)
class Comment:
    """What somebody wrote beside the text, and the words that he marked for it."""

    author: str
    text: str
    on: str = ""


@dataclass(frozen=True)
class Draft:
    """A document as it was read. `profile` is what it says it was set in, `led_to` are the bookmarks to which its contents and
    links lead, `struck` who struck out a whole paragraph, by its words without white space."""

    paragraphs: tuple[Said, ...]
    comments: dict[str, Comment]
    profile: str = ""
    led_to: frozenset[str] = frozenset()
    struck: Mapping[str, str] = field(default_factory=dict)


def read_draft(data: bytes, name: str) -> Draft:
    """The document of these bytes; `name` is what messages call it. Raises NotADraft."""
    if data.startswith(_OLD):
        raise NotADraft(f"{name} 是旧的 .doc 文件，或者加了密码，读不出来；请用 Word 或 WPS 打开，另存为没有密码的 .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            names = set(file.namelist())
            if "word/document.xml" not in names:
                raise NotADraft(f"{name} 不是 Word 文档（.docx），请给 casepress book --edition word 做出、改过的那个文件")
            parts = {part: _tree(file, part) for part in _WANTED if part in names}
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, OSError, NotImplementedError, RuntimeError, EOFError, ValueError) as reason:
        raise NotADraft(f"{name} 不是完好的 Word 文档（.docx），读不出来；请用 Word 或 WPS 打开，另存一份再试") from reason
    return _Reader(parts).draft()


_WANTED = ("word/document.xml", "word/styles.xml", "word/footnotes.xml", "word/comments.xml", "docProps/core.xml")


def _tree(file: zipfile.ZipFile, name: str) -> Element:
    if file.getinfo(name).file_size > _MOST:
        raise ValueError("too large")
    data = file.read(name)
    if b"<!DOCTYPE" in data[:1024]:  # no program writes one; it could name entities without end
        raise ValueError("a document type")
    return ElementTree.fromstring(data)


def _val(element: Element | None) -> str:
    return "" if element is None else element.get(f"{_W}val", "")


class _Reader:
    """Reads the parts of one file."""

    def __init__(self, parts: dict[str, Element]) -> None:
        self._parts = parts
        styles = parts.get("word/styles.xml")
        self._names = {
            each.get(f"{_W}styleId", ""): _val(each.find(f"{_W}name"))
            for each in (styles if styles is not None else ())
            if each.tag == f"{_W}style"
        }
        self._notes = {each.get(f"{_W}id", ""): each for each in parts.get("word/footnotes.xml", ())}
        self._found: list[Said] = []
        self._marked: dict[str, list[str]] = {}  # the words of each comment's range
        self._open: list[str] = []
        self._struck: dict[str, str] = {}

    def draft(self) -> Draft:
        body = self._parts["word/document.xml"].find(f"{_W}body")
        if body is not None:
            self._blocks(body)
        comments = {}
        for each in self._parts.get("word/comments.xml", ()):
            number = each.get(f"{_W}id", "")
            said = "\n".join(_words(p) for p in each.iter(f"{_W}p"))
            comments[number] = Comment(each.get(f"{_W}author", ""), said, " ".join("".join(self._marked.get(number, ())).split()))
        core = self._parts.get("docProps/core.xml")
        category = next((each.text or "" for each in (core if core is not None else ()) if each.tag.endswith("}category")), "")
        return Draft(tuple(self._found), comments, category, frozenset(self._led_to()), self._struck)

    def _led_to(self) -> Iterator[str]:
        for each in self._parts["word/document.xml"].iter():
            if each.tag == f"{_W}hyperlink" and each.get(f"{_W}anchor"):
                yield each.get(f"{_W}anchor", "")
            elif each.tag == f"{_W}instrText" and (found := _PAGEREF.search(each.text or "")):
                yield found[1]

    def _blocks(self, parent: Element, joined: Said | None = None) -> None:
        """The paragraphs in it; where the end of one is struck out, the next one goes on in it."""
        waiting: list[str] = []
        for child in parent:
            if child.tag == f"{_W}p":
                joined = self._paragraph(child, joined, waiting)
                waiting = []
            elif child.tag == f"{_W}bookmarkStart":
                waiting.append(child.get(f"{_W}name", ""))
            elif child.tag in (f"{_W}commentRangeStart", f"{_W}commentRangeEnd"):
                number = child.get(f"{_W}id", "")
                self._marked.setdefault(number, [])
                self._open = [each for each in self._open if each != number] + ([number] if child.tag.endswith("Start") else [])
            elif child.tag == f"{_W}tr" and child.find(f"{_W}trPr/{_W}del") is not None:
                continue
            elif child.tag not in _GONE and child.tag != _FALLBACK:
                joined = None
                self._blocks(child)

    def _paragraph(self, element: Element, joined: Said | None, waiting: list[str]) -> Said | None:
        said = joined or Said(style=self._names.get(_val(element.find(f"{_W}pPr/{_W}pStyle")), ""))
        if joined is None:
            self._found.append(said)
        said.marks.extend(waiting)
        boxes: list[Element] = []
        notes: list[str] = []
        said.text += "".join(self._inline(element, said, boxes, notes))
        for box in boxes:
            self._blocks(box)
        for note in notes:
            if note in self._notes:
                self._blocks(self._notes[note])
        words = "".join("".join(each.text or "" for each in element.iter(f"{_W}{name}")) for name in ("t", "delText"))
        gone = next((each for each in element.iter() if each.tag in (f"{_W}del", f"{_W}moveFrom")), None)
        if gone is not None and element.find(f".//{_W}t") is None:
            self._struck["".join(words.split())] = gone.get(f"{_W}author", "")
        else:
            said.revisers.extend(dict.fromkeys(each.get(f"{_W}author", "") for each in element.iter() if each.tag in _TRACKED))
        struck = element.find(f"{_W}pPr/{_W}rPr/{_W}del")
        return said if struck is not None else None

    def _inline(self, element: Element, said: Said, boxes: list[Element], notes: list[str]) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag == f"{_W}t":
                for number in self._open:
                    self._marked[number].append(child.text or "")
                yield child.text or ""
            elif tag == f"{_W}commentRangeStart":
                self._open.append(child.get(f"{_W}id", ""))
                self._marked.setdefault(self._open[-1], [])
            elif tag == f"{_W}commentRangeEnd":
                self._open = [each for each in self._open if each != child.get(f"{_W}id", "")]
            elif tag in _BREAKS:
                yield " "
            elif tag == f"{_W}noBreakHyphen":
                yield "-"
            elif tag == f"{_W}bookmarkStart":
                said.marks.append(child.get(f"{_W}name", ""))
            elif tag == f"{_W}commentReference":
                said.comments.append(child.get(f"{_W}id", ""))
            elif tag == f"{_W}footnoteReference":
                notes.append(child.get(f"{_W}id", ""))
            elif tag == f"{_W}txbxContent":
                boxes.append(child)
            elif tag not in _GONE and tag != _FALLBACK:
                yield from self._inline(child, said, boxes, notes)


def _words(paragraph: Element) -> str:
    return "".join(each.text or "" for each in paragraph.iter(f"{_W}t"))
