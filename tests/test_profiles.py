"""Profiles: measures of the page, and what a wrong file of them says."""

from pathlib import Path

import pytest

from casepress.profiles import MM, NoProfile, read_profile

PRINT = Path(__file__).resolve().parents[1] / "theme" / "print"
GOOD = """paper: [210, 285]
margins: {top: 31, inner: 33}
body: 10.5
pitch: 18
characters: 40
lines: 36
"""


@pytest.fixture
def written(tmp_path):
    """A function that writes a profile's file and reads it."""

    def read(text: str | bytes, name: str = "own"):
        (tmp_path / "profiles").mkdir(exist_ok=True)
        (tmp_path / "profiles" / "own.yml").write_bytes(text.encode() if isinstance(text, str) else text)
        return read_profile(name, [tmp_path, PRINT])

    return read


def test_big16_is_the_book_format_of_16_kai():
    """big16 is 210 × 285 mm with 40 characters of 10.5 pt on 36 lines of 18 pt: 148.2 × 226 mm of type, margins 33/28.8/31/28."""
    profile = read_profile("big16", [PRINT])
    assert (profile.characters, profile.lines, profile.body, profile.pitch) == (40, 36, 10.5, 18)
    assert [profile.width / MM, profile.height / MM] == pytest.approx([210, 285])
    assert profile.measure / MM == pytest.approx(148.2, abs=0.1)
    assert profile.outer / MM == pytest.approx(28.8, abs=0.1)
    # Characters begin at the top margin and end at the lower one: half the white of a line stands beyond them.
    white = (profile.pitch - profile.body) / 2
    assert (profile.above + white) / MM == pytest.approx(31)
    assert (profile.below + white) / MM == pytest.approx(28, abs=0.1)
    assert (profile.lines * profile.pitch - 2 * white) / MM == pytest.approx(226, abs=0.1)


def test_a_collection_has_profiles_of_its_own(written):
    """A file in the collection's theme is found by its name and goes before the shipped one."""
    assert written(GOOD.replace("40", "38")).characters == 38
    assert written(GOOD, "big16").name == "big16"


def test_an_unknown_profile_names_the_known_ones(written):
    """A name that no folder has is refused with the names that there are."""
    with pytest.raises(NoProfile, match="没有叫“大开本”的版式，可用的有：big16、own"):
        written(GOOD, "大开本")


WRONG = {
    "a missing length": (GOOD.replace("pitch: 18\n", ""), "pitch 没有写"),
    "a missing margin": (GOOD.replace("top: 31, ", ""), "margins 里的 top 没有写"),
    "margins in a row": (GOOD.replace("{top: 31, inner: 33}", "[31, 33]"), "margins 里的 top 没有写"),
    "a word for a number": (GOOD.replace("10.5", "五号"), "body 应当是大于 0 的数"),
    "nothing": (GOOD.replace("10.5", ""), "body 应当是大于 0 的数"),
    "less than nothing": (GOOD.replace("top: 31", "top: -31"), "margins 里的 top 应当是大于 0 的数"),
    "not a number": (GOOD.replace("18", ".nan"), "pitch 应当是大于 0 的数"),
    "endless": (GOOD.replace("10.5", "inf"), "body 应当是大于 0 的数"),
    "half a character": (GOOD.replace("40", "39.5"), "characters 应当是整数"),
    "one side of the paper": (GOOD.replace("[210, 285]", "[210]"), r"paper 应当写成 \[宽, 高\]"),
    "a named paper": (GOOD.replace("[210, 285]", "A4"), r"paper 应当写成 \[宽, 高\]"),
    "lines that touch": (GOOD.replace("18", "9"), "行距 pitch 比字号 body 还小"),
    "more than the width holds": (GOOD.replace("40", "60"), "版心比纸还大"),
    "more than the height holds": (GOOD.replace("36", "60"), "版心比纸还大"),
    "a list": ("- 1\n", "内容不是“名称: 值”的形式"),
    "no YAML": ("body: [10.5\n", "有误"),
    "an empty file": ("", "有误"),
    "the same twice": (GOOD + "body: 12\n", "有误"),
    "bytes": (b"\x00\xff\xfe\x80", "有误"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_with_a_sentence(written, name):
    """A file that cannot be a page's measures is refused in Chinese, with what is wrong, and never with a traceback."""
    text, words = WRONG[name]
    with pytest.raises(NoProfile, match=words) as refused:
        written(text)
    assert not any(word in str(refused.value).lower() for word in ("error", "expected", "invalid", "could not"))
