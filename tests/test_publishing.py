"""Publishing: a build replaces the last one whole or not at all, whatever ends it, and only one works at a time."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from casepress import publishing
from casepress.collection.project import Project
from conftest import BRIEF, case_text, manifest, run, write_files

FILES = {"a.md": case_text("甲"), "b.md": case_text("乙", theme="作业管理"), "c.md": case_text("丙", batch="第二批")}


def leftovers(build) -> list[str]:
    """What a build should not leave beside its results."""
    places = {"site", "books", "release.json", "current", "stage", ".lock", ".stage.json", ".stage.search.spare", ".cache", "compliance.json"}
    return [path.name for path in build.iterdir() if path.name not in places]


OLD = {"build/site/page.html": "old", "build/books/page.html": "old", "build/release.json": "old"}


def released(place: Project, *parts: str, text: str = "new", **how) -> None:
    """Publish one page in each of these parts."""
    publishing.put_right(place, **how)
    with publishing.fresh(place, parts, **how) as new:
        for part in parts:
            (new / part / "page.html").write_text(text, "utf-8")
        (new / "release.json").write_text(text, "utf-8")


def found(place: Project) -> dict[str, str]:
    """What stands in `build`, through whatever links, by its path in it."""
    return {
        str(path.relative_to(place.build)): path.read_text("utf-8")
        for name in ("site", "books", "release.json")
        for path in ((place.build / name), (place.build / name / "page.html"))
        if path.is_file()
    }


def told(place: Project) -> list[str]:
    """What stands in `build` under which names."""
    return sorted(path.name for path in place.build.iterdir())


def by(text: str, *names: str) -> dict[str, str]:
    return {f"{name}/page.html" if name in ("site", "books") else name: text for name in names}


ALL, NAMES = ("site", "books", "release.json"), ["books", "current", "release.json", "site"]


@pytest.fixture
def place(tmp_path) -> Project:
    (tmp_path / "build").mkdir()
    return Project(tmp_path)


@pytest.mark.parametrize("before", [{}, OLD, {"build/site/page.html": "old"}], ids=["nothing", "an old build", "a site of MkDocs"])
def test_a_release_replaces_the_last_one_together(before, place):
    """Until the block ends the last release is there, then the next one, both parts in one step, by links that stay; a part that is not
    made is the last one's."""
    was, seen = by("old", *(Path(name).parts[1] for name in before)), []
    write_files(place.root, before)

    def rename(here, there) -> None:
        os.rename(here, there)
        seen.append(found(place))

    def exchange(one, other) -> bool:
        seen.append(found(place))
        return publishing._exchange(one, other) and not seen.append(found(place))

    publishing.put_right(place, exchange, rename)
    assert found(place) == was and all(each == was for each in seen)
    seen.clear()
    with publishing.fresh(place, ("site", "books"), exchange, rename) as new:
        for part in ("site", "books"):
            assert not list((new / part).iterdir())
            (new / part / "page.html").write_text("new", "utf-8")
        (new / "release.json").write_text("new", "utf-8")
        assert found(place) == was
    assert found(place) == by("new", *ALL) and told(place) == NAMES
    assert seen[-1] == found(place) and all(each == was for each in seen[:-1])
    links = {name: (place.build / name).lstat().st_ino for name in ALL}
    released(place, "site", text="newer")
    assert found(place) == by("newer", "site", "release.json") | by("new", "books") and told(place) == NAMES
    assert {name: (place.build / name).lstat().st_ino for name in ALL} == links
    assert {name: os.readlink(place.build / name) for name in ALL} == {name: f"current/{name}" for name in ALL}


@pytest.mark.parametrize("before", [{}, OLD], ids=["nothing", "an old build"])
def test_a_failure_leaves_the_last_release(before, place):
    """Where the block raises, all is as it was, and no draft is left."""
    write_files(place.root, before)
    publishing.put_right(place)
    with pytest.raises(ZeroDivisionError), publishing.fresh(place, ("site", "books")) as new:
        (new / "site" / "a.txt").write_text("new", "utf-8")
        1 / 0  # noqa: B018
    assert found(place) == (by("old", *ALL) if before else {}) and told(place) == (NAMES if before else [])


@pytest.mark.parametrize(
    "was",
    [
        {".site.old/page.html": "old"},
        {".current.old/site/page.html": "old"},
        {".site.old/half.html": "", "current/site/page.html": "old"},
        {".current.old/site/half.html": "", "current/site/page.html": "old"},
        {".site.old/half.html": "", "site/page.html": "old"},
    ],
)
def test_what_a_killed_build_left_is_put_right(was, place):
    """What a killed build had already taken away is put back, of this casepress or of an older one, but not what it was removing; drafts
    are removed, whatever they are; a link that leads nowhere goes."""
    write_files(place.build, {**was, ".site.new/half.html": "half", ".current.new": "half"})
    (place.build / "books").symlink_to("current/books")
    publishing.put_right(place)
    assert found(place) == by("old", "site") and told(place) == ["current", "site"]


@pytest.mark.parametrize("kind", ["file", "folder", "link", "nowhere", "before", "itself"])
def test_what_stands_in_a_links_place_is_replaced(kind, place):
    """Whatever stands where a link shall be is replaced, again and again; what another link led to is not touched."""
    target, other = place.site, place.root / "other"
    write_files(place.root, {"other/page.html": "mine", "build/release.json/in the way": ""})
    for text in ("first", "second", "third"):
        if text != "second":
            target.unlink(missing_ok=True)
            if kind == "file":
                target.write_text("a file", "utf-8")
            elif kind == "folder":
                target.mkdir()
            else:
                target.symlink_to({"link": other, "nowhere": "nowhere", "before": "before", "itself": "site"}[kind])
        released(place, "site", text=text)
        assert found(place) == by(text, "site", "release.json") and told(place) == ["current", "release.json", "site"]
    assert (other / "page.html").read_text("utf-8") == "mine"
    target.unlink()
    write_files(target, {"page.html": "put there"})
    publishing.put_right(place)
    assert found(place) == by("put there", "site") | by("third", "release.json"), "it is what readers see by now"


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


def test_two_folders_change_places_where_the_system_can(tmp_path, monkeypatch):
    """In one step on Linux, by whatever paths; elsewhere, and where one is missing, nothing happens and that is said."""
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path, {"one/a": "", "two/b": ""})
    for one, other, is_done in (("one", "two", True), (tmp_path / "one", "two", True), ("two", "one", True), ("one", "three", False)):
        assert publishing._exchange(Path(one), Path(other)) is is_done
    for unable in (lambda *_, **__: object(), lambda *_, **__: os.stat(tmp_path / "none")):
        with monkeypatch.context() as patch:
            patch.setattr(publishing.ctypes, "CDLL", unable)
            assert publishing._exchange(Path("one"), Path("two")) is False
    monkeypatch.setattr(publishing.sys, "platform", "win32")
    assert publishing._exchange(Path("one"), Path("two")) is False
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("?")) == ["one/b", "two/a"]


@pytest.mark.parametrize("why", ["EACCES", "EDQUOT", "EIO", "ENOSPC", "EROFS", "EPERM", "ENOSYS"])
def test_where_no_link_can_be_made(why, place, monkeypatch):
    """What may be mended stops a build and leaves all as it was; where the system makes no links, what stands in their place goes."""

    def refused(self, *_, **__):
        raise OSError(getattr(errno, why), "no link", str(self))

    write_files(place.root, OLD)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "symlink_to", refused)
        if why in ("EPERM", "ENOSYS"):
            released(place, "site")
            assert told(place) == ["current"] and (place.current / "site" / "page.html").read_text("utf-8") == "new"
            released(place, "books", text="newer")
        else:
            with pytest.raises(OSError, match="no link"):
                released(place, "site")
            assert found(place) == by("old", *ALL) and told(place) == NAMES
    publishing.put_right(place)
    now = by("new", "site") | by("newer", "books", "release.json") if why in ("EPERM", "ENOSYS") else by("old", *ALL)
    assert found(place) == now and told(place) == NAMES


def test_a_build_folder_is_made_where_there_is_none(tmp_path):
    """With the folders above it, and held as any other; who waits a moment gets it when it is free, who does not is told at once."""
    build = tmp_path / "new" / "newer" / "build"
    for _ in range(2):
        with publishing.alone(build), pytest.raises(publishing.Busy, match=f"正在 {build} 里工作"), publishing.alone(build, 0.01):
            pass


@pytest.mark.parametrize("before", [{}, OLD], ids=["nothing", "an old build"])
def test_a_switch_that_fails_is_taken_back(before, place):
    """Where the release cannot be put into its place, the last one is there as it was, or nothing; the next try goes well."""
    write_files(place.root, before)
    publishing.put_right(place)
    was = found(place)
    with pytest.raises(PermissionError):
        released(place, "site", "books", exchange=no_exchange, rename=Refusing(place.current))
    assert found(place) == was and told(place) == (NAMES if before else [])
    released(place, "site", "books", exchange=no_exchange)
    assert found(place) == by("new", *ALL) and told(place) == NAMES


@pytest.mark.parametrize("refused", ["current", "books"])
def test_an_old_build_that_cannot_be_taken_over_stays(refused, place):
    """Where a folder of an older casepress cannot be put away, all of it is still there, and the next try takes it over."""
    write_files(place.root, OLD)
    with pytest.raises(PermissionError):
        publishing.put_right(place, exchange=no_exchange, rename=Refusing(place.build / refused))
    assert found(place) == by("old", *ALL)
    publishing.put_right(place, exchange=no_exchange)
    assert found(place) == by("old", *ALL) and told(place) == NAMES


def test_what_cannot_be_put_back_is_kept_and_said(place):
    """Where the last release cannot be put back either, the message says where it is, and the next build puts it back."""
    write_files(place.root, OLD)
    publishing.put_right(place)

    with pytest.raises(publishing.NotPutBack, match=r"放不回去（busy），它现在叫 .*\.current\.old"):
        released(place, "site", exchange=no_exchange, rename=Refusing(place.current, for_good=True))

    assert (place.build / ".current.old" / "site" / "page.html").read_text("utf-8") == "old" and not found(place)
    publishing.put_right(place)
    assert found(place) == by("old", *ALL) and told(place) == NAMES


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
