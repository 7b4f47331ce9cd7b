"""New collections: they build at once, take other people's cases, and any title does them no harm; new profiles in them."""

import re
import shutil
from dataclasses import fields, replace

import pikepdf
import pytest

from casepress import flow
from casepress.book.measures import MM, Type
from casepress.book.profiles import names, read_profile
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


# Profiles


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    folder = tmp_path_factory.mktemp("profiles") / "c"
    assert run("new", folder).code == 0
    return folder


@pytest.mark.parametrize("model", sorted(names([ROOT / "theme" / "print"])))
def test_a_new_profile_is_like_its_model(model, collection):
    """`casepress profile new` makes a file that is its model as it stands, and still is when every line of it is put in force."""
    made = run("-C", collection, "profile", "new", f"own-{model}", "--from", model)
    file = collection / "theme" / "print" / "profiles" / f"own-{model}.yml"
    folders = project.find(collection).themes("print")

    assert (made.code, made.err) == (0, "") and f"theme/print/profiles/own-{model}.yml（照 {model}）" in made.out
    assert f"profile: own-{model}" in made.out
    wanted, text = read_profile(model, folders), file.read_text("utf-8")
    assert replace(read_profile(f"own-{model}", folders), name=model) == wanted
    assert re.findall("^[^#\n].*$", text, re.MULTILINE) == [f"like: {model}"]
    assert all(re.search("[一-鿿]", line) for line in text.splitlines() if line.startswith("#") and not re.match("#  ? ?[a-z-]", line))
    file.write_text(re.sub(r"^# (?=[a-z]+:|  - )", "", text, flags=re.MULTILINE), "utf-8")
    said = replace(read_profile(f"own-{model}", folders), name=model)
    assert {field.name for field in fields(said)} == {field.name for field in fields(wanted)}
    for field in fields(said):
        assert _plain(getattr(said, field.name)) == _plain(getattr(wanted, field.name)), field.name


def _plain(value):
    """A measure, a type or several, with lengths to a hundredth of a point."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Type):
        return value.face, round(value.size, 2), value.bold
    return round(value, 2) if isinstance(value, float) else value


def test_a_new_profile_is_used_at_once(collection):
    """`profile: NAME` in collection.yml asks for it, and a book is made in it."""
    assert run("-C", collection, "profile", "new", "wode", "--from", "std16").code == 0
    settings = collection / "cases" / "collection.yml"
    settings.write_text(settings.read_text("utf-8").replace("profile: big16", "profile: wode"), "utf-8")
    assert run("-C", collection, "check", "--strict").out == "1 个案例，没有发现问题。\n"
    made = run("-C", collection, "book", "-o", collection / "x.pdf")
    assert (made.code, made.err) == (0, "")
    with pikepdf.open(collection / "x.pdf") as pdf:
        assert [round(float(side) / MM) for side in pdf.pages[0].mediabox[2:]] == [185, 260]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["gongwen"], "已经有叫“gongwen”的版式了（随 casepress 来的），请换一个名字"),
        (["taken"], "已经有叫“taken”的版式了（theme/print/profiles/taken.yml），请换一个名字"),
        (["大开本"], "“大开本”不能用作版式的名字，请只用小写英文字母、数字和 -，例如 da-kai-ben"),
        (["../x"], "“../x”不能用作版式的名字"),
        (["Wode"], "“Wode”不能用作版式的名字"),
        (["own", "--from", "gongven"], "没有叫“gongven”的版式，可用的有：a4、big16、broken、gongwen、large"),
        (["own", "--from", "broken"], "版式文件 broken.yml 有误"),
        ([], "缺少名字"),
    ],
)
def test_a_profile_that_cannot_be_made_is_refused(words, said, tmp_path):
    """Names that are taken or will not do, and models that there are not, are refused with a sentence; nothing is written."""
    folder = tmp_path / "c"
    shutil.copytree(ROOT / "scripts" / "casepress" / "data" / "starter", folder)
    own = folder / "theme" / "print" / "profiles"
    own.mkdir(parents=True)
    (own / "taken.yml").write_text("like: a4\n")
    (own / "broken.yml").write_text("body: 大号\n", "utf-8")
    before = manifest(folder)
    ran = run("-C", folder, "profile", "new", *words)
    assert ran.code == 2 and ran.out == "" and said in ran.err
    assert manifest(folder) == before


def test_a_profile_is_not_written_outside(collection, tmp_path):
    """Where the folder of profiles is a link to somewhere else nothing is written there."""
    folder = tmp_path / "c"
    shutil.copytree(ROOT / "scripts" / "casepress" / "data" / "starter", folder)
    (tmp_path / "elsewhere").mkdir()
    (folder / "theme" / "print").mkdir(parents=True, exist_ok=True)
    (folder / "theme" / "print" / "profiles").symlink_to(tmp_path / "elsewhere")
    ran = run("-C", folder, "profile", "new", "own")
    assert ran.code == 2 and "通向案例库之外的链接" in ran.err and not list((tmp_path / "elsewhere").iterdir())
