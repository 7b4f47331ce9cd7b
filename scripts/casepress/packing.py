"""Packing: a built site becomes one zip for a USB stick or an intranet share, and is opened again to see that it is whole.

Flows in: the folder of a site. Flows out: a zip in which all names are ASCII but the one that says what to open, the same
bytes for the same site; and Chinese sentences on what a reader from a disk would miss.
"""

import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

OPEN_ME = "打开我.html"
SITE = "site"  # the folder in the zip in which the site stands
_ONLINE = frozenset(("sitemap.xml", "sitemap.xml.gz", "404.html", "robots.txt"))  # only a server has a use for these
_BARE = frozenset((".pdf", ".jpg", ".jpeg", ".png", ".webp", ".docx", ".xlsx", ".pptx", ".epub", ".mp4", ".zip", ".gz"))
_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
_TAG = re.compile(r"<(?:a|link|script|img|source|video|audio|form|iframe)\s[^>]*>")
_LINK = re.compile(r"""\s(?:href|src|poster|action)="([^"]*)\"""")
_MOST = 20  # faults that are told

_DOOR = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<meta http-equiv="refresh" content="0; url={address}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>打开案例库</title>
</head>
<body><p><a href="{address}">打开案例库</a></p><p>如果打不开，请先把压缩包全部解压，再双击“{name}”。</p></body>
</html>
"""


def pack(site: Path, target: Path, progress: Callable[[list[str]], Iterator[str]] = iter) -> tuple[str, ...]:
    """Write the zip of a site, `打开我.html` first, and open it again; what is wrong with it, and then nothing is written. Raises OSError."""
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    made = target.with_name(f".{target.name}.new")
    try:
        with zipfile.ZipFile(made, "w") as archive:
            _put(archive, OPEN_ME, _DOOR.format(address=f"{SITE}/index.html", name=OPEN_ME).encode())
            for name in progress([name for name in names if name not in _ONLINE]):
                _put(archive, f"{SITE}/{name}", (site / name).read_bytes())
        if not (found := faults(made)):
            os.replace(made, target)
        return found
    finally:
        made.unlink(missing_ok=True)


def faults(path: Path) -> tuple[str, ...]:
    """What is wrong with a zip, read back as one opens it from a disk: a file that is damaged, a name that other systems spell otherwise or
    take for another's, a link that leads to nothing or that only a server understands."""
    with zipfile.ZipFile(path) as archive:
        if not _is_sound(archive):
            return ("写坏了，请再做一次；还是这样，请看看磁盘",)
        names = archive.namelist()
        found = [f"{name} 的名字里有汉字，有的电脑解压后会变成乱码，请改成英文名字" for name in names if not name.isascii() and name != OPEN_ME]
        seen: dict[str, str] = {}
        for name in names:
            if (other := seen.setdefault(name.lower(), name)) != name:
                found.append(f"{name} 和 {other} 只差大小写，Windows 上会少一个，请改一个名字")
        found += _astray(archive, frozenset(names))
    return tuple(found[:_MOST])


def _is_sound(archive: zipfile.ZipFile) -> bool:
    try:
        return archive.testzip() is None
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return False


def _astray(archive: zipfile.ZipFile, names: frozenset[str]) -> Iterator[str]:
    known: set[tuple[str, str]] = set()
    for page in sorted(names):
        if page.endswith(".html"):
            for tag in _TAG.findall(archive.read(page).decode("utf-8", "replace")):
                for target in _LINK.findall(tag):
                    place = dirname(page), target.partition("#")[0]
                    if place not in known and not known.add(place) and not _is_there(*place, names):
                        yield f"{page} 上的链接 {unescape(target)[:80]} 从优盘打不开，请改成相对的、有的地址"


def _is_there(folder: str, target: str, names: frozenset[str]) -> bool:
    parts = urlsplit(unescape(target))
    if parts.scheme in ("http", "https", "mailto", "tel", "data"):
        return True
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return False
    return not parts.path or normpath(join(folder, unquote(parts.path))) in names


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    entry.compress_type = zipfile.ZIP_STORED if os.path.splitext(name)[1].lower() in _BARE else zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)
