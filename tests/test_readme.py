"""The documents: what README and the editors' guide tell people to type is there and is understood."""

import os
import re
import shlex
from pathlib import Path

import click
import pytest
from PIL import Image, ImageChops, ImageStat

import guide_inbox
import guide_pictures
from casepress import cli
from conftest import ROOT, run

READMES = ("README.md", "README.zh-CN.md")
GUIDE = "content/guide.md"


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def command_lines(name: str) -> list[list[str]]:
    """Every `casepress …` that a document shows, in a block or within a sentence, as words."""
    blocks = re.findall(r"^```.*?\n(.*?)^```", text(name), re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()] + re.findall(r"`([^`\n]+)`", text(name))
    return [shlex.split(line, comments=True)[1:] for line in lines if re.match(r"(?:\.venv/bin/)?casepress ", line)]


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_are_there(name):
    """Both READMEs name the two commands for a fresh machine, and these are scripts that can be run."""
    for script in ("scripts/build", "scripts/test"):
        assert f"bash {script}" in text(name)
        path = ROOT / script
        assert path.read_text("utf-8").startswith("#!/usr/bin/env bash") and os.access(path, os.X_OK)


def test_the_machine_runs_what_the_readme_says():
    """`.ci/run` calls the README's own test command, with CI=true."""
    script = text(".ci/run")

    assert "CI=true" in script and re.search(r"bash .*scripts/test", script)


@pytest.mark.parametrize("name", [*READMES, GUIDE])
def test_every_command_line_is_understood(name, tmp_path, monkeypatch):
    """Every casepress command that a document shows exists, and takes the options and arguments shown."""
    for shown in ("收件", "cases/照片说明.xlsx"):  # what must be there
        (tmp_path / shown).mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    lines = command_lines(name)
    assert len(lines) >= 5

    for words in lines:
        command, *arguments = words[2:] if words[0] == "-C" else words
        if command.startswith("-"):
            continue
        assert command in cli.commands.commands, f"{name}: casepress {' '.join(words)}"
        try:
            cli.commands.commands[command].make_context(command, arguments)
        except click.UsageError as reason:
            pytest.fail(f"{name}: casepress {' '.join(words)}: {reason.format_message()}")


@pytest.mark.parametrize("command", cli.commands.commands)
def test_every_command_is_in_the_guide(command):
    """The editors' guide names every command, and both READMEs do as well."""
    for name in (GUIDE, *READMES):
        assert re.search(rf"casepress (?:-C \S+ )?{command}\b", text(name)), f"{name} does not name casepress {command}"


def test_both_readmes_show_the_same_commands():
    """The two READMEs show the same commands, but for the names of files."""
    english, chinese = ([word for words in command_lines(name) for word in words if not word.endswith(".pdf")] for name in READMES)

    assert english == chinese


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", "scripts/README.md", "scripts/casepress/data/README.md"])
def test_links_in_the_documents_lead_somewhere(name):
    """Every relative link and picture of a document is a file of the repository."""
    for target in re.findall(r"\]\(([^)#\s]+)", text(name)):
        if not re.match(r"[a-z]+:", target):
            assert (ROOT / name).parent.joinpath(target).exists(), f"{name} links {target}"


def test_the_guide_shows_headers_that_are_read(tmp_path):
    """Every whole case that the editors' guide shows checks without an error in a new collection."""
    run("new", tmp_path / "new")
    shown = [block for block in re.findall(r"^```\w*\n(---\n.*?)^```", text(GUIDE), re.MULTILINE | re.DOTALL) if block.count("---\n") >= 2]
    assert shown

    for block in shown:
        (tmp_path / "new" / "cases" / "example.md").write_text(block, "utf-8")
        ran = run("-C", tmp_path / "new", "check")
        assert not re.search(r"错误: (?!找不到|.*没有着落)", ran.out), f"{block[:80]}: {ran.out}"


def test_the_guide_shows_the_pictures_that_are_drawn():
    """Every small picture of the guide is one that the script draws and the other way round, and its settings stand in the guide."""
    shown = set(re.findall(r"\]\(guide/([\w-]+)\.png ", text(GUIDE)))
    assert shown == {*guide_pictures.PICTURES, *guide_inbox.NAMES} == {path.stem for path in guide_pictures.TARGET.glob("*.png")}

    for shot in (shot for shots in guide_pictures.PICTURES.values() for shot in shots):
        for word in re.findall(r"[\w-]+", " ".join(map(str, shot.settings))):
            assert word in text(GUIDE), f"{shot.label}: {word}"


def test_a_picture_of_the_guide_shows_what_is_made_today(tmp_path):
    """A picture drawn anew is the one that lies there, but for what faces and their smoothing do."""
    guide_pictures.collection(tmp_path / "one")
    (_, shot) = shots = guide_pictures.PICTURES["titles"]
    page = guide_pictures.drawn(guide_pictures.bound(tmp_path / "one", shot), shot)
    drawn = guide_pictures.mounted(shots, [page, page])
    kept = Image.open(guide_pictures.TARGET / "titles.png").convert("RGB")

    assert drawn.size == kept.size
    half = (drawn.width // 2, 0, *drawn.size)
    assert max(ImageStat.Stat(ImageChops.difference(drawn.crop(half), kept.crop(half))).mean) < 3


@pytest.mark.parametrize("name", [*READMES, GUIDE, "CONTRIBUTING.md", "CHANGELOG.md", "scripts/README.md"])
def test_documents_name_no_machine(name):
    """No document names a folder of the machine it was written on."""
    if (ROOT / name).exists():
        assert not re.search(r"(?<![\w.~])/(?:work|root|tmp)/", text(name)), Path(name).name
