"""Texts: what stands in a book besides its cases: which file is what, in which order, in which book."""

import subprocess

import pytest

from casepress import flow
from casepress.book.book import back, book_of, front, sections, whole_book
from casepress.collection import project
from conftest import case_text, run, write_files

TEXTS = {f"content/book/{name}.md": f"# {name}的标题\n\n这里是正文。\n" for name in ("序二", "序一", "序三", "前言", "凡例", "后记", "致谢")}
CASES = {"a.md": case_text("甲"), "b.md": case_text("乙", theme="作业管理")}


def named(pieces) -> list[str]:
    return [piece.text.title.removesuffix("的标题") for piece in pieces if piece.text]


@pytest.fixture
def read(make):
    """A function from texts and settings to the collection and what is wrong with it."""

    def done(texts: dict[str, str], settings: str = ""):
        folder = make(CASES, f"title: 库\n{settings}")
        write_files(folder, texts)
        collection, problems = flow.check_project(project.find(folder))
        return collection, [str(problem) for problem in problems if "texts_are" in problem.check]

    return done


def test_texts_stand_where_their_names_say(read):
    """序, 前言 and 凡例 before the cases, as their numerals count; 致谢 and 后记 behind them; a number before a name gives the order."""
    collection, problems = read({**TEXTS, "content/book/2-编写说明.md": "正文。\n", "content/book/附录1-表.md": "# 表\n\n字。\n"})
    book = whole_book(collection)
    assert named(front(book)) == ["序一", "序二", "序三", "前言", "凡例", "编写说明"]
    assert named(back(book)) == ["表", "致谢", "后记"]
    assert problems == []


def test_the_settings_say_which_texts_and_in_which_order(read):
    """`texts` names them by file or title; what stands behind 案例 stands behind the cases; another book has its own."""
    texts = {**TEXTS, "content/book/局长的话.md": "# 局长的话\n\n字。\n", "content/book/preface.md": "# 写在前面\n\n字。\n"}
    settings = (
        "book:\n  texts: [凡例, 序二的标题, 局长的话, 案例, 后记, 序三]\n"
        "books:\n  - {name: one, only: [theme=作业管理], texts: [写在前面]}\n  - {name: two, only: [theme=课后服务]}\n"
    )
    collection, problems = read(texts, settings)
    assert named(front(whole_book(collection))) == ["凡例", "序二", "局长的话"]
    assert named(back(whole_book(collection))) == ["后记", "序三"]
    one, two = (book_of(collection, book) for book in collection.books)
    assert (named(front(one)), named(back(one))) == (["写在前面"], [])
    assert named(front(two)) == ["凡例", "序二", "局长的话"]
    assert problems == []


@pytest.mark.parametrize(
    ("texts", "settings", "said"),
    [
        ({"content/book/局长的话.md": "# 局长\n\n字。\n"}, "", "book 的 texts"),
        ({"content/book/序.md": "# 序\n\n字。\n"}, "book:\n  texts: [序, 凡列]\n", "texts 里写了“凡列”"),
        ({"content/book/凡例.md": "# 凡例\n\n字。\n"}, "book:\n  texts: [凡列]\n", "是不是 凡例"),
        ({"content/book/篇首语-作业.md": "# 前言\n\n字。\n"}, "", "没有哪一篇叫“作业”"),
    ],
)
def test_what_fits_nowhere_is_told(read, texts, settings, said):
    """A file that no book has, and a name that no file has, are told with what may be meant."""
    _, problems = read(texts, settings)
    assert any(said in problem for problem in problems), problems


def test_a_part_may_be_introduced(make, tmp_path):
    """篇首语 stands behind the divider of its part, before its first case; contents and bookmarks do not name it."""
    folder = make(CASES, "title: 库\nbook: {parts: {by: theme, opening: page}, indexes: []}\n")
    write_files(folder, {"content/book/篇首语-作业管理.md": "# 写在这一篇前面\n\n作业要少而精。\n"})
    collection, _ = flow.check_project(project.find(folder))
    book = whole_book(collection)
    kinds = ["text" if section.text else "divider" if section.is_divider else section.cases[0].title for section in sections(book)]
    assert kinds == ["divider", "甲", "divider", "text", "乙"]
    assert run("-C", folder, "book", "-o", tmp_path / "book.pdf").code == 0
    pages = subprocess.run(["pdftotext", tmp_path / "book.pdf", "-"], capture_output=True, check=True).stdout.decode().split("\f")
    place = next(number for number, page in enumerate(pages) if "作业要少而精" in page)
    assert "".join(pages[place - 1].split()).startswith("第二篇") and "乙" in pages[place + 1] + pages[place + 2]
    assert sum("写在这一篇前面" in page for page in pages) == 1
