"""Killed: whatever ends a command at whatever moment, site and books are whole, and the next build needs no cleaning.

The moments have names (`dying.MOMENTS`); at each a real command is ended where it stands.
"""

import json
import re
import shutil
import signal
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from casepress import scaffold
from conftest import BRIEF, SHORT_GUIDE, case_text, manifest, write_files
from dying import IN_TWO_STEPS, MOMENTS, MOMENTS_OF_NEW, Mother

# Every build is made of the first or of the second version of the cases.
VERSIONS = (
    {"a.md": case_text("甲"), "b.md": case_text("乙")},
    {"a.md": case_text("甲（改）", theme="作业管理"), "c.md": case_text("丙")},
)
# What is new already where a kill comes late; who only interrupts comes too late.
STANDS = {"before the first swap": (), "between the swaps": ("books",)} | {name: ("site", "books") for name in MOMENTS if "cleaning" in name}
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
        old = self.published()["site"]
        self.write(1 - old)
        return old

    def run(self, *words: object, **order: object) -> tuple[int, str]:
        return self.mother.run("-C", self.folder, *words, **order)

    def published(self, *, without: str = "") -> dict[str, int]:
        """Of which version site and books are, each whole."""
        found = {}
        for name in {"site", "books"} - {without}:
            now = manifest(self.build / name)
            found[name] = next((nth for nth, whole in enumerate(self.whole) if now == _part(whole, name)), None)
            assert found[name] is not None, f"the {name} are of no version: {sorted(now)}"
        return found

    def is_clean(self) -> bool:
        return {path.name for path in self.build.iterdir()} <= {
            "site",
            "books",
            "stage",
            ".lock",
            ".stage.json",
            ".stage.search.spare",
            ".cache",
            "compliance.json",
            "release.json",
        }

    def is_whole(self, version: int) -> bool:
        """Whether all, the staged pages as well, is of a version, and nothing lies about."""
        is_staged = manifest(self.build / "stage") == _part(self.whole[version], "stage")
        return is_staged and self.published() == {"site": version, "books": version} and self.is_clean()


def _part(whole: dict[str, str], name: str) -> dict[str, str]:
    return {path: said for path, said in whole.items() if path.startswith(f"{name}/")}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, mother: Mother) -> World:
    """A small collection of two versions, each built once to know what is whole."""
    folder = scaffold.new_collection(tmp_path_factory.mktemp("killed") / "collection")
    write_files(folder, {"cases/collection.yml": BRIEF, "content/guide.md": SHORT_GUIDE})
    made = World(folder, mother, ())
    whole = []
    for version in (0, 1):
        made.write(version)
        assert made.run("build")[0] == 0
        whole.append(manifest(made.build / "site", made.build / "books", made.build / "stage"))
    return World(folder, mother, tuple(whole))


def test_a_reader_sees_whole_things_at_every_step(world, tmp_path):
    """Whoever looks while a build works sees the whole old site and the whole old books at each of its steps, then the new
    ones; each staged page is of the old or of the new version."""
    old = world.turn()

    assert world.run("build", look=str(tmp_path / "seen"))[0] == 0

    found = json.loads((tmp_path / "seen").read_text("utf-8"))
    for name in ("site", "books"):
        assert found[name] == [_part(world.whole[nth], name) for nth in (old, 1 - old)], f"{len(found[name])} sights of the {name}"
    pages = {each for whole in world.whole for each in whole.items()}
    assert len(found["stage"]) > 3 and all(sight.items() <= pages for sight in found["stage"])


def command(moment: str) -> str:
    """The shortest command that comes to a moment."""
    return "site" if "stag" in moment or "MkDocs" in moment or " site" in moment else "book" if " books " in f"{moment} " else "build"


def test_a_killed_build_leaves_a_whole_one(world):
    """Killed at any moment, a build leaves the last site and the last books whole, or the new ones, and never a mixture of both
    in one folder; the next build works on what is left, and the last leaves nothing lying about."""
    for moment in MOMENTS:
        old = world.turn()
        code, said = world.run(command(moment), moment=moment, signal=signal.SIGKILL)
        assert code == -signal.SIGKILL, f"nothing was done where {moment}: {said}"
        new = {name: 1 - old for name in STANDS.get(moment, ())}
        assert world.published() == {"site": old, "books": old} | new, moment

    old = world.turn()
    assert world.run("build")[0] == 0
    assert world.is_whole(1 - old)


def test_a_kill_between_two_steps_is_put_right(world):
    """Where a system cannot swap two folders at once, a kill may take one away; the next command puts it back, even one
    that makes the other: the site offers the books again."""
    for moment in IN_TWO_STEPS:
        gone = moment.rpartition(" no ")[2] if " no " in moment else ""
        old = world.turn()
        code, said = world.run(command(moment), moment=moment, signal=signal.SIGKILL, two_steps=True)
        assert code == -signal.SIGKILL, f"nothing was done where {moment}: {said}"
        world.published(without=gone)
        if gone:
            assert not (world.build / gone).exists()
            world.write(old)
            assert world.run("stage")[0] == 0
            assert world.is_whole(old)

    old = world.turn()
    assert world.run("build", two_steps=True)[0] == 0
    assert world.is_whole(1 - old)


def test_an_interrupted_build_cleans_up(world):
    """Ctrl+C ends a build with a Chinese sentence, without a traceback, a draft or a changed result; where the folders are
    already being put into place, the build is made, and says so."""
    for moment in list(MOMENTS)[::2]:
        old = world.turn()
        code, said = world.run(command(moment), moment=moment, signal=signal.SIGINT)
        if moment in STANDS:
            assert (code, world.published()) == (0, {"site": 1 - old, "books": 1 - old}) and "完成" in said, f"{moment}: {said}"
        else:
            assert code == 130 and said.split() == ["已中断，上一次的结果还在。"], f"{moment}: {said}"
            assert world.published() == {"site": old, "books": old}, moment
        assert world.is_clean(), moment


SIZES = (500, 12_000)  # what a file may have in bytes; some pages are longer than either, and so is the book


def test_a_kill_in_the_middle_of_a_file_harms_nobody(world):
    """Killed while half of a file's bytes are written, a command leaves no half file that anybody takes for a whole one."""
    for words, size in product(("build", "site", "book", "stage"), SIZES):
        old = world.turn()
        if words == "stage":
            shutil.rmtree(world.build / "stage")
        code, said = world.run(words, bytes=size, signal=signal.SIGXFSZ)
        assert code == -signal.SIGXFSZ, f"{words}, {size}: {said}"
        assert world.published() == {"site": old, "books": old}
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
        assert world.published() == {"site": old, "books": old} and world.is_clean()


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
