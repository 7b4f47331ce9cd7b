"""Pictures: as an EPUB carries them to a phone: no larger than it shows, upright, in sRGB, without metadata.

Flows in: a published name and the bytes of a picture. Flows out: a file of the EPUB. What was made before is in the store.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from casepress.facts.maker import maker
from casepress.facts.store import NOTHING, Store, key

LONGEST = 1600  # pixels of the longer edge: a phone's screen in full, and room to look closer
_QUALITY = 82
_KIND = "carried"
_BEGINS = {b"\xff\xd8": "jpg", b"\x89P": "png", b"RI": "webp"}


@dataclass(frozen=True)
class Carried:
    """A picture of an EPUB: its name without suffix, its file, its bytes."""

    name: str
    file: str
    data: bytes


def carried(name: str, read: Callable[[], bytes], store: Store = NOTHING) -> Carried:
    """A picture made small enough, under a name that depends on its published one. Raises NotAPicture, and what `read` raises."""
    original = read()
    entry = key((maker("pillow"), hashlib.sha256(original).digest()))
    data = store.get(_KIND, entry)
    if data is None:
        from casepress.facts import developing

        data = developing.publish(original, (LONGEST, LONGEST), on_paper=True, quality=_QUALITY).data
        store.put(_KIND, entry, data)
    stem = name.partition(".")[0]
    return Carried(stem, f"pictures/{stem}.{_BEGINS[data[:2]]}", data)
