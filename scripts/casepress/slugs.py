"""ASCII names for addresses: the one door to pypinyin.

Ids and slugs are `[a-z0-9-]`, at most 64 characters, and never a name that Windows keeps for itself.
"""

import re
import unicodedata

from pypinyin import Style, lazy_pinyin

LONGEST = 64
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OTHER = re.compile(r"[^a-z0-9]+")
# Reserved device names (Windows) and the page that lists a folder.
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "index", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))]
)


def is_id(text: str) -> bool:
    """Whether the text can stand as an id as it is."""
    return len(text) <= LONGEST and _ID.fullmatch(text) is not None and text not in _RESERVED


def slug(text: str) -> str:
    """A readable ASCII name for any text: 大课间的一小时 -> da-ke-jian-de-yi-xiao-shi.

    Empty where the text holds nothing that can be written so (emoji, punctuation).
    """
    plain = unicodedata.normalize("NFKC", text)
    words = lazy_pinyin(plain, style=Style.NORMAL, errors=lambda other: list(_ascii(other)))
    name = _OTHER.sub("-", "-".join(words).lower()).strip("-")
    if len(name) > LONGEST:
        name = name[: LONGEST + 1].rpartition("-")[0] or name[:LONGEST]
    return f"{name}-1" if name in _RESERVED else name


def _ascii(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text)
    return ["".join(c if c.isascii() else "" if unicodedata.combining(c) else "-" for c in decomposed)]
