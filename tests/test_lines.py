"""Chinese lines, measured in PDFs read back: flush on both sides, opened where they may be, broken where they may be."""

import re
import shutil
import subprocess
import time
from array import array
from itertools import accumulate, pairwise

import pikepdf
import pytest
import weasyprint
from weasyprint.draw import text as drawing
from weasyprint.layout import inline, preferred

import generate_cases
from casepress import flow, scaffold
from casepress.book.book import whole_book
from casepress.collection import project
from casepress.press.lines.paragraphs import Shaped, paragraph
from casepress.press.patches.breaking import chinese_lines
from casepress.press.patches.drawing import readable
from linework import linework
from readback import Line, read_lines

MEASURE = 420  # pt: 40 characters of 10.5 pt
STYLE = """
    @page { size: 185mm 260mm; margin: 20mm 30pt }
    html { font: 10.5pt/18pt "Noto Serif CJK SC"; text-align: justify }
    body { margin: 0; width: 420pt }
    p { margin: 0; text-indent: 2em }
    em { font-family: "LXGW WenKai"; font-style: normal }
    code { font: 9pt "DejaVu Sans Mono", "Noto Sans CJK SC" }
    sup { font-size: 7pt; line-height: 1 }
"""
NOT_FIRST = "，。、；：！？）》”’】·～％"
NOT_LAST = "（《“‘【"

PLAIN = [
    "春天到了，校园里的老槐树发出新芽。孩子们在树下读书、画画、做游戏，老师把课桌搬到树荫里，语文课从一片叶子讲起。",
    "每周三下午，学校开放图书馆、木工房、气象站和小菜园，学生按自己的兴趣选一处，做一件小事，写一段观察，期末把全部记录装订成册。",
    "家长起初担心作业少了成绩会下来，半年以后看到孩子愿意读书、愿意动手，睡得也早，担心便少了许多；有的家长还报名来当讲解员。",
]
MIXED = [
    "校长常说：“少一点抄写，多一点思考。”于是语文组编了《每日一问》，数学组编了《生活里的数》，科学组编了《十个小实验》。",
    "这份计划——大家叫它“三点半之后”——分三步走……先调查，再试行，最后推广；到2024年5月，参加的学生有85%，比上年多12.5个百分点。",
    "“读一读”“写一写”“讲一讲”“做一做”，四个环节环环相扣（每个环节约10～15分钟），由语文、科学、美术3位老师同上一课。",
    "平台叫“Open Lesson”，支持PDF、EPUB和HTML三种格式，服务器放在A楼的Room 203；阿依古丽·买买提老师负责维护。",
]
MARKED = [
    "<strong>作业分层</strong>，指的是把作业分为<em>基础、提高、拓展</em>三层，学生按<a href='#x'>自己的情况</a>选做，"
    "老师<strong>当天批改<em>、当天反馈</em></strong>；<code>make all</code>之类的命令写在<a href='#x'><strong>附录</strong></a>里。",
    "调查<sup>[1]</sup>显示，<span>多数<span>家长<span>赞成</span></span></span>“<em>先玩后学</em>”的安排<sup>②</sup>，"
    "也有人问：<strong>“玩什么？”</strong>学校的回答写进了《<em>课后一小时</em>》（<strong>试行</strong>）。",
]


def set_pages(path, body: str, style: str = "", chinese: bool = True) -> list[Line]:
    html = f"<html lang='zh-CN'><style>{STYLE}{style}</style><body id='x'>{body}</body></html>"
    if chinese:
        with chinese_lines():
            document = weasyprint.HTML(string=html).render()
        with readable():
            document.write_pdf(path / "lines.pdf")
    else:
        weasyprint.HTML(string=html).write_pdf(path / "lines.pdf")
    return read_lines(path / "lines.pdf")


def paragraphs(texts) -> str:
    return "".join(f"<p>{text}</p>\n" for text in texts)


def letters(text: str) -> str:
    return re.sub(r"<[^>]+>|\s", "", text)


def full_lines(lines: list[Line], texts: list[str]) -> tuple[list[Line], list[Line]]:
    """Part lines into full ones and last ones of their paragraphs; the text must be the source's, all of it."""
    full, last, rest = [], [], iter(lines)
    for text in texts:
        want, got = letters(text), ""
        while len(got) < len(want):
            line = next(rest)
            got += letters(line.text)
            (full if len(got) < len(want) else last).append(line)
        assert got == want
    assert not list(rest)
    return full, last


def unmarked(text: str) -> str:
    return re.sub("[，。、；]", "", text)


def shifted(texts: list[str], step: int = 1) -> list[str]:
    """Each text behind 0 to 39 more characters, so that (with step 1) each of its places meets the end of a line."""
    return ["甲" * count + text for text in texts for count in range(0, 40, step)]


@pytest.mark.parametrize("measure", [420, 413.7, 300])
def test_full_lines_end_flush(tmp_path, measure):
    """Every full line ends within 0.1 pt of the measure, with bold, links, code, notes and other faces in it."""
    texts = shifted(PLAIN + MIXED + MARKED, 3)
    lines = set_pages(tmp_path, paragraphs(texts), f"body {{ width: {measure}pt }}")
    full, _ = full_lines(lines, texts)
    assert len(full) > 180
    ends = [line.x1 - 30 - measure for line in full]
    assert max(abs(end) for end in ends) < 0.1
    assert {round(line.x0, 2) for line in full} <= {30, 51}


def test_gaps_of_a_line_are_even_and_small(tmp_path):
    """In plain Chinese all gaps of a line are the same to 2/1000 em, and none is wider than 1/8 em."""
    texts = shifted([unmarked(text) for text in PLAIN], 2)
    full, _ = full_lines(set_pages(tmp_path, paragraphs(texts), "body { width: 413.7pt }"), texts)
    for line in full:
        assert max(line.gaps) - min(line.gaps) <= 0.0022 * line.size
        assert 0 < max(line.gaps) < line.size / 8


@pytest.mark.parametrize("whole", ["——", "……", "2024", "85%", "12.5", "PDF", "Room", "？！", "８５％", "か\u3099", "￥30"])
def test_some_pairs_are_never_opened(tmp_path, whole):
    """Dashes, ellipses, numbers with their signs, words and letters with their marks stay whole in a spread line."""
    texts = [f"老师说{whole}" + "的话" * 8, f"<em>老师</em>说<strong>{whole}</strong>" + "的话" * 8]
    loose = "p { width: 10.4em; text-indent: 0 }"
    full, _ = full_lines(set_pages(tmp_path, paragraphs(texts), loose), texts)
    assert any(whole in line.text for line in full)
    for line in (line for line in full if whole in line.text):
        ends = list(accumulate(len(glyph.text) for glyph in line.glyphs))
        start = line.text.index(whole)
        inner = {at for at, end in enumerate(ends) if start < end < start + len(whole)}
        assert max((abs(line.gaps[at]) for at in inner), default=0) < 0.03 * 10.5  # less is kerning
        others = [gap for at, gap in enumerate(line.gaps) if at not in inner]
        assert min(others) > 0.001 or max(others) < 0.001  # a squeezed line opens nowhere
        assert line.x1 == pytest.approx(30 + 10.4 * 10.5, abs=0.1)


def test_lines_that_need_no_filling_are_left_alone(tmp_path):
    """Last lines, lines before a break, centred and left-aligned lines keep their natural spacing."""
    text = unmarked(PLAIN[0])
    body = (
        f"<p>{text}</p><p>春风<br>{text}</p><h2 style='text-align: center'>{text}</h2>"
        f"<p style='text-align: left'>{text}</p><p>夏雨<strong>秋<br></strong>冬雪</p>"
    )
    lines = set_pages(tmp_path, body, "body { width: 413.7pt } h2 { font-size: 12pt }")
    filled = [line for line in lines if max(line.gaps, default=0) > 0.001]
    assert len(filled) == 2
    assert all(line.x1 == pytest.approx(443.7, abs=0.1) for line in filled)


@pytest.mark.parametrize("marked", [False, True])
def test_no_line_begins_or_ends_with_a_forbidden_mark(tmp_path, marked):
    """Whatever stands at the end of the measure, closing marks begin no line and opening marks end none."""
    text = "“甲”，《乙》（丙）：“《丁·戊》”、【己】；‘庚’！”“辛？”５０％～６０％——“壬”……（癸）。" * 2
    pieces = [text, "".join(f"<b>{letter}</b>" for letter in text), " ".join(text)]
    texts = shifted(pieces[1:2] if marked else pieces[::2])
    full, last = full_lines(set_pages(tmp_path, paragraphs(texts)), texts)
    starts, ends = [line.text[0] for line in full + last], [line.text[-1] for line in full]
    assert len(full) > 40
    assert not [letter for letter in starts if letter in NOT_FIRST]
    assert not [letter for letter in ends if letter in NOT_LAST]


@pytest.mark.parametrize("whole", ["——", "……", "８５％", "85%", "2024", "PDF"])
def test_some_pairs_are_never_parted(tmp_path, whole):
    """No line ends within dashes, ellipses, numbers or words, even where the parts stand in different elements."""
    marked = f"<b>{whole[:1]}</b>{whole[1:]}" if whole in ("——", "……") else whole
    texts = shifted([f"老师说{whole}的话" * 3, f"老师说{marked}的话" * 3])
    full, _ = full_lines(set_pages(tmp_path, paragraphs(texts)), texts)
    for line in full:
        assert line.text.count(whole[0]) % whole.count(whole[0]) == 0


def test_lines_may_end_outside_of_quotation_marks(tmp_path):
    """A row of quoted words is no single word: lines are filled up to its closing marks, so gaps stay small."""
    texts = shifted(["“春风化雨”“夏日蝉鸣”“秋高气爽”“冬日暖阳”“岁岁平安”“年年有余”的字样随处可见"])
    full, last = full_lines(set_pages(tmp_path, paragraphs(texts)), texts)
    assert {line.text[-1] for line in full} >= {"”"} and {line.text[0] for line in full + last} >= {"“"}
    assert max(max(line.gaps) for line in full) < 0.06 * 10.5


def test_lines_may_end_between_a_quotation_and_a_number(tmp_path):
    """What ends with ” is no part of the number or the word behind it, though neither is wide."""
    texts = shifted(["先把分层练习做好，再谈GB/T 9704。”2023—2024学年度，区教研室引进“春风”STEAM项目"])
    full, last = full_lines(set_pages(tmp_path, paragraphs(texts)), texts)
    begins = {line.text[:4] for line in full + last}
    assert "2023" in begins and "STEA" in begins


def test_no_paragraph_ends_with_a_lone_character(tmp_path):
    """The last line of a paragraph holds two characters at least, its closing mark not counted."""
    texts = shifted(["小事做好，大家都说好。", "小事做好，大家都说<strong>好事好</strong>"])
    _, last = full_lines(set_pages(tmp_path, paragraphs(texts)), texts)
    assert min(len(line.text.rstrip("。")) for line in last) == 2


def test_a_note_is_no_company(tmp_path):
    """The mark of a note does not save a lone character, and where lines are ragged none stays alone in a narrow cell."""
    texts = ["甲" * count + "他们每月至少到校一次。<sup>\u2060[1]</sup>" for count in range(25, 45)]
    _, last = full_lines(set_pages(tmp_path, paragraphs(texts)), [text.replace("\u2060", "") for text in texts])
    assert min(len(re.sub(r"。|\[1\]", "", line.text)) for line in last) >= 2
    cells = ["教师乙、教师丙", "劳动实践基地二楼东", "视唱和舞台"]
    _, last = full_lines(set_pages(tmp_path, paragraphs(cells), "p { text-align: left; text-indent: 0; width: 42pt }"), cells)
    assert min(len(line.text) for line in last) >= 2


def test_nothing_is_added_to_the_text(tmp_path):
    """An ordinary reader extracts from the PDF the very letters of the source, and no spaces between them."""
    loose = ["老师说" + "Supercalifragilistic" + "的话" * 12, "学校有570元和85%的A班"]
    texts = shifted(PLAIN + MIXED[:3])[::3] + loose
    body = paragraphs(texts[:-2]) + f"<p style='width: 14em'>{loose[0]}</p><p style='text-align: left'>{loose[1]}</p>"
    set_pages(tmp_path, body, "body { width: 413.7pt }")
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    command = ["pdftotext", "-nopgbrk", str(tmp_path / "lines.pdf"), "-"]
    read = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert read.replace("\n", "") == "".join(texts)


def test_text_without_chinese_is_left_to_weasyprint(tmp_path):
    """English paragraphs come out glyph for glyph where WeasyPrint itself puts them, on the baseline of Chinese pages."""
    text = "The teachers’ “small library” — a shelf, a lamp, a chair — was open every day; nobody kept a list. " * 5
    ours = set_pages(tmp_path, f"<p>{text}</p>")
    theirs = set_pages(tmp_path, f"<p>{text}</p>", chinese=False)
    assert [line.text for line in ours] == [line.text for line in theirs] and len(ours) > 3
    raised = theirs[0].y - ours[0].y  # all faces of a Chinese page stand on one baseline, a little above WeasyPrint's
    assert 0 <= raised < 1
    for own, other in zip(ours, theirs, strict=True):
        assert other.y - own.y == pytest.approx(raised, abs=0.01)
        assert [glyph.x0 for glyph in own.glyphs] == pytest.approx([glyph.x0 for glyph in other.glyphs], abs=0.001)


def test_words_in_a_chinese_line_share_its_gaps(tmp_path):
    """Spaces and the seams between Chinese and Latin open as the gaps between Chinese characters do."""
    text = "平台叫 Open Lesson 由A楼的老师维护"
    line = set_pages(tmp_path, f"<p>{text}</p>", "p { text-align-last: justify; text-indent: 0; width: 205pt }")[0]
    opened = [left.text + right.text for left, right in pairwise(line.glyphs) if right.x0 - left.x1 > 1]
    assert opened == ["平台", "台叫", " O", " L", " 由", "由A", "A楼", "楼的", "的老", "老师", "师维", "维护"]
    assert line.x1 == pytest.approx(235, abs=0.1)


@pytest.mark.parametrize(
    ("word", "most"),
    [("a_very_long_name_of_something_that_does_not_end_at_all_soon", 0.5), ("W" * 45, 0.5), ("https://example.com/" + "a" * 40, 0.5)],
)
def test_no_line_is_torn_apart_before_a_long_word(tmp_path, word, most):
    """A line before a word without end is broken inside it where its parts are joined, or stays short."""
    lines = set_pages(tmp_path, paragraphs(f"正文有一处，又一处，行内的这个词<code>{word}</code>，又有{word}和别的字。" for _ in range(2)))
    assert "".join(line.text for line in lines).count(word) == 4
    assert max(gap for line in lines for gap in line.gaps) < most * 10.5


ADDRESSES = (
    "详见《通知》（https://www.example.com/zhengce/content/2024-08/31/content_0000001.htm），并转告家长。",
    "材料在https://edu.example.org/list?id=2024&type=notice#part_3和www.example-education-bureau.org.cn/jyj/2021-12/30两处可以查到。",
    "The Open Lesson Platform internationalization programme characteristically encourages 学生 to collaborate.",
    "[3] https://www.example.org/path/to/a/very/long/address/that/does/not/end/soon?query=one&other=two#part",
    "Homework and Sleep, https://www.example.org/a-very-long-address-without-an-end/of-any-kind.html, 2021.",
    "平台的名称是Internationalization Accountability Responsibilities Framework，由学校自己维护，教师每周更新一次内容。",
)


@pytest.mark.parametrize("width", [150, 220, 303, 420])
def test_no_gap_is_wider_than_half_an_em(tmp_path, width):
    """Addresses end lines behind the marks that join their parts; where that is not enough the line stays short. A space is half an em
    wide at most, its gap counted in."""
    lines = set_pages(tmp_path, paragraphs(text * n for n in (1, 2, 3) for text in ADDRESSES), f"body {{ width: {width}pt }}")
    for line in lines:
        for left, right in pairwise(line.glyphs):
            white = right.x0 - left.x1 + (left.x1 - left.x0) * (left.text == " ")
            assert white <= 0.5 * 10.5 + 0.02, (line.text, left.text, right.text)


@pytest.mark.parametrize("whole", ["2—3项", "〔2021〕14号", "（2021—2023）", "15～20分钟", "阿依古丽·买买提", "2021-2023年", "10–12人"])
def test_ranges_numbers_of_documents_and_names_stay_whole(tmp_path, whole):
    """Wherever a line would end, it does not do so inside of these."""
    lines = set_pages(tmp_path, paragraphs("字" * n + f"，{whole}，" + "字" * 60 for n in range(24, 40)), "p { text-indent: 0 }")
    assert sum(whole in line.text for line in lines) == 16


NASTY = [
    "2—3项", "〔2021〕14号", "（2021—2023）", "第 4 中学", "第4中学", "第12实验小学", "10 km", "30%", "30 %", "12 个", "3.5 万元", "第 12 条", "20 分钟",
    "2 小时", "100 ℃", "图 1", "表 12", "1 200 元", "1,200元", "No. 5", "GB/T 9704", "10⁶ m²", "CO₂", "35 ㎡", "8：30", "40 min", "5 GHz", "10 km/h",
    "2 mg/L", "30 元/人", "5—8 人", "第 3—5 周", "3 个百分点", "12.5个百分点", "37.5 ℃", "五（2）班", "五(2)班", "10⁻³", "±5%", "￥30",
]  # fmt: skip


@pytest.mark.parametrize("some", [NASTY[nth::4] for nth in range(4)])
def test_numbers_with_all_that_belongs_to_them_stay_whole(tmp_path, some):
    """At every place where a line may end, none ends inside of these, with the spaces that people write or without."""
    texts = [f"{'字' * count}，{whole}，{'字' * 30}" for whole in some for count in range(24, 41)]
    lines = set_pages(tmp_path, paragraphs(texts), "p { text-indent: 0 }")
    found = {whole: sum(whole in line.text for line in lines) for whole in some}
    assert min(found.values()) >= 17, found


@pytest.mark.parametrize("width", range(100, 430, 23))
def test_lines_with_numbers_are_flush_and_tight_at_any_width(tmp_path, width):
    """Keeping them whole tears no line apart, and nothing of them is lost."""
    text = "，".join(f"学校有{whole}的安排" for whole in NASTY) + "。"
    lines = set_pages(tmp_path, f"<p>{text}</p>", f"body {{ width: {width}pt }}")
    assert "".join(line.text for line in lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        for left, right in pairwise(line.glyphs):
            assert right.x0 - left.x1 + (left.x1 - left.x0) * (left.text == " ") <= 0.5 * 10.5 + 0.02, (line.text, left.text, right.text)


@pytest.mark.parametrize("width", range(120, 430, 31))
def test_long_latin_words_are_not_broken_and_tear_no_line(tmp_path, width):
    """A word that does not fit goes to the next line whole, without a hyphen that its author did not write, and the line before it stays
    short where it would have to open by more than half an em."""
    words = "internationalization interdisciplinary characteristically responsibilities STEAM Accountability".split()
    text = "，".join(f"学校开展了{word}与 {other} 的课程" for word in words for other in words[::-1]) + "。"
    lines = set_pages(tmp_path, f"<p>{text}</p>", f"body {{ width: {width}pt }}")
    read = "".join(line.text for line in lines)
    assert read.replace(" ", "") == text.replace(" ", "") and "-" not in read
    assert {word for line in lines for word in re.findall("[A-Za-z]+", line.text)} == set(words)
    for line in lines:
        for left, right in pairwise(line.glyphs):
            assert right.x0 - left.x1 + (left.x1 - left.x0) * (left.text == " ") <= 0.5 * 10.5 + 0.02, (line.text, left.text, right.text)


def test_links_and_pictures_move_with_their_text(tmp_path):
    """The area of a link is that of its glyphs, and things in a line stand between the characters they follow."""
    box = "<i style='display: inline-block; width: 20pt; height: 4pt; background: red'></i>"
    body = f"<p>春天到了<a href='#x'>校园里的</a>老槐{box}树下<strong>孩<a href='#x'>子</a></strong>们读书</p>"
    line = set_pages(tmp_path, body, "p { text-align-last: justify; text-indent: 0; width: 240pt }")[0]
    at = {glyph.text: glyph for glyph in line.glyphs}
    with pikepdf.open(tmp_path / "lines.pdf") as document:
        areas = [[float(edge) for edge in link.Rect] for link in document.pages[0].Annots]
    assert areas[0][0] == pytest.approx(at["校"].x0, abs=0.1)
    assert areas[0][2] == pytest.approx([glyph for glyph in line.glyphs if glyph.text == "的"][0].x1, abs=0.1)
    assert (areas[1][0], areas[1][2]) == pytest.approx((at["子"].x0, at["子"].x1), abs=0.1)
    gap = at["天"].x0 - at["春"].x1
    assert at["树"].x0 - at["槐"].x1 == pytest.approx(20 + 2 * gap, abs=0.1)
    assert line.x1 == pytest.approx(270, abs=0.1)


FACES = ["Noto Serif CJK SC", "Noto Sans CJK SC", "LXGW WenKai"]


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("marked", [False, True])
def test_two_marks_that_meet_are_one_and_a_half_em(tmp_path, face, marked):
    """Of two marks side by side one loses the blank half of its em, whatever the face, also over the seams of elements."""
    pairs = "，“ 。” ）、 》（ ：《 ！” （《 ，（ ”（ 》， 』。 ）。 、《 。） ？”".split()
    pairs = [pair for pair in pairs if face != "LXGW WenKai" or not set("“”") & set(pair)]  # its quotes are narrow
    body = "".join(f"<p>甲{pair[0]}{'<b>' if marked else ''}{pair[1]}{'</b>' if marked else ''}乙</p>" for pair in pairs)
    lines = set_pages(tmp_path, body, f"html {{ font-family: '{face}' }} b {{ font-weight: 400 }}")
    for line, pair in zip(lines, pairs, strict=True):
        assert line.text == f"甲{pair}乙"
        assert line.glyphs[3].x0 - line.glyphs[0].x1 == pytest.approx(1.5 * 10.5, abs=0.02), pair


@pytest.mark.parametrize("pair", ["——", "……", "·丙", "丙丁", "（）", "，丙", "丙（"])
def test_other_pairs_keep_their_width(tmp_path, pair):
    """Dashes, ellipses, an empty bracket and single marks stand as the face has them."""
    line = set_pages(tmp_path, f"<p>甲{pair}乙</p>")[0]
    assert max(map(abs, line.gaps)) < 0.01
    assert {round(glyph.x1 - glyph.x0, 2) for glyph in line.glyphs if glyph.text in "，（）"} <= {10.5}


def test_marks_at_the_ends_of_lines_take_half_their_width(tmp_path):
    """A mark that ends a full line ends it with its half, one that begins a line has its half at the edge."""
    texts = shifted(["甲，乙。丙（丁）戊《己》庚" * 4])
    full, last = full_lines(set_pages(tmp_path, paragraphs(texts)), texts)
    ends = [line.glyphs[-1] for line in full if line.text[-1] in "，。）》"]
    starts = [line.glyphs[0] for line in full + last if line.text[0] in "（《" and line.x0 < 40]
    assert len(ends) > 10 and len(starts) > 5
    for glyph in ends:
        assert (glyph.x1 - glyph.x0, glyph.x1) == (pytest.approx(5.25, abs=0.02), pytest.approx(450, abs=0.1))
    for glyph in starts:
        assert (glyph.x1 - glyph.x0, glyph.x0) == (pytest.approx(5.25, abs=0.02), pytest.approx(30, abs=0.1))


def test_the_indent_of_a_paragraph_is_two_ems_before_a_bracket_too(tmp_path):
    """A bracket that begins a paragraph keeps its em, so that the indent is exact."""
    line = set_pages(tmp_path, f"<p>（{PLAIN[0]}</p>")[0]
    assert (line.x0, line.glyphs[1].x0) == (pytest.approx(51, abs=0.01), pytest.approx(61.5, abs=0.01))


def test_a_mark_is_pulled_in_before_a_character_is_pushed_out(tmp_path):
    """Where squeezing the marks of a line makes room for what is next, the line is not stretched."""
    text = "甲，乙，丙，丁，" + "春" * 30 + "夏，" + "秋" * 20
    full, _ = full_lines(set_pages(tmp_path, f"<p>{text}</p>", "p { text-indent: 0; width: 409.5pt }"), [text])
    assert full[0].text == text[:40] and max(full[0].gaps) < 0.01
    assert full[0].x1 == pytest.approx(439.5, abs=0.1)
    assert 5 < full[0].glyphs[1].x1 - full[0].glyphs[1].x0 < 10


def test_chinese_and_latin_stand_an_eighth_of_an_em_apart(tmp_path):
    """Between an ideograph and a letter or digit: nothing beside marks and at the ends of lines, a space at most a quarter."""
    line = set_pages(tmp_path, "<p>共12人，A班（B）的 C 组 D</p>", "p { text-align: left }")[0]
    at = {left.text + right.text: right.x0 - left.x1 for left, right in pairwise(line.glyphs)}
    assert {pair for pair, gap in at.items() if gap > 0.05} == {"共1", "2人", "A班"}
    assert (at["共1"], at["2人"], at["A班"]) == (pytest.approx(10.5 / 8, abs=0.02),) * 3
    spaces = [
        right.x0 - left.x1 for left, space, right in zip(line.glyphs, line.glyphs[1:], line.glyphs[2:], strict=False) if space.text == " "
    ]
    assert len(spaces) == 3 and max(spaces) <= 10.5 / 4 + 0.02
    texts = shifted(["第12组有A个", "<b>12</b>人和<b>B</b>组"])
    full, last = full_lines(set_pages(tmp_path, paragraphs(texts)), texts)
    assert {round(line.x0, 2) for line in full + last} <= {30, 51}
    assert max(abs(line.x1 - 450) for line in full) < 0.1
    assert max(max(line.gaps, default=0) for line in full + last) <= 10.5 / 4


@pytest.mark.parametrize("whole", ["570元", "5%", "2小时", "第3批", "3.5米", "2024年", "12个", "10 kg"])
def test_a_number_stays_with_its_unit(tmp_path, whole):
    """No line ends between a number and what it counts, also where the number is in an element of its own."""
    number = re.sub("(\\d+)", "<b>\\1</b>", whole, count=1)
    texts = shifted([f"老师说{whole}的话" * 2, f"老师说{number}的话" * 2], 2)
    full, last = full_lines(set_pages(tmp_path, paragraphs(texts)), texts)
    for line in full + last:
        digits = re.search(r"[\d.]+", whole)[0]
        assert line.text.count(digits) == line.text.count(whole[-1]) == line.text.count(whole)


def test_faces_share_one_baseline(tmp_path):
    """Lines of one size and line height stand on one grid in every face, with borrowed characters or without."""
    text = "春天到了，校园里的老槐树发出新芽A—“芽”"
    faces = ["Noto Serif CJK SC", *FACES[1:], "FandolFang", "DejaVu Serif"]
    body = "".join(f'<p style=\'font-family: "{face}", "Noto Serif CJK SC"\'>{text}</p>' for face in faces)
    lines = set_pages(tmp_path, body)
    assert len(lines) == len(faces)
    for above, below in pairwise(lines):
        assert below.y - above.y == pytest.approx(18, abs=0.05)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Twelve generated cases of full length in one book, measured."""
    folder = tmp_path_factory.mktemp("book")
    scaffold.new_collection(folder, "行")
    generate_cases.fill(folder / "cases", 12)
    place = project.find(folder)
    found, _ = flow.check_project(place)
    press, whole = flow.press_of(place, found), whole_book(found)
    (folder / "book.pdf").write_bytes(press.make_book(whole).pdf)
    return linework(press, whole, folder / "book.pdf")


def test_lines_of_a_book(book):
    """Of full lines 99.5 % end within 0.3 pt of the measure; none is looser than a quarter em, none begins or ends badly."""
    assert book.full > 600
    assert book.flush >= 0.995, book.off
    assert (book.loose, book.forbidden, book.lone) == ([], [], [])


def test_a_book_is_read_as_it_was_written(book):
    """A reader gets each paragraph of the book whole, in order, and without spaces that nobody wrote."""
    assert (book.missing, book.misread) == ([], [])


@pytest.mark.parametrize("style", ["font-feature-settings: 'halt'", "word-spacing: 3pt"])
def test_other_settings_of_the_text_go_together_with_filling(tmp_path, style):
    """Half-width punctuation and wider words asked for in the style leave the lines flush."""
    texts = shifted(MIXED[:2] + MARKED, 3)
    full, _ = full_lines(set_pages(tmp_path, paragraphs(texts), f"p {{ {style} }}"), texts)
    assert max(abs(line.x1 - 450) for line in full) < 0.3


def broken(text: str) -> float:
    """How long it takes to find the ends of all lines of a paragraph of so many characters, in seconds."""
    size = len(text)
    widths, nothing = array("d", [16.0] * size), array("d", bytes(8 * size))
    right = array("d", [8.0 if letter in "，。" else 0.0 for letter in text])
    made = paragraph(Shaped(text, widths, nothing, right, [16.0] * size, {0: None}), b"\0" + bytes([1] * size), (), True)
    began = time.process_time()
    while made.start < size:
        made.start = made.line_end(made.start, size, 400, True) or made.next_break(made.start, size)
    return time.process_time() - began


@pytest.mark.parametrize("shape", ["一段很长的文字，没有分段。", "，", "“", "字"])
def test_a_long_paragraph_takes_its_time_and_no_more(shape):
    """Lines are found in a time that grows with the paragraph and not with its square, whatever it is made of."""
    short, long = (min(broken((shape * count)[:count]) for _ in range(3)) for count in (10_000, 40_000))
    assert long < 9 * short + 0.05


@pytest.mark.parametrize("shape", ["A", "《", "“‘"])
def test_a_word_that_no_line_holds_takes_its_time_and_no_more(shape):
    """A text without a place where lines may end is broken in a time that grows with its length and not with its square."""

    def taken(count: int) -> float:
        html = f"<html lang='zh-CN'><style>{STYLE} html {{ overflow-wrap: break-word }}</style><p>{(shape * count)[:count]}</p></html>"
        with chinese_lines():
            began = time.process_time()
            weasyprint.HTML(string=html).render()
            return time.process_time() - began

    short, long = (min(taken(count) for _ in range(2)) for count in (2_000, 10_000))
    assert long < 9 * short


def test_weasyprint_is_restored():
    """After the block, nested or left by an error, WeasyPrint's functions are its own again."""
    places = [(inline, name) for name in ("justify_line", "split_text_box", "can_break_text", "text_align", "strut")]
    places += [(inline, "get_next_linebox"), (inline, "split_first_line"), (preferred, "split_first_line")]
    places += [(drawing, "draw_first_line")]

    def now():
        return [getattr(module, name) for module, name in places]

    before = now()
    with pytest.raises(KeyError), chinese_lines(), readable():
        with chinese_lines(), readable():
            assert inline.justify_line is not before[0]
        assert inline.justify_line is not before[0]
        raise KeyError
    assert now() == before


@pytest.mark.parametrize("room", [40, 45, 52, 60, 70, 90, 105])
def test_a_name_longer_than_its_line_is_broken_behind_its_dot(tmp_path, room):
    """In a narrow cell a long name ends its line behind ·, or between two characters: none begins with ·, and no character is left alone."""
    style = (
        f"table {{ table-layout: fixed; border-spacing: 0; width: {room}pt }} td {{ padding: 0; text-align: left; overflow-wrap: break-word }}"
    )
    for name in ("努尔比亚·阿卜杜拉", "阿依古丽·买买提"):
        lines = [line.text for line in set_pages(tmp_path, f"<table><tr><td>{name}</td></tr></table>", style)]
        assert "".join(lines) == name
        assert not any(line[0] == "·" or len(line.strip("·")) < 2 for line in lines), lines
        assert len(lines) == 1 or room < 52 or lines[0][-1] == "·"


@pytest.mark.parametrize("align", ["justify", "left", "center"])
def test_a_figure_goes_with_its_last_character(tmp_path, align):
    """Where one character alone would be the last line, what stands before it goes with it, be it a figure of five signs."""
    for count in range(24, 38):
        text = "甲" * count + "，人均 22.5 课"
        lines = set_pages(tmp_path, f"<p>{text}</p>", f"p {{ text-align: {align}; text-indent: 0 }}")
        assert len(lines[-1].text) > 1 or len(lines) == 1, lines[-1].text
