"""Font files: what they say of themselves, and which are installed here. `glyphs` says what a face can really show."""

import re
import struct
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from casepress.facts.filesums import stamp
from casepress.facts.store import Store
from casepress.type.judged import judged

if TYPE_CHECKING:  # fontTools is loaded for a font that is not known yet
    from fontTools.ttLib import TTFont

NO_STORE = Store(None)
SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
_NAMES = (1, 4, 6, 16)  # family, full name, PostScript name, typographic family
_RESTRICTED, _NO_SUBSETS, _BITMAPS = 0x2, 0x100, 0x200  # OpenType, OS/2, fsType


def broken() -> tuple[type[Exception], ...]:
    """What fontTools raises where a table is not as it must be."""
    from fontTools.ttLib import TTLibError

    return TTLibError, KeyError, IndexError, AttributeError, TypeError, AssertionError, struct.error, EOFError, ValueError


class NotAFont(Exception):
    """The file is no OpenType or TrueType font, or a broken one; the message is a Chinese sentence."""


@dataclass(frozen=True)
class FontFile:
    """One face in a file: `index` is its place in a collection (.ttc), `names` are `plain`, `weight` is 400 or 700 or so.

    `obstacle` is empty, or why a book cannot be set with it, in Chinese. In `store` is what was once found out about it.
    """

    path: Path
    index: int
    family: str
    names: frozenset[str]
    weight: int = 400
    version: str = ""
    obstacle: str = ""
    store: Store = field(default=NO_STORE, compare=False, repr=False)


@dataclass(frozen=True)
class Installed:
    """A face that this machine has, with its `plain` names; nothing of its file has been read yet."""

    path: Path
    index: int
    names: frozenset[str]


def plain(name: str) -> str:
    """A name as it is compared: 方正小标宋_GBK = 方正小标宋-GBK, LXGW WenKai = LXGWWenKai."""
    return re.sub(r"[\s_-]+", "", name).casefold()


def read_faces(path: Path, store: Store = NO_STORE) -> tuple[FontFile, ...]:
    """The faces of a font file. Raises NotAFont, OSError."""
    with path.open("rb") as file:
        head = file.read(12)
    if len(head) < 12 or head[:4] not in (b"ttcf", b"OTTO", b"true", b"\0\1\0\0"):
        raise NotAFont("不是 TrueType 或 OpenType 字体")
    count = struct.unpack(">L", head[8:12])[0] if head[:4] == b"ttcf" else 1
    return tuple(read_face(path, index, store) for index in range(min(count, 64)))


def read_face(path: Path, index: int, store: Store = NO_STORE) -> FontFile:
    """One face of a font file. Raises NotAFont, OSError."""
    return _read_face(path, index, stamp(path.stat()), store)


@lru_cache(maxsize=256)
def _read_face(path: Path, index: int, stamped: str, store: Store) -> FontFile:
    family, names, weight, version, obstacle = judged(path, index, store, "names", _names)
    return FontFile(path, index, family, frozenset(names), weight, version, obstacle, store)


def _names(path: Path, index: int) -> tuple[str, tuple[str, ...], int, str, str]:
    from fontTools.ttLib import TTFont

    try:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            table = font["name"]
            names = [record.toUnicode(errors="replace").strip("\0 ") for record in table.names if record.nameID in _NAMES]
            family = table.getBestFamilyName() or (names[0] if names else path.stem)
            version = re.search(r"\d+(?:\.\d+)+", table.getDebugName(5) or "")
            about = font["OS/2"]
            obstacle = _obstacle(about.fsType, font)
            weight = about.usWeightClass
    except broken() as reason:
        raise NotAFont("字体文件不完整或已损坏") from reason
    return family, tuple(sorted(set(map(plain, names)))), weight, version[0] if version else "", obstacle


def _obstacle(rights: int, font: "TTFont") -> str:
    # The lowest four bits exclude each other; where an old font sets several, the most generous holds.
    if rights & 0xF == _RESTRICTED:
        return "它的许可不准嵌入 PDF（fsType 为 2，受限）"
    if rights & _NO_SUBSETS:
        return "它的许可不准只嵌入用到的字（fsType 含 0x0100）"
    if rights & _BITMAPS or not {"CFF ", "glyf"} & set(font.keys()):
        return "它没有可以嵌入的轮廓"
    return "它是可变字体，请换成固定粗细的字体文件" if "fvar" in font else ""


def installed(store: Store = NO_STORE) -> tuple[Installed, ...]:
    """The faces that fontconfig knows and those beside this Python (where scripts/build puts some), in a stable order."""
    found = []
    parts = ("%{file}", "%{index}", "%{variable}", "%{slant}", "%{family}", "%{fullname}", "%{postscriptname}")
    try:
        listed = subprocess.run(["fc-list", "--format", "\t".join(parts) + "\n"], capture_output=True, check=False).stdout
    except OSError:
        listed = b""
    for line in listed.decode("utf-8", "replace").splitlines():
        file, index, variable, slant, *names = line.split("\t")
        if file.lower().endswith(SUFFIXES) and variable == "False" and slant == "0" and int(index) < 0x10000:
            words = frozenset(plain(name) for listed in names for name in listed.replace("\\", "").split(","))
            found.append(Installed(Path(file), int(index), words))
    known = {each.path for each in found}
    for path in font_paths(Path(sys.prefix) / "share" / "fonts"):
        with suppress(NotAFont):
            found += [Installed(path, face.index, face.names) for face in read_faces(path, store) if path not in known]
    return tuple(sorted(found, key=lambda each: (each.path, each.index)))


def font_paths(folder: Path) -> tuple[Path, ...]:
    """The font files of a folder, by name."""
    if not folder.is_dir():
        return ()
    return tuple(sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file()))


def others(folder: Path) -> tuple[Path, ...]:
    """What else lies in a folder of fonts, by name: fonts for the web, archives, folders; no texts about them."""
    if not folder.is_dir():
        return ()
    texts = (".md", ".txt", ".pdf", ".html", ".yml")
    return tuple(sorted(p for p in folder.iterdir() if p.suffix.lower() not in (*SUFFIXES, *texts) and not p.name.startswith((".", "LICENSE"))))
