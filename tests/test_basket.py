"""选编, in Chromium, from a server and from a disk: cases are picked, put in order, shared by an address and printed."""

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from casepress import flow
from casepress.collection import project

FIRST, SECOND, THIRD = "moe-3-01", "sd-2-06", "moe-3-02"


@pytest.fixture(scope="module")
def homes(sample, web) -> dict[str, str]:
    site = sample / "build" / "site"
    return {"server": web(site), "disk": site.as_uri()}


@pytest.fixture(scope="module")
def cases(sample) -> dict[str, str]:
    """The titles of the sample's cases by their ids."""
    return {case.id: case.title for case in flow.check_project(project.find(sample))[0].cases}


@pytest.fixture(params=["server", "disk"])
def home(request, homes) -> str:
    return homes[request.param]


@pytest.fixture(scope="module")
def opened(windows) -> Callable:
    """A function that opens a page of a site with an empty basket."""

    def opens(home: str, name: str):
        page = windows(home, viewport={"width": 1280, "height": 900}, locale="zh-CN").page
        if page.url.startswith(home):  # as the test before left it; a new one has nothing in it
            page.evaluate("localStorage.clear()")
        page.goto(f"{home}/{name}")
        return page

    return opens


def chosen(page) -> list[str]:
    """The ids of the cases that the page 选编 lists, in order."""
    return [re.search(r"([^/]+)\.html", each)[1] for each in page.locator(".cp-chosen a").evaluate_all("all => all.map(each => each.href)")]


def pick(page, case: str) -> None:
    page.locator(f'[data-case="{case}"] .cp-pick').first.click()


def test_cases_are_picked_put_in_order_and_printed(home, opened, cases, tmp_path):
    """A card, a case's page and a row of the table are picked; lines move by keyboard; what is printed has cover, contents and cases in order."""
    page = opened(home, "cases/index.html")
    pick(page, FIRST)
    assert page.locator(".cp-basket").inner_text() == "选编 1 个案例"
    page.goto(f"{home}/cases/{SECOND}.html")
    pick(page, SECOND)
    assert page.locator(f'.cp-case[data-case="{SECOND}"] > .cp-case-head .cp-pick').get_attribute("aria-pressed") == "true"
    page.goto(f"{home}/cases/index.html?view=table")
    pick(page, THIRD)
    page.locator(".cp-basket").click()
    page.wait_for_url(f"{home}/compile.html")
    assert chosen(page) == [FIRST, SECOND, THIRD]

    page.locator(".cp-chosen li:nth-child(3) .cp-up").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert chosen(page) == [THIRD, FIRST, SECOND]
    assert page.evaluate("document.activeElement.classList[0]") == "cp-down", "the focus stays on the line that was moved"
    page.get_by_label("书名").fill("我的一册")
    page.reload()
    assert chosen(page) == [THIRD, FIRST, SECOND]
    pieces = page.locator(".cp-chosen a").evaluate_all("all => all.map(each => each.querySelectorAll('wbr').length)")
    assert all(pieces), f"however it was picked, a line ends where the title's words do: {pieces}"
    titles = page.locator(".cp-chosen a").all_inner_texts()
    assert titles == [cases[each] for each in (THIRD, FIRST, SECOND)]

    page.evaluate("() => { window.print = () => { window.isPrinted = true; }; }")
    page.get_by_role("button", name="打印").click()
    page.wait_for_function("window.isPrinted")
    assert page.locator(".cp-compiled img").evaluate_all("all => all.every(each => each.naturalWidth > 0)")
    made = Path(tmp_path / "printed.pdf")
    made.write_bytes(page.pdf(prefer_css_page_size=True))
    with pypdfium2.PdfDocument(made) as book:
        pages = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in book]
        assert [round(side) for side in book[0].get_size()] == [595, 842]
    plain = ["".join(title.split()) for title in titles]
    assert pages[0].startswith("我的一册")
    assert not any(words in "".join(pages) for words in ("先看看", "＋选", "挑几个案例"))
    assert all(pages), "no page is empty"
    assert not any(re.match("来源", words) or re.search("来源[0-9]*$", words) for words in pages), (
        "a source stands whole, below some of its text"
    )
    places = [pages[1].index(title) for title in plain]
    assert places == sorted(places)
    begins = [next(at for at, words in enumerate(pages) if at > 1 and title in words) for title in plain]
    assert begins == sorted(set(begins)), "each case begins a page"

    page.locator(".cp-chosen li:nth-child(1) .cp-away").click()
    assert chosen(page) == [FIRST, SECOND]


def test_an_address_shows_a_compilation_and_leaves_the_basket(home, opened):
    """An address with ids shows these cases with their titles, without one's own; only who says so takes them over, each once."""
    page = opened(home, "cases/index.html")
    pick(page, FIRST)
    page.goto(f"{home}/compile.html#title=别人的&cases={SECOND},{FIRST},../../x,{SECOND}")
    assert chosen(page) == [SECOND, FIRST]
    assert page.get_by_label("书名").input_value() == "别人的"
    page.locator(".cp-chosen a", has_text=SECOND).wait_for(state="detached")
    assert len(page.locator(".cp-chosen a").first.inner_text()) > 5, "the title came from the case"
    assert page.locator(".cp-chosen a wbr").count() > 1, "in pieces"
    page.locator(".cp-chosen li:nth-child(2) .cp-up").click()
    assert f"cases={FIRST},{SECOND}" in page.url
    page.reload()
    assert chosen(page) == [FIRST, SECOND]
    page.get_by_role("button", name="看我自己的").click()
    assert chosen(page) == [FIRST]
    page.goto(f"{home}/compile.html#cases={SECOND},{FIRST}")
    page.get_by_role("button", name="加到我选的后面").click()
    assert chosen(page) == [FIRST, SECOND]


def test_a_case_that_is_gone_is_named(home, opened):
    """Of a shared compilation the cases that are not there are named, and the others are set."""
    page = opened(home, "index.html")
    page.goto(f"{home}/compile.html#cases=gone-1,{FIRST}")
    page.get_by_role("button", name="先看看").click()
    page.locator(".cp-told", has_text="gone-1").wait_for(timeout=30_000)
    assert page.locator(".cp-compiled article").count() == 1


def test_without_storage_it_says_so_and_the_link_carries_the_cases(homes, windows):
    """Where the browser keeps nothing, a sentence says so, and the way to the page 选编 carries what was picked."""
    page = windows(homes["server"], locale="zh-CN").page
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })")
    page.goto(f"{homes['server']}/cases/index.html")
    pick(page, FIRST)
    assert "不许本站存数据" in page.locator(".cp-basket").inner_text()
    page.locator(".cp-basket").click()
    page.wait_for_url(f"{homes['server']}/compile.html#cases={FIRST}")
    assert chosen(page) == [FIRST]
