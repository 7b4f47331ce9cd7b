"""Grids: a table of a form, whose cells are labels and values, boxes and words, headings and texts, or what the form says of itself.

A label asks for what stands right of it, else below it, else in its own cell below it. What no label of the collection asks for and is
long is the case itself.
"""

import re
from dataclasses import dataclass, field, replace

from casepress.facts.characters import HAN, SENTENCES
from casepress.intake import choosing, lines, sections, ticks
from casepress.intake.answers import EMPTY, Found
from casepress.intake.blocks import Cell, Grid, Paragraph, Shown, escaped
from casepress.intake.casetables import NOBODYS, captioned, gallery, is_data, pictures, unfolded
from casepress.intake.labels import Labels, even
from casepress.intake.single import TITLE, is_long, is_text, own_label, said, shows, title_of
from casepress.values.fields import TERMS, Field, Kind

# Labels that only say that here comes the text.
TEXT = re.compile(r"^(?:案例|主要|具体|申报|典型)*(?:正文|全文|内容|文本|材料|文字|简介|撰写\S*)?$")
_LABEL = re.compile(f"[{HAN}]{{2,8}}")
_OPINION = re.compile("(?:意见|推荐理由)$")
_OWN = re.compile(r"日期|编号$|序号")  # what a form asks for itself


@dataclass
class _Form:
    """A table while it is read: its cells by place, the fields that its labels ask for, and the cells that were taken."""

    grid: Grid
    at: dict[tuple[int, int], Cell]
    labels: dict[int, list[Field | None]] = field(default_factory=dict)
    own: dict[int, tuple[list[Field | None], Paragraph, list]] = field(default_factory=dict)  # the cells that answer themselves
    used: set[int] = field(default_factory=set)

    def left(self, cell: Cell) -> list[Cell]:
        """The cells before one in its row, the nearest first."""
        out: list[Cell] = []
        for x in range(cell.column - 1, -1, -1):
            other = self.at.get((cell.row, x))
            if other is not None and (not out or out[-1] is not other):
                out.append(other)
        return out

    def before(self, cell: Cell) -> list[str]:
        """The words that may say whose 电话 a label asks for: those left of it, and that of a label over several columns above it."""
        above = self.at.get((cell.row - 1, cell.column))
        return [other.text for other in self.left(cell)] + ([above.text] if above is not None and above.columns > cell.columns else [])

    def right(self, cell: Cell, row: int | None = None) -> Cell | None:
        return self.at.get((cell.row if row is None else row, cell.column + cell.columns))

    def alone(self, cell: Cell) -> bool:
        """Whether no other cell stands in its rows."""
        return not any(
            other is not cell and other.row < cell.row + cell.rows and cell.row < other.row + other.rows for other in self.grid.cells
        )


def read(grid: Grid, known: Labels, made: Found, where: str) -> None:
    """The cells of a table, row by row."""
    places = {
        (y, x): cell
        for cell in grid.cells
        for y in range(cell.row, cell.row + cell.rows)
        for x in range(cell.column, cell.column + cell.columns)
    }
    form = _Form(grid, places)
    for cell in grid.cells:
        before = form.before(cell)
        own = own_label(cell, known, before)
        if own[0]:
            form.own[id(cell)] = own
            continue
        asked = known.match(cell.text, before)
        found = [asked] if asked is not None else known.several(cell.text, before)
        if found:
            form.labels[id(cell)] = found
    for cell in grid.cells:
        if id(cell) in form.used:
            continue
        place = f"{where}第 {cell.row + 1} 行"
        if id(cell) in form.labels:
            _answer(cell, form, known, made, place)
            continue
        for number, inner in enumerate(cell.grids, 1):
            if not is_data(inner, known) and gallery(inner, known) is None:
                read(inner, known, made, f"{place}里的第 {number} 个表格")
        _cell(cell, form, known, made, place)
    made.unasked += _unasked(form, known)


def is_own(label: str) -> bool:
    """Whether a label asks for what the form wants to know of itself: its day, its number."""
    return bool(_OWN.search(label))


def _unasked(form: _Form, known: Labels) -> list[str]:
    """The labels of a form with a value beside them that no field asks for, and that heads no text of the case."""
    out: list[str] = []
    options = {name for asked in known.fields.values() for choice in asked.choices for name in (choice.label, *choice.aliases)}
    values: set[int] = set()
    for cell in form.grid.cells if form.labels else ():
        word, right = even(cell.text), form.right(cell)
        taken = {id(cell), id(right)} & (form.labels.keys() | form.used | values)
        if right is None or taken or shows(cell) or id(cell) in form.own or not _LABEL.fullmatch(word) or word in options:
            continue
        if NOBODYS.search(word) or is_own(word):
            continue
        values.add(id(right))
        if is_text(right) or _heads_left(right, form):
            continue
        if not EMPTY.match(right.text) and not ticks.only_marks(right.text):
            out.append(word)
    return out


def _answer(cell: Cell, form: _Form, known: Labels, made: Found, place: str) -> None:
    """What answers a label, taken."""
    asked = form.labels[id(cell)]
    values = _values(cell, form, known)
    if not values:
        return
    form.used.update(map(id, values))
    shown = [_with_pictures(asked, sections.parted(unfolded(value, known)), made, place) for value in values]
    values = [replace(value, blocks=[block for block in value.blocks if block not in gone]) for value, gone in zip(values, shown, strict=True)]
    first = values[0].text
    if asked[0] is not None and asked[0].name not in lines.LONGER and known.pattern.match(first) and not any(value.grids for value in values):
        lines.read([block for value in values for block in value.blocks], known, made, place, body=False, under=cell.text)
        return
    if len(asked) > 1:
        made.put_several(asked, values[0].text, place)
    elif asked[0].kind in TERMS:
        made.put(asked[0], choosing.text_of(values), place, cell.text)
    else:
        made.put(asked[0], "\n".join(filter(None, map(said, values))), place)


def _with_pictures(asked: list[Field | None], blocks: list, made: Found, place: str) -> list:
    """Take the pictures that stand in an answer, with their captions; those beside what is private are told, for a case is public."""
    first = next(filter(None, asked))
    is_asked = first.kind == Kind.PICTURES and any(isinstance(block, Shown) for block in blocks)
    shown = blocks if is_asked else pictures(blocks)
    if shown and first.private:
        made.doubts.append((first.label, "picture", place))
    else:
        made.body += captioned(blocks) if is_asked else shown
    return shown


def _values(cell: Cell, form: _Form, known: Labels) -> list[Cell]:
    """The cells that answer a label: right of it, for a question with boxes all up to the next label; else the one below it."""
    asked = form.labels[id(cell)]
    right = form.right(cell)
    below = form.at.get((cell.row + cell.rows, cell.column))
    below = below if below is not None and id(below) not in form.labels.keys() | form.own.keys() and below is not cell else None
    out: list[Cell] = []
    if below is not None and _is_head(cell.row, form, known):
        return [below]
    if right is not None and id(right) not in form.labels.keys() | form.own.keys():
        is_choice = len(asked) == 1 and asked[0].kind in TERMS
        boxed = is_choice and any(
            ticks.ticked(other.text, ()) is not None for other in form.grid.cells if cell.row <= other.row < cell.row + cell.rows
        )
        is_list = len(asked) == 1 and (asked[0].many or asked[0].kind == Kind.PEOPLE)
        last = cell.row + cell.rows if is_choice or is_list else cell.row + 1
        for row in range(cell.row, last + choosing.splits(cell, form.grid, form.labels) if is_choice else last):
            other = form.right(cell, row)
            while other is not None and not {id(other)} & (form.labels.keys() | form.own.keys() | form.used):
                if is_choice and other.column > cell.column + cell.columns and not boxed and not choosing.is_option(other, asked[0]):
                    break  # the next label, that no field knows
                if not any(other is one for one in out):
                    out.append(other)
                other = form.right(other, row) if is_choice else None
        return out
    row = [other for other in form.grid.cells if other.row == cell.row]
    if right is not None and known.is_tail(right.text) and not all(id(other) in form.labels for other in row):
        return []  # a label over others: 联系人 before 姓名
    return [below] if below is not None else []


def _is_head(row: int, form: _Form, known: Labels) -> bool:
    """Whether a row is all labels, whose answers stand below: two that stand side by side tell, whatever the others ask for."""
    cells = [cell for cell in form.grid.cells if cell.row == row]
    pairs = [(one, next_) for one, next_ in zip(cells, cells[1:], strict=False) if id(one) in form.labels and id(next_) in form.labels]
    if any(not known.is_tail(next_.text) for _, next_ in pairs):
        return True
    below = [cell for cell in form.grid.cells if cell.row == row + 1]
    return (
        any(not known.is_name(next_.text) for _, next_ in pairs)  # 负责人, 电话, 职称, and people in the row below
        and all(id(cell) in form.labels or _LABEL.fullmatch(even(cell.text)) for cell in cells)
        and [cell.column for cell in cells] == [cell.column for cell in below]
        and not any(id(cell) in form.labels for cell in below)
    )


def _cell(cell: Cell, form: _Form, known: Labels, made: Found, place: str) -> None:
    """A cell that is no label: labels with colons in it, or a piece of the case."""
    if _is_nobodys(cell, form):
        return
    blocks = unfolded(cell, known)
    texts = sections.parted(blocks)
    if id(cell) in form.own:
        asked, first, rest = form.own[id(cell)]
        shown = _with_pictures(asked, rest, made, place)
        said_ = "\n".join(block.text for block in rest if block not in shown)
        if len(asked) > 1:
            made.put_several(asked, said_, place)
        else:
            made.put(asked[0], said_, place, first.text)
        return
    if not is_text(cell) and not _heads_left(cell, form):
        if not _heads(cell, form, known):
            lines.read(blocks, known, made, place, body=False)
            made.body += pictures(texts)
        return
    lines.read([*_headed(cell, form, known, texts), *blocks], known, made, place)


def _is_nobodys(cell: Cell, form: _Form) -> bool:
    """Whether a cell holds what offices write, by the label before it or by its first line."""
    left = next(iter(form.left(cell)), None)
    label = left.text if left is not None and not is_long(left) else ""
    first = cell.text.split("\n")[0]
    above = [other for other in form.grid.cells if other.row == cell.row - 1]
    if len(above) > 1 and all(_OPINION.search(even(other.text)) for other in above):
        return True
    return bool(NOBODYS.search(even(label)) and len(even(label)) <= TITLE or NOBODYS.search(even(first)) and len(even(first)) <= TITLE)


def _heads(cell: Cell, form: _Form, known: Labels) -> bool:
    """Whether a short cell heads the long one beside or below it, with which it is said."""
    if not _may_head(cell, form, known):
        return False
    right = form.right(cell)
    if right is None and form.alone(cell):
        right = form.at.get((cell.row + cell.rows, cell.column))
    return right is not None and is_text(right) and bool(title_of(cell))


def _may_head(cell: Cell, form: _Form, known: Labels) -> bool:
    """Whether a cell is no picture, no answer, and no line of a label and its value."""
    return not shows(cell) and not {id(cell)} & (form.labels.keys() | form.own.keys() | form.used) and not known.pattern.search(cell.text)


def _heads_left(cell: Cell, form: _Form) -> bool:
    """Whether the cell left of one is a heading as manuscripts have them, by number, style or bold type."""
    left = next(iter(form.left(cell)), None)
    if form.right(cell) is not None or not re.search(f"[{SENTENCES}；]", cell.text) and len(cell.text) <= lines.LONG // 2:
        return False  # a heading over a group of labels and values, or a label that no field knows
    return (
        left is not None
        and id(left) not in form.used
        and not is_long(left)
        and any(isinstance(block, Paragraph) and sections.heading(block) for block in left.blocks)
    )


def _headed(cell: Cell, form: _Form, known: Labels, texts: list) -> list:
    """The heading of a long cell, from the cell left of it or the one above it; none where it has headings of its own."""
    left = next(iter(form.left(cell)), None)
    above = form.at.get((cell.row - 1, cell.column)) if left is None else None
    beside = left if left is not None else above if above is not None and form.alone(above) and form.alone(cell) else None
    if beside is None or is_long(beside) or not _may_head(beside, form, known):
        return []
    numbered = [block for block in beside.blocks if isinstance(block, Paragraph) and sections.heading(block)]
    if numbered:
        return [block for block in numbered if not TEXT.match(sections.heading(block)[1])]
    title = title_of(beside)
    inside = any(isinstance(block, Paragraph) and sections.heading(block) for block in texts)
    return [Paragraph(title, escaped(title), 1)] if title and not inside and not TEXT.match(title) else []
