"""Where the peers are: installed below `build/benchmarks`, or on the machine; whoever is not there is not measured.

Each lock file names one exact version with the hashes of its wheels (of jieba, a dictionary for the words of search, its
source). Nothing of them is a dependency of casepress, and none is shipped.
"""

import shutil
import subprocess
import sys
from importlib.metadata import distributions, version
from pathlib import Path

from benchmarks.worlds import ROOT

LOCKS = Path(__file__).parent / "locks"
PLACE = ROOT / "build" / "benchmarks"


class Absent(Exception):
    """A peer is not there; the message says why."""


def packages(name: str) -> Path:
    """The folder into which a peer from PyPI is installed, once for each lock. Raises Absent."""
    lock, folder = LOCKS / f"{name}.txt", PLACE / name
    ready = folder / "ready"
    if not ready.exists() or ready.read_text("utf-8") != lock.read_text("utf-8"):
        shutil.rmtree(folder, ignore_errors=True)
        install = [sys.executable, "-m", "pip", "install", "-qq", "--no-deps", "--require-hashes", "--target", folder, "-r", lock]
        done = subprocess.run(list(map(str, install)), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Absent(f"pip could not install {name}: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}")
        ready.write_text(lock.read_text("utf-8"), "utf-8")
    return folder


def program(name: str) -> str:
    """A program beside this Python, or else on the machine. Raises Absent."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        raise Absent(f"{name} is not installed")
    return found


def versions() -> dict[str, str]:
    """The versions of the peers that are there."""
    found = {name: version(name) for name in ("weasyprint", "mkdocs", "mkdocs-material")}
    for name in ("typst", "pagefind", "jieba"):
        if (folder := PLACE / name).is_dir():
            found |= {each.name.removesuffix("_bin_extended"): each.version for each in distributions(path=[str(folder)])}
    if hugo := shutil.which("hugo"):
        said = subprocess.run([hugo, "version"], capture_output=True, text=True, check=False).stdout
        found["hugo"] = said.split()[1].split("-")[0].split("+")[0].removeprefix("v") if said else "unknown"
    return found
