"""Declared: the fields of a collection, the standard ones changed and followed by its own.

Flows in: the YAML of the standard fields and of `fields` in collection.yml. Flows out: `Field` values in their order.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

from casepress.facts import schema_org, slugs, taxonomies, wording
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Typer, read_map
from casepress.values.fields import TERMS, Choice, Field, Kind

_FIELD = (
    "label", "kind", "required", "private", "facet", "many", "indexed", "schema", "aliases", "choices", "open", "from", "taxonomy", "limit",
)  # fmt: skip
_CHOICE = ("label", "slug", "aliases", "note", "limit")
# Order, links, books and pictures count on the kind of these.
_KEPT_FLAGS = {"title": (False, "不能是 private，没有标题的案例没法公开"), "minors": (True, "记的是学生的情况，绝不公开，不能改")}
_KEPT_KINDS = frozenset(("title", "region", "theme", "batch", "award", "source", "photos", "video"))
Entry = dict[str, Node]


def read_fields(typer: Typer, own: Node | None) -> tuple[tuple[Field, ...], dict[tuple[str, str], int]]:
    """The fields, and the line of each that collection.yml declares."""
    standard = _standard()
    entries: dict[str, Entry] = {name: dict(node.value) for name, node in standard.items()}
    lines: dict[tuple[str, str], int] = {}
    for word, value in typer.entries(own, "fields").items():
        name = word if word in standard else word.replace("_", "-")  # names of files have no other mark
        if not (name in standard or slugs.is_id(name)):
            typer.report(value, f"字段名“{word[:60]}”不能用", "字段名请用小写英文字母，中文名写在 label 里")
            continue
        if ("fields", name) in lines:
            typer.report(value, f"字段 {name} 写了两次，第 {lines['fields', name]} 行已经有了（- 和 _ 算同一个）", "请只留一个")
            continue
        lines["fields", name] = value.line
        declared = typer.known(value, _FIELD, f"字段 {name} 的声明")
        entry = entries.setdefault(name, {})
        kinds = {typer.text(each["kind"], "kind") for each in (entry, declared) if "kind" in each}
        if name in _KEPT_KINDS and len(kinds) > 1:
            typer.report(declared.pop("kind"), f"字段 {name} 的 kind 不能改", f"请写 kind: {entry['kind'].value}，或删去 kind")
        elif len(kinds) > 1 and not kinds <= {*TERMS}:
            entry.pop("choices", None)  # the standard's own, of another kind
        if (flag := _KEPT_FLAGS.get(name)) and "private" in declared and typer.flag(declared["private"], "private") != flag[0]:
            typer.report(declared.pop("private"), f"字段 {name} {flag[1]}", "请删去 private")
        if "choices" in declared:
            entry.pop("open", None)  # whoever lists the choices closes the list, unless they say otherwise
        entry.update(declared)
    entries = _beside(dict(_with_common(entries)))
    lines = {("fields", name): entry["from"].line for name, entry in entries.items() if "from" in entry} | lines
    fields = tuple(_field(typer, name, entry, standard.get(name)) for name, entry in entries.items())
    fields = tuple(f for f in fields if not f.derived or _can_be_derived(typer, f, entries[f.name]["from"], fields))
    owners: dict[str, str] = {}
    for f in fields:
        for word in dict.fromkeys(map(wording.plain, f.names)):
            if owners.setdefault(word, f.name) != f.name and own is not None:
                typer.report(own, f"字段 {owners[word]} 和 {f.name} 都叫“{word}”", "请给其中一个换个名称")
    return fields, lines


@lru_cache(maxsize=1)
def _standard() -> Mapping[str, Node]:
    node, _, _ = read_map(files("casepress").joinpath("data/fields.yml").read_bytes(), "fields.yml")
    return node.value["fields"].value


def _with_common(entries: Mapping[str, Entry]):
    """The entries, those with a `taxonomy` followed by the field that it asks for: a common vocabulary beside the own words."""
    asking = {f"common-{name}": name for name, entry in entries.items() if "from" not in entry and entry.get("taxonomy", Node(0, "")).value}
    for name, entry in entries.items():
        if name not in asking:
            yield name, {key: value for key, value in entry.items() if key != "taxonomy" or "from" in entry}
    for common, name in asking.items():
        node = entries[name]["taxonomy"]
        label = entries[name]["label"].value if "label" in entries[name] else name
        usual = {"label": f"通用{label}", "kind": "choice", "facet": "yes", "from": name}
        yield common, {**{key: Node(node.line, value) for key, value in usual.items()}, "taxonomy": node, **entries.get(common, {})}


def _beside(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """The entries, each derived field behind the one that it follows from."""
    source = {name: entry["from"].value for name, entry in entries.items() if "from" in entry and isinstance(entry["from"].value, str)}
    order = {name: nth for nth, name in enumerate(entries)}
    place = {name: (order.get(source.get(name), order[name]), order[name]) for name in entries}
    return {name: entries[name] for name in sorted(entries, key=place.__getitem__)}


def _can_be_derived(typer: Typer, field: Field, node: Node, fields: tuple[Field, ...]) -> bool:
    source = next((f for f in fields if f.name == field.derived), None)
    if source is not None and source.kind is Kind.CHOICE and not source.derived and not source.private and field.kind is Kind.CHOICE:
        return True
    known = "、".join(f.name for f in fields if f.kind is Kind.CHOICE and not f.derived and not f.private)
    typer.report(node, f"字段 {field.name} 的 from 写了“{field.derived}”，不能由它得出", f"两个字段都要是 kind: choice，from 可以写：{known}")
    return False


def _field(typer: Typer, name: str, entry: Mapping[str, Node], standard: Node | None) -> Field:
    kind = Kind(typer.one_of(entry.get("kind"), f"字段 {name} 的 kind", Kind, Kind.CHOICE if "from" in entry else Kind.TEXT))
    flags = {flag: typer.flag(entry.get(flag), flag) for flag in ("required", "private", "facet", "many", "indexed")}
    if "from" in entry:
        flags |= {"required": False, "many": True}  # nobody writes it, and one word may mean several of the common ones
    usual, meanings = _vocabulary(typer, entry)
    if not usual and standard is not None and "choices" in standard.value and standard.value["choices"] is not entry.get("choices"):
        usual = _choices(typer, standard.value["choices"], kind, ())
    choices, closed = _listed(typer, entry, kind, usual)
    if "from" in entry:  # what is listed comes first and adds its names, the rest of the vocabulary stays
        choices += tuple(choice for choice in usual if choice.slug not in {listed.slug for listed in choices})
        own = {word: choice.slug for choice in choices for word in (choice.label, *choice.aliases)}
        meanings |= {word: (slug,) for word, slug in own.items() if meanings.get(word, ("",))[0] != slug}
    return Field(
        name=name,
        label=typer.text(entry.get("label"), "label") or name,
        kind=kind,
        schema=_property(typer, name, entry.get("schema")),
        aliases=(*typer.texts(entry.get("aliases"), "aliases"), *((name.replace("-", "_"),) if "-" in name else ())),
        choices=choices,
        closed=closed,
        limit=_limit(typer, entry),
        derived=typer.text(entry.get("from"), "from"),
        meanings=meanings,
        **flags,
    )


def _property(typer: Typer, name: str, node: Node | None) -> str:
    """The property of schema.org that a field is for other programs; what is none says nothing to them."""
    word = typer.text(node, "schema")
    if word and word not in schema_org.PROPERTIES:
        meant = wording.nearest(word, sorted(schema_org.PROPERTIES))
        cure = f"是不是想写 {meant}" if meant else "可用的见 https://schema.org/Article，不需要就删掉这一项"
        typer.report(node, f"字段 {name} 的 schema 写了“{word[:40]}”，schema.org 的文章（Article）没有这个属性", cure)
        return ""
    return word


def _limit(typer: Typer, entry: Mapping[str, Node]) -> int:
    return typer.whole(entry.get("limit"), "limit", 0, 1_000_000, 0, 2000)


def _vocabulary(typer: Typer, entry: Mapping[str, Node]) -> tuple[tuple[Choice, ...], dict[str, tuple[str, ...]]]:
    """The terms of the common vocabulary that a field asks for, and which of them each word of its taxonomies means."""
    names = typer.texts(entry.get("taxonomy"), "taxonomy")
    if not names:
        return (), {}
    wanted = (taxonomies.STANDARD, *names)
    try:
        meanings, other = taxonomies.meanings(wanted), taxonomies.aliases(wanted)
    except ValueError as reason:
        typer.report(entry["taxonomy"], str(reason), "请改正 taxonomy")
        return (), {}
    usual = []
    for theme in taxonomies.taxonomy(taxonomies.STANDARD):
        words = dict.fromkeys((*theme.aliases, *(word for word, slug in other.items() if slug == theme.slug)))
        words.pop(theme.label, None)
        usual.append(Choice(theme.label, theme.slug, tuple(words)))
    return tuple(usual), meanings


def _listed(typer: Typer, entry: Mapping[str, Node], kind: Kind, usual: tuple[Choice, ...]) -> tuple[tuple[Choice, ...], bool]:
    """A field's known terms, those that it lists or else the usual ones, and whether no other is accepted."""
    node = entry.get("choices")
    typer.listed(node, "choices", "请写成 [甲, 乙]，或一行一个、以 - 开头")
    if node is None or not isinstance(node.value, tuple):
        return usual, False
    if kind not in TERMS:
        typer.report(node, f"只有 {'、'.join(sorted(TERMS))} 类的字段能有 choices", "请改 kind，或去掉 choices")
        return (), False
    choices = _choices(typer, node, kind, usual)
    return choices, bool(choices) and not typer.flag(entry.get("open"), "open")


def _choices(typer: Typer, node: Node, kind: Kind, usual: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The terms of a list. One that is a usual term, by whatever name, has its slug and its other names as well."""
    known = {wording.plain(word): choice for choice in reversed(usual) for word in (*choice.aliases, choice.label)}
    same = wording.counted if kind in (Kind.ORDINAL, Kind.RANK) else wording.plain
    listed: list[Choice] = []
    owners: dict[str, str] = {}
    for item in node.value:
        facts = {"label": item} if isinstance(item.value, str) else typer.known(item, _CHOICE, "choices 的一项")
        label = wording.tidy(typer.text(facts.get("label"), "label"))
        if not wording.says_something(label):
            typer.report(item, "choices 里有一项没有名称", "请加 label: 名称")
            continue
        given = typer.texts(facts.get("aliases"), "aliases")
        found = known.get(wording.plain(label), Choice(label))
        slug = typer.text(facts.get("slug"), "slug") or found.slug or slugs.named(label)
        if not slugs.is_id(slug):
            typer.report(item, f"“{label}”的 slug“{slug}”不能用于网址", "请用小写英文字母、数字和 -，不要用 index 一类留作他用的词")
            slug = slugs.named(label)
        words = dict.fromkeys(word for word in (*given, found.label, *found.aliases) if wording.says_something(word))
        words.pop(label, None)
        listed.append(Choice(label, slug, tuple(words), typer.text(facts.get("note"), "note"), _limit(typer, facts)))
        for word in (label, *given):
            if owners.setdefault(same(word), label) != label:
                typer.report(item, f"“{word}”既指“{owners[same(word)]}”，又指“{label}”", "请只在一处写它")
    for twin in sorted({c.slug for c in listed if sum(c.slug == d.slug for d in listed) > 1}):
        labels = "、".join(c.label for c in listed if c.slug == twin)
        typer.report(node, f"{labels} 的网址都是 {twin}", "请给它们各写一个 slug")
    labels = {same(choice.label) for choice in listed}
    return tuple(
        replace(c, aliases=tuple(w for w in c.aliases if owners.get(same(w), c.label) == c.label and same(w) not in labels - {same(c.label)}))
        for c in listed
    )
