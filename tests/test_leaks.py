"""Nothing private comes out: what was planted in forms, sheets, pictures and names of files stands neither in cases nor in anything built."""

import io
import re
import struct
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from badparts import member, sheets
from conftest import SHORT_GUIDE, run, write_files
from movies import box
from test_enclosed import office
from wordcase import COLLECTION, EXPECTED, PLANTED, PRIVATE
from wordforms import FORMS

# Planted by us, beside what lies in the Word files.
MORE = {
    "name of a photo": "家长手机13800530530",
    "place of a photo": "GPS所在地之语亥",
    "comment of a photo": "照片备注之语天",
    "hidden sheet": "隐藏表之语地",
    "hidden column": "隐藏列之语玄",
    "private cell": "13800640640",
    "typed private value": "只供内部之语黄",
    "name of a file": "文件名之语宇",
    "XMP of a photo": "照片XMP之语宙",
    "place of a film": "+31.2304+121.4737/",
    "maker of a film": "com.apple.quicktime.location.之语洪",
    "author of an enclosure": "附件作者之语荒",
    "thumbnail of an enclosure": "附件缩图之语日",
    "file that nobody links": "TOPSECRET月",
    "file with a dot": "TOPSECRET盈",
    "file beside the collection": "TOPSECRET昃",
    "case that was taken down": "撤下案例之语辰宿",
}
# What was laid beside the cases by hand, and stands there.
LATER = ("place of a film", "maker of a film", "author of an enclosure", "thumbnail of an enclosure", "case that was taken down")


def photo() -> bytes:
    """A photo that says where it was taken, with a comment, a description and a thumbnail's worth of other things."""
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010E], exif[0x013B] = MORE["place of a photo"], MORE["place of a photo"]
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 46.0, 12.34), 3: "E", 4: (119.0, 57.0, 56.78)})
    image = Image.linear_gradient("L").resize((320, 240)).convert("RGB")
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{MORE["XMP of a photo"]}</dc:creator><exif:GPSLatitude>31</exif:GPSLatitude></x:xmpmeta>'
    image.save(out, "JPEG", exif=exif, comment=MORE["comment of a photo"].encode(), xmp=xmp.encode())
    return out.getvalue()


def film() -> bytes:
    """A film that says where it was taken, twice."""
    place = MORE["place of a film"].encode()
    about = box(b"udta", box("©xyz".encode("latin-1"), struct.pack(">HH", len(place), 0x15C7) + place)) + box(
        b"meta", MORE["maker of a film"].encode()
    )
    head = box(b"mvhd", bytes(100))
    return box(b"ftyp", b"isom\0\0\2\0isomavc1") + box(b"moov", head + about) + box(b"mdat", bytes(99))


def enclosure() -> bytes:
    """A document that says who wrote it, with a picture of its first page."""
    data = office("docx", words="<w:t>课表</w:t>")
    data = member(data, "docProps/core.xml", f"<c><dc:creator>{MORE['author of an enclosure']}</dc:creator></c>".encode())
    return member(data, "docProps/thumbnail.jpeg", b"\xff\xd8" + MORE["thumbnail of an enclosure"].encode())


def summary() -> bytes:
    """A sheet with a private column, a hidden one, and a hidden sheet beside it."""
    import openpyxl
    from openpyxl.comments import Comment

    book = openpyxl.load_workbook(
        io.BytesIO(sheets([["案例名称", "联系人电话", "备注"], [EXPECTED["案例名称"], MORE["private cell"], MORE["hidden column"]]]))
    )
    book.active.column_dimensions["C"].hidden = True
    book.active["A2"].comment = Comment(PLANTED["comment"], PLANTED["author"])
    book.create_sheet("隐藏").sheet_state = "hidden"
    book["隐藏"]["A1"] = MORE["hidden sheet"]
    book.properties.creator = PLANTED["author"]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A collection of what was sent with all that is planted, imported and built."""
    folder = tmp_path_factory.mktemp("leaks") / "collection"
    assert run("new", folder).code == 0
    (folder / "cases/example.md").unlink()
    inbox = {
        f"甲/{MORE['name of a file']}.docx": FORMS["001-everything-planted"](),
        f"甲/{MORE['name of a photo']}.jpg": photo(),
        "汇总表.xlsx": summary(),
        "乙/全文.docx": FORMS["manuscript-full"](),
        "丙/表.docx": FORMS["001-controls-inline"](),
    }
    settings = f"{COLLECTION}book: {{editions: [screen, word, epub]}}\ntakedown: [{{id: gone, date: 2026-11-01, reason: 作者要求}}]\n"
    write_files(
        folder, {"cases/collection.yml": settings, "content/guide.md": SHORT_GUIDE, **{f"收件/{name}": data for name, data in inbox.items()}}
    )
    assert run("-C", folder, "import", folder / "收件", "--write").code == 0
    for path in sorted((folder / "cases").glob("*.md"))[1:]:  # the same case told again: another title, or `check` stops
        path.write_text(path.read_text("utf-8").replace(EXPECTED["案例名称"], f"{path.stem[-8:]}的做法", 1), "utf-8")
    told = next(path for path in sorted((folder / "cases").glob("*.md")) if EXPECTED["案例名称"] in path.read_text("utf-8"))
    told.write_text(told.read_text("utf-8").replace("---\n", "---\n附件: [课表.docx, {file: 活动.mp4, title: 活动录像}]\n", 1), "utf-8")
    gone = f"---\ntitle: {MORE['case that was taken down']}\nschool: 示例小学（虚构）\nid: gone\n---\n\n{MORE['case that was taken down']}。\n"
    write_files(
        folder,
        {
            "cases/课表.docx": enclosure(),
            "cases/活动.mp4": film(),
            "cases/撤下.md": gone,
            "content/底稿.txt": MORE["file that nobody links"],
            "content/.env": MORE["file with a dot"],
            "../秘密.txt": MORE["file beside the collection"],
        },
    )
    private = next((folder / "cases/.private").glob("*.yml"))
    private.write_text(private.read_text("utf-8") + f'"备注": "{MORE["typed private value"]}"\n', "utf-8")
    ran = run("-C", folder, "build")
    assert ran.code == 0, ran.words
    return folder


def streams(path: Path) -> Iterator[bytes]:
    """The bytes of a file as they are, and of what is packed in it: streams and texts of a PDF, members of an archive, pieces of a picture."""
    data = path.read_bytes()
    yield data
    if data.startswith(b"%PDF"):
        yield subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True).stdout
        with pikepdf.open(path) as pdf:
            for each in pdf.objects:
                if isinstance(each, pikepdf.Stream):
                    try:
                        yield each.read_bytes()
                    except pikepdf.PdfError:  # a JPEG
                        yield each.read_raw_bytes()
                yield repr(each).encode() if not isinstance(each, pikepdf.Stream) else b""
            yield str(dict(pdf.docinfo)).encode()
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)


def found(folder: Path, planted: dict[str, str]) -> list[tuple[str, str]]:
    """What is planted and stands in a file below a folder, in any encoding that files have it in."""
    out = []
    texts = {kind: [text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")] for kind, text in planted.items()}
    texts |= {f"{kind}, escaped": [text.encode("ascii", "backslashreplace")] for kind, text in planted.items()}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        for data in (str(path.name).encode(), *streams(path)):
            out += [(path.relative_to(folder).as_posix(), kind) for kind, codes in texts.items() if any(code in data for code in codes)]
    return out


VALUES = {label: EXPECTED[label] for label in PRIVATE if len(EXPECTED[label]) > 2}


def test_nothing_planted_stands_in_cases(built):
    """No planted text, and no value of a private field, stands in a case, a picture, or the list of photos, nor in the name of one."""
    (built / "cases/.private").rename(built / ".private")
    try:
        imported = {kind: text for kind, text in MORE.items() if kind not in LATER}
        assert found(built / "cases", PLANTED | imported | VALUES) == []
        assert found(built / ".private", {"it is kept": EXPECTED["负责人电话"]}), "what is looked for can be found"
    finally:
        (built / ".private").rename(built / "cases/.private")


def test_nothing_planted_stands_in_what_was_built(built):
    """Nor in the site, its search, the book and the PDFs, text and streams, the Word edition, the EPUB, the cache, nor anywhere under build."""
    assert found(built / "build", PLANTED | MORE | VALUES) == []
    assert found(built / "build", {"the case itself": EXPECTED["案例名称"]}), "what is looked for can be found"
    sent = {path.suffix for path in (built / "build/current/site").rglob("*")}
    assert {".mp4", ".docx"} <= sent and len(PLANTED | MORE | VALUES) >= 40, "what they were planted in was published"


def test_the_report_has_no_private_values(built):
    """The page for the clerk stands outside of what is published, and even so shows no value of a private field and nothing hidden."""
    names = (MORE["name of a photo"], MORE["name of a file"])
    assert (
        found_in((built / "收件报告.html").read_bytes(), {key: text for key, text in (PLANTED | MORE | VALUES).items() if text not in names})
        == []
    )


def found_in(data: bytes, planted: dict[str, str]) -> list[str]:
    return [kind for kind, text in planted.items() if text.encode() in data]


def test_no_picture_says_where_it_was_taken(built):
    """Pictures of cases, of the site and of the list have no metadata at all."""
    pictures = [path for folder in ("cases", "build/site") for path in (built / folder).rglob("*") if path.suffix in (".jpg", ".png", ".webp")]
    ours = [path for path in pictures if re.search(r"cases/[^/]*$|site/pictures/", path.as_posix())]
    assert len(ours) > 2
    for path in ours:
        with Image.open(path) as image:
            assert not image.getexif() and not image.info.keys() & {"exif", "comment", "xmp", "XML:com.adobe.xmp"}, path
