"""The site for all readers: by axe, by keyboard alone, in forced colours, on the narrowest screens; each page and state of each kind."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from PIL import Image

import axe
import everykind
import widths

NARROW = ("home", "list", "data", "compile", "menu", "filters", "lightbox")
ALIKE = {"short case", "about", "data", "nothing"}  # what these show another one has as well; tests/axe.py goes through all of them
WIDENED = (
    "home",
    "list",
    "table",
    "tree",
    "names",
    "group",
    "case",
    "awkward case",
    "numbers",
    "codebook",
    "guide",
    "missing",
    "nothing, offers",
    "found",
    "compiled",
    "lightbox",
    "suggestions",
)  # what else there is stands on these as well
PRINTED = ("list", "tree", "case", "numbers", "codebook", "guide", "missing")


@pytest.fixture(scope="module")
def site(every_kind) -> Path:
    return every_kind


@pytest.fixture(scope="module")
def address(site, web) -> str:
    return web(site)


@pytest.fixture
def window(windows) -> Iterator[Callable]:
    """A function that gives the module's page of some size and scheme, with axe in it."""

    def window(size: str, **options: object):
        found = windows("readers", viewport=axe.SIZES[size], locale="zh-CN", has_touch=size == "phone", reduced_motion="reduce", **options)
        if not getattr(found, "has_axe", False):
            found.page.context.add_init_script(path=axe.script())
            found.has_axe = True
        found.taken() if found.page.url.startswith("http") else None
        return found.page

    return window


def test_axe_finds_nothing_on_a_desk(address, window):
    """axe-core finds nothing against WCAG 2.2 AA or its own good practice in any state of any kind of page; and it is awake."""
    page = window("desk", color_scheme="light")
    said = {}
    for name in (each for each in (*everykind.PAGES, *everykind.STATES) if each not in ALIKE and each != "menu"):
        everykind.brought(page, address, name)
        if lines := axe.found(page):
            said[name] = lines
    assert said == {}
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert [line.partition(":")[0] for line in axe.found(page)] == ["image-alt"]


# What of a page reaches beyond a width in px and does not scroll by itself.
BEYOND = """width => Array.from(document.querySelectorAll('body *')).filter(each => {
    const box = each.getBoundingClientRect();
    return box.width && box.right > width + 1 && getComputedStyle(each).visibility === 'visible'
        && !each.closest('.cp-unseen, .cp-word, .cp-frame, .cp-scroll, .cp-card-where > *, .md-sidebar, pre, .md-header__topic');
}).map(each => each.outerHTML.slice(0, 100))"""
# Grounds on a page that are darker than a light grey, but for the squares and bars of charts.
DARK = """() => Array.from(document.querySelectorAll('html, body, body *')).filter(each => {
    const [red, green, blue, clear = 1] = (getComputedStyle(each).backgroundColor.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
    return each.getClientRects().length && clear > 0.2 && 0.2126 * red + 0.7152 * green + 0.0722 * blue < 190;
}).map(each => each.outerHTML.slice(0, 100))"""
# Colours of words in empty boxes, of which axe does not judge.
EMPTY = """() => Array.from(document.querySelectorAll('input[placeholder]'), each => getComputedStyle(each, '::placeholder').color)"""
# Whether the table of places and themes is as wide as the paper with twelve columns more, and the colour of a figure on black.
HEAT = """heat => {
    heat.querySelectorAll('tr').forEach(row => { for (let n = 0; n < 12; n++) row.appendChild(row.lastElementChild.cloneNode(true)); });
    return [heat.offsetWidth <= heat.parentElement.clientWidth, getComputedStyle(heat.querySelector('.cp-shade-5 a')).color];
}"""


def test_narrow_and_dark(address, window):
    """At 320 px no page in any of its states is wider than the screen, nor does anything reach beyond it; axe finds nothing on a phone in
    dark colours where pages are built otherwise there; and what is printed of dark pages stands on white in black. From 360 to 1920 px no
    text is cut, torn or beyond the screen, no heading, label or fact ends with a line of one character, no number is broken, no target lies
    on another."""
    page = window("phone", color_scheme="dark")
    wrong = {}
    for name in (each for each in (*everykind.PAGES, *everykind.STATES) if each in NARROW or each not in ALIKE):
        page.set_viewport_size({"width": 320, "height": 640})
        everykind.brought(page, address, name)
        width, beyond = page.evaluate("document.documentElement.scrollWidth"), page.evaluate(BEYOND, 320)
        if width > 320 or beyond:
            wrong[name] = [width, *beyond]
        if name in NARROW and (lines := axe.found(page)):
            wrong[f"{name}, axe"] = lines
        assert set(page.evaluate(EMPTY)) <= {"rgb(169, 173, 179)"}, f"{name}: what stands in empty boxes is paler than all else"
        if name == "compiled":
            captions = page.locator(".cp-compiled figcaption").evaluate_all("all => all.map(each => getComputedStyle(each).fontSize)")
            assert len(captions) > 1 and set(captions) == {"14px"}, f"photos are set as on the case's own page: {captions}"
        if name in PRINTED:
            page.emulate_media(media="print")
            if dark := page.evaluate(DARK):
                wrong[f"{name}, printed"] = dark
            words = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
            assert words == "rgb(0, 0, 0)" or name == "missing", f"{name}: {words}"
            if name == "numbers":
                assert page.eval_on_selector(".cp-heat", HEAT) == [True, "rgb(255, 255, 255)"]
            page.emulate_media(media="screen")
        if name in WIDENED and (faults := widths.faults(page)):
            wrong[f"{name}, wider"] = faults
    page.set_viewport_size(axe.SIZES["phone"])
    assert wrong == {}


# The left edges of frames whose tables are no wider than they, a little above their foot.
EDGES = """() => Array.from(document.querySelectorAll('.cp-frame')).filter(each => each.scrollWidth <= each.clientWidth).map(each => {
    const box = each.getBoundingClientRect();
    return [Math.max(box.left, 0), box.bottom + scrollY - 8];
})"""


def test_no_hairline_shows_at_a_scale_of_125_percent(address, window):
    """Where a pixel of the page is no whole one of the screen, as Windows often has it, the shadows that tell of more of a table do not
    show beside one that is whole."""
    page = window("desk", color_scheme="dark", device_scale_factor=1.25)
    page.set_viewport_size({"width": 900, "height": 900})
    everykind.brought(page, address, "case")
    edges = page.evaluate(EDGES)
    with Image.open(io.BytesIO(page.screenshot(full_page=True))) as seen:
        rows = [[seen.getpixel((int(left * 1.25) + at, int(top * 1.25)))[:3] for at in range(4)] for left, top in edges]
    assert rows and {pixel for row in rows for pixel in row} == {(23, 25, 28)}, rows


# The menu of narrow screens


def focused(page) -> str:
    """What has the focus, by its words or its name."""
    return page.evaluate("(here => (here.getAttribute('aria-label') || here.textContent).trim())(document.activeElement)")


def shut_links(page) -> int:
    """How many links of the menu the tabulator key could reach."""
    return page.locator(".md-sidebar--primary a").evaluate_all("all => all.filter(a => getComputedStyle(a).visibility === 'visible').length")


def test_the_menu_opens_by_keyboard(address, window):
    """Below 1220 px, so on a wide screen at twice the size too, the menu is a button: keys open it, the focus goes in to where one is,
    goes round in it, and comes back with Escape; while it is shut none of its links can be reached."""
    page = window("phone", color_scheme="dark")
    page.set_viewport_size({"width": 720, "height": 450})  # 1440 by 900 at 200 %
    page.goto(f"{address}/by/theme/index.html")
    seen = []
    while not seen or seen[-1] != "菜单":
        page.keyboard.press("Tab")
        seen.append(focused(page))
        assert len(seen) < 6, seen
    assert shut_links(page) == 0
    page.keyboard.press("Enter")
    assert page.locator(".cp-menu").get_attribute("aria-expanded") == "true"
    assert focused(page) == "主题" and shut_links(page) > 8
    names = []
    while "主题" not in names:
        page.keyboard.press("Tab")
        names.append(focused(page))
        assert page.evaluate("Boolean(document.activeElement.closest('.md-sidebar--primary'))"), names
    assert len(names) == len(set(names)) > 9
    page.keyboard.press("Shift+Tab")
    assert focused(page) == names[-2]
    page.keyboard.press("Escape")
    assert focused(page) == "菜单" and page.locator(".cp-menu").get_attribute("aria-expanded") == "false"
    page.wait_for_function("getComputedStyle(document.querySelector('.md-sidebar--primary')).visibility === 'hidden'")
    assert shut_links(page) == 0
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_parts_of_the_menu_open_by_keyboard(address, window):
    """What lies deeper in the menu — a section, and in it the contents of a page that people wrote — opens and is left with the space bar;
    the parts around it are covered, and out of reach. A place of the same page shuts the menu."""
    page = window("phone", color_scheme="dark")
    page.goto(f"{address}/guide.html")
    page.locator(".cp-menu").focus()
    page.keyboard.press("Enter")
    seen = []
    for key in ("Shift+Tab", "Shift+Tab", "Shift+Tab", "Tab"):
        seen.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
        page.keyboard.press(key)
    assert seen == ["__toc", "关于", "__nav_9", "__toc"], "in the section where one is there is nothing else to reach"
    page.locator("#__toc").focus()
    page.keyboard.press("Space")
    assert focused(page) == "写一个案例"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") == "__toc"
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "__nav_9"
    page.keyboard.press("Space")
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "数据", "the whole menu again"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    assert focused(page) == "写一个案例"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("decodeURIComponent(location.hash) === '#表'")
    page.wait_for_function("getComputedStyle(document.querySelector('.md-sidebar--primary')).visibility === 'hidden'")
    assert not page.evaluate("document.activeElement.matches('.cp-menu')"), "reading goes on at the heading"


def test_without_scripts(address, windows):
    """Without JavaScript keys open the menu, and whatever needs no script leads on: charts to the list, pictures to themselves, files to
    fetch, a film, the contents, the case before; what would need one is not there."""
    page = windows("bare", viewport=axe.SIZES["phone"], java_script_enabled=False).page
    page.goto(f"{address}/index.html")
    first = page.locator(".md-sidebar--primary a[href]:visible").first
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    first.wait_for(state="visible")
    page.get_by_role("link", name="主题").locator("visible=true").first.click()
    page.wait_for_url("**/by/theme/index.html")
    assert page.locator("label[for=__drawer].md-header__button").is_visible()
    page.goto(f"{address}/by/index.html")
    page.locator(".cp-chart a").first.click()
    page.wait_for_url("**/cases/index.html?*")
    assert page.locator("[data-case]:visible").count() > 20
    for asleep in (".cp-menu", ".cp-query", ".cp-facets", ".cp-tools", ".cp-pick"):
        assert not page.locator(f"{asleep}:visible").count(), asleep
    page.goto(f"{address}/cases/rich.html")
    assert page.locator("video[controls]").is_visible() and page.locator(".cp-cite-text").is_visible()
    for link in (*page.locator("a.cp-large").all(), page.locator(".cp-enclosed a[download]")):
        assert page.request.get(urljoin(page.url, link.get_attribute("href"))).ok
    page.locator(".cp-toc a").nth(1).click()
    assert "#" in page.url
    page.locator("a[rel=prev], a[rel=next]").first.click()
    page.wait_for_url("**/cases/c-*.html")


def test_the_switch_of_colours_is_a_button(address, window):
    """By keyboard light turns dark and back, the focus stays on the button, and it says what it would do next."""
    page = window("desk", color_scheme="light")
    page.goto(f"{address}/about.html")
    assert not page.locator(".cp-menu").is_visible(), "a wide screen has tabs"
    page.get_by_role("button", name="换成深色").focus()
    for scheme, following in (("slate", "换成浅色"), ("default", "换成深色")):
        page.keyboard.press("Enter")
        page.wait_for_function("scheme => document.body.dataset.mdColorScheme === scheme", arg=scheme)
        assert focused(page) == following


# Every function, by keyboard alone


class Keys:
    """A reader who has a keyboard and nothing else."""

    def __init__(self, page) -> None:
        self.page = page

    def to(self, selector: str, most: int = 150, key: str = "Tab") -> None:
        """Press the tabulator key until an element has the focus; its focus must be seen."""
        *held, key = key.split("+")
        for each in held:
            self.page.keyboard.down(each)
        for _ in range(most):
            self.page.keyboard.down(key)  # and is held down until one is there
            if is_there := self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                break
        for each in (key, *held):
            self.page.keyboard.up(each)
        if not is_there:
            raise AssertionError(f"{selector} is not reached at {self.page.url}, the focus is on {focused(self.page)}")
        seen = """() => [document.activeElement, document.activeElement.nextElementSibling].some(each => each && ['', '::after'].some(
            part => getComputedStyle(each, part).outlineStyle !== 'none')) || Array.from(document.activeElement.querySelectorAll('rect')).some(
            each => getComputedStyle(each).strokeWidth === '2px')"""
        assert self.page.evaluate(seen), f"the focus on {selector} is not seen"

    def press(self, selector: str, key: str = "Enter", then: str | None = None) -> None:
        self.to(selector)
        self.page.keyboard.press(key)
        if then:
            self.page.wait_for_selector(then)


def count(page) -> int:
    """How many cases a list at rest says that it has."""
    everykind.rested(page)
    return int(re.search(r"\d+", page.locator(".cp-found").inner_text() or "0")[0])


FORCED = "sub-folder, 200 %, forced colours"
WAYS = {
    FORCED: {"viewport": {"width": 720, "height": 450}, "forced_colors": "active", "color_scheme": "dark"},
    "disk": {"viewport": axe.SIZES["desk"], "color_scheme": "light"},
}


@pytest.mark.parametrize("way", WAYS)
def test_every_function_by_keyboard_alone(way, site, web, windows):
    """Whatever the site can do is done with keys alone: in a sub-folder, at twice the size and in forced colours; and from a disk."""
    page = windows(way, locale="zh-CN", reduced_motion="reduce", **WAYS[way]).page
    root = site.as_uri() if way == "disk" else f"{web(site.parents[1])}/{site.relative_to(site.parents[1]).as_posix()}"
    keys, is_small = Keys(page), way != "disk"

    # search: suggestions, then filters, chips, order, table, what can be taken along
    page.goto(f"{root}/index.html")
    page.keyboard.press("/")
    page.keyboard.type("课后")
    page.wait_for_selector(".cp-suggest-all")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/cases/index\.html\?theme="))
    total = count(page)
    assert 0 < total < everykind.CASES
    if is_small:
        keys.press(".cp-filters", then=".cp-sheet")
    keys.press("[data-key^='batch=']", "Space")
    page.wait_for_function("document.querySelectorAll('.cp-chips li').length === 3")
    assert focused(page) == "" and page.evaluate("document.activeElement.checked"), "a box that was ticked keeps the focus"
    if is_small:
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.matches('.cp-filters')")
    assert 0 < count(page) < total
    page.locator(".cp-query input").focus()
    keys.press(".cp-chips button", then=".cp-chips:not([hidden]) li:nth-child(2):last-child")
    keys.to(".cp-sort select", key="Shift+Tab")
    page.keyboard.press("ArrowDown")
    page.wait_for_url(re.compile("sort="))
    keys.press("[data-look=table]", then=".cp-hits tbody tr")
    keys.press("[data-key='sort title']", then="[aria-sort=ascending]")
    assert page.evaluate("document.activeElement.textContent") == "标题"
    page.locator("[data-look=table]").focus()
    keys.to("[data-look=cards]", key="Shift+Tab")
    page.keyboard.press("Space")
    page.wait_for_selector(".cp-hits .cp-card")

    # picking, a case, its contents, its citation, its pictures, its film and files, the way back, on and back again
    keys.press(".cp-pick", then=".cp-pick[aria-pressed=true]")
    keys.press(".cp-card-title a", then=".cp-case .cp-back")
    page.goto(f"{root}/cases/index.html?q=家访")
    page.wait_for_selector(".cp-hits mark")
    page.locator(".cp-query input").focus()
    keys.press("[data-case=rich] .cp-card-title a, .cp-card-title a", then=".cp-case .cp-back")
    title = page.locator("h1").inner_text()
    keys.press(".cp-marks button", then="mark.cp-here")
    keys.press(".cp-back a[href*='cases/index']", then=".cp-hits mark")
    page.locator(".cp-query input").focus()
    keys.press(".cp-card-title a", then=".cp-case .cp-back")
    assert page.locator("h1").inner_text() == title
    keys.press(".cp-case-head .cp-pick", "Space", then=".cp-case-head .cp-pick[aria-pressed=true]")
    keys.press(".cp-toc a")
    page.wait_for_function("location.hash.length > 1")
    keys.press(".cp-body a.cp-large", then=".cp-lightbox[open]")
    first = page.locator(".cp-lightbox-picture").get_attribute("src")
    page.keyboard.press("ArrowRight")
    assert page.locator(".cp-lightbox-nth").inner_text().startswith("第 2 张") and first
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('a.cp-large')")
    keys.to("video")
    keys.to(".cp-enclosed a[download]")
    keys.press(".cp-acts button", then=".cp-acts [role=status]:not(:empty)")
    keys.press("a[rel=prev], a[rel=next]")
    page.wait_for_function("title => document.querySelector('h1') && document.querySelector('h1').textContent !== title", arg=title)

    # the compilation: opened, put in order, named, set
    keys.press(".cp-basket", then=".cp-chosen li:nth-child(2)")
    before = page.locator(".cp-chosen a").all_inner_texts()
    keys.press(".cp-cover-line [name=title]", "End")
    page.keyboard.type("甲")
    keys.press(".cp-down")
    assert page.locator(".cp-chosen a").all_inner_texts() == before[::-1]
    keys.press(".cp-does button:nth-child(2)", then=".cp-told >> text=排好了")
    keys.press(".cp-away", then=".cp-chosen li:only-child")

    # the menu or the tabs, the page of figures, the switch of colours
    if is_small:
        page.reload()
        keys.press(".cp-menu", then=".cp-menu[aria-expanded=true]")
    keys.to(f"{'.md-sidebar--primary' if is_small else '.md-tabs'} a[href$='by/index.html']", key="Tab" if is_small else "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".cp-data")
    keys.press(".cp-chart a", then=".cp-hits .cp-card")
    assert 0 < count(page) <= everykind.CASES
    scheme = page.evaluate("document.body.dataset.mdColorScheme")
    keys.to(".cp-scheme", key="Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("scheme => document.body.dataset.mdColorScheme !== scheme", arg=scheme)


# Colours that the system forces

# Whether an element's ground, edge and outline differ from those of another, which is not chosen.
DIFFERS = """([one, other]) => { const [a, b] = [one, other].map(each => { const style = getComputedStyle(document.querySelector(each));
    return [style.backgroundColor, style.borderBottom, style.outlineStyle].join(); }); return a !== b; }"""


def test_what_is_chosen_shows_in_forced_colours(address, windows):
    """Where the reader's system forces its colours, the chosen suggestion, a pressed button and the page where one is differ from the
    others in more than their author's colours; what is ticked has its tick."""
    page = windows(FORCED, locale="zh-CN", reduced_motion="reduce", **WAYS[FORCED]).page
    for state, chosen, others in (
        ("suggestions", ".cp-suggest [aria-selected=true]", ".cp-suggest [aria-selected=false]"),
        ("basket", ".cp-pick[aria-pressed=true]", ".cp-pick[aria-pressed=false]"),
        ("list", ".cp-looks [aria-pressed=true]", ".cp-looks [aria-pressed=false]"),
        ("menu", ".md-nav__link--active", ".md-nav__link:not(.md-nav__link--active)"),
        ("case", ".cp-toc a[aria-current]", ".cp-toc a:not([aria-current])"),
    ):
        everykind.brought(page, address, state)
        if state == "list":
            assert page.evaluate("getComputedStyle(document.querySelector('.cp-facet input[type=checkbox]')).appearance") != "none"
            assert page.evaluate(DIFFERS, [".md-tabs__item--active", ".md-tabs__item:not(.md-tabs__item--active)"])
        if state == "case":
            page.evaluate("document.querySelector('.cp-source').scrollIntoView()")
            page.wait_for_selector(".cp-toc a[aria-current]", state="attached")
        assert page.evaluate(DIFFERS, [chosen, others]), state
    page.evaluate("localStorage.clear()")
