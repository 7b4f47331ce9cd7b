"""Website: the door to MkDocs. Pages become an ordinary docs tree on disk, and MkDocs makes the site of it.

The tree is rewritten only where its content changed, so that live reload stays calm, and leftovers are removed.
"""

import logging
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from casepress.collection.project import Project
from casepress.site import material
from casepress.site.onward import OnwardExtension
from casepress.site.pages import Page

# Material prints an advertisement for its successor on import unless told not to.
_NO_ADVERTISEMENT = ("NO_MKDOCS_2_WARNING", "true")


Source = bytes | Path | Callable[[], bytes]


class SiteFailed(Exception):
    """MkDocs could not build the site; the message is a Chinese sentence with MkDocs' own words behind it."""


def stage(folder: Path, pages: Iterable[Page], files: Mapping[str, Source]) -> int:
    """Make a folder the docs tree of these pages and files (path in the tree -> what it holds, or how to get it).

    Returns how many files were written; those that hold the same already are left alone, others are removed.
    """
    written = 0
    kept = set()
    for path in (folder, *folder.rglob("*")):
        if path.is_symlink():  # what is written must not land where it leads
            path.unlink()
    for page in pages:
        kept.add(page.path)
        written += _write(folder / page.path, page.text.encode())
    for path, content in files.items():
        kept.add(path)
        if isinstance(content, Path):
            written += _copy(folder / path, content)
        elif isinstance(content, bytes):
            written += _write(folder / path, content)
        elif not (folder / path).exists():  # named after its content, so what is there is right
            written += _write(folder / path, content())
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in kept:
            path.unlink()
    return written


def _write(path: Path, data: bytes) -> bool:
    try:
        if path.read_bytes() == data:
            return False
    except OSError:
        path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True


def _copy(path: Path, source: Path) -> bool:
    there, here = source.stat(), path.stat() if path.exists() else None
    if here and (here.st_size, here.st_mtime_ns) == (there.st_size, there.st_mtime_ns):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, path)
    return True


@dataclass(frozen=True)
class Staged:
    """A staged docs tree, the site's name, publisher and date, and the folders of the theme, the collection's own first.

    `lead` gives a link on a page that people wrote (its path in the tree, the link) as MkDocs understands it.
    """

    docs: Path
    site_name: str
    themes: tuple[Path, ...]
    publisher: str = ""
    date: str = ""
    lead: Callable[[str, str], str] = lambda name, target: target


def configure(config, staged: Staged):
    """MkDocs' configuration turned to a staged tree; used by the MkDocs plugin, with MkDocs' own config object."""
    config.docs_dir = str(staged.docs)
    # Material writes these into HTML as they are.
    config.site_name = escape(staged.site_name)
    config.extra.update(publisher=escape(staged.publisher), date=escape(staged.date))
    at = 1 if config.theme.custom_dir else 0
    config.markdown_extensions.append(OnwardExtension(staged.lead))
    config.theme.dirs[at:at] = [str(folder) for folder in staged.themes if str(folder) not in config.theme.dirs]
    return config


def build_site(project: Project, staged: Staged, target: Path) -> tuple[str, ...]:
    """Build the site of a staged tree into an empty folder, with MkDocs and the project's mkdocs.yml.

    Returns MkDocs' warnings. Raises SiteFailed.
    """
    os.environ.setdefault(*_NO_ADVERTISEMENT)
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    if not project.config.is_file():
        raise SiteFailed("网站没有生成：这里没有 mkdocs.yml，请从用 casepress new 新建的案例库里复制一个来")
    warnings = _Warnings()
    log = logging.getLogger("mkdocs")
    log.addHandler(warnings)
    try:
        config = load_config(config_file=str(project.config), site_dir=str(target), docs_dir=str(staged.docs))
        if (plugin := config.plugins.get("casepress")) is not None:
            plugin.staged = staged
        else:
            configure(config, staged)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
            if plugin is not None:
                plugin.staged = None  # MkDocs keeps the plugin for as long as the process lives
    except Exception as reason:  # MkDocs lets through whatever its plugins, extensions and templates raise
        raise SiteFailed(f"网站没有生成：{'；'.join(warnings.messages) or reason}".rstrip("。.")) from reason
    finally:
        log.removeHandler(warnings)
    if lost := tuple(material.lost(target, staged.themes, config.theme.name)):
        raise SiteFailed(f"网站没有生成，页面上缺了东西：{'；'.join(lost)}。{material.advice()}")
    for unused in ("lunr", "workers"):  # of Material's own search, which ours replaces; nothing asks for them
        shutil.rmtree(target / "assets" / "javascripts" / unused, ignore_errors=True)
    return tuple(warnings.messages)


def serve_site(project: Project, address: str) -> None:
    """Serve the site at an address (`127.0.0.1:8000`) until interrupted; an edit shows in the browser by itself."""
    os.environ.setdefault(*_NO_ADVERTISEMENT)
    from mkdocs.commands.serve import serve
    from mkdocs.exceptions import Abort, MkDocsException

    try:
        serve(config_file=str(project.config), dev_addr=address)
    except (Abort, MkDocsException) as reason:
        raise SiteFailed(f"网站没有生成：{reason}") from reason


class _Warnings(logging.Handler):
    """Keeps MkDocs' warnings instead of printing them."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
