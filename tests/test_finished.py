"""The Markdown extension that lets finished pages through."""

from markdown import Markdown

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
