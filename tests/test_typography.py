"""The types and measures of the profiles, read back from bound PDFs, and what stands in the text: notes, pictures, lists.

For each profile one small book is made; what the notices, GB/T 9704 and the table of presets ask for is written here.
"""

import re
import subprocess
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from weasyprint.text.fonts import FontConfiguration

import official
import verapdf
from casepress import flow
from casepress.book.book import whole_book
from casepress.book.measures import MM, Profile
from casepress.collection import project
from casepress.press.layout import lay_out
from casepress.press.making import Press
from conftest import case_text, picture, write_files
from pressed import bound
from readback import Line, read_lines

FULL = "这一段只有汉字没有标点用来看一行有多长每行又有多少个字" * 12
CASE = f"""---
title: 把作业交给时间
subtitle: 副题在这里
region: 江苏省
school: 示例小学（虚构）
theme: 课后服务
batch: 第一批
form: full
---
## 一级标题在此

{FULL}

### 二级标题在此

#### 三级标题在此

{FULL}

> 引文在此

尾段在此[^1]。

| 表头 | 乙 |
| --- | --- |
| 表格在此 | 丙 |

![窗](p.png "图注在此")

{FULL}

{FULL}

[^1]: 注文在此
"""
NAMES = ("阿依古丽·买买提", "欧阳乙", "张三丰", "李四", "王五", "赵六六", "努尔比亚·阿卜杜拉", "孙八八", "周九九", "吴十十（执笔）")
UNIT = "江苏省常州市武进区示例实验小学教育集团（东校区）课后服务课题组"
SUBTITLE = "以“五育并举”为导向的县域课后服务资源统筹机制建设研究与实践"
LONG = "从有人看到有人教再到人人有舞台：示例区以区域统筹推进义务教育阶段课后服务提质增效的五年探索与反思"
OPENINGS = {
    f"{name}.md": f"---\ntitle: {title}\n{more}\nregion: 江苏省\nschool: {UNIT}\ntheme: 课后服务\nbatch: 第一批\nform: full\n"
    f"authors: [{', '.join(NAMES)}]\n---\n" + f"{FULL}\n\n" * 10
    for name, title, more in (("b", f"做实课后服务｜{LONG}", f"subtitle: {SUBTITLE}"), ("c", f"“{LONG}”", "short_title: 五年探索"))
}
# Face, size in pt and boldness of title, subtitle, text and three levels of headings; pitch; characters, lines; paper,
# width of the text area, inner and top margin in mm. From the notices of 宁夏 and 株洲, GB/T 9704-2012 and the presets.
ASKED = {
    "ningxia": (
        [("biaosong", 22), ("kai", 16), ("fang", 16), ("hei", 16), ("kai bold", 16), ("fang bold", 16)],
        (30, 27, 21), (210, 297, 152.4, 28, 37),
    ),
    "zhuzhou": (
        [("hei", 16), ("kai", 15), ("song", 12), ("hei", 12), ("kai bold", 12), ("song bold", 12)],
        (23.34, 34, 29), (210, 297, 143.93, 31.8, 25.4),
    ),
    "gongwen": (
        [("biaosong", 22), ("kai", 15.79), ("fang", 15.79), ("hei", 15.79), ("kai", 15.79), ("fang", 15.79)],
        (29.62, 28, 22), (210, 297, 156, 28, 37),
    ),
    "a4": (
        [("biaosong", 20), ("kai", 12), ("song", 12), ("hei bold", 14.4), ("kai bold", 12), ("song bold", 12)],
        (21, 36, 33), (210, 297, 152.4, 31, 29),
    ),
    "big16": (
        [("biaosong", 20), ("kai", 10.5), ("song", 10.5), ("hei bold", 12.6), ("kai bold", 10.5), ("song bold", 10.5)],
        (18, 40, 36), (210, 285, 148.2, 33, 31),
    ),
    "large": (
        [("hei bold", 26), ("hei", 18), ("hei", 18), ("hei bold", 22), ("hei bold", 18), ("hei bold", 18)],
        (30, 24, 23), (210, 297, 152.4, 31, 29),
    ),
    "std16": (
        [("biaosong", 20), ("kai", 10.5), ("song", 10.5), ("hei bold", 12.6), ("kai bold", 10.5), ("song bold", 10.5)],
        (17.5, 37, 34), (185, 260, 137.1, 25, 27),
    ),
}  # fmt: skip
# Names of the faces that may stand for a role, and of the bold ones among them; 仿宋 is not on every machine.
FACES = {"song": "Song|Serif", "kai": "Kai", "hei": "Hei|Sans", "fang": "Fang|Serif", "biaosong": "Song|Serif"}
WORDS = ("把作业交给时间", "副题在这里", "这一段只有汉字", "一级标题在此", "二级标题在此", "三级标题在此")


@dataclass(frozen=True)
class Sheets:
    """A PDF read back, with the profile that it was made in; the body begins on the page `first`, a right-hand one."""

    pdf: Path
    profile: Profile

    @cached_property
    def lines(self) -> list[Line]:
        return read_lines(self.pdf)

    @cached_property
    def first(self) -> int:
        return self.labels.index("1") + 1

    @cached_property
    def last(self) -> int:
        """The last page of the cases: behind it stand the indexes."""
        return min([page for title, page in self.outline.items() if "索引" in title] or [len(self.labels) + 1]) - 1

    @cached_property
    def labels(self) -> list[str]:
        with pikepdf.open(self.pdf) as pdf:
            return [page.label for page in pdf.pages]

    @cached_property
    def outline(self) -> dict[str, int]:
        """The pages of the bookmarks without any below them."""
        with pikepdf.open(self.pdf) as pdf, pdf.open_outline() as outline:
            pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
            return {str(item.title): pages[item.destination[0].objgen] for item in outline.root}

    def left(self, page: int) -> float:
        return self.profile.inner if page % 2 else self.profile.outer

    @property
    def body(self) -> list[Line]:
        """The lines of the text area of the pages of cases."""
        top, bottom = self.profile.above, self.profile.height - self.profile.below
        return [line for line in self.lines if self.first <= line.page <= self.last and top < line.y < bottom]

    def find(self, words: str) -> Line:
        """The first line with these words, whatever white stands between them."""
        return next(line for line in self.body if words in squeeze(line.text))

    @property
    def words(self) -> str:
        return squeeze("".join(line.text for line in self.lines if self.first <= line.page <= self.last))


def squeeze(text: str) -> str:
    return re.sub(r"[\s\u2060]", "", text)


def bind(folder: Path, cases: dict[str, str | bytes], profile: str = "big16") -> tuple[Sheets, Press]:
    settings = f"title: 小案例库\nbook: {{profile: {profile}}}\n"
    write_files(folder / "cases", {"collection.yml": settings, "p.png": picture(), **cases})
    place = project.find(folder)
    collection, problems = flow.check_project(place)
    assert not [problem for problem in problems if problem.level == "error"], problems
    press, book = flow.press_of(place, collection), whole_book(collection)
    made = press.make_book(book)
    assert made.messages == (), made.messages
    (folder / "book.pdf").write_bytes(made.pdf)
    return Sheets(folder / "book.pdf", press.composer.profile), press


@pytest.fixture(scope="module", params=ASKED)
def set_in(request, tmp_path_factory) -> tuple[str, Sheets]:
    return request.param, bind(tmp_path_factory.mktemp(request.param), {"a.md": CASE, **OPENINGS}, request.param)[0]


def test_faces_and_sizes_are_those_of_the_profile(set_in):
    """Title, subtitle, text and headings have the faces and, within 0.05 pt, the sizes that the profile's source asks for."""
    name, sheets = set_in
    for words, (face, size) in zip(WORDS, ASKED[name][0], strict=True):
        line = sheets.find(words)
        glyph = line.glyphs[len(line.glyphs) // 2]
        role, _, bold = face.partition(" ")
        assert glyph.size == pytest.approx(size, abs=0.05), words
        assert re.search(FACES[role], glyph.font), (words, glyph.font)
        if role != "biaosong":
            assert bool(re.search("Bold", glyph.font)) == bool(bold), (words, glyph.font)


def test_an_opening_stands_in_balanced_lines_in_the_middle(set_in):
    """Subtitle, unit and authors have centred lines of nearly one length; no name is broken, no character alone; a title is broken
    where its author said so."""
    name, sheets = set_in
    profile = sheets.profile
    page = sheets.find("以“五育并举”为").page
    lines = [line for line in sheets.body if line.page == page and profile.body - 0.05 < line.size]
    assert squeeze(lines[1 if "批" in lines[0].text else 0].text) == "做实课后服务"
    for words in (SUBTITLE, UNIT, "、".join(NAMES)):
        first = next(n for n, line in enumerate(lines) if squeeze(line.text).lstrip("—").startswith(words[:4]))
        found = []
        while len(squeeze("".join(line.text for line in found)).lstrip("—")) < len(words):
            found.append(lines[first + len(found)])
        assert squeeze("".join(line.text for line in found)).lstrip("—") == words
        lengths = [line.x1 - line.x0 for line in found]
        assert len(found) == 1 or min(lengths) > 0.6 * max(lengths), [line.text for line in found]
        for line in found:
            assert line.x0 > sheets.left(page) - 0.1 and line.x1 < sheets.left(page) + profile.measure + 0.1
            assert (line.x0 + line.x1) / 2 == pytest.approx(sheets.left(page) + profile.measure / 2, abs=profile.body / 2), line.text
    assert all(any(each in squeeze(line.text) for line in lines) for each in NAMES)


def test_running_heads_stand_on_one_line(set_in):
    """A title that is longer than the line is shortened with … at a phrase, or is the short one that its case gives."""
    _, sheets = set_in
    profile = sheets.profile
    if not profile.heads:
        return
    heads = {}
    for line in sheets.lines:
        if line.page > sheets.first and line.y < profile.above and line.page % 2:
            heads.setdefault(line.page, []).append(line)
    assert {len(each) for each in heads.values()} == {1}
    said = {squeeze(each[0].text) for each in heads.values()}
    assert "五年探索" in said
    assert any(f"做实课后服务{LONG}".startswith(words[:-1]) and words[-1] == "…" for words in said if len(words) > 20), said
    assert all(each[0].x1 - each[0].x0 <= profile.measure for each in heads.values())


def test_contents_hold_names_together_and_no_dots_stand_alone(set_in):
    """An entry of many lines has one distance of lines; every name stands on one of them; an opening mark stands outside."""
    _, sheets = set_in
    lines = [line for line in sheets.lines if sheets.outline["目录"] <= line.page < sheets.first and line.y < sheets.profile.height - 50]
    assert all(any(each in squeeze(line.text) for line in lines) for each in NAMES)
    assert not [line.text for line in lines if re.fullmatch(r"[·\s]*\d*", squeeze(line.text)) and "·" in line.text]
    starts = {squeeze(line.text)[:2]: line.glyphs[0] for line in lines}
    assert starts["“从"].x1 == pytest.approx(starts["做实"].x0 + starts["做实"].size / 2, abs=0.1)
    entry = [line.y for line in lines if line.page == lines[0].page][1:]
    apart = [below - above for above, below in zip(entry, entry[1:], strict=False) if below - above > 1]
    assert max(apart[:6]) - min(apart[:6]) < 1
    # 四号 where the text is larger, as in official documents; numbers end at the edge; units are set solid, however long
    profile = sheets.profile
    assert starts["做实"].size == pytest.approx(16 if profile.body > 17 else min(profile.body, 14), abs=0.05)
    ends = [line for line in lines if re.search("·\\s*\\d+$", squeeze(line.text))]
    assert len(ends) >= 3
    for line in ends:
        assert line.x1 == pytest.approx(sheets.left(line.page) + profile.measure, abs=0.1), line.text
    pairs = [pair for line in lines for pair in zip(line.glyphs, line.glyphs[1:], strict=False)]
    small = [(a, b) for a, b in pairs if "Kai" in a.font and "Kai" in b.font and max(a.size, b.size) < starts["做实"].size]
    apart = [b.x0 - a.x1 for a, b in small if re.fullmatch("[一-鿿]{2}", a.text + b.text) and a.text + b.text != UNIT[-1] + NAMES[0][0]]
    assert len(apart) > 40 and max(apart) < 0.01 and min(apart) > -0.01


def test_pitch_and_measure_are_those_of_the_profile(set_in):
    """Lines stand at the pitch within 0.05 pt; a full line is as long as the text area is wide, within 0.1 mm."""
    name, sheets = set_in
    (_, (pitch, characters, lines), (width, height, measure, inner, _)), profile = ASKED[name], sheets.profile
    assert (profile.pitch, profile.characters, profile.lines, profile.measure / MM) == (
        pitch,
        characters,
        lines,
        pytest.approx(measure, abs=0.1),
    )
    full = [line for line in sheets.body if re.fullmatch(r"[\u4e00-\u9fff]+", line.text) and len(line.text) == characters]
    assert len(full) > 8
    for line in full:
        assert line.size == pytest.approx(ASKED[name][0][2][1], abs=0.05)
        assert (line.x1 - line.x0) / MM == pytest.approx(measure, abs=0.1)
        assert line.x0 / MM == pytest.approx(inner if line.page % 2 else width - inner - measure, abs=0.1)
    steps = [b.y - a.y for a, b in zip(full, full[1:], strict=False) if a.page == b.page and b.y - a.y < 1.5 * pitch]
    assert len(steps) > 5 and all(step == pytest.approx(pitch, abs=0.05) for step in steps)
    with pikepdf.open(sheets.pdf) as pdf:
        assert [float(side) / MM for side in pdf.pages[-1].trimbox[2:]] == pytest.approx([width, height], abs=0.1)


def test_both_sides_of_a_leaf_register(set_in):
    """Every line in the size of the text, of whatever face, stands a whole number of pitches below the page's first one.

    The em box of a character ends 0.12 em below its baseline, and that of the first line begins at the top margin.
    """
    name, sheets = set_in
    profile = sheets.profile
    base = ASKED[name][2][4] * MM + 0.88 * profile.body
    lines = [line for line in sheets.body if line.size == pytest.approx(profile.body, abs=0.01)]
    assert {line.page for line in lines} >= {sheets.first, sheets.first + 1}
    assert any("Kai" in line.font for line in lines)
    for line in lines:
        assert abs((line.y - base + 1) % profile.pitch - 1) < 0.05, line.text


def test_a_paragraph_begins_two_characters_in(set_in):
    """The first character of a paragraph and of a heading stands 2 em in, whatever stands before it."""
    _, sheets = set_in
    starts = [line for line in sheets.body if line.text.startswith("这一段只有") and line.x0 > sheets.left(line.page) + 1]
    starts += [sheets.find(words) for words in WORDS[3:]] + [sheets.find("尾段在此")]
    assert len(starts) > 4
    for line in starts:
        assert line.x0 - sheets.left(line.page) == pytest.approx(2 * sheets.profile.body, abs=0.1), line.text


def test_everything_fits_in_every_profile(set_in):
    """Tables, captions, notes and quotations stand between the margins; the note at the foot of its page; the caption counted."""
    name, sheets = set_in
    profile = sheets.profile
    for line in sheets.body:
        left = sheets.left(line.page)
        assert line.x0 > left - 0.3 and line.x1 < left + profile.measure + 0.3, line.text
    assert "图1图注在此" in sheets.words
    note, mark = sheets.find("注文在此"), sheets.find("尾段在此")
    assert note.page == mark.page and note.text.startswith("[1]")
    assert note.y == max(line.y for line in sheets.body if line.page == note.page)
    bottom = profile.above + profile.lines * profile.pitch - (profile.pitch - profile.body) / 2
    assert bottom - profile.body < note.y < bottom
    for words in ("引文在此", "表头", "表格在此"):
        assert sheets.find(words)


def test_official_pages_are_those_of_the_standard(set_in, tmp_path):
    """GB/T 9704-2012, 5.2 and 7.5, within 0.3 mm: 22 lines of 28 characters fill 156 × 225 mm, 37 mm from the top and 28 mm from the
    left; the dash of the page number stands 7 mm below them."""
    name, sheets = set_in
    if name != "gongwen":
        return
    pages = {page: [line for line in sheets.body if line.page == page] for page in {line.page for line in sheets.body} if page % 2}
    page, lines = next((page, lines) for page, lines in pages.items() if len(lines) == 22 and all(line.size > 15 for line in lines))
    assert {len(line.text) for line in lines} >= {28}
    first, last = lines[0], lines[-1]
    found = [(first.y - 0.88 * first.size) / MM, (last.y + 0.12 * last.size) / MM]
    assert found == pytest.approx([37, 262], abs=0.3)
    assert [min(line.x0 for line in lines) / MM, max(line.x1 for line in lines) / MM] == pytest.approx([28, 184], abs=0.3)
    subprocess.run(["pdftoppm", "-r", "254", "-gray", "-f", str(page), "-l", str(page), sheets.pdf, tmp_path / "page"], check=True)
    with Image.open(next(tmp_path.glob("page*"))) as shown:
        foot = shown.crop((1500, 2635, 1840, shown.height)).point(lambda value: 255 * (value < 128))
        left, top, right, bottom = foot.getbbox()
        dash = foot.crop((right - 20, 0, right, foot.height)).getbbox()
    assert (2635 + (dash[1] + dash[3]) / 2) / 10 == pytest.approx(269, abs=0.3)
    assert (1500 + right) / 10 == pytest.approx(184 - 14 / MM, abs=0.8)  # 居右空一字; a dash fills not quite its em
    for what, found, asked in official.measured(sheets.pdf):
        assert found == pytest.approx(asked, abs=0.3), what


def test_large_print_is_legible(set_in):
    """大字本: 18 pt, lines 1.5 em apart at least, strokes of one strength, nothing that is read below 14 pt; veraPDF finds nothing."""
    name, sheets = set_in
    if name != "large":
        return
    profile = sheets.profile
    assert profile.body >= 18 and profile.pitch >= 1.5 * profile.body
    inside = [line for line in sheets.lines if 1 < line.page < len(sheets.labels)]
    sizes = Counter(round(glyph.size, 1) for line in inside for glyph in line.glyphs if glyph.text.strip(" ·[]0123456789"))
    assert min(sizes) >= 11.9 and min(size for size, times in sizes.items() if times > 60) >= 14, sizes
    assert min(round(line.size, 1) for line in sheets.body) >= 14
    assert all("Sans" in line.font for line in sheets.body if re.fullmatch("[一-鿿]{20,}", line.text))
    assert verapdf.judge([sheets.pdf]) == {sheets.pdf: []}


def test_page_numbers_are_as_the_profile_says(set_in):
    """In the official profile “— 1 —” has 14 pt and stands one character from the outer edge, elsewhere it has the size of the text."""
    name, sheets = set_in
    profile = sheets.profile
    found = [line for line in sheets.lines if sheets.first <= line.page <= sheets.last and line.y > profile.height - profile.below]
    assert {line.page for line in found} == {line.page for line in sheets.body}
    for line in found:
        size = 14 if name in ("gongwen", "ningxia") else profile.body
        edge = sheets.left(line.page) + profile.measure - size if line.page % 2 else sheets.left(line.page) + size
        assert line.size == pytest.approx(size, abs=0.05)
        assert squeeze("".join(each.text for each in found if each.page == line.page)) == f"—{line.page - sheets.first + 1}—"
        assert (max if line.page % 2 else min)(
            edge_of for each in found if each.page == line.page for edge_of in (each.x0, each.x1)
        ) == pytest.approx(edge, abs=0.1)


# Notes


NOTE = "这条注有长有短，"
NOTED = "这一段写得不短，好让页面装满，也让注落在各处。" * 3


@pytest.fixture(scope="module")
def noted(tmp_path_factory) -> Sheets:
    """A case with a note in nearly every paragraph, some of them where a note cannot be floated, and one behind it."""
    body, notes = [], []
    for n in range(1, 31):
        body.append(f"段{n:03}甲，{NOTED}[^{n}]段{n:03}乙。")
        notes.append(f"[^{n}]: 注{n:03}甲{NOTE * (n % 9)}注{n:03}乙")
    body.insert(10, "| 甲[^t] | 乙 |\n| --- | --- |\n| 格001 | 格002[^3] |")
    body.insert(12, "1. 项001[^a]\n    1. 项002[^b]，又见[^a]\n2. 项003\n\n> 引001[^q]")
    body.insert(14, "一行有三条注[^x][^y][^z]。")
    body.append("## 末001[^h]\n\n末段[^1]，再见[^list]，还有[^long]和[^e]")
    notes += [
        "[^t]: 注101", "[^a]: 注102\n\n    注103", "[^b]: 注104*斜*[网](https://example.org/)", "[^q]: 注105", "[^h]: 注106",
        f"[^x]: 注107{NOTE * 12}", f"[^y]: 注108{NOTE * 12}", f"[^z]: 注109{NOTE * 12}",
        "[^list]: 注110\n\n    - 注111\n    - 注112", f"[^long]: 注113{NOTE * 200}注114", f"[^e]: 注115{NOTE * 3}注116", "[^never]: 注117",
    ]  # fmt: skip
    text = "\n\n".join(body) + "\n\n" + "\n\n".join(notes) + "\n"
    digest = case_text("摘编", body=f"### 小题001\n\n{NOTED}[^1]\n\n### 小题002\n\n- 项004\n\n[^1]: 注118")
    files = {"a.md": case_text("注很多", body=text).replace("digest", "full"), "b.md": digest}
    return bind(tmp_path_factory.mktemp("noted"), files, "std16")[0]


def test_nothing_is_lost(noted):
    """Every paragraph, item, cell and note of the source is in the book exactly once, also on a case's last page."""
    found = Counter(re.findall(r"[段注格项引末题]\d{3}[甲乙]?", noted.words))
    wanted = [f"{kind}{n:03}{end}" for kind in "段注" for n in range(1, 31) for end in "甲乙"]
    wanted += [f"注{n}" for n in range(101, 119)] + ["格001", "格002", "项001", "项002", "项003", "项004", "引001", "末001", "题001", "题002"]
    assert found == Counter(wanted)


@pytest.mark.parametrize("filled", range(4, 10))
def test_notes_are_kept_where_a_page_is_full(filled, tmp_path):
    """Wherever on a page a paragraph with notes begins, its notes and those before it stand on the pages of their marks."""
    style = "@page { size: 200pt 200pt; margin: 0 } p { margin: 0; orphans: 2; widows: 2 } .n { float: footnote; footnote-policy: line }"
    noted = "".join(f"记{n}<span class=n>注{n}</span>又一些字又一些字又一些字又一些字" for n in range(2, 6))
    body = f"{'<p>填</p>' * filled}<p>记1<span class=n>注1</span></p><p>{noted}</p>"
    laid = lay_out(f"<html lang=zh-CN><style>html {{ font: 10pt/20pt serif }} {style}</style>{body}", {}, FontConfiguration())
    (tmp_path / "full.pdf").write_bytes(bound(laid))
    found = [(text, line.page) for line in read_lines(tmp_path / "full.pdf") for text in re.findall(r"[记注]\d", line.text)]
    assert Counter(text for text, _ in found) == Counter(f"{kind}{n}" for kind in "记注" for n in range(1, 6))
    assert all(dict(found)[f"记{n}"] == dict(found)[f"注{n}"] for n in range(1, 6)), found


def marks(sheets: Sheets) -> list[tuple[int, int, int, bool]]:
    """The marks of notes in their order: the case, number, page, and whether it stands at a note rather than in the text."""
    found, case = [], 0
    for line in sheets.body:
        case += "小题001" in line.text
        for number in re.finditer(r"\[(\d+)\]", line.text.replace("\u2060", "")):
            found.append((case, int(number[1]), line.page, number.start() == 0 and line.size < sheets.profile.body - 1))
    return found


def test_notes_stand_at_the_foot_of_their_page(noted):
    """A note begins on the page of its first mark, in the order of its number, below all text; one of a table below the table."""
    found, first = marks(noted), {}
    for case, number, page, is_note in found:
        if not is_note:
            first.setdefault((case, number), page)
    feet = {(case, number): page for case, number, page, is_note in found if is_note}
    apart = [key for key in feet if feet[key] != first.get(key)]
    # 41 is called in one line with 40, which fills the page; 42 is called by nothing and stands behind the case.
    assert len(feet) == 43 and set(apart) == {(0, 41), (0, 42)}
    numbers = [number for case, number, _, is_note in found if not is_note and case == 0]
    fresh = list(dict.fromkeys(numbers))
    assert fresh == list(range(1, len(fresh) + 1)), "notes are counted in the order in which they are called"
    table, cell, behind = noted.find("注101"), noted.find("格002"), noted.find("段011甲")
    assert table.page == cell.page and cell.y < table.y and (table.page, table.y) < (behind.page, behind.y)
    for page in feet.values():
        notes = [line.y for line in noted.body if line.page == page and re.search(r"注\d{3}", line.text) and line is not table]
        text = [line.y for line in noted.body if line.page == page and re.search(r"[段项]\d{3}", line.text)]
        assert min(notes, default=noted.profile.height) > max(text, default=0), page


@pytest.fixture(scope="module")
def long_notes(tmp_path_factory) -> Sheets:
    """A case with notes that are longer than what is left of a page, than half a page, than a page; in headings, one behind the other."""
    lengths = [900] * 6 + [40, 120, 3000, 60, 500, 2000, 2000, 30, 900]
    body = [f"段{n:03}甲，{NOTED * (n % 4 + 1)}记{n:03}[^{n}]{NOTED * 4}段{n:03}乙。" for n in range(1, 13)]
    body += [f"段013甲，记013[^13]又记014[^14]{NOTED}段013乙。", f"## 记015[^15]\n\n段015甲，{NOTED * 12}段015乙。"]
    notes = [f"[^{n}]: 注{n:03}甲{(NOTE * 400)[:length]}注{n:03}乙" for n, length in enumerate(lengths, 1)]
    text = "\n\n".join([*body, *notes])
    return bind(tmp_path_factory.mktemp("long"), {"a.md": case_text("长注", body=text).replace("digest", "full")}, "std16")[0]


def test_long_notes_go_on_page_by_page(long_notes):
    """A note that its page does not hold goes on at the foot of the next, before all others; nothing passes anything."""
    words = {
        page: squeeze("".join(line.text for line in long_notes.body if line.page == page))
        for page in range(long_notes.first, long_notes.last + 1)
    }
    found = [(each, page) for page, text in words.items() for each in re.findall(r"[段注记]\d{3}[甲乙]?", text)]
    assert Counter(each for each, _ in found) == Counter(
        [f"{kind}{n:03}{end}" for kind in "段注" for n in range(1, 16) for end in "甲乙" if (kind, n) != ("段", 14)]
        + [f"记{n:03}" for n in range(1, 16)]
    )
    pages = dict(found)
    for kind in ("段", "注"):
        order = [each for each, _ in found if each.startswith(kind)]
        assert order == sorted(order, key=lambda each: (each[:4], each[4:] == "乙"))
    assert [n for n in range(1, 16) if pages[f"记{n:03}"] != pages[f"注{n:03}甲"]] == [14], "its mark has to stand with the one before"
    assert sum(pages[f"注{n:03}甲"] < pages[f"注{n:03}乙"] for n in range(1, 16)) >= 4 and pages["注009乙"] - pages["注009甲"] >= 2
    for page in sorted(set(pages.values()))[:-1]:
        lines = [line for line in long_notes.body if line.page == page]
        notes = [line.y for line in lines if line.size == pytest.approx(long_notes.profile.note.size, abs=0.05)]
        text = [line.y for line in lines if line.size >= long_notes.profile.body]
        foot = long_notes.profile.height - long_notes.profile.below
        assert min(notes, default=foot) - max(text) < 6 * long_notes.profile.pitch, "no page is left white"


@pytest.mark.parametrize("profile", ["std16", "gongwen"])
def test_a_note_of_the_last_line_is_said_to_its_end(tmp_path, profile):
    """What a case's last pages do not hold of its notes stands on pages behind them, with running heads and without."""
    body = f"{NOTED}\n\n- 项001[^1]\n- 项002，末[^2]\n\n[^1]: 注001甲{NOTE * 90}注001乙\n\n[^2]: 注002甲{NOTE * 500}注002乙"
    sheets, _ = bind(tmp_path, {"a.md": case_text("末尾的注", body=body), "b.md": case_text("下一个", body=NOTED)}, profile)
    pages = [squeeze("".join(line.text for line in sheets.body if line.page == page)) for page in range(sheets.first, sheets.last + 1)]
    words = "".join(pages)
    assert [words.count(each) for each in ("注001甲", "注001乙", "注002甲", "注002乙")] == [1, 1, 1, 1]
    assert words.count(NOTE[:4]) > 560 and any(page.count(NOTE[:4]) > 40 and "项" not in page for page in pages)


def test_two_hundred_notes_are_notes(tmp_path):
    """A case with two hundred notes is read as it is written, each note at the foot of the page of its mark."""
    body = "".join(f"段{n:03}，{NOTED[:40]}[^{n}]\n\n" for n in range(1, 201)) + "".join(f"[^{n}]: 注{n:03}。\n" for n in range(1, 201))
    sheets, _ = bind(tmp_path, {"a.md": case_text("注二百条", body=body)}, "a4")
    found = [(each, line.page) for line in sheets.body for each in re.findall(r"[段注]\d{3}", line.text)]
    assert len(found) == 400 and all(dict(found)[f"段{n:03}"] == dict(found)[f"注{n:03}"] for n in range(1, 201))


def test_lines_above_notes_stand_on_the_grid(noted):
    """Notes take whole pages' feet and leave the lines of the text where they are."""
    profile = noted.profile
    base = profile.above + profile.pitch / 2 + 0.38 * profile.body
    for line in noted.body:
        if line.size == profile.body and line.text.startswith("段"):
            assert abs((line.y - base + 1) % profile.pitch - 1) < 0.05, line.text


def test_a_short_heading_runs_in_where_a_paragraph_follows(noted):
    """In a digest a heading of the third level stands in its paragraph's first line, a character before it; before a list it does not."""
    line = noted.find("小题001")
    after = next(at for at, glyph in enumerate(line.glyphs) if glyph.text == "1") + 1
    while line.glyphs[after].text.isspace():
        after += 1
    assert squeeze(line.text).startswith("小题001这一段")
    assert line.glyphs[after].x0 - line.glyphs[4].x1 == pytest.approx(noted.profile.body, abs=1.5)
    assert squeeze(noted.find("小题002").text) == "小题002"


# Lists, pictures, tables


@pytest.fixture(scope="module")
def things(tmp_path_factory) -> Sheets:
    rows = "".join(f"| 行{n:03} | 丁 |\n" for n in range(1, 61))
    body = f"""1. 一级
    1. 二级
        1. 三级
2. 又一级

![甲](p.png "窗")

![乙](p.png "图5 门")

![丙](p.png "墙")

![丁](p.png)

| 表头 | 乙 |
| --- | --- |
{rows}
"""
    text = case_text("物件", body=body).replace("篇幅: digest", "篇幅: full\n照片: [{file: p.png, alt: 照, caption: 操场}]")
    return bind(tmp_path_factory.mktemp("things"), {"a.md": text})[0]


def test_lists_are_counted_as_chinese_counts(things):
    """Numbered items are 1. then (1) then ①, each level two characters further in, with its lines hanging."""
    for words, mark in (("一级", "1."), ("二级", "(1)"), ("三级", "①"), ("又一级", "2.")):
        line = things.find(words)
        beside = [each for each in things.body if (each.page, round(each.y)) == (line.page, round(line.y))]
        assert {squeeze(each.text) for each in beside} in ({mark, words}, {mark + words})
    starts = [next(g.x0 for g in things.find(words).glyphs if g.text == words[0]) for words in ("一级", "二级", "三级")]
    steps = [b - a for a, b in zip(starts, starts[1:], strict=False)]
    assert steps == pytest.approx([2 * things.profile.body] * 2, abs=0.1)


def test_pictures_are_counted(things):
    """Captions are 图1 …, photos after the body's pictures; a number that the author gave stays and is counted on from."""
    assert re.findall(r"图\d[窗门墙操场]+", things.words) == ["图1窗", "图5门", "图6墙", "图7操场"]


def ruled(sheets: Sheets, page: int, top: float, bottom: float) -> bool:
    """Whether a rule as long as the measure stands between two heights of a page, in pt from its top."""
    size = ["-r", "144", "-gray", "-singlefile", "-f", str(page), "-l", str(page)]
    subprocess.run(["pdftoppm", *size, sheets.pdf, sheets.pdf.with_name("page")], check=True)
    left = sheets.left(page)
    box = [int(2 * side) for side in (left + 2, top, left + sheets.profile.measure - 2, bottom)]
    drawn = Image.open(sheets.pdf.with_name("page.pgm")).crop(box)
    rows = [drawn.crop((0, y, drawn.width, y + 1)).getextrema()[1] for y in range(drawn.height)]
    return min(rows) < 220


def test_a_table_is_closed_on_every_page(things):
    """A table that runs over the page has its head again, and below its last row on each page there is a rule."""
    pages = sorted({line.page for line in things.body if line.text.startswith("行0")})
    heads = [line.page for line in things.body if squeeze(line.text).startswith("表头")]
    assert len(pages) > 1 and heads == pages
    for page in pages:
        last = max(line.y for line in things.body if line.page == page and line.text.startswith("行0"))
        assert ruled(things, page, last + 1, last + things.profile.pitch), page
