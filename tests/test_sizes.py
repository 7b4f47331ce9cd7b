"""What a body may hold: far more than anybody writes is made, what is beyond is told with its line, by check and before a build begins."""

import pytest

from casepress import flow
from casepress.checking import sizes
from casepress.collection import project
from conftest import ROOT, case_text

_SENTENCE = "从实际出发，教导处把分层练习和心理健康课程放在一起研究。"
BEYOND = {
    "a paragraph": ("好。\n\n" + "一段话，" * 5001, 3, "一段最多 20000 个"),
    "a body": ("\n\n".join([_SENTENCE * 20] * 200), 1, "正文有"),
    "a word": ("好。\n\n" + "a" * 1001, 3, "没有空格的字母或符号"),
    "an address": ("见 http://a.cn/" + "a" * 100_000, 1, "没有空格的字母或符号"),
    "a heading": ("好。\n\n## " + "标题" * 101 + "\n\n好。", 3, "小标题有 202 个字"),
    "headings": ("## 小标题\n\n好。\n\n" * 501, 1, "一个案例最多 500 个"),
    "hashes": ("## a" + "#" * 1000 + " b", 1, "小标题有"),
    "paragraphs": ("好。\n\n" * 3001, 1, "段落和列表项有"),
    "items": ("- 好\n" * 3001, 1, "段落和列表项有"),
    "cells": ("|甲|乙|\n|-|-|\n" + "|1|2|\n" * 3001, 1, "表格有"),
    "notes": ("好[^1]。\n\n" + "".join(f"[^{n}]: 注。\n" for n in range(1, 502)), 1, "脚注有 501 条"),
    "links": ("[甲](http://a.cn)。\n\n" * 2001, 1, "链接有 2001 个"),
    "code": ("```\n" + "x = 1\n" * 9000 + "```\n", 1, "代码超过"),
    "brackets": ("[" * 99_000, 1, "没有空格的字母或符号"),
}
WITHIN = {
    "200 notes": "".join(f"好[^{n}]。\n\n" for n in range(200)) + "".join(f"[^{n}]: 注{n}。\n\n" for n in range(200)),
    "300 headings": "".join(f"## 小标题{n}\n\n好。\n\n" for n in range(300)),
    "3000 cells": "|甲|乙|丙|丁|戊|己|\n" + "|-" * 6 + "|\n" + "|1|2|3|4|5|6|\n" * 500,
    "a long text": "\n\n".join([_SENTENCE * 12] * 250),
}


def _bounds(make, body: str) -> list[tuple[int, str]]:
    """What is said of a body, with its lines counted from the first that says something; 1 as well for all that is said of the whole."""
    folder = make({"a.md": case_text("甲", body=body)})
    _, problems = flow.check_project(project.find(folder))
    text = (folder / "cases" / "a.md").read_text("utf-8")
    begin = text[: text.index(body)].count("\n") + 1
    return [(max(each.line - begin, 0) + 1, each.what) for each in problems if each.check == "bodies_keep_the_bounds"]


@pytest.mark.parametrize("kind", BEYOND)
def test_what_is_beyond_is_told_with_its_line(make, kind):
    """The line of the file, counted in the body here, and how much there may be."""
    body, line, words = BEYOND[kind]
    assert [(at, what) for at, what in _bounds(make, body) if words in what and at == line], _bounds(make, body)


@pytest.mark.parametrize("kind", WITHIN)
def test_a_long_case_is_no_attack(make, kind):
    """A case of 200 notes, 300 headings or a table of 3,000 cells is taken."""
    assert _bounds(make, WITHIN[kind]) == []


def test_the_guide_says_what_a_body_may_hold():
    """Every bound stands in the guide as it is."""
    guide = (ROOT / "content" / "guide.md").read_text("utf-8")
    for bound in (
        sizes.CHARACTERS,
        sizes.LINE,
        sizes.WORD,
        sizes.HEADING,
        sizes.HEADINGS,
        sizes.PARAGRAPHS,
        sizes.NOTES,
        sizes.LINKS,
        sizes.PICTURES,
        sizes.CELLS,
        sizes.CODE,
    ):
        assert f"{bound:,}".replace(",", "") in guide, bound
