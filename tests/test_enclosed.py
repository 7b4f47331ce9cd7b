"""What is enclosed with a case, on the site: its pictures large, by mouse, keyboard and finger."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from casepress import flow, scaffold
from casepress.collection import project
from conftest import SETTINGS, case_text, write_files


def photo(width: int, height: int, seed: int) -> bytes:
    """A picture of one colour and this size."""
    data = io.BytesIO()
    Image.new("RGB", (width, height), (40 * seed, 120, 90)).save(data, "PNG")
    return data.getvalue()


def headed(text: str, lines: str) -> str:
    """A case with further lines in its header."""
    return text.replace("---\n", f"---\n{lines}\n", 1)


BODY = '甲甲甲甲。\n\n![操场](1.png "操场全景")\n\n乙乙乙乙。\n\n![](2.png)\n\n丙丙丙丙。'
FILES = {
    "collection.yml": SETTINGS,
    "1.png": photo(1300, 700, 1),
    "2.png": photo(300, 900, 2),
    "3.png": photo(640, 480, 3),
    "a.md": headed(case_text("甲", body=BODY), "photos: [{file: 3.png, alt: 教室}]"),
    "b.md": case_text("乙"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("enclosed") / "collection"
    scaffold.new_collection(folder)
    (folder / "cases" / "example.md").unlink()
    (folder / "content" / "guide.md").write_text("# 手册\n", "utf-8")
    write_files(folder / "cases", FILES)
    return flow.build(project.find(folder), books=False).site


@pytest.fixture
def page(site, windows):
    window = windows("desk", viewport={"width": 1280, "height": 800}, locale="zh-CN")
    window.page.goto(f"{site.as_uri()}/cases/a.html")
    yield window.page
    assert window.taken()[1] == []


def test_a_picture_is_a_link_to_its_large_rendition(site):
    """Without scripts each picture leads to itself in its largest size, which is there; one without words says what the link does."""
    html = (site / "cases" / "a.html").read_text("utf-8")
    links = re.findall(r'<a class="cp-large" href="\.\./(pictures/[^"]+)"([^>]*)>\s*<img', html)
    assert [Image.open(site / name).size for name, _ in links] == [(1300, 700), (300, 900), (640, 480)]
    assert [bool(words) for _, words in links] == [False, True, False]
    assert "assets/lightbox.js" in html and "assets/lightbox.js" not in (site / "cases" / "b.html").read_text("utf-8")


def test_pictures_are_looked_at_by_keyboard(page):
    """Enter opens a picture, arrows lead to the others and stop at the ends, Escape closes, and the focus is where one left off."""
    links = page.locator("a.cp-large")
    links.first.focus()
    page.keyboard.press("Enter")
    shown = page.locator(".cp-lightbox[open] img")
    assert shown.get_attribute("alt") == "操场" and "操场全景" in page.inner_text(".cp-lightbox figcaption")
    assert page.inner_text(".cp-lightbox-nth") == "第 1 张，共 3 张"
    for key, alt in (("ArrowLeft", "操场"), ("ArrowRight", ""), ("ArrowRight", "教室"), ("ArrowRight", "教室")):
        page.keyboard.press(key)
        assert shown.get_attribute("alt") == alt
    page.keyboard.press("Escape")
    assert page.locator(".cp-lightbox[open]").count() == 0
    assert links.nth(2).evaluate("each => each === document.activeElement")


def test_a_picture_fits_and_is_seen_in_its_own_size(page):
    """All of a tall picture is seen at once; a click shows it in its own size, another all of it again."""
    page.locator("a.cp-large").nth(1).click()
    shown = page.locator(".cp-lightbox[open] img")
    page.wait_for_function("document.querySelector('.cp-lightbox img').complete")
    box = shown.bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= 800 and abs(box["height"] / box["width"] - 3) < 0.05
    shown.click(position={"x": 5, "y": 5})
    assert shown.bounding_box()["height"] == 900
    shown.click(position={"x": 5, "y": 5})
    assert shown.bounding_box()["height"] < 800
    page.get_by_role("button", name="关闭").click()


def test_a_swipe_leads_on(site, windows):
    """A finger drawn to the left shows the next picture, to the right the one before; along the page it does nothing."""
    page = windows("phone", viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True).page
    page.goto(f"{site.as_uri()}/cases/a.html")
    page.locator("a.cp-large").first.tap()
    draw = """([x, y]) => { const on = document.querySelector('.cp-lightbox figure');
        const touch = (x, y) => new Touch({identifier: 1, target: on, clientX: x, clientY: y});
        on.dispatchEvent(new TouchEvent('touchstart', {touches: [touch(200, 300)], changedTouches: [touch(200, 300)]}));
        on.dispatchEvent(new TouchEvent('touchend', {touches: [], changedTouches: [touch(200 + x, 300 + y)]})); }"""
    for way, words in (([-120, 5], "第 2 张"), ([-20, 0], "第 2 张"), ([80, 200], "第 2 张"), ([120, 0], "第 1 张")):
        page.evaluate(draw, way)
        assert words in page.inner_text(".cp-lightbox-nth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
