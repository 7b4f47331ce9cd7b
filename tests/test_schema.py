"""The JSON Schema of collection.yml: it knows what the reader knows, takes what is right, and refuses usual mistakes."""

import ast
import importlib
import json
import re
from pathlib import Path

import pytest

from casepress.collection import imprint
from casepress.collection.schema import schema
from casepress.collection.settings import read_settings
from casepress.markup.frontmatter import Node, read_yaml
from conftest import ROOT, run
from hostile import HOSTILE_SETTINGS

SCHEMA = schema()
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def is_of(value, kind: str) -> bool:
    if kind in ("number", "integer"):
        return type(value) in (int, float) and (kind == "number" or value == int(value))
    return isinstance(value, TYPES[kind])


def wrong(value, made: dict, where: str = "") -> list[str]:
    """What a value has wrong by a schema, for the words of JSON Schema that ours uses; an unknown word is an error of the test."""
    known = {
        "$ref",
        "$defs",
        "$schema",
        "title",
        "description",
        "type",
        "enum",
        "anyOf",
        "properties",
        "additionalProperties",
        "propertyNames",
        "items",
    }
    assert set(made) <= known | {"required", "minProperties", "minLength", "maxLength", "pattern", "minimum", "maximum"}, set(made) - known
    found = []
    if "$ref" in made:
        found += wrong(value, SCHEMA["$defs"][made["$ref"].removeprefix("#/$defs/")], where)
    kinds = made.get("type", [])
    if kinds and not any(is_of(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        return [f"{where}: {value!r} is no {kinds}"]
    if "enum" in made and not any(value == each and type(value) is type(each) for each in made["enum"]):
        found.append(f"{where}: {value!r} is none of {made['enum']}")
    if "anyOf" in made:
        every = [wrong(value, each, where) for each in made["anyOf"]]
        found += min(every, key=len) if all(every) else []
    if isinstance(value, dict):
        missing = [name for name in made.get("required", ()) if name not in value]
        found += [f"{where}: without {name}" for name in missing] + (["too few"] if len(value) < made.get("minProperties", 0) else [])
        for name, each in value.items():
            below = made.get("properties", {}).get(name, made.get("additionalProperties", {}))
            found += [f"{where}.{name}: unknown"] if below is False else wrong(each, below, f"{where}.{name}")
            found += wrong(name, made.get("propertyNames", {}), f"{where}.{name}")
    elif isinstance(value, list):
        found += [each for nth, item in enumerate(value) for each in wrong(item, made.get("items", {}), f"{where}[{nth}]")]
    elif isinstance(value, str):
        fits = made.get("minLength", 0) <= len(value) <= made.get("maxLength", 10**9) and re.search(made.get("pattern", ""), value)
        found += [] if fits else [f"{where}: {value!r} does not fit"]
    elif is_of(value, "number") and not made.get("minimum", value) <= value <= made.get("maximum", value):
        found.append(f"{where}: {value} is out of bounds")
    return found


def plain(node: Node):
    """What YAML 1.2 makes of a file, as editors read it: numbers, true and false, null; ours reads all of them as texts."""
    if isinstance(node.value, str):
        text = node.value
        if re.fullmatch(r"[-+]?[0-9]+", text):
            return int(text)
        if re.fullmatch(r"[-+]?[0-9]*\.[0-9]+", text):
            return float(text)
        return {"": None, "null": None, "true": True, "false": False}.get(text, text)
    if isinstance(node.value, tuple):
        return [plain(item) for item in node.value]
    return {name: plain(entry) for name, entry in node.value.items()}


def of(text: str):
    return plain(read_yaml(text, "collection.yml")[0])


WORLDS = [ROOT / "cases" / "collection.yml", *(ROOT / "tests" / "collections").glob("*/cases/collection.yml")]


@pytest.mark.parametrize("path", WORLDS, ids=lambda path: path.parts[-3])
def test_the_settings_that_there_are_fit(path: Path):
    """The sample's settings fit the schema, and those of each small world as far as the reader has nothing against them."""
    found = wrong(of(path.read_text("utf-8")), SCHEMA)
    problems = read_settings(path.read_bytes())[1]
    assert found == [] or problems, found


def test_settings_of_all_kinds_fit():
    """What the guide shows fits: every block of YAML in it that begins with an entry of collection.yml, and the hostile settings."""
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "content" / "guide.md").read_text("utf-8"), re.DOTALL)
    fit = [block for block in blocks if re.match(rf"({'|'.join(SCHEMA['properties'])}):", block)]
    assert len(fit) > 5
    for block in (*fit, HOSTILE_SETTINGS):
        whole = block if re.search("^title:", block, re.MULTILINE) else f"title: 试\n{block}"
        assert wrong(of(whole), SCHEMA) == [] or read_settings(whole.encode())[1], block


@pytest.mark.parametrize(
    "text",
    [
        "subtitle: 没有名称",
        "title: 试\ntitel: 试",
        "title: 试\nbooks: {name: a}",
        "title: 试\nbook: {edition: [screen]}",
        "title: 试\nbook: {editions: [pdf]}",
        "title: 试\nbook: {signature: 12}",
        "title: 试\nbook: {calliper: 3}",
        "title: 试\nbook: {paper: {weight: 8}}",
        "title: 试\nbook: {binding: {style: 线装}}",
        "title: 试\nbook: {parts: {opening: odd}}",
        "title: 试\nbook: {omit: [封底]}",
        "title: 试\nbook: {digests: {columns: 3}}",
        "title: 试\naddress: www.example.com",
        "title: 试\npublication: book",
        "title: 试\nplaces:\n  - {parent: 青岛市}",
        "title: 试\nimprint: {书号: 1, 页码: 3}",
        "title: 试\nfields:\n  学校: {label: 学校}",
        "title: 试\nfields:\n  level: {kind: list}",
        "title: 试\nfields:\n  level: {requierd: yes}",
        "title: 试\nfields:\n  level: {required: maybe}",
        "title: 试\nfields:\n  level: {kind: choice, choices: 甲}",
        "title: 试\nfields:\n  level: {kind: choice, choices: [{slug: a}]}",
        "title: 试\nfields:\n  level: {limit: -1}",
        "title: 试\nfields:\n  theme: {kind: text}",
        "title: 试\nrules: {甲: {stage: 评奖}}",
        "title: 试\nrules: {甲: {posted: {days: 400}}}",
        "title: 试\nrules: {甲: {unit: {case: 5}}}",
        "title: 试\nproofreading: {allow: [{text: 督導}]}",
        "title: 试\nproofreading: {skip: [{check: terms, why: 不要}]}",
    ],
)
def test_usual_mistakes_do_not_fit(text: str):
    """What the reader refuses by itself, the schema refuses as well."""
    assert wrong(of(text), SCHEMA) and read_settings(text.encode())[1]


def levels() -> dict[str, dict]:
    """The mappings of the schema by a text of collection.yml with a place for one of their entries."""
    defs = SCHEMA["$defs"]
    of_book, batch, proof = defs["book"]["properties"], defs["batch"]["properties"], SCHEMA["properties"]["proofreading"]["properties"]
    return {
        "{}": SCHEMA,
        "places: [{{{}}}]": defs["place"],
        "fields: {{level: {{{}}}}}": defs["field"],
        "fields: {{level: {{kind: choice, choices: [{{{}}}]}}}}": defs["choice"],
        "book: {{{}}}": defs["book"],
        "books: [{{{}}}]": defs["selection"],
        "imprint: {{{}}}": SCHEMA["properties"]["imprint"],
        "book: {{parts: {{{}}}}}": of_book["parts"]["anyOf"][1],
        "book: {{digests: {{{}}}}}": of_book["digests"],
        "book: {{paper: {{{}}}}}": of_book["paper"]["anyOf"][1],
        "book: {{binding: {{{}}}}}": of_book["binding"]["anyOf"][1],
        "rules: {{甲: {{{}}}}}": defs["batch"],
        "rules: {{甲: {{length: {{{}}}}}}}": batch["length"]["anyOf"][1],
        "rules: {{甲: {{sections: [{{{}}}]}}}}": batch["sections"]["anyOf"][0]["items"]["anyOf"][1],
        **{f"rules: {{{{甲: {{{{{name}: {{{{{{}}}}}}}}}}}}}}": batch[name] for name in ("unit", "region", "video", "posted")},
        **{f"rules: {{{{甲: {{{{{name}: {{{{{{}}}}}}}}}}}}}}": batch[name]["anyOf"][1] for name in ("period", "deadline")},
        "footer: {{{}}}": SCHEMA["properties"]["footer"],
        "privacy: {{{}}}": SCHEMA["properties"]["privacy"],
        "privacy: {{allow: [{{{}}}]}}": SCHEMA["properties"]["privacy"]["properties"]["allow"]["anyOf"][0]["items"],
        "takedown: [{{{}}}]": SCHEMA["properties"]["takedown"]["anyOf"][0]["items"]["anyOf"][1],
        "proofreading: {{{}}}": SCHEMA["properties"]["proofreading"],
        **{f"proofreading: {{{{{name}: [{{{{{{}}}}}}]}}}}": items["anyOf"][0]["items"] for name, items in proof.items()},
    }


@pytest.mark.parametrize("form", levels())
def test_the_reader_knows_every_entry_of_the_schema(form: str):
    """No entry that the schema names is unknown to the reader, and one that it does not name is."""
    for name in (*levels()[form]["properties"], "zzz"):
        problems = read_settings(form.format(f"{name}: x").encode())[1]
        assert (f"没有“{name}”这一项" in "\n".join(map(str, problems))) == (name == "zzz"), name


def test_the_schema_names_every_entry_of_the_reader():
    """Each set of names by which a mapping of collection.yml is read is that of a mapping of the schema: a new entry or level of the
    settings that the schema does not know is found here."""
    sets = [frozenset(made["properties"]) for made in levels().values()]
    found = []
    for path in sorted((ROOT / "scripts" / "casepress" / "collection").glob("*.py")):
        module = importlib.import_module(f"casepress.collection.{path.stem}")
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "known":
                names = ast.unparse(node.args[1])
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_entries":
                names = ast.unparse(node.args[3])
            else:
                continue
            if names in ("english", "_HEADER"):  # of `_entries`, whose callers are looked at; and of the texts of books, which are other files
                continue
            if path.stem == "bounds" and names == "(key, 'field')":
                assert frozenset(("dates", "field")) in sets and frozenset(("date", "field")) in sets
                continue
            if path.stem == "call" and names.endswith("if region else ('cases', 'themes', 'level')"):
                assert frozenset(("cases", "level", "within")) in sets and frozenset(("cases", "themes", "level")) in sets
                continue
            if names.startswith("(name for item in known"):
                table = {word for item in imprint.rules().items for word in item.names}
            else:
                table = eval(names, dict(vars(module)))
                table = [word for words in table.values() for word in words] if isinstance(table, dict) else table
            found.append(names)
            assert frozenset(table) in sets, f"{path.name}: {names}"
    assert len(found) >= 9


def test_every_entry_is_described_in_chinese():
    """Whoever points at an entry reads in Chinese what it means."""
    for form, made in levels().items():
        for name, each in made["properties"].items():
            assert "imprint" in form or re.search("[一-鿿]", each.get("description", "")), f"{form}: {name}"


def test_the_command_writes_the_schema(tmp_path):
    """`casepress schema` shows it, with -o it writes it and says how an editor finds it; a file of another kind is not overwritten."""
    assert json.loads(run("schema").out) == SCHEMA
    target = tmp_path / "collection.schema.json"
    for _ in range(2):
        ran = run("schema", "-o", target)
        assert ran.code == 0 and "yaml-language-server: $schema=" in ran.out
    assert json.loads(target.read_text("utf-8")) == SCHEMA
    (tmp_path / "a.md").write_text("甲")
    assert run("schema", "-o", tmp_path / "a.md").code == 1 and (tmp_path / "a.md").read_text() == "甲"
