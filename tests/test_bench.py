"""The benchmark: it measures processes truly, its file keeps its shape, and the READMEs show what was measured."""

import re
import sys
from dataclasses import fields

import pikepdf
import pytest

from benchmarks import documents, measuring, peers, readme, results, targets, worlds
from benchmarks.labels import BOOK, CHECK, FIXED, LANGUAGES, SEARCH, SITE
from benchmarks.plot import plot
from benchmarks.results import Figure, Found, Missing, Run
from benchmarks.table import table
from conftest import ROOT

HOLDS = "import time; held = bytes(range(256)) * 400_000; time.sleep(1)"  # 102.4 MB
BURNS = "import time\nwhile time.process_time() < 0.8: pass"


@pytest.fixture(scope="module")
def run() -> Run:
    """What a run could come to: time grows with the square of the number of cases for WeasyPrint, linearly for casepress."""
    figures = [Figure("book-cold", "casepress", n, n * 0.07, n * 0.13, 600 + n / 5, n * 0.013, n * 3, 1.5, 0.2) for n in (100, 1000)]
    figures += [Figure("book-cold", "weasyprint", n, n * n * 0.0003, n * 0.3, n * 1.2, load=2.25) for n in (100, 1000)]
    figures += [
        Figure("site-cold", "casepress", 1000, 9.5),
        Figure("version", "casepress", 0, 0.125, runs=9),
        Figure("sample-changed", "casepress", 37, 7),
    ]
    search = (Found("pagefind", "http", 1000, 0.51, 0.7, (61_000, 90_000), (40.0, 80.0)),)
    missing = (Missing("site-cold", "hugo", 1000, "hugo is not installed"),)
    versions = {"weasyprint": "70.0", "typst": "0.15.2"}
    return Run("2026-11-26", "abc1234", {"cores": 2, "python": "3.11.7"}, versions, tuple(figures), missing, search)


@pytest.mark.skipif(sys.platform != "linux", reason="未检查：这个系统没有 /proc，量不了内存")
def test_a_tree_of_processes_is_measured(tmp_path):
    """Memory and seconds of a command are those of all its processes, and of one whose parent is gone; what they share counts once."""
    parent = (
        f"import os, subprocess, sys\nfor words in ({BURNS!r}, {BURNS!r}, {HOLDS!r}): subprocess.Popen([sys.executable, '-S', '-c', words])\n"
    )
    apart = f"import subprocess, sys; subprocess.run([sys.executable, '-S', '-c', {parent!r}])"  # the parent ends at once
    shared = "import os, time; held = bytes(range(256)) * 400_000; os.fork(); time.sleep(1)"

    adopted = measuring.cost([sys.executable, "-S", "-c", apart], tmp_path)
    together = measuring.cost([sys.executable, "-S", "-c", shared], tmp_path)

    assert adopted.processor >= 1.6
    assert 102 < adopted.memory < 180
    assert 102 < together.memory < 160


def test_a_command_that_fails_says_why(tmp_path):
    """A command that ends badly or not in time gives no figure but its last words, and leaves nothing running."""
    with pytest.raises(measuring.Failed, match="没有成功"):
        measuring.cost([sys.executable, "-c", "raise SystemExit('没有成功')"], tmp_path)
    with pytest.raises(measuring.Failed, match="no answer within 1 s"):
        measuring.cost([sys.executable, "-c", "import os, time; os.fork(); time.sleep(600)"], tmp_path, limit=1)


def test_what_was_measured_is_read_back(run, tmp_path):
    """`bench.json` says its schema and the unit of everything it holds, with exponents and promises, and is read back as it was."""
    path = tmp_path / "bench.json"
    results.write(run, path, {"targets": targets.records(run)}.items())

    said, again = path.read_text("utf-8"), results.read(path)
    results.write(again, path, {"targets": targets.records(again)}.items())
    assert path.read_text("utf-8") == said and again.search == run.search and again.missing == run.missing
    assert {field.name for field in fields(Figure)} <= {*results.UNITS, "task", "tool"}
    assert '"schema": 1' in said and '"exponents"' in said and '"met"' in said


def test_growth_is_an_exponent(run):
    """Time that grows tenfold with ten times the cases has the exponent 1, a hundredfold 2; one size alone has none."""
    assert results.growth(run, "book-cold", "casepress") == pytest.approx(1)
    assert results.growth(run, "book-cold", "weasyprint") == pytest.approx(2)
    assert results.growth(run, "site-cold", "casepress") is None


def test_promises_are_held_against_figures(run):
    """A promise is judged by the ratio of two figures of one run, and left open where one of them is missing."""
    found = {each["name"]: each for each in targets.records(run)}

    assert found["book of 1,000, cold"] == {
        "name": "book of 1,000, cold",
        "value": 0.233,
        "limit": 0.3,
        "unit": "of WeasyPrint's time",
        "met": True,
    }
    assert not found["book of 100, cold"]["met"]
    assert not found["the sample's build, one case changed"]["met"]
    assert "site of 1,000, one case changed" not in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_table_and_picture_show_every_figure(run, language):
    """Every row stands in the table, with what was not measured said; the picture shows time and memory of what was measured."""
    written, drawn = table(run, language), plot(run, language)
    rows = [row for group in (BOOK, SITE, CHECK, SEARCH, FIXED) for row in group.rows]

    assert all(f"| {row.name(language)} |" in written for row in rows)
    unit, unmeasured = {"en": (" s, ", "not measured"), "zh": (" 秒，", "未测量")}[language]
    assert f"70.0{unit}800 MB<br>3,000 " in written and f"300{unit}1,200 MB" in written and unmeasured in written
    assert "| 2.00 |" in written and "100 to 1,000" in written if language == "en" else "从 100 个到 1,000 个" in written
    assert ">70.0<" in drawn and ">1,200<" in drawn and "prefers-color-scheme: dark" in drawn


@pytest.mark.parametrize(("name", "language"), readme.DOCUMENTS.items())
def test_readmes_show_what_was_measured(name, language):
    """The figures in a README and its picture are drawn by the script from the file of a run beside it."""
    document = (ROOT / name).read_text("utf-8")
    run = results.read(readme.LAST)

    assert readme.filled(document, run, language) == document, "bash scripts/bench table --file scripts/benchmarks/last.json"
    assert (ROOT / readme.PICTURES[language]).read_text("utf-8") == plot(run, language)


def test_peers_get_the_same_text(tmp_path):
    """The documents for WeasyPrint and Typst hold every paragraph of every case, on the paper of a new collection's book."""
    collection = worlds.generated(tmp_path / "collection", 3)
    cases = worlds.texts(collection)
    documents.write_html(cases, tmp_path / "book.html")
    documents.write_typst(cases, tmp_path / "book.typ")
    html, typst = (re.sub(r"\\(.)", r"\1", (tmp_path / f"book.{kind}").read_text("utf-8")) for kind in ("html", "typ"))

    source = "".join((collection / "cases" / f"gen-{n}.md").read_text("utf-8") for n in (1, 2, 3))
    for words in [words for case in cases for _, words in case.body] + [case.facts["summary"] for case in cases]:
        assert words in source and words in html.replace("&quot;", '"') and words in typst
    assert 3 * 2400 <= sum(len(words) for case in cases for _, words in case.body)


def test_weasyprint_is_given_a_page_like_ours(tmp_path):
    """WeasyPrint's document has the page of the profile that a new book is set in."""
    collection = worlds.generated(tmp_path / "collection", 1)
    documents.write_html(worlds.texts(collection), tmp_path / "book.html")
    measuring.cost([peers.program("weasyprint"), "-q", "book.html", "book.pdf"], tmp_path)

    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        page = pdf.pages[1]
        assert [float(side) / 72 * 25.4 for side in page.mediabox[2:]] == pytest.approx([210, 285], abs=0.1)


def test_a_change_is_one_sentence_in_one_case(tmp_path):
    """What is measured as one changed case changes one file, and that by a sentence behind its last paragraph."""
    collection = worlds.generated(tmp_path / "collection", 5)
    before = {path: path.read_text("utf-8") for path in worlds.case_files(collection)}

    changed = worlds.change(collection, "改了一次。")

    for path, text in before.items():
        assert path.read_text("utf-8") == (f"{text.rstrip()}改了一次。\n" if path == changed else text)
