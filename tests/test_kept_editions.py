"""Documents of Word and EPUBs that are kept: the same bytes as made from nothing, whatever changes, and not made twice."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from casepress.facts.store import Store
from changing import World, font_of, new_world, picture_of
from conftest import ROOT, run

KINDS = {"word": "docx", "epub": "epub"}


@pytest.fixture
def world(tmp_path) -> World:
    return new_world(tmp_path / "world", 1)


def made(folder: Path, edition: str) -> bytes:
    ran = run("-C", folder, "book", "--edition", edition, "-o", file := folder.with_name(f"book.{KINDS[edition]}"))
    assert ran.code == 0, ran.words
    return file.read_bytes()


def made_from_nothing(folder: Path, edition: str) -> bytes:
    copy = folder.with_name("clean")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("build"))
    return made(copy, edition)


def entries(folder: Path) -> list[Path]:
    return [path for path in (folder / "build" / ".cache" / "edition").rglob("*") if path.is_file()]


def of_theme(name: str, old: str, new: str) -> Callable[[World], None]:
    def change(world: World) -> None:
        text = (ROOT / "theme" / name).read_text("utf-8")
        assert old in text
        world.write(f"theme/{name}", text.replace(old, new, 1))

    return change


def lower(data: bytes) -> bytes:
    """A font whose signs are half as high."""
    font, out = TTFont(io.BytesIO(data), recalcTimestamp=False), io.BytesIO()
    for name, glyph in font["glyf"].glyphs.items():
        if not font["glyf"][name].isComposite() and glyph.numberOfContours > 0:
            glyph.coordinates.scale((1, 0.5))
            glyph.recalcBounds(font["glyf"])
    font.save(out)
    return out.getvalue()


BOTH = {
    "a body": lambda world: world.write("cases/b.md", world.read("cases/b.md") + "\n又一句。\n"),
    "a title": lambda world: world.replace("cases/b.md", "(?m)^标题: .*$", "标题: 改过的"),
    "a picture": lambda world: world.write("cases/p.png", picture_of(world)),
    "the preface": lambda world: world.write("content/book/preface.md", world.read("content/book/preface.md") + "\n又一句。\n"),
    "the date": lambda world: world.set("date", "2026年7月"),
    "the settings of the book": lambda world: world.set("book.omit", ["扉页"]),
    "the cover": lambda world: world.set("book.cover", "seal"),
    "a picture for the cover": lambda world: world.write("theme/print/cover.png", picture_of(world, size=(60, 40))),
    "that picture": lambda world: world.write("theme/print/cover.png", picture_of(world, size=(60, 40))),
}
CHANGES = {
    "word": {
        **BOTH,
        "a template": of_theme("print/imprint.html", "</h1>", "又</h1>"),
        "the inks": of_theme("print/inks.html", '.06 0)" if press else "#fbfaf6"', '.06 0)" if press else "#fbfaf5"'),
        "another profile": lambda world: world.set("book.profile", "a4"),
        "that profile": of_theme("print/profiles/a4.yml", "top: 29", "top: 30"),
    },
    "epub": {
        **BOTH,
        "a template": of_theme("epub/case.html", "</h1>", "又</h1>"),
        "the style": of_theme("epub/style.css", "{", "{ margin: 1px;"),
        "the face of the cover": lambda world: world.write("theme/fonts/宋体.ttf", lower(font_of("Song", 0))),
    },
}


@pytest.mark.parametrize("edition", KINDS)
def test_after_every_change_a_file_is_that_made_from_nothing(edition, world):
    """Whatever changes, one thing after another, the file is, byte for byte, the one of a copy that was never built."""
    before = made(world.folder, edition)
    for what, change in CHANGES[edition].items():
        change(world)
        now = made(world.folder, edition)
        assert now != before, f"{what} changes nothing: it proves nothing"
        assert now == made_from_nothing(world.folder, edition), what
        before = now


@pytest.mark.parametrize("edition", KINDS)
def test_what_is_kept_is_not_made_again(edition, world):
    """Where nothing changed the file is what stands in the cache, and nothing is put there anew; so it is in a build of all."""
    made(world.folder, edition)
    (entry,) = entries(world.folder)
    assert Store(world.folder / "build" / ".cache").put("edition", entry.name, b"kept")

    assert made(world.folder, edition) == b"kept" and entries(world.folder) == [entry]
    assert run("-C", world.folder, "build").code == 0
    assert (world.folder / "build" / "books" / f"book.{KINDS[edition]}").read_bytes() == b"kept"


@pytest.mark.parametrize("edition", KINDS)
@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(path.read_bytes()[:-7]), lambda path: path.write_bytes(b""), Path.unlink])
def test_what_is_damaged_is_made_again(spoil, edition, world):
    """A kept file that is cut, empty or gone is made anew, the same as before."""
    before = made(world.folder, edition)
    (entry,) = entries(world.folder)
    good = entry.read_bytes()
    spoil(entry)

    assert made(world.folder, edition) == before and entry.read_bytes() == good


def test_clean_removes_what_is_kept(world):
    """`casepress clean` takes documents of Word and EPUBs away with all else that is kept."""
    made(world.folder, "word"), made(world.folder, "epub")
    assert len(entries(world.folder)) == 2

    assert run("-C", world.folder, "clean").code == 0
    assert not entries(world.folder)
