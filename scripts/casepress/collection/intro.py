"""Intro: the home page's own prose, from `content/index.md`: what the bureau says before its cases.

Flows in: that file, and what links may mean. Flows out: its fragment for the site's first page, the
pictures that it shows, and every problem. It may link to the web, to cases and to the site's other pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from casepress.collection.bodies import Reader
from casepress.collection.leads import astray, leads
from casepress.collection.links import Targets
from casepress.collection.project import Project
from casepress.collection.webpages import INDEX, INTRO
from casepress.markup import frontmatter, prose
from casepress.values.cases import Fragment
from casepress.values.problems import Problem

_PATH = f"content/{INDEX}"


@dataclass(frozen=True)
class Intro:
    """The prose as a fragment, its pictures by their published names, and its problems."""

    body: Fragment = Fragment("")
    pictures: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_intro(place: Project, content: Mapping[str, bytes], targets: Targets, reader: Reader | None = None) -> Intro:
    """The prose that `content`, the files of that folder, holds for the home page; its links lead to these targets."""
    if INDEX not in content:
        return Intro()
    source = content[INDEX].decode()
    said: tuple[Problem, ...] = ()
    markdown, first = source, 1
    if frontmatter.has_header(source):
        _, markdown, first, said = frontmatter.read_header(source, _PATH)
    reader = reader or Reader()
    read = reader.read(markdown, INTRO)
    found = leads(place, _PATH, read.references, first, targets)
    body = reader.settled(read, markdown, INTRO, found.targets)
    told = (*astray(_PATH, first, body, INTRO), *prose.remarks(_PATH, first, body))
    return Intro(body, found.pictures, (*said, *found.problems, *told))
