"""Paths: what of a folder is a file of ours, what its names may be, and which files of `content/` are published; all told as it is."""

import io
import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

import test_let_out
from casepress import hands
from casepress.collection import filenames, links, project, webfiles, webpages
from casepress.collection.bodies import Reader
from casepress.facts import slugs, systems
from casepress.intake import receiving
from casepress.markup import prose
from casepress.markup.typed_nodes import Wrong
from casepress.values.cases import Heading
from casepress.values.fields import Field
from casepress.values.problems import Problem
from movies import FILM

OUTSIDE, NO_FILE = "这是通向案例库之外的链接", "没有这个文件，或者它不是普通的文件"


def said(problems) -> list[tuple]:
    """Problems in their order: where, how grave, what, and which truth is hurt."""
    return [(each.path, each.line, each.level.value, each.what, each.check) for each in problems]


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> project.Project:
    """A collection with all that may lie in its folders: files, hidden ones, links to within and without, in a circle and to nowhere, a pipe."""
    top = tmp_path_factory.mktemp("paths").resolve()
    folder = top / "甲"
    files = """cases/collection.yml cases/b.md cases/a.MD cases/校/c.md cases/.h.md cases/.d/e.md cases/旧.doc cases/~$旧.doc cases/照片说明.xlsx
        cases/校/照片说明.xlsx cases/表.xls cases/p.jpg cases/Twin.md cases/twin.md cases/é.png cases/e\u0301.png cases/校/Twin.md content/index.md content/.x content/图/p.png
        content/Twin.md content/twin.md content/a:b.md content/t\u202ee.md theme/site/x.css theme/site/con.css cases/t\u202ee.md cases/a.md~ cases/con.bak
        cases/lpt1/x.md ../外.md ../甲乙/近.md"""
    for name in files.split():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("字", "utf-8")
    (folder / "theme/fonts").mkdir()
    ways = {
        "cases/out.md": "../../外.md", "cases/near.md": "../../甲乙/近.md", "cases/in.md": "b.md", "cases/loop.md": "loop.md", "cases/weg.md": "nicht.md",
        "cases/linked": "校", "cases/up": "..", "content/out.md": "../../外.md", "content/again.md": "index.md", "theme/site/out.js": "../../../外.md",
        "theme/site/nix.js": "nicht.js", "theme/site/y.css": "x.css", "theme/fonts/f.ttf": "../../../外.md",
    }  # fmt: skip
    for name, target in ways.items():
        os.symlink(target, folder / name)
    os.mkfifo(folder / "cases/pipe.md")
    return project.find(folder)


def test_what_is_a_case_and_what_is_content(place):
    """By name: files and links to within; nothing hidden, nothing behind a linked folder, no pipe, nothing from without."""
    found, problems = project.case_files(place)
    names = "Twin.md a.MD b.md in.md loop.md lpt1/x.md twin.md t\u202ee.md weg.md 校/Twin.md 校/c.md"
    assert list(found) == [f"cases/{name}" for name in names.split()]
    what = "这个文件不是 Markdown，不会收入案例库"
    assert said(problems) == [(f"cases/{name}", 0, "warning", what, "files_are_cases") for name in ("旧.doc", "校/照片说明.xlsx", "表.xls")]
    assert list(project.content_files(place)) == [
        f"content/{name}" for name in ("Twin.md", "a:b.md", "again.md", "index.md", "twin.md", "t\u202ee.md", "图/p.png")
    ]


def test_folders_come_before_what_is_in_them(place):
    """A walk yields folders only where they are asked for, linked ones as what they are, hidden ones never; a closed one is said to be."""
    every = [(project.relative(place, Path(entry.path)), is_open) for entry, is_open in project.walked(place.cases, folders=True)]
    assert [each for each in every if "校" in each[0] or "linked" in each[0] or "up" in each[0]] == [
        ("cases/linked", True), ("cases/up", True), ("cases/校", True), ("cases/校/Twin.md", True), ("cases/校/c.md", True), ("cases/校/照片说明.xlsx", True)
    ]  # fmt: skip
    assert [entry.name for entry, _ in project.walked(place.root / "theme")] == ["f.ttf", "con.css", "nix.js", "out.js", "x.css", "y.css"]
    assert list(project.walked(place.root / "nicht")) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("cases/b.md", None), ("cases/in.md", None), ("cases/up/cases/b.md", None), ("cases/out.md", OUTSIDE), ("cases/near.md", OUTSIDE),
        ("cases/loop.md", NO_FILE), ("cases/pipe.md", NO_FILE), ("cases/校", NO_FILE), ("cases/x.md", NO_FILE), ("", NO_FILE),
        ("../外.md", OUTSIDE), ("../甲乙/近.md", OUTSIDE), ("cases/up/../外.md", OUTSIDE), ("/etc/passwd", OUTSIDE),
    ],
)  # fmt: skip
def test_only_regular_files_within_are_read(place, name, reason):
    """Whatever a name says or a link does: bytes come from within the folder, and the reason of a refusal names the file."""
    assert project.is_there(place, name) is (reason is None)
    if reason is None:
        assert project.read(place, name) == "字".encode() and project.read_text(place, name) == ("字", ())
        return
    for ask in (project.read, project.path_of):
        with pytest.raises(PermissionError if reason is OUTSIDE else FileNotFoundError) as refused:
            ask(place, name)
        assert (refused.value.strerror, refused.value.filename) == (reason, name)
    assert said(project.read_text(place, name)[1]) == [(name, 0, "error", f"文件读不出来（{reason}）", "")]
    assert project.read_text(place, name)[0] is None and project.is_inside(place, place.root / name) is (reason is NO_FILE)


def test_text_that_cannot_be_decoded_is_none():
    """An empty file is an empty text; what is no text is none."""
    assert project.text_of(b"", "a.md") == ("", ()) and project.text_of(b"%PDF\xff", "a.md")[0] is None
    assert project.text_of(b"a\0", "a.md")[0] == "a" and len(project.text_of(b"a\0", "a.md")[1]) == 1


@pytest.mark.parametrize(
    ("case", "target", "file"),
    [
        *(("cases/a.md", target, None) for target in ("", "..", "../b.md", "../cases/b.md", "/b", "\\b", "c:\\b.md", "c:b", "http://a", "x/../..", "a\0b")),
        ("cases/a.md", "b.md", "cases/b.md"), ("cases/a.md", "./b.md", "cases/b.md"), ("cases/a.md", "校\\c.md", "cases/校/c.md"),
        ("cases/a.md", "x/../b.md", "cases/b.md"), ("cases/a.md", "x/y:z", "cases/x/y:z"), ("cases/a.md", "a//b", "cases/a/b"),
        ("cases/校/c.md", "../b.md", "cases/b.md"), ("cases/校/c.md", "d.md", "cases/校/d.md"), ("cases/校/c.md", "../../b.md", None),
    ],
)  # fmt: skip
def test_a_case_means_files_below_cases(case, target, file):
    """A relative path is followed from the case's own folder; none climbs out, names a drive or begins at the top."""
    assert project.beside(case, target) == file


def test_where_there_is_no_collection(place):
    """A folder that is none, and one without settings, are named with what to do."""
    for folder, words in (
        (place.root / "nicht", f"没有 {place.root}/nicht 这个文件夹"),
        (place.cases, f"{place.cases} 里没有 cases/collection.yml"),
    ):
        with pytest.raises(project.NotACollection, match=f"^{words}"):
            project.find(folder)
    assert project.find(place.cases / "up") == place, "a link leads to the folder itself"


def test_folders_stand_where_they_are_sought(place, monkeypatch):
    """What is built, kept and looked at: each in its folder; a theme of one's own before ours."""
    monkeypatch.delenv("CASEPRESS_CACHE", raising=False)
    folders = (place.content, place.config, place.build, place.current, place.site, place.books, place.stage, place.cache)
    names = "content mkdocs.yml build build/current build/site build/books build/stage build/.cache"
    assert [project.relative(place, folder) for folder in folders] == names.split()
    monkeypatch.setenv("CASEPRESS_CACHE", "/elsewhere")
    assert place.cache == Path("/elsewhere")
    ours = project.shipped_folder("theme")
    assert place.themes("site") == (place.root / "theme/site", ours / "site") and place.themes("print") == (ours / "print",)
    assert project.Project(ours.parent).themes("site") == (ours / "site",) and (ours / "site").is_dir()


def test_a_release_is_found_with_and_without_links(tmp_path):
    """By the link beside it, also where that leads nowhere; in the release itself where there is no link."""
    place = project.Project(tmp_path)
    (tmp_path / "build/current/site").mkdir(parents=True)
    assert place.site == tmp_path / "build/current/site" and place.books == tmp_path / "build/books"
    os.symlink("nowhere", tmp_path / "build/site")
    assert place.site == tmp_path / "build/site"


def test_what_is_unfit_is_told_in_order(place):
    """Each file that other systems cannot have or tell apart, or that is none, once, with its cure; leftovers and what is hidden never."""
    twin = "和同一个文件夹里的“{}”只有{}不同，在 Windows 和苹果电脑上是同一个名字，拷过去会丢失一个"
    out, device = f"{OUTSIDE}（快捷方式），不会读取", "Windows 里不能有叫“{}”的文件和文件夹，拷到那里会丢失"
    linked = "这是通向另一个文件夹的链接（快捷方式），里面的文件不会读取"
    assert said(filenames.unfit(place)) == [
        ("cases/linked", 0, "warning", linked, "files_stay_inside"),
        ("cases/lpt1", 0, "error", device.format("lpt1"), "files_have_names"),
        ("cases/near.md", 0, "error", out, "files_stay_inside"),
        ("cases/out.md", 0, "error", out, "files_stay_inside"),
        ("cases/pipe.md", 0, "error", "这不是普通的文件（是管道、设备一类），不会读取", "files_stay_inside"),
        ("cases/twin.md", 0, "error", twin.format("Twin.md", "大小写"), "files_have_names"),
        ("cases/t\u202ee.md", 0, "error", "文件名里有读不出来的字符", "files_have_names"),
        ("cases/up", 0, "warning", linked, "files_stay_inside"),
        ("cases/é.png", 0, "error", twin.format("e\u0301.png", "字母的编码"), "files_have_names"),
        ("content/a:b.md", 0, "error", "Windows 的文件名里不能有“:”，拷到那里会丢失", "files_have_names"),
        ("content/out.md", 0, "warning", out, "files_stay_inside"),
        ("theme/site/con.css", 0, "error", device.format("con.css"), "files_have_names"),
        ("theme/site/nix.js", 0, "error", "这个链接（快捷方式）不通向任何文件", "files_stay_inside"),
        ("theme/site/out.js", 0, "error", out, "files_stay_inside"),
    ]


@pytest.mark.parametrize(
    ("word", "names"),
    {
        "Windows 里不能有叫“{}”": "con.md Con CON.tar.gz com1 com9.txt lpt1 lpt9 nul aux. prn aux.a com0 lpt0.md COM¹.md lpt³ conin$.x CONOUT$ clock$",
        "文件名里有读不出来": "a\x01 a\x7f a\u202e a\u200f con\x01",
        "里不能有“": 'a<b a>b a:b a"b a|b a?b a*b a\\b',
        "不能用空格或句点结尾": "a. .a. con1.",
        "": "con1 com⁴ com10 conin lpt10 icon acon .a a.b.c 甲.md con-a nul1.md -rf",
    }.items(),
)
def test_names_are_refused_for_what_they_are(word, names):
    """Each device of Windows, whatever stands behind its point, each sign and ending; nothing near it."""
    for name in names.split(" "):
        found = [problem.what for problem in filenames._named(f"cases/{name}", name)]
        assert len(found) == bool(word) and all(word.format(name) in what for what in found), (name, found)
    assert [problem.what for problem in filenames._named("cases/a ", "a ")] == ["Windows 的文件名不能用空格或句点结尾，拷到那里会丢失"]
    assert "con .md" in next(filenames._named("cases/con .md", "con .md")).what, "what stands between a device and its point does not count"


def test_folders_are_walked_however_deep(place):
    """More folders within one another than Python lets a function call itself: a build begins, an import lists what is there, and a check
    says of the file that it is too far."""
    top, at = place.cases / "deep", str(place.cases / "deep")
    folders = [at := f"{at}/d" if nth else at for nth in range(1100)]
    for each in folders:
        os.mkdir(each)
    Path(at, "a.md").write_text("x")
    try:
        assert [entry.path for entry in systems.files_below(top)] == [f"{at}/a.md"]
        assert [name for _, name in receiving.files_of([top])] == [os.path.relpath(f"{at}/a.md", place.cases)]
        before = hands._key(place, ())
        Path(at, "a.md").write_text("xy")
        assert hands._key(place, ()) != before
        (far,) = (each for each in filenames.unfit(place) if each.path.startswith("cases/deep"))
        assert far.path.endswith("/d/a.md") and "Windows 上最多 260 个" in far.what
    finally:
        os.unlink(f"{at}/a.md")
        for each in reversed(folders):
            os.rmdir(each)


def test_leftovers_are_known():
    """Copies, locks and lists of small pictures by name, in any case of letters, in any folder; nothing that only looks alike."""
    left = """~$a.doc a/~$b b~ a.bak a.BAK a.tmp a.temp a.orig a.rej a.old a.swp a.swo a.wbk a.part a.crdownload a.lnk Thumbs.db x/thumbs.db
        ehthumbs.db desktop.ini"""
    assert all(map(systems.is_leftover, left.split()))
    assert not any(map(systems.is_leftover, "a.db bak a.baks a~b old.md thumbs.dbx a.bak/b.md xdesktop.ini a$~b".split()))


# --- what of content/ is published

LONELY, RUNS, ODD = (
    "没有哪个页面或案例链接到它，导航里也没有，不会发布",
    "这种文件（.{}）打开时可能运行程序，不会发布",
    "看不出这是什么文件，不会发布",
)


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(made, "PNG")
    return made.getvalue()


def published(folder: Path, files: Mapping[str, str | bytes], nav: str, settings: str = "", case: str = "") -> tuple[set[str], list[Problem]]:
    """What the site shows of these files of `content/` (others begin with `theme/`), and all that is told."""
    made = {name: data.encode() if isinstance(data, str) else data for name, data in files.items()}
    content = {name: data for name, data in made.items() if not name.startswith("theme/")}
    every = {"cases/collection.yml": settings.encode(), "mkdocs.yml": nav.encode()} | made
    for name, data in every.items():
        path = folder / (name if name in ("cases/collection.yml", "mkdocs.yml") or name.startswith("theme/") else f"content/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    reader = Reader()
    may = links.targets((links.Target("cases/a.md", "case:a", "甲"),), pages=webpages.web_targets(content, reader), made=links.pages_made(()))
    fragment = prose.render(case, "x-", {"in": "page:linked.html#x", "q": "page:ask.html?x=1", "c": "case:a"})
    names, problems = webfiles.published(project.find(folder), content, settings.encode(), [fragment], may, reader)
    return set(names), list(problems)


def test_what_is_linked_is_published_and_the_rest_is_told(tmp_path):
    """From the home page on, through pages, links in Markdown and in HTML, and pictures; headers, pictures and documents are looked into."""
    about = f"---\ntitle: x\nfoo: 1\ntemplate: a\n{'长' * 45}: 2\n---\n[乙](sub/b.md#甲) <a href='z.zip'>z</a> [a](../cases/a.md) [d](d.docx?x=1)\n\n"
    files = {
        "index.md": "[表](表%201.csv) ![图](p.png) ![weg](weg.png) [x](sub/b.md)\n",
        "about.md": f"{about}![p](q.png)\n\n![w](weg.png)\n",
        "表 1.csv": "a", "p.png": picture(), "q.png": picture(), "sub/b.md": "# 甲\n[c](../c.md) [o](../../out.md)", "c.md": "c", "z.zip": "z",
        "d.docx": "no", "lonely.md": "", "l.html": "<p>", "run.exe": "x", "noending": "", "css.css": "", "robots.txt": "", "CNAME": "",
        "favicon.ico": "x", "sub/CNAME": "", "x.ico": "",
    }  # fmt: skip
    names, problems = published(tmp_path, files, "nav:\n  - 关于: about.md\n")
    assert names == set("index.md about.md p.png q.png sub/b.md c.md z.zip d.docx robots.txt CNAME favicon.ico".split()) | {"表 1.csv"}
    what, check = "页面的开头写了“{}”，它不起作用", "pages_are_published"
    assert said(problems) == [
        ("content/about.md", 11, "warning", "找不到图片“weg.png”", "pictures_are_there"),
        ("content/about.md", 3, "warning", what.format("foo"), check),
        ("content/about.md", 4, "error", "页面的开头写的 template 没有，或不能用", check),
        ("content/about.md", 5, "warning", what.format("长" * 40), check),
        ("content/z.zip", 0, "warning", "这种文件照原样公开，里面的作者、地点、批注和电话不检查，也去不掉", check),
        ("content/d.docx", 0, "error", "附件不能用：打不开：加了密码，或者坏了", "enclosures_are_sound"),
        ("content/l.html", 0, "warning", RUNS.format("html"), check),
        ("content/run.exe", 0, "warning", RUNS.format("exe"), check),
        ("content/noending", 0, "warning", ODD, check),
        ("content/css.css", 0, "warning", RUNS.format("css"), check),
        ("content/sub/CNAME", 0, "warning", ODD, check),
        ("content/x.ico", 0, "warning", "网站上不放这种文件（.ico），不会发布", check),
        ("content/lonely.md", 0, "warning", LONELY, check),
    ]
    cures = {each.path[8:]: each.cure for each in problems}
    assert cures["l.html"] == "文字请写成 .md 文件；不要的请移到别处" and cures["css.css"].startswith(
        "图片请另存为 JPG 或 PNG；网站自己的样式和脚本"
    )
    assert cures["about.md"] == "可用的是 description、hide、icon、search、status、template、title，别的请删去"


def test_cases_lead_to_pages_and_what_is_not_what_it_says_is_an_error(tmp_path):
    """A page that a case links is published with all it links in turn; a film, a PDF and a picture are looked at."""
    files = {
        "index.md": "", "about.md": "字", "linked.md": "[m](m.mp4)\n\n[f](f.pdf)\n\n[t](t.txt)", "ask.md": "![x](bad.png)\n\n![up](../../up.png)",
        "m.mp4": FILM, "f.pdf": test_let_out.REFUSED["opened"][0], "t.txt": "", "bad.png": "x",
    }  # fmt: skip
    names, problems = published(tmp_path, files, "nav: [about.md]", case="[a](in)[b](q)[c](c)")
    assert names == set(files)
    assert said(problems) == [
        ("content/ask.md", 1, "error", "图片“bad.png”不能用：这不是 JPG、PNG 或 WebP 图片", "pictures_are_there"),
        ("content/ask.md", 3, "error", "图片“../../up.png”在案例库的文件夹之外", "pictures_are_there"),
        ("content/bad.png", 0, "error", "图片“bad.png”不能用：这不是 JPG、PNG 或 WebP 图片", "pictures_are_there"),
        ("content/f.pdf", 0, "error", "附件不能用：里面有脚本", "enclosures_are_sound"),
    ]
    names, problems = published(tmp_path, files, "nav: [about.md]")
    assert names == {"index.md", "about.md"} and {(each.path, each.what) for each in problems} == {
        ("content", f"有 6 个文件（linked.md、ask.md、m.mp4 等）{LONELY}")
    }


@pytest.mark.parametrize(
    ("nav", "shown", "told"),
    [
        ("nav :\n- a.md\n", "a.md", ["b.txt", "c.txt", "d.md", "s (5)", "h/1.txt", "h/2.txt", "h/3.txt"]),
        ("", "a.md d.md s/c.md", ["b.txt", "c.txt", "s (4)", "h/1.txt", "h/2.txt", "h/3.txt"]),
        ("site_name: x\n# nav:\n#  - b.txt\nx: c.txt # b.txt", "a.md c.txt d.md s/c.md", ["b.txt", "s (4)", "h/1.txt", "h/2.txt", "h/3.txt"]),
        ("nav: [sub/a.md, xb.txt, c.txts, -a.md, ./d.md]", "d.md", ["a.md", "b.txt", "c.txt", "s (5)", "h/1.txt", "h/2.txt", "h/3.txt"]),
    ],
)
def test_the_navigation_decides_over_pages(tmp_path, nav, shown, told):
    """With a navigation only what it names, by its whole name; without one every page. Many lonely files of a folder are one line."""
    files = dict.fromkeys("index.md a.md b.txt c.txt d.md s/c.md s/d.txt s/e.txt s/f.txt s/g.txt h/1.txt h/2.txt h/3.txt".split(), "")
    names, problems = published(tmp_path, files, nav)
    assert names == {"index.md", *shown.split()}
    assert [each.path[8:] + (f" ({each.what.split()[1]})" if each.what.startswith("有 ") else "") for each in problems] == told


def test_what_settings_and_templates_name_is_published_unless_it_is_a_page_of_its_own(tmp_path):
    """Styles and scripts that mkdocs.yml, collection.yml or a template name; HTML and source maps never, nor what a remark names."""
    shown = ["a.css", "b.js", "logo.svg", "t.svg", "u.svg", "图 1.svg"]
    files = dict.fromkeys((*shown, "index.md", "c.html", "C.HTM", "xa.css", "w.js.map", "in_a_remark.svg"), "")
    templates = {"theme/site/a/b.html": "t.svg", "theme/pages/u.html": "'./u.svg'", "theme/print/p.html": "xa.css"}
    nav = "extra_css: [a.css]\nextra_javascript:\n  - content/b.js # in_a_remark.svg\nnav: [c.html, C.HTM]\nx: w.js.map"
    names, problems = published(tmp_path, files | templates, nav, "logo: logo.svg\npicture: ../content/%E5%9B%BE%201.svg")
    assert names == {"index.md", *shown}
    assert [each.what for each in problems] == [RUNS.format(kind) for kind in ("html", "htm", "css", "map", "svg")]


# --- ids and slugs


def test_ids_keep_to_their_letters_and_length():
    """Small letters, figures and single hyphens, 64 at most; no name that Windows, a page or a book keeps."""
    assert all(map(slugs.is_id, ("a", "a-b", "1", "a" * 64, "con1", "com10", "lpt", "405", "h", "h1a", "text", "case-1", "ref", "indexes")))
    kept = [
        *"con prn aux nul index 404 search h1 h12 ref2 note33 text-a text-1".split(),
        *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10)),
    ]
    wrong = ["", "-a", "a-", "a--b", "A", "a_b", "é", "a b", "a/b", "a.b", "a\n", "a" * 65]
    assert not [name for name in (*kept, *wrong) if slugs.is_id(name)]


@pytest.mark.parametrize(
    ("text", "slug"),
    {
        "大课间的一小时": "da-ke-jian-de-yi-xiao-shi", "A&B  c": "a-b-c", "ａ／Ｂ１": "a-b1", "é ﬁ ½": "e-fi-1-2", "女": "nv", "-a-": "a", "a…b": "a-b",
        "😀": "", "！": "", "con": "con-1", "CON": "con-1", "index": "index-1", "404": "404-1", "com0": "com0-1", "h1": "h1-1", "ref12": "ref12-1", "note3": "note3-1",
        "text-a": "about-text-a", "Text": "text", "search": "search-1", "文本 h1": "wen-ben-h1",
        "a" * 64: "a" * 64, "a" * 65: "a" * 64, "ab-" * 21 + "a": "ab-" * 21 + "a", "ab-" * 21 + "ab": ("ab-" * 21)[:-1], "a " + "b" * 62: "a-" + "b" * 62,
        "a " + "b" * 63: "a", "大课间" * 30: "da-ke-jian-" * 5 + "da-ke", "text-" + "ab-" * 30: "about-text-" + "ab-" * 17 + "ab",
        "text-" + "ab-" * 15 + "abcdefg-abc": "about-text-" + "ab-" * 15 + "abcdefg",
    }.items(),
)  # fmt: skip
def test_any_text_has_a_readable_address(text, slug):
    """Pinyin by words, other letters without their marks, cut between words at 64; what is kept for others is changed."""
    assert slugs.slug(text) == slug and (not slug or slugs.is_id(slug))


def test_names_that_would_be_alike_bear_a_sum():
    """Of the whole label, behind 53 characters of its name; only where it is needed, and whatever the order."""
    assert slugs.hashed("大课间") == "x-d7f3b57fea" and slugs.hashed("大课间", "da-ke-jian") == "da-ke-jian-d7f3b57fea"
    assert slugs.hashed("x", "a" * 60) == f"{'a' * 53}-2d711642b7" and slugs.hashed("x", "a" * 52 + "-b") == f"{'a' * 52}-2d711642b7"
    assert slugs.named("大课间") == "da-ke-jian" and slugs.named("😀") == "x-f0443a342c"
    assert slugs.distinct(["一", "医", "二"]) == {"一": "yi-51a75f4634", "医": "yi-de396510bb", "二": "er"}
    assert slugs.distinct(["二", "三"], {"er"}) == {"二": "er-084b42f6e9", "三": "san"}
    with pytest.raises(ValueError, match="alike"):
        slugs.distinct(["二", f"er {slugs.hashed('二', 'er')[3:]}"], {"er"})


def test_characters_have_their_syllables():
    """Each that a Chinese character may have, in order and without tone; none of others."""
    assert [slugs.syllables(each) for each in "重女一鿿aー欸"] == [
        ["chong", "tong", "zhong"],
        ["nv", "ru"],
        ["yi"],
        ["xing"],
        [],
        [],
        ["ai", "ei", "xie"],
    ]
    assert slugs.syllables("\u4dff") == [] and slugs.syllables("\ua000") == []


@pytest.mark.parametrize(
    ("text", "surname", "letter", "key"),
    [
        ("第4中学", False, "D", "di4 4 zhong1 xue2"), ("第39中学", False, "D", "di4 39 zhong1 xue2"), ("二中", False, "E", "2 zhong1"),
        ("十中", False, "S", "10 zhong1"), ("两小", False, "L", "2 xiao3"), ("初二年级", False, "C", "chu1 2 nian2 ji2"), ("第一百零三号", False, "D", "di4 103 hao4"),
        ("一心", False, "Y", "yi1 xin1"), ("2024届", False, "#", "2024 jie4"), ("a1b22", False, "A", "a 1 b 22"), ("9" * 18, False, "#", "9" * 18),
        ("9" * 19, False, "#", " ".join("9" * 19)), ("单明", True, "S", "shan4 ming2"), ("单明", False, "D", "dan1 ming2"), ("尉迟恭", True, "Y", "yu4 chi2 gong1"),
        ("单县", False, "S", "shan4 xian4"), ("曾厝垵站", False, "Z", "zeng1 cuo4 an1 zhan4"), ("长子县", False, "Z", "zhang3 zi3 xian4"),
        ("长假", False, "C", "chang2 jia4"), ("《甲》", False, "J", "jia3"), ("Ábc", False, "A", "á b c"), ("ｚ", False, "Z", "z"),
        ("", False, "#", ""), ("！", False, "#", "！"), ("😀", False, "#", "😀"), ("@", False, "#", "@"), ("[", False, "#", "["),
    ],
)  # fmt: skip
def test_names_stand_in_their_order(text, surname, letter, key):
    """A letter and a key by syllables and tones; figures and counting numerals by what they count; surnames as names are read."""
    found, parts = slugs.sound(text, surname)
    assert (found, " ".join(str(int(word)) if not sign else word for word, sign in parts)) == (letter, key)
    assert all(len(word) == 20 for word, sign in parts if not sign)


# --- links


def headings(prefix: str):
    return lambda: (Heading(2, "小结", f"{prefix}h1", 1), Heading(2, "甲 乙", f"{prefix}h2", 2))


CASES = {
    "a.md": ("a", "甲题"), "b.md": ("b", "乙题"), "校/c.md": ("cc", "同名"), "校/d.md": ("d", "同名"), "café.md": ("cafe", "丁"), "x.md": ("about", "戊"),
    "w.md": ("w", "未"),
}  # fmt: skip
MAY = links.targets(
    (
        links.Target(f"cases/{path}", f"case:{id_}", title, headings(f"{id_}-") if id_ in "abcc" else tuple, f"{id_}-")
        for path, (id_, title) in CASES.items()
    ),
    (
        links.Target("content/book/前言.md", "text:qy", "前言", headings("qy-"), "qy-"),
        links.Target("content/book/b.md", "text:bb", "书"),
    ),
    [links.Target("content/about.md", "page:about.html", "", headings(""))]
    + [
        links.Target(f"content/{name}", f"page:{links.page_address(name)}")
        for name in ("表 1.csv", "sub/index.md", "cases/z.md", "b.md", "T.md", "t.md")
    ],
    ("cases/index.md", "by/theme/index.md"),
    broken=("cases/br.md",),
    gone=[links.Target("cases/gone.md", "case:gone")],
    waiting=("cases/w.md",),
)
# By a file and a link in it: the address, its place in the docs tree, and what is lost; or what is wrong, and the cure.
LEADS = [
    ("cases/a.md", "b.md", "case:b @cases/b.md"),
    ("cases/a.md", "./b.md", "case:b @cases/b.md"),
    ("cases/a.md", "b", "case:b @cases/b.md"),
    ("cases/a.md", "B.MD", "case:b @cases/b.md"),
    ("cases/a.md", "b.html", "case:b @cases/b.md"),
    ("cases/a.md", "b.htm", "case:b @cases/b.md"),
    ("cases/a.md", "ｂ.md", "case:b @cases/b.md"),
    ("cases/a.md", "b。md", "case:b @cases/b.md"),
    ("cases/a.md", "cases/b.md", "case:b @cases/b.md"),
    ("cases/a.md", "/cases/b.md", "case:b @cases/b.md"),
    ("cases/a.md", "../cases/b.md", "case:b @cases/b.md"),
    ("cases/a.md", "校/c.md", "case:cc @cases/cc.md"),
    ("cases/a.md", "校\\c.md", "case:cc @cases/cc.md"),
    ("cases/a.md", "%E6%A0%A1/c.md", "case:cc @cases/cc.md"),
    ("cases/a.md", "cc", "case:cc @cases/cc.md"),
    ("cases/a.md", "cc.md", "case:cc @cases/cc.md"),
    ("cases/a.md", "甲题", "case:a @cases/a.md"),
    ("cases/a.md", "《乙题》", "case:b @cases/b.md"),
    ("cases/a.md", "同名", "错 链接“同名”没有着落|请检查文件名；链接可以写网址，或一个案例的文件，例如 文件名.md"),
    ("cases/a.md", "a.md#小结", "#a-h1 @cases/a.md"),
    ("cases/a.md", "#小结", "错 链接“#小结”没有着落|是不是 a.md；链接可以写网址，或一个案例的文件，例如 文件名.md"),
    ("cases/a.md", "b.md#小结", "case:b#b-h1 @cases/b.md"),
    ("cases/a.md", "b.md＃小结", "case:b#b-h1 @cases/b.md"),
    ("cases/a.md", "b.md#乙题", "case:b @cases/b.md"),
    ("cases/a.md", "b.md#", "case:b @cases/b.md"),
    ("cases/a.md", "b.md#没有", "case:b @cases/b.md 链接“b.md#没有”没有着落，《乙题》里没有这个小标题 请写成 b.md#小标题的文字，和那个小标题一字不差，或删去链接；那里的小标题有 小结、甲 乙"),
    ("cases/a.md", "b.md# 甲乙", "case:b#b-h2 @cases/b.md"),
    ("cases/a.md", "cafe\u0301.md", "case:cafe @cases/cafe.md"),
    ("cases/a.md", "about", "case:about @cases/about.md"),
    ("cases/a.md", "about.md", "case:about @cases/about.md"),
    ("cases/a.md", "../about.html", "page:about.html @about.md"),
    ("cases/a.md", "../content/about.md", "page:about.html @about.md"),
    ("cases/a.md", "../content/about.md#小结", "page:about.html#h1 @about.md"),
    ("cases/a.md", "../content/表 1.csv", "page:%E8%A1%A8%201.csv @表 1.csv"),
    ("cases/a.md", "../content/%E8%A1%A8%201.csv", "page:%E8%A1%A8%201.csv @表 1.csv"),
    ("cases/a.md", "../sub/", "page:sub/index.html @sub/index.md"),
    ("cases/a.md", "../sub/index.html", "page:sub/index.html @sub/index.md"),
    ("cases/a.md", "sub/", "错 链接“sub/”没有着落|是不是 a.md；链接可以写网址，或一个案例的文件，例如 文件名.md"),
    ("cases/a.md", "index.md", "page:cases/index.html @cases/index.md"),
    ("cases/a.md", "index.html?a=1&b=中", "page:cases/index.html?a=1&b=%E4%B8%AD @cases/index.md ?a=1&b=%E4%B8%AD"),
    ("cases/a.md", "../by/theme/", "page:by/theme/index.html @by/theme/index.md"),
    ("cases/a.md", "../by/theme/index.html", "page:by/theme/index.html @by/theme/index.md"),
    ("cases/a.md", "../by/x/index.html", "错 链接“../by/x/index.html”没有着落|是不是 ../content/sub/index.md；链接可以写网址，或一个案例的文件，例如 文件名.md"),
    ("cases/a.md", "w.md", "错 链接“w.md”通向的案例还没有发布|请先删去链接，只留文字，等那一批发布以后再加"),
    ("cases/a.md", "gone.md", "下架 链接“gone.md”通向的案例已经撤下"),
    ("cases/a.md", "gone", "下架 链接“gone”通向的案例已经撤下"),
    ("cases/a.md", "gone.md#x", "下架 链接“gone.md#x”通向的案例已经撤下"),
    ("cases/a.md", "br.md", "错 链接“br.md”没有着落，cases/br.md 的开头还有错，没有收进来|请先改好那个案例"),
    ("cases/a.md", "../content/book/前言.md", "错 链接“../content/book/前言.md”不能用，content/book/前言.md 只在书里有|请删去链接，只留文字"),
    ("cases/a.md", "前言.md", "错 链接“前言.md”没有着落，没有这个文件|是不是 ../content/book/前言.md；链接可以写网址，或一个案例的文件，例如 文件名.md"),
    ("cases/a.md", "z.md", "page:cases/z.html @cases/z.md"),
    ("cases/a.md", "../cases/z.html", "page:cases/z.html @cases/z.md"),
    ("cases/a.md", "校/", "错 链接“校/”没有着落|是不是 a.md；链接可以写网址，或一个案例的文件，例如 文件名.md"),
    ("cases/a.md", "x.md", "case:about @cases/about.md"),
    ("cases/a.md", "case:b", "错 链接“case:b”不能用|链接请写 http:// 或 https:// 开头的网址，或一个案例的文件，例如 文件名.md"),
    ("cases/a.md", "http://a", "错 链接“http://a”不能用|链接请写 http:// 或 https:// 开头的网址，或一个案例的文件，例如 文件名.md"),
    ("cases/a.md", "", "错 链接“”没有着落|是不是 a.md；链接可以写网址，或一个案例的文件，例如 文件名.md"),
    ("cases/a.md", "  b.md  ", "case:b @cases/b.md"),
    ("cases/a.md", "b.md?x=1", "错 链接“b.md?x=1”没有着落|是不是 b.md；链接可以写网址，或一个案例的文件，例如 文件名.md"),
    ("cases/a.md", "b.md\n", "case:b @cases/b.md"),
    ("cases/a.md", "b.md#小结\n题", "case:b @cases/b.md 链接“b.md#小结\n题”没有着落，《乙题》里没有这个小标题 是不是 b.md#小结；那里的小标题有 小结、甲 乙"),
    ("cases/a.md", "../../b.md", "错 链接“../../b.md”不能用|链接请写 http:// 或 https:// 开头的网址，或一个案例的文件，例如 文件名.md"),
    ("cases/a.md", "/b.md", "错 链接“/b.md”不能用|链接请写 http:// 或 https:// 开头的网址，或一个案例的文件，例如 文件名.md"),
    ("cases/a.md", "T.md", "错 链接“T.md”没有着落，没有这个文件|是不是 ../content/T.md；链接可以写网址，或一个案例的文件，例如 文件名.md"),
    ("cases/a.md", "../content/T.md", "page:T.html @T.md"),
    ("cases/a.md", "../content/tT.md", "错 链接“../content/tT.md”没有着落，没有这个文件|是不是 ../content/T.md；链接可以写网址，或一个案例的文件，例如 文件名.md"),
    ("cases/a.md", "about#小结", "case:about @cases/about.md 链接“about#小结”没有着落，《戊》里没有这个小标题 请写成 about#小标题的文字，和那个小标题一字不差，或删去链接；那里没有小标题"),
    ("cases/w.md", "w.md#", "case:w @cases/w.md"),
    ("cases/校/d.md", "c.md", "case:cc @cases/cc.md"),
    ("cases/校/d.md", "../b.md#小结", "case:b#b-h1 @cases/b.md"),
    ("cases/校/d.md", "b.md", "case:b @cases/b.md"),
    ("content/about.md", "cases/b.md", "case:b @cases/b.md"),
    ("content/about.md", "cases/b.html", "case:b @cases/b.md"),
    ("content/about.md", "b.md", "page:b.html @b.md"),
    ("content/about.md", "cases/cc.html", "case:cc @cases/cc.md"),
    ("content/about.md", "cases/cc.md", "case:cc @cases/cc.md"),
    ("content/about.md", "../cases/校/c.md", "case:cc @cases/cc.md"),
    ("content/about.md", "book/前言.md", "错 链接“book/前言.md”不能用，content/book/前言.md 只在书里有|请删去链接，只留文字"),
    ("content/sub/index.md", "../about.md#小结", "page:about.html#h1 @about.md"),
    ("content/sub/index.md", "../cases/cc.html", "case:cc @cases/cc.md"),
    ("content/about.md", "cases/", "page:cases/index.html @cases/index.md"),
    ("content/about.md", "by/theme/", "page:by/theme/index.html @by/theme/index.md"),
    ("content/about.md", "t.md", "page:t.html @t.md"),
    ("content/book/前言.md", "b.md", "text:bb"),
    ("content/book/前言.md", "../about.md", "错 链接“../about.md”不能用，content/about.md 只在网站上有|请写完整的网址"),
    ("content/book/前言.md", "../../cases/b.md#小结", "case:b#b-h1 @cases/b.md"),
    ("content/book/前言.md", "b", "text:bb"),
    ("content/book/前言.md", "乙题", "case:b @cases/b.md"),
    ("content/book/前言.md", "cases/cc.html", "错 链接“cases/cc.html”没有着落|是不是 ../../cases/校/c.md；链接可以写网址，或一个案例的文件，例如 ../../cases/文件名.md"),
    ("content/book/前言.md", "前言.md#小结", "#qy-h1"),
]  # fmt: skip


def led(path: str, target: str) -> str:
    try:
        found = MAY.lead(path, target)
    except links.TakenDown as wrong:
        return f"下架 {wrong.what}"
    except Wrong as wrong:
        return f"错 {wrong.what}|{wrong.cure}"
    query = found.query and f"?{found.query}"
    return " ".join(filter(None, (found.address, found.tree and f"@{found.tree}", query, found.lost, found.cure)))


def test_a_link_leads_to_one_file_or_is_told():
    """From cases, pages and texts of a book, by every way of writing a path, an id, a title and a heading; never where two can be meant."""
    assert [(*row, found) for row in LEADS if (found := led(*row[:2])) != row[2]] == []
    assert "是不是" not in str(pytest.raises(Wrong, MAY.lead, "cases/a.md", "前言.md", False).value.cure)


def test_pages_have_their_address():
    """Beside MkDocs' own: a page's ending, a folder's index, and what an address may not hold."""
    names = "a.md a.MD README.md x/README.md readme.md a.html a.mdx".split()
    assert [links.page_address(name) for name in (*names, "表 1.csv")] == [
        "a.html", "a.html", "index.html", "x/index.html", "readme.html", "a.html", "a.mdx", "%E8%A1%A8%201.csv",
    ]  # fmt: skip
    kinds = [
        (each.kind, each.name, each.tree)
        for each in map(MAY.of, ("cases/校/c.md", "content/about.md", "content/book/b.md", "cases/cafe\u0301.md"))
    ]
    assert kinds == [("case", "cc", "cases/cc.md"), ("page", "about.html", "about.md"), ("text", "bb", ""), ("case", "cafe", "cases/cafe.md")]
    fields = [Field("theme", "主题", facet=True), Field("unit", "单位"), Field("tel", "电话", facet=True, private=True)]
    assert list(links.pages_made(fields)) == ["cases/index.md", "by/theme/index.md"]
