"""Forms: the values and the long texts of an application form, wherever its labels stand.

A label asks for what stands right of it, else below it, else behind its colon. What no label of the collection asks for and is
long, or stands under headings, is the case itself; what a form prints besides (学校盖章, 年 月 日) is nobody's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from casepress.intake import manuscripts, sections, ticks
from casepress.intake.blocks import Cell, Grid, Paragraph, Read, Shown
from casepress.intake.labels import Labels
from casepress.values.fields import TERMS, Field, Kind

_EMPTY = re.compile(r"^[\s_＿\-—/\\.。…　]*$")
_NAMED = re.compile(r"(?:申报|推荐|登记|报名|征集|申请|报送|信息|基本情况)[表书](?:[（(][^（）()]*[）)])?\s*$")  # what a form calls itself
_PARTING = re.compile(r"[、，,；;/\s　]+")


@dataclass
class Found:
    """What a form says: values by the field's name, each with where it stood, the blocks of the case, and what is doubtful as
    (field's label, what is wrong in one word)."""

    values: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    body: list = field(default_factory=list)
    doubts: list[tuple[str, str, str]] = field(default_factory=list)  # label, kind, place
    left: list[str] = field(default_factory=list)  # what the form prints for itself

    def put(self, asked: Field, text: str, place: str) -> None:
        """Take a field's value from a text; the first that says something stays."""
        if asked.kind in TERMS and asked.choices:
            chosen = ticks.ticked(text, [name for choice in asked.choices for name in (choice.label, *choice.aliases)])
            if chosen is not None:
                if not chosen:
                    self.doubts.append((asked.label, "no-tick", place))
                if len(chosen) > 1 and not asked.many:
                    self.doubts.append((asked.label, "two-ticks", place))
                self._keep(asked, chosen, place)
                return
        text = re.sub(r"^[\s_＿　]+|[\s_＿　]+$", "", text)
        if _EMPTY.match(text):
            self.doubts.append((asked.label, "no-value", place))
            return
        if asked.many or asked.kind == Kind.PEOPLE:
            self._keep(asked, [part for part in _PARTING.split(text) if part], place)
        else:
            self._keep(asked, [re.sub(r"\s*\n\s*", " ", text)], place)

    def _keep(self, asked: Field, values: list[str], place: str) -> None:
        if values and asked.name not in self.values:
            self.values[asked.name], self.places[asked.name] = values, place


def found_in(document: Read, known: Labels) -> Found:
    """What a document says, form or manuscript."""
    made = Found()
    loose: list = []
    tables = 0
    for block in document.blocks:
        if not isinstance(block, Grid):
            loose.append(block)
            continue
        tables += 1
        if _is_data(block, known):
            loose.append(block)
            continue
        _lines(loose, known, made)
        loose = []
        _grid(block, known, made, f"第 {tables} 个表格")
    _lines(loose, known, made)
    if made.values:
        _without_the_forms_words(made)
    else:
        _by_its_head(made, known)
    made.doubts = [doubt for doubt in dict.fromkeys(made.doubts) if doubt[1] == "two-ticks" or not _has(made, known, doubt[0])]
    return made


def _without_the_forms_words(made: Found) -> None:
    """What stands before the first heading or long paragraph of a form is the form's own: 申报表, （续表）."""
    first = next(
        (
            at
            for at, block in enumerate(made.body)
            if not isinstance(block, Paragraph) or sections.heading(block) and not _NAMED.search(block.text) or len(block.text) > 60
        ),
        0,
    )
    kept = [
        block for block in made.body[first:] if not (isinstance(block, Paragraph) and re.fullmatch(r"[（(]续[表页]?[）)]", block.text.strip()))
    ]
    made.left = [block.text for block in made.body[:first] if isinstance(block, Paragraph)]
    made.body = kept


def _by_its_head(made: Found, known: Labels) -> None:
    """A manuscript says by its first lines what a form asks for."""
    head = manuscripts.head(made.body)
    for name, values in (("title", [head.title]), ("subtitle", [head.subtitle]), ("school", [head.unit]), ("authors", head.people)):
        if any(values) and name in {field.name for field in known.fields.values()}:
            made.values[name], made.places[name] = values, "开头"
    made.body = made.body[head.length :]


def _has(made: Found, known: Labels, label: str) -> bool:
    asked = known.match(label)
    return asked is not None and asked.name in made.values


def _is_data(grid: Grid, known: Labels) -> bool:
    """Whether a table is one of the case's own: none of its cells asks for anything, and none is long."""
    return not any(_asks(cell, known) or _is_long(cell) or cell.grids for cell in grid.cells) and len(grid.cells) > 1


def _asks(cell: Cell, known: Labels) -> bool:
    return known.match(cell.text) is not None or bool(known.pattern.search(cell.text))


def _is_long(cell: Cell) -> bool:
    return len(cell.text) > 60 or sum(isinstance(block, Paragraph) for block in sections.parted(cell.blocks)) > 2


def _grid(grid: Grid, known: Labels, made: Found, where: str) -> None:
    """The cells of a table, row by row."""
    at = {
        (y, x): cell
        for cell in grid.cells
        for y in range(cell.row, cell.row + cell.rows)
        for x in range(cell.column, cell.column + cell.columns)
    }
    used: set[int] = set()
    labels: dict[int, Field] = {}
    for cell in grid.cells:
        before = [other.text for other in _left_of(cell, at)]
        asked = known.match(cell.text, before)
        if asked is not None:
            labels[id(cell)] = asked
    for cell in grid.cells:
        if id(cell) in used:
            continue
        place = f"{where}第 {cell.row + 1} 行"
        asked = labels.get(id(cell))
        if asked is not None:
            value = _value_of(cell, at, labels)
            if value is not None:
                used.add(id(value))
                _take(asked, value, made, place)
            continue
        for number, inner in enumerate(cell.grids, 1):
            _grid(inner, known, made, f"{place}里的第 {number} 个表格")
        _cell(cell, at, known, made, place)


def _take(asked: Field, cell: Cell, made: Found, place: str) -> None:
    """A field's value from its cell, with the tables in it."""
    made.put(asked, "\n".join([cell.text, *(grid.text for grid in cell.grids)]).strip(), place)


def _left_of(cell: Cell, at: dict) -> list[Cell]:
    """The cells before one in its row, the nearest first."""
    out: list[Cell] = []
    for x in range(cell.column - 1, -1, -1):
        other = at.get((cell.row, x))
        if other is not None and (not out or out[-1] is not other):
            out.append(other)
    return out


def _value_of(cell: Cell, at: dict, labels: dict[int, Field]) -> Cell | None:
    """The cell that answers a label: the next one in its row, or the one below where the row is all labels."""
    right = at.get((cell.row, cell.column + cell.columns))
    if right is not None and id(right) not in labels:
        return right
    below = at.get((cell.row + cell.rows, cell.column))
    if below is not None and id(below) not in labels and below is not cell:
        return below
    return None


def _cell(cell: Cell, at: dict, known: Labels, made: Found, place: str) -> None:
    """A cell that is no label: labels with colons in it, or a piece of the case."""
    blocks = [block for block in cell.blocks if not isinstance(block, Grid)]
    left = next(iter(_left_of(cell, at)), None)
    titled = left is not None and any(isinstance(block, Paragraph) and sections.heading(block) for block in left.blocks) and not _is_long(left)
    if not _is_long(cell) and not titled:
        lone = [block for block in blocks if isinstance(block, Paragraph) and sections.heading(block)]
        right = at.get((cell.row, cell.column + cell.columns))
        if lone and right is not None and _is_long(right):
            return  # it is said with the cell that it heads
        _lines(blocks, known, made, place, body=False)
        return
    if titled:
        blocks = [*left.blocks, *blocks]
    _lines(blocks, known, made, place)


def _lines(blocks: Sequence, known: Labels, made: Found, place: str = "表格外", body: bool = True) -> None:
    """Paragraphs: lines of labels and values, and behind the first heading or long paragraph the case itself."""
    waiting: Field | None = None
    gathered: list[str] = []
    begun = False
    before: list[str] = []
    blocks = list(sections.parted(blocks))
    asking = _last_asking(blocks, known)
    for at, block in enumerate(blocks):
        text = block.text if isinstance(block, Paragraph) else ""
        head = isinstance(block, Paragraph) and sections.heading(block) and not known.pattern.search(text)
        pieces = list(known.pattern.finditer(text)) if isinstance(block, Paragraph) and not begun and not block.level else []
        if pieces and (pieces[0].start() == 0 or len(text) < 60):
            if waiting:
                made.put(waiting, "\n".join(gathered), place)
            for number, piece in enumerate(pieces):
                end = pieces[number + 1].start() if number + 1 < len(pieces) else len(text)
                asked = known.match(piece[1], before)
                before.insert(0, piece[1])
                said = text[piece.end() : end]
                if asked is None:
                    continue
                waiting, gathered = (asked, [said]) if number + 1 == len(pieces) and _EMPTY.match(said) else (None, [])
                if waiting is None:
                    made.put(asked, said, place)
            continue
        if waiting and isinstance(block, Paragraph) and not head and len(text) < 60:
            gathered.append(text)
            continue
        if waiting:
            made.put(waiting, "\n".join(gathered), place)
            waiting, gathered = None, []
        if not body:
            continue
        if head and not begun and at > asking:
            begun = True
        if begun or not isinstance(block, Paragraph) or len(text) >= 60 or isinstance(block, Shown):
            begun = True
            made.body.append(block)
        elif text:
            made.body.append(block)
    if waiting:
        made.put(waiting, "\n".join(gathered), place)


def _last_asking(blocks: Sequence, known: Labels) -> int:
    """Which block is the last that begins with a label, before anything long: what looks like a heading above it is the form's; -1."""
    last = -1
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or len(block.text) >= 60:
            break
        if not block.level and known.pattern.match(block.text.lstrip()):
            last = at
    return last
