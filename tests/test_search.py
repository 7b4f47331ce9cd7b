"""The index of search: what is in it, that it can be read back, and that a fault in it does not pass."""

import contextlib
import json
import multiprocessing
import os
import random
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from itertools import accumulate

import numpy as np
import pytest

from casepress import flow
from casepress.collection import project
from casepress.facts.folding import clean, fold
from casepress.search import aside, index, postings, proving
from casepress.search.alphabet import ONES, SYMBOLS, TWOS, alphabet
from casepress.search.searchable import zones
from casepress.values.cases import Collection
from conftest import ROOT, case_text

PRIVATE = "title: 库\nfields:\n  phone: {label: 联系电话, private: yes}\n  level: {label: 范围, kind: choice, facet: yes}\n"


@pytest.fixture(scope="module")
def ours() -> Collection:
    collection, _ = flow.check_project(project.find(ROOT))
    assert collection is not None
    return collection


@pytest.fixture(scope="module")
def files(ours) -> Mapping[str, bytes]:
    return dict(index.index_files(ours))


def data(files: Mapping[str, bytes], name: str) -> list:
    """What a file hands over, its name and version first."""
    return json.loads(f"[{files[f'search/{name}.js'].decode('ascii').strip()[len('casepress.take(') : -1]}]")


def tiers(base: dict) -> list[list[int]]:
    """The code points of the alphabet that a base file tells."""
    return [[gap + at for at, gap in enumerate(accumulate(postings.unpacked_rice(text, low, count)))] for count, low, text in base["alphabet"]]


def plain(text: str, points: Sequence[Sequence[int]]) -> str:
    """A text written in an alphabet, read back."""
    found, symbols = [], iter(map(SYMBOLS.index, text))
    for first in symbols:
        if first < ONES:
            found.append(points[0][first])
        elif first < ONES + TWOS:
            found.append(points[1][(first - ONES) * 91 + next(symbols)])
        else:
            found.append(points[2][(first - ONES - TWOS) * 91**2 + next(symbols) * 91 + next(symbols)])
    return "".join(map(chr, found))


@pytest.mark.parametrize(
    "text, expected",
    {
        "ＳＴＥＡＭ教育，第①期": "steam教育,第1期",
        "5＋2　服务\n\t费": "5+2 服务 费",
        "Straße ΑΣ ﬁ ㎡ ｶﾞ": "strasse ασ fi m2 ガ",
        "a\u200bb\u202ec\x00d\ufeff": "abcd",
        "\ud800甲\udfff": "甲",
        " \u2028 ": "",
        "……——“双减”「双减」‘甲’": '......——"双减""双减"\'甲\'',
        "課後服務 羣眾 乾隆 著名": "课后服务 群众 乾隆 著名",
        "e\u0301": "é",
    }.items(),
)
def test_folding(text, expected):
    """Width, case, white space and forms of a character make no difference; what nobody sees is left out."""
    assert fold(text) == expected
    assert fold(expected) == expected


def test_folding_twice_changes_nothing():
    """Folding is settled after once, for every character; cleaning before it makes no difference."""
    for start in range(0, 0x110000, 1024):
        text = "".join(f"甲{chr(n)}乙" for n in range(start, start + 1024))
        assert fold(fold(text)) == fold(text) == fold(clean(text)), hex(start)


def test_the_same_collection_gives_the_same_bytes(ours, files):
    """The index is a pure function of the collection; all of it is ASCII, under names that any disk takes."""
    assert dict(index.index_files(ours)) == files
    assert all(data.isascii() and re.fullmatch(r"search/[a-z0-9-]+\.js", name) for name, data in files.items())


@pytest.mark.parametrize("killed", ["never", "before the lists", "before the proof"])
def test_another_process_does_the_same(killed, ours, files):
    """Lists and proof of a process of its own are those made here, and it may be killed: then they are made here."""
    spoilt = dict(files)
    del spoilt["search/p-1.js"]
    zone = "".join(map(chr, range(0x4E00, 0x4E40))) + "\0"
    text, lengths = postings.utf16(zone * 60), [len(zone)] * 60
    for given, is_whole in ((files, True), (spoilt, False)):
        helper = aside.ready()
        lists = helper.lists(text, lengths, 64)
        (process,) = multiprocessing.active_children()
        if killed == "before the lists":
            process.kill()
        assert lists() == postings.both(text, lengths, 64)
        if killed == "before the proof":
            process.kill()

        with contextlib.nullcontext() if is_whole else pytest.raises(KeyError):
            helper.proof(proving.wanted(ours), given)()
        assert not multiprocessing.active_children()


@pytest.mark.skipif(sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="未检查：只在 Linux 上、有两个核时另开进程")
def test_a_copy_makes_the_same():
    """The index that a copy of this process makes, with a helper at work for it, is the one made here; whoever is killed, the other or this
    process does its part, and nobody is left."""
    code = """
import multiprocessing, sys
from pathlib import Path
from casepress import __main__, flow
from casepress.collection import project
from casepress.search import aside, index, proving
if __name__ == "__main__":
    ours, _ = flow.check_project(project.find(Path(sys.argv[1])))
    files = dict(index.index_files(ours))
    for killed in ("", "copy", "helper", "copy and helper"):
        helper = aside.ready()
        (process,) = multiprocessing.active_children()
        made = index.begin(ours, helper)
        for each in multiprocessing.active_children():
            if ("helper" if each.pid == process.pid else "copy") in killed:
                each.kill()
        found = dict(made())
        helper.proof(proving.wanted(ours), found)()
        print(found == files, list(found)[-1], multiprocessing.active_children())
"""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    ran = subprocess.run([sys.executable, "-c", code, ROOT], capture_output=True, text=True, env=environment, timeout=120, check=False)
    assert (ran.stdout, ran.stderr) == ("True search/base.js []\n" * 4, "")


def test_the_index_finds_every_case(ours, files):
    """What was written is proven by looking words of every case up in it."""
    proving.check_index(ours, files.__getitem__)


@pytest.mark.parametrize("fault", ["empty shard", "other shard", "old shard", "lengths", "fewer", "missing"])
def test_a_faulty_index_does_not_pass(fault, ours, files):
    """A shard that lost its lists, stands in for another or is of another build stops the proof; so do false lengths."""
    spoilt = dict(files)
    name = "search/p-1.js"
    _, version, text = data(files, "p-1")
    if fault == "empty shard":
        spoilt[name] = spoilt[name].replace(text.encode(), postings.packed([0, 0], 28).encode())
    elif fault == "other shard":
        spoilt[name] = spoilt[name].replace(text.encode(), data(files, "p-2")[2].encode())
    elif fault == "old shard":
        spoilt[name] = spoilt[name].replace(version.encode(), b"0123456789")
    elif fault == "lengths":
        low, lengths = data(files, "base")[2]["lengths"][3]
        assert lengths != (longer := lengths[:-8] + lengths[:8])
        spoilt["search/base.js"] = spoilt["search/base.js"].replace(lengths.encode(), longer.encode())
    elif fault == "fewer":
        spoilt = dict(index.index_files(Collection(ours.title, ours.fields, ours.cases[1:])))
    else:
        del spoilt[name]

    with pytest.raises((proving.IndexIncomplete, KeyError, IndexError)):
        proving.check_index(ours, spoilt.__getitem__)


def test_private_fields_are_not_in_it(make):
    """A private value is in no zone, no document and no list."""
    folder = make({"a.md": case_text("甲").replace("---\n\n", "联系电话: 罕见秘密\n范围: 全国\n---\n\n")}, settings=PRIVATE)
    collection, _ = flow.check_project(project.find(folder))
    files = dict(index.index_files(collection))
    base = data(files, "base")[2]
    points = tiers(base)
    document = plain(data(files, "d-0")[2], points)

    assert "全国" in document and "罕见秘密" not in document
    assert not {ord(c) for c in "罕秘"} & {point for tier in points for point in tier}
    assert "phone" not in {f["name"] for f in base["fields"]} and "联系电话".encode() not in b"".join(files.values())
    key = postings.cover("罕见")[0][0]
    shard = postings.Shard(data(files, f"p-{key >> 32 - base['pairs']:x}")[2], base["units"], 32 - base["pairs"])
    assert not len(shard.find(key))


def test_a_document_tells_the_case(ours, files):
    """A case's id, title, values of facets and every piece of its zones can be read from its group's file."""
    points = tiers(data(files, "base")[2])
    numbers = sorted(int(name[9:-3]) for name in files if name.startswith("search/d-"))
    cards = "\3".join(plain(data(files, f"d-{n}")[2], points) for n in numbers).split("\3")

    assert len(cards) == len(ours.cases)
    for case, card in zip(ours.cases, cards, strict=True):
        id_, title, *values, pieces, text = card.split("\2")
        assert (id_, title) == (case.id, case.title)
        assert values == [case.text(f.name) for f in ours.facets]
        assert sum(ord(piece) - 48 for piece in pieces) == len(title.encode("utf-16-le")) // 2
        told = [[re.sub("^\1.", "", piece) for piece in zone.split("\0") if piece] for zone in text.split("\4")]
        assert told == [[words for _, words in zone] for zone in zones(ours, case)]


def test_a_collection_without_cases_has_an_index():
    """Nothing to find is no fault."""
    empty = Collection("空", (), ())
    files = dict(index.index_files(empty))

    proving.check_index(empty, files.__getitem__)
    assert data(files, "base")[2]["cases"] == 0


@pytest.mark.parametrize("seed", range(12))
def test_lists_come_back_from_shards(seed):
    """Lists of any length and spread, with and without tags, are read back as they were written."""
    chance = random.Random(seed)
    universe, tag_bits = chance.choice([1, 50, 5000, 2**25]), chance.choice([0, 4])
    table = {chance.randrange(2**32): sorted(chance.sample(range(universe), chance.randint(1, min(universe, 400)))) for _ in range(200)}
    table[0] = table[2**32 - 1] = [universe - 1]
    keys = np.array([key for key in sorted(table) for _ in table[key]], np.uint32)
    values = np.array([value for key in sorted(table) for value in table[key]], np.uint32)
    tags = np.array([value % 16 for value in values.tolist()], np.int64) if tag_bits else None
    made = postings.lists(keys, values, universe, chance.choice([50, 1000, 10**6]), tags, tag_bits)
    shards = {n: postings.Shard(text, universe, 32 - made.bits, tag_bits) for n, text in made.shards()}
    alone = {key: postings.Shard(text, universe, 32, tag_bits) for key, text in made.alone()}

    assert len(shards) == 2**made.bits
    for key, wanted in table.items():
        shard = alone.get(key) or shards[key >> (32 - made.bits)]
        assert shard.find(key).tolist() == wanted
    absent = next(key for key in iter(lambda: chance.randrange(2**32), None) if key not in table)
    assert not len(shards[absent >> (32 - made.bits)].find(absent))


def test_numbers_come_back_from_text():
    """Bits of any number are read back from their text, in which nothing needs escaping."""
    for length in range(60):
        bits = np.array([random.Random(length).randrange(2) for _ in range(length)], np.uint8)
        text = postings.ascii_of(bits)
        assert postings.bits_of(text)[:length].tolist() == bits.tolist()
        assert json.dumps(text) == f'"{text}"'
    numbers = [0, 1, 5, 1000, 0, 7]
    for low in range(12):
        assert postings.unpacked_rice(postings.packed_rice(numbers, low), low, len(numbers)) == numbers


def test_every_character_can_be_written():
    """An alphabet of all characters writes each of them, and what it writes can be read back."""
    text = "".join(map(chr, range(0x10000)))
    letters = alphabet([text, "的的的"])

    assert len(letters.write("的")) == 1
    assert plain(letters.write(text), letters.points) == text
