"""Bad files: each is told once, in its kind, with file and cure, within ten seconds and 500 MB; what is sound beside them comes in."""

import os
import pickle
import tempfile
from pathlib import Path

import pytest

import badfiles
from badfiles import BAD, KINDS
from casepress import importing
from casepress.collection import project
from conftest import write_files
from wordcase import COLLECTION, EXPECTED
from wordforms import FORMS

SHEETS = {key for key, bad in BAD.items() if bad.name.endswith(".xlsx") and bad.comes_in}


def apart(function, *words):
    """What a function gives in a copy of this process, and what it and its children took: seconds of all, bytes of the largest beyond
    what this process has from other tests."""
    if not hasattr(os, "fork"):
        return function(*words), (0.0, 0)
    with tempfile.NamedTemporaryFile() as file:
        before = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if Path("/proc").is_dir() else 0
        number = os.fork()
        if not number:
            try:
                Path(file.name).write_bytes(pickle.dumps(function(*words)))
            finally:
                os._exit(0)
        usage = os.wait4(number, 0)[2]
        return pickle.loads(Path(file.name).read_bytes()), (usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 - before)


def arrived(folder: Path, files: Path):
    """What an import of a folder would make, as plain values."""
    made = importing.arrive(project.find(folder), [files])
    twins = ("twice", "same-title", "alike")  # many of them hold the sound form
    problems = [(p.path.rpartition("/")[2], p.kind, p.what, p.cure) for p in made.problems if p.kind not in twins]
    cases = [(a.submission.source.rpartition("/")[2], a.file.text) for a in made.arrivals]
    return problems, cases


@pytest.fixture(scope="module")
def received(tmp_path_factory):
    """All bad files, one of 200 MB and a sound form, imported at once; sheets whose rows come in, apart from the documents that they name."""
    folder = tmp_path_factory.mktemp("bad")
    write_files(folder, {"cases/collection.yml": COLLECTION, "in/sound/好表.docx": badfiles.form()})
    for key in BAD:
        where = folder / ("rows" if key in SHEETS else "in")
        where.mkdir(exist_ok=True)
        badfiles.write(key, where)
    badfiles.huge(folder / "in")
    (problems, cases), used = apart(arrived, folder, folder / "in")
    (more, rows), _ = apart(arrived, folder, folder / "rows")
    return problems + more, cases + rows, used


@pytest.mark.parametrize("key", BAD)
def test_each_bad_file_is_told_once_in_its_kind(received, key):
    """One problem of the kinds that there are, with a cure, and the case or rows of the file where they can be had."""
    bad = BAD[key]
    told = [(kind, what, cure) for name, kind, what, cure in received[0] if name == bad.name and kind in KINDS or name == bad.name and not kind]
    assert [kind for kind, _, _ in told] == ([] if bad.kind == "none" else [bad.kind]), told
    assert all(what and cure and not what.endswith("。") for _, what, cure in told)
    if bad.name.endswith((".docx", ".xlsx")):
        assert any(name == bad.name for name, _ in received[1]) == bad.comes_in


def test_a_sound_form_beside_them_comes_in(received):
    """The form in a folder beside all the bad ones is a case, and so is every one whose fault is beside the point."""
    name, text = next(case for case in received[1] if case[0] == "好表.docx")
    assert EXPECTED["案例名称"] in text and EXPECTED["邮箱"] not in text
    assert not [problem for problem in received[0] if problem[0] == name and problem[1] in KINDS]


def test_no_file_takes_long_or_much(received):
    """All together take less than ten seconds of the processor; no process 400 MB besides the 100 of the program, or one that was copied
    from it; one of 200 MB is refused unread."""
    assert [(kind, "200 MB" in what) for name, kind, what, _ in received[0] if name == "大文件.docx"] == [("too-big", True)]
    seconds, memory = received[2]
    assert seconds < 10
    assert memory < 400 * 10**6


def test_nothing_was_written_elsewhere(received):
    """Names that lead out of a package made no file."""
    assert not Path("/tmp/casepress-evil.xml").exists()


@pytest.mark.parametrize("name", ["001-w14", "manuscript-full"])
def test_a_form_under_an_old_name_is_read_as_what_it_is(make, name):
    """A .docx that is called .doc needs no LibreOffice."""
    folder = make({}, COLLECTION)
    write_files(folder, {"in/申报表.doc": FORMS[name]()})
    made = importing.arrive(project.find(folder), [folder / "in"])
    assert len(made.arrivals) == 1 and not [p for p in made.problems if p.kind in KINDS]


@pytest.mark.skipif(os.name != "posix", reason="未检查：Windows 上要有权限才能做链接")
def test_links_lead_nowhere_and_what_is_gone_is_told(make):
    """A link in a folder of submissions is not followed; a file that has just gone is told in Chinese, without a path of this computer."""
    folder = make({}, COLLECTION)
    write_files(folder, {"secret.txt": "SECRET", "in/a/b.docx": badfiles.form()})
    (folder / "in" / "材料.txt").symlink_to(folder / "secret.txt")
    (folder / "in" / "more").symlink_to(folder)
    (folder / "in" / "去向.docx").symlink_to("nowhere")
    os.mkfifo(folder / "in" / "管道.docx")
    place = project.find(folder)
    made = importing.arrive(place, [folder / "in"])
    assert [(p.path, p.kind) for p in made.problems] == [(f"in/{name}", "link") for name in ("去向.docx", "材料.txt", "管道.docx")] and len(
        made.arrivals
    ) == 1
    gone = importing.arrive(place, [folder / "走了.docx"]).problems
    assert [(p.kind, p.what) for p in gone] == [("not-opened", "文件打不开（没有这个文件）")]
