"""Bodies: what texts say, each read once, and not again in a later run while it is written the same.

Flows in: a text, and then where its links and pictures lead. Flows out: what it refers to, its headings, its `Fragment`.
In the store an entry stands under the text and the prefix of its ids, with the fragment and the targets that it was
settled with; where these are others now, the text is read again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from casepress.collection.leads import is_ours
from casepress.facts.maker import maker
from casepress.facts.store import Store, key
from casepress.markup import prose
from casepress.values.cases import Fragment, Heading, Reference
from casepress.values.plain import NotPlain, packed, unpacked

# Whose versions decide what is read of a case.
LIBRARIES = ("markdown", "nh3", "tinyhtml5", "pyyaml", "pypinyin", "pillow")
_KIND = "body"


@dataclass(frozen=True)
class Body:
    """A text that was looked into. `fragment` is what it came to with `targets`, of so many 字; None where that was never asked."""

    markdown: str
    prefix: str
    references: tuple[Reference, ...]
    headings: tuple[Heading, ...]
    targets: Mapping[str, str] = field(default_factory=dict)
    fragment: Fragment | None = None
    characters: int = 0
    draft: prose.Draft | None = None


@dataclass(frozen=True)
class Reader:
    """Reads texts; what it read before it has from a store. For one thread."""

    store: Store = Store(None)

    @cached_property
    def made(self) -> str:
        """Who reads: our code and the libraries that it asks."""
        return maker(*LIBRARIES)

    @cached_property
    def renderer(self) -> prose.Markdown:
        return prose.renderer()

    def read(self, markdown: str, prefix: str) -> Body:
        """What a text refers to, and its headings, whose ids begin with `prefix` (ASCII)."""
        return self.kept(markdown, prefix) or self.fresh(markdown, prefix)

    def kept(self, markdown: str, prefix: str) -> Body | None:
        """A text that was read before; None where it was not."""
        data = self.store.get(_KIND, self._name(markdown, prefix))
        if data is None:
            return None
        try:
            return Body(markdown, prefix, *unpacked(data))
        except NotPlain:
            return None

    def fresh(self, markdown: str, prefix: str) -> Body:
        """A text that is read now. One that leads nowhere but to the web and to itself is settled at once."""
        draft = prose.read(markdown, self.renderer)
        body = Body(markdown, prefix, draft.references, prose.headings_of(draft, prefix), draft=draft)
        return body if any(each.kind == "picture" or is_ours(each.target) for each in draft.references) else self._settled(body, {})

    def settle(self, body: Body, targets: Mapping[str, str]) -> Body:
        """A text with its fragment, whose links and pictures lead to these targets (`prose.settle`); asked once for each text."""
        return self._settled(body, targets) if body.fragment is None or dict(body.targets) != dict(targets) else body

    def references(self, markdown: str) -> tuple[Reference, ...]:
        """Every link and picture of a text that nobody shows."""
        body = self.read(markdown, "")
        if body.draft is not None:
            self._keep(body)
        return body.references

    def _settled(self, body: Body, targets: Mapping[str, str]) -> Body:
        draft = body.draft or prose.read(body.markdown, self.renderer)
        fragment = prose.settle(draft, body.prefix, targets)
        settled = Body(body.markdown, body.prefix, body.references, body.headings, targets, fragment, prose.count_characters(fragment.text))
        self._keep(settled)
        return settled

    def _keep(self, body: Body) -> None:
        if self.store.folder is not None:
            parts = (body.references, body.headings, body.targets, body.fragment, body.characters)
            self.store.put(_KIND, self._name(body.markdown, body.prefix), packed(parts))

    def _name(self, markdown: str, prefix: str) -> str:
        return key((self.made, prefix, markdown))
