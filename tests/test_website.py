"""The website: staged calmly, private and hostile values kept out, MkDocs' own commands, and live reload."""

import gzip
import json
import os
import re
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from casepress import flow, publishing
from casepress.collection import project
from casepress.facts import developing
from casepress.site import staging
from casepress.site.pages import Page
from conftest import ROOT, SETTINGS, case_text, fetched, mkdocs, picture, run, wait_for, write_files
from hostile import HOSTILE, SUM
from readback import read_lines

# Staging


def times(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_only_what_changed_is_written(tmp_path):
    """A page or file that holds the same already is left alone; what is no longer wanted is removed with its folders."""
    docs, pdf = tmp_path / "docs", tmp_path / "a.pdf"
    pdf.write_bytes(b"%PDF one")
    pages = [Page("index.md", "home"), Page("cases/a.md", "a"), Page("by/theme/x.md", "x")]
    files = {"about.md": b"about", "books/a.pdf": pdf, "pictures/1.png": lambda: b"picture"}

    assert staging.stage(docs, pages, files) == 6
    before = times(docs)
    assert staging.stage(docs, pages, files) == 0 and times(docs) == before

    pdf.write_bytes(b"%PDF two")
    changed = [Page("index.md", "home"), Page("cases/a.md", "a, changed")]
    assert staging.stage(docs, changed, {"books/a.pdf": pdf}) == 2
    after = times(docs)
    assert set(after) == {"index.md", "cases/a.md", "books/a.pdf"}
    assert after["index.md"] == before["index.md"] and after["cases/a.md"] > before["cases/a.md"]
    assert (docs / "books" / "a.pdf").read_bytes() == b"%PDF two"
    assert sorted(path.name for path in docs.iterdir()) == ["books", "cases", "index.md"]


def test_an_edit_rewrites_the_pages_that_show_it(make):
    """After an edit of one body only the page of that case is written anew; after none, nothing is."""
    folder = make({"a.md": case_text("甲", body="一二三四。"), "b.md": case_text("乙", theme="作业管理")}, site=True)
    place = project.find(folder)
    flow.stage(place)
    before = times(place.stage)

    flow.stage(place)
    assert times(place.stage) == before

    (folder / "cases" / "a.md").write_text(case_text("甲", body="五六七八。"), "utf-8")
    flow.stage(place)
    after = times(place.stage)
    changed = {name for name in after if after[name] != before[name]}
    assert {name for name in changed if not name.startswith("search/")} == {"cases/a.md"}
    assert "search/base.js" in changed, "every file of the index names its version"


def test_a_case_taken_away_leaves_nothing_behind(make):
    """When a case file goes, its page, its group pages and its pictures go from the staged tree as well."""
    folder = make({"a.md": case_text("甲"), "b.md": case_text("乙", theme="作业管理") + "\n![图](b.png)\n", "b.png": picture()}, site=True)
    place = project.find(folder)
    flow.stage(place)
    assert list((place.stage / "pictures").iterdir())

    (folder / "cases" / "b.md").unlink()
    flow.stage(place)

    assert {path.stem for path in (place.stage / "cases").iterdir()} == {"a", "index"}
    assert {path.stem for path in (place.stage / "by" / "theme").iterdir()} == {"after-school", "index"}
    assert not (place.stage / "pictures").exists()


def test_nothing_is_written_through_a_link(tmp_path):
    """Links inside the staged tree are replaced, not followed: what they lead to stays as it is."""
    docs, other = tmp_path / "docs", write_files(tmp_path / "other", {"mine.txt": "mine", "cases/a.md": "mine"})
    docs.mkdir()
    (docs / "index.md").symlink_to(other / "mine.txt")
    (docs / "cases").symlink_to(other / "cases")

    staging.stage(docs, [Page("index.md", "home"), Page("cases/a.md", "a")], {})

    assert {path.read_text("utf-8") for path in other.rglob("*.*")} == {"mine"}
    assert (docs / "index.md").read_text("utf-8") == "home" and (docs / "cases" / "a.md").read_text("utf-8") == "a"


@pytest.mark.parametrize(
    "damage",
    [lambda data: data[:100], lambda data: b"x" * len(data), lambda data: b"", None],
    ids=["cut", "other bytes, as long and as old", "emptied", "gone"],
)
def test_a_damaged_stage_is_made_anew(damage, make):
    """A staged picture, page, file of content or PDF that is not what was put there is put there again, though its size and
    its age be right; nothing else is written."""
    folder = make({"a.md": case_text("甲") + "\n![图](a.png)\n", "a.png": picture()}, site=True)
    place = project.find(folder)
    flow.stage(place)
    staged = {path: (path.read_bytes(), path.stat()) for path in place.stage.rglob("*") if path.is_file()}
    hurt = [
        next((place.stage / "pictures").iterdir()),
        place.stage / "cases" / "a.md",
        place.stage / "about.md",
        place.stage / "search" / "base.js",
    ]

    for path in hurt:
        data, before = staged[path]
        if damage is None:
            path.unlink()
        else:
            path.write_bytes(damage(data))
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    flow.stage(place)

    for path, (data, before) in staged.items():
        assert path.read_bytes() == data, path
        assert path in hurt or path.stat().st_mtime_ns == before.st_mtime_ns, path


def test_a_pdf_in_the_stage_follows_its_bytes(tmp_path):
    """A file is copied into the stage where its bytes differ, though its size and its age are the same."""
    docs, pdf = tmp_path / "docs", tmp_path / "a.pdf"
    for data in (b"%PDF one", b"%PDF two"):
        pdf.write_bytes(data)
        os.utime(pdf, ns=(1, 1))
        assert staging.stage(docs, [], {"a.pdf": pdf}) == 1
        assert (docs / "a.pdf").read_bytes() == data


@pytest.mark.skipif(sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="未检查：只在 Linux 上、有两个核时另开进程")
def test_many_pages_are_written_on_all_cores(tmp_path):
    """Of many pages a copy of the process writes some, the first is written before there is one; tree and record are as if one had written
    all, and what stands is not written again."""
    code = """
import os, sys
from pathlib import Path
from casepress.facts import cores
from casepress.site import staging
from casepress.site.pages import Page

def pages(said):
    for nth in range(240):
        yield Page(f"{nth % 7}/{nth}.md", lambda nth=nth: (said.append(os.getpid()) or f"page {nth}", nth % 3 > 0), f"key {nth}" if nth % 2 else "")

for name, number in (("one", 1), ("all", 2)):
    said, cores.usable = [], lambda: number
    print(staging.stage(Path(sys.argv[1], name, "docs"), pages(said), {}), len(said), end=" ")
    print(staging.stage(Path(sys.argv[1], name, "docs"), pages(said), {}), end=" ")
"""
    ran = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("240 240 0 240 121 0 ", "")

    one, other = ({path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")} for name in ("one", "all"))
    assert one == other and len(one) == 241


@pytest.mark.parametrize(
    "said", ["", "{", "[]", "3", '{"files": []}', '{"recipe": "r", "files": {"1.png": 5}}', '{"recipe": "r", "files": 5}', "[" * 100_000]
)
def test_a_record_of_the_stage_that_is_none_is_not_believed(said, tmp_path):
    """Where the record of what was staged is half a file or nonsense, or of another recipe, pictures are made anew."""
    docs, made = tmp_path / "docs", []

    def stage(recipe: str = "r") -> int:
        return staging.stage(docs, [], {"1.png": lambda: made.append(recipe) or b"picture"}, recipe)

    assert (stage(), stage(), len(made)) == (1, 0, 1)
    (tmp_path / ".docs.json").write_text(said, "utf-8")
    (docs / "1.png").write_bytes(b"pic")
    assert (stage(), stage(), len(made)) == (1, 0, 2)
    assert (docs / "1.png").read_bytes() == b"picture"
    stage("another")
    assert made[-1] == "another"


def test_files_and_folders_change_places(tmp_path):
    """Where a file stood there may be a folder next time, and the other way round."""
    docs = tmp_path / "docs"
    for path in ("a", "a/b.md", "a/b.md/c", "a"):
        staging.stage(docs, [Page(path, "x")], {})
        assert [file.relative_to(docs).as_posix() for file in docs.rglob("*") if file.is_file()] == [path]


def test_a_write_that_fails_leaves_the_staged_file_whole(tmp_path):
    """Where the disk refuses, the file that was staged before is still there, and no half of a new one."""
    docs = tmp_path / "docs"
    staging.stage(docs, [Page("a.md", "old")], {})
    (docs / ".a.md.new").mkdir()
    (docs / ".a.md.new" / "x").mkdir()  # in the way of the draft
    (docs / ".a.md.new" / "x" / "y.md").write_text("", "utf-8")

    with pytest.raises(OSError):
        staging._set(docs / "a.md", b"new")

    assert (docs / "a.md").read_text("utf-8") == "old"


def test_staging_takes_turns_with_builds(make):
    """`stage` beside a build says that it is busy; MkDocs waits for the build and then stages."""
    folder = make({"a.md": case_text("甲")}, site=True)

    with publishing.alone(folder / "build"):
        ran = run("-C", folder, "stage")
        assert ran.code == 1 and "另一个 casepress 正在" in ran.err
        waiting = subprocess.Popen([sys.executable, "-m", "mkdocs", "build"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        said = b""
        while "正在等它结束" not in said.decode() and (line := waiting.stdout.readline()):
            said += line
        assert "正在等它结束" in said.decode() and waiting.poll() is None, said.decode()
        assert not (folder / "build" / "stage").exists()
    said += waiting.communicate(timeout=60)[0]
    assert waiting.returncode == 0 and (folder / "build" / "stage").is_dir(), said.decode()


def test_a_pdf_taken_away_is_not_offered(make):
    """A site made while a PDF of build/books is missing offers the others, and none where books.json is broken."""
    folder = make({"a.md": case_text("甲"), "b.md": case_text("乙")}, site=True)
    assert run("-C", folder, "build").code == 0
    (folder / "build" / "books" / "cases" / "a.pdf").unlink()

    assert run("-C", folder, "site").code == 0
    page = {name: (folder / "build" / "site" / "cases" / f"{name}.html").read_text("utf-8") for name in "ab"}
    assert "books/cases/a.pdf" not in page["a"] and "books/cases/b.pdf" in page["b"]


def test_a_pdf_of_an_older_text_is_not_offered(make):
    """When a name is taken out of a case, or the case itself, `site` offers neither its PDF nor a book that holds it, takes
    them off the site, says so, and offers the others."""
    settings = "title: 某库\nbooks:\n  - {by: batch}\n"
    files = {"a.md": case_text("甲", body="由张三老师主持。"), "b.md": case_text("乙", batch="第二批"), "c.md": case_text("丙", batch="第二批")}
    folder = make(files, settings, site=True)
    assert run("-C", folder, "build").code == 0
    site = folder / "build" / "site"

    def offered() -> set[str]:
        linked = {name for page in site.rglob("*.html") for name in re.findall(r'books/([\w/-]+)\.pdf"', page.read_text("utf-8"))}
        assert linked == {path.relative_to(site / "books").with_suffix("").as_posix() for path in (site / "books").rglob("*.pdf")}
        return linked

    everything = {"book", "batch-di-yi-pi", "batch-di-er-pi", "cases/a", "cases/b", "cases/c"}
    again = run("-C", folder, "site")
    assert (again.code, again.err, offered()) == (0, "", everything)

    (folder / "cases" / "a.md").write_text(case_text("甲", body="由一位老师主持。"), "utf-8")
    ran = run("-C", folder, "site")
    assert ran.code == 0 and offered() == everything - {"book", "batch-di-yi-pi", "cases/a"}
    assert (
        "有 3 个 PDF 是旧的，不是按现在的文字排的，没有放上网站：book.pdf、batch-di-yi-pi.pdf、cases/a.pdf。请运行 casepress build" in ran.err
    )

    (folder / "cases" / "a.md").unlink()
    (folder / "cases" / "c.md").write_text("\n" + case_text("丙", batch="第二批") + "\n\n", "utf-8")  # says the same
    ran = run("-C", folder, "site")
    assert ran.code == 0 and offered() == everything - {"book", "batch-di-yi-pi", "cases/a"}


def test_a_pdf_that_is_not_whole_is_not_offered(make):
    """A PDF of which someone cut off a part is not put on the site."""
    folder = make({"a.md": case_text("甲"), "b.md": case_text("乙")}, site=True)
    assert run("-C", folder, "build").code == 0
    path = folder / "build" / "books" / "cases" / "a.pdf"
    path.write_bytes(path.read_bytes()[:1000])

    ran = run("-C", folder, "site")

    assert ran.code == 0 and "有 1 个 PDF" in ran.err and "cases/a.pdf" in ran.err
    assert sorted(path.name for path in (folder / "build" / "site" / "books").rglob("*.pdf")) == ["b.pdf", "book.pdf"]


@pytest.fixture(scope="module")
def listing(tmp_path_factory):
    """A built collection of one case, whose books.json tests spoil."""
    folder = tmp_path_factory.mktemp("listing") / "collection"
    assert run("new", folder).code == 0 and run("-C", folder, "build").code == 0
    return folder, (folder / "build" / "books" / "books.json").read_text("utf-8")


SPOILT = {
    "nothing": lambda text: "",
    "a list": lambda text: "[]",
    "a number": lambda text: "3",
    "null": lambda text: "null",
    "half": lambda text: text[: len(text) // 2],
    "deep": lambda text: "[" * 100_000,
    "no books": lambda text: '{"cases": {}}',
    "books are a map": lambda text: text.replace('"books": [', '"books": {"a": [').replace(' ],\n "cases"', ' ]},\n "cases"'),
    "cases are a list": lambda text: json.dumps({**json.loads(text), "cases": [1]}),
    "an entry is a word": lambda text: json.dumps({**json.loads(text), "books": ["book"]}),
    "pages are a word": lambda text: re.sub(r'"pages": \d+', '"pages": "many"', text),
    "bytes are true": lambda text: re.sub(r'"bytes": \d+', '"bytes": true', text),
    "a path is a number": lambda text: re.sub(r'"path": "[^"]*"', '"path": 3', text),
    "a selection is a number": lambda text: text.replace('"only": []', '"only": 3'),
    "a selection of numbers": lambda text: text.replace('"only": []', '"only": [3]'),
    "not in UTF-8": lambda text: b"\xff\xfe{}",
    "zeros": lambda text: "\0" * 4096,
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_list_of_books_that_is_none_is_told(spoil, listing):
    """Whatever stands in books.json, there is no traceback: no PDF is offered, and a warning says how to make it anew."""
    folder, text = listing
    said = spoil(text)
    (folder / "build" / "books" / "books.json").write_bytes(said if isinstance(said, bytes) else said.encode())

    ran = run("-C", folder, "stage")

    assert ran.code == 0 and "build/books/books.json: 警告: 这个文件读不出来" in ran.err and "casepress build" in ran.err
    assert not list((folder / "build" / "stage").rglob("*.pdf"))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda t: re.sub(r'"(?:of|sha256)": "[^"]*",?', "", t.replace('"sha256"', '"sha256"')),
        lambda t: re.sub(r'"path": "([^"]*)"', r'"path": "../../cases/example.md"', t),
    ],
)
def test_an_older_list_offers_nothing(spoil, listing):
    """What an older casepress listed, without its text, and a path out of the folder, are not offered."""
    folder, text = listing
    spoilt = re.sub(r",\s*}", "}", spoil(text))
    json.loads(spoilt)
    (folder / "build" / "books" / "books.json").write_text(spoilt, "utf-8")

    ran = run("-C", folder, "stage")

    assert ran.code == 0, ran.words
    assert not list((folder / "build" / "stage" / "books").rglob("*"))


# What stands outside stays outside


def test_links_out_of_the_collection_are_refused(make, tmp_path):
    """A symbolic link that leads out of the collection, to a file or a folder, is a problem; what it leads to is not read."""
    secret = write_files(tmp_path / "outside", {"secret.md": case_text("CANARY-MD"), "secret.png": picture(), "secret.txt": "CANARY"})
    folder = make({"a.md": case_text("甲") + "\n![图](p.png)\n"}, site=True)
    (folder / "cases" / "b.md").symlink_to(secret / "secret.md")
    (folder / "cases" / "more").symlink_to(secret)
    (folder / "cases" / "p.png").symlink_to(secret / "secret.png")
    (folder / "content" / "secret.txt").symlink_to(secret / "secret.txt")

    ran = run("-C", folder, "check")

    assert ran.code == 1
    assert re.search(r"^cases/b\.md: 错误: .*案例库之外", ran.out, re.MULTILINE)
    assert re.search(r"^cases/more: 错误: .*案例库之外", ran.out, re.MULTILINE)
    assert re.search(r"^cases/a\.md:15: 错误: 图片“p\.png”在案例库的文件夹之外", ran.out, re.MULTILINE)
    assert "CANARY" not in ran.out
    for name in ("b.md", "more", "p.png"):
        (folder / "cases" / name).unlink()
    (folder / "cases" / "a.md").write_text(case_text("甲"), "utf-8")
    assert run("-C", folder, "site").code == 0
    assert not any(b"CANARY" in data for _, data in outputs(folder / "build"))


def test_links_inside_the_collection_are_fine(make):
    """A symbolic link to another place in the collection is followed."""
    folder = make({"a.md": case_text("甲"), "../drafts/b.md": case_text("乙")})
    (folder / "cases" / "b.md").symlink_to(folder / "drafts" / "b.md")

    assert run("-C", folder, "check").out == "2 个案例，没有发现问题。\n"


@pytest.mark.parametrize(
    "target",
    ["../../etc/passwd", "/etc/passwd", "..\\..\\etc\\passwd", "%2e%2e/%2e%2e/etc/passwd", "file:///etc/passwd", "../collection/../../x.png", "C:\\x.png"],
)  # fmt: skip
def test_pictures_outside_are_refused(target, make):
    """A picture's path that leaves `cases/`, in whatever spelling, in the body or in the header, is a problem."""
    folder = make({"a.md": case_text("甲") + f"\n![图]({target})\n", "b.md": case_text("乙").replace("---\n", f"---\n照片: '{target}'\n", 1)})
    write_files(folder.parent, {"x.png": picture()})

    ran = run("-C", folder, "check")

    assert ran.code == 1
    assert re.search(r"^cases/a\.md:15: 错误: (?:找不到)?图片“", ran.out, re.MULTILINE), ran.out
    assert re.search(r"^cases/b\.md:2: 错误: (?:找不到)?图片“", ran.out, re.MULTILINE), ran.out
    assert "root:" not in ran.words


def test_a_colon_in_a_title_is_told_with_its_cure(make):
    """`title: 双减: 探索` is a problem that names file and line, and shows the line as it should be."""
    ran = run("-C", make({"a.md": "---\ntitle: 双减: 探索\n---\n\n正文。\n"}), "check")

    assert ran.code == 1
    assert re.match(r'cases/a\.md:2: 错误: .*冒号.*。.*改成：title: "双减: 探索"。\n', ran.out), ran.out


# Nothing private is published


def photograph(canary: str) -> bytes:
    """A JPEG as a phone makes it: with a place, a device, a comment, a description and a second small picture."""
    exif = Image.Exif()
    exif[0x010E], exif[0x010F], exif[0x013B] = f"{canary}-description", f"{canary}-maker", f"{canary}-artist"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 46.0, 12.0), 3: "E", 4: (119.0, 57.0, 1.0), 29: f"{canary}-gps"})
    return picture("JPEG", exif=exif, comment=f"{canary}-comment".encode(), xmp=f"<x>{canary}-xmp</x>".encode())


def outputs(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Everything that a build wrote: each file's bytes, what is compressed in it, and the text of each PDF."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        yield str(path), data
        yield str(path), path.name.encode()
        if path.suffix == ".gz":
            yield str(path), gzip.decompress(data)
        if path.suffix == ".pdf":
            yield str(path), "\n".join(line.text for line in read_lines(path)).encode()
            with pikepdf.open(path) as pdf:
                yield str(path), pdf.open_metadata().__str__().encode() + repr(dict(pdf.docinfo)).encode()
                for part in pdf.objects:
                    if isinstance(part, pikepdf.Stream):
                        yield str(path), part.read_raw_bytes() + part.unparse()
                        if part.get("/Filter") == "/FlateDecode" and part.get("/Subtype") != "/Image":
                            yield str(path), part.read_bytes()
                    else:
                        yield str(path), part.unparse(resolved=True)


def test_pictures_are_published_without_what_the_camera_wrote(make):
    """Place, device, comment and description of a photograph are in no file of the site, of the stage or of the books."""
    canary = "CANARY7c1f"
    text = case_text("甲").replace("---\n", "---\n照片: [{file: 操场.jpg, alt: 操场}]\n未成年人: 没有学生\n", 1) + "\n![走廊](走廊.JPG)\n"
    original = photograph(canary)
    assert canary.encode() in original and b"Exif" in original
    folder = make({"a.md": text, "操场.jpg": original, "走廊.JPG": photograph(canary + "-2")}, site=True)

    assert run("-C", folder, "build", "--strict").err == ""

    for path, data in outputs(folder / "build"):
        assert canary.encode() not in data, path
        assert canary.encode("utf-16-be") not in data, path
    published = sorted((folder / "build" / "site" / "pictures").iterdir())
    assert len(published) == 2
    for path in published:
        assert re.fullmatch(r"[0-9a-f]{16}-64x48\.jpg", path.name)
        with Image.open(path) as image:
            assert not image.getexif() and not {"exif", "comment", "xmp"} & set(image.info)
            assert image.size == (64, 48)
    html = (folder / "build" / "site" / "cases" / "a.html").read_text("utf-8")
    assert all(f'src="../pictures/{path.name}"' in html for path in published)


def test_private_and_undeclared_fields_are_published_nowhere(make):
    """The value of a private field, or of one that nobody declared, is in no file that a build writes, in no form."""
    canary = "金丝雀0571CANARY"
    settings = "title: 某库\nfields: {phone: {label: 联系电话, private: yes}, award: {private: yes}, authors: {private: yes}}\n"
    header = f"---\n联系电话: {canary}1\n获奖等次: {canary}2\n撰写人: {canary}3（校长）\n没声明的: {canary}4\n"
    folder = make({"a.md": case_text("甲").replace("---\n", header, 1), "b.md": case_text("乙")}, settings, site=True)

    ran = run("-C", folder, "build")

    assert ran.code == 0 and "没声明的" in ran.err and canary not in ran.words
    for path, data in outputs(folder / "build"):
        for word in (canary, "金丝雀"):
            assert word.encode() not in data and word.encode("utf-16-be") not in data, path
    assert not (folder / "build" / "site" / "by" / "award").exists()


def test_the_search_for_a_canary_finds_what_is_public(make):
    """The search that the tests above rely on does see text, names and titles in site, stage and PDFs."""
    canary = "金丝雀CANARY"
    folder = make({"a.md": case_text(f"标题{canary}", body=f"正文里有{canary}。")}, site=True)
    assert run("-C", folder, "build").code == 0

    seen = {
        Path(path).relative_to(folder / "build").as_posix().removeprefix("current/").partition("/")[0] + Path(path).suffix
        for path, data in outputs(folder / "build")
        if canary.encode() in data
    }

    assert {"site.html", "stage.md", "books.pdf", "site.pdf"} <= seen


# Hostile values are text


class Live(HTMLParser):
    """What of a page a browser would obey: event handlers, scripts and addresses; and the page's text."""

    def __init__(self) -> None:
        super().__init__()
        self.obeyed: list[str] = []
        self.text = ""
        self.script = self.data = False

    def handle_starttag(self, tag, attrs):
        self.data = tag == "script" and ("type", "application/ld+json") in attrs  # which no browser runs
        self.script = tag == "script" and not self.data
        for name, value in attrs:
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or name == "srcdoc":
                self.obeyed.append(f"<{tag} {name}>")
            elif name in {"href", "src", "action", "formaction", "data", "xlink:href"}:
                if re.match(r"(?:javascript|vbscript|data):", address) or address == "x":
                    self.obeyed.append(f"<{tag} {name}={value}>")

    def handle_endtag(self, tag):
        self.script = self.data = False

    def handle_data(self, data):
        if self.data and ("<" in data or not isinstance(json.loads(data), dict)):
            self.obeyed.append(f"data: {data[:80]}")
        if self.script and "alert(1)" in data and "</script" not in data:
            self.obeyed.append(f"script: {data[:80]}")
        self.text += data


def test_a_javascript_link_is_refused(make):
    """A link with another scheme than http, https or mailto is a problem, however it is written."""
    links = ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "vbscript:x", "data:text/html,x", "java\\script:alert(1)"]
    folder = make({f"{nth}.md": case_text(f"第{nth}个", body=f"[点我]({link})") for nth, link in enumerate(links)})

    ran = run("-C", folder, "check")

    assert ran.code == 1 and ran.out.count("错误: 链接“") == len(links), ran.out


def test_no_page_obeys_a_hostile_value(hostile):
    """Whatever tag, script, handler or template a value holds, no page of the site has it as live markup."""
    pages = sorted((hostile / "build" / "site").rglob("*.html"))

    assert len(pages) > 15
    for path in pages:
        live = Live()
        live.feed(path.read_text("utf-8"))
        live.close()
        assert live.obeyed == [], f"{path.relative_to(hostile)}: {live.obeyed}"
        assert str(7919 * 7907) not in live.text, path
    assert "root:" not in "".join(path.read_text("utf-8") for path in pages)


def test_hostile_values_show_as_text(hostile):
    """A hostile title, a script in a body and template marks are shown as they were written."""
    live = Live()
    live.feed((hostile / "build" / "site" / "cases" / "hostile.html").read_text("utf-8"))

    for word in ("标题", "副标题", "单位", "主题", "批次", "一等奖", "摘要", "来源", "文号", "说明", "摄影", "小标题"):
        assert f"{word}{HOSTILE}" in live.text, word
    for words in ("<script>alert(1)</script>", SUM, '{% include "/etc/passwd" %}', '--8<-- "/etc/passwd"', "<svg onload=alert(1)>"):
        assert words in live.text, words


def test_hostile_values_are_text_in_the_search_index(hostile):
    """The files of the search index are data and nothing else: one call each, with JSON in ASCII, whatever a value holds."""
    files = sorted((hostile / "build" / "site" / "search").iterdir())

    assert len(files) > 5
    for path in files:
        call = re.fullmatch(r"casepress\.take\((.*)\)\n", path.read_text("ascii"))
        assert call and json.loads(f"[{call[1]}]")[0] == path.stem, path


def test_hostile_values_are_text_in_the_book(hostile):
    """In the PDFs hostile values are printed as text, and there is no script, no address of another scheme, no file."""
    for path in (hostile / "build" / "books").rglob("*.pdf"):
        text = "".join(line.text for line in read_lines(path))
        assert "onerror=alert(1)" in text.replace("\n", ""), path
        with pikepdf.open(path) as pdf:
            for part in pdf.objects:
                words = part.unparse() if isinstance(part, pikepdf.Stream) else part.unparse(resolved=True)
                assert not re.search(rb"/JavaScript|/Launch|/EmbeddedFile\b|\(javascript:", words), path


# MkDocs' own commands, and live reload


def test_mkdocs_build_works_at_the_root(make):
    """`mkdocs build --strict` at the root of a collection makes the same site as casepress does."""
    folder = make({"a.md": case_text("甲"), "b.md": case_text("乙")}, site=True)
    assert run("-C", folder, "site").code == 0
    ours = {path.relative_to(folder): path.read_bytes() for path in (folder / "build" / "site").rglob("*.html")}

    built = mkdocs(folder, "build", "--strict", "--clean")

    assert built.returncode == 0, built.stderr
    theirs = {path.relative_to(folder): path.read_bytes() for path in (folder / "build" / "site").rglob("*.html")}
    assert theirs == ours


def test_mkdocs_build_tells_what_is_wrong_with_a_case(make):
    """Where a case is broken, `mkdocs build` names file, line and cure, fails, and shows no traceback."""
    folder = make({"a.md": "---\ntitle: 双减: 探索\n---\n\n正文\n"}, site=True)

    built = mkdocs(folder, "build")

    assert built.returncode != 0 and "cases/a.md:2: 错误: " in built.stderr and "Traceback" not in built.stderr


def test_an_edit_shows_by_itself(live):
    """With `casepress serve`, editing a case, breaking and mending it, adding and removing one show on the pages."""
    folder, address = live
    case = folder / "cases" / "a.md"

    assert "livereload" in fetched(f"{address}/cases/a.html")
    case.write_text(case_text("甲", body="改之后。"), "utf-8")
    wait_for("改之后", f"{address}/cases/a.html")

    case.write_text("坏了\n", "utf-8")
    time.sleep(1.5)
    assert "改之后" in fetched(f"{address}/cases/a.html"), "while a case is broken the last good pages are shown"
    case.write_text(case_text("甲", body="又好了。"), "utf-8")
    wait_for("又好了", f"{address}/cases/a.html")

    (folder / "cases" / "c.md").write_text(case_text("丙", body="新来的。"), "utf-8")
    wait_for("新来的", f"{address}/cases/c.html")
    assert "c.html" in fetched(f"{address}/cases/index.html")


def test_serving_a_broken_collection_says_why(make):
    """`casepress serve` on a collection with errors says them and exits with 1; on a busy port it says that."""
    broken = make({"a.md": "坏\n"}, site=True)
    ran = run("-C", broken, "serve")
    assert ran.code == 1 and "cases/a.md:1: 错误: " in ran.err

    (broken / "cases" / "a.md").write_text(case_text("甲"), "utf-8")
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        ran = run("-C", broken, "serve", "--address", f"127.0.0.1:{busy.getsockname()[1]}")
    assert ran.code == 1 and "端口" in ran.err, ran.words


# Pictures as they come


@pytest.mark.parametrize(("kind", "options"), [("MPO", {"save_all": True}), ("JPEG", {"progressive": True}), ("PNG", {}), ("WEBP", {})])
def test_pictures_of_phones_are_taken(kind, options, make):
    """JPEG, PNG and WebP are published, and so is the MPO that phones write into a .jpg, whatever the name says."""
    if kind == "MPO":
        options = {**options, "append_images": [Image.new("RGB", (8, 8))]}
    folder = make({"a.md": case_text("甲") + "\n![图](p.jpg)\n", "p.jpg": picture(kind, **options)}, site=True)

    assert run("-C", folder, "site").code == 0
    (published,) = (folder / "build" / "site" / "pictures").iterdir()
    assert Image.open(published).size == (64, 48)
    assert published.suffix == {"MPO": ".jpg", "JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}[kind]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_broke_off_is_told(kind, make):
    """A picture of which the end is missing is a problem with its line, and not published half."""
    data = picture(kind)
    folder = make({"a.md": case_text("甲") + "\n![图](p.jpg)\n", "p.jpg": data[: len(data) * 2 // 3]})

    ran = run("-C", folder, "check")

    assert ran.code == 1 and "cases/a.md:15: 错误: 图片“p.jpg”不能用" in ran.out


def test_a_damaged_picture_is_told(make):
    """A picture of which a part is spoiled is told by `check` with its line where its sums tell it, and else stops the build with its name."""
    data = bytearray(picture("PNG"))
    data[len(data) // 2] ^= 0xFF
    folder = make({"a.md": case_text("甲") + "\n![图](p.png)\n", "p.png": bytes(data)}, site=True)
    ran = run("-C", folder, "check")
    assert ran.code == 1 and "cases/a.md:15: 错误: 图片“p.png”不能用：图片文件不完整或已损坏" in ran.out

    data = picture("PNG")
    at = data.index(b"IDAT")
    chunk = b"IDAT" + bytes(int.from_bytes(data[at - 4 : at], "big"))  # no pixels, but its sum is right
    write_files(folder, {"cases/p.png": data[:at] + chunk + zlib.crc32(chunk).to_bytes(4, "big") + data[at + len(chunk) + 4 :]})
    ran = run("-C", folder, "site")
    assert ran.code == 1 and "cases/p.png: 错误: 图片不能用" in ran.err


def test_turned_pictures_stand_upright():
    """A photograph that says it was taken turned is published upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    assert developing.publish(picture("JPEG", exif=exif)).width == 48


def test_the_repository_is_a_collection():
    """The repository's root is itself a collection that checks strictly without a problem."""
    assert run("-C", ROOT, "check", "--strict").code == 0


@pytest.mark.parametrize(
    ("settings", "file", "text"),
    [
        ("publication: isbn\nimprint: {书号: 978-7-302-51102-9}\n", "", ""),
        ("publication: 内刊\n", "", ""),
        ("imprint: {出版社: 某社, 价钱: 十元}\n", "", ""),
        ("book: {profil: a4, calliper: thick}\n", "", ""),
        ("book: {title: 中国教育期刊, omit: [imprint]}\npublication: internal\n", "", ""),
        ("book: {cover: none, profile: a3}\n", "", ""),
        ("books:\n- {only: [theme=没有]}\n- {by: weather}\n- 三\n", "", ""),
        ("", "content/book/乱写.md", "字。"),
        ("", "content/book/preface.md", ""),
        ("", "content/book/appendix-1.md", "没有标题。![地图](没有.png)[去](没有.md)"),
        ("", "content/book/map.gif", "x"),
        ("", "cases/b.md", case_text("乙", body="生僻字" + "\U000323a0" + "，和一个\U0001faf7。")),
        ("", "cases/b.md", case_text("乙", body="|" + "甲|" * 60 + "\n|" + "-|" * 60 + "\n|" + "一二三四五六七八九十|" * 60)),
    ],
)
def test_what_is_wrong_with_books_stops_no_site(make, settings, file, text):
    """A fault of books alone stops `build` and `check`, and is no word of `site`."""
    folder = make({"a.md": case_text("甲")}, SETTINGS + settings, site=True)
    if file:
        write_files(folder, {file: text})
    ran = run("-C", folder, "check")
    assert ran.code == 1 or "警告" in ran.out, ran.words
    ran = run("-C", folder, "site")
    assert ran.code == 0 and not ran.err, ran.words


@pytest.mark.parametrize("settings", ["fields: {theme: {kind: colour}}\n", "tittle: x\n", "places: [{name: 甲, parent: 乙}]\n"])
def test_what_is_wrong_with_the_site_stops_it(make, settings):
    """A fault of what the site shows still stops it."""
    assert run("-C", make({"a.md": case_text("甲")}, SETTINGS + settings, site=True), "site").code == 1
