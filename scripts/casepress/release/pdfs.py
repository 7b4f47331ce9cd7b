"""PDFs: what in a finished PDF would run or open by itself, what is attached to it, and where its links lead (ISO 32000-1, 12.6)."""

import io
import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from casepress.release.active import IsMeant

_SCHEMES = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_GOES = ("/GoTo", "/URI")
_ACTS = {"/JavaScript": "脚本", "/Launch": "打开别的程序的命令", "/SubmitForm": "会把内容发出去的表单", "/ImportData": "会读入别的文件的命令"}
_ATTACHED = ("/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/3D", "/Screen")


def in_pdf(data: bytes, is_meant: IsMeant) -> Iterator[str]:
    """What is active in a PDF, and an author in its properties whom the collection does not name."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield from _of_document(pdf)
        for nth, page in enumerate(pdf.pages, 1):
            if "/AA" in page.obj:
                yield f"第 {nth} 页有会自己运行的命令"
            notes = page.obj.get("/Annots")
            for note in notes if isinstance(notes, Array) else ():
                if isinstance(note, Dictionary):  # other programs leave null where they took one away
                    yield from (f"第 {nth} 页有{words}" for words in _of_annotation(note))
        author = str(pdf.docinfo.get("/Author", ""))
        if author and not is_meant(author):
            yield "文件属性里的作者"


def streams(data: bytes) -> Iterator[bytes]:
    """What the streams of a PDF hold, unpacked, but for pictures."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for each in pdf.objects:
            if isinstance(each, Stream) and each.get("/Subtype") != Name.Image:
                try:
                    yield each.read_bytes()
                except pikepdf.PdfError:
                    yield each.read_raw_bytes()


def _of_document(pdf: Pdf) -> Iterator[str]:
    root = pdf.Root
    names = root.get("/Names", Dictionary())
    if "/JavaScript" in names:
        yield "脚本"
    if "/EmbeddedFiles" in names or "/AF" in root:
        yield "夹带的文件"
    if "/AcroForm" in root and (root.AcroForm.get("/Fields") or "/XFA" in root.AcroForm):
        yield "表单"
    if "/AA" in root:
        yield "会自己运行的命令"
    opens = root.get("/OpenAction")
    if isinstance(opens, Dictionary):
        yield from _of_action(opens)


def _of_annotation(note: Dictionary) -> Iterator[str]:
    if str(note.get("/Subtype")) in _ATTACHED:
        yield "夹带的文件"
    if "/AA" in note:
        yield "会自己运行的命令"
    if isinstance(action := note.get("/A"), Dictionary):
        yield from _of_action(action)


def _of_action(action: Dictionary, depth: int = 0) -> Iterator[str]:
    kind = str(action.get("/S"))
    if kind in _ACTS:
        yield _ACTS[kind]
    elif kind not in _GOES:
        yield f"会自己运行的命令（{kind.removeprefix('/')}）"
    elif kind == "/URI" and not _SCHEMES.match(str(action.get("/URI", ""))):
        yield "不是网址的链接"
    follow = action.get("/Next")
    for each in follow if isinstance(follow, Array) else [follow] if isinstance(follow, Dictionary) else ():
        if depth < 5:
            yield from _of_action(each, depth + 1)
