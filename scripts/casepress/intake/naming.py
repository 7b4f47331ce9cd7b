"""Naming: how the file of a case that came in is called, and which id it gets.

A name says the title. It is the same whatever came in beside it, it stands on Windows, macOS and Linux, and no other case has it,
whatever the letters' case. Names that are cut end in a hash of the whole title, so that two long titles that begin alike stay two.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator

from casepress.facts import slugs
from casepress.facts.systems import is_device

LONGEST = 40
_BYTES, _UNIT = 120, 48  # of a title and of a unit, so that a name with its number and ending takes 180 bytes at most
_FORBIDDEN = re.compile(r'[\\/:*?"<>|#%&{}$!\'@+`=~^;,\[\]()]+')  # on Windows, in addresses, or in Markdown's links
_LATIN = re.compile(r"[0-9A-Za-z]")


def plain(text: str) -> str:
    """What of a text may stand in the name of a file, in one piece."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(c for c in text if c.isprintable() or c.isspace())
    text = re.sub(r"(?<=[0-9A-Za-z])\s+(?=[0-9A-Za-z])", "-", _FORBIDDEN.sub("", text))
    return re.sub(r"\s+", "", text).strip(".-_ ")


def _cut(text: str, size: int) -> str:
    """As much of a text as so many bytes hold, in UTF-8."""
    return text.encode()[:size].decode(errors="ignore").rstrip(".-")


def names(title: str, unit: str) -> Iterator[str]:
    """Names for a case, the best first: the title, the title with the unit, then with numbers, without end."""
    short = plain(title)
    if len(short) > LONGEST or len(short.encode()) > _BYTES:
        short = f"{_cut(short[: LONGEST - 7], _BYTES - 7)}-{_sum(title)}"
    if not short or is_device(short):
        short = f"案例-{short}" if short else "案例"
    yield short
    if also := _cut(plain(unit), _UNIT):
        yield f"{short}-{also}"
        short = f"{short}-{also}"
    number = 2
    while True:
        yield f"{short}-{number}"
        number += 1


def name_for(title: str, unit: str, is_free: Callable[[str], bool]) -> str:
    """The first of the names that nothing else has."""
    return next(name for name in names(title, unit) if is_free(name))


def id_for(name: str, is_free: Callable[[str], bool]) -> str:
    """The id that the header of a case must give, empty where the one that comes of its name will do.

    It will not where the name's pinyin is too long for an id, for what is cut may be all that tells two names apart; nor where
    there is none, or another case has it.
    """
    found = slugs.slug(name)
    is_cut = sum(2 if not _LATIN.match(c) else 1 for c in name) > slugs.LONGEST or len(found) > slugs.LONGEST - 8
    return "" if found and not is_cut and is_free(found) else slugs.hashed(name, found[:40].rstrip("-") or "case")


def _sum(text: str) -> str:
    return hashlib.sha256(re.sub(r"\s+", "", unicodedata.normalize("NFC", text)).encode()).hexdigest()[:6]
