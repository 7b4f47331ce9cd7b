"""What `check` accepts, `build` makes: odd titles, names, files and lists of people, as clerks and other programs write them."""

import random
import shutil

import pytest
import yaml

from casepress import flow, scaffold
from casepress.book.book import back, front, sections, whole_book
from casepress.book.composing import Composer, Pages
from casepress.book.profiles import read_profile
from casepress.collection import project
from casepress.facts import slugs
from casepress.markup.templates import environment
from casepress.search import index, proving
from casepress.site.pages import site_pages
from casepress.values.problems import has_errors
from conftest import run, write_files

BLANKS = ("", " ", "  ", "　", "\u00a0", "\u2003", " 　 ")
WORDS = ("大课间", "“双减”", "《规程》", "课后服务", "Ａ班", "STEAM", "e", "5+2", "第二课堂", "C#", "*重点*", "<b>", "&amp;", "_x_", "{{ y }}", "[乙](c.md)",
         "——", "……", "！", "（一）", "1.", "#", "`z`", "\\", "'", '"', "𠮷", "é", "％", "：", ":", "|", "·", "①", "ﬁ", "a" * 40)  # fmt: skip
NAMES = (
    "index",
    "search",
    "404",
    "con",
    "NUL",
    "case",
    "part",
    "text-preface",
    "h1",
    "大课间",
    "大 课间（一）",
    "a" * 80,
    "A",
    "ß",
    "2024",
    "-",
    "。",
    "rest",
)
PEOPLE = ("张三", "张　三", "张三（主编）", "[张三, 李四]", "[{name: 张三, role: 主编}, 李四]", "{name: 张三}", "[{role: 主编}]", "（主编）", "''", "'、'",
          "张三、李四；王五", "[[张三]]", "{张三: 主编}", "阿依古丽·买买提", "John Smith", "'/'", "[张三, 张三]", "无")  # fmt: skip
THEMES = (
    "作业管理",
    "【作业管理】",
    "[作业管理, 办实事教育, 办事实教育]",
    "index",
    "con",
    "，",
    "[]",
    "‘小初’衔接",
    "other",
    "其它",
    "💡",
    "rest",
    "'1'",
    "x" * 300,
)


def odd(random: random.Random, most: int = 5) -> str:
    """Some words with some blanks between them and around."""
    parts = [random.choice(BLANKS) + random.choice(WORDS) for _ in range(random.randint(1, most))]
    return "".join(parts) + random.choice(BLANKS)


def case_file(random: random.Random) -> str:
    """A case that is odd somewhere; its title is in the header or is its first line."""
    said = {
        name: yaml.safe_dump(odd(random), allow_unicode=True, width=10**6).removesuffix("...\n").strip()
        for name in ("school", "summary", "subtitle")
    }
    said |= {"authors": random.choice(PEOPLE), "theme": random.choice(THEMES), "batch": random.choice(("第四批", "4", "第4批", "2024年", "，"))}
    said |= {
        "region": random.choice(("武进区", "内蒙古", "火星市", "index", "某地／某处", "999999")),
        "award": random.choice(("1等奖", "金奖", "index")),
    }
    said |= {"form": random.choice(("full", "digest", "短文"))}
    title, body = odd(random), f"## {odd(random)}\n\n{odd(random)}一段正文。\n"
    if random.random() < 0.5:
        said["title"] = yaml.safe_dump(title, allow_unicode=True, width=10**6).removesuffix("...\n").strip()
    else:
        body = f"# {title}\n\n{body}"
    chosen = [name for name in said if name == "title" or random.random() < 0.7]
    return "---\n" + "".join(f"{name}: {said[name]}\n" for name in chosen) + f"---\n\n{body}"


def collection_of(chance: random.Random, folder, most: int = 8):
    """A collection of odd cases in odd files, without those in which `check` finds an error; and its project."""
    files = {}
    for _ in range(most):
        where = chance.choice(("", "甲校/", "乙校/", "con/", "A b/"))
        files[f"cases/{where}{chance.choice(NAMES)}{chance.choice(('', chance.choice('甲乙丙丁')))}.md"] = case_file(chance)
    settings = f"title: {yaml.safe_dump(odd(chance), allow_unicode=True)}" + chance.choice(("", "fields: {theme: {taxonomy: standard}}\n"))
    write_files(folder, {"cases/collection.yml": "title: 库\n" if "..." in settings else settings, **files})
    place = project.find(folder)
    while has_errors(problems := flow.check_project(place)[1]):
        wrong = {problem.path for problem in problems if has_errors([problem])}
        assert all(path.endswith(".md") or path in ("cases/collection.yml", "cases/con") for path in wrong), problems
        for path in wrong:
            if (folder / path).is_dir():
                shutil.rmtree(folder / path)
            elif path.endswith(".md"):
                (folder / path).unlink(missing_ok=True)
            else:
                (folder / path).write_text("title: 库\n")
    return place, flow.check_project(place)[0]


def is_made(place, collection) -> None:
    """Every page has a path of its own, every link of ours a page, and the book's pieces hold all titles; asked in `test_properties`."""
    pages = list(site_pages(collection, environment(place.themes("pages"))))
    paths = [page.path.lower() for page in pages]

    assert len(set(paths)) == len(paths)
    assert all(slugs.is_id(case.id) for case in collection.cases)
    for page in pages:
        ids = [part.split('"')[0] for part in page.text.split(' id="')[1:]]
        assert len(set(ids)) == len(ids), page.path
    for case in collection.cases:
        assert case.title == " ".join(case.title.split()) and case.title
        assert all(str(value).strip() for values in case.values.values() for value in values)
    files = dict(index.index_files(collection))
    proving.check_index(collection, files.__getitem__)
    book = whole_book(collection)
    composer = Composer(environment(place.themes("print")), read_profile("big16", place.themes("print")))
    html = "".join(composer.section(book, section) for section in sections(book))
    anchors = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert len(set(anchors)) == len(anchors)
    assert all(f'id="case-{case.id}"' in html for case in collection.cases)
    named = [*anchors, *(anchor for piece in back(book) for anchor, _ in piece.titles)]
    pages = Pages(dict.fromkeys(named, "1"), {case.id: (1, 1) for case in book.cases})
    assert all(composer.piece(book, piece, pages) for piece in (*front(book), *back(book)))


@pytest.mark.parametrize("seed", [104])
def test_what_is_clean_is_printed(seed, tmp_path):
    """A clean collection of odd cases becomes a site and a book."""
    scaffold.new_collection(tmp_path / "odd")
    (tmp_path / "odd" / "cases" / "example.md").unlink()
    place, collection = collection_of(random.Random(seed), tmp_path / "odd", 14)
    ran = run("-C", place.root, "build")

    assert collection.cases and ran.code == 0, ran.words


LONG = """---
title: {title}
subtitle: {subtitle}
school: {school}
theme: [{themes}]
authors: [{authors}]
batch: {batch}
---

正文。
"""


def test_the_longest_values_are_printed(make):
    """A title of 200 characters, half of them one endless word, with values of 500 and lists of 100, comes into a book."""
    values = {"subtitle": "副" * 200, "school": "单位" * 250, "batch": "批" * 500, "authors": ",".join(f"名{n}" for n in range(60))}
    values["themes"] = ",".join(f"主题{n}" for n in range(20)) + "," + "x" * 500
    endless = values | {"school": "s" * 300, "batch": "第一批" + "x" * 300, "authors": "名" * 150}
    cases = {"a.md": LONG.format(title="长" * 100 + "x" * 100, **values), "b.md": LONG.format(title="另一个", **endless)}
    folder = make(cases, site=True)
    ran = run("-C", folder, "book", "-o", folder / "b.pdf")

    assert ran.code == 0, ran.words
