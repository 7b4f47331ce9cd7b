"""Packages: a .docx or .xlsx of a stranger, opened under caps before any library sees it.

What it unpacks to is counted while it is unpacked, not as its directory claims. No DOCTYPE, no deep nesting, no path, and no
relation leads out of the package. What cannot be read is `Refused`, with a kind, what is wrong and how to mend it.
"""

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from casepress.facts import pictures
from casepress.intake import guises
from casepress.intake.refusals import Refused, Remark

MOST_BYTES, MOST_PARTS, MOST_RATIO, DEEPEST = 200 * 1024**2, 4000, 150, 200
_AGAIN = {"word": "请用 Word 或 WPS 打开，另存为 .docx，再收一次", "sheet": "请用 Excel 或 WPS 打开，另存为 .xlsx，再收一次"}
_STRANGE = "请不要打开它，问问学校这个文件是哪里来的"
_MEDIA = re.compile(r"(?:^|/)media/[^/]+$")
_KINDS = {"word": "word", "xl": "sheet", "ppt": "slides"}


@dataclass(frozen=True)
class Package:
    """The parts of a package by their names, the name of its main part, and what was left out of it."""

    parts: dict[str, bytes]
    main: str = ""
    left_out: tuple[Remark, ...] = ()


def opened(data: bytes, wanted: str) -> Package:
    """The parts of a package of the wanted kind, word or sheet. Raises Refused."""
    if not data.startswith(b"PK"):
        raise guises.told(data, wanted)
    parts = _unzipped(data, wanted)
    del data
    parts = {name: part for name, part in parts.items() if not name.casefold().endswith(".svg")}
    for name, part in parts.items():
        if _is_xml(name, part):
            tree(part, wanted)
    parts, outside = _without_outside(parts)
    left = (
        [
            Remark(
                "outside",
                f"文件外面的{'、'.join(outside[:-1])}{'和' * (len(outside) > 1)}{outside[-1]}没有取",
                "要用的话，请打开原件，把它放进文件里，再收一次",
            )
        ]
        if outside
        else []
    )
    left += _without_bombs(parts)
    return Package(parts, _main(parts, wanted), tuple(left))


def tree(part: bytes, wanted: str = "word") -> etree._Element:
    """The tree of a part. Nothing is fetched and no entity is read. Raises Refused."""
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        part = re.sub(r"^<\?xml[^>]*\?>", "", part.decode("utf-16", "replace")).encode()
    doctype = Refused("doctype", "文件里夹带了不该有的定义（DOCTYPE），不安全", _STRANGE)
    if b"<!DOCTYPE" in part[:4096] or b"<!ENTITY" in part[:4096]:
        raise doctype
    depth = deepest = 0
    for found in re.finditer(rb"<(/?)[^<>!?]*?(/?)>", part):
        depth += -1 if found[1] else 0 if found[2] else 1
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise Refused("too-deep", f"文件里一层套一层，套了 {deepest} 层，不像一份文档", _AGAIN[wanted])
    try:
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError) as reason:
        raise Refused("damaged", "这个文件坏了，里面的文字读不出来", _AGAIN[wanted]) from reason
    if root.getroottree().docinfo.doctype:
        raise doctype
    return root


def leads_to(name: str, target: str) -> str:
    """The part that a relation of a part means by its target."""
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(name), target))


def related(parts: dict[str, bytes], name: str, kind: str) -> list[str]:
    """The parts of a kind (header, comments) that a part leads to, whatever they are called, each once."""
    folder, _, file = name.rpartition("/")
    rels = parts.get(f"{folder}/_rels/{file}.rels")
    found = [
        leads_to(name, relation.get("Target", ""))
        for relation in (tree(rels) if rels is not None else ())
        if relation.get("Type", "").rpartition("/")[2] == kind
    ]
    return [each for each in dict.fromkeys(found) if each in parts]


def packed(parts: dict[str, bytes]) -> bytes:
    """A package of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _unzipped(data: bytes, wanted: str) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    seen: set[str] = set()
    again = _AGAIN[wanted]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_PARTS:
                raise Refused("too-many", f"文件里有 {len(entries)} 个部件，太多了，不像一份文档", again)
            if any(entry.flag_bits & 1 for entry in entries):
                raise Refused("encrypted", "这个文件加了密码", "请向学校要没有密码的文件")
            total = 0
            for entry in entries:
                name = entry.filename.replace("\\", "/")
                is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
                if is_link or name.startswith("/") or ":" in name or ".." in name.split("/"):
                    raise Refused("path", f"文件里有一个部件要通到文件外面去（{_short(entry.filename)}），不安全", _STRANGE)
                if name.endswith("/"):
                    continue
                if name.casefold() in seen:
                    raise Refused("double", "文件里同一个部件有两份，不知道哪一份是真的", again)
                seen.add(name.casefold())
                parts[name] = _unpacked(archive, entry, MOST_BYTES - total)
                total += len(parts[name])
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as reason:
        raise Refused("damaged", "这个文件坏了，或者没有传完", "请向学校再要一次") from reason
    return parts


def _short(name: str) -> str:
    return re.sub(r"[\x00-\x1f]", "", name)[:60]


def _is_xml(name: str, part: bytes) -> bool:
    """Whether a library may read a part as XML, by its name or by how it begins."""
    return name.casefold().endswith((".xml", ".rels", ".vml")) or part[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\xfe\xff\0 \t\r\n").startswith(b"<")


def _main(parts: dict[str, bytes], wanted: str) -> str:
    """The name of the main part, as the package's relations say or as everyone calls it. Raises Refused for another kind of package."""
    usual = {"word": "word/document.xml", "sheet": "xl/workbook.xml"}[wanted]
    named = usual
    if "_rels/.rels" in parts:
        for relation in tree(parts["_rels/.rels"]):
            if relation.get("Type", "").endswith("/officeDocument"):
                named = posixpath.normpath(relation.get("Target", "").lstrip("/"))
    folders = {name.partition("/")[0] for name in parts}
    main = named if named in parts else usual
    kind = next((_KINDS[folder] for folder in _KINDS if folder in ({main.partition("/")[0]} if main in parts else folders)), "")
    if main in parts and (kind or wanted) == wanted:
        return main
    if kind == wanted:
        raise Refused("damaged", "这个文件缺了最要紧的部分，打不开", "请向学校再要一次")
    if kind:
        name, ending = {"word": ("Word", ".docx"), "sheet": ("Excel", ".xlsx"), "slides": ("PPT", ".pptx")}[kind]
        cure = "请向学校要 Word 文件" if kind == "slides" else f"请把扩展名改成 {ending}，再收一次"
        raise Refused("renamed", f"这其实是 {name} 文件，不是扩展名说的那一种", cure)
    if parts.get("mimetype", b"").startswith(b"application/vnd.oasis"):
        raise Refused("renamed", "这其实是 OpenDocument 文件（.odt、.ods），不是扩展名说的那一种", _AGAIN[wanted])
    raise Refused("not-a-document", "这是一个压缩包，里面没有文档", "请先解压，再把里面的文件收进来")


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


def _without_outside(parts: dict[str, bytes]) -> tuple[dict[str, bytes], list[str]]:
    """Parts whose relations lead nowhere outside, but for the links that people click, and what was taken out, in words."""
    left: list[str] = []
    for name in [name for name in parts if name.endswith(".rels")]:
        root = tree(parts[name])
        for relation in list(root):
            target, kind = relation.get("Target", ""), relation.get("Type", "").rsplit("/", 1)[-1]
            inside = relation.get("TargetMode") != "External" and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\", target)
            base = name.replace("_rels/", "").rsplit("/", 1)[0] if "/" in name.replace("_rels/", "") else ""
            climbs = target.count("../") > base.count("/") + bool(base)
            if (not inside and kind != "hyperlink") or (inside and climbs):
                left.append({"image": "图片", "attachedTemplate": "模板"}.get(kind, "内容"))
                root.remove(relation)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return parts, list(dict.fromkeys(left))


def _without_bombs(parts: dict[str, bytes]) -> list[Remark]:
    """Take pictures away that have more points than can be read, and tell it once."""
    left = []
    for name in [name for name in parts if _MEDIA.search(name)]:
        try:
            pictures.opened(parts[name])
        except pictures.NotAPicture as reason:
            if reason.kind == "too-big":
                left.append(Remark("picture-too-big", f"文件里有一幅图片没有收：{reason}", reason.cure))
                del parts[name]
    return left
