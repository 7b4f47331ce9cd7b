"""Tables, lists, code and long words on the site: aligned, readable, reached by the keyboard, and whole on paper."""

import gc
import io
import re
import time
from collections.abc import Callable
from html import unescape

import pytest
from PIL import Image

from casepress.site.frames import framed
from conftest import case_text, run, write_files

ELEVEN = """| 年级 | 语文 | 数学 | 英语 | 科学 | 道法 | 体育 | 音乐 | 美术 | 劳动 | 合计 |
| --- | --: | :-: | :-- | --: | --: | --: | --: | --: | --: | --: |
| 一年级上学期 | 12 | 10 | 8 | 6 | 5 | 20 | 4 | 4 | 3 | 72 |
| 二年级 | 少量书面作业，每周不超过两次，不布置机械重复的作业 | 10 | 8 | 6 | 5 | 20 | 4 | 4 | 3 | 1072 |
"""
TWENTY = "\n".join(f"|{'|'.join(cells)}|" for cells in (["甲"] * 20, ["---"] * 20, ["1234"] * 20))
SHORT = "| 项目 | 数量 |\n| :-: | --: |\n| 社团 | 12 |\n"
ADDRESS = f"https://www.example.com/{'a' * 90}"
BODY = f"""表格在下面。

{ELEVEN}
### 小表

{SHORT}
### 大表

{TWENTY}

又一个：

| 网址 | 说明 |
| --- | --- |
| {ADDRESS} | 甲 |

### 清单

5. 第五
6. 第六

    1. 里一
    2. 里二

        1. 再里

- 点

    - 横

### 三级

#### 四级

##### 五级

*着重*

### 程序

    {"x = 1 + " * 40}

见[{ADDRESS}]({ADDRESS})。
"""


SLANTED = "*甲*，<i>乙</i>，<cite>丙</cite>，<dfn>丁</dfn>，<var>戊</var>\n\n<address>己</address>\n\n<figure><figcaption>庚</figcaption></figure>\n\n###### 六级\n\n辛\n"


def table(rows: str, before: str = "", attributes: str = "") -> str:
    return f"{before}<table{attributes}>{rows}</table>"


ROW = "<tr><td>甲</td></tr>"


@pytest.mark.parametrize(
    ("html", "names"),
    [
        (table(ROW), ["表格，可左右滚动"]),
        (table(ROW, "<h2>做法</h2><p>甲</p>"), ["表格：做法，可左右滚动"]),
        (table(f"<caption>课表</caption>{ROW}", "<h2>做法</h2>"), ["表格：课表，可左右滚动"]),
        (table(ROW, "<h2>一</h2>") + table(ROW) + table(ROW, "<h3>二</h3>"), ["表格：一", "表格：一（2）", "表格：二"]),
        (table(ROW) + table(ROW), ["表格，可左右滚动", "表格（2），可左右滚动"]),
        (f"<h2>{'长' * 60}</h2>" + table(ROW), [f"表格：{'长' * 30}…，可左右滚动"]),
        ("<h2>“引号” &amp; &lt;b&gt;</h2>" + table(ROW), ["表格：“引号” & <b>，可左右滚动"]),
        (f"<ul><li>{table(ROW)}</li></ul>", ["表格，可左右滚动"]),
        (table(f"<tr><td>{table(ROW)}</td></tr>"), ["表格，可左右滚动"]),
        (table(ROW, "", ' class="own"'), []),
        (f"<pre><code>{ROW.replace('<', '&lt;')}</code></pre>", []),
    ],
)
def test_a_table_gets_a_frame_with_a_name(html, names):
    """By its caption, else the heading above it, with a number where that names several; the frame takes the keyboard."""
    found = framed(html)
    said = list(
        map(unescape, re.findall(r'<div class="cp-frame" role="region" aria-label="([^"]*)" tabindex="0"><table class="cp-grid', found))
    )
    assert len(said) == len(names) and all(got.startswith(name) for got, name in zip(said, names, strict=True))


@pytest.mark.parametrize(
    ("row", "classes"),
    [
        ("<td>1</td>" * 6, "cp-grid"),
        ("<td>1</td>" * 7, "cp-grid cp-many cp-stays"),
        ('<td colspan="11">1</td>', "cp-grid cp-many cp-crowd cp-stays"),
        ("<td>1</td>" * 20, "cp-grid cp-many cp-crowd cp-crush cp-stays"),
        ('<td rowspan="2">1</td>' + "<td>1</td>" * 8, "cp-grid cp-many"),
        ('<td colspan="99999999">1</td>', "cp-grid"),
    ],
)
def test_columns_are_counted(row, classes):
    """Many columns are set closer; where cells go over several rows, no column stays in place."""
    assert re.findall('<table class="([^"]*)"', framed(table(f"<tr>{row}</tr><tr><td>甲</td></tr>"))) == [classes]


@pytest.mark.parametrize("text", ["", "<p>甲 <b>乙</b></p>", "甲 &amp; <br> 乙", "<P>大写</P>", "<p>表格 table</p>"])
def test_what_has_no_table_is_not_touched(text):
    """Byte for byte."""
    assert framed(text) == text


def test_the_rest_of_a_text_stays():
    """Around a table nothing changes: entities, void elements, lines, what looks like markup, attributes."""
    around = '<p id="a">甲 &lt;table&gt; &amp;amp; “”\n<br><img alt="a&quot;b" src="x.png"> <a href="?a=1&amp;b=2">乙</a></p>\n<pre><code>a\n  &lt;b\n</code></pre>\n尾'
    assert framed(f"{around}{table(ROW)}{around}").split("<div ")[0] == around
    assert framed(f"{around}{table(ROW)}{around}").endswith(around)


def test_long_words_are_marked():
    """An address as a link, code, or a cell's word is marked, so that lines may break in it; other links are not."""
    found = framed(f'<p><a href="{ADDRESS}">{ADDRESS}</a> <a href="{ADDRESS}">说明</a> <code>{"x" * 20}</code></p>')
    assert re.findall(r'<(\w+)[^>]*class="cp-long"', found) == ["a", "code"]


def test_lines_end_where_words_do():
    """Numbers, ids and options stay whole; paths and names are parted behind / and _; code with a mark in front may begin a line."""
    found = framed(
        "<p>选1—2项、50 MB，moe-3-01，OAI-PMH，<code>---</code><code>--write cases/collection_of.yml</code><code>wj-4-001 a_b</code>。"
        "<code>.docx</code>（<code>.md</code>）</p><pre><code>1—2 .a/b</code></pre>"
    )
    whole = ["1—2", "50 MB", "moe-3-01", "OAI-PMH", "---", "--write", "wj-4-001"]
    assert re.findall('<span class="cp-unbroken">([^<]*)</span>', found) == whole
    assert "</span> cases/<wbr>collection_<wbr>of.yml</code>" in found
    assert " a_b</code>。<wbr><code>.docx</code>（<code>.md</code>）" in found and "1—2 .a/b</code></pre>" in found
    assert all(f'unbroken">{name}<' in framed(f"<p><code>{name}</code></p>") for name in ("book-print.pdf", "standing-note", "---"))


def test_code_is_long_where_no_seam_parts_it():
    """What has a seam in every twenty letters ends its lines there, not within a word."""
    assert "cp-long" not in framed("<code>cases/collection.yml</code><code>marks_are_single_and_more</code>")
    assert "cp-long" in framed(f"<code>a/{'x' * 20}</code>")


def test_headings_of_two_lines_come_in_phrases():
    """No word is torn in them; short ones and those with marks of their own stay."""
    found = framed("<h2>做汇编：封面、版式、次序、字体、选编、版权页</h2><h2>短的标题</h2>")
    assert '<h2 class="cp-phrases">做汇编：<wbr>封面、版式、<wbr>次序、字体、' in found and "<h2>短的标题</h2>" in found


def seconds(work: Callable[[], object]) -> float:
    """The processor time of a work, without Python's looks for garbage, which cost by all that the tests hold."""
    gc.disable()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        gc.enable()


def test_frames_take_linear_time():
    """Four times as many tables take about four times as long, and deep lists and long words no more than that."""
    for piece in (table(ROW * 20), "<a href='x'>" + "a" * 400 + "</a>", "<ul><li><code>甲</code></li></ul>"):
        short, long = (min(seconds(lambda text=piece * count: framed(text)) for _ in range(3)) for count in (200, 800))
        assert long < 6 * short + 0.05, piece[:20]


def tall() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (600, 2400), "teal").save(data, "PNG")
    return data.getvalue()


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> str:
    """A site with a case and a page of content/ that hold wide tables, lists, code and a long address."""
    folder = tmp_path_factory.mktemp("frames") / "collection"
    assert run("new", folder).code == 0
    (folder / "cases" / "example.md").unlink()
    files = {"cases/b.md": case_text("高图", body="用~~旧~~新，H~2~O，10m<sup>2</sup>。\n\n![高](t.png)\n"), "cases/t.png": tall()}
    write_files(
        folder, files | {"cases/a.md": case_text("宽表", body=BODY), "content/about.md": f"# 关于\n\n## 数\n\n{ELEVEN}\n{SHORT}\n{SLANTED}"}
    )
    ran = run("-C", folder, "site")
    assert ran.code == 0, ran.words
    return (folder / "build" / "site").as_uri()


@pytest.fixture(scope="module", params=[True, False], ids=["scripts", "no scripts"])
def page(request, windows):
    """A page on a phone, with JavaScript and without."""
    page = windows(viewport={"width": 390, "height": 844}, java_script_enabled=request.param).page
    page.scripts = request.param
    return page


@pytest.mark.parametrize("path", ["cases/a.html", "about.html"])
def test_columns_stand_as_the_author_said(path, site, page):
    """`| --: |` is set right, `| :-: |` in the middle, `| :-- |` left, in heads and cells."""
    page.goto(f"{site}/{path}")
    for row in page.locator(".cp-grid tr").all()[:3]:
        cells = row.locator("th, td")
        said = [cells.nth(n).evaluate("cell => getComputedStyle(cell).textAlign") for n in range(11)]
        assert [word.replace("start", "left") for word in said] == ["left", "right", "center", "left", *["right"] * 7]


@pytest.mark.parametrize("path", ["cases/a.html", "about.html"])
def test_a_wide_table_is_read_with_the_keyboard(path, site, page):
    """Tab leads to the frame, which has a role and a name, and the arrow moves it; the page itself stays."""
    page.goto(f"{site}/{path}")
    frame = page.locator(".cp-frame").first
    assert frame.get_attribute("role") == "region" and "可左右滚动" in frame.get_attribute("aria-label")
    for _ in range(60):
        page.keyboard.press("Tab")
        if frame.evaluate("frame => document.activeElement === frame"):
            break
    assert frame.evaluate("frame => document.activeElement === frame")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    assert frame.evaluate("frame => frame.scrollLeft") > 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "only the table scrolls"


def test_eleven_columns_are_readable(site, page):
    """No column of words is a character wide, and a long cell is not a tower; the first column stays in sight."""
    page.goto(f"{site}/cases/a.html")
    for text, lines in page.evaluate(
        """() => Array.from(document.querySelector('.cp-grid').querySelectorAll('th, td')).map(cell => {
            const range = document.createRange();
            range.selectNodeContents(cell);
            const tops = new Set(Array.from(range.getClientRects()).map(rect => Math.round(rect.top)));
            return [cell.textContent, tops.size];
        })"""
    ):
        assert len(text) / lines >= min(len(text), 7), (text, lines)
    page.evaluate("document.querySelector('.cp-frame').scrollLeft = 200")
    boxes = page.evaluate(
        "[document.querySelector('.cp-frame'), document.querySelector('.cp-grid tbody td')].map(e => e.getBoundingClientRect().left)"
    )
    assert abs(boxes[0] - boxes[1]) < 2


def test_long_code_is_read_with_the_keyboard(site, page):
    """A program that is wider than the page is a named stop that the arrow moves; a short one is none."""
    page.goto(f"{site}/cases/a.html")
    code = page.locator(".cp-body pre > code").first
    assert code.get_attribute("role") == "region" and code.get_attribute("aria-label") == "代码：程序，可左右滚动"
    code.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    assert code.evaluate("code => document.activeElement === code && code.scrollLeft > 0")
    assert "tabindex" not in framed("<pre><code>a = 1\n</code></pre>")


def test_a_table_that_fits_is_no_stop(site, page):
    """With scripts, a frame that has nothing to scroll is passed over by Tab; it becomes a stop when the window narrows."""
    page.goto(f"{site}/cases/a.html")
    page.wait_for_timeout(200)
    small = page.locator(".cp-frame").nth(1)
    assert small.get_attribute("tabindex") == (None if page.scripts else "0")
    assert page.locator(".cp-frame").first.get_attribute("tabindex") == "0"


def test_a_tall_picture_is_seen_whole(site, page):
    """A picture that stands upright is no higher than a window, as wide as the column at most, and has its place before it loads."""
    page.goto(f"{site}/cases/b.html")
    shown = page.locator(".cp-text img").bounding_box()
    assert 600 < shown["height"] <= 760 and shown["width"] <= 390


def test_marks_inside_lines_look_like_it(site, page):
    """What is struck out is, and what is set low or high is small; no line is higher for it."""
    page.goto(f"{site}/cases/b.html")
    assert "line-through" in page.locator(".cp-body del").evaluate("each => getComputedStyle(each).textDecoration")
    for name in ("sub", "sup"):
        small, usual = page.locator(f".cp-body {name}").evaluate(
            "each => [each, each.parentNode].map(e => parseFloat(getComputedStyle(e).fontSize))"
        )
        assert small < 0.8 * usual
    line = page.locator(".cp-body p").first
    assert line.bounding_box()["height"] < 1.5 * float(line.evaluate("each => parseFloat(getComputedStyle(each).lineHeight)"))


def test_numbers_inside_lists_are_numbers(site, page):
    """5 stays 5, and lists inside lists are counted as in the book: 1. (1) ①, • and –."""
    page.goto(f"{site}/cases/a.html")
    kinds = page.locator(".cp-body ol").evaluate_all("all => all.map(ol => [ol.start, getComputedStyle(ol).listStyleType])")
    assert kinds == [[5, "decimal"], [1, "cp-bracketed"], [1, "cp-circled"]]
    marks = page.locator(".cp-body ul").evaluate_all("all => all.map(ul => getComputedStyle(ul).listStyleType.trim())")
    assert [mark.strip('" ') for mark in marks] == ["•", "–"]


@pytest.mark.parametrize("path", ["cases/a.html", "about.html"])
def test_nothing_slants_and_no_heading_is_less_than_the_text(path, site, page):
    """What is stressed or cited stands upright, in 楷体; headings of the lowest levels are as large and as dark as the text."""
    page.goto(f"{site}/{path}")
    slanted = "all => all.filter(each => getComputedStyle(each).fontStyle !== 'normal').map(each => each.tagName + each.className)"
    assert page.locator("body *").evaluate_all(slanted) == []
    assert all(
        "Kai" in face for face in page.locator("em, i, cite, dfn").evaluate_all("all => all.map(each => getComputedStyle(each).fontFamily)")
    )
    look = "each => [parseFloat(getComputedStyle(each).fontSize), getComputedStyle(each).color]"
    (size, colour), text = page.locator("h5, h6").first.evaluate(look), page.locator("#cp-content p").last.evaluate(look)
    assert size >= text[0] and colour == text[1]


@pytest.mark.parametrize("path", ["cases/a.html", "about.html"])
def test_nothing_is_cut_on_paper(path, site, page):
    """On A4, every table, program and address stands inside the type area, and nothing scrolls there."""
    page.goto(f"{site}/{path}")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round(166 / 25.4 * 96), "height": 900})
    page.wait_for_timeout(200)
    wide = page.evaluate(
        """() => Array.from(document.querySelectorAll('#cp-content *')).filter(each => {
            const style = getComputedStyle(each), box = each.getBoundingClientRect();
            return style.display !== 'none' && box.width && !each.closest('script') && (box.right > innerWidth + 1
                || each.scrollWidth > each.clientWidth + 1 && /auto|scroll|hidden/.test(style.overflowX));
        }).map(each => each.outerHTML.slice(0, 80))"""
    )
    assert wide == []
    words = page.evaluate(
        """() => Array.from(document.querySelectorAll('.cp-grid td, .cp-grid th')).filter(cell => {
            const range = document.createRange();
            range.selectNodeContents(cell);
            return range.getBoundingClientRect().right > cell.getBoundingClientRect().right + 1;
        }).map(cell => cell.textContent)"""
    )
    assert words == [], "a word stands over the edge of its cell"
