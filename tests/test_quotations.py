"""Quotations: who says it stands at the right edge, in the book, in the document of Word, in the EPUB and on the site."""

import zipfile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from casepress import flow
from casepress.collection import project
from conftest import case_text, write_files
from test_typography import Sheets, bind

LONG = "某某市某某区某某实验小学语文教研组全体教师在二〇二六年春季学期教研活动上的发言记录摘要"
BODY = f"""这一段是正文，写在引文的前面。

> 教育就是让每个孩子都有舞台
> --某某小学校长

中间的话。

> 第二段引文，写得长一些，好让它排成两行，再多写一些字，让第二行也有字，这样就好了，这样就够长了。
> —{LONG}

> ——这是一句话，不是出处。
"""


@pytest.mark.parametrize("profile", ["big16", "gongwen", "large"])
def test_who_says_it_stands_at_the_right_edge(profile, tmp_path):
    """The last line of a quotation, behind ——, ends where the quotation does; a long one has all its lines there, in from the left."""
    sheets: Sheets = bind(tmp_path, {"a.md": case_text("引文", body=BODY).replace("digest", "full")}, profile)[0]
    measures = sheets.profile
    source = sheets.find("——某某小学校长")
    edge = sheets.left(source.page) + measures.measure - 2 * measures.body
    assert source.x1 == pytest.approx(edge, abs=0.1)
    assert sheets.find("教育就是让").page == source.page
    first = sheets.find("——某某市")
    long = sheets.body[sheets.body.index(first) :]
    last = next(n for n, line in enumerate(long) if "摘要" in line.text)
    assert last >= 1 and all(sheets.left(line.page) + 6 * measures.body - 0.1 < line.x0 for line in long[: last + 1])
    assert all(line.x1 == pytest.approx(sheets.left(line.page) + measures.measure - 2 * measures.body, abs=0.6) for line in long[: last + 1])
    plain = sheets.find("——这是一句话")
    assert plain.x0 == pytest.approx(sheets.left(plain.page) + 4 * measures.body, abs=0.1)


def test_it_does_so_elsewhere(tmp_path):
    """The page of the site and the EPUB have its class, Word its alignment; the words are the same everywhere."""
    folder = write_files(tmp_path / "c", {"cases/collection.yml": "title: 库\n", "cases/a.md": case_text("引文", body=BODY)})
    place = project.find(folder)
    page = (flow.stage(place).docs / "cases" / "a.md").read_text("utf-8")
    assert '<p class="quote-source">——某某小学校长</p>' in page
    for name, edition in (("a.epub", "epub"), ("a.docx", "word")):
        flow.bind(place, (), tmp_path / name, lambda label, items: items, "", edition)
    with zipfile.ZipFile(tmp_path / "a.epub") as epub:
        assert any(b'class="quote-source"' in epub.read(name) for name in epub.namelist() if name.endswith(".xhtml"))
    paragraph = next(p for p in docx.Document(tmp_path / "a.docx").paragraphs if p.text.startswith("——某某小学"))
    assert paragraph.alignment == WD_ALIGN_PARAGRAPH.RIGHT
