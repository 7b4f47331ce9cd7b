"""The command line: what it says in Chinese, what it exits with, and that nothing a user does ends in a traceback."""

import ast
import inspect
import json
import os
import pty
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from casepress import chinese, cli, flow, scaffold, terminal
from casepress.collection import project
from casepress.collection.views import select
from casepress.facts.moments import moment
from conftest import CASEPRESS, ROOT, case_text, manifest, picture, run, run_apart, write_files

COMMANDS = tuple(cli.commands.commands)
ENGLISH = re.compile(r"\b(?:Usage|Options?|Commands?|Arguments?|Show|Try|Error|default|required|message and exit)\b", re.IGNORECASE)
LINE = re.compile(r"(?:cases|content)/[^:\n]+(?::\d+)?: (?:错误|警告): [^\n]+。[^\n]+。|mkdocs\.yml: 警告: [^\n]+。")


def test_the_commands_of_the_order_are_there():
    """The commands that the orders name are the commands there are."""
    made = {"new", "profile", "check", "build", "site", "book", "compare", "fonts", "stage", "clean", "serve"}
    assert set(COMMANDS) == made | {"import", "likeness", "list", "export", "schema", "pack", "verify"}


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
            "a.md": "---\n标题: 作业: 探索\n---\n\n正文,正文\n\n![](../../etc/passwd)\n",
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
    assert '改成：标题: "作业: 探索"' in lines[0]


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
    folder = make({"a.md": "---\n标题: 作业: 探索\n---\n\n正文\n"})

    ran = run("-C", folder, "check", "--format", "json")

    assert (ran.code, ran.err) == (1, "")
    (problem,) = json.loads(ran.out)
    assert set(problem) == {"path", "line", "level", "what", "cure", "check"}
    assert (problem["path"], problem["line"], problem["level"]) == ("cases/a.md", 2, "error")

    (folder / "cases" / "a.md").write_text(case_text("一个"), "utf-8")
    assert (run("-C", folder, "check", "--format", "json").out.strip(), run("-C", folder, "check").code) == ("[]", 0)


GOOD = case_text("一个")


@pytest.fixture(scope="module")
def unreadable(tmp_path_factory) -> Path:
    """A collection of three hundred cases without a header, of which much is said; its fonts are known already. It is only read."""
    folder = tmp_path_factory.mktemp("unreadable")
    write_files(folder / "cases", {"collection.yml": "title: 案例\n", **{f"{n}.md": "坏\n" for n in range(300)}})
    assert run("-C", folder, "check").code == 1
    return folder


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
        ({"theme/pages/case.html": "{{ nonesuch.at.all }}"}, "模板 case.html"),
        ({"theme/pages/case.html": "{{ 1 + 'a' }}"}, "模板 case.html"),
        ({"theme/pages/case.html": "{{ 1 / 0 }}"}, "模板 case.html"),
        ({"build": "a file in the way"}, "build"),
    ],
    ids=["no mkdocs.yml", "unknown name", "words and numbers", "through nought", "build in the way"],
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


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"mkdocs.yml": "site_name: [\n"}, "mkdocs.yml:2: 错误: 不是写得对的 YAML"),
        ({"mkdocs.yml": "- 甲\n"}, "mkdocs.yml:1: 错误: 内容不是"),
        ({"mkdocs.yml": "plugins: [casepress]\n"}, "mkdocs.yml: 错误: 没有写 site_name"),
        ({"mkdocs.yml": "site_name: 某站\nplugins:\n  - casepress\n  - nonesuch: {a: b}\n"}, "mkdocs.yml:4: 错误: plugins 里的 nonesuch"),
        ({"mkdocs.yml": "site_name: 某站\nplugins: [casepress]\ntheme: {name: nonesuch}\n"}, "mkdocs.yml:3: 错误: 没有叫 nonesuch"),
        ({"theme/pages/home.html": "{% if %}"}, "theme/pages/home.html:1: 错误: 模板写得不对"),
        ({"theme/site/main.html": "{% if %}"}, "theme/site/main.html:1: 错误: 模板写得不对"),
    ],
    ids=["bad mkdocs.yml", "no mapping", "no name", "no such plugin", "no such theme", "bad template", "bad theme"],
)  # fmt: skip
def test_what_would_stop_the_site_is_told_by_check(files, said, make):
    """With file and line, by `check` and `site` alike; a book asks nothing of it."""
    folder = make({"a.md": GOOD}, site=True)
    write_files(folder, files)
    for command in (["check"], ["site"]):
        ran = run("-C", folder, *command)
        assert ran.code == 1 and said in ran.words and "Traceback" not in ran.words, ran.words
    assert run("-C", folder, "book", "--edition", "epub", "-o", folder / "a.epub").code == 0


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


def test_no_bars_in_a_file(make, mother):
    """Where the output goes to a file, long work says nothing but its result."""
    folder = make({"a.md": GOOD, "b.md": case_text("另一个")}, site=True)

    assert mother.run("-C", folder, "book", "-o", folder / "out.pdf") == (0, f"装订好了：{folder / 'out.pdf'}（2 个案例）\n")


def test_bars_on_a_terminal(make, mother):
    """On a terminal, long work shows how far it has come."""
    folder = make({"a.md": GOOD, "b.md": case_text("另一个")}, site=True)
    try:
        for end in pty.openpty():
            os.close(end)
    except OSError:
        pytest.skip("未检查：这台机器没有伪终端（/dev/pts）")

    code, shown = mother.run("-C", folder, "book", "-o", folder / "out.pdf", terminal=True)

    assert code == 0 and "排版" in shown and "1/1" in shown, shown


def test_version_is_that_of_the_package():
    """`casepress --version` prints the version that pyproject.toml names."""
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)[1]

    assert run("--version").out == f"casepress {version}\n"


LOADED = """
import json, os, sys
from casepress import cli
for words in json.loads(sys.argv[1]):
    sys.argv = ["casepress", *words]
    try:
        cli.main()
    except SystemExit as end:
        assert not end.code, (words, end.code)
    print("LOADED", *sorted({name.partition(".")[0] for name in sys.modules} & set(os.environ["HEAVY"].split())))
"""


def loaded(*commands: list[str], heavy: str, before: tuple[str, ...] = (), **options: object) -> list[set[str]]:
    """Which of some libraries a program of its own has loaded after each of some commands."""
    done = subprocess.run(
        [*before, sys.executable, "-c", LOADED, json.dumps([[str(word) for word in words] for words in commands])],
        env={**os.environ, "HEAVY": heavy}, capture_output=True, check=False, **options,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return [set(line.split()[1:]) for line in done.stdout.decode().splitlines() if line.startswith("LOADED")]


MAY_LOAD = {
    "--version": "", "--help": "", "book --help": "", "new {0}/other": "", "-C {0}/check check": "", "-C {0}/fonts fonts": "",
    "-C {0}/stage stage": "numpy", "-C {0}/site site": "mkdocs numpy",
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded_by(tmp_path_factory) -> dict[str, set[str]]:
    """What a program has loaded once it has done these commands one after the other, each with a collection that nobody has read."""
    folder = tmp_path_factory.mktemp("loaded")
    for name in ("check", "fonts", "stage", "site"):
        scaffold.new_collection(folder / name)
    found = loaded(*(words.format(folder).split() for words in MAY_LOAD), heavy="weasyprint mkdocs numpy pikepdf")
    return dict(zip(MAY_LOAD, found, strict=True))


@pytest.mark.parametrize("command", MAY_LOAD)
def test_only_what_is_used_is_loaded(command, loaded_by):
    """Help, the version, `new`, `check` and `fonts` load neither WeasyPrint, MkDocs, numpy nor pikepdf; a site no WeasyPrint."""
    assert loaded_by[command] <= set(MAY_LOAD[command].split())


def test_clean_removes_the_cache_and_nothing_else(make):
    """`clean` says how much it removed; site, books and cases stay, and the next run says the same as before."""
    folder = make({"a.md": GOOD}, site=True)
    assert run("-C", folder, "stage").code == 0
    said, before = run("-C", folder, "check"), manifest(folder / "build" / "stage", folder / "cases")

    ran = run("-C", folder, "clean")
    assert ran.code == 0 and re.match(r"清除了 \d+ KB 的缓存（.*\.cache）", ran.out), ran.words
    assert not (folder / "build" / ".cache").exists() and manifest(folder / "build" / "stage", folder / "cases") == before
    assert run("-C", folder, "clean").out == "没有缓存，不用清除。\n"
    assert run("-C", folder, "check") == said


@pytest.mark.parametrize(
    ("words", "heavy", "first"),
    [
        (["check"], "jinja2 segno stdnum weasyprint mkdocs numpy pikepdf", "fontTools pypinyin"),
        (["book", "-o", "x.pdf"], "mkdocs numpy segno stdnum", "cssselect2 fontTools pydyf pypinyin tinycss2 weasyprint"),
    ],
    ids=["check", "book"],
)
def test_a_second_run_loads_nothing_for_what_is_known(words, heavy, first, make):
    """What fonts have, how words sound and what was laid out is kept: only the first run loads the libraries that found it out.

    No check loads jinja2, segno, colours, or what makes PDFs.
    """
    folder = make({"a.md": GOOD}, site=True)
    one = ("taskset", "--cpu-list", str(min(os.sched_getaffinity(0))))

    for expected in (first, ""):
        assert loaded(["-C", folder, *words], heavy=f"{heavy} {first}", before=one, cwd=folder) == [set(expected.split())]


def test_who_has_nothing_to_lay_out_starts_nobody(make, mother, tmp_path):
    """A book, and a build, that were made of the same files need no process beside; after a change there is one."""
    is_shared = len(os.sched_getaffinity(0)) > 1
    folder = make({"a.md": GOOD}, site=True)

    def forks(*words: object) -> int:
        code, said = mother.run("-C", folder, *words, count=str(tmp_path / "counts"))
        assert code == 0, said
        return json.loads((tmp_path / "counts").read_text("utf-8")).get("os.fork", 0)

    for words in (("book", "-o", folder / "x.pdf"), ("build",)):
        assert [forks(*words) > 0, forks(*words), forks(*words)] == [is_shared, 0, 0], words
    write_files(folder / "cases", {"a.md": GOOD.replace("。", "！", 1)})
    assert (forks("build") > 0) == is_shared


@pytest.mark.parametrize("command", ["check", "fonts", "stage", "site", "build", "book -o {0}/x.pdf", "book -o {0}/x.pdf --edition print"])
def test_what_is_written_is_read_once(command, make, mother, tmp_path):
    """Each command opens every case, collection.yml and every text of content/ exactly once."""
    folder = make({"a.md": GOOD, "b.md": case_text("另一个", body="见[一个](a.md)。")}, site=True)
    write_files(folder / "content" / "book", {"preface.md": "# 前言\n\n字。\n", "appendix-1-x.md": "# 附录\n\n字。\n"})

    code, said = mother.run("-C", folder, *command.format(folder).split(), count=str(tmp_path / "counts"))

    assert code == 0, said
    counts, above = json.loads((tmp_path / "counts").read_text("utf-8")), f"{folder.resolve()}/"
    times = {path.removeprefix(above): n for path, n in counts.items() if path.startswith((f"{above}cases/", f"{above}content/"))}
    assert {"cases/a.md", "cases/b.md", "cases/collection.yml", "content/book/preface.md"} <= set(times)
    assert command == "fonts" or {"content/index.md", "content/about.md"} <= set(times)
    assert set(times.values()) == {1}, times


def said_by_click() -> set[str]:
    """Every sentence that Click's source hands to gettext in the modules that a command of ours goes through."""
    found = set()
    for module in chinese._MODULES:
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                found |= {arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
    return found


def test_clicks_words_are_in_the_catalogue():
    """Every sentence of Click that a command of ours can come to has its Chinese in the catalogue, with the same blanks, and
    the catalogue has no sentence that Click does not say."""
    unused = {"Options", "Commands", "Aborted!", "Error: {message}", "Try '{command} {option}' for help.", "%(prog)s, version %(version)s"}
    unused |= {text for text in said_by_click() if "deprecated" in text.lower() or "len_type" in text}
    ours = {text for text in chinese.WORDS if text != "required"}  # which Click hands on by a name

    numbers = {
        text for text in said_by_click() if "number_type" in text or "range" in text or "format" in text or "UUID" in text or "boolean" in text
    }
    assert said_by_click() - unused - numbers == ours
    for english, words in chinese.WORDS.items():
        blanks = set(re.findall(r"\{[^}]*\}", english))
        assert set(re.findall(r"\{[^}]*\}", words)) <= blanks and not re.search(r"[A-Za-z]{3,}", re.sub(r"\{[^}]*\}|--help", "", words)), (
            english
        )


@pytest.mark.parametrize(
    ("name", "copied"),
    [
        ("案例库", "案例库"),
        ("某县 案例", "'某县 案例'"),
        ("it's", "'it'\"'\"'s'"),
        ("a&b", "'a&b'"),
        ("a(1)", "'a(1)'"),
        ("$HOME", "'$HOME'"),
        ("v1.2_x-3", "v1.2_x-3"),
    ],
)
def test_a_path_to_be_copied_is_one_word_of_a_shell(name, copied, tmp_path):
    """A path that is printed to be copied stands in quotes where a shell would take it apart, and is one word of it."""
    made = run("-C", tmp_path, "new", name)

    assert made.code == 0 and f"casepress -C {terminal.copied(tmp_path / name)} build" in made.out
    assert terminal.copied(Path(name)) == copied and shlex.split(copied) == [name]
    given = re.search(r"casepress (-C .+) build ", made.out)[1]
    assert run(*shlex.split(given), "check").code == 0
    staged = run(*shlex.split(given), "stage").out.split("在 ", 1)[1]
    assert shlex.split(staged) == [str(tmp_path / name / "build" / "stage")]


@pytest.mark.parametrize("value", ["999999999999999", "abc", "-5", "1e9", "²", "4294967296", "9" * 5000])
def test_a_clock_that_is_none_is_said_and_not_used(value, make, monkeypatch):
    """A SOURCE_DATE_EPOCH that is no number of seconds is named, and the command does its work without it."""
    folder = make({"a.md": GOOD}, site=True)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)

    for command in (["site"], *([["book", "-o", folder / "x.pdf"]] if value == "abc" else [])):
        ran = run("-C", folder, *command)
        assert ran.code == 0 and (value[:40] in ran.err) == (command == ["site"]), ran.words
    assert moment("2026年11月") == "2026-11-01T00:00:00Z"


@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_clock_is_none(value, make, monkeypatch):
    """An empty SOURCE_DATE_EPOCH is none, and nothing is said of it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)

    assert run("-C", make({"a.md": GOOD}, site=True), "site").err == ""


def whatever(folder: Path, name: str, kind: str) -> None:
    """Put something else into the place of a file or a folder."""
    path = folder / name
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "folder":
        path.mkdir()
    elif kind == "nowhere":
        path.symlink_to("/nowhere/at/all")
    elif kind == "loop":
        path.symlink_to(path.name)
    elif kind == "outside":
        path.symlink_to("/etc/passwd")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind != "gone":
        path.write_bytes(kind.encode("latin-1"))


KINDS = ("folder", "\xff\xfe\0", "loop", "gone", "nowhere", "outside", "pipe")
PLACES = (
    "build", "build/.lock", "build/.stage.json", "build/stage", "build/site", "build/books", "build/books/books.json", "cases", "cases/collection.yml",
    "cases/a.md", "cases/p.png", "content", "content/index.md", "content/about.md", "content/book", "content/book/preface.md", "theme", "theme/print",
    "theme/fonts", "theme/fonts/x.ttf", "theme/print/faces.yml", "theme/print/cover.png", "theme/print/profiles/big16.yml", "theme/pages/home.html", "mkdocs.yml",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_whatever_stands_in_a_place_is_no_traceback(place, make):
    """A folder, bytes, a link or a pipe where a file should be, a file where a folder should be, or nothing at all: `stage`,
    which checks first, does its work or says in Chinese what is wrong, and exits with 0, 1 or 2; what a link leads to is not said."""
    for nth, kind in enumerate(KINDS if place.startswith(("cases", "content")) else KINDS[:3]):
        folder = make({"a.md": GOOD + "\n![图](p.png)\n", "p.png": picture()}, site=True, name=f"{nth}")
        whatever(folder, place, kind)
        ran = run("-C", folder, "stage")
        assert ran.code in (0, 1, 2), f"{kind}: {ran.words}"
        assert ran.code == 0 or re.search("[一-鿿]", ran.words), f"{kind}: {ran.words}"
        assert "root:" not in ran.words and not re.search(r"[A-Z][a-z]+ [a-z]+ [a-z]+", ran.err), f"{kind}: {ran.words}"


@pytest.mark.parametrize(
    "variables",
    [{"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}],
)
def test_outputs_that_know_no_chinese_get_it_all_the_same(variables, unreadable):
    """Where the locale or Python was told to say ASCII, Chinese comes out as UTF-8, help as well as problems."""
    assert "错误" in run_apart("-C", unreadable, "check", **variables).out
    assert "用法" in run_apart("--help", **variables).out


def test_a_terminal_of_gbk_is_spoken_to_in_gbk(make):
    """A terminal of GBK, as on Chinese Windows, gets GBK; a character that it lacks shows as its number."""
    folder = make({"a😀.md": "坏\n"})
    done = subprocess.run([CASEPRESS, "-C", folder, "check"], env={**os.environ, "PYTHONIOENCODING": "gbk"}, capture_output=True, check=False)

    assert done.returncode == 1 and "错误" in done.stdout.decode("gbk") and "\\U0001f600" in done.stdout.decode("gbk")


@pytest.mark.parametrize("where", ["stdout", "stderr", "both", "reader gone", "full"])
def test_outputs_that_take_nothing_are_no_traceback(where, unreadable):
    """Where an output is closed, full, or its reader has gone (`| head`), the command ends without a traceback."""
    words = shlex.join(map(str, [CASEPRESS, "-C", unreadable, "check"]))
    shell = {"stdout": ">&-", "stderr": "2>&-", "both": ">&- 2>&-", "reader gone": "| head -c 1", "full": ">/dev/full"}[where]

    done = subprocess.run(["bash", "-c", f"{words} {shell}"], capture_output=True, timeout=60, check=False)

    assert b"Traceback" not in done.stderr and b"Exception ignored" not in done.stderr, done.stderr.decode()


def test_a_book_is_never_written_over_a_case(make):
    """`-o` with the name of a case, or of anything that is no PDF and no file, is refused; a link is written through."""
    folder = make({"a.md": GOOD})

    for target in (folder / "cases" / "a.md", "/dev/null"):
        ran = run("-C", folder, "book", "-o", target)
        assert ran.code == 2 and "不会覆盖它" in ran.err
    assert (folder / "cases" / "a.md").read_text("utf-8") == GOOD
    (folder / "link.pdf").symlink_to("real.pdf")
    assert run("-C", folder, "book", "-o", folder / "link.pdf").code == 0
    assert (folder / "link.pdf").is_symlink() and (folder / "real.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("address", ["abc", "1:99999", "", ":8000", "::1:80x", "nohost.invalid:80", "256.1.1.1:80", "127.0.0.1"])
def test_an_address_that_is_none_exits_2(address, make):
    """What is no address of a machine with a port is refused before anything is read."""
    ran = run("-C", make({"a.md": GOOD}, site=True), "serve", "--address", address)

    assert ran.code == 2 and "地址:端口" in ran.err


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"mkdocs.yml": None}, "没有 mkdocs.yml"),
        ({"mkdocs.yml": "site_name: [\n"}, "mkdocs.yml:2: 错误: 不是写得对的 YAML"),
        ({"mkdocs.yml": "site_name: x\ndocs_dir: content\n"}, "plugins 里没有 casepress"),
        ({"content": None}, "没有 content 文件夹，可以新建空的"),
        ({"theme": None}, "没有 theme 文件夹，可以新建空的"),
    ],
)
def test_what_stops_serving_is_said_before_it_begins(files, said, make):
    """What `serve` cannot work with is said in Chinese with its cure, and nobody is sent to an address where nothing is."""
    folder = make({"a.md": GOOD}, site=True)
    for name, text in files.items():
        whatever(folder, name, text or "gone")

    ran = run("-C", folder, "serve")

    assert ran.code == 1 and said in ran.err and "请在浏览器里打开" not in ran.out, ran.words


@pytest.mark.parametrize("folder_gone", ["content", "theme"])
def test_a_site_needs_no_empty_folders(folder_gone, make):
    """A collection without content/ or theme/ (git keeps no empty folders) has a site."""
    folder = make({"a.md": GOOD}, site=True)
    shutil.rmtree(folder / folder_gone)

    assert run("-C", folder, "site").code == 0


@pytest.mark.parametrize("command", ["check", "site", "fonts"])
def test_ctrl_c_ends_a_command_with_a_sentence(command, make, mother):
    """Ctrl+C ends a command that has begun its work with a sentence and 130, without a traceback."""
    folder = make({f"{n}.md": case_text(f"案例{n}") for n in range(9)}, site=True)

    code, said = mother.run("-C", folder, command, steps=["read cases/5.md"], signal=signal.SIGINT)

    assert (code, said.split()) == (130, ["已中断，上一次的结果还在。"])


# What a selection means is tested on the sample, which has two batches, twelve themes and places at all levels.


@pytest.fixture(scope="module")
def collection():
    return flow.sound_collection(project.find(ROOT))[0].collection


def chosen(collection, *only: str) -> set[str]:
    return {case.id for case in select(collection, only)}


def test_only_binds_the_cases_of_a_batch(make, tmp_path):
    """`casepress book --only batch=第二批 -o FILE` binds the cases of that batch, each once in the bookmarks."""
    import pikepdf

    batches = {"甲": "第一批", "乙": "第二批", "丙": "第二批", "丁": "第三批", "戊": "第二批"}
    folder = make({f"{n}.md": case_text(f"案例{name}", batch=batch) for n, (name, batch) in enumerate(batches.items())})
    target = tmp_path / "new folder" / "第二批.pdf"
    ran = run("-C", folder, "book", "--only", "batch=第二批", "-o", target)

    assert ran.code == 0 and "3 个案例" in ran.out, ran.words
    with pikepdf.open(target) as pdf, pdf.open_outline() as outline:
        titles = [str(item.title) for top in outline.root for item in (top, *top.children)]
    assert sorted(title for title in titles if title.startswith("案例")) == sorted(["案例乙", "案例丙", "案例戊"])


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
