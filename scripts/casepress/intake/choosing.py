"""Choosing: the cells of a form that answer a question with choices, as one text: boxes and words may stand in cells of their own."""

from collections.abc import Container

from casepress.intake import ticks
from casepress.intake.blocks import Cell, Grid
from casepress.intake.labels import even
from casepress.intake.single import said
from casepress.values.fields import Field


def is_option(cell: Cell, asked: Field) -> bool:
    """Whether a cell is one of what may be chosen for a field."""
    return any(even(cell.text) == even(name) for choice in asked.choices for name in (choice.label, *choice.aliases))


def text_of(cells: list[Cell]) -> str:
    """The text of cells with boxes and words, of which either may stand in cells of their own, a line for each row."""
    texts = [(cell.row, cell.column, said(cell)) for cell in cells]
    if not any(ticks.only_marks(text) for _, _, text in texts):
        rows: dict[int, list[str]] = {}
        for row, _, text in texts:
            rows.setdefault(row, []).append(text)
        return "\n".join("  ".join(row) for row in rows.values())
    out = []
    by_row = {row: [(column, text) for r, column, text in texts if r == row] for row in sorted({row for row, _, _ in texts})}
    marks = {row for row, row_cells in by_row.items() if all(not text or ticks.only_marks(text) for _, text in row_cells)}
    steps = (-1, 1) if min(by_row) in marks else (1, -1)  # marks above their words, or below
    taken: set[int] = set()
    for row, row_cells in by_row.items():
        if row in marks:
            continue
        near = next((row + step for step in steps if row + step in marks - taken), None)
        if near is not None and not any(ticks.only_marks(text) for _, text in row_cells):
            taken.add(near)
            beside = dict(by_row[near])
            out.append("  ".join(f"{text}{beside.get(column) or '□'}" for column, text in row_cells))
        else:
            out.append(" ".join(text or "□" for _, text in row_cells))
    return "\n".join(out)


def splits(cell: Cell, grid: Grid, labels: Container[int]) -> bool:
    """Whether marks and their words stand in two rows of which only the first has the label: nothing is said below it."""
    below = next((one for one in grid.cells if one.column == cell.column and one.row == cell.row + 1), None)
    if cell.rows > 1 or below is not None and below.text.strip():
        return False
    rows = [[one for one in grid.cells if one.row == row and one.column > cell.column] for row in (cell.row, cell.row + 1)]
    said_ = [[one.text for one in row if one.text.strip()] for row in rows]
    marks = [bool(texts) and all(map(ticks.only_marks, texts)) for texts in said_]
    words = [bool(texts) and not any(map(ticks.marked, texts)) for texts in said_]
    return (marks[0] and words[1] or words[0] and marks[1]) and not any(id(one) in labels for row in rows for one in row)
