"""Families: the faces of a book as WeasyPrint finds them, by the names `casepress-ROLE`, and bold where no face is bold.

Each file is told to fontconfig where it stands, through a link of its own: no file is copied, no document can open one,
and of a collection (.ttc) only the face that is meant gets the name. Marks that a face draws too narrow are taken out
of what it is said to have, so that the next family of the stylesheet lends them.

Where a role has a bold weight but its face has none, the face is told a second time as bold, under a name of its own;
inside `drawn_bold()` its glyphs are stroked as well as filled, in one colour.
"""

import logging
import os
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

from weasyprint.draw import text as drawing
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import ffi, fontconfig, pangoft2
from weasyprint.text.fonts import PREFERRED_ENCODING, FontConfiguration

from casepress.press import unseen
from casepress.type import glyphs
from casepress.type.faces import SYMBOLS, Faces
from casepress.type.fontfiles import FontFile, plain

# What ends the family name of a face that is to be stroked, and what a stem gains by it in ems, half on either side: a
# face without a bold, and one whose bold is hardly darker (霞鹜文楷: 1.2 times).
STROKES = {" Emboldened": 0.03, " Bolder": 0.015}
_FULL, _SOME = STROKES
_DARKER = 1.35
# Pango asks for emoji by themselves, whatever the stylesheet says, and fontconfig looks for this family then, in colours. Our
# faces of symbols bear the name as well and say that they have colours, so that emoji are black, on every machine.
EMOJI = "Noto Color Emoji"
FIGURES = "casepress-figures"  # the face of page numbers, with its own dash


def font_configuration(faces: Faces) -> FontConfiguration:
    """The fonts of a book: `casepress-song`, `casepress-kai` …, with 2 and 3 behind for those that lend characters."""
    configuration = FontConfiguration()
    configuration._folder = Path(tempfile.mkdtemp(prefix="casepress-"))  # WeasyPrint takes it away in the end
    names = _names(faces)
    hidden = configuration._folder / "unseen.ttf"
    hidden.write_bytes(unseen.face())
    _add(configuration, hidden, _rule(hidden, 0, [unseen.FAMILY, EMOJI], False, ()))  # before all others: the first of two alike is taken
    for number, ((file, bolder, shunned), families) in enumerate(_wanted(faces).items()):
        link = _linked(file.path, configuration._folder / f"{number}{file.path.suffix.lower()}")
        name = names[file] + bolder
        rule = _rule(link, file.index, [name, *families], bool(bolder), {*shunned, *_tones(file)})
        if not _add(configuration, link, rule):
            logging.getLogger("weasyprint").warning("字体文件 %s 打不开，没有用它", file.path.name)
    pangoft2.pango_fc_font_map_config_changed(ffi.cast("PangoFcFontMap *", configuration.font_map))
    return configuration


def _add(configuration: FontConfiguration, file: Path, rule: str) -> bool:
    """Tell fontconfig a font file and what it must know of it."""
    return bool(
        fontconfig.FcConfigParseAndLoadFromMemory(configuration._config, rule.encode(), True)
        and fontconfig.FcConfigAppFontAddFile(configuration._config, str(file).encode(PREFERRED_ENCODING))
    )


def _tones(file: FontFile) -> Iterator[str]:
    """The skin tones that a face has: they are left to the one that shows nothing."""
    has = glyphs.characters(file)
    return (chr(code) for code in unseen.CHARACTERS if code in has)


def _wanted(faces: Faces) -> dict[tuple[FontFile, str, frozenset[str]], list[str]]:
    """Each file that is needed, how it is to be stroked, and which marks are left out of it, with its families."""
    found: dict[tuple[FontFile, str, frozenset[str]], list[str]] = defaultdict(list)
    for name, role in faces.roles.items():
        for number, face in enumerate(role.faces, 1):
            family = f"casepress-{name}{number if number > 1 else ''}"
            found[face.regular, "", faces.shunned(face.regular)] += [family, EMOJI] if name == SYMBOLS else [family]
            if face.bold:
                is_dark = glyphs.darkness(face.bold) >= _DARKER * glyphs.darkness(face.regular)
                found[face.bold, "" if is_dark else _SOME, faces.shunned(face.bold)].append(family)
            elif role.chain.bold and face.regular.weight < 600:
                found[face.regular, _FULL, faces.shunned(face.regular)].append(family)
    for file in {file: None for face in faces.roles["song"].faces[:1] for file in face.files}:
        found[file, "", frozenset()].append(FIGURES)
    return found


def _names(faces: Faces) -> dict[FontFile, str]:
    """A name for each file that a PDF can carry and that no other face has: glyphs are kept by it."""
    names, taken = {}, set()
    for role in faces.roles.values():
        for face in role.faces:
            for file in face.files:
                if file in names:
                    continue
                latin = re.sub(r"[^A-Za-z0-9]+", " ", file.family).strip() if file.family.isascii() else ""
                name = latin or next((n for n in sorted(file.names) if n.isascii() and n.isalnum()), f"Face{len(names) + 1}")
                if face.own and plain(name) in faces.taken:
                    name += " Own"
                while (name, file.weight) in taken:
                    name += " II"
                taken.add((name, file.weight))
                names[file] = name
    return names


def _linked(path: Path, link: Path) -> Path:
    try:
        os.symlink(path.resolve(), link)
    except OSError:  # Windows lets only some users make links
        shutil.copyfile(path, link)
    return link


def _rule(link: Path, index: int, families: Iterable[str], bolder: bool, shunned: Iterable[str]) -> str:
    """What fontconfig must know: the first name is what the PDF calls the face, the others are found by stylesheets."""
    first, *others = families
    edits = [f'<edit name="family" mode="prepend_first"><string>{escape(first)}</string></edit>']
    edits += [f'<edit name="family" mode="append_last"><string>{escape(name)}</string></edit>' for name in others]
    if EMOJI in others:
        edits.append('<edit name="color" mode="assign_replace"><bool>true</bool></edit>')
        edits.append('<edit name="lang" mode="assign_replace"><langset><string>und-zsye</string><string>zh-cn</string></langset></edit>')
    if bolder:
        edits.append('<edit name="weight" mode="assign_replace"><const>bold</const></edit>')
    if shunned:
        codes = "".join(f"<int>0x{ord(mark):x}</int>" for mark in sorted(shunned))
        edits.append(f'<edit name="charset" mode="assign_replace"><minus><name>charset</name><charset>{codes}</charset></minus></edit>')
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig><match target="scan">'
        f'<test name="file" compare="eq"><string>{escape(str(link))}</string></test>'
        f'<test name="index" compare="eq"><int>{index}</int></test>{"".join(edits)}</match></fontconfig>'
    )


@contextmanager
def drawn_bold() -> Iterator[None]:
    """Write PDFs in which the faces named with STROKES are bold: fill and stroke (ISO 32000-1, 9.3.6), both in the text's colour.

    Every text box leaves the way of drawing as it found it. For the whole process, as WeasyPrint is one.
    """
    before = Stream.set_font_size, drawing.draw_first_line

    def set_font_size(stream, font, size):
        before[0](stream, font, size)
        family = next((f.family for f in stream._fonts.values() if f.hash == font), "")
        stroke = next((width for ending, width in STROKES.items() if family.endswith(ending)), 0)
        color = getattr(stream, "_casepress_color", None)
        if stroke and color is not None:
            stream.set_color(color, stroke=True)
            stream.set_line_width(round(size * stroke, 4))
            stream.set_line_join(1)
            stream.set_text_rendering(2)
            stream._casepress_stroked = True
        else:
            _fill_only(stream)

    def draw_first_line(stream, textbox, *others):
        stream._casepress_color = textbox.style["color"]
        try:
            return before[1](stream, textbox, *others)
        finally:
            _fill_only(stream)

    Stream.set_font_size, drawing.draw_first_line = set_font_size, draw_first_line
    try:
        yield
    finally:
        Stream.set_font_size, drawing.draw_first_line = before


def _fill_only(stream: Stream) -> None:
    if getattr(stream, "_casepress_stroked", False):
        stream.set_text_rendering(0)
        stream.set_line_join(0)
        stream.set_line_width(1)
        stream._casepress_stroked = False
