"""Proof-reading: what a second proof looks for on the pages of a book, found in its PDF alone.

In: a bound book of the edition for the screen (its structure says what a paragraph, a title, a cell is) and the measures of its
profile. Out: `Fault` values, each with its page, counted from 1. Nothing is asked of the program that made the book. Lengths in pt.

- outside: ink beyond the type area, from a picture of the page; running heads and page numbers have their own line.
- gap: more than half an em of white between two characters of a line that is set flush. White is what lies between the
  advances of two glyphs, spaces counted in: the blank half of a full-width mark is the mark's own.
- short: a line of a justified paragraph, not its last, that ends half an em before the measure. Where it ends in a long address, or is hardly
  more than one, which may be broken behind its marks only, that is none (`address`): it is better short than torn open.
- lone: one 汉字 by itself, with its marks or without, as the last line of a paragraph, a caption, a note, a cell; as any line of a title.
- empty: a page inside a case that has text on the next page, and more than a fifth of the type area is one blank strip.
- divider: the page of a part that runs over to a second one.
"""

import re
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy
import pikepdf
from PIL import Image

import fullness
from casepress.book.measures import Profile
from readback import Glyph, Line, lines_of, read_glyphs

KINDS = ("outside", "gap", "short", "lone", "empty", "divider")
GAP, BLANK, EDGE = 0.5, 0.2, 1.0  # em; of the type area's height; pt that ink may stand over it: a stroke's and a pixel's width
_BLOCKS = frozenset(("P", "H1", "H2", "H3", "H4", "H5", "H6", "TD", "TH", "LI", "LBody", "Caption", "Note", "FENote", "BlockQuote", "Lbl"))
_LONE = re.compile(r"[㐀-鿿豈-﫿𠀀-𳿿][，。、；：！？）》」』〕”’…—\]\s]*(\[[0-9]+\][，。、；：！？）》”’]*)*")
_ENDS_IN_LATIN, _ADDRESS = re.compile("[!-~]$"), re.compile("[!-~]{16,}")
_DPI = 72


@dataclass(frozen=True)
class Fault:
    """What a proof-reader marks: its kind, the page, how much, and the words there."""

    kind: str
    page: int
    amount: float
    words: str


@dataclass(frozen=True)
class Block:
    """A block of text: the name of its tag, the names of those it stands in, and its lines."""

    kind: str
    inside: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Proof:
    """A book that was read: how many pages, how many of them were judged for being full, and what is wrong."""

    pages: int
    judged: int
    faults: tuple[Fault, ...]

    def count(self) -> Counter:
        return Counter(fault.kind for fault in self.faults)


def read(path: Path, profile: Profile, digests: Collection[str] = ()) -> Proof:
    """Read a book; `digests` are the titles of cases that begin on the page where the one before ended."""
    with pikepdf.open(path) as pdf:
        glyphs = list(read_glyphs(pdf))
        blocks = list(_blocks(pdf, glyphs))
        begins, parts, cases = _begins(pdf, digests)
    book = fullness.read_book(path)
    sheets = list(_sheets(path))
    where = list(zip(range(1, len(sheets) + 1), sheets, glyphs, strict=True))
    white = dict(_white(sheets, book, profile, begins, cases))
    faults = [
        *(fault for page, sheet, drawn in where for fault in _outside(page, sheet, drawn, profile)),
        *(fault for block in blocks for fault in (*_gaps(block, cases), *_lone(block))),
        *(Fault("empty", page, share, what) for page, (share, what) in white.items() if share > BLANK),
        *(
            Fault("divider", page, 2, "")
            for page in parts
            if page < len(sheets) and page + 1 not in begins and _has_text(glyphs[page], profile)
        ),
    ]
    return Proof(len(sheets), len(white), tuple(faults))


# What the structure says


def _blocks(pdf: pikepdf.Pdf, glyphs: list[list[Glyph]]) -> Iterator[Block]:
    pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    drawn = defaultdict(list)
    for number, found in enumerate(glyphs, 1):
        for glyph in found:
            drawn[number, glyph.mark].append(glyph)
    own: list[tuple[str, tuple[str, ...], list[tuple[int, int]]]] = []

    def walk(element, page: int, names: tuple[str, ...], marks: list | None) -> None:
        if isinstance(element, pikepdf.Array):
            for child in element:
                walk(child, page, names, marks)
        elif not isinstance(element, pikepdf.Dictionary):
            if marks is not None:
                marks.append((page, int(element)))
        else:
            page = pages.get(element["/Pg"].objgen, page) if "/Pg" in element else page
            if "/MCID" in element:
                walk(element.MCID, page, names, marks)
            elif "/S" in element:
                name = str(element.S).lstrip("/")
                if name in _BLOCKS:
                    marks = []
                    own.append((name, names, marks))
                walk(element.get("/K", pikepdf.Array()), page, (*names, name), marks)

    walk(pdf.Root.StructTreeRoot.K, 0, (), None)
    for name, names, marks in own:
        lines = [line for page in dict.fromkeys(page for page, _ in marks)
                 for line in lines_of(page, (glyph for key in marks if key[0] == page for glyph in drawn[key]))]  # fmt: skip
        if lines:
            yield Block(name, names, tuple(lines))


def _begins(pdf: pikepdf.Pdf, digests: Collection[str]) -> tuple[dict[int, str], list[int], range]:
    """The pages on which something begins anew, those of parts, and the pages of all parts and their cases."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    begins, parts, before, behind, first = {}, [], "", len(pdf.pages) + 1, len(pdf.pages)
    with pdf.open_outline() as outline:
        for top in outline.root:
            for item in (top, *top.children):
                page, title = pages[item.destination[0].objgen], str(item.title)
                if title not in digests or before not in digests:
                    begins[page] = title
                before = title
                if item is top and top.children and pages[top.children[0].destination[0].objgen] > page:
                    parts.append(page)
                elif item is top and top.children:
                    first = min(first, page)
                elif item is top and page > min([first, *parts]):
                    behind = min(behind, page)
    return begins, parts, range(min([first, *parts]), behind)


# What is judged


def _sheets(path: Path) -> Iterator[numpy.ndarray]:
    """Each page in grey, a pixel a point."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(_DPI), "-gray", path, f"{folder}/p"], check=True)
        for file in sorted(Path(folder).iterdir(), key=lambda file: int(file.stem.split("-")[-1])):
            yield numpy.asarray(Image.open(file))


def _outside(page: int, sheet: numpy.ndarray, glyphs: list[Glyph], profile: Profile) -> Iterator[Fault]:
    left = profile.inner if page % 2 else profile.outer
    top, bottom = profile.above, profile.above + profile.lines * profile.pitch
    ink = sheet < 160
    furniture = {"above": [], "below": []}
    for glyph in glyphs:
        if not (top - EDGE < glyph.y < bottom + EDGE) and glyph.text.strip():
            furniture["above" if glyph.y < top else "below"].append(glyph)
    for found in furniture.values():  # a running head, a page number: one line
        lines = lines_of(page, found)
        if len({round(line.y) for line in lines}) > 1 or any(
            line.x0 < left - EDGE or line.x1 > left + profile.measure + EDGE for line in lines
        ):
            yield Fault("outside", page, len(lines), " / ".join(line.text for line in lines)[:60])
        for line in lines:
            ink[int(line.y - line.size) : int(line.y + line.size / 3) + 2, :] &= False
    ink = ink.copy()
    ink[int(top - EDGE) : int(bottom + EDGE) + 1, int(left - EDGE) : int(left + profile.measure + EDGE) + 1] = False
    if ink.any():
        rows, columns = numpy.nonzero(ink)
        near = [glyph.text for glyph in glyphs if abs(glyph.y - rows[0]) < 12][:20]
        yield Fault("outside", page, float(len(rows)), f"{columns.min()}–{columns.max()} × {rows.min()}–{rows.max()}: {''.join(near)}")


def _gaps(block: Block, cases: range) -> Iterator[Fault]:
    lines = block.lines
    if block.kind == "Lbl" or any(re.search("·+[0-9]+$", line.text) for line in lines):  # dots that lead to a page number
        return
    edge = max(line.x1 for line in lines)
    is_justified = block.kind in ("P", "LI", "LBody", "Note", "FENote") and not {"TD", "TH"} & set(block.inside) and len(lines) > 2
    edges = {page % 2: max(line.x1 for line in lines if line.page % 2 == page % 2) for page in {line.page for line in lines}}
    flush = sum(abs(line.x1 - edges[line.page % 2]) < 0.3 for line in lines[:-1]) if is_justified else 0
    for line, after in zip(lines, (*lines[1:], None), strict=True):
        if abs(line.x1 - edges.get(line.page % 2, edge)) < 0.3 and len(lines) > 1:
            label = next((glyph for glyph in line.glyphs if glyph.text in "]."), None)  # of a note or an item
            seen = [glyph for glyph in line.glyphs if glyph.text.strip() or glyph.text == "\u3000"]
            for one, next_one in pairwise(seen):
                white = (next_one.x0 - one.x1) / max(one.size, next_one.size)
                is_meant = "\u3000" in one.text + next_one.text or (one is label and one.text == "]") or (white > 1.9 and "Kai" in one.font)
                if white > GAP + 0.01 and not is_meant:
                    yield Fault("gap", line.page, round(white, 2), f"{one.text}|{next_one.text} in {line.text[:40]}")
        elif after is not None and line.page in cases and flush >= 2 and flush > len(lines) / 2:
            lacking = (edges[line.page % 2] - line.x1) / line.size
            is_in_address = sum(map(len, _ADDRESS.findall(line.text))) > len(line.text) / 2 or (
                _ENDS_IN_LATIN.search(line.text) and _ADDRESS.search(line.text[-16:] + after.text[:40])
            )
            if lacking > GAP:
                yield Fault("address" if is_in_address else "short", line.page, round(lacking, 2), line.text)


def _lone(block: Block) -> Iterator[Fault]:
    lines = [line for line in block.lines if line.text.strip()]
    if block.kind == "Lbl" or len(lines) < 2:
        return
    for line in lines if block.kind in ("H1",) else lines[-1:]:
        if _LONE.fullmatch(line.text.strip()):
            kind = "cell" if {"TD", "TH"} & {block.kind, *block.inside} else block.kind
            yield Fault("lone", line.page, 1, f"{kind}: …{lines[lines.index(line) - 1].text[-12:]} / {line.text}")


def _white(
    sheets: Sequence[numpy.ndarray], book: fullness.Book, profile: Profile, begins: Collection[int], cases: range
) -> Iterator[tuple[int, tuple[float, str]]]:
    """Of each page behind which the same case has text: the highest blank strip, as a share, and what stands on top of the next page."""
    top, high = profile.above, profile.lines * profile.pitch
    by_page = defaultdict(list)
    for line in book.lines:
        if top - 3 < line.y < top + high + profile.pitch / 2:
            by_page[line.page].append(line)
    text = {page for page, lines in by_page.items() if any(abs(line.size - profile.body) < 0.1 for line in lines)}
    starts = sorted(begins)
    for first, last in pairwise([*starts, max(by_page, default=0) + 1]):
        end = max((page for page in text if first <= page < last), default=first)
        for page in range(first, end) if first in cases else ():
            things = sorted([(each.top, f"photo {each.height / high:.2f}") for each in book.pictures if each.page == page + 1]
                            + [(line.y - line.size, line.text[:30]) for line in by_page[page + 1]])  # fmt: skip
            yield page, (_strip(page, sheets[page - 1], profile), " / ".join(what for _, what in things[:2]) or "turned")


def _strip(page: int, sheet: numpy.ndarray, profile: Profile) -> float:
    """The highest strip of the type area without ink, as a share of its height: from the top of its first characters to the foot of its last.

    Above the rule of notes there is air that no line of text could take, four tenths of a line and half of what lies between two lines.
    """
    air = (profile.pitch - profile.body) / 2
    top, bottom = profile.above + air, profile.above + profile.lines * profile.pitch - air
    left = round(profile.inner if page % 2 else profile.outer)
    ink = sheet[round(top) : round(bottom)] < 250
    rows = numpy.flatnonzero(ink.any(axis=1))
    best, before = 0.0, 0
    for row in (*rows, round(bottom - top)):
        columns = numpy.flatnonzero(ink[row]) if row < len(ink) else ()
        is_rule = (
            len(columns) and columns[0] <= left + 2 and abs(columns[-1] - left - profile.measure / 4) < 4 and len(columns) > profile.measure / 5
        )
        best, before = max(best, row - before - is_rule * (0.4 * profile.pitch + air)), row
    return round(best / (bottom - top), 3)


def _has_text(glyphs: list[Glyph], profile: Profile) -> bool:
    return any(profile.above < glyph.y < profile.above + profile.lines * profile.pitch for glyph in glyphs)
