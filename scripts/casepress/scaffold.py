"""Scaffold: a new collection that builds at once, with the folders of the owner's layout and one example case."""

import shutil
from pathlib import Path

from casepress.collection import project
from casepress.collection.writing import write
from casepress.markup import frontmatter


class Occupied(Exception):
    """The folder for a new collection is not empty; the message is a Chinese sentence."""


def new_collection(folder: Path, title: str = "") -> Path:
    """Make a collection in a folder that is new or empty, from the shipped `starter`; whole, or nothing of it.

    Raises Occupied, OSError.
    """
    folder = folder.resolve()
    was_there = folder.exists()
    if was_there and (not folder.is_dir() or any(folder.iterdir())):
        raise Occupied(f"{folder} 已经有内容了，请换一个新文件夹")
    try:
        _fill(folder, " ".join((title or folder.name).split()))
    except BaseException:
        for path in folder.iterdir() if folder.is_dir() else ():  # it was empty: all is ours
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if folder.is_dir() and not was_there:
            folder.rmdir()
        raise
    return folder


def _fill(folder: Path, name: str) -> None:
    starter = Path(__file__).parent / "data" / "starter"
    copies = {path.relative_to(starter): path for path in sorted(starter.rglob("*")) if path.is_file()}
    guide = project.shipped_folder("content")
    copies |= {Path("content", path.relative_to(guide)): path for path in (guide / "guide.md", *sorted((guide / "guide").glob("*.png")))}
    copies[Path("theme/fonts/README.md")] = project.shipped_folder("theme") / "fonts" / "README.md"
    for target, source in copies.items():  # one by one: what cannot be written is named, and the rest is not tried
        write(folder / target, source.read_bytes())
    for path, key in ((folder / "cases" / "collection.yml", "title"), (folder / "mkdocs.yml", "site_name")):
        _, line, _ = frontmatter.write_header({key: name}).split("\n", 2)
        path.write_text(path.read_text("utf-8").replace(f'{key}: "案例库名称"', line, 1), "utf-8")
