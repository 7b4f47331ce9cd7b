"""Scaffold: a new collection that builds at once, with the folders of the owner's layout and one example case; a new profile in one."""

import shutil
from pathlib import Path

from casepress.book.profiles import names, read_profile
from casepress.book.sketch import sketch
from casepress.collection import project
from casepress.collection.project import Project
from casepress.collection.writing import write
from casepress.facts import slugs
from casepress.markup import frontmatter


class Occupied(Exception):
    """The place for something new is taken, or its name will not do; the message is a Chinese sentence."""


def new_collection(folder: Path, title: str = "", with_submissions: bool = False) -> Path:
    """Make a collection in a folder that is new or empty, from the shipped `starter`; whole, or nothing of it.

    `with_submissions` it has no example case, but an inbox of what example schools sent. Raises Occupied, OSError.
    """
    folder = folder.resolve()
    was_there = folder.exists()
    if was_there and (not folder.is_dir() or any(folder.iterdir())):
        raise Occupied(f"{folder} 已经有内容了，请换一个新文件夹")
    try:
        _fill(folder, " ".join((title or folder.name).split()), with_submissions)
    except BaseException:
        for path in folder.iterdir() if folder.is_dir() else ():  # it was empty: all is ours
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if folder.is_dir() and not was_there:
            folder.rmdir()
        raise
    return folder


def _fill(folder: Path, name: str, with_submissions: bool) -> None:
    starter = Path(__file__).parent / "data" / "starter"
    copies = {path.relative_to(starter): path for path in sorted(starter.rglob("*")) if path.is_file()}
    if with_submissions:
        del copies[Path("cases/example.md")]
        copies[Path("cases/collection.yml")] = starter.with_name("examples") / "collection.yml"
    guide = project.shipped_folder("content")
    copies |= {Path("content", path.relative_to(guide)): path for path in (guide / "guide.md", *sorted((guide / "guide").glob("*.png")))}
    copies[Path("theme/fonts/README.md")] = project.shipped_folder("theme") / "fonts" / "README.md"
    for target, source in copies.items():  # one by one: what cannot be written is named, and the rest is not tried
        write(folder / target, source.read_bytes())
    if with_submissions:
        from casepress import examples

        examples.write(folder / examples.INBOX)
        write(folder / ".gitignore", f"{examples.INBOX}/\n收件报告.html\nbuild/\n".encode())
    for path, key in ((folder / "cases" / "collection.yml", "title"), (folder / "mkdocs.yml", "site_name")):
        _, line, _ = frontmatter.write_header({key: name}).split("\n", 2)
        path.write_text(path.read_text("utf-8").replace(f'{key}: "案例库名称"', line, 1), "utf-8")


def new_profile(place: Project, name: str, model: str) -> Path:
    """Make the file of a profile that is like another one, in the collection's own theme. Raises Occupied, NoProfile, OSError."""
    folders = place.themes("print")
    if not slugs.is_id(name):
        wanted = slugs.slug(name)
        example = wanted if slugs.is_id(wanted) and wanted not in names(folders) else "wode"
        raise Occupied(f"“{name}”不能用作版式的名字，请只用小写英文字母、数字和 -，例如 {example}")
    path = place.root / "theme" / "print" / "profiles" / f"{name}.yml"
    if name in names(folders):
        where = project.relative(place, path) if path.exists() else "随 casepress 来的"
        raise Occupied(f"已经有叫“{name}”的版式了（{where}），请换一个名字")
    if not path.parent.resolve().is_relative_to(place.root):
        raise Occupied("theme/print/profiles 是通向案例库之外的链接（快捷方式），不会在那里写文件，请换成真正的文件夹")
    write(path, sketch(name, read_profile(model, folders)).encode())
    return path
