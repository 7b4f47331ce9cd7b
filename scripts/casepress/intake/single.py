"""Single: what a cell of a form is by itself, whatever stands around it: what it says, and whether it asks, shows, heads or is a text."""

import re
from collections.abc import Iterable

from casepress.facts.characters import SENTENCES
from casepress.intake import lines, sections, ticks
from casepress.intake.blocks import Cell, Grid, Paragraph, Shown
from casepress.intake.labels import JOINTS, Labels, even
from casepress.values.fields import TERMS, Field

TITLE = 20  # characters of a cell that heads the one beside it


def said(cell: Cell) -> str:
    """A cell's text with that of the tables in it."""
    return "\n".join([cell.text, *(grid.text for grid in cell.grids)]).strip()


def title_of(cell: Cell) -> str:
    """The words of a short cell as a heading: characters one to a line joined, hints in brackets left out."""
    rows = [row.strip() for row in cell.text.split("\n") if row.strip() and not re.fullmatch(r"[（(].*[）)]", row.strip())]
    title = ("" if all(len(row) <= 2 for row in rows) else " ").join(rows)
    title = re.sub(r"[（(][^（）()]*[）)]$", "", title).strip() or title
    return title if len(title) <= TITLE and not sections.UNENDED.search(title) and not ticks.only_marks(title) else ""


def own_label(cell: Cell, known: Labels, before: Iterable[str] = ()) -> tuple[list[Field | None], Paragraph, list]:
    """The fields that the first paragraph of a cell asks for, which the others answer, that paragraph and the others; none elsewhere."""
    first, *rest = sections.parted(block for block in cell.blocks if not isinstance(block, Grid)) or [None]
    is_label = known.match(cell.text, before) is not None or all(known.several(cell.text, before) or [None])  # broken over lines
    if not isinstance(first, Paragraph) or not rest or is_label or JOINTS.match(rest[0].text):
        return [], Paragraph("", ""), []
    asked = known.match(first.text, before)
    found = [asked] if asked is not None else known.several(first.text, before)
    said = "\n".join(block.text for block in rest)
    is_answer = not is_long(cell) or len(found) == 1 and found[0].kind in TERMS and ticks.ticked(said, ()) is not None
    if not is_answer or known.pattern.search(said) or even(cell.text) == even(first.text):
        return [], first, rest
    return found, first, rest


def asks(cell: Cell, known: Labels) -> bool:
    """Whether a cell asks for something, as a label, as several, or with one in its text."""
    return known.match(cell.text) is not None or bool(known.several(cell.text) or known.pattern.search(cell.text))


def is_long(cell: Cell) -> bool:
    """Whether a cell says more than an answer does: by its length, or in paragraphs."""
    paragraphs = [block.text for block in sections.parted(cell.blocks) if isinstance(block, Paragraph)]
    return len(cell.text) > lines.LONG or len(paragraphs) > 2 and any(len(text) > 2 for text in paragraphs)


def is_text(cell: Cell) -> bool:
    """Whether a cell is a piece of the case: long, or a short one of whole sentences, without numbers by which people are reached."""
    sentences = len(cell.text) >= 15 and re.search(f"[{SENTENCES}]", cell.text) and not re.search(r"[0-9０-９—–-]{7,}|@", cell.text)
    return is_long(cell) or bool(sentences)


def shows(cell: Cell) -> bool:
    """Whether there are pictures in a cell."""
    return any(isinstance(block, Shown) for block in cell.blocks)
