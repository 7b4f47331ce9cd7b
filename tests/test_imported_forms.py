"""Forms, manuscripts and notices come in: every way in which a form is built gives the same case, and what hides in a file stays there."""

import hashlib
import re
from pathlib import Path

import pytest
import yaml

from casepress import importing
from casepress.collection import project
from conftest import write_files
from moreforms import MORE, NOBODYS, two_forms
from wholeness import lost
from wordcase import COLLECTION, EXPECTED, EXTRA, FIELDS_001, PLANTED, PRIVATE, SECTIONS
from wordeyes import seen
from wordforms import FAULTY, FORMS, fields
from wordparts import p, package, ps, tbl, tc, tr
from wordplants import picture, png
from wordshapes import SHAPES
from wordticks import TICKS

HERE = Path(__file__).resolve().parents
NOTICES = next((folder for parent in HERE[1:4] if (folder := parent / "shared" / "notices").is_dir()), HERE[2] / "shared" / "notices")
ONE_STAGE = COLLECTION.replace("label: 学段, kind: choice,", "label: 学段, kind: choice, many: no,")  # by itself it may be several


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """All forms imported at once: by name the arrivals and the problems of each."""
    folder = tmp_path_factory.mktemp("forms")
    assert ONE_STAGE != COLLECTION
    files = FORMS | {f"faulty-{name}": build for name, (build, *_) in FAULTY.items()} | {f"more-{name}": build for name, build in MORE.items()}
    files |= {"two": two_forms, **{f"shape-{name}": build for name, build in SHAPES.items()}}
    write_files(folder, {"cases/collection.yml": ONE_STAGE} | {f"in/{name}.docx": build() for name, build in files.items()})
    made = importing.arrive(project.find(folder), [folder / "in"])
    assert made.files == len(files)
    names = {problem.path for problem in made.problems} | {arrival.submission.source for arrival in made.arrivals}
    key = lambda path: path.removeprefix("in/").removesuffix(".docx")  # noqa: E731
    return {
        key(path): (
            [one for one in made.arrivals if one.submission.source == path],
            [one for one in made.problems if one.path == path and one.kind not in ("twice", "same-title", "alike")],  # they all tell one case
        )
        for path in names
    }


WHOLE = [*FORMS, *(f"more-{name}" for name in MORE), *(f"shape-{name}" for name in SHAPES), "two"]


def test_there_are_forty_shapes():
    """At least forty, and each is another file."""
    assert len({build() for build in (FORMS | MORE | SHAPES).values()}) == len(WHOLE) - 1 >= 150


@pytest.mark.parametrize("name", WHOLE)
def test_nothing_that_is_seen_is_lost_in_silence(imported, name):
    """Every word of the text, of notes, boxes, headers, comments, charts stands in the case or apart, or a message names it."""
    arrivals, problems = imported[name]
    kind, _, short = name.partition("-")
    data = two_forms() if name == "two" else {"more": MORE, "shape": SHAPES}.get(kind, FORMS)[short if kind in ("more", "shape") else name]()
    told = [problem.what for problem in problems]
    assert arrivals and not lost(data, arrivals, told), told


def test_the_walk_sees_what_is_planted():
    """It misses every word of a form of which nothing came in, and sees none that is deleted or hidden."""
    assert {"县里的先进；见第三页", "满一年二〇二六年", "引来的话"} <= {word for _, word in lost(SHAPES["results-of-fields"](), [], [])}
    planted = "".join(each.text for each in seen(FORMS["001-everything-planted"]()))
    assert PLANTED["header"] in planted and PLANTED["comment"] in planted
    unseen = (
        "deleted",
        "deleted-paragraph",
        "deleted-row",
        "hidden",
        "hidden-style",
        "hidden-paragraph-style",
        "contents",
        "fallback",
        "field-code",
    )
    assert not [kind for kind in unseen if PLANTED[kind] in planted]


def tells(arrival, wanted) -> None:
    """That a case has the values and the sections of the one case, public ones in its file, private ones apart, each paragraph once."""
    public, _, body = arrival.file.text.removeprefix("---\n").partition("\n---\n")
    public = yaml.safe_load(public)
    for label, value in wanted.items():
        values = value if isinstance(value, list) else [value]
        if label in PRIVATE:
            assert arrival.file.private[label] == "、".join(values)
            assert not any(one in arrival.file.text for one in values if one not in EXPECTED["撰写人"])
        else:
            assert (public[label] if isinstance(public[label], list) else [public[label]]) == values, label
    at = -1
    for heading, paragraphs in SECTIONS.items():
        for line in (f"## {heading}", *(text.replace("<", "\\<") for text in paragraphs)):
            assert body.count(f"\n{line}") == 1, line
            assert body.index(line) > at, line
            at = body.index(line)
    for kind, text in PLANTED.items():
        assert text not in arrival.file.text and text not in str(arrival.file.private), kind


@pytest.mark.parametrize("name", FORMS)
def test_every_form_and_manuscript_is_the_same_case(imported, name):
    """Whatever its ticks, tables and boxes are made of; and nothing is told of it but what it hides."""
    arrivals, problems = imported[name]
    assert len(arrivals) == 1
    tells(arrivals[0], fields(name))
    assert not [problem for problem in problems if problem.kind not in ("not-read", "", "picture-other") or "没有勾" in problem.what], problems


@pytest.mark.parametrize("name", MORE)
def test_further_ways_are_the_same_case(imported, name):
    """Ways that the importer had not been made for; what the form says of itself is nobody's case."""
    arrivals, problems = imported[f"more-{name}"]
    assert len(arrivals) == 1
    tells(arrivals[0], {label: EXPECTED[label] for label in FIELDS_001})
    assert not any(word in arrivals[0].file.text for word in NOBODYS)
    assert not [problem for problem in problems if problem.kind not in ("", "unknown-label")], problems


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """All forms imported into a collection that knows no field of people: the texts of the cases by the name of the file."""
    folder = tmp_path_factory.mktemp("bare")
    files = {name: build for name, build in (FORMS | MORE).items() if not name.startswith("tick-") and name not in TICKED}
    write_files(folder, {"cases/collection.yml": "title: 样例\n"} | {f"in/{name}.docx": build() for name, build in files.items()})
    made = importing.arrive(project.find(folder), [folder / "in"])
    return {one.submission.source.removeprefix("in/").removesuffix(".docx"): one for one in made.arrivals}


TICKED = [f"{form}-{name}" for form in ("000", "001") for name in list(TICKS)[1:]]


@pytest.mark.parametrize("name", [name for name in FORMS | MORE if not name.startswith(("tick-", "manuscript-")) and name not in TICKED])
def test_what_no_field_asks_for_stays_out(bare, name):
    """Telephones, mails and people of a form whose labels no field of the collection knows are nowhere, and take no place of others."""
    one = bare[name]
    assert one.submission.values["title"] == (EXPECTED["案例名称"],) and one.submission.values["school"] == (EXPECTED["学校"],)
    people = [EXPECTED[label] for label in PRIVATE if EXPECTED[label] not in EXPECTED["撰写人"]]
    assert not [word for word in people if word in one.file.text] and not one.file.private


def test_tables_and_pictures_of_a_form_come_in(imported):
    """A table of numbers stays between its paragraphs; photos come in with their captions."""
    text = imported["more-data-in-cell"][0][0].file.text
    before, after = SECTIONS["成效与社会影响"]
    assert re.search(rf"{before}\n\n\| 月份 \| 人数 \|\n.*\n\| 九月 \| 61 \|\n\| 一月 \| 179 \|\n\n{after}", text)
    assert len(imported["more-photo"][0][0].file.pictures) == 1
    album = imported["more-album"][0][0]
    assert len(album.file.pictures) == 2
    assert re.findall(r'!\[\]\(\S+ "(.*?)"\)', album.file.text) == ["图1 编篮子", "图2 投票"]


def test_what_a_manuscript_holds_besides_comes_through(imported):
    """Notes, a list, a table, a picture with its caption, a heading of the second level."""
    text = imported["manuscript-full"][0][0].file.text
    for line in (EXTRA["footnote"], EXTRA["endnote"], EXTRA["caption"], f"\n### {EXTRA['subheading']}\n"):
        assert text.count(line) == 1, line
    assert "\n".join(f"- {words}" for words in EXTRA["list"]) in text
    assert "\n".join(f"| {' | '.join(row)} |" for row in EXTRA["table"][1:]) in text


def test_a_file_with_two_forms_gives_two_cases(imported):
    """Each with its own title, the form's title above neither."""
    arrivals = imported["two"][0]
    assert [one.submission.values["title"][0][:7] for one in arrivals] == ["放学以后去哪里", "操场上的科学课"]
    assert all("申报表" not in one.file.text for one in arrivals)


@pytest.mark.parametrize("name", FAULTY)
def test_faults_of_a_form_are_told_with_their_place(imported, name):
    """No tick, two ticks, no value: the label, where, and what to do."""
    _, kind, label = FAULTY[name]
    told = [problem for problem in imported[f"faulty-{name}"][1] if problem.kind == kind and label in problem.what]
    assert len(told) == 1 and re.match(r"第 \d+ 个表格第 \d+ 行：", told[0].what) and told[0].cure


def numbered(text: str) -> list[tuple[str, str]]:
    """Titles and bodies of the paragraphs 一、title。body of a notice, without white space and marks."""
    found = re.findall(r"^\s*[一二三四五六七八九十]+、(.*?)。(.*)$", text, re.MULTILINE)
    return [(re.sub(r"\W", "", title), re.sub(r"\W", "", body)) for title, body in found]


@pytest.mark.skipif(not NOTICES.is_dir(), reason="未检查：没有 ../shared/notices，通知没有导入")
@pytest.mark.parametrize(("start", "count"), [("003", 27), ("004", 10)])
@pytest.mark.parametrize("kind", ["txt", "docx"])
def test_notices_are_as_many_cases_as_they_count(make, start, count, kind):
    """Titles and texts of all, by a digest of their letters that the test reckons from the notice itself; each names its place."""
    source = next(NOTICES.glob(f"{start}_*.txt"))
    folder = make({}, "title: 样例\n")
    data = source.read_bytes()
    if kind == "docx":
        data = package(ps(source.read_text("utf-8").split("\n")))
    write_files(folder, {f"in/通知.{kind}": data})
    made = importing.arrive(project.find(folder), [folder / "in"])
    wanted = numbered(source.read_text("utf-8"))
    got = [(one.submission.values["title"][0], one.submission.body) for one in made.arrivals]
    plain = [tuple(re.sub(r"\W", "", text) for text in pair) for pair in got]

    def digest(pairs) -> str:
        return hashlib.sha256("\n".join(f"{title}\t{body}" for title, body in pairs).encode()).hexdigest()

    assert len(plain) == len(wanted) == count
    assert digest(plain) == digest(wanted)
    assert sum("region" in one.submission.values for one in made.arrivals) == count
    assert all(re.match(r"第 \d+ [行段]$", one.submission.places["title"]) for one in made.arrivals)


def test_an_old_compilation_keeps_tables_and_pictures_with_their_cases(make):
    """Numbered cases of several paragraphs, each with its unit below its title, one with a table, one with a picture."""
    texts = [paragraph for paragraphs in SECTIONS.values() for paragraph in paragraphs]
    data, shown = tbl(tr("月份", "人数"), tr("九月", "61"), columns=2), p(picture())
    cases = [("一", "甲案：放学以后", data), ("二", "乙案：操场上的科学课", shown), ("三", "丙案：下雨天的体育", "")]
    body = p("“双减”优秀案例汇编") + "".join(
        p(f"{number}、{title}") + p(f"青禾县{title[0]}小学　顾安") + p("（一）背景") + ps(texts[:3]) + more + ps(texts[3:])
        for number, title, more in cases
    )
    links, media = [("pic", "image", "media/image1.png", False)], {"word/media/image1.png": png()}
    folder = make({}, COLLECTION)
    write_files(folder, {"in/汇编.docx": package(body, links=links, media=media)})
    made = importing.arrive(project.find(folder), [folder / "in"]).arrivals
    said = [(one.submission.values["title"][0], one.submission.values["school"][0], one.submission.values["authors"]) for one in made]
    assert said == [(title, f"青禾县{title[0]}小学", ("顾安",)) for _, title, _ in cases]
    assert ["| 九月 | 61 |" in one.file.text for one in made] == [True, False, False]
    assert [len(one.file.pictures) for one in made] == [0, 1, 0]
    assert all(one.file.text.count(text) == 1 for one in made for text in texts if "<" not in text)
    assert all("\n## 背景\n" in one.file.text and "青禾县" not in one.file.text.partition("\n---\n")[2] for one in made)


HEADS = {
    "labels": f"{EXPECTED['案例名称']}\n学校：{EXPECTED['学校']}　　撰写人：{'　'.join(EXPECTED['撰写人'])}\nTEXT",
    "annex": f"附件2：\n{EXPECTED['案例名称']}\n{EXPECTED['学校']}\n{'　'.join(EXPECTED['撰写人'])}\nTEXT",
    "signed-below": f"{EXPECTED['案例名称']}\nTEXT\n（{EXPECTED['学校']}　{'、'.join(EXPECTED['撰写人'])}）",
    "writers-unit": f"{EXPECTED['案例名称']}\n作者：{'、'.join(EXPECTED['撰写人'])}\n作者单位：{EXPECTED['学校']}\nTEXT",
}


@pytest.mark.parametrize("name", HEADS)
def test_heads_of_manuscripts(make, name):
    """Who wrote it and where, above the text or below it, with labels or without."""
    text = "\n".join(line for number, (title, lines) in zip("一二三", SECTIONS.items(), strict=True) for line in (f"{number}、{title}", *lines))
    folder = make({}, COLLECTION)
    write_files(folder, {"in/稿.docx": package(ps(HEADS[name].replace("TEXT", text).split("\n")))})
    (one,) = importing.arrive(project.find(folder), [folder / "in"]).arrivals
    tells(one, fields("manuscript"))


def test_sections_in_boxes_of_their_own(make):
    """A heading as a line, its text in a table of one cell below it, be it one sentence."""
    short = "孩子们不再蹲在校门口的石阶上写字了。"
    boxes = "".join(p(f"{number}、{title}") + tbl(tr(tc(ps(lines)))) for number, (title, lines) in zip("一二三", SECTIONS.items(), strict=True))
    others = tr("五句话", short), tr("地址", "青禾县柳湾乡"), tr("联系方式", "请找顾老师，13800519500。")
    names = tr("学校", EXPECTED["学校"]), tr("撰写人", "、".join(EXPECTED["撰写人"]))
    body = p(f"案例名称：{EXPECTED['案例名称']}")
    more = p("四、一句话") + tbl(tr(tc(short))) + tbl(*names, *others, columns=2)
    folder = make({}, COLLECTION)
    write_files(folder, {"in/表.docx": package(body + boxes + more)})
    (one,) = importing.arrive(project.find(folder), [folder / "in"]).arrivals
    tells(one, fields("manuscript"))
    assert one.file.text.count(short) == 2 and "## 五句话" in one.file.text
    assert "13800519500" not in one.file.text and "柳湾乡" not in one.file.text


@pytest.mark.parametrize("kind", ["txt", "docx"])
def test_the_numbered_sections_of_one_case_are_one_case(make, kind):
    """一、背景 二、做法 三、成效 are no compilation."""
    from wordmanuscripts import MANUSCRIPTS

    folder = make({}, COLLECTION)
    text = f"{EXPECTED['案例名称']}\n{EXPECTED['学校']}　{'　'.join(EXPECTED['撰写人'])}\n"
    text += "".join(
        f"{number}、{name}\n" + "\n".join(texts * 3) + "\n" for number, (name, texts) in zip("一二三", SECTIONS.items(), strict=True)
    )
    write_files(folder, {f"in/甲.{kind}": text.encode() if kind == "txt" else MANUSCRIPTS["typed-headings"]()})
    made = importing.arrive(project.find(folder), [folder / "in"])
    assert [one.submission.values["title"][0] for one in made.arrivals] == [EXPECTED["案例名称"]]
    assert made.arrivals[0].submission.values["school"] == (EXPECTED["学校"],)
