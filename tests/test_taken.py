"""What a clerk gets of many small things, word for word: values with their places, texts, messages with their cures, in `tests/taken`.

A file there is what an area of the intake comes to. After a wanted change, rewrite them and read the difference:

    PYTHONPATH=scripts .venv/bin/python tests/test_taken.py
"""

from pathlib import Path

import pytest

import takenchance
import takenclerks
import takenfiles
import takensheets
import takenword
import takenwords

AREAS = takenwords.AREAS | takenword.AREAS | takensheets.AREAS | takenfiles.AREAS | takenchance.AREAS | takenclerks.AREAS
HERE = Path(__file__).parent / "taken"


def said(name: str) -> str:
    return "".join(f"{line}\n" for line in AREAS[name]())


@pytest.mark.parametrize("name", AREAS)
def test_all_is_taken_as_it_was(name):
    """Every line of an area is the one that is kept."""
    kept = (HERE / f"{name}.txt").read_text("utf-8").split("\n")
    assert said(name).split("\n") == kept, f"tests/taken/{name}.txt differs; if that is wanted: python tests/test_taken.py"


def test_nothing_else_is_kept():
    """A file for each area, and no other."""
    assert sorted(path.stem for path in HERE.iterdir()) == sorted(AREAS)


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for each in AREAS:
        (HERE / f"{each}.txt").write_text(said(each), "utf-8")
