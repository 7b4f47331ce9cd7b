"""Templates are compiled once in a process, and anew where their source is another one."""

import os
import subprocess
import sys

import pytest
from jinja2 import DictLoader

from casepress.markup.templates import BrokenTemplate, environment, render
from conftest import case_text, run, write_files


def test_a_template_is_compiled_once_for_its_source(tmp_path):
    """Another environment takes what was compiled of the same file, unless the file says something else now."""
    path = tmp_path / "a.html"
    path.write_text("一 {{ word }}", "utf-8")
    one, other = (environment([tmp_path]).get_template("a.html") for _ in range(2))
    assert one.root_render_func.__code__ is other.root_render_func.__code__
    assert one.render(word="<") == other.render(word="<") == "一 &lt;"

    path.write_text("二 {{ word }}", "utf-8")
    assert environment([tmp_path]).get_template("a.html").render(word="三") == "二 三"


PROGRAM = """
import sys
from pathlib import Path
from casepress.collection import project
from casepress.markup import templates
from casepress.site import website
from casepress.site.compiling import compiled_meanwhile

place = project.find(Path(sys.argv[1]))
with compiled_meanwhile(place, True) as know:
    know()
env = website.templates(place)
env.bytecode_cache = templates.compiled("mkdocs")
pages = templates.environment(place.themes("pages"))
for each in (env, pages):  # nothing is left to be turned into Python
    each._generate = None
env.get_template("main.html"), env.get_template("base.html"), pages.get_template("case.html")
try:
    pages.get_template("broken.html")
except templates.TemplateSyntaxError:
    print("broken")
"""


@pytest.mark.skipif(sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="未检查：只在 Linux 上、有两个核时另开进程")
def test_templates_are_compiled_beside_the_reading(make):
    """What a copy of the process compiled is known here, under the names that MkDocs and our pages ask by; a broken one is left out."""
    folder = make({"a.md": case_text("甲")}, site=True)
    write_files(folder, {"theme/pages/broken.html": "{% if %}"})
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    ran = subprocess.run([sys.executable, "-c", PROGRAM, str(folder)], capture_output=True, text=True, env=environment, check=False)
    assert ran.stdout == "broken\n", ran.stderr


def test_check_finds_a_template_that_cannot_be_used(make):
    """What is wrong with the collection's own templates is told with file and line before anything is built; print's stop no site."""
    folder = make({"a.md": case_text("甲")}, site=True)
    write_files(
        folder,
        {
            "theme/pages/case.html": "一\n{% if %}",
            "theme/pages/home.html": "{% include 'nowhere.html' %}{% include 'neither.html' ignore missing %}",
            "theme/pages/group.html": "{{ 1 | nothing }}",
            "theme/site/main.html": "{% extends 'base.html' %}\n\n{% block x %}",
            "theme/print/divider.html": "\n{{ (1 }}",
            "theme/print/pieces/none.html": b"\xff\xfe\0",
        },
    )
    ran = run("-C", folder, "check")
    told = [line for line in ran.words.splitlines() if line.startswith("theme/")]
    assert ran.code == 1 and [line.split(" ")[0] for line in told] == [
        "theme/pages/case.html:2:", "theme/pages/group.html:1:", "theme/pages/home.html:1:",
        "theme/print/divider.html:2:", "theme/print/pieces/none.html:", "theme/site/main.html:3:",
    ], ran.words  # fmt: skip
    assert "nowhere.html" in told[2] and "neither" not in ran.words
    for name in ("case", "group", "home"):
        (folder / "theme/pages" / f"{name}.html").unlink()
    (folder / "theme/site/main.html").unlink()
    assert run("-C", folder, "site").code == 0


def test_a_template_that_would_count_for_ever_stops():
    """A loop or a macro without an end is told of, in a moment."""
    for words in ("{% for each in range(10 ** 9) %}{% endfor %}", "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}"):
        env = environment([])
        env.loader = DictLoader({"a.html": words})
        with pytest.raises(BrokenTemplate, match="没完没了"):
            render(env, "a.html")
