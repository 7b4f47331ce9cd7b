"""Captions: what every reader must see beside a picture stands on the page and in the book, and checks ask for no less."""

import re
import time

import pytest

from casepress.checking.lawful import maps_are_approved
from casepress.collection import project
from casepress.collection.reading import read_collection
from casepress.facts import captions
from casepress.markup.prose import render
from conftest import case_text, picture, run, write_files
from readback import read_lines

NUMBER = "审图号：GS(2024)1234号"
TARGETS = {"x.jpg": "asset:0123.jpg"}


@pytest.mark.parametrize(
    ("words", "title", "printed"),
    [
        (f"江苏省地图，{NUMBER}", "", f"江苏省地图，{NUMBER}"),
        (f"江苏省地图（{NUMBER}）", "本省的县", f"本省的县（{NUMBER}）"),
        (f"江苏省地图，{NUMBER}", f"本省，{NUMBER}", f"本省，{NUMBER}"),
        (f"江苏省地图，{NUMBER}", "本省，审图号: GS(2024)1234号", f"本省，审图号: GS(2024)1234号（{NUMBER}）"),
        ("操场上的大课间，摄影：王老师", "", "操场上的大课间，摄影：王老师"),
        ("操场上的大课间，王老师摄", "大课间", "大课间（王老师摄）"),
        ("操场上的大课间（王老师 摄）", "大课间", "大课间（王老师 摄）"),
        ("操场 图源：某某日报", "大课间", "大课间（图源：某某日报）"),
        ("操场，某某日报供图", "", "操场，某某日报供图"),
        ("操场 © 某某日报社", "", "操场 © 某某日报社"),
        ("操场上的大课间", "", ""),
        ("摄影社团的同学在校园里学拍摄", "", ""),
        ("学生在看摄影展，内容是家乡", "社团", "社团"),
        ("", "", ""),
    ],
)
def test_what_must_be_read_is_in_the_caption(words, title, printed):
    """An approval number or a maker's name in the alternative text is printed, once; other words stay where they are."""
    assert captions.caption(words, title) == printed
    shown = render(f'![{words}](x.jpg "{title}")' if title else f"![{words}](x.jpg)", "c-", TARGETS)
    assert re.findall("<figcaption>(.*?)</figcaption>", shown.html) == ([printed] if printed else [])
    assert shown.text == printed


@pytest.mark.parametrize(
    "markdown",
    [
        f"图：![江苏省地图，{NUMBER}](x.jpg)在此。",
        f'图：![江苏省地图](x.jpg "{NUMBER}")在此。',
        f"- ![江苏省地图，{NUMBER}](x.jpg) 一\n- 二",
        f"| 甲 |\n| --- |\n| ![江苏省地图（{NUMBER}）](x.jpg) |",
        f"[![江苏省地图，{NUMBER}](x.jpg)](http://a.cn)",
    ],
)
def test_a_picture_without_a_caption_has_it_behind(markdown):
    """In a line, a list or a cell, where a picture has no caption, what must be read stands behind it."""
    assert NUMBER in render(markdown, "c-", TARGETS).text


def test_the_number_is_on_the_page_and_in_the_book(make, tmp_path):
    """The guide's own example, a photo of the header and one in a line of text: each number is on the page and in the PDF."""
    photos = "照片: [{file: p.png, alt: '全省地图，审图号：苏S(2023)12号'}, {file: p.png, alt: 中国地图, credit: 审图号：GS(2024)77号}]\n"
    body = f'![江苏省地图，{NUMBER}](p.png)\n\n县：![某县地图](p.png "审图号：JS(2022)01-003号")。'
    folder = make({"a.md": case_text("甲", body=body).replace("篇幅", photos + "篇幅"), "p.png": picture()}, site=True)
    numbers = (NUMBER, "审图号：苏S(2023)12号", "审图号：GS(2024)77号", "审图号：JS(2022)01-003号")

    assert run("-C", folder, "build").code == 0

    page = re.sub("<[^>]*>", "", (folder / "build" / "site" / "cases" / "a.html").read_text("utf-8"))
    book = "".join(line.text for line in read_lines(folder / "build" / "books" / "cases" / "a.pdf"))
    for number in numbers:
        assert number in page and number.replace(" ", "") in book.replace(" ", ""), number
    assert "号　摄" not in book and "号 摄" not in book


def test_a_page_of_mkdocs_must_say_it_in_its_text(make):
    """On a page that MkDocs makes nobody sees the words of a picture: there the number must stand in the text."""
    folder = make({"a.md": case_text("甲")})
    write_files(folder, {"content/about.md": f"# 关于\n\n![江苏省地图，{NUMBER}](x.png)\n", "content/x.png": picture()})

    def found(source: str) -> list[str]:
        collection, _ = read_collection(project.find(folder), {})
        return [str(problem) for problem in maps_are_approved(collection, {"about.md": source.encode()})]

    (said,) = found(f"# 关于\n\n![江苏省地图，{NUMBER}](x.png)\n")
    assert said.startswith("content/about.md:3: 错误: ") and "正文里" in said
    assert found(f"# 关于\n\n![江苏省地图，{NUMBER}](x.png)\n\n{NUMBER}\n") == []


def test_long_words_take_no_time():
    """Words of any kind and length are looked through in a time that grows as they do."""
    for shape in ("审图号", "审图号 ", "摄影：", "，甲摄", "（", " ", "©", "甲"):
        start = time.process_time()
        captions.caption(shape * 60_000, "")
        assert time.process_time() - start < 1.5, shape
