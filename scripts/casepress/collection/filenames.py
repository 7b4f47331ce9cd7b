"""Filenames: what stands in a collection's folders under a name that other systems cannot have or cannot tell from another, or is no file.

Flows in: the folders `cases`, `content` and `theme`. Flows out: a problem for each such file. What is hidden is nobody's business, and
what programs leave behind neither.
"""

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from casepress.collection import project
from casepress.collection.project import Project
from casepress.facts.systems import is_device, is_leftover, same
from casepress.values.problems import MOVING, Level, Problem, error, warning

NAMES, INSIDE = "files_have_names", "files_stay_inside"
_NOT_THERE = re.compile(r'[<>:"|?*\\]|[ .]$')  # in a name on Windows
_LONGEST, _LONGEST_PAGE = 255, 240  # characters of a path within the collection; bytes of the name of a page, which gets another ending
_PARTS = ("cases", "content", "theme")


def unfit(place: Project) -> Iterator[Problem]:
    """All that is wrong with the files of a collection before anything is read of them, in the order of their names."""
    for part in _PARTS:
        if (place.root / part).is_dir():
            yield from _below(place, place.root / part)


def _below(place: Project, top: Path) -> Iterator[Problem]:
    twins: dict[tuple[str, str], str] = {}
    for entry, is_open in project.walked(top, folders=True):
        if is_leftover(entry.name):
            continue
        name = project.relative(place, Path(entry.path))
        if not is_open:
            yield error(name, 0, "这个文件夹打不开，里面的文件读不到", "请检查有没有读取权限", INSIDE)
        yield from _named(name, entry.name)
        if (twin := twins.setdefault((os.path.dirname(entry.path), same(entry.name)), entry.name)) != entry.name and top.name != "content":
            kind = "字母的编码" if unicodedata.normalize("NFC", twin) == unicodedata.normalize("NFC", entry.name) else "字母的写法"
            kind = "大小写" if twin.lower() == entry.name.lower() else kind
            what = f"和同一个文件夹里的“{twin}”只有{kind}不同，在 Windows 和苹果电脑上是同一个名字，拷过去会丢失一个"
            yield error(name, 0, what, "请给其中一个改名", NAMES)
        if not entry.is_dir(follow_symlinks=False):
            yield from _far(name)
        yield from _kind(place, top, name, entry)


def _named(name: str, own: str) -> Iterator[Problem]:
    """What a name has that other systems cannot have: a folder of cases goes from one machine to another."""
    if MOVING.search(own):
        if not name.startswith("content/"):  # where no name may hold what shows nothing (`reading`)
            yield error(name, 0, "文件名里有读不出来的字符", "请改名，只用普通的文字", NAMES)
    elif is_device(own):
        what = f"Windows 里不能有叫“{own}”的文件和文件夹，拷到那里会丢失"
        yield error(name, 0, what, "请改名，例如在前面加上学校的名字", NAMES)
    elif found := _NOT_THERE.search(own):
        where = f"里不能有“{found[0]}”" if found[0] not in " ." else "不能用空格或句点结尾"
        yield error(name, 0, f"Windows 的文件名{where}，拷到那里会丢失", "请改名，去掉它", NAMES)
    if name.startswith("content/") and len(own.encode(errors="replace")) > _LONGEST_PAGE:
        yield error(name, 0, "文件名太长，做不成网页", f"请改到 {_LONGEST_PAGE // 3} 个字以内", NAMES)


def _far(name: str) -> Iterator[Problem]:
    """A file that is so deep, under names so long, that no Windows opens it: there a path has 260 characters with the drive's own."""
    if len(name) > _LONGEST:
        what = f"文件夹和文件名加起来有 {len(name)} 个字，Windows 上最多 260 个，拷到那里会丢失"
        yield error(name, 0, what, "请移到浅一些的文件夹里，或把名字改短", NAMES)


def _kind(place: Project, top: Path, name: str, entry: os.DirEntry) -> Iterator[Problem]:
    """What is no file, and what leads elsewhere. Of a theme both would be published: MkDocs copies what stands in it."""
    if not entry.is_symlink():
        if not entry.is_dir() and not entry.is_file():
            yield error(name, 0, "这不是普通的文件（是管道、设备一类），不会读取", "请删去它，换成普通的文件", INSIDE)
    elif not project.is_inside(place, Path(entry.path)):
        if not name.startswith("theme/fonts/"):  # told where fonts are read
            found = error(name, 0, "这是通向案例库之外的链接（快捷方式），不会读取", "请把文件本身复制进来", INSIDE)
            yield replace(found, level=Level.WARNING) if top.name == "content" else found
    elif top.name != "theme" and os.path.isdir(entry.path):  # `entry` would raise of a link in a circle
        yield warning(name, 0, "这是通向另一个文件夹的链接（快捷方式），里面的文件不会读取", "请把文件夹本身放在这里", INSIDE)
    elif not os.path.exists(entry.path) and not (top.name == "cases" and name.endswith(".md")):  # such a case is told as one
        say = error if top.name == "theme" else warning
        yield say(name, 0, "这个链接（快捷方式）不通向任何文件", "请删去它，或把文件本身复制进来", INSIDE)
