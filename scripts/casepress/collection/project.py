"""Where things stand: the folders of a collection, and the one safe way to read files in them.

Symbolic links that lead out of the collection's folder are refused: a link to /etc would publish the machine
(design, decision 14).
"""

import errno
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from casepress.markup import decoding
from casepress.values.problems import MOVING, Level, NotUnderstood, Problem, error, has_errors, warning

SETTINGS = "cases/collection.yml"
_LIST = "cases/照片说明.xlsx"  # which import writes and reads (intake.photos)
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\..*)?", re.IGNORECASE)
_OFFICE = {".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".pdf", ".txt", ".rtf"}


class NotACollection(NotUnderstood):
    """The folder holds no `cases/collection.yml`; the message is a Chinese sentence for the user."""


@dataclass(frozen=True)
class Project:
    """A collection's folder on disk. `root` is absolute, with symbolic links resolved."""

    root: Path

    @property
    def cases(self) -> Path:
        return self.root / "cases"

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def config(self) -> Path:
        """MkDocs' configuration."""
        return self.root / "mkdocs.yml"

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def current(self) -> Path:
        """The last release, whole: site, books, and what is in them (release.manifest)."""
        return self.build / "current"

    @property
    def site(self) -> Path:
        return self.released("site")

    @property
    def books(self) -> Path:
        return self.released("books")

    def released(self, name: str) -> Path:
        """Where a part of the last release is found: by a link in `build` or, where the system makes none, in `current` alone."""
        link, part = self.build / name, self.current / name
        return part if part.exists() and not os.path.lexists(link) else link

    @property
    def stage(self) -> Path:
        """The staged docs tree, which MkDocs reads."""
        return self.build / "stage"

    @property
    def cache(self) -> Path:
        """What was made once and is used again (facts.store); CASEPRESS_CACHE names another folder for it."""
        return Path(os.environ.get("CASEPRESS_CACHE") or self.build / ".cache")

    def themes(self, part: str) -> tuple[Path, ...]:
        """The folders that hold a part of the theme (`site`, `pages`, `print`), the collection's own first."""
        own = self.root / "theme" / part
        folders = [own] if own.is_dir() else []
        if (shipped := shipped_folder("theme") / part) not in folders:
            folders.append(shipped)
        return tuple(folders)


def find(folder: Path) -> Project:
    """The project in a folder. Raises NotACollection where there is none."""
    root = folder.resolve()
    if not root.is_dir():
        raise NotACollection(f"没有 {folder} 这个文件夹")
    if not (root / SETTINGS).is_file():
        raise NotACollection(
            f"{folder} 里没有 cases/collection.yml，不是案例库的文件夹。请用 -C 指明案例库的文件夹，或用 casepress new 文件夹名 新建一个"
        )
    return Project(root)


def shipped_folder(name: str) -> Path:
    """A folder that comes with casepress: beside the package when installed, at the repository's top in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "shipped" / name
    return installed if installed.is_dir() else package.parents[1] / name


def relative(project: Project, path: Path) -> str:
    """A path as problems name it: relative to the collection's folder, with `/`."""
    return path.relative_to(project.root).as_posix()


def case_files(project: Project) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The Markdown files below `cases/`, by name, and a problem for each file that cannot be a case."""
    found, problems = [], []
    for path in _walk(project.cases):
        name = relative(project, path)
        if path.is_symlink() and not _inside(project.root, path):
            problems.append(_outside(name))
        elif path.suffix.lower() == ".md":
            found.append(name)
            problems += _unfit(name)
        elif path.suffix.lower() in _OFFICE and not path.name.startswith("~$") and name != _LIST:
            problems.append(
                warning(name, 0, "这个文件不是 Markdown，不会收入案例库", "请把内容写成 .md 文件，或把它移到别处", "files_are_cases")
            )
    return tuple(found), tuple(problems)


def _unfit(name: str) -> Iterator[Problem]:
    """What a name has that other systems cannot have: a folder of cases goes from one machine to another."""
    if MOVING.search(name):
        yield error(name, 0, "文件名里有读不出来的字符", "请改名，只用普通的文字", "files_have_names")
    elif device := next((part for part in name.split("/") if _DEVICES.fullmatch(part)), ""):
        what = f"Windows 里不能有叫“{device}”的文件和文件夹，拷到那里会丢失"
        yield error(name, 0, what, "请改名，例如在前面加上学校的名字", "files_have_names")


def content_files(project: Project) -> tuple[str, ...]:
    """The files of `content/`, the site's own prose; links that lead outside are left out."""
    if not project.content.is_dir():
        return ()
    return tuple(relative(project, path) for path in _walk(project.content) if _inside(project.root, path) and path.is_file())


def content_links(project: Project) -> Iterator[Problem]:
    """A problem for each file of `content/` that is left out because it is a link to the outside."""
    for path in _walk(project.content) if project.content.is_dir() else ():
        if path.is_symlink() and not _inside(project.root, path):
            yield replace(_outside(relative(project, path)), level=Level.WARNING)


def _outside(name: str) -> Problem:
    return error(name, 0, "这是通向案例库之外的链接（快捷方式），不会读取", "请把文件本身复制进来", "files_stay_inside")


def _walk(folder: Path) -> Iterator[Path]:
    """Files below a folder in a stable order; hidden ones are left out, and linked folders are yielded, not entered."""
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        else:
            yield Path(entry.path)


def _inside(root: Path, path: Path) -> bool:
    real = os.path.realpath(path)
    return real == str(root) or real.startswith(os.path.join(root, ""))  # a link that goes round in a circle leads nowhere, and raises nothing


def read(project: Project, name: str) -> bytes:
    """The bytes of a regular file inside the collection's folder.

    Raises OSError where there is none, and PermissionError where the name leads outside.
    """
    path = path_of(project, name)
    try:
        return path.read_bytes()
    except PermissionError as reason:
        raise PermissionError(errno.EACCES, "没有读取权限", name) from reason


def path_of(project: Project, name: str) -> Path:
    """Where a regular file inside the collection's folder is. Raises as `read`."""
    path = project.root / name
    if not _inside(project.root, path):
        raise PermissionError(errno.EACCES, "这是通向案例库之外的链接", name)
    if not path.is_file():
        raise FileNotFoundError(errno.ENOENT, "没有这个文件，或者它不是普通的文件", name)
    return path


def read_text(project: Project, name: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file, whatever it is encoded in, None where it cannot be read; and what is wrong with it."""
    try:
        data = read(project, name)
    except OSError as reason:
        return None, (error(name, 0, f"文件读不出来（{reason.strerror or '没有权限'}）", "请检查文件是否被占用、有没有读取权限"),)
    return text_of(data, name)


def text_of(data: bytes, name: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The text in the bytes of a file, as `read_text` gives it."""
    text, problems = decoding.decode(data, name)
    return None if not text and has_errors(problems) else text, problems


def is_there(project: Project, name: str) -> bool:
    """Whether there is a regular file of this name inside the collection's folder."""
    path = project.root / name
    return path.is_file() and _inside(project.root, path)


def beside(case_path: str, target: str) -> str | None:
    """The file that a case means by a relative path, relative to the collection's folder.

    None where the path is absolute, names a drive or a host, or climbs out of `cases/`.
    """
    target = target.replace("\\", "/")
    if not target or target.startswith("/") or ":" in target.split("/")[0] or "\0" in target:
        return None
    steps = list(PurePosixPath(case_path).parent.parts)
    for part in PurePosixPath(target).parts:
        if part == "..":
            if len(steps) <= 1:
                return None
            steps.pop()
        elif part != ".":
            steps.append(part)
    return "/".join(steps)
