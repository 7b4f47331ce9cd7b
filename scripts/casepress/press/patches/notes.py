"""Notes: keep WeasyPrint from losing the notes at a page's foot.

Where the first line of a paragraph does not fit above the notes of a page, WeasyPrint moves those notes to the next
page, sets the line in their place, and forgets the notes of that very line. Inside `kept_notes()` the line goes to the
next page instead: every note stays below its mark.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from weasyprint.layout import block

from casepress.press.patches.known import Ours, replaced


@contextmanager
def kept_notes() -> Iterator[None]:
    """Lay out notes so that none is lost: `with kept_notes(): document = HTML(…).render(…)`. Raises known.UnknownWeasyPrint."""
    with replaced(Ours(block, "_linebox_layout", _keeping)):
        yield


def _keeping(ask):
    """WeasyPrint's `_linebox_layout`, told that there are no notes to move away."""

    def linebox_layout(context, *others):
        return ask(context if isinstance(context, _Context) else _Context(context), *others)

    return linebox_layout


class _Context:
    """WeasyPrint's context of a page, in which no note can be found that could be moved away; all else is the same."""

    current_page_footnotes = ()

    def __init__(self, context) -> None:
        object.__setattr__(self, "_context", context)

    def __getattr__(self, name):
        return getattr(self._context, name)

    def __setattr__(self, name, value) -> None:
        setattr(self._context, name, value)
