"""Files as they seldom are: pictures with odd palettes and profiles, odd films, PDFs and packages, folders of fonts, manifests, the index on the disk."""

import io
import logging
import os
import struct
import zipfile
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms

from casepress.facts import developing, films, pdfs, renditions, titles
from casepress.markup import parsing
from casepress.press import conditions, fonts, inks, inspecting, reread, speech
from casepress.press.proof import words as proof_words
from casepress.release import active, manifest
from casepress.site import indexed, material
from casepress.site.cards import Drawer
from casepress.site.frames import framed
from casepress.type import chains, cmaps, fontfiles
from casepress.type.faces import find_faces, shipped_faces
from conftest import ROOT, run
from movies import FILM


def saved(image: Image.Image, kind: str, **how) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def seen(published: developing.Published) -> Image.Image:
    return Image.open(io.BytesIO(published.data))


def palette(clear: int | None = None) -> Image.Image:
    """A picture of 40 × 20 with a palette: red on the left, green on the right."""
    image = Image.new("P", (40, 20), 0)
    image.putpalette([200, 0, 0, 0, 150, 0])
    image.paste(1, (20, 0, 40, 20))
    if clear is not None:
        image.info["transparency"] = clear
    return image


def test_a_palette_keeps_its_clear_colour():
    """As large as it is a picture stays one of a palette; made smaller it is one of true colours; in both what was clear is clear."""
    data = saved(palette(1), "PNG", transparency=1)
    whole, small = seen(developing.publish(data)), seen(developing.publish(data, (20, 10)))
    assert (whole.mode, whole.size, small.mode, small.size) == ("P", (40, 20), "RGBA", (20, 10))
    for image in (whole, small):
        shown = image.convert("RGBA")
        assert (shown.getpixel((2, 2))[3], shown.getpixel((image.width - 3, 2))[3]) == (255, 0)
    assert seen(developing.publish(saved(palette(), "PNG"), (20, 10))).getpixel((2, 2)) == (200, 0, 0)


def test_pictures_of_other_kinds_are_published():
    """Black and white made smaller has greys between; one clear grey is clear; on paper a photo is no WebP, one with clear pixels still is."""
    half = Image.new("1", (40, 40), 1)
    half.paste(0, (0, 0, 21, 40))
    assert seen(developing.publish(saved(half, "PNG"), (20, 20))).mode == "L"
    grey = seen(developing.publish(saved(Image.new("L", (4, 4), 9), "PNG", transparency=9)))
    assert grey.convert("RGBA").getpixel((1, 1))[3] == 0
    photo, clear = Image.new("RGB", (9, 9), (9, 99, 200)), Image.new("RGBA", (9, 9), (9, 99, 200, 40))
    shown = [seen(developing.publish(saved(each, "WEBP", lossless=True), on_paper=True)).format for each in (photo, clear)]
    assert shown == ["JPEG", "WEBP"]
    for each, mode in ((photo, "RGB"), (clear, "RGBA")):
        made = Image.open(io.BytesIO(developing.as_png(saved(each, "WEBP", lossless=True))))
        assert (made.format, made.mode, made.getpixel((4, 4))[:3]) == ("PNG", mode, (9, 99, 200))


def test_a_profile_that_cannot_be_used_is_not_obeyed():
    """A profile whose tables are cut off says which colours it is for and no more: the picture's own colours stay, inks become those of a screen."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    broken = lab[:128] + struct.pack(">I", 0)
    shown = seen(developing.publish(saved(Image.new("RGB", (9, 9), (9, 99, 200)), "PNG", icc_profile=broken)))
    assert shown.getpixel((4, 4)) == (9, 99, 200) and "icc_profile" not in shown.info
    inked = bytearray(broken)
    inked[12:16], inked[16:20] = b"prtr", b"CMYK"
    assert seen(developing.publish(saved(Image.new("CMYK", (9, 9)), "JPEG", icc_profile=bytes(inked)))).mode == "RGB"


def test_a_film_with_a_box_of_long_size_loses_its_metadata():
    """A size of 64 bits is read as one, and what stands behind the box is found; a box that says too much is missing its end."""
    long = struct.pack(">I4sQ", 1, b"free", 20) + b"abcd"
    said = struct.pack(">I4s", 16, b"udta") + b"\xa9xyz+31.8"[:8]
    data = FILM + long + said
    made = films.mp4(data).cleaned(data)
    assert len(made) == len(data) and made.startswith(FILM + long[:16]) and b"xyz" not in made and made[len(FILM) + 20 :][4:8] == b"free"
    for wrong in (FILM + struct.pack(">I4s", 99, b"udta") + b"xyz", FILM + struct.pack(">I4sQ", 1, b"mdat", 2**63)):
        with pytest.raises(films.NotAFilm):
            films.mp4(wrong)


def test_a_picture_of_unknown_size_has_one_rendition():
    """Its name is its address, and a page says nothing of its size."""
    assert renditions.renditions("logo.svg") == (renditions.Rendition("logo.svg", 0, 0),)
    assert renditions.attributes("logo.svg", "../") == {"src": "../pictures/logo.svg", "loading": "lazy", "decoding": "async"}


def test_numerals_from_a_hundred_on_are_figures():
    """第一百篇 is not to be expected; it is not wrong either."""
    assert [titles.chinese_numeral(n) for n in (0, 9, 10, 11, 20, 99, 100)] == ["〇", "九", "十", "十一", "二十", "九十九", "100"]


# The search index on the disk


FILES = {"base.js": b"v2", "a.js": b"2", "b.js": b"same"}


def names(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_an_index_that_is_not_proven_is_not_there(tmp_path):
    """What the proof raises comes out, and of the new index nothing stands in the tree or beside it; the last one goes back."""
    docs = tmp_path / "docs"
    indexed.put_in(docs, {"base.js": b"v1", "b.js": b"same"})
    indexed.take_out(docs)

    def proven():
        raise ValueError("词“课时”没有找到")

    with pytest.raises(ValueError, match="课时"), indexed.returning(docs):
        indexed.put_in(docs, FILES, proven)
    assert names(docs / "search") == {"base.js": b"v1", "b.js": b"same"} and [path.name for path in tmp_path.iterdir()] == ["docs"]
    indexed.take_out(docs)
    indexed.put_in(docs, FILES)
    assert names(docs / "search") == FILES


def test_the_index_of_a_site_becomes_that_of_its_tree(tmp_path):
    """Files of the last one go, those that are the same stay, what others put there is left; without an index nothing is done."""
    docs, site = tmp_path / "docs", tmp_path / "site"
    indexed.give(docs, site)
    assert not site.exists()
    indexed.put_in(docs, FILES)
    (site / "search").mkdir(parents=True)
    for name, data in {"base.js": b"v1", "a.js": b"1", "old.js": b"1", "README.txt": b"kept"}.items():
        (site / "search" / name).write_bytes(data)
    os.link(docs / "search" / "b.js", site / "search" / "b.js")
    indexed.give(docs, site)
    assert names(site / "search") == FILES | {"README.txt": b"kept"}


@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_stands_in_the_place_of_the_index_is_taken_away(tmp_path, kind):
    """A file of its name, or a link to a folder: what the link leads to is left alone, and not taken for the index of the last time."""
    docs, other = tmp_path / "docs", tmp_path / "other"
    for folder in (docs, other):
        folder.mkdir()
    for name, data in FILES.items():
        (other / name).write_bytes(data)
    if kind == "file":
        (docs / "search").write_bytes(b"x")
    else:
        (docs / "search").symlink_to(other)
        (tmp_path / ".docs.search").symlink_to(other)
    indexed.put_in(docs, FILES)
    assert not (docs / "search").is_symlink() and names(docs / "search") == FILES == names(other)


# What is in a release


def pdf(change) -> bytes:
    """A PDF of one page after something was done to it."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(100, 100))
        change(made, made.pages[0])
        made.save(out)
    return out.getvalue()


def noted(**entries):
    def change(made, page):
        page.obj.Annots = Array([made.make_indirect(Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **entries))])

    return change


def chain_of(length: int) -> Dictionary:
    action = Dictionary(S=Name.Launch)
    for _ in range(length):
        action = Dictionary(S=Name.GoTo, Next=action)
    return action


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (noted(Subtype=Name.Link, A=Dictionary(S=Name.GoTo)), []),
        (noted(Subtype=Name.Link, AA=Dictionary(E=Dictionary(S=Name.GoTo))), ["第 1 页有会自己运行的命令"]),
        (noted(Subtype=Name.Link, A=Dictionary(S=Name.Hide)), ["第 1 页有会自己运行的命令（Hide）"]),
        (noted(Subtype=Name.Link, A=chain_of(200)), ["第 1 页有打开别的程序的命令"]),
        (noted(Subtype=Name.Link, A=chain_of(202)), ["第 1 页有会自己运行的命令"]),
        (lambda made, page: page.obj.update({"/Annots": Array([None, Dictionary(Subtype=Name.Movie)])}), ["第 1 页有夹带的文件"]),
        (lambda made, page: page.obj.update({"/Annots": Dictionary(Subtype=Name.Movie)}), []),
    ],
)
def test_what_runs_in_a_pdf_is_found(change, found):
    """Commands of a note, of kinds that nobody lists, behind others, past notes that were taken away; so long a chain that no reader follows it ends the looking."""
    assert list(pdfs.in_pdf(pdf(change), lambda name: True)) == found


def test_a_stream_that_cannot_be_unpacked_is_looked_into_as_it_is():
    """What stands in it is seen, however it says it was packed."""

    def change(made, page):
        made.Root.Odd = made.make_indirect(pikepdf.Stream(made, b"/home/somebody", Filter=Name.DCTDecode))

    assert b"/home/somebody" in list(pdfs.streams(pdf(change)))


def test_links_of_a_package_to_files_elsewhere_are_found():
    """A template on somebody's machine is told, an address of the web is not, nor a link that leads nowhere."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for nth, target in enumerate(("file:///C:/Users/a.dotx", "https://example.org/", "")):
            package.writestr(f"word/_rels/{nth}.rels", f'<Relationship Id="r" Type="x/hyperlink" TargetMode="External" Target="{target}"/>')
    assert list(active.in_package(data.getvalue(), lambda name: True, False)) == ["指向别处文件的链接"]


def test_a_manifest_is_held_against_a_copy(tmp_path):
    """No manifest, one that is none, no folder: each is said. A link is no file of the release, and a broken package of one is added."""
    said = tmp_path / "release.json"
    with pytest.raises(manifest.NoManifest, match="没有 .*release.json"):
        manifest.read(said)
    said.write_text("[1]", "utf-8")
    with pytest.raises(manifest.NoManifest, match="坏了"):
        manifest.read(said)
    folder = tmp_path / "build"
    (folder / "site").mkdir(parents=True)
    for name in ("a.html", "b.html", "c.html"):
        (folder / "site" / name).write_text(name, "utf-8")
    made = manifest.Manifest("库", {f"site/{name}": sum_ for name, sum_ in manifest.sums_of(folder / "site").items()})
    said.write_bytes(made.written())
    assert manifest.read(said) == made
    with pytest.raises(manifest.NoManifest, match="没有 .* 这个文件夹"):
        manifest.compared(made, tmp_path / "nowhere")
    (folder / "site" / "a.html").unlink()
    (folder / "site" / "a.html").symlink_to(folder / "site" / "b.html")
    (folder / "site" / "b.html.gz").write_bytes(b"\x1f\x8b\x08 no gzip at all")
    packer = zlib.compressobj(wbits=31)
    (folder / "site" / "c.html.gz").write_bytes(packer.compress(b"c.html") + packer.flush())
    found = manifest.compared(made, folder / "site")
    assert (found.changed, found.missing, found.added) == (("a.html",), (), ("b.html.gz",))
    for number in range(35):
        (folder / "site" / f"new{number}.html").write_text("", "utf-8")
    ran = run("verify", folder / "site", "--release", said)
    assert ran.out.count("多出来：") == 30 and "……还有 6 个文件多出来" in ran.out and ran.code == 1


# Pages of a PDF, read back


def content(drawn: bytes, **resources):
    def change(made, page):
        page.obj.Contents = Array([made.make_stream(drawn), made.make_stream(b"")])
        page.obj.Resources = Dictionary(**resources)

    return change


@pytest.mark.parametrize(
    ("drawn", "is_colored", "found"),
    [
        (b"0 0 0 1 k 0 0 9 9 re f", False, {"黑"}),
        (b"1 g 0 0 9 9 re f", False, set()),
        (b"0 1 0 0 k 0 0 9 9 re f", True, {"品红"}),
        (b"/Fade sh", True, {"青", "品红", "黄", "黑"}),
        (b"/Pattern cs /P scn 0 0 9 9 re f", True, {"青", "品红", "黄", "黑"}),
    ],
)
def test_inks_of_a_page_are_known(drawn, is_colored, found):
    """Shadings and patterns may need every ink; of colours those that they name."""
    with pikepdf.open(io.BytesIO(pdf(content(drawn)))) as opened:
        page = opened.pages[0]
        assert inks.is_colored(page) == is_colored and set(inspecting._page(page).inks) == found


def test_text_of_other_programs_is_read_by_its_rows():
    """A font that names its characters by rows of glyphs, one that names nothing, one that is not there."""
    table = b"1 beginbfrange\n<0003> <0005> <4E00>\nendbfrange\n1 beginbfchar\n<0009> <4E59>\nendbfchar\n"
    drawn = b"BT /F 9 Tf\n1 0 0 -1 0 0 Tm <000300050009> Tj /G 9 Tf <0003> Tj /H 9 Tf <0003> Tj ET"

    def change(made, page):
        content(drawn)(made, page)
        fonts = Dictionary(
            F=made.make_indirect(Dictionary(ToUnicode=made.make_stream(table))), G=made.make_indirect(Dictionary(Type=Name.Font))
        )
        page.obj.Resources = Dictionary(Font=fonts)

    said = "".join(words for _, words, _ in reread.texts(pdf(change)))
    assert "一丂乙"[:1] in said and chr(0x4E02) in said and said.strip().endswith("乙")


def test_what_is_missing_of_a_very_long_text_is_told():
    """Of a long text at least which characters are not shown."""
    said = "甲" * (proof_words._ALIGNED + 1) + "乙"
    assert proof_words._missing(said, said[:-1]) == "乙" and proof_words._missing("甲乙丙", "甲丙") == "乙"


def test_colour_profiles_lie_where_windows_keeps_them(tmp_path, monkeypatch):
    """Its own folder and Adobe's are looked into."""
    monkeypatch.setenv("SystemRoot", str(tmp_path / "Windows"))
    monkeypatch.setenv("CommonProgramFiles", str(tmp_path / "Common"))
    (tmp_path / "Common" / "Adobe" / "Color" / "Profiles").mkdir(parents=True)
    (tmp_path / "Common" / "Adobe" / "Color" / "Profiles" / "a.icc").write_bytes(b"no profile")
    places = list(conditions.places())
    assert tmp_path / "Windows" / "System32" / "spool" / "drivers" / "color" in places
    found = [path for place in places if place.is_relative_to(tmp_path) for path in conditions._files(place)]
    assert [path.name for path in found] == ["a.icc"] and conditions._name(found[0]) == ""


def test_a_deaf_log_is_heard():
    """Where somebody shut WeasyPrint's log, a loss is heard all the same, and the log is as it was."""
    log = logging.getLogger("weasyprint")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with speech.spoken() as said:
            log.warning("Failed to load image at %r: %s", "a.png", "nothing")
        assert len(said) == 1 and log.level == logging.CRITICAL
    finally:
        log.setLevel(before)


def test_a_font_that_a_pdf_only_names_stays_as_it_is():
    """There is nothing of it to make bare and no subset to name."""

    def change(made, page):
        told = made.make_indirect(Dictionary(Type=Name.FontDescriptor, FontName=Name.Helvetica))
        page.obj.Resources = Dictionary(Font=Dictionary(F=made.make_indirect(Dictionary(Type=Name.Font, FontDescriptor=told))))

    with pikepdf.open(io.BytesIO(pdf(change))) as opened:
        fonts.tagged(opened)
        assert opened.pages[0].Resources.Font.F.FontDescriptor.FontName == Name.Helvetica


# Fonts


def test_folders_that_are_not_there_have_no_fonts(tmp_path):
    """Neither fonts nor other files; and without a list of fonts nothing is set."""
    assert fontfiles.font_paths(tmp_path / "none") == () == fontfiles.others(tmp_path / "none")
    with pytest.raises(chains.NoFaces, match="没有找到 theme/print/faces.yml"):
        chains.read_chains([tmp_path])


def test_a_font_beside_the_collection_is_read_from_there_alone(tmp_path):
    """A link to a font elsewhere is told and not read."""
    path = next(each.path for each in fontfiles.installed())
    (tmp_path / "仿宋.ttf").symlink_to(path)
    said = find_faces([ROOT / "theme" / "print"], [tmp_path])[1]
    assert [(each.path, each.what) for each in said] == [("theme/fonts/仿宋.ttf", "这是通向案例库之外的链接（快捷方式），不会读取")]


def test_rows_of_characters_are_joined():
    """A row whose only glyph is the empty one shows nothing; rows that follow each other are one."""
    assert cmaps._joined([(5, 4), (6, 8), (9, 9), (20, 20)]) == (6, 9, 20, 20)


# Pages


def test_a_card_shows_what_fits():
    """Without a theme, with a title too long for any size, with a sign that no font has: a card of the usual size all the same."""
    drawer = Drawer(shipped_faces())
    long = drawer.draw("", "怎样安排" * 60, "示例小学", "", "")
    assert Image.open(io.BytesIO(long)).size == (300, 300) and long != drawer.draw("课后服务", "怎样安排" * 60, "示例小学", "", "")
    assert drawer.draw("", "课\U000f0000堂", "校", "", "") == drawer.draw("", "课堂", "校", "", "")
    assert drawer._lines("怎样安排" * 60, 256, [])[0] == 24 and len(drawer._lines("怎样安排" * 60, 256, [])[1]) <= 6


def test_html_with_attributes_of_other_languages_stays():
    """A drawing that links by xlink is left as it was, with the table beside it."""
    html = '<table><tr><td>1</td></tr></table><svg><use xlink:href="#a"></use></svg>'
    assert framed(html) == html and framed(html.replace("xlink:href", "href")) != html


def test_a_comment_is_no_part_of_a_page():
    """A page is looked into for its parts past comments."""
    page = "<html><body><!-- a --><div class='md-content'><!-- b --><p id='cp-content'></p></div></body></html>"
    assert material._stands(parsing.document(page), (".md-content", "#cp-content")) and not material._stands(parsing.document(page), ("h1",))
