"""The proof: list marks say what the author counted, and nothing stands outside the type area. (Words: test_shelf.)"""

import logging

import pytest
from weasyprint.text.fonts import FontConfiguration

from casepress.press.layout import lay_out
from casepress.press.speech import is_loss, spoken
from casepress.values.losses import Loss
from conftest import picture

# A page of 200 px with margins of 20, so that the type area is 160 px wide; 96 px are 25.4 mm.
FRAME = """<html lang="zh-CN"><style>@page {{ size: 200px; margin: 20px }} body, p, hr {{ margin: 0 }} .wrong li {{ counter-reset: list-item 0 }} .bare {{ list-style: none }}
 .lost {{ list-style-type: '' }} td, table {{ padding: 0; border: 0; border-spacing: 0 }}
@counter-style ring {{ system: fixed; symbols: "①" "②" "③"; suffix: "" }} .ring {{ list-style-type: ring }}
.han {{ list-style-type: simp-chinese-informal }} .roman {{ list-style-type: upper-roman }} .low {{ list-style-type: lower-alpha }}
.turned {{ width: 160px; height: 40px; transform-origin: 0 0; transform: translate(0, 160px) rotate(-90deg) }}
{}</style><article id="case-t"><div class="case-body">{}</div></article>"""


def laid_out(body: str, style: str = "") -> tuple[Loss | str, ...]:
    return lay_out(FRAME.format(style, body), {"good": picture}, FontConfiguration()).messages


def items(tag: str, *words: str, inside: str = "") -> str:
    return f"<{tag} {inside}>{''.join(f'<li>{word}</li>' for word in words)}</{tag[:2]}>"


WHOLE = {
    "counted": items("ol", "甲", "乙", "丙"),
    "from five": items("ol", "甲", "乙", inside='start="5" style="counter-reset: list-item 4"'),
    "from nought": items("ol", "甲", "乙", inside='start="0" style="counter-reset: list-item -1"'),
    "with a value": '<ol><li>甲</li><li value="7" style="counter-set: list-item 6">乙</li><li>丙</li></ol>',
    "nested": "<ol><li>甲<ol><li>子</li><li>丑</li></ol></li><li>乙<ul><li>寅</li></ul></li></ol>",
    "rings": items("ol", "甲", "乙", "丙", "丁", inside='class="ring"'),
    "in characters": items("ol", *"甲乙丙丁戊己庚辛壬癸子丑", inside='class="han"'),
    "roman": items("ol", "甲", "乙", "丙", "丁", inside='class="roman"'),
    "letters": items("ol", "甲", "乙", inside='class="low"'),
    "bullets": items("ul", "甲", "乙"),
    "bullets that are not wanted": items("ul", "甲", "乙", inside='class="bare"'),
    "over pages": items("ol", *("很长的一段话" * 12 for _ in range(3))),
    "notes": '<div class="footnote"><ol class="bare"><li id="t-note1">注</li></ol></div>',
    "an empty item": "<ol><li></li><li>乙</li></ol>",
    "inside": items("ol", "甲", "乙", inside='style="list-style-position: inside"'),
}


@pytest.mark.parametrize("name", WHOLE)
def test_true_marks_are_no_loss(name):
    """However a list is written and counted, nothing is said where its marks are on the page and true."""
    assert laid_out(WHOLE[name]) == ()


WRONG = {
    "1 1 1": (items("ol", "甲", "乙", "丙", inside='class="wrong"'), "列表里“乙”的编号应当是 2，排出来的是“1.”"),
    "a start that is not obeyed": (
        items("ol", "甲", "乙", inside='start="5"'),
        "列表里“甲”的编号应当是 5，排出来的是“1.”",
    ),
    "no number": (items("ol", "甲", inside='class="bare"'), "列表里“甲”的编号应当是 1，排出来的是空的"),
    "no bullet": (items("ul", "甲", "乙", inside='class="lost"'), "列表里“甲”前面没有排出圆点"),
    "a lost number of a nested list": ("<ol><li>甲<ol class='bare'><li>子</li></ol></li></ol>", "列表里“子”的编号应当是 1，排出来的是空的"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_mark_is_told(name):
    """A number that the page gives otherwise than the HTML, or a mark that is not there, is named with its item."""
    body, what = WRONG[name]
    assert Loss("case", "t", what) in laid_out(body)


def test_a_mark_is_no_word():
    """A number before an item does not stand in for the same figure lost from its text."""
    assert Loss("case", "t", "有 1 个字没有排出来：1") in laid_out('<ol><li>甲<span style="display: none">1</span></li></ol>')


OUTSIDE = {
    "a picture": ('<img src="asset:good" alt="操场" style="width: 198.5px">', "“操场”伸出了版心，右边多出 10.2 mm"),
    "a picture without words": ('<img src="asset:good" alt="" style="width: 198.5px">', "有一条线或一个空格子伸出了版心，右边多出 10.2 mm"),
    "a rule": ('<hr style="width: 179px; border: 0; height: 1px">', "有一条线或一个空格子伸出了版心，右边多出 5.0 mm"),
    "a cell": ('<table style="width: 179px"><tr><td>甲</td><td>乙</td></tr></table>', "“乙”伸出了版心，右边多出 5.0 mm"),
    "to the left": ('<p style="margin-left: -19px">甲</p>', "“甲”伸出了版心，左边多出 5.0 mm"),
    "into the foot": (
        '<div style="height: 100px"><img src="asset:good" alt="高" style="display: block; width: 9px; height: 179px"></div>',
        "“高”伸出了版心，下边多出 5.0 mm",
    ),
    "a mark": (items("ol", "甲", inside='style="padding: 0; margin: 0"'), "“1.”伸出了版心，左边多出 "),
    "turned": (
        '<div class="turned"><p style="width: 400px; white-space: nowrap; margin: 0 0 0 179px">甲</p></div>',
        "“甲”伸出了版心，上边多出 ",
    ),
}


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_leaves_the_type_area_is_told(name):
    """Words, pictures, rules, cells and marks that reach into a margin are named, with how far over which edge."""
    body, what = OUTSIDE[name]
    assert any(loss.what.startswith(what) for loss in laid_out(body)), laid_out(body)


INSIDE = {
    "a full picture": '<img src="asset:good" alt="操场" style="width: 160px; display: block">',
    "a full table": '<table style="width: 160px; border-collapse: collapse"><tr><td style="border: 1px solid">甲</td></tr></table>',
    "a full line": "<p style='font-size: 20px; margin: 0; text-align: justify'>一行刚好写满八个字，再来一行写满八个字。</p>",
    "a hanging stop": '<p style="margin: 0; width: 160px; font-size: 16px; line-height: 20px"><span style="white-space: nowrap; position: relative; left: 8px">一行写满九个字。</span></p>',
    "tall type in a low line": "<p style='margin: 0; line-height: 5px; font-size: 5px'>甲</p>",
    "a QR code's white": '<p class="case-code" style="width: 58px; margin-left: 108px"><img src="asset:good" alt="" style="width: 58px; height: 58px"></p>',
    "turned": '<div class="turned"><p style="margin: 0">甲乙丙</p></div>',
}


@pytest.mark.parametrize("name", INSIDE)
def test_what_fits_is_no_loss(name):
    """What fills the type area to its edge, a stop that hangs by less than its width, and what is turned stay unsaid."""
    assert laid_out(INSIDE[name]) == ()


def record(level: int, template: str, *values: object) -> logging.LogRecord:
    return logging.LogRecord("weasyprint", level, "", 0, template, values, None)


def test_losses_are_known_by_what_weasyprint_means():
    """An error, and those warnings that tell of a loss, are losses; words of a case that sound alike are not."""
    assert is_loss(record(logging.ERROR, "Failed to load image at %r: %s", "a", "b"))
    assert is_loss(record(logging.ERROR, "No anchor #%s for internal URI reference", "x"))
    assert is_loss(record(logging.WARNING, '.notdef glyph rendered for Unicode string unsupported by fonts: "%s" (U+%04X)', "㵑", 0x3D51))
    assert is_loss(record(logging.WARNING, "This row has more columns than the table, ignored %d cells", 1))
    assert is_loss(
        record(
            logging.WARNING, "Ignored `%s: %s` at %d:%d, %s.", "background", "url(x)", 1, 1, "Relative URI reference without a base URI: 'x'"
        )
    )
    assert not is_loss(record(logging.WARNING, "Ignored `%s: %s` at %d:%d, %s.", "color", "Failed to", 1, 1, "invalid value"))
    assert not is_loss(record(logging.WARNING, "Anchor defined twice: %r", "Failed to"))


def test_remarks_are_sentences_and_losses_values():
    """What WeasyPrint says comes as a sentence, and as a value where something is lost."""
    with spoken() as messages:
        logging.getLogger("weasyprint").warning("Anchor defined twice: %r", "a")
        logging.getLogger("weasyprint").error("Failed to load image at %r: %s", "a", "b")
    assert messages == ["Anchor defined twice: 'a'", Loss("piece", "", "Failed to load image at 'a': b")]
