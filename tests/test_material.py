"""What our pages hang on in Material's HTML: where it is lost the build says so, and nothing is published."""

import re
from importlib.metadata import version
from pathlib import Path

import material as material_theme
import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import Files

from casepress.site import material
from casepress.site.themed import lighten
from conftest import ROOT, case_text, mkdocs, run, write_files


@pytest.fixture
def collection(make):
    return make({"a.md": case_text("甲")}, site=True)


def test_known_versions_are_those_that_run_here():
    """The versions that the guard calls known are the ones that these tests prove."""
    pinned = set((ROOT / "pyproject.toml").read_text("utf-8").split('"'))

    assert {package: version(package) for package in material.KNOWN} == material.KNOWN
    assert {f"{package}=={known}" for package, known in material.KNOWN.items()} <= pinned


@pytest.mark.parametrize(
    "file, text, words",
    [
        ("theme/site/partials/header.html", '<header class="md-header" data-md-component="header"></header>', "页眉里的搜索框"),
        ("theme/site/partials/search-box.html", "", "页眉里的搜索框"),
    ],
)
def test_a_lost_anchor_is_an_error_of_the_build(collection, file, text, words):
    """A header without the nav that our search box is put into, as a new Material may bring it, stops the build."""
    write_files(collection, {file: text})

    ran = run("-C", collection, "site")

    assert ran.code == 1 and words in ran.words and "index.html" in ran.words, ran.words
    assert not (collection / "build" / "site").exists()


@pytest.mark.parametrize(
    "old, new, words",
    [
        (r"use_directory_urls: false\n", "", "use_directory_urls: false"),
        (r" +- assets/search.*\.js\n", "", "assets/search.js"),
    ],
)
def test_what_mkdocs_yml_must_say_is_said(collection, old, new, words):
    """Settings of mkdocs.yml on which addresses and the search depend are asked for by name."""
    config = collection / "mkdocs.yml"
    config.write_text(re.sub(old, new, config.read_text("utf-8")), "utf-8")

    ran = run("-C", collection, "site")

    assert ran.code == 1 and words in ran.words, ran.words


def test_a_main_html_of_its_own_answers_for_itself(collection):
    """A bureau that lays out its pages itself may do without our search box."""
    write_files(collection, {"theme/site/main.html": '{% extends "base.html" %}'})

    ran = run("-C", collection, "site")

    assert ran.code == 0 and "cp-box-head" not in (collection / "build" / "site" / "about.html").read_text("utf-8"), ran.words


def test_mkdocs_alone_says_it_too(collection):
    """`mkdocs build` without casepress' own command fails as well, names what is lost, and shows no traceback."""
    write_files(collection, {"theme/site/partials/search-box.html": ""})

    built = mkdocs(collection, "build")

    assert built.returncode == 1 and "页眉里的搜索框" in built.stderr and "Traceback" not in built.stderr, built.stderr


def test_what_mkdocs_takes_of_a_theme_is_what_it_took(tmp_path):
    """Of Material, of a theme of one's own with hidden and nested files, and of MkDocs' own folder the same files are copied to a site."""
    write_files(tmp_path / "own", {"a.css": "", "b/c.js": "", ".d/e.css": "", "b/.f/g.css": "", "b/.h": "", "i.html": "", "locales/j.js": ""})
    config = load_config(site_name="库", docs_dir=str(tmp_path), theme={"name": "material", "custom_dir": str(tmp_path / "own")})

    def taken() -> list[tuple[str, str]]:
        files = Files([])
        files.add_files_from_theme(config.theme.get_env(), config)
        return [(file.src_uri, file.abs_src_path) for file in files]

    before = taken()
    lighten(config.theme)
    assert taken() == before
    assert {"a.css", "b/c.js"} <= {name for name, _ in before} and len(before) > 40
    assert config.theme.get_env().get_template(".icons/material/magnify.svg").render() == (
        Path(material_theme.__file__).parent / "templates/.icons/material/magnify.svg"
    ).read_text("utf-8").rstrip("\n")
    assert not any(name.startswith(".") for name in config.theme.get_env().list_templates())
