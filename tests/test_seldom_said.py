"""What people seldom say in collection.yml, in the header of a case, in a text of the book: it is read as meant, or told with its line and a cure."""

import io

import pytest
from PIL import Image

from casepress import flow
from casepress.collection import project
from casepress.collection.links import page_address
from casepress.collection.settings import read_settings
from casepress.values.rules import Span
from conftest import SETTINGS, case_text, write_files

BATCH = "fields:\n  batch: {label: 批次, kind: ordinal, choices: [{label: 第五批, aliases: [2024年批]}, 第六批]}\n"


def read(more):
    return read_settings((SETTINGS + more).encode())


@pytest.mark.parametrize(
    ("said", "line", "what"),
    [
        ("fields:\n  one: {label: 甲事, kind: text}\n  two: {label: 甲 事, kind: text}\n", 2, "字段 one 和 two 都叫“甲事”"),
        ("fields:\n  one: {label: 甲事, kind: text, choices: [是, 否]}\n", 3, "类的字段能有 choices"),
        ("privacy:\n  allow:\n    - 13800000000\n", 4, "privacy 的 allow 里有一项没有写理由"),
        ("takedown: [一个号]\n", 2, "takedown 里的编号“一个号”不对"),
        (BATCH + "rules:\n  第五批: {length: 最多900}\n  2024年批: {length: 最多800}\n", 6, "批次“2024年批”的规则写了两次"),
        ("rules:\n  全部: {period: 2023年9月至2024年2月}\n", 3, "period 要和案例的日期比，可是没有日期字段"),
        ("book:\n  committee: [主编]\n", 3, "committee 应当一行一个职务"),
    ],
)
def test_what_cannot_be_meant_is_told(said, line, what):
    """Two fields of one name, choices of a text, a permission without a reason, a rule said twice: the line, and what is wrong."""
    found = [problem for problem in read(said)[1] if what in problem.what]
    assert [problem.line for problem in found] == [line] and found[0].cure


@pytest.mark.parametrize(
    ("said", "is_so"),
    [
        ('imprint: {ISBN: "", 责任编辑: 编辑甲}\n', lambda settings: dict(settings.imprint.facts) == {"editor": "编辑甲"}),
        ('order: ["", 主题]\n', lambda settings: settings.order == (("theme", False),)),
        ('book:\n  indexes: ["", 主题]\n', lambda settings: settings.shelf.book.indexes == ("theme",)),
        ('book:\n  committee: ["", 主编: [甲某]]\n', lambda settings: [role.people for role in settings.shelf.book.committee] == [("甲某",)]),
        ('footer: {icp: "", contact: 电话 12345}\n', lambda settings: not settings.footer.icp and settings.footer.contact == "电话 12345"),
        ("takedown: [a-1, a-1]\n", lambda settings: [each.id for each in settings.privacy.taken_down] == ["a-1"]),
        (
            BATCH.replace("}\n", ", open: yes}\n") + "rules:\n  第九批: {length: 最多900}\n",
            lambda settings: settings.rules[0].names == ("第九批",),
        ),
        ("rules:\n  第 九 批: {length: 最多900}\n", lambda settings: settings.rules[0].names == ("第 九 批",)),
    ],
)
def test_what_is_empty_or_said_again_is_passed_over(said, is_so):
    """An empty entry of a list counts as none, a case is taken down once, and a batch that nobody listed may have rules."""
    settings, problems = read(said)
    assert problems == () and is_so(settings)


def test_bounds_are_said_as_people_say_them():
    """What a call asks for is told in words: from, to, both, the same, or nothing."""
    assert [str(Span(*each)) for each in ((2, 3), (2, 2), (0, 3), (2, 0), (0, 0))] == ["2 到 3", "2", "最多 3", "至少 2", "不限"]


def test_the_page_of_a_folder_is_its_index():
    """MkDocs makes of a README the index of its folder, and links lead there."""
    assert [page_address(name) for name in ("a/README.md", "README.MD", "a/b.md", "表.csv")] == [
        "a/index.html", "index.html", "a/b.html", "%E8%A1%A8.csv",
    ]  # fmt: skip


def headed(title, lines, **values):
    return case_text(title, **values).replace("---\n", f"---\n{lines}\n", 1)


def picture():
    data = io.BytesIO()
    Image.new("RGB", (40, 30), (40, 120, 90)).save(data, "PNG")
    return data.getvalue()


RULES = """rules:
  第一批: {unit: {cases: 2-3, themes: 最多1}, region: {level: county, cases: 最多5}}
  第二批: {stage: 公示}
"""
FILES = {
    "a.md": headed("甲", "title: 又一个甲"),
    "b.md": headed("乙", "author: 王某\n作者: 李某", school="别的小学（虚构）"),
    "c.md": headed("丙", "author: 王某\nwriter: 李某"),
    "d.md": headed("丁", f"作者: {'、'.join(f'王{n}' for n in range(101))}"),
    "e.md": headed("戊", "附件: [https://example.org/a.docx]"),
    "f.md": headed("己", "photos: [{file: 1.png, minors: 看情况}, 1.png]", theme="家校社协同"),
    "g.md": headed("庚", "获奖状态: 申报\n等次: 一等奖", batch="第二批"),
    "h.md": case_text("辛", batch="题" * 501),
    "i.md": case_text("壬", body="正文。").replace("标题: 壬\n", "").replace("## 做法", "# " + "长" * 201),
    "k.md": case_text("癸", body="![操场](1.png?raw=true)"),
    "1.png": picture(),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seldom")
    write_files(folder / "cases", {"collection.yml": SETTINGS + RULES, **FILES})
    write_files(folder, {"content/book/appendix-甲.md": "# 甲\n\n一。\n", "content/book/appendix-jia.md": "# 乙\n\n二。\n"})
    collection, problems = flow.check_project(project.find(folder))
    return collection, [(problem.path.rpartition("/")[2], problem.what) for problem in problems]


@pytest.mark.parametrize(
    ("file", "what"),
    [
        ("a.md", "“标题”写了两次"),
        ("b.md", "author"),
        ("c.md", "writer"),
        ("d.md", "“撰写人”里的值太多或太长"),
        ("e.md", "附件“https://example.org/a.docx”在别处"),
        ("f.md", "“未成年人”一项写了“看情况”，看不懂"),
        ("f.md", "照片“cases/1.png”没有替代文字"),
        ("g.md", "没有发布，获奖状态还是“申报”"),
        ("h.md", "“批次”里的一个值有 501 个字，最多 500 个"),
        ("i.md", "标题有 201 个字，最多 200 个"),
        ("b.md", "“别的小学（虚构）”在第一批只有 1 个案例，至少要 2 个"),
        ("k.md", "“示例小学（虚构）”在第一批的案例有 2 个主题，最多 1 个"),
        ("appendix-甲.md", "文件名读起来和 content/book/appendix-jia.md 一样"),
    ],
)
def test_what_is_wrong_with_a_case_is_told_where_it_stands(told, file, what):
    """A field twice, too many values, a file elsewhere, an award of a case that only came in: each is told of its file."""
    assert [each for each in told[1] if each[0] == file and what in each[1]], told[1]


def test_what_can_be_read_is_read(told):
    """Of two names for one field our own goes before that of other programs; a picture's address may have something behind it."""
    cases = {case.path.rpartition("/")[2]: case for case in told[0].cases}
    assert [person.name for person in cases["b.md"].all("authors")] == ["李某"]
    assert "asset:" in cases["k.md"].body.html and "?raw" not in cases["k.md"].body.html
    assert not cases["g.md"].all("award")
