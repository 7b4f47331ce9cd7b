"""Outlines: the headings of a case's text stand below the title of its page, none left out between them.

Flows in: a case's text as HTML, with the levels that its author chose; `check` tells who skipped one. Flows out: the same with
levels that screen readers can go through.
"""

import re

from casepress.markup.levels import below_a_title

_BEGINS = re.compile(r'<h([1-6]) id="')
_TAG = re.compile(r'<h[1-6](?= id=")|</h[1-6]>')


def outlined(html: str) -> str:
    """HTML with its headings from `h2` on, each at most one level below the one that it stands under."""
    levels = [int(level) for level in _BEGINS.findall(html)]
    wanted = list(below_a_title(levels))
    if wanted == levels:
        return html
    found = iter(wanted)
    level = 0

    def named(tag: re.Match[str]) -> str:
        nonlocal level
        if tag[0].startswith("</"):
            return f"</h{level}>"
        level = next(found)
        return f"<h{level}"

    return _TAG.sub(named, html)
