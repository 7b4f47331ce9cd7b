"""Fontconfig: font files made known to WeasyPrint under names of our own.

Each file is told to fontconfig where it stands, through a link of its own: no file is copied, no document can open one,
and of a collection (.ttc) only the face that is meant gets the name.
"""

import logging
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from weasyprint.text.ffi import ffi, fontconfig, pangoft2
from weasyprint.text.fonts import PREFERRED_ENCODING, FontConfiguration

from casepress.collection.writing import write
from casepress.facts import passing
from casepress.press.patches.known import guarded

ffi.cdef("FcPattern * pango_fc_font_get_pattern (PangoFcFont *font);")  # WeasyPrint does not need it


@dataclass(frozen=True)
class Told:
    """What fontconfig must know of a face: the first of its `families` is what the PDF calls it, the others are found by
    stylesheets. `is_bold` says that it stands for the bold weight; `shunned` characters count as missing; a face of
    emoji (`is_emoji`) is said to have colours, for Pango asks for no other. `file` is where it stands, or its bytes, and `stands`
    is said of these in its place.
    """

    file: Path | bytes
    index: int
    families: tuple[str, ...]
    is_bold: bool = False
    shunned: frozenset[str] = frozenset()
    is_emoji: bool = False
    stands: str = ""


def configured(faces: Iterable[Told]) -> FontConfiguration:
    """The fonts of this machine and these faces. One that cannot be opened is warned of in WeasyPrint's log. Raises UnknownWeasyPrint."""
    guarded()
    configuration = FontConfiguration()
    configuration._folder = passing.made()  # WeasyPrint takes it away in the end
    configuration.held = passing.held(configuration._folder)
    configuration.told = told = tuple(faces)
    for number, face in enumerate(told):
        link = _put(face.file, configuration._folder, number)
        if not (
            fontconfig.FcConfigParseAndLoadFromMemory(configuration._config, _rule(link, face).encode(), True)
            and fontconfig.FcConfigAppFontAddFile(configuration._config, str(link).encode(PREFERRED_ENCODING))
        ):
            logging.getLogger("weasyprint").warning("字体文件 %s 打不开，没有用它", getattr(face.file, "name", link.name))
    pangoft2.pango_fc_font_map_config_changed(ffi.cast("PangoFcFontMap *", configuration.font_map))
    return configuration


def standing(pango_font, configuration: FontConfiguration) -> str:
    """The file of a font that Pango chose; of one that was told as bytes, what stands for it."""
    found = ffi.new("FcChar8 **")
    pattern = pangoft2.pango_fc_font_get_pattern(ffi.cast("PangoFcFont *", pango_font))
    fontconfig.FcPatternGetString(pattern, b"file", 0, found)
    path = Path(os.fsdecode(ffi.string(found[0])))
    told = getattr(configuration, "told", ())
    if path.parent != configuration._folder or not path.stem.isdigit():
        return str(path.resolve())
    face = told[int(path.stem)]
    return face.stands if isinstance(face.file, bytes) else str(face.file.resolve())


def _put(file: Path | bytes, folder: Path, number: int) -> Path:
    """A font file under a name of its own in our folder."""
    if isinstance(file, bytes):
        path = folder / f"{number}.ttf"
        write(path, file)
        return path
    path = folder / f"{number}{file.suffix.lower()}"
    try:
        os.symlink(file.resolve(), path)
    except OSError:  # Windows lets only some users make links
        shutil.copyfile(file, path)
    return path


def _rule(link: Path, face: Told) -> str:
    first, *others = face.families
    edits = [f'<edit name="family" mode="prepend_first"><string>{escape(first)}</string></edit>']
    edits += [f'<edit name="family" mode="append_last"><string>{escape(name)}</string></edit>' for name in others]
    if face.is_emoji:
        edits.append('<edit name="color" mode="assign_replace"><bool>true</bool></edit>')
        edits.append('<edit name="lang" mode="assign_replace"><langset><string>und-zsye</string><string>zh-cn</string></langset></edit>')
    if face.is_bold:
        edits.append('<edit name="weight" mode="assign_replace"><const>bold</const></edit>')
    if face.shunned:
        codes = "".join(f"<int>0x{ord(mark):x}</int>" for mark in sorted(face.shunned))
        edits.append(f'<edit name="charset" mode="assign_replace"><minus><name>charset</name><charset>{codes}</charset></minus></edit>')
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig><match target="scan">'
        f'<test name="file" compare="eq"><string>{escape(str(link))}</string></test>'
        f'<test name="index" compare="eq"><int>{face.index}</int></test>{"".join(edits)}</match></fontconfig>'
    )
