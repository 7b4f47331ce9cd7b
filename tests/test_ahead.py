"""Ahead: what is done of a book while its page numbers are not all known is the same as if they had been."""

import re
import shutil
import zlib
from concurrent.futures import Executor, Future
from pathlib import Path

import pikepdf
import pytest

from casepress.book.book import Piece as Text
from casepress.book.book import whole_book
from casepress.press import laying
from casepress.press.making import Press
from casepress.press.recipes import job
from casepress.press.runs import guessed_numbers
from casepress.press.written.exchanging import exchanged, in_html
from casepress.press.written.pieces import faces_of, facts_of, parts_of
from conftest import case_text, run_apart, write_files
from readback import read_lines
from test_pieces import press_of

SETTINGS = "title: 小案例库\nbook: {indexes: [school, region, theme]}\n"
NAMED = '<h1 data-name="{title}" class="piece-title">{title}</h1><p class="entry">{words}<a class="entry-page">{number}</a></p>'


class Noting(Executor):
    """Who does each job at once, in this process, and notes what it was."""

    def __init__(self) -> None:
        self.html: list[str] = []

    def submit(self, work, given, /):
        self.html.append(getattr(given, "html", ""))
        done = Future()
        done.set_result(work(given))
        return done


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Path:
    """Twelve cases, each on a page of its own, behind them three indexes that stand on one page."""
    folder = tmp_path_factory.mktemp("ahead")
    cases = {f"{n}.md": case_text(f"第{n}个标题", body="写一段。").replace("篇幅: digest", "篇幅: full") for n in range(1, 13)}
    write_files(folder / "cases", {"collection.yml": SETTINGS, **cases})
    return folder


@pytest.fixture(scope="module")
def made(world) -> tuple[Press, Noting, bytes]:
    """Its press, the jobs that were done for its book, and the book."""
    hands = Noting()
    press, collection = press_of(world, hands)
    return press, hands, press.make_book(whole_book(collection)).pdf


def contents_of(html: list[str]) -> list[str]:
    return [each for each in html if 'id="contents"' in each]


def test_guessed_numbers_become_true(made, tmp_path):
    """The contents are laid out once, before it is known where the indexes stand, and name the pages on which they do stand."""
    _, hands, pdf = made
    (guess,) = contents_of(hands.html)
    assert re.findall(r'#index-\w+">(\d+)<', guess) == ["13", "14", "15"]
    (tmp_path / "book.pdf").write_bytes(pdf)
    lines = [line for line in read_lines(tmp_path / "book.pdf") if re.fullmatch(r"..索引.*\d", line.text)]
    with pikepdf.open(tmp_path / "book.pdf") as read:
        labels = {page.objgen: page.label for page in read.pages}
        begins = {name: labels[place[0].objgen] for name, place in pikepdf.NameTree(read.Root.Names.Dests).items()}
    true = [begins[f"index-{name}"] for name in ("school", "region", "theme")]
    assert [re.search(r"\d+$", line.text)[0] for line in lines] == true and true != ["13", "14", "15"]


def test_the_same_bytes_with_a_crew(made, world, tmp_path, figures):
    """Cases that are written while workers lay out the rest give the bytes of a book that one process makes, step by step."""
    shutil.copytree(figures, tmp_path / "cache")  # what faces draw is no matter here
    done = run_apart("-C", world, "book", "-o", tmp_path / "book.pdf", CASEPRESS_CACHE=str(tmp_path / "cache"))
    assert done.code == 0, done.words
    assert (tmp_path / "book.pdf").read_bytes() == made[2]


def test_where_numbers_are_guessed():
    """The first page behind the cases is known, the others follow it; few cases, and thousands of them, are not guessed about."""
    pieces = [Text("winners", (("winners", "获奖名单"),)), Text("indexes", (("index-a", "甲索引"), ("index-b", "乙索引")), recto=False)]
    ranges = {str(n): (n, n) for n in range(1, 11)}
    assert guessed_numbers(pieces, 12, ranges) == {"winners": "13", "index-a": "14", "index-b": "15"}
    assert guessed_numbers(pieces, 11, ranges) == {"winners": "13", "index-a": "14", "index-b": "15"}
    assert guessed_numbers(pieces[1:], 11, ranges) == {"index-a": "12", "index-b": "13"}
    assert guessed_numbers([], 12, ranges) == guessed_numbers(pieces, 9, {"1": (1, 9)}) == {}
    assert guessed_numbers(pieces, 2000, {str(n): (n, n) for n in range(1, 2001)})
    assert not guessed_numbers(pieces, 2001, {str(n): (n, n) for n in range(1, 2002)})


def laid(press: Press, html: str) -> bytes:
    return laying.packed(laying.laid(press.recipe, job(press.recipe, html, press.assets)), press.recipe)


def drawn(data: bytes) -> list[list[str]]:
    """The operators of each page of a piece, word by word."""
    parts = parts_of(data)
    streams = (parts.parts[page.content - parts.pages].stream for page in parts.drawn[: parts.pages])
    return [zlib.decompress(stream).decode("latin-1").split() for stream in streams]


def test_what_is_exchanged_is_what_would_be_laid_out(made):
    """A piece whose numbers are exchanged is the one that is laid out with them, to a thousandth of a pixel."""
    press, hands, _ = made
    (guess,) = contents_of(hands.html)
    numbers = {"13": "14", "14": "20", "15": "17"}
    true, found = laid(press, in_html(guess, numbers)), exchanged(laid(press, guess), numbers)
    assert (facts_of(found), faces_of(found)) == (facts_of(true), faces_of(true))
    assert [part.pattern for part in parts_of(found).parts] == [part.pattern for part in parts_of(true).parts]
    for mine, wanted in zip(drawn(found), drawn(true), strict=True):
        for a, b in zip(mine, wanted, strict=True):
            assert a == b or float(a) == pytest.approx(float(b), abs=0.001)
    assert drawn(found) != drawn(laid(press, guess))
    assert exchanged(true, {"14": "14"}) is true


@pytest.mark.parametrize(
    "values, new",
    [
        ({}, "123"),  # one digit more
        ({}, "99"),  # a digit that is not shown
        ({"words": "<a>21</a>"}, "12"),  # written twice
        ({"number": "第21页"}, "12"),  # not by itself
        ({"title": "21"}, "12"),  # also in the bookmarks
        ({"number": "2<b>1</b>"}, "12"),  # in two faces
    ],
)
def test_what_is_uncertain_is_not_exchanged(made, values, new):
    """A number is exchanged only where it stands once, by itself, and in digits that are shown; else nothing is made."""
    press = made[0]
    values = {"title": "目录", "words": "第12个", "number": "21"} | values
    data = laid(press, NAMED.format(**values))
    assert exchanged(data, {"21": new}) is None
    plain = laid(press, NAMED.format(title="目录", words="第12个", number="21"))
    assert exchanged(plain, {"21": "12"})


@pytest.mark.parametrize("html", ["<a>3</a><b>3</b>", "<a>第3页</a>", '<a title="3">4</a>', ""])
def test_only_a_number_by_itself_is_exchanged_in_html(html):
    """A number that is not all that one element says is not exchanged in HTML; one that is becomes the other."""
    assert in_html(html, {"3": "4"}) is None
    assert in_html('<a title="3">3</a><b>4</b>', {"3": "4", "4": "3"}) == '<a title="3">4</a><b>3</b>'
