"""Near-misses: Markdown that editors write almost right becomes what they meant, or is told with its line and its cure."""

import re

import pytest

from casepress.collection.headline import title_line
from casepress.markup.prose import render
from casepress.values.cases import Fragment

TARGETS = {"t.png": "asset:t.png", "b.md": "case:b", "我的 图.png": "asset:w.png", "张 三.png": "asset:z.png"}
PICTURE = '<figure><img src="asset:t.png" alt="图"></figure>'
LINK = '<p><a href="case:b">甲</a></p>'


def read(markdown: str) -> Fragment:
    return render(markdown, "x-", TARGETS)


def html(markdown: str) -> str:
    return read(markdown).html.replace("\n", "")


def told(markdown: str) -> list[tuple[int, str]]:
    """The lines and the words of what is told of a text; every remark has a cure."""
    remarks = read(markdown).remarks
    assert all(remark.cure and remark.what for remark in remarks)
    return [(remark.line, remark.what) for remark in remarks]


# --- certain: read as meant, and nothing to say


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        # lists
        ("1、甲\n2、乙", "<ol><li>甲</li><li>乙</li></ol>"),
        ("做法：\n1、甲\n2、乙\n3、丙", "<p>做法：</p><ol><li>甲</li><li>乙</li><li>丙</li></ol>"),
        ("1.甲\n2.乙", "<ol><li>甲</li><li>乙</li></ol>"),
        ("1．甲\n2．乙", "<ol><li>甲</li><li>乙</li></ol>"),
        ("3、丙\n4、丁", '<ol start="3"><li>丙</li><li>丁</li></ol>'),
        ("1、甲，\n接着甲\n2、乙", "<ol><li>甲，接着甲</li><li>乙</li></ol>"),
        ("•甲\n•乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("• 甲\n• 乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("·甲\n·乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("●甲\n●乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("● 甲\n● 乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("◦甲\n◦乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("・甲\n・乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("―甲\n―乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("•A组\n•B组", "<ul><li>A组</li><li>B组</li></ul>"),
        ("◆ 主要做法\n第一段。", "<p>◆ 主要做法第一段。</p>"),
        ("▶️ 甲\n▶️ 乙", "<p>▶️ 甲</p><p>▶️ 乙</p>"),
        ("他说「好」\n1）甲", "<p>他说「好」</p><p>1）甲</p>"),
        ("a\n〖甲〗", "<p>a〖甲〗</p>"),
        ("\uf06c甲\n\uf06c乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("-甲\n-乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("*甲\n*乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("－ 甲\n－ 乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("-\u00a0甲\n-\u3000乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("+ 甲\n+ 乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("段落\n* 甲\n* 乙", "<p>段落</p><ul><li>甲</li><li>乙</li></ul>"),
        ("- [ ] 甲\n- [x] 乙", "<ul><li>□ 甲</li><li>√ 乙</li></ul>"),
        # marks that stay as they are, each in a paragraph of its own
        ("①甲\n②乙", "<p>①甲</p><p>②乙</p>"),
        ("1）甲\n2）乙", "<p>1）甲</p><p>2）乙</p>"),
        ("(1)甲\n(2)乙", "<p>(1)甲</p><p>(2)乙</p>"),
        ("（一）甲\n（二）乙", "<p>（一）甲</p><p>（二）乙</p>"),
        ("一、甲\n二、乙", "<p>一、甲</p><p>二、乙</p>"),
        ("第一，甲；\n第二，乙。", "<p>第一，甲；</p><p>第二，乙。</p>"),
        ("九、甲\n十、乙\n十一、丙", "<p>九、甲</p><p>十、乙</p><p>十一、丙</p>"),
        ("⑴甲\n⑵乙", "<p>⑴甲</p><p>⑵乙</p>"),
        ("A. 甲\nB. 乙", "<p>A. 甲</p><p>B. 乙</p>"),
        ("第一步：甲\n第二步：乙", "<p>第一步：甲</p><p>第二步：乙</p>"),
        ("时间：上午\n地点：操场", "<p>时间：上午</p><p>地点：操场</p>"),
        ("✓甲\n✓乙", "<p>✓甲</p><p>✓乙</p>"),
        ("　　1. 甲\n　　2. 乙", "<ol><li>甲</li><li>乙</li></ol>"),
        ("　　- 甲\n　　- 乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("　　## 甲", '<h2 id="x-h1">甲</h2>'),
        ("    def f(x):\n        return x", "<pre><code>def f(x):    return x</code></pre>"),
        ("[去](<https://a.cn/b c>)。", '<p><a href="https://a.cn/b%20c" rel="noopener">去</a>。</p>'),
        ("甲<BR>乙<br/>丙", "<p>甲<br>乙<br>丙</p>"),
        # headings
        ("＃＃ 标题", '<h2 id="x-h1">标题</h2>'),
        ("##\u3000标题", '<h2 id="x-h1">标题</h2>'),
        ("## 标题 ##", '<h2 id="x-h1">标题</h2>'),
        ("## C#", '<h2 id="x-h1">C#</h2>'),
        ("成效\n---\n\n正文", '<h2 id="x-h1">成效</h2><p>正文</p>'),
        ("#1号楼是社团楼", "<p>#1号楼是社团楼</p>"),
        ("#话题#", "<p>#话题#</p>"),
        ("#今天，我们开会。", "<p>#今天，我们开会。</p>"),
        ("很长的一段。\n---\n下一段", "<p>很长的一段。</p><hr><p>下一段</p>"),
        ("很长的一段。\n===\n下一段", "<p>很长的一段。</p><hr><p>下一段</p>"),
        ("甲\n乙\n---\n丙", "<p>甲乙</p><hr><p>丙</p>"),
        # paragraphs
        ("    四个空格的一段。", "<p>四个空格的一段。</p>"),
        ("前一段。\n\n    后一段。\n\n\t又一段。", "<p>前一段。</p><p>后一段。</p><p>又一段。</p>"),
        ("    第一段。\n    第二段。", "<p>第一段。</p><p>第二段。</p>"),
        ("\u00a0\u00a0第一段。\n\u00a0\u00a0第二段。", "<p>第一段。</p><p>第二段。</p>"),
        (">引用\n>接着", "<blockquote><p>引用接着</p></blockquote>"),
        ("> 话。\n> ——某某", '<blockquote><p>话。</p><p class="quote-source">——某某</p></blockquote>'),
        ("> 话\n> —— 某某《书》", '<blockquote><p>话</p><p class="quote-source">——某某《书》</p></blockquote>'),
        ("> 话。\n>\n> --某某", '<blockquote><p>话。</p><p class="quote-source">——某某</p></blockquote>'),
        ("> 话。\n> －－某某小学", '<blockquote><p>话。</p><p class="quote-source">——某某小学</p></blockquote>'),
        ("> 话。<br>—某某", '<blockquote><p>话。</p><p class="quote-source">——某某</p></blockquote>'),
        ("> 话。\n>\n> **――某某**", '<blockquote><p>话。</p><p class="quote-source"><strong>——某某</strong></p></blockquote>'),
        ("> 话。\n> - 甲\n> ——某某", '<blockquote><p>话。</p><ul><li>甲</li></ul><p class="quote-source">——某某</p></blockquote>'),
        # … and what is none: a sentence, a list, a number, a quotation of nothing else
        ("> 问。\n>\n> ——这就是答案。", "<blockquote><p>问。</p><p>——这就是答案。</p></blockquote>"),
        ("> —甲\n> —乙", "<blockquote><ul><li>甲</li><li>乙</li></ul></blockquote>"),
        ("> 气温\n> --5度", "<blockquote><p>气温 --5度</p></blockquote>"),
        ("> ——某某", "<blockquote><p>——某某</p></blockquote>"),
        ("话。\n\n——某某", "<p>话。</p><p>——某某</p>"),
        ("甲\\\n乙", "<p>甲<br>乙</p>"),
        ("姓　名：张", "<p>姓名：张</p>"),
        ("姓 名", "<p>姓名</p>"),
        # within a line
        ("**加粗 **文字", "<p><strong>加粗</strong>文字</p>"),
        ("文字** 加粗**", "<p>文字<strong>加粗</strong></p>"),
        ("**“甲”**乙", "<p><strong>“甲”</strong>乙</p>"),
        ("~~甲~~乙", "<p><del>甲</del>乙</p>"),
        ("==甲==乙", "<p><strong>甲</strong>乙</p>"),
        ("H~2~O，3~5人，10~12岁", "<p>H<sub>2</sub>O，3~5人，10~12岁</p>"),
        ("x^2^，10米^2^", "<p>x<sup>2</sup>，10米<sup>2</sup></p>"),
        ("H<sub>2</sub>O，m<SUP>2</SUP>", "<p>H<sub>2</sub>O，m<sup>2</sup></p>"),
        ("\\_\\*甲\\*\\~", "<p>_*甲*~</p>"),
        ("价格$5和$10", "<p>价格$5和$10</p>"),
        ("见 https://a.cn/x?a=1，很好。", '<p>见 <a href="https://a.cn/x?a=1" rel="noopener">https://a.cn/x?a=1</a>，很好。</p>'),
        ("www.a.cn。", '<p><a href="http://www.a.cn" rel="noopener">www.a.cn</a>。</p>'),
        ("[www.a.cn](https://a.cn)", '<p><a href="https://a.cn" rel="noopener">www.a.cn</a></p>'),
        # pictures and links
        ("![图]（t.png）", PICTURE),
        ("！[图](t.png)", PICTURE),
        ("！【图】（t.png）", PICTURE),
        ("![图] (t.png)", PICTURE),
        ("![[t.png]]", '<figure><img src="asset:t.png" alt=""></figure>'),
        ("![[t.png|图]]", PICTURE),
        ("![图][p]\n\n[p]: t.png", PICTURE),
        ("![](张 三.png)", '<figure><img src="asset:z.png" alt=""></figure>'),
        ("[甲]（b.md）", LINK),
        ("[甲] (b.md)", LINK),
        ("[甲](“b.md”)", LINK),
        ("[甲](b.md “题”)", '<p><a href="case:b" title="题">甲</a></p>'),
        ("【甲】（b.md）", "<p>【甲】（b.md）</p>"),
        # lines that begin alike
        ("i. 甲\nii. 乙\niii. 丙", "<p>i. 甲</p><p>ii. 乙</p><p>iii. 丙</p>"),
        ("(a) 甲\n(b) 乙", "<p>(a) 甲</p><p>(b) 乙</p>"),
        ("1 甲\n2 乙", "<p>1 甲</p><p>2 乙</p>"),
        ("1.1 甲\n1.2 乙\n1.2.1 丙", "<p>1.1 甲</p><p>1.2 乙</p><p>1.2.1 丙</p>"),
        ("[1] 甲\n[2] 乙", "<p>[1] 甲</p><p>[2] 乙</p>"),
        ("1️⃣ 甲\n2️⃣ 乙", "<p>1️⃣ 甲</p><p>2️⃣ 乙</p>"),
        ("✅ 甲\n❌ 乙\n👉丙", "<p>✅ 甲</p><p>❌ 乙</p><p>👉丙</p>"),
        ("Q：为什么？\nA：因为。", "<p>Q：为什么？</p><p>A：因为。</p>"),
        ("师（追问）：甲？\n生1：乙。", "<p>师（追问）：甲？</p><p>生1：乙。</p>"),
        ("姓　名：甲\n单　位：乙", "<p>姓名：甲</p><p>单位：乙</p>"),
        ("**一、**甲。\n**二、**乙。", "<p><strong>一、</strong>甲。</p><p><strong>二、</strong>乙。</p>"),
        ("8:00—8:20 甲\n8:20—9:00 乙", "<p>8:00—8:20 甲</p><p>8:20—9:00 乙</p>"),
        ("2021年：甲\n2022年：乙", "<p>2021年：甲</p><p>2022年：乙</p>"),
        ("周一跳绳\n周二跑步", "<p>周一跳绳</p><p>周二跑步</p>"),
        ("第一条　甲。\n第二条　乙。", "<p>第一条　甲。</p><p>第二条　乙。</p>"),
        ("[ ] 甲\n[x] 乙\n（ ）丙", "<p>[ ] 甲</p><p>[x] 乙</p><p>（ ）丙</p>"),
        ("诗句。\n——甲", "<p>诗句。</p><p>——甲</p>"),
        ("**【甲】**\n一、乙。", "<p><strong>【甲】</strong></p><p>一、乙。</p>"),
        ("- [ ]甲\n- [x]乙", "<ul><li>□ 甲</li><li>√ 乙</li></ul>"),
        ("#. 甲\n#. 乙", "<ol><li>甲</li><li>乙</li></ol>"),
        ("-\u2003甲\n-\u2003乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("－－－\n\n——————\n\n======", "<hr><hr><hr>"),
        # blanks to fill in are no emphasis; what another program has made of spaces is no word
        ("填空：____是____的____。", "<p>填空：____是____的____。</p>"),
        ("姓名：________　生于____年__月__日", "<p>姓名：________　生于____年__月__日</p>"),
        ("&nbsp;&nbsp;&emsp;甲\n\n&nbsp;\n\n乙", "<p>甲</p><p>乙</p>"),
        ("**一、****甲**与138****1234", "<p><strong>一、甲</strong>与138****1234</p>"),
        ("#标签 #教育", "<p>#标签 #教育</p>"),
        ("2023年9月　开学", "<p>2023年9月　开学</p>"),
        ("1<3，x<y 且 y>z", "<p>1&lt;3，x&lt;y 且 y&gt;z</p>"),
    ],
)  # fmt: skip
def test_what_is_certain_is_read_as_meant(markdown, expected):
    """A missing space, a full-width mark or a word processor's bullet changes nothing."""
    assert html(markdown) == expected
    assert told(markdown) == []


# --- read as meant, and told


@pytest.mark.parametrize(
    ("markdown", "line", "word", "expected"),
    [
        ("前\n\n##标题", 3, "少了空格", '<p>前</p><h2 id="x-h1">标题</h2>'),
        ("#标题", 1, "少了空格", '<h1 id="x-h1">标题</h1>'),
        ("一、背景\n正文很长。", 1, "像是小标题", "<p>一、背景</p><p>正文很长。</p>"),
        ("前\n\n![图](t.png", 3, "少了右边的括号", f"<p>前</p>{PICTURE}"),
        ("![图](t.png){width=50%}", 1, "width=50%", PICTURE),
        ("前。\n\n姓名\t年龄\n张三\t3", 3, "制表符", None),
        ("| 甲 | 乙 |\n| 1 | 2 |", 1, "横线", None),
        ("甲|乙\n1|2", 1, "横线", None),
        ("｜甲｜乙｜\n｜1｜2｜", 1, "横线", None),
        ("## 一\n```\ncode", 2, "没有结束", '<h2 id="x-h1">一</h2><pre><code>code</code></pre>'),
        ("![图](t.png =300x200)", 1, "=300x200", PICTURE),
        ("![图|300](t.png)", 1, "|300", PICTURE),
        ("![[t.png|图|200]]", 1, "|200", PICTURE),
        ("![图](t.png){.center #fig:a}", 1, "{.center #fig:a}", PICTURE),
        ('<img src="t.png" width="300" alt="图" />', 1, "<img>", PICTURE),
        ("前\n\n<p align=center>\n  <img alt='图' src='t.png'>\n</p>", 4, "<img>", f"<p>前</p>{PICTURE}"),
        ("[甲]{.underline}乙", 1, "{.underline}", "<p>甲乙</p>"),
        ("> [!NOTE]\n> 甲", 1, "提示框", "<blockquote><p><strong>注意</strong></p><p>甲</p></blockquote>"),
        (">[!tip]- 题\n>甲", 1, "提示框", "<blockquote><p><strong>题</strong></p><p>甲</p></blockquote>"),
        ("甲\n: 乙\n: 丙", 1, "释义", "<p><strong>甲</strong>：乙</p><p>丙</p>"),
        ("1234567. 甲", 1, "编号太长", "<p>1234567. 甲</p>"),
        ("$$\n\\text{甲}_1*b*c \\\\\n_x_\n$$", 1, "公式", "<p>$$ \\text{甲}_1*b*c \\\\ _x_ $$</p>"),
        ("\\(a_1*b*c\\)与\\[x_2*y*z\\]", 1, "等 2 个公式", "<p>\\(a_1*b*c\\)与\\[x_2*y*z\\]</p>"),
        ("\\begin{equation}\nx_1*y*z\n\\end{equation}", 1, "公式", "<p>\\begin{equation} x_1*y*z \\end{equation}</p>"),
        ("```mermaid\nA-->B\n```", 1, "mermaid", "<pre><code>A--&gt;B</code></pre>"),
        ("1. 甲\n3. 乙\n2. 丙", 2, "从 1 跳到了 3", '<ol><li>甲</li><li value="3">乙</li><li value="2">丙</li></ol>'),
    ],
)  # fmt: skip
def test_what_is_most_likely_is_read_and_told(markdown, line, word, expected):
    """Where the writing is put right by us, the editor hears of it, once."""
    [(at, what)] = told(markdown)
    assert at == line and word in what
    assert html(markdown) == expected if expected else html(markdown).count("<tr>") == 2


# --- told


@pytest.mark.parametrize(
    ("markdown", "line", "word"),
    [
        ("前\n\n[TOC]", 3, "[TOC]"),
        ("!!! note\n    内容", 1, "提示框"),
        ("::: tip\n内容\n:::", 1, "三个冒号"),
        ("[[甲]]", 1, "[[甲]]"),
        ("前\n\n$$\nx_1*y\n$$", 3, "公式"),
        ("**一、背景**\n正文", 1, "像是小标题"),
        ("前\n$y_{2}*z$", 2, "公式"),
        ("｜甲｜乙｜", 1, "像表格"),
        ("甲\n| 乙 | 丙 |\n丁", 2, "像表格"),
        ("前**甲", 1, "**"),
        ("前\n后![甲](", 2, "!["),
        ("基本 情况", 1, "汉字之间有空格"),
        ("<div>甲</div>", 1, "<div>"),
        ("`<div>`\n<!-- 注 -->", 2, "<!-- -->"),
        ('<img src="t.png">', 1, "<img>"),
        ("## 甲 {#id}", 1, "{#id}"),
        ("[^1]\n\n[^1]: 甲\n\n[^1]: 乙", 5, "写了两次"),
        ("[^1]\n\n[^1]:\n\n后", 3, "没有注文"),
        ("-甲", 1, "减号"),
        ("甲^[行内的注]。", 1, "脚注"),
        ("*[双减]: 减负", 1, "缩略语"),
        ("[//]: # (不给人看)", 1, "注释"),
        ("甲%%不给人看%%", 1, "注释"),
        ("{% note %}\n甲\n{% endnote %}", 1, "网站程序"),
        ('{{< figure src="t.png" >}}', 1, "网站程序"),
        ("####### 七级", 1, "六级"),
        ("···\n代码\n···", 1, "代码的标记"),
        ("++甲++", 1, "下划线"),
        ("---\n标题: 甲\n作者: 乙\n---\n\n正文", 1, "又有一份表头"),
        ("姓名1 年龄\n---- ----\n甲 1", 1, "用空格对齐的表格"),
        ("甲1  乙2  丙3\n1  2  3", 1, "像表格"),
        ("| 一行\n| 二行", 1, "像表格"),
        ("|甲|乙|\n|-|-|\n|1|2|3|\n|4|5|6|", 3, "2 行"),
        ("甲。\n乙。", 1, "连成一段"),
        ("> 春眠不觉晓，\n> 处处闻啼鸟。\n> 夜来风雨声，", 1, "连成一段"),
        ("<lark-td>甲</lark-td>", 1, "<lark-td>"),
        ("[[toc]]", 1, "目录会自动生成"),
        ("@[toc]", 1, "目录会自动生成"),
    ],
)
def test_what_is_not_certain_is_told(markdown, line, word):
    """It shows as it is written, and the editor hears where and why."""
    [(at, what), *more] = told(markdown)
    assert (at, more) == (line, []) and word in what


@pytest.mark.parametrize("note", ["[^1]: 注", "[^1]:注", "[^1]：注", "[^1]:\n    注"])
def test_notes_of_every_kind(note):
    """A full-width colon, or the words on the next line."""
    assert '<li id="x-note1"><p>注' in html(f"甲[^1]\n\n{note}") and told(f"甲[^1]\n\n{note}") == []


def test_rows_with_empty_lines_between_them_are_one_table():
    """As converters write them; a row of another width begins something else."""
    assert html("|甲|乙|\n|-|-|\n|1|2|\n\n|3|4|\n\n|5|").count("<tr>") == 3


def test_what_is_alike_is_told_once():
    """The same remark of many lines stands once, with the first of them and how many there are; so do formulas, and tags with one cure."""
    assert told("前**甲\n\n" * 3) == [(1, "“**”没有起作用，会按原样显示（3 处，最早在这一行）")]
    assert told("前\n\n$a_1$\n\n$b_2$ <nav>甲</nav> <main>乙</main>") == [
        (3, "公式“$a_1$”等 2 个公式不会排成数学式，会按原样显示"),
        (5, "正文里有 HTML 标记 <nav>、<main>（2 处，最早在这一行），会按原样显示成文字"),
    ]


def test_formulas_keep_their_stars():
    """Nothing within dollar signs is emphasis."""
    assert html("$y_{2}*z$与$a*b$") == "<p>$y_{2}*z$与$a*b$</p>"


def test_html_is_told_once_for_each_kind():
    """320 tags are two remarks, with the first lines; what is obeyed, and code, is none."""
    markdown = "甲<br>乙\n\n" + "<p>甲</p><u>乙</u>\n\n" * 160 + "`<p>`\n\n```\n<section>\n```"
    assert [(line, what) for line, what in told(markdown)] == [
        (3, "正文里有 HTML 标记 <p>（160 处），会按原样显示成文字"),
        (3, "正文里有 HTML 标记 <u>（160 处），会按原样显示成文字"),
    ]


# --- tables


@pytest.mark.parametrize(
    "markdown",
    [
        "下表：\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n后文",
        "下表：\n\n甲 | 乙\n--|--\n1 | 2\n\n后文",
        "下表：\n| 甲 | 乙 |\n\n|---|---|\n\n| 1 | 2 |\n后文",
        "下表：\n｜甲｜乙｜\n｜－－｜：－－｜\n｜1｜2｜\n后文",
        "下表：\n| 甲 | 乙\n|---|---\n| 1 | 2\n\n后文",
        "下表：\n<table><tr><td>甲</td><td>乙</td></tr>\n\n<tr><td>1</td><td>2</td></tr></table>\n后文",
        "下表：\n\n<div align=center><TABLE>\n<thead><tr><th>甲<th>乙</thead><tr><td>1<td><p>2</p></TABLE></div>\n\n后文",
    ],
)
def test_tables_of_every_kind(markdown):
    """Bars, half bars, full-width bars and HTML make the same table, between the texts around it."""
    found = re.sub(r' (scope|class)="[^"]*"', "", html(markdown))
    rows = "<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    assert found == f"<p>下表：</p>{rows}<p>后文</p>"
    assert told(markdown) == []


def test_html_tables_keep_merged_cells():
    """Merged cells stay merged, within the table; heads say what they are heads of; nothing else of the HTML is taken."""
    source = """<table border=1 onclick="x()"><caption>表1</caption>
<tr><th rowspan="2">年级</th><th colspan="2" style="color:red">人数</th></tr>
<tr><th>男</th><th>女</th></tr>
<tr><th>一</th><td rowspan=900>1<br>2&amp;3</td><td><b>4</b> <a href="b.md">甲</a><script>alert(1)</script></td></tr>
<tr><th>二</th><td>*5*</td></tr></table>"""
    assert html(source) == (
        '<p class="table-title">表1</p><table><thead><tr><th rowspan="2" scope="col">年级</th><th colspan="2" scope="col">人数</th></tr>'
        '<tr><th scope="col">男</th><th scope="col">女</th></tr></thead>'
        '<tbody><tr><th scope="row">一</th><td rowspan="2">1<br>2&amp;3</td><td><strong>4</strong> <a href="case:b">甲</a></td></tr>'
        '<tr><th scope="row">二</th><td>*5*</td></tr></tbody></table>'
    )
    assert [(each.target, each.line) for each in read(source).references] == [("b.md", 1)]


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        ('<tr><th rowspan="2">甲</th><td>乙</td></tr><tr><td>丙</td></tr>', '<tr><th rowspan="2" scope="row">甲</th><td>乙</td></tr><tr><td>丙</td></tr>'),
        ("<tr><th>姓名</th><td>见表</td></tr><tr><th>单位</th><td>学校</td></tr>", '<tr><th scope="row">姓名</th><td>见表</td></tr><tr><th scope="row">单位</th><td>学校</td></tr>'),
    ],
)  # fmt: skip
def test_an_html_table_of_rows_with_heads_has_no_head(source, rows):
    """Where the first row has a head beside other cells, or one that reaches into all rows, the rows stay as they are merged."""
    assert render(f"<table>{source}</table>", "p-", {}).html.replace("\n", "") == f"<table><tbody>{rows}</tbody></table>"


def test_an_html_table_without_its_end_is_told_once():
    """What cannot be read as a table shows as it is, with one remark for the table."""
    source = "甲\n\n" + "<table>\n<tr><td>1</td></tr>\n\n" * 50
    assert [what for _, what in told(source) if "<table>" in what] == ["正文里有 HTML 标记 <table>（50 处），会按原样显示成文字"]


def test_cells_break_lines_and_keep_bars():
    """<br> in a cell is a line end; a bar behind a backslash or in code parts no cells."""
    assert html("| 甲<br>乙 | 丙 |\n|---|---|\n| 1\\|2 | `a|b` |").count("<td>") == 2
    assert "<td>1|2</td><td><code>a|b</code></td>" in html("| 甲<br>乙 | 丙 |\n|---|---|\n| 1\\|2 | `a|b` |")


# --- lists


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("- 甲\n  - 甲一", "<ul><li>甲<ul><li>甲一</li></ul></li></ul>"),
        ("- 甲\n   - 甲一", "<ul><li>甲<ul><li>甲一</li></ul></li></ul>"),
        ("1. 一\n   - 子\n\n   第二段。\n2. 二", "<ol><li><p>一</p><ul><li>子</li></ul><p>第二段。</p></li><li><p>二</p></li></ol>"),
        ("1. 一\n  - 子\n2. 二", "<ol><li>一<ul><li>子</li></ul></li><li>二</li></ol>"),
        ("1. 甲\n    - 乙\n        - 丙\n2. 丁", "<ol><li>甲<ul><li>乙<ul><li>丙</li></ul></li></ul></li><li>丁</li></ol>"),
        ("- 甲\n\t- 乙\n\t\t- 丙", "<ul><li>甲<ul><li>乙<ul><li>丙</li></ul></li></ul></li></ul>"),
        ("- 甲\n\n    第二段\n- 乙", "<ul><li><p>甲</p><p>第二段</p></li><li><p>乙</p></li></ul>"),
        ("- 甲\n接着\n- 乙", "<ul><li>甲接着</li><li>乙</li></ul>"),
        ("- > 引\n- 乙", "<ul><li><blockquote><p>引</p></blockquote></li><li>乙</li></ul>"),
        ("1. 甲\n\n   ```\n   # x\n\n     y\n   ```\n2. 乙", "<ol><li><p>甲</p><pre><code># x  y</code></pre></li><li><p>乙</p></li></ol>"),
        ("10. 甲\n11. 乙\n    1. 子", '<ol start="10"><li>甲</li><li>乙<ol><li>子</li></ol></li></ol>'),
    ],
)  # fmt: skip
def test_lists_nest_as_commonmark_says(markdown, expected):
    """Two or three spaces are enough where the words of the item above begin there (CommonMark 0.31, 5.2)."""
    assert html(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("1. 甲\n\n![图](t.png)\n\n2. 乙\n\n补充。\n\n3. 丙", [1, 2, 3]),
        ("1. 甲\n\n<table><tr><td>1</td></tr></table>\n\n2. 乙", [1, 2]),
        ("5. 甲\n6. 乙\n7. 丙", [5, 6, 7]),
        ("0. 甲\n1. 乙", [0, 1]),
        ("1. 甲\n3. 乙\n2. 丙", [1, 3, 2]),
        ("1. 甲\n1. 乙\n1. 丙", [1, 2, 3]),
        ("1. 甲\n2. 乙\n4. 丁\n5. 戊", [1, 2, 4, 5]),
        ("2) 甲\n3) 乙", [2, 3]),
        ("8、甲\n9、乙", [8, 9]),
        ("1. 甲\n   1. 子\n   2. 丑\n2. 乙", [1, 1, 2, 2]),
        ("> 3. 甲\n> 4. 乙", [3, 4]),
        ("12345. 甲\n12346. 乙", [12345, 12346]),
    ],
)
def test_the_numbers_of_lists_are_the_authors(markdown, expected):
    """Read as a browser counts: `start`, `value`, one more for each item. 1. 1. 1. leaves the counting to Markdown."""
    found, lists = [], []
    for tag, attributes in re.findall(r"<(/?ol|li)\b([^>]*)>", html(markdown)):
        number = re.search(r'(?:start|value)="(\d+)"', attributes)
        if tag == "ol":
            lists.append(int(number[1]) if number else 1)
        elif tag == "/ol":
            lists.pop()
        else:
            lists[-1] = int(number[1]) if number else lists[-1]
            found.append(lists[-1])
            lists[-1] += 1
    assert found == expected


# --- code


@pytest.mark.parametrize("fence", ["```", "~~~", "````"])
def test_code_is_code(fence):
    """Nothing in a block of code is a heading, a link, a list or prose, and its info is not shown."""
    source = f"前\n{fence}python title=x\n# 注释\n\no[k]()\n- 甲,乙\n<b> **x** [^1]\n| a | b |\n{fence}\n后"
    fragment = read(source)
    assert fragment.html.replace("\n后", "后") == (
        "<p>前</p>\n<pre><code># 注释\n\no[k]()\n- 甲,乙\n&lt;b&gt; **x** [^1]\n| a | b |\n</code></pre>\n<p>后</p>"
    )
    assert (fragment.headings, fragment.references, fragment.remarks) == ((), (), ())
    assert "".join(words for _, words in fragment.lines) == "前x后"


def test_words_behind_a_fence_are_not_lost():
    """The name of a language is no text; a sentence is."""
    assert html("```甲乙，丙\n丁\n```") == "<pre><code>甲乙，丙丁</code></pre>"
    assert html("```js\n丁\n```") == "<pre><code>丁</code></pre>"


def test_code_within_a_line_is_code():
    """Ticks keep everything as it is, near-misses too."""
    source = "用`[甲]（b.md） 姓 名 <div>`与``a`b``"
    assert html(source) == "<p>用<code>[甲]（b.md） 姓 名 &lt;div&gt;</code>与<code>a`b</code></p>"
    assert told(source) == [] and read(source).references == ()


def test_words_know_their_lines():
    """What checks of punctuation are asked of: the words of each line, an x for code, pictures and bare addresses."""
    source = "## 一\n\n甲`a,b`乙\n丙[丁](b.md)![图](t.png)\n\n| 戊 | https://a.cn |\n|---|---|\n| 己 | 庚 |\n\n[^1]辛[^1]\n\n[^1]: 壬"
    found = dict(read(source).lines)
    assert [found[line].strip() for line in (1, 3, 4, 6, 8)] == ["一", "甲x乙", "丙丁x", "戊 x", "己 庚"]
    assert found[12].startswith("壬")


def test_text_that_looks_like_our_own_marks_stays():
    """Addresses of ours in an author's words are words."""
    assert html('写作 href="case:b" 或 src="asset:t.png"。') == '<p>写作 href="case:b" 或 src="asset:t.png"。</p>'
    assert html("\x0e7\x0f甲\x02amp\x03") == "<p>7甲amp</p>"


@pytest.mark.parametrize(
    "line", ["# 附录一", "＃ 附录一", "#附录一", "#\u00a0附录一", "#\t附录一", "  # 附录一 #", "\u3000\u3000# 附录一", "附录一\n==="]
)
def test_a_title_is_what_the_reader_takes_for_a_heading(line):
    """The title that begins a body is written in every way in which a heading is, and its lines are taken out, not the others moved."""
    source = f"\n{line}\n\n正文"
    title, rest = title_line(source)
    assert (title, rest.strip(), rest.count("\n")) == ("附录一", "正文", source.count("\n"))


@pytest.mark.parametrize("text", ["#1号楼是社团楼\n正文", "## 小标题\n正文", "正文。\n===", "    # 注释\n", ""])
def test_what_is_no_title_stays(text):
    """What the reader does not take for a heading of the first level is no title."""
    assert title_line(text) == ("", text)
