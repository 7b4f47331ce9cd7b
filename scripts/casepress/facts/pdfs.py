"""PDFs: what in one would run or open by itself, what is attached to it, and where its links lead (ISO 32000-1, 12.6); and a stranger's,
as it is let out: without who made it, when and with what.

Flows in: the bytes of a PDF. Flows out: Chinese words for each thing that must not leave, or the bytes that are published.
"""

import io
import re
from collections.abc import Callable, Iterator, Set

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError, Stream, String

from casepress.facts.stripping import stripped

MOST_UNPACKED = 400 * 1024**2
_SCHEMES = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_GOES = ("/GoTo", "/URI", "/Named", "/Thread")  # within the document, or where it is said below
_ACTS = {
    "/JavaScript": "脚本", "/Launch": "打开别的程序的命令", "/SubmitForm": "会把内容发出去的表单", "/ImportData": "会读入别的文件的命令",
    "/GoToR": "指向别的文件的链接", "/GoToE": "夹带的文件", "/Movie": "夹带的文件", "/Sound": "夹带的文件", "/Rendition": "夹带的文件",
    "/RichMediaExecute": "夹带的文件",
}  # fmt: skip
_ATTACHED = ("/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/3D", "/Screen")
_RUNS = {"/JS": "脚本", "/AA": "会自己运行的命令", "/EF": "夹带的文件", "/XFA": "表单"}  # whatever has such an entry
# What programs write beside a page: properties, their own working data, thumbnails (ISO 32000-1, 14.3, 14.5, 12.3.4).
_BESIDE = {"/Metadata", "/PieceInfo", "/Thumb", "/LastModified"}
_REMARKS = frozenset("/Text /FreeText /Highlight /Underline /Squiggly /StrikeOut /Ink /Stamp /Caret /Popup".split())
_LOOKED = {*_RUNS, *_BESIDE, "/S", "/T"}
_TOO_MUCH = "太多的内容，展开来不像一份文档"
_MOST_DICTIONARIES = 500_000
_DEEPEST = 200  # of actions and entries of an outline that follow one another
# A few bytes may promise gigabytes: what no stream of a document comes to is not unpacked. That holds in the whole process.
_MOST_STREAM = 100 * 1024**2
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=_MOST_STREAM, run_length_max_memory=_MOST_STREAM, png_max_memory=_MOST_STREAM, tiff_max_memory=_MOST_STREAM,
    max_stream_filters=4,
)  # fmt: skip


class NotLetOut(Exception):
    """A PDF that may not be published; the message says in Chinese what is the matter with it, `is_locked` whether it wants a password."""

    def __init__(self, reason: str, is_locked: bool = False) -> None:
        super().__init__(reason)
        self.is_locked = is_locked


def in_pdf(data: bytes, is_meant: Callable[[str], bool]) -> Iterator[str]:
    """What is active in a PDF, and an author in its properties whom the collection does not name (`is_meant`). Raises PdfError."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield from _active(pdf)
        author = _text(pdf.docinfo.get("/Author"))
        if author and not is_meant(author):
            yield "文件属性里的作者"


def let_out(data: bytes) -> bytes:
    """A stranger's PDF as it is published: written anew, so that nothing of its earlier states is left, without its properties, and its
    photos without where they were taken. Raises NotLetOut.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise NotLetOut("加了密码", is_locked=True)
            if found := next(_active(pdf), "") or _hidden(pdf):
                raise NotLetOut(found if found.startswith("第") else f"里面有{found}")
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True)
    except pikepdf.PasswordError as reason:
        raise NotLetOut("加了密码", is_locked=True) from reason
    except (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RuntimeError, OverflowError) as reason:  # of what is broken
        raise NotLetOut("打不开，多半坏了") from reason
    return out.getvalue()


def has_remarks(data: bytes) -> bool:
    """Whether somebody wrote remarks onto the pages. What cannot be read has none."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return any(_text(note.get("/Subtype")) in _REMARKS for page in pdf.pages for note in _annotations(page.obj))
    except PdfError:
        return False


def streams(data: bytes) -> Iterator[bytes]:
    """What the streams of a PDF hold, unpacked, but for pictures."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for each in pdf.objects:
            if isinstance(each, Stream) and each.get("/Subtype") != Name.Image:
                try:
                    yield each.read_bytes()
                except PdfError:
                    yield each.read_raw_bytes()


def _active(pdf: Pdf) -> Iterator[str]:
    """What acts, page by page."""
    yield from _of_document(pdf.Root)
    for nth, page in enumerate(pdf.pages, 1):
        if "/AA" in page.obj:
            yield f"第 {nth} 页有会自己运行的命令"
        for note in _annotations(page.obj):
            yield from (f"第 {nth} 页有{words}" for words in _of_annotation(note))


def _annotations(page: Dictionary) -> Iterator[Dictionary]:
    notes = page.get("/Annots")
    return (note for note in (notes if isinstance(notes, Array) else ()) if isinstance(note, Dictionary))  # others leave null behind


def _of_document(root: Dictionary) -> Iterator[str]:
    names, form = _dictionary(root.get("/Names")), _dictionary(root.get("/AcroForm"))
    if "/JavaScript" in names:
        yield "脚本"
    if "/EmbeddedFiles" in names or "/AF" in root:
        yield "夹带的文件"
    if form.get("/Fields") or "/XFA" in form:
        yield "表单或电子签章"
    if "/AA" in root:
        yield "会自己运行的命令"
    yield from _of_action(_dictionary(root.get("/OpenAction")), is_asked=False)
    yield from _of_outline(_dictionary(_dictionary(root.get("/Outlines")).get("/First")))


def _of_outline(entry: Dictionary) -> Iterator[str]:
    """What the bookmarks do, in any order: an entry that was seen is not seen again, however they go round."""
    seen, rest = set(), [entry]
    while rest:
        if not (entry := rest.pop()) or entry.is_indirect and (entry.objgen in seen or seen.add(entry.objgen)):
            continue
        yield from _of_action(_dictionary(entry.get("/A")))
        rest += (found for name in ("/Next", "/First") if isinstance(found := entry.get(name), Dictionary) and found.is_indirect)


def _of_annotation(note: Dictionary) -> Iterator[str]:
    if _text(note.get("/Subtype")) in _ATTACHED:
        yield "夹带的文件"
    if "/AA" in note:
        yield "会自己运行的命令"
    yield from _of_action(_dictionary(note.get("/A")))


def _of_action(action: Dictionary, depth: int = 0, is_asked: bool = True) -> Iterator[str]:
    """What an action does, and those that follow it; one that nobody asks for, as the document is opened, may go to a page only."""
    if "/S" not in action:
        return
    kind = _text(action.get("/S"))
    if kind in _ACTS:
        yield _ACTS[kind]
    elif kind not in (_GOES if is_asked else ("/GoTo",)):
        yield f"会自己运行的命令（{kind.removeprefix('/')}）"
    elif kind == "/URI" and not _SCHEMES.match(_text(action.get("/URI"))):
        yield "不是网址的链接"
    follow = action.get("/Next")
    for each in follow if isinstance(follow, Array) else [follow]:
        if isinstance(each, Dictionary):
            yield from _of_action(each, depth + 1, is_asked) if depth < _DEEPEST else ["会自己运行的命令"]


def _hidden(pdf: Pdf) -> str:
    """What of a stranger's PDF acts, though no page shows it, what it takes from elsewhere, and what is more than a document holds; on the
    way what says who made it is taken out.
    """
    size = 0
    for nth, (found, names) in enumerate(_dictionaries(pdf)):
        if nth > _MOST_DICTIONARIES:
            return _TOO_MUCH
        if not names & _LOOKED and "/Length" not in names:
            continue
        if acts := names & _RUNS.keys():
            return _RUNS[min(acts)]
        if "/S" in names and not names & {"/K", "/P"} and (kind := _text(found.get("/S"))) in _ACTS:  # elements may be called so as well
            return _ACTS[kind]
        if isinstance(found, Stream):
            if "/F" in names:
                return "要从别的文件里取的内容"
            try:
                size += 0 if found.get("/Subtype") == Name.Image else len(found.read_bytes())
            except PdfError:  # broken, or more than may be unpacked: nobody could say what is in it
                return "解不开的内容"
            if size > MOST_UNPACKED:
                return _TOO_MUCH
        _bare(found, names)
    return ""


def _bare(found: Dictionary | Stream, names: Set[str]) -> None:
    """Take out of a dictionary who made it, when and with what, and of a photo what it says beside its pixels."""
    for name in names & _BESIDE:
        del found[name]
    if "/T" in names and _text(found.get("/Subtype")) in _REMARKS:
        del found["/T"]  # who wrote a remark
    if "/Filter" in names and isinstance(found, Stream) and found.Filter in (Name.DCTDecode, Array([Name.DCTDecode])):
        if (bare := stripped(data := found.read_raw_bytes())) != data:
            found.write(bare, filter=Name.DCTDecode, decode_parms=found.get("/DecodeParms"))


def _dictionaries(pdf: Pdf) -> Iterator[tuple[Dictionary | Stream, Set[str]]]:
    """Every dictionary of a PDF and every stream, also those that stand within others, each with its names."""
    for each in pdf.objects:
        rest: list[Object] = [each]
        while rest:
            found = rest.pop()
            if isinstance(found, (Dictionary, Stream)):
                entries = dict(found.items())
                yield found, entries.keys()
                rest += (value for value in entries.values() if _is_within(value))
            elif isinstance(found, Array):
                rest += (value for value in found if _is_within(value))


def _is_within(value: object) -> bool:
    return isinstance(value, (Dictionary, Array)) and not value.is_indirect


def _dictionary(value: object) -> Dictionary:
    """A value where it is a dictionary, as it should be."""
    return value if isinstance(value, Dictionary) else Dictionary()


def _text(value: object) -> str:
    """A name or a string as text; empty where it is none of them."""
    return str(value) if isinstance(value, (Name, String)) else ""
