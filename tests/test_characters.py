"""The table of characters: its sets mean what they say, hold together, and agree with Unicode."""

import re
import sys
import unicodedata
from functools import cache

import pytest

from casepress.facts import characters
from casepress.facts.characters import CLOSE, CLOSING, HAN, IGNORABLE, NOT_FIRST, OPENING, SPACES, SQUARE, VARIATIONS, VERTICAL
from casepress.facts.folding import fold
from casepress.facts.titles import balanced
from casepress.facts.vertical import upright

NAMES = [name for name, value in vars(characters).items() if name.isupper() and isinstance(value, str)]


ALL = "".join(map(chr, range(sys.maxunicode + 1)))


@cache
def of(inside: str) -> frozenset[str]:
    """The characters of a class of a pattern."""
    return frozenset("".join(re.findall(f"[{inside}]+", ALL)))


@pytest.mark.parametrize("name", NAMES)
def test_sets_stand_beside_each_other(name):
    """Every set is the inside of a class by itself, and beside others it is the same."""
    alone = of(vars(characters)[name])
    assert alone
    assert of("x" + vars(characters)[name] + "y") == alone | {"x", "y"}


def test_han_is_what_unicode_calls_ideographs():
    """Every ideograph that Python's Unicode knows is 汉字, a number sign and a Latin letter are not."""
    han = of(HAN)
    named = {c for c in map(chr, range(0x2E80, sys.maxunicode + 1)) if unicodedata.name(c, "").startswith("CJK UNIFIED IDEOGRAPH")}
    assert len(named) > 90_000 and named <= han
    assert "〇" in han and not han & set("a1１Ａ，、あ")


def test_what_is_set_square_is_wide_or_full():
    """What counts as one em wide is wide or full-width for Unicode too (UAX #11), save for half-width kana and their marks."""
    assigned = [c for c in of(SQUARE) if unicodedata.category(c) != "Cn"]
    narrow = {c for c in assigned if unicodedata.east_asian_width(c) not in "WF"}
    assert narrow <= set("\u303f\u3248\u3249\u324a\u324b\u324c\u324d\u324e\u324f｡｢｣､･")
    assert of(HAN) < of(SQUARE) and of(HAN) < of(CLOSE)


def test_marks_open_or_close():
    """No mark does both; each that opens has one that closes."""
    assert not set(OPENING) & set(NOT_FIRST)
    pairs = dict(zip("“‘（《〈【「『〔［｛〖", "”’）》〉】」』〕］｝〗", strict=True))
    assert set(pairs) == set(OPENING) and set(pairs.values()) < set(CLOSING)


def test_spaces_are_those_of_python():
    """The white space that is written out for other languages is that of str.split."""
    assert of(SPACES) == {c for c in map(chr, range(sys.maxunicode + 1)) if c.isspace()}


def test_the_ignorable_show_nothing():
    """Whatever may be ignored is of a kind that has no shape, and variation selectors are among it."""
    kinds = {unicodedata.category(c) for c in of(IGNORABLE)}
    assert kinds <= {"Cf", "Mn", "Lo", "Cn"}
    assert of(VARIATIONS) < of(IGNORABLE)


def test_vertical_forms_are_those_of_the_same_marks():
    """Each vertical form is, for Unicode, the mark that it stands for; quotes take corner brackets."""
    for mark, form in VERTICAL.items():
        mark = dict(zip("“”‘’", "「」『』", strict=True)).get(mark, mark)
        assert fold(form) == fold(mark) or unicodedata.normalize("NFKC", form) in (mark, unicodedata.normalize("NFKC", mark))


@pytest.mark.parametrize("mark", OPENING)
def test_every_bracket_turns_on_a_spine(mark):
    """A bracket of a title stands upright on no spine: also that of a document's number, 〔2026〕."""
    assert upright(f"甲{mark}乙")[1].text == VERTICAL[mark]


@pytest.mark.parametrize("mark", CLOSING)
def test_no_line_of_a_title_begins_with_a_mark(mark):
    """However narrow a title is set, no closing mark begins one of its lines and no opening one ends one."""
    lines = balanced(f"江苏省〔2026〕1号文件落实情况{mark}全省推进课堂提质的做法与经验{mark}与展望", 6)
    assert not any(line[0] in NOT_FIRST or line[-1] in OPENING for line in lines), lines
