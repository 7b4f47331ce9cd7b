"""The home page with books on offer, as Chromium shows it: small covers, and many volumes folded away."""

from pathlib import Path

import material
import pytest

from casepress import flow
from casepress.collection import project
from casepress.markup.templates import environment
from casepress.site.bundles import bundles
from casepress.site.downloads import Download, Downloads
from casepress.site.pages import site_pages
from conftest import ROOT, case_text

LONG = "示例市义务教育阶段“双减”工作与课后服务提质增效优秀实践案例汇编（2021—2024）"
PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="material.css"><link rel="stylesheet" href="casepress.css"><link rel="stylesheet" href="search.css">
<body data-md-color-scheme="default"><div class="md-typeset">{}</div>"""


@pytest.fixture
def home(make, tmp_path):
    """A function that gives the address of the home page with a whole book of a title and some volumes."""
    collection = flow.check_project(project.find(make({"a.md": case_text("甲")})))[0]
    theme = ROOT / "theme"
    for path, data in bundles([theme / "scripts"], [theme / "styles"]).items():
        (tmp_path / Path(path).name).write_bytes(data)
    styles = Path(material.__file__).parent / "templates" / "assets" / "stylesheets"
    (tmp_path / "material.css").write_bytes(next(styles.glob("main.*.min.css")).read_bytes())

    def written(title: str, volumes: int) -> str:
        books = tuple(Download(f"books/{n}.pdf", f"第{n}册", 1_000_000, 90) for n in range(volumes))
        offered = Downloads(Download("books/all.pdf", title, 1_000_000, 900), {}, books)
        page = next(iter(site_pages(collection, environment([theme / "pages"]), downloads=offered)))
        (tmp_path / "index.html").write_text(PAGE.format(page.text.split("---\n", 2)[2]), "utf-8")
        return (tmp_path / "index.html").as_uri()

    return written


@pytest.mark.parametrize("width", [390, 1440])
def test_the_title_of_a_book_is_clear_of_the_band(width, home, windows):
    """However long a title is, the band of its small cover stands below it and the publisher below the band."""
    page = windows(viewport={"width": width, "height": 900}).page
    page.goto(home(LONG, 0))
    edges = page.evaluate("""() => ['title', 'band', 'foot'].map(part => document.querySelector('.cp-cover-' + part).getBoundingClientRect())
        .map(box => [box.top, box.bottom])""")
    assert edges[0][1] <= edges[1][0] and edges[1][1] <= edges[2][0]


def test_many_volumes_are_folded(home, windows):
    """Twelve volumes stand there; of more, one line says how many there are and opens, in the page's own colours."""
    page = windows(viewport={"width": 390, "height": 900}).page
    page.goto(home("汇编", 12))
    assert page.locator(".cp-volumes li:visible").count() == 12
    page.goto(home("汇编", 13))
    box = page.locator(".cp-volumes summary")
    assert page.locator(".cp-volumes li:visible").count() == 0 and "13" in box.inner_text()
    look = "each => [each, each.parentNode].map(e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).borderLeftWidth])"
    assert box.evaluate(look) == [["rgba(0, 0, 0, 0)", "0px"]] * 2
    box.click()
    assert page.locator(".cp-volumes li:visible").count() == 13
