"""The house: which room may import which, and which module is the door to which library (see CONTRIBUTING.md)."""

import ast
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "scripts" / "casepress"

# Rooms from the ground up. A room imports from rooms before it; those on one floor do not know each other.
# "" is the top of the package, where the hands are: they may use every room, and no room knows them.
FLOORS = (
    ("values",),
    ("facts",),
    ("privacy", "likeness", "language"),
    ("markup",),
    ("collection",),
    ("type", "checking", "book", "search", "intake"),
    ("press", "site", "word", "epub", "records", "release"),
    ("",),
)
DOORS = {
    "yaml": {"markup.foreign_yaml", "markup.frontmatter", "markup.mended_yaml"},
    "markdown": {"markup.markdown_tree", "site.finished", "site.onward"},
    "nh3": {"markup.prose"},
    # All but the first two and the last name its Environment as a type; the last has one of its own for forms of strangers.
    "jinja2": {"site.themed", "markup.templates", "site.pages", "book.composing", "epub.composing", "epub.making", "records.marks"},
    "mkdocs": {"site.website", "mkdocs_plugin"},
    "watchdog": {"site.watching"},
    # Its ways in that are for everyone are used by the layout; all that reaches deeper is in the patches.
    "weasyprint": {
        "press.layout", "press.patches.known", "press.patches.breaking", "press.patches.shaping", "press.patches.glyphs",
        "press.patches.setting", "press.patches.notes", "press.patches.noted", "press.patches.drawing", "press.patches.subsets", "press.patches.fontconfig",
        "press.patches.pages", "press.patches.tables", "press.patches.writing", "press.patches.trees", "press.patches.straight",
        "press.patches.styles", "press.patches.columns", "press.patches.feet", "press.patches.showing", "press.patches.sparing",
        "press.patches.reading", "press.patches.leaders", "press.patches.matching", "press.patches.turns",
        "press.patches.libraries",
    },
    "pydyf": {
        "press.patches.drawing", "press.patches.showing", "press.patches.writing", "press.patches.trees", "press.patches.subsets",
        "press.dismantling",
    },
    "pikepdf": {"press.inks", "press.fonts", "press.dismantling", "press.embedding", "press.saying", "press.inspecting", "press.reread", "facts.pdfs"},
    "fontTools": {"type.fontfiles", "type.cmaps", "press.fonts", "press.patches.subsets", "type.raised", "type.truetype"},
    "click": {"cli", "starting", "incoming", "likening", "outgoing", "delivering", "bars", "chinese", "failing"},
    "pypinyin": {"facts.slugs"},
    "PIL": {"facts.pictures", "facts.developing", "facts.inking", "type.outlines", "epub.drawing", "site.cards", "examples"},
    "numpy": {
        "search.postings", "search.symbols", "likeness.grams", "likeness.pairs", "likeness.crowds", "likeness.passages", "likeness.keeping",
        "likeness.wordlist", "likeness.kinship", "site.akin",
    },
    "tinyhtml5": {"markup.parsing"},
    "segno": {"facts.codes"},
    "filelock": {"publishing"},
    "distributed": {"clusters"},
    "stdnum": {"collection.imprint", "privacy.numbers"},
    "mammoth": {"intake.blocks"},
    "lxml": {"intake.packages", "intake.prepared", "intake.blocks", "intake.sheets", "intake.wordxml"},
    "openpyxl": {"intake.sheets"},
    "python_calamine": {"intake.oldsheets"},
    "docx": {"records.forms", "records.blank", "examples"},
    "docxtpl": {"records.marks"},
    "pypdfium2": {"intake.documents", "intake.pages", "desk"},
    "xlsxwriter": {"intake.photos", "records.excel", "examples"},
}  # fmt: skip


def modules() -> dict[str, Path]:
    """Every module of the package by its name inside it; a folder's name stands for its `__init__`."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        found[".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix("__init__").removesuffix(".")] = path
    return found


@cache
def parsed(name: str) -> ast.Module:
    """A module's tree."""
    return ast.parse(MODULES[name].read_text("utf-8"))


@cache
def imports(name: str) -> frozenset[str]:
    """The dotted names that a module imports, also inside functions."""
    found = set()
    for node in ast.walk(parsed(name)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def ours(name: str) -> set[str]:
    """The modules of the package that a module imports."""
    return {other for full in imports(name) if (other := full.removeprefix("casepress.")) != full and other in MODULES and other != name}


def room(name: str) -> str:
    """The room in which a module stands."""
    return name.partition(".")[0] if (PACKAGE / name.partition(".")[0]).is_dir() else ""


MODULES = modules()
FLOOR = {name: nth for nth, names in enumerate(FLOORS) for name in names}


def test_every_room_has_a_floor():
    """The map names every room, and only those that exist."""
    assert sorted(FLOOR) == sorted({room(name) for name in MODULES})


@pytest.mark.parametrize("name", sorted(MODULES))
def test_imports_go_down(name):
    """A module imports from its own room and from rooms on lower floors."""
    for other in ours(name):
        assert room(other) == room(name) or FLOOR[room(other)] < FLOOR[room(name)], f"{name} imports {other}, which stands above or beside it"


def test_no_circle():
    """Nothing imports itself on a way round, neither modules nor folders (TopologicalSorter raises CycleError)."""
    found = {name: ours(name) for name in MODULES}
    tuple(TopologicalSorter(found).static_order())
    folders: dict[str, set[str]] = {}
    inside = {name: name if (PACKAGE / name.replace(".", "/")).is_dir() else name.rpartition(".")[0] for name in found}
    for name, others in found.items():
        folders.setdefault(inside[name], set()).update(inside[other] for other in others if inside[other] != inside[name])
    folders.pop("")  # the top's modules use the rooms; that no room uses the top is said above
    tuple(TopologicalSorter({here: there - {""} for here, there in folders.items()}).static_order())


@pytest.mark.parametrize("library", sorted(DOORS))
def test_libraries_have_one_door(library):
    """Each library is imported by the module that guards it, and by no other."""
    users = {name for name in MODULES if any(full.split(".")[0] == library for full in imports(name))}
    assert users <= DOORS[library]
    assert DOORS[library] <= users, "a door that nobody uses is no door"


def test_values_need_only_the_standard_library():
    """The lowest floor imports nothing but the standard library and itself."""
    for name in MODULES:
        if room(name) == "values":
            for full in imports(name):
                assert full.split(".")[0] in sys.stdlib_module_names | {"casepress"}


def test_modules_are_short():
    """A module has one duty: none is over 300 lines, and most are under 200."""
    lengths = {name: len(path.read_text("utf-8").splitlines()) for path in PACKAGE.rglob("*.py") for name in [str(path.relative_to(PACKAGE))]}
    assert {name: length for name, length in lengths.items() if length > 300} == {}
    assert sum(length < 200 for length in lengths.values()) > 0.6 * len(lengths)


def test_modules_say_what_they_are_for():
    """Every module begins with its idea."""
    assert [name for name in MODULES if not ast.get_docstring(parsed(name))] == []
