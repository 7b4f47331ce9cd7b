"""Search in a real browser, over http and from disk: exact, with true counts, in a just order, and safe.

The truth is a plain scan that shares nothing with the index but the cases.
"""

import functools
import json
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import generate_cases
from casepress import flow
from casepress.collection import project
from casepress.facts.folding import fold
from casepress.search import index, proving
from casepress.site.bundles import bundles
from casepress.values.cases import Case, Collection
from casepress.values.fields import Kind, Place, Term
from conftest import ROOT, case_text

SCRIPT = bundles(*([ROOT / "theme" / part] for part in ("scripts", "styles")))["assets/search.js"]
PAGE = '<!doctype html><meta charset="utf-8"><title>页</title><link rel="icon" href="data:,"><script src="../assets/search.js"></script><div id="shown"></div>'
VARIANTS = {ord(other): word[0] for word in (ROOT / "scripts/casepress/data/variants.txt").read_text("utf-8").split() for other in word[1:]}


def folded(text: str) -> str:
    """The rule in few lines: NFKC, case folding, white-space folding; quotes are one, variants of characters too."""
    text = " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())
    return re.sub("[‘’‚‛‹›]", "'", re.sub("[“”„‟〝〞〟「」『』«»]", '"', text)).translate(VARIANTS)


def truth(case: Case) -> list[str]:
    """What of a case can be searched, piece by piece, as the rule says."""
    found = [case.title, case.id, *map(str, case.all("subtitle")), *(h.text for h in case.body.headings), case.body.text]
    for name, values in case.values.items():
        for value in values:
            if isinstance(value, Place):
                found.append("".join(value.path))
            elif isinstance(value, Term) and name != "form":
                found += [value.label, *(value.aliases if name in ("theme", "stage", "level") else ())]
            elif name in ("school", "summary", "authors", "source"):
                found.append(str(value))
    for photo in case.pictures:
        found += [photo.caption, photo.credit]
    return [folded(text) for text in found if text.strip()]


@dataclass(frozen=True, eq=False)
class World:
    """A collection, its index in a folder like a site's, and the truth about each case by its id, a line for each piece."""

    collection: Collection
    site: Path
    truth: dict[str, str]
    held: dict[str, set[str]] = field(default_factory=dict)

    def holding(self, terms: Sequence[str]) -> set[str]:
        """The ids of the cases that hold every term."""
        found = set(self.truth)
        for term in map(folded, terms):
            if term not in self.held:  # both ways of opening a page ask for the same
                self.held[term] = {id_ for id_, pieces in self.truth.items() if term in pieces}
            found &= self.held[term]
        return found


def world(collection: Collection, site: Path) -> World:
    for name, data in index.index_files(collection):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(data)
    for name, data in {"assets/search.js": SCRIPT, "深/page.html": PAGE.encode()}.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(data)
    proving.check_index(collection, lambda name: (site / name).read_bytes())
    return World(collection, site, {case.id: "\n".join(truth(case)) for case in collection.cases})


def read(folder: Path) -> Collection:
    collection, problems = flow.check_project(project.find(folder))
    assert collection is not None, problems
    return collection


@pytest.fixture(scope="module")
def ours(tmp_path_factory) -> World:
    """This repository's cases."""
    return world(read(ROOT), tmp_path_factory.mktemp("ours") / "网站")


@pytest.fixture(scope="module")
def thousand(tmp_path_factory) -> World:
    """1,000 generated cases, whose words are cut from this repository's."""
    chance = random.Random(1)
    text = "".join(case.body.text.replace("\n", "") for case in read(ROOT).cases)
    cuts = [text[at : at + n] for at in range(0, len(text), 2) if (n := chance.choice((1, 2, 2, 3)))]
    words = sorted(word for word in set(cuts) if not re.search(r"[\s#*_`<>\[\]|!&\\:：'\"{}~-]", word))
    words += ["5+2", "STEAM", "570元", "《指南》", "3.14", "ＡＢ岗", "①②", "㎡", "A/B", "“双减”", "……", "——", "𠮷野", "café", "Straße"]
    folder = tmp_path_factory.mktemp("thousand") / "collection"
    (folder / "cases").mkdir(parents=True)
    (folder / "cases" / "collection.yml").write_text("title: 一千个\n", "utf-8")
    known = generate_cases.Vocabulary(tuple(words), tuple(range(1, len(words) + 1)))
    generate_cases.fill(folder / "cases", 1000, 500, known=known)
    return world(read(folder), folder / "site")


@pytest.fixture(scope="module")
def address(web) -> Callable[[Path], str]:
    """A function that gives a folder's address over http; each is served once."""
    return functools.lru_cache(None)(web)


@pytest.fixture(scope="module")
def pages(chromium) -> Iterator[dict]:
    """The pages that are open, by their address; what went wrong on one is told by the test that used it."""
    found = {}
    yield found
    for page in found.values():
        page.close()


@pytest.fixture(params=["http", "file"])
def opened(request, chromium, address, pages) -> Iterator[Callable]:
    """A function that gives a world's page, over http or from disk, `fresh` or as the last test left it, and keeps what went
    wrong on it."""
    used = []

    def opens(found: World, fresh: bool = False):
        root = address(found.site) if request.param == "http" else found.site.as_uri()
        if root not in pages:
            page = pages[root] = chromium.new_page()
            page.wrong = []
            page.on("pageerror", lambda error: page.wrong.append(str(error)))
            page.on("console", lambda message: page.wrong.append(message.text) if message.type == "error" else None)
            page.on("dialog", lambda dialog: (page.wrong.append(dialog.message), dialog.dismiss()))
            page.goto(f"{root}/%E6%B7%B1/page.html")
        elif fresh:
            pages[root].reload()
        used.append(pages[root])
        return pages[root]

    yield opens
    for page in used:
        wrong, page.wrong = page.wrong, []
        assert wrong == []


def ask(page, text: str, **options) -> dict:
    """What a search gives, by way of JSON, which is faster than the browser's own."""
    return json.loads(page.evaluate("async ([text, options]) => JSON.stringify(await casepress.search(text, options))", [text, options]))


def ids(page, queries: list[str]) -> list[list[str]]:
    """The ids that each query finds, all of them; by way of JSON as well."""
    found = page.evaluate(
        """async queries => {
            const found = [];
            for (const query of queries) {
                const result = await casepress.search(query, {limit: Infinity, facets: false});
                if (result.total !== result.hits.length) throw new Error(query);
                found.push(result.hits.map(hit => hit.id));
            }
            return JSON.stringify(found);
        }""",
        queries,
    )
    return json.loads(found)


@functools.cache
def cuttable(found: World) -> tuple[list[str], list[tuple[str, int]]]:
    """The texts of a world, and where one has a digit, a Latin letter or a sign."""
    pieces = [text for case in found.collection.cases for text in (case.title, case.text("school"), case.text("summary"), case.body.text)]
    return pieces, [(text, m.start()) for text in pieces for m in re.finditer(r"[0-9A-Za-z+%《》“”，。、（）…—·𠮷]", text)]


def substrings(found: World, chance: random.Random, count: int) -> list[str]:
    """Random substrings of 1 to 12 characters; every fourth has a digit, a Latin letter or a sign in it."""
    (pieces, odd), cut = cuttable(found), []
    while len(cut) < count:
        text, at = chance.choice(odd) if len(cut) % 4 == 0 else (piece := chance.choice(pieces), chance.randrange(len(piece)))
        length = chance.randint(1, 12)
        start = max(0, at - chance.randrange(length))
        words = " ".join(text[start : start + length].split())
        if words and folded(words) and '"' not in words:
            cut.append(words)
    return cut


def quoted(words: str) -> str:
    return f'"{words}"' if re.search(r"[\s，、；。！？,;]", words) else words


@pytest.mark.parametrize("name", ["ours", "thousand"])
def test_recall_and_precision_are_one(name, opened, request):
    """500 random substrings, 100 pairs of them and 100 words that stand nowhere find what a plain scan finds."""
    found, chance = request.getfixturevalue(name), random.Random(7)
    one = [[words] for words in substrings(found, chance, 500)]
    two = [list(pair) for pair in zip(substrings(found, chance, 100), substrings(found, chance, 100), strict=True)]
    text = "".join(folded(case.body.text) for case in found.collection.cases)
    made = [["".join(chance.choice(text) for _ in range(chance.randint(2, 5))).strip() or "无"] for _ in range(100)]
    queries = [*one, *two, *([words[0].replace('"', "")] for words in made)]

    for terms, got in zip(queries, ids(opened(found), [" ".join(map(quoted, terms)) for terms in queries]), strict=True):
        assert len(set(got)) == len(got)
        assert set(got) == found.holding(terms), terms


def test_long_words_are_found_whole(thousand, opened):
    """A passage of 13 to 300 characters is found where it stands, and not where one character of it differs."""
    chance, page = random.Random(5), opened(thousand)
    passages = []
    for case in chance.sample(thousand.collection.cases, 30):
        text = re.sub(r"\s", "", case.body.text.split("\n")[1]).replace('"', "")
        start, length = chance.randrange(max(1, len(text) - 300)), chance.choice([13, 25, 80, 300])
        passage = text[start : start + length]
        at = chance.randrange(len(passage))
        passages += [passage, f"{passage[:at]}{chr(ord(passage[at]) + 1)}{passage[at + 1 :]}"]

    for passage, got in zip(passages, ids(page, [quoted(words) for words in passages]), strict=True):
        assert set(got) == thousand.holding([passage])


@pytest.mark.parametrize("name", ["ours", "thousand"])
def test_facets_count_what_is_there(name, opened, request):
    """For 50 random selections, with and without words, counts are those of a plain program."""
    found, chance = request.getfixturevalue(name), random.Random(11)
    page, facets = opened(found), [f.name for f in found.collection.facets]
    has: dict[str, dict[str, dict[str, int]]] = {f: {} for f in facets}  # field -> case -> its values and those above
    labels: dict[str, dict[str, str]] = {f: {} for f in facets}
    for case in found.collection.cases:
        for f in facets:
            has[f][case.id] = {}
            for value in case.all(f):
                steps = (
                    zip(value.codes, value.path, strict=True)
                    if isinstance(value, Place)
                    else [(getattr(value, "slug", str(value)), str(value))]
                )
                for key, label in steps:
                    has[f][case.id][key] = 1
                    labels[f][key] = label

    for number in range(50):
        words = substrings(found, chance, 1)[0][:3] if number % 2 else ""
        filters = {
            f: chance.sample(sorted(labels[f]), min(len(labels[f]), chance.randint(1, 4)))
            for f in chance.sample(facets, chance.randint(0, 3))
            if labels[f]
        }
        got = ask(page, quoted(words), filters=filters, facets=facets, limit=0)
        holding = found.holding([words]) if words else set(found.truth)

        def fits(id_: str, but: str = "", filters=filters) -> bool:
            return all(f == but or any(key in has[f][id_] for key in keys) for f, keys in filters.items())

        assert got["total"] == sum(fits(id_) for id_ in holding)
        for f in facets:
            counts = Counter(key for id_ in holding if fits(id_, f) for key in has[f][id_])
            assert {v["value"]: v["count"] for v in got["facets"][f]} == {key: counts[key] for key in labels[f]}
            assert {v["value"]: v["label"] for v in got["facets"][f]} == labels[f]


def test_a_filter_may_be_written_as_people_write(ours, opened):
    """A value is given by its label, by its key, or by a place with all above it; several values of a field add up."""
    page = opened(ours)
    themes = {case.id: [term.label for term in case.all("theme")] for case in ours.collection.cases}
    wanted = {id_ for id_, labels in themes.items() if {"课后服务", "作业管理"} & set(labels)}

    assert {h["id"] for h in ask(page, "", filters={"theme": ["课后服务", "作业管理"]}, limit=99)["hits"]} == wanted
    assert ask(page, "", filters={"region": ["山东省"]})["total"] == ask(page, "", filters={"region": ["370000"]})["total"] > 0
    city = next(case.place for case in ours.collection.cases if case.place and len(case.place.path) > 1)
    assert ask(page, "", filters={"region": ["".join(city.path)]})["total"] == ask(page, "", filters={"region": [city.code]})["total"]
    assert ask(page, "", filters={"theme": ["没有这个"]})["total"] == 0
    assert ask(page, "", filters={"theme": []})["total"] == len(themes)
    with pytest.raises(Exception, match="没有可以筛选的字段“主题是”"):
        ask(page, "", filters={"主题是": ["甲"]})


def test_offset_limit_and_sort(ours, opened):
    """Pages of results fit together; sorting by a field follows the order of its index page, backwards with a minus."""
    page = opened(ours)
    everything = [h["id"] for h in ask(page, "", limit=999)["hits"]]
    slices = [[h["id"] for h in ask(page, "", offset=at, limit=10)["hits"]] for at in range(0, 50, 10)]
    awards = [h["values"]["award"] for h in ask(page, "的", sort="award", limit=999)["hits"]]
    titles = [h["title"] for h in ask(page, "", sort="title", limit=999)["hits"]]

    assert everything == [case.id for case in ours.collection.cases]
    assert [id_ for some in slices for id_ in some] == everything
    assert ask(page, "学校", limit=0)["hits"] == []
    assert awards and awards == sorted(
        awards, key=lambda label: {case.text("award"): case.award.order for case in ours.collection.cases if case.award}[label]
    )
    assert [h["title"] for h in ask(page, "", sort="-title", limit=999)["hits"]] == titles[::-1]
    assert sorted(titles) == sorted(case.title for case in ours.collection.cases)


@pytest.fixture(scope="module")
def ranked(tmp_path_factory) -> World:
    """Cases that hold a word in different places."""
    folder = tmp_path_factory.mktemp("ranked")
    cases = {
        "a-body": case_text("甲", body="从前有个科普大篷车。" + "后来没有了。" * 60),
        "b-heading": case_text("乙", body="### 科普大篷车\n\n来了。"),
        "c-field": case_text("丙", summary="坐科普大篷车。"),
        "d-title": case_text("科普大篷车来了"),
        "e-often": case_text("丁", body="科普大篷车，科普大篷车，科普大篷车。"),
        "f-body": case_text("戊", body="从前有个科普大篷车。" + "后来没有了。" * 60),
    }
    (folder / "cases").mkdir()
    (folder / "cases" / "collection.yml").write_text("title: 次序\n", "utf-8")
    for name, text in cases.items():
        (folder / "cases" / f"{name}.md").write_text(text, "utf-8")
    return world(read(folder), folder / "site")


def test_the_order_is_just(ranked, opened):
    """Title before fields before headings before body, then frequency against length, then reading order."""
    assert [h["id"] for h in ask(opened(ranked), "科普大篷车")["hits"]] == ["d-title", "c-field", "b-heading", "e-often", "a-body", "f-body"]


def test_excerpts_show_the_terms(ours, opened):
    """Every hit's title or excerpt marks the terms, and what is marked is what was asked for, as it was written."""
    page = opened(ours)
    for query in ("双减", "5+2 学校", "课后服务 家长", "５＋２", "山东省", "。"):
        terms = [folded(term) for term in query.split()]
        for hit in ask(page, query, limit=50)["hits"]:
            marks = re.findall(r"<mark>(.*?)</mark>", hit["marked"] + hit["excerpt"])
            assert {term for term in terms if any(term in folded(mark) for mark in marks)} == set(terms), (query, hit)
            assert all(any(term in folded(mark) for term in terms) for mark in marks)
            plain = re.sub("</?mark>", "", hit["excerpt"])
            assert 0 < len(plain) < 300


def test_suggestions_are_titles_and_values(ours, opened):
    """While typing, titles come first, then values of fields, each holding every term."""
    page = opened(ours)
    found = page.evaluate("casepress.suggest('课后', 8)")

    assert 0 < len(found) <= 8
    assert all("课后" in each["text"] and "<mark>课后</mark>" in each["marked"] for each in found)
    assert [bool(each["url"]) for each in found] == sorted((bool(each["url"]) for each in found), reverse=True)
    assert any(each["field"] == "theme" for each in found)
    places = [folded(each["text"]).find("课后") for each in found]
    first = sum(bool(each["url"]) for each in found)
    assert places == sorted(places[:first]) + sorted(places[first:])
    said = {folded(piece) for case in ours.collection.cases for piece in (case.title, *truth(case))}
    assert {folded(each["text"]) for each in found} <= said and page.evaluate("casepress.suggest('课后 服务 苏州', 99)") == []
    assert page.evaluate("casepress.suggest('  ')") == []


def test_addresses_lead_from_anywhere(ours, opened):
    """A hit's address stands on the site's own root, whatever page asks."""
    page = opened(ours)
    hit = ask(page, "")["hits"][0]

    assert hit["url"] == page.url.replace("%E6%B7%B1/page.html", f"cases/{ours.collection.cases[0].id}.html")


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "一\u2028二\u2029三",
    "右\u202e左\u200f到",
    "`${alert(3)}`",
    "'\"\\\\ & &lt;b&gt;",
    "__proto__",
    "constructor",
    "𠮷野家😀",
    "e\u0301té ﬁn ｶﾞ ㎡",
    "a<!--b-->c]]>",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> World:
    """Cases whose titles, values and bodies would like to be markup."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "cases").mkdir()
    (folder / "cases" / "collection.yml").write_text("title: 坏话\n", "utf-8")
    for number, text in enumerate(HOSTILE):
        said = json.dumps(text, ensure_ascii=False)
        head = f"---\nid: c-{number}\ntitle: {said}\n单位: {said}\n主题: {said}\n摘要: {said}\n---\n\n"
        (folder / "cases" / f"c{number}.md").write_text(head + f"## 做法\n\n正文 {text} 到此。\n", "utf-8")
    return world(read(folder), folder / "site")


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_shows_as_text(number, hostile, opened):
    """Markup in a title, a value or a query is found, shows as it was written, and runs nothing."""
    page = opened(hostile)
    text = HOSTILE[number]
    query = text if '"' in text else f'"{text}"'
    result = ask(page, query, facets=["school", "theme"])

    assert f"c-{number}" in {h["id"] for h in result["hits"]}
    hit = next(h for h in result["hits"] if h["id"] == f"c-{number}")
    for html in (hit["marked"], hit["excerpt"], page.evaluate("text => casepress.mark(text, text)", text)):
        assert set(re.findall(r"<[^>]*>", html)) <= {"<mark>", "</mark>"}
        shown = page.evaluate("html => { shown.innerHTML = html; return shown.textContent }", html)
        assert shown.replace("…", "")
    assert page.evaluate("html => { shown.innerHTML = html; return shown.textContent }", hit["marked"]) == hit["title"]
    for name in ("school", "theme"):
        label = next(v for v in result["facets"][name] if v["count"])["label"]
        assert ask(page, "", filters={name: [label]})["total"] == 1
    page.wait_for_timeout(20)


@pytest.mark.parametrize("query", ["\ud800", "\udc00甲", "\u202e", '"', '""', '" "', "\u2028", "a" * 1000, "＂", "*.*", "\0", "\1甲"])
def test_odd_queries_are_answered(query, hostile, opened):
    """Whatever is asked gets an answer."""
    page = opened(hostile)
    got = page.evaluate("async text => (await casepress.search(JSON.parse(text))).total", json.dumps(query))

    assert 0 <= got <= len(HOSTILE)


def test_terms_are_read_as_told(hostile, opened):
    """Terms stand between spaces of any kind, quotes keep spaces, one quote alone is a character like others; commas part words."""
    page = opened(hostile)
    for query, terms in {
        "课后 服务": ["课后", "服务"],
        "课后\u3000服务\xa0课后": ["课后", "服务"],
        '"a  B" c': ["a b", "c"],
        "＂甲 乙＂": ["甲 乙"],
        '5"管': ['5"管'],
        '"甲': ['"甲'],
        "ＳＴＥＡＭ": ["steam"],
        "“双减”": ['"双减"'],
        '"双减"政策': ['"双减"政策'],
        "志愿者、大学生": ["志愿者", "大学生"],
        "作业，课后服务；甲,乙。": ["作业", "课后服务", "甲", "乙"],
        '"甲，乙"': ["甲,乙"],
        "1,000元 a;b": ["1,000元", "a;b"],
        "課後服務 裡": ["课后服务", "里"],
        "ΑΣ Straße": ["ας".replace("ς", "σ"), "strasse"],
        "": [],
    }.items():
        assert page.evaluate("text => casepress.terms(text)", query) == terms


def test_a_missing_file_is_told_and_tried_again(ours, opened, tmp_path):
    """Where a file cannot be read, the promise is rejected with a sentence; once it is there, the same search works."""
    page = opened(ours, fresh=True)
    base = ours.site / "search" / "base.js"
    kept = base.read_bytes()
    base.unlink()
    try:
        with pytest.raises(Exception, match="检索数据没有读到"):
            ask(page, "双减")
    finally:
        base.write_bytes(kept)
    page.wrong.clear()
    assert ask(page, "双减")["total"] == len(ours.holding(["双减"]))


def test_a_rebuilt_site_is_noticed(hostile, opened, tmp_path_factory):
    """When the site is rebuilt under an open page, the page reads the new index from the start."""
    site = tmp_path_factory.mktemp("rebuilt")
    old = world(hostile.collection, site)
    page = opened(old)
    ask(page, "甲")
    new = Collection("新", hostile.collection.fields, hostile.collection.cases[:3])
    for name, data in index.index_files(new):
        (site / name).write_bytes(data)

    assert ask(page, "正文")["total"] == 3


@functools.cache
def known_characters() -> tuple[list[int], list[str], list[str]]:
    """Every character that Python knows, as a number and folded by Python, and texts of many."""
    known = [n for n in range(0x110000) if unicodedata.category(chr(n)) not in ("Cs", "Cn", "Co")]
    chance = random.Random(3)
    return (
        known,
        [fold(f"甲{chr(n)}乙") for n in known],
        ["甲" + "".join(chr(chance.choice(known)) for _ in range(12)) + "乙" for _ in range(200)],
    )


def test_folding_is_the_same_in_both_languages(ours, opened):
    """Every character that Python knows is folded alike by Python and by the browser, alone and among others."""
    page, (known, ours_folded, texts) = opened(ours), known_characters()
    script = "points => JSON.stringify(JSON.parse(points).map(n => casepress.fold('甲' + String.fromCodePoint(n) + '乙')))"
    theirs = json.loads(page.evaluate(script, json.dumps(known)))

    assert [hex(n) for n, got, wanted in zip(known, theirs, ours_folded, strict=True) if got != wanted] == []
    assert page.evaluate("texts => texts.map(text => casepress.fold(text))", texts) == [fold(text) for text in texts]
    texts += ["".join(f"，{chr(n)}Ｂ" for n in known[at : at + 500]) + "。" for at in range(0, len(known), 500)]
    texts = [re.sub('["＂]', "", text) for text in texts]
    script = "texts => JSON.stringify(texts.map(text => casepress.ranges(text, '\"' + text + '\"').map(range => range[1] - range[0])))"
    assert json.loads(page.evaluate(script, texts)) == [[len(text.encode("utf-16-le")) // 2] for text in texts]


def test_ours_is_small(ours):
    """The index of 37 cases is at most 200 KB, all files together, and all of it is ASCII."""
    files = list((ours.site / "search").iterdir())

    assert len(ours.collection.cases) == 37
    assert sum(path.stat().st_size for path in files) <= 200 * 1000
    assert all(path.read_bytes().isascii() for path in files)


def test_kinds_of_fields_are_known():
    """The truth above names every kind that can be searched."""
    assert {Kind.TEXT, Kind.PEOPLE, Kind.PLACE, Kind.CHOICE, Kind.ORDINAL, Kind.RANK, Kind.DATE} == set(Kind) - {
        Kind.PICTURES,
        Kind.FILES,
        Kind.LINK,
        Kind.SOURCE,
    }
