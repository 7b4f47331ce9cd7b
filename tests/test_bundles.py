"""The site's scripts and styles: parts of one duty each, put together into the files that pages load."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from casepress.site.bundles import SCRIPTS, STYLES, bundles
from conftest import ROOT, case_text, run, write_files

PARTS, STYLE_PARTS = ROOT / "theme" / "scripts", ROOT / "theme" / "styles"
NO_CODE = re.compile(r"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL)
# What the first version of mkdocs.yml named, word for word; every collection of that time has it.
EARLIER = """site_name: 早先的案例库
use_directory_urls: false
docs_dir: content
theme: {name: material, language: zh-CN, font: false, favicon: assets/favicon.svg}
extra_css:
  - assets/casepress.css
  - assets/search.css
extra_javascript:
  - assets/search.js
  - assets/search-box.js
  - assets/casepress.js
plugins:
  - casepress
markdown_extensions:
  - casepress.finished
  - tables
"""


def shipped() -> dict[str, bytes]:
    return bundles([PARTS], [STYLE_PARTS], [ROOT / "theme" / "site"])


def code(part: str) -> str:
    """A part without its comments and strings."""
    return NO_CODE.sub(" ", (PARTS / f"{part}.js").read_text("utf-8"))


def declared(part: str) -> set[str]:
    """The names that a part gives to those after it."""
    text = code(part)
    names = set(re.findall(r"^function (\w+)", text, re.MULTILINE))
    for line in re.findall(r"^(?:const|let) (.+)", text, re.MULTILINE):
        names |= set(re.findall(r"(?:^|, )(\w+) =", re.sub(r"\([^()]*\)", "", line)))
    return names


def test_the_files_that_pages_load_are_made():
    """The names that mkdocs.yml files and templates use are there, and no other."""
    assert sorted(shipped()) == [
        "assets/bound.js", "assets/casepress.css", "assets/casepress.js", "assets/cases.js", "assets/code.js", "assets/compile.css",
        "assets/compile.js", "assets/early.js", "assets/lightbox.js", "assets/marks.js", "assets/search-box.js", "assets/search.css",
        "assets/search.js",
    ]  # fmt: skip
    assert shipped() == shipped()


def test_every_part_is_used_and_short():
    """No part is left over, each begins with its duty, and none is over 200 lines of script or 300 of style."""
    used = {part for parts in SCRIPTS.values() for part in parts}
    assert {part for part in used if not part.startswith("vendor/")} == {
        path.relative_to(PARTS).with_suffix("").as_posix() for path in PARTS.rglob("*.js") if path.parent.name != "vendor"
    }
    assert {part for parts in STYLES.values() for part in parts} == {path.stem for path in STYLE_PARTS.glob("*.css")}
    for folder, longest in ((PARTS, 200), (STYLE_PARTS, 300)):
        for path in sorted(folder.rglob("*.*s*")):
            text = path.read_text("utf-8")
            assert text.startswith("/*!\n@") if path.parent.name == "vendor" else text.startswith("/*") and len(text.splitlines()) <= longest, (
                path
            )


@pytest.mark.parametrize("bundle", sorted(SCRIPTS))
def test_parts_use_what_stands_before_them(bundle):
    """A part calls its own functions and those of parts before it: there is no circle. No name is given twice."""
    parts = SCRIPTS[bundle]
    given = [name for part in parts for name in declared(part)]
    assert sorted(set(given)) == sorted(given)
    for nth, part in enumerate(parts):
        text = code(part)
        later = {name for other in parts[nth + 1 :] for name in declared(other)}
        called = set(re.findall(r"(?<![\w.$])(\w+)(?=\()", text)) - set(re.findall(r"function (\w+)\(", text))
        assert called & later == set(), part


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_scripts_are_sound(name, windows):
    """Each script is one classic script that Chromium reads, with nothing left outside its scope."""
    text = shipped()[f"assets/{name}.js"].decode()
    assert windows().page.evaluate("text => { new Function(text); return true }", text)
    assert text.startswith('(function () {\n"use strict";') and text.endswith("})();\n")
    assert not re.search(r"\b(?:import|export) |=>|\?\.|\?\?", NO_CODE.sub(" ", text)), "ES2019 and no module: it is read from a disk"


def test_a_bureau_changes_one_part_or_a_whole_file(tmp_path):
    """A part in the collection's own theme comes before ours; a whole file of its own takes a bundle's place."""
    own = write_files(tmp_path, {"styles/home.css": ".cp-own{}", "site/assets/marks.js": "own()"})
    found = bundles([PARTS], [own / "styles", STYLE_PARTS], [own / "site", ROOT / "theme" / "site"])

    assert b".cp-own{}" in found["assets/casepress.css"] and b".cp-hero" not in found["assets/casepress.css"]
    assert b".cp-groups" in found["assets/casepress.css"]
    assert "assets/marks.js" not in found
    with pytest.raises(FileNotFoundError, match="variants.js"):
        bundles([own], [STYLE_PARTS])


@pytest.fixture(scope="module")
def earlier(tmp_path_factory) -> Iterator[Path]:
    """A site made with an mkdocs.yml of earlier times and with a part and a file of the bureau's own."""
    folder = tmp_path_factory.mktemp("earlier") / "collection"
    assert run("new", folder).code == 0
    (folder / "cases" / "example.md").unlink()
    files = {
        "mkdocs.yml": EARLIER,
        "cases/a.md": case_text("甲", body="正文里有课后服务。"),
        "theme/styles/home.css": "/* own home */\n.cp-own { color: red; }\n",
        "theme/site/assets/own.css": "p { color: red }",
    }
    ran = run("-C", write_files(folder, files), "site")
    assert ran.code == 0, ran.words
    yield folder / "build" / "site"


def test_earlier_settings_go_on_working(earlier, windows):
    """A collection whose mkdocs.yml is of earlier times has its look, its search and its filters, from a disk."""
    page = windows().page
    page.goto(f"{earlier.as_uri()}/cases/index.html?q=%E8%AF%BE%E5%90%8E%E6%9C%8D%E5%8A%A1")
    page.wait_for_selector(".cp-card mark")
    assert page.evaluate("getComputedStyle(document.querySelector('.cp-card')).position") == "relative"
    assert page.seen.taken()[1] == []
    assert b"own home" in (earlier / "assets" / "casepress.css").read_bytes()
    assert (earlier / "assets" / "own.css").exists()


def test_no_page_has_a_script_of_its_own():
    """Our templates run files only, so that a site may forbid scripts and styles in pages (Content-Security-Policy)."""
    for path in sorted((ROOT / "theme" / "pages").glob("*.html")):
        assert re.findall(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=", path.read_text("utf-8")) == [], path


def test_parts_are_in_the_repository():
    """What the build puts together is under version control."""
    listed = subprocess.run(["git", "ls-files", "theme/scripts", "theme/styles"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        assert len(listed.stdout.split()) == sum(1 for folder in (PARTS, STYLE_PARTS) for path in folder.rglob("*.*") if path.is_file())
