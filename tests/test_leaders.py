"""The dots of a leader stand where WeasyPrint would set them, as one text."""

from contextlib import nullcontext

import pytest
import weasyprint
from weasyprint.formatting_structure import boxes

from casepress.press.patches.breaking import chinese_lines
from casepress.press.patches.leaders import leaders_at_once
from test_lines import PLAIN, STYLE

ENTRIES = """
    .entry { padding: 0 2.6em 0 2em; text-align: left; text-indent: 0 }
    .unit { display: inline-block; font-size: .8em; line-height: 1 }
    .theme { display: inline-block; vertical-align: top; width: 6em; padding-left: 1em }
    .dots { font-size: .6em; line-height: 0; letter-spacing: -.13em }
    .dots::before { content: " "; letter-spacing: .35em }
    .dots::after { content: leader("·") }
    .page { display: inline-block; width: 2.6em; margin-right: -2.6em; text-align: right }
"""


def entries() -> str:
    """Entries of a contents: titles of every length on one and more lines, units, numbers."""
    found = []
    for length in range(3, 61):
        unit = (
            f"<span class='unit'>第{length}小学 A 校（生成）</span>"
            if length % 3
            else f"<span class='theme'>校<span class='unit'>本{length}</span></span>"
        )
        found.append(f"<p class='entry'><a>{PLAIN[0][:length]}</a> {unit}<span class='dots'></span><a class='page'>{length * 7}</a></p>")
    return "".join(found)


def shown(at_once: bool, more: str = "") -> tuple[list[tuple], list[tuple]]:
    """The texts of a contents with their places, and the dots with the places of each; `more` are further rules."""
    with chinese_lines(), leaders_at_once() if at_once else nullcontext():
        laid = weasyprint.HTML(string=f"<html lang='zh-CN'><style>{STYLE}{ENTRIES}{more}</style><body>{entries()}</body></html>").render()
    texts, dots = [], []
    for number, page in enumerate(laid.pages):
        for box in page._page_box.descendants():
            if not isinstance(box, boxes.TextBox) or not box.text.strip():
                continue
            if set(box.text) == {"·"}:
                pitch = box.width / len(box.text)
                dots += [(number, box.position_y, box.position_x + nth * pitch) for nth in range(len(box.text))]
            else:
                texts.append((number, box.text.rstrip(), box.position_x, box.position_y, box.width))
    return texts, sorted(dots)


def test_dots_stand_where_they_would():
    """Every dot of every line, on its grid; only a last one that rounding took away is there."""
    (texts, dots), (others, single) = shown(True), shown(False)
    assert [text[:2] for text in texts] == [text[:2] for text in others]
    assert [at for text in texts for at in text[2:]] == pytest.approx([at for text in others for at in text[2:]], abs=0.01)

    def places(found):
        return {tuple(round(value) for value in (page, y * 10, x * 10)) for page, y, x in found}

    near = {(page, y, x + by) for page, y, x in places(dots) for by in (-1, 0, 1)}
    assert len(single) > 500 and places(single) <= near
    assert len(single) <= len(dots) <= len(single) + 58


def test_a_number_has_dots_before_it():
    """Room that is asked for before the dots is filled by them, and where a line has none, what is before them goes to the next."""
    unit = ".unit, .theme { display: inline; white-space: nowrap; padding: 0 } .dots, .page { white-space: nowrap } "
    texts, dots = shown(True, unit + ".dots::after { padding-left: 1.5em }")
    rows = dots_by_number(texts, dots)
    assert len(rows) == 58 and min(map(len, rows.values())) >= 3
    assert len({round(max(row), 1) for row in rows.values()}) == 1, "dots end on one line, whatever the number"
    for at, number, _, top, _ in [text for text in texts if text[1] in rows]:
        before = max(left + width for page, text, left, y, width in texts if page == at and abs(y - top) < 20 and text != number)
        assert min(rows[number]) - before < 0.7 * 16, "dots begin where the words end"
    assert min(map(len, dots_by_number(*shown(True, unit)).values())) < 3, "where no room is asked for there is a line without"


def dots_by_number(texts: list[tuple], dots: list[tuple]) -> dict[str, list[float]]:
    """For each page number the places (px) of the dots in its line."""
    numbers = [text for text in texts if text[1].isdigit()]
    return {text: [x for at, y, x in dots if at == page and 0 < y - top < 20] for page, text, _, top, _ in numbers}
