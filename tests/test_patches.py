"""The patches: one guard over all that the press replaces in WeasyPrint and leans on, and nothing of the kind elsewhere."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib import import_module

import pytest
import weasyprint
from weasyprint.layout import inline

from casepress.press.patches import known
from casepress.press.patches.breaking import chinese_lines
from casepress.press.patches.columns import columns_by_lines
from casepress.press.patches.drawing import drawn_bold, readable
from casepress.press.patches.feet import content_at_foot
from casepress.press.patches.known import SUMS, VERSION, Ours, UnknownWeasyPrint, read_sum, replaced
from casepress.press.patches.notes import kept_notes
from casepress.press.patches.reading import read_quickly
from casepress.press.patches.showing import shown_as_measured
from casepress.press.patches.sparing import spared
from casepress.press.patches.styles import kept_styles
from casepress.press.patches.tables import tables_on_pages
from conftest import ROOT

PACKAGE = ROOT / "scripts" / "casepress"
WAYS = (
    chinese_lines,
    kept_notes,
    kept_styles,
    columns_by_lines,
    content_at_foot,
    tables_on_pages,
    readable,
    drawn_bold,
    shown_as_measured,
    spared,
    read_quickly,
)


@pytest.fixture
def forgetful():
    """The guard as in a new process, before and after."""
    known._guard.cache_clear()
    yield
    known._guard.cache_clear()


@pytest.mark.parametrize("place", SUMS)
def test_weasyprint_is_the_one_we_know(place):
    """The functions of WeasyPrint that ours stand in for read as they did when ours were written."""
    assert read_sum(place) == SUMS[place]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_an_unknown_weasyprint_is_refused(way, monkeypatch):
    """Another version is refused by name, before anything is changed, whichever way is asked first."""
    monkeypatch.setattr(weasyprint, "__version__", "70.1")
    before = inline.text_align
    with pytest.raises(UnknownWeasyPrint, match=r"WeasyPrint 70\.0.*70\.1.*pip install"), way():
        assert inline.text_align is before


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_changed_function_is_named(way, forgetful, monkeypatch):
    """Where a function of the right version reads otherwise, it is named, and what to do."""
    monkeypatch.setattr(inline, "add_word_spacing", lambda context, box, space, x: 0)
    monkeypatch.delattr("weasyprint.pdf.fonts.get_hb_object_data")
    with pytest.raises(UnknownWeasyPrint) as refused, way():
        pass
    assert "layout.inline:add_word_spacing、pdf.fonts:get_hb_object_data" in str(refused.value)
    assert "pip install --force-reinstall" in str(refused.value)


def test_every_replaced_function_is_known(monkeypatch):
    """Whatever is replaced has its sum in the list: its source is held against the one that ours was written for."""
    kept = []
    monkeypatch.setattr(known, "setattr", lambda holder, name, function: kept.append(function), raising=False)
    for way in WAYS:
        with way():
            pass
    originals = {id(function.__wrapped__) for function in kept if hasattr(function, "made_by")}
    listed = set()
    for place in SUMS:
        module, _, name = place.partition(":")
        found = import_module(f"weasyprint.{module}".rstrip("."))
        for part in name.split("."):
            found = getattr(found, part)
        listed.add(id(found))
    assert originals and originals <= listed


def test_the_version_is_pinned_alike_everywhere():
    """The guard, the package's dependencies and the lock name the same version, exactly."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert f"weasyprint=={VERSION}" in wanted
    assert re.search(rf"^weasyprint=={re.escape(VERSION)} ", (ROOT / "scripts" / "requirements.lock").read_text("utf-8"), re.MULTILINE)


def test_only_the_patches_change_weasyprint():
    """No other module of the package sets what belongs to an imported module or class, nor asks for WeasyPrint's private names."""
    for path in PACKAGE.rglob("*.py"):
        if path.parent.name == "patches":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        foreign = {
            (alias.asname or alias.name).split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
            if (node.module if isinstance(node, ast.ImportFrom) else alias.name or "").split(".")[0] in ("weasyprint", "pydyf")
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in foreign:
                assert isinstance(node.ctx, ast.Load) and not node.attr.startswith("_"), f"{path.name}:{node.lineno}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "setattr":
                assert not {name.id for name in ast.walk(node) if isinstance(name, ast.Name)} & foreign, f"{path.name}:{node.lineno}"


def test_what_is_ours_is_replaced_once():
    """Nested in itself and in others, a function is replaced once, and is its own again afterwards, also after an error."""
    before = inline.strut

    def make(ask):
        return lambda style: ("ours", ask(style))

    with pytest.raises(KeyError), replaced(Ours(inline, "strut", make)):
        once = inline.strut
        with chinese_lines(), replaced(Ours(inline, "strut", make)):
            assert inline.strut.__wrapped__ is once
        assert inline.strut is once
        raise KeyError
    assert inline.strut is before


ASKED = """
import ctypes.util, sys
asked, before = [], ctypes.util.find_library
sys.addaudithook(lambda event, args: event in ("subprocess.Popen", "os.posix_spawn", "os.fork") and asked.append(args))
import casepress.press.laying
from weasyprint.text.ffi import pango
print(len(asked), ctypes.util.find_library is before, pango.pango_units_from_double(1))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="未检查：别的系统上文件名不同")
def test_nobody_is_asked_where_libraries_are():
    """WeasyPrint is loaded without a compiler or linker being asked for each library; afterwards they can be asked again."""
    assert subprocess.run([sys.executable, "-c", ASKED], capture_output=True, check=True).stdout.split() == [b"0", b"True", b"1024"]
