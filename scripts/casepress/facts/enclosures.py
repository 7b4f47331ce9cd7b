"""Enclosures: documents and films that go with a case, as they are published: under an ASCII name, without who wrote them when.

Flows in: the bytes of a file and its ending. Flows out: the published name, which tells the size, and the bytes. Documents
are written anew without their properties, their photos and the films of phones without place and day; what runs by itself
or leads into somebody's computer is refused.
"""

import hashlib
import io
import re
import zipfile
import zlib

from casepress.facts import officeparts
from casepress.facts.films import READERS, Film, NotAFilm
from casepress.facts.pictures import said_beside
from casepress.facts.stripping import stripped

MOST_BYTES, MOST_FILM, MOST_UNPACKED, MOST_PARTS = 50 * 1024**2, 300 * 1024**2, 400 * 1024**2, 5000
_DEEPEST = 2  # documents within documents
OFFICE = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
FILMS = tuple(READERS)
DOCUMENTS = (*OFFICE, "pdf")
ENDINGS = (*DOCUMENTS, *FILMS)
FOLDER = "cases/files/"  # in the site
_NAMED = re.compile(r"[0-9a-f]{16}-(\d+)\.([a-z0-9]+)")
_RECIPE = b"casepress file 4\0"
_PHOTOS = (".jpg", ".jpeg", ".jfif", ".png", ".webp", ".gif")
_EMPTY = {
    "docprops/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docprops/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docprops/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}  # fmt: skip


class NotEnclosed(Exception):
    """A file that may not be published; the message is the reason and `cure` what to do, Chinese sentences."""

    def __init__(self, reason: str, cure: str) -> None:
        super().__init__(reason)
        self.cure = cure


def ending(name: str) -> str:
    """The ending of a file's name, in lower case and without its dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def published_name(data: bytes, kind: str) -> str:
    """The ASCII name under which a file is published, `HASH-BYTES.ENDING`. Raises NotEnclosed."""
    sum_ = hashlib.sha256(_RECIPE)
    sum_.update(data)  # a film is large: it is not copied for its name
    if kind in FILMS:
        _is_film(data, kind)
    return f"{sum_.hexdigest()[:16]}-{len(data if kind in FILMS else published(data, kind))}.{kind}"


def size_of(name: str) -> int:
    """How many bytes a published file has, by its name."""
    found = _NAMED.fullmatch(name)
    return int(found[1]) if found else 0


def published(data: bytes, kind: str) -> bytes:
    """What is published of a file of this kind. Raises NotEnclosed."""
    fits(kind, len(data))
    if kind in OFFICE:
        return _office(data, kind)
    if kind == "pdf":
        return _pdf(data)
    return _is_film(data, kind).cleaned(data)


def fits(kind: str, size: int) -> None:
    """Raises NotEnclosed where a file of this kind, or any that is no document, has more bytes than one may have."""
    most = MOST_BYTES if kind in DOCUMENTS else MOST_FILM
    if size > most:
        raise NotEnclosed(f"有 {size // 1024**2} MB，最多 {most // 1024**2} MB", "请换成小一些的，或放到别处，在正文里写网址")


def _is_film(data: bytes, kind: str) -> Film:
    fits(kind, len(data))
    try:
        return READERS[kind](data)
    except NotAFilm as reason:
        raise NotEnclosed(str(reason), "请用剪辑软件另存为 MP4（H.264）") from reason


def _office(data: bytes, kind: str, depth: int = 0) -> bytes:
    again = f"请用 Office 或 WPS 打开，另存为 .{kind}"
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            parts = [part for part in package.infolist() if not part.is_dir()]
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise NotEnclosed("展开来太大，不像一份文档", again)
            names = [part.filename for part in parts]
            if officeparts.TYPES not in names or not any(name.startswith(OFFICE[kind]) for name in names):
                raise NotEnclosed(f"不是真正的 .{kind} 文件", again)
            types = package.read(officeparts.TYPES)
            if b"macroEnabled" in types or b"vbaProject" in types:
                raise NotEnclosed("里面有宏，会在别人电脑上自己运行", f"请另存为不带宏的 .{kind}")
            if found := officeparts.stopping(names):
                raise NotEnclosed(f"里面{found[1]}（{found[0]}）", f"{found[2]} .{kind}")
            leaving = officeparts.Leaving(names, package.read)
            for part in parts:
                name = part.filename
                if name.startswith(("/", "\\")) or ".." in name.split("/"):
                    raise NotEnclosed("里面有部件要通到文件外面去，不安全", "请不要用它，问问这个文件是哪里来的")
                if name in leaving.out:
                    continue
                inside = _EMPTY.get(name.lower()) or leaving.part(name, package.read(part))
                if found := officeparts.leads_away(name, inside):
                    shown = found if len(found) <= 60 else f"{found[:59]}…"
                    cure = "请打开它，删去这个链接（Excel 在“数据－编辑链接”里断开；图片请改为插入），再保存"
                    raise NotEnclosed(f"里面的内容要从“{shown}”取，别人打不开", cure)
                if name.lower().endswith(_PHOTOS) and said_beside(inside) and said_beside(inside := stripped(inside)):
                    raise NotEnclosed(f"里面有一张图片（{name}）写着拍摄信息或备注，去不掉", "请把这张图片另存为 JPG，再换进去")
                if inner := officeparts.within(name):
                    inside = _within(inside, inner, depth)
                made.writestr(zipfile.ZipInfo(name), inside, zipfile.ZIP_DEFLATED)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError) as reason:
        raise NotEnclosed("打不开：加了密码，或者坏了", again) from reason
    return out.getvalue()


def _within(data: bytes, kind: str, depth: int) -> bytes:
    """A document within a document, such as the numbers of a chart, published as any other."""
    if depth >= _DEEPEST:
        raise NotEnclosed("里面一层套一层地嵌着文件", "请把嵌入的文件换成图片")
    try:
        return _office(data, kind, depth + 1)
    except NotEnclosed as reason:
        raise NotEnclosed(f"里面嵌着的 .{kind} 文件{reason}", reason.cure) from reason


def _pdf(data: bytes) -> bytes:
    again = "请用“打印”另存成新的 PDF"
    if b"%PDF-" not in data[:1024]:  # something may stand before it (PDF Reference 1.7, appendix H, note 13)
        raise NotEnclosed("不是 PDF 文件", "请打开看看，另存为 PDF")
    from casepress.facts import pdfs  # pikepdf, which few cases need

    try:
        return pdfs.let_out(data)
    except pdfs.NotLetOut as reason:
        raise NotEnclosed(str(reason), "请向学校要没有密码的" if reason.is_locked else again) from reason


def remarks(data: bytes, kind: str) -> tuple[str, ...]:
    """What is in a document that people may not know they publish."""
    if kind == "pdf":
        from casepress.facts import pdfs

        return ("批注",) if pdfs.has_remarks(data) else ()
    if kind not in OFFICE:
        return ()
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = {name.lower(): name for name in package.namelist()}
        if any(re.search(r"/(?:threaded)?comments?[^/]*(?:/[^/]+)?\.xml$", name) for name in names):
            found.append("批注")
        if kind == "docx" and (body := names.get("word/document.xml")) and re.search(rb"<w:(?:ins|del)\s", package.read(body)):
            found.append("修订痕迹")
        if any(name.startswith("ppt/notesslides/") for name in names):
            found.append("演讲者备注")
        if kind == "xlsx" and (book := names.get("xl/workbook.xml")) and re.search(rb'state="(?:hidden|veryHidden)"', package.read(book)):
            found.append("隐藏的工作表")
    return tuple(found)
