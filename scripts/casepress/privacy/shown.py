"""Shown: the words of a page, a feed or a document as text: what readers see, and what its attributes, data and addresses say.

Where in it they stand does not matter: what is found in a page that was built is named by the page.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape

_INLINE = (
    "a|b|strong|em|i|u|s|span|sub|sup|small|mark|code|abbr|time|font|wbr|ruby|rt|rb|"
    "w:(?:r|t|rPr|rFonts|hyperlink|proofErr|bookmarkStart|bookmarkEnd|lang|color|sz|szCs|b|noBreakHyphen)"
)
_WITHIN = re.compile(rf"</?(?:{_INLINE})(?:\s[^<>]*)?>")
_CONFIG = re.compile('<script id="__config"[^<]*</script>')  # of Material: its own words and names of files
_TAG = re.compile(r"<[^<>]*>")
# Attributes whose words are shown or read aloud, and addresses that call somebody. In others stand files, measures and names for programs.
_SAID = tuple(
    f' {name}="'
    for name in "alt title content aria-label aria-description placeholder value summary label descr data-title data-content".split()
)
_CALLS = ('href="tel:', 'href="mailto:', 'href="sms:')


def shown(html: str) -> str:
    """The words of HTML or XML, each block in a line of its own, and below them what its attributes say."""
    html = _CONFIG.sub("", html)
    words = _TAG.sub("\n", _WITHIN.sub("", html))
    return unescape("\n".join((words, *_attributes(html)))).replace("\\", " ")


def _attributes(html: str) -> Iterator[str]:
    for mark in (*_SAID, *_CALLS):
        for behind in html.split(mark)[1:]:
            yield behind.partition('"')[0]


def data_shown(text: str) -> str:
    """The words of JSON, or of a script that hands some on: escapes are read."""
    with suppress(ValueError, RecursionError):  # as deep as no program writes it
        return _strings(json.loads(text))
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)


def _strings(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}：{_strings(each)}" for key, each in value.items())
    if isinstance(value, list):
        return "\n".join(map(_strings, value))
    return str(value)
