"""Finished: the HTML of our pages passes MkDocs as it is.

Python-Markdown would take every tag of a staged page apart and put it together again: half of the time of a site's
build, for the same result. As a Markdown extension it lets such a page through whoever builds the site; where the
plugin is there as well, and mkdocs.yml asks for no extension that might do something to it, Markdown is not even begun.
"""

from collections.abc import Iterable
from functools import cache

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import NormalizeWhitespace, Preprocessor

BEGINNING = '<div class="cp-'
# These leave alone what is put aside: they work on lines, or on the tree.
_LEAVE_ALONE = frozenset("casepress.finished fenced_code tables footnotes sane_lists attr_list admonition toc md_in_html def_list abbr".split())


class _Finished(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        if lines and lines[0].startswith(BEGINNING):
            return [self.md.htmlStash.store("\n".join(lines))]
        return lines


class FinishedExtension(Extension):
    def extendMarkdown(self, md) -> None:
        # behind Markdown's own cleaning (30), which would break what is put aside, and before its reading of HTML (20)
        md.preprocessors.register(_Finished(md), "finished", 25)


def passes(markdown: str, extensions: Iterable[object]) -> bool:
    """Whether a page would come out of Markdown as it is: it is one of ours, and none of these extensions might change it."""
    return markdown.startswith(BEGINNING) and all(map(_leaves_alone, extensions))


def _leaves_alone(extension: object) -> bool:
    if isinstance(extension, str):
        return extension.removeprefix("markdown.extensions.") in _LEAVE_ALONE
    return type(extension).__module__.startswith("casepress.")


def render(page, config, files) -> None:
    """What MkDocs' `Page.render` makes of a page that passes; it has no headings to list and no links to settle."""
    page.content = "\n".join(_even().run(page.markdown.split("\n"))).strip()
    page.present_anchor_ids, page.links_to_anchors = set(), {}


@cache
def _even() -> NormalizeWhitespace:
    return NormalizeWhitespace(Markdown())
