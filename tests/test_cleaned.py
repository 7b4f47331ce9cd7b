"""What comes of a body: which HTML passes, at the edges of every list, and what each way of writing becomes, with all that is told of it."""

import re

import pytest

from casepress.markup import anchors, html_tables, markdown_tree, prose
from casepress.values.cases import Heading, Reference, Remark

TARGETS = {
    "b.md": "case:b", "b.md#x": "case:b#b-h2", "p.jpg": "asset:0a.jpg", "t.png": "asset:0b.png", "own": "#x-h1", "web": "https://w.cn/a",
    "js": "javascript:1", "t": "text:v", "pg": "page:a.html?x=1#y", "ext": "asset:../x",
}  # fmt: skip
BACK = re.compile(r'&nbsp;<a href="#x-ref([0-9]+)" class="footnote-backref" title="回到正文中的注 [0-9]+">↩</a>')


def read(markdown: str) -> tuple[str, list[str]]:
    """A body's HTML without its line ends, ways back from notes short, and with their lines what is told and what was not read."""
    found = prose.render(markdown, "x-", TARGETS)
    told = [f"{each.line} {each.what}" for each in found.remarks] + [f"{line} unread" for line in found.unread]
    return BACK.sub(r"↩\1", found.html.replace("\n", "")), told


def differing(rows, came) -> list[tuple]:
    """Those rows of a table whose outcome is another, with what it is."""
    return [(row, found) for row in rows if (found := came(row[0])) != (row[1] if len(row) == 2 else row[1:])]


# --- what passes


CLEAN = [
    (
        '<h2 id="a.b-c_1">x</h2><h2 id="a b">x</h2><p id=x></p><div id=x></div><figure id=f></figure><sup id=s></sup><li id=l'
        " value=999999></li><li value=9999999></li><li value=-1>",
        '<h2 id="a.b-c_1">x</h2><h2>x</h2><p id="x"></p><div></div><figure id="f"></figure><sup id="s"></sup><li id="l" value'
        '="999999"></li><li></li><li></li>',
    ),
    ("<ol start=999999></ol><ol start=9999999></ol><ol start=1a></ol>", '<ol start="999999"></ol><ol></ol><ol></ol>'),
    (
        "<table><tr><td colspan=99 rowspan=9999>a</td><th colspan=100 rowspan=10000 scope=col>b</th><th scope=rowgroup class="
        '"align-left x">c</th><td class="align-right align-center" scope=col>d</td><td colspan=0 rowspan=0></td></table>',
        '<table><tbody><tr><td colspan="99" rowspan="9999">a</td><th scope="col">b</th><th class="align-left">c</th><td class'
        '="align-right align-center">d</td><td></td></tr></tbody></table>',
    ),
    (
        '<a href="http://a.cn" title=t rel=noopener target=_blank class="footnote-ref x">a</a><a rel=nofollow class=footnote-'
        'backref href=mailto:a@b.cn>a</a><a href="mailto:a@b@c">a</a><a href="mailto:a b@c">x</a><a href="HTTP://a">x</a><a h'
        'ref="http://">x</a><a href="http:///a">x</a><a href="http://a#b">x</a><a href="http://u@a/">x</a><a href="http://a/u'
        '@b">x</a><a href="http://a/\\b">x</a><a href="http://a/b c">x</a><a href="#a.b-c_1">x</a><a href="#a b">x</a><a href'
        '="case:a">x</a><a href="case:">x</a><a href="text:a/b~%20">x</a><a href="page:a?b=1&c#d+e">x</a><a href="asset:a">x<'
        '/a><a href="ftp://a">x</a>',
        '<a href="http://a.cn" title="t" rel="noopener" class="footnote-ref">a</a><a class="footnote-backref" href="mailto:a@'
        'b.cn">a</a><a>a</a><a>x</a><a href="HTTP://a">x</a><a>x</a><a>x</a><a href="http://a#b">x</a><a>x</a><a href="http:/'
        '/a/u@b">x</a><a>x</a><a>x</a><a href="#a.b-c_1">x</a><a>x</a><a href="case:a">x</a><a>x</a><a href="text:a/b~%20">x<'
        '/a><a href="page:a?b=1&amp;c#d+e">x</a><a>x</a><a>x</a>',
    ),
    (
        '<img src="asset:a.jpg" alt=a title=t width=1 onerror=x><img src="http://a/b.jpg"><img src="case:a"><img src="asset:a'
        '/b"><div class="footnote x">a</div><p class="table-title">a</p><p class="quote-source y">a</p><figure class="half">a'
        '</figure><figure class="plate x">a</figure><ul class=a></ul><span>a</span><!-- a --><script>a</script><u>b</u>',
        '<img src="asset:a.jpg" alt="a" title="t"><img><img><img><div class="footnote">a</div><p class="table-title">a</p><p '
        'class="quote-source">a</p><figure class="half">a</figure><figure class="plate">a</figure><ul></ul>ab',
    ),
]

PASSED = [
    (
        '<a href="//a">x</a><a href=" \\\\a">x</a><a href="/a">x</a><a href="tel:1" download=x target=_blank>x</a><a href="ja'
        'vascript:x">x</a><a href="a.html" onclick=x>x</a><a href=" //a">x</a>',
        '<a>x</a><a>x</a><a href="/a">x</a><a href="tel:1" download="x">x</a><a>x</a><a href="a.html">x</a><a>x</a>',
    ),
    (
        '<img src="//a"><img src="http://a/b"><img src="a.png" alt=a width=1 height=2 loading=lazy srcset=x style=y><img src='
        '"/\\a"><img src="\\\\a"><img src="data:x"><img src="x1:a"><img src="a:b"><img src="/a.png"><img src="?a:b">',
        '<img><img><img src="a.png" alt="a" width="1" height="2" loading="lazy"><img><img><img><img><img><img src="/a.png"><img src="?a:b">',
    ),
    (
        '<video src="http://a" poster="//a" controls autoplay></video><video src="v.mp4" poster="p.png" preload=none type=a><'
        '/video><audio src="a.mp3" controls></audio><source src="x" type=y>',
        '<video controls=""></video><video src="v.mp4" poster="p.png" preload="none" type="a"></video><audio src="a.mp3" cont'
        'rols=""></audio><source src="x" type="y">',
    ),
    (
        "<table><tr><td colspan=100 rowspan=2 scope=row headers=h>a</td><td colspan=101>a</td><td rowspan=101>b</td><th colsp"
        "an=0 rowspan=1x>c</th></tr></table><table><colgroup span=100><col span=101></colgroup></table>",
        '<table><tbody><tr><td colspan="100" rowspan="2" scope="row" headers="h">a</td><td>a</td><td>b</td><th>c</th></tr></t'
        'body></table><table><colgroup span="100"><col></colgroup></table>',
    ),
    (
        "<ol start=5 type=a reversed><li value=3>a</ol><details open><summary>Note</summary></details><time datetime=2020>a</"
        "time><p style=x class=c id=i title=t lang=zh dir=rtl role=r tabindex=0 aria-label=l data-x=1 hidden>a</p><style>a</s"
        "tyle><script>b</script><iframe src=a></iframe><svg></svg><form></form><!-- c --><mark>m</mark><ruby>a<rt>b</rt></rub"
        "y>",
        '<ol start="5" type="a" reversed=""><li value="3">a</li></ol><details open=""><summary>说明</summary></details><time da'
        'tetime="2020">a</time><p class="c" id="i" title="t" lang="zh" dir="rtl" role="r" tabindex="0" aria-label="l">a</p><m'
        "ark>m</mark><ruby>a<rt>b</rt></ruby>",
    ),
    (
        '<p class="admonition-title">Note</p><p class="admonition-title">Notes</p><p class="admonition-title">注</p><summary>B'
        "ug</summary><p>Note</p>",
        '<p class="admonition-title">说明</p><p class="admonition-title">Notes</p><p class="admonition-title">注</p><summary>毛病<'
        "/summary><p>Note</p>",
    ),
]

ADDRESSES = [
    ("http://a", "http://a"),
    ("http://a/ b\tc", "http://a/%20b%20c"),
    ("http://a/%zz%41%4", "http://a/%25zz%41%254"),
    ('http://a/"<>[]^`{|}', "http://a/%22%3C%3E%5B%5D%5E%60%7B%7C%7D"),
    ("http://a/#a#b", "http://a/#a%23b"),
    ("mailto:a@b.cn", "mailto:a@b.cn"),
    ("mailto:a@b.cn?subject=x y", "mailto:a@b.cn?subject=x%20y"),
    ("case:a", ""),
    ("CASE:a", ""),
    ("#a", "#a"),
    ("a", ""),
    ("http://a#x", "http://a#x"),
    ("https://a?b#c|d", "https://a?b#c%7Cd"),
    ("http://[::1]/", "http://[::1]/"),
    ("HTTPS://A/é中", "HTTPS://A/é中"),
    ("//a", ""),
    ("http://a/\\", ""),
    ("mailto:a@b@c", ""),
    ("javascript:a", ""),
]


def test_what_is_on_the_list_passes_and_nothing_beside_it():
    """The last layer, at the edges of its patterns: ids, numbers, spans, addresses, classes; of what else there is the words stay."""
    assert differing(CLEAN, prose._clean) == []


def test_pages_of_a_bureau_keep_what_tells():
    """Of HTML in `content/`: nothing that runs, asks another host or sets styles; boxes without a title of their own get a Chinese one."""
    assert differing(PASSED, prose.passed) == []


def test_addresses_are_encoded_as_browsers_do():
    """What no address may hold is encoded, once; what is none, and what only we may write, is empty."""
    assert differing(ADDRESSES, prose.web_address) == []


# --- what is read


LINKS = [
    ("[a](b.md)", '<p><a href="case:b">a</a></p>', []),
    ('[a](b.md#x "题")', '<p><a href="case:b#b-h2" title="题">a</a></p>', []),
    ("[a](own)", '<p><a href="#x-h1">a</a></p>', []),
    ("[a](web)", '<p><a href="https://w.cn/a" rel="noopener">a</a></p>', []),
    ("[a](js)", "<p>a</p>", []),
    ("[a](t)", '<p><a href="text:v">a</a></p>', []),
    ("[a](pg)", '<p><a href="page:a.html?x=1#y">a</a></p>', []),
    ('[a](no "题")后', "<p>a（题）后</p>", []),
    ("[](no)", "<p>no</p>", []),
    ("[](b.md)", '<p><a href="case:b">b.md</a></p>', []),
    ("[a](#no)", "<p>a</p>", []),
    ("[a](<#no 1>)", "<p>a</p>", []),
    (
        '## 标题\n\n[a](#标题 "题") [b](#h1) [](#h1)',
        '<h2 id="x-h1">标题</h2><p><a href="#x-h1" title="题">a</a> <a href="#x-h1">b</a> <a href="#x-h1">#h1</a></p>',
        [],
    ),
    ('![a](p.jpg "题")字', '<p><img src="asset:0a.jpg" alt="a" title="题">字</p>', []),
    ("![](p.jpg)", '<figure><img src="asset:0a.jpg" alt=""></figure>', []),
    ("![](no)", "<p>〔图片〕</p>", []),
    ('![a b](no "题")', "<p>〔图片：a b〕题</p>", []),
    ("![a](ext)", "<p>〔图片：a〕</p>", []),
    ("![a](asset:0a.jpg)", "<p>〔图片：a〕</p>", []),
    ("![a](b.md)", "<p>〔图片：a〕</p>", []),
    ("[![a](p.jpg)](b.md)", '<p><img src="asset:0a.jpg" alt="a"><a href="case:b">a</a></p>', []),
    ("[![](p.jpg)](b.md)", '<p><img src="asset:0a.jpg" alt=""><a href="case:b">b.md</a></p>', []),
    ("[![](p.jpg)](no)", '<p>no<img src="asset:0a.jpg" alt=""></p>', []),
    ("[a](HTTPS://a.cn)", '<p><a href="HTTPS://a.cn" rel="noopener">a</a></p>', []),
    ("[a](mailto:a@b.cn)", '<p><a href="mailto:a@b.cn">a</a></p>', []),
    ("[a](case:b)", "<p>a</p>", []),
    ("##\n\n## ![a](p.jpg)\n\n### 乙", '<h2 id="x-h1"><img src="asset:0a.jpg" alt="a"></h2><h3 id="x-h2">乙</h3>', []),
    ("# 一\n\n# 一\n\n[a](#一)", '<h1 id="x-h1">一</h1><h1 id="x-h2">一</h1><p><a href="#x-h1">a</a></p>', []),
    (
        "http://a.cn。 (http://a.cn/b) http://a.cn/(b) www.a.cn, www. xhttp://a.cn/ www.a.cn/b_c~ http://a.cn/[x]] https://a.cn/a*",
        '<p><a href="http://a.cn" rel="noopener">http://a.cn</a>。 (<a href="http://a.cn/b" rel="noopener">http://a.cn/b</a>) '
        '<a href="http://a.cn/(b)" rel="noopener">http://a.cn/(b)</a> <a href="http://www.a.cn" rel="noopener">www.a.cn</a>, '
        'www. xhttp://a.cn/ <a href="http://www.a.cn/b_c" rel="noopener">www.a.cn/b_c</a>~ <a href="http://a.cn/%5Bx%5D" rel='
        '"noopener">http://a.cn/[x]</a>] <a href="https://a.cn/a" rel="noopener">https://a.cn/a</a>*</p>',
        [],
    ),
    ("a@b", "<p>a@b</p>", []),
    ("<http://a.cn/b>", '<p><a href="http://a.cn/b" rel="noopener">http://a.cn/b</a></p>', []),
    ("a<br>b<BR/>c<br   />d<br    />e", "<p>a<br>b<br>c<br>d&lt;br    /&gt;e</p>", []),
    ("H<sub>2</sub>O<SUP>3</SUP><sub>a<b</sub>", "<p>H<sub>2</sub>O<sup>3</sup>&lt;sub&gt;a&lt;b&lt;/sub&gt;</p>", []),
    (
        "~~a~~ ~~ b~~ H~2~O x^2^ x^1234567^",
        "<p><del>a</del> ~~ b~~ H<sub>2</sub>O x<sup>2</sup> x^1234567^</p>",
        ["1 “~~”没有起作用，会按原样显示"],
    ),
    ("甲~2~", "<p>甲~2~</p>", []),
    (
        "**a** __b__ *c* _d_ **甲 **乙 3*4*5 a_b_c ***e***",
        "<p><strong>a</strong> <strong>b</strong> <em>c</em> <em>d</em> <strong>甲 *<em>乙 3</em>4*5 a_b_c *</strong>e***</p>",
        ["1 “***”没有起作用，会按原样显示"],
    ),
    ("`a` ``b`c`` `d", "<p><code>a</code> <code>b`c</code> `d</p>", []),
    ("$a_1$ $5和$6 \\(a\\) \\[b=1\\]", "<p>$a_1$ $5和$6 (a) \\[b=1\\]</p>", ["1 公式“$a_1$”等 2 个公式不会排成数学式，会按原样显示"]),
    ("a&amp;b &copy; &#65; &#x41; &#12345678; &nosuch; &lt;b&gt;", "<p>a&amp;b © A A &amp;#12345678; &amp;nosuch; &lt;b&gt;</p>", []),
    ("\\*a\\* \\甲 \\<b>", "<p>*a* \\甲 &lt;b&gt;</p>", ["1 正文里有 HTML 标记 <b>，会按原样显示成文字"]),
]

TABLES = [
    (
        "<tr><td>a<td>b<tr><td>c<td>d",
        '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table>',
        [],
    ),
    (
        "<tr><th>a<th>b<tr><th>c<td>d",
        '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody><tr><th scope="row">c</th><td>d</t'
        "d></tr></tbody></table>",
        [],
    ),
    (
        "<thead><tr><td>a<tr><td>b</thead><tbody><tr><td>c",
        '<table><thead><tr><th scope="col">a</th></tr><tr><th scope="col">b</th></tr></thead><tbody><tr><td>c</td></tr></tbody></table>',
        [],
    ),
    (
        "<tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e",
        '<table><thead><tr><th rowspan="2" scope="col">a</th><th scope="col">b</th></tr><tr><th scope="col">c</th></tr></thea'
        "d><tbody><tr><td>d</td><td>e</td></tr></tbody></table>",
        [],
    ),
    (
        "<tr><td rowspan=3>a<td>b<tr><td>c<tr><td>d",
        '<table><tbody><tr><td rowspan="3">a</td><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr></tbody></table>',
        [],
    ),
    (
        "<tr><td colspan=2>a<tr><td>b<td>c",
        '<table><thead><tr><th colspan="2" scope="col">a</th></tr></thead><tbody><tr><td>b</td><td>c</td></tr></tbody></table>',
        [],
    ),
    (
        "<tr><td colspan=0 rowspan=x>a<td colspan='²'>b<tr><td colspan=-1>c<td colspan=1.5>d",
        '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table>',
        [],
    ),
    ("<tr><td rowspan=9>a<td>b<tr><td>c", '<table><tbody><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>', []),
    (
        "<tr><td colspan=60>a<tr><td>b",
        '<table><thead><tr><th colspan="60" scope="col">a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
        [],
    ),
    (
        "<tr><td colspan=61>a<tr><td>b",
        '<table><thead><tr><th colspan="60" scope="col">a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
        [],
    ),
    (
        "<tr><td colspan=59>a<td colspan=2>b",
        "<p>&lt;table&gt;&lt;tr&gt;&lt;td colspan=59&gt;a&lt;td colspan=2&gt;b&lt;/table&gt;</p>",
        ["1 正文里有 HTML 标记 <table>，会按原样显示成文字", "1 正文里有 HTML 标记 <tr>、<td>（3 处，最早在这一行），会按原样显示成文字"],
    ),
    (
        "<tr><td colspan=59>a<td>b<tr><td>c",
        '<table><thead><tr><th colspan="59" scope="col">a</th><th scope="col">b</th></tr></thead><tbody><tr><td>c</td></tr></tbody></table>',
        [],
    ),
    (
        "<tr></tr>",
        "<p>&lt;table&gt;&lt;tr&gt;&lt;/tr&gt;&lt;/table&gt;</p>",
        ["1 正文里有 HTML 标记 <table>，会按原样显示成文字", "1 正文里有 HTML 标记 <tr>，会按原样显示成文字"],
    ),
    (
        "<tr><td><p>a</p><p>b</p><td> c  d <br><br><tr><td><b>a</b> <i>b</i><em>c</em><code>d</code><sub>1</sub><td><u>x</u><"
        "script>y</script><style>z</style>",
        '<table><thead><tr><th scope="col">a<br>b</th><th scope="col">c d </th></tr></thead><tbody><tr><td><strong>a</strong>'
        " <em>b</em><em>c</em><code>d</code><sub>1</sub></td><td>x</td></tr></tbody></table>",
        [],
    ),
    (
        "<caption> 表  名 </caption><tr><td>a<tr><td>b",
        '<p class="table-title">表1\u3000表名</p><table><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td>b</td></tr>'
        "</tbody></table>",
        [],
    ),
    (
        "<tr><td><a href=b.md title=t onclick=x>a</a><td><img src=p.jpg alt=x title=y width=3><a>q</a><tr><td><a href='javasc"
        "ript:x'>b</a><td><img src=//e/x.png alt=n>",
        '<table><thead><tr><th scope="col"><a href="case:b" title="t">a</a></th><th scope="col"><img src="asset:0a.jpg" alt="'
        'x" title="y">q</th></tr></thead><tbody><tr><td>b</td><td>〔图片：n〕</td></tr></tbody></table>',
        [],
    ),
    (
        "<tr><td><table><tr><td>in<td>ner</table><td>b<tr><td>c<td>d",
        '<table><thead><tr><th scope="col">in ner </th><th scope="col">b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table>',
        [],
    ),
    (
        "<tr><td><ul><li>a<li>b</ul><td>x<div>y</div>z<tr><td>*a*<td>[b](b.md) &lt;i&gt;",
        '<table><thead><tr><th scope="col">a<br>b</th><th scope="col">xy<br>z</th></tr></thead><tbody><tr><td>*a*</td><td>[b]'
        "(b.md) &lt;i&gt;</td></tr></tbody></table>",
        [],
    ),
    (
        "<colgroup><col><tr><td>a<tr><td>b<tfoot><tr><td>f",
        '<table><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td>b</td></tr><tr><td>f</td></tr></tbody></table>',
        [],
    ),
]

BLOCKS = [
    (
        "a[^1]\n\n[^1]: b\n    c\n\n    d\n\ne",
        '<p>a<sup id="x-ref1"><a href="#x-note1" class="footnote-ref">1</a></sup></p><p>e</p><div class="footnote"><hr><ol><l'
        'i id="x-note1"><p>b c</p><p>d↩1</p></li></ol></div>',
        [],
    ),
    (
        "a[^1]\n[^1]: b\n[^1]: c",
        '<p>a<sup id="x-ref1"><a href="#x-note1" class="footnote-ref">1</a></sup></p><p>[^1]: c</p><div class="footnote"><hr>'
        '<ol><li id="x-note1"><p>b↩1</p></li></ol></div>',
        ["3 脚注 [^1] 的注文写了两次，这一条会照原样印出"],
    ),
    ("[^1]:\n\na[^1]", "<p>[^1]:</p><p>a[^1]</p>", ["1 脚注 [^1] 没有注文"]),
    (
        "a[^1]\n\n[^1]: b\n\n  c",
        '<p>a<sup id="x-ref1"><a href="#x-note1" class="footnote-ref">1</a></sup></p><p>c</p><div class="footnote"><hr><ol><l'
        'i id="x-note1"><p>b↩1</p></li></ol></div>',
        [],
    ),
    (
        "a[^1][^2]\n\n[^1]: b\n[^2]： c\n## d",
        '<p>a<sup id="x-ref1"><a href="#x-note1" class="footnote-ref">1</a></sup><sup id="x-ref2"><a href="#x-note2" class="f'
        'ootnote-ref">2</a></sup></p><h2 id="x-h1">d</h2><div class="footnote"><hr><ol><li id="x-note1"><p>b↩1</p></li><li id'
        '="x-note2"><p>c↩2</p></li></ol></div>',
        [],
    ),
    ("a[^没]", "<p>a[^没]</p>", []),
    ("[^1]: 无人", '<div class="footnote"><hr><ol><li id="x-note1"><p>无人</p></li></ol></div>', ["1 脚注 [^1] 的注文没有用到，会印在最后"]),
    ("[a][R x]\n\n[r  X]: b.md\n[r x]: c.md\n[q]: z", '<p><a href="case:b">a</a></p><p><a href="case:b">r x</a>: c.md</p><p>[q]: z</p>', []),
    ("[a]\n\n[a]: <b.md> 'T'", '<p><a href="case:b" title="T">a</a></p>', []),
    ("[a]\n\n[a]: b.md (T)", '<p><a href="case:b" title="T">a</a></p>', []),
    ('[a]\n\n[a]: b.md ""', '<p><a href="case:b">a</a></p>', []),
    ("[a]\n\n[a]: b c", "<p>[a]</p><p>[a]: b c</p>", []),
    ("```py\na\n```\nb", "<pre><code>a</code></pre><p>b</p>", []),
    ("~~~~\na\n~~~\nb\n~~~~", "<pre><code>a~~~b</code></pre>", []),
    ("```\na", "<pre><code>a</code></pre>", ["1 从这里开始的代码没有结束，下面的文字都当成了代码（```）"]),
    ("```说明文字\na\n```", "<pre><code>说明文字a</code></pre>", []),
    ("```Mermaid x\na\n```", "<pre><code>a</code></pre>", ["1 Mermaid 画的图或公式不会画出来，会照代码原样印"]),
    ("  ```\n    a\n b\n  ```", "<pre><code>  ab</code></pre>", []),
    ("    a = 1;\n\n    b\n\nc", "<pre><code>a = 1;b</code></pre><p>c</p>", []),
    ("    中文;", "<p>中文;</p>", []),
    ("    a\n    b", "<p>a b</p>", []),
    ("    a;\n甲", "<pre><code>a;</code></pre><p>甲</p>", []),
    ("甲\n    a;", "<p>甲 a;</p>", []),
    ("    [a](b.md);", '<p><a href="case:b">a</a>;</p>', []),
    ("\ta;\n\t\tb", "<pre><code>a;    b</code></pre>", []),
    ("甲  \n乙", "<p>甲<br>乙</p>", []),
    ("甲\\\n乙", "<p>甲<br>乙</p>", []),
    ("甲\\\\\n乙", "<p>甲\\ 乙</p>", []),
    ("甲\\", "<p>甲\\</p>", []),
    ("甲  ", "<p>甲</p>", []),
    ("&nbsp;&emsp;甲", "<p>甲</p>", []),
    ("甲\t乙", "<p>甲乙</p>", []),
    ("甲\n: 乙", "<p><strong>甲</strong>：乙</p>", ["1 “甲”和下面冒号开头的释义，已排成一段"]),
    ("甲\n: 乙\n丙\n: 丁", "<p><strong>甲</strong>：乙丙</p><p>丁</p>", ["1 “甲”和下面冒号开头的释义，已排成一段"]),
    ("词\n:    释", "<p><strong>词</strong>：释</p>", ["1 “词”和下面冒号开头的释义，已排成一段"]),
    ("词\n:     释", "<p>词 :     释</p>", []),
    ("甲。\n: 乙", "<p>甲。: 乙</p>", ["1 从这一行起的几行会连成一段"]),
    ("一、背景\n正文", "<p>一、背景</p><p>正文</p>", ["1 “一、背景”像是小标题，没有写井号，会排成一段文字"]),
    ("甲\n===", '<h1 id="x-h1">甲</h1>', []),
    ("甲\n---", '<h2 id="x-h1">甲</h2>', []),
    ("甲\n乙\n---", "<p>甲乙</p><hr>", []),
    ("甲\n乙\n===", "<p>甲乙</p><hr>", []),
    ("甲。\n---", "<p>甲。</p><hr>", []),
    ("!甲\n---", "<p>!甲</p><hr>", []),
    ("甲\n=", "<p>甲 =</p>", []),
    ("1、甲\n2、乙\n\n3、丙", "<ol><li>甲</li><li>乙</li></ol><p>3、丙</p>", []),
    ("1、甲\n3、丙", "<p>1、甲 3、丙</p>", []),
    ("-甲\n-乙", "<ul><li>甲</li><li>乙</li></ul>", []),
    ("-甲\n乙", "<p>-甲乙</p>", ["1 “-甲”：减号后面少了空格，会排成一段文字"]),
    ("1、甲\n丙\n2、乙", "<ol><li>甲丙</li><li>乙</li></ol>", []),
    ("* 甲\n1. 乙", "<ul><li>甲</li></ul><ol><li>乙</li></ol>", []),
    ("- 甲\n\n- 乙", "<ul><li><p>甲</p></li><li><p>乙</p></li></ul>", []),
    ("- 甲\n  乙\n\n  丙\n- 丁", "<ul><li><p>甲乙</p><p>丙</p></li><li><p>丁</p></li></ul>", []),
    ("2. 甲\n2. 乙", '<ol start="2"><li>甲</li><li>乙</li></ol>', []),
    (
        "3. 甲\n5. 乙\n6. 丙\n9. 丁",
        '<ol start="3"><li>甲</li><li value="5">乙</li><li>丙</li><li value="9">丁</li></ol>',
        ["2 列表的编号从 3 跳到了 5，会照写的印"],
    ),
    ("- 甲\n    - 乙\n        - 丙", "<ul><li>甲<ul><li>乙<ul><li>丙</li></ul></li></ul></li></ul>", []),
    ("- ```\n  a\n  ```\n- b", "<ul><li><pre><code>a</code></pre></li><li>b</li></ul>", []),
    ("-\n\n\n  甲", "<ul><li></li></ul><p>甲</p>", []),
    ("- [ ] 甲\n- [x] 乙", "<ul><li>□ 甲</li><li>√ 乙</li></ul>", []),
    ("1) 甲\n2) 乙", "<ol><li>甲</li><li>乙</li></ol>", []),
    ("- 甲\n乙\n- 丙", "<ul><li>甲乙</li><li>丙</li></ul>", []),
    ("- 甲\n# 乙\n- 丙", '<ul><li>甲</li></ul><h1 id="x-h1">乙</h1><ul><li>丙</li></ul>', []),
    ("1. 甲\n- 乙", "<ol><li>甲</li></ol><ul><li>乙</li></ul>", []),
    ("> 甲\n乙\n\n丙", "<blockquote><p>甲乙</p></blockquote><p>丙</p>", []),
    (">甲\n> 乙\n>\n> 丙", "<blockquote><p>甲乙</p><p>丙</p></blockquote>", []),
    ("＞甲", "<blockquote><p>甲</p></blockquote>", []),
    ("> # 甲\n乙", '<blockquote><h1 id="x-h1">甲</h1></blockquote><p>乙</p>', []),
    ("> [!NOTE]\n> 甲", "<blockquote><p><strong>注意</strong></p><p>甲</p></blockquote>", ["1 “[!NOTE]”：提示框会排成引用，第一行是 **注意**"]),
    ("> [!foo]- 题\n甲", "<blockquote><p><strong>题</strong></p><p>甲</p></blockquote>", ["1 “[!foo]- 题”：提示框会排成引用，第一行是 **题**"]),
    ("> - 甲\n> - 乙", "<blockquote><ul><li>甲</li><li>乙</li></ul></blockquote>", []),
    ("> 甲\n- 乙", "<blockquote><p>甲</p></blockquote><ul><li>乙</li></ul>", []),
    ("---\ntitle: a\nb: c\n---\n甲", "<hr><p>title: a</p><p>b: c</p><hr><p>甲</p>", ["1 这里又有一份表头（2 行），会排成正文"]),
    ("甲\n\n---\ntitle: a\n---", "<p>甲</p><hr><p>title: a</p><hr>", []),
    ("甲 乙\n-- --\na b", "<p>甲乙</p><hr><p>a b</p>", ["1 这里像是用空格对齐的表格，没有成形，会排成一段文字"]),
    ("***", "<hr>", []),
    ("* * *", "<hr>", []),
    ("__", "<p>__</p>", []),
    ("- - -", "<hr>", []),
    ("—————", "<hr>", []),
    (
        "> > > > > > > > > > > > > > > > > > > > 甲",
        "<blockquote><blockquote><blockquote><blockquote><blockquote><blockquote><blockquote><blockquote><blockquote><blockqu"
        "ote><blockquote><blockquote><blockquote><blockquote><blockquote><blockquote><blockquote><blockquote><blockquote><blo"
        "ckquote><p>甲</p></blockquote></blockquote></blockquote></blockquote></blockquote></blockquote></blockquote></blockqu"
        "ote></blockquote></blockquote></blockquote></blockquote></blockquote></blockquote></blockquote></blockquote></blockq"
        "uote></blockquote></blockquote></blockquote>",
        [],
    ),
    (
        "> > > > > > > > > > > > > > > > > > > > > 甲",
        "<pre><code>&gt; &gt; &gt; &gt; &gt; &gt; &gt; &gt; &gt; &gt; &gt; &gt; &gt; &gt; &gt; &gt; &gt; &gt; &gt; &gt; &gt; 甲</code></pre>",
        ["1 unread"],
    ),
    (
        "- - - - - - - - - - - - - - - - - - - - 甲",
        "<ul><li><ul><li><ul><li><ul><li><ul><li><ul><li><ul><li><ul><li><ul><li><ul><li><ul><li><ul><li><ul><li><ul><li><ul>"
        "<li><ul><li><ul><li><ul><li><ul><li><ul><li>甲</li></ul></li></ul></li></ul></li></ul></li></ul></li></ul></li></ul><"
        "/li></ul></li></ul></li></ul></li></ul></li></ul></li></ul></li></ul></li></ul></li></ul></li></ul></li></ul></li></"
        "ul></li></ul>",
        [],
    ),
    ("- - - - - - - - - - - - - - - - - - - - - 甲", "<pre><code>- - - - - - - - - - - - - - - - - - - - - 甲</code></pre>", ["1 unread"]),
    (
        "- - - - - - - - - - - - - - - - - - - - - - 甲\n\n乙",
        "<pre><code>- - - - - - - - - - - - - - - - - - - - - - 甲</code></pre><p>乙</p>",
        ["1 unread"],
    ),
]

SPANS = [
    (
        "<b>a</b>\n\n<b>c</b>\n<i>d</i>\n\n<u>e</u> <foo x=1>",
        "<p>&lt;b&gt;a&lt;/b&gt;</p><p>&lt;b&gt;c&lt;/b&gt; &lt;i&gt;d&lt;/i&gt;</p><p>&lt;u&gt;e&lt;/u&gt; &lt;foo x=1&gt;</p>",
        [
            "1 正文里有 HTML 标记 <b>、<u>（3 处，最早在这一行），会按原样显示成文字",
            "4 正文里有 HTML 标记 <i>，会按原样显示成文字",
            "6 正文里有 HTML 标记 <foo>，会按原样显示成文字",
        ],
    ),
    (
        "<b>\n<c1>\n<d1>\n<e1>\n<f1>\n<g1>\n<h1>\n<i>",
        "<p>&lt;b&gt; &lt;c1&gt; &lt;d1&gt; &lt;e1&gt; &lt;f1&gt; &lt;g1&gt; &lt;h1&gt; &lt;i&gt;</p>",
        [
            "1 正文里有 HTML 标记 <b>，会按原样显示成文字",
            "2 正文里有 HTML 标记 <c1>、<d1>、<e1>、<f1>、<g1>（5 处，最早在这一行），会按原样显示成文字",
            "7 正文里有 HTML 标记 <h1>，会按原样显示成文字",
            "8 正文里有 HTML 标记 <i>，会按原样显示成文字",
        ],
    ),
    (
        "<c1>\n<d1>\n<e1>\n<f1>\n<g1>\n<h7>",
        "<p>&lt;c1&gt; &lt;d1&gt; &lt;e1&gt; &lt;f1&gt; &lt;g1&gt; &lt;h7&gt;</p>",
        ["1 正文里有 HTML 标记 <c1>、<d1>、<e1>、<f1>、<g1>、<h7>（6 处，最早在这一行），会按原样显示成文字"],
    ),
    (
        "<c1>\n<d1>\n<e1>\n<f1>\n<g1>\n<h7>\n<k1>\n<k1>",
        "<p>&lt;c1&gt; &lt;d1&gt; &lt;e1&gt; &lt;f1&gt; &lt;g1&gt; &lt;h7&gt; &lt;k1&gt; &lt;k1&gt;</p>",
        ["1 正文里有 HTML 标记 <c1>、<d1>、<e1>、<f1>、<g1>、<h7>等（8 处，最早在这一行），会按原样显示成文字"],
    ),
    ("</b> <B x=1>", "<p>&lt;/b&gt; &lt;B x=1&gt;</p>", ["1 正文里有 HTML 标记 <b>（2 处），会按原样显示成文字"]),
    ("<!-- a -->\n<!-- b -->", "<p>&lt;!-- a --&gt; &lt;!-- b --&gt;</p>", ["1 正文里有 HTML 标记 <!-- -->（2 处），会按原样显示成文字"]),
    ("x<y 且 y>z <1> <a@b> <br/> <sub>", '<p>x&lt;y 且 y&gt;z &lt;1&gt; <a href="mailto:a@b">a@b</a> <br> &lt;sub&gt;</p>', []),
    (
        "<a:b> <o:p></o:p>",
        "<p>&lt;a:b&gt; &lt;o:p&gt;&lt;/o:p&gt;</p>",
        ["1 正文里有 HTML 标记 <a:b>、<o:p>（2 处，最早在这一行），会按原样显示成文字"],
    ),
    ("$a_1$\n\n$$b^2$$\n\n\\(c=1\\)", "<p>$a_1$</p><p>$$b^2$$</p><p>\\(c=1\\)</p>", ["1 公式“$a_1$”等 3 个公式不会排成数学式，会按原样显示"]),
    ("$$\na_1", "<p>$$ a_1</p>", ["1 公式“$$”不会排成数学式，会按原样显示"]),
    ("\\[a\nb\\]", "<p>[a b]</p>", ["1 公式“\\[a”不会排成数学式，会按原样显示"]),
    ("\\begin{x}", "<p>\\begin{x}</p>", ["1 公式“\\begin{x}”不会排成数学式，会按原样显示"]),
    ("$5和$6", "<p>$5和$6</p>", []),
    ("前$a_1$", "<p>前$a_1$</p>", ["1 公式“$a_1$”不会排成数学式，会按原样显示"]),
    ("[[甲]]", "<p>[[甲]]</p>", ["1 “[[甲]]”不是这里的链接写法，会按原样显示"]),
    ("[[a.png]]", "<p>[[a.png]]</p>", ["1 “[[a.png]]”不是这里的链接写法，会按原样显示"]),
    ("![[t.png]]", '<figure><img src="asset:0b.png" alt=""></figure>', []),
    ("![[t.png|图]]", '<figure><img src="asset:0b.png" alt="图"></figure>', []),
    ("![[t.png|300x200]]", '<figure><img src="asset:0b.png" alt=""></figure>', []),
    ("![[a.md]]", "<p>![[a.md]]</p>", ["1 “![[a.md]]”不是这里的链接写法，会按原样显示", "1 “![”没有起作用，会按原样显示"]),
    ("[[甲|乙]] [[丙]](x)", "<p>[[甲|乙]] [丙]</p>", ["1 “[[甲|乙]]”不是这里的链接写法，会按原样显示"]),
    ("！[图](t.png)", '<figure><img src="asset:0b.png" alt="图"></figure>', []),
    ("![图](t.png", '<figure><img src="asset:0b.png" alt="图"></figure>', ["1 图片“![图](t.png”少了右边的括号，已补上"]),
    ("![图](t.png\n后", '<p><img src="asset:0b.png" alt="图">后</p>', ["1 图片“![图](t.png”少了右边的括号，已补上"]),
    ("![图]（t.png）", '<figure><img src="asset:0b.png" alt="图"></figure>', []),
    ("[甲]（http://a.cn）", '<p><a href="http://a.cn" rel="noopener">甲</a></p>', []),
    ("［甲］(b.md)", "<p>［甲］(b.md)</p>", []),
    ("【甲】(b.md)", "<p>【甲】(b.md)</p>", []),
    ("【甲】（b.md）", "<p>【甲】（b.md）</p>", []),
    ("[甲] (b.md)", '<p><a href="case:b">甲</a></p>', []),
    ("[甲] (乙)", "<p>[甲] (乙)</p>", []),
    ("![图] (t.png)", '<figure><img src="asset:0b.png" alt="图"></figure>', []),
    ("[甲](“b.md”)", '<p><a href="case:b">甲</a></p>', []),
    ("[甲](b.md “题”)", '<p><a href="case:b" title="题">甲</a></p>', []),
    ("^[注] a", "<p>^[注] a</p>", ["1 “^[注]”不会排成脚注，会按原样显示"]),
    ("++a++ c++ ++ a++", "<p>++a++ c++ ++ a++</p>", ["1 “++a++”不会加下划线，会按原样显示"]),
    ("a %%b%%", "<p>a %%b%%</p>", ["1 “%%b%%”：这里没有不印出来的注释，会按原样显示"]),
    ("%% b", "<p>%% b</p>", ["1 “%% b”：这里没有不印出来的注释，会按原样显示"]),
    ("{.a} {#b} {a}", "<p>{.a} {#b} {a}</p>", ["1 “{.a}”不起作用，会按原样显示", "1 “{#b}”不起作用，会按原样显示"]),
    ("[a](b.md){x=1}", '<p><a href="case:b">a</a>{x=1}</p>', ["1 “{x=1}”不起作用，会按原样显示"]),
    ("==a== a==b== == a==", "<p><strong>a</strong> a==b== == a==</p>", []),
    ("**a****b**", "<p><strong>ab</strong></p>", []),
    ("::: x", "<p>::: x</p>", ["1 “::: x”：三个冒号的标记不起作用，会按原样显示"]),
    ("???+ x", "<p>???+ x</p>", ["1 “???+ x”：提示框不起作用，会按原样显示"]),
    ("!!! note", "<p>!!! note</p>", ["1 “!!! note”：提示框不起作用，会按原样显示"]),
    (": 甲", "<p>: 甲</p>", ["1 “: 甲”：冒号开头的行不起作用，会按原样显示"]),
    ("*[a]: b", "<p>*[a]: b</p>", ["1 “*[a]: b”：缩略语的解释不会跟着词走，会按原样显示"]),
    ("${toc}", "<p>${toc}</p>", ["1 “${toc}”：目录会自动生成，这个标记会按原样显示"]),
    ("[TOC]", "<p>[TOC]</p>", ["1 “[TOC]”：目录会自动生成，这个标记会按原样显示"]),
    ("{% x %}", "<p>{% x %}</p>", ["1 “{% x %}”：别的网站程序的标记不起作用，会按原样显示"]),
    ("####### 甲", "<p>####### 甲</p>", ["1 “####### 甲”：小标题最多六级，会按原样显示"]),
    ("12345678. 甲", "<p>12345678. 甲</p>", ["1 “12345678. 甲”：编号太长，排不成列表，会按原样显示"]),
    ("-甲", "<p>-甲</p>", ["1 “-甲”：减号后面少了空格，会排成一段文字"]),
    ("｀｀｀", "<p>｀｀｀</p>", ["1 “｀｀｀”：代码的标记不是这样写的，会按原样显示"]),
    ("[//]: # (a)", "<p>[//]: # (a)</p>", ["1 “[//]: # (a)”：这里没有不印出来的注释，会按原样显示"]),
    (
        "`==a==` ==b== `<b>`\n<i>`x`\n<u>",
        "<p><code>==a==</code> <strong>b</strong> <code>&lt;b&gt;</code>&lt;i&gt;<code>x</code>&lt;u&gt;</p>",
        ["2 正文里有 HTML 标记 <i>，会按原样显示成文字", "3 正文里有 HTML 标记 <u>，会按原样显示成文字"],
    ),
    (
        "甲 乙 丙\n\n姓\u3000名\n\n第一章 总则\n\n## 甲 乙 丙",
        '<p>甲 乙 丙</p><p>姓名</p><p>第一章 总则</p><h2 id="x-h1">甲 乙 丙</h2>',
        ["1 汉字之间有空格（2 处，最早在这一行），搜索连着写的词会找不到"],
    ),
    ("甲 乙", "<p>甲乙</p>", []),
    ("周一 甲乙 丙丁\n丁戊 己庚", "<p>周一 甲乙 丙丁丁戊 己庚</p>", ["1 汉字之间有空格（2 处，最早在这一行），搜索连着写的词会找不到"]),
    ("![图](t.png){.half}", '<figure class="half"><img src="asset:0b.png" alt="图"></figure>', []),
    ("![图](t.png){.x}", '<figure><img src="asset:0b.png" alt="图"></figure>', ["1 “{.x}”不起作用，已去掉"]),
    ("![图](t.png){.half #图1}", '<figure class="half"><img src="asset:0b.png" alt="图"></figure>', []),
    ("![图](t.png) {半宽}", '<figure class="half"><img src="asset:0b.png" alt="图"></figure>', []),
    ("![图](t.png){#a .full}", '<figure class="full"><img src="asset:0b.png" alt="图"></figure>', []),
    ("![图](t.png){width=50%}", '<figure><img src="asset:0b.png" alt="图"></figure>', ["1 “{width=50%}”不起作用，已去掉"]),
    ("![图](t.png =1x2)", '<figure><img src="asset:0b.png" alt="图"></figure>', ["1 “=1x2”不起作用，已去掉"]),
    ("![图|1x2](t.png)", '<figure><img src="asset:0b.png" alt="图"></figure>', ["1 “|1x2”不起作用，已去掉"]),
    (
        "<img src=t.png alt='a[b]' title=x>",
        '<figure><img src="asset:0b.png" alt="a［b］"><figcaption>x</figcaption></figure>',
        ["1 <img> 已照图片排，大小不起作用"],
    ),
    ("<img src='a b.png'>", "<p>〔图片〕</p>", ["1 <img> 已照图片排，大小不起作用"]),
    (
        "<img src=http://a/b.png>",
        '<p>&lt;img src=<a href="http://a/b.png" rel="noopener">http://a/b.png</a>&gt;</p>',
        ["1 正文里有 HTML 标记 <img>，会按原样显示成文字"],
    ),
    ("<img alt=x>", "<p>&lt;img alt=x&gt;</p>", ["1 正文里有 HTML 标记 <img>，会按原样显示成文字"]),
    (
        "<img src=t.png title='a\"b'>",
        '<figure><img src="asset:0b.png" alt=""><figcaption>a＂b</figcaption></figure>',
        ["1 <img> 已照图片排，大小不起作用"],
    ),
    ("<p align=center><img src=t.png></p>", '<figure><img src="asset:0b.png" alt=""></figure>', ["1 <img> 已照图片排，大小不起作用"]),
    ("<center>\n<img src=t.png alt=a>\n</center>", '<figure><img src="asset:0b.png" alt="a"></figure>', ["2 <img> 已照图片排，大小不起作用"]),
    ("[a]{.u}", "<p>a</p>", ["1 “{.u}”不起作用，已去掉"]),
    (
        "表：课时 {#k}\n\n|a|b|\n|-|-|\n|1|2|\n\n见[](#k)、[图](#f)\n\n![图](t.png){#f}",
        '<p class="table-title" id="x-tab1">表1\u3000课时</p><table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr>'
        '</thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table><p>见<a href="#x-tab1">表1</a>、<a href="#x-fig1">图</a></p>'
        '<figure id="x-fig1"><img src="asset:0b.png" alt="图"></figure>',
        [],
    ),
    (
        "a~~ b\n\n**c\n\n![d\n\n](e\n\n```f\n\n***g\n~~h",
        "<p>a~~ b</p><p>**c</p><p>![d</p><p>](e</p><pre><code>***g~~h</code></pre>",
        [
            "1 “~~”没有起作用，会按原样显示",
            "3 “**”没有起作用，会按原样显示",
            "5 “![”没有起作用，会按原样显示",
            "7 “](”没有起作用，会按原样显示",
            "9 从这里开始的代码没有结束，下面的文字都当成了代码（```）",
        ],
    ),
    ("甲\n乙\x0b丙", "<p>甲乙丙</p>", []),
    ("a\x85b", "<p>ab</p>", []),
]

EDGES = [
    ("  - 甲\n - 乙", "<ul><li>甲</li><li>乙</li></ul>", []),
    ("  - 甲\n- 乙", "<ul><li>甲</li></ul><ul><li>乙</li></ul>", []),
    ("   - 甲\n - 乙", "<ul><li>甲</li></ul><ul><li>乙</li></ul>", []),
    ("- 甲\n   - 乙\n    - 丙\n      - 丁", "<ul><li>甲<ul><li>乙</li><li>丙<ul><li>丁</li></ul></li></ul></li></ul>", []),
    ("1. 甲\n     2. 乙", "<ol><li>甲 2. 乙</li></ol>", []),
    ("1. 甲\n  - 乙", "<ol><li>甲<ul><li>乙</li></ul></li></ol>", []),
    ("1. 甲\n - 乙", "<ol><li>甲</li></ol><ul><li>乙</li></ul>", []),
    ("1. 甲\n  2. 乙", "<ol><li>甲</li><li>乙</li></ol>", []),
    ("1. 甲\n  乙\n\n 丙", "<ol><li>甲乙</li></ol><p>丙</p>", []),
    ("       - 甲", "<ul><li>甲</li></ul>", []),
    ("        - 甲", "<p>- 甲</p>", []),
    ("- 甲\n\n\n- 乙", "<ul><li><p>甲</p></li><li><p>乙</p></li></ul>", []),
    ("- 甲\n\n  乙", "<ul><li><p>甲</p><p>乙</p></li></ul>", []),
    ("- 甲\n  - 乙\n\n  - 丙\n- 丁", "<ul><li>甲<ul><li><p>乙</p></li><li><p>丙</p></li></ul></li><li>丁</li></ul>", []),
    ("- ```\n  a\n- b", "<ul><li><pre><code>a</code></pre></li><li>b</li></ul>", ["1 从这里开始的代码没有结束，下面的文字都当成了代码（```）"]),
    ("- ```\n  a\n b\n", "<ul><li><pre><code>a</code></pre></li></ul><p>b</p>", ["1 从这里开始的代码没有结束，下面的文字都当成了代码（```）"]),
    ("- 甲\n  ```\n  x\n  ```\n  乙", "<ul><li>甲<pre><code>x</code></pre><p>乙</p></li></ul>", []),
    ("-\n  甲", "<ul><li>甲</li></ul>", []),
    ("-\n\n  甲", "<ul><li>甲</li></ul>", []),
    ("- # 甲\n乙", '<ul><li><h1 id="x-h1">甲</h1></li></ul><p>乙</p>', []),
    ("- 甲\n***\n乙", "<ul><li>甲</li></ul><hr><p>乙</p>", []),
    ("- 甲\n> 乙", "<ul><li>甲</li></ul><blockquote><p>乙</p></blockquote>", []),
    ("1. 甲\n2) 乙", '<ol><li>甲</li></ol><ol start="2"><li>乙</li></ol>', []),
    ("+ 甲\n* 乙", "<ul><li>甲</li><li>乙</li></ul>", []),
    ("12345678. 甲\n", "<p>12345678. 甲</p>", ["1 “12345678. 甲”：编号太长，排不成列表，会按原样显示"]),
    ("123456. 甲", '<ol start="123456"><li>甲</li></ol>', []),
    ("0. 甲\n1. 乙\n1. 丙", '<ol start="0"><li>甲</li><li>乙</li><li value="1">丙</li></ol>', ["3 列表的编号从 1 跳到了 1，会照写的印"]),
    ("5、甲\n6、乙\n7、丙\n\n9、丁", '<ol start="5"><li>甲</li><li>乙</li><li>丙</li></ol><p>9、丁</p>', []),
    ("• 甲\n• 乙", "<ul><li>甲</li><li>乙</li></ul>", []),
    (">\n> 甲", "<blockquote><p>甲</p></blockquote>", []),
    ("> 甲\n>\n\n> 乙", "<blockquote><p>甲</p></blockquote><blockquote><p>乙</p></blockquote>", []),
    ("> ```\n> a\n> ```\n乙", "<blockquote><pre><code>a</code></pre><p>乙</p></blockquote>", []),
    (">    a = 1;", "<blockquote><p>a = 1;</p></blockquote>", []),
    ("> > 甲\n> 乙", "<blockquote><blockquote><p>甲乙</p></blockquote></blockquote>", []),
    ("> [!NOTE]", "<blockquote><p><strong>注意</strong></p></blockquote>", ["1 “[!NOTE]”：提示框会排成引用，第一行是 **注意**"]),
    (
        "> [!note] 题题题题题题题题题题题题题题题题题题题题题题题题题题题题题题",
        "<blockquote><p><strong>题题题题题题题题题题题题题题题题题题题题题题题题题题题题题题</strong></p></blockquote>",
        [
            "1 “[!note] 题题题题题题题题题题题题题题题题题题题题题题”：提示框会排成引用，第一行是 **题题题题题题题题题题题题题题题题题题题题题题题题题题题题题题**"
        ],
    ),
    (
        "#标标标标标标标标标标标标标标标标标标标标标标",
        '<h1 id="x-h1">标标标标标标标标标标标标标标标标标标标标标标</h1>',
        ["1 “#标标标标标标标标标标标标标标标标标标标”的井号后面少了空格，已当作小标题"],
    ),
    (
        "##标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标",
        '<h2 id="x-h1">标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标</h2>',
        ["1 “##标标标标标标标标标标标标标标标标标标”的井号后面少了空格，已当作小标题"],
    ),
    (
        "##标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标",
        "<p>##标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标</p>",
        [],
    ),
    ("#标。", "<p>#标。</p>", []),
    ("#1标", "<p>#1标</p>", []),
    ("##1标", '<h2 id="x-h1">1标</h2>', ["1 “##1标”的井号后面少了空格，已当作小标题"]),
    ("## 标 ##", '<h2 id="x-h1">标</h2>', []),
    ("## 标##", '<h2 id="x-h1">标##</h2>', []),
    ("##标#", "<p>##标#</p>", []),
    ("    # 甲", "<p># 甲</p>", []),
    ("   # 甲", '<h1 id="x-h1">甲</h1>', []),
    ("####### 甲", "<p>####### 甲</p>", ["1 “####### 甲”：小标题最多六级，会按原样显示"]),
    ("#", "", []),
    ("# #", "", []),
    ("甲\n==", '<h1 id="x-h1">甲</h1>', []),
    ("甲\n--", "<p>甲 --</p>", []),
    ("甲\n  ---", '<h2 id="x-h1">甲</h2>', []),
    ("甲\n    ---", "<p>甲 ---</p>", []),
    (
        "标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标\n---",
        '<h2 id="x-h1">标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标</h2>',
        [],
    ),
    (
        "标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标\n---",
        "<p>标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标标</p><hr>",
        [],
    ),
    ("甲\n乙：\n丙", "<p>甲乙：丙</p>", ["1 从这一行起的几行会连成一段"]),
    (
        "词词词词词词词词词词词词词词词词词词词词词词\n: 释",
        "<p><strong>词词词词词词词词词词词词词词词词词词词词词词</strong>：释</p>",
        ["1 “词词词词词词词词词词词词词词词词词词词词”和下面冒号开头的释义，已排成一段"],
    ),
    ("甲\n: 乙\n丁", "<p><strong>甲</strong>：乙丁</p>", ["1 “甲”和下面冒号开头的释义，已排成一段"]),
    ("甲\n:\u3000乙", "<p>甲 :\u3000乙</p>", []),
    (
        "[^1]\n\n   [^1]: 注",
        '<p><sup id="x-ref1"><a href="#x-note1" class="footnote-ref">1</a></sup></p><div class="footnote"><hr><ol><li id="x-n'
        'ote1"><p>注↩1</p></li></ol></div>',
        [],
    ),
    ("[^1]\n\n    [^1]: 注", "<p>[^1]</p><p>[^1]: 注</p>", []),
    (
        "[^1]\n\n[^1]: 注\n\n\n    续\n\n    再\n\n末",
        '<p><sup id="x-ref1"><a href="#x-note1" class="footnote-ref">1</a></sup></p><p>末</p><div class="footnote"><hr><ol><li'
        ' id="x-note1"><p>注</p><p>续</p><p>再↩1</p></li></ol></div>',
        [],
    ),
    (
        "[^1]\n\n[^1]: 注\n   续",
        '<p><sup id="x-ref1"><a href="#x-note1" class="footnote-ref">1</a></sup></p><div class="footnote"><hr><ol><li id="x-n'
        'ote1"><p>注续↩1</p></li></ol></div>',
        [],
    ),
    (
        "[^1]\n[^1]: 注\n\n     五格",
        '<p><sup id="x-ref1"><a href="#x-note1" class="footnote-ref">1</a></sup></p><div class="footnote"><hr><ol><li id="x-n'
        'ote1"><p>注</p><p>五格↩1</p></li></ol></div>',
        [],
    ),
    ("&nbsp;\u3000甲", "<p>甲</p>", []),
    ("\u3000\u3000&emsp;甲", "<p>甲</p>", []),
    ("&nbsp;&nbsp;\n甲", "<p>甲</p>", []),
    ("a&nbsp;", "<p>a&nbsp;</p>", []),
    ("甲\\\\\\\n乙", "<p>甲\\<br>乙</p>", []),
    ("甲 \n乙", "<p>甲乙</p>", []),
    ("    a;\n    b\n\n    c\n    中", "<p>a;</p><p>b</p><p>c 中</p>", []),
    ("    a\n\n    b;", "<p>a</p><pre><code>b;</code></pre>", []),
    ("    a;\n\n\n    b", "<pre><code>a;b</code></pre>", []),
    ("    |a|", "<p>|a|</p>", ["1 这一行像表格，但没有成形，会排成一段文字"]),
    ("    !a;", "<p>!a;</p>", []),
    ("     a;\n    b", "<pre><code> a;b</code></pre>", []),
    (
        "```\n  a\n```\n```\nb",
        "<pre><code>  a</code></pre><pre><code>b</code></pre>",
        ["4 从这里开始的代码没有结束，下面的文字都当成了代码（```）"],
    ),
    ("````\n```\n````", "<pre><code>```</code></pre>", []),
    ("``` a`b\nc", "<p><code>`` a</code>b c</p>", []),
    ("```js 说明\na\n```", "<pre><code>js 说明a</code></pre>", []),
    ("```flow\na\n```x\n```", "<pre><code>a```x</code></pre>", ["1 flow 画的图或公式不会画出来，会照代码原样印"]),
    ("~~~\na", "<pre><code>a</code></pre>", ["1 从这里开始的代码没有结束，下面的文字都当成了代码（~~~）"]),
    ("  ~~~\n a\n   b\n  ~~~", "<pre><code>a b</code></pre>", []),
    ("`` a ` b ``", "<p><code>a ` b</code></p>", []),
    ("甲`乙\n丙`丁", "<p>甲<code>乙丙</code>丁</p>", []),
    ("***a*** **a*b*c** *a**b**c*", "<p><strong><em>a</em></strong> <strong>a*b*c</strong> <em>a<strong>b</strong>c</em></p>", []),
    ("**a\nb** ~~a\nb~~", "<p><strong>a b</strong> <del>a b</del></p>", []),
    ("a^2^甲^3^ H~2~ )~1~", "<p>a<sup>2</sup>甲<sup>3</sup> H<sub>2</sub> )<sub>1</sub></p>", []),
    ("__甲__ 甲__乙__丙 _甲_ 甲_乙_", "<p><strong>甲</strong> 甲__乙__丙 <em>甲</em> 甲_乙_</p>", []),
    ("**甲 ** ** 甲** **a ** b", "<p><strong>甲 ** ** 甲</strong> **a ** b</p>", ["1 “**”没有起作用，会按原样显示"]),
    ("![甲](p.jpg)![乙](t.png)", '<figure><img src="asset:0a.jpg" alt="甲"></figure><figure><img src="asset:0b.png" alt="乙"></figure>', []),
    ("![甲](p.jpg) ![乙](t.png) 丙", '<p><img src="asset:0a.jpg" alt="甲"> <img src="asset:0b.png" alt="乙"> 丙</p>', []),
    ("![a](<p.jpg> 't')", '<figure><img src="asset:0a.jpg" alt="a"><figcaption>t</figcaption></figure>', []),
    ("[a](b.md 't\"u')", '<p><a href="case:b" title="t&quot;u">a</a></p>', []),
    (
        "![a](p.jpg){.plate} ![b](t.png){.FULL}",
        '<figure class="plate"><img src="asset:0a.jpg" alt="a"></figure><figure class="full"><img src="asset:0b.png" alt="b"></figure>',
        [],
    ),
    ("![a](p.jpg){.half .full}", '<figure class="full"><img src="asset:0a.jpg" alt="a"></figure>', []),
    ("![a](p.jpg) x {.half}", '<p><img src="asset:0a.jpg" alt="a"> x {.half}</p>', ["1 “{.half}”不起作用，会按原样显示"]),
    ("![a](p.jpg)   {.half}", '<p><img src="asset:0a.jpg" alt="a">   {.half}</p>', ["1 “{.half}”不起作用，会按原样显示"]),
    ("表 课时 {#甲}", "<p>表 课时{#甲}</p>", ["1 汉字之间有空格（1 处，最早在这一行），搜索连着写的词会找不到"]),
    ("[甲]( b.md )", '<p><a href="case:b">甲</a></p>', []),
    ("[甲](b.md）", '<p><a href="case:b">甲</a></p>', []),
    ("[甲](乙 丙)", "<p>甲</p>", []),
    ("！[a](b.md)", '<p>！<a href="case:b">a</a></p>', []),
    ("[[a.png]](x)", "<p>[a.png]</p>", []),
    ("![[a.png|9x9]] ![[t.png|x]]", '<p>〔图片〕 <img src="asset:0b.png" alt="x"></p>', []),
    (
        "<img src='t.png' alt='  a  b '/> <IMG SRC=\"t.png\">",
        '<figure><img src="asset:0b.png" alt="a b"></figure><figure><img src="asset:0b.png" alt=""></figure>',
        ["1 <img> 已照图片排，大小不起作用", "1 <img> 已照图片排，大小不起作用"],
    ),
    ("<img src=data:x.png>", "<p>&lt;img src=data:x.png&gt;</p>", ["1 正文里有 HTML 标记 <img>，会按原样显示成文字"]),
    ("<img data-src=t.png>", "<p>&lt;img data-src=t.png&gt;</p>", ["1 正文里有 HTML 标记 <img>，会按原样显示成文字"]),
    (
        "<p><img src=t.png></p>后",
        '<p>&lt;p&gt;<img src="asset:0b.png" alt="">&lt;/p&gt;后</p>',
        ["1 正文里有 HTML 标记 <p>，会按原样显示成文字", "1 <img> 已照图片排，大小不起作用"],
    ),
    ("<span>甲</span>", "<p>&lt;span&gt;甲&lt;/span&gt;</p>", ["1 正文里有 HTML 标记 <span>，会按原样显示成文字"]),
    ("==甲 == ==乙==", "<p>==甲 == <strong>乙</strong></p>", []),
    ("++1++ C++和D++", "<p>++1++ C++和D++</p>", ["1 “++1++”不会加下划线，会按原样显示"]),
    ("%%甲", "<p>%%甲</p>", ["1 “%%甲”：这里没有不印出来的注释，会按原样显示"]),
    ("甲%%乙%%丙%%", "<p>甲%%乙%%丙%%</p>", ["1 “%%乙%%”：这里没有不印出来的注释，会按原样显示"]),
    ("x^[注]", "<p>x^[注]</p>", ["1 “^[注]”不会排成脚注，会按原样显示"]),
    (
        "https://a.cn/?a=1&b=2&amp;c",
        '<p><a href="https://a.cn/?a=1&amp;b=2&amp;c" rel="noopener">https://a.cn/?a=1&amp;b=2&amp;c</a></p>',
        [],
    ),
]


def test_links_and_pictures_go_where_they_may():
    """To what the collection knows, to the web and to headings, with their titles; of the rest the words stay. Marks within a line."""
    assert differing(LINKS, read) == []


def test_tables_in_html_are_read_to_ours():
    """Heads, spans within their bounds, blocks as lines; of what is within cells only what is known, and never an attribute beside."""
    assert differing(TABLES, lambda html: read(f"<table>{html}</table>")) == []
    words = "前 <table><tr><td>a</table> 后"
    assert read(words)[0] == f"<p>{words.replace('<', '&lt;').replace('>', '&gt;')}</p>", "not within a line"


def test_blocks_are_read_as_they_are_meant():
    """Notes, definitions, code, lists, quotes, headings by a line below, meanings, rules: the whole of each, and what is told."""
    assert differing(BLOCKS, read) == []


def test_at_the_edges_of_each_shape():
    """One space, sign or line more or less: lists and their edges, titles, code, pictures' wishes, marks that stand alone."""
    assert differing(EDGES, read) == []
    for lines, begins, told in (
        (("1、甲", *["中"] * 39, "2、乙"), "<ol>", 1), (("1、甲", *["中"] * 40, "2、乙"), "<p>", 1),
        (("---", *["k: v"] * 38, "---"), "<hr>", 1), (("---", *["k: v"] * 39, "---"), "<hr>", 0),
        ((*["    a"] * 19, "    b;"), "<pre>", 0), ((*["    a"] * 20, "    b;"), "<p>", 0),
    ):  # fmt: skip
        html, found = read("\n".join(lines))
        assert html.startswith(begins) and len(found) == told, lines[:2]


def test_what_stands_within_lines_is_mended_or_told():
    """HTML, formulas, links of other programs, wishes about pictures: once for all that is alike, on its first line."""
    assert differing(SPANS, read) == []


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("<table>", True), (" " * 8 + "<table>", True), (" " * 9 + "<table>", False), ("<table", False), ("<tablex>", False), ("x<table>", False),
        ("<p><b><i><u><s><q><table>", True), ("<p><b><i><u><s><q><a><table>", False), ("<TABLE border=1>", True), ("<p>x<table>", False),
        ("< table>", False), (f"<div{' ' * 198}><table>", True), (f"<div{' ' * 199}><table>", False),
    ],
)  # fmt: skip
def test_where_a_table_in_html_begins(line, is_one):
    """At the beginning of a line, behind a few other tags at most."""
    assert html_tables.begins(line) is is_one


def test_tables_have_bounds():
    """30 elements within each other and 60 columns are read; one more is shown as it stands."""
    for tag in ("b", "x"):
        for depth, is_table in ((29, True), (30, True), (31, False)):
            html = f"<table><tr><td>{f'<{tag}>' * depth}字{f'</{tag}>' * depth}</td></tr><tr><td>y</table>"
            assert ("<th" in read(html)[0], "字" in read(html)[0]) == (is_table, True), (tag, depth)
    lists = "<ul>" * 15 + "<li>字" + "</ul>" * 15 + "<u>" * 16 + "尾" + "</u>" * 16
    assert read(f"<table><tr><td>{lists}<tr><td>y</table>")[0].count("<th ") == 1, "what is closed counts no more"
    deep = "<p>" + "<li>" * 3 + "<u>" * 29 + "<b>一</b>二" + "</u>" * 29
    assert read(f"<table><tr><td>{deep}<tr><td>y</table>")[0].count("一") == 1


HEADINGS = [Heading(2, words, f"x-h{nth}", nth) for nth, words in enumerate(("一、背景 A", "做法", "做法", "做 法", "h1", "！"), 1)]


@pytest.mark.parametrize(
    ("called", "id_"),
    {
        "一、背景 A": "x-h1", "一背景a": "x-h1", "一-背景-a": "x-h1", "%E5%81%9A%E6%B3%95": "x-h2", "做法": "x-h2", " 做  法 ": "x-h4", "做-法": "",
        "h3": "x-h3", "h1": "x-h1", "x-h2": "x-h2", "xh2": "x-h2", "": "", "!": "", "！": "x-h6", "没有": "", "h7": "",
    }.items(),
)  # fmt: skip
def test_a_heading_is_called(called, id_):
    """By its number, its words, or what only one heading's words can mean; of headings that are alike the first."""
    assert anchors.place(HEADINGS, "x-", called) == id_
    assert anchors.place(HEADINGS[1:3], "x-", "做 -法") == "x-h2"


def test_texts_have_bounds():
    """Up to each bound a text is read, beyond it it stands as it was written; what is too much for one text is told by its first lines."""
    for text, is_read in (
        ("*甲*\n" * 19_999 + "乙", True), ("*甲*\n" * 20_001, False),
        ("[^a" * 2000, True), ("[^a" * 2001, False), ("*甲*" + "a" * (512 * 1024 - 3), True), ("*甲*" + "a" * (512 * 1024 - 2), False),
    ):  # fmt: skip
        assert prose.render(text, "x-", {}).html.startswith("<p>") is is_read
    assert [prose.render("甲\n\n" + "[" * n, "x-", {}).unread for n in (1540, 1560)] == [(), (3,)]
    assert prose.render("\n\n".join(["[" * 1000] * 5), "x-", {}).unread == (5, 7, 9), "the first two leave no room for the others"
    assert prose.render("\n\n".join(["[" * 1600] * 25), "x-", {}).unread == tuple(range(1, 40, 2)), "no more than twenty are named"
    weights = {"": 0, "abc": 0, "[": 15_200, "`": 15_050, "\\": 15_001, "$$": 30_004, "<[`": 45_753, "*_~\n": 4 * 151 + 60_000}
    assert {text: markdown_tree._weight(text) for text in weights} == weights


def test_remarks_have_their_bounds():
    """A hundred of a text at most, in the order of their lines; what they quote is cut at thirty characters; alike ones are one."""
    many = prose.render("\n\n".join(f"++a{n}++" for n in range(150)), "x-", {}).remarks
    assert [each.line for each in many] == list(range(1, 200, 2)) and "++a99++" in many[-1].what
    whole, cut = (prose.render(f"++{'a' * n}++", "x-", {}).remarks[0].what for n in (26, 27))
    assert f"“++{'a' * 26}++”" in whole and f"“++{'a' * 27}…”" in cut
    assert prose.render("a %%b%%\n" * 3, "x-", {}).remarks == (
        Remark(1, "“%%b%%”：这里没有不印出来的注释，会按原样显示（3 处，最早在这一行）", "请删去它", "bodies_are_markdown"),
    )
    told = list(prose.remarks("p.md", 7, prose.render("- " * 30 + "\n\n++a++", "x-", {})))
    assert [(each.path, each.line, each.level.value, each.check) for each in told] == [
        ("p.md", 9, "warning", "bodies_are_markdown"),
        ("p.md", 7, "warning", "bodies_are_clear"),
    ]


def test_a_reading_knows_its_lines():
    """The words of each line, an x for what is none; links and pictures; headings; a text for searching, and pieces at addresses."""
    draft = prose.read("# 甲 乙\n\n[x](<a  b>) `c d` ![i](j.png 'T')\n\n| a | b |\n|-|-|\n| c | d |\n\n> q[^1]\n\n[^1]: n")
    assert draft.lines == ((1, "甲乙"), (3, "x x x"), (5, "a b "), (7, "c d "), (9, "q"), (11, "n"))
    assert draft.references == (Reference("link", "a b", "x", 3), Reference("picture", "j.png", "i", 3, "T"))
    assert draft.headings == (Heading(1, "甲乙", "h1", 1),)
    assert prose.render("甲<br>乙\n\n- 丙\n\n| a | b |\n|-|-|\n| c | d |", "x-", {}).text == "甲\n乙\n丙\na b\nc d"
    pieces = ('<p><a href="', "case:b", '">a</a> <img src="', "asset:0a.jpg", '" alt="x"> c</p>')
    assert prose.render("[a](b.md) ![x](p.jpg) c", "x-", TARGETS).pieces == pieces and prose.render("a", "x-", TARGETS).pieces == ()
