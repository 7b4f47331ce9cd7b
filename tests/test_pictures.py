"""Pictures as phones and offices give them: their colours, their sizes on the site and in books, and what is said of those that fail."""

import io
import re
import struct
import time
import zlib
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw

import verapdf
from casepress import flow, workshop
from casepress.collection import project
from casepress.facts import developing, pictures
from casepress.facts.renditions import attributes, renditions
from conftest import case_text, picture, run, write_files
from readback import drawn_on, shared_tags

# Red, green and blue of Display P3 and Adobe RGB (1998) after adaptation to D50, as their ICC profiles have them (XYZ).
P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
ADOBE = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))


def icc(primaries, gamma: float = 2.2, space: bytes = b"RGB ", name: bytes = b"Display P3") -> bytes:
    """A display profile (ICC.1:2001-04) made of three primaries and a gamma; of grey where there are none."""

    def xyz(values) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    words = b"desc\0\0\0\0" + struct.pack(">I", len(name) + 1) + name + bytes(79 + 1)
    tags = {b"desc": words + bytes(-len(words) % 4), b"cprt": b"text\0\0\0\0none\0\0\0\0", b"wtpt": xyz((0.9642, 1, 0.82491))}
    tags |= dict(zip((b"rXYZ", b"gXYZ", b"bXYZ"), map(xyz, primaries), strict=True)) if primaries else {b"kTRC": curve}
    tags |= {key: curve for key in (b"rTRC", b"gTRC", b"bTRC") if primaries}
    table, body, at = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for key, data in tags.items():
        table += key + struct.pack(">II", at + len(body), len(data))
        body += data
    head = struct.pack(">I4sI4s4s4s", 128 + len(table) + len(body), b"\0\0\0\0", 0x02100000, b"mntr", space, b"XYZ ")
    head += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp") + bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + body


def in_srgb(primaries, color) -> list[int]:
    """By plain arithmetic: a colour of gamma 2.2 as sRGB has it (IEC 61966-2-1); what lies outside comes to the edge."""
    light = [(part / 255) ** 2.2 for part in color]
    x, y, z = (sum(light[n] * primaries[n][axis] for n in range(3)) for axis in range(3))
    linear = (
        3.13406 * x - 1.61735 * y - 0.49080 * z,
        -0.97874 * x + 1.91605 * y + 0.03344 * z,
        0.07194 * x - 0.22897 * y + 1.40539 * z,
    )  # Bradford-adapted to D50, as profiles are
    return [round(255 * (12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055)) for v in (min(1, max(0, v)) for v in linear)]


def saved(image: Image.Image, kind: str = "PNG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def shown(data: bytes) -> Image.Image:
    """A published picture as a reader's program sees it."""
    return Image.open(io.BytesIO(data))


def photo(width: int, height: int, **options) -> bytes:
    """A photograph of many small things."""
    image = Image.effect_noise((max(1, width // 8), max(1, height // 8)), 90).resize((width, height)).convert("RGB")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height // 2), fill=(170, 60, 40))
    return saved(image, "JPEG", quality=92, **options)


# Colours


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("primaries", "given"),
    [(P3, (200, 100, 80)), (P3, (60, 140, 90)), (ADOBE, (200, 100, 80)), (P3, (128, 128, 128)), (P3, (255, 0, 0)), (ADOBE, (0, 255, 0))],
)
def test_wide_colours_come_to_what_they_were(kind, primaries, given):
    """A colour of Display P3 or Adobe RGB is published as the same colour of sRGB, and no profile is left."""
    options = {"JPEG": {"quality": 100, "subsampling": 0}, "PNG": {}, "WEBP": {"lossless": True}}[kind]
    made = shown(developing.publish(saved(Image.new("RGB", (64, 48), given), kind, icc_profile=icc(primaries), **options)).data)

    assert made.mode == "RGB" and "icc_profile" not in made.info
    assert made.getpixel((20, 20)) == pytest.approx(in_srgb(primaries, given), abs={"PNG": 3, "JPEG": 4, "WEBP": 7}[kind])


def test_no_colour_is_lost_with_clear_pixels_and_palettes():
    """A picture with clear pixels, and one with a palette, have their colours converted; what is clear stays clear."""
    clear = Image.new("RGBA", (40, 40), (200, 100, 80, 90))
    made = shown(developing.publish(saved(clear, icc_profile=icc(P3))).data)
    assert made.mode == "RGBA" and made.getpixel((5, 5)) == pytest.approx((*in_srgb(P3, (200, 100, 80)), 90), abs=3)

    palette = Image.new("RGB", (40, 40), (200, 100, 80)).quantize(4)
    made = shown(developing.publish(saved(palette, icc_profile=icc(P3))).data).convert("RGB")
    assert made.getpixel((5, 5)) == pytest.approx(in_srgb(P3, (200, 100, 80)), abs=3)


def test_grey_stays_grey_whatever_its_gamma():
    """A grey scan with a profile of gamma 1.8 is as light on a screen as it was meant, and has no colour."""
    made = shown(developing.publish(saved(Image.new("L", (40, 40), 100), icc_profile=icc((), 1.8, b"GRAY", b"Gamma 1.8"))).data)
    assert made.mode == "L" and made.getpixel((3, 3)) == pytest.approx(119, abs=4)


def test_a_picture_in_inks_is_for_a_screen():
    """A JPEG in four inks, as print shops send them, is published in the colours of a screen."""
    made = shown(developing.publish(saved(Image.new("CMYK", (64, 48), (0, 255, 255, 0)), "JPEG")).data)
    red, green, blue = made.getpixel((9, 9))
    assert made.mode == "RGB" and red > 200 and green < 60 and blue < 60


@pytest.mark.parametrize("profile", [b"x", b"\0" * 200, icc(P3)[:200], icc(P3, space=b"CMYK"), icc((), 2.2, b"GRAY"), b"\xff" * 4000])
def test_a_broken_profile_does_no_harm(profile):
    """A profile that is cut, made up, or of other inks is left out; the picture is published as it is."""
    made = shown(developing.publish(saved(Image.new("RGB", (64, 48), (200, 100, 80)), icc_profile=profile)).data)
    assert made.getpixel((9, 9)) == (200, 100, 80) and "icc_profile" not in made.info


@pytest.mark.parametrize("turn", range(1, 9))
def test_every_way_to_hold_a_camera(turn):
    """A picture whose camera says how it was held is upright, and its name tells its upright size."""
    exif = Image.Exif()
    exif[0x0112] = turn
    image = Image.new("RGB", (60, 40), "white")
    ImageDraw.Draw(image).rectangle((0, 0, 20, 15), fill="red")
    data = saved(image, "PNG", exif=exif)

    made = developing.publish(data)

    assert pictures.size_of(pictures.published_name(data)) == (made.width, made.height) == ((40, 60) if turn > 4 else (60, 40))
    at = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}[turn]
    corner = (5 + at[0] * (made.width - 10), 5 + at[1] * (made.height - 10))
    assert shown(made.data).getpixel(corner) == (255, 0, 0)


# Sizes


def test_sizes_never_grow():
    """A large picture has a few widths up to 1600, one between them not two nearly alike; a small one has its own only."""
    of = {width: [each.width for each in renditions(f"{'0' * 16}-{width}x300.jpg")] for width in (64, 480, 500, 1000, 1599, 1600, 4000)}
    assert of == {
        64: [64], 480: [480], 500: [500], 1000: [480, 1000], 1599: [480, 960, 1599], 1600: [480, 960, 1600], 4000: [480, 960, 1600],
    }  # fmt: skip
    said = attributes("0123456789abcdef-4000x3000.jpg", "../")
    assert said["src"] == "../pictures/0123456789abcdef-1600x1200.jpg" and (said["width"], said["height"]) == ("1600", "1200")
    assert said["srcset"].split(", ")[0] == "../pictures/0123456789abcdef-480x360.jpg 480w"
    assert "srcset" not in attributes("0123456789abcdef-64x48.png", "")


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Path:
    """A built collection with a photograph of 12 megapixels, a small picture and a wide one in a cell."""
    folder = tmp_path_factory.mktemp("pictures") / "collection"
    assert run("new", folder).code == 0
    (folder / "cases" / "example.md").unlink()
    header = "---\n照片: [{file: 大.jpg, alt: 大课间, caption: 大课间一角}]\nbook: x\n".replace("book: x\n", "")
    body = "![操场](大.jpg)\n\n![小图](小.png)\n\n行里的![图标](小.png)也在。\n\n| 甲 | 乙 |\n| --- | --- |\n| ![宽](宽.jpg) | 完成✅好👍🏽❤️ |"
    files = {
        "a.md": case_text("甲", body=body).replace("---\n", header, 1),
        "大.jpg": photo(4000, 3000), "小.png": saved(Image.new("RGB", (120, 60), "navy")), "宽.jpg": photo(3000, 600),
    }  # fmt: skip
    write_files(folder / "cases", files)
    write_files(folder, {"content/index.md": "欢迎。\n\n![大门](门.jpg)\n", "content/门.jpg": photo(2000, 1000)})
    ran = run("-C", folder, "build")
    assert ran.code == 0, ran.words
    return folder


def images(page: Path) -> list[dict[str, str]]:
    found = re.findall(r"<img ([^>]*)>", page.read_text("utf-8"))
    return [each for tag in found if "pictures/" in (each := dict(re.findall(r'([a-z]+)="([^"]*)"', tag)))["src"]]


def test_a_phone_loads_what_it_shows(world):
    """Each picture of a page names its sizes and the room that it takes; every file is there and has the size that is said."""
    site = world / "build" / "site"
    pages = {name: images(site / name) for name in ("cases/a.html", "index.html")}
    assert [len(found) for found in pages.values()] == [5, 1]
    for name, found in pages.items():
        for each in found:
            assert each["alt"] and (each["loading"], each["decoding"]) == ("lazy", "async")
            widths = [part.split(" ") for part in each.get("srcset", f"{each['src']} {each['width']}w").split(", ")]
            for address, width in widths:
                image = Image.open((site / name).parent / address)
                assert image.width == int(width[:-1]) <= 1600
            assert Image.open((site / name).parent / each["src"]).size == (int(each["width"]), int(each["height"]))
    (narrowest, *_), *_ = [
        [site / "cases" / part.split(" ")[0] for part in each["srcset"].split(", ")] for each in pages["cases/a.html"] if "srcset" in each
    ]
    assert narrowest.stat().st_size < 100_000
    assert all(re.fullmatch(r"[0-9a-f]{16}-\d+x\d+\.(jpg|png)", path.name) for path in (site / "pictures").iterdir())


def test_small_pictures_are_not_blown_up_on_the_site(world, chromium):
    """In a wide window a picture of 120 pixels is 120 wide, and a large one fills the column and no more."""
    page = chromium.new_page(viewport={"width": 1400, "height": 900})
    page.goto((world / "build" / "site" / "cases" / "a.html").as_uri())
    widths = page.evaluate("[...document.querySelectorAll('.cp-text img')].map(i => [i.alt, i.getBoundingClientRect().width])")
    column = page.evaluate("document.querySelector('.cp-body').getBoundingClientRect().width")
    page.close()
    found = dict(widths)
    assert found["小图"] == found["图标"] == 120
    assert column - 1 <= found["操场"] <= column + 1


def drawn(path: Path) -> dict[tuple[int, int], list[float]]:
    """The pictures of a PDF by their pixels, with the dpi at which they stand on pages."""
    found: dict[tuple[int, int], list[float]] = {}
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            for name, matrix in drawn_on(page):
                if (item := page.Resources.XObject[name]).get("/Subtype") == pikepdf.Name.Image:
                    size = int(item.Width), int(item.Height)
                    found.setdefault(size, []).append(size[0] / abs(matrix.a) * 72)
    return found


@pytest.mark.parametrize(("edition", "most"), [("screen", 240), ("print", 350)])
def test_books_hold_what_they_show(world, edition, most, tmp_path):
    """No picture of a book is finer than its edition shows, and none is blown up below 150 dpi."""
    ran = run("-C", world, "book", "--edition", edition, "-o", tmp_path / "made.pdf")
    assert ran.code == 0, ran.words
    found = drawn(tmp_path / "made.pdf")
    assert shared_tags(tmp_path / "made.pdf") == []

    assert len(found) >= 3
    for size, dpis in found.items():
        assert all(149 <= dpi <= most * 1.03 for dpi in dpis), (size, dpis)
    assert any(most * 0.9 <= dpi for dpis in found.values() for dpi in dpis), "a photograph is as fine as it may be"


def test_books_with_pictures_and_marks_are_accessible(world):
    """veraPDF finds nothing in a book with pictures everywhere and with emoji, which a face without shapes follows."""
    book = world / "build" / "books" / "book.pdf"
    assert verapdf.judge([book]) == {book: []}


def test_the_same_picture_gives_the_same_bytes():
    """A picture developed again has the same bytes, in every size."""
    data = photo(2000, 1500, icc_profile=icc(P3))
    assert developing.publish(data, (900, 900)).data == developing.publish(data, (900, 900)).data
    assert {w: each.data for w, each in developing.publish_in(data, (480, 960)).items()} == {
        w: each.data for w, each in developing.publish_in(data, (960, 480)).items()
    }


def test_a_photograph_is_decoded_once_for_all_books_of_an_edition(world):
    """The case's own PDF and the book ask for the same picture; it is developed once."""
    place = project.find(world)
    collection, _ = flow.check_project(place)
    (name,) = [name for name, file in collection.pictures.items() if file.endswith("大.jpg")]
    assert workshop.published(place, name, "cases/大.jpg", (1000, 1000)) is workshop.published(place, name, "cases/大.jpg", (1000, 1000))


def test_a_large_photograph_does_not_take_long():
    """What a page and a book want of twelve megapixels is there in the time of a few decodings of them."""
    data = photo(4000, 3000)
    start = time.process_time()
    shown(data).load()
    once = time.process_time() - start
    start = time.process_time()
    developing.publish_in(data, (480, 960, 1600))
    developing.publish(data, (1130, 850))
    assert time.process_time() - start < 8 * once + 0.5


# What fails


def head(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and has no pixels."""
    data = bytearray(saved(Image.new("L", (1, 1))))
    data[16:24] = struct.pack(">II", width, height)
    data[29:33] = struct.pack(">I", zlib.crc32(bytes(data[12:29])))
    return bytes(data)


FAILING = {
    "huge": (head(20000, 15000), "图片有 20000×15000 像素，最多 4000 万像素", "缩小"),
    "huge beyond words": (head(2_000_000, 2_000_000), "图片有 2000000×2000000 像素，最多 4000 万像素", "缩小"),
    "empty": (b"", "图片文件是空的（0 字节）", "重新放一次"),
    "cut": (photo(400, 300)[:4000], "图片文件不完整或已损坏", "完整的原图"),
    "cut in its head": (photo(400, 300)[:15], "图片文件不完整或已损坏", "完整的原图"),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200), "HEIC", "另存（导出）为 JPG"),
    "heic of another brand": (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + bytes(200), "HEIC", "另存（导出）为 JPG"),
    "avif": (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + bytes(200), "AVIF", "另存为 JPG 或 PNG"),
    "svg": (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"></svg>', "SVG", "导出为 PNG"),
    "gif": (saved(Image.new("P", (4, 4)), "GIF"), "GIF", "另存为 JPG 或 PNG"),
    "bmp": (saved(Image.new("RGB", (4, 4)), "BMP"), "BMP", "另存为 JPG 或 PNG"),
    "tiff": (saved(Image.new("RGB", (4, 4)), "TIFF"), "TIFF", "另存为 JPG 或 PNG"),
    "pdf": (b"%PDF-1.7\n", "PDF", "导出为 JPG 或 PNG"),
    "word": (b"PK\x03\x04" + bytes(99), "Word", "取出来"),
    "a page": (b"<!DOCTYPE html><html>", "网页", "图片另存为"),
    "words": ("不是图片".encode(), "不是 JPG、PNG 或 WebP", "另存为 JPG 或 PNG"),
    "moving webp": (
        saved(Image.new("RGB", (4, 4)), "WEBP", save_all=True, append_images=[Image.new("RGB", (4, 4), "red")], duration=90),
        "会动的图片",
        "截取其中一幅",
    ),
    "moving png": (
        saved(Image.new("RGB", (4, 4)), "PNG", save_all=True, append_images=[Image.new("RGB", (4, 4), "red")]),
        "会动的图片",
        "截取其中一幅",
    ),
    "heavy": (photo(40, 30) + bytes(26 * 1024 * 1024), "图片有 26 MB，最多 25 MB", "缩小"),
}


@pytest.mark.parametrize("name", FAILING)
def test_a_picture_that_fails_is_told(name, make):
    """Each picture that cannot be published is told once, with file, line, what it is and what to do."""
    data, what, cure = FAILING[name]
    folder = make({"a.md": case_text("甲") + "\n![图](p.jpg)\n", "p.jpg": data})

    ran = run("-C", folder, "check")

    (line,) = ran.out.splitlines()
    assert ran.code == 1 and line.startswith("cases/a.md:15: 错误: 图片“p.jpg”不能用：") and what in line and cure in line, line
    assert "。。" not in line


def test_a_wrong_suffix_is_no_fault(make):
    """A PNG that is called .jpg and a JPEG that is called .PNG are pictures all the same, each published as what it is."""
    files = {"p.jpg": picture("PNG"), "q.PNG": picture("JPEG")}
    case = case_text("甲").replace("---", "---\n未成年人: 没有学生", 1)
    folder = make({"a.md": case + "\n![图](p.jpg)\n\n![图](q.PNG)\n", **files})
    collection, problems = flow.check_project(project.find(folder))
    assert not problems and {file: name[-4:] for name, file in collection.pictures.items()} == {"cases/p.jpg": ".png", "cases/q.PNG": ".jpg"}


def test_metadata_that_is_broken_does_no_harm():
    """Exif of nonsense does not keep a picture from being published."""
    for exif in (b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 60, b"Exif\0\0"):
        data = saved(Image.new("RGB", (64, 48), "navy"), "JPEG", exif=exif)
        assert developing.publish(data).width == 64 and pictures.size(data) == (64, 48)
