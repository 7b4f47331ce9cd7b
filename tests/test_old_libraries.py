"""An older library with a known hole reads nothing: the floors are held at the start, and what is declared, locked and answered keeps to them."""

import re
import tomllib
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from bill_of_materials import vendored
from casepress import __version__, scaffold
from casepress.facts.floors import FLOORS, reaches
from casepress.mkdocs_plugin import CasepressPlugin
from conftest import ROOT, run

LOCKED = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / "scripts" / "requirements.lock").read_text("utf-8"), re.MULTILINE))


def installed(folder: Path, name: str, version: str) -> None:
    """What pip writes beside a package, in a folder of Python's path; without a version as after an installation that broke off."""
    where = folder / f"{name.replace('-', '_')}-{version or '0'}.dist-info"
    where.mkdir(parents=True)
    (where / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\n" + f"Version: {version}\n" * bool(version), "utf-8")


@pytest.fixture
def collection(tmp_path, monkeypatch) -> Path:
    """A new collection, beside a folder that Python looks into first, with two libraries that are too old and one that is half there."""
    made = scaffold.new_collection(tmp_path / "collection")
    for name, version in (("pillow", "12.2.0"), ("weasyprint", "70.0rc1"), ("mammoth", ""), ("jinja2", "3.2")):
        installed(tmp_path / "packages", name, version)
    monkeypatch.syspath_prepend(tmp_path / "packages")
    return made


def test_an_old_library_stops_every_command(collection):
    """One message names each with what is there, what is wanted, why and what to do; nothing is made."""
    for words in (("check",), ("build",), ("import", collection), ("new", collection / "another")):
        ran = run("-C", collection, *words)
        assert ran.code == 1 and not ran.out
        for part in ("pillow 装的是 12.2.0，至少要 13.0.0", "weasyprint 装的是 70.0rc1，至少要 70.0", "mammoth 没有装好，至少要 1.11.0"):
            assert part in ran.err
        assert '--upgrade "mammoth>=1.11.0" "pillow>=13.0.0" "weasyprint>=70.0"\n' in ran.err and "bash scripts/build" in ran.err
        assert "jinja2" not in ran.err and "markdown" not in ran.err, "these are new enough"
    assert not (collection / "build").exists() and not (collection / "another").exists()


def test_an_old_library_stops_mkdocs_as_well(collection):
    """`mkdocs build` and `mkdocs serve` in the folder begin with the same look."""
    with pytest.raises(PluginError, match="pillow 装的是 12.2.0"):
        CasepressPlugin().on_startup(command="build", dirty=False)


def test_the_version_is_said_all_the_same(collection):
    """Who asks for help is asked for the version first: that reads nothing."""
    assert run("--version").out == f"casepress {__version__}\n"


@pytest.mark.parametrize(
    ("found", "least", "is_enough"),
    [
        ("70.0", "70.0", True), ("70", "70.0", True), ("70.0.1", "70.0", True), ("69.9", "70.0", False), ("9.10", "9.9", True),
        ("9.9", "9.10", False), ("70.0rc1", "70.0", False), ("70.0.dev3", "70.0", False), ("70.1b2", "70.0", True),
        ("70.0.post1", "70.0", True), ("70.0+local", "70.0", True), ("", "70.0", False), ("unknown", "70.0", False),
    ],
)  # fmt: skip
def test_versions_are_compared_as_installers_do(found, least, is_enough):
    """By numbers, not by letters; what comes before a version does not reach it."""
    assert reaches(found, least) is is_enough


def test_what_is_declared_and_locked_keeps_to_the_floors():
    """pip refuses what casepress would refuse, and the lock has nothing older."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    asked = dict(re.match(r"([a-z0-9-]+)[=>]=([0-9.]+)", words).groups() for words in declared if re.match(r"[a-z0-9-]+[=>]=", words))
    for name, (least, _) in FLOORS.items():
        assert reaches(asked[name], least) and reaches(LOCKED[name], least), name


def test_every_floor_is_answered():
    """SECURITY.md says of each package with a floor what is known against it, with the version of the lock."""
    rows = [line.split("|")[1:-1] for line in (ROOT / "SECURITY.md").read_text("utf-8").splitlines() if line.startswith("| ")]
    told = {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in rows if cells[0].strip() in LOCKED}
    assert set(FLOORS) <= set(told)
    for name, (_, least, version, *_) in told.items():
        assert version == LOCKED[name] and reaches(version, least), name
        assert name not in FLOORS or least == FLOORS[name][0], name


def test_the_browsers_libraries_say_what_they_are():
    """Name and version stand at the head of each library in the theme, where the bill of materials reads them, and in CONTRIBUTING.md."""
    named = [f"{name} {version} (`theme/scripts/vendor`)" for name, version, _ in vendored()]
    said = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert len(named) == 2 and all(words in said for words in named), named


def test_every_command_of_security_md_is_there():
    """SECURITY.md names no test and no script that there is not."""
    said = (ROOT / "SECURITY.md").read_text("utf-8")
    tests, scripts = set(re.findall(r"tests/test_\w+\.py", said)), set(re.findall(r"bash (scripts/\w+)", said))
    assert len(tests) > 15 and {"scripts/sbom", "scripts/audit", "scripts/coverage", "scripts/mutate"} <= scripts
    assert [name for name in sorted(tests | scripts) if not (ROOT / name).is_file()] == []
