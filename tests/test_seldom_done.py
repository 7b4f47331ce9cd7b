"""What is seldom done: commands given wrongly, folders that hold other things, a disk that is full, lists that are empty."""

import errno
import io
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pikepdf
import pytest
import weasyprint
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from markdown import Markdown
from PIL import Image
from weasyprint.formatting_structure.boxes import TextBox

from casepress import captioning, scaffold, sharing
from casepress.book import colophon, digest
from casepress.book.profiles import read_profile
from casepress.collection import project, reading
from casepress.collection.settings import read_settings
from casepress.facts import heard, inking, limits, maker
from casepress.facts.budgets import Limit, Over
from casepress.facts.store import NOTHING, Store
from casepress.intake.submissions import Submission
from casepress.press import families, figures, workers
from casepress.press.joining import File
from casepress.press.patches import leaders, subsets
from casepress.press.patches.leaders import leaders_at_once
from casepress.press.patches.reading import read_quickly
from casepress.site import bureau, cards, listing, material, shaped, shipped
from casepress.site.akin import _values as values_of
from casepress.site.onward import OnwardExtension
from casepress.type import coverage, fontfiles
from casepress.type.chains import read_chains
from casepress.type.faces import Face, Faces, Role, shipped_faces
from casepress.type.fontfiles import FontFile
from casepress.type.judged import judged
from casepress.values.books import Imprint
from casepress.values.problems import Stopped
from conftest import ROOT, SETTINGS, case_text, run, write_files

# Commands


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """A collection whose settings cannot be read."""
    folder = tmp_path_factory.mktemp("broken")
    write_files(folder / "cases", {"collection.yml": "- 甲\n", "a.md": case_text("甲")})
    return folder


@pytest.mark.parametrize("words", [("list",), ("likeness",), ("fonts",)])
def test_without_settings_nothing_is_listed(broken, words):
    """Whoever asks for cases, for what is alike or for fonts hears what is wrong with the settings, and where."""
    ran = run("-C", broken, *words)
    assert ran.code != 0 and "cases/collection.yml" in ran.err and not ran.out.strip()


def test_what_could_not_be_read_is_told_behind_a_list(make):
    """The cases that can be read are listed, and that others could not be is said."""
    ran = run("-C", make({"a.md": case_text("甲"), "b.md": "没有开头。\n"}), "list")
    assert "甲" in ran.out and "有的案例没有读出来，或者读不全" in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "in", "-o", "a.txt"), "文件名要以 .html 结尾，例如 -o a.html"),
        (("import", "in", "-o", "folder"), "-o 后面要写一个文件名，不能是文件夹"),
        (("export", "summary", "-o", "folder"), "不会覆盖它，请换一个文件名"),
    ],
)
def test_where_something_is_written_is_a_file_of_its_kind(make, monkeypatch, words, said):
    """A report is a web page; a folder is no place for a file, whatever it is called."""
    folder = make({"a.md": case_text("甲")})
    monkeypatch.chdir(folder)
    for name in ("in", "folder", "folder/汇总表.xlsx"):
        (folder / name).mkdir()
    ran = run(*words)
    assert ran.code != 0 and said in ran.err


@pytest.mark.skipif(not hasattr(os, "pathconf"), reason="未检查：这里不知道路径最长多少")
@pytest.mark.parametrize("is_there", [True, False])
def test_a_collection_that_cannot_be_made_leaves_nothing(tmp_path, is_there):
    """Where it fails half-way, what was written is taken away, and the folder as well if it was not there."""
    room = os.pathconf(tmp_path, "PC_PATH_MAX") - len(f"{tmp_path}/") - 20  # for a folder of it, and no file in that
    folder = tmp_path.joinpath(*["d" * 200] * (room // 201), "d" * (room % 201 or 1))
    folder.parent.mkdir(parents=True)
    if is_there:
        folder.mkdir()
    with pytest.raises(OSError, match="long"):
        scaffold.new_collection(folder, "案例库")
    assert folder.exists() == is_there and not (is_there and any(folder.iterdir()))


# Books of a collection


def test_books_are_named_apart(make):
    """A book that would be called as a file of another has a number; where a label means other cases as well, the address chooses."""
    choices = (
        "fields: {theme: {label: 主题, kind: choice, choices: [{label: 甲, slug: one}, {label: one, slug: two}, {label: 丙, slug: print}]}}\n"
    )
    books = "books:\n  - only: [theme=print]\n  - by: theme\n"
    cases = {"a.md": case_text("甲", theme="甲"), "b.md": case_text("乙", theme="one"), "c.md": case_text("丙", theme="丙")}
    collection, problems = reading.read_collection(project.find(make(cases, SETTINGS + choices + books)), {})
    made = {book.name: book.only for book in collection.books}
    assert "theme-print-1" in made and made["theme-two"] == ("theme=two",) and made["theme-one"] == ("theme=甲",), problems


# Limits


@pytest.mark.skipif(sys.platform != "linux", reason="未检查：只在 Linux 上有限度")
def test_no_memory_is_no_memory_however_it_is_said():
    """The system says it of a file or a process: then a job was too large; what else it says of them is raised as it is."""
    with pytest.raises(Over) as over, limits.held(Limit(9, 2**30)):
        raise OSError(errno.ENOMEM, "no memory")
    assert over.value.kind == "large"
    with pytest.raises(FileNotFoundError), limits.held(Limit(9, 2**30)):
        raise FileNotFoundError("a.png")


# What is kept


def test_a_store_without_room_is_emptied(tmp_path):
    """Whatever is in it is above the limit."""
    store = Store(tmp_path, limit=-1)
    assert store.put("kind", "aa", b"1") and store.put("kind", "bb", b"2")
    store.trim()
    assert store.get("kind", "aa") is None and store.get("kind", "bb") is None


def test_sounds_are_kept_once(tmp_path):
    """Who asks for them within another block that keeps them has those of that one, and they are written at its end."""
    store = Store(tmp_path)
    with heard.kept(store):
        with heard.kept(store):
            heard.heard("tones", "课时", str)
        assert not any(path.is_file() for path in tmp_path.rglob("*"))
    assert any(path.is_file() for path in tmp_path.rglob("*"))


def test_folders_and_dead_links_are_no_files_of_ours(tmp_path):
    """They are in no sum of what is there."""
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.html").write_text("1", "utf-8")
    before = maker._own(tmp_path)
    maker._own.cache_clear()
    (tmp_path / "dead").symlink_to(tmp_path / "nowhere")
    assert maker._own(tmp_path) == before
    assert list(shaped._files([tmp_path])) == ["0 below/a.html", b"1"]
    maker._own.cache_clear()


def test_a_set_has_the_same_sum_in_every_order():
    """What a book is known by hangs on no seed of hashes."""
    assert digest._plain(frozenset("cab")) == ("'a'", "'b'", "'c'") == digest._plain(set("bca"))


def test_a_file_that_changes_while_it_is_judged_is_judged_again(tmp_path):
    """What was found of it is given back and not kept."""
    path, seen = tmp_path / "a.ttf", []
    path.write_bytes(b"1")

    def find(file, index):
        seen.append(file.read_bytes())
        file.write_bytes(seen[-1] + b"2")
        return len(seen)

    store = Store(tmp_path / "kept")
    assert [judged(path, 0, store, "number", find) for _ in range(2)] == [1, 2]


# Fonts


def test_faces_of_one_name_are_told_apart():
    """Two files that call themselves the same have names of their own in a PDF, as has one of the bureau's that is installed as well."""
    files = [FontFile(Path(f"{n}.ttf"), 0, "Song", frozenset(("song",))) for n in range(3)]
    chain = read_chains([ROOT / "theme" / "print"])[0]
    faces = Faces({"song": Role(chain, (Face(files[0]), Face(files[1]), Face(files[2], own=True)))}, frozenset(("song",)))
    assert list(families._names(faces).values()) == ["Song", "Song II", "Song Own"]


def test_only_faces_by_number_are_named_by_number():
    """Of a face whose glyphs have names WeasyPrint's own subset is taken; of none there is nothing to name."""
    font = FontBuilder(1000, isTTF=False)
    font.setupGlyphOrder([".notdef", "a"])
    font.setupCharacterMap({97: "a"})
    drawn = {name: T2CharStringPen(500, None).getCharString() for name in (".notdef", "a")}
    font.setupCFF("Named", {}, drawn, {})
    font.setupHorizontalMetrics({".notdef": (500, 0), "a": (500, 0)})
    font.setupHorizontalHeader()
    font.setupPost()
    out = io.BytesIO()
    font.save(out)
    assert subsets._named_by_number(out.getvalue(), [0, 1]) == b"" == subsets._named_by_number(b"", [0])


def test_a_font_of_bitmaps_is_refused(tmp_path):
    """A face without outlines, or one that allows only bitmaps, is told as such."""
    font = FontBuilder(1000, isTTF=False)
    font.setupGlyphOrder([".notdef", "a"])
    font.setupCharacterMap({97: "a"})
    font.setupHorizontalMetrics({".notdef": (500, 0), "a": (500, 0)})
    font.setupHorizontalHeader()
    font.setupNameTable({"familyName": "无轮廓"})
    font.setupOS2(fsType=0)
    font.setupPost()
    font.save(tmp_path / "a.ttf")
    assert fontfiles.read_face(tmp_path / "a.ttf", 0, NOTHING).obstacle == "它没有可以嵌入的轮廓"


def test_a_role_without_a_font_is_reported():
    """Which fonts were looked for is said."""
    chain = next(each for each in read_chains([ROOT / "theme" / "print"]) if each.role == "kai")
    faces = Faces({**shipped_faces().roles, "kai": Role(chain, ())})
    said = [line for line in coverage.report([], faces) if "没有找到，改用别的字体" in line]
    assert len(said) == 1 and said[0].startswith(f"{chain.label}：") and chain.names[0] in said[0]


# The site


@pytest.fixture(scope="module")
def one(tmp_path_factory):
    folder = tmp_path_factory.mktemp("one")
    cases = {"a.md": case_text("江苏省常州市怎样减轻课业负担", region="江苏省常州市")}
    write_files(folder / "cases", {"collection.yml": SETTINGS, **cases})
    return reading.read_collection(project.find(folder), {})[0]


def test_a_card_keeps_names_of_places_whole(one):
    """Those of the places above a case that stand in its title, in its order; a word too wide for its line is drawn smaller."""
    assert cards.words(one.cases[0])[4] == "江苏省 常州市"
    drawer = cards.Drawer(shipped_faces())
    wide, whole = (drawer.draw("", title, "校", "", "") for title in ("W" * 12, "W" * 3))
    ink = [Image.open(io.BytesIO(each)).convert("L").crop((279, 70, 300, 220)).getextrema() for each in (wide, whole)]
    assert ink[0] == ink[1], "nothing is drawn beyond the right edge"


def test_what_cases_share_are_choices_and_places(one):
    """A text such as the name of a school is nothing that two cases have in common."""
    found = {name for name, _, _ in values_of(one.fields, one.cases[0])}
    assert {"region", "theme"} <= found and not found & {"school", "summary", "title"}


def test_without_batches_cases_keep_their_order(one):
    """There is no newest one."""
    assert listing.newest_first(one.cases, None) == one.cases


def test_what_is_not_shipped_is_taken_out(tmp_path):
    """Without a map of the site there is none to mend; of scripts only the maps go, and the lines that name them."""
    folder = tmp_path / "assets" / "javascripts"
    folder.mkdir(parents=True)
    (folder / "a.min.js").write_bytes(b"run()\n//# sourceMappingURL=a.min.js.map\n")
    (folder / "a.min.js.map").write_bytes(b"{}")
    (folder / "note.txt").write_bytes(b"//# sourceMappingURL=kept.map\n")
    shipped.clean(tmp_path, True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "a.min.js": b"run()\n", "note.txt": b"//# sourceMappingURL=kept.map\n",
    }  # fmt: skip


def test_a_site_without_pages_of_a_kind_lacks_nothing_on_them(tmp_path):
    """Where there are no cases nothing is asked of their pages; where their addresses have changed that is said."""
    assert list(material.lost(tmp_path, [])) == []
    (tmp_path / "cases" / "a").mkdir(parents=True)
    (tmp_path / "cases" / "a" / "index.html").write_text("", "utf-8")
    assert [words for words in material.lost(tmp_path, []) if "use_directory_urls" in words]


def test_a_page_that_was_not_made_is_missed(tmp_path):
    """Whatever kept MkDocs from it: of all pages of the tree the site must have one, whoever's theme it is."""
    docs, site = tmp_path / "docs", tmp_path / "site"
    for name in ("a.md", "b/README.md", "c.md", "d e.md"):
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text("# 甲\n", "utf-8")
    for name in ("a.html", "b/index.html", "d e.html"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text("", "utf-8")
    assert ["c.html" in words for words in material.lost(site, [], "own", docs=docs)] == [True]
    (site / "c.html").write_text("", "utf-8")
    assert list(material.lost(site, [], "own", docs=docs)) == []


def test_markdown_outside_mkdocs_has_ids_and_keeps_its_links():
    """Nobody says there which page it is."""
    html = Markdown(extensions=[OnwardExtension(lambda name, target: "elsewhere")]).convert("## 成效\n\n[甲](a.md)")
    assert 'id="成效"' in html and 'href="a.md"' in html


def test_a_header_of_a_page_is_taken_with_its_lists():
    """What may stand there stands there, escaped; a file of no kind that is written anew stays byte for byte, a broken picture is told."""
    made = bureau.page("---\ntitle: <b>\nhide: [toc, navigation]\nsearch: {exclude: true}\nother: 1\n---\n\n# 页\n".encode()).decode()
    assert "&lt;b&gt;" in made and "navigation" in made and "exclude" in made and "other" not in made and "<b>" not in made
    assert bureau.in_the_tree({"a.txt": b"\0\xff"}, NOTHING) == {"a.txt": b"\0\xff"}
    with pytest.raises(Stopped) as stopped:
        bureau.in_the_tree({"a.png": b"no picture"}, NOTHING)
    assert [problem.path for problem in stopped.value.problems] == ["content/a.png"]


def test_a_card_that_is_kept_is_not_drawn_again(tmp_path):
    """It is what was drawn the first time, without a drawer as well."""
    store, words = Store(tmp_path), ("课后服务", "课堂", "校", "", "")
    drawn = sharing._card(cards.Drawer(shipped_faces()), store, "one", words)
    assert sharing._card(None, store, "one", words) == drawn


# Videos


def test_a_video_is_held_against_the_batch_of_the_case_beside_it(tmp_path):
    """Where no batch asks for anything only that it is not copied is told; versions are those of the batch beside it, or of the only one that asks."""
    asks = "rules:\n  第一批: {video: {minutes: 5, versions: [完整版, 无字版]}}\n  第二批: {length: 最多900}\n"
    rules = read_settings((SETTINGS + asks).encode())[0].rules
    (tmp_path / "v.mp4").write_bytes(b"no video")

    def lacking(batch, rules=rules):
        beside = [Submission("甲校/a.docx", {"batch": (each,)}) for each in batch]
        said = captioning.videos_checked(rules, [(tmp_path / "v.mp4", "甲校/完整版.mp4")], beside)
        assert "视频不收进案例库" in said[0].what
        return [problem.what.partition("，可能")[2] for problem in said if "个版本" in problem.what], len(said)

    assert lacking([], ()) == ([], 1)
    assert lacking(["第一批"])[0] == lacking(["第二批"])[0] == ["缺无字版"]


# Print


def test_grey_pixels_stay_grey():
    """Whatever the press, black alone is asked of them."""
    made = inking.in_inks(bytes(range(4)), b"", (2, 2), "L")
    assert (made.data, made.is_grey, made.is_jpeg) == (bytes(range(4)), True, False)


def test_a_pdf_of_streams_alone_is_whole():
    """There is nothing to pack behind the last full bundle of objects."""

    file = File("1.7")
    first = file.numbers(3)
    for number, text in enumerate((b"<</Type/Catalog/Pages %d 0 R>>" % (first + 1), b"<</Type/Pages/Kids[]/Count 0>>", b"<<>>"), first):
        file.put(number, text)
    file._pack()
    with pikepdf.open(io.BytesIO(file.finish(first, first + 2))) as pdf:
        assert len(pdf.pages) == 0 and not pdf.check_pdf_syntax()


def test_dots_stand_on_their_grid():
    """From the right edge on, none beyond the end of their room, none before its beginning, and none of more than the line holds."""
    assert leaders._places(10, 100, 100, 0, 100) == [90, 80, 70, 60, 50, 40, 30, 20, 10, 0]
    assert leaders._places(10, 100, 100, 15, 55) == [40, 30, 20]


def leads(content: str, more: str = "") -> list[list[tuple]]:
    """The texts of a line with a leader, WeasyPrint's way and ours."""
    style = f"@page {{ size: 300px 100px; margin: 10px }} .dots::after {{ content: leader('{content}') }}"
    html = f"<style>{style}</style>{more}<p class=line>甲<span class='dots'></span>12</p>"
    found = []
    for way in (nullcontext, leaders_at_once):
        with way():
            page = weasyprint.HTML(string=html).render().pages[0]._page_box
        found.append([(box.text, round(box.position_x, 1)) for box in page.descendants() if isinstance(box, TextBox)])
    return found


@pytest.mark.parametrize(
    ("content", "more"),
    [("·-", ""), ("\U000f0000", ""), (".", "<style>p { direction: rtl }</style>"), (".", "<div style='float: right'>浮</div>")],
)
def test_leaders_that_are_no_rows_of_dots_are_left_to_weasyprint(content, more):
    """Of several signs, of one that no font has, from right to left, beside what floats: the same texts stand in the same places."""
    before, after = leads(content, more)
    assert before == after and len(before) > 4


def test_pages_of_others_are_read_as_ever():
    """HTML that comes with no fetcher of ours, and a file, are read by WeasyPrint itself."""
    with read_quickly():
        assert weasyprint.HTML(string="<p>甲<p>乙").etree_element.find("body")[1].text == "乙"


def test_pictures_of_unknown_size_are_no_pair():
    """Two figures stand side by side where it is known how wide they will be."""
    a4 = read_profile("a4", [ROOT / "theme" / "print"])
    known, unknown = (fromstring(f'<figure><img src="asset:{name}"/></figure>') for name in ("0123456789abcdef-400x300.jpg", "logo.svg"))
    assert figures._are_pair(known, known, 400, a4) and not figures._are_pair(known, unknown, 400, a4)


def test_others_get_no_more_work_than_they_can_hold():
    """However many jobs there are, results come in their order, and few jobs are handed out ahead."""
    handed = []
    jobs = (handed.append(number) or number for number in range(workers._AHEAD * 2))
    with ThreadPoolExecutor(1) as executor:
        results = workers._in_order(str, jobs, executor)
        assert next(results) == "0" and len(handed) == workers._AHEAD
        assert list(results) == [str(number) for number in range(1, workers._AHEAD * 2)]


@pytest.mark.parametrize(("given", "shown"), [({}, "2024年6月"), ({"printed": "2024年5月第1版"}, "2024年5月第1版")])
def test_a_book_has_one_date(given, shown):
    """That of its settings stands on its imprint page where the bureau gives none."""
    found = [
        value for label, value in colophon.facts(Imprint("internal", given), "某局", "2024年6月", ()) if "日期" in label or "时间" in label
    ]
    assert found == [shown]
