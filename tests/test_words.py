"""Words: what headers say as clerks write it, what words mean, which spellings are one, and names that never collide."""

import sys
from collections.abc import Callable

import pytest

from casepress import flow
from casepress.book.book import whole_book
from casepress.collection import project
from casepress.collection.views import UnknownSelection, select, view
from casepress.collection.words import words_of
from casepress.facts import heard, slugs, wording
from casepress.facts.store import Store
from casepress.values.cases import Collection
from casepress.values.fields import Place, Term
from conftest import case_text

Read = Callable[..., tuple[Collection, list[str]]]


@pytest.fixture
def read(make) -> Read:
    """A function from files and fields to the collection and what is wrong with it, as it is said."""

    def done(files, fields: str = "{}", more: str = "") -> tuple[Collection, list[str]]:
        files = {name: text if text.startswith("---") else f"---\ntitle: 标题{name}\n{text}\n---\n\n正文。\n" for name, text in files.items()}
        collection, problems = flow.check_project(project.find(make(files, f"title: 库\nfields: {fields}\n{more}")))
        return collection, [str(problem) for problem in problems]

    return done


# ---- headers --------------------------------------------------------------------------------------------------------

WRITTEN = {
    "地区: 内蒙古": ("region", "内蒙古自治区"),
    "地区: 江苏 常州": ("region", "江苏省 › 常州市"),
    "地区: 江苏，常州，武进": ("region", "江苏省 › 常州市 › 武进区"),
    "地区: 江苏省常州市（武进区）": ("region", "江苏省 › 常州市 › 武进区"),
    "地区: 中国江苏省常州市。": ("region", "江苏省 › 常州市"),
    "地区: 江苏省/常州市/武进区": ("region", "江苏省 › 常州市 › 武进区"),
    "主题: 作业管理，评价改革": ("theme", "作业管理、评价改革"),
    "主题: 作业管理 评价改革": ("theme", "作业管理、评价改革"),
    "主题:\n  作业管理\n  评价改革": ("theme", "作业管理、评价改革"),
    "主题: |\n  自定甲\n  自定乙": ("theme", "自定甲、自定乙"),
    "主题: [作业管理，评价改革]": ("theme", "作业管理、评价改革"),
    "主题: 【作业管理】": ("theme", "作业管理"),
    "主题: “作业管理”。": ("theme", "作业管理"),
    "学段: 小学/初中": ("stage", "小学、初中"),
    "获奖等次: 1等奖": ("award", "一等奖"),
    "获奖等次: 壹等奖": ("award", "一等奖"),
    "获奖等次: １等奖。": ("award", "一等奖"),
    "获奖等次: 金奖": ("award", "金奖"),
    "撰写人: 张　三": ("authors", "张三"),
    "撰写人: 张三（主编）、李四": ("authors", "张三（主编）、李四"),
    "撰写人: 张三/李四": ("authors", "张三、李四"),
    "撰写人:\n  张三\n  李四": ("authors", "张三、李四"),
    "authors: [{name: 张三, role: 主编}, 李四]": ("authors", "张三（主编）、李四"),
    "author: 张三": ("authors", "张三"),
    "description: 说明": ("summary", "说明"),
    "categories: 教育": ("theme", "教育"),
    "副标题: ——一所学校的做法": ("subtitle", "一所学校的做法"),
    "单 位: 甲小学": ("school", "甲小学"),
    "SCHOOL: 甲小学": ("school", "甲小学"),
    "篇幅: 短文": ("form", "digest"),
}


@pytest.mark.parametrize("header", WRITTEN)
def test_a_header_is_read_as_it_is_meant(header, read):
    """What is certain is read as it is meant, however it is written, and nothing is said about it."""
    name, words = WRITTEN[header]
    collection, problems = read({"a.md": header})

    assert collection.by_id["a"].text(name) == words and problems == []


WRONG = {
    "地区:　武进区": "“地区”的冒号后面是全角空格。请换成一个半角空格，改成：地区: 武进区",
    "撰写人: [{role: 主编}]": "“撰写人”里“主编”没有姓名",
    "撰写人: （主编）": "“撰写人”里“主编”没有姓名",
    "撰写人: 张三 李四": "请用顿号隔开：张三、李四",
    "单位: 无": "“单位”写了“无”，当作没有填写",
    "单位: ——": "“单位”写了“——”，当作没有填写",
    "tags: [甲]": "没有叫“tags”的字段，它的内容不会发布。不要发布就不用管它",
    "thmee: 甲": "是不是想写“theme”",
    f"单位: {'长' * 501}": "“单位”有 501 个字，最多 500 个",
    f"title: {'长' * 20000}": "“标题”有 20000 个字，最多 200 个",
    f"主题: [{','.join(f'甲{n}' for n in range(5000))}]": "“主题”写了 5000 个，最多 100 个",
    f"撰写人: 甲{'(' * 20000}": "最多",
    f"地区: {'地' * 101}": "“地区”有 101 个字，最多 100 个",
}


@pytest.mark.parametrize("header", WRONG)
def test_what_cannot_be_meant_is_said(header, read):
    """What is too long, empty or no name is told with its line, and not published."""
    collection, problems = read({"a.md": f"---\n{header}\n---\n\n# 标题\n\n正文。\n" if header.startswith("title") else header})

    assert any(WRONG[header] in problem and problem.startswith("cases/a.md:") for problem in problems), problems
    assert all(len(problem) < 400 for problem in problems)


def test_an_empty_value_is_none(read):
    """A value of spaces alone is no value: no empty link, and a required field is missing."""
    collection, problems = read({"a.md": 'school: "　"'}, "{school: {required: yes}}")

    assert not collection.by_id["a"].all("school") and any("缺少“单位”" in problem for problem in problems)


def test_names_of_other_programs_are_told_once(read):
    """A name that no field has and that is no slip of the pen is told once for all files, with their number."""
    _, problems = read({f"{n}.md": "tags: [甲]\ndate: 2024-08-31" for n in range(9)})

    assert len(problems) == 2 and all("（共 9 个文件这样写）" in problem for problem in problems)


@pytest.mark.parametrize(
    ("body", "title"), [("# 大课间  活动", "大课间 活动"), ("#\t大课间 ##", "大课间"), ("\n# C#\n", "C#"), ("文字在前。\n\n# 后面", "")]
)
def test_a_title_is_the_first_line(body, title, read):
    """The `# ` line that a body begins with is the title, its spaces made one; a later one is not."""
    collection, problems = read({"a.md": f"---\n单位: 甲\n---\n\n{body}\n\n正文。\n"})

    assert [case.title for case in collection.cases] == ([title] if title else [])
    assert title or any("缺少“标题”" in problem for problem in problems)


def test_a_title_said_twice_stands_once(read):
    """Where a body begins with the header's own title, that is the title and no heading."""
    collection, problems = read({"a.md": "---\ntitle: 大课间\n---\n\n# 大课间\n\n正文。\n"})

    assert collection.by_id["a"].body.text.strip() == "正文。" and problems == []


@pytest.mark.parametrize(
    ("word", "words", "found"),
    [
        ("tags", ["stage", "theme"], ""), ("categories", ["authors", "stage"], ""), ("thmee", ["theme"], "theme"), ("feilds", ["fields"], "fields"),
        ("主体", ["主题", "标题"], "主题"), ("nmae", ["name"], "name"), ("x", ["y"], ""), ("课后服物", ["课后服务"], "课后服务"),
    ],
)  # fmt: skip
def test_only_what_is_near_is_suggested(word, words, found):
    """A suggestion is a letter or two away from what was written."""
    assert wording.nearest(word, words) == found


# ---- meanings -------------------------------------------------------------------------------------------------------

CASES = {
    "a.md": "地区: 呼和浩特市\n主题: 课堂教学\n批次: 第四批\n获奖等次: 一等奖\n单位: 甲小学",
    "b.md": "地区: 南京市鼓楼区\n主题: 作业管理\n批次: 第五批\n单位: 乙小学\n撰写人: 张三（主编）",
    "c.md": "地区: 福州市鼓楼区\n主题: [作业管理, 课堂提质]\n批次: 第五批",
    "d.md": "地区: 某新区\n主题: 自定",
}
PLACES = "places: [{name: 某新区, parent: 青岛市, aliases: [某开发区]}]"


@pytest.mark.parametrize(
    ("only", "ids"),
    [
        ("region=内蒙古", "a"), ("region=内蒙古自治区", "a"), ("地区=内蒙古呼和浩特", "a"), ("region=150000", "a"), ("region=南京鼓楼", "b"),
        ("region=江苏省 › 南京市", "b"), ("region=某开发区", "d"), ("region=山东", "d"), ("batch=第5批", "bc"), ("batch=5", "bc"), ("batch=第五批", "bc"),
        ("award=1等奖", "a"), ("主题=【作业管理】", "bc"), ("theme=homework", "bc"), ("单位=甲 小学", "a"), ("authors=张三", "b"),
        ("title=标题a.md", "a"), ("id=c", "c"), ("THEME=自定", "d"),
    ],
)  # fmt: skip
def test_a_selection_takes_the_words_of_headers(only, ids, read):
    """What a header may say for a value, a selection may say as well."""
    collection, _ = read(CASES, more=PLACES)

    assert {case.id for case in select(collection, [only])} == set(ids)


@pytest.mark.parametrize(
    ("only", "said"),
    [
        ("region=鼓楼区", "有 2 个：江苏省南京市鼓楼区（320106）、福建省福州市鼓楼区（350102），请写上它的上一级"),
        ("region=内蒙古自治", "没有地区是“内蒙古自治”的案例，有的是："),
        ("theme=课堂改革", "没有主题是“课堂改革”的案例"),
    ],
)
def test_what_a_selection_does_not_tell_is_said(only, said, read):
    """An unclear name is told with those that it may mean, an unknown one with those that there are."""
    collection, _ = read(CASES, more=PLACES)

    with pytest.raises(UnknownSelection, match=said):
        select(collection, [only])


def test_a_browser_gets_all_words_of_a_value():
    """The words for the search of the site: address, label, other names, numbers in figures, what people say of places."""
    assert words_of(Term("di-si-pi", "第四批", aliases=("四批",))) == ("di-si-pi", "第四批", "四批", "4批", "第4批")
    place = Place("150000", "内蒙古自治区", ("内蒙古自治区",), ("150000",), (("内蒙",),))
    assert words_of(place)[:3] == ("150000", "内蒙古自治区", "内蒙") and "内蒙古" in words_of(place)


# ---- a bureau's own words -------------------------------------------------------------------------------------------


def test_own_words_stay(read):
    """Without being asked no word becomes another: themes are shown, grouped and indexed as the bureau writes them."""
    words = ("课堂教学", "身心健康", "教师减负", "作业减负")
    collection, problems = read({f"{n}.md": f"主题: {word}" for n, word in enumerate(words)})

    assert problems == [] and [f.name for f in collection.facets if f.derived] == []
    assert {group.label for group in view(collection, collection.by_field["theme"]).groups} == set(words)
    assert {part.title for part in whole_book(collection).parts} == set(words)


ASKED = "{theme: {taxonomy: standard}}"
DECLARED = "{common_theme: {label: 通用主题, kind: choice, from: theme, taxonomy: [standard, zhuzhou], facet: yes}}"


@pytest.mark.parametrize("fields", [ASKED, DECLARED])
def test_a_common_vocabulary_stands_beside(fields, read):
    """A collection that asks for the common vocabulary gets it as a second facet; its own words stay as they are."""
    collection, problems = read(CASES, fields, PLACES)
    common = next(f for f in collection.facets if f.derived)

    assert common.label == "通用主题" and collection.by_id["a"].text("theme") == "课堂教学"
    assert {group.label: len(group.cases) for group in view(collection, common).groups} == {"作业管理": 2, "课堂提质": 2}
    assert (
        len(problems) == 1 and "“通用主题”认不得：自定，这些案例不在其中" in problems[0] and problems[0].startswith("cases/collection.yml:2:")
    )
    assert {case.id for case in select(collection, ["common_theme=课堂改革"])} == {"a", "c"}
    assert {case.id for case in select(collection, ["theme=课堂教学"])} == {"a"}
    assert {case.id for case in select(collection, ["theme=课堂改革", "theme=自定"])} == {"a", "c", "d"}  # no own word, but a common one
    assert {part.title for part in whole_book(collection).parts} == {"课堂教学", "作业管理", "自定"}


def test_a_theme_may_touch_several_common_ones(read):
    """A topic of a notice that spans two themes stands under both."""
    collection, _ = read({"a.md": "主题: 落实手机、作业、睡眠、读物、体质等“五项管理”有关措施"}, DECLARED.replace("standard, ", ""))

    assert collection.by_id["a"].text("common-theme") == "身心健康与五项管理、作业管理"


def test_what_is_derived_is_not_written(read):
    """A header that gives a derived field is told that it follows by itself; one that cannot be derived is told as well."""
    assert any("“通用主题”由“theme”自动得出" in problem for problem in read({"a.md": "主题: 甲\n通用主题: 乙"}, ASKED)[1])
    assert any(
        "from 写了“school”，不能由它得出" in problem for problem in read({"a.md": "单位: 甲"}, "{x: {kind: choice, from: school}}", "")[1]
    )


def test_own_names_for_common_terms(read):
    """A derived field takes further words for its terms from its own choices, and the rest of the vocabulary stays."""
    fields = "{common_theme: {label: 通用主题, from: theme, taxonomy: standard, facet: yes, choices: [{label: 评价改革, aliases: [自定]}]}}"
    collection, problems = read(CASES, fields, PLACES)

    assert (
        problems == [] and collection.by_id["d"].text("common-theme") == "评价改革" and collection.by_id["b"].text("common-theme") == "作业管理"
    )


# ---- spellings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "spellings", "shown"),
    [
        ("batch", ["第四批", "第4批", "第四批", "4", "第 四 批", "第四批次"], "第四批"),
        ("batch", ["第一批", "首批", "第1批", "第一批"], "第一批"),
        ("award", ["创新1等奖", "创新一等奖", "创新壹等奖", "创新一等奖"], "创新一等奖"),
        ("theme", ["自定主题", "【自定主题】", "自定主题。", "“自定主题”", "自定 主题"], "自定主题"),
        ("theme", ["STEAM教育", "ＳＴＥＡＭ教育", "steam 教育", "STEAM教育"], "STEAM教育"),
        ("school", ["甲小学(东校区)", "甲小学（东校区）", "甲小学（东校区）", "甲小学（东校区）。"], "甲小学（东校区）"),
        ("batch", ["2024年第三季度", "2024年第3季度", "二〇二四年第三季度", "2024年第三季度"], "2024年第三季度"),
    ],
)
def test_spellings_of_one_word_are_one(name, spellings, shown, read):
    """Width, spaces, marks around and numerals do not part a value; the most usual spelling is shown, all of them select it."""
    collection, problems = read({f"{n}.md": f'{name}: "{word}"' for n, word in enumerate(spellings)})
    (group,) = view(collection, collection.by_field[name]).groups

    assert group.label == shown and len(group.cases) == len(spellings) and problems == []
    assert all(len(select(collection, [f"{name}={word}"])) == len(spellings) for word in spellings)


def test_a_number_is_a_listed_batch(read):
    """4 is the listed 第四批."""
    collection, problems = read({"a.md": "batch: 4"}, "{batch: {choices: [第四批, 第五批]}}")

    assert collection.by_id["a"].text("batch") == "第四批" and problems == []


def test_a_number_that_two_batches_have_is_left(read):
    """4 is a batch of its own where two batches have this number: nothing is guessed."""
    collection, _ = read({"a.md": "batch: 4", "b.md": "batch: 第四批", "c.md": "batch: 第四期"})

    assert len(view(collection, collection.by_field["batch"]).groups) == 3


def test_words_that_sound_alike_are_told(read):
    """Two values that sound alike are two, told once where the rarer stands; listed ones are meant so."""
    files = {"a.md": "主题: 自定主题", "b.md": "主题: 自定主题", "c.md": "主题: 自订主题"}
    _, problems = read(files)

    assert len(problems) == 1 and problems[0].startswith("cases/c.md:3: 警告: “主题”里有“自订主题”，别处写的是“自定主题”")
    assert read(files, "{theme: {choices: [自定主题, 自订主题]}}")[1] == [
        "cases/collection.yml:2: 错误: 自定主题、自订主题 的网址都是 zi-ding-zhu-ti。请给它们各写一个 slug。"
    ]


def test_a_word_means_one_choice(read):
    """A word that is declared for two choices is told."""
    _, problems = read({"a.md": "主题: 甲"}, "{theme: {choices: [{label: 甲, aliases: [丙]}, {label: 乙, aliases: [丙]}]}}")

    assert any("“丙”既指“甲”，又指“乙”" in problem for problem in problems)


def test_a_renamed_digest_is_a_digest(read):
    """A choice of 篇幅 is what its slug or its usual name says, whatever it is called."""
    fields = "{form: {choices: [{label: 整篇, slug: full}, {label: 小案例, slug: digest}, 摘编]}}"
    collection, problems = read({"a.md": "form: 小案例"}, fields.replace(", 摘编", ""))
    assert collection.by_id["a"].is_digest and problems == []
    assert read({"a.md": "form: 摘编"}, "{form: {choices: [完整, 摘编]}}")[0].by_id["a"].is_digest


# ---- names that differ ----------------------------------------------------------------------------------------------


def test_a_folder_per_school(read):
    """A file in a folder takes the folder's name into its id; one in cases/ itself has its own name alone."""
    collection, problems = read({"甲校/案例.md": "单位: 甲校", "乙校/案例.md": "单位: 乙校", "案例.md": "单位: 丙校"})

    assert sorted(collection.by_id) == ["an-li", "jia-xiao-an-li", "yi-xiao-an-li"] and problems == []


def test_words_that_sound_alike_have_addresses_of_their_own(read):
    """办实事教育 and 办事实教育 have two pages, 实验小学, 试验小学 and 实验小学2 three places on theirs."""
    schools = ("实验小学", "试验小学", "实验小学2", "实验 小学 2")
    collection, _ = read({f"{n}.md": f"单位: {school}\n主题: {'办实事教育' if n % 2 else '办事实教育'}" for n, school in enumerate(schools)})

    for name, number in (("theme", 2), ("school", 3)):
        groups = view(collection, collection.by_field[name]).groups
        assert len({group.slug for group in groups}) == len(groups) == number


@pytest.mark.parametrize("slug", ["index", "404", "con", "Index", "a/b", ".."])
def test_what_pages_keep_for_themselves_is_no_name(slug, read):
    """A declared place or choice cannot take the address of another page."""
    problems = read({"a.md": "地区: 某地"}, more=f"places: [{{name: 某地, parent: '', slug: {slug}}}]")[1]
    assert any(problem.startswith("cases/collection.yml:3: 错误") for problem in problems)
    assert any("不能用于网址" in problem for problem in read({"a.md": "主题: 甲"}, f"{{theme: {{choices: [{{label: 甲, slug: {slug}}}]}}}}")[1])


def test_words_that_are_kept_are_changed(read):
    """A theme or an unknown place that is called like a page of ours, or is a code, gets another address."""
    collection, _ = read(
        {"a.md": "主题: index\n地区: index", "b.md": "地区: 999999", "NUL.md": "单位: 甲", "404.md": "单位: 甲", "h1.md": "单位: 甲"}
    )

    assert {group.slug for group in view(collection, collection.by_field["theme"]).groups} == {"index-1"}
    assert not any(group.slug.isdigit() or group.slug == "index" for group in view(collection, collection.by_field["region"]).groups)
    assert all(slugs.is_id(case.id) for case in collection.cases)


def test_words_sound_the_same_when_they_were_heard_before(tmp_path, monkeypatch):
    """What is kept of how words sound is what the dictionary says of them; it is opened for new words only."""
    words = ("单老师的课堂", "Ａ①乐陵 2035", "长", "——", "")

    def said() -> list:
        slugs.slug.cache_clear()
        return [(slugs.slug(word), slugs.sound(word), slugs.sound(word, surname=True)) for word in words]

    fresh, store = said(), Store(tmp_path)
    with heard.kept(store):
        assert said() == fresh
    monkeypatch.setitem(sys.modules, "pypinyin", None)  # whoever imports it fails
    with heard.kept(store):
        assert said() == fresh
        with pytest.raises(ImportError):
            slugs.slug("新词")
    with pytest.raises(ImportError):
        said()


def test_slugs_differ_whatever_the_order():
    """Labels that sound alike have different slugs, the same in any order, none of those that are taken."""
    labels = ["实验小学", "试验小学", "实验小学2", "💡", "🔔", "其它", "甲" * 100, "甲" * 101]
    found = slugs.distinct(labels, {"qi-ta"})

    assert found == slugs.distinct(reversed(labels), {"qi-ta"}) and len(set(found.values())) == len(labels)
    assert all(map(slugs.is_id, found.values())) and "qi-ta" not in found.values() and found["实验小学2"] == "shi-yan-xiao-xue-2"


def test_files_of_content_that_differ_in_case_only_are_told(make, tmp_path):
    """Two files that a disk takes for one are told, and so is a folder that the website keeps, however it is written."""
    folder = make({"a.md": case_text("甲")})
    for name in ("About.md", "about.md", "Cases/x.md", "search/y.md"):
        (folder / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "content" / name).write_text("# 页\n", "utf-8")
    said = [problem.what for problem in flow.check_project(project.find(folder))[1]]

    assert any("同一个文件名" in what for what in said) and sum("留给自动生成的页面" in what for what in said) == 2


@pytest.mark.parametrize("text", ["# 附录  一\n\n文字。\n", "---\ntitle: 附录　 一\n---\n\n文字。\n"])
def test_a_text_of_the_book_has_a_title_of_one_line(text, make):
    """Spaces in the title of an appendix become one, as bookmarks have them."""
    folder = make({"a.md": case_text("甲")})
    (folder / "content" / "book").mkdir(parents=True)
    (folder / "content" / "book" / "appendix-1.md").write_text(text, "utf-8")
    collection, problems = flow.check_project(project.find(folder))

    assert [text.title for text in collection.texts] == ["附录 一"] and problems == ()


# ---- the order of cases ---------------------------------------------------------------------------------------------

STANDING = {
    "a.md": "批次: 第一批\n获奖等次: 二等奖\n地区: 江苏省\n单位: 第10中学",
    "b.md": "批次: 第二批\n获奖等次: 一等奖\n地区: 北京市\n单位: 第4中学",
    "c.md": "批次: 第一批\n获奖等次: 一等奖\n地区: 江苏省常州市\n单位: 单县小学",
    "d.md": "批次: 第二批\n获奖等次: 三等奖\n单位: 阿城小学",
}


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ("", "cabd"),
        ("order: [-批次]", "bdca"),
        ("order: [award, region, title]", "bcad"),
        ("order: 单位", "dbac"),
        ("order: [－编号]", "dcba"),
        ("order: [地区]", "bacd"),
        ("order: [-region]", "cabd"),
    ],
)
def test_cases_stand_in_the_order_that_is_asked_for(read, order, ids):
    """By any fields, by name or label, from the end where - is before it; without a value last; in books and on the site."""
    collection, problems = read(STANDING, more=f"{order}\nbook: {{parts: no}}\n")
    assert "".join(case.id for case in collection.cases) == ids
    assert "".join(case.id for case in whole_book(collection).cases) == ids
    assert not [problem for problem in problems if "order" in problem]


def test_the_latest_batch_may_come_first_in_a_book(read):
    """A book divided by batch follows the order of its cases."""
    for order, labels in (("", ["第一批", "第二批"]), ("order: [-batch]\n", ["第二批", "第一批"])):
        collection, _ = read(STANDING, more=f"{order}book: {{parts: batch}}\n")
        assert [part.title for part in whole_book(collection).parts] == labels


def test_an_order_by_what_there_is_not_is_told(read):
    """A slip of the pen is told with its line and what may be meant; what is left of the order holds."""
    collection, problems = read(STANDING, more="order: [awrad, title]\n")
    assert any("collection.yml" in problem and "awrad" in problem and "award" in problem for problem in problems)
    assert "".join(case.id for case in collection.cases) == "abcd"
