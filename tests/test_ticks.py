"""Which words of a line are ticked, however boxes stand to them: 小学 and 初中 are what may be chosen."""

import pytest

from casepress.intake.ticks import ticked

LINES = [
    ("√ 小学√ 初中", ["小学", "初中"]),
    ("☒ 小学☒ 初中", ["小学", "初中"]),
    ("请选择：□小学 ☑初中", ["初中"]),
    ("高中☑ 小学□ 初中□", ["高中"]),
    ("☑高中 □小学 □初中", ["高中"]),
    ("□小学√□初中", ["小学"]),
    ("□√小学 □初中", ["小学"]),
    ("小学□ √初中□", ["初中"]),
    ("（在□内打√）□小学 ☑初中", ["初中"]),
    ("请在□内打“√”：☑小学 □初中", ["小学"]),
    ("1.小学（√） 2.初中（ ）", ["小学"]),
    ("小学", None),
    ("小学√", ["小学"]),
    ("☑小学/□初中", ["小学"]),
    ("□小学\n☑初中", ["初中"]),
    ("小学[ √ ]初中[  ]", ["小学"]),
    ("小 学 ☑  初 中 □", ["小学"]),
    ("[x]小学 [ ]初中", ["小学"]),
    ("×小学 √初中", ["初中"]),
    ("（×）小学 （√）初中", ["初中"]),
    ("(x)小学 ( )初中", ["小学"]),
    ("√小学、初中", ["小学"]),
    ("●小学○初中", ["小学"]),
    ("小学 初中 √", ["初中"]),
    ("√ 小学 初中", ["小学"]),
    ("☐小学☐初中", []),
    ("小学■ 初中□ 其他□：", ["小学"]),
    ("□其他（ ） ☑小学 □初中", ["小学"]),
    ("☑小学（含九年一贯制）  □初中", ["小学"]),
    ("小学（含九年一贯制）☑  初中□", ["小学"]),
]


@pytest.mark.parametrize(("text", "wanted"), LINES)
def test_a_tick_belongs_to_its_word(text, wanted):
    """What is ticked, in its order; a word that may not be chosen where only it is ticked; None where there are no boxes."""
    assert ticked(text, ["小学", "初中"]) == wanted
