"""The house: which module may import which, and which module is the door to which library (see CONTRIBUTING.md)."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "scripts" / "casepress"

# From the ground up. A module imports from lower floors, and from those named before it on its own floor.
# fmt: off
FLOORS = (
    ("problems", "fields", "model"),
    (
        "decoding", "frontmatter", "markdown_tree", "prose", "templates", "project", "publishing", "slugs", "pictures",
        "places", "taxonomies", "fontfiles", "folding", "alphabet", "postings", "titles", "vertical", "codes", "imprint",
    ),
    ("entries", "book_settings", "settings", "values", "views", "selections", "leads", "intro", "texts", "reading", "profiles", "searchable", "faces", "printed"),
    ("checks", "coverage", "lawful", "pages", "indexes", "colophon", "book", "composing", "search", "lookup"),
    ("website", "press", "press.marks", "press.paragraphs", "press.setting", "press.lines", "press.notes", "press.families", "press.fonts", "press.figures", "press.inks", "press.proof", "press.layout", "press.sharpness", "press.numbers", "press.pdfx", "press.tags", "press.binding", "press.making", "press.covers"),
    ("workshop", "shelf", "flow", "scaffold", "mkdocs_plugin", "finished", "cli"),
)
# fmt: on
# On these floors neighbours do not know each other.
STRANGERS = {1: {"frontmatter", "prose", "templates", "publishing", "slugs", "pictures", "fontfiles", "folding", "alphabet", "postings"}, 3: {"checks", "coverage", "lawful", "pages", "book", "search"}}
DOORS = {
    "yaml": {"frontmatter"},
    "markdown": {"markdown_tree", "finished"},
    "nh3": {"prose"},
    "jinja2": {"templates", "pages", "composing"},  # the latter two name its Environment as a type
    "mkdocs": {"website", "mkdocs_plugin"},
    "weasyprint": {"press.marks", "press.paragraphs", "press.setting", "press.lines", "press.notes", "press.proof", "press.families", "press.fonts", "press.layout", "press.making"},
    "pydyf": {"press.setting"},
    "pikepdf": {"press.inks", "press.numbers", "press.pdfx", "press.tags", "press.binding"},
    "fontTools": {"fontfiles", "press.fonts"},
    "click": {"cli"},
    "pypinyin": {"slugs"},
    "PIL": {"pictures"},
    "numpy": {"postings"},
    "segno": {"codes"},
}


def modules() -> dict[str, ast.Module]:
    """Every module of the package by its name inside it, parsed."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
        if name != "__init__":
            found[name] = ast.parse(path.read_text("utf-8"))
    return found


def imports(tree: ast.Module) -> set[str]:
    """The dotted names that a module imports, also inside functions."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


MODULES = modules()
PLACE = {name: (floor, nth) for floor, names in enumerate(FLOORS) for nth, name in enumerate(names)}


def test_every_module_has_a_floor():
    """The map names every module, and only those that exist."""
    assert sorted(PLACE) == sorted(MODULES)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_imports_go_down(name):
    """A module imports from lower floors, or from an earlier neighbour that is no stranger."""
    floor, nth = PLACE[name]
    for full in imports(MODULES[name]):
        other = full.removeprefix("casepress.")
        if full == other or other not in PLACE or other == name:
            continue
        below, before = PLACE[other]
        assert (below, before) < (floor, nth), f"{name} imports {other}, which stands above it"
        assert not (below == floor and {name, other} <= STRANGERS.get(floor, set())), f"{name} imports its stranger {other}"


@pytest.mark.parametrize("library", sorted(DOORS))
def test_libraries_have_one_door(library):
    """Each library is imported by the module that guards it, and by no other."""
    users = {name for name, tree in MODULES.items() if any(full.split(".")[0] == library for full in imports(tree))}
    assert users <= DOORS[library]


def test_values_need_only_the_standard_library():
    """The lowest floor imports nothing but the standard library and itself."""
    import sys

    for name in FLOORS[0]:
        for full in imports(MODULES[name]):
            assert full.split(".")[0] in sys.stdlib_module_names | {"casepress"}


def test_modules_are_short():
    """A module has one duty: none is over 300 lines without a reason in CONTRIBUTING.md."""
    contributing = (PACKAGE.parents[1] / "CONTRIBUTING.md").read_text("utf-8")
    for name in MODULES:
        path = PACKAGE.joinpath(*name.split("."))
        path = path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py"
        lines = len(path.read_text("utf-8").splitlines())
        assert lines <= 300 or f"`{name}`" in contributing, f"{name} has {lines} lines"


def test_modules_say_what_they_are_for():
    """Every module begins with its idea."""
    assert [name for name, tree in MODULES.items() if not ast.get_docstring(tree)] == []
