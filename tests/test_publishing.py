"""Publishing: a build replaces the last one whole or not at all, whatever ends it, and only one works at a time."""

import os
import signal
import subprocess
import sys

import pytest

from casepress import publishing
from conftest import BRIEF, CASEPRESS, case_text, manifest, run, write_files
from pressed import learn_figures

FILES = {"a.md": case_text("甲"), "b.md": case_text("乙", theme="作业管理"), "c.md": case_text("丙", batch="第二批")}


def leftovers(build) -> list[str]:
    """What a build should not leave beside its results."""
    return [
        path.name
        for path in build.iterdir()
        if path.name
        not in {"site", "books", "stage", ".lock", ".stage.json", ".stage.search.spare", ".cache", "compliance.json", "release.json"}
    ]


def test_new_folders_replace_the_old_ones_together(tmp_path):
    """What the block wrote stands in the targets when it ends, nothing of the old content is left, and no draft."""
    one, two = tmp_path / "build" / "one", tmp_path / "build" / "two"
    write_files(tmp_path, {"build/one/old.txt": "old"})

    with publishing.fresh(one, two) as (new_one, new_two):
        (new_one / "a.txt").write_text("new", "utf-8")
        (new_two / "b.txt").write_text("new", "utf-8")
        assert (one / "old.txt").read_text("utf-8") == "old" and not two.exists()

    assert list(manifest(one, two)) == ["one/a.txt", "two/b.txt"]
    assert sorted(path.name for path in one.parent.iterdir()) == ["one", "two"]


def test_a_failure_leaves_the_old_ones(tmp_path):
    """Where the block raises, every target is as it was, and no draft is left."""
    one, two = tmp_path / "one", tmp_path / "two"
    write_files(tmp_path, {"one/old.txt": "old"})

    with pytest.raises(ZeroDivisionError), publishing.fresh(one, two) as (new_one, _):
        (new_one / "a.txt").write_text("new", "utf-8")
        1 / 0  # noqa: B018

    assert list(manifest(tmp_path)) == [f"{tmp_path.name}/one/old.txt"]
    assert not two.exists() and [path.name for path in tmp_path.iterdir()] == ["one"]


def test_what_a_killed_build_left_is_put_right(tmp_path):
    """A folder that a killed build had already taken away is put back, and its drafts are removed, whatever they are."""
    target = tmp_path / "site"
    write_files(tmp_path, {".site.old/page.html": "last good", ".site.new/half.html": "half"})

    with pytest.raises(ZeroDivisionError), publishing.fresh(target):
        assert (target / "page.html").read_text("utf-8") == "last good"
        1 / 0  # noqa: B018

    assert (target / "page.html").read_text("utf-8") == "last good"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_stands_in_the_place_of_a_folder_is_replaced_again_and_again(kind, tmp_path):
    """Where a file or a link stands in the target's place, the folder replaces it, and so does the next one."""
    target, other = tmp_path / "site", tmp_path / "other"
    write_files(tmp_path, {"other/mine.txt": "mine"})
    if kind == "file":
        target.write_text("a file", "utf-8")
    else:
        target.symlink_to(other)

    for text in ("first", "second"):
        with publishing.fresh(target) as (new,):
            (new / "page.html").write_text(text, "utf-8")
        assert (target / "page.html").read_text("utf-8") == text
    assert list(manifest(other)) == ["other/mine.txt"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    """A file is replaced in one step: where writing fails, the old one is there and no draft beside it is taken for it."""
    path = tmp_path / "books" / "a.pdf"
    publishing.write(path, b"old")
    publishing.write(path, b"new")
    assert (path.read_bytes(), [file.name for file in path.parent.iterdir()]) == (b"new", ["a.pdf"])

    (path.parent / "b.pdf").mkdir()
    with pytest.raises(OSError):
        publishing.write(path.parent / "b.pdf", b"new")
    assert (path.parent / "b.pdf").is_dir()


class Refusing:
    """The file system's renaming, which refuses to put anything to some places, once or for good, as Windows does while another
    program looks into a folder."""

    def __init__(self, *places, for_good: bool = False) -> None:
        self.places, self.for_good = [*places], for_good

    def __call__(self, here, there) -> None:
        if there in self.places:
            if not self.for_good:
                self.places.remove(there)
            raise PermissionError(13, "busy", str(there))
        os.rename(here, there)


def no_exchange(one, other) -> bool:
    """A file system that cannot exchange two folders in one step."""
    return False


def swapped(targets, exchange, rename) -> None:
    with publishing.fresh(*targets, exchange=exchange, rename=rename) as new:
        for folder in new:
            (folder / "page.html").write_text("new", "utf-8")


@pytest.mark.parametrize("exchange", [no_exchange, None], ids=["two steps", "one step"])
@pytest.mark.parametrize("refused", [0, 1])
def test_a_swap_that_fails_is_taken_back(exchange, refused, tmp_path):
    """Where one of two folders cannot be put into its place, both are as they were, in one step or in two; nothing is left."""
    targets = [tmp_path / "site", tmp_path / "books"]
    write_files(tmp_path, {"site/page.html": "old", "books/page.html": "old"})
    if exchange is None:
        exchange = lambda one, other: other != targets[refused] and publishing._exchange(one, other)  # noqa: E731

    with pytest.raises(PermissionError):
        swapped(targets, exchange, Refusing(targets[refused]))

    assert [(target / "page.html").read_text("utf-8") for target in targets] == ["old", "old"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["books", "site"]
    swapped(targets, exchange, os.rename)
    assert [(target / "page.html").read_text("utf-8") for target in targets] == ["new", "new"]


def test_a_first_build_that_cannot_be_put_in_place_leaves_nothing(tmp_path):
    """Where there was no site before and the second folder fails, the first one goes again."""
    targets = [tmp_path / "site", tmp_path / "books"]

    with pytest.raises(PermissionError):
        swapped(targets, no_exchange, Refusing(targets[1]))

    assert not list(tmp_path.iterdir())


def test_what_cannot_be_put_back_is_kept_and_said(tmp_path):
    """Where the old folder cannot be put back either, the message says where it is, and the next build puts it back."""
    target = tmp_path / "site"
    write_files(tmp_path, {"site/page.html": "old"})

    with pytest.raises(publishing.NotPutBack, match=r"它现在叫 .*\.site\.old"):
        swapped([target], no_exchange, Refusing(target, for_good=True))

    assert (tmp_path / ".site.old" / "page.html").read_text("utf-8") == "old" and not target.exists()
    with pytest.raises(ZeroDivisionError), publishing.fresh(target):
        assert (target / "page.html").read_text("utf-8") == "old"
        1 / 0  # noqa: B018
    assert (target / "page.html").read_text("utf-8") == "old"


def test_a_link_to_nowhere_is_replaced(tmp_path):
    """A link that leads nowhere stands where the site shall be: it is replaced."""
    (tmp_path / "site").symlink_to(tmp_path / "nowhere")

    swapped([tmp_path / "site"], no_exchange, os.rename)

    assert [path.name for path in tmp_path.iterdir()] == ["site"] and not (tmp_path / "site").is_symlink()


def test_a_killed_process_holds_no_lock(tmp_path):
    """The lock of a process that is killed while it holds it is free at once, and its file is in nobody's way."""
    holding = (
        "import os, sys, pathlib; from casepress import publishing\nwith publishing.alone(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    for _ in range(2):
        assert subprocess.run([sys.executable, "-c", holding, tmp_path], check=False).returncode == -signal.SIGKILL
        with publishing.alone(tmp_path), pytest.raises(publishing.Busy), publishing.alone(tmp_path):
            pass


@pytest.mark.parametrize(
    "stands, words",
    [
        ("file", "是一个文件"),
        ("nowhere", "是一个链接，它指向的文件夹不在"),
        ("itself", "是一个链接，它指向的文件夹不在"),
        ("lock", "不能是链接"),
    ],
)
def test_what_stands_in_the_place_of_the_build_folder_is_said(stands, words, make):
    """Where a file, a link to nowhere or to itself stands in place of `build`, or a link in place of its lock, a command says so."""
    folder = make(FILES, site=True)
    build = folder / "build"
    if stands == "file":
        build.write_text("a file", "utf-8")
    elif stands == "lock":
        build.mkdir()
        (build / ".lock").symlink_to(folder / "nowhere")
    else:
        build.symlink_to(build if stands == "itself" else folder / "nowhere")
    for command in ("build", "stage"):
        ran = run("-C", folder, command)
        assert ran.code == 1 and words in ran.err and len(ran.err.splitlines()) == 1, ran.words
    assert not (folder / "nowhere").exists()


def test_a_build_may_be_a_link(make, tmp_path):
    """Where `build` leads to a folder elsewhere, the site is made there, again and again, and the link stays."""
    folder = make(FILES, site=True)
    (tmp_path / "elsewhere").mkdir()
    (folder / "build").symlink_to(tmp_path / "elsewhere")
    for _ in range(2):
        assert run("-C", folder, "site").code == 0
    assert (folder / "build").is_symlink() and (tmp_path / "elsewhere" / "site" / "index.html").is_file()
    assert leftovers(tmp_path / "elsewhere") == []


def test_a_second_build_waits_for_nobody(make):
    """While one build works, a second says so in Chinese, exits with 1 and touches nothing; afterwards it works."""
    folder = make(FILES, site=True)

    with publishing.alone(folder / "build"):
        before = manifest(folder)
        for command in ("build", "site", "book"):
            ran = run("-C", folder, command)
            assert ran.code == 1 and "另一个 casepress 正在" in ran.err, ran.words
        assert manifest(folder) == before
    assert run("-C", folder, "site").code == 0


def test_two_builds_at_once_leave_one_whole_site(make):
    """Of two builds started together one is made, and the other says that it is not alone."""
    folder = make(FILES, BRIEF, site=True)
    learn_figures(folder / "build" / ".cache")  # neither has to draw faces
    command = [CASEPRESS, "-C", folder, "build"]

    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    said = [each.communicate(timeout=120)[1].decode() for each in both]

    assert sorted(each.returncode for each in both) in ([0, 1], [0, 0]), said
    for each, words in zip(both, said, strict=True):
        assert each.returncode == 0 or "另一个 casepress 正在" in words
    whole = manifest(folder / "build" / "site", folder / "build" / "books")
    assert run("-C", folder, "build").code == 0
    assert manifest(folder / "build" / "site", folder / "build" / "books") == whole


def test_a_failed_build_leaves_the_last_good_one(make):
    """A build that an error stops, in a case or in the theme, leaves site and books as they were, and says so."""
    folder = make(FILES, BRIEF, site=True)
    assert run("-C", folder, "build").code == 0
    build = folder / "build"
    good = manifest(build / "site", build / "books")

    for broken in ({"cases/b.md": "坏\n"}, {"theme/pages/case.html": "{% if %}"}, {"mkdocs.yml": "site_name: [\n"}):
        kept = {name: (folder / name).read_bytes() if (folder / name).exists() else None for name in broken}
        write_files(folder, broken)
        for command in ("build", "site"):
            ran = run("-C", folder, command)
            assert ran.code == 1 and "上一次的结果还在" in ran.err, ran.words
            assert manifest(build / "site", build / "books") == good and leftovers(build) == []
        for name, data in kept.items():
            (folder / name).unlink() if data is None else (folder / name).write_bytes(data)

    assert run("-C", folder, "build").code == 0
    assert manifest(build / "site", build / "books") == good


def test_builds_are_repeatable(make):
    """The same collection built twice, in two places, gives the same files byte for byte."""
    one, two = make(FILES, site=True, name="one"), make(FILES, site=True, name="two")

    assert run("-C", one, "build").code == run("-C", two, "build").code == 0
    assert manifest(one / "build" / "site", one / "build" / "books") == manifest(two / "build" / "site", two / "build" / "books")


KILLED_BETWEEN = """
import os, sys
from pathlib import Path
from casepress import publishing

build = Path(sys.argv[1])
with publishing.alone(build), publishing.fresh(build / "site", build / "books") as (site, books):
    for nth, folder in enumerate((site, books)):
        (folder / "page.html").write_text("new", "utf-8")
        if nth == int(sys.argv[2]):
            os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("moment", [0, 1])
def test_a_kill_while_writing_leaves_the_old_ones_and_no_lock(moment, tmp_path):
    """Killed while it writes its drafts, a build leaves the old folders, and neither its lock nor its drafts stop the next."""
    build = tmp_path / "build"
    write_files(build, {"site/page.html": "old", "books/page.html": "old"})

    killed = subprocess.run([sys.executable, "-c", KILLED_BETWEEN, build, str(moment)], check=False)

    assert killed.returncode == -signal.SIGKILL
    assert {path.read_text("utf-8") for path in build.glob("*/page.html") if not path.parent.name.startswith(".")} == {"old"}
    with publishing.alone(build), publishing.fresh(build / "site", build / "books") as new:
        for folder in new:
            assert not list(folder.iterdir())
            (folder / "page.html").write_text("newer", "utf-8")
    assert {path.read_text("utf-8") for path in build.rglob("page.html")} == {"newer"} and leftovers(build) == []
