"""The search for inputs that nobody thought of: what it begins with is sound, and a fault is told once and made small."""

import pytest

import fuzz_targets as fuzz


@pytest.fixture(scope="module", autouse=True)
def ready():
    fuzz.ready()


@pytest.mark.parametrize("name", fuzz.TARGETS)
def test_what_a_search_begins_with_is_sound(name, tmp_path):
    """Inputs of each kind, from the corpus and from what was found before: none is a fault."""
    target, expected = fuzz.TARGETS[name]
    search = fuzz.Search(name, target, tmp_path, expected)
    begun = [data for data in dict.fromkeys(fuzz.seeds(name)) if data]
    assert len(begun) > 20
    for data in begun[::12]:
        search.one(data)
    assert not search.found and not list(tmp_path.iterdir())


def test_a_fault_is_told_once_and_made_small(tmp_path, capsys):
    """Of many inputs with one fault, one is kept, without what the fault does not need; another kind is another finding."""

    def target(data: bytes) -> None:
        if b"ab" in data:
            raise KeyError(data)
        assert not data.startswith(b"z"), "z"

    search = fuzz.Search("header", target, tmp_path, ())
    for data in (b"good", b"xxabxx" * 9, b"other ab", b"zzzz", b"z ab"):
        search.one(data)
    kept = sorted(path.read_bytes() for path in tmp_path.iterdir())
    assert kept == [b"ab", b"z"] and len(search.found) == 2
    assert "KeyError" in capsys.readouterr().out
