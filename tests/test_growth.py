"""Growth: no text of an editor's takes long: four times the text takes about four times the time, for every reader of text."""

import gc
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

import pytest

from casepress.checking.checks import check
from casepress.collection.headline import title_line
from casepress.collection.settings import read_settings
from casepress.facts import folding, slugs, titles, vertical, wording
from casepress.intake import cells, documents, labels, receiving, summaries
from casepress.intake.refusals import Refused
from casepress.intake.submissions import Submission
from casepress.likeness import grams, passages, texts
from casepress.markup import decoding, frontmatter, prose, rows, shapes
from casepress.privacy.scanning import scan
from casepress.privacy.shown import data_shown, shown
from casepress.values.cases import Case, Collection, Fragment

FLOOR = 0.18  # seconds of this process alone; below it a clock measures the machine, and Python-Markdown may spend that much before it refuses
SIZE = 10_000  # characters of the larger text
SHAPES = {
    "a space before the last word": lambda n: "# a" + " " * n + "b",
    "a closing sequence": lambda n: "## a" + " " * n + "#b",
    "hashes": lambda n: "#" * n + " a",
    "brackets": lambda n: "[" * n,
    "closed brackets": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "pictures": lambda n: "![" * (n // 2),
    "links without end": lambda n: "[a](" * (n // 4),
    "pictures without end": lambda n: "![a](b.png " * (n // 11),
    "full-width links": lambda n: "[甲]（乙" * (n // 5),
    "wiki links": lambda n: "[[a" * (n // 3),
    "links": lambda n: "[a](b.md) " * (n // 10),
    "round brackets": lambda n: "(" * n,
    "full-width brackets": lambda n: "（" * n,
    "closed round brackets": lambda n: "甲（乙）" * (n // 4),
    "ticks": lambda n: "`" * n,
    "growing ticks": lambda n: "".join("a" + "`" * k for k in range(1, int((2 * n) ** 0.5))),
    "stars": lambda n: "*" * n,
    "open strong": lambda n: "**a " * (n // 4),
    "emphasis": lambda n: "*a* **b** " * (n // 10),
    "low lines": lambda n: "_a " * (n // 3),
    "tildes": lambda n: "~~a ~b~ " * (n // 8),
    "equal signs": lambda n: "==a " * (n // 4),
    "dollars": lambda n: "$a_" * (n // 3),
    "braces": lambda n: "a){width " * (n // 9),
    "tags": lambda n: "<a " * (n // 3),
    "long tag": lambda n: "<a" + " " * n,
    "tables in HTML": lambda n: "<table>\n" * (n // 8),
    "a table in HTML": lambda n: "<table>" + "<tr><td>a<td>b\n" * (n // 15) + "</table>",
    "nested in HTML": lambda n: "<table><tr><td>" + "<b>" * (n // 3) + "</table>",
    "tags before a table": lambda n: "<p>" * 6 + " " * n + "<table",
    "comments": lambda n: "<!--" * (n // 4),
    "entities": lambda n: "&amp" * (n // 4),
    "escapes": lambda n: "\\" * n,
    "addresses": lambda n: "http://a.cn/(" * (n // 13),
    "a long address": lambda n: "http://a.cn/" + "a)" * (n // 2),
    "www": lambda n: "www." * (n // 4),
    "mails": lambda n: "a@b" * (n // 3),
    "quotes": lambda n: ">" * n,
    "quoted lines": lambda n: "> a\n" * (n // 4),
    "bullets": lambda n: "- " * (n // 2),
    "items": lambda n: "- a\n" * (n // 4),
    "loose items": lambda n: "- a\n\n" * (n // 5),
    "nested items": lambda n: "- a\n  - b\n    - c\n" * (n // 18),
    "ever deeper": lambda n: "\n".join(" " * k + "- a" for k in range(int((2 * n) ** 0.5))),
    "numbers": lambda n: "".join(f"{k}. a\n" for k in range(n // 8)),
    "near numbers": lambda n: "1、a\n" * (n // 4),
    "near bullets": lambda n: "•甲\n-乙\n" * (n // 6),
    "Chinese numbers": lambda n: "一、甲\n乙\n" * (n // 6),
    "rules": lambda n: "---\n" * (n // 4),
    "a long rule": lambda n: "- " * (n // 2) + "a",
    "underlined": lambda n: "a\n---\n" * (n // 6),
    "fences": lambda n: "```\na\n" * (n // 6),
    "open fences": lambda n: "~~~ a\n````\n" * (n // 11),
    "pipes": lambda n: "|" * n,
    "rows": lambda n: "|a|b|\n" * (n // 6),
    "a table": lambda n: "|a|b|\n|-|-|\n" + "|a|`b|`\n" * (n // 8),
    "dashes": lambda n: "|a|\n" + "|-" * (n // 2),
    "tables": lambda n: "a\n|a|b|\n|-|-|\n|a|b|\n" * (n // 20),
    "tabs": lambda n: "a\tb\n" * (n // 4),
    "one row of tabs": lambda n: "\t" * n + "a",
    "definitions": lambda n: "[a]: b\n" * (n // 7),
    "a definition with spaces": lambda n: "[a]\n\n[a]: b" + " " * n + "c",
    "notes": lambda n: "[^a]" * (n // 4),
    "notes that are written": lambda n: "[^a]\n\n[^a]: b\n\n" + "    c\n\n" * (n // 7),
    "indented code": lambda n: "    a()\n\n" * (n // 9) + "    甲",
    "spread characters": lambda n: "甲 " * (n // 2),
    "spaces": lambda n: "甲" + " " * n + "乙",
    "ideographic spaces": lambda n: "\u3000" * n + "甲",
    "empty lines": lambda n: "\n" * n + "a",
    "line ends": lambda n: "甲\n" * (n // 2),
    "half-width marks": lambda n: "甲," * (n // 2) + " " * (n // 2),
    "one long word": lambda n: "a" * n,
    "one long Chinese word": lambda n: "甲" * n,
    "dashes in Chinese": lambda n: "—" * n + "甲",
    "colons": lambda n: "a: " * (n // 3),
    "brackets of a list": lambda n: "a: [" * (n // 4),
    "spaces before a dash": lambda n: " " * n + "x---",
    "pictures in HTML": lambda n: "<img src=t.png alt='" * (n // 20),
    "a long picture in HTML": lambda n: "<img " + " src" * (n // 4) + ">",
    "pictures within tags": lambda n: "<p>" * 5 + "![](t.png)" * (n // 10),
    "sizes of pictures": lambda n: "![a](t.png =1x" * (n // 14) + "![a|1" * 9,
    "spans with attributes": lambda n: "[a]{.b" * (n // 6),
    "formulas in brackets": lambda n: "\\(a_" * (n // 8) + "\\[x_" * (n // 8),
    "displayed formulas": lambda n: "$$x" * (n // 6) + "\\begin{a}x\\end{b}" * (n // 36),
    "boxes": lambda n: "> [!NOTE]\n\n" * (n // 11),
    "definitions of words": lambda n: "甲\n" + ": 乙\n" * (n // 4),
    "a second header": lambda n: "---\n" + "a: b\n" * (n // 5),
    "rows with empty lines": lambda n: "|a|b|\n|-|-|\n" + "|a|b|\n\n" * (n // 7),
    "lines that begin alike": lambda n: "i. a\nii. b\n1.1 甲\n1.2 乙\n✅甲\n✅乙\n" * (n // 30),
    "columns of spaces": lambda n: "甲  乙  丙\n" * (n // 8) + "甲" + " " * n,
    "verse": lambda n: "春眠不觉晓，\n" * (n // 7),
    "empty notes": lambda n: "".join(f"[^{k}]:\n" for k in range(n // 9)),
    "stars in words": lambda n: "**a****b" * (n // 8),
    "figures": lambda n: "1" * n,
    "figures in groups": lambda n: "138 " * (n // 4) + "-1" * (n // 4),
    "names and numbers": lambda n: "联系人：王某某，电话" * (n // 10),
    "surnames": lambda n: "王李张刘" * (n // 4),
    "quotation marks": lambda n: "“" * (n // 2) + "'" * (n // 2),
    "repeated words": lambda n: "的的了了" * (n // 4),
    "ampersands": lambda n: "&" * n,
    "entities of numbers": lambda n: "&#1" * (n // 3),
    "addresses of mail": lambda n: "a.b-c" * (n // 5) + "@",
    "cells of numbers": lambda n: "|电话|1381\n" * (n // 9),
    "unticked boxes": lambda n: "□甲" * (n // 4) + "乙□" * (n // 4),
    "labels": lambda n: "单位：甲 " * (n // 5),
    "a label in the distance": lambda n: "单位" + " " * n + "：甲",
    "remarks in brackets": lambda n: "（请" * (n // 4) + "（盖章）" * (n // 8),
    "invisible characters": lambda n: "甲\u200b\x0b" * (n // 3),
}  # fmt: skip


KNOWN = labels.labels(read_settings("title: 库\n".encode())[0].fields)


def checked(text: str) -> None:
    case = Case("a", "a.md", text[:2000], MappingProxyType({}), prose.render(text, "a-", {}), markdown=text)
    tuple(check(Collection("a", (), (case,))))


def arrived(text: str) -> None:
    """What comes in as a plain text, with what is told of it."""
    with suppress(Refused):
        documents.of_text(text, "a.txt", KNOWN)


def listed(text: str) -> None:
    """The same as a sheet: a head, and a row of two cells beside it for every four characters."""
    sheet = cells.Sheet("a", {(1, 1): "案例名称", (1, 2): "单位"})
    for row, at in enumerate(range(0, len(text), 4), 2):
        sheet.cells |= {(row, 5): text[at : at + 2] or "甲", (row, 6): "乙"}
    summaries.summary(sheet, KNOWN)


READERS: dict[str, Callable[[str], object]] = {
    "render and checks": checked,
    "a text that comes in": arrived,
    "a list that comes in": listed,
    "count_characters": prose.count_characters,
    "decode": lambda text: decoding.decode(text.encode("utf-8", "replace"), "a.md"),
    "read_header": lambda text: frontmatter.read_header(f"---\n{text}\n---\n\n", "a.md"),
    "a header's first line": lambda text: frontmatter.read_header(text, "a.md"),
    "a header's value": lambda text: frontmatter.read_header(f"---\nauthors: {text}\n---\n", "a.md"),
    "write_header": lambda text: frontmatter.write_header({"a": text}),
    "title_line": title_line,
    "shapes": lambda text: [
        f(line)
        for line in text.split("\n") if line
        for f in (shapes.heading, shapes.rule, shapes.item, shapes.near_item, shapes.numbered, shapes.fence, shapes.underline)
    ],
    "rows": lambda text: [(rows.cells(line), rows.aligns(line)) for line in text.split("\n")],
    "slug": slugs.slug,
    "fold": folding.fold,
    "balanced": lambda text: titles.balanced(text[:200]),
    "upright": vertical.upright,
    "likeness": lambda text: grams.known(texts.words(texts.body(f"---\na: b\n---\n{text}"))),
    "shared passages": lambda text: passages.shared(text, text[1:]),
    "personal data": lambda text: [*scan(text), *scan(text, is_built=True)],
    "what a page shows": lambda text: (shown(text), data_shown(text)),
    "wording": wording.plain,
}  # fmt: skip


def seconds(read: Callable, text: object) -> float:
    """The processor time of a reading, without Python's looks for garbage, which cost by all that the tests hold."""
    gc.disable()
    try:
        start = time.process_time()
        read(text)
        return time.process_time() - start
    finally:
        gc.enable()


@pytest.mark.parametrize("reader", READERS)
def test_four_times_the_text_takes_about_four_times_the_time(reader):
    """Every shape, and what of it a reader needs more time for than its size explains."""
    slow = {}
    for name, shape in SHAPES.items():
        long = seconds(READERS[reader], shape(SIZE))
        if long > FLOOR:  # looked at again, for other work on the machine shows in one measure
            long, short = (min(seconds(READERS[reader], shape(size)) for _ in range(3)) for size in (SIZE, SIZE // 4))
        if long > FLOOR and long > 6 * short:
            slow[name] = round(long, 2)
    assert slow == {}


@pytest.mark.parametrize(
    "text", ["# a" + " " * 1500 + "b", "## a" + " " * 60_000 + "b", "[" * 150_000, "- a\n" * 5000], ids=["title", "heading", "brackets", "list"]
)
def test_what_took_half_a_minute_takes_a_moment(text):
    """The very texts that were found."""
    assert seconds(checked, text) < 3 and seconds(title_line, text) < 1


def joined(count: int) -> receiving.Received:
    """So many documents, each of another title, and as many rows of which each is near to one of them, and pictures of no case."""
    made = receiving.Received([Submission(f"{n}.docx", {"title": (f"第{n}所小学怎样安排课后服务的做法",)}) for n in range(count)])
    sheet = cells.Sheet("", {(1, 1): "案例名称", (1, 2): "单位"})
    sheet.cells |= {(n + 2, 1): f"第{n}所小学怎么安排课后服务的做法" for n in range(count)}
    receiving._join(made, [("汇总表.csv", summaries.summary(sheet, KNOWN))], frozenset())
    receiving._beside(made, [(Path(f"案例{n}所小学.jpg"), f"{n}.jpg") for n in range(count)])
    return made


def test_rows_without_a_file_are_held_against_a_few_titles_only():
    """Four times the rows and documents take about four times the time; each row is told with the document that it is near to."""
    told = [problem.what for problem in joined(40).problems]
    assert [f"{n}.docx（第{n}所" in what for n, what in enumerate(told[:40])] == [True] * 40
    long = seconds(joined, 1000)
    if long > FLOOR:
        long, short = (min(seconds(joined, count) for _ in range(2)) for count in (1000, 250))
        assert long < 7 * short, (long, short)


def crossed(count: int) -> object:
    """A sheet with so many columns in its head, and as many rows."""
    sheet = cells.Sheet("", {(1, 1): "案例名称", (1, 2): "单位"})
    sheet.cells |= {(1, n): f"第{n}项" for n in range(3, count)} | {(n, 1): f"案例{n}" for n in range(2, count)}
    return summaries.summary(sheet, KNOWN)


def test_a_list_as_wide_as_it_is_long_takes_linear_time():
    """Neither all columns are asked of each row, nor all rows of each column; and none that holds nothing is."""
    assert seconds(crossed, 12_000) < 2
    far = cells.Sheet("", {(1, 1): "案例名称", (1, 2): "单位", (10**44, 1): "甲"})
    assert [row.values for row in summaries.summary(far, KNOWN).rows] == [{"title": "甲"}]


def test_an_empty_fragment_costs_nothing():
    """A fragment is a value with parts that may all be empty."""
    assert prose.render("", "x-", {}) == Fragment("")
