"""What a call asks of its batches: said in collection.yml, held against the cases by check and import alike."""

import re
from datetime import date

import pytest

from casepress import flow
from casepress.checking import arrivals, calls
from casepress.collection import project
from casepress.collection.project import SETTINGS
from casepress.collection.settings import read_settings
from casepress.facts import periods
from casepress.language.proofreading import CHECKS
from casepress.values.rules import Period, Span, Video
from conftest import ROOT, write_files

HEAD = """title: 小案例库
fields:
  batch: {label: 批次, kind: ordinal, choices: [{label: 第五批, aliases: [2024年批]}, 第六批]}
  theme: {label: 主题, kind: choice, many: yes, choices: [课后服务, 作业管理, 评价改革, 家校社协同]}
  done: {label: 实施时间, kind: date}
  received: {label: 收到日期, kind: date}
"""
RULES = """rules:
  全部:
    length: 最多2500
    video: {container: MP4, codec: AVC（H264）, width: 1920, height: 1080, fps: 25, bitrate: 20, minutes: 5, versions: [完整版, 无字版]}
  2024年批:
    length: 20-60
    sections: [案例背景, 主要做法, {name: 成效, aliases: [得失]}]
    unit: {cases: 最多2, themes: 至少2}
    region: {level: county, cases: 2-3, within: 江苏省常州市}
    themes: [课后服务, 作业管理]
    period: 2023年9月至2024年2月
    deadline: 2024-03-11
"""
BODY = "## 一、背景\n\n这里写背景。\n\n## 二、特色举措\n\n这里写做了什么，怎么做。\n\n## （三）取得的成效与反思\n\n这里写有什么变化。"


def settings(text):
    return read_settings(text.encode())


def case(title, body=BODY, school="示例小学（虚构）", region="常州市武进区", theme="课后服务", batch="第五批", 摘要="一句话。", **values):
    """The file of a full case; its body begins on line 9 and one for each further value."""
    usual = {"标题": title, "地区": region, "单位": school, "主题": theme, "批次": batch, "摘要": 摘要}
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in {**usual, **values}.items()) + f"---\n\n{body}\n"


def problems(make, files, rules=RULES, checks=None):
    folder = make(files, HEAD + rules)
    found = flow.check_project(project.find(folder))[1]
    return [problem for problem in found if checks is None or problem.check in checks]


def told(make, files, check, rules=RULES):
    """The problems of one check, each as its path, its line and what it says."""
    return [(problem.path, problem.line, problem.what) for problem in problems(make, files, rules) if problem.check == check]


def test_rules_are_read():
    """Every rule that the three calls set can be said, and what all batches have in common is said once."""
    found, said = settings(HEAD + RULES)
    assert said == ()
    general, fifth = found.rules
    assert (general.batch, general.length, fifth.batch, fifth.length) == ("", Span(0, 2500), "第五批", Span(20, 60))
    assert fifth.video == general.video == Video("mp4", "h264", 1920, 1080, 25, 20, 5, ("完整版", "无字版"))
    assert (fifth.unit.cases, fifth.unit.themes, fifth.region.cases) == (Span(0, 2), Span(2, 0), Span(2, 3))
    assert {name for _, name in fifth.region.expected} >= {"武进区", "新北区", "溧阳市"}
    assert fifth.period == Period(date(2023, 9, 1), date(2024, 2, 29)) and fifth.field == "done"
    assert (fifth.deadline, fifth.arrived) == (date(2024, 3, 11), "received")
    assert settings(HEAD + "rules: {第五批: {length: 2000左右}}\n")[0].rules[0].length == Span(1800, 2200)
    assert settings(HEAD + "rules: {第五批: {length: 2000字左右}}\n")[0].rules[0].length == Span(1800, 2200)
    assert settings(HEAD + "rules: {第五批: {length: {min: 1500, max: 2500}}}\n")[0].rules[0].length == Span(1500, 2500)


WRONG = {
    "第七批: {length: 2000}": "没有这个批次",
    "第五批: {lenght: 2000}": "lenght",
    "第五批: {length: 两千}": "length 写了“两千”",
    "第五批: {length: 2500-2000}": "最少（2500）比最多（2000）还多",
    "第五批: {sections: 背景}": "sections 应当是一个列表",
    "第五批: {sections: [{aliases: [甲]}]}": "没有名称",
    "第五批: {unit: {themes: 3}}": "unit 的 themes 写了“3”",
    "第五批: {unit: {cases: 最多三}}": "unit 的 cases",
    "第五批: {region: {level: 乡, cases: 3}}": "region 的 level",
    "第五批: {region: {cases: 3, within: 株州市}}": "within 写了“株州市”",
    "第五批: {themes: [课后服务, 作业管里]}": "“作业管里”",
    "第五批: {period: 去年}": "period 写了“去年”",
    "第五批: {period: {dates: 2023年, field: 日期}}": "field 写了“日期”",
    "第五批: {deadline: 3月11日}": "deadline 写了“3月11日”",
    "第五批: {video: {codec: 高清}}": "video 的 codec",
    "第五批: {video: {fps: 快}}": "video 的 fps",
    "第五批: {stage: 公式}": "stage",
    "第五批: {stage: 公示}": "没有写公示从哪一天起",
    "第五批: {posted: {days: 5}}": "没有写从哪一天起",
    "第五批: {posted: {from: 2024-05-06, days: 0}}": "days",
}


@pytest.mark.parametrize("rules", WRONG)
def test_wrong_settings_are_told(rules):
    """What cannot be meant is one error with its line, what and cure; the rest of the settings stands."""
    found, said = settings(f"{HEAD}rules:\n  {rules}\n")
    (problem,) = said
    assert found is not None and (problem.path, problem.line) == (SETTINGS, 7 + 1)
    assert WRONG[rules] in problem.what and problem.cure


def test_a_limit_is_said_once():
    """The length of a batch stands in its choice or in its rules, not in both with different numbers."""
    text = HEAD.replace("[2024年批]}", "[2024年批], limit: 2000}")
    assert "写了两处" in settings(f"{text}rules:\n  第五批: {{length: 2500}}\n")[1][0].what


def test_lengths(make):
    """Too long, too short, and what other batches say."""
    files = {
        "a.md": case("甲", "短。"),
        "b.md": case("乙", "长" * 70),
        "c.md": case("丙", "长" * 70, batch="第六批"),
        "d.md": case("丁", "长" * 40),
    }
    assert told(make, files, "lengths_keep_the_limit") == [
        ("cases/a.md", 9, "正文 2 字，不到 20 字"),
        ("cases/b.md", 9, "正文 70 字，超过 60 字的限制"),
    ]


def test_sections(make):
    """Headings are matched whatever their number, near words and aliases; a missing section is named; digests need none."""
    plain = "案例背景：这里写背景。\n\n**二、做法**\n\n这里写做法。\n\n三是得失。\n\n得失\n\n好。"
    files = {
        "a.md": case("甲"),
        "b.md": case("乙", plain),
        "c.md": case("丙", "## 背景\n\n做法和成效都写在这里。"),
        "d.md": case("丁", "一段写完。", 篇幅="digest"),
    }
    assert told(make, files, "sections_are_there") == [("cases/c.md", 9, "缺少“主要做法”、“成效”一节，这一批要有：案例背景、主要做法、成效")]


def test_numbers_of_units_and_regions(make):
    """A unit and a region send as many as they may and must; once there are winners, least numbers are not asked."""
    files = {f"{n}.md": case(f"第{n}个", school="甲校") for n in (1, 2, 3)} | {"z.md": case("乙", school="乙校", region="溧阳市")}
    assert told(make, files, "units_keep_their_number") == [
        ("cases/1.md", 5, "“甲校”在第五批的 3 个案例只有 1 个主题，至少要 2 个"),
        ("cases/3.md", 4, "“甲校”在第五批有 3 个案例，一个单位最多 2 个"),
        ("cases/z.md", 5, "“乙校”在第五批的 1 个案例只有 1 个主题，至少要 2 个"),
    ]
    ((path, line, what),) = told(make, files, "regions_keep_their_number")
    assert (path, line) == (SETTINGS, 15) and "溧阳市 1 个" in what and "新北区 0 个" in what and "武进区" not in what
    files |= {"4.md": case("第4个", school="丙校", 获奖等次="一等奖"), "y.md": case("丁", school="丁校", theme="[课后服务, 作业管理]")}
    assert [what for _, _, what in told(make, files, "regions_keep_their_number")] == ["武进区在第五批有 5 个案例，最多 3 个"]
    assert [path for path, _, _ in told(make, files, "units_keep_their_number")] == ["cases/3.md"]


def test_only_schools_of_the_city_itself_are_counted(make):
    """A rule for the schools that stand directly under a city (每校最多 3 篇) says nothing of those in its counties."""
    rules = "rules: {第五批: {unit: {cases: 最多1, level: city}}}\n"
    files = {f"{n}.md": case(f"第{n}个", school="甲校", region="株洲市" if n < 3 else "株洲市天元区") for n in range(1, 6)}
    assert told(make, files, "units_keep_their_number", rules) == [("cases/2.md", 4, "“甲校”在第五批有 2 个案例，一个单位最多 1 个")]


def test_themes_and_dates(make):
    """A theme that the call has not, work out of its period, what came too late."""
    files = {
        "a.md": case("甲", theme="评价改革", 实施时间="2024年2月至2024年6月", 收到日期="2024-03-11"),
        "b.md": case("乙", 实施时间="2022-2023学年度", 收到日期="2024年3月12日"),
        "c.md": case("丙", 实施时间="去年"),
    }
    checks = {"themes_are_called_for", "periods_are_kept", "deadlines_are_kept"}
    found = [(problem.path[6], problem.what) for problem in problems(make, files, checks=checks)]
    assert found == [
        ("a", "第五批没有“评价改革”这个主题"),
        ("b", "“2022-2023学年度”不在第五批规定的时间里：2023年9月1日至2024年2月29日"),
        ("b", "2024年3月12日 收到，第五批的截稿日期是 2024年3月11日"),
        ("c", "“去年”认不出是哪一天"),
    ]


DATES = {
    "2024-03-11": "2024年3月11日",
    "2024年3月": "2024年3月1日至2024年3月31日",
    "2024": "2024年1月1日至2024年12月31日",
    "2021-2022学年度": "2021年9月1日至2022年8月31日",
    "2023年9月—2024年2月": "2023年9月1日至2024年2月29日",
    "2024年3月至6月": "2024年3月1日至2024年6月30日",
    "2023.9.1 - 2024.2.29": "2023年9月1日至2024年2月29日",
}


@pytest.mark.parametrize("text", DATES)
def test_periods(text):
    """Dates as people write them."""
    assert str(periods.period(text)) == DATES[text]


def test_what_is_no_date_is_none():
    """Days that do not exist, and words."""
    assert [periods.period(text) for text in ("2024-02-30", "2024年13月", "去年", "", "2024年6月至3月", "2021-2025学年度")] == [None] * 6


def test_what_arrives_is_looked_at_alike(make, tmp_path):
    """Import tells what check would tell, with the file that was sent; what may still come is not asked for, a deadline that is over is told once."""
    folder = make({}, HEAD + RULES)
    place = project.find(folder)
    found = settings(HEAD + RULES)[0]
    files = [(f"收件/{n}.docx", f"cases/{n}.md", case(f"第{n}个", "这是学校的的做法，", school="甲校")) for n in (1, 2, 3)]
    told = arrivals.look(place, found, files, date(2024, 3, 21))
    assert [problem.what for problem in told if problem.path == SETTINGS] == ["第五批的截稿日期是 2024年3月11日，已经过了 10 天"]
    assert {problem.path for problem in told} == {SETTINGS, "收件/1.docx", "收件/2.docx", "收件/3.docx"}
    checks = {problem.check for problem in told}
    assert checks >= {"lengths_keep_the_limit", "sections_are_there", "units_keep_their_number", "characters_are_not_doubled"}
    assert "regions_keep_their_number" not in checks
    assert all(problem.line == 0 for problem in told if problem.path != SETTINGS)


def test_a_notice_that_is_over_is_told(make):
    """The days of the 公示 are counted from its first; on the day after its last somebody is asked to announce."""
    rules = "rules:\n  第五批: {stage: 公示, posted: {from: 2024-05-06, days: 7}}\n"
    collection = flow.check_project(project.find(make({"a.md": case("甲")}, HEAD + rules)))[0]
    assert [problem.what for problem in calls.check(collection, date(2024, 5, 12))] == []
    (problem,) = calls.check(collection, date(2024, 5, 13))
    assert (problem.path, problem.line) == (SETTINGS, 8) and "2024年5月6日至2024年5月12日" in problem.what


WISHES = """proofreading:
  allow:
    - {text: 督導, why: 原件如此}
  terms:
    - {wrong: [延时班, 晚托班], right: 课后服务, why: 本市文件的叫法}
  skip:
    - {check: paragraphs_are_ended, why: 诗歌选}
"""


def test_texts_are_proofread_as_the_collection_wishes(make):
    """Bodies, titles and summaries are read; what is allowed, added or left out is so by collection.yml, each with its reason."""
    files = {"a.md": case("督導的的课", "督導室每周听课，延时班每天点名。课后还有点评", 摘要="学校開展晚托班。")}
    found = sorted((p.line, p.check) for p in problems(make, files, "") if p.check in CHECKS)
    assert found == [
        (2, "characters_are_not_doubled"), (2, "characters_are_simplified"), (7, "characters_are_simplified"),
        (10, "characters_are_simplified"), (10, "paragraphs_are_ended"),
    ]  # fmt: skip
    found = sorted((p.line, p.check) for p in problems(make, files, WISHES) if p.check in CHECKS)
    assert found == [(2, "characters_are_not_doubled"), (7, "characters_are_simplified"), (7, "terms_are_right"), (10, "terms_are_right")]


def test_texts_of_the_book_are_proofread(make):
    """A fault in a preface is told with its line, whether the text has a header or not."""
    folder = make({"a.md": case("甲")}, HEAD)
    body = "这是前面的的话。\n"
    write_files(folder / "content/book", {"preface.md": f"# 前言\n\n{body}", "后记.md": f"---\nsigned: [某局]\n---\n# 后记\n\n{body}"})
    found = [(p.path, p.line) for p in flow.check_project(project.find(folder))[1] if p.check == "characters_are_not_doubled"]
    assert found == [("content/book/preface.md", 3), ("content/book/后记.md", 6)]


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("allow: [{text: 督導}]", "“督導”没有写理由"),
        ("allow: 督導", "allow 应当是一个列表"),
        ("terms: [{wrong: 甲, right: 甲}]", "没有写全"),
        ("skip: [{check: 段末, why: 诗}]", "没有叫“段末”的检查"),
        ("skip: [{check: terms_are_right}]", "没有写理由"),
        ("words: []", "words"),
    ],
)
def test_wrong_wishes_are_told(entry, what):
    """A silence without its reason is none."""
    (problem,) = settings(f"title: 库\nproofreading: {{{entry}}}\n")[1]
    assert what in problem.what and problem.line == 2


def test_the_guide_shows_what_can_be_said():
    """Every example of the guide is read without a problem, and the guide names every check that can be left out."""
    guide = (ROOT / "content" / "guide.md").read_text("utf-8")
    examples = [part for part in re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL) if part.startswith(("rules:", "proofreading:"))]
    assert len(examples) == 4
    for example in examples:
        found, said = settings("title: 库\nfields: {done: {label: 实施时间, kind: date}}\n" + example)
        assert said == () and (found.rules or found.wishes.allowed)
    assert [name for name in CHECKS if f"`{name}`" not in guide] == []
