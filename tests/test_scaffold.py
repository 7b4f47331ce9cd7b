"""New collections: they build at once, take other people's cases, and any title does them no harm."""

import re
import shutil

import pytest

from casepress import flow
from casepress.collection import project
from conftest import ROOT, manifest, run


def test_a_new_collection_builds_at_once(tmp_path):
    """`casepress new DIR` makes a collection that checks strictly without a problem and builds site and book."""
    made = run("-C", tmp_path, "new", "某县案例")
    folder = tmp_path / "某县案例"

    assert made.code == 0 and f"casepress -C {folder} build" in made.out and f"casepress -C {folder} serve" in made.out
    assert run("-C", folder, "check", "--strict").out == "1 个案例，没有发现问题。\n"
    built = run("-C", folder, "build", "--strict")
    assert (built.code, built.err) == (0, "")
    assert (folder / "build" / "site" / "index.html").is_file()
    assert (folder / "build" / "books" / "book.pdf").read_bytes().startswith(b"%PDF")
    assert "<title>某县案例</title>" in (folder / "build" / "site" / "index.html").read_text("utf-8")


def test_a_new_collection_has_the_layout_and_one_example(tmp_path):
    """A new collection has the folders of the layout less scripts and tests, and exactly one case, plainly an example."""
    folder = tmp_path / "new"
    run("new", folder)

    assert {path.name for path in folder.iterdir()} == {"cases", "content", "theme", "mkdocs.yml"}
    assert {path.name for path in (folder / "content").iterdir()} == {"index.md", "about.md", "guide.md", "guide"}
    collection, problems = flow.check_project(project.find(folder))
    assert not problems
    (case,) = collection.cases
    assert "示例" in case.title and "虚构" in case.text("school")


def test_the_example_uses_what_a_newcomer_must_know(tmp_path):
    """The example has a header with labels, headings of two levels, a list and a table, and files under the usual views."""
    run("new", tmp_path / "new")
    collection, _ = flow.check_project(project.find(tmp_path / "new"))
    (case,) = collection.cases

    assert {"region", "school", "theme", "batch", "summary"} <= set(case.values)
    assert {heading.level for heading in case.body.headings} == {2, 3}
    assert "<ul>" in case.body.html and "<table>" in case.body.html


def test_other_peoples_cases_build_in_a_new_collection(tmp_path):
    """Every case file of this repository, put into a new collection as it is, checks without an error and builds."""
    folder = tmp_path / "new"
    run("new", folder)
    (folder / "cases" / "example.md").unlink()
    for path in (ROOT / "cases").rglob("*"):
        if path.is_file() and path.name != "collection.yml":
            target = folder / "cases" / path.relative_to(ROOT / "cases")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)

    built = run("-C", folder, "build")

    assert built.code == 0 and "错误" not in built.words, built.words
    cases = {path.stem for path in (ROOT / "cases").rglob("*.md")}
    assert {path.stem for path in (folder / "build" / "site" / "cases").glob("*.html")} == cases | {"index"}
    assert {path.stem for path in (folder / "build" / "books" / "cases").glob("*.pdf")} == cases


def test_cases_with_their_own_settings_build_in_a_new_collection(tmp_path):
    """The whole `cases/` folder of another collection, its collection.yml included, builds in a new one."""
    folder = tmp_path / "new"
    run("new", folder)
    shutil.rmtree(folder / "cases")
    shutil.copytree(ROOT / "cases", folder / "cases")

    built = run("-C", folder, "site")

    assert (built.code, built.err) == (0, "")
    assert len(list((folder / "build" / "site" / "cases").glob("*.html"))) == len(list((ROOT / "cases").glob("*.md"))) + 1


@pytest.mark.parametrize("content", ["a.txt", ".hidden"])
def test_a_folder_with_content_is_refused(content, tmp_path):
    """A folder that holds anything, or a file of that name, is refused with exit 2 and left as it was."""
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / content).write_text("mine", "utf-8")
    before = manifest(folder)

    for target in (folder, folder / content):
        ran = run("new", target)
        assert ran.code == 2 and "已经有内容" in ran.err
    assert manifest(folder) == before


def test_an_empty_folder_is_taken(tmp_path):
    """An empty folder that is there already becomes the collection."""
    (tmp_path / "here").mkdir()

    assert run("new", tmp_path / "here").code == 0
    assert run("-C", tmp_path / "here", "check").code == 0


@pytest.mark.parametrize(
    "title",
    [
        '他说"好": 一、二',
        "冒号: 和 # 井号",
        "<img src=x onerror=alert(1)>",
        "一行\n两行: 三",
        "it's \\n {{ 7*7 }} %",
        "- 减号开头",
        "案例库名称",
        "!!python/object:os.system",
    ],
)
def test_any_title_is_harmless(title, tmp_path):
    """Quotes, colons, line ends, tags and YAML's own marks in a title are text: the title is read back as it was given."""
    folder = tmp_path / "new"
    assert run("new", folder, "--title", title).code == 0

    collection, problems = flow.check_project(project.find(folder))

    assert not problems
    assert collection.title == " ".join(title.split())
    assert (folder / "mkdocs.yml").read_text("utf-8").count("\nsite_name: ") == 1


def test_a_hostile_title_is_text_on_every_page(tmp_path):
    """A title with a tag and quotes shows in the site's head and home page as text, and makes no element."""
    folder = tmp_path / "new"
    run("new", folder, "--title", '某"库": <b>x</b> <img src=x onerror=alert(1)>')

    built = run("-C", folder, "site")

    assert (built.code, built.err) == (0, "")
    for page in (folder / "build" / "site").rglob("*.html"):
        html = page.read_text("utf-8")
        assert "<img src=x" not in html and "<b>x</b>" not in html, page
        assert re.search(r"<title>[^<]*某(?:\"|&quot;|&#34;)库(?:\"|&quot;|&#34;): &lt;b&gt;x", html), page
