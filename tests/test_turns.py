"""Turns: a long piece is laid out and written a few pages at a time, and comes out as if it had been whole."""

import gc
import weakref
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from weasyprint.formatting_structure import boxes

from casepress import flow
from casepress.book.book import back, front, sections, whole_book
from casepress.book.composing import Pages
from casepress.collection import project
from casepress.facts import cores
from casepress.press import laying
from casepress.press.making import Press
from casepress.press.patches import turns
from casepress.press.recipes import Recipe, job
from casepress.press.written.pieces import facts_of
from conftest import ROOT

SHEET = """
    @page { size: 200pt 120pt; margin: 10pt } p, h2 { margin: 0 0 4pt; font-size: 10pt; line-height: 12pt }
    h2 { bookmark-level: 2 } h2::before { content: counter(heading) " "; counter-increment: heading }
    .note { float: footnote } .columns { columns: 2 } .columns h2.wide { column-span: all } .own { columns: 3 } .float { float: left; width: 50pt }
    .placed { position: absolute; top: 0 } .named { page: named; break-before: page } @page named { background: #eee } .share { display: flex }
    table { width: 100%; box-decoration-break: clone } td { border: 1pt solid } .box { box-decoration-break: clone; border: 1pt solid; padding: 3pt }
"""
TEXT = "教师分成若干个小组，每周三下午一起备课、听课和评课，把问题记下来，一个月以后再看。" * 3
PARAGRAPHS = [f"<p>第 {n} 段，{TEXT}<a href='#end'>见末段</a></p>" for n in range(12)]
LONG, SHORT = "".join(PARAGRAPHS), "".join(PARAGRAPHS[:2])  # what shares a row is measured word by word for every page that it goes over
NOTES = "".join(f"<p>甲{n}<span class=note>注{n}，{TEXT * (n % 4 + 1)}</span>，{TEXT}</p>" for n in range(9))
ROWS = "".join(f"<tr><td>{n}<td><p>{TEXT}</p>" for n in range(14))
GROUPS = "".join(f"<div><h2>组 {n}</h2>{'<p>词，1，2，3</p>' * (n * 5 % 17 + 3)}</div>" for n in range(30))
ITEMS = f"<li>{TEXT}" * 5
WIDE = "".join(f"<h2 class=wide>题 {n}</h2>{'<p>短短的一行文字</p>' * 40}" for n in range(4))
BODIES = {
    "paragraphs and headings": f"<h2>一</h2>{LONG}<h2>二</h2><div class=box>{LONG}</div>",
    "notes that go on": NOTES + LONG,
    "tables": f"<table><thead><tr><th>号<th>文<tbody>{ROWS}</table>{LONG}",
    "columns": f"<div class=columns>{GROUPS}</div>{LONG}",
    "columns between what is wide": f"<div class=columns>{WIDE}</div>{LONG}<div class=own>{GROUPS}</div>",
    "what floats, is placed, or shares": f"{LONG}<div class=float>{LONG}</div><p class=placed>在上</p>{LONG}<div class=share><div>{SHORT}</div></div>",
    "pages of a name": f"{LONG}<div class=named>{LONG}</div>{LONG}",
    "lists in lists": "<ol>" + f"<li><p>{TEXT}</p><ul>{ITEMS}</ul>" * 6 + "</ol>",
}
HANGING = {
    "the number of all pages": "@page { @bottom-center { content: counter(page) '/' counter(pages) } }",
    "what stands on every page": "h2 { position: fixed; top: 0 }",
    "what floats over every page": "h2::after { content: '印'; position: fixed; bottom: 0 }",
}


@pytest.fixture(scope="module")
def press() -> Press:
    place = project.find(ROOT)
    return flow.press_of(place, flow.check_project(place)[0])


def document(body: str) -> str:
    return f"<!doctype html><html lang='zh-CN'><head><meta charset='utf-8'></head><body>{body}<p id='end'>末段</p></body></html>"


def styled(press: Press, sheet: str) -> Recipe:
    return replace(press.recipe, sum=sheet, style=sheet)


def whole(recipe: Recipe, html: str) -> bytes:
    """A piece whose pages are all laid out before the first is written."""
    return laying.packed(laying.laid(recipe, job(recipe, html, {})), recipe, laying.ready(recipe)[2])


def watched(monkeypatch) -> list[int]:
    """The number of pages that are given to be written in each turn."""
    found, add = [], laying.Writer.add
    monkeypatch.setattr(laying.Writer, "add", lambda self, pages, *others: (found.append(len(pages)), add(self, pages, *others)))
    return found


@pytest.mark.parametrize("name", BODIES)
def test_in_turns_it_is_the_same(name, press, monkeypatch):
    """Whatever stands over the place where a turn ends, the bytes are those of a piece that is laid out whole."""
    recipe, html = styled(press, SHEET), document(BODIES[name])
    expected = whole(recipe, html)
    length = facts_of(expected).length
    for number in (1, 3):
        monkeypatch.setattr(turns, "AT_ONCE", number)
        with monkeypatch.context() as patched:
            given = watched(patched)
            assert laying.lay(recipe, job(recipe, html, {})) == expected
        assert sum(given) == length and max(given) == number and length > 8


def pieces(press: Press) -> Iterator[str]:
    """Every piece of the sample's book, as HTML."""
    place = project.find(ROOT)
    book = whole_book(flow.check_project(place)[0])
    numbers = Pages(
        {f"case-{case.id}": str(n) for n, case in enumerate(book.cases, 7)}, {case.id: (n, n + 2) for n, case in enumerate(book.cases)}
    )
    labels = {anchor: "1" for piece in (*front(book), *back(book)) for anchor, _ in piece.titles}
    for section in sections(book, press.composer.profile.opening):
        yield press.composer.section(book, section)
    for piece in (*front(book), *back(book)):
        yield press.composer.piece(book, piece, replace(numbers, labels={**numbers.labels, **labels}))


def test_the_sample_is_the_same_page_by_page(press, monkeypatch):
    """Each piece of the book that comes with casepress, its pages laid out and written one by one."""
    monkeypatch.setattr(turns, "AT_ONCE", 1)
    assets = {**press.assets, **press.composer.qr_codes(whole_book(flow.check_project(project.find(ROOT))[0]))}
    several = 0
    for html in pieces(press):
        work = job(press.recipe, html, assets)
        expected = laying.packed(laying.laid(press.recipe, work), press.recipe, laying.ready(press.recipe)[2])
        given = watched(monkeypatch)
        assert laying.lay(press.recipe, work) == expected
        several += sum(map(bool, given)) > 1
        monkeypatch.undo()
        monkeypatch.setattr(turns, "AT_ONCE", 1)
    assert several > 10


@pytest.mark.parametrize("name", HANGING)
def test_what_hangs_on_all_pages_is_laid_out_whole(name, press):
    """A bureau's own style may say on each page what only the last one tells; then there are no turns, and nothing is different."""
    recipe = styled(press, SHEET + HANGING[name])
    html = document(BODIES["paragraphs and headings"])
    with pytest.raises(turns.Whole):
        laying.laid(recipe, job(recipe, html, {}), lambda pages, is_running: None)
    assert laying.lay(recipe, job(recipe, html, {})) == whole(recipe, html)


def test_numbers_of_pages_in_the_text_are_not_asked_for_in_turns(press):
    """What the text itself says of pages may change when others are laid out."""
    recipe = styled(press, SHEET + "p a::after { content: target-counter(attr(href), page) }")
    with pytest.raises(turns.Whole):
        laying.laid(recipe, job(recipe, document(LONG), {}), lambda pages, is_running: None)


def alive(refs: list[weakref.ref]) -> int:
    return sum(ref() is not None for ref in refs)


def measured() -> int:
    """How many paragraphs of the document are kept that were measured for their lines."""
    return sum(type(each) is boxes.LineBox and "paragraph" in vars(each) for each in gc.get_objects())


@pytest.mark.parametrize("body", [LONG * 9, f"<div class='columns'>{GROUPS * 12}</div>"], ids=["text", "columns"])
def test_no_more_pages_are_kept_than_are_written_at_once(body, press, monkeypatch):
    """Of more than sixty pages those of two turns have boxes at most, and what stands on pages is let go of before they are laid out."""
    recipe, refs, most, left = styled(press, SHEET), [], [], []
    add: Callable = laying.Writer.add

    def counted(self, pages, plain=False):
        refs.extend(weakref.ref(page._page_box) for page in pages)
        most.append(alive(refs))
        left.append(measured())
        add(self, pages, plain)

    threshold = gc.get_threshold()
    gc.collect()
    before = measured()
    monkeypatch.setattr(laying.Writer, "add", counted)
    gc.set_threshold(*cores._SELDOM)  # as in a worker
    try:
        laying.lay(recipe, job(recipe, document(body), {}))
    finally:
        gc.set_threshold(*threshold)
    assert len(refs) > 60 and max(most) <= 2 * turns.AT_ONCE
    assert max(left) - before <= 3
