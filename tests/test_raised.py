"""Raised and lowered figures: of one face and size in each number, as strong as the text, read as they were written."""

from collections.abc import Iterator

import pytest
from fontTools.ttLib import TTFont

from casepress.facts.store import Store
from casepress.press.families import font_configuration
from casepress.type import coverage, faces, raised
from casepress.type.outlines import Outlines
from conftest import BRIEF, case_text, run
from readback import Line, read_lines
from test_fonts import families, own_font, pdf_of

ABOVE, BELOW = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "₀₁₂₃₄₅₆₇₈₉₊₋"
WORDS = f"水是H₂O，共10⁶个，2.5×10⁻³、x¹⁰、m²、C₆H₁₂O₆、SO₄²⁻。{ABOVE}和{BELOW}，aₙ₊₁"


@pytest.fixture(scope="module")
def found() -> faces.Faces:
    return faces.shipped_faces()


@pytest.fixture(scope="module")
def configured(found):
    return font_configuration(found)


@pytest.fixture(scope="module")
def lines(found, configured, tmp_path_factory) -> dict[tuple[str, int], Line]:
    """A line in each role and weight."""
    every = [(role, weight) for role in found.roles if role != "symbols" for weight in (400, 700)]
    html = "".join(f'<p style="font: {weight} 7pt/20pt {families(role)}">{WORDS}' for role, weight in every)
    read = read_lines(pdf_of(tmp_path_factory.mktemp("raised"), html, configured))
    assert len(read) == len(every)
    return dict(zip(every, read, strict=True))


def small(line: Line) -> Iterator:
    return (glyph for glyph in line.glyphs if glyph.text in set(ABOVE + BELOW + "ₙ"))


def test_they_are_read_as_they_were_written(lines):
    """Each has its own glyph with its own meaning: what is copied is 10⁶, not 106."""
    assert {line.text for line in lines.values()} == {WORDS}


def test_all_of_a_line_are_of_one_face_and_size(lines):
    """No number is a mixture; the face is made of the one that the text has."""
    for (role, weight), line in lines.items():
        assert len({(glyph.font, glyph.size) for glyph in small(line)}) == 1, (role, weight)
        text = next(glyph.font for glyph in line.glyphs if glyph.text == "x")
        assert next(small(line)).font.startswith(text.split("-Bold")[0].split("-Emboldened")[0].split("-Bolder")[0]), (role, weight)
        assert len({round(glyph.x1 - glyph.x0, 2) for glyph in small(line) if glyph.text in "⁰²³⁴⁵₀₂₃₄₅"}) <= 6


def test_lines_are_as_far_apart_as_without_them(found, configured, tmp_path):
    """A line that holds them is no higher, and its base line is where it was."""
    plain, raised_ = (
        [round(line.y, 2) for line in read_lines(pdf_of(tmp_path, html, configured))]
        for words in ("水是H2O，共106个", "水是H₂O，共10⁶个")
        for html in ["".join(f'<p style="font: {size}pt/20pt {families("song")}">{words}<br>{words}' for size in (7, 12, 16))]
    )
    assert plain == raised_ and len(plain) == 6


@pytest.mark.parametrize("role", ["song", "hei", "kai", "fang"])
def test_they_are_small_and_as_strong_as_the_text(found, role, tmp_path):
    """Drawn, ⁸ is some three fifths as high as 8, above it the line, ₈ below; its stems have most of the strength of the text's."""
    face = found.roles[role].faces[0].regular
    path = tmp_path / "raised.ttf"
    path.write_bytes(raised.drawn(face.path, face.index, raised.REGULAR, Store(None)))
    plain, made = Outlines(face.path, face.index), Outlines(path, 0)
    _, foot, _, top = plain.edges("8")
    high = top - foot
    for sign, low in (("⁸", 0.45 * top), ("₈", -0.25 * top)):
        _, bottom, _, above = made.edges(sign)
        assert 0.56 * high < above - bottom < 0.68 * high and bottom == pytest.approx(low, abs=0.06), (sign, bottom, above)
    assert made.edges("⁸")[3] == pytest.approx(1.06 * top, abs=0.03) and made.edges("₈")[1] < -0.1 * top
    # ink = length of stems x strength: the length is that of the small figure
    assert 0.72 < made.ink("⁸") / plain.ink("8") / 0.6 < 1.05
    assert raised.drawn(face.path, face.index, raised.REGULAR, Store(None)) == path.read_bytes()


def test_a_face_that_has_all_keeps_its_own(tmp_path, found):
    """A bureau's face with all figures shows its own; one that lacks a single one has them all made."""
    song = found.roles["song"].faces[0].regular
    whole = own_font(tmp_path / "whole.ttf", "Whole", "Whole", song, text="水0123456789+-=()nx")
    font = TTFont(whole)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({ord(sign): table.cmap[ord("0")] for sign in ABOVE + BELOW})
    font.save(whole)
    face = faces.fontfiles.read_face(whole, 0)
    assert raised.made(face) == frozenset()
    for table in font["cmap"].tables:
        table.cmap.pop(ord("⁷"), None)
    font.save(tmp_path / "less.ttf")
    less = raised.made(faces.fontfiles.read_face(tmp_path / "less.ttf", 0))
    assert set("⁰⁶⁷²") <= less and not set(BELOW) & less
    assert raised.made(found.roles["symbols"].faces[0].regular) == frozenset()  # it has all itself


def test_the_report_says_that_no_face_lends_them(found):
    """`casepress fonts` names no other face for them, and none is missing."""
    lines = (coverage.Line("a.md", 1, "10⁶ CO₂"),)
    assert not coverage.missing(frozenset("⁶₂"), found)
    lent = {
        character for loan in coverage.loans(lines, found) if loan.role != "symbols" and loan.role != "mono" for character in loan.characters
    }
    assert not lent & set("⁶₂")


def test_a_book_holds_them(make, tmp_path):
    """From a case to the pages, with the figures of markup beside them."""
    folder = make({"a.md": case_text("甲", body="共10⁶个，CO₂、m²、**10⁻³**；H<sub>2</sub>O、m<sup>2</sup>。")}, settings=BRIEF)
    ran = run("-C", folder, "book", "-o", tmp_path / "a.pdf")
    assert ran.code == 0, ran.words
    words = "".join(line.text for line in read_lines(tmp_path / "a.pdf"))
    assert "共10⁶个，CO₂、m²、10⁻³；H2O、m2。" in words
