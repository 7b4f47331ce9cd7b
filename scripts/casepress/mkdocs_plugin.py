"""The MkDocs plugin: stages the pages before MkDocs reads them, so that `mkdocs build` and `mkdocs serve` just work.

Pages of the last site that would come out the same are left out while MkDocs reads and while it writes, and put back after.
Under `serve` an edit shows as soon as its pages are there. The new search index is only begun then, when browsers have their
page, and given up where the next edit comes before it is made; until it is there, the last one finds what stood there before.
"""

import logging
import threading
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from casepress import flow, publishing
from casepress.collection import project
from casepress.collection.bodies import Reader
from casepress.desk import Desk
from casepress.facts import floors
from casepress.facts.store import Store
from casepress.markup import prose
from casepress.markup.templates import compiled
from casepress.site import bureau, finished, frames, heads, indexed, policy, proofs, reminding, shipped, watching, website
from casepress.site.leaving import Leaving
from casepress.values.problems import Failed, NotUnderstood, Problem, Stopped
from casepress.values.reasons import in_chinese

_log = logging.getLogger("mkdocs.plugins.casepress")
_BREAK = 0.5  # seconds in which browsers load a page that was made anew; what works here meanwhile makes them wait
_framed = lru_cache(maxsize=64)(frames.framed)  # pages that people wrote are read anew in each build of `serve`


class CasepressPlugin(BasePlugin):
    """Turns MkDocs to the staged tree; `staged` is given where the caller has staged it already.

    While serving, a mistake in a case is said, and the pages stay as they were before it: MkDocs would stop answering.
    """

    staged: website.Staged | None = None
    last: website.Staged | None = None
    before: Path | None = None  # the last site, where it does not stand in the place of the new one
    leaving: Leaving | None = None
    is_seen = False  # whether browsers look at what is made
    owes = False  # whether what is staged has an index that is still to be made
    indexing: threading.Thread | None = None
    reader: Reader | None = None  # who has read the cases before, while serving
    is_serving = False
    told: tuple[Problem, ...] = ()  # what is wrong with the cases as they are now, while serving
    desk: Desk | None = None  # who lays out the book's pages of a case that is looked at, while serving

    def on_startup(self, *, command, dirty):  # a plugin that has this is kept for the next builds of `serve`
        self.last, self.is_serving, self.told = None, command == "serve", ()
        self.over = threading.Event()  # set while no index is wanted
        try:
            floors.hold()
        except Failed as reason:
            raise PluginError(str(reason)) from reason

    def on_shutdown(self):
        self._give_up()
        if self.desk is not None:
            self.desk.end()
            self.desk = None

    def on_config(self, config):
        self._give_up()
        try:
            staged = self.staged or self._staged(project.find(Path(config.config_file_path).parent))
        except (Stopped, Failed, NotUnderstood, OSError) as reason:
            words = in_chinese(reason) if isinstance(reason, OSError) else str(reason)
            if self.last is None:
                raise PluginError(words) from reason
            _log.warning("%s\n网页还是出错以前的样子，改正后会自动刷新。", words)
            staged, self.told = self.last, reminding.of(reason, words)
        else:
            self._tell(staged.found)
        self.owes = self.staged is None and (self.owes or staged is not self.last)  # else who called makes it
        self.last = staged
        return website.configure(config, staged, self.is_serving)

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

    def on_page_markdown(self, markdown, *, page, config, files):
        if finished.passes(markdown, config.markdown_extensions):
            page.render = partial(finished.render, page)
        return markdown

    def on_page_content(self, html, *, page, config, files):
        if not page.meta.get("description"):
            page.meta["description"] = heads.beginning(html)
        if bureau.MARK not in page.meta and html.startswith(finished.BEGINNING):
            return html  # ours are finished
        return prose.passed(_framed(html))

    def on_post_template(self, output_content, *, template_name, config):
        return policy.standing_alone(output_content, config.extra["policy"]) if template_name == "404.html" else output_content

    def on_post_build(self, *, config):
        self.leaving.put_back()
        shipped.clean(Path(config.site_dir), bool(config.site_url))
        if self.staged is None and (words := website.lost(config, self.last)):  # else who called asks it
            raise PluginError(words)
        if self.owes:
            self._put_index(Path(config.site_dir))

    def on_build_error(self, *, error):
        if self.leaving is not None:
            self.leaving.give_up()
        if self.last is not None:
            with suppress(OSError):
                indexed.put_back(self.last.docs)

    def on_serve(self, server, config, builder):
        server.unwatch(config.docs_dir)  # the staged tree follows what is watched already
        watching.hasten(server)
        policy.show(server)
        reminding.show(server, lambda: self.told)
        self.desk = Desk(project.find(Path(config.config_file_path).parent))
        proofs.show(server, self.desk.sheets)
        self.is_seen = True
        return server

    def _staged(self, place: project.Project) -> website.Staged:
        """The staged tree; where another casepress is at work, an edit waits for it and is not lost."""
        if self.is_seen:
            self.reader = self.reader or Reader(Store(place.cache), {})
        try:
            return flow.stage_pages(place, reader=self.reader)
        except publishing.Busy as reason:
            _log.info("%s。正在等它结束。", reason)
            return flow.stage_pages(place, wait=-1, reader=self.reader)

    def _tell(self, found: tuple[Problem, ...]) -> None:
        """Say on the terminal, while serving, what is wrong that was not before, and when all is mended; pages show all of it."""
        if not self.is_serving:
            return
        if new := [problem for problem in found if problem not in self.told]:
            _log.warning("%s", "\n".join(map(str, new)))
        elif self.told and not found:
            _log.warning("都改好了，没有问题。")  # in MkDocs nobody hears what is less than a warning
        self.told = found

    def _put_index(self, site: Path) -> None:
        """Put the search index into a site: in a moment, where somebody looks at it who has the last one meanwhile."""
        if not self.is_seen:
            try:
                self.owes = not self.last.index(site)
            except (Stopped, Failed) as reason:
                raise PluginError(str(reason)) from reason
            return
        indexed.give(self.last.docs, site)
        self.over.clear()
        self.indexing = threading.Thread(target=self._index, args=(self.last, site))
        self.indexing.start()

    def _index(self, staged: website.Staged, site: Path) -> None:
        """Make the index, in a thread of its own, as long as it is wanted."""
        if self.over.wait(_BREAK):
            return
        try:
            self.owes = not staged.index(site, lambda: not self.over.is_set())
        except (Stopped, Failed, OSError) as reason:
            self.owes = False
            _log.error("%s", in_chinese(reason) if isinstance(reason, OSError) else reason)

    def _give_up(self) -> None:
        """See that nobody makes an index; one that is not there yet is owed."""
        if self.indexing is not None:
            self.over.set()
            self.indexing.join()
            self.indexing = None
