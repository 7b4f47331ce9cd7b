"""Schema: what collection.yml may say, as a JSON Schema (2020-12) for editors that help while one types.

It is made of the tables by which collection.yml is read, so that both know the same names; `data/described.yml` says in Chinese what
each means. What only the whole file can show (a field that `parts` names, two slugs alike) is left to `casepress check`.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

from casepress.collection import book_settings, call, declared, footer, guarded, printshop, settings
from casepress.collection.imprint import PUBLICATIONS, rules
from casepress.facts import schema_org
from casepress.language.proofreading import CHECKS
from casepress.markup.typed_nodes import LONGEST, read_map
from casepress.values.books import EDITIONS
from casepress.values.fields import Kind
from casepress.values.rules import STAGES, Video

Made = dict[str, object]
_EMPTY = {"type": "null"}
_ID = "^[a-z0-9]+([-_][a-z0-9]+)*$"
_YES_NO = "^([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Oo][Nn]|[Oo][Ff][Ff]|[01]|是|否)$"
_FLAGS = frozenset(("required", "private", "facet", "many", "indexed", "open", "winners", "data"))
_LISTS = frozenset(("aliases", "taxonomy", "order", "indexes", "texts", "only"))


def schema() -> Made:
    """The schema as plain values for JSON."""
    book = _own(book_settings._OWN, "book", _book())
    field = _own(declared._FIELD, "field", _field())
    top = {
        "title": {"type": ["string", "number"], "minLength": 1, "maxLength": LONGEST},
        "address": _or_empty({"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"}),
        "publication": _one_of(PUBLICATIONS),
        "imprint": _object({name: {**_text(), "maxLength": 2000} for item in rules().items for name in item.names}),
        "book": {"$ref": "#/$defs/book"},
        "books": _or_empty({"type": "array", "items": {"$ref": "#/$defs/selection"}}),
        "order": _texts(),
        "places": _or_empty({"type": "array", "items": {"$ref": "#/$defs/place"}}),
        "rules": {"type": ["object", "null"], "additionalProperties": {"$ref": "#/$defs/batch"}},
        "proofreading": _object(_described(_proofreading(), "proofreading")),
        **_guarded(),
        "footer": _object(_footer()),
        "fields": {
            "type": ["object", "null"],
            "propertyNames": {"pattern": _ID},
            "properties": {name: _kept(name, kind) for name, kind in sorted(_kinds().items())},
            "additionalProperties": {"$ref": "#/$defs/field"},
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "案例库的设置 collection.yml",
        **_own((*settings._TOP, *guarded.TOP), "top", top),
        "type": "object",
        "required": ["title"],
        "$defs": {
            "book": book,
            "selection": {**_own(book_settings._FURTHER, "book", _book()), "type": "object", "minProperties": 1},
            "batch": _own(call._RULES, "batch", _batch()),
            "field": field,
            "choice": {
                **_own(declared._CHOICE, "choice", {"limit": _number(0, 1_000_000, True), "slug": _slug()}),
                "type": "object",
                "required": ["label"],
            },
            "place": {**_own(settings._PLACE, "place", {"slug": _slug()}), "type": "object", "required": ["name"]},
        },
    }


def _field() -> Made:
    """What the entries of a field are where they are no texts."""
    choice = {"anyOf": [_text(), {"$ref": "#/$defs/choice"}]}
    properties = _one_of(sorted(schema_org.PROPERTIES))
    return {
        "kind": _one_of(Kind),
        "schema": properties,
        "choices": _or_empty({"type": "array", "items": choice}),
        "limit": _number(0, 1_000_000, True),
    }


def _book() -> Made:
    """What the entries of a book are where they are no texts."""
    lengths = {name: _number(least, most) for name, (least, most, _) in printshop._RANGES.items()}
    return {
        "name": _slug(),
        "parts": _either(_object(_described({"by": _text(), "opening": _one_of(("page", "run-on"))}, "parts"))),
        "digests": _object(_described({"columns": _one_of(("1", "2"))}, "digests")),
        "opening": _one_of(("right", "any")),
        "committee": {"type": ["object", "array", "null"], "additionalProperties": _texts(), "items": {"type": "object"}},
        "editions": _list_of(EDITIONS),
        "omit": _list_of([word for pair in book_settings.OMITTED.items() for word in pair]),
        "calliper": _number(0.02, 1),
        "paper": _either(_object(_named("paper", {"weight": _number(30, 500), "bulk": _number(0.5, 3)}))),
        "binding": {"anyOf": [_one_of(printshop._STYLES), _object(_named("binding", {"style": _one_of(printshop._STYLES), **lengths}))]},
        "signature": _one_of((*map(str, printshop.SIGNATURES), "no", "不补")),
        "characters": _list_of(printshop._COUNTED),
    }


def _batch() -> Made:
    """What the rules of a batch are where they are no texts. Numbers are written as people say them (最多5), or as min and max."""
    span = _either(_object(_described({name: _number(0, 1_000_000, True) for name in ("min", "max")}, "span")))
    section = _object(_described({"name": _text(), "aliases": _texts()}, "section"))
    numbers = {"width": (16, 16_384), "height": (16, 16_384), "fps": (0.1, 240), "bitrate": (0.1, 1000), "minutes": (0.1, 600)}
    video = {name: _number(*numbers[name]) if name in numbers else _text() for name in Video.__dataclass_fields__}
    return {
        "length": span,
        "sections": _or_empty({"type": "array", "items": _either(section)}),
        "unit": _object(_described({"cases": span, "themes": span, "level": _one_of(call.LEVELS)}, "unit")),
        "region": _object(_described({"cases": span, "level": _one_of(call.LEVELS), "within": _text()}, "region")),
        "themes": _texts(),
        "period": _either(_object(_described({"dates": _text(), "field": _text()}, "period"))),
        "deadline": _either(_object(_described({"date": _text(), "field": _text()}, "deadline"))),
        "video": _object(_described({**video, "versions": _texts()}, "video")),
        "stage": _one_of(STAGES),
        "posted": _object(_described({"from": _text(), "days": _number(1, 365, True)}, "posted")),
        "publish": _flag(),
    }


def _proofreading() -> Made:
    """What the check of texts is told; each entry with its reason."""
    levels = {
        "allow": ({"text": _text(), "why": _text()}, ("text", "why")),
        "terms": ({"wrong": _texts(), "right": _text(), "why": _text(), "sound": _texts()}, ("wrong", "right")),
        "skip": ({"check": _one_of(CHECKS), "why": _text()}, ("check", "why")),
    }
    return {
        name: _or_empty({"type": "array", "items": {**_object(_described(entries, name)), "type": "object", "required": list(needed)}})
        for name, (entries, needed) in levels.items()
    }


def _guarded() -> Made:
    """What guards people: what may be published and why, what was taken down."""
    public = {**_object(_described({"text": _text(), "reason": _text()}, "public")), "type": "object", "required": ["text", "reason"]}
    taken = {**_object(_described({"id": _slug(), "date": _text(), "reason": _text()}, "taken")), "type": "object", "required": ["id"]}
    allow = _or_empty({"type": "array", "items": public})
    return {
        "privacy": _object(_described({"allow": allow, "minors": _one_of(guarded._ASKED)}, "privacy")),
        "takedown": _or_empty({"type": "array", "items": {"anyOf": [_slug(), taken]}}),
    }


def _footer() -> Made:
    """The foot of the website's pages, each entry under its English and its Chinese name."""
    english = _described({name: _text() for name in footer.NAMES}, "footer")
    return {word: english[name] for name, chinese in footer.NAMES.items() for word in (name, chinese)}


def _own(names: Iterable[str], level: str, said: Mapping[str, Made]) -> Made:
    """The mapping of a level: its names, those of flags and lists as such, those that are `said`, and texts."""
    usual = {name: _flag() if name in _FLAGS else _texts() if name in _LISTS else _text() for name in names}
    return _object(_described({name: said.get(name, plain) for name, plain in usual.items()}, level))


def _named(table: str, said: Mapping[str, Made]) -> Made:
    """The entries of a table with an English and a Chinese name each."""
    names = {"paper": printshop._PAPER, "binding": printshop._BINDING}[table]
    english = _described({name: said.get(name, _text()) for name in names}, table)
    return {word: english[name] for name, words in names.items() for word in words}


def _described(properties: Mapping[str, Made], level: str) -> Made:
    words = _words()[level]
    return {name: {**made, "description": words[name]} if name in words else made for name, made in properties.items()}


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Mapping[str, str]]:
    node, _, _ = read_map(files("casepress").joinpath("data/described.yml").read_bytes(), "described.yml")
    return {level: {name: entry.value for name, entry in words.value.items()} for level, words in node.value.items()}


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, str]:
    """The kind of each standard field that keeps it, "" of the others."""
    return {name: node.value["kind"].value if name in declared._KEPT_KINDS else "" for name, node in declared._standard().items()}


def _kept(name: str, kind: str) -> Made:
    """A standard field; one whose kind others count on has no other."""
    label = declared._standard()[name].value["label"].value
    made: Made = {"$ref": "#/$defs/field", "description": f"{label}（标准字段）"}
    return {**made, "properties": {"kind": {"enum": [kind, None]}}} if kind else made


def _object(properties: Mapping[str, Made]) -> Made:
    return {"type": ["object", "null"], "properties": dict(properties), "additionalProperties": False}


def _or_empty(made: Made) -> Made:
    return {"anyOf": [made, _EMPTY]}


def _either(made: Made) -> Made:
    """A mapping, or a text in its place."""
    return {"anyOf": [_text(), made]}


def _text() -> Made:
    return {"type": ["string", "number", "boolean", "null"], "maxLength": LONGEST}


def _texts() -> Made:
    return {"anyOf": [_text(), {"type": "array", "items": _text()}]}


def _slug() -> Made:
    return {"type": ["string", "number", "null"], "pattern": _ID}


def _flag() -> Made:
    return {"type": ["boolean", "string", "integer", "null"], "pattern": _YES_NO, "minimum": 0, "maximum": 1}


def _number(least: float, most: float, is_whole: bool = False) -> Made:
    kind = "integer" if is_whole else "number"
    return {"type": [kind, "string", "null"], "minimum": least, "maximum": most, "pattern": r"^\s*[0-9]*\.?[0-9]*\s*$"}


def _one_of(words: Iterable[str]) -> Made:
    """A word of some; what looks like a number to an editor may be one."""
    every = [str(word) for word in words]
    return {"enum": [*every, *(int(word) for word in every if word.isascii() and word.isdigit()), *([False] if "no" in every else []), None]}


def _list_of(words: Iterable[str]) -> Made:
    return {"anyOf": [_one_of(words), {"type": "array", "items": _one_of(words)}]}
