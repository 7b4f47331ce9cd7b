"""Sixty random steps: after each of them a build that knows the last one is, byte for byte, what a clean build is.

CASEPRESS_STEPS=200 CASEPRESS_SEED=7 in the environment make more steps, and others.
"""

import os
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import steps
from builders import Builder, Outcome

SEED, NUMBER = int(os.environ.get("CASEPRESS_SEED", "2026")), int(os.environ.get("CASEPRESS_STEPS", "60"))
# What must not matter differs between the two.
USUAL = {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}
OTHER = {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "POSIX"}


@pytest.fixture(scope="module")
def builders(tmp_path_factory) -> Iterator[tuple[Builder, Builder]]:
    """One that builds on what was built before, and one that builds from nothing."""
    made = [Builder(tmp_path_factory.mktemp("home"), **variables) for variables in (USUAL, OTHER)]
    yield made
    for each in made:
        each.close()


def chosen(chance: random.Random, number: int) -> Iterator:
    """So many steps: each kind once in any order, then each again; a mistake is never the first."""
    found: list = []
    while len(found) < number:
        found += chance.sample(steps.STEPS, len(steps.STEPS))
    return iter(found[:number])


def both(builders: tuple[Builder, Builder], folder: Path, copy: Path) -> tuple[Outcome, Outcome]:
    """The folder built with what is kept, and a copy of it that was never built."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, ignore=lambda place, _: ["build"] if Path(place) == folder else [], copy_function=shutil.copyfile)
    for builder, place in zip(builders, (folder, copy), strict=True):
        builder.begin(place)
    return tuple(builder.outcome() for builder in builders)


def different(one: dict, other: dict) -> list[str]:
    return sorted({name for name, _ in one.items() ^ other.items()})


def test_after_every_step_a_build_is_a_clean_one(builders, tmp_path):
    """Whatever happens to a collection, its books, its site and what is said are those of a build from nothing; after a
    mistake both say the same, and the last result is still there."""
    print(f"CASEPRESS_SEED={SEED} CASEPRESS_STEPS={NUMBER}")
    world = steps.new_world(tmp_path / "world", SEED)
    kept, clean = both(builders, world.folder, tmp_path / "elsewhere" / "clean")
    assert kept == clean and not clean.stopped and not clean.crash, clean
    good, last, done = 0, kept.files, []
    world.past.append(world.state())
    for number, change in enumerate(chosen(world.chance, NUMBER), 1):
        begun = time.monotonic()
        change(world)
        kept, clean = both(builders, world.folder, tmp_path / "elsewhere" / "clean")
        done.append(change.__name__)
        print(
            number, change.__name__, "stopped" if clean.stopped else f"{len(clean.files)} files", f"{time.monotonic() - begun:.2f}", flush=True
        )
        said = f"seed {SEED}, step {number}: {done}"
        assert not kept.crash and not clean.crash, f"{said}\n{kept.crash}\n{clean.crash}"
        assert kept.problems == clean.problems and kept.stopped == clean.stopped, said
        assert clean.stopped or change not in steps.MISTAKES, f"{said}: a mistake that is none"
        if clean.stopped:
            print(*clean.problems)
            published = [{k: v for k, v in files.items() if not k.startswith("stage")} for files in (kept.files, last)]
            assert not different(*published), said
            world.go_to(world.past[-1])
        else:
            assert not different(kept.files, clean.files), f"{said}: {different(kept.files, clean.files)}"
            world.past.append(world.state())
            good, last = good + 1, clean.files
    assert good >= NUMBER * 2 // 3
