"""Families: the faces of a book as its stylesheet finds them, by the names `casepress-ROLE`.

Marks that a face draws too narrow are taken out of what it is said to have, so that the next family of the stylesheet
lends them. Where a role has a bold weight but its face has none, the face is told a second time as bold, under a name by
which it is stroked when the PDF is written (patches/drawing.py).
"""

import re
from collections import defaultdict
from contextlib import suppress

from casepress.press import made_of, unseen
from casepress.press.patches.drawing import STROKES
from casepress.press.patches.fontconfig import FontConfiguration, Told, configured
from casepress.type import glyphs
from casepress.type import raised as made
from casepress.type.chains import SYMBOLS
from casepress.type.faces import Faces
from casepress.type.fontfiles import FontFile, NotAFont, plain

_FULL, _SOME = STROKES
_DARKER = 1.35
# Pango asks for emoji by themselves, whatever the stylesheet says, and fontconfig looks for this family then, in colours. Our
# faces of symbols bear the name as well and say that they have colours, so that emoji are black, on every machine.
EMOJI = "Noto Color Emoji"
_STRONG = {made.REGULAR: "", made.BOLD: " Strong", made.REGULAR + made.BOLD: " Stronger"}  # in the names of raised figures
FIGURES = "casepress-figures"  # the face of page numbers, with its own dash


def font_configuration(faces: Faces) -> FontConfiguration:
    """The fonts of a book: `casepress-song`, `casepress-kai` …, with 2 and 3 behind for those that lend characters."""
    names = _names(faces)
    hidden = Told(unseen.face(), 0, (unseen.FAMILY, EMOJI))  # before all others: the first of two alike is taken
    raised = []
    for (file, gain, is_bold), families in _raised(faces).items():
        with suppress(NotAFont, OSError):  # else others lend what they have
            own = (f"{names[file]} Raised{_STRONG[gain]}", *families)
            raised.append(Told(made.drawn(file.path, file.index, gain, file.store), 0, own, is_bold, stands=made_of.raised(file, gain)))
    faces_told = (
        Told(file.path, file.index, (names[file] + stroked, *families), bool(stroked), shunned | _tones(file), EMOJI in families)
        for (file, stroked, shunned), families in _wanted(faces).items()
    )
    return configured((hidden, *faces_told, *raised))


def _tones(file: FontFile) -> frozenset[str]:
    """The skin tones that a face has: they are left to the one that shows nothing."""
    has = glyphs.characters(file)
    return frozenset(chr(code) for code in unseen.CHARACTERS if code in has)


def _wanted(faces: Faces) -> dict[tuple[FontFile, str, frozenset[str]], list[str]]:
    """Each file that is needed, how it is to be stroked, and which marks are left out of it, with its families."""
    found: dict[tuple[FontFile, str, frozenset[str]], list[str]] = defaultdict(list)
    firsts = {file: made.made(role.faces[0].regular) for role in faces.roles.values() for file in (role.faces[0].files if role.faces else ())}

    def shunned(file: FontFile) -> frozenset[str]:
        return faces.shunned(file) | firsts.get(file, frozenset())

    for name, role in faces.roles.items():
        for number, face in enumerate(role.faces, 1):
            family = f"casepress-{name}{number if number > 1 else ''}"
            found[face.regular, "", shunned(face.regular)] += [family, EMOJI] if name == SYMBOLS else [family]
            if face.bold:
                is_dark = glyphs.darkness(face.bold) >= _DARKER * glyphs.darkness(face.regular)
                found[face.bold, "" if is_dark else _SOME, shunned(face.bold)].append(family)
            elif role.chain.bold and face.regular.weight < 600:
                found[face.regular, _FULL, shunned(face.regular)].append(family)
    for file in {file: None for face in faces.roles["song"].faces[:1] for file in face.files}:
        found[file, "", frozenset()].append(FIGURES)
    return found


def _raised(faces: Faces) -> dict[tuple[FontFile, int, bool], list[str]]:
    """From which files the raised and lowered figures of roles are drawn, how much stronger and for which weight, with their families."""
    found: dict[tuple[FontFile, int, bool], list[str]] = defaultdict(list)
    for name, role in faces.roles.items():
        for face in role.faces[:1]:
            if not made.made(face.regular):
                continue
            family, is_light = f"casepress-{name}-raised", face.regular.weight < 600
            found[face.regular, made.REGULAR if is_light else made.BOLD, False].append(family)
            if face.bold:
                found[face.bold, made.BOLD, True].append(family)
            elif role.chain.bold and is_light:
                found[face.regular, made.REGULAR + made.BOLD, True].append(family)
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
