"""Sixty random steps: after each of them a build that knows the last one is, byte for byte, what a clean build is.

CASEPRESS_STEPS=200 CASEPRESS_SEED=7 in the environment make more steps, and others.
"""

import hashlib
import os
import random
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

import steps
from builders import Builder, Outcome
from changing import World, new_world

SEED, NUMBER = int(os.environ.get("CASEPRESS_SEED", "2026")), int(os.environ.get("CASEPRESS_STEPS", "60"))


@pytest.fixture(scope="module")
def builders(tmp_path_factory) -> Iterator[tuple[Builder, Builder]]:
    """One that builds on what was built before, and one that builds from nothing, elsewhere and in another language.

    What they build first has all that loads something of its own, so that no step loads it.
    """
    made = []
    for number, (zone, language) in enumerate((("Asia/Shanghai", "C.UTF-8"), ("America/New_York", "POSIX"))):
        world = new_world(tmp_path_factory.mktemp("home") / "first", 0)
        for change in (steps.a_book_goes_to_the_press, steps.the_site_has_an_address, steps.a_photo_comes):
            change(world)
        made.append(Builder(world.folder, PYTHONHASHSEED=str(number), TZ=zone, LC_ALL=language))
    yield tuple(made)
    for each in made:
        each.close()


def chosen(chance: random.Random, number: int) -> Iterator[Callable[[World], object]]:
    """So many steps: each kind once in any order, then each again; what makes every later build longer comes in the last third."""
    found: list = []
    while len(found) < number:
        order = chance.sample(steps.STEPS, len(steps.STEPS))
        early = [change for change in order if change not in steps.GROWING]
        for change in steps.GROWING:
            early.insert(chance.randrange(len(order) * 2 // 3, len(early) + 1), change)
        found += early
    return iter(found[:number])


def nothing(world: World) -> None:
    """The first build."""


def sum_of(state: Mapping[str, bytes]) -> str:
    """What stands in a folder, as a sum."""
    return hashlib.sha256(repr(sorted(state.items())).encode()).hexdigest()


def copied(folder: Path, target: Path) -> Path:
    """A copy of a folder that was never built."""
    shutil.copytree(folder, target, ignore=lambda place, _: ["build"] if Path(place) == folder else [], copy_function=shutil.copyfile)
    return target


@dataclass(frozen=True)
class Taken:
    """A step that was taken: what it was, the sum of what stands in the folder then, what the build came to that knew the last one, and
    what that one had published."""

    number: int
    name: str
    sum: str
    kept: Outcome
    before: Mapping[str, str]


def published(files: Mapping[str, str]) -> dict[str, str]:
    return {name: sum_ for name, sum_ in files.items() if not name.startswith("stage/")}


def hold(taken: Taken, clean: Outcome) -> None:
    """Hold what a step came to against a build from nothing."""
    kept, name = taken.kept, f"step {taken.number}, {taken.name}"
    assert not (kept.crash or clean.crash), f"{kept.crash}\n{clean.crash}"
    assert (kept.stopped, kept.problems) == (clean.stopped, clean.problems), name
    one, other = (published(kept.files), taken.before) if clean.stopped else (kept.files, clean.files)
    assert sorted({name for name, _ in one.items() ^ other.items()}) == [], name


def test_after_every_step_a_build_is_a_clean_one(builders, tmp_path):
    """Whatever happens to a collection, its books, its site and what is said are those of a build from nothing, whether workers or
    one process alone went on from what the other had made; after a mistake both say the same, and the last result is still there."""
    print(f"CASEPRESS_SEED={SEED} CASEPRESS_STEPS={NUMBER}")
    builder, clean = builders
    world = new_world(tmp_path / "world", SEED)
    world.past.append(world.state())
    known: dict[str, Outcome] = {}  # what stood in a folder before comes to the same from nothing: it is not built again
    taken: Taken | None = None
    before: Mapping[str, str] = {}
    good = 0

    def held() -> None:
        if taken and taken.sum not in known:
            known[taken.sum] = clean.outcome()
            shutil.rmtree(tmp_path / "elsewhere" / str(taken.number))
        if taken:
            hold(taken, known[taken.sum])

    for number, change in enumerate((nothing, *chosen(world.chance, NUMBER))):
        change(world)
        state = sum_of(world.state())
        held()
        if state not in known:
            clean.begin(copied(world.folder, tmp_path / "elsewhere" / str(number)), alone=True)
        builder.begin(world.folder, world.first, alone=number % 2 > 0)
        kept, world.first = builder.outcome(), ""
        print(number, change.__name__, *(kept.problems if kept.stopped else [len(kept.files), "files"]), flush=True)
        assert kept.stopped == (change in steps.MISTAKES), kept
        taken = Taken(number, change.__name__, state, kept, before)
        if kept.stopped:
            world.go_to(world.past[-1])
        else:
            world.past.append(world.state())
            before, good = published(kept.files), good + 1
    held()
    assert good > NUMBER * 2 // 3
    assert len(known) > NUMBER * 4 // 5
