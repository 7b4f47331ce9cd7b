"""What authors seldom write in a body: odd tables, lists, links, quotations, notes. Nothing of it is lost, and nothing is obeyed."""

from xml.etree.ElementTree import Element, fromstring

import pytest

from casepress.book.notes import put_in_place
from casepress.book.printed import printed_text
from casepress.book.profiles import read_profile
from casepress.book.tables import set_tables
from casepress.language.paragraphs import Paragraph
from casepress.markup.prose import render
from conftest import ROOT

A4 = read_profile("a4", [ROOT / "theme" / "print"])
NESTED = "<table><tr><td>" * 9 + "深处的字" + "</td></tr></table>" * 9


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<table></table>", "<p>&lt;table&gt;&lt;/table&gt;</p>"),
        ("<table><tr><td colspan=60>一</td><td colspan=2>二</td></tr></table>", "&lt;td colspan=2&gt;二&lt;/td&gt;"),
        ("<select><table><tr><td>甲</td></tr></table>", "&lt;td&gt;甲&lt;/td&gt;"),
        (NESTED, "<table><tbody><tr><td>深处的字 </td></tr>"),
        ("<table><tr><td>甲</td></tr></table>后面的话", "</table><p>后面的话</p>"),
        ("- ```\n  a\n  - b\n  ```\n- 乙", "<ul><li><pre><code>a- b</code></pre></li><li>乙</li></ul>"),
        ("- ```\n  a\n甲", "<ul><li><pre><code>a</code></pre></li></ul><p>甲</p>"),
        ("-\n\n\n  甲", "<ul><li></li></ul><p>甲</p>"),
        ("1、甲\n2、乙\n## 题\n\n丙", '<ol><li>甲</li><li>乙</li></ol><h2 id="x-h1">题</h2><p>丙</p>'),
        ("1、甲\n2、乙\n| a | b |\n| - | - |\n| 1 | 2 |", "<ol><li>甲</li><li>乙</li></ol><table>"),
        ("！[甲]（不是 图片）", "<p>！[甲]（不是 图片）</p>"),
        ("见[](#图)", "<p>见#图</p>"),
        ("甲[一]\n[一]: https://example.org", '<p>甲<a href="https://example.org" rel="noopener">一</a></p>'),
        ("> 甲说。\n>\n> [--出处](https://example.org)", '<p class="quote-source"><a href="https://example.org" rel="noopener">——出处</a></p>'),
        ("> 甲说。\n>\n> `--出处`", "<p><code>--出处</code></p>"),
        ("$$\nx = y", "<p>$$ x = y</p>"),
    ],
)
def test_odd_things_of_a_body_are_shown(written, shown):
    """A table without cells or with too many columns is shown as it was written; words too deep in it, and those behind it, are there;
    code in a list is code; a link as the source of a quotation is one."""
    assert shown in render(written, "x-", {}).html.replace("\n", "")


def test_a_formula_that_is_not_closed_is_told():
    """It begins as a formula, and the author is told that it is set as it stands."""
    assert [(each.line, each.what[:5]) for each in render("$$\nx = y", "x-", {}).remarks] == [(1, "公式“$$")]


def test_each_near_miss_of_a_line_is_told():
    """Two of one kind on a line are two remarks, each with its words."""
    said = render("甲。\n\n++一++ 和 ++二++", "x-", {}).remarks
    assert [(each.line, each.what[:7]) for each in said] == [(3, "“++一++”"), (3, "“++二++”")]


def test_a_table_is_led_to_from_behind_other_marks():
    """What is said of a table behind bold words leads to it as at the beginning of a paragraph."""
    found = render("表1 课时\n\n| 甲 | 乙 |\n| - | - |\n| 1 | 2 |\n\n见表1。**注意**，表1说明。", "x-", {}).html
    assert found.count('<a href="#x-tab1">表1</a>') == 2


def test_the_last_line_has_all_that_stands_behind_it():
    """A place behind the end of a paragraph is on its last line."""
    two = Paragraph(((3, "甲乙"), (4, "丙")))
    assert [two.line_at(place) for place in (0, 1, 2, 9)] == [3, 3, 4, 4]


@pytest.mark.parametrize(
    ("note", "there", "printed"),
    [
        ("一\n\n    3. 甲\n    4. 乙\n    7. 丙", 'class="note"', '<span class="note-item" data-mark="4.">乙</span><span class="note-item" data-mark="7.">丙</span>'),
        ("- 甲\n\n    - 乙", 'class="note"', '<span class="note-item" data-mark="•"><span>甲</span>'),
        ("一\n\n    | a | b |\n    | - | - |\n    | 1 | 2 |", 'class="footnote"', '<div class="note-behind"><span class="note-mark">1</span>'),
    ],
)  # fmt: skip
def test_a_note_keeps_its_lists_and_tables(note, there, printed):
    """On paper the items of a note have their author's numbers; a note with a table stands behind the text, as a block."""
    html = printed_text(render(f"甲[^1]\n\n[^1]: {note}\n", "x-", {}).html, A4, frozenset())
    assert printed in html.replace("\n", "") and there in html and "footnote-backref" not in html


def test_a_note_without_a_paragraph_has_its_words():
    """The words stand behind its number."""
    body = fromstring(
        '<b><p>甲<sup><a class="footnote-ref" href="#n">9</a></sup>乙</p><div class="footnote"><ol><li id="n">字</li></ol></div></b>'
    )
    put_in_place(body)
    assert "".join(body.itertext()) == "甲11字乙" and body.find("div") is None


def tabled(rows: str) -> Element:
    """A table as a book sets it, in its body."""
    body = fromstring(f"<body><table>{rows}</table></body>")
    set_tables(body, A4)
    return body


def test_first_rows_of_heads_are_the_head():
    """A table without a head that begins with rows of heads alone has these for one; what is all heads has none."""
    table = tabled("<tbody><tr><th>甲</th><th>乙</th></tr><tr><td>1</td><td>2</td></tr></tbody>").find(".//table")
    assert [[cell.text for cell in row] for row in table.find("thead")] == [["甲", "乙"]]
    assert [[cell.text for cell in row] for row in table.find("tbody")] == [["1", "2"]]
    assert tabled("<tbody><tr><th>甲</th></tr></tbody>").find(".//thead") is None


def test_heads_of_rows_are_heads_where_each_row_has_one():
    """The first cells of rows are their heads where the corner is empty and none of them is."""
    corner, rest = "<thead><tr><th></th><th>一</th></tr></thead>", "<tr><td>甲</td><td>1</td></tr>"
    assert tabled(f"{corner}<tbody>{rest}</tbody>").find(".//tbody/tr/th").get("scope") == "row"
    assert tabled(f"{corner}<tbody>{rest}<tr><td></td><td>1</td></tr></tbody>").find(".//tbody/tr/th") is None


def test_nothing_is_set_of_a_table_without_words():
    """A head alone, and empty: on paper there is no frame, no rule, no title for it."""
    html = printed_text(render("甲。\n\n| | |\n| - | - |\n\n乙。", "x-", {}).html, A4, frozenset())
    assert "tabled" not in html and "<td" not in html and "甲。" in html and "乙。" in html


def test_a_high_cell_over_rows_and_columns_is_opened_in_all_of_them():
    """Where it is too high for a page, below its words stand cells that are as wide."""
    first = '<tr><td>做</td><td rowspan="60" colspan="2">一小</td></tr>'
    found = tabled(f"<tbody>{first}{'<tr><td>做</td></tr>' * 60}</tbody>").findall(".//tbody/tr")
    cells = [[(cell.get("class"), cell.get("colspan")) for cell in row[1:]] for row in found]
    assert cells == [[("open", "2")]] * 59 + [[("closing", "2")], [(None, None)] * 2]
