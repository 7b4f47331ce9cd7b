"""Lists of cases in a browser: drawn once, ordered by name, filtered on the page of a value as on that of all cases."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from casepress import scaffold
from casepress.facts.borne import unsaid
from casepress.facts.titles import phrases
from conftest import case_text, run, write_files

CASES = 64
REGIONS = ("江苏省常州市武进区", "江苏省南京市", "江苏省常州市", "山东省青岛市")
UNITS = ("常州市武进区实验小学", "南京市教育局", "江苏省常州高级中学", "青岛市")
BATCHES, AWARDS = ("第一批", "第二批"), ("特等奖", "典型案例", "一等奖")
SIZES = {"desk": (1440, 900), "phone": (390, 844)}
# Shifts of the page that no reader asked for, as browsers sum them up.
SHIFTS = """window.shifts = 0; new PerformanceObserver(seen => seen.getEntries().forEach(each => {
    if (!each.hadRecentInput) window.shifts += each.value; })).observe({ type: 'layout-shift', buffered: true });"""
RESTED = """() => { const list = document.querySelector('.cp-all');
    return list && !list.hasAttribute('aria-busy') && document.querySelector('.cp-facet') !== null; }"""
CARDS = """() => Array.from(document.querySelectorAll('.cp-hits .cp-card'), card =>
    [card.dataset.case, ...['.cp-theme', '.cp-card-title', '.cp-card-where', '.cp-prize, .cp-designation'].map(
        part => card.querySelector(part) ? card.querySelector(part).textContent.replace(/\\s+/g, ' ').trim() : '')])"""


def written(nth: int) -> str:
    at = nth % 4
    text = case_text(
        f"第{nth:02}个案例，它的标题长得在窄的卡片上要占两行才能写完",
        region=REGIONS[at],
        school=UNITS[at],
        theme=("作业管理", "课后服务")[nth % 3 == 0],
        batch=BATCHES[nth % 2],
        body=f"这里说的是志愿者，第{nth}次。" if nth % 5 else "这里没有别的。",
    )
    return f"---\nid: c-{nth:02}\n获奖等次: {AWARDS[nth % 3]}\n" + text.removeprefix("---\n")


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("lists") / "collection"
    scaffold.new_collection(folder)
    (folder / "cases" / "example.md").unlink()
    write_files(folder / "cases", {f"c-{nth:02}.md": written(nth) for nth in range(CASES)})
    ran = run("-C", folder, "site")
    assert ran.code == 0, ran.words
    return folder / "build" / "site"


@pytest.fixture(scope="module")
def address(site, web) -> str:
    return web(site)


@pytest.fixture
def opened(windows, address) -> Iterator[Callable]:
    """A function that opens an address of the site on a desk or a phone, and waits until its list is at rest."""
    used = []

    def opened(path: str, size: str = "desk"):
        width, height = SIZES[size]
        window = windows(size, viewport={"width": width, "height": height}, has_touch=size == "phone")
        if not window.page.evaluate("window.shifts !== undefined"):
            window.page.add_init_script(SHIFTS)
        window.taken()
        window.page.goto(f"{address}/{path}")
        window.page.wait_for_function(RESTED)
        used.append(window)
        return window.page

    yield opened
    for window in used:
        assert window.taken()[1] == []


def settle(page, total: int) -> None:
    page.wait_for_function(
        "n => !document.querySelector('.cp-all').hasAttribute('aria-busy') && (document.querySelector('.cp-found').textContent.match(/\\d+/) || ['0'])[0] === String(n)",
        arg=total,
    )


@pytest.mark.parametrize("size", SIZES)
def test_what_stands_in_the_page_is_not_drawn_again(size, opened):
    """The first cases come with the page: no file of cases is fetched to draw them, and what is fetched is little."""
    for path in ("cases/index.html", "by/region/320000.html"):
        page = opened(path, size)
        asked = page.seen.requests
        assert len(asked) <= 20, asked
        assert not [url for url in asked if re.search(r"/search/d-", url)]
        assert page.locator(".cp-hits .cp-card").count() == min(50, CASES if "cases" in path else 48)
        assert page.is_visible(".cp-facet" if size == "desk" else ".cp-filters")


@pytest.mark.parametrize("size", SIZES)
def test_nothing_moves_while_a_list_comes(size, opened):
    """Filters, tools and results have their place before they come, whatever the address asks for."""
    for asked in ("cases/index.html", f"cases/index.html?q={quote('志愿者')}", "cases/index.html?region=370000", "cases/index.html?view=table",
                  "by/region/320000.html", "by/region/320000.html?sort=title"):  # fmt: skip
        page = opened(asked, size)
        page.wait_for_timeout(150)
        assert page.evaluate("window.shifts") < 0.05, asked


def test_scripts_and_templates_make_the_same_cards(opened):
    """A case's card is the same from the template and from the script, in the same order: the newest batch first."""
    page = opened("cases/index.html")
    first = page.evaluate(CARDS)
    batches = [int(name[2:]) % 2 for name, *_ in first]
    assert batches == [1] * 32 + [0] * 18
    page.select_option(".cp-sort select", "title")
    page.wait_for_function("document.querySelector('.cp-hits .cp-card').dataset.case === 'c-00'")
    page.select_option(".cp-sort select", "")
    page.wait_for_function("first => document.querySelector('.cp-hits .cp-card').dataset.case === first", arg=first[0][0])
    page.wait_for_function("document.querySelectorAll('.cp-hits .cp-card').length === 50")
    assert page.evaluate(CARDS) == first


PIECES = "() => Array.from(document.querySelectorAll('.cp-hits h2 a'), a => a.innerHTML.replace(/<\\/?mark[^>]*>/g, '').split('<wbr>'))"
# How many characters each line of a title has, where the browser does not balance lines.
LAST = """() => { document.styleSheets[0].insertRule('.md-typeset .cp-phrases { text-wrap: wrap !important }', 0);
    return Array.from(document.querySelectorAll('.cp-hits h2 a'), a => { const lines = {}, walker = document.createTreeWalker(a, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) for (let at = 0; at < walker.currentNode.length; at++) {
            const range = document.createRange(); range.setStart(walker.currentNode, at); range.setEnd(walker.currentNode, at + 1);
            const top = Math.round(range.getBoundingClientRect().top); lines[top] = (lines[top] || 0) + 1; }
        return Object.keys(lines).sort((a, b) => a - b).map(top => lines[top]); }); }"""


@pytest.mark.parametrize("size", SIZES)
def test_no_line_of_a_title_has_one_or_two_characters(size, opened):
    """Titles are broken between the same phrases by template and script, whatever the browser knows of balanced lines."""
    page = opened("cases/index.html", size)
    assert page.evaluate(PIECES)[0] == [*phrases("第03个案例，它的标题长得在窄的卡片上要占两行才能写完")]
    lines = page.evaluate(LAST)
    page = opened(f"cases/index.html?q={quote('标题')}", size)
    page.wait_for_function("document.querySelectorAll('.cp-hits .cp-card').length === 50")
    assert all(tuple(pieces) == phrases("".join(pieces)) for pieces in page.evaluate(PIECES))
    lines += page.evaluate(LAST)
    assert max(map(len, lines)) > 1 and min(map(min, lines)) > 2


def test_orders_say_what_they_are(opened):
    """Each order has a name that tells what comes first; words that are looked for bring an order of their own."""
    page = opened("cases/index.html")
    names = "() => Array.from(document.querySelector('.cp-sort select').options).filter(o => !o.hidden).map(o => o.textContent)"
    assert page.evaluate(names)[:5] == ["最新批次在前", "最早批次在前", "等次高的在前", "按地区", "按标题拼音"]
    page.select_option(".cp-sort select", "-batch")
    page.wait_for_function("+document.querySelector('.cp-hits .cp-card').dataset.case.slice(2) % 2 === 0")
    page = opened(f"cases/index.html?q={quote('志愿者')}")
    assert page.evaluate(names)[:3] == ["最相关的在前", "最新批次在前", "最早批次在前"]


def test_a_place_is_not_said_twice(opened):
    """Beside a unit whose name bears a place, only the rest of its path stands."""
    page = opened("cases/index.html")
    wheres = {name: where for name, _, _, where, _ in page.evaluate(CARDS)}
    assert wheres["c-01"] == "南京市教育局江苏省" and wheres["c-03"] == "山东省 青岛市"
    page = opened("cases/index.html?view=table")
    rows = page.eval_on_selector_all(
        "tr[data-case]", "rows => rows.map(row => [row.dataset.case, row.querySelector('.cp-c-region').textContent])"
    )
    assert dict(rows)["c-01"] == "江苏省" and dict(rows)["c-03"] == "山东省"
    assert unsaid(("江苏省", "常州市", "武进区"), "常州市武进区实验小学") == ("江苏省",)
    assert unsaid(("江苏省", "常州市"), "江苏省常州高级中学") == () and unsaid(("吉林省", "吉林市"), "") == ("吉林省", "吉林市")


def test_cards_begin_on_one_line(opened):
    """Titles of a row of cards stand equally high, with a seal and without; no seal stands on a title."""
    page = opened("cases/index.html")
    rows = page.evaluate(
        """() => Array.from(document.querySelectorAll('.cp-hits .cp-card'), card => { const box = card.getBoundingClientRect();
            const title = card.querySelector('h2').getBoundingClientRect(), seal = card.querySelector('.cp-prize');
            const words = document.createRange(); words.selectNodeContents(card.querySelector('h2 a'));
            const edge = seal ? seal.getBoundingClientRect().left : Infinity;
            return [box.top, title.top - box.top, seal !== null, Array.from(words.getClientRects()).every(each => each.right <= edge)]; })"""
    )
    assert {seal for _, _, seal, _ in rows} == {True, False}
    assert len({round(down) for _, down, _, _ in rows}) == 1 and all(clear for *_, clear in rows)


def test_many_cases_of_a_value_are_filtered_as_all_are(opened):
    """The page of a province finds, filters and orders its own cases, counts what is in it, and keeps that in its address."""
    page = opened("by/region/320000.html")
    assert page.inner_text(".cp-found") == "共 48 个案例"
    keys = page.eval_on_selector_all("[data-key^='region=']", "boxes => boxes.map(box => box.dataset.key.slice(7))")
    assert keys == ["320100", "320400"], "places in it, none beside it"
    page.check("[data-key='region=320100']")
    settle(page, 16)
    page.fill(".cp-query input", "志愿者")
    page.keyboard.press("Enter")
    settle(page, sum(nth % 4 == 1 and nth % 5 > 0 for nth in range(CASES)))
    assert urlsplit(page.url).path.endswith("/by/region/320000.html") and "region=320100" in page.url
    page.go_back()
    page.go_back()
    settle(page, 48)
    page = opened("by/region/320000.html?region=370000")
    settle(page, 48)
    page = opened(f"by/region/320000.html?q={quote('无此一词')}")
    assert page.inner_text(".cp-found") == "没有找到案例"


def test_chips_keep_the_focus(opened):
    """Who lifts one filter after the other by keyboard stays among them; after the last, where filters are chosen."""
    page = opened("cases/index.html?region=370000&region=320400&batch=" + quote("第二批"))
    page.focus(".cp-chips button >> nth=1")
    for left in (2, 1):
        page.keyboard.press("Enter")
        page.wait_for_function("n => document.querySelectorAll('.cp-chips li').length === n + 1", arg=left)
        assert page.evaluate("document.activeElement.matches('.cp-chips button:not(.cp-reset)')")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.cp-chips').hidden")
    assert page.evaluate("document.activeElement.matches('.cp-query input')")


def test_back_closes_the_sheet(opened):
    """On a phone Back closes the filters and keeps what was ticked, which the next Back undoes; a sheet left alone leaves no step."""
    page = opened("cases/index.html", "phone")
    page.click(".cp-filters")
    page.tap("label:has([data-key='theme=homework'])")
    some = sum(nth % 3 > 0 for nth in range(CASES))
    settle(page, some)
    page.go_back()
    page.wait_for_function("!document.querySelector('.cp-facets').classList.contains('cp-sheet')")
    assert page.evaluate("document.activeElement.matches('.cp-filters')") and "theme=homework" in page.url
    settle(page, some)
    page.click(".cp-filters")
    page.keyboard.press("Escape")
    page.wait_for_function("!history.state || !history.state.sheet")
    page.go_back()
    settle(page, CASES)
    assert urlsplit(page.url).query == ""


def test_without_scripts_a_value_lists_all_its_cases(site):
    """The page of a value has a link to each of its cases, whether scripts run or not."""
    text = (site / "by" / "region" / "320000.html").read_text("utf-8")
    assert {f"c-{nth:02}" for nth in range(CASES) if nth % 4 < 3} == set(re.findall(r'href="../../cases/(c-\d\d)\.html"', text))
