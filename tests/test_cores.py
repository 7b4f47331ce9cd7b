"""Cores: work that is shared out comes back whole and in order, and no process outlives the one that began it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from casepress.facts import cores

WORK = """
import os, signal, sys, time
from pathlib import Path
from casepress.facts import cores

def work(part):
    here = Path(sys.argv[2])
    (here / str(os.getpid())).touch()
    while part == 0 and len(list(here.iterdir())) < 2:  # the first waits for the other
        time.sleep(0.01)
    if sys.argv[1] == "dies" and part == 3 and os.getpid() != int(os.environ["PARENT"]):
        os.kill(os.getpid(), signal.SIGKILL)
    if sys.argv[1] == "long":
        time.sleep(1)
    if sys.argv[1] == "fails" and part == 3:
        raise ValueError("three")
    return part * part

if __name__ == "__main__":
    os.environ["PARENT"] = str(os.getpid())
    try:
        if sys.argv[3] == "spread":
            print(list(cores.spread(work, range(12), 2)))
        else:  # each copy has every second part, as where there are two cores
            cores.usable = lambda: 2
            print(cores.divided(lambda parts: [work(part) for part in parts], [2, 0, 4, 3], many=2))
    except (ValueError, KeyboardInterrupt) as reason:
        print(type(reason).__name__)
"""


def begun(folder: Path, how: str, way: str = "spread") -> subprocess.Popen:
    command = [sys.executable, "-c", WORK, how, str(folder), way]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def wait(is_so) -> bool:
    end = time.monotonic() + 30
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def ended(folder: Path) -> bool:
    """Whether every process that worked is gone."""

    def runs(number: str) -> bool:
        try:
            return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
        except OSError:
            return False

    return not any(runs(path.name) for path in folder.iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="未检查：只在 Linux 上另开进程")
@pytest.mark.parametrize(
    ("how", "said"), [("", str([n * n for n in range(12)])), ("dies", str([n * n for n in range(12)])), ("fails", "ValueError")]
)
def test_results_are_whole_and_in_order(how, said, tmp_path):
    """Two processes do the work; where one is killed the rest is done by the first, and what work raises is raised."""
    done = begun(tmp_path, how)
    out, err = done.communicate(timeout=60)

    assert (out.decode().strip(), err.decode()) == (said, "")
    assert len(list(tmp_path.iterdir())) >= 2 and ended(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="未检查：只在 Linux 上另开进程")
@pytest.mark.parametrize(("how", "said"), [("", "[[4, 16], [0, 9]]"), ("dies", "[[4, 16], [0, 9]]"), ("fails", "ValueError")])
def test_shares_come_back(how, said, tmp_path):
    """A copy does every second part; where it is killed its share is done here, and what work raises there is raised here."""
    done = begun(tmp_path, how, "divided")
    out, err = done.communicate(timeout=60)

    assert (out.decode().strip(), err.decode()) == (said, "")
    assert len(list(tmp_path.iterdir())) == 2 and ended(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="未检查：只在 Linux 上另开进程")
@pytest.mark.parametrize("way", ["spread", "divided"])
def test_a_killed_parent_leaves_nobody(way, tmp_path):
    """With the process that shares work out all others end."""
    running = begun(tmp_path, "long", way)
    assert wait(lambda: len(list(tmp_path.iterdir())) == 2)
    running.kill()
    running.communicate(timeout=30)

    assert wait(lambda: ended(tmp_path))


@pytest.mark.skipif(sys.platform != "linux", reason="未检查：只在 Linux 上另开进程")
@pytest.mark.parametrize("way", ["spread", "divided"])
def test_ctrl_c_is_heard_by_one_alone(way, tmp_path):
    """Ctrl+C, which a terminal sends to all processes, is answered once, and no other says anything."""
    running = begun(tmp_path, "long", way)
    assert wait(lambda: len(list(tmp_path.iterdir())) == 2)
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=30)

    assert (out.decode().strip(), err.decode()) == ("KeyboardInterrupt", "") and ended(tmp_path)


def test_one_process_is_enough():
    """Without further processes the work is done here, as it is asked for."""
    seen = []
    results = cores.spread(seen.append, [1, 2, 3], 1)
    next(results)
    assert seen == [1]


def test_a_process_with_threads_is_not_copied():
    """A thread may hold what a copy would wait for."""
    import threading

    found, done = [], threading.Event()
    thread = threading.Thread(target=lambda: (found.append(cores.usable()), done.wait()))
    thread.start()
    found.append(cores.usable())
    done.set()
    thread.join()
    assert found == [1, 1]


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="未检查：这台电脑只有一个核")
def test_the_program_may_be_copied_when_numpy_is_loaded():
    """In the program itself numpy makes no threads, so cases of a large site are read on all cores though its index has begun."""
    code = (
        "import sys; from casepress import __main__, cli; from casepress.facts import cores\n"
        "def ask(): import numpy; print(numpy.__name__, cores.usable() > 1)\n"
        "cli.main = ask; __main__.main()"
    )
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert ran.stdout == "numpy True\n", ran.stderr
