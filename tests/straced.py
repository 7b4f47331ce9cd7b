"""What a program opens, changes and calls, as the system itself sees it (strace): all of it that lies outside of what was declared."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

STRACE = Path("/usr/bin/strace")
# What looks whether a file is there, and reads nothing of it, is left out: it is nine of ten calls.
CALLS = (
    "open,openat,?openat2,creat,?chdir,?execve,?truncate,?mkdir,?mkdirat,?mknod,?mknodat,?rmdir,?unlink,?unlinkat,?rename,?renameat,?renameat2,"
    "?link,?linkat,?symlink,?symlinkat,?chmod,?fchmodat,?chown,?lchown,?fchownat,?utimensat,?setxattr,?mount,?connect,?sendto,?sendmsg,?bind"
)
_READS = {"execve", "chdir"}  # open and its kin by their flags
_CALL = re.compile(r"(\d+)\s+(\w+)\((.*)$")
_RESUMED = re.compile(r"(\d+)\s+<\.\.\. (\w+) resumed>")
_QUOTED = re.compile(r'(?:(AT_FDCWD|\d+)<((?:[^<>\\]|\\.)*)>, )?"((?:[^"\\]|\\.)*)"')
_GIVEN = re.compile(r"= \d+<((?:[^<>\\]|\\.)*)>$")


@dataclass(frozen=True)
class Deed:
    """One thing that was done: read, written or called; where, and the line of the trace that says so."""

    kind: str
    where: str
    line: str


def run(command: list[object], trace: Path, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess:
    """Run a command with all its children; what they did stands in `trace`."""
    words = [
        STRACE,
        "--follow-forks",
        "--seccomp-bpf",
        "--decode-fds=path",
        "--quiet=all",
        "--signal=none",
        "--trace",
        CALLS,
        "--output",
        trace,
        *command,
    ]
    return subprocess.run([*map(str, words)], cwd=folder, env=environment, capture_output=True, timeout=240, check=False)


def _plain(text: str) -> str:
    """A text as strace writes it, with its escapes taken back."""
    return text.encode("ascii").decode("unicode_escape").encode("latin-1").decode("utf-8", "surrogateescape") if "\\" in text else text


def _itself(path: str, process: str) -> str:
    """Where a file really lies; what the system says of a process to itself has that process' number in it."""
    return re.sub(f"^/proc/{process}/", "/proc/self/", _plain(path))


def deeds(trace: str) -> Iterator[Deed]:
    """What was done, in order; an attempt counts, and of what was opened also where it really lies."""
    folders: dict[str, str] = {}  # of each process, as far as it said it
    for line in trace.splitlines():
        if match := _RESUMED.match(line):
            if match[2].startswith("open") and (given := _GIVEN.search(line)):
                yield Deed("read", _itself(given[1], match[1]), line)
            continue
        match = _CALL.match(line)
        if not match:
            continue
        process, call, words = match.groups()
        if call in ("connect", "sendto", "sendmsg", "bind"):
            if "sa_family=" in words and "sa_family=AF_UNIX" not in words and "sa_family=AF_NETLINK" not in words:
                yield Deed("called", words, line)
            continue
        is_open = call.startswith(("open", "creat"))
        writes = call == "creat" or bool(re.search(r"O_(?:WRONLY|RDWR|CREAT|TRUNC)", words)) if is_open else call not in _READS
        found = _QUOTED.findall(words)
        for nth, (number, base, path) in enumerate(found[:1] if is_open or call in _READS else found[:2]):
            if number == "AT_FDCWD":
                folders[process] = _plain(base)
            if call.startswith("symlink") and not nth:
                continue  # where a link leads is told where it is opened
            base = _plain(base) if number and number != "AT_FDCWD" else folders.get(process, "?")
            where = os.path.normpath(os.path.join(base, _plain(path)))
            if call == "chdir":
                folders[process] = where
            yield Deed("written" if writes else "read", where, line)
        if is_open and (given := _GIVEN.search(words)):
            yield Deed("written" if writes else "read", _itself(given[1], process), line)


def outside(trace: str, reads: Iterable[Path | str], writes: Iterable[Path | str]) -> list[Deed]:
    """What was read or written elsewhere than at or below these places, and every call to another program than by a socket of this
    machine's files. What may be written may be read."""
    writing = [*map(str, writes)]
    reading = [*map(str, reads), *writing]
    known: dict[tuple[str, str], bool] = {}
    found = []
    for deed in deeds(trace):
        key = (deed.kind, deed.where)
        if key not in known:
            places = {"read": reading, "written": writing}.get(deed.kind, [])
            known[key] = any(deed.where == place or deed.where.startswith(f"{place.rstrip('/')}/") for place in places)
        if not known[key]:
            found.append(deed)
    return found


def ours() -> list[Path]:
    """The product's own: its code and its look, Python with its libraries. Each as it is called and where it really lies."""
    places = [Path(name) for name in (sys.prefix, sys.base_prefix, *sys.path) if name and not Path(name).name.startswith("test")]
    return [*places, *(place.resolve() for place in places)]


# The system's: libraries, how words and places are called, what fonts there are, who one is (in what is built nobody's name may stand).
SYSTEM = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/etc/ld.so.preload", "/usr/share/locale", "/etc/locale.alias", "/usr/share/zoneinfo", "/etc/localtime",
    "/etc/fonts", "/usr/share/fontconfig", "/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/texlive", "/usr/share/texmf", "/var/cache/fontconfig",
    "/usr/share/color", "/usr/bin/fc-list", "/etc/mime.types", "/etc/ssl/openssl.cnf", "/etc/nsswitch.conf", "/etc/passwd", "/proc/self", "/proc/filesystems",
    "/proc/meminfo", "/proc/sys/vm", "/proc/stat", "/sys/devices/system/cpu", "/sys/fs/cgroup", "/dev/urandom",
)  # fmt: skip
