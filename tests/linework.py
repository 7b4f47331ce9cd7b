"""The lines of a book measured against its source: how flush, how loose, how they begin and end, and what readers read.

In: the press that made a book, the book, and its PDF. Out: `Linework`. Only paragraphs and list items of the cases are
looked at; a full line is one that is not its paragraph's last.
"""

import re
import subprocess
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from casepress.book.book import Book, sections
from casepress.press.making import Press
from readback import Line, read_lines

NOT_FIRST = "，。、；：！？）》〉】」』〕”’·～％"
NOT_LAST = "（《〈【「『〔“‘"
FLUSH = 0.3  # pt
LOOSE = 0.25  # em


@dataclass
class Linework:
    """What was found; lengths of lines off the measure in pt, stretch in em."""

    full: int = 0
    off: list[tuple[float, str]] = field(default_factory=list)
    loose: list[tuple[float, str]] = field(default_factory=list)
    greatest: float = 0.0
    forbidden: list[str] = field(default_factory=list)
    lone: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    misread: list[str] = field(default_factory=list)

    @property
    def flush(self) -> float:
        """The part of full lines that end at the measure."""
        return 1 - len(self.off) / max(1, self.full)

    def __str__(self) -> str:
        rows = (
            f"full lines {self.full}, flush within {FLUSH} pt {self.flush:.3%}",
            f"greatest stretch {self.greatest:.3f} em, lines beyond {LOOSE} em {len(self.loose)}",
            f"prohibited marks {len(self.forbidden)}, lone characters {len(self.lone)}",
            f"paragraphs not found {len(self.missing)}, read otherwise than written {len(self.misread)}",
        )
        worst = [
            f"  {name}: {item}" for name in ("off", "loose", "forbidden", "lone", "missing", "misread") for item in getattr(self, name)[:5]
        ]
        return "\n".join((*rows, *worst))


class _Paragraphs(HTMLParser):
    """The paragraphs and list items of the cases' bodies, each with its text and whether it is set in from the right."""

    def __init__(self):
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, bool]] = []
        self.inside = 0
        self.text: str | None = None

    def handle_starttag(self, tag, attrs):
        if tag in ("br", "img", "hr", "input", "meta", "link", "wbr"):
            return
        self.open.append(tag)
        if tag == "div" and ("class", "case-body") in attrs:
            self.inside = len(self.open)
        if self.inside and tag in ("p", "li"):
            self._close()
            self.text = ""

    def handle_endtag(self, tag):
        if tag in ("p", "li", "ul", "ol"):
            self._close()
        while self.open and self.open.pop() != tag:
            pass
        if len(self.open) < self.inside:
            self.inside = 0

    def handle_data(self, data):
        if self.text is not None and not {"ul", "ol", "table"} & set(self.open[-1:]):
            self.text += data

    def _close(self):
        if self.text and self.text.strip() and "td" not in self.open:
            self.found.append((re.sub(r"\s+", " ", self.text.strip()), "blockquote" in self.open))
        self.text = None


def linework(press: Press, book: Book, pdf: Path) -> Linework:
    """Measure a book."""
    profile = press.composer.profile
    parser = _Paragraphs()
    for section in sections(book):
        parser.feed(press.composer.section(book, section))
    paragraphs = [found for found in parser.found if "[" not in found[0]]
    found = Linework()
    read = re.sub(r"\s", "", _read(pdf))
    spaced = re.sub(r"[\n\f]", "", _read(pdf))
    lines, at = read_lines(pdf), 0
    for text, is_set_in in paragraphs:
        wanted = re.sub(r"\s", "", text)
        own, after = _lines_of(wanted, lines, at)
        if own is None:
            found.missing.append(text[:40])
            continue
        at = after
        for line in own:
            seen = re.sub(r"^(•|–|\d+\.)\s*", "", line.text)
            if seen[0] in NOT_FIRST or line.text[-1] in NOT_LAST:
                found.forbidden.append(line.text)
        if len(own) > 1 and len(own[-1].text.rstrip(NOT_FIRST)) < 2:
            found.lone.append(text[-20:])
        for line in own[:-1]:
            _measure(found, line, profile, profile.body * 2 * is_set_in)
        # A paragraph over two pages has the pages' furniture in it.
        if len({line.page for line in own}) == 1 and not _is_read(text, wanted, own, read, spaced):
            found.misread.append(text[:40])
    return found


def _lines_of(wanted: str, lines: list[Line], at: int) -> tuple[list[Line] | None, int]:
    for first in range(at, len(lines)):
        rest, own = wanted, []
        for index in range(first, min(first + 60, len(lines))):
            text = re.sub(r"\s", "", lines[index].text)
            bare = re.sub(r"^(•|–|\d+\.)", "", text)
            text = bare if not own and not wanted.startswith(text) else text
            if text and rest.startswith(text):
                own.append(lines[index])
                rest = rest[len(text) :]
                if not rest:
                    return own, index + 1
            elif not own:
                break
    return None, at


def _measure(found: Linework, line: Line, profile, set_in: float) -> None:
    right = profile.width - (profile.outer if line.page % 2 else profile.inner) - set_in
    found.full += 1
    if abs(line.x1 - right) > FLUSH:
        found.off.append((round(line.x1 - right, 2), line.text))
    widest = max((gap for gap, left in zip(line.gaps, line.glyphs, strict=False) if left.text != " "), default=0) / line.size
    found.greatest = max(found.greatest, widest)
    if widest > LOOSE + 0.002:
        found.loose.append((round(widest, 3), line.text))


def _is_read(text: str, wanted: str, own: list[Line], read: str, spaced: str) -> bool:
    """Whether the text is read as it was written; only where a line ends may a space be lost."""
    if " " not in text:
        return wanted in spaced
    pattern = "".join(" ?" if letter == " " else re.escape(letter) for letter in text)
    return wanted in read and re.search(pattern, spaced) is not None


def _read(pdf: Path) -> str:
    return subprocess.run(["pdftotext", "-nopgbrk", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
