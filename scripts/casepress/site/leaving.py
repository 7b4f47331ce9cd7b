"""Leaving: the pages that one build of MkDocs leaves out, because the last site has them, and how they come back.

MkDocs asks twice which pages there are: before it reads them and before it writes them. Then they are hidden; in between
links may lead to them, and its list of all pages (sitemap.xml) names them.
"""

import shutil
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

from casepress.collection.writing import link
from casepress.facts.store import Store, key
from casepress.site import kept
from casepress.site.recipe import recipe


class Leaving:
    """What one build leaves out. MkDocs drives it step by step, so it changes; it lives as long as the build.

    `before` is the folder of the last site; without one that is the folder in which MkDocs builds, which it empties.
    """

    def __init__(self, config, store: Store, themes: Iterable[Path], before: Path | None) -> None:
        self.store, self.themes, self.target = store, tuple(themes), Path(config.site_dir)
        self.name = key((str(Path(config.config_file_path).resolve()), str(config.site_url)))
        self.site = kept.last(store, self.name, before or self.target)
        self.aside = before is None
        if self.aside:
            self.site = kept.set_aside(self.site)
        self.files: Iterable = ()
        self.keys: dict[str, str] = {}
        self.left: dict[str, tuple] = {}

    def choose(self, config, nav, files) -> None:
        """Decide which pages are left out, once MkDocs knows all files and the navigation. Pages in it are always made anew."""
        self.files, inside = files, {page.file.dest_uri for page in nav.pages}
        with suppress(OSError, ValueError):  # MkDocs will say itself what it cannot read
            if (shared := recipe(config, nav, self.themes)) is not None:
                pages = (file for file in files.documentation_pages() if file.dest_uri not in inside)
                self.keys = kept.keys(shared, pages)
                self._link_others(config, files)
        stay = kept.same(self.site, self.keys)
        self.left = {file.dest_uri: (file, file.inclusion) for file in files.documentation_pages() if file.dest_uri in stay}

    def _link_others(self, config, files) -> None:
        """Pictures and data of the staged tree, which is never written in place, are linked and not copied."""
        for file in files:
            if not file.is_documentation_page() and file.src_dir == config.docs_dir and file.generated_by is None:
                file.copy_file = partial(_linked, file)

    def hide(self) -> None:
        for file, inclusion in self.left.values():
            file.inclusion = type(inclusion).EXCLUDED

    def show(self) -> None:
        for file, inclusion in self.left.values():
            file.inclusion = inclusion

    def all_of(self, pages: Iterable) -> list:
        """A list of pages with those left out, in MkDocs' order."""
        there = set(map(id, pages))
        return [file for file in self.files if id(file) in there or file.dest_uri in self.left]

    def put_back(self) -> None:
        """Put what was left out into the new site, and write down how all was made. Raises OSError."""
        self.show()
        kept.put(self.site, self.left, self.target)
        kept.remember(self.store, self.name, self.site, self.keys, self.left, self.target)
        self._clear()

    def give_up(self) -> None:
        """The build failed: what was set aside goes back to where it was, so that the next build finds it."""
        if self.aside:
            with suppress(OSError):
                kept.put(self.site, (path for path in self.site.made if not (self.target / path).exists()), self.target)
            self._clear()

    def _clear(self) -> None:
        if self.aside:
            shutil.rmtree(self.site.folder, ignore_errors=True)


def _linked(file, dirty: bool = False) -> None:
    link(Path(file.abs_src_path), Path(file.abs_dest_path))
