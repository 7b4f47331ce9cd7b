"""The press: bound PDFs read back. What stands on which page, in which face, at which place, and what is refused.

Two books are looked at: the sample's 37 digest cases, and a small one with everything that a page can hold.
"""

import io
import os
import re
import shutil
import subprocess
import sys
import threading
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from html.parser import HTMLParser
from http.server import ThreadingHTTPServer
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

import vectors
from casepress import flow
from casepress.book.book import Book, back, front, sections, whole_book
from casepress.book.measures import MM, Profile
from casepress.book.profiles import read_profile
from casepress.collection import project
from casepress.facts.numerals import roman
from casepress.markup import parsing
from casepress.press import numbers
from casepress.press.binding import BindingFailed
from casepress.press.families import font_configuration
from casepress.press.layout import lay_out
from casepress.press.making import Press
from casepress.type.faces import shipped_faces
from casepress.values.cases import Case
from conftest import case_text, run
from readback import Line, read_lines

PRINT = Path(__file__).resolve().parents[1] / "theme" / "print"
NOT_FIRST = "，。、；：！？）》”’"
NOT_LAST = "（《“‘"
FULL = """---
title: 减负不减质：“三段六环”作业设计在九年一贯制学校的实践与思考
subtitle: 以示例第一小学为例
region: 江苏省
school: 示例第一小学（虚构）
authors: [示例甲, 示例乙]
theme: 课后服务
batch: 第四批
award: 一等奖
form: full
summary: 学校从作业的“量”与“质”入手，用三段六环的流程把布置、批改、反馈连成一体，书面作业的时间少了，学生的睡眠和阅读多了。
source: {title: 示例通知, issuer: 示例教育局（虚构）, number: 示教〔2026〕1号, date: 2026-05-01, url: "https://example.org/a"}
photos: [{file: wide.png, alt: 课堂, caption: 图1　学生在课堂上讨论, credit: 示例丙}]
---
## 一、背景

作业一度“一刀切”：*好学生吃不饱*，**后进生吃不了**，教师批改也疲惫[^1]。2021年5月，学校对1,200名学生做了调查，每天书面作业超过90分钟的占38.6%，与“English words”混排也要齐。

> 作业不是越多越好，也不是越少越好，而是要让每个孩子都“够得着、用得上、做得完”，老师们把它写在墙上。

## 二、做法

### （一）三段：课前、课中、课后

课前以“一张纸”预习，不超过10分钟；课中以`当堂练`为主；课后分层，学生按自己的情况选做[^2]。这里再写一些文字，看看《义务教育课程方案》等书名号怎样落在行端；——破折号与……省略号也在这里，见[邮箱](mailto:a@example.org)、[网站](https://example.org/b)和[这里](javascript:alert(1))。

- 第一项，读一读课文，圈出不懂的地方，写下一个问题，第二天带到课堂上同大家讨论，这一项要折到下一行；
    - 里面还有一层，写得长一些，看看第二层的悬挂是不是整齐，折行以后是不是还在同一条竖线上；
- 第二项。

1. 教研组集体设计；
2. 备课组试做并记录时间，超时的要改，改了再试，直到大多数教师认为学生能在规定的时间之内完成为止。

| 层次 | 内容 | 时间 |
| --- | --- | ---: |
| 基础 | 课本习题、字词抄写 | 15分钟 |
| 提高 | 变式练习，要求说出思路，写出两种以上的解法，并比较哪一种更简便，写下理由 | 10分钟 |

![操场](pano.jpg "图2　操场上的活动")

图后面的文字还在行上，图后面的文字还在行上，图后面的文字还在行上，图后面的文字还在行上，图后面的文字还在行上。

## 三、成效

FILLING

    统计 = {"语文": 15}

[^1]: 调查由学校教导处组织，问卷共发放1,200份，回收1,186份，有效率98.8%；这条注很长，要折到第二行，看看悬挂是不是整齐。
[^2]: 见《义务教育学校作业管理办法》。
"""
ROWS = "".join(f"| 第{n}项 | 内容写在这里，有长有短 | {n * 3} |\n" for n in range(1, 46))
PARAGRAPH = "这一段用来充满一页，有“引号”，有《书名》，也有2026年的数字和85%的比例；一行接一行，行行都要齐。" * 4
SETTINGS = """title: 版面样张
publisher: 试排组
date: 2026年11月
book: {parts: theme, cover: seal}
fields:
  theme: {choices: [课后服务, 作业管理]}
"""


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


@dataclass(frozen=True)
class Bound:
    """A bound PDF and what it was made from. Pages count from 1; page 1 lies on the right, as every odd one."""

    pdf: Path
    book: Book
    profile: Profile

    @cached_property
    def lines(self) -> dict[int, list[Line]]:
        found = defaultdict(list)
        for line in read_lines(self.pdf):
            found[line.page].append(line)
        return found

    @cached_property
    def labels(self) -> list[str]:
        with pikepdf.open(self.pdf) as pdf:
            return [page.label for page in pdf.pages]

    @cached_property
    def outline(self) -> list[tuple[int, str, int]]:
        with pikepdf.open(self.pdf) as pdf, pdf.open_outline() as outline:
            pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
            return list(_walk(outline.root, 0, pages))

    @cached_property
    def starts(self) -> dict[str, int]:
        """The page on which the words of each case's title stand, large."""
        large = {n: squeeze("".join(line.text for line in self.lines[n] if round(line.size) in (15, 20))) for n in self.pages}
        found = {case.id: [n for n, text in large.items() if squeeze(case.title) in text] for case in self.book.cases}
        assert all(len(pages) == 1 for pages in found.values()), found
        return {case: pages[0] for case, pages in found.items()}

    @property
    def pages(self) -> range:
        return range(1, len(self.labels) + 1)

    @property
    def body(self) -> range:
        """The pages of the cases."""
        behind = [title for piece in back(self.book) for _, title in piece.titles]
        ends = [page for _, title, page in self.outline if title in behind] or [len(self.labels) + 1]
        return range(self.labels.index("1") + 1, ends[0])

    @property
    def contents(self) -> range:
        return range(next(page for _, title, page in self.outline if title == "目录"), self.labels.index("1") + 1)

    @cached_property
    def dividers(self) -> dict[int, str]:
        parts = {f"{part.ordinal}　{part.title}": part.title for part in self.book.parts}
        return {page: parts[title] for _, title, page in self.outline if title in parts}

    @cached_property
    def blanks(self) -> list[int]:
        return [page for page in self.pages if not self.lines[page]]

    def is_right(self, page: int) -> bool:
        return page % 2 == 1

    def left_edge(self, page: int) -> float:
        return self.profile.inner if self.is_right(page) else self.profile.outer

    def right_edge(self, page: int) -> float:
        return self.left_edge(page) + self.profile.measure

    def text_lines(self, page: int) -> list[Line]:
        """The lines of the text area."""
        bottom = self.profile.above + self.profile.lines * self.profile.pitch
        return [line for line in self.lines[page] if self.profile.above < line.y < bottom]

    def head(self, page: int) -> list[Line]:
        return [line for line in self.lines[page] if line.y < self.profile.above]

    def foot(self, page: int) -> list[Line]:
        bottom = self.profile.above + self.profile.lines * self.profile.pitch
        return [line for line in self.lines[page] if line.y > bottom]


def _walk(items, depth, pages) -> Iterator[tuple[int, str, int]]:
    for item in items:
        yield depth, str(item.title), pages[item.destination[0].objgen]
        yield from _walk(item.children, depth + 1, pages)


def picture(width: int, height: int, kind: str) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(out, kind)
    return out.getvalue()


def press_of(folder: Path) -> tuple[Press, Book]:
    place = project.find(folder)
    collection, _ = flow.check_project(place)
    return flow.press_of(place, collection), whole_book(collection)


@pytest.fixture(scope="module")
def varied_folder(tmp_path_factory) -> Path:
    """A collection of four cases that together hold whatever a page can hold."""
    folder = tmp_path_factory.mktemp("varied")
    long_title = "一个特别特别长的摘编标题，长到在十五磅的字号下一行也放不下，必须要折成两行才行"
    table = f"长表在下面：\n\n| 编号 | 内容 | 数 |\n| --- | --- | --- |\n{ROWS}\n表后的文字还在行上。{PARAGRAPH}"
    files = {
        "collection.yml": SETTINGS,
        "a.md": FULL.replace("FILLING", f"{PARAGRAPH}\n\n" * 12),
        "b.md": case_text("一校一案", batch="第四批", body=f"{PARAGRAPH}\n\n" * 4)
        .replace("digest", "full\n奖项: 特等奖")
        .replace("奖项", "award"),
        "c.md": case_text("长表怎样跨页", theme="作业管理", batch="第四批", body=table),
        "d.md": case_text(long_title, theme="作业管理", batch="第四批", body=f"### 第一步\n\n{PARAGRAPH}\n\n## 收尾\n\n{PARAGRAPH}"),
        "wide.png": picture(1600, 1000, "PNG"),
        "pano.jpg": picture(2400, 700, "JPEG"),
    }
    (folder / "cases").mkdir()
    for name, content in files.items():
        (folder / "cases" / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@pytest.fixture(scope="module")
def varied_press(varied_folder) -> tuple[Press, Book]:
    """The press of these cases, with its fonts and its stylesheet read once."""
    return press_of(varied_folder)


@pytest.fixture(scope="module")
def varied(varied_folder, varied_press) -> Bound:
    press, book = varied_press
    made = press.make_book(book)
    assert made.messages == ()
    (varied_folder / "book.pdf").write_bytes(made.pdf)
    return Bound(varied_folder / "book.pdf", book, press.composer.profile)


@pytest.fixture(scope="module")
def whole(sample) -> Bound:
    press, book = press_of(sample)
    assert len(book.cases) == 37
    return Bound(sample / "build" / "books" / "book.pdf", book, press.composer.profile)


@pytest.fixture(scope="module", params=["whole", "varied"])
def bound(request) -> Bound:
    return request.getfixturevalue(request.param)


# Where things stand


def test_the_outline_leads_to_the_titles(bound):
    """The bookmarks are those of the book, with each case once, and lead to the pages where these words stand."""
    assert [(depth, title) for depth, title, _ in bound.outline] == [*bound.book.outline()]
    assert len(bound.starts) == len(bound.book.cases)
    for _, title, page in bound.outline[2:]:
        assert squeeze(title) in squeeze("".join(line.text for line in bound.lines[page]))
    titles = {case.title: bound.starts[case.id] for case in bound.book.cases}
    assert {title: page for _, title, page in bound.outline if title in titles} == titles


def entries(bound: Bound) -> Iterator[tuple[str, str, int, float]]:
    """The entries of the contents: their words, the number at the right edge, the page and the height of their first line."""
    others = {squeeze(title) for piece in (*front(bound.book), *back(bound.book)) for _, title in piece.titles}
    for page in bound.contents:
        rows = defaultdict(list)
        for line in bound.text_lines(page):
            for glyph in line.glyphs:
                rows[round(glyph.y)].append(glyph)
        words, top = "", 0.0
        for y, glyphs in sorted(rows.items()):
            glyphs.sort(key=lambda glyph: glyph.x0)
            if "Sans" in glyphs[0].font or glyphs[0].size > 15:
                continue  # a part, or the heading
            number = [glyph for glyph in glyphs if glyph.x0 > bound.right_edge(page) - 20]
            top = top if words else y
            words += squeeze("".join(glyph.text for glyph in glyphs if glyph not in number and glyph.text != "·"))
            if number:
                assert number[-1].x1 == pytest.approx(bound.right_edge(page), abs=0.5)
                assert max(glyph.x1 for glyph in glyphs if glyph not in number) < number[0].x0 - 5, "leaders touch the figures"
                if words not in others:
                    yield words, "".join(glyph.text for glyph in number), page, top
                words = ""
        assert not words


def test_the_page_numbers_in_the_contents_are_true(bound):
    """Every case is in the contents, with the number of the page where its title stands, as printed on it."""
    found = list(entries(bound))
    assert len(found) == len(bound.book.cases)
    for case, (words, number, _, _) in zip(bound.book.cases, found, strict=True):
        assert words == squeeze(case.title).replace("·", "") + squeeze(case.text("school") + case.text("authors"))
        assert number == bound.labels[bound.starts[case.id] - 1]


def test_the_contents_lead_to_the_pages(bound):
    """A click on an entry of the contents, or on its number, leads to the page where the case begins."""
    with pikepdf.open(bound.pdf) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        targets = {name: pages[place[0].objgen] for name, place in pikepdf.NameTree(pdf.Root.Names.Dests).items()}
        height = float(pdf.pages[0].mediabox[3])
        links = defaultdict(list)
        for number in bound.contents:
            for link in pdf.pages[number - 1].get("/Annots", []):
                _, top, _, bottom = (height - float(side) for side in link.Rect)
                links[number].append((min(top, bottom), max(top, bottom), targets[str(link.Dest)]))
    for case, (_, _, page, y) in zip(bound.book.cases, entries(bound), strict=True):
        assert {target for top, bottom, target in links[page] if top < y < bottom} == {bound.starts[case.id]}


def test_page_labels_are_roman_then_arabic(bound):
    """Between the covers the front matter counts i, ii, iii, and the body from 1; it begins on the right."""
    labels = [label for label in bound.labels if label not in ("封面", "封二", "封三", "封底")]
    front = labels.index("1")
    assert front % 2 == 0 and bound.labels[:2] == ["封面", "封二"] and bound.labels[-1] == "封底"
    assert labels[:front] == [roman(n) for n in range(1, front + 1)]
    assert labels[front:] == [str(n) for n in range(1, len(labels) - front + 1)]


def test_the_number_on_a_page_is_its_label(bound):
    """Every page of contents and cases shows its label as “— 12 —”, one character from the outer edge, 7 mm below the text."""
    plain = {1, 3, 4, len(bound.labels), *bound.dividers, *bound.blanks}  # 3 and 4 are 扉页 and imprint
    for page in bound.pages:
        found = ["".join(line.text for line in bound.foot(page))]
        assert squeeze(found[0]) == ("" if page in plain else f"—{bound.labels[page - 1]}—")
        for line in bound.foot(page):
            edge = bound.profile.body
            if bound.is_right(page):
                assert line.x1 == pytest.approx(bound.right_edge(page) - edge, abs=0.1)
            else:
                assert line.x0 == pytest.approx(bound.left_edge(page) + edge, abs=0.1)
            bottom = bound.profile.above + bound.profile.lines * bound.profile.pitch - (bound.profile.pitch - bound.profile.body) / 2
            assert bottom + 7 * MM < line.y < bottom + 7 * MM + bound.profile.body
            assert line.y < bound.profile.height - 5 * MM


def test_parts_begin_on_the_right(bound):
    """A divider is a right-hand page, the first case behind it too; a blank is a left-hand page with nothing on it."""
    assert list(bound.dividers.values()) == [part.title for part in bound.book.parts]
    assert all(bound.is_right(page) for page in bound.dividers)
    assert all(bound.is_right(bound.starts[part.cases[0].id]) for part in bound.book.parts)
    assert bound.blanks and not any(bound.is_right(page) for page in bound.blanks if bound.labels[page - 1] != "封三")
    with pikepdf.open(bound.pdf) as pdf:
        for page in bound.blanks:
            drawn = {str(operator) for _, operator in pikepdf.parse_content_stream(pdf.pages[page - 1])}
            assert not drawn & {"Tj", "TJ", "Do", "f", "F", "f*", "S", "s", "B", "sh"}
            assert not pdf.pages[page - 1].get("/Annots")


def test_running_heads_name_the_part_and_the_case(bound):
    """On the left stands the part, on the right the case, at the outer edge; nothing where a piece begins, on dividers and blanks."""
    first = {bound.starts[section.cases[0].id] for section in sections(bound.book) if section.cases}
    part, titles = "", []
    for page in bound.body:
        begins = [case.title for case in bound.book.cases if bound.starts[case.id] == page]
        part = bound.dividers.get(page, part)
        wanted = "" if page in {*first, *bound.dividers, *bound.blanks} else (begins or titles[-1:])[0] if bound.is_right(page) else part
        titles += begins
        assert squeeze("".join(line.text for line in bound.head(page))) == squeeze(wanted), page
        for line in bound.head(page):
            if bound.is_right(page):
                assert line.x1 == pytest.approx(bound.right_edge(page), abs=0.5)
            else:
                assert line.x0 == pytest.approx(bound.left_edge(page), abs=0.5)


# Lines


class Blocks(HTMLParser):
    """The words of each paragraph and heading of a fragment, without tables, notes and code; what a test of lines reads.

    In a digest a heading of the third level and below runs in with the paragraph behind it.
    """

    def __init__(self, is_digest: bool) -> None:
        super().__init__()
        self.is_digest, self.before = is_digest, ""
        self.found: list[str] = []
        self.skipped = 0

    def handle_starttag(self, tag, attrs):
        if tag in ("table", "pre") or dict(attrs).get("class") == "footnote":
            self.skipped += 1
        elif tag == "figcaption":
            self.skipped += 1
        elif tag in ("p", "li", "h2", "h3", "h4") and not (self.is_digest and tag == "p" and self.before in ("h3", "h4")):
            self.found.append("")

    def handle_endtag(self, tag):
        self.before = tag
        if tag in ("table", "pre", "figcaption"):
            self.skipped -= 1

    def handle_data(self, data):
        if not self.skipped:
            self.found.append("") if not self.found else None
            self.found[-1] += squeeze(data)


def blocks(case: Case) -> list[str]:
    """The blocks of a case's body; a note's mark is printed in brackets."""
    parser = Blocks(case.is_digest)
    parser.feed(re.sub(r'(<a [^>]*class="footnote-ref"[^>]*>)(\d+)(</a>)', r"\1[\2]\3", case.body.html))
    return [block for block in parser.found if block]


def full_lines(bound: Bound) -> Iterator[Line]:
    """The lines of paragraphs that do not end them: all of these should be full."""
    wanted = iter([block for case in bound.book.cases for block in blocks(case)])
    rest, text = "", next(wanted)
    for page in bound.body:
        for line in bound.text_lines(page):
            words = re.sub(r"^([•–]|\d\.(?!\d))", "", squeeze(line.text)) if not rest else squeeze(line.text)
            if not words or not text.startswith(words, len(rest)):
                continue  # not of the body: a title, a table, a note
            rest += words
            if rest == text:
                rest, text = "", next(wanted, "")
            else:
                yield line
    assert not text, f"not found: {text}"


def test_full_lines_are_flush(bound):
    """Of the full lines of the text, 99 % end within 0.5 pt of the right edge of the measure."""
    found = list(full_lines(bound))
    in_quotes = 2 * bound.profile.body
    apart = [min(abs(bound.right_edge(line.page) - line.x1), abs(bound.right_edge(line.page) - in_quotes - line.x1)) for line in found]
    assert len(found) > 80
    assert sum(distance <= 0.5 for distance in apart) >= 0.99 * len(found)


def test_no_line_begins_or_ends_with_the_wrong_mark(bound):
    """No line of a body page begins with a closing mark or ends with an opening one."""
    for page in bound.body:
        for line in bound.text_lines(page):
            text = line.text.replace("\u2060", "")
            assert text[0] not in NOT_FIRST and text[-1] not in NOT_LAST, text


def test_lines_stand_on_the_pitch(bound):
    """Every line of text stands a whole number of pitches below the first line's place, so that both sides of a leaf meet."""
    lines = [line for page in bound.body for line in bound.text_lines(page) if line.size == bound.profile.body and "Serif" in line.font]
    off = Counter(round((line.y - bound.profile.above) % bound.profile.pitch, 1) for line in lines)
    assert len(lines) > 80
    assert len(off) == 1, off


def test_lines_begin_at_the_inner_edge(bound):
    """Text stands between the margins, mirrored on left and right pages."""
    for page in bound.body:
        for line in bound.text_lines(page):
            assert line.x0 > bound.left_edge(page) - 0.5 and line.x1 < bound.right_edge(page) + 0.5, line.text


def test_no_heading_stands_at_the_foot_of_a_page(bound):
    """A heading is followed by text of its own on the same page."""
    headings = {squeeze(h.text) for case in bound.book.cases for h in case.body.headings}
    assert headings
    for page in bound.body:
        if lines := bound.text_lines(page):
            assert squeeze(max(lines, key=lambda line: line.y).text) not in headings, page


def test_kai_has_chinese_quotes(varied):
    """Quotes in 楷体 are as wide as a character, or half as wide when squeezed, although the face itself draws them narrow."""
    glyphs = [g for page in varied.body for line in varied.text_lines(page) for g in line.glyphs if "Kai" in line.font]
    assert {g.text for g in glyphs} > set("“”")
    widths = [(g.x1 - g.x0) / g.size for g in glyphs if g.text in "“”"]
    assert min(widths) > 0.49 and max(widths) > 0.7


def test_a_full_case_begins_a_page_with_its_title_in_the_middle(varied):
    """A full case's title stands in lines of at most 14 characters in the middle of the measure, its prize at the outer edge."""
    sides = set()
    for case in varied.book.cases:
        page = varied.starts[case.id]
        middle = (varied.left_edge(page) + varied.right_edge(page)) / 2
        large = [line for line in varied.text_lines(page) if round(line.size) == 20]
        if case.is_digest:
            continue
        sides.add(varied.is_right(page))
        assert "".join(line.text for line in large) == case.title
        assert min(line.y for line in varied.text_lines(page)) < large[0].y < varied.profile.above + 4 * varied.profile.pitch
        assert all(line.x1 - line.x0 <= 14 * 20 + 1 for line in large)
        assert all((line.x0 + line.x1) / 2 == pytest.approx(middle, abs=0.5) for line in large)
        prize = str(case.award)
        seal = [g for line in varied.text_lines(page) for g in line.glyphs if round(g.size, 1) == 10 and "Bold" in g.font]
        assert "".join(glyph.text for glyph in seal) == prize and len({round(glyph.y) for glyph in seal}) == 2
        edge = varied.right_edge(page) if varied.is_right(page) else varied.left_edge(page)
        assert all(abs(edge - side) < 30 for glyph in seal for side in (glyph.x0, glyph.x1))
    assert sides == {True, False}


def test_a_long_table_has_its_head_on_every_page(varied):
    """A table that runs on over the page shows its head again."""
    start = varied.starts["c"]
    heads = [page for page in varied.body for line in varied.text_lines(page) if squeeze(line.text).startswith("编号")]
    assert heads == [start, start + 1]


# What is in the file


def tool(*words: object) -> str:
    done = subprocess.run([str(word) for word in words], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    return done.stdout.decode()


def fonts(pdf: Path) -> list[tuple[str, ...]]:
    """Name, kind and the signs of each font: embedded, subset, with a table to Unicode."""
    rows = tool("pdffonts", pdf).splitlines()[2:]
    return [tuple(re.split(r"\s{2,}|\s(?=yes|no)", row.strip())[:6]) for row in rows]


def test_fonts_are_embedded_subsets(bound):
    """Every face is in the file, as a subset, with what its glyphs mean."""
    found = fonts(bound.pdf)
    assert len(found) >= 4
    for font in found:
        assert [cell for cell in font if cell in ("yes", "no")] == ["yes"] * 3, font
        assert re.match(r"[A-Z]{6}\+", font[0])


def test_fonts_hold_only_what_is_shown(sample):
    """A case's PDF of a page or two is small: its faces have no places for glyphs that it does not show."""
    sizes = {path.name: path.stat().st_size for path in (sample / "build" / "books" / "cases").glob("*.pdf")}
    assert max(sizes.values()) < 120_000, sizes
    with pikepdf.open(sample / "build" / "books" / "book.pdf") as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/CIDFontType0":
                assert item.FontDescriptor.FontFile3.Subtype == "/CIDFontType0C"


class Words(HTMLParser):
    """All words of a fragment in their order, less the way back from a note."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.back = "", False

    def handle_starttag(self, tag, attrs):
        self.back = tag == "a" and dict(attrs).get("class") == "footnote-backref"

    def handle_endtag(self, tag):
        self.back = False

    def handle_data(self, data):
        self.text += "" if self.back else squeeze(data)


def extracted(pdf: Path, profile: Profile) -> str:
    """The words of the text area, as pdftotext finds them in the order in which they are drawn."""
    area = ["-x", 0, "-y", int(profile.above - 2), "-W", int(profile.width) + 1]
    area += ["-H", int(profile.lines * profile.pitch + 4)]
    return squeeze(tool("pdftotext", "-raw", "-r", 72, *area, pdf, "-"))


def same_words(text: str) -> str:
    """Text less what is drawn apart from it, list marks, and less the difference of compatible characters."""
    return unicodedata.normalize("NFC", re.sub(r"[•\u2060\f]", "", text))


def test_every_character_of_every_case_is_there(whole):
    """The text of each case comes out of the book as it went in: no character is missing, none is a box."""
    text = same_words(extracted(whole.pdf, whole.profile))
    assert "\ufffd" not in text
    for case in whole.book.cases:
        parser = Words()
        parser.feed(case.body.html)
        for piece in filter(None, re.split(r"\s", same_words(parser.text))):
            assert piece in text, f"{case.id}: {piece[:80]}"
        for value in (case.title, case.text("school"), str(case.source)):
            assert squeeze(value) in text, f"{case.id}: {value}"
    for page in whole.pages:
        for line in whole.lines[page]:
            assert "\ufffd" not in line.text and all(glyph.text for glyph in line.glyphs), line.text


def test_the_file_says_what_it_is(whole):
    """Title, author, language and maker are written in the file; it opens with its bookmarks, two pages beside each other."""
    info = dict(re.findall(r"^(\w+): +(.*)$", tool("pdfinfo", whole.pdf), re.MULTILINE))
    assert (info["Title"], info["Author"], info["Creator"]) == (whole.book.title, whole.book.publisher, "casepress")
    with pikepdf.open(whole.pdf) as pdf:
        assert pdf.Root.Lang == "zh-CN"
        assert pdf.Root.PageMode == "/UseOutlines" and pdf.Root.PageLayout == "/TwoPageRight"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert {tuple(round(float(n), 1) for n in page.mediabox) for page in pdf.pages} == {(0, 0, 595.3, 807.9)}


def test_the_file_is_sound_and_does_nothing(bound):
    """The file is well formed, carries no script, no other file and starts nothing; links lead to web and mail only."""
    assert "No syntax or stream encoding errors" in tool("qpdf", "--check", bound.pdf)
    with pikepdf.open(bound.pdf) as pdf:
        keys, addresses = set(), set()
        for item in pdf.objects:
            if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
                keys |= {str(key) for key in item.keys()} | {str(item.get("/S", "")), str(item.get("/Subtype", ""))}
                addresses |= {str(item.URI)} if "/URI" in item else set()
        for page in pdf.pages:
            for link in page.get("/Annots", []):
                addresses |= {str(link.A.URI)} if "/A" in link else set()
    assert not keys & {"/EmbeddedFiles", "/EmbeddedFile", "/JavaScript", "/JS", "/Launch", "/OpenAction", "/AA", "/GoToR", "/RichMedia"}
    assert all(re.match(r"https?://|mailto:", address) for address in addresses), addresses
    if len(bound.book.cases) < 10:
        assert addresses == {"mailto:a@example.org", "https://example.org/b"}


def test_pictures_are_in_the_book(varied):
    """A case's pictures are in the PDF, as wide as the measure, in their own shape."""
    found = []
    with pikepdf.open(varied.pdf) as pdf:
        for page in pdf.pages:
            matrix, saved = [1, 0, 0, 1, 0, 0], []
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "q":
                    saved.append(matrix)
                elif str(operator) == "Q":
                    matrix = saved.pop()
                elif str(operator) == "cm":
                    a, b, c, d, e, f = (float(n) for n in operands)
                    p, _, _, s, t, u = matrix
                    matrix = [a * p, 0, 0, d * s, e * p + t, f * s + u]
                elif str(operator) == "Do" and page.Resources.XObject[str(operands[0])].Subtype == "/Image":
                    image = page.Resources.XObject[str(operands[0])]
                    found.append((int(image.Width) / int(image.Height), abs(matrix[0]), abs(matrix[3])))
    assert sorted(round(shape, 2) for shape, _, _ in found) == [1.6, 3.43]
    for shape, width, height in found:
        assert width / height == pytest.approx(shape, rel=0.01)
        assert width == pytest.approx(varied.profile.measure, abs=0.1)


# A case by itself


def test_every_case_has_a_pdf(whole, sample):
    """There is a PDF of each of the 37 cases, with its title as only bookmark; only several pages are numbered."""
    folder = sample / "build" / "books" / "cases"
    assert sorted(path.stem for path in folder.iterdir()) == sorted(case.id for case in whole.book.cases)
    for case in whole.book.cases:
        alone = Bound(folder / f"{case.id}.pdf", whole.book, whole.profile)
        assert alone.outline == [(0, case.title, 1)]
        assert alone.labels == [str(page) for page in alone.pages]
        numbers = [squeeze("".join(line.text for line in alone.foot(page))) for page in alone.pages]
        assert numbers == ([f"—{page}—" for page in alone.pages] if len(alone.pages) > 1 else [""])
        info = tool("pdfinfo", alone.pdf)
        assert re.search(rf"^Title: +{re.escape(case.title)}$", info, re.MULTILINE)


def test_a_case_with_pictures_has_them_in_its_pdf(varied_folder, varied_press):
    """The PDF of a case holds its pictures, numbers on its pages, and its title in the head of a right-hand page."""
    press, book = varied_press
    case = next(case for case in book.cases if case.id == "a")
    ((_, made),) = press.make_cases(book, [case])
    path = varied_folder / "a.pdf"
    path.write_bytes(made.pdf)
    alone = Bound(path, book, press.composer.profile)
    assert made.pages == len(alone.pages) > 2
    assert len(tool("pdfimages", "-list", path).splitlines()) == 2 + 2
    assert squeeze("".join(line.text for line in alone.head(3))) == case.title
    assert not alone.head(1) and not alone.head(2)


AGAIN = """
import sys
from pathlib import Path
from test_press import press_of

press, book = press_of(Path(sys.argv[1]))
sys.stdout.buffer.write(press.make_book(book).pdf)
"""


def test_the_same_book_has_the_same_bytes(varied, varied_folder):
    """The same collection gives the same file, byte by byte, also in another process."""
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    again = subprocess.run([sys.executable, "-c", AGAIN, varied_folder], cwd=Path(__file__).parent, env=environment, capture_output=True)
    assert again.returncode == 0, again.stderr.decode()
    assert again.stdout == varied.pdf.read_bytes()


# What is refused


@pytest.fixture
def small(make):
    """A function that makes a press and a book of two cases, with changes to the shipped templates."""

    def made(template: str = "", old: str = "", new: str = "") -> tuple[Press, Book]:
        settings = "title: 小案例库\nbook: {parts: {by: theme, opening: page}}\n"
        folder = make({"a.md": case_text("甲的标题", form="full"), "b.md": case_text("乙的标题", theme="作业管理")}, settings)
        if template:
            (folder / "theme" / "print").mkdir(parents=True)
            text = (PRINT / template).read_text("utf-8")
            assert old in text
            (folder / "theme" / "print" / template).write_text(text.replace(old, new), "utf-8")
        return press_of(folder)

    return made


CASES_OF_A_GROUP = "in group.cases %}{{ article(case, profile, section.band"


@pytest.mark.parametrize(
    "template, old, new, words",
    [
        ("case.css", "bookmark-level: 1", "bookmark-level: none", "书签里缺少：.*乙的标题"),
        ("cases.html", '<h1 class="case-title', '<h1 class="untitled', "书签里缺少"),
        ("cases.html", ' id="case-{{ case.id }}"', "", "案例 . 没有排出来"),
        ("cases.html", "</header>", "</header><h1 class='case-title'>{{ case.title }}</h1>", "有重复"),
        ("cases.html", CASES_OF_A_GROUP, CASES_OF_A_GROUP.replace("group.cases", "group.cases + group.cases"), "有重复"),
        ("cases.html", CASES_OF_A_GROUP, CASES_OF_A_GROUP.replace("group.cases", "group.cases[1:]"), "案例 . 没有排出来"),
        ("divider.html", "{{ section.part.title }}</span></h1>", "</span></h1>", "书签里缺少"),
    ],
)
def test_a_book_that_lacks_or_doubles_a_case_is_not_bound(small, template, old, new, words):
    """Where a template drops or repeats a bookmark, an anchor or a case, the build fails and says which."""
    press, book = small(template, old, new)
    with pytest.raises(BindingFailed, match=words):
        press.make_book(book)


def test_every_number_of_a_page_can_be_written(small):
    """However many pages stand before the cases: the 400th of them, where the contents of ten thousand cases end, is numbered cd."""
    press, book = small()
    letters = numbers.numerals(press.piece(press.composer.numerals(book)))
    for number in (4, 49, 90, 400, 944, 1999):
        for label in (roman(number), str(number)):
            assert f"/{letters.face.name} " in numbers.stamp(letters, press.composer.profile, label, True, "screen"), label


def test_a_case_bound_twice_is_refused(small):
    """A book whose parts hold a case twice is not bound."""
    press, book = small()
    again = replace(book, parts=(*book.parts, replace(book.parts[0], number=3, slug="again")))
    with pytest.raises(BindingFailed, match="不止一次"):
        press.make_book(again)


def test_a_case_pdf_without_its_bookmark_is_refused(small):
    """A case's own PDF has its title for a bookmark once, or is not made."""
    press, book = small("cases.html", "</header>", "</header><h1 class='case-title'>{{ case.title }}</h1>")
    with pytest.raises(BindingFailed):
        list(press.make_cases(book, book.cases[:1]))


def test_the_press_reads_its_pages_by_itself(small, monkeypatch):
    """What the templates make of a case is well-formed: HTML's own parser is not asked for it."""
    press, book = small()
    read = []
    monkeypatch.setattr(parsing.tinyhtml5, "parse", lambda stream, **_: read.append(stream.read()))
    assert list(press.make_cases(book, book.cases[:1]))
    assert not read


def test_nothing_is_opened_but_assets(tmp_path):
    """A document that asks for a file, a host or an unknown asset, in any of 21 ways, stops the build, or leaves it out; nothing is opened,
    nobody is called. WeasyPrint by itself fetches nearly all of it."""
    canary = tmp_path / "canary.png"
    canary.write_bytes(picture(8, 8, "PNG"))
    opened: list[str] = []
    sys.addaudithook(lambda event, details: opened.append(str(details[0])) if event == "open" else None)
    with ThreadingHTTPServer(("127.0.0.1", 0), vectors.Host) as host:
        host.calls = []
        threading.Thread(target=host.serve_forever, daemon=True).start()
        found = vectors.tried(host.server_port, canary)
        assert not host.calls and not [name for name in opened if "canary" in name or "zero" in name]
        assert {name for name, said in found.items() if not said} == vectors.LEFT_OUT
        assert all("，但它不在案例库里" in said for name, said in found.items() if name not in vectors.LEFT_OUT)
        reached = vectors.fetched(host.server_port, canary, host.calls, opened)
        host.shutdown()
    assert set(vectors.WAYS) - reached == {"use in a drawing", "import in a drawing"}
    assert len(vectors.WAYS) == 21 and len(vectors.addresses(1, canary)) == 10


def test_an_asset_is_handed_out():
    """What is in the table of assets is given, by its name alone."""
    data = picture(8, 8, "PNG")
    laid = lay_out('<img src="asset:a.png">', {"a.png": lambda: data}, font_configuration(shipped_faces()))
    assert laid.length == 1 and laid.messages == ()


def test_what_weasyprint_says_is_told(make, tmp_path):
    """A warning of WeasyPrint becomes a problem that the editor sees; the book is made all the same."""
    folder = make({"a.md": case_text("甲的标题")})
    shutil.copytree(PRINT, folder / "theme" / "print")
    template = folder / "theme" / "print" / "cases.html"
    template.write_text(template.read_text("utf-8").replace("<article", '<article style="colour: red"'), "utf-8")
    _, problems = flow.bind(project.find(folder), [], tmp_path / "book.pdf")
    said = [problem for problem in problems if "排版时有一条提示" in problem.what]
    assert len(said) == 1 and "colour" in said[0].what and said[0].level == "warning"
    ran = run("-C", folder, "book", "-o", tmp_path / "book.pdf")
    assert ran.code == 0 and "colour" in ran.words and (tmp_path / "book.pdf").stat().st_size > 5000


def test_profiles_change_the_page(make, tmp_path):
    """A collection with a profile of its own is laid out in its measures, flush as well."""
    settings = "title: 小案例库\nbook: {profile: own}\n"
    folder = make({"a.md": case_text("甲的标题", body=PARAGRAPH * 3)}, settings)
    (folder / "theme" / "print" / "profiles").mkdir(parents=True)
    text = "paper: [185, 260]\nmargins: {top: 27, inner: 25}\nbody: 12\npitch: 20\ncharacters: 32\nlines: 29\n"
    (folder / "theme" / "print" / "profiles" / "own.yml").write_text(text, "utf-8")
    press, book = press_of(folder)
    (tmp_path / "own.pdf").write_bytes(press.make_book(book).pdf)
    bound = Bound(tmp_path / "own.pdf", book, press.composer.profile)
    full = [line for line in full_lines(bound)]
    assert len(full) > 5 and bound.profile == read_profile("own", [folder / "theme" / "print"])
    assert all(line.x1 == pytest.approx(25 * MM + 32 * 12, abs=0.5) for line in full)
