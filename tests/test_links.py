"""Links: one resolver for site, book and content; and no dead address or anchor in anything that is built."""

import re
import shutil
import time
from pathlib import Path

import pytest

from casepress import flow
from casepress.book.book import sections, whole_book
from casepress.collection import project
from casepress.collection.links import Target, targets
from casepress.collection.reading import read_collection, read_content
from casepress.collection.typed import Wrong
from casepress.markup import prose
from conftest import Ran, case_text, run, write_files
from crawler import Site, pdf_faults, pdf_links

WORLDS = Path(__file__).parent / "collections"


def body(folder: Path, id_: str = "a") -> str:
    """The HTML of a case's body, and no error in the collection."""
    place = project.find(folder)
    collection, problems = read_collection(place, read_content(place)[0])
    assert not [problem for problem in problems if problem.check == "links_lead_somewhere"], problems
    return collection.by_id[id_].body.html


def said(folder: Path) -> list[str]:
    return [line for line in run("-C", folder, "check").out.splitlines() if "链接" in line]


OTHERS = {
    "b.md": case_text("乙的标题", body="字。\n\n## 一、成效 与反思\n\n字。\n\n## 小结\n\n字。"),
    "甲校/案例.md": case_text("甲校的案例", body="字。\n\n## 成效\n\n字。").replace("---\n", "---\nid: jia\n", 1),
    "大课间 2.md": case_text("大课间").replace("---\n", "---\nid: dakejian\n", 1),
    "100%.md": case_text("百分之百").replace("---\n", "---\nid: all\n", 1),
}


@pytest.mark.parametrize(
    "written, address",
    {
        "b.md": "case:b",
        "./b.md": "case:b",
        "<b.md>": "case:b",
        "B.MD": "case:b",
        "b": "case:b",
        "b.html": "case:b",
        "b.md#": "case:b",
        "b.md#乙的标题": "case:b",
        "b.md#h2": "case:b#b-h2",
        "b.md#一、成效 与反思": "case:b#b-h2",
        "<b.md#一、成效 与反思>": "case:b#b-h2",
        "b.md#%E5%B0%8F%E7%BB%93": "case:b#b-h3",
        "b.md#一成效-与反思": "case:b#b-h2",
        "b.html#小结": "case:b#b-h3",
        "b.md＃小结": "case:b#b-h3",
        "甲校/案例.md": "case:jia",
        ".\\甲校\\案例.md": "case:jia",
        "../cases/甲校/案例.md#成效": "case:jia#jia-h2",
        "%E7%94%B2%E6%A0%A1/%E6%A1%88%E4%BE%8B.md": "case:jia",
        "甲校/案例.MD": "case:jia",
        "<大课间 2.md>": "case:dakejian",
        "大课间 2.md": "case:dakejian",
        "大课间%202.md#做法": "case:dakejian#dakejian-h1",
        "100%.md": "case:all",
        "cases/b.md": "case:b",
        "/cases/b.md#小结": "case:b#b-h3",
        "jia": "case:jia",
        "乙的标题": "case:b",
        "a.md#做法": "#a-h1",
        "../content/about.md": "page:about.html",
        "../content/about.md#案例：从哪里来？": "page:about.html#%E6%A1%88%E4%BE%8B%E4%BB%8E%E5%93%AA%E9%87%8C%E6%9D%A5",
        "../content/附件 1.xlsx": "page:%E9%99%84%E4%BB%B6%201.xlsx",
        "../content/index.md": "page:index.html",
        "《乙的标题》": "case:b",
        "cases/b": "case:b",
        "/cases/b.html#小结": "case:b#b-h3",
        "../cases/b.htm": "case:b",
        "ｂ.md": "case:b",
        "b。md": "case:b",
        "甲校／案例.md": "case:jia",
        "../about.html": "page:about.html",
        "../by/theme/index.html": "page:by/theme/index.html",
        "../cases/index.md": "page:cases/index.html",
        "index.html?theme=课后服务&sort=title": "page:cases/index.html?theme=%E8%AF%BE%E5%90%8E%E6%9C%8D%E5%8A%A1&amp;sort=title",
    }.items(),
)
def test_a_link_means_a_file(make, written, address):
    """A real path from the file itself, encoded or not, with a heading of that file or not; and what else is certain."""
    folder = make({"a.md": case_text("甲", body=f"见[那里]({written})。"), **OTHERS})
    write_files(folder / "content", {"index.md": "字。\n", "about.md": "# 关于\n\n## 案例：从哪里来？\n\n字。\n", "附件 1.xlsx": b"x"})

    assert f'见<a href="{address}">那里</a>。' in body(folder)


def test_a_link_from_a_folder_of_cases(make):
    """From a school's folder a link goes up, as the files stand."""
    text = case_text("甲", body="[乙](../b.md#小结) [丙](../甲校/案例.md) [邻](邻.md)")
    folder = make({"丙校/a.md": text.replace("---\n", "---\nid: a\n", 1), "丙校/邻.md": case_text("邻"), **OTHERS})

    assert '<a href="case:b#b-h3">乙</a> <a href="case:jia">丙</a> <a href="case:bing-xiao-lin">邻</a>' in body(folder)


@pytest.mark.parametrize(
    "written, level, what, cure",
    [
        ("b.md#没有", "警告", "链接“b.md#没有”没有着落，《乙的标题》里没有这个小标题", "那里的小标题有 做法、一、成效 与反思、小结"),
        ("b.md#小节", "警告", "没有着落", "是不是 b.md#小结"),
        ("bb.md", "错误", "链接“bb.md”没有着落，没有这个文件", "是不是 b.md"),
        ("案例.md", "错误", "没有着落", "是不是 甲校/案例.md"),
        ("about.md", "错误", "没有着落", "是不是 ../content/about.md"),
        ("www.example.com", "错误", "链接“www.example.com”少了开头", "https://www.example.com"),
        ("a@example.cn", "错误", "少了开头", "mailto:a@example.cn"),
        ("/b.md", "错误", "链接“/b.md”不能用", "例如 文件名.md"),
        ("C:\\b.md", "错误", "不能用", "例如 文件名.md"),
        ("https：//www.moe.gov.cn", "错误", "不是网址", "请写成 https://www.moe.gov.cn"),
        ("http:/www.moe.gov.cn/a b", "错误", "不是网址", "请写成 http://www.moe.gov.cn/a b"),
        ("https://", "错误", "不能用，不是完整的网址", "从地址栏里复制"),
        ("http://user@host/x", "错误", "不能用", "从地址栏里复制"),
        ("mailto:张老师", "错误", "不能用", "从地址栏里复制"),
        ("方案.docx", "错误", "不能用", "附件请放进 content 文件夹，写成 ../content/方案.docx"),
        ("甲校/b.pdf", "错误", "不能用", "附件请放进 content 文件夹"),
        ("门.jpg", "错误", "不能用", "图片请写成 ![图里是什么](门.jpg)"),
        ("../../etc/passwd", "错误", "不能用", "例如 文件名.md"),
        ("../README.md", "错误", "没有着落", "例如 文件名.md"),
        ("../content/book/preface.md", "错误", "只在书里有", "请删去链接"),
        ("broken.md", "错误", "cases/broken.md 的开头还有错", "请先改好那个案例"),
    ],
)
def test_what_is_not_there_is_told_with_its_line(make, written, level, what, cure):
    """A missing file or heading is told with its line, with what is near, and with what there is."""
    folder = make({"a.md": case_text("甲", body=f"字。\n\n见[那里]({written})。"), "broken.md": "---\n单位: x\n---\n字。\n", **OTHERS})
    write_files(folder / "content", {"about.md": "# 关于\n", "book/preface.md": "# 前言\n\n字。\n"})
    line = (folder / "cases" / "a.md").read_text("utf-8").split("见[那里]")[0].count("\n") + 1

    (found,) = (each for each in said(folder) if each.startswith("cases/a.md"))

    assert found.startswith(f"cases/a.md:{line}: {level}: ") and what in found and cure in found


def test_two_of_a_name_are_not_guessed(make):
    """A title that two cases have, or a file name that differs from two by the case of letters, is no link."""
    folder = make({"a.md": case_text("甲", body="[一](同名)"), "b.md": case_text("同名"), "c.md": case_text("同名")})

    assert [line for line in said(folder) if line.startswith("cases/a.md") and "链接“同名”没有着落" in line]


def test_links_that_lead_nowhere_cost_little():
    """Thousands of links that lead nowhere are told in linear time, among a thousand cases."""
    may = targets(Target(f"cases/案例{n}.md", f"case:c{n}", f"案例{n}") for n in range(1000))

    def seconds(count: int) -> float:
        start = time.process_time()
        for n in range(count):
            with pytest.raises(Wrong):
                may.lead("cases/案例1.md", f"没有{n}.md", guess=n < 50)
        return time.process_time() - start

    seconds(100)
    assert seconds(4000) < 8 * seconds(1000) + 0.5


LIKE_OURS = 'href="case:b" src="asset:x" href="page:about.html"'


def test_text_that_looks_like_our_marks_survives(make):
    """Words, code, titles and alternative texts that look like our own addresses stand on page and in book as written."""
    written = f'{LIKE_OURS} `{LIKE_OURS}` [乙](b.md#小结 "case:b") [case:b](b.md)'
    folder = make({"a.md": case_text("甲", body=written), **OTHERS}, site=True)
    write_files(folder / "content", {"index.md": f"{LIKE_OURS} [乙](../cases/b.md#小结)\n"})
    place = project.find(folder)
    docs = flow.stage(place).docs
    collection, _ = read_collection(place, read_content(place)[0])
    press = flow.press_of(place, collection).composer
    book = whole_book(collection)
    html = "".join(press.section(book, section) for section in sections(book))
    for text in ((docs / "cases/a.md").read_text("utf-8"), (docs / "index.md").read_text("utf-8"), html):
        assert text.replace("&quot;", '"').count(LIKE_OURS) == (1 if "cp-home" in text else 2)
    page = (docs / "cases/a.md").read_text("utf-8")
    assert '<a href="b.html#b-h3" title="case:b">乙</a> <a href="b.html">case:b</a>' in page
    assert 'href="cases/b.html#b-h3"' in (docs / "index.md").read_text("utf-8")
    assert '<a href="#b-h3" class="across" title="case:b">乙</a>' in html or '<a href="#b-h3" title="case:b" class="across">乙</a>' in html


@pytest.mark.parametrize("mark", ["\x1e", "&#30;", "&#x1e;", "&#0030;"])
def test_no_text_can_bear_the_mark_of_an_address(mark):
    """What cuts a fragment at our own addresses is taken out of every text, title and alternative text."""
    word = f"{mark}case:x{mark}"
    written = f'{word} [{word}](b.md "{word}") ![{word}](p.png "{word}") `{word}` [乙](https://a.cn/{word})\n\n## {word}\n'
    fragment = prose.render(written, "a-", {"b.md": "case:b#b-h1", "p.png": "asset:p.png"})

    assert fragment.pieces[1::2] == ("case:b#b-h1", "asset:p.png") and "\x1e" not in fragment.html
    assert fragment.pictures == {"p.png"}
    placed = fragment.addressed(lambda address: f"<{address}>", lambda name: {"src": name, "srcset": 'a "b'})
    assert '<a href="&lt;case:b#b-h1&gt;"' in placed and '<img src="p.png" srcset="a &quot;b"' in placed


CONTENT = {
    "index.md": "[甲](../cases/a.md#做法) [甲](cases/a.md) [关于](about.md#哪里来) [子](sub/页.md) [全部](cases/index.md) [题](by/theme/index.md)\n",
    "about.md": (
        "# 关于\n\n[选](cases/index.html?theme=课后服务) [选](../cases/index.md?theme=a)\n\n## 哪里来？\n\n[甲](../cases/大课间.md#做法) [甲](cases/大课间.md) [甲](cases/dakejian.md) [自](#哪里来？) [子](sub/页.md#小-节)\n"
        "[首](index.md) [自](about.md#哪里来？) [题](by/theme/index.md) [网](https://example.org/)\n\n```\n[不是链接](没有.md)\n```\n"
        "\n`[也不是](没有.md)`\n"
    ),
    "sub/页.md": "# 子页\n\n## 小 节\n\n## 小 节\n\n[甲](../../cases/大课间.md) [甲](../cases/dakejian.md) [关于](../about.md#哪里来) [后](#小-节_1)\n",
    "book/preface.md": "# 前言\n\n见[甲](../../cases/a.md#做法)和[附录](appendix-1-标准.md#条件)。\n",
    "book/appendix-1-标准.md": "# 标准\n\n## 条件\n\n字，见[前言](preface.md)。\n",
}
CASES = {
    "a.md": case_text(
        "甲",
        body="见[选](../cases/index.md?theme=课后服务&sort=title)[大课间](大课间.md#做法)、[关于](../content/about.md#哪里来)、[子页](../content/sub/页.md)。",
    ),
    "大课间.md": case_text("大课间", theme="作业管理", body="见[甲](a.md#做法)和[自己](#做法)。").replace("---\n", "---\nid: dakejian\n", 1),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A small collection in which everything is linked with everything, built."""
    folder = tmp_path_factory.mktemp("links") / "有 空格的文件夹"
    assert run("new", folder).code == 0
    (folder / "cases" / "example.md").unlink()
    write_files(folder / "cases", {"collection.yml": "title: 小案例库\n", **CASES})
    shutil.rmtree(folder / "content")
    write_files(folder / "content", CONTENT)
    config = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(re.sub(r".*guide\.md\n", "", config), "utf-8")
    ran = run("-C", folder, "build")
    assert ran.code == 0 and "链接" not in ran.words and "MkDocs" not in ran.words, ran.words
    return folder


def crawled(folder: Path, web) -> list[str]:
    """What is dead, or out of reach, in a built site, from disk and over HTTP, at the root of a server and in a folder of one."""
    site = Site(folder / "build" / "site")
    return [fault for root in ("", f"{web(site.folder)}/", f"{web(site.folder.parent)}/site/") for fault in site.at(root).faults()]


def test_links_lead_there_on_the_site(built, web):
    """Every way of writing leads to its page and heading; nothing is dead, over HTTP or from disk."""
    site = built / "build" / "site"
    page, about = (site / "cases/a.html").read_text("utf-8"), (site / "about.html").read_text("utf-8")

    assert 'href="dakejian.html#dakejian-h1"' in page and 'href="../sub/%E9%A1%B5.html"' in page
    assert 'href="../about.html#%E5%93%AA%E9%87%8C%E6%9D%A5"' in page
    assert about.count('href="cases/dakejian.html"') == 2 and 'href="cases/dakejian.html#dakejian-h1"' in about
    assert crawled(built, web) == []


def test_links_lead_there_in_the_book(built):
    """A link to a heading of another case is one to its place in the book; every destination of every PDF is there."""
    books = built / "build" / "books"
    links = pdf_links(books / "book.pdf")

    assert {"dakejian-h1", "a-h1", "text-appendix-1-biao-zhun-h1", "text-preface"} <= set(links), links
    assert [fault for path in books.rglob("*.pdf") for fault in pdf_faults(path)] == []
    assert "dakejian-h1" not in pdf_links(books / "cases" / "a.pdf")


def test_links_of_content_are_checked(make):
    """A page of content/ that links to no file or heading is told, with its line, before anything is built."""
    about = "---\ntitle: 关\n---\n\n[一](nowhere.md) [二](../cases/a.md#没有) [三](guide.md#没有) [四](#没有) [五](../cases/bb.md)\n"
    folder = make({"a.md": case_text("甲"), "b.md": case_text("乙")})
    write_files(folder / "content", {"about.md": about, "guide.md": "# 手册\n\n## 第一步\n"})

    found = said(folder)

    assert all(line.startswith("content/about.md:5: ") for line in found) and len(found) == 5, found
    assert any("没有.md" not in line and "那里的小标题有 手册、第一步" in line for line in found)
    assert any("是不是 ../cases/b.md" in line for line in found)


def test_other_slugs_of_mkdocs_do_not_break_links(make, web):
    """A collection whose mkdocs.yml has Python-Markdown's own slugs, which know no Chinese, keeps its links to headings."""
    folder = make(CASES, site=True)
    shutil.rmtree(folder / "content")
    write_files(folder / "content", {name: text for name, text in CONTENT.items() if "book" not in name})
    config = re.sub(r".*guide\.md\n", "", (folder / "mkdocs.yml").read_text("utf-8"))
    (folder / "mkdocs.yml").write_text(re.sub(r"\n *slugify:.*", "", config), "utf-8")
    ran = run("-C", folder, "site")

    assert ran.code == 0, ran.words
    assert crawled(folder, web) == []


def buildable(world: Path) -> bool:
    return not any(": 错误: " in line for line in (world / "problems.txt").read_text("utf-8").splitlines())


@pytest.mark.parametrize("world", [path for path in sorted(WORLDS.iterdir()) if path.is_dir() and buildable(path)], ids=lambda path: path.name)
def test_nothing_is_dead_in_a_world(make, web, world):
    """In the site of each small world that can be built every address and every anchor is alive."""
    folder = make({}, site=True)
    shutil.rmtree(folder / "cases")
    shutil.copytree(world / "cases", folder / "cases")
    ran = run("-C", folder, "site")

    assert ran.code == 0, ran.words
    assert crawled(folder, web) == []


def test_nothing_is_dead_in_the_sample(sample: Path, web):
    """In this repository's own site and books every address, anchor and destination is alive, and cases lead to each other."""
    assert crawled(sample, web) == []
    books = sample / "build" / "books"
    assert [fault for path in books.rglob("*.pdf") for fault in pdf_faults(path)] == []


def test_nothing_is_dead_where_there_is_every_kind_of_page(every_kind: Path):
    """Nor where places have branches, lists more than a step of cases, and the navigation sections."""
    assert Site(every_kind).faults() == []


def test_nothing_is_dead_in_a_hostile_world(hostile: Path, web):
    """Values that look like tags, scripts and templates make no dead address either."""
    assert crawled(hostile, web) == []
    assert [fault for path in (hostile / "build" / "books").rglob("*.pdf") for fault in pdf_faults(path)] == []


@pytest.mark.parametrize(
    "html, fault",
    [
        ('<a href="b">b</a>', "<a> b is not there"),
        ('<a href="a.html#x">b</a>', "no such anchor"),
        ('<a href="#x">b</a>', "no such anchor"),
        ('<a href="../../x">b</a>', "leaves the site"),
        ('<img src="p.png">', "<img> p.png is not there"),
        ('<img src="a.html" srcset="a.html 1x, b.png 2x">', "<img> b.png is not there"),
        ('<p id="x"></p><p id="x"></p>', "id x is there twice"),
        ('<a href="A.html">b</a>', "<a> A.html is not there"),
        ('<a href="./">b</a>', "is not there"),
        ('<p aria-labelledby="y">b</p>', "there is no y to point to"),
    ],
)
def test_the_crawler_sees(tmp_path, html, fault):
    """The crawler finds each kind of dead address."""
    write_files(tmp_path / "site", {"index.html": '<a href="a.html">a</a>', "a.html": html, "index.txt": ""})

    (found,) = Site(tmp_path / "site").faults()

    assert fault in found


CHAIN = {"index.html": "b.html", "b.html": "cases/c.html", "cases/c.html": "d.html", "cases/d.html": "e.html", "cases/e.html": ""}


@pytest.mark.parametrize(
    "files, faults",
    [
        ({}, ["cases/e.html: 4 clicks away"]),
        ({"b.html": '<br><p hidden><a href="cases/e.html">e</a></p><a href="cases/c.html">c</a>'}, ["cases/e.html: 4 clicks away"]),
        ({"b.html": '<p hidden><p>字</p></p><a href="cases/c.html">c</a><a href="cases/e.html">e</a>'}, []),
        ({"b.html": '<details><a href="cases/e.html">e</a></details><noscript><a href="cases/c.html">c</a></noscript>'}, ["cases/e.html: 4 clicks away"]),
        ({"cases/d.html": "", "cases/index.html": ""}, [f"cases/{name}.html: no way leads there from the home page" for name in ("e", "index")]),
        ({"cases/e.html": '<a href="../own.html">o</a>', "own.html": '<a href="own.html">o</a>'}, ["cases/e.html: 4 clicks away"]),
        ({"404.html": '<a href="own.html">o</a>', "own.html": "", "cases/d.html": '<a href="../404.html">4</a>', "cases/e.html": ""},
         ["cases/e.html: no way leads there from the home page", "own.html: no way leads there from the home page"]),
    ],
)  # fmt: skip
def test_the_crawler_walks(tmp_path, files, faults):
    """The crawler sees which pages a reader without scripts cannot reach by what is to be seen, and which cases only by more than three clicks."""
    pages = {name: f'<a href="{to}">x</a>' if to else "" for name, to in CHAIN.items()} | files
    assert Site(write_files(tmp_path / "site", pages)).faults() == faults


def test_check_says_it_as_build_does(make):
    """A link to a missing heading of another case is a warning, so that it stops no build."""
    folder = make({"a.md": case_text("甲", body="[乙](b.md#没有)"), "b.md": case_text("乙")})
    ran: Ran = run("-C", folder, "check")

    assert ran.code == 0 and "警告: 链接“b.md#没有”没有着落" in ran.out
