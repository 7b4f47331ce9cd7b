"""The MkDocs plugin: stages the pages before MkDocs reads them, so that `mkdocs build` and `mkdocs serve` just work.

Pages of the last site that would come out the same are left out while MkDocs reads and while it writes, and put back after.
Under `serve` an edit shows as soon as its pages are there; the new search index follows a moment later.
"""

import logging
import threading
from contextlib import suppress
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from casepress import flow, publishing
from casepress.collection import project
from casepress.markup.templates import compiled
from casepress.site import finished, frames, indexed, website
from casepress.site.leaving import Leaving
from casepress.values.problems import Failed, NotUnderstood, Stopped
from casepress.values.reasons import in_chinese

_log = logging.getLogger("mkdocs.plugins.casepress")


class CasepressPlugin(BasePlugin):
    """Turns MkDocs to the staged tree; `staged` is given where the caller has staged it already.

    While serving, a mistake in a case is said, and the pages stay as they were before it: MkDocs would stop answering.
    """

    staged: website.Staged | None = None
    last: website.Staged | None = None
    before: Path | None = None  # the last site, where it does not stand in the place of the new one
    leaving: Leaving | None = None
    is_seen = False  # whether browsers look at what is made
    is_new = False  # whether what is staged has an index that is still to be made
    indexing: threading.Thread | None = None

    def on_startup(self, *, command, dirty):  # a plugin that has this is kept for the next builds of `serve`
        self.last = None

    def on_shutdown(self):
        self._wait()

    def on_config(self, config):
        self._wait()
        try:
            staged = self.staged or _staged(project.find(Path(config.config_file_path).parent))
        except (Stopped, Failed, NotUnderstood, OSError) as reason:
            words = in_chinese(reason) if isinstance(reason, OSError) else str(reason)
            if self.last is None:
                raise PluginError(words) from reason
            _log.warning("%s\n网页还是出错以前的样子，改正后会自动刷新。", words)
            staged = self.last
        self.is_new = staged is not self.last and self.staged is None  # else who called makes it
        self.last = staged
        return website.configure(config, staged)

    def on_pre_build(self, *, config):
        self.leaving = Leaving(config, self.last.store, self.last.themes, self.before)

    def on_nav(self, nav, *, config, files):
        self.leaving.choose(config, nav, files)
        self.leaving.hide()
        return nav

    def on_pre_page(self, page, *, config, files):  # MkDocs knows by now what it will read; links may lead to every page
        self.leaving.show()
        return page

    def on_env(self, env, *, config, files):
        env.bytecode_cache = compiled("mkdocs")
        self.leaving.hide()
        return env

    def on_template_context(self, context, *, template_name, config):
        return {**context, "pages": self.leaving.all_of(context["pages"])}

    def on_page_content(self, html, *, page, config, files):
        return html if html.startswith(finished.BEGINNING) else frames.framed(html)  # ours are finished

    def on_post_build(self, *, config):
        self.leaving.put_back()
        if self.staged is None and (words := website.lost(config, self.last)):  # else who called asks it
            raise PluginError(words)
        if self.is_new:
            self._put_index(Path(config.site_dir))

    def on_build_error(self, *, error):
        if self.leaving is not None:
            self.leaving.give_up()
        if self.last is not None:
            with suppress(OSError):
                indexed.put_back(self.last.docs)

    def on_serve(self, server, config, builder):
        server.unwatch(config.docs_dir)  # the staged tree follows what is watched already
        self.is_seen = True
        return server

    def _put_index(self, site: Path) -> None:
        """Put the search index into a site: in a moment, where somebody looks at it who has the last one meanwhile."""
        if not self.is_seen:
            try:
                self.last.index(site)
            except (Stopped, Failed) as reason:
                raise PluginError(str(reason)) from reason
            return
        indexed.give(self.last.docs, site)
        self.indexing = threading.Thread(target=_index, args=(self.last, site))
        self.indexing.start()

    def _wait(self) -> None:
        if self.indexing is not None:
            self.indexing.join()
            self.indexing = None


def _index(staged: website.Staged, site: Path) -> None:
    try:
        staged.index(site)
    except (Stopped, Failed, OSError) as reason:
        _log.error("%s", in_chinese(reason) if isinstance(reason, OSError) else reason)


def _staged(place: project.Project) -> website.Staged:
    """The staged tree; where another casepress is at work, an edit waits for it and is not lost."""
    try:
        return flow.stage_pages(place)
    except publishing.Busy as reason:
        _log.info("%s。正在等它结束。", reason)
        return flow.stage_pages(place, wait=-1)
