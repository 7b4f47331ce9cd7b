"""The Markdown extension that lets finished pages through."""

from types import SimpleNamespace

from markdown import Markdown
from markdown.extensions.toc import TocExtension

from casepress.site import finished
from casepress.site.onward import OnwardExtension

PAGE = (
    '<div class="cp-case">\n<h1>标题 &lt;b&gt;</h1>\n\n<p>一 *二* [三](四) <a href="./b.html">五</a></p>\n\n\n<pre>六\n    七</pre>\n</div>\n'
)


def test_finished_pages_come_out_as_they_are():
    """A page of ours leaves Markdown exactly as it entered, and the same as without the extension but for blank lines."""
    through = Markdown(extensions=["casepress.finished"]).convert(PAGE)

    assert through.strip() == PAGE.strip()
    assert "".join(through.split()) == "".join(Markdown().convert(PAGE).split())


def test_other_pages_are_markdown():
    """Whatever does not begin as our pages do is read as Markdown."""
    assert Markdown(extensions=["casepress.finished"]).convert("# 一\n\n*二*") == "<h1>一</h1>\n<p><em>二</em></p>"


def test_markdown_is_not_begun_for_what_passes():
    """MkDocs' own way with a page of ours and the short one come to the same, tabs, empty lines, odd signs and all; others take the long way."""
    page = SimpleNamespace(markdown=PAGE.replace("六\n", "六\t\n   \n\u0002七\r\n\u0003\n"))
    extensions = ["casepress.finished", "tables", "footnotes", "attr_list", "admonition", "toc"]

    finished.render(page, None, None)
    assert page.content == Markdown(extensions=extensions).convert(page.markdown) and (page.present_anchor_ids, page.links_to_anchors) == (
        set(),
        {},
    )
    assert finished.passes(PAGE, [*extensions, "markdown.extensions.tables", OnwardExtension(str)])
    assert not any(finished.passes(*asked) for asked in ((f"一\n{PAGE}", extensions), (PAGE, ["smarty"]), (PAGE, ["tables", TocExtension()])))
