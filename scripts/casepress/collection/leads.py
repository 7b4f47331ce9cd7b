"""Leads: where the links and pictures of a text lead, and what in it leads nowhere.

Flows in: the references of a text, and what stands around it. Flows out: targets as `prose.render` wants them, the
pictures to publish, and a problem for each link, picture and mark of a note that is lost.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from casepress.collection.links import Targets
from casepress.collection.nowhere import CHECK, headings_there
from casepress.collection.project import Project
from casepress.collection.typed import picture_file
from casepress.markup.anchors import place as heading_called
from casepress.markup.frontmatter import Node
from casepress.markup.prose import Reference, web_address
from casepress.markup.typed_nodes import Wrong
from casepress.values.cases import Fragment
from casepress.values.problems import Problem, error, warning

_WEB = ("http://", "https://", "mailto:")
_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")
GUESSES = 50  # for so many links of a file something near is sought


@dataclass
class Leads:
    """What the references of a text lead to: `targets` as they are written, `pictures` by their published names."""

    targets: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def leads(place: Project, path: str, references: Iterable[Reference], first: int, targets: Targets) -> Leads:
    """Where a text leads whose first line is `first` of its file at `path`."""
    found = Leads()
    for reference in references:
        target, node = reference.target, Node(first + reference.line - 1, reference.target)
        try:
            if reference.kind == "picture":
                file, name = picture_file(place, path, node, unquote(target))
                found.pictures[name], found.targets[target] = file, f"asset:{name}"
            elif is_ours(target):
                lead = targets.lead(path, target, len(found.problems) < GUESSES)
                found.targets[target] = lead.address
                if lead.lost:
                    found.problems.append(warning(path, node.line, lead.lost, lead.cure, CHECK))
            elif not target.startswith("#") and not web_address(target):
                raise Wrong(node, f"链接“{target}”不能用，不是完整的网址", "请打开那个网页，从地址栏里复制网址", CHECK)
        except Wrong as wrong:
            found.problems.append(error(path, node.line, wrong.what, wrong.cure, wrong.check))
    return found


def is_ours(target: str) -> bool:
    """Whether a link leads to a file of the collection: not to the web, and not to a place in its own text."""
    return not target.startswith("#") and not target.lower().startswith(_WEB)


def astray(path: str, first: int, body: Fragment, prefix: str) -> Iterator[Problem]:
    """Links to headings that a text has not, and marks of notes that nobody has written; `first` is its first line in its file."""
    yield from _lost_places(path, first, body, prefix)
    marks: dict[str, int] = {}
    for line, words in body.lines:
        for mark in _MARK.findall(words):
            marks.setdefault(mark, line)
    for mark, line in marks.items():
        what, cure = f"脚注 {mark} 没有注文，会照原样印出", f"请在文末另起一行写 {mark}: 注文，或删去它"
        yield warning(path, first + line - 1, what, cure, "notes_are_written")


def _lost_places(path: str, first: int, body: Fragment, prefix: str) -> Iterator[Problem]:
    lost = (each for each in body.references if each.kind == "link" and each.target.startswith("#"))
    lost = (each for each in lost if not heading_called(body.headings, prefix, each.target[1:]))
    for nth, each in enumerate(lost):
        cure = headings_there(body.headings, each.target[1:], nth < GUESSES)
        yield warning(path, first + each.line - 1, f"链接“{each.target}”没有着落，这里没有这个小标题", cure, CHECK)
