"""Bodies: what texts say, each read once.

Flows in: a text, and then where its links and pictures lead. Flows out: what it refers to, its headings, its `Fragment`.
A fragment that was settled with the same targets is used again. The bodies of cases are kept with their headers
(`keeping`), those of other texts here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property

from casepress.collection.leads import is_ours
from casepress.facts.maker import maker
from casepress.facts.store import Store, key
from casepress.language import proofreading
from casepress.markup import prose
from casepress.values.cases import Fragment, Heading, Reference, Remark, letters
from casepress.values.plain import NotPlain, packed, unpacked

# Whose versions decide what is read of a text and of a header.
LIBRARIES = ("markdown", "nh3", "tinyhtml5", "pyyaml", "pypinyin", "pillow")
_KIND = "body"


@dataclass(frozen=True)
class Body:
    """A text that was looked into. `fragment` is what it came to with `targets` and `photos`; None where that was never asked.

    `characters`, `letters` and `findings` are as in a `Case`.
    """

    references: tuple[Reference, ...]
    headings: tuple[Heading, ...]
    targets: Mapping[str, str] = field(default_factory=dict)
    fragment: Fragment | None = None
    characters: int = 0
    letters: str = ""
    photos: tuple[str, ...] | None = None
    findings: tuple[Remark, ...] = ()
    draft: prose.Draft | None = field(default=None, compare=False, repr=False)  # until it is settled, where it was read just now

    def is_settled(self, targets: Mapping[str, str], photos: tuple[str, ...] | None) -> bool:
        """Whether its fragment was made with these."""
        return self.fragment is not None and self.targets == targets and self.photos == photos

    @property
    def parts(self) -> tuple:
        """All that is kept of it, as a plain value (`values.plain`)."""
        return tuple(getattr(self, part.name) for part in fields(self) if part.name != "draft")


@dataclass(frozen=True)
class Reader:
    """Reads texts, and has from a store what it read before. For one thread.

    Who reads the same cases again and again gives it a mapping that is `known` then: what was read of each file the last time.
    """

    store: Store = Store(None)
    known: dict | None = field(default=None, compare=False, repr=False)

    @cached_property
    def made(self) -> str:
        """Who reads: our code and the libraries that it asks."""
        return maker(*LIBRARIES)

    @cached_property
    def renderer(self) -> prose.Markdown:
        return prose.renderer()

    def fresh(self, markdown: str, prefix: str, photos: tuple[str, ...] | None = None) -> Body:
        """A text that is read now; ids in it begin with `prefix` (ASCII). Where it leads only to the web and to itself it is settled at once."""
        draft = prose.read(markdown, self.renderer)
        body = Body(draft.references, prose.headings_of(draft, prefix), draft=draft)
        leads = any(each.kind == "picture" or is_ours(each.target) for each in draft.references)
        return body if leads else _with(body, markdown, prose.settle(draft, prefix, {}, photos), {}, photos)

    def settle(self, body: Body, markdown: str, prefix: str, targets: Mapping[str, str], photos: tuple[str, ...] | None = None) -> Body:
        """The same text with its fragment, whose links and pictures lead to these targets (`prose.settle`); asked once for each reading."""
        if body.is_settled(targets, photos):
            return body
        draft = body.draft if body.fragment is None and body.draft else prose.read(markdown, self.renderer)
        return _with(body, markdown, prose.settle(draft, prefix, targets, photos), targets, photos)

    def read(self, markdown: str, prefix: str) -> Body:
        """A text that is no case."""
        name = self._name(markdown, prefix)
        if (data := self.store.get(_KIND, name)) is not None:
            try:
                return Body(*unpacked(data))
            except NotPlain:
                pass
        body = self.fresh(markdown, prefix)
        self._keep(name, body)
        return body

    def settled(self, read: Body, markdown: str, prefix: str, targets: Mapping[str, str], photos: tuple[str, ...] | None = None) -> Fragment:
        """The fragment of a text that is no case, once it is read."""
        body = self.settle(read, markdown, prefix, targets, photos)
        if body is not read:
            self._keep(self._name(markdown, prefix), body)
        return body.fragment

    def references(self, markdown: str) -> tuple[Reference, ...]:
        """Every link and picture of a text that is no case."""
        return self.read(markdown, "").references

    def _keep(self, name: str, body: Body) -> None:
        if self.store.folder is not None:
            self.store.put(_KIND, name, packed(body.parts))

    def _name(self, markdown: str, prefix: str) -> str:
        return key((self.made, prefix, markdown))


def _with(body: Body, markdown: str, fragment: Fragment, targets: Mapping[str, str], photos: tuple[str, ...] | None) -> Body:
    characters, used = prose.count_characters(fragment.text), letters(markdown, fragment.text)
    findings = proofreading.look(fragment.lines, markdown, used)
    return Body(body.references, body.headings, dict(targets), fragment, characters, used, photos, findings)
