"""Figures and tables: their numbers are the same on the site and in all editions, and what a text says of them leads to them."""

import re
import subprocess
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn

from casepress.collection.leads import astray
from casepress.markup.prose import render
from casepress.values.cases import Fragment
from conftest import BRIEF, case_text, picture, run, write_files

TABLE = "| 年级 | 课时 |\n| --- | --- |\n| 一年级 | 2 |"
LINK = re.compile(r'<a href="#x-([a-z]+[0-9]+)">(.*?)</a>')


def read(markdown: str, *photos: str) -> Fragment:
    return render(markdown, "x-", {"p.jpg": "asset:p.jpg"}, photos=photos)


def figures(*captions: str) -> str:
    return "\n\n".join(f'![图]({"p.jpg"} "{caption}")' for caption in captions)


def told(fragment: Fragment) -> list[str]:
    return [str(problem) for problem in astray("a.md", 1, fragment, "x-")]


def shown(fragment: Fragment) -> list[str]:
    return re.findall("<figcaption>(.*?)</figcaption>", fragment.html)


@pytest.mark.parametrize(
    ("captions", "numbered"),
    [
        (["校园"], ["图1　校园"]),
        (["校园", "操场"], ["图1　校园", "图2　操场"]),
        (["图1 校园", "操场"], ["图1　校园", "图2　操场"]),
        (["图3：校园", "操场"], ["图3　校园", "图4　操场"]),
        (["图 1　校园", "图２校园"], ["图1　校园", "图2　图２校园"]),
        (["图1-2 校园", "操场"], ["图1-2　校园", "图1　操场"]),
        (["图一　校园", "操场"], ["图一　校园", "图1　操场"]),
        (["图1"], ["图1"]),
        (["图书角"], ["图1　图书角"]),
    ],
)
def test_captions_are_numbered(captions, numbered):
    """Each caption has a number, one alone as well; an author's own stays, is never doubled, and is counted from."""
    assert shown(read(figures(*captions))) == numbered


def test_a_picture_without_a_caption_is_not_counted():
    assert shown(read("![甲](p.jpg)\n\n" + figures("乙"))) == ["图1　乙"]


@pytest.mark.parametrize(
    "written",
    [
        "![甲](p.jpg)\n\n图1　校园",
        "![甲](p.jpg)\n图 1 校园",
        "![甲](p.jpg)\n\n图：校园",
        "![甲](p.jpg)\n\n**图1　校园**",
        "![甲](p.jpg)\n\n图1：校园",
    ],
)
def test_a_line_below_a_picture_is_its_caption(written):
    """As people write it in Word, with or without an empty line between."""
    found = read(f"文。\n\n{written}\n\n文。")
    assert shown(found) == ["图1　校园"] and found.html.count("校园") == 1


@pytest.mark.parametrize("written", ["图1说明了课时。", "图1中是校园，很大。", "图书角", f"图1　{'字' * 80}", "图1　甲；图2　乙"])
def test_a_sentence_below_a_picture_is_none(written):
    found = read(f"![甲](p.jpg)\n\n{written}")
    assert shown(found) == [] and f"<p>{written}</p>" in found.html.replace("\n", "")


SAID = [
    ("见图1。", ["fig1 图1"]), ("见图 1。", ["fig1 图 1"]), ("见图　1。", ["fig1 图　1"]), ("如图２所示", ["fig2 图２"]), ("如表1所示", ["tab1 表1"]),
    ("（图1）", ["fig1 图1"]), ("图1是校园", ["fig1 图1"]), ("。图 2 中", ["fig2 图 2"]), ("从表1看", ["tab1 表1"]), ("如图一所示", ["fig1 图一"]),
    ("见图1、图2和表1", ["fig1 图1", "fig2 图2", "tab1 表1"]), ("见图1、2", ["fig1 图1", "fig2 2"]), ("见图1—3", ["fig1 图1", "fig3 3"]),
    ("见图1至图3", ["fig1 图1", "fig3 图3"]), ("见图1-3", ["fig1 图1", "fig3 3"]), ("见**图1**", ["fig1 图1"]), ("- 见图1", ["fig1 图1"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "links"), SAID)
def test_what_is_said_of_a_figure_leads_to_it(words, links):
    """However people write it; the words stay as they are."""
    found = read(f"{words}\n\n{figures('甲', '乙', '丙')}\n\n表：丁\n\n{TABLE}")
    assert [" ".join(each) for each in LINK.findall(found.html)] == links
    for id_ in {each.split()[0] for each in links}:
        assert f'id="x-{id_}"' in found.html
    assert words.replace("*", "").removeprefix("- ").replace("　", " ") in found.text and told(found) == []


@pytest.mark.parametrize(
    "words",
    ["代表1人", "发表1篇", "附表1", "附图1", "地图1", "配图1张", "列表1", "《方案》表1", "，图1张", "报表1份", "图1个人", "见图纸", "表1名", "`见图1`",
     "图书1册", "，图一时方便", "拼图2023年", "见图1.5米", "手表1块", "外表1", "意见表500，", "如表1所学校"],
)  # fmt: skip
def test_other_words_are_no_mention(words):
    """What merely ends with 图 or 表, or counts something, leads nowhere and is not told."""
    for body in (f"{words}\n\n{figures('甲')}\n\n表：丁\n\n{TABLE}", words):
        assert "<a " not in read(body).html and told(read(body)) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("见图5。", "a.md:3: 警告: 正文说到“图5”，这里编了号的图有 图1、图2"),
        ("如表 2 所示", "a.md:3: 警告: 正文说到“表2”，这里编了号的表有 表1"),
        ("见图1—4", "a.md:3: 警告: 正文说到“图4”，这里编了号的图有 图1、图2"),
        ("见图1-4", "a.md:3: 警告: 正文说到“图4”，这里编了号的图有 图1、图2"),
        ("[图](#没有)", "a.md:3: 警告: 链接“#没有”没有着落，这里没有叫这个名字的图表"),
        ("[见图](#甲乙)", "a.md:3: 警告: 链接“#甲乙”没有着落，这里没有叫这个名字的图表。是不是 #甲；"),
    ],
)
def test_what_is_not_there_is_told(words, said):
    """A number or a name that no figure or table has, with its line, and what there is; once."""
    found = read(f"文。\n\n{words}，{words}\n\n{figures('甲', '乙')}\n\n表：丁\n\n{TABLE}")
    problems = [each for each in told(found) if said in each]
    assert len(problems) == (2 if "[" in words else 1) and len(told(found)) == len(problems), told(found)


def test_where_nothing_has_a_number_the_cure_says_how_to_give_it():
    lines = told(read(f"见图1和表1。\n\n![甲](p.jpg)\n\n{TABLE}"))
    assert "这里没有编了号的图。请改成有的号；图有图注才有号" in lines[0] and "这里没有编了号的表。请改成有的号；表有表题才有号" in lines[1]


@pytest.mark.parametrize(
    "name",
    [
        "{#操场}",
        "｛#操场｝",
        "{＃操场}",
        "{# 操场 }",
        "{.half #操场}",
        "{#操场 .half}",
        "{半宽 #操场}",
        "{#fig:操场}",
        " {#图:操场}",
        "{#操场.half}",
    ],
)
@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("[](#操场)", "图1"),
        ("[图](#操场)", "图1"),
        ("[见图](#操场)", "见图1"),
        ("[图](#fig:操场)", "图1"),
        ("[那幅照片](#操场)", "那幅照片"),
        ("[图](#图1)", "图1"),
    ],
)
def test_a_figure_is_meant_by_its_name(name, written, words):
    """A name behind a picture, beside a hint on its size or not, as people write it; a link that asks for a number gets it."""
    found = read(f'{written}\n\n![甲](p.jpg "大课间"){name}')
    assert LINK.findall(found.html) == [("fig1", words)] and found.remarks == () and told(found) == []
    assert ('class="half"' in found.html) == ("half" in name or "半宽" in name) and "操场" not in found.html


@pytest.mark.parametrize("written", ["表：课时 {#课时}", "表 1　课时｛#tab:课时｝", "**表：课时**{#课时}", "**表：课时{#课时}**"])
@pytest.mark.parametrize("unit", ["", "单位：节\n\n"])
def test_a_table_is_meant_by_its_name(written, unit):
    found = read(f"[表](#课时)\n\n{written}\n\n{unit}{TABLE}")
    assert LINK.findall(found.html) == [("tab1", "表1")] and found.remarks == () and told(found) == [] and "{" not in found.text


def test_the_words_of_a_caption_are_a_name():
    found = read(f"[图](#每天上午的大课间)、[表](#各年级 课时)\n\n{figures('每天上午的大课间')}\n\n表：各年级课时\n\n{TABLE}")
    assert LINK.findall(found.html) == [("fig1", "图1"), ("tab1", "表1")] and told(found) == []


def test_names_in_vain_are_told():
    """A name that stands elsewhere shows; a picture without a caption has no number; one name for two is told."""
    assert "“表：无表{#无}”不起作用" in told(read("表：无表 {#无}\n\n文。"))[0]
    assert "图“甲”没有图注，所以没有号" in told(read("[图](#甲)\n\n![x](p.jpg){#甲}"))[0]
    twice = read('![x](p.jpg "一"){#甲}\n\n![x](p.jpg "二"){#甲}')
    assert "有 2 个图表都叫“甲”，链接通向前一个" in told(twice)[0]


def test_headings_go_before_figures():
    """A link with words of its own means a heading where one is called so; one that asks for a number means the figure."""
    found = read(f"[操场](#操场)、[图](#操场)\n\n## 操场\n\n{figures('操场')}")
    assert re.findall(r'<a href="#x-([a-z0-9]+)">(.*?)</a>', found.html) == [("h1", "操场"), ("fig1", "图1")]


def test_captions_titles_headings_and_code_are_left():
    found = read(f"## 图1的事\n\n`图1`\n\n{figures('见图1')}\n\n表：见图1\n\n{TABLE}")
    assert "<a " not in found.html


def test_numbers_twice_are_told(make):
    folder = make({"a.md": case_text("甲", body='![甲](p.png "图1　甲")\n\n![乙](p.png "图1　乙")'), "p.png": picture()})
    assert ": 警告: 有 2 幅图的号都是“图1”。请改成不同的号；图注里不写号的，号会自动接着编" in run("-C", folder, "check").words


# Read back from what is made

BODY = f"""见图1、图3和[表](#课时)。

![甲](p.png "校园")

![乙](p.png "操场")

表：各年级课时 {{#课时}}

{TABLE}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("counted") / "collection"
    assert run("new", folder).code == 0
    (folder / "cases" / "example.md").unlink()
    head = "---\nid: a\ntitle: 甲\nregion: 江苏省\nschool: 示例小学\ntheme: 课后服务\nbatch: 第一批\nform: full\nsummary: 一句话。\n"
    head += "photos: [{file: p.png, alt: 校门, caption: 校门口}, {file: p.png, alt: 教室}]\n---\n\n"
    settings = BRIEF + "  parts: no\n  editions: [screen, word, epub]\n"
    write_files(folder / "cases", {"collection.yml": settings, "a.md": head + BODY, "p.png": picture()})
    ran = run("-C", folder, "build")
    assert ran.code == 0, ran.words
    return folder / "build"


CAPTIONS = ["图1　校园", "图2　操场", "图3　校门口", "图4　教室"]


def test_the_site_says_them(built):
    page = (built / "site" / "cases" / "a.html").read_text("utf-8")
    assert re.findall("<figcaption>([^<]*)", page) == CAPTIONS
    links = re.findall(r'<a href="#(a-(?:fig|tab|photo)[0-9])">([^<]*)</a>', page)
    assert links == [("a-fig1", "图1"), ("a-photo1", "图3"), ("a-tab1", "表1")] and all(f'id="{id_}"' in page for id_, _ in links)


def test_the_book_says_them_and_leads_there(built):
    """The words are in the text of the pages, and each link ends where its figure or table stands."""
    with pikepdf.open(built / "books" / "book.pdf") as pdf:
        names = {str(name): each for name, each in _destinations(pdf)}
        links = [str(note.Dest) for page in pdf.pages for note in page.get("/Annots", []) if "/Dest" in note]
        wanted = [link for link in links if re.fullmatch("a-(fig|tab|photo)[0-9]", link.split("/")[-1])]
        assert [link.split("/")[-1] for link in wanted] == ["a-fig1", "a-photo1", "a-tab1"] and set(wanted) <= names.keys()
    words = _words(built / "books" / "book.pdf")
    assert [caption for caption in CAPTIONS if caption.replace("　", "") in words] == CAPTIONS and "表1各年级课时" in words
    assert "见图1、图3和表1。" in words


def test_the_epub_says_them(built):
    with zipfile.ZipFile(built / "books" / "book.epub") as book:
        page = next(text for name in book.namelist() if name.endswith("case-a.xhtml") for text in [book.read(name).decode()])
    assert re.findall("<figcaption>([^<]*)", page) == CAPTIONS
    links = re.findall(r'<a href="#(a-[a-z]+[0-9])">([^<]*)</a>', page)
    assert links == [("a-fig1", "图1"), ("a-photo1", "图3"), ("a-tab1", "表1")] and all(f'id="{id_}"' in page for id_, _ in links)


def test_the_word_document_says_them(built):
    document = docx.Document(built / "books" / "book.docx")
    words = [paragraph.text for paragraph in document.paragraphs]
    assert [text for text in words if text in CAPTIONS] == CAPTIONS and "表1　各年级课时" in words
    body = document.element.body
    links = [(link.get(qn("w:anchor")), "".join(t.text for t in link.iter(qn("w:t")))) for link in body.iter(qn("w:hyperlink"))]
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    inner = [(anchor, text) for anchor, text in links if anchor and text in ("图1", "图3", "表1")]
    assert [text for _, text in inner] == ["图1", "图3", "表1"] and {anchor for anchor, _ in inner} <= marks


def test_a_photo_that_changes_its_number_is_set_anew(built):
    """What is kept of a body is not used where the captions behind it, of which it speaks, are others (`bodies.Reader`)."""
    folder = built.parent
    path = folder / "cases" / "a.md"
    text = path.read_text("utf-8")
    try:
        path.write_text(text.replace("caption: 校门口", "caption: 图7　校门口").replace("图3和", "图7和"), "utf-8")
        assert "没有编了号的图" not in (said := run("-C", folder, "check").words) and "图7" not in said
        path.write_text(text.replace("caption: 校门口", "caption: 图7　校门口"), "utf-8")
        assert "正文说到“图3”" in run("-C", folder, "check").words
    finally:
        path.write_text(text, "utf-8")


def _destinations(pdf: pikepdf.Pdf):
    tree = pikepdf.NameTree(pdf.Root.Names.Dests) if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names else {}
    yield from tree.items()


def _words(path: Path) -> str:
    return "".join(subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout.split())
