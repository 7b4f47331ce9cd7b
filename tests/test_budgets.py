"""Budgets: a case that takes more than it may is named with its step, by check and build alike; all others are made, the last release stays."""

import os
import signal
import struct
import sys
import time
import zlib
from collections.abc import Iterator
from multiprocessing.util import Finalize
from pathlib import Path

import pytest

from casepress.facts import budgets
from casepress.facts.budgets import Limit, Over
from casepress.facts.watched import watched
from casepress.values.problems import Failed, Stopped, error
from conftest import BRIEF, ROOT, case_text, manifest, picture, write_files
from test_crews import a_crew, alone

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="未检查：只在 Linux 上有限度")
ROOM = 60 * 2**20


def work(job: str) -> str:
    """Do what a case might do to the process that is at it."""
    if job == "for ever":
        while True:
            pass
    if job == "memory":
        return "x" * 10**8
    if job == "much in small parts":
        return "".join([f"{number}" * 9 for number in range(10**7)])
    if job == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if job == "abort":
        os.abort()  # as libraries in C do that get no memory
    if job == "broken":
        raise KeyError("what a library did not expect")
    if job == "stopped":
        raise Stopped([error("a.png", 0, "坏了", "请换")])
    if job == "failed":
        raise Failed("做不成")
    if job == "falls behind":
        Finalize(None, os._exit, args=(3,), exitpriority=0)  # the copy ends badly when all is done
    if job == "waiting":
        time.sleep(0.6)  # while others have the processor
    return f"{job}!"


def limited(job: str) -> Limit:
    return Limit(0.3, ROOM)


JOBS = ["a", "for ever", "b", "memory", "much in small parts", "c", "killed", "abort", "broken", "waiting", "stopped", "d"]
BECOME = ["a!", "slow", "b!", "large", "large", "c!", "killed", "large", "broken", "waiting!", "told", "d!"]


def told(found: Iterator) -> list[str]:
    """What became of jobs, in words; who took more than he may has the limit with him."""
    found = list(found)
    assert all(each.said.startswith("KeyError，tests/test_budgets.py 第") for each in found if getattr(each, "kind", "") == "broken")
    assert all(each.problems for each in found if getattr(each, "kind", "") == "told")
    assert all(each.limit == Limit(0.3, ROOM) for each in found if isinstance(each, Over))
    return [each.kind if isinstance(each, Over) else each for each in found]


@alone
def test_what_ends_a_copy_ends_no_other():
    """Each job comes to what it does by itself, in its order, by one copy and by two; seconds are those of work, not of waiting. This process
    is held to nothing."""
    for number in (1, 2):
        assert told(watched(work, JOBS, limited, number)) == BECOME
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0) and len("x" * 2 * ROOM) == 2 * ROOM
    assert told(watched(work, [str(number) for number in range(9000)], limited, 2)) == [f"{number}!" for number in range(9000)]
    for jobs in (["waiting", "falls behind"], ["waiting", "a"]):  # a copy that has nothing left to do ends, well or badly, and nobody minds
        assert told(watched(work, jobs, limited, 2)) == [f"{job}!" for job in jobs]
    os.register_at_fork(after_in_child=lambda: os._exit(3))  # copies that end before they begin are not made for ever: each job is told
    assert told(watched(work, ["a", "b", "c"], limited, 2)) == ["killed"] * 3


@alone
def test_what_ends_a_worker_ends_no_other():
    """The same of a crew, whose workers have the next job waiting already."""
    with a_crew() as crew:
        assert told(crew.done(work, JOBS * 2, limit=limited)) == BECOME * 2


@alone
def test_what_we_raise_ourselves_is_raised():
    """What cannot be made at all is no matter of one case: it is raised in its turn, by copies and by a crew."""
    with a_crew() as crew:
        for ways in (watched(work, ["a", "failed", "b"], limited, 2), crew.done(work, ["a", "failed", "b"], limit=limited)):
            assert next(ways) == "a!"
            with pytest.raises(Failed, match="做不成"):
                next(ways)


class World:
    """A collection, the commands that are run in it, and the release that stood there first."""

    def __init__(self, mother, folder: Path) -> None:
        self.mother, self.folder = mother, folder
        code, said = mother.run("-C", folder, "build")
        assert code == 0, said
        self.release = manifest(folder / "build" / "site", folder / "build" / "books")

    def run(self, budget: str, *words: str) -> tuple[int, list[str]]:
        """The code of a command with a budget, and its lines that name a budget; the last release is as it was."""
        code, said = self.mother.run("-C", self.folder, *words, variables={budgets.NAME: budget})
        assert manifest(self.folder / "build" / "site", self.folder / "build" / "books") == self.release
        assert "Traceback" not in said, said
        return code, said.splitlines()

    @property
    def pieces(self) -> set[str]:
        return {path.name for path in (self.folder / "build" / ".cache" / "piece").rglob("*") if path.is_file()}


def full(title: str, body: str = "这一段说明学校怎样安排课后服务，写得很短。") -> str:
    return case_text(title, body=body).replace("篇幅: digest", "篇幅: full")


@pytest.fixture(scope="module")
def world(mother, tmp_path_factory) -> World:
    from casepress import scaffold
    from conftest import SHORT_GUIDE

    folder = scaffold.new_collection(tmp_path_factory.mktemp("budgets") / "collection")
    (folder / "cases" / "example.md").unlink()
    write_files(folder, {"content/guide.md": SHORT_GUIDE, "cases/collection.yml": BRIEF, "cases/a.md": full("甲"), "cases/b.md": full("乙")})
    return World(mother, folder)


def budgeted(lines: list[str]) -> list[str]:
    """The lines that tell of a budget."""
    return [line for line in lines if budgets.NAME in line]


NOTES = "".join(f"好[^{n}]。\n\n" for n in range(200)) + "".join(f"[^{n}]: 注{n}。\n\n" for n in range(200))


def test_a_case_that_is_long_in_reading_is_named(world):
    """By check and build with the same words, for time and for memory; what is wrong in a file behind it is told as well."""
    rows = "|甲|乙|丙|\n|-|-|-|\n" + "|一|二|三|\n" * 60_000
    files = {"cases/long.md": full("长", rows), "cases/z.md": full("丁").replace("地区: 江苏省常州市", "地区: 鼓楼区")}
    write_files(world.folder, files)
    try:
        for budget, words in (("0.4 0.001 500", "读取时用了 0."), ("30 1 5", "读取时要用的内存超过 5 MB")):
            code, lines = world.run(budget, "check")
            assert code == 1 and [line for line in lines if line.startswith(f"cases/long.md: 错误: {words}")] == budgeted(lines), lines
            assert [line for line in lines if line.startswith("cases/z.md:") and "鼓楼区" in line]
            again, more = world.run(budget, "build")
            assert again == 1 and budgeted(more) == budgeted(lines) and "没有生成任何东西" in more[-1]
    finally:
        for name in files:
            (world.folder / name).unlink()


def test_a_case_that_is_long_in_layout_is_named(world):
    """Alone, though it stands in one piece with others; the pieces of all others are kept, so the next build lays out nothing."""
    files = {"c.md": full("丙"), "d.md": case_text("丁"), "e.md": case_text("甲乙", body=NOTES)}
    write_files(world.folder / "cases", files)
    before = world.pieces
    code, lines = world.run("0.5 0.001 500", "build")
    assert code == 1 and [line.partition(": 排版时用了")[0] for line in budgeted(lines)] == ["cases/e.md: 错误"], lines
    (world.folder / "cases" / "e.md").unlink()
    after = world.pieces
    assert after > before
    code, said = world.mother.run("-C", world.folder, "book")
    assert code == 0 and world.pieces == after, said
    world.release = manifest(world.folder / "build" / "site", world.folder / "build" / "books")


def test_a_picture_that_takes_long_is_named(world, tmp_path):
    """By its file; the other pictures are made."""
    from PIL import Image

    Image.linear_gradient("L").resize((4800, 4900)).convert("RGBA").save(tmp_path / "big.webp", lossless=True, method=0, quality=0)
    body = "好。\n\n![一张图](p.png)\n\n![大图](big.webp)\n"
    files = {
        "p.png": picture(),
        "big.webp": (tmp_path / "big.webp").read_bytes(),
        "a.md": full("甲", body).replace("篇幅", "未成年人: 没有学生\n篇幅"),
    }
    write_files(world.folder / "cases", files)
    code, lines = world.run("0.25 0.001 500", "site")
    assert code == 1 and [line.partition(": 制作图片和附件时用了")[0] for line in budgeted(lines)] == ["cases/big.webp: 错误"], lines
    assert list((world.folder / "build" / "stage" / "pictures").glob("*.png"))


def test_check_says_what_build_says_of_pictures(world):
    """That all their bytes are there, and right by their sums, makes no picture of them: check decodes each once, with the words of a build."""
    png, jpeg = picture(), picture("JPEG")
    at = png.index(b"IDAT") - 4
    head, tables = png[:at], jpeg.index(b"\xff\xdb")
    bad = {
        "bad.png": head + chunk(b"IDAT", b"no stream") + chunk(b"IEND", b""),
        "short.png": head + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b""),
        "bad.jpg": jpeg[: tables + 1] + b"\xfe" + jpeg[tables + 2 :],
    }
    body = "".join(f"![一张图]({name})\n\n" for name in ("p.png", *bad))
    text = full("甲", body).replace("篇幅", "未成年人: 没有学生\n篇幅")
    write_files(world.folder / "cases", {"a.md": text, "p.png": png, **bad})
    said = [[line for line in world.run("", *words)[1] if "错误:" in line] for words in (("check",), ("check",), ("build",))]
    assert said[0] == said[1] == said[2] and [line.partition(":")[0] for line in said[0]] == [f"cases/{name}" for name in sorted(bad)], said


def chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG with its sum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_a_budget_that_nobody_can_read_is_told(world):
    """With what to write instead; nothing is done."""
    for said in ("x", "8 3", "8 0 500", "-8 3 500"):
        code, words = world.mother.run("-C", world.folder, "check", variables={budgets.NAME: said})
        assert code == 2 and said in words and "“8 2 500”" in words, words


def test_the_guide_says_the_budget():
    """The usual one, and how another is set."""
    guide, usual = (ROOT / "content" / "guide.md").read_text("utf-8"), budgets.Budget()
    part = guide.partition("### 给技术人员：每个案例的限度")[2].partition("\n## ")[0]
    for words in (f"{usual.seconds:g} 秒", f"每千字再加 {usual.thousand:g} 秒", f"{usual.megabytes} MB", budgets.NAME):
        assert words in part, words
