"""What leaves is what was meant to: every file that was built is read once more, written down with its sum, and a copy is held against that."""

import gzip
import io
import json
import shutil
import struct
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, PngImagePlugin

from casepress import scaffold
from casepress.facts import films, pdfs
from casepress.release import active, manifest, traces
from conftest import case_text, write_files
from movies import HEAD, box, element, mp4, track, webm
from test_enclosed import office

SHIPPED = Path(__file__).parents[1] / "theme"
FAULTS = {
    '<p onclick="x()">甲</p>': "会自己运行的 onclick",
    "<p class='a' ONERROR=x>甲</p>": "会自己运行的 onerror",
    "<img src=x onerror=alert(1)>": "会自己运行的 onerror",
    "<script>x()</script>": "写在页面里的脚本",
    '<script type="module">x()</script>': "写在页面里的脚本",
    '<script src="https://a.example/x.js"></script>': "要从别处取的",
    '<script\nsrc="//a.example/x.js"></script>': "要从别处取的",
    '<link rel="stylesheet" href="https://fonts.example/css">': "要从别处取的",
    '<img src="http://a.example/1.png">': "要从别处取的",
    '<img srcset="//a.example/1.png 2x">': "要从别处取的",
    '<iframe src="https://a.example/"></iframe>': "要从别处取的",
    '<form action="https://a.example/">': "要从别处取的",
    '<a href="javascript:x()">甲</a>': "javascript:",
    '<a href=" JavaScript:x()">甲</a>': "javascript:",
    '<a href="&#106;avascript:x()">甲</a>': "javascript:",
    '<a href="java\tscript:x()">甲</a>': "javascript:",
    '<a href="java&#10;script:x()">甲</a>': "javascript:",
    '<a href="javascript&colon;x()">甲</a>': "javascript:",
    '<a href="file:///C:/a">甲</a>': "file:",
    '<a href="data:text/html,x">甲</a>': "data:",
    '<meta http-equiv="refresh" content="0">': "会自己跳走的网页",
    '<object data="x">': "<object>",
    '<base href="/">': "<base>",
    "<svg><foreignObject></foreignObject></svg>": "<foreignobject>",
    '<p style="background:url(https://a.example/1.png)">甲</p>': "要从别处取的样式",
}
SOUND = (
    '<a href="https://www.moe.gov.cn/" rel="noopener">教育部</a><img src="../pictures/1.jpg" alt="online = 1">',
    '<script src="../assets/cases.js" defer></script><script type="application/ld+json">{"@context": "https://schema.org"}</script>',
    '<link rel="canonical" href="https://a.example/"><img src="data:image/png;base64,AA">',
    "<p>写法：onclick=&quot;x&quot;，javascript: 开头的地址，&lt;script&gt;</p>",
)


@pytest.mark.parametrize("html", FAULTS)
def test_what_runs_or_loads_in_a_page_is_seen(html):
    """Each way in which a page runs something or asks another place for something is told; quickly seeing that there is none misses none."""
    found = list(active.in_page(f"<!doctype html><html><body><h1>甲</h1>{html}</body></html>"))
    assert len(found) == 1 and found[0].startswith(FAULTS[html])


@pytest.mark.parametrize("html", SOUND)
def test_what_pages_may_have_is_sound(html):
    """Links, the site's own files, data for programs and words about code are nothing to be told."""
    assert list(active.in_page(html)) == []
    assert list(active.in_page('<img src="https://own.example/1.png">', own="https://own.example/")) == []


def pdf(root: dict | None = None, page: dict | None = None, author: str = "") -> bytes:
    """A PDF of one page with further entries."""
    with pikepdf.new() as made:
        made.add_blank_page()
        for name, value in (root or {}).items():
            made.Root[name] = value
        for name, value in (page or {}).items():
            made.pages[0].obj[name] = value
        if author:
            made.docinfo["/Author"] = author
        data = io.BytesIO()
        made.save(data)
    return data.getvalue()


def link(action: Dictionary) -> dict:
    return {"/Annots": Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 1, 1], A=action)])}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pdf({"/OpenAction": Dictionary(S=Name.JavaScript, JS=String("x"))}), "脚本"),
        (pdf({"/Names": Dictionary(JavaScript=Dictionary())}), "脚本"),
        (pdf({"/Names": Dictionary(EmbeddedFiles=Dictionary())}), "夹带的文件"),
        (pdf({"/AA": Dictionary()}), "会自己运行的命令"),
        (pdf({"/AcroForm": Dictionary(Fields=[Dictionary()])}), "表单或电子签章"),
        (pdf(page={"/AA": Dictionary()}), "第 1 页有会自己运行的命令"),
        (pdf(page=link(Dictionary(S=Name.Launch))), "第 1 页有打开别的程序的命令"),
        (pdf(page=link(Dictionary(S=Name.URI, URI=String("file:///etc/passwd")))), "第 1 页有不是网址的链接"),
        (
            pdf(page=link(Dictionary(S=Name.URI, URI=String("https://a.example/"), Next=Dictionary(S=Name.Launch)))),
            "第 1 页有打开别的程序的命令",
        ),
        (pdf(page={"/Annots": Array([Dictionary(Subtype=Name.FileAttachment)])}), "第 1 页有夹带的文件"),
        (pdf(author="某人"), "文件属性里的作者"),
    ],
)
def test_what_runs_in_a_pdf_is_seen(data, words):
    """Scripts, commands, attachments and authors in PDFs are told, wherever they hang."""
    assert list(pdfs.in_pdf(data, lambda name: False)) == [words]


def test_a_sound_pdf_says_nothing():
    """Links to the web and into the document, and an author whom the collection names, are what was meant."""
    page = link(Dictionary(S=Name.URI, URI=String("https://www.moe.gov.cn/")))
    assert list(pdfs.in_pdf(pdf(page=page, author="某小学"), "某小学".__eq__)) == []


def test_what_pictures_and_packages_say_is_seen():
    """Words beside pixels, and names in the properties of a document, are told."""
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", "某人")
    data = io.BytesIO()
    Image.new("RGB", (4, 4)).save(data, "PNG", pnginfo=said)
    assert list(active.in_picture(data.getvalue())) == ["附带的文字"]
    data, exif = io.BytesIO(), Image.Exif()
    exif[0x8825] = {1: "N"}
    Image.new("RGB", (4, 4)).save(data, "JPEG", exif=exif, comment=b"c")
    assert list(active.in_picture(data.getvalue())) == ["拍摄信息（可能有位置）", "注释"]
    assert list(active.in_package(office(), lambda name: False, False)) == ["文件属性里的人名或单位"]
    assert list(active.in_package(office(), "王小明".__eq__, False)) == []
    assert list(active.in_package(office(word__vbaProject__bin=b"x"), "王小明".__eq__, False)) == ["会运行的 word/vbaProject/bin"]
    assert list(active.in_style("a{background:url( 'https://a.example/1.png')}"))


def test_films_tell_no_place_and_no_day():
    """What a phone writes into a film beside its pictures is gone; pictures and sound are where they were."""
    place = box(b"udta", box("©xyz".encode("latin-1"), b"\0\x12\x15\xc7+31.2304+121.4737/"))
    about = box(b"meta", b"com.apple.quicktime.location")
    seen = track(b"vide", len(HEAD) + 8, [6], about, said=b"31.2304 Camera")
    flown = track(b"meta", len(HEAD) + 14, [7, 7], said=b"31.2304") + track(b"text", len(HEAD) + 28, [7], said=b"31.2304")
    film = mp4(place, box(b"free", b"31.2304"), tracks=seen + flown, pixels=b"pixels" + b"31.2304" * 3, last=box(b"XMP_", b"31.2304"))
    film += b"SEFT 31.2304 Camera"
    made = films.mp4(film).cleaned(film)
    assert len(made) == len(film) and made.startswith(HEAD + box(b"mdat", b"pixels" + bytes(21)))
    assert not {each for each in (b"31.2304", b"Camera", b"location", struct.pack(">I", 3_700_000_000)) if each in made}
    assert films.mp4(made).cleaned(made) == made and made.count(b"trak") == 1 and struct.pack(">II", 1, len(HEAD) + 8) in made
    said = element(0x1254C367, b"31.2304"), element(0x1941A469, b"31.2304" * 40)
    for film in (webm(*said, said=b"Camera"), webm(said=b"Camera", is_open=True)):
        made = films.webm(film).cleaned(film)
        assert len(made) == len(film) and made.endswith(b"pixels") and b"31.2304" not in made and b"Camera" not in made
        assert films.webm(made).cleaned(made) == made


def test_traces_of_the_machine_are_found(tmp_path):
    """Paths are found wherever they stand, names of users and machines only by themselves."""
    marks = traces.traces(tmp_path / "库")
    assert any(str(tmp_path / "库") in each for each in marks.found(f"<p>{tmp_path}/库/cases</p>".encode()))
    assert not list(marks.found(b"<p>/cases/1.html</p>"))
    named = traces.Traces((), (b"zhangsan9",))
    assert list(named.found(b"by zhangsan9.")) == ["zhangsan9"] and not list(named.found(b"zhangsan99"))


@pytest.fixture(scope="module")
def released(mother, tmp_path_factory) -> Path:
    """A small collection with its site and one book, built."""
    folder = scaffold.new_collection(tmp_path_factory.mktemp("released") / "a")
    for each in (folder / "cases").glob("*.md"):
        each.unlink()
    write_files(folder, {"cases/a.md": case_text("甲", body="正文。")})
    code, said = mother.run("-C", folder, "build")
    assert code == 0, said
    return folder


def test_a_release_is_written_down_and_held_against(released, mother, tmp_path):
    """All files of site and books stand in release.json; a copy is the same, or it is told what was changed, is missing, or came in."""
    said = json.loads((released / "build/release.json").read_bytes())
    there = {
        path.relative_to(released / "build").as_posix()
        for part in manifest.PARTS
        for path in (released / "build" / part).rglob("*")
        if path.is_file()
    }
    assert set(said["files"]) == there and said["title"]
    copy = tmp_path / "www"
    shutil.copytree(released / "build/site", copy)
    page = copy / "cases/a.html"
    (copy / "cases/a.html.gz").write_bytes(gzip.compress(page.read_bytes()))
    code, told = mother.run("-C", released, "verify", copy)
    assert code == 0 and "一模一样" in told
    page.write_bytes(page.read_bytes() + b" ")
    (copy / "404.html").unlink()
    (copy / "shell.php").write_bytes(b"x")
    (copy / "index.html.gz").write_bytes(gzip.compress(b"other"))
    code, told = mother.run("-C", released, "verify", copy)
    assert code == 1 and "和发布时不同：cases/a.html" in told and "少了：404.html" in told and "1 个不同，少 1 个，多 2 个" in told
    assert "多出来：shell.php" in told and "多出来：index.html.gz" in told
    assert mother.run("-C", released, "verify", released / "build")[0] == 0
    assert mother.run("-C", released, "verify", released / "build/books")[0] == 0
    assert "没有一个文件是这次发布的" in mother.run("-C", released, "verify", tmp_path / "..")[1]
    other = tmp_path / "release.json"
    other.write_bytes((released / "build/release.json").read_bytes().replace(b"404.html", b"405.html"))
    assert "被人改过" in mother.run("-C", released, "verify", copy, "--release", other)[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("<script>fetch('x')</script>", "写在页面里的脚本"),
        ('<img src="https://count.example/1.gif" alt="">', "要从别处取的 https://count.example/1.gif"),
        ("<p>{{ here }}</p>", "这台电脑上的名字或路径"),
    ],
)
def test_what_must_not_leave_stops_a_build(released, mother, tmp_path, words, told):
    """A counter, a script or a path that somebody wrote into a template is told with its page, and the last release stays."""
    folder = tmp_path / "库"
    shutil.copytree(released, folder)
    before = (folder / "build/release.json").read_bytes()
    template = (SHIPPED / "pages/case.html").read_text("utf-8") + words.replace("{{ here }}", str(folder.resolve()))
    write_files(folder / "theme/pages", {"case.html": template})
    code, said = mother.run("-C", folder, "site")
    assert code == 1 and f"build/site/cases/a.html: 错误: 这里有{told}" in said, said
    assert (folder / "build/release.json").read_bytes() == before and "</html>" in (folder / "build/site/cases/a.html").read_text("utf-8")
