"""The themes of the calls for cases, and how they meet in ours."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from casepress.facts.taxonomies import FOLDER, Theme, aliases, known, taxonomy

LOCAL = ("changzhou", "ningxia", "zhuzhou")
NOTICES = Path(__file__).parents[2] / "shared" / "notices"


def rows(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_four_taxonomies_ship():
    """The canonical taxonomy comes first, then those of the three notices."""
    assert known() == ("standard", *LOCAL)


def test_canonical_themes_are_complete():
    """There are twenty canonical themes, each with its own ASCII slug and label."""
    themes = taxonomy("standard")
    assert len(themes) == len({t.slug for t in themes}) == len({t.label for t in themes}) == 20
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", t.slug) for t in themes)
    assert [t.label for t in themes[:3]] == ["课后服务", "作业管理", "课堂提质"]
    assert themes[-1].slug == "other"


def test_local_taxonomies_are_complete():
    """Changzhou has 10 themes, Ningxia 9 in its text and 8 on its form, Zhuzhou 22 in 4 groups."""
    assert len(taxonomy("changzhou")) == 10
    assert Counter(t.group for t in taxonomy("ningxia")) == {"征集主题": 9, "申报表": 8}
    assert list(Counter(t.group for t in taxonomy("zhuzhou")).values()) == [4, 5, 5, 8]


@pytest.mark.parametrize("name", LOCAL)
def test_every_mapping_leads_to_a_canonical_theme(name):
    """Each row leads to a theme that exists, says how the two are related, and is there once."""
    slugs = {theme.slug for theme in taxonomy("standard")}
    for row in rows(name):
        assert row["maps_to"] in slugs
        assert row["relation"] in ("exact", "close", "narrower", "related")
    assert all(n == 1 for n in Counter((r["group"], r["label"], r["maps_to"]) for r in rows(name)).values())


def test_words_agree_across_taxonomies():
    """No word means one canonical theme in one taxonomy and another in the next, whatever their order."""
    meanings: dict[str, set[str]] = {}
    for name in known():
        for word, slug in aliases((name,)).items():
            meanings.setdefault(word, set()).add(slug)
    assert {word: slugs for word, slugs in meanings.items() if len(slugs) > 1} == {}
    assert aliases(known()) == aliases(reversed(known()))
    assert all(word and word == word.strip() for word in meanings)


def test_words_are_used_once_in_the_canonical_taxonomy():
    """A label or alias stands for one canonical theme only."""
    words = Counter(word for theme in taxonomy("standard") for word in (theme.label, *theme.aliases))
    assert [word for word, n in words.items() if n > 1] == []


def test_themes_of_different_notices_meet():
    """作业减负 in Ningxia and 作业管理 in Changzhou are one theme, and so are the other pairs."""
    words = aliases(LOCAL)
    assert words["作业减负"] == words["作业管理"] == words["加强作业管理"] == "homework"
    assert words["课堂教学"] == words["课堂提质"] == "classroom"
    assert words["家校社协同"] == words["家校社联动"] == words["加强和改进家长教育"] == "family"
    assert words["科学教育"] == "science"
    assert aliases(("standard",))["作业减负"] == "homework"
    assert aliases(()) == {}


def test_a_theme_keeps_what_else_it_touches():
    """A topic that spans two canonical themes has the nearer as its slug and the other beside it."""
    themes = {theme.label: theme for theme in taxonomy("zhuzhou")}
    assert themes["落实手机、作业、睡眠、读物、体质等“五项管理”有关措施"] == Theme(
        "wellbeing",
        "落实手机、作业、睡眠、读物、体质等“五项管理”有关措施",
        group="落实“双减”和“五项管理”",
        also=("homework",),
    )


def test_unknown_taxonomies_are_told_with_the_known():
    """A wrong name is answered with the names there are, and no name leads out of the folder."""
    for name in ("changzou", "", "../places"):
        with pytest.raises(ValueError, match="可用的有：standard、changzhou、ningxia、zhuzhou"):
            taxonomy(name)
    with pytest.raises(ValueError, match="没有名为“changzou”的主题表"):
        aliases(("standard", "changzou"))


@pytest.mark.skipif(not NOTICES.is_dir(), reason="未检查：没有 ../shared/notices，主题没有和通知对照")
@pytest.mark.parametrize(("name", "start"), [*zip(LOCAL, ("000", "001", "002"), strict=True)])
def test_labels_are_those_of_the_notices(name, start):
    """Every label and heading stands in its notice in the same words and the same order."""
    (notice,) = NOTICES.glob(f"{start}_*.txt")
    text = "".join(notice.read_text(encoding="utf-8").split()).replace("督導體制", "督导体制")
    headings = {"": "主题类别", "申报表": "案例主题"}
    for group in dict.fromkeys(theme.group for theme in taxonomy(name)):
        at = text.index(headings.get(group, group))
        for theme in taxonomy(name):
            if theme.group == group:
                # Where a label of ours has brackets, the notice has a colon and a full stop.
                for part in re.split("[（）]", theme.label):
                    at = text.index(part, at)
