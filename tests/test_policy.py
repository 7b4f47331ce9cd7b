"""The second wall: what a page may load and run is said on each page, our pages keep to it, and a script that got in is stopped."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from casepress.site import policy
from casepress.site.frames import framed

_META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
# What a thief would put into a page; each says so on the page where it runs.
PLANTED = """<script>document.documentElement.dataset.ran = "script"</script>
<img src="data:," onerror="document.documentElement.dataset.ran = 'attribute'">
<style>html { --planted: yes }</style><p id="planted" style="--planted: yes">字</p>
<object data="data:text/html,x"></object><base href="https://elsewhere.invalid/">"""
RAN = "[document.documentElement.dataset.ran, getComputedStyle(planted).getPropertyValue('--planted').trim(), document.baseURI.includes('elsewhere')]"


class Inline(HTMLParser):
    """What stands in a page that its policy would not have: scripts, styles, attributes of them; and what stands before the policy."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found, self.is_guarded = [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.is_guarded |= values.get("http-equiv") == policy.HEADER
        runs = tag == "script" and "src" not in values and values.get("type") not in ("application/json", "application/ld+json")
        if runs or tag in ("style", "base", "object", "embed", "iframe"):
            self.found.append(tag)
        if tag in ("script", "link", "body") and values.get("rel") != "icon" and not self.is_guarded:
            self.found.append(f"{tag} before the policy")
        self.found += [name for name, value in attrs if name == "style" or name.startswith("on") or (value or "").startswith("javascript:")]


def test_every_page_has_the_policy_and_keeps_to_it(sample):
    """Every page says what it may load, before it loads anything, and no page holds a script, a style or an attribute that is one;
    that of 404 stands alone and has its own by their sums. From a disk files are allowed beside the site's own, nothing else."""
    site = sample / "build" / "site"
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 90
    for path in pages:
        page = path.read_text("utf-8")
        said = {name: value for name, _, value in (part.partition(" ") for part in _META.search(page)[1].split("; "))}
        if path == site / "404.html":
            assert all(re.search(r" 'sha256-[\w+/=]{44}'$", said[name]) for name in ("script-src", "style-src"))
            said = {name: re.sub(r" 'sha256-[^']*'", "", value) for name, value in said.items()}
        else:
            assert Inline(page).found == [], path
            assert '<meta name="renderer" content="webkit">' in page and '<meta http-equiv="X-UA-Compatible" content="IE=edge">' in page
        assert {name: value.removesuffix(" file:") for name, value in said.items()} == STRICT, path


def test_a_table_of_a_text_stands_by_classes():
    """Where Markdown writes a column's place as a style, the page has a class; another style goes."""
    table = '<table><tr><td style="text-align: right;">1</td><td style="color: red">2</td></tr></table>'
    made = framed(table)
    assert "style" not in made and re.search(r'class="[^"]*align-right', made)


@pytest.fixture(scope="module")
def planted(sample, tmp_path_factory) -> Path:
    """A copy of a built page and of the site's files beside it, with what a thief planted: behind the policy, and without it."""
    site, folder = sample / "build" / "site", tmp_path_factory.mktemp("planted")
    (folder / "assets").symlink_to(site / "assets")
    page = (site / "about.html").read_text("utf-8").replace("</article>", f"{PLANTED}</article>")
    assert PLANTED in page
    (folder / "with.html").write_text(page, "utf-8")
    (folder / "without.html").write_text(_META.sub("", page), "utf-8")
    return folder


@pytest.mark.parametrize("way", ["disk", "server"])
def test_a_script_that_got_into_a_page_is_stopped(way, planted, web, windows):
    """Where cleaning failed, nothing planted runs, by HTTP and from a disk; the same page without the policy would run all of it,
    so it is the policy that stops it. The page's own scripts run."""
    base, page = planted.as_uri() if way == "disk" else web(planted), windows().page
    page.goto(f"{base}/without.html", wait_until="load")
    page.wait_for_function("document.documentElement.dataset.ran === 'attribute'")
    assert page.evaluate(RAN) == ["attribute", "yes", True]
    windows().taken()

    page.goto(f"{base}/with.html", wait_until="networkidle")
    assert page.evaluate(RAN) == [None, "", False]
    assert page.evaluate("typeof __md_get + document.documentElement.classList.contains('no-js')") == "functionfalse"
    refused = [words for words in windows().taken()[1] if "Content Security Policy" in words]
    assert len(refused) >= 4


def test_cleaned_pages_need_no_policy(hostile, web, windows, tmp_path):
    """The first wall stands by itself: pages of hostile values, their policy taken away, run nothing."""
    site, window = hostile / "build" / "site", windows()
    for name in ("assets", "pictures"):
        (tmp_path / name).symlink_to(site / name)
    (tmp_path / "cases").mkdir()
    (tmp_path / "search").symlink_to(site / "search")
    paths = [site / "index.html", *sorted((site / "cases").glob("*.html"))]
    for path in paths:
        page, count = _META.subn("", path.read_text("utf-8"))
        assert count == 1
        (tmp_path / path.relative_to(site)).write_text(page, "utf-8")
    base = web(tmp_path)
    for path in paths:
        window.page.goto(f"{base}/{path.relative_to(site).as_posix()}", wait_until="load")
        assert window.page.evaluate("typeof window.hacked + (window.pwned || '')") == "undefined"
    assert window.taken()[1] == []


def test_what_was_chosen_dark_is_dark_at_once(planted, windows):
    """The colours that a reader chose are set before the page is drawn, by a file: Material's own script may not stand in the page."""
    page = windows().page
    page.goto(f"{planted.as_uri()}/with.html")
    page.evaluate(
        "__md_set('__palette', {index: 1, color: {media: '(prefers-color-scheme: dark)', scheme: 'slate', primary: 'custom', accent: 'custom'}})"
    )
    page.route("**/bundle*.js", lambda route: route.abort())  # Material's own part, which comes at the end
    page.reload()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.unroute("**/bundle*.js")
    windows().taken()
