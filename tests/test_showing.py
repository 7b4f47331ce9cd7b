"""What is drawn from the glyphs that were measured is what WeasyPrint draws when it shapes each line again."""

import re
from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from casepress import flow
from casepress.book.book import sections, whole_book
from casepress.collection import project
from casepress.press import laying
from casepress.press.layout import lay_out
from casepress.press.patches import showing, trees, writing
from casepress.press.patches.fontconfig import configured
from casepress.press.recipes import job
from conftest import ROOT
from test_lines import MARKED, MIXED, PLAIN, STYLE, paragraphs, shifted
from test_straight import ODD

STYLES = {
    "as in a book": "",
    "at the left": "p { text-align: left }",
    "spaced": "p { letter-spacing: .1em; word-spacing: .3em }",
    "struck": "strong { text-decoration: line-through } a { text-decoration: underline }",
    "hidden": "em { visibility: hidden } p { color: #345; opacity: .5 }",
}


def norm(data: bytes) -> bytes:
    """What is drawn, without what moves nothing: WeasyPrint writes kerning of 0, and ends a string with each run."""
    data = re.sub(rb">-?0(?=[<\]])", rb">", data)
    return data.replace(b"><", b"").replace(b"<>", b"")


def both_ways(monkeypatch, laid) -> tuple[int, list, list]:
    """How many texts were drawn as measured, and what was written: so, and by shaping each line again."""
    shown = []
    show = showing._show
    monkeypatch.setattr(showing, "_show", lambda stream, layout, *others: (shown.append(layout.text), show(stream, layout, *others)))
    directly = written(laid)
    with monkeypatch.context() as patched:
        patched.setattr(writing, "shown_as_measured", nullcontext)
        number = len(shown)
        again = written(laid)
    assert len(shown) == number
    return number, directly, again


def written(laid) -> list:
    paper = writing.written(laid.document, len(laid.running))
    return [(number, said, norm(data) if data else data) for number, said, data in paper.objects()] + [paper.faces]


@pytest.mark.parametrize("name", STYLES)
def test_both_ways_draw_the_same(name, monkeypatch):
    """Glyph for glyph, at the same places, with the same widths and meanings, whatever is odd in a paragraph."""
    odd = [f"{PLAIN[0]}{each}{PLAIN[1]}" for each in ODD.values() if "<img" not in each]
    odd += ["——", "第<b>——</b>回 fi ffi AV To", "甲\u2060[1]乙\u200b丙🙂丁 ①②", "a——b……"]
    body = paragraphs(shifted(PLAIN + MIXED[:3], 9) + MARKED + odd)
    html = f"<html lang='zh-CN'><style>{STYLE}{STYLES[name]}</style><body id='x'>{body}</body></html>"
    number, directly, again = both_ways(monkeypatch, lay_out(html, {}, configured(())))
    assert directly == again
    assert number > 60 if name in ("as in a book", "at the left") else number >= 0


def test_a_glyph_is_the_one_that_was_measured():
    """Digits behind a Latin word have its shape, wherever the line ends between them: shaped with their line alone they would not."""
    found = set()
    for width in range(110, 170, 6):
        html = f"<html lang='zh-CN'><style>{STYLE}p {{ width: {width}pt; text-align: left }}</style><body><p>服务器放在A楼的Room 203；阿依古丽</p></body></html>"
        faces = written(lay_out(html, {}, configured(())))[-1]
        found |= {frozenset(glyph for glyph, (text, _) in face.glyphs.items() if text in "203") for face in faces[0]}
    assert len(found) == 1 and len(found.pop()) == 3


def sample() -> Iterator[tuple]:
    """The sections of the cases that come with casepress, laid out, each with its recipe."""
    place = project.find(ROOT)
    collection, _ = flow.check_project(place)
    press, book = flow.press_of(place, collection), whole_book(collection)
    for section in sections(book, press.composer.profile.opening):
        work = job(press.recipe, press.composer.section(book, section), {**press.assets, **press.composer.qr_codes(book)})
        yield laying.laid(press.recipe, work), press.recipe


def test_both_ways_draw_the_sample_alike(monkeypatch):
    """So do the cases that come with casepress, with all their faces, bold that is stroked among them."""
    drawn = 0
    for laid, _ in sample():
        number, directly, again = both_ways(monkeypatch, laid)
        assert directly == again
        drawn += number
    assert drawn > 500


def test_the_tree_holds_text_as_if_each_run_had_been_an_element(monkeypatch):
    """The text of a block of lines is put into the structure tree at once: the same tree as WeasyPrint's, when that is made short."""
    found, alone = [], trees._alone
    monkeypatch.setattr(trees, "_alone", lambda box: found.append(alone(box)) or found[-1])
    for laid, recipe in sample():
        at_once = laying.packed(laid, recipe)
        with monkeypatch.context() as patched:
            patched.setattr(trees, "_alone", lambda box: None)
            assert laying.packed(laid, recipe) == at_once
    assert sum(bool(texts) for texts in found) > 300
