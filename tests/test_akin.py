"""Cases like a case: by what they write of and by their fields, with the reason; copies stand aside, and a cache changes nothing."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from casepress import flow
from casepress.collection import project
from casepress.facts.store import NOTHING, Store
from casepress.likeness import wordlist
from casepress.markup.templates import environment
from casepress.site.akin import akin
from casepress.site.pages import site_pages
from casepress.values.cases import Case, Collection
from conftest import ROOT, case_text

TEXTS = {
    "a": "学校请志愿者教剪纸和书法，社区图书馆每周开放，医生来讲近视，家长可以报名参加。",
    "b": "社区图书馆来了志愿者，孩子们学剪纸，家长也来。医生讲近视和睡眠，警察讲交通。",
    "c": "食堂改了菜谱，营养师每周公布食谱，午餐由家长品尝。",
    "d": "运动会改成游泳和篮球，体质监测每月一次。",
}


def words_of(text: str, own: Iterable[str] = (), places: Iterable[str] = ()) -> set[str]:
    known = wordlist.words(own, places)
    ((numbers, _),) = wordlist.counted([text], known)
    return {known.words[number] for number in numbers}


@pytest.fixture(scope="module")
def collection(tmp_path_factory) -> Collection:
    """Six cases by their file names; e and f are copies of b."""
    folder = tmp_path_factory.mktemp("akin")
    (folder / "cases").mkdir()
    (folder / "cases" / "collection.yml").write_text("title: 小案例库\n", "utf-8")
    texts = {**TEXTS, "e": TEXTS["b"], "f": TEXTS["b"]}
    for number, (name, body) in enumerate(texts.items()):
        region = "山东省青岛市" if name in "ad" else f"{('江苏省', '浙江省', '福建省', '河南省')[number % 4]}"
        theme = "作业管理" if name in "ac" else f"主题{name}"
        (folder / "cases" / f"{name}.md").write_text(case_text(f"第{name}个", theme=theme, region=region, body=body), "utf-8")
    found, problems = flow.check_project(project.find(folder))
    assert found is not None, problems
    return found


def told(collection: Collection, store: Store = NOTHING) -> dict[str, list[tuple[str, str]]]:
    of = akin(collection, store)
    return {case.id: [(other.id, why) for other, why in of(case)] for case in collection.cases}


def test_words_are_never_parts_of_others():
    """What is found is a word there: not 体育 in 身体育人, 州市 in 台州市 or 服务 in a word of the collection; names of places are none."""
    assert "体育" not in words_of("他们的身体育人工作") and "体育" in words_of("他们的体育工作")
    assert "州市" not in words_of("浙江省台州市", places=["台州市"])
    assert words_of("弹性上下班制度", own=["弹性上下班"]) == {"弹性上下班"}
    assert "日照" not in words_of("日照的社区", places=["日照市", "日照"])


def test_words_of_a_collection_stand_by_themselves():
    """What stands between marks is a word, unless it begins or ends as no name does."""
    (found,) = wordlist.standing(["实行“弹性上下班”，有体育馆、作业题库、教学中、科技馆等；作业公示、分层作业。"])
    assert found == {"弹性上下班", "作业题库"}


def test_the_reason_is_true(collection):
    """The likest comes first; what is said of both holds of both: fields in common, and words that stand in both texts."""
    found, texts = told(collection), {case.id: case.body.text for case in collection.cases}
    of = {Path(case.path).stem: case for case in collection.cases}
    a = found[of["a"].id]
    assert a[0][0] in {of[name].id for name in "bef"}
    for here, others in found.items():
        for there, why in others:
            for word in why.partition("都写到")[2].split("、") if "都写到" in why else ():
                assert word in texts[here] and word in texts[there], (here, there, why)
    assert dict(a)[of["c"].id].startswith("同一主题") and dict(a)[of["d"].id].startswith("同在青岛")
    assert len(set(a[0][1].partition("都写到")[2].split("、")) & {"剪纸", "社区", "志愿者", "图书馆", "近视", "医生"}) == 3


def test_copies_stand_aside(collection):
    """Of three copies one is shown beside a, and beside a copy its copies come after all others."""
    of = {Path(case.path).stem: case.id for case in collection.cases}
    copies, found = {of[name] for name in "bef"}, told(collection)
    assert [other in copies for other, _ in found[of["a"]]] == [True, False, False, True]
    assert found[of["b"]][0][0] not in copies


def test_a_cache_changes_nothing(collection, tmp_path):
    """With what was kept before another text came to a case, with what is kept of all, and with a damaged one: the same."""
    store = Store(tmp_path)
    before = told(collection, store)
    assert before == told(collection) == told(collection, store)
    changed = replace(collection, cases=tuple(_with(case, TEXTS["c"]) if case.path.endswith("d.md") else case for case in collection.cases))
    after = told(changed, store)
    assert after == told(changed) != before
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.write_bytes(b"x")
    assert told(changed, store) == after


def _with(case: Case, text: str) -> Case:
    return replace(case, body=replace(case.body, text=text))


def test_case_pages_say_why(sample):
    """In the site: each case stands beside others with the reason, which names a field or words."""
    page = (sample / "build" / "site" / "cases" / "moe-3-24.html").read_text("utf-8")
    assert page.count('class="cp-card-why"') >= 3 and "同一" in page and "都写到" in page


def test_a_template_of_earlier_times_goes_on_working(collection, tmp_path):
    """A bureau's own case.html finds the cases that are like one under `related`, as ever."""
    (tmp_path / "case.html").write_text('<div class="cp-own">{% for other in related %}[{{ other.title }}]{% endfor %}</div>', "utf-8")
    env = environment((tmp_path, ROOT / "theme" / "pages"))
    pages = {page.path: page.text for page in site_pages(collection, env)}
    of, found = {case.id: case.title for case in collection.cases}, told(collection)
    for id_, others in found.items():
        assert "".join(f"[{of[other]}]" for other, _ in others) in pages[f"cases/{id_}.md"]
