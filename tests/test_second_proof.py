"""A second proof of generated cases: what a proof-reader looks for on the pages of a book, and that he would see it.

`python tests/second_proof.py` reads a hundred cases in every profile; here are those whose pages were hardest to fill.
"""

from pathlib import Path

import pytest
import weasyprint

import manuscripts
import proofreading
from casepress.book.profiles import read_profile
from conftest import ROOT, run

HARD = {"big16": (6, 7, 55, 70, 85), "ningxia": (29, 50, 78)}
PRINT = ROOT / "theme" / "print"


@pytest.mark.parametrize("name", HARD)
def test_a_proof_reader_finds_nothing(tmp_path, name):
    """Nothing outside the type area, no gap above half an em, no lone character as a last line, no page inside a case below four fifths
    where its text goes on, dividers of one page: with photos, wide tables, many authors, addresses, notes and long titles."""
    collection = manuscripts.write(tmp_path / "collection", HARD[name])
    ran = run("-C", collection, "book", "--profile", name, "-o", tmp_path / "book.pdf")
    assert ran.code == 0, ran.words
    proof = proofreading.read(tmp_path / "book.pdf", read_profile(name, [PRINT]), manuscripts.digests(HARD[name]))
    assert proof.judged > 8
    assert [fault for fault in proof.faults if fault.kind in proofreading.KINDS] == []


def test_manuscripts_are_what_they_say():
    """A hundred cases: 1 to 12 authors, titles of up to 60 characters and more than one that long, tables of 3 to 12 columns, addresses,
    notes in headings and cells, pairs of landscapes and upright photos among the photos."""
    texts = [*map(manuscripts.case, range(1, 101))]
    titles = [text.partition("title: ")[2].partition("（之")[0] for text in texts]
    assert sum(len(title) > 45 for title in titles) > 5 and max(map(len, titles)) <= 60
    assert {text.partition("authors: [")[2].partition("]")[0].count(",") + 1 for text in texts} == set(range(1, 13))
    rows = [line for text in texts for line in text.splitlines() if line.startswith("| ---")]
    assert {row.count("---") for row in rows} == set(range(3, 13)) and len(rows) > 60
    lines = [line for text in texts for line in text.splitlines()]
    assert (
        sum(line.startswith("#") and "[^" in line for line in lines) > 20 and sum(line.startswith("|") and "[^" in line for line in lines) > 20
    )
    assert sum("http" in line for line in lines) > 100
    shown = [line.partition("](")[2][0] for line in lines if line.startswith("![")]
    pairs = sum(one[:2] == two[:2] == "![" for one, _, two in zip(lines, lines[1:], lines[2:], strict=False))
    assert len(shown) > 200 and 0.15 < sum(kind in "ut" for kind in shown) / (len(shown) - pairs) < 0.25
    assert 0.25 < pairs / (len(shown) - pairs) < 0.35


def sheet(path: Path, body: str) -> set[str]:
    """What is found in a book of one case of ningxia with these pages, set by WeasyPrint alone."""
    measures = read_profile("ningxia", [PRINT])
    upright, sides = f"{measures.above}pt {{}}pt {measures.below}pt {{}}pt", (measures.outer, measures.inner)
    style = f"""@page {{ size: {measures.width}pt {measures.height}pt; margin: {upright.format(*sides)} }}
        @page :left {{ margin: {upright.format(*reversed(sides))} }}
        body {{ margin: 0; font: {measures.body}pt/{measures.pitch}pt "Noto Serif CJK SC"; text-align: justify }}
        p {{ margin: 0; orphans: 1; widows: 1 }} h1 {{ font-size: 22pt; margin: 0; bookmark-level: 1 }} h2 {{ margin: 0; font-size: 16pt; bookmark-level: 2 }}"""
    html = f"<html lang=zh-CN><title>样张</title><style>{style}</style><body><h1>第一篇</h1><h2>案例</h2>{body}</body></html>"
    weasyprint.HTML(string=html).write_pdf(path, pdf_variant="pdf/ua-1")
    return {fault.kind for fault in proofreading.read(path, measures).faults}


FULL = f"<p>{'这一段话不用标点所以每行都是二十七个字写满了一行又一行' * 8}</p>"  # lines of 27 characters
SEEN = {
    "": set(),
    f"<div style='height: 160pt'></div><p style='break-before: page'></p>{FULL}": {"empty"},
    "<p style='margin-right: -40pt; text-align: right'>这一行字写到了版心的外面</p>": {"outside"},
    "<p style='position: absolute; top: -20pt'>页眉</p><p style='position: absolute; top: -60pt'>页眉有两行</p>": {"outside"},
    "<p style='position: absolute; top: -60pt'>页眉只有一行</p>": set(),
    "<div style='width: 20pt; border-right: 2pt solid; margin-left: -30pt; height: 9pt'></div>": {"outside"},
    "<p>中文的一行里有两三个字 words 和 words<br>又一行</p>" + "<p>中文的一行 words words WWWWWWWWWWWWWWWWWWWWWWWW</p>": {"gap"},
    f"<p>{'字' * 27}孤。</p>": {"lone"},
    f"<p>{'字' * 27}不孤</p>": set(),
    "<table style='width: 5em'><tr><td>一二三四五六七八九十<br>孤</td></tr></table>": {"lone"},
    f"<p style='text-align: left'>{'字' * 24}<br>{'字' * 27}{'字' * 27}{'字' * 27}{'字' * 27}</p>": {"short"},
}


@pytest.mark.parametrize("body", SEEN)
def test_a_proof_reader_sees(tmp_path, body):
    """Each kind of fault is found where one was made, and nothing where none was."""
    assert sheet(tmp_path / "book.pdf", FULL + body) == SEEN[body]


def test_a_divider_of_two_pages_is_seen(tmp_path):
    """Where the words of a part's page go on on the next one, that is told."""
    html = """<html lang=zh-CN><title>样张</title><style>@page { size: 595pt 842pt; margin: 130pt 100pt } h2 { break-before: page }
        h1 { bookmark-level: 1 } h2 { bookmark-level: 2 }</style><h1>第一篇</h1><p style="break-before: page">还有</p><h2>案例</h2><p>文</p></html>"""
    weasyprint.HTML(string=html).write_pdf(tmp_path / "parts.pdf", pdf_variant="pdf/ua-1")
    assert {fault.kind for fault in proofreading.read(tmp_path / "parts.pdf", read_profile("ningxia", [PRINT])).faults} == {"divider"}
