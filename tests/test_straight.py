"""What is set straight stands where WeasyPrint's own way would set it, and styles that are kept are those reckoned anew."""

import random
import re
from array import array

import pytest
import weasyprint
from weasyprint.formatting_structure import boxes

from casepress.facts.characters import HAN
from casepress.press.layout import lay_out, read_style
from casepress.press.lines import marks
from casepress.press.lines.paragraphs import Shaped, paragraph
from casepress.press.patches import shaping, straight, styles
from casepress.press.patches.breaking import chinese_lines
from casepress.press.patches.fontconfig import configured
from test_lines import MARKED, MIXED, PLAIN, STYLE, paragraphs, shifted


def boxes_of(html: str) -> list[tuple]:
    """What stands on the pages of a document: each text with its place and size, on the lines that hold it."""
    with chinese_lines():
        return _boxes(weasyprint.HTML(string=html).render())


def _boxes(laid) -> list[tuple]:
    found = []
    for page in laid.pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.TextBox) and box.text.strip():
                glyphs = [round(advance, 4) for advance in getattr(box.pango_layout, "advances", ())]
                where = (box.position_x, box.position_y, box.width, box.baseline)
                found.append((box.text.rstrip(), *(round(value, 4) for value in where), glyphs))
            elif isinstance(box, boxes.LineBox):
                found.append(("line", round(box.position_y, 4), round(box.height, 4)))
    return found


def page(body: str, style: str) -> str:
    return f"<html lang='zh-CN'><style>{STYLE}{style}</style><body>{body}</body></html>"


@pytest.mark.parametrize("style", ["", "p { text-align: left }", "p { text-align: center }", "body { width: 301.3pt }"])
def test_both_ways_set_the_same_lines(style, monkeypatch):
    """Line for line, text for text and glyph for glyph, over pages: straight, and through all of WeasyPrint."""
    made = []
    next_line = straight.next_line

    def counted(*given):
        made.append(next_line(*given))
        return made[-1]

    monkeypatch.setattr(straight, "next_line", counted)
    html = page(paragraphs(shifted(PLAIN + MIXED, 5)), f"@page {{ size: 185mm 90mm }} {style}")
    straightly = boxes_of(html)
    assert len(made) > 120 and all(made)
    monkeypatch.setattr(straight, "is_straight", lambda line: False)
    assert boxes_of(html) == straightly


@pytest.mark.parametrize("mark", ["<b>{}</b>", "<a href='#x'><i>{}</i></a>", "{}<i></i>"])
def test_marks_that_change_no_letter_change_no_line(mark):
    """A paragraph with marks in it, down to one on each character, ends its lines where it would without them, and is set as tight."""
    plain = [text for text in shifted(PLAIN + MIXED[:1], 7)]
    marked = ["".join(map(mark.format, text)) for text in plain]
    style = "b, i, a { font: inherit; color: inherit; text-decoration: none }"
    one, other = (_rows(boxes_of(page(paragraphs(texts), style))) for texts in (plain, marked))
    assert [text for text, _ in one] == [text for text, _ in other]
    assert [at for _, at in one] == pytest.approx([at for _, at in other], abs=0.01)


def _rows(found: list[tuple]) -> list[tuple[str, float]]:
    """The words of each line, and where it ends."""
    rows = []
    for what, *where in found:
        if what == "line":
            rows.append(("", 0.0))
        else:
            rows[-1] = (rows[-1][0] + what, where[0] + where[2])
    return rows


ODD = {
    "a picture": "<img style='width: 2em; height: 1em' src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\">",
    "a frame": "<span style='border: 1px solid; padding: 0 .5em'>奖</span>",
    "a kept line end": "<br>",
    "a float": "<span style='float: right; width: 6em; height: 3em'></span>",
    "a box": "<span style='display: inline-block; width: 3em'>二等</span>",
    "a word without end": "https://example.org/" + "abcdefghij" * 12,
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_goes_the_long_way(name, monkeypatch):
    """A paragraph with something odd in it comes out as if there were no other way, and so do those around it."""
    text = f"{PLAIN[0]}{ODD[name]}{PLAIN[1]}"
    html = page(paragraphs([PLAIN[2], text, MIXED[0]]), "")
    straightly = boxes_of(html)
    monkeypatch.setattr(straight, "is_straight", lambda line: False)
    assert boxes_of(html) == straightly


def test_a_line_ends_where_trying_all_places_ends_it():
    """The end of a line is the last place that fits, or that its marks make room for, among all of its paragraph: none is passed over."""
    chance, letters = random.Random(1), "一二三四，。（）“”《》 a1"
    for _ in range(300):
        text = "".join(chance.choices(letters, k=60))
        widths = array("d", [16.0 if letter not in " a1" else 7.0 for letter in text])
        left, right = (array("d", [8.0 if letter in kind else 0.0 for letter in text]) for kind in ("（“《", "，。）”》"))
        made = paragraph(Shaped(text, widths, left, right, [16.0] * 60, {0: None}), bytes([0] + 59 * [1] + [0]), (), True)
        made.start, made.debt, room = chance.randrange(20), chance.choice((0.0, 0.0, 3.0)), chance.uniform(60, 300)
        fits = [place for place in made.breaks if place > made.start and _over(made, place, room) <= 0]
        eased = [place for place in made.breaks if place > made.start and _over(made, place, room) <= made._spare(place)]
        found = made.line_end(made.start, 60, room, True)
        natural = fits[-1] if fits else None
        allowed = [
            place for place in eased if _over(made, place, room) <= made._spare(place) * 0.35 or not made._stands(made.start, natural, room)
        ]
        best = max((*fits[-1:], *allowed), default=None)
        assert found == (None if best is None else made._with_company(made.start, best, 60, room, True, 0, len(made.breaks)))


def _over(made, place: int, room: float) -> float:
    """By how much a line that ends at a place is too long."""
    return made.length(made.start, made.visible(made.start, place), True) - room


def test_ends_of_a_shaped_text_are_those_of_the_text(monkeypatch):
    """What a text that was shaped says of its places is what Pango says of it when it is asked for these alone."""
    odd = [
        "——",
        "一……二——三",
        "一\u00a0二\u2060三\u3000四\u200b五",
        "这里写C++、50%和https://a.cn/2?x=1#y",
        "e\u0301一\u0308二",
        "家\U000e0100長👨\u200d👩一ไทย二",
    ]
    asked, quickly = [], shaping._ends_of_shaped

    def both(box, text, lang):
        found = quickly(box, text, lang)
        asked.append((found, shaping.ends_of(text, lang)))
        return found

    monkeypatch.setattr(shaping, "_ends_of_shaped", both)
    boxes_of(page(paragraphs([*PLAIN, *MIXED, *MARKED, *odd]), "p { text-indent: 0 }"))
    assert sum(bool(quick) for quick, _ in asked) > 8
    assert all(quick in (b"", slow) for quick, slow in asked)


def test_closed_places_are_those_that_the_rules_close():
    """What is looked up fast is what the patterns say, at each place of texts made of all that they know."""
    text = "第3年（ 12平方米）5小时——“６０％”30 kg，4个月……3个。第二〇二四年　7 元—8课时"
    texts = [text[start : start + length] for start in range(len(text)) for length in (2, 5, 40)]
    for part in texts:
        assert marks.closed(part) == {match.start() for match in marks.CLOSED.finditer(part)}


def test_open_places_are_those_that_the_rules_open():
    """So are the places that open, those where lines may end, the seams, and the marks that meet."""
    text = "春天，到了。“（课）后”A楼 Room 203号～3点……甲——乙！？２５％多￥30元 12%的人，https://a.cn/2?x=1#y 〇二·三～四、《一》：「二」x一y二\u00a0三\u2060[1]四１２"
    texts = [text[start : start + length] for start in range(len(text)) for length in (1, 2, 5, 40)]
    ideographs = [letter for letter in map(chr, range(0x10FFFF)) if re.match(f"[{HAN}]", letter)]
    texts += [letter.join(("", "，", "A", "％", "一", "")) for letter in ideographs[::7]]
    for part in texts:
        gaps, ends = ([match.start() for match in pattern.finditer(part)] for pattern in (marks.GAP, marks.OPEN))
        assert marks.opened(part) == (gaps, bytes(place in ends for place in range(len(part) + 1)))
        assert marks.seams(part) == [match.start() for match in marks.SEAM.finditer(part)]
        assert marks.meeting(part) == [match.start() for match in re.finditer(f"(?={marks.HALVED.pattern}{{2}})", part)]


def test_kept_styles_are_those_reckoned_anew(monkeypatch):
    """Documents in one stylesheet, one after the other, with ids, styles of their own and other parents, come out as each alone."""
    sheet = """
        @page { size: 9cm 9cm; @top-left { content: string(name) } } @page :first { margin-top: 3cm } @page wide { size: 12cm 9cm }
        .a { string-set: name content(text); font-size: 14px } .a em { color: red; font-size: .8em } li::marker { color: blue }
        .b { page: wide; text-indent: 3em } h2::before { content: attr(title) }
    """
    pages = [
        "<p class='a' id='x'>一二<em>三</em></p><ul><li>四</li></ul>",
        "<p class='a' id='y'>一二<em id='z'>三</em></p><h2 title='五'>六</h2>",
        "<div style='font-size: 30px'><p class='a'>一二<em>三</em></p></div><ol><li id='x'>七<p>八</p></li></ol>",
        "<p>九</p><section class='b'><p class='a' lang='en'>十 <em style='font-size: 40px'>ten</em></p></section>",
        "<style>em { font-size: 50px }</style><p class='a'>一二<em>三</em></p>",
        "<p>九</p><section class='b'><p class='a' lang='en'>十 <em style='font-size: 40px'>ten</em><em style='font-size: 4px'>one</em></p></section>",
        "<div style='font-size: 30px'><p class='a' style='color: red'>一二<em>三</em></p></div><div style='font-size: 20px'><p class='a'>一<em>二</em></p></div>",
        "<p class='a' id='x'>一二<em>三</em></p><ul><li>四</li></ul>",
    ]
    htmls = [f"<html lang='zh-CN'><body>{body}</body></html>" for body in pages]
    fonts = configured(())

    def laid():
        style = read_style(sheet, fonts)
        made = [lay_out(html, {}, fonts, style) for html in htmls]
        areas = [[(page.width, page.height) for page in one.document.pages] for one in made]
        return (
            len(style.css.kept.elements) if hasattr(style.css, "kept") else 0,
            [_boxes(one.document) for one in made],
            areas,
            [(one.anchors, one.messages) for one in made],
        )

    number, *kept = laid()
    monkeypatch.setattr(styles, "_MANY", 1)  # what bears a style of its own is forgotten again and again
    assert laid() == (number, *kept)
    monkeypatch.setattr(styles, "_is_plain", lambda html: False)
    none, *anew = laid()
    assert number and not none
    assert kept == anew
