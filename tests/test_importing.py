"""Importing: what schools sent comes into a collection as a clerk expects: shown first, nothing overwritten, nothing twice, nothing half."""

import json
import os
import re
import shutil
import signal
import stat
import struct
import subprocess
import zlib
from pathlib import Path

import pytest

import submitted
from casepress.collection import filenames, project
from casepress.facts import slugs
from casepress.facts.developing import publish
from casepress.importing import arrive
from casepress.intake import casefiles, naming
from casepress.markup.frontmatter import read_header
from conftest import manifest, picture, run, write_files
from wordcase import COLLECTION, EXPECTED
from wordforms import FORMS

HEAD = "题目：{title}\n单位：{unit}\n\n一、背景\n\n{body}\n"
PRIVATE_SETTINGS = "title: 小\nfields:\n  phone: {label: 电话, private: yes}\n"
BODY = "这一段说明学校怎样安排课后服务，写得很长，为的是让人一看就知道这是正文而不是表头里的一项，所以要写到六十个字以上才算数，现在大概够了吧，再多写几个字。"

OTHER = "院子里的老人每周三来学校教编篮子，竹子是后山砍的，编好的篮子放在走廊上，谁家缺了就来拿，钱记在本子上，年底一起买球，孩子们都记得谁编得最好。"


def sent(title: str, unit: str = "示例小学", body: str = BODY) -> str:
    """A case as a text file."""
    return HEAD.format(title=title, unit=unit, body=body)


@pytest.fixture
def desk(tmp_path):
    """A function that makes a collection with an inbox of these files."""

    def made(files: dict[str, str | bytes], settings: str = "title: 小案例库\n") -> Path:
        write_files(tmp_path / "收件", files)
        return write_files(tmp_path, {"cases/collection.yml": settings})

    return made


def taken(folder: Path, *words: str):
    return run("-C", folder, "import", folder / "收件", *words)


def cases(folder: Path) -> set[str]:
    return {path.relative_to(folder / "cases").as_posix() for path in (folder / "cases").rglob("*.md")}


def public(folder: Path) -> dict[str, str]:
    """The files of cases but for the private ones, with their sums."""
    return {name: sum_ for name, sum_ in manifest(folder / "cases").items() if ".private" not in name}


def test_it_is_shown_first_and_written_when_asked(desk):
    """Without --write nothing but the report is made; a line has 80 columns at most; with it the case is there, and `check` finds it sound."""
    folder = desk({"a.txt": sent("放学以后的两小时" * 3).replace("单位：", "学校："), "b.docx": FORMS["001-w14"]()}, COLLECTION)
    before = manifest(folder / "cases")

    shown = taken(folder)

    assert shown.code == 0 and manifest(folder / "cases") == before, shown.words
    table = shown.out.splitlines()[:3]
    assert all(sum(2 if ord(c) > 0x2E7F or c == "…" else 1 for c in line) < 80 for line in table), table
    assert "2 个新的" in shown.out and "--write" in shown.out
    assert taken(folder, "--write").code == 0
    assert len(cases(folder)) == 2
    assert run("-C", folder, "check").code == 0


def test_what_no_form_says_is_said_once(desk):
    """`--set` gives a field to every case whose own file does not say it; a field that is none is told; without it nothing changes again."""
    folder = desk({"a.txt": sent("甲案"), "b.txt": sent("乙案").replace("单位：", "批次：第三批\n单位：")})
    assert taken(folder, "--set", "奖=一等奖").code == 2 and "案例库的字段有 标题" in taken(folder, "--set", "奖=一等奖").words

    assert taken(folder, "--set", "批次=第四批", "--write").code == 0

    said = {name: (folder / "cases" / name).read_text("utf-8") for name in cases(folder)}
    assert "批次: 第四批\n" in said["甲案.md"] and "批次: 第三批\n" in said["乙案.md"]
    before = manifest(folder / "cases")
    assert "没有要写的" in taken(folder, "--write").out and manifest(folder / "cases") == before


def test_what_no_field_asks_for_is_told(desk):
    """What a form says beside a label that no field has is named, none of it is taken; where the fields are there nothing is told."""
    folder = desk({"a.docx": FORMS["001-w14"]()})
    told = taken(folder).words
    assert "表上的“负责人、电话、联系人、邮箱”不是案例库的字段，没有收" in told and EXPECTED["联系人"] not in told
    write_files(folder, {"cases/collection.yml": COLLECTION})
    assert "没有收" not in taken(folder).words


def test_a_second_run_changes_nothing(desk):
    """Whatever came in comes in again to the same bytes, private values, list and record with them, and under the same names."""
    files = {f"{n}.docx": FORMS[name]() for n, name in enumerate(("001-w14", "001-embedded", "manuscript-full", "001-tracked"))}
    folder = desk(files | {"c.txt": sent("甲" * 60), "d.txt": sent("甲" * 60 + "乙")}, COLLECTION)
    taken(folder, "--write")
    before = manifest(folder / "cases")

    again = taken(folder, "--write")

    assert manifest(folder / "cases") == before and "没有要写的" in again.out
    (folder / "cases/.private/received.json").unlink()
    assert "没有要写的" in taken(folder, "--write").out
    assert manifest(folder / "cases") == before


def test_what_a_clerk_has_mended_stays(desk):
    """A case that somebody mended or renamed is not written again and not told; a new version from the school is told, and replaced by name."""
    folder = desk(
        {"a.txt": sent("甲的做法"), "b.txt": sent("乙的做法", body=OTHER).replace("单位", "电话：0519-80000000\n单位", 1)}, PRIVATE_SETTINGS
    )
    taken(folder, "--write")
    mended = folder / "cases" / "甲的做法.md"
    mended.write_text(mended.read_text("utf-8").replace("这一段", "那一段"), "utf-8")
    (folder / "cases" / "乙的做法.md").rename(folder / "cases" / "新名字.md")
    before = manifest(folder / "cases")

    again = taken(folder, "--write")

    assert again.err == "" and public(folder) == {name: sum_ for name, sum_ in before.items() if ".private" not in name}
    assert (folder / "cases/.private/新名字.yml").is_file() and not (folder / "cases/.private/乙的做法.yml").exists()
    before = manifest(folder / "cases")
    assert taken(folder, "--write").err == "" and manifest(folder / "cases") == before
    write_files(folder / "收件", {"a.txt": sent("甲的做法", body=BODY + "学校又改了一句。")})
    told = taken(folder, "--write")
    assert "cases/甲的做法.md 已经有了，而且不一样，没有动它" in told.err and "--replace 甲的做法" in told.err
    assert manifest(folder / "cases") == before
    assert taken(folder, "--write", "--replace", "甲的做法").err == ""
    assert "学校又改了一句" in mended.read_text("utf-8")
    assert taken(folder, "--replace", "没有这个").code == 2


def test_two_of_one_title(desk):
    """Cases of one title and different schools get names of their own, also when they come one after the other; what is the very same is taken once."""
    folder = desk({"a.txt": sent("同一个题目", "甲小学"), "b.txt": sent("同一个题目", "甲小学")})
    first = taken(folder, "--write")
    assert cases(folder) == {"同一个题目.md"} and "b.txt" in first.err and "一模一样" in first.err
    write_files(folder / "收件", {"b.txt": sent("同一个题目", "乙小学"), "c.txt": sent("同一个题目", "甲小学", BODY + "改。")})

    told = taken(folder, "--write")

    assert cases(folder) == {"同一个题目.md", "同一个题目-乙小学.md", "同一个题目-甲小学.md"}
    assert "题目和单位都和 收件/a.txt 一样" in told.err
    assert "甲小学" in (folder / "cases/同一个题目.md").read_text("utf-8")


def test_two_with_the_same_words(desk):
    """Of one pair nothing is said that another message denies: the words may be the same while the file is another one."""
    whole = BODY + "学校每天给大课间留四十分钟，各班轮流使用操场，教师分组指导，家长也来帮忙。"
    told = taken(desk({"a.txt": sent("题目", "甲小学", whole), "b.txt": sent("题目", "甲小学", whole.replace("学校每天", "- 学校每天"))})).err
    assert "文字一字不差" in told and "文字、格式或图片有出入" in told, told


def test_names_stand_everywhere(desk):
    """Long titles that begin alike, names that Windows keeps, letters' case, marks alone: all get names and ids of their own, the same each time."""
    long = "以学生发展为中心的课后服务体系的整体构建与实施路径的校本探索和实践研究之"
    titles = [
        long + "上篇的很长的结尾",
        long + "下篇的很长的结尾",
        "CON",
        "nul",
        "？！……",
        "…",
        "ABC",
        "abc",
        "末尾有点...",
        ' a/b\\c:d*e"f<g>h|i ',
        "😀",
        "\u03b0",
        "\u03ab\u0301",  # the capital of the one before: they are alike only where they are composed again after folding
    ]
    folder = desk({f"{n:02}.txt": sent(title, f"第{n}小学") for n, title in enumerate(titles)})
    taken(folder, "--write")
    names = {Path(name).stem for name in cases(folder)}

    assert len({filenames.same(name) for name in names}) == len(titles)
    for name in names:
        assert not re.search(r'[\\/:*?"<>|#%\s]', name) and not name.endswith(".") and len(f"{name}-12.jpeg".encode()) < 240
        assert name.split(".")[0].lower() not in ("con", "nul") and name.isprintable()
    checked = json.loads(run("-C", folder, "check", "--format", "json").out)
    assert not [each for each in checked if each["check"] in ("ids_are_unique", "ids_are_ascii")], checked
    before = manifest(folder / "cases")
    shutil.rmtree(folder / "cases" / ".private")
    for path in (folder / "cases").glob("*.md"):
        path.unlink()
    os.rename(folder / "收件" / "00.txt", folder / "收件" / "99.txt")  # long titles get the same names in another order
    taken(folder, "--write")
    long_ones = {name: sum_ for name, sum_ in manifest(folder / "cases").items() if "以学生" in name}
    assert len([name for name in long_ones if ".private" not in name]) == 2 and long_ones.items() <= before.items()


def test_an_id_is_never_cut():
    """Of long names that begin alike the ids differ; a short name needs none; and one that is taken gets another."""
    one, other = (naming.id_for(next(naming.names("甲" * 50 + end, "")), lambda _: True) for end in "乙丙")
    assert one != other and slugs.is_id(one) and slugs.is_id(other)
    assert naming.id_for("放学以后", lambda _: True) == "" and slugs.is_id(naming.id_for("放学以后", lambda _: False))


def test_a_header_reads_back_as_it_was():
    """What stands in a header without quotes, and with them, is read as the same words."""
    values = {
        "标题": "放学以后去哪里：一所学校", "甲": "no", "乙": "2024-08-31", "丙": "- 一", "丁": "a: b", "戊": "有 # 号", "己": ["甲", "乙"], "庚": ["甲，乙", "丙"],
        "辛": "“引号”（括号）", "壬": "尾：", "癸": "null", "子": "'单'", "丑": "*强*", "寅": "[方]", "卯": "是|否", "辰": "行\n行", "巳": "Yes",
    }  # fmt: skip
    entries, _, _, problems = read_header(casefiles.header(values) + "\n正文\n", "a.md")
    assert not problems
    said = {key: [item.value for item in node.value] if isinstance(node.value, tuple) else node.value for key, node in entries.items()}
    assert said == values | {"辰": "行\n行"}
    assert "标题: 放学以后去哪里：一所学校\n" in casefiles.header(values) and "己: [甲, 乙]\n" in casefiles.header(values)


FORM_WITH_PHOTOS = {
    "甲校/a.txt": sent("甲的做法"),
    "甲校/1.jpg": picture("JPEG"),
    "甲校/2.jpg": picture("JPEG"),
    "乙校/b.txt": sent("乙的做法"),
}
HALVES = {
    "a picture is written": ["write cases/.甲的做法-1.jpg.new"],
    "the second is": ["write cases/.甲的做法-2.jpg.new"],
    "the text is": ["write cases/.甲的做法.md.new"],
    "a picture is put into its place": ["rename cases/.甲的做法-1.jpg.new"],
    "the text is put into its place": ["rename cases/.甲的做法.md.new"],
    "the next case begins": ["write cases/.乙的做法.md.new"],
}


@pytest.mark.parametrize("moment", HALVES)
def test_ctrl_c_leaves_no_half_case(desk, mother, moment):
    """Whenever Ctrl+C is pressed, a case is there with all its pictures or not at all, no draft is left, and the next run completes it."""
    folder = desk(FORM_WITH_PHOTOS, PRIVATE_SETTINGS)

    code, said = mother.run("-C", folder, "import", folder / "收件", "--write", steps=HALVES[moment], signal=signal.SIGINT)

    assert code == 130 and "已中断" in said and "Traceback" not in said, said
    there = {path.name for path in (folder / "cases").iterdir() if path.is_file()} - {"collection.yml"}
    whole = {"甲的做法.md", "甲的做法-1.jpg", "甲的做法-2.jpg"}
    assert there & whole in (set(), whole) and not any(name.startswith(".") for name in there), there
    assert taken(folder, "--write").code == 0
    assert whole | {"乙的做法.md"} <= {path.name for path in (folder / "cases").iterdir()}


def test_a_bar_on_a_terminal(desk, mother):
    """On a terminal an import shows how far it is; elsewhere it does not."""
    folder = desk(FORM_WITH_PHOTOS)
    code, shown = mother.run("-C", folder, "import", folder / "收件", terminal=True)
    assert code == 0 and "读收到的文件" in shown and "4/4" in shown, shown
    assert "读收到的文件" not in taken(folder).words


def broken() -> bytes:
    """A PNG of which every piece has its right sum, and whose pixels are none."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60, 40, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", b"none" * 20) + chunk(b"IEND", b"")


def test_a_picture_that_cannot_be_developed_is_told(desk):
    """A photo whose pixels cannot be read is told when the case is written; the case comes in without it, the others with it."""
    folder = desk({**FORM_WITH_PHOTOS, "甲校/2.png": broken()})
    (folder / "收件/甲校/2.jpg").unlink()
    ran = taken(folder, "--write")
    assert "收件/甲校/a.txt: 警告: 图片 甲的做法-2.png 没有收" in ran.err, ran.err
    text = (folder / "cases/甲的做法.md").read_text("utf-8")
    assert "![](甲的做法-1.jpg)" in text and "2.png" not in text
    assert "找不到" not in run("-C", folder, "check").words
    before = manifest(folder / "cases")
    assert "没有要写的" in taken(folder, "--write").out and manifest(folder / "cases") == before


def test_many_photos_are_developed_side_by_side(desk):
    """More photos than pay for it are written by several processes to the same bytes as by one."""
    files = {f"{n}校/{name}": data for n in range(13) for name, data in (("a.txt", sent(f"第{n}种做法")), ("p.jpg", picture("JPEG")))}
    folder = desk(files)
    assert taken(folder, "--write").code == 0
    made = {path.name: path.read_bytes() for path in (folder / "cases").glob("*.jpg")}
    assert len(made) == 13
    for n in range(13):
        assert made[f"第{n}种做法-1.jpg"] == publish(files[f"{n}校/p.jpg"]).data


def test_private_values_are_for_their_owner_alone(desk):
    """What a private field says goes to a folder that only its owner may read and git leaves out, and stands in no other file."""
    folder = desk({"a.docx": FORMS["001-w14"]()}, COLLECTION)
    taken(folder, "--write")
    private = folder / "cases/.private"

    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in private.rglob("*") if path.is_file()} == {0o600}
    told = next(private.glob("*.yml")).read_text("utf-8")
    assert all(EXPECTED[label] in told for label in ("负责人", "负责人电话", "邮箱"))
    for label in ("负责人", "负责人电话", "联系人电话", "邮箱"):
        assert EXPECTED[label] not in (folder / "收件报告.html").read_text("utf-8")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    listed = subprocess.run(
        ["git", "-c", "core.quotePath=off", "status", "--porcelain", "-uall"], cwd=folder, check=True, capture_output=True, text=True
    ).stdout
    assert "cases/" in listed and ".private" not in listed


def test_the_report_is_a_page_of_its_own(desk):
    """The report needs nothing beside it, tells every file, place and cure, and is written over itself alone."""
    folder = desk({"a.docx": FORMS["001-w14"](), "坏.docx": b"PK\x03\x04", "b.txt": sent("有<b>标记</b>的题目")})
    code = taken(folder).code
    page = (folder / "收件报告.html").read_text("utf-8")

    assert stat.S_IMODE((folder / "收件报告.html").stat().st_mode) == 0o600
    assert code == 1 and not re.search(r'(?:src|href)="(?!#)|url\(|@import', page)
    assert "收件/坏.docx" in page and "请向学校再要一次" in page and "有&lt;b&gt;标记" in page
    mine = write_files(folder, {"我的.html": "<p>我的"}) / "我的.html"
    refused = taken(folder, "-o", mine)
    assert refused.code == 2 and "不会覆盖" in refused.err and mine.read_text("utf-8") == "<p>我的"
    assert taken(folder, "-o", folder / "别处" / "报告.html").code == 1 and (folder / "别处" / "报告.html").is_file()


def test_the_collection_s_own_files_are_not_submissions(desk):
    """Whoever names the whole folder gets the inbox, and is told that the cases themselves were left alone."""
    folder = desk({"a.txt": sent("甲的做法")})
    taken(folder, "--write")
    again = run("-C", folder, "import", folder)
    assert "1 个已有" in again.out and "案例库自己的" in again.err


def test_a_crowd_comes_in_with_exactly_its_faults(tmp_path):
    """Forms built in many ways, photos, a summary, and ten faults: each fault is told once with its file, all the rest comes in unheard."""
    folder = submitted.collection(tmp_path, 30)
    ran = taken(folder, "--write")
    told = [line for line in ran.err.splitlines() if line.startswith("收件/")]

    assert len(told) == len(submitted.FAULTS) == 10, ran.err
    for name, words in submitted.FAULTS.items():
        assert any(line.startswith(f"{name}: ") and words in line for line in told), (name, ran.err)
    assert ran.code == 1 and "写了 30 个" in ran.out
    assert {path.stem for path in (folder / "cases").glob("*.md")} == {casefiles_name(n) for n in range(1, 31)}
    made = {each.submission.source: each.file.text for each in arrive(project.find(folder), [folder / "收件"]).arrivals}
    texts = set()
    for n in range(1, 27):
        text = re.sub(r"!\[\]\(.*\)\n*", "", made[f"收件/申报表{n}.docx"]).strip()
        for own in (words for paragraphs in submitted.told(n).values() for words in paragraphs):
            assert text.count(own) == 1
            text = text.replace(own, "…")
        texts.add(re.sub(f"(?<=第){n}(?=[次种小])|(?<=学校){n}(?=的)", "N", text))
    assert len(texts) == 1  # however the form was built, it is the same case


def casefiles_name(number: int) -> str:
    return next(naming.names(submitted.title(number), ""))


def test_a_title_without_an_end_is_cut_in_the_table_and_in_messages(desk):
    """A page of text where a title should stand is told in moments, in lines that can be read: of a row alone, and beside a file."""
    folder = desk({"表.csv": f"案例名称,单位\n{'长名' * 15_000},示例小学\n"})
    began = sum(os.times()[:4])
    alone = taken(folder)
    folder = desk({"甲.txt": sent("甲")})
    beside = taken(folder)
    assert sum(os.times()[:4]) - began < 15
    assert "长名长名" in alone.out and "…”没有对应的文件" in beside.err
    assert max(map(len, (alone.out + alone.err + beside.out + beside.err).splitlines())) < 300
