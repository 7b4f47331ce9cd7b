"""Manuscript: everything that the files of a collection say, read once from disk and held as one value.

Flows in: a project. Flows out: a `Manuscript`, of which checks, site and books are made without a further look at
`cases/*.md`, `collection.yml` and `content/`; and every problem that was found while reading. Pictures are read where
they are published.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from casepress.collection import project
from casepress.collection.bodies import Reader
from casepress.collection.intro import Intro, read_intro
from casepress.collection.links import Targets
from casepress.collection.project import SETTINGS, Project
from casepress.collection.reading import read_collection, read_content
from casepress.collection.texts import sources
from casepress.collection.webfiles import published
from casepress.collection.webpages import INDEX, pages_lead_somewhere, targets_of
from casepress.facts.store import Store
from casepress.values.cases import Collection
from casepress.values.problems import Problem


@dataclass(frozen=True)
class Manuscript:
    """A collection, the files of `content/` that are the site's by their path in it, and the home page's own prose.

    `targets` are what the links of those files may mean, `reader` is who read them, `shown` names those of them that are published.
    """

    collection: Collection
    content: Mapping[str, bytes]
    intro: Intro
    targets: Targets
    reader: Reader
    shown: frozenset[str]

    @cached_property
    def texts(self) -> Mapping[str, bytes]:
        """The texts of the books as they are written, by their path in `content/`."""
        return sources(self.collection.texts)

    @property
    def pages(self) -> Mapping[str, bytes]:
        """The files of `content/` that the site shows; the home page is made with its prose."""
        return {name: data for name, data in self.content.items() if name != INDEX and name in self.shown}

    @property
    def pictures(self) -> Mapping[str, str]:
        """Every picture of the site: its published name and its file."""
        return {**self.collection.pictures, **self.intro.pictures}


def read_manuscript(place: Project, reader: Reader | None = None, source: bytes | None = None) -> tuple[Manuscript | None, tuple[Problem, ...]]:
    """All that a collection says, and the problems of its reading; None where collection.yml itself is unreadable. `source` is
    collection.yml, where it was read already."""
    reader = reader or Reader(Store(place.cache))
    content, found = read_content(place)
    source = project.read(place, SETTINGS) if source is None else source
    collection, problems = read_collection(place, content, reader, source)
    problems += found
    if collection is None:
        return None, problems
    targets = targets_of(collection, content, reader)
    intro = read_intro(place, content, targets, reader)
    bodies = (*(case.body for case in collection.cases), *(text.body for text in collection.texts), intro.body)
    shown, found = published(place, content, source, bodies, targets, reader)
    problems = (*problems, *intro.problems, *pages_lead_somewhere(content, targets, reader), *found)
    return Manuscript(collection, content, intro, targets, reader, shown), problems
