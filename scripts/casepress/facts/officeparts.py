"""Officeparts: which parts of a package of Office are published, which are left out with all that leads to them, and which stop it.

Flows in: the names of parts, and a part's bytes. Flows out: for people why a part cannot be, or the part without what is left out.
What a printer was told (`printerSettings`), the small picture of the first page and the path of the template belong to the computer on
which a file was written.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping
from html import unescape

# What may not be, by its name, with the words for people and the cure; the first that fits counts.
_STOPS = (
    (r"vbaproject|vbadata|macrosheets/|xlmacro|attachedtoolbars|wllibs?/", "有宏，会在别人电脑上自己运行", "请另存为不带宏的"),
    (r"activex/|activex\d*\.(?:bin|xml)$", "有 ActiveX 控件，会在别人电脑上自己运行", "请删去这些按钮、选项框等控件，再存为"),
    (r"embeddings/[^/]*(?:m|b|\.xls|\.doc|\.ppt)$", "嵌着可能带宏的文件", "请把嵌入的文件换成图片，再存为"),
    (r"oleobject[^/]*$|embeddings/[^/]*\.(?!xlsx$|docx$|pptx$)", "有嵌入的对象，双击会打开别的程序", "请把它换成图片（右键，剪切，选择性粘贴为图片），再存为"),
    (r"(?!customproperty\d*\.)[^/]*\.(?:bin|exe|dll|js|vbs|bat|cmd|scr|hta|jar|msi|ps1)$",
     "有一个不知道做什么用的部件", "请用 Office 或 WPS 打开，另存为"),
)  # fmt: skip
_STOPPED = tuple((re.compile(rf"(?:.*/)?(?:{pattern})", re.IGNORECASE), what, cure) for pattern, what, cure in _STOPS)
_LEFT_OUT = re.compile(r"(?:.*/)?printersettings[^/]*(?:/[^/]*)?$|docprops/thumbnail", re.IGNORECASE)
_WITHIN = re.compile(r"(?:.*/)?embeddings/[^/]*\.(xlsx|docx|pptx)$", re.IGNORECASE)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*?(?:/>|>\s*</(?:\w+:)?Relationship>)")
_OVERRIDE = re.compile(rb"<(?:\w+:)?Override\s[^>]*?(?:/>|>\s*</(?:\w+:)?Override>)")
_SAID = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_NAMING = re.compile(rb"<(?:\w+:)?(printerSettings|attachedTemplate)\s[^>]*?(?:/>|>\s*</(?:\w+:)?\1>)")
_SETUP = re.compile(rb"<(?:\w+:)?pageSetup\s[^>]*>")
TYPES = "[Content_Types].xml"
_TEMPLATE, _LINK = b"/attachedTemplate", b"/hyperlink"  # how types of relations end (ECMA-376, 1, 15.2.17 and 15.3)
_WEB = ("http:", "https:", "mailto:", "#")


def stopping(names: Iterable[str]) -> tuple[str, str, str] | None:
    """The first part that may not be published: its name, why, and what to do, of which the last word is an ending; None where all may."""
    for name in names:
        if _LEFT_OUT.match(name):
            continue
        for pattern, what, cure in _STOPPED:
            if pattern.match(name):
                return name, what, cure
    return None


def within(name: str) -> str:
    """The kind of document of Office that a part is itself, as the numbers of a chart are; empty of others."""
    found = _WITHIN.match(name)
    return found[1].lower() if found else ""


def leads_away(name: str, data: bytes) -> str:
    """Where a part that lists relations leads, other than by a link into the web that a reader follows; empty where nowhere."""
    if _owner(name) is None:
        return ""
    for found in _RELATION.finditer(data):
        said = _said(found[0])
        target = unescape(said.get(b"Target", b"").decode("utf-8", "replace")).strip()
        if said.get(b"TargetMode") == b"External" and target:
            if not (said.get(b"Type", b"").endswith(_LINK) and target.lower().startswith(_WEB)):
                return target
    return ""


class Leaving:
    """What of one package is left out, by the names of its parts."""

    def __init__(self, names: Iterable[str], read) -> None:
        """`read` gives the bytes of a part by its name."""
        names = tuple(names)
        self.out = frozenset(name for name in names if _LEFT_OUT.match(name) and not name.lower().endswith(".rels"))
        self._gone = frozenset(name.lower() for name in self.out)
        # By each part the names (rId3) under which it knew what is left out.
        self._known: Mapping[str, frozenset[bytes]] = {
            owner: ids for name in names if (owner := _owner(name)) is not None and (ids := frozenset(self._ids(owner, read(name))))
        }

    def part(self, name: str, data: bytes) -> bytes:
        """A part without what leads to the parts that are left out."""
        if not self._gone and not self._known:
            return data
        if name == TYPES:
            return _OVERRIDE.sub(lambda found: b"" if self._is_gone("", _said(found[0]).get(b"PartName", b"")) else found[0], data)
        if (owner := _owner(name)) is not None:
            return _RELATION.sub(lambda found: b"" if self._leads_out(owner, found[0]) else found[0], data)
        if ids := self._known.get(name):
            data = _NAMING.sub(lambda found: b"" if _names(found[0]) & ids else found[0], data)
            data = _SETUP.sub(lambda found: _without(found[0], ids), data)
        return data

    def _ids(self, owner: str, relations: bytes) -> Iterable[bytes]:
        return (_said(found[0]).get(b"Id", b"") for found in _RELATION.finditer(relations) if self._leads_out(owner, found[0]))

    def _leads_out(self, owner: str, relation: bytes) -> bool:
        said = _said(relation)
        if said.get(b"TargetMode") == b"External":
            return said.get(b"Type", b"").endswith(_TEMPLATE)
        return self._is_gone(posixpath.dirname(owner), said.get(b"Target", b""))

    def _is_gone(self, folder: str, target: bytes) -> bool:
        path = unescape(target.decode("utf-8", "replace"))
        return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/").lower() in self._gone


def _owner(name: str) -> str | None:
    """The part whose relations a part lists; the package itself is an empty name, None is said of all other parts."""
    folder, _, file = name.rpartition("/")
    if not file.lower().endswith(".rels") or posixpath.basename(folder).lower() != "_rels":
        return None
    return posixpath.join(posixpath.dirname(folder), file[: -len(".rels")])


def _said(tag: bytes) -> dict[bytes, bytes]:
    return {name: one or other for name, one, other in _SAID.findall(tag)}


def _names(tag: bytes) -> frozenset[bytes]:
    return frozenset(value for name, value in _said(tag).items() if name.endswith(b":id"))


def _without(tag: bytes, ids: frozenset[bytes]) -> bytes:
    """A tag without the relation that it names, where that is one of these."""
    return re.sub(rb"\s[\w]+:id\s*=\s*[\"']([^\"']*)[\"']", lambda found: b"" if found[1] in ids else found[0], tag)
