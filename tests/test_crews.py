"""Crews: what is loaded beside the work, jobs in their order, and nobody who outlives the process that began them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

import pytest

from casepress.facts import crews, leading
from casepress.press import workers
from casepress.values.problems import Failed
from test_cores import ended, wait

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="未检查：只在 Linux 上另开进程")
WORK = """
import sys, tempfile, time
from pathlib import Path
from casepress.facts.crews import Crew
import os

def loaded():
    Path(sys.argv[1], str(os.getpid())).touch()
    tempfile.mkdtemp()

def work(job):
    Path(sys.argv[1], str(os.getpid())).touch()
    time.sleep(1)
    return job

if __name__ == "__main__":
    crew = Crew(loaded)
    try:
        print(list(crew.done(work, range(12))))
    except KeyboardInterrupt as reason:
        print(type(reason).__name__)
    finally:
        crew.end()
"""


def alone(test):
    """A test in a program of its own: one with threads, as a worker of pytest-xdist, is not copied."""

    @wraps(test)
    def run() -> None:
        command = [sys.executable, "-c", f"import {test.__module__} as tests; tests.{test.__name__}.__wrapped__()"]
        done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr

    return run


@contextmanager
def a_crew() -> Iterator[crews.Crew]:
    crew = crews.Crew()
    assert crew.begin()
    try:
        yield crew
    finally:
        crew.end()


def begun(folder: Path) -> subprocess.Popen:
    """A program whose crew of three processes says who it is in `here`, and has its temporary files in `temporary`."""
    for name in ("here", "temporary"):
        (folder / name).mkdir()
    command = [sys.executable, "-c", WORK, str(folder / "here")]
    environment = {**os.environ, "TMPDIR": str(folder / "temporary")}
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, env=environment)
    assert wait(lambda: len(list((folder / "here").iterdir())) == 3)
    return running


def sleeping(known: str, job: int) -> tuple[str, int, int]:
    """A job of which the first takes longest."""
    if job == 0:
        import time

        time.sleep(0.2)
    return known, job, os.getpid()


def growing(job: int, held: list = []) -> int:  # noqa: B006 (it is to be held)
    """A job that leaves its worker larger by so many bytes."""
    held.append(b"x" * job)
    return os.getpid()


def slow(job: float) -> float:
    import time

    time.sleep(job)
    return job


def failing(job: int) -> int:
    if job == 3:
        raise Failed(f"第 {job} 件做不成")
    return job


def added(known: int, job: int) -> int:
    return known + job


def dying(job: int) -> int:
    if job in (signal.SIGKILL, signal.SIGTERM):
        os.kill(os.getpid(), job)
    return job


def pid(*_: object) -> int:
    return os.getpid()


@alone
def test_jobs_are_done_in_order_beside_this_process():
    """Results come in the order of the jobs, by two processes that know what is common; a worker is replaced after its round."""
    leading._ROUND = 10
    with a_crew() as crew:
        found = list(crew.done(sleeping, range(100), ("known",)))
        assert [(known, job) for known, job, _ in found] == [("known", job) for job in range(100)]
        made = {number for _, _, number in found}
        assert os.getpid() not in made and len(made) >= 100 / 10
        assert list(crew.done(sleeping, [1], ("other",)))[0][:2] == ("other", 1)
        assert list(crew.done(pid, [])) == []


@alone
def test_a_worker_that_has_grown_is_replaced():
    """What a large job took goes back to the system with its worker, at once; small ones are done by those that were there."""
    with a_crew() as crew:
        assert len(set(crew.done(growing, [1000] * 20))) <= crews.cores.usable()
        assert len(set(crew.done(growing, [leading._GROWN + 10_000_000] * 6))) == 6


def long_in_loading(*_: object) -> None:
    import time

    time.sleep(0.3)


@alone
def test_jobs_are_asked_for_while_the_leader_loads():
    """Who makes jobs ready does it while nobody can begin with them; not without end, and none twice."""
    import time

    asked: list[float] = []

    def jobs() -> Iterator[int]:
        for job in range(crews._DRAWN + 100):
            asked.append(time.monotonic())
            yield job

    with a_crew() as crew:
        crew.begin()
        begun = time.monotonic()
        assert list(crew.done(added, jobs(), (1,), long_in_loading)) == list(range(1, crews._DRAWN + 101))
        early = [each for each in asked if each < begun + 0.3]
        assert crews._AHEAD < len(early) <= crews._DRAWN + 1


@alone
def test_what_is_asked_of_two_at_once_is_kept_apart():
    """Who asks while another is asking, or does not ask to the end, gets his own results."""
    known = ("known",)
    with a_crew() as crew:
        one = crew.done(sleeping, range(50), known)
        first = [next(one)[1] for _ in range(5)]
        other = [job for _, job, _ in crew.done(sleeping, range(100, 120), known)]
        one.close()
        assert (first, other) == ([*range(5)], [*range(100, 120)])
        assert [job for _, job, _ in crew.done(sleeping, range(7), known)] == [*range(7)]


@alone
def test_who_asks_while_all_are_busy_waits():
    """Who asks while everybody is at jobs that nobody wants any more gets all his results all the same."""
    with a_crew() as crew:
        one = crew.done(slow, [0, 0.3, 0.3, 0.3, 0.3])
        next(one)
        one.close()
        assert list(crew.done(slow, [0, 0.01])) == [0, 0.01]


@alone
def test_steps_are_taken_while_others_work():
    """Who would wait for workers takes steps of his own, as long as there are some, and none where all is done already."""
    taken = []
    with a_crew() as crew:
        one = crew.done(slow, [0.3, 0.5], meanwhile=lambda: taken.append(len(taken)) or len(taken) < 20)
        assert next(one) == 0.3 and len(taken) == 20
        assert list(one) == [0.5]
        with pytest.raises(Failed, match="第 3 件"):
            list(crew.done(slow, [0.3], meanwhile=lambda: failing(3)))
        assert list(crew.done(slow, [0, 0.01])) == [0, 0.01]


@alone
def test_what_a_job_raises_is_raised():
    """What goes wrong in a job is raised in its turn, with the way that it came; the crew goes on."""
    found = []
    with a_crew() as crew:
        with pytest.raises(Failed, match="第 3 件做不成") as raised:
            for each in crew.done(failing, range(9)):
                found.append(each)
        assert found == [0, 1, 2] and "in failing" in raised.value.__notes__[0]
        assert list(crew.done(failing, [5, 6])) == [5, 6]


@alone
def test_what_cannot_be_loaded_is_raised():
    """What `ready` raises is raised where the jobs are asked for."""
    with a_crew() as crew, pytest.raises(Failed, match="第 3 件"):
        list(crew.done(pid, [1], (3,), failing))


@alone
def test_what_is_common_is_loaded_meanwhile():
    """Who tells a leader what will be common need not wait: the jobs do; another common thing told in between is forgotten."""
    with a_crew() as crew:
        one, other = (3,), (4,)
        assert crew.tell(one, crews.nothing) and crew.tell(one, crews.nothing)
        assert list(crew.done(added, [1, 2], one)) == [4, 5]
        assert not crew.tell(one, crews.nothing)
        assert crew.tell(other, crews.nothing) and crew.tell(one, crews.nothing)
        assert list(crew.done(added, [1], other)) == [5]
        assert list(crew.done(added, [1], one)) == [4]
        assert crew.tell(tuple([3]), failing)
        with pytest.raises(Failed):
            list(crew.done(added, [1], other))
    assert not crews.Crew().tell(one, crews.nothing)  # there is no leader


@alone
def test_a_killed_worker_is_said():
    """A worker that the system kills, or asks to end, ends the work with a sentence, and nobody waits for its job."""
    for sound in (signal.SIGKILL, signal.SIGTERM):
        with a_crew() as crew, pytest.raises(workers.WorkerLost, match="内存"):
            list(workers.done(dying, [1, 2, sound, 4, 5], crew))


def test_a_crew_ends_with_its_work(tmp_path):
    """At the end no process is left, and no temporary file of theirs."""
    running = begun(tmp_path)
    out, err = running.communicate(timeout=60)
    assert (out.decode().strip(), err.decode()) == (str([*range(12)]), "")
    assert ended(tmp_path / "here") and not list((tmp_path / "temporary").iterdir())


def test_ctrl_c_is_heard_by_one_alone(tmp_path):
    """Ctrl+C, which a terminal sends to all processes, is answered once and at once; no other says anything, or is left."""
    running = begun(tmp_path)
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert (out.decode().strip(), err.decode()) == ("KeyboardInterrupt", "")
    assert ended(tmp_path / "here") and not list((tmp_path / "temporary").iterdir())


def test_a_killed_parent_leaves_nobody(tmp_path):
    """With the first process all others end."""
    running = begun(tmp_path)
    running.kill()
    running.communicate(timeout=30)
    assert wait(lambda: ended(tmp_path / "here"))


def test_one_core_needs_no_crew(monkeypatch):
    """Where this process may not be copied it does the jobs itself, as they are asked for."""
    monkeypatch.setattr(crews.cores, "usable", lambda: 1)
    assert list(crews.Crew().done(pid, [1, 2, 3])) == [os.getpid()] * 3
