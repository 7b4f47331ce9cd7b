"""The pages of a site are sound HTML: the Nu HTML checker finds no error in any of them. The pages of sixty articles are judged in
test_articles.py, where they are made."""

import pytest

import everykind
import nu
from casepress.markup.prose import web_address
from casepress.site.outlines import outlined


@pytest.fixture(scope="module")
def sites(sample, hostile, every_kind):
    """Our own collection, one in which every value is hostile, and one with a page of every kind."""
    return [sample / "build" / "site", hostile / "build" / "site", every_kind]


def test_the_checker_finds_nothing(sites, tmp_path):
    """No page of these sites has an error, ours or Material's; and the checker is awake."""
    pages = [path for site in sites for path in sorted(site.rglob("*.html"))]
    assert len(pages) > 150 and {sites[-1] / name for name in everykind.PAGES.values()} <= set(pages)
    wrong = tmp_path / "wrong.html"
    wrong.write_text('<!DOCTYPE html>\n<html lang="zh-CN"><title>错</title>\n<p><div id="">空', "utf-8")
    said = nu.judge([*pages, wrong])
    assert [line.partition(":")[0] for line in said.pop(wrong)] == ["3"] * 3  # an id that is none, and two elements that are left open
    assert {path: lines for path, lines in said.items() if lines} == {}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ([2, 3, 3, 2], [2, 3, 3, 2]),
        ([3, 3], [2, 2]),
        ([1, 2, 1], [2, 3, 2]),
        ([2, 5, 6, 4], [2, 3, 4, 3]),
        ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 6]),
    ],
)
def test_headings_stand_in_order(written, shown):
    """Headings of a text stand below the title of its page and leave no level out; nothing else of the text changes."""
    html = '<p>甲 &lt;h3 id="</p><p><img alt="<h5 id=&quot;">乙</p>'

    def page(levels):
        return "".join(f'{html}<h{level} id="a-h{nth}">题 <em>{nth}</em></h{level}>' for nth, level in enumerate(levels)) + html

    assert outlined(page(written)) == page(shown)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://例.cn/图 书?a={1}&b=2#节", "https://例.cn/图%20书?a=%7B1%7D&b=2#节"),
        ('http://a.cn/100%/[x]|^`"<>#a#b', "http://a.cn/100%25/%5Bx%5D%7C%5E%60%22%3C%3E#a%23b"),
        ("http://[::1]:80/%E5%9B%BE", "http://[::1]:80/%E5%9B%BE"),
        ("http://[::1]:80", "http://[::1]:80"),
        ("http://a.cn?q={", "http://a.cn?q=%7B"),
        ("mailto:a@b.cn", "mailto:a@b.cn"),
        ("javascript:alert(1)", ""),
    ],
)
def test_addresses_are_sound(written, address):
    """What no address of the web may hold is encoded in it, as browsers do; what is sound stays as it was written."""
    assert web_address(written) == address
