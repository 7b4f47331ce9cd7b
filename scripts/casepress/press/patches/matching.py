"""Matching: which rules match an element, asked once for all elements whose names, attributes and ancestors are alike.

Most selectors ask an element and those above it for their names and attributes alone. What these say is remembered, over all
documents, by the names and attributes down from the root, as far as any selector asks for them. Selectors that ask for
more (neighbours, places, content, languages) are tried for each element, where the others let them.
"""

from collections.abc import Iterator, Sequence
from itertools import count
from types import CodeType
from typing import NamedTuple

from weasyprint.css import CSS, cssselect2

_MANY = 4000  # elements that are not alike: links lead to other places, and some selectors ask where
# What a compiled selector may use that asks an element and those above it for names and attributes.
_ALIKE = frozenset(
    "local_name namespace_url classes id parent ancestors in_html_document etree_element attrib get tag"
    " lower startswith endswith ascii_lower split_whitespace next any".split()
)


class Like(NamedTuple):
    """Elements that are alike: their number, and the rules that match them, as (stylesheet, specificity, order, pseudo-element,
    declarations, test); where there is a test, it decides for each element.
    """

    number: int
    rules: tuple[tuple, ...]
    is_sure: bool


class Matching:
    """The rules of some stylesheets, in their order, with what they were found to match."""

    def __init__(self, sheets: Sequence[CSS]) -> None:
        self._sheets = [_Candidates(sheet.matcher) for sheet in sheets]
        self._asked = frozenset(("class", "id", "lang")).union(*(sheet.asked for sheet in self._sheets))
        if not any(sheet.is_asking_ids for sheet in self._sheets):
            self._asked -= {"id"}
        self._known: dict[tuple, Like] = {}
        self._numbers = count()

    def like(self, element: cssselect2.ElementWrapper, parent: Like | None) -> Like:
        """What is known of elements like this one, below a parent like this one."""
        tree = element.etree_element
        key = (parent and parent.number, tree.tag, *(item for item in tree.attrib.items() if item[0] in self._asked))
        found = self._known.get(key)
        if found is None:
            rules = tuple((number, *rule) for number, sheet in enumerate(self._sheets) for rule in sheet.match(element))
            found = Like(next(self._numbers), rules, all(test is None for *_, test in rules))
            if len(self._known) > _MANY:
                self._known.clear()  # numbers are not given again
            self._known[key] = found
        return found


def matched(element: cssselect2.ElementWrapper, like: Like) -> tuple[tuple, ...]:
    """The rules that match an element, the weightiest last in each stylesheet."""
    return like.rules if like.is_sure else tuple(rule for rule in like.rules if rule[-1] is None or rule[-1](element))


class _Candidates(cssselect2.Matcher):
    """The selectors of a matcher; of those that ask for more than names and attributes each that may match."""

    def __init__(self, matcher: cssselect2.Matcher) -> None:
        vars(self).update(vars(matcher))
        by_name = (self.id_selectors, self.class_selectors, self.lower_local_name_selectors, self.namespace_selectors)
        entries = [entry for each in by_name for entries in each.values() for entry in entries]
        entries += self.lang_attr_selectors + self.other_selectors
        used = {test: set(_used(test.__code__)) for test, *_ in entries}
        self._sure = {test for test, names in used.items() if names <= _ALIKE}
        self.is_asking_ids = bool(self.id_selectors) or any("id" in names for names in used.values())
        self.asked = {text for test in used for text in _texts(test.__code__)}

    def add_relevant_selectors(self, element, selectors, relevant_selectors):
        for test, specificity, order, pseudo, payload in selectors:
            if test not in self._sure:
                relevant_selectors.append((specificity, order, pseudo, payload, test))
            elif test(element):
                relevant_selectors.append((specificity, order, pseudo, payload, None))


def _used(code: CodeType) -> Iterator[str]:
    """The names that a function looks up, with what it holds."""
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _used(inner)


def _texts(code: CodeType) -> Iterator[str]:
    """The texts in a function, with what it holds: the names of all attributes that it asks for are among them."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _texts(inner)
        elif isinstance(inner, str):
            yield inner
