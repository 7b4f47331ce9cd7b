"""The process that reads strangers' files: one for many, ended by the system where it takes too much, and made anew."""

import os
import sys
import threading

import pytest

from casepress.facts import cores
from casepress.facts.confined import Confined, Died


def work(job: str, mark: str) -> tuple[str, int]:
    """Do what a file might do to its reader."""
    if job == "memory":
        return "x" * 10**9, 0
    if job == "for ever":
        while True:
            pass
    if job == "abort":
        os.abort()
    if job == "raise":
        raise KeyError("what a library did not expect")
    if job == "write":
        with open("/tmp/casepress-confined.txt", "w") as file:
            file.write("x")
    if job == "say":
        print("words of a library", file=sys.stderr, flush=True)
    return job + mark, os.getpid()


@pytest.mark.parametrize("copied", [True, False])
def test_what_ends_a_reader_ends_no_other_job(copied, capfd):
    """Too much memory, no end, a crash, an exception: each is told as what it is, and the next job is done by a process that works."""
    rest = threading.Event()
    other = threading.Thread(target=rest.wait)
    if not copied:
        other.start()  # a process with threads may not be copied, so a new one is begun
    try:
        assert (cores.usable() > 1) <= copied
        with Confined(work, ("!",), seconds=0.5) as confined:
            assert confined.ask("a") == ("a!", first := confined.ask("b")[1]) and first != os.getpid()
            for job, kind in (("memory", "large"), ("for ever", "slow"), ("abort", "broken"), ("raise", "broken"), ("write", "broken")):
                if not copied and job != "abort" or sys.platform != "linux" and job not in ("abort", "raise"):
                    continue
                with pytest.raises(Died) as died:
                    confined.ask(job)
                assert died.value.kind == kind
                assert confined.ask("c")[0] == "c!"
            assert confined.ask("say")[0] == "say!"
            last = confined.ask("d")[1]
            assert confined.made == (4 if copied and sys.platform == "linux" else 2)
    finally:
        rest.set()
        if not copied:
            other.join()
    with pytest.raises(OSError):
        os.kill(last, 0)
    assert "library" not in "".join(capfd.readouterr())
    assert not os.path.exists("/tmp/casepress-confined.txt") or os.path.getsize("/tmp/casepress-confined.txt") == 0


def test_no_process_without_a_job():
    """Nothing is begun before the first file."""
    with Confined(work) as confined:
        assert confined.made == 0
