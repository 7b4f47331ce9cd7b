"""Onward: a Markdown extension for MkDocs that leads the links of pages which people wrote, `content/*.md`, to their targets.

They are written as real paths between files, `../cases/a.md#成效`; MkDocs knows only the docs tree, and of headings only
the ids that its own `toc` gives. Both are settled here, in the tree, before MkDocs looks.
"""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from casepress.collection.webpages import slugs

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class _Onward(Treeprocessor):
    lead: Callable[[str, str], str]

    def run(self, root: Element) -> None:
        self._name_headings(root)
        if "relpath" not in self.md.treeprocessors:  # not MkDocs: nobody says which page this is
            return
        name = self.md.treeprocessors["relpath"].file.src_uri
        for link in root.iter("a"):
            if target := link.get("href"):
                link.set("href", self.lead(name, target))

    def _name_headings(self, root: Element) -> None:
        """Every heading can be reached by the id that links to it have, whatever slugs mkdocs.yml asks for."""
        headings = [element for element in root.iter() if element.tag in _HEADINGS]
        known = {element.get("id") for element in root.iter() if element.get("id")}
        for heading, slug in zip(headings, slugs("".join(heading.itertext()) for heading in headings), strict=True):
            if slug not in known:
                anchor = Element("span", {"id": slug})
                anchor.tail, heading.text = heading.text, ""
                heading.insert(0, anchor)


class OnwardExtension(Extension):
    """`lead` gives a link on a page (its path in the docs tree, the link) as a path in that tree, `#id` behind it."""

    def __init__(self, lead: Callable[[str, str], str]) -> None:
        super().__init__()
        self.lead = lead

    def extendMarkdown(self, md) -> None:
        step = _Onward(md)
        step.lead = self.lead
        md.treeprocessors.register(step, "onward", 5)  # behind `toc`, before MkDocs gathers ids (5) and settles links (0)
