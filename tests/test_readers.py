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
