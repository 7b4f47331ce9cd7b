"""Package: the parts of a .docx, how they relate to each other, and the file that holds them; the same parts give the same bytes."""

import io
import zipfile
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from casepress.word.xml import part, plain

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip knows
_PICTURES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif"}
_KINDS = {"word/document.xml": "document.main", "word/styles.xml": "styles", "word/settings.xml": "settings",
          "word/fontTable.xml": "fontTable", "word/footnotes.xml": "footnotes", "word/numbering.xml": "numbering"}  # fmt: skip


class Relations:
    """What a part leads to, each under a name of its own, in the order in which it was first asked for."""

    def __init__(self) -> None:
        self._named: dict[tuple[str, str, bool], str] = {}

    def to(self, kind: str, target: str, outside: bool = False) -> str:
        """The name under which the part leads there."""
        return self._named.setdefault((kind, target, outside), f"rId{len(self._named) + 1}")

    def __bool__(self) -> bool:
        return bool(self._named)

    def part(self) -> bytes:
        root = plain("Relationships", {"xmlns": f"{_PACKAGE}/relationships"})
        for (kind, target, outside), name in self._named.items():
            address = kind if "/" in kind else f"{_OFFICE}/{kind}"
            entry = {"Id": name, "Type": address, "Target": target}
            root.append(plain("Relationship", entry | ({"TargetMode": "External"} if outside else {})))
        return part(root)


def picture_kind(data: bytes) -> str:
    """What a picture is, by its first bytes, as the ending of its name; empty for a kind that Word does not show."""
    return next((kind for mark, kind in _PICTURES.items() if data.startswith(mark)), "")


def packed(parts: Mapping[str, bytes], about: Mapping[str, str]) -> bytes:
    """The file of these parts, which need no content types and no relations of the whole; `about` is said of the book."""
    top = Relations()
    top.to("officeDocument", "word/document.xml")
    top.to(f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
    every = {"[Content_Types].xml": _types(parts), "_rels/.rels": top.part(), "docProps/core.xml": _core(about), **parts}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        for name, data in every.items():
            entry = zipfile.ZipInfo(name, _FIRST)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            file.writestr(entry, data)
    return out.getvalue()


def _types(parts: Mapping[str, bytes]) -> bytes:
    root = plain("Types", {"xmlns": f"{_PACKAGE}/content-types"})
    kinds = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    kinds |= {kind: f"image/{kind}" for kind in _PICTURES.values()}
    root.extend(plain("Default", {"Extension": ending, "ContentType": kind}) for ending, kind in kinds.items())
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    root.append(plain("Override", {"PartName": "/docProps/core.xml", "ContentType": core}))
    for name in parts:
        kind = _KINDS.get(name) or next((each for each in ("header", "footer") if name.startswith(f"word/{each}")), "")
        if kind:
            root.append(plain("Override", {"PartName": f"/{name}", "ContentType": f"{_WORD}.{kind}+xml"}))
    return part(root)


def _core(about: Mapping[str, str]) -> bytes:
    root: Element = plain(
        "cp:coreProperties",
        {
            "xmlns:cp": f"{_PACKAGE}/metadata/core-properties",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:dcterms": "http://purl.org/dc/terms/",
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
        },
    )
    for name, value in about.items():
        if value:
            is_date = name.startswith("dcterms:")
            root.append(plain(name, {"xsi:type": "dcterms:W3CDTF"} if is_date else {}, text=value))
    return part(root)
