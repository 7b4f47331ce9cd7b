"""The elements of a page of the site are read as HTML's parser reads them, by a reader that takes a tenth of its time; what is not certain
is left to it."""

import random
import re
from io import StringIO

import pytest
import tinyhtml5

from casepress.markup.skeleton import skeleton
from test_wellformed import STRAY, grown

PAGE = """
<!doctype html>
<html lang="zh-CN" class="no-js">
  <head><meta charset="utf-8"><title>一 < 二</title><link rel="icon" href="a.svg"><script>if (a < b) c("<p>")</script><style>a > b {{}}</style></head>
  <body dir="ltr" data-md-color-scheme=default>
    <input class="md-toggle" type="checkbox" id="__drawer" autocomplete="off"><label class="md-overlay" for="__drawer"></label>
    <header class="md-header" hidden><!-- 页眉 --><nav class="md-header__inner md-grid">
      <a href="b.html" class='md-logo'><svg viewBox="0 0 24 24"><path d="M2 2h20"/><g class="x"></g></svg> 库 &amp; 库</a>
      <form class="cp-box-head" action="c.html"><input name="q"><button type="submit">搜</button></form></nav></header>
    <select id="s"><option value="1" selected>一<option value="2">二</option></select><pre>
 甲</pre><noscript><p>没有</p></noscript><dl><div><dt>一</dt><dd>二</dd></div></dl>
    {}
    <script src="assets/search.js?a&b"></script>
  </body>
</html>
"""
TIDY = PAGE.replace("一<option", "一</option><option").replace("?a&b", "")
MORE = STRAY + tuple(
    "<!-- <p> --> <!--> <!-- -- --> <script> </script> <style> <title> <title>x</title> <form> </form> <button> </button> <label> </label> <input> <select> </select>"
    " <path/> <g> <svg/> <circle> <textarea> <noscript> </noscript> <template> <iframe> <body> <frameset> <head> <html> <math> <template>"
    " <p/> </br> <nobr> <ruby> <rt> <summary> <details> <dt> <dd> <meta> <link> &#0; \x0c".split(" ")
)


def flat(element) -> tuple:
    """What is asked of a tree: its elements, and three of their attributes."""
    kept = {key: value for key, value in element.attrib.items() if key in ("id", "class", "src")}
    return element.tag.rpartition("}")[2], kept, [flat(child) for child in element if isinstance(child.tag, str)]


def as_html(html: str) -> tuple:
    return flat(tinyhtml5.parse(StringIO(html), namespace_html_elements=False))


@pytest.mark.parametrize("seed", range(4))
def test_what_is_read_here_is_what_html_says(seed):
    """Pages with tags lost, moved and strewn in: whatever the reader takes, it takes as HTML's parser does."""
    dice, taken = random.Random(seed), 0
    for _ in range(250):
        parts = re.findall(r"<!--.*?-->|<[^>]*>|[^<]+", dice.choice((PAGE, TIDY, TIDY, TIDY)).format(grown(dice)))
        for _ in range(dice.choice([0, 1, 1, 2, 3])):
            at, other = dice.randrange(len(parts)), dice.randrange(len(parts))
            match dice.randrange(3):
                case 0:
                    parts[at] = ""
                case 1:
                    parts.insert(at, dice.choice(MORE))
                case 2:
                    parts[at], parts[other] = parts[other], parts[at]
        html = "".join(parts)
        found = skeleton(html)
        if found is not None:
            assert flat(found) == as_html(html), html
            taken += 1
    assert taken > 15


def test_every_page_of_a_site_is_read_here(sample):
    """Each page that MkDocs made of this repository's collection has the elements that HTML's parser finds, by our reader alone."""
    pages = sorted((sample / "build" / "site").rglob("*.html"))
    assert len(pages) > 80
    for page in pages:
        html = page.read_text("utf-8")
        found = skeleton(html)
        assert found is not None, page
        if page.name in ("index.html", "about.html", "404.html") or page == pages[-1]:
            assert flat(found) == as_html(html), page
