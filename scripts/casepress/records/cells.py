"""Cells: a bureau's own blank form filled where its labels ask, as an import reads it: right of a label, else below it, else behind its
colon; boxes are ticked, and what stands under a heading of the form is the case's section of that name."""

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from casepress.intake import sections as headed
from casepress.intake.blocks import Paragraph
from casepress.intake.labels import Labels, even, labels
from casepress.records import boxes
from casepress.records.answers import WHOLE, Answers
from casepress.records.bodies import Block
from casepress.records.wordml import SPACE, Box, W, grid, owner, paragraphs, text_of
from casepress.values.fields import TERMS, Field

_BLANK = re.compile(r"[\s_＿\-—/\\.。…　]*")
_LONGEST = 2000  # characters of a line that asks for something
_HINT = re.compile(r"[（(][^（）()]{0,40}[）)]")


@dataclass
class Filled:
    """What became of a form: the fields and headings that it asked for and got, and the boxes that a value does not have."""

    fields: set[str] = field(default_factory=set)
    sections: set[str] = field(default_factory=set)
    boxless: list[tuple[Field, str]] = field(default_factory=list)


def fill(body, said: Answers) -> Filled:
    """Fill the elements of a document's body. What it prints stays as it is."""
    made, known = Filled(), labels(said.fields)
    for table in list(body.iter(f"{W}tbl")):
        _table(table, said, known, made)
    for paragraph in list(body.iter(f"{W}p")):
        if not _is_in_a_cell(paragraph):
            _line(paragraph, said, known, made)
            _under(paragraph, said, made)
    return made


def _is_in_a_cell(node) -> bool:
    return any(each.tag == f"{W}tc" for each in node.iterancestors())


def _table(table, said: Answers, known: Labels, made: Filled) -> None:
    found = grid(table)
    at = {(y, x): box for box in found for y in range(box.row, box.row + box.rows) for x in range(box.column, box.column + box.columns)}
    asks = {box: asked for box in found if (asked := known.match(box.text, [each.text for each in _left_of(box, at)])) is not None}
    for box in found:
        asked = asks.get(box)
        beside = [
            each for each in (at.get((box.row, box.column + box.columns)), at.get((box.row + box.rows, box.column))) if each and each is not box
        ]
        if asked is not None:
            value = next((each for each in beside if each not in asks), None)
            if value is None or not _answer(value, asked, said, made):
                for paragraph in paragraphs(box.tc):
                    _line(paragraph, said, known, made)
            continue
        if even(box.text) in WHOLE and (value := next((each for each in beside if _is_blank(each)), None)) is not None:
            _write(paragraphs(value.tc), said.blocks)
            made.sections.update(section.name for section in said.sections)
            continue
        for paragraph in paragraphs(box.tc):
            _line(paragraph, said, known, made)
            right = at.get((box.row, box.column + box.columns))
            _under(paragraph, said, made, right if right is not None and _is_blank(right) else None)


def _left_of(box: Box, at: dict) -> list[Box]:
    """The cells before one in its row, the nearest first."""
    out: list[Box] = []
    for x in range(box.column - 1, -1, -1):
        other = at.get((box.row, x))
        if other is not None and (not out or out[-1] is not other):
            out.append(other)
    return out


def _is_blank(box: Box) -> bool:
    return _BLANK.fullmatch(_HINT.sub("", box.text)) is not None


def _answer(box: Box, asked: Field, said: Answers, made: Filled) -> bool:
    """A field's value into its cell: ticks where there are boxes, else words where the cell is blank; a hint in brackets gives way.
    Whether the cell is one for an answer."""
    lines = list(box.tc.iter(f"{W}p"))
    if asked.kind in TERMS and asked.choices and (boxes.has_boxes(lines) or not _is_blank(box)):
        return _tick(lines, asked, said, made)
    if not _is_blank(box):
        return False
    if words := said.values.get(asked.name, ""):
        _write(paragraphs(box.tc), [Block(words)])
    made.fields.add(asked.name)
    return True


def _tick(lines: Sequence, asked: Field, said: Answers, made: Filled) -> bool:
    """Tick what a case has of a field, in boxes or behind bare words; a value that is no choice has neither. Whether there are any."""
    names, chosen = [(choice.label, *choice.aliases) for choice in asked.choices], said.chosen.get(asked.name, ())
    left: Iterable[int] = ()
    if boxes.has_boxes(lines):
        left = boxes.tick(lines, names, chosen)
    elif not boxes.tick_words(lines, names, chosen):
        return False
    made.boxless += [(asked, word) for word in (*(asked.choices[nth].label for nth in left), *said.strange.get(asked.name, ()))]
    made.fields.add(asked.name)
    return True


def _line(paragraph, said: Answers, known: Labels, made: Filled) -> None:
    """What a line asks for behind colons: 案例名称：____."""
    text = text_of(paragraph)
    if len(text) > _LONGEST:  # no line of a form
        return
    pieces = list(known.pattern.finditer(text))
    before: list[str] = []
    answered: list[tuple[int, int, str]] = []
    ticking: list[tuple[list, Field]] = []
    for number, piece in enumerate(pieces):
        end = pieces[number + 1].start(1) if number + 1 < len(pieces) else len(text)
        asked = known.match(piece[1], before)
        before.insert(0, piece[1])
        if asked is None:
            continue
        words = said.values.get(asked.name, "")
        gap = text[piece.end() : end]
        if asked.kind in TERMS and asked.choices and (boxed := _boxed(paragraph, gap, number + 1 == len(pieces))):
            ticking.append((boxed, asked))
        elif _BLANK.fullmatch(gap):
            made.fields.add(asked.name)
            if words:
                answered.append((piece.end(), end, words + ("　" if number + 1 < len(pieces) else "")))
    for start, end, words in reversed(answered):
        _exchange(paragraph, start, end, words)
    for lines, asked in ticking:
        _tick(lines, asked, said, made)


def _boxed(paragraph, gap: str, is_last: bool) -> list:
    """The paragraphs with the boxes of a label: its own, or those that follow where the line says no more."""
    if not _BLANK.fullmatch(gap) or not is_last:
        return [paragraph] if boxes.has_boxes([paragraph]) else []
    if boxes.has_boxes([paragraph]):
        return [paragraph]
    lines = []
    for following in paragraph.itersiblings(f"{W}p"):
        if not boxes.has_boxes([following]):
            break
        lines.append(following)
    return lines


def _exchange(paragraph, start: int, end: int, words: str) -> None:
    """Put words in the place of what stands from one sign of a paragraph to another, in the look of what stood there."""
    place, target = 0, None
    nodes = [n for n in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br") if n.getparent().tag == f"{W}r" and owner(n) is paragraph]
    for node in nodes:
        long = len(node.text or "") if node.tag == f"{W}t" else 1
        low, high = max(start, place), min(end, place + long)
        if low < high:
            if node.tag == f"{W}t":
                kept = node.text[: low - place], node.text[high - place :]
                target, node.text = (node, kept[0] + words + kept[1]) if target is None else (target, kept[0] + kept[1])
                node.set(SPACE, "preserve")
        place += long
    if target is None:  # nothing but tabs stands there: behind the letter before it
        place = 0
        for node in nodes:
            long = len(node.text or "") if node.tag == f"{W}t" else 1
            if node.tag == f"{W}t" and place < start <= place + long:
                node.text = node.text[: start - place] + words + node.text[start - place :]
                node.set(SPACE, "preserve")
            place += long


def _under(paragraph, said: Answers, made: Filled, beside: Box | None = None) -> None:
    """The section of a case whose name a heading of the form has: in the cell beside it, else below it."""
    words = text_of(paragraph).strip()
    found = headed.heading(Paragraph(words, ""))
    name = even(found[1] if found else words)
    section = next((each for each in said.sections if each.name and even(each.name) == name and each.name not in made.sections), None)
    if section is None or not name:
        return
    made.sections.add(section.name)
    if beside is not None:
        _write(paragraphs(beside.tc), section.blocks)
        return
    blank = []
    for following in paragraph.itersiblings():
        if following.tag != f"{W}p" or not _BLANK.fullmatch(text_of(following)) or following.find(f".//{W}sectPr") is not None:
            break
        blank.append(following)
    if not blank:
        blank = [deepcopy(paragraph)]
        paragraph.addnext(blank[0])
    _write(blank, section.blocks)


def _write(lines: Sequence, blocks: Sequence[Block]) -> None:
    """Blocks into blank paragraphs, the first of which says how they look; the rest of these go."""
    if not lines or not blocks:
        return
    first = lines[0]
    for other in lines[1:]:
        if other.getparent() is not None:
            other.getparent().remove(other)
    run = next((each for each in first.iter(f"{W}r") if owner(each) is first), None)
    look = run.find(f"{W}rPr") if run is not None else first.find(f"{W}pPr/{W}rPr")
    for child in list(first):
        if child.tag != f"{W}pPr":
            first.remove(child)
    model = deepcopy(first)
    at = first
    for number, words in enumerate(_texts(blocks)):
        if number:
            at.addnext(new := deepcopy(model))
            at = new
        at.append(_run(at, words, look))


def _run(parent, words: str, look):
    run = parent.makeelement(f"{W}r", {})
    if look is not None:
        kept = deepcopy(look)
        for mark in kept.findall(f"{W}ins") + kept.findall(f"{W}del"):
            kept.remove(mark)
        run.append(kept)
    text = run.makeelement(f"{W}t", {SPACE: "preserve"})
    text.text = words
    run.append(text)
    return run


def _texts(blocks: Iterable[Block]) -> Iterable[str]:
    """The lines of blocks; a table's rows are lines with wide blanks between cells."""
    for block in blocks:
        yield from ("　".join(row) for row in block.rows) if block.rows else (block.words,)
