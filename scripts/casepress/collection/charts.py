"""Charts: how many cases have each value of a field, two fields against each other, and where the cases come from.

Views in, counts out; nothing here knows how they are drawn. What is counted follows from the fields that a collection
declares: no name of a field stands here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from casepress.collection.views import Group, View
from casepress.facts.places import gazetteer
from casepress.values.cases import Case
from casepress.values.fields import TERMS, Field, Kind, Term

STRENGTHS = 5  # shades of a heat table and of tiles, from few cases to many; 0 is none
MOST = 40  # bars of one chart; what is beyond them stands in its table
_WORDS = 24  # values of a field of words that make a chart: more are names
_COLUMNS = 24  # columns of a heat table
_SHORT = re.compile("(?:壮族|回族|维吾尔)?自治区$|特别行政区$|[省市]$")
_YEAR = re.compile("(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
# Provinces as squares, roughly where they lie, without outlines: a row of the sheet each, two characters a square.
_SHEET = """
． ． ． ． ． ． ． ． 23
． ． ． ． ． 15 ． ． 22
． 65 ． 62 64 14 11 12 21
． ． ． 63 61 41 13 37 ．
． ． 54 51 50 42 34 32 ．
． ． ． 53 52 43 36 33 31
． ． ． ． 45 44 35 71 ．
． ． ． ． 46 82 81 ． ．
"""
_SQUARES = {f"{code}0000": (x, y) for y, row in enumerate(_SHEET.split("\n")[1:-1]) for x, code in enumerate(row.split()) if code != "．"}
_WIDE = 6  # squares in a row of places that have no place on the sheet


@dataclass(frozen=True)
class Bar:
    """One value: what it is called, its cases, and the keys that ask for exactly them (none where nothing does)."""

    label: str
    count: int
    keys: tuple[str, ...] = ()
    strength: int = 0


@dataclass(frozen=True)
class Chart:
    """The cases by one field. `most` is the longest bar, `without` the cases that have no value; `by_year` counts the years in its values."""

    field: Field
    bars: tuple[Bar, ...]
    without: int = 0
    by_year: bool = False

    @property
    def most(self) -> int:
        return max((bar.count for bar in self.bars), default=0)

    @property
    def title(self) -> str:
        return "年份" if self.by_year else self.field.label


@dataclass(frozen=True)
class Tile:
    """A place as a square: its column and row on the sheet, and its bar."""

    x: int
    y: int
    bar: Bar


@dataclass(frozen=True)
class Tiles:
    """The places of a field as squares, on a sheet of so many columns and rows. `above` is the one place in which all lie, if they do."""

    field: Field
    tiles: tuple[Tile, ...]
    above: str = ""

    @property
    def columns(self) -> int:
        return max((tile.x for tile in self.tiles), default=0) + 1

    @property
    def rows(self) -> int:
        return max((tile.y for tile in self.tiles), default=0) + 1


@dataclass(frozen=True)
class Heat:
    """Two fields against each other: the values down and across, and for each row its cells, also those without a case."""

    down: Field
    across: Field
    columns: tuple[Bar, ...]
    rows: tuple[tuple[Bar, tuple[Bar, ...]], ...]


def charts(views: Iterable[View]) -> tuple[Chart, ...]:
    """A chart of each field that has few enough values to be looked at, each with the years in its values where it has them."""
    return tuple(_charts(views))


def _charts(views: Iterable[View]) -> Iterator[Chart]:
    for view in views:
        groups, _ = _level(view)
        kind = view.field.kind
        if not groups or not (kind in TERMS or kind is Kind.PLACE or len(groups) <= _WORDS):
            continue
        years = _years(view)
        if kind is Kind.DATE and years is not None:  # days are many, years are few
            yield years
            continue
        bars = tuple(Bar(group.label, len(group.cases), (_key(view.field, group),)) for group in groups)
        bars += tuple(Bar(choice.label, 0) for choice in _unused(view))
        yield Chart(view.field, bars, len(view.without))
        if years is not None:
            yield years


def _unused(view: View) -> Iterator:
    """The choices of a closed field that no case has: holes that can be seen."""
    if view.field.closed:
        there = {group.slug for group in view.groups}
        yield from (choice for choice in view.field.choices if choice.slug not in there)


def _years(view: View) -> Chart | None:
    """The years that stand in the values of an ordinal or a date, where most cases have one and there are several."""
    if view.field.kind not in (Kind.ORDINAL, Kind.DATE):
        return None
    keys: dict[str, list[str]] = {}
    cases: dict[str, set[str]] = {}
    outside: set[str] = {case.id for case in view.without}
    for group in view.groups:
        if year := _YEAR.search(group.label):
            keys.setdefault(year[0], []).append(_key(view.field, group))
            cases.setdefault(year[0], set()).update(case.id for case in group.cases)
        else:
            outside.update(case.id for case in group.cases)
    if len(keys) < 2 or len(outside) > sum(map(len, cases.values())):
        return None
    return Chart(view.field, tuple(Bar(year, len(cases[year]), tuple(keys[year])) for year in sorted(keys)), len(outside), by_year=True)


def _level(view: View) -> tuple[tuple[Group, ...], str]:
    """The groups of a view that are looked at: of places those below the one in which all cases are, which is named."""
    groups, above = view.groups, ""
    while view.field.kind is Kind.PLACE and len(groups) == 1 and len(groups[0].groups) > 1:
        groups, above = groups[0].groups, groups[0].label
    return groups, above


def _key(field: Field, group: Group) -> str:
    """The word that asks for a group in an address of the list, as the search index has it."""
    return group.slug if field.kind in TERMS or field.kind is Kind.PLACE else group.label


def tiles(view: View) -> Tiles | None:
    """The places of a view as squares: the provinces all, where they lie; others that have cases, by code."""
    groups, above = _level(view)
    if view.field.kind is not Kind.PLACE or not groups:
        return None
    most = max(len(group.cases) for group in groups)
    bars = {group.slug: Bar(group.label, len(group.cases), (group.slug,), strength(len(group.cases), most)) for group in groups}
    if above:
        siblings = gazetteer().children(_parent(groups[0].slug))
        bars = {place.code: Bar(place.name, 0) for place in siblings} | bars
        return Tiles(view.field, tuple(Tile(n % _WIDE, n // _WIDE, bars[code]) for n, code in enumerate(sorted(bars))), above)
    bars = {place.code: Bar(place.name, 0) for place in gazetteer().children() if place.code in _SQUARES} | bars
    placed = [Tile(*_SQUARES[code], bars[code]) for code in _SQUARES if code in bars]
    lower = max(y for _, y in _SQUARES.values()) + 1
    further = [bars[code] for code in sorted(bars) if code not in _SQUARES]
    return Tiles(view.field, (*placed, *(Tile(n % 9, lower + n // 9, bar) for n, bar in enumerate(further))))


def _parent(code: str) -> str:
    """The code of the place above a city or county of the standard table; empty for others."""
    if not (len(code) == 6 and code.isdigit()):
        return ""
    return f"{code[:2]}0000" if code.endswith("00") else f"{code[:4]}00"


def short(name: str) -> str:
    """A place's name as it stands in a square: 山东, 内蒙古."""
    found = _SHORT.sub("", name)
    return found if len(found) > 1 else name


def heat(views: Mapping[str, View]) -> Heat | None:
    """The first field of places against the vocabulary with the most values that can stand side by side; None without both."""
    down = next((view for view in views.values() if view.field.kind is Kind.PLACE and view.groups), None)
    fit = [view for view in views.values() if view.field.kind is Kind.CHOICE and 2 <= len(view.groups) <= _COLUMNS]
    if down is None or not fit:
        return None
    across = max(fit, key=lambda view: len(view.groups))
    groups, _ = _level(down)
    of_case = {case.id: _slugs(case, across.field) for group in across.groups for case in group.cases}
    counts = {group.slug: Counter(slug for case in group.cases for slug in of_case.get(case.id, ())) for group in groups}
    most = max((number for row in counts.values() for number in row.values()), default=0)
    heads = [(group.slug, Bar(group.label, len(group.cases), (group.slug,))) for group in across.groups]
    heads += [(choice.slug, Bar(choice.label, 0)) for choice in _unused(across)]
    rows = tuple(
        (
            Bar(group.label, len(group.cases), (group.slug,)),
            tuple(
                Bar(head.label, counts[group.slug][slug], (group.slug, slug), strength(counts[group.slug][slug], most)) for slug, head in heads
            ),
        )
        for group in groups
    )
    return Heat(down.field, across.field, tuple(head for _, head in heads), rows)


def _slugs(case: Case, field: Field) -> tuple[str, ...]:
    return tuple(value.slug for value in case.all(field.name) if isinstance(value, Term))


def strength(count: int, most: int) -> int:
    """The shade of a count: 0 for none, STRENGTHS for the most; each shade stands for as many counts as the others."""
    return 0 if not count else max(1, -(-count * STRENGTHS // max(1, most)))
