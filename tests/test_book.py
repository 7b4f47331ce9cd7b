"""The book before it is set: which cases are in it, in which parts and pieces, and the lines of a title."""

import re
from dataclasses import replace

import pytest

from casepress import flow
from casepress.book import colophon
from casepress.book.book import Book, book_of, front, sections, whole_book
from casepress.book.indexes import indexes, spans
from casepress.book.measures import MM
from casepress.book.printed import printed, wide_tables
from casepress.book.profiles import read_profile
from casepress.collection import project
from casepress.collection.selections import selected
from casepress.collection.views import UnknownSelection
from casepress.facts.slugs import sound
from casepress.facts.store import Store
from casepress.facts.titles import balanced, chinese_numeral, phrases, shortened
from casepress.markup import parsing
from casepress.values.fields import Picture
from conftest import ROOT, case_text

SETTINGS = """title: 小案例库
subtitle: 两批
publisher: 示例编写组
book: {{parts: {parts}, subtitle: 试印}}
fields:
  theme: {{many: yes, choices: [作业管理, 课后服务, 科学教育]}}
  region: {{required: no}}
  theme2: {{label: 又一主题, kind: choice}}
"""


def read(folder):
    collection, problems = flow.check_project(project.find(folder))
    assert collection is not None and not [p for p in problems if p.level == "error"], problems
    return collection


def _selected(collection, only) -> Book:
    return book_of(collection, selected(collection, tuple(only)))


def shape(book) -> list[tuple[str, list[str]]]:
    return [(part.title, [case.id for case in part.cases]) for part in book.parts]


def without(text: str, label: str) -> str:
    return re.sub(f"{label}: .*\n", "", text)


@pytest.fixture
def five(make):
    """Five cases: one with two themes, one full among digests, one without a theme's value in the second field."""

    def made(parts: str = "theme"):
        files = {
            "a.md": case_text("甲", theme="课后服务", batch="第十二批", region="江苏省常州市"),
            "b.md": case_text("乙", theme="[科学教育, 作业管理]", batch="第二批", region="北京市"),
            "c.md": case_text("丙", theme="课后服务", batch="第二批", region="江苏省").replace("digest", "full"),
            "d.md": case_text("丁", theme="课后服务", batch="第二批", region="江苏省"),
            "e.md": without(case_text("戊", theme="作业管理", batch="第二批"), "地区"),
        }
        return read(make(files, SETTINGS.format(parts=parts)))

    return made


def test_parts_come_in_the_order_of_the_field(five):
    """Parts are the values of the field that the settings name, in the order in which that field declares them."""
    assert shape(whole_book(five())) == [("作业管理", ["b", "e"]), ("课后服务", ["c", "d", "a"])]
    assert [part.ordinal for part in whole_book(five()).parts] == ["第一篇", "第二篇"]


def test_batches_are_bound_from_the_first_to_the_last(five):
    """A book in batches begins with the oldest one, 第二批 before 第十二批."""
    assert [title for title, _ in shape(whole_book(five("batch")))] == ["第二批", "第十二批"]


def test_a_case_of_two_themes_is_bound_once(five):
    """A case that belongs to two parts stands in the first of them only."""
    book = whole_book(five())
    assert sorted(case.id for case in book.cases) == ["a", "b", "c", "d", "e"]


def test_cases_without_a_value_come_last(five):
    """What has no value in the field is bound too, in a last part of its own."""
    assert shape(whole_book(five("region")))[-1] == ("其他", ["e"])


def test_a_book_of_one_part_is_not_divided(make):
    """Where nothing divides the cases there is one part, and no divider page."""
    collection = read(make({"a.md": without(case_text("甲"), "地区")}, SETTINGS.format(parts="region")))
    book = whole_book(collection)
    assert shape(book) == [("小案例库", ["a"])] and not book.is_divided
    assert [section.is_divider for section in sections(book)] == [False]
    assert (0, "甲") in book.outline() and not any("篇" in title for _, title in book.outline())


def test_a_book_may_be_undivided_and_without_pieces(make):
    """`parts: no` divides nothing; `omit` leaves out what every book has otherwise, under its name or its label."""
    settings = SETTINGS.format(parts="no").replace("subtitle: 试印", "omit: [扉页, contents]")
    book = whole_book(read(make({"a.md": case_text("甲", theme="课后服务"), "b.md": case_text("乙", theme="作业管理")}, settings)))
    assert not book.is_divided and [case.id for case in book.cases] == ["a", "b"]
    assert book.settings.omit == ("half-title", "contents")
    assert [piece.template for piece in front(book)] == ["imprint"]
    assert not any(section.is_divider for section in sections(book))


def test_full_cases_stand_alone_and_digests_run_together(five):
    """A full case is laid out by itself, digest cases in one run; each part begins with its divider on the right."""
    found = [([case.id for case in section.cases], section.recto) for section in sections(whole_book(five()))]
    assert found == [([], True), (["b", "e"], True), ([], True), (["c"], True), (["d", "a"], False)]


def test_the_outline_has_parts_with_their_cases(five):
    """The bookmarks are what stands before the cases, the parts, below each its cases, and what stands behind them."""
    assert whole_book(five()).outline() == (
        *((0, "扉页"), (0, "编印信息"), (0, "目录")),
        *((0, "第一篇　作业管理"), (1, "乙"), (1, "戊")),
        *((0, "第二篇　课后服务"), (1, "丙"), (1, "丁"), (1, "甲")),
        *((0, "单位索引"), (0, "地区索引"), (0, "主题索引")),
    )


def test_the_book_is_named_by_the_settings(five):
    """Title, subtitle, publisher and language come from the collection; a title is made where none is given."""
    book = whole_book(five())
    assert (book.title, book.subtitle, book.publisher, book.language) == ("小案例库汇编", "试印", "示例编写组", "zh-CN")


@pytest.mark.parametrize(
    "only, cases",
    [
        (["batch=第二批"], "becd"),
        (["batch=第二批", "theme=课后服务"], "cd"),
        (["theme=作业管理", "theme=科学教育"], "be"),
        (["主题＝课后服务", "地区=常州市"], "a"),
    ],
)
def test_a_selection_adds_up_and_narrows_down(five, only, cases):
    """Values of one field add up, different fields narrow down, and the selection is the book's subtitle."""
    book = _selected(five(), only)
    assert "".join(case.id for case in book.cases) == cases
    assert all(word.replace("＝", "=").split("=")[1] in book.subtitle for word in only)


@pytest.mark.parametrize("word", ["batch=第九批", "colour=red", "batch", "batch=", "phone=1"])
def test_a_selection_of_nothing_is_refused(five, word):
    """A field or a value that no case has is refused with a sentence."""
    with pytest.raises(UnknownSelection, match="“"):
        _selected(five(), [word])


LINKED = "参见[丙](c.md)和[丁](d.md)，以及[官网](https://example.org/)。"


def test_what_is_kept_of_a_case_in_print_is_what_it_is(make, tmp_path, monkeypatch):
    """A case is set anew where its words, captions, length, links or profile are others, and taken from the store where all is the same."""
    table = "\n\n" + "|甲" * 13 + "|\n" + "|-" * 13 + "|\n" + "|Unbreakable" * 13 + "|"
    body = f"{LINKED}\n\n### 小标题\n\n字[^1]。\n\n[^1]: 注。{table}"
    folder = make({"a.md": case_text("甲", body=body), "c.md": case_text("丙"), "d.md": case_text("丁")})
    case = flow.check_project(project.find(folder))[0].cases[0]
    other = replace(case, body=replace(case.body, html=case.body.html.replace("官网", "网站")))
    photos = [replace(case, values={**case.values, "photos": (Picture("x.jpg", "x", "图", caption),)}) for caption in ("门", "校门")]
    folders = [ROOT / "theme" / "print"]
    ways = [
        (each, read_profile(name, folders), inside)
        for each in (case, other, replace(case, values={**case.values, "form": ()}), *photos)
        for name in ("big16", "a4")  # the table fits the wider one
        for inside in (frozenset(("case-a", "case-c")), frozenset(("case-a", "case-c", "case-d")))
    ]
    store = Store(tmp_path / "cache")
    first = [printed(*way, store) for way in ways]
    tables = [wide_tables(each.body.html, profile, store) for each, profile, _ in ways]
    assert first == [printed(*way) for way in ways] and len(set(map(str, first))) == len(ways)
    assert tables == [wide_tables(each.body.html, profile) for each, profile, _ in ways] and set(map(bool, tables)) == {False, True}

    monkeypatch.setattr(parsing, "fragment", None)  # nothing is read again
    assert [printed(*way, store) for way in ways] == first
    assert [wide_tables(each.body.html, profile, store) for each, profile, _ in ways] == tables


def test_a_link_out_of_the_book_is_text(make):
    """A link to a case that is bound with it leads there; to one outside of the selection it is only its words."""
    folder = make(
        {
            "a.md": case_text("甲", body=LINKED),
            "c.md": case_text("丙", batch="第一批"),
            "d.md": case_text("丁", batch="第二批"),
        }
    )
    place = project.find(folder)
    composer = flow.press_of(place, read(folder)).composer
    for only, inside in ([], {"c", "d"}), (["batch=第一批"], {"c"}), (["id=a"], set()):
        book = _selected(read(folder), only) if only else whole_book(read(folder))
        html = "".join(composer.section(book, section) for section in sections(book))
        assert set(re.findall(r'<a href="#case-(.)">', html)) == inside
        assert 'href="https://example.org/"' in html and "case:" not in html
        assert re.sub("<[^>]*>", "", html).count("参见丙和丁，以及官网。") == 1


@pytest.mark.parametrize("number, words", [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (34, "三十四"), (99, "九十九")])
def test_chinese_numeral(number, words):
    """Parts are counted as Chinese counts."""
    assert chinese_numeral(number) == words


TITLES = [
    "减负不减质：“三段六环”作业设计在九年一贯制学校的实践与思考",
    "烟台市强化投入保障教师每课时补助不低于50元",
    "日照市课后服务多方“开源”助力“双减”",
    "以“五育并举”促“双减”落地，以“五项管理”保学生睡眠",
    "教育部办公厅2021年为12,000名学生开设STEAM课程（试行）的做法",
    "关于《义务教育课程方案（2022年版）》在农村小规模学校落实情况的调研",
    "平均每天3.5小时：寄宿制学校的课后时间——怎样用好",
    "让科学教育“活”起来！从1间实验室到100%覆盖……",
    "阿依古丽·买买提老师的“5+2”课堂观察（节选），2019～2024年",
    "内蒙古自治区健全课后服务经费保障机制",
    "推进 Open Lesson Platform 在县域小学的应用",
]


@pytest.mark.parametrize("most", [11, 14])
@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_set_in_balanced_lines(title, most):
    """A title has lines of at most 14 ems, no more than it needs, nearly equal, that break where Chinese may."""
    lines = balanced(title, most)
    ems = [sum(0.5 if c.isascii() else 1 for c in line.strip()) for line in lines]
    assert "".join(lines) == title
    assert max(ems) <= most
    assert len(lines) <= sum(ems) // most + 2
    assert max(ems) - min(ems) <= most / 2
    for left, right in zip(lines, lines[1:], strict=False):
        assert right[0] not in "，。、；：！？）》”’·—…～%),.", lines
        assert left[-1] not in "（《“‘—…(", lines
        assert not re.search(r"[0-9A-Za-z][.,%+]?\|[.,%+]?[0-9A-Za-z]", f"{left}|{right}"), lines


@pytest.mark.parametrize("before", range(6, 14))
def test_a_range_of_years_stays_whole(before):
    """2023—2024 学年度 is never broken at its dash."""
    lines = balanced("以" * before + "区 2023—2024 学年度为例")
    assert any("2023—2024" in line for line in lines), lines


@pytest.mark.parametrize("words", ["探索（2019—2024 学年度）与", "STEAM 与 Open Lesson 在", "把作业交给时间"])
def test_a_running_head_stands_on_one_line_in_any_face(words):
    """A title is shortened so that it stands on its line in the broadest face: 0.6 em a figure and a letter, 0.75 a capital, 0.125 between
    them and 汉字."""
    said = shortened(words * 9, 49.5)
    latin = sum((0.75 if sign.isupper() else 0.6 if sign.isalnum() else 0.5) if sign.isascii() else 1 for sign in said)
    assert said.endswith("…") and latin + 0.125 * len(re.findall(r"[一-龥](?=\w)(?=[!-~])|[0-9A-Za-z](?=[一-龥])", said)) <= 49.5


def test_what_cannot_be_broken_stays_whole():
    """A title without any place for a break is one line, unless the page is too narrow; an empty one does not trouble."""
    assert balanced("A" * 40) == ("A" * 40,)
    assert max(map(len, balanced("A" * 400))) <= 56
    assert balanced("！" * 20) == ("！" * 20,)
    assert balanced("一校一案") == ("一校一案",)
    assert "".join(balanced("")) == ""
    assert "".join(balanced("长" * 300)) == "长" * 300


def test_full_cases_open_on_the_right_where_it_is_wanted(five):
    """With `opening: right`, of the settings or else of the profile, every full case begins on a right-hand page."""
    book = whole_book(five())
    book = replace(book, parts=(replace(book.parts[0], cases=(book.parts[1].cases[1], *book.parts[1].cases)),))
    assert [section.recto for section in sections(book)] == [True, False, False]
    assert [section.recto for section in sections(book, "right")] == [True, True, False]
    settings = replace(book.settings, opening="any")
    assert [section.recto for section in sections(replace(book, settings=settings), "right")] == [True, False, False]


NAMES = ["任丘", "Tom", "区小红", "单田芳", "尉迟敬德", "曾国", "朴一", "万俟一", "查二", "翟三", "乐四", "12中", "盖五", "解六", "仇七"]


def test_a_title_has_phrases_for_screens():
    """No piece of a title is so short that it would stand alone on a line, and names of places stay whole."""
    assert phrases("福建省晋江市开展关心关爱教师行动", ("福建省", "泉州市", "晋江市")) == ("福建省晋江市", "开展关心", "关爱教师行动")
    assert "".join(phrases("山东省青岛市狠抓学校内涵发展促进减负提质", ("山东省", "青岛市"))) == "山东省青岛市狠抓学校内涵发展促进减负提质"
    assert phrases("一校一案") == ("一校一案",) and phrases("") == ("",)
    assert [phrases(name)[-1] for name in ("广西壮族自治区", "新疆维吾尔自治区", "香港特别行政区")] == ["自治区", "自治区", "特别行政区"]


def test_surnames_are_read_as_surnames():
    """In an index of people a surname has its own sound: 单 shàn, 曾 zēng, 尉迟 yù chí; places are read as places."""
    letters = {name: sound(name, surname=True)[0] for name in NAMES}
    assert sound("Ábel", surname=True)[0] == "A"
    assert letters == dict(zip(NAMES, "RTOSYZPMZZY#GXQ", strict=True))
    assert [sound(place)[0] for place in ("重庆市第一中学", "单县", "长沙市", "厦门", "“双减”学校", "什邡市")] == list("CSCXSS")
    assert [sound(word)[0] for word in ("长治市", "长子县", "长效机制", "漯河市", "筠连县", "朝阳市", "校本教研", "校外")] == list("CZCLJCXX")
    schools = ["第4中学", "第四中学", "第十四中学", "第39中学", "第一百零二中学", "第五楼小学", "地质小学"]
    assert sorted(reversed(schools), key=lambda name: sound(name)[1]) == [
        *("地质小学", "第四中学", "第4中学", "第五楼小学", "第十四中学", "第39中学", "第一百零二中学")
    ]
    counted = [["第二批", "第九批", "第十批"], ["第2中学", "第10中学"], ["青岛二中", "青岛十中", "青岛三十九中"], ["二年级", "十年级"]]
    assert [sorted(reversed(names), key=sound) for names in counted] == counted
    assert sorted(["12号楼", "3号楼", "实验小学2", "实验小学11"], key=lambda name: sound(name)[1]) == [
        "3号楼",
        "12号楼",
        "实验小学2",
        "实验小学11",
    ]
    assert sorted(["单二", "尚一", "单一", "山三"], key=lambda name: sound(name, True)[1]) == ["山三", "单二", "单一", "尚一"]


def test_pages_of_an_index_are_merged_and_sorted():
    """What overlaps or follows directly is one range, everything else stands apart, in the order of the pages."""
    pages = {"a": (12, 14), "b": (3, 3), "c": (14, 15), "d": (20, 20), "e": (21, 22)}
    assert [span.words for span in spans("abcde", pages)] == ["3", "12—15", "20—22"]
    assert [span.case for span in spans("ca", pages)] == ["a"] and [span.words for span in spans("b", pages)] == ["3"]


def test_places_of_an_index_are_a_tree(five):
    """Places stand below each other, those with one place in them on one line with it, each with the cases that name it."""
    (index,) = indexes(five().cases, five().fields, ["region"])
    assert [(letter, [(e.words, e.depth, "".join(sorted(e.cases))) for e in found]) for letter, found in index.letters] == [
        ("B", [("北京市", 0, "b")]),
        ("J", [("江苏省", 0, "cd"), ("常州市", 1, "a")]),
    ]


@pytest.mark.parametrize("size, pages, paper, sheets", [((210, 285), 88, "大16开", "5.5"), ((210, 297), 88, "A4", "5.5"), ((185, 260), 100, "16开", "6.25"), ((148, 210), 88, "A5", "2.75"), ((130, 184), 33, "32开", "1.031")])  # fmt: skip
def test_sheets_are_counted(size, pages, paper, sheets):
    """A printed sheet has as many pages as its paper is folded to: sixteen in 16开 and A4, thirty-two in 32开."""
    profile = replace(read_profile("big16", [ROOT / "theme" / "print"]), width=size[0] * MM, height=size[1] * MM)
    assert colophon.sheets(profile, pages) == sheets and paper in colophon.paper(profile)
