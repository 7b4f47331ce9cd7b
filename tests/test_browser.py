"""End to end in Chromium: the built sample opened in three ways, looked at, searched, sorted and walked through.

What is not about a browser — that every link of every page leads somewhere — is tested here on the same site as well.
"""

import functools
import re
import subprocess
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from PIL import Image

from casepress import flow
from casepress.collection import project
from casepress.site.menu import completed
from conftest import Window, case_text

PAGES = (
    "index.html",
    "cases/index.html",
    "cases/moe-3-01.html",
    "by/theme/index.html",
    "by/region/index.html",
    "by/batch/moe-3.html",
    "about.html",
    "404.html",
)
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def site(sample) -> Path:
    return sample / "build" / "site"


@pytest.fixture(scope="session")
def cases(sample) -> dict[str, str]:
    """The titles of the sample's cases by their ids."""
    return {case.id: case.title for case in flow.check_project(project.find(sample))[0].cases}


@pytest.fixture(scope="session")
def ways(site, web, tmp_path_factory) -> dict[str, str]:
    """The three ways to open one and the same site: its address at a server's root, in a sub-folder, and on the disk."""
    above = tmp_path_factory.mktemp("server")
    (above / "a").mkdir()
    (above / "a" / "b").symlink_to(site)
    return {"root": web(site), "sub-folder": f"{web(above)}/a/b", "disk": site.as_uri()}


@pytest.fixture(params=["root", "sub-folder", "disk"])
def address(request, ways) -> str:
    return ways[request.param]


def faults(window: Window, address: str) -> list[str]:
    """What went wrong on a page of a site, and what it asked of others."""
    requests, wrong = window.taken()
    return wrong + [f"foreign: {url}" for url in requests if not url.startswith((address, "data:", "blob:", "about:"))]


@pytest.fixture
def watch(windows) -> Iterator:
    """A function that gives a page in which nothing may go wrong, nor leave the site; what did is told when the test ends."""
    used = []

    def watched(address: str, viewport=DESK, **options):
        used.append((windows(address, viewport=DESK, **{"locale": "zh-CN", "color_scheme": "light", **options}), address))
        used[-1][0].page.set_viewport_size(viewport)
        return used[-1][0].page

    yield watched
    for window, address in used:
        assert faults(window, address) == []


@dataclass(frozen=True)
class Visit:
    """What was seen on a page: its heads that show, fonts that it loads, its language, and its colours as the browser computes them."""

    heads: int
    fonts: int
    language: str
    ground: str
    words: str


SEEN = """[document.fonts.size, document.documentElement.lang,
    ...[document.body, document.querySelector('h1')].map((each, n) => getComputedStyle(each)[n ? 'color' : 'backgroundColor'])]"""
SCHEMES = {"root": "light", "sub-folder": "dark", "disk": "light"}


@pytest.fixture(scope="module")
def visited(windows, ways) -> Callable[[str], tuple[dict[str, Visit], list[str]]]:
    """A function that opens every kind of page in one way, once, where a reader likes it light or dark: what was seen, and what went wrong."""

    @functools.cache
    def visit(way: str) -> tuple[dict[str, Visit], list[str]]:
        window, found = windows(ways[way], viewport=DESK, locale="zh-CN", color_scheme=SCHEMES[way]), {}
        window.page.set_viewport_size(DESK)
        for name in PAGES:
            window.page.goto(f"{ways[way]}/{name}", wait_until="networkidle")
            found[name] = Visit(window.page.locator("h1:visible").count(), *window.page.evaluate(SEEN))
        return found, faults(window, ways[way])

    return visit


@pytest.mark.parametrize("way", SCHEMES)
def test_pages_open_without_a_complaint(way, visited):
    """In all three ways every kind of page opens without an error in the console, a failed request or one to another host."""
    found, wrong = visited(way)
    assert wrong == []
    for name, seen in found.items():
        assert seen.heads == 1, name
        assert seen.fonts == 0, f"{name}: fonts come from the reader's machine"
        assert seen.language == "zh-CN", name


def test_a_case_is_three_clicks_from_home(address, watch, cases):
    """From the home page a case is reached through the list of all cases, and home is reached from there again."""
    page = watch(address)
    page.goto(f"{address}/index.html")

    page.get_by_role("link", name="全部案例").locator("visible=true").first.click()
    page.wait_for_url(f"{address}/cases/index.html")
    page.get_by_role("link", name=cases["sd-2-06"]).first.click()
    page.wait_for_url(f"{address}/cases/sd-2-06.html")
    assert page.locator("h1:visible").inner_text() == cases["sd-2-06"]
    page.get_by_role("link", name="首页").locator("visible=true").first.click()
    page.wait_for_url(f"{address}/index.html")


def test_the_name_and_the_menu_lead_on(address, watch):
    """The site's name leads home, on a phone as well; the menu has every field that cases are chosen by, also those it does not name."""
    page = watch(address, viewport=PHONE)
    page.goto(f"{address}/cases/index.html")
    menu = {each.strip() for each in page.locator(".md-nav--primary a").all_text_contents()}
    assert {"学段", "通用主题"} <= menu
    page.locator(".md-header .cp-name").click()
    page.wait_for_url(f"{address}/index.html")


def test_the_menu_is_completed_behind_its_fields():
    """What mkdocs.yml does not name of the index pages comes behind those that it names; where it names none it stays as it is."""
    found = (("主题", "by/theme/index.md"), ("学段", "by/stage/index.md"))
    nav = [{"首页": "index.md"}, {"看": [{"按主题": "by/theme/index.md"}]}, {"数据": "by/index.md"}]
    assert completed(nav, found) == [*nav[:2], {"学段": "by/stage/index.md"}, nav[2]]
    assert completed(nav[::2], found) == nav[::2] and completed(None, found) is None


def test_dark_pages_print_white(ways, watch, tmp_path):
    """On paper nothing is dark, not even the margins, whatever the reader likes on the screen."""
    page = watch(ways["root"], color_scheme="dark")
    page.goto(f"{ways['root']}/about.html")
    sheet = tmp_path / "sheet"
    page.pdf(path=f"{sheet}.pdf", print_background=True, page_ranges="1")
    subprocess.run(["pdftoppm", "-r", "20", "-gray", f"{sheet}.pdf", sheet], check=True)
    seen = Image.open(next(tmp_path.glob("*.pgm")))
    assert seen.getpixel((1, 1)) == 255 and max(range(256), key=seen.histogram().__getitem__) == 255


def test_a_theme_leads_to_its_cases(address, watch):
    """From the index of themes a theme's page is reached, with as many cases as the index says."""
    page = watch(address)
    page.goto(f"{address}/by/theme/index.html")

    entry = page.locator("main h2", has_text="课后服务")
    number = int(re.search(r"(\d+) 个案例", entry.inner_text())[1])
    entry.get_by_role("link").click()
    page.wait_for_url(re.compile(r"/by/theme/[a-z-]+\.html$"))
    assert page.locator("h1:visible").inner_text() == "课后服务"
    listed = page.locator("main a[href*='cases/']")
    assert len({listed.nth(n).get_attribute("href") for n in range(listed.count())} - {"../../cases/index.html"}) == number


def test_search_finds_words_inside_sentences(address, watch):
    """The box of the home page finds 课后服务 inside sentences and leads to a case that has it."""
    page = watch(address)
    page.goto(f"{address}/index.html")

    page.keyboard.press("/")
    page.keyboard.type("课后服务")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/cases/index\.html\?q="))
    first = page.locator(".cp-card mark").first
    first.wait_for(state="visible")
    assert page.locator(".cp-hits .cp-card").count() >= 5
    first.click()
    page.wait_for_url(re.compile(r"/cases/[a-z0-9-]+\.html\?q="))
    assert "课后服务" in page.locator("main mark").all_inner_texts()


def test_search_says_when_there_is_nothing(ways, watch):
    """A word that no case has brings a Chinese sentence, not an empty page."""
    page = watch(ways["root"])
    page.goto(f"{ways['root']}/cases/index.html?q=zzzzqqqq")

    page.get_by_text("没有这样的案例：含有“zzzzqqqq”。").wait_for(state="visible")


def test_a_click_leads_to_what_was_meant(ways, watch):
    """Where nothing is exact, the page says so and offers other words with their number; words to find them by are loaded only then."""
    page = watch(ways["root"])
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2].partition("?")[0]))
    page.goto(f"{ways['root']}/cases/index.html?q=课后服务")
    page.wait_for_selector(".cp-card mark")
    assert "words.js" not in asked and page.locator(".cp-lifts").count() == 0

    page.goto(f"{ways['root']}/cases/index.html?q=课后服物")
    page.get_by_text("没有一字不差的，您是不是要找：").wait_for(state="visible")
    line = page.locator(".cp-lifts li").first
    assert line.inner_text().split() == ["课后服务", "25", "个案例"] and "words.js" in asked
    line.locator("button").click()
    page.get_by_text("找到 25 个案例").wait_for(state="visible")
    assert page.locator(".cp-query input").input_value() == "课后服务"


def test_next_and_previous_lead_through_a_batch(address, watch, cases):
    """From the first case of a batch “next” leads through all of its 27 cases, and “previous” leads back."""
    page = watch(address)
    page.goto(f"{address}/cases/moe-3-01.html")
    assert page.locator("a[rel=prev]").count() == 0

    page.locator("a[rel=next]").click()
    page.wait_for_url(f"{address}/cases/moe-3-02.html")
    assert cases["moe-3-01"] in page.locator("a[rel=prev]").inner_text()
    page.locator("a[rel=prev]").click()
    page.wait_for_url(f"{address}/cases/moe-3-01.html")


def test_every_batch_is_one_chain(site, cases):
    """Following “next” from the first case of each batch meets every case once, in reading order."""
    after = {}
    for name in cases:
        found = re.search(r'<a[^>]*href="([^"]+)"[^>]*rel="next"', (site / "cases" / f"{name}.html").read_text("utf-8"))
        after[name] = Path(found[1]).stem if found else None
    chains = []
    for first in set(cases) - set(after.values()):
        chain = [first]
        while after[chain[-1]]:
            chain.append(after[chain[-1]])
        chains.append(chain)

    assert sorted(map(len, chains)) == [10, 27]
    assert [name for chain in sorted(chains, key=len) for name in chain] == [
        *[f"sd-2-{n:02}" for n in range(1, 11)],
        *[f"moe-3-{n:02}" for n in range(1, 28)],
    ]


def test_pdfs_are_there(address, ways, watch, site, cases):
    """The home page links the whole book, and a case's page its own PDF; both links lead to a PDF in all three ways."""
    page = watch(address)
    for name in ("index.html", "cases/moe-3-01.html"):
        page.goto(f"{address}/{name}")
        link = page.locator("a[href$='.pdf']:visible").last
        target = urljoin(page.url, link.get_attribute("href"))
        assert target.startswith(f"{address}/books/")
        if target.startswith("file:"):
            data = Path(unquote(urlsplit(target).path)).read_bytes()
        else:
            data = page.request.get(target).body()
        assert data.startswith(b"%PDF-")

    for name in cases:
        assert f'href="../books/cases/{name}.pdf"' in (site / "cases" / f"{name}.html").read_text("utf-8")


def test_a_phone_scrolls_only_downwards(ways, watch):
    """At the widths of phones no page is wider than the screen, and nothing that one reads or taps is cut off."""
    page = watch(ways["root"], viewport=PHONE, is_mobile=True, has_touch=True)
    for name in PAGES:
        page.set_viewport_size(PHONE)
        page.goto(f"{ways['root']}/{name}")
        for width in (PHONE["width"], 360):
            page.set_viewport_size({**PHONE, "width": width})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            assert page.evaluate("document.documentElement.clientWidth") == width, name
            assert cut_off(page, width) == [], name


def cut_off(page, width: int) -> list[str]:
    """What of a page's words and buttons reaches beyond a width in px; a table that scrolls by itself may."""
    return page.locator("main h1, main h2, main p, main li, main a, main button").evaluate_all(
        """(all, width) => all.filter(each => {
            const box = each.getBoundingClientRect();
            return box.width && each.offsetParent && !each.closest('.cp-unseen, .cp-scroll, [hidden]') && box.right > width + 1;
        }).map(each => each.outerHTML.slice(0, 100))""",
        width,
    )


def brightness(colour: str) -> float:
    """How bright a computed colour is, from 0 to 1 (the weights of WCAG's relative luminance, without its curve)."""
    red, green, blue = map(float, re.findall(r"[\d.]+", colour)[:3])
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dark_where_the_reader_likes_it_dark(scheme, visited):
    """Where the reader's system is dark every page is dark with light words; where it is light, the other way round."""
    for way in (way for way, liked in SCHEMES.items() if liked == scheme):
        for name, seen in visited(way)[0].items():
            ground, words = brightness(seen.ground), brightness(seen.words)
            assert ground < 0.2 and words > 0.7 if scheme == "dark" else ground > 0.85 and words < 0.35, f"{way}: {name}"


def test_light_and_dark_can_be_changed_by_hand(ways, watch):
    """The button in the head turns a light page dark."""
    page = watch(ways["root"])
    page.goto(f"{ways['root']}/index.html", wait_until="networkidle")

    page.get_by_role("button", name="换成深色").click()

    page.wait_for_function("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).every(part => part < 60)")


def test_every_case_is_reached_without_scripts(address, watch, cases):
    """With JavaScript switched off, the list of all cases shows and links every case, and the themes lead to cases."""
    page = watch(address, java_script_enabled=False)
    page.goto(f"{address}/index.html")
    page.get_by_role("link", name="全部案例").locator("visible=true").first.click()
    page.wait_for_url(f"{address}/cases/index.html")

    links = page.locator("a[href$='.html']:visible").evaluate_all("all => all.map(each => [each.pathname.split('/').pop(), each.innerText])")
    shown = dict(reversed(links))  # of those that lead to the same the first
    assert {name: shown.get(f"{name}.html") for name in cases} == cases
    page.locator("a[href$='sd-2-01.html']").first.click()
    assert page.locator("h1:visible").inner_text() == cases["sd-2-01"]

    page.goto(f"{address}/by/theme/index.html")
    page.locator("main h2 a").first.click()
    page.locator("main a[href*='cases/']:visible").last.click()
    assert page.locator("h1:visible").inner_text() in cases.values()


def test_a_missing_page_leads_home(ways, watch, chromium):
    """Where a server shows 404.html, at any depth and in any folder, its links lead to the site's home."""
    page = chromium.new_page()
    for way in ("root", "sub-folder"):
        for name in ("nothing.html", "by/theme/nothing.html", "cases/deep/er/nothing/", "deep/missing/page.html"):
            assert page.goto(f"{ways[way]}/{name}", wait_until="networkidle").status == 404
            assert "没有找到" in page.locator("h1").inner_text()
            assert page.evaluate("document.querySelector('form').action") == f"{ways[way]}/cases/index.html"
            assert page.evaluate("getComputedStyle(document.querySelector('button')).color") == "rgb(255, 255, 255)", "it has its looks"
            page.get_by_role("link", name="首页").click()
            page.wait_for_url(f"{ways[way]}/index.html", wait_until="commit")
    page.close()


def test_the_keyboard_reaches_the_text(ways, watch):
    """The first press of the tabulator key offers to skip to the text, in Chinese."""
    page = watch(ways["root"])
    page.goto(f"{ways['root']}/cases/moe-3-01.html", wait_until="networkidle")

    page.keyboard.press("Tab")
    assert re.search("[一-鿿]", page.evaluate("document.activeElement.textContent"))
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#cp-content"


# Links and assets, on the files


class Addresses(HTMLParser):
    """The addresses that a page names, those that it loads by itself, and the places in it that can be linked to."""

    def __init__(self) -> None:
        super().__init__()
        self.links, self.loaded, self.ids = [], [], set()

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        self.ids |= {facts[name] for name in ("id", "name") if facts.get(name)}
        if tag == "a" and facts.get("href"):
            self.links.append(facts["href"])
        for name in ("src", "poster", "data") if tag != "a" else ():
            if facts.get(name):
                self.loaded.append(facts[name])
        if tag == "link" and facts.get("href"):
            self.loaded.append(facts["href"])


@pytest.fixture(scope="session")
def addresses(site) -> dict[str, Addresses]:
    """What every page of the site names, by its path; 404.html is left out, which knows its place only in a browser."""
    found = {}
    for path in site.rglob("*.html"):
        parser = Addresses()
        parser.feed(path.read_text("utf-8"))
        found[path.relative_to(site).as_posix()] = parser
    del found["404.html"]
    return found


def test_every_address_in_the_site_leads_somewhere(site, addresses):
    """Every link and asset of every page is relative and leads to a file of the site, and every #place is there."""
    for name, page in addresses.items():
        for address in (*page.links, *page.loaded):
            if urlsplit(address).scheme in ("http", "https", "mailto"):
                assert address in page.links, f"{name} loads {address}"
                continue
            assert not address.startswith("/"), f"{name} links {address}, which is not relative"
            path, place = urldefrag(address)
            path = path.partition("?")[0]  # what a list shows of what is there is its own affair
            target = Path(unquote(path))
            file = (site / name).parent / target if path else site / name
            assert file.resolve().is_file(), f"{name} links {address}, which is not there"
            if place and file.suffix == ".html":
                there = addresses[file.resolve().relative_to(site.resolve()).as_posix()]
                assert unquote(place) in there.ids or place == "__comments", f"{name} links {address}: no such place"


def test_stylesheets_load_nothing_from_elsewhere(site):
    """No stylesheet names another host, and every file that one names is there."""
    for path in site.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
        for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", text) + re.findall(r"@import\s+[\"']([^\"']+)", text):
            if not address.startswith(("data:", "#")):
                assert (path.parent / unquote(urldefrag(address)[0])).is_file(), f"{path.name}: {address}"


def test_every_case_is_three_clicks_away(addresses, cases):
    """Every case is reached from the home page within three clicks, and no page stands alone."""
    steps, queue = {"index.html": 0}, deque(["index.html"])
    while queue:
        name = queue.popleft()
        for address in addresses[name].links:
            path = urlsplit(urljoin(f"http://site/{name}", address))
            target = unquote(path.path).lstrip("/")
            if path.netloc == "site" and target in addresses and target not in steps:
                steps[target] = steps[name] + 1
                queue.append(target)

    assert all(steps[f"cases/{name}.html"] <= 3 for name in cases)
    assert set(steps) == set(addresses)


def test_nothing_of_the_machine_is_published(site, sample):
    """No page, script or index of the site names a folder of the machine that built it."""
    for path in site.rglob("*"):
        if path.is_file() and path.suffix in {".html", ".js", ".json", ".xml", ".css"}:
            assert str(sample.parent) not in path.read_text("utf-8"), path


# Hostile cases, in a browser


def test_hostile_values_do_nothing(hostile, web, watch):
    """On no page of a site made of hostile values, and in no search result, does anything run or load."""
    site = hostile / "build" / "site"
    address = web(site)
    page = watch(address)

    for path in sorted(site.rglob("*.html")):
        page.goto(f"{address}/{path.relative_to(site).as_posix()}")
        assert page.locator("img[src=x], [onerror], [onclick], [onload], [onmouseover]").count() == 0, path
    for words in ("标题", "onerror", "脚注"):
        page.goto(f"{address}/index.html", wait_until="networkidle" if words == "标题" else "load")
        page.locator(".cp-box-home input").fill(words)
        page.locator(".cp-box-home .cp-suggest-all").wait_for(state="visible")
        assert page.locator("img[src=x], .cp-suggest script, .cp-suggest svg[onload]").count() == 0
        page.goto(f"{address}/cases/index.html?q={words}")
        page.locator(".cp-hits mark").first.wait_for(state="visible")
        assert page.locator("img[src=x], .cp-hits script, .cp-hits svg[onload]").count() == 0


def test_an_edit_shows_in_an_open_page(live, watch):
    """With `casepress serve` an open page shows an edit by itself, without being loaded again by hand."""
    folder, address = live
    page = watch(address)
    page.goto(f"{address}/cases/a.html")

    (folder / "cases" / "a.md").write_text(case_text("甲", body="改之后。"), "utf-8")

    page.wait_for_function("document.querySelector('main').textContent.includes('改之后')", timeout=60_000)
