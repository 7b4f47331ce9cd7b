"""Conditions: the printing conditions that a book may be meant for, by name, and the ICC profiles of them that a machine has.

A condition is ink on one kind of paper, measured and registered; several makers publish a profile of the same one.
Flows in: a name. Flows out: the file of the profile that it means. Nothing is put in the place of what is not there.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from casepress.facts import inking

REGISTRY = "http://www.color.org"  # of the ICC: whose names of conditions these are
_SUFFIXES = (".icc", ".icm")
_SHORTEST = 6  # signs of a name that is not written to its end
_LARGEST = 32 * 1024 * 1024
_ECI, _ADOBE = "欧洲色彩促进会的网站 www.eci.org", "Adobe 软件（Acrobat、Photoshop 自带，网站上也能下载）"


@dataclass(frozen=True)
class Condition:
    """A printing condition: what people call it, its name in the ICC's registry (empty: none), its paper, what profiles of it call
    themselves, the usual first, and where these come from."""

    name: str
    registered: str
    paper: str
    profiles: tuple[str, ...]
    source: str


CONDITIONS = (
    Condition(
        "FOGRA39",
        "FOGRA39",
        "铜版纸",
        ("Coated FOGRA39 (ISO 12647-2:2004)", "ISO Coated v2 (ECI)", "ISO Coated v2 300% (ECI)", "FOGRA39L coated"),
        _ECI,
    ),
    Condition("FOGRA51", "FOGRA51", "铜版纸", ("PSO Coated v3", "PSO Coated v3 (FOGRA51)"), _ECI),
    Condition("FOGRA52", "FOGRA52", "胶版纸", ("PSO Uncoated v3 (FOGRA52)", "PSO Uncoated v3"), _ECI),
    Condition("FOGRA47", "FOGRA47", "胶版纸", ("PSO Uncoated ISO12647 (ECI)",), _ECI),
    Condition("FOGRA29", "FOGRA29", "胶版纸", ("Uncoated FOGRA29 (ISO 12647-2:2004)", "ISO Uncoated", "FOGRA29L uncoated"), _ECI),
    Condition("Japan Color 2011", "", "铜版纸", ("Japan Color 2011 Coated",), "日本 Japan Color 的网站 japancolor.jp"),
    Condition("Japan Color 2001", "JC200103", "铜版纸", ("Japan Color 2001 Coated",), _ADOBE),
    Condition("Japan Color 2001 Uncoated", "JC200104", "胶版纸", ("Japan Color 2001 Uncoated",), _ADOBE),
    Condition("SWOP", "CGATS TR 001", "轻涂纸", ("U.S. Web Coated (SWOP) v2",), _ADOBE),
    Condition("GRACoL 2006", "CGATS TR 006", "铜版纸", ("Coated GRACoL 2006 (ISO 12647-2:2004)", "GRACoL2006_Coated1v2"), _ADOBE),
)


@dataclass(frozen=True)
class Installed:
    """An ICC profile of a press with four inks: where it is, and what it calls itself."""

    path: Path
    name: str


def plain(words: str) -> str:
    """A name less all that is written now so, now so."""
    return "".join(c for c in words.casefold() if c.isalnum())


def called(name: str) -> Condition | None:
    """The condition of a name."""
    words = {plain(name), plain(name).removesuffix("coated")}
    return next((each for each in CONDITIONS if {plain(each.name), plain(each.registered) or plain(each.name)} & words), None)


def of_profile(name: str) -> Condition | None:
    """The condition that a profile is for, by what it calls itself."""
    return next((each for each in CONDITIONS if plain(name) in map(plain, each.profiles)), None)


def found(name: str, folders: Iterable[Path]) -> Installed | None:
    """The profile of a name, in a collection's own folders or where systems keep them: of a condition, or that calls itself so.

    A profile may be called by the beginning of its name where no other one begins so.
    """
    condition = called(name)
    wanted = [plain(each) for each in condition.profiles] if condition else [plain(name)]
    known = [(plain(each.name), plain(each.path.stem), each) for each in installed(folders)]
    exact = next((each for word in wanted for own, file, each in known if word in (own, file)), None)
    if exact or condition:
        return exact
    begun = [each for own, _, each in known if own.startswith(plain(name)) and len(plain(name)) >= _SHORTEST]
    return begun[0] if len(begun) == 1 else None


def installed(folders: Iterable[Path]) -> Iterator[Installed]:
    """The profiles of presses with four inks in these folders, then in the system's places, each name once."""
    met: set[str] = set()
    for place in (*folders, *places()):
        for path in _files(place):
            name = _name(path)
            if name and name not in met:
                met.add(name)
                yield Installed(path, name)


def places() -> Iterator[Path]:
    """Where systems keep ICC profiles: freedesktop.org's and colord's folders, TeX Live's, macOS's, Windows's, Adobe's."""
    home = Path.home()
    data = [os.environ.get("XDG_DATA_HOME") or home / ".local/share"]
    data += (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(os.pathsep)
    for base in filter(None, data):
        yield Path(base, "color", "icc")
        yield Path(base, "icc")
    yield home / ".color/icc"
    yield from map(Path, ("/var/lib/colord/icc", "/var/lib/color/icc"))
    yield from (Path("/usr/share", tex, "tex/generic/colorprofiles") for tex in ("texlive/texmf-dist", "texmf-dist"))
    yield from (base / "Library/ColorSync/Profiles" for base in (home, Path("/"), Path("/System")))
    yield Path("/Library/Application Support/Adobe/Color/Profiles")
    if root := os.environ.get("SystemRoot"):
        yield Path(root, "System32", "spool", "drivers", "color")
    for name in ("CommonProgramFiles", "CommonProgramFiles(x86)"):
        if root := os.environ.get(name):
            yield Path(root, "Adobe", "Color", "Profiles")


def _files(place: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from sorted(path for path in place.rglob("*") if path.suffix.lower() in _SUFFIXES and path.is_file())


def _name(path: Path) -> str:
    """What a profile calls itself; empty where it is none of a press with four inks (ICC.1, 7.2)."""
    with suppress(OSError, inking.NoColorProfile):
        with path.open("rb") as file:
            head = file.read(128)
        if head[12:16] == b"prtr" and head[16:20] == b"CMYK" and path.stat().st_size <= _LARGEST:
            return inking.profile_name(path.read_bytes())
    return ""
