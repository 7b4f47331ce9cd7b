"""Themed: the environment in which MkDocs reads a theme, without what it would list in every build and take nothing of, and
with faults of Material's mended.

Material brings fourteen thousand icons in a hidden folder; MkDocs looks at the name of each to find that it is hidden.
"""

import os
import re
from collections.abc import Callable

from jinja2 import Environment, FileSystemLoader

from casepress.facts.systems import is_leftover

# What the Nu checker finds in Material's templates: boxes that are ticked have nothing to be completed, and a page that is not in
# the menu has no box for its contents.
_MENDED = (
    (re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"'), r"\1"),
    (re.compile(r'(<label class="md-nav__title") for="__toc"'), r'\1{% if page in nav.pages %} for="__toc"{% endif %}'),
)


class _Seen(FileSystemLoader):
    """A loader that lists nothing below a folder whose name begins with a dot, and no leftovers; whoever asks for such a file by name gets it."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_fresh = super().get_source(environment, template)
        for fault, mended in _MENDED if "md-" in source else ():
            source = fault.sub(mended, source)
        return source, path, is_fresh

    def list_templates(self) -> list[str]:
        found = set()
        for top in self.searchpath:
            for place, folders, files in os.walk(top):
                folders[:] = [name for name in folders if not name.startswith(".")]
                below = os.path.relpath(place, top)
                found |= {os.path.normpath(os.path.join(below, name)).replace(os.sep, "/") for name in files if not is_leftover(name)}
        return sorted(found)


def lighten(theme) -> None:
    """Let a theme of MkDocs list only what is not hidden, which is all that MkDocs takes."""
    usual = theme.get_env

    def get_env() -> Environment:
        env = usual()
        env.loader = _Seen(env.loader.searchpath, env.loader.encoding, env.loader.followlinks)
        return env

    theme.get_env = get_env
