"""Reading again: what is the same is not read again, what is not is, and what comes of it is the same as of a first reading."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path

import pytest

import generate_cases
from casepress import flow
from casepress.collection import manuscript, project
from casepress.collection.bodies import Body, Reader
from casepress.collection.drafts import Read, read_of
from casepress.collection.headers import Draft, Unknown
from casepress.collection.keeping import kept
from casepress.facts.store import Store
from casepress.markup import markdown_tree, prose
from casepress.type import coverage
from casepress.values import plain
from conftest import ROOT, case_text, picture, run, run_apart, write_files
from movies import FILM
from test_growth import SHAPES

WORLDS = ("broken", "full", "letters")
SETTINGS = """title: 小案例库
fields:
  theme: {choices: [{label: 课后服务, aliases: [晚托]}, 作业管理]}
places:
- {name: 示范区, parent: 常州市}
"""
PHOTOS = "照片: [{file: p.png, alt: 操场}]\n"
FILES = {
    "a.md": case_text("甲", body="见[乙](b.md#小结)，脚注[^1]。\n\n![操场](q.png)\n\n[^1]: 注。").replace("篇幅", f"{PHOTOS}篇幅"),
    "b.md": case_text("乙", region="示范区", theme="晚托", body="字,字&#9745;。\n\n## 小结\n\n字。"),
    "c.md": case_text("丙", body="见[没有](x.md)，见[页](../content/about.md)。", 作者="张三（校长）"),
    "d.md": "---\n标题: 没有别的\n来源: {标题: 文件, 文号: 1号}\n没有的: x\n---\n",
    "e.md": "坏\n",
    "p.png": picture(),
    "q.png": picture(),
}


@pytest.fixture
def folder(make) -> Path:
    """A collection in which much may change."""
    made = make(FILES, SETTINGS, site=True)
    write_files(made / "content" / "book", {"preface.md": "# 前言\n\n见[甲](../../cases/a.md)。\n"})
    return made


def told(folder: Path) -> tuple:
    """All that a reading gives, as values that can be compared."""
    read, problems = flow.read(project.find(folder))
    return read.collection, read.collection.lines, read.content, read.intro, problems


def anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple:
    """The same, of a reading that knows of no other."""
    with monkeypatch.context() as patch:
        patch.setenv("CASEPRESS_CACHE", str(folder / "no"))
        shutil.rmtree(folder / "no", ignore_errors=True)
        found = told(folder)
    shutil.rmtree(folder / "no")
    return found


@contextmanager
def counted() -> Iterator[dict[str, int]]:
    """How many headers and bodies are read in the block."""
    names = {"read_draft": "headers", "read_tree": "bodies"}
    found = {"headers": 0, "bodies": 0}

    def seen(frame, event, _):
        if event == "call" and frame.f_code.co_name in names and "casepress" in frame.f_code.co_filename:
            found[names[frame.f_code.co_name]] += 1

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        yield found
    finally:
        sys.setprofile(before)


def replaced(name: str, old: str, new: str) -> Callable[[Path], None]:
    def step(folder: Path) -> None:
        path = folder / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return step


def written(name: str, data: str | bytes) -> Callable[[Path], None]:
    return lambda folder: write_files(folder, {name: data})


STEPS: dict[str, tuple[Callable[[Path], None], int, int]] = {  # and how many headers and bodies are read for it
    "nothing": (lambda folder: None, 0, 0),
    "a word of a body": (replaced("cases/b.md", "字。", "别的字。"), 1, 1),
    "a word of a header": (replaced("cases/b.md", "一句话", "两句话"), 1, 0),
    "the time of a file": (lambda folder: os.utime(folder / "cases" / "a.md", (1, 1)), 0, 0),
    "a line before the body": (replaced("cases/a.md", "批次", "\n批次"), 1, 0),
    "a heading that another case links": (replaced("cases/b.md", "## 小结", "## 结语"), 1, 2),
    "the name of a case that another links": (lambda folder: (folder / "cases/b.md").rename(folder / "cases/f.md"), 1, 2),
    "a case that another looked for": (written("cases/x.md", case_text("找到了")), 1, 2),
    "a case that another links goes": (lambda folder: (folder / "cases/b.md").unlink(), 0, 1),
    "a picture of a header": (written("cases/p.png", picture()), 1, 0),
    "a picture of a header goes": (lambda folder: (folder / "cases/p.png").unlink(), 1, 0),
    "a picture of a body": (written("cases/q.png", picture()), 0, 1),
    "a picture of a body goes": (lambda folder: (folder / "cases/q.png").unlink(), 0, 1),
    "the title of the collection": (replaced("cases/collection.yml", "小案例库", "大案例库"), 5, 0),
    "a word of a vocabulary": (replaced("cases/collection.yml", "aliases: [晚托]", "aliases: [早托]"), 5, 0),
    "a place": (replaced("cases/collection.yml", "示范区", "示例区"), 5, 0),
    "a page of the site": (lambda folder: (folder / "content/about.md").write_text("# 别的\n\n字\n"), 0, 1),
    "a page of the site that a case links goes": (lambda folder: (folder / "content/about.md").unlink(), 0, 1),
    "a text of the books": (replaced("content/book/preface.md", "见", "请见"), 0, 2),
}  # fmt: skip


@pytest.mark.parametrize("what", STEPS)
def test_what_has_changed_is_read_again_and_nothing_else(what, folder, monkeypatch):
    """After each change a reading is equal to one without a cache, and only what the change concerns is read."""
    before = told(folder)
    step, headers, bodies = STEPS[what]
    step(folder)

    with counted() as found:
        again = told(folder)

    assert again == anew(folder, monkeypatch)
    assert (again == before) == (what in ("nothing", "the time of a file"))
    assert found["headers"] <= headers and found["bodies"] <= bodies, found
    assert told(folder) == again


def test_all_changes_one_after_the_other(folder, monkeypatch):
    """The same changes in one collection, and back again in the end."""
    first = told(folder)
    shutil.copytree(folder, folder.with_name("as it was"))
    for what in ("a word of a body", "a picture of a body", "a place", "a case that another looked for", "a heading that another case links"):
        STEPS[what][0](folder)
        assert told(folder) == anew(folder, monkeypatch), what
    (folder / "cases/x.md").unlink()
    shutil.copytree(folder.with_name("as it was") / "cases", folder / "cases", dirs_exist_ok=True)
    assert told(folder) == anew(folder, monkeypatch) == first


@pytest.mark.parametrize("world", WORLDS)
def test_worlds_come_back_as_they_were(world, tmp_path, monkeypatch):
    """Whole collections, in every field that a value has, whether they are read, come back, or lie damaged."""
    folder = tmp_path / world
    shutil.copytree(ROOT / "tests" / "collections" / world, folder, ignore=shutil.ignore_patterns("build"))
    first = told(folder)
    with counted() as found:
        assert told(folder) == first
    assert found == {"headers": 0, "bodies": 0}

    for nth, path in enumerate(path for path in (folder / "build" / ".cache").rglob("*") if path.is_file()):
        data = path.read_bytes()
        path.write_bytes((data[: len(data) // 2], b"", data[:-9] + b"?" + data[-8:])[nth % 3])
    assert told(folder) == first == anew(folder, monkeypatch)


def test_every_field_is_kept(folder, tmp_path):
    """Each field of each value that is kept says something in these collections, so that one added later cannot be forgotten."""
    said: dict[type, set[str]] = {}

    def look(value: object) -> None:
        if is_dataclass(value):
            usual = {f.name: f.default if f.default_factory is MISSING else f.default_factory() for f in fields(value)}
            said.setdefault(type(value), set()).update(name for name, each in usual.items() if getattr(value, name) != each)
            value = [getattr(value, f.name) for f in fields(value)]
        if isinstance(value, dict) or hasattr(value, "items"):
            value = [*value.keys(), *value.values()]
        if isinstance(value, list | tuple):
            for each in value:
                look(each)

    tangled = "[" * 150_000
    write_files(
        folder / "cases",
        {"t.md": case_text("乱", body=f"[a](b.md '题')\n\n{tangled}", 来源="{标题: 文, 发文单位: 局, 文号: 1, 日期: 2024, 网址: http://a.cn}")},
    )
    write_files(
        folder / "cases",
        {
            "f.mp4": FILM,
            "u.md": case_text(
                "多｜少",
                照片="[{file: p.png, alt: 甲, 说明: 乙, 摄影: 丙}]",
                batch="第四批",
                body='工 作很忙，，电话：86310000，见图 1。\n\n![甲](p.png "图注"){#甲}',
            )
            .replace("---", "---\n未成年人: 认不出", 1)
            .replace("地区:", "查重说明: {a: 同一项目的两个阶段}\n附件: [{file: f.mp4, 名称: 录像, 封面: p.png}]\n地区:"),
        },
    )
    for world in (folder, ROOT / "tests/collections/full", ROOT / "tests/collections/broken", ROOT / "tests/collections/letters"):
        place = project.find(world)
        reader = Reader(Store(tmp_path / "cache"))
        read = manuscript.read_collection(place, {}, reader)[0]
        assert read is not None
        for each in kept(place, reader).values():
            assert read_of(plain.unpacked(plain.packed(each.parts))) == each
            look(each)
    settled = {Body: {"draft"}, Draft: set(), Read: set(), Unknown: set()}
    settled[plain.Problem] = {"kind"}  # which import alone gives
    for kind in (*plain.KNOWN, *settled):
        if is_dataclass(kind):
            lacking = {f.name for f in fields(kind)} - said.get(kind, set()) - settled.get(kind, set())
            assert not lacking, f"{kind.__name__}: {lacking}"


def test_only_plain_data_is_read():
    """What is no value of the list is neither written nor made of what lies in a cache."""
    for value in (object(), {1, 2}, b"bytes", (Path("x"),)):
        with pytest.raises(plain.NotPlain):
            plain.packed(value)
    for data in (
        b'{"Path":["/"]}',
        b'{"Level":["none"]}',
        b'{"Term":[1,2,3,4,5,6,7,8]}',
        b'{"Term":[],"Place":[]}',
        b"[",
        b"\xff",
        b"[" * 100_000,
    ):
        with pytest.raises(plain.NotPlain):
            plain.unpacked(data)


@pytest.mark.parametrize("where", ["build", "cache"])
def test_a_place_that_cannot_be_written_changes_nothing(where, folder, monkeypatch):
    """Where nothing can be kept, `check` says the same and is silent about it."""
    said = run("-C", folder, "check")
    shutil.rmtree(folder / "build")
    if where == "build":
        (folder / "build").write_text("a file in the way")
    else:
        monkeypatch.setenv("CASEPRESS_CACHE", "/dev/null/cache")

    assert run("-C", folder, "check") == run("-C", folder, "check") == said


def many(folder: Path) -> Path:
    """A collection of 150 cases, some of them with faults."""
    generate_cases.fill(folder / "cases", 147, characters=120)
    return folder


def test_both_cores_read_as_one_does(folder):
    """Many new cases are read by several processes, with the same words in the same order as by one, and as in a thread."""
    many(folder)
    words = ("-C", folder, "check", "--format", "json")
    one = "import os, sys; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); from casepress.cli import main; main()"
    alone = subprocess.run([sys.executable, "-c", one, *map(str, words)], capture_output=True, check=False).stdout.decode()
    shutil.rmtree(folder / "build")
    together = run_apart(*words).out
    shutil.rmtree(folder / "build")
    found = []
    thread = threading.Thread(target=lambda: found.append(run(*words).out))
    thread.start()
    thread.join()

    assert len(alone) > 1000 and alone == together == found[0] == run_apart(*words).out


def test_characters_are_those_of_the_lines(folder):
    """The characters counted case by case are those of all lines that a book may show."""
    for world in (folder, *(ROOT / "tests/collections" / name for name in WORLDS)):
        read, _ = flow.read(project.find(world))
        content = {**read.content, **read.texts}
        assert coverage.characters(read.collection, content) == coverage.shown(coverage.written(read.collection, content))


def test_lines_without_marks_are_read_as_all_others(monkeypatch):
    """What has no mark goes a short way; the long one gives the same."""
    texts = [shape(600) for shape in SHAPES.values()]
    texts += [path.read_text("utf-8") for path in (ROOT / "tests/articles").glob("*.md")]
    short = [prose.render(text, "a-", {"b.md": "case:b"}) for text in texts]
    monkeypatch.setattr(markdown_tree, "_BEGINS", markdown_tree.re.compile(""))
    assert [prose.render(text, "a-", {"b.md": "case:b"}) for text in texts] == short
