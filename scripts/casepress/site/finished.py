"""Finished: a Markdown extension for MkDocs that lets the HTML of our pages through as it is.

Python-Markdown would take every tag of a staged page apart and put it together again: half of the time of a site's
build, for the same result. Without this extension the pages come out alike, only later.
"""

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

BEGINNING = '<div class="cp-'


class _Finished(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        if lines and lines[0].startswith(BEGINNING):
            return [self.md.htmlStash.store("\n".join(lines))]
        return lines


class FinishedExtension(Extension):
    def extendMarkdown(self, md) -> None:
        # behind Markdown's own cleaning (30), which would break what is put aside, and before its reading of HTML (20)
        md.preprocessors.register(_Finished(md), "finished", 25)
