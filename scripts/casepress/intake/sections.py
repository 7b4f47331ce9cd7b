"""Sections: the paragraphs of a long cell or of a manuscript as Markdown, with headings where the writer put them."""

import re
from collections.abc import Iterable

from casepress.facts.characters import PAUSES
from casepress.intake.blocks import Grid, Listing, Paragraph, Shown, escaped

_NUMBERED = (
    re.compile(r"^(?:第[一二三四五六七八九十]+[部章节篇][分]?[　 、：:]*|[一二三四五六七八九十]{1,3}[、.．][ 　]*)(?P<words>\S.*)$", re.DOTALL),
    re.compile(r"^[（(][一二三四五六七八九十]{1,3}[)）][ 　、.．]*(?P<words>\S.*)$", re.DOTALL),
)
_HINT = re.compile(r"[（(][^（）()]*[）)]$")
_NOTE_MARK = re.compile(r"(?<!\\)\[\^\d+\]")
UNENDED = re.compile(f"[。{PAUSES},;:]$")  # what no heading ends with
_LONGEST = 40  # characters of a heading that nothing but its number or its bold type makes one


def heading(block: Paragraph) -> tuple[int, str] | None:
    """The level (from 1) and the words of a paragraph that is a heading: by its style, its number, or bold type alone."""
    text = block.text.strip()
    is_bold = block.is_bold and len(text) <= _LONGEST and not UNENDED.search(text) and "\n" not in text
    for level, pattern in enumerate(_NUMBERED, 1):
        found = pattern.match(text)
        if found and (block.level or is_bold or len(text) <= _LONGEST and not re.search(r"[。；;！!]$|[。].", text) and "\n" not in text):
            return (block.level or level), _plain(found["words"])
    if block.level:
        return block.level, _plain(text)
    return (1, _plain(text)) if is_bold else None


def _plain(words: str) -> str:
    """The words of a heading without the hint that a form prints behind them."""
    words = re.sub(r"\s+", " ", words).strip()
    return _HINT.sub("", words).strip() or words


def parted(blocks: Iterable) -> list:
    """Blocks of which each line of a paragraph with breaks is one: people press Shift and Enter in cells."""
    out: list = []
    for block in blocks:
        if isinstance(block, Paragraph) and "\n" in block.text:
            lines = zip(block.text.split("\n"), _lines(block), strict=False)
            out += [Paragraph(text.strip(), markdown.strip(), block.level, block.is_bold) for text, markdown in lines if text.strip()]
        else:
            out.append(block)
    return out


def _lines(block: Paragraph) -> list[str]:
    texts, lines = block.text.split("\n"), block.markdown.split("\n")
    return lines if len(lines) == len(texts) else [escaped(text) for text in texts]


def markdown(blocks: Iterable, picture) -> str:
    """Blocks in the Markdown that `prose` reads; `picture` gives the Markdown of a picture by its number."""
    out: list[str] = []
    blocks = parted(blocks)
    levels = [found[0] for block in blocks if isinstance(block, Paragraph) and (found := heading(block))]
    lift = min(levels, default=1) - 2
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            found = heading(block)
            if found:
                out.append(f"{'#' * max(2, min(6, found[0] - lift))} {escaped(found[1])}{''.join(_NOTE_MARK.findall(block.markdown))}")
            elif not (block.is_caption and at and isinstance(blocks[at - 1], Shown)):
                out.append(_guarded(block.markdown))
        elif isinstance(block, Listing):
            out.append("\n".join(f"{'    ' * depth}{mark} {words}" for depth, mark, words in block.items))
        elif isinstance(block, Shown):
            caption = (
                blocks[at + 1].text if at + 1 < len(blocks) and isinstance(blocks[at + 1], Paragraph) and blocks[at + 1].is_caption else ""
            )
            out.append(picture(block.number, caption))
        elif isinstance(block, Grid):
            out.append(_table(block))
    return "\n\n".join(filter(None, out))


def _guarded(text: str) -> str:
    """A paragraph whose beginning Markdown takes for no list, no quotation and no rule; its breaks are spaces."""
    text = re.sub(r"(?<![ \t])[ \t]*\n[ \t]*", "", text).strip()
    return re.sub(r"^(\d{1,9})([.)])(?=\s)", r"\1\\\2", re.sub(r"^([-+>=:])", r"\\\1", text))


def _table(grid: Grid) -> str:
    """A table; merged cells are repeated, for Markdown has none, but a row of one cell is said once: its title above it, its remark
    below it. One that nobody has written into is none."""
    rows, single = [[""] * grid.columns for _ in range(grid.rows)], set()
    for cell in grid.cells:
        text = "<br>".join(filter(None, map(_in_a_cell, cell.blocks)))
        if cell.columns >= grid.columns > 1 and cell.rows == 1:
            single.add(cell.row)
            rows[cell.row][0] = text
            continue
        for y in range(cell.row, min(cell.row + cell.rows, grid.rows)):
            for x in range(cell.column, min(cell.column + cell.columns, grid.columns)):
                rows[y][x] = text
    first, last = 0, grid.rows
    while first < last and (first in single or not any(rows[first])):
        first += 1
    while first < last and last - 1 in single:
        last -= 1
    lines = [f"| {' | '.join(row)} |" for row in rows[first:last]]
    lines[1:1] = ["|" + " --- |" * grid.columns] * bool(lines)
    above, below = ([_guarded(line) for row in part for line in row[0].split("<br>")] for part in (rows[:first], rows[last:]))
    return "\n\n".join(filter(None, [*above, "\n".join(lines), *below]))


def _in_a_cell(block) -> str:
    """A block in a cell of a table, which has lines and nothing else: a list as lines with its marks."""
    if isinstance(block, Listing):
        return "<br>".join(f"{'' if mark == '-' else mark + ' '}{words}" for _, mark, words in block.items).replace("\n", "<br>")
    return (block.markdown if isinstance(block, Paragraph) else escaped(block.text)).replace("\n", "<br>")
