"""Pages kept from the last site: whatever changes, the site is that of a clean build, byte for byte, and what is the same stays."""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from casepress.site import shaped
from casepress.values.cases import Collection
from conftest import case_text, manifest, mkdocs, picture, run, write_files

ABOUT = "# 关于\n\n见[甲](../cases/a.md)和[乙的做法](../cases/b.md#做法)。\n"
WITH_PICTURE = "\n![操场](p.png)\n"


@pytest.fixture
def collection(make):
    files = {name: case_text(title) for name, title in (("a.md", "甲"), ("c.md", "丙"), ("d.md", "丁"))}
    files |= {"b.md": case_text("乙", theme="作业管理", batch="第二批") + WITH_PICTURE, "p.png": picture()}
    return write_files(make(files, site=True), {"content/about.md": ABOUT})


def built(folder: Path) -> dict[str, str]:
    ran = run("-C", folder, "site")
    assert ran.code == 0, ran.words
    return manifest(folder / "build" / "site")


def clean(folder: Path) -> dict[str, str]:
    """The site of a copy that was never built."""
    copy = folder.with_name("clean")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("build"))
    return built(copy)


def page(folder: Path, name: str) -> Path:
    return folder / "build" / "site" / "cases" / f"{name}.html"


def replaced(name: str, old: str, new: str) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert re.search(old, text), old
        (folder / name).write_text(re.sub(old, new, text), "utf-8")

    return change


def written(name: str, text: str | bytes) -> Callable[[Path], object]:
    return lambda folder: write_files(folder, {name: text})


FIELDS = "title: 大案例库\nfields:\n  theme:\n    label: 专题\n"
CASE, GROUP, PIECES = (
    (Path(__file__).parents[1] / "theme" / "pages" / f"{name}.html").read_text("utf-8") for name in ("case", "group", "pieces")
)
OF_ALL = "<p>{{ collection.publisher }}{{ collection.cases | length }}{% for name in views %}{{ name }}{% endfor %}{{ downloads.book }}</p>\n"
SEARCH_BOX = '<form class="cp-box-head"><input></form><a class="cp-open"></a>'
CHANGES = {
    "a case": replaced("cases/a.md", "写得很短", "写得长一些"),
    "a title, which neighbours show": replaced("cases/c.md", "丙", "丙的新题目"),
    "a case comes": written("cases/e.md", case_text("戊")),
    "a case goes": lambda folder: (folder / "cases" / "d.md").unlink(),
    "a case is renamed": lambda folder: (folder / "cases" / "c.md").rename(folder / "cases" / "f.md"),
    "a picture": written("cases/p.png", picture("PNG")),
    "a page of prose": written("content/about.md", ABOUT.replace("见", "请看")),
    "the name of a page in the navigation": replaced("mkdocs.yml", "关于: about.md", "关于我们: about.md"),
    "a page that names itself": replaced("mkdocs.yml", "关于我们: about.md", "about.md"),
    "its name": written("content/about.md", ABOUT.replace("# 关于", "# 本站")),
    "its state, which the navigation shows": written("content/about.md", f"---\nstatus: new\n---\n{ABOUT}"),
    "mkdocs.yml": replaced("mkdocs.yml", "- toc.follow", "- toc.follow\n    - navigation.footer"),
    "a line of it that pages show": replaced("mkdocs.yml", r"$", "\ncopyright: 版权归作者\n"),
    "its address": replaced("mkdocs.yml", "^", "site_url: https://example.org/anli/\n"),
    "a template of pages": written("theme/pages/case.html", CASE + "<p>新的一行</p>\n"),
    "a template of pages that tells of the whole collection": written("theme/pages/case.html", CASE + OF_ALL),
    "another case comes": written("cases/g.md", case_text("庚")),
    "a template of groups that tells of the whole view": written("theme/pages/group.html", GROUP + "<p>{{ view.groups | length }}</p>\n"),
    "a case with a theme of its own comes": written("cases/h.md", case_text("辛", theme="劳动教育")),
    "a template that another one asks for": written("theme/pages/pieces.html", PIECES.replace("cp-card-title", "cp-card-name")),
    "a template of the site": written("theme/site/partials/logo.html", "<b>标</b>"),
    "a template of the site that another one asks for": written("theme/site/partials/search-box.html", SEARCH_BOX),
    "a style sheet": written("theme/styles/frame.css", "body { color: red }\n"),
    "a script": written("theme/scripts/marks.js", "var nothing;\n"),
    "the name of the collection": replaced("cases/collection.yml", "小案例库", "大案例库"),
    "its fields": written("cases/collection.yml", FIELDS),
}


def test_after_every_change_the_site_is_that_of_a_clean_build(collection):
    """Whatever changes, one thing after another, the site has the same files with the same bytes as one built from nothing."""
    before = built(collection)
    for what, change in CHANGES.items():
        change(collection)
        now = built(collection)
        assert now != before, f"{what} changes nothing: it proves nothing"
        assert now == clean(collection), what
        before = now


def test_what_stays_the_same_is_not_made_again(collection):
    """After an edit of one case the page of another one is the last site's own file, and that of the case is not."""
    built(collection)
    before = {name: page(collection, name).stat().st_ino for name in "ad"}

    replaced("cases/a.md", "写得很短", "写得长一些")(collection)
    built(collection)

    assert page(collection, "d").stat().st_ino == before["d"]
    assert page(collection, "a").stat().st_ino != before["a"] and "写得长一些" in page(collection, "a").read_text("utf-8")


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-9]), lambda path: path.write_text("改过")])
def test_a_page_that_is_not_what_was_made_is_made_anew(spoil, collection):
    """A page of the last site that is gone, damaged or edited by hand is not taken for what it was."""
    before = built(collection)
    spoil(page(collection, "d"))

    assert built(collection) == before


def test_a_picture_changed_by_hand_is_made_anew(collection):
    """Pictures of the site are the stage's own files: whoever writes into one of them changes both, and neither is believed."""
    before = built(collection)
    path = next((collection / "build" / "site" / "pictures").iterdir())
    assert path.stat().st_ino == (collection / "build" / "stage" / "pictures" / path.name).stat().st_ino
    with path.open("r+b") as file:
        file.write(b"spoilt")

    assert built(collection) == before


def test_a_record_that_is_none_is_not_believed(collection):
    """Where the record of the last site is damaged, or says something else, all is made anew."""
    before = built(collection)
    for record in (collection / "build" / ".cache" / "pages").rglob("*"):
        if record.is_file():
            record.write_bytes(record.read_bytes().replace(b"cases/", b"by/tt/"))
    inode = page(collection, "d").stat().st_ino

    assert built(collection) == before and page(collection, "d").stat().st_ino != inode


HOOK = "import time\n\n\ndef on_post_page(output, **_):\n    return output.replace('</body>', f'<i>{time.time_ns()}</i></body>')\n"
PREPARED = """from markdown import Extension, preprocessors
import time


class Stamp(preprocessors.Preprocessor):
    def run(self, lines):
        return [line.replace('<div class="cp-case">', f'<div class="cp-case"><i>{time.time_ns()}</i>') for line in lines]


class Stamps(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Stamp(md), "stamp", 90)


def makeExtension(**_):
    return Stamps()
"""
STRANGERS = {
    "a hook": ({"hook.py": HOOK}, "plugins:", "hooks: [hook.py]\nplugins:"),
    "a plugin": ({}, "  - casepress\n", "  - casepress\n  - meta\n"),
    "an extension": ({"stamps_of_ours.py": PREPARED}, "  - tables\n", "  - tables\n  - stamps_of_ours\n"),
    "a template that shows the moment": ({"theme/site/partials/copyright.html": "{{ build_date_utc }}"}, "$", ""),
    "a template that shows other pages": ({"theme/site/partials/logo.html": "{% for p in pages %}{{ p.page.title }}{% endfor %}"}, "$", ""),
    "a parent of mkdocs.yml": ({"parent.yml": "site_author: 某人\n"}, "^", "INHERIT: parent.yml\n"),
}


@pytest.mark.parametrize("what", STRANGERS)
def test_with_strangers_nothing_is_kept(what, collection, monkeypatch):
    """Where something takes part in pages that casepress does not know, each is made anew every time."""
    files, old, new = STRANGERS[what]
    write_files(collection, files)
    replaced("mkdocs.yml", old, new)(collection)
    monkeypatch.syspath_prepend(collection)
    built(collection)
    inode = page(collection, "d").stat().st_ino

    built(collection)

    assert page(collection, "d").stat().st_ino != inode


def test_mkdocs_alone_keeps_pages_too(collection):
    """`mkdocs build` leaves out what `casepress site` made and the other way round, and nothing lies about after it."""
    before = built(collection)
    inode = page(collection, "d").stat().st_ino
    replaced("cases/a.md", "写得很短", "写得长一些")(collection)

    assert mkdocs(collection, "build", "--strict").returncode == 0

    assert page(collection, "d").stat().st_ino == inode
    after = manifest(collection / "build" / "site")
    assert {name for name in before.items() ^ after.items() if name[0].startswith("site/cases/")}
    assert {path: sum_ for path, sum_ in after.items() if "/javascripts/" not in path} == {
        path: sum_ for path, sum_ in clean(collection).items() if "/javascripts/" not in path
    }
    assert sorted(path.name for path in (collection / "build").iterdir()) == [
        ".cache",
        ".lock",
        ".stage.json",
        ".stage.search.spare",
        "compliance.json",
        "current",
        "release.json",
        "site",
        "stage",
    ]
    assert built(collection) == clean(collection)


def test_a_build_that_fails_leaves_the_pages_where_they_were(collection):
    """When MkDocs fails half-way, the pages that were put aside are in place again."""
    built(collection)
    before = page(collection, "d").read_bytes()
    write_files(collection, {"theme/site/partials/logo.html": "{% broken %}"})

    assert mkdocs(collection, "build").returncode != 0

    assert page(collection, "d").read_bytes() == before
    assert not (collection / "build" / ".site.old").exists()


def test_a_template_may_ask_for_anything():
    """What stands for the whole collection before a template gives what is in the key, and whatever else is asked of it is noticed."""
    may = shaped.Guarded(Collection("库", (), ()), lambda found: isinstance(found, str))
    asks = (lambda: may.cases, lambda: may["title"], lambda: list(may), lambda: len(may), lambda: bool(may), lambda: may.nothing)
    asks += (lambda: f"{may}", lambda: may == 1, lambda: isinstance(may, Mapping), lambda: "库" in may, lambda: may.by_id, lambda: may())

    assert may.title == "库"
    for ask in asks:
        with pytest.raises(shaped.Asked):
            ask()


def test_pages_of_our_templates_are_known_by_their_keys(collection):
    """No template of ours for one case or one group asks for what its key does not tell of: such pages are only written when they change."""
    built(collection)
    record = json.loads((collection / "build" / ".stage.json").read_bytes())["pages"]

    assert {"cases/a.md", "cases/b.md", "cases/c.md", "cases/d.md", "by/theme/homework.md"} <= set(record)
