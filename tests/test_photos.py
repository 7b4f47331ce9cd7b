"""Pictures in a book: how large they stand, which side by side, and how text runs ahead of them so that pages are full."""

import io
import random
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

import fullness
import generate_cases
import verapdf
from casepress.book.measures import Profile
from casepress.book.profiles import read_profile
from casepress.markup import parsing
from casepress.markup.prose import render
from casepress.press import ahead, figures
from conftest import BRIEF, ROOT, run, write_files

SHAPES = {
    "wide": (1600, 1200),
    "broad": (1600, 900),
    "panorama": (1800, 600),
    "upright": (900, 1200),
    "tall": (900, 1600),
    "small": (300, 225),
    "tiny": (120, 90),
}
HALF = 0.5 + 1e-3
SECTIONS = ("背景", "做法", "成效", "思考")


def profile(name: str) -> Profile:
    return read_profile(name, [ROOT / "theme" / "print"])


def drawing(width: int, height: int) -> bytes:
    """A picture with something on it; its bytes are its own."""
    image = Image.new("RGB", (width, height), (120, 160, height % 255))
    ImageDraw.Draw(image).ellipse((width // 4, height // 4, width // 2, height // 2), fill=(200, 80, width % 255))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()


def case(number: int, form: str) -> str:
    """A case with pictures of all shapes in a row, in lists and behind paragraphs; a caption says in which section it stands."""
    chance, blocks, counted = random.Random(number), [], 0

    def shown(heading: str, *names: str) -> list[str]:
        nonlocal counted
        pictures = []
        for name in names:
            counted += 1
            more = "，" + "操场上的大课间与课后服务" * 4 if chance.random() < 0.12 else ""
            pictures.append(f'![画面]({name}.jpg "{heading}之{counted}{more}")')
        return pictures

    for heading in SECTIONS:
        blocks.append(f"## {heading}")
        for _ in range(chance.randint(2, 4) if form == "full" else 1):
            blocks.append("".join(generate_cases.sentence(chance) for _ in range(chance.randint(2, 5))))
            kind = chance.random()
            if kind < 0.25:
                blocks += shown(heading, chance.choice(tuple(SHAPES)))
            elif kind < 0.42:
                blocks += shown(heading, "wide", chance.choice(("wide", "broad")))
            elif kind < 0.5:
                blocks += shown(heading, "upright", "upright")
            elif kind < 0.55:
                blocks += shown(heading, "wide", "broad", "wide", "wide")
            elif kind < 0.62:
                blocks.append("\n".join(f"- {generate_cases.sentence(chance)}" for _ in range(3)))
    head = f"---\nid: c-{number}\ntitle: 第{number}个案例\nregion: 江苏省\nschool: 示例小学\ntheme: 课后服务\nbatch: 第一批\nform: {form}\n"
    if number % 3 == 0:
        head += "photos: [{file: wide.jpg, alt: 甲, caption: 甲}, {file: broad.jpg, alt: 乙, caption: 乙}]\n"
    return head + "---\n\n" + "\n\n".join(blocks) + "\n"


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Path:
    files = {f"cases/{n:02}.md": case(n, "full" if n < 7 else "digest") for n in range(13)}
    files |= {f"cases/{name}.jpg": drawing(*size) for name, size in SHAPES.items()}
    return write_files(tmp_path_factory.mktemp("photos") / "collection", {"cases/collection.yml": BRIEF + "  parts: no\n", **files})


@pytest.fixture(scope="module", params=["ningxia", "big16"])
def made(request, world, tmp_path_factory) -> tuple[fullness.Book, Profile, Path]:
    path = tmp_path_factory.mktemp(request.param) / "book.pdf"
    ran = run("-C", world, "book", "--profile", request.param, "-o", path)
    assert ran.code == 0, ran.words
    return fullness.read_book(path), profile(request.param), path


def test_pages_are_full_where_text_follows(made):
    """No page inside a case is less than four fifths full as long as the case has more text, and few are less than nine tenths."""
    book, measures, _ = made
    found = fullness.white(book, measures)
    assert len(found) > 15 and len(book.pictures) > 40
    assert {page: round(share, 2) for page, share in found.items() if share > 0.2} == {}
    assert sum(share > 0.13 for share in found.values()) <= len(found) / 5


def test_pictures_stand_in_the_type_area_and_take_half_of_it_at_most(made):
    """Nothing stands outside the type area; no picture with its caption is higher than half of it, none is wider than it."""
    book, measures, _ = made
    assert fullness.beyond(book, measures) == []
    assert all(each.height <= measures.lines * measures.pitch * HALF - measures.pitch for each in book.pictures)
    assert all(each.width <= measures.measure + 0.01 for each in book.pictures)


def test_rows_have_one_height(made):
    """Of pictures that stand side by side each is as high as the other, at the same place, with a gap of a character."""
    book, measures, _ = made
    rows = [(left, right) for left, right in pairwise(book.pictures) if left.page == right.page and abs(left.top - right.top) < 1]
    assert len(rows) >= 8
    for left, right in rows:
        assert left.height == pytest.approx(right.height, abs=0.2)  # a pixel
        assert right.left - left.right == pytest.approx(measures.body, abs=0.2)


def test_captions_stay_with_their_pictures_in_their_section_and_in_order(made):
    """Each caption stands right below a picture, in the section that it was written in, and 图1 before 图2."""
    book, measures, _ = made
    section, last, seen = "", 0, 0
    area = [line for line in book.lines if measures.above - 3 < line.y < measures.above + measures.lines * measures.pitch]
    for line in sorted(area, key=lambda line: (line.page, round(line.y), line.x0)):
        glyphs = [glyph for glyph in line.glyphs if glyph.text.strip()]
        words = "".join(glyph.text for glyph in glyphs)
        if re.fullmatch("第[0-9]+个案例", words):
            last = 0
        elif words[:2] in SECTIONS and (words in SECTIONS or glyphs[0].font != glyphs[-1].font):
            section = words[:2]  # by itself, or in the first line of its paragraph
        for caption in re.finditer(r"图([0-9]+)(?:(背景|做法|成效|思考)之[0-9]+|[甲乙])", words):
            seen, last = seen + 1, last + 1
            assert int(caption[1]) == last and caption[2] in (section, None), (line.page, words)
            left = glyphs[caption.start()].x0
            above = [each for each in book.pictures if each.page == line.page and 0 < line.y - each.bottom < measures.pitch * 1.2]
            assert any(each.left - measures.measure / 2 < left < each.right for each in above), (line.page, words)
    assert seen > 40


def test_text_stands_on_the_lines_of_the_page_behind_pictures(made):
    """Lines of the text stand on the grid of the page, however many pictures are above them."""
    book, measures, _ = made
    text = [line for line in book.lines if abs(line.size - measures.body) < 0.01 and line.x1 - line.x0 > measures.measure * 0.9]
    places = Counter(round((line.y - measures.above) / measures.pitch % 1, 1) % 1 for line in text)
    assert len(text) > 100 and places.most_common(1)[0][1] / len(text) > 0.95, places


@pytest.mark.parametrize("made", ["big16"], indirect=True)
def test_books_with_rows_are_accessible(made):
    """veraPDF finds nothing in a book whose pictures stand in rows and were moved."""
    *_, path = made
    assert verapdf.judge([path]) == {path: []}


# What an editor wishes


def test_hints_say_how_large_a_picture_is(tmp_path):
    """half is half the measure, full all of it whatever its height, a plate has a page of its own; a book made again has the same bytes."""
    hints = {"": "wide", "{.half}": "broad", "{通栏}": "upright", "{.plate}": "tall"}
    words = "".join(generate_cases.sentence(random.Random(1)) for _ in range(4))
    body = "\n\n".join(f"{words}\n\n![画面]({name}.jpg){hint}\n\n{words}" for hint, name in hints.items())
    text = case(1, "full").partition("\n## ")[0] + f"\n\n{body}\n"
    pictures = {f"cases/{name}.jpg": drawing(*SHAPES[name]) for name in hints.values()}
    folder = write_files(tmp_path / "collection", {"cases/collection.yml": BRIEF, "cases/a.md": text, **pictures})
    for name in ("one", "two"):
        ran = run("-C", folder, "book", "-o", tmp_path / f"{name}.pdf")
        assert ran.code == 0 and "{" not in ran.words, ran.words
        run("-C", folder, "clean")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()

    book, measures = fullness.read_book(tmp_path / "one.pdf"), profile("big16")
    usual, half, full, plate = book.pictures
    assert usual.height < measures.lines * measures.pitch / 2
    assert half.width == pytest.approx(measures.measure / 2, abs=0.5)
    assert full.width == pytest.approx(measures.measure, abs=0.5) and full.height > measures.lines * measures.pitch / 2
    assert plate.height > measures.lines * measures.pitch * 0.9
    assert not [line.text for line in book.lines if line.page == plate.page and measures.above < line.y < plate.bottom]


def test_a_picture_as_wide_as_the_text_stays_where_it_fits(tmp_path):
    """`{.full}` says how wide, not where: on a page that has room for it, the picture stands behind its paragraph."""
    words = "".join(generate_cases.sentence(random.Random(1)) for _ in range(4))
    text = case(1, "full").partition("\n## ")[0] + f"\n\n## 背景\n\n开头{words}\n\n![画面](broad.jpg){{.full}}\n\n后面{words}\n"
    files = {"cases/collection.yml": BRIEF, "cases/a.md": text, "cases/broad.jpg": drawing(*SHAPES["broad"])}
    assert run("-C", write_files(tmp_path / "collection", files), "book", "-o", tmp_path / "one.pdf").code == 0

    book = fullness.read_book(tmp_path / "one.pdf")
    (shown,) = book.pictures
    before, behind = (next(line for line in book.lines if word in line.text) for word in ("开头", "后面"))
    assert before.page == shown.page == behind.page and before.y < shown.bottom < behind.y


@pytest.mark.parametrize(
    ("written", "name"),
    [("{.half}", "half"), ("{ .FULL }", "full"), ("{plate}", "plate"), ("｛半宽｝", "half"), ("{通栏}", "full"), (" {.图版}", "plate")],
)
def test_hints_are_read_as_people_write_them(written, name):
    """A hint behind a picture is a class of its figure, on the site and in books, and no remark is made."""
    found = render(f'![操场](p(1).jpg "图注"){written}', "x-", {"p(1).jpg": "asset:p.jpg"})
    assert found.html == f'<figure class="{name}"><img src="asset:p.jpg" alt="操场"><figcaption>图注</figcaption></figure>'
    assert found.remarks == ()


@pytest.mark.parametrize("written", ["![操场](p.jpg){width=50%}", "![操场](p.jpg){.halb}", "[操场](p.jpg){.half}", "文字{.half}"])
def test_what_is_no_hint_is_told(written):
    """Sizes of other programs, and hints where no picture stands, are told with what to write instead."""
    (remark,) = render(written, "x-", {"p.jpg": "asset:p.jpg"}).remarks
    assert "不起作用" in remark.what


# Rows, before anything is laid out


def settled(*shapes: str, between: str = "", around: str = "<div>{}</div>", classes: str = "") -> list[str]:
    """What a run of figures comes to in the profile big16: `figure`, or `row` for two."""
    sizes = {name: f"{number:016x}-{width}x{height}.jpg" for number, (name, (width, height)) in enumerate(SHAPES.items())}
    figure = '<figure class="{}"><img src="asset:{}" alt="图"></figure>'
    root = parsing.fragment(around.format(between.join(figure.format(classes, sizes[name]) for name in shapes)))
    figures.settle(root, profile("big16"), "screen")
    return ["row" if unit.tag == "div" else "figure" for unit, _ in figures.units(root)]


@pytest.mark.parametrize(
    ("shapes", "made_of"),
    [
        (("wide", "wide"), ["row"]),
        (("wide", "broad", "wide"), ["row", "figure"]),
        (("wide", "wide", "broad", "broad"), ["row", "row"]),
        (("upright", "upright"), ["row"]),
        (("tall", "tall"), ["row"]),
        (("wide", "upright"), ["row"]),
        (("small", "small"), ["row"]),
        (("panorama", "wide"), ["figure", "figure"]),
        (("panorama", "wide", "wide"), ["figure", "row"]),
        (("wide", "tall"), ["figure", "figure"]),
        (("wide", "tiny"), ["figure", "figure"]),
    ],
)
def test_two_pictures_that_follow_one_another_share_a_row(shapes, made_of):
    """Two to a row where both stay large enough: panoramas, and a narrow or small picture beside a large one, stand alone."""
    assert settled(*shapes) == made_of


def test_what_is_to_be_large_or_parted_shares_no_row():
    """Full pictures and plates share no row, nor do pictures with text between them; those of a list's item do."""
    assert settled("wide", "wide", classes="full") == settled("wide", "wide", classes="plate") == ["figure", "figure"]
    assert settled("wide", "wide", between="<p>文字</p>") == ["figure", "figure"]
    assert settled("wide", "wide", around="<ul><li><p>文字</p>{}</li></ul>") == ["row"]


@pytest.mark.parametrize(("said", "order"), [("这里说明做法。", "pf"), ("上图是学生作品。", "fp"), ("从上面这张照片看，人很多。", "fp")])
def test_text_comes_before_its_picture(said, order):
    """A picture right below a heading stands behind the first paragraph, unless that speaks of the picture above it."""
    root = parsing.fragment(f'<h2>做法</h2><figure><img src="asset:{0:016x}-1600x1200.jpg" alt="图"></figure><p>{said}</p>')
    figures.settle(root, profile("big16"), "screen")
    assert "".join(child.tag[0] for child in root) == "h" + order


def test_the_air_above_a_table_belongs_to_what_stands_there():
    """A row above a table keeps the half line of air that its second picture had, and a picture's hint holds beside it."""
    figure = '<figure class="{}"><img src="asset:{}-1600x1200.jpg" alt="图"></figure>'
    pair = figure.format("", "0" * 16) + figure.format("above-table", "1" * 16)
    root = parsing.fragment(f'{pair}<div class="tabled"></div><p>文</p>{figure.format("half above-table", "2" * 16)}<div class="tabled"></div>')
    figures.settle(root, profile("big16"), "screen")
    assert [child.get("class") or "" for child in root] == ["figures above-table", "tabled", "", "half above-table", "tabled"]
    assert not any(figures.has(each, "above-table") for each in root[0])
    assert "width: 210.0000pt" in root[3].find("img").get("style")


def test_what_has_no_pictures_is_laid_out_once():
    """A piece without pictures is not looked at again: its layout costs what it did."""
    root = parsing.fragment("<article><p>文字</p></article>")
    asked: list[None] = []
    assert ahead.arrange(root, lambda: asked.append(None) or [], profile("big16"), "screen") is False and asked == []
