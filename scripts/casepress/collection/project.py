"""Where things stand: the folders of a collection, and the one safe way to read files in them.

Symbolic links that lead out of the collection's folder are refused: a link to /etc would publish the machine
(design, decision 14).
"""

import errno
import os
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from casepress.facts import systems
from casepress.facts.systems import is_leftover, looks
from casepress.markup import decoding
from casepress.values.problems import NotUnderstood, Problem, error, has_errors, warning

SETTINGS = "cases/collection.yml"
_LIST = "cases/照片说明.xlsx"  # which import writes and reads (intake.photos)
# What people write a case in that is no Markdown, and how Markdown is called elsewhere or by mistake.
_WRITTEN = frozenset("doc docx docm dot dotx wps wpt xls xlsx xlsm et pdf ofd txt text rtf odt ods pages html htm mht mhtml tex".split())
_MARKDOWN = frozenset("markdown mdown mkdown mkdn mkd mdwn mdtxt mdtext mdx mdwiki rmd qmd".split())


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
    """The Markdown files below `cases/`, by name, and a problem for each document that will be no case."""
    found, problems = [], []
    for entry, _ in walked(project.cases):
        path = Path(entry.path)
        name = relative(project, path)
        if (entry.is_symlink() and not is_inside(project, path)) or is_leftover(entry.name):
            continue  # the first is told with all else that is no file of ours (`filenames`)
        if path.suffix.lower() == ".md" and (entry.is_file(follow_symlinks=False) or entry.is_symlink()):
            found.append(name)
        elif path.is_file() and name != _LIST and (cure := _no_case(entry.name)):
            problems.append(warning(name, 0, "这个文件不是 Markdown，不会收入案例库", cure, "files_are_cases"))
    return tuple(found), tuple(problems)


def _no_case(name: str) -> str:
    """What to do with a file that looks as if it were to be a case and is none; empty of others."""
    seen = looks(name)
    stem, _, kind = seen.rpartition(".")
    if kind == "md" or kind in _MARKDOWN or (not stem and kind.endswith("md")):
        return "请把文件名的结尾改成半角的 .md，点和字母都用英文输入法"
    return "请把内容写成 .md 文件，或把它移到别处" if kind in _WRITTEN else ""


def content_files(project: Project) -> tuple[str, ...]:
    """The files of `content/`, the site's own prose; links that lead outside are left out."""
    if not project.content.is_dir():
        return ()
    paths = (Path(entry.path) for entry, _ in walked(project.content))
    return tuple(relative(project, path) for path in paths if is_inside(project, path) and path.is_file())


def walked(folder: Path, folders: bool = False) -> Iterator[tuple[os.DirEntry, bool]]:
    """As `systems.walked`, without what is hidden."""
    return systems.walked(folder, folders, hidden=False)


def is_inside(project: Project, path: Path) -> bool:
    """Whether a file really lies in the collection's folder."""
    real = os.path.realpath(path)
    return real == str(project.root) or real.startswith(os.path.join(project.root, ""))  # a link in a circle leads nowhere, and raises nothing


def read(project: Project, name: str, fits: Callable[[int], None] = int) -> bytes:
    """The bytes of a regular file inside the collection's folder; `fits` is asked of their number before they are read, and raises where
    these are too many.

    Raises OSError where there is no such file, and PermissionError where the name leads outside.
    """
    path = path_of(project, name)
    fits(path.stat().st_size)
    try:
        return path.read_bytes()
    except PermissionError as reason:
        raise PermissionError(errno.EACCES, "没有读取权限", name) from reason


def path_of(project: Project, name: str) -> Path:
    """Where a regular file inside the collection's folder is. Raises as `read`."""
    path = project.root / name
    if not is_inside(project, path):
        raise PermissionError(errno.EACCES, "这是通向案例库之外的链接", name)
    if not path.is_file():
        raise FileNotFoundError(errno.ENOENT, "没有这个文件，或者它不是普通的文件", name)
    return path


def size_of(project: Project, name: str) -> int:
    """How many bytes a regular file inside the collection's folder has. Raises as `read`."""
    return path_of(project, name).stat().st_size


def read_text(project: Project, name: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file, whatever it is encoded in, None where it cannot be read; and what is wrong with it."""
    try:
        if (size := size_of(project, name)) > decoding.MAX_BYTES:
            return None, (decoding.too_large(size, name),)
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
    return path.is_file() and is_inside(project, path)


def alike(project: Project, name: str) -> str:
    """The file that looks as if it had this name, in the same folder, where there is none of the name itself; empty where it is not one."""
    folder, _, own = name.rpartition("/")
    if not is_inside(project, project.root / folder):
        return ""
    found = [
        entry.name
        for entry in systems.listed(project.root / folder, hidden=False) or ()
        if entry.name != own and looks(entry.name) == looks(own) and os.path.isfile(entry.path)
    ]
    return found[0] if len(found) == 1 else ""


def composed(project: Project, name: str) -> str:
    """The name of the file that is meant: some systems write é in a file's name as two characters, and so may whoever names it."""
    if name.isascii() or os.path.lexists(project.root / name):
        return name
    other = alike(project, name)
    same = unicodedata.normalize("NFC", other) == unicodedata.normalize("NFC", name.rpartition("/")[2])
    return f"{name.rpartition('/')[0]}/{other}" if other and same else name


def is_hidden(name: str) -> bool:
    """Whether a file, or a folder in which it is, is hidden: what is private stands in one."""
    return any(part.startswith(".") for part in name.split("/"))


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
