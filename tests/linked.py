"""Judge JSON-LD that speaks schema.org's language: `judge(text)`.

PyLD, a processor of the W3C's JSON-LD 1.1, reads it; schema.org's own vocabulary, which comes as a file in the wheel of rocrate
(nothing else of it is used), says which types and properties there are, which belong together, and of what kind values are.
"""

import importlib.util
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_HOME, _OURS = "https://schema.org/", "schema:"
_ADDRESS, _DAY = re.compile(r"https?://[^\s/]+(/\S*)?"), re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def judge(text: str) -> list[str]:
    """What is wrong with a document, each as `property: reason`; a document without types is wrong as well."""
    from pyld import jsonld

    read = jsonld.expand(json.loads(text), {"documentLoader": _loaded})
    return [f"{place or 'all'}: {reason}" for each in read for place, reason in _of_node(each, "")] if read else ["all: nothing"]


def _loaded(address: str, options: object) -> dict[str, object]:
    """What stands at schema.org for machines: every word without a mark is one of its own. Nothing is fetched."""
    assert address.rstrip("/") == _HOME.rstrip("/"), address
    document = {"@context": {"@vocab": _HOME}}
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address, "document": document}


@cache
def _vocabulary() -> dict[str, dict[str, object]]:
    file = Path(importlib.util.find_spec("rocrate").origin).with_name("data") / "schema.jsonld"
    return {each["@id"].removeprefix(_OURS): each for each in json.loads(file.read_text("utf-8"))["@graph"]}


def _named(term: str, relation: str) -> list[str]:
    """What a term of the vocabulary says of itself by a relation, as names."""
    said = _vocabulary()[term].get(relation, [])
    return [each["@id"].removeprefix(_OURS) for each in (said if isinstance(said, list) else [said])]


def _kinds(name: str) -> set[str]:
    """A type with all those of which it is one."""
    return {name}.union(*(_kinds(above) for above in _named(name, "rdfs:subClassOf") if above in _vocabulary()))


def properties(name: str) -> set[str]:
    """The properties that a type has, its own and those of all that it is; not those that others have replaced."""
    every = (each for each in _vocabulary() if _is(each, "rdf:Property"))
    return {
        each for each in every if not _named(each, "schema:supersededBy") and not _kinds(name).isdisjoint(_named(each, "schema:domainIncludes"))
    }


def _of_node(node: dict, place: str) -> Iterator[tuple[str, str]]:
    names = [name.removeprefix(_HOME) for name in node.get("@type", [])]
    known = [name for name in names if _is(name, "rdfs:Class")]
    if not names or known != names:
        yield place, f"no such type: {names}"
        return
    kinds = set[str]().union(*map(_kinds, known))
    for word, values in node.items():
        name, here = word.removeprefix(_HOME), f"{place}/{word.removeprefix(_HOME)}".strip("/")
        if word.startswith("@"):
            continue
        if word == name or not _is(name, "rdf:Property"):
            yield here, "no such property"
        elif kinds.isdisjoint(_named(name, "schema:domainIncludes")):
            yield here, f"not a property of {', '.join(names)}"
        else:
            for value in values:
                yield from _of_value(value, set(_named(name, "schema:rangeIncludes")), here)


def _of_value(value: dict, asked: set[str], place: str) -> Iterator[tuple[str, str]]:
    if "@value" not in value:
        yield from _of_node(value, place)
        known = [name for each in value.get("@type", []) if _is(name := each.removeprefix(_HOME), "rdfs:Class")]
        if known and asked.isdisjoint(set[str]().union(*map(_kinds, known))):
            yield place, f"a {', '.join(known)} where {sorted(asked)} is asked for"
    elif isinstance(said := value["@value"], str) and not said.strip():
        yield place, "empty"
    elif not ("Text" in asked or "URL" in asked and _ADDRESS.fullmatch(said) or asked & {"Date", "DateTime"} and _DAY.fullmatch(said)):
        yield place, f"“{said}” where {sorted(asked)} is asked for"


def _is(name: str, kind: str) -> bool:
    said = _vocabulary().get(name, {}).get("@type", [])
    return kind in (said if isinstance(said, list) else [said])
