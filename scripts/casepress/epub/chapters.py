"""Chapters: the files of an EPUB in the order of its reading, and where in them each link of the book leads.

Flows in: a `Book`. Flows out: `Chapter`s, the tree of contents, and addresses.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from casepress.book.book import Book, Part, Piece, back, front, introductions
from casepress.values.cases import Case

NAV = "nav.xhtml"
COVER = "cover.xhtml"


@dataclass(frozen=True)
class Chapter:
    """One file: its name, the template that sets it, its title, and what of the book stands in it.

    `kind` is its place in the book as EPUB's vocabulary has it (front, body or back matter).
    """

    file: str
    template: str
    title: str
    kind: str
    piece: Piece | None = None
    part: Part | None = None
    case: Case | None = None

    @property
    def id(self) -> str:
        """Its name in the package document; it begins with a letter, as every name of ours."""
        return self.file.rpartition(".")[0]


@dataclass(frozen=True)
class Entry:
    """A line of the contents: its words, where it leads, and the lines below it."""

    words: str
    file: str
    below: tuple["Entry", ...] = ()


@dataclass(frozen=True)
class Chapters:
    """All chapters of a book, in the order of its reading."""

    book: Book
    listed: tuple[Chapter, ...]

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """The ids that links lead to, `case-ID`, `text-NAME`, and the ids of the headings in cases and texts, with their addresses."""
        found: dict[str, str] = {}
        for chapter in self.listed:
            owner = chapter.case or (chapter.piece and chapter.piece.text)
            if owner:
                name = f"case-{owner.id}" if chapter.case else f"text-{owner.name}"
                found[name] = chapter.file
                found |= {heading.id: f"{chapter.file}#{heading.id}" for heading in owner.body.headings}
        return found

    @cached_property
    def contents(self) -> tuple[Entry, ...]:
        """What the contents name: the pieces that a book lists, parts, and the cases in them."""
        found: list[Entry] = []
        parts: dict[int, list[Entry]] = {}
        for chapter in self.listed:
            if chapter.case and self.book.is_divided:
                parts[chapter.part.number].append(Entry(chapter.title, chapter.file))
            elif chapter.template == "divider":
                parts[chapter.part.number] = []
                found.append(Entry(str(chapter.part.number), chapter.file))
            elif chapter.case:
                found.append(Entry(chapter.title, chapter.file))
            elif chapter.piece and chapter.piece.listed:
                found.append(Entry(chapter.title, chapter.file))
        titles = {part.number: f"{part.ordinal}　{part.title}" for part in self.book.parts}
        dividers = {chapter.file: chapter.part.number for chapter in self.listed if chapter.template == "divider"}
        return tuple(
            Entry(titles[dividers[each.file]], each.file, tuple(parts[dividers[each.file]])) if each.file in dividers else each
            for each in found
        )

    @cached_property
    def landmarks(self) -> tuple[tuple[str, str, str], ...]:
        """Where a reading program leads by itself: type (EPUB 3 Structural Semantics), words, file; each type once."""
        first = next((each for each in self.listed if each.kind == "bodymatter"), None)
        found = [("cover", "封面", COVER)] if any(each.file == COVER for each in self.listed) else []
        kinds = {
            "half-title": ("titlepage", "扉页"),
            "preface": ("preface", "前言"),
            "indexes": ("index", "索引"),
            "winners": ("appendix", "附录"),
        }
        found += [("toc", "目录", NAV)] if any(each.file == NAV for each in self.listed) else []  # the contents may be left out of a book
        if first:
            found.append(("bodymatter", "正文", first.file))
        for chapter in self.listed:
            is_front = chapter.piece and chapter.piece.text and chapter.piece.text.place == "front"
            name = "preface" if is_front else chapter.template
            if name in kinds:
                found.append((*kinds.pop(name), chapter.file))
        return tuple(found)


def chapters(book: Book) -> Chapters:
    """The chapters of a book: the cover, what stands before the cases, parts with their cases, what stands behind them."""
    return Chapters(book, tuple(_chapters(book)))


def _chapters(book: Book) -> Iterator[Chapter]:
    if "covers" not in book.settings.omit:
        yield Chapter(COVER, "cover", "封面", "frontmatter")
    for piece in front(book):
        yield from _of(piece, "frontmatter")
    for part in book.parts if book.shows_cases else ():
        if book.is_divided:
            yield Chapter(f"part-{part.number}.xhtml", "divider", f"{part.ordinal}　{part.title}", "bodymatter", part=part)
            for piece in introductions(book, part):
                yield Chapter(f"text-{piece.text.name}.xhtml", "text", piece.text.title, "bodymatter", piece=piece)
        for case in part.cases:
            yield Chapter(f"case-{case.id}.xhtml", "case", case.title, "bodymatter", part=part, case=case)
    for piece in back(book):
        yield from _of(piece, "backmatter")


def _of(piece: Piece, kind: str) -> Iterator[Chapter]:
    """The chapters of a piece: each index is one by itself, for phones are slow to open long files."""
    for anchor, title in piece.titles:
        file = NAV if piece.template == "contents" else f"{anchor}.xhtml"
        yield Chapter(file, piece.template, title, kind, piece=piece)
