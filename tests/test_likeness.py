"""Likeness: copies are found and told apart from what everybody writes, verdicts are a person's, and the report shows what is alike."""

import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import docx
import pytest

from casepress import importing
from casepress.collection import project
from casepress.facts.store import NOTHING, Store
from casepress.likeness import keeping
from casepress.likeness.grams import EVERY, evened, known
from casepress.likeness.judging import Judged, judged
from casepress.likeness.pairs import alike
from casepress.likeness.passages import shared
from casepress.likeness.texts import Text, body, words
from conftest import ROOT, case_text, run, write_files
from planted_cases import KINDS, PHRASES, Writer, planted

OFFICIAL = "。".join(PHRASES)


@pytest.fixture(scope="module")
def writer() -> Writer:
    """Writes texts that have nothing to do with each other."""
    return Writer(random.Random(11))


def judge(*bodies: str) -> Judged:
    """What is alike among some bodies, which are called 0.md, 1.md, …"""
    texts = [Text(f"{nth}.md", body) for nth, body in enumerate(bodies)]
    return judged(texts, keeping.knowns(texts, NOTHING, ""))


def names(found: Judged) -> list[tuple[int, int]]:
    return [tuple(sorted(int(text.name[:-3]) for text in (match.earlier, match.later))) for match in found.matches]


def test_planted_copies_are_found_and_nothing_else():
    """Of two hundred cases all copies of each kind are found, whole, in part, mixed up, mended or mixed; what is put otherwise is out of reach."""
    made = planted(200, 5, lengths=(700, 1500))
    found = judge(*made.bodies)
    kinds = {tuple(sorted((copy, source))): kind for kind, copy, source in made.copies}
    hits = Counter(kinds[pair] for pair in names(found) if pair in kinds)
    assert not found.crowds and [pair for pair in names(found) if pair not in kinds] == []
    assert hits == {kind: 5 * (1 + (kind == "merged")) for kind in KINDS if kind != "paraphrased"}


def test_the_most_alike_stands_first(writer):
    """Pairs are ordered by the part of the shorter text that the other one has; a copy says the very same."""
    parts = [writer.filled([part]) for part in writer.text(1500)]
    text, half = "\n\n".join(parts), "\n\n".join([*parts[: len(parts) // 2], writer.filled(writer.text(700))])
    found = judge(text, half, text.replace("。", "．\n").replace("，", " , "))
    assert [match.is_same for match in found.matches] == [True, False]
    assert names(found) == [(0, 2), (0, 1)]
    assert 0.4 < found.matches[1].part < 0.65 and found.matches[1].characters > 500


def test_what_a_copyist_changes_counts_for_nothing():
    """Marks, spaces, width, case and numbers are made even; each sign knows where it begins and ends."""
    one = evened("共有 1,208 名学生，用ＡＢ岗（３.5 m²）。")
    other = evened("共有37名学生用ab岗12㎡")
    assert one.signs.tolist() == other.signs.tolist()
    text = "共有 1,208 名学生"
    even = evened(text)
    assert [text[start:end] for start, end in zip(even.places, even.ends, strict=True)] == ["共", "有", "1,208", "名", "学", "生"]
    assert "".join(map(chr, evened("五①½\ud800").signs)) == "五0" and not len(evened("，。 ").signs)


def test_official_phrases_are_no_likeness(writer):
    """Cases that have two hundred characters of the same official words in common, each in an order of its own, are not alike."""
    bodies = [writer.filled(writer.text(900)) + "".join(writer.chance.sample(PHRASES, 8)) for _ in range(40)]
    found = judge(*bodies)
    assert not found.matches and not found.crowds


@pytest.mark.parametrize("number", [6, 30, 60])
def test_a_form_filled_by_many_is_no_likeness(writer, number):
    """The form's own words, a third of what stands in it, are common to all that filled it, in a small collection too."""
    form = writer.filled(writer.text(400))
    assert not names(judge(*(form + writer.filled(writer.text(900)) for _ in range(number))))


@pytest.mark.parametrize("number", [4, 21, 60])
@pytest.mark.parametrize("is_same", [True, False], ids=["the same", "names changed"])
def test_many_copies_of_one_text_are_one_group(writer, number, is_same):
    """What stands in more than twenty cases counts for no pair, yet copies by the dozen are told: all of them, once."""
    text, others = writer.text(900), [writer.filled(writer.text(700)) for _ in range(30)]
    one = writer.filled(text)
    found = judge(*(one if is_same else writer.filled(text) for _ in range(number)), *others)
    assert [(len(crowd.texts), crowd.is_same) for crowd in found.crowds] == [(number, is_same)] and not found.matches


def test_a_part_of_a_text_that_stands_there_thirty_times_is_found(writer):
    """Copies that say the very same are one text when it is counted what is common: who took half of it is still found."""
    parts = [writer.filled([part]) for part in writer.text(1200)]
    half = "\n\n".join([*parts[: len(parts) // 2], writer.filled(writer.text(600))])
    found = judge(*["\n\n".join(parts)] * 30, half)
    assert [len(crowd.texts) for crowd in found.crowds] == [30] and names(found) == [(0, 30)]


@pytest.mark.parametrize(("kept", "is_told"), [(1.0, True), (0.8, True), (0.6, True), (0.25, False)])
def test_short_cases_are_alike_from_half_on(writer, kept, is_told):
    """Of a digest of 150 characters eighty are much: it is told from a half of it on, and not for a sentence or a phrase."""
    told = []
    for _ in range(12):
        text, other = (re.sub(r"\d+", "3", writer.filled(writer.text(170)).replace("\n\n", ""))[:150] for _ in range(2))
        copy = text[: round(150 * kept)] + other[round(150 * kept) :]
        told.append(bool(judge(text, copy, writer.filled(writer.text(150))).matches))
    assert sum(told) == (12 if is_told else 0)
    phrase = PHRASES[0]
    assert not judge(*(writer.filled(writer.text(120)).replace("\n\n", "")[:100] + phrase for _ in range(2))).matches


def test_passages_are_the_texts_as_they_were_written():
    """A changed name stands within its passage, a moved paragraph makes two; common phrases are told apart and do not count."""
    first = f"学校把课间活动还给孩子，由张三负责登记每天的人数。\n\n放学以后，志愿者带着孩子们到图书室看书。{PHRASES[1]}。"
    second = f"放学以后，志愿者带着孩子们到图书室看书；{PHRASES[1]}！\n\n学校把课间活动还给孩子,由李小四负责登记每天的人数。"
    bodies = [first, second, *(f"{PHRASES[1]}{nth}" * 3 for nth in "甲乙丙丁戊己庚辛")]
    found = shared(first, second, alike([known(each) for each in bodies]).common)
    moved, stayed = found.passages
    assert [piece.kind for piece in moved] == ["same", "other", "same"] and [moved[1].first, moved[1].second] == ["张三", "李小四"]
    assert "".join(piece.first for piece in moved) == "学校把课间活动还给孩子，由张三负责登记每天的人数"
    assert stayed[0].second == "放学以后，志愿者带着孩子们到图书室看书；" and (stayed[1].kind, stayed[1].first) == ("common", PHRASES[1])
    assert found.signs == len("学校把课间活动还给孩子由负责登记每天的人数放学以后志愿者带着孩子们到图书室看书") and not found.is_same


def test_words_are_what_a_reader_sees():
    """Addresses, tags and marks of Markdown take no part; nor does the header."""
    text = "---\n标题: 甲\n---\n## 做法\n\n- **每天**[一篇](a-b.md)，![操场](x1.jpg){.half}[^1]<br>\n"
    assert words(body(text)).split() == ["做法", "每天一篇，操场"]


def test_what_is_kept_is_what_was_reckoned(writer, tmp_path):
    """Grams come back from the cache as they were, one text that changed is reckoned anew, and damaged entries are not there."""
    texts = [Text(f"{nth}.md", writer.filled(writer.text(300))) for nth in range(20)]
    store = Store(tmp_path)

    def told(given: list[Text]) -> list[tuple[bytes, list[int]]]:
        return [(each.digest, each.sample.tolist()) for each in keeping.knowns(given, store, "here")]

    fresh = told(texts)
    files = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert told(texts) == fresh and fresh[3][1] and all(gram % EVERY == 0 for gram in fresh[3][1])
    changed = [*texts[:3], Text("3.md", texts[3].markdown + "又写了一句很长很长的新话。"), *texts[4:]]
    assert told(changed)[:3] == fresh[:3] and told(changed)[3] != fresh[3]
    assert 1 <= sum(path.read_bytes() != data for path, data in files.items()) <= 2
    for path in files:
        path.write_bytes(path.read_bytes()[:-3])
    assert told(texts) == fresh


def test_the_sample_has_no_doubles():
    """Real text: of this repository's own cases, from two collections of the same years, no two are alike."""
    bodies = [body(path.read_text("utf-8")) for path in sorted((ROOT / "cases").rglob("*.md"))]
    found = judge(*bodies)
    assert len(bodies) > 30 and not found.matches and not found.crowds


# In a collection.


@pytest.fixture
def world(make, writer):
    """A collection of a winner, its copy in the next batch, and three others; with the copy's body."""
    text = writer.text(700)
    bodies = [writer.filled(text), writer.filled(text), *(writer.filled(writer.text(500)) for _ in range(3))]
    files = {f"case-{nth}.md": case_text(f"案例{nth}", body=each, batch="第二批" if nth == 1 else "第一批") for nth, each in enumerate(bodies)}
    files["case-0.md"] = files["case-0.md"].replace("批次: 第一批", "批次: 第一批\n获奖等次: 一等奖")
    return make(files), bodies


def with_verdict(folder: Path, line: str, name: str = "case-1.md") -> None:
    path = folder / "cases" / name
    path.write_text(path.read_text("utf-8").replace("地区:", f"{line}\n地区:"), "utf-8")


def test_check_tells_both_files_the_share_and_the_award(world):
    """The later case is warned of, with the earlier one, how much is the same, and that a winner may not enter again; strict stops."""
    folder, _ = world
    said = run("-C", folder, "check").out
    line = next(line for line in said.splitlines() if "相同" in line)
    assert (
        line.startswith("cases/case-1.md:1: 警告: 和 cases/case-0.md《案例0》（第一批，一等奖）")
        and "九成的字相同" in line
        or "几乎全部" in line
    )
    assert "那一篇第一批获一等奖，获过奖的不能再报" in line and "查重说明: {case-0: 这里写理由}" in line
    assert (
        not [line for line in said.splitlines() if "相同" in line and "case-2.md" in line] and run("-C", folder, "check", "--strict").code == 1
    )


def test_what_check_found_is_kept(world):
    """While no text and no header is another one a check says the same without comparing anything, numpy not even loaded."""
    folder, _ = world
    first = run("-C", folder, "check").out
    words = "import sys; from casepress import cli; sys.argv = ['casepress', '-C', sys.argv[1], 'check']\ntry: cli.main()\nexcept SystemExit: print('numpy' in sys.modules)"  # fmt: skip
    again = subprocess.run([sys.executable, "-c", words, str(folder)], capture_output=True, check=True).stdout.decode()
    assert again == f"{first}False\n" and "相同" in first
    with_verdict(folder, "查重说明: {case-0: 同一项目的两个阶段}")
    assert "相同" not in run("-C", folder, "check").out


def test_a_verdict_with_its_reason_silences_a_pair(world):
    """The line that is offered has to be given its reason; then the pair is told no more, from whichever file, by id, file or title."""
    folder, _ = world
    (folder / "cases" / "case-1.md").rename(folder / "cases" / "改了名.md")
    with_verdict(folder, "查重说明: {case-0: 这里写理由}", "改了名.md")
    said = run("-C", folder, "check")
    assert said.code == 1 and "cases/改了名.md:3: 错误: “查重说明”里的 case-0 没有写理由" in said.words
    path = folder / "cases" / "改了名.md"
    for line in ("查重说明: {case-0: 同一项目的两个阶段}", "same: {案例0: 两个阶段，已问过}", "查重说明:\n  case-0.md: 两个阶段，已问过"):
        path.write_text(re.sub(r"(?:查重说明|same):(?:.*|\n  .*)\n地区", f"{line}\n地区", path.read_text("utf-8")), "utf-8")
        said = run("-C", folder, "check")
        assert said.code == 0 and "相同" not in said.out, said.out
    assert "同一项目" not in run("-C", folder, "stage").words
    assert not any("两个阶段" in page.read_text("utf-8", "replace") for page in (folder / "build" / "stage").rglob("*") if page.is_file())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("same: ok", "“查重说明”没有写明是和哪个案例相同"),
        ("查重说明: {case-0: ok}", "没有写理由"),
        ("查重说明: {case-7: 两个阶段}", "查重说明里的“case-7”不是别的案例。是不是想写 case-0"),
        ("查重说明: {很久以前的一篇: 两个阶段}", "不是别的案例。请写对方的编号、文件名或标题"),
    ],
)
def test_a_verdict_that_says_nothing_is_told(world, line, words):
    """No reason is an error, a name that is no case's a warning with what was meant."""
    folder, _ = world
    with_verdict(folder, line)
    assert words in run("-C", folder, "check").out


def test_a_verdict_of_no_use_is_told(world):
    """`likeness` tells which verdicts answer to no pair, and which do."""
    folder, _ = world
    with_verdict(folder, "查重说明: {case-0: 同一项目的两个阶段, case-3: 早先像过}")
    said = run("-C", folder, "likeness").out
    assert "cases/case-1.md:3: 提示: 查重说明里的“case-3”现在没有用上" in said and "“case-0”" not in said
    assert "没有成段相同的，另有 1 对已经写了查重说明" in said
    report = (folder / "build" / "likeness.html").read_text("utf-8")
    assert "同一项目的两个阶段" in report and "早先像过" in report


def test_import_tells_what_is_like_what_is_there(world, tmp_path):
    """What comes in is held against what is there and against what comes in with it, each with both files; what is in already is not its own double."""
    folder, bodies = world
    texts = {f"{name}.txt": f"{name}\n示例小学\n\n" + text.replace("\n\n", "\n") for name, text in (("旧篇新投", bodies[0]), ("一稿两投甲", bodies[2] + bodies[3]), ("一稿两投乙", bodies[3] + bodies[2]))}  # fmt: skip
    inbox = write_files(tmp_path / "收件", texts)
    place = project.find(folder)
    made = importing.arrive(place, [inbox])
    told = {(problem.path, problem.what) for problem in made.problems if problem.check == "cases_are_sent_once"}
    assert any(
        path == "收件/旧篇新投.txt" and "已有的 cases/case-0.md《案例0》（第一批，一等奖）" in what and "不能再报" in what
        for path, what in told
    )
    assert any(path == "收件/一稿两投甲.txt" and "一起收到的 收件/一稿两投乙.txt" in what for path, what in told) or any(
        path == "收件/一稿两投乙.txt" and "一起收到的 收件/一稿两投甲.txt" in what for path, what in told
    )
    importing.settle(place, made)
    again = importing.arrive(place, [inbox])
    assert {(problem.path, problem.what) for problem in again.problems if problem.check == "cases_are_sent_once"} == told


def test_former_batches_are_compared_and_not_published(world, tmp_path, writer):
    """Word files and texts of a folder take part, what cannot be read is told; the report shows what is the same, numbers masked."""
    folder, bodies = world
    document = docx.Document()
    for line in ("校园的旧做法", "示例第二小学", *bodies[3].split("\n\n")):
        document.add_paragraph(line.replace("。", "。电话13812345678，", 1))
    (tmp_path / "旧").mkdir()
    document.save(tmp_path / "旧" / "获奖案例.docx")
    write_files(tmp_path / "旧", {"坏的13912345678.docx": b"PK\3\4", "通知.txt": "关于评选的通知\n" + OFFICIAL, "照片.jpg": b"x"})
    said = run("-C", folder, "likeness", "--against", tmp_path / "旧")
    assert said.code == 0 and re.search(r"\d\d% 相同  旧/获奖案例.docx《校园的旧做法》 和 cases/case-3.md《案例3》", said.out), said.words
    assert "旧/坏的13912345678.docx: 警告: 没有拿来比" in said.err and "又和 2 份旧材料比：2 对成段相同" in said.out
    report = (folder / "build" / "likeness.html").read_text("utf-8")
    assert "138******78" in report and not re.search(r"13[89]12345678", report) and "旧材料，不发布" in report
    assert not re.search(r"https?://|<script|<link|@import|url\(", report)
    assert [path.name for path in (folder / "build").iterdir() if not path.name.startswith(".")] == ["likeness.html"]


def test_the_report_fits_a_phone_and_paper(world, chromium):
    """Nothing is wider than the screen, both sides stand side by side where there is room, and a pair is linked from the list."""
    folder, _ = world
    run("-C", folder, "likeness")
    page = chromium.new_page(viewport={"width": 360, "height": 700})
    page.goto((folder / "build" / "likeness.html").as_uri())
    sides = "() => [...document.querySelectorAll('.row > div')].slice(0, 2).map(side => side.getBoundingClientRect().left)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(sides)[1] < 40
    page.set_viewport_size({"width": 1200, "height": 800})
    left, right = page.evaluate(sides)
    assert right - left > 400 and page.locator("#pair-1").count() == 1 and page.locator("a[href='#pair-1']").is_visible()
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 25, 28)"
    page.close()
