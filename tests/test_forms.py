"""申报表 again: a bureau's own form is filled by its labels or its marks, a plain one is made, and an import reads the same values back."""

import io
import json
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from casepress.collection import project
from casepress.collection.bodies import Reader
from casepress.collection.reading import read_collection, read_content
from casepress.facts.places import gazetteer
from casepress.facts.store import NOTHING
from casepress.intake import documents
from casepress.intake.labels import labels
from casepress.records import forms
from casepress.values.problems import Failed
from conftest import run, write_files
from wordcase import EXPECTED, FIELDS_000, FIELDS_001, SECTIONS, THEMES_000, THEMES_001
from wordcase import PRIVATE as PRIVATE_LABELS
from wordforms import FORMS
from wordplants import WAYS

SETTINGS = """title: 柳湾案例库
date: 2026年3月
fields:
  school: {label: 学校}
  stage: {choices: [小学, 初中]}
  theme: {label: 案例主题, choices: [作业减负, 课堂提质, 课后服务, "手机管理、读物管理"]}
  head: {label: 负责人, private: yes}
  head_phone: {label: 负责人电话, private: yes}
  contact: {label: 联系人, private: yes}
  phone: {label: 联系人电话, private: yes}
  mail: {label: 邮箱, private: yes}
"""
CASE = """---
标题: 放学以后去哪里：<课后> & 服务
学校: 青禾县柳湾小学
学段: 小学
案例主题: [课后服务, "手机管理、读物管理"]
撰写人: [顾安, 许诺]
---

## 案例背景

柳湾小学在山脚下，全校6个班、186名学生，七成孩子的家长下午六点以后才收工，放学铃响了还没有人来接。

## 特色做法

- 篾编
- 认药草

| 月份 | 人数 |
| --- | --- |
| 九月 | 61 |

课程表每月换一次，由孩子投票；票数贴在食堂门口，谁都看得见，大人和孩子都认这个数，一学期下来没有人改过它。
"""
PRIVATE = '负责人: 柳青青\n负责人电话: "013800519500"\n联系人: 顾安\n联系人电话: "0519—80000000"\n邮箱: office@example.com\n'


@pytest.fixture
def world(make: Callable[..., Path]):
    """A collection of one case with private values beside it: its folder, the collection, and the private values by field."""
    folder = make({"a.md": CASE, ".private/a.yml": PRIVATE}, SETTINGS)
    place = project.find(folder)
    reader = Reader(NOTHING)
    collection, _ = read_collection(place, read_content(place)[0], reader)
    values = {"head": "柳青青", "head-phone": "013800519500", "contact": "顾安", "phone": "0519—80000000", "mail": "office@example.com"}
    return folder, collection, {collection.cases[0].id: values}


def back(data: bytes, collection) -> dict[str, tuple[str, ...]]:
    """The values that an import reads from a Word file, and its body."""
    (made,) = documents.of_word(data, "x.docx", labels(collection.fields), gazetteer())
    return {**made.values, "": made.body}


def wanted(private: bool = True) -> dict[str, tuple[str, ...]]:
    values = {
        "title": ("放学以后去哪里：<课后> & 服务",),
        "school": ("青禾县柳湾小学",),
        "stage": ("小学",),
        "theme": ("课后服务", "手机管理、读物管理"),
        "authors": ("顾安", "许诺"),
    }
    secret = {
        "head": ("柳青青",),
        "head-phone": ("013800519500",),
        "contact": ("顾安",),
        "phone": ("0519—80000000",),
        "mail": ("office@example.com",),
    }
    return values | (secret if private else {})


def told(found: dict, values: dict) -> None:
    """What was read back has these values, none of a private field beyond them, and the paragraphs of the case under their headings."""
    assert {name: tuple(value) for name, value in found.items() if name in wanted()} == values
    body = found[""]
    assert "## 案例背景" in body and "## 特色做法" in body and "七成孩子的家长" in body and "认药草" in body and "九月" in body
    assert body.index("七成孩子") < body.index("特色做法") < body.index("篾编") < body.index("课程表每月换一次")


def bureau(box: str = "□") -> bytes:
    """A blank form as bureaus send it: a line with a blank above, two 电话, boxes, merged cells, a cell for a seal; made anew."""
    form = docx.Document()
    form.core_properties.author = "王科长"
    form.add_paragraph("“双减”优秀典型案例申报表")
    line = form.add_paragraph("案例名称：")
    line.add_run("                    ").font.underline = True
    table = form.add_table(rows=8, cols=4, style="Table Grid")
    texts = [
        ("学 校", "（全称）", "学段", f"{box}小学　{box}初中"),
        ("负责人", "", "电话", ""),
        ("联系人", "", "电话", ""),
        ("邮箱", ""),
        ("案例主题", f"{box}作业减负  {box}课堂提质\n{box}课后服务  {box}手机管理、读物管理"),
        ("撰写人", "____"),
    ]
    for row, values in zip(table.rows, texts, strict=False):
        cells = row.cells
        if len(values) == 2:
            cells[1].merge(cells[3])
        for cell, text in zip(cells, values, strict=False):
            cell.text = text
    long = table.rows[6].cells[0].merge(table.rows[6].cells[3])
    for text in ("一、案例背景（要解决什么）", "", "二、特色做法", "", ""):
        long.add_paragraph(text)
    stamp = table.rows[7].cells
    stamp[0].text, stamp[1].merge(stamp[3]).text = "学校盖章", "年　月　日"
    out = io.BytesIO()
    form.save(out)
    return out.getvalue()


def text_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())


def test_a_bureaus_blank_form_is_filled_by_its_labels(world):
    """What stands right of a label, behind its colon and under a heading is filled, boxes are ticked, what the form prints stays."""
    _, collection, private = world

    made = forms.filler(bureau(), "空表.docx", collection)(collection.cases[0], private)

    told(back(made.data, collection), wanted())
    text = text_of(made.data)
    assert made.is_private and made.problems == ()
    assert "☑小学　□初中" in text and "□作业减负" in text and "☑手机管理、读物管理" in text and "年　月　日" in text and "要解决什么" in text


def test_private_values_stand_in_a_form_only_where_they_are_asked_for(world):
    """Without being asked for, no private value is in any part of the file."""
    _, collection, _ = world

    for form in (bureau(), None):
        made = forms.filler(form, "空表.docx", collection)(collection.cases[0], None)
        told(back(made.data, collection), wanted(private=False))
        with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
            whole = b"".join(map(archive.read, archive.namelist())).decode("utf-8", "replace")
        assert not made.is_private and "柳青青" not in whole and "13800519500" not in whole and "office@" not in whole


def test_the_plain_form_tells_the_same_case(world):
    """Without a form of the bureau's a plain one is made, which an import reads as the same values and text."""
    _, collection, private = world

    made = forms.filler(None, "", collection)(collection.cases[0], private)

    told(back(made.data, collection), wanted())
    assert made.is_private and "☑小学　☐初中" in text_of(made.data)


@pytest.mark.parametrize("form", [None, "labels", "marks"])
def test_forms_are_the_same_bytes_and_name_nobody(form, world):
    """A form that is made again has the same bytes, no clock is in it, and no author's name."""
    _, collection, private = world
    blank = {None: None, "labels": bureau(), "marks": marked("{{ 标题 }}")}[form]

    made, again = (forms.filler(blank, "空表.docx", collection)(collection.cases[0], private).data for _ in range(2))

    assert made == again
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "2026-03-01T00:00:00Z" in core and "王科长" not in core and "python-docx" not in core and "creator" not in core


# The data set's forms, filled anew when they are blank: all ways of ticking, all layouts. Those with tracked changes and the like need
# their text, and Word's "Strict" format is refused.
BLANKS = [n for n in FORMS if n.startswith("001-") and n[4:] not in (*WAYS, "strict")] + [
    "000-w14",
    "000-run-by-style",
    "000-root-behind-alone",
]
DECLARED = f"""title: 柳湾案例库
fields:
  title: {{aliases: [案例名称]}}
  school: {{label: 学校, aliases: [学校（单位）]}}
  stage: {{choices: [小学, 初中]}}
  theme: {{label: 案例主题, aliases: [主题类别], choices: {json.dumps([*dict.fromkeys((*THEMES_001, *THEMES_000))], ensure_ascii=False)}}}
  head: {{label: 负责人, private: yes}}
  head_phone: {{label: 负责人电话, private: yes}}
  contact: {{label: 联系人, private: yes}}
  phone: {{label: 联系人电话, private: yes, aliases: [联系电话]}}
  mail: {{label: 邮箱, private: yes, aliases: [电子邮箱]}}
"""
NAMES = {
    "title": "案例名称", "school": "学校", "stage": "学段", "theme": "案例主题", "authors": "撰写人",
    "head": "负责人", "head-phone": "负责人电话", "contact": "联系人", "phone": "联系人电话", "mail": "邮箱",
}  # fmt: skip


def blank(name: str) -> bytes:
    """A form of the data set without a value, a tick or a paragraph."""
    values, texts = dict(EXPECTED), {heading: list(below) for heading, below in SECTIONS.items()}
    try:
        EXPECTED.update({label: "" if isinstance(value, str) else [] for label, value in values.items()})
        for below in SECTIONS.values():
            below[:] = [""]
        return FORMS[name]()
    finally:
        EXPECTED.update(values)
        for heading, below in SECTIONS.items():
            below[:] = texts[heading]


@pytest.fixture(scope="module")
def told_case(tmp_path_factory):
    """The case of the data set as a collection has it, with its private values."""
    folder = tmp_path_factory.mktemp("told")
    header = "".join(f"{name}: {json.dumps(EXPECTED[label], ensure_ascii=False)}\n" for name, label in list(NAMES.items())[:5])
    body = "\n\n".join("\n\n".join((f"## {heading}", *below)) for heading, below in SECTIONS.items()).replace("<", "&lt;")
    write_files(folder / "cases", {"collection.yml": DECLARED, "a.md": f"---\n{header}---\n\n{body}\n"})
    place = project.find(folder)
    collection, _ = read_collection(place, read_content(place)[0], Reader(NOTHING))
    return collection, {"a": {name: EXPECTED[label] for name, label in NAMES.items() if label in PRIVATE_LABELS}}


@pytest.mark.parametrize("name", BLANKS)
def test_blank_forms_of_all_kinds_are_filled(name, told_case):
    """Whatever a form's boxes are made of and wherever its labels stand, an import reads what was filled in, all of it and nothing else."""
    collection, private = told_case

    made = forms.filler(blank(name), "空表.docx", collection)(collection.cases[0], private)

    found = back(made.data, collection)
    asked = FIELDS_001 if name.startswith("001") else FIELDS_000
    for key, label in NAMES.items():
        if label in asked:
            wanted = EXPECTED[label] if isinstance(EXPECTED[label], list) else [EXPECTED[label]]
            assert list(found[key]) == wanted, label
    body = found[""].replace("\\", "")
    assert all(f"## {heading}" in body and all(words in body for words in below) for heading, below in SECTIONS.items())


def test_ticks_in_one_run_and_labels_in_a_last_cell(world):
    """Brackets without room between them take √, several in a run; a label with a colon in a cell that has no other is filled behind it."""
    _, collection, private = world
    form = docx.Document(io.BytesIO(bureau(box="（）")))
    form.add_table(rows=1, cols=1).rows[0].cells[0].text = "学校："
    out = io.BytesIO()
    form.save(out)

    made = forms.filler(out.getvalue(), "空表.docx", collection)(collection.cases[0], private)

    text = text_of(made.data)
    assert (
        "（）作业减负  （）课堂提质（√）课后服务  （√）手机管理、读物管理" in text
        and "（√）小学　（）初中" in text
        and "学校：青禾县柳湾小学" in text
    )


def test_what_finds_no_place_in_a_form_is_told(world):
    """A value that the form does not ask for, a choice that has no box and a section without room are said; nothing is said of the rest."""
    _, collection, private = world
    form = docx.Document()
    form.add_paragraph("案例主题：□课后服务　□作业减负")
    form.add_paragraph("一、案例背景")
    out = io.BytesIO()
    form.save(out)

    problems = forms.filler(out.getvalue(), "空表.docx", collection)(collection.cases[0], private).problems

    said = "\n".join(map(str, problems))
    assert (
        "没有“手机管理、读物管理”的方框" in said
        and "没有地方填：标题" in said
        and "“特色做法”在申报表里没有地方放" in said
        and "案例背景" not in said
    )
    empty = io.BytesIO()
    docx.Document().save(empty)
    (only,) = forms.filler(empty.getvalue(), "空表.docx", collection)(collection.cases[0], private).problems
    assert "认不出一个字段" in only.what


def marked(*lines: str) -> bytes:
    form = docx.Document()
    for line in lines:
        paragraph = form.add_paragraph()
        for piece in re.split("(?<=标)", line):  # Word tears marks apart
            paragraph.add_run(piece)
    out = io.BytesIO()
    form.save(out)
    return out.getvalue()


def test_marks_are_filled(world):
    """{{ 标题 }} and {{ title }}, an `if`, a `for` over a list and the whole text are filled as they are, markup in them included."""
    _, collection, private = world
    form = marked(
        "名称：{{ 标题 }}",
        "学校：{{ school }}",
        "{% if 邮箱 %}邮箱：{{ 邮箱 }}{% endif %}",
        "{% for 人 in 撰写人_list %}{{ loop.index }}{{ 人 }}；{% endfor %}",
        "{{ 正文 }}",
        "{{ 学校代码 }}",
    )

    made = forms.filler(form, "空表.docx", collection)(collection.cases[0], private)

    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(made.data)).paragraphs]
    assert lines[:5] == [
        "名称：放学以后去哪里：<课后> & 服务",
        "学校：青禾县柳湾小学",
        "邮箱：office@example.com",
        "1顾安；2许诺；",
        "一、案例背景",
    ]
    assert lines[-2].startswith("课程表每月换一次") and "{{" not in "".join(lines)
    (only,) = made.problems
    assert "“学校代码”不是案例库的字段" in only.what


@pytest.mark.parametrize(
    "mark",
    [
        "{{ ''.__class__ }}",
        "{{ ''['__class__'] }}",
        "{{ 标题.__class__.__mro__ }}",
        "{{ 标题|attr('__class__') }}",
        "{{ range(10**9)|list }}",
        "{% for a in range(1000000000) %}x{% endfor %}",
        "{% for a in 撰写人_list %}{% for b in 撰写人_list %}x{% endfor %}{% endfor %}",
        "{% for a in 标题 %}x{% endfor %}",
        "{{ 'x' * 1000000000 }}",
        "{{ 9**9**9 }}",
        "{{ '%999999999d'|format(1) }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ self }}{{ self.__init__ }}",
        "{% set x = 1 %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include '/etc/passwd' %}",
        "{% extends 'x' %}",
        "{{ 标题",
    ],
)
def test_a_hostile_form_reaches_nothing(mark, world):
    """A mark that reaches into Python, counts to a thousand million, or is broken is refused before anything runs, in Chinese."""
    _, collection, private = world

    with pytest.raises(Failed, match="不允许的写法|没有写对"):
        forms.filler(marked(mark), "空表.docx", collection)(collection.cases[0], private)


@pytest.mark.parametrize(
    "line",
    ["{{" * 50_000, "{%" * 50_000, "{{ 标题" + " " * 200_000 + "}}", "{{ " + "(" * 5000 + ")" * 5000 + " }}", "{% if 标题 %}" * 140 + "{% endif %}" * 140,
     "{% for a in 撰写人_list %}" + "x" * 400_000 + "{% endfor %}", "{# 甲 #}{{ 标题 }}", "{{ 标题 }}" * 400, "{{ 标题 {{ 标题 }} }}"],
    ids=["open", "open blocks", "wide", "nested", "deep", "repeated", "comment", "many", "in one another"],
)  # fmt: skip
def test_a_form_that_would_take_for_ever_is_refused_at_once(line, world):
    """Marks without an end, of any number, width and depth cost next to nothing."""
    _, collection, private = world
    form, begun = marked(line), time.process_time()

    with pytest.raises(Failed, match="不允许的写法|没有写对"):
        forms.filler(form, "空表.docx", collection)(collection.cases[0], private)

    assert time.process_time() - begun < 5


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old"], ids=["empty", "PDF", "broken", "old"])
def test_what_is_no_form_is_refused(data, world):
    """A file that is no Word document is said to be none, with the cure."""
    _, collection, _ = world
    with pytest.raises(Failed, match="空表.docx 不能用"):
        forms.filler(data, "空表.docx", collection)


def test_the_command_fills_a_form_for_each_case(world, tmp_path):
    """`casepress export 申报表 --form` writes a file a case, private ones for their owner alone, and says so."""
    folder, _, _ = world
    (tmp_path / "空表.docx").write_bytes(bureau())

    ran = run("-C", folder, "export", "申报表", "--form", tmp_path / "空表.docx", "--with-private")
    target = folder / "build" / "records" / "申报表" / "a.docx"

    assert ran.code == 0 and "有不公开的内容" in ran.out, ran.words
    assert target.stat().st_mode & 0o777 == 0o600 and "柳青青" in text_of(target.read_bytes())
    assert run("-C", folder, "export", "form", "-o", tmp_path / "x.docx").code == 0 and "柳青青" not in text_of(
        (tmp_path / "x.docx").read_bytes()
    )
    blank = tmp_path / "空表.docx"
    assert "空白表会被盖掉" in run("-C", folder, "export", "form", "--form", blank, "-o", blank).err
    write_files(folder / "cases", {f"{n}.md": CASE.replace("放学", f"{n}年级") for n in range(11)})
    assert "（12 份申报表）" in run("-C", folder, "export", "form").out
    write_files(folder / "cases", {"b.md": CASE.replace("放学", "假期")})
    assert "请在 -o 后面写一个文件夹" in run("-C", folder, "export", "form", "-o", tmp_path / "x.docx").err
