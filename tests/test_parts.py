"""The parts of a book: one small book that has all of them, made once and read back; and what is said about their files."""

import io
import re
import subprocess
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from fontTools.cffLib import CFFFontSet
from PIL import Image

from casepress import flow
from casepress.book.book import Book, Section, book_of, sections, whole_book
from casepress.collection import project
from casepress.markup.templates import environment
from casepress.press.binding import BindingFailed
from casepress.press.making import Made
from casepress.values.books import Imprint, Role
from conftest import case_text, picture, write_files
from readback import Line, read_lines

ADDRESS = "https://example.org/anli"
PARAGRAPH = "这一段用来充满一页，一行接一行，行行都要齐；写得长些，好让它从这一页排到下一页去。" * 6 + "\n\n"
SETTINGS = """title: 小案例库
publisher: 示例编写组
date: 2026年11月
book: {title: 各部分俱全的样书, subtitle: 试印}
fields:
  theme: {many: yes, choices: [作业管理, 课后服务]}
  phone: {label: 联系电话, private: yes, indexed: yes}
"""
# id: school, region, theme, batch, award, authors, form and how many paragraphs.
CASES = {
    "a": ("示例单县小学", "江苏省常州市", "课后服务", "第二批", "一等奖", "[单小一, 曾小二]", "full", 9),
    "b": ("示例重庆小学", "重庆市", "课后服务", "第一批", "二等奖", "[任小三, 曾小二]", "full", 1),
    "c": ("示例重庆小学", "江苏省常州市武进区", "课后服务", "第二批", "特等奖", "尉迟小四", "full", 14),
    "d": ("安示例小学", "江苏省", "作业管理", "第一批", "一等奖", "Tom", "digest", 1),
    "e": ("示例单县小学", "北京市东城区", "[作业管理, 课后服务]", "第一批", "", "单小一", "digest", 4),
}
TITLE = "案例{}的标题写在这里"
COMMITTEE = (Role("主任", ("示例甲某", "张三")), Role("编委", ("李四", "王小五", "赵六")))
FACTS = {"copies": "300册", "permit": "示准印〔2026〕1号"}


def case(name: str) -> str:
    school, region, theme, batch, award, authors, form, length = CASES[name]
    text = case_text(TITLE.format(name), school=school, region=region, theme=theme, batch=batch, body=PARAGRAPH * length + f"终{name}终。")
    header = f"撰写人: {authors}\n联系电话: '13800138000'\n" + (f"获奖等次: {award}\n" if award else "")
    return text.replace("篇幅: digest\n", f"篇幅: {form}\n{header}")


TEXTS = {
    "preface.md": f"---\nsigned: [示例编写组, 二〇二六年]\n---\n# 编者的话\n\n{PARAGRAPH * 10}见[案例](../../cases/a.md)。",
    "appendix-10-rules.md": f"# 评选标准\n\n{PARAGRAPH}",
    "appendix-2-call.md": f'# 评选通知\n\n{PARAGRAPH * 20}![会场](hall.png "图1　会场")\n',
    "postscript.md": "谢谢各位。\n",
    "hall.png": picture(),
}


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


@dataclass(frozen=True)
class Bound:
    """The bound book. Pages count from 1, and lie on the right when odd."""

    path: Path
    book: Book
    made: Made

    @cached_property
    def lines(self) -> dict[int, list[Line]]:
        found = defaultdict(list)
        for line in read_lines(self.path):
            found[line.page].append(line)
        return found

    @cached_property
    def labels(self) -> list[str]:
        with pikepdf.open(self.path) as pdf:
            return [page.label for page in pdf.pages]

    @cached_property
    def outline(self) -> list[tuple[str, int]]:
        with pikepdf.open(self.path) as pdf, pdf.open_outline() as outline:
            pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}

            def walk(items):
                for item in items:
                    yield str(item.title), pages[item.destination[0].objgen]
                    yield from walk(item.children)

            return list(walk(outline.root))

    @cached_property
    def starts(self) -> dict[str, int]:
        return dict(self.outline)

    def text(self, page: int) -> str:
        return squeeze("".join(line.text for line in self.lines[page]))

    def head(self, page: int) -> str:
        """The running head: what stands above the text area."""
        return squeeze("".join(line.text for line in self.lines[page] if line.y < 31 / 25.4 * 72 - 3))

    def number(self, page: int) -> str:
        return squeeze("".join(line.text for line in self.lines[page] if line.y > 260 / 25.4 * 72)).strip("—")

    @cached_property
    def blanks(self) -> list[int]:
        return [page for page in range(1, len(self.labels) + 1) if not self.lines[page]]

    def page_of(self, label: str) -> int:
        return self.labels.index(label) + 1

    def case_pages(self, name: str) -> tuple[int, int]:
        """The pages on which a case's title and its last words stand, searched in the body alone."""
        body = range(self.page_of("1"), len(self.labels))
        title = next(n for n in body if squeeze(TITLE.format(name)) in "".join(
            squeeze(line.text) for line in self.lines[n] if line.size > 14 and n not in (self.starts["附录三　获奖名单"],)))  # fmt: skip
        return title, next(n for n in body if f"终{name}终" in self.text(n))

    def links(self, page: int) -> list[tuple[str, int]]:
        """The words under each link of a page, and the page that it leads to."""
        with pikepdf.open(self.path) as pdf:
            pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
            names = list(pdf.Root.Names.Dests.Names)
            targets = {str(name): pages[place[0].objgen] for name, place in zip(names[::2], names[1::2], strict=True)}
            height, found = float(pdf.pages[0].mediabox[3]), []
            for link in pdf.pages[page - 1].get("/Annots", []):
                if "/Dest" not in link:
                    continue
                x0, y0, x1, y1 = (float(n) for n in link.Rect)
                y0, y1 = sorted((height - y0, height - y1))
                x0, x1 = sorted((x0, x1))
                glyphs = [g for line in self.lines[page] for g in line.glyphs if x0 - 0.5 <= g.x0 and g.x1 <= x1 + 0.5 and y0 <= g.y <= y1]
                found.append((squeeze("".join(g.text for g in glyphs)), targets[str(link.Dest)]))
            return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("parts") / "collection"
    write_files(folder / "cases", {"collection.yml": SETTINGS, **{f"{name}.md": case(name) for name in CASES}})
    return write_files(folder / "content" / "book", TEXTS).parents[1]


def made_of(folder: Path, target: Path, **changes) -> Bound:
    place = project.find(folder)
    collection, problems = flow.check_project(place)
    assert [problem for problem in problems if problem.level == "error"] == []
    collection = replace(collection, **{key: changes.pop(key) for key in ("address", "imprint") if key in changes})
    collection = replace(collection, book=replace(collection.book, **changes))
    book = book_of(collection, collection.book)
    made = flow.press_of(place, collection).make_book(book)
    assert made.messages == ()
    target.write_bytes(made.pdf)
    return Bound(target, book, made)


@pytest.fixture(scope="module")
def whole(folder, tmp_path_factory) -> Bound:
    """The book with every part."""
    imprint = Imprint("internal", FACTS)
    settings = {"opening": "right", "winners": True, "committee": COMMITTEE}
    return made_of(folder, tmp_path_factory.mktemp("made") / "book.pdf", address=ADDRESS, imprint=imprint, **settings)


ORDER = [
    *("扉页", "编印信息", "编委会", "编者的话", "目录"),
    *("第一篇　作业管理", *map(TITLE.format, "de"), "第二篇　课后服务", *map(TITLE.format, "bca")),
    *("附录一　评选通知", "附录二　评选标准", "附录三　获奖名单"),
    *("单位索引", "撰写人索引", "地区索引", "主题索引", "后记"),
]


def test_all_parts_come_in_order(whole):
    """The bookmarks name every part in the order of a book, and each leads to the page that shows its words."""
    assert [title for title, _ in whole.outline] == ORDER
    assert [page for _, page in whole.outline] == sorted(page for _, page in whole.outline)
    shown = {"扉页": "各部分俱全的样书", "编印信息": "准印证号"}
    for title, page in whole.outline:
        assert all(squeeze(word) in whole.text(page) for word in shown.get(title, title).split("　")), title


def test_page_labels(whole):
    """The covers are called so, the front matter counts i, ii, iii from 扉页 on, the body from 1."""
    front = whole.page_of("1") - 3
    inside = len(whole.labels) - 1 - (whole.labels[-2] == "封三")
    assert whole.labels[:2] == ["封面", "封二"] and whole.labels[-1] == "封底"
    assert whole.labels[2:7] == ["i", "ii", "iii", "iv", "v"] and whole.starts["扉页"] == 3
    assert whole.labels[front + 2 : inside] == [str(n) for n in range(1, inside - front - 1)]


def test_what_starts_on_the_right(whole):
    """扉页, 编委会, 前言, 目录, dividers, full cases, the first appendix and 后记 start on right-hand pages; the imprint is on the back of 扉页."""
    right = ["扉页", "编委会", "编者的话", "目录", "第一篇　作业管理", "第二篇　课后服务", "附录一　评选通知", "后记"]
    assert {title: whole.starts[title] % 2 for title in [*right, *map(TITLE.format, "bca")]} == dict.fromkeys(
        [*right, *map(TITLE.format, "bca")], 1
    )
    assert whole.starts["编印信息"] == whole.starts["扉页"] + 1
    assert whole.starts["附录二　评选标准"] == whole.starts["附录一　评选通知"] + len(whole_range(whole, "附录一　评选通知"))
    assert len(whole.labels) % 2 == 0, "the back cover is a left-hand page"


def whole_range(bound: Bound, title: str) -> range:
    """The pages from one bookmark to the next, blanks left out."""
    pages = [page for _, page in bound.outline] + [len(bound.labels)]
    end = min(page for page in pages if page > bound.starts[title])
    return range(bound.starts[title], next(n for n in range(end, 0, -1) if n - 1 not in bound.blanks))


def test_blanks_show_nothing(whole):
    """A blank is a left-hand page (or 封三) without a number, a head, a link or a mark of ink."""
    assert len(whole.blanks) >= 4 and 2 in whole.blanks
    with pikepdf.open(whole.path) as pdf:
        for page in whole.blanks:
            assert page % 2 == 0 or whole.labels[page - 1] == "封三"
            assert not draws(pdf.pages[page - 1], *"Tj TJ Do f F f* S s B sh".split()) and not pdf.pages[page - 1].get("/Annots")


def draws(page: pikepdf.Page, *operators: str) -> bool:
    """Whether a page does one of these things."""
    return any(str(operator) in operators for _, operator in pikepdf.parse_content_stream(page))


def pictured(page: pikepdf.Page) -> bool:
    """Whether a page shows a picture; a running head, which the binder lays over it, is none."""
    shown = [str(operands[0]) for operands, operator in pikepdf.parse_content_stream(page) if str(operator) == "Do"]
    return set(shown) > {"/CasepressHead"} if "/CasepressHead" in shown else bool(shown)


def test_numbers_and_running_heads(whole):
    """Every page that is no cover, divider, blank, 扉页 or imprint shows its label; what runs on has its title above, first pages nothing."""
    plain = {
        1,
        len(whole.labels),
        *whole.blanks,
        *(whole.starts[title] for title in ("扉页", "编印信息", "第一篇　作业管理", "第二篇　课后服务")),
    }
    for page, label in enumerate(whole.labels, 1):
        if page in plain:
            assert page in (1, len(whole.labels)) or (whole.head(page), whole.number(page)) == ("", "")
        else:
            assert whole.number(page) == label
    first, second, third = list(whole_range(whole, "编者的话"))[:3]
    assert (whole.head(first), whole.head(second), whole.head(third)) == ("", "编者的话", "编者的话")
    first, second, third = list(whole_range(whole, "附录一　评选通知"))[:3]
    assert (whole.head(first), whole.head(second), whole.head(third)) == ("", "附录", "评选通知")
    first, second, third = list(whole_range(whole, TITLE.format("c")))[:3]
    assert (whole.head(first), whole.head(second), whole.head(third)) == ("", "课后服务", TITLE.format("c"))


def test_the_numbers_in_the_contents_are_true(whole):
    """Every part that is listed has its number in the contents, the preface a roman one, and both lead to its page."""
    found = [link for page in whole_range(whole, "目录") for link in whole.links(page)]
    numbered = [(words, page) for words, page in found if re.fullmatch(r"\d+|[ivx]+", words)]
    listed = [title for title in ORDER if title not in ("扉页", "编印信息", "目录") and "篇　" not in title]
    assert numbered == [(whole.labels[whole.starts[title] - 1], whole.starts[title]) for title in listed]
    assert [words for words, _ in found if words not in dict(numbered)] == [
        squeeze(title) for title in ORDER if title not in ("扉页", "编印信息", "目录")
    ]
    text = "".join(whole.text(page) for page in whole_range(whole, "目录"))
    assert f"{TITLE.format('c')}示例重庆小学尉迟小四" in text.replace("·", "")


def entries(whole: Bound) -> dict[str, dict[str, str]]:
    """The lines of each index, left column first: words and numbers; letters by themselves."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    title = ""
    for page in range(whole.starts["单位索引"], whole.starts["后记"]):
        for line in whole.lines[page]:
            text = squeeze(line.text)
            if text.endswith("索引") and line.size > 12:
                title = text
            elif re.fullmatch(r"[A-Z#]", text):
                found[title][text] = ""
            elif match := re.fullmatch(r"(.*?)((?:\d+(?:—\d+)?)(?:，\d+(?:—\d+)?)*)?", text):
                if line.y < 740 and whole.head(page) != text:
                    found[title][match[1]] = match[2] or ""
    return found


def numbers(whole: Bound, names: str) -> str:
    """The pages of some cases as an index has them, found by reading their titles and last words."""
    pages = sorted({int(whole.labels[page - 1]) for name in names for page in range(whole.case_pages(name)[0], whole.case_pages(name)[1] + 1)})
    spans: list[list[int]] = []
    for page in pages:
        if spans and spans[-1][1] == page - 1:
            spans[-1][1] = page
        else:
            spans.append([page, page])
    return "，".join(str(first) if first == last else f"{first}—{last}" for first, last in spans)


def test_the_indexes_are_true(whole):
    """Units, people, places and themes stand in the order of pinyin, surnames read as such, with all pages of their cases."""
    found = entries(whole)
    assert list(found) == ["单位索引", "撰写人索引", "地区索引", "主题索引"]
    wanted = {
        "单位索引": {"A": "", "安示例小学": "d", "S": "", "示例重庆小学": "bc", "示例单县小学": "ae"},
        "撰写人索引": {"R": "", "任小三": "b", "S": "", "单小一": "ae", "T": "", "Tom": "d", "Y": "", "尉迟小四": "c", "Z": ""}
        | {"曾小二（示例重庆小学）": "b", "曾小二（示例单县小学）": "a"},
        "地区索引": {"B": "", "北京市东城区": "e", "C": "", "重庆市": "b", "J": "", "江苏省": "d", "常州市": "a", "武进区": "c"},
        "主题索引": {"K": "", "课后服务": "abce", "Z": "", "作业管理": "de"},
    }
    for title, lines in wanted.items():
        assert list(found[title].items()) == [(words, numbers(whole, names) if names else "") for words, names in lines.items()], title
    assert "—" in found["撰写人索引"]["尉迟小四"]


def test_columns_of_an_index_begin_together(whole):
    """Both columns of an index begin with a letter, on one line."""
    for title in ("单位索引", "撰写人索引", "地区索引", "主题索引"):
        lines = whole.lines[whole.starts[title]]
        below = next(at for at, line in enumerate(lines) if line.size > 12 and squeeze(line.text) == title)
        letters = [line for line in lines[below + 1 :] if re.fullmatch(r"[A-Z#]", squeeze(line.text))]
        columns = {round(line.x0): line for line in reversed(letters)}
        first = min(line.y for line in letters)
        if len(columns) > 1:
            assert [line.y for line in columns.values()][:2] == pytest.approx([first, first], abs=0.05), title


def test_texts_before_the_cases_are_flush(whole):
    """Full lines of the preface end at the measure, as those of the cases do."""
    lines = [line for line in whole.lines[whole.starts["编者的话"]] if line.size < 12 and line.x1 - line.x0 > 380]
    assert len(lines) > 10
    ends = [line.x1 for line in lines]
    assert sum(abs(end - max(ends)) < 0.3 for end in ends) >= 0.95 * len(ends)


def test_each_number_of_an_index_is_a_link(whole):
    """A click on a number leads to the page that it names first."""
    found = [link for page in range(whole.starts["单位索引"], whole.starts["后记"]) for link in whole.links(page)]
    wanted = [number for lines in entries(whole).values() for words in lines.values() if words for number in words.split("，")]
    assert sorted(words for words, _ in found) == sorted(wanted)
    assert all(whole.labels[page - 1] == words.split("—")[0] for words, page in found)


def test_the_winners_are_public(whole):
    """获奖名单 has the public columns that are filled, prize by prize, batch by batch, the highest award first, each counted; no private
    value is anywhere."""
    text = "".join(whole.text(page) for page in whole_range(whole, "附录三　获奖名单"))
    assert "序号标题单位地区撰写人" in text and "批次获奖等次" not in text
    assert [words for words in re.findall(r"第.批(.等奖)\d个", text)] == [prize.title.partition("　")[2] for prize in whole.book.winners]
    places = [text.index(squeeze(TITLE.format(name))) for name in "dbca"]
    assert places == sorted(places) and squeeze(TITLE.format("e")) not in text
    assert not any("13800138000" in whole.text(page) or "联系电话" in whole.text(page) for page in range(1, len(whole.labels) + 1))


def test_the_imprint_counts(whole):
    """The imprint gives the bureau's facts in order, the size, the sheets of its pages between the covers and the length in thousands."""
    text = whole.text(whole.starts["编印信息"])
    pages = sum(label not in ("封面", "封二", "封三", "封底") for label in whole.labels)
    pages += pages % 2  # on paper the last page has a back
    shown = sum(bool(whole.text(page)) for page, label in enumerate(whole.labels, 1) if label not in ("封面", "封二", "封三", "封底"))
    length = round(40 * 36 * (shown - 0.5) / 1000)  # 版面字数: full pages of 40 characters × 36 lines, the title page half
    assert f"编印单位示例编写组准印证号{FACTS['permit']}印数300册开本210mm×285mm（大16开）印张{pages / 16:.3f}".rstrip("0").rstrip(".") in text
    assert f"字数{length}千字" in text and "电子版" not in text


def test_the_committee_in_its_roles(whole):
    """编委会 has a line per role; names of two characters are spaced to three."""
    words = "".join(line.text for line in whole.lines[whole.starts["编委会"]])
    assert "主　任" in words and "张　三" in words and "王小五" in words and "李　四" in words


def test_texts_are_whole(whole):
    """Preface, appendices and postscript are in the book to the last word, with pictures, links and signature."""
    text = "".join(whole.text(page) for page in whole_range(whole, "编者的话"))
    assert text.count(squeeze(PARAGRAPH)[:40]) >= 10 and "示例编写组二〇二六年" in text
    assert ("案例", whole.starts[TITLE.format("a")]) in [link for page in whole_range(whole, "编者的话") for link in whole.links(page)]
    with pikepdf.open(whole.path) as pdf:
        shown = [page for page in whole_range(whole, "附录一　评选通知") if pictured(pdf.pages[page - 1])]
    assert len(shown) == 1 and "图1会场" in whole.text(shown[0])
    assert "谢谢各位。" in whole.text(whole.starts["后记"])


def codes(pdf: Path, page: int, folder: Path) -> list[str]:
    subprocess.run(["pdftoppm", "-r", "150", "-f", str(page), "-l", str(page), "-gray", "-singlefile", pdf, folder / "page"], check=True)
    return [found.text for found in zxingcpp.read_barcodes(Image.open(folder / "page.pgm"), formats=zxingcpp.BarcodeFormat.QRCode)]


def test_codes_lead_to_the_site(whole, tmp_path):
    """At a case's end, or for a run of digests in a list behind it, stand addresses and codes that a phone reads; the back cover has the
    site's."""
    for name, listed in (("c", "c"), ("e", "de")):
        page = whole.case_pages(name)[1]
        assert sorted(codes(whole.path, page, tmp_path)) == [f"{ADDRESS}/cases/{each}.html" for each in listed]
        assert all(f"{ADDRESS}/cases/{each}.html" in whole.text(page) for each in listed)
    assert codes(whole.path, len(whole.labels), tmp_path) == [f"{ADDRESS}/"]


def test_every_glyph_that_is_shown_is_there(folder, tmp_path):
    """In the official profile too, whose 仿宋 numbers its last glyphs in its own way, each code names a glyph of its font."""
    bound = made_of(folder, tmp_path / "book.pdf", profile="gongwen", only=("id=e",), indexes=("theme",))
    with pikepdf.open(bound.path) as pdf:
        found = ""
        for font in pdf.objects:
            if (
                not isinstance(font, pikepdf.Dictionary)
                or font.get("/Subtype") != "/Type0"
                or font.DescendantFonts[0].Subtype != "/CIDFontType0"
            ):
                continue
            table = CFFFontSet()
            table.decompile(io.BytesIO(font.DescendantFonts[0].FontDescriptor.FontFile3.read_bytes()), None)
            pairs = re.findall(rb"^<(\w+)> <(\w+)>$", font.ToUnicode.read_bytes(), re.MULTILINE)
            assert pairs and {f"cid{int(code, 16):05d}" for code, _ in pairs if int(code, 16)} <= set(table[0].charset), font.BaseFont
            found += "".join(bytes.fromhex(text.decode()).decode("utf-16-be") for _, text in pairs) if "Fang" in str(font.BaseFont) else ""
    assert "—" in found


def test_parts_are_optional(make, tmp_path):
    """Without texts, people, winners, fields to index and an address the book has only 扉页, imprint and contents around its cases."""
    folder = make({"d.md": case("d")}, SETTINGS)
    bound = made_of(folder, tmp_path / "book.pdf", indexes=())
    assert [title for title, _ in bound.outline] == ["扉页", "编印信息", "目录", TITLE.format("d")]
    words = "".join(bound.text(page) for page in range(1, len(bound.labels) + 1))
    assert "电子版，以正式印发为准" in words and "http" not in words
    with pikepdf.open(bound.path) as pdf:
        assert not any(pictured(page) for page in pdf.pages)


def test_a_lost_text_is_not_bound(folder, tmp_path):
    """Where a template drops a text or its bookmark, the book is not made."""
    place = project.find(folder)
    collection, _ = flow.check_project(place)
    template = (project.shipped_folder("theme") / "print" / "text.html").read_text("utf-8")
    for old, new in ((' id="{{ piece.titles[0][0] }}"', ""), ('<h1 class="piece-title"', '<h1 class="untitled"')):
        own = write_files(tmp_path / str(len(new)), {"text.html": template.replace(old, new)})
        press = flow.press_of(place, collection)
        press = replace(press, composer=replace(press.composer, env=environment([own, *place.themes("print")])))
        book = book_of(collection, replace(collection.book, only=("id=d",), indexes=()))
        with pytest.raises(BindingFailed, match="评选通知.*没有排出来|书签里缺少"):
            press.make_book(book)


@pytest.mark.parametrize(
    "name, content, words",
    [
        ("prefac.md", "# 前言\n\n正文。", "content/book/prefac.md: 错误: .*是不是 preface.md"),
        ("附录.docx", "x", "content/book/附录.docx: 错误: 汇编没有这样一个部分"),
        ("appendix-1.md", "没有标题。", "content/book/appendix-1.md:1: 错误: 这篇附录没有标题"),
        ("preface.md", "# 前言\n", "content/book/preface.md:1: 错误: 这个文件里没有正文"),
        ("preface.md", b"\xff\xfe\x00", "content/book/preface.md:1: 错误: 文件的编码读不出来"),
        ("preface.md", "---\ntitel: 前言\n---\n正文。", "content/book/preface.md:2: 错误: .*没有“titel”这一项。是不是想写 title"),
        ("preface.md", "正文。\n\n见[这里](../../cases/x.md)。", "content/book/preface.md:3: 错误: 链接“../../cases/x.md”没有着落"),
        ("preface.md", "正文。\n\n![图](x.png)", "content/book/preface.md:3: 错误: 找不到图片“x.png”"),
        ("x.png", picture(), "content/book/x.png: 警告: .*没有哪篇文字用到这张图片"),
    ],
)
def test_what_the_book_cannot_use_is_said(make, name, content, words):
    """A file that is no part, a text without title or body, a lost link or picture: each is a problem with its place."""
    folder = make({"d.md": case("d")}, SETTINGS)
    write_files(folder / "content" / "book", {name: content})
    _, problems = flow.check_project(project.find(folder))
    assert [problem for problem in problems if re.match(words, str(problem))], list(map(str, problems))
    assert sum("content/book" in problem.path for problem in problems) == 1, list(map(str, problems))


def test_the_books_texts_are_no_pages(folder):
    """What is in content/book goes into the book and not into the site."""
    staged = flow.stage(project.find(folder)).docs
    assert not [path for path in staged.rglob("*") if "book" in path.relative_to(staged).parts or path.suffix == ".png"]


@pytest.mark.parametrize("count, characters", [(9, 30), (20, 18), (48, 12), (48, 26)])
@pytest.mark.parametrize("name", ["big16", "std16", "a4", "gongwen", "ningxia", "zhuzhou", "large"])
def test_a_divider_is_one_page(name, count, characters, tmp_path):
    """In every profile the page before a part holds its titles, in one column or two, or else how many there are."""
    files = {f"cases/c{n}.md": case_text(f"{n}".rjust(characters, "题")) for n in range(count)}
    place = project.find(write_files(tmp_path / "w", {"cases/collection.yml": "title: 案例\n", **files}))
    collection, _ = flow.check_project(place)
    book, press = whole_book(collection), flow.press_of(place, collection, name)
    laid = press.lay_out(press.composer.section(book, Section(book.parts[0])))
    assert laid.length == 1 and laid.messages == ()


def test_winners_stand_by_prize_and_place(make):
    """Each prize is a table of its own, by place; what all places have in common is not said, nor a province twice in a row."""
    rows = (("a", "江苏省常州市", "一等奖"), ("b", "江苏省南京市", "一等奖"), ("c", "福建省福州市", "一等奖"), ("d", "江苏省", "二等奖"))
    cases = {f"{name}.md": f"---\ntitle: {name}\n地区: {place}\n获奖等次: {award}\n批次: 第一批\n---\n\n字。\n" for name, place, award in rows}
    collection, _ = flow.check_project(project.find(make(cases, "title: 库\n")))
    first, second = whole_book(collection).winners
    assert (first.title, second.title) == ("一等奖", "二等奖")
    assert [(case.title, "".join(place)) for case, place in first.lines] == [("b", "江苏省南京市"), ("a", "常州市"), ("c", "福建省福州市")]
    one = book_of(collection, replace(collection.book, only=("region=江苏省", "award=一等奖")))
    assert ["".join(place) for _, place in one.winners[0].lines] == ["南京市", "常州市"]


BANDED = {
    "a.md": case_text("甲案例", theme="课后服务").replace("digest", "full"),
    "b.md": case_text("乙案例", theme="作业管理"),
    "c.md": case_text("丙案例", theme="作业管理"),
}


@pytest.mark.parametrize("how", ["run-on", "page"])
def test_a_part_opens_with_a_band_or_a_page(how, make, tmp_path):
    """`run-on` says which part begins above its first case, on that page; bookmarks, contents and numbers are true either way."""
    folder = make(BANDED, f"title: 库\nbook: {{parts: {{by: theme, opening: {how}}}, indexes: []}}\n")
    collection, problems = flow.check_project(project.find(folder))
    assert not [problem for problem in problems if problem.level == "error"]
    press = flow.press_of(project.find(folder), collection)
    book = whole_book(collection)
    (tmp_path / "book.pdf").write_bytes(press.make_book(book).pdf)
    with pikepdf.open(tmp_path / "book.pdf") as pdf, pdf.open_outline() as outline:
        labels = {page.objgen: page.label for page in pdf.pages}
        at = {str(item.title): labels[item.destination[0].objgen] for item in outline.root}
        below = {str(item.title): [(str(each.title), labels[each.destination[0].objgen]) for each in item.children] for item in outline.root}
    parts = {title: label for title, label in at.items() if title.startswith("第")}
    if how == "run-on":
        assert below["第一篇　课后服务"] == [("甲案例", "1")] and below["第二篇　作业管理"] == [("乙案例", "2"), ("丙案例", "2")]
        assert list(parts.values()) == ["1", "2"]
        first = [squeeze(line.text) for line in read_lines(tmp_path / "book.pdf") if line.page == [*labels.values()].index("1") + 1]
        assert first[0] == "第一篇课后服务" and "甲案例" in first
    else:
        assert list(parts.values()) == ["1", "5"] and below["第一篇　课后服务"] == [("甲案例", "3")]


def test_short_parts_run_on_by_themselves(make):
    """Where most parts have a single case no leaf is spent on them, unless the settings ask for it."""
    collection, _ = flow.check_project(project.find(make(BANDED, "title: 库\n")))
    whole = whole_book(collection)
    assert not whole.runs_on and [section.band for section in sections(whole)] == [False] * 4
    short = book_of(collection, replace(collection.book, only=("id=a", "id=b")))
    assert short.runs_on and [section.band for section in sections(short)] == [True, True]
    assert not book_of(collection, replace(collection.book, only=("id=a", "id=b"), dividers="page")).runs_on
