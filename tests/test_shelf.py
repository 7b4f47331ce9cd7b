"""The shelf: the books that collection.yml wishes for, made in their editions, offered where they belong, and whole."""

import json
import logging
import re
import subprocess
import zipfile
from dataclasses import replace

import pikepdf
import pytest
from weasyprint.text.fonts import FontConfiguration

from casepress import flow, scaffold, shelf
from casepress.book.profiles import read_profile
from casepress.collection import project
from casepress.collection.settings import read_settings
from casepress.collection.views import select
from casepress.offers import offered
from casepress.press.layout import lay_out
from casepress.press.speech import spoken
from casepress.values.books import Role
from casepress.values.losses import Loss
from casepress.values.problems import Level
from conftest import BRIEF, ROOT, case_text, picture, run, write_files
from readback import read_lines

CASES = {
    "a.md": case_text("操场上的甲", batch="第一批", theme="课后服务", region="江苏省常州市"),
    "b.md": case_text("教室里的乙", batch="第一批", theme="作业管理", region="山东省青岛市"),
    "c.md": case_text("书房中的丙", batch="第二批", theme="[课后服务, 作业管理]", region="山东省济南市"),
}
SETTINGS = """title: 某库
book: {{title: 某库汇编, subtitle: 全部批次, cover: seal}}
books:
{}
"""


@pytest.fixture
def read(make):
    """A function from the lines below `books:` to the collection and what is wrong, as it is said."""

    def wished(books: str, settings: str = SETTINGS):
        collection, problems = flow.check_project(project.find(make(CASES, settings.format(books))))
        return collection, [str(problem) for problem in problems]

    return wished


def test_a_rule_makes_a_book_for_each_value(read):
    """`by: batch` makes a book for each batch, with a name, a cover line and a selection of its own; all else is inherited."""
    collection, problems = read("  - {by: 批次}")

    assert problems == []
    assert [(book.name, book.subtitle, book.only) for book in collection.books] == [
        ("batch-di-er-pi", "第二批", ("batch=第二批",)),
        ("batch-di-yi-pi", "第一批", ("batch=第一批",)),
    ]
    assert {(book.title, book.cover, book.parts) for book in collection.books} == {("某库汇编", "seal", "theme")}


def test_a_rule_by_place_takes_the_provinces(read):
    """`by: region` makes a book for each province, `only` narrows it down, and `name` begins its names."""
    collection, problems = read("  - {by: region, only: [theme=作业管理], name: homework}\n  - {by: region}")

    assert problems == []
    assert [(book.name, book.subtitle) for book in collection.books] == [
        ("homework-370000", "作业管理 · 山东省"),
        ("region-320000", "江苏省"),
        ("region-370000", "山东省"),
    ]


def test_a_book_says_what_is_its_own(read):
    """An entry of `books` says what differs; without a name and a subtitle it gets them of its selection."""
    collection, problems = read(
        "  - {name: first, title: 甲选, subtitle: 一行, only: [batch=第一批], parts: 地区, cover: band, indexes: [单位], calliper: 0.12}\n"
        "  - {only: [theme=课后服务, batch=第二批]}\n  - {name: by-batch, parts: batch}"
    )

    assert problems == []
    first, second, third = collection.books
    assert (first.title, first.subtitle, first.parts, first.cover, first.indexes, first.calliper) == (
        "甲选",
        "一行",
        "region",
        "band",
        ("school",),
        0.12,
    )
    assert (second.name, second.subtitle, second.cover) == ("theme-ke-hou-fu-wu-batch-di-er-pi", "课后服务 · 第二批", "seal")
    assert (third.only, third.subtitle) == ((), "全部批次")


def test_a_book_of_one_theme_is_not_divided_by_theme(read):
    """A selection by the one value of the field that divides the books is left undivided, unless it says how to divide."""
    collection, _ = read(
        "  - {by: theme}\n  - {name: said, only: [theme=课后服务], parts: theme}\n  - {name: two, only: [theme=课后服务, theme=作业管理]}"
    )

    assert [book.parts for book in collection.books] == ["", "", "theme", "theme"]


@pytest.mark.parametrize(
    "committee",
    [
        "{主编: [甲, 乙], 副主编: 丙、丁}",
        "[{title: 主编, people: [甲, 乙]}, {role: 副主编, people: [丙, 丁]}]",
        "[{主编: 甲，乙}, {副主编: [丙, 丁]}]",
    ],
)
def test_the_board_may_be_written_in_three_ways(read, committee):
    """The editorial board comes as roles with their people, however it is written, and every book has it."""
    collection, problems = read(
        "  - {by: batch}", SETTINGS.replace("cover: seal", "cover: seal, committee: " + committee.replace("{", "{{").replace("}", "}}"))
    )

    assert problems == []
    assert {book.committee for book in (collection.book, *collection.books)} == {(Role("主编", ("甲", "乙")), Role("副主编", ("丙", "丁")))}


@pytest.mark.parametrize(
    ("books", "said"),
    [
        ("  - {by: bach}", ["4: 错误: books 里的 by 写了“bach”，不能按它分册。是不是想写 batch"]),
        ("  - {by: summary}", ["4: 错误: books 里的 by 写了“summary”，不能按它分册。可用的有：region"]),
        ("  - {by: award}", ["4: 错误: books 里的这一本选不出案例：没有案例填写获奖等次。请改 only"]),
        ("  - {only: [batch=第九批]}", ["选不出案例：没有批次是“第九批”的案例，有的是：第一批、第二批。请改 only"]),
        ("  - {only: [主体=作业管理]}", ["没有叫“主体”的字段，是不是想写 主题；可用的有："]),
        ("  - {only: [第一批]}", ["“第一批”应当写成“字段=值”"]),
        ("  - {only: [batch=第一批, region=济南市]}", ["没有案例同时符合：批次是“第一批”、地区是“济南市”；符合前面几项的案例，有的是：江苏省"]),
        ("  - {name: 头奖, only: [batch=第一批]}", ["name“头奖”不能用作文件名。请只用小写英文字母、数字和 -，例如 tou-jiang"]),
        ("  - {name: book, only: [batch=第一批]}", ["name“book”不能用作文件名。请换一个名字"]),
        ("  - {name: a-print, only: [batch=第一批]}", ["name“a-print”不能用作文件名"]),
        (
            "  - {name: a, only: [batch=第一批]}\n  - {name: a, only: [batch=第二批]}",
            ["5: 错误: 有两本书都叫 a（第 4 行也有）。请给其中一本写一个不同的 name"],
        ),
        (
            "\n".join(f"  - {{name: b{nth}, only: [batch=第一批]}}" for nth in range(305)),
            ["304: 错误: books 里的书到这里超过 300 本。请少列几项"],
        ),
        ("  - {by: batch, subtitle: 甲}", ["写了 by 的一项不能写 subtitle"]),
        ("  - {title: 甲}", ["没有说要哪些案例，也没有名字"]),
        ("  - {}", ["books 里有一项是空的"]),
        ("  - 第一批", ["books 的一项应当是“名称: 值”的形式"]),
        ("  by: batch", ["books 应当是一个列表"]),
        ("  - {by: batch, profil: a4}", ["books 的一项里没有“profil”这一项。是不是想写 profile"]),
        ("  - {by: batch, editions: [paper]}", ["editions 写了“paper”。可用的有：screen、print、word、epub"]),
        ("  - {by: batch, opening: left}", ["opening 写了“left”。可用的有：right、any"]),
        ("  - {by: batch, calliper: 厚}", ["calliper 写了“厚”。请写 0.02 到 1 之间的数，例如 0.1"]),
        ("  - {by: batch, indexes: [theme, 作家]}", ["indexes 写了“作家”，没有这个字段。是不是想写 作者"]),
        ("  - {by: batch, indexes: [theme, photos]}", ["indexes 写了“photos”，不能按它做索引"]),
        ("  - {by: batch, name: x}\n  - {name: x-di-yi-pi, only: [batch=第一批]}", ["有两本书都叫 x-di-yi-pi"]),
        ("  - {by: batch, committee: [主编]}", ["committee 应当一行一个职务"]),
        ("  - {by: batch, committee: {主编: }}", ["committee 里的“主编”没有姓名"]),
        ("  - {by: batch, committee: [{title: 主编}]}", ["committee 里的“主编”没有姓名"]),
        ("  - {name: x, only: [batch=第一批], profile: b5}", ["4: 错误: 没有叫“b5”的版式，可用的有："]),
        ("  - {name: x, only: [batch=第一批], cover: gold}", ["4: 错误: 没有叫“gold”的封面。请改 book 里的 cover，可用的有：band、seal"]),
        ("  - {name: x, only: [batch=第一批], color_profile: press.icc}", ["theme/print 里没有颜色特性文件 press.icc"]),
        (
            "  - {name: x, only: [batch=第一批], color_profile: ../../x.icc}",
            ["颜色特性文件要放在 theme/print 里，color_profile 只写它的文件名，不能是 ../../x.icc"],
        ),
    ],
)
def test_what_is_wrong_with_books_is_said(read, books, said):
    """Each mistake below `books` is one problem with its line, what it is, and how to mend it."""
    _, problems = read(books)

    assert len(problems) == len(said)
    for problem, part in zip(problems, said, strict=True):
        assert part in problem and re.match(r"cases/collection\.yml:(?:[345]|304): 错误: ", problem), problem


def test_a_place_is_selected_as_it_is_shown(read):
    """江苏省 › 常州市, as messages show it, means the same as 江苏省常州市."""
    collection, problems = read("  - {name: a, only: [region=江苏省 › 常州市]}\n  - {name: b, only: [region=江苏省常州市]}")

    assert problems == [] and select(collection, collection.books[0].only) == select(collection, collection.books[1].only) != ()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("address: javascript:alert(1)", "address 写了“javascript:alert(1)”，不能用"),
        ("address: www.example.org", "address 写了“www.example.org”，不能用"),
        (f"address: https://a.cn/{'a' * 3000}", "200 个字符以内"),
        (f"book: {{title: {'长' * 51}}}", "书名有 51 个字，封面上放不下"),
    ],
)
def test_what_no_book_can_be_made_with_is_said(make, settings, said):
    """An address that is none or that no code holds, a title that no cover holds."""
    (line,) = run("-C", make({"a.md": case_text("甲")}, f"title: 库\n{settings}\n"), "check").out.splitlines()

    assert line.startswith("cases/collection.yml:2: 错误: ") and said in line


def test_a_private_field_makes_no_books(read):
    """No book is made by a private field, and no index of one."""
    _, problems = read(
        "  - {by: phone, indexes: [phone]}", SETTINGS + "fields: {{phone: {{label: 联系电话, private: yes, facet: yes, kind: choice}}}}\n"
    )

    assert len(problems) == 2 and all("phone" in problem for problem in problems)


GUIDE = (ROOT / "content" / "guide.md").read_text("utf-8")
SHOWN = [block for block in re.findall(r"```yaml\n(.+?)```", GUIDE, re.DOTALL) if re.match(r"(?:book|books|publication|imprint):", block)]


@pytest.mark.parametrize("block", SHOWN)
def test_what_the_guide_shows_is_understood(block):
    """Every piece of collection.yml that the editors' guide shows for books is read without a problem."""
    assert len(SHOWN) >= 5
    assert read_settings(f"title: 某库\n{block}".encode())[1] == ()


def test_the_profile_that_the_guide_shows_is_one(tmp_path):
    """The bureau's own profile that the editors' guide shows is a profile, like the one that it names."""
    (block,) = re.findall(r"```yaml\n(like: .+?)```", GUIDE, re.DOTALL)
    shipped = project.shipped_folder("theme") / "print"
    write_files(tmp_path, {"profiles/wode.yml": block})

    assert read_profile("wode", [tmp_path, shipped]).lines == read_profile("gongwen", [shipped]).lines
    assert set(re.findall(r"^\| `([a-z0-9]+)` \|", GUIDE, re.MULTILINE)) >= {file.stem for file in (shipped / "profiles").glob("*.yml")}


def test_a_cover_picture_is_looked_at(make):
    """The bureau's own cover picture that is too small for the press is warned of; one that is no picture is an error."""
    folder = make(CASES, "title: 某库\nbook: {editions: [screen, print]}\n")

    for data, said in (
        (picture(), "警告: 封面图片有 64×48 像素，印出来不够清楚"),
        (b"none", "错误: 封面图片不能用：这不是 JPG、PNG 或 WebP 图片"),
    ):
        write_files(folder, {"theme/print/cover.png": data})
        (problem,) = flow.check_project(project.find(folder))[1]
        assert str(problem).startswith(f"theme/print/cover.png: {said}")


# Made and offered

BOOKS = "  - {by: batch, editions: [screen]}\n  - {name: after-class, title: 课后服务选编, only: [theme=课后服务], editions: [screen]}\n  - {name: east, only: [region=江苏省], editions: [screen]}\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A collection of three cases built once: the whole book in both editions, and four further books to read."""
    folder = tmp_path_factory.mktemp("shelf") / "collection"
    scaffold.new_collection(folder)
    (folder / "cases" / "example.md").unlink()
    settings = SETTINGS.format(BOOKS).replace("cover: seal", "cover: seal, editions: [screen, print]")
    write_files(folder, {f"cases/{name}": text for name, text in CASES.items()})
    write_files(folder, {"cases/collection.yml": settings, "content/book/preface.md": "---\ntitle: 前言\n---\n\n只在书里。\n"})
    ran = run("-C", folder, "build")
    assert ran.code == 0, ran.words
    return folder


TITLES = {"a": "操场上的甲", "b": "教室里的乙", "c": "书房中的丙"}
WANTED = {"book": "abc", "batch-di-yi-pi": "ab", "batch-di-er-pi": "c", "after-class": "ac", "east": "a"}


def words(path, pages=()) -> str:
    """The text of a PDF, or of some of its pages, without spaces."""
    return "".join("".join(line.text.split()) for line in read_lines(path, pages))


def length(path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def listed(folder):
    return json.loads((folder / "build" / "books" / "books.json").read_text("utf-8"))


def test_every_book_is_listed_as_it_is(built):
    """`books.json` lists each file of each book with its edition and its selection, with the pages and bytes it really has."""
    entries = listed(built)["books"]

    assert {(entry["name"], entry["edition"]) for entry in entries} == {
        ("book", "print"),
        ("book", "cover"),
        *((name, "screen") for name in WANTED),
    }
    assert {entry["path"] for entry in entries} == {path.name for path in (built / "build" / "books").glob("*.pdf")}
    for entry in entries:
        path = built / "build" / "books" / entry["path"]
        assert (entry["bytes"], entry["pages"]) == (path.stat().st_size, length(path))
    assert {entry["name"]: entry["only"] for entry in entries}["east"] == ["region=江苏省"]
    assert set(listed(built)["cases"]) == set("abc") and listed(built)["book"]["path"] == "book.pdf"


@pytest.mark.parametrize("name", WANTED)
def test_a_book_holds_its_cases_and_no_other(built, name):
    """Bookmarks and contents of a book name exactly the cases of its selection, and its cover has its own line."""
    path = built / "build" / "books" / f"{name}.pdf"
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        titles = [str(item.title) for top in outline.root for item in (top, *top.children)]
    text, cover = words(path), words(path, [1])

    assert sorted(title for title in titles if title in TITLES.values()) == sorted(TITLES[case] for case in WANTED[name])
    for case, title in TITLES.items():
        assert (title in text) == (case in WANTED[name])
    line = next(entry["subtitle"] for entry in listed(built)["books"] if entry["name"] == name)
    assert line in cover and line == {"book": "全部批次", "after-class": "课后服务", "east": "江苏省"}.get(name, line)


def test_books_to_read_are_on_the_site_and_those_to_print_are_not(built):
    """The site holds the screen edition of every book; what the print shop gets stays in `build/books`."""
    books = {path.name for path in (built / "build" / "books").glob("*.pdf")}

    assert {"book-print.pdf", "book-cover.pdf"} < books
    assert {path.name for path in (built / "build" / "site" / "books").glob("*.pdf")} == {f"{name}.pdf" for name in WANTED}
    assert (built / "build" / "books" / "book-press.txt").exists() and not list((built / "build" / "site").rglob("*press.txt"))


def page(folder, path: str) -> str:
    return (folder / "build" / "site" / path).read_text("utf-8")


def offers(text: str) -> list[str]:
    return re.findall(r'href="(?:\.\./)*(?:\./)?books/([a-z0-9-]+)\.pdf"', text)


def test_the_home_page_offers_all_books(built):
    """The home page offers the whole book, and below it every further one with its size and its pages."""
    text = page(built, "index.html")
    assert sorted(set(offers(text))) == sorted(WANTED)
    for entry in listed(built)["books"]:
        if entry["edition"] == "screen":
            assert re.search(rf'{entry["path"]}"[^§]*?PDF，{entry["pages"]} 页，\d+ KB', text)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("by/batch/di-yi-pi.html", ["batch-di-yi-pi"]), ("by/batch/di-er-pi.html", ["batch-di-er-pi"]),
        ("by/theme/after-school.html", ["after-class"]), ("by/theme/homework.html", []),
        ("by/region/320000.html", ["east"]), ("by/region/370000.html", []), ("cases/c.html", []),
    ],
)  # fmt: skip
def test_a_book_is_offered_where_its_cases_are(built, path, names):
    """The page of a batch, a theme or a place offers the book that holds exactly its cases, and no other page does."""
    assert offers(page(built, path)) == names


def test_what_is_said_in_the_book_only_is_no_page(built):
    """The texts of `content/book/` are parts of the book; the site has no page of them."""
    assert not (built / "build" / "site" / "book").exists()
    assert not any("只在书里" in path.read_text("utf-8") for path in (built / "build" / "site").rglob("*.html"))


def test_a_book_that_is_wished_no_more_is_not_offered(built, tmp_path):
    """A site made after a book was struck from collection.yml, or changed, does not offer what was made before."""
    place = project.find(built)
    collection, _ = flow.check_project(place)
    changed = tuple(replace(book, only=("batch=第二批",)) if book.name == "east" else book for book in collection.books[1:])
    downloads, files, _ = offered(replace(collection, books=changed), place.books)

    assert [book.path for book in downloads.books] == ["books/batch-di-yi-pi.pdf", "books/after-class.pdf"]
    assert "books/east.pdf" not in files and downloads.book is not None


# The command line


def test_profile_and_edition_need_a_file(built):
    """--profile and --edition make one book, never the shelf: without -o they are refused."""
    for given in (["--profile", "big16"], ["--edition", "print"]):
        ran = run("-C", built, "book", *given)
        assert ran.code == 2 and f"用了 {given[0]}，请再用 -o 写明 PDF 文件名" in ran.err


def test_an_unknown_profile_names_the_known(built, tmp_path):
    """An unknown --profile exits 2, names those that there are, and writes nothing."""
    ran = run("-C", built, "book", "--profile", "b5", "-o", tmp_path / "x.pdf")

    assert ran.code == 2 and "没有叫“b5”的版式，可用的有：" in ran.err and "big16" in ran.err
    assert not (tmp_path / "x.pdf").exists()


def test_an_edition_of_a_selection(built, tmp_path):
    """--edition print with --only and --profile writes the printed edition of a selection to the file of -o."""
    ran = run("-C", built, "book", "--only", "batch=第二批", "--profile", "big16", "--edition", "print", "-o", tmp_path / "x.pdf")

    assert ran.code == 0 and "1 个案例" in ran.out, ran.words
    text = words(tmp_path / "x.pdf")
    assert TITLES["c"] in text and TITLES["a"] not in text
    assert length(tmp_path / "x-cover.pdf") == 1 and "x-cover.pdf" in ran.out


def test_an_edition_that_is_none(built):
    """An edition that there is not is refused with those that there are."""
    ran = run("-C", built, "book", "--edition", "paper", "-o", "x.pdf")

    assert ran.code == 2 and "--edition 只能写 screen、print、word、epub 中的一个" in ran.err


# Nothing is missing in silence

LOSSES = {
    '<p>可见<span class="hide">不见了</span></p>': "有 3 个字没有排出来：不见了",
    '<p id="t-note1" class="hide"></p>': "脚注 t-note1 没有排出来",
    '<a href="#t-h9">去哪</a>': "链接“去哪”没有着落",
    '<img src="asset:broken" alt="">': "图片“asset:broken”没有排出来",
    '<img src="asset:good" alt="操场" class="hide">': "图片“操场”没有排出来",
}
WHOLE = '<h2 id="t-h1">题</h2><p>字<sup id="t-ref1"><a class="footnote-ref" href="#t-note1">1</a></sup><a href="#t-h1">题</a><a href="#case-u">别处</a></p><img src="asset:good" alt="操场"><ol><li id="t-note1">注</li></ol>'


def laid_out(body: str) -> tuple[Loss | str, ...]:
    frame = '<html lang="zh-CN"><style>@page {{ size: 200px; margin: 20px }} .hide {{ display: none }} img {{ width: 20px }}</style><article id="case-t"><div class="case-body">{}</div></article>'
    return lay_out(frame.format(body), {"good": picture, "broken": lambda: b"none"}, FontConfiguration()).messages


def test_a_whole_case_has_no_loss():
    """Words, notes, links inside and to other cases, and a picture: where all is on the page nothing is said."""
    assert laid_out(WHOLE) == ()


@pytest.mark.parametrize("body", LOSSES)
def test_each_loss_is_seen(body):
    """Words, a note, a picture or a link's target that do not come to the page, or leave it, are each named with the case."""
    assert Loss("case", "t", LOSSES[body]) in laid_out(body)


def test_a_coarse_picture_is_told_where_it_is_shown(make, tmp_path):
    """In the print edition a picture of a body has its line, and one of the preface its file."""
    folder = make({"a.md": case_text("甲", body="字。\n\n![窗](p.png)"), "p.png": picture()})
    write_files(folder / "content" / "book", {"preface.md": "# 前言\n\n![门](q.png)\n", "q.png": picture("PNG", optimize=True)})
    line = (folder / "cases" / "a.md").read_text("utf-8").split("![")[0].count("\n") + 1

    said = run("-C", folder, "book", "--edition", "print", "-o", tmp_path / "a.pdf").err

    assert f"cases/a.md:{line}: 警告: 图片 cases/p.png 印出来只有 " in said
    assert "content/book/q.png: 警告: 图片 content/book/q.png 印出来只有 " in said


def test_an_endless_word_is_broken(make, tmp_path):
    """A word longer than a line, in a paragraph, code, a heading, or as an address in a table, is broken and not lost."""
    word = "Aa0" * 60
    body = f"文{word}文\n\n{word}\n\n`{word}`\n\n### {word}\n\n    {word}\n\n| 甲 | 乙 | 丙 |\n|---|---|---|\n| https://a.cn/{word} | 字 | 字 |"
    ran = run("-C", make({"a.md": case_text("甲", body=body)}), "book", "-o", tmp_path / "a.pdf")

    assert ran.code == 0 and "伸到纸外" not in ran.words, ran.words


@pytest.mark.parametrize("profile", ["big16", "a4", "large"])
def test_letters_that_join_are_broken_within_the_line(make, tmp_path, profile):
    """Arabic letters are wider at the end of a piece than within a word: a word longer than a line stays in the type area all the same."""
    word = "مدرسة" * 40
    body = f"{word}\n\n- {word}\n\n**{word}**\n\n### {word[:60]}\n\n字[^1]。\n\n[^1]: {word}"
    ran = run("-C", make({"a.md": case_text("甲", body=body)}, settings=f"{BRIEF}  profile: {profile}\n"), "book", "-o", tmp_path / "a.pdf")

    assert ran.code == 0 and "伸出了版心" not in ran.words, ran.words


def test_the_book_s_own_texts_are_proven_too(make):
    """A word of the preface that does not come to the page stops the build with the preface's file."""
    folder = make({"a.md": case_text("甲")}, site=True)
    css = (project.shipped_folder("theme") / "print" / "case.css").read_text("utf-8")
    write_files(
        folder, {"content/book/preface.md": "# 前言\n\n看得见，**看不见**。\n", "theme/print/case.css": css + "\nstrong { display: none }\n"}
    )

    ran = run("-C", folder, "book")

    assert ran.code == 1 and "content/book/preface.md: 错误: 排版有缺失：有 3 个字没有排出来：看不见。" in ran.err


def test_a_loss_stops_the_book(make):
    """A stylesheet that hides the pictures of the cases stops the build with the case's file and the picture's words."""
    folder = make({"a.md": case_text("甲", body="![操场上的人](p.png)"), "p.png": picture()}, site=True)
    css = (project.shipped_folder("theme") / "print" / "case.css").read_text("utf-8")
    write_files(folder, {"theme/print/case.css": css + "\nfigure { display: none }\n"})

    ran = run("-C", folder, "book")

    assert ran.code == 1 and "cases/a.md: 错误: 排版有缺失：图片“操场上的人”没有排出来。" in ran.err
    assert not (folder / "build" / "books").exists()


@pytest.mark.parametrize(
    ("log", "message", "values", "level"),
    [
        (logging.ERROR, "Failed to load image at %r: %s", ("asset:x", "broken"), Level.ERROR),
        (logging.WARNING, '.notdef glyph rendered for Unicode string unsupported by fonts: "%s" (%s)', ("㵑", "U+3D51"), Level.ERROR),
        (logging.ERROR, "No anchor #%s for internal URI reference", ("moe-1-h9",), Level.ERROR),
        (logging.WARNING, "This row has more columns than the table, ignored %d cells", (2,), Level.ERROR),
        (logging.WARNING, "Ignored `%s: %s` at %d:%d, %s.", ("colour", "red", 1, 2, "unknown property"), Level.WARNING),
    ],
)
def test_what_the_press_says_is_a_problem(read, log, message, values, level):
    """Every message of WeasyPrint becomes a problem: an error where something is lost, else a warning."""
    collection, _ = read("  - {by: batch}")
    with spoken() as messages:
        logging.getLogger("weasyprint").log(log, message, *values)

    (problem,) = shelf.spoken(messages, collection)

    assert problem.level is level


def test_a_loss_names_its_file(read):
    """What is lost of a case is an error of its own file."""
    collection, _ = read("  - {by: batch}")
    case = collection.cases[0]

    (problem,) = shelf.spoken([Loss("case", case.id, "有 3 个字没有排出来：不见了")], collection)

    assert (problem.level, problem.path) == (Level.ERROR, case.path)


def test_a_list_of_winners_is_posted_by_itself(make):
    """`omit: [案例]` leaves the words of the notice and the winners: no case, contents, index or divider, in PDF, Word and EPUB alike."""
    settings = SETTINGS.format(
        "  - {name: notice, title: 获奖名单公示, parts: theme, omit: [案例, 扉页, 版权页, 封面], texts: [公示],\n"
        "     indexes: [school], profile: gongwen, editions: [screen, word, epub]}"
    )
    bare = {name: case_text(f"案例{name}", body=f"正文{name}。") for name in "ab"}
    files = {f"{name}.md": bare[name].replace("篇幅: ", f"获奖等次: {award}\n篇幅: ") for name, award in (("a", "一等奖"), ("b", "二等奖"))}
    folder = make({**files, "../content/book/公示.md": "# 关于获奖名单的公示\n\n公示期为5个工作日，见[案例a](../../cases/a.md)。\n"}, settings)
    assert run("-C", folder, "book").code == 0

    notice = folder / "build" / "books" / "notice.pdf"
    with pikepdf.open(notice) as pdf:
        assert len(pdf.pages) == 2
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["关于获奖名单的公示", "获奖名单"]
    said = subprocess.run(["pdftotext", notice, "-"], capture_output=True, check=True, text=True).stdout
    assert "公示期为5个工作日" in said and all(word in said for word in ("一等奖", "二等奖", "案例a", "案例b")) and "正文" not in said
    with zipfile.ZipFile(folder / "build" / "books" / "notice.docx") as document:
        text = document.read("word/document.xml").decode()
        assert "公示期为" in text and "案例b" in text and "正文a" not in text
    with zipfile.ZipFile(folder / "build" / "books" / "notice.epub") as epub:
        assert not any("case-" in name for name in epub.namelist()) and any("winners" in name for name in epub.namelist())

    write_files(folder / "cases", {f"{name}.md": text for name, text in bare.items()})
    assert "选出的案例都没有获奖等次" in run("-C", folder, "check").words
