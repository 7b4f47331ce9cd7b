"""Names in filters and addresses: every way in which people write a value finds the cases that have it, in Chromium.

The truth about places is the gazetteer that reads headers; both are asked about every name of every place that is there.
"""

import json
from itertools import combinations, product
from pathlib import Path
from urllib.parse import quote

import pytest

from casepress.facts.places import gazetteer
from conftest import case_text, run, write_files

PLACES = {
    "nmg": "内蒙古自治区", "hohhot": "内蒙古自治区呼和浩特市", "wujin": "江苏省常州市武进区", "changzhou": "江苏省常州市", "nanjing": "江苏省南京市鼓楼区",
    "fuzhou": "福建省福州市鼓楼区", "jilin": "吉林省吉林市", "jilin-sheng": "吉林省", "hainan": "海南省", "hainan-zhou": "青海省海南藏族自治州",
    "qdn": "贵州省黔东南苗族侗族自治州", "chaoyang": "北京市朝阳区", "park": "江苏省常州市武进区高新园",
}  # fmt: skip
SETTINGS = """title: 名称
fields:
  theme:
    choices:
      - {label: 课堂提质, slug: classroom, aliases: [课堂教学, "A/B 课堂"]}
      - {label: 作业管理, slug: homework, aliases: [作业减负]}
places:
  - {name: 高新园, parent: 武进区, slug: gaoxin, aliases: [高新区]}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("names") / "collection"
    assert run("new", folder).code == 0
    (folder / "cases" / "example.md").unlink()
    files = {"collection.yml": SETTINGS}
    for nth, (name, region) in enumerate(PLACES.items()):
        theme = "课堂提质" if nth % 2 else "作业管理"
        files[f"{name}.md"] = case_text(
            f"案例{name}", region=region, theme=theme, batch=f"第{'一二三四'[nth % 4]}批", school=f"{name}小学（Ａ）"
        )
    ran = run("-C", write_files(folder / "cases", files).parent, "site")
    assert ran.code == 0, ran.words
    return folder / "build" / "site"


@pytest.fixture(scope="module")
def page(site, windows):
    page = windows().page
    page.goto(f"{site.as_uri()}/index.html")
    yield page
    assert page.seen.taken()[1] == []


def ids(page, field: str, word: str) -> list[str]:
    """The ids of the cases that a filter lets through."""
    script = "([field, word]) => casepress.search('', {filters: {[field]: [word]}, limit: Infinity}).then(r => JSON.stringify(r.hits.map(h => h.id)))"
    return sorted(json.loads(page.evaluate(script, [field, word])))


ALL = sorted(PLACES)
JIANGSU = ["changzhou", "nanjing", "park", "wujin"]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("150000", ["hohhot", "nmg"]),
        ("内蒙古", ["hohhot", "nmg"]),
        ("内蒙古自治区", ["hohhot", "nmg"]),
        ("内蒙古呼和浩特", ["hohhot"]),
        ("内蒙古 › 呼和浩特市", ["hohhot"]),
        ("江苏", JIANGSU),
        ("江苏省", JIANGSU),
        ("常州市武进区", ["park", "wujin"]),
        ("江苏 › 常州", ["changzhou", "park", "wujin"]),
        ("江苏省/常州市", ["changzhou", "park", "wujin"]),
        ("江苏武进", ["park", "wujin"]),
        ("武进", ["park", "wujin"]),
        ("　武进区　", ["park", "wujin"]),
        ("３２０４１２", ["park", "wujin"]),
        ("鼓楼", ["fuzhou", "nanjing"]),
        ("鼓楼区", ["fuzhou", "nanjing"]),
        ("南京鼓楼", ["nanjing"]),
        ("福建鼓楼区", ["fuzhou"]),
        ("吉林", ["jilin", "jilin-sheng"]),
        ("吉林市", ["jilin"]),
        ("海南", ["hainan"]),
        ("青海海南", ["hainan-zhou"]),
        ("黔东南", ["qdn"]),
        ("黔东南州", ["qdn"]),
        ("朝阳", ["chaoyang"]),
        ("高新园", ["park"]),
        ("320412-gaoxin", ["park"]),
        ("武近", []),
        ("江苏鼓", []),
        ("__proto__", []),
        ("constructor", []),
        ("›", []),
        ("江苏" * 400, []),
    ],
)
def test_a_place_is_meant_as_people_write_it(word, found, page):
    """Codes, official and short names, paths with any separator; what is not clear means all of them, as filters do."""
    assert ids(page, "region", word) == found


def test_places_mean_what_headers_mean(page):
    """Every name of every place that is there, after every choice of names above it, means the same here and there."""
    known = gazetteer()
    there = {code for region in PLACES.values() for place in known.resolve(region) for code in place.codes}
    words = set()
    for code in there:
        *above, _ = known.places[code].codes
        for some in (some for n in range(len(above) + 1) for some in combinations(above, n)):
            words |= {"".join(names) for names in product(*(known.forms[each] for each in (*some, code)))}
    script = "words => casepress.search('', {filters: {region: words}, limit: 0, facets: false}).then(r => JSON.stringify(r.meant.region))"
    said = {each["word"]: each["values"] for each in json.loads(page.evaluate(script, sorted(words)))}
    meant = {word: [place.code for place in known.resolve(word) if place.code in there] for word in words}

    assert len(words) > 100
    assert {word: said[word] for word, codes in meant.items() if codes and said[word] != codes} == {}


@pytest.mark.parametrize(
    ("field", "word", "label"),
    [
        ("theme", "classroom", "课堂提质"),
        ("theme", "课堂教学", "课堂提质"),
        ("theme", "a/b课堂", "课堂提质"),
        ("theme", "作业减负", "作业管理"),
        ("theme", " 作业管理。", "作业管理"),
        ("theme", "【作业管理】", "作业管理"),
        ("主题", "课堂教学", "课堂提质"),
        ("batch", "第二批", "第二批"),
        ("batch", "第２批", "第二批"),
        ("batch", "第2批次", "第二批"),
        ("batch", "贰", "第二批"),
        ("batch", "2", "第二批"),
        ("batch", "首批", "第一批"),
        ("batch", "【第四批】。", "第四批"),
        ("school", "WUJIN小学(a)", "wujin小学（Ａ）"),
    ],
)
def test_a_value_has_all_its_names(field, word, label, page):
    """Slugs, labels, aliases, in any width and case, with marks around them; a field may be called by its label."""
    assert ids(page, field, word) == ids(page, field, label) != []
    assert ids(page, field, "没有这个") == []


@pytest.mark.parametrize(
    ("asked", "address", "chips"),
    [
        ("region=内蒙古", {"region": ["150000"]}, ["地区：内蒙古自治区"]),
        ("region=常州市武进区", {"region": ["320412"]}, ["地区：武进区"]),
        ("地区=江苏 › 常州", {"region": ["320400"]}, ["地区：常州市"]),
        ("theme=课堂教学", {"theme": ["classroom"]}, ["主题：课堂提质"]),
        ("region=鼓楼", {"region": ["320106", "350102"]}, ["地区：江苏省 南京市 鼓楼区", "地区：福建省 福州市 鼓楼区"]),
        ("region=没有这里", {"region": ["没有这里"]}, ["地区：没有这里"]),
    ],
)
def test_an_address_means_what_it_says(asked, address, chips, site, page):
    """The page of all cases reads the same names: boxes are ticked, chips say the value's own name, the next step keeps it."""
    page.goto(f"{site.as_uri()}/cases/index.html?{quote(asked, safe='=')}")
    page.wait_for_function("document.querySelectorAll('.cp-chips button').length > 0")
    said = [text.rstrip("×") for text in page.locator(".cp-chips button:not(.cp-reset)").all_inner_texts()]
    assert said == chips
    if "没有" not in asked:
        values = [value for values in address.values() for value in values]
        ticked = page.evaluate("Array.from(document.querySelectorAll('.cp-facet input:checked')).map(box => box.dataset.key.split('=')[1])")
        assert set(values) >= set(ticked) and (ticked or "region" in address)
        assert page.locator(".cp-card").count() > 0
    page.select_option(".cp-sort select", "title")
    page.wait_for_url("**sort=title*")
    got = page.evaluate("Array.from(new URLSearchParams(location.search || location.hash.slice(2)))")
    assert sorted(map(tuple, got)) == sorted([*((name, value) for name, values in address.items() for value in values), ("sort", "title")])


@pytest.mark.parametrize(
    ("typed", "shown", "address"),
    [
        ("课堂教学", "课堂教学\n主题：课堂提质", "theme=classroom"),
        ("课堂提质", "课堂提质\n主题", "theme=classroom"),
        ("课堂", "课堂提质\n主题", "theme=classroom"),
        ("作业减", "作业减负\n主题：作业管理", "theme=homework"),
        ("A/B", "A/B 课堂\n主题：课堂提质", "theme=classroom"),
        ("第二批", "第二批\n批次", "batch=%E7%AC%AC%E4%BA%8C%E6%89%B9"),
    ],
)
def test_a_suggested_name_leads_to_its_value(typed, shown, address, site, page):
    """A suggestion is a value by its own name if that fits, else by another, with the name that it goes by; each leads to its cases."""
    page.goto(f"{site.as_uri()}/about.html")
    page.fill(".cp-box-head input", "")
    page.locator(".cp-box-head input").press_sequentially(typed)
    page.wait_for_selector(f".cp-box-head .cp-suggest-all:has-text('“{typed}”')")
    values = page.locator(".cp-box-head [role=option]:not(.cp-suggest-all):has(.cp-suggest-kind)").all()
    assert [each.inner_text() for each in values] == [shown]
    assert values[0].get_attribute("href").endswith(f"/cases/index.html?{address}")
    page.goto(f"{site.as_uri()}/index.html")
