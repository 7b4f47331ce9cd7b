"""What a value in a stranger's file says to the one who reads it there: numbers of lists, cells by their format, fields that draw."""

import datetime

import pytest
from lxml import etree

from badparts import member
from casepress.collection.headline import fitting
from casepress.collection.settings import read_settings
from casepress.intake import cells, documents, glyphs, labels, manuscripts, numbering, packages
from casepress.intake.blocks import Grid, Paragraph
from wordparts import BASE, p, package, part, r, style, zipped


@pytest.mark.parametrize(
    ("kind", "numbers", "said"),
    [
        ("decimal", (1, 12), "1 12"),
        ("decimalZero", (1, 12), "01 12"),
        ("chineseCounting", (1, 10, 12, 20, 21, 103), "一 十 十二 二十 二十一 一〇三"),
        ("ideographDigital", (3,), "三"),
        ("decimalEnclosedCircle", (1, 20, 21), "① ⑳ 21"),
        ("decimalEnclosedCircleChinese", (2,), "②"),
        ("ideographEnclosedCircle", (3,), "③"),
        ("upperLetter", (1, 26, 27, 53), "A Z AA AAA"),
        ("lowerLetter", (2, 28), "b bb"),
        ("upperRoman", (1, 4, 9, 14, 40, 90, 1994), "I IV IX XIV XL XC MCMXCIV"),
        ("lowerRoman", (3, 8), "iii viii"),
    ],
)
def test_a_number_of_a_list_is_said_as_word_says_it(kind, numbers, said):
    """ECMA-376, 17.18.59: the kinds of numbers that people choose."""
    assert " ".join(numbering.said(number, kind) for number in numbers) == said


@pytest.mark.parametrize(
    ("value", "shown", "said", "told"),
    [
        (None, "General", "", ""),
        (None, ";;;", "", ""),
        ("秘密", ";;;", "", "hidden"),
        (True, "General", "是", ""),
        (False, "General", "否", ""),
        (datetime.date(2026, 3, 9), "yyyy-mm-dd", "2026-03-09", ""),
        (datetime.datetime(2026, 3, 9), 'yyyy"年"m"月"d"日"', "2026年3月9日", ""),
        (datetime.datetime(2026, 3, 9), 'yyyy"年"m"月"', "2026年3月", ""),
        (datetime.datetime(2026, 3, 9, 14, 5), "yyyy-mm-dd hh:mm", "2026-03-09 14:05", ""),
        (datetime.time(14, 5), "hh:mm", "14:05", ""),
        (0.125, "0.0%", "12.5%", ""),
        (0.5, "0%", "50%", ""),
        (2.5, "General", "2.5", ""),
        (0.1 + 0.2, "General", "0.3", ""),
        (7, "000", "007", ""),
        (7.0, "General", "7", ""),
        (float("nan"), "General", "", ""),
        (-float("inf"), "General", "", ""),
        (12345678901234567890, "0", "12345678901234567890", "lost-digits"),
        ("#REF!", "General", "", "error-value"),
        ("#N/A", "General", "", "error-value"),
        ("#标签", "General", "#标签", ""),
        ("　甲校_x000D_\r\n", "General", "甲校", ""),
    ],
)
def test_a_cell_says_what_is_seen_there(value, shown, said, told):
    """By its number format; what is hidden, wrong or not kept exactly is told."""
    text, remark = cells.said(value, shown)
    assert (text, remark.kind if remark else "") == (said, told)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (" FORMCHECKBOX ", glyphs.BOX),
        (r" EQ \\o\\ac(□,√) ", glyphs.TICK),
        (r" EQ \\f(1,2) ", "1/2"),
        (r" eq \\f( 三 ; 四 ) ", "三/四"),
        (r" EQ \\o(校,长) ", "校长"),
        (" MACROBUTTON NoMacro 甲校 ", "甲校"),
        (r' SYMBOL 0x52 \\f "Wingdings 2" ', glyphs.TICK),
        (" PAGE ", None),
    ],
)
def test_a_field_says_what_it_draws(code, said):
    """By its code alone, where Word kept no result."""
    assert glyphs.said_by(code.replace("\\\\", "\\"), None) == said


@pytest.mark.parametrize(
    ("inside", "said"),
    [("<w:checked/>", glyphs.TICK), ('<w:checked w:val="0"/>', glyphs.BOX), ('<w:default w:val="1"/>', glyphs.TICK), ("", glyphs.BOX)],
)
def test_a_box_of_a_form_is_ticked_or_not(inside, said):
    """A legacy check box by what was chosen, else by what it begins with."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    data = etree.fromstring(f'<w:ffData xmlns:w="{space}"><w:checkBox>{inside}</w:checkBox></w:ffData>')
    assert glyphs.said_by(" FORMCHECKBOX ", data) == said


def written(*texts: str) -> list[Paragraph]:
    return [Paragraph(text, text) for text in texts]


def test_the_head_of_a_manuscript():
    """Annex, title, subtitle, then unit and writers; a text that begins at once, with a table or a sentence, has none."""
    made = manuscripts.head(written("附件1", "以评促教", "——来自一所小学的探索", "常州市甲小学　王老五", "一、背景"))
    assert (made.title, made.subtitle, made.unit, made.people, made.length) == ("以评促教", "来自一所小学的探索", "常州市甲小学", ["王老五"], 4)
    for first in (Paragraph("这是一句完整的话。", ""), Paragraph("长" * 101, ""), Grid([])):
        assert manuscripts.head([first, *written("常州市甲小学")]).title == ""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("以评促教", None),
        ("以评促教+常州市甲小学", ("以评促教", "常州市甲小学", [])),
        ("以评促教+王老五", ("以评促教", "", ["王老五"])),
        ("以评促教＋常州市甲小学＋王老五、赵老六", ("以评促教", "常州市甲小学", ["王老五", "赵老六"])),
        ("C+语言+常州市甲小学+王老五", ("C+语言", "常州市甲小学", ["王老五"])),
        ("以评促教+探索+第二稿定稿版", None),
        ("常州市甲小学+以评促教", ("以评促教", "常州市甲小学", [])),
        ("以评促教+探索中的课堂", None),
    ],
)
def test_the_name_of_a_file_says_who_wrote_it(name, said):
    """Title, unit, writers, by what they look like; what is neither a name nor a unit is none, and a name without either says nothing."""
    made = manuscripts.of_name(name)
    assert (made and (made.title, made.unit, made.people)) == said


def test_a_headline_beyond_its_bound_is_cut_and_told_with_its_line():
    """The line of the file in which it stands, below blank ones."""
    title, problems = fitting("长" * 2_000, "\n\n# " + "长" * 2_000, "a.md", 5)
    assert len(title) < 2_000 and [(each.path, each.line) for each in problems] == [("a.md", 7)]
    assert str(len(title)) in problems[0].what and fitting("短", "# 短", "a.md", 5) == ("短", ())


LINKS = [
    ("a", "hyperlink", "https://example.org/a b", True),
    ("b", "hyperlink", "https://example.org/", True),
    ("c", "hyperlink", "javascript:x", True),
]


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        ([r("强", "<w:b/>"), r("调", "<w:b/>"), "一下"], "**强调**一下"),
        ([r("斜 ", "<w:i/>"), "体"], "*斜* 体"),
        (
            ["H", r("2", '<w:vertAlign w:val="subscript"/>'), "O，m", r("3", '<w:vertAlign w:val="superscript"/>')],
            "H<sub>2</sub>O，m<sup>3</sup>",
        ),
        (['<w:hyperlink r:id="a">' + r("资源") + "</w:hyperlink>", "在网上"], "[资源](https://example.org/a%20b)在网上"),
        (['<w:hyperlink r:id="b">' + r("https://example.org/") + "</w:hyperlink>", "在网上"], "https://example.org/在网上"),
        (['<w:hyperlink r:id="c">' + r("资源") + "</w:hyperlink>", "在网上"], "资源在网上"),
        (["一*星*，[方]，<尖>，a_b_c"], "一\\*星\\*，\\[方\\]，\\<尖\\>，a\\_b\\_c"),
    ],
)
def test_what_is_marked_in_a_text_stays_marked(runs, said):
    """Bold, italic, raised and lowered letters, links to the web; signs that Markdown would take for its own stay signs."""
    settings = read_settings("title: 库\n".encode())[0]
    data = package(p("以评促教") + p("一、背景") + p(*runs) + p("这是后面的一段话，它说得长一些，好让人知道这里是正文。"), links=LINKS)
    (made,) = documents.of_word(data, "a.docx", labels.labels(settings.fields), settings.places)
    assert said in made.body.split("\n"), made.body


def test_parts_are_found_by_their_relations_whatever_they_are_called():
    """Heads, feet and comments are told, styles and numbers count, notes come in; a part that nothing leads to says nothing."""
    settings = read_settings("title: 库\n".encode())[0]
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    counted = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1："/></w:lvl>'
    numbers = f'<w:abstractNum w:abstractNumId="7">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    parts = {
        "样.xml": ("styles", part("styles", BASE + style("h", "heading 1"))),
        "眉.xml": ("header", part("hdr", p("眉头的字"))),
        "又.xml": ("header", part("hdr", p("以评促教"))),  # as the title says: it is not told
        "脚.xml": ("footer", part("ftr", p("脚下有字了"))),
        "批.xml": ("comments", part("comments", '<w:comment w:id="1"/><w:comment w:id="2"/>')),
        "号.xml": ("numbering", part("numbering", numbers)),
        "注.xml": ("footnotes", part("footnotes", f'<w:footnote w:id="1">{p("注里的话")}</w:footnote>')),
    }
    body = p("以评促教") + p("背景", style="h") + p("数着的", props=counted) + p("这是后面的一段话" * 8, mark, "。")
    data = member(package(body, parts=parts), "word/styles.xml", None)
    (made,) = documents.of_word(data, "a.docx", labels.labels(settings.fields), settings.places)
    assert made.body == f"## 背景\n\n一：数着的\n\n{'这是后面的一段话' * 8}[^1]。\n\n[^1]: 注里的话"
    assert [problem.what.partition("，")[0] for problem in made.problems] == [
        "页眉里有 4 个字没有收",
        "页脚里有 5 个字没有收",
        "2 条批注没有收",
    ]
    lost = zipped({name: content for name, content in packages.opened(data, "word").parts.items() if name != "word/_rels/document.xml.rels"})
    (made,) = documents.of_word(lost, "a.docx", labels.labels(settings.fields), settings.places)
    assert not made.problems
