"""Anchors: which heading of a text a link means by what stands behind its `#`.

Flows in: headings, and what was written. Flows out: the id of one of them, the same for website and book.
"""

import unicodedata
from collections.abc import Sequence
from urllib.parse import unquote

from casepress.values.cases import Heading


def place(headings: Sequence[Heading], prefix: str, called: str) -> str:
    """The id of the heading that a link `#…` calls so; empty where there is none. `prefix` begins the ids.

    It may give the heading's words, or h1, h2 in the order of the text. Spaces, marks and the case of letters may differ
    where only one heading's words are meant: many programs write `#一背景` or `#一-背景` for 一、背景.
    """
    words, bare = " ".join(unquote(called).split()), plain(unquote(called))
    numbered = {heading.id.removeprefix(prefix): heading.id for heading in headings}
    named = {heading.text: heading.id for heading in reversed(headings)}
    alike = [heading for heading in headings if bare and bare in (plain(heading.text), plain(heading.id))]
    same = len({heading.text for heading in alike}) == 1  # of headings that are alike the first is meant, as of its exact words
    return (named | numbered).get(words) or (alike[0].id if same else "")


def plain(words: str) -> str:
    """Letters, digits and characters alone, without the case of letters: what two ways of writing one name share."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", words).casefold()))
