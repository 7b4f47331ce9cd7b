"""Columns and feet: long indexes in two columns, laid out once and balanced where they end, and what stands low on its page."""

import pytest
import weasyprint
from weasyprint.formatting_structure import boxes

from casepress.press.patches import columns, straight
from casepress.press.patches.breaking import chinese_lines
from casepress.press.patches.columns import columns_by_lines
from casepress.press.patches.feet import content_at_foot

STYLE = """
    @page { size: 100mm 80mm; margin: 10mm }
    html { font: 10pt/15pt "Noto Serif CJK SC" } body, p, h2, div, section { margin: 0 }
    .columns { columns: 2; column-gap: 2em; margin-bottom: 30pt } .group { margin-top: 15pt }
    h2 { break-after: avoid; font-size: 10pt } p { break-inside: avoid; padding-left: 2em; text-indent: -2em }
"""


def index(entries: int, group: int = 7) -> str:
    """An index of so many entries, every third one in two lines, with a letter above each seven."""
    rows = [f"<p>第{at}所小学{'，在一条很长的路上的那一所' if at % 3 == 0 else ''}　{at}</p>" for at in range(entries)]
    groups = [f"<div class='group'><h2>{at}</h2>{''.join(rows[at : at + group])}</div>" for at in range(0, entries, group)]
    return f"<h2>索引</h2><div class='columns'>{''.join(groups)}</div><p>后面的话</p>"


def pages(body: str) -> list[list[tuple]]:
    html = f"<html lang='zh-CN'><style>{STYLE}</style><body>{body}</body></html>"
    with chinese_lines(), columns_by_lines(), content_at_foot():
        laid = weasyprint.HTML(string=html).render().pages
    found = [[box for box in page._page_box.descendants() if isinstance(box, boxes.TextBox)] for page in laid]
    return [[(box.text, round(box.position_x, 3), round(box.position_y, 3)) for box in page] for page in found]


@pytest.mark.parametrize("entries", [1, 8, 15, 40, 46, 83])
def test_columns_hold_what_weasyprint_would_set(entries, monkeypatch):
    """Over pages, the same entries stand in the same places: letters with their first entry, entries whole, the end balanced."""
    counted = pages(index(entries))
    monkeypatch.setattr(columns, "_is_plain", lambda context, box: False)
    tried = pages(index(entries))
    behind, other = counted[-1].pop(), tried[-1].pop()  # WeasyPrint ends columns up to a line too low
    assert counted == tried
    assert other[2] - 20 < behind[2] <= other[2]


@pytest.mark.parametrize("entries", [60, 240])
def test_each_line_of_an_index_is_set_a_few_times_at_most(entries, monkeypatch):
    """However long an index is, its lines are set once, and those of its last page some times more."""
    made = []
    next_line = straight.next_line
    monkeypatch.setattr(straight, "next_line", lambda *given: made.append(1) or next_line(*given))
    assert sum(map(len, pages(index(entries)))) > entries
    assert len(made) < 2 * entries + 800


def test_what_is_low_stands_at_the_foot_and_what_is_too_high_runs_on():
    """A block with `align-content: end` ends its last line at its foot; one that is higher than its page goes on on the next."""
    low = "<section style='height: 150pt; align-content: end'><p>一</p><p>二</p></section><p>三</p>"
    ((one, two, three),) = pages(low)
    assert two[2] - one[2] == pytest.approx(20) and three[2] - two[2] == pytest.approx(20)
    assert three[2] - one[2] == pytest.approx(40) and one[2] > 150
    high = f"<section style='height: 169pt; align-content: end'>{'<p>行</p>' * 14}</section>"
    first, second = pages(high)
    assert len(first) + len(second) == 14 and first[0][2] < 60
