"""What holds for every text, name and choice, asked with inputs that Hypothesis makes up and makes small (`properties`)."""

import csv
import io
import itertools
import tempfile
import unicodedata
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from casepress import flow
from casepress.collection import filenames, project
from casepress.collection.settings import read_settings
from casepress.collection.views import UnknownSelection, select
from casepress.facts import slugs
from casepress.facts.folding import fold
from casepress.intake import casefiles, documents, labels, naming, separated, sheets
from casepress.intake.submissions import Submission
from casepress.markup import decoding, frontmatter, prose
from casepress.privacy import scanning
from casepress.records import commas, excel
from casepress.records.tables import Column, Row, Table
from casepress.search import index, postings, proving
from casepress.search.searchable import zones
from casepress.values.cases import Case, Collection
from casepress.values.fields import Field
from conftest import write_files
from evil.documents import form
from properties import LINES, RAW, TEXTS, asked
from test_promises import collection_of
from wordparts import package

KEYS = st.one_of(
    st.sampled_from(["标题", "title", "a b", "1", "键"]),
    TEXTS.filter(lambda text: "：" not in text and text.strip() == text and "<<" not in text),
)
VALUES = st.one_of(TEXTS, LINES, st.lists(TEXTS, max_size=4), st.text(max_size=20).map(decoding.fit))


def plain(node: frontmatter.Node) -> object:
    """What was read, without its lines."""
    return [plain(each) for each in node.value] if isinstance(node.value, tuple) else node.value


# Headers


@asked(120)
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5))
def test_a_header_that_was_written_is_read_as_what_it_was(values):
    """Any texts and lists under any names: what is written of them is read without a problem, and as the same."""
    read, _, _, problems = frontmatter.read_header(frontmatter.write_header(values), "x.md")
    assert not problems, problems
    assert {key: plain(node) for key, node in read.items()} == values


@asked(120)
@given(st.one_of(RAW, RAW.map(lambda text: f"---\n{text}\n---\n正文")))
@example("---\n" + "[" * 300 + "\n---\n")
def test_whatever_stands_in_a_header_is_read_or_told(text):
    """No text is too odd: each problem has its line in the file, says what is wrong and what to do, and what was read is text."""
    values, _, line, problems = frontmatter.read_header(text, "x.md")
    last = text.count("\n") + 2
    assert 1 <= line <= last
    for each in problems:
        assert 0 <= each.line <= last and each.what and each.cure and not each.what.endswith("。")
    assert all(isinstance(key, str) for key in values)


@asked(60)
@given(
    st.dictionaries(st.sampled_from(["标题", "单位", "摘要", "键 一"]), st.one_of(TEXTS, st.lists(TEXTS, min_size=1, max_size=3)), min_size=1)
)
def test_the_header_of_a_case_that_came_in_says_the_same(values):
    """As a clerk would write it, without quotes where none are needed, it is read as it was meant."""
    read, _, _, problems = frontmatter.read_header(casefiles.header(values), "x.md")
    found = {key: plain(node) for key, node in read.items()}
    assert not problems and found == values, problems


# Names

TITLES = st.text(max_size=83) | TEXTS
WINDOWS = set('<>:"/\\|?*')


def sound(name: str) -> bool:
    """Whether every system takes a name, as it is and with an ending."""
    return not (WINDOWS & set(name) or name[-1:] in " ." or any(not c.isprintable() for c in name)) and len(name.encode()) <= 180


@asked(20)
@given(st.lists(TITLES, max_size=30), TITLES)
@example(["\U0001d400" * 25, "示" * 40], "\U0001d400" * 20)  # four bytes each
@example(["示" * 40], "例" * 40)
def test_no_two_cases_have_one_name_or_id(titles, unit):
    """Whatever titles come in, and however alike: names that every system takes and tells apart, ids that stand in addresses."""
    names, ids = set(), set()
    for title in (*titles, *titles[:5]):
        name = naming.name_for(title, unit, lambda name: filenames.same(name) not in names)
        assert sound(f"{name}.md") and not list(filenames._named(f"cases/{name}.md", f"{name}.md")), name
        assert (key := filenames.same(name)) not in names
        id_ = naming.id_for(name, lambda wanted: wanted not in ids) or slugs.slug(name)
        assert slugs.is_id(id_) and id_ not in ids and len(f"cases/{id_}.html") <= 180
        names.add(key)
        ids.add(id_)


def test_ten_thousand_titles_have_ten_thousand_names():
    """Titles that differ in a sign, in width, in case or in how é is written, and long ones that differ at their end."""
    heads = ("作业", "课後服务", "Ｓteam", "STEAM", "steam", "cafe\u0301", "café", "长" * 60, "con", "", "…", "a/b", "a:b")
    tails = [f"{sign}{number}" for number in range(77) for sign in ("", "·", "：", "０", " ", "—", "甲", "乙", "é", "?")]
    titles = [head + tail for head, tail in itertools.product(heads, tails)]
    assert len(titles) > 10_000
    names: set[str] = set()
    for title in titles:
        name = naming.name_for(title, "", lambda name: filenames.same(name) not in names)
        names.add(filenames.same(name))
        assert sound(f"{name}.md"), title
    assert len(names) == len(titles)
    paths = slugs.distinct(dict.fromkeys(titles)).values()
    assert len({unicodedata.normalize("NFC", path).casefold() for path in paths}) == len(paths)
    assert all(slugs.is_id(path) and len(path) <= 180 for path in paths)


# Search


def found(made: proving._Index, term: str) -> list[bool]:
    """What the index answers: of each case, whether the term is in it."""
    keys = postings.cover(term)
    by_key: dict[int, postings.Values] = {}
    for key, _ in keys:
        by_key |= dict(made.values(made.file(key), {key}))
    return [postings.meet([(by_key[key], offset) for key, offset in keys], *made.bounds[at]) for at in range(made.base["cases"])]


@asked(15)
@given(st.lists(st.tuples(TEXTS, LINES), min_size=1, max_size=6), st.lists(TEXTS, max_size=4), st.data())
def test_search_finds_what_a_scan_finds_and_nothing_else(written, others, data):
    """Any term, from a text or not: the cases of the index are those in which a plain look, text by text, finds it."""
    cases = tuple(
        Case(f"c{nth}", f"cases/c{nth}.md", " ".join(title.split()) or "题", {}, prose.render(body, f"c{nth}-", {}), markdown=body)
        for nth, (title, body) in enumerate(written)
    )
    collection = Collection("库", (Field("title", "标题"),), cases)
    files = dict(index.index_files(collection))
    made = proving._Index(files.__getitem__)
    texts = [[fold(words) for zone in zones(collection, case) for _, words in zone] for case in cases]
    every = [text for one in texts for text in one if len(text) > 1]
    terms = [*others]
    for text in every[:3]:
        start = data.draw(st.integers(0, len(text) - 1))
        terms.append(text[start : start + data.draw(st.integers(2, 9))])
    for term in filter(lambda term: len(term.encode("utf-16-le")) > 2, map(fold, terms)):
        assert found(made, term) == [any(term in text for text in one) for one in texts], term


# Selections

FACTS = [("一等奖", "第一批", ["小学", "初中"]), ("二等奖", "第一批", ["小学"]), ("一等奖", "第二批", ["初中"]), ("三等奖", "第三批", []), ("二等奖", "第二批", ["小学", "高中"])]  # fmt: skip
CHOSEN = {"award": [fact[0] for fact in FACTS], "batch": [fact[1] for fact in FACTS], "stage": ["小学", "初中", "高中"]}


def chosen_from() -> Collection:
    """A collection with the facts above, each twice."""
    with tempfile.TemporaryDirectory(prefix="casepress-") as folder:
        files = {}
        for nth, (award, batch, stages) in enumerate(FACTS * 2):
            stage = f"学段: [{', '.join(stages)}]\n" if stages else ""
            files[f"cases/c{nth}.md"] = (
                f"---\n标题: 案例{nth}\n单位: 示例小学（虚构）\n获奖等次: {award}\n批次: {batch}\n{stage}---\n\n正文。\n"
            )
        place = project.find(write_files(Path(folder), {"cases/collection.yml": "title: 库\n", **files}))
        return flow.check_project(place)[0]


ALL: list[Collection] = []


@asked(80)
@given(st.lists(st.sampled_from([(name, value) for name, values in CHOSEN.items() for value in values]), min_size=1, max_size=5))
def test_a_selection_means_what_its_words_mean(words):
    """Values of one field add up, fields narrow down, in the collection's own order; what fits nothing is told."""
    ALL or ALL.append(chosen_from())
    collection, wanted = ALL[0], {}
    for name, value in words:
        wanted.setdefault(name, set()).add(value)
    by_name = [dict(zip(("award", "batch", "stage"), ({award}, {batch}, set(stages)), strict=True)) for award, batch, stages in FACTS * 2]
    fits = {f"案例{nth}" for nth, facts in enumerate(by_name) if all(facts[name] & values for name, values in wanted.items())}
    try:
        found = select(collection, [f"{name}={value}" for name, value in words])
    except UnknownSelection:
        found = ()
    assert [case.title for case in found] == [case.title for case in collection.cases if case.title in fits]


# There and back

SETTINGS = read_settings("title: 库\n".encode())[0]

CELLS = st.one_of(TEXTS, st.sampled_from(["=1+1", "+cmd|x", "@SUM(1)", "-2", "＝甲", "'", '"', ",", "甲,乙", "0012", "1e5", "#N/A"]))
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5)


@asked(40)
@given(ROWS)
def test_a_table_of_commas_comes_back(rows):
    """What is written for other programs is read by them, and by our own intake, cell by cell, but for the sign that disarms formulas."""
    data = commas.written(rows)
    harmless = [[commas.harmless(cell) for cell in row] for row in rows]
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))) == harmless
    seen = {(y, x): cell.strip(" \t\n\u3000\xa0") for y, row in enumerate(harmless, 1) for x, cell in enumerate(row, 1)}
    seen = {place: text for place, text in seen.items() if text and not text.startswith('="') and text != "#N/A"}
    if seen and len(data) > 40:
        assert separated.read(b"\xef\xbb\xbfsep=,\r\n" + data[3:]).cells == seen


@asked(12)
@given(ROWS)
def test_a_sheet_comes_back(rows):
    """What is written as Excel is read by our own intake, cell by cell, and nothing of it is a formula."""
    table = Table("表", tuple(Column(name) for name in "甲乙丙"), tuple(Row(tuple(row)) for row in rows))
    (sheet,) = sheets.read(excel.workbook(table), "x.xlsx")
    seen = {(y, x): cell.strip(" \t\n\u3000\xa0") for y, row in enumerate([["甲", "乙", "丙"], *rows], 1) for x, cell in enumerate(row, 1)}
    assert sheet.cells == {place: text for place, text in seen.items() if text and text != "#N/A"}


@asked(15)
@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=4))
@example("题", ["&amp;", "甲&lt;乙&#60;丙&nbsp;"])
def test_what_a_form_says_stands_in_the_case(title, paragraphs):
    """The letters of a title and of every paragraph, whatever signs stand among them, go from a Word file into the case and its page."""
    title = f"题{title}"
    data = package(form(title, *(f"段{words}" for words in paragraphs)))
    (sent,) = documents.of_word(data, "x.docx", labels.labels(SETTINGS.fields), SETTINGS.places)
    file = casefiles.case_file(Submission("x.docx", sent.values, sent.places, sent.body), SETTINGS.fields, "x")
    values, body, _, problems = frontmatter.read_header(file.text, "x.md")
    assert not [each for each in problems if "看不见" not in each.what], problems
    assert casefiles.even(values["标题"].value) == casefiles.even(title)
    text = casefiles.even(prose.render(body, "x-", {}).text)
    assert all(casefiles.even(f"段{words}") in text for words in paragraphs), body


# Personal data


@asked(60)
@given(LINES, LINES, st.sampled_from(["13800138000", "１３８ ００１３ ８０００", "138-0013-8000", "11010519491231002X", "6222021234567890128"]))
def test_a_number_is_found_whatever_stands_around_it(before, after, number):
    """A mobile, a resident's or a bank's number is found beside any words, in its place; what is found lies in the text."""
    text = f"{before}\n号码：{number}。\n{after}"
    start = len(before) + 4
    spans = [(each.start, each.end) for each in scanning.scan(text)]
    assert all(0 <= first < last <= len(text) for first, last in spans)
    assert any(first < start + len(number) and last > start for first, last in spans)


# What is clean is made


@asked(8, at_night=800)
@given(st.randoms(use_true_random=False))
def test_what_is_clean_becomes_pages_index_and_book(chance):
    """Of a clean collection every page has a path of its own, every link of ours a page, and the book's pieces hold all titles."""
    from test_promises import is_made

    with tempfile.TemporaryDirectory(prefix="casepress-") as folder:
        is_made(*collection_of(chance, Path(folder)))
