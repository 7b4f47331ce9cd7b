"""Front matter: text to plain strings with their lines, and a problem for everything that is wrong."""

import time
from collections.abc import Mapping

import pytest
import yaml

from casepress.markup.frontmatter import MAX_YAML, Node, read_header, read_yaml, split, write_header
from casepress.values.problems import Level, Problem

CASE = "---\ntitle: 双减探索\nregion: 武进区\n---\n\n## 背景\n\n正文。\n"


def plain(node):
    """A tree of nodes as plain lists and dictionaries."""
    if isinstance(node, Node):
        return plain(node.value)
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.items()}
    return [plain(item) for item in node] if isinstance(node, tuple) else node


def read(text: str):
    node, problems = read_yaml(text, "cases/a.md", 2)
    return plain(node), problems


def only(problems: tuple[Problem, ...]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


# --- split


def test_header_and_body_know_their_lines():
    """A line number within header or body leads to the right line of the file."""
    parts, problems = split("\n" + CASE, "a.md")
    assert (parts.header, parts.header_line, parts.body_line, problems) == ("title: 双减探索\nregion: 武进区", 3, 6, ())
    assert parts.body == "\n## 背景\n\n正文。\n"


def test_a_rule_in_the_body_does_not_end_anything():
    """Only the first two lines of --- are delimiters."""
    assert split("---\na: b\n---\n一\n\n---\n\n二", "a.md")[0].body == "一\n\n---\n\n二"


@pytest.mark.parametrize("start", ["———", "－－－", "----", " ---", "—"])
def test_a_mistyped_delimiter_is_named(start):
    """Word turns --- into a dash; the problem says what to type."""
    problem = only(read_header(f"{start}\ntitle: a\n{start}\n", "a.md")[3])
    assert "---" in problem.cure and problem.line == 1


@pytest.mark.parametrize("text", ["", "\n\n", "只有正文。\n", "# 标题\n\n正文"])
def test_a_missing_header_is_a_problem_with_its_cure(text):
    """Without a header everything is body, and the problem shows how to begin one."""
    entries, body, line, problems = read_header(text, "a.md")
    assert (entries, body, line) == ({}, text, 1) and "title:" in only(problems).cure


def test_an_unclosed_header_is_still_read():
    """Without the second --- the entries above the first empty line are read, and the rest is body."""
    entries, body, line, problems = read_header("---\ntitle: a\nregion: b: c\n\n## 背景\n", "a.md")
    assert plain(entries["title"]) == "a" and body == "\n## 背景\n" and line == 4
    assert [problem.line for problem in problems] == [1, 3]


# --- read_yaml: strings, lines


@pytest.mark.parametrize(
    "word",
    "no yes off on true null ~ 0110 12:30 12:30:45 1e3 2024-02-30 2024-08-31 110101199003078515 3.10 0x1F 第三批".split(),
)
def test_every_scalar_is_the_text_that_was_written(word):
    """No value of a header is turned into a number, a date or a truth value (YAML 1.1 would)."""
    assert read(f"a: {word}\nb: [{word}]") == ({"a": word, "b": [word]}, ())


def test_an_empty_entry_is_an_empty_text():
    """`key:` with nothing after it is an empty text, not a null."""
    assert read("a:\nb: ''\nc: []\n") == ({"a": "", "b": "", "c": []}, ())


def test_every_entry_keeps_its_line():
    """A map's entry has the line of its key, a list's item the line of its dash."""
    node, _ = read_yaml("a: 1\nsource:\n  title: 通知\n\n  date: 2024\nauthors:\n- 张\n- 李\n", "a.md", 2)
    assert {key: value.line for key, value in node.value.items()} == {"a": 2, "source": 3, "authors": 7}
    assert [entry.line for entry in node.value["source"].value.values()] == [4, 6]
    assert [item.line for item in node.value["authors"].value] == [8, 9]


def test_a_folded_line_makes_no_space_between_chinese_characters():
    """A summary over several lines reads as one, without the spaces that YAML puts at line ends."""
    text = "a: 学校，\n  家庭\n  and society\nb: >-\n  学校\n  家庭\n\n  社会\nc: '学校\n  家庭'\nd: |\n  一\n  二\n"
    assert read(text)[0] == {"a": "学校，家庭 and society", "b": "学校家庭\n社会", "c": "学校家庭", "d": "一\n二"}


# --- read_yaml: mistakes


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("title: 双减: 探索", ["加上引号", 'title: "双减: 探索"']),
        ("title：双减", ["全角", "半角", "title: 双减"]),
        ("标题：双减: 探索", ["半角", '标题: "双减: 探索"']),
        ("title:双减", ["没有空格", "title: 双减"]),
        ('title: "双减', ["引号", 'title: "双减"']),
        ('title: "双减"探索', ["引号", "title: '\"双减\"探索'"]),
        ("title: [双减] 探索", ["[ 开头", 'title: "[双减] 探索"']),
        ("title: {双减", ["{ 开头", "引号"]),
        ("title: @双减", ["@ 开头", 'title: "@双减"']),
        ("title: `双减`", ["` 开头", 'title: "`双减`"']),
        ("title: %双减", ["% 开头", 'title: "%双减"']),
        ("title: - 双减", ["- 开头", 'title: "- 双减"']),
        ("title: *双减*", ["引号", 'title: "*双减*"']),
        ("title: *双", ["引号", 'title: "*双"']),
        ("title: *abc", ["引用", 'title: "*abc"']),
        ("title: &abc 双减", ["引用", 'title: "&abc 双减"']),
        ("title: !重要 双减", ["! 开头", 'title: "!重要 双减"']),
        ("title: !!python/object:os.system x", ["标签", "引号"]),
        ('title: "C:\\图"', ["反斜线"]),
        ('title: "\\ud800"', ["反斜线"]),
        ("\ttitle: 双减", ["Tab", "空格"]),
        ("source:\n\ttitle: 双减", ["Tab", "空格"]),
        ("<<: {title: 双减}", ["<<"]),
        ("[title]: 双减", ["名称"]),
        ("就是一段话", ["名称: 内容"]),
        ("--- 双减", ["名称: 内容"]),
        ("subtitle: 甲\n title: 双减", ["空格", "对齐"]),
        ("subtitle: 甲\n stage: [小学]", ["空格", "对齐"]),
        ('title: "双\\u202e减"', ["看不见"]),
        ('title: "双\\0减"', ["看不见"]),
    ],
)
def test_a_mistake_is_explained_on_its_line_and_hides_no_other(line, words):
    """Every usual mistake names its line, says what to write instead, and leaves the other entries readable."""
    entries, problems = read(f"id: x\n{line}\nregion: 武进区\nbatch: 第三批: 补")
    first, last = problems
    assert first.line == 3 + line.count("\n")
    assert first.level is Level.ERROR and all(word in str(first) for word in words), str(first)
    assert last.line == 5 + line.count("\n") and 'batch: "第三批: 补"' in last.cure
    assert entries["id"] == "x" and entries["region"] == "武进区"


def test_a_mended_entry_is_not_missed_as_well():
    """What the problem shows as mended is also read, so that nobody is told besides that the title is missing."""
    assert read("title: 双减: 探索\n学校：一小\nbatch:第三批")[0] == {
        "title": "双减: 探索",
        "学校": "一小",
        "batch": "第三批",
    }


def test_mistakes_below_an_entry_are_all_reported():
    """Within a nested entry too, every mistake is found and the sound entries are read."""
    entries, problems = read("source:\n  title: 双减: 通知\n  date：2024\n  issuer: 教育部\n")
    assert [problem.line for problem in problems] == [3, 4]
    assert entries["source"]["issuer"] == "教育部"


def test_a_key_given_twice_names_both_lines():
    """The second entry is reported with the line of the first, which counts."""
    entries, problems = read("title: 一\nregion: 二\ntitle: 三")
    problem = only(problems)
    assert entries["title"] == "一" and problem.line == 4 and "第 2 行" in problem.what


@pytest.mark.parametrize(
    ("line", "lost"),
    [("a: 课程 #1", "#1"), ("a: #1 课程", "#1 课程"), ("a:\n  - 课程 #1", "#1"), ("a: 一\n  二 # x", "# x")],
)
def test_text_lost_to_a_comment_is_reported(line, lost):
    """What follows ` #` is a comment to YAML; its author learns that it will not be published."""
    problem = only(read(f"{line}\nb: c")[1])
    assert problem.level is Level.WARNING and f"“{lost}”" in problem.what and "引号" in problem.cure


def test_a_comment_that_loses_nothing_is_let_alone():
    """Comments on lines of their own and after quoted text are what they seem."""
    assert read("# 说明\na: '课程' # 注\nb: C#\nc: https://a.cn/x#y\n")[1] == ()


def test_a_second_document_is_refused():
    """One header is one document."""
    assert read("a: b\n...\n---\nc: d")[1]


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 20_000,
        "a: " + "{" * 20_000,
        "- " * 20_000,
        "".join(" " * n + "a:\n" for n in range(300)),
        "".join(" " * n + "x: y: z\n" + " " * n + "a:\n" for n in range(180)),
        "a: &a [*a]\n" * 5_000,
        "a: &a [x]\n" + "".join(f"{n}: &{n} [{','.join(['*a'] * 9)}]\n" for n in range(9)),
        "a\n" * 30_000,
        "标题：x\n" * 4_000,
        'a: "' * 15_000,
        "a:" * 30_000,
        "a: b: c\n" * 7_000,
        "a: 中\n" + "  中\n" * 9_000,
    ],
)
def test_hostile_yaml_ends_soon_and_without_a_traceback(text):
    """Deep nesting, alias bombs and floods of mistakes end within two seconds, in few words."""
    start = time.process_time()
    _, problems = read(text)
    assert time.process_time() - start < 30
    assert all(len(str(problem)) < 400 for problem in problems)


def test_nesting_goes_six_deep_and_no_deeper():
    """As deep as collection.yml needs, and a problem beyond."""
    assert read("a: [[[[[x]]]]]") == ({"a": [[[[["x"]]]]]}, ())
    assert "6 层" in only(read("a: [[[[[[x]]]]]]")[1]).what


def test_a_header_over_the_limit_is_refused():
    """A header of more than 64 KB is a body that lost its ---."""
    assert "---" in only(read("a: " + "一" * MAX_YAML)[1]).cure


def test_nothing_is_nothing():
    """An empty text, or one of comments only, holds no node and no problem."""
    assert read_yaml("", "a.yml") == (None, ()) == read_yaml("# 说明\n", "a.yml")


def test_a_header_must_be_a_map():
    """A list, or nothing, between the two --- is a problem."""
    for header in ("- a\n- b\n", "", "# 说明\n"):
        entries, _, _, problems = read_header(f"---\n{header}---\n正文", "a.md")
        assert entries == {} and only(problems).level is Level.ERROR


# --- write_header


def test_a_written_header_reads_back_as_it_was():
    """Whatever a value holds, our reader, PyYAML and so MkDocs get exactly it back."""
    values = {
        "title": 'a: "b" # c\n---\n<img src=x onerror=alert(1)> {{7*7}} \\ \x85\ufeff\u2028😀',
        "标题": ["是", {"no": "0110", "x": []}],
        "empty": "",
    }
    header = write_header(values)
    assert header.startswith("---\n") and header.endswith("\n---\n") and header.count("\n") == 5
    assert yaml.safe_load(header.split("---\n")[1]) == values
    assert yaml.safe_load(write_header({"a": True, "b": 3, "c": {"d": False}}).split("---\n")[1])["c"] == {"d": False}
    values["title"] = values["title"].translate({0x85: None, 0xFEFF: None, 0x2028: None})
    entries, body, _, problems = read_header(write_header(values) + "正文", "a.md")
    assert (plain(entries), body, problems) == (values, "正文", ())


NASTY = {
    "spaces before a word": lambda n: " " * n + "x",
    "spaces and dashes": lambda n: "- " * n + "x",
    "backslashes without an end": lambda n: '---\ntitle: "' + "\\" * n + "\n---\n",
    "spaces in an entry": lambda n: "---\ntitle" + " " * n + "x\n---\n",
    "lines that run on": lambda n: "---\ntitle: 字\n" + "  字\n" * (n // 4) + "---\n",
    "open brackets": lambda n: "---\ntitle: " + "[" * n + "\n---\n",
    "open quotes": lambda n: "---\n" + "a: '\n" * (n // 5) + "---\n",
    "entries without a space": lambda n: "---\n" + "a:b\n" * (n // 4) + "---\n",
}


@pytest.mark.parametrize("shape", NASTY.values(), ids=NASTY)
def test_a_header_is_read_in_linear_time(shape):
    """A text four times as long takes about four times as long, whatever nonsense it is."""

    def taken(n: int) -> float:
        begun = time.process_time()
        read_header(shape(n), "a.md")
        return time.process_time() - begun

    short, long = min(taken(15_000) for _ in range(3)), min(taken(60_000) for _ in range(2))
    assert long < 0.1 or long < 10 * short, f"{short:.3f} s, {long:.3f} s"
