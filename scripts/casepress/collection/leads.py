"""Leads: where the links and pictures of a text lead, and what in it leads nowhere.

Flows in: Markdown, and what stands around it. Flows out: targets as `prose.render` wants them, the pictures to publish,
and a problem for each link, picture and mark of a note that is lost.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from casepress.collection.project import Project
from casepress.collection.typed import Wrong, picture_file
from casepress.markup import prose
from casepress.markup.frontmatter import Node
from casepress.values.cases import Fragment
from casepress.values.problems import Problem, error, warning

_WEB = ("http://", "https://", "mailto:")
_CODE = re.compile(r"<code>.*?</code>", re.DOTALL)
_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")


@dataclass
class Leads:
    """What the references of a text lead to: `targets` as they are written, `pictures` by their published names."""

    targets: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def leads(place: Project, path: str, markdown: str, first: int, page: Callable[[str], str], renderer: prose.Markdown | None = None) -> Leads:
    """Where a text leads whose first line is `first` of its file; `page` gives the target of a relative link, or raises Wrong."""
    found = Leads()
    for reference in prose.references(markdown, renderer):
        target, node = reference.target, Node(first + reference.line - 1, reference.target)
        try:
            if reference.kind == "picture":
                file, name = picture_file(place, path, node, unquote(target))
                found.pictures[name], found.targets[target] = file, f"asset:{name}"
            elif not target.startswith("#") and not target.lower().startswith(_WEB):
                found.targets[target] = page(target)
        except Wrong as wrong:
            found.problems.append(error(path, node.line, wrong.what, wrong.cure, wrong.check))
    return found


def astray(path: str, markdown: str, first: int, body: Fragment, prefix: str, renderer: prose.Markdown | None = None) -> Iterator[Problem]:
    """Links to headings that the text has not, and marks of notes that nobody has written; `body` is its fragment."""
    known = prose.places(body.headings, prefix)
    for reference in prose.references(markdown, renderer):
        if reference.kind == "link" and reference.target.startswith("#") and unquote(reference.target[1:]).strip() not in known:
            cure = "请写成 #小标题的文字，和那个小标题一字不差，或删去链接"
            yield warning(
                path, first + reference.line - 1, f"链接“{reference.target}”没有着落，这里没有这个小标题", cure, "links_lead_somewhere"
            )
    for mark in dict.fromkeys(_MARK.findall(_CODE.sub("", body.html))):
        line = next((n for n, text in enumerate(markdown.split("\n"), first) if mark in text), first)
        yield warning(path, line, f"脚注 {mark} 没有注文，会照原样印出", f"请在文末另起一行写 {mark}: 注文，或删去它", "notes_are_written")
