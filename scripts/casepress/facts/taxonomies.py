"""Taxonomies: the themes that calls for cases use, and the canonical theme that each of them means.

In flow the tables in `data/taxonomies`; out flow themes in the order of their notice, and one dictionary that
brings every label and alias to a canonical slug, so that 作业减负 and 作业管理 meet, for who asks for that.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from casepress.facts.characters import SEPARATING

FOLDER = Path(__file__).parents[1] / "data" / "taxonomies"

STANDARD = "standard"


@dataclass(frozen=True)
class Theme:
    """A theme as one taxonomy words it, with the slug of the canonical theme that it means.

    Several themes of a notice may mean the same canonical one. `group` is the notice's heading above the theme;
    `also` are the slugs of further canonical themes that it touches.
    """

    slug: str
    label: str
    aliases: tuple[str, ...] = ()
    group: str = ""
    also: tuple[str, ...] = ()


def known() -> tuple[str, ...]:
    """The names of the shipped taxonomies, the canonical one first."""
    names = sorted(path.stem for path in FOLDER.glob("*.csv"))
    return (STANDARD, *(name for name in names if name != STANDARD))


def taxonomy(name: str) -> tuple[Theme, ...]:
    """The themes of a taxonomy in its own order; raises ValueError, with a Chinese sentence, for an unknown name."""
    if name not in known():
        raise ValueError(f"没有名为“{name}”的主题表，可用的有：{'、'.join(known())}")
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if name == STANDARD:
        return tuple(Theme(row["slug"], row["label"], tuple(filter(None, row["aliases"].split("|")))) for row in rows)
    # A theme has one row for each canonical theme that it touches, the one that it means first.
    slugs: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        slugs.setdefault((row["group"], row["label"]), []).append(row["maps_to"])
    return tuple(Theme(first, label, (), group, tuple(rest)) for (group, label), (first, *rest) in slugs.items())


def meanings(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Every label and alias of these taxonomies and the slugs of the canonical themes that it means, the nearest first.

    The first to use a word decides it. Raises ValueError, with a Chinese sentence, for an unknown name.
    """
    found: dict[str, tuple[str, ...]] = {}
    for theme in (theme for name in names for theme in taxonomy(name)):
        for word in (theme.label, *theme.aliases):
            found.setdefault(word, (theme.slug, *theme.also))
    return found


def aliases(names: Iterable[str]) -> dict[str, str]:
    """Every label and alias of these taxonomies and the slug of the theme that it means before all. Raises ValueError."""
    return {word: slugs[0] for word, slugs in meanings(names).items()}


@cache
def undivided() -> frozenset[str]:
    """The themes of all notices that have marks of enumeration in their own words."""
    return frozenset(word for word in aliases(known()) if not set(SEPARATING).isdisjoint(word))
