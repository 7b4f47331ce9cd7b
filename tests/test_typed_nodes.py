"""Typed nodes: one way to type what YAML says, whose messages are alike everywhere, and one way to ask for its line."""

import pytest

from casepress.collection.settings import read_settings
from casepress.markup.typed_nodes import lines_of, read_map
from casepress.values.lines import Lines
from conftest import case_text, run, write_files


def typed(text: str, ask):
    """What a typer makes of the entry `a`, and what it says."""
    node, typer, sound = read_map(text.encode(), "x.yml", "check")
    assert sound
    return ask(typer, node.value.get("a")), [str(problem) for problem in typer.problems]


@pytest.mark.parametrize("text", ["b: 1\n", "a:\n", "a: ''\n"])
def test_what_is_not_said_is_as_usual(text):
    """An entry that is not there and one that is empty are the same: what is usual stands, and nothing is reported."""
    for usual, ask in {
        "": lambda typer, node: typer.text(node, "a"),
        (): lambda typer, node: typer.texts(node, "a"),
        True: lambda typer, node: typer.flag(node, "a", True),
        2.5: lambda typer, node: typer.number(node, "a", 1, 9, 2.5),
        7: lambda typer, node: typer.whole(node, "a", 1, 9, 7, 3),
        "x": lambda typer, node: typer.one_of(node, "a", ("x", "y"), "x"),
    }.items():
        assert typed(text, ask) == (usual, [])
    assert typed(text, lambda typer, node: typer.known(node, ("b",), "a")) == ({}, [])


WRONG = {
    "a list for a text": ("a: [1, 2]", lambda t, n: t.text(n, "甲"), "", "甲应当是一句话"),
    "too long a text": ("a: 一二三四", lambda t, n: t.text(n, "a", 3), "一二三", "a 有 4 个字，最多 3 个"),
    "no flag": ("a: 也许", lambda t, n: t.flag(n, "a"), False, "a 写了“也许”。请写 yes 或 no"),
    "no number": ("a: 厚", lambda t, n: t.number(n, "a", 1, 9, 2), 2, "a 写了“厚”。请写 1 到 9 之间的数，例如 2"),
    "not a number": ("a: nan", lambda t, n: t.number(n, "a", 1, 9, 2), 2, "a 写了“nan”"),
    "half a number": ("a: 1.5", lambda t, n: t.whole(n, "a", 1, 9, 0, 4), 0, "a 写了“1.5”。请写 1 到 9 之间的整数，例如 4"),
    "an endless number": (f"a: {'9' * 400}", lambda t, n: t.whole(n, "a", 1, 9, 0, 4), 0, "之间的整数"),
    "no such word": ("a: z", lambda t, n: t.one_of(n, "a", ("x", "y"), "x"), "x", "a 写了“z”。可用的有：x、y"),
    "no map": ("a: z", lambda t, n: t.known(n, ("b",), "甲"), {}, "甲应当是“名称: 值”的形式"),
    "a slip": ("a: {titel: z}", lambda t, n: t.known(n, ("title", "names"), "a"), {}, "a 里没有“titel”这一项。是不是想写 title"),
    "a stranger": ("a: {zz: z}", lambda t, n: t.known(n, ("title", "names"), "a"), {}, "a 里没有“zz”这一项。可用的有：title、names"),
    "no list": ("a: z", lambda t, n: t.listed(n, "a", "请改"), (), "a 应当是一个列表"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_typed_is_reported_with_its_line(name):
    """What is wrong is one problem with file, line and cure, and what is usual, or what fits, stands in its place."""
    text, ask, value, said = WRONG[name]
    found, problems = typed(f"# 说明\n{text}\n", ask)
    assert found == value and len(problems) == 1
    assert problems[0].startswith("x.yml:2: 错误: ") and said in problems[0]


@pytest.mark.parametrize("data", [b"", b"- a\n", b"word\n", b"\xff\xfe\x00"])
def test_a_file_without_entries_is_empty_and_said(data):
    """A file that holds no entries gives none and says why; nothing raises."""
    node, typer, sound = read_map(data, "x.yml")
    assert not node.value and typer.problems and (not sound or data == b"word\n")


def test_a_setting_has_its_line_or_that_of_the_nearest_around_it():
    """A setting that is not written stands where it would be written."""
    node, _, _ = read_map("title: 库\nbook:\n  title: 书\n  committee:\n    主编: 甲\n".encode(), "x.yml")
    lines = lines_of(node)
    assert [lines.at("title"), lines.at("book", "title"), lines.at("book", "profile"), lines.at("imprint", "isbn")] == [1, 3, 2, 0]
    assert lines.at("book", "committee", "主编") == 5 and ("book", "profile") not in lines
    assert Lines(whole=1).at("photos") == 1 and lines.beside({("imprint", "isbn"): 9}).at("imprint", "isbn") == 9


def test_an_empty_list_is_said():
    """`indexes: []` wants no index; that is not the same as saying nothing."""
    settings, problems = read_settings("title: 库\nbook: {indexes: []}\n".encode())
    assert problems == () and settings.shelf.book.indexes == ()


def test_a_books_own_setting_is_told_at_its_own_line(make):
    """What is wrong with a further book is told where that book says it, or where `book` does if it inherits it."""
    settings = (
        "title: 库\nbook:\n  cover: gold\nbooks:\n  - name: x\n    only: [batch=第一批]\n    profile: b5\n  - by: batch\n    cover: silver\n"
    )
    folder = make({"a.md": case_text("甲", batch="第一批")}, settings)
    said = [line.split("，")[0].split("。")[0] for line in run("-C", folder, "check").out.splitlines()]
    assert said == [
        "cases/collection.yml:3: 错误: 没有叫“gold”的封面",
        "cases/collection.yml:7: 错误: 没有叫“b5”的版式",
        "cases/collection.yml:9: 错误: 没有叫“silver”的封面",
    ]


def test_what_is_wrong_with_a_file_of_the_theme_is_told_in_that_file(make):
    """A bureau's own profile and its own table of faces: all that is wrong, each with file and line."""
    folder = make({"a.md": case_text("甲")}, "title: 库\nbook: {profile: own}\n")
    files = {
        "profiles/own.yml": "like: base\nbody: 大号\ntitel: 22\n",
        "profiles/base.yml": "# 说明\n\nlike: gongwen\nopening: left\n",
        "faces.yml": "song: {names: [宋体], wieght: 400}\nkai: {bold: 很粗}\n",
    }
    write_files(folder / "theme" / "print", files)
    said = [line.split("。")[0] for line in run("-C", folder, "check").out.splitlines()]
    assert said == [
        "theme/print/faces.yml:1: 错误: song 里没有“wieght”这一项",
        "theme/print/faces.yml:1: 错误: 没有写 hei、fang、biaosong、mono",
        "theme/print/faces.yml:2: 错误: kai 没有 names",
        "theme/print/faces.yml:2: 错误: kai 的 bold 写了“很粗”",
        "theme/print/profiles/own.yml:1: 错误: opening 写了“left”",
        "theme/print/profiles/own.yml:2: 错误: body 里的 size 写了“大号”",
        "theme/print/profiles/own.yml:3: 错误: 版式里没有“titel”这一项",
    ]
