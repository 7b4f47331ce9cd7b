"""Temporary folders of killed processes are taken away by the next build, those of living ones stay."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from casepress import publishing
from casepress.facts import passing

pytestmark = pytest.mark.skipif(passing.fcntl is None, reason="Windows has no such locks: there age tells")
KILLED = "import os, tempfile\nfrom casepress.facts.passing import Folder\nfolder = Folder()\nopen(folder.name + '/x', 'w').close()\nprint(folder.name, flush=True)\n"


def program(code: str) -> Path:
    """The folder that a program left behind."""
    done = subprocess.run([sys.executable, "-c", KILLED + code], capture_output=True, text=True, check=False)
    return Path(done.stdout.strip())


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_what_a_killed_process_left_goes_with_the_next_build(tmp_path):
    """Its folder goes, and what is in it; one of a process that lives stays, an old one that nobody holds goes, a stranger's stays."""
    left = program("os.kill(os.getpid(), 9)")
    assert (left / "x").is_file() and left.parent == tmp_path
    old, new, other = tmp_path / "casepress-old", passing.made(), tmp_path / "other"
    old.mkdir()
    other.mkdir()
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))

    with passing.Folder() as mine, publishing.alone(tmp_path / "build"):
        assert not left.exists() and not old.exists()
        assert Path(mine).is_dir() and other.is_dir() and new.is_dir(), "living ones stay, and what was made just now"
    assert not Path(mine).exists()


def test_a_copy_of_a_process_holds_its_folder(tmp_path):
    """The workers of a killed program are still at work for a moment: their folder is not taken from under them."""
    ended = os.pipe()
    code = f"if os.fork(): os.kill(os.getpid(), 9)\nos.read({ended[0]}, 1)\n"
    process = subprocess.Popen([sys.executable, "-c", KILLED + code], stdout=subprocess.PIPE, text=True, pass_fds=(ended[0],))
    folder = Path(process.stdout.readline().strip())
    process.wait()

    assert passing.clear() == 0 and folder.is_dir()
    os.write(ended[1], b"x")
    process.stdout.read()  # until the copy has ended
    for _ in range(100):
        passing.clear()
        if not folder.exists():
            break
        time.sleep(0.02)  # the system frees its locks a moment after its pipes
    assert not folder.exists()
    for end in ended:
        os.close(end)
