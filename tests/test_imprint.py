"""The imprint: what a book must and must not say by the way it is published, and maps that need an approval number."""

import re

import pytest

from casepress import flow
from casepress.book.colophon import cip
from casepress.checking import lawful
from casepress.collection import project
from casepress.collection.imprint import isbn_is_true, on_screen, rows, rules
from conftest import case_text, picture, write_files

INTERNAL = """title: 某库
publication: internal
book:
  title: 案例汇编
  editions: [screen, print]
imprint:
  准印证号: (苏)内准印 2026-001号
  compiler: 示例教育局（虚构）
  发送对象: 本市中小学
  印刷单位: 示例印刷厂（虚构）
  printed: 2026年11月
  印数: 500册
"""
ISBN = """title: 某库
publication: isbn
imprint:
  ISBN: 978-7-302-51102-1
  出版社: 示例出版社（虚构）
  CIP数据: 示例（2026）第000001号
  定价: 48.00元
"""


def found(folder, check: str = "") -> list[str]:
    """The problems of a collection as they are said, those of one check or all."""
    return [str(problem) for problem in flow.check_project(project.find(folder))[1] if not check or problem.check == check]


@pytest.fixture
def checked(make):
    """A function from collection.yml, and files below the collection's folder, to what is said of them."""

    def said(settings: str, files: dict | None = None, body: str = "正文。") -> list[str]:
        case = case_text("一个", body=body).replace("摘要: 一句话说明做了什么。", "未成年人: 没有学生")  # the maps show none
        folder = make({"a.md": case, "p.png": picture(), "中国地图.png": picture()}, settings)
        write_files(folder, files or {})
        return found(folder)

    return said


@pytest.mark.parametrize("settings", ["title: 某库\n", INTERNAL, ISBN], ids=["web-only", "internal", "isbn"])
def test_a_lawful_collection_has_no_problem(checked, settings):
    """A complete imprint of each kind of publication passes; without any, a collection is one for the web only."""
    assert checked(settings) == []


def test_what_is_missing_is_named_with_its_line(checked):
    """An imprint that lacks what its publication requires is told all of it at once, at the line of `imprint`."""
    (line,) = checked(INTERNAL.replace("  发送对象: 本市中小学\n", "").replace("  印数: 500册\n", ""))

    assert line.startswith(
        "cases/collection.yml:6: 错误: publication 是 internal（内部资料），版权页还缺少：发送对象（recipients）、印数（copies）。"
    )


def test_a_printed_book_has_its_imprint_and_cover(checked):
    """Only what is for the web alone may be without its imprint page and its cover."""
    (line,) = checked(INTERNAL.replace("  editions:", "  omit: [版权页]\n  editions:"))

    assert line.startswith("cases/collection.yml:5: 错误: 印刷的书不能没有版权页和封面。")
    assert checked("title: 某库\nbook: {omit: [imprint, covers]}\n") == []


def test_an_imprint_that_is_not_there_is_missing_whole(checked):
    """`publication: isbn` alone asks for ISBN, CIP and publisher, at its own line."""
    (line,) = checked("title: 某库\npublication: isbn\n")

    assert line.startswith("cases/collection.yml:2: ") and all(word in line for word in ("ISBN", "CIP数据", "出版社"))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            INTERNAL + "  定价: 20元\n",
            "cases/collection.yml:13: 错误: publication 是 internal（内部资料），版权页不能写定价。请删去；能写它的是 isbn（正式出版物）。",
        ),
        (INTERNAL + "  书号: 978-7-302-51102-1\n", "版权页不能写ISBN"),
        ("title: 某库\nimprint: {准印证号: 001}\n", "publication 是 web-only（网上电子版），版权页不能写准印证号"),
        ("title: 某库\nimprint: {发送对象: 中小学}\n", "版权页不能写发送对象"),
        (ISBN + "  准印证: 001\n", "版权页不能写准印证号"),
    ],
)
def test_what_a_publication_must_not_have(checked, settings, said):
    """No price and no ISBN on an internal print, no permit on what is published otherwise."""
    (line,) = checked(settings)

    assert said in line


def test_edition_and_impression_stand_apart(checked, make):
    """版次 and 印次 may both be given, as imprints print them; two words for one item are told with both."""
    whole = ISBN + "  版次: 2026年12月第1版\n  印次: 2026年12月第1次印刷\n"
    collection, problems = flow.check_project(project.find(make({"a.md": case_text("一个")}, whole)))
    assert not problems and rows(collection.imprint)[-3:-1] == (("版次", "2026年12月第1版"), ("印次", "2026年12月第1次印刷"))

    (line,) = checked(ISBN + "  责编: 甲\n  责任编辑: 乙\n")
    assert "imprint 里的“责编”和“责任编辑”是同一项。请只留一个。" in line


def test_internal_is_for_paper(checked):
    """An internal publication of which no printed edition is made is warned of: its screen edition says no permit."""
    (line,) = checked(INTERNAL.replace("  editions: [screen, print]\n", ""))

    assert "警告" in line and "editions: [screen, print]" in line


def test_the_screen_edition_never_claims_to_be_internal(checked, make):
    """The screen edition of an internal publication has no permit and no recipients; its editors stay."""
    collection, _ = flow.check_project(project.find(make({"a.md": case_text("一个")}, INTERNAL)))
    screen = on_screen(collection.imprint)

    assert screen.publication == "web-only" and dict(screen.facts) == {"compiler": "示例教育局（虚构）"}
    assert rows(collection.imprint)[0] == ("准印证号", "(苏)内准印 2026-001号")


def test_a_cip_block_keeps_its_lines(make):
    """The block that the office gives is taken line by line; the imprint prints it so."""
    block = "imprint:\n  出版社: 示例出版社\n  书号: 978-7-302-51102-1\n  CIP: |\n    图书在版编目（CIP）数据\n    示例 / 示例单位编\n\n    核字（2026）第1号\n"
    collection, problems = flow.check_project(project.find(make({}, f"title: 库\npublication: isbn\n{block}")))
    assert cip(collection.imprint) == ("图书在版编目（CIP）数据", "示例 / 示例单位编", "核字（2026）第1号")
    assert not [problem for problem in problems if "CIP" in str(problem)]


@pytest.mark.parametrize("isbn", ["978-7-302-51102-1", "9787302511021", "ISBN 978-7-302-51102-1", "979-10-90636-07-1"])
def test_true_isbns(isbn):
    """An ISBN with the right last digit is taken, however it is divided."""
    assert isbn_is_true(isbn)


@pytest.mark.parametrize("isbn", ["978-7-302-51102-2", "978-7-302-15102-1", "7-302-51102-1", "978-7-302-51102", "待定"])
def test_false_isbns(isbn, checked):
    """A wrong last digit, two digits changed over, ten digits, a missing one and no number at all are refused."""
    (line,) = checked(ISBN.replace("978-7-302-51102-1", isbn))

    assert line.startswith(f"cases/collection.yml:4: 错误: ISBN“{isbn}”不对")


@pytest.mark.parametrize(
    ("publication", "title", "word"),
    [
        (INTERNAL, "示例教育月报", "报"), (INTERNAL, "双减专刊", "刊"), (INTERNAL, "示例教育杂志", "杂志"),
        (INTERNAL, "案例汇编（工本费20元）", "工本费"), ("title: 某库\nbook:\n  title: 案例汇编\n", "内部资料：案例汇编", "内部资料"),
        ("title: 某库\nbook:\n  title: 案例汇编\n", "准印证案例汇编", "准印证"),
    ],
)  # fmt: skip
def test_titles_that_a_publication_must_not_have(checked, publication, title, word):
    """An internal print is not called a newspaper or a periodical; a web edition not an internal print."""
    (line,) = checked(publication.replace("案例汇编", title))

    assert "书名" in line and f"里有“{word}”" in line and line.startswith("cases/collection.yml:")


def test_an_internal_print_is_not_for_the_public(checked):
    """Whom an internal print is sent to are units of its system, not the public (办法第十五条)."""
    (line,) = checked(re.sub("发送对象: .*", "发送对象: 本市学校和社会公众", INTERNAL))

    assert "不能向社会公众发送" in line and "发送对象“本市学校和社会公众”" in line


@pytest.mark.parametrize("title", ["工作成果汇报", "典型案例喜报", "教育学报论文外的案例汇编", "“双减”案例集", "实践报告汇编"])
def test_titles_that_only_look_so(checked, title):
    """汇报 and 喜报 are no newspapers, and 报告 is no 报."""
    assert checked(INTERNAL.replace("案例汇编", title)) == []


@pytest.mark.parametrize(
    "text",
    ["欢迎向本刊投稿", "本报编辑部", "刊号 CN00-0000", "某某期刊社编", "定价：20元", "每册工本费15元", "广告热线", "ISBN 978-7-302-51102-1"],
)
def test_words_in_the_texts_of_an_internal_book(checked, text):
    """In 前言, 后记 and the like of an internal print no word makes it a periodical or a thing for sale, each with its line."""
    (line,) = checked(INTERNAL, {"content/book/preface.md": f"---\ntitle: 前言\n---\n\n第一段。\n\n{text}\n"})

    assert line.startswith("content/book/preface.md:7: 错误: 内部资料")


@pytest.mark.parametrize(
    "text",
    ["本报告收入案例", "课后服务费由政府定价", "治理校外培训广告", "已有样本刊登在网上", "论文发表于教育杂志", "日本报纸"],
)
def test_words_that_only_look_so(checked, text):
    """What a preface may well speak of is not taken for what a book says of itself."""
    assert checked(INTERNAL, {"content/book/preface.md": f"---\ntitle: 前言\n---\n\n{text}\n"}) == []


def test_other_pages_of_the_site_may_speak_of_it(checked):
    """The words are forbidden in books, not in the guide that explains them, nor in cases."""
    assert checked("title: 某库\n", {"content/guide.md": "内部资料要有准印证。\n"}, body="学校编印了内部资料。") == []


@pytest.mark.parametrize("words", ["江苏省行政区划图", "全市学校分布图", "中国地图", "常州市武进区地图", "示例县政区图", "集团校区位图"])
def test_a_map_without_its_number_is_refused(checked, words):
    """A picture that its words call a map needs 审图号, in the case's own line."""
    (line,) = checked("title: 某库\n", body=f"第一段。\n\n![{words}](p.png)")

    assert line.startswith("cases/a.md:15: 错误: 图片“p.png”看来是地图，没有写审图号")


@pytest.mark.parametrize(
    "words",
    [
        "思维地图",
        "知识地图：第三单元",
        "学习地图",
        "课程地图",
        "教学地图",
        "学校地图册一角",
        "成绩分布图",
        "学生年龄分布图",
        "校园平面图",
        "研学地图",
        "教研地图",
        "知识版图",
    ],
)
def test_what_is_only_called_a_map(checked, words):
    """Maps of thoughts and courses, charts of a distribution, and an atlas on a shelf are no maps in the law's sense."""
    assert checked("title: 某库\n", body=f"![{words}](p.png)") == []


@pytest.mark.parametrize(
    "number", ["审图号：GS(2024)1234号", "审图号：苏S（2023）12号", "审图号:GS京(2023)0012号", "审图号 JS〔2022〕01-003号"]
)
def test_a_map_with_its_number_is_accepted(checked, number):
    """An approval number in the alternative text or in the caption will do, in each of its ways of writing."""
    assert checked("title: 某库\n", body=f"![江苏省地图（{number}）](p.png)") == []
    assert checked("title: 某库\n", body=f'![江苏省地图](p.png "{number}")') == []


@pytest.mark.parametrize("number", ["审图号", "审图号：待补", "审图号：2024-12"])
def test_a_number_that_is_none(checked, number):
    """The word 审图号 without a number is not enough."""
    assert len(checked("title: 某库\n", body=f"![江苏省地图（{number}）](p.png)")) == 1


def test_the_file_name_tells_as_well(checked):
    """A map that only its file name gives away is refused too."""
    (line,) = checked("title: 某库\n", body="![我们的位置](中国地图.png)")

    assert "图片“中国地图.png”看来是地图" in line


def test_maps_among_the_photos_and_in_the_books_texts(make):
    """The photos of a header and the pictures of `content/` are looked at as well, each with its line."""
    photo = "照片: [{file: p.png, alt: 全省地图}]\n"
    folder = make({"a.md": case_text("一个").replace("篇幅", photo + "篇幅"), "p.png": picture()})
    write_files(folder, {"content/book/preface.md": "---\ntitle: 前言\n---\n\n![全国地图](a.png)\n"})

    said = [line for line in found(folder, "maps_are_approved")]

    assert [line.split(": ")[0] for line in said] == ["cases/a.md:8", "content/book/preface.md:5"]


def test_the_rules_agree_with_themselves():
    """What is required may also be said, no name means two facts, and each rule is for a publication that there is."""
    names = [name for item in rules().items for name in item.names]
    assert len(names) == len(set(names))
    assert all(item.required <= item.allowed <= {"internal", "isbn", "web-only"} for item in rules().items)
    assert all(words.publications <= {"internal", "isbn", "web-only"} for words in rules().words)
    assert all(words.where <= {"titles", "imprint", "texts"} and words.what and words.cure for words in rules().words)


def test_every_rule_is_asked():
    """Each rule of the module is one that `check` runs."""
    import inspect

    source = inspect.getsource(lawful.check)
    own = [
        name
        for name, each in vars(lawful).items()
        if inspect.isfunction(each) and each.__module__ == lawful.__name__ and not name.startswith("_")
    ]
    assert all(f"{name}(" in source for name in own if name != "check") and len(own) == 8
