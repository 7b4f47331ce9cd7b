"""What a command costs with all that it starts: seconds, and memory at its peak.

The command runs below a small process of its own: this file, run by itself. That process adopts what loses its parent
on the way (a server of workers outlives whoever started it), so that nobody's seconds are lost, and looks every now and
then at the memory of all its descendants. Linux only: elsewhere memory and load are not measured.
"""

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_ADOPT = 36  # PR_SET_CHILD_SUBREAPER, see prctl(2)
_SHARE = 0.05  # of one core, at most, for looking at memory
_GRACE = 10  # seconds in which what the command left behind may end by itself


class Failed(Exception):
    """The command ended badly, or not in time; the message is the end of what it said."""


@dataclass(frozen=True)
class Cost:
    """`wall` are the seconds until the command ended, `processor` those of all its processes on all cores, `memory`
    the MB (10⁶ bytes, Pss) of all of them at the highest moment seen; `load` was the machine's before it began (average
    of a minute), `others` the cores that were busy for other processes in the meantime."""

    wall: float
    processor: float
    memory: float | None
    load: float | None
    others: float | None


def cost(command: Sequence[object], folder: Path, variables: Mapping[str, str] | None = None, limit: float = 7200) -> Cost:
    """Run a command in a folder, at most `limit` seconds. Raises Failed."""
    with tempfile.TemporaryDirectory() as name:
        report, said = Path(name) / "report.json", Path(name) / "said"
        with said.open("wb") as out:
            watched = [sys.executable, "-I", "-S", __file__, report, limit, *command]
            environment = {**os.environ, **(variables or {})}
            subprocess.run([str(word) for word in watched], cwd=folder, env=environment, stdout=out, stderr=out, check=False)
        found = json.loads(report.read_text()) if report.exists() else {"code": "not started"}
        if found.pop("code") != 0:
            raise Failed("\n".join(said.read_text("utf-8", "replace").splitlines()[-12:]) or f"no answer within {limit:.0f} s")
    return Cost(**found)


def watch(command: Sequence[str], limit: float) -> dict[str, float | int | None]:
    """Run a command as a child of this process and wait for all descendants; a `Cost`, and the command's exit code."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)
    load, busy = _load(), _busy()
    peak, over = [0.0], threading.Event()
    start = time.perf_counter()
    child = subprocess.Popen(command)
    watcher = threading.Thread(target=_look, args=(peak, over, start + limit))
    watcher.start()
    _, status, _ = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    _reap(time.perf_counter() + _GRACE)
    busy = None if busy is None else _busy() - busy
    lasted = time.perf_counter() - start
    over.set()
    watcher.join()
    used, own = resource.getrusage(resource.RUSAGE_CHILDREN), resource.getrusage(resource.RUSAGE_SELF)
    processor = used.ru_utime + used.ru_stime
    others = None if busy is None else max(0.0, (busy - processor - own.ru_utime - own.ru_stime) / lasted)
    code = os.waitstatus_to_exitcode(status)
    return {"wall": wall, "processor": processor, "memory": peak[0] or None, "load": load, "others": others, "code": code}


def _reap(until: float) -> None:
    """Wait for everybody that was adopted; whoever is still there in the end is killed."""
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                if time.perf_counter() > until:
                    _kill()
                time.sleep(0.01)
        except ChildProcessError:
            return


def _look(peak: list[float], over: threading.Event, until: float) -> None:
    pause = 0.0
    while not over.wait(pause):
        start = time.thread_time()  # its own work, not its waiting: on a busy machine that is many times longer
        peak[0] = max(peak[0], sum(map(_memory, descendants(os.getpid()))))
        pause = max(0.01, (time.thread_time() - start) / _SHARE)
        if time.perf_counter() > until:
            _kill()


def _kill() -> None:
    for each in descendants(os.getpid()):
        try:
            os.kill(each, signal.SIGKILL)
        except ProcessLookupError:
            continue


def descendants(ancestor: int) -> list[int]:
    """The processes that a process started, and those that they started. Where the kernel has no list of them: none."""
    found, waiting = [], [ancestor]
    while waiting:
        new = [child for children in _children(waiting.pop()) for child in children]
        found += new
        waiting += new
    return found


def _children(process: int) -> Iterator[list[int]]:
    """The children that each thread of a process started."""
    try:
        for thread in os.listdir(f"/proc/{process}/task"):
            with open(f"/proc/{process}/task/{thread}/children", "rb") as file:
                yield [int(child) for child in file.read().split()]
    except OSError:  # it has just ended
        return


def _memory(process: int) -> float:
    """A process's share of memory in MB: what it has alone, and its part of what it shares with others."""
    try:
        with open(f"/proc/{process}/smaps_rollup", "rb") as file:
            return next((int(line.split()[1]) * 1024 / 1e6 for line in file if line.startswith(b"Pss:")), 0.0)
    except OSError:
        return 0.0


def _load() -> float | None:
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def _busy() -> float | None:
    """Seconds in which the machine's cores have worked for anybody, or were taken by another machine, since it started."""
    try:
        with open("/proc/stat", "rb") as file:
            user, nice, system, _, _, irq, softirq, steal = map(int, file.readline().split()[1:9])
    except OSError:
        return None
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(watch(sys.argv[3:], float(sys.argv[2]))))
