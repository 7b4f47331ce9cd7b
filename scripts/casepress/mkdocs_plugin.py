"""The MkDocs plugin: stages the pages before MkDocs reads them, so that `mkdocs build` and `mkdocs serve` just work."""

from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from casepress import flow, project, templates, website


class CasepressPlugin(BasePlugin):
    """Turns MkDocs to the staged tree; `staged` is given where the caller has staged it already."""

    staged: website.Staged | None = None

    def on_config(self, config):
        try:
            staged = self.staged or flow.stage(project.find(Path(config.config_file_path).parent))
        except (flow.Stopped, project.NotACollection, templates.BrokenTemplate) as reason:
            raise PluginError(str(reason)) from reason
        return website.configure(config, staged)

    def on_serve(self, server, config, builder):
        server.unwatch(config.docs_dir)  # the staged tree follows what is watched already
        return server
