"""Profiles: measures and types of the page, those that are shipped, and what a wrong file of them says."""

from pathlib import Path

import pytest

from casepress.book.measures import MM, Type
from casepress.book.profiles import NoProfile, read_profile

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


def test_the_shipped_profiles_have_the_measures_of_their_sources():
    """Seven profiles: measure × lines and the margins inside, outside and above, in mm, as the table of presets has them."""
    table = {
        "ningxia": (152.4, 21 * 30, 28, 29.6, 37),
        "zhuzhou": (143.9, 29 * 23.34, 31.8, 34.3, 25.4),
        "gongwen": (156, 225 * MM + 29.62 - 15.79, 28, 26, 37),
        "a4": (152.4, 33 * 21, 31, 26.6, 29),
        "big16": (148.2, 36 * 18, 33, 28.8, 31),
        "std16": (137.1, 34 * 17.5, 25, 22.9, 27),
        "large": (152.4, 23 * 30, 31, 26.6, 29),
    }
    assert set(table) == {file.stem for file in (PRINT / "profiles").iterdir()}
    for name, (measure, height, *margins) in table.items():
        profile = read_profile(name, [PRINT])
        assert profile.name == name and profile.lines * profile.pitch == pytest.approx(height, abs=0.1)
        found = [profile.measure, profile.inner, profile.outer, profile.top]
        assert [length / MM for length in found] == pytest.approx([measure, *margins], abs=0.1), name


def test_a_profile_may_be_like_another(written):
    """A file says only what is different; a size alone leaves the face as it is, and sizes may be given in 号."""
    own, gongwen = written("like: gongwen\nbody: 三号\npitch: 30\ncharacters: 27\nmargins: {top: 30}\n"), read_profile("gongwen", [PRINT])
    assert (own.text, own.top / MM, own.inner) == (Type("fang", 16), pytest.approx(30), gongwen.inner)
    assert (own.title, own.headings, own.numbers, own.lines) == (gongwen.title, gongwen.headings, gongwen.numbers, gongwen.lines)
    assert written("like: big16\nbody: {face: kai}\n").text == Type("kai", 10.5)


def test_what_is_not_said_follows_from_the_body(written):
    """A file of measures alone is complete: every kind of text has a type, and the face of the body goes on in deep headings."""
    plain = written(GOOD.replace("10.5", "{face: fang, size: 12}").replace("40", "34"))
    assert plain.text == Type("fang", 12) and plain.headings[-1] == plain.heading(5) == Type("fang", 12, True)
    assert plain.note.size == plain.caption.size == pytest.approx(10.32) and plain.numbers.size == 12
    assert (plain.opening, plain.heads, plain.numbers.style, plain.numbers.place) == ("any", True, "dashes", "outside")


@pytest.mark.parametrize("size, pitch, leading", [(20, 18, 27), (22, 30, 30), (16, 23.34, 23.34), (26, 18, 36), (15, 18, 18)])
def test_large_type_has_lines_of_half_pitches(written, size, pitch, leading):
    """Lines of a title stand one pitch apart, or half a pitch more at a time until its characters do not touch."""
    assert written(GOOD.replace("pitch: 18", f"pitch: {pitch}").replace("36", "20")).leading(size) == pytest.approx(leading)


def test_a_title_has_at_most_14_characters_a_line(written):
    """A line of a title holds 14 characters, fewer where the measure is narrow."""
    assert written(GOOD).room(20) == 14
    assert written(GOOD.replace("40", "20")).room(20) == 10


def test_an_unknown_profile_names_the_known_ones(written):
    """A name that no folder has is refused with the names that there are."""
    with pytest.raises(NoProfile, match="没有叫“大开本”的版式，可用的有：a4、big16、gongwen、large、ningxia、own、std16、zhuzhou"):
        written(GOOD, "大开本")


WRONG = {
    "a missing length": (GOOD.replace("pitch: 18\n", ""), "pitch 没有写"),
    "a missing margin": (GOOD.replace("top: 31, ", ""), "margins 里的 top 没有写"),
    "margins in a row": (GOOD.replace("{top: 31, inner: 33}", "[31, 33]"), "margins 里的 top 没有写"),
    "a word for a number": (GOOD.replace("10.5", "大号"), "第 3 行，body 写了“大号”，请写 0.1 到 2000 之间的数"),
    "nothing": (GOOD.replace("10.5", ""), "第 3 行，body 没有写，请写上一个大于 0 的数"),
    "less than nothing": (GOOD.replace("top: 31", "top: -31"), "margins 里的 top 写了“-31”，请写 0.1 到 2000 之间的数"),
    "not a number": (GOOD.replace("18", ".nan"), "pitch 写了“.nan”，请写 0.1 到 2000 之间的数"),
    "endless": (GOOD.replace("10.5", "inf"), "body 写了“inf”，请写 0.1 到 2000 之间的数"),
    "half a character": (GOOD.replace("40", "39.5"), "characters 写了“39.5”，请写 1 到 2000 之间的整数"),
    "one side of the paper": (GOOD.replace("[210, 285]", "[210]"), r"paper 应当写成 \[宽, 高\]"),
    "a named paper": (GOOD.replace("[210, 285]", "A4"), r"paper 应当写成 \[宽, 高\]"),
    "lines that touch": (GOOD.replace("18", "9"), "行距 pitch 比字号 body 还小"),
    "more than the width holds": (GOOD.replace("40", "60"), "版心比纸还大"),
    "more than the height holds": (GOOD.replace("36", "60"), "版心比纸还大"),
    "a list": ("- 1\n", "内容不是“名称: 值”的形式"),
    "no YAML": ("body: [10.5\n", "有误"),
    "an empty file": ("", "有误"),
    "the same twice": (GOOD + "body: 12\n", "有误"),
    "an unknown entry": (GOOD + "titel: 22\n", "第 7 行，版式里没有“titel”这一项，是不是想写 title"),
    "nothing like any entry": (GOOD + "zzzzzz: 22\n", "没有“zzzzzz”这一项，可用的有：like、paper"),
    "an unknown margin": (GOOD.replace("inner: 33", "inner: 33, outter: 20"), "第 2 行，margins 里没有“outter”这一项"),
    "an unknown side of a type": (GOOD + "title: {font: song}\n", "title 里没有“font”这一项，"),
    "an unknown face": (GOOD + "title: {face: arial}\n", "title 里的 face 写了“arial”，可用的有：song（宋体）、"),
    "a boldness": (GOOD + "title: {bold: 700}\n", "title 里的 bold 写了“700”，请写 yes 或 no"),
    "a size of a type": (GOOD + "note: {size: big}\n", "note 里的 size 写了“big”，请写 0.1 到 2000 之间的数，例如 9.03"),
    "a body without a size": (GOOD.replace("body: 10.5", "body: {face: fang}"), "body 里的 size 没有写"),
    "headings in a row": (GOOD + "headings: {face: hei}\n", "headings 应当是一至五级标题的列表"),
    "a wrong heading": (GOOD + "headings: [{face: hei}, {face: sung}]\n", "headings 第 2 级里的 face 写了“sung”"),
    "an opening": (GOOD + "opening: left\n", "opening 写了“left”，可用的有：any、right"),
    "running heads": (GOOD + "heads: maybe\n", "heads 写了“maybe”，请写 yes 或 no"),
    "a place of numbers": (GOOD + "numbers: {place: inside}\n", "numbers 里的 place 写了“inside”，可用的有：outside、centre"),
    "numbers in a word": (GOOD + "numbers: centre\n", "numbers 应当是“名称: 值”的形式"),
    "like nothing": ("like: a5\n", "版式文件 own.yml 有误：第 1 行，like 写了“a5”，没有叫“a5”的版式，可用的有：a4、"),
    "like itself": ("like: own\n", "like 绕了一圈又回到自己"),
    "like two": ("like: [a4, big16]\n", "第 1 行，like 应当是一句话"),
    "bytes": (b"\x00\xff\xfe\x80", "有误"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_with_a_sentence(written, name):
    """A file that cannot be a page's measures is refused in Chinese, with what is wrong, and never with a traceback."""
    text, words = WRONG[name]
    with pytest.raises(NoProfile, match=words) as refused:
        written(text)
    assert not any(word in str(refused.value).lower() for word in ("error", "expected", "invalid", "could not"))
