"""axe-core on pages of the site: what it finds against WCAG 2.2 AA and its own good practice.

By itself (`.venv/bin/python tests/axe.py`, with PYTHONPATH=scripts) it goes through every page and state of `everykind`, narrow and
wide, light and dark, and prints what it found; a minute and a half of processor time. The tests look at each state once or twice.
"""

import functools
import importlib.util
import sys
import tempfile
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

import everykind

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1440, "height": 900}}
ALIKE = [[".cp-card:nth-child(n+4)"], ["tbody tr:nth-child(n+4)"], [".cp-lines > li:nth-child(n+4)"]]  # one of them is like another
_ASK = """async ([runOnly, exclude]) => {
  const { violations } = await axe.run({ exclude: exclude.filter(([each]) => document.querySelector(each)) }, { runOnly, resultTypes: ['violations'], preload: false, iframes: false });
  return violations.flatMap(each => each.nodes.map(node => `${each.id}: ${node.target.join(' ')}: ${node.html.slice(0, 120)}`));
}"""


def script() -> Path:
    """axe-core itself, to be put into each page of a browser (`add_init_script`)."""
    spec = importlib.util.find_spec("axe_playwright_python")
    assert spec and spec.origin, "axe-playwright-python carries axe-core"
    return Path(spec.origin).with_name("axe.min.js")


def found(page, rules: list[str] = TAGS, exclude: list[list[str]] = ALIKE) -> list[str]:
    """What axe says of the page as it is now, a line for each element."""
    return page.evaluate(_ASK, [rules, exclude])


def main() -> int:
    from playwright.sync_api import sync_playwright

    import conftest

    count = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(conftest._Files, directory=str(everykind.site_of(Path(folder) / "c"))))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=str(conftest.CHROMIUM), args=["--no-sandbox"])
        for size, viewport in SIZES.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(viewport=viewport, locale="zh-CN", color_scheme=scheme, has_touch=size == "phone")
                context.add_init_script(path=script())
                page = conftest.Window(context.new_page()).page
                for name in (*everykind.PAGES, *everykind.STATES):
                    everykind.brought(page, f"http://127.0.0.1:{server.server_port}", name)
                    page.wait_for_timeout(250)
                    for line in found(page, exclude=[]):
                        count += 1
                        print(f"{size} {scheme} {name}: {line}")
                context.close()
        server.shutdown()
    print(f"{count} findings")
    return bool(count)


if __name__ == "__main__":
    sys.exit(main())
