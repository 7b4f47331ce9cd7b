"""Keeping: the sampled grams of texts, from one run to the next, as plain numbers in a few files.

An entry is known by the sum of its text, the whole by the sum of our code: what was changed is reckoned anew, and nothing else.
"""

import hashlib
from collections.abc import Sequence

import numpy as np

from casepress.facts.maker import maker
from casepress.facts.store import Store, key
from casepress.likeness.grams import Known, known
from casepress.likeness.texts import Text

_KIND, _FILES, _SUM = "likeness", 16, 16
_ROW = np.dtype([("name", np.uint8, _SUM), ("digest", np.uint8, _SUM), ("length", "<u4")])


def knowns(texts: Sequence[Text], store: Store, home: str) -> list[Known]:
    """What is kept of the texts, in their order; `home` tells collections apart that share a store."""
    names = [hashlib.blake2b(text.markdown.encode("utf-8", "surrogatepass"), digest_size=_SUM).digest() for text in texts]
    before = {number: _read(store.get(_KIND, _name(home, number))) for number in range(_FILES)} if store.folder else {}
    found = [before.get(name[0] % _FILES, {}).get(name) or known(text.words) for name, text in zip(names, texts, strict=True)]
    for number, old in before.items():
        now = {name: each for name, each in zip(names, found, strict=True) if name[0] % _FILES == number}
        if now.keys() != old.keys():
            store.put(_KIND, _name(home, number), _written(now))
    return found


def _name(home: str, number: int) -> str:
    return key((maker(), home, str(number)))


def _written(entries: dict[bytes, Known]) -> bytes:
    """How many entries, a row for each, and their samples one after the other."""
    rows = np.zeros(len(entries), _ROW)
    for row, (name, each) in zip(rows, entries.items(), strict=True):
        row["name"], row["digest"], row["length"] = np.frombuffer(name, np.uint8), np.frombuffer(each.digest, np.uint8), len(each.sample)
    samples = np.concatenate([np.empty(0, np.uint64), *(each.sample for each in entries.values())])
    return len(entries).to_bytes(8, "little") + rows.tobytes() + samples.astype("<u8").tobytes()


def _read(data: bytes | None) -> dict[bytes, Known]:
    """The entries that `_written` made bytes of; none where it made none."""
    if not data:
        return {}
    rows = np.frombuffer(data, _ROW, int.from_bytes(data[:8], "little"), 8)
    samples = np.frombuffer(data[8 + rows.nbytes :], "<u8").astype(np.uint64)
    ends = np.cumsum(rows["length"], dtype=np.int64).tolist()
    names, digests = rows["name"].tobytes(), rows["digest"].tobytes()
    return {
        names[at * _SUM : (at + 1) * _SUM]: Known(digests[at * _SUM : (at + 1) * _SUM], samples[start:end])
        for at, (start, end) in enumerate(zip([0, *ends], ends, strict=False))
    }
