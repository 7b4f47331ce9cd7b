"""Packages: a .docx or .xlsx of a stranger, opened under caps before any library sees it.

What it unpacks to is counted while it is unpacked, not as its directory claims. No DOCTYPE, no deep nesting, no path, and no
relation leads out of the package. What cannot be read is `Refused`, with a kind, what is wrong and how to mend it.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

MOST_BYTES, MOST_PARTS, MOST_RATIO, DEEPEST = 300 * 1024**2, 4000, 150, 200
_AGAIN = "请用 Word 或 WPS 打开，另存为 .docx，再收一次"
_HEADS = {
    b"%PDF": ("renamed", "这其实是一个 PDF 文件，只是改了扩展名", "请向学校要 Word 文件；只有 PDF 的，扩展名改回 .pdf"),
    b"\xff\xd8\xff": ("renamed", "这其实是一张照片，只是改了扩展名", "请向学校要 Word 文件"),
    b"\x89PNG": ("renamed", "这其实是一张图片，只是改了扩展名", "请向学校要 Word 文件"),
    b"{\\rtf": ("renamed", "这是 RTF 文件，只是改了扩展名", _AGAIN),
    b"Rar!": ("renamed", "这是一个 RAR 压缩包", "请先解压，再把里面的文件收进来"),
    b"7z\xbc\xaf": ("renamed", "这是一个 7z 压缩包", "请先解压，再把里面的文件收进来"),
}


class Refused(Exception):
    """A file that is not read: its kind in one word, what is wrong and the cure, Chinese sentences without their full stop."""

    def __init__(self, kind: str, what: str, cure: str) -> None:
        super().__init__(what)
        self.kind, self.what, self.cure = kind, what, cure


@dataclass(frozen=True)
class Package:
    """The parts of a package by their names, and what was left out of it because it leads out, as sentences."""

    parts: dict[str, bytes]
    left_out: tuple[str, ...] = ()


def opened(data: bytes) -> Package:
    """The parts of a package. Raises Refused."""
    if not data:
        raise Refused("empty", "这个文件是空的", "请向学校再要一次")
    _refuse_others(data)
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_PARTS:
                raise Refused("too-many", f"文件里有 {len(entries)} 个部件，太多了，不像一份文档", _AGAIN)
            if any(entry.flag_bits & 1 for entry in entries):
                raise Refused("encrypted", "这个文件加了密码", "请向学校要没有密码的文件")
            total = 0
            for entry in entries:
                name = entry.filename.replace("\\", "/")
                if name.startswith("/") or ":" in name or ".." in name.split("/"):
                    raise Refused("path", f"文件里有一个部件要写到别处去（{entry.filename[:60]}），不安全", _AGAIN)
                if name.endswith("/") or (entry.external_attr >> 16) & 0o170000 == 0o120000:
                    continue
                if name in parts:
                    raise Refused("double", "文件里同一个部件有两份", _AGAIN)
                parts[name] = _unpacked(archive, entry, MOST_BYTES - total)
                total += len(parts[name])
    except Refused:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as reason:
        raise Refused("damaged", "这个文件坏了，或者没有传完", "请向学校再要一次") from reason
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            tree(part)
    return Package(*_without_outside(parts))


def tree(part: bytes) -> etree._Element:
    """The tree of a part. Nothing is fetched and no entity is read. Raises Refused."""
    head = part[:4096]
    if b"<!DOCTYPE" in head or "<!DOCTYPE".encode("utf-16-le") in head or "<!DOCTYPE".encode("utf-16-be") in head or b"<!ENTITY" in head:
        raise Refused("doctype", "文件里夹带了不该有的定义（DOCTYPE），不安全", _AGAIN)
    depth = deepest = 0
    for found in re.finditer(rb"<(/?)[^<>!?]*?(/?)>", part):
        depth += -1 if found[1] else 0 if found[2] else 1
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise Refused("too-deep", f"文件里的表格套了 {deepest} 层，不像一份文档", _AGAIN)
    try:
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError) as reason:
        raise Refused("damaged", "这个文件坏了，里面的文字读不出来", _AGAIN) from reason
    return root


def packed(parts: dict[str, bytes]) -> bytes:
    """A package of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _refuse_others(data: bytes) -> None:
    """Refuse what is no package at all, by how it begins."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refused("encrypted", "这个文件加了密码", "请向学校要没有密码的文件")
        raise Refused("old-format", "这是旧格式的文件（.doc、.xls、.wps），只是改了扩展名", _AGAIN)
    for head, refusal in _HEADS.items():
        if data.startswith(head):
            raise Refused(*refusal)
    if not data.startswith(b"PK"):
        text = data[:400].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
        if text.startswith((b"<!doctype html", b"<html", b"<table")):
            raise Refused("renamed", "这其实是一个网页文件，只是改了扩展名", _AGAIN)
        raise Refused("damaged", "这不是 Word 或 Excel 文件，或者已经坏了", "请向学校再要一次")


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    """A part, read piece by piece so that a bomb is noticed before it fills the memory. Raises Refused."""
    pieces, size = [], 0
    with archive.open(entry) as file:
        while piece := file.read(1 << 20):
            size += len(piece)
            if size > room or size > (4 << 20) and size > MOST_RATIO * max(1, entry.compress_size):
                raise Refused("too-big", "文件解开以后大得不像一份文档", "请不要打开它，向学校再要一次")
            pieces.append(piece)
    return b"".join(pieces)


def _without_outside(parts: dict[str, bytes]) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Parts whose relations lead nowhere outside, but for the links that people click, and what was taken out."""
    left: list[str] = []
    for name in [name for name in parts if name.endswith(".rels")]:
        root = tree(parts[name])
        for relation in list(root):
            target, kind = relation.get("Target", ""), relation.get("Type", "").rsplit("/", 1)[-1]
            inside = relation.get("TargetMode") != "External" and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\", target)
            base = name.replace("_rels/", "").rsplit("/", 1)[0] if "/" in name.replace("_rels/", "") else ""
            climbs = target.count("../") > base.count("/") + bool(base)
            if (not inside and kind != "hyperlink") or (inside and climbs):
                left.append(f"文件外面的{'图片' if kind == 'image' else '内容'}没有取")
                root.remove(relation)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return parts, tuple(dict.fromkeys(left))
