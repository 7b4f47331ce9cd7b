"""Views: ways of looking at a collection — by theme, region, batch, award, school — and from one case to those beside it.

Values in, values out; every function gives the same answer for the same collection.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from casepress.collection.words import meant
from casepress.facts.slugs import distinct, sound
from casepress.facts.wording import nearest, plain
from casepress.values.cases import Case, Collection
from casepress.values.fields import TERMS, Field, Kind, Term
from casepress.values.problems import NotUnderstood

_LONGEST = 600  # characters of one word of a selection; no value is longer


@dataclass(frozen=True)
class Group:
    """The cases that share one value. In a tree of places, a group's cases include those of the groups below it."""

    slug: str
    label: str
    cases: tuple[Case, ...]
    note: str = ""
    groups: tuple["Group", ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, "Group"]]:
        """The group and all below it, each with its depth."""
        yield depth, self
        for group in self.groups:
            yield from group.walk(depth + 1)


@dataclass(frozen=True)
class View:
    """The collection by one field: its groups in their own order, and the cases that have no value."""

    field: Field
    groups: tuple[Group, ...]
    without: tuple[Case, ...] = ()

    def walk(self) -> Iterator[tuple[int, Group]]:
        for group in self.groups:
            yield from group.walk()


def view(collection: Collection, field: Field) -> View:
    """The collection by a field. Terms come in their order, places by code, words by their pinyin."""
    without = tuple(case for case in collection.cases if not case.all(field.name))
    if field.kind is Kind.PLACE:
        return View(field, _place_groups(collection.cases, field.name, 0), without)
    found: dict[str, list[Case]] = defaultdict(list)
    values: dict[str, object] = {}
    for case in collection.cases:
        for value in case.all(field.name):
            key = value.slug if isinstance(value, Term) else str(value)
            values.setdefault(key, value)
            found[key].append(case)
    if field.kind in TERMS:
        groups = [Group(key, values[key].label, tuple(cases), values[key].note) for key, cases in found.items()]
        groups.sort(key=lambda g: (values[g.slug].order, sound(g.label), g.label))
        if field.kind is Kind.ORDINAL:
            groups.reverse()
    else:
        anchors = distinct(found)
        groups = [Group(anchors[key], key, tuple(cases)) for key, cases in found.items()]
        groups.sort(key=lambda g: (sound(g.label, field.kind is Kind.PEOPLE), g.label))
    return View(field, tuple(groups), without)


def _place_groups(cases: Iterable[Case], name: str, depth: int) -> tuple[Group, ...]:
    below: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in cases:
        for node in {(p.codes[depth], p.path[depth]) for p in case.all(name) if len(p.path) > depth}:
            below[node].append(case)
    return tuple(
        Group(code, label, tuple(found), groups=_place_groups(found, name, depth + 1))
        for (code, label), found in sorted(below.items(), key=lambda item: item[0])
    )


def in_batches(collection: Collection) -> Mapping[str, tuple[Case | None, Case | None]]:
    """For each case's id, the case before it and the one after it in its batch; those without a batch follow each other."""
    runs: dict[str, list[Case]] = defaultdict(list)
    for case in collection.cases:
        runs[case.batch.slug if case.batch else ""].append(case)
    beside = {}
    for run in runs.values():
        for before, case, after in zip([None, *run], run, [*run[1:], None], strict=False):
            beside[case.id] = (before, after)
    return beside


class UnknownSelection(NotUnderstood):
    """A selection names a field or a value that the collection does not have; the message is a Chinese sentence."""


def select(collection: Collection, only: Iterable[str]) -> tuple[Case, ...]:
    """The cases that a selection of `field=value` words means, in reading order; there is at least one.

    Values of the same field add up (or), different fields narrow down (and). A place means all below it; names are
    those that headers take as well (`words.meant`). Raises UnknownSelection.
    """
    wanted: dict[str, tuple[Field, list[tuple[Field, tuple[object, ...]]], list[str]]] = {}
    for word in only:
        name, value = _parted(word)
        field = selecting_field(collection, word)
        if field is None:
            names = "、".join(f"{f.name}（{f.label}）" for f in collection.facets)
            near = nearest(name, [n for f in collection.fields if not f.private for n in f.names])
            guess = f"是不是想写 {near}；" if near else ""
            raise UnknownSelection(f"没有叫“{name}”的字段，{guess}可用的有：{names}")
        # A word that nobody uses may be one of the common vocabulary beside the field.
        fields = (field, *(f for f in collection.fields if f.derived == field.name and not f.private))
        meanings = ((f, meant(value, f, (each for case in collection.cases for each in _of(case, f)))) for f in fields)
        of, found = next(((f, found) for f, found in meanings if found), (field, ()))
        if not found:
            raise UnknownSelection(f"没有{field.label}是“{value}”的案例{_values_there(collection.cases, field)}")
        if len(found) > 1 and field.kind is Kind.PLACE:
            shown = "、".join(f"{place.full_name}（{place.code}）" for place in found)
            raise UnknownSelection(f"{field.label}“{value}”有 {len(found)} 个：{shown}，请写上它的上一级，或写代码")
        _, terms, words = wanted.setdefault(field.name, (field, [], []))
        terms.append((of, found))
        words.append(value)
    chosen = collection.cases
    for field, terms, _ in wanted.values():
        before, chosen = chosen, tuple(case for case in chosen if any(_has(case, of, found) for of, found in terms))
        if not chosen:
            words = "、".join(f"{f.label}是“{'”或“'.join(sorted(each))}”" for f, _, each in wanted.values())
            raise UnknownSelection(f"没有案例同时符合：{words}；符合前面几项的案例{_values_there(before, field) or f'都没有填写{field.label}'}")
    return chosen


def selecting_field(collection: Collection, word: str) -> Field | None:
    """The public field that one word of a selection names, or None where there is none such."""
    name = plain(_parted(word)[0])
    usual = Field("id", "编号") if name in ("id", "编号") else None
    return next((f for f in collection.fields if name in map(plain, f.names) and not f.private), usual)


def selection_words(only: Iterable[str]) -> str:
    """The values of a selection as people read them: 第三批 · 一等奖."""
    return " · ".join(dict.fromkeys(word.replace("＝", "=").partition("=")[2].strip() for word in only))


def _parted(word: str) -> tuple[str, str]:
    name, equals, value = (part.strip() for part in word.replace("＝", "=").partition("="))
    if not equals or not value or len(word) > _LONGEST:
        raise UnknownSelection(f"“{word[:40]}”应当写成“字段=值”，例如 batch=第三批")
    return name, value


def _values_there(cases: Iterable[Case], field: Field) -> str:
    """The values that cases have of a field, as the end of a sentence; empty where they have none."""
    known = tuple(dict.fromkeys(str(value) for case in cases for value in _of(case, field)))
    return f"，有的是：{'、'.join(known[:20])}{'等' if len(known) > 20 else ''}" if known else ""


def _of(case: Case, field: Field) -> tuple[object, ...]:
    """The values of a case, its id and title among them."""
    return {"id": (case.id,), "title": (case.title,)}.get(field.name, case.all(field.name))


def _has(case: Case, field: Field, wanted: tuple[object, ...]) -> bool:
    """Whether a case has one of some values, or a place within one of them."""
    if field.kind is Kind.PLACE:
        return any(place.code in value.codes for value in case.all(field.name) for place in wanted)
    return any(value in wanted for value in _of(case, field))
