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


def shown(at_once: bool) -> tuple[list[tuple], list[tuple]]:
    """The texts of a contents with their places, and the dots with the places of each."""
    with chinese_lines(), leaders_at_once() if at_once else nullcontext():
        laid = weasyprint.HTML(string=f"<html lang='zh-CN'><style>{STYLE}{ENTRIES}</style><body>{entries()}</body></html>").render()
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
