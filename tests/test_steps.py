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
from builders import Builder, How, Outcome, another_day
from changing import World, new_world

SEED, NUMBER = int(os.environ.get("CASEPRESS_SEED", "2026")), int(os.environ.get("CASEPRESS_STEPS", "60"))


@pytest.fixture(scope="module")
def builders(tmp_path_factory) -> Iterator[tuple[tuple[Builder, Path], tuple[Builder, Path]]]:
    """One that builds on what was built before, and one that builds from nothing, elsewhere, in another language and in another year.

    What they build first, each a copy of the same, has all that loads something of its own, so that no step loads it.
    """
    made, first = [], []
    day = another_day()
    if not day and os.environ.get("CI", "").lower() == "true":
        pytest.fail("未检查：没有 libfaketime，没有换一个日期再做（Debian：apt-get install libfaketime）")
    for number, (zone, language, clock) in enumerate((("Asia/Shanghai", "C.UTF-8", {}), ("America/New_York", "POSIX", day))):
        world = new_world(tmp_path_factory.mktemp("home") / "first", 0)
        for change in (steps.a_book_goes_to_the_press, steps.the_site_has_an_address, steps.a_photo_comes):
            change(world)
        made.append(Builder(world.folder, PYTHONHASHSEED=str(number), TZ=zone, LC_ALL=language, **clock))
        first.append(world.folder)
    yield tuple(zip(made, first, strict=True))
    for each in made:
        each.close()


RUNS = (
    (0, True, How(0o002, "/", "Pacific/Kiritimati", 1)),
    (1, False, How(0o027, "", "UTC", 2)),
    (0, False, How(0o077, "/usr", "Asia/Kathmandu", 1)),
)


def test_five_builds_of_one_collection_are_the_same(builders, tmp_path):
    """Site with its index, books, EPUB, Word and what goes to the press, byte for byte, whatever the seed of hashes, the time zone, the
    language, the day, the folder one stands in, who may read new files, in which order files were made, how many cores and workers.
    The first two are those with which the builders began."""
    outcomes = [each.first() for each, _ in builders]
    for number, (which, alone, how) in enumerate(RUNS):
        builder, first = builders[which]
        builder.begin(copied(first, tmp_path / str(number) / "库", random.Random(number)), alone=alone, how=how)
        outcomes.append(builder.outcome())
    assert not any(one.stopped or one.crash for one in outcomes), outcomes
    endings = {Path(name).suffix for name in outcomes[0].files if name.startswith("books/")}
    assert {".pdf", ".docx", ".epub"} <= endings and any("search" in name for name in outcomes[0].files)
    for other in outcomes[1:]:
        assert sorted({name for name, _ in outcomes[0].files.items() ^ other.files.items()}) == []


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


def copied(folder: Path, target: Path, chance: random.Random) -> Path:
    """A copy of a folder that was never built, its files made in another order."""
    names = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.relative_to(folder).parts[0] != "build"]
    for path in chance.sample(names, len(names)):
        to = target / path.relative_to(folder)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, to)
    return target


def surroundings(chance: random.Random, place: Path) -> How:
    """Others for each build."""
    umask, zone = chance.choice((0o022, 0o077, 0o002)), chance.choice(("UTC", "Pacific/Kiritimati", "America/New_York"))
    return How(umask, str(chance.choice((place, Path("/")))), zone, chance.choice((1, 2)))


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
    builder, clean = (each for each, _ in builders)
    world = new_world(tmp_path / "world", SEED)
    world.past.append(world.state())
    elsewhere = random.Random(SEED)
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
            folder = copied(world.folder, tmp_path / "elsewhere" / str(number), elsewhere)
            clean.begin(folder, alone=True, how=surroundings(elsewhere, tmp_path))
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
