"""Call: what collection.yml says of its batches under `rules`.

Flows in: YAML. Flows out: `Rules`, one for each batch that is named; what is wrong is left out and reported with its line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from casepress.collection import bounds
from casepress.collection.words import alike
from casepress.facts import wording
from casepress.facts.places import Gazetteer
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Typer, items
from casepress.values.fields import Field
from casepress.values.rules import ANNOUNCED, POSTED, STAGES, Quota, Rules, Section

ALL = ("全部", "all")  # every batch, where it says nothing of its own
_RULES = ("length", "sections", "unit", "region", "themes", "period", "deadline", "video", "stage", "posted", "publish")
LEVELS = {"province": 1, "省": 1, "city": 2, "市": 2, "county": 3, "县": 3, "区县": 3}


def read_rules(typer: Typer, node: Node | None, fields: Sequence[Field], places: Gazetteer) -> tuple[Rules, ...]:
    """The rules of each batch that `rules` names; those of 全部 stand in for what a batch does not say."""
    known = {field.name: field for field in fields}
    batch = known.get("batch")
    own = {name: (value, typer.known(value, _RULES, f"批次“{name}”的规则")) for name, value in typer.entries(node, "rules").items()}
    general = next((entries for name, (_, entries) in own.items() if name.strip() in ALL), {})
    found: dict[str, Rules] = {}
    for name, (value, entries) in own.items():
        names = () if name.strip() in ALL else _batch(typer, value, name.strip(), batch)
        if name.strip() not in ALL and not names:
            continue
        made = _one(typer, {**general, **entries} if names else entries, known, places, name, entries)
        key = names[0] if names else ""
        if key in found:
            typer.report(value, f"批次“{name}”的规则写了两次", "请合成一处")
        found[key] = replace(made, batch=key, names=names, written=name)
        limit = next((choice.limit for choice in batch.choices if batch and choice.label == key), 0) if batch and names else 0
        if limit and made.length and limit != made.length.most:
            typer.report(
                entries.get("length", value),
                f"批次“{name}”的字数写了两处，limit 是 {limit}，这里是 {made.length}",
                "请只留这里的 length，删去 limit",
            )
    return tuple(found.values())


def _batch(typer: Typer, node: Node, name: str, field: Field | None) -> tuple[str, ...]:
    """Every way of writing a batch, the usual first."""
    if field is None or not field.choices:
        return (wording.tidy(name),)
    same = alike(field)
    for choice in field.choices:
        if same(name) in map(same, (choice.label, choice.slug, *choice.aliases)):
            return (choice.label, *choice.aliases)
    if not field.closed:
        return (wording.tidy(name),)
    cure = wording.offer(
        name, [word for choice in field.choices for word in (choice.label, *choice.aliases)], [choice.label for choice in field.choices]
    )
    typer.report(node, f"rules 写了“{name[:40]}”，没有这个批次", f"{cure}；对每一批都算的，写“全部”")
    return ()


def _one(typer: Typer, given: Mapping[str, Node], fields: Mapping[str, Field], places: Gazetteer, name: str, own: Mapping[str, Node]) -> Rules:
    """The rules of one batch. What it has from the general ones is not reported a second time."""
    quiet = Typer(typer.path, typer.check)
    of = {key: (typer if key in own else quiet) for key in given}
    span_of, field = bounds.period(of.get("period", typer), given.get("period"), fields)
    deadline, arrived = bounds.deadline(of.get("deadline", typer), given.get("deadline"), fields)
    posted, days = bounds.posted(of.get("posted", typer), given.get("posted"))
    stage = of.get("stage", typer).one_of(given.get("stage"), f"批次“{name}”的 stage", STAGES, ANNOUNCED)
    if stage == POSTED and posted is None and "stage" in own:
        typer.report(given["stage"], f"批次“{name}”在公示，没有写公示从哪一天起", "请加一行 posted: {from: 2024-05-06, days: 7}")
    return Rules(
        length=bounds.span(of.get("length", typer), given.get("length"), "length", 1_000_000, "2000左右、1500-2500 或 最多2500"),
        sections=_sections(of.get("sections", typer), given.get("sections")),
        unit=_quota(of.get("unit", typer), given.get("unit"), "unit", places),
        region=_quota(of.get("region", typer), given.get("region"), "region", places),
        themes=_themes(of.get("themes", typer), given.get("themes"), fields.get("theme")),
        period=span_of,
        field=field,
        deadline=deadline,
        arrived=arrived,
        video=bounds.video(of.get("video", typer), given.get("video")),
        stage=stage,
        publish=of.get("publish", typer).flag(given.get("publish"), "publish", True),
        posted=posted,
        days=days,
    )


def _sections(typer: Typer, node: Node | None) -> tuple[Section, ...]:
    found = []
    for item in typer.listed(node, "sections", "请写成 [案例背景, 主要做法, 成效]"):
        entry = {"name": item} if isinstance(item.value, str) else typer.known(item, ("name", "aliases"), "sections 的一项")
        name = typer.text(entry.get("name"), "name")
        if not wording.says_something(name):
            typer.report(item, "sections 里有一项没有名称", "请写成 {name: 成效, aliases: [效果, 收获]}，或只写名称")
            continue
        found.append(Section(name, typer.texts(entry.get("aliases"), "aliases")))
    return tuple(found)


def _quota(typer: Typer, node: Node | None, name: str, places: Gazetteer) -> Quota:
    region = name == "region"
    entries = typer.known(node, ("cases", "level", "within") if region else ("cases", "themes", "level"), name)
    level = typer.one_of(
        entries.get("level"), f"{name} 的 level", LEVELS, "county" if region else "", ("province（省）", "city（市）", "county（县）")
    )
    number = LEVELS.get(level, 0)
    within = typer.text(entries.get("within"), "within")
    found = places.resolve(within) if within else ()
    if within and len(found) != 1:
        guess = "、".join(each.full_name for each in found) or "、".join(places.suggestions(within))
        typer.report(entries["within"], f"within 写了“{within[:40]}”，认不出是哪里", f"是不是{guess}" if guess else "请写一个市或省的名称")
    expected = tuple(p for p in places.places.values() if len(found) == 1 and found[0].code in p.codes[:-1] and len(p.path) == number)
    return Quota(
        bounds.span(typer, entries.get("cases"), f"{name} 的 cases", 100_000, "最多5 或 20-30"),
        bounds.span(typer, entries.get("themes"), f"{name} 的 themes", 1000, "至少3 或 最多3", bare=False),
        number,
        tuple((place.code, place.name) for place in expected),
    )


def _themes(typer: Typer, node: Node | None, field: Field | None) -> tuple[str, ...]:
    found = typer.texts(node, "themes")
    if field is None or not field.closed:
        return found
    known = {wording.plain(name): choice.label for choice in field.choices for name in (choice.label, *choice.aliases)}
    for item in items(node):
        if isinstance(item.value, str) and (word := item.value.strip()) and wording.plain(word) not in known:
            typer.report(
                item,
                f"themes 写了“{word[:40]}”，字段 theme 里没有这个主题",
                wording.offer(word, known.values(), [c.label for c in field.choices]),
            )
    return tuple(word for word in found if wording.plain(word) in known)
