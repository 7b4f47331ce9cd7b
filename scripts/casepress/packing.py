"""Packing: a built site becomes one zip for a USB stick or an intranet share, and is opened again to see that it is whole.

Flows in: the folder of a site. Flows out: the bytes of a zip in which all names are ASCII but the one that says what to open,
the same for the same site; and Chinese sentences on what a reader from a disk would miss.
"""

import io
import os
import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from casepress.facts.moments import moment

OPEN_ME = "打开我.html"
SITE = "site"  # the folder in the zip in which the site stands
_ONLINE = frozenset(("sitemap.xml", "sitemap.xml.gz", "404.html", "robots.txt"))  # only a server has a use for these
_STORED = frozenset((".pdf", ".jpg", ".jpeg", ".png", ".webp", ".docx", ".xlsx", ".pptx", ".epub", ".mp4", ".zip", ".gz"))
_LINKS = re.compile(r"""<[a-zA-Z][^<>]*?\s(href|src|poster|data|action)="([^"]*)\"""")
_REST = re.compile(r"""\s(?:href|src|poster|data|action)="([^"]*)\"""")
_TAG = re.compile(r"<(?:a|link|script|img|source|video|audio|form|object|iframe)\s[^>]*>")
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


def packed(site: Path) -> bytes:
    """The zip of a site, `打开我.html` first. Raises OSError; ValueError with a Chinese sentence for what cannot go into it."""
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    if odd := [name for name in names if not name.isascii()]:
        raise ValueError(f"{odd[0]} 的名字里有汉字，有的电脑解压后会变成乱码，请把 content 里的这个文件改成英文名字")
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        _put(archive, OPEN_ME, _DOOR.format(address=f"{SITE}/index.html", name=OPEN_ME).encode())
        for name in names:
            if name not in _ONLINE:
                _put(archive, f"{SITE}/{name}", (site / name).read_bytes())
    return data.getvalue()


def faults(data: bytes) -> tuple[str, ...]:
    """What is wrong with a zip, read back as one opens it from a disk: a name that another system spells otherwise, a damaged file, a link
    that leads to nothing or that only a server understands."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if (damaged := archive.testzip()) is not None:
            return (f"{damaged} 写坏了",)
        names = set(archive.namelist())
        pages = {name: archive.read(name).decode("utf-8") for name in sorted(names) if name.endswith(".html")}
    found = [f"{name} 的名字里有汉字" for name in sorted(names) if not name.isascii() and name != OPEN_ME]
    found += [
        f"{name} 和别的文件只差大小写" for name in sorted(names) if sum(name.lower() == other.lower() for other in _near(names, name)) > 1
    ]
    found += _led_astray(pages, names)
    return tuple(found[:_MOST])


def _near(names: set[str], name: str) -> Iterator[str]:
    return (other for other in (name, name.lower(), name.upper(), name.swapcase()) if other in names)


def _led_astray(pages: Mapping[str, str], names: set[str]) -> Iterator[str]:
    known: dict[tuple[str, str], bool] = {}
    for page, text in pages.items():
        for tag in _TAG.findall(text):
            for target in _REST.findall(tag):
                place = dirname(page), target.partition("#")[0]
                if place not in known:
                    known[place] = _is_there(*place, names)
                    if not known[place]:
                        yield f"{page} 上的链接 {unescape(target)[:80]} 从优盘打不开"


def _is_there(folder: str, target: str, names: set[str]) -> bool:
    parts = urlsplit(unescape(target))
    if parts.scheme in ("http", "https", "mailto", "tel", "data"):
        return True
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return False
    return not parts.path or normpath(join(folder, unquote(parts.path))) in names


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, moment())
    entry.external_attr, entry.create_system = 0o644 << 16, 3
    entry.compress_type = zipfile.ZIP_STORED if os.path.splitext(name)[1].lower() in _STORED else zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)
