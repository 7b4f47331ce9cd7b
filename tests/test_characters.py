"""The table of characters: its sets mean what they say, hold together, and agree with Unicode."""

import ast
import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from casepress.checking.checks import punctuation_is_full_width
from casepress.facts import characters, places, wording
from casepress.facts.characters import (
    CLOSE,
    CLOSING,
    CONTROLS,
    EVERYDAY,
    HAN,
    HIDDEN,
    IGNORABLE,
    NONCHARACTERS,
    NOT_FIRST,
    OPENING,
    PAIRS,
    SKIN_TONES,
    SPACES,
    SQUARE,
    TURNING,
    VARIATIONS,
    VERTICAL,
    WORDED,
)
from casepress.facts.folding import fold
from casepress.facts.titles import balanced
from casepress.facts.vertical import upright
from casepress.markup.decoding import decode
from casepress.markup.prose import render
from casepress.type.coverage import is_shown
from casepress.values.cases import Case, Collection

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "scripts" / "casepress"
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
    assert of(EVERYDAY) < of(WORDED) < han and {unicodedata.category(c) for c in han - of(WORDED)} == {"Nl"}


def test_what_is_set_square_is_wide_or_full():
    """What counts as one em wide is wide or full-width for Unicode too (UAX #11), save for half-width kana and their marks."""
    assigned = [c for c in of(SQUARE) if unicodedata.category(c) != "Cn"]
    narrow = {c for c in assigned if unicodedata.east_asian_width(c) not in "WF"}
    assert narrow <= set("\u303f\u3248\u3249\u324a\u324b\u324c\u324d\u324e\u324f｡｢｣､･")
    assert of(HAN) < of(SQUARE) and of(HAN) < of(CLOSE)


def test_marks_open_or_close():
    """No mark does both; each that opens has one that closes."""
    assert not set(OPENING) & set(NOT_FIRST)
    assert set(PAIRS) == set(OPENING) and set(PAIRS.values()) < set(CLOSING)
    for left, right in PAIRS.items():
        assert {unicodedata.category(left), unicodedata.category(right)} in ({"Ps", "Pe"}, {"Pi", "Pf"})


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


# --- one meaning in every module, and in the browser


@pytest.mark.parametrize("name", ["张　𬱖", "〇 一", "阿依古丽 · 买买提"])
def test_names_close_up_whatever_their_characters(name):
    """A name with a rare character loses its spaces like any other."""
    assert wording.name(name) == "".join(name.split())


def test_values_in_marks_of_any_kind_are_one_word():
    """The marks around a word and the dash within a number part no words, whichever a keyboard gave."""
    assert {wording.plain(f"{left}作业管理{right}") for left, right in PAIRS.items()} == {"作业管理"}
    assert {wording.counted(f"2021{dash}2022学年") for dash in "-‐–—－─−～〜~至"} == {wording.counted("2021-2022学年度")}


def test_what_may_be_ignored_needs_no_glyph():
    """A character that shows nothing is no empty box, whether Unicode has named it yet or not."""
    assert not [f"{ord(c):x}" for c in of(IGNORABLE + SKIN_TONES) if is_shown(c)]


def test_old_text_files_may_have_form_feeds():
    """A form feed in a GB18030 file parts words, as in one of UTF-8; it makes no nonsense of the file."""
    texts = {decode("第一页\x0c第二页".encode(encoding), "a.md")[0] for encoding in ("utf-8", "gb18030")}
    assert texts == {"第一页 第二页"}


@pytest.mark.parametrize("text", ["𠮷,好", "他说:「好」", "开展活动,【一】", "〇.五，二,〇"])
def test_half_width_marks_are_told_beside_any_chinese(text):
    """Rare characters and every bracket count as Chinese where half-width marks are sought."""
    case = Case("a", "a.md", "", {}, render(text, "a-", {}))
    assert len(list(punctuation_is_full_width(Collection("", (), (case,))))) == 1


def test_the_browser_reads_names_by_the_same_characters():
    """What stands around, behind and between names is the same in search/names.js and in Python."""
    script = (ROOT / "theme" / "scripts" / "search" / "names.js").read_text("utf-8")
    around = re.search(r"const AROUND = \{(.*?)\};", script, re.DOTALL)[1]
    assert dict(re.findall(r"""["'](.)["']: ["'](.)["']""", around)) == wording._AROUND
    assert of(re.search(r"const BEHIND = /\[(.*)\]\+\$/", script)[1]) == set(wording._BEHIND)
    steps = of(re.search(r"const STEPS = /\[(.*)\]\+/g", script)[1])
    assert {c for c in steps ^ of(places.SEPARATORS.pattern[1:-2]) if fold(c) == c} == set()


# --- the guard

# Lists that a grammar of its own makes, none of ours: what they are for.
LAWFUL = {
    "values/problems.py": ("\u061c\u200e\u200f",),  # values ask no other room; what turns or moves a line of a terminal
    "site/compilations.py": ("选编目录",),  # words, of which letters are made
    "markup/frontmatter.py": ("\x7f-\x9f",),  # what YAML 1.1 (5.1) cannot print
    "markup/foreign.py": (r"\x0e-\x11",),  # the marks of lines and dressings that tracing takes out again
    "takedown.py": ("，、“”（）",),  # the marks that Markdown and all that is built leave as they are
}
UNSEEN = f"{IGNORABLE}{HIDDEN}{CONTROLS}{TURNING}{NONCHARACTERS}"
SPECIAL = re.compile(f"[{HAN}{UNSEEN}{SKIN_TONES}]")


def written(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The texts of a module that are no documentation, each with its line."""
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


def is_list(text: str) -> bool:
    """Whether a text lists characters: a range of 汉字 or of what is not seen, or four and more marks side by side."""
    text = re.sub(r"\\[uU]([0-9a-f]{4,8})|\\x([0-9a-f]{2})", lambda escape: chr(int(escape[1] or escape[2], 16)), text)
    ranges = re.findall(r"(?s)([^\[])-([^\]])", text)
    if any(not (left.isascii() and right.isascii()) and SPECIAL.search(left + right) and left < right for left, right in ranges):
        return True
    if len(set(re.findall(f"[{UNSEEN}]", text))) > 2:
        return True
    for run in re.findall(r"[^\w\s()\\{}|*+$]+", text):
        if len({c for c in run if not c.isascii() and unicodedata.category(c)[0] in "PS"}) > 3:
            return True
    return False


def test_the_guard_knows_a_list():
    """What the guard is to find it finds, and sentences are none."""
    for text in ("[\u3400-\u9fff]", r"[\u4e00-\u9fff]", "一-龥", "，。；：", "[、，,；;！]", "\u200b\u200c\ufeff", "\ufe00-\ufe0f", "•●◆■"):
        assert is_list(text), text
    for text in ("请删去空格；并列的词，中间改用顿号“、”", "0-9０-９", "a-z", "“{}”（{}）", "第一、第二", "\ufeff", "[ \u00a0\u3000]"):
        assert not is_list(text), text


MODULES = {str(path.relative_to(PACKAGE)): path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


def lists(name: str) -> list[tuple[int, str]]:
    """The lists of characters that a module writes, with their lines."""
    return [(line, text) for line, text in written(ast.parse(MODULES[name])) if is_list(text)]


def test_no_module_lists_characters_for_itself():
    """Sets of characters stand in the one table; a module asks it."""
    own = {name: [each for each in lists(name) if not any(mark in each[1] for mark in LAWFUL.get(name, ()))] for name in MODULES}
    assert own.pop("facts/characters.py")
    assert {name: found for name, found in own.items() if found} == {}


def test_no_module_counts_in_code_points():
    """Ranges of characters are not written as numbers either."""
    own = {
        name: [
            each for each in re.findall(r"\b0[xX]([0-9a-fA-F]{4,5})\b", source) if each.lower() != "ffff" and SPECIAL.match(chr(int(each, 16)))
        ]
        for name, source in MODULES.items()
    }
    own.pop("facts/characters.py")
    assert {name: found for name, found in own.items() if found} == {}


def test_every_exception_is_needed():
    """An exception that nothing needs is none."""
    for name, marks in LAWFUL.items():
        assert all(any(mark in text for _, text in lists(name)) for mark in marks), name
