"""The store of what was made: whole or not there, never another's, never above its limit."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from casepress.facts.filesums import remembered
from casepress.facts.store import Store, key


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "cache")


def test_gives_back_what_was_put(store):
    """An entry is the same bytes, known by kind and key."""
    store.put("piece", key(["a"]), b"one")
    assert store.get("piece", key(["a"])) == b"one"
    assert store.get("body", key(["a"])) is None
    assert store.get("piece", key(["b"])) is None


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data[:-1] + b"?", lambda data: b"", lambda data: b"x" * 100])
def test_damage_is_noticed(store, damage):
    """A cut, changed, empty or foreign file is as if it were not there, and can be put anew."""
    store.put("piece", key(["a"]), b"some bytes")
    path = store._path("piece", key(["a"]))
    path.write_bytes(damage(path.read_bytes()))
    assert store.get("piece", key(["a"])) is None
    store.put("piece", key(["a"]), b"some bytes")
    assert store.get("piece", key(["a"])) == b"some bytes"


def test_an_entry_in_anothers_place_is_none(store):
    """A file that was copied onto another's name is noticed."""
    store.put("piece", key(["a"]), b"a")
    store.put("piece", key(["b"]), b"b")
    store._path("piece", key(["a"])).write_bytes(store._path("piece", key(["b"])).read_bytes())
    assert store.get("piece", key(["a"])) is None


def test_parts_do_not_run_together():
    """Different lists of parts have different keys, wherever the same letters are cut."""
    assert len({key(parts) for parts in (["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], [b"3:abc"])}) == 5
    assert key(["甲"]) == key(["甲".encode()])


@pytest.fixture
def unlearnt(monkeypatch):
    """A process that has learnt nothing yet: it keeps only so much, and other tests may have filled that."""
    monkeypatch.setattr("casepress.facts.store._learnt", {})


def test_what_was_learnt_for_one_folder_is_kept_in_another(store, tmp_path, unlearnt):
    """What hangs on no collection is found out once in a process; each folder keeps it, and what is only put is each folder's own."""
    store.learn("face", key(["learnt"]), b"of a font")
    store.put("face", key(["put"]), b"of a font")
    other = Store(tmp_path / "other")
    assert other.known("face", key(["learnt"])) == b"of a font"
    assert other.get("face", key(["learnt"])) == b"of a font"
    assert other.known("face", key(["put"])) is None
    assert Store(None).known("face", key(["learnt"])) == b"of a font"

    store.put("face", key(["read"]), b"of another")  # by another process
    assert store.known("face", key(["read"])) == b"of another" == Store(None).known("face", key(["read"]))


def test_old_entries_go_above_the_limit(tmp_path):
    """Above its limit a store loses what was unused for longest, and keeps the rest; drafts of the dead go."""
    store = Store(tmp_path / "cache", limit=10_000)
    for number in range(20):
        store.put("piece", key([str(number)]), b"x" * 1000)
        os.utime(store._path("piece", key([str(number)])), (1_000_000 + number, 1_000_000 + number))
    assert store.get("piece", key(["0"]))  # used again: it is the newest now
    draft = store._path("piece", key(["0"])).with_name(".left.new")
    draft.write_bytes(b"half")
    os.utime(draft, (1, 1))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    dead, living = (draft.with_name(f".{process}.x.new") for process in (ended.pid, os.getpid()))
    dead.touch()
    living.touch()
    store.trim()
    assert living.exists() and not dead.exists()
    kept = [number for number in range(20) if store.get("piece", key([str(number)]))]
    assert kept[0] == 0 and kept[1:] == list(range(20 - len(kept) + 1, 20)) and 6 <= len(kept) <= 8
    assert not draft.exists()


def test_without_a_folder_nothing_is_kept():
    """A store without a folder is empty and stays so."""
    store = Store(None)
    store.put("piece", key(["a"]), b"one")
    store.trim()
    assert store.get("piece", key(["a"])) is None and store.clear() == 0


def test_a_place_that_cannot_be_written_stops_nobody(tmp_path):
    """Where a file stands in the place of the folder, nothing is kept and nothing fails."""
    (tmp_path / "cache").write_text("a file")
    store = Store(tmp_path / "cache")
    store.put("piece", key(["a"]), b"one")
    assert store.get("piece", key(["a"])) is None


def test_clear_takes_all(store):
    """`clear` removes all and says how much it was."""
    store.put("piece", key(["a"]), b"one")
    assert store.clear() > 3 and not store.folder.exists()


def test_clear_leaves_what_is_not_ours(store):
    """A folder of somebody's choice keeps all else that lies in it."""
    store.put("piece", key(["a"]), b"one")
    (store.folder / "letter.txt").write_text("dear")
    (store.folder / "piece" / "ab").mkdir(exist_ok=True)
    (store.folder / "piece" / "ab" / "photo.jpg").write_text("me")
    assert store.clear() > 3 and store.clear() == 0
    assert sorted(path.name for path in store.folder.rglob("*") if path.is_file()) == ["letter.txt", "photo.jpg"]


def test_the_maker_is_known_to_the_byte(tmp_path, monkeypatch):
    """A changed line of code, or another version of a library, is another maker."""
    from casepress.facts import maker

    made = []
    for number in (1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "module.py").write_text(f"a = {number}")
        monkeypatch.setattr(maker, "_PACKAGE", folder)
        made += [maker.maker.__wrapped__("markdown"), maker.maker.__wrapped__("markdown"), maker.maker.__wrapped__("pyyaml")]
    assert made[0] == made[1] and made[3] == made[4] and len(set(made)) == 4


def test_without_a_folder_a_file_is_known_while_the_process_lives(unlearnt):
    """What was found out about a file is not asked again of the same file, nor where nothing is kept on the disk; of another question it is."""
    asked = []
    path = Path(os.__file__)  # a file that rests: one that was just written may be written again

    def find() -> str:
        asked.append(path)
        return "found"

    for made in ("so", "so", "otherwise"):
        assert remembered(path, Store(None), "test of files", made, find) == "found"
    assert len(asked) == 2
