"""The page 数据: every number is true, leads to its cases, and is drawn from the fields that a collection has."""

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

from casepress import flow
from casepress.collection import charts, project
from casepress.collection.views import select, view
from casepress.markup.templates import environment
from casepress.site import figures
from casepress.site.pages import site_pages
from conftest import ROOT, case_text

FIELDS = """title: 小案例库
fields:
  area: {label: 片区, kind: choice, many: yes, facet: yes, closed: yes, choices: [城区, 乡镇, 海岛]}
  held: {label: 日期, kind: date, facet: yes}
  batch: {label: 批次, kind: ordinal, facet: yes}
"""


def told(title: str, area: str = "", held: str = "", **values: str) -> str:
    """A case with values of the collection's own fields."""
    return case_text(title, **values).replace("---\n", f"---\narea: {area}\nheld: {held}\n", 1)


CASES = {
    "collection.yml": FIELDS,
    "a.md": told("甲", region="山东省青岛市", batch="2023年第一批", area="[城区, 乡镇]", held="2023年5月1日"),
    "b.md": told("乙", region="山东省青岛市", batch="2023年第二批", area="城区", held="2024-03-02"),
    "c.md": told("丙", region="山东省烟台市", batch="2024年第一批", theme="作业管理", held="2024年6月"),
    "d.md": told("丁", region="江苏省南京市", batch="2024年第一批", theme="A & “B”"),
}


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures") / "cases"
    folder.mkdir()
    for name, text in CASES.items():
        (folder / name).write_text(text, "utf-8")
    return flow.check_project(project.find(folder.parent))[0]


@pytest.fixture(scope="module")
def views(collection):
    return {field.name: view(collection, field) for field in collection.facets}


@pytest.fixture(scope="module")
def page(collection) -> str:
    folders = (ROOT / "theme" / "pages",)
    return next(page.text for page in site_pages(collection, environment(folders), templates=folders) if page.path == figures.PATH)


class Links(HTMLParser):
    """Every link to the list of a page, with the number that it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.found, self._href, self._said = [], "", ""

    def handle_starttag(self, tag, attributes):
        if tag == "a":
            said = dict(attributes)
            self._href, self._said = said["href"], said.get("aria-label", "")

    def handle_data(self, data):
        if self._href and not self._said:
            self._said = data

    def handle_endtag(self, tag):
        if tag == "a":
            if "cases/index.html?" in self._href:
                self.found.append((self._href, self._said))
            self._href = self._said = ""


def test_each_number_leads_to_as_many_cases(collection, page):
    """The filters of an address choose exactly as many cases as stand on its bar, square or cell."""
    reader = Links()
    reader.feed(page)
    numbers = [(href, int(found[1])) for href, said in reader.found if (found := re.search(r"(\d+)(?: 个案例)?$", said))]
    assert len(numbers) > 30
    for href, number in numbers:
        asked = parse_qs(urlsplit(href).query)
        assert len(select(collection, [f"{name}={value}" for name, values in asked.items() for value in values])) == number, href


def test_charts_are_made_of_the_fields_that_there_are(views):
    """A field of one's own is counted, also the choices that nobody used; units by the dozen are no chart."""
    found = {(chart.field.name, chart.by_year): chart for chart in charts.charts(views.values())}
    assert [(bar.label, bar.count) for bar in found["area", False].bars] == [("城区", 2), ("乡镇", 1), ("海岛", 0)]
    assert found["area", False].without == 2
    assert [(bar.label, bar.count) for bar in found["batch", True].bars] == [("2023", 2), ("2024", 2)]
    assert [(bar.label, bar.count) for bar in found["held", True].bars] == [("2023", 1), ("2024", 2)]
    assert ("held", False) not in found


def test_empty_cells_and_places_are_shown(views, page):
    """The heat table has a cell for every pair, the tiles a square for every province; what has no case is no link."""
    heat, tiles = charts.heat(views), charts.tiles(views["region"])
    assert heat.across.name == "area" or len(heat.columns) >= 3
    assert all(len(cells) == len(heat.columns) for _, cells in heat.rows)
    assert 0 in {cell.count for _, cells in heat.rows for cell in cells}
    assert len(tiles.tiles) == 34 and len({(tile.x, tile.y) for tile in tiles.tiles}) == 34
    assert {tile.bar.label: tile.bar.count for tile in tiles.tiles if tile.bar.count} == {"山东省": 3, "江苏省": 1}
    assert '<span class="cp-none">0</span>' in page


def test_places_of_one_province_are_its_cities(collection):
    """Where all cases lie in one province, its cities are the squares, with those that have none."""
    here = [case for case in collection.cases if "山东" in case.text("region")]
    tiles = charts.tiles(view(type(collection)("一省", collection.fields, tuple(here)), collection.by_field["region"]))
    assert tiles.above == "山东省" and len(tiles.tiles) == 16
    assert {tile.bar.label for tile in tiles.tiles if tile.bar.count} == {"青岛市", "烟台市"}


def test_it_is_drawn_without_styles_or_scripts(page):
    """No style and no script stands in the page, and what people wrote is escaped."""
    assert "<svg" in page and not re.search(r"<(?:style|script)|\sstyle=|\son[a-z]+=", page)
    assert "A & “B”" in unescape(page) and "A & “B”" not in page


def test_numbers_are_round_along_an_axis():
    """Three or four round steps reach to the most."""
    assert figures.ticks(1) == (0, 1) and figures.ticks(13) == (0, 5, 10)
    assert figures.ticks(488) == (0, 200, 400)
    assert all(len(figures.ticks(most)) <= 5 for most in range(1, 2000))


def test_a_click_shows_those_cases(sample, windows):
    """In the browser, from the disk: a square of 13 leads to a list that says 13."""
    address = (sample / "build" / "site").as_uri()
    page = windows(address, viewport={"width": 1280, "height": 900}, locale="zh-CN").page
    page.goto(f"{address}/by/index.html")
    page.click('.cp-chart a[aria-label^="山东省"]')
    page.wait_for_selector(".cp-chips:not([hidden])")
    assert "13" in page.inner_text(".cp-found")
