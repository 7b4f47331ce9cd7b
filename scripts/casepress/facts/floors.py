"""Floors: how old a library that reads what strangers send may be, because of holes that are known in older ones.

What was installed is read from what installers write beside each package; nothing of a package is loaded, and no network is asked.
SECURITY.md answers every advisory.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from casepress.values.problems import Failed

# By the name that installers know: the first version without the hole, and what it let happen. pyproject.toml asks for no less.
FLOORS = {
    "jinja2": ("3.1.6", "模板可以跑出沙箱"),
    "lxml": ("6.1.0", "读 XML 时会带进本机的文件"),
    "mammoth": ("1.11.0", "Word 文件可以把本机的文件带进来"),
    "markdown": ("3.8.1", "不完整的标记会使程序中断"),
    "mkdocs-material": ("9.7.7", "带脚本的搜索网址会在读者的浏览器里运行"),
    "openpyxl": ("3.1.5", "读表格时靠 defusedxml 拦住恶意的 XML"),
    "defusedxml": ("0.7.1", "没有它，表格里恶意的 XML 拦不住"),
    "pikepdf": ("10.17.0", "几个字节的 PDF 展开来可以占满内存"),
    "pillow": ("13.0.0", "一张特制的图片可以改写内存"),
    "pyyaml": ("5.4", "文件头可以运行程序"),
    "weasyprint": ("70.0", "排版时会读本机的文件、连别的服务器"),
}
_VERSION = re.compile(r"\s*v?(?:\d+!)?(\d+(?:\.\d+)*)[-_.]?(a|b|c|rc|alpha|beta|pre|preview|dev)?", re.IGNORECASE)


def hold() -> None:
    """Raise Failed with what is too old and what to do; nothing that strangers sent is read by such a library."""
    found = tuple(too_old())
    if found:
        asked = " ".join(f'"{name}>={least}"' for name, (least, _) in FLOORS.items() if any(words.startswith(f"{name} ") for words in found))
        lines = "\n  ".join(found)  # no backslash may stand in an f-string before Python 3.12
        raise Failed(
            f"这里有软件包太旧，漏洞已经公开，外来的材料不能交给它们读，所以什么都没有做：\n  {lines}\n"
            f'请更新：在 casepress 的文件夹里运行 bash scripts/build；用 pip 安装的，运行\n  "{sys.executable}" -m pip install --upgrade {asked}\n'
            "然后再运行一次"
        )


def too_old() -> Iterator[str]:
    """A Chinese sentence for each package that is older than its floor, or that is not there; it begins with the package's name."""
    for name, (least, why) in FLOORS.items():
        try:
            found = version(name) or ""
        except (PackageNotFoundError, KeyError):  # not there, or nothing in it that says which it is
            found = ""
        if not reaches(found, least):
            yield f"{name} {f'装的是 {found}' if found else '没有装好'}，至少要 {least}（{why}）"


def reaches(found: str, least: str) -> bool:
    """Whether a version is a floor or newer; what comes before a version, `13.0.0rc1`, does not reach it."""
    number, first = _VERSION.match(found), _VERSION.match(least)
    return number is not None and (_parts(number[1]), not number[2]) >= (_parts(first[1]), True)


def _parts(number: str) -> tuple[int, ...]:
    parts = [int(part) for part in number.split(".")]
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)
