"""Where an award stands: 申报, 公示, 公布, 异议, 撤销; site and book show the same, and nothing goes without a word."""

import subprocess
import zipfile

import pytest

from casepress import flow
from casepress.book.book import whole_book
from casepress.collection import project
from casepress.collection.project import SETTINGS
from casepress.values.fields import is_prize
from conftest import case_text, picture, run, write_files

HEAD = """title: 小案例库
fields:
  batch: {label: 批次, kind: ordinal, choices: [第四批, 第五批, 第六批]}
rules:
  第四批: {stage: 公布}
  第五批: {stage: 公示, posted: {from: 2099-05-06, days: 7}}
  第六批:
    stage: 申报
book: {winners: yes, indexes: [], omit: [扉页, 封面, 目录], editions: [screen]}
"""
DURING = "获奖等次正在公示（2099年5月6日至2099年5月12日），以公布的为准"


def case(title, award, state="", note="", batch="第四批"):
    more = f"获奖等次: {award}\n" if award else ""
    more += f"获奖状态: {state}\n" if state else ""
    more += f"获奖说明: {note}\n" if note else ""
    return case_text(title, batch=batch).replace("---\n", f"---\n{more}", 1)


FILES = {
    "plain.md": case("甲", "一等奖"),
    "changed.md": case("乙", "一等奖", note="公示时为二等奖，复核后调整"),
    "revoked.md": case("丙", "二等奖", "撤销", "2024年6月查实抄袭"),
    "objected.md": case("丁", "二等奖", "异议"),
    "posted.md": case("戊", "一等奖", batch="第五批"),
    "early.md": case("己", "三等奖", "公布", batch="第五批"),
    "entered.md": case("庚", "特等奖", batch="第六批"),
    "none.md": case("辛", "", batch="第五批"),
}


@pytest.fixture
def read(make):
    def made(files=FILES, settings=HEAD):
        return flow.check_project(project.find(make(files, settings)))

    return made


def test_awards_are_shown_as_far_as_they_are_announced(read):
    """A posted award is one apart, one that is entered, objected to or revoked is none, and the case says why."""
    collection, problems = read()
    shown = {case.id: (case.text("award"), case.text("standing-note")) for case in collection.cases}
    assert shown == {
        "plain": ("一等奖", ""),
        "changed": ("一等奖", "公示时为二等奖，复核后调整"),
        "revoked": ("", "二等奖已撤销：2024年6月查实抄袭"),
        "objected": ("", "获奖等次待定，公示期间收到异议，正在核查"),
        "posted": ("一等奖（公示中）", DURING),
        "early": ("三等奖", ""),
        "entered": ("", ""),
        "none": ("", ""),
    }
    (kept_back,) = (problem for problem in problems if problem.check == "awards_are_announced")
    assert (kept_back.path, kept_back.line) == (SETTINGS, 8) and "“第六批”还在申报，1 个案例的获奖等次没有发布" in kept_back.what
    assert is_prize(collection.by_id["posted"].award)


def test_lists_of_winners_hold_what_is_announced_and_what_is_posted_apart(read):
    """Revoked, objected and entered awards are in no list; posted ones stand under their own heading."""
    prizes = {prize.title: [case.id for case, _ in prize.lines] for prize in whole_book(read()[0]).winners}
    assert prizes == {"第四批　一等奖": ["changed", "plain"], "第五批　一等奖（公示中）": ["posted"], "第五批　三等奖": ["early"]}


def test_a_revoked_award_says_why(read):
    """Without a reason it is an error of the case, on its line."""
    problems = [p for p in read({"a.md": case("甲", "一等奖", "撤销")})[1] if p.check == "awards_are_announced"]
    assert [(p.path, p.line, p.level, p.what) for p in problems] == [("cases/a.md", 3, "error", "一等奖撤销了，没有写原因")]


def test_a_state_that_there_is_not_is_told(read):
    """States are those five, by the words that offices use for them."""
    assert "“获奖状态”里没有“公式”这个选项" in {p.what for p in read({"a.md": case("甲", "一等奖", "公式")})[1]}
    collection = read({"a.md": case("甲", "一等奖", "已撤销", "抄袭")})[0]
    assert collection.by_id["a"].text("standing-note") == "一等奖已撤销：抄袭"


def test_site_and_books_say_the_same(make):
    """Each page of a case and its place in PDF, Word and EPUB have the award or its absence, and the note, word for word."""
    folder = make(FILES, HEAD.replace("[screen]", "[screen, word, epub]"), site=True)
    ran = run("-C", folder, "build")
    assert ran.code == 0, ran.words
    pdf = "".join(
        subprocess.run(["pdftotext", folder / "build/books/book.pdf", "-"], capture_output=True, text=True, check=True).stdout.split()
    )
    with zipfile.ZipFile(folder / "build/books/book.epub") as file:
        epub = "".join(file.read(name).decode() for name in file.namelist() if name.endswith("xhtml"))
    with zipfile.ZipFile(folder / "build/books/book.docx") as file:
        word = file.read("word/document.xml").decode()
    site = {path.stem: path.read_text("utf-8") for path in (folder / "build/site/cases").glob("*.html")}
    for name, note in (("changed", "公示时为二等奖，复核后调整"), ("revoked", "二等奖已撤销：2024年6月查实抄袭"), ("posted", DURING)):
        assert note in site[name] and f"获奖说明：{note}" in pdf and f"获奖说明：{note}" in epub
        assert note in word
    for text in (*site.values(), pdf, epub, word, (folder / "build/site/by/award/index.html").read_text("utf-8")):
        assert "特等奖" not in text and "二等奖</span>" not in text
    assert "一等奖（公示中）" in site["posted"] and "一等奖（公示中）" in pdf and "一等奖（公示中）" in epub
    every = "".join(path.read_text("utf-8") for path in (folder / "build/site").rglob("*.js") if "search" in str(path))
    assert "特等奖" not in every


def test_a_batch_that_is_not_published_is_checked_and_nowhere_else(make, read):
    """Its cases are in no page, list or book and their pictures on no site, while check reads them like all others."""
    body = "落实“双减，见[甲](plain.md)。\n\n![操场](p.png)"
    early = case_text("庚", batch="第六批", body=body)
    files = {
        "plain.md": case("甲", "一等奖"),
        "late.md": case_text("辛", batch="第六批", body="见[庚](early.md)。"),
        "early.md": early,
        "p.png": picture(),
    }
    settings = HEAD.replace("    stage: 申报\n", "    publish: no\n")
    collection, problems = read(files, settings)
    assert ([case.id for case in collection.cases], sorted(case.id for case in collection.withheld)) == (["plain"], ["early", "late"])
    assert collection.pictures == {}
    assert [(p.path, p.check) for p in problems] == [("cases/early.md", "minors_are_recorded"), ("cases/early.md", "marks_come_in_pairs")]

    files["plain.md"] = files["plain.md"].replace("写得很短。", "写得很短，见[庚](early.md)。")
    folder = make(files, settings)
    write_files(folder / "content", {"about.md": "# 关于\n\n[庚](../cases/early.md)\n"})
    told = {(p.path, p.what) for p in flow.check_project(project.find(folder))[1]}
    assert {path for path, what in told if "还没有发布" in what} == {"cases/plain.md", "content/about.md"}
    assert "没有这个批次" not in run("-C", folder, "check").words
    assert "publish" in {p.what[:7] for p in read(files, settings.replace("publish: no", "publish: 否定"))[1]}
