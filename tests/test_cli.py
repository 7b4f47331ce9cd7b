"""The command line: what it says in Chinese, what it exits with, and that nothing a user does ends in a traceback."""

import json
import os
import pty
import re
import subprocess

import pytest

from casepress import cli, flow
from casepress.collection import project
from casepress.collection.views import select
from conftest import CASEPRESS, ROOT, case_text, run, run_apart, write_files

COMMANDS = tuple(cli.commands.commands)
ENGLISH = re.compile(r"\b(?:Usage|Options?|Commands?|Arguments?|Show|Try|Error|default|required|message and exit)\b", re.IGNORECASE)
LINE = re.compile(r"(?:cases|content)/[^:\n]+(?::\d+)?: (?:错误|警告): [^\n]+。[^\n]+。|mkdocs\.yml: 警告: [^\n]+。")


def test_the_commands_of_the_order_are_there():
    """The commands that the orders name are the commands there are."""
    assert set(COMMANDS) == {"new", "check", "build", "site", "book", "fonts", "stage", "serve"}


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_chinese(command):
    """Help is in Chinese, headings included: no word of click's own English is left in it."""
    ran = run(*filter(None, [command]), "--help")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("用法：casepress") and "选项：" in ran.out and "显示这段说明" in ran.out
    assert not ENGLISH.search(ran.out), ran.out
    for line in ran.out.splitlines():
        if words := re.match(r" {2}(?:-\S+.*?|\w+) {2,}(.+)", line):
            assert re.search("[一-鿿]", words[1]), f"not in Chinese: {line}"


def test_help_names_every_command_with_what_it_does():
    """`casepress --help` lists each command with the first words of its own help."""
    words = run("--help").out

    for name in COMMANDS:
        about = re.search(r"\n\n {2}(.+)\n", run(name, "--help").out)[1]
        assert re.search(rf"^  {name}\s+{re.escape(about[:10])}", words, re.MULTILINE)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "用法：casepress"),
        (["bild"], "没有 'bild' 这个命令"),
        (["check", "--stict"], "没有 --stict 这个选项，是不是 --strict"),
        (["check", "--format", "xml"], "--format 只能写 text、json 中的一个"),
        (["check", "多余"], "多写了参数"),
        (["check", "-C", "."], "-C 文件夹 要写在命令前面"),
        (["build", "--strict=1"], "'--strict' 后面不用写值"),
        (["-C"], "'-C' 后面要写一个值"),
        (["new"], "缺少新文件夹"),
        (["-C", "/nowhere/at/all", "check"], "没有 /nowhere/at/all 这个文件夹"),
    ],
)
def test_what_is_not_understood_exits_2(words, said):
    """A command that is not understood says in Chinese why, on the error output, and exits with 2."""
    ran = run(*words)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert not ENGLISH.search(ran.err), ran.err


@pytest.mark.parametrize("command", ["check", "build", "site", "book", "stage", "serve"])
def test_a_folder_that_is_no_collection_exits_2(command, tmp_path):
    """Outside a collection every command says what is missing and how to begin, exits with 2 and writes nothing."""
    ran = run("-C", tmp_path, command)

    assert ran.code == 2
    assert "没有 cases/collection.yml" in ran.err and "casepress new" in ran.err
    assert not list(tmp_path.iterdir())


def test_the_current_folder_is_the_collection(make):
    """Without -C the current folder is the collection; with it any other, also by a relative path."""
    folder = make({"a.md": case_text("一个")})

    assert run_apart("check", folder=folder).out == "1 个案例，没有发现问题。\n"
    assert run_apart("-C", folder.name, "check", folder=folder.parent).out == "1 个案例，没有发现问题。\n"


def test_check_says_all_at_once_in_file_order(make):
    """Every problem of every file is said at once, in file order, as `path:line: 错误: what。cure。`."""
    folder = make(
        {
            "b.md": case_text("乙", region="鼓楼区").replace("批次: 第一批\n", "批此: 第一批\n"),
            "a.md": "---\n标题: 双减: 探索\n---\n\n正文,正文\n\n![](../../etc/passwd)\n",
            "c.md": "没有开头的信息\n",
        }
    )

    ran = run("-C", folder, "check")

    assert ran.code == 1
    *lines, last = ran.words.splitlines()
    assert all(LINE.fullmatch(line) for line in lines), ran.words
    assert [line.split(": ")[0] for line in lines] == [
        "cases/a.md:2", "cases/a.md:5", "cases/a.md:7", "cases/a.md:7", "cases/b.md:3", "cases/b.md:6", "cases/c.md:1",
    ]  # fmt: skip
    assert last == "共有 4 个错误、3 个警告。"
    assert '改成：标题: "双减: 探索"' in lines[0]


def test_warnings_do_not_stop_unless_strict(make):
    """A warning leaves `check` and `build` at exit 0; with --strict it makes them exit 1, and nothing is built."""
    folder = make({"a.md": case_text("一个", body="汉字之间,用了半角逗号。")}, site=True)

    assert run("-C", folder, "check").code == 0
    strict = run("-C", folder, "check", "--strict")
    assert (strict.code, "警告" in strict.out) == (1, True)
    assert run("-C", folder, "build", "--strict").code == 1
    assert not (folder / "build" / "site").exists() and not (folder / "build" / "books").exists()


def test_json_is_for_programs(make):
    """`check --format json` prints one JSON list with the facts of each problem, and nothing else."""
    folder = make({"a.md": "---\n标题: 双减: 探索\n---\n\n正文\n"})

    ran = run("-C", folder, "check", "--format", "json")

    assert (ran.code, ran.err) == (1, "")
    (problem,) = json.loads(ran.out)
    assert set(problem) == {"path", "line", "level", "what", "cure", "check"}
    assert (problem["path"], problem["line"], problem["level"]) == ("cases/a.md", 2, "error")

    (folder / "cases" / "a.md").write_text(case_text("一个"), "utf-8")
    assert (run("-C", folder, "check", "--format", "json").out.strip(), run("-C", folder, "check").code) == ("[]", 0)


GOOD = case_text("一个")
BROKEN = {
    "empty settings": ({"a.md": GOOD}, ""),
    "settings of zeros": ({"a.md": GOOD}, "\0\1"),
    "settings are a list": ({"a.md": GOOD}, "- a\n"),
    "settings are a sentence": ({"a.md": GOOD}, "案例库"),
    "settings are not YAML": ({"a.md": GOOD}, "title: a: b\n fields: [\n"),
    "fields are a list": ({"a.md": GOOD}, "title: 某库\nfields: [a]\n"),
    "a field is a word": ({"a.md": GOOD}, "title: 某库\nfields: {x: y}\n"),
    "choices within choices": ({"a.md": GOOD}, "title: 某库\nfields: {theme: {choices: [[a], [b]]}}\n"),
    "kinds changed to text": ({"a.md": GOOD}, "title: 某库\nfields: {region: {kind: text}, batch: {kind: text}, award: {kind: text}}\n"),
    "kinds changed about": ({"a.md": GOOD}, "title: 某库\nfields: {theme: {kind: people}, source: {kind: link}, photos: {kind: text}}\n"),
    "a private title": ({"a.md": GOOD}, "title: 某库\nfields: {title: {private: yes}, theme: {private: yes}}\n"),
    "places are a word": ({"a.md": GOOD}, "title: 某库\nplaces: x\n"),
    "a place above itself": ({"a.md": GOOD}, "title: 某库\nplaces: [{name: 甲, parent: 甲}]\n"),
    "no such profile": ({"a.md": GOOD}, "title: 某库\nbook: {profile: ../../etc/passwd}\n"),
    "no such cover": ({"a.md": GOOD}, "title: 某库\nbook: {cover: nope}\n"),
    "no such taxonomy": ({"a.md": GOOD}, "title: 某库\nfields: {theme: {taxonomy: ../x}}\n"),
    "an empty case": ({"a.md": ""}, None),
    "a case of all bytes": ({"a.md": bytes(range(256))}, None),
    "a picture that broke off": ({"a.md": GOOD + "\n![图](p.png)\n", "p.png": b"\x89PNG\r\n\x1a\nxxxx"}, None),
    "lists everywhere": ({"a.md": "---\ntitle: [a]\nregion: {a: b}\nbatch: {x: [y]}\nauthors: {a: b}\nphotos: {a: [b]}\nsource: [a]\n---\n"}, None),
    "an id that is a list": ({"a.md": "---\nid: [a]\ntitle: x\n---\n"}, None),
    "a header too deep": ({"a.md": "---\ntitle: " + "[" * 500 + "]" * 500 + "\n---\n"}, None),
    "a name without letters": ({"😀.md": GOOD}, None),
    "two with one id": ({"a.md": GOOD, "A.md": case_text("另一个")}, None),
    "content in the way": ({"a.md": GOOD, "../content/cases/a.md": "# 挡路"}, None),
    "content that is no text": ({"a.md": GOOD, "../content/about.md": b"\xff\xfa\x00\xd8"}, None),
}  # fmt: skip


@pytest.mark.parametrize("world", BROKEN)
def test_a_broken_collection_is_told_and_never_a_traceback(world, make):
    """Whatever is wrong with a collection, `check` and `build` name it in Chinese, exit with 1, and build nothing."""
    files, settings = BROKEN[world]
    folder = make(files, **({} if settings is None else {"settings": settings}))

    for command in ("check", "build"):
        ran = run("-C", folder, command)
        told = [line for line in ran.words.splitlines() if LINE.fullmatch(line)]
        assert ran.code == 1 and any(": 错误: " in line for line in told), f"{command}: {ran.words}"
    assert not (folder / "build" / "site").exists()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"mkdocs.yml": None}, "没有 mkdocs.yml"),
        ({"mkdocs.yml": "site_name: [\n"}, "mkdocs.yml"),
        ({"mkdocs.yml": "site_name: 某站\nplugins: [nonesuch]\n"}, "nonesuch"),
        ({"theme/pages/home.html": "{% if %}"}, "模板 home.html 第 1 行"),
        ({"theme/pages/case.html": "{{ nonesuch.at.all }}"}, "模板 case.html"),
        ({"theme/site/main.html": "{% if %}", "mkdocs.yml": "site_name: 某站\nplugins: [casepress]\ntheme: {name: material}\n"}, "网站没有生成"),
        ({"build": "a file in the way"}, "build"),
    ],
    ids=["no mkdocs.yml", "bad mkdocs.yml", "no such plugin", "bad template", "unknown name", "bad theme", "build in the way"],
)  # fmt: skip
def test_what_stops_the_site_is_said_in_a_sentence(files, said, make):
    """A wrong mkdocs.yml, plugin, template or folder stops `site` with a Chinese sentence and exit 1, not a traceback."""
    folder = make({"a.md": GOOD}, site=True)
    write_files(folder, {name: text for name, text in files.items() if text is not None})
    for name, text in files.items():
        if text is None:
            (folder / name).unlink()

    ran = run("-C", folder, "site")

    assert ran.code == 1 and ran.err.startswith("错误: ") and said in ran.err, ran.words


def test_the_program_itself_ends_without_traceback(make):
    """Run as a program of its own on broken files, casepress prints problems and exits 1, and no traceback."""
    ran = run_apart("-C", ROOT / "tests" / "collections" / "broken", "check")

    assert ran.code == 1 and "Traceback" not in ran.words
    assert ran.out.count("错误: ") > 10 and ran.err == "" or ran.err.startswith("共有 ")


def test_pipes_and_a_bare_machine_are_fine(make):
    """With outputs piped and no locale set, Chinese words are printed as UTF-8."""
    folder = make({"a.md": "坏\n"})

    ran = run_apart("-C", folder, "check", LANG="", LC_ALL="", PYTHONUTF8="", PYTHONIOENCODING="")

    assert ran.code == 1 and "错误" in ran.out


def test_no_bars_in_a_file(make):
    """Where the output goes to a file, long work says nothing but its result."""
    folder = make({"a.md": GOOD, "b.md": case_text("另一个")}, site=True)

    quiet = run_apart("-C", folder, "book", "-o", folder / "out.pdf")
    assert (quiet.code, quiet.err, quiet.out) == (0, "", f"装订好了：{folder / 'out.pdf'}（2 个案例）\n")


def test_bars_on_a_terminal(make):
    """On a terminal, long work shows how far it has come."""
    folder = make({"a.md": GOOD, "b.md": case_text("另一个")}, site=True)
    try:
        ours, theirs = pty.openpty()
    except OSError:
        pytest.skip("未检查：这台机器没有伪终端（/dev/pts）")
    watched = subprocess.Popen([CASEPRESS, "-C", folder, "book", "-o", folder / "out.pdf"], stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
    os.close(ours)
    assert watched.wait() == 0
    assert "排版" in shown.decode() and "1/1" in shown.decode()


def test_version_is_that_of_the_package():
    """`casepress --version` prints the version that pyproject.toml names."""
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)[1]

    assert run("--version").out == f"casepress {version}\n"


# What a selection means is tested on the sample, which has two batches, twelve themes and places at all levels.


@pytest.fixture(scope="module")
def collection():
    return flow.sound_collection(project.find(ROOT))[0].collection


def chosen(collection, *only: str) -> set[str]:
    return {case.id for case in select(collection, only)}


def test_only_binds_the_cases_of_a_batch(sample, tmp_path):
    """`casepress book --only batch=第三批 -o FILE` binds the 27 cases of that batch, each once in the bookmarks."""
    import pikepdf

    target = tmp_path / "new folder" / "第三批.pdf"
    ran = run("-C", sample, "book", "--only", "batch=第三批", "-o", target)

    assert ran.code == 0 and "27 个案例" in ran.out, ran.words
    with pikepdf.open(target) as pdf, pdf.open_outline() as outline:
        titles = [str(item.title) for top in outline.root for item in (top, *top.children)]
    cases = [case.title for case in select(flow.check_project(project.find(sample))[0], ["batch=第三批"])]
    assert len(cases) == 27
    assert sorted(title for title in titles if title in cases) == sorted(cases)
    assert not [title for title in titles if title in {case.title for case in flow.check_project(project.find(sample))[0].cases} - set(cases)]


def test_values_of_one_field_add_up_and_fields_narrow_down(collection):
    """Several --only of one field are an “or”, those of different fields an “and”."""
    third, second = chosen(collection, "batch=第三批"), chosen(collection, "batch=第二批")
    service, homework = chosen(collection, "theme=课后服务"), chosen(collection, "theme=作业管理")

    assert (len(third), len(second)) == (27, 10) and service and homework
    assert chosen(collection, "batch=第三批", "batch=第二批") == third | second
    assert chosen(collection, "theme=课后服务", "theme=作业管理") == service | homework
    assert chosen(collection, "theme=课后服务", "theme=作业管理", "batch=第三批") == (service | homework) & third


def test_labels_and_aliases_select_as_well(collection):
    """A selection may use the field's Chinese label, a full-width ＝, an alias of the value, or its slug."""
    homework = chosen(collection, "theme=作业管理")

    assert homework
    assert chosen(collection, "主题=作业管理") == chosen(collection, "主题＝作业管理") == homework
    assert chosen(collection, "主题=作业减负") == homework
    assert chosen(collection, "batch=moe-3") == chosen(collection, "批次=教育部第三批") == chosen(collection, "batch=第三批")


def test_a_place_selects_all_below_it(collection):
    """A place means every case in it and below it, by its name, its short name or its code."""
    shandong = {case.id for case in collection.cases if case.place and case.place.codes[0] == "370000"}

    assert len(shandong) > 10
    assert len({case.place.codes for case in collection.cases if case.id in shandong}) > 3
    assert chosen(collection, "region=山东省") == chosen(collection, "地区=山东") == chosen(collection, "region=370000") == shandong


@pytest.mark.parametrize(
    ("only", "said"),
    [
        ("batch=第九批", "没有批次是“第九批”的案例，有的是："),
        ("bach=第三批", "没有叫“bach”的字段，是不是想写 batch；可用的有："),
        ("第三批", "“第三批”应当写成“字段=值”"),
        ("batch=", "应当写成“字段=值”"),
    ],
)
def test_an_unknown_selection_exits_2(only, said, tmp_path):
    """A selection of what is not there names what there is, exits with 2 and writes no file."""
    ran = run("-C", ROOT, "book", "--only", only, "-o", tmp_path / "x.pdf")

    assert ran.code == 2 and said in ran.err, ran.words
    assert not (tmp_path / "x.pdf").exists()


def test_only_needs_a_file(make):
    """--only without -o is refused: the whole book of the collection is never replaced by a part of it."""
    ran = run("-C", make({"a.md": GOOD}), "book", "--only", "batch=第一批")

    assert ran.code == 2 and "-o" in ran.err


def test_private_fields_select_nothing(make):
    """A private field cannot be selected by, for the answer would tell what it holds."""
    settings = "title: 某库\nfields: {phone: {label: 联系电话, private: yes}}\n"
    folder = make({"a.md": GOOD.replace("---\n", "---\n联系电话: 13900000000\n", 1)}, settings)

    ran = run("-C", folder, "book", "--only", "联系电话=13900000000", "-o", folder / "x.pdf")

    assert ran.code == 2 and "没有叫“联系电话”的字段" in ran.err
