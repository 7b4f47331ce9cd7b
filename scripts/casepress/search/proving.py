"""Lookup: the index proven before it is published, by looking words of every case up in the files themselves.

Flows in: a collection, and a way to read the files of its site. Flows out: nothing, or IndexIncomplete.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import mul

from casepress.facts.folding import fold
from casepress.search import postings
from casepress.values.cases import Case, Collection

TITLE, BODY = 12, 6  # units of the words that are looked up


class IndexIncomplete(Exception):
    """The written index does not find what stands in a case; the message is a Chinese sentence."""


# Of each case, in their order: its path, and the terms that must be found in it.
Wanted = Sequence[tuple[str, Sequence[str]]]


def check_index(collection: Collection, read: Callable[[str], bytes]) -> None:
    """Look up what is `wanted` of a collection, as `check` does."""
    check(wanted(collection), read)


def wanted(collection: Collection) -> Wanted:
    """The beginning of every case's title and two places of its body."""
    return [(case.path, list(_terms(case))) for case in collection.cases]


def check(wanted: Wanted, read: Callable[[str], bytes]) -> None:
    """Look terms up in an index.

    `read` gives the bytes of a file by its path in the site. Raises IndexIncomplete for the first case that is not
    found, and whatever `read` raises for a file that is not there.
    """
    index = _Index(read)
    if index.base["cases"] != len(wanted):
        raise IndexIncomplete(f"检索数据里有 {index.base['cases']} 个案例，案例库里有 {len(wanted)} 个，请重新生成网站")
    asked = [(at, term, postings.cover(term)) for at, (_, terms) in enumerate(wanted) for term in terms]
    by_file = defaultdict(set)
    for key in {key for *_, keys in asked for key, _ in keys}:
        by_file[index.file(key)].add(key)
    found = {key: values for file, keys in by_file.items() for key, values in index.values(file, keys)}
    for at, term, keys in asked:
        lists = [(found[key], offset) for key, offset in keys]
        if not postings.meet(lists, *index.bounds[at]):
            raise IndexIncomplete(f"检索数据有缺漏：在 {wanted[at][0]} 里找不到它自己的“{term}”，网站没有更新")


def _terms(case: Case) -> Iterator[str]:
    title, body = fold(case.title), fold(case.body.text)
    if len(title) > 1:
        yield title[:TITLE]
    chance = zlib.crc32(case.id.encode())
    room = len(body) - BODY
    if room >= 0:
        yield from {body[chance % (room + 1) :][:BODY], body[chance // 7 % (room + 1) :][:BODY]}


@dataclass(frozen=True)
class _Index:
    """The index as its files tell it."""

    read: Callable[[str], bytes]

    def data(self, name: str) -> list:
        """What a file hands over, its name and version first."""
        text = self.read(f"search/{name}.js").decode("ascii")
        return json.loads(f"[{text.strip().removeprefix('casepress.take(').removesuffix(')')}]")

    @cached_property
    def loaded(self) -> tuple[str, dict]:
        _, version, base = self.data("base")
        return version, base

    @property
    def base(self) -> dict:
        return self.loaded[1]

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        """Where each case begins and ends."""
        zones = [postings.unpacked_rice(text, low, self.base["cases"]) for low, text in self.base["lengths"]]
        steps = self.base["steps"]
        ends = list(accumulate(sum(map(mul, steps, lengths)) for lengths in zip(*zones, strict=True)))
        return list(zip([0, *ends], ends, strict=False))

    def file(self, key: int) -> str:
        """The file that holds a mixed key."""
        if f"{key:08x}" in self.base["alone"][0]:
            return f"l-{key:08x}"
        return f"p-{key >> (32 - self.base['pairs']):x}"

    def values(self, file: str, keys: set[int]) -> Iterator[tuple[int, postings.Values]]:
        """The values of mixed keys in a file."""
        name, version, text = self.data(file)
        if (name, version) != (file, self.loaded[0]):
            raise IndexIncomplete(f"检索数据 search/{file}.js 不是这一次生成的，网站没有更新")
        bits = 32 if file[0] == "l" else 32 - self.base["pairs"]
        shard = postings.Shard(text, self.base["units"], bits)
        for key in keys:
            yield key, shard.find(key)
