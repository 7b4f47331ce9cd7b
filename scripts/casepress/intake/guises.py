"""Guises: what a file is by how it begins, whatever its name says, and what to tell of one that is not what its name says."""

import re

from casepress.facts.characters import LOW_CONTROLS
from casepress.intake.refusals import Refused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WANTED = {"word": ("Word", ".docx"), "sheet": ("Excel", ".xlsx"), "pdf": ("PDF", ".pdf"), "text": ("文本", ".txt")}
# By how files begin: the guise, what people call it, the ending that it should have.
_HEADS = (
    (re.compile(rb"PK(?:\x03\x04|\x05\x06)"), "package", "压缩包", ".zip"),
    (re.compile(re.escape(OLE)), "old", "旧格式的 Word、Excel 或 WPS 文件", ".doc 或 .xls"),
    (re.compile(rb"[\s\S]{0,1000}?%PDF-"), "pdf", "PDF 文件", ".pdf"),
    (re.compile(rb"\{\\rt"), "rtf", "RTF 文件", ".rtf"),
    (re.compile(rb"\xff\xd8\xff|\x89PNG|GIF8|BM....\0\0\0\0|II\*\0|MM\0\*|RIFF....WEBP|....ftyp(?:hei|hev|mif|msf)", re.DOTALL), "picture", "图片", ".jpg 或 .png"),
    (re.compile(rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI |0&\xb2u", re.DOTALL), "video", "视频", ".mp4"),
    (re.compile(rb"Rar!"), "rar", "RAR 压缩包", ".rar"),
    (re.compile(rb"7z\xbc\xaf"), "7z", "7z 压缩包", ".7z"),
    (re.compile(rb"\x1f\x8b"), "gzip", "压缩包", ".gz"),
)  # fmt: skip
_HTML = re.compile(r"<(?:!doctype html|html|head|body|table|meta|style)[\s>]", re.IGNORECASE)
_XML = re.compile(r"\s*<\?xml[^>]*\?>[\s\S]{0,600}?<(?:\w+:)?(wordDocument|Workbook|package)\b")


def guise(data: bytes) -> str:
    """What a file is: empty, package, old, pdf, rtf, picture, video, rar, 7z, gzip, html, xml, text; damaged where nothing tells."""
    if not data:
        return "empty"
    for pattern, name, _, _ in _HEADS:
        if pattern.match(data):
            return name
    text = _text(data[:8192])
    if text is None:
        return "damaged"
    return "xml" if _XML.match(text) else "html" if _HTML.search(text[:2000]) else "text"


def told(data: bytes, wanted: str) -> Refused:
    """What is to be told of a file that is not of the wanted kind (word, sheet, pdf, text), by its content."""
    program, ending = _WANTED[wanted]
    program = f" {program} " if program.isascii() else program
    found = guise(data)
    if found == "empty":
        return Refused("empty", "这个文件是空的（0 字节）", "请向学校再要一次")
    if found == "old":
        return old(data, wanted)
    if found == "damaged" or found == wanted:
        return Refused("damaged", f"这不是{program}文件，或者已经坏了", "请向学校再要一次")
    is_sheet = wanted == "sheet" and found != "rtf"
    again = f"请用 {'Excel' if is_sheet else 'Word'} 或 WPS 打开它，另存为 {ending if is_sheet else '.docx'}，再收一次"
    if found in ("html", "xml"):
        return Refused("renamed", f"这其实是{'网页' if found == 'html' else ' XML '}文件，不是扩展名说的那一种", again)
    if found == "text":
        other = ".csv" if wanted == "sheet" else ".txt"
        return Refused("renamed", "这其实是纯文字的文件，不是扩展名说的那一种", f"请把扩展名改成 {other}，再收一次")
    if found in ("rar", "7z", "gzip"):
        return Refused("renamed", f"这其实是{_spaced(_name(found)[0])}", "请先解压，再把里面的文件收进来")
    name, right = _name(found)
    asked = " Word " if wanted == "text" else program  # nobody is asked for less than they have
    cure = f"请向学校要{asked}文件；要照原样收的，把扩展名改回 {right}" if found in ("pdf", "picture", "video") else again
    return Refused("renamed", f"这其实是{_spaced(name)}，不是扩展名说的那一种", cure)


def old(data: bytes, wanted: str) -> Refused:
    """What is to be told of a container of old Office under a new name: it has a password, or is an old document."""
    ending = _WANTED[wanted][1]
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Refused("encrypted", "这个文件加了密码", "请向学校要没有密码的文件，或者打开它，去掉密码，另存一份再收")
    again = f"请用 {'Excel' if wanted == 'sheet' else 'Word'} 或 WPS 打开它，另存为 {ending}，再收一次"
    return Refused("old-format", "这是旧格式的文件（.doc、.xls、.wps），不是扩展名说的那一种", again)


def has_password(data: bytes) -> bool:
    """Whether an old document of Word says that it is encrypted ([MS-DOC] 2.5.2, fEncrypted), or a new one lies in its container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return True
    for at in range(512, min(len(data), 1 << 22), 512):
        if data[at : at + 2] == b"\xec\xa5":
            return bool(data[at + 11 : at + 12] and data[at + 11] & 1)
    return False


def _spaced(name: str) -> str:
    return f" {name}" if name[0].isascii() else name


def _name(found: str) -> tuple[str, str]:
    return next((name, ending) for _, key, name, ending in _HEADS if key == found)


def _text(head: bytes) -> str | None:
    """The beginning of a file as text; None where it is none."""
    for coding in ("utf-16",) if head[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        for cut in range(4):  # a character may be cut in two
            try:
                text = head[: len(head) - cut].decode(coding)
            except UnicodeDecodeError:
                continue
            return None if re.search(f"[{LOW_CONTROLS}]", text) else text
    return None
