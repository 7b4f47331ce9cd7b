"""The MkDocs plugin: stages the pages before MkDocs reads them, so that `mkdocs build` and `mkdocs serve` just work."""

import logging
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from casepress import flow, publishing
from casepress.collection import project
from casepress.markup.templates import compiled
from casepress.site import finished, frames, website
from casepress.values.problems import Failed, NotUnderstood, Stopped
from casepress.values.reasons import in_chinese

_log = logging.getLogger("mkdocs.plugins.casepress")


class CasepressPlugin(BasePlugin):
    """Turns MkDocs to the staged tree; `staged` is given where the caller has staged it already.

    While serving, a mistake in a case is said, and the pages stay as they were before it: MkDocs would stop answering.
    """

    staged: website.Staged | None = None
    last: website.Staged | None = None

    def on_startup(self, *, command, dirty):  # a plugin that has this is kept for the next builds of `serve`
        self.last = None

    def on_config(self, config):
        try:
            staged = self.staged or _staged(project.find(Path(config.config_file_path).parent))
        except (Stopped, Failed, NotUnderstood, OSError) as reason:
            words = in_chinese(reason) if isinstance(reason, OSError) else str(reason)
            if self.last is None:
                raise PluginError(words) from reason
            _log.warning("%s\n网页还是出错以前的样子，改正后会自动刷新。", words)
            staged = self.last
        self.last = staged
        return website.configure(config, staged)

    def on_env(self, env, *, config, files):
        env.bytecode_cache = compiled("mkdocs")
        return env

    def on_page_content(self, html, *, page, config, files):
        return html if html.startswith(finished.BEGINNING) else frames.framed(html)  # ours are finished

    def on_post_build(self, *, config):
        if self.staged is None and (words := website.lost(config, self.last)):  # else who called asks it
            raise PluginError(words)

    def on_serve(self, server, config, builder):
        server.unwatch(config.docs_dir)  # the staged tree follows what is watched already
        return server


def _staged(place: project.Project) -> website.Staged:
    """The staged tree; where another casepress is at work, an edit waits for it and is not lost."""
    try:
        return flow.stage(place)
    except publishing.Busy as reason:
        _log.info("%s。正在等它结束。", reason)
        return flow.stage(place, wait=-1)
