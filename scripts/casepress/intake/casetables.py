"""Casetables: the tables of a document that are no form: what a case counts and compares, and pictures set in rows."""

import re
from dataclasses import replace

from casepress.intake import lines, ticks
from casepress.intake.blocks import Cell, Grid, Paragraph, Shown
from casepress.intake.labels import Labels, even
from casepress.intake.single import TITLE, asks, is_long, is_text, own_label, shows, title_of

# Labels of what offices write on a form, and promises, which are nobody's case.
NOBODYS = re.compile(r"意见|承诺|声明|签[字名章]|盖章|公章|审[核批定查]|推荐理由|推荐单位|评审|填[表报写]说明|注意事项")

# What heads the opinion of an office, or the place for its seal; 家长意见 may be what a case counts.
_OFFICE = re.compile(
    "(?:单位|学校|校方|部门|[省市县区局委]级?|教育[局厅]|推荐|申报|审[核批查定]|评审|[初复]审|主管|领导|专家|组织).{0,4}意见|盖章|公章|签[字章]"
)
_COUNT = re.compile(r"[0-9０-９][0-9.,，]{0,5}[%％]?[人个所名次节篇]?")


def is_data(grid: Grid, known: Labels) -> bool:
    """Whether a table is one of the case's own: no office writes into it, none of its cells asks for anything, and none is long but under heads of columns."""
    if sum(bool(own_label(cell, known)[0]) for cell in grid.cells) > 1:
        return False
    if _counts(grid, known):
        return True
    if any(len(even(cell.text)) <= TITLE and _OFFICE.search(even(cell.text)) for cell in grid.cells if not cell.row or not cell.column):
        return False
    if any(asks(cell, known) or cell.grids or shows(cell) for cell in grid.cells):
        return False
    return len(grid.cells) > 1 and (not any(map(is_long, grid.cells)) or _has_heads(grid))


def is_list(grid: Grid, known: Labels) -> bool:
    """Whether a table lists many of what its first row alone asks for, in short cells of which none is merged: 学校, 学段, 人数."""
    asking = _heads_that_ask(grid, known)
    return bool(asking) and grid.columns + asking > 3


def _counts(grid: Grid, known: Labels) -> bool:
    """Whether a table is such a list, and there are numbers in all its columns but the first."""
    return bool(_heads_that_ask(grid, known)) and all(_COUNT.fullmatch(cell.text) for cell in grid.cells if cell.row and cell.column)


def _heads_that_ask(grid: Grid, known: Labels) -> int:
    """How many cells of a plain table's first row ask for something; 0 where others do."""
    asking = [cell for cell in grid.cells if asks(cell, known) or own_label(cell, known)[0]]
    is_whole = grid.rows > 2 and grid.columns > 1 and len(grid.cells) == grid.rows * grid.columns
    is_plain = not any(cell.grids or shows(cell) or is_text(cell) for cell in grid.cells)
    return len(asking) if is_whole and is_plain and {cell.row for cell in asking} == {0} else 0


def _has_heads(grid: Grid) -> bool:
    """Whether a table has three columns or more with short words over each: 环节, 教师活动, 学生活动."""
    heads = [cell for cell in grid.cells if cell.row == 0]
    return (
        len(heads) > 2
        and grid.rows > 1
        and all(cell.rows == 1 and (title_of(cell) or not cell.text and not cell.column) and not is_text(cell) for cell in heads)
        and not any(NOBODYS.search(even(cell.text)[:TITLE]) for cell in grid.cells)
    )


def gallery(grid: Grid, known: Labels) -> list | None:
    """The pictures of a table that holds nothing else but what is below them, each before its words; None for another table."""
    if not any(map(shows, grid.cells)) or any(asks(cell, known) or len(cell.text) > lines.LONG or cell.grids for cell in grid.cells):
        return None
    at = {(cell.row, cell.column): cell for cell in grid.cells}
    out, told = [], set()
    for cell in grid.cells:
        below = at.get((cell.row + cell.rows, cell.column))
        if shows(cell):
            words = [block for block in cell.blocks if isinstance(block, Paragraph)]
            if not words and below is not None and not shows(below):
                words = [block for block in below.blocks if isinstance(block, Paragraph)]
                told.add(id(below))
            out += [block for block in cell.blocks if isinstance(block, Shown)]
            out += [replace(block, is_caption=True) for block in words]
        elif id(cell) not in told and not ticks.only_marks(cell.text):
            out += [block for block in cell.blocks if isinstance(block, Paragraph)]
    return out


def unfolded(cell: Cell, known: Labels) -> list:
    """The blocks of a cell, tables of pictures as these, without the tables of labels in it."""
    blocks: list = []
    for block in cell.blocks:
        shown = gallery(block, known) if isinstance(block, Grid) else None
        blocks += shown if shown is not None else [block] if not isinstance(block, Grid) or is_data(block, known) else []
    return blocks


def pictures(blocks: list) -> list:
    """The pictures among blocks, each with the caption behind it."""
    out: list = []
    for at, block in enumerate(blocks):
        if isinstance(block, Shown) or isinstance(block, Paragraph) and block.is_caption and at and isinstance(blocks[at - 1], Shown):
            out.append(block)
    return out


def captioned(blocks: list) -> list:
    """Blocks where pictures are asked for: a short paragraph behind one is its caption."""
    behind = [False, *(isinstance(block, Shown) for block in blocks)]
    return [
        replace(block, is_caption=True) if isinstance(block, Paragraph) and after and len(block.text) <= lines.LONG else block
        for block, after in zip(blocks, behind, strict=False)
    ]
