"""What is no .docx: old documents by LibreOffice, PDFs as drafts, photos without what cameras write into them."""

import io
import os
import shutil
import socket
import subprocess
import threading
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from badparts import compound, member
from badtexts import PDF, RTF
from casepress import importing
from casepress.collection import project
from casepress.intake import converting
from casepress.intake.documents import DRAFT
from casepress.intake.refusals import Refused
from conftest import write_files
from test_imported_forms import tells
from wordcase import COLLECTION, EXPECTED, SECTIONS, STAGES, THEMES_001
from wordforms import FORMS, fields
from wordparts import p, package, zipped
from wordplants import png

OFFICE = shutil.which("soffice")
OLD = (
    "001-w14",
    "001-ballot-before",
    "001-run-wingdings-2",
    "001-nested",
    "001-everything-planted",
    "manuscript-full",
    "manuscript-automatic-numbers",
)
with_office = pytest.mark.skipif(OFFICE is None, reason="未检查：没有 LibreOffice，旧文档没有转换")


def ended(data: bytes) -> bytes:
    """A document that ends with a paragraph, as all of Word's do: LibreOffice loses a table that ends one when it writes .doc."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("word/document.xml").decode()
    head, _, tail = text.rpartition("<w:sectPr>")
    return member(data, "word/document.xml", f"{head}<w:p/><w:sectPr>{tail}")


def rich(text: str) -> str:
    """A text in RTF."""
    return "".join(letter if ord(letter) < 128 else f"\\u{ord(letter) if ord(letter) < 32768 else ord(letter) - 65536}?" for letter in text)


def rich_form() -> bytes:
    """001 as RTF: a table of labels and values, boxes as characters, words that were deleted and hidden."""

    def row(*cells: str) -> str:
        ends = "".join(f"\\cellx{2000 * (at + 1)}" for at in range(len(cells)))
        return "\\trowd" + ends + "".join(f"\\pard\\intbl {rich(cell)}\\cell" for cell in cells) + "\\row\n"

    value = {label: one if isinstance(one, str) else "、".join(one) for label, one in EXPECTED.items()}
    stages = "  ".join(("☑" if stage in EXPECTED["学段"] else "□") + stage for stage in STAGES)
    themes = "  ".join(("☑" if theme in EXPECTED["案例主题"] else "□") + theme for theme in THEMES_001)
    body = "\\pard " + rich(f"案例名称：{value['案例名称']}") + "\\par\n" + row("学校", value["学校"], "学段", stages)
    body += row("负责人", value["负责人"], "电话", value["负责人电话"]) + row("联系人", value["联系人"], "电话", value["联系人电话"])
    body += row("邮箱", value["邮箱"]) + row("案例主题", themes) + "\\pard {\\v " + rich("隐去之语己") + "}\\par\n"
    for number, (name, texts) in zip("一二三", SECTIONS.items(), strict=True):
        body += "".join(f"\\pard {rich(line)}\\par\n" for line in (f"{number}、{name}", *texts))
    return ("{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0 SimSun;}}\\uc1\n" + body + "}").encode()


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """Old documents of every kind, bad ones among them, imported in one go; and who was asked for the pictures that lie elsewhere."""
    folder = tmp_path_factory.mktemp("old")
    write_files(folder, {"cases/collection.yml": COLLECTION, **{f"new/{name}.docx": ended(FORMS[name]()) for name in OLD}})
    command = [OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "doc", "--outdir", folder / "in"]
    subprocess.run([*command, *sorted((folder / "new").iterdir())], capture_output=True, timeout=240, check=True)
    asked = []
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=lambda: asked.append(listener.accept()), daemon=True).start()
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/a.png"
    (folder / "in" / "001-w14.wps").write_bytes((folder / "in" / "001-w14.doc").read_bytes())
    linked = f'{{\\field{{\\*\\fldinst INCLUDEPICTURE "{address}" \\\\d}}{{\\fldrslt x}}}}\\par '
    files = {
        "form.rtf": rich_form(),
        "link.rtf": b"{\\rtf1\\ansi " + linked.encode() + RTF[len(b"{\\rtf1\\ansi") :],
        "a.doc": b"",
        "pdf.doc": PDF,
    }
    write_files(folder, {"mine.png": png()})
    disk = linked.replace(address, (folder / "mine.png").as_uri())
    files["disk.rtf"] = b"{\\rtf1\\ansi " + disk.encode() + RTF[len(b"{\\rtf1\\ansi") :]
    files["disk.doc"] = f'<html><body><p>放学以后</p><img src="{(folder / "mine.png").as_uri()}"></body></html>'.encode()
    files["link.odt"] = odt(f'<text:p>放学以后<draw:frame><draw:image xlink:href="{address}"/></draw:frame></text:p>')
    locked = bytearray((folder / "in" / "001-w14.doc").read_bytes())
    locked[next(at for at in range(512, len(locked), 512) if locked[at : at + 2] == b"\xec\xa5") + 11] |= 1
    files |= {
        "locked.doc": bytes(locked),
        "damaged.doc": compound("WordDocument", "1Table"),
        "half.wps": (folder / "in" / "001-w14.doc").read_bytes()[:700],
    }
    write_files(folder, {f"in/{name}": data for name, data in files.items()})
    made = importing.arrive(project.find(folder), [folder / "in"])
    listener.close()
    return {Path(one.submission.source).name: one for one in made.arrivals}, made.problems, asked


def odt(body: str) -> bytes:
    """A small .odt."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    names = f'xmlns:office="{office}office:1.0" xmlns:text="{office}text:1.0" xmlns:draw="{office}drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    kind = "application/vnd.oasis.opendocument.text"
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    manifest = f'<manifest:manifest xmlns:manifest="{office}manifest:1.0">{entry.format("/", kind)}{entry.format("content.xml", "text/xml")}</manifest:manifest>'
    content = f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


@with_office
@pytest.mark.parametrize("name", [*(f"{name}.doc" for name in OLD), "001-w14.wps", "form.rtf"])
def test_old_documents_come_in_as_new_ones(converted, name):
    """Real .doc files, what WPS calls .wps, and .rtf: the same fields and texts, and nothing that hides in them."""
    tells(converted[0][name], fields("001-w14" if name == "form.rtf" else name.rpartition(".")[0]))


@with_office
def test_old_documents_that_cannot_be_read_are_told(converted):
    """Each by itself and in its kind: empty, renamed, with a password, broken; those in the same call are not lost with them."""
    told = {Path(problem.path).name: problem.kind for problem in converted[1] if problem.check == "files_are_read"}
    assert told == {"a.doc": "empty", "pdf.doc": "renamed", "locked.doc": "encrypted", "damaged.doc": "damaged", "half.wps": "damaged"}


@with_office
def test_nothing_is_fetched_for_an_old_document(converted):
    """A picture of another server is not asked for while a document is converted, whatever its format."""
    assert {"link.rtf", "link.odt"} <= set(converted[0])
    assert converted[2] == []
    assert [converted[0][name].file.pictures for name in ("disk.rtf", "disk.doc")] == [{}, {}], "nor is one of this computer"


def test_without_libreoffice_it_is_said_how_to_save(tmp_path):
    """The words to follow, and no attempt."""
    (tmp_path / "甲.doc").write_bytes(compound("WordDocument"))
    (refused,) = converting.converted([tmp_path / "甲.doc"], None).values()
    assert isinstance(refused, Refused) and refused.kind == "old-format" and "另存为 .docx" in refused.cure


@pytest.mark.skipif(os.name != "posix", reason="未检查：只在有 sh 的系统上试")
def test_a_file_that_ends_the_converter_loses_no_other(tmp_path):
    """A converter that dies at the second of three: the third is converted all the same, the second told."""
    good = package(p("字"))
    (tmp_path / "good.docx").write_bytes(good)
    program = tmp_path / "office"
    program.write_text(
        "#!/bin/sh\n"
        'while [ "$1" != "--outdir" ]; do shift; done\nout="$2"; shift 2; mkdir -p "$out"\n'
        'for file in "$@"; do grep -q bad "$file" && kill -9 $$; name=$(basename "$file" .doc); '
        f'cp "{tmp_path}/good.docx" "$out/$name.docx"; done\n'
    )
    program.chmod(0o755)
    files = [tmp_path / name for name in ("a.doc", "b.doc", "c.doc")]
    for path, words in zip(files, (b"a", b"bad", b"c"), strict=True):
        path.write_bytes(compound("WordDocument") + words)
    made = converting.converted(files, str(program))
    assert [made[files[0]], made[files[2]]] == [good, good] and made[files[1]].kind == "damaged"


def pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines as text, in a font that every reader knows by its name."""
    made = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name("/STSong-Light"), Encoding=pikepdf.Name("/UniGB-UCS2-H"),
        DescendantFonts=pikepdf.Array([pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType0, BaseFont=pikepdf.Name("/STSong-Light"),
            CIDSystemInfo=pikepdf.Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("GB1"), Supplement=4),
        )]),
    )  # fmt: skip
    page = made.add_blank_page(page_size=(595, 842))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=made.make_indirect(font)))
    drawn = "".join(f"1 0 0 1 60 {780 - 20 * at} Tm <{line.encode('utf-16-be').hex()}> Tj " for at, line in enumerate(lines))
    page.Contents = made.make_stream(f"BT /F1 12 Tf {drawn}ET".encode())
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("放学以后"))) as made:
        made.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def test_a_pdf_is_a_draft_that_says_so(make):
    """Its text comes in with a mark in the file itself; a scan, one with a password and half of one are refused with the reason."""
    folder = make({}, COLLECTION)
    text = [f"案例名称：{EXPECTED['案例名称']}", f"学校：{EXPECTED['学校']}", "一、案例背景", *SECTIONS["案例背景"]]
    files = {"甲.pdf": pdf(*text), "扫描.pdf": PDF, "锁.pdf": locked_pdf(), "半.pdf": pdf(*text)[:300], "改名.pdf": package(p("字"))}
    write_files(folder, {f"in/{name}": data for name, data in files.items()})
    made = importing.arrive(project.find(folder), [folder / "in"])
    (one,) = made.arrivals
    assert one.submission.is_draft and one.submission.values["school"] == (EXPECTED["学校"],)
    assert one.file.text.partition("\n---\n")[2].strip().startswith(DRAFT) and SECTIONS["案例背景"][1] in one.file.text
    told = {Path(problem.path).name: problem.kind for problem in made.problems}
    assert told == {"甲.pdf": "draft", "扫描.pdf": "scan", "锁.pdf": "encrypted", "半.pdf": "damaged", "改名.pdf": "renamed"}


def photo(secret: str) -> bytes:
    """A photo as a phone takes it: lying on its side, with the place where it was taken."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9286] = 6, "CAMERA", secret
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", (31.0, 46.0, 12.0)
    Image.new("RGB", (80, 40), (200, 30, 30)).save(out, "JPEG", exif=exif, comment=secret.encode())
    return out.getvalue()


def test_photos_are_written_without_what_cameras_write(make):
    """Beside a form and within one: upright, and no place, device, comment or thumbnail in the bytes that are written."""
    folder = make({}, COLLECTION)
    secret = "SECRET13800010500"
    inside = (
        '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="u"><pic:pic><pic:blipFill><a:blip r:embed="i"/></pic:blipFill></pic:pic>'
    )
    body = p("案例名称：甲案") + p(inside + "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>") + p("字" * 80)
    form = package(body, links=[("i", "image", "media/image1.jpg", False)], media={"word/media/image1.jpg": photo(secret)})
    files = {"甲/表.docx": form, "甲/照片.jpg": photo(secret), "甲/手机.heic": b"\0\0\0\x18ftypheic\0\0\0\0" + bytes(80)}
    write_files(folder, {f"in/{name}": data for name, data in files.items()})
    place = project.find(folder)
    made = importing.arrive(place, [folder / "in"])
    importing.settle(place, made)
    assert [(problem.kind, "HEIC" in problem.what) for problem in made.problems if problem.path.endswith(".heic")] == [("picture-other", True)]
    written = [path for path in (folder / "cases").rglob("*") if path.suffix in (".jpg", ".png", ".webp")]
    assert len(written) == 2
    for path in written:
        data = path.read_bytes()
        assert not any(word in data for word in (b"Exif", b"CAMERA", secret.encode(), b"http://ns.adobe.com"))
        with Image.open(path) as image:
            assert image.size == (40, 80) and not image.getexif() and "comment" not in image.info
