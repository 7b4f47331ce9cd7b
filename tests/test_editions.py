"""Editions: one small book made for the screen and for the press, and its cover, read back.

No validator of PDF/X-4 (ISO 15930-7) is free. What it asks of a file and can be read in one is read here, test by test;
CONTRIBUTING.md lists what is not. PDF/UA-1 (ISO 14289-1) is judged by veraPDF.
"""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
import zxingcpp
from pikepdf import Dictionary, Name, Pdf
from PIL import Image, ImageCms, ImageDraw

from casepress import flow, workshop
from casepress.book.book import Book, front, whole_book
from casepress.book.composing import Pages
from casepress.book.measures import MM
from casepress.collection import project
from casepress.facts import developing, inking
from casepress.facts.moments import moment
from casepress.facts.vertical import upright
from casepress.press import covers, inks
from casepress.press.making import Made, Press
from casepress.press.sharpness import pictures_are_sharp
from casepress.values.books import Binding, Imprint
from casepress.values.cases import Collection
from conftest import case_text, run
from damaged import DAMAGES, damaged
from readback import drawn_on, read_lines, shared_tags
from verapdf import judge

SCHEMAS = {
    "pdfxid": "http://www.npes.org/pdfx/ns/id/", "xmp": "http://ns.adobe.com/xap/1.0/", "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/", "dc": "http://purl.org/dc/elements/1.1/",
}  # fmt: skip
SETTINGS = """title: “双减”案例
subtitle: 第一批 · 一等奖
publisher: 试排组
date: 2026年11月
book: {title: “双减”案例汇编, subtitle: 第一批 · 一等奖, parts: theme, cover: seal, signature: 8}
"""
PARAGRAPH = "这一段用来充满一页，有“引号”，有《书名》，也有2026年的数字；一行接一行，行行都要齐。" * 6
BODY = f"""开头一段，有[网站](https://example.org/a)、**粗字**和注[^1]。

![](grey.png)

#### 跳了级的小标题

- 第一项，写得长一些，要折到下一行，看看标签是不是在正文前面，折行以后是不是还在同一条竖线上；

    第一项的第二段；

    - 里面的一层；

- 第二项。

1. 一
2. 二

| 层次 | 时间 |
| --- | ---: |
| 基础 | 15分钟 |

> 引文也在这里。

{PARAGRAPH}

[^1]: 注文。
"""


def jpeg(color: str) -> bytes:
    image, out = Image.new("RGB", (2400, 700), "#888888"), io.BytesIO()
    ImageDraw.Draw(image).rectangle((0, 0, 1200, 700), fill=color)
    image.save(out, "JPEG", quality=95)
    return out.getvalue()


def png(mode: str) -> bytes:
    image, out = Image.new(mode, (600, 400), "#777777"), io.BytesIO()
    if mode == "RGBA":
        ImageDraw.Draw(image).rectangle((0, 0, 300, 400), fill=(160, 40, 30, 0))
    image.save(out, "PNG")
    return out.getvalue()


@dataclass(frozen=True)
class Edition:
    """A PDF read back, and what it was made from."""

    path: Path
    made: Made
    press: Press
    book: Book

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        return pikepdf.open(self.path)

    @cached_property
    def xmp(self) -> str:
        return self.pdf.Root.Metadata.read_raw_bytes().decode()

    def said(self, name: str) -> str:
        """A property of the XMP, by the prefix that its schema is known by (XMP, part 1)."""
        prefix, _, name = name.partition(":")
        return ElementTree.fromstring(self.xmp).findtext(f".//{{{SCHEMAS[prefix]}}}{name}")


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> tuple[Path, Collection]:
    folder = tmp_path_factory.mktemp("editions")
    (folder / "cases").mkdir()
    photos = "photos: [{file: wide.jpg, alt: 课堂, caption: 课堂一角}, {file: clear.png, alt: 标志}]\n---"
    full = case_text("作业设计的实践", theme="作业管理", body=BODY).replace("digest", "full").replace("---\n\n##", f"{photos}\n\n##")
    files = {
        "collection.yml": SETTINGS,
        "a.md": full,
        "b.md": case_text("课后服务一校一案", body=PARAGRAPH),
        "wide.jpg": jpeg("#b03020"),
        "grey.png": png("RGB"),
        "clear.png": png("RGBA"),
    }
    for name, content in files.items():
        (folder / "cases" / name).write_bytes(content.encode() if isinstance(content, str) else content)
    collection, problems = flow.check_project(project.find(folder))
    assert collection is not None, problems
    return folder, collection


def press_for(world: tuple[Path, Collection], edition: str) -> tuple[Press, Book]:
    folder, collection = world
    press = workshop.press_of(project.find(folder), collection)
    return replace(press, composer=replace(press.composer, edition=edition)), whole_book(collection)


@pytest.fixture(scope="module")
def screen(world) -> Edition:
    press, book = press_for(world, "screen")
    made = press.make_book(book)
    (world[0] / "screen.pdf").write_bytes(made.pdf)
    return Edition(world[0] / "screen.pdf", made, press, book)


@pytest.fixture(scope="module")
def printed(world) -> Edition:
    press, book = press_for(world, "print")
    made = press.make_book(book)
    (world[0] / "print.pdf").write_bytes(made.pdf)
    return Edition(world[0] / "print.pdf", made, press, book)


@pytest.fixture(scope="module")
def cover(world, printed) -> Edition:
    made = covers.make_cover(printed.press, printed.book, 240)
    (world[0] / "cover.pdf").write_bytes(made.pdf)
    return Edition(world[0] / "cover.pdf", made, printed.press, printed.book)


def bound_in(world, printed: Edition, name: str, binding: Binding) -> Edition:
    """The cover of the book in another binding."""
    book = replace(printed.book, settings=replace(printed.book.settings, binding=binding))
    made = covers.make_cover(printed.press, book, 240)
    (world[0] / f"{name}.pdf").write_bytes(made.pdf)
    return Edition(world[0] / f"{name}.pdf", made, printed.press, book)


@pytest.fixture(scope="module")
def flaps(world, printed) -> Edition:
    return bound_in(world, printed, "flaps", Binding("soft", 0.3, 80))


@pytest.fixture(scope="module")
def boards(world, printed) -> Edition:
    return bound_in(world, printed, "boards", Binding("hard", 0, 0, 2.5, 3, 8, 15))


@pytest.fixture(params=["printed", "cover", "flaps", "boards"])
def x4(request) -> Edition:
    """What goes to the print shop: the book's pages, blank ones to whole signatures behind them, and its covers."""
    return request.getfixturevalue(request.param)


# The edition for the screen


def test_the_screen_edition_is_pdf_ua(screen, sample):
    """veraPDF finds nothing against PDF/UA-1 in a book with everything, in the sample book, and in PDFs of single cases."""
    books = sample / "build" / "books"
    found = judge([screen.path, books / "book.pdf", *sorted((books / "cases").glob("*.pdf"))[::9]])
    assert {file.name: failed for file, failed in found.items() if failed} == {}


def test_what_judges_pdf_ua_is_awake(screen, tmp_path):
    """Of the PDF of a case with a table, pictures, notes and links, damaged in twenty ways, each by itself, veraPDF names the clause; of the
    sound one nothing."""
    case = next(case for case in screen.book.cases if "作业设计" in case.title)
    ((_, made),) = screen.press.make_cases(screen.book, [case])
    sound = tmp_path / "sound.pdf"
    sound.write_bytes(made.pdf)
    copies = {name: tmp_path / f"{name.replace('/', ' ')}.pdf" for name in DAMAGES}
    for name, path in copies.items():
        damaged(sound, name, path)
    found = judge([sound, *copies.values()])
    assert found[sound] == []
    slept = {name: found[path] for name, path in copies.items() if not any(said.startswith(DAMAGES[name][1]) for said in found[path])}
    assert not slept and len(copies) >= 15


def test_the_screen_edition_says_what_it_is(screen):
    """Title, author, subject, keywords, language and dates are in the file, in both places, and the date is the book's own."""
    pdf = screen.pdf
    info = {name: str(pdf.docinfo[f"/{name}"]) for name in ("Title", "Author", "Subject", "Keywords", "CreationDate", "ModDate")}
    assert info == {
        "Title": "“双减”案例汇编",
        "Author": "试排组",
        "Subject": "第一批 · 一等奖",
        "Keywords": "课后服务, 作业管理",
        "CreationDate": "D:20261101000000Z",
        "ModDate": "D:20261101000000Z",
    }
    assert pdf.Root.Lang == "zh-CN" and pdf.Root.MarkInfo.Marked and pdf.Root.ViewerPreferences.DisplayDocTitle
    xmp = pdf.Root.Metadata.read_bytes().decode()
    with pdf.open_metadata() as said:
        assert said["pdfuaid:part"] == "1"
    assert "“双减”案例汇编" in xmp and "2026-11-01T00:00:00Z" in xmp


def elements(item, depth: int = 0) -> Iterator[tuple[int, str, object]]:
    yield depth, str(item.S)[1:], item
    for kid in item.K:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield from elements(kid, depth + 1)


def test_the_tags_are_in_reading_order(screen):
    """A list item is its mark and then one body, headings grow by one level, pictures have words, and every link is tagged."""
    found = list(elements(screen.pdf.Root.StructTreeRoot.K[0]))
    items = [[str(kid.S) for kid in item.K] for _, kind, item in found if kind == "LI"]
    assert items.count(["/Lbl", "/LBody"]) >= 5 and set(map(tuple, items)) <= {("/Lbl", "/LBody"), ("/LBody",)}
    levels = [0, *(int(kind[1]) for _, kind, _ in found if re.fullmatch("H[1-6]", kind))]
    assert len(levels) > 6 and all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert sorted(str(item.Alt) for _, kind, item in found if kind == "Figure") == ["标志", "没有说明的图片", "课堂"]
    links = sum(len(page.get("/Annots", [])) for page in screen.pdf.pages)
    assert links == sum(kind == "Link" for _, kind, _ in found) > 4


def test_a_picture_says_where_it_stands(screen):
    """The element of a figure tells its place on the page, where its picture is drawn, on left-hand pages as well."""
    pages, seen = {page.objgen: page for page in screen.pdf.pages}, set()
    for _, kind, item in elements(screen.pdf.Root.StructTreeRoot.K[0]):
        if kind != "Figure" or item.Pg.Resources.get("/XObject") is None:
            continue
        left, bottom, right, top = map(float, item.A.BBox)
        drawn = [matrix for _, matrix in drawn_on(pages[item.Pg.objgen])]
        near = [m for m in drawn if left - 1 <= m.e <= right + 1 and bottom - 1 <= m.f <= top + 1]
        assert near, (left, bottom, right, top, drawn)
        seen.add(item.Pg.objgen)
    assert seen


def test_a_picture_without_words_is_said_once(screen):
    """What the editor was warned of is no second message of the press."""
    assert screen.made.messages == ()


def test_dates_never_come_from_the_clock(monkeypatch):
    """A file bears the book's date as far as it says one, or SOURCE_DATE_EPOCH, so that it is the same tomorrow."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert moment("2026年11月") == "2026-11-01T00:00:00Z"
    assert moment("2026-3-9") == "2026-03-09T00:00:00Z"
    assert moment("2026 年秋") == "2026-01-01T00:00:00Z"
    assert moment("二〇二六年十三月") == moment("2026年13月") == "2000-01-01T00:00:00Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert moment("2026年11月") == "2023-11-14T22:13:20Z"


# The edition for the press: what ISO 15930-7 asks


def test_x4_version_and_identity(x4):
    """The file is PDF 1.6, says PDF/X-4 in plain XMP, and has the identity that its bytes give it."""
    assert x4.path.read_bytes().startswith(b"%PDF-1.6")
    assert x4.said("pdfxid:GTS_PDFXVersion") == "PDF/X-4"
    assert "/Filter" not in x4.pdf.Root.Metadata
    assert re.fullmatch(r"uuid:[0-9a-f-]{36}", x4.said("xmpMM:DocumentID"))
    assert x4.said("xmpMM:VersionID") == "1" and x4.said("xmpMM:RenditionClass") == "default"
    assert len(x4.pdf.trailer.ID) == 2 and "/Encrypt" not in x4.pdf.trailer


def test_x4_metadata_agree(x4):
    """Title, dates and trapping are the same in Info and XMP; trapping is known."""
    info = x4.pdf.docinfo
    assert f">{info['/Title']}<" in x4.xmp
    assert info["/Trapped"] == Name("/False") and x4.said("pdf:Trapped") == "False"
    for name, key in (("xmp:CreateDate", "/CreationDate"), ("xmp:ModifyDate", "/ModDate"), ("xmp:MetadataDate", "/ModDate")):
        assert "D:" + re.sub(r"[-T:]", "", x4.said(name)) == str(info[key])


def test_x4_output_intent(x4):
    """There is one output intent, and its profile is one of a press with four inks (ISO 32000-1, 14.11.5)."""
    (intent,) = x4.pdf.Root.OutputIntents
    assert intent.S == Name.GTS_PDFX and str(intent.OutputConditionIdentifier) and intent.DestOutputProfile.N == 4
    assert inking.profile_name(intent.DestOutputProfile.read_bytes()) == str(intent.Info)


def test_x4_page_boxes(x4):
    """Trimmed page, bleed of 3 mm and sheet lie inside each other; there is no ArtBox beside the TrimBox (14.11.2)."""
    profile = x4.press.composer.profile
    spine, more = 120 * 0.1 * MM, {"cover": (0, 0), "flaps": (2 * 80 + 0.6, 0), "boards": (5 + 2 * (2.5 + 3 + 15), 2 * (3 + 15))}
    width, height = profile.width, profile.height
    if x4.path.stem in more:
        width, height = (side + more[x4.path.stem][nth] * MM for nth, side in enumerate((2 * width + spine, height)))
    for page in x4.pdf.pages:
        trim, bleed, media = ([float(side) for side in page[name]] for name in ("/TrimBox", "/BleedBox", "/MediaBox"))
        assert trim == pytest.approx([0, 0, width, height], abs=0.01)
        assert bleed == pytest.approx([-3 * MM, -3 * MM, width + 3 * MM, height + 3 * MM], abs=0.01)
        assert all(media[side] < bleed[side] - 5 * MM for side in (0, 1)) and all(media[side] > bleed[side] + 5 * MM for side in (2, 3))
        assert "/ArtBox" not in page and "/CropBox" not in page and "/Rotate" not in page


def test_x4_fonts_are_embedded(x4):
    """Every font's program is in the file (9.9)."""
    described = [item for item in x4.pdf.objects if isinstance(item, Dictionary) and item.get("/Type") == Name.FontDescriptor]
    assert len(described) >= 3
    assert all(any(f"/FontFile{kind}" in item for kind in ("", "2", "3")) for item in described)


def drawn(pdf: pikepdf.Pdf) -> Iterator[tuple[str, list]]:
    """Every operator of every page, form and pattern."""
    streams = [
        *pdf.pages,
        *(i for i in pdf.objects if isinstance(i, pikepdf.Stream) and (i.get("/Subtype") == Name.Form or "/PatternType" in i)),
    ]
    for stream in streams:
        for operands, operator in pikepdf.parse_content_stream(stream):
            yield str(operator), operands


def test_x4_has_no_colour_of_a_screen(x4):
    """No operator, picture, group or shading names a colour of a screen: there are inks only (8.6)."""
    assert not [operator for operator, _ in drawn(x4.pdf) if operator in ("rg", "RG")]
    spaces = {str(operands[0]) for operator, operands in drawn(x4.pdf) if operator in ("cs", "CS")}
    assert spaces <= {"/DeviceCMYK", "/CasepressAll"}
    for item in x4.pdf.objects:
        if isinstance(item, Dictionary | pikepdf.Stream):
            assert not {Name.DeviceRGB, Name.CalRGB} & {item.get(name) for name in ("/ColorSpace", "/CS") if isinstance(item.get(name), Name)}


def test_x4_has_nothing_that_acts(x4):
    """No link, form, script, embedded file or foreign reference is left, and nothing that only some readers know."""
    root = x4.pdf.Root
    assert not {"/OpenAction", "/AA", "/AcroForm", "/Names", "/AF", "/Collection"} & set(root.keys())
    assert not any("/Annots" in page or "/AA" in page or "/PZ" in page for page in x4.pdf.pages)
    for item in x4.pdf.objects:
        if isinstance(item, Dictionary | pikepdf.Stream):
            assert (
                not {"/A", "/JS", "/OPI", "/Ref", "/Alternates", "/TR", "/TR2", "/HTP"} & set(item.keys())
                or item.get("/Type") == Name.StructElem
            )
            assert item.get("/Subtype") != Name.PS and item.get("/Filter") != Name.LZWDecode


def test_x4_nothing_shines_through(x4):
    """Nothing is transparent, so that nothing depends on how a press blends: masks are gone, all is opaque (11.6)."""
    for item in x4.pdf.objects:
        if isinstance(item, Dictionary | pikepdf.Stream):
            assert "/SMask" not in item and item.get("/BM", Name.Normal) == Name.Normal
            assert float(item.get("/ca", 1)) == float(item.get("/CA", 1)) == 1


def plates(path: Path, page: int, dpi: int = 60) -> Image.Image:
    """A page as its four plates: how much of each ink, 0 to 255."""
    root = path.with_name(f"{path.stem}-{page}-{dpi}")
    asked = ["-jpegcmyk", "-jpegopt", "quality=100", "-r", dpi, "-f", page, "-l", page, "-singlefile", path, root]
    subprocess.run(["pdftoppm", *map(str, asked)], check=True)
    image = Image.open(root.with_suffix(".jpg"))
    assert image.mode == "CMYK"
    return image


def test_text_is_printed_with_black_alone(printed):
    """Pages without a picture have ink on the black plate only; letters are full black, not a grey made of dots."""
    for page in (1, len(printed.pdf.pages)):
        cyan, magenta, yellow, black = plates(printed.path, page).getextrema()
        assert cyan == magenta == yellow == (0, 0) and black[1] > 200
    color = None
    for operator, operands in drawn(printed.pdf):
        if operator in ("scn", "k"):
            color = [float(part) for part in operands]
        assert operator not in ("Tj", "TJ") or color in ([0, 0, 0, 1], [0, 0, 0, 0.6]), color


def test_each_subset_has_a_tag_of_its_own(screen, printed):
    """Each face is in a PDF once, the one of the page numbers with the text's, under a tag of its own (ISO 32000-1, 9.6.4)."""
    for edition in (screen, printed):
        names = [str(i.FontName) for i in edition.pdf.objects if isinstance(i, pikepdf.Dictionary) and i.get("/Type") == Name.FontDescriptor]
        assert len({name.partition("+")[2] for name in names}) == len(names) > 3
        assert shared_tags(edition.pdf) == []


def test_pictures_are_in_inks(printed):
    """A coloured picture is in four inks, a grey one in one, and what was transparent is paper."""
    found = {(int(i.Width), int(i.Height)): i for i in printed.pdf.objects if isinstance(i, pikepdf.Stream) and i.get("/Subtype") == Name.Image}
    (wide,) = (item for (width, _), item in found.items() if width > 1000)
    assert wide.ColorSpace == Name.DeviceCMYK and wide.Filter == Name.DCTDecode
    assert {str(item.ColorSpace) for size, item in found.items() if size == (600, 400)} == {"/DeviceGray"}
    page = next(n for n, page in enumerate(printed.pdf.pages, 1) if _shows(page, wide))
    image = plates(printed.path, page)
    cyan, magenta, yellow, black = image.crop((30, 30, image.width - 30, image.height - 30)).split()  # without the marks
    assert magenta.getextrema()[1] > 200 and yellow.getextrema()[1] > 180 and cyan.getextrema()[1] < 160


def test_pictures_are_no_finer_than_their_edition_shows(screen, printed):
    """Of 2400 pixels in 148 mm a book on a screen has 240 to the inch, and one for the press 350."""

    def widths(edition: Edition) -> list[int]:
        return sorted(int(i.Width) for i in edition.pdf.objects if isinstance(i, pikepdf.Stream) and i.get("/Subtype") == Name.Image)

    measure = screen.press.composer.profile.measure / 72
    assert max(widths(printed)) == pytest.approx(350 * measure, abs=2)
    assert max(widths(screen)) == pytest.approx(240 * measure, abs=2)


def test_a_scan_of_16_bits_is_published_with_8():
    """A grey PNG of 16 bits, as scanners make them, is published as an ordinary grey picture, as light as it was."""
    data = io.BytesIO()
    Image.new("I;16", (4, 3), 0x8080).save(data, "PNG")

    image = Image.open(io.BytesIO(developing.publish(data.getvalue()).data))

    assert image.mode == "L" and set(image.tobytes()) == {0x80}


def _shows(page: pikepdf.Page, picture: pikepdf.Stream) -> bool:
    shown = page.Resources.get("/XObject", {})
    names = [name for name in shown if shown[name].objgen == picture.objgen]
    drawn = [str(operands[0]) for operands, operator in pikepdf.parse_content_stream(page) if str(operator) == "Do"]
    return any(name in drawn for name in names)


def test_marks_stand_outside_the_bleed(printed, cover):
    """In the bleed of a text page there is no ink; beyond it the crop marks stand on the trimmed edges."""
    dpi = 150
    image = plates(printed.path, 1, dpi).getchannel("K")
    px = dpi / 25.4
    box = (9.3 * px, 9.3 * px, image.width - 9.3 * px, image.height - 9.3 * px)  # the bleed begins 9 mm from the edge
    inner = image.crop(tuple(map(round, box)))
    inner.paste(0, (round(3.5 * px), round(3.5 * px), inner.width - round(3.5 * px), inner.height - round(3.5 * px)))
    assert inner.getextrema()[1] <= 2  # what JPEG makes of nothing
    for x in (12 * px, image.width - 12 * px):
        assert image.crop((round(x) - 2, round(4 * px), round(x) + 3, round(8 * px))).getextrema()[1] > 100
    assert plates(cover.path, 1).getpixel((1, 1)) == (0, 0, 0, 0)


def test_the_slug_says_what_the_page_is(printed):
    """Below the bleed stand the book's title, the page's number, the profile and the inks."""
    pages = {}
    for line in read_lines(printed.path):
        if line.y > 9 * MM + printed.press.composer.profile.height + 6 * MM:
            pages[line.page] = re.sub(r"\s", "", line.text)
    labels = [page.label for page in printed.pdf.pages]
    assert pages == {n: f"“双减”案例汇编{label}big16{'CMYK' if _colored(printed, n) else 'K'}" for n, label in enumerate(labels, 1)}


def _colored(edition: Edition, page: int) -> bool:
    return any(extremes[1] > 8 for extremes in plates(edition.path, page, 40).crop((18, 18, 440, 590)).getextrema()[:3])


def test_the_cover_runs_into_the_bleed(cover):
    """Ground and ornament go on to the edge of the bleed, 3 mm outside the trimmed page."""
    image = plates(cover.path, 1, 150)
    at = round(9.5 / 25.4 * 150)
    places = ((at, image.height // 3), (image.width - at, image.height // 3), (image.width // 3, at), (image.width // 3, image.height - at))
    assert all(image.getpixel(place)[2] > 4 for place in places)


def test_the_two_editions_have_the_same_pages(screen, printed):
    """Words, their places and the body's numbers are the same in both editions, less the cover, which is a file of its own."""

    def words(edition: Edition) -> list[list[tuple[str, float, float]]]:
        low = 0.0 if edition is screen else 12 * MM  # from the sheet's edge to the page
        pages = [[] for _ in edition.pdf.pages]
        for line in read_lines(edition.path):
            if line.y < low + edition.press.composer.profile.height and not re.fullmatch(r"—\s*[ivx]+\s*—", line.text):
                pages[line.page - 1].append((line.text, round(line.x0 - 0, 1), round(line.y - low, 1)))
        return pages

    def moved(pages):
        return [[(text, round(x - 12 * MM, 1), y) for text, x, y in page] for page in pages]

    second = words(printed)
    assert len(second) % 2 == 0 and len(second) > 4  # paper has two sides; the last one may be blank
    first = words(screen)[2:-1]  # between the halves of the cover
    first += [[]] * (len(second) - len(first))
    assert not any(first.pop() for _ in range(len(first) - len(second)))  # the inside of the cover
    for one, two in zip(first, moved(second), strict=True):
        assert [(t, pytest.approx(x, abs=0.15), pytest.approx(y, abs=0.15)) for t, x, y in one] == two


def test_coarse_pictures_are_warned_of(world, printed):
    """A picture under 300 dpi at its printed size is a warning with case, file, dpi and the size that it should have."""
    found = [str(problem) for problem in pictures_are_sharp(world[1].cases, printed.made.pictures, world[1].pictures)]
    assert len(found) == 2 and all(
        re.match(r"cases/a\.md.*警告: 图片 cases/(grey|clear)\.png 印出来只有 \d\d+ dpi（600×400 像素）。请换成至少 \d+×\d+ 像素", text)
        for text in found
    )
    assert {round(picture.dpi) for picture in printed.made.pictures if picture.width > 1000} == {350}


def test_a_missing_colour_profile_is_said(tmp_path, monkeypatch):
    """Without a profile, or with none of a press, the edition stops with what to do; a bureau's own is taken by its name."""
    own = tmp_path / "own.icc"
    with pytest.raises(inks.NoInks, match="theme/print 里没有颜色特性文件 own.icc，请向印刷厂要来"):
        inks.color_profile([tmp_path], "own.icc")
    own.write_bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    with pytest.raises(inks.NoInks, match="own.icc 不能用：这不是四色印刷.*请向印刷厂要"):
        inks.color_profile([tmp_path], "own.icc")
    own.write_bytes(b"no profile")
    with pytest.raises(inks.NoInks, match="这不是 ICC"):
        inks.color_profile([tmp_path], "theme/print/own.icc")
    with pytest.raises(inks.NoInks, match="只写它的文件名"):
        inks.color_profile([tmp_path], "../own.icc")
    own.write_bytes(inks.general_profile().data)
    assert inks.color_profile([tmp_path], "own.icc") == inks.color_profile([tmp_path])
    monkeypatch.setattr(inks, "GHOSTSCRIPT", ("/nowhere/*.icc",))
    with pytest.raises(inks.NoInks, match="这台电脑上没有.*color_profile.*apt-get install libgs-common"):
        inks.color_profile([tmp_path])


def test_a_bureaus_own_colours_become_inks(world):
    """A colour of the screen in a bureau's own template becomes inks, a grey black alone; a gradient is refused with a reason."""
    press, book = press_for(world, "print")
    html = press.composer.blank(book)
    for style, wanted in (("#808080", b"0 0 0 0.498 k"), ("#a03020", None)):
        piece = press.lay_out(html.replace('class="blank"', f'style="background: {style}; height: 99pt"'))
        pdf = pikepdf.open(io.BytesIO(piece.document.write_pdf()))
        inks.ink(pdf, press.ink_profile)
        assert not inks.is_colored(pdf.pages[0]) if wanted else inks.is_colored(pdf.pages[0])
        assert not wanted or wanted in pdf.pages[0].Contents.read_bytes()
    piece = press.lay_out(html.replace('class="blank"', 'style="background: linear-gradient(red, blue); height: 99pt"'))
    with pytest.raises(inks.NoInks, match="渐变"):
        inks.ink(pikepdf.open(io.BytesIO(piece.document.write_pdf())), press.ink_profile)


# The cover


def test_a_colour_that_has_no_ink_is_refused(world):
    """A colour written in Lab, which the PDF keeps as it is, is not printed by chance: the message says how to write it."""
    press, _ = press_for(world, "print")
    laid = press.lay_out("<html lang=zh-CN><style>p { color: lab(50% 60 20) }</style><p>字</p></html>")
    with Pdf.open(io.BytesIO(laid.document.write_pdf())) as pdf, pytest.raises(inks.NoInks, match="lab、oklch.*#rrggbb"):
        inks.ink(pdf, press.ink_profile)


def test_every_colour_of_a_line_of_operators_becomes_ink(world):
    """Operators are read as PDF has them, however they stand on lines: none is missed, and a text that looks like one is left."""
    press, _ = press_for(world, "print")
    with Pdf.new() as pdf:
        page = pdf.add_blank_page()
        page.Contents = pdf.make_stream(b"1 0 0 rg 0 0 9 9 re f 0\n0 1 RG (1 0 0 rg) Tj")
        inks.ink(pdf, press.ink_profile)
        found = pikepdf.parse_content_stream(page)
        assert [str(operator) for _, operator in found] == ["k", "re", "f", "K", "Tj"] and inks.is_colored(page)
        assert bytes(found[-1].operands[0]) == b"1 0 0 rg" and all(len(found[at].operands) == 4 for at in (0, 3))


def spine(edition: Edition, width: float) -> list[tuple[str, float]]:
    """The signs on the spine with their heights, from top to bottom."""
    left = edition.press.composer.profile.width + 12 * MM
    glyphs = [
        g
        for line in read_lines(edition.path)
        for g in line.glyphs
        if left - 2 < g.x0 < left + width + 2 and g.y < 12 * MM + edition.press.composer.profile.height
    ]
    return [(g.text, g.y) for g in sorted(glyphs, key=lambda g: g.y) if g.text.strip()]


def test_the_spine_is_as_thick_as_the_book(cover):
    """240 pages are 120 leaves of 0.1 mm: a spine of 12 mm, with title and bureau from top to bottom, in vertical marks."""
    assert covers.spine_width(240, 0.1) == pytest.approx(12 * MM) and covers.spine_width(241, 0.1) == pytest.approx(12.1 * MM)
    found = spine(cover, 12 * MM)
    assert "".join(text for text, _ in found) == "﹁双减﹂案例汇编试排组"
    assert all(before < after for (_, before), (_, after) in zip(found, found[1:], strict=False))


def test_a_thin_spine_bears_no_text(printed):
    """Under 5 mm a spine has no text, whatever the book is called; from there on it has."""
    profile = printed.press.composer.profile
    assert covers.spread(printed.book, 98, profile).text == 0
    assert covers.spread(printed.book, 100, profile).text > 7


@pytest.mark.parametrize("name", ["band", "seal", "slip"])
def test_every_composition_is_a_page_and_a_sheet(printed, name):
    """Each cover that can be chosen by name carries title, bureau and date, on the screen's page and on the printed sheet."""
    book = replace(printed.book, settings=replace(printed.book.settings, cover=name))
    composer = printed.press.composer
    for html in (composer.cover(book), composer.cover(book, spread=covers.spread(book, 200, composer.profile))):
        piece = printed.press.lay_out(html)
        assert piece.messages == () and piece.length == 1
        text = re.sub(r"<style>.*?</style>|<[^>]+>|\s", "", html, flags=re.DOTALL)
        assert "试排组" in text and "2026年11月" in text and ("“双减”案例汇编" in text or "﹁双减﹂案例汇编" in text)


def imprinted(book: Book, publication: str, **facts: str) -> Book:
    return replace(book, imprint=Imprint(publication, facts))


def test_an_internal_publication_says_so_on_its_cover(printed):
    """The cover bears the whole number of the permit and “内部资料，免费交流”; a web edition never does."""
    composer = printed.press.composer
    for name in ("band", "seal", "slip"):
        book = replace(printed.book, settings=replace(printed.book.settings, cover=name))
        html = composer.cover(imprinted(book, "internal", permit="（示）内资准字2026第001号"))
        assert "内部资料，免费交流" in html and "准印证号：（示）内资准字2026第001号" in html
        assert "内部资料" not in composer.cover(imprinted(book, "web-only"))


def test_an_isbn_has_a_barcode(printed, tmp_path):
    """A reader of barcodes finds the ISBN on the back, the price stands beside it; a number with a wrong check digit has none."""
    assert covers.barcode("978-7-000-00000-2") == () == covers.barcode("")
    book = imprinted(printed.book, "isbn", isbn="978-7-000-00000-1", price="38.00元")
    (tmp_path / "cover.pdf").write_bytes(covers.make_cover(printed.press, book, 200).pdf)
    image = plates(tmp_path / "cover.pdf", 1, 200).getchannel("K").point(lambda ink: 255 - ink)
    (found,) = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.EAN13)
    assert found.text == "9787000000001"
    lines = read_lines(tmp_path / "cover.pdf")
    assert "定价：38.00元" in "".join(line.text for line in lines)
    figures = sorted((glyph for line in lines for glyph in line.glyphs if "Mono" in glyph.font and glyph.text.isdigit()), key=lambda g: g.x0)
    assert "".join(glyph.text for glyph in figures) == "9787000000001"
    middles = [(glyph.x0 + glyph.x1) / 2 for glyph in figures]
    module = 0.33 * MM
    assert middles[1] - middles[0] == pytest.approx(12 * module, abs=0.1) and middles[7] - middles[6] == pytest.approx(12 * module, abs=0.1)
    assert middles[6] - middles[1] == pytest.approx(5 * 7 * module, abs=0.1)


def test_a_formal_publication_bears_its_press(printed):
    """With a book number 出版社 stands on cover, spine and title page, the bureau is 编者, and a CIP block is printed as it is given."""
    block = "图书在版编目（CIP）数据\n示例案例汇编 / 示例单位编. -- 某地 : 示例出版社, 2026.5\nISBN 978-7-000-00000-1\n中国国家版本馆CIP数据核字（2026）第000001号"
    facts = {"isbn": "978-7-000-00000-1", "press": "示例出版社", "cip": block, "editor": "某甲", "proofreader": "某乙", "overseer": "某丙"}
    book = imprinted(replace(printed.book, publisher="示例教育局"), "isbn", **facts)
    composer = printed.press.composer
    cover = composer.cover(book, spread=covers.spread(book, 400, composer.profile))
    assert cover.count("示例出版社") == 1 and "示例教育局　编" in cover
    assert "".join(re.findall(r"<span>(.)</span>", cover.partition(chr(34) + "spine-foot" + chr(34))[2]))[:5] == "示例出版社"
    pages = {piece.template: composer.piece(book, piece, Pages({}, {}), 100) for piece in front(book) if piece.template != "contents"}
    assert "示例出版社" in pages["half-title"] and "示例教育局　编" in pages["half-title"]
    words = re.sub(r"<[^>]*>", "", pages["imprint"])
    assert all(line in words for line in block.split("\n")) and "CIP数据核字号" not in words
    assert [label for label in ("编者", "出版社", "责任编辑", "责任校对", "责任印制") if label not in words] == [] and "编印单位" not in words
    assert "出版社" not in composer.cover(imprinted(printed.book, "internal"))


def test_a_bureaus_own_picture_fills_the_cover(world, printed, tmp_path):
    """A picture theme/print/cover.jpg lies under the type to the edge of the bleed; one that is too small is a warning."""
    folder = tmp_path / "own"
    shutil.copytree(world[0] / "cases", folder / "cases")
    settings = (folder / "cases" / "collection.yml").read_text()
    (folder / "cases" / "collection.yml").write_text(settings.replace("cover: seal", "cover: band, editions: [print]"))
    (folder / "theme" / "print").mkdir(parents=True)
    (folder / "theme" / "print" / "cover.jpg").write_bytes(jpeg("#204060"))
    collection, problems = flow.check_project(project.find(folder))
    (problem,) = [str(problem) for problem in problems if problem.check == "pictures_are_sharp"]
    assert problem.startswith("theme/print/cover.jpg: 警告: 封面图片有 2400×700 像素") and "请换成至少 2552×3438 像素" in problem
    press = workshop.press_of(project.find(folder), collection, edition="print")
    (tmp_path / "cover.pdf").write_bytes(covers.make_cover(press, whole_book(collection), 200).pdf)
    image = plates(tmp_path / "cover.pdf", 1)
    assert max(image.getpixel((image.width - round(10 / 25.4 * 60), image.height // 3))) > 60


def test_the_command_makes_both_files_for_the_press(world, tmp_path):
    """`casepress book --edition print` writes the book and its cover, and warns of coarse pictures."""
    ran = run("-C", world[0], "book", "--edition", "print", "-o", tmp_path / "book.pdf")
    assert ran.code == 0, ran.words
    assert "clear.png 印出来只有" in ran.words
    for name in ("book.pdf", "book-cover.pdf"):
        with pikepdf.open(tmp_path / name) as pdf:
            assert b"PDF/X-4" in pdf.Root.Metadata.read_bytes()


def test_vertical_lines():
    """Marks take their vertical forms, two digits stand side by side, longer words lie on their side."""
    found = [(sign.text, sign.lies) for sign in upright("《甲》：12个，2026年 PDF")]
    assert found == [
        ("︽", False),
        ("甲", False),
        ("︾", False),
        ("︓", False),
        ("12", False),
        ("个", False),
        ("︐", False),
        ("2026", True),
        ("年", False),
        ("", False),
        ("PDF", True),
    ]


# Both


def test_qpdf_finds_nothing(screen, printed, cover, flaps, boards):
    """`qpdf --check` finds nothing in any of the files."""
    for edition in (screen, printed, cover, flaps, boards):
        done = subprocess.run(["qpdf", "--check", edition.path], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()


def test_files_are_the_same_whenever_they_are_made(world, cover, screen, printed):
    """Made again, every file has the same bytes."""
    assert covers.make_cover(press_for(world, "print")[0], printed.book, 240).pdf == cover.made.pdf
    for edition in (screen, printed):
        assert press_for(world, edition.press.composer.edition)[0].make_book(edition.book).pdf == edition.made.pdf
