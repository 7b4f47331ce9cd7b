"""Intro: the home page's own prose, from `content/index.md`: what the bureau says before its cases.

Flows in: that file, the cases and the other files of `content/`. Flows out: its HTML for the site's first page, the
pictures that it shows, and every problem. It may link to the web, to cases and to the site's other pages.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from posixpath import join, normpath
from urllib.parse import quote, unquote

from casepress.collection.leads import astray, leads
from casepress.collection.project import Project
from casepress.collection.typed import Wrong
from casepress.facts.renditions import with_pictures
from casepress.markup import frontmatter, prose
from casepress.markup.frontmatter import Node
from casepress.values.problems import Problem

NAME = "index.md"
_PATH = f"content/{NAME}"


@dataclass(frozen=True)
class Intro:
    """The prose as HTML with addresses of the site, its pictures by their published names, and its problems."""

    html: str = ""
    pictures: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_intro(place: Project, content: Mapping[str, bytes], cases: Mapping[str, str]) -> Intro:
    """The prose that `content`, the files of that folder, holds for the home page; `cases` gives ids by their paths."""
    if NAME not in content:
        return Intro()
    source = content[NAME].decode()
    said: tuple[Problem, ...] = ()
    markdown, first = source, 1
    if source.lstrip("\ufeff").startswith("---"):
        _, markdown, first, said = frontmatter.read_header(source, _PATH)
    pages: dict[str, str] = {}  # where a link leads, by the name that stands for it until all is safe

    def page(target: str) -> str:
        path, _, place_in_it = unquote(target).partition("#")
        found = normpath(join("content", path))
        if found in cases:
            return f"case:{cases[found]}"
        name = found.removeprefix("content/")
        if name == found or name not in content:
            cure = "链接请写 http:// 或 https:// 开头的网址，content 里的一个文件，或一个案例的文件，例如 ../cases/文件名.md"
            raise Wrong(Node(0, target), f"链接“{target}”没有着落", cure, "links_lead_somewhere")
        address = quote(f"{name.removesuffix('.md')}.html" if name.endswith(".md") else name)
        return pages.setdefault(address + (f"#{quote(place_in_it)}" if place_in_it else ""), f"asset:page-{len(pages)}.")

    found = leads(place, _PATH, markdown, first, page)
    body = prose.render(markdown, "intro-", found.targets)
    html = re.sub(r'href="case:([^"]+)"', r'href="cases/\1.html"', with_pictures(body.html, ""))
    for address, name in pages.items():
        html = html.replace(f'href="{name}"', f'href="{escape(address)}"')
    return Intro(html, found.pictures, (*said, *found.problems, *astray(_PATH, markdown, first, body, "intro-")))
