"""Blank: the plain form that casepress has by itself: a table of the collection's fields, short ones side by side, then the text."""

from collections.abc import Sequence

from casepress.records.answers import Answers
from casepress.records.bodies import Block
from casepress.records.tables import width
from casepress.values.fields import TERMS, Field

_SHORT = 20  # half characters of a value that has half a row
_MOST_BOXES = 12
_SONG, _FANG, _HEI = "宋体", "仿宋", "黑体"


def form(title: str, said: Answers, required: Sequence[Field] = ()) -> bytes:
    """The form of a case as .docx: what it says, and the labels that it must fill."""
    import io

    import docx
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    made = docx.Document()
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(26)
    page.top_margin = page.bottom_margin = Mm(25)
    usual = made.styles["Normal"]
    usual.font.size = Pt(12)
    _face(usual.element.get_or_add_rPr(), usual.font, _FANG)
    usual.paragraph_format.space_after = Pt(0)
    head = made.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.paragraph_format.space_after = Pt(10)
    _write(head, title, _HEI, 18)  # not bold: an import takes bold lines for headings of the text
    fields = [field for field in said.fields if field.name in said.values or field in required]
    rows = list(_rows([(field.label, _value(field, said)) for field in fields]))
    table = made.add_table(rows=len(rows), cols=4, style="Table Grid")
    table.autofit = False
    widths = [Mm(28), Mm(51), Mm(28), Mm(51)]
    for row in table.rows:
        row.height = Mm(9)  # at least
        for cell, wide in zip(row.cells, widths, strict=True):
            cell.width, cell.vertical_alignment = wide, WD_ALIGN_VERTICAL.CENTER
    for row, pairs in zip(table.rows, rows, strict=True):
        cells = row.cells
        for number, (label, value) in enumerate(pairs):
            cells[2 * number].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            _write(cells[2 * number].paragraphs[0], label, _SONG, 12, True)
            cell = cells[1] if number == 0 else cells[3]
            if len(pairs) == 1:
                cell = cells[1].merge(cells[3])
            _write(cell.paragraphs[0], value, _FANG, 12)
    _body(made, said.blocks)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _rows(pairs: Sequence[tuple[str, str]]):
    """Labels with their values, two short ones that follow one another in a row."""
    waiting: list[tuple[str, str]] = []
    for pair in pairs:
        if width(pair[1]) > _SHORT or "☐" in pair[1] or "☑" in pair[1]:
            if waiting:
                yield waiting
            yield [pair]
            waiting = []
            continue
        waiting.append(pair)
        if len(waiting) == 2:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _value(field: Field, said: Answers) -> str:
    """A value in words, or a row of boxes where all that it may be is a short list."""
    words = said.values.get(field.name, "")
    chosen = said.chosen.get(field.name, ())
    if field.kind in TERMS and field.closed and not said.strange[field.name] and 1 < len(field.choices) <= _MOST_BOXES:
        return "　".join(f"{'☑' if nth in chosen else '☐'}{choice.label}" for nth, choice in enumerate(field.choices))
    return words


def _body(made, blocks: Sequence[Block]) -> None:
    """The text of a case below the table: headings in bold type with their numbers, paragraphs with two characters' indent, tables as such."""
    from docx.shared import Pt

    made.add_paragraph()
    for block in blocks:
        if block.rows:
            inner = made.add_table(rows=len(block.rows), cols=max(map(len, block.rows)), style="Table Grid")
            for row, texts in zip(inner.rows, block.rows, strict=True):
                for cell, text in zip(row.cells, texts, strict=False):
                    _write(cell.paragraphs[0], text, _FANG, 11)
            continue
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(22)
        if not block.level:
            paragraph.paragraph_format.first_line_indent = Pt(24)
        _write(paragraph, block.words, _SONG if block.level else _FANG, 12, bool(block.level))


def _write(paragraph, text: str, face: str, size: float, bold: bool = False) -> None:
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold
    _face(run._r.get_or_add_rPr(), run.font, face)


def _face(properties, font, face: str) -> None:
    """A face for Latin letters and 汉字 alike."""
    from docx.oxml.ns import qn

    font.name = face
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), face)
