"""Measured: what was asked of Pango once is not asked again, and what is asked in short is what the whole would say."""

import random

import pytest
from weasyprint import CSS, HTML
from weasyprint.layout import preferred
from weasyprint.text import line_break
from weasyprint.text.fonts import FontConfiguration

from casepress.press.patches import breaking, shaping
from casepress.press.patches.breaking import chinese_lines
from casepress.press.patches.styles import kept_styles

SHEET = "html { font-family: Noto Serif CJK SC } p { text-align: justify; margin: 0 } table { table-layout: auto }"
TEXT = "教师分成若干个小组，每周三下午一起备课、听课和评课（含 36 个班），把“问题”记下来。"
PARTS = (
    "汉字排版",
    "，",
    "。",
    "“引”",
    "《书》",
    "abc",
    "x" * 40,
    "10.5%",
    "2024年",
    "——",
    "……",
    " ",
    "(a)",
    "·",
    "①",
    "é",
    "👍🏽",
    "한글",
    "\u200b",
    "\u2060",
    "é",
)


def drawn(bodies: list[str], monkeypatch) -> tuple[list[bytes], list[int]]:
    """The PDFs of documents that are laid out one after the other with one stylesheet, and how many texts were shaped for each."""
    fonts = FontConfiguration()
    sheet, asked, real = CSS(string=SHEET, font_config=fonts), [], shaping._measure
    monkeypatch.setattr(shaping, "_measure", lambda *given: (asked.append(given[0].text), real(*given))[1])
    made, numbers = [], []
    with chinese_lines(), kept_styles():
        for body in bodies:
            html = HTML(string=f"<html lang='zh-CN'><meta charset='utf-8'><body>{body}")
            made.append(html.write_pdf(stylesheets=[sheet], font_config=fonts, uncompressed_pdf=True))
            numbers.append(len(asked))
            asked.clear()
    return made, numbers


def test_a_paragraph_is_measured_once_for_all_trials(monkeypatch):
    """A text that is laid out again, at another width as well, is not shaped again, and its lines are those that they would be; other
    styles and other neighbours are shaped by themselves."""
    text, strong = f"<p>{TEXT * 3}", f"<p>{TEXT}<b>{TEXT}</b>{TEXT}"
    narrow = f"<div style='width: 15em'>{text}{strong}</div>"
    made, asked = drawn([text + strong, text + strong, narrow, f"<p>{TEXT * 2}<b>{TEXT}</b>"], monkeypatch)
    assert made[0] == made[1] and asked[:2] == [4, 0]
    assert asked[3] == 2
    assert made[2] == drawn([narrow], monkeypatch)[0][0]


def test_not_too_much_is_kept(monkeypatch):
    """Of one style no more characters are kept than those of a long case."""
    kept = []
    real = shaping._Measured.keep
    monkeypatch.setattr(shaping._Measured, "keep", lambda self, *given: (real(self, *given), kept.append((self.size, len(self)))))
    drawn(["".join(f"<p>{n}{TEXT * 9}" for n in range(40)) + f"<p>{TEXT * 300}"], monkeypatch)
    assert len(kept) > 40 and max(size for size, _ in kept) <= shaping._KEPT and max(number for _, number in kept) < 20


@pytest.mark.parametrize("way", ["normal", "anywhere", "break-word"])
@pytest.mark.parametrize("spaces", ["normal", "nowrap", "pre-line"])
def test_the_beginning_of_a_text_says_what_all_of_it_says(way, spaces, monkeypatch):
    """How wide the first word of a text is, and where the next begins, is told by its beginning as by the whole, whatever stands in it."""
    chance, compared = random.Random(way + spaces), []

    def both(text, style, context, width, *others, **named):
        whole = line_break.split_first_line(text, style, context, width, *others, **named)
        if width == 0 and len(text) > 2 * breaking._BEGIN and (begin := breaking._beginning(text, style, **named)) != text:
            compared.append(text)
            assert line_break.split_first_line(begin, style, context, width, *others, **named)[1:] == whole[1:], text
        return whole

    monkeypatch.setattr(preferred, "split_first_line", both)
    texts = ["".join(chance.choices(PARTS, k=chance.randint(20, 40))) for _ in range(4)]
    body = "".join(f"<table><tr><td>{text}<td>甲</table>" for text in texts)
    style = CSS(string=f"{SHEET} body {{ overflow-wrap: {way}; white-space: {spaces} }}")
    HTML(string=f"<html lang='zh-CN'><meta charset='utf-8'><body>{body}").render(stylesheets=[style])
    assert bool(compared) == (spaces != "nowrap")
