"""PDFs, old documents and what a collection has already, as the intake takes them. See `taken`."""

import io
import json
import os
import tempfile
from pathlib import Path

from pikepdf import Dictionary, Name, Pdf

from badparts import compound
from casepress.collection import project
from casepress.collection.settings import read_settings
from casepress.intake import converting, documents, pages, photos, reading, receiving, sections, there, videos
from casepress.intake.blocks import Paragraph
from casepress.intake.refusals import Refused
from casepress.values.rules import Video
from conftest import write_files
from taken import KNOWN, SETTINGS, long, of_data, refused, submission
from wordparts import p, package, style, tbl, tc, tr
from wordplants import picture, png


def pdf(*texts: str, info: str = "") -> bytes:
    """A PDF of pages with lines of Latin letters."""
    made = Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for text in texts:
        lines = "".join(f"({line}) Tj 0 -14 Td " for line in text.split("\n"))
        page = made.add_blank_page(page_size=(595, 842))
        page.Resources = Dictionary(Font=Dictionary(F=font))
        page.Contents = made.make_stream(f"BT /F 12 Tf 20 780 Td {lines}ET".encode())
    made.docinfo["/Author"] = info
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def of_pdfs():
    """Texts of PDFs as drafts; scans, broken ones and those with too many pages refused."""
    draft = lambda data: refused(lambda: [line[:200] for line in submission(documents.of_pdf(data, "a.pdf", KNOWN))])  # noqa: E731
    some = {"plain": pdf("A title\nThe first line of a text is long enough\nand goes on.\n- 2 -", "The second page of it, as long."), "19 letters": pdf("a" * 19), "20 letters": pdf("a" * 20), "39 on two": pdf("a" * 39, ""), "40 on two": pdf("a" * 40, ""), "500 pages": pdf(*["a" * 20] * 500), "501 pages": pdf(*["a" * 20] * 501), "cut": pdf("a" * 20)[:40], "none": b"text", "no page": pdf()}  # fmt: skip
    for name, data in some.items():
        yield name
        yield from draft(data)
    yield str(list(pages.said(pdf("One", "Two", info="Somebody"))))
    for count in (2000, 2001):
        yield from (line[:120] for line in refused(lambda count=count: [str(next(pages.said(pdf(*["a"] * count))))]))
    yield from refused(lambda: list(pages.said(b"%PDF-x")))


def of_converting():
    """Old documents: what is told without LibreOffice, and what a program is asked that stands in its place."""
    files = {"空.doc": b"", "锁.doc": compound("EncryptedPackage"), "新.doc": package(p("题")), "照片.doc": b"\x89PNG", "字.doc": b"text", "旧.doc": compound("WordDocument"), "富.rtf": b"{\\rtf1 INCLUDEPICTURE objlink x}", "网.doc": b"<html><img src='file:///etc/x' HREF=y></html>", "包.odt": b"PK\x03\x04 src="}  # fmt: skip
    echo = '#!/bin/sh\nall="$*"\nwhile [ "$1" != --outdir ]; do shift; done\nmkdir -p "$2"; out=$2; shift 2\nfor file; do name=${file##*/}; { echo "$all"; echo "$http_proxy $https_proxy $HOME"; cat "$file"; cat "$out/../profile/user/registrymodifications.xcu"; } > "$out/${name%.*}.docx"; done\n'
    with tempfile.TemporaryDirectory() as name:
        folder = write_files(Path(name), {f"in/{key}": data for key, data in files.items()})
        paths = [*(folder / "in" / key for key in files), folder / "in" / "没有.doc"]
        for program in (None, "echo", "fails", "none"):
            if program in ("echo", "fails"):
                (folder / program).write_text(echo if program == "echo" else "#!/bin/sh\nexit 3\n", "utf-8")
                (folder / program).chmod(0o755)
            yield f"{program}"
            for path, made in converting.converted(paths, program and str(folder / program)).items():
                if isinstance(made, Refused):
                    yield f"  {path.name} {made.kind} {made.what}。{made.cure}"
                else:
                    lines = (
                        made.decode("utf-8", "replace").split("\n")
                        if program == "echo" and not made.startswith(b"PK")
                        else [f"as it is: {made == path.read_bytes()}"]
                    )
                    root = next((word for line in lines for word in line.split() if word.endswith("/out")), "/none/out")[: -len("/out")]
                    yield from (f"  {path.name} {line.replace(root, '…').replace(chr(0), '')[:400]}" for line in lines if "\x01" not in line)
        yield f"{converting._ran(['/bin/true'], 9, folder)} {converting._ran(['/bin/false'], 9, folder)} {converting._ran(['/none'], 9, folder)}"


def of_there():
    """The cases of a collection, which of them came in, and what is remembered of these."""
    settings = "title: 库\nfields:\n  school: {label: 学校, kind: text}\n"
    cases = {
        "甲/a.md": "---\n标题: 甲｜的\n学校: 乙\n编号: x1\n---\n",
        "B.md": "---\nid: b\ntitle: 题\n---\n",
        "空.md": "",
        "无头.md": "正文\n",
        "列.md": "---\n学校: [甲, 乙]\n---\n",
    }
    with tempfile.TemporaryDirectory() as name:
        folder = write_files(Path(name), {"cases/collection.yml": settings, **{f"cases/{key}": text for key, text in cases.items()}})
        place, known = project.find(folder), read_settings(settings.encode())[0]
        made = there.read(place, known)
        for key in sorted(made.texts):
            yield f"{key} {made.texts[key]!r} {made.identities[key]} {made.ids[key]}"
        yield f"{made.called('b')} {made.called('B')} {made.called('c')} {made.came}"
        came = {"乙": there.Came("1", "2", ("a.png",), {"a.png": ("图", "题")}), "甲": there.Came("3", "4")}
        there.remember(place, came)
        record = folder / "cases/.private/received.json"
        yield record.read_text("utf-8")
        yield f"{oct((folder / 'cases/.private').stat().st_mode)} {(folder / 'cases/.private/.gitignore').read_text()!r} {there.read(place, known).came == came}"
        before = record.stat().st_ino
        there.remember(place, came)
        (folder / "cases/.private/.gitignore").write_text("mine")
        there.ready(place)
        yield f"{record.stat().st_ino == before} {(folder / 'cases/.private/.gitignore').read_text()!r}"
        there.remember(place, {})
        yield f"{record.stat().st_ino == before} {record.read_text('utf-8')}"
        for broken in (
            "{",
            "[]",
            '{"a": 1}',
            '{"a": {}}',
            '{"a": {"identity": "1", "sum": "2", "pictures": 3, "words": {}}}',
            '{"a": {"identity": "1", "sum": "2", "pictures": [], "words": {"f": [1]}}}',
        ):
            record.write_text(broken)
            yield f"{broken} {there.read(place, known).came}"
        yield f"{there.worded(came['乙'], {'b.png': ('b', ''), 'a.png': ('a', '')})}"


def of_more():
    """What stands in several places of a document, and is counted from where it stands."""
    yield str(sections.parted([Paragraph("一\n二", "只有一行"), Paragraph("一\n\n三", "*一*\n\n三", 2, True)]))
    links, media = [("pic", "image", "media/image1.png", False)], {"word/media/image1.png": png()}
    merged = tbl(
        tr("头", "头", "头"),
        tr(tc("高", merge="restart"), "a", tc("横高", merge="restart")),
        tr(tc("", merge="continue"), "b", tc("", merge="continue")),
        tr(tc("", merge="continue"), tc("宽", 2)),
        columns=3,
    )
    body = p("题目") + p("甲小学") + p(long() + "。") + p(picture()) + p(picture()) + merged + p(picture()) + p("图", style="cap") + p(long())
    yield from of_data(package(body, style("cap", "caption"), links=links, media=media))
    pieces = p("汇编") + "".join(
        p(f"{n}、常州市{t}小学的做法") + p(f"{t}小学　李四") + p(long(size=110)) + (p(picture()) if t == "乙" else "") + p(long(size=70))
        for n, t in zip("一二三", "甲乙丙", strict=True)
    )
    yield from of_data(package(pieces, links=links, media=media))
    run_in = p("汇编") + "".join(
        p(f"{n}、常州市{t}小学。后面的话" + long(size=110)) + p(long(size=70)) for n, t in zip("一二三", "甲乙丙", strict=True)
    )
    yield from of_data(package(run_in + p("丢的") + tbl(tr("月", "人"), tr("九", "6"), columns=2)))
    yield from of_data(package(tbl(tr("案例名称", "题"), *(tr(f"栏{chr(0x4E00 + n)}", "x") for n in range(21)), columns=2) + p(long())))
    yield f"{photos.Row('a', 'b', line=1) == photos.Row('a', 'b', line=2)} {photos.Row('a', 'b') == photos.Row('a', 'c')}"
    with tempfile.TemporaryDirectory() as name:
        folder = write_files(Path(name), {"in/b/2.txt": b"x", "in/a.txt": b"x", "c.txt": b"x"})
        title = lambda word: tbl(tr("案例名称", word), tr("负责人", "李"), columns=2) + p(long() + "。")  # noqa: E731
        for called, data in (("题+丙小学.docx", title("甲") + title("乙")), ("题+丙小学+李四.docx", title("甲"))):
            made = reading._read(reading.Job(Path(called), called, package(data)), KNOWN, SETTINGS.places)
            yield f"{[one.values for one in made.submissions]}"
        yield str([called for _, called in receiving.files_of([folder / "c.txt", folder / "in"])])
        for size in (100 * 1024**2, 100 * 1024**2 + 1, 102 * 1024**2, 2048 * 1024**2):
            with open(folder / "in/大.docx", "wb") as file:
                file.truncate(size)
            yield f"{size} " + " ".join(refused(lambda: [str(receiving._job(folder / "in/大.docx", "大.docx", None).name)]))
        (folder / "in" / "链接.txt").symlink_to(folder / "c.txt")
        os.mkfifo(folder / "in" / "管道.txt")
        for called in ("链接.txt", "管道.txt", "b", "a.txt", "~$a.txt", "~a.txt", ".x", "DESKTOP.INI", "没有"):
            yield f"{called} {receiving._aside(folder / 'in' / called, f'in/{called}')} {receiving._aside(folder / 'in' / called, called)} {receiving._is_of_programs(folder / 'in' / called)} {receiving._is_read(folder / 'in' / called, called)}"
    yield documents._quoted('a"b')


def of_probes():
    """What ffprobe says of a file, as it is taken; a program that says what lies in the file stands in its place."""
    stream = {
        "width": 1920,
        "height": 1080,
        "codec_name": "h264",
        "avg_frame_rate": "30000/1001",
        "r_frame_rate": "30/1",
        "bit_rate": "2500000",
        "duration": "9.5",
    }
    format_ = {"format_name": "mov,mp4", "duration": "10.5", "bit_rate": "3000000"}
    without = lambda *names: {key: value for key, value in stream.items() if key not in names}  # noqa: E731
    turned = lambda angle: stream | {"side_data_list": [{"x": 1}, {"rotation": angle}]}  # noqa: E731
    said = [
        {"streams": [stream], "format": format_}, {"streams": [stream, {}]}, {"streams": [without("avg_frame_rate")], "format": {}}, {"streams": [without("avg_frame_rate", "r_frame_rate", "bit_rate")], "format": format_},
        {"streams": [{}]}, {"streams": []}, {}, "[", {"streams": [turned(90)]}, {"streams": [turned(-90)]}, {"streams": [turned(180)]}, {"streams": [turned(0)]}, {"streams": [turned("270")]},
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        folder = write_files(
            Path(name),
            {"ffprobe": '#!/bin/sh\nfor last; do :; done\necho "$*" > "${0%/*}/asked"\ncat "${last#file:}" && [ ! -e "${last#file:}.bad" ]\n'},
        )
        (folder / "ffprobe").chmod(0o755)
        before = os.environ["PATH"]
        os.environ["PATH"] = f"{folder}:{before}"
        try:
            for one in said:
                (folder / "a.mp4").write_text(one if isinstance(one, str) else json.dumps(one))
                yield f"{videos.is_there()} {videos.probe(folder / 'a.mp4')}"
            yield (folder / "asked").read_text().replace(str(folder), "…").strip()
            write_files(folder, {"a.mp4": json.dumps(said[0]), "a.mp4.bad": "", "空.mp4": ""})
            yield f"{videos.probe(folder / 'a.mp4')} {videos.probe(folder / '空.mp4')}"
            os.environ["PATH"] = "/none"
            yield f"{videos.is_there()}"
        finally:
            os.environ["PATH"] = before
    probe = videos.Probe(("mp4",), "vp9", 0, 0, 0.0, 0.0, 0.0)
    yield f"{videos.faults(Path('a.mp4'), probe, Video(codec='vp9'))}"


AREAS = {"probes": of_probes, "pdfs": of_pdfs, "converting": of_converting, "there": of_there, "more": of_more}
