"""The site for all readers: by axe, by keyboard alone, in forced colours, on the narrowest screens; each page and state of each kind."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import axe
import everykind

NARROW = ("home", "list", "case", "data", "compile", "suggestions", "menu", "filters", "table", "lightbox", "basket")
COLOURS = ["color-contrast", "link-in-text-block"]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    return everykind.site_of(tmp_path_factory.mktemp("every") / "collection")


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


@pytest.mark.parametrize(("size", "scheme"), [("desk", "light"), ("phone", "dark")])
def test_axe_finds_nothing(size, scheme, address, window):
    """axe-core finds nothing against WCAG 2.2 AA or its own good practice: on a desk in light colours in every state of every kind of
    page, on a phone in dark ones in those that are built otherwise there; and it is awake."""
    page = window(size, color_scheme=scheme)
    names = NARROW if size == "phone" else (*everykind.PAGES, *everykind.STATES)
    said = {}
    for name in names:
        everykind.brought(page, address, name)
        if lines := axe.found(page):
            said[name] = lines
    assert said == {}
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert [line.partition(":")[0] for line in axe.found(page)] == ["image-alt"]


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
    page.goto(f"{address}/about.html")
    seen = []
    while not seen or seen[-1] != "菜单":
        page.keyboard.press("Tab")
        seen.append(focused(page))
        assert len(seen) < 6, seen
    assert shut_links(page) == 0
    page.keyboard.press("Enter")
    assert page.locator(".cp-menu").get_attribute("aria-expanded") == "true"
    assert focused(page) == "关于" and shut_links(page) > 8
    count = page.locator(".md-sidebar--primary a:visible").count()
    names = []
    for _ in range(count):
        page.keyboard.press("Tab")
        names.append(focused(page))
        assert page.evaluate("Boolean(document.activeElement.closest('.md-sidebar--primary'))"), names
    assert names[-1] == "关于" and len(set(names)) == count
    page.keyboard.press("Shift+Tab")
    assert focused(page) == names[-2]
    page.keyboard.press("Escape")
    assert focused(page) == "菜单" and page.locator(".cp-menu").get_attribute("aria-expanded") == "false"
    page.wait_for_function("getComputedStyle(document.querySelector('.md-sidebar--primary')).visibility === 'hidden'")
    assert shut_links(page) == 0
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/about.html")


def test_parts_of_the_menu_open_by_keyboard(address, window):
    """What lies deeper in the menu — here the contents of a page that people wrote — opens with the space bar and is left with Escape."""
    page = window("phone", color_scheme="dark")
    page.goto(f"{address}/guide.html")
    page.locator(".cp-menu").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "__toc", "the page where one is has a part of its own"
    page.keyboard.press("Space")
    assert focused(page) == "写一个案例"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "__toc"
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert focused(page) == "表"
    page.keyboard.press("Enter")
    page.wait_for_function("decodeURIComponent(location.hash) === '#表'")
    page.wait_for_function("getComputedStyle(document.querySelector('.md-sidebar--primary')).visibility === 'hidden'")
    assert not page.evaluate("document.activeElement.matches('.cp-menu')"), "reading goes on at the heading"
    page.goto("about:blank")


def test_without_scripts_the_menu_opens_by_keyboard(address, windows):
    """Without JavaScript the box behind the menu's sign takes the keys."""
    page = windows("bare", viewport=axe.SIZES["phone"], java_script_enabled=False).page
    page.goto(f"{address}/about.html")
    first = page.locator(".md-sidebar--primary a[href]:visible").first
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    first.wait_for(state="visible")
    page.get_by_role("link", name="主题").locator("visible=true").first.click()
    page.wait_for_url("**/by/theme/index.html")
    assert not page.locator(".cp-menu").is_visible() and page.locator("label[for=__drawer].md-header__button").is_visible()


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


# Colours that the system forces

# Whether an element's ground, colour, edge and outline differ from those of another, which is not chosen.
DIFFERS = """([one, other]) => { const [a, b] = [one, other].map(each => { const style = getComputedStyle(document.querySelector(each));
    return [style.backgroundColor, style.borderBottom, style.outlineStyle].join(); }); return a !== b; }"""


@pytest.mark.parametrize("size", axe.SIZES)
def test_what_is_chosen_shows_in_forced_colours(size, address, window):
    """Where the reader's system forces its colours, the chosen suggestion, a pressed button and the page where one is differ from the
    others in more than their author's colours; what is ticked has its tick."""
    page = window(size, forced_colors="active", color_scheme="dark" if size == "phone" else "light")
    everykind.brought(page, address, "suggestions")
    assert page.evaluate(DIFFERS, [".cp-suggest [aria-selected=true]", ".cp-suggest [aria-selected=false]"])
    everykind.brought(page, address, "basket")
    assert page.evaluate(DIFFERS, [".cp-pick[aria-pressed=true]", ".cp-pick[aria-pressed=false]"])
    if size == "desk":
        assert page.evaluate(DIFFERS, [".cp-looks [aria-pressed=true]", ".cp-looks [aria-pressed=false]"])
        assert page.evaluate(DIFFERS, [".md-tabs__item--active", ".md-tabs__item:not(.md-tabs__item--active)"])
    everykind.brought(page, address, "menu")
    if size == "phone":
        assert page.evaluate(DIFFERS, [".md-nav__link--active", ".md-nav__link:not(.md-nav__link--active)"])
    everykind.brought(page, address, "list")
    assert page.evaluate("getComputedStyle(document.querySelector('.cp-facet input[type=checkbox]')).appearance") != "none"


# The narrowest screens, and paper

# What of a page reaches beyond a width in px and does not scroll by itself.
BEYOND = """width => Array.from(document.querySelectorAll('body *')).filter(each => {
    const box = each.getBoundingClientRect();
    return box.width && box.right > width + 1 && getComputedStyle(each).visibility === 'visible'
        && !each.closest('.cp-unseen, .cp-word, .cp-frame, .cp-scroll, .md-sidebar, pre, .md-header__topic');
}).map(each => each.outerHTML.slice(0, 100))"""
# Grounds on a page that are darker than a light grey, but for the squares and bars of charts.
DARK = """() => Array.from(document.querySelectorAll('html, body, body *')).filter(each => {
    const [red, green, blue, clear = 1] = (getComputedStyle(each).backgroundColor.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
    return each.getClientRects().length && clear > 0.2 && 0.2126 * red + 0.7152 * green + 0.0722 * blue < 190;
}).map(each => each.outerHTML.slice(0, 100))"""


def test_nothing_scrolls_sideways_and_dark_pages_print_white(address, window):
    """At 320 px no page in any of its states is wider than the screen, nor does anything reach beyond it; and where the reader likes
    pages dark, what is printed of them stands on white in black."""
    page = window("phone", color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 640})
    wrong = {}
    for name in (*everykind.PAGES, *everykind.STATES):
        everykind.brought(page, address, name)
        width, beyond = page.evaluate("document.documentElement.scrollWidth"), page.evaluate(BEYOND, 320)
        if width > 320 or beyond:
            wrong[name] = [width, *beyond]
        if name in everykind.PAGES:
            page.emulate_media(media="print")
            if dark := page.evaluate(DARK):
                wrong[f"{name}, printed"] = dark
            words = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
            assert words == "rgb(0, 0, 0)" or name == "missing", f"{name}: {words}"
            page.emulate_media(media="screen")
    page.set_viewport_size(axe.SIZES["phone"])
    assert wrong == {}
