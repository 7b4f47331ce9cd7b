"""Names: the ids of a book's HTML as names of bookmarks, which Word wants short and without hyphens."""

import hashlib

_MOST = 40  # signs of a bookmark's name
_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


def bookmark(anchor: str) -> str:
    """The bookmark of an id: `case-a-1` is `case_a_1`; what is too long or has other signs gets a sum of it behind it."""
    name = "".join(sign if sign in _SIGNS else "_" for sign in anchor).replace("-", "_")
    name = name if name[:1].isalpha() else f"b_{name}"
    if len(name) <= _MOST and _SIGNS.issuperset(anchor):
        return name
    return f"{name[: _MOST - 13]}_{hashlib.sha256(anchor.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
