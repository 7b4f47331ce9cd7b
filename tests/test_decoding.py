"""Decoding: bytes to text, whatever an older program wrote, and a problem for everything that is wrong."""

import pytest

from casepress.markup.decoding import MAX_BYTES, decode
from casepress.values.problems import Level, Problem

CASE = "---\ntitle: 双减探索\nregion: 武进区\n---\n\n## 背景\n\n正文。\n"


def only(problems: tuple[Problem, ...]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


@pytest.mark.parametrize("data", [CASE.encode(), CASE.encode("utf-8-sig")], ids=["plain", "BOM"])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
def test_utf8_is_read_with_or_without_bom_and_with_any_line_ending(data, ending):
    """UTF-8 files of every system are read alike and without complaint."""
    assert decode(data.replace(b"\n", ending), "a.md") == (CASE, ())


def test_gb18030_is_read_with_a_warning_that_says_how_to_convert_it():
    """A file from 记事本 in GB18030 is read, and its owner learns how to save it as UTF-8."""
    text, problems = decode((CASE + "𠮷镕").encode("gb18030"), "a.md")
    assert text == CASE + "𠮷镕"
    problem = only(problems)
    assert problem.level is Level.WARNING and "另存为" in problem.cure and "UTF-8" in problem.cure
    assert problem.line == 0, "it is said of the whole file"


def test_a_damaged_utf8_file_is_not_read_as_nonsense():
    """Bytes that GB18030 could read as other characters are an error where most of the file is UTF-8."""
    data = "双减探索".encode() + "一".encode()[:2]
    assert data.decode("gb18030")
    text, problems = decode(data, "a.md")
    assert text == "" and only(problems).level is Level.ERROR


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_is_read_only_with_a_bom(codec):
    """UTF-16 is accepted where it says so itself; without its mark it is an error, not nonsense."""
    text, problems = decode(("\ufeff" + CASE).encode(codec), "a.md")
    assert text == CASE and (only(problems).level, only(problems).line) == (Level.WARNING, 0)
    text, problems = decode(CASE.encode(codec), "a.md")
    assert text == "" and only(problems).level is Level.ERROR


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (CASE.encode()[:-3], 8),
        ("第一行\n第二行".encode() + b"\xff\n", 2),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 1),
        (b"\xff\xfe\x00", 1),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", 1),
    ],
    ids=["cut short", "stray byte", "PNG", "broken UTF-16", "JPEG"],
)
def test_what_cannot_be_read_is_an_error_with_its_line(data, line):
    """Damaged UTF-8 is not taken for GB18030, and a picture is not taken for text; the error names the line."""
    text, problems = decode(data, "a.md")
    problem = only(problems)
    assert (text, problem.level, problem.line) == ("", Level.ERROR, line)


@pytest.mark.parametrize("data", [b"PK\x03\x04\xff\xfe\x00\x80", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_word_file_is_called_a_word_file(data):
    """Whoever renames a Word file to .md is told so."""
    problem = only(decode(data, "a.md")[1])
    assert "Word" in problem.what and problem.line == 0


def test_a_file_over_the_limit_is_refused():
    """Nothing larger than 512 KB is looked at."""
    assert decode(b"a" * MAX_BYTES, "a.md")[1] == ()
    assert decode(b"a" * (MAX_BYTES + 1), "a.md")[0] == ""
    text, problems = decode(b"a" * 2 * MAX_BYTES, "a.md")
    assert (text, only(problems).what, only(problems).line) == ("", "文件有 1024 KB，超过 512 KB 的上限", 0)


@pytest.mark.parametrize("char", ["\0", "\u202e", "\u2066", "\u202a", "\uffff", "\ufdd0", "\U0010ffff"])
def test_deceiving_characters_are_errors_with_their_line(char):
    """NUL, noncharacters and what turns the direction of text are errors, and do not reach the text."""
    text, problems = decode(f"\n二{char}三\n".encode(), "a.md")
    problem = only(problems)
    assert (text, problem.level, problem.line) == ("\n二三\n", Level.ERROR, 2)


def test_invisible_characters_are_stripped_with_one_warning():
    """Leftovers of web pages and Word vanish; one warning names the first line and how many there were."""
    text, problems = decode("一\u200b二\n三\xad四\x07五\ufeff六\n七\x0b八\u2028九".encode(), "a.md")
    assert text == "一二\n三四五六\n七 八 九"
    problem = only(problems)
    assert (problem.level, problem.line) == (Level.WARNING, 1) and "6 个" in problem.what
    problem = only(decode("\n二\u200b\u200b\u200b三\u2028四".encode(), "a.md")[1])
    assert problem.line == 2 and "4 个" in problem.what


def test_what_rare_names_need_is_kept():
    """Variation selectors, joiners in emoji, ideographic spaces and characters beyond the first plane stay."""
    text = "葛\U000e0100城 👨\u200d👩 　𠮷"
    assert decode(text.encode(), "a.md") == (text, ())


def test_lost_characters_are_reported():
    """A replacement character means that a character is lost already; its line is named."""
    assert only(decode("\n王\ufffd\n".encode(), "a.md")[1]).line == 2
    assert only(decode("\ufffd".encode(), "a.md")[1]).line == 1


def test_all_problems_of_a_text_are_found_at_once():
    """Reading does not stop at the first unfit character."""
    problems = decode("a\0\nb\u202e\nc\u200b\nd\ufffd".encode(), "a.md")[1]
    assert [problem.line for problem in problems] == [1, 2, 3, 4]
