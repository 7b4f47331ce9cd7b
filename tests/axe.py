"""axe-core on pages of the site: what it finds against WCAG 2.2 AA and its own good practice.

By itself (`.venv/bin/python tests/axe.py`, with PYTHONPATH=scripts) it goes through every page of `everykind` as it comes, with its
search open and with its menu open, and through every state, 320, 768 and 1280 px wide, light and dark, leaving nothing out; then through
200 pages drawn by lot of a collection of generated cases, in one width and scheme each. It prints what axe found, and by its rules what
axe could not judge, which a person has to; five minutes of processor time. The tests look at each state once or twice.
"""

import functools
import importlib.util
import random
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from itertools import cycle
from pathlib import Path

import everykind

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1440, "height": 900}}
ALIKE = [[".cp-card:nth-child(n+4)"], ["tbody tr:nth-child(n+4)"], [".cp-lines > li:nth-child(n+4)"]]  # one of them is like another
_ASK = """async ([kinds, runOnly, exclude]) => {
  const found = await axe.run({ exclude: exclude.filter(([each]) => document.querySelector(each)) }, { runOnly, resultTypes: kinds, preload: false, iframes: false });
  return kinds.map(kind => found[kind].flatMap(each => each.nodes.map(node => `${each.id}: ${node.target.join(' ')}: ${node.html.slice(0, 120)}`)));
}"""


def script() -> Path:
    """axe-core itself, to be put into each page of a browser (`add_init_script`)."""
    spec = importlib.util.find_spec("axe_playwright_python")
    assert spec and spec.origin, "axe-playwright-python carries axe-core"
    return Path(spec.origin).with_name("axe.min.js")


def found(page, rules: list[str] = TAGS, exclude: list[list[str]] = ALIKE) -> list[str]:
    """What axe says of the page as it is now, a line for each element."""
    return page.evaluate(_ASK, [["violations"], rules, exclude])[0]


# By itself

WIDTHS, SCHEMES = (320, 768, 1280), ("light", "dark")
GENERATED, DRAWN = 300, 200  # cases, and pages of their site that are looked at


def _searching(page) -> bool:
    """Open the search of any page, and say whether there is one."""
    if page.locator(".cp-open").is_visible():
        page.locator(".cp-open").click()
    box = page.locator(".cp-box-head input")
    if not box.is_visible():
        return False
    box.fill("课后")
    page.locator(".cp-box-head .cp-suggest-all").wait_for(state="visible")
    page.keyboard.press("ArrowDown")
    return True


def _menu(page) -> bool:
    """Open the menu that narrow screens have, and say whether there is one."""
    if not page.locator(".cp-menu").is_visible():
        return False
    page.locator(".cp-menu").click()
    return True


OPENED: dict[str, Callable] = {"plain": lambda page: True, "search": _searching, "menu": _menu}


class Looked:
    """What was looked at, and what axe said of it."""

    def __init__(self) -> None:
        self.states, self.wrong, self.unsure = 0, [], defaultdict(list)

    def at(self, page, name: str) -> None:
        page.wait_for_timeout(250)  # until nothing moves
        self.states += 1
        wrong, unsure = page.evaluate(_ASK, [["violations", "incomplete"], TAGS, []])
        if any(line.startswith("target-size") for line in wrong):  # a link half below the header, which stays while a page is scrolled
            page.evaluate("scrollBy(0, 60)")
            wrong = [line for line in wrong if not line.startswith("target-size") or line in found(page, exclude=[])]
        for line in wrong:
            self.wrong.append(f"{name}: {line}")
            print(self.wrong[-1], flush=True)
        for line in unsure:
            rule, _, what = line.partition(": ")
            self.unsure[rule].append(f"{name}: {what}")


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    import conftest

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(conftest._Files, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def _every_kind(pages: dict, folder: Path, looked: Looked) -> None:
    with _served(everykind.site_of(folder / "kinds")) as address:
        for (width, scheme), page in pages.items():
            for name in everykind.PAGES:
                for state, opened in OPENED.items():
                    if opened(everykind.brought(page, address, name)):
                        looked.at(page, f"{width} {scheme} {name}, {state}")
            for name in everykind.STATES:
                looked.at(everykind.brought(page, address, name), f"{width} {scheme} {name}")


def _drawn(pages: dict, folder: Path, looked: Looked) -> None:
    import conftest
    import generate_cases
    from casepress import scaffold

    scaffold.new_collection(folder / "many")
    (folder / "many" / "cases" / "example.md").unlink()
    generate_cases.fill(folder / "many" / "cases", GENERATED)
    ran = conftest.run("-C", folder / "many", "site")
    assert ran.code == 0, ran.words
    site = (folder / "many" / "build" / "site").resolve()
    some = random.Random(1).sample(sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html")), DRAWN)
    with _served(site) as address:
        for name, ((width, scheme), page) in zip(some, cycle(pages.items()), strict=False):
            page.goto(f"{address}/{name}")
            everykind.rested(page)
            looked.at(page, f"{width} {scheme} {name}")


def main() -> int:
    from playwright.sync_api import sync_playwright

    import conftest

    looked = Looked()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(conftest.CHROMIUM), args=["--no-sandbox"])
        pages = {}
        for width in WIDTHS:
            for scheme in SCHEMES:
                size = {"width": width, "height": 640 if width < 700 else 900}
                context = browser.new_context(viewport=size, locale="zh-CN", color_scheme=scheme, has_touch=width < 700)
                context.add_init_script(path=script())
                pages[width, scheme] = conftest.Window(context.new_page()).page
        _every_kind(pages, Path(folder), looked)
        _drawn(pages, Path(folder), looked)
        browser.close()
    for rule, lines in sorted(looked.unsure.items()):
        print(f"not judged, {rule}: {len(lines)}", *sorted({line.split(": ", 1)[1] for line in lines})[:12], sep="\n    ")
    print(f"{looked.states} states, {len(looked.wrong)} findings")
    return bool(looked.wrong)


if __name__ == "__main__":
    sys.exit(main())
