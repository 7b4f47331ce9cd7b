"""How a Chinese text is written: what is wrong is found and named, and sound texts are let be."""

import time
from collections import Counter
from pathlib import Path

import pytest

from casepress.language import proofreading, terms
from casepress.language.characters import simplified
from casepress.values.rules import Entry, Wishes

ROOT = Path(__file__).parents[1]
SOUND = (ROOT / "tests/language/sound.txt").read_text("utf-8")
FAULTY = [line.split("\t") for line in (ROOT / "tests/language/faulty.tsv").read_text("utf-8").splitlines()]


def lines(text):
    """The words of each line, as a reader of bodies gives them for text without any markup."""
    return tuple((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def look(text):
    return proofreading.look(lines(text), text)


@pytest.mark.parametrize(("check", "text"), FAULTY, ids=[text for _, text in FAULTY])
def test_what_is_wrong_is_found(check, text):
    """Each fault is found by the check that is for it, on its line, and what is told says what to write."""
    found = look(f"前面一段是好的。\n\n{text}\n\n后面一段也是好的。")
    assert {remark.check for remark in found} & {check} == {check}
    assert {remark.line for remark in found} == {3}
    assert all(remark.cure and remark.check in proofreading.CHECKS for remark in found)


def test_sound_texts_are_let_be():
    """Nothing is said of a hundred sound paragraphs full of what only looks wrong, nor of the cases of the sample."""
    assert len([part for part in SOUND.split("\n\n") if part.strip()]) > 100
    assert look(SOUND) == ()
    for path in (ROOT / "cases").glob("*.md"):
        text = path.read_text("utf-8").split("\n---\n", 1)[1]
        assert look(text) == (), path.name


def test_faults_are_found_among_sound_text():
    """Every fault is found as well where it stands between a hundred sound paragraphs, and nothing else is."""
    parts = SOUND.strip().split("\n\n")
    first = {number for number, part in enumerate(parts) if part.startswith(("“我们做了三件事", "“第二件"))}
    wanted, text = [], []
    for number, part in enumerate(parts):
        text.append(part)
        if number < len(FAULTY) and number not in first:
            text.append(FAULTY[number][1])
            wanted.append(FAULTY[number][0])
    found = Counter(remark.check for remark in look("\n\n".join(text)))
    assert len(wanted) > 50
    assert not Counter(wanted) - found


def test_a_quotation_of_several_paragraphs_opens_each_of_them():
    """It is closed once, at its end (GB/T 15834-2011); without that the last one is named."""
    assert look("他说：“第一件事办好了。\n\n“第二件事也办好了。”") == ()
    (remark,) = look("他说：“第一件事办好了。\n\n“第二件事也办好了。")
    assert remark.line == 3
    (remark,) = look("他说：“第一件事办好了。\n\n第二件事也办好了。”")[:1]
    assert remark.line == 1


def test_a_paragraph_may_be_written_in_several_lines():
    """Its pairs are looked for over all of them, and a fault has the line on which it stands."""
    assert look("他说：“第一件事\n办好了。”大家都\n高兴。") == ()
    (remark,) = look("第一行，\n第二行“没有合上，\n第三行。")
    assert remark.line == 2


def test_traditional_characters_have_their_standard_ones():
    """The table leads from what the standard does not have to what it has; characters of the standard are no part of it."""
    table = simplified()
    assert {old: table[old] for old in "導體學發裡"} == {"導": "导", "體": "体", "學": "学", "發": "发", "裡": "里"}
    assert not set("乾徵瞭著藉於昇喆堃后里只台") & set(table)
    assert len(table) > 2900
    assert look("学生读了《紅樓夢》的选段。") == ()


def test_a_collection_allows_adds_and_leaves_out():
    """What is allowed is let be wherever it stands, terms of one's own are found, a check that is left out says nothing."""
    text = "教育督導體制的的原件，延时班照旧。"
    found = look(text)
    told = [remark.check for remark in found]
    assert told == ["characters_are_simplified", "characters_are_not_doubled"]

    def again(**wishes):
        return [remark.check for remark in proofreading.look_again(found, lines(text), text, Wishes(**wishes))]

    assert again(allowed=("督導體制",)) == ["characters_are_not_doubled"]
    assert again(left_out=frozenset({"characters_are_not_doubled"})) == ["characters_are_simplified"]
    assert sorted(again(terms=(Entry("延时班", "课后服务"),))) == sorted([*told, "terms_are_right"])


def test_terms_are_sound_themselves():
    """No right word is called wrong, no wrong one is part of a right one, and each is listed once."""
    entries = [entry for _, entry in terms.standard()]
    assert len({entry.wrong for entry in entries}) == len(entries) > 80
    for entry in entries:
        assert [r.what for r in look(f"这里写的是{entry.right}，没有错。") if r.check == terms.RIGHT] == [], entry
        for sound in entry.sound:
            assert [r.what for r in look(f"这里写的是{sound}，没有错。") if r.check == terms.RIGHT] == [], entry


def test_time_is_that_of_reading_once():
    """A text of twenty times the length takes about twenty times as long, also where every mark is open."""
    for text in (SOUND, "“（《" * 3000, "的的" * 3000, "导體" * 3000, "双减" * 3000):
        spent = []
        for times in (1, 20):
            start = time.process_time()
            look("\n\n".join([text] * times))
            spent.append(time.process_time() - start)
        assert spent[1] < 60 * max(spent[0], 0.002)
