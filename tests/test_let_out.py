"""What of a stranger's document is published: PDFs written anew without who made them, photos within documents without where they were
taken; and what acts, or leads into somebody's computer, is refused by check, in the words in which a build would say it."""

import io
import os
import zipfile

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import ExifTags, Image, PngImagePlugin

from casepress.facts import enclosures, officeparts, pdfs
from casepress.facts.pictures import said_beside
from casepress.facts.stripping import stripped
from conftest import SETTINGS, case_text, run

AGAIN = "请用“打印”另存成新的 PDF"


def photo(kind: str, **more) -> bytes:
    """A picture of noise that says where it was taken, and more."""
    image, exif, out = Image.effect_noise((64, 48), 60), Image.Exif(), io.BytesIO()
    exif[ExifTags.Base.Make] = "Phone"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (31.0, 46.0, 0.0), 3: "E", 4: (119.0, 57.0, 0.0)})
    said = {} if kind == "GIF" else {"exif": exif}
    (image if kind == "GIF" else image.convert("RGB")).save(out, kind, **said, **more)
    return out.getvalue()


def text() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "somebody")
    info.add_text("Comment", "somebody", zip=True)
    info.add_itxt("XML:com.adobe.xmp", "<x>somebody</x>")
    return info


PHOTOS = {
    "JPEG": photo("JPEG", comment=b"somebody", xmp=b"<x>somebody</x>", icc_profile=b"a profile"),
    "progressive": photo("JPEG", progressive=True),
    "MPO": photo("MPO", save_all=True, append_images=[Image.new("RGB", (64, 48))]),
    "PNG": photo("PNG", pnginfo=text(), icc_profile=b"a profile"),
    "WEBP": photo("WEBP", xmp=b"<x>somebody</x>", lossless=True),
    "GIF": photo("GIF", comment=b"somebody", save_all=True, append_images=[Image.effect_noise((64, 48), 9)], loop=3, duration=80),
}


@pytest.mark.parametrize("kind", PHOTOS)
def test_a_photo_says_nothing_and_shows_the_same(kind):
    """Every kind loses what it says beside its pixels, its colours and its moving stay; once more changes nothing."""
    data = PHOTOS[kind]
    bare = stripped(data)
    assert said_beside(data) and not said_beside(bare) and stripped(bare) == bare and b"somebody" not in bare and b"Phone" not in bare
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(bare))
    assert [before.convert("RGB").tobytes(), before.info.get("icc_profile")] == [after.convert("RGB").tobytes(), after.info.get("icc_profile")]
    if kind == "GIF":
        assert (after.n_frames, after.info["loop"], after.info["duration"]) == (before.n_frames, 3, before.info["duration"])
        after.seek(1)


@pytest.mark.parametrize("kind", PHOTOS)
def test_a_photo_that_is_cut_off_is_no_trouble(kind):
    """Whatever of a file is there, it is gone through to its end, and nothing is made up."""
    data = PHOTOS[kind]
    for size in (*range(0, 60), *range(60, len(data), 37)):
        assert len(stripped(data[:size])) <= size + 12
    assert stripped(b"BM" + data) == b"BM" + data


def pdf(change=None, save: dict | None = None) -> bytes:
    """A PDF of one page after something was done to it."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        if change:
            change(made)
        made.save(out, **(save or {}))
    return out.getvalue()


def root(**entries):
    return lambda made: [made.Root.__setitem__(f"/{name}", value) for name, value in entries.items()]


def page(**entries):
    return lambda made: [made.pages[0].obj.__setitem__(f"/{name}", value) for name, value in entries.items()]


def link(**action):
    return page(Annots=Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 1, 1], A=Dictionary(**action))]))


def outline(made: Pdf) -> None:
    """Bookmarks that go round in a circle; the second starts a program."""
    first, second = made.make_indirect(Dictionary(Title="a")), made.make_indirect(Dictionary(Title="b", A=Dictionary(S=Name.Launch, F="a.exe")))
    first.Next, second.Next = second, first
    made.Root.Outlines = made.make_indirect(Dictionary(First=first, Last=second, Count=2))


def elsewhere(made: Pdf) -> None:
    stream = made.make_stream(b"")
    stream["/F"] = "C:\\secret.txt"
    made.pages[0].obj.Contents = stream


def escaped(data: bytes) -> bytes:
    """Names as hostile programs write them (ISO 32000-1, 7.3.5)."""
    return data.replace(b"/JavaScript", b"/Jav#61Script").replace(b"/JS", b"/J#53")


SCRIPT = Dictionary(S=Name.JavaScript, JS=String("x"))
REFUSED = {
    "opened": (pdf(root(OpenAction=SCRIPT)), "里面有脚本"),
    "escaped": (escaped(pdf(root(OpenAction=SCRIPT))), "里面有脚本"),
    "packed": (pdf(root(OpenAction=SCRIPT), {"object_stream_mode": pikepdf.ObjectStreamMode.generate}), "里面有脚本"),
    "unseen": (pdf(lambda made: made.Root.__setitem__("/Odd", made.make_indirect(Dictionary(X=Array([SCRIPT]))))), "里面有脚本"),
    "printed at once": (pdf(root(OpenAction=Dictionary(S=Name.Named, N=Name.Print))), "里面有会自己运行的命令（Named）"),
    "attached": (pdf(root(Names=Dictionary(EmbeddedFiles=Dictionary()))), "里面有夹带的文件"),
    "form": (pdf(root(AcroForm=Dictionary(Fields=[Dictionary(FT=Name.Tx)]))), "里面有表单或电子签章"),
    "on the page": (pdf(page(AA=Dictionary(O=Dictionary(S=Name.GoTo)))), "第 1 页有会自己运行的命令"),
    "bookmark": (pdf(outline), "里面有打开别的程序的命令"),
    "other file": (pdf(link(S=Name.GoToR, F="a.pdf")), "第 1 页有指向别的文件的链接"),
    "path": (pdf(link(S=Name.URI, URI=String("file:///C:/a"))), "第 1 页有不是网址的链接"),
    "stream elsewhere": (pdf(elsewhere), "里面有要从别的文件里取的内容"),
    "broken": (b"%PDF-1.4\n" + os.urandom(400), "打不开，多半坏了"),
    "no pages": (pdf(root(Pages=3)), "打不开，多半坏了"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_pdf_that_acts_is_refused(name):
    """Wherever it hangs, however it is written; with a reason and a cure. What a build would say of it, check says."""
    data, words = REFUSED[name]
    with pytest.raises(enclosures.NotEnclosed) as refused:
        enclosures.published(data, "pdf")
    assert (str(refused.value), refused.value.cure) == (words, AGAIN)


def test_a_locked_pdf_is_refused():
    """One with a password, and one that only says what may be done with it."""
    for word in ("secret", ""):
        with pytest.raises(enclosures.NotEnclosed, match="加了密码"):
            enclosures.published(pdf(save={"encryption": pikepdf.Encryption(owner="x", user=word)}), "pdf")


def noise(made: Pdf) -> None:
    """What is drawn may be any bytes: a scan of some megabytes has the name of every command in it."""
    made.pages[0].obj.Contents = made.make_stream(
        b"% " + b"/JS /JavaScript /Launch /EmbeddedFiles /Author(x) /Encrypt ".join([os.urandom(99)] * 9)
    )


ODD = {"Names": 3, "AcroForm": Array(), "Outlines": String("x"), "OpenAction": Array([Name.Fit]), "Metadatx": Name.None_, "Info": 4}


@pytest.mark.parametrize(
    "data",
    [
        pdf(),
        pdf(noise, {"compress_streams": False}),
        pdf(link(S=Name.URI, URI=String("https://a.example/"))),
        pdf(link(S=Name.Named, N=Name.NextPage)),
        pdf(link(X=Name.Y)),
        pdf(root(**ODD)).replace(b"/Metadatx", b"/Metadata"),
        pdf(page(Annots=Array([None, 3]))),
        b"% made by a scanner\n" + pdf(),
    ],
)
def test_a_pdf_that_does_nothing_is_let_out(data):
    """Links into the web and within the document, bytes that look like names of commands, entries of the wrong kind: nobody is troubled."""
    let_out = enclosures.published(data, "pdf")
    assert list(pdfs.in_pdf(let_out, lambda name: False)) == [] and enclosures.published(data, "pdf") == let_out
    with pikepdf.open(io.BytesIO(data)) as before, pikepdf.open(io.BytesIO(let_out)) as after:
        drawn = [[each.obj.Contents.read_bytes() for each in made.pages if "/Contents" in each.obj] for made in (before, after)]
    assert drawn[0] == drawn[1]


def signed(made: Pdf) -> None:
    """Who wrote it in all the places where programs say it, and a photo as a phone made it."""
    made.docinfo["/Author"], made.docinfo["/Company"] = "somebody", "somebody"
    with made.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:creator"] = ["somebody"]
    image = made.make_stream(
        PHOTOS["JPEG"], Type=Name.XObject, Subtype=Name.Image, Width=64, Height=48, ColorSpace=Name.DeviceRGB, BitsPerComponent=8
    )
    image.Filter, image.Metadata = Name.DCTDecode, made.make_stream(b"<x>somebody</x>")
    remark = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], T=String("somebody"), Contents=String("a remark"))
    made.pages[0].obj.Resources = Dictionary(XObject=Dictionary(I=image))
    page(Annots=Array([remark]), PieceInfo=Dictionary(X=String("somebody")), Contents=made.make_stream(b"q 64 0 0 48 0 0 cm /I Do Q"))(made)
    made.Root.Gone = made.make_stream(b"somebody")


def test_a_pdf_leaves_without_who_made_it():
    """Properties, XMP, working data, the author of a remark, the photo's place, and what an earlier state of the file said; the remark itself is told."""
    data = pdf(signed, {"compress_streams": False})
    later = data.replace(b"/Gone", b"/Gon#65")
    with pikepdf.open(io.BytesIO(later)) as made:
        del made.Root.Gone
        out = io.BytesIO()
        made.save(out, compress_streams=False)
    let_out = enclosures.published(out.getvalue(), "pdf")
    with pikepdf.open(io.BytesIO(let_out)) as made:
        everything = b"".join(
            [
                let_out,
                *(repr(each).encode() for each in made.objects),
                *(each.read_raw_bytes() for each in made.objects if isinstance(each, Stream)),
            ]
        )
        assert b"a remark" in everything and made.pages[0].obj.Resources.XObject.I.read_raw_bytes() == stripped(PHOTOS["JPEG"])
    assert b"somebody" in data and b"somebody" not in everything and b"Phone" not in everything
    assert enclosures.remarks(data, "pdf") == ("批注",) and enclosures.remarks(pdf(), "pdf") == enclosures.remarks(b"x", "pdf") == ()


def test_what_a_few_bytes_promise_is_not_unpacked(monkeypatch):
    """More than a document holds, in one stream or in many, is refused before it is there."""
    monkeypatch.setattr(pdfs, "MOST_UNPACKED", 3_000_000)

    def many(made: Pdf) -> None:
        made.pages[0].obj.Contents = Array([made.make_stream(bytes(1_000_001)) for _ in range(3)])

    with pytest.raises(enclosures.NotEnclosed, match="展开来不像一份文档"):
        enclosures.published(pdf(many), "pdf")
    before = pikepdf.settings.set_qpdf_limits(flate_max_memory=2_000_000)
    try:
        with pytest.raises(enclosures.NotEnclosed, match="解不开的内容"):
            enclosures.published(pdf(lambda made: page(Contents=made.make_stream(bytes(2_500_000)))(made)), "pdf")
    finally:
        pikepdf.settings.set_qpdf_limits(**before)
    assert before["flate_max_memory"] == 100 * 1024**2, "the bound stands in every process that reads PDFs"
    monkeypatch.setattr(pdfs, "_MOST_DICTIONARIES", 5)
    with pytest.raises(enclosures.NotEnclosed, match="展开来不像一份文档"):
        enclosures.published(pdf(root(X=Array([Dictionary()] * 9))), "pdf")


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(relations: str = "", **parts: bytes) -> bytes:
    """A document with relations of its settings, and further parts."""
    listed = f"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{relations}</Relationships>"
    parts = {officeparts.TYPES: b"<Types/>", "word/document.xml": b"<w/>", "word/_rels/settings.xml.rels": listed.encode()} | parts
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def external(kind: str, target: str) -> str:
    return f'<Relationship Id="rId9" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/>'


def test_the_template_of_a_document_stays_at_home():
    """The path where a computer keeps it is gone, with the tag that means it; all else is as it was."""
    settings = b'<w:s xmlns:r="x"><w:attachedTemplate r:id="rId9"/><w:attachedTemplate r:id="rId8"/><w:zoom/></w:s>'
    data = docx(external("attachedTemplate", "file:///C:\\Users\\somebody\\Normal.dotm"), **{"word/settings.xml": settings})
    with zipfile.ZipFile(io.BytesIO(enclosures.published(data, "docx"))) as package:
        assert package.read("word/settings.xml") == settings.replace(b'<w:attachedTemplate r:id="rId9"/>', b"")
        assert b"somebody" not in b"".join(map(package.read, package.namelist()))


@pytest.mark.parametrize(
    ("kind", "target", "is_let_out"),
    [
        ("hyperlink", "https://www.moe.gov.cn/", True), ("hyperlink", "mailto:a@b.example", True), ("hyperlink", "#_Toc1", True), ("hyperlink", "", True),
        ("hyperlink", "file:///C:\\a.docx", False), ("hyperlink", "a.docx", False), ("image", "https://a.example/1.png", False),
        ("externalLinkPath", "file:///D:\\成绩.xlsx", False), ("oleObject", "http://a.example/", False), ("frame", "http://a.example/", False),
    ],
)  # fmt: skip
def test_a_document_leads_into_the_web_alone(kind, target, is_let_out):
    """A link that a reader follows may be; what is fetched when it is opened, and what lies on somebody's computer, is named with a cure."""
    data = docx(external(kind, target))
    if is_let_out:
        assert enclosures.published(data, "docx")
        return
    with pytest.raises(enclosures.NotEnclosed, match="别人打不开") as refused:
        enclosures.published(data, "docx")
    assert target in str(refused.value) and "删去" in refused.value.cure


def test_photos_in_a_document_do_not_say_where_they_were_taken():
    """Each is stripped, whatever the letters of its name; one that will not lose it stops the document, with its name."""
    with zipfile.ZipFile(
        io.BytesIO(enclosures.published(docx(**{"word/media/A.JPG": PHOTOS["JPEG"], "word/media/b.png": PHOTOS["PNG"]}), "docx"))
    ) as package:
        assert [package.read("word/media/A.JPG"), package.read("word/media/b.png")] == [stripped(PHOTOS["JPEG"]), stripped(PHOTOS["PNG"])]
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "TIFF", description="somebody")
    with pytest.raises(enclosures.NotEnclosed, match=r"word/media/c\.jpg"):
        enclosures.published(docx(**{"word/media/c.jpg": out.getvalue()}), "docx")


def test_check_says_of_an_enclosure_what_a_build_would_say(make):
    """The same look at what is published: whatever gets past the first is told by check, at the file; what was allowed once is told when it no longer is."""
    home = os.path.expanduser("~")
    folder = make({
        "a.md": case_text("甲").replace("---\n", "---\n附件: [a.docx, b.docx]\n", 1),
        "a.docx": docx(**{"word/document.xml": f"<w>{home}/secret/plan.docx 13912345678</w>".encode()}),
        "b.docx": docx(),
        "collection.yml": SETTINGS + "privacy:\n  allow:\n    - {text: '13912345678', reason: 值班电话}\n",
    }, site=True)  # fmt: skip
    said = run("-C", folder, "check").words
    assert (
        said.count("cases/a.docx: 错误: 附件里有这台电脑上的名字或路径") == 1
        and "b.docx" not in said
        and "手机" not in said
        and "理由" not in said
    )
    built = run("-C", folder, "site")
    assert built.code == 1 and "cases/a.docx: 错误" in built.words

    (folder / "cases/a.docx").write_bytes(docx(**{"word/document.xml": b"<w>13912345678</w>"}))
    assert run("-C", folder, "check").code == 0
    (folder / "cases/collection.yml").write_text(SETTINGS, "utf-8")
    said = run("-C", folder, "check")
    assert said.code == 1 and "cases/a.docx: 错误" in said.words and "手机号" in said.words


def test_check_looks_at_what_goes_with_the_bureaus_pages(make):
    """A sheet and somebody's PDF to which a page leads, in a folder: what a build finds in them check has told, of the same file."""
    from test_enclosed import pdf as written

    folder = make({"a.md": case_text("甲")}, site=True)
    (folder / "content/表").mkdir()
    (folder / "content/about.md").write_text("# 关于\n\n见[表](表/a.docx)、[书](表/b.pdf)、[图](表/c.pdf)。\n", "utf-8")
    for name, data in (
        ("a.docx", docx(**{"word/document.xml": f"<w>{os.path.expanduser('~')}/secret/plan.docx</w>".encode()})),
        ("b.pdf", written("13887654321")),
        ("c.pdf", REFUSED["opened"][0]),
    ):
        (folder / "content/表" / name).write_bytes(data)
    said = run("-C", folder, "check").words
    assert "content/表/c.pdf: 错误: 附件不能用：里面有脚本" in said
    (folder / "content/表/c.pdf").write_bytes(pdf())
    checked, built = run("-C", folder, "check"), run("-C", folder, "site")
    for said in (checked.words, built.words):
        assert all(f"content/表/{name}: 错误" in said for name in ("a.docx", "b.pdf")) and "c.pdf" not in said, said
