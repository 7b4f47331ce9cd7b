"""What the intake makes of many small things, written out line by line: `test_taken.py` holds it against the files of `tests/taken`."""

import io
import random
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl

from casepress.collection.settings import read_settings
from casepress.intake import documents, labels, reading
from casepress.intake.answers import Found
from casepress.intake.blocks import Cell, Grid, Listing, Paragraph, Shown, escaped
from casepress.intake.reading import Job
from casepress.intake.refusals import Refused
from casepress.intake.submissions import Submission
from wordcase import COLLECTION
from wordparts import package, tbl, tc, tr

SETTINGS = read_settings(
    COLLECTION.replace("label: 学段, kind: choice,", "label: 学段, kind: choice, many: no,").replace(
        "  authors:", "  subtitle: {label: 副标题, kind: text}\n  summary: {label: 摘要, kind: text}\n  region: {label: 地区, kind: text}\n  authors:"
    ).encode()
)[0]  # fmt: skip
KNOWN, PLACES = labels.labels(SETTINGS.fields), SETTINGS.places
FIELDS = {field.name: field for field in SETTINGS.fields}


def long(start: str = "", size: int = 61) -> str:
    """A text of exactly so many characters without a mark."""
    words = "学校每天放学以后把孩子留下来一起写完作业再到操场上跑一圈然后各自选一门喜欢的课老师和家长轮流来带大家都说这样好"
    return (start + words * (size // len(words) + 1))[:size]


def para(text: str, level: int = 0, bold: bool = False, caption: bool = False) -> Paragraph:
    return Paragraph(text, escaped(text), level, bold, caption)


def paras(*texts: str) -> list[Paragraph]:
    return list(map(para, texts))


def grid(*rows: tuple) -> Grid:
    """A table of rows of texts, blocks, or (content, rows, columns) for merged cells; None where a cell above or left reaches."""
    cells, wide = [], max(map(len, rows))
    for y, row in enumerate(rows):
        for x, said in enumerate(row):
            high = columns = 1
            if isinstance(said, tuple):
                said, high, columns = said
            if said is not None:
                content = said if isinstance(said, list) else [said] if not isinstance(said, str) else paras(*said.split("\n")) if said else []
                cells.append(Cell(content, y, x, high, columns))
    return Grid(cells, len(rows), wide)


def block(one) -> str:
    """A block in a line."""
    if isinstance(one, Paragraph):
        return f"P{one.level or ''}{'b' * one.is_bold}{'c' * one.is_caption} {one.text!r} {'' if escaped(one.text) == one.markdown else repr(one.markdown)}"
    if isinstance(one, Listing):
        return f"L {one.items!r}"
    if isinstance(one, Shown):
        return f"S {one.number}"
    cells = [f"{cell.row},{cell.column},{cell.rows},{cell.columns}: {'; '.join(map(block, cell.blocks))}" for cell in one.cells]
    return f"G {one.rows}x{one.columns} " + " | ".join(cells)


def found(made: Found) -> Iterable[str]:
    yield f"  values {made.values}"
    yield f"  places {made.places}"
    yield from (f"  body {block(one)}" for one in made.body)
    yield from (f"  doubt {doubt}" for doubt in made.doubts)
    yield from (f"  unasked {made.unasked}",) * bool(made.unasked)


def submission(made: Submission) -> Iterable[str]:
    yield f"  {made.source} {made.values}{' draft' if made.is_draft else ''}"
    yield f"  {made.places}"
    yield from (f"  | {line}" for line in made.body.split("\n"))
    yield from (f"  {len(made.pictures)} pictures",) * bool(made.pictures)
    yield from (f"  {problem} [{problem.check} {problem.kind}]" for problem in made.problems)


def refused(function: Callable, *words) -> Iterable[str]:
    """What a function gives, or why it refuses."""
    try:
        made = function(*words)
    except Refused as reason:
        return [f"  refused {reason.kind}: {reason.what}。{reason.cure}。"]
    return made if isinstance(made, list) else [repr(made)]


def word(body: str, source: str = "a.docx", **more) -> list[str]:
    """What becomes of a document of these blocks."""
    return of_data(package(body, **more), source)


def of_data(data: bytes, source: str = "a.docx") -> list[str]:
    return refused(lambda: [line for one in documents.of_word(data, source, KNOWN, PLACES) for line in submission(one)])


def table(*rows: tuple, columns: int = 4) -> str:
    return tbl(*(tr(*(cell if cell.startswith("<") else tc(cell) for cell in row)) for row in rows), columns=columns)


def workbook(fill: Callable) -> bytes:
    """A workbook that a function fills."""
    made, out = openpyxl.Workbook(), io.BytesIO()
    fill(made)
    made.save(out)
    return out.getvalue()


def rows_of(data: bytes, name: str = "a.xlsx") -> Iterable[str]:
    """What becomes of the rows of a file, with all that is told."""
    made = reading._read(Job(Path("in", name), f"in/{name}", data), KNOWN, PLACES)
    if made.refused is not None:
        yield f"  refused {made.refused.kind}: {made.refused.what}。{made.refused.cure}"
    for one in made.tables:
        yield from (f"  {row.place} {row.values} {row.places}" for row in one.rows)
    for one in made.submissions:
        yield from submission(one)
    yield from (f"  {problem} [{problem.check} {problem.kind}]" for problem in made.problems)


def noise(seed: int, letters: str, size: int) -> str:
    """Letters at random, always the same."""
    made = random.Random(seed)
    return "".join(made.choice(letters) for _ in range(size))


def bare(text: str) -> str:
    return re.sub(r"\s+", " ", text)
