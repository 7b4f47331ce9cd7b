"""Finding cases as a reader does: the search boxes, the page of all cases, marks on a case; with and without JavaScript.

In a real browser, over HTTP at the root and in a sub-folder, and from disk; on a desk and on a phone. Counts are held
against a plain program over the values that the cases were written with.
"""

import csv
import io
import json
import random
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, quote, urljoin, urlsplit

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from casepress import scaffold
from conftest import case_text, run, write_files
from hostile import HOSTILE, HOSTILE_CASE, TAG

REGIONS = {
    "江苏省常州市": ("320000", "320400"),
    "江苏省南京市": ("320000", "320100"),
    "山东省青岛市": ("370000", "370200"),
    "山东省": ("370000",),
}
THEMES = {"课后服务": "after-school", "作业管理": "homework", "家校社协同": "family"}
BATCHES = ("第一批", "第二批", "第三批")
WORDS = ("志愿者", "STEAM项目", "弹性离校", "570元")
WIDTHS = {"desk": (1280, 900), "phone": (390, 844)}
CASES = 130


@dataclass(frozen=True)
class Known:
    """What a case was written with."""

    id: str
    region: str
    themes: tuple[str, ...]
    batch: str
    text: str

    def fits(self, filters: dict[str, list[str]], terms: tuple[str, ...] = ()) -> bool:
        """Whether a plain reading of the filters and terms lets the case through."""
        return all(set(self.keys(name)) & set(values) for name, values in filters.items()) and all(t in self.text for t in terms)

    def keys(self, name: str) -> tuple[str, ...]:
        return {"region": REGIONS[self.region], "theme": tuple(THEMES[t] for t in self.themes), "batch": (self.batch,)}[name]


def known_cases() -> list[Known]:
    chance = random.Random(3)
    found = []
    for nth in range(CASES):
        themes = tuple(chance.sample(sorted(THEMES), chance.choice((1, 1, 2))))
        text = "、".join(chance.sample(WORDS, chance.choice((0, 1, 2))))
        found.append(Known(f"k-{nth:03}", chance.choice(sorted(REGIONS)), themes, chance.choice(BATCHES), text))
    return found


KNOWN = known_cases()


def known_text(case: Known) -> str:
    body = f"这里说的是{case.text}。" if case.text else "这里没有别的。"
    return f"---\nid: {case.id}\n" + case_text(
        f"第{case.id[2:]}个案例",
        region=case.region,
        theme=f"[{', '.join(case.themes)}]",
        batch=case.batch,
        summary="",
        body=body,
    ).removeprefix("---\n")


SPECIAL = {
    "marks.md": case_text("标记的样子", theme="作业管理", body="前面是**课后**服务，后面又是课后服务；第三处：课 后服务不算。")
    + "\n\n".join(["", *["填满一屏的话。"] * 60, "末尾的课后服务。", ""]),
    "hostile.md": HOSTILE_CASE,
    "odd.md": case_text("分行的标题", school="“引号”学校", summary="'=1+1_x0041_ & <尾>'", body="ＡＢＣ全角，5+2服务，《双减》意见。"),
}


def site_of(folder: Path, cases: dict[str, str]) -> Path:
    """A site of hostile and odd cases and others, in a sub-folder of what is served."""
    scaffold.new_collection(folder)
    (folder / "cases" / "example.md").unlink()
    picture = Path(__file__).parent / "collections" / "full" / "cases" / "校园.png"
    settings = f"title: '案例库{HOSTILE}'\n"
    write_files(folder / "cases", {"collection.yml": settings, **SPECIAL, **cases})
    shutil.copyfile(picture, folder / "cases" / "p.png")
    ran = run("-C", folder, "site")
    assert ran.code == 0, ran.words
    top = folder.parent / "served"
    shutil.copytree(folder / "build" / "site", top / "a" / "b")
    return top / "a" / "b"


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """A site of known, hostile and odd cases."""
    return site_of(tmp_path_factory.mktemp("find") / "collection", {f"{k.id}.md": known_text(k) for k in KNOWN})


@pytest.fixture(scope="module")
def odd_site(tmp_path_factory) -> Path:
    """The same without the known cases, for what is looked at often and has nothing to do with them."""
    return site_of(tmp_path_factory.mktemp("odd") / "collection", {})


def address_of(place: str, site: Path, web) -> str:
    if place == "disk":
        return site.as_uri()
    return web(site) if place == "http" else web(site.parents[1]) + "/a/b"


@pytest.fixture(params=["http", "sub", "disk"])
def anywhere(request, site: Path, web) -> str:
    """The address of the site without `/` at the end: at a server's root, in a sub-folder, on a disk."""
    return address_of(request.param, site, web)


@pytest.fixture(params=["sub", "disk"])
def address(request, site: Path, web) -> str:
    """The address of the site in a sub-folder and on a disk."""
    return address_of(request.param, site, web)


@pytest.fixture
def window(windows, request) -> Iterator[Callable[..., object]]:
    """A function that opens a window and gives its page. Errors, dialogs and requests to others fail the test."""
    used = []
    way = "disk" if "disk" in request.node.name else "http"

    def open_window(width: str = "desk", **options):
        size = dict(zip(("width", "height"), WIDTHS.get(width) or (int(width), 800), strict=True))
        used.append(windows(way, len(used), viewport=size, has_touch=width != "desk", **options))
        return used[-1].page

    yield open_window
    for seen in used:
        requests, wrong = seen.taken()
        assert wrong == []
        foreign = [url for url in requests if not url.startswith(("file:", "http://127.0.0.1:", "data:"))]
        assert foreign == []
        assert not [url for url in requests if "search_index.json" in url or "/workers/" in url]


def found(page) -> int:
    """How many cases the page of all cases says it found, once it is at rest."""
    page.wait_for_function(
        "document.querySelector('.cp-all') && !document.querySelector('.cp-all').hasAttribute('aria-busy') && document.querySelector('.cp-found').textContent"
    )
    digits = re.sub(r"\D", "", page.inner_text(".cp-found"))
    return int(digits) if digits else 0


def settle(page, total: int) -> None:
    """Wait until the page of all cases says so many."""
    page.wait_for_function(
        "n => !document.querySelector('.cp-all').hasAttribute('aria-busy') && (document.querySelector('.cp-found').textContent.replace(/\\D/g, '') || '0') === String(n)",
        arg=total,
    )


def counts(page, name: str) -> dict[str, int]:
    """The counts of a facet as they stand on the page, everything unfolded."""
    page.evaluate("document.querySelectorAll('.cp-unfold[aria-expanded=false], .cp-turn[aria-expanded=false]').forEach(b => b.click())")
    page.evaluate("document.querySelectorAll('.cp-turn[aria-expanded=false]').forEach(b => b.click())")
    return page.evaluate(
        """name => Object.fromEntries(Array.from(document.querySelectorAll('.cp-facet input[type=checkbox]'))
            .filter(box => box.dataset.key.startsWith(name + '='))
            .map(box => [box.dataset.key.slice(name.length + 1), +box.closest('label').querySelector('.cp-count').textContent]))""",
        name,
    )


def keys_of(page, name: str) -> dict[str, str]:
    """A facet's keys by their labels."""
    return page.evaluate(
        "name => casepress.search('', {limit: 0, facets: [name]}).then(r => Object.fromEntries(r.facets[name].map(v => [v.label, v.value])))",
        name,
    )


def holding(terms: tuple[str, ...] = (), **filters: list[str]) -> int:
    return sum(case.fits(filters, terms) for case in KNOWN)


# The boxes


def test_every_page_has_a_box(anywhere, window):
    """Home, lists, cases and the site's own prose have a search box in their header; `/` leads to a box, Escape out."""
    page = window()
    for path in (
        "index.html",
        "about.html",
        "cases/index.html",
        "cases/k-001.html",
        "by/theme/index.html",
        "by/region/320000.html",
    ):
        page.goto(f"{anywhere}/{path}")
        assert page.is_visible(".cp-box-head input[name=q]"), path
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.name") == "q" and page.evaluate("document.activeElement.value") == "", path
        page.keyboard.type("a/b")
        assert page.evaluate("document.activeElement.value") == "a/b", path
        page.keyboard.press("Escape")


def test_suggestions_are_chosen_with_the_keyboard(anywhere, window):
    """While typing, titles and values are suggested; arrows and Enter choose, Escape closes, Enter alone searches."""
    page = window()
    page.goto(f"{anywhere}/about.html")
    box = page.locator(".cp-box-head input")
    box.click()
    page.keyboard.type("作业管理")
    page.wait_for_selector(".cp-box-head [role=option]")
    assert box.get_attribute("role") == "combobox" and box.get_attribute("aria-expanded") == "true"
    assert page.inner_text(".cp-box-head [role=status]").startswith("有 ")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true" and "作业管理" in chosen.inner_text()
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false" and box.input_value() == "作业管理"
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(".cp-box-head .cp-suggest:not([hidden]) [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/index.html?theme=homework")
    assert found(page) == holding(theme=["homework"]) + 1

    page.goto(f"{anywhere}/index.html")
    page.keyboard.press("/")
    page.keyboard.type("标记的")
    page.wait_for_selector(".cp-box-home [role=option] mark")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*.html?q=*")
    assert page.inner_text("h1 mark") == "标记的"

    page.goto(f"{anywhere}/index.html")
    page.keyboard.press("/")
    page.keyboard.type("STEAM项目")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/index.html?q=*")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["STEAM项目"]}
    assert found(page) == holding(("STEAM项目",))


COMPOSE = """([selector, steps]) => {
    const box = document.querySelector(selector);
    box.focus();
    box.dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true}));
    for (const step of steps) {
        box.value = step;
        box.dispatchEvent(new CompositionEvent('compositionupdate', {data: step, bubbles: true}));
        box.dispatchEvent(new InputEvent('input', {data: step, isComposing: true, bubbles: true}));
        box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true}));
    }
}"""
COMPOSED = """([selector, text]) => {
    const box = document.querySelector(selector);
    box.value = text;
    box.dispatchEvent(new InputEvent('input', {data: text, isComposing: true, bubbles: true}));
    box.dispatchEvent(new CompositionEvent('compositionend', {data: text, bubbles: true}));
}"""


def test_nothing_is_searched_while_composing(anywhere, window):
    """In the middle of an input method's composition nothing is looked up, shown or chosen; at its end it is."""
    page = window()
    for path, selector, shown in (
        ("about.html", ".cp-box-head input", ".cp-suggest [role=option]"),
        ("cases/index.html", ".cp-query input", ".cp-card mark"),
    ):
        page.goto(f"{anywhere}/{path}")
        if "cases" in path:
            found(page)
        page.focus(selector)
        page.wait_for_timeout(300)
        before, at = len(page.seen.requests), page.url
        page.evaluate(COMPOSE, [selector, ["zhi", "zhi'yuan", "zhi'yuan'zhe"]])
        page.wait_for_timeout(600)
        assert page.seen.requests[before:] == [] and page.url == at
        assert not page.locator(shown).count()
        page.evaluate(COMPOSED, [selector, "志愿者"])
        page.wait_for_selector(shown)
    assert found(page) == holding(("志愿者",))


# What a box waits for before it looks something up, in ms: no timer is left to run, so nothing is looked up here.
WAITS = """([selector, events]) => {
    const box = document.querySelector(selector), later = window.setTimeout, waits = [];
    window.setTimeout = (work, wait) => { waits.push(wait); return 0; };
    for (const [text, data, inputType] of events) {
        box.value = text;
        box.dispatchEvent(new InputEvent('input', {data, inputType, bubbles: true}));
    }
    window.setTimeout = later;
    return waits;
}"""


def test_whole_words_are_not_kept_waiting(site, web, window):
    """What an input method gives, what is pasted and an emptied box are looked up at once; letters and figures wait for the next."""
    page = window()
    page.goto(f"{web(site)}/cases/index.html")
    page.wait_for_selector(".cp-facet input")
    whole = [["志愿者", "志愿者", "insertText"], ["志", "志", "insertText"], ["STEAM", "STEAM", "insertText"], ["a", None, "insertFromPaste"],
             ["a ", " ", "insertText"], ["", None, "deleteContentBackward"]]  # fmt: skip
    parts = [["S", "S", "insertText"], ["5", "5", "insertText"], ["志愿", None, "deleteContentBackward"]]
    waits = page.evaluate(WAITS, [".cp-query input", whole + parts])
    assert waits[: len(whole)] == [0] * len(whole) and all(50 <= wait <= 220 for wait in waits[len(whole) :]), waits


# For each change of the results how many cases are shown then.
DRAWN = """() => {
    const hits = document.querySelector('.cp-hits');
    window.drawn = [];
    new MutationObserver(() => window.drawn.push(hits.querySelectorAll('[data-case]').length)).observe(hits, {childList: true, subtree: true});
}"""


def test_an_answer_takes_few_steps(site, web, window):
    """A query has only its pairs of characters fetched and the texts of the cases that fill a screen; these are shown before the others
    are asked for. A tick has nothing fetched but texts. Nothing is laid out while it is made."""
    page = window()
    page.goto(f"{web(site)}/cases/index.html")
    page.wait_for_selector(".cp-facet input")
    page.evaluate(DRAWN)
    box = page.locator(".cp-query input")
    box.click()
    browser, asked, seen = page.context.browser, len(page.seen.requests), page.seen.requests
    browser.start_tracing(page=page, categories=["devtools.timeline", "disabled-by-default-devtools.timeline.stack"])
    page.keyboard.insert_text("个案例")
    page.wait_for_function(
        "document.querySelectorAll('.cp-hits mark').length && document.querySelectorAll('.cp-hits [data-case]').length === 50"
    )
    traced = json.loads(browser.stop_tracing())["traceEvents"]
    forced = [event for event in traced if event["name"] == "Layout" and "stackTrace" in event.get("args", {}).get("beginData", {})]
    assert [url for event in forced for each in event["args"]["beginData"]["stackTrace"] if "/assets/c" in (url := each["url"])] == []
    names = [url.rsplit("/", 1)[1].split(".")[0] for url in seen[asked:]]
    assert len([name for name in names if name[0] in "pluv"]) <= 2 and all(name[0] in "pluvd" for name in names), names
    drawn = page.evaluate("window.drawn.splice(0)")
    assert drawn == [6, 18, 30, 42, 50]
    asked = len(seen)
    page.locator(".cp-facet input[type=checkbox]").first.check()
    page.wait_for_function("window.drawn.length && !document.querySelector('.cp-coming')")
    assert all(url.rsplit("/", 1)[1][:2] == "d-" for url in seen[asked:]) and page.evaluate("window.drawn[0]") <= 12


def test_suggestions_fetch_two_lists(site, web, window):
    """What suggestions are cut from is there before anything is written, all of it in two files; more words ask for no more."""
    page = window()
    page.goto(f"{web(site)}/about.html")
    page.focus(".cp-box-head input")
    page.wait_for_timeout(300)
    names = [url.rsplit("/", 1)[1].split(".")[0] for url in page.seen.requests if "/search/" in url]
    assert sorted(names) == ["base", "titles", "values"]
    before = len(page.seen.requests)
    for words in ("标记的", "个案例", "引号", "常州"):
        page.fill(".cp-box-head input", words)
        page.wait_for_selector(f".cp-box-head .cp-suggest-all:has-text('“{words}”')")
        assert words in page.inner_text(".cp-box-head [role=option]:not(.cp-suggest-all) mark"), words
    assert page.seen.requests[before:] == []


def test_the_box_opens_on_a_phone(address, window):
    """On a phone the header's icon opens a box over the whole width; it closes by button and Escape, and focus returns."""
    page = window("phone")
    page.goto(f"{address}/about.html")
    assert not page.is_visible(".cp-box-head")
    for leave in (lambda: page.click(".cp-box-head .cp-shut"), lambda: page.keyboard.press("Escape")):
        page.click(".cp-open")
        assert page.evaluate("document.activeElement.name") == "q"
        assert page.locator(".cp-box-head").bounding_box()["width"] == 390
        leave()
        assert not page.is_visible(".cp-box-head") and page.evaluate("document.activeElement.className").startswith("cp-open")
    page.click(".cp-open")
    page.keyboard.type("弹性离校")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/index.html?q=*")
    assert found(page) == holding(("弹性离校",))


# The page of all cases


# What a step with the back button does, to an address that the page has not had yet.
STEP_TO = "query => { history.pushState(null, '', location.pathname + '?' + query); dispatchEvent(new PopStateEvent('popstate')); }"


@pytest.mark.parametrize("width", WIDTHS)
def test_counts_follow_the_selection(width, address, window):
    """Counts and totals are those of a plain program, for combinations of filters with and without words."""
    page = window(width)
    page.goto(f"{address}/cases/index.html")
    assert found(page) == CASES + len(SPECIAL)
    batches = keys_of(page, "batch")
    chance = random.Random(width)
    for nth in range(8):
        filters = {
            name: chance.sample(values, chance.choice((1, 1, 2)))
            for name, values in (
                ("region", ["320000", "320400", "370000", "370200"]),
                ("theme", sorted(THEMES.values())),
                ("batch", list(BATCHES)),
            )
            if chance.random() < 0.6
        }
        terms = tuple(chance.sample(WORDS, chance.choice((0, 1, 1, 2)))) or ("第",) * chance.choice((0, 1))
        asked = [("q", " ".join(terms))] + [(n, batches[v] if n == "batch" else v) for n, values in filters.items() for v in values]
        query = "&".join(f"{n}={quote(v)}" for n, v in asked if v)
        if nth:
            page.evaluate(STEP_TO, query)
        else:
            page.goto(f"{address}/cases/index.html?{query}")
        terms = tuple(t for t in terms if t != "第")
        others = found(page) - holding(terms, **filters)
        assert 0 <= others <= len(SPECIAL), (filters, terms)
        for name in ("region", "theme", "batch"):
            rest = {n: v for n, v in filters.items() if n != name}
            truth = Counter(key for case in KNOWN if case.fits(rest, terms) for key in case.keys(name))
            shown = counts(page, name)
            for key, number in truth.items():
                here = shown.get(batches[key] if name == "batch" else key, 0)
                assert 0 <= here - number <= len(SPECIAL), (name, key, filters, terms)
            if terms:  # none of the other cases has these words
                assert {k: n for k, n in shown.items() if n} == {batches[k] if name == "batch" else k: n for k, n in truth.items()}
                assert others == 0


def test_the_state_is_in_the_address(anywhere, window):
    """Words, filters, order and look are in the address: it can be shared and reloaded, and the back button undoes steps."""
    page = window()
    page.goto(f"{anywhere}/cases/index.html")
    total = found(page)
    page.fill(".cp-query input", "志愿者")
    settle(page, holding(("志愿者",)))
    page.check("[data-key='theme=homework']")
    settle(page, holding(("志愿者",), theme=["homework"]))
    page.click(".cp-turn[aria-label^=江苏省]")
    page.check("[data-key='region=320400']")
    both = holding(("志愿者",), theme=["homework"], region=["320400"])
    settle(page, both)
    assert page.evaluate("document.activeElement.dataset.key") == "region=320400", "focus stays where it was"
    page.select_option(".cp-sort select", "title")
    page.click("[data-look=table]")
    page.wait_for_selector(".cp-table tbody tr" if both else ".cp-empty")
    assert parse_qs(urlsplit(page.url).query) == {
        "q": ["志愿者"],
        "theme": ["homework"],
        "region": ["320400"],
        "sort": ["title"],
        "view": ["table"],
    }

    shared = window()
    shared.goto(page.url)
    assert found(shared) == both and shared.input_value(".cp-query input") == "志愿者"
    assert shared.is_checked("[data-key='region=320400']") and shared.locator(".cp-chips button").count() == 3
    assert shared.input_value(".cp-sort select") == "title" and shared.get_attribute("[data-look=table]", "aria-pressed") == "true"

    page.go_back()
    page.go_back()
    settle(page, both)
    assert page.get_attribute("[data-look=cards]", "aria-pressed") == "true" and page.input_value(".cp-sort select") == ""
    page.go_back()
    settle(page, holding(("志愿者",), theme=["homework"]))
    page.go_back()
    settle(page, holding(("志愿者",)))
    page.go_back()
    settle(page, total)
    assert page.input_value(".cp-query input") == ""
    page.go_forward()
    settle(page, holding(("志愿者",)))


def test_chinese_words_work_in_the_address(address, window):
    """Values may be written in the address by their Chinese names, a place with what is above it; chips name and lift them."""
    page = window()
    page.goto(f"{address}/cases/index.html?theme={quote('作业管理')}&region={quote('江苏省常州市')}&batch={quote('第一批')}")
    assert (
        found(page) == sum(case.fits({"theme": ["homework"], "region": ["320400"], "batch": ["第一批"]}) for case in KNOWN) + 1
    )  # the case of marks
    said = page.locator(".cp-chips button").all_inner_texts()
    assert [text.rstrip("×") for text in said] == ["地区：常州市", "主题：作业管理", "批次：第一批", "全部清除"]
    page.click(".cp-chips button >> nth=0")
    page.wait_for_function("document.querySelectorAll('.cp-chips button').length === 3")
    page.click(".cp-chips .cp-reset")
    settle(page, CASES + len(SPECIAL))
    assert urlsplit(page.url).query == ""


def test_a_place_narrows_and_widens(address, window):
    """Ticking a city takes its ticked province away, and the other way round."""
    page = window()
    page.goto(f"{address}/cases/index.html?region=320000")
    found(page)
    page.click(".cp-turn[aria-label^=江苏省]")
    page.check("[data-key='region=320100']")
    settle(page, holding(region=["320100"]))
    assert page.evaluate("document.querySelector(\"[data-key='region=320000']\").indeterminate")
    page.check("[data-key='region=320000']")
    page.wait_for_function("location.search === '?region=320000'")


def test_nothing_found_says_what_to_lift(address, window):
    """Where nothing fits, the page says what was looked for and offers what, lifted, brings cases, with their number."""
    page = window()
    page.goto(f"{address}/cases/index.html?q={quote('标记的样子')}&theme=family&batch={quote('第一批')}")
    assert found(page) == 0
    assert page.inner_text(".cp-empty p >> nth=0") == "没有同时符合这些条件的案例：含有“标记的样子”，主题是“家校社协同”，批次是“第一批”。"
    page.click("text=去掉“主题：家校社协同”")
    settle(page, 1)

    page.goto(f"{address}/cases/index.html?q={quote('志愿者 无此一词')}")
    page.click("text=不找“无此一词”")
    settle(page, holding(("志愿者",)))

    page.goto(f"{address}/cases/index.html?q={quote('无此一词')}")
    page.click("text=回到全部案例")
    settle(page, CASES + len(SPECIAL))


def test_many_results_come_by_fifties(address, window):
    """Fifty cases are shown, more on demand with the focus on the first of them; back from a case they are all there."""
    page = window()
    page.goto(f"{address}/cases/index.html?sort=title")
    found(page)
    page.wait_for_function("document.querySelectorAll('.cp-hits .cp-card').length >= 50")
    assert page.locator(".cp-hits .cp-card").count() == 50
    page.click(".cp-onward-hits button")
    page.wait_for_function("document.querySelectorAll('.cp-hits .cp-card').length === 100")
    assert page.evaluate("document.activeElement === document.querySelectorAll('.cp-hits .cp-card a')[50]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".cp-case")
    page.go_back()
    page.wait_for_function("document.querySelectorAll('.cp-hits .cp-card').length === 100")
    page.click(".cp-onward-hits button")
    page.wait_for_function(f"document.querySelectorAll('.cp-hits .cp-card').length === {CASES + len(SPECIAL)}")
    assert not page.is_visible(".cp-onward-hits")
    assert len(set(page.eval_on_selector_all(".cp-hits .cp-card a", "links => links.map(a => a.href)"))) == CASES + len(SPECIAL)


def test_what_is_listed_can_be_taken_along(address, site, window):
    """The buttons say how many; by keyboard they give the listed cases in their order: all that data/ knows, on a disk what the list knows."""
    page = window(accept_downloads=True)
    page.goto(f"{address}/cases/index.html?q=STEAM项目&theme=homework&sort=-title")
    total = found(page)
    assert 3 < total < 50
    order = page.eval_on_selector_all(".cp-hits .cp-card a", "links => links.map(a => a.pathname.split('/').pop().slice(0, -5))")
    taken, words = {}, {"xlsx": "Excel 和 WPS 表格", "csv": "CSV", "json": "JSON"}
    for nth, kind in enumerate(("xlsx", "csv", "json")):
        press = page.locator(".cp-taken button").nth(nth)
        assert f"下载这 {total} 个案例的清单（{words[kind]}）" in press.inner_text()
        press.focus()
        with page.expect_download() as coming:
            page.keyboard.press("Enter")
        assert coming.value.suggested_filename == f"cases.{kind}"
        taken[kind] = Path(coming.value.path()).read_bytes()
        page.wait_for_function("n => document.querySelector('.cp-took').textContent.includes(`共 ${n} 个`)", arg=total)
    assert [each["id"] for each in json.loads(taken["json"])["cases"]] == order
    assert taken["csv"].startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(taken["csv"].decode("utf-8-sig"), newline=""))
    sheet = openpyxl.load_workbook(io.BytesIO(taken["xlsx"]))["案例"]
    assert zipfile.ZipFile(io.BytesIO(taken["xlsx"])).testzip() is None and sheet.freeze_panes == "A2"
    assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] == [head, *rows]
    whole = {row[0]: row for row in csv.reader(io.StringIO((site / "data" / "cases.csv").read_text("utf-8-sig"), newline=""))}
    if address.startswith("file:"):
        assert head[:2] == ["编号", "标题"] and head[-1] == "网址"
        assert [row[:2] for row in rows] == [whole[id][:2] for id in order]
        places = head.index("主题"), whole["编号"].index("主题")
        assert [row[places[0]] for row in rows] == [whole[id][places[1]] for id in order]
    else:
        assert [head, *rows] == [whole["编号"], *(whole[id] for id in order)]
    page.fill(".cp-query input", "没有这样的字")
    settle(page, 0)
    assert not page.is_visible(".cp-taken button")
    page.goto(f"{address}/cases/index.html")
    total = found(page)
    with page.expect_download() as coming:
        page.click(".cp-taken button")
    sheet = openpyxl.load_workbook(io.BytesIO(Path(coming.value.path()).read_bytes())).active
    cells = {unescape(cell.value): cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
    assert cells[f"标题{HOSTILE}"] == "s" and set(cells.values()) == {"s"}
    assert address.startswith("file:") or "=1+1_x0041_ & <尾>" in cells


def test_the_table_sorts_by_its_heads(address, window):
    """In the table a column's head sorts by it, and backwards when pressed again, and says so."""
    page = window()
    page.goto(f"{address}/cases/index.html?view=table&q=570")
    found(page)
    batches = keys_of(page, "batch")
    for order, said in ((("第三批", "第二批", "第一批"), "ascending"), (("第一批", "第二批", "第三批"), "descending")):
        page.click(".cp-table th.cp-c-batch button")
        page.wait_for_function("said => document.querySelector('.cp-table th.cp-c-batch').ariaSort === said", arg=said)
        seen = page.locator(".cp-table td.cp-c-batch").all_inner_texts()
        assert seen == sorted(seen, key=order.index) and set(seen) <= set(batches)
    assert page.locator(".cp-table tbody tr").count() == holding(("570元",))


def test_filters_open_as_a_sheet(address, window):
    """On a phone the filters are a dialog from below: focus goes in, stays in, and returns; Escape and the button close it."""
    page = window("phone")
    page.goto(f"{address}/cases/index.html")
    found(page)
    assert not page.is_visible(".cp-facets")
    page.click(".cp-filters")
    assert page.get_attribute(".cp-facets", "role") == "dialog" and page.get_attribute(".cp-facets", "aria-modal") == "true"
    for key in ("Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab", "Tab", "Tab"):
        page.keyboard.press(key)
        assert page.evaluate("document.querySelector('.cp-facets').contains(document.activeElement)")
    page.tap("label:has([data-key='theme=homework'])")
    settle(page, holding(theme=["homework"]) + 1)
    assert page.inner_text(".cp-done") == f"看这 {holding(theme=['homework']) + 1} 个案例"
    page.keyboard.press("Escape")
    assert not page.is_visible(".cp-facets") and page.inner_text(".cp-filters") == "筛选（1）"
    assert page.evaluate("document.activeElement.matches('.cp-filters')")
    page.click(".cp-filters")
    page.click(".cp-sheet-head .cp-reset")
    settle(page, CASES + len(SPECIAL))
    page.click(".cp-done")
    assert not page.is_visible(".cp-facets")


def test_the_keyboard_alone_is_enough(address, window):
    """From the box on, Tab reaches every control of the page of all cases, each has a name, and its focus is seen."""
    page = window()
    page.goto(f"{address}/cases/index.html?q={quote('志愿者')}")
    found(page)
    page.focus(".cp-query input")
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        name, seen, where = page.evaluate(
            """() => { const here = document.activeElement, look = getComputedStyle(here), after = getComputedStyle(here, '::after');
                const label = here.getAttribute('aria-label') || here.textContent || (here.labels && here.labels[0] && here.labels[0].textContent) || '';
                return [label.trim(), look.outlineStyle !== 'none' || after.outlineStyle !== 'none', here.classList[0] || here.tagName]; }"""
        )
        assert name and seen, (name, seen, where)
        reached.append(where)
        if page.evaluate("document.activeElement.matches('.cp-card-title a')"):
            break
    assert page.evaluate("document.activeElement.matches('.cp-card-title a')") and {"cp-turn", "SELECT"} & set(reached)
    page.keyboard.press("Enter")
    page.wait_for_selector(".cp-marks")


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "cases/index.html",
        f"cases/index.html?q={quote('志愿者')}&theme=homework&view=table",
        f"cases/index.html?q={quote('无此一词' * 20)}",
        "cases/hostile.html?q=onerror",
        "about.html",
    ],
)
def test_nothing_is_wider_than_a_phone(path, site, web, window):
    """At 360 pixels no page scrolls sideways."""
    page = window("360")
    page.goto(f"{web(site)}/{path}")
    if "cases/index" in path:
        found(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


# Marks on a case


def test_a_result_opens_with_its_words_marked(anywhere, window):
    """A result opens with every place marked, through inline marks too, the first in view; the bar leads on and clears."""
    page = window()
    page.goto(f"{anywhere}/cases/index.html?q={quote('课后服务 末尾')}")
    assert found(page) == 1
    assert page.locator(".cp-card .cp-excerpt mark").all_inner_texts()[0] in ("课后服务", "末尾")
    page.click(".cp-card-title a")
    page.wait_for_selector(".cp-marks")
    assert page.inner_text(".cp-marks p") == "找到 4 处，这是第 1 处"
    assert page.locator(".cp-body mark").all_inner_texts() == ["课后", "服务", "课后服务", "末尾", "课后服务"]
    page.click(".cp-marks >> text=上一处")
    assert page.inner_text(".cp-marks p") == "找到 4 处，这是第 4 处"
    box = page.locator("mark.cp-here").bounding_box()
    assert 0 < box["y"] < 900
    text = page.inner_text(".cp-body")
    page.click(".cp-marks >> text=清除")
    assert not page.locator("mark").count() and not page.locator(".cp-marks").count() and page.inner_text(".cp-body") == text
    assert urlsplit(page.url).query == ""


def test_words_that_only_stand_in_data_are_told(address, window):
    """Where the words that found a case are not on its page, the bar says so."""
    page = window()
    page.goto(f"{address}/cases/k-001.html?q={quote('无此一词')}")
    assert page.inner_text(".cp-marks p").startswith("页面上没有“无此一词”")


# Hostile words


@pytest.mark.parametrize("place", ["sub", "disk"])
def test_hostile_words_are_text(place, odd_site, web, window):
    """A query, a value in the address, or a case that holds tags, separators or marks of direction runs and breaks nothing."""
    page, address = window(), address_of(place, odd_site, web)
    for words in (
        TAG,
        '"><script>alert(1)</script>',
        "</script>",
        "{{7919*7907}}",
        "\u2028\u2029",
        "\u202e反",
        "javascript:alert(1)",
        "a" * 3000,
        "%",
        "&q=1#",
        "\\",
        "\0",
    ):
        page.goto(f"{address}/cases/index.html?q={quote(words)}&school={quote(words)}&nonsense={quote(words)}")
        page.wait_for_function(
            "document.querySelector('.cp-empty, .cp-card mark') && !document.querySelector('.cp-all').hasAttribute('aria-busy')"
        )
        page.goto(f"{address}/cases/hostile.html?q={quote(words)}")
        page.fill(".cp-box-head input", words)
        page.wait_for_timeout(250)
    page.goto(f"{address}/cases/index.html?q={quote(TAG)}")
    assert found(page) == 1
    assert page.inner_text(".cp-card-title") == f"标题{HOSTILE}" and not page.locator(".cp-all img").count()
    page.click(".cp-card-title a")
    page.wait_for_selector(".cp-marks")
    assert "".join(page.locator("h1 mark").all_inner_texts()) == "".join(TAG.split())  # a title stands in pieces
    page.goto(f"{address}/about.html")
    page.fill(".cp-box-head input", TAG)
    page.wait_for_selector(".cp-box-head [role=option] mark")
    assert not page.locator(".cp-suggest img").count()


def test_a_broken_character_is_left_out(address, window):
    """Half of a character in a box, as a broken input method may leave it, is not looked for and not in the address."""
    page = window()
    page.goto(f"{address}/cases/index.html")
    found(page)
    page.evaluate(
        "() => { const box = document.querySelector('.cp-query input'); box.value = '志愿\\ud840者\\udc00'; box.dispatchEvent(new InputEvent('input', {bubbles: true})); }"
    )
    settle(page, holding(("志愿者",)))
    assert parse_qs(urlsplit(page.url).query) == {"q": ["志愿者"]}


# Without JavaScript, and without Material's search


class Links(HTMLParser):
    """A page's links."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag == "a" and (address := dict(attrs).get("href")):
            self.found.append(address)


def test_every_case_is_reached_without_javascript(site):
    """Links alone lead from the home page to every case."""
    seen, waiting = set(), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in seen or not (site / path).is_file() or not path.endswith(".html"):
            continue
        seen.add(path)
        if path.startswith("cases/") and path != "cases/index.html":
            continue
        links = Links()
        links.feed((site / path).read_text("utf-8"))
        waiting += [
            urlsplit(urljoin(f"http://x/{path}", link)).path.lstrip("/")
            for link in links.found
            if not link.startswith(("http:", "https:", "mailto:"))
        ]
    assert {path.name for path in (site / "cases").glob("*.html")} == {Path(path).name for path in seen if path.startswith("cases/")}


@pytest.mark.parametrize("width", WIDTHS)
def test_without_javascript_the_box_says_what_is_missing(width, address, window):
    """Without JavaScript a search leads to the page of all cases, which says what is missing and lists every case."""
    page = window(width, java_script_enabled=False)
    page.goto(f"{address}/index.html")
    page.locator(".cp-box-home input").fill("志愿者")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/index.html?q=*")
    assert "没有运行 JavaScript" in page.locator(".cp-notice >> nth=0").inner_text()
    assert page.locator(".cp-cards a, .cp-lines a").count() == CASES + len(SPECIAL)
    assert not page.is_visible(".cp-query") and not page.is_visible(".cp-tools") and not page.is_visible(".cp-facets")
    if width == "phone":
        page.goto(f"{address}/about.html")
        page.click(".cp-open")
        page.wait_for_url("**/cases/index.html")


def test_materials_search_is_gone(site):
    """No page has Material's search box, and the site has no index of it."""
    assert not (site / "search" / "search_index.json").exists()
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        assert 'data-md-component="search"' not in text and 'for="__search"' not in text and "iframe-worker" not in text, path


def test_a_missing_page_has_a_box_too(site, web, window):
    """On the page for an address that is not there a search leads to all cases, in a sub-folder as well."""
    page = window()
    page.goto(f"{web(site.parents[1])}/a/b/by/theme/gone.html")
    page.seen.wrong.clear()  # the browser says that the page is missing
    page.fill("input[name=q]", "志愿者")
    page.keyboard.press("Enter")
    page.wait_for_url("**/a/b/cases/index.html?q=*")
    assert found(page) == holding(("志愿者",))


def test_a_missing_index_is_told(site, tmp_path, web, window):
    """Where the index cannot be read, the page of all cases says so in plain words and offers to try again."""
    copy = tmp_path / "copy"
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("base.js"))
    page = window()
    page.goto(f"{web(copy)}/cases/index.html")
    page.wait_for_selector(".cp-empty")
    assert "检索数据没有读到" in page.inner_text(".cp-empty")
    page.seen.wrong.clear()
