"""Fields: how batches and awards sort."""

import pytest

from casepress.facts import wording
from casepress.values.fields import Term, is_prize, natural, number, ordinal, rank


@pytest.mark.parametrize(
    ("text", "value"),
    [("四", 4), ("十", 10), ("十二", 12), ("二十", 20), ("三十五", 35), ("一百零三", 103), ("二〇二四", 2024), ("12", 12)],
)
def test_numerals_are_read(text, value):
    """Chinese and Arabic numerals mean their number."""
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "批", "1a", "十a"])
def test_what_is_no_number_is_refused(text):
    """Anything else raises ValueError."""
    with pytest.raises(ValueError):
        number(text)


def test_batches_sort_by_their_number():
    """第十二批 comes after 第四批, and quarters and school years sort by their years."""
    batches = ["2024年第三季度", "第十二批", "2021-2022学年度", "第四批", "2024年第一季度", "第二批"]

    assert sorted(batches, key=ordinal) == [
        "第二批", "第四批", "第十二批", "2021-2022学年度", "2024年第一季度", "2024年第三季度",
    ]  # fmt: skip


def test_awards_sort_by_rank():
    """特等奖 comes before 一等奖, and a designation after every prize."""
    awards = ["典型案例", "三等奖", "一等", "特等奖", "优秀奖", "二等奖"]

    assert sorted(awards, key=rank) == ["特等奖", "一等", "二等奖", "三等奖", "优秀奖", "典型案例"]


@pytest.mark.parametrize(("label", "prize"), [("一等奖", True), ("特等", True), ("创新奖", True), ("典型案例", False)])
def test_a_designation_is_no_prize(label, prize):
    """典型案例 is a designation; everything that ranks or is called 奖 is a prize."""
    assert is_prize(Term("x", label)) is prize


def test_names_with_numbers_count():
    """case-10 comes after case-2."""
    assert sorted(["case-10", "case-2", "a"], key=natural) == ["a", "case-2", "case-10"]


@pytest.mark.parametrize("figure", ["1", "一", "十"])
def test_a_row_of_figures_without_end_stops_nothing(figure):
    """A value of thousands of figures sorts somewhere, equals itself, and means no batch."""
    text = figure * 5000
    assert ordinal(text) and rank(text)
    assert wording.counted(text) == wording.counted(text + " ") != wording.counted(figure)
