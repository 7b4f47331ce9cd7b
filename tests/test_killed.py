"""Killed: whatever ends a command at whatever moment, readers have a whole release, and the next build needs no cleaning.

The moments have names (`dying.MOMENTS`); at each a real command is ended where it stands. `kills` has the reader.
"""

import errno
import json
import os
import random
import re
import shutil
import signal
import time
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from casepress import scaffold
from conftest import BRIEF, SHORT_GUIDE, case_text, manifest, write_files
from dying import IN_TWO_STEPS, MOMENTS, MOMENTS_OF_NEW, TAKEN_OVER, Mother
from kills import Reader, filled, left, small_disk

# Every build is made of the first or of the second version of the cases.
VERSIONS = (
    {"a.md": case_text("甲"), "b.md": case_text("乙")},
    {"a.md": case_text("甲（改）", theme="作业管理"), "c.md": case_text("丙")},
)
SWITCHED = tuple(name for name in MOMENTS if "cleaning" in name or "record" in name)  # who only interrupts comes too late then
FEW = [name for nth, name in enumerate(MOMENTS) if nth % 3 != 1]  # `scripts/kills` comes to all of them
PLACES = {
    "site", "books", "release.json", "current", "compliance.json", "stage", ".lock", ".stage.json", ".stage.search.spare", ".cache",
}  # fmt: skip
ENGLISH = re.compile("[A-Za-z]{3,} [A-Za-z]{2,}")


@dataclass(frozen=True)
class World:
    """A collection, who runs commands in it, and what each version comes to when nothing ends its build."""

    folder: Path
    mother: Mother
    whole: tuple[dict[str, str], ...]

    @property
    def build(self) -> Path:
        return self.folder / "build"

    def write(self, version: int) -> None:
        for path in (self.folder / "cases").glob("*.md"):
            path.unlink()
        write_files(self.folder / "cases", VERSIONS[version])

    def turn(self) -> int:
        """Write the version that does not stand there; the one that does."""
        old = self.published()
        self.write(1 - old)
        return old

    def run(self, *words: object, **order: object) -> tuple[int, str]:
        return self.mother.run("-C", self.folder, *words, **order)

    def published(self) -> int:
        """Of which version site and books are, both whole, and named by their manifest."""
        now = manifest(self.build / "site", self.build / "books")
        (found,) = [nth for nth in range(len(self.whole)) if now == self.released(nth)]
        assert json.loads((self.build / "release.json").read_bytes())["files"] == now
        return found

    def released(self, version: int) -> dict[str, str]:
        return {path: said for path, said in self.whole[version].items() if not path.startswith("stage/")}

    def is_clean(self) -> bool:
        return {path.name for path in self.build.iterdir()} <= PLACES and not [
            each for each in left(self.build) if not each.startswith(".cache/")
        ]

    def is_whole(self, version: int) -> bool:
        """Whether all, the staged pages as well, is of a version, and nothing lies about."""
        return manifest(self.build / "stage") == _staged(self.whole[version]) and self.published() == version and self.is_clean()

    def grow_old(self) -> None:
        """Turn `build` into what an older casepress left: folders, and no links."""
        for name in ("site", "books", "release.json"):
            (self.build / name).unlink()
            (self.build / "current" / name).rename(self.build / name)
        (self.build / "current").rmdir()


def _staged(whole: dict[str, str]) -> dict[str, str]:
    return {path: said for path, said in whole.items() if path.startswith("stage/")}


def made_world(folder: Path, mother: Mother) -> World:
    """A small collection in a new folder, of two versions, each built once to know what is whole."""
    write_files(scaffold.new_collection(folder), {"cases/collection.yml": BRIEF, "content/guide.md": SHORT_GUIDE})
    made = World(folder, mother, ())
    whole = []
    for version in (0, 1):
        made.write(version)
        assert made.run("build")[0] == 0
        whole.append(manifest(made.build / "site", made.build / "books", made.build / "stage"))
    return World(folder, mother, tuple(whole))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, mother: Mother) -> World:
    return made_world(tmp_path_factory.mktemp("killed") / "collection", mother)


def test_a_reader_sees_one_release_at_every_step(world, tmp_path):
    """Whoever looks while a build works sees the whole old release, site and books, at each of its steps, then the new one; each
    staged page is of the old or of the new version."""
    old = world.turn()

    assert world.run("build", look=str(tmp_path / "seen"))[0] == 0

    found = json.loads((tmp_path / "seen").read_text("utf-8"))
    assert found["release"] == [world.released(nth) for nth in (old, 1 - old)], f"{len(found['release'])} sights of the release"
    pages = {each for whole in world.whole for each in whole.items()}
    assert len(found["stage"]) > 3 and all(sight.items() <= pages for sight in found["stage"])


def command(moment: str) -> str:
    """The shortest command that comes to a moment."""
    return "site" if "stag" in moment or "MkDocs" in moment else "book" if " books " in f"{moment} " or "rest" in moment else "build"


def test_a_killed_build_leaves_a_whole_release(world, tmp_path):
    """Killed at a named moment or at any other, a build leaves the last release or the next one; who reads all the time sees nothing
    else. The next build works on what is left, and the last leaves nothing lying about, in the system's temporary place neither."""
    chance, reader = random.Random(10), Reader(world.build)
    with reader.reading():
        for moment in FEW:
            old = world.turn()
            code, said = world.run(command(moment), moment=moment, signal=signal.SIGKILL, temp=str(tmp_path))
            assert code == -signal.SIGKILL, f"nothing was done where {moment}: {said}"
            assert world.published() == (1 - old if moment in SWITCHED else old), moment
        begun = time.monotonic()
        old = world.turn()
        assert world.run("build", temp=str(tmp_path))[0] == 0 and world.is_whole(1 - old)
        took = time.monotonic() - begun
        for _ in range(5):
            world.turn()
            world.run("build", after=chance.random() * took, temp=str(tmp_path))
            world.published()
        old = world.turn()
        assert world.run("build", temp=str(tmp_path))[0] == 0

    assert world.is_whole(1 - old) and not left(world.build, tmp_path)
    assert (reader.broken, reader.gone) == ([], 0) and reader.whole > len(FEW)


def test_a_kill_between_two_steps_is_put_right(world):
    """Where a system cannot swap two folders at once, a kill may take the release away, all of it; the next command puts it back,
    whichever it is."""
    reader = Reader(world.build)
    for moment in [*IN_TWO_STEPS][1::2]:
        old = world.turn()
        code, said = world.run("build", moment=moment, signal=signal.SIGKILL, two_steps=True)
        assert code == -signal.SIGKILL, f"nothing was done where {moment}: {said}"
        reader.look()
        if "no release" in moment:
            assert not (world.build / "site").exists() and not (world.build / "books").exists()
            world.write(old)
            assert world.run("stage")[0] == 0
            assert world.is_whole(old)
        assert world.published() == (1 - old if "cleaning" in moment else old)

    old = world.turn()
    assert world.run("build", two_steps=True)[0] == 0
    assert world.is_whole(1 - old) and (reader.broken, reader.gone) == ([], 1)


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_an_old_build_is_taken_over(links, world, tmp_path, monkeypatch):
    """Where site and books are folders, as an older casepress left them, they are a part of the next release and nobody sees a
    difference, wherever a kill comes; so they are on a system that makes no links, where they stand in `build/current` alone."""
    reader = Reader(world.build)
    for moment in TAKEN_OVER if links else ():
        old = world.published()
        world.grow_old()
        code, said = world.run("stage", moment=moment, signal=signal.SIGKILL, is_old=True)
        assert code == -signal.SIGKILL, f"nothing was done where {moment}: {said}"
        reader.look()
        assert world.published() == old, moment
        assert world.run("stage")[0] == 0 and world.published() == old and world.is_clean() and (world.build / "site").is_symlink(), moment
    assert reader.broken == []
    if not links:
        old = 1 - world.turn()
        world.grow_old()
        code, said = world.run("build", no_links=errno.ENOSPC)
        assert code == 1 and "磁盘满了" in said and world.published() == 1 - old, "the folders stay where there is no room for a link"
        code, said = world.run("build", no_links=errno.EPERM)
        assert code == 0 and "build/current/site/index.html" in said and not os.path.lexists(world.build / "site"), said
        assert manifest(world.build / "current/site", world.build / "current/books") == world.released(old)
        for words in (("verify", world.build / "current"), ("pack",)):
            assert world.run(*words, no_links=errno.EPERM)[0] == 0
        (world.build / "site.zip").unlink()
        assert world.run("stage")[0] == 0 and world.is_whole(old), "links are made where they can be again"


@pytest.mark.parametrize("part, other", [("site", "books"), ("books", "site")])
def test_a_part_alone_is_a_whole_release(part, other, world):
    """Where only site or books are made, the next release has the others as they were, not written anew, and its manifest names all of it."""
    old = world.turn()
    before = {str(path): path.stat().st_ino for path in (world.build / other).rglob("*") if path.is_file()}

    assert world.run(part.rstrip("s") if part == "books" else part)[0] == 0

    now = manifest(world.build / "site", world.build / "books")
    assert json.loads((world.build / "release.json").read_bytes())["files"] == now and world.run("verify", world.build)[0] == 0
    assert {path for path in now.items() if path[0].startswith(f"{other}/")} <= set(world.whole[old].items())
    assert {str(path): path.stat().st_ino for path in (world.build / other).rglob("*") if path.is_file()} == before
    assert now != world.released(old) and world.is_clean()
    assert world.run("build")[0] == 0 and world.is_whole(1 - old)


def test_two_builds_at_once_make_one_release(world):
    """Of two builds started together one is made, and the other says that it is not alone, or is made after it; readers see one release."""
    old, reader = world.turn(), Reader(world.build)
    with reader.reading():
        codes, said = world.run("build", times=2)
    assert codes in ([0, 0], [0, 1]) and said.count("另一个 casepress 正在") == sum(codes), said
    assert world.is_whole(1 - old) and reader.broken == []


def test_an_interrupted_build_cleans_up(world):
    """Ctrl+C ends a build with a Chinese sentence, without a traceback, a draft or a changed result; where the release is already
    being put into place, the build is made, and says so."""
    for moment in [*MOMENTS][::-7] + ["before the switch"]:
        old = world.turn()
        code, said = world.run(command(moment), moment=moment, signal=signal.SIGINT)
        if moment in (*SWITCHED, "before the switch"):
            assert (code, world.published()) == (0, 1 - old) and "完成" in said, f"{moment}: {said}"
        else:
            assert code == 130 and said.split() == ["已中断，上一次的结果还在。"], f"{moment}: {said}"
            assert world.published() == old, moment
        assert world.is_clean(), moment


def test_a_full_and_a_read_only_disk_are_said(world, tmp_path):
    """Where the disk is full or may only be read, a build says so in Chinese, readers keep the last release, and with room the next
    build works."""
    place, kept = tmp_path / "disk", world.folder / "kept"
    place.mkdir()
    try:
        disk = small_disk(place)
        mounted = disk.__enter__()
    except (PermissionError, FileNotFoundError) as reason:
        pytest.skip(f"a small disk can only be mounted by root: {reason}")
    try:
        shutil.copytree(world.build, place / "build", symlinks=True)
        world.build.rename(kept)
        world.build.symlink_to(place / "build")
        old, reader = world.turn(), Reader(world.build)
        with reader.reading():
            for rest in (0, 400_000):
                ballast = filled(place, rest)
                code, said = world.run("build")
                ballast.unlink()
                assert code == 1 and "磁盘满了" in said and "上一次的结果还在。" in said and len(said.splitlines()) == 1, said
                assert world.published() == old and world.is_clean()
            mounted("ro")
            code, said = world.run("build")
            assert code == 1 and "磁盘是只读的" in said, said
            mounted("rw")
            assert world.run("build")[0] == 0 and world.is_whole(1 - old)
        assert reader.broken == [] and reader.whole
    finally:
        if kept.exists():
            world.build.unlink()
            kept.rename(world.build)
        disk.__exit__(None, None, None)


SIZES = (500, 12_000)  # what a file may have in bytes; some pages are longer than either, and so is the book


def test_a_kill_in_the_middle_of_a_file_harms_nobody(world):
    """Killed while half of a file's bytes are written, a command leaves no half file that anybody takes for a whole one."""
    for words, size in product(("build", "site", "book", "stage"), SIZES):
        old = world.turn()
        if words == "stage":
            shutil.rmtree(world.build / "stage")
        code, said = world.run(words, bytes=size, signal=signal.SIGXFSZ)
        assert code == -signal.SIGXFSZ, f"{words}, {size}: {said}"
        assert world.published() == old
        shown = [path for path in (world.build / "stage").rglob("*") if path.is_file() and not path.name.startswith(".")]
        assert [path.name for path in shown if path.stat().st_size == size] == []

    assert world.run("build")[0] == 0
    assert world.is_whole(1 - old)


@pytest.mark.parametrize("words", ["build", "site", "book", "stage"])
def test_what_cannot_be_written_is_said(words, world):
    """Where the system refuses to write on, a command says which file and why, in Chinese, and the last result stands."""
    for size in SIZES:
        old = world.turn()
        if words == "stage":
            shutil.rmtree(world.build / "stage")
        code, said = world.run(words, bytes=size)
        assert code == 1 and "读写不了（文件太大，超过了系统的限制）" in said and "上一次的结果还在。" in said, f"{size}: {said}"
        assert len(said.splitlines()) == 1 and not ENGLISH.search(said.replace(str(world.folder), "")), said
        assert world.published() == old and world.is_clean()


@pytest.mark.parametrize("is_there", [False, True], ids=["new folder", "empty folder"])
def test_a_new_collection_is_made_whole_or_not_at_all(is_there, world, tmp_path):
    """Where `casepress new` is interrupted or cannot write on, nothing of it is left, and the next try is not refused."""
    folder = tmp_path / "neu"
    if is_there:
        folder.mkdir()

    for order in ({"bytes": 500}, *({"moment": moment, "signal": signal.SIGINT} for moment in MOMENTS_OF_NEW)):
        code, said = world.mother.run("-C", tmp_path, "new", "neu", **order)
        assert code == (130 if "signal" in order else 1) and len(said.split("\n")) <= 3, said
        assert folder.exists() == is_there and not list(folder.glob("*"))

    assert world.mother.run("-C", tmp_path, "new", "neu")[0] == 0
    assert (folder / "cases" / "example.md").is_file()
