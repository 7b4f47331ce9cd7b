"""Figures and tables of a case as Chromium shows them, on a phone and a desktop: rows of pictures, sizes, points of numbers."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from casepress.book.decimals import columns, pad_decimals
from casepress.book.fitting import grid_of
from casepress.book.tables import set_tables
from casepress.facts.renditions import SHAPES as SHAPES_KNOWN
from casepress.facts.renditions import shape
from casepress.markup import parsing
from casepress.site.frames import framed
from conftest import BRIEF, run, write_files
from test_photos import SHAPES, drawing, profile

TEXT = "学校把课后服务安排成两段，前一段完成作业，后一段参加社团。\n\n"
NUMBERS = ["128.5", "7.25", "1,024", "-3.5", "+12", "86", "0.125", "—"]
SHARES = ["3.2%", "12%", "0.75%", "100%", "8.5%", "6%", "7.25%", "无"]
BODY = (
    f"见图1和表2。{TEXT * 3}"
    '![甲](wide.jpg "横的")\n\n![乙](upright.jpg "竖的，图注长一些，说明画面里是什么人在做什么事")\n\n'
    f'{TEXT}![丙](wide.jpg "半宽"){{.half}}\n\n{TEXT}![丁](panorama.jpg "通栏"){{.full}}\n\n{TEXT}'
    f'![戊](upright.jpg "图版"){{.plate}}\n\n{TEXT}![己](tiny.jpg "小图")\n\n![庚](wide.jpg "大图")\n\n{TEXT}'
    "<table><caption>人数</caption><tr><th rowspan=2>学校名称</th><th colspan=2>2024年</th></tr><tr><th>人数</th><th>占比</th></tr>"
    + "".join(
        f"<tr><td>第{n}小学</td><td>{number}</td><td>{share}</td></tr>"
        for n, (number, share) in enumerate(zip(NUMBERS, SHARES, strict=True), 1)
    )
    + f"</table>\n\n表：另一个\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n\n{TEXT}"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("screens") / "collection"
    assert run("new", folder).code == 0
    (folder / "cases" / "example.md").unlink()
    head = "---\nid: a\ntitle: 甲\nregion: 江苏省\nschool: 示例小学\ntheme: 课后服务\nbatch: 第一批\nform: full\nsummary: 一句话。\n"
    head += "photos: [{file: wide.jpg, alt: 甲, caption: 校门}, {file: broad.jpg, alt: 乙, caption: 教室}]\n---\n\n"
    files = {f"{name}.jpg": drawing(*size) for name, size in SHAPES.items()}
    write_files(folder / "cases", {"collection.yml": BRIEF, "a.md": head + BODY, **files})
    ran = run("-C", folder, "site")
    assert ran.code == 0, ran.words
    return folder / "build" / "site"


@pytest.fixture(scope="module", params=[390, 820, 1280])
def page(request, site, chromium) -> Iterator:
    opened = chromium.new_page(viewport={"width": request.param, "height": 900})
    opened.goto((site / "cases" / "a.html").as_uri())
    yield opened
    opened.close()


def boxes(page, selector: str) -> list[dict]:
    return page.evaluate(
        """selector => [...document.querySelectorAll(selector)].map(each => {
            const box = each.getBoundingClientRect();
            return {x: box.x, y: box.y + scrollY, width: box.width, height: box.height, right: box.right, bottom: box.bottom + scrollY, name: each.alt};
        })""",
        selector,
    )


def test_nothing_is_wider_than_the_screen(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_pictures_of_a_row_are_equally_high(page):
    """Where two stand side by side they begin and end together, and fill the width; on a phone they stand below one another."""
    (text,) = boxes(page, ".cp-body")
    rows = page.evaluate("[...document.querySelectorAll('.cp-row')].length")
    assert rows == 2  # a small picture stands by itself
    left, right = (next(box for box in boxes(page, ".cp-body .cp-row img") if box["name"] == name) for name in ("甲", "乙"))
    if page.viewport_size["width"] > 600:
        assert left["y"] == pytest.approx(right["y"], abs=1) and left["height"] == pytest.approx(right["height"], abs=1.5)
        assert right["x"] > left["right"] and left["x"] - text["x"] == pytest.approx(text["right"] - right["right"], abs=2)
    else:
        assert right["y"] > left["bottom"]
    photos = boxes(page, ".cp-photos img")
    assert (photos[0]["y"] == pytest.approx(photos[1]["y"], abs=1)) == (page.viewport_size["width"] > 600)
    if page.viewport_size["width"] > 600:
        assert photos[0]["height"] == pytest.approx(photos[1]["height"], abs=1.5)


def test_shapes_are_kept_and_nothing_is_blown_up(page):
    """No picture is distorted or wider than its pixels."""
    for box in boxes(page, ".cp-text figure img"):
        assert box["width"] > 60
    ratios = page.evaluate(
        "[...document.querySelectorAll('.cp-text figure img')].map(e => "
        "[e.getBoundingClientRect().width / e.getBoundingClientRect().height, e.getAttribute('width') / e.getAttribute('height'),"
        " e.getBoundingClientRect().width / e.getAttribute('width')])"
    )
    assert all(shown == pytest.approx(own, rel=0.02) and share <= 1.01 for shown, own, share in ratios), ratios


def test_every_shape_is_known_to_the_style_sheet(site):
    """A picture of any shape has a class that gives it its place in a row, a twentieth off at most: it is shown whole within it."""
    style = (site / "assets" / "casepress.css").read_text("utf-8")
    told = {int(name): float(ratio) for name, ratio in re.findall(r"\.cp-shape-(\d+) *{\s*--cp-ratio: *([\d.]+)", style)}
    assert set(told) == set(SHAPES_KNOWN) and all(abs(each / 100 - ratio) < 0.006 for each, ratio in told.items())
    for width in range(510, 2200, 7):
        ratio = told[int(shape(str(width), "1000").removeprefix("cp-shape-"))]
        assert ratio == pytest.approx(width / 1000, rel=0.062)
    assert shape("", "") == ""


def test_hints_are_obeyed_and_all_stands_in_the_middle(page):
    """半宽 is half as wide as the text (more on a phone), 通栏 and 图版 as wide; each picture and caption in the middle of it."""
    (text,) = boxes(page, ".cp-body")
    (half,), (full,), (plate,) = (boxes(page, f".cp-body figure.{name} img") for name in ("half", "full", "plate"))
    share = 0.5 if page.viewport_size["width"] > 600 else 0.7
    assert half["width"] == pytest.approx(text["width"] * share, abs=2)
    assert full["width"] == pytest.approx(text["width"], abs=1) and plate["width"] == pytest.approx(min(900, text["width"]), abs=1)
    for box in (half, full, plate):
        assert box["x"] - text["x"] == pytest.approx(text["right"] - box["right"], abs=1)


def test_a_caption_is_nearer_to_its_picture_than_to_the_text(page):
    gaps = page.evaluate(
        """[...document.querySelectorAll('.cp-body > figure')].map(each => {
            const caption = each.querySelector('figcaption').getBoundingClientRect(), next = each.nextElementSibling.getBoundingClientRect();
            return [caption.top - each.querySelector('img').getBoundingClientRect().bottom, next.top - caption.bottom];
        })"""
    )
    assert len(gaps) == 5 and all(0 < above < below for above, below in gaps), gaps


def test_numbers_of_figures_are_not_broken(page):
    assert page.evaluate("[...document.querySelectorAll('.cp-body p a')].every(each => each.getClientRects().length === 1)")


def test_points_stand_below_one_another(page):
    """Of each column of numbers the places of the points, or of where they would be, are one; and what is copied is the number."""
    places = page.evaluate(
        """[1, 2].map(at => [...document.querySelectorAll('.cp-grid tbody tr')].map(row => row.cells[at]).filter(
            cell => cell && cell.classList.contains('cp-decimal')).map(cell => {
            const node = cell.firstChild, range = document.createRange(), words = node.data, at = words.search(/\\.|%|$/);
            range.setStart(node, 0); range.setEnd(node, at);
            return [words, range.getBoundingClientRect().right];
        }))"""
    )
    assert [[words for words, _ in column] for column in places] == [NUMBERS[:-1], SHARES[:-1]]
    for column in places:
        assert max(right for _, right in column) - min(right for _, right in column) < 0.6, column
    assert page.evaluate("document.querySelector('.cp-grid tbody').innerText").split()[:4] == ["第1小学", "128.5", "3.2%", "第2小学"]


def test_heads_over_columns_stand_in_their_middle(page):
    assert page.evaluate("getComputedStyle(document.querySelector('.cp-grid thead [colspan]')).textAlign") == "center"
    assert page.evaluate("[...document.querySelectorAll('.cp-grid tbody td:first-child')].every(e => e.getBoundingClientRect().height < 50)")


def test_site_and_book_read_numbers_alike():
    """What is a column of numbers is said once: the cells that the site pads are those that the book sets in boxes."""
    html = "<table><thead><tr><th>a</th><th>b</th><th>c</th></tr></thead><tbody>"
    html += "".join(
        f"<tr><td>{a}</td><td>{b}</td><td>{c}</td></tr>" for a, b, c in (("1.5", "10", "甲"), ("-20", "20", "3.5"), ("—", "30", "4"))
    )
    html += "</tbody></table>"
    site, book, fragment = (parsing.fragment(framed(html)), parsing.fragment(html), parsing.fragment(html))
    set_tables(book, profile("big16"))
    padded = [cell.text for cell in site.iter("td") if "cp-decimal" in cell.get("class", "")]
    boxed = ["".join(cell.itertext()) for cell in book.iter("td") if cell.find("span") is not None]
    found = [each.before + each.behind for numbers in columns(grid_of(fragment.find(".//table"))) for each in numbers]
    assert padded == boxed == found == ["1.5", "-20"]


@pytest.mark.parametrize(
    ("numbers", "pads"),
    [
        (["1.5", "20"], [("0", ""), ("", "0.")]),
        (["1,024", "7"], [("", ""), ("000,", "")]),
        (["-1", "10%"], [("0", "%"), ("-", "")]),
        (["+1.25", "3"], [("", ""), ("+", "00.")]),
    ],
)
def test_what_a_number_lacks_is_as_wide_as_what_the_others_have(numbers, pads):
    """Figures, points, signs and per cent are counted apart, for they are not equally wide."""
    table = parsing.fragment(f"<table><tbody>{''.join(f'<tr><td>{each}</td></tr>' for each in numbers)}</tbody></table>").find("table")
    pad_decimals(grid_of(table), "n")
    found = [(cell.get("data-before", ""), cell.get("data-behind", "")) for cell in table.iter("td")]
    assert [tuple(map(sorted, each)) for each in found] == [tuple(map(sorted, each)) for each in pads]
